/*
 * The facts of a source pack: what each record says, in terms of its columns.
 */
#include "ingest_i.h"

/* A key that names a column; -1 when it is not there. */
static fpt_status read_ref(fpt_yaml *yaml, const char *key, bool required,
                           const fpti_source *source, int *out, fpt_error *err)
{
    fpt_str id = {0};
    *out = -1;
    FPT_TRY(fpt_yaml_text(yaml, key, required, &id, err));
    return id.len == 0 ? FPT_OK : fpti_find_column(source, yaml, id, out, err);
}

/* ---- which sorts of cells a part of a fact may come from ---- */

enum {
    ANY_TYPE = -1,
    NUMBER = 1 << FPTI_INT | 1 << FPTI_DECIMAL | 1 << FPTI_MONEY |
             1 << FPTI_PERCENT | 1 << FPTI_CHOICE,
    DATE = 1 << FPTI_DATE,
    PERIOD = 1 << FPTI_PERIOD | 1 << FPTI_QUARTER,
    TEXT = 1 << FPTI_CODE | 1 << FPTI_TEXT | 1 << FPTI_NAME
};

static fpt_status check_type(const fpt_yaml *yaml, const char *key,
                             const fpti_source *source, int column, int types,
                             const char *expected, fpt_error *err)
{
    if (column < 0) return FPT_OK;
    const fpti_column *c = &source->column[column];
    if (c->match.count > 0)
        return fpt_yaml_fail(yaml, err,
                             "\"%s\" takes one column, and " FPT_STR_FMT
                             " is many, found by \"match\"",
                             key, FPT_STR_ARG(c->id));
    if (types == ANY_TYPE || (types & 1 << c->type) != 0) return FPT_OK;
    return fpt_yaml_fail(
        yaml, err, "\"%s\" takes a column of %s, and " FPT_STR_FMT " is none",
        key, expected, FPT_STR_ARG(c->id));
}

static fpt_status read_typed(fpt_yaml *yaml, const char *key, bool required,
                             const fpti_source *source, int types,
                             const char *expected, int *out, fpt_error *err)
{
    FPT_TRY(read_ref(yaml, key, required, source, out, err));
    return check_type(yaml, key, source, *out, types, expected, err);
}

static fpt_status read_date(fpt_yaml *yaml, const char *key, bool required,
                            const fpti_source *source, int *out, fpt_error *err)
{
    return read_typed(yaml, key, required, source, DATE, "dates", out, err);
}

static fpt_status read_code(fpt_yaml *yaml, const char *key,
                            const fpti_source *source, int *out, fpt_error *err)
{
    return read_typed(yaml, key, true, source, TEXT, "codes", out, err);
}

/* A number in units of 10^-decimals, as the table that it goes to has it. */
static fpt_status read_scaled(fpt_yaml *yaml, const char *key, bool required,
                              const fpti_source *source, int decimals, int *out,
                              fpt_error *err)
{
    FPT_TRY(
        read_typed(yaml, key, required, source, NUMBER, "numbers", out, err));
    if (*out < 0 || source->column[*out].decimals == decimals) return FPT_OK;
    return fpt_yaml_fail(yaml, err, "\"%s\" takes a column of %d decimals", key,
                         decimals);
}

/* A column's name, or a constant written as "=text". */
static fpt_status read_part(fpt_yaml *yaml, const char *key, bool required,
                            const fpti_source *source, fpti_part *out,
                            fpt_error *err)
{
    fpt_str text = {0};
    *out = (fpti_part){.column = -1};
    FPT_TRY(fpt_yaml_text(yaml, key, required, &text, err));
    if (text.len == 0) return FPT_OK;
    if (text.data[0] == '=') {
        out->constant = fpt_str_slice(text, 1, text.len);
        return FPT_OK;
    }
    FPT_TRY(fpti_find_column(source, yaml, text, &out->column, err));
    return check_type(yaml, key, source, out->column, ANY_TYPE, "", err);
}

