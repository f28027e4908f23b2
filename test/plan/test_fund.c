/* Tests for fund.h: the worked examples of the domain's money rules, edges,
 * and what must hold exactly for any input. */
#include "check.h"
#include "fpt/fund.h"

#define POUNDS(x) (INT64_C(100) * (x))
#define MILLION(x) ((int64_t)((x)*1e8 + 0.5)) /* pounds in millions, as pence */

static void test_payment_models(void **state)
{
    (void)state;
    int64_t pay = -1;
    assert_ok(fpt_pay_tariff(12400, POUNDS(1850), 1040000, &pay));
    assert_int_equal(pay, POUNDS(23857600));
    assert_ok(fpt_pay_marginal(MILLION(46), MILLION(40), 700000, &pay));
    assert_int_equal(pay, MILLION(44.2));
    assert_ok(fpt_pay_marginal(MILLION(38), MILLION(40), 700000, &pay));
    assert_int_equal(pay, MILLION(38));
    assert_ok(fpt_pay_blended(MILLION(50), MILLION(56), 200000, &pay));
    assert_int_equal(pay, MILLION(51.2));
    assert_ok(fpt_pay_blended(MILLION(50), MILLION(45), 200000, &pay));
    assert_int_equal(pay, MILLION(49));
    /* Fixed and variable: 210 million and 19,250 at 2,100 pounds. */
    assert_ok(fpt_pay_tariff(19250, POUNDS(2100), FPT_PPM, &pay));
    assert_int_equal(POUNDS(210000000) + pay, POUNDS(250425000));
    const int64_t years[3] = {MILLION(0.92), MILLION(1.10), MILLION(1.28)};
    assert_ok(fpt_pay_low_volume(years, MILLION(1.5), &pay));
    assert_int_equal(pay, MILLION(1.1));
    assert_int_equal(fpt_pay_low_volume(years, MILLION(1.1), &pay),
                     FPT_ERR_RANGE);
    assert_int_equal(pay, MILLION(1.1));
    assert_int_equal(fpt_pay_tariff(-1, 1, 1, &pay), FPT_ERR_RANGE);
    assert_int_equal(fpt_pay_tariff(INT64_MAX, 3, FPT_PPM, &pay),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_pay_marginal(1, 0, FPT_PPM + 1, &pay), FPT_ERR_RANGE);
    assert_int_equal(fpt_pay_marginal(INT64_MAX, INT64_MIN, 1, &pay),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_pay_blended(1, 0, -1, &pay), FPT_ERR_RANGE);
    assert_ok(fpt_rate_of(1, 500000, &pay));
    assert_int_equal(pay, 1); /* half a penny, away from zero */
    assert_ok(fpt_rate_of(-1, 500000, &pay));
    assert_int_equal(pay, -1);
}

/* Who carries the volume risk, per pound of extra activity. */
static void test_volume_risk(void **state)
{
    (void)state;
    int64_t a, b;
    assert_ok(fpt_pay_marginal(MILLION(41), MILLION(40), 700000, &a));
    assert_ok(fpt_pay_marginal(MILLION(42), MILLION(40), 700000, &b));
    assert_int_equal(b - a, MILLION(0.7));
    assert_ok(fpt_pay_blended(MILLION(40), MILLION(41), 200000, &a));
    assert_ok(fpt_pay_blended(MILLION(40), MILLION(42), 200000, &b));
    assert_int_equal(b - a, MILLION(0.2));
}

static int64_t earned(const fpt_sustainability_pay *p)
{
    return p->quarter_pence[0] + p->quarter_pence[1] + p->quarter_pence[2] +
           p->quarter_pence[3];
}

