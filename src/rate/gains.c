/*
 * Peers and opportunity of the places of a tier: figures are fetched, put beside
 * one another by code, and handed to the kernels.
 */
#include <stdlib.h>

#include "gains_i.h"

/* ---- figures ---- */

fpt_status fpti_gain_figures(fpt_rate *rate, fpt_arena *arena,
                             const fpt_gain_ask *ask,
                             const fpt_indicator *indicator, fpt_str tier,
                             bool any_period, size_t *count, fpt_figure **out,
                             fpt_error *err)
{
    const fpt_measure_ask m = {.indicator = indicator,
                               .tier = tier,
                               .then = ask->then,
                               .on = ask->on,
                               .any_grain = any_period,
                               .grain =
                                   fpt_indicator_grain(indicator, ask->period),
                               .has_period = !any_period,
                               .period = ask->period,
                               .confidence = ask->confidence};
    return fpt_measure_figures(rate->measure, arena, &m, count, out, err);
}

/* The nation's figure of the period; NaN where the indicator has none. */
fpt_status fpti_gain_nation(fpt_rate *rate, fpt_arena *arena,
                            const fpt_gain_ask *ask,
                            const fpt_indicator *indicator, double *out,
                            fpt_error *err)
{
    bool has = false;
    size_t count;
    fpt_figure *figure;
    *out = (double)NAN;
    for (size_t t = 0; t < indicator->tiers; t++)
        has = has || fpt_str_equal(indicator->tier[t], FPT_STR("nation"));
    if (!has) return FPT_OK;
    FPT_TRY(fpti_gain_figures(rate, arena, ask, indicator, FPT_STR("nation"),
                              false, &count, &figure, err));
    for (size_t i = 0; i < count; i++)
        if (fpt_period_equal(figure[i].period, ask->period))
            *out = figure[i].value;
    return FPT_OK;
}

/* ---- places and what makes them alike ---- */

struct fpt_alike {
    fpt_intern codes; /* the places, in order of code */
    fpt_str *name;
    size_t variables;
    double *z; /* [variables * places] */
};

/* The one period of an indicator's figures that is nearest to the one asked for;
 * of two as near the later. */
static fpt_period nearest(size_t count, const fpt_figure *figure,
                          fpt_period wanted)
{
    fpt_period best = wanted;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        const fpt_period p = figure[i].period;
        const int64_t away = llabs((int64_t)p.from.days - wanted.from.days) +
                             llabs((int64_t)p.to.days - wanted.to.days);
        if (away > least || (away == least && p.to.days < best.to.days))
            continue;
        least = away;
        best = p;
    }
    return best;
}

static fpt_status find_variable(fpt_rate *rate, fpt_arena *arena,
                                const fpt_gain_ask *ask, fpt_alike *t, size_t v,
                                fpt_error *err)
{
    fpt_indicator indicator;
    size_t count;
    fpt_figure *figure;
    FPT_TRY(fpt_indicator_open(arena, rate->packs, ask->pack->indicator[v],
                               &indicator, err));
    FPT_TRY(fpti_gain_figures(rate, arena, ask, &indicator, ask->tier, true,
                              &count, &figure, err));
    const fpt_period period = nearest(count, figure, ask->period);
    for (size_t i = 0; i < count; i++) {
        const uint32_t p = fpt_intern_find(&t->codes, figure[i].code);
        if (p != FPT_INTERN_NONE && fpt_period_equal(figure[i].period, period))
            t->z[v * t->codes.count + p] = figure[i].value;
    }
    return FPT_OK;
}

