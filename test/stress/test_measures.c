/* Tests for ranks and regressions, the least unlikely way to miss, trees, and
 * the value of knowing. */
#include "check.h"
#include "fpt/explore.h"
#include "fpt/sample.h"

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

/* ---- ranks and regressions ---- */

static void test_ranks_share_ties(void **state)
{
    (void)state;
    /* R 4.2.2, rank(). */
    const double x[11] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    const double want[11] = {4.5, 1.5, 6, 1.5, 8, 11, 3, 10, 8, 4.5, 8};
    double rank[11];
    uint32_t order[11];
    fpt_average_ranks(11, x, rank, order);
    for (int i = 0; i < 11; i++)
        assert_true(rank[i] == want[i]);
}

static void test_measures_agree_with_r(void **state)
{
    (void)state;
    enum { N = 40, K = 3 };
    double x[N * K], y[N];
    for (int i = 0; i < N; i++) {
        double *row = x + i * K;
        row[0] = (double)(i * 7 % 41) / 41.0;
        row[1] = (double)(i * i * 3 % 37) / 37.0;
        row[2] = (double)((i * i * i + 5 * i) % 43) / 43.0 + 0.5 * row[0];
        y[i] = 2.0 * row[0] * row[0] - 1.5 * row[1] + exp(row[2]) +
               (double)(i * 11 % 13) / 20.0;
    }
    fpt_linear_measure m[K];
    double r2, rank_r2;
    assert_ok(fpt_linear_measures(arena, N, K, x, y, m, &r2, &rank_r2));
    /* R 4.2.2: lm(scale(y) ~ scale(x)), the same on ranks, and correlations of
     * residuals of ranks. */
    const fpt_linear_measure want[K] = {
        {0.527844683804550, 0.584462405517628, 0.929152249747964},
        {-0.407664431547992, -0.383810214282442, -0.870670291068748},
        {0.530185273053654, 0.498819981791132, 0.906350823603412}};
    for (int j = 0; j < K; j++) {
        assert_close(m[j].src, want[j].src, 1e-12);
        assert_close(m[j].srrc, want[j].srrc, 1e-12);
        assert_close(m[j].prcc, want[j].prcc, 1e-12);
    }
    assert_close(r2, 0.958608295964778, 1e-12);
    assert_close(rank_r2, 0.953301038736473, 1e-12);
}

static void test_measures_pass_over_constants(void **state)
{
    (void)state;
    enum { N = 12 };
    double x[N * 2], y[N];
    for (int i = 0; i < N; i++) {
        x[2 * i] = 3.25;
        x[2 * i + 1] = i % 5;
        y[i] = 4.0 - 2.0 * x[2 * i + 1];
    }
    fpt_linear_measure m[2];
    double r2, rank_r2;
    assert_ok(fpt_linear_measures(arena, N, 2, x, y, m, &r2, &rank_r2));
    assert_true(isnan(m[0].src) && isnan(m[0].prcc));
    assert_close(m[1].src, -1.0, 1e-12);
    assert_close(m[1].srrc, -1.0, 1e-12);
    assert_close(m[1].prcc, -1.0, 1e-6);
    assert_close(r2, 1.0, 1e-12);
    /* A result that never varies has no measures. */
    for (int i = 0; i < N; i++)
        y[i] = 1.0;
    assert_ok(fpt_linear_measures(arena, N, 2, x, y, m, &r2, &rank_r2));
    assert_true(isnan(m[1].src) && isnan(r2));
    assert_int_equal(fpt_linear_measures(arena, 4, 2, x, y, m, &r2, &rank_r2),
                     FPT_ERR_RANGE);
    /* A column that repeats another. */
    for (int i = 0; i < N; i++) {
        x[2 * i] = x[2 * i + 1];
        y[i] = i;
    }
    assert_int_equal(fpt_linear_measures(arena, N, 2, x, y, m, &r2, &rank_r2),
                     FPT_ERR_RANGE);
}

/* Normal x and y = x + noise: r = 0.8. The error of r over many samples is
 * (1 - r^2) / sqrt(n) to first order. */
