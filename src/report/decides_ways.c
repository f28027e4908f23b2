/*
 * The least unlikely way to miss, in the units of the assumptions; and what was
 * foretold against what came.
 */
#include "decides_i.h"

/* ---- ways to miss ---- */

static void order_inputs(fpt_report_way *w)
{
    for (size_t i = 1; i < w->count; i++) {
        const fpt_report_at held = w->at[i];
        size_t at = i;
        for (; at > 0 && w->at[at - 1].weight < held.weight; at--)
            w->at[at] = w->at[at - 1];
        w->at[at] = held;
    }
}

static fpt_status tell_way(fpti_decider *d, const fpti_watched *w,
                           const fpt_design_point *point, fpt_report_way *out,
                           fpt_error *err)
{
    const fpt_plan *plan = d->question->plan;
    const size_t assumptions = fpt_plan_facts_of(plan).assumptions;
    const size_t *input = fpt_stress_response_inputs(w->stress);
    double *value = FPT_NEW(d->arena, double, assumptions + 1);
    out->at = FPT_NEW(d->arena, fpt_report_at, w->response.count + 1);
    if (value == NULL || out->at == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a way to miss");
    out->beta = point->beta;
    out->chance = point->chance;
    out->count = w->response.count;
    fpt_stress_point_values(w->stress, point->z, value);
    for (size_t i = 0; i < out->count; i++) {
        fpt_report_at *at = &out->at[i];
        *at = (fpt_report_at){.name = fpt_plan_input_at(plan, input[i]).name,
                              .has_value = input[i] < assumptions,
                              .value = (double)NAN,
                              .stated = (double)NAN,
                              .score = point->z[i],
                              .weight = point->weight[i]};
        if (!at->has_value) continue;
        at->value = value[input[i]];
        at->stated = fpt_plan_assumption_at(plan, input[i]).stated;
    }
    order_inputs(out);
    return FPT_OK;
}

fpt_status fpti_decide_ways(fpti_decider *d, fpt_error *err)
{
    fpt_report_ways *ways = &d->out->ways;
    fpti_watched w;
    fpt_design_point point[FPT_FORM_POINTS];
    size_t found = 0;
    ways->answer.asked = true;
    ways->ratio = (double)NAN;
    FPT_TRY(
        fpti_watch(d, false, false, "the least unlikely way to miss", &w, err));
    w.total = 200;
    fpt_status status =
        w.response.count == 0
            ? FPT_ERR_RANGE
            : fpt_form(d->arena, &w.response, d->question->seed, point, &found);
    if (status == FPT_OK && found == 0) status = FPT_ERR_RANGE;
    FPT_TRY(fpti_answer(&w, status, &ways->answer,
                        "within six standard deviations of the middle the "
                        "margin keeps its sign",
                        err));
    if (!ways->answer.known) return FPT_OK;
    for (size_t i = 0; i < found; i++)
        FPT_TRY(tell_way(d, &w, &point[i], &ways->way[i], err));
    ways->count = found;
    if (ways->missed.events > 0)
        ways->ratio = point[0].chance / ways->missed.value;
    ways->linear_enough = ways->ratio >= 0.5 && ways->ratio <= 2.0;
    return FPT_OK;
}

/* ---- hindcast ---- */

fpt_status fpti_decide_hindcast(fpti_decider *d, fpt_error *err)
{
    fpt_report_hindcast *h = &d->out->hindcast;
    fpt_stress_question q = *d->question;
    h->series.asked = h->plan.asked = true;
    const fpt_status status = fpt_stress_hindcast(
        *d->arena, q.plan, FPT_REPORT_HORIZON, h->ahead, &h->series.why_not);
    h->series.known = status == FPT_OK;
    if (status != FPT_OK && status != FPT_ERR_REFUSED) {
        if (err != NULL) *err = h->series.why_not;
        return status;
    }
    if (q.draws > FPT_STRESS_ROWS_MOST) q.draws = FPT_STRESS_ROWS_MOST;
    FPT_TRY(fpt_stress_foretold_of(d->arena, &q, &h->foretold, &h->count, err));
    h->plan.known = h->count > 0;
    uint64_t inside = 0;
    for (size_t i = 0; i < h->count; i++)
        inside += h->foretold[i].inside_80;
    h->coverage = fpt_odds_of(inside, h->count);
    if (!h->plan.known)
        (void)fpt_fail(&h->plan.why_not, FPT_ERR_REFUSED,
                       "actuals.csv has no figure of a planned year whose "
                       "series is a measure and an item, as in \"margin "
                       "EAST\"");
    return FPT_OK;
}
