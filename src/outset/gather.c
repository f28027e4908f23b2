/*
 * From the warehouse: a place's figures of one financial year, and of activity
 * the parts that its providers gave.
 */
#include <stdlib.h>
#include <string.h>

#include "fpt/outset.h"

typedef struct gatherer {
    fpt_measure *measure;
    fpt_arena *arena;
    const fpt_outset_pack *pack;
    fpt_outset *out;
} gatherer;

static fpt_measure_ask ask_of(const gatherer *g, const fpt_indicator *indicator,
                              fpt_period period)
{
    return (fpt_measure_ask){.indicator = indicator,
                             .tier = g->pack->tier,
                             .then = true,
                             .grain = fpt_indicator_grain(indicator, period),
                             .has_period = true,
                             .period = period};
}

/* What is not loaded leaves a reason; the rest is a failure. */
static fpt_status excuse(const gatherer *g, fpt_status status,
                         const fpt_error *inside, fpt_str *why, fpt_error *err)
{
    if (status == FPT_OK) return FPT_OK;
    if (status != FPT_ERR_NOT_FOUND && status != FPT_ERR_USAGE) {
        if (err != NULL) *err = *inside;
        return status;
    }
    *why = fpt_str_keep(g->arena, fpt_str_from(inside->text));
    return FPT_OK;
}

/* ---- residents ---- */

/* "18-64" or "85+". */
static bool band_of(fpt_str text, fpt_where *where)
{
    fpt_str rest = text;
    const fpt_str low = fpt_str_cut(&rest, '-');
    where->has_low = true;
    if (rest.data != NULL) {
        where->has_high = fpt_parse_int64(rest, &where->high);
        return where->has_high && fpt_parse_int64(low, &where->low);
    }
    return text.len > 1 && text.data[text.len - 1] == '+' &&
           fpt_parse_int64(fpt_str_slice(text, 0, text.len - 1), &where->low);
}

/* The estimate nearest to the year's middle, of the place. */
static fpt_status residents(gatherer *g, const fpt_indicator *indicator,
                            fpt_figure *out, bool *found, fpt_error *err)
{
    fpt_measure_ask ask = ask_of(g, indicator, g->out->year);
    fpt_figure *figure;
    size_t count;
    int64_t nearest = INT64_MAX;
    ask.has_period = false;
    ask.grain = FPT_GRAIN_OTHER;
    *found = false;
    FPT_TRY(
        fpt_measure_figures(g->measure, g->arena, &ask, &count, &figure, err));
    const int64_t middle =
        ((int64_t)g->out->year.from.days + g->out->year.to.days) / 2;
    for (size_t i = 0; i < count; i++) {
        const int64_t away = llabs(figure[i].period.from.days - middle);
        if (!fpt_str_equal(figure[i].code, g->out->place) ||
            !figure[i].has_numerator || away >= nearest)
            continue;
        nearest = away;
        *out = figure[i];
        *found = true;
    }
    return FPT_OK;
}

