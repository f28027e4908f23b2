/*
 * Lines carried on to a target year, against R 4.2.2 (lm with weights, draws by
 * rnorm) and against lines that are exact.
 */
#include "check.h"
#include "fpt/trajectory.h"

enum { BASE = 6, YEARS = 7, DRAWS = 20000 };

static const double year[BASE] = {2009, 2010, 2011, 2012, 2013, 2014};
static const double x[BASE] = {520, 505, 498, 470, 462, 455};
static const double n[BASE] = {61000, 61200, 61500, 61800, 62100, 62300};
static const double nation_x[BASE] = {98000, 95000, 93100, 90500, 88000, 85900};
static const double nation_n[BASE] = {1.50e7, 1.51e7, 1.52e7,
                                      1.53e7, 1.54e7, 1.55e7};
static const double people[YEARS] = {62400, 62400, 62400, 62400,
                                     62400, 62400, 62400};
static const fpt_past local = {BASE, year, x, n};
static const fpt_past nation = {BASE, year, nation_x, nation_n};

static fpt_trajectory_options options_of(bool log_scale, fpt_course course)
{
    return (fpt_trajectory_options){.log_scale = log_scale,
                                    .better = -1,
                                    .course = course,
                                    .draws = DRAWS,
                                    .seed = 5,
                                    .confidence = 0.95};
}

static void test_against_r(void **state)
{
    (void)state;
    static double work[2 * DRAWS];
    fpt_trajectory t;
    fpt_trajectory_options options = options_of(true, FPT_COURSE_OWN);
    assert_ok(fpt_trajectory_find(&local, &nation, YEARS, people, &options,
                                  work, &t));
    /* R 4.2.2 */
    assert_close(t.local, 5.754272371061266e-03, 1e-12);
    assert_close(t.nation, 4.403203017993467e-03, 1e-12);
    assert_close(t.final_year.value, 84.30672763143065, 1e-8);
    assert_close(t.cumulative.value, 652.8680456101511, 1e-7);
    /* R 4.2.2, 4,000,000 draws of rnorm; 20,000 here know a limit to about 1. */
    assert_close(t.final_year.lower, 16.93, 3.0);
    assert_close(t.final_year.upper, 167.03, 3.0);
    assert_close(t.chance, 0.01186, 0.004);
    assert_int_equal(t.state, FPT_OFF_COURSE);
    assert_true(t.cumulative.lower < 652 && t.cumulative.upper > 653);
    options.course = FPT_COURSE_HELD;
    assert_ok(fpt_trajectory_find(&local, &nation, YEARS, people, &options,
                                  work, &t));
    assert_close(t.final_year.value, 176.9910308620265, 1e-7);
    options.course = FPT_COURSE_NATION;
    assert_ok(fpt_trajectory_find(&local, &nation, YEARS, people, &options,
                                  work, &t));
    assert_close(t.final_year.value, 84.4156963455269, 1e-7);
    options = options_of(false, FPT_COURSE_OWN);
    assert_ok(fpt_trajectory_find(&local, &nation, YEARS, people, &options,
                                  work, &t));
    assert_close(t.final_year.value, 84.25548718162474, 1e-7);
    /* Higher is better: the same gap is now to the good. */
    options.better = 1;
    assert_ok(fpt_trajectory_find(&local, &nation, YEARS, people, &options,
                                  work, &t));
    assert_close(t.final_year.value, -84.25548718162474, 1e-7);
    assert_int_equal(t.state, FPT_ON_COURSE);
}

/* Exact lines: the number avoided is known, and a place that is the nation is on
 * the fence. */
