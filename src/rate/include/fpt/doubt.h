/**
 * @file doubt.h
 * @brief How sure a rating is: scores, ranks and categories as they might have
 *        come out.
 *
 * Two questions, and a framework's pack says which one is asked:
 *
 * SAMPLING  the same rules on figures that another year of the same chances
 *           would have given: each value is drawn again from its own sampling
 *           error, and everything is judged anew.
 * METRICS   the same figures on another choice of metrics: the members of each
 *           group are drawn again with replacement, the same for all places.
 *
 * Neither knows of errors in the data, or of rules that ought to be others.
 */
#ifndef FPT_DOUBT_H
#define FPT_DOUBT_H

#include "fpt/league.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_doubt_kind {
    FPT_DOUBT_SAMPLING,
    FPT_DOUBT_METRICS
} fpt_doubt_kind;

typedef struct fpt_doubt_options {
    fpt_doubt_kind kind;
    int64_t draws;     /**< 2 to FPT_DOUBT_MOST_DRAWS */
    uint64_t seed;     /**< same seed, same bytes, on any number of threads */
    uint32_t stream;   /**< number of the first item's stream */
    double confidence; /**< of the intervals that come out, in (0, 1) */
    unsigned threads;  /**< 0: as many as there are */
} fpt_doubt_options;

#define FPT_DOUBT_MOST_DRAWS 1000000

/**
 * Shape    lower, upper are [items * places]; least, most are [items].
 */
typedef struct fpt_doubt_input {
    const fpt_league_input *in;  /**< `given` is not used: what is drawn is what
                                     the rules themselves would say */
    const double *lower, *upper; /**< limits of each value; NaN: it stays */
    double confidence;           /**< of these limits */
    const double *least,
        *most; /**< values cannot lie outside; may be infinite */
} fpt_doubt_input;

/**
 * Shape    all are [nodes * places], chance is [nodes * places * categories],
 *          categories as of fpt_league_most().
 */
typedef struct fpt_doubt {
    double *score_lower, *score_upper; /**< NaN: no score, or nothing varies */
    double *rank_lower, *rank_upper;
    int64_t *scored; /**< draws in which there was a score */
    size_t categories;
    double *chance; /**< share of all draws; they sum to 1 less the share of
                         draws in which there was no category */
} fpt_doubt;

/** The highest number that a category can have: of a cut, or set by a rule. */
size_t fpt_league_most(const fpt_league *rules);

/**
 * Judge `draws` times.
 *
 * SAMPLING draws v + z (u - v) / z0 for z > 0 and v + z (v - l) / z0 for z < 0,
 * z standard normal and z0 the quantile of the limits' confidence: the value is
 * the median of its draws, and its limits are their quantiles at the limits' own
 * tails, however skewed the interval is. Values are independent of one another.
 *
 * Exact    an interval of scores is made of type 7 quantiles, one of ranks of the
 *          draws next outside: both ends were drawn.
 * Missing  a place without a score has none in any draw. Where nothing under a
 *          node varies (no limits; a single member) its intervals and chances are
 *          NaN: certainty is not what is known then.
 * Errors   FPT_ERR_RANGE: options or a limit on the wrong side of its value;
 *          FPT_ERR_MEMORY. out is unchanged.
 * Memory   the arena's: 16 bytes for each draw, node and place, besides.
 */
FPT_MUST_CHECK fpt_status fpt_doubt_run(fpt_arena *arena,
                                        const fpt_league *rules,
                                        const fpt_doubt_input *input,
                                        const fpt_doubt_options *options,
                                        fpt_doubt *out);

/* ---- changes between two periods ---- */

/** A place whose category is known in two periods, with its chances in both. */
typedef struct fpt_category_move {
    int from, to;    /**< categories, 1 the best */
    double this_way; /**< chance of a move in the direction seen; of none: that
                           the categories are equal */
    double by_noise; /**< chance of any change if nothing changed at all */
    bool beyond_noise; /**< this_way reaches the confidence */
} fpt_category_move;

/**
 * Shape    before[categories], after[categories]: chances of each category.
 * Units    confidence in (0, 1).
 * Exact    this_way = sum of before[a] after[b] over a < b (or a > b, or a = b);
 *          by_noise = 1 - sum m[k]^2 with m the mean of both, scaled to sum to 1:
 *          the chance that two draws from the one state that both periods share
 *          differ.
 * Missing  NaN and false when the chances sum to nothing.
 */
fpt_category_move fpt_category_compare(size_t categories, const double *before,
                                       const double *after, int from, int to,
                                       double confidence);

#ifdef __cplusplus
}
#endif
#endif /* FPT_DOUBT_H */
