/* Tests for regression.h and moments.h. */
#include "check.h"

#include "fpt/num.h"

/* R 4.2.2: lm(y ~ x, weights = w) and lm(y ~ x). */
static void test_lines_as_in_r(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 5, 8, 13};
    const double y[] = {2.1, 3.9, 6.2, 9.8, 17.1, 25};
    const double w[] = {1, 2, 0.5, 4, 1.5, 3};
    fpt_line line;
    assert_ok(fpt_line_fit(6, x, y, w, &line));
    assert_relative(line.intercept, 0.29672036268930058, 1e-13);
    assert_relative(line.slope, 1.9263142664223014, 1e-14);
    assert_relative(line.residuals, 3.4671139191665956, 1e-13);
    assert_relative(line.weight, 12.0, 1e-15);
    assert_ok(fpt_line_fit(6, x, y, NULL, &line));
    assert_relative(line.intercept, 0.29210526315788882, 1e-13);
    assert_relative(line.slope, 1.9483552631578951, 1e-14);
    assert_relative(line.residuals, 2.0380592105263196, 1e-13);

    const double year[] = {2013, 2014, 2015, 2016, 2017};
    const double v[] = {70.1, 71.5, 71.2, 72.9, 73.0};
    const double se[] = {0.5, 0.4, 0.6, 0.45, 0.5};
    double weight[5];
    for (int i = 0; i < 5; i++)
        weight[i] = 1.0 / (se[i] * se[i]);
    assert_ok(fpt_line_fit(5, year, v, weight, &line));
    assert_relative(line.intercept, -1353.7880031694365, 1e-10);
    assert_relative(line.slope, 0.70750633483029191, 1e-12);
    assert_relative(1.0 / sqrt(line.spread), 0.15230399308567572, 1e-12);
    assert_relative(line.residuals, 3.2779256739808744, 1e-11);
}

static void test_lines_do_not_mind_shift_or_scale(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        double x[12], y[12], w[12], moved[12], scaled[12];
        const size_t count = 2 + (size_t)(next_random(&seed) % 11);
        for (size_t i = 0; i < count; i++) {
            x[i] = (double)i + (double)(next_random(&seed) % 1000) / 1500.0;
            y[i] = (double)(next_random(&seed) % 100000) / 999.0;
            w[i] = 0.1 + (double)(next_random(&seed) % 1000) / 100.0;
            moved[i] = x[i] + 1024.0;
            scaled[i] = 8.0 * y[i];
        }
        fpt_line a, b;
        assert_ok(fpt_line_fit(count, x, y, w, &a));
        assert_ok(fpt_line_fit(count, moved, scaled, w, &b));
        assert_close(b.slope, 8.0 * a.slope, 1e-9 * (1.0 + fabs(a.slope)));
        assert_close(b.level, 8.0 * a.level, 1e-10 * fabs(a.level) + 1e-10);
        /* The normal equations: residuals are orthogonal to 1 and to x. */
        long double sum = 0, moment = 0, size = 0;
        for (size_t i = 0; i < count; i++) {
            const long double r =
                (long double)y[i] - ((long double)a.intercept +
                                     (long double)a.slope * (long double)x[i]);
            sum += (long double)w[i] * r;
            moment += (long double)w[i] * r * (long double)x[i];
            size += (long double)(w[i] * fabs(y[i]) * (1.0 + fabs(x[i])));
        }
        assert_close((double)(sum / size), 0.0, 1e-13);
        assert_close((double)(moment / size), 0.0, 1e-13);
    }
}

