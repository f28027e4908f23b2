/*
 * The ledger of schemes after a run: what those that aim at the same patients
 * claim, what they take together, and what the parties say it saves.
 */
#include "run_i.h"

/* A mask's members that are schemes, not closures for want of staff. */
static size_t schemes_of(const fpt_plan *plan, const fpti_mask *mask)
{
    size_t count = 0;
    for (size_t j = 0; j < mask->count; j++)
        count += mask->scheme[j] < plan->scheme.count;
    return count;
}

/* Units that the mask's schemes aim at: events, or days of the stays that are
 * left when events have been taken away. */
static double aimed_at(const fpt_plan_work *w, size_t mask, bool days, int lane)
{
    const fpti_compiled *c = &w->plan->c;
    double sum = 0.0;
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if ((days ? group->length : group->mask) != mask) continue;
        const double pre = fpti_rows(w->pre[0], g)[lane];
        if (!days) {
            sum += pre;
        } else if (group->bed != FPTI_NO_ROW && pre > 0.0) {
            sum += fpti_rows(w->pre[1], group->bed)[lane] *
                   (fpti_rows(w->kept, g)[lane] / pre);
        }
    }
    return sum;
}

static fpt_status make_set(fpt_arena *arena, const fpt_plan_work *w,
                           size_t index, bool days, int lane, double aimed,
                           fpt_plan_overlap_set *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_mask *mask = &plan->c.mask.at[index];
    fpt_plan_overlap_member *member =
        FPT_NEW(arena, fpt_plan_overlap_member, mask->count + 1);
    if (member == NULL) return FPT_ERR_MEMORY;
    double sum = 0.0, largest = 0.0, taken = 0.0;
    *out = (fpt_plan_overlap_set){.days = days, .member = member};
    for (size_t j = 0; j < mask->count; j++) {
        if (mask->scheme[j] >= plan->scheme.count) continue;
        const double x = fpti_rows(w->effect, mask->scheme[j])[lane];
        const double share = fpti_rows(w->share, mask->share + j)[lane];
        member[out->count++] = (fpt_plan_overlap_member){
            mask->scheme[j], aimed * x, aimed * share};
        sum += x;
        largest = fmax(largest, x);
        taken += share;
    }
    out->aimed = aimed;
    out->claimed = aimed * sum;
    out->combined = aimed * taken;
    out->least = aimed * largest;
    out->most = aimed * fmin(1.0, sum);
    return FPT_OK;
}

/* Masks differ by closures too: sets of the same schemes are one. */
static bool join_set(fpt_plan_overlap_set *into,
                     const fpt_plan_overlap_set *from)
{
    if (into->days != from->days || into->count != from->count) return false;
    for (size_t k = 0; k < from->count; k++)
        if (into->member[k].scheme != from->member[k].scheme) return false;
    into->aimed += from->aimed;
    into->claimed += from->claimed;
    into->combined += from->combined;
    into->least += from->least;
    into->most += from->most;
    for (size_t k = 0; k < from->count; k++) {
        into->member[k].claimed += from->member[k].claimed;
        into->member[k].credited += from->member[k].credited;
    }
    return true;
}

fpt_status fpt_plan_overlap_sets(fpt_arena *arena, const fpt_plan_work *w,
                                 int lane, fpt_plan_overlap_set **out,
                                 size_t *count)
{
    const fpt_plan *plan = w->plan;
    const size_t masks = plan->c.mask.count;
    *out = FPT_NEW(arena, fpt_plan_overlap_set, 2 * masks + 1);
    *count = 0;
    if (*out == NULL) return FPT_ERR_MEMORY;
    for (size_t m = 0; m < masks; m++) {
        const fpti_mask *mask = &plan->c.mask.at[m];
        if (schemes_of(plan, mask) < 2) continue;
        for (int days = 0; days < 2; days++) {
            const double aimed = aimed_at(w, m, days == 1, lane);
            if (!(aimed > 0.0)) continue;
            fpt_plan_overlap_set *set = &(*out)[*count];
            FPT_TRY(make_set(arena, w, m, days == 1, lane, aimed, set));
            bool joined = false;
            for (size_t i = 0; i < *count && !joined; i++)
                joined = join_set(&(*out)[i], set);
            *count += !joined;
        }
    }
    return FPT_OK;
}

/* ---- claims ---- */

size_t fpt_plan_claim_count(const fpt_plan *plan)
{
    return plan->claim.count;
}

fpt_plan_claim fpt_plan_claim_at(const fpt_plan *plan, size_t index)
{
    const fpti_claim *c = &plan->claim.at[index];
    return (fpt_plan_claim){.name = c->name,
                            .nets_with = c->nets_with,
                            .party = plan->org.at[c->party].code,
                            .scheme = c->scheme,
                            .year = c->year,
                            .pence = c->pence};
}
