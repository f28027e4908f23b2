/* Tests for belief.h. Reference values: R 4.2.2 (pbeta, qbeta, qnorm,
 * integrate, quantile type 7), and Rmath at random arguments. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "check.h"
#include "fpt/belief.h"
#include "fpt/lanes_math.h"

static double between(uint64_t *seed, double low, double high)
{
    return low + (high - low) * (double)(next_random(seed) >> 11) * 0x1p-53;
}

static void test_distribution_functions(void **state)
{
    (void)state;
    assert_relative(fpt_beta_cdf(.3, 2, 5), 0.57982500000000015, 1e-13);
    assert_relative(fpt_beta_cdf(.999, .5, .5), 0.97986495836662257, 1e-13);
    assert_relative(fpt_beta_cdf(1e-8, .2, 3), 0.033156900785403433, 1e-13);
    assert_relative(fpt_beta_cdf(.5, 1000, 1010), 0.58826982754372747, 1e-12);
    assert_relative(fpt_student_cdf(-2, 4), 0.058058261758407753, 1e-13);
    assert_relative(fpt_student_cdf(.3, 1), 0.59277357907774231, 1e-13);
    assert_true(fpt_beta_cdf(-1, 2, 3) == 0.0 && fpt_beta_cdf(1, 2, 3) == 1.0);
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        const double a = exp(between(&seed, -3, 7));
        const double b = exp(between(&seed, -3, 7));
        const double x = between(&seed, 0, 1);
        assert_close(fpt_beta_cdf(x, a, b), pbeta(x, a, b, 1, 0), 2e-12);
        assert_close(fpt_normal_cdf(between(&seed, 0, 1)), 0.67, 0.18);
    }
}

/* A belief of each kind with ordinary parameters. */
static const double values[5] = {1, 2, 4, 8, 16};
static const double coefficients[6] = {0.2, 0.9, 0.05, -0.3, 0.4, 0.1};

static size_t one_of_each(fpt_belief *out)
{
    size_t n = 0;
    out[n++] = fpt_belief_point(3.25);
    assert_ok(fpt_belief_uniform(-1, 2, &out[n++]));
    assert_ok(fpt_belief_normal_interval(0.02, 0.05, &out[n++]));
    assert_ok(fpt_belief_lognormal_interval(0.5, 2.5, &out[n++]));
    assert_ok(fpt_belief_triangular(0, 1, 4, &out[n++]));
    assert_ok(fpt_belief_triangular(0, 0, 4, &out[n++]));
    assert_ok(fpt_belief_triangular(0, 4, 4, &out[n++]));
    assert_ok(fpt_belief_pert(0, 1, 4, &out[n++]));
    assert_ok(fpt_belief_beta_moments(0.3, 0.1, &out[n++]));
    assert_ok(fpt_belief_beta(0.7, 1.9, 0, 1, &out[n++]));
    assert_ok(fpt_belief_empirical(5, values, &out[n++]));
    assert_ok(fpt_belief_metalog(6, coefficients, -(double)INFINITY,
                                 (double)INFINITY, &out[n++]));
    assert_ok(fpt_belief_metalog(4, coefficients, 0, 100, &out[n++]));
    assert_ok(fpt_belief_normal(0.8, 0.3, &out[n]));
    assert_ok(fpt_belief_limit(&out[n++], 0, 1, false));
    assert_ok(fpt_belief_normal(0.8, 0.3, &out[n]));
    assert_ok(fpt_belief_limit(&out[n++], 0, 1, true));
    assert_ok(fpt_belief_lognormal_interval(0.5, 2.5, &out[n]));
    assert_ok(fpt_belief_limit(&out[n++], 0, 3, false));
    assert_ok(fpt_belief_pert(0, 1, 4, &out[n]));
    assert_ok(fpt_belief_limit(&out[n++], 0.5, 3, false));
    return n;
}

enum { EACH = 17 };

static void test_quantile_and_cdf_are_inverse(void **state)
{
    (void)state;
    fpt_belief b[EACH];
    assert_int_equal(one_of_each(b), EACH);
    for (size_t k = 1; k < EACH; k++) {
        double before = -(double)INFINITY;
        for (int i = 1; i < 1000; i++) {
            const double u = i / 1000.0;
            const double x = fpt_belief_quantile(&b[k], u);
            if (!(x >= before)) fail_msg("belief %zu falls at %g", k, u);
            before = x;
            if (!b[k].clip) assert_close(fpt_belief_cdf(&b[k], x), u, 1e-11);
            assert_close(
                fpt_belief_at_score(&b[k], fpt_lane_normal_quantile(u)), x,
                1e-12 * (1.0 + fabs(x)));
        }
        assert_true(fpt_belief_cdf(&b[k], -1e300) == 0.0);
        assert_true(fpt_belief_cdf(&b[k], 1e300) == 1.0);
    }
}

