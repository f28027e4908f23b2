/**
 * @file regression.h
 * @brief Straight lines with weights, and log-linear lines through counts.
 */
#ifndef FPT_REGRESSION_H
#define FPT_REGRESSION_H

#include <stddef.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** y = intercept + slope x. */
typedef struct fpt_line {
    double slope, intercept;
    double centre;    /**< weighted mean of x */
    double level;     /**< weighted mean of y: the line at `centre` */
    double spread;    /**< sum w (x - centre)^2 */
    double weight;    /**< sum w */
    double residuals; /**< sum w (y - line)^2 */
} fpt_line;

/**
 * Weighted least squares.
 *
 * Shape    x[count], y[count], weight[count] (NULL: all 1).
 * Units    weights > 0 in any unit; as 1 / variance of y they make
 *          1 / sqrt(spread) the standard error of the slope.
 * Missing  a NaN anywhere gives FPT_ERR_RANGE.
 * Errors   FPT_ERR_RANGE: fewer than two points, a weight that is not positive
 *          and finite, or all x equal; *out is then unchanged.
 * Memory   none allocated.
 * Threads  pure.
 */
FPT_MUST_CHECK fpt_status fpt_line_fit(size_t count, const double *x,
                                       const double *y, const double *weight,
                                       fpt_line *out);

/** Only the slope; NaN where fpt_line_fit() would refuse. */
double fpt_line_slope(size_t count, const double *x, const double *y,
                      const double *weight);

/** log(expected) = log(exposure) + intercept + slope x. */
typedef struct fpt_log_line {
    double slope, intercept;
    double slope_error, intercept_error; /**< standard errors */
    double deviance;
    int steps; /**< that the fit took */
} fpt_log_line;

/**
 * Poisson regression on one variable with an offset, by Newton's method.
 *
 * Shape    x[count], events[count] >= 0, exposure[count] > 0; count >= 2.
 * Errors   FPT_ERR_RANGE as above, and when no events were seen at all or at
 *          one x only (the slope is then infinite); FPT_ERR_DIVERGED.
 *          *out is unchanged on error.
 * Source   P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 2.5.
 */
FPT_MUST_CHECK fpt_status fpt_log_line_fit(size_t count, const double *x,
                                           const double *events,
                                           const double *exposure,
                                           fpt_log_line *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_REGRESSION_H */
