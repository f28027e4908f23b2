/*
 * Text tables as rows, and back. CSV with comments: a line that begins with #
 * stays one cell.
 */
#include <string.h>

#include "fpt/sheet.h"

static bool is_csv(fpt_str name)
{
    return name.len > 4 && memcmp(name.data + name.len - 4, ".csv", 4) == 0;
}

typedef struct cutter {
    fpt_arena *arena;
    fpt_str rest;
    fpt_str *cell; /* of the row at hand */
    size_t count, room;
    fpt_sheet_row *row;
    size_t rows, row_room;
} cutter;

static fpt_status add_cell(cutter *c, fpt_str text)
{
    if (c->count == c->room) {
        const size_t room = c->room == 0 ? 32 : 2 * c->room;
        fpt_str *made = FPT_NEW(c->arena, fpt_str, room);
        if (made == NULL) return FPT_ERR_MEMORY;
        if (c->count > 0) memcpy(made, c->cell, c->count * sizeof *made);
        c->cell = made;
        c->room = room;
    }
    c->cell[c->count++] = text;
    return FPT_OK;
}

static fpt_status end_row(cutter *c)
{
    if (c->rows == c->row_room) {
        const size_t room = c->row_room == 0 ? 64 : 2 * c->row_room;
        fpt_sheet_row *made = FPT_NEW(c->arena, fpt_sheet_row, room);
        if (made == NULL) return FPT_ERR_MEMORY;
        if (c->rows > 0) memcpy(made, c->row, c->rows * sizeof *made);
        c->row = made;
        c->row_room = room;
    }
    fpt_str *kept = FPT_NEW(c->arena, fpt_str, c->count + 1);
    if (kept == NULL) return FPT_ERR_MEMORY;
    if (c->count > 0) memcpy(kept, c->cell, c->count * sizeof *kept);
    c->row[c->rows++] = (fpt_sheet_row){c->count, kept};
    c->count = 0;
    return FPT_OK;
}

/* The rest of the line, without its end. */
static fpt_str take_line(cutter *c)
{
    fpt_str line = fpt_str_cut(&c->rest, '\n');
    if (line.len > 0 && line.data[line.len - 1] == '\r') line.len--;
    return line;
}

/* A quoted cell; rest stands behind the closing quote. */
static bool take_quoted(cutter *c, fpt_str *out)
{
    fpt_strbuf text = fpt_strbuf_make(c->arena);
    size_t i = 1;
    for (; i < c->rest.len; i++) {
        if (c->rest.data[i] == '"') {
            if (i + 1 >= c->rest.len || c->rest.data[i + 1] != '"') break;
            i++;
        }
        fpt_strbuf_add_char(&text, c->rest.data[i]);
    }
    if (i >= c->rest.len) return false;
    c->rest = fpt_str_slice(c->rest, i + 1, c->rest.len);
    *out = fpt_strbuf_view(&text);
    return !text.failed;
}

/* One record of CSV. */
static fpt_status take_record(cutter *c, bool *whole)
{
    *whole = true;
    for (;;) {
        fpt_str cell;
        if (c->rest.len > 0 && c->rest.data[0] == '"') {
            if (!take_quoted(c, &cell)) {
                *whole = false;
                return FPT_OK;
            }
        } else {
            size_t i = 0;
            while (i < c->rest.len && c->rest.data[i] != ',' &&
                   c->rest.data[i] != '\n')
                i++;
            cell = fpt_str_slice(c->rest, 0, i);
            c->rest = fpt_str_slice(c->rest, i, c->rest.len);
            if (cell.len > 0 && cell.data[cell.len - 1] == '\r') cell.len--;
        }
        FPT_TRY(add_cell(c, cell));
        if (c->rest.len > 0 && c->rest.data[0] == '\r')
            c->rest = fpt_str_slice(c->rest, 1, c->rest.len);
        if (c->rest.len == 0) return FPT_OK;
        const char next = c->rest.data[0];
        c->rest = fpt_str_slice(c->rest, 1, c->rest.len);
        if (next == '\n') return FPT_OK;
        if (next != ',') {
            *whole = false;
            return FPT_OK;
        }
    }
}

fpt_status fpt_sheet_of_text(fpt_arena *arena, fpt_str name, fpt_str text,
                             fpt_sheet *out, fpt_error *err)
{
    cutter c = {.arena = arena, .rest = text};
    const bool csv = is_csv(name);
    fpt_status status = FPT_OK;
    while (c.rest.len > 0 && status == FPT_OK) {
        bool whole = true;
        if (!csv || c.rest.data[0] == '#')
            status = add_cell(&c, take_line(&c));
        else
            status = take_record(&c, &whole);
        if (!whole)
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%.*s: a quoted cell does not end as it should",
                            FPT_STR_ARG(name));
        if (status == FPT_OK) status = end_row(&c);
    }
    if (status != FPT_OK) return fpt_fail(err, status, "no memory for a table");
    *out = (fpt_sheet){name, c.rows, c.row};
    return FPT_OK;
}

static bool is_comment(const fpt_sheet_row *row)
{
    return row->count > 0 && row->cell[0].len > 0 &&
           row->cell[0].data[0] == '#';
}

void fpt_sheet_to_text(const fpt_sheet *sheet, fpt_output *out)
{
    const bool csv = is_csv(sheet->name);
    size_t width = SIZE_MAX; /* of the header */
    for (size_t r = 0; r < sheet->count; r++) {
        const fpt_sheet_row *row = &sheet->row[r];
        size_t count = row->count;
        if (!csv || is_comment(row)) {
            if (count > 0) fpt_output_add(out, row->cell[0]);
            fpt_output_add_char(out, '\n');
            continue;
        }
        while (count > 0 && row->cell[count - 1].len == 0 &&
               (width == SIZE_MAX || count > width))
            count--;
        if (count == 0) continue;
        if (width == SIZE_MAX) width = count;
        /* A spreadsheet drops empty cells at the end: they are put back. */
        for (size_t i = 0; i < count || i < width; i++)
            fpt_csv_cell(out, i == 0, i < count ? row->cell[i] : FPT_STR(""));
        fpt_csv_end_row(out);
    }
}
