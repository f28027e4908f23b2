/*
 * The same work as CSV through the command: footprint stat NAME < in > out, each
 * run a process of its own, so that its memory can be told. The program stands
 * in the first argument.
 *
 * The rows of standardised rates come once in the order of the groups, once with
 * every band of all groups after the other, which no program can do without
 * holding the groups.
 */
#include "bench.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BANDS = 19, AREAS = 7000, INDICATORS = 100, RUNS = 3 };

struct job {
    const char *program;
    const char *file;
    const char *call; /* "stat rate --by area" */
};

/* In the child: become the program. */
_Noreturn static void become(const struct job *job)
{
    char words[256], *argument[32] = {words};
    snprintf(words, sizeof words, "footprint %s", job->call);
    size_t count = 1;
    for (char *at = words; *at != '\0' && count < 31; at++)
        if (*at == ' ') {
            *at = '\0';
            argument[count++] = at + 1;
        }
    const int in = open(job->file, O_RDONLY), out = open("/dev/null", O_WRONLY);
    if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0) _exit(126);
    execv(job->program, argument);
    _exit(127);
}

static void run(void *context)
{
    const struct job *job = context;
    const pid_t child = fork();
    bench_need(child >= 0, "fork");
    if (child == 0) become(job);
    int status = 0;
    bench_need(waitpid(child, &status, 0) == child, "wait");
    bench_need(WIFEXITED(status) && WEXITSTATUS(status) == 0,
               "footprint stat did not end well");
}

/* Run in a process between, whose children are this job's alone. */
static void measure(const char *name, struct job *job, size_t rows,
                    const char *peer)
{
    int channel[2];
    bench_need(pipe(channel) == 0, "pipe");
    const pid_t child = fork();
    bench_need(child >= 0, "fork");
    if (child == 0) {
        double answer[2] = {bench_best(RUNS, run, job), 0.0};
        struct rusage used;
        if (getrusage(RUSAGE_CHILDREN, &used) != 0) _exit(1);
        answer[1] = (double)used.ru_maxrss / 1024.0;
        const ssize_t sent = write(channel[1], answer, sizeof answer);
        _exit(sent == (ssize_t)sizeof answer ? 0 : 1);
    }
    close(channel[1]);
    double answer[2];
    const ssize_t got = read(channel[0], answer, sizeof answer);
    close(channel[0]);
    int status = 0;
    bench_need(waitpid(child, &status, 0) == child && status == 0 &&
                   got == (ssize_t)sizeof answer,
               "a run failed");
    struct stat file;
    bench_need(stat(job->file, &file) == 0, "no input");
    char beside[200];
    snprintf(beside, sizeof beside,
             "%.2f s for %zu rows, %.0f MB/s in, %.0f MB of memory%s%s",
             answer[0], rows, (double)file.st_size / answer[0] / 1e6, answer[1],
             peer[0] != '\0' ? "; " : "", peer);
    bench_figure(name, (double)rows / answer[0] / 1e6, "M rows/s", beside);
}

static FILE *begin(const char *file, const char *header)
{
    FILE *out = fopen(file, "w");
    bench_need(out != NULL, "cannot write the input");
    fprintf(out, "%s\n", header);
    return out;
}

static void end(FILE *out)
{
    bench_need(ferror(out) == 0 && fclose(out) == 0, "cannot write the input");
}

static void write_band(FILE *out, unsigned group, unsigned band,
                       uint32_t random)
{
    fprintf(out, "E%08u,%u,%u,%u,%u\n", group / INDICATORS + 1000000,
            group % INDICATORS, random % 12, 200 + (random >> 8) % 600,
            500 * (band + 1));
}

static void write_bands(const char *file, unsigned groups, bool by_band)
{
    FILE *out = begin(file, "area,indicator,x,n,stdpop");
    fpt_rng rng = fpt_rng_make(1, 0, 0, 0);
    if (by_band) {
        for (unsigned b = 0; b < BANDS; b++)
            for (unsigned g = 0; g < groups; g++)
                write_band(out, g, b, fpt_rng_next32(&rng));
    } else {
        for (unsigned g = 0; g < groups; g++)
            for (unsigned b = 0; b < BANDS; b++)
                write_band(out, g, b, fpt_rng_next32(&rng));
    }
    end(out);
}

