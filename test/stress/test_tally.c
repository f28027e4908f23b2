/* Tests for tallies of metrics and for odds. */
#include "check.h"
#include "fpt/stress.h"
#include "tally_i.h"

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

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double sorted_quantile(size_t n, const double *x, double p)
{
    const double at = p * (double)(n - 1);
    const size_t i = (size_t)at;
    return i + 1 < n ? x[i] + (at - (double)i) * (x[i + 1] - x[i]) : x[i];
}

static void fill(fpt_rng *rng, size_t count, double scale, double *x)
{
    for (size_t i = 0; i < count; i++)
        x[i] = nearbyint(scale * (fpt_rng_uniform(rng) - 0.4) *
                         exp(6.0 * fpt_rng_uniform(rng)));
}

static void test_tally_of_a_sample(void **state)
{
    (void)state;
    enum { N = 5000 };
    static double x[N];
    fpt_rng rng = fpt_rng_make(3, 0, 0, 0);
    for (int round = 0; round < 12; round++) {
        fill(&rng, N, pow(10.0, round), x);
        fpt_tally *t = fpt_tally_make(&arena);
        assert_ok(fpt_tally_add(t, N, x));
        const fpt_tally_summary s = fpt_tally_summarise(t);
        long double sum = 0.0L, lack = 0.0L, square = 0.0L;
        uint64_t negative = 0;
        for (int i = 0; i < N; i++) {
            sum += (long double)x[i];
            if (x[i] < 0.0) {
                lack -= (long double)x[i];
                negative++;
            }
        }
        for (int i = 0; i < N; i++) {
            const long double d = (long double)x[i] - sum / N;
            square += d * d;
        }
        assert_int_equal(s.count, N);
        assert_int_equal(s.negative, negative);
        assert_relative(s.mean, (double)(sum / N), 1e-15);
        assert_relative(s.shortfall, (double)(lack / N), 1e-15);
        assert_relative(s.sd, (double)sqrtl(square / (N - 1)), 1e-12);
        qsort(x, N, sizeof *x, by_value);
        assert_true(s.least == x[0] && s.most == x[N - 1]);
        const double p[5] = {0.05, 0.1, 0.5, 0.9, 0.95};
        const double got[5] = {s.p5, s.p10, s.p50, s.p90, s.p95};
        for (int k = 0; k < 5; k++)
            assert_close(got[k], sorted_quantile(N, x, p[k]),
                         0.5 + 0.008 * fabs(sorted_quantile(N, x, p[k])));
        long double low = 0.0L;
        for (int i = 0; i < N / 20; i++)
            low += (long double)x[i];
        assert_relative(s.tail_5, (double)(low / (N / 20)), 0.008);
    }
}

static void test_tally_of_small_numbers_is_exact(void **state)
{
    (void)state;
    const double x[6] = {-3, -3, 0, 2, 5, 100};
    fpt_tally *t = fpt_tally_make(&arena);
    assert_ok(fpt_tally_add(t, 6, x));
    const fpt_tally_summary s = fpt_tally_summarise(t);
    assert_close(s.p50, 1.0, 1e-12);
    assert_close(s.mean, 101.0 / 6.0, 1e-12);
    assert_close(s.shortfall, 1.0, 1e-12);
    assert_close(s.given_short, 3.0, 1e-12);
    assert_close(fpt_tally_quantile(t, 0.0), -3.0, 0.0);
    assert_close(fpt_tally_quantile(t, 1.0), 100.0, 0.0);
    /* One value is all of its quantiles. */
    fpt_tally *one = fpt_tally_make(&arena);
    const double large = -123456789012.0;
    assert_ok(fpt_tally_add(one, 1, &large));
    const fpt_tally_summary l = fpt_tally_summarise(one);
    assert_true(l.p10 == large && l.p90 == large && l.sd == 0.0);
}

static void test_tally_of_nothing_is_unknown(void **state)
{
    (void)state;
    const fpt_tally_summary s = fpt_tally_summarise(fpt_tally_make(&arena));
    assert_int_equal(s.count, 0);
    assert_true(isnan(s.mean) && isnan(s.p50) && isnan(s.given_short));
}

