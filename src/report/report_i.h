/* Shared inside report only. */
#ifndef FPT_REPORT_I_H
#define FPT_REPORT_I_H

#include <math.h>
#include <string.h>

#include "fpt/io.h"
#include "fpt/plan_report.h"

typedef struct fpti_gather {
    fpt_arena *arena;
    const fpt_plan_files *files;
    const fpt_plan *plan;
    fpt_stress_question question;
    fpt_stress_options stress;
    size_t most_even;
    const fpt_log *log;
    fpt_plan_results *out;
} fpti_gather;

/* results_parts.c */
fpt_status fpti_gather_assumptions(fpti_gather *g, fpt_error *err);
fpt_status fpti_gather_schemes(fpti_gather *g, fpt_error *err);
fpt_status fpti_gather_winners(fpti_gather *g, fpt_error *err);
fpt_status fpti_read_plan(fpti_gather *g, fpt_plan_contracts form,
                          fpt_plan **out, fpt_error *err);

/* ---- html.c: escaped text and numbers ---- */
void fpti_html(fpt_output *out, const char *markup);
void fpti_html_text(fpt_output *out, fpt_str text);
void fpti_html_cell(fpt_output *out, fpt_str text); /* a row's name */
void fpti_html_word(fpt_output *out, const char *text);
void fpti_html_millions(fpt_output *out, double pounds);
void fpti_html_percent(fpt_output *out, double fraction);
void fpti_html_number(fpt_output *out, double value, int decimals);
void fpti_html_head(fpt_output *out, const char *caption,
                    const char *const *column, size_t columns);
void fpti_html_end_table(fpt_output *out);

void fpti_td_open(fpt_output *out);
void fpti_td_millions(fpt_output *out, double pounds);
void fpti_td_number(fpt_output *out, double value, int decimals);
void fpti_td_percent(fpt_output *out, double fraction);
void fpti_td_odds(fpt_output *out, const fpt_odds *odds);
void fpti_td_text(fpt_output *out, fpt_str text);
void fpti_html_share(fpt_output *out, double value, double lower, double upper);
void fpti_html_with_error(fpt_output *out, double value, double error,
                          int decimals);
bool fpti_html_answer(fpt_output *out, const fpt_report_answer *answer);

#define FPTI_COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- page.c ---- */
void fpti_sheet_open(fpt_output *out, fpt_str title, const char *about);
void fpti_sheet_section(fpt_output *out, const char *title, const char *text);
void fpti_sheet_section_end(fpt_output *out);
void fpti_sheet_close(fpt_output *out);

/* ---- charts.c: pictures, each with a name ---- */
void fpti_chart_waterfall(fpt_output *out, const fpt_plan_results *r);
void fpti_chart_fan(fpt_output *out, const fpt_plan_results *r, fpt_str org);
void fpti_chart_tornado(fpt_output *out, const fpt_plan_results *r);

/* A bar with its interval; within it a darker one. NaN: none. */
typedef struct fpti_bar {
    fpt_str name;
    double value, lower, upper, inner;
} fpti_bar;
void fpti_chart_bars(fpt_output *out, const char *name, fpt_str more,
                     size_t count, const fpti_bar *bars);
/* Changes from one plan to another: a point and its band. */
typedef struct fpti_change {
    fpt_str name;
    double mean, p10, p90;
} fpti_change;
void fpti_chart_changes(fpt_output *out, const char *name, size_t count,
                        const fpti_change *changes);

/* ---- page_parts.c ---- */
void fpti_page_odds(fpt_output *out, const fpt_plan_results *r);
void fpti_page_belief(fpt_output *out, const fpt_plan_results *r);
void fpti_page_schemes(fpt_output *out, const fpt_plan_results *r);
void fpti_page_winners(fpt_output *out, const fpt_plan_results *r);
void fpti_page_assumptions(fpt_output *out, const fpt_plan_results *r);
void fpti_page_checks(fpt_output *out, const fpt_plan_results *r);

/* ---- page_ledger.c ---- */
void fpti_page_ledger(fpt_output *out, const fpt_plan_results *r);

/* ---- page_decides.c ---- */
void fpti_page_shares(fpt_output *out, const fpt_plan_results *r);
void fpti_page_measures(fpt_output *out, const fpt_plan_results *r);
void fpti_page_ways(fpt_output *out, const fpt_plan_results *r);
void fpti_page_knowing(fpt_output *out, const fpt_plan_results *r);
void fpti_page_past(fpt_output *out, const fpt_plan_results *r);

#endif /* FPT_REPORT_I_H */
