/*
 * plan export and plan import: a plan's tables in one workbook, and back, for
 * those who work in spreadsheets.
 */
#include <string.h>

#include "fpt/sheet.h"
#include "plan.h"

static bool is_table(fpt_str name)
{
    return fpt_str_equal(name, FPT_STR("plan.yaml")) ||
           (name.len > 4 && memcmp(name.data + name.len - 4, ".csv", 4) == 0);
}

/* plan.yaml first, then the tables by name. */
static fpt_status read_tables(cli_call *call, const char *folder, size_t *count,
                              fpt_sheet **out, fpt_error *err)
{
    size_t entries;
    fpt_str *entry;
    FPT_TRY(fpt_folder_list(call->arena, folder, &entries, &entry, err));
    *out = FPT_NEW(call->arena, fpt_sheet, entries + 1);
    *count = 0;
    if (*out == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (int yaml = 1; yaml >= 0; yaml--)
        for (size_t i = 0; i < entries; i++) {
            const fpt_str name = fpt_str_keep(call->arena, entry[i]);
            fpt_str text;
            if (!is_table(name) ||
                fpt_str_equal(name, FPT_STR("plan.yaml")) != (yaml == 1))
                continue;
            const char *path = fpt_path_join(call->arena, folder, name.data);
            if (path == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
            FPT_TRY(fpt_file_read(call->arena, path, SIZE_MAX, &text, err));
            FPT_TRY(fpt_sheet_of_text(call->arena, name, text,
                                      &(*out)[(*count)++], err));
        }
    if (*count == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND, "%s: there is no plan", folder);
    return FPT_OK;
}

fpt_status run_plan_export(cli_call *call, fpt_error *err)
{
    const char *folder = cli_plan_folder(call, call->argument[0]);
    const char *path = call->argument[1];
    fpt_sheet *sheet;
    size_t count;
    fpt_strbuf bytes;
    FPT_TRY(read_tables(call, folder, &count, &sheet, err));
    FPT_TRY(fpt_workbook_write(call->arena, count, sheet, &bytes, err));
    FPT_TRY(fpt_file_write(path, fpt_strbuf_view(&bytes), err));
    cli_say(call, "Wrote %zu tables to %s", count, path);
    return FPT_OK;
}

/* A sheet becomes a file of its name: no name may lead elsewhere. */
static bool is_plain(fpt_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.'))
            return false;
    }
    return name.len > 0 && name.data[0] != '.' && is_table(name);
}

fpt_status run_plan_import(cli_call *call, fpt_error *err)
{
    const char *path = call->argument[0], *folder = call->argument[1];
    fpt_sheet *sheet;
    size_t count, written = 0;
    fpt_str bytes;
    FPT_TRY(
        fpt_file_read(call->arena, path, FPT_WORKBOOK_BYTES_MOST, &bytes, err));
    FPT_TRY(fpt_workbook_read(call->arena, path, bytes, &count, &sheet, err));
    if (fpt_file_kind_of(folder) != FPT_FILE_NONE)
        return fpt_fail(err, FPT_ERR_EXISTS,
                        "%s is there already: a plan is made in a new folder",
                        folder);
    FPT_TRY(fpt_folder_make(folder, err));
    for (size_t i = 0; i < count; i++) {
        if (!is_plain(sheet[i].name)) {
            cli_say(call, "The sheet \"%.*s\" is no table of a plan: left out",
                    FPT_STR_ARG(sheet[i].name));
            continue;
        }
        fpt_output text = fpt_output_memory(call->arena);
        fpt_sheet_to_text(&sheet[i], &text);
        const fpt_str name = fpt_str_keep(call->arena, sheet[i].name);
        const char *file = name.data == NULL
                               ? NULL
                               : fpt_path_join(call->arena, folder, name.data);
        if (file == NULL || text.failed || text.text.failed)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
        FPT_TRY(fpt_file_write(file, fpt_strbuf_view(&text.text), err));
        written++;
    }
    cli_say(call, "Wrote %zu tables. Next: footprint plan check %s", written,
            folder);
    return FPT_OK;
}
