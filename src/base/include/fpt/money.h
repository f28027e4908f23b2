/**
 * @file money.h
 * @brief Money in whole pence, and sharing whole things out without remainder.
 */
#ifndef FPT_MONEY_H
#define FPT_MONEY_H

#include <stdint.h>

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_money {
    int64_t pence;
} fpt_money;

/** Sum, difference and product; FPT_ERR_RANGE on overflow, *out unchanged. */
FPT_MUST_CHECK fpt_status fpt_money_add(fpt_money a, fpt_money b,
                                        fpt_money *out);
FPT_MUST_CHECK fpt_status fpt_money_subtract(fpt_money a, fpt_money b,
                                             fpt_money *out);
FPT_MUST_CHECK fpt_status fpt_money_multiply(fpt_money a, int64_t factor,
                                             fpt_money *out);

/**
 * The one rounding rule of the project: to the nearest whole number, halves
 * away from zero. FPT_ERR_RANGE when it does not fit or x is not finite.
 */
FPT_MUST_CHECK fpt_status fpt_round_half_away(double x, int64_t *out);

/** a * b / c rounded half away from zero, exact in between (c > 0). */
FPT_MUST_CHECK fpt_status fpt_multiply_divide(int64_t a, int64_t b, int64_t c,
                                              int64_t *out);

/**
 * Pounds as publishers write them: 12.34, -£1,234.50, "£24,200,000.00",
 * (1,234) for a negative. At most two decimals that are not zero, unless
 * `round` is true: then halves go away from zero.
 */
FPT_MUST_CHECK fpt_status fpt_money_parse(fpt_str text, bool round,
                                          fpt_money *out);

/** Pounds and pence with a point, no separators: -1234.50. */
size_t fpt_money_print(fpt_money amount, char buffer[32]);

/**
 * Share a whole number out in proportion to weights, so that the parts sum to
 * the whole (largest remainder; of equal remainders the earlier element wins,
 * so put elements in order of their codes).
 *
 * Shape    weight[count], each >= 0, with a sum > 0; part[count] out.
 *          count >= 1. remainder[count] is work space.
 * Exact    sum of part == total, each part within one of its exact share, and
 *          a negative total gives the mirror image of the positive one.
 * Errors   FPT_ERR_RANGE: a negative weight, no positive weight, or a sum of
 *          weights above 2^62. part is then unchanged.
 * Threads  pure.
 */
FPT_MUST_CHECK fpt_status fpt_apportion(int64_t total, size_t count,
                                        const int64_t *weight, int64_t *part,
                                        uint64_t *remainder);

#ifdef __cplusplus
}
#endif
#endif /* FPT_MONEY_H */
