/* Tests for what decides a plan: against closed forms where the plan has them,
 * and for what must hold of any. */
#include "fpt/explore.h"
#include "money_plan.h"

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

static fpt_plan *money_plan(void)
{
    const plan_table tables[] = {MONEY_PLAN};
    return plan_of(&arena, COUNT_OF(tables), tables);
}

static fpt_plan *small(void)
{
    fpt_report report;
    fpt_plan *plan = plan_with(&arena, &report, 0, NULL, NULL);
    assert_runnable(plan, &report);
    return plan;
}

static fpt_stress_question ask(const fpt_plan *plan, size_t draws)
{
    fpt_stress_question q = fpt_stress_question_default(plan);
    q.draws = draws;
    q.threads = 2;
    return q;
}

#define SYSTEM_SD sqrt(sd_a *sd_a + sd_b * sd_b)

/* ---- one assumption at a time ---- */

static void test_tornado_of_normal_margins(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    const fpt_stress_question q = ask(plan, 4000);
    fpt_tornado_row *rows = NULL;
    size_t count;
    fpt_stress_outcome base;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_tornado(&arena, &q, &rows, &count, &base, &err),
                 err);
    assert_int_equal(count, 2);
    assert_close(base.mean, mean_a + mean_b, 4.0 * SYSTEM_SD / sqrt(4000.0));
    /* A's costs are larger: 2 % of 100 million, and 3 % of 50 million. */
    assert_int_equal(rows[0].assumption, 0);
    assert_close(rows[0].range, 2e8, 1.0);
    assert_close(rows[1].range, 1.5e8, 1.0);
    /* With A's costs fixed only B's scatter. */
    assert_relative(rows[0].at_p10.sd, sd_b, 4.0 / sqrt(8000.0));
    assert_close(rows[0].at_stated.mean, 1e8 + mean_b,
                 4.0 * sd_b / sqrt(4000.0));
    assert_true(isnan(rows[0].found));
}

static void test_break_even_of_normal_margins(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    const fpt_stress_question q = ask(plan, 20000);
    fpt_break_even b;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_break_even(arena, &q, 0, &b, &err), err);
    assert_true(b.monotone);
    assert_int_equal(b.found_50, 1);
    assert_int_equal(b.found_80, 1);
    /* 150 m - 10^10 g + mean_b = 0, then 0.84162 sd_b above it. */
    const double even = (1.5e8 + mean_b) / 1e10;
    const double sure = even - 0.8416212335729143 * sd_b / 1e10;
    assert_close(b.at_50[0], even, 4.0 * 1.2533 * sd_b / 1e10 / sqrt(20000.0));
    assert_close(b.at_80[0], sure, 4.0 * 1.43 * sd_b / 1e10 / sqrt(20000.0));
    /* Put back, the value gives its odds: exactly, to one draw. */
    fpt_plan_override set = {0, b.at_80[0]};
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.override_count = 1;
    s.override = &set;
    fpt_stress_outcome o;
    assert_ok_or(fpt_stress_outcome_of(arena, &q, &s, &o, &err), err);
    assert_true(o.met.value >= 0.8);
    assert_close(o.met.value, 0.8, 2.0 / 20000.0);
}

static void test_break_even_that_is_not_there(void **state)
{
    (void)state;
    /* An organisation that cannot fail, whatever the other's costs are. */
    const fpt_plan *plan = money_plan();
    fpt_stress_question q = ask(plan, 500);
    q.item = 0;
    fpt_break_even b;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_break_even(arena, &q, 1, &b, &err), err);
    assert_int_equal(b.found_50, 0);
    assert_true(b.monotone && b.odds_low == b.odds_high);
    q.item = 7;
    assert_int_equal(fpt_stress_break_even(arena, &q, 1, &b, &err),
                     FPT_ERR_USAGE);
}

/* ---- several at once ---- */

static void test_ladder_of_a_plan(void **state)
{
    (void)state;
    const fpt_plan *plan = small();
    const fpt_stress_question q = ask(plan, 640);
    fpt_ladder_rung rung[FPT_LADDER_RUNGS];
    fpt_error err = {0};
    assert_ok_or(fpt_stress_ladder(arena, &q, rung, &err), err);
    fpt_stress_outcome believed;
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    assert_ok_or(fpt_stress_outcome_of(arena, &q, &s, &believed, &err), err);
    assert_memory_equal(&rung[2].outcome, &believed, sizeof believed);
    assert_true(rung[1].outcome.sd == 0.0);
    assert_true(rung[0].outcome.mean != rung[2].outcome.mean);
    /* Without a history the plan at its history is the plan as believed. */
    assert_memory_equal(&rung[3].outcome, &believed, sizeof believed);
}

