/* Tests for variance shares (Sobol') and fair shares (Shapley), against
 * functions whose shares are known. */
#include "check.h"
#include "fpt/explore.h"

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

#define PI 3.14159265358979323846

/* ---- functions with known shares ---- */

static fpt_status ishigami(void *context, uint32_t row, const double *z,
                           double *out)
{
    const double *ab = context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++) {
        double x[3];
        for (int i = 0; i < 3; i++)
            x[i] = PI * (2.0 * fpt_normal_cdf(z[i * FPT_LANES + k]) - 1.0);
        out[k] = sin(x[0]) + ab[0] * sin(x[1]) * sin(x[1]) +
                 ab[1] * x[2] * x[2] * x[2] * x[2] * sin(x[0]);
    }
    return FPT_OK;
}

static const double g_weight[6] = {0.0, 0.5, 3.0, 9.0, 99.0, 99.0};

static fpt_status g_function(void *context, uint32_t row, const double *z,
                             double *out)
{
    (void)context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++) {
        out[k] = 1.0;
        for (int i = 0; i < 6; i++) {
            const double u = fpt_normal_cdf(z[i * FPT_LANES + k]);
            out[k] *= (fabs(4.0 * u - 2.0) + g_weight[i]) / (1.0 + g_weight[i]);
        }
    }
    return FPT_OK;
}

typedef struct linear {
    size_t count;
    double at_zero;
    double b[8];
} linear;

static fpt_status linear_run(void *context, uint32_t row, const double *z,
                             double *out)
{
    const linear *l = context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++) {
        out[k] = l->at_zero;
        for (size_t i = 0; i < l->count; i++)
            out[k] += l->b[i] * z[i * FPT_LANES + (size_t)k];
    }
    return FPT_OK;
}

static const uint32_t each[8] = {0, 1, 2, 3, 4, 5, 6, 7};

/* ---- Sobol' ---- */

static void check_share(double got, double lower, double upper, double want)
{
    /* A bootstrap interval of 95 % is some two errors wide to each side. */
    const double error = (upper - lower) / 3.92 + 1e-9;
    if (fabs(got - want) > 4.0 * error)
        fail_msg("%.5f, expected %.5f; standard error %.5f", got, want, error);
    assert_true(lower <= got + 1e-9 && got <= upper + 1e-9);
}

static void test_sobol_of_ishigami(void **state)
{
    (void)state;
    double ab[2] = {7.0, 0.1};
    const double p4 = PI * PI * PI * PI, p8 = p4 * p4;
    const double v1 = 0.5 * (1.0 + 0.1 * p4 / 5.0) * (1.0 + 0.1 * p4 / 5.0);
    const double v2 = 49.0 / 8.0, v13 = 8.0 * 0.01 * p8 / 225.0;
    const double v = v1 + v2 + v13;
    const fpt_response r = {3, NULL, ishigami, ab};
    fpt_sobol_share s[3];
    double mean, variance;
    assert_ok(
        fpt_sobol_shares(arena, &r, 3, each, 16384, 11, s, &mean, &variance));
    assert_close(mean, 3.5, 4.0 * sqrt(v / 32768.0));
    assert_relative(variance, v, 0.03);
    const double first[3] = {v1 / v, v2 / v, 0.0};
    const double total[3] = {(v1 + v13) / v, v2 / v, v13 / v};
    for (int i = 0; i < 3; i++) {
        check_share(s[i].first, s[i].first_lower, s[i].first_upper, first[i]);
        check_share(s[i].total, s[i].total_lower, s[i].total_upper, total[i]);
        assert_close(s[i].first, first[i], 0.03);
        assert_close(s[i].total, total[i], 0.03);
    }
}

static void test_sobol_of_the_g_function(void **state)
{
    (void)state;
    const fpt_response r = {6, NULL, g_function, NULL};
    fpt_sobol_share s[6];
    double mean, variance, part[6], product = 1.0;
    for (int i = 0; i < 6; i++) {
        part[i] = 1.0 / (3.0 * (1.0 + g_weight[i]) * (1.0 + g_weight[i]));
        product *= 1.0 + part[i];
    }
    assert_ok(
        fpt_sobol_shares(arena, &r, 6, each, 8192, 5, s, &mean, &variance));
    assert_close(mean, 1.0, 4.0 * sqrt((product - 1.0) / 16384.0));
    for (int i = 0; i < 6; i++) {
        const double v = product - 1.0;
        assert_close(s[i].first, part[i] / v, 0.04);
        assert_close(s[i].total, part[i] * (product / (1.0 + part[i])) / v,
                     0.03);
    }
}

