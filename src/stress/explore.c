/*
 * One assumption at a time, and the ladder of scenarios. An assumption that is
 * set to a value leaves all others as they were drawn.
 */
#include "runner_i.h"

static bool is_used(const fpt_plan *plan, size_t assumption)
{
    return fpt_plan_input_at(plan, assumption).used;
}

/* ---- tornado ---- */

static fpt_status at_value(fpti_runner *r, size_t assumption, double value,
                           fpt_stress_outcome *out, fpt_error *err)
{
    const fpt_plan_override set = {assumption, value};
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.override_count = 1;
    scenario.override = &set;
    return fpti_runner_outcome(r, &scenario, out, err);
}

/* What history says of an assumption: its prediction's middle, or where that
 * is refused the mean of what was found. NaN without either. */
static double found_value(fpt_arena scratch, const fpt_plan *plan,
                          size_t assumption)
{
    fpt_stress_history h;
    if (fpt_stress_history_of(scratch, plan, assumption, &h) != FPT_OK)
        return (double)NAN;
    return h.known ? h.prediction.mean : h.found_mean;
}

static fpt_status tornado_row(fpti_runner *r, fpt_arena scratch,
                              fpt_tornado_row *row, fpt_error *err)
{
    const size_t k = row->assumption;
    const fpt_plan_assumption a = fpt_plan_assumption_at(r->plan, k);
    row->p10 = a.p10;
    row->p90 = a.p90;
    row->stated = a.stated;
    row->found = found_value(scratch, r->plan, k);
    FPT_TRY(at_value(r, k, row->p10, &row->at_p10, err));
    FPT_TRY(at_value(r, k, row->p90, &row->at_p90, err));
    FPT_TRY(at_value(r, k, row->stated, &row->at_stated, err));
    if (!isnan(row->found))
        FPT_TRY(at_value(r, k, row->found, &row->at_found, err));
    row->range = fabs(row->at_p90.mean - row->at_p10.mean);
    return FPT_OK;
}

/* Widest first; ties in the order of the file. */
static void order_rows(fpt_tornado_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const fpt_tornado_row held = rows[i];
        size_t at = i;
        for (; at > 0 && rows[at - 1].range < held.range; at--)
            rows[at] = rows[at - 1];
        rows[at] = held;
    }
}

fpt_status fpt_stress_tornado(fpt_arena *arena,
                              const fpt_stress_question *question,
                              fpt_tornado_row **rows, size_t *count,
                              fpt_stress_outcome *base, fpt_error *err)
{
    const size_t all = fpt_plan_facts_of(question->plan).assumptions;
    *rows = FPT_NEW(arena, fpt_tornado_row, all + 1);
    *count = 0;
    if (*rows == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a tornado");
    fpt_arena scratch = *arena;
    fpti_runner r;
    FPT_TRY(fpti_runner_make(&scratch, question, &r, err));
    const fpt_plan_scenario as_drawn = fpt_plan_scenario_default();
    FPT_TRY(fpti_runner_outcome(&r, &as_drawn, base, err));
    for (size_t k = 0; k < all; k++) {
        if (!is_used(question->plan, k)) continue;
        fpt_tornado_row *row = &(*rows)[(*count)++];
        row->assumption = k;
        FPT_TRY(tornado_row(&r, scratch, row, err));
    }
    order_rows(*rows, *count);
    return FPT_OK;
}

/* ---- ladder ---- */

fpt_status fpt_stress_ladder(fpt_arena scratch,
                             const fpt_stress_question *question,
                             fpt_ladder_rung *rung, fpt_error *err)
{
    const fpt_plan *plan = question->plan;
    const size_t all = fpt_plan_facts_of(plan).assumptions;
    fpt_plan_override *history = FPT_NEW(&scratch, fpt_plan_override, all + 1);
    fpti_runner r;
    if (history == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a ladder");
    FPT_TRY(fpti_runner_make(&scratch, question, &r, err));
    size_t known = 0;
    for (size_t k = 0; k < all; k++) {
        const double found = found_value(scratch, plan, k);
        if (isnan(found)) continue;
        history[known++] = (fpt_plan_override){k, found};
    }
    fpt_plan_scenario s[FPT_LADDER_RUNGS];
    static const char *const names[FPT_LADDER_RUNGS] = {
        "nothing is done",         "as the plan states it",
        "as it is believed",       "at what was found before",
        "without capital",         "the pay cap breaks",
        "social care falls short", "all of these at once"};
    for (int i = 0; i < FPT_LADDER_RUNGS; i++)
        s[i] = fpt_plan_scenario_default();
    s[0].no_schemes = s[0].no_savings = s[0].no_capital = s[0].no_flows = true;
    s[1].stated = true;
    s[3].override_count = known;
    s[3].override = history;
    s[4].no_capital = true;
    s[5].pay_break = true;
    s[6].care_short = true;
    s[7] = s[3];
    s[7].no_capital = s[7].pay_break = s[7].care_short = true;
    for (int i = 0; i < FPT_LADDER_RUNGS; i++) {
        rung[i].name = names[i];
        FPT_TRY(fpti_runner_outcome(&r, &s[i], &rung[i].outcome, err));
    }
    return FPT_OK;
}
