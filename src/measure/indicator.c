/*
 * Indicator packs. What an indicator is, is data: its series, its statistic, its
 * interval, its polarity, and the base that it counts people on.
 */
#include "measure_i.h"

static fpt_status read_where(fpt_arena *arena, fpt_yaml *yaml, fpt_where *out,
                             fpt_error *err)
{
    FPT_TRY(fpt_yaml_text(yaml, "dimension", true, &out->dimension, err));
    FPT_TRY(fpt_yaml_texts(arena, yaml, "is", false, &out->values, &out->value,
                           err));
    out->has_low = fpt_yaml_find(yaml, "from") != NULL;
    out->has_high = fpt_yaml_find(yaml, "to") != NULL;
    FPT_TRY(fpt_yaml_int64(yaml, "from", false, &out->low, err));
    FPT_TRY(fpt_yaml_int64(yaml, "to", false, &out->high, err));
    if ((out->values > 0) == (out->has_low || out->has_high))
        return fpt_yaml_fail(yaml, err,
                             "a condition has \"is\", or \"from\" and \"to\"");
    return FPT_OK;
}

static fpt_status read_term(fpt_arena *arena, fpt_yaml *yaml, fpt_term *out,
                            fpt_error *err)
{
    static const char *const signs[] = {"plus", "minus"};
    static const char *const takes[] = {"parts", "whole"};
    static const char *const periods[] = {"sum", "same", "nearest"};
    int sign = 0, take = 0, period = 0;
    fpt_yaml *wheres = NULL;
    FPT_TRY(fpt_yaml_text(yaml, "series", true, &out->series, err));
    FPT_TRY(fpt_yaml_choice(yaml, "sign", false, signs, 2, &sign, err));
    FPT_TRY(fpt_yaml_choice(yaml, "take", false, takes, 2, &take, err));
    FPT_TRY(fpt_yaml_choice(yaml, "periods", false, periods, 3, &period, err));
    out->sign = sign == 0 ? 1 : -1;
    out->whole = take == 1;
    out->periods = (fpt_term_periods)period;
    FPT_TRY(fpt_yaml_bool(yaml, "count", false, &out->count, err));
    out->has_most = fpt_yaml_find(yaml, "at_most") != NULL;
    FPT_TRY(fpt_yaml_int64(yaml, "at_most", false, &out->most, err));
    if (out->has_most && !out->count)
        return fpt_yaml_fail(yaml, err, "\"at_most\" needs \"count: yes\"");
    FPT_TRY(fpt_yaml_list(yaml, "where", false, &wheres, err));
    if (wheres == NULL) return FPT_OK;
    out->where = FPT_NEW(arena, fpt_where, wheres->count);
    if (out->where == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < wheres->count; i++)
        FPT_TRY(read_where(arena, &wheres->item[i], &out->where[i], err));
    out->wheres = wheres->count;
    return FPT_OK;
}

static fpt_status read_terms(fpt_arena *arena, fpt_yaml *yaml, const char *key,
                             bool required, size_t *count, fpt_term **out,
                             fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, key, required, &list, err));
    if (list == NULL) return FPT_OK;
    *out = FPT_NEW(arena, fpt_term, list->count);
    if (*out == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++)
        FPT_TRY(read_term(arena, &list->item[i], &(*out)[i], err));
    *count = list->count;
    return FPT_OK;
}

static fpt_status read_grains(fpt_arena *arena, fpt_yaml *yaml,
                              fpt_indicator *out, fpt_error *err)
{
    size_t count;
    fpt_str *grains;
    FPT_TRY(fpt_yaml_texts(arena, yaml, "grains", true, &count, &grains, err));
    for (size_t i = 0; i < count; i++) {
        if (fpt_str_equal(grains[i], FPT_STR("month")))
            out->month = true;
        else if (fpt_str_equal(grains[i], FPT_STR("quarter")))
            out->quarter = true;
        else if (fpt_str_equal(grains[i], FPT_STR("financial-year")))
            out->fy = true;
        else if (fpt_str_equal(grains[i], FPT_STR("as-published")))
            out->as_published = true;
        else
            return fpt_yaml_fail(yaml, err,
                                 "\"" FPT_STR_FMT "\" is no grain: month, "
                                 "quarter, financial-year or as-published",
                                 FPT_STR_ARG(grains[i]));
    }
    return FPT_OK;
}

