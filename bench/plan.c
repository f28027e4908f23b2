/*
 * A plan's layers on made-up data: patients as integers (row by row and merged
 * into cells), a whole plan with its waterfall, and money alone. Row-draws are
 * input rows times draws by wall seconds, also when rows are merged; the draws'
 * parameters are drawn anew. The reference model of the field takes 2.95 to 3.88
 * CPU seconds a draw for 100,000 spells (one process, another machine).
 */
#include "bench.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fpt/activity.h"
#include "fpt/file.h"
#include "fpt/lanes.h"
#include "fpt/stress.h"
#include "plan_made.h"

static const char gate[] = "gate 60, goal 200, stretch 500; reference 0.03";

/* ---- the kernel, on rows in memory ---- */

enum {
    GROWTHS = 546, /* 91 ages, two sexes, three kinds */
    EFFECTS = 24,
    KEYS = 126, /* 3 sites, 21 specialties, 2 sexes */
    OUTPUTS = 400,
    FACTORS = 24
};

typedef struct rows {
    fpt_activity_model model;
    double *growth, *factor;
    int32_t **output, **tally;
    double **work;
    unsigned threads;
    uint32_t lanes; /* rows of lanes: draws / FPT_LANES */
    uint64_t checksum;
} rows;

static void make_tables(fpt_arena *arena, fpt_activity_model *m)
{
    uint64_t *stream = FPT_NEW(arena, uint64_t, GROWTHS);
    fpt_activity_effect *effect = FPT_NEW(arena, fpt_activity_effect, EFFECTS);
    fpt_activity_choice *choice = FPT_NEW(arena, fpt_activity_choice, EFFECTS);
    fpt_activity_keys *keys = FPT_NEW(arena, fpt_activity_keys, KEYS);
    uint32_t *output = FPT_NEW(arena, uint32_t, (size_t)KEYS * 6);
    bench_need(stream != NULL && effect != NULL && choice != NULL &&
                   keys != NULL && output != NULL,
               "not enough memory");
    fpt_rng rng = fpt_rng_make(3, 0, 0, 0);
    for (uint32_t g = 0; g < GROWTHS; g++)
        stream[g] = fpt_rng_next64(&rng);
    /* 40 % of rows under avoidance, a third under a cut of days. */
    for (uint32_t e = 0; e < EFFECTS; e++) {
        choice[e] =
            (fpt_activity_choice){.rule = e % 3 == 0 ? FPT_ACTIVITY_DAYS_KEPT
                                                     : FPT_ACTIVITY_UNCHANGED,
                                  .factor = (e + 7) % FACTORS,
                                  .tally = 10 + e % 10};
        effect[e] = (fpt_activity_effect){.stream = fpt_rng_next64(&rng),
                                          .keep = e % 5 < 2 ? e % FACTORS
                                                            : FPT_ACTIVITY_NONE,
                                          .tally = e % 10,
                                          .choice_count = 1,
                                          .choice = &choice[e]};
    }
    for (uint32_t k = 0; k < KEYS; k++) {
        keys[k] = (fpt_activity_keys){.stream = fpt_rng_next64(&rng),
                                      .first = k * 6,
                                      .event_count = 3,
                                      .day_count = 3,
                                      .converted = {FPT_ACTIVITY_NONE,
                                                    FPT_ACTIVITY_NONE,
                                                    FPT_ACTIVITY_NONE}};
        for (uint32_t i = 0; i < 6; i++)
            output[k * 6 + i] = (k * 6 + i * 61) % OUTPUTS;
    }
    m->growth_count = GROWTHS;
    m->growth_stream = stream;
    m->effect_count = EFFECTS;
    m->effect = effect;
    m->keys_count = KEYS;
    m->keys = keys;
    m->output = output;
    m->output_count = OUTPUTS;
    m->factor_count = FACTORS;
    m->tally_count = 20;
    m->day_offset = 1;
}

