/*
 * costs.csv, incomes.csv, savings.csv, allocations.csv: what organisations
 * spend, what comes from outside the system, and what is to be saved.
 */
#include "read_i.h"

enum {
    C_ORG,
    C_COST,
    C_CATEGORY,
    C_DRIVER,
    C_TARGET,
    C_FIXED,
    C_UNIT,
    C_STEP_UNITS,
    C_STEP,
    C_LAG,
    C_INDEX
};

static void read_costs(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},           {"cost", FPTI_NAME, true},
        {"category", FPTI_TEXT, false},     {"driver", FPTI_TEXT, false},
        {"target", FPTI_TEXT, false},       {"fixed_pounds", FPTI_VALUE, false},
        {"unit_pounds", FPTI_VALUE, false}, {"step_units", FPTI_NUMBER, false},
        {"step_pounds", FPTI_VALUE, false}, {"lag_years", FPTI_NUMBER, false},
        {"index", FPTI_TEXT, false}};
    static const char *const categories[] = {"operating", "reform"};
    static const char *const drivers[FPTI_DRIVERS] = {"none", "activity",
                                                      "bed-days", "beds"};
    fpti_table t;
    if (!fpti_table_open(r, "costs.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_cost c = {.org = fpti_org_cell(&t, C_ORG, true),
                       .name = fpti_keep(&t, C_COST),
                       .category =
                           fpti_choice(&t, C_CATEGORY, categories, 2, 0),
                       .driver = (fpti_driver)fpti_choice(&t, C_DRIVER, drivers,
                                                          FPTI_DRIVERS, 0),
                       .fixed = fpti_value(&t, C_FIXED, 0.0),
                       .unit = fpti_value(&t, C_UNIT, 0.0),
                       .step_units = fpti_number(&t, C_STEP_UNITS, 0.0),
                       .step_pounds = fpti_value(&t, C_STEP, 0.0),
                       .lag = (int)fpti_number(&t, C_LAG, 0.0),
                       .index = fpti_index_cell(&t, C_INDEX),
                       .line = t.line};
        fpti_target_read(&t, C_TARGET, &c.target);
        if (!(c.step_units >= 0.0) || c.lag < 0 || c.lag > FPTI_LAG_MOST)
            fpti_fault(&t, C_LAG, "bad-number",
                       "steps are from 0 units on, and are released within "
                       "%d years",
                       FPTI_LAG_MOST);
        if (c.driver == FPTI_DRIVER_NONE &&
            (!fpti_is_empty(&t, C_UNIT) || !fpti_is_empty(&t, C_STEP)))
            fpti_fault(&t, C_DRIVER, "no-driver",
                       "a cost by the unit or by the step needs what drives "
                       "it: activity, bed-days or beds");
        fpti_cost *made = FPTI_ADD(r->arena, r->plan->cost);
        if (!fpti_enough_memory(r, made)) return;
        *made = c;
    }
}

static void read_incomes(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},    {"year", FPTI_YEAR, false},
        {"source", FPTI_NAME, true}, {"pounds", FPTI_VALUE, true},
        {"index", FPTI_TEXT, false}, {"recurrent", FPTI_YES_NO, false}};
    fpti_table t;
    if (!fpti_table_open(r, "incomes.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_income *made = FPTI_ADD(r->arena, r->plan->income);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpti_income){.org = fpti_org_cell(&t, 0, true),
                              .year = fpti_year(&t, 1, FPTI_NONE),
                              .source = fpti_keep(&t, 2),
                              .pounds = fpti_value(&t, 3, 0.0),
                              .index = fpti_index_cell(&t, 4),
                              .recurrent = fpti_yes_no(&t, 5, true),
                              .line = t.line};
    }
}

static void read_savings(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"saving", FPTI_NAME, true},
        {"org", FPTI_NAME, true},
        {"year", FPTI_YEAR, true},
        {"fraction", FPTI_VALUE, false},
        {"pounds", FPTI_VALUE, false},
        {"recurrent_fraction", FPTI_VALUE, false},
        {"realisation", FPTI_VALUE, false},
        {"scheme", FPTI_TEXT, false}};
    fpti_table t;
    if (!fpti_table_open(r, "savings.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_saving s = {.name = fpti_keep(&t, 0),
                         .org = fpti_org_cell(&t, 1, true),
                         .year = fpti_year(&t, 2, 0),
                         .fraction = fpti_value(&t, 3, 0.0),
                         .pounds = fpti_value(&t, 4, 0.0),
                         .recurrent = fpti_value(&t, 5, 1.0),
                         .realisation = fpti_value(&t, 6, 1.0),
                         .scheme = FPTI_NONE,
                         .line = t.line};
        fpti_check_share(&t, 3, s.fraction);
        fpti_check_share(&t, 5, s.recurrent);
        if (s.year == 0)
            fpti_fault(&t, 2, "year-outside",
                       "a saving is made after the baseline");
        if (fpti_is_empty(&t, 3) == fpti_is_empty(&t, 4))
            fpti_fault(&t, 3, "one-of-two",
                       "a saving is a fraction of cost or an amount in pounds: "
                       "give one of the two");
        if (!fpti_is_empty(&t, 7)) {
            s.scheme = fpti_scheme_find(r->plan, fpti_text(&t, 7));
            if (s.scheme == FPTI_NONE)
                fpti_fault(&t, 7, "unknown-scheme", "\"%.*s\" is no scheme",
                           FPT_STR_ARG(fpti_text(&t, 7)));
            else
                fpti_fault(&t, 7, "counted-twice",
                           "the scheme's saving already follows from the "
                           "activity that it avoids; enter it in claims.csv");
        }
        fpti_saving *made = FPTI_ADD(r->arena, r->plan->saving);
        if (!fpti_enough_memory(r, made)) return;
        *made = s;
    }
}

static void read_allocations(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},           {"year", FPTI_YEAR, true},
        {"population", FPTI_NUMBER, true},  {"age_index", FPTI_NUMBER, true},
        {"need_index", FPTI_NUMBER, true},  {"mff_index", FPTI_NUMBER, true},
        {"base_pounds", FPTI_POUNDS, false}};
    fpti_table t;
    if (!fpti_table_open(r, "allocations.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_allocation_row *made = FPTI_ADD(r->arena, r->plan->allocation);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpti_allocation_row){
            .org = fpti_org_cell(&t, 0, true),
            .year = fpti_year(&t, 1, 0),
            .area = {.population = fpti_number(&t, 2, 0.0),
                     .age_index = fpti_number(&t, 3, 1.0),
                     .need_index = fpti_number(&t, 4, 1.0),
                     .mff_index = fpti_number(&t, 5, 1.0),
                     .base_pence = fpti_pence(&t, 6, 0)},
            .has_base = !fpti_is_empty(&t, 6),
            .line = t.line};
        if (made->year == 0)
            fpti_fault(&t, 1, "year-outside",
                       "allocations are made after the baseline");
        if (!r->plan->set.allocation_given)
            fpti_fault(&t, 0, "no-pot",
                       "plan.yaml has no \"allocation\" with the pots and the "
                       "minimum growth");
    }
}

void fpti_read_costs(fpti_reader *r)
{
    read_costs(r);
    read_incomes(r);
    read_savings(r);
    read_allocations(r);
}