static void bench_dsr(struct job *job)
{
    job->call = "stat dsr --by area,indicator --confidence 95,99.8";
    const unsigned groups = AREAS * INDICATORS;
    write_bands(job->file, groups / 10, false);
    measure("dsr, 70,000 groups", job, groups / 10 * BANDS, "");
    write_bands(job->file, groups, false);
    measure("dsr, 700,000 groups", job, (size_t)groups * BANDS,
            "calculate_dsr 250 s, 3.05 GB, without reading and writing");
    job->call = "stat dsr --by area,indicator --confidence 95,99.8 --scattered";
    write_bands(job->file, groups, true);
    measure("dsr, 700,000 groups, scattered", job, (size_t)groups * BANDS, "");
}

static void bench_rows(struct job *job)
{
    const size_t rows = 700000;
    FILE *out = begin(job->file, "area,x,n");
    fpt_rng rng = fpt_rng_make(2, 0, 0, 0);
    for (size_t i = 0; i < rows; i++) {
        const uint32_t random = fpt_rng_next32(&rng);
        fprintf(out, "E%08zu,%u,%u\n", i, random % 200,
                200 + (random >> 8) % 60000);
    }
    end(out);
    job->call = "stat rate";
    measure("rate", job, rows, "phe_rate 2.9 s, without reading and writing");
    job->call = "stat proportion";
    measure("proportion", job, rows,
            "phe_proportion 0.11 s, without reading and writing");
}

static void bench_spc(struct job *job)
{
    FILE *out = begin(job->file, "series,period,x,target");
    fpt_rng rng = fpt_rng_make(3, 0, 0, 0);
    for (unsigned s = 0; s < 10000; s++)
        for (unsigned m = 0; m < 60; m++)
            fprintf(out, "S%05u,%u-%02u,%u,120\n", s, 2017 + m / 12, m % 12 + 1,
                    100 + fpt_rng_below(&rng, 40) + fpt_rng_below(&rng, 40));
    end(out);
    job->call = "stat spc --by series --improve down";
    measure("spc, 10,000 series of 60", job, 600000,
            "ptd_spc 27.3 s + 2.8 s, without reading and writing");
}

static void bench_life(struct job *job)
{
    FILE *out = begin(job->file, "area,start_age,deaths,population");
    fpt_rng rng = fpt_rng_make(4, 0, 0, 0);
    for (unsigned a = 0; a < 7000; a++)
        for (unsigned b = 0; b < BANDS; b++) {
            const unsigned people = 1500 + fpt_rng_below(&rng, 3000);
            fprintf(out, "E%08u,%u,%u,%u\n", a, b < 2 ? b : 5 * (b - 1),
                    1 + (people >> (20 - b)), people);
        }
    end(out);
    job->call = "stat life-expectancy --by area";
    measure("life-expectancy, 7,000 areas", job, (size_t)7000 * BANDS,
            "phe_life_expectancy 23.8 s");
}

static void bench_sii(struct job *job)
{
    FILE *out = begin(job->file, "area,quantile,population,value,se");
    fpt_rng rng = fpt_rng_make(5, 0, 0, 0);
    for (unsigned a = 0; a < 100; a++)
        for (unsigned q = 1; q <= 10; q++)
            fprintf(out, "E%08u,%u,%u,%u,0.%02u\n", a, q,
                    5000 + fpt_rng_below(&rng, 2000), 130 - 6 * q, 3 + q);
    end(out);
    job->call = "stat sii --by area --type rate";
    measure("sii, 100 groups, simulated", job, 1000, "phe_sii 39 s");
}

int main(int count, char **argument)
{
    bench_need(count == 2,
               "which program? bench_filter build/release/footprint");
    char file[] = "/tmp/footprint-bench-XXXXXX";
    const int made = mkstemp(file);
    bench_need(made >= 0, "no temporary file");
    close(made);
    struct job job = {.program = argument[1], .file = file};
    bench_dsr(&job);
    bench_rows(&job);
    bench_spc(&job);
    bench_life(&job);
    bench_sii(&job);
    unlink(file);
    return 0;
}
