/*
 * A job pack: the files that one piece of work wants, and where they are found.
 */
#include <stdio.h>

#include "load_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the job");
}

static fpt_status read_wants(fpt_arena *arena, fpt_yaml *yaml, fpt_job *job,
                             fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "files", true, &list, err));
    job->want = FPT_NEW(arena, struct fpt_job_file, list->count);
    if (job->want == NULL) return no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        fpt_yaml *item = &list->item[i];
        struct fpt_job_file *want = &job->want[i];
        want->line = item->line;
        FPT_TRY(fpt_yaml_text(item, "source", true, &want->source, err));
        FPT_TRY(fpt_yaml_text(item, "vintage", false, &want->vintage, err));
        FPT_TRY(fpt_yaml_text(item, "path", false, &want->path, err));
        FPT_TRY(fpt_yaml_text(item, "published", false, &want->published, err));
        FPT_TRY(fpt_yaml_bool(item, "optional", false, &want->optional, err));
    }
    job->wants = list->count;
    return FPT_OK;
}

/* Of a job that names its indicators the headline is one of them. */
static fpt_status read_headline(fpt_yaml *yaml, fpt_job *job, fpt_error *err)
{
    FPT_TRY(fpt_yaml_text(yaml, "headline", false, &job->headline, err));
    bool known = job->headline.len == 0 || job->measures == 0;
    for (size_t i = 0; i < job->measures && !known; i++)
        known = fpt_str_equal(job->measure[i], job->headline);
    if (known) return FPT_OK;
    return fpt_yaml_fail(fpt_yaml_find(yaml, "headline"), err,
                         "\"" FPT_STR_FMT
                         "\" is none of the job's own measures",
                         FPT_STR_ARG(job->headline));
}

fpt_status fpt_job_open(fpt_arena *arena, const fpt_pack_path *packs,
                        fpt_str name, fpt_job *out, fpt_error *err)
{
    fpt_pack pack;
    fpt_job job = {0};
    FPT_TRY(
        fpt_pack_open(arena, packs, "jobs", name, (fpt_str){0}, &pack, err));
    fpt_yaml *yaml = &pack.yaml;
    job.name = pack.name;
    job.version = pack.version;
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &job.title, err));
    FPT_TRY(fpt_yaml_text(yaml, "about", true, &job.about, err));
    FPT_TRY(read_wants(arena, yaml, &job, err));
    FPT_TRY(fpt_yaml_texts(arena, yaml, "measures", false, &job.measures,
                           &job.measure, err));
    FPT_TRY(fpt_yaml_texts(arena, yaml, "frameworks", false, &job.frameworks,
                           &job.framework, err));
    FPT_TRY(fpt_yaml_text(yaml, "attribution", false, &job.attribution, err));
    FPT_TRY(fpt_yaml_texts(arena, yaml, "views", false, &job.views, &job.view,
                           err));
    FPT_TRY(fpt_yaml_text(yaml, "period", false, &job.period, err));
    FPT_TRY(fpt_yaml_text(yaml, "tier", false, &job.tier, err));
    FPT_TRY(read_headline(yaml, &job, err));
    FPT_TRY(fpt_yaml_all_taken(yaml, err));
    *out = job;
    return FPT_OK;
}

/* ---- finding its files ---- */

struct search {
    fpt_arena *arena;
    const char *folder;
    size_t files;
    fpt_str *file; /* paths below the folder */
    size_t sources;
    fpti_source *pack; /* of each wanted source, once */
};

static fpt_status open_wanted(struct search *s, const fpt_pack_path *packs,
                              const fpt_job *job, fpt_error *err)
{
    s->pack = FPT_NEW(s->arena, fpti_source, job->wants);
    if (s->pack == NULL) return no_memory(err);
    for (size_t i = 0; i < job->wants; i++) {
        bool known = false;
        for (size_t k = 0; k < s->sources && !known; k++)
            known = fpt_str_equal(s->pack[k].name, job->want[i].source);
        if (known) continue;
        FPT_TRY(fpti_source_open(s->arena, packs, job->want[i].source,
                                 (fpt_str){0}, &s->pack[s->sources], err));
        s->sources++;
    }
    return FPT_OK;
}

