/*
 * Beliefs for rows of lanes. Where a quantile has a corner (a limit that cuts,
 * the mode of a triangle, the points of an empirical one) a curve through
 * knots would round it off, so those are evaluated directly; the smooth ones
 * that have no closed form are tabulated over the normal score.
 */
#include <math.h>

#include "fpt/belief.h"
#include "fpt/lanes_math.h"

#define FIRST_SCORE -8.5
#define PER_SCORE 16.0

static bool has_limit(const fpt_belief *b)
{
    return isfinite(b->lower) || isfinite(b->upper);
}

static bool is_smooth(const fpt_belief *b)
{
    switch (b->kind) {
    case FPT_BELIEF_UNIFORM:
    case FPT_BELIEF_PERT:
    case FPT_BELIEF_BETA:
    case FPT_BELIEF_METALOG:
        return true;
    case FPT_BELIEF_NORMAL:
    case FPT_BELIEF_LOGNORMAL:
        return has_limit(b) && !b->clip;
    default:
        return false;
    }
}

/* Slopes from four neighbours, exact for quartics, held to three times the
 * smaller secant so that the curve never turns back (Fritsch and Carlson). */
static double slope_at(const double *q, size_t i)
{
    const size_t last = FPT_BELIEF_KNOTS - 1;
    double slope;
    if (i == 0)
        slope = q[1] - q[0];
    else if (i == last)
        slope = q[last] - q[last - 1];
    else if (i == 1 || i == last - 1)
        slope = 0.5 * (q[i + 1] - q[i - 1]);
    else
        slope = (8.0 * (q[i + 1] - q[i - 1]) - (q[i + 2] - q[i - 2])) / 12.0;
    const double before = i > 0 ? q[i] - q[i - 1] : q[1] - q[0];
    const double after = i < last ? q[i + 1] - q[i] : q[last] - q[last - 1];
    return fmax(0.0, fmin(slope, 3.0 * fmin(before, after)));
}

void fpt_belief_prepare(const fpt_belief *belief, double *storage,
                        fpt_belief_table *out)
{
    *out = (fpt_belief_table){.belief = *belief};
    if (!is_smooth(belief) || (has_limit(belief) && belief->clip &&
                               belief->kind != FPT_BELIEF_METALOG))
        return;
    double value[FPT_BELIEF_KNOTS];
    for (size_t i = 0; i < FPT_BELIEF_KNOTS; i++) {
        value[i] =
            fpt_belief_at_score(belief, FIRST_SCORE + (double)i / PER_SCORE);
        /* The last digits of a bisection must not make it fall. */
        if (i > 0 && value[i] < value[i - 1]) value[i] = value[i - 1];
    }
    for (size_t i = 0; i < FPT_BELIEF_KNOTS; i++) {
        storage[2 * i] = value[i];
        storage[2 * i + 1] = slope_at(value, i);
    }
    out->knot = storage;
}

static double table_at(const double *knot, double z)
{
    const double at = (z - FIRST_SCORE) * PER_SCORE;
    const double most = FPT_BELIEF_KNOTS - 1;
    const double inside = at < 0.0 ? 0.0 : at > most ? most : at;
    size_t i = (size_t)inside;
    if (i > FPT_BELIEF_KNOTS - 2) i = FPT_BELIEF_KNOTS - 2;
    const double t = inside - (double)i, s = 1.0 - t;
    const double *k = knot + 2 * i;
    const double x = s * s * ((1.0 + 2.0 * t) * k[0] + t * k[1]) +
                     t * t * ((1.0 + 2.0 * s) * k[2] - s * k[3]);
    /* Rounding must not carry it past a knot, which may be a limit. */
    return x < k[0] ? k[0] : x > k[2] ? k[2] : x;
}

void fpt_belief_lanes(const fpt_belief_table *table, const double *z,
                      double *out)
{
    const fpt_belief *b = &table->belief;
    const double p0 = b->parameter[0], p1 = b->parameter[1];
    if (table->knot != NULL) {
        for (int i = 0; i < FPT_LANES; i++)
            out[i] = table_at(table->knot, z[i]);
    } else if (b->kind == FPT_BELIEF_POINT) {
        const double value = fpt_belief_at_score(b, 0.0);
        for (int i = 0; i < FPT_LANES; i++)
            out[i] = value;
    } else if (b->kind == FPT_BELIEF_NORMAL) {
        for (int i = 0; i < FPT_LANES; i++)
            out[i] = fmin(b->upper, fmax(b->lower, p0 + p1 * z[i]));
    } else if (b->kind == FPT_BELIEF_LOGNORMAL) {
        for (int i = 0; i < FPT_LANES; i++)
            out[i] =
                fmin(b->upper, fmax(b->lower, fpt_lane_exp(p0 + p1 * z[i])));
    } else {
        for (int i = 0; i < FPT_LANES; i++)
            out[i] = fpt_belief_at_score(b, z[i]);
    }
}
