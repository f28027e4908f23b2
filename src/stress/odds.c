/*
 * The stress test itself: draw, run, count. Threads take rows of lanes in turn
 * and count for themselves; their counts are whole numbers, so it does not
 * matter who counted what.
 */
#include <inttypes.h>

#include "odds_i.h"

fpt_stress_options fpt_stress_options_default(void)
{
    return (fpt_stress_options){.struct_size = sizeof(fpt_stress_options)};
}

/* Kinds of metrics that are counted; lines and schemes are for plan runs. */
static const fpt_plan_metric_kind counted[] = {
    FPT_PLAN_METRIC_POSITION,      FPT_PLAN_METRIC_MARGIN,
    FPT_PLAN_METRIC_EARNED,        FPT_PLAN_METRIC_LOST,
    FPT_PLAN_METRIC_SHARED,        FPT_PLAN_METRIC_RESULT,
    FPT_PLAN_METRIC_FUNDED,        FPT_PLAN_METRIC_FUNDED_SHARE,
    FPT_PLAN_METRIC_BEDS_SHORT,    FPT_PLAN_METRIC_CLOSURE,
    FPT_PLAN_METRIC_STAFF_UNFILLED};

static bool is_counted(const fpt_plan_metric *m)
{
    for (size_t k = 0; k < sizeof counted / sizeof *counted; k++)
        if (m->kind == counted[k]) return m->year > 0;
    return false;
}

fpt_status fpti_stress_make(fpt_arena *arena, const fpt_plan *plan,
                            fpt_stress **out)
{
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    fpt_stress *s = FPT_NEW(arena, fpt_stress, 1);
    size_t count = 0;
    for (size_t i = 0; i < facts.metrics; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        count += is_counted(&m);
    }
    size_t *metric = FPT_NEW(arena, size_t, count + 1);
    fpt_tally **tally = FPT_NEW(arena, fpt_tally *, count + 1);
    size_t *twin = FPT_NEW(arena, size_t, count + 1);
    if (s == NULL || metric == NULL || tally == NULL || twin == NULL)
        return FPT_ERR_MEMORY;
    s->twin = twin;
    s->arena = arena;
    s->plan = plan;
    s->years = facts.years;
    memcpy(s->digest, facts.digest, sizeof s->digest);
    s->metric = metric;
    s->tally = tally;
    for (size_t i = 0; i < facts.metrics; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        if (!is_counted(&m)) continue;
        const size_t k = s->count++;
        s->metric[k] = i;
        s->tally[k] = fpt_tally_make(arena);
        if (s->tally[k] == NULL) return FPT_ERR_MEMORY;
        s->twin[k] = fpt_stress_find(s, fpt_plan_metric_twin(plan, i));
        if (fpt_plan_metric_is_zero(plan, i)) s->twin[k] = FPTI_ZERO;
    }
    *out = s;
    return FPT_OK;
}

/* ---- what is met together ---- */

/* A plan without control totals is judged by its position. */
fpt_plan_metric_kind fpti_judged_by(const fpt_plan *plan)
{
    return fpt_plan_facts_of(plan).has_totals ? FPT_PLAN_METRIC_MARGIN
                                              : FPT_PLAN_METRIC_POSITION;
}

/* All bits of a lane are set where it is met so far. */
typedef struct met_lanes {
    uint64_t lane[FPT_LANES];
} met_lanes;

static uint64_t lanes_in(const met_lanes *a, const met_lanes *without)
{
    uint64_t count = 0;
    for (int i = 0; i < FPT_LANES; i++)
        count += a->lane[i] & (without != NULL ? ~without->lane[i] : 1) & 1;
    return count;
}

static void and_lanes(met_lanes *to, const met_lanes *other)
{
    for (int i = 0; i < FPT_LANES; i++)
        to->lane[i] &= other->lane[i];
}

