/* Tests for staff, capital, beds, and the money that hangs on totals. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

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

#define YAML(years, more)                                                      \
    {                                                                          \
        "plan.yaml", PLAN_YAML(years, more)                                    \
    }

/* One organisation that does 1,000 of one thing, and nothing else. */
#define PLAIN                                                                  \
    {"baseline.csv", "org,site,place,age,sex,pod,service,funder,los_days,"     \
                     "count\nA,a1,p,65+,F,em,med,CCG,4,1000\n"},               \
        {"pods.csv", "pod,name,demography,pool\nem,e,none,general\n"           \
                     "cc,c,none,\n"},                                          \
        {"population.csv", NULL}, {"schemes.csv", NULL}, {"flows.csv", NULL},  \
        {"growth.csv", NULL}, {"prices.csv", "pod,pounds\nem,1\ncc,1\n"},      \
        {"contracts.csv",                                                      \
         "contract,funder,provider,type,target\nall,CCG,,tariff,\n"},          \
        {"costs.csv", NULL}, {"control_totals.csv", NULL},                     \
        {"assumptions.csv", NULL}, {"indices.csv", NULL}, {"beds.csv", NULL},  \
    {                                                                          \
        "incomes.csv", NULL                                                    \
    }

static double value(const fpt_plan *plan, const plan_run *run,
                    fpt_plan_metric_kind kind, const char *item, int year,
                    int lane)
{
    const fpt_plan_metric any =
        fpt_plan_metric_at(plan, fpt_plan_metric_find(plan, kind, 0, 0));
    return metric_row(plan, run, kind, item_named(plan, any.subject, item),
                      year)[lane];
}

static plan_run run_stated(const fpt_plan *plan)
{
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.stated = true;
    run_once(plan, &run, &s, 1, 0);
    return run;
}

/* ---- staff ---- */

static void test_staff_gap_and_what_it_closes(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(3, ""),
        {"workforce.csv",
         "org,group,stock_wte,leaver_fraction,joiners_wte,trained_wte,"
         "pay_pounds,bank_wte,bank_pounds,agency_wte,agency_premium_fraction,"
         "tolerance_fraction,contracted_minutes,leave_fraction,study_fraction,"
         "sickness_fraction\n"
         "A,nurses,10,0.1,0.5,0.2,30000,1,35000,2,0.5,0.04,100000,0.1,0.05,"
         "0.02\n"},
        {"staffing.csv", "org,group,driver,target,minutes\n"
                         "A,nurses,activity,pod=em,1257.75\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    /* Available: 100,000 * 0.9 * 0.95 * 0.98 = 83,790 minutes. */
    const double need = 1000 * 1257.75 / 83790.0;
    assert_close(
        value(plan, &run, FPT_PLAN_METRIC_STAFF_NEEDED, "A/nurses", 0, 0),
        1000 * need, 0.5);
    /* Stock 10, then 9.7, 9.43: bank 1, agency 2, the rest unfilled. */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_STAFF_POST, "A/nurses", 1,
                      0) == 9700.0);
    const double gap = need - 9.7 - 3.0;
    assert_close(
        value(plan, &run, FPT_PLAN_METRIC_STAFF_UNFILLED, "A/nurses", 0, 0),
        1000 * (need - 13.0), 0.51);
    const double lost = (need - 13.0) / need - 0.04;
    assert_close(value(plan, &run, FPT_PLAN_METRIC_EVENTS, "A/em/CCG", 1, 0),
                 1e6 * (1.0 - lost), 2.0);
    assert_close(value(plan, &run, FPT_PLAN_METRIC_UNMET, "A", 1, 0),
                 1e6 * lost, 2.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_UNMET, "A", 0, 0) == 0.0);
    (void)gap;
    /* Pay of stock, bank and agency in the first year. */
    assert_close(value(plan, &run, FPT_PLAN_METRIC_STAFF_COST, "A", 0, 0),
                 100.0 * (10 * 30000 + 35000 + 2 * 45000), 1.0);
    /* Without limits nothing closes. */
    plan_run free = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.stated = s.no_limits = true;
    run_once(plan, &free, &s, 1, 0);
    assert_true(value(plan, &free, FPT_PLAN_METRIC_EVENTS, "A/em/CCG", 2, 0) ==
                1e6);
}

