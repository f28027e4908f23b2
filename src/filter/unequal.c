/* sii and concentration-index: groups of rows in order of deprivation. */
#include <inttypes.h>

#include "filter_i.h"

struct sii {
    int quantile, population, value, x, se, lower, upper; /* in */
    int out_value, limits, rii, rii_limits, intercept, std_error, groups;
    int draws, multiplier;
    struct fpti_tail tail;
    fpt_sii_options options;
    uint32_t streams; /* groups so far: each draws numbers of its own */
};

static fpt_status read_options(fpti_run *run, struct sii *s, fpt_error *err)
{
    static const char *const types[] = {"normal", "rate", "proportion", NULL};
    int type = FPT_SII_NORMAL;
    int64_t draws = 100000, seed = 0, least = 5;
    s->options = fpt_sii_options_default();
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_TYPE, types, &type, err));
    FPT_TRY(
        fpti_option_multiplier(run, 1.0, true, &s->options.multiplier, err));
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_DRAWS, 1000, 100000000, &draws,
                              err));
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_SEED, 0, INT64_MAX, &seed, err));
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_MIN_GROUPS, 3, 1000000, &least,
                              err));
    s->options.type = (fpt_sii_type)type;
    s->options.transform = fpti_is_set(run, FPTI_OPTION_TRANSFORM);
    s->options.draws = (size_t)draws;
    s->options.seed = (uint64_t)seed;
    s->options.min_groups = (size_t)least;
    s->options.level_count = run->level_count;
    s->options.level = run->level;
    s->options.threads = run->threads;
    fpt_error why;
    if (fpt_sii_options_check(&s->options, &why) != FPT_OK)
        return fpt_fail(err, FPT_ERR_USAGE, "sii: %s", why.text);
    return FPT_OK;
}

static fpt_status read_columns(fpti_run *run, struct sii *s, fpt_error *err)
{
    FPT_TRY(fpti_need(run, "quantile", FPTI_NUMBER, &s->quantile, err));
    FPT_TRY(fpti_need(run, "population", FPTI_COUNT, &s->population, err));
    FPT_TRY(fpti_may_need(run, "value", FPTI_NUMBER, &s->value, err));
    FPT_TRY(fpti_may_need(run, "se", FPTI_NUMBER, &s->se, err));
    s->x = s->lower = s->upper = FPTI_NONE;
    const bool share = s->options.type == FPT_SII_PROPORTION;
    if (s->value == FPTI_NONE && share)
        FPT_TRY(fpti_need(run, "x", FPTI_COUNT, &s->x, err));
    else if (s->value == FPTI_NONE)
        FPT_TRY(fpti_need(run, "value", FPTI_NUMBER, &s->value, err));
    if (s->se != FPTI_NONE) return FPT_OK;
    FPT_TRY(fpti_need(run, "lower_95", FPTI_NUMBER, &s->lower, err));
    return fpti_need(run, "upper_95", FPTI_NUMBER, &s->upper, err);
}

static fpt_status prepare_sii(fpti_run *run, fpt_error *err)
{
    struct sii *s = FPT_NEW(run->arena, struct sii, 1);
    if (s == NULL) return fpti_no_memory(err);
    run->extra = s;
    run->shape = FPTI_TABLE;
    FPT_TRY(read_options(run, s, err));
    FPT_TRY(read_columns(run, s, err));
    s->out_value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    s->limits = fpti_result_limits(run, "");
    s->rii = fpti_result_add(run, "rii", FPTI_IS_NUMBER);
    s->rii_limits = fpti_result_limits(run, "rii_");
    s->intercept = fpti_result_add(run, "intercept", FPTI_IS_NUMBER);
    s->std_error = fpti_result_add(run, "std_error", FPTI_IS_NUMBER);
    s->groups = fpti_result_add(run, "n_groups", FPTI_IS_NUMBER);
    s->draws = fpti_result_add(run, "draws", FPTI_IS_NUMBER);
    s->multiplier = fpti_result_add(run, "multiplier", FPTI_IS_NUMBER);
    s->tail = fpti_result_tail(run, NULL);
    return FPT_OK;
}

