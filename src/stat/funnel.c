/* Lines of a funnel plot and the axis under them. */
#include "fpt/funnel.h"

#include "fpt/num.h"
#include "fpt/rate.h"

fpt_state fpt_funnel_state(fpt_funnel_statistic statistic, double numerator,
                           double denominator)
{
    return statistic == FPT_FUNNEL_PROPORTION
               ? fpt_proportion_state(numerator, denominator)
               : fpt_rate_state(numerator, denominator);
}

fpt_limits fpt_funnel_lines(fpt_funnel_statistic statistic, double centre,
                            double at, const fpt_level *level)
{
    if (!(at >= 0.0) || !(centre >= 0.0)) return fpt_no_limits();
    if (statistic == FPT_FUNNEL_PROPORTION) {
        if (!(centre <= 1.0) || at == 0.0) return fpt_no_limits();
        const double reach = level->z * sqrt(centre * (1.0 - centre) / at);
        return (fpt_limits){fmax(0.0, centre - reach),
                            fmin(1.0, centre + reach)};
    }
    const fpt_limits events = fpt_count_limits(at, FPT_COUNT_EXACT, level);
    return (fpt_limits){.lower = centre * (at / events.upper),
                        .upper = at > 0.0 ? centre * (at / events.lower)
                                          : (double)INFINITY};
}

int fpt_funnel_side(fpt_funnel_statistic statistic, double centre,
                    double numerator, double denominator,
                    const fpt_level *level)
{
    if (statistic == FPT_FUNNEL_PROPORTION) {
        const double value = numerator / denominator;
        const fpt_limits lines =
            fpt_funnel_lines(statistic, centre, denominator, level);
        return (value > lines.upper) - (value < lines.lower);
    }
    const fpt_limits own = fpt_count_limits(numerator, FPT_COUNT_FIELD, level);
    return (centre < own.lower / denominator) -
           (centre > own.upper / denominator);
}

/* ---- the axis ---- */

/* A power of ten that leaves `digits` digits before the point of x. */
static double unit_of(double x, int digits)
{
    double unit = 1.0;
    for (int i = 0; i < digits - 1; i++)
        unit /= 10.0;
    for (double rest = x; rest >= 10.0; rest /= 10.0)
        unit *= 10.0;
    return unit;
}

static double round_down(double x)
{
    const double less = floor(0.95 * x);
    if (!(less >= 1.0)) return 0.0;
    const double unit = unit_of(less, 1);
    return floor(0.95 * x / unit) * unit;
}

static double round_up(double x)
{
    const double more = ceil(1.05 * x);
    if (!(more >= 1.0)) return 0.0;
    const double unit = unit_of(more, 2);
    return ceil(1.05 * x / unit) * unit;
}

void fpt_funnel_points(const fpt_funnel_axis *axis, size_t points, double *x)
{
    const bool rate = axis->statistic == FPT_FUNNEL_RATE;
    const double years = rate ? axis->years : 1.0;
    double low = axis->largest > 2.0 * axis->smallest
                     ? 0.0
                     : round_down(axis->smallest / years) * years;
    double high = round_up(axis->largest / years) * years;
    if (rate) {
        low = floor(low * axis->centre);
        high = ceil(high * axis->centre);
    }
    /* Ratios take one step more than they have, so they end short of it. */
    const double steps = (double)points + 1.0 +
                         (axis->statistic == FPT_FUNNEL_RATIO ? 1.0 : 0.0);
    x[0] = fmax(1.0, low);
    for (size_t j = 1; j < points; j++) {
        const double before = x[j - 1];
        const double grown =
            pow(high / before, 1.0 / (steps - (double)(j + 1))) * before;
        x[j] = fmax(nearbyint(grown), before + 1.0);
    }
}
