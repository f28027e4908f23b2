/*
 * Indicators of a framework: where the value of each comes from, how it is
 * scored, and what it weighs.
 */
#include "rate_i.h"

static fpt_status read_members(fpt_yaml *yaml, fpt_value_from *out,
                               fpt_error *err)
{
    fpt_yaml *map = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "members", true, &map, err));
    FPT_TRY(fpt_yaml_text(map, "series", true, &out->name, err));
    FPT_TRY(fpt_yaml_text(map, "weight", true, &out->weight, err));
    return fpt_yaml_text(map, "tier", true, &out->tier, err);
}

static fpt_status read_one_from(fpt_yaml *yaml, fpt_value_from *out,
                                fpt_error *err)
{
    static const char *const origins[] = {"series", "indicator", "judgement",
                                          "framework", "members"};
    static const char *const takes[] = {"score", "category", "value"};
    int take = 0, found = 0;
    *out = (fpt_value_from){.multiplier = 1.0};
    if (yaml->kind != FPT_YAML_MAP)
        return fpt_yaml_fail(yaml, err,
                             "a value comes from {series: NAME} or the like");
    for (int i = 0; i < 5; i++)
        if (fpt_yaml_find(yaml, origins[i]) != NULL) {
            out->origin = (fpt_origin)i;
            found++;
        }
    if (found != 1)
        return fpt_yaml_fail(yaml, err,
                             "a value comes from one of \"series\", "
                             "\"indicator\", \"judgement\", \"framework\", "
                             "\"members\"");
    FPT_TRY(fpt_yaml_text(yaml, "note", false, &out->note, err));
    switch (out->origin) {
    case FPT_ORIGIN_SERIES:
        FPT_TRY(fpt_yaml_text(yaml, "series", true, &out->name, err));
        FPT_TRY(
            fpt_yaml_double(yaml, "multiplier", false, &out->multiplier, err));
        if (fpt_multiplier_size_is_valid(out->multiplier)) return FPT_OK;
        return fpt_yaml_fail(yaml, err, "\"multiplier\" is out of range");
    case FPT_ORIGIN_INDICATOR:
        return fpt_yaml_text(yaml, "indicator", true, &out->name, err);
    case FPT_ORIGIN_JUDGEMENT: {
        bool yes = false;
        FPT_TRY(fpt_yaml_bool(yaml, "judgement", true, &yes, err));
        return yes ? FPT_OK
                   : fpt_yaml_fail(yaml, err, "\"judgement\" is yes or absent");
    }
    case FPT_ORIGIN_FRAMEWORK:
        FPT_TRY(fpt_yaml_text(yaml, "framework", true, &out->name, err));
        FPT_TRY(fpt_yaml_text(yaml, "item", true, &out->item, err));
        FPT_TRY(fpt_yaml_choice(yaml, "take", true, takes, 3, &take, err));
        out->take = (fpt_take)take;
        return FPT_OK;
    case FPT_ORIGIN_MEMBERS:
        return read_members(yaml, out, err);
    }
    return FPT_OK;
}

fpt_status fpti_read_from(fpti_draft *d, fpt_yaml *yaml, const char *key,
                          size_t *count, fpt_value_from **out, fpt_error *err)
{
    fpt_yaml *list = NULL;
    *count = 0;
    FPT_TRY(fpt_yaml_list(yaml, key, false, &list, err));
    if (list == NULL) return FPT_OK;
    *out = FPT_NEW(d->arena, fpt_value_from, list->count);
    if (*out == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        list->item[i].taken = true;
        FPT_TRY(read_one_from(&list->item[i], &(*out)[i], err));
    }
    *count = list->count;
    return FPT_OK;
}

/* ---- scores ---- */

static fpt_status read_bands(fpti_draft *d, fpt_yaml *map,
                             fpt_framework_item *item, fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(map, "bands", true, &list, err));
    item->band = FPT_NEW(d->arena, fpt_band, list->count);
    if (item->band == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        fpt_band *b = &item->band[i];
        *b = (fpt_band){.from = -HUGE_VAL, .below = HUGE_VAL};
        FPT_TRY(fpt_yaml_double(&list->item[i], "from", false, &b->from, err));
        FPT_TRY(
            fpt_yaml_double(&list->item[i], "below", false, &b->below, err));
        FPT_TRY(fpt_yaml_double(&list->item[i], "score", true, &b->score, err));
    }
    item->bands = list->count;
    size_t at = 0;
    if (item->bands == 0) return fpt_yaml_fail(map, err, "\"bands\" is empty");
    if (!fpt_bands_are_valid(item->bands, item->band, &at))
        return fpt_yaml_fail(&list->item[at], err,
                             "bands go upwards and do not overlap: each has "
                             "\"from\" below \"below\", at or above the end of "
                             "the last");
    return FPT_OK;
}

