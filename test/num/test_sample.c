/*
 * Tests for sample.h. A sampler is right when its frequencies are: each is
 * compared, cell by cell, with the probabilities of Rmath by a chi-squared
 * test at fixed seeds (4 standard deviations), on both sides of each change of
 * method; moments, edges and refusals beside it.
 */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "check.h"
#include "fpt/sample.h"

/* (chi-squared - df) / sqrt(2 df) of observed counts against probabilities;
 * cells with fewer than five expected are put together. */
static double misfit(size_t cells, const double *observed,
                     const double *probability, double n)
{
    double chi = 0.0, o = 0.0, e = 0.0;
    int df = -1;
    for (size_t i = 0; i < cells; i++) {
        o += observed[i];
        e += n * probability[i];
        if (e < 5.0 && i + 1 < cells) continue;
        if (e > 0.0) chi += (o - e) * (o - e) / e, df++;
        o = e = 0.0;
    }
    return df < 1 ? 0.0 : (chi - df) / sqrt(2.0 * df);
}

enum { CELLS = 4000 };

static void test_poisson_frequencies(void **state)
{
    (void)state;
    static const double means[] = {0.01, 0.7,  3.0, 12.0, 29.99,
                                   30.0, 31.5, 100, 999.5};
    for (size_t m = 0; m < COUNT_OF(means); m++) {
        static double seen[CELLS], p[CELLS];
        memset(seen, 0, sizeof seen);
        fpt_rng rng = fpt_rng_make(20161021, (uint32_t)m, 0, 1);
        const int n = 200000;
        for (int i = 0; i < n; i++) {
            int64_t k = -1;
            assert_ok(fpt_sample_poisson(&rng, means[m], &k));
            assert_true(k >= 0 && k < CELLS);
            seen[k]++;
        }
        for (int k = 0; k < CELLS; k++)
            p[k] = dpois(k, means[m], 0);
        assert_close(misfit(CELLS, seen, p, n), 0.0, 4.0);
    }
}

static void test_binomial_frequencies(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        double p;
    } table[] = {{1, 0.3},    {7, 0.5},     {50, 0.19}, {50, 0.2},
                 {50, 0.21},  {100, 0.9},   {400, 0.5}, {3000, 0.01},
                 {3000, 0.6}, {2000, 0.999}};
    for (size_t t = 0; t < COUNT_OF(table); t++) {
        static double seen[CELLS], p[CELLS];
        memset(seen, 0, sizeof seen);
        fpt_rng rng = fpt_rng_make(20161021, (uint32_t)t, 0, 2);
        const int n = 200000;
        for (int i = 0; i < n; i++) {
            int64_t k = -1;
            assert_ok(fpt_sample_binomial(&rng, table[t].n, table[t].p, &k));
            assert_true(k >= 0 && k <= table[t].n);
            seen[k]++;
        }
        for (int k = 0; k < CELLS; k++)
            p[k] = k <= table[t].n
                       ? dbinom(k, (double)table[t].n, table[t].p, 0)
                       : 0.0;
        assert_close(misfit(CELLS, seen, p, n), 0.0, 4.0);
    }
}

/* Where cells are too many to count: the first two moments. */
static void test_large_means(void **state)
{
    (void)state;
    static const double means[] = {1e5, 1e8, 1e12};
    for (size_t m = 0; m < COUNT_OF(means); m++) {
        fpt_rng rng = fpt_rng_make(7, (uint32_t)m, 0, 3);
        double sum = 0.0, squares = 0.0;
        const int n = 100000;
        for (int i = 0; i < n; i++) {
            int64_t k, b;
            assert_ok(fpt_sample_poisson(&rng, means[m], &k));
            assert_ok(
                fpt_sample_binomial(&rng, (int64_t)(4.0 * means[m]), 0.25, &b));
            const double z = ((double)k - means[m]) / sqrt(means[m]);
            const double y = ((double)b - means[m]) / sqrt(0.75 * means[m]);
            sum += z + y;
            squares += z * z + y * y;
        }
        assert_close(sum / sqrt(2.0 * n), 0.0, 4.0);
        assert_close((squares - 2.0 * n) / sqrt(4.0 * n), 0.0, 4.0);
    }
}

static void test_multinomial_adds_and_is_even(void **state)
{
    (void)state;
    static const double weight[5] = {2.0, 0.0, 1.0, 6.0, 1.0};
    fpt_rng rng = fpt_rng_make(5, 0, 0, 4);
    double seen[5] = {0};
    double p[5];
    for (int k = 0; k < 5; k++)
        p[k] = weight[k] / 10.0;
    const int n = 20000;
    for (int i = 0; i < n; i++) {
        int64_t out[5], sum = 0;
        assert_ok(fpt_sample_multinomial(&rng, 30, 5, weight, out));
        for (int k = 0; k < 5; k++) {
            assert_true(out[k] >= 0);
            sum += out[k];
            seen[k] += (double)out[k];
        }
        assert_int_equal(sum, 30);
        assert_int_equal(out[1], 0);
    }
    assert_close(misfit(5, seen, p, 30.0 * n), 0.0, 4.0);
    int64_t one[1];
    static const double only[1] = {1e-300};
    assert_ok(fpt_sample_multinomial(&rng, 12, 1, only, one));
    assert_int_equal(one[0], 12);
}

