/*
 * Inside the filters.
 *
 * A filter is a method (a row of methods.def) and an engine. The engine reads
 * records, takes cells apart, finds the group of each row, and writes; it knows
 * nothing of statistics. A method says in `prepare` which columns it reads and
 * which it writes, and computes over what the engine has gathered. Its shape
 * says how:
 *
 *   ROWS    each row alone; rows go by in blocks
 *   SUMS    a state for each group, to which rows are added and then forgotten
 *   TABLE   all rows of a group at once; results stand beside rows or groups
 *
 * Memory. Rows are gathered in a batch. A batch is computed and written when it
 * is full (ROWS), or when it is large and the rows of each group have stood
 * together so far (SUMS, TABLE); else at the end of the input.
 */
#ifndef FPT_FILTER_I_H
#define FPT_FILTER_I_H

#include "fpt/filter.h"
#include "fpt/stat.h"

enum {
    FPTI_SLOTS = 12,   /* number columns that a method may read */
    FPTI_TEXTS = 4,    /* text columns likewise */
    FPTI_BY_MOST = 16, /* columns of --by */
    FPTI_RESULTS = 8 * FPT_LEVELS_MOST + 32,
    FPTI_PRINTERS = 8,
    FPTI_LARGE_BYTES = 1 << 24, /* of states or rows, before groups may go */
    FPTI_NONE = -1
};

#define OPTION(id, name, argument, help) FPTI_OPTION_##id,
typedef enum fpti_option_id {
#include "options.def"
    FPTI_OPTIONS
} fpti_option_id;
#undef OPTION

typedef struct fpti_run fpti_run;

/* ---- methods ---- */

typedef enum fpti_shape { FPTI_ROWS, FPTI_SUMS, FPTI_TABLE } fpti_shape;

/* What a method can do. Functions that its shape does not need are NULL. */
typedef struct fpti_work {
    /* Read options, name columns in and out, choose the shape. */
    fpt_status (*prepare)(fpti_run *run, fpt_error *err);
    /* What is impossible about the current row, whose numbers are all there, or
     * NULL; *slot: the column to blame. */
    const char *(*fault)(const fpti_run *run, int *slot);
    /* ROWS, TABLE: fill the results of the batch. */
    fpt_status (*solve)(fpti_run *run, fpt_error *err);
    /* SUMS: add the current row to a state; then its result as number `at`. */
    size_t state_bytes;
    fpt_status (*add)(fpti_run *run, void *state, fpt_error *err);
    fpt_status (*finish)(fpti_run *run, void *state, size_t at, fpt_error *err);
    /* When all has been read and written. */
    fpt_status (*end)(fpti_run *run, fpt_error *err);
} fpti_work;

typedef struct fpti_method {
    const char *name;
    const char *summary;
    const char *inputs; /* columns, as the help shows them */
    const char *outputs;
    const char *options; /* names of those that it takes, separated by blanks */
    const char *call;    /* an example: its options, */
    const char *in;      /* what it reads, */
    const char *out;     /* and what it writes */
    const char *source;
    const fpti_work *(*work)(void);
} fpti_method;

size_t fpti_method_count(void);
const fpti_method *fpti_method_at(size_t index);

/* ---- columns in ---- */

typedef enum fpti_rule {
    FPTI_COUNT, /* 0 or more, up to 2^53 */
    FPTI_NUMBER /* anything up to 1e100 in size */
} fpti_rule;

typedef struct fpti_slot {
    const char *name; /* that the method gives it */
    size_t column;    /* where it stands in the input */
    fpti_rule rule;
    bool optional; /* an empty cell is no fault of the row */
} fpti_slot;

/* ---- columns out ---- */

typedef enum fpti_kind {
    FPTI_IS_NUMBER, /* double; NaN is empty */
    FPTI_IS_FLAG,   /* int8; -1 is empty */
    FPTI_IS_WORD,   /* const char *; NULL is empty */
    FPTI_IS_SAME    /* one word for all rows */
} fpti_kind;

typedef struct fpti_result {
    fpt_str name;
    fpti_kind kind;
    union {
        double *number;
        int8_t *flag;
        const char **word;
        const char *same;
    } as;
} fpti_result;

/* ---- rows and groups ---- */

typedef struct fpti_group {
    fpt_str *key; /* the cells of the --by columns */
    uint64_t hash;
    int64_t line; /* of its first row */
    size_t rows;
    fpt_state state; /* worst of its rows' cells */
    void *sums;
} fpti_group;