static void make_rows(fpt_arena *arena, size_t count, bool merge, rows *r)
{
    *r = (rows){0};
    make_tables(arena, &r->model);
    fpt_activity_row *row = FPT_NEW(arena, fpt_activity_row, count);
    fpt_activity_row *work = FPT_NEW(arena, fpt_activity_row, count);
    bench_need(row != NULL && work != NULL, "not enough memory");
    fpt_rng rng = fpt_rng_make(4, 0, 0, 0);
    for (size_t i = 0; i < count; i++) {
        /* Half without a night, the others geometric with mean 4, to 120. */
        uint32_t stay = 0;
        if (fpt_rng_next32(&rng) < UINT32_MAX / 2)
            stay = 1 + (uint32_t)(log(fpt_rng_uniform(&rng)) / log(0.75));
        row[i] =
            (fpt_activity_row){.growth = fpt_rng_below(&rng, GROWTHS),
                               .keys = fpt_rng_below(&rng, KEYS),
                               .effect = fpt_rng_below(&rng, EFFECTS),
                               .count = 1,
                               .stay = (uint16_t)(stay > 120 ? 120 : stay)};
    }
    size_t left;
    bench_need(fpt_activity_sort(count, row, work, r->model.effect, merge,
                                 &left) == FPT_OK,
               "rows cannot be sorted");
    r->model.row = row;
    r->model.row_count = left;
    r->growth = bench_doubles(arena, (size_t)GROWTHS * FPT_LANES);
    r->factor = bench_doubles(arena, (size_t)FACTORS * FPT_LANES);
    r->output = FPT_NEW(arena, int32_t *, 2);
    r->tally = FPT_NEW(arena, int32_t *, 2);
    r->work = FPT_NEW(arena, double *, 2);
    bench_need(r->output != NULL && r->tally != NULL && r->work != NULL,
               "not enough memory");
    for (int t = 0; t < 2; t++) {
        r->output[t] = FPT_NEW(arena, int32_t, (size_t)OUTPUTS * FPT_LANES);
        r->tally[t] = FPT_NEW(arena, int32_t,
                              (size_t)20 * FPT_ACTIVITY_MEASURES * FPT_LANES);
        r->work[t] =
            bench_doubles(arena, fpt_activity_sample_work(&r->model) + 1);
        bench_need(r->output[t] != NULL && r->tally[t] != NULL,
                   "not enough memory");
    }
    for (size_t i = 0; i < (size_t)GROWTHS * FPT_LANES; i++)
        r->growth[i] = 0.9 + 0.3 * fpt_rng_uniform(&rng);
    for (size_t i = 0; i < (size_t)FACTORS * FPT_LANES; i++)
        r->factor[i] = 0.7 + 0.3 * fpt_rng_uniform(&rng);
}

static fpt_status sample_rows(size_t thread, void *context)
{
    rows *r = context;
    const fpt_activity_rates rates = {r->growth, r->factor};
    const fpt_activity_counts counts = {r->output[thread], r->tally[thread]};
    for (uint32_t lane = (uint32_t)thread; lane < r->lanes; lane += r->threads)
        FPT_TRY(fpt_activity_sample(fpt_lanes_best(), &r->model, &rates, 9, 0,
                                    lane, &counts, r->work[thread]));
    return FPT_OK;
}

static void sample(void *context)
{
    rows *r = context;
    bench_need(fpt_parallel(r->threads, r->threads, sample_rows, r) == FPT_OK,
               "rows cannot be drawn");
    r->checksum += (uint64_t)r->output[0][0];
}

static void bench_rows(size_t count, uint32_t draws, int runs)
{
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    for (int merge = 0; merge < 2; merge++) {
        rows r;
        make_rows(&arena, count, merge == 1, &r);
        r.lanes = draws / FPT_LANES;
        for (unsigned threads = 1; threads <= 2; threads++) {
            char name[64], beside[240];
            r.threads = threads;
            const bench_spent spent = bench_spend(runs, sample, &r);
            snprintf(name, sizeof name, "%zu %s x %u, %u thread%s", count,
                     merge == 1 ? "merged" : "rows", draws, threads,
                     threads == 1 ? "" : "s");
            snprintf(beside, sizeof beside,
                     "M row-draws/s; %zu cells: %.3g M cell-draws/s; %.3f s "
                     "(%.3f to %.3f), processor %.3f s; %s",
                     r.model.row_count,
                     (double)r.model.row_count * draws / spent.median / 1e6,
                     spent.median, spent.least, spent.most, spent.processor,
                     gate);
            bench_figure(name, (double)count * draws / spent.median / 1e6,
                         "M/s", beside);
        }
        fpt_arena_reset(&arena);
    }
    fpt_arena_clear(&arena);
}

/* ---- a plan, all of it ---- */

/* What a plan's run is asked for: every metric and every step of the waterfall,
 * with mean, tenth, half and ninth tenth of the draws. */
typedef struct whole {
    fpt_plan *plan;
    fpt_plan_noise noise;
    uint32_t rows; /* of lanes */
    unsigned threads;
    size_t outputs; /* metrics, then steps */
    fpt_arena arena[2];
    fpt_tally **tally[2];
    double *mean; /* of metrics */
    double *error;
    char digest[65];
} whole;

