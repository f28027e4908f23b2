/* Tests for funnel.h. */
#include "stat_check.h"

static const double nothing = (double)NAN;

/* PHE's long expression for the proportion line is the short one. */
static void test_proportion_lines(void **state)
{
    (void)state;
    const fpt_level level = level_of(0.95);
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        const double theta = between(&seed, 0.01, 0.99);
        const double n = 1.0 + some_count(&seed, 1e6);
        const fpt_limits got =
            fpt_funnel_lines(FPT_FUNNEL_PROPORTION, theta, n, &level);
        const long double z = (long double)level.z, p = (long double)theta,
                          N = (long double)n;
        const long double root =
            sqrtl(powl(-8 * p * (N / (z * z) + 1), 2) -
                  64 * (1 / (z * z) + 1 / N) * p *
                      (N * (p * (N / (z * z) + 2) - 1) + z * z * (p - 1)));
        const long double first = p * (N / (z * z) + 1);
        const long double last = 1 / (z * z) + 1 / N;
        const double low = (double)((first - root / 8) / last / N);
        const double high = (double)((first + root / 8) / last / N);
        assert_close(got.lower, fmax(0.0, low), 1e-12);
        assert_close(got.upper, fmin(1.0, high), 1e-12);
        /* And the point on it has a Wilson limit that touches the centre. */
        if (low > 0.0)
            assert_close(fpt_wilson(low * n, n, level.z).upper, theta, 1e-12);
        if (high < 1.0)
            assert_close(fpt_wilson(high * n, n, level.z).lower, theta, 1e-12);
    }
    assert_nan(fpt_funnel_lines(FPT_FUNNEL_PROPORTION, 1.5, 5, &level).lower);
    assert_nan(fpt_funnel_lines(FPT_FUNNEL_PROPORTION, 0.5, 0, &level).lower);
    assert_nan(fpt_funnel_lines(FPT_FUNNEL_RATE, nothing, 5, &level).lower);
}

static void test_ratio_lines(void **state)
{
    (void)state;
    const fpt_level level = level_of(0.998);
    for (int events = 1; events < 400; events++) {
        const fpt_limits got =
            fpt_funnel_lines(FPT_FUNNEL_RATIO, 1.0, events, &level);
        /* Expected counts at which so many events are just unlikely. */
        const double low = events / got.lower, high = events / got.upper;
        assert_relative(low, fpt_poisson_upper(events, 0.001), 1e-12);
        assert_relative(high, fpt_poisson_lower(events, 0.001), 1e-12);
        const fpt_limits rate =
            fpt_funnel_lines(FPT_FUNNEL_RATE, 0.02, events, &level);
        assert_relative(rate.upper, 0.02 * got.upper, 1e-15);
    }
    const fpt_limits none = fpt_funnel_lines(FPT_FUNNEL_RATIO, 1.0, 0, &level);
    assert_true(none.lower == 0.0 && isinf(none.upper));
}

static void test_sides(void **state)
{
    (void)state;
    const fpt_level level = level_of(0.95);
    assert_int_equal(
        fpt_funnel_side(FPT_FUNNEL_PROPORTION, 0.3, 60, 100, &level), 1);
    assert_int_equal(
        fpt_funnel_side(FPT_FUNNEL_PROPORTION, 0.3, 10, 100, &level), -1);
    assert_int_equal(
        fpt_funnel_side(FPT_FUNNEL_PROPORTION, 0.3, 33, 100, &level), 0);
    /* Exact under ten, Byar from ten: the centre against the count's limits. */
    for (int x = 0; x < 40; x++) {
        const fpt_limits own = fpt_count_limits(x, FPT_COUNT_FIELD, &level);
        assert_int_equal(fpt_funnel_side(FPT_FUNNEL_RATIO, 1.0, x,
                                         own.upper * 1.0001, &level),
                         -1);
        assert_int_equal(fpt_funnel_side(FPT_FUNNEL_RATIO, 1.0, x,
                                         own.upper * 0.9999, &level),
                         0);
        if (x == 0) continue;
        assert_int_equal(fpt_funnel_side(FPT_FUNNEL_RATE, 0.5, x,
                                         2.0 * own.lower * 0.9999, &level),
                         1);
        assert_int_equal(fpt_funnel_side(FPT_FUNNEL_RATE, 0.5, x,
                                         2.0 * own.lower * 1.0001, &level),
                         0);
    }
    assert_state(fpt_funnel_state(FPT_FUNNEL_PROPORTION, 5, 3), INVALID);
    assert_state(fpt_funnel_state(FPT_FUNNEL_RATIO, 5, 3), OK);
    assert_state(fpt_funnel_state(FPT_FUNNEL_RATE, 5, 0), ZERO_DENOMINATOR);
}

