/**
 * @file spc.h
 * @brief Statistical process control: is a series doing what it always does?
 *
 * Charts of single values (XmR), proportions, counts, rates and rare events;
 * rules that say where chance is not enough; the NHS's icons; Anhoej's runs
 * analysis. One series at a time, its points in the order of time.
 */
#ifndef FPT_SPC_H
#define FPT_SPC_H

#include "fpt/state.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FPT_SPC_CHART_LIST(X)                                                  \
    X(XMR, "xmr")                                                              \
    X(I, "i")                                                                  \
    X(MR, "mr")                                                                \
    X(P, "p")                                                                  \
    X(P_PRIME, "p-prime")                                                      \
    X(C, "c")                                                                  \
    X(U, "u")                                                                  \
    X(U_PRIME, "u-prime")                                                      \
    X(G, "g")                                                                  \
    X(T, "t")                                                                  \
    X(RUN, "run")

/* Rule sets: name, screening, run and trend length (0: Anhoej's runs), near
 * counts what is beyond the limit, least points for limits, improvement is
 * shown before concern. */
#define FPT_SPC_SET_LIST(X)                                                    \
    X(MDC_2023, "mdc-2023", false, 7, true, 13, true)                          \
    X(MDC_EXCEL, "mdc-excel", false, 7, false, 13, true)                       \
    X(MDC_R_0_2_2, "mdc-r-0.2.2", true, 7, false, 0, false)                    \
    X(ANHOEJ, "anhoej", false, 0, false, 0, false)

#define FPT_SPC_ENUM(name, word) FPT_SPC_##name,
typedef enum fpt_spc_chart {
    FPT_SPC_CHART_LIST(FPT_SPC_ENUM) FPT_SPC_CHARTS
} fpt_spc_chart;
#undef FPT_SPC_ENUM
#define FPT_SPC_ENUM(name, word, s, r, n, l, i) FPT_SPC_SET_##name,
typedef enum fpt_spc_set {
    FPT_SPC_SET_LIST(FPT_SPC_ENUM) FPT_SPC_SETS
} fpt_spc_set;
#undef FPT_SPC_ENUM

const char *fpt_spc_chart_word(fpt_spc_chart chart);
const char *fpt_spc_set_word(fpt_spc_set set);
bool fpt_spc_chart_find(fpt_str word, fpt_spc_chart *out);
bool fpt_spc_set_find(fpt_str word, fpt_spc_set *out);

/** Does the chart divide by n? */
bool fpt_spc_needs_n(fpt_spc_chart chart);

/** What a point may show. */
#define FPT_SPC_CAUSE_LIST(X)                                                  \
    X(NONE, "none")                                                            \
    X(OUTSIDE_ABOVE, "outside_above")                                          \
    X(OUTSIDE_BELOW, "outside_below")                                          \
    X(TREND_UP, "trend_up")                                                    \
    X(TREND_DOWN, "trend_down")                                                \
    X(TWO_IN_THREE_ABOVE, "two_in_three_above")                                \
    X(TWO_IN_THREE_BELOW, "two_in_three_below")                                \
    X(RUN_ABOVE, "run_above")                                                  \
    X(RUN_BELOW, "run_below")                                                  \
    X(UNKNOWN, "")

#define FPT_SPC_VARIATION_LIST(X)                                              \
    X(COMMON, "common_cause")                                                  \
    X(IMPROVEMENT, "special_cause_improvement")                                \
    X(CONCERN, "special_cause_concern")                                        \
    X(HIGH, "special_cause_neutral_high")                                      \
    X(LOW, "special_cause_neutral_low")                                        \
    X(UNKNOWN, "")

#define FPT_SPC_ASSURANCE_LIST(X)                                              \
    X(UNKNOWN, "")                                                             \
    X(PASS, "consistent_pass")                                                 \
    X(FAIL, "consistent_fail")                                                 \
    X(INCONSISTENT, "inconsistent")

#define FPT_SPC_ENUM(name, word) FPT_CAUSE_##name,
typedef enum fpt_spc_cause { FPT_SPC_CAUSE_LIST(FPT_SPC_ENUM) } fpt_spc_cause;
#undef FPT_SPC_ENUM
#define FPT_SPC_ENUM(name, word) FPT_VARIATION_##name,
typedef enum fpt_spc_variation {
    FPT_SPC_VARIATION_LIST(FPT_SPC_ENUM)
} fpt_spc_variation;
#undef FPT_SPC_ENUM
#define FPT_SPC_ENUM(name, word) FPT_ASSURANCE_##name,
typedef enum fpt_spc_assurance {
    FPT_SPC_ASSURANCE_LIST(FPT_SPC_ENUM)
} fpt_spc_assurance;
#undef FPT_SPC_ENUM

const char *fpt_spc_cause_word(fpt_spc_cause cause);
const char *fpt_spc_variation_word(fpt_spc_variation variation);
const char *fpt_spc_assurance_word(fpt_spc_assurance assurance);