fpt_status fpti_read_condition(fpt_arena *arena, fpt_yaml *yaml,
                               const fpti_source *source, fpti_condition *out,
                               fpt_error *err)
{
    FPT_TRY(read_typed(yaml, "column", true, source, ANY_TYPE, "", &out->column,
                       err));
    FPT_TRY(fpti_read_texts(arena, yaml, "is", false, &out->is, err));
    FPT_TRY(fpti_read_texts(arena, yaml, "matches", false, &out->matches, err));
    FPT_TRY(fpt_yaml_bool(yaml, "not_empty", false, &out->not_empty, err));
    const fpt_yaml *since = fpt_yaml_find(yaml, "since");
    const fpt_yaml *before = fpt_yaml_find(yaml, "before");
    out->has_since = since != NULL;
    out->has_before = before != NULL;
    FPT_TRY(fpt_yaml_date(yaml, "since", false, &out->since, err));
    FPT_TRY(fpt_yaml_date(yaml, "before", false, &out->before, err));
    const int kinds = (out->is.count > 0) + (out->matches.count > 0) +
                      out->not_empty + (out->has_since || out->has_before);
    if (kinds != 1)
        return fpt_yaml_fail(yaml, err,
                             "a condition has one of \"is\", \"matches\", "
                             "\"not_empty\", or \"since\" and \"before\"");
    return out->has_since || out->has_before
               ? check_type(yaml, "column", source, out->column, DATE, "dates",
                            err)
               : FPT_OK;
}

static fpt_status read_when(fpt_arena *arena, fpt_yaml *yaml,
                            const fpti_source *source, fpti_fact *fact,
                            fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "when", false, &list, err));
    if (list == NULL) return FPT_OK;
    fact->when = FPT_NEW(arena, fpti_condition, list->count);
    if (fact->when == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++)
        FPT_TRY(fpti_read_condition(arena, &list->item[i], source,
                                    &fact->when[i], err));
    fact->conditions = list->count;
    return FPT_OK;
}

static fpt_status read_validity(fpt_yaml *yaml, const fpti_source *source,
                                fpti_fact *fact, fpt_error *err)
{
    fpt_str from = {0};
    FPT_TRY(fpt_yaml_text(yaml, "from", false, &from, err));
    fact->from = fact->last = -1;
    fact->from_vintage = fpt_str_equal(from, FPT_STR("vintage"));
    if (fact->from_vintage && source->vintage_from == FPTI_VINTAGE_NONE)
        return fpt_yaml_fail(yaml, err,
                             "\"from: vintage\" in a pack without a vintage");
    if (from.len > 0 && !fact->from_vintage)
        FPT_TRY(read_date(yaml, "from", false, source, &fact->from, err));
    return read_date(yaml, "last", false, source, &fact->last, err);
}

static fpt_status read_strata(fpt_arena *arena, fpt_yaml *yaml,
                              const fpti_source *source, fpti_fact *fact,
                              fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "strata", false, &list, err));
    const bool many = source->column[fact->value].match.count > 0;
    bool each = false;
    if (list == NULL && !many) return FPT_OK;
    if (list != NULL && list->count > FPTI_MOST_STRATA)
        return fpt_yaml_fail(list, err, "there are %zu strata; at most %d",
                             list->count, FPTI_MOST_STRATA);
    const size_t strata = list != NULL ? list->count : 0;
    fact->stratum = FPT_NEW(arena, fpti_stratum, strata);
    if (fact->stratum == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < strata; i++) {
        fpt_yaml *item = &list->item[i];
        fpti_stratum *s = &fact->stratum[i];
        fpt_str value = {0};
        FPT_TRY(fpt_yaml_text(item, "dimension", true, &s->dimension, err));
        FPT_TRY(fpt_yaml_text(item, "value", true, &value, err));
        s->each = fpt_str_equal(value, FPT_STR("each"));
        each = each || s->each;
        s->value.column = -1;
        if (!s->each)
            FPT_TRY(read_part(item, "value", true, source, &s->value, err));
        FPT_TRY(fpti_read_texts(arena, item, "whole", false, &s->whole, err));
        if (s->each && !many)
            return fpt_yaml_fail(item, err,
                                 "\"each\" needs a value whose column is found "
                                 "by \"match\"");
        /* Strata are told apart by their dimensions in order of name. */
        if (i > 0 &&
            fpt_str_compare(fact->stratum[i - 1].dimension, s->dimension) >= 0)
            return fpt_yaml_fail(item, err,
                                 "strata stand in the order of the names of "
                                 "their dimensions");
    }
    if (many && !each)
        return fpt_yaml_fail(yaml, err,
                             "values found by \"match\" need a stratum whose "
                             "value is \"each\", to tell them apart");
    fact->strata = strata;
    return FPT_OK;
}