/* On the limit is not significant: a proportion exactly on its line. */
static void test_on_the_line_is_within(void **state)
{
    (void)state;
    fpt_level level = level_of(0.95);
    level.z = 2.0;
    /* theta 1/2, n 16: the lines stand at 1/4 and 3/4. */
    assert_int_equal(
        fpt_funnel_side(FPT_FUNNEL_PROPORTION, 0.5, 12, 16, &level), 0);
    assert_int_equal(fpt_funnel_side(FPT_FUNNEL_PROPORTION, 0.5, 4, 16, &level),
                     0);
    assert_int_equal(
        fpt_funnel_side(FPT_FUNNEL_PROPORTION, 0.5, 13, 16, &level), 1);
}

/* ---- overdispersion ---- */

struct over {
    fpt_overdispersion od;
    double z[64];
};

static struct over over_of(fpt_funnel_scale scale, double centre, double trim,
                           size_t count, const double *x, const double *n)
{
    struct over out;
    double work[3 * 64];
    size_t order[2 * 64];
    fpt_funnel_overdispersion(scale, centre, trim, count, x, n, out.z, work,
                              order, &out.od);
    return out;
}

/* The formulas of 10.3 again, plainly. */
static void test_overdispersion_against_a_plain_copy(void **state)
{
    (void)state;
    uint64_t seed = 6;
    for (int round = 0; round < 4000; round++) {
        enum { MOST = 40 };
        const size_t count = 3 + (size_t)(next_random(&seed) % (MOST - 3));
        const fpt_funnel_scale scale = (fpt_funnel_scale)(round % 4);
        double x[MOST], n[MOST], z[MOST], s[MOST], sorted[MOST];
        double sum_x = 0.0, sum_n = 0.0;
        for (size_t i = 0; i < count; i++) {
            n[i] = 20.0 + some_count(&seed, 1e4);
            x[i] = 1.0 + floor(n[i] * between(&seed, 0.2, 0.6));
            sum_x += x[i];
            sum_n += n[i];
        }
        const bool ratio =
            scale == FPT_SCALE_LOG_RATIO || scale == FPT_SCALE_ROOT_RATIO;
        const double centre = ratio ? 1.0 : sum_x / sum_n;
        for (size_t i = 0; i < count; i++) {
            double y, target;
            switch (scale) {
            case FPT_SCALE_ASIN:
                y = asin(sqrt(x[i] / n[i]));
                target = asin(sqrt(centre));
                s[i] = 1.0 / (2.0 * sqrt(n[i]));
                break;
            case FPT_SCALE_LOG_RATIO:
                y = log(x[i] / n[i]);
                target = 0.0;
                s[i] = 1.0 / sqrt(n[i]);
                break;
            case FPT_SCALE_ROOT_RATIO:
                y = sqrt(x[i] / n[i]);
                target = 1.0;
                s[i] = 1.0 / (2.0 * sqrt(n[i]));
                break;
            default:
                y = log((x[i] + 0.5) / (n[i] + 0.5));
                target = log(centre);
                s[i] =
                    sqrt(x[i] / pow(x[i] + 0.5, 2) + n[i] / pow(n[i] + 0.5, 2));
            }
            z[i] = sorted[i] = (y - target) / s[i];
        }
        for (size_t i = 0; i < count; i++) /* selection sort: plain */
            for (size_t j = i + 1; j < count; j++)
                if (sorted[j] < sorted[i]) {
                    const double kept = sorted[i];
                    sorted[i] = sorted[j];
                    sorted[j] = kept;
                }
        long double squares = 0, w = 0, w2 = 0;
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            double zi = z[i];
            if (scale == FPT_SCALE_LOG_RATIO) {
                double less = 0, equal = 0;
                for (size_t j = 0; j < count; j++) {
                    less += z[j] < z[i];
                    equal += z[j] == z[i];
                }
                const double rank = less + (equal + 1.0) / 2.0;
                const double g = floor(rank * 10.0 / ((double)count + 1.0));
                if (!(g > 0 && g < 9)) continue;
            } else {
                const double at = (double)(count - 1) * 0.1;
                const size_t k = (size_t)at;
                const double low =
                    sorted[k] + (at - (double)k) * (sorted[k + 1] - sorted[k]);
                const double at2 = (double)(count - 1) * 0.9;
                const size_t k2 = (size_t)at2;
                const double high =
                    k2 + 1 < count
                        ? sorted[k2] +
                              (at2 - (double)k2) * (sorted[k2 + 1] - sorted[k2])
                        : sorted[k2];
                zi = fmin(fmax(zi, low), high);
            }
            kept++;
            squares += (long double)zi * (long double)zi;
            w += 1.0L / ((long double)s[i] * (long double)s[i]);
            w2 += 1.0L / powl((long double)s[i], 4);
        }
        const struct over got = over_of(scale, centre, 0.1, count, x, n);
        for (size_t i = 0; i < count; i++)
            assert_close(got.z[i], z[i], 1e-12 * (1.0 + fabs(z[i])));
        if (kept < 3) {
            assert_state(got.od.state, TOO_FEW_ROWS);
            continue;
        }
        assert_state(got.od.state, OK);
        assert_int_equal(got.od.kept, kept);
        const long double k = (long double)kept;
        const long double tau2 =
            squares < k - 1 ? 0 : (squares - (k - 1)) / (w - w2 / w);
        assert_relative(got.od.phi, (double)(squares / k), 1e-10);
        assert_close(got.od.tau2, (double)tau2, 1e-10 * (double)tau2 + 1e-18);
    }
}

