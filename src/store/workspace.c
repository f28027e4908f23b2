/*
 * A workspace: its folder, its two stores, and whether they agree.
 */
#include "fpt/workspace.h"

#include <limits.h>
#include <stdlib.h>

static const char *const about =
    "# A Footprint workspace. This file says what it is; the rest is beside "
    "it:\n"
    "#   sources/           every file that was loaded, named by its SHA-256\n"
    "#   ledger.sqlite      what was decided, in order; keep it safe\n"
    "#   warehouse.duckdb   facts; `footprint rebuild` makes it again\n"
    "#   site/              what `footprint publish` wrote\n";

fpt_status fpt_workspace_init(const char *folder, fpt_date today,
                              fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = FPT_OK;
    char date[FPT_DATE_BYTES];
    fpt_date_print(today, date);
    char *file = fpt_path_join(&arena, folder, "footprint.yaml");
    char *sources = fpt_path_join(&arena, folder, "sources");
    const fpt_str text =
        fpt_str_print(&arena, "%stitle: Footprint\nmade_on: %s\n", about, date);
    if (file == NULL || sources == NULL || text.data == NULL)
        status = fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    else if (fpt_file_kind_of(file) != FPT_FILE_NONE)
        status =
            fpt_fail(err, FPT_ERR_EXISTS, "%s: is a workspace already", folder);
    if (status == FPT_OK) status = fpt_folder_make(sources, err);
    if (status == FPT_OK) status = fpt_file_write(file, text, err);
    fpt_arena_clear(&arena);
    return status;
}