static void test_fund_of_2016_17(void **state)
{
    (void)state;
    /* Finance 70 %, RTT 12.5 %, A&E 12.5 %, cancer 5 %; quarters alike. */
    const fpt_sustainability_rule rule = {
        .finance_ppm = 700000,
        .measure_count = 3,
        .measure_ppm = {125000, 125000, 50000},
        .quarter_ppm = {250000, 250000, 250000, 250000}};
    fpt_sustainability_year year = {.own_met = {true, false, true, true},
                                    .measure_met = {{false, true, true, true},
                                                    {true, true, true, true},
                                                    {true, true, true, true}}};
    fpt_sustainability_pay pay;
    assert_ok(fpt_sustainability_check(&rule, NULL));
    assert_ok(fpt_sustainability_earn(&rule, POUNDS(10000000), &year, &pay));
    assert_int_equal(pay.quarter_pence[0], POUNDS(2187500));
    assert_int_equal(pay.quarter_pence[1], 0); /* whatever the performance */
    assert_int_equal(pay.lost_finance_pence, POUNDS(2500000));
    assert_int_equal(pay.lost_measures_pence, POUNDS(312500));

    fpt_sustainability_rule late = rule;
    late.catch_up = FPT_CATCH_UP_FINANCE;
    assert_ok(fpt_sustainability_earn(&late, POUNDS(10000000), &year, &pay));
    assert_int_equal(pay.quarter_pence[2], POUNDS(2500000 + 1750000));
    late.catch_up = FPT_CATCH_UP_ALL;
    assert_ok(fpt_sustainability_earn(&late, POUNDS(10000000), &year, &pay));
    assert_int_equal(pay.quarter_pence[2], POUNDS(5000000));
    assert_int_equal(pay.lost_finance_pence, 0);
}

static void test_fund_with_uneven_quarters(void **state)
{
    (void)state;
    const fpt_sustainability_rule rule = {
        .finance_ppm = 700000,
        .measure_count = 1,
        .measure_ppm = {300000},
        .quarter_ppm = {150000, 200000, 300000, 350000}};
    const fpt_sustainability_year year = {
        .own_met = {true, true, false, true},
        .measure_met = {{true, false, true, false}}};
    fpt_sustainability_pay pay;
    assert_ok(fpt_sustainability_earn(&rule, MILLION(8), &year, &pay));
    assert_int_equal(pay.quarter_pence[0], MILLION(1.2));
    assert_int_equal(pay.quarter_pence[1], MILLION(1.12));
    assert_int_equal(pay.quarter_pence[2], 0);
    assert_int_equal(pay.quarter_pence[3], MILLION(1.96));
    assert_int_equal(earned(&pay), MILLION(4.28));
}

static void test_system_option_and_bonus(void **state)
{
    (void)state;
    fpt_sustainability_rule rule = {
        .finance_ppm = FPT_PPM,
        .quarter_ppm = {250000, 250000, 250000, 250000},
        .system_ppm = 500000,
        .bonus_ppm = FPT_PPM,
        .bonus_most_pence = INT64_MAX};
    fpt_sustainability_year year = {.own_met = {true, true, true, true},
                                    .above_pence = POUNDS(1234)};
    fpt_sustainability_pay pay;
    assert_ok(fpt_sustainability_earn(&rule, MILLION(6), &year, &pay));
    assert_int_equal(earned(&pay), MILLION(3));
    assert_int_equal(pay.lost_finance_pence, MILLION(3));
    assert_int_equal(pay.bonus_pence, POUNDS(1234));
    rule.bonus_most_pence = POUNDS(1000);
    assert_ok(fpt_sustainability_earn(&rule, MILLION(6), &year, &pay));
    assert_int_equal(pay.bonus_pence, POUNDS(1000));
    year.above_pence = -5;
    assert_ok(fpt_sustainability_earn(&rule, MILLION(6), &year, &pay));
    assert_int_equal(pay.bonus_pence, 0);
    /* 1.8 billion with 1.6 for those who meet totals: 0.2 has no gate, so it
     * is no part of this rule; 1.6 is all or nothing. */
    rule.system_ppm = 0;
    const fpt_sustainability_year missed = {.own_met = {false}};
    assert_ok(fpt_sustainability_earn(&rule, MILLION(1600), &missed, &pay));
    assert_int_equal(earned(&pay), 0);
    assert_int_equal(MILLION(1800) - pay.lost_finance_pence, MILLION(200));
}