static const fpti_source *pack_of(const struct search *s, fpt_str name)
{
    for (size_t i = 0; i < s->sources; i++)
        if (fpt_str_equal(s->pack[i].name, name)) return &s->pack[i];
    return NULL;
}

static fpt_status look_at(const struct search *s, const fpti_source *source,
                          const char *path, fpt_str *vintage, fpt_error *err)
{
    fpti_head head;
    fpti_binding binding = {0};
    const fpti_source *found = NULL;
    FPT_TRY(fpti_sniff_among(s->arena, 1, source, path, &found, err));
    if (!source->geojson) {
        FPT_TRY(fpti_head_read(s->arena, path, source, &head, err));
        FPT_TRY(fpti_bind(s->arena, source, path, &head, &binding, err));
    }
    *vintage = (fpt_str){0};
    const fpt_status status = fpti_vintage_of(s->arena, source, path, &binding,
                                              (fpt_str){0}, vintage, err);
    /* What its name does not say the job does. */
    return status == FPT_ERR_INPUT &&
                   source->vintage_from == FPTI_VINTAGE_FILE_NAME
               ? FPT_OK
               : status;
}

/* Is the file of the source, and of which vintage does it say to be? A file that
 * cannot be read is not; only memory that runs out is a failure. */
static fpt_status fits(const struct search *s, const fpti_source *source,
                       const char *path, fpt_str *vintage, bool *out,
                       fpt_error *err)
{
    fpt_error why;
    const fpt_status status = look_at(s, source, path, vintage, &why);
    *out = status == FPT_OK;
    return status == FPT_ERR_MEMORY ? no_memory(err) : FPT_OK;
}

/* By its hint: the path itself, or the only file whose path matches it; NULL
 * when none does. */
static fpt_status by_hint(const struct search *s, fpt_str hint, char **out,
                          fpt_error *err)
{
    const fpt_str anywhere =
        fpt_str_print(s->arena, "*/" FPT_STR_FMT, FPT_STR_ARG(hint));
    if (anywhere.data == NULL) return no_memory(err);
    size_t found = SIZE_MAX;
    *out = NULL;
    for (size_t i = 0; i < s->files; i++) {
        if (fpt_str_equal(s->file[i], hint)) {
            found = i;
            break;
        }
        if (!fpt_str_matches(s->file[i], hint) &&
            !fpt_str_matches(s->file[i], anywhere))
            continue;
        if (found != SIZE_MAX)
            return fpt_fail(err, FPT_ERR_AMBIGUOUS,
                            "%s: the hint \"" FPT_STR_FMT "\" fits " FPT_STR_FMT
                            " and " FPT_STR_FMT,
                            s->folder, FPT_STR_ARG(hint),
                            FPT_STR_ARG(s->file[found]),
                            FPT_STR_ARG(s->file[i]));
        found = i;
    }
    if (found == SIZE_MAX) return FPT_OK;
    *out = fpt_path_join(s->arena, s->folder, s->file[found].data);
    return *out != NULL ? FPT_OK : no_memory(err);
}

static fpt_status by_sniffing(const struct search *s,
                              const struct fpt_job_file *want,
                              const fpti_source *source, char **out,
                              fpt_str *other, fpt_error *err)
{
    for (size_t i = 0; i < s->files; i++) {
        fpt_arena mark = *s->arena;
        char *path = fpt_path_join(s->arena, s->folder, s->file[i].data);
        fpt_str vintage;
        bool good;
        if (path == NULL) return no_memory(err);
        FPT_TRY(fits(s, source, path, &vintage, &good, err));
        if (!good) {
            *s->arena = mark; /* what a miss took is given back */
            continue;
        }
        if (fpti_vintage_fits(source, want->vintage, vintage)) {
            *out = path;
            return FPT_OK;
        }
        *other = fpt_str_print(s->arena, "%s is of " FPT_STR_FMT, path,
                               FPT_STR_ARG(vintage));
        if (other->data == NULL) return no_memory(err);
    }
    return FPT_OK;
}

