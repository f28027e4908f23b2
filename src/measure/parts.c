/*
 * The parts of figures: every place that gave to one, how much, and by which step;
 * of each term the largest first, and of many only those that are asked for, with
 * the rest as one.
 */
#include <stdlib.h>

#include "measure_i.h"

/* A contribution as it is gathered; its phrase is written when all are known. */
struct gathered {
    const fpt_term *term;
    bool top;
    size_t area; /* index of the target; of organisations the place's */
    uint32_t place;
    fpt_str code; /* the place's: equal parts lie in its order */
    int64_t whole, part;
    int step;
    const char *how;
    fpt_body via;
};

struct collector {
    fpt_measure *m;
    fpt_arena *scratch;
    fpt_str code; /* of the figure that is explained; empty: all */
    fpti_target target;
    struct gathered *list;
    size_t count, capacity;
};

static fpt_str code_of(const struct collector *c, size_t area)
{
    if (c->target.nation) return c->m->tiers->nation_code;
    if (c->target.organisation) return c->m->place[area];
    if (area == c->target.areas) return FPT_STR(FPT_UNASSIGNED);
    return fpt_reg_code(c->m->registry, c->target.area[area]);
}

static fpt_status collect(void *context, const fpt_term *term, bool top,
                          uint32_t place, int64_t whole, int64_t part,
                          size_t area, const fpti_spots *spots, fpt_error *err)
{
    struct collector *c = context;
    if (part == 0 ||
        (c->code.len > 0 && !fpt_str_equal(code_of(c, area), c->code)))
        return FPT_OK;
    if (!FPT_RESERVE(c->scratch, c->list, c->count, c->capacity))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to explain");
    c->list[c->count++] = (struct gathered){.term = term,
                                            .top = top,
                                            .area = area,
                                            .place = place,
                                            .code = c->m->place[place],
                                            .whole = whole,
                                            .part = part,
                                            .step = spots->step,
                                            .how = spots->how,
                                            .via = spots->via};
    return FPT_OK;
}

/* Area by area, unassigned last. Each term's numbers come place by place, and
 * stay so: terms in the pack's order, the numerator's first. */
static struct gathered *by_area(fpt_arena *scratch, const struct collector *c)
{
    size_t areas = 0;
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].area >= areas) areas = c->list[i].area + 1;
    size_t *first = FPT_NEW(scratch, size_t, areas + 1);
    struct gathered *out = FPT_NEW(scratch, struct gathered, c->count);
    if (first == NULL || out == NULL) return NULL;
    for (size_t i = 0; i < c->count; i++)
        first[c->list[i].area + 1]++;
    for (size_t i = 0; i < areas; i++)
        first[i + 1] += first[i];
    for (size_t i = 0; i < c->count; i++)
        out[first[c->list[i].area]++] = c->list[i];
    return out;
}

static bool same_term(const struct gathered *a, const struct gathered *b)
{
    return a->area == b->area && a->term == b->term && a->top == b->top;
}

/* Months of one place that came by one way are told as one sum. */
static size_t merge(struct gathered *list, size_t count)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = used;
        while (at > 0 && same_term(&list[at - 1], &list[i]) &&
               list[at - 1].place == list[i].place) {
            at--;
            if (list[at].step == list[i].step &&
                list[at].via.id == list[i].via.id)
                break;
        }
        const bool known = at < used && list[at].step == list[i].step &&
                           list[at].via.id == list[i].via.id;
        if (known) {
            list[at].whole += list[i].whole;
            list[at].part += list[i].part;
        } else {
            list[used++] = list[i];
        }
    }
    return used;
}

/* ---- the order in which parts are told ---- */

struct coded {
    fpt_str code;
    uint32_t place;
};

static int by_code(const void *left, const void *right)
{
    return fpt_str_compare(((const struct coded *)left)->code,
                           ((const struct coded *)right)->code);
}