static const char *sii_fault(const fpti_run *run, int *slot)
{
    const struct sii *s = run->extra;
    if (s->x != FPTI_NONE && run->cell[s->x] > run->cell[s->population]) {
        *slot = s->x;
        return "x is more than population";
    }
    if (s->lower != FPTI_NONE && run->cell[s->lower] > run->cell[s->upper]) {
        *slot = s->lower;
        return "lower_95 is above upper_95";
    }
    if (s->se != FPTI_NONE && run->cell[s->se] < 0.0) {
        *slot = s->se;
        return "a standard error is negative";
    }
    if (s->value == FPTI_NONE || s->options.type == FPT_SII_NORMAL) return NULL;
    *slot = s->value;
    if (run->cell[s->value] < 0.0) return "a rate or proportion is negative";
    return s->options.type == FPT_SII_PROPORTION && run->cell[s->value] > 1.0
               ? "a proportion is above 1; give fractions, not per cent"
               : NULL;
}

/* One group's columns in order of rank. */
struct ranked {
    size_t count;
    double *population, *value, *se;
    fpt_state state; /* of the cells; INVALID for a rank that comes twice */
};

static fpt_status rank_rows(fpti_run *run, size_t g, int quantile,
                            size_t *order, size_t *place, fpt_state *state,
                            fpt_error *err)
{
    const fpti_batch *b = &run->batch;
    const size_t from = b->start[g], count = b->start[g + 1] - from;
    double *key = FPT_NEW(&run->batch.arena, double, count);
    if (key == NULL) return fpti_no_memory(err);
    *state = FPT_STATE_OK;
    for (size_t k = 0; k < count; k++) {
        const size_t i = fpti_row_at(b, from + k);
        key[k] = b->number[quantile][i];
        *state = fpt_state_worst(*state, b->state[i]);
    }
    fpt_order_by(count, key, order, order + count);
    for (size_t k = 0; k < count; k++)
        place[k] = fpti_row_at(b, from + order[k]);
    for (size_t k = 1; k < count; k++) {
        if (key[order[k]] != key[order[k - 1]]) continue;
        *state = FPT_STATE_INVALID;
        char name[128];
        return fpti_invalid(run, b->line[place[k]], "quantile", err,
                            "%s has two rows of rank %.17g; sum rows of one "
                            "rank first, or say in --by what tells them apart",
                            fpti_group_name(run, g, name, sizeof name),
                            key[order[k]]);
    }
    return FPT_OK;
}

static double cell(const fpti_run *run, int slot, size_t row)
{
    return slot == FPTI_NONE ? (double)NAN : run->batch.number[slot][row];
}

static fpt_status gather(fpti_run *run, size_t g, struct ranked *r,
                         fpt_error *err)
{
    const struct sii *s = run->extra;
    fpt_arena *arena = &run->batch.arena;
    const size_t count = run->batch.start[g + 1] - run->batch.start[g];
    size_t *order = FPT_NEW(arena, size_t, 2 * count);
    size_t *place = FPT_NEW(arena, size_t, count);
    *r = (struct ranked){.count = count,
                         .population = FPT_NEW(arena, double, count),
                         .value = FPT_NEW(arena, double, count),
                         .se = FPT_NEW(arena, double, count)};
    if (order == NULL || place == NULL || r->population == NULL ||
        r->value == NULL || r->se == NULL)
        return fpti_no_memory(err);
    FPT_TRY(rank_rows(run, g, s->quantile, order, place, &r->state, err));
    for (size_t k = 0; k < count; k++) {
        const size_t i = place[k];
        r->population[k] = cell(run, s->population, i);
        r->value[k] = s->x != FPTI_NONE ? cell(run, s->x, i) / r->population[k]
                                        : cell(run, s->value, i);
        r->se[k] = s->se != FPTI_NONE
                       ? cell(run, s->se, i)
                       : fpt_sii_standard_error(s->options.type,
                                                cell(run, s->lower, i),
                                                cell(run, s->upper, i));
    }
    return FPT_OK;
}

