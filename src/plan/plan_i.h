/*
 * The plan inside: what its tables say (lists of records, in the order of the
 * files) and what they are compiled to. Shared inside plan only.
 */
#ifndef FPT_PLAN_I_H
#define FPT_PLAN_I_H

#include "compiled_i.h"

struct fpt_plan {
    fpt_arena *arena;
    fpti_settings set;
    bool runnable;
    char digest[65];

    fpt_intern field[FPTI_FIELDS]; /* values of each field; id 0 is empty */
    fpt_intern group;              /* staff groups */
    fpt_intern pool;

    FPTI_LIST(fpti_org) org;
    FPTI_LIST(fpti_pod) pod;
    FPTI_LIST(fpti_cell) cell;
    FPTI_LIST(fpt_str) variant;
    double *variant_probability;
    FPTI_LIST(fpti_people) people;
    FPTI_LIST(fpti_growth) growth;
    FPTI_LIST(fpti_waiting) waiting;
    FPTI_LIST(fpti_life) life;
    FPTI_LIST(fpti_health_rate) rate;
    FPTI_LIST(fpti_assumption) assumption;
    FPTI_LIST(fpti_history) history;
    FPTI_LIST(fpti_pair) pair;
    FPTI_LIST(fpti_scheme) scheme;
    FPTI_LIST(fpti_overlap) overlap;
    FPTI_LIST(fpti_flow) flow;
    FPTI_LIST(fpti_price) price;
    FPTI_LIST(fpti_contract) contract;
    FPTI_LIST(fpti_capitation) capitation;
    FPTI_LIST(fpti_pool_party) pool_party;
    FPTI_LIST(fpti_index) index;
    FPTI_LIST(fpti_cost) cost;
    FPTI_LIST(fpti_income) income;
    FPTI_LIST(fpti_saving) saving;
    FPTI_LIST(fpti_claim) claim;
    FPTI_LIST(fpti_staff) staff;
    FPTI_LIST(fpti_staffing) staffing;
    FPTI_LIST(fpti_line) line;
    FPTI_LIST(fpti_project) project;
    double capital_limit[FPTI_YEARS]; /* pounds; infinity: none */
    FPTI_LIST(fpti_beds) beds;
    FPTI_LIST(fpti_bed_change) bed_change;
    FPTI_LIST(fpti_delay) delay;
    FPTI_LIST(fpti_allocation_row) allocation;
    FPTI_LIST(fpti_total) total;
    FPTI_LIST(fpti_total) system_total; /* stated, to be checked */
    FPTI_LIST(fpti_move) move;
    FPTI_LIST(fpti_fund_row) fund;
    FPTI_LIST(fpti_access) access;
    FPTI_LIST(fpti_agreement) agreement;
    FPTI_LIST(fpti_actual) actual;

    FPTI_LIST(double) constant;
    fpti_compiled c;
};

/* The people that a cell grows with, or NULL: those of its place, age and sex,
 * else of a coarser group that the table has on purpose. */
const fpti_people *fpti_people_of(const fpt_plan *plan, const fpti_key *key,
                                  bool births);

#endif /* FPT_PLAN_I_H */
