/*
 * Shared inside ingest only: a source pack as it is used, and the session in
 * which files are read.
 */
#ifndef FPT_INGEST_I_H
#define FPT_INGEST_I_H

#include "fpt/ingest.h"

#define FPTI_NULL INT64_MIN /* a number that is missing */

enum { FPTI_MOST_STRATA = 8 };

/* ---- a source pack, read and checked ---- */

typedef enum fpti_cell_type {
    FPTI_CODE,    /* text, trimmed, that must match the patterns */
    FPTI_TEXT,    /* any text, trimmed */
    FPTI_NAME,    /* text, looked up in a table of the pack: gives a code */
    FPTI_INT,     /* whole number, thousands separators allowed */
    FPTI_DECIMAL, /* a number of so many decimals */
    FPTI_MONEY,   /* pounds: gives pence */
    FPTI_PERCENT, /* "94.9%": gives a fraction of so many decimals */
    FPTI_DATE,
    FPTI_PERIOD,
    FPTI_QUARTER, /* from two other columns: financial year, last month */
    FPTI_CHOICE   /* words that stand for whole numbers */
} fpti_cell_type;

/* What to do about an empty cell, or one that says "missing". */
typedef enum fpti_missing {
    FPTI_MISSING_STATUS, /* a fact without a value */
    FPTI_MISSING_ABSENT, /* no fact */
    FPTI_MISSING_ZERO    /* the publisher means nought */
} fpti_missing;

typedef struct fpti_texts {
    size_t count;
    fpt_str *text;
} fpti_texts;

/* A table beside the pack: text to code, sorted by text. */
typedef struct fpti_lookup {
    size_t count;
    fpt_str *key, *value;
} fpti_lookup;

typedef struct fpti_column {
    fpt_str id;
    int line; /* in the pack */
    fpti_cell_type type;
    fpti_texts names;    /* spellings of its header; {yy} stands for a year */
    int at;              /* position, from 1; 0: by name */
    bool required;       /* the column must be there */
    bool needed;         /* a cell must not be empty */
    fpti_texts patterns; /* of a code */
    fpti_texts match;    /* many columns: those whose names match */
    fpti_texts range;    /* how their names tell a range: "{low} to {high}" */
    fpti_texts open;     /* and one without an upper end: "{low}+" */
    fpti_texts missing, suppressed, zero;
    fpti_missing when_missing;
    fpt_date_style style;
    fpt_grain grain; /* a date that stands for the period around it */
    bool is_fy;      /* 2010-11 is a year */
    fpt_str prefix;  /* of a period: "MSitAE-" */
    int decimals;
    bool round; /* a number with more decimals is rounded, not refused */
    fpti_lookup lookup; /* NAME, CHOICE */
    int year, month;    /* QUARTER: indexes of the columns */
} fpti_column;

typedef struct fpti_condition {
    int column;
    fpti_texts is, matches;
    bool not_empty;
    bool has_since, has_before;
    fpt_date since, before;
} fpti_condition;

typedef enum fpti_fact_kind {
    FPTI_FACT_NAME,
    FPTI_FACT_ALIAS,
    FPTI_FACT_RELATION,
    FPTI_FACT_ROLE,
    FPTI_FACT_SUCCESSION,
    FPTI_FACT_DATUM,
    FPTI_FACT_POINT,
    FPTI_FACT_KINDS
} fpti_fact_kind;

/* A part of a fact that is a column or a constant. */
typedef struct fpti_part {
    int column; /* -1: none */
    fpt_str constant;
} fpti_part;

typedef struct fpti_stratum {
    fpt_str dimension;
    fpti_part value;
    fpti_texts whole; /* values that mean the whole: no stratum */
    bool each;        /* the name of the column that the value came from */
} fpti_stratum;

