/**
 * @file life_table.h
 * @brief Life expectancy from deaths and people by age band.
 *
 * Chiang's abridged life table, with the variance of the open last band that
 * Silcocks and others added. Any ascending age bands from 0. Years in good health
 * by Sullivan's method: the same table, of which only those years count that are
 * spent in good health.
 */
#ifndef FPT_LIFE_TABLE_H
#define FPT_LIFE_TABLE_H

#include "fpt/level.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { FPT_LIFE_LEAST_BANDS = 3 };

typedef struct fpt_life_options {
    size_t struct_size;
    double max_width;      /**< years; a wider 95 % interval is not given */
    double min_population; /**< a total of this or fewer is refused */
    size_t level_count;
    const fpt_level *level;
    unsigned threads; /**< of the column form */
} fpt_life_options;

/** 20 years, 5,000 people. */
fpt_life_options fpt_life_options_default(void);

/**
 * Where the table goes: arrays of as many elements as there are rows; limits of
 * level k and row i at [k * rows + i]. All are required.
 */
typedef struct fpt_life_columns {
    double *mortality_rate; /**< M: deaths per person and year */
    double *p_death;        /**< q: chance of dying within the band */
    double *survivors;      /**< l: of 100,000 born */
    double *person_years;   /**< L: lived within the band */
    double *value;          /**< e: years still to come at the start age */
    double *std_error;
    double *lower, *upper;
    double *deaths_used; /**< from this age up */
    double *population_used;
    fpt_state *state;
} fpt_life_columns;

/**
 * Life tables of many groups whose bands stand together.
 *
 * Shape    start[groups + 1]: group g has the rows start[g] .. start[g + 1] - 1
 *          of start_age, deaths and population, by ascending age from 0; the
 *          last band is open. incomplete[groups] marks groups that the caller
 *          knows to lack a band; NULL: none.
 * Units    ages in years; deaths and population of the same period.
 * Missing  one state for all rows of a group: INVALID (a negative number, ages
 *          that do not ascend), MISSING, ZERO_DENOMINATOR, INCOMPLETE_BANDS
 *          (under three bands, or not from 0), POPULATION_TOO_SMALL,
 *          DEATHS_EXCEED_POPULATION, ZERO_DEATHS_LAST_BAND. Of single rows:
 *          NO_SURVIVORS, INTERVAL_TOO_WIDE, LOWER_BELOW_ZERO. What does not depend on what failed
 *          is still given.
 * Exact    e of the last band is 1 / M.
 * Memory   none allocated.
 * Threads  works on several; the same bits from any number of them.
 * Source   C. L. Chiang, Introduction to Stochastic Processes in Biostatistics
 *          (1968), 189-214; P. Silcocks, D. Jenner, R. Reza, J. Epidemiol.
 *          Community Health 55 (2001) 38; D. Eayres, E. Williams, ibid. 58
 *          (2004) 243.
 */
FPT_MUST_CHECK fpt_status fpt_life_table_column(
    size_t groups, const size_t *start, const double *start_age,
    const double *deaths, const double *population, const bool *incomplete,
    const fpt_life_options *options, const fpt_life_columns *out);

/* ---- years in good health ---- */

/** Arrays as in fpt_life_columns; all are required. */
typedef struct fpt_healthy_columns {
    double *value; /**< years in good health still to come at the start age */
    double *std_error;
    double *lower, *upper;
    double *share; /**< of the years still to come */
    fpt_state *state;
} fpt_healthy_columns;

/**
 * Healthy life expectancy (Sullivan) of groups whose life tables are made.
 *
 * Shape    as fpt_life_table_column(), whose results of the same rows and
 *          options `life` holds; asked may be NULL.
 * Units    healthy: the share of the band's people in good health, in [0, 1];
 *          asked: of how many that was found. NULL: known without error.
 * Missing  of a group: INVALID, MISSING (of healthy or asked), or what its life
 *          table is; of single rows as there, for the interval of these years.
 * Exact    with healthy 1 everywhere value and error are those of the life
 *          table; a share that is the same at all ages scales both.
 * Memory   none allocated.
 * Threads  pure.
 * Source   D. F. Sullivan, HSMHA Health Reports 86 (1971) 347-354; the error by
 *          the delta method, as that of the life table: from deaths in each
 *          band, and from healthy (1 - healthy) / asked.
 */
FPT_MUST_CHECK fpt_status fpt_healthy_life_column(
    size_t groups, const size_t *start, const double *start_age,
    const double *deaths, const double *healthy, const double *asked,
    const fpt_life_options *options, const fpt_life_columns *life,
    const fpt_healthy_columns *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_LIFE_TABLE_H */
