/*
 * Draws against what is known in closed form: normal and discrete chances, the
 * bootstrap of two metrics, and the same bytes whatever the threads.
 */
#include "fpt/doubt.h"
#include "fpt/num.h"
#include "league_make.h"

static fpt_arena arena;

static int open_arena(void **state)
{
    (void)state;
    return fpt_arena_init(&arena, NULL) == FPT_OK ? 0 : 1;
}

static int clear_arena(void **state)
{
    (void)state;
    fpt_arena_clear(&arena);
    return 0;
}

enum { DRAWS = 20000 };

/* One indicator that is its own score, cut at 2, for two places. */
static const fpt_league_item plain[] = {{.method = FPT_SCORE_VALUE},
                                        {.method = FPT_SCORE_VALUE}};
static const fpt_league_part first[] = {{false, 0, 1}};
static const fpt_league_part both[] = {{false, 0, 1}, {false, 1, 1}};
static const double at_two[] = {2.0};
static const double least[] = {-HUGE_VAL, -HUGE_VAL};
static const double most[] = {HUGE_VAL, HUGE_VAL};
static const double no_scores[] = {NONE, NONE, NONE, NONE};

static fpt_league_node node_of(const fpt_league_part *part, size_t parts)
{
    return (fpt_league_node){.computed = true,
                             .parts = parts,
                             .part = part,
                             .least = 1,
                             .cut = FPT_CUT_FIXED,
                             .categories = 2,
                             .at = at_two};
}

static fpt_doubt_options options_of(fpt_doubt_kind kind)
{
    return (fpt_doubt_options){
        .kind = kind, .draws = DRAWS, .seed = 7, .confidence = 0.95};
}

static double below(double z)
{
    return 0.5 * erfc(-z / sqrt(2.0));
}

static void test_normal_chances(void **state)
{
    (void)state;
    const double value[] = {1.8, 2.3}, lower[] = {1.4, 2.2},
                 upper[] = {2.4, 2.6};
    const fpt_league_node node = node_of(first, 1);
    const fpt_league rules = {{1, 4}, 1, 1, 0, 0, plain, &node, NULL};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = no_scores};
    const fpt_doubt_input input = {&in, lower, upper, 0.95, least, most};
    const fpt_doubt_options options = options_of(FPT_DOUBT_SAMPLING);
    fpt_doubt out;
    assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out));
    const double z = fpt_normal_upper(0.025);
    /* The limits are the quantiles, on each side; 20,000 draws know a quantile
     * of 0.025 to about 0.002 of a tail, here 0.03 of the value. */
    for (size_t p = 0; p < 2; p++) {
        assert_close(out.score_lower[p], lower[p], 0.03);
        assert_close(out.score_upper[p], upper[p], 0.03);
        assert_int_equal(out.scored[p], DRAWS);
    }
    /* 1.8 is below 2 when z is under 0.2 z0 / 0.6. */
    const double good = below(0.2 * z / 0.6), bad = below(-0.3 * z / 0.1);
    assert_int_equal(out.categories, 2);
    assert_close(out.chance[0], good, 4 * sqrt(good * (1 - good) / DRAWS));
    assert_close(out.chance[0] + out.chance[1], 1.0, 1e-12);
    assert_close(out.chance[2], bad, 1e-3);
    assert_close(out.rank_lower[0], 1.0, 0.0);
    assert_close(out.rank_upper[1], 2.0, 0.0);
}

/* Ranks of two with symmetric errors: who is first by the difference. */
static void test_chance_of_a_rank(void **state)
{
    (void)state;
    const double value[] = {2.0, 2.1}, lower[] = {1.9, 2.0},
                 upper[] = {2.1, 2.2};
    fpt_league_node node = node_of(first, 1);
    static const int64_t counts[] = {1, 1};
    node.cut = FPT_CUT_COUNTS;
    node.counts = counts;
    node.least_places = 2;
    const fpt_league rules = {{1, 4}, 1, 1, 0, 0, plain, &node, NULL};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = no_scores};
    const fpt_doubt_input input = {&in, lower, upper, 0.95, least, most};
    const fpt_doubt_options options = options_of(FPT_DOUBT_SAMPLING);
    fpt_doubt out;
    assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out));
    const double z = fpt_normal_upper(0.025);
    const double ahead = below(0.1 / (sqrt(2.0) * 0.1 / z));
    assert_close(out.chance[0], ahead, 4 * sqrt(ahead * (1 - ahead) / DRAWS));
    assert_close(out.chance[2], out.chance[1], 1e-12);
}

