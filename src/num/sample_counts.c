/*
 * Poisson, binomial and what is made of them. Small means go by inversion (one
 * uniform, a walk up the distribution), large ones by transformed rejection (a
 * hat over a table mountain; nine tries in ten end at the first, cheap test).
 */
#include <math.h>

#include "fpt/sample.h"

#define LOG_TWO_PI 1.837877066409345483560659472811
#define INVERSION_BELOW_POISSON 30.0
#define INVERSION_BELOW_BINOMIAL 10.0

/*
 * log(n!) less Stirling's sqrt(2 pi n) (n/e)^n. C. Loader, "Fast and accurate
 * computation of binomial probabilities" (2000): with it probabilities keep
 * their digits where log factorials of a million would cancel.
 */
static double stirling_error(double n)
{
    static const double small[16] = {
        0.0,
        0.08106146679532726,
        0.0413406959554093,
        0.02767792568499834,
        0.020790672103765093,
        0.016644691189821193,
        0.013876128823070748,
        0.01189670994589177,
        0.010411265261972096,
        0.009255462182712733,
        0.00833056343336287,
        0.007573675487951841,
        0.00694284010720953,
        0.006408994188004207,
        0.0059513701127588475,
        0.005554733551962801,
    };
    if (n < 16.0) return small[(int)n];
    const double r = 1.0 / (n * n);
    double s = 1.0 / 1188.0;
    s = 1.0 / 1680.0 - s * r;
    s = 1.0 / 1260.0 - s * r;
    s = 1.0 / 360.0 - s * r;
    s = 1.0 / 12.0 - s * r;
    return s / n;
}

/* x log(x / m) + m - x, without cancellation when x is near m; x, m > 0. */
static double deviance(double x, double m)
{
    const double d = x - m;
    if (fabs(d) >= 0.1 * (x + m)) return x * log(x / m) + m - x;
    const double v = d / (x + m);
    double sum = d * v, term = 2.0 * x * v;
    for (int j = 3; j < 1000; j += 2) {
        term *= v * v;
        const double next = sum + term / j;
        if (next == sum) break;
        sum = next;
    }
    return sum;
}

double fpt_poisson_log_probability(double k, double mean)
{
    if (k == 0.0) return -mean;
    return -stirling_error(k) - deviance(k, mean) - 0.5 * (LOG_TWO_PI + log(k));
}

double fpt_binomial_log_probability(double k, double n, double p)
{
    if (k == 0.0) return n * log1p(-p);
    if (k == n) return n * log(p);
    const double rest = n - k;
    return stirling_error(n) - stirling_error(k) - stirling_error(rest) -
           deviance(k, n * p) - deviance(rest, n * (1.0 - p)) -
           0.5 * (LOG_TWO_PI + log(k) + log1p(-k / n));
}

/* ---- Poisson ---- */

static int64_t poisson_inversion(fpt_rng *rng, double mean)
{
    const double u = fpt_rng_uniform(rng);
    double p = exp(-mean), sum = p;
    int64_t k = 0;
    /* The sum stops growing at 1 - 2e-16 or so; past that the terms vanish. */
    while (u > sum && p > 0.0) {
        k++;
        p *= mean / (double)k;
        sum += p;
    }
    return k;
}

static int64_t poisson_rejection(fpt_rng *rng, double mean)
{
    const double b = 0.931 + 2.53 * sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double quick = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        const double u = fpt_rng_uniform(rng) - 0.5;
        const double v = fpt_rng_uniform(rng);
        const double edge = 0.5 - fabs(u);
        const double k = floor((2.0 * a / edge + b) * u + mean + 0.43);
        if (edge >= 0.07 && v <= quick) return (int64_t)k;
        if (k < 0.0 || k > 2.0 * FPT_SAMPLE_MOST || (edge < 0.013 && v > edge))
            continue;
        if (log(v * inverse_alpha / (a / (edge * edge) + b)) <=
            fpt_poisson_log_probability(k, mean))
            return (int64_t)k;
    }
}

fpt_status fpt_sample_poisson(fpt_rng *rng, double mean, int64_t *out)
{
    if (!(mean >= 0.0 && mean <= FPT_SAMPLE_MOST)) return FPT_ERR_RANGE;
    if (mean == 0.0)
        *out = 0;
    else if (mean < INVERSION_BELOW_POISSON)
        *out = poisson_inversion(rng, mean);
    else
        *out = poisson_rejection(rng, mean);
    return FPT_OK;
}

/* ---- binomial, p <= 1/2 ---- */