static fpt_status gather_residents(gatherer *g, fpt_error *err)
{
    fpt_outset *o = g->out;
    const fpt_outset_pack *p = g->pack;
    fpt_figure whole;
    fpt_error inside = {0};
    bool found = false;
    o->in_band = FPT_NEW(g->arena, int64_t, p->bands + 1);
    fpt_term *term = FPT_NEW(g->arena, fpt_term, 1);
    fpt_where *where = FPT_NEW(g->arena, fpt_where, 1);
    if (o->in_band == NULL || term == NULL || where == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    const fpt_status status =
        residents(g, &p->residents, &whole, &found, &inside);
    FPT_TRY(excuse(g, status, &inside, &o->residents_why_not, err));
    if (!found) return FPT_OK;
    o->name = fpt_str_keep(g->arena, whole.name);
    o->residents = whole.numerator;
    o->residents_of = whole.period;
    for (size_t b = 0; b < p->bands; b++) {
        fpt_indicator banded = p->residents;
        fpt_figure part;
        *term = p->residents.numerator[0];
        *where = (fpt_where){.dimension = p->dimension};
        if (!band_of(p->band[b], where))
            return fpt_fail(err, FPT_ERR_INPUT,
                            "\"%.*s\" is no band of ages: 18-64 or 85+",
                            FPT_STR_ARG(p->band[b]));
        term->wheres = 1;
        term->where = where;
        term->whole = false;
        banded.numerators = 1;
        banded.numerator = term;
        FPT_TRY(residents(g, &banded, &part, &found, err));
        o->in_band[b] = found ? part.numerator : 0;
    }
    o->has_residents = true;
    return FPT_OK;
}

/* ---- what providers do ---- */

static fpt_outset_part *part_of(fpt_outset_table *t, size_t most, fpt_str org)
{
    for (size_t i = 0; i < t->count; i++)
        if (fpt_str_equal(t->part[i].org, org)) return &t->part[i];
    return t->count < most ? &t->part[t->count] : NULL;
}

/* "numerator + ae.attendances": which side, and added or taken off. */
static bool side_of(const fpt_contribution *c, bool *below, int64_t *sign)
{
    fpt_str rest = c->term;
    const fpt_str side = fpt_str_cut(&rest, ' ');
    *below = fpt_str_equal(side, FPT_STR("denominator"));
    *sign = rest.len > 0 && rest.data[0] == '-' ? -1 : 1;
    return *below || fpt_str_equal(side, FPT_STR("numerator"));
}

/* Providers' parts of one figure are added to the table; `want_below`: the
 * denominator too. */
static fpt_status add_parts(gatherer *g, const fpt_indicator *indicator,
                            fpt_period period, bool want_below, size_t most,
                            fpt_outset_table *t, fpt_error *err)
{
    const fpt_measure_ask ask = ask_of(g, indicator, period);
    fpt_figure figure;
    fpt_contribution *c;
    size_t count;
    FPT_TRY(fpt_measure_explain(g->measure, g->arena, &ask, g->out->place,
                                &figure, &count, &c, err));
    if (g->out->name.len == 0)
        g->out->name = fpt_str_keep(g->arena, figure.name);
    for (size_t i = 0; i < count; i++) {
        bool below;
        int64_t sign;
        if (!side_of(&c[i], &below, &sign) || (below && !want_below)) continue;
        fpt_outset_part *part = part_of(t, most, c[i].place);
        if (part == NULL) continue;
        if (part == &t->part[t->count])
            t->part[t->count++] = (fpt_outset_part){
                .org = fpt_str_keep(g->arena, c[i].place),
                .name = fpt_str_keep(g->arena,
                                     fpt_measure_part_name(g->measure, &c[i]))};
        *(below ? &part->below : &part->count) += sign * c[i].part;
    }
    return FPT_OK;
}

static int by_code(const void *a, const void *b)
{
    const fpt_outset_part *x = a, *y = b;
    return fpt_str_compare(x->org, y->org);
}

enum { PROVIDERS_MOST = 512 };

static fpt_status gather_table(gatherer *g, const fpt_indicator *indicator,
                               bool beds, fpt_outset_table *t, fpt_error *err)
{
    fpt_error inside = {0};
    fpt_status status = FPT_OK;
    int quarters = 0;
    t->part = FPT_NEW(g->arena, fpt_outset_part, PROVIDERS_MOST);
    if (t->part == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    if (beds) {
        /* A census of each quarter: their mean is the year's. */
        int year, month, day;
        fpt_date_split(g->out->year.from, &year, &month, &day);
        for (int q = 0; q < 4 && status == FPT_OK; q++) {
            const fpt_period quarter = {
                fpt_date_make(year + (month + 3 * q > 12),
                              (month + 3 * q - 1) % 12 + 1, 1),
                fpt_date_make(year + (month + 3 * q + 3 > 12),
                              (month + 3 * q + 2) % 12 + 1, 1)};
            status = add_parts(g, indicator, quarter, true, PROVIDERS_MOST, t,
                               &inside);
            quarters += status == FPT_OK;
        }
        if (status == FPT_ERR_NOT_FOUND) t->count = 0;
    } else {
        status = add_parts(g, indicator, g->out->year, false, PROVIDERS_MOST, t,
                           &inside);
    }
    FPT_TRY(excuse(g, status, &inside, &t->why_not, err));
    t->known = status == FPT_OK && t->count > 0;
    if (!t->known && t->why_not.len == 0)
        t->why_not = FPT_STR("no provider of the place has any");
    qsort(t->part, t->count, sizeof *t->part, by_code);
    for (size_t i = 0; i < t->count && beds; i++) {
        t->part[i].count = (t->part[i].count + quarters / 2) / quarters;
        t->part[i].below = (t->part[i].below + quarters / 2) / quarters;
    }
    return FPT_OK;
}

static fpt_status gather_spending(gatherer *g, fpt_error *err)
{
    fpt_outset *o = g->out;
    const fpt_outset_pack *p = g->pack;
    o->has_spending = FPT_NEW(g->arena, bool, p->spendings + 1);
    o->spent = FPT_NEW(g->arena, int64_t, p->spendings + 1);
    if (o->has_spending == NULL || o->spent == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < p->spendings; i++) {
        const fpt_measure_ask ask =
            ask_of(g, &p->spending[i].indicator, o->year);
        fpt_figure *figure;
        fpt_error inside = {0};
        fpt_str why = {NULL, 0};
        size_t count = 0;
        const fpt_status status = fpt_measure_figures(
            g->measure, g->arena, &ask, &count, &figure, &inside);
        FPT_TRY(excuse(g, status, &inside, &why, err));
        for (size_t k = 0; status == FPT_OK && k < count; k++) {
            if (!fpt_str_equal(figure[k].code, o->place) ||
                !figure[k].has_numerator)
                continue;
            o->has_spending[i] = true;
            o->spent[i] = figure[k].numerator;
        }
    }
    return FPT_OK;
}

fpt_status fpt_outset_gather(fpt_measure *measure, fpt_arena *arena,
                             const fpt_outset_pack *pack, fpt_str place,
                             fpt_period year, fpt_outset *out, fpt_error *err)
{
    fpt_outset made = {.place = place, .year = year, .pack = pack};
    gatherer g = {measure, arena, pack, &made};
    made.activity = FPT_NEW(arena, fpt_outset_table, pack->activities + 1);
    made.bed = FPT_NEW(arena, fpt_outset_table, pack->beds + 1);
    if (made.activity == NULL || made.bed == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(gather_residents(&g, err));
    bool any = made.has_residents;
    for (size_t i = 0; i < pack->activities; i++) {
        FPT_TRY(gather_table(&g, &pack->activity[i].indicator, false,
                             &made.activity[i], err));
        any = any || made.activity[i].known;
    }
    for (size_t i = 0; i < pack->beds; i++)
        FPT_TRY(
            gather_table(&g, &pack->bed[i].indicator, true, &made.bed[i], err));
    FPT_TRY(gather_spending(&g, err));
    if (!any)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "the workspace holds nothing of a %.*s \"%.*s\"%s%.*s",
                        FPT_STR_ARG(pack->tier), FPT_STR_ARG(place),
                        made.residents_why_not.len > 0 ? ": " : "",
                        FPT_STR_ARG(made.residents_why_not));
    *out = made;
    return FPT_OK;
}
