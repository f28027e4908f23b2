/*
 * Tests for inequality.h: the worked example, R's lm, the regression again in
 * long double, Fieller's equation, simulation against closed form, states.
 */
#include "stat_check.h"

static const double pop[] = {1200, 1000, 900, 1100, 800};
static const double val[] = {30, 26, 25, 21, 18};
static const double err5[] = {1.5, 1.4, 1.5, 1.2, 1.3};

struct got {
    fpt_sii sii;
    fpt_sii_limits limits[2];
};

static struct got sii_with(size_t count, const double *population,
                           const double *value, const double *se,
                           fpt_sii_options options)
{
    static double work[2 * 200000];
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    options.level = level;
    options.level_count = 2;
    struct got got;
    assert_true(fpt_sii_work(&options) <= COUNT_OF(work));
    assert_ok(fpt_sii_of(count, population, value, se, &options, &got.sii,
                         got.limits, work));
    return got;
}

static void test_worked_example(void **state)
{
    (void)state;
    const struct got got =
        sii_with(5, pop, val, err5, fpt_sii_options_default());
    assert_state(got.sii.state, OK);
    assert_relative(got.sii.value, -14.5463659147870, 1e-14);
    assert_relative(got.sii.std_error, 2.2453671011968, 1e-13);
    assert_relative(got.limits[0].value.lower, -18.9472045652, 1e-11);
    assert_relative(got.limits[0].value.upper, -10.1455272644, 1e-11);
    assert_relative(got.sii.intercept, 31.6731829573935, 1e-14);
    assert_relative(got.sii.rii, 0.5407355827, 1e-10);
    assert_relative(got.limits[0].rii.lower, 0.443068321, 2e-9);
    assert_relative(got.limits[0].rii.upper, 0.653321116, 2e-9);
    assert_true(got.sii.groups == 5 && got.sii.draws == 0);
    assert_true(got.limits[1].value.lower < got.limits[0].value.lower);
}

/* R 4.2.2: lm(y ~ m, weights = s), lm(log(y) ~ m), lm(qlogis(y) ~ m). */
static void test_lines_as_in_r(void **state)
{
    (void)state;
    fpt_sii_options options = fpt_sii_options_default();
    struct got got = sii_with(5, pop, val, err5, options);
    assert_relative(got.sii.intercept, 31.673182957393518, 1e-14);
    assert_relative(got.sii.value, -14.546365914787, 1e-13);
    options.type = FPT_SII_RATE;
    options.transform = true;
    got = sii_with(5, pop, val, err5, options);
    assert_relative(got.sii.value, -14.922768519011278, 1e-13);
    assert_relative(got.sii.rii, 0.54265310827702939, 1e-13);
    assert_relative(got.sii.intercept, exp(3.4852012483157173), 1e-13);
    options.type = FPT_SII_PROPORTION;
    double share[5];
    for (int i = 0; i < 5; i++)
        share[i] = val[i] / 100.0;
    got = sii_with(5, pop, share, err5, options);
    assert_relative(got.sii.value, -0.1468014839600971, 1e-13);
    assert_relative(got.sii.rii, 0.54471357283771771, 1e-13);
}