static fpt_status read_target(fpti_draft *d, fpt_yaml *map,
                              fpt_framework_item *item, fpt_error *err)
{
    const fpt_scale scale = d->framework.scale;
    fpt_score_target *t = &item->target;
    t->score = scale.best;
    FPT_TRY(fpt_yaml_double(map, "target", true, &t->target, err));
    FPT_TRY(fpt_yaml_double(map, "per", true, &t->per, err));
    FPT_TRY(fpt_yaml_double(map, "at_target", false, &t->score, err));
    if (!(t->per > 0.0))
        return fpt_yaml_fail(map, err,
                             "\"per\", the units for one point, is above 0");
    if (t->score < fmin(scale.best, scale.worst) ||
        t->score > fmax(scale.best, scale.worst))
        return fpt_yaml_fail(map, err, "\"at_target\" lies off the scale");
    return FPT_OK;
}

static fpt_status read_trajectory(fpt_yaml *map, fpt_framework_item *item,
                                  fpt_error *err)
{
    static const char *const scales[] = {"log", "logit"};
    static const char *const courses[] = {"own", "held", "nation"};
    static const char *const kinds[] = {"not-stated", "final-year",
                                        "cumulative"};
    int64_t from = 0, to = 0, year = 0;
    int scale = 0, course = 0, kind = 0;
    fpt_trajectory_rule *t = &item->trajectory;
    t->published = (double)NAN;
    FPT_TRY(fpt_yaml_text(map, "events", true, &t->events, err));
    FPT_TRY(fpt_yaml_text(map, "people", true, &t->people, err));
    FPT_TRY(fpt_yaml_choice(map, "course", false, courses, 3, &course, err));
    t->course = (fpt_course)course;
    FPT_TRY(fpt_yaml_int64(map, "base_from", true, &from, err));
    FPT_TRY(fpt_yaml_int64(map, "base_to", true, &to, err));
    FPT_TRY(fpt_yaml_int64(map, "target_year", true, &year, err));
    FPT_TRY(fpt_yaml_choice(map, "scale", true, scales, 2, &scale, err));
    FPT_TRY(fpt_yaml_double(map, "published", false, &t->published, err));
    FPT_TRY(fpt_yaml_choice(map, "published_is", false, kinds, 3, &kind, err));
    t->published_is = fpt_str_from(kinds[kind]);
    if (from < 1900 || to < from + 2 || to - from > 63 || year <= to ||
        year > to + 100)
        return fpt_yaml_fail(map, err,
                             "three to 64 base years lie before the target "
                             "year, which is at most 100 years behind them");
    t->base_from = (int)from;
    t->base_to = (int)to;
    t->target_year = (int)year;
    t->log_scale = scale == 0;
    return FPT_OK;
}

static fpt_status read_score(fpti_draft *d, fpt_yaml *yaml,
                             fpt_framework_item *item, fpt_error *err)
{
    static const char *const methods[] = {
#define FPT_SCORE_METHOD_WORD(name, word, text) word,
        FPT_SCORE_LIST(FPT_SCORE_METHOD_WORD)
#undef FPT_SCORE_METHOD_WORD
    };
    static const char *const benchmarks[] = {"nation", "target"};
    int method = 0, benchmark = 0;
    fpt_yaml *map = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "score", true, &map, err));
    FPT_TRY(fpt_yaml_choice(map, "method", true, methods, FPT_SCORE_METHODS,
                            &method, err));
    item->method = (fpt_score_method)method;
    FPT_TRY(fpti_read_grade(map, "grade",
                            item->method == FPT_SCORE_NOT_PUBLISHED
                                ? FPT_GRADE_NOT_PUBLISHED
                                : FPT_GRADE_SOURCED,
                            &item->method_grade, err));
    FPT_TRY(fpt_yaml_text(map, "source", false, &item->method_source, err));
    switch (item->method) {
    case FPT_SCORE_PUBLISHED:
        item->published = (fpt_value_from){.multiplier = 1.0};
        return fpt_yaml_text(map, "series", true, &item->published.name, err);
    case FPT_SCORE_BANDS:
        return read_bands(d, map, item, err);
    case FPT_SCORE_TARGET:
        return read_target(d, map, item, err);
    case FPT_SCORE_COMPARE:
        FPT_TRY(
            fpt_yaml_choice(map, "to", true, benchmarks, 2, &benchmark, err));
        item->benchmark = fpt_str_from(benchmarks[benchmark]);
        return benchmark == 0 ? FPT_OK
                              : fpt_yaml_double(map, "target", true,
                                                &item->target.target, err);
    case FPT_SCORE_TRAJECTORY:
        return read_trajectory(map, item, err);
    case FPT_SCORE_NONE:
    case FPT_SCORE_VALUE:
    case FPT_SCORE_RANK:
    case FPT_SCORE_Z:
    case FPT_SCORE_PERCENTILE:
    case FPT_SCORE_NOT_PUBLISHED:
    case FPT_SCORE_METHODS:
        break;
    }
    return FPT_OK;
}

static bool needs_direction(fpt_score_method method)
{
    return method == FPT_SCORE_RANK || method == FPT_SCORE_Z ||
           method == FPT_SCORE_PERCENTILE || method == FPT_SCORE_TARGET ||
           method == FPT_SCORE_COMPARE || method == FPT_SCORE_TRAJECTORY;
}