static int64_t binomial_inversion(fpt_rng *rng, int64_t n, double p)
{
    const double u = fpt_rng_uniform(rng);
    const double odds = p / (1.0 - p);
    double term = exp((double)n * log1p(-p)), sum = term;
    int64_t k = 0;
    while (u > sum && k < n) {
        term *= odds * ((double)(n - k) / (double)(k + 1));
        k++;
        if (term <= 0.0) break;
        sum += term;
    }
    return k;
}

static int64_t binomial_rejection(fpt_rng *rng, int64_t trials, double p)
{
    const double n = (double)trials;
    const double spread = sqrt(n * p * (1.0 - p));
    const double b = 1.15 + 2.53 * spread;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double centre = n * p + 0.5;
    const double quick = 0.92 - 4.2 / b;
    const double alpha = (2.83 + 5.1 / b) * spread;
    const double mode = floor((n + 1.0) * p);
    const double at_mode = fpt_binomial_log_probability(mode, n, p);
    for (;;) {
        const double u = fpt_rng_uniform(rng) - 0.5;
        const double v = fpt_rng_uniform(rng);
        const double edge = 0.5 - fabs(u);
        const double k = floor((2.0 * a / edge + b) * u + centre);
        if (k < 0.0 || k > n) continue;
        if (edge >= 0.07 && v <= quick) return (int64_t)k;
        if (log(v * alpha / (a / (edge * edge) + b)) <=
            fpt_binomial_log_probability(k, n, p) - at_mode)
            return (int64_t)k;
    }
}

fpt_status fpt_sample_binomial(fpt_rng *rng, int64_t trials, double probability,
                               int64_t *out)
{
    if (trials < 0 || (double)trials > FPT_SAMPLE_MOST || isnan(probability))
        return FPT_ERR_RANGE;
    if (trials == 0 || probability <= 0.0) {
        *out = 0;
        return FPT_OK;
    }
    if (probability >= 1.0) {
        *out = trials;
        return FPT_OK;
    }
    const bool reflect = probability > 0.5;
    const double p = reflect ? 1.0 - probability : probability;
    const int64_t k = (double)trials * p < INVERSION_BELOW_BINOMIAL
                          ? binomial_inversion(rng, trials, p)
                          : binomial_rejection(rng, trials, p);
    *out = reflect ? trials - k : k;
    return FPT_OK;
}

/* ---- made of them ---- */

fpt_status fpt_sample_multinomial(fpt_rng *rng, int64_t trials, size_t count,
                                  const double *weight, int64_t *out)
{
    if (trials < 0 || (double)trials > FPT_SAMPLE_MOST || count == 0)
        return FPT_ERR_RANGE;
    double rest = 0.0;
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(weight[i] >= 0.0) || isinf(weight[i])) return FPT_ERR_RANGE;
        rest += weight[i];
        if (weight[i] > 0.0) last = i;
    }
    if (!(rest > 0.0) || isinf(rest)) return FPT_ERR_RANGE;

    int64_t left = trials;
    for (size_t i = 0; i < count; i++) {
        int64_t here = 0;
        /* What rounding leaves of `rest` must not reach the last share. */
        if (i == last)
            here = left;
        else if (i < last && left > 0)
            FPT_TRY(fpt_sample_binomial(rng, left, weight[i] / rest, &here));
        out[i] = here;
        left -= here;
        rest -= weight[i];
        if (rest < 0.0) rest = 0.0;
    }
    return FPT_OK;
}

fpt_status fpt_sample_negative_binomial(fpt_rng *rng, double size, double mean,
                                        int64_t *out)
{
    if (!(size > 0.0 && size <= FPT_SAMPLE_MOST) ||
        !(mean >= 0.0 && mean <= 0x1p40))
        return FPT_ERR_RANGE;
    if (mean == 0.0) {
        *out = 0;
        return FPT_OK;
    }
    double rate;
    FPT_TRY(fpt_sample_gamma(rng, size, mean / size, &rate));
    return fpt_sample_poisson(rng, fmin(rate, FPT_SAMPLE_MOST), out);
}

void fpt_sample_shuffle(fpt_rng *rng, size_t count, uint32_t *index)
{
    FPT_REQUIRE(count <= UINT32_MAX);
    for (size_t i = count; i > 1; i--) {
        const uint32_t j = fpt_rng_below(rng, (uint32_t)i);
        const uint32_t held = index[i - 1];
        index[i - 1] = index[j];
        index[j] = held;
    }
}
