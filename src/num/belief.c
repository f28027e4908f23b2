/*
 * Quantiles, probabilities and moments of beliefs. Each kind has a quantile
 * from the nearer tail, so that neither end loses digits; limits are laid over
 * it in one place.
 */
#include "fpt/belief.h"

#include <math.h>

#include "fpt/lanes_math.h"

#define LARGEST_SCORE 8.5

/* A probability given by the smaller of its two sides. */
typedef struct tail {
    double p;
    bool upper;
} tail;

static double below(tail t)
{
    return t.upper ? 1.0 - t.p : t.p;
}

static double score_of(tail t)
{
    const double z = fpt_lane_normal_quantile(t.p);
    return t.upper ? -z : z;
}

/* ---- beta ---- */

/* By bisection on the logit, which serves both ends alike. */
static double beta_quantile(tail t, double a, double b)
{
    if (t.upper) return 1.0 - beta_quantile((tail){t.p, false}, b, a);
    double low = -700.0, high = 700.0;
    for (int i = 0; i < 64; i++) {
        const double middle = 0.5 * (low + high);
        const double x = 1.0 / (1.0 + exp(-middle));
        *(fpt_beta_cdf(x, a, b) < t.p ? &low : &high) = middle;
    }
    return 1.0 / (1.0 + exp(-0.5 * (low + high)));
}

/* PERT is a beta on its interval. */
static void pert_shape(const double *p, double *a, double *b)
{
    *a = 1.0 + 4.0 * (p[1] - p[0]) / (p[2] - p[0]);
    *b = 1.0 + 4.0 * (p[2] - p[1]) / (p[2] - p[0]);
}

/* ---- the others ---- */

static double triangular_quantile(const double *p, double u)
{
    const double left = (p[1] - p[0]) / (p[2] - p[0]);
    if (u < left) return p[0] + sqrt(u * (p[2] - p[0]) * (p[1] - p[0]));
    return p[2] - sqrt((1.0 - u) * (p[2] - p[0]) * (p[2] - p[1]));
}

static double empirical_quantile(const fpt_belief *b, double u)
{
    const double at = u * (double)(b->count - 1);
    const size_t i = (size_t)at;
    if (i + 1 >= b->count) return b->value[b->count - 1];
    return b->value[i] + (at - (double)i) * (b->value[i + 1] - b->value[i]);
}

static double metalog_quantile(const fpt_belief *b, tail t)
{
    const double logit =
        t.upper ? log1p(-t.p) - log(t.p) : log(t.p) - log1p(-t.p);
    const double c = t.upper ? 0.5 - t.p : t.p - 0.5;
    double sum = b->value[0] + b->value[1] * logit, power = 1.0;
    for (size_t k = 3; k <= b->count; k++) {
        /* Term 3 is c logit, term 4 c; then c^2, c^2 logit, c^3, ... */
        if (k == 3) {
            sum += b->value[2] * c * logit;
        } else if (k == 4) {
            sum += b->value[3] * c;
            power = c;
        } else {
            if (k % 2 == 1) power *= c;
            sum += b->value[k - 1] * power * (k % 2 == 1 ? 1.0 : logit);
        }
    }
    if (isfinite(b->lower) && isfinite(b->upper))
        return sum > 0.0 ? b->upper - (b->upper - b->lower) / (1.0 + exp(sum))
                         : b->lower + (b->upper - b->lower) / (1.0 + exp(-sum));
    if (isfinite(b->lower)) return b->lower + exp(sum);
    if (isfinite(b->upper)) return b->upper - exp(-sum);
    return sum;
}

/* The quantile as if there were no limits. */
static double free_quantile(const fpt_belief *b, tail t)
{
    const double *p = b->parameter;
    double shape_a, shape_b;
    switch (b->kind) {
    case FPT_BELIEF_POINT:
        return p[0];
    case FPT_BELIEF_UNIFORM:
        return t.upper ? p[1] - t.p * (p[1] - p[0])
                       : p[0] + t.p * (p[1] - p[0]);
    case FPT_BELIEF_NORMAL:
        return p[0] + p[1] * score_of(t);
    case FPT_BELIEF_LOGNORMAL:
        return fpt_lane_exp(p[0] + p[1] * score_of(t));
    case FPT_BELIEF_TRIANGULAR:
        return triangular_quantile(p, below(t));
    case FPT_BELIEF_PERT:
        pert_shape(p, &shape_a, &shape_b);
        return p[0] + (p[2] - p[0]) * beta_quantile(t, shape_a, shape_b);
    case FPT_BELIEF_BETA:
        return p[2] + (p[3] - p[2]) * beta_quantile(t, p[0], p[1]);
    case FPT_BELIEF_EMPIRICAL:
        return empirical_quantile(b, below(t));
    case FPT_BELIEF_METALOG:
        return metalog_quantile(b, t);
    case FPT_BELIEF_KINDS:
        break;
    }
    return (double)NAN;
}

/* ---- distribution functions, without limits ---- */