/* Open addressing over an array in order of arrival. */
typedef struct fpti_groups {
    fpt_arena arena;
    fpti_group *group;
    size_t count, capacity;
    uint32_t *slots; /* index + 1; 0 is free */
    size_t slot_count;
    size_t rows;  /* of all its groups */
    size_t bytes; /* about what it holds */
} fpti_groups;

/* Whether the input has its groups in order, and which have been let go. */
typedef struct fpti_watch {
    bool together;   /* no group has come back so far */
    bool let_go;     /* some have been written and forgotten */
    uint32_t sorted; /* orders of the columns in which the keys still ascend */
    bool was_sorted; /* when the first were let go: no hashes were kept */
    uint64_t *gone;  /* hashes of those let go, where no order held */
    size_t gone_count, gone_slots;
    fpt_str last[FPTI_BY_MOST]; /* the last key of those let go */
} fpti_watch;

typedef struct fpti_batch {
    fpt_arena arena;
    size_t rows, capacity;
    size_t bytes; /* about what it holds */
    int64_t *line;
    fpt_str *raw; /* the cells that are written again, as CSV */
    double *number[FPTI_SLOTS];
    fpt_str *text[FPTI_TEXTS];
    fpt_state *state; /* worst of the row's cells */
    uint32_t *group;

    /* Results: `results` rows of them. `group_of` says to which group one
     * belongs; NULL: result i is of row i (or of group i). */
    size_t results;
    uint32_t *group_of;

    /* TABLE: rows of group g stand at start[g] .. start[g + 1] - 1 of row[]. */
    size_t *start, *row;
    bool identity; /* row[i] == i */
} fpti_batch;

/* ---- writing ---- */

typedef struct fpti_printer {
    fpt_arena arena;
    char *data;
    size_t len, capacity;
    bool failed;
} fpti_printer;

typedef struct fpti_sink {
    fpt_output *out;
    fpt_arena arena;
    char *held; /* until the input is known to be good, or this is full */
    size_t len, capacity;
    bool passing; /* no longer held back */
} fpti_sink;

/* ---- a run ---- */

struct fpti_run {
    const fpti_method *method;
    const fpti_work *work;
    const char *const *option; /* by fpti_option_id; "" for a switch */
    const char *input_name;
    fpt_arena *arena; /* as long as the run */
    fpt_report *notes;
    bool keep_going, quiet, verbose, found_wrong;
    unsigned threads;
    size_t large_bytes;

    size_t level_count;
    fpt_level level[FPT_LEVELS_MOST];
    fpt_str level_name[FPT_LEVELS_MOST]; /* "95", "99_8" */

    /* The input's header. */
    size_t header_count;
    fpt_str *header;
    bool *dropped; /* columns that results replace */
    bool drops;
    size_t by_count, by_column[FPTI_BY_MOST];
    size_t status_column; /* SIZE_MAX: none */

    fpti_shape shape;
    bool rows_out; /* every input row is written */
    bool attach;   /* ... with the results of its group */
    bool whole;    /* nothing can be computed before all is read */
    size_t slot_count, text_count;
    fpti_slot slot[FPTI_SLOTS];
    fpti_slot text[FPTI_TEXTS];
    int zero_slot;    /* an empty cell here is 0 by --missing-as-zero */
    int assumed_slot; /* a slot that no column fills: 1 where that was so */
    bool skip_missing;

    size_t result_count;
    fpti_result result[FPTI_RESULTS];

    /* The current row. */
    int64_t line;
    double cell[FPTI_SLOTS];
    fpt_str cell_text[FPTI_TEXTS];
    fpt_state row_state;

    fpti_groups groups;
    fpti_watch watch;
    fpti_batch batch;
    fpti_printer printer[FPTI_PRINTERS];
    fpti_sink sink;
    void *extra; /* of the method */
};

/* ---- filter.c ---- */

/* Let groups go earlier than FPTI_LARGE_BYTES: tests need no large files. */
void fpti_filter_large_at(fpt_filter *filter, size_t bytes);

/* ---- options.c ---- */

static inline const char *fpti_option(const fpti_run *run, fpti_option_id id)
{
    return run->option[id];
}
static inline bool fpti_is_set(const fpti_run *run, fpti_option_id id)
{
    return run->option[id] != NULL;
}

const char *fpti_option_name(fpti_option_id id);

/* Parse the words behind the method's name into value[FPTI_OPTIONS]. */
fpt_status fpti_options_parse(const fpti_method *method, size_t count,
                              const char *const *argument, const char **value,
                              fpt_error *err);

