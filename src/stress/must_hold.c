/*
 * The fewest assumptions that must come out as the plan states them. Greedy
 * first: each time the one that helps most. Then every smaller set, smallest
 * first, of those that help most alone; the first that does it is the answer.
 */
#include "runner_i.h"

enum { CANDIDATES = 8, SETS_OF = 4 };

typedef struct search {
    fpti_runner runner;
    fpt_plan_override *set;
    size_t candidate[CANDIDATES];
    double stated[CANDIDATES];
    size_t count;
    uint64_t wanted; /* draws that must meet */
} search;

/* How good a set is: draws that meet, then the mean margin, which still tells
 * sets apart where hardly any draw meets. */
typedef struct merit {
    uint64_t met;
    double mean;
} merit;

static bool is_better(merit a, merit b)
{
    return a.met > b.met || (a.met == b.met && a.mean > b.mean);
}

static merit merit_of(const search *s)
{
    const double draws = (double)s->runner.draws;
    return (merit){fpti_runner_met(&s->runner),
                   fpt_sum_of(s->runner.draws, s->runner.margin) / draws};
}

/* Draws that meet when the candidates in `members` hold. */
static fpt_status try_set(search *s, uint32_t members, merit *out,
                          fpt_error *err)
{
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.override = s->set;
    for (size_t k = 0; k < s->count; k++)
        if ((members >> k & 1) != 0)
            s->set[scenario.override_count++] =
                (fpt_plan_override){s->candidate[k], s->stated[k]};
    FPT_TRY(fpti_runner_margins(&s->runner, &scenario, err));
    *out = merit_of(s);
    return FPT_OK;
}

static void keep_set(const search *s, uint32_t members, uint64_t met,
                     fpt_must_hold *out)
{
    out->count = 0;
    for (size_t k = 0; k < s->count; k++)
        if ((members >> k & 1) != 0)
            out->assumption[out->count++] = s->candidate[k];
    out->met = fpt_odds_of(met, s->runner.draws);
    out->found = met >= s->wanted;
}

/* Those that help most alone, best first; *all tells whether none was left
 * out. */
static fpt_status choose_candidates(search *s, bool *all, fpt_error *err)
{
    const fpt_plan *plan = s->runner.plan;
    const size_t assumptions = fpt_plan_facts_of(plan).assumptions;
    merit alone[CANDIDATES];
    *all = true;
    s->count = 0;
    for (size_t k = 0; k < assumptions; k++) {
        if (!fpt_plan_input_at(plan, k).used) continue;
        const double stated = fpt_plan_assumption_at(plan, k).stated;
        s->set[0] = (fpt_plan_override){k, stated};
        fpt_plan_scenario scenario = fpt_plan_scenario_default();
        scenario.override_count = 1;
        scenario.override = s->set;
        FPT_TRY(fpti_runner_margins(&s->runner, &scenario, err));
        const merit here = merit_of(s);
        size_t at = s->count < CANDIDATES ? s->count++ : CANDIDATES;
        if (at == CANDIDATES) {
            *all = false;
            if (!is_better(here, alone[CANDIDATES - 1])) continue;
            at--;
        }
        for (; at > 0 && is_better(here, alone[at - 1]); at--) {
            alone[at] = alone[at - 1];
            s->candidate[at] = s->candidate[at - 1];
            s->stated[at] = s->stated[at - 1];
        }
        alone[at] = here;
        s->candidate[at] = k;
        s->stated[at] = stated;
    }
    return FPT_OK;
}

static fpt_status greedy(search *s, uint32_t *members, merit *now,
                         fpt_error *err)
{
    size_t size = 0;
    while (now->met < s->wanted && size < FPT_MUST_HOLD_MOST) {
        uint32_t best = 0;
        merit best_merit = *now;
        for (size_t k = 0; k < s->count; k++) {
            const uint32_t one = UINT32_C(1) << k;
            merit here;
            if ((*members & one) != 0) continue;
            FPT_TRY(try_set(s, *members | one, &here, err));
            if (!is_better(here, best_merit)) continue;
            best = one;
            best_merit = here;
        }
        if (best == 0) return FPT_OK; /* nothing helps any more */
        *members |= best;
        *now = best_merit;
        size++;
    }
    return FPT_OK;
}

/* The next larger number with as many bits. */
static uint32_t next_set(uint32_t set)
{
    const uint32_t low = set & (~set + 1), ripple = set + low;
    return ripple | ((set ^ ripple) >> 2) / low;
}

fpt_status fpt_stress_must_hold(fpt_arena scratch,
                                const fpt_stress_question *question,
                                double odds, fpt_must_hold *out, fpt_error *err)
{
    if (!(odds > 0.0 && odds <= 1.0))
        return fpt_fail(err, FPT_ERR_USAGE, "odds are above 0, at most 1");
    search s = {0};
    FPT_TRY(fpti_runner_make(&scratch, question, &s.runner, err));
    s.set = FPT_NEW(&scratch, fpt_plan_override, CANDIDATES + 1);
    if (s.set == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to search");
    s.wanted = (uint64_t)ceil(odds * (double)question->draws - 1e-9);
    *out = (fpt_must_hold){.exact = true};
    merit now;
    FPT_TRY(try_set(&s, 0, &now, err));
    keep_set(&s, 0, now.met, out);
    if (out->found) return FPT_OK;
    bool all;
    FPT_TRY(choose_candidates(&s, &all, err));
    uint32_t members = 0;
    FPT_TRY(greedy(&s, &members, &now, err));
    keep_set(&s, members, now.met, out);
    const size_t most = out->found ? out->count - 1 : SETS_OF;
    out->exact = all && most <= SETS_OF && out->found;
    const uint32_t end = UINT32_C(1) << s.count;
    if (!out->found) {
        /* When all of them together are not enough, no few of them are likely
         * to be: that is said as not found, and not as proven. */
        FPT_TRY(try_set(&s, end - 1, &now, err));
        if (now.met < s.wanted) return FPT_OK;
    }
    for (size_t size = 1; size <= most && size <= SETS_OF && size <= s.count;
         size++)
        for (uint32_t set = (UINT32_C(1) << size) - 1; set < end;
             set = next_set(set)) {
            FPT_TRY(try_set(&s, set, &now, err));
            if (now.met < s.wanted) continue;
            keep_set(&s, set, now.met, out);
            out->exact = all;
            return FPT_OK;
        }
    return FPT_OK;
}