/* Normal equations solved in long double; Var(b) from its definition. */
static void test_against_long_double(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (int round = 0; round < 5000; round++) {
        double n[20], y[20], se[20];
        const size_t k = 5 + (size_t)(next_random(&seed) % 16);
        long double total = 0, cum = 0, S = 0, B = 0, A = 0, V = 0;
        for (size_t i = 0; i < k; i++) {
            n[i] = 1.0 + some_count(&seed, 1e5);
            y[i] = between(&seed, 10.0, 90.0);
            se[i] = between(&seed, 0.1, 3.0);
            total += (long double)n[i];
        }
        for (size_t i = 0; i < k; i++) {
            const long double s = (long double)n[i] / total,
                              m = (cum + (long double)(n[i] / 2)) / total;
            cum += (long double)n[i];
            S += s * (m - 0.5L) * (m - 0.5L);
            B += s * (m - 0.5L) * (long double)y[i];
            A += s * (long double)y[i];
            V += s * s * (m - 0.5L) * (m - 0.5L) * (long double)se[i] *
                 (long double)se[i];
        }
        fpt_sii_options options = fpt_sii_options_default();
        options.multiplier = round % 3 == 0 ? -2.5 : 2.5;
        const struct got got = sii_with(k, n, y, se, options);
        const long double b = B / S, a = A - b / 2;
        const double scale = (double)(fabsl(b) + A);
        assert_close(got.sii.value, (double)b * options.multiplier,
                     1e-13 * scale);
        assert_close(got.sii.intercept, (double)a, 1e-13 * scale);
        assert_relative(got.sii.std_error, (double)sqrtl(V / S / S) * 2.5,
                        1e-12);
        const double z = level_of(0.95).z;
        assert_close(got.limits[0].value.upper - got.sii.value,
                     z * got.sii.std_error, 1e-11 * scale);
        assert_close(got.sii.value - got.limits[0].value.lower,
                     z * got.sii.std_error, 1e-11 * scale);
        if (got.sii.state == FPT_STATE_UNBOUNDED) continue;
        assert_state(got.sii.state, OK);
        assert_true(got.limits[1].rii.lower <= got.limits[0].rii.lower &&
                    got.limits[0].rii.lower <= got.sii.rii &&
                    got.sii.rii <= got.limits[0].rii.upper &&
                    got.limits[0].rii.upper <= got.limits[1].rii.upper);
    }
}

/* Each limit r of the relative index makes Y1 - r Y0 just z errors off 0. */
static void test_fieller_satisfies_its_equation(void **state)
{
    (void)state;
    for (int sign = 0; sign < 2; sign++) {
        fpt_sii_options options = fpt_sii_options_default();
        options.multiplier = sign == 0 ? 1.0 : -1.0;
        const struct got got = sii_with(5, pop, val, err5, options);
        const double z = level_of(0.95).z;
        const double limits[] = {got.limits[0].rii.lower,
                                 got.limits[0].rii.upper};
        long double S = 0, cum = 0;
        for (int i = 0; i < 5; i++) {
            const long double s = (long double)pop[i] / 5000.0L;
            const long double m = cum + s / 2;
            cum += s;
            S += s * (m - 0.5L) * (m - 0.5L);
        }
        for (int k = 0; k < 2; k++) {
            const long double r = (long double)limits[k];
            long double d = 0, v = 0;
            cum = 0;
            for (int i = 0; i < 5; i++) {
                const long double s = (long double)pop[i] / 5000.0L;
                const long double m = cum + s / 2;
                cum += s;
                const long double w0 = s * (1 - (m - 0.5L) / (2 * S));
                const long double w1 = s * (1 + (m - 0.5L) / (2 * S));
                const long double w = sign == 0 ? w1 - r * w0 : w0 - r * w1;
                d += w * (long double)val[i];
                v += w * w * (long double)err5[i] * (long double)err5[i];
            }
            const long double Z = (long double)z;
            assert_close((double)(d * d / (Z * Z * v)), 1.0, 1e-10);
        }
    }
}

static void test_polarity(void **state)
{
    (void)state;
    for (int t = 0; t < 3; t++) {
        fpt_sii_options options = fpt_sii_options_default();
        options.type = t == 0 ? FPT_SII_NORMAL : FPT_SII_RATE;
        options.transform = t == 1;
        double se[5];
        for (int i = 0; i < 5; i++)
            se[i] = t == 0 ? err5[i] : 0.05;
        options.multiplier = 0.5;
        const struct got up = sii_with(5, pop, val, se, options);
        options.multiplier = -0.5;
        const struct got down = sii_with(5, pop, val, se, options);
        assert_relative(down.sii.value, -up.sii.value, 1e-15);
        assert_relative(down.sii.rii, 1.0 / up.sii.rii, 1e-14);
        assert_relative(down.sii.intercept, up.sii.intercept, 1e-15);
        /* Order statistics of draws mirror but for the position's rounding. */
        const double near = t == 2 ? 1e-4 : 1e-12;
        assert_relative(down.limits[0].value.lower, -up.limits[0].value.upper,
                        near);
        assert_relative(down.limits[0].rii.upper, 1.0 / up.limits[0].rii.lower,
                        near);
        assert_true(up.limits[0].rii.lower < up.sii.rii &&
                    up.sii.rii < up.limits[0].rii.upper);
    }
}

