/*
 * Every reader of the main job on the published files: records a second from the
 * file to the warehouse, beside the time in which DuckDB's own CSV reader, with
 * one thread and every cell as text, only scans the same bytes.
 */
#include <duckdb.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench.h"

#include "fpt/ingest.h"

enum { RUNS = 3, MOST_FILES = 64 };

struct job {
    fpt_pack_path packs;
    size_t count;
    fpt_load_file *file;
    fpt_load_result *result;
    double mark[MOST_FILES + 1]; /* when each file was begun, and the end */
    double seconds[MOST_FILES];  /* best of the runs */
    double whole;
};

static void note(void *context, const char *what, uint64_t done, uint64_t total)
{
    struct job *job = context;
    (void)what;
    if (done <= total && done <= MOST_FILES) job->mark[done] = bench_now();
}

/* One load of all files into a workspace of its own. */
static void load_once(struct job *job, fpt_arena *arena)
{
    char folder[] = "/tmp/footprint-bench-XXXXXX";
    bench_need(mkdtemp(folder) != NULL, "cannot make a folder in /tmp");
    const fpt_log log = {.progress = note, .context = job};
    const fpt_load_options options = {.struct_size = sizeof options,
                                      .packs = job->packs,
                                      .today = {19875},
                                      .log = &log};
    fpt_workspace workspace;
    fpt_error err = {0};
    bench_need(fpt_workspace_init(folder, options.today, &err) == FPT_OK &&
                   fpt_workspace_open(folder, false, &workspace, &err) ==
                       FPT_OK,
               err.text);
    const double began = bench_now();
    bench_need(fpt_load(&workspace, arena, &options, job->count, job->file,
                        &job->result, &err) == FPT_OK,
               err.text);
    const double took = bench_now() - began;
    if (job->whole == 0.0 || took < job->whole) job->whole = took;
    for (size_t i = 0; i < job->count; i++) {
        const double own = job->mark[i + 1] - job->mark[i];
        if (job->seconds[i] == 0.0 || own < job->seconds[i])
            job->seconds[i] = own;
    }
    fpt_workspace_close(&workspace);
    bench_need(fpt_folder_remove(folder, &err) == FPT_OK, err.text);
}

/* Seconds of a bare scan, or 0 when DuckDB cannot read the file. */
static double scan(duckdb_connection connection, const char *path, bool header)
{
    char sql[2048];
    double best = 0.0;
    snprintf(sql, sizeof sql,
             "SELECT count(COLUMNS(*)) FROM read_csv('%s', all_varchar = true, "
             "header = %s, null_padding = true)",
             path, header ? "true" : "false");
    for (int i = 0; i < RUNS; i++) {
        duckdb_result result;
        const double began = bench_now();
        const duckdb_state state = duckdb_query(connection, sql, &result);
        const double took = bench_now() - began;
        duckdb_destroy_result(&result);
        if (state != DuckDBSuccess) return 0.0;
        if (best == 0.0 || took < best) best = took;
    }
    return best;
}

static double peak_mebibytes(void)
{
    struct rusage used;
    bench_need(getrusage(RUSAGE_SELF, &used) == 0, "no memory is counted");
    return (double)used.ru_maxrss / 1024.0;
}

static void tell(const struct job *job, duckdb_connection connection)
{
    for (size_t i = 0; i < job->count; i++) {
        const fpt_load_result *r = &job->result[i];
        char beside[200];
        const bool header = !fpt_str_equal(r->source, FPT_STR("ods-epraccur"));
        const bool csv =
            !fpt_str_ends(fpt_str_from(job->file[i].path), FPT_STR(".geojson"));
        const double bare =
            csv ? scan(connection, job->file[i].path, header) : 0.0;
        if (bare > 0.0)
            snprintf(beside, sizeof beside,
                     "records/s; %.0f ms for %lld facts, bare scan %.0f ms: "
                     "ratio %.2f",
                     1e3 * job->seconds[i], (long long)r->facts, 1e3 * bare,
                     job->seconds[i] / bare);
        else
            snprintf(beside, sizeof beside,
                     "records/s; %.0f ms for %lld facts; not CSV",
                     1e3 * job->seconds[i], (long long)r->facts);
        char name[64];
        snprintf(name, sizeof name, "%.*s/%zu", FPT_STR_ARG(r->source), i + 1);
        bench_figure(name, (double)r->rows_read / job->seconds[i], "", beside);
    }
}

int main(void)
{
    const char *folder = getenv("FOOTPRINT_REAL_DATA");
    if (folder == NULL) folder = "../shared/data";
    if (access(folder, R_OK) != 0) {
        printf("readers: left out, there is no folder %s (set "
               "FOOTPRINT_REAL_DATA)\n",
               folder);
        return 0;
    }
    static const char *const packs[] = {"packs"};
    struct job job = {.packs = {1, packs}};
    fpt_arena arena;
    fpt_job about;
    fpt_error err = {0};
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    bench_need(fpt_job_open(&arena, &job.packs, FPT_STR("stp-2016-19"), &about,
                            &err) == FPT_OK &&
                   fpt_job_find(&arena, &job.packs, &about, folder, &job.count,
                                &job.file, &err) == FPT_OK,
               err.text);
    bench_need(job.count <= MOST_FILES, "more files than there is room for");
    for (int i = 0; i < RUNS; i++)
        load_once(&job, &arena);
    int64_t records = 0, facts = 0;
    for (size_t i = 0; i < job.count; i++) {
        records += job.result[i].rows_read;
        facts += job.result[i].facts;
    }
    const double peak = peak_mebibytes();

    duckdb_database database = NULL;
    duckdb_connection connection = NULL;
    duckdb_result result;
    bench_need(duckdb_open(NULL, &database) == DuckDBSuccess &&
                   duckdb_connect(database, &connection) == DuckDBSuccess &&
                   duckdb_query(connection, "SET threads = 1", &result) ==
                       DuckDBSuccess,
               "DuckDB cannot be opened");
    duckdb_destroy_result(&result);
    tell(&job, connection);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    bench_figure("readers, whole job", job.whole, "s",
                 "load of all files, committed");
    bench_figure("readers, facts", (double)facts / job.whole, "facts/s", "");
    bench_figure("readers, records", (double)records / job.whole, "records/s",
                 "");
    bench_figure("readers, peak memory", peak, "MiB", "");
    fpt_arena_clear(&arena);
    return 0;
}
