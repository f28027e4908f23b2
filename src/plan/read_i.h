/* The readers of the tables, in the order in which they are called: each may
 * refer to what those before it have read. */
#ifndef FPT_PLAN_READ_I_H
#define FPT_PLAN_READ_I_H

#include "plan_i.h"

void fpti_read_settings(fpti_reader *r, fpt_yaml *root);
void fpti_read_assumptions(fpti_reader *r);
void fpti_read_policies(fpti_reader *r, fpt_yaml *root); /* rest of the yaml */
void fpti_read_places(fpti_reader *r);
void fpti_read_baseline(fpti_reader *r);
void fpti_read_population(fpti_reader *r);
void fpti_read_growth(fpti_reader *r);
void fpti_read_capital(fpti_reader *r);
void fpti_read_staff(fpti_reader *r);
void fpti_read_schemes(fpti_reader *r);
void fpti_read_flows(fpti_reader *r);
void fpti_read_beds(fpti_reader *r);
void fpti_read_prices(fpti_reader *r);
void fpti_read_contracts(fpti_reader *r);
void fpti_read_costs(fpti_reader *r);
void fpti_read_totals(fpti_reader *r);
void fpti_read_agreements(fpti_reader *r);
void fpti_read_actuals(fpti_reader *r);

void fpti_check_plan(fpti_reader *r); /* what no single table can show */
fpt_status fpti_compile(fpti_reader *r, bool keep_rows);

/* A finding out of an error of the YAML reader: "FILE:LINE: text". */
void fpti_yaml_finding(fpti_reader *r, const fpt_error *err);

/* Organisation by code; FPTI_NONE, with a finding when it is not empty and
 * not known. Empty is at fault only when `required`. */
int fpti_org_cell(fpti_table *t, size_t column, bool required);
int fpti_org_find(const fpt_plan *plan, fpt_str code);

/* The number of a field's value, adding it; 0 for an empty one. */
uint32_t fpti_field_cell(fpti_table *t, size_t column, fpti_field field);
/* The same where the value must be among those of the baseline (or pods.csv):
 * UINT32_MAX when the cell is empty, and a finding when it is not known. */
uint32_t fpti_known_cell(fpti_table *t, size_t column, fpti_field field);

int fpti_index_cell(fpti_table *t, size_t column);
int fpti_scheme_find(const fpt_plan *plan, fpt_str name);

/* Gates: names of projects, recruitment lines and schemes, with blanks. */
void fpti_gates_resolve(fpti_reader *r, fpt_str table, int64_t line,
                        fpt_str text, fpti_gates *out);

/* Prices that are missing for a year, among what the baseline holds. */
void fpti_check_prices(fpti_reader *r);

#define FPTI_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif /* FPT_PLAN_READ_I_H */
