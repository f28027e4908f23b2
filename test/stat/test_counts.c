/*
 * Tests for state.h, level.h, proportion.h and rate.h: published values, R's
 * values, the equations that define the limits, properties, threads.
 */
#include "stat_check.h"

static void test_states_have_their_words(void **state)
{
    (void)state;
    for (int i = 0; i < FPT_STATE_COUNT; i++) {
        const fpt_state s = (fpt_state)i;
        fpt_state found;
        assert_true(fpt_state_find(fpt_str_from(fpt_state_word(s)), &found));
        assert_int_equal(found, s);
        assert_string_not_equal(fpt_state_text(s), "unknown state");
    }
    assert_string_equal(fpt_state_word(FPT_STATE_ZERO_DENOMINATOR),
                        "ZERO_DENOMINATOR");
    assert_string_equal(fpt_state_word(FPT_STATE_COUNT), "UNKNOWN");
    assert_string_equal(fpt_state_text(FPT_STATE_COUNT), "unknown state");
    fpt_state found = FPT_STATE_OK;
    assert_false(fpt_state_find(FPT_STR("ok"), &found));
}

static void test_the_graver_state_wins(void **state)
{
    (void)state;
    assert_state(fpt_state_worst(FPT_STATE_OK, FPT_STATE_OK), OK);
    assert_state(fpt_state_worst(FPT_STATE_OK, FPT_STATE_UNSTABLE), UNSTABLE);
    assert_state(fpt_state_worst(FPT_STATE_MISSING, FPT_STATE_SUPPRESSED),
                 SUPPRESSED);
    assert_state(fpt_state_worst(FPT_STATE_INVALID, FPT_STATE_SUPPRESSED),
                 INVALID);
    assert_state(fpt_state_worst(FPT_STATE_ZERO_DENOMINATOR, FPT_STATE_MISSING),
                 MISSING);
    for (int i = 0; i < FPT_STATE_COUNT; i++)
        for (int j = 0; j < FPT_STATE_COUNT; j++) {
            const fpt_state a = (fpt_state)i, b = (fpt_state)j;
            assert_int_equal(fpt_state_worst(a, b), fpt_state_worst(b, a));
        }
}

static void test_levels(void **state)
{
    (void)state;
    assert_relative(level_of(0.95).z, 1.9599639845400542, 1e-15);
    assert_relative(level_of(0.998).z, 3.0902323061678132, 1e-15);
    assert_relative(level_of(0.9999).z, 3.8905918864131199, 1e-14);
    assert_relative(level_of(0.5).z, 0.67448975019608171, 1e-15);
    fpt_level untouched = {.z = 7.0};
    static const double refused[] = {
        0.0, 1.0, 95.0, -0.5, 1e-300, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_int_equal(fpt_level_make(refused[i], &untouched), FPT_ERR_RANGE);
        assert_true(untouched.z == 7.0);
    }
    assert_int_equal(fpt_level_make(0.95, NULL), FPT_ERR_NULL);
}

/* ---- proportions ---- */

/* Newcombe (1998), Table I, method 3: to the digits printed. */
static void test_wilson_published(void **state)
{
    (void)state;
    static const struct {
        double x, n, lower, upper;
    } table[] = {{81, 263, 0.2553, 0.3662},
                 {15, 148, 0.0624, 0.1605},
                 {0, 20, 0.0000, 0.1611},
                 {1, 29, 0.0061, 0.1718}};
    const fpt_level level = level_of(0.95);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const fpt_limits got = fpt_wilson(table[i].x, table[i].n, level.z);
        assert_close(got.lower, table[i].lower, 0.5e-4);
        assert_close(got.upper, table[i].upper, 0.5e-4);
    }
}

