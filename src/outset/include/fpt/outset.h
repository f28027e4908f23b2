/**
 * @file outset.h
 * @brief A plan's first tables, from what is published of a place.
 *
 * What the workspace does not hold is never made up: it is written as an
 * assumption of the distribution `unknown`, which reading the plan reports line
 * by line until somebody fills it in.
 */
#ifndef FPT_OUTSET_H
#define FPT_OUTSET_H

#include "fpt/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_outset_activity {
    fpt_str pod, name;
    fpt_str pool; /**< of beds that it lies in; empty: none */
    fpt_indicator indicator;
} fpt_outset_activity;

/** A pack of packs/outsets. */
typedef struct fpt_outset_pack {
    fpt_str name, version, title, source;
    fpt_str tier;
    fpt_indicator residents;
    fpt_str dimension; /**< of ages */
    size_t bands;
    fpt_str *band; /**< "0-17", "85+" */
    size_t activities;
    fpt_outset_activity *activity;
    size_t beds;
    fpt_outset_activity *bed; /**< pod: the pool */
    size_t spendings;
    fpt_outset_activity *spending;
    size_t unknowns;
    fpt_str *unknown, *unknown_index, *unknown_notes; /**< growth of an index */
    fpt_str cost_index, income_index; /**< by which costs and income grow */
} fpt_outset_pack;

FPT_MUST_CHECK fpt_status fpt_outset_pack_open(fpt_arena *arena,
                                               const fpt_pack_path *packs,
                                               fpt_str name,
                                               fpt_outset_pack *out,
                                               fpt_error *err);

/** Of one provider: its number, and where it came from. */
typedef struct fpt_outset_part {
    fpt_str org, name;
    int64_t count, below; /**< below: the denominator, of beds */
} fpt_outset_part;

typedef struct fpt_outset_table {
    bool known;
    fpt_str why_not; /**< one sentence */
    size_t count;
    fpt_outset_part *part; /**< by code */
} fpt_outset_table;

/** What the workspace holds of a place in a financial year. */
typedef struct fpt_outset {
    fpt_str place, name;
    fpt_period year;
    const fpt_outset_pack *pack;
    bool has_residents;
    fpt_str residents_why_not;
    fpt_period residents_of;
    int64_t residents;
    int64_t *in_band; /**< [bands] */
    fpt_outset_table *activity, *bed;
    bool *has_spending;
    int64_t *spent; /**< [spendings] */
} fpt_outset;

/**
 * Gather it.
 *
 * Errors   FPT_ERR_NOT_FOUND: no table has anything of a place of that code in
 *          that year; else what measuring says. A series that is not loaded is
 *          no error: its table says why it is empty.
 */
FPT_MUST_CHECK fpt_status fpt_outset_gather(fpt_measure *measure,
                                            fpt_arena *arena,
                                            const fpt_outset_pack *pack,
                                            fpt_str place, fpt_period year,
                                            fpt_outset *out, fpt_error *err);

/** Write the plan's folder; *unknown: how many figures are to be filled in.
 *  Errors   FPT_ERR_EXISTS when there is anything at that path. */
FPT_MUST_CHECK fpt_status fpt_outset_write(fpt_arena scratch,
                                           const fpt_outset *outset,
                                           const char *folder, size_t *unknown,
                                           fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_OUTSET_H */
