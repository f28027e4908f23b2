/* Tests for backtest.h. R 4.2.2: qt, pt, mean, sd; CRPS by its definition. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "check.h"
#include "fpt/backtest.h"

static void test_student_quantiles(void **state)
{
    (void)state;
    static const double df[] = {1, 2, 3, 7.5, 30, 1000};
    static const double u[] = {1e-6, 0.005, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999};
    for (size_t i = 0; i < COUNT_OF(df); i++)
        for (size_t k = 0; k < COUNT_OF(u); k++) {
            const double want = qt(u[k], df[i], 1, 0);
            assert_close(fpt_student_quantile(u[k], df[i]), want,
                         1e-9 * (1.0 + fabs(want)));
        }
    assert_close(fpt_student_quantile(0.975, (double)INFINITY),
                 1.959963984540054, 1e-14);
}

static void test_own_history(void **state)
{
    (void)state;
    /* Delivery of four years; mean 0.6875, sd 0.04991660. */
    static const double found[4] = {0.62, 0.74, 0.69, 0.70};
    fpt_history_prediction p;
    assert_ok(fpt_history_predict(4, found, false, 0, 0, 1.0, &p));
    assert_close(p.mean, 0.6875, 1e-14);
    assert_close(p.sd, 0.049916597106239795 * sqrt(1.25), 1e-14);
    assert_true(p.df == 3.0 && p.own_weight == 1.0);
    assert_close(p.lower_80, p.mean - qt(0.9, 3, 1, 0) * p.sd, 1e-10);
    assert_close(p.upper_95, p.mean + qt(0.975, 3, 1, 0) * p.sd, 1e-10);
    assert_close(p.percentile, pt((1.0 - p.mean) / p.sd, 3, 1, 0), 1e-10);
    assert_int_equal(p.band, FPT_HISTORY_95_TO_99);
    assert_ok(fpt_history_predict(4, found, false, 0, 0, 0.70, &p));
    assert_int_equal(p.band, FPT_HISTORY_INSIDE_80);
    assert_string_equal(fpt_history_band_text(p.band), "inside 80 %");
    assert_ok(fpt_history_predict(4, found, false, 0, 0, 0.55, &p));
    assert_int_equal(p.band, FPT_HISTORY_80_TO_95);
    assert_ok(fpt_history_predict(4, found, false, 0, 0, 9.0, &p));
    assert_int_equal(p.band, FPT_HISTORY_BEYOND_99);
}

/* 2.8 % found once gives no spread: an interval is refused. */
static void test_one_figure_is_no_history(void **state)
{
    (void)state;
    static const double once[2] = {0.028, 0.028};
    fpt_history_prediction p = {.mean = 77}, kept = p;
    assert_int_equal(fpt_history_predict(1, once, false, 0, 0, 0.04, &p),
                     FPT_ERR_REFUSED);
    assert_int_equal(fpt_history_predict(0, NULL, false, 0, 0, 0.04, &p),
                     FPT_ERR_REFUSED);
    assert_int_equal(fpt_history_predict(2, once, false, 0, 0, 0.04, &p),
                     FPT_ERR_REFUSED);
    static const double bad[1] = {(double)NAN};
    assert_int_equal(fpt_history_predict(1, bad, true, 0, 1, 0, &p),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_history_predict(1, once, true, 0, 0, 0, &p),
                     FPT_ERR_RANGE);
    assert_memory_equal(&p, &kept, sizeof p);
    /* With a class the class stands alone. */
    assert_ok(fpt_history_predict(1, once, true, 0.02, 0.01, 0.04, &p));
    assert_true(p.mean == 0.02 && p.sd == 0.01 && p.own_weight == 0.0);
    assert_close(p.percentile, pnorm(2, 0, 1, 1, 0), 1e-12);
}

static void test_shrinkage(void **state)
{
    (void)state;
    static const double found[3] = {0.10, 0.14, 0.06};
    fpt_history_prediction p;
    assert_ok(fpt_history_predict(3, found, true, 0.02, 0.03, 0.1, &p));
    const double s2 = 0.0016, tau2 = 0.0009;
    const double w = tau2 / (tau2 + s2 / 3.0);
    assert_close(p.own_weight, w, 1e-14);
    assert_close(p.mean, w * 0.10 + (1 - w) * 0.02, 1e-14);
    assert_close(p.sd, sqrt(s2 + 1.0 / (1.0 / tau2 + 3.0 / s2)), 1e-14);
    assert_true(p.df == 2.0);
}

static void test_crps_and_pit(void **state)
{
    (void)state;
    static const double x[6] = {-1, 0.5, 2, 2, 4.5, 9};
    static const double y[] = {-3, -1, 0.7, 2, 3, 12};
    for (size_t k = 0; k < COUNT_OF(y); k++) {
        double first = 0, second = 0;
        for (int i = 0; i < 6; i++) {
            first += fabs(x[i] - y[k]) / 6;
            for (int j = 0; j < 6; j++)
                second += fabs(x[i] - x[j]) / 72;
        }
        assert_close(fpt_crps(6, x, y[k]), first - second, 1e-14);
    }
    assert_close(fpt_pit(6, x, 2, 0.0), 2.0 / 6, 1e-15);
    assert_close(fpt_pit(6, x, 2, 1.0), 4.0 / 6, 1e-15);
    assert_true(fpt_pit(6, x, -9, 0.5) == 0.0 && fpt_pit(6, x, 99, 0.5) == 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_student_quantiles),
        cmocka_unit_test(test_own_history),
        cmocka_unit_test(test_one_figure_is_no_history),
        cmocka_unit_test(test_shrinkage),
        cmocka_unit_test(test_crps_and_pit),
    };
    return cmocka_run_group_tests_name("backtest", tests, NULL, NULL);
}
