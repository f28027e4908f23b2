/**
 * @file distribution.h
 * @brief Tails and quantiles of the distributions that intervals are made of.
 *
 * Thin, checked doors to Rmath, so that the numbers are R's. Only its density,
 * distribution and quantile functions are used: they keep no state (its random
 * generators, Wilcoxon and signed-rank functions do). Arguments outside the
 * domain never reach Rmath, which would print a warning: they give NaN here.
 *
 * Degrees of freedom lie between 1e-10 and 2^53.
 *
 * Upper tails are asked for as such, never as 1 - p, so that a tail of 1e-12 is
 * as good as one of 0.1.
 *
 * Missing  a NaN argument gives NaN.
 * Exact    to the precision of Rmath: about 1e-15 relative for the normal,
 *          1e-12 or better for the others within the stated ranges.
 * Memory   none allocated.
 * Threads  pure functions; safe from any thread.
 * Source   R 4.2.2, standalone Rmath library (Debian r-mathlib).
 */
#ifndef FPT_DISTRIBUTION_H
#define FPT_DISTRIBUTION_H

#ifdef __cplusplus
extern "C" {
#endif

/** The z with P(Z > z) = tail; tail in (0, 1). */
double fpt_normal_upper(double tail);

/** P(|Z| >= |z|). */
double fpt_normal_two_sided(double z);

/** The t with P(T > t) = tail; tail in (0, 1), df > 0. */
double fpt_t_upper(double tail, double df);

/** P(|T| >= |t|), df > 0. */
double fpt_t_two_sided(double t, double df);

/** The x with P(X > x) = tail for chi-squared X; df > 0. */
double fpt_chi_squared_upper(double tail, double df);

/** P(X >= x) for chi-squared X; x >= 0, df > 0. */
double fpt_chi_squared_tail(double x, double df);

/**
 * Exact limits for a Poisson mean when `events` were seen: the means for which
 * the tail beyond the events is `tail` (Garwood; fractions of events by the
 * chi-squared form).
 *
 * Units    events in [0, 2^53]; tail in (0, 0.5].
 * Exact    the lower limit is 0 at 0 events; the upper is -ln(tail) there.
 */
double fpt_poisson_lower(double events, double tail);
double fpt_poisson_upper(double events, double tail);

/** The q with P(B <= q) = p for beta B with shapes a, b > 0, one of them at least
 *  1/2; p in [0, 1]. A shape below 1e-10 puts all of it at that shape's end. */
double fpt_beta_lower(double p, double a, double b);

/** The q with P(B > q) = p. */
double fpt_beta_upper(double p, double a, double b);

/** P(B <= q) for beta B; q in [0, 1]. */
double fpt_beta_below(double q, double a, double b);

/** The smallest k with P(X <= k) >= p, X of `trials` with chance `chance`. */
double fpt_binomial_quantile(double p, double trials, double chance);

/**
 * Two-sided exact p values: the chance of all outcomes that are no likelier
 * than the one seen (within 1e-7 of it), as R's binom.test and poisson.test.
 *
 * Units    whole numbers of events and trials up to 2^53; chance in [0, 1];
 *          mean >= 0. Anything else gives NaN.
 */
double fpt_binomial_two_sided(double events, double trials, double chance);
double fpt_poisson_two_sided(double events, double mean);

#ifdef __cplusplus
}
#endif
#endif /* FPT_DISTRIBUTION_H */
