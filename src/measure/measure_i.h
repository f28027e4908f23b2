/* Shared inside measure only. */
#ifndef FPT_MEASURE_I_H
#define FPT_MEASURE_I_H

#include "fpt/measure.h"

/* ---- attribution packs ---- */

typedef enum fpti_follow { FPTI_FOLLOW_NONE, FPTI_FOLLOW_FIRST } fpti_follow;

typedef struct fpti_step {
    int step;
    fpt_str title, source, relation;
    fpt_str kind;    /* kind of the area that the relation names */
    bool as_vintage; /* the area is that of the register's day, not of the
                         activity's */
    fpti_follow follow;
} fpti_step;

typedef struct fpti_attribution {
    fpt_str name, version, title;
    fpt_period covers;
    size_t steps;
    fpti_step *step;
    fpt_attribution_step *about;
} fpti_attribution;

fpt_status fpti_attribution_list(fpt_arena *arena, const fpt_pack_path *packs,
                                 size_t *count, fpti_attribution **out,
                                 fpt_error *err);

/* Where a code is: an area of a kind on a day, in a share. */
typedef struct fpti_spot {
    fpt_body area;
    fpt_str kind;
    fpt_date on;
    int64_t share;
} fpti_spot;

enum { FPTI_SPOTS = 64 };

typedef struct fpti_spots {
    size_t count;
    fpti_spot spot[FPTI_SPOTS];
    int step; /* 0: not by attribution */
    const char *how;
    fpt_body via;
} fpti_spots;

/* No place yet; room for many is not filled, as nearly all have one. */
static inline void fpti_nowhere(fpti_spots *out, const char *how)
{
    out->count = 0;
    out->step = 0;
    out->how = how;
    out->via.id = FPT_NOBODY;
}

/* ---- what is loaded ---- */

/* A file that speaks of a series and a period. */
typedef struct fpti_candidate {
    fpt_period period;
    int64_t load;
    uint32_t source; /* the same number: the same source */
    bool by_place;
    int rank;      /* 0: does not count; else higher wins */
    uint32_t slot; /* of its period, where it counts */
} fpti_candidate;

enum { FPTI_FIRST_RANK = 1000 };

/* A series, and in order of period, the last published first, who speaks of it. */
typedef struct fpti_loaded {
    fpt_str name;
    int64_t number;
    int decimals;
    size_t candidates;
    fpti_candidate *candidate;
    size_t counting; /* how many of them count */
    size_t periods;
    fpt_period *period; /* that there are numbers for, in order */
    size_t loads;
    int64_t *load; /* that count */
} fpti_loaded;

/* ---- numbers, as they lie in the warehouse ---- */

typedef struct fpti_number {
    uint32_t place; /* index into fpt_measure.place */
    fpt_period period;
    uint32_t slot;                        /* of its period, as loaded */
    int64_t value;                        /* sum, or count of places */
    int64_t missing, suppressed, suspect; /* how many of its parts */
} fpti_number;

/* One series under one filter; sorted by place, then period. */
typedef struct fpti_numbers {
    fpt_str sql; /* that they answer */
    const fpti_loaded *loaded;
    size_t count;
    fpti_number *number;
    /* Those of slot s: number[by_slot[i]], first[s] <= i < first[s + 1]. */
    uint32_t *by_slot, *first;
    struct fpti_numbers *next;
} fpti_numbers;

struct fpt_measure {
    fpt_arena arena;
    fpt_store *warehouse;
    fpt_registry *registry;
    const fpt_tiers *tiers;
    size_t attributions;
    fpti_attribution *attribution;
    size_t places; /* of numbers, by the warehouse's own number */
    fpt_str *place;
    fpt_body *body;           /* of each */
    uint32_t *place_in_order; /* of each, by code; NULL until it is asked for */
    size_t loaded_count;
    fpti_loaded *loaded;
    struct fpti_kept_target {
        const fpt_partition *partition;
        size_t *rank, *atom_area;
        struct fpti_kept_target *next;
    } * targets;
    fpti_numbers *numbers;
    struct fpti_kept_sum {
        const fpti_numbers *numbers;
        const fpt_partition *partition;
        fpt_period period;                               /* of the numbers */
        int64_t *value, *missing, *suppressed, *suspect; /* by area */
        bool *seen;
        struct fpti_kept_sum *next;
    } * sums;
};

