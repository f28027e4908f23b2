/*
 * The nation into a folder: every file of it, a manifest, and in each folder the
 * word that its data are made up. All of it is written beside the folder first
 * and takes its name at the end, so that a failure leaves nothing.
 */
#include <errno.h>
#include <stdio.h>

#include "synth_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a nation");
}

/* ---- one file ---- */

static fpt_status write_text(fpt_arena *arena, const char *folder,
                             const char *name, fpt_str text, fpt_error *err)
{
    char *path = fpt_path_join(arena, folder, name);
    if (path == NULL || text.data == NULL) return no_memory(err);
    return fpt_file_write(path, text, err);
}

static fpt_status write_paper(fpt_arena *arena, fpt_arena scratch,
                              const fpti_nation *nation, const char *folder,
                              const fpti_file *file, fpti_paper *paper,
                              fpt_error *err)
{
    fpt_output out = fpt_output_memory(&scratch);
    *paper =
        (fpti_paper){.nation = nation, .argument = file->argument, .out = &out};
    file->write(paper);
    FPT_TRY(fpt_output_finish(&out, file->path, err));
    return write_text(arena, folder, file->path, fpt_strbuf_view(&out.text),
                      err);
}

static fpt_status note(fpt_arena *arena, const fpti_file *file,
                       const fpti_paper *paper, size_t *count,
                       fpt_synth_entry *entry, fpt_error *err)
{
    for (size_t k = 0; k < paper->series || k == 0; k++) {
        fpt_synth_entry *e = &entry[(*count)++];
        *e = (fpt_synth_entry){.path = fpt_str_from(file->path),
                               .source = fpt_str_from(file->source),
                               .vintage = fpt_str_from(file->vintage),
                               .records = paper->records};
        if (k >= paper->series) continue;
        e->series = fpt_str_keep(arena, fpt_str_from(paper->name[k]));
        e->total = paper->total[k];
        if (e->series.data == NULL) return no_memory(err);
    }
    return FPT_OK;
}

/* ---- what says that it is made up ---- */

static fpt_str mark_of(fpt_arena *arena, const fpti_nation *n)
{
    const struct fpti_trust *both = &n->trust[n->trusts - 1];
    fpt_strbuf text = fpt_strbuf_make(arena);
    fpt_strbuf_print(
        &text,
        "SYNTHETIC DATA\n"
        "==============\n"
        "Nothing here is about anybody: no person, place or organisation in\n"
        "these files exists. `footprint synth` made them up, scale %s, seed\n"
        "%llu; the same command makes the same bytes again. A workspace that\n"
        "loads a file from a folder with this note says so on every page.\n\n"
        "%zu systems, %zu commissioners, %zu small areas, %zu trusts and %zu\n"
        "practices, April 2016 to March 2019. Systems are named after "
        "colours.\n"
        "Codes have the form of real ones and were never issued:\n"
        "  E019...  small areas          E389...  commissioners\n"
        "  E549...  systems and boards   E079...  districts\n"
        "  98, 96, 95, 94, 89, 88 and one more: commissioners, as ODS has "
        "them\n"
        "  TZ, TY ... and one more: trusts    T9....: practices\n\n",
        n->scale->name, (unsigned long long)n->seed, n->systems,
        n->commissioners - 1, n->areas, n->trusts - 1, n->practices);
    fpt_strbuf_print(&text,
                     "Troubles, as real files have them:\n"
                     "- two trusts become %s (%s) in October 2017\n"
                     "- %s goes from %s to %s in April 2018\n"
                     "- %s is called %s from April 2018\n"
                     "- two commissioners become one in April 2021, and two\n"
                     "  systems one board in July 2022\n",
                     both->name, both->code, n->commissioner[n->mover].name,
                     n->system[0].name, n->system[1].name, n->system[3].name,
                     fpti_synth_system_name(n, 3, FPTI_2018));
    for (size_t t = 0; t < n->trusts; t++) {
        const struct fpti_trust *it = &n->trust[t];
        static const char *const what[] = {
            [FPTI_IMPROVES] = "sees more within four hours from October 2017",
            [FPTI_WORSENS] = "sees fewer within four hours from June 2018",
            [FPTI_LOST_DIGIT] =
                "lost the last digit of its figures of February 2018",
            [FPTI_UNMAPPED] = "is in no map of trusts, only in a catchment"};
        if (it->trouble == FPTI_NO_TROUBLE || it->trouble == FPTI_MERGED ||
            it->trouble == FPTI_SUCCESSOR)
            continue;
        fpt_strbuf_print(&text, "- %s (%s)\n  %s\n", it->name, it->code,
                         what[it->trouble]);
    }
    fpt_strbuf_add(
        &text,
        FPT_STR("- one practice closed at the end of 2016; one does not tell "
                "its list\n- one practice's payments do not sum to their "
                "total\n- one record of A&E cannot be read\n- one code of A&E "
                "is in no register\n\n"
                "MANIFEST.csv has what a reader must find in each file.\n"));
    return text.failed ? (fpt_str){NULL, 0} : fpt_strbuf_view(&text);
}