static fpt_status find_one(const struct search *s,
                           const struct fpt_job_file *want, fpt_load_file *out,
                           bool *found, fpt_error *err)
{
    const fpti_source *source = pack_of(s, want->source);
    char *path = NULL;
    fpt_str vintage = {0}, other = {0};
    if (want->path.len > 0) FPT_TRY(by_hint(s, want->path, &path, err));
    bool good = false;
    if (path != NULL) FPT_TRY(fits(s, source, path, &vintage, &good, err));
    if (good && !fpti_vintage_fits(source, want->vintage, vintage))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: is of " FPT_STR_FMT
                        ", and the job wants " FPT_STR_FMT " of " FPT_STR_FMT,
                        path, FPT_STR_ARG(vintage), FPT_STR_ARG(want->source),
                        FPT_STR_ARG(want->vintage));
    if (path == NULL) FPT_TRY(by_sniffing(s, want, source, &path, &other, err));
    *found = path != NULL;
    if (path != NULL) {
        *out = (fpt_load_file){.path = path,
                               .source = want->source,
                               .vintage = want->vintage,
                               .published = want->published};
        return FPT_OK;
    }
    if (want->optional) return FPT_OK;
    return fpt_fail(err, other.len > 0 ? FPT_ERR_INPUT : FPT_ERR_NOT_FOUND,
                    "%s: the job wants a file of " FPT_STR_FMT "%s" FPT_STR_FMT
                    ", and there is none%s" FPT_STR_FMT,
                    s->folder, FPT_STR_ARG(want->source),
                    want->vintage.len > 0 ? " of " : "",
                    FPT_STR_ARG(want->vintage), other.len > 0 ? "; " : "",
                    FPT_STR_ARG(other));
}

fpt_status fpt_job_find(fpt_arena *arena, const fpt_pack_path *packs,
                        const fpt_job *job, const char *folder, size_t *count,
                        fpt_load_file **out, fpt_error *err)
{
    struct search s = {.arena = arena, .folder = folder};
    if (fpt_file_kind_of(folder) != FPT_FILE_FOLDER)
        return fpt_fail(err, FPT_ERR_NOT_FOUND, "%s: is not a folder", folder);
    FPT_TRY(fpt_folder_walk(arena, folder, &s.files, &s.file, err));
    FPT_TRY(open_wanted(&s, packs, job, err));
    fpt_load_file *files = FPT_NEW(arena, fpt_load_file, job->wants);
    if (files == NULL) return no_memory(err);
    size_t used = 0;
    for (size_t i = 0; i < job->wants; i++) {
        bool found = false;
        FPT_TRY(find_one(&s, &job->want[i], &files[used], &found, err));
        if (found) used++;
    }
    *count = used;
    *out = files;
    return FPT_OK;
}

fpt_status fpt_sniff(fpt_arena *arena, const fpt_pack_path *packs,
                     const char *path, fpt_sniffed *out, fpt_error *err)
{
    size_t count;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(arena, packs, "sources", &count, &names, err));
    fpti_source *sources = FPT_NEW(arena, fpti_source, count);
    if (sources == NULL) return no_memory(err);
    for (size_t i = 0; i < count; i++)
        FPT_TRY(fpti_source_open(arena, packs, names[i], (fpt_str){0},
                                 &sources[i], err));
    const fpti_source *source = NULL;
    FPT_TRY(fpti_sniff_among(arena, count, sources, path, &source, err));
    fpti_head head;
    fpti_binding binding = {0};
    if (!source->geojson) {
        FPT_TRY(fpti_head_read(arena, path, source, &head, err));
        FPT_TRY(fpti_bind(arena, source, path, &head, &binding, err));
    }
    *out = (fpt_sniffed){.source = source->name, .version = source->version};
    /* A vintage that the file does not tell is no reason not to know it. */
    fpt_error ignored;
    if (fpti_vintage_of(arena, source, path, &binding, (fpt_str){0},
                        &out->vintage, &ignored) != FPT_OK)
        out->vintage = (fpt_str){0};
    return FPT_OK;
}
