/*
 * Where things are: packs, pages, and the workspace that a call is about.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "fpt/ingest.h"

/* Upward from the command's own place: an installed prefix has
 * share/footprint, a build tree stands inside the source tree. */
fpt_status cli_share(cli_call *call, const char **out, fpt_error *err)
{
    char self[PATH_MAX];
    const char *given = getenv("FOOTPRINT_SHARE");
    if (given != NULL && given[0] != '\0') {
        *out = given;
        return FPT_OK;
    }
    const ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0)
        return fpt_fail(err, FPT_ERR_IO,
                        "cannot tell where the command is; "
                        "set FOOTPRINT_SHARE");
    self[len] = '\0';
    for (char *slash = strrchr(self, '/'); slash != NULL && slash != self;
         slash = strrchr(self, '/')) {
        *slash = '\0';
        static const char *const below[] = {"share/footprint", "."};
        for (size_t i = 0; i < 2; i++) {
            char *folder = fpt_path_join(call->arena, self, below[i]);
            char *packs = folder == NULL ? NULL
                                         : fpt_path_join(call->arena, folder,
                                                         "packs/sources");
            if (packs == NULL)
                return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
            if (fpt_file_kind_of(packs) != FPT_FILE_FOLDER) continue;
            *out = folder;
            return FPT_OK;
        }
    }
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "cannot find the packs that belong to this command; set "
                    "FOOTPRINT_SHARE to the folder that holds packs/");
}

fpt_status cli_packs(cli_call *call, fpt_pack_path *out, fpt_error *err)
{
    const char **folder = FPT_NEW(call->arena, const char *, 3);
    const char *share;
    size_t count = 0;
    if (folder == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    char *workspace = NULL;
    fpt_error ignored;
    const char *from = cli_takes(call->command, "workspace") &&
                               cli_option(call, "workspace") != NULL
                           ? cli_option(call, "workspace")
                           : ".";
    if (fpt_workspace_find(call->arena, from, &workspace, &ignored) == FPT_OK)
        folder[count++] = fpt_path_join(call->arena, workspace, "packs");
    const char *given = getenv("FOOTPRINT_PACKS");
    if (given != NULL && given[0] != '\0') folder[count++] = given;
    FPT_TRY(cli_share(call, &share, err));
    folder[count++] = fpt_path_join(call->arena, share, "packs");
    for (size_t i = 0; i < count; i++)
        if (folder[i] == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    *out = (fpt_pack_path){count, folder};
    return FPT_OK;
}

static void hear(void *context, fpt_log_level level, const char *module,
                 const char *message, size_t count, const fpt_log_pair *pairs)
{
    cli_call *call = context;
    (void)module;
    if (level < FPT_LOG_INFO) return;
    fpt_strbuf text = fpt_strbuf_make(call->arena);
    fpt_strbuf_add(&text, fpt_str_from(message));
    for (size_t i = 0; i < count; i++) {
        if (pairs[i].name != NULL)
            fpt_strbuf_print(&text, " %s=%s", pairs[i].key, pairs[i].name);
        else
            fpt_strbuf_print(&text, " %s=%lld", pairs[i].key,
                             (long long)pairs[i].number);
    }
    cli_say(call, "%s", text.data != NULL ? text.data : message);
}

/* A line that is written over: only where somebody is looking. */
static void show(void *context, const char *what, uint64_t done, uint64_t total)
{
    cli_call *call = context;
    if (call->quiet || !isatty(STDERR_FILENO)) return;
    fputs("\r\033[K", stderr);
    if (done < total)
        fprintf(stderr, "%llu of %llu  %s", (unsigned long long)done + 1,
                (unsigned long long)total, what);
    fflush(stderr);
}

fpt_log cli_log(cli_call *call)
{
    return (fpt_log){hear, show, call};
}

static fpt_status make_again(cli_call *call, fpt_workspace *workspace,
                             fpt_error *err)
{
    fpt_load_options options = {.struct_size = sizeof options,
                                .today = call->today};
    fpt_log log = cli_log(call);
    fpt_load_result *results;
    size_t count;
    options.log = &log;
    FPT_TRY(cli_packs(call, &options.packs, err));
    cli_say(call, "%s: it is made again from sources/.",
            workspace->outdated
                ? "The warehouse was made by an earlier version of Footprint"
                : "The warehouse is not in step with the ledger (an "
                  "interrupted load, or a file that was removed)");
    return fpt_rebuild(workspace, call->arena, &options, &count, &results, err);
}

fpt_status cli_workspace(cli_call *call, bool read_only, fpt_workspace *out,
                         fpt_error *err)
{
    const char *from = cli_option(call, "workspace");
    char *folder;
    FPT_TRY(fpt_workspace_find(call->arena, from != NULL ? from : ".", &folder,
                               err));
    FPT_TRY(fpt_workspace_open(folder, read_only, out, err));
    if (!out->stale) return FPT_OK;
    if (read_only) {
        fpt_workspace_close(out);
        FPT_TRY(fpt_workspace_open(folder, false, out, err));
    }
    const fpt_status status = make_again(call, out, err);
    if (status != FPT_OK) fpt_workspace_close(out);
    return status;
}
