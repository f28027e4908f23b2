/*
 * Running one scenario of a question over all its draws. Threads take rows in
 * turn; each writes the margins of its own rows, so that what is then summed, in
 * the order of the draws, does not depend on them.
 */
#include "odds_i.h"
#include "runner_i.h"

fpt_stress_question fpt_stress_question_default(const fpt_plan *plan)
{
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    return (fpt_stress_question){.plan = plan,
                                 .item = fpt_plan_items(plan, FPT_PLAN_ORG) - 1,
                                 .year = facts.years,
                                 .seed = facts.seed,
                                 .draws = 10000};
}

fpt_status fpti_target_metric(const fpt_stress_question *q, size_t *out,
                              fpt_error *err)
{
    *out = fpt_plan_metric_find(q->plan, fpti_judged_by(q->plan), q->item,
                                q->year);
    if (*out == SIZE_MAX || q->year < 1)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "the plan has no year %d or no organisation %zu to "
                        "look at",
                        q->year, q->item);
    return FPT_OK;
}

fpt_status fpti_runner_make(fpt_arena *arena,
                            const fpt_stress_question *question, fpti_runner *r,
                            fpt_error *err)
{
    if (question->draws < 1 || question->draws > UINT64_C(1) << 28)
        return fpt_fail(err, FPT_ERR_USAGE, "draws must be 1 to 2^28");
    const size_t rows = (question->draws + FPT_LANES - 1) / FPT_LANES;
    *r = (fpti_runner){.question = question,
                       .plan = question->plan,
                       .draws = question->draws,
                       .inputs = fpt_plan_facts_of(question->plan).inputs,
                       .rows = (uint32_t)rows,
                       .threads = question->threads != 0
                                      ? question->threads
                                      : fpt_parallel_processors()};
    FPT_TRY(fpti_target_metric(question, &r->metric, err));
    if (r->threads > 64) r->threads = 64;
    if (r->threads > rows) r->threads = (unsigned)rows;
    r->work = FPT_NEW(arena, fpt_plan_work *, r->threads);
    r->z = FPT_NEW(arena, double *, r->threads);
    r->error = FPT_NEW(arena, fpt_error, r->threads);
    r->margin = FPT_NEW(arena, double, rows *FPT_LANES);
    r->sorted = FPT_NEW(arena, double, rows *FPT_LANES);
    bool want[FPT_PLAN_METRIC_KINDS] = {false};
    want[fpti_judged_by(question->plan)] = true;
    bool enough = r->work != NULL && r->z != NULL && r->error != NULL &&
                  r->margin != NULL && r->sorted != NULL;
    for (unsigned t = 0; t < r->threads && enough; t++) {
        r->z[t] = FPT_NEW(arena, double, (r->inputs + 1) * FPT_LANES);
        enough = r->z[t] != NULL && fpt_plan_work_make(arena, question->plan,
                                                       &r->work[t]) == FPT_OK;
        /* One metric is read: the others need not be filled in. */
        if (enough) fpt_plan_work_want(r->work[t], want);
    }
    if (!enough)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to run the plan");
    return FPT_OK;
}

static fpt_status run_rows(size_t thread, void *context)
{
    fpti_runner *r = context;
    for (uint32_t row = (uint32_t)thread; row < r->rows; row += r->threads) {
        const double *metrics, *z = r->z[thread];
        if (r->given != NULL)
            z = r->given + (size_t)row * r->inputs * FPT_LANES;
        else
            fpt_plan_draw(r->plan, r->question->seed, row, r->z[thread]);
        FPT_TRY(fpt_plan_run(r->plan, r->scenario, r->question->seed, row, z,
                             r->work[thread], &metrics, &r->error[thread]));
        memcpy(r->margin + (size_t)row * FPT_LANES,
               metrics + r->metric * FPT_LANES, FPT_LANES * sizeof *r->margin);
    }
    return FPT_OK;
}

fpt_status fpti_runner_margins(fpti_runner *r,
                               const fpt_plan_scenario *scenario,
                               fpt_error *err)
{
    r->scenario = scenario;
    const fpt_status status = fpt_parallel(r->threads, r->threads, run_rows, r);
    for (unsigned t = 0; t < r->threads && status != FPT_OK; t++)
        if (r->error[t].text[0] != '\0' && err != NULL) *err = r->error[t];
    return status;
}

uint64_t fpti_runner_met(const fpti_runner *r)
{
    uint64_t met = 0;
    for (size_t i = 0; i < r->draws; i++)
        met += r->margin[i] >= 0.0;
    return met;
}

/* Without chance one future is as good as all of them, and certain. */
static fpt_status certain_outcome(fpti_runner *r,
                                  const fpt_plan_scenario *scenario,
                                  fpt_stress_outcome *out, fpt_error *err)
{
    const uint32_t rows = r->rows;
    r->rows = 1;
    const fpt_status status = fpti_runner_margins(r, scenario, err);
    r->rows = rows;
    FPT_TRY(status);
    const double margin = r->margin[0], met = margin >= 0.0 ? 1.0 : 0.0;
    *out = (fpt_stress_outcome){.met = {(uint64_t)met, 1, met, met, met, 0.0},
                                .mean = margin,
                                .p10 = margin,
                                .p90 = margin};
    return FPT_OK;
}

fpt_status fpti_runner_outcome(fpti_runner *r,
                               const fpt_plan_scenario *scenario,
                               fpt_stress_outcome *out, fpt_error *err)
{
    if (scenario->stated) return certain_outcome(r, scenario, out, err);
    FPT_TRY(fpti_runner_margins(r, scenario, err));
    const double n = (double)r->draws;
    fpt_sum square = {0};
    out->met = fpt_odds_of(fpti_runner_met(r), r->draws);
    out->mean = fpt_sum_of(r->draws, r->margin) / n;
    for (size_t i = 0; i < r->draws; i++)
        fpt_sum_add(&square,
                    (r->margin[i] - out->mean) * (r->margin[i] - out->mean));
    out->sd = n > 1.0 ? sqrt(fpt_sum_value(square) / (n - 1.0)) : 0.0;
    memcpy(r->sorted, r->margin, r->draws * sizeof *r->sorted);
    fpti_sort(r->draws, r->sorted);
    out->p10 = fpti_sorted_quantile(r->draws, r->sorted, 0.1);
    out->p90 = fpti_sorted_quantile(r->draws, r->sorted, 0.9);
    return FPT_OK;
}

fpt_status fpt_stress_outcome_of(fpt_arena scratch,
                                 const fpt_stress_question *question,
                                 const fpt_plan_scenario *scenario,
                                 fpt_stress_outcome *out, fpt_error *err)
{
    fpti_runner r;
    FPT_TRY(fpti_runner_make(&scratch, question, &r, err));
    return fpti_runner_outcome(&r, scenario, out, err);
}
