/**
 * @file nhp.h
 * @brief Parameters and data of the New Hospital Programme's demand model, run.
 *
 * Reads what that model reads (one provider, one baseline year, one horizon
 * year; inpatients, outpatients and A&E) and runs it by its own rules: each
 * interval a normal with four fifths of it inside, clipped, independent of the
 * others; each row a Poisson count of its factors; avoided, shortened and
 * converted row by row. Results agree with it in distribution, not draw by
 * draw: its random numbers are not ours.
 *
 * Not for   saying what a system will cost: see plan.h. Clipping moves means and
 *           independence flatters sums; both are the other model's rules.
 *
 * Source   The Strategy Unit, nhp_model at 0daacc3 (MIT), as described in the
 *          plan model of the project, section 22.
 */
#ifndef FPT_NHP_H
#define FPT_NHP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where the tables are: a folder, or bytes in memory under their names. In a
 *  folder a table is NAME.csv, NAME.csv.gz, or all CSV (or Parquet) files below
 *  NAME/fyear=YYYY/dataset=DATASET/. */
/** Write a Parquet file as CSV somewhere and say where; the path must last until
 *  the next call. What reads Parquet is no part of this module. */
typedef fpt_status (*fpt_nhp_convert)(void *context, const char *parquet,
                                      const char **csv, fpt_error *err);

typedef struct fpt_nhp_files {
    const char *folder; /**< NULL: use the arrays */
    size_t count;
    const fpt_str *name; /**< "ip.csv" */
    const fpt_str *bytes;
    /** How results are broken down: columns joined by a plus, such as
     *  "sex+age_group"; NULL: not at all. Of age, age_group, sex, tretspef,
     *  tretspef_grouped, maternity_delivery_in_spell, acuity and
     *  attendance_category; at most three. A table without such a column has
     *  an empty part in its place. */
    const char *by;
    fpt_nhp_convert convert; /**< NULL: Parquet files are refused */
    void *context;
} fpt_nhp_files;

typedef struct fpt_nhp fpt_nhp;

/**
 * Read parameters (JSON) and tables (CSV).
 *
 * Missing  a key or a combination that the parameters lack is a factor of 1. A
 *          table that is not there has no rows; at least one of ip, op and aae
 *          must be. What is asked for and cannot be done (health status, whose
 *          coefficients are not published; tables that are missing) is left out
 *          and told in the report. So is, as a note, every parameter that no
 *          row has and every column of ip, op and aae that changes nothing.
 * Errors   FPT_OK also when rows or parameters are at fault: each is in the
 *          report, and fpt_nhp_is_runnable() is then false. FPT_ERR_USAGE for a
 *          breakdown that there is not. FPT_ERR_INPUT for
 *          JSON that cannot be read; FPT_ERR_MEMORY; FPT_ERR_IO.
 * Memory   in the arena.
 */
FPT_MUST_CHECK fpt_status fpt_nhp_read(fpt_arena *arena, const char *name,
                                       fpt_str parameters,
                                       const fpt_nhp_files *files,
                                       fpt_report *report, fpt_nhp **out,
                                       fpt_error *err);

bool fpt_nhp_is_runnable(const fpt_nhp *nhp);

typedef struct fpt_nhp_facts {
    fpt_str scenario, dataset, app_version;
    int start_year, end_year;
    uint64_t seed;
    uint32_t runs;
    size_t rows, cells, inputs, strategies, outputs;
} fpt_nhp_facts;
fpt_nhp_facts fpt_nhp_facts_of(const fpt_nhp *nhp);

typedef struct fpt_nhp_options {
    size_t struct_size;
    uint64_t seed; /**< 0: of the parameters */
    uint32_t runs; /**< 0: of the parameters; at most 2^20 */
    unsigned threads;
} fpt_nhp_options;
fpt_nhp_options fpt_nhp_options_default(void);

/** Results of one kind of care at one site, over all runs. */
typedef struct fpt_nhp_result {
    fpt_str pod, site, measure;
    fpt_str key; /**< values of the columns of `by`, joined by a slash */
    int64_t baseline;
    double mean, sd, p10, p50, p90; /**< quantiles by type 7 */
    const int32_t *run;             /**< [runs] */
} fpt_nhp_result;

/**
 * All runs. Results are ordered by kind of care, site, measure and key.
 *
 * Exact    the same for any number of threads.
 * Errors   FPT_ERR_USAGE: a plan that is not runnable, options out of range;
 *          FPT_ERR_MEMORY; FPT_ERR_RANGE: more events than counters hold.
 */
FPT_MUST_CHECK fpt_status fpt_nhp_run(fpt_arena *arena, const fpt_nhp *nhp,
                                      const fpt_nhp_options *options,
                                      fpt_nhp_result **out, size_t *count,
                                      fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_NHP_H */
