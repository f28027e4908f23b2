/*
 * Lines are fitted about the weighted mean of x, so that years such as 2017 and
 * 2018 cost no digits.
 */
#include "fpt/regression.h"

#include <math.h>

#include "fpt/sum.h"

fpt_status fpt_line_fit(size_t count, const double *x, const double *y,
                        const double *weight, fpt_line *out)
{
    if (count < 2) return FPT_ERR_RANGE;
    fpt_sum w = {0}, wx = {0}, wy = {0};
    for (size_t i = 0; i < count; i++) {
        const double wi = weight != NULL ? weight[i] : 1.0;
        if (!(wi > 0.0) || !isfinite(wi) || !isfinite(x[i]) || !isfinite(y[i]))
            return FPT_ERR_RANGE;
        fpt_sum_add(&w, wi);
        fpt_sum_add(&wx, wi * x[i]);
        fpt_sum_add(&wy, wi * y[i]);
    }
    fpt_line line = {.weight = fpt_sum_value(w)};
    line.centre = fpt_sum_value(wx) / line.weight;
    line.level = fpt_sum_value(wy) / line.weight;

    fpt_sum xx = {0}, xy = {0};
    for (size_t i = 0; i < count; i++) {
        const double d = x[i] - line.centre;
        const double wd = weight != NULL ? weight[i] * d : d;
        fpt_sum_add(&xx, wd * d);
        fpt_sum_add(&xy, wd * (y[i] - line.level));
    }
    line.spread = fpt_sum_value(xx);
    if (!(line.spread > 0.0) || !isfinite(line.spread)) return FPT_ERR_RANGE;
    line.slope = fpt_sum_value(xy) / line.spread;
    line.intercept = line.level - line.slope * line.centre;
    if (!isfinite(line.slope)) return FPT_ERR_RANGE;

    fpt_sum rest = {0};
    for (size_t i = 0; i < count; i++) {
        const double r =
            (y[i] - line.level) - line.slope * (x[i] - line.centre);
        fpt_sum_add(&rest, (weight != NULL ? weight[i] : 1.0) * r * r);
    }
    line.residuals = fpt_sum_value(rest);
    if (!isfinite(line.residuals)) return FPT_ERR_RANGE;
    *out = line;
    return FPT_OK;
}

double fpt_line_slope(size_t count, const double *x, const double *y,
                      const double *weight)
{
    fpt_line line;
    return fpt_line_fit(count, x, y, weight, &line) == FPT_OK ? line.slope
                                                              : (double)NAN;
}

/* ---- counts ---- */

struct score {
    double u0, u1;        /* first derivatives of the log likelihood */
    double i00, i01, i11; /* information */
    double deviance;
};

/* Derivatives at level + slope (x - centre). */
static struct score score_at(size_t count, const double *x,
                             const double *events, const double *exposure,
                             double centre, double level, double slope)
{
    fpt_sum u0 = {0}, u1 = {0}, i00 = {0}, i01 = {0}, i11 = {0}, deviance = {0};
    for (size_t i = 0; i < count; i++) {
        const double d = x[i] - centre;
        const double expected = exposure[i] * exp(level + slope * d);
        const double rest = events[i] - expected;
        fpt_sum_add(&u0, rest);
        fpt_sum_add(&u1, rest * d);
        fpt_sum_add(&i00, expected);
        fpt_sum_add(&i01, expected * d);
        fpt_sum_add(&i11, expected * d * d);
        const double log_part =
            events[i] > 0.0 ? events[i] * log(events[i] / expected) : 0.0;
        fpt_sum_add(&deviance, 2.0 * (log_part - rest));
    }
    return (struct score){fpt_sum_value(u0),  fpt_sum_value(u1),
                          fpt_sum_value(i00), fpt_sum_value(i01),
                          fpt_sum_value(i11), fpt_sum_value(deviance)};
}

/* The slope exists only when events were seen at two different x. */
static bool slope_exists(size_t count, const double *x, const double *events,
                         const double *exposure, double *total)
{
    fpt_sum sum = {0};
    double at = (double)NAN;
    bool two = false;
    for (size_t i = 0; i < count; i++) {
        if (!(events[i] >= 0.0) || !isfinite(events[i]) || !isfinite(x[i]) ||
            !(exposure[i] > 0.0) || !isfinite(exposure[i]))
            return false;
        fpt_sum_add(&sum, events[i]);
        if (events[i] <= 0.0) continue;
        if (isnan(at))
            at = x[i];
        else if (x[i] != at)
            two = true;
    }
    *total = fpt_sum_value(sum);
    return two;
}

fpt_status fpt_log_line_fit(size_t count, const double *x, const double *events,
                            const double *exposure, fpt_log_line *out)
{
    double total;
    if (count < 2 || !slope_exists(count, x, events, exposure, &total))
        return FPT_ERR_RANGE;
    const double person_time = fpt_sum_of(count, exposure);
    fpt_sum weighted = {0};
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&weighted, events[i] * x[i]);
    /* About the mean x of the events the two parameters are nearly free of each
     * other at the solution. */
    const double centre = fpt_sum_value(weighted) / total;
    double level = log(total / person_time), slope = 0.0;
    struct score s = score_at(count, x, events, exposure, centre, level, slope);
    enum { MOST_STEPS = 200 };
    for (int step = 1; step <= MOST_STEPS; step++) {
        const double det = s.i00 * s.i11 - s.i01 * s.i01;
        if (!(det > 0.0) || !isfinite(det)) return FPT_ERR_DIVERGED;
        double move0 = (s.i11 * s.u0 - s.i01 * s.u1) / det;
        double move1 = (s.i00 * s.u1 - s.i01 * s.u0) / det;
        /* The likelihood is concave: a step that does not lower the deviance
         * is too long, and half of it is tried. */
        struct score next;
        for (int half = 0;; half++) {
            next = score_at(count, x, events, exposure, centre, level + move0,
                            slope + move1);
            if (next.deviance <= s.deviance + 1e-12 * fabs(s.deviance) + 1e-12)
                break;
            if (half == 60) return FPT_ERR_DIVERGED;
            move0 *= 0.5;
            move1 *= 0.5;
        }
        level += move0;
        slope += move1;
        s = next;
        const double size = fabs(move0) + fabs(move1) * sqrt(s.i11 / s.i00);
        if (size <= 1e-14 * (1.0 + fabs(level))) {
            const double d = s.i00 * s.i11 - s.i01 * s.i01;
            const double error1 = s.i00 / d;
            /* Information that leaves the range of doubles says nothing. */
            if (!(d > 0.0) || !isfinite(slope) || !(error1 > 0.0) ||
                !isfinite(error1))
                return FPT_ERR_DIVERGED;
            const double error0 =
                s.i11 / d + 2.0 * centre * s.i01 / d + centre * centre * error1;
            *out = (fpt_log_line){.slope = slope,
                                  .intercept = level - slope * centre,
                                  .slope_error = sqrt(error1),
                                  .intercept_error = sqrt(fmax(0.0, error0)),
                                  .deviance = fmax(0.0, s.deviance),
                                  .steps = step};
            return FPT_OK;
        }
    }
    return FPT_ERR_DIVERGED;
}