/* R 4.2.2: prop.test(x, n, conf.level = c, correct = FALSE)$conf.int. */
static void test_wilson_as_in_r(void **state)
{
    (void)state;
    static const struct {
        double x, n, confidence, lower, upper;
    } table[] = {
        {81, 263, 0.950, 0.25528851987827428, 0.36620957698280016},
        {15, 148, 0.950, 0.062386399530736283, 0.160487241723308},
        {0, 20, 0.950, 0, 0.1611251580528193},
        {29, 29, 0.950, 0.88303020150025935, 1},
        {3, 1000000, 0.950, 1.0202712409681229e-06, 8.8211497743124362e-06},
        {500000, 1000000, 0.950, 0.49902001989000477, 0.50097998010999523},
        {81, 263, 0.998, 0.22803574024200474, 0.4013894219093696},
        {1, 29, 0.998, 0.0030160013587169732, 0.29658645803642142},
        {3, 1000000, 0.998, 6.0211062530325572e-07, 1.4947276591351554e-05},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const fpt_level level = level_of(table[i].confidence);
        const fpt_limits got = fpt_wilson(table[i].x, table[i].n, level.z);
        assert_relative(got.lower, table[i].lower, 1e-12);
        assert_relative(got.upper, table[i].upper, 1e-13);
    }
}

static void test_wilson_properties(void **state)
{
    (void)state;
    const fpt_level narrow = level_of(0.95), wide = level_of(0.998);
    uint64_t seed = 20171130;
    for (int i = 0; i < 100000; i++) {
        const double n = 1.0 + some_count(&seed, 9e15 - 2.0);
        double x = fmin(n, some_count(&seed, n));
        if (i % 3 == 0) x = n - fmin(n, some_count(&seed, n));
        if (i % 5 == 0) x = fmin(n, x * between(&seed, 0.0, 1.0));
        const fpt_limits a = fpt_wilson(x, n, narrow.z);
        const fpt_limits b = fpt_wilson(x, n, wide.z);
        const fpt_limits mirror = fpt_wilson(n - x, n, narrow.z);
        const double p = x / n;
        if (!(0.0 <= a.lower && a.lower <= p && p <= a.upper && a.upper <= 1.0))
            fail_msg("unordered at %.17g/%.17g", x, n);
        if (!(b.lower <= a.lower && a.upper <= b.upper))
            fail_msg("not nested at %.17g/%.17g", x, n);
        assert_close(a.lower, 1.0 - mirror.upper, 2e-15);
        /* By definition each limit is z standard errors away. */
        const long double q = (long double)a.upper;
        const long double reach =
            (long double)narrow.z * sqrtl(q * (1.0L - q) / (long double)n);
        /* As far as the rounding of the limit itself lets one see. */
        if (x < n)
            assert_close(
                (double)((q - (long double)x / (long double)n) / reach), 1.0,
                1e-12 + 8e-16 * (double)(q / reach) +
                    4e-16 / (double)(1.0L - q + 1e-30L));
    }
}

/* The same formula in long double, from its textbook form. */
static void test_wilson_against_long_double(void **state)
{
    (void)state;
    uint64_t seed = 77;
    const long double z = (long double)level_of(0.95).z;
    for (int i = 0; i < 50000; i++) {
        const double n = 1.0 + some_count(&seed, 1e6);
        const double x = fmin(n, some_count(&seed, n) + (i % 2) * 0.25);
        const long double X = (long double)x, N = (long double)n;
        const long double root = z * sqrtl(z * z + 4 * X * (1 - X / N));
        const fpt_limits got = fpt_wilson(x, n, (double)z);
        const double lower =
            (double)((2 * X + z * z - root) / (2 * (N + z * z)));
        const double upper =
            (double)((2 * X + z * z + root) / (2 * (N + z * z)));
        assert_close(got.lower, lower, 1e-12 * lower + 1e-18);
        assert_relative(got.upper, upper, 1e-12);
    }
}