typedef enum fpt_spc_improve {
    FPT_IMPROVE_NONE,
    FPT_IMPROVE_UP,
    FPT_IMPROVE_DOWN
} fpt_spc_improve;

typedef struct fpt_spc_options {
    size_t struct_size;
    fpt_spc_chart chart;
    fpt_spc_improve improve;
    double sigma;    /**< limits stand this many sigma off; default 3 */
    double constant; /**< of single values: 2.66, or 1.128 for 3 / 1.128; 0:
                        2.66 for xmr, 1.128 for i */
    double centre;   /**< given; NaN: computed */
    size_t baseline; /**< only the first so many points of a phase; 0: all */
    bool unordered;  /**< prime charts: points have no order of time */
    bool target_on_limit_decides;

    /* The rules; fpt_spc_options_use() fills them from a set. */
    bool screen;
    size_t run_length, trend_length; /**< 0: Anhoej's runs */
    bool near_with_outside;
    size_t least_points;
    bool improvement_first;
    bool use_outside, use_run, use_trend, use_two_in_three;
} fpt_spc_options;

/** An XmR chart with the rules of mdc-2023, nothing to improve. */
fpt_spc_options fpt_spc_options_default(void);

/** Take the rules of a set, leaving the chart's own options as they are. */
void fpt_spc_options_use(fpt_spc_options *options, fpt_spc_set set);

/** FPT_ERR_RANGE with a word on the field that is wrong. */
FPT_MUST_CHECK fpt_status fpt_spc_options_check(const fpt_spc_options *options,
                                                fpt_error *err);

/** Rows in: arrays of as many elements as there are rows, in order of time
 *  within a series. All but x may be NULL. */
typedef struct fpt_spc_input {
    const double *x;      /**< value or count; NaN: missing */
    const double *n;      /**< denominator */
    const double *target; /**< NaN: none */
    const bool *rebase;   /**< a new phase begins here */
    const bool *exclude;  /**< drawn and judged, not in centre and limits */
} fpt_spc_input;

/** A rule's answer: 0 or 1, or that it was not asked. */
typedef int8_t fpt_spc_answer;
#define FPT_SPC_NOT_ASKED ((fpt_spc_answer)-1)

/** Rows out, one element a row; all required. NaN: there is none. */
typedef struct fpt_spc_columns {
    int32_t *phase; /**< from 1 within the series */
    double *value, *centre;
    double *lower, *upper;
    double *lower_warning, *upper_warning;
    double *moving_range;
    fpt_spc_answer *outside, *run, *trend, *two_in_three;
    fpt_spc_cause *cause;
    fpt_spc_variation *variation;
    /* Of the phase: */
    double *longest_run, *longest_run_max, *crossings, *crossings_min;
    fpt_spc_answer *runs_signal;
    /* Of the series: */
    fpt_spc_variation *variation_icon;
    fpt_spc_assurance *assurance_icon;
    fpt_state *state;
} fpt_spc_columns;

/** Doubles and indices of work space for so many rows in all. */
size_t fpt_spc_work(size_t rows);
size_t fpt_spc_order(size_t rows);

/**
 * Charts of many series whose points stand together.
 *
 * Shape    start[series + 1]: series s has the rows start[s] .. start[s + 1] - 1.
 *          work[fpt_spc_work(rows)], order[fpt_spc_order(rows)].
 * Units    of x, or of x / n.
 * Missing  x NaN: MISSING. The point keeps its place: no moving range there or
 *          at the next, a trend ends, a run passes over it. INVALID: a count
 *          that is negative, x > n, a time between events that is not
 *          positive. ZERO_DENOMINATOR: n is 0. NO_VARIATION: the spread is 0 (as
 *          far as rounding can tell): no limits, no rule but run; assurance
 *          compares the last value with the target. TOO_FEW_POINTS: a phase
 *          shorter than the rules ask for: no limits, no icons.
 * Memory   none allocated.
 * Threads  series on several (0: all processors); the same bits from any number.
 * Source   D. C. Montgomery, Introduction to Statistical Quality Control;
 *          nhs-r-community/NHSRplotthedots 0.2.2; anhoej/qicharts2 0.8.1;
 *          D. B. Laney, Quality Engineering 14 (2002) 531-537.
 */
FPT_MUST_CHECK fpt_status fpt_spc_column(size_t series, const size_t *start,
                                         const fpt_spc_input *input,
                                         const fpt_spc_options *options,
                                         const fpt_spc_columns *out,
                                         unsigned threads, double *work,
                                         size_t *order);

/* ---- runs analysis ---- */

/** The longest run that chance makes likely among so many useful points. */
double fpt_runs_longest_max(size_t useful);

/** The fewest crossings of the centre line that chance makes likely. */
double fpt_runs_crossings_min(size_t useful);

enum { FPT_RUNS_LEAST_POINTS = 10 };

#ifdef __cplusplus
}
#endif
#endif /* FPT_SPC_H */
