/**
 * @file league.h
 * @brief A framework's arithmetic over arrays: values in, scores, categories
 *        and ranks out.
 *
 * Places are those that are compared with one another: one group, such as the
 * trusts of one type. Indicators (items) have values; nodes (areas, themes, the
 * whole) gather the scores of items or of other nodes. Rules change a score or a
 * category where a flag is set or a member is bad enough. All is data: no name,
 * threshold or weight stands here.
 */
#ifndef FPT_LEAGUE_H
#define FPT_LEAGUE_H

#include "fpt/score.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Append only: the words are stored. */
#define FPT_RATING_STATE_LIST(X)                                               \
    X(OK, "all is known")                                                      \
    X(NOT_COMPUTED, "weights, scores or cut points were never published")      \
    X(NOT_LOADED, "no data for it are loaded")                                 \
    X(MISSING, "no value for this place and period")                           \
    X(SUPPRESSED, "the value was suppressed")                                  \
    X(SUSPECT, "the value is suspect: listed, and left out")                   \
    X(NOT_COUNTED, "shown, and not counted, by the framework's own rule")      \
    X(NOT_SCORED, "shown, and not scored")                                     \
    X(OUT_OF_BANDS, "the value lies in no band")                               \
    X(TOO_FEW_PLACES, "too few places to compare with")                        \
    X(NO_VARIATION, "all values are the same")                                 \
    X(TOO_FEW_ITEMS, "too few of its members have a score")                    \
    X(RULE_UNKNOWN, "a rule would decide, and whether it applies is unknown")  \
    X(NOT_RESTATED, "a published figure cannot be moved to other footprints")  \
    X(INVALID, "the value is impossible")

#define FPT_RATING_STATE_ENUM(name, text) FPT_RATING_##name,
typedef enum fpt_rating_state {
    FPT_RATING_STATE_LIST(FPT_RATING_STATE_ENUM) FPT_RATING_STATES
} fpt_rating_state;
#undef FPT_RATING_STATE_ENUM

/** "TOO_FEW_ITEMS", as it is stored; never NULL. */
const char *fpt_rating_state_word(fpt_rating_state state);
const char *fpt_rating_state_text(fpt_rating_state state);
bool fpt_rating_state_find(fpt_str word, fpt_rating_state *out);

/* ---- the rules ---- */

typedef struct fpt_league_item {
    fpt_score_method method;
    int better; /**< 1 higher, -1 lower, 0 neither */
    size_t bands;
    const fpt_band *band;
    fpt_score_target target;
} fpt_league_item;

/** A member of a node, and what it weighs there; weights need not sum to 1. */
typedef struct fpt_league_part {
    bool is_node;
    size_t index;
    double weight;
} fpt_league_part;

/** What a node does about members without a score. */
typedef enum fpt_missing_rule {
    FPT_MISSING_DROP,   /**< divide by the weight of those present */
    FPT_MISSING_REFUSE, /**< no score */
    FPT_MISSING_WORST   /**< they count as the worst end of the scale */
} fpt_missing_rule;

typedef enum fpt_cut_method {
    FPT_CUT_NONE, /**< no categories here */
    FPT_CUT_NOT_PUBLISHED,
    FPT_CUT_QUANTILE, /**< equal shares of the places, R's type 7 */
    FPT_CUT_FIXED,    /**< thresholds */
    FPT_CUT_COUNTS    /**< so many places in each, by rank */
} fpt_cut_method;

typedef struct fpt_league_node {
    bool computed; /**< false: weights or scores were never published */
    size_t parts;
    const fpt_league_part *part;
    fpt_missing_rule missing;
    size_t least;       /**< members that must have a score */
    double least_share; /**< and their share of the weight */
    fpt_cut_method cut;
    size_t categories; /**< 1 is the best */
    const double *at;  /**< FIXED: categories - 1 scores, from best to worst;
                            a score on the line is in the better one */
    const int64_t *counts; /**< COUNTS: [categories]; scaled when they do not
                                sum to the places with a score; NULL: not
                                known */
    size_t least_places;   /**< QUANTILE, COUNTS: fewer give no category */
    bool by_category;      /**< rank by category first, then by score */
} fpt_league_node;