static void continuous_moments(uint64_t seed, double mean, double variance,
                               double kurtosis, int kind, double a, double b)
{
    fpt_rng rng = fpt_rng_make(seed, 0, 0, 5);
    const int n = 200000;
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < n; i++) {
        double x = (double)NAN;
        switch (kind) {
        case 0:
            x = fpt_sample_normal(&rng);
            break;
        case 1:
            x = fpt_sample_exponential(&rng);
            break;
        case 2:
            assert_ok(fpt_sample_gamma(&rng, a, b, &x));
            break;
        case 3:
            assert_ok(fpt_sample_beta(&rng, a, b, &x));
            break;
        case 4:
            assert_ok(fpt_sample_chi_squared(&rng, a, &x));
            break;
        default:
            assert_ok(fpt_sample_student(&rng, a, &x));
            break;
        }
        const double z = (x - mean) / sqrt(variance);
        sum += z;
        squares += z * z;
    }
    assert_close(sum / sqrt((double)n), 0.0, 4.0);
    assert_close((squares - n) / sqrt((kurtosis - 1.0) * n), 0.0, 4.0);
}

static void test_continuous_moments(void **state)
{
    (void)state;
    continuous_moments(1, 0.0, 1.0, 3.0, 0, 0, 0);
    continuous_moments(2, 1.0, 1.0, 9.0, 1, 0, 0);
    continuous_moments(3, 5.0, 10.0, 3.0 + 6.0 / 2.5, 2, 2.5, 2.0);
    continuous_moments(4, 0.15, 0.045, 3.0 + 6.0 / 0.5, 2, 0.5, 0.3);
    continuous_moments(5, 0.2, 0.2 * 0.8 / 11.0, 3.2, 3, 2.0, 8.0);
    continuous_moments(6, 0.5, 0.125, 1.5, 3, 0.5, 0.5);
    continuous_moments(7, 6.0, 12.0, 5.0, 4, 6.0, 0);
    continuous_moments(8, 0.0, 10.0 / 8.0, 4.0, 5, 10.0, 0);
}

/* Kolmogorov's distance of gammas from Rmath's distribution function. */
static void test_gamma_distribution(void **state)
{
    (void)state;
    enum { N = 20000 };
    static const double shapes[] = {0.05, 0.8, 1.0, 4.2, 300.0};
    static double x[N];
    for (size_t s = 0; s < COUNT_OF(shapes); s++) {
        fpt_rng rng = fpt_rng_make(9, (uint32_t)s, 0, 6);
        double counts[20] = {0}, even[20];
        for (int i = 0; i < N; i++) {
            assert_ok(fpt_sample_gamma(&rng, shapes[s], 2.0, &x[i]));
            const double u = pgamma(x[i], shapes[s], 2.0, 1, 0);
            counts[u >= 1.0 ? 19 : (int)(u * 20.0)]++;
        }
        for (int i = 0; i < 20; i++)
            even[i] = 0.05;
        assert_close(misfit(20, counts, even, N), 0.0, 4.0);
    }
}

static void test_negative_binomial_frequencies(void **state)
{
    (void)state;
    static double seen[CELLS], p[CELLS];
    memset(seen, 0, sizeof seen);
    fpt_rng rng = fpt_rng_make(11, 0, 0, 7);
    const int n = 200000;
    for (int i = 0; i < n; i++) {
        int64_t k;
        assert_ok(fpt_sample_negative_binomial(&rng, 2.5, 8.0, &k));
        assert_true(k >= 0 && k < CELLS);
        seen[k]++;
    }
    for (int k = 0; k < CELLS; k++)
        p[k] = dnbinom_mu(k, 2.5, 8.0, 0);
    assert_close(misfit(CELLS, seen, p, n), 0.0, 4.0);
}

static void test_shuffle_is_a_permutation_without_favourites(void **state)
{
    (void)state;
    fpt_rng rng = fpt_rng_make(12, 0, 0, 8);
    double seen[24] = {0}, even[24];
    for (int i = 0; i < 24000; i++) {
        uint32_t order[4] = {0, 1, 2, 3};
        fpt_sample_shuffle(&rng, 4, order);
        int code = 0, mask = 0;
        for (int k = 0; k < 4; k++) {
            int smaller = 0;
            for (int j = k + 1; j < 4; j++)
                smaller += order[j] < order[k];
            code = code * (4 - k) + smaller;
            mask |= 1 << order[k];
        }
        assert_int_equal(mask, 15);
        seen[code]++;
    }
    for (int i = 0; i < 24; i++)
        even[i] = 1.0 / 24.0;
    assert_close(misfit(24, seen, even, 24000), 0.0, 4.0);
}

