/*
 * From what planners say to the parameters of a distribution.
 */
#include <math.h>

#include "fpt/belief.h"

/* Normal score of 0.9, so that p90 - p10 is twice this times the sd. */
#define SCORE_90 1.2815515655446004
#define LOG_9 2.1972245773362196

const char *fpt_belief_word(fpt_belief_kind kind)
{
#define WORD(name, word) [FPT_BELIEF_##name] = word,
    static const char *const words[] = {FPT_BELIEF_LIST(WORD)};
#undef WORD
    return kind < FPT_BELIEF_KINDS ? words[kind] : "";
}

static fpt_belief make(fpt_belief_kind kind, double a, double b, double c,
                       double d)
{
    return (fpt_belief){.kind = kind,
                        .parameter = {a, b, c, d},
                        .lower = -(double)INFINITY,
                        .upper = (double)INFINITY};
}

fpt_belief fpt_belief_point(double value)
{
    return make(FPT_BELIEF_POINT, value, 0.0, 0.0, 0.0);
}

fpt_status fpt_belief_uniform(double low, double high, fpt_belief *out)
{
    if (!(low < high) || !isfinite(high - low)) return FPT_ERR_RANGE;
    *out = make(FPT_BELIEF_UNIFORM, low, high, 0.0, 0.0);
    return FPT_OK;
}

fpt_status fpt_belief_normal(double mean, double sd, fpt_belief *out)
{
    if (!isfinite(mean) || !(sd > 0.0) || !isfinite(sd)) return FPT_ERR_RANGE;
    *out = make(FPT_BELIEF_NORMAL, mean, sd, 0.0, 0.0);
    return FPT_OK;
}

fpt_status fpt_belief_normal_interval(double p10, double p90, fpt_belief *out)
{
    if (!(p10 < p90)) return FPT_ERR_RANGE;
    return fpt_belief_normal(0.5 * (p10 + p90), (p90 - p10) / (2.0 * SCORE_90),
                             out);
}

fpt_status fpt_belief_lognormal_interval(double p10, double p90,
                                         fpt_belief *out)
{
    if (!(p10 > 0.0 && p10 < p90) || !isfinite(p90)) return FPT_ERR_RANGE;
    FPT_TRY(fpt_belief_normal_interval(log(p10), log(p90), out));
    out->kind = FPT_BELIEF_LOGNORMAL;
    return FPT_OK;
}

fpt_status fpt_belief_triangular(double low, double mode, double high,
                                 fpt_belief *out)
{
    if (!(low <= mode && mode <= high && low < high) || !isfinite(high - low))
        return FPT_ERR_RANGE;
    *out = make(FPT_BELIEF_TRIANGULAR, low, mode, high, 0.0);
    return FPT_OK;
}

fpt_status fpt_belief_pert(double low, double mode, double high,
                           fpt_belief *out)
{
    fpt_belief checked;
    FPT_TRY(fpt_belief_triangular(low, mode, high, &checked));
    checked.kind = FPT_BELIEF_PERT;
    *out = checked;
    return FPT_OK;
}

fpt_status fpt_belief_beta(double a, double b, double low, double high,
                           fpt_belief *out)
{
    if (!(a > 0.0 && a <= 1e7 && b > 0.0 && b <= 1e7)) return FPT_ERR_RANGE;
    if (!(low < high) || !isfinite(high - low)) return FPT_ERR_RANGE;
    *out = make(FPT_BELIEF_BETA, a, b, low, high);
    return FPT_OK;
}

fpt_status fpt_belief_beta_moments(double mean, double sd, fpt_belief *out)
{
    if (!(mean > 0.0 && mean < 1.0 && sd > 0.0)) return FPT_ERR_RANGE;
    const double size = mean * (1.0 - mean) / (sd * sd) - 1.0;
    if (!(size > 0.0)) return FPT_ERR_RANGE;
    return fpt_belief_beta(mean * size, (1.0 - mean) * size, 0.0, 1.0, out);
}

/*
 * Two equations, F(p10) = 0.1 and F(p90) = 0.9, in the logs of a and b; Newton
 * with numerical derivatives, halving the step until the misfit falls.
 */
