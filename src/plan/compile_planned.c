/*
 * What must be known before the first draw: in which order gates open, what
 * each area is allocated, and the planned activity that contracts speak of,
 * which is that of the plan as it is stated.
 */
#include <inttypes.h>

#include "compile_i.h"
#include "run_i.h"

/* ---- the order of gates ---- */

static void put_behind(const fpt_plan *plan, size_t node, unsigned char *done,
                       uint32_t *order, size_t *count)
{
    if (done[node] != 0) return;
    done[node] = 1;
    const fpti_gates *gates;
    const size_t projects = plan->project.count, lines = plan->line.count;
    if (node < projects)
        gates = &plan->project.at[node].after;
    else if (node < projects + lines)
        gates = &plan->line.at[node - projects].after;
    else
        gates = &plan->scheme.at[node - projects - lines].gates;
    for (size_t k = 0; k < gates->count; k++) {
        const fpti_gate *g = &gates->at[k];
        const size_t before = g->kind == FPTI_ON_PROJECT ? g->index
                              : g->kind == FPTI_ON_LINE
                                  ? projects + g->index
                                  : projects + lines + g->index;
        put_behind(plan, before, done, order, count);
    }
    order[(*count)++] = (uint32_t)node;
}

static void order_gates(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    const size_t nodes =
        plan->project.count + plan->line.count + plan->scheme.count;
    unsigned char *done = FPT_NEW(r->arena, unsigned char, nodes + 1);
    plan->c.node = FPT_NEW(r->arena, uint32_t, nodes + 1);
    if (!fpti_enough_memory(r, done) || !fpti_enough_memory(r, plan->c.node))
        return;
    for (size_t n = 0; n < nodes; n++)
        put_behind(plan, n, done, plan->c.node, &plan->c.node_count);
}

/* ---- allocations ---- */

static void allocate_year(fpti_reader *r, int year)
{
    fpt_plan *plan = r->plan;
    const size_t most = plan->allocation.count;
    fpt_allocation_area *area = FPT_NEW(r->arena, fpt_allocation_area, most);
    fpt_allocation *out = FPT_NEW(r->arena, fpt_allocation, most);
    int64_t *weight = FPT_NEW(r->arena, int64_t, 2 * most);
    uint64_t *rest = FPT_NEW(r->arena, uint64_t, most);
    int *org = FPT_NEW(r->arena, int, most);
    if (!fpti_enough_memory(r, area) || !fpti_enough_memory(r, out) ||
        !fpti_enough_memory(r, weight) || !fpti_enough_memory(r, rest) ||
        !fpti_enough_memory(r, org))
        return;
    size_t count = 0;
    for (size_t k = 0; k < most; k++) {
        const fpti_allocation_row *row = &plan->allocation.at[k];
        if (row->year != year || row->org == FPTI_NONE) continue;
        org[count] = row->org;
        area[count] = row->area;
        if (!row->has_base)
            area[count].base_pence =
                plan->c.allocation[(size_t)row->org * FPTI_YEARS +
                                   (size_t)year - 1];
        count++;
    }
    if (count == 0) return;
    if (plan->set.pot[year] < 0) {
        fpti_find(r, FPT_FAULT, "no-pot", FPT_STR("plan.yaml"), 0, 0,
                  "allocations.csv shares out a pot in year %d, but plan.yaml "
                  "gives none",
                  plan->set.first_year + year);
        return;
    }
    fpt_error err = {0};
    if (fpt_allocate(count, area, plan->set.pot[year],
                     plan->set.minimum_growth_ppm, out, weight, rest,
                     &err) != FPT_OK) {
        fpti_find(r, FPT_FAULT, "no-allocation", FPT_STR("allocations.csv"), 0,
                  0, "%d: %s", plan->set.first_year + year, err.text);
        return;
    }
    for (size_t k = 0; k < count; k++)
        plan->c.allocation[(size_t)org[k] * FPTI_YEARS + (size_t)year] =
            out[k].allocation_pence;
}