static void test_errors_of_measures_are_their_spread(void **state)
{
    (void)state;
    enum { N = 400, SAMPLES = 60 };
    static double x[N], y[N];
    double square = 0.0, spread = 0.0, mean = 0.0, src[SAMPLES];
    for (uint32_t k = 0; k < SAMPLES; k++) {
        fpt_rng rng = fpt_rng_make(31, k, 0, 0);
        for (int i = 0; i < N; i++) {
            x[i] = fpt_sample_normal(&rng);
            y[i] = 0.8 * x[i] + 0.6 * fpt_sample_normal(&rng);
        }
        fpt_linear_measure m, e;
        double r2, rank_r2;
        assert_ok(fpt_linear_measures(arena, N, 1, x, y, &m, &r2, &rank_r2));
        assert_ok(fpt_linear_errors(arena, N, 1, x, y, &e));
        assert_true(e.srrc > 0.0 && e.prcc > 0.0);
        src[k] = m.src;
        mean += m.src / SAMPLES;
        square += e.src * e.src / SAMPLES;
    }
    for (int k = 0; k < SAMPLES; k++)
        spread += (src[k] - mean) * (src[k] - mean) / (SAMPLES - 1.0);
    const double want = 0.36 * 0.36 / N;
    /* Each squared error has 9 degrees, their mean 540: 6 % of spread; that of
     * the samples 59: 18 %. */
    assert_relative(square, want, 0.25);
    assert_relative(spread, want, 0.75);
    fpt_linear_measure e;
    assert_int_equal(fpt_linear_errors(arena, 19, 1, x, y, &e), FPT_ERR_RANGE);
}

static void test_error_of_the_worth_of_knowing(void **state)
{
    (void)state;
    /* Options 0 and x: knowing x is worth E max(0, x) = 1 / sqrt(2 pi). */
    enum { N = 4000, SAMPLES = 20 };
    static double x[N], value[2 * N];
    double square = 0.0, off = 0.0;
    const double want = 0.3989422804014327;
    for (uint32_t k = 0; k < SAMPLES; k++) {
        fpt_rng rng = fpt_rng_make(77, k, 0, 0);
        for (int i = 0; i < N; i++) {
            x[i] = fpt_sample_normal(&rng);
            value[i] = 0.0;
            value[N + i] = x[i];
        }
        double worth, error;
        assert_ok(fpt_value_of_knowing(arena, N, x, 2, value, &worth));
        assert_ok(fpt_value_of_knowing_error(arena, N, x, 2, value, &error));
        assert_close(worth, want, 5.0 * error + 0.002);
        square += error * error / SAMPLES;
        off += (worth - want) * (worth - want) / SAMPLES;
    }
    assert_relative(sqrt(square), sqrt(off), 0.5);
}

/* ---- the least unlikely way to miss ---- */

typedef struct plane {
    size_t count;
    double at_zero, b[40];
} plane;

static fpt_status plane_run(void *context, uint32_t row, const double *z,
                            double *out)
{
    const plane *p = context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++) {
        out[k] = p->at_zero;
        for (size_t i = 0; i < p->count; i++)
            out[k] += p->b[i] * z[i * FPT_LANES + (size_t)k];
    }
    return FPT_OK;
}

static void test_form_of_a_plane_is_exact(void **state)
{
    (void)state;
    /* More inputs than are differentiated at once. */
    plane p = {.count = 40, .at_zero = 30.0};
    double size = 0.0;
    for (int i = 0; i < 40; i++) {
        p.b[i] = (i % 7) - 2.5;
        size += p.b[i] * p.b[i];
    }
    const fpt_response r = {40, NULL, plane_run, &p};
    fpt_design_point point[FPT_FORM_POINTS];
    size_t found;
    assert_ok(fpt_form(&arena, &r, 1, point, &found));
    assert_int_equal(found, 1);
    assert_close(point[0].beta, 30.0 / sqrt(size), 1e-6);
    assert_close(point[0].chance, fpt_normal_cdf(-30.0 / sqrt(size)), 1e-8);
    double weights = 0.0;
    for (int i = 0; i < 40; i++) {
        assert_close(point[0].weight[i], p.b[i] * p.b[i] / size, 1e-6);
        assert_close(point[0].z[i], -30.0 * p.b[i] / size, 1e-5);
        weights += point[0].weight[i];
    }
    assert_close(weights, 1.0, 1e-12);
    /* A plan that misses in the middle has a negative distance. */
    p.at_zero = -30.0;
    assert_ok(fpt_form(&arena, &r, 1, point, &found));
    assert_close(point[0].beta, -30.0 / sqrt(size), 1e-6);
}

