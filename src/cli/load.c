/*
 * init, load, rebuild: a workspace and what is read into it.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "fpt/ingest.h"

fpt_status run_init(cli_call *call, fpt_error *err)
{
    const char *folder = call->count > 0 ? call->argument[0] : ".";
    FPT_TRY(fpt_workspace_init(folder, call->today, err));
    cli_say(
        call,
        "Made a workspace in %s. Next: footprint load --job NAME FOLDER, or "
        "footprint load FILE...",
        folder);
    return FPT_OK;
}

/* Its last name, also of "." and of one that ends in a slash. */
static fpt_str folder_name(cli_call *call, const char *path)
{
    char whole[PATH_MAX];
    return fpt_str_keep(call->arena,
                        fpt_str_from(fpt_path_name(
                            realpath(path, whole) != NULL ? whole : path)));
}

static fpt_status files_of_job(cli_call *call, const char *name,
                               fpt_load_options *options, size_t *count,
                               fpt_load_file **out, fpt_error *err)
{
    fpt_job *job = FPT_NEW(call->arena, fpt_job, 1);
    if (call->count != 1)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--job takes one folder, below which its files are "
                        "found");
    options->job_folder = folder_name(call, call->argument[0]);
    if (job == NULL || options->job_folder.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(fpt_job_open(call->arena, &options->packs, fpt_str_from(name), job,
                         err));
    options->job = job;
    return fpt_job_find(call->arena, &options->packs, job, call->argument[0],
                        count, out, err);
}

static fpt_status files_of_call(cli_call *call, fpt_load_options *options,
                                size_t *count, fpt_load_file **out,
                                fpt_error *err)
{
    const char *job_name = cli_option(call, "job");
    if (job_name != NULL)
        return files_of_job(call, job_name, options, count, out, err);
    fpt_load_file *files = FPT_NEW(call->arena, fpt_load_file, call->count);
    if (files == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < call->count; i++)
        files[i] = (fpt_load_file){
            .path = call->argument[i],
            .source = fpt_str_from(cli_option(call, "source")),
            .vintage = fpt_str_from(cli_option(call, "vintage")),
            .published = fpt_str_from(cli_option(call, "published"))};
    *count = call->count;
    *out = files;
    return FPT_OK;
}

static fpt_status tell_results(cli_call *call, size_t count,
                               const fpt_load_result *results, fpt_error *err)
{
    static const char *const names[] = {
        "load",      "source",        "vintage",      "file",
        "rows_read", "rows_taken",    "rows_skipped", "rows_rejected",
        "facts",     "checks_failed", "findings"};
    static const bool number[] = {true, false, false, false, true, true,
                                  true, true,  true,  true,  true};
    cli_table table;
    FPT_TRY(cli_table_open(call, 11, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_load_result *r = &results[i];
        if (r->load == 0) {
            cli_say(call,
                    FPT_STR_FMT ": is the same, byte for byte, as load %lld; "
                                "nothing to do",
                    FPT_STR_ARG(r->path), (long long)r->same_as);
            continue;
        }
        const fpt_str cells[] = {cli_int(call, r->load),
                                 r->source,
                                 r->vintage,
                                 fpt_str_from(fpt_path_name(r->path.data)),
                                 cli_int(call, r->rows_read),
                                 cli_int(call, r->rows_taken),
                                 cli_int(call, r->rows_skipped),
                                 cli_int(call, r->rows_rejected),
                                 cli_int(call, r->facts),
                                 cli_int(call, (int64_t)r->checks_failed),
                                 cli_int(call, (int64_t)r->findings)};
        FPT_TRY(cli_table_row(&table, cells, err));
        if (r->checks_failed > 0) call->found_wrong = true;
    }
    cli_table_close(&table);
    if (call->found_wrong)
        cli_say(call, "Some checks failed; footprint check says which.");
    return FPT_OK;
}

fpt_status run_load(cli_call *call, fpt_error *err)
{
    fpt_workspace workspace;
    fpt_load_options options = {.struct_size = sizeof options,
                                .today = call->today};
    fpt_log log = cli_log(call);
    options.log = &log;
    options.dry_run = cli_option(call, "dry-run") != NULL;
    size_t count = 0;
    fpt_load_file *files = NULL;
    fpt_load_result *results = NULL;
    FPT_TRY(cli_packs(call, &options.packs, err));
    FPT_TRY(files_of_call(call, &options, &count, &files, err));
    FPT_TRY(cli_workspace(call, false, &workspace, err));
    fpt_status status = fpt_workspace_sweep(&workspace, err);
    if (status == FPT_OK)
        status = fpt_load(&workspace, call->arena, &options, count, files,
                          &results, err);
    fpt_workspace_close(&workspace);
    FPT_TRY(status);
    if (options.dry_run) cli_say(call, "A dry run: nothing was kept.");
    return tell_results(call, count, results, err);
}

fpt_status run_rebuild(cli_call *call, fpt_error *err)
{
    fpt_workspace workspace;
    fpt_load_options options = {.struct_size = sizeof options,
                                .today = call->today};
    fpt_log log = cli_log(call);
    options.log = &log;
    char *folder;
    const char *from = cli_option(call, "workspace");
    size_t count = 0;
    fpt_load_result *results = NULL;
    FPT_TRY(cli_packs(call, &options.packs, err));
    FPT_TRY(fpt_workspace_find(call->arena, from != NULL ? from : ".", &folder,
                               err));
    FPT_TRY(fpt_workspace_open(folder, false, &workspace, err));
    const fpt_status status =
        fpt_rebuild(&workspace, call->arena, &options, &count, &results, err);
    fpt_workspace_close(&workspace);
    FPT_TRY(status);
    return tell_results(call, count, results, err);
}
