/*
 * The matrix of payments: every pound has a payer and a payee, and is whole
 * pence. What one side pays the other receives, so the sum is zero whatever the
 * form of the contract.
 */
#include "money_i.h"

static void values(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    if (c->priced.count == 0) {
        fpt_lanes_apply(w->level, &c->value[year], w->stack, w->volume);
        return;
    }
    memcpy(w->prices, w->stack, c->line.count * FPT_LANES * sizeof *w->prices);
    fpt_lanes_multiply(w->level, c->priced.count, c->priced_line, w->stack,
                       c->priced_row, w->value,
                       fpti_rows(w->prices, c->line.count));
    fpt_lanes_apply(w->level, &c->value[year], w->prices, w->volume);
}

/* People by weight, for a budget by head. */
static void weighted_people(const fpt_plan_work *w, size_t contract, int year,
                            double *out)
{
    const fpt_plan *plan = w->plan;
    FPTI_LANES(i) out[i] = 0.0;
    for (size_t k = 0; k < plan->capitation.count; k++) {
        const fpti_capitation *row = &plan->capitation.at[k];
        if (row->contract != contract) continue;
        for (size_t p = 0; p < plan->people.count; p++) {
            const fpti_people *people = &plan->people.at[p];
            if (people->births ||
                (row->place != UINT32_MAX && people->place != row->place) ||
                (row->age != UINT32_MAX && people->age != row->age) ||
                (row->sex != UINT32_MAX && people->sex != row->sex))
                continue;
            FPTI_LANES(i)
            out[i] +=
                row->weight * people->at[w->variant[i] * FPTI_YEARS + year];
        }
    }
}

static void pay(fpt_plan_work *w, size_t p, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_payment *payment = &plan->c.payment.at[p];
    const fpti_contract *k = &plan->contract.at[payment->contract];
    double planned[FPT_LANES], people[FPT_LANES];
    FPTI_LANES(i) planned[i] = payment->planned[year];
    if (k->planned == FPTI_FROM_POUNDS) {
        const double *stated = fpti_at(w, k->planned_pounds);
        FPTI_LANES(i) planned[i] = 100.0 * stated[i];
    }
    if (k->type == FPTI_CAPITATION)
        weighted_people(w, payment->contract, year, people);
    const fpti_money_contract contract = {.type = k->type,
                                          .value = fpti_rows(w->volume, p),
                                          .planned = planned,
                                          .pounds = fpti_at(w, k->pounds),
                                          .share = fpti_at(w, k->share),
                                          .level = fpti_level(w, k->index),
                                          .people = people,
                                          .budget =
                                              100.0 * k->people * k->budget,
                                          .recovered = k->recovered};
    FPTI_MONEY(w, pay, &contract, fpti_rows(w->paid, p));
}

/* ---- pooled budgets ---- */

enum { PARTIES_MOST = 64 };

static void pool(fpt_plan_work *w, fpt_str name)
{
    const fpt_plan *plan = w->plan;
    FPTI_LANES(i)
    {
        int64_t in = 0, out = 0, weight[PARTIES_MOST], part[PARTIES_MOST];
        uint64_t rest[PARTIES_MOST];
        int party[PARTIES_MOST];
        size_t count = 0;
        for (size_t k = 0; k < plan->pool_party.count; k++) {
            const fpti_pool_party *p = &plan->pool_party.at[k];
            if (!fpt_str_equal(p->pool, name)) continue;
            const double pence =
                fpt_lane_round(100.0 * fpti_at(w, p->pounds)[i]);
            double *net = &fpti_rows(w->net, (size_t)p->org)[i];
            *net += p->contributes ? -pence : pence;
            *(p->contributes ? &in : &out) += (int64_t)pence;
            if (!p->contributes || count == PARTIES_MOST) continue;
            weight[count] = p->share_ppm;
            party[count++] = p->org;
        }
        /* What is over goes back, what is short is found: by share. */
        if (count == 0 ||
            fpt_apportion(in - out, count, weight, part, rest) != FPT_OK) {
            fpti_run_fail(w, "the pool \"%.*s\" cannot be shared",
                          FPT_STR_ARG(name));
            return;
        }
        for (size_t k = 0; k < count; k++)
            fpti_rows(w->net, (size_t)party[k])[i] += (double)part[k];
    }
}

