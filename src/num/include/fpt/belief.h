/**
 * @file belief.h
 * @brief What somebody believes of a number: a distribution, as it is elicited.
 *
 * Planners state a low and a high value ("in eight cases of ten between 2 % and
 * 5 %"), a likely one, or a list of what was found elsewhere. A belief is one
 * of these forms, with limits that the number cannot pass.
 *
 * A quantile is taken either at a probability u or at a normal score z (u is
 * then the probability below z), because dependence between assumptions is
 * modelled in normal scores (see copula.h).
 *
 * Limits   `lower` and `upper` cut the distribution and what is left is scaled
 *          up again (renormalised). With `clip` the excess is piled up at the
 *          limit instead, which moves the mean: only for results that must
 *          agree with a model that does so; fpt_belief_clip_bias() says by how
 *          much. For a metalog the limits are those of its transformation.
 * Threads  pure.
 */
#ifndef FPT_BELIEF_H
#define FPT_BELIEF_H

#include <stdbool.h>
#include <stddef.h>

#include "fpt/base.h"
#include "fpt/lanes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* name, its word in files, the meaning of parameter[0..] */
#define FPT_BELIEF_LIST(X)                                                     \
    X(POINT, "point")           /* value */                                    \
    X(UNIFORM, "uniform")       /* low, high */                                \
    X(NORMAL, "normal")         /* mean, sd */                                 \
    X(LOGNORMAL, "lognormal")   /* mean and sd of the logarithm */             \
    X(TRIANGULAR, "triangular") /* low, mode, high */                          \
    X(PERT, "pert")             /* low, mode, high */                          \
    X(BETA, "beta")             /* a, b, low, high */                          \
    X(EMPIRICAL, "empirical")   /* value[count], in rising order */            \
    X(METALOG, "metalog")       /* value[count] are its coefficients */

#define FPT_BELIEF_ENUM(name, word) FPT_BELIEF_##name,
typedef enum fpt_belief_kind {
    FPT_BELIEF_LIST(FPT_BELIEF_ENUM) FPT_BELIEF_KINDS
} fpt_belief_kind;
#undef FPT_BELIEF_ENUM

enum { FPT_METALOG_TERMS = 16 };

typedef struct fpt_belief {
    fpt_belief_kind kind;
    double parameter[4];
    double lower, upper; /**< -infinity and infinity where there is no limit */
    bool clip;
    size_t count;
    const double *value;
} fpt_belief;

const char *fpt_belief_word(fpt_belief_kind kind);

/* ---- making ---- */

/* Each gives a belief without limits, or FPT_ERR_RANGE (a bound above the next
 * one, a spread that is not positive, a number that is not finite) with *out
 * untouched. p10 and p90 are the ends of the middle 80 %. */

fpt_belief fpt_belief_point(double value);
FPT_MUST_CHECK fpt_status fpt_belief_uniform(double low, double high,
                                             fpt_belief *out);
FPT_MUST_CHECK fpt_status fpt_belief_normal(double mean, double sd,
                                            fpt_belief *out);
FPT_MUST_CHECK fpt_status fpt_belief_normal_interval(double p10, double p90,
                                                     fpt_belief *out);
FPT_MUST_CHECK fpt_status fpt_belief_lognormal_interval(double p10, double p90,
                                                        fpt_belief *out);
FPT_MUST_CHECK fpt_status fpt_belief_triangular(double low, double mode,
                                                double high, fpt_belief *out);
/** Beta on [low, high] with mean (low + 4 mode + high) / 6. */
FPT_MUST_CHECK fpt_status fpt_belief_pert(double low, double mode, double high,
                                          fpt_belief *out);
FPT_MUST_CHECK fpt_status fpt_belief_beta(double a, double b, double low,
                                          double high, fpt_belief *out);
/** Beta on [0, 1]; refused when sd^2 >= mean (1 - mean). */
FPT_MUST_CHECK fpt_status fpt_belief_beta_moments(double mean, double sd,
                                                  fpt_belief *out);
/** Beta on [0, 1] with these quantiles, 0 < p10 < p90 < 1; FPT_ERR_DIVERGED
 *  when none is found. */
FPT_MUST_CHECK fpt_status fpt_belief_beta_interval(double p10, double p90,
                                                   fpt_belief *out);
/** value[count] in rising order, count >= 1, kept by reference. The quantile
 *  is R's type 7. */
FPT_MUST_CHECK fpt_status fpt_belief_empirical(size_t count,
                                               const double *value,
                                               fpt_belief *out);
/**
 * Keelin's metalog with given coefficients, count from 2 to FPT_METALOG_TERMS,
 * kept by reference; lower and upper may be infinite. Refused when its
 * quantiles do not rise.
 *
 * Source   T. W. Keelin, "The metalog distributions", Decision Analysis 13
 *          (2016) 243-277, equations 6 and 11-13.
 */
FPT_MUST_CHECK fpt_status fpt_belief_metalog(size_t count, const double *value,
                                             double lower, double upper,
                                             fpt_belief *out);
/** The three coefficients of the metalog through p10, p50 and p90, written to
 *  coefficient[3]. */
FPT_MUST_CHECK fpt_status fpt_belief_metalog_interval(double p10, double p50,
                                                      double p90, double lower,
                                                      double upper,
                                                      double *coefficient,
                                                      fpt_belief *out);

/** Set limits. FPT_ERR_RANGE when lower >= upper or no probability is left. */
FPT_MUST_CHECK fpt_status fpt_belief_limit(fpt_belief *belief, double lower,
                                           double upper, bool clip);

/* ---- asking ---- */

double fpt_belief_quantile(const fpt_belief *belief, double u); /**< 0<u<1 */
double fpt_belief_at_score(const fpt_belief *belief, double z);
/** P(X <= x). Exact for all kinds but the metalog, which is inverted. */
double fpt_belief_cdf(const fpt_belief *belief, double x);
void fpt_belief_moments(const fpt_belief *belief, double *mean, double *sd);

/** Mean of a clipped normal less the mean of the same without a limit. */
double fpt_belief_clip_bias(const fpt_belief *belief);

/* ---- many at a time ---- */

enum { FPT_BELIEF_KNOTS = 273 }; /* normal scores -8.5 to 8.5 by 1/16 */

/**
 * The quantile as a function of the normal score, ready for rows of lanes:
 * a closed form where there is one, else a monotone cubic through
 * FPT_BELIEF_KNOTS exact values (off by less than 1e-7 of the spread).
 */
typedef struct fpt_belief_table {
    fpt_belief belief;
    const double
        *knot; /**< FPT_BELIEF_KNOTS pairs of value and slope, or NULL */
} fpt_belief_table;

/** storage[2 * FPT_BELIEF_KNOTS], the caller's, must live as long as *out. */
void fpt_belief_prepare(const fpt_belief *belief, double *storage,
                        fpt_belief_table *out);

/** out[FPT_LANES] from normal scores z[FPT_LANES]; out may be z. */
void fpt_belief_lanes(const fpt_belief_table *table, const double *z,
                      double *out);

/** The normal score at which a prepared belief takes a value, in
 *  [-8.5, 8.5]; for a point 0. */
double fpt_belief_score(const fpt_belief *belief, double x);

/* ---- the functions that it stands on ---- */

/** P(Z <= z), and P(X <= x) of the beta and Student's t. */
double fpt_normal_cdf(double z);
double fpt_beta_cdf(double x, double a, double b);
double fpt_student_cdf(double t, double df);

#ifdef __cplusplus
}
#endif
#endif /* FPT_BELIEF_H */