static fpt_status whole_rows(size_t thread, void *context)
{
    whole *h = context;
    fpt_arena *arena = &h->arena[thread];
    const fpt_plan_facts facts = fpt_plan_facts_of(h->plan);
    fpt_plan_work *work = NULL;
    FPT_TRY(fpt_plan_work_make(arena, h->plan, &work));
    fpt_plan_work_steps(work, true);
    fpt_tally **tally = FPT_NEW(arena, fpt_tally *, h->outputs);
    double *z = FPT_NEW(arena, double, (facts.inputs + 1) * FPT_LANES);
    if (tally == NULL || z == NULL) return FPT_ERR_MEMORY;
    h->tally[thread] = tally;
    for (size_t k = 0; k < h->outputs; k++)
        if ((tally[k] = fpt_tally_make(arena)) == NULL) return FPT_ERR_MEMORY;
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.noise = h->noise;
    for (uint32_t row = (uint32_t)thread; row < h->rows; row += h->threads) {
        const double *metrics;
        fpt_error err = {0};
        fpt_plan_draw(h->plan, facts.seed, row, z);
        FPT_TRY(fpt_plan_run(h->plan, &scenario, facts.seed, row, z, work,
                             &metrics, &err));
        const double *steps = fpt_plan_steps(work);
        for (size_t k = 0; k < h->outputs; k++)
            FPT_TRY(fpt_tally_add(
                tally[k], FPT_LANES,
                k < facts.metrics ? metrics + k * FPT_LANES
                                  : steps + (k - facts.metrics) * FPT_LANES));
    }
    return FPT_OK;
}

/* From the plan in memory to the summaries as text. */
static void run_whole(void *context)
{
    whole *h = context;
    for (unsigned t = 0; t < 2; t++)
        fpt_arena_reset(&h->arena[t]);
    bench_need(fpt_parallel(h->threads, h->threads, whole_rows, h) == FPT_OK,
               "the plan cannot be run");
    const size_t metrics = fpt_plan_facts_of(h->plan).metrics;
    fpt_output out = fpt_output_memory(&h->arena[0]);
    for (size_t k = 0; k < h->outputs; k++) {
        for (unsigned t = 1; t < h->threads; t++)
            bench_need(fpt_tally_join(h->tally[0][k], h->tally[t][k]) == FPT_OK,
                       "not enough memory");
        const fpt_tally_summary s = fpt_tally_summarise(h->tally[0][k]);
        fpt_output_print(&out, "%zu %.17g %.17g %.17g %.17g\n", k, s.mean,
                         s.p10, s.p50, s.p90);
        if (k >= metrics) continue;
        h->mean[k] = s.mean;
        h->error[k] = s.sd / sqrt((double)s.count);
    }
    fpt_bytes_digest(fpt_strbuf_view(&out.text), h->digest);
}

/* Means of drawn patients must be those of the expectation under the same
 * assumptions, within four standard errors. */
static void check_means(whole *h, const double *expected)
{
    for (size_t k = 0; k < fpt_plan_facts_of(h->plan).metrics; k++) {
        const fpt_plan_metric_kind kind = fpt_plan_metric_at(h->plan, k).kind;
        if (kind != FPT_PLAN_METRIC_EVENTS && kind != FPT_PLAN_METRIC_DAYS)
            continue;
        bench_need(fabs(h->mean[k] - expected[k]) <= 4.0 * h->error[k] + 1.0,
                   "a mean is not the expectation's");
    }
}

static long peak_with(whole *h, uint32_t draws)
{
    int ends[2];
    bench_need(pipe(ends) == 0, "no pipe");
    const pid_t child = fork();
    bench_need(child >= 0, "no process");
    if (child == 0) {
        struct rusage used;
        h->rows = draws / FPT_LANES;
        run_whole(h);
        getrusage(RUSAGE_SELF, &used);
        const bool sent =
            write(ends[1], &used.ru_maxrss, sizeof used.ru_maxrss) > 0;
        _exit(sent ? 0 : 1);
    }
    long peak = 0;
    bench_need(read(ends[0], &peak, sizeof peak) == (ssize_t)sizeof peak,
               "no answer");
    close(ends[0]);
    close(ends[1]);
    waitpid(child, NULL, 0);
    return peak;
}