fpt_status fpt_workspace_find(fpt_arena *arena, const char *from, char **folder,
                              fpt_error *err)
{
    char absolute[PATH_MAX];
    if (realpath(from, absolute) == NULL)
        return fpt_fail(err, FPT_ERR_NOT_FOUND, "%s: there is no such folder",
                        from);
    char *path = fpt_str_copy(arena, fpt_str_from(absolute));
    if (path == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (;;) {
        char *file = fpt_path_join(arena, path, "footprint.yaml");
        if (file == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
        if (fpt_file_kind_of(file) == FPT_FILE_REGULAR) {
            *folder = path;
            return FPT_OK;
        }
        char *slash = strrchr(path, '/');
        if (slash == NULL || slash == path) break;
        *slash = '\0';
    }
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "there is no workspace at %s or above it; make one with "
                    "`footprint init`, or name one with --workspace",
                    from);
}

static fpt_status read_about(fpt_workspace *w, fpt_error *err)
{
    char *file = fpt_path_join(&w->arena, w->folder, "footprint.yaml");
    if (file == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    fpt_yaml yaml;
    FPT_TRY(fpt_yaml_read(&w->arena, file, &yaml, err));
    FPT_TRY(fpt_yaml_text(&yaml, "title", true, &w->title, err));
    fpt_date made;
    FPT_TRY(fpt_yaml_date(&yaml, "made_on", false, &made, err));
    return fpt_yaml_all_taken(&yaml, err);
}

static fpt_status open_warehouse(fpt_workspace *w, bool read_only,
                                 fpt_error *err)
{
    fpt_store_options options = fpt_store_options_default(FPT_WAREHOUSE);
    options.read_only = read_only;
    options.accept_old = true;
    return fpt_store_open(w->warehouse_path, &options, &w->warehouse, err);
}

/* The digests of all loads in order, as one digest: equal in the ledger and the
 * warehouse when they know the same loads. */
static fpt_status digest_loads(fpt_store *store, fpt_arena scratch,
                               const char *sql, char out[65], fpt_error *err)
{
    fpt_strbuf text = fpt_strbuf_make(&scratch);
    fpt_arena cursor;
    FPT_TRY(fpt_arena_init(&cursor, NULL));
    fpt_rows rows;
    fpt_status status =
        fpt_store_query(store, &cursor, sql, 0, NULL, &rows, err);
    if (status == FPT_OK) {
        while (fpt_rows_next(&rows))
            for (size_t r = 0; r < rows.count; r++) {
                fpt_strbuf_print(&text, "%lld ",
                                 (long long)rows.column[0].whole[r]);
                fpt_strbuf_add(&text, rows.column[1].text[r]);
                fpt_strbuf_add_char(&text, '\n');
            }
        status = fpt_rows_close(&rows, err);
    }
    fpt_arena_clear(&cursor);
    if (status == FPT_OK && text.failed)
        status = fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    if (status == FPT_OK) fpt_bytes_digest(fpt_strbuf_view(&text), out);
    return status;
}

static fpt_status compare_stores(fpt_workspace *w, fpt_error *err)
{
    char in_ledger[65], in_warehouse[65];
    w->outdated = fpt_store_is_old(w->warehouse);
    if (w->outdated) {
        w->stale = true;
        return FPT_OK;
    }
    FPT_TRY(digest_loads(w->ledger, w->arena,
                         "SELECT seq, sha256 FROM entry WHERE kind = 'load' "
                         "ORDER BY seq",
                         in_ledger, err));
    FPT_TRY(digest_loads(w->warehouse, w->arena,
                         "SELECT entry, seal FROM load ORDER BY load",
                         in_warehouse, err));
    w->stale = strcmp(in_ledger, in_warehouse) != 0;
    return FPT_OK;
}

static fpt_status open_stores(fpt_workspace *w, bool read_only, fpt_error *err)
{
    fpt_store_options options = fpt_store_options_default(FPT_LEDGER);
    char *ledger = fpt_path_join(&w->arena, w->folder, "ledger.sqlite");
    if (ledger == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    /* A fresh workspace has no stores yet, and a reader may be the first. */
    const bool fresh = fpt_file_kind_of(ledger) == FPT_FILE_NONE ||
                       fpt_file_kind_of(w->warehouse_path) == FPT_FILE_NONE;
    options.read_only = read_only && !fresh;
    FPT_TRY(fpt_store_open(ledger, &options, &w->ledger, err));
    FPT_TRY(fpt_ledger_verify(w->ledger, err));
    FPT_TRY(open_warehouse(w, options.read_only, err));
    return compare_stores(w, err);
}

fpt_status fpt_workspace_open(const char *folder, bool read_only,
                              fpt_workspace *out, fpt_error *err)
{
    fpt_workspace w = {0};
    FPT_TRY(fpt_arena_init(&w.arena, NULL));
    w.folder = fpt_str_copy(&w.arena, fpt_str_from(folder));
    w.sources = fpt_path_join(&w.arena, folder, "sources");
    w.warehouse_path = fpt_path_join(&w.arena, folder, "warehouse.duckdb");
    fpt_status status = FPT_OK;
    if (w.folder == NULL || w.sources == NULL || w.warehouse_path == NULL)
        status = fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    if (status == FPT_OK) status = read_about(&w, err);
    if (status == FPT_OK) status = open_stores(&w, read_only, err);
    if (status != FPT_OK) {
        fpt_workspace_close(&w);
        return status;
    }
    *out = w;
    return FPT_OK;
}

void fpt_workspace_close(fpt_workspace *workspace)
{
    fpt_store_close(workspace->warehouse);
    fpt_store_close(workspace->ledger);
    fpt_arena arena = workspace->arena;
    fpt_arena_clear(&arena);
    *workspace = (fpt_workspace){0};
}

fpt_status fpt_workspace_empty_warehouse(fpt_workspace *workspace,
                                         fpt_error *err)
{
    fpt_store_close(workspace->warehouse);
    workspace->warehouse = NULL;
    const fpt_str journal =
        fpt_str_print(&workspace->arena, "%s.wal", workspace->warehouse_path);
    if (journal.data == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(fpt_file_remove(journal.data, err));
    FPT_TRY(fpt_file_remove(workspace->warehouse_path, err));
    FPT_TRY(open_warehouse(workspace, false, err));
    return compare_stores(workspace, err);
}

fpt_status fpt_workspace_sweep(fpt_workspace *workspace, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    size_t count = 0;
    fpt_str *names = NULL;
    fpt_status status =
        fpt_folder_list(&arena, workspace->sources, &count, &names, err);
    for (size_t i = 0; i < count && status == FPT_OK; i++) {
        int64_t known = 0;
        const fpt_bind bind = fpt_bind_text(names[i]);
        status = fpt_store_ask_int(
            workspace->warehouse, "SELECT count(*) FROM load WHERE sha256 = $1",
            1, &bind, 0, &known, err);
        if (status != FPT_OK || known > 0) continue;
        char *path = fpt_path_join(&arena, workspace->sources, names[i].data);
        status = path == NULL ? fpt_fail(err, FPT_ERR_MEMORY, "no memory")
                              : fpt_file_remove(path, err);
    }
    fpt_arena_clear(&arena);
    return status;
}
