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

static void test_overlaps_lie_within_their_bounds(void **state)
{
    (void)state;
    /* Two schemes on the same patients, one of them excluding the other on
     * some, and two that shorten the same stays. */
    static const char more[] =
        "scheme,programme,type,target,effect_fraction,start,ramp,units,"
        "unit_pounds,to_pod,pays\n"
        "keep-home,x,avoid,pod=em tags=frail,0.3,2017/18,step,2,30,,CCG\n"
        "clinic,x,avoid,pod=em,0.2,2017/18,step,1,10,,CCG\n"
        "early,x,length-of-stay,pod=em,0.25,2017/18,step,,,,\n"
        "ward,x,length-of-stay,pod=em tags=frail,0.4,2017/18,step,,,,\n"
        "to-community,y,shift,pod=op,0.1,2018/19,step,1,,cc,\n";
    const plan_table tables[] = {{"schemes.csv", more}};
    fpt_report report;
    fpt_plan *plan = plan_with(&arena, &report, 1, tables, NULL);
    assert_runnable(plan, &report);
    fpt_plan_work *work;
    const double *metrics;
    fpt_error err = {0};
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.stated = true;
    assert_ok(fpt_plan_work_make(&arena, plan, &work));
    double *z = FPT_NEW(&arena, double,
                        (fpt_plan_facts_of(plan).inputs + 1) * FPT_LANES);
    assert_ok_or(fpt_plan_run(plan, &s, 1, 0, z, work, &metrics, &err), err);
    fpt_plan_overlap_set *set;
    size_t count;
    assert_ok(fpt_plan_overlap_sets(&arena, work, 0, &set, &count));
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        double credited = 0.0, claimed = 0.0;
        assert_int_equal(set[i].count, 2);
        for (size_t k = 0; k < 2; k++) {
            claimed += set[i].member[k].claimed;
            credited += set[i].member[k].credited;
        }
        assert_close(claimed, set[i].claimed, 1e-9);
        assert_close(credited, set[i].combined, 1e-9);
        assert_true(set[i].least <= set[i].combined + 1e-9 &&
                    set[i].combined <= set[i].most + 1e-9);
        /* Independent chances: 1 - (1 - x)(1 - y) of what both aim at, and
         * each keeps half of what both would take. */
        const double x = set[i].days ? 0.25 : 0.3, y = set[i].days ? 0.4 : 0.2;
        assert_relative(set[i].combined,
                        set[i].aimed * (1.0 - (1.0 - x) * (1.0 - y)), 1e-12);
        assert_relative(set[i].member[0].credited,
                        set[i].aimed * (x - 0.5 * x * y), 1e-12);
    }
}

static void test_what_decides_is_there_with_its_errors(void **state)
{
    (void)state;
    const fpt_plan_results r = gather("small", 2);
    const fpt_report_decides *d = &r.decides;
    assert_true(d->sobol.margin.known && d->shapley.margin.known);
    double fair = 0.0;
    for (size_t i = 0; i < d->sobol.count; i++) {
        const fpt_sobol_share *s = &d->sobol.share[i].margin;
        assert_true(s->first_lower <= s->first_upper &&
                    s->total_lower <= s->total_upper);
        assert_true(i == 0 || d->sobol.share[i - 1].margin.total >= s->total);
    }
    for (size_t i = 0; i < d->shapley.count; i++) {
        fair += d->shapley.share[i].fair.share;
        assert_true(d->shapley.share[i].fair.standard_error >= 0.0);
    }
    assert_close(fair, 1.0, 1e-12);
    assert_true(d->measures.linear.known);
    for (size_t i = 0; i < d->measures.count; i++)
        assert_true(isnan(d->measures.measure[i].value.src) ||
                    d->measures.measure[i].error.src > 0.0);
    /* The two schemes of one programme depend on each other. */
    bool together = false;
    for (size_t i = 0; i < d->sobol.count; i++)
        together = together || fpt_str_equal(d->sobol.share[i].name,
                                             FPT_STR("effect + stay"));
    assert_true(together);
    /* What cannot be found says why. */
    assert_false(d->hindcast.plan.known);
    assert_true(d->hindcast.plan.why_not.text[0] != '\0');
}