static void bench_whole(int spells, int attendances, int arrivals)
{
    static const char *const noise[] = {"moments", "expected", "integers"};
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    whole h = {.rows = 256 / FPT_LANES};
    for (int t = 0; t < 2; t++)
        bench_need(fpt_arena_init(&h.arena[t], NULL) == FPT_OK,
                   "not enough memory");
    const double began = bench_now();
    h.plan = bench_trust(&arena, spells, attendances, arrivals);
    const fpt_plan_facts facts = fpt_plan_facts_of(h.plan);
    h.outputs = facts.metrics + fpt_plan_step_count(h.plan);
    h.mean = bench_doubles(&arena, facts.metrics);
    h.error = bench_doubles(&arena, facts.metrics);
    double *expected = bench_doubles(&arena, facts.metrics);
    char name[64], beside[200], first[65];
    snprintf(name, sizeof name, "a trust's %zu rows", facts.rows);
    snprintf(beside, sizeof beside,
             "read and checked; %zu cells, %zu metrics and %zu steps",
             facts.cells, facts.metrics, h.outputs - facts.metrics);
    bench_figure(name, bench_now() - began, "s", beside);
    static const int order[] = {1, 0, 2};
    for (int k = 0; k < 3; k++)
        for (h.threads = 1; h.threads <= 2; h.threads++) {
            h.noise = (fpt_plan_noise)order[k];
            const bool drawn = h.noise == FPT_PLAN_NOISE_INTEGERS;
            const bench_spent spent = bench_spend(5, run_whole, &h);
            if (h.threads == 1) memcpy(first, h.digest, sizeof first);
            bench_need(strcmp(first, h.digest) == 0,
                       "threads change the result");
            if (h.noise == FPT_PLAN_NOISE_NONE)
                memcpy(expected, h.mean, facts.metrics * sizeof *expected);
            else
                check_means(&h, expected);
            snprintf(name, sizeof name, "  all outputs, %s, %u thr.",
                     noise[order[k]], h.threads);
            snprintf(beside, sizeof beside,
                     "%s; %.3f s (%.3f to %.3f), processor %.3f s; "
                     "sha256 %.12s; %s",
                     drawn ? "M row-draws/s" : "rows x draws, not drawn",
                     spent.median, spent.least, spent.most, spent.processor,
                     h.digest, drawn ? gate : "not to be compared");
            bench_figure(name, (double)facts.rows * 256.0 / spent.median / 1e6,
                         "M/s", beside);
        }
    h.threads = 2;
    for (uint32_t draws = 256; draws <= 2560; draws *= 10) {
        snprintf(name, sizeof name, "  peak memory, %u draws", draws);
        bench_figure(name, (double)peak_with(&h, draws) / 1024.0, "MiB",
                     "with the plan's tables; the same for any number");
    }
    for (int t = 0; t < 2; t++)
        fpt_arena_clear(&h.arena[t]);
    fpt_arena_clear(&arena);
}

/* ---- money alone: 15 organisations, five years ---- */

typedef struct planned {
    fpt_plan *plan;
    fpt_stress_options options;
    double sum;
    bool write; /* the counts as text, for their digest */
    char digest[65];
} planned;

static void stress(void *context)
{
    planned *p = context;
    fpt_arena arena;
    fpt_stress *made;
    fpt_error err = {0};
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    bench_need(fpt_stress_run(&arena, p->plan, &p->options, &made, &err) ==
                   FPT_OK,
               err.text);
    for (size_t k = 0; k < fpt_stress_metric_count(made); k++)
        p->sum += fpt_stress_summary(made, k).p50;
    if (p->write) {
        fpt_output out = fpt_output_memory(&arena);
        fpt_stress_write(made, &out);
        fpt_bytes_digest(fpt_strbuf_view(&out.text), p->digest);
    }
    fpt_arena_clear(&arena);
}

static void bench_money(void)
{
    fpt_arena arena;
    char first[65] = "";
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    planned p = {.options = fpt_stress_options_default()};
    p.plan = bench_money_plan(&arena);
    p.options.draws = 100000;
    for (unsigned threads = 1; threads <= 2; threads++) {
        char name[64], beside[200];
        p.options.threads = threads;
        const bench_spent spent = bench_spend(5, stress, &p);
        p.write = true;
        stress(&p);
        p.write = false;
        if (threads == 1) memcpy(first, p.digest, sizeof first);
        bench_need(strcmp(first, p.digest) == 0, "threads change the result");
        snprintf(name, sizeof name, "15 organisations, 5 years, %u thr.",
                 threads);
        snprintf(beside, sizeof beside,
                 "draws/s, odds counted; %.3f s (%.3f to %.3f), processor "
                 "%.3f s: %.3g M a core; sha256 %.12s; bar 0.5 a core",
                 spent.median, spent.least, spent.most, spent.processor,
                 0.1 / spent.processor, p.digest);
        bench_figure(name, 100000.0 / spent.median / 1e6, "M/s", beside);
    }
    fpt_arena_clear(&arena);
}

/* Which part to run: bench_plan FOOTPRINT [rows|spells|whole|money|large [ROWS]]. */
static bool wants(int argc, char **argv, const char *part)
{
    return argc < 3 || strcmp(argv[2], part) == 0;
}

int main(int argc, char **argv)
{
    if (wants(argc, argv, "rows")) bench_rows(100000, 256, 6);
    if (wants(argc, argv, "spells")) bench_whole(100000, 0, 0);
    if (wants(argc, argv, "whole")) bench_whole(100000, 1000000, 120000);
    if (wants(argc, argv, "money")) bench_money();
    if (wants(argc, argv, "large"))
        bench_rows(argc > 3 ? strtoul(argv[3], NULL, 10) : 20000000, 256, 1);
    return 0;
}