static double empirical_cdf(const fpt_belief *b, double x)
{
    const size_t n = b->count;
    if (x < b->value[0]) return 0.0;
    if (x >= b->value[n - 1]) return 1.0;
    size_t i = 0;
    while (i + 1 < n && b->value[i + 1] <= x)
        i++;
    const double part = (x - b->value[i]) / (b->value[i + 1] - b->value[i]);
    return ((double)i + part) / (double)(n - 1);
}

/* A quantile that rises, inverted by bisection on the normal score. */
static double inverted_cdf(const fpt_belief *b, double x)
{
    double low = -LARGEST_SCORE, high = LARGEST_SCORE;
    if (x <= fpt_belief_at_score(b, low)) return 0.0;
    if (x >= fpt_belief_at_score(b, high)) return 1.0;
    for (int i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        *(fpt_belief_at_score(b, middle) <= x ? &low : &high) = middle;
    }
    return fpt_normal_cdf(0.5 * (low + high));
}

static double triangular_cdf(const double *p, double x)
{
    if (x <= p[0]) return 0.0;
    if (x >= p[2]) return 1.0;
    if (x < p[1])
        return (x - p[0]) * (x - p[0]) / ((p[2] - p[0]) * (p[1] - p[0]));
    if (x == p[1]) return (p[1] - p[0]) / (p[2] - p[0]);
    return 1.0 - (p[2] - x) * (p[2] - x) / ((p[2] - p[0]) * (p[2] - p[1]));
}

static double free_cdf(const fpt_belief *b, double x)
{
    const double *p = b->parameter;
    double shape_a, shape_b;
    switch (b->kind) {
    case FPT_BELIEF_POINT:
        return x >= p[0] ? 1.0 : 0.0;
    case FPT_BELIEF_UNIFORM:
        return fmin(1.0, fmax(0.0, (x - p[0]) / (p[1] - p[0])));
    case FPT_BELIEF_NORMAL:
        return fpt_normal_cdf((x - p[0]) / p[1]);
    case FPT_BELIEF_LOGNORMAL:
        return x > 0.0 ? fpt_normal_cdf((log(x) - p[0]) / p[1]) : 0.0;
    case FPT_BELIEF_TRIANGULAR:
        return triangular_cdf(p, x);
    case FPT_BELIEF_PERT:
        pert_shape(p, &shape_a, &shape_b);
        return fpt_beta_cdf((x - p[0]) / (p[2] - p[0]), shape_a, shape_b);
    case FPT_BELIEF_BETA:
        return fpt_beta_cdf((x - p[2]) / (p[3] - p[2]), p[0], p[1]);
    case FPT_BELIEF_EMPIRICAL:
        return empirical_cdf(b, x);
    case FPT_BELIEF_METALOG:
        return inverted_cdf(b, x);
    case FPT_BELIEF_KINDS:
        break;
    }
    return (double)NAN;
}

static bool is_limited(const fpt_belief *b)
{
    return b->kind != FPT_BELIEF_METALOG &&
           (isfinite(b->lower) || isfinite(b->upper));
}

double fpt_belief_cdf(const fpt_belief *b, double x)
{
    if (!is_limited(b)) return free_cdf(b, x);
    if (x < b->lower) return 0.0;
    if (x >= b->upper) return 1.0;
    if (b->clip || b->kind == FPT_BELIEF_POINT) return free_cdf(b, x);
    const double low = free_cdf(b, b->lower), high = free_cdf(b, b->upper);
    return fmin(1.0, fmax(0.0, (free_cdf(b, x) - low) / (high - low)));
}

/* ---- quantiles with limits ---- */

static double limited_quantile(const fpt_belief *b, tail t)
{
    if (!is_limited(b) || (b->kind == FPT_BELIEF_POINT && !b->clip))
        return free_quantile(b, t);
    double x;
    if (b->clip) {
        x = free_quantile(b, t);
    } else {
        const double low = isfinite(b->lower) ? free_cdf(b, b->lower) : 0.0;
        const double high = isfinite(b->upper) ? free_cdf(b, b->upper) : 1.0;
        /* Measured from the end that t is given from. */
        const double p = t.upper ? (1.0 - high) + (high - low) * t.p
                                 : low + (high - low) * t.p;
        x = p <= 0.5 ? free_quantile(b, (tail){p, t.upper})
                     : free_quantile(b, (tail){1.0 - p, !t.upper});
    }
    return fmin(b->upper, fmax(b->lower, x));
}

double fpt_belief_quantile(const fpt_belief *b, double u)
{
    const tail t = u > 0.5 ? (tail){1.0 - u, true} : (tail){u, false};
    return limited_quantile(b, t);
}

double fpt_belief_at_score(const fpt_belief *b, double z)
{
    if (b->kind == FPT_BELIEF_NORMAL && !is_limited(b))
        return b->parameter[0] + b->parameter[1] * z;
    if (b->kind == FPT_BELIEF_LOGNORMAL && !is_limited(b))
        return fpt_lane_exp(b->parameter[0] + b->parameter[1] * z);
    return limited_quantile(b, (tail){fpt_normal_cdf(-fabs(z)), z > 0.0});
}