static void test_sobol_of_a_sum_is_its_variances(void **state)
{
    (void)state;
    linear l = {.count = 4, .at_zero = 1e9, .b = {1.0, 2.0, 3.0, 0.0}};
    const fpt_response r = {4, NULL, linear_run, &l};
    fpt_sobol_share s[4];
    double mean, variance;
    assert_ok(
        fpt_sobol_shares(arena, &r, 4, each, 8192, 3, s, &mean, &variance));
    for (int i = 0; i < 4; i++) {
        const double want = l.b[i] * l.b[i] / 14.0;
        assert_close(s[i].first, want, 0.04);
        assert_close(s[i].total, want, 0.04);
    }
    /* An input of no effect has none, exactly, in its total. */
    assert_true(s[3].total == 0.0);
}

static void test_sobol_groups_hold_blocks_together(void **state)
{
    (void)state;
    const double rho = 0.6;
    const double c[9] = {1.0, rho, 0.0, rho, 1.0, 0.0, 0.0, 0.0, 1.0};
    linear l = {.count = 3, .b = {1.0, 1.0, 2.0}};
    const fpt_response r = {3, c, linear_run, &l};
    const uint32_t block[3] = {0, 0, 1};
    fpt_sobol_share s[2];
    double mean, variance;
    assert_int_equal(
        fpt_sobol_shares(arena, &r, 3, each, 64, 3, s, &mean, &variance),
        FPT_ERR_RANGE);
    assert_ok(
        fpt_sobol_shares(arena, &r, 2, block, 8192, 3, s, &mean, &variance));
    assert_close(s[0].first, (2.0 + 2.0 * rho) / (6.0 + 2.0 * rho), 0.04);
    assert_close(s[1].total, 4.0 / (6.0 + 2.0 * rho), 0.04);
}

static void test_sobol_without_variance_is_unknown(void **state)
{
    (void)state;
    linear l = {.count = 2, .at_zero = 5.0};
    const fpt_response r = {2, NULL, linear_run, &l};
    fpt_sobol_share s[2];
    double mean, variance;
    assert_ok(
        fpt_sobol_shares(arena, &r, 2, each, 128, 3, s, &mean, &variance));
    assert_true(mean == 5.0 && variance == 0.0);
    assert_true(isnan(s[0].first) && isnan(s[1].total));
}

static void test_sobol_wants_sizes(void **state)
{
    (void)state;
    linear l = {.count = 2, .b = {1.0, 1.0}};
    const fpt_response r = {2, NULL, linear_run, &l};
    fpt_sobol_share s[2];
    double mean, variance;
    const uint32_t beyond[2] = {0, 2};
    assert_int_equal(
        fpt_sobol_shares(arena, &r, 2, each, 1, 3, s, &mean, &variance),
        FPT_ERR_RANGE);
    assert_int_equal(
        fpt_sobol_shares(arena, &r, 2, beyond, 64, 3, s, &mean, &variance),
        FPT_ERR_RANGE);
}

/* ---- Shapley ---- */

static void test_shapley_of_two_normals(void **state)
{
    (void)state;
    /* A. B. Owen, C. Prieur, SIAM/ASA J. Uncertain. Quantif. 5 (2017): with
     * standard deviations in b, (b1^2 (1 - rho^2 / 2) + b1 b2 rho +
     * b2^2 rho^2 / 2) / V. */
    for (int k = -9; k <= 9; k++) {
        const double rho = k / 10.0, b[2] = {1.5, -0.7};
        const double c[4] = {1.0, rho, rho, 1.0};
        const double v = b[0] * b[0] + b[1] * b[1] + 2.0 * rho * b[0] * b[1];
        double effect[2];
        assert_ok(fpt_shapley_gaussian(arena, 2, b, c, effect));
        assert_close(effect[0],
                     (b[0] * b[0] * (1.0 - rho * rho / 2.0) +
                      b[0] * b[1] * rho + b[1] * b[1] * rho * rho / 2.0) /
                         v,
                     1e-12);
        assert_close(effect[0] + effect[1], 1.0, 1e-12);
    }
}

static void test_shapley_of_independent_normals(void **state)
{
    (void)state;
    enum { N = 15 };
    double c[N * N] = {0.0}, b[N], effect[N], v = 0.0;
    for (int i = 0; i < N; i++) {
        c[i * N + i] = 1.0 + i;
        b[i] = 1.0 / (1.0 + i);
        v += b[i] * b[i] * c[i * N + i];
    }
    assert_ok(fpt_shapley_gaussian(arena, N, b, c, effect));
    for (int i = 0; i < N; i++)
        assert_close(effect[i], b[i] * b[i] * c[i * N + i] / v, 1e-12);
}

