/**
 * @file measure.h
 * @brief Indicators: from published numbers to figures for areas, with intervals.
 *
 * An indicator pack (packs/indicators) says which series are added up, over what,
 * and which interval belongs to it. Numbers of small areas go to the areas that
 * they lie in; numbers of practices to their commissioner's; numbers of providers
 * where an attribution pack (packs/attribution) places them, step by step, and
 * what no step places is shown as unassigned.
 *
 * Figures can be shown on the footprints of each period ("then") or restated on
 * those of any day. A number that must be divided is shared out by residents, in
 * whole numbers, by largest remainders: areas and unassigned always sum to the
 * nation.
 */
#ifndef FPT_MEASURE_H
#define FPT_MEASURE_H

#include "fpt/registry.h"
#include "fpt/stat.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The code of what no footprint has. */
#define FPT_UNASSIGNED "UNASSIGNED"

typedef enum fpt_statistic {
    FPT_STATISTIC_COUNT,      /**< the numerator alone */
    FPT_STATISTIC_PROPORTION, /**< part of the denominator */
    FPT_STATISTIC_RATE,       /**< events per so many */
    FPT_STATISTIC_RATIO       /**< one quantity over another */
} fpt_statistic;

typedef enum fpt_polarity {
    FPT_POLARITY_NONE,
    FPT_POLARITY_HIGHER, /**< higher is better */
    FPT_POLARITY_LOWER
} fpt_polarity;

/** Which numbers of a series are for a period. */
typedef enum fpt_term_periods {
    FPT_PERIODS_SUM,    /**< of all its parts, which must cover it wholly */
    FPT_PERIODS_SAME,   /**< of exactly this period */
    FPT_PERIODS_NEAREST /**< of the estimate nearest to it */
} fpt_term_periods;

/** A condition on one dimension of a series: listed values, or a range. */
typedef struct fpt_where {
    fpt_str dimension;
    size_t values;
    fpt_str *value;
    bool has_low, has_high;
    int64_t low, high;
} fpt_where;

/** One series that is added to, or taken from, a numerator or denominator. */
typedef struct fpt_term {
    fpt_str series;
    int sign;   /**< 1 or -1 */
    bool whole; /**< only numbers of the whole; else all parts that fit */
    size_t wheres;
    fpt_where *where;
    fpt_term_periods periods;
    bool count;    /**< how many places, not the sum of their numbers */
    bool has_most; /**< counted when the number is at most this */
    int64_t most;
} fpt_term;

typedef struct fpt_indicator {
    fpt_str id, version;
    fpt_str title, shorter, about, source, unit, basis, basis_note,
        interval_why;
    fpt_statistic statistic;
    fpt_polarity polarity;
    double multiplier; /**< value and limits are times this */
    int decimals;      /**< printed on pages */
    bool wilson, byar; /**< which limits; neither: none, for interval_why */
    size_t numerators, denominators;
    fpt_term *numerator, *denominator;
    fpt_str periods_of; /**< series whose periods it is computed for */
    bool month, quarter, fy, as_published; /**< grains */
    bool attributed; /**< organisations are providers; else practices */
    size_t tiers;
    fpt_str *tier;
    int scale; /**< numerator is in 10^-scale of its unit: 2 for pence shown as
                    pounds */
    fpt_str caveat; /**< printed beside it */
    bool has_target;
    double target;       /**< in the unit of the value */
    fpt_str target_text; /**< whose target it is, and what is not known of it */
} fpt_indicator;