static void test_parts_and_targets(void **state)
{
    (void)state;
    fpt_report_parts parts = {0};
    assert_true(fpt_report_add_part(&parts, FPT_STR("must-hold")));
    assert_true(parts.sets);
    assert_false(fpt_report_add_part(&parts, FPT_STR("fate")));
    fpt_str name[PLAN_TABLES], bytes[PLAN_TABLES];
    const size_t count = COUNT_OF(small_plan);
    for (size_t i = 0; i < count; i++) {
        name[i] = fpt_str_from(small_plan[i].name);
        bytes[i] = fpt_str_from(small_plan[i].text);
    }
    const fpt_plan_files files = {.count = count, .name = name, .bytes = bytes};
    fpt_report_options o = fpt_report_options_default();
    fpt_plan_results r;
    fpt_error err = {0};
    o.draws = 64;
    parts = (fpt_report_parts){.miss = true};
    o.parts = &parts;
    o.about = FPT_STR("A");
    o.year = 1;
    assert_ok_or(fpt_plan_results_make(&arena, &files, &o, &r, &err), err);
    assert_true(fpt_str_equal(r.target, FPT_STR("A")));
    assert_true(fpt_str_equal(r.target_year, FPT_STR("2017/18")));
    assert_int_equal(r.assumption_count, 0);
    assert_true(r.decides.ways.answer.asked);
    o.about = FPT_STR("nobody");
    assert_int_equal(fpt_plan_results_make(&arena, &files, &o, &r, &err),
                     FPT_ERR_USAGE);
}

static void test_two_plans_on_a_page(void **state)
{
    (void)state;
    fpt_report report;
    fpt_plan *first = plan_with(&arena, &report, 0, NULL, NULL);
    const plan_table tables[] = {
        {"assumptions.csv",
         "assumption,distribution,value,p10,p90,lower,upper,author,source,"
         "evidence,programme\n"
         "effect,beta,0.1,0.05,0.2,,,me,none,assumed,x\n"
         "stay,beta,0.3,0.1,0.3,,,me,none,assumed,x\n"
         "prices,normal,0.02,0.01,0.03,,,me,none,assumed,\n"}};
    fpt_plan *second = plan_with(&arena, &report, 1, tables, NULL);
    fpt_stress_options o = fpt_stress_options_default();
    fpt_stress_change *change;
    size_t count;
    fpt_error err = {0};
    o.draws = 128;
    assert_ok_or(
        fpt_stress_compare(&arena, first, second, &o, &change, &count, &err),
        err);
    const fpt_plan_versus v = {first, second, "a<b", "c",
                               128,   7,      count, change};
    fpt_output out = fpt_output_memory(&arena);
    fpt_plan_versus_write(&v, &out);
    const char *page = fpt_strbuf_view(&out.text).data;
    assert_true(strstr(page, "a&lt;b") != NULL);
    assert_true(strstr(page, "<th scope=\"row\">stay</th>") != NULL);
    assert_true(strstr(page, "<th scope=\"row\">effect</th>") == NULL);
    assert_true(strstr(page, "nan") == NULL);
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
        cmocka_unit_test(test_overlaps_lie_within_their_bounds),
        cmocka_unit_test(test_what_decides_is_there_with_its_errors),
        cmocka_unit_test(test_parts_and_targets),
        cmocka_unit_test(test_two_plans_on_a_page),
        cmocka_unit_test(test_the_page_is_whole_and_escaped),
        cmocka_unit_test(test_threads_change_no_byte),
    };
    return cmocka_run_group_tests_name("plan_report", tests, set_up, tear_down);
}
