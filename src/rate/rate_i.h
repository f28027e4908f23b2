/* Shared inside rate only. */
#ifndef FPT_RATE_I_H
#define FPT_RATE_I_H

#include "fpt/rating.h"
#include "fpt/workspace.h"

static inline fpt_status fpti_no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to rate");
}

/* ---- reading a pack ---- */

/* A framework while it is read: groups by the names that the file has. */
typedef struct fpti_draft {
    fpt_arena *arena;
    const fpt_pack_path *packs;
    fpt_framework framework;
    fpt_yaml *yaml;
    fpt_yaml **item_yaml, **node_yaml; /* where each was read, for messages */
    fpt_str *node_parent;              /* ids */
} fpti_draft;

fpt_status fpti_read_from(fpti_draft *d, fpt_yaml *yaml, const char *key,
                          size_t *count, fpt_value_from **out, fpt_error *err);
fpt_status fpti_read_grade(fpt_yaml *yaml, const char *key, fpt_grade otherwise,
                           fpt_grade *out, fpt_error *err);
fpt_status fpti_read_items(fpti_draft *d, fpt_error *err);
fpt_status fpti_read_nodes(fpti_draft *d, fpt_error *err);
fpt_status fpti_read_gates(fpti_draft *d, fpt_error *err);
fpt_status fpti_read_pattern(fpti_draft *d, fpt_error *err);
/* What can only be seen when all is read. */
fpt_status fpti_check_framework(fpti_draft *d, fpt_error *err);
/* Cases beside the pack whose results must come out. */
fpt_status fpti_check_expected(fpti_draft *d, fpt_error *err);

/* Is a group the ancestor itself, or within it? */
bool fpti_is_below(const fpt_framework *f, size_t node, size_t ancestor);

/* Arrays of a judgement, from an arena. */
bool fpti_output_make(fpt_arena *arena, const fpt_league *rules, size_t places,
                      fpt_league_output *out);

/* ---- what a handle keeps ---- */

/* All figures of one published series, by period, then code. */
typedef struct fpti_series {
    fpt_str name;
    bool loaded;
    int decimals;
    size_t count;
    const fpt_figure *figure;
    size_t loads;
    const int64_t *load;
    struct fpti_series *next;
} fpti_series;

typedef struct fpti_judgement {
    fpt_str framework, item, place, author, because;
    fpt_period period;
    double value;
    fpt_date on;
    int64_t entry;
} fpti_judgement;

struct fpt_rate {
    fpt_arena arena;
    fpt_store *warehouse, *ledger;
    fpt_registry *registry;
    const fpt_tiers *tiers;
    const fpt_pack_path *packs;
    fpt_measure *measure;
    fpti_series *series;
    size_t judgements;
    fpti_judgement *judgement;
};

fpt_status fpti_series_get(fpt_rate *rate, fpt_str name,
                           const fpti_series **out, fpt_error *err);
fpt_status fpti_judgements_read(fpt_rate *rate, fpt_error *err);

/* ---- one period ---- */

/* The places judged, by group and code. */
typedef struct fpti_places {
    size_t count;
    fpt_str *code, *name, *group;
    fpt_body *body;
    fpt_intern index; /* of codes; number is not the place's */
    size_t *place;    /* by number in `index`: the place */
} fpti_places;

size_t fpti_place_of(const fpti_places *places, fpt_str code);

/* One item's values, by place. */
typedef struct fpti_column {
    double *value; /* that is scored; NaN: none */
    double *shown; /* that is printed: also what is suspect */
    double *lower, *upper;
    double *top, *bottom; /* numerator and denominator; NaN: none */
    fpt_rating_state *state;
    fpt_str *text;     /* of a place: what is odd about it */
    fpt_str from;      /* empty: nothing has data */
    double nation;     /* of the same figure; NaN: none */
    double multiplier; /* value = top / bottom * multiplier */
    bool is_proportion, is_rate;
    fpt_period period; /* of the figures */
    /* Of trajectories, else NULL: 1 on course ... 3 off, 0 not known. */
    int *course;
    double *chance;
} fpti_column;

typedef struct fpti_case {
    fpt_rate *rate;
    fpt_arena *arena;
    const fpt_rate_ask *ask;
    const fpt_framework *framework;
    fpt_period period;
    fpt_date on; /* day of the footprints */
    fpti_places places;
    fpti_column *item, *beside;
    double *published;                /* scores of items, [items * places] */
    double *flag;                     /* [flags * places] */
    double *node_score, *node_rank;   /* published, [nodes * places] */
    int *node_category, *node_before; /* before_rules; 0: none */
    fpt_league rules;
} fpti_case;

fpt_status fpti_find_places(fpti_case *c, fpt_error *err);
bool fpti_column_make(fpt_arena *arena, size_t places, fpti_column *out);
/* One source's figures into a column; *any tells whether there were any. id is
 * the item's or the flag's; item is NULL for a flag. */
fpt_status fpti_fill(fpti_case *c, fpt_str id, const fpt_framework_item *item,
                     const fpt_value_from *from, fpti_column *column, bool *any,
                     fpt_error *err);
fpt_status fpti_fill_members(fpti_case *c, const fpt_value_from *from,
                             fpti_column *column, bool *any, fpt_error *err);
/* A trajectory's number, its limits and whether a place is on course. */
fpt_status fpti_fill_trajectory(fpti_case *c, const fpt_framework_item *item,
                                fpti_column *column, fpt_error *err);
fpt_period fpti_target_period(const fpt_framework *f,
                              const fpt_framework_item *item);
fpt_status fpti_find_values(fpti_case *c, fpt_error *err);
/* Rows of one group of places, [first, first + count) of the case's. */
fpt_status fpti_rows(fpti_case *c, size_t first, size_t count,
                     const fpt_league_input *in, const fpt_league_output *out,
                     fpt_rating *rows, fpt_error *err);

/* Chances of categories, gathered over groups of places and periods. */
typedef struct fpti_chances {
    fpt_rating_chance *list;
    size_t count, capacity;
} fpti_chances;

/* Intervals and chances onto the rows of one group of places. */
fpt_status fpti_doubts(fpti_case *c, size_t first, const fpt_league_input *in,
                       size_t count, fpt_rating *rows, fpti_chances *chances,
                       fpt_error *err);

#endif /* FPT_RATE_I_H */
