/* Tests for fpt_shapley_product(): all orders of few players, and identities
 * for many. */
#include "check.h"
#include "fpt/activity.h"

enum { MOST = 64 };

static double x[MOST][FPT_LANES], share[MOST][FPT_LANES];
static double work[(MOST + 2) * FPT_LANES];

static void run(size_t count)
{
    const double *in[MOST];
    double *out[MOST];
    for (size_t j = 0; j < count; j++)
        in[j] = x[j], out[j] = share[j];
    fpt_shapley_product(count, in, out, work);
}

/* The mean over all orders of what player i adds to those before it. */
static double by_orders(size_t count, size_t lane, size_t i)
{
    double sum = 0.0;
    for (uint32_t set = 0; set < UINT32_C(1) << count; set++) {
        if ((set >> i & 1) != 0) continue;
        double keep = 1.0, weight = 1.0;
        size_t size = 0;
        for (size_t j = 0; j < count; j++) {
            if ((set >> j & 1) == 0) continue;
            keep *= 1.0 - x[j][lane];
            size++;
        }
        /* size! (count - size - 1)! / count! */
        for (size_t k = 1; k <= size; k++)
            weight *= (double)k / (double)(count - size - 1 + k);
        weight /= (double)count;
        sum += weight * keep * x[i][lane];
    }
    return sum;
}

static void fill(size_t count, uint64_t seed, double low, double high)
{
    for (size_t j = 0; j < count; j++)
        for (size_t i = 0; i < FPT_LANES; i++)
            x[j][i] = low + (high - low) * (double)(next_random(&seed) >> 11) *
                                0x1p-53;
}

static void test_against_all_orders(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 8; count++) {
        fill(count, count, -0.5, 1.0);
        x[0][0] = 1.0;
        x[count - 1][0] = 1.0;
        x[0][1] = 0.0;
        run(count);
        for (size_t lane = 0; lane < 8; lane++)
            for (size_t i = 0; i < count; i++)
                assert_close(share[i][lane], by_orders(count, lane, i), 1e-14);
        assert_true(share[0][1] == 0.0);
    }
}

static void test_shares_sum_to_the_whole(void **state)
{
    (void)state;
    for (size_t count = 1; count <= MOST; count++) {
        fill(count, 100 + count, 0.0, count % 2 == 0 ? 1.0 : 0.1);
        run(count);
        for (size_t lane = 0; lane < FPT_LANES; lane++) {
            double keep = 1.0, sum = 0.0, most = 0.0, claimed = 0.0;
            for (size_t j = 0; j < count; j++) {
                keep *= 1.0 - x[j][lane];
                sum += share[j][lane];
                assert_true(share[j][lane] >= 0.0);
                assert_true(share[j][lane] <= x[j][lane] + 1e-15);
                most = fmax(most, x[j][lane]);
                claimed += x[j][lane];
            }
            assert_close(sum, 1.0 - keep, 1e-13);
            /* Frechet's bounds. */
            assert_true(1.0 - keep >= most - 1e-15);
            assert_true(1.0 - keep <= fmin(1.0, claimed) + 1e-15);
        }
    }
}

/* Growth: x = 1 - F, and the shares are those of prod F - 1, negated. */
static void test_growth_shares(void **state)
{
    (void)state;
    fill(3, 9, -0.4, 0.2);
    run(3);
    for (size_t lane = 0; lane < FPT_LANES; lane++) {
        const double product =
            (1 - x[0][lane]) * (1 - x[1][lane]) * (1 - x[2][lane]);
        assert_close(-(share[0][lane] + share[1][lane] + share[2][lane]),
                     product - 1.0, 1e-15);
    }
    run(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all_orders),
        cmocka_unit_test(test_shares_sum_to_the_whole),
        cmocka_unit_test(test_growth_shares),
    };
    return cmocka_run_group_tests_name("shapley", tests, NULL, NULL);
}
