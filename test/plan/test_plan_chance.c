/* Tests for chance: cells against rows, means and variances against their closed
 * forms, and the steps of the way from doing nothing. */
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

static bool has_kind(fpt_plan_metric_kind kind, size_t count,
                     const fpt_plan_metric_kind *kinds)
{
    for (size_t i = 0; i < count; i++)
        if (kinds[i] == kind) return true;
    return false;
}

/* ---- cells and chance ---- */

static void test_cells_equal_rows_in_expectation(void **state)
{
    (void)state;
    const plan_table tables[] = {{"baseline.csv",
                                  "org,site,place,age,sex,pod,service,funder,"
                                  "tags,los_days,count\n"
                                  "A,a1,p,0-64,F,em,med,CCG,,4,200\n"
                                  "A,a1,p,0-64,F,em,med,CCG,,4,31\n"
                                  "A,a1,p,0-64,F,em,surg,CCG,,7,50\n"
                                  "A,a1,p,65+,F,em,med,CCG,frail,9,50\n"
                                  "A,a1,p,65+,F,em,med,CCG,frail,9,50\n"
                                  "A,,p,0-64,F,op,med,CCG,,,2000\n"
                                  "B,b1,p,65+,F,em,med,CCG,frail,5,120\n"
                                  "B,,p,0-64,M,cc,med,CCG,,,400\n"}};
    fpt_report report;
    fpt_plan_options rows = fpt_plan_options_default();
    rows.keep_rows = true;
    const fpt_plan *a = plan_with(&arena, &report, 1, tables, NULL);
    const fpt_plan *b = plan_with(&arena, &report, 1, tables, &rows);
    assert_runnable(a, &report);
    assert_runnable(b, &report);
    /* Length of stay and service are read by nothing, so they merge too. */
    assert_int_equal(fpt_plan_facts_of(a).cells, 5);
    assert_int_equal(fpt_plan_facts_of(b).cells, 8);
    plan_run x = run_make(&arena, a), y = run_make(&arena, b);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    run_once(a, &x, &s, 9, 1);
    run_once(b, &y, &s, 9, 1);
    const size_t count = fpt_plan_facts_of(a).metrics;
    assert_int_equal(count, fpt_plan_facts_of(b).metrics);
    for (size_t i = 0; i < count * FPT_LANES; i++)
        assert_close(x.metric[i], y.metric[i], 1.0 + 1e-12 * fabs(x.metric[i]));
}

/* Sums of one metric over seeds, and of its square. */
static void add_metric(const double *row, double centre, double *sum,
                       double *square)
{
    for (int i = 0; i < FPT_LANES; i++) {
        const double e = row[i] - centre;
        *sum += e;
        *square += e * e;
    }
}

/*
 * With every assumption fixed, what chance adds has mean zero: simulated means
 * of all linear outputs against the closed form, over 200 seeds, for noise of
 * the right moments and for drawn spells; and the two have one variance.
 */