static void count_met(fpt_stress *s, const double *metrics, size_t lanes)
{
    const fpt_lanes_level level = fpt_lanes_best();
    const fpt_plan *plan = s->plan;
    const fpt_plan_metric_kind kind = fpti_judged_by(plan);
    const size_t orgs = fpt_plan_items(plan, FPT_PLAN_ORG) - 1;
    met_lanes here = {{0}};
    for (size_t i = 0; i < lanes; i++)
        here.lane[i] = ~UINT64_C(0);
    met_lanes always = here, all_always = here;
    for (int year = 1; year <= s->years; year++) {
        met_lanes all = here, system = here;
        size_t at = fpt_plan_metric_find(plan, kind, 0, year);
        const size_t step = (size_t)s->years + 1;
        for (size_t o = 0; o < orgs; o++, at += step)
            fpti_lanes_met(level, metrics + at * FPT_LANES, all.lane);
        fpti_lanes_met(level, metrics + at * FPT_LANES, system.lane);
        s->met[year].system += lanes_in(&system, NULL);
        s->met[year].all += lanes_in(&all, NULL);
        s->met[year].system_not_all += lanes_in(&system, &all);
        /* This year is the first to miss where all before it were met. */
        s->first_miss[year] += lanes_in(&always, &system);
        and_lanes(&always, &system);
        and_lanes(&all_always, &all);
    }
    s->met[0].system += lanes_in(&always, NULL);
    s->met[0].all += lanes_in(&all_always, NULL);
    s->met[0].system_not_all += lanes_in(&always, &all_always);
    s->first_miss[s->years + 1] += lanes_in(&always, NULL);
}

/* ---- drawing ---- */

typedef struct counting {
    const fpt_plan *plan;
    const fpt_stress_options *options;
    uint64_t seed, draws;
    uint32_t first_row, end_row;
    unsigned threads;
    fpt_arena *arena;    /* one a thread */
    fpt_stress **stress; /* the same */
    fpt_error *error;
} counting;

static fpt_status count_metrics(fpt_stress *s, const double *metrics,
                                size_t lanes)
{
    for (size_t k = 0; k < s->count; k++) {
        const double *row = metrics + s->metric[k] * FPT_LANES;
        if (s->twin[k] != k) continue;
        if (lanes == FPT_LANES)
            FPT_TRY(fpti_tally_add_later(s->tally[k], row));
        else
            FPT_TRY(fpt_tally_add(s->tally[k], lanes, row));
    }
    return FPT_OK;
}

/* What needs no counting: metrics that are 0, or the same as another. */
static fpt_status settle(fpt_stress *s)
{
    for (size_t k = 0; k < s->count; k++) {
        FPT_TRY(fpti_tally_settle(s->tally[k]));
        if (s->twin[k] == FPTI_ZERO)
            FPT_TRY(fpti_tally_zeros(s->tally[k], s->drawn));
        else if (s->twin[k] != k)
            FPT_TRY(fpt_tally_join(s->tally[k], s->tally[s->twin[k]]));
    }
    return FPT_OK;
}

static fpt_status count_rows(size_t thread, void *context)
{
    counting *c = context;
    fpt_arena *arena = &c->arena[thread];
    fpt_stress *s = NULL;
    fpt_plan_work *work = NULL;
    FPT_TRY(fpti_stress_make(arena, c->plan, &s));
    FPT_TRY(fpt_plan_work_make(arena, c->plan, &work));
    c->stress[thread] = s;
    const size_t inputs = fpt_plan_facts_of(c->plan).inputs;
    double *z = FPT_NEW(arena, double, (inputs + 1) * FPT_LANES);
    if (z == NULL) return FPT_ERR_MEMORY;
    bool want[FPT_PLAN_METRIC_KINDS] = {false};
    for (size_t k = 0; k < s->count; k++)
        if (s->twin[k] == k)
            want[fpt_plan_metric_at(c->plan, s->metric[k]).kind] = true;
    want[fpti_judged_by(c->plan)] = true;
    fpt_plan_work_want(work, want);
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.noise = c->options->noise;
    for (uint32_t row = c->first_row + (uint32_t)thread; row < c->end_row;
         row += c->threads) {
        const double *metrics;
        fpt_plan_draw(c->plan, c->seed, row, z);
        FPT_TRY(fpt_plan_run(c->plan, &scenario, c->seed, row, z, work,
                             &metrics, &c->error[thread]));
        const uint64_t before = (uint64_t)row * FPT_LANES;
        const uint64_t left = c->draws - before;
        const size_t lanes = left < FPT_LANES ? (size_t)left : FPT_LANES;
        FPT_TRY(count_metrics(s, metrics, lanes));
        count_met(s, metrics, lanes);
        s->drawn += lanes;
    }
    return settle(s);
}

