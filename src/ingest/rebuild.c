/*
 * The warehouse made again: every load of the ledger, in order, from its kept
 * file, with what was decided about it then.
 */
#include <jansson.h>
#include <string.h>

#include "load_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to rebuild");
}

/* False when memory is exhausted; what is not there is empty. */
static bool text_of(fpt_arena *arena, json_t *object, const char *key,
                    fpt_str *out)
{
    const char *text = json_string_value(json_object_get(object, key));
    *out = fpt_str_keep(arena, fpt_str_from(text));
    return out->data != NULL;
}

/* It names a file, and must lead nowhere else. */
static bool is_digest(fpt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!(text.data[i] >= '0' && text.data[i] <= '9') &&
            !(text.data[i] >= 'a' && text.data[i] <= 'f'))
            return false;
    return text.len == 64;
}

fpt_status fpti_replay_read(fpt_arena *arena, const fpt_ledger_entry *entry,
                            const char *sources, struct replay *out,
                            fpt_error *err)
{
    json_error_t why;
    json_t *object = json_loadb(entry->body.data, entry->body.len, 0, &why);
    if (object == NULL)
        return fpt_fail(err, FPT_ERR_STORE,
                        "ledger.sqlite: entry %lld cannot be read: %s",
                        (long long)entry->seq, why.text);
    fpt_str known;
    const bool kept =
        text_of(arena, object, "sha256", &out->sha256) &&
        text_of(arena, object, "name", &out->name) &&
        text_of(arena, object, "version", &out->version) &&
        text_of(arena, object, "source", &out->file.source) &&
        text_of(arena, object, "vintage", &out->file.vintage) &&
        text_of(arena, object, "published", &out->file.published) &&
        text_of(arena, object, "known_from", &known);
    out->noted.synthetic = json_is_true(json_object_get(object, "synthetic"));
    out->noted.file = json_integer_value(json_object_get(object, "file"));
    json_decref(object);
    if (!kept) return no_memory(err);
    out->noted.entry = entry->seq;
    out->noted.loaded_on = entry->on;
    if (!fpt_date_parse(known, FPT_DATE_ISO, &out->noted.known_from) ||
        !is_digest(out->sha256) || out->file.source.len == 0 ||
        out->version.len == 0)
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
    FPT_TRY(fpt_rows_close(&rows, err));
    for (i = 0; i < count; i++)
        if (noted[i].seal.data == NULL) return no_memory(err);
    return FPT_OK;
}

/* The files that were loaded in one call are loaded in one again: what they say
 * of one another, and of what was known then, comes out as it did. */
static fpt_status run_calls(const struct call *form, size_t count,
                            const fpt_load_file *files,
                            fpt_load_result *results, fpt_error *err)
{
    size_t end;
    for (size_t i = 0; i < count; i = end) {
        end = i + 1;
        while (end < count && form->replay[end].file > 1)
            end++;
        struct call c = *form;
        c.replay += i;
        c.names += i;
        c.versions += i;
        FPT_TRY(fpti_call_run(&c, end - i, files + i, err));
        memcpy(results + i, c.results, (end - i) * sizeof *results);
    }
    return FPT_OK;
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
    fpt_str *versions = FPT_NEW(arena, fpt_str, entries);
    fpt_load_result *results = FPT_NEW(arena, fpt_load_result, entries);
    if (files == NULL || noted == NULL || names == NULL || versions == NULL ||
        results == NULL)
        return no_memory(err);
    for (size_t i = 0; i < entries; i++) {
        struct replay r = {0};
        FPT_TRY(
            fpti_replay_read(arena, &entry[i], workspace->sources, &r, err));
        FPT_TRY(check_kept(&r, err));
        files[i] = r.file;
        noted[i] = r.noted;
        names[i] = r.name;
        versions[i] = r.version;
    }
    FPT_TRY(read_seals(workspace, arena, entries, noted, err));
    FPT_TRY(fpt_workspace_empty_warehouse(workspace, err));
    const struct call form = {.workspace = workspace,
                              .options = options,
                              .out = arena,
                              .rebuilding = true,
                              .replay = noted,
                              .names = names,
                              .versions = versions};
    FPT_TRY(run_calls(&form, entries, files, results, err));
    workspace->stale = false;
    *count = entries;
    *out = results;
    return FPT_OK;
}
