/**
 * @file plan_decides.h
 * @brief What decides a plan, gathered: shares of its uncertainty, each with its
 *        error, the least unlikely way to miss, what knowing is worth, and what
 *        came of what was foretold.
 *
 * Each part is known or says why it is not: with too few draws, without any
 * variance, or where inputs depend on one another in a way that the method does
 * not allow for, there is a sentence and no number.
 *
 * Units    pounds, counts and fractions, never pence.
 */
#ifndef FPT_PLAN_DECIDES_H
#define FPT_PLAN_DECIDES_H

#include "fpt/explore.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A part of the results: its field, its word, what it is. */
#define FPT_REPORT_PART_LIST(X)                                                \
    X(gap, "gap", "where the gap comes from")                                  \
    X(assumptions, "assumptions",                                              \
      "each at its P10 and P90, its value for even odds, its past")            \
    X(ladder, "ladder", "one thing after the other going wrong")               \
    X(sets, "must-hold", "the fewest assumptions that must come true")         \
    X(schemes, "schemes", "what each claims and is credited with")             \
    X(payment, "payment", "who wins and loses by the form of payment")         \
    X(sobol, "sobol", "shares of variance, first and total")                   \
    X(shapley, "shapley", "fair shares of variance under dependence")          \
    X(linear, "linear", "SRC, SRRC, PRCC, and failing less passing futures")   \
    X(miss, "miss", "the least unlikely way to miss (FORM)")                   \
    X(tree, "tree", "conditions that foretell a miss")                         \
    X(knowing, "knowing", "what knowing an assumption is worth")               \
    X(hindcast, "hindcast", "forecasts and old plans against what came")

#define FPT_REPORT_PART_FIELD(field, word, about) bool field;
typedef struct fpt_report_parts {
    FPT_REPORT_PART_LIST(FPT_REPORT_PART_FIELD)
} fpt_report_parts;
#undef FPT_REPORT_PART_FIELD

/** All of them. */
fpt_report_parts fpt_report_all_parts(void);

/** Add the part of this word; false: there is none such. */
bool fpt_report_add_part(fpt_report_parts *parts, fpt_str word);

/** One part: whether it was asked for, and could be found. */
typedef struct fpt_report_answer {
    bool asked, known;
    fpt_error why_not;
} fpt_report_answer;

/** An input, or all inputs of one block of dependence, and its share of the
 *  variance of the margin and of whether the total is missed. */
typedef struct fpt_report_share {
    fpt_str name; /**< members of a block are separated by " + " */
    fpt_sobol_share margin, misses;     /**< Sobol', 95 % intervals */
    fpt_shapley_effect fair, fair_miss; /**< Shapley, standard errors */
} fpt_report_share;

typedef struct fpt_report_shares {
    fpt_report_answer margin, misses;
    size_t runs; /**< of the plan, for the margin */
    size_t count;
    fpt_report_share *share; /**< largest first */
} fpt_report_shares;

/** One input against the margin over the draws kept. */
typedef struct fpt_report_measure {
    fpt_str name;
    fpt_linear_measure value, error; /**< error: by leaving out blocks */
    double contrast; /**< mean in failing less passing draws, in deviations */
    double contrast_error;
    double worth, worth_error; /**< of knowing it: pounds */
} fpt_report_measure;

typedef struct fpt_report_measures {
    fpt_report_answer linear, contrast, knowing;
    size_t draws;
    double r_squared, rank_r_squared;
    double worth_of_all, with_schemes, without_schemes; /**< pounds */
    size_t count;
    fpt_report_measure *measure; /**< largest partial rank correlation first */
} fpt_report_measures;

/** One input at a design point. */
typedef struct fpt_report_at {
    fpt_str name;
    bool has_value; /**< an assumption, in its own unit; else a score alone */
    double value, stated, score, weight;
} fpt_report_at;

/** A way to miss: where the margin is 0, nearest to the middle. */
typedef struct fpt_report_way {
    double beta, chance;
    size_t count;
    fpt_report_at *at; /**< largest weight first */
} fpt_report_way;

typedef struct fpt_report_ways {
    fpt_report_answer answer;
    fpt_odds missed; /**< counted over the draws */
    double ratio;    /**< of the nearest way's chance to it */
    bool linear_enough;
    size_t count;
    fpt_report_way way[FPT_FORM_POINTS];
} fpt_report_ways;

typedef struct fpt_report_tree {
    fpt_report_answer answer;
    size_t draws;
    fpt_tree tree;
    fpt_str *name;  /**< [columns of the tree] */
    bool *is_value; /**< [columns]: in an assumption's unit, else a score */
    fpt_odds sensitivity, precision; /**< on draws it was not grown on */
} fpt_report_tree;

enum { FPT_REPORT_HORIZON = 5 };

typedef struct fpt_report_hindcast {
    fpt_report_answer series, plan;
    fpt_hindcast ahead[FPT_REPORT_HORIZON];
    size_t count;
    fpt_stress_foretold *foretold;
    fpt_odds coverage; /**< of the plan's 80 % intervals */
} fpt_report_hindcast;

/** What decides a plan. */
typedef struct fpt_report_decides {
    fpt_report_shares sobol, shapley;
    fpt_report_measures measures;
    fpt_report_ways ways;
    fpt_report_tree tree;
    fpt_report_hindcast hindcast;
} fpt_report_decides;

/**
 * Find what the parts ask for.
 *
 * Errors   those of running the plan. What a method refuses is no error: the
 *          part then says why.
 * Memory   in the arena.
 * Threads  the same results for any number of them.
 */
FPT_MUST_CHECK fpt_status
fpt_report_decides_make(fpt_arena *arena, const fpt_stress_question *question,
                        const fpt_report_parts *parts, const fpt_log *log,
                        fpt_report_decides *out, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PLAN_DECIDES_H */