static void add_met(fpt_stress *to, const fpt_stress *from)
{
    for (int year = 0; year <= to->years; year++) {
        to->met[year].system += from->met[year].system;
        to->met[year].all += from->met[year].all;
        to->met[year].system_not_all += from->met[year].system_not_all;
    }
    for (int year = 0; year <= to->years + 1; year++)
        to->first_miss[year] += from->first_miss[year];
    to->drawn += from->drawn;
}

static fpt_status add_counts(fpt_stress *to, const fpt_stress *from)
{
    for (size_t k = 0; k < to->count; k++)
        FPT_TRY(fpt_tally_join(to->tally[k], from->tally[k]));
    add_met(to, from);
    return FPT_OK;
}

static fpt_status count_all(counting *c, fpt_stress *s, fpt_error *err)
{
    fpt_status status = fpt_parallel(c->threads, c->threads, count_rows, c);
    for (unsigned t = 0; t < c->threads; t++) {
        if (status == FPT_OK)
            status = add_counts(s, c->stress[t]);
        else if (c->error[t].text[0] != '\0' && err != NULL)
            *err = c->error[t];
    }
    if (status == FPT_ERR_MEMORY)
        return fpt_fail(err, status, "no memory for the stress test");
    return status;
}

fpt_status fpt_stress_run(fpt_arena *arena, const fpt_plan *plan,
                          const fpt_stress_options *options, fpt_stress **out,
                          fpt_error *err)
{
    const uint64_t draws = options->draws != 0 ? options->draws : 10000;
    const uint32_t shards = options->shards != 0 ? options->shards : 1;
    const uint32_t shard = options->shards != 0 ? options->shard : 1;
    if (shard < 1 || shard > shards || shards > FPTI_SHARDS_MOST ||
        draws > FPTI_DRAWS_MOST)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "a shard is one of 1 to %u, of at most %d, and draws "
                        "are at most 2^33",
                        shards, FPTI_SHARDS_MOST);
    const uint64_t rows = (draws + FPT_LANES - 1) / FPT_LANES;
    fpt_stress *s = NULL;
    if (fpti_stress_make(arena, plan, &s) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the stress test");
    s->draws = draws;
    s->seed = options->seed != 0 ? options->seed : fpt_plan_facts_of(plan).seed;
    s->noise = options->noise;
    s->shards = shards;
    s->in[shard - 1] = true;

    counting c = {.plan = plan,
                  .options = options,
                  .seed = s->seed,
                  .draws = draws,
                  .first_row = (uint32_t)(rows * (shard - 1) / shards),
                  .end_row = (uint32_t)(rows * shard / shards),
                  .threads = options->threads != 0 ? options->threads
                                                   : fpt_parallel_processors()};
    if (c.threads > 64) c.threads = 64;
    c.arena = FPT_NEW(arena, fpt_arena, c.threads);
    c.stress = FPT_NEW(arena, fpt_stress *, c.threads);
    c.error = FPT_NEW(arena, fpt_error, c.threads);
    if (c.arena == NULL || c.stress == NULL || c.error == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the stress test");
    fpt_status status = FPT_OK;
    unsigned made = 0;
    while (made < c.threads && status == FPT_OK) {
        status = fpt_arena_init(&c.arena[made], NULL);
        if (status == FPT_OK) made++;
    }
    if (status == FPT_OK) status = count_all(&c, s, err);
    while (made > 0)
        fpt_arena_clear(&c.arena[--made]);
    if (status == FPT_OK) *out = s;
    return status;
}

fpt_status fpt_stress_join(fpt_stress *s, const fpt_stress *other,
                           fpt_error *err)
{
    if (s->count != other->count || strcmp(s->digest, other->digest) != 0)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "these shards were drawn from two plans");
    if (s->seed != other->seed)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "these shards have two seeds: %" PRIu64 " and %" PRIu64,
                        s->seed, other->seed);
    if (s->draws != other->draws)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "these shards are of two tests, of %" PRIu64
                        " and of %" PRIu64 " draws",
                        s->draws, other->draws);
    if (s->noise != other->noise)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "these shards treat chance in two ways");
    if (s->shards != other->shards)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "these shards overlap: one test was split in %u, the "
                        "other in %u",
                        s->shards, other->shards);
    for (uint32_t k = 0; k < s->shards; k++)
        if (s->in[k] && other->in[k])
            return fpt_fail(err, FPT_ERR_REFUSED, "shard %u is there twice",
                            k + 1);
    if (add_counts(s, other) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the stress test");
    for (uint32_t k = 0; k < s->shards; k++)
        s->in[k] = s->in[k] || other->in[k];
    return FPT_OK;
}