fpt_status fpt_belief_beta_interval(double p10, double p90, fpt_belief *out)
{
    if (!(p10 > 0.0 && p10 < p90 && p90 < 1.0)) return FPT_ERR_RANGE;
    const double mean = 0.5 * (p10 + p90);
    const double sd = (p90 - p10) / (2.0 * SCORE_90);
    const double size = fmax(mean * (1.0 - mean) / (sd * sd) - 1.0, 0.1);
    double x = log(mean * size), y = log((1.0 - mean) * size);
    double f = fpt_beta_cdf(p10, exp(x), exp(y)) - 0.1;
    double g = fpt_beta_cdf(p90, exp(x), exp(y)) - 0.9;
    for (int step = 0; step < 200; step++) {
        if (fabs(f) + fabs(g) < 1e-13)
            return fpt_belief_beta(exp(x), exp(y), 0.0, 1.0, out);
        const double h = 1e-6;
        const double fx = (fpt_beta_cdf(p10, exp(x + h), exp(y)) -
                           fpt_beta_cdf(p10, exp(x - h), exp(y))) /
                          (2.0 * h);
        const double fy = (fpt_beta_cdf(p10, exp(x), exp(y + h)) -
                           fpt_beta_cdf(p10, exp(x), exp(y - h))) /
                          (2.0 * h);
        const double gx = (fpt_beta_cdf(p90, exp(x + h), exp(y)) -
                           fpt_beta_cdf(p90, exp(x - h), exp(y))) /
                          (2.0 * h);
        const double gy = (fpt_beta_cdf(p90, exp(x), exp(y + h)) -
                           fpt_beta_cdf(p90, exp(x), exp(y - h))) /
                          (2.0 * h);
        const double det = fx * gy - fy * gx;
        if (!(fabs(det) > 1e-300)) return FPT_ERR_DIVERGED;
        double dx = (fy * g - gy * f) / det, dy = (gx * f - fx * g) / det;
        const double longest = fmax(fabs(dx), fabs(dy));
        if (longest > 1.0) dx /= longest, dy /= longest;
        double scale = 1.0, f2 = f, g2 = g;
        for (; scale > 1e-6; scale *= 0.5) {
            const double a = x + scale * dx, b = y + scale * dy;
            if (fabs(a) > 16.0 || fabs(b) > 16.0) continue;
            f2 = fpt_beta_cdf(p10, exp(a), exp(b)) - 0.1;
            g2 = fpt_beta_cdf(p90, exp(a), exp(b)) - 0.9;
            if (fabs(f2) + fabs(g2) < fabs(f) + fabs(g)) break;
        }
        if (!(scale > 1e-6)) {
            /* No better point: good enough, or none at all. */
            if (fabs(f) + fabs(g) < 1e-10)
                return fpt_belief_beta(exp(x), exp(y), 0.0, 1.0, out);
            return FPT_ERR_DIVERGED;
        }
        x += scale * dx, y += scale * dy, f = f2, g = g2;
    }
    return FPT_ERR_DIVERGED;
}

fpt_status fpt_belief_empirical(size_t count, const double *value,
                                fpt_belief *out)
{
    if (count == 0) return FPT_ERR_RANGE;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(value[i]) || (i > 0 && value[i] < value[i - 1]))
            return FPT_ERR_RANGE;
    *out = make(FPT_BELIEF_EMPIRICAL, 0.0, 0.0, 0.0, 0.0);
    out->count = count;
    out->value = value;
    return FPT_OK;
}

fpt_status fpt_belief_metalog(size_t count, const double *value, double lower,
                              double upper, fpt_belief *out)
{
    if (count < 2 || count > FPT_METALOG_TERMS || !(lower < upper))
        return FPT_ERR_RANGE;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(value[i])) return FPT_ERR_RANGE;
    fpt_belief belief = make(FPT_BELIEF_METALOG, 0.0, 0.0, 0.0, 0.0);
    belief.lower = lower;
    belief.upper = upper;
    belief.count = count;
    belief.value = value;
    double before = -(double)INFINITY;
    for (int i = 1; i < 1000; i++) {
        const double here = fpt_belief_quantile(&belief, i / 1000.0);
        if (!(here > before)) return FPT_ERR_RANGE;
        before = here;
    }
    *out = belief;
    return FPT_OK;
}

/* The scale on which the metalog is unbounded. */
static double unbounded(double x, double lower, double upper)
{
    if (isfinite(lower) && isfinite(upper))
        return log((x - lower) / (upper - x));
    if (isfinite(lower)) return log(x - lower);
    if (isfinite(upper)) return -log(upper - x);
    return x;
}

fpt_status fpt_belief_metalog_interval(double p10, double p50, double p90,
                                       double lower, double upper,
                                       double *coefficient, fpt_belief *out)
{
    if (!(lower < p10 && p10 < p50 && p50 < p90 && p90 < upper))
        return FPT_ERR_RANGE;
    const double low = unbounded(p10, lower, upper);
    const double middle = unbounded(p50, lower, upper);
    const double high = unbounded(p90, lower, upper);
    coefficient[0] = middle;
    coefficient[1] = (high - low) / (2.0 * LOG_9);
    coefficient[2] = (high + low - 2.0 * middle) / (0.8 * LOG_9);
    return fpt_belief_metalog(3, coefficient, lower, upper, out);
}

fpt_status fpt_belief_limit(fpt_belief *belief, double lower, double upper,
                            bool clip)
{
    if (!(lower < upper) || belief->kind == FPT_BELIEF_METALOG)
        return FPT_ERR_RANGE;
    const double value = belief->parameter[0];
    if (belief->kind == FPT_BELIEF_POINT) {
        if (!clip && !(value >= lower && value <= upper)) return FPT_ERR_RANGE;
    } else if (!clip) {
        const fpt_belief free =
            make(belief->kind, value, belief->parameter[1],
                 belief->parameter[2], belief->parameter[3]);
        fpt_belief whole = free;
        whole.count = belief->count;
        whole.value = belief->value;
        const double mass =
            fpt_belief_cdf(&whole, upper) - fpt_belief_cdf(&whole, lower);
        if (!(mass > 1e-9)) return FPT_ERR_RANGE;
    }
    belief->lower = lower;
    belief->upper = upper;
    belief->clip = clip;
    return FPT_OK;
}