static void test_nothing_is_lost_on_the_way(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        fpt_sustainability_rule rule = {
            .measure_count = next_random(&seed) % 4,
            .system_ppm = (int64_t)(next_random(&seed) % 1000001),
            .catch_up = (fpt_catch_up)(next_random(&seed) % 3)};
        int64_t left = FPT_PPM, quarters = FPT_PPM;
        for (size_t m = 0; m < rule.measure_count; m++) {
            rule.measure_ppm[m] =
                (int64_t)(next_random(&seed) % (uint64_t)(left + 1));
            left -= rule.measure_ppm[m];
        }
        rule.finance_ppm = left;
        for (int q = 0; q < 3; q++) {
            rule.quarter_ppm[q] =
                (int64_t)(next_random(&seed) % (uint64_t)(quarters + 1));
            quarters -= rule.quarter_ppm[q];
        }
        rule.quarter_ppm[3] = quarters;
        fpt_sustainability_year year = {0};
        for (int q = 0; q < 4; q++) {
            year.own_met[q] = next_random(&seed) % 2 == 0;
            year.system_met[q] = next_random(&seed) % 2 == 0;
            for (size_t m = 0; m < rule.measure_count; m++)
                year.measure_met[m][q] = next_random(&seed) % 2 == 0;
        }
        const int64_t amount =
            (int64_t)(next_random(&seed) >> (20 + next_random(&seed) % 40));
        fpt_sustainability_pay pay;
        assert_ok(fpt_sustainability_earn(&rule, amount, &year, &pay));
        assert_int_equal(earned(&pay) + pay.lost_finance_pence +
                             pay.lost_measures_pence,
                         amount);
        for (int q = 0; q < 4; q++) {
            assert_true(pay.quarter_pence[q] >= 0);
            if (!year.own_met[q] && !year.system_met[q])
                assert_int_equal(pay.quarter_pence[q], 0);
        }
    }
}

static void test_rules_that_do_not_sum_are_refused(void **state)
{
    (void)state;
    const fpt_sustainability_rule fine = {
        .finance_ppm = 700000,
        .measure_count = 1,
        .measure_ppm = {300000},
        .quarter_ppm = {250000, 250000, 250000, 250000}};
    fpt_error err;
    fpt_sustainability_rule r = fine;
    r.finance_ppm = 700001;
    assert_int_equal(fpt_sustainability_check(&r, &err), FPT_ERR_RANGE);
    assert_non_null(strstr(err.text, "sum to 1.000001"));
    r = fine;
    r.quarter_ppm[0]--;
    assert_int_equal(fpt_sustainability_check(&r, &err), FPT_ERR_RANGE);
    r = fine;
    r.system_ppm = FPT_PPM + 1;
    assert_int_equal(fpt_sustainability_check(&r, &err), FPT_ERR_RANGE);
    r = fine;
    r.measure_count = 9;
    assert_int_equal(fpt_sustainability_check(&r, &err), FPT_ERR_RANGE);
    r = fine;
    r.quarter_ppm[1] = -1;
    assert_int_equal(fpt_sustainability_check(&r, &err), FPT_ERR_RANGE);
    r = fine;
    r.measure_ppm[0] = -1;
    assert_int_equal(fpt_sustainability_check(&r, &err), FPT_ERR_RANGE);
    const fpt_sustainability_year year = {0};
    fpt_sustainability_pay pay;
    assert_int_equal(fpt_sustainability_earn(&r, 1, &year, &pay),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_sustainability_earn(&fine, -1, &year, &pay),
                     FPT_ERR_RANGE);
}

static void test_capped_expenditure(void **state)
{
    (void)state;
    int64_t cap, gap;
    /* Deficit totals raise the cap. */
    assert_ok(fpt_capped_expenditure(MILLION(1000), -MILLION(10), -MILLION(30),
                                     MILLION(20), MILLION(1080), &cap, &gap));
    assert_int_equal(cap, MILLION(1060));
    assert_int_equal(gap, MILLION(20));
    assert_int_equal(fpt_capped_expenditure(INT64_MAX, -1, 0, 0, 0, &cap, &gap),
                     FPT_ERR_RANGE);
}

