/* Tests for design.h. */
#include "check.h"
#include "fpt/belief.h"
#include "fpt/design.h"
#include "fpt/lanes_math.h"
#include "fpt/matrix.h"

static void test_latin_columns_hit_each_stratum_once(void **state)
{
    (void)state;
    enum { ROWS = 500, COLUMNS = 3 };
    static double u[ROWS * COLUMNS];
    static uint32_t order[ROWS];
    for (size_t j = 0; j < COLUMNS; j++)
        fpt_latin_column(3, fpt_stream("column", FPT_STR("x")) + j, ROWS,
                         COLUMNS, u + j, order);
    for (size_t j = 0; j < COLUMNS; j++) {
        bool seen[ROWS] = {false};
        for (size_t i = 0; i < ROWS; i++) {
            const double x = u[i * COLUMNS + j];
            assert_true(x > 0.0 && x < 1.0);
            const size_t stratum = (size_t)(x * ROWS);
            assert_false(seen[stratum]);
            seen[stratum] = true;
        }
    }
    double product = 0.0;
    for (size_t i = 0; i < ROWS; i++)
        product += (u[i * COLUMNS] - .5) * (u[i * COLUMNS + 1] - .5);
    assert_close(product * 12.0 / sqrt(ROWS), 0.0, 4.0);
}

static double correlation(size_t rows, size_t columns, const double *u,
                          size_t a, size_t b)
{
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (size_t i = 0; i < rows; i++) {
        const double x = fpt_lane_normal_quantile(u[i * columns + a]);
        const double y = fpt_lane_normal_quantile(u[i * columns + b]);
        sa += x, sb += y, saa += x * x, sbb += y * y, sab += x * y;
    }
    const double n = (double)rows;
    return (sab - sa * sb / n) /
           sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
}

static void test_iman_conover_keeps_values_and_gives_correlations(void **state)
{
    (void)state;
    enum { ROWS = 2000, COLUMNS = 3 };
    static double u[ROWS * COLUMNS], before[ROWS * COLUMNS];
    static double work[ROWS * COLUMNS + ROWS + 27];
    static uint32_t order[2 * ROWS];
    assert_true(fpt_iman_conover_work(ROWS, COLUMNS) <= COUNT_OF(work));
    for (size_t j = 0; j < COLUMNS; j++)
        fpt_latin_column(8, 100 + j, ROWS, COLUMNS, u + j, order);
    memcpy(before, u, sizeof u);
    const double r[9] = {1, .6, -.3, .6, 1, .2, -.3, .2, 1};
    assert_ok(fpt_iman_conover(5, ROWS, COLUMNS, r, u, work, order));
    for (size_t j = 0; j < COLUMNS; j++) {
        double sum = 0.0, was = 0.0;
        bool seen[ROWS] = {false};
        for (size_t i = 0; i < ROWS; i++) {
            sum += u[i * COLUMNS + j];
            was += before[i * COLUMNS + j];
            const size_t stratum = (size_t)(u[i * COLUMNS + j] * ROWS);
            assert_false(seen[stratum]);
            seen[stratum] = true;
        }
        assert_close(sum, was, 1e-9);
        for (size_t k = 0; k < j; k++)
            assert_close(correlation(ROWS, COLUMNS, u, j, k), r[j * 3 + k],
                         0.02);
    }
    const double bad[9] = {1, 1, 0, 1, 1, 0, 0, 0, 1};
    assert_int_equal(fpt_iman_conover(5, ROWS, COLUMNS, bad, u, work, order),
                     FPT_ERR_RANGE);
}

static void test_sobol_is_a_net_in_each_dimension(void **state)
{
    (void)state;
    enum { DIMENSIONS = 200, POINTS = 256 };
    static uint32_t direction[DIMENSIONS * FPT_SOBOL_BITS];
    assert_ok(fpt_sobol_directions(DIMENSIONS, direction));
    for (size_t d = 0; d < DIMENSIONS; d++) {
        const uint32_t *v = direction + d * FPT_SOBOL_BITS;
        bool plain[POINTS] = {false}, scrambled[POINTS] = {false};
        for (uint32_t i = 0; i < POINTS; i++) {
            plain[fpt_sobol_bits(v, i) >> 24] = true;
            const double x = fpt_sobol_scrambled(v, i, 7, d);
            assert_true(x > 0.0 && x < 1.0);
            scrambled[(size_t)(x * POINTS)] = true;
        }
        for (size_t i = 0; i < POINTS; i++)
            assert_true(plain[i] && scrambled[i]);
    }
    /* The first two dimensions of any Sobol' sequence are a (0, 2)-net: each
     * of 16 x 16 boxes holds one of 256 points. */
    bool box[POINTS] = {false};
    for (uint32_t i = 0; i < POINTS; i++) {
        const uint32_t x = fpt_sobol_bits(direction, i) >> 28;
        const uint32_t y = fpt_sobol_bits(direction + FPT_SOBOL_BITS, i) >> 28;
        assert_false(box[x * 16 + y]);
        box[x * 16 + y] = true;
    }
    static uint32_t all[FPT_SOBOL_DIMENSIONS * FPT_SOBOL_BITS];
    assert_ok(fpt_sobol_directions(FPT_SOBOL_DIMENSIONS, all));
    assert_memory_equal(all, direction, sizeof direction);
    assert_int_equal(fpt_sobol_directions(FPT_SOBOL_DIMENSIONS + 1, all),
                     FPT_ERR_RANGE);
}

