/*
 * Who is judged: the areas of a tier on the day, or the organisations of which
 * anything is published for the period; and with whom each is compared.
 */
#include <stdlib.h>

#include "rate_i.h"

struct found_place {
    fpt_str code, group;
    fpt_body body;
};

struct place_list {
    fpt_arena *arena;
    fpt_intern seen;
    struct found_place *list;
    size_t count, capacity;
};

static bool add_place(struct place_list *l, fpt_str code, fpt_body body)
{
    const size_t before = l->seen.count;
    if (fpt_str_equal(code, FPT_STR(FPT_UNASSIGNED))) return true;
    if (fpt_intern_add(&l->seen, code) == FPT_INTERN_NONE) return false;
    if (l->seen.count == before) return true;
    if (!FPT_RESERVE(l->arena, l->list, l->count, l->capacity)) return false;
    l->list[l->count++] =
        (struct found_place){.code = l->seen.text[before], .body = body};
    return true;
}

static fpt_status add_areas(fpti_case *c, struct place_list *l, fpt_error *err)
{
    fpt_rate *rate = c->rate;
    const fpt_tier *tier = fpt_tier_find(rate->tiers, c->framework->tier);
    const fpt_partition *p;
    if (tier == NULL)
        return fpt_fail(
            err, FPT_ERR_INPUT,
            "the framework " FPT_STR_FMT " judges the tier \"" FPT_STR_FMT
            "\", which no pack of tiers has",
            FPT_STR_ARG(c->framework->name), FPT_STR_ARG(c->framework->tier));
    const fpt_str kind = fpt_tier_kind_on(tier, c->on);
    if (kind.len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_partition(rate->registry, kind, c->on, &p, err));
    for (size_t i = 0; i < p->objects; i++)
        if (!add_place(l, fpt_reg_code(rate->registry, p->distinct[i]),
                       p->distinct[i]))
            return fpti_no_memory(err);
    return FPT_OK;
}

static fpt_status add_published(fpti_case *c, struct place_list *l,
                                fpt_str series, fpt_error *err)
{
    const fpti_series *s;
    if (series.len == 0) return FPT_OK;
    FPT_TRY(fpti_series_get(c->rate, series, &s, err));
    for (size_t i = 0; i < s->count; i++)
        if (fpt_period_equal(s->figure[i].period, c->period) &&
            !add_place(l, s->figure[i].code, s->figure[i].place))
            return fpti_no_memory(err);
    return FPT_OK;
}

/* Organisations: those of which anything is published for the period. */
static fpt_status add_organisations(fpti_case *c, struct place_list *l,
                                    fpt_error *err)
{
    const fpt_framework *f = c->framework;
    for (size_t i = 0; i < f->items; i++) {
        FPT_TRY(add_published(c, l, f->item[i].published.name, err));
        for (size_t k = 0; k < f->item[i].froms; k++)
            if (f->item[i].from[k].origin == FPT_ORIGIN_SERIES)
                FPT_TRY(add_published(c, l, f->item[i].from[k].name, err));
    }
    for (size_t n = 0; n < f->nodes; n++) {
        FPT_TRY(add_published(c, l, f->node[n].published.score, err));
        FPT_TRY(add_published(c, l, f->node[n].published.category, err));
    }
    return FPT_OK;
}

static int by_group_and_code(const void *left, const void *right)
{
    const struct found_place *a = left, *b = right;
    const int group = fpt_str_compare(a->group, b->group);
    return group != 0 ? group : fpt_str_compare(a->code, b->code);
}

static fpt_str group_of(const fpti_case *c, fpt_body body)
{
    fpt_home home[8];
    size_t count = 0;
    bool ambiguous = false;
    if (c->framework->within.len == 0 || !fpt_body_is(body))
        return (fpt_str){"", 0};
    fpt_reg_home(c->rate->registry, body, c->framework->within, c->period.from,
                 8, home, &count, &ambiguous);
    return count == 0 ? (fpt_str){"", 0}
                      : fpt_reg_code(c->rate->registry, home[0].object);
}

fpt_status fpti_find_places(fpti_case *c, fpt_error *err)
{
    struct place_list l = {.arena = c->arena,
                           .seen = fpt_intern_make(c->arena)};
    fpti_places *p = &c->places;
    if (fpt_str_equal(c->framework->tier, FPT_STR("organisation")))
        FPT_TRY(add_organisations(c, &l, err));
    else
        FPT_TRY(add_areas(c, &l, err));
    for (size_t i = 0; i < l.count; i++)
        l.list[i].group = group_of(c, l.list[i].body);
    if (l.count > 0) qsort(l.list, l.count, sizeof *l.list, by_group_and_code);
    *p = (fpti_places){.count = l.count,
                       .code = FPT_NEW(c->arena, fpt_str, l.count),
                       .name = FPT_NEW(c->arena, fpt_str, l.count),
                       .group = FPT_NEW(c->arena, fpt_str, l.count),
                       .body = FPT_NEW(c->arena, fpt_body, l.count),
                       .index = l.seen,
                       .place = FPT_NEW(c->arena, size_t, l.count)};
    if (p->code == NULL || p->name == NULL || p->group == NULL ||
        p->body == NULL || p->place == NULL)
        return fpti_no_memory(err);
    for (size_t i = 0; i < l.count; i++) {
        p->code[i] = l.list[i].code;
        p->group[i] = l.list[i].group;
        p->body[i] = l.list[i].body;
        p->name[i] = fpt_reg_name(c->rate->registry, l.list[i].body, c->on);
        p->place[fpt_intern_find(&l.seen, p->code[i])] = i;
    }
    return FPT_OK;
}

size_t fpti_place_of(const fpti_places *places, fpt_str code)
{
    const uint32_t number = fpt_intern_find(&places->index, code);
    return number == FPT_INTERN_NONE ? SIZE_MAX : places->place[number];
}