static void test_recruitment_and_transfers(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(3, ""),
        {"workforce.csv", "org,group,stock_wte\nA,nurses,10\nB,nurses,3\n"},
        {"recruitment.csv", "line,org,group,wte,start,ramp,success,from_org\n"
                            "new,A,nurses,8,2017/18,linear 2,0.5,\n"
                            "moved,A,nurses,5,2018/19,step,1,B\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    static const double a[] = {10, 10, 12 + 3, 14 + 3};
    static const double b[] = {3, 3, 0, 0};
    for (int t = 0; t < 4; t++) {
        assert_close(
            value(plan, &run, FPT_PLAN_METRIC_STAFF_POST, "A/nurses", t, 0),
            1000 * a[t], 1e-6);
        assert_close(
            value(plan, &run, FPT_PLAN_METRIC_STAFF_POST, "B/nurses", t, 0),
            1000 * b[t], 1e-6);
    }
}

/* 24 hours a day, all week, headroom on top: 168 / 37.5 posts a bed. */
static void test_staff_by_bed_and_skill_mix(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(2, ""),
        {"beds.csv", "org,site,pool,beds,occupancy_fraction\n"
                     "A,a1,general,20,1\n"},
        {"workforce.csv",
         "org,group,stock_wte\nA,nurses,100\nA,assistants,100\n"},
        {"staffing.csv", "org,group,driver,pool,staff_per_bed,"
                         "headroom_fraction\nA,nurses,beds,general,0.2,0.25\n"},
        {"schemes.csv",
         "scheme,type,target,effect_fraction,start,units,group,to_group\n"
         "mix,skill-mix,org=A,0.3,2017/18,1.5,nurses,assistants\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    const double posts = 20 * 0.2 * 168.0 / 37.5 * 1.25;
    assert_close(
        value(plan, &run, FPT_PLAN_METRIC_STAFF_NEEDED, "A/nurses", 0, 0),
        1000 * posts, 0.5);
    assert_close(
        value(plan, &run, FPT_PLAN_METRIC_STAFF_NEEDED, "A/nurses", 1, 0),
        700 * posts, 0.5);
    assert_close(
        value(plan, &run, FPT_PLAN_METRIC_STAFF_NEEDED, "A/assistants", 1, 0),
        450 * posts, 0.5);
}

/* ---- capital ---- */

static void test_capital_by_rank_and_limit(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(4, "dividend-rate: 0.035\n"),
        {"projects.csv",
         "project,org,rank,funding_probability,delivered,life_years,"
         "overrun_factor,divisible,after\n"
         "big,A,2,1,2018/19,10,1.2,no,\nfirst,A,1,1,2017/18,5,1,no,\n"
         "part,B,3,1,2018/19,10,1,yes,\nlate,B,4,1,2018/19,10,1,no,part\n"},
        {"capital.csv", "project,year,pounds\nfirst,2017/18,1000\n"
                        "big,2018/19,2000\npart,2018/19,800\n"},
        {"capital_limits.csv", "year,pounds\n2017/18,1000\n2018/19,600\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    /* "big" asks 2,400 of 600: cut, since it cannot be divided; "part" gets
     * 600 of 800. What waits for it is there as far as it is. */
    assert_true(
        value(plan, &run, FPT_PLAN_METRIC_FUNDED_SHARE, "first", 1, 0) == 1e6);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_FUNDED_SHARE, "big", 4, 0) ==
                0.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_FUNDED_SHARE, "part", 2, 0) ==
                750000.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_FUNDED_SHARE, "part", 1, 0) ==
                0.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_FUNDED_SHARE, "late", 2, 0) ==
                750000.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_ASKED, "system", 2, 0) ==
                320000.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_FUNDED, "system", 2, 0) ==
                60000.0);
    /* 1,000 over 5 years from the year after delivery, and 3.5 % of what it is
     * worth on average: 500, then 900. */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_CAPITAL_CHARGE, "A", 1, 0) ==
                1750.0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_CAPITAL_CHARGE, "A", 2, 0) ==
                20000.0 + 3150.0);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.stated = s.no_capital = true;
    plan_run none = run_make(&arena, plan);
    run_once(plan, &none, &s, 1, 0);
    assert_true(
        value(plan, &none, FPT_PLAN_METRIC_FUNDED_SHARE, "first", 4, 0) == 0.0);
    assert_true(value(plan, &none, FPT_PLAN_METRIC_CAPITAL_CHARGE, "A", 2, 0) ==
                0.0);
}

