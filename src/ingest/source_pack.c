/*
 * A source pack: what a publisher's file looks like, and what its cells mean.
 * Read once, checked whole: a pack with an unknown key or a fact that names a
 * column that is not there does not load.
 */
#include "ingest_i.h"

fpt_status fpti_read_texts(fpt_arena *arena, fpt_yaml *yaml, const char *key,
                           bool required, fpti_texts *out, fpt_error *err)
{
    return fpt_yaml_texts(arena, yaml, key, required, &out->count, &out->text,
                          err);
}

bool fpti_texts_hold(const fpti_texts *texts, fpt_str text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (fpt_str_equal(texts->text[i], text)) return true;
    return false;
}

bool fpti_texts_match(const fpti_texts *patterns, fpt_str text)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (fpt_str_matches(text, patterns->text[i])) return true;
    return false;
}

/* ",", "tab" or a byte such as 0xAC. */
static fpt_status read_delimiter(fpt_yaml *format, char *out, fpt_error *err)
{
    fpt_str text = FPT_STR(",");
    FPT_TRY(fpt_yaml_text(format, "delimiter", false, &text, err));
    if (fpt_str_equal(text, FPT_STR("tab"))) {
        *out = '\t';
    } else if (text.len == 1) {
        *out = text.data[0];
    } else if (text.len == 4 && fpt_str_starts(text, FPT_STR("0x"))) {
        int value = 0;
        for (int i = 2; i < 4; i++) {
            const char c = text.data[i];
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) value = -1000;
            value = value * 16 + digit;
        }
        if (value <= 0)
            return fpt_yaml_fail(format, err,
                                 "\"delimiter\" must be a byte such as 0xAC");
        *out = (char)(unsigned char)value;
    } else {
        return fpt_yaml_fail(format, err,
                             "\"delimiter\" must be one character, tab, or a "
                             "byte such as 0xAC");
    }
    return FPT_OK;
}

static fpt_status read_widths(fpt_arena *arena, fpt_yaml *format,
                              fpti_source *source, fpt_error *err)
{
    fpti_texts texts = {0};
    FPT_TRY(fpti_read_texts(arena, format, "columns", false, &texts, err));
    source->widths = texts.count;
    source->width = FPT_NEW(arena, int64_t, texts.count);
    if (source->width == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < texts.count; i++)
        if (!fpt_parse_int64(texts.text[i], &source->width[i]) ||
            source->width[i] < 1 || source->width[i] > 10000)
            return fpt_yaml_fail(format, err,
                                 "\"columns\" must be numbers of columns");
    return FPT_OK;
}

static fpt_status read_header(fpt_yaml *format, fpti_source *source,
                              fpt_error *err)
{
    static const char *const words[] = {"first", "none", "find"};
    int header = 0;
    int64_t levels = 1;
    FPT_TRY(fpt_yaml_choice(format, "header", false, words, 3, &header, err));
    source->header = (fpti_header)header;
    FPT_TRY(fpt_yaml_text(format, "header_cell",
                          source->header == FPTI_HEADER_FIND,
                          &source->header_cell, err));
    FPT_TRY(fpt_yaml_int64(format, "header_levels", false, &levels, err));
    if (levels < 1 || levels > 2)
        return fpt_yaml_fail(format, err, "\"header_levels\" is 1 or 2");
    source->header_levels = (int)levels;
    return FPT_OK;
}