static void test_allocation_example(void **state)
{
    (void)state;
    const fpt_allocation_area area[3] = {
        {500000, 0.95, 1.10, 1.08, MILLION(820)},
        {300000, 1.05, 0.95, 1.00, MILLION(462)},
        {200000, 1.10, 0.92, 0.97, MILLION(268)}};
    fpt_allocation out[3];
    int64_t weight[6];
    uint64_t remainder[3];
    fpt_error err = {0};
    assert_ok_or(fpt_allocate(3, area, MILLION(1600), 15000, out, weight,
                              remainder, &err),
                 err);
    static const double weighted[3] = {532419.77, 282343.82, 185236.41};
    static const int64_t target[3] = {851871631, 451750107, 296378262};
    static const int64_t money[3] = {844217651, 468930000, 286852349};
    static const double opening[3] = {-.00636, .05568, -.06658};
    static const double closing[3] = {-.00898, .03803, -.03214};
    static const double growth[3] = {.02953, .015, .07034};
    int64_t targets = 0, all = 0;
    for (int i = 0; i < 3; i++) {
        assert_close(out[i].weighted_population, weighted[i], 0.005);
        assert_close((double)out[i].target_pence / 100.0, (double)target[i],
                     0.51);
        assert_close((double)out[i].allocation_pence / 100.0, (double)money[i],
                     0.51);
        assert_close(out[i].opening_distance_fraction, opening[i], 0.5e-5);
        assert_close(out[i].closing_distance_fraction, closing[i], 0.5e-5);
        assert_close(out[i].growth_fraction, growth[i], 0.5e-5);
        targets += out[i].target_pence;
        all += out[i].allocation_pence;
    }
    assert_int_equal(targets, MILLION(1600));
    assert_int_equal(all, MILLION(1600));
}

static void test_allocation_edges(void **state)
{
    (void)state;
    fpt_allocation_area area[2] = {{100, 1, 1, 1, 5000}, {0, 1, 1, 1, 0}};
    fpt_allocation out[2];
    int64_t weight[4];
    uint64_t remainder[2];
    fpt_error err;
    assert_int_equal(
        fpt_allocate(2, area, 5000, 1000, out, weight, remainder, &err),
        FPT_ERR_REFUSED);
    assert_non_null(strstr(err.text, "5 pence more"));
    assert_ok(fpt_allocate(2, area, 7001, 0, out, weight, remainder, &err));
    assert_int_equal(out[0].allocation_pence, 7001);
    assert_true(out[1].share_fraction == 0.0);
    assert_true(isnan(out[1].closing_distance_fraction));
    /* Nobody below target: what is left goes by target. */
    area[0].base_pence = 3000;
    area[1] = area[0];
    assert_ok(fpt_allocate(2, area, 6001, 0, out, weight, remainder, &err));
    assert_int_equal(out[0].allocation_pence, 3001);
    assert_int_equal(out[1].allocation_pence, 3000);
    area[0].population = -1;
    assert_int_equal(
        fpt_allocate(2, area, 6001, 0, out, weight, remainder, &err),
        FPT_ERR_RANGE);
    area[0].population = 0;
    area[1].population = 0;
    assert_int_equal(
        fpt_allocate(2, area, 6001, 0, out, weight, remainder, &err),
        FPT_ERR_RANGE);
    assert_int_equal(
        fpt_allocate(0, area, 6001, 0, out, weight, remainder, &err),
        FPT_ERR_RANGE);
}

static void test_allocations_always_add(void **state)
{
    (void)state;
    uint64_t seed = 8;
    for (int round = 0; round < 2000; round++) {
        enum { N = 12 };
        const size_t n = 1 + (size_t)(next_random(&seed) % N);
        fpt_allocation_area area[N];
        fpt_allocation out[N];
        int64_t weight[2 * N], base = 0;
        uint64_t remainder[N];
        for (size_t i = 0; i < n; i++) {
            area[i] = (fpt_allocation_area){
                (double)(next_random(&seed) % 1000000), 0.5, 1.7, 1.01,
                (int64_t)(next_random(&seed) % 100000000000)};
            base += area[i].base_pence;
        }
        area[0].population += 1;
        const int64_t pot = base + base / 20 + (int64_t)(round % 7);
        assert_ok(
            fpt_allocate(n, area, pot, 10000, out, weight, remainder, NULL));
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            sum += out[i].allocation_pence;
            int64_t lowest;
            assert_ok(fpt_rate_of(area[i].base_pence, 1010000, &lowest));
            assert_true(out[i].allocation_pence >= lowest);
        }
        assert_int_equal(sum, pot);
    }
}

/* The provider's and the commissioner's shares of money.md section 7. */
static const int64_t loss_shares[4][2] = {
    {0, 1000000}, {500000, 500000}, {300000, 700000}, {0, 1000000}};
static const int64_t gain_shares[2][2] = {{0, 1000000}, {400000, 600000}};
static const int64_t loss_most[2] = {INT64_C(200000000), INT64_MAX};
static const int64_t gain_most[2] = {INT64_MAX, INT64_MAX};

