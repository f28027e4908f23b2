/*
 * The plan inside: what its tables say (lists of records, in the order of the
 * files) and what they are compiled to. Shared inside plan only.
 *
 * Numbers that may be uncertain are `fpti_row`: the index of a row of lanes.
 * Rows below the number of assumptions are assumptions; the others constants.
 */
#ifndef FPT_PLAN_I_H
#define FPT_PLAN_I_H

#include <math.h>

#include "fpt/activity.h"
#include "fpt/io.h"
#include "fpt/num.h"
#include "fpt/plan.h"

enum {
    FPTI_YEARS = FPT_PLAN_YEARS_MOST + 1, /* with the baseline */
    FPTI_NONE = -1,
    FPTI_TERMS_MOST = 12,
    FPTI_RAMP_MOST = 24,
    FPTI_LAG_MOST = 5,
    FPTI_MASK_MOST = 64,  /* schemes on one cell */
    FPTI_BLOCK_MOST = 512 /* assumptions that depend on others */
};

typedef uint32_t fpti_row;
#define FPTI_NO_ROW UINT32_MAX

#define FPTI_LIST(T)                                                           \
    struct {                                                                   \
        T *at;                                                                 \
        size_t count, capacity;                                                \
    }

/* A new zeroed element at the end of a list, or NULL without memory. */
#define FPTI_ADD(arena, list)                                                  \
    (FPT_RESERVE((arena), (list).at, (list).count, (list).capacity)            \
         ? (void *)memset(&(list).at[(list).count++], 0, sizeof *(list).at)    \
         : NULL)

/* ---- reading ---- */

typedef enum fpti_type {
    FPTI_TEXT,   /* anything */
    FPTI_NAME,   /* not empty */
    FPTI_NUMBER, /* empty: missing */
    FPTI_POUNDS, /* money, read as pence; empty: missing */
    FPTI_VALUE,  /* a number or the name of an assumption; empty: missing */
    FPTI_YEAR,   /* 2017/18, within the plan; empty: missing */
    FPTI_YES_NO,
    FPTI_DATE
} fpti_type;

typedef struct fpti_column {
    const char *name;
    fpti_type type;
    bool required; /* the table must have the column */
} fpti_column;

enum { FPTI_COLUMNS_MOST = 28 };

typedef struct fpti_reader {
    fpt_plan *plan;
    const fpt_plan_files *files;
    fpt_report *report;
    fpt_arena *arena;
    fpt_arena scratch;
    fpt_plan_contracts contracts;
    bool no_memory;
    bool stop; /* a failure that is not of the data: status and error */
    fpt_status status;
    fpt_error error;
} fpti_reader;

typedef struct fpti_table {
    fpti_reader *reader;
    fpt_str name; /* "schemes.csv" */
    const fpti_column *column;
    size_t column_count;
    size_t at[FPTI_COLUMNS_MOST]; /* where each column stands; SIZE_MAX */
    fpt_arena memory;
    fpt_input *input;
    fpt_csv csv;
    bool open;
    int64_t line;
} fpti_table;

/* Begin a table; false when there is none or its header is at fault. */
bool fpti_table_open(fpti_reader *reader, const char *name,
                     const fpti_column *column, size_t count, fpti_table *out);
bool fpti_table_next(fpti_table *table);
void fpti_table_close(fpti_table *table);

/* The cells of the current row. Each adds a finding when it is not as it
 * should be, and then gives the fallback. */
fpt_str fpti_text(const fpti_table *table, size_t column);
fpt_str fpti_keep(fpti_table *table, size_t column);
double fpti_number(fpti_table *table, size_t column, double missing);
double fpti_fraction(fpti_table *table, size_t column, double missing);
int64_t fpti_pence(fpti_table *table, size_t column, int64_t missing);
fpti_row fpti_value(fpti_table *table, size_t column, double missing);
/* A share or a probability that may leave 0 to 1 is at fault. */
void fpti_check_share(fpti_table *table, size_t column, fpti_row row);
int fpti_year(fpti_table *table, size_t column, int missing);
bool fpti_yes_no(fpti_table *table, size_t column, bool missing);
fpt_date fpti_date(fpti_table *table, size_t column, fpt_date missing);
int fpti_choice(fpti_table *table, size_t column, const char *const *words,
                size_t count, int missing);
bool fpti_is_empty(const fpti_table *table, size_t column);

void fpti_find(fpti_reader *reader, fpt_severity severity, const char *code,
               fpt_str source, int64_t line, int64_t column, const char *format,
               ...) FPT_PRINTF(7, 8);
void fpti_fault(fpti_table *table, size_t column, const char *code,
                const char *format, ...) FPT_PRINTF(4, 5);
void fpti_warn(fpti_table *table, size_t column, const char *code,
               const char *format, ...) FPT_PRINTF(4, 5);
bool fpti_enough_memory(fpti_reader *reader, const void *made);

/* A constant as a row. */
fpti_row fpti_constant(fpti_reader *reader, double value);

/* ---- targets: which cells ---- */

#define FPTI_FIELD_LIST(X)                                                     \
    X(ORG, "org")                                                              \
    X(SITE, "site")                                                            \
    X(PLACE, "place")                                                          \
    X(AGE, "age")                                                              \
    X(SEX, "sex")                                                              \
    X(SEGMENT, "segment")                                                      \
    X(POD, "pod")                                                              \
    X(SERVICE, "service")                                                      \
    X(FUNDER, "funder")                                                        \
    X(TAGS, "tags")                                                            \
    X(LOS, "los_days")

#define FPTI_FIELD_ENUM(name, word) FPTI_##name,
typedef enum fpti_field {
    FPTI_FIELD_LIST(FPTI_FIELD_ENUM) FPTI_FIELDS
} fpti_field;
#undef FPTI_FIELD_ENUM

enum { FPTI_IS, FPTI_AT_LEAST, FPTI_AT_MOST };
typedef struct fpti_term {
    fpti_field field;
    int comparison;
    double bound;       /* for the two comparisons */
    size_t count;       /* for IS */
    const fpt_str *any; /* one of these */
} fpti_term;

typedef struct fpti_target {
    fpt_str text;
    size_t count;
    fpti_term term[FPTI_TERMS_MOST];
} fpti_target;

/* What a cell is, by field; LOS is a number of its own. */
typedef struct fpti_key {
    uint32_t id[FPTI_FIELDS]; /* in plan->field[]; LOS: days */
} fpti_key;

bool fpti_target_read(fpti_table *table, size_t column, fpti_target *out);
bool fpti_target_matches(const fpt_plan *plan, const fpti_target *target,
                         const fpti_key *key);
void fpti_target_fields(const fpti_target *target, bool *read);
/* The lower end of an age label ("75-84", "85+", "90"), or -1. */
double fpti_age_from(fpt_str label);

/* ---- ramps ---- */

typedef struct fpti_ramp {
    enum { FPTI_STEP, FPTI_LINEAR, FPTI_LOGISTIC, FPTI_TABLE } kind;
    double years, middle, slope;
    size_t count;
    double at[FPTI_RAMP_MOST]; /* after 0, 1, 2, ... years */
} fpti_ramp;

bool fpti_ramp_read(fpti_table *table, size_t column, fpti_ramp *out);
double fpti_ramp_at(const fpti_ramp *ramp, double years);

/* ---- records of the tables ---- */

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

/* ---- compiled ---- */

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
