/*
 * Gammas and betas by rows: Kolmogorov's distance from Rmath's distribution
 * functions, the same bits at each level of vector instructions, and numbers that
 * depend on nothing but seed, stream, index and draw.
 */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "check.h"
#include "fpt/num.h"

enum { ROWS = 400, N = ROWS * FPT_LANES };

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* sqrt(n) times the largest distance of n ordered probabilities from even ones:
 * above 1.95 once in a thousand. */
static double distance(size_t n, double *p)
{
    double most = 0.0;
    qsort(p, n, sizeof *p, by_value);
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, p[i] - (double)i / (double)n);
        most = fmax(most, (double)(i + 1) / (double)n - p[i]);
    }
    return sqrt((double)n) * most;
}

static void test_gammas_and_betas_are_such(void **state)
{
    (void)state;
    static const struct {
        double a, b; /* b 0: a gamma of scale 2 */
    } table[] = {{0.05, 0}, {0.4, 0},   {1.0, 0},   {1.3, 0},    {25, 0},
                 {1e6, 0},  {0.2, 0.3}, {0.5, 9},   {1.0, 1.0},  {1.5, 2.5},
                 {3, 400},  {2e5, 7e5}, {0.7, 2e4}, {0.05, 1.0}, {60, 0.9}};
    const fpt_lanes_level level = fpt_lanes_best();
    for (size_t t = 0; t < COUNT_OF(table); t++) {
        static double x[N];
        const double a = table[t].a, b = table[t].b;
        for (uint32_t row = 0; row < ROWS; row++) {
            double *out = x + row * FPT_LANES;
            if (b > 0.0)
                assert_ok(fpt_lanes_beta(level, 7, t, 3, row, a, b, out));
            else
                assert_ok(fpt_lanes_gamma(level, 7, t, 3, row, a, 2.0, out));
        }
        for (size_t i = 0; i < N; i++)
            x[i] = b > 0.0 ? pbeta(x[i], a, b, 1, 0) : pgamma(x[i], a, 2, 1, 0);
        if (distance(N, x) > 1.95)
            fail_msg("%g, %g: distance %g", a, b, distance(N, x));
    }
}

static void test_levels_agree_to_the_bit(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 300; i++) {
        double plain[FPT_LANES], fast[FPT_LANES];
        const double a = exp((double)(next_random(&seed) % 2000) / 100 - 6);
        const double b = exp((double)(next_random(&seed) % 2000) / 100 - 6);
        const uint64_t stream = next_random(&seed);
        const uint32_t row = (uint32_t)(next_random(&seed) % 1000);
        for (int level = 0; level <= (int)fpt_lanes_best(); level++) {
            assert_ok(fpt_lanes_beta(FPT_LANES_PLAIN, 1, stream, 2, row, a, b,
                                     plain));
            assert_ok(fpt_lanes_beta((fpt_lanes_level)level, 1, stream, 2, row,
                                     a, b, fast));
            assert_memory_equal(plain, fast, sizeof plain);
            assert_ok(fpt_lanes_gamma(FPT_LANES_PLAIN, 1, stream, 2, row, a, b,
                                      plain));
            assert_ok(fpt_lanes_gamma((fpt_lanes_level)level, 1, stream, 2, row,
                                      a, b, fast));
            assert_memory_equal(plain, fast, sizeof plain);
        }
    }
}

/* A first try that is refused is followed by another: of a shape near 1 four in a
 * hundred are, and then no two lanes, rows, indices or streams may be alike. */
static void test_no_two_are_alike(void **state)
{
    (void)state;
    static double x[4 * N];
    size_t used = 0;
    for (uint32_t index = 0; index < 2; index++)
        for (uint64_t stream = 0; stream < 2; stream++)
            for (uint32_t row = 0; row < ROWS; row++, used += FPT_LANES)
                assert_ok(fpt_lanes_gamma(FPT_LANES_PLAIN, 1, stream, index,
                                          row, 1.0, 1.0, x + used));
    qsort(x, used, sizeof *x, by_value);
    for (size_t i = 1; i < used; i++)
        assert_true(x[i] > x[i - 1]);
}

/* Shapes near 0: a coin that falls as their ratio has it. */
static void test_shapes_near_nought(void **state)
{
    (void)state;
    static const double tiny[] = {1e-200, 0x1p-1060};
    for (size_t t = 0; t < COUNT_OF(tiny); t++) {
        double one[FPT_LANES], ones = 0;
        fpt_rng rng = fpt_rng_make(3, 0, 0, 0);
        for (uint32_t row = 0; row < ROWS; row++) {
            double x;
            assert_ok(fpt_lanes_beta(FPT_LANES_PLAIN, 4, t, 0, row, tiny[t],
                                     3 * tiny[t], one));
            for (int i = 0; i < FPT_LANES; i++) {
                assert_true(one[i] == 0.0 || one[i] == 1.0);
                ones += one[i];
            }
            assert_ok(fpt_sample_beta(&rng, tiny[t], 3 * tiny[t], &x));
            assert_true(x == 0.0 || x == 1.0);
        }
        assert_close(ones / N, 0.25, 4 * sqrt(0.25 * 0.75 / N));
    }
}

static void test_refusals(void **state)
{
    (void)state;
    static const double bad[] = {0.0, -1.0, (double)NAN, 0x1p53,
                                 (double)INFINITY};
    double out[FPT_LANES] = {7.5};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(
            fpt_lanes_gamma(FPT_LANES_PLAIN, 1, 1, 0, 0, bad[i], 1, out),
            FPT_ERR_RANGE);
        assert_int_equal(
            fpt_lanes_gamma(FPT_LANES_PLAIN, 1, 1, 0, 0, 1, bad[i], out),
            FPT_ERR_RANGE);
        assert_int_equal(
            fpt_lanes_beta(FPT_LANES_PLAIN, 1, 1, 0, 0, bad[i], 1, out),
            FPT_ERR_RANGE);
        assert_int_equal(
            fpt_lanes_beta(FPT_LANES_PLAIN, 1, 1, 0, 0, 1, bad[i], out),
            FPT_ERR_RANGE);
    }
    assert_true(out[0] == 7.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gammas_and_betas_are_such),
        cmocka_unit_test(test_levels_agree_to_the_bit),
        cmocka_unit_test(test_no_two_are_alike),
        cmocka_unit_test(test_shapes_near_nought),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests_name("sample_lanes", tests, NULL, NULL);
}