/* R 4.2.2: dpois(.., log = TRUE), dbinom(.., log = TRUE). */
static void test_log_probabilities(void **state)
{
    (void)state;
    assert_close(fpt_poisson_log_probability(0, 3), -3.0, 1e-14);
    assert_close(fpt_poisson_log_probability(10, 12.5), -2.3471261299929611,
                 1e-14);
    assert_close(fpt_poisson_log_probability(1e6, 1000100), -7.8316935622118082,
                 1e-13);
    assert_close(fpt_poisson_log_probability(100, 3), -256.87814668875251,
                 1e-12);
    assert_close(fpt_binomial_log_probability(0, 10, .3), -3.5667494393873245,
                 1e-14);
    assert_close(fpt_binomial_log_probability(7, 10, .3), -4.7103427193157046,
                 1e-14);
    assert_close(fpt_binomial_log_probability(500100, 1e6, .5),
                 -7.1535468617602103, 1e-13);
    assert_close(fpt_binomial_log_probability(10, 10, .2), -16.094379124341003,
                 1e-13);
    assert_close(fpt_binomial_log_probability(3, 1e9, 1e-9),
                 -2.7917594697280554, 1e-13);
}

static void test_edges_and_refusals(void **state)
{
    (void)state;
    fpt_rng rng = fpt_rng_make(1, 2, 3, 4), before = rng;
    int64_t k = 77;
    double x = 7.5;
    static const double bad[] = {-1.0, -1e-300, (double)NAN, 0x1p53,
                                 (double)INFINITY};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(fpt_sample_poisson(&rng, bad[i], &k), FPT_ERR_RANGE);
        assert_int_equal(fpt_sample_gamma(&rng, bad[i], 1, &x), FPT_ERR_RANGE);
        assert_int_equal(fpt_sample_gamma(&rng, 1, bad[i], &x), FPT_ERR_RANGE);
        assert_int_equal(fpt_sample_beta(&rng, bad[i], 1, &x), FPT_ERR_RANGE);
        assert_int_equal(fpt_sample_student(&rng, bad[i], &x), FPT_ERR_RANGE);
        assert_int_equal(fpt_sample_negative_binomial(&rng, bad[i], 1, &k),
                         FPT_ERR_RANGE);
        const double weight[2] = {1.0, bad[i]};
        int64_t part[2] = {5, 6};
        if (i != 3) {
            assert_int_equal(fpt_sample_multinomial(&rng, 3, 2, weight, part),
                             FPT_ERR_RANGE);
            assert_int_equal(part[0] * 10 + part[1], 56);
        }
    }
    assert_int_equal(fpt_sample_binomial(&rng, -1, 0.5, &k), FPT_ERR_RANGE);
    assert_int_equal(fpt_sample_binomial(&rng, 5, (double)NAN, &k),
                     FPT_ERR_RANGE);
    const double none[2] = {0.0, 0.0};
    int64_t part[2];
    assert_int_equal(fpt_sample_multinomial(&rng, 3, 2, none, part),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_sample_multinomial(&rng, 3, 0, none, part),
                     FPT_ERR_RANGE);
    assert_int_equal(k, 77);
    assert_true(x == 7.5);

    assert_ok(fpt_sample_poisson(&rng, 0.0, &k));
    assert_int_equal(k, 0);
    assert_ok(fpt_sample_binomial(&rng, 9, -0.1, &k));
    assert_int_equal(k, 0);
    assert_ok(fpt_sample_binomial(&rng, 9, 1.0000001, &k));
    assert_int_equal(k, 9);
    assert_ok(fpt_sample_binomial(&rng, 0, 0.5, &k));
    assert_int_equal(k, 0);
    assert_ok(fpt_sample_negative_binomial(&rng, 3, 0.0, &k));
    assert_int_equal(k, 0);
    /* None of these took a number from the stream. */
    assert_true(fpt_rng_next64(&rng) == fpt_rng_next64(&before));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_poisson_frequencies),
        cmocka_unit_test(test_binomial_frequencies),
        cmocka_unit_test(test_large_means),
        cmocka_unit_test(test_multinomial_adds_and_is_even),
        cmocka_unit_test(test_continuous_moments),
        cmocka_unit_test(test_gamma_distribution),
        cmocka_unit_test(test_negative_binomial_frequencies),
        cmocka_unit_test(test_shuffle_is_a_permutation_without_favourites),
        cmocka_unit_test(test_log_probabilities),
        cmocka_unit_test(test_edges_and_refusals),
    };
    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
