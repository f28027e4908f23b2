/* What is gathered of a plan, and the page that is written from it. */
#include "../plan/plan_text.h"
#include "fpt/plan_report.h"

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

/* The small plan under a title, as results. */
static fpt_plan_results gather(const char *title, unsigned threads)
{
    fpt_str name[PLAN_TABLES], bytes[PLAN_TABLES];
    const size_t count = COUNT_OF(small_plan);
    for (size_t i = 0; i < count; i++) {
        name[i] = fpt_str_from(small_plan[i].name);
        bytes[i] = fpt_str_from(small_plan[i].text);
    }
    bytes[0] = fpt_str_print(
        &arena,
        "footprint-plan: 1\nname: small\ntitle: '%s'\nauthor: test\n"
        "source: invented\nbaseline: 2016/17\nyears: 2\nseed: 7\n"
        "bed-days: spells-plus-one\n",
        title);
    const fpt_plan_files files = {.count = count, .name = name, .bytes = bytes};
    fpt_report_options o = fpt_report_options_default();
    fpt_plan_results r;
    fpt_error err = {0};
    o.draws = 256;
    o.threads = threads;
    assert_ok_or(fpt_plan_results_make(&arena, &files, &o, &r, &err), err);
    return r;
}

static void test_the_way_of_the_gap_adds_up(void **state)
{
    (void)state;
    const fpt_plan_results r = gather("small", 2);
    double at = 0.0;
    for (size_t i = 0; i < r.step_count; i++) {
        const fpt_report_step *s = &r.step[i];
        if (s->is_total && i > 0)
            assert_close(s->after, at, 0.005);
        else if (!s->is_total)
            assert_close(s->before, at, 0.005);
        at = s->after;
    }
    /* Levels are those of the plan's own runs. */
    fpt_plan_scenario s = fpt_plan_scenario_default();
    const double *metrics;
    fpt_error err = {0};
    s.stated = true;
    assert_ok_or(fpt_plan_once(&arena, r.plan, &s, &metrics, &err), err);
    const size_t system = fpt_plan_items(r.plan, FPT_PLAN_ORG) - 1;
    const size_t metric =
        fpt_plan_metric_find(r.plan, FPT_PLAN_METRIC_POSITION, system, 2);
    assert_close(r.step[r.step_count - 3].after, metrics[metric], 1e-9);
}

static void test_parts_are_there_and_consistent(void **state)
{
    (void)state;
    const fpt_plan_results r = gather("small", 2);
    assert_int_equal(r.fan_count, 2 * fpt_plan_items(r.plan, FPT_PLAN_ORG));
    for (size_t i = 0; i < r.fan_count; i++) {
        const fpt_report_fan *f = &r.fan[i];
        assert_true(f->p5 <= f->p10 && f->p10 <= f->p50 && f->p50 <= f->p90 &&
                    f->p90 <= f->p95);
        assert_int_equal(f->met.draws, 256);
    }
    assert_int_equal(r.assumption_count, 3);
    for (size_t i = 1; i < r.assumption_count; i++)
        assert_true(
            fabs(r.assumption[i - 1].at_p10 - r.assumption[i - 1].at_p90) >=
            fabs(r.assumption[i].at_p10 - r.assumption[i].at_p90) - 0.01);
    assert_int_equal(r.scheme_count, 3);
    for (size_t i = 0; i < r.scheme_count; i++)
        assert_true(r.scheme[i].credited <= r.scheme[i].claimed + 1e-9);
    /* What block contracts change inside goes to or comes from outside. */
    assert_true(r.winner_count > 0);
    double sum = 0.0;
    for (size_t i = 0; i + 1 < r.winner_count; i++)
        sum += r.winner[i].change;
    assert_close(sum, r.winner[r.winner_count - 1].change, 0.05);
}

static size_t count_of(fpt_str text, const char *what)
{
    size_t count = 0;
    const char *at = text.data;
    while ((at = strstr(at, what)) != NULL) {
        count++;
        at++;
    }
    return count;
}

static fpt_str page_of(const fpt_plan_results *r)
{
    fpt_output out = fpt_output_memory(&arena);
    fpt_plan_page_write(r, &out);
    assert_false(out.failed);
    return fpt_strbuf_view(&out.text);
}

static void test_the_page_is_whole_and_escaped(void **state)
{
    (void)state;
    const fpt_plan_results r = gather("a <b>&\"x\" plan", 2);
    const fpt_str page = page_of(&r);
    assert_int_equal(count_of(page, "<b>"), 0);
    assert_true(count_of(page, "a &lt;b&gt;&amp;&quot;x&quot; plan") >= 2);
    assert_int_equal(count_of(page, "<script"), 0);
    assert_int_equal(count_of(page, "http"), 0);
    /* Every picture has a name, every table a caption; all is closed. */
    assert_int_equal(count_of(page, "<svg"),
                     count_of(page, "role=\"img\" aria-label=\""));
    assert_int_equal(count_of(page, "<table>"), count_of(page, "<caption>"));
    static const char *const pairs[][2] = {
        {"<svg", "</svg>"}, {"<table", "</table>"}, {"<section", "</section>"},
        {"<tr>", "</tr>"},  {"<div", "</div>"},     {"<text", "</text>"}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        assert_int_equal(count_of(page, pairs[i][0]),
                         count_of(page, pairs[i][1]));
    assert_true(count_of(page, "<svg") >= 5);
    assert_int_equal(count_of(page, "nan"), 0);
    assert_int_equal(count_of(page, "--draws 256 --seed 7"), 1);
}

static void test_threads_change_no_byte(void **state)
{
    (void)state;
    const fpt_plan_results one = gather("small", 1), many = gather("small", 5);
    const fpt_str a = page_of(&one), b = page_of(&many);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_way_of_the_gap_adds_up),
        cmocka_unit_test(test_parts_are_there_and_consistent),
        cmocka_unit_test(test_the_page_is_whole_and_escaped),
        cmocka_unit_test(test_threads_change_no_byte),
    };
    return cmocka_run_group_tests_name("plan_report", tests, set_up, tear_down);
}