/* All series that are loaded, when measure is opened. */
fpt_status fpti_loaded_read(fpt_measure *m, fpt_error *err);
fpt_status fpti_loaded_get(const fpt_measure *m, fpt_str series,
                           const fpti_loaded **out, fpt_error *err);

fpt_status fpti_numbers_get(fpt_measure *m, const fpt_term *term,
                            const fpti_numbers **out, fpt_error *err);

/* As fpt_measure_parts(); code: of the one figure whose parts are wanted, or
 * empty. */
fpt_status fpti_parts(fpt_measure *m, fpt_arena *arena,
                      const fpt_measure_ask *ask, fpt_str code, size_t most,
                      size_t *figures, fpt_figure **figure, size_t *count,
                      fpt_contribution **out, fpt_error *err);

/* Where a place is, for activity of a day that is to be shown on footprints of
 * another. */
fpt_status fpti_locate(fpt_measure *m, fpt_body exact, fpt_date on,
                       fpt_date target, bool attributed, int most_step,
                       fpti_spots *out, fpt_error *err);

/* ---- the target: areas of a tier on a day ---- */

typedef struct fpti_share {
    size_t area; /* index into the target's areas; areas: unassigned */
    int64_t weight;
} fpti_share;

typedef struct fpti_target {
    fpt_str tier, kind;
    fpt_date on;
    bool nation, organisation;
    const fpt_partition *partition;
    size_t areas;
    const fpt_body *area;
    const size_t *rank;      /* by body id: index of the area, or SIZE_MAX */
    const size_t *atom_area; /* by body id of an atom: likewise */
} fpti_target;

fpt_status fpti_target_open(fpt_measure *m, fpt_str tier, fpt_date on,
                            fpti_target *out, fpt_error *err);

/* The shares of a place in the target's areas. */
fpt_status fpti_shares(fpt_measure *m, fpt_arena *arena,
                       const fpti_target *target, uint32_t place, fpt_date on,
                       bool attributed, int most_step, size_t *count,
                       fpti_share **out, fpti_spots *spots, fpt_error *err);

/* Periods for which an indicator can be computed, of the grains asked for. */
fpt_status fpti_periods(fpt_measure *m, fpt_arena *arena,
                        const fpt_measure_ask *ask, size_t *count,
                        fpt_period **out, fpt_error *err);

/* Does the number belong to the period, by the term's rule? */
bool fpti_term_takes(const fpt_term *term, const fpti_loaded *loaded,
                     fpt_period period, fpt_period of);
/* Which of the periods of a series a term takes for one of its own. */
typedef struct fpti_taken {
    bool *slot;
    size_t count, last; /* how many; the last of them */
} fpti_taken;
bool fpti_take(fpt_arena *arena, const fpt_term *term,
               const fpti_loaded *loaded, fpt_period of, fpti_taken *out);
/* Of a place's numbers that are for parts of one period none may lie within
 * another: where a year is published beside its months, the year counts. Numbers
 * lie in order of the first day, then of the last. */
bool fpti_is_within(const fpti_numbers *numbers, const fpti_taken *taken,
                    size_t i, int32_t *until);

/* Told of each part of each number as it is added to an area (the index is the
 * target's; of organisations the place's). */
typedef fpt_status (*fpti_tell)(void *context, const fpt_term *term, bool top,
                                uint32_t place, int64_t whole, int64_t part,
                                size_t area, const fpti_spots *spots,
                                fpt_error *err);
fpt_status fpti_run(fpt_measure *m, fpt_arena *arena,
                    const fpt_measure_ask *ask, fpti_tell tell, void *context,
                    size_t *count, fpt_figure **out, fpt_error *err);

/* A figure's value, limits and status from its parts. */
void fpti_finish(const fpt_indicator *indicator, const fpt_level *level,
                 fpt_figure *figure);

#endif /* FPT_MEASURE_I_H */