/* Two metrics drawn twice: both the first, one of each, or both the second, with
 * chances 1/4, 1/2 and 1/4. One metric tells nothing. */
static void test_two_metrics(void **state)
{
    (void)state;
    const double published[] = {1.0, 1.0, 3.5, NONE};
    static const fpt_league_item items[] = {{.method = FPT_SCORE_PUBLISHED},
                                            {.method = FPT_SCORE_PUBLISHED}};
    const fpt_league_node node = node_of(both, 2);
    const fpt_league rules = {{1, 4}, 2, 1, 0, 0, items, &node, NULL};
    const fpt_league_input in = {
        .places = 2, .value = no_scores, .published = published};
    const fpt_doubt_input input = {.in = &in};
    const fpt_doubt_options options = options_of(FPT_DOUBT_METRICS);
    fpt_doubt out;
    assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out));
    assert_close(out.chance[0], 0.25, 4 * sqrt(0.1875 / DRAWS));
    assert_close(out.score_lower[0], 1.0, 0.0);
    assert_close(out.score_upper[0], 3.5, 0.0);
    assert_true(isnan(out.chance[2]) && isnan(out.score_lower[1]));
    assert_int_equal(out.scored[1], 0);
}

/* The bootstrap of a mean has the deviation sqrt((n - 1) / n) s / sqrt(n); with
 * many metrics its interval is near 1.96 of them each way. */
static void test_many_metrics(void **state)
{
    (void)state;
    enum { METRICS = 60 };
    double published[METRICS], none[METRICS];
    fpt_league_item items[METRICS];
    fpt_league_part part[METRICS];
    fpt_moments m = {0};
    for (size_t i = 0; i < METRICS; i++) {
        published[i] = 1.0 + 3.0 * (double)((i * 37) % METRICS) / METRICS;
        none[i] = NONE;
        items[i] = (fpt_league_item){.method = FPT_SCORE_PUBLISHED};
        part[i] = (fpt_league_part){false, i, 1.0};
        fpt_moments_add(&m, published[i]);
    }
    const fpt_league_node node = node_of(part, METRICS);
    const fpt_league rules = {{1, 4}, METRICS, 1, 0, 0, items, &node, NULL};
    const fpt_league_input in = {
        .places = 1, .value = none, .published = published};
    const fpt_doubt_input input = {.in = &in};
    const fpt_doubt_options options = options_of(FPT_DOUBT_METRICS);
    fpt_doubt out;
    assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out));
    const double s = sqrt(fpt_moments_variance(&m) * (METRICS - 1) / METRICS);
    const double half = 1.96 * s / sqrt(METRICS);
    assert_close(out.score_lower[0], fpt_moments_mean(&m) - half, 0.02);
    assert_close(out.score_upper[0], fpt_moments_mean(&m) + half, 0.02);
}

static void test_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    const double value[] = {1.8, 2.3, 1.1, 3.0}, lower[] = {1.4, 2.2, NONE, 2},
                 upper[] = {2.4, 2.6, 1.5, 4};
    const fpt_league_node node = node_of(both, 2);
    const fpt_league rules = {{1, 4}, 2, 1, 0, 0, plain, &node, NULL};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = no_scores};
    const fpt_doubt_input input = {&in, lower, upper, 0.9, least, most};
    fpt_doubt_options options = options_of(FPT_DOUBT_SAMPLING);
    fpt_doubt out[2];
    options.draws = 777;
    for (size_t k = 0; k < 2; k++) {
        options.threads = 1 + 2 * (unsigned)k;
        assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out[k]));
    }
    for (size_t p = 0; p < 2; p++) {
        assert_close(out[0].score_lower[p], out[1].score_lower[p], 0.0);
        assert_close(out[0].score_upper[p], out[1].score_upper[p], 0.0);
        assert_close(out[0].rank_upper[p], out[1].rank_upper[p], 0.0);
        assert_close(out[0].chance[2 * p], out[1].chance[2 * p], 0.0);
    }
    options.seed++;
    assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out[1]));
    assert_true(out[0].score_lower[0] != out[1].score_lower[0]);
}

