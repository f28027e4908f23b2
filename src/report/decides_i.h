/* Shared by the files that find what decides a plan. */
#ifndef FPT_DECIDES_I_H
#define FPT_DECIDES_I_H

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "fpt/num.h"
#include "fpt/plan_decides.h"

typedef struct fpti_decider {
    fpt_arena *arena;
    const fpt_stress_question *question;
    const fpt_log *log; /* or NULL */
    fpt_report_decides *out;
} fpti_decider;

/* A response whose runs are counted. */
typedef struct fpti_watched {
    fpt_stress_response *stress;
    fpt_response inner, response;
    size_t groups;
    const uint32_t *group;
    const fpt_str *name;
    const fpt_log *log;
    const char *what;
    uint64_t done, total; /* blocks of runs */
} fpti_watched;

fpt_status fpti_watch(fpti_decider *d, bool dependent, bool misses,
                      const char *what, fpti_watched *out, fpt_error *err);
void fpti_watch_end(const fpti_watched *w);
fpt_status fpti_answer(fpti_watched *w, fpt_status status,
                       fpt_report_answer *answer, const char *refused,
                       fpt_error *err);
/* The name of a group: all assumptions of a block. */
fpt_str fpti_share_name(fpti_decider *d, const fpti_watched *w, size_t group);

/* decides_shares.c */
fpt_status fpti_decide_sobol(fpti_decider *d, fpt_error *err);
fpt_status fpti_decide_shapley(fpti_decider *d, fpt_error *err);
/* decides_sample.c */
fpt_status fpti_decide_sample(fpti_decider *d, const fpt_report_parts *parts,
                              fpt_error *err);
/* decides_ways.c */
fpt_status fpti_decide_ways(fpti_decider *d, fpt_error *err);
fpt_status fpti_decide_hindcast(fpti_decider *d, fpt_error *err);

#endif /* FPT_DECIDES_I_H */
