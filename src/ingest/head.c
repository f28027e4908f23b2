/*
 * The first records of a file, and how its columns stand to those of a pack.
 *
 * A header is matched by name: blanks at the ends, runs of blanks and line ends
 * inside, and the case of letters do not count. {yy} in a spelling stands for
 * two digits, the same throughout the file: CCG17CD and STP17CD, or CCG18CD and
 * STP18CD, but not one of each.
 */
#include <stdio.h>

#include "ingest_i.h"

fpt_status fpti_head_read(fpt_arena *arena, const char *path,
                          const fpti_source *source, fpti_head *out,
                          fpt_error *err)
{
    fpt_input *input = NULL;
    fpt_csv csv;
    fpt_csv_options options = source->csv;
    options.most_record_bytes = FPTI_SNIFF_BYTES;
    *out = (fpti_head){0};
    FPT_TRY(fpt_input_open(arena, path, &input, err));
    fpt_status status = fpt_csv_open(arena, input, &options, &csv, err);
    const size_t want =
        source->header == FPTI_HEADER_FIND ? FPTI_HEADER_ROWS : 6;
    while (status == FPT_OK && out->records < want && fpt_csv_next(&csv)) {
        struct fpti_head_record *record = &out->record[out->records++];
        record->count = csv.count;
        record->line = csv.line;
        record->field = FPT_NEW(arena, fpt_str, csv.count);
        if (record->field == NULL) status = FPT_ERR_MEMORY;
        for (size_t i = 0; i < csv.count && status == FPT_OK; i++) {
            record->field[i] = fpt_str_keep(arena, csv.field[i]);
            if (record->field[i].data == NULL) status = FPT_ERR_MEMORY;
        }
    }
    if (status == FPT_OK) status = fpt_csv_status(&csv, err);
    fpt_input_close(input);
    return status;
}

fpt_str fpti_header_name(fpt_arena *arena, fpt_str text)
{
    text = fpt_str_trim(text);
    bool tidy = true;
    for (size_t i = 0; i < text.len && tidy; i++)
        tidy = (unsigned char)text.data[i] > ' ' ||
               (text.data[i] == ' ' && text.data[i + 1] != ' ');
    if (tidy) return text; /* nearly always: then nothing is copied */
    char *copy = fpt_str_copy(arena, text);
    if (copy == NULL) return (fpt_str){NULL, 0};
    size_t len = 0;
    bool blank = false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];
        const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (is_blank && blank) continue;
        copy[len++] = is_blank ? ' ' : c;
        blank = is_blank;
    }
    copy[len] = '\0';
    return (fpt_str){copy, len};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Does a header equal a spelling? {yy} must equal *year, or sets it. */
static bool spelled(fpt_str header, fpt_str spelling, fpt_str *year)
{
    const fpt_str mark = FPT_STR("{yy}");
    size_t at = SIZE_MAX;
    for (size_t i = 0; i + mark.len <= spelling.len && at == SIZE_MAX; i++)
        if (fpt_str_equal(fpt_str_slice(spelling, i, mark.len), mark)) at = i;
    if (at == SIZE_MAX) return fpt_str_equal_nocase(header, spelling);

    const fpt_str before = fpt_str_slice(spelling, 0, at);
    const fpt_str after = fpt_str_slice(spelling, at + 4, spelling.len);
    if (header.len != before.len + 2 + after.len) return false;
    const fpt_str digits = fpt_str_slice(header, at, 2);
    if (!is_digit(digits.data[0]) || !is_digit(digits.data[1])) return false;
    if (!fpt_str_equal_nocase(fpt_str_slice(header, 0, at), before) ||
        !fpt_str_equal_nocase(fpt_str_slice(header, at + 2, header.len), after))
        return false;
    if (year->len == 0) *year = digits;
    return fpt_str_equal(*year, digits);
}

static size_t header_record(const fpti_source *source, const fpti_head *head)
{
    if (source->header != FPTI_HEADER_FIND) return 0;
    for (size_t r = 0; r < head->records; r++)
        for (size_t f = 0; f < head->record[r].count; f++)
            if (fpt_str_equal_nocase(fpt_str_trim(head->record[r].field[f]),
                                     source->header_cell))
                return r;
    return SIZE_MAX;
}

/* Names of the columns; of two levels, "Group / Name", the group filled on to
 * the right until the next one. */
static fpt_str *header_names(fpt_arena *arena, const fpti_source *source,
                             const fpti_head *head, size_t at)
{
    const struct fpti_head_record *record = &head->record[at];
    fpt_str *names = FPT_NEW(arena, fpt_str, record->count);
    if (names == NULL) return NULL;
    fpt_str group = {0};
    for (size_t i = 0; i < record->count; i++) {
        names[i] = fpti_header_name(arena, record->field[i]);
        if (names[i].data == NULL) return NULL;
        if (source->header_levels < 2 || at == 0) continue;
        const struct fpti_head_record *above = &head->record[at - 1];
        const fpt_str here = i < above->count
                                 ? fpti_header_name(arena, above->field[i])
                                 : FPT_STR("");
        if (here.data == NULL) return NULL;
        if (here.len > 0) group = here;
        if (group.len > 0 && names[i].len > 0)
            names[i] = fpt_str_print(arena, FPT_STR_FMT " / " FPT_STR_FMT,
                                     FPT_STR_ARG(group), FPT_STR_ARG(names[i]));
        if (names[i].data == NULL) return NULL;
    }
    return names;
}

/* The cell to the right of a label in the preamble, as "Published:" has one.
 * Labels are tried in the order of the pack: "Revised:" before "Published:". */