/* "period: month" names a column; "=2017" is one; "vintage" is the vintage. */
static fpt_status read_period_of(fpt_yaml *yaml, const fpti_source *source,
                                 fpti_fact *fact, fpt_error *err)
{
    fpt_str text = {0};
    fact->period = -1;
    FPT_TRY(fpt_yaml_text(yaml, "period", true, &text, err));
    if (fpt_str_equal(text, FPT_STR("vintage"))) {
        fact->vintage_period = true;
        if (source->vintage_from != FPTI_VINTAGE_NONE) return FPT_OK;
        return fpt_yaml_fail(yaml, err,
                             "\"period: vintage\" in a pack without a "
                             "vintage");
    }
    if (text.len > 0 && text.data[0] == '=') {
        fact->has_period = true;
        if (fpt_period_parse(fpt_str_slice(text, 1, text.len),
                             &fact->fixed_period))
            return FPT_OK;
        return fpt_yaml_fail(yaml, err, "\"" FPT_STR_FMT "\" is not a period",
                             FPT_STR_ARG(text));
    }
    return read_typed(yaml, "period", true, source, PERIOD, "periods",
                      &fact->period, err);
}

/* "nof.{metric}.rank": a series a record, named by a column; the text before
 * and behind it, and the column, or -1. */
static fpt_status read_template(fpt_yaml *yaml, const char *key,
                                const fpti_source *source, fpt_str *before,
                                int *column, fpt_str *behind, fpt_error *err)
{
    fpt_str text = {0};
    *column = -1;
    *behind = (fpt_str){"", 0};
    FPT_TRY(fpt_yaml_text(yaml, key, true, &text, err));
    *before = text;
    const size_t open = fpt_str_find(text, '{', 0);
    if (open == SIZE_MAX) return FPT_OK;
    const size_t close = fpt_str_find(text, '}', open);
    if (close == SIZE_MAX || fpt_str_find(text, '{', close) != SIZE_MAX)
        return fpt_yaml_fail(yaml, err,
                             "\"%s\" names one column between { and }", key);
    FPT_TRY(fpti_find_column(source, yaml,
                             fpt_str_slice(text, open + 1, close - open - 1),
                             column, err));
    *before = fpt_str_slice(text, 0, open);
    *behind = fpt_str_slice(text, close + 1, text.len);
    return check_type(yaml, key, source, *column, TEXT, "texts", err);
}

static fpt_status read_series_of(fpt_yaml *yaml, const fpti_source *source,
                                 fpti_fact *fact, fpt_error *err)
{
    fpt_str ignored;
    FPT_TRY(read_template(yaml, "series", source, &fact->what,
                          &fact->series_column, &fact->series_behind, err));
    FPT_TRY(fpt_yaml_text(yaml, "unit", true, &fact->unit, err));
    FPT_TRY(read_template(yaml, "about", source, &fact->about,
                          &fact->about_column, &ignored, err));
    if (fact->series_column < 0 && fact->about_column >= 0)
        return fpt_yaml_fail(yaml, err,
                             "\"about\" names a column where \"series\" does");
    if (fact->about_column >= 0 && fact->about.len + ignored.len > 0)
        return fpt_yaml_fail(yaml, err,
                             "\"about\" is a sentence or a column, not both");
    return FPT_OK;
}

static fpt_status read_datum(fpt_arena *arena, fpt_yaml *yaml,
                             const fpti_source *source, fpti_fact *fact,
                             fpt_error *err)
{
    FPT_TRY(read_series_of(yaml, source, fact, err));
    FPT_TRY(read_code(yaml, "place", source, &fact->subject, err));
    FPT_TRY(read_ref(yaml, "value", true, source, &fact->value, err));
    if ((NUMBER & 1 << source->column[fact->value].type) == 0)
        return fpt_yaml_fail(yaml, err, "\"value\" takes a column of numbers");
    fact->decimals = source->column[fact->value].decimals;
    FPT_TRY(read_period_of(yaml, source, fact, err));
    FPT_TRY(read_strata(arena, yaml, source, fact, err));
    FPT_TRY(fpt_yaml_bool(yaml, "suspect", false, &fact->suspect, err));
    FPT_TRY(read_typed(yaml, "suspect_column", false, source, ANY_TYPE, "",
                       &fact->suspect_column, err));
    return fpt_yaml_text(yaml, "suspect_text", fact->suspect_column >= 0,
                         &fact->suspect_text, err);
}

