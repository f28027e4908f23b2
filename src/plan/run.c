/*
 * One row of futures through all years, in a fixed order: capital and staff
 * first, since schemes wait for them; then need, schemes, beds, the staff gap
 * (which closes activity in the next year: no circle within a year), cost,
 * payments, totals.
 */
#include "run_i.h"

fpt_plan_scenario fpt_plan_scenario_default(void)
{
    return (fpt_plan_scenario){.struct_size = sizeof(fpt_plan_scenario)};
}

/* ---- work space ---- */

typedef struct room {
    fpt_arena *arena;
    bool failed;
} room;

static double *rows(room *m, size_t count)
{
    double *made = FPT_NEW(m->arena, double, (count + 1) * FPT_LANES);
    m->failed = m->failed || made == NULL;
    return made;
}

static void make_activity(room *m, const fpt_plan *plan, fpt_plan_work *w)
{
    const fpti_compiled *c = &plan->c;
    const size_t years = FPTI_YEARS;
    w->value = rows(m, c->value_count);
    for (size_t i = 0; i < plan->constant.count && !m->failed; i++) {
        double *row = fpti_rows(w->value, plan->assumption.count + i);
        FPTI_LANES(k) row[k] = plan->constant.at[i];
    }
    w->optimism = rows(m, 1);
    w->funded = rows(m, plan->project.count);
    w->delivered = rows(m, plan->project.count * years);
    w->charge = rows(m, plan->org.count * years);
    w->asked = rows(m, years);
    w->spent = rows(m, years);
    w->recruited = rows(m, plan->line.count * years);
    w->achieved = rows(m, plan->scheme.count * years);
    w->stock = rows(m, plan->staff.count);
    w->need = rows(m, plan->staff.count);
    w->lost = rows(m, plan->org.count);
    w->lost_next = rows(m, plan->org.count);
    w->log_growth = rows(m, plan->growth.count);
    w->shock = rows(m, plan->growth.count);
    w->list = rows(m, plan->waiting.count);
    w->completed = rows(m, plan->waiting.count);
    w->extra = rows(m, plan->waiting.count);
    w->grow = rows(m, c->growth_class.count);
    w->factor = rows(m, 4 * c->growth_class.count);
    w->effect = rows(m, plan->scheme.count + plan->org.count);
    w->flow = rows(m, plan->flow.count + c->stay.count);
    w->keep = rows(m, c->mask.count);
    w->share = rows(m, c->share_count);
    w->mass[0] = rows(m, c->group.count);
    w->pre[0] = rows(m, c->group.count);
    for (int k = 1; k < 3; k++) {
        w->mass[k] = rows(m, c->bed_group_count);
        w->pre[k] = rows(m, c->bed_group_count);
    }
    w->kept = rows(m, c->group.count);
    w->removed = rows(m, c->removal.count);
    w->removed_days = rows(m, c->removal.count);
    w->scheme_removed = rows(m, plan->scheme.count + plan->org.count);
    w->moment[0] = rows(m, c->line.count);
    w->moment[1] = rows(m, c->line.count);
    w->stack = rows(m, 2 * c->line.count + plan->beds.count);
    w->prices = rows(m, c->line.count + c->priced.count);
    size_t longest = 0;
    for (size_t k = 0; k < c->mask.count; k++)
        if (c->mask.at[k].count > longest) longest = c->mask.at[k].count;
    /* Players, their shares, members' shares of the largest, Shapley's work. */
    w->scratch = rows(m, 4 * longest + 8);
}