double fpt_belief_score(const fpt_belief *b, double x)
{
    if (b->kind == FPT_BELIEF_POINT) return 0.0;
    double low = -LARGEST_SCORE, high = LARGEST_SCORE;
    for (int i = 0; i < 64; i++) {
        const double middle = 0.5 * (low + high);
        *(fpt_belief_at_score(b, middle) < x ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

/* ---- moments ---- */

/* Integrals of the quantile over the normal score, by Simpson's rule. */
static void integrated_moments(const fpt_belief *b, double *mean, double *sd)
{
    enum { PIECES = 1088 };
    const double h = 2.0 * LARGEST_SCORE / PIECES;
    double whole = 0.0, first = 0.0, second = 0.0, centre = 0.0;
    for (int pass = 0; pass < 2; pass++) {
        whole = first = second = 0.0;
        for (int i = 0; i <= PIECES; i++) {
            const double z = -LARGEST_SCORE + h * i;
            const double weight = (i == 0 || i == PIECES ? 1.0
                                   : i % 2 == 1          ? 4.0
                                                         : 2.0) *
                                  exp(-0.5 * z * z);
            const double x = fpt_belief_at_score(b, z) - centre;
            whole += weight;
            first += weight * x;
            second += weight * x * x;
        }
        if (pass == 0) centre = first / whole;
    }
    const double rest = first / whole;
    *mean = centre + rest;
    *sd = sqrt(fmax(0.0, second / whole - rest * rest));
}

static void beta_moments(double a, double b, double low, double high,
                         double *mean, double *sd)
{
    const double n = a + b;
    *mean = low + (high - low) * a / n;
    *sd = (high - low) * sqrt(a * b / (n * n * (n + 1.0)));
}

void fpt_belief_moments(const fpt_belief *b, double *mean, double *sd)
{
    const double *p = b->parameter;
    double shape_a, shape_b;
    if (is_limited(b) && b->kind != FPT_BELIEF_POINT) {
        integrated_moments(b, mean, sd);
        return;
    }
    switch (b->kind) {
    case FPT_BELIEF_POINT:
        *mean = fmin(b->upper, fmax(b->lower, p[0]));
        *sd = 0.0;
        return;
    case FPT_BELIEF_UNIFORM:
        *mean = 0.5 * (p[0] + p[1]);
        *sd = (p[1] - p[0]) / sqrt(12.0);
        return;
    case FPT_BELIEF_NORMAL:
        *mean = p[0];
        *sd = p[1];
        return;
    case FPT_BELIEF_LOGNORMAL:
        *mean = exp(p[0] + 0.5 * p[1] * p[1]);
        *sd = *mean * sqrt(expm1(p[1] * p[1]));
        return;
    case FPT_BELIEF_TRIANGULAR: {
        const double ab = p[1] - p[0], bc = p[2] - p[1], ac = p[2] - p[0];
        *mean = (p[0] + p[1] + p[2]) / 3.0;
        *sd = sqrt((ab * ab + bc * bc + ac * ac) / 36.0);
        return;
    }
    case FPT_BELIEF_PERT:
        pert_shape(p, &shape_a, &shape_b);
        beta_moments(shape_a, shape_b, p[0], p[2], mean, sd);
        return;
    case FPT_BELIEF_BETA:
        beta_moments(p[0], p[1], p[2], p[3], mean, sd);
        return;
    case FPT_BELIEF_EMPIRICAL: {
        /* Uniform between neighbours: pieces of a broken line. */
        if (b->count == 1) {
            *mean = b->value[0];
            *sd = 0.0;
            return;
        }
        double first = 0.0, second = 0.0;
        const double centre = b->value[0], n = (double)(b->count - 1);
        for (size_t i = 0; i + 1 < b->count; i++) {
            const double x = b->value[i] - centre, y = b->value[i + 1] - centre;
            first += 0.5 * (x + y);
            second += (x * x + x * y + y * y) / 3.0;
        }
        *mean = centre + first / n;
        *sd = sqrt(fmax(0.0, second / n - first / n * (first / n)));
        return;
    }
    case FPT_BELIEF_METALOG:
        integrated_moments(b, mean, sd);
        return;
    case FPT_BELIEF_KINDS:
        break;
    }
    *mean = *sd = (double)NAN;
}

double fpt_belief_clip_bias(const fpt_belief *b)
{
    if (b->kind != FPT_BELIEF_NORMAL || !b->clip) return 0.0;
    const double mean = b->parameter[0], sd = b->parameter[1];
    double bias = 0.0;
    /* E max(0, lower - X), and the same from above. */
    for (int side = 0; side < 2; side++) {
        const double limit = side == 0 ? b->lower : b->upper;
        if (!isfinite(limit)) continue;
        const double a = side == 0 ? (limit - mean) / sd : (mean - limit) / sd;
        const double density = exp(-0.5 * a * a) * 0.39894228040143267794;
        const double excess = sd * (a * fpt_normal_cdf(a) + density);
        bias += side == 0 ? excess : -excess;
    }
    return bias;
}