static void test_shapley_of_a_pair_beside_one(void **state)
{
    (void)state;
    /* B. Iooss, C. Prieur, Int. J. Uncertain. Quantif. 9 (2019): three inputs
     * with unit weights, the last two correlated. */
    const double rho = -0.4, s = 2.0;
    const double c[9] = {1.0, 0.0, 0.0, 0.0, 1.0, rho * s, 0.0, rho * s, s * s};
    const double b[3] = {1.0, 1.0, 1.0};
    const double v = 2.0 + s * s + 2.0 * rho * s;
    double effect[3];
    assert_ok(fpt_shapley_gaussian(arena, 3, b, c, effect));
    assert_close(effect[0], 1.0 / v, 1e-12);
    assert_close(effect[1],
                 (1.0 + rho * s + rho * rho * (s * s - 1.0) / 2.0) / v, 1e-12);
    assert_close(effect[2],
                 (s * s + rho * s + rho * rho * (1.0 - s * s) / 2.0) / v,
                 1e-12);
}

static void test_shapley_refuses(void **state)
{
    (void)state;
    const double b[2] = {1.0, 1.0}, none[2] = {0.0, 0.0};
    const double bad[4] = {1.0, 1.2, 1.2, 1.0}, good[4] = {1.0, 0.0, 0.0, 1.0};
    double effect[16];
    assert_int_equal(fpt_shapley_gaussian(arena, 2, b, bad, effect),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_shapley_gaussian(arena, 2, none, good, effect),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_shapley_gaussian(arena, 16, b, good, effect),
                     FPT_ERR_RANGE);
}

static void check_effects(const fpt_response *r, size_t count,
                          size_t permutations, const double *want,
                          double tolerance)
{
    fpt_shapley_effect effect[8];
    double sum = 0.0;
    assert_ok(
        fpt_shapley_effects(arena, r, count, each, permutations, 77, effect));
    for (size_t i = 0; i < count; i++) {
        const double error = effect[i].standard_error;
        if (fabs(effect[i].share - want[i]) > 4.0 * error + tolerance)
            fail_msg("share %zu is %.4f, expected %.4f, error %.4f", i,
                     effect[i].share, want[i], error);
        sum += effect[i].share;
    }
    assert_close(sum, 1.0, 1e-12);
}

static void test_shapley_by_permutations(void **state)
{
    (void)state;
    /* Dependent normals: the exact answer is at hand. */
    const double c[16] = {1.0, 0.5,  0.2, 0.0, 0.5, 1.0, -0.3, 0.0,
                          0.2, -0.3, 1.0, 0.0, 0.0, 0.0, 0.0,  1.0};
    linear l = {.count = 4, .b = {1.0, 0.5, -1.0, 0.8}};
    double want[4];
    assert_ok(fpt_shapley_gaussian(arena, 4, l.b, c, want));
    const fpt_response dependent = {4, c, linear_run, &l};
    check_effects(&dependent, 4, 2000, want, 0.005);
    /* Independent inputs with an interaction: it is shared in halves. */
    double ab[2] = {7.0, 0.1};
    const double p4 = PI * PI * PI * PI, p8 = p4 * p4;
    const double v1 = 0.5 * (1.0 + 0.1 * p4 / 5.0) * (1.0 + 0.1 * p4 / 5.0);
    const double v2 = 49.0 / 8.0, v13 = 8.0 * 0.01 * p8 / 225.0;
    const double v = v1 + v2 + v13;
    const double shares[3] = {(v1 + v13 / 2.0) / v, v2 / v, v13 / 2.0 / v};
    const fpt_response independent = {3, NULL, ishigami, ab};
    check_effects(&independent, 3, 3000, shares, 0.005);
}

static void test_shapley_agrees_with_sobol_for_groups(void **state)
{
    (void)state;
    /* Groups that are independent of one another and only add: all measures
     * are the group's part of the variance. */
    const double c[9] = {1.0, 0.6, 0.0, 0.6, 1.0, 0.0, 0.0, 0.0, 1.0};
    linear l = {.count = 3, .b = {1.0, 1.0, 2.0}};
    const fpt_response r = {3, c, linear_run, &l};
    const uint32_t block[3] = {0, 0, 1};
    fpt_shapley_effect effect[2];
    assert_ok(fpt_shapley_effects(arena, &r, 2, block, 2000, 9, effect));
    assert_close(effect[0].share, 3.2 / 7.2,
                 4.0 * effect[0].standard_error + 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sobol_of_ishigami),
        cmocka_unit_test(test_sobol_of_the_g_function),
        cmocka_unit_test(test_sobol_of_a_sum_is_its_variances),
        cmocka_unit_test(test_sobol_groups_hold_blocks_together),
        cmocka_unit_test(test_sobol_without_variance_is_unknown),
        cmocka_unit_test(test_sobol_wants_sizes),
        cmocka_unit_test(test_shapley_of_two_normals),
        cmocka_unit_test(test_shapley_of_independent_normals),
        cmocka_unit_test(test_shapley_of_a_pair_beside_one),
        cmocka_unit_test(test_shapley_refuses),
        cmocka_unit_test(test_shapley_by_permutations),
        cmocka_unit_test(test_shapley_agrees_with_sobol_for_groups),
    };
    return cmocka_run_group_tests_name("shares", tests, set_up, tear_down);
}
