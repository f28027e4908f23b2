/*
 * What schemes take in a year, combined so that a saving is counted once, and
 * shared out so that the shares add up: Shapley's value between what is bound
 * by a rule and what is not, then within the rule.
 */
#include "run_i.h"

/* Rows of effects: schemes, then closures for want of staff. */
void fpti_run_effects(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        const double *e = fpti_at(w, s->effect);
        const double *c = fpti_at(w, s->coverage);
        const double *theta = fpti_at(w, s->realisation);
        const double *achieved =
            fpti_rows(w->achieved, k * FPTI_YEARS + (size_t)year);
        double *x = fpti_rows(w->effect, k);
        double fade = 1.0;
        if ((double)year > s->ends && s->fade_years > 0.0)
            fade = fpt_lane_exp(-((double)year - s->ends) / s->fade_years);
        FPTI_LANES(i)
        {
            double real = fmax(0.0, theta[i]);
            if (s->optimism != 0.0)
                real *= fpt_lane_exp(s->optimism * w->optimism[i]);
            const double full = real * e[i] * c[i] * fade * achieved[i];
            x[i] = fmin(1.0, fmax(0.0, full));
        }
    }
    for (size_t o = 0; o < plan->org.count; o++) {
        double *x = fpti_rows(w->effect, plan->scheme.count + o);
        const double *lost = fpti_rows(w->lost, o);
        FPTI_LANES(i) x[i] = w->scenario->no_limits ? 0.0 : lost[i];
    }
}

/* Shapley's shares of max x: sorted upwards, each rise is shared by those who
 * reach it (the airport game). */
static void share_of_largest(size_t count, const double *const *x,
                             double *const *share)
{
    for (size_t j = 0; j < count; j++)
        FPTI_LANES(i) share[j][i] = 0.0;
    FPTI_LANES(i)
    {
        double below = 0.0;
        for (size_t left = count; left > 0; left--) {
            /* The next value up, and how many reach at least that far. */
            double next = (double)INFINITY;
            size_t reach = 0;
            for (size_t j = 0; j < count; j++) {
                if (x[j][i] <= below) continue;
                reach++;
                next = fmin(next, x[j][i]);
            }
            if (reach == 0) break;
            for (size_t j = 0; j < count; j++)
                if (x[j][i] > below)
                    share[j][i] += (next - below) / (double)reach;
            below = next;
        }
    }
}

enum { PLAYERS_MOST = FPTI_MASK_MOST };

/* What members of one rule take together, and how they share it. */
static void within_rule(const fpti_rule_group *rule, size_t count,
                        const double *const *x, double *together,
                        double *const *share, double *scratch)
{
    double *of_largest[PLAYERS_MOST];
    double *work = scratch + count * FPT_LANES;
    for (size_t j = 0; j < count; j++)
        of_largest[j] = scratch + j * FPT_LANES;
    const double weight = rule->rule == FPTI_EXCLUSIVE ? 1.0
                          : rule->rule == FPTI_OVERLAP ? rule->weight
                                                       : 0.0;
    fpt_shapley_product(count, x, share, work);
    share_of_largest(count, x, of_largest);
    FPTI_LANES(i) together[i] = 0.0;
    for (size_t j = 0; j < count; j++)
        FPTI_LANES(i)
        {
            share[j][i] =
                (1.0 - weight) * share[j][i] + weight * of_largest[j][i];
            together[i] += share[j][i];
        }
}

/* The scratch holds, for n schemes: players n rows, their shares n, and work
 * of 2 n + 4. */
void fpti_mask_shares(const fpt_plan *plan, const fpti_mask *mask,
                      const double *effect, double *keep, double *share,
                      double *scratch)
{
    const fpti_compiled *c = &plan->c;
    const size_t n = mask->count;
    double *player = scratch, *player_share = scratch + n * FPT_LANES;
    double *work = player_share + n * FPT_LANES;
    const double *x[PLAYERS_MOST];
    double *shares[PLAYERS_MOST];
    size_t owner[PLAYERS_MOST], players = 0;
    for (size_t j = 0; j < n; j++) {
        const uint32_t k = mask->scheme[j];
        const size_t rule = k < plan->scheme.count ? c->rule_of[k] : 0;
        size_t first = j;
        for (size_t b = 0; rule != 0 && b < j && first == j; b++)
            if (mask->scheme[b] < plan->scheme.count &&
                c->rule_of[mask->scheme[b]] == rule)
                first = b;
        if (first < j) {
            owner[j] = owner[first];
            continue;
        }
        owner[j] = players++;
        const double *members[PLAYERS_MOST];
        double *member_share[PLAYERS_MOST];
        size_t count = 0;
        for (size_t b = j; b < n; b++) {
            const uint32_t other = mask->scheme[b];
            if (b != j && (rule == 0 || other >= plan->scheme.count ||
                           c->rule_of[other] != rule))
                continue;
            members[count] = effect + (size_t)other * FPT_LANES;
            member_share[count++] = share + b * FPT_LANES;
        }
        double *together = player + owner[j] * FPT_LANES;
        if (count == 1) {
            memcpy(together, members[0], FPT_LANES * sizeof *together);
            FPTI_LANES(i) member_share[0][i] = members[0][i];
        } else {
            within_rule(&c->rule[rule - 1], count, members, together,
                        member_share, work);
        }
    }
    FPTI_LANES(i) keep[i] = 1.0;
    for (size_t p = 0; p < players; p++) {
        x[p] = player + p * FPT_LANES;
        shares[p] = player_share + p * FPT_LANES;
        FPTI_LANES(i) keep[i] *= 1.0 - x[p][i];
    }
    if (players == 1) {
        FPTI_LANES(i) shares[0][i] = x[0][i];
    } else {
        fpt_shapley_product(players, x, shares, work);
    }
    for (size_t j = 0; j < n; j++) {
        const double *whole = player + owner[j] * FPT_LANES;
        const double *part = player_share + owner[j] * FPT_LANES;
        double *mine = share + j * FPT_LANES;
        FPTI_LANES(i)
        mine[i] = whole[i] > 0.0 ? mine[i] * (part[i] / whole[i]) : 0.0;
    }
}
