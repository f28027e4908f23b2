/**
 * @file backtest.h
 * @brief A planned figure against what was ever found.
 *
 * What a place found in past years says what it may find next, and how surely;
 * with few years it says little, and what others found (a reference class) says
 * the rest. One past figure has no spread: it is refused, not guessed.
 */
#ifndef FPT_BACKTEST_H
#define FPT_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_history_band {
    FPT_HISTORY_INSIDE_80,
    FPT_HISTORY_80_TO_95,
    FPT_HISTORY_95_TO_99,
    FPT_HISTORY_BEYOND_99
} fpt_history_band;

/** "inside 80 %", ... */
const char *fpt_history_band_text(fpt_history_band band);

typedef struct fpt_history_prediction {
    double mean, sd;   /**< of the next figure */
    double df;         /**< of Student's t; infinity: normal */
    double own_weight; /**< of the place's own mean, 0 to 1 */
    double lower_80, upper_80, lower_95, upper_95;
    double percentile; /**< share of what may be found below the plan */
    fpt_history_band band;
} fpt_history_prediction;

/**
 * What may be found next, and where a planned figure stands in it.
 *
 * Shape    found[count]; a class has a mean and the spread between places.
 * Errors   FPT_ERR_REFUSED: fewer than two figures and no class, or figures
 *          without any spread and no class; FPT_ERR_RANGE: a figure that is not
 *          finite, a class whose spread is not above 0.
 * Threads  pure.
 * Source   predictive law of a normal mean; shrinkage to the class by inverse
 *          variances (plan model of the project, section 20, T9). Below three
 *          figures the class stands alone.
 */
FPT_MUST_CHECK fpt_status fpt_history_predict(size_t count, const double *found,
                                              bool has_class, double class_mean,
                                              double class_sd, double planned,
                                              fpt_history_prediction *out);

/** The t with P(T <= t) = u, for df > 0 (infinity: normal). */
double fpt_student_quantile(double u, double df);

/** Of forecasts given as draws: the continuous ranked probability score,
 *  E|X - y| - E|X - X'| / 2. sorted[count] in rising order, count >= 1. */
double fpt_crps(size_t count, const double *sorted, double found);

/** The place of a found figure among sorted draws, 0 to 1; for counts a point
 *  between its two ends, at share u of the way (randomised PIT). */
double fpt_pit(size_t count, const double *sorted, double found, double u);

#ifdef __cplusplus
}
#endif
#endif /* FPT_BACKTEST_H */
