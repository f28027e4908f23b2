/*
 * The warehouse made again: every load of the ledger, in order, from its kept
 * file, with what was decided about it then.
 */
#include <jansson.h>

#include "load_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to rebuild");
}

static fpt_str text_of(fpt_arena *arena, json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? (fpt_str){0}
                        : fpt_str_keep(arena, fpt_str_from(text));
}

struct replay {
    fpt_load_file file;
    struct noted noted;
    fpt_str sha256, name;
};

static fpt_status read_entry(fpt_arena *arena, const fpt_ledger_entry *entry,
                             const char *sources, struct replay *out,
                             fpt_error *err)
{
    json_error_t why;
    json_t *object = json_loadb(entry->body.data, entry->body.len, 0, &why);
    if (object == NULL)
        return fpt_fail(err, FPT_ERR_STORE,
                        "ledger.sqlite: entry %lld cannot be read: %s",
                        (long long)entry->seq, why.text);
    out->sha256 = text_of(arena, object, "sha256");
    out->name = text_of(arena, object, "name");
    out->file.source = text_of(arena, object, "source");
    out->file.vintage = text_of(arena, object, "vintage");
    const fpt_str known = text_of(arena, object, "known_from");
    out->noted.synthetic = json_is_true(json_object_get(object, "synthetic"));
    json_decref(object);
    out->noted.entry = entry->seq;
    out->noted.loaded_on = entry->on;
    if (!fpt_date_parse(known, FPT_DATE_ISO, &out->noted.known_from) ||
        out->sha256.len != 64)
        return fpt_fail(err, FPT_ERR_STORE,
                        "ledger.sqlite: entry %lld says too little of its load",
                        (long long)entry->seq);
    char *path = fpt_path_join(arena, sources, out->sha256.data);
    if (path == NULL) return no_memory(err);
    out->file.path = path;
    return FPT_OK;
}

/* The kept file must still be what its name says. */
static fpt_status check_kept(const struct replay *r, fpt_error *err)
{
    char sha256[65];
    fpt_error why;
    if (fpt_file_digest(r->file.path, sha256, NULL, &why) != FPT_OK)
        return fpt_fail(err, FPT_ERR_IO,
                        "the kept copy of " FPT_STR_FMT " is gone: %s",
                        FPT_STR_ARG(r->name), why.text);
    if (!fpt_str_equal(fpt_str_from(sha256), r->sha256))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: the kept copy of " FPT_STR_FMT
                        " has been changed: its digest is %s",
                        r->file.path, FPT_STR_ARG(r->name), sha256);
    return FPT_OK;
}

static fpt_status read_seals(fpt_workspace *workspace, fpt_arena *arena,
                             size_t count, struct noted *noted, fpt_error *err)
{
    fpt_rows rows;
    FPT_TRY(fpt_store_query(workspace->ledger, arena,
                            "SELECT sha256 FROM entry WHERE kind = 'load' "
                            "ORDER BY seq",
                            0, NULL, &rows, err));
    size_t i = 0;
    while (fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count && i < count; r++, i++)
            noted[i].seal = fpt_str_keep(arena, rows.column[0].text[r]);
    return fpt_rows_close(&rows, err);
}

fpt_status fpt_rebuild(fpt_workspace *workspace, fpt_arena *arena,
                       const fpt_load_options *options, size_t *count,
                       fpt_load_result **out, fpt_error *err)
{
    size_t entries;
    fpt_ledger_entry *entry;
    FPT_TRY(fpt_ledger_read(workspace->ledger, arena, "load", &entries, &entry,
                            err));
    fpt_load_file *files = FPT_NEW(arena, fpt_load_file, entries);
    struct noted *noted = FPT_NEW(arena, struct noted, entries);
    fpt_str *names = FPT_NEW(arena, fpt_str, entries);
    if (files == NULL || noted == NULL || names == NULL) return no_memory(err);
    for (size_t i = 0; i < entries; i++) {
        struct replay r = {0};
        FPT_TRY(read_entry(arena, &entry[i], workspace->sources, &r, err));
        FPT_TRY(check_kept(&r, err));
        files[i] = r.file;
        noted[i] = r.noted;
        names[i] = r.name;
    }
    FPT_TRY(read_seals(workspace, arena, entries, noted, err));
    FPT_TRY(fpt_workspace_empty_warehouse(workspace, err));
    struct call c = {.workspace = workspace,
                     .options = options,
                     .out = arena,
                     .rebuilding = true,
                     .replay = noted,
                     .names = names};
    FPT_TRY(fpti_call_run(&c, entries, files, err));
    workspace->stale = false;
    *count = entries;
    *out = c.results;
    return FPT_OK;
}