static void test_ladder_at_what_was_found(void **state)
{
    (void)state;
    const plan_table tables[] = {MONEY_PLAN,
                                 {"history.csv",
                                  "assumption,year,planned,found,source\n"
                                  "cost-a,2014/15,0.005,0.03,x\n"
                                  "cost-a,2015/16,0.005,0.04,x\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
    const fpt_stress_question q = ask(plan, 2000);
    fpt_ladder_rung rung[FPT_LADDER_RUNGS];
    fpt_error err = {0};
    assert_ok_or(fpt_stress_ladder(arena, &q, rung, &err), err);
    assert_close(rung[3].outcome.mean, 1.5e8 - 0.035 * 1e10 + mean_b,
                 4.0 * sd_b / sqrt(2000.0));
    assert_close(rung[1].outcome.mean, 1.5e8 - 5e7 + 6e7 - 5e7, 0.5);
}

static void test_must_hold(void **state)
{
    (void)state;
    /* Four assumptions; the two that matter are stated far better than they
     * are believed. */
    const plan_table tables[] = {
        MONEY_PLAN,
        {"costs.csv", "org,cost,driver,target,fixed_pounds,index\n"
                      "A,all,none,,100000000,ia\nB,all,none,,50000000,ib\n"
                      "A,c,none,,1000000,ic\nA,d,none,,1000000,id\n"},
        {"incomes.csv", "org,year,source,pounds\nA,,x,103500000\n"
                        "B,,x,50600000\n"},
        {"indices.csv", "index,year,growth_fraction\nia,,cost-a\nib,,cost-b\n"
                        "ic,,cost-c\nid,,cost-d\n"},
        {"assumptions.csv",
         "assumption,distribution,value,p10,p90,author,source,evidence\n"
         "cost-c,normal,0.005,0,0.02,me,none,assumed\n"
         "cost-a,normal,0.005,0.02,0.04,me,none,assumed\n"
         "cost-d,normal,0.005,0,0.02,me,none,assumed\n"
         "cost-b,normal,0.005,0.02,0.06,me,none,assumed\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
    const fpt_stress_question q = ask(plan, 2000);
    fpt_must_hold m;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_must_hold(arena, &q, 0.95, &m, &err), err);
    assert_true(m.found && m.exact);
    assert_int_equal(m.count, 2);
    assert_true(m.assumption[0] + m.assumption[1] == 4 &&
                m.assumption[0] * m.assumption[1] == 3);
    assert_true(m.met.value >= 0.95);
    /* With A's costs as stated the margin is -0.42 million with a deviation of
     * 0.78: odds of 0.295. What is met already needs none. */
    assert_ok_or(fpt_stress_must_hold(arena, &q, 0.25, &m, &err), err);
    assert_true(m.found && m.count == 1 && m.assumption[0] == 1);
    assert_close(m.met.value, 0.295, 4.0 * sqrt(0.295 * 0.705 / 2000.0));
    assert_ok_or(fpt_stress_must_hold(arena, &q, 0.001, &m, &err), err);
    assert_true(m.found && m.count == 0);
    assert_int_equal(fpt_stress_must_hold(arena, &q, 1.5, &m, &err),
                     FPT_ERR_USAGE);
}

/* ---- threads ---- */

static void test_answers_do_not_depend_on_threads(void **state)
{
    (void)state;
    const fpt_plan *plan = small();
    fpt_stress_question q = ask(plan, 500);
    fpt_stress_outcome one, many;
    fpt_error err = {0};
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    q.threads = 1;
    assert_ok_or(fpt_stress_outcome_of(arena, &q, &s, &one, &err), err);
    q.threads = 7;
    assert_ok_or(fpt_stress_outcome_of(arena, &q, &s, &many, &err), err);
    assert_memory_equal(&one, &many, sizeof one);
}

/* ---- samples, information, designs ---- */

static void test_sample_and_its_measures(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    const fpt_stress_question q = ask(plan, 4000);
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    fpt_stress_sample sample;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_sample_make(&arena, &q, &s, &sample, &err), err);
    assert_int_equal(sample.columns, 2);
    for (size_t i = 0; i < sample.rows; i++)
        assert_close(sample.margin[i],
                     2.1e8 - 1e10 * sample.x[2 * i] - 5e9 * sample.x[2 * i + 1],
                     1.5);
    fpt_linear_measure m[2];
    double r2, rank_r2;
    assert_ok(fpt_linear_measures(arena, sample.rows, 2, sample.x,
                                  sample.margin, m, &r2, &rank_r2));
    assert_close(r2, 1.0, 1e-9);
    assert_close(m[0].src, -sd_a / SYSTEM_SD, 0.05);
}

static void test_information_is_never_negative(void **state)
{
    (void)state;
    const fpt_plan *plan = small();
    const fpt_stress_question q = ask(plan, 1000);
    fpt_stress_sample sample;
    fpt_stress_worth w;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_information(&arena, &q, &sample, &w, &err), err);
    for (size_t c = 0; c < sample.columns; c++) {
        assert_true(w.worth[c] >= 0.0 && w.error[c] >= 0.0);
        assert_true(w.worth[c] <= w.of_all + 4.0 * w.error[c] + 1.0);
    }
    assert_true(w.with_schemes != w.without_schemes);
}

static void test_designs_need_fewer_draws(void **state)
{
    (void)state;
    const plan_table more[] = {
        MONEY_PLAN,
        {"correlations.csv", "a,b,correlation\ncost-a,cost-b,0.5\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(more), more);
    const fpt_stress_question q = ask(plan, 8192);
    const double sd = sqrt(sd_a * sd_a + sd_b * sd_b + sd_a * sd_b);
    const double want = fpt_normal_cdf((mean_a + mean_b) / sd);
    for (int k = 0; k < 2; k++) {
        fpt_stress_designed d;
        fpt_error err = {0};
        assert_ok_or(
            fpt_stress_by_design(arena, &q, (fpt_stress_design)k, &d, &err),
            err);
        assert_int_equal(d.points * FPT_STRESS_REPEATS, 8192);
        /* t with 7 degrees: 6 errors are one in two thousand. */
        assert_close(d.mean, mean_a + mean_b, 6.0 * d.mean_error + 1.0);
        assert_close(d.odds, want, 6.0 * d.odds_error + 1e-3);
        /* Plain draws: sd / sqrt(8192). */
        assert_true(d.mean_error < 0.3 * sd / sqrt(8192.0));
        assert_true(d.odds_error < 0.8 * sqrt(want * (1.0 - want) / 8192.0));
    }
}

/* ---- the target as a response ---- */

static fpt_response respond(const fpt_plan *plan, bool dependent, bool misses,
                            fpt_stress_response **out)
{
    const fpt_stress_question q = ask(plan, 64);
    const fpt_stress_response_options o = {dependent, misses};
    fpt_response r;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_response_make(&arena, &q, &o, out, &r, &err), err);
    return r;
}

static void test_shares_of_normal_margins(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    fpt_stress_response *s = NULL;
    const fpt_response r = respond(plan, false, false, &s);
    const uint32_t *group;
    const fpt_str *name;
    assert_int_equal(fpt_stress_groups(s, &group, &name), 2);
    fpt_sobol_share share[2];
    double mean, variance;
    assert_ok(fpt_sobol_shares(arena, &r, 2, group, 8192, 1, share, &mean,
                               &variance));
    const double a = sd_a * sd_a / (sd_a * sd_a + sd_b * sd_b);
    assert_close(share[0].first, a, 0.03);
    assert_close(share[0].total, a, 0.03);
    assert_close(share[1].total, 1.0 - a, 0.03);
    /* The least unlikely way: beta is mean over deviation. */
    fpt_design_point point[FPT_FORM_POINTS];
    size_t found;
    assert_ok(fpt_form(&arena, &r, 1, point, &found));
    assert_int_equal(found, 1);
    assert_close(point[0].beta, (mean_a + mean_b) / SYSTEM_SD, 1e-4);
    assert_close(point[0].weight[0], a, 1e-3);
    double value[2];
    fpt_stress_point_values(s, point[0].z, value);
    assert_close(2.1e8 - 1e10 * value[0] - 5e9 * value[1], 0.0, 1e4);
    /* How often it is missed, as a response of 0 and 1. */
    fpt_stress_response *m = NULL;
    const fpt_response misses = respond(plan, false, true, &m);
    assert_ok(fpt_sobol_shares(arena, &misses, 2, group, 8192, 1, share, &mean,
                               &variance));
    assert_close(mean, fpt_normal_cdf(-(mean_a + mean_b) / SYSTEM_SD), 0.02);
}

static void test_fair_shares_of_correlated_margins(void **state)
{
    (void)state;
    const plan_table tables[] = {
        MONEY_PLAN,
        {"correlations.csv", "a,b,correlation\ncost-a,cost-b,0.5\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
    fpt_stress_response *s = NULL;
    const fpt_response r = respond(plan, true, false, &s);
    const uint32_t *group;
    const fpt_str *name;
    assert_int_equal(fpt_stress_groups(s, &group, &name), 2);
    fpt_shapley_effect effect[2];
    assert_ok(fpt_shapley_effects(arena, &r, 2, group, 4000, 1, effect));
    const double b[2] = {-sd_a, -sd_b}, c[4] = {1.0, 0.5, 0.5, 1.0};
    double want[2];
    assert_ok(fpt_shapley_gaussian(arena, 2, b, c, want));
    for (int k = 0; k < 2; k++)
        assert_close(effect[k].share, want[k],
                     4.0 * effect[k].standard_error + 0.02);
    /* Without dependence put in, both are one group. */
    fpt_stress_response *whole = NULL;
    (void)respond(plan, false, false, &whole);
    assert_int_equal(fpt_stress_groups(whole, &group, &name), 1);
}

static void test_fair_shares_are_refused_under_a_common_scale(void **state)
{
    (void)state;
    const plan_table tables[] = {
        MONEY_PLAN,
        {"correlations.csv", "a,b,correlation\ncost-a,cost-b,0.5\n"},
        {"plan.yaml",
         "footprint-plan: 1\nname: money\ntitle: money\nauthor: test\n"
         "source: invented\nbaseline: 2016/17\nyears: 1\nseed: 7\n"
         "bed-days: midnights\ncopula-degrees: 4\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
    assert_false(fpt_plan_facts_of(plan).gaussian);
    const fpt_stress_question q = ask(plan, 64);
    fpt_stress_response *s = NULL;
    fpt_response r;
    fpt_error err = {0};
    fpt_stress_response_options o = {true, false};
    assert_int_equal(fpt_stress_response_make(&arena, &q, &o, &s, &r, &err),
                     FPT_ERR_REFUSED);
    o.dependent = false;
    assert_ok_or(fpt_stress_response_make(&arena, &q, &o, &s, &r, &err), err);
    assert_int_equal(r.count, 3); /* the scale is an input of the block */
    const uint32_t *group;
    const fpt_str *name;
    assert_int_equal(fpt_stress_groups(s, &group, &name), 1);
    fpt_stress_designed d;
    assert_int_equal(
        fpt_stress_by_design(arena, &q, FPT_STRESS_SOBOL, &d, &err),
        FPT_ERR_REFUSED);
}

static void test_every_input_of_a_plan_is_in_a_group(void **state)
{
    (void)state;
    const fpt_plan *plan = small();
    fpt_stress_response *s = NULL;
    const fpt_response r = respond(plan, false, false, &s);
    const uint32_t *group;
    const fpt_str *name;
    const size_t groups = fpt_stress_groups(s, &group, &name);
    for (size_t i = 0; i < r.count; i++)
        assert_true(group[i] < groups);
    for (size_t g = 0; g < groups; g++)
        assert_true(name[g].len > 0);
}

/* ---- against history ---- */

static void test_history_of_assumptions(void **state)
{
    (void)state;
    const plan_table tables[] = {MONEY_PLAN,
                                 {"history.csv",
                                  "assumption,year,planned,found,source\n"
                                  "cost-a,2015/16,0.04,0.028,x\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
    fpt_stress_history h;
    assert_ok(fpt_stress_history_of(arena, plan, 0, &h));
    /* 4 % planned, 2.8 % found, once: a ratio, and no interval. */
    assert_close(h.ratio, 0.7, 1e-12);
    assert_true(isnan(h.ratio_sd) && !h.known && h.count == 1);
    assert_non_null(strstr(h.why_not.text, "reference class"));
    assert_ok(fpt_stress_history_of(arena, plan, 1, &h));
    assert_true(!h.known && h.count == 0 && isnan(h.found_mean));
    const plan_table more[] = {MONEY_PLAN,
                               {"history.csv",
                                "assumption,year,planned,found,source\n"
                                "cost-a,2014/15,0.042,0.028,x\n"
                                "cost-a,2015/16,0.04,0.028,x\n"
                                "cost-a,2016/17,0.04,0.03,x\n"}};
    plan = plan_of(&arena, COUNT_OF(more), more);
    assert_ok(fpt_stress_history_of(arena, plan, 0, &h));
    assert_true(h.known);
    assert_close(h.ratio, (2.0 / 3.0 + 0.7 + 0.75) / 3.0, 1e-12);
    assert_close(h.prediction.mean, 0.086 / 3.0, 1e-12);
}

static fpt_str series_text(uint64_t seed, int years, double drift, double sd,
                           int lag)
{
    fpt_strbuf text = fpt_strbuf_make(&arena);
    fpt_strbuf_add(&text, FPT_STR("series,year,value,known\n"));
    fpt_rng rng = fpt_rng_make(seed, 0, 0, 0);
    for (int s = 0; s < 40; s++) {
        double level = 1000.0;
        for (int y = 0; y < years; y++) {
            const int year = 1980 + y;
            fpt_strbuf_print(&text, "s%d,%d/%02d,%.17g,%d/%02d\n", s, year,
                             (year + 1) % 100, level, year + lag,
                             (year + lag + 1) % 100);
            double z = 0.0;
            for (int k = 0; k < 12; k++)
                z += fpt_rng_uniform(&rng) - 0.5;
            level *= exp(drift + sd * z);
        }
    }
    return fpt_strbuf_view(&text);
}

static fpt_plan *plan_with_actuals(const char *text)
{
    const plan_table tables[] = {MONEY_PLAN, {"actuals.csv", text}};
    return plan_of(&arena, COUNT_OF(tables), tables);
}

/* Margins of the money plan are normal: mean 500,000 for A, deviation
 * 780,304 pounds. */
static void test_what_was_foretold_is_judged_by_what_came(void **state)
{
    (void)state;
    const plan_table tables[] = {MONEY_PLAN,
                                 {"actuals.csv",
                                  "series,year,value,known\n"
                                  "margin A,2017/18,100000,2017/18\n"
                                  "margin A,2017/18,500000,2018/19\n"
                                  "margin system,2017/18,9000000,2018/19\n"
                                  "margin A,2018/19,1,2018/19\n"
                                  "weather,2017/18,1,2018/19\n"}};
    const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
    const fpt_stress_question q = ask(plan, 16384);
    fpt_stress_foretold *f;
    size_t count;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_foretold_of(&arena, &q, &f, &count, &err), err);
    assert_int_equal(count, 2);
    const double sd = 1000000.0 / Z80;
    /* The later of two figures; at the mean of a normal law its score is
     * sd (sqrt 2 - 1) / sqrt pi. */
    assert_true(f[0].found == 500000.0 && f[0].known == 2018);
    assert_close(f[0].mean, 500000.0, 4.0 * sd / 128.0);
    assert_close(f[0].place, 0.5, 4.0 * 0.5 / 128.0);
    assert_relative(f[0].crps, sd * 0.23369497725510913, 0.02);
    assert_close(f[0].p90 - f[0].p10, 2000000.0, 60000.0);
    assert_true(f[0].inside_80 && !f[1].inside_80);
    assert_true(f[1].place == 1.0);
    /* As stated: A 1,000,000. */
    assert_close(f[0].stated, 1000000.0, 0.01);
    assert_close(f[0].crps_stated, 500000.0, 0.01);
}

static void test_hindcast_covers_what_it_says(void **state)
{
    (void)state;
    const fpt_plan *plan =
        plan_with_actuals(series_text(5, 14, 0.03, 0.01, 0).data);
    fpt_hindcast h[4];
    fpt_error err = {0};
    assert_ok_or(fpt_stress_hindcast(arena, plan, 4, h, &err), err);
    for (int m = 0; m < 4; m++) {
        /* 14 figures; the first forecast stands on 4. */
        assert_int_equal(h[m].forecasts, 40 * (10 - m));
        /* Overlapping forecasts are not independent: a wide margin. */
        assert_close(h[m].coverage.value, 0.8, 0.08);
        size_t places = 0;
        for (int k = 0; k < 10; k++)
            places += h[m].pit[k];
        assert_int_equal(places, h[m].forecasts);
        assert_true(fabs(h[m].bias) < 0.01);
        /* Growth goes on: last year's figure is the worst forecast. */
        assert_true(h[m].crps < h[m].crps_trend &&
                    h[m].crps_trend < h[m].crps_last_year);
        assert_true(m == 0 || h[m].crps > h[m - 1].crps);
    }
    /* Forecasts from k = 3 to 12 normal changes of deviation 0.01 score 0.00629
     * on average, with an error of 0.00022 over 400 (R 4.2.2, 3,000 simulated
     * forecasts for each k). */
    assert_close(h[0].crps, 0.00629, 4.0 * 0.00022);
}

static void test_hindcast_uses_only_what_was_known(void **state)
{
    (void)state;
    /* Figures that come two years late: a forecast one year ahead is three
     * years ahead of what was known. */
    const fpt_plan *late =
        plan_with_actuals(series_text(5, 14, 0.03, 0.01, 2).data);
    const fpt_plan *soon =
        plan_with_actuals(series_text(5, 14, 0.03, 0.01, 0).data);
    fpt_hindcast a[1], b[3];
    fpt_error err = {0};
    assert_ok_or(fpt_stress_hindcast(arena, late, 1, a, &err), err);
    assert_ok_or(fpt_stress_hindcast(arena, soon, 3, b, &err), err);
    assert_int_equal(a[0].forecasts, b[2].forecasts);
    assert_close(a[0].crps, b[2].crps, 1e-12);
    /* A figure that was corrected later: the forecast stands on the first. */
    const fpt_plan *corrected =
        plan_with_actuals("series,year,value,known\ns,2010/11,100,2010/11\n"
                          "s,2011/12,103,2011/12\ns,2012/13,104,2012/13\n"
                          "s,2013/14,109,2013/14\ns,2013/14,900,2015/16\n"
                          "s,2014/15,110,2014/15\n");
    const fpt_plan *plain =
        plan_with_actuals("series,year,value,known\ns,2010/11,100,2010/11\n"
                          "s,2011/12,103,2011/12\ns,2012/13,104,2012/13\n"
                          "s,2013/14,109,2013/14\ns,2014/15,110,2014/15\n");
    assert_ok_or(fpt_stress_hindcast(arena, corrected, 1, a, &err), err);
    assert_ok_or(fpt_stress_hindcast(arena, plain, 1, b, &err), err);
    assert_int_equal(a[0].forecasts, 1);
    assert_close(a[0].crps, b[0].crps, 1e-12);
}

static void test_hindcast_refuses_short_series(void **state)
{
    (void)state;
    const fpt_plan *plan =
        plan_with_actuals("series,year,value,known\ns,2010/11,100,2010/11\n"
                          "s,2011/12,103,2011/12\ns,2012/13,104,2012/13\n"
                          "s,2013/14,109,2013/14\n");
    fpt_hindcast h[2];
    fpt_error err = {0};
    assert_int_equal(fpt_stress_hindcast(arena, plan, 2, h, &err),
                     FPT_ERR_REFUSED);
    assert_int_equal(fpt_stress_hindcast(arena, money_plan(), 2, h, &err),
                     FPT_ERR_REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tornado_of_normal_margins),
        cmocka_unit_test(test_break_even_of_normal_margins),
        cmocka_unit_test(test_break_even_that_is_not_there),
        cmocka_unit_test(test_ladder_of_a_plan),
        cmocka_unit_test(test_ladder_at_what_was_found),
        cmocka_unit_test(test_must_hold),
        cmocka_unit_test(test_answers_do_not_depend_on_threads),
        cmocka_unit_test(test_sample_and_its_measures),
        cmocka_unit_test(test_information_is_never_negative),
        cmocka_unit_test(test_designs_need_fewer_draws),
        cmocka_unit_test(test_shares_of_normal_margins),
        cmocka_unit_test(test_fair_shares_of_correlated_margins),
        cmocka_unit_test(test_fair_shares_are_refused_under_a_common_scale),
        cmocka_unit_test(test_every_input_of_a_plan_is_in_a_group),
        cmocka_unit_test(test_history_of_assumptions),
        cmocka_unit_test(test_what_was_foretold_is_judged_by_what_came),
        cmocka_unit_test(test_hindcast_covers_what_it_says),
        cmocka_unit_test(test_hindcast_uses_only_what_was_known),
        cmocka_unit_test(test_hindcast_refuses_short_series),
    };
    return cmocka_run_group_tests_name("explore", tests, set_up, tear_down);
}
