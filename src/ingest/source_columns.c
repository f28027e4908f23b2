/*
 * The columns of a source pack: how each is found, and how its cells are read.
 */
#include <stdlib.h>

#include "ingest_i.h"

fpt_status fpti_find_column(const fpti_source *source, const fpt_yaml *at,
                            fpt_str id, int *out, fpt_error *err)
{
    for (size_t i = 0; i < source->columns; i++) {
        if (!fpt_str_equal(source->column[i].id, id)) continue;
        *out = (int)i;
        return FPT_OK;
    }
    return fpt_yaml_fail(at, err,
                         "\"" FPT_STR_FMT "\" is not one of the pack's columns",
                         FPT_STR_ARG(id));
}

struct pair {
    fpt_str key, value;
};

static int by_key(const void *a, const void *b)
{
    return fpt_str_compare(((const struct pair *)a)->key,
                           ((const struct pair *)b)->key);
}

static fpt_status settle_lookup(fpt_arena *arena, size_t count,
                                struct pair *pairs, fpti_lookup *out,
                                const fpt_yaml *at, fpt_error *err)
{
    if (count > 0) qsort(pairs, count, sizeof *pairs, by_key);
    out->key = FPT_NEW(arena, fpt_str, count);
    out->value = FPT_NEW(arena, fpt_str, count);
    if (out->key == NULL || out->value == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && fpt_str_equal(pairs[i].key, pairs[i - 1].key) &&
            !fpt_str_equal(pairs[i].value, pairs[i - 1].value))
            return fpt_yaml_fail(at, err,
                                 "\"" FPT_STR_FMT "\" stands for two things",
                                 FPT_STR_ARG(pairs[i].key));
        out->key[i] = pairs[i].key;
        out->value[i] = pairs[i].value;
    }
    out->count = count;
    return FPT_OK;
}

/* A CSV beside the pack: columns text, code, source. */
static fpt_status read_table(fpt_arena *arena, const char *folder,
                             fpt_yaml *yaml, fpti_lookup *out, fpt_error *err)
{
    fpt_str name;
    FPT_TRY(fpt_yaml_text(yaml, "table", true, &name, err));
    const char *file = fpt_str_copy(arena, name);
    char *path = file != NULL ? fpt_path_join(arena, folder, file) : NULL;
    if (path == NULL) return FPT_ERR_MEMORY;
    fpt_input *input = NULL;
    fpt_csv csv;
    FPT_TRY(fpt_input_open(arena, path, &input, err));
    const fpt_csv_options options = fpt_csv_options_default();
    fpt_status status = fpt_csv_open(arena, input, &options, &csv, err);
    struct pair *pairs = NULL;
    size_t count = 0, capacity = 0;
    while (status == FPT_OK && fpt_csv_next(&csv)) {
        if (csv.line == 1) continue;
        if (csv.count < 2 || csv.fault != NULL) {
            status = fpt_fail(err, FPT_ERR_INPUT,
                              "%s:%lld: expected text, code and source", path,
                              (long long)csv.line);
        } else if (!FPT_RESERVE(arena, pairs, count, capacity)) {
            status = FPT_ERR_MEMORY;
        } else {
            const struct pair pair = {
                fpt_str_keep(arena, fpt_str_trim(csv.field[0])),
                fpt_str_keep(arena, fpt_str_trim(csv.field[1]))};
            if (pair.key.data == NULL || pair.value.data == NULL)
                status = FPT_ERR_MEMORY;
            pairs[count++] = pair;
        }
    }
    if (status == FPT_OK) status = fpt_csv_status(&csv, err);
    fpt_input_close(input);
    FPT_TRY(status);
    return settle_lookup(arena, count, pairs, out, yaml, err);
}

static fpt_status read_choices(fpt_arena *arena, fpt_yaml *yaml,
                               fpti_lookup *out, fpt_error *err)
{
    fpt_yaml *map = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "values", true, &map, err));
    struct pair *pairs = FPT_NEW(arena, struct pair, map->count);
    if (pairs == NULL) return FPT_ERR_MEMORY;
    fpt_yaml_take_all(map);
    for (size_t i = 0; i < map->count; i++) {
        int64_t number;
        if (map->item[i].kind != FPT_YAML_SCALAR ||
            !fpt_parse_int64(map->item[i].text, &number))
            return fpt_yaml_fail(&map->item[i], err,
                                 "each of \"values\" must be a whole number");
        pairs[i] = (struct pair){map->key[i], map->item[i].text};
    }
    return settle_lookup(arena, map->count, pairs, out, yaml, err);
}

static fpt_status read_period(fpt_yaml *yaml, fpti_column *column,
                              fpt_error *err)
{
    static const char *const grains[] = {"day",     "week", "month",
                                         "quarter", "fy",   "year"};
    int grain = FPT_GRAIN_OTHER;
    fpt_str style = {0};
    FPT_TRY(fpt_yaml_choice(yaml, "grain", false, grains, 6, &grain, err));
    column->grain = (fpt_grain)grain;
    FPT_TRY(fpt_yaml_text(yaml, "prefix", false, &column->prefix, err));
    FPT_TRY(fpt_yaml_text(yaml, "style", false, &style, err));
    if (style.len == 0) return FPT_OK;
    if (fpt_str_equal(style, FPT_STR("financial-year"))) {
        column->is_fy = true;
        return FPT_OK;
    }
    if (!fpt_date_style_find(style, &column->style))
        return fpt_yaml_fail(yaml, err,
                             "\"" FPT_STR_FMT "\" is no way of writing a date",
                             FPT_STR_ARG(style));
    return FPT_OK;
}