static fpt_status read_format(fpt_arena *arena, fpt_yaml *yaml,
                              fpti_source *source, fpt_error *err)
{
    static const char *const kinds[] = {"csv", "geojson"};
    static const char *const encodings[] = {"utf-8", "latin-1"};
    fpt_yaml *format = NULL;
    int kind = 0, encoding = 0;
    bool quoting = true;
    source->csv = fpt_csv_options_default();
    source->header_levels = 1;
    FPT_TRY(fpt_yaml_map(yaml, "format", false, &format, err));
    if (format == NULL) return FPT_OK;
    FPT_TRY(fpt_yaml_choice(format, "kind", false, kinds, 2, &kind, err));
    source->geojson = kind == 1;
    if (source->geojson) {
        FPT_TRY(fpt_yaml_text(format, "code_property", true,
                              &source->code_property, err));
        FPT_TRY(fpt_yaml_text(format, "name_property", true,
                              &source->name_property, err));
        return fpt_yaml_text(format, "area_kind", true, &source->area_kind,
                             err);
    }
    FPT_TRY(read_delimiter(format, &source->csv.delimiter, err));
    FPT_TRY(fpt_yaml_choice(format, "encoding", false, encodings, 2, &encoding,
                            err));
    FPT_TRY(fpt_yaml_bool(format, "quoting", false, &quoting, err));
    source->csv.encoding = (fpt_encoding)encoding;
    source->csv.no_quoting = !quoting;
    FPT_TRY(read_header(format, source, err));
    FPT_TRY(fpti_read_texts(arena, format, "published_cells", false,
                            &source->published_cells, err));
    return read_widths(arena, format, source, err);
}

static fpt_status read_starts(fpt_arena *arena, fpt_yaml *vintage,
                              fpti_source *source, fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(vintage, "starts", false, &list, err));
    if (list == NULL) return FPT_OK;
    source->start = FPT_NEW(arena, fpti_start, list->count);
    if (source->start == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++) {
        fpt_yaml *item = &list->item[i];
        fpti_start *start = &source->start[i];
        fpt_str why;
        FPT_TRY(fpt_yaml_text(item, "vintage", true, &start->vintage, err));
        FPT_TRY(fpt_yaml_text(item, "relation", true, &start->relation, err));
        FPT_TRY(fpt_yaml_date(item, "from", true, &start->from, err));
        FPT_TRY(fpt_yaml_text(item, "why", true, &why, err));
    }
    source->starts = list->count;
    return FPT_OK;
}

static fpt_status read_vintage(fpt_arena *arena, fpt_yaml *yaml,
                               fpti_source *source, fpt_error *err)
{
    static const char *const words[] = {"none", "header", "fixed", "file-name"};
    fpt_yaml *vintage = NULL;
    int from = 0;
    source->published = fpt_date_open();
    source->vintage_day = FPT_STR("04-01");
    FPT_TRY(fpt_yaml_map(yaml, "vintage", false, &vintage, err));
    if (vintage == NULL) return FPT_OK;
    FPT_TRY(fpt_yaml_choice(vintage, "from", true, words, 4, &from, err));
    source->vintage_from = (fpti_vintage_from)from;
    FPT_TRY(fpt_yaml_text(vintage, "is", from == FPTI_VINTAGE_FIXED,
                          &source->vintage_fixed, err));
    source->vintage_has_day = fpt_yaml_find(vintage, "day") != NULL;
    FPT_TRY(fpt_yaml_text(vintage, "day", false, &source->vintage_day, err));
    if (!fpt_str_matches(source->vintage_day, FPT_STR("##-##")))
        return fpt_yaml_fail(vintage, err,
                             "\"day\" is a month and a day, such as 04-01");
    FPT_TRY(fpt_yaml_bool(vintage, "financial_year", false,
                          &source->vintage_is_fy, err));
    FPT_TRY(
        fpt_yaml_date(vintage, "published", false, &source->published, err));
    FPT_TRY(fpti_read_texts(arena, vintage, "no_date_after", false,
                            &source->latest, err));
    FPT_TRY(
        fpt_yaml_int64(vintage, "grace_days", false, &source->grace_days, err));
    return read_starts(arena, vintage, source, err);
}

static fpt_status read_conditions(fpt_arena *arena, fpt_yaml *rows,
                                  const char *key, const fpti_source *source,
                                  size_t *count, fpti_condition **out,
                                  fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(rows, key, false, &list, err));
    if (list == NULL) return FPT_OK;
    fpti_condition *conditions = FPT_NEW(arena, fpti_condition, list->count);
    if (conditions == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++)
        FPT_TRY(fpti_read_condition(arena, &list->item[i], source,
                                    &conditions[i], err));
    *count = list->count;
    *out = conditions;
    return FPT_OK;
}