/* A smooth integral in five dimensions: far closer than plain random points,
 * and without bias over randomisations. */
static void test_scrambled_sobol_integrates(void **state)
{
    (void)state;
    enum { D = 5, N = 1024, TIMES = 16 };
    uint32_t direction[D * FPT_SOBOL_BITS];
    assert_ok(fpt_sobol_directions(D, direction));
    double mean = 0.0, squares = 0.0;
    for (uint64_t seed = 0; seed < TIMES; seed++) {
        double sum = 0.0;
        for (uint32_t i = 0; i < N; i++) {
            double f = 1.0;
            for (size_t d = 0; d < D; d++)
                f *= 1.0 +
                     0.5 * (fpt_sobol_scrambled(direction + d * FPT_SOBOL_BITS,
                                                i, seed, d) -
                            0.5);
            sum += f;
        }
        const double error = sum / N - 1.0;
        mean += error / TIMES;
        squares += error * error / TIMES;
    }
    /* Plain random points: sd sqrt((1 + 1/48)^5 - 1)/32 = 0.0103. */
    const double rms = sqrt(squares);
    assert_true(rms < 0.001);
    assert_close(mean, 0.0, 4.0 * rms / sqrt(TIMES));
}

static void test_copulas(void **state)
{
    (void)state;
    enum { ROWS = 600 };
    const double r[9] = {1, .6, -.3, .6, 1, .2, -.3, .2, 1};
    double l[9];
    assert_ok(fpt_cholesky(3, r, l, NULL));
    const fpt_lanes_level best = fpt_lanes_best();
    double sum[9] = {0}, tsum[9] = {0}, both = 0.0, tboth = 0.0;
    for (uint32_t row = 0; row < ROWS; row++) {
        double a[FPT_LANES], b[FPT_LANES], c[FPT_LANES], chi[FPT_LANES];
        double *z[3] = {a, b, c}, first[FPT_LANES];
        for (uint64_t i = 0; i < 3; i++)
            fpt_lanes_normal(best, 1, 50 + i, 0, row, z[i]);
        memcpy(first, a, sizeof a);
        fpt_copula_normal(3, l, z);
        assert_memory_equal(first, a, sizeof a);
        for (int lane = 0; lane < FPT_LANES; lane++) {
            for (int i = 0; i < 9; i++)
                sum[i] += z[i / 3][lane] * z[i % 3][lane];
            both += a[lane] < -2.0 && b[lane] < -2.0;
        }
        /* Chi-squared with 4 degrees of freedom: two exponentials. */
        double u[FPT_LANES], v[FPT_LANES];
        fpt_lanes_uniform(best, 1, 60, 0, row, u);
        fpt_lanes_uniform(best, 1, 61, 0, row, v);
        for (int lane = 0; lane < FPT_LANES; lane++)
            chi[lane] = -2.0 * log(u[lane] * v[lane]);
        fpt_copula_student(3, 4.0, chi, z);
        for (int lane = 0; lane < FPT_LANES; lane++) {
            for (int i = 0; i < 9; i++)
                tsum[i] += z[i / 3][lane] * z[i % 3][lane];
            tboth += a[lane] < -2.0 && b[lane] < -2.0;
        }
    }
    const double n = (double)ROWS * FPT_LANES;
    for (int i = 0; i < 9; i++)
        assert_close(sum[i] / n, r[i], 4.0 * sqrt(2.0 / n));
    /* Still standard normal one by one, but extremes come together. */
    for (int i = 0; i < 9; i += 4)
        assert_close(tsum[i] / n, 1.0, 4.0 * sqrt(2.0 / n));
    assert_true(tboth > 1.3 * both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_latin_columns_hit_each_stratum_once),
        cmocka_unit_test(test_iman_conover_keeps_values_and_gives_correlations),
        cmocka_unit_test(test_sobol_is_a_net_in_each_dimension),
        cmocka_unit_test(test_scrambled_sobol_integrates),
        cmocka_unit_test(test_copulas),
    };
    return cmocka_run_group_tests_name("design", tests, NULL, NULL);
}
