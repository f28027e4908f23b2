/*
 * Continuous samplers. The normal is taken by inversion, not by polar pairs:
 * one number in, one number out, so that a stream stays in step whatever is
 * drawn from it.
 */
#include <math.h>

#include "fpt/lanes_math.h"
#include "fpt/sample.h"
#include "sample_i.h"

double fpt_sample_normal(fpt_rng *rng)
{
    return fpt_lane_normal_quantile(fpt_rng_uniform(rng));
}

double fpt_sample_exponential(fpt_rng *rng)
{
    return -fpt_lane_log(fpt_rng_uniform(rng));
}

/* Unit scale, shape >= 1. */
static double gamma_large(fpt_rng *rng, double shape)
{
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        const double x = fpt_sample_normal(rng);
        const double root = 1.0 + c * x;
        if (root <= 0.0) continue;
        const double v = root * root * root;
        const double u = fpt_rng_uniform(rng);
        /* Marsaglia and Tsang's squeeze: what it takes the logs would take. */
        const double square = x * x;
        if (u < 1.0 - 0.0331 * square * square) return d * v;
        if (log(u) < 0.5 * square + d - d * v + d * log(v)) return d * v;
    }
}

/* The log of a unit gamma: a shape near 0 gives values below the smallest
 * double, whose logs are still of use to the beta. */
static double log_gamma_draw(fpt_rng *rng, double shape)
{
    if (shape >= 1.0) return log(gamma_large(rng, shape));
    const double u = fpt_rng_uniform(rng);
    return log(gamma_large(rng, shape + 1.0)) + log(u) / shape;
}

fpt_status fpt_sample_gamma(fpt_rng *rng, double shape, double scale,
                            double *out)
{
    if (!fpti_is_shape(shape) || !fpti_is_shape(scale)) return FPT_ERR_RANGE;
    *out = scale * (shape >= 1.0 ? gamma_large(rng, shape)
                                 : exp(log_gamma_draw(rng, shape)));
    return FPT_OK;
}

fpt_status fpt_sample_beta(fpt_rng *rng, double a, double b, double *out)
{
    if (!fpti_is_shape(a) || !fpti_is_shape(b)) return FPT_ERR_RANGE;
    fpti_beta_shapes(&a, &b);
    const double x = log_gamma_draw(rng, a);
    const double y = log_gamma_draw(rng, b);
    *out = 1.0 / (1.0 + exp(y - x));
    return FPT_OK;
}

fpt_status fpt_sample_chi_squared(fpt_rng *rng, double df, double *out)
{
    return fpt_sample_gamma(rng, 0.5 * df, 2.0, out);
}

fpt_status fpt_sample_student(fpt_rng *rng, double df, double *out)
{
    if (!fpti_is_shape(df)) return FPT_ERR_RANGE;
    const double z = fpt_sample_normal(rng);
    double scale;
    FPT_TRY(fpt_sample_chi_squared(rng, df, &scale));
    *out = z / sqrt(scale / df);
    return FPT_OK;
}