/* A number of an option, within [low, high]; *out stays when it is not given. */
fpt_status fpti_option_number(const fpti_run *run, fpti_option_id id,
                              double low, double high, double *out,
                              fpt_error *err);
fpt_status fpti_option_whole(const fpti_run *run, fpti_option_id id,
                             int64_t low, int64_t high, int64_t *out,
                             fpt_error *err);

/* The index of an option's word among `words` (NULL ends them). */
fpt_status fpti_option_choice(const fpti_run *run, fpti_option_id id,
                              const char *const *words, int *out,
                              fpt_error *err);

/* Numbers separated by commas. */
fpt_status fpti_option_list(const fpti_run *run, fpti_option_id id,
                            size_t *count, double **out, fpt_error *err);

/* The multiplier, or `usual`. Negative ones only where `negative` says so. */
fpt_status fpti_option_multiplier(const fpti_run *run, double usual,
                                  bool negative, double *out, fpt_error *err);

/* "0.95" or "95" as a fraction, and "95" as the name of its columns. */
bool fpti_confidence_parse(fpt_arena *arena, fpt_str text, double *fraction,
                           fpt_str *name);
fpt_status fpti_levels_read(fpti_run *run, const char *usual, fpt_error *err);

/* ---- header.c ---- */

fpt_status fpti_header_read(fpti_run *run, const fpt_csv *csv, fpt_error *err);

/* Columns that a method reads; those that need not be there give FPTI_NONE. */
fpt_status fpti_need(fpti_run *run, const char *name, fpti_rule rule, int *slot,
                     fpt_error *err);
fpt_status fpti_may_need(fpti_run *run, const char *name, fpti_rule rule,
                         int *slot, fpt_error *err);
fpt_status fpti_need_text(fpti_run *run, const char *name, int *text,
                          fpt_error *err);
fpt_status fpti_may_need_text(fpti_run *run, const char *name, int *text,
                              fpt_error *err);
/* Is there such a column in the input? */
bool fpti_has_column(const fpti_run *run, const char *name);

/* Columns that a method writes, in order; the index of the result. */
int fpti_result_add(fpti_run *run, const char *name, fpti_kind kind);
int fpti_result_same(fpti_run *run, const char *name, const char *word);
/* NAMElower_95, NAMEupper_95 for each level; the index of the first. */
int fpti_result_limits(fpti_run *run, const char *name);
/* method, status; with n_assumed_zero and n_missing before them if asked. */
struct fpti_tail {
    int assumed, missing, method, status;
};
struct fpti_tail fpti_result_tail(fpti_run *run, const char *method);

/* Clashes, what is dropped; then the header of the output. */
fpt_status fpti_header_write(fpti_run *run, fpt_error *err);

/* ---- cells.c ---- */

/* The state of a cell and, when OK, its number (else NaN). */
fpt_state fpti_cell_number(fpt_str text, double *out);

/* Take the current record apart into run->cell and its kin. */
fpt_status fpti_row_read(fpti_run *run, const fpt_csv *csv, fpt_error *err);

/* "standard input: line 3, column x: " + text, as FPT_ERR_INPUT. */
fpt_status fpti_fail_cell(const fpti_run *run, int64_t line, const char *column,
                          fpt_error *err, const char *format, ...)
    FPT_PRINTF(5, 6);

/* An impossible row or group: the end of the run, or by --keep-going a note for
 * the exit code. */
fpt_status fpti_invalid(fpti_run *run, int64_t line, const char *column,
                        fpt_error *err, const char *format, ...)
    FPT_PRINTF(5, 6);

fpt_status fpti_no_memory(fpt_error *err);
fpt_status fpti_note(fpti_run *run, fpt_severity severity, const char *code,
                     const char *format, ...) FPT_PRINTF(4, 5);

/* ---- groups.c ---- */

fpt_status fpti_groups_open(fpti_run *run, fpt_error *err);
void fpti_groups_clear(fpti_run *run);
/* When the columns of --by are known. */
void fpti_watch_begin(fpti_run *run);
/* The group of the current record. Known ones are found; a new one is added.
 * *is_new tells which. */
fpt_status fpti_group_of(fpti_run *run, const fpt_csv *csv, uint32_t *index,
                         bool *is_new, fpt_error *err);
