/**
 * @file lanes_math.h
 * @brief exp, log and the normal quantile out of plain arithmetic.
 *
 * The functions of libm may differ in the last bit between machines, because
 * it picks a variant that fits the processor. These use nothing but IEEE
 * addition, multiplication, division and square root, without a branch, so a
 * loop over an array of them becomes vector code, and every machine, width of
 * vector and compiler gives the same bits. They are inline for that reason.
 *
 * Exact    within 1 unit in the last place (exp), 2 (log) and 1e-15 relative
 *          (normal quantile), as the tests check against Rmath.
 * Threads  pure.
 */
#ifndef FPT_LANES_MATH_H
#define FPT_LANES_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

static inline double fpt_lane_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t fpt_lane_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/**
 * exp(x) for any finite x: 0 below -708, infinity above 709.
 *
 * x = k ln 2 + r with |r| <= 0.35; adding and taking away 1.5 * 2^52 rounds to
 * an integer and leaves k in the low bits. ln 2 is taken in two parts so that
 * r is exact to the last bit; the series then needs 13 terms.
 */
static inline double fpt_lane_exp(double x)
{
    const double magic = 0x1.8p52;
    const double clipped = x < -708.0 ? -708.0 : x > 709.0 ? 709.0 : x;
    const double shifted = clipped * 1.4426950408889634074 + magic;
    const double k = shifted - magic;
    const double r =
        (clipped - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    const double y = 1.0 + (r + r * r * p);
    /* 2^k by adding k to the exponent; the low bits of `shifted` hold k. */
    const uint64_t scaled = fpt_lane_bits(y) + (fpt_lane_bits(shifted) << 52);
    const double result = fpt_lane_from_bits(scaled);
    return x < -708.0 ? 0.0 : x > 709.0 ? (double)INFINITY : result;
}

/**
 * log(x) for normal x > 0; -infinity at 0. Negative x is the caller's error.
 *
 * x = 2^e m with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh((m - 1)/(m + 1)),
 * a series in the square of at most 0.0295.
 */
static inline double fpt_lane_log(double x)
{
    const uint64_t bits = fpt_lane_bits(x);
    /* Move the border of the exponent from 1 to sqrt(2). */
    const uint64_t moved = bits - UINT64_C(0x3fe6a09e667f3bcd);
    const double e =
        fpt_lane_from_bits((moved + UINT64_C(0x4000000000000000)) >> 52 |
                           UINT64_C(0x4330000000000000)) -
        (0x1p52 + 1024.0);
    const double m = fpt_lane_from_bits((moved & UINT64_C(0x000fffffffffffff)) +
                                        UINT64_C(0x3fe6a09e667f3bcd));
    const double f = m - 1.0;
    const double s = f / (2.0 + f);
    const double t = s * s;
    double p = 2.0 / 23.0;
    p = p * t + 2.0 / 21.0;
    p = p * t + 2.0 / 19.0;
    p = p * t + 2.0 / 17.0;
    p = p * t + 2.0 / 15.0;
    p = p * t + 2.0 / 13.0;
    p = p * t + 2.0 / 11.0;
    p = p * t + 2.0 / 9.0;
    p = p * t + 2.0 / 7.0;
    p = p * t + 2.0 / 5.0;
    p = p * t + 2.0 / 3.0;
    /* log m = f - s (f - t p): the large part is exact, the rest is small. */
    const double small = s * (f - t * p);
    const double result =
        e * 0x1.62e42fee00000p-1 + (f - (small - e * 0x1.a39ef35793c76p-33));
    return x > 0.0 ? result : -(double)INFINITY;
}

/**
 * The z with P(Z <= z) = u for a standard normal Z, 0 < u < 1.
 *
 * Source   M. J. Wichura, "Algorithm AS 241: the percentage points of the
 *          normal distribution", Applied Statistics 37 (1988) 477-484, PPND16.
 */
static inline double fpt_lane_normal_quantile(double u)
{
    const double q = u - 0.5;
    const double c = 0.180625 - q * q;
    double top = 2.5090809287301226727e+3;
    top = top * c + 3.3430575583588128105e+4;
    top = top * c + 6.7265770927008700853e+4;
    top = top * c + 4.5921953931549871457e+4;
    top = top * c + 1.3731693765509461125e+4;
    top = top * c + 1.9715909503065514427e+3;
    top = top * c + 1.3314166789178437745e+2;
    top = top * c + 3.3871328727963666080e0;
    double low = 5.2264952788528545610e+3;
    low = low * c + 2.8729085735721942674e+4;
    low = low * c + 3.9307895800092710610e+4;
    low = low * c + 2.1213794301586595867e+4;
    low = low * c + 5.3941960214247511077e+3;
    low = low * c + 6.8718700749205790830e+2;
    low = low * c + 4.2313330701600911252e+1;
    low = low * c + 1.0;
    const double middle = q * top / low;

    const double tail = q < 0.0 ? u : 1.0 - u;
    const double root = sqrt(-fpt_lane_log(tail));
    const double r = root - 1.6;
    double near = 7.74545014278341407640e-4;
    near = near * r + 2.27238449892691845833e-2;
    near = near * r + 2.41780725177450611770e-1;
    near = near * r + 1.27045825245236838258e0;
    near = near * r + 3.64784832476320460504e0;
    near = near * r + 5.76949722146069140550e0;
    near = near * r + 4.63033784615654529590e0;
    near = near * r + 1.42343711074968357734e0;
    double near_low = 1.05075007164441684324e-9;
    near_low = near_low * r + 5.47593808499534494600e-4;
    near_low = near_low * r + 1.51986665636164571966e-2;
    near_low = near_low * r + 1.48103976427480074590e-1;
    near_low = near_low * r + 6.89767334985100004550e-1;
    near_low = near_low * r + 1.67638483018380384940e0;
    near_low = near_low * r + 2.05319162663775882187e0;
    near_low = near_low * r + 1.0;

    const double v = root - 5.0;
    double far = 2.01033439929228813265e-7;
    far = far * v + 2.71155556874348757815e-5;
    far = far * v + 1.24266094738807843860e-3;
    far = far * v + 2.65321895265761230930e-2;
    far = far * v + 2.96560571828504891230e-1;
    far = far * v + 1.78482653991729133580e0;
    far = far * v + 5.46378491116411436990e0;
    far = far * v + 6.65790464350110377720e0;
    double far_low = 2.04426310338993978564e-15;
    far_low = far_low * v + 1.42151175831644588870e-7;
    far_low = far_low * v + 1.84631831751005468180e-5;
    far_low = far_low * v + 7.86869131145613259100e-4;
    far_low = far_low * v + 1.48753612908506148525e-2;
    far_low = far_low * v + 1.36929880922735805310e-1;
    far_low = far_low * v + 5.99832206555887937690e-1;
    far_low = far_low * v + 1.0;

    const double outer = root <= 5.0 ? near / near_low : far / far_low;
    const double signed_outer = q < 0.0 ? -outer : outer;
    return fabs(q) <= 0.425 ? middle : signed_outer;
}

/** A uniform of 52 bits in (0, 1), never an end, as fpt_rng_uniform(). */
static inline double fpt_lane_uniform(uint32_t high, uint32_t low)
{
    const uint64_t bits = ((uint64_t)high << 32 | low) >> 12;
    /* The bits as the fraction of a double in [1, 2); then half a step up. */
    return (fpt_lane_from_bits(bits | UINT64_C(0x3ff0000000000000)) - 1.0) +
           0x1p-53;
}

/** To the nearest whole number, halves away from zero (exact below 2^52). */
static inline double fpt_lane_round(double x)
{
    const double size = fabs(x);
    const double magic = 0x1p52;
    /* Nearest with ties to even, then set right where a tie went down. */
    const double even = size + magic - magic;
    const double fixed = even + (size - even >= 0.5 ? 1.0 : 0.0);
    const double whole = size < magic ? fixed : size;
    return x < 0.0 ? -whole : whole;
}

#ifdef __cplusplus
}
#endif
#endif /* FPT_LANES_MATH_H */