/* ---- agreements on gain and risk ---- */

static void agreement(fpt_plan_work *w, const fpti_agreement *a, int year)
{
    const fpt_plan *plan = w->plan;
    if (year < a->from_year || year > a->to_year || a->party_count == 0) return;
    const double *target = fpti_at(w, a->target);
    const double *gate = fpti_at(w, a->gate);
    double actual[FPT_LANES] = {0};
    if (a->over_cost) {
        const double *cost = fpti_rows(w->cost, a->measured);
        const double *other = fpti_rows(w->other, a->measured);
        FPTI_LANES(i) actual[i] = cost[i] + other[i];
    } else {
        for (size_t p = 0; p < plan->c.payment.count; p++) {
            if (plan->c.payment.at[p].contract != a->measured) continue;
            const double *paid = fpti_rows(w->paid, p);
            FPTI_LANES(i) actual[i] += paid[i];
        }
    }
    int64_t part[PARTIES_MOST], work[4 * PARTIES_MOST];
    fpt_risk_share share = a->share;
    FPTI_LANES(i)
    {
        share.gate_ppm =
            (int64_t)fpt_lane_round(1e6 * fmin(1.0, fmax(0.0, gate[i])));
        const double budget = fpt_lane_round(100.0 * target[i]);
        if (a->party_count > PARTIES_MOST ||
            fpt_risk_share_split(&share, (int64_t)fmax(0.0, budget),
                                 (int64_t)fmax(0.0, actual[i]), part,
                                 work) != FPT_OK) {
            fpti_run_fail(w, "the agreement \"%.*s\" cannot be worked out",
                          FPT_STR_ARG(a->name));
            return;
        }
        /* The holder bears it all already: the others make up their part. */
        for (size_t k = 1; k < a->party_count; k++) {
            fpti_rows(w->shared, (size_t)a->party[k])[i] -= (double)part[k];
            fpti_rows(w->shared, (size_t)a->party[0])[i] += (double)part[k];
        }
    }
}

void fpti_run_payments(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const size_t row = FPT_LANES * sizeof(double);
    memset(w->net, 0, plan->org.count * row);
    memset(w->shared, 0, plan->org.count * row);
    values(w, year);
    for (size_t p = 0; p < c->payment.count; p++) {
        const fpti_payment *payment = &c->payment.at[p];
        const fpti_contract *k = &plan->contract.at[payment->contract];
        double *metric = fpti_metric(w, FPT_PLAN_METRIC_PAID, p, year);
        if (w->capture)
            w->payment_value[p * FPTI_YEARS + (size_t)year] =
                fpti_rows(w->volume, p)[0];
        if (year < k->from_year || year > k->to_year) {
            memset(fpti_rows(w->paid, p), 0, row);
            memset(metric, 0, row);
            continue;
        }
        pay(w, p, year);
        const double *paid = fpti_rows(w->paid, p);
        if (w->want[FPT_PLAN_METRIC_PAID]) memcpy(metric, paid, row);
        /* What an organisation pays itself changes nothing. */
        if (payment->funder != payment->provider)
            FPTI_MONEY(w, move, paid,
                       fpti_rows(w->net, (size_t)payment->funder),
                       fpti_rows(w->net, (size_t)payment->provider));
    }
    for (size_t k = 0; k < plan->pool_party.count; k++) {
        bool first = true;
        for (size_t b = 0; b < k; b++)
            first = first && !fpt_str_equal(plan->pool_party.at[b].pool,
                                            plan->pool_party.at[k].pool);
        if (first) pool(w, plan->pool_party.at[k].pool);
    }
    for (size_t k = 0; k < plan->agreement.count; k++)
        agreement(w, &plan->agreement.at[k], year);
}