static void put_sii(fpti_run *run, size_t g, const fpt_sii *r,
                    const fpt_sii_limits *limits, fpt_state state)
{
    const struct sii *s = run->extra;
    fpti_put(run, s->out_value, g, r->value);
    fpti_put(run, s->rii, g, r->rii);
    for (size_t k = 0; k < run->level_count; k++) {
        const int at = 2 * (int)k;
        fpti_put(run, s->limits + at, g, limits[k].value.lower);
        fpti_put(run, s->limits + at + 1, g, limits[k].value.upper);
        fpti_put(run, s->rii_limits + at, g, limits[k].rii.lower);
        fpti_put(run, s->rii_limits + at + 1, g, limits[k].rii.upper);
    }
    fpti_put(run, s->intercept, g, r->intercept);
    fpti_put(run, s->std_error, g, r->std_error);
    fpti_put(run, s->groups, g, (double)r->groups);
    if (r->draws > 0) fpti_put(run, s->draws, g, (double)r->draws);
    fpti_put(run, s->multiplier, g, s->options.multiplier);
    fpti_put_word(run, s->tail.method, g,
                  fpt_sii_simulates(&s->options) ? "simulation"
                                                 : "closed-form");
    fpti_put_state(run, s->tail.status, g, state);
}

/* How far other seeds would move the limits. */
static fpt_status note_errors(fpti_run *run, size_t g,
                              const fpt_sii_limits *limits)
{
    for (size_t k = 0; k < run->level_count; k++) {
        if (!run->verbose || isnan(limits[k].value_error.lower)) continue;
        char name[128];
        FPT_TRY(fpti_note(
            run, FPT_NOTE, "monte-carlo-error",
            "%s: Monte Carlo standard errors of lower_" FPT_STR_FMT
            " and upper_" FPT_STR_FMT ": %.3g, %.3g",
            fpti_group_name(run, g, name, sizeof name),
            FPT_STR_ARG(run->level_name[k]), FPT_STR_ARG(run->level_name[k]),
            limits[k].value_error.lower, limits[k].value_error.upper));
    }
    return FPT_OK;
}

static fpt_status solve_sii(fpti_run *run, fpt_error *err)
{
    struct sii *s = run->extra;
    FPT_TRY(fpti_results_make(run, run->groups.count, err));
    double *work =
        FPT_NEW(&run->batch.arena, double, fpt_sii_work(&s->options));
    if (work == NULL) return fpti_no_memory(err);
    for (size_t g = 0; g < run->groups.count; g++) {
        struct ranked r;
        FPT_TRY(gather(run, g, &r, err));
        fpt_sii result;
        fpt_sii_limits limits[FPT_LEVELS_MOST];
        s->options.stream = s->streams++;
        FPT_TRY(fpt_sii_of(r.count, r.population, r.value, r.se, &s->options,
                           &result, limits, work));
        /* What a bad rank or cell has spoilt is no figure. */
        const fpt_state state = fpt_state_worst(r.state, result.state);
        if (r.state == FPT_STATE_INVALID) {
            const size_t count = result.groups;
            FPT_TRY(fpt_sii_of(0, NULL, NULL, NULL, &s->options, &result,
                               limits, work));
            result.groups = count;
        }
        put_sii(run, g, &result, limits, state);
        FPT_TRY(note_errors(run, g, limits));
    }
    return FPT_OK;
}

const fpti_work *fpti_work_sii(void)
{
    static const fpti_work work = {
        .prepare = prepare_sii, .fault = sii_fault, .solve = solve_sii};
    return &work;
}

/* ---- concentration index ---- */

struct concentration {
    int quantile, population, value, se;
    int out_value, std_error, limits, mean, groups, wagstaff;
    struct fpti_tail tail;
    bool without_se;
};

