/*
 * The handle, and published series as figures by place. A published figure of a
 * place belongs to the code it was printed beside, so it is asked for as an
 * organisation's; which of several files counts is measure's to settle.
 */
#include "rate_i.h"

fpt_status fpt_rate_open(fpt_store *warehouse, fpt_store *ledger,
                         fpt_registry *registry, const fpt_tiers *tiers,
                         const fpt_pack_path *packs, fpt_measure *measure,
                         fpt_rate **out, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_rate *rate = FPT_NEW(&arena, fpt_rate, 1);
    if (rate == NULL) {
        fpt_arena_clear(&arena);
        return fpti_no_memory(err);
    }
    *rate = (fpt_rate){.arena = arena,
                       .warehouse = warehouse,
                       .ledger = ledger,
                       .registry = registry,
                       .tiers = tiers,
                       .packs = packs,
                       .measure = measure};
    const fpt_status status =
        ledger == NULL ? FPT_OK : fpti_judgements_read(rate, err);
    if (status != FPT_OK) {
        fpt_rate_close(rate);
        return status;
    }
    *out = rate;
    return FPT_OK;
}

void fpt_rate_close(fpt_rate *rate)
{
    if (rate == NULL) return;
    fpt_arena arena = rate->arena;
    fpt_arena_clear(&arena);
}

/* A series as an indicator of one term: its numbers as they were published. */
static fpt_status ask_measure(fpt_rate *rate, fpti_series *s, fpt_error *err)
{
    fpt_str tier = FPT_STR("organisation");
    fpt_term term = {.series = s->name, .sign = 1, .periods = FPT_PERIODS_SAME};
    const fpt_indicator in = {.id = s->name,
                              .title = s->name,
                              .statistic = FPT_STATISTIC_COUNT,
                              .multiplier = 1.0,
                              .scale = s->decimals,
                              .numerators = 1,
                              .numerator = &term,
                              .periods_of = s->name,
                              .as_published = true,
                              .tiers = 1,
                              .tier = &tier};
    const fpt_measure_ask ask = {
        .indicator = &in, .tier = tier, .then = true, .any_grain = true};
    fpt_figure *figures;
    int64_t *load;
    fpt_status status = fpt_measure_figures(rate->measure, &rate->arena, &ask,
                                            &s->count, &figures, err);
    if (status == FPT_OK)
        status = fpt_measure_loads(rate->measure, &rate->arena, &in, &s->loads,
                                   &load, err);
    if (status != FPT_OK) return status;
    s->figure = figures;
    s->load = load;
    s->loaded = true;
    return FPT_OK;
}

fpt_status fpti_series_get(fpt_rate *rate, fpt_str name,
                           const fpti_series **out, fpt_error *err)
{
    for (const fpti_series *s = rate->series; s != NULL; s = s->next)
        if (fpt_str_equal(s->name, name)) {
            *out = s;
            return FPT_OK;
        }
    fpti_series *s = FPT_NEW(&rate->arena, fpti_series, 1);
    if (s == NULL) return fpti_no_memory(err);
    s->name = fpt_str_keep(&rate->arena, name);
    if (s->name.data == NULL) return fpti_no_memory(err);
    if (fpt_measure_has(rate->measure, name, &s->decimals)) {
        fpt_error why = {0};
        const fpt_status status = ask_measure(rate, s, &why);
        if (status != FPT_OK && status != FPT_ERR_NOT_FOUND) {
            if (err != NULL) *err = why;
            return status;
        }
    }
    s->next = rate->series;
    rate->series = s;
    *out = s;
    return FPT_OK;
}

/* ---- what a framework stands on ---- */

struct loads {
    fpt_arena *arena;
    int64_t *load;
    size_t count, capacity;
};

