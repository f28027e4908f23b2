/*
 * The arithmetic of money, included once for each level of vector
 * instructions. Every loop is over the lanes of a row, without a branch in it;
 * as selections fmin and fmax are written out.
 */
#include "money_i.h"

/* Exact as a double below this; above, sums would lose pence. */
#define PENCE_MOST 0x1p53

static inline double above_zero(double x)
{
    return x > 0.0 ? x : 0.0;
}

static inline double below_one(double x)
{
    return x < 1.0 ? x : 1.0;
}

void LANES_NAME(fpti_money_cost)(const fpti_money_cost *c, double *restrict sum)
{
    const double *fixed = c->fixed, *unit = c->unit, *volume = c->volume;
    const double *step = c->step, *held = c->held, *level = c->level;
    FPTI_LANES(i)
    {
        const double pounds =
            fixed[i] + unit[i] * volume[i] + step[i] * held[i];
        sum[i] += fpt_lane_round(100.0 * pounds * level[i]);
    }
}

void LANES_NAME(fpti_money_begin)(fpti_money_saved *all, bool first)
{
    double *restrict keep = all->keep, *restrict pence = all->pence;
    FPTI_LANES(i)
    {
        all->once_keep[i] = 1.0;
        all->once_pence[i] = all->share[i] = all->level[i] = 0.0;
    }
    if (first) FPTI_LANES(i) keep[i] = 1.0, pence[i] = 0.0;
}

void LANES_NAME(fpti_money_saving)(const fpti_money_saving *s,
                                   fpti_money_saved *all)
{
    const double *fraction = s->fraction, *pounds = s->pounds;
    const double *realisation = s->realisation, *recurrent = s->recurrent;
    double *restrict keep = all->keep, *restrict pence = all->pence;
    double *restrict once_keep = all->once_keep;
    double *restrict once_pence = all->once_pence;
    double real[FPT_LANES], part[FPT_LANES], saved[FPT_LANES];
    FPTI_LANES(i) real[i] = above_zero(realisation[i]);
    FPTI_LANES(i) part[i] = above_zero(recurrent[i]);
    FPTI_LANES(i) part[i] = below_one(part[i]);
    FPTI_LANES(i) saved[i] = below_one(real[i] * fraction[i]);
    FPTI_LANES(i)
    {
        keep[i] *= 1.0 - saved[i] * part[i];
        once_keep[i] *= 1.0 - saved[i] * (1.0 - part[i]);
    }
    FPTI_LANES(i)
    {
        const double whole = 100.0 * real[i] * pounds[i];
        pence[i] += whole * part[i];
        once_pence[i] += whole * (1.0 - part[i]);
    }
}

void LANES_NAME(fpti_money_saved)(const fpti_money_saved *all,
                                  double *restrict cost, double *restrict saved,
                                  double *restrict once)
{
    const double *keep = all->keep, *pence = all->pence;
    FPTI_LANES(i)
    {
        const double lasting = fpt_lane_round(
            cost[i] * (1.0 - keep[i] * (1.0 - below_one(all->share[i]))) +
            pence[i] + all->level[i]);
        const double rest = above_zero(cost[i] - lasting);
        const double now = fpt_lane_round(rest * (1.0 - all->once_keep[i]) +
                                          all->once_pence[i]);
        once[i] = now;
        saved[i] = lasting + now;
        cost[i] -= lasting + now;
    }
}

void LANES_NAME(fpti_money_pay)(const fpti_money_contract *c,
                                double *restrict paid)
{
    const double *value = c->value, *planned = c->planned, *share = c->share;
    const double *pounds = c->pounds, *level = c->level, *people = c->people;
    switch (c->type) {
    case FPTI_TARIFF:
        FPTI_LANES(i) paid[i] = fpt_lane_round(value[i]);
        break;
    case FPTI_MARGINAL:
        FPTI_LANES(i)
        {
            const double below = value[i] < planned[i] ? value[i] : planned[i];
            paid[i] = fpt_lane_round(
                below + share[i] * above_zero(value[i] - planned[i]));
        }
        break;
    case FPTI_BLOCK:
        FPTI_LANES(i) paid[i] = fpt_lane_round(pounds[i] * (100.0 * level[i]));
        break;
    case FPTI_BLENDED:
        FPTI_LANES(i)
        paid[i] =
            fpt_lane_round(planned[i] + share[i] * (value[i] - planned[i]));
        break;
    case FPTI_CAPITATION:
        FPTI_LANES(i)
        paid[i] = fpt_lane_round(people[i] * pounds[i] * (100.0 * level[i]));
        break;
    case FPTI_OUTCOME:
        FPTI_LANES(i)
        paid[i] = fpt_lane_round(pounds[i] * (100.0 * level[i]) * share[i]);
        break;
    case FPTI_PERSONAL:
        /* What is spent, and what of the rest is not recovered. */
        FPTI_LANES(i)
        paid[i] = fpt_lane_round(
            c->budget * (share[i] + (1.0 - share[i]) * (1.0 - c->recovered)));
        break;
    case FPTI_CONTRACT_TYPES:
        break;
    }
}

void LANES_NAME(fpti_money_move)(const double *restrict pence,
                                 double *restrict payer, double *restrict payee)
{
    FPTI_LANES(i)
    {
        payer[i] -= pence[i];
        payee[i] += pence[i];
    }
}

void LANES_NAME(fpti_money_add)(const double *restrict pounds,
                                const double *restrict level,
                                double *restrict sum)
{
    FPTI_LANES(i) sum[i] += fpt_lane_round(100.0 * pounds[i] * level[i]);
}

void LANES_NAME(fpti_money_put)(const double *restrict row,
                                double *restrict own, double *restrict all)
{
    FPTI_LANES(i)
    {
        own[i] = row[i];
        all[i] += row[i];
    }
}

uint64_t LANES_NAME(fpti_money_beyond)(const double *income,
                                       const double *position)
{
    uint64_t beyond = 0;
    FPTI_LANES(i)
    {
        const double cost = income[i] - position[i];
        beyond |= (fabs(income[i]) < PENCE_MOST ? UINT64_C(0) : UINT64_C(1)) |
                  (fabs(cost) < PENCE_MOST ? UINT64_C(0) : UINT64_C(1));
    }
    return beyond;
}

void LANES_NAME(fpti_money_sum)(const fpti_money_org *org, double control,
                                double *restrict position,
                                double *restrict total)
{
    const double *net = org->net, *income = org->income, *cost = org->cost;
    const double *other = org->other, *reform = org->reform;
    const double given = isnan(control) ? 0.0 : control;
    FPTI_LANES(i)
    {
        position[i] = net[i] + income[i] - cost[i] - other[i] - reform[i];
        total[i] = given;
    }
}