static void test_proportion_states(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    assert_state(fpt_proportion_state(3, 10), OK);
    assert_state(fpt_proportion_state(0, 0), ZERO_DENOMINATOR);
    assert_state(fpt_proportion_state(1, 0), INVALID);
    assert_state(fpt_proportion_state(11, 10), INVALID);
    assert_state(fpt_proportion_state(-1, 10), INVALID);
    assert_state(fpt_proportion_state(-1, nan), INVALID);
    assert_state(fpt_proportion_state(1, -10), INVALID);
    assert_state(fpt_proportion_state(1, 1e16), INVALID);
    assert_state(fpt_proportion_state(0, 1e-200), INVALID);
    assert_state(fpt_proportion_state(nan, 10), MISSING);
    assert_state(fpt_proportion_state(1, nan), MISSING);
    assert_nan(fpt_wilson(11, 10, 1.96).lower);
    assert_nan(fpt_wilson(1, 10, nan).upper);
}

static void check_figures(size_t count, const fpt_figures *a,
                          const fpt_figures *b, size_t levels)
{
    assert_true(same_bits(count, a->value, b->value));
    assert_true(same_bits(levels * count, a->lower, b->lower));
    assert_true(same_bits(levels * count, a->upper, b->upper));
    assert_memory_equal(a->state, b->state, count * sizeof *a->state);
}

static void test_columns_match_rows_on_any_threads(void **state)
{
    (void)state;
    enum { COUNT = 30000, LEVELS = 3 };
    static double x[COUNT], n[COUNT], value[2][COUNT];
    static double lower[2][LEVELS * COUNT], upper[2][LEVELS * COUNT];
    static fpt_state states[2][COUNT];
    const fpt_level level[LEVELS] = {level_of(0.95), level_of(0.998),
                                     level_of(0.8)};
    uint64_t seed = 4;
    for (size_t i = 0; i < COUNT; i++) {
        n[i] = some_count(&seed, 1e5);
        x[i] = some_count(&seed, n[i]);
        if (i % 97 == 0) x[i] = (double)NAN;
        if (i % 101 == 0) x[i] = n[i] + 1.0;
    }
    fpt_proportion_options p = fpt_proportion_options_default();
    fpt_rate_options r = fpt_rate_options_default();
    p.level_count = r.level_count = LEVELS;
    p.level = r.level = level;
    p.multiplier = 100.0;
    r.multiplier = 1000.0;
    fpt_figures out[2];
    for (int k = 0; k < 2; k++)
        out[k] = (fpt_figures){value[k], lower[k], upper[k], states[k]};

    p.threads = 1;
    assert_ok(fpt_proportion_column(COUNT, x, n, &p, &out[0]));
    p.threads = 8;
    assert_ok(fpt_proportion_column(COUNT, x, n, &p, &out[1]));
    check_figures(COUNT, &out[0], &out[1], LEVELS);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(states[0][i], fpt_proportion_state(x[i], n[i]));
        if (states[0][i] != FPT_STATE_OK) {
            assert_nan(value[0][i]);
            assert_nan(lower[0][i]);
            continue;
        }
        assert_true(value[0][i] == x[i] / n[i] * 100.0);
        for (size_t k = 0; k < LEVELS; k++) {
            const fpt_limits one = fpt_wilson(x[i], n[i], level[k].z);
            assert_true(lower[0][k * COUNT + i] == one.lower * 100.0);
            assert_true(upper[0][k * COUNT + i] == one.upper * 100.0);
        }
    }
    r.threads = 1;
    assert_ok(fpt_rate_column(COUNT, x, n, &r, &out[0]));
    r.threads = 8;
    assert_ok(fpt_rate_column(COUNT, x, n, &r, &out[1]));
    check_figures(COUNT, &out[0], &out[1], LEVELS);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(states[0][i], fpt_rate_state(x[i], n[i]));
        if (states[0][i] != FPT_STATE_OK) continue;
        const fpt_limits one = fpt_count_limits(x[i], r.rule, &level[1]);
        assert_true(lower[0][COUNT + i] == one.lower / n[i] * 1000.0);
        assert_true(upper[0][COUNT + i] == one.upper / n[i] * 1000.0);
    }
    /* Refused, and nothing written. */
    value[0][0] = 42.0;
    p.multiplier = -1.0;
    assert_int_equal(fpt_proportion_column(COUNT, x, n, &p, &out[0]),
                     FPT_ERR_RANGE);
    r.multiplier = (double)NAN;
    assert_int_equal(fpt_rate_column(COUNT, x, n, &r, &out[0]), FPT_ERR_RANGE);
    assert_true(value[0][0] == 42.0);
    const fpt_figures nothing = {0};
    p.multiplier = 0.0;
    assert_ok(fpt_proportion_column(COUNT, x, n, &p, &nothing));
    r.multiplier = 0.0;
    assert_ok(fpt_rate_column(COUNT, x, n, &r, &nothing));
    assert_ok(fpt_rate_column(0, NULL, NULL, &r, &nothing));
}