static fpt_status prepare_concentration(fpti_run *run, fpt_error *err)
{
    struct concentration *c = FPT_NEW(run->arena, struct concentration, 1);
    if (c == NULL) return fpti_no_memory(err);
    run->extra = c;
    run->shape = FPTI_TABLE;
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_need(run, "quantile", FPTI_NUMBER, &c->quantile, err));
    FPT_TRY(fpti_need(run, "population", FPTI_COUNT, &c->population, err));
    FPT_TRY(fpti_need(run, "value", FPTI_NUMBER, &c->value, err));
    FPT_TRY(fpti_may_need(run, "se", FPTI_NUMBER, &c->se, err));
    c->out_value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    c->std_error = fpti_result_add(run, "std_error", FPTI_IS_NUMBER);
    c->limits = fpti_result_limits(run, "");
    c->mean = fpti_result_add(run, "mean", FPTI_IS_NUMBER);
    c->groups = fpti_result_add(run, "n_groups", FPTI_IS_NUMBER);
    c->wagstaff = FPTI_NONE;
    if (fpti_is_set(run, FPTI_OPTION_WAGSTAFF))
        c->wagstaff = fpti_result_add(run, "wagstaff", FPTI_IS_NUMBER);
    c->tail = fpti_result_tail(run, "closed-form");
    return FPT_OK;
}

static const char *concentration_fault(const fpti_run *run, int *slot)
{
    const struct concentration *c = run->extra;
    *slot = c->se;
    return c->se != FPTI_NONE && run->cell[c->se] < 0.0
               ? "a standard error is negative"
               : NULL;
}

static fpt_status solve_concentration(fpti_run *run, fpt_error *err)
{
    struct concentration *c = run->extra;
    fpt_arena *arena = &run->batch.arena;
    FPT_TRY(fpti_results_make(run, run->groups.count, err));
    for (size_t g = 0; g < run->groups.count; g++) {
        const size_t count = run->batch.start[g + 1] - run->batch.start[g];
        size_t *order = FPT_NEW(arena, size_t, 2 * count);
        size_t *place = FPT_NEW(arena, size_t, count);
        double *n = FPT_NEW(arena, double, count);
        double *y = FPT_NEW(arena, double, count);
        double *se = FPT_NEW(arena, double, count);
        if (order == NULL || place == NULL || n == NULL || y == NULL ||
            se == NULL)
            return fpti_no_memory(err);
        fpt_state cells;
        FPT_TRY(rank_rows(run, g, c->quantile, order, place, &cells, err));
        for (size_t k = 0; k < count; k++) {
            n[k] = cell(run, c->population, place[k]);
            y[k] = cell(run, c->value, place[k]);
            se[k] = cell(run, c->se, place[k]);
        }
        fpt_concentration r;
        fpt_limits limits[FPT_LEVELS_MOST];
        fpt_concentration_of(cells == FPT_STATE_INVALID ? 0 : count, n, y,
                             c->se != FPTI_NONE ? se : NULL, run->level_count,
                             run->level, &r, limits);
        const fpt_state state = fpt_state_worst(cells, r.state);
        fpti_put(run, c->out_value, g, r.value);
        fpti_put(run, c->std_error, g, r.std_error);
        fpti_put_limits(run, c->limits, g, limits);
        fpti_put(run, c->mean, g, r.mean);
        fpti_put(run, c->groups, g, (double)count);
        if (c->wagstaff != FPTI_NONE) fpti_put(run, c->wagstaff, g, r.wagstaff);
        fpti_put_state(run, c->tail.status, g, state);
        if (state == FPT_STATE_OK && isnan(r.std_error)) c->without_se = true;
    }
    return FPT_OK;
}

static fpt_status end_concentration(fpti_run *run, fpt_error *err)
{
    const struct concentration *c = run->extra;
    (void)err;
    if (!c->without_se) return FPT_OK;
    return fpti_note(run, FPT_NOTE, "no-standard-error",
                     "groups of unequal size without a column se have an index "
                     "but no limits");
}

const fpti_work *fpti_work_concentration(void)
{
    static const fpti_work work = {.prepare = prepare_concentration,
                                   .fault = concentration_fault,
                                   .solve = solve_concentration,
                                   .end = end_concentration};
    return &work;
}
