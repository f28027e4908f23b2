/*
 * What the tables of a plan say: a structure for a row of each, and the settings
 * of plan.yaml.
 */
#ifndef FPT_PLAN_RECORDS_I_H
#define FPT_PLAN_RECORDS_I_H

#include "table_i.h"

typedef struct fpti_org {
    fpt_str code, name;
    int kind;
    bool inside;
    double mff;
    fpt_date opened, closed;
    int64_t line;
} fpti_org;

enum {
    FPTI_KIND_ACUTE,
    FPTI_KIND_COMMUNITY,
    FPTI_KIND_MENTAL_HEALTH,
    FPTI_KIND_AMBULANCE,
    FPTI_KIND_PRIMARY,
    FPTI_KIND_COUNCIL,
    FPTI_KIND_COMMISSIONER,
    FPTI_KIND_EXTERNAL,
    FPTI_KIND_NATIONAL,
    FPTI_KINDS
};

enum { FPTI_BY_POPULATION, FPTI_BY_BIRTHS, FPTI_BY_NOTHING };
typedef struct fpti_pod {
    fpt_str code, name;
    int demography;
    fpt_str pool; /* empty: uses no beds */
    int64_t line;
} fpti_pod;

typedef struct fpti_cell {
    fpti_key key;
    double count;
    int64_t line;
} fpti_cell;

/* People of a place, age and sex: [variant][year]. */
typedef struct fpti_people {
    uint32_t place, age, sex;
    bool births;
    double *at;   /* variant * FPTI_YEARS + year; NaN where not given */
    int64_t line; /* of its first row */
} fpti_people;

typedef struct fpti_growth {
    uint32_t pod, service; /* service UINT32_MAX: all */
    fpti_row rate, sigma;
    double persistence;
    size_t input; /* first of the inputs of its shocks */
    int64_t line;
} fpti_growth;

typedef struct fpti_waiting {
    uint32_t service;
    fpt_str pods; /* separated by bars */
    double waiting, referrals, completed, removal, target;
    fpti_row growth;
    int target_year;
    int64_t line;
} fpti_waiting;

typedef struct fpti_history {
    size_t assumption;
    fpt_str year, source;
    double planned, found; /* NaN: missing */
    int64_t line;
} fpti_history;

typedef struct fpti_assumption {
    fpt_str name, author, source, evidence, programme, notes, stated_kind;
    double stated;
    fpt_belief belief;
    fpt_belief_table table;
    double mean, sd;
    uint64_t stream;
    bool class_given;
    fpt_str class_name, class_source;
    double class_mean, class_sd;
    bool used;
    int64_t line;
} fpti_assumption;

typedef struct fpti_pair {
    size_t a, b;
    double correlation;
    int64_t line;
} fpti_pair;

typedef enum fpti_scheme_type {
    FPTI_AVOID,
    FPTI_LENGTH,  /* length of stay */
    FPTI_SHIFT,   /* to another setting */
    FPTI_MOVE,    /* to another site or organisation, as it is */
    FPTI_PREVENT, /* avoid, late */
    FPTI_COST,    /* a saving of an organisation's cost */
    FPTI_INCOME,
    FPTI_SKILL, /* workforce mix */
    FPTI_SCHEME_TYPES
} fpti_scheme_type;

typedef struct fpti_gate {
    enum { FPTI_ON_PROJECT, FPTI_ON_LINE, FPTI_ON_SCHEME } kind;
    size_t index;
} fpti_gate;

typedef FPTI_LIST(fpti_gate) fpti_gates;

typedef struct fpti_scheme {
    fpt_str name, programme, gate_text;
    fpti_scheme_type type;
    fpti_target target;
    fpti_row effect, coverage, delay, realisation;
    double start; /* years from the baseline */
    fpti_ramp ramp;
    double ends;       /* year in which funding ends; infinity */
    double fade_years; /* 0: stays; else exp(-v / fade_years) */
    double optimism;   /* loading on the common factor */
    fpti_gates gates;
    int to_org, org;
    uint32_t to_site, to_pod;
    bool provision_stated;
    fpti_row units, unit_pounds, running_pounds, set_up_pounds;
    fpti_row double_running;
    fpti_row pounds;          /* of cost and income schemes */
    int pays;                 /* organisation that pays running and provision */
    uint32_t group, to_group; /* of a skill-mix scheme */
    bool null;                /* effect or coverage is the constant 0 */
    int64_t line;
} fpti_scheme;

