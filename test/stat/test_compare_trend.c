/* Tests for compare.h and trend.h. */
#include "stat_check.h"

static fpt_interval wilson_interval(double x, double n, double z)
{
    const fpt_limits l = fpt_wilson(x, n, z);
    return (fpt_interval){x / n, l.lower, l.upper};
}

/* Newcombe's method 10; the formula's values, as in his table by others. */
static void test_newcombe(void **state)
{
    (void)state;
    static const struct {
        double x1, n1, x2, n2, lower, upper;
    } table[] = {
        {56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},
        {6, 7, 2, 7, 0.0582, 0.8062},     {5, 56, 0, 29, -0.0381, 0.1926},
        {0, 10, 0, 20, -0.1611, 0.2775},  {10, 10, 0, 20, 0.6791, 1.0000},
    };
    const fpt_level level = level_of(0.95);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const fpt_interval a =
            wilson_interval(table[i].x1, table[i].n1, level.z);
        const fpt_interval b =
            wilson_interval(table[i].x2, table[i].n2, level.z);
        const fpt_limits got = fpt_difference_limits(a, b);
        assert_close(got.lower, table[i].lower, 0.51e-4);
        assert_close(got.upper, table[i].upper, 0.51e-4);
        const fpt_limits turned = fpt_difference_limits(b, a);
        assert_close(turned.lower, -got.upper, 1e-15);
    }
    const fpt_interval none = {(double)NAN, (double)NAN, (double)NAN};
    assert_nan(fpt_difference_limits(none, none).lower);
}

/* R 4.2.2: prop.test(c(56, 48), c(70, 80), correct = FALSE). */
static void test_two_proportions(void **state)
{
    (void)state;
    const double z = fpt_proportion_difference_z(56, 70, 48, 80);
    assert_relative(z, 2.6501719512585331, 1e-14);
    assert_relative(fpt_normal_two_sided(z), 0.0080450813681965643, 1e-12);
    assert_nan(fpt_proportion_difference_z(0, 10, 0, 20));
    const fpt_limits r = fpt_proportion_ratio_limits(56, 70, 48, 80, 1.96);
    const double se = sqrt(1.0 / 56 - 1.0 / 70 + 1.0 / 48 - 1.0 / 80);
    assert_relative(r.lower, exp(log(0.8 / 0.6) - 1.96 * se), 1e-14);
    assert_relative(r.upper, exp(log(0.8 / 0.6) + 1.96 * se), 1e-14);
    assert_nan(fpt_proportion_ratio_limits(0, 10, 5, 20, 1.96).lower);
    assert_nan(fpt_proportion_ratio_limits(5, 10, 0, 20, 1.96).upper);
    const fpt_limits sure = fpt_proportion_ratio_limits(10, 10, 20, 20, 1.96);
    assert_true(sure.lower == 1.0 && sure.upper == 1.0);
}

/* R 4.2.2: poisson.test(c(x1, x2), c(n1, n2), conf.level = c). */
static void test_two_rates(void **state)
{
    (void)state;
    static const struct {
        double x1, n1, x2, n2, confidence, lower, upper, p;
    } table[] = {
        {11, 800, 21, 3011, 0.95, 0.85842640339163923, 4.2772659436540712,
         0.079668633033329522},
        {11, 800, 21, 3011, 0.998, 0.52457416609965379, 6.3749541384989996,
         0.079668633033329522},
        {137, 1000, 24, 1500, 0.95, 5.5213159042003337, 13.820819243062765,
         5.0847879592975318e-32},
        {137, 1000, 24, 1500, 0.998, 4.4283137322543524, 18.482621097084547,
         5.0847879592975318e-32},
        {3, 120.5, 9, 300, 0.95, 0.1445104541529407, 3.3253349329764932, 1},
        {3, 120.5, 9, 300, 0.998, 0.043626352765840412, 6.3764992502547173, 1},
        {50, 1, 48, 1, 0.95, 0.68683455646686242, 1.5813209092818297,
         0.91960683092204221},
        {50, 1, 48, 1, 0.998, 0.5450964455063394, 1.9958704534098506,
         0.91960683092204221},
        {1, 10, 100, 20, 0.95, 0.00050140557374673482, 0.11401372254955651,
         1.3367321770631395e-16},
        {1, 10, 100, 20, 0.998, 1.9811985921781855e-05, 0.19246521161843977,
         1.3367321770631395e-16},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const fpt_level level = level_of(table[i].confidence);
        const fpt_limits got = fpt_rate_ratio_limits(
            table[i].x1, table[i].n1, table[i].x2, table[i].n2, level.tail);
        assert_relative(got.lower, table[i].lower, 1e-11);
        assert_relative(got.upper, table[i].upper, 1e-11);
        assert_relative(fpt_rate_ratio_p(table[i].x1, table[i].n1, table[i].x2,
                                         table[i].n2),
                        table[i].p, 1e-11);
        const fpt_limits turned = fpt_rate_ratio_limits(
            table[i].x2, table[i].n2, table[i].x1, table[i].n1, level.tail);
        assert_relative(turned.lower * got.upper, 1.0, 1e-11);
    }
    const fpt_limits zero = fpt_rate_ratio_limits(0, 10, 5, 10, 0.025);
    assert_true(zero.lower == 0.0 && zero.upper > 0.0);
    const fpt_limits endless = fpt_rate_ratio_limits(5, 10, 0, 10, 0.025);
    assert_true(endless.lower > 0.0);
    assert_nan(endless.upper);
    assert_nan(fpt_rate_ratio_limits(-1, 10, 0, 10, 0.025).lower);
    assert_nan(fpt_rate_ratio_p(0, 10, 0, 10));
    assert_true(fpt_rate_ratio_p(4.5, 10, 4.5, 10) == 1.0);
    assert_close(fpt_rate_ratio_p(0.0, 1, 4.5, 1), 2 * pow(0.5, 4.5), 1e-12);
    assert_close(fpt_rate_ratio_p(4.5, 1, 0.0, 1), 2 * pow(0.5, 4.5), 1e-12);
}

