/*
 * Scores of a column: published scores of the NHS Oversight Framework, R's rank,
 * scale and quantile, identities, and random columns.
 */
#include "check.h"
#include "fpt/score.h"
#include "score_i.h"

enum { MOST = 300 };

static const fpt_scale one_to_four = {1.0, 4.0};
static const fpt_scale nought_to_two = {2.0, 0.0}; /* best is the higher end */

static const double sample[] = {12.5, 3,  8.25, 8.25, 19, 3,
                                7,    11, 14.5, 8.25, 2};

static void score_by_rank(size_t n, const double *value, int better,
                          fpt_scale scale, double *rank, double *score)
{
    double work[MOST];
    size_t order[2 * MOST];
    fpt_score_rank(n, value, better, scale, rank, score, work, order);
}

/* Two metrics of 61 trusts of 2025/26: their published ranks and scores. */
static void test_published_scores(void **state)
{
    (void)state;
    static const struct {
        size_t rank;
        double score;
    } table[] = {{17, 1.80}, {20, 1.95}, {23, 2.10}, {24, 2.15}};
    double value[61], rank[61], score[61];
    for (size_t i = 0; i < 61; i++)
        value[i] = 7.0 - 0.01 * (double)i;
    score_by_rank(61, value, 1, one_to_four, rank, score);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        assert_close(rank[table[i].rank - 1], (double)table[i].rank, 0.0);
        assert_close(score[table[i].rank - 1], table[i].score, 1e-14);
    }
    assert_true(score[0] == 1.0 && score[60] == 4.0);
}

/* R 4.2.2: r <- rank(-x) and rank(x); 1 + 3 * (r - 1) / (n - 1). */
static void test_ranks_against_r(void **state)
{
    (void)state;
    static const double high[] = {
        1.6000000000000001, 3.5499999999999998, 2.5, 2.5, 1, 3.5499999999999998,
        3.1000000000000001, 1.8999999999999999, 1.3, 2.5, 4};
    static const double low[] = {3.3999999999999999,
                                 1.45,
                                 2.5,
                                 2.5,
                                 4,
                                 1.45,
                                 1.8999999999999999,
                                 3.1000000000000001,
                                 3.7000000000000002,
                                 2.5,
                                 1};
    static const double ranks[] = {3, 9.5, 6, 6, 1, 9.5, 8, 4, 2, 6, 11};
    double rank[11], score[11];
    score_by_rank(11, sample, 1, one_to_four, rank, score);
    for (size_t i = 0; i < 11; i++) {
        assert_close(rank[i], ranks[i], 0.0);
        assert_close(score[i], high[i], 1e-15);
    }
    score_by_rank(11, sample, -1, one_to_four, NULL, score);
    for (size_t i = 0; i < 11; i++)
        assert_close(score[i], low[i], 1e-15);
}

/* R 4.2.2: scale(x). On a scale whose best end is the lower one, signs turn. */
static void test_z_against_r(void **state)
{
    (void)state;
    static const double z[] = {
        0.7093664480194688,   -1.1097450567175737, -0.10444659357341862,
        -0.10444659357341862, 1.9540216881027084,  -1.1097450567175737,
        -0.34380337051250315, 0.42213831569256738, 1.0923372911220042,
        -0.10444659357341862, -1.3012304782688413};
    double up[11], down[11];
    fpt_score_z(11, sample, 1, nought_to_two, up);
    fpt_score_z(11, sample, 1, one_to_four, down);
    for (size_t i = 0; i < 11; i++) {
        assert_close(up[i], z[i], 1e-14);
        assert_close(down[i], -up[i], 0.0);
    }
}

/* R 4.2.2: (rank(x) - 0.5) / n. */
static void test_percentiles_against_r(void **state)
{
    (void)state;
    static const double p[] = {0.77272727272727271,
                               0.18181818181818182,
                               0.5,
                               0.5,
                               0.95454545454545459,
                               0.18181818181818182,
                               0.31818181818181818,
                               0.68181818181818177,
                               0.86363636363636365,
                               0.5,
                               0.045454545454545456};
    double score[11], work[11];
    size_t order[22];
    fpt_score_percentile(11, sample, 1, nought_to_two, score, work, order);
    for (size_t i = 0; i < 11; i++)
        assert_close(score[i], p[i], 1e-15);
    fpt_score_percentile(11, sample, 1, one_to_four, score, work, order);
    for (size_t i = 0; i < 11; i++)
        assert_close(score[i], 1.0 - p[i], 1e-15);
}

