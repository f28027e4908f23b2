/**
 * @file quantile.h
 * @brief Deprivation deciles and the like: which tenth of the areas is it in?
 */
#ifndef FPT_QUANTILE_H
#define FPT_QUANTILE_H

#include "fpt/num.h"
#include "fpt/state.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The quantile of a rank: groups + 1 - ceil(groups (present + 1 - rank) /
 * present), in whole numbers.
 *
 * Units    1 <= rank <= present, 1 <= groups; both up to 2^31.
 * Exact    1 for the first rank, `groups` for the last.
 */
int64_t fpt_quantile_of_rank(int64_t rank, int64_t present, int64_t groups);

/** The same in the floating-point arithmetic of the field's package, which
 *  gives another quantile in 270 of 12 million cases. */
int64_t fpt_quantile_of_rank_field(int64_t rank, int64_t present,
                                   int64_t groups);

typedef struct fpt_quantile_options {
    size_t struct_size;
    int64_t groups;        /**< 0 means 10 */
    bool keep;             /**< false: quantile 1 holds the highest values */
    bool field_arithmetic; /**< as fpt_quantile_of_rank_field() */
} fpt_quantile_options;

fpt_quantile_options fpt_quantile_options_default(void);

/**
 * Ranks and quantiles of a column; equal values share the lowest rank.
 *
 * Shape    value[count] in; rank[count], quantile[count] (NaN where there is
 *          none) and state[count] out; work[count] and order[2 * count] are
 *          work space. count up to 2^31.
 * Missing  a NaN value is MISSING and does not count among those present. With
 *          fewer values than groups: the rank alone, TOO_FEW_ROWS.
 * Errors   FPT_ERR_RANGE: groups below 1 or above 2^31, or too many rows.
 * Source   dhsc-govuk/PHEindicatormethods 2.1.0, Quantiles.R.
 */
FPT_MUST_CHECK fpt_status fpt_quantile_column(
    size_t count, const double *value, const fpt_quantile_options *options,
    double *rank, double *quantile, fpt_state *state, double *work,
    size_t *order);

#ifdef __cplusplus
}
#endif
#endif /* FPT_QUANTILE_H */