/* May finished groups be written and forgotten now? */
bool fpti_may_let_go(const fpti_run *run);
/* Room in the memory of the groups, for a method's state; NULL: no memory. */
void *fpti_group_memory(fpti_run *run, size_t count, size_t size);
/* Remember that all groups of the table are gone, and empty it. */
fpt_status fpti_let_go(fpti_run *run, fpt_error *err);
/* "E1" or "E1,2018", for messages; cut to fit. */
const char *fpti_group_name(const fpti_run *run, size_t g, char *out,
                            size_t size);

/* ---- batch.c ---- */

fpt_status fpti_filter_keep(fpti_run *run, const fpt_csv *csv, uint32_t group,
                            fpt_error *err);
/* Compute and write what has been gathered; then it is empty. */
fpt_status fpti_filter_flush(fpti_run *run, fpt_error *err);
/* Arrays for `rows` results. */
fpt_status fpti_results_make(fpti_run *run, size_t rows, fpt_error *err);
/* TABLE: the numbers of a slot in the order of groups. NULL: no memory. */
const double *fpti_in_groups(fpti_run *run, int slot);
/* Rows of group g: [*from, *to) in that order. */
static inline size_t fpti_row_at(const fpti_batch *batch, size_t place)
{
    return batch->identity ? place : batch->row[place];
}

static inline void fpti_put(fpti_run *run, int result, size_t at, double x)
{
    run->result[result].as.number[at] = x;
}
static inline void fpti_put_word(fpti_run *run, int result, size_t at,
                                 const char *word)
{
    run->result[result].as.word[at] = word;
}
static inline void fpti_put_flag(fpti_run *run, int result, size_t at,
                                 int8_t flag)
{
    run->result[result].as.flag[at] = flag;
}
static inline void fpti_put_state(fpti_run *run, int result, size_t at,
                                  fpt_state state)
{
    run->result[result].as.word[at] = fpt_state_word(state);
}
void fpti_put_limits(fpti_run *run, int result, size_t at,
                     const fpt_limits *limits);

/* ---- print.c ---- */

fpt_status fpti_print_open(fpti_run *run, fpt_output *out, fpt_error *err);
void fpti_print_close(fpti_run *run);
fpt_status fpti_print_header(fpti_run *run, fpt_error *err);
fpt_status fpti_print_batch(fpti_run *run, fpt_error *err);
/* Let go of what is held back: the input was good. */
fpt_status fpti_sink_end(fpti_run *run, fpt_error *err);
/* The cells of a record that are written again, as CSV; NULL data: no memory.*/
fpt_str fpti_raw_record(const fpti_run *run, const fpt_csv *csv,
                        fpt_arena *arena);

/* ---- periods.c ---- */

/* The periods of a series: numbers (1, 2, 3; 2016, 2017), or periods as people
 * write them. `key` orders them; [from, to) are days, or numbers. */
typedef struct fpti_period {
    double key, from, to;
} fpti_period;

typedef enum fpti_periods {
    FPTI_ARE_NUMBERS,
    FPTI_ARE_PERIODS,
    FPTI_ARE_NEITHER /* *bad: the first that is neither */
} fpti_periods;

/* An empty text gives a NaN key. */
fpti_periods fpti_periods_read(size_t count, const fpt_str *text,
                               fpti_period *out, size_t *bad);
bool fpti_period_same(const fpti_period *a, const fpti_period *b);
bool fpti_periods_overlap(const fpti_period *a, const fpti_period *b);

/* Places where a point is lacking between two neighbours, in order of time;
 * *first: before which point. */
size_t fpti_period_gaps(fpti_periods kind, size_t count,
                        const fpti_period *period, size_t *first);

/* ---- levels that decide about significance ---- */

/* 95 and 99.8 unless --confidence names others; the words for each. */
typedef struct fpti_verdicts {
    size_t count;
    fpt_level level[FPT_LEVELS_MOST];
    const char *high[FPT_LEVELS_MOST], *low[FPT_LEVELS_MOST];
} fpti_verdicts;

fpt_status fpti_verdicts_read(fpti_run *run, fpti_verdicts *out,
                              fpt_error *err);
/* The word of the highest level on which side[k] is not 0. */
const char *fpti_verdict_word(const fpti_verdicts *v, const int *side);

/* ---- help.c ---- */

void fpti_help_list(fpt_output *out);
void fpti_help_method(const fpti_method *method, fpt_output *out);

/* The methods of methods.def, one function each. */
#define METHOD(name, id, ...) const fpti_work *fpti_work_##id(void);
#include "methods.def"
#undef METHOD

#endif /* FPT_FILTER_I_H */