/* Small errors make log-normals nearly normal: the delta method's variance. */
static void test_simulation_agrees_with_closed_form(void **state)
{
    (void)state;
    fpt_sii_options options = fpt_sii_options_default();
    double relative[5], logit[5], share[5], absolute[5];
    for (int i = 0; i < 5; i++) {
        relative[i] = 0.01 * (1 + i % 2);
        share[i] = val[i] / 100.0;
        absolute[i] = relative[i] * val[i];
        logit[i] = absolute[i] / 100.0 / (share[i] * (1.0 - share[i]));
    }
    const struct got closed = sii_with(5, pop, val, absolute, options);
    options.type = FPT_SII_RATE;
    options.draws = 200000;
    const struct got rates = sii_with(5, pop, val, relative, options);
    assert_state(rates.sii.state, OK);
    assert_true(rates.sii.draws == 200000);
    assert_relative(rates.sii.value, closed.sii.value, 1e-14);
    assert_relative(rates.sii.std_error, closed.sii.std_error, 0.01);
    for (int k = 0; k < 2; k++) {
        const double wide = closed.limits[k].value.upper - closed.sii.value;
        assert_close(rates.limits[k].value.lower, closed.limits[k].value.lower,
                     0.03 * wide);
        assert_close(rates.limits[k].value.upper, closed.limits[k].value.upper,
                     0.03 * wide);
        assert_close(rates.limits[k].rii.upper, closed.limits[k].rii.upper,
                     0.002);
        assert_true(rates.limits[k].value_error.lower > 0.0 &&
                    rates.limits[k].value_error.lower < 0.02 * wide);
    }
    options.type = FPT_SII_PROPORTION;
    options.multiplier = 100.0;
    const struct got shares = sii_with(5, pop, share, logit, options);
    assert_relative(shares.sii.value, closed.sii.value, 1e-14);
    assert_relative(shares.sii.std_error, closed.sii.std_error, 0.01);
}

static void test_same_draws_on_any_threads(void **state)
{
    (void)state;
    fpt_sii_options options = fpt_sii_options_default();
    const double se[] = {0.1, 0.2, 0.05, 0.1, 0.3};
    options.type = FPT_SII_RATE;
    options.seed = 42;
    options.threads = 1;
    const struct got one = sii_with(5, pop, val, se, options);
    options.threads = 8;
    const struct got eight = sii_with(5, pop, val, se, options);
    assert_memory_equal(one.limits, eight.limits, sizeof one.limits);
    options.stream = 1;
    const struct got other = sii_with(5, pop, val, se, options);
    assert_true(other.limits[0].value.lower != one.limits[0].value.lower);
    options.stream = 0;
    options.seed = 43;
    const struct got reseeded = sii_with(5, pop, val, se, options);
    assert_true(reseeded.limits[0].value.lower != one.limits[0].value.lower);
}