/* What is not built opens no gate; coins fall as often as they should. */
static void test_gates_wait_for_money(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(2, ""),
        {"projects.csv",
         "project,org,rank,funding_probability,delivered,life_years\n"
         "hub,A,1,0.3,2018/19,10\n"},
        {"capital.csv", "project,year,pounds\nhub,2018/19,100\n"},
        {"schemes.csv", "scheme,type,target,effect_fraction,start,units,gates\n"
                        "away,avoid,pod=em,0.5,2017/18,0,hub\n"
                        "then,avoid,pod=em,0.1,2017/18,0,away\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    double funded = 0.0;
    enum { ROWS = 200 };
    for (uint32_t row = 0; row < ROWS; row++) {
        run_once(plan, &run, &s, 2, row);
        for (int i = 0; i < FPT_LANES; i++) {
            const bool there = value(plan, &run, FPT_PLAN_METRIC_FUNDED_SHARE,
                                     "hub", 2, i) > 0.0;
            funded += there;
            const double n =
                value(plan, &run, FPT_PLAN_METRIC_EVENTS, "A/em/CCG", 2, i);
            assert_close(n, there ? 450000.0 : 1e6, 1e-6);
            assert_true(value(plan, &run, FPT_PLAN_METRIC_EVENTS, "A/em/CCG", 1,
                              i) == 1e6);
        }
    }
    const double n = (double)ROWS * FPT_LANES;
    assert_close((funded / n - 0.3) / sqrt(0.21 / n), 0.0, 4.0);
}

/* ---- beds ---- */

static void test_beds_and_delays(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(2, "service-level: 0.05\n"),
        {"beds.csv",
         "org,site,pool,beds,occupancy_fraction,peak_factor,dispersion\n"
         "A,a1,general,20,0.9,1.2,1.5\n"},
        {"delays.csv",
         "site,pool,base_days,days_per_package,unmet_packages,growth_fraction,"
         "day_pounds\na1,general,365,10,7.3,0.5,400\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    const char *pool = "a1/general";
    /* 4,000 days and 365 + 73 (then 365 + 109.5) delayed. */
    assert_close(value(plan, &run, FPT_PLAN_METRIC_BEDS_OCCUPIED, pool, 0, 0),
                 1000 * 4438 / 365.0, 0.5);
    assert_close(value(plan, &run, FPT_PLAN_METRIC_DELAYED_DAYS, pool, 1, 0),
                 474500.0, 0.51);
    const double peak = 4438 / 365.0 * 1.2;
    assert_true(value(plan, &run, FPT_PLAN_METRIC_BEDS_NEEDED, pool, 0, 0) ==
                1000.0 * ceil(peak / 0.9));
    assert_true(value(plan, &run, FPT_PLAN_METRIC_BEDS_SERVICE, pool, 0, 0) ==
                1000.0 * qnbinom_mu(0.05, peak / 0.5, peak, 0, 0));
    /* 36.5 days more, at 400 pounds each. */
    assert_close(value(plan, &run, FPT_PLAN_METRIC_COST, "A", 1, 0) -
                     value(plan, &run, FPT_PLAN_METRIC_COST, "A", 0, 0),
                 36.5 * 40000, 100.0);
}

static void test_legs_of_the_closure_test(void **state)
{
    (void)state;
    static const struct {
        const char *change;
        bool passes;
    } table[] = {
        {"x,a1,general,2017/18,-4,1,,nurses,\n", true},
        {"x,a1,general,2017/18,-9,1,,nurses,\n", false}, /* beds still needed */
        {"x,a1,general,2017/18,-4,1,,late,\n", false},   /* nobody there yet */
        {"x,a1,general,2017/18,-2,2,away,,\n", true},
        {"x,a1,general,2017/18,-5,2,away,,\n", false},
        {"x,a1,general,2017/18,-1,3,,,1.2\n", true},
        {"x,a1,general,2017/18,-1,3,,,0.9\n", false}, /* already efficient */
        {"x,a1,general,2017/18,-3,3,,,1.2\n", false},
        {"x,a1,general,2017/18,-1,,,,\n", false}, /* no leg claimed */
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "change,site,pool,year,beds,leg,scheme,alternative,"
                 "relative_use\n%s",
                 table[i].change);
        const plan_table tables[] = {
            PLAIN,
            YAML(1, ""),
            {"beds.csv", "org,site,pool,beds,occupancy_fraction\n"
                         "A,a1,general,16,0.9\n"},
            {"workforce.csv", "org,group,stock_wte\nB,nurses,5\n"},
            {"recruitment.csv", "line,org,group,wte,start,success\n"
                                "nurses,B,nurses,2,2017/18,1\n"
                                "late,B,nurses,2,2017/18,0.5\n"},
            {"schemes.csv", "scheme,type,target,effect_fraction,start,units\n"
                            "away,avoid,pod=em,0.2,2017/18,0\n"
                            "short,length-of-stay,pod=em,0.1,2017/18,\n"},
            {"bed_changes.csv", text}};
        /* 4,000 days: 800 avoided (2.4 beds at 90 %), 400 of stay saved. */
        const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
        const plan_run run = run_stated(plan);
        const double passed =
            value(plan, &run, FPT_PLAN_METRIC_CLOSURE, "x", 1, 0);
        if ((passed == 1e6) != table[i].passes)
            fail_msg("case %zu: %g", i, passed);
    }
}

/* ---- costs ---- */

static void test_steps_are_released_late(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(4, ""),
        {"schemes.csv", "scheme,type,target,effect_fraction,start,units\n"
                        "away,avoid,pod=em,0.5,2017/18,0\n"},
        {"costs.csv",
         "org,cost,driver,target,unit_pounds,step_units,step_pounds,lag_years\n"
         "A,wards,activity,pod=em,1,300,10000,2\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    /* 1,000 need four steps, 500 two; the two are given back in year 3. */
    static const double want[] = {41000, 40500, 40500, 20500, 20500};
    for (int t = 0; t < 5; t++)
        assert_true(value(plan, &run, FPT_PLAN_METRIC_COST, "A", t, 0) ==
                    100 * want[t]);
}

static void test_money_of_schemes(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(3, ""),
        {"schemes.csv",
         "scheme,type,target,effect_fraction,start,ramp,units,unit_pounds,"
         "running_pounds,set_up_pounds,double_running_fraction,pays,pounds,"
         "to_pod,ends,fade_years\n"
         "away,shift,pod=em,0.2,2017/18,table 0.5 1,2,7,1000,500,0.5,B,,cc,,\n"
         "cip,cost,org=A,0.1,2018/19,step,,,,,,,2000,,,\n"
         "car-park,income,org=B,1,2017/18,step,,,,,,,300,,2017/18,2\n"},
        {"costs.csv", "org,cost,driver,target,fixed_pounds,unit_pounds\n"
                      "A,all,activity,pod=em,50000,10\nB,fixed,none,,1000,\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    /* Year 1: 100 events go, 200 units at 7, running, set-up, and half of what
     * is not yet given back (100 events at 10). */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_SCHEME_COST, "away", 1, 0) ==
                100 * (1400 + 1000 + 500 + 500));
    assert_true(value(plan, &run, FPT_PLAN_METRIC_SCHEME_COST, "away", 2, 0) ==
                100 * (2800 + 1000));
    assert_true(value(plan, &run, FPT_PLAN_METRIC_SCHEME_VALUE, "away", 2, 0) ==
                100 * 2000 - 100 * 3800);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_EVENTS, "A/cc/CCG", 2, 0) ==
                400000.0);
    /* Cost 58,000 less a tenth and 2,000. */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_COST, "A", 2, 0) ==
                100 * (58000 - 5800 - 2000));
    /* Income fades after its end: exp(-1/2). */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_INCOME, "B", 1, 0) == 30000);
    assert_close(value(plan, &run, FPT_PLAN_METRIC_INCOME, "B", 2, 0),
                 30000 * exp(-0.5), 0.51);
}

