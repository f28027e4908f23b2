/*
 * Tests for years in good health: a worked example whose errors were found by
 * numerical derivatives in R 4.2.2, identities, every state.
 */
#include "stat_check.h"

enum { MOST = 20, LEVELS = 2 };

struct tables {
    double life[6][MOST], used[2][MOST], limit[2][LEVELS * MOST];
    fpt_state life_state[MOST];
    double value[MOST], error[MOST], share[MOST];
    double lower[LEVELS * MOST], upper[LEVELS * MOST];
    fpt_state state[MOST];
};

static const double age4[] = {0, 1, 5, 65}, deaths4[] = {5, 2, 180, 500};
static const double people4[] = {1000, 4000, 60000, 10000};
static const double healthy4[] = {0.95, 0.96, 0.85, 0.55};
static const double asked4[] = {400, 900, 2500, 700};

static struct tables tables_of(size_t count, const double *age,
                               const double *deaths, const double *people,
                               const double *healthy, const double *asked)
{
    struct tables t;
    const size_t start[] = {0, count};
    const fpt_level level[LEVELS] = {level_of(0.95), level_of(0.998)};
    fpt_life_options options = fpt_life_options_default();
    options.level_count = LEVELS;
    options.level = level;
    const fpt_life_columns life = {
        t.life[0],  t.life[1],  t.life[2], t.life[3], t.life[4],   t.life[5],
        t.limit[0], t.limit[1], t.used[0], t.used[1], t.life_state};
    const fpt_healthy_columns out = {t.value, t.error, t.lower,
                                     t.upper, t.share, t.state};
    assert_ok(fpt_life_table_column(1, start, age, deaths, people, NULL,
                                    &options, &life));
    assert_ok(fpt_healthy_life_column(1, start, age, deaths, healthy, asked,
                                      &options, &life, &out));
    return t;
}

static struct tables with(const double *healthy, const double *asked)
{
    return tables_of(4, age4, deaths4, people4, healthy, asked);
}

static void test_worked_example(void **state)
{
    (void)state;
    const struct tables t = with(healthy4, asked4);
    static const double value[] = {60.3454050527495, 59.6968077793766,
                                   55.9724770642202, 11.0};
    static const double error[] = {0.779470241502, 0.771549973294,
                                   0.768302134349, 0.61921609433};
    for (int i = 0; i < 4; i++) {
        assert_state(t.state[i], OK);
        assert_relative(t.value[i], value[i], 1e-14);
        assert_relative(t.error[i], error[i], 1e-10);
        assert_relative(t.share[i], t.value[i] / t.life[4][i], 1e-15);
        assert_relative(t.value[i] - t.lower[i], level_of(0.95).z * t.error[i],
                        1e-13);
        assert_relative(t.upper[4 + i] - t.value[i],
                        level_of(0.998).z * t.error[i], 1e-13);
    }
}

/* Everyone healthy: the life table. One share at all ages: it scales. */
static void test_shares_that_are_the_same(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 500; round++) {
        double age[MOST], deaths[MOST], people[MOST], one[MOST], part[MOST];
        double asked[MOST];
        const size_t count = 3 + (size_t)(next_random(&seed) % (MOST - 2));
        const double c = between(&seed, 0.1, 1.0);
        for (size_t i = 0; i < count; i++) {
            age[i] = i < 2 ? (double)i : 5.0 * (double)(i - 1);
            people[i] = 2000.0 + some_count(&seed, 1e5);
            deaths[i] = 1.0 + floor(people[i] * 0.0001 * exp(0.09 * age[i]));
            if (deaths[i] > people[i]) deaths[i] = people[i];
            one[i] = 1.0;
            part[i] = c;
            asked[i] = 50.0 + some_count(&seed, 1e4);
        }
        const struct tables all =
            tables_of(count, age, deaths, people, one, asked);
        const struct tables some =
            tables_of(count, age, deaths, people, part, NULL);
        const struct tables wide =
            tables_of(count, age, deaths, people, part, asked);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(all.state[i], all.life_state[i]);
            if (all.state[i] != FPT_STATE_OK) continue;
            assert_relative(all.value[i], all.life[4][i], 1e-14);
            assert_relative(all.error[i], all.life[5][i], 1e-13);
            assert_relative(some.value[i], c * all.life[4][i], 1e-13);
            assert_relative(some.error[i], c * all.life[5][i], 1e-12);
            assert_relative(some.share[i], c, 1e-13);
            assert_true(wide.value[i] == some.value[i] || isnan(wide.value[i]));
            assert_true(wide.error[i] > some.error[i]);
            assert_true(wide.lower[i] < some.lower[i] || isnan(wide.lower[i]));
        }
    }
}