static fpt_status read_interval(fpt_yaml *yaml, fpt_indicator *out,
                                fpt_error *err)
{
    static const char *const words[] = {"none", "wilson", "byar"};
    int interval = 0;
    FPT_TRY(fpt_yaml_choice(yaml, "interval", true, words, 3, &interval, err));
    out->wilson = interval == 1;
    out->byar = interval == 2;
    FPT_TRY(fpt_yaml_text(yaml, "interval_why", interval == 0,
                          &out->interval_why, err));
    if (out->wilson && out->statistic != FPT_STATISTIC_PROPORTION)
        return fpt_yaml_fail(yaml, err, "Wilson's interval is for proportions");
    if (out->byar && out->statistic != FPT_STATISTIC_RATE)
        return fpt_yaml_fail(yaml, err, "Byar's interval is for rates");
    return FPT_OK;
}

static fpt_status read_words(fpt_arena *arena, fpt_yaml *yaml,
                             fpt_indicator *out, fpt_error *err)
{
    static const char *const statistics[] = {"count", "proportion", "rate",
                                             "ratio"};
    static const char *const polarities[] = {"none", "higher", "lower"};
    static const char *const bases[] = {"providers", "practices", "areas"};
    int statistic = 0, polarity = 0, placed = 0;
    int64_t decimals = 1, scale = 0;
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &out->title, err));
    FPT_TRY(fpt_yaml_text(yaml, "short", true, &out->shorter, err));
    FPT_TRY(fpt_yaml_text(yaml, "about", true, &out->about, err));
    FPT_TRY(fpt_yaml_text(yaml, "source", true, &out->source, err));
    FPT_TRY(fpt_yaml_text(yaml, "unit", true, &out->unit, err));
    FPT_TRY(fpt_yaml_text(yaml, "basis", true, &out->basis, err));
    FPT_TRY(fpt_yaml_text(yaml, "basis_note", false, &out->basis_note, err));
    FPT_TRY(fpt_yaml_text(yaml, "caveat", false, &out->caveat, err));
    FPT_TRY(fpt_yaml_choice(yaml, "statistic", true, statistics, 4, &statistic,
                            err));
    FPT_TRY(
        fpt_yaml_choice(yaml, "polarity", true, polarities, 3, &polarity, err));
    FPT_TRY(fpt_yaml_choice(yaml, "places", true, bases, 3, &placed, err));
    FPT_TRY(fpt_yaml_int64(yaml, "decimals", false, &decimals, err));
    FPT_TRY(fpt_yaml_int64(yaml, "scale", false, &scale, err));
    out->multiplier = 1.0;
    FPT_TRY(fpt_yaml_double(yaml, "multiplier", false, &out->multiplier, err));
    if (!fpt_multiplier_is_valid(out->multiplier) || decimals < 0 ||
        decimals > 6 || scale < 0 || scale > 9)
        return fpt_yaml_fail(yaml, err,
                             "\"multiplier\", \"decimals\" or \"scale\" is out "
                             "of range");
    out->statistic = (fpt_statistic)statistic;
    out->polarity = (fpt_polarity)polarity;
    out->attributed = placed == 0;
    out->decimals = (int)decimals;
    out->scale = (int)scale;
    return fpt_yaml_texts(arena, yaml, "tiers", true, &out->tiers, &out->tier,
                          err);
}

fpt_status fpt_indicator_open(fpt_arena *arena, const fpt_pack_path *packs,
                              fpt_str id, fpt_indicator *out, fpt_error *err)
{
    fpt_pack pack;
    fpt_indicator indicator = {0};
    FPT_TRY(fpt_pack_open(arena, packs, "indicators", id, (fpt_str){0}, &pack,
                          err));
    fpt_yaml *yaml = &pack.yaml;
    indicator.id = pack.name;
    indicator.version = pack.version;
    FPT_TRY(read_words(arena, yaml, &indicator, err));
    FPT_TRY(read_interval(yaml, &indicator, err));
    FPT_TRY(read_terms(arena, yaml, "numerator", true, &indicator.numerators,
                       &indicator.numerator, err));
    FPT_TRY(read_terms(arena, yaml, "denominator",
                       indicator.statistic != FPT_STATISTIC_COUNT,
                       &indicator.denominators, &indicator.denominator, err));
    FPT_TRY(read_grains(arena, yaml, &indicator, err));
    indicator.periods_of = indicator.numerator[0].series;
    FPT_TRY(
        fpt_yaml_text(yaml, "periods_of", false, &indicator.periods_of, err));
    FPT_TRY(fpt_yaml_all_taken(yaml, err));
    *out = indicator;
    return FPT_OK;
}

fpt_status fpt_indicator_list(fpt_arena *arena, const fpt_pack_path *packs,
                              size_t *count, fpt_indicator **out,
                              fpt_error *err)
{
    size_t n;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(arena, packs, "indicators", &n, &names, err));
    fpt_indicator *list = FPT_NEW(arena, fpt_indicator, n);
    if (list == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < n; i++)
        FPT_TRY(fpt_indicator_open(arena, packs, names[i], &list[i], err));
    *count = n;
    *out = list;
    return FPT_OK;
}