static fpt_status read_fact(fpt_arena *arena, fpt_yaml *yaml,
                            const fpti_source *source, fpti_fact *fact,
                            fpt_error *err)
{
    static const char *const kinds[] = {
        "name", "alias", "relation", "role", "succession", "datum", "point"};
    int kind = 0;
    FPT_TRY(fpt_yaml_choice(yaml, "fact", true, kinds, FPTI_FACT_KINDS, &kind,
                            err));
    *fact = (fpti_fact){.kind = (fpti_fact_kind)kind,
                        .line = yaml->line,
                        .object = -1,
                        .share = -1,
                        .operational_from = -1,
                        .operational_last = -1,
                        .value = -1,
                        .period = -1,
                        .suspect_column = -1,
                        .series_column = -1,
                        .about_column = -1};
    FPT_TRY(read_when(arena, yaml, source, fact, err));
    FPT_TRY(fpt_yaml_bool(yaml, "once", false, &fact->once, err));
    switch (fact->kind) {
    case FPTI_FACT_NAME:
        FPT_TRY(read_code(yaml, "code", source, &fact->subject, err));
        FPT_TRY(read_part(yaml, "name", false, source, &fact->name, err));
        FPT_TRY(fpt_yaml_text(yaml, "kind", true, &fact->what, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_ALIAS:
        FPT_TRY(read_code(yaml, "code", source, &fact->subject, err));
        FPT_TRY(read_code(yaml, "other", source, &fact->object, err));
        FPT_TRY(fpt_yaml_text(yaml, "system", true, &fact->unit, err));
        FPT_TRY(fpt_yaml_text(yaml, "kind", true, &fact->what, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_RELATION:
        FPT_TRY(read_code(yaml, "subject", source, &fact->subject, err));
        FPT_TRY(read_code(yaml, "object", source, &fact->object, err));
        FPT_TRY(fpt_yaml_text(yaml, "kind", true, &fact->what, err));
        FPT_TRY(
            read_scaled(yaml, "share", false, source, 12, &fact->share, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_ROLE:
        FPT_TRY(read_code(yaml, "code", source, &fact->subject, err));
        FPT_TRY(fpt_yaml_text(yaml, "role", true, &fact->what, err));
        FPT_TRY(read_date(yaml, "operational_from", false, source,
                          &fact->operational_from, err));
        FPT_TRY(read_date(yaml, "operational_last", false, source,
                          &fact->operational_last, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_SUCCESSION:
        FPT_TRY(read_code(yaml, "predecessor", source, &fact->subject, err));
        FPT_TRY(read_code(yaml, "successor", source, &fact->object, err));
        fact->last = -1;
        return read_date(yaml, "on", true, source, &fact->from, err);
    case FPTI_FACT_POINT:
        FPT_TRY(read_code(yaml, "code", source, &fact->subject, err));
        FPT_TRY(
            read_scaled(yaml, "easting", true, source, 3, &fact->easting, err));
        return read_scaled(yaml, "northing", true, source, 3, &fact->northing,
                           err);
    case FPTI_FACT_DATUM:
        return read_datum(arena, yaml, source, fact, err);
    case FPTI_FACT_KINDS:
        break;
    }
    return FPT_OK;
}

fpt_status fpti_read_facts(fpt_arena *arena, fpt_yaml *yaml,
                           fpti_source *source, fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "facts", !source->geojson, &list, err));
    if (list == NULL) return FPT_OK;
    source->fact = FPT_NEW(arena, fpti_fact, list->count);
    if (source->fact == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++)
        FPT_TRY(
            read_fact(arena, &list->item[i], source, &source->fact[i], err));
    source->facts = list->count;
    return FPT_OK;
}
