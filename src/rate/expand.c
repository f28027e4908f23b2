/*
 * Indicators that a pack does not name one by one: whatever the publisher scored
 * counts, so what is scored is read off the data. Items that the pack names keep
 * what it says of them.
 */
#include "rate_i.h"

struct like {
    fpt_str prefix, suffix;
    size_t digits;
};

static struct like like_of(fpt_str pattern)
{
    const size_t at = fpt_str_find(pattern, '#', 0);
    size_t digits = 0;
    while (at + digits < pattern.len && pattern.data[at + digits] == '#')
        digits++;
    return (struct like){fpt_str_slice(pattern, 0, at),
                         fpt_str_slice(pattern, at + digits, pattern.len),
                         digits};
}

static bool digits_of(const struct like *like, fpt_str name, fpt_str *out)
{
    if (name.len != like->prefix.len + like->digits + like->suffix.len ||
        !fpt_str_starts(name, like->prefix) ||
        !fpt_str_ends(name, like->suffix))
        return false;
    *out = fpt_str_slice(name, like->prefix.len, like->digits);
    for (size_t i = 0; i < out->len; i++)
        if (out->data[i] < '0' || out->data[i] > '9') return false;
    return true;
}

static bool is_named(const fpt_framework *f, fpt_str series)
{
    for (size_t i = 0; i < f->items; i++)
        if (fpt_str_equal(f->item[i].published.name, series)) return true;
    return false;
}

/* The id: what follows the last point of the name of the series. */
static fpt_str id_of(fpt_str series)
{
    size_t at = 0;
    for (size_t i = 0; i < series.len; i++)
        if (series.data[i] == '.') at = i + 1;
    return fpt_str_slice(series, at, series.len);
}

static bool make_item(fpt_arena *arena, const fpt_framework *f, fpt_str series,
                      fpt_str digits, fpt_str about, fpt_str group,
                      fpt_framework_item *out)
{
    const fpt_framework_pattern *p = &f->pattern;
    const struct like value = like_of(p->values);
    const fpt_str name = fpt_str_keep(arena, series);
    fpt_value_from *from = FPT_NEW(arena, fpt_value_from, 1);
    if (name.data == NULL || from == NULL) return false;
    *from = (fpt_value_from){
        .origin = FPT_ORIGIN_SERIES,
        .multiplier = 1.0,
        .name = fpt_str_print(arena, FPT_STR_FMT FPT_STR_FMT FPT_STR_FMT,
                              FPT_STR_ARG(value.prefix), FPT_STR_ARG(digits),
                              FPT_STR_ARG(value.suffix))};
    *out = (fpt_framework_item){
        .id = id_of(name),
        .title = fpt_str_keep(arena, about),
        .unit = FPT_STR("as published"),
        .node = fpt_framework_node_find(f, FPT_STR(FPT_OVERALL)),
        .decimals = 2,
        .grade = p->grade,
        .counted = true,
        .weight = (double)NAN,
        .froms = 1,
        .from = from,
        .method = FPT_SCORE_PUBLISHED,
        .published = {.name = name, .multiplier = 1.0}};
    for (size_t g = 0; g < p->groups; g++)
        if (fpt_str_equal(p->group_value[g], group))
            out->node = p->group_node[g];
    return from->name.data != NULL && out->title.data != NULL;
}

static fpt_status find_items(fpt_rate *rate, fpt_arena *arena,
                             const fpt_framework *f, fpt_framework *out,
                             fpt_error *err)
{
    const struct like like = like_of(f->pattern.scores);
    const fpt_bind binds[] = {fpt_bind_text(f->pattern.dimension),
                              fpt_bind_text(like.prefix),
                              fpt_bind_int((int64_t)like.prefix.len)};
    fpt_rows rows;
    size_t capacity = f->items;
    bool good = true;
    FPT_TRY(fpt_store_query(
        rate->warehouse, arena,
        "SELECT s.name, s.about, max(t.value) FROM series s JOIN datum d ON "
        "d.series = s.series LEFT JOIN stratum t ON t.stratum = d.stratum AND "
        "t.dimension = $1 WHERE substr(s.name, 1, CAST($3 AS INTEGER)) = $2 "
        "GROUP BY s.name, s.about ORDER BY s.name",
        3, binds, &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            const fpt_str name = rows.column[0].text[i];
            const fpt_str group = rows.column[2].null[i]
                                      ? (fpt_str){"", 0}
                                      : rows.column[2].text[i];
            fpt_str digits;
            if (!digits_of(&like, name, &digits) || is_named(f, name)) continue;
            good = FPT_RESERVE(arena, out->item, out->items, capacity) &&
                   make_item(arena, f, name, digits, rows.column[1].text[i],
                             group, &out->item[out->items]);
            if (good) out->items++;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    return good ? FPT_OK : fpti_no_memory(err);
}

fpt_status fpt_rate_expand(fpt_rate *rate, fpt_arena *arena,
                           const fpt_framework *framework, fpt_framework *out,
                           fpt_error *err)
{
    fpt_framework f = *framework;
    if (f.pattern.given) {
        f.item = FPT_NEW(arena, fpt_framework_item, framework->items);
        if (f.item == NULL) return fpti_no_memory(err);
        if (framework->items > 0)
            memcpy(f.item, framework->item, framework->items * sizeof *f.item);
        FPT_TRY(find_items(rate, arena, framework, &f, err));
    }
    *out = f;
    return FPT_OK;
}
