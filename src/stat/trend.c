#include "fpt/trend.h"

#include "fpt/num.h"
#include "fpt/proportion.h"
#include "fpt/rate.h"

#define FPT_TREND_WORD(name, word) word,
const char *fpt_trend_text(fpt_trend_word trend)
{
    static const char *const words[] = {FPT_TREND_LIST(FPT_TREND_WORD)};
    FPT_REQUIRE((size_t)trend < sizeof words / sizeof *words);
    return words[trend];
}

const char *fpt_trend_reason_text(fpt_trend_reason reason)
{
    static const char *const words[] = {FPT_TREND_REASON_LIST(FPT_TREND_WORD)};
    FPT_REQUIRE((size_t)reason < sizeof words / sizeof *words);
    return words[reason];
}
#undef FPT_TREND_WORD

const char *fpt_trend_method_word(fpt_trend_method method)
{
    switch (method) {
    case FPT_TREND_COCHRAN_ARMITAGE:
        return "cochran-armitage";
    case FPT_TREND_WEIGHTED_REGRESSION:
        return "weighted-regression";
    case FPT_TREND_POISSON:
        return "poisson-regression";
    }
    return "unknown";
}

fpt_trend_options fpt_trend_options_default(void)
{
    return (fpt_trend_options){.struct_size = sizeof(fpt_trend_options),
                               .least_points = 5,
                               .alpha = 0.002,
                               .guard = true};
}

static fpt_state point_state(const fpt_trend_point *p, fpt_trend_method method)
{
    switch (method) {
    case FPT_TREND_COCHRAN_ARMITAGE:
        return fpt_proportion_state(p->x, p->n);
    case FPT_TREND_POISSON:
        return fpt_rate_state(p->x, p->n);
    case FPT_TREND_WEIGHTED_REGRESSION:
        break;
    }
    if (fabs(p->value) > 1e100 || p->error < 0.0 || p->error > 1e100)
        return FPT_STATE_INVALID;
    if (isnan(p->value) || isnan(p->error)) return FPT_STATE_MISSING;
    return p->error < 1e-100 ? FPT_STATE_NO_VARIATION : FPT_STATE_OK;
}

/*
 * Cochran and Armitage: the line of p on t weighted by n, whose slope has the
 * variance P (1 - P) / sum n (t - tbar)^2 when there is no trend.
 */
static fpt_state proportions(size_t count, const fpt_trend_point *point,
                             fpt_trend *out)
{
    double t[FPT_TREND_POINTS_MOST], p[FPT_TREND_POINTS_MOST];
    double n[FPT_TREND_POINTS_MOST];
    fpt_sum x = {0};
    for (size_t i = 0; i < count; i++) {
        t[i] = (double)(i + 1);
        p[i] = point[i].x / point[i].n;
        n[i] = point[i].n;
        fpt_sum_add(&x, point[i].x);
    }
    fpt_line line;
    if (fpt_line_fit(count, t, p, n, &line) != FPT_OK) return FPT_STATE_INVALID;
    const double share = fpt_sum_value(x) / line.weight;
    const double variance =
        share * ((line.weight - fpt_sum_value(x)) / line.weight) / line.spread;
    if (!(variance > 0.0)) return FPT_STATE_NO_VARIATION;
    out->slope = line.slope;
    out->std_error = sqrt(variance);
    return FPT_STATE_OK;
}

static fpt_state values(size_t count, const fpt_trend_point *point,
                        fpt_trend *out)
{
    double t[FPT_TREND_POINTS_MOST], y[FPT_TREND_POINTS_MOST];
    double w[FPT_TREND_POINTS_MOST];
    for (size_t i = 0; i < count; i++) {
        t[i] = (double)(i + 1);
        y[i] = point[i].value;
        w[i] = 1.0 / (point[i].error * point[i].error);
    }
    fpt_line line;
    if (fpt_line_fit(count, t, y, w, &line) != FPT_OK) return FPT_STATE_INVALID;
    out->slope = line.slope;
    out->std_error = 1.0 / sqrt(line.spread);
    return FPT_STATE_OK;
}

static fpt_state counts(size_t count, const fpt_trend_point *point,
                        fpt_trend *out)
{
    double t[FPT_TREND_POINTS_MOST], x[FPT_TREND_POINTS_MOST];
    double n[FPT_TREND_POINTS_MOST];
    for (size_t i = 0; i < count; i++) {
        t[i] = (double)(i + 1);
        x[i] = point[i].x;
        n[i] = point[i].n;
    }
    fpt_log_line line;
    const fpt_status status = fpt_log_line_fit(count, t, x, n, &line);
    if (status == FPT_ERR_RANGE) return FPT_STATE_ZERO_EVENTS;
    if (status != FPT_OK) return FPT_STATE_NOT_CONVERGED;
    out->slope = line.slope;
    out->std_error = line.slope_error;
    return FPT_STATE_OK;
}

static int sign(double x)
{
    return (x > 0.0) - (x < 0.0);
}