/* A ratio's limit r makes the difference a - r b touch 0. */
static void test_ratio_limits_satisfy_their_definition(void **state)
{
    (void)state;
    uint64_t seed = 40;
    for (int i = 0; i < 20000; i++) {
        fpt_interval a = {between(&seed, 5.0, 50.0), 0, 0};
        fpt_interval b = {between(&seed, 5.0, 50.0), 0, 0};
        a.lower = a.value * between(&seed, 0.3, 1.0);
        a.upper = a.value * between(&seed, 1.0, 1.9);
        b.lower = b.value * between(&seed, 0.3, 1.0);
        b.upper = b.value * between(&seed, 1.0, 1.9);
        const fpt_limits got = fpt_ratio_limits(a, b);
        if (!isnan(got.lower)) {
            const double r = got.lower;
            assert_close(a.value - r * b.value,
                         hypot(a.value - a.lower, r * (b.upper - b.value)),
                         1e-9 * a.value);
            assert_true(r <= a.value / b.value * (1.0 + 1e-14));
        }
        if (!isnan(got.upper)) {
            const double r = got.upper;
            assert_close(r * b.value - a.value,
                         hypot(a.upper - a.value, r * (b.value - b.lower)),
                         1e-8 * r * b.value);
            assert_true(r >= a.value / b.value * (1.0 - 1e-14));
        }
    }
    const fpt_interval five = {5, 3, 8}, loose = {5, -1, 8}, none = {0, 0, 2};
    assert_nan(fpt_ratio_limits(five, loose).upper);
    assert_true(fpt_ratio_limits(five, loose).lower > 0.0);
    assert_nan(fpt_ratio_limits(five, none).lower);
    assert_nan(fpt_ratio_limits(none, five).upper);
}

/* R 4.2.2: p.adjust(p, "BH"). */
static void test_false_discovery(void **state)
{
    (void)state;
    const double p[] = {0.01,  0.04, 0.03, (double)NAN, 0.2, 0.5,
                        0.001, 0.04, 1};
    const double want[] = {
        0.04,  0.064, 0.064, 0, 0.26666666666666666, 0.5714285714285714,
        0.008, 0.064, 1};
    double q[9];
    size_t order[18];
    fpt_false_discovery(9, p, q, order);
    for (int i = 0; i < 9; i++) {
        if (i == 3)
            assert_nan(q[i]);
        else
            assert_relative(q[i], want[i], 1e-15);
    }
    fpt_false_discovery(0, NULL, NULL, NULL);
}

/* ---- trend ---- */

static fpt_trend trend_of(size_t count, const fpt_trend_point *points,
                          fpt_trend_method method, size_t least, bool guard)
{
    fpt_trend_options options = fpt_trend_options_default();
    options.method = method;
    options.least_points = least;
    options.guard = guard;
    fpt_trend got;
    fpt_trend_of(count, points, &options, &got);
    return got;
}

static void shares(size_t count, const double *x, const double *n,
                   fpt_trend_point *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (fpt_trend_point){.x = x[i], .n = n[i]};
}