enum { FPTI_PRODUCT, FPTI_EXCLUSIVE, FPTI_NESTED, FPTI_OVERLAP };
typedef struct fpti_overlap {
    size_t a, b;
    int rule;
    double weight;
    int64_t line;
} fpti_overlap;

typedef struct fpti_flow {
    fpt_str name;
    int from_org, to_org;
    uint32_t to_site;
    fpti_target target;
    fpti_row share;
    double start;
    fpti_ramp ramp;
    int64_t line;
} fpti_flow;

typedef struct fpti_price {
    uint32_t pod, service; /* service UINT32_MAX: all */
    int year;              /* FPTI_NONE: every year */
    fpti_row pounds;
    int64_t line;
} fpti_price;

typedef enum fpti_contract_type {
    FPTI_TARIFF,
    FPTI_MARGINAL,
    FPTI_BLOCK,
    FPTI_BLENDED,
    FPTI_CAPITATION,
    FPTI_OUTCOME,
    FPTI_PERSONAL,
    FPTI_CONTRACT_TYPES
} fpti_contract_type;

typedef struct fpti_contract {
    fpt_str name;
    int funder, provider; /* provider FPTI_NONE: each that does the activity */
    fpti_contract_type type;
    fpti_target target;
    int from_year, to_year;
    fpti_row pounds, share;
    int index; /* of indices; FPTI_NONE */
    enum { FPTI_FROM_BASELINE, FPTI_FROM_PLAN, FPTI_FROM_POUNDS } planned;
    fpti_row planned_pounds;
    double people, budget, recovered;
    fpt_str substitutes;
    int64_t line;
} fpti_contract;

typedef struct fpti_capitation {
    size_t contract;
    uint32_t place, age, sex; /* UINT32_MAX: all */
    double weight;
    int64_t line;
} fpti_capitation;

typedef struct fpti_pool_party {
    fpt_str pool;
    int org;
    bool contributes;
    fpti_row pounds;
    int64_t share_ppm;
    int64_t line;
} fpti_pool_party;

typedef struct fpti_index {
    fpt_str name;
    fpti_row growth[FPTI_YEARS];
    bool given[FPTI_YEARS];
    bool pay; /* follows the pay policy */
    int64_t line;
} fpti_index;

typedef enum fpti_driver {
    FPTI_DRIVER_NONE,
    FPTI_DRIVER_ACTIVITY,
    FPTI_DRIVER_BED_DAYS,
    FPTI_DRIVER_BEDS,
    FPTI_DRIVERS
} fpti_driver;

typedef struct fpti_cost {
    int org;
    fpt_str name;
    int category;
    fpti_driver driver;
    fpti_target target;
    fpti_row fixed, unit, step_pounds;
    double step_units;
    int lag, index;
    size_t volume; /* row of the cost volumes */
    int64_t line;
} fpti_cost;

enum { FPTI_COST_OPERATING, FPTI_COST_REFORM, FPTI_COST_CATEGORIES };

typedef struct fpti_income {
    int org, year, index;
    fpt_str source;
    fpti_row pounds;
    bool recurrent;
    int64_t line;
} fpti_income;

typedef struct fpti_saving {
    fpt_str name;
    int org, year;
    fpti_row fraction, pounds, recurrent, realisation;
    int scheme;
    int64_t line;
} fpti_saving;

typedef struct fpti_claim {
    fpt_str name, nets_with;
    int party, year;
    size_t scheme;
    int64_t pence;
    int64_t line;
} fpti_claim;

typedef struct fpti_staff {
    int org;
    uint32_t group;
    double stock, bank, agency, tolerance; /* tolerance NaN: closes nothing */
    fpti_row leaver, joiners, trained, premium;
    double pay_pence, bank_pence;
    int index;
    double minutes;     /* available in a year */
    bool establishment; /* a single headroom was given */
    int64_t line;
} fpti_staff;

typedef struct fpti_staffing {
    int org;
    uint32_t group;
    bool by_bed;
    fpti_target target;
    uint32_t site, pool; /* for beds; UINT32_MAX: all */
    fpti_row minutes;
    fpti_row per_bed;
    double headroom;
    size_t volume;
    int64_t line;
} fpti_staffing;