static fpt_status read_by_type(fpt_arena *arena, const char *folder,
                               fpt_yaml *yaml, const fpti_source *source,
                               fpti_column *column, fpt_error *err)
{
    int64_t decimals = 0;
    fpt_str other = {0};
    switch (column->type) {
    case FPTI_CODE:
        return fpti_read_texts(arena, yaml, "patterns", false,
                               &column->patterns, err);
    case FPTI_NAME:
        return read_table(arena, folder, yaml, &column->lookup, err);
    case FPTI_CHOICE:
        return read_choices(arena, yaml, &column->lookup, err);
    case FPTI_DECIMAL:
    case FPTI_PERCENT:
        FPT_TRY(fpt_yaml_int64(yaml, "decimals", true, &decimals, err));
        if (decimals < (column->type == FPTI_PERCENT ? 2 : 0) || decimals > 12)
            return fpt_yaml_fail(yaml, err,
                                 "\"decimals\" is 0 to 12, of a percentage at "
                                 "least 2");
        column->decimals = (int)decimals;
        return fpt_yaml_bool(yaml, "round", false, &column->round, err);
    case FPTI_MONEY:
        column->decimals = 2;
        return fpt_yaml_bool(yaml, "round", false, &column->round, err);
    case FPTI_DATE:
    case FPTI_PERIOD:
        return read_period(yaml, column, err);
    case FPTI_QUARTER:
        FPT_TRY(fpt_yaml_text(yaml, "year", true, &other, err));
        FPT_TRY(fpti_find_column(source, yaml, other, &column->year, err));
        FPT_TRY(fpt_yaml_text(yaml, "month", true, &other, err));
        return fpti_find_column(source, yaml, other, &column->month, err);
    case FPTI_TEXT:
    case FPTI_INT:
        break;
    }
    return FPT_OK;
}

static fpt_status read_column(fpt_arena *arena, const char *folder,
                              fpt_yaml *yaml, const fpti_source *source,
                              fpti_column *column, fpt_error *err)
{
    static const char *const types[] = {"code",    "text",    "name",    "int",
                                        "decimal", "money",   "percent", "date",
                                        "period",  "quarter", "choice"};
    static const char *const when[] = {"status", "absent", "zero"};
    int type = 0, when_missing = 0;
    int64_t at = 0;
    column->required = true;
    FPT_TRY(fpt_yaml_choice(yaml, "type", true, types, 11, &type, err));
    column->type = (fpti_cell_type)type;
    FPT_TRY(fpti_read_texts(arena, yaml, "names", false, &column->names, err));
    FPT_TRY(fpt_yaml_int64(yaml, "at", false, &at, err));
    FPT_TRY(fpti_read_texts(arena, yaml, "match", false, &column->match, err));
    FPT_TRY(fpti_read_texts(arena, yaml, "range", false, &column->range, err));
    FPT_TRY(fpti_read_texts(arena, yaml, "open", false, &column->open, err));
    column->at = (int)(at < 0 || at > 10000 ? -1 : at);
    const int ways = (column->names.count > 0) + (at > 0) +
                     (column->match.count > 0) + (type == FPTI_QUARTER);
    if (ways != 1 || column->at < 0)
        return fpt_yaml_fail(yaml, err,
                             "a column is found by \"names\", by its place "
                             "\"at\", or by \"match\": by one of them");
    if (source->header == FPTI_HEADER_NONE && at == 0 && type != FPTI_QUARTER)
        return fpt_yaml_fail(yaml, err,
                             "in a file without a header a column is found by "
                             "its place \"at\"");
    FPT_TRY(fpt_yaml_bool(yaml, "required", false, &column->required, err));
    FPT_TRY(fpt_yaml_bool(yaml, "needed", false, &column->needed, err));
    FPT_TRY(
        fpti_read_texts(arena, yaml, "missing", false, &column->missing, err));
    FPT_TRY(fpti_read_texts(arena, yaml, "suppressed", false,
                            &column->suppressed, err));
    FPT_TRY(fpti_read_texts(arena, yaml, "zero", false, &column->zero, err));
    FPT_TRY(fpt_yaml_choice(yaml, "when_missing", false, when, 3, &when_missing,
                            err));
    column->when_missing = (fpti_missing)when_missing;
    return read_by_type(arena, folder, yaml, source, column, err);
}

fpt_status fpti_read_columns(fpt_arena *arena, const char *folder,
                             fpt_yaml *yaml, fpti_source *source,
                             fpt_error *err)
{
    fpt_yaml *map = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "columns", !source->geojson, &map, err));
    if (map == NULL) return FPT_OK;
    source->column = FPT_NEW(arena, fpti_column, map->count);
    if (source->column == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < map->count; i++) {
        fpti_column *column = &source->column[i];
        map->item[i].taken = true;
        column->id = map->key[i];
        column->line = map->item[i].line;
        /* A quarter is made of columns above it. */
        FPT_TRY(read_column(arena, folder, &map->item[i], source, column, err));
        source->columns++;
    }
    return FPT_OK;
}
