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
    return fpti_find_column(source, yaml, text, &out->column, err);
}

fpt_status fpti_read_condition(fpt_arena *arena, fpt_yaml *yaml,
                               const fpti_source *source, fpti_condition *out,
                               fpt_error *err)
{
    FPT_TRY(read_ref(yaml, "column", true, source, &out->column, err));
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
    return FPT_OK;
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
        FPT_TRY(fpti_find_column(source, yaml, from, &fact->from, err));
    return read_ref(yaml, "last", false, source, &fact->last, err);
}

static fpt_status read_strata(fpt_arena *arena, fpt_yaml *yaml,
                              const fpti_source *source, fpti_fact *fact,
                              fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "strata", false, &list, err));
    if (list == NULL) return FPT_OK;
    fact->stratum = FPT_NEW(arena, fpti_stratum, list->count);
    if (fact->stratum == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++) {
        fpt_yaml *item = &list->item[i];
        fpti_stratum *s = &fact->stratum[i];
        fpt_str value = {0};
        FPT_TRY(fpt_yaml_text(item, "dimension", true, &s->dimension, err));
        FPT_TRY(fpt_yaml_text(item, "value", true, &value, err));
        s->each = fpt_str_equal(value, FPT_STR("each"));
        s->value.column = -1;
        if (!s->each)
            FPT_TRY(read_part(item, "value", true, source, &s->value, err));
        FPT_TRY(fpti_read_texts(arena, item, "whole", false, &s->whole, err));
        if (s->each &&
            (fact->value < 0 || source->column[fact->value].match.count == 0))
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
    fact->strata = list->count;
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
        return FPT_OK;
    }
    if (text.len > 0 && text.data[0] == '=') {
        fact->has_period = true;
        if (fpt_period_parse(fpt_str_slice(text, 1, text.len),
                             &fact->fixed_period))
            return FPT_OK;
        return fpt_yaml_fail(yaml, err, "\"" FPT_STR_FMT "\" is not a period",
                             FPT_STR_ARG(text));
    }
    return fpti_find_column(source, yaml, text, &fact->period, err);
}

static fpt_status read_datum(fpt_arena *arena, fpt_yaml *yaml,
                             const fpti_source *source, fpti_fact *fact,
                             fpt_error *err)
{
    FPT_TRY(fpt_yaml_text(yaml, "series", true, &fact->what, err));
    FPT_TRY(fpt_yaml_text(yaml, "unit", true, &fact->unit, err));
    FPT_TRY(fpt_yaml_text(yaml, "about", true, &fact->about, err));
    FPT_TRY(read_ref(yaml, "place", true, source, &fact->subject, err));
    FPT_TRY(read_ref(yaml, "value", true, source, &fact->value, err));
    fact->decimals = source->column[fact->value].decimals;
    FPT_TRY(read_period_of(yaml, source, fact, err));
    FPT_TRY(read_strata(arena, yaml, source, fact, err));
    FPT_TRY(fpt_yaml_bool(yaml, "suspect", false, &fact->suspect, err));
    FPT_TRY(read_ref(yaml, "suspect_column", false, source,
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
                        .suspect_column = -1};
    FPT_TRY(read_when(arena, yaml, source, fact, err));
    FPT_TRY(fpt_yaml_bool(yaml, "once", false, &fact->once, err));
    switch (fact->kind) {
    case FPTI_FACT_NAME:
        FPT_TRY(read_ref(yaml, "code", true, source, &fact->subject, err));
        FPT_TRY(read_part(yaml, "name", false, source, &fact->name, err));
        FPT_TRY(fpt_yaml_text(yaml, "kind", true, &fact->what, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_ALIAS:
        FPT_TRY(read_ref(yaml, "code", true, source, &fact->subject, err));
        FPT_TRY(read_ref(yaml, "other", true, source, &fact->object, err));
        FPT_TRY(fpt_yaml_text(yaml, "system", true, &fact->unit, err));
        FPT_TRY(fpt_yaml_text(yaml, "kind", true, &fact->what, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_RELATION:
        FPT_TRY(read_ref(yaml, "subject", true, source, &fact->subject, err));
        FPT_TRY(read_ref(yaml, "object", true, source, &fact->object, err));
        FPT_TRY(fpt_yaml_text(yaml, "kind", true, &fact->what, err));
        FPT_TRY(read_ref(yaml, "share", false, source, &fact->share, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_ROLE:
        FPT_TRY(read_ref(yaml, "code", true, source, &fact->subject, err));
        FPT_TRY(fpt_yaml_text(yaml, "role", true, &fact->what, err));
        FPT_TRY(read_ref(yaml, "operational_from", false, source,
                         &fact->operational_from, err));
        FPT_TRY(read_ref(yaml, "operational_last", false, source,
                         &fact->operational_last, err));
        return read_validity(yaml, source, fact, err);
    case FPTI_FACT_SUCCESSION:
        FPT_TRY(
            read_ref(yaml, "predecessor", true, source, &fact->subject, err));
        FPT_TRY(read_ref(yaml, "successor", true, source, &fact->object, err));
        fact->last = -1;
        return read_ref(yaml, "on", true, source, &fact->from, err);
    case FPTI_FACT_POINT:
        FPT_TRY(read_ref(yaml, "code", true, source, &fact->subject, err));
        FPT_TRY(read_ref(yaml, "easting", true, source, &fact->easting, err));
        return read_ref(yaml, "northing", true, source, &fact->northing, err);
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