fpt_status fpt_rate_alike(fpt_rate *rate, fpt_arena *arena,
                          const fpt_gain_ask *ask, const fpt_alike **out,
                          fpt_error *err)
{
    fpt_indicator first;
    size_t count;
    fpt_figure *figure;
    fpt_alike *t = FPT_NEW(arena, fpt_alike, 1);
    if (t == NULL) return fpti_no_memory(err);
    FPT_TRY(fpt_indicator_open(arena, rate->packs, ask->pack->indicator[0],
                               &first, err));
    FPT_TRY(fpti_gain_figures(rate, arena, ask, &first, ask->tier, true, &count,
                              &figure, err));
    const fpt_period period = nearest(count, figure, ask->period);
    t->codes = fpt_intern_make(arena);
    t->name = FPT_NEW(arena, fpt_str, count);
    if (t->name == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (!fpt_period_equal(figure[i].period, period) ||
            fpt_str_equal(figure[i].code, FPT_STR(FPT_UNASSIGNED)))
            continue;
        const uint32_t p = fpt_intern_add(&t->codes, figure[i].code);
        if (p == FPT_INTERN_NONE) return fpti_no_memory(err);
        t->name[p] = figure[i].name;
    }
    t->variables = ask->pack->variables;
    t->z = FPT_NEW(arena, double, t->variables * t->codes.count);
    if (t->z == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < t->variables * t->codes.count; i++)
        t->z[i] = (double)NAN;
    for (size_t v = 0; v < t->variables; v++)
        FPT_TRY(find_variable(rate, arena, ask, t, v, err));
    fpt_peers_standardise(t->variables, t->codes.count, t->z, t->z);
    if (ask->place.len > 0 &&
        fpt_intern_find(&t->codes, ask->place) == FPT_INTERN_NONE)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there is no " FPT_STR_FMT
                        " among the places of the tier \"" FPT_STR_FMT "\"",
                        FPT_STR_ARG(ask->place), FPT_STR_ARG(ask->tier));
    *out = t;
    return FPT_OK;
}

struct found {
    size_t count;
    size_t *peer;
    double *distance;
    size_t *order;
};

static bool make_found(fpt_arena *arena, const fpt_alike *t, size_t most,
                       struct found *out)
{
    out->peer = FPT_NEW(arena, size_t, most);
    out->distance = FPT_NEW(arena, double, t->codes.count);
    out->order = FPT_NEW(arena, size_t, 2 * t->codes.count);
    return out->peer != NULL && out->distance != NULL && out->order != NULL;
}

static bool is_asked(const fpt_gain_ask *ask, fpt_str code)
{
    return ask->place.len == 0 || fpt_str_equal(ask->place, code);
}

fpt_status fpt_rate_peers(const fpt_alike *alike, fpt_arena *arena,
                          const fpt_gain_ask *ask, size_t *count,
                          fpt_peer **out, fpt_error *err)
{
    const fpt_alike *t = alike;
    struct found f;
    fpt_peer *list = NULL;
    size_t used = 0, capacity = 0;
    if (!make_found(arena, t, ask->pack->peers, &f)) return fpti_no_memory(err);
    for (size_t p = 0; p < t->codes.count; p++) {
        if (!is_asked(ask, t->codes.text[p])) continue;
        f.count = fpt_peers_find(t->variables, t->codes.count, t->z,
                                 ask->pack->weight, p, ask->pack->peers, f.peer,
                                 f.distance, f.order);
        for (size_t k = 0; k < f.count; k++) {
            if (!FPT_RESERVE(arena, list, used, capacity))
                return fpti_no_memory(err);
            list[used++] = (fpt_peer){.code = t->codes.text[p],
                                      .name = t->name[p],
                                      .peer_code = t->codes.text[f.peer[k]],
                                      .peer_name = t->name[f.peer[k]],
                                      .order = (int64_t)k + 1,
                                      .distance = f.distance[f.peer[k]]};
        }
    }
    *count = used;
    *out = list;
    return FPT_OK;
}

/* ---- opportunity ---- */

static fpt_status check_indicator(const fpt_indicator *in,
                                  fpt_opportunity_kind *kind, fpt_error *err)
{
    if (in->statistic != FPT_STATISTIC_PROPORTION &&
        in->statistic != FPT_STATISTIC_RATE)
        return fpt_fail(
            err, FPT_ERR_USAGE,
            "the indicator " FPT_STR_FMT
            " is neither a proportion nor a rate, so how far chance "
            "moves it is not known",
            FPT_STR_ARG(in->id));
    if (in->polarity == FPT_POLARITY_NONE)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "of the indicator " FPT_STR_FMT
                        " neither higher nor lower is better",
                        FPT_STR_ARG(in->id));
    *kind = in->statistic == FPT_STATISTIC_PROPORTION
                ? FPT_OPPORTUNITY_PROPORTION
                : FPT_OPPORTUNITY_RATE;
    return FPT_OK;
}

