/* The inside of a stress test's counts. */
#ifndef FPT_ODDS_I_H
#define FPT_ODDS_I_H

#include "tally_i.h"

enum { FPTI_SHARDS_MOST = 4096 };
#define FPTI_ZERO SIZE_MAX
#define FPTI_DRAWS_MOST (UINT64_C(1) << 33)

typedef struct fpti_met {
    uint64_t system, all, system_not_all;
} fpti_met;

struct fpt_stress {
    fpt_arena *arena;
    const fpt_plan *plan;
    char digest[65];
    int years;
    uint64_t draws, seed, drawn;
    fpt_plan_noise noise;
    uint32_t shards;
    bool in[FPTI_SHARDS_MOST];
    size_t count;
    size_t *metric;
    fpt_tally **tally;
    size_t *twin; /* the tally with the same values, itself, or FPTI_ZERO */
    fpti_met met[FPT_PLAN_YEARS_MOST + 2];
    uint64_t first_miss[FPT_PLAN_YEARS_MOST + 3];
};

fpt_status fpti_stress_make(fpt_arena *arena, const fpt_plan *plan,
                            fpt_stress **out);
fpt_plan_metric_kind fpti_judged_by(const fpt_plan *plan);

#endif /* FPT_ODDS_I_H */
