#include "fpt/compare.h"

#include "fpt/num.h"

static bool is_in_order(fpt_interval i)
{
    return i.lower <= i.value && i.value <= i.upper;
}

fpt_limits fpt_difference_limits(fpt_interval a, fpt_interval b)
{
    if (!is_in_order(a) || !is_in_order(b)) return fpt_no_limits();
    const double d = a.value - b.value;
    return (fpt_limits){d - hypot(a.value - a.lower, b.upper - b.value),
                        d + hypot(a.upper - a.value, b.value - b.lower)};
}

/*
 * The limits of a / b are the r for which the difference a - r b has 0 for a
 * limit: (a - r b)^2 = (a - l1)^2 + r^2 (u2 - b)^2 for the lower one. Its two
 * roots have the product l1 (2a - l1) / (u2 (2b - u2)); the smaller root is
 * wanted. Taken by the larger one when that has no cancellation.
 */
static double ratio_root(double a, double b, double own, double other,
                         bool lower)
{
    const double product = own * (2.0 * a - own); /* of a's side */
    const double divisor = other * (2.0 * b - other);
    const double ab = a * b;
    const double under = ab * ab - product * divisor;
    if (!(under >= 0.0)) return (double)NAN;
    const double root = sqrt(under);
    return lower ? product / (ab + root) : (ab + root) / divisor;
}

fpt_limits fpt_ratio_limits(fpt_interval a, fpt_interval b)
{
    fpt_limits limits = fpt_no_limits();
    if (!is_in_order(a) || !is_in_order(b) || !(a.value > 0.0) ||
        !(b.value > 0.0))
        return limits;
    const double lower = ratio_root(a.value, b.value, a.lower, b.upper, true);
    if (isfinite(lower)) limits.lower = lower;
    if (b.lower > 0.0) {
        const double upper =
            ratio_root(a.value, b.value, a.upper, b.lower, false);
        if (isfinite(upper) && upper > 0.0) limits.upper = upper;
    }
    return limits;
}

fpt_limits fpt_proportion_ratio_limits(double x1, double n1, double x2,
                                       double n2, double z)
{
    if (!(x1 > 0.0) || !(x2 > 0.0) || x1 > n1 || x2 > n2)
        return fpt_no_limits();
    const double middle = log(x1 / n1) - log(x2 / n2);
    /* 1/x - 1/n as (n - x) / (n x): exact 0 at x = n. */
    const double error = sqrt((n1 - x1) / n1 / x1 + (n2 - x2) / n2 / x2);
    return (fpt_limits){exp(middle - z * error), exp(middle + z * error)};
}

double fpt_proportion_difference_z(double x1, double n1, double x2, double n2)
{
    const double p = (x1 + x2) / (n1 + n2);
    const double variance = p * (1.0 - p) * (1.0 / n1 + 1.0 / n2);
    return variance > 0.0 ? (x1 / n1 - x2 / n2) / sqrt(variance) : (double)NAN;
}

/* pi / (1 - pi) from the smaller of the two, so that no digits are lost. */
static double odds(double share, double rest)
{
    return share <= 0.5 ? share / (1.0 - share) : (1.0 - rest) / rest;
}

fpt_limits fpt_rate_ratio_limits(double x1, double n1, double x2, double n2,
                                 double tail)
{
    if (!(x1 >= 0.0) || !(x2 >= 0.0) || !(n1 > 0.0) || !(n2 > 0.0))
        return fpt_no_limits();
    const double scale = n2 / n1;
    fpt_limits limits = {.lower = 0.0, .upper = (double)NAN};
    if (x1 > 0.0)
        limits.lower = scale * odds(fpt_beta_lower(tail, x1, x2 + 1.0),
                                    fpt_beta_upper(tail, x2 + 1.0, x1));
    if (x2 > 0.0)
        limits.upper = scale * odds(fpt_beta_upper(tail, x1 + 1.0, x2),
                                    fpt_beta_lower(tail, x2, x1 + 1.0));
    return limits;
}

double fpt_rate_ratio_p(double x1, double n1, double x2, double n2)
{
    const double all = x1 + x2, share = n1 / (n1 + n2);
    if (!(all > 0.0) || !(n1 > 0.0) || !(n2 > 0.0)) return (double)NAN;
    if (floor(x1) == x1 && floor(x2) == x2)
        return fpt_binomial_two_sided(x1, all, share);
    /* P(X >= x1) and P(X <= x1) of the beta form, which takes any x. */
    const double above = x1 > 0.0 ? fpt_beta_below(share, x1, x2 + 1.0) : 1.0;
    const double below =
        x2 > 0.0 ? fpt_beta_below(1.0 - share, x2, x1 + 1.0) : 1.0;
    return fmin(1.0, 2.0 * fmin(above, below));
}

void fpt_false_discovery(size_t count, const double *p, double *q,
                         size_t *order)
{
    if (count == 0) return;
    fpt_order_by(count, p, order, order + count);
    size_t tests = 0;
    while (tests < count && !isnan(p[order[tests]]))
        tests++;
    double least = 1.0;
    for (size_t i = count; i-- > 0;) {
        const size_t row = order[i];
        if (i >= tests) {
            q[row] = (double)NAN;
            continue;
        }
        least = fmin(least, p[row] * ((double)tests / (double)(i + 1)));
        q[row] = least;
    }
}
