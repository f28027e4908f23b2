/*
 * A run: for each period the places and their values, then each group of places
 * judged, then its rows.
 */
#include "fpt/whatif.h"
#include "rate_i.h"

bool fpti_output_make(fpt_arena *arena, const fpt_league *rules, size_t places,
                      fpt_league_output *out)
{
    const size_t items = rules->items * places, nodes = rules->nodes * places;
    *out = (fpt_league_output){
        .score = FPT_NEW(arena, double, items),
        .item_rank = FPT_NEW(arena, double, items),
        .item_state = FPT_NEW(arena, fpt_rating_state, items),
        .node_score = FPT_NEW(arena, double, nodes),
        .weight = FPT_NEW(arena, double, nodes),
        .present = FPT_NEW(arena, int64_t, nodes),
        .asked = FPT_NEW(arena, int64_t, nodes),
        .ungated = FPT_NEW(arena, int, nodes),
        .category = FPT_NEW(arena, int, nodes),
        .gates = FPT_NEW(arena, uint32_t, nodes),
        .rank = FPT_NEW(arena, double, nodes),
        .ranked = FPT_NEW(arena, int64_t, rules->nodes),
        .node_state = FPT_NEW(arena, fpt_rating_state, nodes),
        .category_state = FPT_NEW(arena, fpt_rating_state, nodes)};
    return out->score != NULL && out->item_rank != NULL &&
           out->item_state != NULL && out->node_score != NULL &&
           out->weight != NULL && out->present != NULL && out->asked != NULL &&
           out->ungated != NULL && out->category != NULL &&
           out->gates != NULL && out->rank != NULL && out->ranked != NULL &&
           out->node_state != NULL && out->category_state != NULL;
}

/* ---- periods ---- */

struct periods {
    fpt_arena *arena;
    fpt_period *list;
    size_t count, capacity;
};

static bool add_period(struct periods *p, fpt_period period)
{
    size_t at = 0;
    while (at < p->count && (p->list[at].from.days < period.from.days ||
                             (p->list[at].from.days == period.from.days &&
                              p->list[at].to.days < period.to.days)))
        at++;
    if (at < p->count && fpt_period_equal(p->list[at], period)) return true;
    if (!FPT_RESERVE(p->arena, p->list, p->count, p->capacity)) return false;
    memmove(p->list + at + 1, p->list + at, (p->count - at) * sizeof *p->list);
    p->list[at] = period;
    p->count++;
    return true;
}

static fpt_status series_periods(fpt_rate *rate, const fpt_framework *f,
                                 fpt_str name, struct periods *p,
                                 fpt_error *err)
{
    const fpti_series *s;
    if (name.len == 0) return FPT_OK;
    FPT_TRY(fpti_series_get(rate, name, &s, err));
    for (size_t i = 0; i < s->count; i++)
        if ((f->grain == FPT_GRAIN_OTHER ||
             fpt_period_grain(s->figure[i].period) == f->grain) &&
            !add_period(p, s->figure[i].period))
            return fpti_no_memory(err);
    return FPT_OK;
}