typedef enum fpt_gate_when {
    FPT_GATE_FLAG,       /**< a flag has the value `is` */
    FPT_GATE_ANY_MEMBER, /**< any item under `node` scores at `is` or worse */
    FPT_GATE_ITEM        /**< the item `index` scores at `is` or worse */
} fpt_gate_when;

typedef enum fpt_gate_then {
    FPT_GATE_AT_LEAST, /**< max(x, value) */
    FPT_GATE_AT_MOST,  /**< min(x, value) */
    FPT_GATE_SET       /**< value */
} fpt_gate_then;

/** A rule: when this, then that; in order, each seeing what the last left. */
typedef struct fpt_league_gate {
    size_t node;
    bool on_category; /**< else on the node's score, before it is cut */
    fpt_gate_when when;
    size_t index; /**< of the flag or item */
    double is;
    fpt_gate_then then;
    double value;
    bool unknown_is_no; /**< a flag that nobody gives does not hold */
} fpt_league_gate;

typedef struct fpt_league {
    fpt_scale scale;
    size_t items, nodes, gates, flags;
    const fpt_league_item *item;
    const fpt_league_node *node; /**< members before what they are part of */
    const fpt_league_gate *gate;
} fpt_league;

/* ---- what goes in and what comes out ---- */

/**
 * Shape    arrays of items are [items * places], of nodes [nodes * places], of
 *          flags [flags * places], each row one item, node or flag.
 */
typedef struct fpt_league_input {
    size_t places;
    const double *value;     /**< of items; NaN: none */
    const double *published; /**< scores of items that are loaded; NaN: none */
    const double *flag;      /**< NaN: not known */
    const int *given;        /**< categories of nodes that are loaded and stand
                                  in the place of a cut; 0: none; may be NULL */
} fpt_league_input;

/** Arrays may be NULL where they are not wanted, except score, node_score,
 *  category and ungated. */
typedef struct fpt_league_output {
    double *score;     /**< items */
    double *item_rank; /**< items scored by rank; else NaN */
    fpt_rating_state *item_state;
    double *node_score;
    double *weight;           /**< nodes: of the members present */
    int64_t *present, *asked; /**< nodes: members with a score, and all */
    int *ungated;             /**< nodes: category before the rules; 0: none */
    int *category;            /**< nodes: category; 0: none */
    uint32_t *gates;          /**< nodes: bit g: rule g (of the first 32)
                                   changed score or category */
    double *rank;             /**< nodes: 1 is best; ties share the lowest */
    int64_t *ranked;          /**< [nodes]: how many have one */
    fpt_rating_state *node_state;     /**< of the score */
    fpt_rating_state *category_state; /**< of the category */
} fpt_league_output;

/** Work space for one thread. */
typedef struct fpt_league_work {
    double *real;        /**< [3 * places] */
    size_t *order;       /**< [3 * places] */
    int64_t *whole;      /**< [most categories] */
    uint64_t *remainder; /**< [most categories] */
    double *cut;         /**< [most categories] */
} fpt_league_work;

/** The most categories of any node; at least 1. */
size_t fpt_league_categories(const fpt_league *rules);

/** Work space for so many places; false when memory is exhausted. */
bool fpt_league_work_make(fpt_arena *arena, const fpt_league *rules,
                          size_t places, fpt_league_work *out);

/**
 * Judge one group of places.
 *
 * Missing  a state says for each item, node and place why there is no number.
 * Exact    sums in the order of the parts, compensated: the order of places does
 *          not matter, and members with equal scores have that score as their
 *          mean to the last digit but one.
 * Memory   none but the work space.
 * Threads  pure; several may judge at once with their own work spaces.
 */
void fpt_league_judge(const fpt_league *rules, const fpt_league_input *in,
                      const fpt_league_work *work, fpt_league_output *out);

/** R's type 7 cut points of the scores that are not NaN, in the scale's order.
 *  Shape    score[count]; at[categories - 1] out; work[count], order[2 count]. */
size_t fpt_quantile_cuts(size_t count, const double *score, fpt_scale scale,
                         size_t categories, double *at, double *work,
                         size_t *order);

/** The category of a score by thresholds; 0 for NaN. */
int fpt_cut_category(double score, fpt_scale scale, size_t categories,
                     const double *at);

#ifdef __cplusplus
}
#endif
#endif /* FPT_LEAGUE_H */