static void test_form_with_dependence(void **state)
{
    (void)state;
    /* The margin of dependent normals is normal: beta is mean over sd. */
    const double c[4] = {1.0, 0.7, 0.7, 1.0};
    plane p = {.count = 2, .at_zero = 4.0, .b = {1.0, 2.0}};
    const fpt_response r = {2, c, plane_run, &p};
    fpt_design_point point[FPT_FORM_POINTS];
    size_t found;
    assert_ok(fpt_form(&arena, &r, 1, point, &found));
    assert_int_equal(found, 1);
    const double sd = sqrt(1.0 + 4.0 + 2.0 * 0.7 * 2.0);
    assert_close(point[0].beta, 4.0 / sd, 1e-6);
    /* At the point the margin is 0. */
    assert_close(4.0 + point[0].z[0] + 2.0 * point[0].z[1], 0.0, 1e-6);
}

static fpt_status bend(void *context, uint32_t row, const double *z,
                       double *out)
{
    (void)context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++)
        out[k] = 6.25 - z[k] * z[k] + 0.1 * z[FPT_LANES + k];
    return FPT_OK;
}

static fpt_status never(void *context, uint32_t row, const double *z,
                        double *out)
{
    (void)context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++)
        out[k] = 1.0 + z[k] * z[k];
    return FPT_OK;
}

static fpt_status ratio(void *context, uint32_t row, const double *z,
                        double *out)
{
    (void)context;
    (void)row;
    for (int k = 0; k < FPT_LANES; k++)
        out[k] = exp(1.0 + 0.3 * z[k]) - exp(0.4 * z[FPT_LANES + k]);
    return FPT_OK;
}

static void test_form_finds_two_ways(void **state)
{
    (void)state;
    const fpt_response r = {2, NULL, bend, NULL};
    fpt_design_point point[FPT_FORM_POINTS];
    size_t found;
    assert_ok(fpt_form(&arena, &r, 4, point, &found));
    assert_int_equal(found, 2);
    /* |z|^2 with z1^2 = 6.25 + 0.1 z2 is least at z2 = -0.05. */
    for (int k = 0; k < 2; k++)
        assert_close(point[k].beta, sqrt(6.25 - 0.0025), 1e-4);
    assert_true(point[0].z[0] * point[1].z[0] < 0.0);
    const fpt_response none = {2, NULL, never, NULL};
    assert_ok(fpt_form(&arena, &none, 4, point, &found));
    assert_int_equal(found, 0);
    /* Lognormals: the border is a straight line in the logarithms. */
    const fpt_response lognormal = {2, NULL, ratio, NULL};
    assert_ok(fpt_form(&arena, &lognormal, 4, point, &found));
    assert_int_equal(found, 1);
    assert_close(point[0].beta, 1.0 / 0.5, 1e-3);
}

/* ---- trees ---- */

static void test_tree_finds_the_conditions(void **state)
{
    (void)state;
    enum { N = 4000, K = 3 };
    double *x = FPT_NEW(&arena, double, N *K);
    bool *failing = FPT_NEW(&arena, bool, N);
    fpt_rng rng = fpt_rng_make(5, 0, 0, 0);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < K; k++)
            x[i * K + k] = fpt_rng_uniform(&rng);
        failing[i] = x[i * K] > 0.6 && x[i * K + 2] <= 0.5;
    }
    fpt_tree tree;
    assert_ok(fpt_tree_grow(arena, N, K, x, failing, &tree));
    assert_true(tree.count <= FPT_TREE_NODES);
    assert_true(tree.sensitivity > 0.95 && tree.precision > 0.9);
    const double fails[3] = {0.8, 0.5, 0.2}, passes[3] = {0.2, 0.5, 0.2};
    assert_true(fpt_tree_foretells(&tree, fails));
    assert_false(fpt_tree_foretells(&tree, passes));
    for (size_t k = 0; k < tree.count; k++)
        assert_true(tree.node[k].column != 1); /* it decides nothing */
}

