/*
 * The site as a whole: made in a folder beside the old one, which it replaces
 * when it is complete.
 */
#include <errno.h>
#include <stdio.h>

#include "publish_i.h"

/* By this file a folder is known to be a site of ours, which may be replaced. */
static const char *const marker = "footprint-site.txt";
static const char *const marker_text =
    "Written by footprint publish, which replaces this folder.\n";

static fpt_status check_target(fpt_arena *arena, const char *out,
                               fpt_error *err)
{
    size_t count;
    fpt_str *names;
    const fpt_file_kind kind = fpt_file_kind_of(out);
    if (kind == FPT_FILE_NONE) return FPT_OK;
    if (kind != FPT_FILE_FOLDER)
        return fpt_fail(err, FPT_ERR_USAGE, "%s: is not a folder", out);
    FPT_TRY(fpt_folder_list(arena, out, &count, &names, err));
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(names[i], fpt_str_from(marker))) return FPT_OK;
    if (count == 0) return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE,
                    "%s: holds files, and not a site of ours; it is left as "
                    "it is: name another folder with --out",
                    out);
}

static fpt_status check_figures(const fpti_site *site, fpt_error *err)
{
    int64_t stored, late;
    FPT_TRY(fpt_measure_stored(site->warehouse, &stored, &late, err));
    if (stored == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there are no figures to publish; first: footprint "
                        "measure run");
    if (late > 0)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "the figures of %lld indicators are older than the "
                        "last load; first: footprint measure run",
                        (long long)late);
    return FPT_OK;
}

static fpt_status copy_assets(fpti_site *site, fpt_error *err)
{
    enum { MOST_BYTES = 16 << 20 };
    fpt_arena arena;
    size_t count;
    fpt_str *names;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status =
        fpt_folder_list(&arena, site->options->assets, &count, &names, err);
    for (size_t i = 0; status == FPT_OK && i < count; i++) {
        fpt_str bytes;
        const char *path =
            fpt_path_join(&arena, site->options->assets, names[i].data);
        const fpt_str to =
            fpt_str_print(&arena, "assets/" FPT_STR_FMT, FPT_STR_ARG(names[i]));
        if (path == NULL || to.data == NULL)
            status = fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
        else
            status = fpt_file_read(&arena, path, MOST_BYTES, &bytes, err);
        if (status == FPT_OK) status = fpti_write(site, to, bytes, err);
    }
    fpt_arena_clear(&arena);
    return status;
}