/* The place of each code among all, so that codes are compared as numbers. */
static const uint32_t *places_in_order(fpt_measure *m, fpt_arena *scratch)
{
    if (m->place_in_order != NULL) return m->place_in_order;
    struct coded *all = FPT_NEW(scratch, struct coded, m->places);
    uint32_t *order = FPT_NEW(&m->arena, uint32_t, m->places);
    if (all == NULL || order == NULL) return NULL;
    for (size_t i = 0; i < m->places; i++)
        all[i] = (struct coded){m->place[i], (uint32_t)i};
    if (m->places > 0) qsort(all, m->places, sizeof *all, by_code);
    for (size_t i = 0; i < m->places; i++)
        order[all[i].place] = (uint32_t)i;
    m->place_in_order = order;
    return order;
}

/* What is sorted of a part, and which it is: the largest first, then by code. */
struct sized {
    int64_t size;
    uint32_t place;
    int step;
    uint32_t via;
    uint32_t at;
};

#define COMPARE(a, b)                                                          \
    if ((a) != (b)) return (a) < (b) ? -1 : 1

static int by_size(const void *left, const void *right)
{
    const struct sized *a = left, *b = right;
    COMPARE(b->size, a->size);
    COMPARE(a->place, b->place);
    COMPARE(a->step, b->step);
    COMPARE(a->via, b->via);
    COMPARE(a->at, b->at);
    return 0;
}

/* The `most` first of many, in order, without sorting the rest. */
static void choose(size_t count, struct sized *list, size_t most)
{
    for (size_t i = most; i < count; i++) {
        if (by_size(&list[i], &list[most - 1]) > 0) continue;
        const struct sized x = list[i];
        size_t at = most - 1;
        list[i] = list[at];
        for (; at > 0 && by_size(&x, &list[at - 1]) < 0; at--)
            list[at] = list[at - 1];
        list[at] = x;
    }
}

/* One term's parts; those of equal size often are in order already. */
static void sort_term(size_t count, struct sized *list, size_t most)
{
    const size_t first = count < most ? count : most;
    bool sorted = true;
    for (size_t i = 1; i < first && sorted; i++)
        sorted = by_size(&list[i - 1], &list[i]) < 0;
    if (!sorted) qsort(list, first, sizeof *list, by_size);
    if (first > 0) choose(count, list, first);
}

/* ---- telling ---- */

struct telling {
    struct collector *c;
    fpt_arena *arena;
    size_t most; /* of each term */
    size_t count, capacity;
    fpt_contribution *part;
};

static fpt_contribution *add(struct telling *t, fpt_contribution part)
{
    if (part.term.data == NULL || part.how.data == NULL ||
        !FPT_RESERVE(t->arena, t->part, t->count, t->capacity))
        return NULL;
    t->part[t->count] = part;
    return &t->part[t->count++];
}

static bool tell_part(struct telling *t, const struct gathered *g, fpt_str area,
                      fpt_str term)
{
    const fpt_measure *m = t->c->m;
    fpt_contribution part = {.area = area,
                             .term = term,
                             .parts = 1,
                             .place = g->code,
                             .body = m->body[g->place],
                             .on = t->c->target.on,
                             .whole = g->whole,
                             .part = g->part,
                             .step = g->step,
                             .how = fpt_str_from(g->how)};
    if (fpt_body_is(g->via))
        part.how =
            fpt_str_print(t->arena, "%s, by its successor " FPT_STR_FMT, g->how,
                          FPT_STR_ARG(fpt_reg_code(m->registry, g->via)));
    return add(t, part) != NULL;
}

/* What is left of a term, as one. */
static bool tell_rest(struct telling *t, size_t count,
                      const struct sized *order, const struct gathered *list,
                      fpt_str area, fpt_str term)
{
    fpt_contribution *rest = add(t, (fpt_contribution){.area = area,
                                                       .term = term,
                                                       .parts = (int64_t)count,
                                                       .place = FPT_STR(""),
                                                       .body = {FPT_NOBODY},
                                                       .how = FPT_STR("")});
    if (rest == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        rest->whole += list[order[i].at].whole;
        rest->part += list[order[i].at].part;
    }
    return true;
}

