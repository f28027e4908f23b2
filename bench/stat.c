/*
 * The kernels of the statistics on made-up numbers, beside a bare loop of the
 * same arithmetic, the speed of memory in the same run, and the times of the
 * programs that the field uses (stored: R 4.5.0, PHEindicatormethods 2.1.0,
 * NHSRplotthedots 0.2.2, one process, data in memory, another machine).
 */
#include "bench.h"

#include "fpt/stat.h"

enum {
    BANDS = 19,
    GROUPS = 700000, /* 7,000 areas, 100 indicators */
    ROWS = BANDS * GROUPS,
    LEVELS = 2
};

struct columns {
    double *x, *n, *w;
    size_t *start;
    fpt_level level[LEVELS];
    double *value, *variance, *lower, *upper;
    fpt_state *state;
    unsigned threads;
    double sum; /* of the bare loops, so that they are not left out */
};

static size_t *starts(fpt_arena *arena, size_t groups, size_t rows)
{
    size_t *start = FPT_NEW(arena, size_t, groups + 1);
    bench_need(start != NULL, "not enough memory");
    for (size_t g = 0; g <= groups; g++)
        start[g] = g * rows;
    return start;
}

static struct columns make(fpt_arena *arena)
{
    struct columns c = {.x = bench_doubles(arena, ROWS),
                        .n = bench_doubles(arena, ROWS),
                        .w = bench_doubles(arena, ROWS),
                        .start = starts(arena, GROUPS, BANDS),
                        .value = bench_doubles(arena, GROUPS),
                        .variance = bench_doubles(arena, GROUPS),
                        .lower = bench_doubles(arena, LEVELS * GROUPS),
                        .upper = bench_doubles(arena, LEVELS * GROUPS),
                        .state = FPT_NEW(arena, fpt_state, GROUPS)};
    bench_need(c.state != NULL, "not enough memory");
    fpt_rng rng = fpt_rng_make(1, 0, 0, 0);
    for (size_t i = 0; i < ROWS; i++) {
        c.x[i] = (double)fpt_rng_below(&rng, 12);
        c.n[i] = 200.0 + (double)fpt_rng_below(&rng, 600);
        c.w[i] = (double)(1 + i % BANDS) * 500.0;
    }
    bench_need(fpt_level_make(0.95, &c.level[0]) == FPT_OK &&
                   fpt_level_make(0.998, &c.level[1]) == FPT_OK,
               "no confidence level");
    return c;
}

/* ---- memory ---- */

enum { PIECES = 64 };