static void test_means_and_variances_of_chance(void **state)
{
    (void)state;
    /* All but what rounds up to whole beds or steps, or stops at a limit: the
     * expectation of those is not the value at the expectation. */
    static const fpt_plan_metric_kind kinds[] = {
        FPT_PLAN_METRIC_EVENTS,        FPT_PLAN_METRIC_DAYS,
        FPT_PLAN_METRIC_PAID,          FPT_PLAN_METRIC_INCOME,
        FPT_PLAN_METRIC_COST,          FPT_PLAN_METRIC_POSITION,
        FPT_PLAN_METRIC_TOTAL,         FPT_PLAN_METRIC_MARGIN,
        FPT_PLAN_METRIC_RESULT,        FPT_PLAN_METRIC_UNDERLYING,
        FPT_PLAN_METRIC_BEDS_OCCUPIED, FPT_PLAN_METRIC_BEDS_OPEN,
        FPT_PLAN_METRIC_AVOIDED,       FPT_PLAN_METRIC_SCHEME_COST,
        FPT_PLAN_METRIC_SCHEME_VALUE,  FPT_PLAN_METRIC_DEFLATOR,
        FPT_PLAN_METRIC_UNMET,         FPT_PLAN_METRIC_DELAYED_DAYS};
    const plan_table tables[] = {
        {"costs.csv", "org,cost,driver,target,fixed_pounds,unit_pounds\n"
                      "A,fixed,none,,500000,\nA,em,activity,pod=em,,900\n"
                      "A,op,activity,pod=op,,40\nA,days,bed-days,,,60\n"
                      "B,em,activity,pod=em,,950\nB,days,bed-days,,,55\n"},
        {"indices.csv", NULL},
        {"contracts.csv",
         "contract,funder,provider,type,target,share_fraction,planned\n"
         "em,CCG,,tariff,pod=em,,\nop,CCG,,blended,pod=op,0.5,plan\n"
         "cc,CCG,,tariff,pod=cc,,\n"}};
    const fpt_plan *plan = plan_runnable(&arena, 3, tables);
    const size_t count = fpt_plan_facts_of(plan).metrics;
    const fpt_plan_override fixed[3] = {{0, 0.13}, {1, 0.22}, {2, 0.02}};
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.override_count = 3;
    s.override = fixed;
    s.noise = FPT_PLAN_NOISE_NONE;
    plan_run run = run_make(&arena, plan);
    run_once(plan, &run, &s, 1, 0);
    double *centre = FPT_NEW(&arena, double, count);
    double *sum = FPT_NEW(&arena, double, 2 * count);
    double *square = FPT_NEW(&arena, double, 2 * count);
    for (size_t i = 0; i < count; i++)
        centre[i] = run.metric[i * FPT_LANES];
    enum { SEEDS = 200 };
    for (int mode = 0; mode < 2; mode++) {
        s.noise = mode == 0 ? FPT_PLAN_NOISE_MOMENTS : FPT_PLAN_NOISE_INTEGERS;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            run_once(plan, &run, &s, seed, 0);
            for (size_t i = 0; i < count; i++)
                add_metric(run.metric + i * FPT_LANES, centre[i],
                           &sum[(size_t)mode * count + i],
                           &square[(size_t)mode * count + i]);
        }
    }
    const double n = (double)SEEDS * FPT_LANES;
    size_t tested = 0;
    for (size_t i = 0; i < count; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        if (m.year == 0 || !has_kind(m.kind, COUNT_OF(kinds), kinds)) continue;
        tested++;
        /* Without chance in it, it is the expectation itself. */
        for (int mode = 0; mode < 2; mode++)
            if (square[(size_t)mode * count + i] == 0.0)
                assert_true(sum[(size_t)mode * count + i] == 0.0);
        if (square[i] == 0.0 && square[count + i] == 0.0) continue;
        for (int mode = 0; mode < 2; mode++) {
            const size_t at = (size_t)mode * count + i;
            if (square[at] == 0.0) continue;
            const double z = sum[at] / sqrt(square[at]);
            if (!(fabs(z) < 4.0))
                fail_msg("%s %.*s %d: z = %g (mode %d)", m.word,
                         FPT_STR_ARG(m.name), m.year, z, mode);
        }
        if (square[i] == 0.0) continue; /* moments do not scatter it */
        const double ratio = square[i] / square[count + i];
        if (!(fabs(ratio - 1.0) < 6.0 * sqrt(4.0 / n)))
            fail_msg("%s %.*s %d: variances %g", m.word, FPT_STR_ARG(m.name),
                     m.year, ratio);
    }
    assert_true(tested >= 90);
}

/* ---- the waterfall ---- */

