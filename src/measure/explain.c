/*
 * Where a figure came from: every place that gave to it, how much, and by which
 * step; and the files behind it.
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

/* What is sorted: the size beside what has it. */
struct sized {
    int64_t size;
    const struct gathered *of;
};

static int by_size(const void *left, const void *right)
{
    const struct sized *x = left, *y = right;
    if (x->size != y->size) return x->size < y->size ? 1 : -1;
    const struct gathered *a = x->of, *b = y->of;
    const int place = fpt_str_compare(a->code, b->code);
    if (place != 0) return place;
    if (a->step != b->step) return a->step < b->step ? -1 : 1;
    return (a->via.id > b->via.id) - (a->via.id < b->via.id);
}

/* In the order in which parts are told: of each term the largest first. */
static struct sized *sort_terms(fpt_arena *scratch, size_t count,
                                const struct gathered *list)
{
    struct sized *out = FPT_NEW(scratch, struct sized, count);
    for (size_t i = 0, end; i < count && out != NULL; i = end) {
        for (end = i; end < count && same_term(&list[i], &list[end]); end++)
            out[end] = (struct sized){llabs(list[end].part), &list[end]};
        qsort(out + i, end - i, sizeof *out, by_size);
    }
    return out;
}

static fpt_status tell(const struct collector *c, fpt_arena *arena,
                       const struct gathered *g, const fpt_contribution *last,
                       bool same, fpt_contribution *out)
{
    const fpt_registry *r = c->m->registry;
    *out = (fpt_contribution){.area = code_of(c, g->area),
                              .place = g->code,
                              .body = c->m->body[g->place],
                              .on = c->target.on,
                              .whole = g->whole,
                              .part = g->part,
                              .step = g->step,
                              .how = fpt_str_from(g->how)};
    out->term = same ? last->term
                     : fpt_str_print(arena, "%s %s " FPT_STR_FMT,
                                     g->top ? "numerator" : "denominator",
                                     g->term->sign > 0 ? "+" : "-",
                                     FPT_STR_ARG(g->term->series));
    if (fpt_body_is(g->via))
        out->how = fpt_str_print(arena, "%s, by its successor " FPT_STR_FMT,
                                 g->how, FPT_STR_ARG(fpt_reg_code(r, g->via)));
    return out->term.data != NULL && out->how.data != NULL ? FPT_OK
                                                           : FPT_ERR_MEMORY;
}

static fpt_status gather(struct collector *c, fpt_arena *arena,
                         const fpt_measure_ask *ask, size_t *figures,
                         fpt_figure **figure, size_t *count,
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
    const size_t told = list != NULL ? merge(list, c->count) : 0;
    fpt_contribution *parts = FPT_NEW(arena, fpt_contribution, told);
    const struct sized *order =
        list != NULL ? sort_terms(c->scratch, told, list) : NULL;
    if (order == NULL || parts == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to explain");
    *count = told;
    *out = parts;
    for (size_t i = 0; i < told; i++)
        if (tell(c, arena, order[i].of, i > 0 ? &parts[i - 1] : NULL,
                 i > 0 && same_term(order[i - 1].of, order[i].of),
                 &parts[i]) != FPT_OK)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory to explain");
    return FPT_OK;
}

fpt_str fpt_measure_part_name(const fpt_measure *measure,
                              const fpt_contribution *part)
{
    return fpt_reg_name(measure->registry, part->body, part->on);
}

fpt_status fpt_measure_parts(fpt_measure *measure, fpt_arena *arena,
                             const fpt_measure_ask *ask, size_t *figures,
                             fpt_figure **figure, size_t *count,
                             fpt_contribution **out, fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    struct collector c = {.m = measure, .scratch = &scratch};
    const fpt_status status =
        gather(&c, arena, ask, figures, figure, count, out, err);
    fpt_arena_clear(&scratch);
    return status;
}

fpt_status fpt_measure_explain(fpt_measure *measure, fpt_arena *arena,
                               const fpt_measure_ask *ask, fpt_str code,
                               fpt_figure *figure, size_t *count,
                               fpt_contribution **out, fpt_error *err)
{
    fpt_arena scratch;
    size_t figures = 0;
    fpt_figure *list = NULL;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    struct collector c = {.m = measure, .scratch = &scratch, .code = code};
    fpt_status status =
        gather(&c, arena, ask, &figures, &list, count, out, err);
    fpt_arena_clear(&scratch);
    FPT_TRY(status);
    for (size_t i = 0; i < figures; i++)
        if (fpt_str_equal(list[i].code, code)) {
            *figure = list[i];
            return FPT_OK;
        }
    if (fpt_str_equal(ask->tier, FPT_STR("organisation")))
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "\"" FPT_STR_FMT "\" has no figure of " FPT_STR_FMT
                        " there; it is no area of that day, and no "
                        "organisation with numbers",
                        FPT_STR_ARG(code), FPT_STR_ARG(ask->indicator->id));
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
        const fpt_term *term =
            t < indicator->numerators
                ? &indicator->numerator[t]
                : &indicator->denominator[t - indicator->numerators];
        const fpti_loaded *n;
        FPT_TRY(fpti_loaded_get(measure, term->series, &n, err));
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

fpt_status fpt_figure_formula(fpt_arena *arena, const fpt_indicator *in,
                              const fpt_figure *f, fpt_str *out)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    if (!f->has_numerator)
        fpt_strbuf_add(&text, FPT_STR("no numerator was published"));
    else
        fpt_strbuf_print(&text, "%lld", (long long)f->numerator);
    if (f->has_denominator)
        fpt_strbuf_print(&text, " / %lld", (long long)f->denominator);
    double factor = in->multiplier;
    for (int i = 0; i < in->scale; i++)
        factor /= 10.0;
    if (factor != 1.0) fpt_strbuf_print(&text, " x %g", factor);
    if (in->wilson)
        fpt_strbuf_add(&text, FPT_STR(", with Wilson's interval"));
    else if (in->byar)
        fpt_strbuf_add(&text,
                       FPT_STR(", with the interval of a Poisson count (exact "
                               "below 10 events, else Byar's)"));
    else
        fpt_strbuf_print(&text, "; no interval: " FPT_STR_FMT,
                         FPT_STR_ARG(in->interval_why));
    *out = fpt_strbuf_view(&text);
    return text.failed ? FPT_ERR_MEMORY : FPT_OK;
}
