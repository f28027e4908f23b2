/*
 * Staff: what activity and beds ask for, who is in post, who fills the gap, and
 * what is left unfilled. What nobody does closes activity in the next year.
 */
#include "run_i.h"

static void demand(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    memset(w->need, 0, plan->staff.count * FPT_LANES * sizeof *w->need);
    /* Volumes first: a row for each line of staffing.csv. */
    fpt_lanes_apply(w->level, &c->staffing, w->stack, w->volume);
    for (size_t k = 0; k < plan->staffing.count; k++) {
        const fpti_staffing *s = &plan->staffing.at[k];
        const double *volume = fpti_rows(w->volume, k);
        const double *minutes = fpti_at(w, s->minutes);
        const double *per_bed = fpti_at(w, s->per_bed);
        for (size_t g = 0; g < plan->staff.count; g++) {
            const fpti_staff *staff = &plan->staff.at[g];
            if (staff->org != s->org || staff->group != s->group) continue;
            double *row = fpti_rows(w->need, g);
            /* A post day and night, all week: 168 hours of 37.5. */
            const double posts = 168.0 / 37.5 * (1.0 + s->headroom);
            FPTI_LANES(i)
            row[i] += s->by_bed ? volume[i] * per_bed[i] * posts
                                : volume[i] * minutes[i] / staff->minutes;
        }
    }
}

/* Work that a skill-mix scheme gives from one group to another. */
static void mix(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        if (s->type != FPTI_SKILL) continue;
        const double *x = fpti_rows(w->effect, k);
        const double *units = fpti_at(w, s->units);
        double *from = NULL, *to = NULL;
        for (size_t g = 0; g < plan->staff.count; g++) {
            if (plan->staff.at[g].org != s->org) continue;
            if (plan->staff.at[g].group == s->group)
                from = fpti_rows(w->need, g);
            if (plan->staff.at[g].group == s->to_group)
                to = fpti_rows(w->need, g);
        }
        if (from == NULL || to == NULL) continue;
        FPTI_LANES(i)
        {
            const double moved = from[i] * x[i];
            from[i] -= moved;
            to[i] += moved * units[i];
        }
    }
}

void fpti_run_staff(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    memset(w->lost_next, 0, plan->org.count * FPT_LANES * sizeof *w->lost_next);
    memset(w->staff_cost, 0,
           plan->org.count * FPT_LANES * sizeof *w->staff_cost);
    if (plan->staff.count == 0) return;
    demand(w);
    mix(w);
    for (size_t g = 0; g < plan->staff.count; g++) {
        const fpti_staff *staff = &plan->staff.at[g];
        const double *need = fpti_rows(w->need, g);
        const double *stock = fpti_rows(w->stock, g);
        const double *premium = fpti_at(w, staff->premium);
        double *needed = fpti_metric(w, FPT_PLAN_METRIC_STAFF_NEEDED, g, year);
        double *post = fpti_metric(w, FPT_PLAN_METRIC_STAFF_POST, g, year);
        double *bank = fpti_metric(w, FPT_PLAN_METRIC_STAFF_BANK, g, year);
        double *agency = fpti_metric(w, FPT_PLAN_METRIC_STAFF_AGENCY, g, year);
        double *rest = fpti_metric(w, FPT_PLAN_METRIC_STAFF_UNFILLED, g, year);
        double *lost = fpti_rows(w->lost_next, (size_t)staff->org);
        double *cost = fpti_rows(w->staff_cost, (size_t)staff->org);
        const double *index = staff->index == FPTI_NONE
                                  ? NULL
                                  : fpti_rows(w->index, (size_t)staff->index);
        FPTI_LANES(i)
        {
            const double gap = fmax(0.0, need[i] - stock[i]);
            const double by_bank = fmin(gap, staff->bank);
            const double by_agency = fmin(gap - by_bank, staff->agency);
            const double unfilled = gap - by_bank - by_agency;
            needed[i] = fpt_lane_round(1000.0 * need[i]);
            post[i] = fpt_lane_round(1000.0 * stock[i]);
            bank[i] = fpt_lane_round(1000.0 * by_bank);
            agency[i] = fpt_lane_round(1000.0 * by_agency);
            rest[i] = fpt_lane_round(1000.0 * unfilled);
            const double level = index != NULL ? index[i] : 1.0;
            cost[i] += fpt_lane_round(
                level *
                (stock[i] * staff->pay_pence + by_bank * staff->bank_pence +
                 by_agency * staff->pay_pence * (1.0 + premium[i])));
            if (isnan(staff->tolerance) || !(need[i] > 0.0)) continue;
            const double share = unfilled / need[i] - staff->tolerance;
            lost[i] = fmax(lost[i], fmin(1.0, fmax(0.0, share)));
        }
    }
}