static fpt_status make_folders(fpti_site *site, fpt_error *err)
{
    static const char *const names[] = {"area",      "assets",       "data",
                                        "indicator", "organisation", "rating",
                                        "where"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = fpt_path_join(site->arena, site->folder, names[i]);
        if (path == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
        FPT_TRY(fpt_folder_make(path, err));
    }
    return FPT_OK;
}

static fpt_status write_site(fpti_site *site, fpt_error *err)
{
    static const struct {
        const char *what;
        fpt_status (*write)(fpti_site *site, fpt_error *err);
    } steps[] = {{"assets", copy_assets},
                 {"what-if", fpti_write_whatif},
                 {"indicators", fpti_write_indicators},
                 {"overview", fpti_write_home},
                 {"areas", fpti_write_areas},
                 {"organisations", fpti_write_organisations},
                 {"ratings", fpti_write_ratings},
                 {"unassigned", fpti_write_unassigned},
                 {"where numbers come from", fpti_write_where},
                 {"data", fpti_write_data},
                 {"about", fpti_write_about},
                 {"downloads", fpti_write_package}};
    const size_t count = sizeof steps / sizeof *steps;
    FPT_TRY(make_folders(site, err));
    for (size_t i = 0; i < count; i++) {
        fpt_log_progress(site->options->log, steps[i].what, i, count);
        FPT_TRY(steps[i].write(site, err));
    }
    fpt_log_progress(site->options->log, "site", count, count);
    return fpti_write(site, fpt_str_from(marker), fpt_str_from(marker_text),
                      err);
}

/* The old site goes only when the new one stands in its place. */
static fpt_status swap(fpt_arena *arena, const char *part, const char *out,
                       fpt_error *err)
{
    const fpt_str old = fpt_str_print(arena, "%s.footprint-old", out);
    if (old.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
    FPT_TRY(fpt_folder_remove(old.data, err));
    const bool had = fpt_file_kind_of(out) == FPT_FILE_FOLDER;
    if (had && rename(out, old.data) != 0)
        return fpt_fail(err, FPT_ERR_IO, "%s: cannot be moved aside: %s", out,
                        strerror(errno));
    if (rename(part, out) != 0) {
        const int failure = errno;
        if (had && rename(old.data, out) != 0)
            return fpt_fail(err, FPT_ERR_IO,
                            "%s: the new site could not take its place, and "
                            "the old one is now %s",
                            out, old.data);
        return fpt_fail(err, FPT_ERR_IO, "%s: cannot be put in place: %s", out,
                        strerror(failure));
    }
    return fpt_folder_remove(old.data, err);
}

static fpt_status publish(fpti_site *site, fpt_error *err)
{
    const char *out = site->options->out;
    FPT_TRY(check_target(site->arena, out, err));
    FPT_TRY(check_figures(site, err));
    if (fpt_file_kind_of(site->options->assets) != FPT_FILE_FOLDER)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "%s: the style sheets and scripts of pages are not "
                        "there; ./dev setup fetches them",
                        site->options->assets);
    FPT_TRY(fpti_gather(site, err));
    const fpt_str part = fpt_str_print(site->arena, "%s.footprint-part", out);
    if (part.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
    site->folder = part.data;
    FPT_TRY(fpt_folder_remove(site->folder, err));
    FPT_TRY(fpt_folder_make(site->folder, err));
    fpt_status status = write_site(site, err);
    fpt_error why;
    const fpt_status settled = fpt_behind_settle(site->behind, &why);
    if (status == FPT_OK && settled != FPT_OK) {
        status = settled;
        if (err != NULL) *err = why;
    }
    if (status == FPT_OK) status = swap(site->arena, site->folder, out, err);
    if (status != FPT_OK) {
        fpt_error ignored;
        const fpt_status removed = fpt_folder_remove(site->folder, &ignored);
        (void)removed;
    }
    return status;
}

fpt_status fpt_publish(const fpt_workspace *workspace, fpt_registry *registry,
                       const fpt_tiers *tiers,
                       const fpt_publish_options *options,
                       fpt_publish_result *out, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpti_site *site = FPT_NEW(&arena, fpti_site, 1);
    if (site == NULL) {
        fpt_arena_clear(&arena);
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
    }
    *site = (fpti_site){.arena = &arena,
                        .workspace = workspace,
                        .warehouse = workspace->warehouse,
                        .registry = registry,
                        .tiers = tiers,
                        .options = options};
    fpt_status status = fpt_arena_init(&site->parts_arena, NULL);
    if (status == FPT_OK) status = fpt_arena_init(&site->scratch, NULL);
    if (status == FPT_OK)
        status = fpt_measure_open(workspace->warehouse, registry, tiers,
                                  options->packs, &site->measure, err);
    if (status == FPT_OK)
        status = fpt_rate_open(workspace->warehouse, workspace->ledger,
                               registry, tiers, options->packs, site->measure,
                               &site->rate, err);
    if (status == FPT_OK) status = fpti_files_open(site, err);
    if (status == FPT_OK) status = publish(site, err);
    fpti_files_close(site);
    fpt_arena_clear(&site->scratch);
    fpt_arena_clear(&site->parts_arena);
    fpti_close_maps(site);
    fpt_rate_close(site->rate);
    fpt_measure_close(site->measure);
    *out = site->result;
    fpt_arena_clear(&arena);
    return status;
}
