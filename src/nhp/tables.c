/*
 * CSV tables by the names of their columns. Columns that nobody asked for are
 * carried past. A record that cannot be read is a fault with file and line.
 */
#include "nhp_i.h"

void fpti_nhp_fault(fpti_reader *r, const char *code, const char *column,
                    fpt_str text)
{
    if (fpt_report_add(r->n->report, FPT_FAULT, code, fpt_str_from(r->table),
                       r->line, 0, "%s: \"%.*s\"", column,
                       FPT_STR_ARG(text)) != FPT_OK)
        r->n->no_memory = true;
}

bool fpti_nhp_number(fpti_reader *r, size_t column, double least, double most,
                     double *out)
{
    const fpt_str text = fpt_str_trim(r->cell[column]);
    if (fpt_parse_double(text, out) && *out >= least && *out <= most)
        return true;
    *out = least;
    fpti_nhp_fault(r, "bad-number", r->column[column], text);
    return false;
}

bool fpti_nhp_yes(fpti_reader *r, size_t column)
{
    const fpt_str text = fpt_str_trim(r->cell[column]);
    if (fpt_str_equal_nocase(text, FPT_STR("true")) ||
        fpt_str_equal(text, FPT_STR("1")) ||
        fpt_str_equal(text, FPT_STR("1.0")))
        return true;
    if (text.len > 0 && !fpt_str_equal_nocase(text, FPT_STR("false")) &&
        !fpt_str_equal(text, FPT_STR("0")) &&
        !fpt_str_equal(text, FPT_STR("0.0")))
        fpti_nhp_fault(r, "bad-flag", r->column[column], text);
    return false;
}

static void read_header(fpti_reader *r, const fpt_csv *csv, size_t *place,
                        size_t required)
{
    for (size_t c = 0; c < r->columns; c++) {
        place[c] = SIZE_MAX;
        for (size_t i = 0; i < csv->count; i++)
            if (fpt_str_equal(fpt_str_trim(csv->field[i]),
                              fpt_str_from(r->column[c])))
                place[c] = i;
        if (place[c] == SIZE_MAX && c < required)
            fpti_nhp_fault(r, "missing-column", "there is no column",
                           fpt_str_from(r->column[c]));
    }
    r->all_count = csv->count;
    r->header = FPT_NEW(r->n->arena, fpt_str, csv->count + 1);
    if (!fpti_nhp_enough(r->n, r->header)) return;
    for (size_t i = 0; i < csv->count; i++) {
        r->header[i] = fpt_str_keep(r->n->arena, fpt_str_trim(csv->field[i]));
        if (!fpti_nhp_enough(r->n, r->header[i].data)) return;
    }
    if (r->list_unused) fpti_nhp_unused_columns(r);
    r->list_unused = false; /* of a table in many files once */
}

enum { FAULTS_MOST = 200 };

static fpt_status read_one(fpti_reader *r, size_t required, fpt_input *input,
                           fpt_error *err)
{
    fpt_csv csv;
    const fpt_csv_options options = fpt_csv_options_default();
    FPT_TRY(fpt_csv_open(r->n->arena, input, &options, &csv, err));
    size_t *place = FPT_NEW(r->n->arena, size_t, r->columns + 1);
    r->cell = FPT_NEW(r->n->arena, fpt_str, r->columns + 1);
    if (place == NULL || r->cell == NULL) return FPT_ERR_MEMORY;
    const size_t before = r->n->report->of_severity[FPT_FAULT];
    bool first = true;
    while (fpt_csv_next(&csv) && !r->n->no_memory) {
        r->line = csv.line;
        if (csv.count == 1 && csv.field[0].len == 0) continue;
        if (csv.fault != NULL) {
            fpti_nhp_fault(r, "bad-quoting", "record", fpt_str_from(csv.fault));
            continue;
        }
        if (first) {
            first = false;
            read_header(r, &csv, place, required);
            if (r->n->report->of_severity[FPT_FAULT] > before) return FPT_OK;
            continue;
        }
        if (csv.count != r->all_count) {
            fpti_nhp_fault(r, "wrong-cells", "cells do not equal the header's",
                           csv.field[0]);
            continue;
        }
        r->all = csv.field;
        for (size_t c = 0; c < r->columns; c++)
            r->cell[c] =
                place[c] == SIZE_MAX ? FPT_STR("") : csv.field[place[c]];
        r->row(r, r->context);
        if (r->n->report->of_severity[FPT_FAULT] > before + FAULTS_MOST)
            return FPT_OK; /* more of them would not help */
    }
    return fpt_csv_status(&csv, err);
}