/* ---- totals ---- */

#define FUND                                                                   \
    "sustainability:\n  finance: 0.7\n  measures:\n    ae: 0.3\n"              \
    "  quarters: [0.25, 0.25, 0.25, 0.25]\n  system-share: 0.5\n"

static void test_sustainability_money(void **state)
{
    (void)state;
    plan_table tables[] = {
        PLAIN,
        YAML(1, FUND),
        {"costs.csv", "org,cost,fixed_pounds\nA,x,900\nB,x,1500\n"},
        {"incomes.csv", "org,year,source,pounds\nB,,other,1000\n"},
        {"control_totals.csv",
         "org,year,pounds,with_sustainability\nA,2017/18,50,no\n"
         "B,2017/18,-100,yes\n"},
        {"sustainability.csv", "org,year,pounds\nA,2017/18,400\n"
                               "B,2017/18,200\n"},
        {"access.csv", "org,measure,met_probability\nA,ae,1\nB,ae,0\n"},
        {"control_moves.csv", NULL}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    run_once(plan, &run, &s, 1, 0);
    /* A: 1,000 - 900 = 100 against 50. B: -500 against -100 less its money:
     * -300, missed. System: -400 against -250, missed. */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_MARGIN, "A", 1, 0) == 5000);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_TOTAL, "B", 1, 0) == -30000);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_MARGIN, "system", 1, 0) ==
                -15000);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_EARNED, "A", 1, 0) == 20000);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_LOST, "A", 1, 0) == 20000);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_EARNED, "B", 1, 0) == 0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_RESULT, "A", 1, 0) == 30000);
    /* Moved by agreement, sum unchanged: B's total eased, A's raised. */
    tables[COUNT_OF(tables) - 1].text =
        "move,org,year,pounds,agreed\nm,A,2017/18,40,2017-06-01\n"
        "m,B,2017/18,-40,2017-06-01\n";
    plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    run = run_make(&arena, plan);
    run_once(plan, &run, &s, 1, 0);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_MARGIN, "A", 1, 0) == 1000);
    assert_true(value(plan, &run, FPT_PLAN_METRIC_TOTAL, "system", 1, 0) ==
                -25000);
}

