/* What the plan commands share. */
#ifndef FPT_CLI_PLAN_H
#define FPT_CLI_PLAN_H

#include "cli.h"
#include "fpt/explore.h"
#include "fpt/plan.h"
#include "fpt/plan_report.h"
#include "fpt/stress.h"

/** Read the plan in a folder, or in its folder `plan`. Faults go to standard
 *  error, all of them, and end the command. */
fpt_status cli_plan_open(cli_call *call, const char *path, fpt_plan **out,
                         fpt_error *err);

/** --draws, --seed and --threads, where the command takes them. */
fpt_status cli_plan_options(cli_call *call, fpt_stress_options *out,
                            fpt_error *err);

/** "2017/18" for a year of the plan. */
fpt_str cli_plan_year(cli_call *call, const fpt_plan *plan, int year);

/** A number of a metric in its unit; NaN is an empty cell. */
fpt_str cli_plan_number(cli_call *call, fpt_plan_unit unit, double value);

/** Which file of a plan, as it was named to the command. */
const char *cli_plan_folder(cli_call *call, const char *path);

/** The odds and what is tallied, as a table. */
fpt_status cli_plan_odds(cli_call *call, const fpt_plan *plan,
                         const fpt_stress *stress, fpt_error *err);

/* ---- the rows of plan explain ---- */

enum { CLI_EXPLAIN_COLUMNS = 9 };

typedef struct cli_explain {
    cli_call *call;
    cli_table table;
    fpt_error *err;
} cli_explain;

fpt_status cli_explain_plan(cli_explain *rows, const fpt_plan_results *results);
fpt_status cli_explain_decides(cli_explain *rows,
                               const fpt_plan_results *results);

#endif /* FPT_CLI_PLAN_H */