/* A row of lanes counted at each level of vectors, and value by value. */
static void test_levels_count_the_same(void **state)
{
    (void)state;
    double x[FPT_LANES + 1];
    fpt_rng rng = fpt_rng_make(8, 0, 0, 0);
    for (int round = 0; round < 60; round++) {
        fill(&rng, FPT_LANES, pow(2.0, round - 4), x);
        if (round % 7 == 0)
            for (int i = 0; i < FPT_LANES; i++)
                x[i] = x[0];
        const double edges[] = {0.0,  -0.0,  127.0,  128.0, -127.0,
                                -1.0, 255.0, -128.0, 256.0, 0x1p51 - 1.0};
        for (size_t i = 0; i < COUNT_OF(edges) && round % 5 == 1; i++)
            x[i] = edges[i];
        fpt_tally *one = fpt_tally_make(&arena);
        for (int i = 0; i < FPT_LANES; i++)
            assert_ok(fpt_tally_add(one, 1, &x[i]));
        const fpt_tally_summary a = fpt_tally_summarise(one);
        for (int level = 0; level <= (int)fpt_lanes_best(); level++) {
            fpt_tally *row = fpt_tally_make(&arena);
            row->level = (fpt_lanes_level)level;
            assert_ok(fpt_tally_add(row, FPT_LANES, x));
            assert_true(row->sum == one->sum && row->lack == one->lack);
            assert_memory_equal(row->square, one->square, sizeof one->square);
            const fpt_tally_summary b = fpt_tally_summarise(row);
            assert_memory_equal(&a, &b, sizeof a);
            for (int side = 0; side < 2; side++)
                for (size_t bin = 0; bin < FPTI_BINS; bin++)
                    assert_int_equal(fpti_tally_at(row, side, bin),
                                     fpti_tally_at(one, side, bin));
        }
    }
}

static void test_tallies_join_in_any_order(void **state)
{
    (void)state;
    enum { N = 3000, PARTS = 7 };
    static double x[N];
    fpt_rng rng = fpt_rng_make(4, 0, 0, 0);
    fill(&rng, N, 1e9, x);
    fpt_tally *whole = fpt_tally_make(&arena);
    assert_ok(fpt_tally_add(whole, N, x));
    const fpt_tally_summary want = fpt_tally_summarise(whole);
    fpt_tally *part[PARTS], *joined = fpt_tally_make(&arena);
    for (int k = 0; k < PARTS; k++)
        part[k] = fpt_tally_make(&arena);
    for (int i = 0; i < N; i++)
        assert_ok(fpt_tally_add(part[i * 5 % PARTS], 1, &x[i]));
    for (int k = PARTS - 1; k >= 0; k--)
        assert_ok(fpt_tally_join(joined, part[k]));
    const fpt_tally_summary got = fpt_tally_summarise(joined);
    assert_memory_equal(&got, &want, sizeof got);
}

static void test_tally_holds_the_largest(void **state)
{
    (void)state;
    /* 2^53 pence, ten thousand times: squares outgrow 128 bits. */
    const double x[2] = {9007199254740992.0, -9007199254740992.0};
    fpt_tally *t = fpt_tally_make(&arena);
    for (int i = 0; i < 10000; i++)
        assert_ok(fpt_tally_add(t, 2, x));
    const fpt_tally_summary s = fpt_tally_summarise(t);
    assert_true(s.mean == 0.0);
    assert_relative(s.sd, 9007199254740992.0 * sqrt(20000.0 / 19999.0), 1e-14);
    assert_relative(s.shortfall, 4503599627370496.0, 1e-15);
}

static void test_odds_are_wilson(void **state)
{
    (void)state;
    /* R 4.2.2, prop.test(x, n, correct = FALSE). */
    fpt_odds o = fpt_odds_of(7, 50);
    assert_close(o.lower, 0.0695083342701629, 1e-14);
    assert_close(o.upper, 0.2618619371058554, 1e-14);
    assert_close(o.standard_error, sqrt(0.14 * 0.86 / 50.0), 1e-15);
    o = fpt_odds_of(0, 50);
    assert_true(o.lower == 0.0 && o.value == 0.0);
    assert_close(o.upper, 0.0713475991333587, 1e-14);
    o = fpt_odds_of(9990, 10000);
    assert_close(o.lower, 0.998160055612562, 1e-14);
    assert_close(o.upper, 0.999456714013503, 1e-14);
    o = fpt_odds_of(50, 50);
    assert_true(o.upper == 1.0);
    assert_close(o.lower, 1.0 - 0.0713475991333587, 1e-14);
    o = fpt_odds_of(0, 0);
    assert_true(isnan(o.value) && isnan(o.lower));
}

static void test_odds_properties(void **state)
{
    (void)state;
    fpt_rng rng = fpt_rng_make(8, 0, 0, 0);
    for (int i = 0; i < 20000; i++) {
        const uint64_t n = 1 + fpt_rng_below(&rng, 1000000);
        const uint64_t x = fpt_rng_below(&rng, (uint32_t)n + 1);
        const fpt_odds o = fpt_odds_of(x, n), other = fpt_odds_of(n - x, n);
        assert_true(0.0 <= o.lower && o.lower <= o.value &&
                    o.value <= o.upper && o.upper <= 1.0);
        assert_close(o.lower, 1.0 - other.upper, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tally_of_a_sample),
        cmocka_unit_test(test_tally_of_small_numbers_is_exact),
        cmocka_unit_test(test_tally_of_nothing_is_unknown),
        cmocka_unit_test(test_levels_count_the_same),
        cmocka_unit_test(test_tallies_join_in_any_order),
        cmocka_unit_test(test_tally_holds_the_largest),
        cmocka_unit_test(test_odds_are_wilson),
        cmocka_unit_test(test_odds_properties),
    };
    return cmocka_run_group_tests_name("tally", tests, set_up, tear_down);
}