/* ---- counts ---- */

/* Public checks of the field's rule, computed with R 4.2.2. */
static void test_count_limits_public(void **state)
{
    (void)state;
    static const struct {
        double x, confidence;
        fpt_count_rule rule;
        double lower, upper;
    } table[] = {
        {0, 0.95, FPT_COUNT_FIELD, 0, 3.688879454},
        {5, 0.95, FPT_COUNT_FIELD, 1.62348639012, 11.66833208},
        {9, 0.95, FPT_COUNT_FIELD, 4.115373097, 17.08480345},
        {10, 0.95, FPT_COUNT_FIELD, 4.787449914, 18.391458606},
        {10, 0.95, FPT_COUNT_EXACT, 4.795388696, 18.390356042},
        {100, 0.95, FPT_COUNT_FIELD, 81.362105491, 121.627937579},
        {5, 0.998, FPT_COUNT_FIELD, 0.7393717319, 16.4547452},
        {10, 0.998, FPT_COUNT_FIELD, 2.916318375, 24.193724928},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const fpt_level level = level_of(table[i].confidence);
        const fpt_limits got =
            fpt_count_limits(table[i].x, table[i].rule, &level);
        assert_close(got.lower, table[i].lower, 0.6e-9);
        assert_relative(got.upper, table[i].upper, 0.6e-9);
    }
    const fpt_level level = level_of(0.95);
    assert_string_equal(fpt_count_method(9.5, FPT_COUNT_FIELD),
                        "exact-poisson");
    assert_string_equal(fpt_count_method(10, FPT_COUNT_FIELD), "byar");
    assert_string_equal(fpt_count_method(10, FPT_COUNT_EXACT), "exact-poisson");
    /* R 4.2.2: qchisq(0.025, 19)/2, qchisq(0.975, 21)/2. */
    const fpt_limits half = fpt_count_limits(9.5, FPT_COUNT_FIELD, &level);
    assert_relative(half.lower, 4.4532582409939856, 1e-13);
    assert_relative(half.upper, 17.739437952863625, 1e-13);
    assert_nan(fpt_count_limits(-1.0, FPT_COUNT_FIELD, &level).lower);
    assert_nan(fpt_count_limits((double)NAN, FPT_COUNT_EXACT, &level).upper);
}

static void test_byar_against_long_double(void **state)
{
    (void)state;
    static const double confidence[] = {0.8, 0.95, 0.998, 0.9999};
    uint64_t seed = 12;
    for (size_t k = 0; k < COUNT_OF(confidence); k++) {
        const fpt_level level = level_of(confidence[k]);
        const long double z = (long double)level.z;
        for (int i = 0; i < 20000; i++) {
            const double x = 10.0 + some_count(&seed, 1e12) +
                             (i % 2) * between(&seed, 0.0, 1.0);
            const long double X = (long double)x, Y = X + 1;
            const long double down = 1 - 1 / (9 * X) - z / (3 * sqrtl(X));
            const long double up = 1 - 1 / (9 * Y) + z / (3 * sqrtl(Y));
            const fpt_limits got = fpt_count_limits(x, FPT_COUNT_FIELD, &level);
            assert_relative(got.lower, (double)(X * down * down * down), 2e-14);
            assert_relative(got.upper, (double)(Y * up * up * up), 2e-14);
            assert_true(0.0 <= got.lower && got.lower < x && x < got.upper);
        }
    }
}

