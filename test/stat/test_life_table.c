/*
 * Tests for life_table.h: the worked example, the formulas again in long double,
 * identities, every state.
 */
#include "stat_check.h"

enum { MOST = 64, LEVELS = 2 };

struct table {
    double m[MOST], q[MOST], l[MOST], years[MOST], e[MOST], error[MOST];
    double lower[LEVELS * MOST], upper[LEVELS * MOST];
    double deaths[MOST], people[MOST];
    fpt_state state[MOST];
};

static struct table life(size_t groups, const size_t *start, const double *age,
                         const double *deaths, const double *population,
                         const bool *incomplete, fpt_life_options options)
{
    static const double confidence[LEVELS] = {0.95, 0.998};
    fpt_level level[LEVELS];
    for (int k = 0; k < LEVELS; k++)
        level[k] = level_of(confidence[k]);
    options.level_count = LEVELS;
    options.level = level;
    struct table t;
    const fpt_life_columns out = {t.m,      t.q,      t.l,     t.years,
                                  t.e,      t.error,  t.lower, t.upper,
                                  t.deaths, t.people, t.state};
    assert_ok(fpt_life_table_column(groups, start, age, deaths, population,
                                    incomplete, &options, &out));
    return t;
}

static struct table life_of(size_t count, const double *age,
                            const double *deaths, const double *population)
{
    const size_t start[] = {0, count};
    return life(1, start, age, deaths, population, NULL,
                fpt_life_options_default());
}

static const double age4[] = {0, 1, 5, 65};
static const double people4[] = {1000, 4000, 60000, 10000};

static void test_worked_example(void **state)
{
    (void)state;
    const double deaths[] = {5, 2, 180, 500};
    const struct table t = life_of(4, age4, deaths, people4);
    static const double e[] = {76.21501490915, 75.59578036642, 71.74311926606,
                               20.0};
    for (int i = 0; i < 4; i++) {
        assert_state(t.state[i], OK);
        assert_relative(t.e[i], e[i], 1e-13);
    }
    assert_relative(t.lower[0], 74.35433727943, 1e-13);
    assert_relative(t.upper[0], 78.07569253886, 1e-13);
    assert_relative(t.lower[3], 18.24695491885, 1e-12);
    assert_relative(t.upper[3], 21.75304508115, 1e-12);
    assert_true(t.lower[4] < t.lower[0] && t.upper[0] < t.upper[4]);
    assert_true(t.deaths[0] == 687 && t.people[0] == 75000);
    assert_true(t.deaths[3] == 500 && t.people[3] == 10000);
    assert_true(t.l[0] == 100000 && t.q[3] == 1.0);
    assert_true(t.e[3] == 1.0 / t.m[3]);
}

/* Direct sums for every age, as the formulas are printed. */
static void test_against_long_double(void **state)
{
    (void)state;
    uint64_t seed = 8;
    const long double z = (long double)(level_of(0.95).z);
    for (int round = 0; round < 3000; round++) {
        double age[20], deaths[20], people[20];
        const size_t k = 3 + (size_t)(next_random(&seed) % 18);
        double at = 0.0;
        for (size_t i = 0; i < k; i++) {
            age[i] = at;
            at += i == 0 ? 1.0 : 1.0 + (double)(next_random(&seed) % 9);
            people[i] = 2000.0 + some_count(&seed, 1e5);
            deaths[i] = floor(people[i] * 0.0001 * exp(0.11 * age[i]) *
                              between(&seed, 0.2, 1.5));
            if (deaths[i] > people[i]) deaths[i] = people[i];
        }
        if (deaths[k - 1] == 0.0) deaths[k - 1] = 1.0;
        const struct table t = life_of(k, age, deaths, people);
        long double l[21], q[20], m[20], L[20], e[21] = {0};
        l[0] = 100000;
        for (size_t i = 0; i < k; i++) {
            m[i] = (long double)deaths[i] / (long double)people[i];
            const long double n =
                i + 1 < k ? (long double)(age[i + 1] - age[i]) : 0;
            const long double a = i == 0 ? (long double)0.1 : 0.5L;
            q[i] = i + 1 == k          ? 1
                   : m[i] * n * a <= 1 ? m[i] * n / (1 + m[i] * n * (1 - a))
                                       : 1;
            l[i + 1] = l[i] * (1 - q[i]);
            L[i] = i + 1 == k ? l[i] / m[i]
                              : n * (l[i + 1] + a * (l[i] - l[i + 1]));
        }
        for (size_t i = k; i-- > 0;) {
            long double T = 0, var = 0;
            for (size_t j = i; j < k; j++)
                T += L[j];
            e[i] = l[i] > 0 ? T / l[i] : 0;
            for (size_t j = i; j + 1 < k; j++) {
                const long double n = (long double)(age[j + 1] - age[j]);
                const long double a = j == 0 ? (long double)0.1 : 0.5L;
                const long double s = deaths[j] > 0 ? q[j] * q[j] * (1 - q[j]) /
                                                          (long double)deaths[j]
                                                    : 0;
                const long double reach = (1 - a) * n + e[j + 1];
                var += l[j] * l[j] * reach * reach * s;
            }
            var += l[k - 1] * l[k - 1] /
                   ((long double)deaths[k - 1] * m[k - 1] * m[k - 1]);
            if (l[i] <= 0) {
                assert_state(t.state[i], NO_SURVIVORS);
                assert_nan(t.e[i]);
                continue;
            }
            const long double se = sqrtl(var) / l[i];
            assert_relative(t.error[i], (double)se, 1e-12);
            assert_relative(t.years[i], (double)L[i], 1e-12);
            if (2 * z * se > 20) {
                assert_state(t.state[i], INTERVAL_TOO_WIDE);
                assert_nan(t.e[i]);
                assert_nan(t.upper[i]);
                continue;
            }
            assert_relative(t.e[i], (double)e[i], 1e-12);
            assert_relative(t.upper[i], (double)(e[i] + z * se), 1e-12);
            assert_close(t.lower[i], (double)(e[i] - z * se),
                         1e-12 * (double)e[i]);
        }
    }
}

