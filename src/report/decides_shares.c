/*
 * Shares of variance: Sobol' indices of blocks that do not depend on one
 * another, and Shapley's effects of each input where they do. Both of the
 * margin, and of whether the total is missed.
 */
#include "decides_i.h"

enum {
    POINTS_LEAST = 64,
    POINTS_MOST = 4096,
    PERMUTATIONS_LEAST = 32,
    SOME_LEAST = 10
};

static size_t within(uint64_t value, size_t least, size_t most)
{
    return value < least ? least : value > most ? most : (size_t)value;
}

static void no_sobol(fpt_sobol_share *s)
{
    const double none = (double)NAN;
    *s = (fpt_sobol_share){none, none, none, none, none, none};
}

static const char nothing_varies[] =
    "nothing varies: no input changes the margin";
static const char all_alike[] =
    "all but a few of the futures drawn are alike in whether the total is met, "
    "so there is next to nothing to share out";

/* Largest first, NaN last; ties as they stand. */
static void order_shares(fpt_report_shares *s, bool fair)
{
    for (size_t i = 1; i < s->count; i++) {
        const fpt_report_share held = s->share[i];
        const double size = fair ? held.fair.share : held.margin.total;
        size_t at = i;
        for (; at > 0; at--) {
            const double before = fair ? s->share[at - 1].fair.share
                                       : s->share[at - 1].margin.total;
            if (!(before < size)) break;
            s->share[at] = s->share[at - 1];
        }
        s->share[at] = held;
    }
}

static fpt_status make_rows(fpti_decider *d, const fpti_watched *w,
                            fpt_report_shares *s, fpt_error *err)
{
    s->share = FPT_NEW(d->arena, fpt_report_share, w->groups + 1);
    if (s->share == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for shares");
    s->count = w->groups;
    for (size_t g = 0; g < w->groups; g++) {
        s->share[g].name = fpti_share_name(d, w, g);
        no_sobol(&s->share[g].margin);
        no_sobol(&s->share[g].misses);
        s->share[g].fair = s->share[g].fair_miss =
            (fpt_shapley_effect){(double)NAN, (double)NAN};
    }
    return FPT_OK;
}

static fpt_status run_sobol(fpti_decider *d, fpti_watched *w, size_t points,
                            fpt_sobol_share *share, fpt_report_answer *answer,
                            const char *refused, fpt_error *err)
{
    double mean, variance;
    w->total = (w->groups + 2) * ((points + FPT_LANES - 1) / FPT_LANES);
    fpt_status status =
        fpt_sobol_shares(*d->arena, &w->response, w->groups, w->group, points,
                         d->question->seed, share, &mean, &variance);
    if (status == FPT_OK && !(variance > 0.0)) status = FPT_ERR_RANGE;
    /* A handful of futures that differ from all others carry no share. */
    const double some = mean * 2.0 * (double)points;
    if (status == FPT_OK && answer == &d->out->sobol.misses &&
        (some < SOME_LEAST || some > 2.0 * (double)points - SOME_LEAST))
        status = FPT_ERR_RANGE;
    return fpti_answer(w, status, answer, refused, err);
}

fpt_status fpti_decide_sobol(fpti_decider *d, fpt_error *err)
{
    fpt_report_shares *s = &d->out->sobol;
    fpti_watched margin, misses;
    s->margin.asked = s->misses.asked = true;
    FPT_TRY(fpti_watch(d, false, false, "Sobol' shares of the margin", &margin,
                       err));
    FPT_TRY(
        fpti_watch(d, false, true, "Sobol' shares of a miss", &misses, err));
    FPT_TRY(make_rows(d, &margin, s, err));
    if (s->count == 0) {
        (void)fpti_answer(&margin, FPT_ERR_RANGE, &s->margin, nothing_varies,
                          err);
        return fpti_answer(&misses, FPT_ERR_RANGE, &s->misses, nothing_varies,
                           err);
    }
    const size_t points =
        within(d->question->draws / 4, POINTS_LEAST, POINTS_MOST);
    fpt_sobol_share *share = FPT_NEW(d->arena, fpt_sobol_share, s->count);
    if (share == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for shares");
    s->runs = (s->count + 2) * points;
    FPT_TRY(
        run_sobol(d, &margin, points, share, &s->margin, nothing_varies, err));
    for (size_t g = 0; g < s->count && s->margin.known; g++)
        s->share[g].margin = share[g];
    FPT_TRY(run_sobol(d, &misses, points, share, &s->misses, all_alike, err));
    for (size_t g = 0; g < s->count && s->misses.known; g++)
        s->share[g].misses = share[g];
    order_shares(s, false);
    return FPT_OK;
}

/* ---- Shapley ---- */

static fpt_status run_shapley(fpti_decider *d, fpti_watched *w,
                              size_t permutations, fpt_shapley_effect *effect,
                              fpt_report_answer *answer, const char *refused,
                              fpt_error *err)
{
    w->total = permutations * (w->groups + 1) / FPT_LANES + 1;
    const fpt_status status =
        fpt_shapley_effects(*d->arena, &w->response, w->groups, w->group,
                            permutations, d->question->seed, effect);
    return fpti_answer(w, status, answer, refused, err);
}

fpt_status fpti_decide_shapley(fpti_decider *d, fpt_error *err)
{
    fpt_report_shares *s = &d->out->shapley;
    fpti_watched margin, misses;
    s->margin.asked = s->misses.asked = true;
    fpt_error refused = {0};
    const fpt_status status = fpti_watch(
        d, true, false, "Shapley's shares of the margin", &margin, &refused);
    if (status == FPT_ERR_REFUSED) {
        s->margin.why_not = s->misses.why_not = refused;
        return FPT_OK;
    }
    if (status != FPT_OK && err != NULL) *err = refused;
    FPT_TRY(status);
    FPT_TRY(
        fpti_watch(d, true, true, "Shapley's shares of a miss", &misses, err));
    FPT_TRY(make_rows(d, &margin, s, err));
    const size_t permutations =
        within(d->question->draws / 4, PERMUTATIONS_LEAST, POINTS_MOST);
    fpt_shapley_effect *effect =
        FPT_NEW(d->arena, fpt_shapley_effect, s->count + 1);
    if (effect == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for shares");
    s->runs = permutations * (s->count + 1);
    FPT_TRY(run_shapley(d, &margin, permutations, effect, &s->margin,
                        nothing_varies, err));
    for (size_t g = 0; g < s->count && s->margin.known; g++)
        s->share[g].fair = effect[g];
    FPT_TRY(run_shapley(d, &misses, permutations, effect, &s->misses, all_alike,
                        err));
    for (size_t g = 0; g < s->count && s->misses.known; g++)
        s->share[g].fair_miss = effect[g];
    order_shares(s, true);
    return FPT_OK;
}