/* ---- asking ---- */

uint32_t fpt_stress_missing(const fpt_stress *s)
{
    for (uint32_t k = 0; k < s->shards; k++)
        if (!s->in[k]) return k + 1;
    return 0;
}

bool fpt_stress_is_whole(const fpt_stress *s)
{
    return fpt_stress_missing(s) == 0;
}

uint64_t fpt_stress_seed(const fpt_stress *s)
{
    return s->seed;
}

uint64_t fpt_stress_draws_of_all(const fpt_stress *s)
{
    return s->draws;
}

fpt_odds fpt_stress_odds(const fpt_stress *s, size_t index)
{
    const fpt_plan_metric_kind kind =
        fpt_plan_metric_at(s->plan, s->metric[index]).kind;
    const fpt_tally *t = s->tally[index];
    const uint64_t zero = fpti_tally_at(t, 1, 0);
    if (kind == FPT_PLAN_METRIC_POSITION || kind == FPT_PLAN_METRIC_MARGIN ||
        kind == FPT_PLAN_METRIC_RESULT)
        return fpt_odds_of(t->count - t->negative, t->count);
    if (kind == FPT_PLAN_METRIC_BEDS_SHORT ||
        kind == FPT_PLAN_METRIC_STAFF_UNFILLED ||
        kind == FPT_PLAN_METRIC_CLOSURE)
        return fpt_odds_of(t->count - t->negative - zero, t->count);
    return fpt_odds_of(0, 0);
}

uint64_t fpt_stress_draws(const fpt_stress *s)
{
    return s->drawn;
}

size_t fpt_stress_metric_count(const fpt_stress *s)
{
    return s->count;
}

size_t fpt_stress_metric(const fpt_stress *s, size_t index)
{
    return s->metric[index];
}

fpt_tally_summary fpt_stress_summary(const fpt_stress *s, size_t index)
{
    return fpt_tally_summarise(s->tally[index]);
}

size_t fpt_stress_find(const fpt_stress *s, size_t metric)
{
    for (size_t k = 0; k < s->count; k++)
        if (s->metric[k] == metric) return k;
    return SIZE_MAX;
}

fpt_stress_met fpt_stress_met_in(const fpt_stress *s, int year)
{
    FPT_REQUIRE(year >= 0 && year <= s->years);
    return (fpt_stress_met){fpt_odds_of(s->met[year].system, s->drawn),
                            fpt_odds_of(s->met[year].all, s->drawn),
                            fpt_odds_of(s->met[year].system_not_all, s->drawn)};
}

fpt_odds fpt_stress_first_miss(const fpt_stress *s, int year)
{
    FPT_REQUIRE(year >= 1 && year <= s->years + 1);
    return fpt_odds_of(s->first_miss[year], s->drawn);
}
