/*
 * Doubled precision in the manner of Dekker and Knuth. The variance is a small
 * difference of large sums when the shift is far from the mean; with 106 bits
 * and the first number as the shift that leaves more digits than a double has.
 */
#include "fpt/moments.h"

/* high and low put in order again when |high| >= |low|. */
static fpt_twofold tidy(double high, double low)
{
    const double sum = high + low;
    return (fpt_twofold){sum, low - (sum - high)};
}

fpt_twofold fpt_twofold_add(fpt_twofold a, fpt_twofold b)
{
    fpt_twofold high = fpt_twofold_sum(a.high, b.high);
    const fpt_twofold low = fpt_twofold_sum(a.low, b.low);
    high = tidy(high.high, high.low + low.high);
    return tidy(high.high, high.low + low.low);
}

fpt_twofold fpt_twofold_multiply(fpt_twofold a, fpt_twofold b)
{
    const fpt_twofold p = fpt_twofold_product(a.high, b.high);
    return tidy(p.high, p.low + (a.high * b.low + a.low * b.high));
}

fpt_twofold fpt_twofold_divide(fpt_twofold a, double b)
{
    const double first = a.high / b;
    const fpt_twofold product = fpt_twofold_product(first, b);
    const fpt_twofold rest =
        fpt_twofold_add(a, (fpt_twofold){-product.high, -product.low});
    return tidy(first, rest.high / b);
}

void fpt_moments_add(fpt_moments *moments, double x)
{
    if (moments->count++ == 0) moments->shift = x;
    const fpt_twofold d = fpt_twofold_sum(x, -moments->shift);
    moments->sum = fpt_twofold_add(moments->sum, d);
    moments->squares =
        fpt_twofold_add(moments->squares, fpt_twofold_multiply(d, d));
}

/*
 * Deviations from the other's shift become deviations from ours: with
 * e = other's shift - ours, sum(d + e) = S + n e and
 * sum((d + e)^2) = Q + 2 e S + n e^2.
 */
void fpt_moments_join(fpt_moments *moments, const fpt_moments *other)
{
    if (other->count == 0) return;
    if (moments->count == 0) {
        *moments = *other;
        return;
    }
    const fpt_twofold n = {(double)other->count, 0.0};
    const fpt_twofold e = fpt_twofold_sum(other->shift, -moments->shift);
    const fpt_twofold ne = fpt_twofold_multiply(n, e);
    const fpt_twofold twice = {2.0 * other->sum.high, 2.0 * other->sum.low};
    fpt_twofold squares =
        fpt_twofold_add(other->squares, fpt_twofold_multiply(e, twice));
    squares = fpt_twofold_add(squares, fpt_twofold_multiply(ne, e));
    moments->squares = fpt_twofold_add(moments->squares, squares);
    moments->sum =
        fpt_twofold_add(moments->sum, fpt_twofold_add(other->sum, ne));
    moments->count += other->count;
}

static fpt_twofold total(const fpt_moments *moments)
{
    const fpt_twofold shifts =
        fpt_twofold_product((double)moments->count, moments->shift);
    return fpt_twofold_add(shifts, moments->sum);
}

double fpt_moments_sum(const fpt_moments *moments)
{
    return total(moments).high;
}

double fpt_moments_mean(const fpt_moments *moments)
{
    if (moments->count == 0) return (double)NAN;
    return fpt_twofold_divide(total(moments), (double)moments->count).high;
}

double fpt_moments_variance(const fpt_moments *moments)
{
    if (moments->count < 2) return (double)NAN;
    const double n = (double)moments->count;
    const fpt_twofold square =
        fpt_twofold_divide(fpt_twofold_multiply(moments->sum, moments->sum), n);
    const fpt_twofold rest = fpt_twofold_add(
        moments->squares, (fpt_twofold){-square.high, -square.low});
    return fmax(0.0, fpt_twofold_divide(rest, n - 1.0).high);
}