/* A year more in the open band's expectation adds l_k / l_1 at birth. */
static void test_identities(void **state)
{
    (void)state;
    const double deaths[] = {5, 2, 180, 500};
    double fewer[4];
    memcpy(fewer, deaths, sizeof fewer);
    fewer[3] = 10000.0 / 21.0; /* 1/M becomes 21 */
    const struct table a = life_of(4, age4, deaths, people4);
    const struct table b = life_of(4, age4, fewer, people4);
    assert_close(b.e[0] - a.e[0], a.l[3] / a.l[0], 1e-12);
    /* Twice the people and deaths: the same e, error smaller by sqrt(2). */
    double d2[4], p2[4];
    for (int i = 0; i < 4; i++) {
        d2[i] = 2 * deaths[i];
        p2[i] = 2 * people4[i];
    }
    const struct table c = life_of(4, age4, d2, p2);
    assert_relative(c.e[0], a.e[0], 1e-15);
    assert_relative(c.error[0] * sqrt(2.0), a.error[0], 1e-14);
}

static void expect_state(const struct table *t, size_t from, size_t to,
                         fpt_state want)
{
    for (size_t i = from; i < to; i++) {
        if (t->state[i] != want)
            fail_msg("row %zu is %s, expected %s", i,
                     fpt_state_word(t->state[i]), fpt_state_word(want));
        assert_nan(t->e[i]);
        assert_nan(t->lower[i]);
        assert_nan(t->upper[i]);
    }
}

