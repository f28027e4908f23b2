/* Tests for schemes, how they overlap and ramp, and for growth. */
#include "plan_text.h"
#include "run_i.h"

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

/* ---- schemes ---- */

static void test_overlap_is_counted_once(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        double keep;
    } table[] = {{NULL, 0.7 * 0.8 * 0.9},
                 {"a,b,rule,weight\none,two,exclusive,\n", 0.7 * 0.9},
                 {"a,b,rule,weight\none,two,nested,\n", 0.7 * 0.8 * 0.9},
                 {"a,b,rule,weight\none,two,overlap,0.25\n",
                  (1.0 - 0.75 * (1.0 - 0.7 * 0.8) - 0.25 * 0.3) * 0.9}};
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const plan_table tables[] = {
            {"schemes.csv",
             "scheme,type,target,effect_fraction,start,units\n"
             "one,avoid,pod=op,0.3,2017/18,0\ntwo,avoid,pod=op,0.2,2017/18,0\n"
             "three,prevention,pod=op,0.1,2017/18,0\n"},
            {"overlaps.csv", table[i].rule},
            {"flows.csv", NULL},
            {"assumptions.csv", NULL},
            {"indices.csv", NULL},
            {"costs.csv", NULL},
            {"contracts.csv",
             "contract,funder,provider,type,target\nall,CCG,,tariff,\n"}};
        const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
        plan_run run = run_make(&arena, plan);
        const fpt_plan_scenario s = plan_stated();
        run_once(plan, &run, &s, 1, 0);
        const size_t a = item_named(plan, FPT_PLAN_LINE, "A//op/CCG");
        const double grown = 2000.0 * 1.01 * 1.02;
        assert_close(metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, a, 1)[0],
                     1000.0 * grown * table[i].keep, 1.0);
        /* Shares add to what was removed; each lies between nothing and its
         * own claim, and the whole within Frechet's bounds. */
        double claimed = 0.0, credited = 0.0, most = 0.0;
        for (size_t k = 0; k < 3; k++) {
            const fpt_plan_overlap o = fpt_plan_overlap_of(run.work, k, 0);
            assert_true(o.credited >= 0.0 && o.credited <= o.claimed + 1e-9);
            claimed += o.claimed, credited += o.credited;
            most = fmax(most, o.claimed);
        }
        const double all = 2900.0 * 1.02 * 1.02; /* both, last year */
        (void)all;
        assert_true(most <= credited && credited <= claimed);
    }
}

static void test_more_effect_never_raises_activity(void **state)
{
    (void)state;
    const fpt_plan *plan = plan_runnable(&arena, 0, NULL);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    const size_t em = item_named(plan, FPT_PLAN_LINE, "B/b1/em/CCG");
    double before = (double)INFINITY, days = (double)INFINITY;
    for (int k = 0; k <= 20; k++) {
        const fpt_plan_override fixed[2] = {{0, k / 20.0}, {1, k / 20.0}};
        s.override_count = 2;
        s.override = fixed;
        run_once(plan, &run, &s, 3, 0);
        const double n =
            metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, em, 2)[0];
        const double d = metric_row(plan, &run, FPT_PLAN_METRIC_DAYS, em, 2)[0];
        assert_true(n <= before && d <= days && n >= 0.0 && d >= 0.0);
        before = n, days = d;
    }
    assert_true(days < 0.51 * before + 1e6);
}

static void test_ramps(void **state)
{
    (void)state;
    const fpti_ramp step = {.kind = FPTI_STEP};
    const fpti_ramp linear = {.kind = FPTI_LINEAR, .years = 4};
    const fpti_ramp logistic = {
        .kind = FPTI_LOGISTIC, .years = 5, .middle = 2, .slope = 1.5};
    const fpti_ramp table = {
        .kind = FPTI_TABLE, .count = 3, .at = {0.1, 0.5, 0.9}};
    const fpti_ramp *all[] = {&step, &linear, &logistic, &table};
    for (size_t k = 0; k < COUNT_OF(all); k++) {
        assert_true(fpti_ramp_at(all[k], -0.001) == 0.0);
        double before = 0.0;
        for (int i = 0; i <= 120; i++) {
            const double here = fpti_ramp_at(all[k], i / 10.0);
            assert_true(here >= before && here <= 1.0);
            before = here;
        }
    }
    assert_true(fpti_ramp_at(&step, 0) == 1.0);
    assert_true(fpti_ramp_at(&linear, 1) == 0.25);
    assert_true(fpti_ramp_at(&logistic, 0) == 0.0);
    assert_true(fpti_ramp_at(&logistic, 5) == 1.0);
    assert_close(fpti_ramp_at(&table, 1.5), 0.7, 1e-15);
    assert_true(fpti_ramp_at(&table, 9) == 0.9);
}

/* ---- growth ---- */