static void test_lines_refuse(void **state)
{
    (void)state;
    const double x[] = {1, 1, 1}, up[] = {1, 2, 3};
    const double zero[] = {1, 0, 1}, missing[] = {1, (double)NAN, 2};
    const double far[] = {1e200, -1e200, 1e200}; /* squares overflow */
    fpt_line line = {.slope = 7.0};
    assert_int_equal(fpt_line_fit(1, up, up, NULL, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_line_fit(3, x, up, NULL, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_line_fit(3, up, up, zero, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_line_fit(3, up, missing, NULL, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_line_fit(3, up, far, NULL, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_line_fit(3, missing, up, NULL, &line), FPT_ERR_RANGE);
    assert_true(line.slope == 7.0);
    assert_true(isnan(fpt_line_slope(3, x, up, NULL)));
    assert_close(fpt_line_slope(3, up, up, NULL), 1.0, 1e-15);
}

/* R 4.2.2: glm(events ~ x + offset(log(n)), family = poisson), epsilon 1e-15. */
static void test_log_lines_as_in_r(void **state)
{
    (void)state;
    const double t[] = {1, 2, 3, 4, 5};
    const double events[] = {120, 131, 150, 162, 171};
    const double n[] = {1000, 1010, 990, 1005, 1000};
    fpt_log_line line;
    assert_ok(fpt_log_line_fit(5, t, events, n, &line));
    assert_relative(line.intercept, -2.202049979277124, 1e-13);
    assert_relative(line.intercept_error, 0.09124856477360932, 1e-8);
    assert_relative(line.slope, 0.091372960150520058, 1e-12);
    assert_relative(line.slope_error, 0.026232248870666584, 1e-8);
    assert_relative(line.deviance, 0.42550086752684546, 1e-10);

    double year[10];
    for (int i = 0; i < 10; i++)
        year[i] = 2010 + i;
    const double ev[] = {0, 3, 2, 5, 0, 9, 4, 12, 30, 2.5};
    const double person[] = {100, 120, 90, 200, 30, 210, 100, 205, 400, 77};
    assert_ok(fpt_log_line_fit(10, year, ev, person, &line));
    assert_relative(line.intercept, -396.80214863035957, 1e-11);
    assert_relative(line.intercept_error, 108.54567705432122, 1e-8);
    assert_relative(line.slope, 0.19528807744433596, 1e-11);
    assert_relative(line.slope_error, 0.053829211827051283, 1e-8);
    assert_relative(line.deviance, 8.6274785484176082, 1e-10);
}

static void test_log_lines_satisfy_their_equations(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 2000; round++) {
        double x[8], events[8], n[8];
        const size_t count = 2 + (size_t)(next_random(&seed) % 7);
        double total = 0.0;
        for (size_t i = 0; i < count; i++) {
            x[i] = (double)i;
            events[i] = (double)(next_random(&seed) % 1000);
            n[i] = 1.0 + (double)(next_random(&seed) % 100000);
            total += events[i];
        }
        fpt_log_line line;
        if (fpt_log_line_fit(count, x, events, n, &line) != FPT_OK) continue;
        long double u0 = 0, u1 = 0;
        for (size_t i = 0; i < count; i++) {
            const long double expected =
                (long double)n[i] *
                expl((long double)line.intercept +
                     (long double)line.slope * (long double)x[i]);
            u0 += (long double)events[i] - expected;
            u1 += ((long double)events[i] - expected) * (long double)x[i];
        }
        assert_close((double)u0 / total, 0.0, 1e-11);
        assert_close((double)u1 / total, 0.0, 1e-10);
    }
}

static void test_log_lines_refuse(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3}, none[] = {0, 0, 0}, one[] = {0, 5, 0};
    const double n[] = {10, 10, 10}, no_time[] = {10, 0, 10};
    const double negative[] = {1, -1, 3};
    fpt_log_line line = {.steps = -3};
    assert_int_equal(fpt_log_line_fit(3, x, none, n, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_log_line_fit(3, x, one, n, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_log_line_fit(3, x, x, no_time, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_log_line_fit(3, x, negative, n, &line), FPT_ERR_RANGE);
    assert_int_equal(fpt_log_line_fit(1, x, x, n, &line), FPT_ERR_RANGE);
    assert_int_equal(line.steps, -3);
}

/* ---- moments ---- */

static void test_moments_of_nothing_and_one(void **state)
{
    (void)state;
    fpt_moments m = {0};
    assert_true(isnan(fpt_moments_mean(&m)) && isnan(fpt_moments_variance(&m)));
    assert_true(fpt_moments_sum(&m) == 0.0);
    fpt_moments_add(&m, 0.1);
    assert_true(fpt_moments_mean(&m) == 0.1 && isnan(fpt_moments_variance(&m)));
    fpt_moments_add(&m, 0.1);
    assert_true(fpt_moments_mean(&m) == 0.1 && fpt_moments_variance(&m) == 0.0);
}

/* Two passes in long double, over numbers far from zero and close together. */
static void test_moments_against_two_passes(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < 3000; round++) {
        static double x[200];
        const size_t count = 2 + (size_t)(next_random(&seed) % 199);
        const double far = ldexp(1.0, (int)(next_random(&seed) % 40));
        fpt_moments whole = {0}, left = {0}, right = {0};
        const size_t cut = (size_t)(next_random(&seed) % (count + 1));
        for (size_t i = 0; i < count; i++) {
            x[i] = far + (double)(next_random(&seed) % 10007) / 1007.0;
            fpt_moments_add(&whole, x[i]);
            fpt_moments_add(i < cut ? &left : &right, x[i]);
        }
        long double sum = 0, squares = 0, rest = 0;
        for (size_t i = 0; i < count; i++)
            sum += (long double)x[i] - (long double)far;
        const long double mean = sum / (long double)count;
        for (size_t i = 0; i < count; i++) {
            const long double d = ((long double)x[i] - (long double)far) - mean;
            squares += d * d;
            rest += d;
        }
        squares -= rest * rest / (long double)count;
        const double variance = (double)(squares / (long double)(count - 1));
        const double centre = (double)((long double)far + mean);
        assert_relative(fpt_moments_mean(&whole), centre, 1e-15);
        assert_close(fpt_moments_variance(&whole), variance,
                     4e-15 * variance + 1e-25);
        fpt_moments_join(&left, &right);
        assert_int_equal(left.count, count);
        assert_relative(fpt_moments_mean(&left), centre, 1e-15);
        assert_close(fpt_moments_variance(&left), variance,
                     4e-15 * variance + 1e-25);
    }
}

static void test_twofold_keeps_what_a_double_loses(void **state)
{
    (void)state;
    const fpt_twofold s = fpt_twofold_sum(1e16, 1.0);
    assert_true(s.high == 1e16 && s.low == 1.0);
    const fpt_twofold p = fpt_twofold_product(1e8 + 1.0, 1e8 + 1.0);
    assert_true(p.high + p.low == p.high && p.high - 1e16 - 2e8 + p.low == 1.0);
    const fpt_twofold third = fpt_twofold_divide((fpt_twofold){1.0, 0.0}, 3.0);
    const fpt_twofold one =
        fpt_twofold_multiply(third, (fpt_twofold){3.0, 0.0});
    assert_close(one.high - 1.0 + one.low, 0.0, 1e-31);
}

static void test_sums(void **state)
{
    (void)state;
    const double x[] = {1.0, 1e100, 1.0, -1e100};
    assert_true(fpt_sum_of(4, x) == 2.0);
    assert_true(fpt_sum_of(0, NULL) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_as_in_r),
        cmocka_unit_test(test_lines_do_not_mind_shift_or_scale),
        cmocka_unit_test(test_lines_refuse),
        cmocka_unit_test(test_log_lines_as_in_r),
        cmocka_unit_test(test_log_lines_satisfy_their_equations),
        cmocka_unit_test(test_log_lines_refuse),
        cmocka_unit_test(test_moments_of_nothing_and_one),
        cmocka_unit_test(test_moments_against_two_passes),
        cmocka_unit_test(test_twofold_keeps_what_a_double_loses),
        cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests_name("regression, moments, sums", tests, NULL,
                                       NULL);
}