static void test_states(void **state)
{
    (void)state;
    double healthy[4], asked[4];
    static const struct {
        double healthy, asked;
        fpt_state want;
    } table[] = {
        {0.0, 10, FPT_STATE_OK},
        {1.0, 10, FPT_STATE_OK},
        {(double)NAN, 10, FPT_STATE_MISSING},
        {0.5, (double)NAN, FPT_STATE_MISSING},
        {-0.1, 10, FPT_STATE_INVALID},
        {1.1, (double)NAN, FPT_STATE_INVALID},
        {(double)INFINITY, 10, FPT_STATE_INVALID},
        {0.5, 0, FPT_STATE_INVALID},
        {0.5, -4, FPT_STATE_INVALID},
        {0.5, 1e17, FPT_STATE_INVALID},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        for (int at = 0; at < 4; at++) {
            memcpy(healthy, healthy4, sizeof healthy);
            memcpy(asked, asked4, sizeof asked);
            healthy[at] = table[i].healthy;
            asked[at] = table[i].asked;
            const struct tables t = with(healthy, asked);
            for (int k = 0; k < 4; k++) {
                assert_int_equal(t.state[k], table[i].want);
                assert_int_equal(isnan(t.value[k]),
                                 table[i].want != FPT_STATE_OK);
                assert_int_equal(isnan(t.upper[k]), isnan(t.value[k]));
            }
        }
    /* What is wrong with the life table is wrong here. */
    const double none[] = {5, 2, 180, 0};
    struct tables t = tables_of(4, age4, none, people4, healthy4, NULL);
    for (int k = 0; k < 4; k++) {
        assert_state(t.state[k], ZERO_DEATHS_LAST_BAND);
        assert_nan(t.value[k]);
        assert_nan(t.lower[k]);
    }
    const double all[] = {5, 4000, 180, 500}, wide[] = {0, 1, 15, 65};
    t = tables_of(4, wide, all, people4, healthy4, NULL);
    assert_state(t.state[1], OK);
    assert_state(t.state[2], NO_SURVIVORS);
    assert_nan(t.value[2]);
    /* Few were asked: these years alone are too uncertain. */
    const double few[] = {1, 1, 1, 1};
    t = with(healthy4, few);
    assert_state(t.life_state[0], OK);
    assert_state(t.state[0], INTERVAL_TOO_WIDE);
    assert_nan(t.value[0]);
    assert_true(!isnan(t.error[0]));
    /* A share near 0 in all ages has a lower limit under 0. */
    const double low[] = {0.001, 0.001, 0.001, 0.001}, ten[] = {9, 9, 9, 9};
    t = with(low, ten);
    assert_state(t.state[0], LOWER_BELOW_ZERO);
    assert_true(t.lower[0] < 0.0 && t.value[0] > 0.0);
}

static void test_refusals(void **state)
{
    (void)state;
    fpt_life_options options = fpt_life_options_default();
    const size_t start[] = {0};
    assert_ok(fpt_healthy_life_column(0, start, NULL, NULL, NULL, NULL,
                                      &options, NULL, NULL));
    options.max_width = 0.0;
    assert_int_equal(fpt_healthy_life_column(0, start, NULL, NULL, NULL, NULL,
                                             &options, NULL, NULL),
                     FPT_ERR_RANGE);
    options = fpt_life_options_default();
    options.level_count = FPT_LEVELS_MOST + 1;
    assert_int_equal(fpt_healthy_life_column(0, start, NULL, NULL, NULL, NULL,
                                             &options, NULL, NULL),
                     FPT_ERR_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_shares_that_are_the_same),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests_name("healthy life", tests, NULL, NULL);
}