/* R 4.2.2: prop.trend.test(); slope by lm(x/n ~ t, weights = n). */
static void test_cochran_armitage_as_in_r(void **state)
{
    (void)state;
    const double x[] = {83, 90, 129, 70}, n[] = {86, 93, 136, 82};
    fpt_trend_point point[5];
    shares(4, x, n, point);
    fpt_trend got = trend_of(4, point, FPT_TREND_COCHRAN_ARMITAGE, 2, false);
    assert_state(got.state, OK);
    assert_relative(got.chi_squared, 8.2249222851977102, 1e-13);
    assert_relative(got.p_value, 0.004131897477641487, 1e-12);
    assert_relative(got.slope, -0.033415626412601429, 1e-12);
    assert_relative(pow(got.slope / got.std_error, 2), got.chi_squared, 1e-14);
    assert_int_equal(got.trend, FPT_TREND_NO_CHANGE); /* 0.004 > 0.002 */
    const double x5[] = {120, 131, 150, 162, 171};
    const double n5[] = {1000, 1010, 990, 1005, 1000};
    shares(5, x5, n5, point);
    got = trend_of(5, point, FPT_TREND_COCHRAN_ARMITAGE, 5, true);
    assert_relative(got.chi_squared, 14.2695639445, 1e-11);
    assert_relative(got.chi_squared, 14.269563944468089, 1e-13);
    assert_int_equal(got.trend, FPT_TREND_INCREASING);
    assert_int_equal(got.reason, FPT_REASON_SIGNIFICANT);
    assert_true(!got.half_added);
    /* The field's own formula, as it is printed. */
    double N = 0, X = 0, xt = 0, nt = 0, ntt = 0;
    for (int i = 0; i < 5; i++) {
        const double t = i + 1;
        N += n5[i];
        X += x5[i];
        xt += x5[i] * t;
        nt += n5[i] * t;
        ntt += n5[i] * t * t;
    }
    assert_relative(got.chi_squared,
                    N * pow(N * xt - X * nt, 2) /
                        (X * (N - X) * (N * ntt - nt * nt)),
                    1e-11);
}

static void test_weighted_regression(void **state)
{
    (void)state;
    const double y[] = {70.1, 71.5, 71.2, 72.9, 73.0};
    const double se[] = {0.5, 0.4, 0.6, 0.45, 0.5};
    fpt_trend_point point[5];
    for (int i = 0; i < 5; i++)
        point[i] = (fpt_trend_point){.value = y[i], .error = se[i]};
    fpt_trend got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    /* R 4.2.2: lm(y ~ t, weights = 1/se^2), se without sigma. */
    assert_relative(got.slope, 0.70750633483029191, 1e-13);
    assert_relative(got.std_error, 0.15230399308567572, 1e-13);
    assert_int_equal(got.trend, FPT_TREND_INCREASING);
    for (int i = 0; i < 5; i++)
        point[i].value = -y[i];
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_int_equal(got.trend, FPT_TREND_DECREASING);
}

static void test_poisson_trend(void **state)
{
    (void)state;
    const double x[] = {120, 131, 150, 162, 171};
    const double n[] = {1000, 1010, 990, 1005, 1000};
    fpt_trend_point point[5];
    shares(5, x, n, point);
    fpt_trend got = trend_of(5, point, FPT_TREND_POISSON, 2, false);
    assert_relative(got.slope, 0.091372960150520058, 1e-12);
    assert_relative(got.std_error, 0.026232248870666584, 1e-8);
    assert_int_equal(got.trend, FPT_TREND_INCREASING);
    point[0].n = 0;
    got = trend_of(5, point, FPT_TREND_POISSON, 2, false);
    assert_state(got.state, ZERO_DENOMINATOR);
    for (int i = 0; i < 5; i++)
        point[i] = (fpt_trend_point){.x = 0, .n = 10};
    got = trend_of(5, point, FPT_TREND_POISSON, 2, true);
    assert_state(got.state, ZERO_EVENTS);
    assert_int_equal(got.reason, FPT_REASON_NO_VARIATION);
    /* The guard looks at log rates, with a half where there is none. */
    const double up[] = {0, 40, 90, 160, 250};
    const double of[] = {1000, 1000, 1000, 1000, 1000};
    shares(5, up, of, point);
    got = trend_of(5, point, FPT_TREND_POISSON, 5, true);
    assert_int_equal(got.trend, FPT_TREND_INCREASING);
    assert_true(got.half_added);
}

