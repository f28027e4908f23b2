/*
 * Assumptions by what they do, schemes by what they are credited with, and
 * organisations by the form of their contracts.
 */
#include "report_i.h"

enum { SEARCH_DRAWS = 512 };

static double pounds(double pence)
{
    return fpt_plan_in_units(FPT_PLAN_PENCE, pence);
}

static double mean_error(const fpti_gather *g, const fpt_stress_outcome *o)
{
    return pounds(o->sd) / sqrt((double)g->question.draws);
}

static fpt_status about(fpti_gather *g, size_t k, fpt_report_assumption *out)
{
    *out = (fpt_report_assumption){.about = fpt_plan_assumption_at(g->plan, k),
                                   .used = fpt_plan_input_at(g->plan, k).used,
                                   .at_p10 = (double)NAN,
                                   .at_p90 = (double)NAN,
                                   .at_stated = (double)NAN,
                                   .at_found = (double)NAN};
    return fpt_stress_history_of(*g->arena, g->plan, k, &out->history);
}

fpt_status fpti_gather_assumptions(fpti_gather *g, fpt_error *err)
{
    fpt_plan_results *r = g->out;
    const size_t all = r->facts.assumptions;
    fpt_tornado_row *rows;
    fpt_stress_outcome base;
    size_t count;
    r->assumption = FPT_NEW(g->arena, fpt_report_assumption, all + 1);
    bool *done = FPT_NEW(g->arena, bool, all + 1);
    if (r->assumption == NULL || done == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    /* Each bisection runs the plan some twenty times. */
    fpt_stress_question few = g->question;
    if (few.draws > SEARCH_DRAWS) few.draws = SEARCH_DRAWS;
    FPT_TRY(
        fpt_stress_tornado(g->arena, &g->question, &rows, &count, &base, err));
    for (size_t i = 0; i < count; i++) {
        fpt_report_assumption *a = &r->assumption[r->assumption_count++];
        FPT_TRY(about(g, rows[i].assumption, a));
        done[rows[i].assumption] = true;
        a->at_p10 = pounds(rows[i].at_p10.mean);
        a->at_p90 = pounds(rows[i].at_p90.mean);
        a->error_p10 = mean_error(g, &rows[i].at_p10);
        a->error_p90 = mean_error(g, &rows[i].at_p90);
        a->at_stated = pounds(rows[i].at_stated.mean);
        if (!isnan(rows[i].found)) a->at_found = pounds(rows[i].at_found.mean);
        a->odds_p10 = rows[i].at_p10.met;
        a->odds_p90 = rows[i].at_p90.met;
        a->has_even = i < g->most_even;
        if (a->has_even)
            FPT_TRY(fpt_stress_break_even(*g->arena, &few, rows[i].assumption,
                                          &a->even, err));
    }
    for (size_t k = 0; k < all; k++)
        if (!done[k])
            FPT_TRY(about(g, k, &r->assumption[r->assumption_count++]));
    return FPT_OK;
}

/* ---- the ledger: overlaps, and claims by party ---- */

static fpt_status gather_overlaps(fpti_gather *g, const fpt_plan_work *work,
                                  fpt_error *err)
{
    fpt_plan_results *r = g->out;
    fpt_plan_overlap_set *set;
    if (fpt_plan_overlap_sets(g->arena, work, 0, &set, &r->overlap_count) !=
        FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    r->overlap = FPT_NEW(g->arena, fpt_report_overlap, r->overlap_count + 1);
    if (r->overlap == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    for (size_t i = 0; i < r->overlap_count; i++) {
        fpt_strbuf names = fpt_strbuf_make(g->arena);
        for (size_t k = 0; k < set[i].count; k++) {
            if (k > 0) fpt_strbuf_add(&names, FPT_STR(", "));
            fpt_strbuf_add(&names, fpt_plan_item_name(g->plan, FPT_PLAN_SCHEME,
                                                      set[i].member[k].scheme));
        }
        if (names.failed)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
        r->overlap[i] = (fpt_report_overlap){fpt_strbuf_view(&names), set[i]};
    }
    return FPT_OK;
}

/* A netted claim is kept and shown; the saving counts once, at the cost that is
 * avoided. */
static fpt_status gather_claims(fpti_gather *g, const double *metrics,
                                fpt_error *err)
{
    fpt_plan_results *r = g->out;
    r->claim_count = fpt_plan_claim_count(g->plan);
    r->claim = FPT_NEW(g->arena, fpt_report_claim, r->claim_count + 1);
    if (r->claim == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    for (size_t i = 0; i < r->claim_count; i++) {
        fpt_report_claim *c = &r->claim[i];
        char year[16];
        c->about = fpt_plan_claim_at(g->plan, i);
        c->scheme =
            fpt_plan_item_name(g->plan, FPT_PLAN_SCHEME, c->about.scheme);
        c->year =
            fpt_str_keep(g->arena, fpt_plan_year(g->plan, c->about.year, year));
        c->claimed = pounds((double)c->about.pence);
        const bool nets = c->about.nets_with.len > 0;
        const size_t at =
            fpt_plan_metric_find(g->plan, FPT_PLAN_METRIC_SCHEME_VALUE,
                                 c->about.scheme, c->about.year);
        c->netted = nets ? c->claimed : 0.0;
        c->worth = nets || at == SIZE_MAX ? (double)NAN
                                          : pounds(metrics[at * FPT_LANES]);
    }
    return FPT_OK;
}

/* ---- schemes, as stated, in the last year ---- */

fpt_status fpti_gather_schemes(fpti_gather *g, fpt_error *err)
{
    fpt_plan_results *r = g->out;
    const fpt_plan *plan = g->plan;
    const int year = r->facts.years;
    const double *metrics;
    fpt_plan_work *work;
    fpt_plan_scenario s = fpt_plan_scenario_default();
    double *z = FPT_NEW(g->arena, double, (r->facts.inputs + 1) * FPT_LANES);
    r->scheme_count = fpt_plan_items(plan, FPT_PLAN_SCHEME);
    r->scheme = FPT_NEW(g->arena, fpt_report_scheme, r->scheme_count + 1);
    if (z == NULL || r->scheme == NULL ||
        fpt_plan_work_make(g->arena, plan, &work) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    fpt_plan_work_steps(work, true);
    s.stated = true;
    FPT_TRY(fpt_plan_run(plan, &s, r->seed, 0, z, work, &metrics, err));
    for (size_t k = 0; k < r->scheme_count; k++) {
        static const fpt_plan_metric_kind kinds[4] = {
            FPT_PLAN_METRIC_AVOIDED, FPT_PLAN_METRIC_SAVED_DAYS,
            FPT_PLAN_METRIC_SCHEME_COST, FPT_PLAN_METRIC_SCHEME_VALUE};
        const fpt_plan_overlap o = fpt_plan_overlap_of(work, k, 0);
        double value[4];
        for (int i = 0; i < 4; i++) {
            const size_t at = fpt_plan_metric_find(plan, kinds[i], k, year);
            value[i] = fpt_plan_in_units(fpt_plan_metric_at(plan, at).unit,
                                         metrics[at * FPT_LANES]);
        }
        r->scheme[k] = (fpt_report_scheme){
            .name = fpt_plan_item_name(plan, FPT_PLAN_SCHEME, k),
            .claimed = o.claimed,
            .credited = o.credited,
            .avoided = value[0],
            .days_saved = value[1],
            .cost = value[2],
            .value = value[3]};
    }
    FPT_TRY(gather_overlaps(g, work, err));
    return gather_claims(g, metrics, err);
}

/* ---- who wins and loses ---- */

fpt_status fpti_gather_winners(fpti_gather *g, fpt_error *err)
{
    fpt_plan_results *r = g->out;
    if (r->facts.contracts == 0 || !r->facts.has_activity) return FPT_OK;
    fpt_plan *by_activity, *block;
    fpt_stress_change *change;
    size_t count;
    FPT_TRY(
        fpti_read_plan(g, FPT_PLAN_CONTRACTS_BY_ACTIVITY, &by_activity, err));
    FPT_TRY(fpti_read_plan(g, FPT_PLAN_CONTRACTS_BLOCK, &block, err));
    FPT_TRY(fpt_stress_compare(g->arena, by_activity, block, &g->stress,
                               &change, &count, err));
    r->winner = FPT_NEW(g->arena, fpt_report_winner,
                        fpt_plan_items(g->plan, FPT_PLAN_ORG) + 1);
    if (r->winner == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    for (size_t i = 0; i < count; i++) {
        const fpt_plan_metric m =
            fpt_plan_metric_at(by_activity, change[i].metric);
        if (m.kind != FPT_PLAN_METRIC_POSITION || m.year != r->facts.years)
            continue;
        r->winner[r->winner_count++] =
            (fpt_report_winner){.org = m.name,
                                .by_activity = pounds(change[i].first.mean),
                                .by_block = pounds(change[i].second.mean),
                                .change = pounds(change[i].change.mean),
                                .p10 = pounds(change[i].change.p10),
                                .p90 = pounds(change[i].change.p90),
                                .gains_by_block = change[i].higher};
    }
    return FPT_OK;
}