static fpt_str manifest_of(fpt_arena *arena, size_t count,
                           const fpt_synth_entry *entry)
{
    fpt_output out = fpt_output_memory(arena);
    fpt_output_add(&out, FPT_STR("path,source,vintage,records,series,total\n"));
    for (size_t i = 0; i < count; i++) {
        fpt_csv_cell(&out, true, entry[i].path);
        fpt_csv_cell(&out, false, entry[i].source);
        fpt_csv_cell(&out, false, entry[i].vintage);
        fpt_csv_cell_int64(&out, false, entry[i].records);
        fpt_csv_cell(&out, false, entry[i].series);
        if (entry[i].series.len > 0)
            fpt_csv_cell_int64(&out, false, entry[i].total);
        else
            fpt_csv_cell(&out, false, FPT_STR(""));
        fpt_csv_end_row(&out);
    }
    const bool failed = out.failed || out.text.failed;
    return failed ? (fpt_str){NULL, 0} : fpt_strbuf_view(&out.text);
}

/* ---- the folder ---- */

static fpt_status write_all(fpt_arena *arena, fpt_arena scratch,
                            const fpti_nation *n, const char *folder,
                            size_t *count, fpt_synth_entry *entry,
                            fpt_error *err)
{
    static const char *const folders[] = {
        "", "geo", "population", "orgs", "activity", "finance", "plans"};
    const fpt_str mark = mark_of(arena, n);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = folders[i][0] == '\0'
                         ? fpt_str_copy(arena, fpt_str_from(folder))
                         : fpt_path_join(arena, folder, folders[i]);
        if (path == NULL) return no_memory(err);
        FPT_TRY(fpt_folder_make(path, err));
        FPT_TRY(write_text(arena, path, "SYNTHETIC.txt", mark, err));
    }
    size_t files;
    const fpti_file *file = fpti_synth_files(&files);
    for (size_t i = 0; i < files; i++) {
        fpti_paper paper;
        FPT_TRY(write_paper(arena, scratch, n, folder, &file[i], &paper, err));
        FPT_TRY(note(arena, &file[i], &paper, count, entry, err));
    }
    return write_text(arena, folder, "MANIFEST.csv",
                      manifest_of(arena, *count, entry), err);
}

static fpt_status find_scale(fpt_str wanted, const fpt_synth_scale **out,
                             fpt_error *err)
{
    size_t count;
    const fpt_synth_scale *scales = fpt_synth_scales(&count);
    char known[120];
    size_t used = 0;
    *out = scales;
    if (wanted.len == 0) return FPT_OK;
    for (size_t i = 0; i < count; i++) {
        if (fpt_str_equal(wanted, fpt_str_from(scales[i].name))) {
            *out = &scales[i];
            return FPT_OK;
        }
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                                 i == 0          ? ""
                                 : i + 1 < count ? ", "
                                                 : " or ",
                                 scales[i].name);
    }
    return fpt_fail(err, FPT_ERR_USAGE,
                    "there is no scale \"" FPT_STR_FMT "\": it is %s",
                    FPT_STR_ARG(wanted), known);
}

