/*
 * Everything that one period is judged on: columns of indicators with what
 * stands beside them, published scores, flags, and what was published of groups
 * and the whole.
 */
#include "rate_i.h"

#define NONE ((double)NAN)

static fpt_status find_item(fpti_case *c, size_t i, fpt_error *err)
{
    const fpt_framework_item *item = &c->framework->item[i];
    const size_t places = c->places.count;
    bool found = false, beside = false;
    if (!fpti_column_make(c->arena, places, &c->item[i]) ||
        !fpti_column_make(c->arena, places, &c->beside[i]))
        return fpti_no_memory(err);
    for (size_t k = 0; k < item->froms && !beside; k++) {
        fpti_column column;
        bool any = false;
        if (!fpti_column_make(c->arena, places, &column))
            return fpti_no_memory(err);
        FPT_TRY(
            fpti_fill(c, item->id, item, &item->from[k], &column, &any, err));
        if (!any) continue;
        *(found ? &c->beside[i] : &c->item[i]) = column;
        beside = found;
        found = true;
    }
    if (item->method == FPT_SCORE_TRAJECTORY)
        FPT_TRY(fpti_fill_trajectory(c, item, &c->item[i], err));
    /* Where the source has data and says nothing of a place, the place's value
     * is missing; where nothing has data, it is not loaded. */
    for (size_t p = 0; p < places && found; p++)
        if (c->item[i].state[p] == FPT_RATING_NOT_LOADED)
            c->item[i].state[p] = FPT_RATING_MISSING;
    return FPT_OK;
}

/* Published figures of a series as plain numbers, by place. */
static fpt_status read_numbers(fpti_case *c, fpt_str series, double *out,
                               fpt_error *err)
{
    fpti_column column;
    const fpt_value_from from = {
        .origin = FPT_ORIGIN_SERIES, .name = series, .multiplier = 1.0};
    bool any;
    for (size_t p = 0; p < c->places.count; p++)
        out[p] = NONE;
    if (series.len == 0) return FPT_OK;
    if (!fpti_column_make(c->arena, c->places.count, &column))
        return fpti_no_memory(err);
    FPT_TRY(fpti_fill(c, series, NULL, &from, &column, &any, err));
    memcpy(out, column.value, c->places.count * sizeof *out);
    return FPT_OK;
}

static fpt_status read_categories(fpti_case *c, fpt_str series, int *out,
                                  fpt_error *err)
{
    const size_t places = c->places.count;
    double *category = FPT_NEW(c->arena, double, places);
    if (category == NULL) return fpti_no_memory(err);
    FPT_TRY(read_numbers(c, series, category, err));
    for (size_t i = 0; i < places; i++) {
        const bool good = category[i] >= 1.0 &&
                          category[i] <= (double)c->framework->categories &&
                          category[i] == (double)(int)category[i];
        if (!isnan(category[i]) && !good)
            return fpt_fail(err, FPT_ERR_INPUT,
                            "the series " FPT_STR_FMT " gives " FPT_STR_FMT
                            " the category %g, and the framework " FPT_STR_FMT
                            " has %zu",
                            FPT_STR_ARG(series), FPT_STR_ARG(c->places.code[i]),
                            category[i], FPT_STR_ARG(c->framework->name),
                            c->framework->categories);
        out[i] = good ? (int)category[i] : 0;
    }
    return FPT_OK;
}

static fpt_status find_node(fpti_case *c, size_t n, fpt_error *err)
{
    const fpt_published *p = &c->framework->node[n].published;
    const size_t at = n * c->places.count;
    FPT_TRY(read_numbers(c, p->score, c->node_score + at, err));
    FPT_TRY(read_numbers(c, p->rank, c->node_rank + at, err));
    FPT_TRY(read_categories(c, p->before_rules, c->node_before + at, err));
    return read_categories(c, p->category, c->node_category + at, err);
}

/* A flag is settled place by place: the first source that says anything. */
static fpt_status find_flag(fpti_case *c, size_t i, fpt_error *err)
{
    const fpt_framework_flag *flag = &c->framework->flag[i];
    const size_t places = c->places.count;
    double *out = c->flag + i * places;
    for (size_t p = 0; p < places; p++)
        out[p] = NONE;
    for (size_t k = 0; k < flag->froms; k++) {
        fpti_column column;
        bool any = false;
        if (!fpti_column_make(c->arena, places, &column))
            return fpti_no_memory(err);
        FPT_TRY(
            fpti_fill(c, flag->id, NULL, &flag->from[k], &column, &any, err));
        for (size_t p = 0; p < places; p++)
            if (isnan(out[p])) out[p] = column.value[p];
    }
    return FPT_OK;
}

/* So many in each category as were published among those with a score. */
static fpt_status match_published(fpti_case *c, fpt_error *err)
{
    const fpt_framework *f = c->framework;
    if (c->ask->weights == NULL || !f->what_if.as_published) return FPT_OK;
    fpt_league_node *node = FPT_NEW(c->arena, fpt_league_node, f->nodes);
    if (node == NULL) return fpti_no_memory(err);
    memcpy(node, c->rules.node, f->nodes * sizeof *node);
    for (size_t n = 0; n < f->nodes; n++) {
        if (node[n].cut != FPT_CUT_COUNTS || node[n].counts != NULL) continue;
        int64_t *counts = FPT_NEW(c->arena, int64_t, f->categories), sum = 0;
        if (counts == NULL) return fpti_no_memory(err);
        for (size_t p = 0; p < c->places.count; p++) {
            const int k = c->node_category[n * c->places.count + p];
            if (k == 0) continue;
            counts[k - 1]++;
            sum++;
        }
        node[n].counts = counts;
        if (sum == 0) node[n].cut = FPT_CUT_NOT_PUBLISHED;
    }
    c->rules.node = node;
    return FPT_OK;
}

fpt_status fpti_find_values(fpti_case *c, fpt_error *err)
{
    const fpt_framework *f = c->framework;
    const size_t places = c->places.count;
    c->item = FPT_NEW(c->arena, fpti_column, f->items);
    c->beside = FPT_NEW(c->arena, fpti_column, f->items);
    c->published = FPT_NEW(c->arena, double, f->items *places);
    c->flag = FPT_NEW(c->arena, double, f->flags *places);
    c->node_score = FPT_NEW(c->arena, double, f->nodes *places);
    c->node_rank = FPT_NEW(c->arena, double, f->nodes *places);
    c->node_category = FPT_NEW(c->arena, int, f->nodes *places);
    c->node_before = FPT_NEW(c->arena, int, f->nodes *places);
    if (c->item == NULL || c->beside == NULL || c->published == NULL ||
        c->flag == NULL || c->node_score == NULL || c->node_rank == NULL ||
        c->node_category == NULL || c->node_before == NULL)
        return fpti_no_memory(err);
    for (size_t i = 0; i < f->items; i++) {
        FPT_TRY(find_item(c, i, err));
        FPT_TRY(read_numbers(c, f->item[i].published.name,
                             c->published + i * places, err));
    }
    for (size_t i = 0; i < f->flags; i++)
        FPT_TRY(find_flag(c, i, err));
    for (size_t n = 0; n < f->nodes; n++)
        FPT_TRY(find_node(c, n, err));
    FPT_TRY(fpt_framework_rules(c->arena, f, c->ask->weights, &c->rules, err));
    return match_published(c, err);
}