static void make_money(room *m, const fpt_plan *plan, fpt_plan_work *w)
{
    const fpti_compiled *c = &plan->c;
    const size_t orgs = plan->org.count;
    w->pool_days = rows(m, plan->beds.count);
    w->delayed = rows(m, plan->beds.count);
    w->index = rows(m, plan->index.count);
    w->ones = rows(m, 1);
    w->none = rows(m, 1);
    if (w->ones != NULL) FPTI_LANES(i) w->ones[i] = 1.0;
    w->market = rows(m, 1);
    w->broken = rows(m, 1);
    w->deflator = rows(m, 1);
    size_t volumes = plan->cost.count;
    if (plan->staffing.count > volumes) volumes = plan->staffing.count;
    if (c->payment.count > volumes) volumes = c->payment.count;
    w->volume = rows(m, volumes);
    w->steps = rows(m, plan->cost.count * FPTI_YEARS);
    w->cost = rows(m, orgs);
    w->other = rows(m, orgs);
    w->reform = rows(m, orgs);
    w->income = rows(m, orgs);
    w->net = rows(m, orgs);
    w->once = rows(m, orgs);
    w->staff_cost = rows(m, orgs);
    w->saving_keep = rows(m, orgs);
    w->saving_pence = rows(m, orgs);
    w->saved = rows(m, orgs);
    w->saved_once = rows(m, orgs);
    w->paid = rows(m, c->payment.count);
    w->payment_value = rows(m, c->payment.count);
    w->scheme_cost = rows(m, plan->scheme.count);
    w->scheme_value = rows(m, plan->scheme.count);
    w->position = rows(m, orgs);
    w->total = rows(m, orgs);
    w->earned = rows(m, orgs);
    w->lost_money = rows(m, orgs);
    w->shared = rows(m, orgs);
    w->metric = rows(m, c->metric_first[FPT_PLAN_METRIC_KINDS]);
    w->step = rows(m, c->step_count);
    w->cause = rows(m, 8 * plan->pod.count + 4);
    w->base_grown = rows(m, 2 * plan->pod.count);
}

static void make_spells(room *m, const fpt_plan *plan, fpt_plan_work *w)
{
    const fpt_activity_model *s = &plan->c.spell;
    if (!plan->c.whole_counts) return;
    const size_t tallies =
        s->tally_count * FPT_ACTIVITY_MEASURES * FPT_LANES + 1;
    w->spell_output =
        FPT_NEW(m->arena, int32_t, s->output_count * FPT_LANES + 1);
    w->spell_tally = FPT_NEW(m->arena, int32_t, tallies);
    w->spell_growth = rows(m, s->growth_count);
    w->spell_work = FPT_NEW(m->arena, double, fpt_activity_sample_work(s));
    m->failed = m->failed || w->spell_output == NULL ||
                w->spell_tally == NULL || w->spell_work == NULL;
}

fpt_status fpt_plan_work_make(fpt_arena *arena, const fpt_plan *plan,
                              fpt_plan_work **out)
{
    fpt_plan_work *w = FPT_NEW(arena, fpt_plan_work, 1);
    if (w == NULL) return FPT_ERR_MEMORY;
    w->plan = plan;
    w->level = fpt_lanes_best();
    for (int k = 0; k < FPT_PLAN_METRIC_KINDS; k++)
        w->want[k] = true;
    room m = {.arena = arena};
    make_activity(&m, plan, w);
    make_money(&m, plan, w);
    make_spells(&m, plan, w);
    if (m.failed) return FPT_ERR_MEMORY;
    *out = w;
    return FPT_OK;
}

void fpt_plan_work_steps(fpt_plan_work *work, bool want)
{
    work->want_steps = want;
}

void fpt_plan_work_want(fpt_plan_work *work, const bool *kinds)
{
    memcpy(work->want, kinds, sizeof work->want);
}

/* ---- running ---- */

static void one_year(fpt_plan_work *w, int year)
{
    fpti_run_indices(w, year);
    fpti_run_gates(w, year);
    fpti_run_stocks(w, year);
    fpti_run_growth(w, year);
    fpti_run_effects(w, year);
    fpti_run_activity(w, year);
    if (w->status != FPT_OK) return;
    fpti_run_beds(w, year);
    fpti_run_staff(w, year);
    fpti_run_costs(w, year);
    fpti_run_payments(w, year);
    fpti_run_totals(w, year);
    if (w->want_steps) fpti_run_steps(w, year);
    memcpy(w->lost, w->lost_next,
           w->plan->org.count * FPT_LANES * sizeof *w->lost);
}

fpt_status fpt_plan_run(const fpt_plan *plan, const fpt_plan_scenario *scenario,
                        uint64_t seed, uint32_t row, const double *z,
                        fpt_plan_work *work, const double **metrics,
                        fpt_error *err)
{
    FPT_REQUIRE(plan->runnable || work->capture);
    FPT_REQUIRE(work->plan == plan);
    work->scenario = scenario;
    work->seed = seed;
    work->row = row;
    work->z = z;
    work->status = FPT_OK;
    fpti_run_values(work);
    fpti_run_capital(work);
    fpti_run_begin(work);
    for (int year = 0; year <= plan->set.years && work->status == FPT_OK;
         year++)
        one_year(work, year);
    if (work->status != FPT_OK) {
        if (err != NULL) *err = work->error;
        return work->status;
    }
    *metrics = work->metric;
    return FPT_OK;
}
