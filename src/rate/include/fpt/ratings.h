/**
 * @file ratings.h
 * @brief Judging places by a framework: run, keep, read back, explain.
 *
 * Values come out of the warehouse (published series, indicators, other
 * frameworks) and the ledger (judgements); the arithmetic is that of league.h.
 * What is suspect, missing or not counted is listed and left out, never averaged
 * in silence, and every row says by which version of which rules it came about.
 */
#ifndef FPT_RATINGS_H
#define FPT_RATINGS_H

#include "fpt/framework.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One row: an indicator, a group or the whole, of one place and period. */
typedef struct fpt_rating {
    fpt_str framework, version; /**< the rules that judged */
    fpt_str weights;            /**< "pack", "equal", or whose they are */
    fpt_str view;               /**< "then", or the day of the footprints */
    fpt_str place, name;
    fpt_str group; /**< of the places compared; empty: all */
    fpt_period period;
    fpt_str item, title, level, parent;
    int64_t position; /**< as a page shows them, from 1 */
    fpt_str unit;
    double value, lower, upper; /**< of an indicator; NaN: none */
    fpt_str from;               /**< "series NAME", "indicator NAME" ... */
    double beside;              /**< the same from the next source, or NaN */
    fpt_str beside_from;
    double score, score_lower, score_upper;
    double weight;           /**< share in what it is a part of */
    double contribution;     /**< weight times score */
    int64_t category_number; /**< 0: none */
    fpt_str category;        /**< its word */
    double category_chance;  /**< that it is this one (of a trajectory: that it
                                  gets there); NaN: not drawn */
    double rank, rank_lower, rank_upper;
    int64_t ranked;         /**< how many have a rank */
    int64_t present, asked; /**< members with a score, and all */
    fpt_str rules;          /**< floors and ceilings that changed it */
    double published_score, published_rank;
    int64_t published_number; /**< category; 0: none */
    fpt_str published_category;
    fpt_str status, category_status; /**< words of fpt_rating_state */
    fpt_str grade; /**< the least well known number behind it */
    fpt_str text;  /**< one sentence */
} fpt_rating;

/** How likely each category is, by the bootstrap. */
typedef struct fpt_rating_chance {
    fpt_str framework, version, weights, view, place;
    fpt_period period;
    fpt_str item;
    int64_t category_number;
    fpt_str category;
    double chance;
} fpt_rating_chance;

typedef struct fpt_rate fpt_rate;

/**
 * Begin to judge. What is given must live as long as the handle.
 *
 * Shape    ledger may be NULL: there are no judgements then.
 * Threads  one.
 */
FPT_MUST_CHECK fpt_status fpt_rate_open(fpt_store *warehouse, fpt_store *ledger,
                                        fpt_registry *registry,
                                        const fpt_tiers *tiers,
                                        const fpt_pack_path *packs,
                                        fpt_measure *measure, fpt_rate **out,
                                        fpt_error *err);
void fpt_rate_close(fpt_rate *rate);

/**
 * The framework with the indicators that it finds in the data by the names of
 * their series; itself where it names them all, or has been expanded before.
 */
FPT_MUST_CHECK fpt_status fpt_rate_expand(fpt_rate *rate, fpt_arena *arena,
                                          const fpt_framework *framework,
                                          fpt_framework *out, fpt_error *err);

typedef struct fpt_rate_ask {
    const fpt_framework *framework;
    bool then;       /**< footprints of each period */
    fpt_date on;     /**< else those of this day */
    bool has_period; /**< else every period that has data */
    fpt_period period;
    const fpt_weights *weights; /**< NULL: the pack's */
    int64_t draws;              /**< of the bootstrap; 0: none */
    uint64_t seed;
    double confidence; /**< of its intervals; 0: 0.95 */
    unsigned threads;  /**< 0: as many as there are */
} fpt_rate_ask;

/** The periods for which a framework has data, in order of time. */
FPT_MUST_CHECK fpt_status fpt_rate_periods(fpt_rate *rate, fpt_arena *arena,
                                           const fpt_framework *framework,
                                           size_t *count, fpt_period **out,
                                           fpt_error *err);

/** What came of a run. */
typedef struct fpt_ratings {
    size_t count, chances;
    fpt_rating *rating; /**< by period, group of places, place, position */
    fpt_rating_chance *chance;
} fpt_ratings;

/**
 * Judge.
 *
 * Errors   FPT_ERR_NOT_FOUND: no item of the framework has data for the period;
 *          FPT_ERR_USAGE: weights made before the framework was expanded.
 * Memory   the arena's.
 */
FPT_MUST_CHECK fpt_status fpt_rate_run(fpt_rate *rate, fpt_arena *arena,
                                       const fpt_rate_ask *ask,
                                       fpt_ratings *out, fpt_error *err);

/** Keep a run's rows in the place of those of the same framework, version,
 *  weights, view and periods. The caller holds the transaction. */
