/* Tests for order.h. */
#include "check.h"

#include "fpt/num.h"

enum { MOST = 2000 };

/* Few different keys, so that there are ties; sometimes NaN. */
static double some_key(uint64_t *seed, int kind)
{
    const uint64_t r = next_random(seed);
    if (kind == 1 && r % 13 == 0) return (double)NAN;
    if (kind == 2) return (double)(r >> 11);
    return (double)(r % 37) - 18.0;
}

static void test_order_is_sorted_and_stable(void **state)
{
    (void)state;
    static double key[MOST];
    static size_t order[MOST], work[MOST];
    uint64_t seed = 7;
    for (int round = 0; round < 400; round++) {
        const size_t count =
            round < 70 ? (size_t)round : (size_t)(next_random(&seed) % MOST);
        for (size_t i = 0; i < count; i++)
            key[i] = some_key(&seed, round % 3);
        fpt_order_by(count, key, order, work);
        static bool seen[MOST];
        memset(seen, 0, sizeof seen);
        for (size_t i = 0; i < count; i++) {
            assert_true(order[i] < count && !seen[order[i]]);
            seen[order[i]] = true;
            if (i == 0) continue;
            const double a = key[order[i - 1]], b = key[order[i]];
            assert_true(isnan(b) || a <= b);
            if (a == b || (isnan(a) && isnan(b)))
                assert_true(order[i - 1] < order[i]);
        }
    }
}

static void test_ranks(void **state)
{
    (void)state;
    const double key[] = {5, 3, (double)NAN, 3, 9, 3, 5, -0.0, 0.0};
    const double lowest[] = {6, 3, (double)NAN, 3, 8, 3, 6, 1, 1};
    const double average[] = {6.5, 4, (double)NAN, 4, 8, 4, 6.5, 1.5, 1.5};
    enum { COUNT = COUNT_OF(key) };
    size_t order[COUNT], work[COUNT];
    double rank[COUNT];
    fpt_order_by(COUNT, key, order, work);
    fpt_rank(COUNT, key, order, FPT_TIES_LOWEST, rank);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(isnan(lowest[i]) ? isnan(rank[i]) : rank[i] == lowest[i]);
    fpt_rank(COUNT, key, order, FPT_TIES_AVERAGE, rank);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(isnan(average[i]) ? isnan(rank[i]) : rank[i] == average[i]);
}

static void test_sample_quantiles_as_in_r(void **state)
{
    (void)state;
    /* R 4.2.2: quantile(c(3.1, -2, 8, 8, 0.5, 11, 7.25), p, type = 7) */
    const double sorted[] = {-2, 0.5, 3.1, 7.25, 8, 8, 11};
    static const struct {
        double p, want;
    } table[] = {
        {0, -2},       {0.1, -0.49999999999999978}, {0.25, 1.8}, {0.5, 7.25},
        {0.61, 7.745}, {0.9, 9.2000000000000011},   {1, 11}};
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_close(fpt_sample_quantile(7, sorted, table[i].p), table[i].want,
                     2e-15);
    assert_true(isnan(fpt_sample_quantile(0, NULL, 0.5)));
    assert_true(isnan(fpt_sample_quantile(7, sorted, -0.1)));
    assert_true(isnan(fpt_sample_quantile(7, sorted, (double)NAN)));
    assert_close(fpt_sample_median(7, sorted), 7.25, 0.0);
    assert_close(fpt_sample_median(6, sorted), 5.175, 1e-15);
    assert_close(fpt_sample_median(1, sorted), -2.0, 0.0);
    assert_true(isnan(fpt_sample_median(0, NULL)));
}

static void test_selection_agrees_with_sorting(void **state)
{
    (void)state;
    static double key[MOST], x[MOST];
    static size_t order[MOST], work[MOST];
    uint64_t seed = 99;
    for (int round = 0; round < 2000; round++) {
        const size_t count =
            1 + (size_t)(next_random(&seed) % (round % 10 == 0 ? MOST : 12));
        for (size_t i = 0; i < count; i++)
            key[i] = x[i] = some_key(&seed, round % 2 == 0 ? 0 : 2);
        fpt_order_by(count, key, order, work);
        const size_t k = (size_t)(next_random(&seed) % count);
        assert_true(fpt_select(count, x, k) == key[order[k]]);
        for (size_t i = 0; i < count; i++)
            assert_true(i < k ? x[i] <= x[k] : x[i] >= x[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_sorted_and_stable),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_sample_quantiles_as_in_r),
        cmocka_unit_test(test_selection_agrees_with_sorting),
    };
    return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
