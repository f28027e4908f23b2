/*
 * The tables of a plan while they are read: columns and their types, faults with
 * file and line, and what cells may say: values, targets, ramps.
 *
 * Numbers that may be uncertain are `fpti_row`: the index of a row of lanes.
 * Rows below the number of assumptions are assumptions; the others constants.
 */
#ifndef FPT_PLAN_TABLE_I_H
#define FPT_PLAN_TABLE_I_H

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

#endif /* FPT_PLAN_TABLE_I_H */
