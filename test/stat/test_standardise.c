/*
 * Tests for standardise.h: the worked example, a second implementation in long
 * double, identities, every state, threads.
 */
#include "stat_check.h"

enum { LEVELS = 2 };

struct one {
    fpt_dsr result;
    fpt_limits limits[LEVELS];
};

static fpt_dsr_options options_of(const fpt_level level[LEVELS])
{
    fpt_dsr_options options = fpt_dsr_options_default();
    options.level_count = LEVELS;
    options.level = level;
    return options;
}

/* One group through the column form. */
static struct one dsr_of(size_t count, const double *x, const double *n,
                         const double *w, const fpt_dsr_options *options)
{
    struct one out;
    const size_t start[] = {0, count};
    double lower[LEVELS], upper[LEVELS];
    const fpt_dsr_columns columns = {&out.result.numerator,
                                     &out.result.denominator,
                                     &out.result.value,
                                     &out.result.variance,
                                     lower,
                                     upper,
                                     &out.result.state};
    assert_ok(fpt_dsr_column(1, start, x, n, w, options, &columns));
    for (size_t k = 0; k < LEVELS; k++)
        out.limits[k] = (fpt_limits){lower[k], upper[k]};
    return out;
}

static void test_worked_example(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    const fpt_dsr_options options = options_of(level);
    const double x[] = {8, 21, 74}, n[] = {12000, 15000, 6000};
    const double w[] = {30000, 50000, 20000};
    const struct one got = dsr_of(3, x, n, w, &options);
    assert_state(got.result.state, OK);
    assert_true(got.result.numerator == 103 && got.result.denominator == 33000);
    assert_relative(got.result.value, 336.666666666667, 1e-14);
    assert_relative(got.limits[0].lower, 274.648298880412, 2e-15);
    assert_relative(got.limits[0].upper, 408.476554483998, 2e-15);
    assert_relative(got.limits[1].lower, 243.112118391460, 4e-15);
    assert_relative(got.limits[1].upper, 452.647704412694, 2e-15);
}