/* Moments against the mean of many equally spaced quantiles. */
static void test_moments(void **state)
{
    (void)state;
    fpt_belief b[EACH];
    one_of_each(b);
    for (size_t k = 0; k < EACH; k++) {
        enum { N = 20000 };
        double sum = 0.0, squares = 0.0;
        for (int i = 0; i < N; i++) {
            const double x = fpt_belief_quantile(&b[k], (i + 0.5) / N);
            sum += x;
            squares += x * x;
        }
        double mean, sd;
        fpt_belief_moments(&b[k], &mean, &sd);
        assert_close(mean, sum / N, 2e-4 * (sd + 1e-12));
        assert_close(sd, sqrt(fmax(0, squares / N - sum / N * (sum / N))),
                     6e-3 * sd + 1e-7);
    }
}

static void test_elicited_intervals_come_back(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 300; i++) {
        const double low = between(&seed, 0.01, 0.9);
        const double high = low + between(&seed, 0.01, 0.98 - low + 0.005);
        if (high >= 0.995) continue;
        fpt_belief b;
        assert_ok(fpt_belief_normal_interval(low, high, &b));
        assert_close(fpt_belief_quantile(&b, 0.1), low, 1e-14);
        assert_close(fpt_belief_quantile(&b, 0.9), high, 1e-14);
        assert_close(b.parameter[1], (high - low) / 2.563103, 1e-7);
        assert_ok(fpt_belief_lognormal_interval(low, high, &b));
        assert_relative(fpt_belief_quantile(&b, 0.1), low, 1e-13);
        assert_relative(fpt_belief_quantile(&b, 0.9), high, 1e-13);
        assert_ok(fpt_belief_beta_interval(low, high, &b));
        assert_close(fpt_belief_quantile(&b, 0.1), low, 1e-9);
        assert_close(fpt_belief_quantile(&b, 0.9), high, 1e-9);
        double a[3];
        const double middle = low + (high - low) * between(&seed, 0.35, 0.65);
        assert_ok(fpt_belief_metalog_interval(low, middle, high, 0, 1, a, &b));
        assert_close(fpt_belief_quantile(&b, 0.1), low, 1e-12);
        assert_close(fpt_belief_quantile(&b, 0.5), middle, 1e-12);
        assert_close(fpt_belief_quantile(&b, 0.9), high, 1e-12);
    }
}

static void test_reference_values(void **state)
{
    (void)state;
    fpt_belief b;
    assert_ok(fpt_belief_beta_interval(0.059464970953588998,
                                       0.25650690061137182, &b));
    assert_relative(b.parameter[0], 3.0, 1e-9);
    assert_relative(b.parameter[1], 17.0, 1e-9);
    assert_ok(fpt_belief_beta(0.7, 1.9, 0, 1, &b));
    assert_relative(fpt_belief_quantile(&b, .1), 0.018636200905933955, 1e-11);
    assert_relative(fpt_belief_quantile(&b, .5), 0.206182445591296115, 1e-11);
    assert_relative(fpt_belief_quantile(&b, .9), 0.628719370110054299, 1e-11);
    assert_ok(fpt_belief_normal(.8, .3, &b));
    assert_ok(fpt_belief_limit(&b, 0, 1, false));
    double mean, sd;
    fpt_belief_moments(&b, &mean, &sd);
    assert_relative(mean, 0.67573153980319001, 1e-10);
    assert_relative(sd, 0.21238292493991975, 1e-10);
    assert_relative(fpt_belief_quantile(&b, .1), 0.37481096733826885, 1e-12);
    assert_relative(fpt_belief_quantile(&b, .9), 0.93457989285828846, 1e-12);
    assert_ok(fpt_belief_empirical(5, values, &b));
    assert_close(fpt_belief_quantile(&b, .1), 1.4, 1e-14);
    assert_close(fpt_belief_quantile(&b, .33), 2.64, 1e-14);
    assert_close(fpt_belief_quantile(&b, .9), 12.8, 1e-13);
    /* E min(1, X) = mu Phi(a) + 1 - Phi(a) - sd phi(a), a = (1 - mu)/sd. */
    assert_ok(fpt_belief_normal(.95, .06, &b));
    assert_ok(fpt_belief_limit(&b, -(double)INFINITY, 1, true));
    const double a = (1 - .95) / .06;
    const double want = .95 * pnorm(a, 0, 1, 1, 0) + 1 - pnorm(a, 0, 1, 1, 0) -
                        .06 * dnorm4(a, 0, 1, 0);
    assert_close(fpt_belief_clip_bias(&b), want - .95, 1e-15);
    fpt_belief_moments(&b, &mean, &sd);
    assert_close(mean, want, 1e-7);
}