static fpt_status read_path(fpti_reader *r, size_t required, const char *path,
                            fpt_error *err)
{
    fpt_input *input;
    FPT_TRY(fpt_input_open(r->n->arena, path, &input, err));
    const fpt_status status = read_one(r, required, input, err);
    fpt_input_close(input);
    return status;
}

/* NAME/fyear=.../dataset=.../part.csv, all of them in order. */
static fpt_status read_hive(fpti_reader *r, size_t required, fpt_str name,
                            bool *there, fpt_error *err)
{
    fpt_nhp *n = r->n;
    const fpt_str inside =
        fpt_str_print(n->arena, "%s/%.*s", n->files->folder, FPT_STR_ARG(name));
    if (inside.data == NULL) return FPT_ERR_MEMORY;
    if (fpt_file_kind_of(inside.data) != FPT_FILE_FOLDER) return FPT_OK;
    size_t count;
    fpt_str *paths;
    FPT_TRY(fpt_folder_walk(n->arena, inside.data, &count, &paths, err));
    const fpt_str dataset = fpt_str_print(n->arena, "/dataset=%.*s/",
                                          FPT_STR_ARG(n->facts.dataset));
    const fpt_str year =
        fpt_str_print(n->arena, "fyear=%d", n->facts.start_year);
    if (dataset.data == NULL || year.data == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const bool parquet = fpt_str_ends(paths[i], FPT_STR(".parquet"));
        if (!parquet && !fpt_str_ends(paths[i], FPT_STR(".csv")) &&
            !fpt_str_ends(paths[i], FPT_STR(".csv.gz")))
            continue;
        if (!fpt_str_starts(paths[i], year) ||
            strstr(paths[i].data, dataset.data) == NULL)
            continue;
        const char *path = fpt_path_join(n->arena, inside.data, paths[i].data);
        if (path == NULL) return FPT_ERR_MEMORY;
        if (parquet && n->files->convert == NULL)
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%s: Parquet is not read here: write the table as "
                            "CSV with the same columns",
                            path);
        if (parquet)
            FPT_TRY(n->files->convert(n->files->context, path, &path, err));
        *there = true;
        FPT_TRY(read_path(r, required, path, err));
    }
    return FPT_OK;
}

fpt_status fpti_nhp_table(fpti_reader *r, size_t required, bool *there,
                          fpt_error *err)
{
    fpt_nhp *n = r->n;
    const fpt_nhp_files *files = n->files;
    *there = false;
    for (size_t i = 0; files->folder == NULL && i < files->count; i++) {
        if (!fpt_str_equal(files->name[i], fpt_str_from(r->table))) continue;
        fpt_input *input;
        *there = true;
        FPT_TRY(fpt_input_open_memory(n->arena, r->table, files->bytes[i],
                                      &input, err));
        const fpt_status status = read_one(r, required, input, err);
        fpt_input_close(input);
        return status;
    }
    if (files->folder == NULL) return FPT_OK;
    static const char *const ends[] = {"", ".gz"};
    for (size_t k = 0; k < 2; k++) {
        const fpt_str path = fpt_str_print(n->arena, "%s/%s%s", files->folder,
                                           r->table, ends[k]);
        if (path.data == NULL) return FPT_ERR_MEMORY;
        if (fpt_file_kind_of(path.data) != FPT_FILE_REGULAR) continue;
        *there = true;
        return read_path(r, required, path.data, err);
    }
    const size_t len = strlen(r->table) - 4; /* without .csv */
    return read_hive(r, required, (fpt_str){r->table, len}, there, err);
}
