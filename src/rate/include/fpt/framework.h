/**
 * @file framework.h
 * @brief Framework packs: by which rules places are judged, as data.
 *
 * A pack (packs/frameworks/NAME/VERSION) says which indicators are judged, how
 * each is scored, how scores are gathered into areas, themes and a whole, and
 * where categories begin. Every version stays: a past period can be judged by
 * any of them. Each number carries a grade, from "sourced" to "not-published",
 * and what was never published is not computed by default.
 *
 * docs/methods/frameworks.md has all keys of a pack.
 */
#ifndef FPT_FRAMEWORK_H
#define FPT_FRAMEWORK_H

#include "fpt/league.h"
#include "fpt/measure.h"
#include "fpt/trajectory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How well a number of a pack is known, from the best to the worst. Append
 * before USER: the words are stored. */
#define FPT_GRADE_LIST(X)                                                      \
    X(SOURCED, "sourced", "read in the publication named")                     \
    X(MEASURED, "measured", "recomputed from published data")                  \
    X(OURS, "ours", "our own choice, and said so")                             \
    X(UNVERIFIED, "unverified", "believed, and not seen in a source")          \
    X(USER, "user", "given by the user")                                       \
    X(NOT_PUBLISHED, "not-published", "never published")

#define FPT_GRADE_ENUM(name, word, text) FPT_GRADE_##name,
typedef enum fpt_grade { FPT_GRADE_LIST(FPT_GRADE_ENUM) FPT_GRADES } fpt_grade;
#undef FPT_GRADE_ENUM

const char *fpt_grade_word(fpt_grade grade);
/** The less well known of two. */
static inline fpt_grade fpt_grade_worst(fpt_grade a, fpt_grade b)
{
    return a > b ? a : b;
}

/* ---- where a value comes from ---- */

typedef enum fpt_origin {
    FPT_ORIGIN_SERIES,    /**< a published figure of the place itself */
    FPT_ORIGIN_INDICATOR, /**< an indicator pack's figure */
    FPT_ORIGIN_JUDGEMENT, /**< entered by a person, in the ledger */
    FPT_ORIGIN_FRAMEWORK, /**< another framework's result */
    FPT_ORIGIN_MEMBERS    /**< weighted mean over the areas that lie in it */
} fpt_origin;

typedef enum fpt_take {
    FPT_TAKE_SCORE,
    FPT_TAKE_CATEGORY,
    FPT_TAKE_VALUE
} fpt_take;

/** One way to a value. Of several the first counts that has any data for the
 *  period; the next that has is shown beside it. */
typedef struct fpt_value_from {
    fpt_origin origin;
    fpt_str name; /**< series, indicator or framework */
    fpt_str item; /**< of the framework */
    fpt_take take;
    double multiplier; /**< of a series */
    fpt_str weight;    /**< MEMBERS: indicator that weighs */
    fpt_str tier;      /**< MEMBERS: of which the areas are */
    fpt_str note;
} fpt_value_from;

/** Which period's figure is judged. */
typedef enum fpt_figure_of {
    FPT_FIGURE_SAME,  /**< of the period that is judged */
    FPT_FIGURE_LATEST /**< the last that ends within it, or so many months
                           before its end */
} fpt_figure_of;

/* ---- indicators ---- */

/** Options of a trajectory to a target year. */
typedef struct fpt_trajectory_rule {
    fpt_str events, people; /**< series, of places and of the nation's code */
    int base_from, base_to, target_year; /**< years by their first day */
    fpt_course course;
    double published;     /**< the number that was announced; NaN: none */
    fpt_str published_is; /**< "final-year", "cumulative" or "not-stated" */
    bool log_scale;       /**< else logit */
} fpt_trajectory_rule;

typedef struct fpt_framework_item {
    fpt_str id, title, unit, note, source;
    size_t node; /**< that it belongs to, or SIZE_MAX */
    fpt_polarity better;
    int decimals;    /**< printed on pages */
    fpt_grade grade; /**< of its definition */
    bool counted;
    fpt_str why_not; /**< when it is not counted */
    double weight;   /**< NaN: none given */
    size_t froms;
    fpt_value_from *from;
    fpt_figure_of figure_of;
    int within_months;
    fpt_score_method method;
    fpt_grade method_grade;
    fpt_str method_source;
    fpt_value_from published; /**< of a score that is loaded */
    size_t bands;
    fpt_band *band;
    fpt_score_target target;
    fpt_str benchmark; /**< COMPARE: "nation" or "target" */
    fpt_trajectory_rule trajectory;
} fpt_framework_item;

/* ---- groups and the whole ---- */

typedef enum fpt_over {
    FPT_OVER_NOTHING, /**< a heading: no score of its own */
    FPT_OVER_ITEMS,   /**< mean over all indicators below it */
    FPT_OVER_GROUPS   /**< mean over the groups in it */
} fpt_over;

typedef enum fpt_weighting {
    FPT_WEIGHTS_EQUAL,
    FPT_WEIGHTS_GIVEN,
    FPT_WEIGHTS_NOT_PUBLISHED
} fpt_weighting;

/** What the publisher gave of a node, to be shown beside what the data give. */
typedef struct fpt_published {
    fpt_str score, category, rank; /**< series; empty: none */
    fpt_str before_rules; /**< category before floors and ceilings; it counts
                               in the place of a cut where there is one */
    bool first; /**< the published category counts where there is one */
} fpt_published;

