/*
 * Rows of cells in one of three formats. A table on a terminal is aligned to
 * its widest cell, so rows are gathered first.
 */
#include <unistd.h>

#include "cli.h"

static fpt_status format_of(const cli_call *call, cli_format *out,
                            fpt_error *err)
{
    const char *name =
        cli_takes(call->command, "format") ? cli_option(call, "format") : NULL;
    if (name == NULL) {
        *out = isatty(STDOUT_FILENO) ? CLI_TABLE : CLI_CSV;
    } else if (strcmp(name, "table") == 0) {
        *out = CLI_TABLE;
    } else if (strcmp(name, "csv") == 0) {
        *out = CLI_CSV;
    } else if (strcmp(name, "json") == 0) {
        *out = CLI_JSON;
    } else {
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--format is table, csv or json, not \"%s\"", name);
    }
    return FPT_OK;
}

fpt_status cli_table_open(cli_call *call, size_t columns,
                          const char *const *names, const bool *number,
                          cli_table *out, fpt_error *err)
{
    cli_table table = {
        .call = call, .columns = columns, .names = names, .number = number};
    FPT_TRY(format_of(call, &table.format, err));
    *out = table;
    return FPT_OK;
}

fpt_status cli_table_row(cli_table *table, const fpt_str *cells, fpt_error *err)
{
    fpt_arena *arena = table->call->arena;
    for (size_t i = 0; i < table->columns; i++) {
        const size_t used = table->rows * table->columns + i;
        const fpt_str kept = fpt_str_keep(arena, cells[i]);
        if (kept.data == NULL ||
            !FPT_RESERVE(arena, table->cell, used, table->capacity))
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the table");
        table->cell[used] = kept;
    }
    table->rows++;
    return FPT_OK;
}

/* Characters, not bytes: continuation bytes of UTF-8 take no room. */
static size_t width(fpt_str text)
{
    size_t characters = 0;
    for (size_t i = 0; i < text.len; i++)
        characters += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return characters;
}

static void pad(fpt_output *out, size_t count)
{
    while (count-- > 0)
        fpt_output_add_char(out, ' ');
}

static void write_aligned(const cli_table *table)
{
    fpt_output *out = table->call->out;
    size_t *widest = FPT_NEW(table->call->arena, size_t, table->columns);
    if (widest == NULL) return;
    for (size_t c = 0; c < table->columns; c++) {
        widest[c] = width(fpt_str_from(table->names[c]));
        for (size_t r = 0; r < table->rows; r++) {
            const size_t w = width(table->cell[r * table->columns + c]);
            if (w > widest[c]) widest[c] = w;
        }
    }
    for (size_t r = 0; r <= table->rows; r++) {
        for (size_t c = 0; c < table->columns; c++) {
            const fpt_str text =
                r == 0 ? fpt_str_from(table->names[c])
                       : table->cell[(r - 1) * table->columns + c];
            const size_t gap = widest[c] - width(text);
            const bool last = c + 1 == table->columns;
            if (table->number[c]) pad(out, gap);
            fpt_output_add(out, text);
            if (!table->number[c] && !last) pad(out, gap);
            fpt_output_add(out, last ? FPT_STR("\n") : FPT_STR("  "));
        }
    }
}

static void write_csv(const cli_table *table)
{
    fpt_output *out = table->call->out;
    for (size_t c = 0; c < table->columns; c++)
        fpt_csv_cell(out, c == 0, fpt_str_from(table->names[c]));
    fpt_csv_end_row(out);
    for (size_t r = 0; r < table->rows; r++) {
        for (size_t c = 0; c < table->columns; c++)
            fpt_csv_cell(out, c == 0, table->cell[r * table->columns + c]);
        fpt_csv_end_row(out);
    }
}

static void write_json(const cli_table *table)
{
    fpt_json json = fpt_json_make(table->call->out, false);
    fpt_json_open_array(&json);
    for (size_t r = 0; r < table->rows; r++) {
        fpt_json_open_object(&json);
        for (size_t c = 0; c < table->columns; c++) {
            const fpt_str text = table->cell[r * table->columns + c];
            double value;
            int64_t whole;
            fpt_json_key(&json, table->names[c]);
            if (text.len == 0)
                fpt_json_null(&json);
            else if (table->number[c] && fpt_parse_int64(text, &whole))
                fpt_json_int64(&json, whole);
            else if (table->number[c] && fpt_parse_double(text, &value))
                fpt_json_double(&json, value);
            else
                fpt_json_str(&json, text);
        }
        fpt_json_close_object(&json);
    }
    fpt_json_close_array(&json);
}

void cli_table_close(cli_table *table)
{
    switch (table->format) {
    case CLI_TABLE:
        write_aligned(table);
        break;
    case CLI_CSV:
        write_csv(table);
        break;
    case CLI_JSON:
        write_json(table);
        break;
    }
}

fpt_str cli_int(cli_call *call, int64_t value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_int64(value, text);
    return fpt_str_keep(call->arena, (fpt_str){text, len});
}

fpt_str cli_date(cli_call *call, fpt_date date)
{
    char text[FPT_DATE_BYTES];
    const size_t len = fpt_date_print(date, text);
    return fpt_str_keep(call->arena, (fpt_str){text, len});
}

fpt_str cli_period(cli_call *call, fpt_period period)
{
    char text[FPT_DATE_BYTES];
    const size_t len = fpt_period_print(period, text);
    return fpt_str_keep(call->arena, (fpt_str){text, len});
}

fpt_str cli_double(cli_call *call, double value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_double(value, text);
    return fpt_str_keep(call->arena, (fpt_str){text, len});
}