static void test_risk_share_examples(void **state)
{
    (void)state;
    const fpt_risk_layer loss[4] = {{0, 10000, loss_shares[0]},
                                    {10000, 40000, loss_shares[1]},
                                    {40000, 80000, loss_shares[2]},
                                    {80000, INT64_MAX, loss_shares[3]}};
    const fpt_risk_layer gain[2] = {{0, 10000, gain_shares[0]},
                                    {10000, INT64_MAX, gain_shares[1]}};
    const fpt_risk_share share = {.party_count = 2,
                                  .holder = 1,
                                  .loss_count = 4,
                                  .gain_count = 2,
                                  .loss = loss,
                                  .gain = gain,
                                  .loss_most_pence = loss_most,
                                  .gain_most_pence = gain_most,
                                  .gate_ppm = 900000};
    int64_t part[2], work[8];
    assert_ok(
        fpt_risk_share_split(&share, MILLION(100), MILLION(106), part, work));
    assert_int_equal(part[0], MILLION(2)); /* 2.1, capped */
    assert_int_equal(part[1], MILLION(4));
    assert_ok(
        fpt_risk_share_split(&share, MILLION(100), MILLION(97), part, work));
    assert_int_equal(part[0], -MILLION(0.72));
    assert_int_equal(part[1], -MILLION(2.28));
    /* Continuous at the border of a layer. */
    assert_ok(
        fpt_risk_share_split(&share, MILLION(100), MILLION(104), part, work));
    assert_int_equal(part[0], MILLION(1.5));
    assert_ok(fpt_risk_share_split(&share, MILLION(100), MILLION(104) + 1, part,
                                   work));
    assert_true(part[0] - MILLION(1.5) <= 1);
    assert_ok(
        fpt_risk_share_split(&share, MILLION(100), MILLION(100), part, work));
    assert_int_equal(part[0], 0);
    assert_int_equal(part[1], 0);
    assert_int_equal(fpt_risk_share_split(&share, -1, 0, part, work),
                     FPT_ERR_RANGE);
}

static void test_caps_overflow_to_the_others(void **state)
{
    (void)state;
    const int64_t thirds[4] = {200000, 300000, 500000, 0};
    const fpt_risk_layer all[1] = {{0, INT64_MAX, thirds}};
    const int64_t most[4] = {1000, 2000, 2500, INT64_MAX};
    const int64_t none[4] = {0, 0, 0, 0};
    fpt_risk_share share = {.party_count = 4,
                            .holder = 3,
                            .loss_count = 1,
                            .gain_count = 1,
                            .loss = all,
                            .gain = all,
                            .loss_most_pence = most,
                            .gain_most_pence = none,
                            .gate_ppm = FPT_PPM};
    int64_t part[4], work[16];
    assert_ok(fpt_risk_share_split(&share, 100000, 105000, part, work));
    /* 1000, 1500, 2500: nobody overflows. */
    assert_int_equal(part[0] * 10000 + part[1], 1000 * 10000 + 1500);
    assert_int_equal(part[2], 2500);
    assert_ok(fpt_risk_share_split(&share, 100000, 105400, part, work));
    /* 1080, 1620, 2700: 80 and 200 over go to the second alone. */
    assert_int_equal(part[0], 1000);
    assert_int_equal(part[1], 1900);
    assert_int_equal(part[2], 2500);
    assert_int_equal(part[3], 0);
    assert_ok(fpt_risk_share_split(&share, 100000, 106000, part, work));
    assert_int_equal(part[1], 2000);
    assert_int_equal(part[3], 500); /* all are capped: the holder bears it */
    assert_ok(fpt_risk_share_split(&share, 100000, 94000, part, work));
    assert_int_equal(part[3], -6000);
}