/* Its name without slashes at the end, and the name of its neighbour. */
static fpt_status look_at(fpt_arena *arena, const char *folder, char **target,
                          char **part, fpt_error *err)
{
    fpt_str path = fpt_str_from(folder);
    while (path.len > 1 && path.data[path.len - 1] == '/')
        path.len--;
    *target = fpt_str_copy(arena, path);
    const fpt_str beside =
        fpt_str_print(arena, FPT_STR_FMT ".part", FPT_STR_ARG(path));
    if (*target == NULL || beside.data == NULL) return no_memory(err);
    *part = fpt_str_copy(arena, beside);
    if (*part == NULL) return no_memory(err);
    const char *name = fpt_path_name(*target);
    if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "%s: name a folder that is not there yet, or an empty "
                        "one by its own name",
                        folder);
    const fpt_file_kind kind = fpt_file_kind_of(*target);
    if (kind != FPT_FILE_NONE && kind != FPT_FILE_FOLDER)
        return fpt_fail(err, FPT_ERR_EXISTS, "%s: is there, and is no folder",
                        *target);
    if (kind == FPT_FILE_FOLDER) {
        size_t count;
        fpt_str *names;
        FPT_TRY(fpt_folder_list(arena, *target, &count, &names, err));
        if (count > 0)
            return fpt_fail(err, FPT_ERR_EXISTS,
                            "%s: is not empty; a nation gets a folder of its "
                            "own",
                            *target);
    }
    if (fpt_file_kind_of(*part) != FPT_FILE_NONE)
        return fpt_fail(err, FPT_ERR_EXISTS,
                        "%s: is left from a call that was cut off; remove it",
                        *part);
    return FPT_OK;
}

static fpt_status put_in_place(const char *part, const char *target,
                               fpt_error *err)
{
    if (rename(part, target) == 0) return FPT_OK;
    const int why = errno;
    return why == ENOTEMPTY || why == EEXIST
               ? fpt_fail(err, FPT_ERR_EXISTS, "%s: is not empty", target)
               : fpt_fail(err, FPT_ERR_IO, "%s: cannot be made: %s", target,
                          strerror(why));
}

/* What is left of a failure is no nation; the failure is what is told. */
static void drop(const char *part)
{
    fpt_error ignored;
    const fpt_status status = fpt_folder_remove(part, &ignored);
    (void)status;
}

fpt_status fpt_synth_write(fpt_arena *arena, const char *folder,
                           const fpt_synth_options *options, size_t *count,
                           fpt_synth_entry **out, fpt_error *err)
{
    const fpt_synth_scale *scale;
    char *target = NULL, *part = NULL;
    fpti_nation nation;
    fpt_arena scratch;
    size_t used = 0, files;
    (void)fpti_synth_files(&files);
    FPT_TRY(find_scale(options->scale, &scale, err));
    FPT_TRY(look_at(arena, folder, &target, &part, err));
    fpt_synth_entry *entry =
        FPT_NEW(arena, fpt_synth_entry, files * FPTI_MOST_SERIES);
    if (entry == NULL || fpt_arena_init_like(&scratch, arena) != FPT_OK)
        return no_memory(err);
    fpt_status status =
        fpti_synth_make(&scratch, scale, options->seed, &nation);
    if (status != FPT_OK) {
        status = no_memory(err);
    } else {
        status = write_all(arena, scratch, &nation, part, &used, entry, err);
        if (status == FPT_OK) status = put_in_place(part, target, err);
        if (status != FPT_OK) drop(part);
    }
    fpt_arena_clear(&scratch);
    if (status != FPT_OK) return status;
    *count = used;
    *out = entry;
    return FPT_OK;
}