static void test_wide_lines(void **state)
{
    (void)state;
    const double z = level_of(0.95).z;
    /* At E = 100 without overdispersion: (1 -/+ z s)^2, not 1 -/+ z s. */
    const fpt_limits root =
        fpt_funnel_wide_lines(FPT_SCALE_ROOT_RATIO, 1.0, 0.0, 100, z);
    assert_close(root.lower, 0.814, 5e-4);
    assert_close(root.upper, 1.206, 5e-4);
    const fpt_limits logs =
        fpt_funnel_wide_lines(FPT_SCALE_LOG_RATIO, 1.0, 0.04, 100, z);
    assert_relative(logs.upper, exp(z * sqrt(0.01 + 0.04)), 1e-14);
    assert_relative(logs.lower * logs.upper, 1.0, 1e-14);
    const fpt_limits share =
        fpt_funnel_wide_lines(FPT_SCALE_ASIN, 0.2, 0.0, 10000, z);
    assert_close(share.lower, 0.2 - z * 0.004, 1e-4);
    assert_close(share.upper, 0.2 + z * 0.004, 1e-4);
    /* Where the sine would turn back the lines stay at their ends. */
    const fpt_limits small =
        fpt_funnel_wide_lines(FPT_SCALE_ASIN, 0.5, 0.0, 1, z);
    assert_true(small.lower == 0.0 && small.upper == 1.0);
    const fpt_limits tiny =
        fpt_funnel_wide_lines(FPT_SCALE_ROOT_RATIO, 1.0, 0.0, 0.1, z);
    assert_true(tiny.lower == 0.0);
    const fpt_limits counts =
        fpt_funnel_wide_lines(FPT_SCALE_LOG_COUNTS, 0.1, 0.0, 1000, z);
    const double s = sqrt(100 / (100.5 * 100.5) + 1000 / (1000.5 * 1000.5));
    assert_relative(counts.upper, 0.1 * exp(z * s), 1e-13);
    assert_nan(fpt_funnel_wide_lines(FPT_SCALE_ASIN, 0.5, 0.0, 0, z).lower);
    assert_nan(fpt_funnel_wide_lines(FPT_SCALE_ASIN, 0.5, nothing, 5, z).lower);
    assert_nan(fpt_funnel_wide_lines((fpt_funnel_scale)9, 0.5, 0, 5, z).lower);
    /* More variance between units, wider lines. */
    double before = 0.0;
    for (double tau2 = 0.0; tau2 < 0.1; tau2 += 0.01) {
        const fpt_limits l =
            fpt_funnel_wide_lines(FPT_SCALE_LOG_RATIO, 1.0, tau2, 50, z);
        assert_true(l.upper > before);
        before = l.upper;
    }
}