/* What the guard looks at: values with their weights, or unweighted logits. */
static void guard_scale(size_t count, const fpt_trend_point *point,
                        fpt_trend_method method, double *y, double *w,
                        bool *half_added)
{
    bool at_end = false;
    for (size_t i = 0; i < count; i++)
        at_end =
            at_end || point[i].x <= 0.0 ||
            (method == FPT_TREND_COCHRAN_ARMITAGE && point[i].x >= point[i].n);
    *half_added = at_end && method != FPT_TREND_WEIGHTED_REGRESSION;
    const double half = *half_added ? 0.5 : 0.0;
    for (size_t i = 0; i < count; i++) {
        const double x = point[i].x + half;
        w[i] = 1.0;
        if (method == FPT_TREND_COCHRAN_ARMITAGE) {
            y[i] = log(x / (point[i].n - point[i].x + half));
        } else if (method == FPT_TREND_POISSON) {
            y[i] = log(x / point[i].n);
        } else {
            y[i] = point[i].value;
            w[i] = 1.0 / (point[i].error * point[i].error);
        }
    }
}

/* Does the slope keep its sign, whichever point is left out? */
static bool is_steady(size_t count, const fpt_trend_point *point,
                      fpt_trend_method method, double slope, bool *half_added)
{
    double y[FPT_TREND_POINTS_MOST], w[FPT_TREND_POINTS_MOST];
    guard_scale(count, point, method, y, w, half_added);
    if (slope == 0.0) return false;
    for (size_t out = 0; out < count; out++) {
        double t2[FPT_TREND_POINTS_MOST], y2[FPT_TREND_POINTS_MOST];
        double w2[FPT_TREND_POINTS_MOST];
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            if (i == out) continue;
            t2[kept] = (double)(i + 1);
            y2[kept] = y[i];
            w2[kept++] = w[i];
        }
        const double without = fpt_line_slope(kept, t2, y2, w2);
        if (!(without != 0.0) || sign(without) != sign(slope)) return false;
    }
    return true;
}

static fpt_state fit(size_t count, const fpt_trend_point *point,
                     fpt_trend_method method, fpt_trend *out)
{
    fpt_state state = FPT_STATE_OK;
    for (size_t i = 0; i < count; i++)
        state = fpt_state_worst(state, point_state(&point[i], method));
    if (state != FPT_STATE_OK) return state;
    switch (method) {
    case FPT_TREND_COCHRAN_ARMITAGE:
        return proportions(count, point, out);
    case FPT_TREND_POISSON:
        return counts(count, point, out);
    case FPT_TREND_WEIGHTED_REGRESSION:
        break;
    }
    return values(count, point, out);
}

static fpt_trend_reason reason_of(fpt_state state)
{
    switch (state) {
    case FPT_STATE_MISSING:
    case FPT_STATE_SUPPRESSED:
        return FPT_REASON_MISSING;
    case FPT_STATE_NO_VARIATION:
    case FPT_STATE_ZERO_EVENTS:
        return FPT_REASON_NO_VARIATION;
    case FPT_STATE_NOT_CONVERGED:
        return FPT_REASON_NOT_CONVERGED;
    case FPT_STATE_TOO_FEW_ROWS:
        return FPT_REASON_TOO_FEW_POINTS;
    case FPT_STATE_ZERO_DENOMINATOR:
        return FPT_REASON_MISSING;
    default:
        return FPT_REASON_INVALID;
    }
}

void fpt_trend_of(size_t count, const fpt_trend_point *point,
                  const fpt_trend_options *options, fpt_trend *out)
{
    const double none = (double)NAN;
    *out = (fpt_trend){.slope = none,
                       .std_error = none,
                       .chi_squared = none,
                       .p_value = none,
                       .trend = FPT_TREND_NOT_CALCULATED};
    const size_t least = options->least_points < 2 ? 2 : options->least_points;
    if (count < least || count > FPT_TREND_POINTS_MOST)
        out->state = FPT_STATE_TOO_FEW_ROWS;
    else
        out->state = fit(count, point, options->method, out);
    if (out->state == FPT_STATE_OK) {
        const double ratio = out->slope / out->std_error;
        out->chi_squared = ratio * ratio;
        out->p_value = fpt_chi_squared_tail(out->chi_squared, 1.0);
        if (!isfinite(out->chi_squared)) out->state = FPT_STATE_INVALID;
    }
    if (out->state != FPT_STATE_OK) {
        out->slope = out->std_error = out->chi_squared = out->p_value = none;
        out->reason = reason_of(out->state);
        return;
    }
    out->trend = FPT_TREND_NO_CHANGE;
    out->reason = FPT_REASON_NOT_SIGNIFICANT;
    if (!(out->chi_squared > fpt_chi_squared_upper(options->alpha, 1.0)))
        return;
    if (options->guard && !is_steady(count, point, options->method, out->slope,
                                     &out->half_added)) {
        out->reason = FPT_REASON_OUTLIER;
        return;
    }
    out->trend = out->slope > 0.0 ? FPT_TREND_INCREASING : FPT_TREND_DECREASING;
    out->reason = FPT_REASON_SIGNIFICANT;
}