typedef struct fpti_fact {
    fpti_fact_kind kind;
    int line;
    size_t conditions;
    fpti_condition *when;
    /* by kind: code, subject, predecessor, place / object, other, successor */
    int subject, object;
    fpti_part name;
    bool once;      /* said by many records, taken from the first */
    fpt_str what;   /* kind of body, of relation, alias system, role, series */
    int share;      /* column, or -1 */
    int from, last; /* columns, or -1; the last day is within */
    int operational_from, operational_last;
    bool from_vintage; /* valid from the day of the vintage */
    int easting, northing;
    /* datum */
    int value, period;
    bool has_period;
    fpt_period fixed_period;
    bool vintage_period;
    fpt_str unit, about;
    /* "nof.{metric}.rank": what stands behind the column's text, or -1 */
    int series_column, about_column;
    fpt_str series_behind;
    int decimals;
    size_t strata;
    fpti_stratum *stratum;
    bool suspect;         /* always */
    fpt_str suspect_text; /* or when the suspect column holds this */
    int suspect_column;
} fpti_fact;

typedef enum fpti_check_kind {
    FPTI_CHECK_ROWS,
    FPTI_CHECK_TOTAL_ROW,
    FPTI_CHECK_CELLS_SUM,
    FPTI_CHECK_SUM
} fpti_check_kind;

typedef struct fpti_check {
    fpti_check_kind kind;
    fpt_str id;
    int column, to; /* indexes of columns, or -1 */
    int64_t expected, tolerance;
    fpt_str vintage; /* only for this one; empty: all */
} fpti_check;

/* A start of validity that differs from the day of the vintage. */
typedef struct fpti_start {
    fpt_str vintage, relation;
    fpt_date from;
} fpti_start;

typedef enum fpti_vintage_from {
    FPTI_VINTAGE_NONE,
    FPTI_VINTAGE_HEADER,
    FPTI_VINTAGE_FIXED,
    FPTI_VINTAGE_FILE_NAME
} fpti_vintage_from;

typedef enum fpti_header {
    FPTI_HEADER_FIRST,
    FPTI_HEADER_NONE,
    FPTI_HEADER_FIND
} fpti_header;

typedef struct fpti_source {
    fpt_str name, version, title, publisher, licence, about;
    const char *folder;
    bool geojson;
    bool by_place; /* a file holds some of the places, and so does the next */
    fpt_csv_options csv;
    fpti_header header;
    fpt_str header_cell;
    int header_levels;
    size_t widths;
    int64_t *width; /* allowed numbers of columns; none: any */
    fpti_texts recognise_header, recognise_first;
    fpti_texts published_cells; /* preamble labels of the day of publication */

    fpti_vintage_from vintage_from;
    fpt_str vintage_fixed;
    fpt_str vintage_day; /* "04-01", the day of a vintage that is a year */
    bool vintage_has_day, vintage_is_fy;
    fpti_texts latest; /* no date in these columns is after the vintage ... */
    int *latest_column;
    int64_t grace_days; /* ... by more than so many days */
    size_t starts;
    fpti_start *start;
    fpt_date published; /* of a fixed vintage; open when not known */

    size_t columns, facts, checks, skips, totals;
    fpti_column *column;
    fpti_fact *fact;
    fpti_check *check;
    fpti_condition *skip, *total;

    /* GeoJSON */
    fpt_str code_property, name_property, area_kind;
} fpti_source;

fpt_status fpti_source_open(fpt_arena *arena, const fpt_pack_path *packs,
                            fpt_str name, fpt_str version, fpti_source *out,
                            fpt_error *err);
/* The parts of a pack, each read by its own file. */
fpt_status fpti_read_columns(fpt_arena *arena, const char *folder,
                             fpt_yaml *yaml, fpti_source *source,
                             fpt_error *err);
fpt_status fpti_read_facts(fpt_arena *arena, fpt_yaml *yaml,
                           fpti_source *source, fpt_error *err);
fpt_status fpti_read_condition(fpt_arena *arena, fpt_yaml *yaml,
                               const fpti_source *source, fpti_condition *out,
                               fpt_error *err);
fpt_status fpti_read_texts(fpt_arena *arena, fpt_yaml *yaml, const char *key,
                           bool required, fpti_texts *out, fpt_error *err);
/* Index of a column by its id, or an error that says which are known. */
fpt_status fpti_find_column(const fpti_source *source, const fpt_yaml *at,
                            fpt_str id, int *out, fpt_error *err);

