/*
 * Tests for what is counted over organisations: sustainability money, the system
 * as the sum of its parts, and what a run need not fill in.
 */
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

/* Of 1.8 billion pounds 1.6 go to those who meet their totals (and 0.2 to
 * whoever they were promised to): with the gate at every penny. */
static void test_money_for_those_who_meet(void **state)
{
    (void)state;
    static const struct {
        int a, b; /* pounds above their totals */
        double earned;
    } table[] = {{0, 0, 160e9}, {-1, 0, 60e9}, {0, -1, 100e9}, {-1, -1, 0.0}};
    for (size_t k = 0; k < COUNT_OF(table); k++) {
        char totals[160];
        snprintf(totals, sizeof totals,
                 "org,year,pounds\nA,2017/18,%d\nB,2017/18,%d\n", -table[k].a,
                 -table[k].b);
        const plan_table tables[] = {
            PLAN_MONEY_ALONE,
            {"plan.yaml", PLAN_YAML(1, "sustainability:\n  finance: 1.0\n"
                                       "  quarters: [0.25, 0.25, 0.25, 0.25]\n"
                                       "  catch-up: none\n")},
            {"assumptions.csv", NULL},
            {"indices.csv", NULL},
            {"costs.csv", "org,cost,fixed_pounds\nA,all,1000\nB,all,1000\n"},
            {"incomes.csv", "org,year,source,pounds\nA,,x,1000\nB,,x,1000\n"
                            "A,2017/18,targeted,0\n"},
            {"sustainability.csv", "org,year,pounds\nA,2017/18,1000000000\n"
                                   "B,2017/18,600000000\n"},
            {"control_totals.csv", totals}};
        const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
        assert_true(plan_stated_value(&arena, plan, FPT_PLAN_METRIC_EARNED,
                                      "system", 1) == table[k].earned);
        assert_true(plan_stated_value(&arena, plan, FPT_PLAN_METRIC_LOST,
                                      "system", 1) == 160e9 - table[k].earned);
        /* The money is no part of what is tested. */
        assert_true(plan_stated_value(&arena, plan, FPT_PLAN_METRIC_MARGIN,
                                      "system",
                                      1) == 100.0 * (table[k].a + table[k].b));
    }
}

/* Every organisation's metric: the system is the sum of its parts in every
 * future, to the penny; so are control totals. */
static void test_the_system_is_the_sum_of_its_parts(void **state)
{
    (void)state;
    const fpt_plan *plan = plan_runnable(&arena, 0, NULL);
    plan_run run = run_make(&arena, plan);
    const size_t orgs = fpt_plan_items(plan, FPT_PLAN_ORG) - 1;
    assert_true(orgs == 3);
    for (int noise = 0; noise < 3; noise++) {
        fpt_plan_scenario s = fpt_plan_scenario_default();
        s.noise = (fpt_plan_noise)noise;
        run_once(plan, &run, &s, 5, 2);
        for (int kind = 0; kind < FPT_PLAN_METRIC_KINDS; kind++) {
            const size_t first =
                fpt_plan_metric_find(plan, (fpt_plan_metric_kind)kind, 0, 0);
            if (first == SIZE_MAX ||
                fpt_plan_metric_at(plan, first).subject != FPT_PLAN_ORG)
                continue;
            for (int year = 0; year <= 2; year++)
                for (int i = 0; i < FPT_LANES; i++) {
                    double sum = 0.0;
                    for (size_t o = 0; o < orgs; o++)
                        sum += metric_row(
                            plan, &run, (fpt_plan_metric_kind)kind, o, year)[i];
                    assert_true(sum == metric_row(plan, &run,
                                                  (fpt_plan_metric_kind)kind,
                                                  orgs, year)[i]);
                }
        }
    }
    assert_true(plan_stated_value(&arena, plan, FPT_PLAN_METRIC_TOTAL, "system",
                                  1) == 11e6);
}

/* What a work space is not asked for changes nothing that it is asked for; what
 * is said to be 0, or the same as another, is so in every future. */
static void test_what_is_wanted_and_what_is_known(void **state)
{
    (void)state;
    const fpt_plan *plan = plan_runnable(&arena, 0, NULL);
    plan_run all = run_make(&arena, plan), few = run_make(&arena, plan);
    bool want[FPT_PLAN_METRIC_KINDS] = {false};
    want[FPT_PLAN_METRIC_MARGIN] = want[FPT_PLAN_METRIC_POSITION] = true;
    fpt_plan_work_want(few.work, want);
    const size_t count = fpt_plan_facts_of(plan).metrics;
    size_t zeros = 0, twins = 0;
    for (uint32_t row = 0; row < 4; row++) {
        const fpt_plan_scenario s = fpt_plan_scenario_default();
        run_once(plan, &all, &s, 2, row);
        run_once(plan, &few, &s, 2, row);
        for (size_t i = 0; i < count; i++) {
            const double *x = all.metric + i * FPT_LANES;
            const size_t bytes = FPT_LANES * sizeof *x;
            const size_t twin = fpt_plan_metric_twin(plan, i);
            assert_true(twin <= i);
            twins += twin != i;
            assert_memory_equal(x, all.metric + twin * FPT_LANES, bytes);
            if (want[fpt_plan_metric_at(plan, i).kind])
                assert_memory_equal(x, few.metric + i * FPT_LANES, bytes);
            if (!fpt_plan_metric_is_zero(plan, i)) continue;
            zeros++;
            for (int k = 0; k < FPT_LANES; k++)
                assert_true(x[k] == 0.0);
        }
    }
    assert_true(zeros > 0 && twins > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_money_for_those_who_meet),
        cmocka_unit_test(test_the_system_is_the_sum_of_its_parts),
        cmocka_unit_test(test_what_is_wanted_and_what_is_known),
    };
    return cmocka_run_group_tests_name("plan totals", tests, set_up, tear_down);
}