struct counts {
    double *x, *n, *value; /* by place; NaN: none */
};

static fpt_status find_counts(fpt_rate *rate, fpt_arena *arena,
                              const fpt_gain_ask *ask,
                              const fpt_indicator *indicator,
                              const fpt_alike *t, struct counts *out,
                              fpt_error *err)
{
    size_t count;
    fpt_figure *figure;
    out->x = FPT_NEW(arena, double, t->codes.count);
    out->n = FPT_NEW(arena, double, t->codes.count);
    out->value = FPT_NEW(arena, double, t->codes.count);
    if (out->x == NULL || out->n == NULL || out->value == NULL)
        return fpti_no_memory(err);
    for (size_t p = 0; p < t->codes.count; p++)
        out->x[p] = out->n[p] = out->value[p] = (double)NAN;
    FPT_TRY(fpti_gain_figures(rate, arena, ask, indicator, ask->tier, false,
                              &count, &figure, err));
    for (size_t i = 0; i < count; i++) {
        const uint32_t p = fpt_intern_find(&t->codes, figure[i].code);
        if (p == FPT_INTERN_NONE || !figure[i].has_numerator ||
            !figure[i].has_denominator || figure[i].denominator <= 0 ||
            !fpt_period_equal(figure[i].period, ask->period))
            continue;
        out->x[p] = (double)figure[i].numerator;
        out->n[p] = (double)figure[i].denominator;
        out->value[p] = figure[i].value;
    }
    return FPT_OK;
}

/* Whole pence; what does not fit is not a sum of money. */
static bool priced(double units, fpt_money cost, fpt_money *out)
{
    const double pence = units * (double)cost.pence;
    if (!(fabs(pence) < 9e18)) return false;
    out->pence = llround(pence);
    return true;
}

static fpt_status judge_place(const fpt_gain_ask *ask,
                              const fpt_indicator *indicator,
                              fpt_opportunity_kind kind, const fpt_alike *t,
                              const struct counts *c, size_t p, struct found *f,
                              double *work, fpt_gain *out)
{
    double x[FPT_OPPORTUNITY_MOST_PEERS + 1], n[FPT_OPPORTUNITY_MOST_PEERS + 1];
    size_t peers = 0;
    *out = (fpt_gain){.code = t->codes.text[p],
                      .name = t->name[p],
                      .value = c->value[p],
                      .q = (double)NAN,
                      .status = FPT_STR("OK")};
    out->found = (fpt_opportunity){
        .published = (double)NAN, .mean = (double)NAN, .chance = (double)NAN};
    if (isnan(c->x[p])) {
        out->status = FPT_STR("MISSING");
        return FPT_OK;
    }
    f->count =
        fpt_peers_find(t->variables, t->codes.count, t->z, ask->pack->weight, p,
                       ask->pack->peers, f->peer, f->distance, f->order);
    x[0] = c->x[p];
    n[0] = c->n[p];
    for (size_t k = 0; k < f->count; k++) {
        if (isnan(c->x[f->peer[k]])) continue;
        x[++peers] = c->x[f->peer[k]];
        n[peers] = c->n[f->peer[k]];
    }
    out->peers = (int64_t)peers;
    if (peers < ask->pack->best) {
        out->status = FPT_STR("TOO_FEW_PEERS");
        return FPT_OK;
    }
    const fpt_opportunity_options options = {
        .kind = kind,
        .better = indicator->polarity == FPT_POLARITY_HIGHER ? 1 : -1,
        .best = ask->pack->best,
        .draws = ask->draws > 0 ? ask->draws : FPTI_DRAWS,
        .seed = ask->seed,
        .entity = (uint32_t)p,
        .confidence = ask->confidence > 0.0 ? ask->confidence : 0.95};
    const fpt_status status =
        fpt_opportunity_find(peers, x, n, NULL, &options, work, &out->found);
    if (status == FPT_ERR_RANGE) {
        out->status = FPT_STR("INVALID");
        return FPT_OK;
    }
    out->benchmark = out->found.benchmark * indicator->multiplier;
    out->all_peers = out->found.all_peers * indicator->multiplier;
    if (!priced(out->found.published, ask->unit_cost, &out->published) ||
        !priced(out->found.mean, ask->unit_cost, &out->mean) ||
        !priced(out->found.lower, ask->unit_cost, &out->lower) ||
        !priced(out->found.upper, ask->unit_cost, &out->upper))
        out->status = FPT_STR("TOO_LARGE");
    return status;
}