static fpt_status indicator_periods(fpt_rate *rate, const fpt_framework *f,
                                    fpt_str id, fpt_str tier, struct periods *p,
                                    fpt_error *err)
{
    fpt_indicator in;
    fpt_error why = {0};
    size_t count = 0;
    fpt_figure *figure = NULL;
    FPT_TRY(fpt_indicator_open(p->arena, rate->packs, id, &in, err));
    const fpt_measure_ask ask = {
        .indicator = &in, .tier = tier, .then = true, .grain = f->grain};
    const fpt_status status = fpt_measure_figures(rate->measure, p->arena, &ask,
                                                  &count, &figure, &why);
    if (status == FPT_ERR_NOT_FOUND) return FPT_OK;
    if (status != FPT_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    for (size_t i = 0; i < count; i++)
        if (!add_period(p, figure[i].period)) return fpti_no_memory(err);
    return FPT_OK;
}

static fpt_status from_periods(fpt_rate *rate, const fpt_framework *f,
                               const fpt_value_from *from, struct periods *p,
                               fpt_error *err)
{
    fpt_framework other;
    size_t count;
    fpt_period *list;
    switch (from->origin) {
    case FPT_ORIGIN_SERIES:
    case FPT_ORIGIN_MEMBERS:
        return series_periods(rate, f, from->name, p, err);
    case FPT_ORIGIN_INDICATOR:
        return indicator_periods(rate, f, from->name, f->tier, p, err);
    case FPT_ORIGIN_FRAMEWORK:
        FPT_TRY(fpt_framework_open(p->arena, rate->packs, from->name,
                                   (fpt_str){0}, &other, err));
        FPT_TRY(fpt_rate_periods(rate, p->arena, &other, &count, &list, err));
        for (size_t i = 0; i < count; i++)
            if ((f->grain == FPT_GRAIN_OTHER ||
                 fpt_period_grain(list[i]) == f->grain) &&
                !add_period(p, list[i]))
                return fpti_no_memory(err);
        return FPT_OK;
    case FPT_ORIGIN_JUDGEMENT:
        break;
    }
    for (size_t i = 0; i < rate->judgements; i++)
        if (fpt_str_equal(rate->judgement[i].framework, f->name) &&
            !add_period(p, rate->judgement[i].period))
            return fpti_no_memory(err);
    return FPT_OK;
}

/* A trajectory is judged in its target year, where there is anything of it. */
static fpt_status target_period(fpt_rate *rate, const fpt_framework *f,
                                const fpt_framework_item *item,
                                struct periods *p, fpt_error *err)
{
    const fpti_series *s;
    FPT_TRY(fpti_series_get(rate, item->trajectory.events, &s, err));
    const fpt_period period = fpti_target_period(f, item);
    return s->count == 0 || add_period(p, period) ? FPT_OK
                                                  : fpti_no_memory(err);
}

/* The first source of each item says for which periods there is something to
 * judge; other sources stand beside it, or are asked for by naming a period. */
fpt_status fpt_rate_periods(fpt_rate *rate, fpt_arena *arena,
                            const fpt_framework *framework, size_t *count,
                            fpt_period **out, fpt_error *err)
{
    struct periods p = {.arena = arena};
    fpt_framework f;
    FPT_TRY(fpt_rate_expand(rate, arena, framework, &f, err));
    for (size_t i = 0; i < f.items; i++) {
        const fpt_framework_item *item = &f.item[i];
        FPT_TRY(series_periods(rate, &f, item->published.name, &p, err));
        if (item->froms > 0)
            FPT_TRY(from_periods(rate, &f, &item->from[0], &p, err));
        if (item->method == FPT_SCORE_TRAJECTORY)
            FPT_TRY(target_period(rate, &f, item, &p, err));
    }
    *count = p.count;
    *out = p.list;
    return FPT_OK;
}

/* ---- one period ---- */

/* The arrays of one group of places: rows of the case's cut to its columns. */
static bool slice(fpti_case *c, size_t first, size_t count,
                  fpt_league_input *in)
{
    const fpt_framework *f = c->framework;
    const size_t places = c->places.count;
    double *value = FPT_NEW(c->arena, double, f->items *count);
    double *published = FPT_NEW(c->arena, double, f->items *count);
    double *flag = FPT_NEW(c->arena, double, f->flags *count);
    int *given = FPT_NEW(c->arena, int, f->nodes *count);
    if (value == NULL || published == NULL || flag == NULL || given == NULL)
        return false;
    for (size_t p = 0; p < count; p++) {
        for (size_t i = 0; i < f->items; i++) {
            value[i * count + p] = c->item[i].value[first + p];
            published[i * count + p] = c->published[i * places + first + p];
        }
        for (size_t i = 0; i < f->flags; i++)
            flag[i * count + p] = c->flag[i * places + first + p];
        for (size_t n = 0; n < f->nodes && c->ask->weights == NULL; n++)
            given[n * count + p] =
                f->node[n].published.first
                    ? c->node_category[n * places + first + p]
                    : c->node_before[n * places + first + p];
    }
    *in = (fpt_league_input){.places = count,
                             .value = value,
                             .published = published,
                             .flag = flag,
                             .given = given};
    return true;
}

struct rows {
    fpt_rating *list;
    size_t count, capacity;
    fpti_chances chances;
    /* For what-if: the groups alone, which are not judged. */
    bool only_groups;
    fpt_rate_group *group;
    size_t groups, groups_room;
};

static fpt_status add_group(const fpti_case *c, size_t first,
                            const fpt_league *rules, const fpt_league_input *in,
                            struct rows *rows, fpt_error *err)
{
    if (!FPT_RESERVE(c->arena, rows->group, rows->groups, rows->groups_room))
        return fpti_no_memory(err);
    fpt_rate_group *g = &rows->group[rows->groups++];
    *g = (fpt_rate_group){.name = c->places.group[first],
                          .period = c->period,
                          .framework = *c->framework,
                          .rules = *rules,
                          .input = *in,
                          .code = c->places.code + first};
    g->input.given = NULL;
    return FPT_OK;
}

/* Where indicators are found in the data, those that are published of none of
 * the places compared are no part of what these are judged by: ambulance
 * services are not asked for the metrics of hospitals. */
static bool narrow(fpti_case *c, const fpt_league_input *in, fpt_league *rules)
{
    fpt_league_node *node = FPT_NEW(c->arena, fpt_league_node, c->rules.nodes);
    *rules = c->rules;
    if (!c->framework->pattern.given) return true;
    if (node == NULL) return false;
    for (size_t n = 0; n < rules->nodes; n++) {
        fpt_league_part *part =
            FPT_NEW(c->arena, fpt_league_part, rules->node[n].parts);
        if (part == NULL) return false;
        node[n] = rules->node[n];
        node[n].part = part;
        node[n].parts = 0;
        for (size_t k = 0; k < rules->node[n].parts; k++) {
            const fpt_league_part *from = &rules->node[n].part[k];
            bool any = from->is_node;
            for (size_t p = 0; p < in->places && !any; p++) {
                const size_t at = from->index * in->places + p;
                any = !isnan(in->value[at]) || !isnan(in->published[at]);
            }
            if (any) part[node[n].parts++] = *from;
        }
    }
    rules->node = node;
    return true;
}

static fpt_status judge_group(fpti_case *c, size_t first, size_t count,
                              struct rows *rows, fpt_error *err)
{
    const size_t each = c->framework->items + c->framework->nodes;
    fpt_league_input in;
    fpt_league_work work;
    fpt_league_output out;
    const fpt_league all = c->rules;
    fpt_league mine;
    if (!slice(c, first, count, &in) || !narrow(c, &in, &mine) ||
        !fpt_league_work_make(c->arena, &mine, count, &work) ||
        !fpti_output_make(c->arena, &mine, count, &out))
        return fpti_no_memory(err);
    if (rows->only_groups) return add_group(c, first, &mine, &in, rows, err);
    fpt_league_judge(&mine, &in, &work, &out);
    for (size_t i = 0; i < each * count; i++) {
        if (!FPT_RESERVE(c->arena, rows->list, rows->count, rows->capacity))
            return fpti_no_memory(err);
        rows->count++;
    }
    c->rules = mine;
    fpt_rating *made = rows->list + rows->count - each * count;
    fpt_status status = fpti_rows(c, first, count, &in, &out, made, err);
    if (status == FPT_OK && c->ask->draws > 0)
        status =
            fpti_doubts(c, first, &in, each * count, made, &rows->chances, err);
    c->rules = all;
    return status;
}

static fpt_status judge_period(fpt_rate *rate, fpt_arena *arena,
                               const fpt_rate_ask *ask,
                               const fpt_framework *framework,
                               fpt_period period, struct rows *rows,
                               fpt_error *err)
{
    fpti_case c = {.rate = rate,
                   .arena = arena,
                   .ask = ask,
                   .framework = framework,
                   .period = period,
                   .on = ask->then ? period.from : ask->on};
    FPT_TRY(fpti_find_places(&c, err));
    if (c.places.count == 0) return FPT_OK;
    FPT_TRY(fpti_find_values(&c, err));
    bool any = false;
    for (size_t i = 0; i < framework->items && !any; i++) {
        any = c.item[i].from.len > 0;
        for (size_t p = 0; p < c.places.count && !any; p++)
            any = !isnan(c.published[i * c.places.count + p]);
    }
    for (size_t first = 0; first < c.places.count && any;) {
        size_t end = first + 1;
        while (end < c.places.count &&
               fpt_str_equal(c.places.group[end], c.places.group[first]))
            end++;
        FPT_TRY(judge_group(&c, first, end - first, rows, err));
        first = end;
    }
    return FPT_OK;
}

static fpt_status check_weights(const fpt_rate_ask *ask, const fpt_framework *f,
                                fpt_error *err)
{
    if (ask->weights == NULL || ask->weights->items == f->items) return FPT_OK;
    return fpt_fail(
        err, FPT_ERR_USAGE,
        "the weights are of %zu items, and the framework " FPT_STR_FMT
        " has %zu here",
        ask->weights->items, FPT_STR_ARG(f->name), f->items);
}

fpt_status fpt_rate_groups(fpt_rate *rate, fpt_arena *arena,
                           const fpt_rate_ask *ask, size_t *count,
                           fpt_rate_group **out, fpt_error *err)
{
    fpt_framework f;
    struct rows rows = {.only_groups = true};
    FPT_REQUIRE(ask->has_period);
    FPT_TRY(fpt_rate_expand(rate, arena, ask->framework, &f, err));
    FPT_TRY(check_weights(ask, &f, err));
    FPT_TRY(judge_period(rate, arena, ask, &f, ask->period, &rows, err));
    if (rows.groups == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "nothing that the framework " FPT_STR_FMT
                        " judges has data for that period",
                        FPT_STR_ARG(f.name));
    *count = rows.groups;
    *out = rows.group;
    return FPT_OK;
}

fpt_status fpt_rate_run(fpt_rate *rate, fpt_arena *arena,
                        const fpt_rate_ask *ask, fpt_ratings *out,
                        fpt_error *err)
{
    fpt_framework f;
    struct rows rows = {0};
    size_t periods = 1;
    fpt_period one = ask->period, *list = &one;
    FPT_TRY(fpt_rate_expand(rate, arena, ask->framework, &f, err));
    FPT_TRY(check_weights(ask, &f, err));
    if (!ask->has_period)
        FPT_TRY(fpt_rate_periods(rate, arena, ask->framework, &periods, &list,
                                 err));
    for (size_t i = 0; i < periods; i++)
        FPT_TRY(judge_period(rate, arena, ask, &f, list[i], &rows, err));
    if (rows.count == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "nothing that the framework " FPT_STR_FMT
                        " judges has data%s",
                        FPT_STR_ARG(f.name),
                        ask->has_period ? " for that period" : " here");
    *out = (fpt_ratings){.count = rows.count,
                         .rating = rows.list,
                         .chances = rows.chances.count,
                         .chance = rows.chances.list};
    return FPT_OK;
}
