/*
 * Prediction from a few past figures, shrunk to a reference class, and scores of
 * forecasts against what came.
 */
#include "fpt/backtest.h"

#include <math.h>

#include "fpt/belief.h"
#include "fpt/lanes_math.h"
#include "fpt/sum.h"

const char *fpt_history_band_text(fpt_history_band band)
{
    static const char *const texts[] = {"inside 80 %", "80 to 95 %",
                                        "95 to 99 %", "beyond 99 %"};
    return band <= FPT_HISTORY_BEYOND_99 ? texts[band] : "";
}

double fpt_student_quantile(double u, double df)
{
    const double z = fpt_lane_normal_quantile(u);
    if (isinf(df)) return z;
    /* Bisection in a scale that reaches the far tails of df near 1. */
    double low = -60.0, high = 60.0;
    for (int i = 0; i < 90; i++) {
        const double middle = 0.5 * (low + high);
        *(fpt_student_cdf(sinh(middle), df) < u ? &low : &high) = middle;
    }
    return sinh(0.5 * (low + high));
}

static double cdf(double t, double df)
{
    return isinf(df) ? fpt_normal_cdf(t) : fpt_student_cdf(t, df);
}

fpt_status fpt_history_predict(size_t count, const double *found,
                               bool has_class, double class_mean,
                               double class_sd, double planned,
                               fpt_history_prediction *out)
{
    if (has_class &&
        (!(class_sd > 0.0) || !isfinite(class_sd) || !isfinite(class_mean)))
        return FPT_ERR_RANGE;
    fpt_sum sum = {0}, squares = {0};
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(found[i])) return FPT_ERR_RANGE;
        fpt_sum_add(&sum, found[i]);
    }
    const double n = (double)count;
    const double own = count > 0 ? fpt_sum_value(sum) / n : 0.0;
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&squares, (found[i] - own) * (found[i] - own));
    const double variance = count > 1 ? fpt_sum_value(squares) / (n - 1.0) : 0;

    fpt_history_prediction p = {.df = (double)INFINITY};
    if (has_class && (count < 3 || variance == 0.0)) {
        p.mean = class_mean;
        p.sd = class_sd;
    } else if (has_class) {
        const double between = class_sd * class_sd;
        p.own_weight = between / (between + variance / n);
        p.mean = p.own_weight * own + (1.0 - p.own_weight) * class_mean;
        p.sd = sqrt(variance + 1.0 / (1.0 / between + n / variance));
        p.df = n - 1.0;
    } else if (count >= 2 && variance > 0.0) {
        p.own_weight = 1.0;
        p.mean = own;
        p.sd = sqrt(variance * (1.0 + 1.0 / n));
        p.df = n - 1.0;
    } else {
        return FPT_ERR_REFUSED;
    }
    const double t80 = fpt_student_quantile(0.9, p.df);
    const double t95 = fpt_student_quantile(0.975, p.df);
    const double t99 = fpt_student_quantile(0.995, p.df);
    p.lower_80 = p.mean - t80 * p.sd;
    p.upper_80 = p.mean + t80 * p.sd;
    p.lower_95 = p.mean - t95 * p.sd;
    p.upper_95 = p.mean + t95 * p.sd;
    const double t = (planned - p.mean) / p.sd;
    p.percentile = cdf(t, p.df);
    p.band = fabs(t) <= t80   ? FPT_HISTORY_INSIDE_80
             : fabs(t) <= t95 ? FPT_HISTORY_80_TO_95
             : fabs(t) <= t99 ? FPT_HISTORY_95_TO_99
                              : FPT_HISTORY_BEYOND_99;
    *out = p;
    return FPT_OK;
}

double fpt_crps(size_t count, const double *sorted, double found)
{
    FPT_REQUIRE(count > 0);
    fpt_sum sum = {0};
    const double n = (double)count;
    for (size_t i = 0; i < count; i++) {
        const double above = found < sorted[i] ? 1.0 : 0.0;
        fpt_sum_add(&sum, (sorted[i] - found) *
                              (n * above - ((double)i + 1.0) + 0.5));
    }
    return 2.0 * fpt_sum_value(sum) / (n * n);
}

double fpt_pit(size_t count, const double *sorted, double found, double u)
{
    FPT_REQUIRE(count > 0);
    size_t below = 0, upto = 0;
    for (size_t i = 0; i < count; i++) {
        below += sorted[i] < found;
        upto += sorted[i] <= found;
    }
    const double n = (double)count;
    return ((double)below + u * (double)(upto - below)) / n;
}