static void test_growth_factors(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"plan.yaml", PLAN_YAML(2, "health:\n  share: 0.5\n  life-table-year: "
                                   "2016\n")},
        {"baseline.csv", "org,place,age,sex,pod,service,funder,count\n"
                         "A,p,70,F,op,med,CCG,1000\n"},
        {"population.csv", "place,age,sex,year,people\n,70,F,2016/17,100\n"
                           ",70,F,2017/18,110\n,70,F,2018/19,121\n"},
        {"growth.csv", "pod,growth_fraction\nop,0.05\n"},
        {"waiting.csv",
         "service,pods,waiting,referrals,completed,target_waiting,target_year\n"
         "med,op,500,1000,1000,100,2018/19\n"},
        {"life.csv", "year,sex,age,years_left\n2016,F,70,16\n2017,F,70,16.2\n"
                     "2018,F,70,16.4\n"},
        {"rates.csv", "pod,sex,age,rate\nop,F,60,0.6\nop,F,70,1.0\n"
                      "op,F,80,2.0\n"},
        {"schemes.csv", NULL},
        {"flows.csv", NULL},
        {"costs.csv", NULL},
        {"assumptions.csv", NULL},
        {"indices.csv", NULL},
        {"beds.csv", NULL},
        {"prices.csv", "pod,pounds\nop,10\n"},
        {"contracts.csv",
         "contract,funder,provider,type,target\nall,CCG,,tariff,\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = plan_stated();
    fpt_plan_work_steps(run.work, true);
    run_once(plan, &run, &s, 1, 0);
    /* People 1.21, growth 1.05^2, health at 70 - 0.5 * 0.4 = 69.8: 0.992, and
     * 200 more a year to clear 400 in two. */
    const double want = 1000.0 * 1.21 * 1.05 * 1.05 * 0.992 * 1.2;
    assert_close(metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, 0, 2)[0],
                 1000.0 * want, 1.0);
    assert_close(run.work->list[0], 100.0, 1e-9);
    s.no_waiting = s.no_health = s.no_growth = s.no_demography = true;
    run_once(plan, &run, &s, 1, 0);
    assert_close(metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, 0, 2)[0],
                 1000000.0, 1e-6);
}

static void test_variants_and_shocks(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"variants.csv", "variant,probability\nmain,0.5\nhigh,0.3\nlow,0.2\n"},
        {"baseline.csv", "org,place,age,sex,pod,service,funder,count\n"
                         "A,p,70,F,op,med,CCG,1000\n"},
        {"population.csv",
         "variant,year,people\n,2016/17,100\nmain,2017/18,100\n"
         "high,2017/18,200\nlow,2017/18,50\nmain,2018/19,100\n"
         "high,2018/19,200\nlow,2018/19,50\n"},
        {"growth.csv", "pod,growth_fraction,sigma,persistence\nop,0,0.1,0.6\n"},
        {"schemes.csv", NULL},
        {"flows.csv", NULL},
        {"costs.csv", NULL},
        {"assumptions.csv", NULL},
        {"indices.csv", NULL},
        {"beds.csv", NULL},
        {"prices.csv", "pod,pounds\nop,10\n"},
        {"contracts.csv",
         "contract,funder,provider,type,target\nall,CCG,,tariff,\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    double seen[3] = {0}, e1 = 0, e2 = 0, e12 = 0;
    enum { ROWS = 300 };
    for (uint32_t row = 0; row < ROWS; row++) {
        run_once(plan, &run, &s, 4, row);
        const double *a = metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, 0, 1);
        const double *b = metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, 0, 2);
        for (int i = 0; i < FPT_LANES; i++) {
            static const double size[3] = {1.0, 2.0, 0.5};
            const int v = run.work->variant[i];
            seen[v]++;
            const double x = log(a[i] / (1e6 * size[v]));
            const double y = log(b[i] / (1e6 * size[v])) - x;
            e1 += x * x, e2 += y * y, e12 += x * y;
        }
    }
    const double n = (double)ROWS * FPT_LANES;
    static const double p[3] = {0.5, 0.3, 0.2};
    for (int v = 0; v < 3; v++)
        assert_close((seen[v] / n - p[v]) / sqrt(p[v] * (1 - p[v]) / n), 0.0,
                     4.0);
    /* Stationary from the first year on, and carried over. */
    assert_close(e1 / n / 0.01, 1.0, 4.0 * sqrt(2.0 / n));
    assert_close(e2 / n / 0.01, 1.0, 4.0 * sqrt(2.0 / n));
    assert_close(e12 / n / 0.01, 0.6, 5.0 / sqrt(n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_overlap_is_counted_once),
        cmocka_unit_test(test_more_effect_never_raises_activity),
        cmocka_unit_test(test_ramps),
        cmocka_unit_test(test_growth_factors),
        cmocka_unit_test(test_variants_and_shocks),
    };
    return cmocka_run_group_tests_name("plan_schemes", tests, set_up,
                                       tear_down);
}