FPT_MUST_CHECK fpt_status fpt_rate_store(fpt_store *warehouse,
                                         const fpt_ratings *ratings,
                                         fpt_error *err);

/** Which stored rows are wanted; empty texts and missing periods mean any. */
typedef struct fpt_rate_filter {
    fpt_str framework, version, weights, view, place, item, level;
    bool has_period;
    fpt_period period;
} fpt_rate_filter;

/** Stored rows, by framework, version, weights, view, period, group, place and
 *  position. */
FPT_MUST_CHECK fpt_status fpt_rate_read(fpt_store *warehouse, fpt_arena *arena,
                                        const fpt_rate_filter *filter,
                                        size_t *count, fpt_rating **out,
                                        fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_rate_read_chances(
    fpt_store *warehouse, fpt_arena *arena, const fpt_rate_filter *filter,
    size_t *count, fpt_rating_chance **out, fpt_error *err);

/** What a person judged. */
typedef struct fpt_judgement {
    fpt_str item;  /**< item or flag of the framework that is judged */
    fpt_str place; /**< code */
    fpt_period period;
    double value;
    fpt_str author, because;
} fpt_judgement;

/**
 * Enter a judgement in the ledger, inside a transaction of the caller's.
 *
 * Errors   FPT_ERR_USAGE: an item that is not judged by people, no author, no
 *          reason; FPT_ERR_STORE.
 */
FPT_MUST_CHECK fpt_status fpt_rate_judge(fpt_store *ledger,
                                         const fpt_framework *framework,
                                         const fpt_judgement *judgement,
                                         fpt_date today, int64_t *entry,
                                         fpt_error *err);

/* ---- why is this a 3? ---- */

/** A member of a group, and what it gave to the group's score. */
typedef struct fpt_rating_part {
    fpt_str group, item, title; /**< of the group; of the member, or empty: the
                                     group's own line, which comes first */
    bool is_group;
    double value;
    fpt_str unit, from;
    double score, weight, contribution; /**< NaN: left out */
    fpt_str status, text; /**< of the group: its sum as a formula, and what
                               rules did; of a member left out: why */
} fpt_rating_part;

/**
 * Every group of one place with its members, as a page shows them.
 *
 * Shape    ask->has_period must be set.
 * Errors   as fpt_rate_run(); FPT_ERR_NOT_FOUND: no such place.
 */
FPT_MUST_CHECK fpt_status fpt_rate_explain(fpt_rate *rate, fpt_arena *arena,
                                           const fpt_rate_ask *ask,
                                           fpt_str place, size_t *count,
                                           fpt_rating_part **out,
                                           fpt_error *err);

/* ---- changes of category ---- */

typedef enum fpt_rating_move {
    FPT_MOVE_NONE,
    FPT_MOVE_BY_RULE, /**< a floor or ceiling began or ceased to hold */
    FPT_MOVE_WITHIN_NOISE,
    FPT_MOVE_BEYOND_NOISE,
    FPT_MOVE_NOT_KNOWN, /**< no chances: nothing is known of the error */
    FPT_MOVE_KINDS
} fpt_rating_move;

/** "within noise" and the like; never NULL. */
const char *fpt_rating_move_word(fpt_rating_move kind);

typedef struct fpt_rating_change {
    fpt_str place, name;
    fpt_str before, after; /**< words of the categories */
    int64_t before_number, after_number;
    double score_before, score_after;
    double this_way, by_noise; /**< as of fpt_category_compare() */
    fpt_rating_move kind;
} fpt_rating_change;

typedef struct fpt_rating_changes {
    size_t count;
    fpt_rating_change *change; /**< places with a category in both, by group and
                                    code */
    int64_t kinds[FPT_MOVE_KINDS];
    double expected_by_noise; /**< changes, if nothing changed at all */
    double share_noise; /**< within noise, of those within or beyond; NaN */
} fpt_rating_changes;

/**
 * What changed of the whole from one period to another, judged alike.
 *
 * Shape    ask->draws above 0; its period is not used.
 */
FPT_MUST_CHECK fpt_status fpt_rate_changes(fpt_rate *rate, fpt_arena *arena,
                                           const fpt_rate_ask *ask,
                                           fpt_period before, fpt_period after,
                                           fpt_rating_changes *out,
                                           fpt_error *err);

/**
 * The same of rows that were kept: of one framework, weights and view, each of
 * one period.
 *
 * Shape    categories: how many the framework has; chances of others are left out.
 */
FPT_MUST_CHECK fpt_status fpt_rate_compare(fpt_arena *arena,
                                           const fpt_ratings *before,
                                           const fpt_ratings *after,
                                           size_t categories, double confidence,
                                           fpt_rating_changes *out,
                                           fpt_error *err);

/** The loads that a framework's values stand on, in order. */
FPT_MUST_CHECK fpt_status fpt_rate_loads(fpt_rate *rate, fpt_arena *arena,
                                         const fpt_framework *framework,
                                         size_t *count, int64_t **out,
                                         fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_RATINGS_H */