static void test_few_and_equal_values(void **state)
{
    (void)state;
    const double none = (double)NAN;
    const double one[] = {none, 7.0, none}, same[] = {5.0, 5.0, 5.0, none};
    double rank[4], score[4], work[4];
    size_t order[8];
    score_by_rank(3, one, 1, one_to_four, rank, score);
    assert_true(rank[1] == 1.0 && isnan(rank[0]));
    assert_true(isnan(score[0]) && isnan(score[1]) && isnan(score[2]));
    score_by_rank(4, same, 1, one_to_four, rank, score);
    for (size_t i = 0; i < 3; i++)
        assert_true(rank[i] == 2.0 && score[i] == 2.5);
    assert_true(isnan(score[3]));
    fpt_score_z(4, same, 1, one_to_four, score);
    assert_true(isnan(score[0]) && isnan(score[3]));
    fpt_score_z(3, one, 1, one_to_four, score);
    assert_true(isnan(score[1]));
    fpt_score_percentile(3, one, 1, one_to_four, score, work, order);
    assert_true(score[1] == 0.5 && isnan(score[0]));
    score_by_rank(0, NULL, 1, one_to_four, NULL, NULL);
}

static void test_bands(void **state)
{
    (void)state;
    static const fpt_band band[] = {
        {-HUGE_VAL, 0.0, 4.0}, {0.0, 1.0, 2.0}, {2.0, HUGE_VAL, 1.0}};
    static const struct {
        double value, score;
    } table[] = {{-5, 4}, {-0.0, 2}, {0, 2}, {0.9999999, 2}, {2, 1}, {1e9, 1}};
    size_t at;
    assert_true(fpt_bands_are_valid(3, band, &at));
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_close(fpt_score_bands(3, band, table[i].value), table[i].score,
                     0.0);
    assert_true(isnan(fpt_score_bands(3, band, 1.0)));  /* the gap's start */
    assert_true(isnan(fpt_score_bands(3, band, 1.99))); /* within it */
    assert_true(isnan(fpt_score_bands(3, band, (double)NAN)));
    static const fpt_band bad[][2] = {
        {{0, 2, 1}, {1, 3, 2}}, {{0, 1, 1}, {1, 1, 2}}, {{0, 1, 1}, {3, 2, 2}}};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(fpt_bands_are_valid(2, bad[i], &at));
        assert_int_equal(at, 1);
    }
    const fpt_band no_score = {0, 1, (double)NAN};
    assert_false(fpt_bands_are_valid(1, &no_score, &at));
}

static void test_distance_from_a_target(void **state)
{
    (void)state;
    const fpt_score_target t = {.target = 95.0, .per = 5.0, .score = 1.0};
    assert_close(fpt_score_distance(&t, 95.0, 1, one_to_four), 1.0, 0.0);
    assert_close(fpt_score_distance(&t, 90.0, 1, one_to_four), 2.0, 0.0);
    assert_close(fpt_score_distance(&t, 99.0, 1, one_to_four), 1.0, 0.0);
    assert_close(fpt_score_distance(&t, 10.0, 1, one_to_four), 4.0, 0.0);
    assert_close(fpt_score_distance(&t, 100.0, -1, one_to_four), 2.0, 0.0);
    const fpt_score_target middle = {.target = 10.0, .per = 4.0, .score = 1.0};
    assert_close(fpt_score_distance(&middle, 8.0, 1, nought_to_two), 0.5, 0.0);
    assert_close(fpt_score_distance(&middle, 8.0, -1, nought_to_two), 1.5, 0.0);
    assert_true(isnan(fpt_score_distance(&t, (double)NAN, 1, one_to_four)));
}

static void test_sides_of_a_benchmark(void **state)
{
    (void)state;
    const double none = (double)NAN;
    assert_int_equal(fpt_compare_side(10, 8, 12, 7.9, 1), 1);
    assert_int_equal(fpt_compare_side(10, 8, 12, 8.0, 1), 0);
    assert_int_equal(fpt_compare_side(10, 8, 12, 12.0, 1), 0);
    assert_int_equal(fpt_compare_side(10, 8, 12, 12.1, 1), -1);
    assert_int_equal(fpt_compare_side(10, 8, 12, 12.1, -1), 1);
    assert_int_equal(fpt_compare_side(10, none, none, 9.0, 1), 1);
    assert_int_equal(fpt_compare_side(10, none, none, 10.0, 1), 0);
    assert_int_equal(fpt_compare_side(10, none, none, 9.0, 0), 1);
}

static double random_value(uint64_t *seed)
{
    /* Few distinct values, so that ties are common; some missing. */
    const uint64_t bits = next_random(seed);
    return bits % 11 == 0 ? (double)NAN : (double)(bits >> 32 & 31u) - 12.0;
}

/* The definition, counted: rank = 1 + better + (tied - 1) / 2. */
static void test_ranks_by_counting(void **state)
{
    (void)state;
    uint64_t seed = 20250912;
    for (int round = 0; round < 400; round++) {
        const size_t n = 1 + next_random(&seed) % 60;
        double value[60], rank[60], score[60];
        size_t present = 0;
        for (size_t i = 0; i < n; i++) {
            value[i] = random_value(&seed);
            if (!isnan(value[i])) present++;
        }
        const int better = round % 2 == 0 ? 1 : -1;
        score_by_rank(n, value, better, one_to_four, rank, score);
        for (size_t i = 0; i < n; i++) {
            double ahead = 0, tied = 0;
            if (isnan(value[i])) {
                assert_true(isnan(rank[i]) && isnan(score[i]));
                continue;
            }
            for (size_t k = 0; k < n; k++) {
                ahead += better > 0 ? value[k] > value[i] : value[k] < value[i];
                tied += value[k] == value[i];
            }
            assert_close(rank[i], 1.0 + ahead + (tied - 1.0) / 2.0, 0.0);
            if (present == 1)
                assert_true(isnan(score[i]));
            else
                assert_close(
                    score[i],
                    1.0 + 3.0 * (rank[i] - 1.0) / (double)(present - 1), 1e-14);
        }
    }
}