bool fpti_texts_hold(const fpti_texts *texts, fpt_str text);
bool fpti_texts_match(const fpti_texts *patterns, fpt_str text);

/* ---- sniffing and the header ---- */

enum { FPTI_SNIFF_BYTES = 1 << 16, FPTI_HEADER_ROWS = 40 };

/* The first records of a file, as a pack would cut them. */
typedef struct fpti_head {
    size_t records;
    struct fpti_head_record {
        size_t count;
        fpt_str *field;
        int64_t line;
    } record[FPTI_HEADER_ROWS];
} fpti_head;

/* How a file's columns stand to the pack's. */
typedef struct fpti_binding {
    size_t width; /* fields a record must have; 0: not checked */
    int64_t header_line;
    size_t header_records; /* records up to and with the header */
    fpt_str year;          /* what {yy} stood for */
    int *first;            /* by column: index of its field, or -1 */
    size_t *many;          /* by column: how many fields, for `match` */
    int **fields;          /* and which */
    fpt_str **labels;      /* and their names */
    fpt_str published;     /* found in the preamble */
} fpti_binding;

fpt_status fpti_head_read(fpt_arena *arena, const char *path,
                          const fpti_source *source, fpti_head *out,
                          fpt_error *err);
/* Blanks and line ends inside a name become one blank. data NULL: no memory. */
fpt_str fpti_header_name(fpt_arena *arena, fpt_str text);
/* Errors name the column that is missing and the spellings that are known. */
fpt_status fpti_bind(fpt_arena *arena, const fpti_source *source,
                     const char *path, const fpti_head *head, fpti_binding *out,
                     fpt_error *err);
fpt_status fpti_sniff_among(fpt_arena *arena, size_t count,
                            const fpti_source *sources, const char *path,
                            const fpti_source **out, fpt_error *err);
/* What a file says of its vintage, or what it is told to be. */
fpt_status fpti_vintage_of(fpt_arena *arena, const fpti_source *source,
                           const char *path, const fpti_binding *binding,
                           fpt_str told, fpt_str *out, fpt_error *err);

/* Do two names mean the same vintage? 2017-18 and 2017/18 do; 2017 fits 2017-06-30,
 * since a file may know only its year. */
bool fpti_vintage_fits(const fpti_source *source, fpt_str wanted,
                       fpt_str found);
bool fpti_vintage_parse(const fpti_source *source, fpt_str text,
                        fpt_period *out);

/* ---- cells ---- */

typedef enum fpti_cell_status {
    FPTI_CELL_OK,
    FPTI_CELL_MISSING,
    FPTI_CELL_SUPPRESSED,
    FPTI_CELL_BAD
} fpti_cell_status;

typedef struct fpti_cell {
    fpti_cell_status status;
    fpt_str text;  /* trimmed; the code of a NAME */
    int64_t whole; /* INT, DECIMAL, MONEY, PERCENT, CHOICE */
    fpt_date date;
    fpt_period period;
} fpti_cell;

/* Why a cell is bad, for its reject. */
typedef struct fpti_fault {
    const char *reason; /* stable name */
    char text[300];
} fpti_fault;

void fpti_cell_read(const fpti_column *column, fpt_str raw, fpti_cell *out,
                    fpti_fault *fault);

/* ---- a session: one call, one transaction, many files ---- */

typedef struct fpti_batch fpti_batch;

typedef struct fpti_session {
    fpt_workspace *workspace;
    const fpt_load_options *options;
    fpt_arena arena;
    fpt_intern places, series, strata; /* numbers are those of the warehouse */
    size_t places_stored, series_stored, strata_stored;
    struct fpti_series_about {
        fpt_str unit, about;
        int decimals;
    } * series_about;
    size_t series_capacity;
    fpt_intern ranges; /* parts of strata that are ranges of whole numbers */
    struct fpti_range {
        int64_t low, high; /* high FPTI_NULL: open */
    } * range;
    size_t range_capacity;
    size_t loads;
    struct fpti_known_file {
        int64_t load;
        fpt_str sha256;
    } * loaded; /* by earlier calls, in order */
    int64_t next_load;
    fpti_batch *batch;   /* rows gathered for each table */
    struct fpt_geo *geo; /* made for the first file of outlines, else NULL */
} fpti_session;

