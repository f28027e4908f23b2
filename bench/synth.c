/*
 * A made-up nation of each scale, written to a folder; beside it the same bytes
 * written from memory into files of the same sizes, each made safe as it is.
 */
#include "bench.h"

#include <string.h>
#include <unistd.h>

#include "fpt/synth.h"

enum { RUNS = 3 };

struct job {
    const fpt_synth_scale *scale;
    char folder[64];
    size_t files;
    int64_t *bytes; /* of each file */
    char *zeros;
};

static void must(fpt_status status, const fpt_error *err)
{
    if (status == FPT_OK) return;
    fprintf(stderr, "bench: %s\n", err->text);
    exit(1);
}

static void write_nation(void *context)
{
    struct job *job = context;
    const fpt_synth_options options = {.struct_size = sizeof options,
                                       .scale = fpt_str_from(job->scale->name),
                                       .seed = 1};
    fpt_arena arena;
    fpt_error err = {0};
    size_t count;
    fpt_synth_entry *entry;
    must(fpt_folder_remove(job->folder, &err), &err);
    must(fpt_arena_init(&arena, NULL), &err);
    must(fpt_synth_write(&arena, job->folder, &options, &count, &entry, &err),
         &err);
    fpt_arena_clear(&arena);
}

static void write_zeros(void *context)
{
    const struct job *job = context;
    fpt_error err = {0};
    must(fpt_folder_remove(job->folder, &err), &err);
    must(fpt_folder_make(job->folder, &err), &err);
    for (size_t i = 0; i < job->files; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%zu", job->folder, i);
        const fpt_str bytes = {job->zeros, (size_t)job->bytes[i]};
        must(fpt_file_write(path, bytes, &err), &err);
    }
}

static void bench_scale(const fpt_synth_scale *scale)
{
    struct job job = {.scale = scale};
    fpt_arena arena;
    fpt_error err = {0};
    fpt_str *path;
    int64_t total = 0, most = 0;
    snprintf(job.folder, sizeof job.folder, "/tmp/footprint-bench-%ld",
             (long)getpid());
    must(fpt_arena_init(&arena, NULL), &err);
    const double made = bench_best(RUNS, write_nation, &job);
    must(fpt_folder_walk(&arena, job.folder, &job.files, &path, &err), &err);
    job.bytes = FPT_NEW(&arena, int64_t, job.files);
    for (size_t i = 0; job.bytes != NULL && i < job.files; i++) {
        char *file = fpt_path_join(&arena, job.folder, path[i].data);
        if (file == NULL) exit(1);
        must(fpt_file_digest(file, NULL, &job.bytes[i], &err), &err);
        total += job.bytes[i];
        if (job.bytes[i] > most) most = job.bytes[i];
    }
    job.zeros = FPT_NEW(&arena, char, (size_t)most);
    if (job.zeros == NULL || job.bytes == NULL) exit(1);
    const double copied = bench_best(RUNS, write_zeros, &job);
    char name[64], beside[128];
    snprintf(name, sizeof name, "synth %s", scale->name);
    snprintf(beside, sizeof beside,
             "%.1f MB in %zu files, %.0f MB/s; the same bytes from memory "
             "%.3g s",
             1e-6 * (double)total, job.files, 1e-6 * (double)total / made,
             copied);
    bench_figure(name, made, "s", beside);
    must(fpt_folder_remove(job.folder, &err), &err);
    fpt_arena_clear(&arena);
}

int main(void)
{
    size_t count;
    const fpt_synth_scale *scales = fpt_synth_scales(&count);
    for (size_t i = 0; i < count; i++)
        bench_scale(&scales[i]);
    return 0;
}