/* The same events, of people with one, two and three of them. */
static void test_worked_example_of_repeats(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    const fpt_dsr_options options = options_of(level);
    const uint32_t band[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
    const double x[] = {5, 12, 40, 0, 3, 11, 1, 1, 4};
    const double f[] = {1, 1, 1, 2, 2, 2, 3, 3, 3};
    const double n[] = {12000, 15000, 6000,  12000, 15000,
                        6000,  12000, 15000, 6000};
    const double w[] = {30000, 50000, 20000, 30000, 50000,
                        20000, 30000, 50000, 20000};
    struct one got;
    fpt_dsr_repeats(9, band, x, f, n, w, &options, &got.result, got.limits);
    assert_state(got.result.state, OK);
    assert_true(got.result.numerator == 103 && got.result.denominator == 33000);
    assert_relative(got.result.value, 336.666666666667, 1e-14);
    assert_relative(got.limits[0].lower, 257.807338691867, 2e-15);
    assert_relative(got.limits[0].upper, 427.976381793927, 2e-15);

    /* A table that leaves its zero row out (row 3) says the same. */
    const uint32_t band2[] = {0, 1, 2, 1, 2, 0, 1, 2};
    const double x2[] = {5, 12, 40, 3, 11, 1, 1, 4};
    const double f2[] = {1, 1, 1, 2, 2, 3, 3, 3};
    const double n2[] = {12000, 15000, 6000, 15000, 6000, 12000, 15000, 6000};
    const double w2[] = {30000, 50000, 20000, 50000,
                         20000, 30000, 50000, 20000};
    struct one same;
    fpt_dsr_repeats(8, band2, x2, f2, n2, w2, &options, &same.result,
                    same.limits);
    assert_relative(same.result.variance, got.result.variance, 1e-15);
    assert_relative(same.limits[0].upper, got.limits[0].upper, 1e-15);

    /* n that differs within a band is no n. */
    double n3[9];
    memcpy(n3, n, sizeof n3);
    n3[5] = 6001;
    fpt_dsr_repeats(9, band, x, f, n3, w, &options, &got.result, got.limits);
    assert_state(got.result.state, INVALID);
    assert_nan(got.result.value);
    double f3[9];
    memcpy(f3, f, sizeof f3);
    f3[2] = -1;
    fpt_dsr_repeats(9, band, x, f3, n, w, &options, &got.result, got.limits);
    assert_state(got.result.state, INVALID);
    f3[2] = (double)NAN;
    fpt_dsr_repeats(9, band, x, f3, n, w, &options, &got.result, got.limits);
    assert_state(got.result.state, MISSING);
}

/* With the same w / n in all bands the limits are the count's, scaled. */
static void test_one_weight_gives_byar(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    const fpt_dsr_options options = options_of(level);
    uint64_t seed = 9;
    for (int round = 0; round < 2000; round++) {
        double x[19], n[19], w[19], events = 0.0, people = 0.0;
        const size_t bands = 2 + (size_t)(next_random(&seed) % 18);
        for (size_t i = 0; i < bands; i++) {
            x[i] = 10.0 + some_count(&seed, 1000);
            n[i] = 1.0 + some_count(&seed, 1e6);
            w[i] = 4.0 * n[i];
            events += x[i];
            people += n[i];
        }
        const struct one got = dsr_of(bands, x, n, w, &options);
        const double per = 100000.0 / people;
        assert_relative(got.result.value, events * per, 1e-13);
        for (size_t k = 0; k < LEVELS; k++) {
            const fpt_limits byar = fpt_byar(events, level[k].z);
            assert_relative(got.limits[k].lower, byar.lower * per, 1e-12);
            assert_relative(got.limits[k].upper, byar.upper * per, 1e-12);
        }
    }
}

/* The formula again, term by term, in long double. */
static void test_against_long_double(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    const fpt_dsr_options options = options_of(level);
    uint64_t seed = 10;
    for (int round = 0; round < 20000; round++) {
        double x[19], n[19], w[19];
        const size_t bands = 1 + (size_t)(next_random(&seed) % 19);
        long double O = 0, N = 0, W = 0, rate = 0, var = 0;
        for (size_t i = 0; i < bands; i++) {
            n[i] = 1.0 + some_count(&seed, 1e6);
            x[i] = some_count(&seed, n[i]) + (round % 4 == 0 ? 0.3 : 0.0);
            w[i] = i == 0 ? 1000.0 : some_count(&seed, 1e5);
            const long double share = (long double)w[i] / (long double)n[i];
            O += (long double)x[i];
            N += (long double)n[i];
            W += (long double)w[i];
            rate += (long double)x[i] * share;
            var += (long double)x[i] * share * share;
        }
        const struct one got = dsr_of(bands, x, n, w, &options);
        assert_relative(got.result.numerator, (double)O, 1e-15);
        assert_relative(got.result.denominator, (double)N, 1e-15);
        if (O < 10) {
            assert_state(got.result.state, TOO_FEW_EVENTS);
            assert_nan(got.result.value);
            assert_nan(got.limits[0].upper);
            continue;
        }
        bool below = false;
        const long double M = 100000.0L;
        assert_relative(got.result.value, (double)(rate / W * M), 1e-14);
        assert_relative(got.result.variance, (double)(var / W / W * M * M),
                        1e-14);
        for (size_t k = 0; k < LEVELS; k++) {
            const long double z = (long double)level[k].z, P = O + 1;
            const long double down = 1 - 1 / (9 * O) - z / (3 * sqrtl(O));
            const long double up = 1 - 1 / (9 * P) + z / (3 * sqrtl(P));
            const long double scale = sqrtl(var / W / W / O);
            const long double lower =
                (rate / W + scale * (O * down * down * down - O)) * M;
            const long double upper =
                (rate / W + scale * (P * up * up * up - O)) * M;
            /* The lower limit is a difference: judged by its larger part. */
            assert_close(got.limits[k].lower, (double)lower,
                         4e-15 * (double)(rate / W * M));
            assert_relative(got.limits[k].upper, (double)upper, 1e-14);
            below = below || lower < 0;
        }
        assert_int_equal(got.result.state,
                         below ? FPT_STATE_LOWER_BELOW_ZERO : FPT_STATE_OK);
    }
}

/* A band split in two with the same rate changes nothing but the limits' sum. */
static void test_splitting_and_order(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    fpt_dsr_options options = options_of(level);
    const double x[] = {8, 21, 74}, n[] = {12000, 15000, 6000};
    const double w[] = {30000, 50000, 20000};
    const struct one whole = dsr_of(3, x, n, w, &options);
    const double x2[] = {8, 21, 37, 37}, n2[] = {12000, 15000, 3000, 3000};
    const double w2[] = {30000, 50000, 10000, 10000};
    const struct one split = dsr_of(4, x2, n2, w2, &options);
    assert_relative(split.result.value, whole.result.value, 1e-15);
    assert_relative(split.limits[1].lower, whole.limits[1].lower, 1e-14);
    const double x3[] = {74, 8, 21}, n3[] = {6000, 12000, 15000};
    const double w3[] = {20000, 30000, 50000};
    const struct one turned = dsr_of(3, x3, n3, w3, &options);
    assert_relative(turned.result.value, whole.result.value, 1e-15);
    options.multiplier = 1000.0;
    const struct one scaled = dsr_of(3, x, n, w, &options);
    assert_relative(scaled.result.value * 100.0, whole.result.value, 1e-15);
    assert_relative(scaled.result.variance * 1e4, whole.result.variance, 1e-15);
    assert_relative(scaled.limits[0].upper * 100.0, whole.limits[0].upper,
                    1e-15);
    assert_true(whole.limits[1].lower < whole.limits[0].lower &&
                whole.limits[0].upper < whole.limits[1].upper);
}

static void test_every_state(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    fpt_dsr_options options = options_of(level);
    const double nan = (double)NAN;
    static const double w[] = {30000, 50000, 20000};
    const struct {
        double x[3], n[3], w[3];
        fpt_state state;
        double numerator, denominator;
    } table[] = {
        {{8, 21, 74}, {12, 15, 60}, {3, 5, 2}, FPT_STATE_OK, 103, 87},
        {{8, 21, 74},
         {12, 0, 60},
         {3, 5, 2},
         FPT_STATE_ZERO_DENOMINATOR,
         103,
         72},
        {{8, 0, 74},
         {12, 0, 60},
         {3, 5, 2},
         FPT_STATE_ZERO_DENOMINATOR,
         82,
         72},
        {{8, nan, 74}, {12, 15, 60}, {3, 5, 2}, FPT_STATE_MISSING, nan, 87},
        {{8, 21, 74}, {12, nan, 60}, {3, 5, 2}, FPT_STATE_MISSING, 103, nan},
        {{8, 21, 74}, {12, 15, 60}, {3, nan, 2}, FPT_STATE_MISSING, 103, 87},
        {{-8, 21, 74}, {12, 15, 60}, {3, 5, 2}, FPT_STATE_INVALID, nan, 87},
        {{8, 21, 74}, {12, -15, 60}, {3, 5, 2}, FPT_STATE_INVALID, 103, nan},
        {{8, 21, 74}, {12, 15, 60}, {3, -5, 2}, FPT_STATE_INVALID, 103, 87},
        {{-8, nan, 74}, {0, 15, 60}, {3, 5, 2}, FPT_STATE_INVALID, nan, 75},
        {{8, 21, (double)INFINITY},
         {12, 15, 60},
         {3, 5, 2},
         FPT_STATE_INVALID,
         nan,
         87},
        {{8, 21, 74}, {12, 15, 60}, {0, 0, 0}, FPT_STATE_INVALID, 103, 87},
        {{8, 21, 74}, {1e-300, 15, 60}, {3, 5, 2}, FPT_STATE_INVALID, 103, 75},
        {{8, 21, 74}, {12, 15, 60}, {3, 1e17, 2}, FPT_STATE_INVALID, 103, 87},
        {{8, 21, 74},
         {12, 15, 60},
         {9e15, 5, 9e15},
         FPT_STATE_INVALID,
         103,
         87},
        {{9e15, 9e15, 74}, {12, 15, 60}, {3, 5, 2}, FPT_STATE_INVALID, nan, 87},
        {{8, 21, 74}, {12, 15, 60}, {0, 5, 2}, FPT_STATE_OK, 103, 87},
        {{2, 3, 4}, {12, 15, 60}, {3, 5, 2}, FPT_STATE_TOO_FEW_EVENTS, 9, 87},
        {{0, 0, 0}, {12, 15, 60}, {3, 5, 2}, FPT_STATE_TOO_FEW_EVENTS, 0, 87},
        {{-0.0, 21, 74}, {12, 15, 60}, {3, -0.0, 2}, FPT_STATE_OK, 95, 87},
        {{1, 0, 11},
         {10, 1e6, 1e6},
         {9e4, 5e3, 5e3},
         FPT_STATE_LOWER_BELOW_ZERO,
         12,
         2000010},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const struct one got =
            dsr_of(3, table[i].x, table[i].n, table[i].w, &options);
        if (got.result.state != table[i].state)
            fail_msg("case %zu is %s", i, fpt_state_word(got.result.state));
        if (isnan(table[i].numerator))
            assert_nan(got.result.numerator);
        else
            assert_relative(got.result.numerator, table[i].numerator, 1e-15);
        if (isnan(table[i].denominator))
            assert_nan(got.result.denominator);
        else
            assert_relative(got.result.denominator, table[i].denominator,
                            1e-15);
        const bool has_numbers = table[i].state == FPT_STATE_OK ||
                                 table[i].state == FPT_STATE_LOWER_BELOW_ZERO;
        assert_true(isnan(got.result.value) != has_numbers);
        assert_true(isnan(got.limits[1].lower) != has_numbers);
        assert_true(isnan(got.result.variance) != has_numbers);
    }
    /* No group of no bands. */
    assert_state(dsr_of(0, w, w, w, &options).result.state, INVALID);
    /* min_events 0: a rate of 0, without limits. */
    options.min_events = 0.0;
    const double zero[] = {0, 0, 0}, n[] = {5, 6, 7};
    const struct one none = dsr_of(3, zero, n, w, &options);
    assert_state(none.result.state, ZERO_EVENTS);
    assert_true(none.result.value == 0.0 && none.result.variance == 0.0);
    assert_nan(none.limits[0].upper);
    const double few[] = {1, 2, 0};
    assert_true(!isnan(dsr_of(3, few, n, w, &options).result.value));
    options.multiplier = -3.0;
    const size_t start[] = {0, 3};
    double value = 7.0;
    const fpt_dsr_columns columns = {.value = &value};
    assert_int_equal(fpt_dsr_column(1, start, zero, n, w, &options, &columns),
                     FPT_ERR_RANGE);
    assert_true(value == 7.0);
    options.multiplier = 0.0;
    assert_ok(fpt_dsr_column(1, start, few, n, w, &options, &columns));
}

static void test_same_bytes_on_any_threads(void **state)
{
    (void)state;
    enum { GROUPS = 9000, ROWS = GROUPS * 7 };
    static size_t start[GROUPS + 1];
    static double x[ROWS], n[ROWS], w[ROWS];
    static double out[3][8 * GROUPS];
    static fpt_state states[3][GROUPS];
    uint64_t seed = 21;
    size_t rows = 0;
    for (size_t g = 0; g < GROUPS; g++) {
        start[g] = rows;
        const size_t bands = next_random(&seed) % 8;
        for (size_t i = 0; i < bands; i++, rows++) {
            n[rows] = some_count(&seed, 1e5);
            x[rows] =
                g % 50 == 0 && i == 3 ? (double)NAN : some_count(&seed, 50);
            w[rows] = some_count(&seed, 1e4);
        }
    }
    start[GROUPS] = rows;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    fpt_dsr_options options = options_of(level);
    static const unsigned threads[] = {1, 2, 8};
    for (size_t t = 0; t < 3; t++) {
        options.threads = threads[t];
        double *o = out[t];
        const fpt_dsr_columns columns = {o,
                                         o + GROUPS,
                                         o + 2 * GROUPS,
                                         o + 3 * GROUPS,
                                         o + 4 * GROUPS,
                                         o + 6 * GROUPS,
                                         states[t]};
        assert_ok(fpt_dsr_column(GROUPS, start, x, n, w, &options, &columns));
        assert_true(same_bits(8 * GROUPS, out[0], out[t]));
        assert_memory_equal(states[0], states[t], sizeof states[0]);
    }
}

/* ---- indirect ---- */

static void test_indirect(void **state)
{
    (void)state;
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    fpt_rate_options options = fpt_rate_options_default();
    options.level_count = LEVELS;
    options.level = level;
    const double x[] = {8, 21, 74}, n[] = {12000, 15000, 6000};
    const double rx[] = {900, 2500, 8000}, rn[] = {1e6, 2e6, 5e5};
    fpt_indirect_sums sums = {0};
    for (int i = 0; i < 3; i++)
        fpt_indirect_add(&sums, x[i], n[i], rx[i], rn[i]);
    const double expected = 12000 * 9e-4 + 15000 * 1.25e-3 + 6000 * 1.6e-2;
    const double ref_rate = 11400.0 / 3.5e6 * 1e5;
    fpt_indirect got;
    fpt_limits limits[LEVELS];
    fpt_isr_finish(&sums, FPT_STATE_OK, &options, &got, limits);
    assert_state(got.state, OK);
    assert_true(got.numerator == 103 && got.denominator == 33000);
    assert_relative(got.expected, expected, 1e-15);
    assert_relative(got.ref_rate, ref_rate, 1e-15);
    assert_relative(got.value, 103 / expected * ref_rate, 1e-15);
    for (int k = 0; k < LEVELS; k++) {
        const fpt_limits byar = fpt_byar(103, level[k].z);
        assert_relative(limits[k].lower, byar.lower / expected * ref_rate,
                        1e-15);
        assert_relative(limits[k].upper, byar.upper / expected * ref_rate,
                        1e-15);
    }
    options.multiplier = 1.0;
    fpt_smr_finish(5, 4, FPT_STATE_OK, &options, &got, limits);
    assert_relative(got.value, 1.25, 1e-15);
    assert_relative(limits[0].lower, level[0].exact_lower[5] / 4, 1e-15);
    assert_nan(got.ref_rate);
    assert_nan(got.denominator);

    fpt_smr_finish(5, 0, FPT_STATE_OK, &options, &got, limits);
    assert_state(got.state, ZERO_DENOMINATOR);
    assert_nan(limits[0].lower);
    assert_true(got.numerator == 5);
    fpt_smr_finish(5, 1e-200, FPT_STATE_OK, &options, &got, limits);
    assert_state(got.state, INVALID);
    fpt_smr_finish((double)NAN, 3, FPT_STATE_MISSING, &options, &got, limits);
    assert_state(got.state, MISSING);
    assert_nan(got.numerator);
    assert_true(got.expected == 3);
    fpt_smr_finish(-1, 3, FPT_STATE_OK, &options, &got, limits);
    assert_state(got.state, INVALID);
    const fpt_indirect_sums empty = {0};
    fpt_isr_finish(&empty, FPT_STATE_OK, &options, &got, limits);
    assert_state(got.state, ZERO_DENOMINATOR);
    assert_nan(got.ref_rate);
}

static void test_indirect_states(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    assert_state(fpt_indirect_state(1, 2, 3, 4), OK);
    assert_state(fpt_indirect_state(1, 2, 3, 0), ZERO_DENOMINATOR);
    assert_state(fpt_indirect_state(0, 0, 0, 0), OK);
    assert_state(fpt_indirect_state(nan, 2, 3, 0), MISSING);
    assert_state(fpt_indirect_state(1, nan, 3, 4), MISSING);
    assert_state(fpt_indirect_state(1, nan, -3, 4), INVALID);
    assert_state(fpt_indirect_state(1, 2, 3, 1e17), INVALID);
    assert_state(fpt_indirect_state(1, 2, 3, 1e-200), INVALID);
    fpt_indirect_sums sums = {0};
    fpt_indirect_add(&sums, 0, 0, 0, 0);
    assert_true(fpt_sum_value(sums.expected) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_worked_example_of_repeats),
        cmocka_unit_test(test_one_weight_gives_byar),
        cmocka_unit_test(test_against_long_double),
        cmocka_unit_test(test_splitting_and_order),
        cmocka_unit_test(test_every_state),
        cmocka_unit_test(test_same_bytes_on_any_threads),
        cmocka_unit_test(test_indirect),
        cmocka_unit_test(test_indirect_states),
    };
    return cmocka_run_group_tests_name("standardise", tests, NULL, NULL);
}