/* Scores turn over with the direction, do not mind the unit, and do not mind in
 * which order places stand. */
static void test_properties(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 300; round++) {
        const size_t n = 2 + next_random(&seed) % 50;
        double value[52], up[52], down[52], scaled[52], reversed[52], back[52];
        double z[52], z2[52];
        for (size_t i = 0; i < n; i++)
            value[i] = random_value(&seed);
        for (size_t i = 0; i < n; i++) {
            scaled[i] = 4.0 * value[i] + 8.0;
            reversed[i] = value[n - 1 - i];
        }
        score_by_rank(n, value, 1, one_to_four, NULL, up);
        score_by_rank(n, value, -1, one_to_four, NULL, down);
        score_by_rank(n, reversed, 1, one_to_four, NULL, back);
        fpt_score_z(n, value, 1, one_to_four, z);
        fpt_score_z(n, scaled, 1, one_to_four, z2);
        for (size_t i = 0; i < n; i++) {
            if (isnan(up[i])) continue;
            assert_close(up[i] + down[i], 5.0, 1e-14);
            assert_true(up[i] >= 1.0 && up[i] <= 4.0);
            assert_close(back[n - 1 - i], up[i], 0.0);
            if (!isnan(z[i])) assert_close(z2[i], z[i], 1e-12);
        }
        score_by_rank(n, scaled, 1, one_to_four, NULL, back);
        for (size_t i = 0; i < n; i++)
            assert_true(isnan(up[i]) ? isnan(back[i]) : back[i] == up[i]);
    }
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(fpt_score_word(FPT_SCORE_RANK), "rank");
    assert_string_equal(fpt_score_word(FPT_SCORE_NOT_PUBLISHED),
                        "not-published");
    assert_string_equal(fpt_score_word(FPT_SCORE_METHODS), "unknown");
}

/* The quick order of a column is that of the sort that it stands for: spread out,
 * tied, skewed, with gaps and with what is infinite. */
static void test_order_of_a_column(void **state)
{
    (void)state;
    double key[MOST];
    size_t quick[2 * MOST], sorted[2 * MOST];
    for (uint32_t t = 0; t < 600; t++) {
        fpt_rng rng = fpt_rng_make(9, t, 0, 0);
        const size_t count = fpt_rng_below(&rng, MOST);
        const uint32_t kind = fpt_rng_below(&rng, 6);
        for (size_t i = 0; i < count; i++) {
            const double u = fpt_rng_uniform(&rng);
            key[i] = kind == 0   ? (double)fpt_rng_below(&rng, 20)
                     : kind == 1 ? exp(30.0 * u)
                     : kind == 2 ? u * 1e-310
                                 : u - 0.5;
            if (fpt_rng_below(&rng, 9) == 0) key[i] = (double)NAN;
            if (kind == 3 && fpt_rng_below(&rng, 50) == 0) key[i] = HUGE_VAL;
            if (kind == 4 && fpt_rng_below(&rng, 9) == 0) key[i] = -0.0;
        }
        fpti_order_column(count, key, quick);
        fpt_order_by(count, key, sorted, sorted + MOST);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(quick[i], sorted[i]);
    }
}

/* More places than 16 bits count. */
static void test_order_of_a_long_column(void **state)
{
    (void)state;
    enum { LONG = 66000 };
    fpt_arena arena;
    assert_int_equal(fpt_arena_init(&arena, NULL), FPT_OK);
    double *key = FPT_NEW(&arena, double, LONG);
    size_t *quick = FPT_NEW(&arena, size_t, 2 * LONG);
    size_t *sorted = FPT_NEW(&arena, size_t, 2 * LONG);
    assert_true(key != NULL && quick != NULL && sorted != NULL);
    fpt_rng rng = fpt_rng_make(9, 0, 1, 0);
    for (size_t i = 0; i < LONG; i++)
        key[i] = fpt_rng_uniform(&rng);
    for (size_t count = LONG; count >= 65535; count -= 465) {
        fpti_order_column(count, key, quick);
        fpt_order_by(count, key, sorted, sorted + LONG);
        assert_memory_equal(quick, sorted, count * sizeof *quick);
    }
    fpt_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_scores),
        cmocka_unit_test(test_order_of_a_column),
        cmocka_unit_test(test_order_of_a_long_column),
        cmocka_unit_test(test_ranks_against_r),
        cmocka_unit_test(test_z_against_r),
        cmocka_unit_test(test_percentiles_against_r),
        cmocka_unit_test(test_few_and_equal_values),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_distance_from_a_target),
        cmocka_unit_test(test_sides_of_a_benchmark),
        cmocka_unit_test(test_ranks_by_counting),
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
