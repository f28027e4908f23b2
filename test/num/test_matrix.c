/* Tests for matrix.h. Reference values: R 4.2.2 (eigen, lm.fit), and the
 * example of Higham (2002) iterated there. */
#include "check.h"
#include "fpt/matrix.h"
#include "fpt/sample.h"

enum { MOST = 12 };

static double uniform(uint64_t *seed)
{
    return (double)(next_random(seed) >> 11) * 0x1p-53;
}

/* b b' plus a little on the diagonal: symmetric positive definite. */
static void random_spd(uint64_t *seed, size_t n, double *a)
{
    double b[MOST * MOST];
    for (size_t i = 0; i < n * n; i++)
        b[i] = 2.0 * uniform(seed) - 1.0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            a[i * n + j] = i == j ? 0.05 : 0.0;
            for (size_t k = 0; k < n; k++)
                a[i * n + j] += b[i * n + k] * b[j * n + k];
        }
}

static void test_cholesky_multiplies_back_and_solves(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 200; round++) {
        const size_t n = 1 + (size_t)(next_random(&seed) % MOST);
        double a[MOST * MOST], l[MOST * MOST], x[MOST], b[MOST];
        random_spd(&seed, n, a);
        assert_ok(fpt_cholesky(n, a, l, NULL));
        for (size_t i = 0; i < n; i++) {
            b[i] = uniform(&seed);
            x[i] = b[i];
            for (size_t j = 0; j < n; j++) {
                double sum = 0.0;
                for (size_t k = 0; k < n; k++)
                    sum += l[i * n + k] * l[j * n + k];
                assert_close(sum, a[i * n + j], 1e-13);
                if (j > i) assert_true(l[i * n + j] == 0.0);
            }
        }
        fpt_cholesky_solve(n, l, x);
        for (size_t i = 0; i < n; i++) {
            double sum = 0.0;
            for (size_t j = 0; j < n; j++)
                sum += a[i * n + j] * x[j];
            assert_close(sum, b[i], 1e-10);
        }
        /* In place, and with only the lower triangle right. */
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                a[i * n + j] = 99.0;
        assert_ok(fpt_cholesky(n, a, a, NULL));
        assert_memory_equal(a, l, n * n * sizeof *a);
    }
}

static void test_cholesky_names_the_row_at_fault(void **state)
{
    (void)state;
    /* Row 2 is row 0 again. */
    double a[9] = {1, .2, 1, .2, 1, .2, 1, .2, 1}, l[9];
    size_t bad = 99;
    assert_int_equal(fpt_cholesky(3, a, l, &bad), FPT_ERR_RANGE);
    assert_int_equal(bad, 2);
    double b[4] = {1, 2, 2, 1};
    assert_int_equal(fpt_cholesky(2, b, l, &bad), FPT_ERR_RANGE);
    assert_int_equal(bad, 1);
    double c[1] = {(double)NAN};
    assert_int_equal(fpt_cholesky(1, c, l, &bad), FPT_ERR_RANGE);
    assert_ok(fpt_cholesky(0, c, l, &bad));
}

static void test_eigenvalues(void **state)
{
    (void)state;
    double a[9] = {4, 1, -2, 1, 2, 0, -2, 0, 3}, value[3], vector[9];
    assert_ok(fpt_symmetric_eigen(3, a, value, vector));
    assert_close(value[0], 5.73205080756887764, 1e-14);
    assert_close(value[1], 2.26794919243112281, 1e-14);
    assert_close(value[2], 1.0, 1e-14);
    assert_close(fabs(vector[0]), 0.78867513459481309, 1e-14);
    assert_close(fabs(vector[4]), 0.78867513459481409, 1e-13);
    uint64_t seed = 2;
    for (int round = 0; round < 100; round++) {
        const size_t n = 1 + (size_t)(next_random(&seed) % MOST);
        double m[MOST * MOST], copy[MOST * MOST], v[MOST * MOST], w[MOST];
        random_spd(&seed, n, m);
        memcpy(copy, m, sizeof m);
        assert_ok(fpt_symmetric_eigen(n, copy, w, v));
        for (size_t i = 0; i < n; i++) {
            if (i > 0) assert_true(w[i] <= w[i - 1]);
            for (size_t j = 0; j < n; j++) {
                double sum = 0.0, dot = 0.0;
                for (size_t k = 0; k < n; k++) {
                    sum += v[i * n + k] * w[k] * v[j * n + k];
                    dot += v[k * n + i] * v[k * n + j];
                }
                assert_close(sum, m[i * n + j], 1e-12);
                assert_close(dot, i == j ? 1.0 : 0.0, 1e-13);
            }
        }
    }
    double bad[1] = {(double)INFINITY};
    assert_int_equal(fpt_symmetric_eigen(1, bad, value, vector), FPT_ERR_RANGE);
}

