/* Funnels and comparisons: lines in order, sides that agree with them, limits
 * that hold their figure, mirror images, q values that rise with p. */
#include "numbers.h"

#include "fpt/num.h"
#include "fpt/stat.h"

enum { MOST = 24 };

static void check_funnel(size_t count, const double *x, const double *n,
                         unsigned kind, const fpt_level *level)
{
    const fpt_funnel_statistic statistic = (fpt_funnel_statistic)(kind % 3);
    const fpt_funnel_scale scale = (fpt_funnel_scale)(kind / 3 % 4);
    double good_x[MOST], good_n[MOST], z[MOST], work[3 * MOST];
    size_t order[2 * MOST], good = 0;
    double sum_x = 0.0, sum_n = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (fpt_funnel_state(statistic, x[i], n[i]) != FPT_STATE_OK) continue;
        sum_x += x[i];
        sum_n += n[i];
        good_x[good] = x[i];
        good_n[good++] = n[i];
    }
    if (good == 0) return;
    const double centre = statistic == FPT_FUNNEL_RATIO ? 1.0 : sum_x / sum_n;
    fpt_overdispersion od;
    fpt_funnel_overdispersion(scale, centre, 0.1, good, good_x, good_n, z, work,
                              order, &od);
    if (od.state == FPT_STATE_OK)
        FPT_REQUIRE(od.phi >= 0.0 && od.tau2 >= 0.0 && od.kept <= good);
    for (size_t i = 0; i < good; i++) {
        const double at =
            statistic == FPT_FUNNEL_PROPORTION ? good_n[i] : good_x[i];
        const fpt_limits lines = fpt_funnel_lines(statistic, centre, at, level);
        FPT_REQUIRE(!(lines.lower > lines.upper));
        const int side =
            fpt_funnel_side(statistic, centre, good_x[i], good_n[i], level);
        if (statistic == FPT_FUNNEL_PROPORTION) {
            const double value = good_x[i] / good_n[i];
            FPT_REQUIRE(side == (value > lines.upper) - (value < lines.lower));
        }
        const fpt_limits wide = fpt_funnel_wide_lines(
            scale, centre, isnan(od.tau2) ? 0.0 : od.tau2, good_n[i], level->z);
        FPT_REQUIRE(!(wide.lower > wide.upper));
    }
    double smallest = good_n[0], largest = good_n[0], axis[MOST];
    for (size_t i = 1; i < good; i++) {
        smallest = fmin(smallest, good_n[i]);
        largest = fmax(largest, good_n[i]);
    }
    const fpt_funnel_axis about = {statistic, smallest, largest, centre, 1.0};
    fpt_funnel_points(&about, MOST, axis);
    for (size_t i = 1; i < MOST; i++)
        FPT_REQUIRE(axis[i] >= axis[i - 1] && axis[0] >= 1.0);
}

static void check_pair(double x1, double n1, double x2, double n2,
                       const fpt_level *level)
{
    if (fpt_rate_state(x1, n1) != FPT_STATE_OK ||
        fpt_rate_state(x2, n2) != FPT_STATE_OK)
        return;
    const fpt_limits ratio = fpt_rate_ratio_limits(x1, n1, x2, n2, level->tail);
    const double p = fpt_rate_ratio_p(x1, n1, x2, n2);
    FPT_REQUIRE(isnan(p) || (p >= 0.0 && p <= 1.0));
    FPT_REQUIRE(!(ratio.lower > ratio.upper) && ratio.lower >= 0.0);
    const fpt_limits l1 = fpt_count_limits(x1, FPT_COUNT_EXACT, level);
    const fpt_limits l2 = fpt_count_limits(x2, FPT_COUNT_EXACT, level);
    const fpt_interval a = {x1 / n1, l1.lower / n1, l1.upper / n1};
    const fpt_interval b = {x2 / n2, l2.lower / n2, l2.upper / n2};
    const fpt_limits difference = fpt_difference_limits(a, b);
    const fpt_limits turned = fpt_difference_limits(b, a);
    if (!isnan(difference.lower)) {
        FPT_REQUIRE(difference.lower <= a.value - b.value &&
                    a.value - b.value <= difference.upper);
        FPT_REQUIRE(turned.lower == -difference.upper);
    }
    const fpt_limits mover = fpt_ratio_limits(a, b);
    FPT_REQUIRE(!isinf(mover.lower) && !isinf(mover.upper));
    if (x1 <= n1 && x2 <= n2) {
        const double z = fpt_proportion_difference_z(x1, n1, x2, n2);
        const fpt_limits log_normal =
            fpt_proportion_ratio_limits(x1, n1, x2, n2, level->z);
        FPT_REQUIRE(!isinf(z) && !(log_normal.lower > log_normal.upper));
    }
}

static void check_discovery(size_t count, const double *p)
{
    double q[MOST], given[MOST];
    size_t order[2 * MOST];
    for (size_t i = 0; i < count; i++)
        given[i] = p[i] >= 0.0 && p[i] <= 1.0 ? p[i] : (double)NAN;
    fpt_false_discovery(count, given, q, order);
    for (size_t i = 0; i < count; i++) {
        FPT_REQUIRE(isnan(q[i]) == isnan(given[i]));
        if (isnan(q[i])) continue;
        FPT_REQUIRE(q[i] >= given[i] * (1.0 - 1e-15) && q[i] <= 1.0);
        for (size_t k = 0; k < count; k++)
            if (given[k] > given[i]) FPT_REQUIRE(q[k] >= q[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_source source = {data, size};
    fpt_level level;
    if (fpt_level_make(fuzz_confidence(&source), &level) != FPT_OK) return 0;
    const unsigned kind = (unsigned)fuzz_bits(&source, 1);
    const size_t count = fuzz_bits(&source, 1) % MOST;
    double x[MOST], n[MOST], p[MOST];
    for (size_t i = 0; i < count; i++) {
        x[i] = fuzz_double(&source);
        n[i] = fuzz_double(&source);
        p[i] = (double)fuzz_bits(&source, 2) / 65535.0;
    }
    check_funnel(count, x, n, kind, &level);
    for (size_t i = 1; i < count && i < 6; i++)
        check_pair(x[i - 1], n[i - 1], x[i], n[i], &level);
    check_discovery(count, p);
    return 0;
}
