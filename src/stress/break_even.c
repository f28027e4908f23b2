/*
 * The value of an assumption at which the odds cross a level. Nine values are
 * tried first: they show whether more of it always helps (or always hurts), and
 * between which of them the odds cross. With the same random numbers the odds
 * are a function of the value, so halving finds where.
 */
#include "runner_i.h"

enum { VALUES = 9, HALVINGS = 16, CROSSINGS = 8 };

static fpt_status odds_at(fpti_runner *r, size_t assumption, double value,
                          double *odds, fpt_error *err)
{
    const fpt_plan_override set = {assumption, value};
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.override_count = 1;
    scenario.override = &set;
    FPT_TRY(fpti_runner_margins(r, &scenario, err));
    *odds = (double)fpti_runner_met(r) / (double)r->draws;
    return FPT_OK;
}

static fpt_status crossings(fpti_runner *r, size_t assumption,
                            const double *value, const double *odds,
                            double level, size_t *found, double *at,
                            fpt_error *err)
{
    *found = 0;
    for (int k = 0; k + 1 < VALUES && *found < CROSSINGS; k++) {
        const bool above = odds[k] >= level;
        if (above == (odds[k + 1] >= level)) continue;
        double low = value[k], high = value[k + 1];
        for (int h = 0; h < HALVINGS; h++) {
            const double middle = 0.5 * (low + high);
            double here;
            FPT_TRY(odds_at(r, assumption, middle, &here, err));
            *((here >= level) == above ? &low : &high) = middle;
        }
        /* The side on which the level is reached. */
        at[(*found)++] = above ? low : high;
    }
    return FPT_OK;
}

fpt_status fpt_stress_break_even(fpt_arena scratch,
                                 const fpt_stress_question *question,
                                 size_t assumption, fpt_break_even *out,
                                 fpt_error *err)
{
    fpti_runner r;
    FPT_TRY(fpti_runner_make(&scratch, question, &r, err));
    const fpt_belief belief =
        fpt_plan_assumption_at(question->plan, assumption).belief;
    *out = (fpt_break_even){.assumption = assumption, .monotone = true};
    out->low = fpt_belief_quantile(&belief, 0.001);
    out->high = fpt_belief_quantile(&belief, 0.999);
    double value[VALUES], odds[VALUES];
    int rising = 0, falling = 0;
    for (int k = 0; k < VALUES; k++) {
        value[k] = out->low + (out->high - out->low) * k / (VALUES - 1.0);
        FPT_TRY(odds_at(&r, assumption, value[k], &odds[k], err));
        if (k == 0) continue;
        rising += odds[k] > odds[k - 1];
        falling += odds[k] < odds[k - 1];
    }
    out->monotone = rising == 0 || falling == 0;
    out->odds_low = odds[0];
    out->odds_high = odds[VALUES - 1];
    FPT_TRY(crossings(&r, assumption, value, odds, 0.5, &out->found_50,
                      out->at_50, err));
    return crossings(&r, assumption, value, odds, 0.8, &out->found_80,
                     out->at_80, err);
}