/* Each place has draws of its own, so the places are shared out among threads; a
 * piece has its own room to work in. */
enum { PIECES = 16 };

struct judging {
    const fpt_gain_ask *ask;
    const fpt_indicator *indicator;
    fpt_opportunity_kind kind;
    const fpt_alike *table;
    const struct counts *counts;
    struct found found[PIECES];
    double *work[PIECES];
    fpt_gain *gain; /* by place */
};

static fpt_status judge_piece(size_t piece, void *context)
{
    struct judging *j = context;
    for (size_t p = piece; p < j->table->codes.count; p += PIECES)
        if (is_asked(j->ask, j->table->codes.text[p]))
            FPT_TRY(judge_place(j->ask, j->indicator, j->kind, j->table,
                                j->counts, p, &j->found[piece], j->work[piece],
                                &j->gain[p]));
    return FPT_OK;
}

/* The chance that there is none, over all who were asked about. */
static bool find_q(fpt_arena *arena, int64_t draws, size_t count,
                   fpt_gain *gain)
{
    double *q = FPT_NEW(arena, double, count);
    size_t *order = FPT_NEW(arena, size_t, 2 * count);
    if (q == NULL || order == NULL) return false;
    /* None in any draw means less than one in so many. */
    for (size_t i = 0; i < count; i++)
        q[i] = fmax(1.0 - gain[i].found.chance, 1.0 / (double)draws);
    for (size_t i = 0; i < count; i++)
        if (isnan(gain[i].found.chance)) q[i] = (double)NAN;
    fpt_false_discovery(count, q, q, order);
    for (size_t i = 0; i < count; i++)
        gain[i].q = q[i];
    return true;
}

fpt_status fpt_rate_opportunity(fpt_rate *rate, fpt_arena *arena,
                                const fpt_alike *alike, const fpt_gain_ask *ask,
                                const fpt_indicator *indicator, size_t *count,
                                fpt_gain **out, fpt_error *err)
{
    const fpt_alike *t = alike;
    struct counts c;
    fpt_opportunity_kind kind = FPT_OPPORTUNITY_VALUE;
    double nation;
    size_t used = 0;
    const int64_t draws = ask->draws > 0 ? ask->draws : FPTI_DRAWS;
    FPT_TRY(check_indicator(indicator, &kind, err));
    if (draws < 100 || draws > FPT_OPPORTUNITY_MOST_DRAWS)
        return fpt_fail(err, FPT_ERR_USAGE, "draws are 100 to %d",
                        FPT_OPPORTUNITY_MOST_DRAWS);
    FPT_TRY(find_counts(rate, arena, ask, indicator, t, &c, err));
    FPT_TRY(fpti_gain_nation(rate, arena, ask, indicator, &nation, err));
    fpt_gain *gain = FPT_NEW(arena, fpt_gain, t->codes.count);
    struct judging j = {.ask = ask,
                        .indicator = indicator,
                        .kind = kind,
                        .table = t,
                        .counts = &c,
                        .gain = gain};
    bool good = gain != NULL;
    for (size_t i = 0; i < PIECES && good; i++) {
        j.work[i] = FPT_NEW(arena, double, (size_t)draws);
        good = j.work[i] != NULL &&
               make_found(arena, t, ask->pack->peers, &j.found[i]);
    }
    if (!good) return fpti_no_memory(err);
    FPT_TRY(fpt_parallel(PIECES, ask->threads, judge_piece, &j));
    for (size_t p = 0; p < t->codes.count; p++) {
        if (!is_asked(ask, t->codes.text[p])) continue;
        gain[used] = gain[p];
        gain[used++].nation = nation;
    }
    if (!find_q(arena, draws, used, gain)) return fpti_no_memory(err);
    *count = used;
    *out = gain;
    return FPT_OK;
}