/* ---- planned activity ---- */

static fpt_status plan_activity(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    fpt_plan_work *w = NULL;
    FPT_TRY(fpt_plan_work_make(r->arena, plan, &w));
    double *values =
        FPT_NEW(r->arena, double, c->payment.count *FPTI_YEARS + FPT_LANES);
    double *base =
        FPT_NEW(r->arena, double, c->payment.count *FPT_LANES + FPT_LANES);
    if (values == NULL || base == NULL) return FPT_ERR_MEMORY;
    w->payment_value = values;
    w->capture = true;
    fpt_plan_scenario stated = fpt_plan_scenario_default();
    stated.stated = true;
    stated.noise = FPT_PLAN_NOISE_NONE;
    double *z = FPT_NEW(r->arena, double, (c->input_count + 1) * FPT_LANES);
    if (z == NULL) return FPT_ERR_MEMORY;
    const double *metrics;
    fpt_error err = {0};
    if (fpt_plan_run(plan, &stated, 0, 0, z, w, &metrics, &err) != FPT_OK) {
        fpti_find(r, FPT_FAULT, "cannot-run", FPT_STR("plan.yaml"), 0, 0,
                  "the plan as stated cannot be run: %s", err.text);
        return FPT_OK;
    }
    /* Activity of the baseline at the prices of each year. */
    double *lines = FPT_NEW(r->arena, double,
                            (c->line.count + c->priced.count + 1) * FPT_LANES);
    if (lines == NULL) return FPT_ERR_MEMORY;
    for (size_t l = 0; l < c->line.count; l++) {
        const double n =
            0.001 * fpti_metric(w, FPT_PLAN_METRIC_EVENTS, l, 0)[0];
        FPTI_LANES(i) fpti_rows(lines, l)[i] = n;
    }
    if (c->priced.count > 0)
        fpt_lanes_multiply(w->level, c->priced.count, c->priced_line, lines,
                           c->priced_row, w->value,
                           fpti_rows(lines, c->line.count));
    for (int year = 0; year <= plan->set.years; year++) {
        fpt_lanes_apply(w->level, &c->value[year], lines, base);
        for (size_t p = 0; p < c->payment.count; p++) {
            fpti_payment *payment = &c->payment.at[p];
            const fpti_contract *k = &plan->contract.at[payment->contract];
            payment->planned[year] =
                fpt_lane_round(k->planned == FPTI_FROM_PLAN
                                   ? values[p * FPTI_YEARS + (size_t)year]
                                   : base[p * FPT_LANES]);
        }
    }
    return FPT_OK;
}

static void check_agreements(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->agreement.count; i++) {
        const fpti_agreement *a = &plan->agreement.at[i];
        const int bears = a->over_cost ? (int)a->measured
                                       : plan->contract.at[a->measured].funder;
        if (bears != a->holder)
            fpti_find(r, FPT_FAULT, "holder-does-not-bear",
                      FPT_STR("agreements.csv"), a->line, 2,
                      "what \"%.*s\" measures is borne by %.*s, so that must "
                      "be its holder",
                      FPT_STR_ARG(a->name),
                      FPT_STR_ARG(plan->org.at[bears].code));
    }
}

fpt_status fpti_compile_planned(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    order_gates(r);
    plan->c.allocation =
        FPT_NEW(r->arena, int64_t, plan->org.count * FPTI_YEARS + 1);
    if (!fpti_enough_memory(r, plan->c.allocation)) return FPT_ERR_MEMORY;
    for (int year = 1; year <= plan->set.years; year++)
        allocate_year(r, year);
    check_agreements(r);
    if (r->no_memory) return FPT_ERR_MEMORY;
    if (r->report->of_severity[FPT_FAULT] > 0) return FPT_OK;
    return plan_activity(r);
}