static void test_risk_shares_sum_to_the_deviation(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int i = 0; i < 20000; i++) {
        enum { P = 4 };
        int64_t shares[3][P], most[2][P];
        for (int l = 0; l < 3; l++) {
            int64_t left = FPT_PPM;
            for (int k = 0; k < P - 1; k++) {
                shares[l][k] =
                    (int64_t)(next_random(&seed) % (uint64_t)(left + 1));
                left -= shares[l][k];
            }
            shares[l][P - 1] = left;
        }
        for (int k = 0; k < P; k++) {
            most[0][k] = (int64_t)(next_random(&seed) % 40000000);
            most[1][k] = (int64_t)(next_random(&seed) % 40000000);
        }
        const fpt_risk_layer layer[3] = {{0, 13333, shares[0]},
                                         {13333, 70001, shares[1]},
                                         {70001, INT64_MAX, shares[2]}};
        const fpt_risk_share share = {
            .party_count = P,
            .holder = next_random(&seed) % P,
            .loss_count = 3,
            .gain_count = 3,
            .loss = layer,
            .gain = layer,
            .loss_most_pence = most[0],
            .gain_most_pence = most[1],
            .gate_ppm = (int64_t)(next_random(&seed) % 1000001)};
        const int64_t target = (int64_t)(next_random(&seed) % 1000000000);
        const int64_t actual =
            target + (int64_t)(next_random(&seed) % 200000000) - 100000000;
        if (actual < 0) continue;
        int64_t part[P], work[4 * P], sum = 0;
        assert_ok(fpt_risk_share_split(&share, target, actual, part, work));
        for (size_t k = 0; k < P; k++) {
            sum += part[k];
            const int64_t size = part[k] < 0 ? -part[k] : part[k];
            if (k != share.holder)
                assert_true(size <= most[actual > target ? 0 : 1][k]);
            assert_true(actual > target ? part[k] >= 0 : part[k] <= 0);
        }
        assert_int_equal(sum, actual - target);
    }
}

static void test_risk_share_refusals(void **state)
{
    (void)state;
    const fpt_risk_layer open[1] = {{0, INT64_MAX, loss_shares[1]}};
    const fpt_risk_layer closed[1] = {{0, 50000, loss_shares[1]}};
    const fpt_risk_layer gap[2] = {{0, 10000, loss_shares[1]},
                                   {20000, INT64_MAX, loss_shares[1]}};
    const int64_t wrong[2] = {500000, 400000}, negative[2] = {1500000, -500000};
    const fpt_risk_layer sum[1] = {{0, INT64_MAX, wrong}};
    const fpt_risk_layer below[1] = {{0, INT64_MAX, negative}};
    const fpt_risk_share fine = {.party_count = 2,
                                 .holder = 1,
                                 .loss_count = 1,
                                 .gain_count = 1,
                                 .loss = open,
                                 .gain = open,
                                 .loss_most_pence = loss_most,
                                 .gain_most_pence = gain_most};
    fpt_error err;
    assert_ok(fpt_risk_share_check(&fine, &err));
    fpt_risk_share s = fine;
    s.loss = closed;
    assert_int_equal(fpt_risk_share_check(&s, &err), FPT_ERR_RANGE);
    assert_non_null(strstr(err.text, "say who bears what lies beyond"));
    s = fine;
    s.gain = gap, s.gain_count = 2;
    assert_int_equal(fpt_risk_share_check(&s, &err), FPT_ERR_RANGE);
    s = fine;
    s.gain = sum;
    assert_int_equal(fpt_risk_share_check(&s, &err), FPT_ERR_RANGE);
    s = fine;
    s.loss = below;
    assert_int_equal(fpt_risk_share_check(&s, &err), FPT_ERR_RANGE);
    s = fine;
    s.holder = 2;
    assert_int_equal(fpt_risk_share_check(&s, &err), FPT_ERR_RANGE);
    s = fine;
    s.gate_ppm = -1;
    assert_int_equal(fpt_risk_share_check(&s, &err), FPT_ERR_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_payment_models),
        cmocka_unit_test(test_volume_risk),
        cmocka_unit_test(test_fund_of_2016_17),
        cmocka_unit_test(test_fund_with_uneven_quarters),
        cmocka_unit_test(test_system_option_and_bonus),
        cmocka_unit_test(test_nothing_is_lost_on_the_way),
        cmocka_unit_test(test_rules_that_do_not_sum_are_refused),
        cmocka_unit_test(test_capped_expenditure),
        cmocka_unit_test(test_allocation_example),
        cmocka_unit_test(test_allocation_edges),
        cmocka_unit_test(test_allocations_always_add),
        cmocka_unit_test(test_risk_share_examples),
        cmocka_unit_test(test_caps_overflow_to_the_others),
        cmocka_unit_test(test_risk_shares_sum_to_the_deviation),
        cmocka_unit_test(test_risk_share_refusals),
    };
    return cmocka_run_group_tests_name("fund", tests, NULL, NULL);
}
