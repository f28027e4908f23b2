/**
 * @file worth.h
 * @brief Value for money: what an outcome costs, and how sure that is.
 *
 * Missing  what does not exist is NaN.
 * Memory   none allocated.
 * Threads  pure.
 */
#ifndef FPT_WORTH_H
#define FPT_WORTH_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Two figures that were found together: a cost and an effect. */
typedef struct fpt_worth {
    double cost, effect;
    double cost_variance, effect_variance, covariance;
} fpt_worth;

typedef struct fpt_worth_ratio {
    double value; /**< cost / effect; NaN: the effect is 0 */
    double lower,
        upper; /**< NaN: the effect could be nought, so the cost of one
                              is bounded on no side */
} fpt_worth_ratio;

/**
 * Cost of one unit of effect, with Fieller's limits.
 *
 * Exact    the set of ratios r for which (cost - r effect)^2 <= z^2 var(cost - r
 *          effect); where that is no interval, both limits are NaN.
 * Source   E. C. Fieller, J. R. Stat. Soc. B 16 (1954) 175-185.
 */
fpt_worth_ratio fpt_worth_fieller(const fpt_worth *worth, double z);

/** Chance that it is worth its money at `most` for a unit of effect: that most *
 *  effect - cost is above 0, both being normal. NaN: nothing varies and it is
 *  just 0. */
double fpt_worth_accepted(const fpt_worth *worth, double most);

/** Quarters of the plane of effect (to the right) and cost (upwards). */
typedef struct fpt_worth_plane {
    double better_dearer, better_cheaper, worse_dearer, worse_cheaper;
} fpt_worth_plane;

/** Chances of the quarters, which sum to 1, both being normal.
 *  Source   bivariate normal by Drezner and Wesolowsky's integral over the
 *           correlation, J. Stat. Comput. Simul. 35 (1990) 101-107. */
fpt_worth_plane fpt_worth_quarters(const fpt_worth *worth);

/** P(X < a, Y < b) of two standard normals with correlation r in [-1, 1]. */
double fpt_normal_both_below(double a, double b, double r);

#ifdef __cplusplus
}
#endif
#endif /* FPT_WORTH_H */