static fpt_status read_rows(fpt_arena *arena, fpt_yaml *yaml,
                            fpti_source *source, fpt_error *err)
{
    fpt_yaml *rows = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "rows", false, &rows, err));
    if (rows == NULL) return FPT_OK;
    FPT_TRY(read_conditions(arena, rows, "skip", source, &source->skips,
                            &source->skip, err));
    return read_conditions(arena, rows, "total", source, &source->totals,
                           &source->total, err);
}

static fpt_status read_check_column(fpt_yaml *item, const char *key,
                                    const fpti_source *source, int *out,
                                    fpt_error *err)
{
    fpt_str id = {0};
    *out = -1;
    FPT_TRY(fpt_yaml_text(item, key, false, &id, err));
    return id.len == 0 ? FPT_OK : fpti_find_column(source, item, id, out, err);
}

static bool is_a_value(const fpti_source *source, int column)
{
    for (size_t i = 0; i < source->facts; i++)
        if (source->fact[i].kind == FPTI_FACT_DATUM &&
            source->fact[i].value == column)
            return true;
    return false;
}

/* A check that could not fail, or never pass, is a fault of the pack. */
static fpt_status check_the_check(const fpt_yaml *item,
                                  const fpti_source *source,
                                  const fpti_check *check, fpt_error *err)
{
    const bool sums =
        check->kind == FPTI_CHECK_CELLS_SUM || check->kind == FPTI_CHECK_SUM;
    if (check->tolerance < 0)
        return fpt_yaml_fail(item, err, "\"tolerance\" is 0 or more");
    if (sums && (check->column < 0 || !is_a_value(source, check->column)))
        return fpt_yaml_fail(item, err,
                             "the check needs a \"column\" that is the value "
                             "of a fact");
    if (check->kind == FPTI_CHECK_CELLS_SUM &&
        source->column[check->column].match.count == 0)
        return fpt_yaml_fail(item, err,
                             "the check needs a \"column\" found by \"match\"");
    if (check->kind == FPTI_CHECK_CELLS_SUM && check->to < 0)
        return fpt_yaml_fail(item, err, "the check needs a column \"to\"");
    if (check->kind == FPTI_CHECK_TOTAL_ROW && source->totals == 0)
        return fpt_yaml_fail(item, err,
                             "the check needs \"total\" among the \"rows\"");
    return FPT_OK;
}

static fpt_status read_checks(fpt_arena *arena, fpt_yaml *yaml,
                              fpti_source *source, fpt_error *err)
{
    static const char *const kinds[] = {"rows", "total-row", "cells-sum",
                                        "sum"};
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "checks", false, &list, err));
    if (list == NULL) return FPT_OK;
    source->check = FPT_NEW(arena, fpti_check, list->count);
    if (source->check == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++) {
        fpt_yaml *item = &list->item[i];
        fpti_check *check = &source->check[i];
        int kind = 0;
        FPT_TRY(fpt_yaml_choice(item, "check", true, kinds, 4, &kind, err));
        check->kind = (fpti_check_kind)kind;
        FPT_TRY(fpt_yaml_text(item, "id", true, &check->id, err));
        FPT_TRY(read_check_column(item, "column", source, &check->column, err));
        FPT_TRY(read_check_column(item, "to", source, &check->to, err));
        FPT_TRY(fpt_yaml_int64(item, "expected", kind == FPTI_CHECK_ROWS,
                               &check->expected, err));
        FPT_TRY(
            fpt_yaml_int64(item, "tolerance", false, &check->tolerance, err));
        FPT_TRY(fpt_yaml_text(item, "vintage", false, &check->vintage, err));
        FPT_TRY(check_the_check(item, source, check, err));
    }
    source->checks = list->count;
    return FPT_OK;
}

static fpt_status read_latest(fpt_arena *arena, fpt_yaml *yaml,
                              fpti_source *source, fpt_error *err)
{
    source->latest_column = FPT_NEW(arena, int, source->latest.count);
    if (source->latest_column == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < source->latest.count; i++) {
        int *column = &source->latest_column[i];
        FPT_TRY(fpti_find_column(source, yaml, source->latest.text[i], column,
                                 err));
        if (source->column[*column].type != FPTI_DATE)
            return fpt_yaml_fail(yaml, err,
                                 "\"no_date_after\" takes columns of dates");
    }
    return FPT_OK;
}