fpt_status fpti_session_open(fpt_workspace *workspace,
                             const fpt_load_options *options, fpti_session *out,
                             fpt_error *err);
/* Writes what is gathered and the dictionaries; the caller commits. */
fpt_status fpti_session_finish(fpti_session *session, fpt_error *err);
void fpti_session_close(fpti_session *session);

/* The last load of a file of this digest by an earlier call; 0: none. */
int64_t fpti_session_load_of(const fpti_session *session, fpt_str sha256);

/* Numbers in the dictionaries; new texts are added. */
fpt_status fpti_place(fpti_session *session, fpt_str code, int64_t *out,
                      fpt_error *err);
fpt_status fpti_series_number(fpti_session *session, const fpti_fact *fact,
                              int64_t *out, fpt_error *err);
/* The parts of a stratum as one text: dimension, FPTI_EQUALS, value, and so on
 * with FPTI_PART between, dimensions in order. Empty is the whole, number 0. */
enum { FPTI_PART = 0x1F, FPTI_EQUALS = 0x1E };
fpt_status fpti_stratum_number(fpti_session *session, fpt_str text,
                               int64_t *out, fpt_error *err);
/* What range of whole numbers a part stands for. */
fpt_status fpti_range_add(fpti_session *session, fpt_str dimension,
                          fpt_str label, int64_t low, int64_t high,
                          fpt_error *err);

/* ---- gathering rows ---- */

fpt_status fpti_batch_open(fpti_session *session, fpt_error *err);
void fpti_batch_close(fpti_session *session);
fpt_status fpti_batch_flush(fpti_session *session, fpt_error *err);

/* A row for a table: numbers and texts in the order of its columns of each
 * sort. Texts are copied. */
typedef enum fpti_table {
    FPTI_T_DATUM,
    FPTI_T_NAME,
    FPTI_T_ALIAS,
    FPTI_T_RELATION,
    FPTI_T_ROLE,
    FPTI_T_SUCCESSION,
    FPTI_T_POINT,
    FPTI_T_BOUNDARY,
    FPTI_T_REJECT,
    FPTI_T_FINDING,
    FPTI_T_QUALITY,
    FPTI_T_UNKNOWN,
    FPTI_T_COVERAGE,
    FPTI_T_COUNT
} fpti_table;

fpt_status fpti_batch_row(fpti_session *session, fpti_table table,
                          size_t numbers, const int64_t *number, size_t texts,
                          const fpt_str *text, fpt_error *err);

/* ---- reading one file ---- */

typedef struct fpti_load {
    fpti_session *session;
    const fpti_source *source;
    const char *path; /* as given, for messages */
    int64_t number;
    fpt_str vintage;
    fpt_date vintage_day; /* open: none */
    fpt_period vintage_period;
    fpt_load_result *result;
    bool synthetic;
    fpt_date known_from;
} fpti_load;

fpt_status fpti_read_csv(fpti_load *load, const char *file,
                         fpti_binding *binding, fpt_error *err);
fpt_status fpti_read_geojson(fpti_load *load, const char *file, fpt_error *err);
fpt_status fpti_finding(fpti_load *load, fpt_severity severity,
                        const char *code, int64_t line, const char *format, ...)
    FPT_PRINTF(5, 6);
fpt_status fpti_quality(fpti_load *load, const char *check, int64_t failed,
                        int64_t checked, int64_t tolerance, fpt_str text,
                        fpt_error *err);
/* A check that does not concern this file: kept, and says why. */
fpt_status fpti_quality_not_asked(fpti_load *load, const char *check,
                                  fpt_str text, fpt_error *err);
/* The first day on which facts of a relation hold. */
fpt_date fpti_valid_from(const fpti_load *load, fpt_str relation);

#endif /* FPT_INGEST_I_H */