static void test_nearest_correlation(void **state)
{
    (void)state;
    const double a[9] = {1, 1, 0, 1, 1, 1, 0, 1, 1};
    double out[MOST * MOST], work[6 * MOST * MOST], change;
    size_t row, column;
    assert_true(fpt_correlation_nearest_work(MOST) <= COUNT_OF(work));
    assert_ok(
        fpt_correlation_nearest(3, a, 0.0, out, work, &row, &column, &change));
    assert_close(out[1], 0.76068985340228434, 1e-9);
    assert_close(out[2], 0.15729810613837575, 1e-9);
    assert_close(change, 1 - 0.76068985340228434, 1e-9);
    assert_true((row == 1 && column == 0) || (row == 2 && column == 1));

    const double b[9] = {1, .9, .9, .9, 1, -.9, .9, -.9, 1};
    assert_ok(
        fpt_correlation_nearest(3, b, 1e-8, out, work, &row, &column, &change));
    assert_close(out[1], 0.499999995, 1e-9);
    assert_close(out[5], -0.499999995, 1e-9);
    assert_close(change, 0.400000005, 1e-9);

    /* One that is fine stays; a random one becomes positive definite. */
    const double fine[4] = {1, .3, .3, 1};
    assert_ok(
        fpt_correlation_nearest(2, fine, 1e-8, out, work, NULL, NULL, &change));
    assert_close(change, 0.0, 1e-14);
    uint64_t seed = 3;
    for (int round = 0; round < 40; round++) {
        const size_t n = 2 + (size_t)(next_random(&seed) % (MOST - 2));
        double r[MOST * MOST], l[MOST * MOST];
        for (size_t i = 0; i < n; i++) {
            r[i * n + i] = 1.0;
            for (size_t j = 0; j < i; j++)
                r[i * n + j] = r[j * n + i] = 2.0 * uniform(&seed) - 1.0;
        }
        assert_ok(fpt_correlation_nearest(n, r, 1e-6, out, work, NULL, NULL,
                                          &change));
        assert_ok(fpt_cholesky(n, out, l, NULL));
        for (size_t i = 0; i < n; i++)
            assert_true(out[i * n + i] == 1.0);
    }
    double wrong[4] = {1, .3, .2, 1};
    assert_int_equal(
        fpt_correlation_nearest(2, wrong, 1e-8, out, work, NULL, NULL, NULL),
        FPT_ERR_RANGE);
    wrong[1] = wrong[2] = 1.01;
    assert_int_equal(
        fpt_correlation_nearest(2, wrong, 1e-8, out, work, NULL, NULL, NULL),
        FPT_ERR_RANGE);
}

static void test_least_squares(void **state)
{
    (void)state;
    static const double x[21] = {1, 1, 2.1, 1, 2, -1, 1, 3, .5, 1, 4,
                                 3, 1, 5,   2, 1, 6,  8, 1, 7,  1};
    static const double y[7] = {1, 3, 2, 5, 4, 8, 6};
    double beta[3], rest, work[64];
    assert_true(fpt_least_squares_work(7, 3) <= COUNT_OF(work));
    assert_ok(fpt_least_squares(7, 3, x, y, beta, &rest, work));
    assert_close(beta[0], 0.31358343445818720, 1e-13);
    assert_close(beta[1], 0.77616896026438764, 1e-13);
    assert_close(beta[2], 0.32514006867883599, 1e-13);
    assert_close(rest, 4.6433786889055231, 1e-12);
    /* Dependent columns, and too few rows. */
    static const double twice[6] = {1, 2, 2, 4, 3, 6};
    assert_int_equal(fpt_least_squares(3, 2, twice, y, beta, NULL, work),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_least_squares(2, 3, x, y, beta, NULL, work),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_least_squares(2, 0, x, y, beta, NULL, work),
                     FPT_ERR_RANGE);
}

/* Given the others, by the identity with the inverse: the conditional
 * covariance is the inverse of that block of the precision. */
static void test_conditional_normal(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int round = 0; round < 60; round++) {
        const size_t n = 2 + (size_t)(next_random(&seed) % 6);
        double a[MOST * MOST], l[MOST * MOST], precision[MOST * MOST];
        random_spd(&seed, n, a);
        assert_ok(fpt_cholesky(n, a, l, NULL));
        for (size_t j = 0; j < n; j++) {
            double e[MOST] = {0};
            e[j] = 1.0;
            fpt_cholesky_solve(n, l, e);
            for (size_t i = 0; i < n; i++)
                precision[i * n + j] = e[i];
        }
        bool known[MOST];
        size_t m = 0;
        for (size_t i = 0; i < n; i++) {
            known[i] = i > 0 && next_random(&seed) % 2 == 0;
            m += known[i] ? 0 : 1;
        }
        double b[MOST * MOST], c[MOST * MOST], work[3 * MOST * MOST];
        assert_true(fpt_normal_conditional_work(n) <= COUNT_OF(work));
        assert_ok(fpt_normal_conditional(n, a, known, b, c, work));
        /* precision_uu (c c') = 1 and precision_uu b = -precision_uk. */
        size_t rows[MOST], columns[MOST], r = 0, k = 0;
        for (size_t i = 0; i < n; i++)
            *(known[i] ? &columns[k++] : &rows[r++]) = i;
        for (size_t i = 0; i < m; i++) {
            for (size_t j = 0; j < m; j++) {
                double sum = 0.0;
                for (size_t p = 0; p < m; p++)
                    for (size_t q = 0; q < m; q++)
                        sum += precision[rows[i] * n + rows[p]] * c[p * m + q] *
                               c[j * m + q];
                assert_close(sum, i == j ? 1.0 : 0.0, 1e-9);
            }
            for (size_t j = 0; j < n - m; j++) {
                double sum = 0.0;
                for (size_t p = 0; p < m; p++)
                    sum +=
                        precision[rows[i] * n + rows[p]] * b[p * (n - m) + j];
                assert_close(sum, -precision[rows[i] * n + columns[j]], 1e-9);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cholesky_multiplies_back_and_solves),
        cmocka_unit_test(test_cholesky_names_the_row_at_fault),
        cmocka_unit_test(test_eigenvalues),
        cmocka_unit_test(test_nearest_correlation),
        cmocka_unit_test(test_least_squares),
        cmocka_unit_test(test_conditional_normal),
    };
    return cmocka_run_group_tests_name("matrix", tests, NULL, NULL);
}