static void test_states(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    fpt_sii_options options = fpt_sii_options_default();
    const double zero_pop[] = {1200, 0, 900, 1100, 800};
    const double minus[] = {1200, -1, 900, 1100, 800};
    const double no_pop[] = {1200, nan, 900, 1100, 800};
    const double no_val[] = {30, nan, 25, 21, 18};
    const double zero_val[] = {30, 0, 25, 21, 18};
    const double no_se[] = {1.5, nan, 1.5, 1.2, 1.3};
    const double minus_se[] = {1.5, -1, 1.5, 1.2, 1.3};
    struct got g = sii_with(5, zero_pop, val, err5, options);
    assert_state(g.sii.state, ZERO_DENOMINATOR);
    assert_nan(g.sii.value);
    g = sii_with(5, minus, val, err5, options);
    assert_state(g.sii.state, INVALID);
    g = sii_with(5, no_pop, val, err5, options);
    assert_state(g.sii.state, MISSING);
    g = sii_with(5, pop, no_val, err5, options);
    assert_state(g.sii.state, MISSING);
    assert_nan(g.sii.value);
    g = sii_with(5, pop, val, no_se, options);
    assert_state(g.sii.state, MISSING);
    assert_relative(g.sii.value, -14.546365914787, 1e-13);
    assert_nan(g.sii.std_error);
    assert_nan(g.limits[0].value.lower);
    g = sii_with(5, pop, val, minus_se, options);
    assert_state(g.sii.state, INVALID);
    g = sii_with(4, pop, val, err5, options);
    assert_state(g.sii.state, TOO_FEW_ROWS);
    assert_nan(g.sii.value);
    options.min_groups = 3;
    g = sii_with(4, pop, val, err5, options);
    assert_state(g.sii.state, OK);
    options.type = FPT_SII_RATE;
    g = sii_with(5, pop, zero_val, err5, options);
    assert_state(g.sii.state, ZERO_EVENTS);
    assert_true(!isnan(g.sii.value));
    assert_nan(g.limits[0].value.lower);
    options.transform = true;
    g = sii_with(5, pop, zero_val, err5, options);
    assert_state(g.sii.state, ZERO_EVENTS);
    assert_nan(g.sii.value);
    options.type = FPT_SII_PROPORTION;
    g = sii_with(5, pop, val, err5, options);
    assert_state(g.sii.state, INVALID);
    /* The line at rank 0 may be 0: the ratio has no end. */
    options = fpt_sii_options_default();
    const double big_se[] = {30, 30, 30, 30, 30};
    g = sii_with(5, pop, val, big_se, options);
    assert_state(g.sii.state, UNBOUNDED);
    assert_nan(g.limits[0].rii.lower);
    assert_true(!isnan(g.limits[0].value.lower) && !isnan(g.sii.rii));
    const double even[] = {1000, 1000, 1000, 1000, 1000};
    const double through[] = {0.5, 1.5, 2.5, 3.5, 4.5};
    g = sii_with(5, even, through, err5, options);
    assert_state(g.sii.state, UNBOUNDED);
    const double past[] = {1e200, 1e200, 1e200, 1e200, 1e200};
    g = sii_with(5, pop, val, past, options);
    assert_true(g.sii.state != FPT_STATE_OK);
    assert_nan(g.limits[0].value.lower);
    assert_nan(g.limits[0].value.upper);
}

static void test_options_are_checked(void **state)
{
    (void)state;
    fpt_error err;
    fpt_sii_options o = fpt_sii_options_default();
    assert_ok(fpt_sii_options_check(&o, &err));
    o.transform = true;
    assert_int_equal(fpt_sii_options_check(&o, &err), FPT_ERR_RANGE);
    o = fpt_sii_options_default();
    o.multiplier = 0.0;
    assert_int_equal(fpt_sii_options_check(&o, &err), FPT_ERR_RANGE);
    o.multiplier = -1.0;
    assert_ok(fpt_sii_options_check(&o, &err));
    o.min_groups = 2;
    assert_int_equal(fpt_sii_options_check(&o, &err), FPT_ERR_RANGE);
    o.min_groups = 3;
    o.type = FPT_SII_RATE;
    o.draws = 999;
    assert_int_equal(fpt_sii_options_check(&o, &err), FPT_ERR_RANGE);
    o.draws = 1000;
    const fpt_level level = level_of(0.9999);
    o.level = &level;
    o.level_count = 1;
    assert_int_equal(fpt_sii_options_check(&o, &err), FPT_ERR_RANGE);
    o.draws = 20001;
    assert_ok(fpt_sii_options_check(&o, &err));
    o.level_count = FPT_LEVELS_MOST + 1;
    assert_int_equal(fpt_sii_options_check(&o, NULL), FPT_ERR_RANGE);
}

static void test_standard_errors_from_limits(void **state)
{
    (void)state;
    const double width = 2.0 * level_of(0.95).z;
    assert_relative(fpt_sii_standard_error(FPT_SII_NORMAL, 3, 5), 2 / width,
                    1e-15);
    assert_relative(fpt_sii_standard_error(FPT_SII_RATE, 2, 8),
                    log(4.0) / width, 1e-15);
    assert_relative(fpt_sii_standard_error(FPT_SII_PROPORTION, 0.2, 0.5),
                    log(4.0) / width, 1e-14);
    assert_nan(fpt_sii_standard_error(FPT_SII_RATE, 0, 8));
    assert_nan(fpt_sii_standard_error(FPT_SII_PROPORTION, 0.1, 1));
    assert_nan(fpt_sii_standard_error((fpt_sii_type)9, 0.1, 1));
}