static bool add_loads(struct loads *l, size_t count, const int64_t *load)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < l->count && l->load[at] < load[i])
            at++;
        if (at < l->count && l->load[at] == load[i]) continue;
        if (!FPT_RESERVE(l->arena, l->load, l->count, l->capacity))
            return false;
        memmove(l->load + at + 1, l->load + at,
                (l->count - at) * sizeof *l->load);
        l->load[at] = load[i];
        l->count++;
    }
    return true;
}

static fpt_status add_series_loads(fpt_rate *rate, fpt_str name,
                                   struct loads *l, fpt_error *err)
{
    const fpti_series *s;
    if (name.len == 0) return FPT_OK;
    FPT_TRY(fpti_series_get(rate, name, &s, err));
    return add_loads(l, s->loads, s->load) ? FPT_OK : fpti_no_memory(err);
}

static fpt_status add_indicator_loads(fpt_rate *rate, fpt_str id,
                                      struct loads *l, fpt_error *err)
{
    fpt_indicator indicator;
    fpt_error why = {0};
    size_t count;
    int64_t *load;
    FPT_TRY(fpt_indicator_open(l->arena, rate->packs, id, &indicator, err));
    const fpt_status status = fpt_measure_loads(
        rate->measure, l->arena, &indicator, &count, &load, &why);
    if (status == FPT_ERR_NOT_FOUND) return FPT_OK; /* nothing of it loaded */
    if (status != FPT_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    return add_loads(l, count, load) ? FPT_OK : fpti_no_memory(err);
}

static fpt_status add_from_loads(fpt_rate *rate, const fpt_value_from *from,
                                 struct loads *l, fpt_error *err)
{
    fpt_framework other;
    size_t count;
    int64_t *load;
    switch (from->origin) {
    case FPT_ORIGIN_SERIES:
        return add_series_loads(rate, from->name, l, err);
    case FPT_ORIGIN_INDICATOR:
        return add_indicator_loads(rate, from->name, l, err);
    case FPT_ORIGIN_MEMBERS:
        FPT_TRY(add_series_loads(rate, from->name, l, err));
        return add_indicator_loads(rate, from->weight, l, err);
    case FPT_ORIGIN_FRAMEWORK:
        FPT_TRY(fpt_framework_open(l->arena, rate->packs, from->name,
                                   (fpt_str){0}, &other, err));
        FPT_TRY(fpt_rate_loads(rate, l->arena, &other, &count, &load, err));
        return add_loads(l, count, load) ? FPT_OK : fpti_no_memory(err);
    case FPT_ORIGIN_JUDGEMENT:
        break;
    }
    return FPT_OK;
}

fpt_status fpt_rate_loads(fpt_rate *rate, fpt_arena *arena,
                          const fpt_framework *framework, size_t *count,
                          int64_t **out, fpt_error *err)
{
    struct loads l = {.arena = arena};
    fpt_framework f;
    FPT_TRY(fpt_rate_expand(rate, arena, framework, &f, err));
    for (size_t i = 0; i < f.items; i++) {
        for (size_t k = 0; k < f.item[i].froms; k++)
            FPT_TRY(add_from_loads(rate, &f.item[i].from[k], &l, err));
        FPT_TRY(add_series_loads(rate, f.item[i].published.name, &l, err));
        FPT_TRY(add_series_loads(rate, f.item[i].trajectory.events, &l, err));
        FPT_TRY(add_series_loads(rate, f.item[i].trajectory.people, &l, err));
    }
    for (size_t i = 0; i < f.flags; i++)
        for (size_t k = 0; k < f.flag[i].froms; k++)
            FPT_TRY(add_from_loads(rate, &f.flag[i].from[k], &l, err));
    for (size_t i = 0; i < f.nodes; i++) {
        const fpt_published *p = &f.node[i].published;
        FPT_TRY(add_series_loads(rate, p->score, &l, err));
        FPT_TRY(add_series_loads(rate, p->category, &l, err));
        FPT_TRY(add_series_loads(rate, p->rank, &l, err));
        FPT_TRY(add_series_loads(rate, p->before_rules, &l, err));
    }
    *count = l.count;
    *out = l.load;
    return FPT_OK;
}