/** All indicator packs, by name; two of one id or a pack with a fault fail. */
FPT_MUST_CHECK fpt_status fpt_indicator_list(fpt_arena *arena,
                                             const fpt_pack_path *packs,
                                             size_t *count, fpt_indicator **out,
                                             fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_indicator_open(fpt_arena *arena,
                                             const fpt_pack_path *packs,
                                             fpt_str id, fpt_indicator *out,
                                             fpt_error *err);

/** The grain by which to ask for a period: its own where the indicator has it,
 *  else OTHER, as published. */
fpt_grain fpt_indicator_grain(const fpt_indicator *indicator,
                              fpt_period period);

/* ---- figures ---- */

/** One figure, with the parts that it is made of. */
typedef struct fpt_figure {
    fpt_body place; /**< FPT_NOBODY: unassigned, or the nation */
    fpt_str code;   /**< its code, UNASSIGNED, or the nation's */
    fpt_str name;
    fpt_period period;
    bool has_numerator, has_denominator; /**< not where a part was not published
                                              or is suppressed */
    int64_t numerator, denominator;
    double value, lower, upper; /**< NaN: none */
    int64_t estimated;          /**< how much of the numerator was shared out:
                                     what was added less what was taken off */
    fpt_str status;             /**< OK, or why there is no value */
} fpt_figure;

/** What is asked for. */
typedef struct fpt_measure_ask {
    const fpt_indicator *indicator;
    fpt_str tier;    /**< nation, organisation, or a tier of areas */
    bool then;       /**< footprints of each period */
    fpt_date on;     /**< else those of this day */
    bool any_grain;  /**< all grains of the indicator */
    fpt_grain grain; /**< else this one; OTHER: as published */
    bool has_period; /**< only this period */
    fpt_period period;
    double confidence; /**< 0: 0.95 */
    int most_step;     /**< attribution up to this step; 0: all */
} fpt_measure_ask;

typedef struct fpt_measure fpt_measure;

/**
 * Begin to measure: attribution packs are read, and which files count for which
 * series and period; numbers are fetched when they are first needed and kept.
 * What is loaded later is not seen.
 *
 * Threads  one.
 */
FPT_MUST_CHECK fpt_status fpt_measure_open(fpt_store *warehouse,
                                           fpt_registry *registry,
                                           const fpt_tiers *tiers,
                                           const fpt_pack_path *packs,
                                           fpt_measure **out, fpt_error *err);
void fpt_measure_close(fpt_measure *measure);

/** Was any number of a series loaded when measure was opened? Then its values are
 *  whole numbers of 10^-decimals units. */
bool fpt_measure_has(const fpt_measure *measure, fpt_str series, int *decimals);

/**
 * Figures of one indicator, ordered by period, then code; unassigned last.
 *
 * Errors   FPT_ERR_NOT_FOUND: a series that it needs is not loaded, or there is
 *          no data for the period; FPT_ERR_RANGE: confidence; FPT_ERR_USAGE: a
 *          tier that the indicator does not have.
 */
FPT_MUST_CHECK fpt_status fpt_measure_figures(fpt_measure *measure,
                                              fpt_arena *arena,
                                              const fpt_measure_ask *ask,
                                              size_t *count, fpt_figure **out,
                                              fpt_error *err);

/** What one place gave to a figure, or several together. */
typedef struct fpt_contribution {
    fpt_str area;  /**< code of the figure that it went into */
    fpt_str term;  /**< "+ ae.attendances" */
    int64_t parts; /**< 1; above: so many, each smaller than those before */
    fpt_str place; /**< code of the area or organisation; empty: several */
    fpt_body body; /**< the same; its name: fpt_measure_part_name() */
    fpt_date on;
    int64_t whole; /**< its own number */
    int64_t part;  /**< what of it went into the figure */
    int step;      /**< of the attribution; 0: by where it lies */
    fpt_str how;   /**< one phrase */
} fpt_contribution;

/** What the place was called then; empty: never named. */
fpt_str fpt_measure_part_name(const fpt_measure *measure,
                              const fpt_contribution *part);

/** The parts of all figures of one period: every place that gave to them, in
 *  the order of the areas (unassigned last), of each the numerator's first, the
 *  largest first. Of each term the `most` largest are told one by one, and what
 *  is left of it as one. most: 1 or more; SIZE_MAX: all one by one. */
FPT_MUST_CHECK fpt_status fpt_measure_parts(
    fpt_measure *measure, fpt_arena *arena, const fpt_measure_ask *ask,
    size_t most, size_t *figures, fpt_figure **figure, size_t *count,
    fpt_contribution **out, fpt_error *err);

/** The parts of one figure, likewise. */
FPT_MUST_CHECK fpt_status fpt_measure_explain(
    fpt_measure *measure, fpt_arena *arena, const fpt_measure_ask *ask,
    fpt_str code, fpt_figure *figure, size_t *count, fpt_contribution **out,
    fpt_error *err);

/** The loads that the figures of an indicator stand on. */
FPT_MUST_CHECK fpt_status fpt_measure_loads(fpt_measure *measure,
                                            fpt_arena *arena,
                                            const fpt_indicator *indicator,
                                            size_t *count, int64_t **out,
                                            fpt_error *err);

/** How a figure is computed, in words and numbers, as pages and the command
 *  print it: "840845 / 944181 x 100, Wilson's interval". */
FPT_MUST_CHECK fpt_status fpt_figure_formula(fpt_arena *arena,
                                             const fpt_indicator *indicator,
                                             const fpt_figure *figure,
                                             fpt_str *out);

/* ---- attribution ---- */

/** Where a provider's activity was placed. */
typedef struct fpt_placed {
    fpt_str org, name;
    int step;    /**< 0: no step placed it */
    fpt_str how; /**< title of the step, or why not */
    fpt_body area;
    fpt_str kind;
    fpt_body via;  /**< the successor by which it was found, or FPT_NOBODY */
    int64_t share; /**< in 10^-12 */
} fpt_placed;

/** Where a provider's activity of a period goes. */
FPT_MUST_CHECK fpt_status fpt_measure_place(fpt_measure *measure,
                                            fpt_arena *arena, fpt_str org,
                                            fpt_period period, size_t *count,
                                            fpt_placed **out, fpt_error *err);

/** The steps of the attribution that covers a day. */
typedef struct fpt_attribution_step {
    int step;
    fpt_str title, source;
} fpt_attribution_step;
FPT_MUST_CHECK fpt_status fpt_measure_steps(fpt_measure *measure, fpt_date day,
                                            fpt_str *name, fpt_str *version,
                                            size_t *count,
                                            const fpt_attribution_step **out,
                                            fpt_error *err);

/** Store the figures of an indicator: all its tiers and grains, for "then" and
 *  each day of `views`. The caller holds the transaction. */
FPT_MUST_CHECK fpt_status fpt_measure_store(fpt_measure *measure,
                                            const fpt_indicator *indicator,
                                            size_t views, const fpt_date *view,
                                            int64_t *stored, fpt_error *err);

/** Are the stored figures those of what is loaded now? *stored: how many
 *  indicators have any; *late: how many of them were computed before the last
 *  load. */
FPT_MUST_CHECK fpt_status fpt_measure_stored(fpt_store *warehouse,
                                             int64_t *stored, int64_t *late,
                                             fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_MEASURE_H */
