/*
 * Rmath behind checked doors. Out of its domain Rmath prints to standard output,
 * which carries data here, so every argument is looked at first. The
 * comparisons are written so that NaN fails them.
 */
#include "fpt/distribution.h"

#include <math.h>
#include <stdbool.h>

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#define MOST_EVENTS 9007199254740992.0 /* 2^53 */

static const double none = (double)NAN;

static bool is_probability(double p)
{
    return p > 0.0 && p < 1.0;
}

static bool is_positive(double x)
{
    return x >= 1e-10 && x <= MOST_EVENTS;
}

static bool is_count(double x)
{
    return x >= 0.0 && x <= MOST_EVENTS && floor(x) == x;
}

double fpt_normal_upper(double tail)
{
    return is_probability(tail) ? qnorm5(tail, 0.0, 1.0, 0, 0) : none;
}

double fpt_normal_two_sided(double z)
{
    return isnan(z) ? none : 2.0 * pnorm5(-fabs(z), 0.0, 1.0, 1, 0);
}

double fpt_t_upper(double tail, double df)
{
    return is_probability(tail) && is_positive(df) ? qt(tail, df, 0, 0) : none;
}

double fpt_t_two_sided(double t, double df)
{
    if (isnan(t) || !is_positive(df)) return none;
    return 2.0 * pt(-fabs(t), df, 1, 0);
}

double fpt_chi_squared_upper(double tail, double df)
{
    return is_probability(tail) && is_positive(df) ? qchisq(tail, df, 0, 0)
                                                   : none;
}

double fpt_chi_squared_tail(double x, double df)
{
    return x >= 0.0 && is_positive(df) ? pchisq(x, df, 0, 0) : none;
}

double fpt_poisson_lower(double events, double tail)
{
    if (!is_probability(tail)) return none;
    /* Near (tail)^(1 / events), which is below the least double. */
    if (events >= 0.0 && events < 1e-4 && tail <= 0.5) return 0.0;
    return is_positive(events) ? qgamma(tail, events, 1.0, 1, 0) : none;
}

double fpt_poisson_upper(double events, double tail)
{
    if (!is_probability(tail)) return none;
    if (events == 0.0) return -log(tail);
    return events > 0.0 && events <= MOST_EVENTS
               ? qgamma(tail, events + 1.0, 1.0, 0, 0)
               : none;
}

/* Where a shape is hardly there all of the distribution stands at that end; the
 * series of pbeta would not come to an end, and would say so on the screen. */
#define LEAST_SHAPE 1e-10

static bool are_shapes(double a, double b)
{
    return a > 0.0 && b > 0.0 && a <= MOST_EVENTS && b <= MOST_EVENTS &&
           (a >= 0.5 || b >= 0.5);
}

/* Rmath finds the quantile to its own full precision only below 1/2; above, it
 * is one less the quantile of the distribution seen from the other end. */
static double beta_quantile(double p, double a, double b, bool is_lower)
{
    if (a < LEAST_SHAPE) return 0.0;
    if (b < LEAST_SHAPE) return 1.0;
    const double half = pbeta(0.5, a, b, is_lower, 0);
    const bool is_below = is_lower ? p <= half : p >= half;
    return is_below ? qbeta(p, a, b, is_lower, 0)
                    : 1.0 - qbeta(p, b, a, !is_lower, 0);
}

double fpt_beta_lower(double p, double a, double b)
{
    if (!(p >= 0.0 && p <= 1.0) || !are_shapes(a, b)) return none;
    return beta_quantile(p, a, b, true);
}

double fpt_beta_upper(double p, double a, double b)
{
    if (!(p >= 0.0 && p <= 1.0) || !are_shapes(a, b)) return none;
    return beta_quantile(p, a, b, false);
}

double fpt_beta_below(double q, double a, double b)
{
    if (!(q >= 0.0 && q <= 1.0) || !are_shapes(a, b)) return none;
    if (a < LEAST_SHAPE) return 1.0;
    if (b < LEAST_SHAPE) return q < 1.0 ? 0.0 : 1.0;
    return pbeta(q, a, b, 1, 0);
}

double fpt_binomial_quantile(double p, double trials, double chance)
{
    if (!(p >= 0.0 && p <= 1.0) || !is_count(trials) ||
        !(chance >= 0.0 && chance <= 1.0))
        return none;
    return qbinom(p, trials, chance, 1, 0);
}

/* ---- two-sided exact tests ---- */

/* The two distributions as one thing, so that the search is written once. */
struct law {
    double trials; /* of the binomial; negative for the Poisson */
    double chance; /* of the binomial; the mean of the Poisson */
};

static double density(const struct law *law, double k)
{
    return law->trials < 0.0 ? dpois(k, law->chance, 0)
                             : dbinom(k, law->trials, law->chance, 0);
}

static double tail_from(const struct law *law, double k)
{
    if (k <= 0.0) return 1.0;
    return law->trials < 0.0 ? ppois(k - 1.0, law->chance, 0, 0)
                             : pbinom(k - 1.0, law->trials, law->chance, 0, 0);
}

static double tail_up_to(const struct law *law, double k)
{
    if (k < 0.0) return 0.0;
    return law->trials < 0.0 ? ppois(k, law->chance, 1, 0)
                             : pbinom(k, law->trials, law->chance, 1, 0);
}

/*
 * The outcome nearest to the mean, on the far side of it from the one seen, that
 * is no likelier than `limit`. Densities fall on both sides of the mean, so it
 * is found by halving: `near` is likelier, `far` is not.
 */
static double first_no_likelier(const struct law *law, double near, double far,
                                double limit)
{
    if (density(law, near) <= limit) return near;
    while (fabs(far - near) > 1.0) {
        const double middle = floor(0.5 * (near + far));
        if (density(law, middle) <= limit)
            far = middle;
        else
            near = middle;
    }
    return far;
}

static double two_sided(const struct law *law, double mean, double events)
{
    const double limit = density(law, events) * (1.0 + 1e-7);
    if (events == mean) return 1.0;
    if (events < mean) {
        double far = ceil(2.0 * mean - events) + 1.0;
        if (law->trials >= 0.0) {
            /* Even all trials may be likelier than what was seen. */
            far = law->trials + 1.0;
        } else {
            while (density(law, far) > limit)
                far *= 2.0;
        }
        const double from = first_no_likelier(law, ceil(mean), far, limit);
        return fmin(1.0, tail_up_to(law, events) + tail_from(law, from));
    }
    const double to = first_no_likelier(law, floor(mean), -1.0, limit);
    return fmin(1.0, tail_up_to(law, to) + tail_from(law, events));
}

double fpt_binomial_two_sided(double events, double trials, double chance)
{
    if (!is_count(events) || !is_count(trials) || events > trials ||
        !(chance >= 0.0 && chance <= 1.0))
        return none;
    if (chance == 0.0) return events == 0.0 ? 1.0 : 0.0;
    if (chance == 1.0) return events == trials ? 1.0 : 0.0;
    const struct law law = {trials, chance};
    return two_sided(&law, trials * chance, events);
}

double fpt_poisson_two_sided(double events, double mean)
{
    if (!is_count(events) || !(mean >= 0.0 && mean <= MOST_EVENTS)) return none;
    if (mean == 0.0) return events == 0.0 ? 1.0 : 0.0;
    const struct law law = {-1.0, mean};
    return two_sided(&law, mean, events);
}
