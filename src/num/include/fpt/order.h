/**
 * @file order.h
 * @brief Sorting by key in a stable order, ranks, and sample quantiles.
 */
#ifndef FPT_ORDER_H
#define FPT_ORDER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The order in which `key` ascends: key[order[0]] is the smallest.
 *
 * Shape    key[count] in; order[count] out; work[count] is work space.
 * Missing  NaN stands behind all numbers.
 * Exact    equal keys (also -0 and 0) keep the order of their indices.
 * Memory   none allocated. Time n log n whatever the order; n when sorted.
 */
void fpt_order_by(size_t count, const double *key, size_t *order, size_t *work);

/** What equal numbers get for a rank. */
typedef enum fpt_ties {
    FPT_TIES_LOWEST, /**< 1, 2, 2, 4 */
    FPT_TIES_AVERAGE /**< 1, 2.5, 2.5, 4 */
} fpt_ties;

/**
 * Ranks from 1 upwards.
 *
 * Shape    key[count] in; rank[count] out; order[count] as fpt_order_by() made
 *          it for key.
 * Missing  a NaN key gets a NaN rank and does not count.
 */
void fpt_rank(size_t count, const double *key, const size_t *order,
              fpt_ties ties, double *rank);

/**
 * Sample quantile of sorted numbers, R's type 7: linear between the order
 * statistics around 1 + (count - 1) p.
 *
 * Shape    sorted[count], ascending, none missing; p in [0, 1].
 * Missing  NaN when count is 0 or p is out of range.
 * Source   R. J. Hyndman, Y. Fan, The American Statistician 50 (1996) 361-365.
 */
double fpt_sample_quantile(size_t count, const double *sorted, double p);

/** The middle one, or the mean of the two in the middle; NaN when count is 0. */
double fpt_sample_median(size_t count, const double *sorted);

/**
 * The k-th smallest (from 0) of numbers without NaN, putting it in its place:
 * nothing before it is larger, nothing behind it is smaller.
 *
 * Shape    x[count], rearranged; k < count. Time grows with count.
 */
double fpt_select(size_t count, double *x, size_t k);

#ifdef __cplusplus
}
#endif
#endif /* FPT_ORDER_H */