typedef struct fpt_framework_node {
    fpt_str id, title, level, note, source;
    size_t parent; /**< SIZE_MAX: none */
    fpt_over over;
    fpt_weighting weights;
    fpt_grade weights_grade;
    double weight; /**< within its parent; NaN: none given */
    fpt_missing_rule missing;
    size_t least;
    double least_share;
    fpt_cut_method cut;
    fpt_grade cut_grade;
    fpt_str cut_source;
    size_t into; /**< how many categories the cut makes; rules may make more */
    size_t cuts; /**< thresholds or counts */
    double *at;
    int64_t *counts;
    size_t least_places;
    bool by_category;
    fpt_published published;
} fpt_framework_node;

typedef struct fpt_framework_gate {
    fpt_str id, title, source;
    fpt_grade grade;
    fpt_league_gate rule;
} fpt_framework_gate;

typedef struct fpt_framework_flag {
    fpt_str id, title;
    size_t froms;
    fpt_value_from *from;
} fpt_framework_flag;

typedef struct fpt_category {
    fpt_str word; /**< "Outstanding" */
    fpt_str about;
} fpt_category;

/** Indicators that are found in the data by the names of their series. */
typedef struct fpt_framework_pattern {
    fpt_str scores;    /**< "nof.OF1###": each gives an item */
    fpt_str values;    /**< "nof.OF0###": its value, by the same digits */
    fpt_str dimension; /**< whose value names the group */
    size_t groups;
    fpt_str *group_value; /**< [groups] */
    size_t *group_node;   /**< [groups] */
    fpt_grade grade;
    bool given; /**< is there a pattern at all? */
} fpt_framework_pattern;

/** What --weights uses where the pack has nothing. */
typedef struct fpt_what_if {
    fpt_score_method method;
    fpt_cut_method cut;
    bool as_published; /**< as many in each category as were published */
} fpt_what_if;

/** What --weights gives: the user's weights in the place of the pack's. */
typedef struct fpt_weights {
    fpt_str label; /**< "equal", or the file and its digest */
    size_t items;
    double *item; /**< by item of the framework; 0: left out */
    size_t cuts;  /**< thresholds of the user's; 0: none */
    double *cut;
} fpt_weights;

typedef struct fpt_framework {
    fpt_str name, version, title, shorter, about, source, licence;
    const char *folder;
    fpt_str tier; /**< organisation, system ... */
    fpt_str
        within; /**< relation whose object groups places; empty: one group */
    fpt_grain grain;
    fpt_date from, until; /**< when these rules held; open: not known */
    fpt_scale scale;
    fpt_str bootstrap; /**< "sampling", "metrics" or empty */
    size_t categories, caveats, not_measured;
    fpt_category *category;
    fpt_str *caveat, *missing_from_it;
    size_t items, nodes, gates, flags;
    fpt_framework_item *item;
    fpt_framework_node *node; /**< members before what they are part of */
    size_t *order; /**< nodes as a page shows them: the whole first */
    fpt_framework_gate *gate;
    fpt_framework_flag *flag;
    fpt_framework_pattern pattern;
    fpt_what_if what_if;
} fpt_framework;

/** The level of items, and the id of the node that is everything. */
#define FPT_LEVEL_INDICATOR "indicator"
#define FPT_OVERALL "overall"

/**
 * Read and check a pack; an empty version means the newest.
 *
 * Errors   FPT_ERR_NOT_FOUND; FPT_ERR_INPUT with file, line and column: an
 *          unknown key, two items of one id, an indicator that no pack defines,
 *          weights that do not sum to 1, a cycle, bands that overlap, expected
 *          results that do not come out.
 */
FPT_MUST_CHECK fpt_status fpt_framework_open(fpt_arena *arena,
                                             const fpt_pack_path *packs,
                                             fpt_str name, fpt_str version,
                                             fpt_framework *out,
                                             fpt_error *err);

/** The newest of each, by name. */
FPT_MUST_CHECK fpt_status fpt_framework_list(fpt_arena *arena,
                                             const fpt_pack_path *packs,
                                             size_t *count, fpt_framework **out,
                                             fpt_error *err);

/** Index of an item or a node, or SIZE_MAX. */
size_t fpt_framework_item_find(const fpt_framework *framework, fpt_str id);
size_t fpt_framework_node_find(const fpt_framework *framework, fpt_str id);

/** The rules as arrays; `weights` may be NULL. Memory: the arena's. */
FPT_MUST_CHECK fpt_status fpt_framework_rules(fpt_arena *arena,
                                              const fpt_framework *framework,
                                              const fpt_weights *weights,
                                              fpt_league *out, fpt_error *err);

/** Every counted indicator weighs the same. */
FPT_MUST_CHECK fpt_status fpt_weights_equal(fpt_arena *arena,
                                            const fpt_framework *framework,
                                            fpt_weights *out, fpt_error *err);

/**
 * A CSV of the user's with the columns item and weight; rows with item "cut:1",
 * "cut:2" ... hold thresholds, from the best category on. Items that are not
 * named weigh nothing.
 *
 * Errors   FPT_ERR_INPUT with file and line: an unknown item, one that stands
 *          twice, a weight that is negative or no number, or none above 0.
 */
FPT_MUST_CHECK fpt_status fpt_weights_read(fpt_arena *arena, const char *path,
                                           const fpt_framework *framework,
                                           fpt_weights *out, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_FRAMEWORK_H */
