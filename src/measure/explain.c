/*
 * Where a figure came from: every place that gave to it, how much, and by which
 * step; and the files behind it.
 */
#include <stdlib.h>

#include "measure_i.h"

struct collector {
    fpt_measure *m;
    fpt_arena *arena;
    fpt_str code; /* of the figure that is explained */
    fpti_target target;
    fpt_contribution *list;
    size_t count, capacity;
};

static fpt_str phrase(struct collector *c, const fpti_spots *spots)
{
    if (!fpt_body_is(spots->via)) return fpt_str_from(spots->how);
    return fpt_str_print(c->arena, "%s, by its successor " FPT_STR_FMT,
                         spots->how,
                         FPT_STR_ARG(fpt_reg_code(c->m->registry, spots->via)));
}

static bool is_asked(const struct collector *c, size_t area)
{
    if (c->target.nation) return true;
    if (c->target.organisation)
        return fpt_str_equal(c->m->place[area], c->code);
    const fpt_str code =
        area == c->target.areas
            ? FPT_STR(FPT_UNASSIGNED)
            : fpt_reg_code(c->m->registry, c->target.area[area]);
    return fpt_str_equal(code, c->code);
}

static fpt_status collect(void *context, const fpt_term *term, bool top,
                          fpt_str place, int64_t whole, int64_t part,
                          size_t area, const fpti_spots *spots, fpt_error *err)
{
    struct collector *c = context;
    if (part == 0 || !is_asked(c, area)) return FPT_OK;
    const fpt_str name = fpt_str_print(
        c->arena, "%s %s " FPT_STR_FMT, top ? "numerator" : "denominator",
        term->sign > 0 ? "+" : "-", FPT_STR_ARG(term->series));
    if (name.data == NULL) return FPT_ERR_MEMORY;
    /* Months of one place are told as one sum. */
    if (c->count > 0) {
        fpt_contribution *last = &c->list[c->count - 1];
        if (fpt_str_equal(last->place, place) &&
            fpt_str_equal(last->term, name)) {
            last->whole += whole;
            last->part += part;
            return FPT_OK;
        }
    }
    if (!FPT_RESERVE(c->arena, c->list, c->count, c->capacity))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to explain");
    c->list[c->count++] = (fpt_contribution){
        .term = name,
        .place = place,
        .name = fpt_reg_name(c->m->registry,
                             fpt_reg_find(c->m->registry, place), c->target.on),
        .whole = whole,
        .part = part,
        .step = spots->step,
        .how = phrase(c, spots)};
    return FPT_OK;
}

static int by_size(const void *left, const void *right)
{
    const fpt_contribution *a = left, *b = right;
    const int term = fpt_str_compare(b->term, a->term);
    if (term != 0) return term;
    const int64_t x = a->part < 0 ? -a->part : a->part;
    const int64_t y = b->part < 0 ? -b->part : b->part;
    if (x != y) return x < y ? 1 : -1;
    return fpt_str_compare(a->place, b->place);
}

fpt_status fpt_measure_explain(fpt_measure *measure, fpt_arena *arena,
                               const fpt_measure_ask *ask, fpt_str code,
                               fpt_figure *figure, size_t *count,
                               fpt_contribution **out, fpt_error *err)
{
    struct collector c = {.m = measure, .arena = arena, .code = code};
    size_t figures, periods;
    fpt_figure *list;
    fpt_period *period;
    FPT_TRY(fpti_periods(measure, arena, ask, &periods, &period, err));
    if (periods == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there are no numbers for " FPT_STR_FMT
                        " in that period",
                        FPT_STR_ARG(ask->indicator->id));
    if (periods > 1)
        return fpt_fail(err, FPT_ERR_AMBIGUOUS, "name one period: %zu fit",
                        periods);
    FPT_TRY(fpti_target_open(measure, ask->tier,
                             ask->then ? period[0].from : ask->on, &c.target,
                             err));
    FPT_TRY(fpti_run(measure, arena, ask, collect, &c, &figures, &list, err));
    for (size_t i = 0; i < figures; i++) {
        if (!fpt_str_equal(list[i].code, code)) continue;
        if (c.count > 0) qsort(c.list, c.count, sizeof *c.list, by_size);
        *figure = list[i];
        *count = c.count;
        *out = c.list;
        return FPT_OK;
    }
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "\"" FPT_STR_FMT "\" has no figure of " FPT_STR_FMT
                    " there; it is not one of the " FPT_STR_FMT
                    " areas of that day",
                    FPT_STR_ARG(code), FPT_STR_ARG(ask->indicator->id),
                    FPT_STR_ARG(ask->tier));
}

fpt_status fpt_measure_loads(fpt_measure *measure, fpt_arena *arena,
                             const fpt_indicator *indicator, size_t *count,
                             int64_t **out, fpt_error *err)
{
    size_t used = 0, capacity = 0;
    int64_t *loads = NULL;
    const size_t terms = indicator->numerators + indicator->denominators;
    for (size_t t = 0; t < terms; t++) {
        const fpti_numbers *n;
        FPT_TRY(fpti_numbers_get(
            measure,
            t < indicator->numerators
                ? &indicator->numerator[t]
                : &indicator->denominator[t - indicator->numerators],
            &n, err));
        for (size_t i = 0; i < n->loads; i++) {
            bool known = false;
            for (size_t k = 0; k < used && !known; k++)
                known = loads[k] == n->load[i];
            if (known) continue;
            if (!FPT_RESERVE(arena, loads, used, capacity))
                return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
            size_t at = used++;
            while (at > 0 && loads[at - 1] > n->load[i]) {
                loads[at] = loads[at - 1];
                at--;
            }
            loads[at] = n->load[i];
        }
    }
    *count = used;
    *out = loads;
    return FPT_OK;
}
