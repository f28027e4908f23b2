/**
 * @file whatif.h
 * @brief What would have to be different: places as they are judged, for others
 *        to judge anew, and the value of one indicator at which a category
 *        changes.
 *
 * All is the arithmetic of the rules: published categories, which a rating may
 * stand on instead of a cut, play no part here.
 */
#ifndef FPT_WHATIF_H
#define FPT_WHATIF_H

#include "fpt/ratings.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Places that are compared with one another, as arrays. */
typedef struct fpt_rate_group {
    fpt_str name; /**< of the group; empty: all */
    fpt_period period;
    fpt_framework framework; /**< with what was found in the data */
    fpt_league rules;
    fpt_league_input input; /**< given is NULL */
    const fpt_str *code;    /**< [input.places] */
} fpt_rate_group;

/**
 * The groups of a period, in order.
 *
 * Shape    ask->has_period must be set; its draws are not used.
 * Errors   as fpt_rate_run().
 */
FPT_MUST_CHECK fpt_status fpt_rate_groups(fpt_rate *rate, fpt_arena *arena,
                                          const fpt_rate_ask *ask,
                                          size_t *count, fpt_rate_group **out,
                                          fpt_error *err);

/** Where one indicator changes a category, going one way from its value. */
typedef struct fpt_turn {
    double at;    /**< NaN: nowhere in the range that was looked at */
    bool past;    /**< the value must go past `at`, not only reach it */
    int category; /**< that it turns to; 0: none */
} fpt_turn;

/** Does the score of an item hang on its value (true) or is it loaded as it was
 *  published, so that the score itself is what changes (false)? */
static inline bool fpt_whatif_by_value(const fpt_league_item *item)
{
    return item->method != FPT_SCORE_PUBLISHED;
}

/**
 * The nearest value above and below the present one at which the category of a
 * node changes for one place, all else as it is.
 *
 * Shape    category: the present one out; up, down out.
 * Units    of the item's value; of items whose score is loaded, of the score.
 * Exact    of a score by rank, percentile or band every value that can make a
 *          difference is tried, in order. Of the others 64 values between the
 *          present one and the end of the range, and then the turn is found by
 *          halving, to the last digit: where the category turns and turns back
 *          between two of the 64, that is not seen. The range: the values of all
 *          compared and as much again on either side; of a target where the
 *          score reaches the ends of the scale; of a loaded score the scale.
 * Missing  no turns (NaN) where the item has no value here, is not scored, or is
 *          not counted in any group.
 * Errors   FPT_ERR_MEMORY.
 * Memory   the arena's, for work; nothing of it is handed back.
 * Threads  pure.
 */
FPT_MUST_CHECK fpt_status fpt_whatif_turns(const fpt_league *rules,
                                           const fpt_league_input *in,
                                           size_t node, size_t item,
                                           size_t place, fpt_arena arena,
                                           int *category, fpt_turn *up,
                                           fpt_turn *down);

#ifdef __cplusplus
}
#endif
#endif /* FPT_WHATIF_H */
