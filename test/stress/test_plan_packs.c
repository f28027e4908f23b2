/* The plans of packs/plans: sound, and with the results that they promise. */
#include "../plan/plan_text.h"
#include "fpt/io.h"
#include "fpt/stress.h"

static fpt_arena arena;

static int set_up(void **state)
{
    (void)state;
    return fpt_arena_init(&arena, NULL) == FPT_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    fpt_arena_clear(&arena);
    return 0;
}

#define WEST "packs/plans/west-yorkshire-2016/1"

static fpt_plan *west(void)
{
    fpt_report report = fpt_report_make(&arena);
    fpt_plan *plan = NULL;
    fpt_error err = {0};
    const fpt_plan_files files = {.folder = WEST "/plan"};
    assert_ok_or(fpt_plan_read(&arena, &files, NULL, &report, &plan, &err),
                 err);
    assert_runnable(plan, &report);
    assert_int_equal(report.of_severity[FPT_WARNING], 0);
    return plan;
}

/* A metric by its words, as the tables name it. */
static size_t named(const fpt_plan *plan, fpt_str year, fpt_str word,
                    fpt_str item)
{
    const size_t metrics = fpt_plan_facts_of(plan).metrics;
    for (size_t i = 0; i < metrics; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        char text[16];
        if (fpt_str_equal(fpt_str_from(m.word), word) &&
            fpt_str_equal(m.name, item) &&
            fpt_str_equal(fpt_plan_year(plan, m.year, text), year))
            return i;
    }
    return SIZE_MAX;
}

static const double *stated(const fpt_plan *plan, bool nothing)
{
    fpt_plan_scenario s = fpt_plan_scenario_default();
    const double *out;
    fpt_error err = {0};
    s.stated = true;
    s.no_schemes = s.no_savings = nothing;
    assert_ok_or(fpt_plan_once(&arena, plan, &s, &out, &err), err);
    return out;
}

/* Call `row` with the cells of each row of a table; how many there were. */
typedef void (*row_of)(void *context, fpt_str *cells, size_t count);

static size_t each_row(const char *path, row_of row, void *context)
{
    fpt_str text;
    fpt_error err = {0};
    assert_ok_or(fpt_file_read(&arena, path, SIZE_MAX, &text, &err), err);
    size_t rows = 0;
    (void)fpt_str_cut(&text, '\n');
    while (text.data != NULL && text.len > 0) {
        fpt_str line = fpt_str_cut(&text, '\n'), cells[16];
        size_t count = 0;
        while (line.data != NULL && count < 16)
            cells[count++] = fpt_str_cut(&line, ',');
        row(context, cells, count);
        rows++;
    }
    return rows;
}

struct cases {
    const fpt_plan *plan;
    const double *stated, *nothing;
    const fpt_stress *stress;
};

static void check_stated(void *context, fpt_str *cells, size_t count)
{
    const struct cases *c = context;
    assert_int_equal(count, 6);
    const size_t at = named(c->plan, cells[0], cells[1], cells[2]);
    double want[2] = {0.0, 0.0};
    assert_true(at != SIZE_MAX);
    assert_true(fpt_parse_double(cells[4], &want[0]) &&
                fpt_parse_double(cells[5], &want[1]));
    assert_close(c->stated[at], want[0], 0.005);
    assert_close(c->nothing[at], want[1], 0.005);
}

static void test_west_yorkshire_as_stated(void **state)
{
    (void)state;
    const fpt_plan *plan = west();
    struct cases c = {plan, stated(plan, false), stated(plan, true), NULL};
    /* What was published comes out. */
    const fpt_str last = FPT_STR("2020/21"), all = FPT_STR("system");
    const size_t gap = named(plan, last, FPT_STR("position"), all);
    const size_t saved = named(plan, last, FPT_STR("savings"), all);
    assert_close(c.nothing[gap], -1.07e9, 1.0);
    assert_close(c.stated[saved], 983e6, 1.0);
    /* And so does every figure of the table. */
    assert_true(each_row(WEST "/expected/stated.csv", check_stated, &c) > 100);
}

static void check_odds(void *context, fpt_str *cells, size_t count)
{
    const struct cases *c = context;
    assert_int_equal(count, 13);
    const size_t at = named(c->plan, cells[0], cells[1], cells[2]);
    if (at == SIZE_MAX) return; /* what is met together, below */
    const size_t k = fpt_stress_find(c->stress, at);
    assert_true(k != SIZE_MAX);
    const fpt_tally_summary s = fpt_stress_summary(c->stress, k);
    const fpt_plan_unit unit = fpt_plan_metric_at(c->plan, at).unit;
    double probability = 0.0, mean = 0.0, p50 = 0.0;
    assert_true(fpt_parse_double(cells[7], &mean) &&
                fpt_parse_double(cells[11], &p50));
    assert_close(fpt_plan_in_units(unit, s.mean), mean, 0.005);
    assert_close(fpt_plan_in_units(unit, s.p50), p50, 0.005);
    if (cells[4].len == 0) return;
    assert_true(fpt_parse_double(cells[4], &probability));
    assert_close(fpt_stress_odds(c->stress, k).value, probability, 1e-12);
}

static void test_west_yorkshire_odds(void **state)
{
    (void)state;
    const fpt_plan *plan = west();
    fpt_stress *stress = NULL;
    fpt_error err = {0};
    fpt_stress_options o = fpt_stress_options_default();
    o.draws = 2048;
    assert_ok_or(fpt_stress_run(&arena, plan, &o, &stress, &err), err);
    struct cases c = {plan, NULL, NULL, stress};
    assert_true(each_row(WEST "/expected/odds.csv", check_odds, &c) > 20);
    /* 983 of 1,070 million: balance is unlikely, and not out of reach. */
    const fpt_odds met = fpt_stress_met_in(stress, 4).system;
    assert_true(met.upper < 0.1 && met.lower > 0.0);
}

static void test_everything_unknown_is_marked(void **state)
{
    (void)state;
    const fpt_plan *plan = west();
    const size_t count = fpt_plan_facts_of(plan).assumptions;
    for (size_t i = 0; i < count; i++) {
        const fpt_plan_assumption a = fpt_plan_assumption_at(plan, i);
        assert_true(a.source.len > 0 && a.author.len > 0);
        assert_true(fpt_str_equal(a.evidence, FPT_STR("assumed")) ||
                    fpt_str_equal(a.evidence, FPT_STR("published")));
        assert_true(fpt_plan_input_at(plan, i).used);
    }
}

static void test_packs_say_what_they_are(void **state)
{
    (void)state;
    static const char *const folder[] = {"packs"};
    const fpt_pack_path path = {1, folder};
    size_t count;
    fpt_str *names;
    fpt_error err = {0};
    assert_ok_or(fpt_pack_list(&arena, &path, "plans", &count, &names, &err),
                 err);
    assert_true(count >= 2);
    for (size_t i = 0; i < count; i++) {
        fpt_pack pack;
        fpt_str text;
        assert_ok_or(fpt_pack_open(&arena, &path, "plans", names[i],
                                   FPT_STR(""), &pack, &err),
                     err);
        assert_ok_or(fpt_yaml_text(&pack.yaml, "source", true, &text, &err),
                     err);
        assert_true(text.len > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_west_yorkshire_as_stated),
        cmocka_unit_test(test_west_yorkshire_odds),
        cmocka_unit_test(test_everything_unknown_is_marked),
        cmocka_unit_test(test_packs_say_what_they_are),
    };
    return cmocka_run_group_tests_name("plan_packs", tests, set_up, tear_down);
}