/* A measure met by chance is met as often as it should be. */
static void test_access_is_a_coin_a_quarter(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(1, "sustainability:\n  finance: 0\n  measures:\n    ae: 1\n"
                "  quarters: [0.25, 0.25, 0.25, 0.25]\n"),
        {"control_totals.csv", "org,year,pounds\nA,2017/18,-99999\n"},
        {"sustainability.csv", "org,year,pounds\nA,2017/18,400\n"},
        {"access.csv", "org,quarter,measure,met_probability\n,,ae,0.5\n"
                       "A,4,ae,0.9\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    double sum = 0.0;
    enum { ROWS = 200 };
    for (uint32_t row = 0; row < ROWS; row++) {
        run_once(plan, &run, &s, 5, row);
        for (int i = 0; i < FPT_LANES; i++)
            sum += value(plan, &run, FPT_PLAN_METRIC_EARNED, "A", 1, i) / 1e4;
    }
    const double n = (double)ROWS * FPT_LANES;
    assert_close((sum / n - 2.4) / sqrt(0.84 / n), 0.0, 4.0);
}

static void test_allocations_feed_commissioners(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(2, "allocation:\n  minimum-growth: 0.015\n  pot:\n"
                "    2017/18: 1600000000\n    2018/19: 1650000000\n"),
        {"organisations.csv", "org,name,kind\nCCG,one,commissioner\n"
                              "C2,two,commissioner\nC3,three,commissioner\n"
                              "A,a,acute\nB,b,acute\nX,x,external\n"},
        {"allocations.csv",
         "org,year,population,age_index,need_index,mff_index,base_pounds\n"
         "CCG,2017/18,500000,0.95,1.10,1.08,820000000\n"
         "C2,2017/18,300000,1.05,0.95,1.00,462000000\n"
         "C3,2017/18,200000,1.10,0.92,0.97,268000000\n"
         "CCG,2018/19,500000,0.95,1.10,1.08,\n"
         "C2,2018/19,300000,1.05,0.95,1.00,\n"
         "C3,2018/19,200000,1.10,0.92,0.97,\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    assert_close(value(plan, &run, FPT_PLAN_METRIC_INCOME, "C3", 1, 0),
                 28685234900.0, 51.0);
    double sum[3] = {0};
    static const char *const orgs[] = {"CCG", "C2", "C3"};
    for (int t = 1; t <= 2; t++)
        for (int k = 0; k < 3; k++)
            sum[t] += value(plan, &run, FPT_PLAN_METRIC_INCOME, orgs[k], t, 0);
    /* Less the 1,000 pounds that the tariff pays to A. */
    assert_true(sum[1] == 160000000000.0 - 100000.0);
    assert_true(sum[2] == 165000000000.0 - 100000.0);
}

static void test_personal_budgets(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(1, ""),
        {"contracts.csv",
         "contract,funder,provider,type,target,share_fraction,people,"
         "budget_pounds,recovered_fraction,substitutes\n"
         "all,CCG,,tariff,,,,,,\n"
         "phb,CCG,X,personal,,0.8,50,1000,0.75,community nursing\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    const plan_run run = run_stated(plan);
    /* 80 % is spent; a quarter of the rest is not recovered. */
    assert_true(value(plan, &run, FPT_PLAN_METRIC_PAID, "phb/X", 1, 0) ==
                100.0 * 50 * 1000 * 0.85);
}

/* ---- checks of the plan as stated ---- */

static void test_checks_say_what_does_not_add_up(void **state)
{
    (void)state;
    const plan_table tables[] = {
        PLAIN,
        YAML(1, "capped-expenditure: yes\n"),
        {"beds.csv", "org,site,pool,beds,occupancy_fraction\n"
                     "A,a1,general,5,0.9\n"},
        {"workforce.csv", "org,group,stock_wte\nA,nurses,1\n"},
        {"staffing.csv", "org,group,driver,minutes\nA,nurses,activity,50000\n"},
        {"projects.csv",
         "project,org,rank,funding_probability,delivered,life_years\n"
         "hub,A,1,1,2017/18,10\n"},
        {"capital.csv", "project,year,pounds\nhub,2017/18,100\n"},
        {"capital_limits.csv", "year,pounds\n2017/18,50\n"},
        {"bed_changes.csv", "change,site,pool,year,beds\n"
                            "shut,a1,general,2017/18,-1\n"},
        {"assumptions.csv",
         "assumption,distribution,value,author,source,evidence\n"
         "much,point,0.9,t,i,assumed\n"},
        {"references.csv", "assumption,class,mean,sd,source\n"
                           "much,others,0.1,0.1,i\n"},
        {"schemes.csv", "scheme,type,target,effect_fraction,start,units\n"
                        "away,avoid,pod=em,much,2017/18,\n"},
        {"claims.csv", "claim,party,scheme,year,pounds\n"
                       "big,A,away,2017/18,99999\n"},
        {"costs.csv", "org,cost,fixed_pounds\nA,x,5000\n"},
        {"incomes.csv", "org,year,source,pounds,recurrent\n"
                        "A,2017/18,land,100,no\n"},
        {"control_totals.csv", "org,year,pounds\nA,2017/18,10\n"},
        {"contracts.csv", "contract,funder,provider,type,target,pounds\n"
                          "b,CCG,B,block,,5\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    fpt_plan_check *checks;
    size_t count = 0;
    fpt_error err = {0};
    assert_ok_or(fpt_plan_checks(&arena, plan, &count, &checks, &err), err);
    static const char *const fail[] = {"activity-paid-once",
                                       "closures-pass-test",
                                       "staff-enough",
                                       "capital-there",
                                       "avoided-has-destination",
                                       "claims-are-worth-it",
                                       "within-what-was-found",
                                       "control-totals-met",
                                       "met-without-one-offs",
                                       "within-expenditure-cap"};
    static const char *const pass[] = {"payments-sum-to-zero",
                                       "system-is-sum-of-parts", "beds-enough"};
    for (size_t i = 0; i < count; i++) {
        bool expected = true, known = false;
        for (size_t k = 0; k < COUNT_OF(fail); k++)
            if (strcmp(fail[k], checks[i].code) == 0)
                expected = false, known = true;
        for (size_t k = 0; k < COUNT_OF(pass); k++)
            known = known || strcmp(pass[k], checks[i].code) == 0;
        if (!known || checks[i].pass != expected)
            fail_msg("%s is %s: %.*s", checks[i].code,
                     checks[i].pass ? "passed" : "failed",
                     FPT_STR_ARG(checks[i].text));
    }
    assert_int_equal(count, COUNT_OF(fail) + COUNT_OF(pass));
}

static void test_a_new_plan_is_the_worked_example(void **state)
{
    (void)state;
    char folder[] = "/tmp/fpt_plan_XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/riverside", folder);
    fpt_error err = {0};
    assert_ok_or(fpt_plan_new(arena, path, &err), err);
    assert_int_equal(fpt_plan_new(arena, path, &err), FPT_ERR_EXISTS);
    fpt_report report = fpt_report_make(&arena);
    const fpt_plan_files files = {.folder = path};
    fpt_plan *plan;
    assert_ok_or(fpt_plan_read(&arena, &files, NULL, &report, &plan, &err),
                 err);
    assert_runnable(plan, &report);
    assert_str(fpt_plan_facts_of(plan).name, "riverside");
    size_t count;
    fpt_str *names;
    assert_ok_or(fpt_folder_list(&arena, path, &count, &names, &err), err);
    for (size_t i = 0; i < count; i++) {
        char file[128];
        snprintf(file, sizeof file, "%s/%.*s", path, FPT_STR_ARG(names[i]));
        assert_int_equal(remove(file), 0);
    }
    assert_int_equal(remove(path), 0);
    assert_int_equal(remove(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_staff_gap_and_what_it_closes),
        cmocka_unit_test(test_recruitment_and_transfers),
        cmocka_unit_test(test_staff_by_bed_and_skill_mix),
        cmocka_unit_test(test_capital_by_rank_and_limit),
        cmocka_unit_test(test_gates_wait_for_money),
        cmocka_unit_test(test_beds_and_delays),
        cmocka_unit_test(test_legs_of_the_closure_test),
        cmocka_unit_test(test_steps_are_released_late),
        cmocka_unit_test(test_money_of_schemes),
        cmocka_unit_test(test_sustainability_money),
        cmocka_unit_test(test_access_is_a_coin_a_quarter),
        cmocka_unit_test(test_allocations_feed_commissioners),
        cmocka_unit_test(test_personal_budgets),
        cmocka_unit_test(test_checks_say_what_does_not_add_up),
        cmocka_unit_test(test_a_new_plan_is_the_worked_example),
    };
    return cmocka_run_group_tests_name("plan_capacity", tests, set_up,
                                       tear_down);
}
