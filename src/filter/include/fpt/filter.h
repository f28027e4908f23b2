/**
 * @file filter.h
 * @brief Every statistic as a filter: CSV in, CSV out.
 *
 *     footprint stat rate --by area --confidence 95,99.8 < in.csv > out.csv
 *
 * Row filters write every input column and then the results, one row for one
 * row; group filters write the columns named by --by and then the results, one
 * row a group, in the order of each group's first row. Every row of output has a
 * status (state.h); what is not a good number is empty.
 *
 * Input is read once. Memory is what one group needs when groups stand together
 * in the file, and what their states need when they do not.
 */
#ifndef FPT_FILTER_H
#define FPT_FILTER_H

#include "fpt/io.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_filter fpt_filter;

/**
 * Take a call apart: the name of a method, then options.
 *
 * Shape    argument[count], NUL-terminated, without the program's name. No
 *          arguments, or "--help", ask for help.
 * Errors   FPT_ERR_USAGE with a sentence; FPT_ERR_MEMORY.
 * Memory   lives in the arena. The arguments are not copied.
 */
FPT_MUST_CHECK fpt_status fpt_filter_open(fpt_arena *arena, size_t count,
                                          const char *const *argument,
                                          fpt_filter **out, fpt_error *err);

/** Does the call only ask for help? Then there is nothing to read. */
bool fpt_filter_wants_help(const fpt_filter *filter);

/** The help that was asked for: of one method, or the list of them. */
void fpt_filter_help(const fpt_filter *filter, fpt_output *out);

/** Say less (no warnings, no notes), or more. */
bool fpt_filter_is_quiet(const fpt_filter *filter);

/**
 * Read CSV, compute, write CSV.
 *
 * Shape    `notes` gets warnings and notes, in order; NULL: nobody listens.
 *          *found_wrong is set when rows were impossible and --keep-going kept
 *          them, with INVALID for their status.
 * Errors   FPT_ERR_USAGE: columns that clash, options that do not fit the
 *          input. FPT_ERR_INPUT: a column that is missing, a cell that is no
 *          number, an impossible row; line and column are named. FPT_ERR_IO,
 *          FPT_ERR_MEMORY. Up to 4 MiB of output are held back until the input
 *          is known to be good, so that a small file that is wrong writes
 *          nothing.
 * Memory   from the arena given to fpt_filter_open(), and arenas of its own,
 *          freed before it returns.
 */
FPT_MUST_CHECK fpt_status fpt_filter_run(fpt_filter *filter, fpt_input *input,
                                         fpt_output *out, fpt_report *notes,
                                         bool *found_wrong, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_FILTER_H */
