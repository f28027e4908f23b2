/*
 * What a plan is compiled to: random inputs, kinds of cells, groups of rules,
 * payments, and the metrics that come out.
 */
#ifndef FPT_PLAN_COMPILED_I_H
#define FPT_PLAN_COMPILED_I_H

#include "records_i.h"

/* Random inputs: the assumptions, then what chance decides by itself. */
typedef enum fpti_input_kind {
    FPTI_INPUT_ASSUMPTION,
    FPTI_INPUT_OPTIMISM,
    FPTI_INPUT_VARIANT,
    FPTI_INPUT_SHOCK,   /* of growth: pod and year */
    FPTI_INPUT_BREAK,   /* of the pay cap: year */
    FPTI_INPUT_FUNDING, /* of a project */
    FPTI_INPUT_ACCESS,  /* a measure met: row of access, org, year, quarter */
    FPTI_INPUT_COPULA   /* chi-squared of the t copula */
} fpti_input_kind;

typedef struct fpti_input {
    fpti_input_kind kind;
    fpt_str name;
    uint64_t stream;
    size_t index;
    int year;
} fpti_input;

/* Schemes (and closures: scheme count + organisation) that act on one kind of
 * cell, in the order of the plan, and where their shares begin. */
typedef struct fpti_mask {
    size_t count;
    uint32_t *scheme;
    size_t share; /* first of `count` rows of shares */
} fpti_mask;

/* Cells that share flow, schemes and line. */
typedef struct fpti_group {
    uint32_t flow;   /* row of flow shares; NO_ROW: all of them stay */
    uint32_t mask;   /* of schemes that take away; NO_ROW */
    uint32_t length; /* mask of schemes that shorten; NO_ROW */
    uint32_t line;
    uint32_t bed; /* row among groups that use beds; NO_ROW */
} fpti_group;

typedef struct fpti_output {
    uint32_t id[FPTI_FIELDS]; /* 0 where no line is told apart by it */
    int org, funder;
    size_t beds; /* pool that it lies in, or SIZE_MAX */
    bool uses_beds;
    uint64_t stream;
    fpt_str name;
} fpti_output; /* a line of activity */

typedef struct fpti_growth_class {
    uint32_t people;  /* index of people, or NO_ROW */
    uint32_t growth;  /* index of growth table, or NO_ROW */
    uint32_t waiting; /* index, or NO_ROW */
    uint32_t health;  /* index of health classes, or NO_ROW */
} fpti_growth_class;

/* Rate at the adjusted age against the rate at the age. */
typedef struct fpti_health_class {
    uint32_t pod, sex;
    double age, gain[FPTI_YEARS]; /* years of life gained since the baseline */
    double rate[121];             /* by age; filled in between the given */
} fpti_health_class;

/* Schemes bound by one declared rule. */
typedef struct fpti_rule_group {
    int rule;
    double weight;
} fpti_rule_group;

/* What one scheme takes from one group. */
typedef struct fpti_removal {
    uint32_t group, slot, scheme;
    uint32_t to_line; /* NO_ROW: nothing arrives anywhere */
} fpti_removal;

/* One contract with one provider. */
typedef struct fpti_payment {
    size_t contract;
    int funder, provider;
    double planned[FPTI_YEARS]; /* value of the planned activity, pence */
    bool has_lines;
} fpti_payment;

/* A line with a price that is an assumption. */
typedef struct fpti_priced {
    uint32_t line, price;
} fpti_priced;

typedef struct fpti_chance {
    int org, year, measure, quarter;
    fpti_row met;
} fpti_chance; /* of a measure of access */

typedef struct fpti_compiled {
    size_t input_count;
    fpti_input *input;
    size_t optimism, variant, copula, first_break; /* inputs; SIZE_MAX */
    size_t *funding;                               /* of projects; SIZE_MAX */
    size_t access_count, first_access;
    fpti_chance *access;
    size_t block_count; /* assumptions that depend on others */
    uint32_t *block;
    double *block_factor; /* lower factor of their correlations */

    size_t value_count; /* rows of assumptions and constants */
    size_t *rule_of;    /* scheme -> rule group + 1; 0: alone */
    size_t rule_count;
    fpti_rule_group *rule;

    FPTI_LIST(fpti_mask) mask;
    size_t share_count;
    FPTI_LIST(fpti_growth_class) growth_class;
    FPTI_LIST(fpti_health_class) health_class;
    /* Rows of flow shares: the rules, then what stays under sets of rules. */
    FPTI_LIST(fpti_mask) stay;
    FPTI_LIST(fpti_group) group;
    FPTI_LIST(fpti_output) line;
    FPTI_LIST(fpti_removal) removal;
    size_t bed_group_count;
    bool line_field[FPTI_FIELDS], cell_field[FPTI_FIELDS];

    fpt_lanes_matrix
        mass[3];            /* groups' events, days, squared days, by growth */
    fpt_lanes_matrix lines; /* lines from groups */
    fpt_lanes_matrix line_days;         /* lines from groups that use beds */
    fpt_lanes_matrix pools;             /* days of pools from days of lines */
    fpt_lanes_matrix scheme_removed;    /* schemes from removals */
    fpt_lanes_matrix value[FPTI_YEARS]; /* payments from lines and priced */
    fpt_lanes_matrix volume;   /* costs from lines, their days, and pools */
    fpt_lanes_matrix staffing; /* the same for staff */
    fpt_lanes_matrix base;     /* PODs' baseline by growth, inside: for steps */
    fpt_lanes_matrix base_days;
    FPTI_LIST(fpti_payment) payment;
    FPTI_LIST(fpti_priced) priced;
    uint32_t *priced_line, *priced_row; /* the same as two arrays */
    uint32_t *pre_flow, *post_mask, *pre_group;

    size_t row_count, cell_count;
    bool whole_counts; /* every count is a whole number */
    fpt_activity_model spell;
    uint32_t *spell_class, *spell_flow; /* of each growth row of the spells */

    uint32_t *node; /* projects, lines, schemes, each behind its gates */
    size_t node_count;
    int64_t *allocation; /* [org * FPTI_YEARS + year], pence */
    bool *closes;        /* organisation whose staff limits close activity */
    bool double_running; /* some scheme runs beside what it replaces */
    fpt_str *item_name[FPT_PLAN_SUBJECTS];
    size_t metric_first[FPT_PLAN_METRIC_KINDS + 1];
    /* savings.csv by organisation and year: numbers of its rows in saving[],
     * from first_saving[org * FPTI_YEARS + year] on; whether anything is ever
     * saved. */
    size_t *first_saving, *saving;
    bool *saves;
    bool *is_zero;   /* metrics that no run can move from 0 */
    double *control; /* [org * FPTI_YEARS + year]: control total before
                      * sustainability money, with agreed moves; NaN: none */
    int *org_item;   /* organisation -> item among those inside, or NONE */
    int *inside;     /* item -> organisation */
    size_t inside_count;
    size_t step_count;
    fpt_plan_step *step;
} fpti_compiled;

#endif /* FPT_PLAN_COMPILED_I_H */
