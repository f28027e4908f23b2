/*
 * From the parts to the whole: a figure of an area as the mean of what its
 * members were given, weighted by their people. The mean of ordinal grades is a
 * convention, so how many members had which stands beside it.
 *
 * Weights and grades are whole numbers in practice: numerator and denominator
 * are kept as such, and divided once.
 */
#include <stdlib.h>

#include "rate_i.h"

/* A member area: what it was given, its people, and where it lies. */
struct member {
    fpt_body body, canonical;
    double grade, people;
    int64_t days; /* between the two, of the people's period */
};

static fpt_status find_members(fpti_case *c, const fpt_value_from *from,
                               size_t *count, struct member **out,
                               fpt_error *err)
{
    const fpt_tier *tier = fpt_tier_find(c->rate->tiers, from->tier);
    const fpt_str kind =
        tier != NULL ? fpt_tier_kind_on(tier, c->on) : (fpt_str){0};
    const fpt_partition *p;
    *count = 0;
    if (kind.len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_partition(c->rate->registry, kind, c->on, &p, err));
    *out = FPT_NEW(c->arena, struct member, p->objects);
    if (*out == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < p->objects; i++)
        (*out)[i] =
            (struct member){.body = p->distinct[i],
                            .canonical = fpt_reg_canonical(
                                c->rate->registry, p->distinct[i], c->on),
                            .grade = (double)NAN,
                            .days = INT64_MAX};
    *count = p->objects;
    return FPT_OK;
}

static struct member *member_of(const fpti_case *c, size_t count,
                                struct member *member, fpt_str code)
{
    const fpt_body body = fpt_reg_find(c->rate->registry, code);
    if (!fpt_body_is(body)) return NULL;
    const fpt_body canonical =
        fpt_reg_canonical(c->rate->registry, body, c->on);
    for (size_t i = 0; i < count; i++)
        if (member[i].body.id == body.id ||
            member[i].canonical.id == canonical.id)
            return &member[i];
    return NULL;
}

static fpt_status read_grades(fpti_case *c, const fpt_value_from *from,
                              size_t count, struct member *member, bool *any,
                              fpt_error *err)
{
    const fpti_series *s;
    FPT_TRY(fpti_series_get(c->rate, from->name, &s, err));
    for (size_t i = 0; i < s->count; i++) {
        const fpt_figure *f = &s->figure[i];
        if (!fpt_period_equal(f->period, c->period)) continue;
        struct member *m = member_of(c, count, member, f->code);
        if (m == NULL || !fpt_str_equal(f->status, FPT_STR("OK"))) continue;
        m->grade = f->value;
        *any = true;
    }
    return FPT_OK;
}