static bool tell_term(struct telling *t, size_t count,
                      const struct gathered *list, struct sized *order)
{
    const uint32_t *place = t->c->m->place_in_order;
    const fpt_str area = code_of(t->c, list->area);
    const fpt_str term = fpt_str_print(
        t->arena, "%s %s " FPT_STR_FMT, list->top ? "numerator" : "denominator",
        list->term->sign > 0 ? "+" : "-", FPT_STR_ARG(list->term->series));
    for (size_t i = 0; i < count; i++)
        order[i] = (struct sized){llabs(list[i].part), place[list[i].place],
                                  list[i].step, list[i].via.id, (uint32_t)i};
    /* A rest of one is told by its name. */
    const size_t shown =
        count < t->most || count - t->most == 1 ? count : t->most;
    sort_term(count, order, shown);
    for (size_t i = 0; i < shown; i++)
        if (!tell_part(t, &list[order[i].at], area, term)) return false;
    return shown == count ||
           tell_rest(t, count - shown, order + shown, list, area, term);
}

static bool tell_all(struct telling *t, size_t count,
                     const struct gathered *list)
{
    struct sized *order = FPT_NEW(t->c->scratch, struct sized, count);
    if (order == NULL || places_in_order(t->c->m, t->c->scratch) == NULL)
        return false;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && same_term(&list[i], &list[end]);)
            end++;
        if (!tell_term(t, end - i, list + i, order)) return false;
    }
    return true;
}

static fpt_status gather(struct collector *c, fpt_arena *arena,
                         const fpt_measure_ask *ask, size_t most,
                         size_t *figures, fpt_figure **figure, size_t *count,
                         fpt_contribution **out, fpt_error *err)
{
    size_t periods;
    fpt_period *period;
    FPT_TRY(fpti_periods(c->m, arena, ask, &periods, &period, err));
    if (periods == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there are no numbers for " FPT_STR_FMT
                        " in that period",
                        FPT_STR_ARG(ask->indicator->id));
    if (periods > 1)
        return fpt_fail(err, FPT_ERR_AMBIGUOUS, "name one period: %zu fit",
                        periods);
    FPT_TRY(fpti_target_open(c->m, ask->tier,
                             ask->then ? period[0].from : ask->on, &c->target,
                             err));
    FPT_TRY(fpti_run(c->m, arena, ask, collect, c, figures, figure, err));
    struct gathered *list = by_area(c->scratch, c);
    struct telling t = {.c = c, .arena = arena, .most = most};
    if (list == NULL || !tell_all(&t, merge(list, c->count), list))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to explain");
    *count = t.count;
    *out = t.part;
    return FPT_OK;
}

fpt_status fpti_parts(fpt_measure *m, fpt_arena *arena,
                      const fpt_measure_ask *ask, fpt_str code, size_t most,
                      size_t *figures, fpt_figure **figure, size_t *count,
                      fpt_contribution **out, fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    struct collector c = {.m = m, .scratch = &scratch, .code = code};
    const fpt_status status =
        gather(&c, arena, ask, most, figures, figure, count, out, err);
    fpt_arena_clear(&scratch);
    return status;
}

fpt_status fpt_measure_parts(fpt_measure *measure, fpt_arena *arena,
                             const fpt_measure_ask *ask, size_t most,
                             size_t *figures, fpt_figure **figure,
                             size_t *count, fpt_contribution **out,
                             fpt_error *err)
{
    return fpti_parts(measure, arena, ask, (fpt_str){0}, most, figures, figure,
                      count, out, err);
}

fpt_str fpt_measure_part_name(const fpt_measure *measure,
                              const fpt_contribution *part)
{
    return fpt_reg_name(measure->registry, part->body, part->on);
}