static fpt_str preamble_value(const fpti_source *source, const fpti_head *head,
                              size_t header)
{
    for (size_t l = 0; l < source->published_cells.count; l++)
        for (size_t r = 0; r < header; r++)
            for (size_t f = 0; f + 1 < head->record[r].count; f++) {
                const fpt_str label = fpt_str_trim(head->record[r].field[f]);
                const fpt_str value =
                    fpt_str_trim(head->record[r].field[f + 1]);
                if (value.len > 0 &&
                    fpt_str_equal_nocase(label,
                                         source->published_cells.text[l]))
                    return value;
            }
    return (fpt_str){0};
}

static fpt_status fail_missing(const fpti_source *source,
                               const fpti_column *column, const char *path,
                               int64_t line, size_t width, const fpt_str *names,
                               fpt_error *err)
{
    char known[160] = "", found[200] = "";
    size_t used = 0;
    for (size_t i = 0; i < column->names.count && used < sizeof known; i++)
        used += (size_t)snprintf(known + used, sizeof known - used,
                                 "%s\"%.*s\"", i == 0 ? "" : " or ",
                                 FPT_STR_ARG(column->names.text[i]));
    used = 0;
    for (size_t i = 0; i < width && used < sizeof found; i++)
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%.*s",
                                 i == 0 ? "" : ", ", FPT_STR_ARG(names[i]));
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s:%lld: the column %s is missing (%.*s calls it \"%.*s\""
                    "); the header has %s%s",
                    path, (long long)line, known, FPT_STR_ARG(source->name),
                    FPT_STR_ARG(column->id), found,
                    used >= sizeof found ? "..." : "");
}

/* All columns whose names match, for `match`. */
static fpt_status bind_many(fpt_arena *arena, const fpti_column *column,
                            size_t index, size_t width, const fpt_str *names,
                            fpti_binding *b)
{
    int *fields = FPT_NEW(arena, int, width);
    fpt_str *labels = FPT_NEW(arena, fpt_str, width);
    if (fields == NULL || labels == NULL) return FPT_ERR_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < width; i++) {
        if (!fpti_texts_match(&column->match, names[i])) continue;
        fields[count] = (int)i;
        labels[count++] = names[i];
    }
    b->many[index] = count;
    b->fields[index] = fields;
    b->labels[index] = labels;
    b->first[index] = count > 0 ? fields[0] : -1;
    return FPT_OK;
}

static fpt_status bind_by_name(fpt_arena *arena, const fpti_source *source,
                               const char *path, int64_t line, size_t width,
                               const fpt_str *names, fpti_binding *b,
                               fpt_error *err)
{
    for (size_t c = 0; c < source->columns; c++) {
        const fpti_column *column = &source->column[c];
        b->first[c] = column->at > 0 ? column->at - 1 : -1;
        if (column->match.count > 0)
            FPT_TRY(bind_many(arena, column, c, width, names, b));
        for (size_t s = 0; s < column->names.count && b->first[c] < 0; s++)
            for (size_t i = 0; i < width && b->first[c] < 0; i++)
                if (spelled(names[i], column->names.text[s], &b->year))
                    b->first[c] = (int)i;
        if (b->first[c] >= 0 || !column->required ||
            column->type == FPTI_QUARTER)
            continue;
        return fail_missing(source, column, path, line, width, names, err);
    }
    return FPT_OK;
}

static bool width_is_known(const fpti_source *source, size_t width)
{
    for (size_t i = 0; i < source->widths; i++)
        if ((size_t)source->width[i] == width) return true;
    return source->widths == 0;
}

fpt_status fpti_bind(fpt_arena *arena, const fpti_source *source,
                     const char *path, const fpti_head *head, fpti_binding *out,
                     fpt_error *err)
{
    fpti_binding b = {.first = FPT_NEW(arena, int, source->columns),
                      .many = FPT_NEW(arena, size_t, source->columns),
                      .fields = FPT_NEW(arena, int *, source->columns),
                      .labels = FPT_NEW(arena, fpt_str *, source->columns)};
    if (b.first == NULL || b.many == NULL || b.fields == NULL ||
        b.labels == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory", path);
    if (head->records == 0)
        return fpt_fail(err, FPT_ERR_INPUT, "%s: the file is empty", path);
    const size_t at = header_record(source, head);
    if (at == SIZE_MAX)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: none of the first %zu rows has the cell \"%.*s\", "
                        "by which " FPT_STR_FMT " finds its header",
                        path, head->records, FPT_STR_ARG(source->header_cell),
                        FPT_STR_ARG(source->name));
    const struct fpti_head_record *record = &head->record[at];
    if (!width_is_known(source, record->count))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s:%lld: has %zu columns, and " FPT_STR_FMT
                        " is known with %lld%s; is it another file, or a new "
                        "form of this one?",
                        path, (long long)record->line, record->count,
                        FPT_STR_ARG(source->name), (long long)source->width[0],
                        source->widths > 1 ? " or others" : "");
    b.width = record->count;
    b.header_line = record->line;
    if (source->header == FPTI_HEADER_NONE) {
        for (size_t c = 0; c < source->columns; c++)
            b.first[c] = source->column[c].at - 1;
    } else {
        const fpt_str *names = header_names(arena, source, head, at);
        if (names == NULL) return FPT_ERR_MEMORY;
        b.header_records = at + 1;
        FPT_TRY(bind_by_name(arena, source, path, record->line, record->count,
                             names, &b, err));
    }
    b.published = preamble_value(source, head, at);
    *out = b;
    return FPT_OK;
}