static fpt_status read_recognise(fpt_arena *arena, fpt_yaml *yaml,
                                 fpti_source *source, fpt_error *err)
{
    fpt_yaml *recognise = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "recognise", true, &recognise, err));
    FPT_TRY(fpti_read_texts(arena, recognise, "header", false,
                            &source->recognise_header, err));
    FPT_TRY(fpti_read_texts(arena, recognise, "first_cells", false,
                            &source->recognise_first, err));
    if (source->recognise_header.count == 0 &&
        source->recognise_first.count == 0)
        return fpt_yaml_fail(recognise, err,
                             "a file is recognised by \"header\" or by "
                             "\"first_cells\"");
    return FPT_OK;
}

fpt_status fpti_source_open(fpt_arena *arena, const fpt_pack_path *packs,
                            fpt_str name, fpt_str version, fpti_source *out,
                            fpt_error *err)
{
    fpt_pack pack;
    fpti_source source = {0};
    FPT_TRY(fpt_pack_open(arena, packs, "sources", name, version, &pack, err));
    fpt_yaml *yaml = &pack.yaml;
    source.name = pack.name;
    source.version = pack.version;
    source.folder = pack.folder;
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &source.title, err));
    FPT_TRY(fpt_yaml_text(yaml, "publisher", true, &source.publisher, err));
    FPT_TRY(fpt_yaml_text(yaml, "licence", true, &source.licence, err));
    FPT_TRY(fpt_yaml_text(yaml, "about", true, &source.about, err));
    static const char *const replaces[] = {"period", "place"};
    int replace = 0;
    FPT_TRY(
        fpt_yaml_choice(yaml, "replaces", false, replaces, 2, &replace, err));
    source.by_place = replace == 1;
    FPT_TRY(read_format(arena, yaml, &source, err));
    FPT_TRY(read_recognise(arena, yaml, &source, err));
    FPT_TRY(read_vintage(arena, yaml, &source, err));
    FPT_TRY(fpti_read_columns(arena, pack.folder, yaml, &source, err));
    FPT_TRY(fpti_read_facts(arena, yaml, &source, err));
    FPT_TRY(read_rows(arena, yaml, &source, err));
    FPT_TRY(read_checks(arena, yaml, &source, err));
    FPT_TRY(read_latest(arena, yaml, &source, err));
    FPT_TRY(fpt_yaml_all_taken(yaml, err));
    *out = source;
    return FPT_OK;
}

fpt_status fpt_source_list(fpt_arena *arena, const fpt_pack_path *packs,
                           size_t *count, fpt_source_about **out,
                           fpt_error *err)
{
    size_t n;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(arena, packs, "sources", &n, &names, err));
    fpt_source_about *list = FPT_NEW(arena, fpt_source_about, n);
    if (list == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < n; i++) {
        fpti_source s;
        FPT_TRY(
            fpti_source_open(arena, packs, names[i], (fpt_str){0}, &s, err));
        fpt_strbuf by = fpt_strbuf_make(arena);
        const fpti_texts *marks = s.recognise_header.count > 0
                                      ? &s.recognise_header
                                      : &s.recognise_first;
        fpt_strbuf_add(&by, s.recognise_header.count > 0
                                ? FPT_STR("the columns ")
                                : FPT_STR("first cells like "));
        for (size_t k = 0; k < marks->count; k++)
            fpt_strbuf_print(&by, "%s" FPT_STR_FMT, k == 0 ? "" : ", ",
                             FPT_STR_ARG(marks->text[k]));
        if (by.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
        list[i] = (fpt_source_about){.name = s.name,
                                     .version = s.version,
                                     .title = s.title,
                                     .publisher = s.publisher,
                                     .licence = s.licence,
                                     .about = s.about,
                                     .recognised_by = fpt_strbuf_view(&by),
                                     .columns = s.columns,
                                     .facts = s.facts};
    }
    *count = n;
    *out = list;
    return FPT_OK;
}
