/*
 * Two plans over the same futures. Random numbers belong to the names of what
 * is uncertain, so what both plans have comes out alike in both, and the
 * difference shows what was changed. Counts are kept as in the stress test.
 */
#include "odds_i.h"

static const fpt_plan_metric_kind compared[] = {
    FPT_PLAN_METRIC_INCOME,      FPT_PLAN_METRIC_COST,
    FPT_PLAN_METRIC_POSITION,    FPT_PLAN_METRIC_MARGIN,
    FPT_PLAN_METRIC_EARNED,      FPT_PLAN_METRIC_RESULT,
    FPT_PLAN_METRIC_UNDERLYING,  FPT_PLAN_METRIC_FUNDED,
    FPT_PLAN_METRIC_BEDS_NEEDED, FPT_PLAN_METRIC_BEDS_SHORT,
    FPT_PLAN_METRIC_STAFF_NEEDED};

typedef struct pair {
    size_t a, b; /* metrics */
} pair;

/* first, second, second less first */
enum { COUNTS = 3 };

typedef struct comparing {
    const fpt_plan *plan[2];
    const fpt_stress_options *options;
    uint64_t seed, draws;
    uint32_t rows;
    unsigned threads;
    size_t count;
    const pair *pairs;
    fpt_arena *arena;    /* one a thread */
    fpt_tally ***counts; /* [thread][COUNTS * count] */
    fpt_error *error;
} comparing;

static bool is_compared(const fpt_plan_metric *m)
{
    for (size_t k = 0; k < sizeof compared / sizeof *compared; k++)
        if (m->kind == compared[k]) return m->year > 0;
    return false;
}

/* The other plan's metric of the same kind, name and calendar year. */
static size_t twin_of(const fpt_plan *other, const fpt_plan_metric *m)
{
    for (size_t i = 0; i < fpt_plan_items(other, m->subject); i++)
        if (fpt_str_equal(fpt_plan_item_name(other, m->subject, i), m->name))
            return fpt_plan_metric_find(other, m->kind, i, m->year);
    return SIZE_MAX;
}

static pair *pairs_of(fpt_arena *arena, const fpt_plan *a, const fpt_plan *b,
                      size_t *count)
{
    const size_t metrics = fpt_plan_facts_of(a).metrics;
    pair *made = FPT_NEW(arena, pair, metrics + 1);
    *count = 0;
    for (size_t i = 0; i < metrics && made != NULL; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(a, i);
        if (!is_compared(&m)) continue;
        const size_t twin = twin_of(b, &m);
        if (twin != SIZE_MAX) made[(*count)++] = (pair){i, twin};
    }
    return made;
}

static fpt_tally **make_counts(fpt_arena *arena, size_t count)
{
    fpt_tally **made = FPT_NEW(arena, fpt_tally *, COUNTS * count + 1);
    for (size_t k = 0; made != NULL && k < COUNTS * count; k++) {
        made[k] = fpt_tally_make(arena);
        if (made[k] == NULL) return NULL;
    }
    return made;
}

static fpt_status count_pairs(comparing *c, size_t thread, size_t lanes,
                              const double *first, const double *second)
{
    fpt_tally **counts = c->counts[thread];
    double change[FPT_LANES];
    for (size_t k = 0; k < c->count; k++) {
        const double *a = first + c->pairs[k].a * FPT_LANES;
        const double *b = second + c->pairs[k].b * FPT_LANES;
        FPTI_LANES(i) change[i] = b[i] - a[i];
        FPT_TRY(fpt_tally_add(counts[COUNTS * k], lanes, a));
        FPT_TRY(fpt_tally_add(counts[COUNTS * k + 1], lanes, b));
        FPT_TRY(fpt_tally_add(counts[COUNTS * k + 2], lanes, change));
    }
    return FPT_OK;
}