static fpt_status read_people(fpti_case *c, const fpt_value_from *from,
                              size_t count, struct member *member,
                              fpt_error *err)
{
    fpt_indicator in;
    fpt_figure *f = NULL;
    fpt_error why = {0};
    size_t figures = 0;
    FPT_TRY(
        fpt_indicator_open(c->arena, c->rate->packs, from->weight, &in, err));
    const fpt_measure_ask ask = {.indicator = &in,
                                 .tier = from->tier,
                                 .then = c->ask->then,
                                 .on = c->ask->on,
                                 .any_grain = true};
    const fpt_status status = fpt_measure_figures(c->rate->measure, c->arena,
                                                  &ask, &figures, &f, &why);
    if (status == FPT_ERR_NOT_FOUND) return FPT_OK;
    if (status != FPT_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    for (size_t i = 0; i < figures; i++) {
        struct member *m = member_of(c, count, member, f[i].code);
        /* The people of the year that is judged, else of the nearest to it. */
        const int64_t days =
            llabs((int64_t)f[i].period.from.days - c->period.from.days);
        if (m == NULL || !f[i].has_numerator || days >= m->days) continue;
        m->people = (double)f[i].numerator;
        m->days = days;
    }
    return FPT_OK;
}

/* "1: 3, 2: 5 of 9 members, 93.1 % of the people" */
static fpt_str tell(const fpti_case *c, size_t count,
                    const struct member *member, const size_t *place, size_t p,
                    double graded, double people)
{
    fpt_strbuf text = fpt_strbuf_make(c->arena);
    size_t members = 0, with = 0;
    for (size_t i = 0; i < count; i++) {
        if (place[i] != p) continue;
        members++;
        if (!isnan(member[i].grade)) with++;
    }
    for (int grade = 0; grade < 100; grade++) {
        size_t n = 0;
        for (size_t i = 0; i < count; i++)
            if (place[i] == p && member[i].grade == (double)grade) n++;
        if (n > 0)
            fpt_strbuf_print(&text, "%sgrade %d: %zu", text.len > 0 ? ", " : "",
                             grade, n);
    }
    fpt_strbuf_print(&text, "%s%zu of %zu members have one",
                     text.len > 0 ? "; " : "", with, members);
    if (people > 0.0)
        fpt_strbuf_print(&text, ", with %.1f %% of the people",
                         100.0 * graded / people);
    else
        fpt_strbuf_add(&text, FPT_STR("; no figure of their people is loaded"));
    return fpt_strbuf_view(&text);
}

static size_t home_of(const fpti_case *c, fpt_str kind, fpt_body body)
{
    fpt_home home[8];
    size_t count = 0;
    bool ambiguous = false;
    fpt_reg_home(c->rate->registry, body, kind, c->on, 8, home, &count,
                 &ambiguous);
    if (count != 1 || home[0].share != FPT_SHARE_WHOLE) return SIZE_MAX;
    return fpti_place_of(&c->places,
                         fpt_reg_code(c->rate->registry, home[0].object));
}

static fpt_status sum_up(fpti_case *c, size_t count,
                         const struct member *member, const size_t *place,
                         fpti_column *column, fpt_error *err)
{
    for (size_t p = 0; p < c->places.count; p++) {
        fpt_sum top = {0}, graded = {0}, people = {0};
        for (size_t i = 0; i < count; i++) {
            if (place[i] != p) continue;
            fpt_sum_add(&people, member[i].people);
            if (isnan(member[i].grade)) continue;
            fpt_sum_add(&top, member[i].people * member[i].grade);
            fpt_sum_add(&graded, member[i].people);
        }
        const double bottom = fpt_sum_value(graded);
        column->text[p] =
            tell(c, count, member, place, p, bottom, fpt_sum_value(people));
        if (column->text[p].data == NULL) return fpti_no_memory(err);
        column->state[p] = FPT_RATING_MISSING;
        if (!(bottom > 0.0)) continue;
        column->state[p] = FPT_RATING_OK;
        column->top[p] = fpt_sum_value(top);
        column->bottom[p] = bottom;
        column->value[p] = column->shown[p] = column->top[p] / bottom;
    }
    return FPT_OK;
}

fpt_status fpti_fill_members(fpti_case *c, const fpt_value_from *from,
                             fpti_column *column, bool *any, fpt_error *err)
{
    size_t count;
    struct member *member = NULL;
    const fpt_tier *tier = fpt_tier_find(c->rate->tiers, c->framework->tier);
    const fpt_str kind =
        tier != NULL ? fpt_tier_kind_on(tier, c->on) : (fpt_str){0};
    FPT_TRY(find_members(c, from, &count, &member, err));
    FPT_TRY(read_grades(c, from, count, member, any, err));
    if (!*any || kind.len == 0) return FPT_OK;
    FPT_TRY(read_people(c, from, count, member, err));
    size_t *place = FPT_NEW(c->arena, size_t, count);
    if (place == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < count; i++)
        place[i] = home_of(c, kind, member[i].body);
    column->from = fpt_str_print(
        c->arena, "members' series " FPT_STR_FMT " weighted by " FPT_STR_FMT,
        FPT_STR_ARG(from->name), FPT_STR_ARG(from->weight));
    if (column->from.data == NULL) return fpti_no_memory(err);
    column->period = c->period;
    return sum_up(c, count, member, place, column, err);
}