static void test_units_without_a_logarithm_are_left_out(void **state)
{
    (void)state;
    const double x[] = {0, 10, 12, 9, 14}, n[] = {8, 10, 10, 10, 10};
    const struct over with = over_of(FPT_SCALE_LOG_RATIO, 1.0, 0.0, 5, x, n);
    const struct over without =
        over_of(FPT_SCALE_LOG_RATIO, 1.0, 0.0, 4, x + 1, n + 1);
    assert_nan(with.z[0]);
    assert_int_equal(with.od.kept, 4);
    assert_true(with.od.phi == without.od.phi &&
                with.od.tau2 == without.od.tau2);
    const struct over few = over_of(FPT_SCALE_LOG_RATIO, 1.0, 0.0, 3, x, n);
    assert_state(few.od.state, TOO_FEW_ROWS);
    assert_nan(few.od.phi);
    const struct over root = over_of(FPT_SCALE_ROOT_RATIO, 1.0, 0.0, 5, x, n);
    assert_int_equal(root.od.kept, 5);
}

/* ---- the axis ---- */

static void test_axis(void **state)
{
    (void)state;
    double x[100];
    fpt_funnel_axis axis = {FPT_FUNNEL_PROPORTION, 200, 18475, nothing, 1.0};
    fpt_funnel_points(&axis, 100, x);
    assert_true(x[0] == 1.0);      /* largest over twice the smallest: from 0 */
    assert_true(x[99] == 20000.0); /* 1.05 x 18475 = 19398.75 to two digits */
    for (int i = 1; i < 100; i++)
        assert_true(x[i] >= x[i - 1] + 1.0 && floor(x[i]) == x[i]);
    axis.smallest = 10000;
    fpt_funnel_points(&axis, 100, x);
    assert_true(x[0] == 9000.0); /* 0.95 x 10000 to one digit */
    /* Five digits and one more: 1.05 x 95239 = 100000.95 up to 110000. */
    axis.largest = 95239;
    axis.smallest = 1;
    fpt_funnel_points(&axis, 100, x);
    assert_true(x[99] == 110000.0);
    axis.statistic = FPT_FUNNEL_RATIO;
    fpt_funnel_points(&axis, 100, x);
    assert_true(x[99] < 110000.0 && x[99] > 90000.0);
    axis = (fpt_funnel_axis){FPT_FUNNEL_RATE, 30000, 60000, 0.001234, 3.0};
    fpt_funnel_points(&axis, 100, x);
    /* 0.95 x 10000 -> 9000 a year, 27000 in three, 33.3 events: from 33. */
    assert_true(x[0] == 33.0);
    assert_true(x[99] >= 78.0); /* 21000 x 3 x 0.001234 = 77.7 */
    axis = (fpt_funnel_axis){FPT_FUNNEL_PROPORTION, 0.5, 0.9, nothing, 1.0};
    fpt_funnel_points(&axis, 2, x);
    assert_true(x[0] == 1.0 && x[1] == 2.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_proportion_lines),
        cmocka_unit_test(test_ratio_lines),
        cmocka_unit_test(test_sides),
        cmocka_unit_test(test_on_the_line_is_within),
        cmocka_unit_test(test_overdispersion_against_a_plain_copy),
        cmocka_unit_test(test_wide_lines),
        cmocka_unit_test(test_units_without_a_logarithm_are_left_out),
        cmocka_unit_test(test_axis),
    };
    return cmocka_run_group_tests_name("funnel", tests, NULL, NULL);
}