static void test_tree_of_the_one_sided(void **state)
{
    (void)state;
    enum { N = 20 };
    double x[N];
    bool failing[N];
    for (int i = 0; i < N; i++) {
        x[i] = i;
        failing[i] = false;
    }
    fpt_tree tree;
    assert_ok(fpt_tree_grow(arena, N, 1, x, failing, &tree));
    assert_int_equal(tree.count, 1);
    assert_true(isnan(tree.sensitivity) && isnan(tree.precision));
    assert_int_equal(fpt_tree_grow(arena, 7, 1, x, failing, &tree),
                     FPT_ERR_RANGE);
}

/* ---- the value of knowing ---- */

static void test_knowing_a_normal(void **state)
{
    (void)state;
    /* Adopt gives x, not adopting 0: E max(x, 0) - max(E x, 0), which for a
     * normal of mean m and deviation 1 is phi(m) + m Phi(m) - max(m, 0). */
    enum { N = 20000 };
    double *x = FPT_NEW(&arena, double, N);
    double *value = FPT_NEW(&arena, double, 2 * N);
    for (int m = -1; m <= 1; m++) {
        for (int i = 0; i < N; i++) {
            const double u = (i + 0.5) / N;
            x[i] = fpt_student_quantile(u, (double)INFINITY);
            value[i] = m + x[i];
            value[N + i] = 0.0;
        }
        double worth;
        assert_ok(fpt_value_of_knowing(arena, N, x, 2, value, &worth));
        const double phi = exp(-0.5 * m * m) * 0.39894228040143268;
        assert_close(worth, phi + m * fpt_normal_cdf(m) - (m > 0 ? m : 0),
                     1e-3);
    }
}

static void test_knowing_what_does_not_matter(void **state)
{
    (void)state;
    enum { N = 2000 };
    double x[N], value[2 * N], worth;
    for (int i = 0; i < N; i++) {
        x[i] = i * 37 % 101;
        value[i] = 100.0 + i % 7;
        value[N + i] = 90.0;
    }
    /* One option is always better: nothing can be gained. */
    assert_ok(fpt_value_of_knowing(arena, N, x, 2, value, &worth));
    assert_close(worth, 0.0, 1e-9);
    for (int i = 0; i < N; i++)
        x[i] = 4.0;
    assert_ok(fpt_value_of_knowing(arena, N, x, 2, value, &worth));
    assert_true(worth == 0.0);
    /* An input of two values: a straight line is enough. */
    for (int i = 0; i < N; i++) {
        x[i] = i % 2;
        value[i] = i % 2 == 0 ? -1.0 : 3.0;
        value[N + i] = 0.0;
    }
    assert_ok(fpt_value_of_knowing(arena, N, x, 2, value, &worth));
    assert_close(worth, 0.5, 1e-9);
    assert_int_equal(fpt_value_of_knowing(arena, 9, x, 2, value, &worth),
                     FPT_ERR_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks_share_ties),
        cmocka_unit_test(test_measures_agree_with_r),
        cmocka_unit_test(test_measures_pass_over_constants),
        cmocka_unit_test(test_errors_of_measures_are_their_spread),
        cmocka_unit_test(test_error_of_the_worth_of_knowing),
        cmocka_unit_test(test_form_of_a_plane_is_exact),
        cmocka_unit_test(test_form_with_dependence),
        cmocka_unit_test(test_form_finds_two_ways),
        cmocka_unit_test(test_tree_finds_the_conditions),
        cmocka_unit_test(test_tree_of_the_one_sided),
        cmocka_unit_test(test_knowing_a_normal),
        cmocka_unit_test(test_knowing_what_does_not_matter),
    };
    return cmocka_run_group_tests_name("measures", tests, set_up, tear_down);
}