static fpt_status sum_piece(size_t index, void *context)
{
    struct columns *c = context;
    const size_t length = ROWS / PIECES, from = index * length;
    double sum[4] = {0.0};
    for (size_t i = from; i + 4 <= from + length; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += c->x[i + k] + c->n[i + k] + c->w[i + k];
    c->value[index] = sum[0] + sum[1] + sum[2] + sum[3];
    return FPT_OK;
}

static void read_all(void *context)
{
    struct columns *c = context;
    bench_need(fpt_parallel(PIECES, c->threads, sum_piece, c) == FPT_OK,
               "parallel");
    c->sum += c->value[0];
}

/* ---- directly standardised rates ---- */

/* The arithmetic of the method and nothing else: plain sums, nothing checked. */
static void bare_group(const struct columns *c, size_t g)
{
    double o = 0.0, n = 0.0, w = 0.0, r = 0.0, v = 0.0;
    for (size_t i = c->start[g]; i < c->start[g + 1]; i++) {
        const double share = c->w[i] / c->n[i], part = c->x[i] * share;
        o += c->x[i];
        n += c->n[i];
        w += c->w[i];
        r += part;
        v += part * share;
    }
    const double value = r / w, scale = sqrt(v / (w * w) / o);
    c->value[g] = value * 1e5;
    c->variance[g] = v / (w * w) * 1e10 + 0.0 * n;
    for (size_t k = 0; k < LEVELS; k++) {
        const fpt_limits byar = fpt_byar(o, c->level[k].z);
        c->lower[k * GROUPS + g] = (value + scale * (byar.lower - o)) * 1e5;
        c->upper[k * GROUPS + g] = (value + scale * (byar.upper - o)) * 1e5;
    }
}

static fpt_status bare_piece(size_t index, void *context)
{
    const struct columns *c = context;
    const size_t length = GROUPS / PIECES + 1, from = index * length;
    for (size_t g = from; g < from + length && g < GROUPS; g++)
        bare_group(c, g);
    return FPT_OK;
}

static void bare_dsr(void *context)
{
    struct columns *c = context;
    bench_need(fpt_parallel(PIECES, c->threads, bare_piece, c) == FPT_OK,
               "parallel");
}

static void dsr(void *context)
{
    struct columns *c = context;
    fpt_dsr_options options = fpt_dsr_options_default();
    options.level = c->level;
    options.level_count = LEVELS;
    options.threads = c->threads;
    const fpt_dsr_columns out = {.value = c->value,
                                 .variance = c->variance,
                                 .lower = c->lower,
                                 .upper = c->upper,
                                 .state = c->state};
    bench_need(fpt_dsr_column(GROUPS, c->start, c->x, c->n, c->w, &options,
                              &out) == FPT_OK,
               "dsr");
}

/* A time, and with it how many rows a second and how much of what memory gives
 * (bytes a second, measured in the same run) their columns take, in and out. */
static void tell(const char *name, double took, double rows, double row_bytes,
                 double memory, const char *beside)
{
    char text[240];
    snprintf(text, sizeof text, "%s; %.1f M rows/s, %.0f %% of memory's speed",
             beside, rows / took / 1e6,
             100.0 * rows * row_bytes / took / memory);
    bench_figure(name, took, "s", text);
}

/* Gives the speed of memory, in bytes a second. */
static double bench_dsr(struct columns *c)
{
    double speed = 0.0;
    const double bytes = 3.0 * 8.0 * ROWS;
    for (unsigned threads = 1; threads <= 2; threads++) {
        c->threads = threads;
        char name[40], beside[160];
        const double memory = bench_best(5, read_all, c);
        snprintf(name, sizeof name, "memory, %u thread(s)", threads);
        snprintf(beside, sizeof beside, "the same %.0f MB summed in %.3f s",
                 bytes / 1e6, memory);
        bench_figure(name, bytes / memory / 1e9, "GB/s", beside);
        speed = fmax(speed, bytes / memory);
        const double bare = bench_best(5, bare_dsr, c);
        snprintf(name, sizeof name, "dsr bare loop, %u thread(s)", threads);
        bench_figure(name, bare, "s", "plain sums, nothing checked");
        const double took = bench_best(5, dsr, c);
        snprintf(name, sizeof name, "dsr kernel, %u thread(s)", threads);
        snprintf(beside, sizeof beside,
                 "13.3 M rows, 2 levels; %.2f x bare loop, %.2f x memory; "
                 "calculate_dsr 250 s",
                 took / bare, took / memory);
        tell(name, took, ROWS, 3.0 * 8.0, bytes / memory, beside);
    }
    c->threads = 0;
    return speed;
}

/* ---- rates and proportions of rows ---- */

static fpt_figures figures_of(const struct columns *c)
{
    return (fpt_figures){.value = c->value,
                         .lower = c->lower,
                         .upper = c->upper,
                         .state = c->state};
}

static void rate(void *context)
{
    const struct columns *c = context;
    fpt_rate_options options = fpt_rate_options_default();
    options.level = c->level;
    options.level_count = 1;
    const fpt_figures out = figures_of(c);
    bench_need(fpt_rate_column(GROUPS, c->x, c->n, &options, &out) == FPT_OK,
               "rate");
}

static void proportion(void *context)
{
    const struct columns *c = context;
    fpt_proportion_options options = fpt_proportion_options_default();
    options.level = c->level;
    options.level_count = 1;
    const fpt_figures out = figures_of(c);
    bench_need(fpt_proportion_column(GROUPS, c->x, c->n, &options, &out) ==
                   FPT_OK,
               "proportion");
}

/* ---- life tables ---- */

struct life {
    size_t groups;
    size_t *start;
    double *age, *deaths, *people, *out[10];
    fpt_state *state;
    const fpt_level *level;
};

static struct life make_life(fpt_arena *arena, size_t groups,
                             const fpt_level *level)
{
    const size_t rows = groups * BANDS;
    struct life l = {.groups = groups,
                     .start = starts(arena, groups, BANDS),
                     .age = bench_doubles(arena, rows),
                     .deaths = bench_doubles(arena, rows),
                     .people = bench_doubles(arena, rows),
                     .state = FPT_NEW(arena, fpt_state, rows),
                     .level = level};
    bench_need(l.state != NULL, "not enough memory");
    for (size_t k = 0; k < 10; k++)
        l.out[k] = bench_doubles(arena, rows);
    fpt_rng rng = fpt_rng_make(2, 0, 0, 0);
    for (size_t i = 0; i < rows; i++) {
        const size_t band = i % BANDS; /* 0, 1, 5, 10 .. 85 */
        l.age[i] = band < 2 ? (double)band : 5.0 * (double)(band - 1);
        l.people[i] = 1500.0 + (double)fpt_rng_below(&rng, 3000);
        const double risk = 1e-4 * exp(0.085 * l.age[i]);
        l.deaths[i] = floor(1.0 + l.people[i] * risk * fpt_rng_uniform(&rng));
    }
    return l;
}

static void life_tables(void *context)
{
    const struct life *l = context;
    fpt_life_options options = fpt_life_options_default();
    options.level = l->level;
    options.level_count = 1;
    const fpt_life_columns out = {l->out[0], l->out[1], l->out[2], l->out[3],
                                  l->out[4], l->out[5], l->out[6], l->out[7],
                                  l->out[8], l->out[9], l->state};
    bench_need(fpt_life_table_column(l->groups, l->start, l->age, l->deaths,
                                     l->people, NULL, &options, &out) == FPT_OK,
               "life tables");
}

/* ---- slope index ---- */

struct slopes {
    double people[10], value[10], se[10];
    fpt_sii_options options;
    double *work;
};

enum { SLOPES = 100 };

static void slope_indices(void *context)
{
    const struct slopes *s = context;
    fpt_sii_options options = s->options;
    for (uint32_t g = 0; g < SLOPES; g++) {
        options.stream = g;
        fpt_sii out;
        fpt_sii_limits limits[1];
        bench_need(fpt_sii_of(10, s->people, s->value, s->se, &options, &out,
                              limits, s->work) == FPT_OK,
                   "sii");
    }
}

static void bench_slopes(fpt_arena *arena, const fpt_level *level)
{
    struct slopes s = {.options = fpt_sii_options_default()};
    s.options.level = level;
    s.options.level_count = 1;
    s.options.type = FPT_SII_RATE;
    fpt_rng rng = fpt_rng_make(3, 0, 0, 0);
    for (size_t i = 0; i < 10; i++) {
        s.people[i] = 5000.0 + (double)fpt_rng_below(&rng, 2000);
        s.value[i] = 120.0 - 6.0 * (double)i;
        s.se[i] = 0.03 + 0.002 * (double)i;
    }
    s.work = bench_doubles(arena, fpt_sii_work(&s.options) + 1);
    bench_figure("sii, simulated", bench_best(3, slope_indices, &s), "s",
                 "100 groups of 10, 100,000 draws each; phe_sii 39 s");
    s.options.transform = true;
    bench_figure("sii, closed form", bench_best(3, slope_indices, &s), "s",
                 "the same groups, line through logarithms");
}

/* ---- process control ---- */

enum { SERIES = 10000, POINTS = 60, ALL = SERIES * POINTS };

struct charts {
    size_t *start;
    fpt_spc_input input;
    fpt_spc_columns out;
    double *work;
    size_t *order;
};

static fpt_spc_answer *answers(fpt_arena *arena)
{
    fpt_spc_answer *p = FPT_NEW(arena, fpt_spc_answer, ALL);
    bench_need(p != NULL, "not enough memory");
    return p;
}

static struct charts make_charts(fpt_arena *arena)
{
    double *x = bench_doubles(arena, ALL), *target = bench_doubles(arena, ALL);
    fpt_rng rng = fpt_rng_make(4, 0, 0, 0);
    for (size_t i = 0; i < ALL; i++) {
        x[i] = 100.0 + (double)fpt_rng_below(&rng, 40) +
               (double)fpt_rng_below(&rng, 40);
        target[i] = 120.0;
    }
    struct charts c = {
        .start = starts(arena, SERIES, POINTS),
        .input = {.x = x, .target = target},
        .work = bench_doubles(arena, fpt_spc_work(ALL)),
        .order = FPT_NEW(arena, size_t, fpt_spc_order(ALL)),
        .out = {.phase = FPT_NEW(arena, int32_t, ALL),
                .value = bench_doubles(arena, ALL),
                .centre = bench_doubles(arena, ALL),
                .lower = bench_doubles(arena, ALL),
                .upper = bench_doubles(arena, ALL),
                .lower_warning = bench_doubles(arena, ALL),
                .upper_warning = bench_doubles(arena, ALL),
                .moving_range = bench_doubles(arena, ALL),
                .outside = answers(arena),
                .run = answers(arena),
                .trend = answers(arena),
                .two_in_three = answers(arena),
                .cause = FPT_NEW(arena, fpt_spc_cause, ALL),
                .variation = FPT_NEW(arena, fpt_spc_variation, ALL),
                .longest_run = bench_doubles(arena, ALL),
                .longest_run_max = bench_doubles(arena, ALL),
                .crossings = bench_doubles(arena, ALL),
                .crossings_min = bench_doubles(arena, ALL),
                .runs_signal = answers(arena),
                .variation_icon = FPT_NEW(arena, fpt_spc_variation, ALL),
                .assurance_icon = FPT_NEW(arena, fpt_spc_assurance, ALL),
                .state = FPT_NEW(arena, fpt_state, ALL)}};
    bench_need(c.order != NULL && c.out.phase != NULL && c.out.cause != NULL &&
                   c.out.variation != NULL && c.out.variation_icon != NULL &&
                   c.out.assurance_icon != NULL && c.out.state != NULL,
               "not enough memory");
    return c;
}

static void charts(void *context)
{
    const struct charts *c = context;
    fpt_spc_options options = fpt_spc_options_default();
    options.improve = FPT_IMPROVE_DOWN;
    bench_need(fpt_spc_column(SERIES, c->start, &c->input, &options, &c->out, 0,
                              c->work, c->order) == FPT_OK,
               "spc");
}

int main(void)
{
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    struct columns c = make(&arena);
    const double memory = bench_dsr(&c);
    tell("rate", bench_best(5, rate, &c), GROUPS, 2 * 8 + 3 * 8 + 4, memory,
         "700,000 rows, 1 level; phe_rate 2.9 s");
    tell("proportion", bench_best(5, proportion, &c), GROUPS, 2 * 8 + 3 * 8 + 4,
         memory, "700,000 rows, 1 level; phe_proportion 0.11 s");
    /* Two columns in; eleven of doubles and eleven of words out. */
    struct charts spc = make_charts(&arena);
    tell("spc", bench_best(5, charts, &spc), ALL, 2 * 8 + 11 * 8 + 11 * 4,
         memory,
         "10,000 series of 60 points, XmR, targets; ptd_spc 27.3 s + 2.8 s");
    /* Three columns in, ten and a state out. */
    struct life few = make_life(&arena, 5000, c.level);
    struct life more = make_life(&arena, 7000, c.level);
    tell("life tables, 5,000", bench_best(5, life_tables, &few), 5000 * BANDS,
         13 * 8 + 4, memory, "19 bands each");
    tell("life tables, 7,000", bench_best(5, life_tables, &more), 7000 * BANDS,
         13 * 8 + 4, memory, "19 bands each; phe_life_expectancy 23.8 s");
    bench_slopes(&arena, c.level);
    fpt_arena_clear(&arena);
    return 0;
}
