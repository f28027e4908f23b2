/* Tests for lanes.h and lanes_math.h. Rmath is the other implementation. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "check.h"
#include "fpt/num.h"

static double between(uint64_t *seed, double low, double high)
{
    return low + (high - low) * (double)(next_random(seed) >> 11) * 0x1p-53;
}

static void test_exp_and_log_to_the_last_places(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        const double x = between(&seed, -700.0, 700.0);
        const long double exact = expl((long double)x);
        assert_relative(fpt_lane_exp(x), (double)exact, 2.5e-16);
        const double y = i % 2 == 0 ? between(&seed, 0.9, 1.1) : (double)exact;
        const double want = (double)logl((long double)y);
        assert_close(fpt_lane_log(y), want, fabs(want) * 4.5e-16 + 1e-300);
    }
    assert_true(fpt_lane_exp(0.0) == 1.0);
    assert_true(fpt_lane_exp(-1000.0) == 0.0);
    assert_true(isinf(fpt_lane_exp(1000.0)));
    assert_true(fpt_lane_log(1.0) == 0.0);
    assert_true(fpt_lane_log(0.0) < -1e308);
}

static void test_normal_quantile_against_rmath(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 200000; i++) {
        double u = between(&seed, 1e-12, 1.0);
        if (i % 3 == 0) u *= exp(-between(&seed, 0.0, 600.0));
        const double want = qnorm(u, 0.0, 1.0, 1, 0);
        assert_close(fpt_lane_normal_quantile(u), want,
                     fabs(want) * 1e-15 + 1e-16);
    }
    assert_true(fpt_lane_normal_quantile(0.5) == 0.0);
}

static void test_round_half_away(void **state)
{
    (void)state;
    static const double table[][2] = {
        {0.5, 1},
        {-0.5, -1},
        {1.5, 2},
        {2.5, 3},
        {-2.5, -3},
        {0.49999999999999994, 0},
        {0.0, 0},
        {123456789012345.5, 123456789012346},
        {4503599627370497.0, 4503599627370497.0},
        {-9007199254740993.0, -9007199254740993.0},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_true(fpt_lane_round(table[i][0]) == table[i][1]);
    uint64_t seed = 3;
    for (int i = 0; i < 100000; i++) {
        const double x = between(&seed, -1e6, 1e6);
        assert_true(fpt_lane_round(x) == round(x));
    }
}

static void test_uniform_never_reaches_an_end(void **state)
{
    (void)state;
    assert_true(fpt_lane_uniform(0, 0) == 0x1p-53);
    assert_true(fpt_lane_uniform(UINT32_MAX, UINT32_MAX) == 1.0 - 0x1p-53);
    assert_true(fpt_lane_uniform(UINT32_C(1) << 31, 0) == 0.5 + 0x1p-53);
}

static void test_every_level_gives_the_same_bits(void **state)
{
    (void)state;
    const fpt_lanes_level best = fpt_lanes_best();
    for (uint32_t row = 0; row < 50; row++) {
        const uint64_t stream =
            fpt_stream("test", FPT_STR("every level")) + row;
        uint32_t words[FPT_LANES];
        double plain[FPT_LANES], normal[FPT_LANES];
        fpt_lanes_words(FPT_LANES_PLAIN, 7, stream, 3, row, words);
        fpt_lanes_uniform(FPT_LANES_PLAIN, 7, stream, 3, row, plain);
        fpt_lanes_normal(FPT_LANES_PLAIN, 7, stream, 3, row, normal);
        for (int level = 0; level <= (int)best; level++) {
            uint32_t other[FPT_LANES];
            double x[FPT_LANES];
            const fpt_lanes_level at = (fpt_lanes_level)level;
            fpt_lanes_words(at, 7, stream, 3, row, other);
            assert_memory_equal(words, other, sizeof words);
            fpt_lanes_uniform(at, 7, stream, 3, row, x);
            assert_memory_equal(plain, x, sizeof plain);
            fpt_lanes_normal(at, 7, stream, 3, row, x);
            assert_memory_equal(normal, x, sizeof normal);
        }
        for (int i = 0; i < FPT_LANES; i++) {
            const double alone = fpt_lane_draw_uniform(
                7, stream, 3, (uint64_t)row * FPT_LANES + (uint64_t)i);
            assert_true(alone == plain[i]);
            assert_true(fpt_lane_normal_quantile(alone) == normal[i]);
        }
    }
}

/* A word is one of the four of a Philox block, as the header says. */
static void test_words_are_philox(void **state)
{
    (void)state;
    uint32_t words[FPT_LANES];
    const uint64_t stream = UINT64_C(0x1122334455667788);
    fpt_lanes_words(fpt_lanes_best(), UINT64_C(0xaabbccdd00112233), stream, 9,
                    5, words);
    for (uint32_t i = 0; i < FPT_LANES; i++) {
        const uint32_t key[2] = {0x00112233, 0xaabbccdd};
        const uint32_t counter[4] = {9, 0x55667788, 16 * 5 + i % 16,
                                     0x11223344};
        uint32_t block[4];
        fpt_philox4x32(counter, key, block);
        assert_int_equal(words[i], block[i / 16]);
    }
}