/* ---- concentration index ---- */

static void test_concentration(void **state)
{
    (void)state;
    const fpt_level level = level_of(0.95);
    fpt_concentration c;
    fpt_limits limits;
    fpt_concentration_of(5, pop, val, err5, 1, &level, &c, &limits);
    assert_state(c.state, OK);
    assert_relative(c.value, -0.0951475409836, 2e-12);
    assert_relative(c.value, -0.09514754098360656, 1e-14); /* R 4.2.2 */
    assert_relative(c.std_error, 0.0143336858150, 4e-12);
    assert_relative(limits.lower, c.value - level.z * c.std_error, 1e-15);
    assert_relative(c.mean, 24.4, 1e-15);
    fpt_concentration_of(5, pop, val, NULL, 1, &level, &c, &limits);
    assert_state(c.state, OK);
    assert_nan(c.std_error);
    assert_relative(c.value, -0.09514754098360656, 1e-14);

    /* Kakwani, Wagstaff and van Doorslaer, R 4.2.2 by their formula. */
    const double one[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const double y[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    fpt_concentration_of(10, one, y, NULL, 1, &level, &c, &limits);
    assert_relative(c.value, 0.11538461538461542, 1e-14);
    assert_relative(c.std_error, 0.079884457057597821, 1e-13);
}

static void test_concentration_range_and_states(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    const fpt_level level = level_of(0.95);
    fpt_concentration c;
    fpt_limits limits;
    double n[100], y[100];
    for (int i = 0; i < 100; i++) {
        n[i] = 1.0;
        y[i] = i == 0 ? 1.0 : 0.0;
    }
    fpt_concentration_of(100, n, y, NULL, 1, &level, &c, &limits);
    assert_relative(c.value, -0.99, 1e-14); /* all with the poorest */
    assert_relative(c.wagstaff, -1.0, 1e-14);
    y[0] = 0.0;
    y[99] = 1.0;
    fpt_concentration_of(100, n, y, NULL, 1, &level, &c, &limits);
    assert_relative(c.value, 0.99, 1e-14);
    for (int i = 0; i < 100; i++)
        y[i] = 0.25;
    fpt_concentration_of(100, n, y, NULL, 1, &level, &c, &limits);
    assert_close(c.value, 0.0, 1e-15);
    for (int i = 0; i < 100; i++)
        y[i] = 0.0;
    fpt_concentration_of(100, n, y, NULL, 1, &level, &c, &limits);
    assert_state(c.state, ZERO_DENOMINATOR);
    assert_true(c.mean == 0.0);
    assert_nan(c.value);
    y[3] = nan;
    fpt_concentration_of(100, n, y, NULL, 1, &level, &c, &limits);
    assert_state(c.state, MISSING);
    y[3] = (double)INFINITY;
    fpt_concentration_of(100, n, y, NULL, 1, &level, &c, &limits);
    assert_state(c.state, INVALID);
    fpt_concentration_of(1, n, y, NULL, 1, &level, &c, &limits);
    assert_state(c.state, TOO_FEW_ROWS);
    const double no_se[] = {1.5, nan, 1.5, 1.2, 1.3};
    fpt_concentration_of(5, pop, val, no_se, 1, &level, &c, &limits);
    assert_state(c.state, MISSING);
    assert_true(!isnan(c.value));
    assert_nan(c.std_error);
    const double bad_se[] = {1.5, -1, 1.5, 1.2, 1.3};
    fpt_concentration_of(5, pop, val, bad_se, 1, &level, &c, &limits);
    assert_state(c.state, INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_lines_as_in_r),
        cmocka_unit_test(test_against_long_double),
        cmocka_unit_test(test_fieller_satisfies_its_equation),
        cmocka_unit_test(test_polarity),
        cmocka_unit_test(test_simulation_agrees_with_closed_form),
        cmocka_unit_test(test_same_draws_on_any_threads),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_options_are_checked),
        cmocka_unit_test(test_standard_errors_from_limits),
        cmocka_unit_test(test_concentration),
        cmocka_unit_test(test_concentration_range_and_states),
    };
    return cmocka_run_group_tests_name("inequality", tests, NULL, NULL);
}
