/*
 * Gammas and betas for a row of draws. All lanes make their first try together,
 * and nearly all pass; a lane that does not goes on with a generator of its own,
 * so that no lane's numbers depend on another's.
 */
#include <math.h>

#include "fpt/lanes_math.h"
#include "fpt/sample.h"
#include "sample_i.h"

/* The numbers of a row that are drawn together. */
struct row {
    fpt_lanes_level level;
    uint64_t seed, stream;
    uint32_t index, row;
};

/* Each gamma has three of a stream's numbers: tries, judges and powers. */
enum { TRY, JUDGE, POWER, NUMBERS };

static uint32_t number_of(const struct row *r, uint32_t which)
{
    return NUMBERS * r->index + which;
}

/* A first try of Marsaglia and Tsang's: what their squeeze takes, and what the
 * logs behind it take. */
static bool is_taken(double z, double u, double d, double v)
{
    const double square = z * z;
    if (u < 1.0 - 0.0331 * square * square) return true;
    return fpt_lane_log(u) < 0.5 * square + d - d * v + d * fpt_lane_log(v);
}

/* Unit scale, shape >= 1. */
static fpt_status gamma_row(const struct row *r, double shape, double *out)
{
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / sqrt(9.0 * d);
    double z[FPT_LANES], u[FPT_LANES];
    fpt_lanes_normal(r->level, r->seed, r->stream, number_of(r, TRY), r->row,
                     z);
    fpt_lanes_uniform(r->level, r->seed, r->stream, number_of(r, JUDGE), r->row,
                      u);
    for (uint32_t lane = 0; lane < FPT_LANES; lane++) {
        const double root = 1.0 + c * z[lane];
        const double v = root * root * root;
        if (root > 0.0 && is_taken(z[lane], u[lane], d, v)) {
            out[lane] = d * v;
            continue;
        }
        fpt_rng rng = fpt_lane_rng(r->seed, r->stream, number_of(r, TRY),
                                   (uint64_t)FPT_LANES * r->row + lane);
        FPT_TRY(fpt_sample_gamma(&rng, shape, 1.0, &out[lane]));
    }
    return FPT_OK;
}

/* The logs: a shape near 0 gives values below the smallest double, whose logs are
 * still of use to the beta. */
static fpt_status log_gamma_row(const struct row *r, double shape, double *out)
{
    double u[FPT_LANES];
    FPT_TRY(gamma_row(r, shape < 1.0 ? shape + 1.0 : shape, out));
    for (int lane = 0; lane < FPT_LANES; lane++)
        out[lane] = fpt_lane_log(out[lane]);
    if (shape >= 1.0) return FPT_OK;
    fpt_lanes_uniform(r->level, r->seed, r->stream, number_of(r, POWER), r->row,
                      u);
    for (int lane = 0; lane < FPT_LANES; lane++)
        out[lane] += fpt_lane_log(u[lane]) / shape;
    return FPT_OK;
}

fpt_status fpt_lanes_gamma(fpt_lanes_level level, uint64_t seed,
                           uint64_t stream, uint32_t index, uint32_t row,
                           double shape, double scale, double *out)
{
    if (!fpti_is_shape(shape) || !fpti_is_shape(scale)) return FPT_ERR_RANGE;
    const struct row r = {level, seed, stream, index, row};
    if (shape >= 1.0) {
        FPT_TRY(gamma_row(&r, shape, out));
    } else {
        FPT_TRY(log_gamma_row(&r, shape, out));
        for (int lane = 0; lane < FPT_LANES; lane++)
            out[lane] = fpt_lane_exp(out[lane]);
    }
    for (int lane = 0; lane < FPT_LANES; lane++)
        out[lane] *= scale;
    return FPT_OK;
}

fpt_status fpt_lanes_beta(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                          uint32_t index, uint32_t row, double a, double b,
                          double *out)
{
    if (!fpti_is_shape(a) || !fpti_is_shape(b)) return FPT_ERR_RANGE;
    fpti_beta_shapes(&a, &b);
    const struct row first = {level, seed, stream, 2 * index, row};
    const struct row second = {level, seed, stream, 2 * index + 1, row};
    double other[FPT_LANES];
    if (a >= 1.0 && b >= 1.0) {
        FPT_TRY(gamma_row(&first, a, out));
        FPT_TRY(gamma_row(&second, b, other));
        for (int lane = 0; lane < FPT_LANES; lane++)
            out[lane] = out[lane] / (out[lane] + other[lane]);
        return FPT_OK;
    }
    FPT_TRY(log_gamma_row(&first, a, out));
    FPT_TRY(log_gamma_row(&second, b, other));
    for (int lane = 0; lane < FPT_LANES; lane++)
        out[lane] = 1.0 / (1.0 + fpt_lane_exp(other[lane] - out[lane]));
    return FPT_OK;
}