static void test_streams_are_even_and_independent(void **state)
{
    (void)state;
    enum { ROWS = 4000 };
    const fpt_lanes_level best = fpt_lanes_best();
    const uint64_t a = fpt_stream("assumption", FPT_STR("a"));
    const uint64_t b = fpt_stream("assumption", FPT_STR("b"));
    assert_true(a != b && a != fpt_stream("noise", FPT_STR("a")));
    assert_true(fpt_stream_join(a, b) != fpt_stream_join(b, a));
    double sum = 0.0, squares = 0.0, product = 0.0, next = 0.0;
    for (uint32_t row = 0; row < ROWS; row++) {
        double x[FPT_LANES], y[FPT_LANES], z[FPT_LANES];
        fpt_lanes_normal(best, 44, a, 0, row, x);
        fpt_lanes_normal(best, 44, b, 0, row, y);
        fpt_lanes_normal(best, 44, a, 1, row, z);
        for (int i = 0; i < FPT_LANES; i++) {
            sum += x[i];
            squares += x[i] * x[i];
            product += x[i] * y[i];
            next += x[i] * z[i];
        }
    }
    const double n = (double)ROWS * FPT_LANES;
    assert_close(sum / sqrt(n), 0.0, 4.0);
    assert_close((squares - n) / sqrt(2.0 * n), 0.0, 4.0);
    assert_close(product / sqrt(n), 0.0, 4.0);
    assert_close(next / sqrt(n), 0.0, 4.0);
}

static void test_lane_rng_differs_by_each_argument(void **state)
{
    (void)state;
    fpt_rng base = fpt_lane_rng(1, 2, 3, 4);
    fpt_rng other[] = {fpt_lane_rng(9, 2, 3, 4), fpt_lane_rng(1, 9, 3, 4),
                       fpt_lane_rng(1, 2, 9, 4), fpt_lane_rng(1, 2, 3, 9),
                       fpt_lane_rng(1, 2, 3, 4 + (UINT64_C(1) << 32))};
    const uint64_t first = fpt_rng_next64(&base);
    for (size_t i = 0; i < COUNT_OF(other); i++)
        assert_true(fpt_rng_next64(&other[i]) != first);
}

static void test_linear_maps(void **state)
{
    (void)state;
    enum { ROWS = 3, COLUMNS = 4 };
    static const uint32_t start[ROWS + 1] = {0, 3, 3, 5};
    static const uint32_t column[5] = {0, 2, 3, 1, 1};
    static const double weight[5] = {0.1, 0.2, 0.3, 1e10, -1e10};
    const fpt_lanes_matrix m = {ROWS, start, column, weight};
    static double x[COLUMNS * FPT_LANES], want[ROWS * FPT_LANES];
    static double y[ROWS * FPT_LANES], product[3 * FPT_LANES];
    uint64_t seed = 4;
    for (size_t i = 0; i < COUNT_OF(x); i++)
        x[i] = between(&seed, -1, 1);
    fpt_lanes_apply(FPT_LANES_PLAIN, &m, x, want);
    static const uint32_t first[3] = {2, UINT32_MAX, 1};
    static const uint32_t second[3] = {0, 3, UINT32_MAX};
    for (int level = 0; level <= (int)fpt_lanes_best(); level++) {
        fpt_lanes_apply((fpt_lanes_level)level, &m, x, y);
        assert_memory_equal(y, want, sizeof y);
        fpt_lanes_multiply((fpt_lanes_level)level, 3, first, x, second, x,
                           product);
        for (int i = 0; i < FPT_LANES; i++) {
            assert_close(y[i],
                         .1 * x[i] + .2 * x[2 * FPT_LANES + i] +
                             .3 * x[3 * FPT_LANES + i],
                         1e-15);
            assert_true(y[FPT_LANES + i] == 0.0);
            assert_true(y[2 * FPT_LANES + i] == 0.0);
            assert_true(product[i] == x[2 * FPT_LANES + i] * x[i]);
            assert_true(product[FPT_LANES + i] == x[3 * FPT_LANES + i]);
            assert_true(product[2 * FPT_LANES + i] == x[FPT_LANES + i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exp_and_log_to_the_last_places),
        cmocka_unit_test(test_normal_quantile_against_rmath),
        cmocka_unit_test(test_round_half_away),
        cmocka_unit_test(test_uniform_never_reaches_an_end),
        cmocka_unit_test(test_every_level_gives_the_same_bits),
        cmocka_unit_test(test_words_are_philox),
        cmocka_unit_test(test_streams_are_even_and_independent),
        cmocka_unit_test(test_lane_rng_differs_by_each_argument),
        cmocka_unit_test(test_linear_maps),
    };
    return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}