static void test_steps_add_up(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"workforce.csv", "org,group,stock_wte,pay_pounds,tolerance_fraction\n"
                          "A,nurses,9,30000,0.02\n"},
        {"staffing.csv", "org,group,driver,target,minutes\n"
                         "A,nurses,activity,pod=em,1800\n"}};
    const fpt_plan *plan = plan_runnable(&arena, 2, tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_work_steps(run.work, true);
    const size_t steps = fpt_plan_step_count(plan);
    assert_true(steps > 40);
    for (int noise = 0; noise < 3; noise++) {
        fpt_plan_scenario s = fpt_plan_scenario_default();
        s.noise = (fpt_plan_noise)noise;
        for (uint32_t row = 0; row < 5; row++) {
            run_once(plan, &run, &s, 21, row);
            const double *value = fpt_plan_steps(run.work);
            for (int i = 0; i < FPT_LANES; i++) {
                double sum = 0.0, chance = 0.0, results = 0.0;
                for (size_t k = 0; k < steps; k++) {
                    const fpt_plan_step step = fpt_plan_step_at(plan, k);
                    const double x = value[k * FPT_LANES + (size_t)i];
                    if (step.cause == FPT_PLAN_CAUSE_BASELINE) sum = 0.0;
                    if (step.cause == FPT_PLAN_CAUSE_CHANCE) chance = x;
                    if (step.cause != FPT_PLAN_CAUSE_RESULT) {
                        sum += x;
                        if (noise == 2) assert_true(x == floor(x));
                        continue;
                    }
                    results += x;
                    if (noise == 2)
                        assert_true(sum == x);
                    else
                        assert_close(sum, x, 1e-9 * (1.0 + fabs(x)));
                    /* Without chance nothing is left over for it. */
                    if (noise == 1)
                        assert_close(chance, 0.0, 1e-9 * (1.0 + fabs(x)));
                }
                assert_true(results > 0.0);
            }
        }
    }
    assert_string_equal(fpt_plan_cause_word(FPT_PLAN_CAUSE_CHANCE), "chance");
    assert_string_equal(fpt_plan_cause_word(FPT_PLAN_CAUSES), "");
}

/* Chance among drawn spells has mean 0 and the variance of its Poissons. */
static void test_chance_is_only_chance(void **state)
{
    (void)state;
    const plan_table tables[] = {{"flows.csv", NULL},
                                 {"contracts.csv",
                                  "contract,funder,provider,type,target\n"
                                  "all,CCG,,tariff,\n"}};
    const fpt_plan *plan = plan_runnable(&arena, 2, tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_work_steps(run.work, true);
    const fpt_plan_override fixed[3] = {{0, 0.13}, {1, 0.22}, {2, 0.02}};
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_INTEGERS;
    s.override_count = 3;
    s.override = fixed;
    const size_t steps = fpt_plan_step_count(plan);
    double sum = 0.0, square = 0.0, expected = 0.0;
    enum { SEEDS = 100 };
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        run_once(plan, &run, &s, seed, 0);
        const double *value = fpt_plan_steps(run.work);
        for (size_t k = 0; k < steps; k++) {
            const fpt_plan_step step = fpt_plan_step_at(plan, k);
            if (step.year != 1 || step.days ||
                !fpt_str_equal(step.pod_name, FPT_STR("em")))
                continue;
            const double *x = value + k * FPT_LANES;
            if (step.cause == FPT_PLAN_CAUSE_CHANCE)
                for (int i = 0; i < FPT_LANES; i++)
                    sum += x[i], square += x[i] * x[i];
            else if (step.cause <= FPT_PLAN_CAUSE_FLOW)
                expected += x[0] / SEEDS;
        }
    }
    const double n = (double)SEEDS * FPT_LANES;
    assert_close(sum / sqrt(square), 0.0, 4.0);
    assert_close(square / n / expected, 1.0, 4.0 * sqrt(2.0 / n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_equal_rows_in_expectation),
        cmocka_unit_test(test_means_and_variances_of_chance),
        cmocka_unit_test(test_steps_add_up),
        cmocka_unit_test(test_chance_is_only_chance),
    };
    return cmocka_run_group_tests_name("plan_chance", tests, set_up, tear_down);
}
