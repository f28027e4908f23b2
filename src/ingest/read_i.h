/* Shared by the files that read one CSV file. */
#ifndef FPT_READ_I_H
#define FPT_READ_I_H

#include "ingest_i.h"

/* A fact as this file has it. */
struct prepared {
    const fpti_fact *fact;
    bool usable; /* all its columns are in this file */
    bool active; /* its conditions hold for the record at hand */
    size_t needs;
    int need[16]; /* columns whose cells it reads */
    int64_t series;
    size_t many;      /* values a record, when they are found by `match` */
    int64_t *stratum; /* of each of them, when no part comes from a column */
    bool fixed_strata;
    fpt_intern said; /* for facts that are taken once */
};

/* A check as it stands. */
struct tally {
    const fpti_check *check;
    int64_t failed, checked;
    int64_t first_line;
};

struct reader {
    fpti_load *load;
    const fpti_source *source;
    fpti_binding *binding;
    fpt_csv csv;
    fpt_arena scratch; /* reset after each use */
    fpt_arena *arena;  /* of the file */

    int64_t record;  /* number of the record at hand, from 1 */
    fpti_cell *cell; /* by column; good when cell_of is the record's number */
    int64_t *cell_of;
    fpti_cell **many; /* by column, for `match` */
    int64_t *many_of;
    int fault_column;
    size_t fault_field;
    char first_reject[320];

    size_t facts;
    struct prepared *fact;

    /* by column: the sum of what was taken, and what the total row prints */
    int64_t *sum, *printed;
    bool *summed, *has_printed;
    bool overflow;
    /* what the file speaks of; few, and mostly the one found last */
    size_t covered_count, covered_capacity, covered_last;
    struct covered {
        int64_t series, facts;
        fpt_period period;
    } * covered;
    size_t tallies;
    struct tally *tally;
    fpt_date latest;
    int64_t latest_line;
};

/* A cell of the record at hand, read once; its fault is the caller's. */
const fpti_cell *reader_cell(struct reader *r, int column, fpti_fault *fault);

fpt_status reader_prepare(struct reader *r, fpt_arena *arena, fpt_error *err);
/* Rows of `coverage`. */
fpt_status reader_write_coverage(struct reader *r, fpt_error *err);
fpt_status reader_emit(struct reader *r, struct prepared *p, fpt_error *err);

/* Checks: what a total row prints, what a record must fulfil, and the end. */
fpt_status reader_total_row(struct reader *r, fpt_error *err);
fpt_status reader_check_record(struct reader *r, fpt_error *err);
fpt_status reader_note_dates(struct reader *r);
fpt_status reader_finish_checks(struct reader *r, fpt_error *err);
void reader_add_sum(struct reader *r, int column, int64_t value);

#endif /* FPT_READ_I_H */
