/**
 * @file trend.h
 * @brief Has an indicator changed over the last points?
 *
 * For yearly figures whose periods do not overlap; for monthly ones use process
 * control (spc.h). The field's marker takes the last five points and asks for
 * strong evidence (1 in 500), and that no single point makes the trend.
 */
#ifndef FPT_TREND_H
#define FPT_TREND_H

#include "fpt/level.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_trend_method {
    FPT_TREND_COCHRAN_ARMITAGE,    /**< proportions x of n */
    FPT_TREND_WEIGHTED_REGRESSION, /**< values with standard errors */
    FPT_TREND_POISSON              /**< counts x among n, log-linear */
} fpt_trend_method;

/** "cochran-armitage", "weighted-regression", "poisson-regression". */
const char *fpt_trend_method_word(fpt_trend_method method);

#define FPT_TREND_LIST(X)                                                      \
    X(INCREASING, "increasing")                                                \
    X(DECREASING, "decreasing")                                                \
    X(NO_CHANGE, "no_significant_change")                                      \
    X(NOT_CALCULATED, "cannot_be_calculated")

#define FPT_TREND_REASON_LIST(X)                                               \
    X(SIGNIFICANT, "significant")                                              \
    X(NOT_SIGNIFICANT, "not_significant")                                      \
    X(OUTLIER, "outlier")                                                      \
    X(TOO_FEW_POINTS, "too_few_points")                                        \
    X(MISSING, "missing")                                                      \
    X(DUPLICATE_PERIOD, "duplicate_period")                                    \
    X(OVERLAPPING, "overlapping")                                              \
    X(BREAK, "break")                                                          \
    X(NO_VARIATION, "no_variation")                                            \
    X(NOT_CONVERGED, "not_converged")                                          \
    X(INVALID, "invalid")

#define FPT_TREND_ENUM(name, word) FPT_TREND_##name,
typedef enum fpt_trend_word { FPT_TREND_LIST(FPT_TREND_ENUM) } fpt_trend_word;
#undef FPT_TREND_ENUM
#define FPT_TREND_ENUM(name, word) FPT_REASON_##name,
typedef enum fpt_trend_reason {
    FPT_TREND_REASON_LIST(FPT_TREND_ENUM)
} fpt_trend_reason;
#undef FPT_TREND_ENUM

const char *fpt_trend_text(fpt_trend_word trend);
const char *fpt_trend_reason_text(fpt_trend_reason reason);

/** A point: x of n, or value with its standard error; NaN is missing. */
typedef struct fpt_trend_point {
    double x, n;
    double value, error;
} fpt_trend_point;

typedef struct fpt_trend_options {
    size_t struct_size;
    fpt_trend_method method;
    size_t least_points; /**< fewer: TOO_FEW_ROWS; default 5 */
    double alpha;        /**< default 0.002 */
    bool guard;          /**< each point left out in turn; default true */
} fpt_trend_options;

fpt_trend_options fpt_trend_options_default(void);

typedef struct fpt_trend {
    double
        slope; /**< per point: of the proportion, the value, or the log rate */
    double std_error;
    double chi_squared, p_value;
    fpt_trend_word trend;
    fpt_trend_reason reason;
    bool half_added; /**< the guard added 1/2 to counts of 0 or n */
    fpt_state state;
} fpt_trend;

enum { FPT_TREND_POINTS_MOST = 1000 };

/**
 * The trend over points 1 .. count in the order of time, equally far apart.
 *
 * Shape    point[count], count up to FPT_TREND_POINTS_MOST: the points to
 *          judge, not more.
 * Missing  a NaN that is needed: MISSING. NO_VARIATION: all or none have it, or
 *          a standard error is 0. A state that is not OK has no numbers, and
 *          the trend cannot be calculated.
 * Exact    chi_squared = (slope / std_error)^2.
 * Memory   none allocated.
 * Threads  pure.
 * Source   W. G. Cochran, Biometrics 10 (1954) 417-451; P. Armitage, Biometrics
 *          11 (1955) 375-386; Fingertips trend markers, DHSC technical guidance.
 */
void fpt_trend_of(size_t count, const fpt_trend_point *point,
                  const fpt_trend_options *options, fpt_trend *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_TREND_H */