typedef struct fpti_line {
    fpt_str name, after_text;
    int org, from_org;
    uint32_t group;
    fpti_row wte, success;
    double start;
    fpti_ramp ramp;
    fpti_gates after;
    int64_t line;
} fpti_line;

typedef struct fpti_project {
    fpt_str name, after_text;
    int org, rank;
    fpti_row probability, overrun;
    int delivered;                 /* year */
    double life, cost[FPTI_YEARS]; /* pounds */
    bool divisible;
    fpti_gates after;
    int64_t line;
} fpti_project;

typedef struct fpti_beds {
    int org;
    uint32_t site, pool;
    double beds, occupancy, peak, dispersion;
    double change[FPTI_YEARS];
    int64_t line;
} fpti_beds;

typedef struct fpti_bed_change {
    fpt_str name;
    size_t beds; /* which pool */
    int year;
    double number; /* negative: closed */
    int leg;       /* 0: none claimed; 1 to 3 */
    int scheme;
    fpti_gates alternative;
    double relative_use; /* bed use against the national figure */
    int64_t line;
} fpti_bed_change;

typedef struct fpti_delay {
    size_t beds;
    double base_days, day_pence;
    fpti_row days_per_package, packages, growth;
    int64_t line;
} fpti_delay;

typedef struct fpti_allocation_row {
    int org, year;
    fpt_allocation_area area;
    bool has_base;
    int64_t line;
} fpti_allocation_row;

typedef struct fpti_total {
    int org, year;
    int64_t pence;
    bool with_money; /* basis: sustainability money counted */
    int64_t line;
} fpti_total;

typedef struct fpti_move {
    fpt_str name;
    int org, year;
    int64_t pence;
    int64_t line;
} fpti_move;

typedef struct fpti_fund_row {
    int org, year;
    int64_t pence;
    int64_t line;
} fpti_fund_row;

typedef struct fpti_access {
    int org, year, measure, quarter; /* org, year, quarter NONE: all */
    fpti_row met;
    int64_t line;
} fpti_access;

typedef struct fpti_agreement {
    fpt_str name, measure;
    int holder, from_year, to_year;
    fpti_row target, gate;
    size_t party_count;
    int *party; /* organisations */
    fpt_risk_share share;
    /* What `share` points to, gain and loss, while it is being read. */
    fpt_risk_layer *layer[2];
    int64_t **layer_share[2];
    int64_t *most[2];
    bool over_cost; /* measures an organisation's cost, else a contract */
    size_t measured;
    int64_t line;
} fpti_agreement;

typedef struct fpti_actual {
    fpt_str series, year;
    double value;
    int index, known; /* years as integers */
    int64_t line;
} fpti_actual;

/* ---- settings of plan.yaml ---- */

typedef struct fpti_settings {
    fpt_str name, title, author, source;
    int first_year; /* 2016 for 2016/17 */
    int years;      /* after the baseline */
    uint64_t seed;
    int day_offset;
    double service_alpha;
    double dividend_rate; /* on net relevant assets */
    double copula_df;     /* 0: Gaussian */
    double programme_correlation;
    bool nearest_correlation, allow_far_correlation;
    fpti_row deflator;
    /* pay policy */
    int pay_index;
    fpt_str pay_index_name;
    fpti_row pay_cap, pay_market, pay_break, pay_catch_up;
    bool pay_given;
    /* sustainability */
    fpt_sustainability_rule fund;
    fpt_str measure[FPT_SUSTAINABILITY_MEASURES];
    double position_profile[FPT_QUARTERS], total_profile[FPT_QUARTERS];
    bool capped_expenditure;
    /* allocation */
    bool allocation_given;
    int64_t pot[FPTI_YEARS], minimum_growth_ppm;
    /* health */
    bool health_given;
    fpti_row health_share;
    double health_from, health_to;
    int life_from; /* calendar year of the baseline in life.csv */
} fpti_settings;

typedef struct fpti_life {
    int year;
    uint32_t sex;
    double age, left;
} fpti_life;

typedef struct fpti_health_rate {
    uint32_t pod, sex;
    double age, rate;
    int64_t line;
} fpti_health_rate;

#endif /* FPT_PLAN_RECORDS_I_H */