static void test_tables_follow_the_quantile(void **state)
{
    (void)state;
    fpt_belief b[EACH];
    one_of_each(b);
    static double storage[2 * FPT_BELIEF_KNOTS];
    uint64_t seed = 6;
    for (size_t k = 0; k < EACH; k++) {
        fpt_belief_table table;
        fpt_belief_prepare(&b[k], storage, &table);
        double mean, sd;
        fpt_belief_moments(&b[k], &mean, &sd);
        double before = -1e9;
        for (int i = 0; i < 40; i++) {
            double z[FPT_LANES], x[FPT_LANES];
            for (int lane = 0; lane < FPT_LANES; lane++)
                z[lane] = i < 20 ? between(&seed, -5, 5)
                                 : -8.6 + 17.2 * ((i - 20) * FPT_LANES + lane) /
                                              (20.0 * FPT_LANES);
            fpt_belief_lanes(&table, z, x);
            for (int lane = 0; lane < FPT_LANES; lane++) {
                if (i < 20 && fabs(z[lane]) < 4)
                    assert_close(x[lane], fpt_belief_at_score(&b[k], z[lane]),
                                 1e-6 * sd + 1e-12);
                if (i < 20) continue;
                assert_true(x[lane] >= before - 1e-14 * (1.0 + fabs(before)));
                assert_true(x[lane] >= b[k].lower && x[lane] <= b[k].upper);
                before = x[lane];
            }
        }
    }
}

static void test_score_is_where_the_value_is(void **state)
{
    (void)state;
    fpt_belief b[EACH];
    one_of_each(b);
    for (size_t k = 1; k < EACH; k++) {
        if (b[k].clip) continue;
        for (int i = -20; i <= 20; i++) {
            const double z = i / 10.0;
            const double x = fpt_belief_at_score(&b[k], z);
            assert_close(fpt_belief_score(&b[k], x), z, 1e-7);
        }
    }
}

static void test_refusals(void **state)
{
    (void)state;
    fpt_belief b = fpt_belief_point(1), kept = b;
    double a[3];
    const double nan = (double)NAN, inf = (double)INFINITY;
    const double falling[3] = {1, 3, 2}, steep[3] = {0, -1, 0};
    assert_int_equal(fpt_belief_uniform(2, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_uniform(1, nan, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_normal(1, 0, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_normal(inf, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_normal_interval(2, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_lognormal_interval(0, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_lognormal_interval(2, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_triangular(1, 0, 2, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_pert(1, 1, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_beta(0, 1, 0, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_beta_moments(.5, .6, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_beta_moments(1, .1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_beta_interval(.5, .4, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_beta_interval(0, .4, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_empirical(3, falling, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_empirical(0, falling, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_metalog(1, falling, 0, 1, &b), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_metalog(3, steep, -inf, inf, &b),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_metalog_interval(1, 3, 2, 0, 9, a, &b),
                     FPT_ERR_RANGE);
    assert_memory_equal(&b, &kept, sizeof b);
    assert_int_equal(fpt_belief_limit(&b, 2, 3, false), FPT_ERR_RANGE);
    assert_int_equal(fpt_belief_limit(&b, 3, 2, true), FPT_ERR_RANGE);
    assert_ok(fpt_belief_normal(0, 1, &b));
    assert_int_equal(fpt_belief_limit(&b, 50, 60, false), FPT_ERR_RANGE);
    assert_string_equal(fpt_belief_word(FPT_BELIEF_PERT), "pert");
    assert_string_equal(fpt_belief_word(FPT_BELIEF_KINDS), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distribution_functions),
        cmocka_unit_test(test_quantile_and_cdf_are_inverse),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_elicited_intervals_come_back),
        cmocka_unit_test(test_reference_values),
        cmocka_unit_test(test_tables_follow_the_quantile),
        cmocka_unit_test(test_score_is_where_the_value_is),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests_name("belief", tests, NULL, NULL);
}