/* One wild year alone makes the trend: the guard says so. */
static void test_outlier_guard(void **state)
{
    (void)state;
    const double y[] = {10, 9.9, 9.8, 9.7, 14}, se = 0.2;
    fpt_trend_point point[5];
    for (int i = 0; i < 5; i++)
        point[i] = (fpt_trend_point){.value = y[i], .error = se};
    fpt_trend got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_true(got.p_value < 0.002);
    assert_int_equal(got.trend, FPT_TREND_NO_CHANGE);
    assert_int_equal(got.reason, FPT_REASON_OUTLIER);
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, false);
    assert_int_equal(got.trend, FPT_TREND_INCREASING);
    /* Without one point the rest is flat: a zero slope is a change of sign. */
    const double flat[] = {10, 10, 10, 10, 14};
    for (int i = 0; i < 5; i++)
        point[i].value = flat[i];
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_int_equal(got.reason, FPT_REASON_OUTLIER);
    /* Logits at 0: a half is added, and said. */
    const double x[] = {0, 20, 60, 140, 300};
    const double n[] = {1000, 1000, 1000, 1000, 1000};
    shares(5, x, n, point);
    got = trend_of(5, point, FPT_TREND_COCHRAN_ARMITAGE, 5, true);
    assert_int_equal(got.trend, FPT_TREND_INCREASING);
    assert_true(got.half_added);
}

static void test_trend_states(void **state)
{
    (void)state;
    const double x[] = {12, 13, 15, 16, 17}, n[] = {100, 100, 100, 100, 100};
    fpt_trend_point point[5];
    shares(5, x, n, point);
    fpt_trend got = trend_of(4, point, FPT_TREND_COCHRAN_ARMITAGE, 5, true);
    assert_state(got.state, TOO_FEW_ROWS);
    assert_int_equal(got.trend, FPT_TREND_NOT_CALCULATED);
    assert_int_equal(got.reason, FPT_REASON_TOO_FEW_POINTS);
    assert_nan(got.chi_squared);
    got = trend_of(1, point, FPT_TREND_COCHRAN_ARMITAGE, 0, true);
    assert_state(got.state, TOO_FEW_ROWS);
    point[2].x = (double)NAN;
    got = trend_of(5, point, FPT_TREND_COCHRAN_ARMITAGE, 5, true);
    assert_state(got.state, MISSING);
    assert_int_equal(got.reason, FPT_REASON_MISSING);
    point[2].x = 200;
    got = trend_of(5, point, FPT_TREND_COCHRAN_ARMITAGE, 5, true);
    assert_state(got.state, INVALID);
    assert_int_equal(got.reason, FPT_REASON_INVALID);
    for (int i = 0; i < 5; i++)
        point[i].x = 100;
    got = trend_of(5, point, FPT_TREND_COCHRAN_ARMITAGE, 5, true);
    assert_state(got.state, NO_VARIATION);
    assert_int_equal(got.reason, FPT_REASON_NO_VARIATION);
    for (int i = 0; i < 5; i++)
        point[i] = (fpt_trend_point){.value = i, .error = i == 2 ? 0.0 : 1.0};
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_state(got.state, NO_VARIATION);
    point[2].error = -1;
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_state(got.state, INVALID);
    point[2].error = (double)NAN;
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_state(got.state, MISSING);
    /* The same value every year: no change, and it could be calculated. */
    for (int i = 0; i < 5; i++)
        point[i] = (fpt_trend_point){.value = 5, .error = 1.0};
    got = trend_of(5, point, FPT_TREND_WEIGHTED_REGRESSION, 5, true);
    assert_state(got.state, OK);
    assert_true(got.slope == 0.0 && got.chi_squared == 0.0);
    assert_int_equal(got.reason, FPT_REASON_NOT_SIGNIFICANT);
}

static void test_trend_words(void **state)
{
    (void)state;
    assert_string_equal(fpt_trend_text(FPT_TREND_NO_CHANGE),
                        "no_significant_change");
    assert_string_equal(fpt_trend_text(FPT_TREND_NOT_CALCULATED),
                        "cannot_be_calculated");
    assert_string_equal(fpt_trend_reason_text(FPT_REASON_BREAK), "break");
    assert_string_equal(fpt_trend_method_word(FPT_TREND_COCHRAN_ARMITAGE),
                        "cochran-armitage");
    assert_string_equal(fpt_trend_method_word(FPT_TREND_WEIGHTED_REGRESSION),
                        "weighted-regression");
    assert_string_equal(fpt_trend_method_word(FPT_TREND_POISSON),
                        "poisson-regression");
    assert_string_equal(fpt_trend_method_word((fpt_trend_method)9), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newcombe),
        cmocka_unit_test(test_two_proportions),
        cmocka_unit_test(test_two_rates),
        cmocka_unit_test(test_ratio_limits_satisfy_their_definition),
        cmocka_unit_test(test_false_discovery),
        cmocka_unit_test(test_cochran_armitage_as_in_r),
        cmocka_unit_test(test_weighted_regression),
        cmocka_unit_test(test_poisson_trend),
        cmocka_unit_test(test_outlier_guard),
        cmocka_unit_test(test_trend_states),
        cmocka_unit_test(test_trend_words),
    };
    return cmocka_run_group_tests_name("compare, trend", tests, NULL, NULL);
}