static void test_every_state(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    const struct {
        double age[4], deaths[4], people[4];
        fpt_state state;
    } table[] = {
        {{0, 1, 5, 65},
         {nan, 2, 180, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_MISSING},
        {{0, nan, 5, 65},
         {5, 2, 180, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_MISSING},
        {{0, 1, 5, 65},
         {5, -2, nan, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_INVALID},
        {{0, 1, 5, 65},
         {5, 2, 180, 500},
         {1000, 4000, -60000, 10000},
         FPT_STATE_INVALID},
        {{0, 5, 1, 65},
         {5, 2, 180, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_INVALID},
        {{0, 1, 1, 65},
         {5, 2, 180, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_INVALID},
        {{0, 1, 5, 65},
         {5, 2, 180, 500},
         {1000, 0, 60000, 10000},
         FPT_STATE_ZERO_DENOMINATOR},
        {{1, 2, 5, 65},
         {5, 2, 180, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_INCOMPLETE_BANDS},
        {{0, 1, 5, 65},
         {5, 2, 180, 500},
         {1000, 1000, 1000, 2000},
         FPT_STATE_POPULATION_TOO_SMALL},
        {{0, 1, 5, 65},
         {5, 2, 60001, 500},
         {1000, 4000, 60000, 10000},
         FPT_STATE_DEATHS_EXCEED_POPULATION},
        {{0, 1, 5, 65},
         {5, 2, 180, 0},
         {1000, 4000, 60000, 10000},
         FPT_STATE_ZERO_DEATHS_LAST_BAND},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const struct table t =
            life_of(4, table[i].age, table[i].deaths, table[i].people);
        expect_state(&t, 0, 4, table[i].state);
        /* What the rows' own numbers say is there. */
        if (!isnan(table[i].deaths[2]) && table[i].people[2] > 0.0)
            assert_relative(t.m[2], table[i].deaths[2] / table[i].people[2],
                            1e-15);
        const bool sums = table[i].state != FPT_STATE_INVALID &&
                          table[i].state != FPT_STATE_INCOMPLETE_BANDS;
        assert_true(isnan(t.people[0]) != sums);
        assert_true(isnan(t.q[0]) !=
                    (table[i].state == FPT_STATE_ZERO_DEATHS_LAST_BAND));
    }
    /* 5,001 people are enough, 5,000 are not. */
    const double deaths[] = {5, 2, 18, 500};
    const double just[] = {1000, 1000, 1001, 2000};
    assert_true(life_of(4, age4, deaths, just).state[3] == FPT_STATE_OK);
    const struct table two = life_of(2, age4, deaths, people4);
    expect_state(&two, 0, 2, FPT_STATE_INCOMPLETE_BANDS);
    /* Nobody survives the second band: later ages have no expectation. */
    const double all_die[] = {5, 4000, 180, 500};
    const double age_wide[] = {0, 1, 15, 65};
    const struct table none = life_of(4, age_wide, all_die, people4);
    assert_state(none.state[0], OK);
    assert_true(none.q[1] == 1.0 && none.l[2] == 0.0);
    expect_state(&none, 2, 4, FPT_STATE_NO_SURVIVORS);
    /* So few deaths that the interval says nothing. */
    const double rare[] = {0, 0, 1, 1};
    const double small[] = {1000, 1000, 1000, 2500};
    const struct table wide = life_of(4, age4, rare, small);
    expect_state(&wide, 0, 4, FPT_STATE_INTERVAL_TOO_WIDE);
    assert_true(!isnan(wide.error[0]));
    /* The caller knows of a band that is not there. */
    const size_t start[] = {0, 4, 8};
    const double age8[] = {0, 1, 5, 65, 0, 1, 5, 65};
    const double deaths8[] = {5, 2, 180, 500, 5, 2, 180, 500};
    const double people8[] = {1000, 4000, 60000, 10000,
                              1000, 4000, 60000, 10000};
    const bool lacks[] = {false, true};
    const struct table pair = life(2, start, age8, deaths8, people8, lacks,
                                   fpt_life_options_default());
    assert_state(pair.state[0], OK);
    expect_state(&pair, 4, 8, FPT_STATE_INCOMPLETE_BANDS);
}

static void test_lower_limit_below_zero_is_said(void **state)
{
    (void)state;
    /* At 99.8 % the last band's limit passes zero: e 10, error 5. */
    const double deaths[] = {5, 2, 180, 4}, people[] = {1000, 4000, 60000, 40};
    fpt_life_options options = fpt_life_options_default();
    const size_t start[] = {0, 4};
    const struct table t = life(1, start, age4, deaths, people, NULL, options);
    assert_state(t.state[3], LOWER_BELOW_ZERO);
    assert_true(t.lower[4 + 3] < 0.0 && t.lower[3] > 0.0);
}

static void test_options_and_threads(void **state)
{
    (void)state;
    fpt_life_options options = fpt_life_options_default();
    options.max_width = (double)NAN;
    const fpt_life_columns nothing = {0};
    const size_t start[] = {0, 0};
    assert_int_equal(fpt_life_table_column(1, start, NULL, NULL, NULL, NULL,
                                           &options, &nothing),
                     FPT_ERR_RANGE);
    options.max_width = 20.0;
    assert_ok(fpt_life_table_column(0, NULL, NULL, NULL, NULL, NULL, &options,
                                    &nothing));

    enum { GROUPS = 2000, BANDS = 5, ROWS = GROUPS * BANDS };
    static size_t starts[GROUPS + 1];
    static double age[ROWS], deaths[ROWS], people[ROWS], out[2][10 * ROWS];
    static fpt_state states[2][ROWS];
    uint64_t seed = 15;
    for (size_t g = 0; g <= GROUPS; g++)
        starts[g] = g * BANDS;
    for (size_t i = 0; i < ROWS; i++) {
        static const double ages[BANDS] = {0, 1, 15, 45, 65};
        age[i] = ages[i % BANDS];
        people[i] = some_count(&seed, 1e5);
        deaths[i] = some_count(&seed, people[i] * 0.05);
    }
    const fpt_level level = level_of(0.95);
    options.level = &level;
    options.level_count = 1;
    for (int k = 0; k < 2; k++) {
        double *o = out[k];
        const fpt_life_columns columns = {o,
                                          o + ROWS,
                                          o + 2 * ROWS,
                                          o + 3 * ROWS,
                                          o + 4 * ROWS,
                                          o + 5 * ROWS,
                                          o + 6 * ROWS,
                                          o + 7 * ROWS,
                                          o + 8 * ROWS,
                                          o + 9 * ROWS,
                                          states[k]};
        options.threads = k == 0 ? 1 : 8;
        assert_ok(fpt_life_table_column(GROUPS, starts, age, deaths, people,
                                        NULL, &options, &columns));
    }
    assert_true(same_bits(10 * ROWS, out[0], out[1]));
    assert_memory_equal(states[0], states[1], sizeof states[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_against_long_double),
        cmocka_unit_test(test_identities),
        cmocka_unit_test(test_every_state),
        cmocka_unit_test(test_lower_limit_below_zero_is_said),
        cmocka_unit_test(test_options_and_threads),
    };
    return cmocka_run_group_tests_name("life table", tests, NULL, NULL);
}