/* Values stay where values can be, and what has no limits does not vary. */
static void test_bounds_and_what_stays(void **state)
{
    (void)state;
    const double value[] = {0.01, 0.5}, lower[] = {0.0, NONE},
                 upper[] = {0.2, NONE}, none[] = {0.0}, all[] = {0.1};
    const fpt_league_node node = node_of(first, 1);
    const fpt_league rules = {{1, 4}, 1, 1, 0, 0, plain, &node, NULL};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = no_scores};
    const fpt_doubt_input input = {&in, lower, upper, 0.95, none, all};
    const fpt_doubt_options options = options_of(FPT_DOUBT_SAMPLING);
    fpt_doubt out;
    assert_ok(fpt_doubt_run(&arena, &rules, &input, &options, &out));
    assert_close(out.score_lower[0], 0.0, 1e-3);
    assert_close(out.score_upper[0], 0.1, 0.0);
    assert_true(isnan(out.score_lower[1]) && isnan(out.chance[2]));
}

static void test_refusals(void **state)
{
    (void)state;
    const double value[] = {1, 2}, good[] = {1, 2}, high[] = {1.5, 2},
                 endless[] = {HUGE_VAL, 2};
    const fpt_league_node node = node_of(first, 1);
    const fpt_league rules = {{1, 4}, 1, 1, 0, 0, plain, &node, NULL};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = no_scores};
    const struct {
        const double *lower, *upper;
        int64_t draws;
        double limits, confidence;
    } table[] = {
        {high, good, 10, 0.95, 0.95},      {good, endless, 10, 0.95, 0.95},
        {good, good, 1, 0.95, 0.95},       {good, good, 10, 95, 0.95},
        {good, good, 10, 0.95, 1.0},       {good, good, 10, NONE, 0.9},
        {good, good, INT64_MAX, 0.95, 0.9}};
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const fpt_doubt_input input = {
            &in, table[i].lower, table[i].upper, table[i].limits, least, most};
        fpt_doubt_options options = options_of(FPT_DOUBT_SAMPLING);
        fpt_doubt out = {.categories = 99};
        options.draws = table[i].draws;
        options.confidence = table[i].confidence;
        assert_int_equal(fpt_doubt_run(&arena, &rules, &input, &options, &out),
                         FPT_ERR_RANGE);
        assert_int_equal(out.categories, 99);
    }
}

static void test_changes_of_category(void **state)
{
    (void)state;
    const double before[] = {0.5, 0.5, 0.0}, after[] = {0.1, 0.6, 0.3};
    fpt_category_move m = fpt_category_compare(3, before, after, 1, 2, 0.95);
    assert_close(m.this_way, 0.5 * 0.9 + 0.5 * 0.3, 1e-15);
    assert_close(m.by_noise, 1 - (0.09 + 0.3025 + 0.0225), 1e-15);
    assert_false(m.beyond_noise);
    m = fpt_category_compare(3, before, after, 2, 1, 0.95);
    assert_close(m.this_way, 0.05, 1e-15);
    m = fpt_category_compare(3, before, after, 2, 2, 0.01);
    assert_close(m.this_way, 0.05 + 0.3, 1e-15);
    assert_false(m.beyond_noise); /* no change is none beyond noise */
    const double sure[] = {0, 1, 0}, other[] = {1, 0, 0};
    m = fpt_category_compare(3, sure, other, 2, 1, 0.95);
    assert_close(m.this_way, 1.0, 0.0);
    assert_true(m.beyond_noise);
    m = fpt_category_compare(3, sure, sure, 2, 2, 0.95);
    assert_close(m.by_noise, 0.0, 0.0);
    const double none[] = {0, 0, 0}, unknown[] = {NONE, NONE, NONE};
    assert_true(isnan(fpt_category_compare(3, none, sure, 1, 2, 0.9).this_way));
    assert_true(
        isnan(fpt_category_compare(3, sure, unknown, 1, 2, 0.9).by_noise));
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, open_arena, clear_arena)
    const struct CMUnitTest tests[] = {
        TEST(test_normal_chances),
        TEST(test_chance_of_a_rank),
        TEST(test_two_metrics),
        TEST(test_many_metrics),
        TEST(test_the_same_on_any_number_of_threads),
        TEST(test_bounds_and_what_stays),
        TEST(test_refusals),
        TEST(test_changes_of_category),
    };
    return cmocka_run_group_tests_name("doubt", tests, NULL, NULL);
}