/* ---- one item ---- */

static fpt_status read_place(fpti_draft *d, fpt_yaml *yaml,
                             fpt_framework_item *item, fpt_error *err)
{
    fpt_str in = {0};
    FPT_TRY(fpt_yaml_text(yaml, "in", false, &in, err));
    item->node = fpt_framework_node_find(
        &d->framework, in.len > 0 ? in : FPT_STR(FPT_OVERALL));
    if (item->node == SIZE_MAX && in.len > 0)
        return fpt_yaml_fail(yaml, err,
                             "\"" FPT_STR_FMT "\" is in \"" FPT_STR_FMT
                             "\", which is no group of this pack",
                             FPT_STR_ARG(item->id), FPT_STR_ARG(in));
    item->counted = true;
    FPT_TRY(fpt_yaml_bool(yaml, "counted", false, &item->counted, err));
    FPT_TRY(
        fpt_yaml_text(yaml, "why_not", !item->counted, &item->why_not, err));
    item->weight = (double)NAN;
    FPT_TRY(fpt_yaml_double(yaml, "weight", false, &item->weight, err));
    if (item->weight < 0.0)
        return fpt_yaml_fail(yaml, err, "a weight is not negative");
    return FPT_OK;
}

static fpt_status read_figure_of(fpt_yaml *yaml, fpt_framework_item *item,
                                 fpt_error *err)
{
    static const char *const words[] = {"same", "latest"};
    int which = 0;
    int64_t months = 0;
    FPT_TRY(fpt_yaml_choice(yaml, "period", false, words, 2, &which, err));
    item->figure_of = (fpt_figure_of)which;
    FPT_TRY(fpt_yaml_int64(yaml, "within_months", which == 1, &months, err));
    if (months < 0 || months > 120 || (which == 1 && months == 0))
        return fpt_yaml_fail(yaml, err, "\"within_months\" is 1 to 120");
    item->within_months = (int)months;
    return FPT_OK;
}

static fpt_status read_item(fpti_draft *d, fpt_yaml *yaml,
                            fpt_framework_item *item, fpt_error *err)
{
    static const char *const betters[] = {"none", "higher", "lower"};
    int better = 0;
    int64_t decimals = 1;
    FPT_TRY(fpt_yaml_text(yaml, "id", true, &item->id, err));
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &item->title, err));
    FPT_TRY(fpt_yaml_text(yaml, "unit", true, &item->unit, err));
    FPT_TRY(fpt_yaml_text(yaml, "note", false, &item->note, err));
    FPT_TRY(fpt_yaml_text(yaml, "source", false, &item->source, err));
    FPT_TRY(fpt_yaml_choice(yaml, "better", true, betters, 3, &better, err));
    item->better = (fpt_polarity)better;
    FPT_TRY(fpt_yaml_int64(yaml, "decimals", false, &decimals, err));
    if (decimals < 0 || decimals > 6)
        return fpt_yaml_fail(yaml, err, "\"decimals\" is 0 to 6");
    item->decimals = (int)decimals;
    FPT_TRY(
        fpti_read_grade(yaml, "grade", FPT_GRADE_SOURCED, &item->grade, err));
    FPT_TRY(read_place(d, yaml, item, err));
    FPT_TRY(fpti_read_from(d, yaml, "from", &item->froms, &item->from, err));
    FPT_TRY(read_figure_of(yaml, item, err));
    FPT_TRY(read_score(d, yaml, item, err));
    if (item->better == FPT_POLARITY_NONE && needs_direction(item->method))
        return fpt_yaml_fail(yaml, err,
                             "\"" FPT_STR_FMT "\" is scored by %s, so it must "
                             "say whether higher or lower is better",
                             FPT_STR_ARG(item->id),
                             fpt_score_word(item->method));
    if (item->froms == 0 && item->method != FPT_SCORE_PUBLISHED &&
        item->method != FPT_SCORE_TRAJECTORY)
        return fpt_yaml_fail(yaml, err,
                             "\"" FPT_STR_FMT "\" does not say where its "
                             "values come from",
                             FPT_STR_ARG(item->id));
    return FPT_OK;
}

fpt_status fpti_read_items(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(d->yaml, "items", true, &list, err));
    f->item = FPT_NEW(d->arena, fpt_framework_item, list->count);
    d->item_yaml = FPT_NEW(d->arena, fpt_yaml *, list->count);
    if (f->item == NULL || d->item_yaml == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        d->item_yaml[i] = &list->item[i];
        FPT_TRY(read_item(d, &list->item[i], &f->item[i], err));
        if (fpt_framework_item_find(f, f->item[i].id) != SIZE_MAX ||
            fpt_framework_node_find(f, f->item[i].id) != SIZE_MAX)
            return fpt_yaml_fail(&list->item[i], err,
                                 "\"" FPT_STR_FMT "\" stands twice",
                                 FPT_STR_ARG(f->item[i].id));
        f->items++;
    }
    return FPT_OK;
}
