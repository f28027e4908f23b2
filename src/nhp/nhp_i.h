/* The inside of an imported model. */
#ifndef FPT_NHP_I_H
#define FPT_NHP_I_H

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "fpt/activity.h"
#include "fpt/io.h"
#include "fpt/lanes.h"
#include "fpt/nhp.h"
#include "fpt/num.h"

enum { FPTI_VARIANTS = 6, FPTI_PARTS = 12, FPTI_SPECIALTY_YEARS = 40 };

/* A number that a run draws, or knows. */
typedef struct fpti_input {
    enum { FPTI_CONSTANT, FPTI_INTERVAL, FPTI_BY_VARIANT } kind;
    double value;              /* of a constant */
    double low, high;          /* middle four fifths */
    double least, most, power; /* clipped, then raised */
    double of_variant[FPTI_VARIANTS];
    uint64_t stream;
} fpti_input;

/* A product of inputs: a growth factor, or a share kept. */
typedef struct fpti_product {
    uint32_t count;
    uint32_t input[FPTI_PARTS];
} fpti_product;

/* Things with a name, numbered as they come. */
#define FPTI_SET(T)                                                            \
    struct {                                                                   \
        fpt_intern names;                                                      \
        T *at;                                                                 \
        size_t capacity;                                                       \
    }

enum { FPTI_BY_MOST = 3 };

typedef struct fpti_output {
    fpt_str pod, site, measure, key;
    int64_t baseline;
} fpti_output;

typedef struct fpti_strategy {
    uint32_t row; /* of the table: number of the spell's name */
    uint32_t strategy;
    uint32_t rate;
} fpti_strategy;

typedef struct fpti_strategies {
    fpt_intern spells, names;
    fpti_strategy *at;
    size_t count, capacity;
    size_t *first; /* [spells + 1] once sorted */
} fpti_strategies;

struct fpt_nhp {
    fpt_arena *arena;
    fpt_report *report;
    const fpt_nhp_files *files;
    json_t *root; /* while reading */
    fpt_nhp_facts facts;
    bool runnable, no_memory;
    int variants;
    fpt_str variant_name[FPTI_VARIANTS];
    double variant_share[FPTI_VARIANTS];
    FPTI_SET(fpti_input) input;
    FPTI_SET(fpti_product) growth;
    FPTI_SET(fpti_product) factor;
    FPTI_SET(fpt_activity_effect) effect;
    FPTI_SET(fpt_activity_keys) keys;
    FPTI_SET(fpti_output) output;
    uint32_t *listed; /* outputs of keys */
    size_t listed_count, listed_capacity;
    fpt_activity_row *row;
    size_t row_count, row_capacity;
    size_t by_count; /* columns that results are broken down by */
    const char *by[FPTI_BY_MOST];
    fpt_intern level[3]; /* HRGs that are levelled up, zero-sum, down */
    fpti_strategies avoidance, efficiency;
    uint64_t *growth_stream;
    fpt_activity_model model;
};

/* ---- parameters.c ---- */
void fpti_nhp_parameters(fpt_nhp *n);
/* Input at a path of the parameters, FPT_INTERN_NONE where there is none. */
uint32_t fpti_nhp_input(fpt_nhp *n, size_t depth, const fpt_str *path);
uint32_t fpti_nhp_named(fpt_nhp *n, fpt_str name, const fpti_input *input);
/* The JSON at a path, or NULL. */
json_t *fpti_nhp_at(const fpt_nhp *n, size_t depth, const fpt_str *path);

/* ---- tables.c: CSV by column names ---- */
typedef struct fpti_reader {
    fpt_nhp *n;
    const char *table;
    const char *const *column;
    size_t columns;
    fpt_str *cell; /* [columns] of this record; empty if absent */
    int64_t line;
    /* Called for each record. */
    void (*row)(struct fpti_reader *r, void *context);
    void *context;
    fpt_str *header; /* set before the first record */
    fpt_str *all;    /* every cell of the record, in the file's order */
    size_t all_count;
    bool list_unused; /* columns that nobody asked for */
} fpti_reader;
/* True when the table was there; *err for failures. */
fpt_status fpti_nhp_table(fpti_reader *r, size_t required, bool *there,
                          fpt_error *err);
void fpti_nhp_fault(fpti_reader *r, const char *code, const char *column,
                    fpt_str text);
bool fpti_nhp_number(fpti_reader *r, size_t column, double least, double most,
                     double *out);
bool fpti_nhp_yes(fpti_reader *r, size_t column);

/* ---- unused.c: what changes nothing, as notes ---- */
void fpti_nhp_unused_columns(fpti_reader *r);
void fpti_nhp_unused_parameters(fpt_nhp *n);

/* ---- model.c: numbered things ---- */
uint32_t fpti_nhp_growth(fpt_nhp *n, const fpti_product *product);
uint32_t fpti_nhp_factor(fpt_nhp *n, const fpti_product *product);
void fpti_nhp_part(fpti_product *product, uint32_t input);
uint32_t fpti_nhp_output(fpt_nhp *n, fpt_str pod, fpt_str site,
                         const char *measure, fpt_str key, int64_t baseline);
uint32_t fpti_nhp_effect(fpt_nhp *n, const fpt_activity_effect *effect);
uint32_t fpti_nhp_keys(fpt_nhp *n, fpt_str name, size_t events, size_t days,
                       const uint32_t *output, const uint32_t *converted);
void fpti_nhp_row(fpt_nhp *n, uint32_t growth, uint32_t keys, uint32_t effect,
                  double count, uint16_t stay);
/* Put the model together. */
fpt_status fpti_nhp_model(fpt_nhp *n, fpt_error *err);

/* ---- rows.c ---- */
fpt_status fpti_nhp_rows(fpt_nhp *n, fpt_error *err);

bool fpti_nhp_enough(fpt_nhp *n, const void *made);

#endif /* FPT_NHP_I_H */