/* Exact limits put back: the chance of so few, or so many, is the tail. */
static void test_exact_limits_satisfy_their_definition(void **state)
{
    (void)state;
    static const double confidence[] = {0.5, 0.9, 0.95, 0.998};
    for (size_t k = 0; k < COUNT_OF(confidence); k++) {
        const fpt_level level = level_of(confidence[k]);
        for (int x = 0; x <= 60; x++) {
            const fpt_limits got = fpt_count_limits(x, FPT_COUNT_EXACT, &level);
            long double few = 0, term = expl(-(long double)got.upper);
            for (int j = 0; j <= x; j++) {
                few += term;
                term *= (long double)got.upper / (j + 1);
            }
            assert_close((double)few, level.tail, 1e-12);
            if (x == 0) {
                assert_true(got.lower == 0.0);
                assert_close(got.upper, -log(level.tail), 1e-15);
                continue;
            }
            long double fewer = 0;
            term = expl(-(long double)got.lower);
            for (int j = 0; j < x; j++) {
                fewer += term;
                term *= (long double)got.lower / (j + 1);
            }
            assert_close((double)(1.0L - fewer), level.tail, 1e-12);
        }
    }
}

static void test_rate_states(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    assert_state(fpt_rate_state(12, 10), OK);
    assert_state(fpt_rate_state(0, 0), ZERO_DENOMINATOR);
    assert_state(fpt_rate_state(5, 0), ZERO_DENOMINATOR);
    assert_state(fpt_rate_state(-1, 0), INVALID);
    assert_state(fpt_rate_state(1, -1), INVALID);
    assert_state(fpt_rate_state(1, (double)INFINITY), INVALID);
    assert_state(fpt_rate_state(1, 1e-101), INVALID);
    assert_state(fpt_rate_state(nan, 5), MISSING);
    assert_state(fpt_rate_state(nan, 0), MISSING);
}

static void test_repeat_limits_of_a_rate(void **state)
{
    (void)state;
    const fpt_level level = level_of(0.95);
    const fpt_limits byar = fpt_byar(103, level.z);
    const fpt_limits same = fpt_rate_repeat_limits(103, 103, 500, level.z);
    assert_relative(same.lower, byar.lower / 500, 1e-14);
    assert_relative(same.upper, byar.upper / 500, 1e-14);
    const fpt_limits wider = fpt_rate_repeat_limits(103, 206, 500, level.z);
    assert_relative((wider.upper - 103.0 / 500) / (same.upper - 103.0 / 500),
                    sqrt(2.0), 1e-12);
    assert_nan(fpt_rate_repeat_limits(0, 0, 5, level.z).lower);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states_have_their_words),
        cmocka_unit_test(test_the_graver_state_wins),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_wilson_published),
        cmocka_unit_test(test_wilson_as_in_r),
        cmocka_unit_test(test_wilson_properties),
        cmocka_unit_test(test_wilson_against_long_double),
        cmocka_unit_test(test_proportion_states),
        cmocka_unit_test(test_columns_match_rows_on_any_threads),
        cmocka_unit_test(test_count_limits_public),
        cmocka_unit_test(test_byar_against_long_double),
        cmocka_unit_test(test_exact_limits_satisfy_their_definition),
        cmocka_unit_test(test_rate_states),
        cmocka_unit_test(test_repeat_limits_of_a_rate),
    };
    return cmocka_run_group_tests_name("counts", tests, NULL, NULL);
}