static fpt_status compare_rows(size_t thread, void *context)
{
    comparing *c = context;
    fpt_arena *arena = &c->arena[thread];
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    fpt_plan_work *work[2];
    double *z[2];
    scenario.noise = c->options->noise;
    c->counts[thread] = make_counts(arena, c->count);
    if (c->counts[thread] == NULL) return FPT_ERR_MEMORY;
    for (int p = 0; p < 2; p++) {
        const size_t inputs = fpt_plan_facts_of(c->plan[p]).inputs;
        FPT_TRY(fpt_plan_work_make(arena, c->plan[p], &work[p]));
        z[p] = FPT_NEW(arena, double, (inputs + 1) * FPT_LANES);
        if (z[p] == NULL) return FPT_ERR_MEMORY;
    }
    for (uint32_t row = (uint32_t)thread; row < c->rows; row += c->threads) {
        const double *metrics[2];
        for (int p = 0; p < 2; p++) {
            fpt_plan_draw(c->plan[p], c->seed, row, z[p]);
            FPT_TRY(fpt_plan_run(c->plan[p], &scenario, c->seed, row, z[p],
                                 work[p], &metrics[p], &c->error[thread]));
        }
        const uint64_t left = c->draws - (uint64_t)row * FPT_LANES;
        FPT_TRY(count_pairs(c, thread,
                            left < FPT_LANES ? (size_t)left : FPT_LANES,
                            metrics[0], metrics[1]));
    }
    return FPT_OK;
}

/* Run all threads, then put their counts into the first one's. */
static fpt_status run_all(comparing *c, fpt_stress_change *out, fpt_error *err)
{
    fpt_status status = fpt_parallel(c->threads, c->threads, compare_rows, c);
    for (unsigned t = 0; t < c->threads && status != FPT_OK; t++)
        if (c->error[t].text[0] != '\0' && err != NULL) *err = c->error[t];
    for (unsigned t = 1; t < c->threads && status == FPT_OK; t++)
        for (size_t k = 0; k < COUNTS * c->count && status == FPT_OK; k++)
            status = fpt_tally_join(c->counts[0][k], c->counts[t][k]);
    if (status == FPT_ERR_MEMORY)
        return fpt_fail(err, status, "no memory to compare plans");
    for (size_t k = 0; k < c->count && status == FPT_OK; k++) {
        fpt_tally **counts = c->counts[0] + COUNTS * k;
        const fpt_tally *change = counts[2];
        const uint64_t zero = fpti_tally_at(change, 1, 0);
        out[k] = (fpt_stress_change){
            .metric = c->pairs[k].a,
            .first = fpt_tally_summarise(counts[0]),
            .second = fpt_tally_summarise(counts[1]),
            .change = fpt_tally_summarise(change),
            .higher = fpt_odds_of(change->count - change->negative - zero,
                                  change->count)};
    }
    return status;
}

fpt_status fpt_stress_compare(fpt_arena *arena, const fpt_plan *first,
                              const fpt_plan *second,
                              const fpt_stress_options *options,
                              fpt_stress_change **out, size_t *count,
                              fpt_error *err)
{
    const fpt_plan_facts facts = fpt_plan_facts_of(first);
    const uint64_t draws = options->draws != 0 ? options->draws : 10000;
    if (options->shards != 0 || draws > UINT64_C(1) << 33)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "plans are compared in one piece, over at most 2^33 "
                        "draws");
    if (fpt_plan_facts_of(second).first_year != facts.first_year)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "the two plans begin in different years");
    comparing c = {.plan = {first, second},
                   .options = options,
                   .seed = options->seed != 0 ? options->seed : facts.seed,
                   .draws = draws,
                   .rows = (uint32_t)((draws + FPT_LANES - 1) / FPT_LANES),
                   .threads = options->threads != 0
                                  ? options->threads
                                  : fpt_parallel_processors()};
    if (c.threads > 64) c.threads = 64;
    if (c.threads > c.rows) c.threads = c.rows;
    c.pairs = pairs_of(arena, first, second, &c.count);
    c.arena = FPT_NEW(arena, fpt_arena, c.threads);
    c.counts = FPT_NEW(arena, fpt_tally **, c.threads);
    c.error = FPT_NEW(arena, fpt_error, c.threads);
    if (c.pairs == NULL || c.arena == NULL || c.counts == NULL ||
        c.error == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to compare plans");
    if (c.count == 0)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "the two plans have no organisation, bed or post in "
                        "common");
    fpt_stress_change *made = FPT_NEW(arena, fpt_stress_change, c.count);
    fpt_status status = made != NULL ? FPT_OK : FPT_ERR_MEMORY;
    unsigned open = 0;
    while (open < c.threads && status == FPT_OK) {
        status = fpt_arena_init(&c.arena[open], NULL);
        if (status == FPT_OK) open++;
    }
    if (status == FPT_OK) status = run_all(&c, made, err);
    while (open > 0)
        fpt_arena_clear(&c.arena[--open]);
    if (status != FPT_OK) return status;
    *out = made;
    *count = c.count;
    return FPT_OK;
}
