/**
 * @file funnel.h
 * @brief Funnel plots: which units differ from the centre by more than chance?
 *
 * Three statistics: proportions (x of n), ratios (seen over expected) and rates
 * (events over people). When the units differ by more than chance allows, all of
 * them seem to: the additive model of overdispersion then widens the funnel by
 * the variance between units.
 */
#ifndef FPT_FUNNEL_H
#define FPT_FUNNEL_H

#include "fpt/level.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_funnel_statistic {
    FPT_FUNNEL_PROPORTION,
    FPT_FUNNEL_RATIO,
    FPT_FUNNEL_RATE
} fpt_funnel_statistic;

/** How a figure is made normal for the additive model. */
typedef enum fpt_funnel_scale {
    FPT_SCALE_ASIN,       /**< proportions: asin(sqrt(x/n)) */
    FPT_SCALE_LOG_RATIO,  /**< ratios, as the SHMI: log(O/E), truncated */
    FPT_SCALE_ROOT_RATIO, /**< ratios, as the CQC: sqrt(O/E), winsorised */
    FPT_SCALE_LOG_COUNTS  /**< rates: log((x + 1/2)/(n + 1/2)) */
} fpt_funnel_scale;

/** What a unit is worth: OK, INVALID, MISSING, ZERO_DENOMINATOR. */
fpt_state fpt_funnel_state(fpt_funnel_statistic statistic, double numerator,
                           double denominator);

/**
 * The funnel's two lines where a unit (or a point of the axis) stands.
 *
 * Units    centre: the value in the middle, not multiplied. at: the denominator
 *          for a proportion; the number of events for a ratio or rate. Limits
 *          are values, not multiplied.
 * Exact    proportion: the points whose own Wilson limit touches the centre,
 *          clipped to [0, 1]. Ratio and rate: the values at which the exact
 *          Poisson limits of so many events touch it. At 0 events the lower
 *          line is 0 and the upper infinite.
 * Source   dhsc-govuk/PHEindicatormethods 2.1.0, Funnels.R (there by bisection
 *          to 1e-7).
 */
fpt_limits fpt_funnel_lines(fpt_funnel_statistic statistic, double centre,
                            double at, const fpt_level *level);

/**
 * On which side of the centre does chance not reach? 1 above, -1 below, 0
 * within; on the limit is within.
 *
 * Exact    proportion: the value against the lines at its own n. Ratio and
 *          rate: the centre against the limits of the count (exact under 10,
 *          else Byar's) over the denominator.
 */
int fpt_funnel_side(fpt_funnel_statistic statistic, double centre,
                    double numerator, double denominator,
                    const fpt_level *level);

/* ---- overdispersion ---- */

typedef struct fpt_overdispersion {
    double phi;  /**< sum z^2 / N over the kept units; 1 when chance is all */
    double tau2; /**< variance between units on the scale of the model */
    double target;
    size_t kept;
    fpt_state state; /**< TOO_FEW_ROWS under three units */
} fpt_overdispersion;

/** A unit on the scale: y, its standard error, and where the centre is. */
typedef struct fpt_scaled {
    double y, error, target;
} fpt_scaled;

/** NaN y where the unit has none (a logarithm of zero). */
fpt_scaled fpt_funnel_scaled(fpt_funnel_scale scale, double centre,
                             double numerator, double denominator);

/**
 * The additive model's variance, by DerSimonian and Laird after trimming.
 *
 * Shape    numerator[count], denominator[count], of units that are OK;
 *          z[count] out (NaN where there is none); work[3 * count] and
 *          order[2 * count] are work space.
 * Units    trim: share at each end, default 0.1. Winsorised (all but LOG_RATIO)
 *          z beyond the trim quantiles count as those; truncated (LOG_RATIO)
 *          they are left out.
 * Missing  units without a y are left out of phi and tau2.
 * Source   D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202;
 *          nhs-r-community/FunnelPlotR 0.6.0, od_adjustment.R.
 */
void fpt_funnel_overdispersion(fpt_funnel_scale scale, double centre,
                               double trim, size_t count,
                               const double *numerator,
                               const double *denominator, double *z,
                               double *work, size_t *order,
                               fpt_overdispersion *out);

/**
 * The widened lines at a denominator: f(target -/+ z sqrt(s^2 + tau2)).
 *
 * Exact    asin lines that turn back at small denominators are put to 0 or 1;
 *          square roots below 0 to 0.
 */
fpt_limits fpt_funnel_wide_lines(fpt_funnel_scale scale, double centre,
                                 double tau2, double denominator, double z);

/* ---- the axis ---- */

typedef struct fpt_funnel_axis {
    fpt_funnel_statistic statistic;
    double smallest, largest; /**< of the units' denominators */
    double centre;            /**< rates: turns people into events */
    double years;             /**< of data; rates; 1 */
} fpt_funnel_axis;

/**
 * Points at which to draw the lines, closer together where they bend.
 *
 * Shape    x[points] out; points >= 2. Proportion: denominators; ratio and rate:
 *          whole numbers of events.
 * Source   dhsc-govuk/PHEindicatormethods 2.1.0, Funnels.R (which counts the
 *          digits of 100000 as five).
 */
void fpt_funnel_points(const fpt_funnel_axis *axis, size_t points, double *x);

#ifdef __cplusplus
}
#endif
#endif /* FPT_FUNNEL_H */
