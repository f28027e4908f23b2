/* A target's margin in every draw of a question, under one scenario after the
 * other: work space is made once. */
#ifndef FPT_RUNNER_I_H
#define FPT_RUNNER_I_H

#include "stress_i.h"

typedef struct fpti_runner {
    const fpt_stress_question *question;
    const fpt_plan *plan;
    size_t draws, metric, inputs;
    uint32_t rows;
    unsigned threads;
    fpt_plan_work **work; /* one a thread */
    double **z;
    fpt_error *error;
    double *margin; /* [rows * FPT_LANES] */
    double *sorted; /* work space of the same size */

    /* Scores of all draws, [rows][inputs * FPT_LANES]; NULL: the plan's own. */
    const double *given;
    const fpt_plan_scenario *scenario;
} fpti_runner;

fpt_status fpti_runner_make(fpt_arena *arena,
                            const fpt_stress_question *question,
                            fpti_runner *out, fpt_error *err);

/* Fill runner->margin. */
fpt_status fpti_runner_margins(fpti_runner *runner,
                               const fpt_plan_scenario *scenario,
                               fpt_error *err);

/* The same, summed up. */
fpt_status fpti_runner_outcome(fpti_runner *runner,
                               const fpt_plan_scenario *scenario,
                               fpt_stress_outcome *out, fpt_error *err);

/* How many of the margins meet. */
uint64_t fpti_runner_met(const fpti_runner *runner);

/* The target's metric, or FPT_ERR_USAGE. */
fpt_status fpti_target_metric(const fpt_stress_question *question, size_t *out,
                              fpt_error *err);

#endif /* FPT_RUNNER_I_H */
