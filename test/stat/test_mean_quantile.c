/* Tests for mean.h and quantile.h. */
#include "stat_check.h"

/* R 4.2.2: t.test(x, conf.level = c), sd(x). */
static void test_mean_as_in_r(void **state)
{
    (void)state;
    const double x[] = {12.1, 9.8, 15.5, 11.2, 10.9, 13.3, 8.7};
    const fpt_level level[] = {level_of(0.95), level_of(0.998)};
    fpt_mean got;
    fpt_limits limits[2];
    fpt_mean_of(7, x, 2, level, &got, limits);
    assert_state(got.state, OK);
    assert_relative(got.numerator, 81.5, 1e-15);
    assert_true(got.denominator == 7);
    assert_relative(got.value, 11.642857142857142, 1e-15);
    assert_relative(got.std_dev, 2.2596881369318371, 1e-15);
    assert_relative(limits[0].lower, 9.5529941768910174, 1e-13);
    assert_relative(limits[0].upper, 13.732720108823267, 1e-13);
    assert_relative(limits[1].lower, 7.1951181645146747, 1e-13);
    assert_relative(limits[1].upper, 16.09059612119961, 1e-13);
}

static void test_mean_edges(void **state)
{
    (void)state;
    const fpt_level level = level_of(0.95);
    fpt_mean got;
    fpt_limits limits;
    const double one[] = {4.5}, same[] = {3, 3, 3};
    const double bad[] = {1, (double)NAN, 3}, inf[] = {1, (double)INFINITY, 3};
    const double huge[] = {1.7e308, 1.7e308};
    fpt_mean_of(1, one, 1, &level, &got, &limits);
    assert_state(got.state, TOO_FEW_ROWS);
    assert_true(got.value == 4.5 && got.denominator == 1);
    assert_nan(got.std_dev);
    assert_nan(limits.lower);
    fpt_mean_of(0, NULL, 1, &level, &got, &limits);
    assert_state(got.state, TOO_FEW_ROWS);
    assert_true(got.denominator == 0);
    assert_nan(got.value);
    fpt_mean_of(3, same, 1, &level, &got, &limits);
    assert_state(got.state, OK);
    assert_true(got.std_dev == 0 && limits.lower == 3 && limits.upper == 3);
    fpt_mean_of(3, bad, 1, &level, &got, &limits);
    assert_state(got.state, MISSING);
    assert_nan(got.value);
    fpt_mean_of(3, inf, 1, &level, &got, &limits);
    assert_state(got.state, INVALID);
    fpt_mean_of(2, huge, 1, &level, &got, &limits);
    assert_state(got.state, INVALID);
    assert_nan(got.value);
}

/* ---- quantiles ---- */

static void test_quantiles_cover_their_range(void **state)
{
    (void)state;
    for (int64_t groups = 1; groups <= 25; groups++) {
        for (int64_t n = groups; n <= 400; n++) {
            int64_t before = 1;
            assert_int_equal(fpt_quantile_of_rank(1, n, groups), 1);
            assert_int_equal(fpt_quantile_of_rank(n, n, groups), groups);
            int64_t size[26] = {0};
            for (int64_t r = 1; r <= n; r++) {
                const int64_t q = fpt_quantile_of_rank(r, n, groups);
                assert_true(q == before || q == before + 1);
                before = q;
                size[q]++;
            }
            /* All of one size, give or take one. */
            for (int64_t q = 1; q <= groups; q++)
                assert_true(size[q] == n / groups || size[q] == n / groups + 1);
        }
    }
}

/* The field's arithmetic differs in few cases, and in this one. */
static void test_field_arithmetic(void **state)
{
    (void)state;
    assert_int_equal(fpt_quantile_of_rank(8, 28, 20), 6);
    assert_int_equal(fpt_quantile_of_rank_field(8, 28, 20), 5);
    static const int64_t groups[] = {3, 4, 5, 10, 20, 100};
    size_t differ = 0, cases = 0;
    for (size_t g = 0; g < COUNT_OF(groups); g++)
        for (int64_t n = groups[g]; n <= 2000; n++)
            for (int64_t r = 1; r <= n; r++, cases++)
                differ += fpt_quantile_of_rank(r, n, groups[g]) !=
                          fpt_quantile_of_rank_field(r, n, groups[g]);
    assert_int_equal(differ, 270);
    assert_true(cases > 11900000);
}

static void test_quantile_column(void **state)
{
    (void)state;
    const double value[] = {50, 10, (double)NAN, 40, 40, 20, 60};
    double rank[7], quantile[7], work[7];
    fpt_state states[7];
    size_t order[14];
    fpt_quantile_options options = fpt_quantile_options_default();
    options.groups = 3;
    assert_ok(fpt_quantile_column(7, value, &options, rank, quantile, states,
                                  work, order));
    static const double down[] = {2, 6, 0, 3, 3, 5, 1};
    static const double thirds[] = {1, 3, 0, 2, 2, 3, 1};
    for (int i = 0; i < 7; i++) {
        if (i == 2) {
            assert_state(states[i], MISSING);
            assert_nan(rank[i]);
            assert_nan(quantile[i]);
            continue;
        }
        assert_state(states[i], OK);
        assert_close(rank[i], down[i], 0.0);
        assert_close(quantile[i], thirds[i], 0.0);
    }
    options.keep = true;
    assert_ok(fpt_quantile_column(7, value, &options, rank, quantile, states,
                                  work, order));
    static const double up[] = {5, 1, 0, 3, 3, 2, 6};
    for (int i = 0; i < 7; i++)
        if (i != 2) assert_close(rank[i], up[i], 0.0);
    options.groups = 7;
    assert_ok(fpt_quantile_column(7, value, &options, rank, quantile, states,
                                  work, order));
    assert_state(states[0], TOO_FEW_ROWS);
    assert_state(states[2], MISSING);
    assert_close(rank[0], 5.0, 0.0);
    assert_nan(quantile[0]);
    options.groups = -1;
    assert_int_equal(fpt_quantile_column(7, value, &options, rank, quantile,
                                         states, work, order),
                     FPT_ERR_RANGE);
    options.groups = 0;
    options.field_arithmetic = true;
    assert_ok(
        fpt_quantile_column(0, NULL, &options, NULL, NULL, NULL, NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean_as_in_r),
        cmocka_unit_test(test_mean_edges),
        cmocka_unit_test(test_quantiles_cover_their_range),
        cmocka_unit_test(test_field_arithmetic),
        cmocka_unit_test(test_quantile_column),
    };
    return cmocka_run_group_tests_name("mean, quantile", tests, NULL, NULL);
}