static void test_exact_lines(void **state)
{
    (void)state;
    static double work[2 * DRAWS];
    double mine[BASE], theirs[BASE], one[BASE];
    fpt_trajectory t;
    const fpt_trajectory_options options = options_of(true, FPT_COURSE_OWN);
    for (size_t i = 0; i < BASE; i++) {
        one[i] = 1e6;
        mine[i] = 5000.0 * pow(0.97, (double)i);
        theirs[i] = 4000.0 * pow(0.98, (double)i);
    }
    const fpt_past a = {BASE, year, mine, one}, b = {BASE, year, theirs, one};
    assert_ok(fpt_trajectory_find(&a, &b, YEARS, people, &options, work, &t));
    const double gap = 0.005 * pow(0.97, 12) - 0.004 * pow(0.98, 12);
    assert_close(t.final_year.value, gap * 62400, 1e-6);
    assert_ok(fpt_trajectory_find(&a, &a, YEARS, people, &options, work, &t));
    assert_close(t.final_year.value, 0.0, 1e-9);
    assert_close(t.chance, 0.5, 4 * 0.5 / sqrt(DRAWS));
    assert_int_equal(t.state, FPT_COURSE_OPEN);
    /* One year: the sum is that year. */
    assert_ok(fpt_trajectory_find(&a, &b, 1, people, &options, work, &t));
    assert_close(t.cumulative.value, t.final_year.value, 0.0);
    assert_close(t.cumulative.lower, t.final_year.lower, 0.0);
}

/* Scatter beyond chance widens the interval in proportion. */
static void test_scatter(void **state)
{
    (void)state;
    static double work[2 * DRAWS];
    double rough[BASE], wide[2];
    fpt_trajectory t;
    const fpt_trajectory_options options = options_of(true, FPT_COURSE_OWN);
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < BASE; i++)
            rough[i] = x[i] * (k == 0 || i % 2 == 0 ? 1.0 : 1.3);
        const fpt_past a = {BASE, year, rough, n};
        assert_ok(fpt_trajectory_find(&a, &nation, YEARS, people, &options,
                                      work, &t));
        wide[k] = t.final_year.upper - t.final_year.lower;
    }
    assert_true(wide[1] > 1.5 * wide[0]);
}

static void test_refusals(void **state)
{
    (void)state;
    static double work[2 * DRAWS];
    const double none[BASE] = {520, 505, 0, 470, 462, 455};
    const double same[BASE] = {2009, 2010, 2010, 2012, 2013, 2014};
    const double no_people[YEARS] = {1, 1, 1, 0, 1, 1, 1};
    const struct {
        fpt_past local;
        const double *people;
        size_t years;
        int64_t draws;
        int better;
        double confidence;
        bool log_scale;
    } table[] = {
        {{2, year, x, n}, people, 7, 100, 1, 0.95, true},
        {{65, year, x, n}, people, 7, 100, 1, 0.95, true},
        {{BASE, year, none, n}, people, 7, 100, 1, 0.95, true},
        {{BASE, same, x, n}, people, 7, 100, 1, 0.95, true},
        {{BASE, year, n, n}, people, 7, 100, 1, 0.95, false},
        {{BASE, year, x, n}, people, 0, 100, 1, 0.95, true},
        {{BASE, year, x, n}, people, 7, 99, 1, 0.95, true},
        {{BASE, year, x, n}, people, 7, 100, 0, 0.95, true},
        {{BASE, year, x, n}, people, 7, 100, 1, 95, true},
        {{BASE, year, x, n}, no_people, 7, 100, 1, 0.95, true},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_trajectory t = {.chance = 99};
        const fpt_trajectory_options options = {.log_scale = table[i].log_scale,
                                                .better = table[i].better,
                                                .draws = table[i].draws,
                                                .confidence =
                                                    table[i].confidence};
        assert_int_equal(fpt_trajectory_find(&table[i].local, &nation,
                                             table[i].years, table[i].people,
                                             &options, work, &t),
                         FPT_ERR_RANGE);
        assert_close(t.chance, 99, 0.0);
    }
    assert_string_equal(fpt_course_word(FPT_OFF_COURSE), "off course");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_r),
        cmocka_unit_test(test_exact_lines),
        cmocka_unit_test(test_scatter),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests_name("trajectory", tests, NULL, NULL);
}
