/*
 * life-expectancy: rows are age bands of a group, in any order. With --healthy
 * each has the share in good health too.
 */
#include "filter_i.h"

enum { COLUMNS = 5 }; /* in: ages, deaths, people, in good health, asked */

struct life {
    int in[COLUMNS];
    int mortality, p_death, survivors, person_years, value, std_error;
    int limits, deaths_used, population_used;
    int healthy, healthy_error, healthy_limits, healthy_share;
    struct fpti_tail tail;
    fpt_life_options options;
    bool is_healthy;
    size_t band_count, at_count;
    double *band, *at; /* --bands, --at */
};

static fpt_status read_bands(fpti_run *run, struct life *l, fpt_error *err)
{
    FPT_TRY(fpti_option_list(run, FPTI_OPTION_BANDS, &l->band_count, &l->band,
                             err));
    FPT_TRY(fpti_option_list(run, FPTI_OPTION_AT, &l->at_count, &l->at, err));
    for (size_t i = 0; i < l->band_count; i++)
        if (i == 0 ? l->band[0] != 0.0 : l->band[i] <= l->band[i - 1])
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--bands lists start ages from 0 upwards, such as "
                            "0,1,5,10");
    if (l->band_count > 0 && l->band_count < FPT_LIFE_LEAST_BANDS)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--bands: a life table has at least %d bands",
                        (int)FPT_LIFE_LEAST_BANDS);
    return FPT_OK;
}

static fpt_status read_columns(fpti_run *run, struct life *l, fpt_error *err)
{
    FPT_TRY(fpti_need(run, "start_age", FPTI_COUNT, &l->in[0], err));
    FPT_TRY(fpti_need(run, "deaths", FPTI_COUNT, &l->in[1], err));
    FPT_TRY(fpti_need(run, "population", FPTI_COUNT, &l->in[2], err));
    l->in[3] = l->in[4] = FPTI_NONE;
    l->is_healthy = fpti_is_set(run, FPTI_OPTION_HEALTHY);
    if (l->is_healthy) {
        FPT_TRY(fpti_need(run, "healthy", FPTI_NUMBER, &l->in[3], err));
        FPT_TRY(fpti_may_need(run, "healthy_n", FPTI_COUNT, &l->in[4], err));
    }
    if (fpti_is_set(run, FPTI_OPTION_MISSING_AS_ZERO))
        run->zero_slot = l->in[1];
    return FPT_OK;
}

static void add_results(fpti_run *run, struct life *l)
{
    l->mortality = fpti_result_add(run, "mortality_rate", FPTI_IS_NUMBER);
    l->p_death = fpti_result_add(run, "p_death", FPTI_IS_NUMBER);
    l->survivors = fpti_result_add(run, "survivors", FPTI_IS_NUMBER);
    l->person_years = fpti_result_add(run, "person_years", FPTI_IS_NUMBER);
    l->value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    l->std_error = fpti_result_add(run, "std_error", FPTI_IS_NUMBER);
    l->limits = fpti_result_limits(run, "");
    l->deaths_used = fpti_result_add(run, "deaths_used", FPTI_IS_NUMBER);
    l->population_used =
        fpti_result_add(run, "population_used", FPTI_IS_NUMBER);
    if (l->is_healthy) {
        l->healthy = fpti_result_add(run, "healthy_value", FPTI_IS_NUMBER);
        l->healthy_error =
            fpti_result_add(run, "healthy_std_error", FPTI_IS_NUMBER);
        l->healthy_limits = fpti_result_limits(run, "healthy_");
        l->healthy_share =
            fpti_result_add(run, "healthy_share", FPTI_IS_NUMBER);
    }
    l->tail = fpti_result_tail(run, l->is_healthy ? "chiang-silcocks;sullivan"
                                                  : "chiang-silcocks");
}

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    struct life *l = FPT_NEW(run->arena, struct life, 1);
    if (l == NULL) return fpti_no_memory(err);
    run->extra = l;
    run->shape = FPTI_TABLE;
    run->rows_out = true;
    l->options = fpt_life_options_default();
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_MAX_WIDTH, 1e-9, 1e9,
                               &l->options.max_width, err));
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_MIN_POPULATION, 0.0, 1e15,
                               &l->options.min_population, err));
    FPT_TRY(read_bands(run, l, err));
    /* Which bands there are is known when all groups have been seen. */
    run->whole = l->band_count == 0;
    l->options.level_count = run->level_count;
    l->options.level = run->level;
    FPT_TRY(read_columns(run, l, err));
    add_results(run, l);
    return FPT_OK;
}

static const char *fault(const fpti_run *run, int *slot)
{
    const struct life *l = run->extra;
    if (!l->is_healthy) return NULL;
    *slot = l->in[3];
    if (run->cell[l->in[3]] < 0.0 || run->cell[l->in[3]] > 1.0)
        return "healthy is a share of people: a fraction from 0 to 1";
    *slot = l->in[4];
    if (l->in[4] != FPTI_NONE && run->cell[l->in[4]] == 0.0)
        return "healthy_n is 0: nobody was asked";
    return NULL;
}

/* ---- bands ---- */

/* The rows of all groups by ascending age within each: place[k] is the place (in
 * the order of groups) of the k-th. */
static fpt_status by_age(fpti_run *run, const double *age, size_t *place,
                         fpt_error *err)
{
    fpti_batch *b = &run->batch;
    size_t *order = FPT_NEW(&b->arena, size_t, 2 * b->rows);
    if (order == NULL) return fpti_no_memory(err);
    for (size_t g = 0; g < run->groups.count; g++) {
        const size_t from = b->start[g], count = b->start[g + 1] - from;
        fpt_order_by(count, age + from, order, order + count);
        for (size_t k = 0; k < count; k++)
            place[from + k] = from + order[k];
    }
    return FPT_OK;
}

/* The start ages that any group has, without repeats. */
static fpt_status all_ages(fpti_run *run, const double *age, size_t *count,
                           double **out, fpt_error *err)
{
    fpti_batch *b = &run->batch;
    size_t *order = FPT_NEW(&b->arena, size_t, 2 * b->rows);
    *out = FPT_NEW(&b->arena, double, b->rows);
    *count = 0;
    if (order == NULL || *out == NULL) return fpti_no_memory(err);
    fpt_order_by(b->rows, age, order, order + b->rows);
    for (size_t i = 0; i < b->rows; i++) {
        const double x = age[order[i]];
        if (isnan(x) || (*count > 0 && (*out)[*count - 1] == x)) continue;
        (*out)[(*count)++] = x;
    }
    return FPT_OK;
}

/* Does the group have each of the ages, and no other? */
static bool is_complete(size_t rows, const double *age, size_t count,
                        const double *wanted)
{
    if (rows != count) return false;
    for (size_t i = 0; i < rows; i++)
        if (age[i] != wanted[i]) return false;
    return true;
}

static fpt_status mark_incomplete(fpti_run *run, const double *age,
                                  bool *incomplete, fpt_error *err)
{
    const struct life *l = run->extra;
    const fpti_batch *b = &run->batch;
    size_t count = l->band_count;
    double *wanted = l->band;
    if (count == 0) FPT_TRY(all_ages(run, age, &count, &wanted, err));
    for (size_t g = 0; g < run->groups.count; g++) {
        const size_t from = b->start[g], rows = b->start[g + 1] - from;
        incomplete[g] = !is_complete(rows, age + from, count, wanted);
        for (size_t i = from + 1; i < from + rows; i++)
            if (age[i] == age[i - 1]) {
                char name[128];
                FPT_TRY(fpti_invalid(
                    run, run->groups.group[g].line, "start_age", err,
                    "%s has two rows for the age %.17g; a grouping by sex or "
                    "year needs it in --by",
                    fpti_group_name(run, g, name, sizeof name), age[i]));
            }
    }
    return FPT_OK;
}

/* ---- results ---- */

static bool is_wanted(const struct life *l, double age)
{
    for (size_t i = 0; i < l->at_count; i++)
        if (l->at[i] == age) return true;
    return l->at_count == 0;
}

/* Figures at all levels, from arrays with one row after another. */
static void put_limits(fpti_run *run, int result, size_t i, size_t k,
                       size_t rows, const double *lower, const double *upper)
{
    for (size_t v = 0; v < run->level_count; v++) {
        fpti_put(run, result + 2 * (int)v, i, lower[v * rows + k]);
        fpti_put(run, result + 2 * (int)v + 1, i, upper[v * rows + k]);
    }
}

/* Row k of the tables is row i of the input. */
static void put(fpti_run *run, const struct life *l, size_t i, size_t k,
                size_t rows, const fpt_life_columns *c,
                const fpt_healthy_columns *h, fpt_state worst)
{
    fpti_put(run, l->mortality, i, c->mortality_rate[k]);
    fpti_put(run, l->p_death, i, c->p_death[k]);
    fpti_put(run, l->survivors, i, c->survivors[k]);
    fpti_put(run, l->person_years, i, c->person_years[k]);
    fpti_put(run, l->value, i, c->value[k]);
    fpti_put(run, l->std_error, i, c->std_error[k]);
    put_limits(run, l->limits, i, k, rows, c->lower, c->upper);
    fpti_put(run, l->deaths_used, i, c->deaths_used[k]);
    fpti_put(run, l->population_used, i, c->population_used[k]);
    if (l->tail.assumed != FPTI_NONE)
        fpti_put(run, l->tail.assumed, i,
                 run->batch.number[run->assumed_slot][i]);
    fpt_state state = fpt_state_worst(worst, c->state[k]);
    if (l->is_healthy) {
        fpti_put(run, l->healthy, i, h->value[k]);
        fpti_put(run, l->healthy_error, i, h->std_error[k]);
        put_limits(run, l->healthy_limits, i, k, rows, h->lower, h->upper);
        fpti_put(run, l->healthy_share, i, h->share[k]);
        state = fpt_state_worst(state, h->state[k]);
    }
    fpti_put_state(run, l->tail.status, i, state);
}

/* Only the rows of the ages asked for are written: the others go. */
static void leave_out(fpti_run *run, const struct life *l)
{
    fpti_batch *b = &run->batch;
    size_t kept = 0;
    for (size_t i = 0; i < b->rows; i++) {
        if (!is_wanted(l, b->number[l->in[0]][i])) continue;
        b->raw[kept] = b->raw[i];
        for (size_t r = 0; r < run->result_count; r++) {
            fpti_result *result = &run->result[r];
            if (result->kind == FPTI_IS_NUMBER)
                result->as.number[kept] = result->as.number[i];
            else if (result->kind == FPTI_IS_WORD)
                result->as.word[kept] = result->as.word[i];
        }
        kept++;
    }
    b->rows = kept;
}

static bool make_columns(fpti_run *run, size_t rows, fpt_life_columns *c,
                         fpt_healthy_columns *h)
{
    fpt_arena *arena = &run->batch.arena;
    double **const numbers[] = {
        &c->mortality_rate, &c->p_death,   &c->survivors,   &c->person_years,
        &c->value,          &c->std_error, &c->deaths_used, &c->population_used,
        &h->value,          &h->std_error, &h->share};
    double **const limits[] = {&c->lower, &c->upper, &h->lower, &h->upper};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if ((*numbers[i] = FPT_NEW(arena, double, rows)) == NULL) return false;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        *limits[i] = FPT_NEW(arena, double, rows * run->level_count);
        if (*limits[i] == NULL) return false;
    }
    c->state = FPT_NEW(arena, fpt_state, rows);
    h->state = FPT_NEW(arena, fpt_state, rows);
    return c->state != NULL && h->state != NULL;
}

static fpt_status solve(fpti_run *run, fpt_error *err)
{
    const struct life *l = run->extra;
    fpti_batch *b = &run->batch;
    const size_t rows = b->rows;
    FPT_TRY(fpti_results_make(run, rows, err));
    const double *in[COLUMNS] = {NULL};
    double *sorted[COLUMNS] = {NULL};
    size_t *place = FPT_NEW(&b->arena, size_t, rows);
    bool *incomplete = FPT_NEW(&b->arena, bool, run->groups.count);
    fpt_life_columns c;
    fpt_healthy_columns h;
    if (place == NULL || incomplete == NULL || !make_columns(run, rows, &c, &h))
        return fpti_no_memory(err);
    for (size_t s = 0; s < COLUMNS && l->in[s] != FPTI_NONE; s++) {
        in[s] = fpti_in_groups(run, l->in[s]);
        sorted[s] = FPT_NEW(&b->arena, double, rows);
        if (in[s] == NULL || sorted[s] == NULL) return fpti_no_memory(err);
    }
    FPT_TRY(by_age(run, in[0], place, err));
    for (size_t k = 0; k < rows; k++)
        for (size_t s = 0; s < COLUMNS && in[s] != NULL; s++)
            sorted[s][k] = in[s][place[k]];
    FPT_TRY(mark_incomplete(run, sorted[0], incomplete, err));
    fpt_life_options options = l->options;
    options.threads = run->threads;
    FPT_TRY(fpt_life_table_column(run->groups.count, b->start, sorted[0],
                                  sorted[1], sorted[2], incomplete, &options,
                                  &c));
    if (l->is_healthy)
        FPT_TRY(fpt_healthy_life_column(run->groups.count, b->start, sorted[0],
                                        sorted[1], sorted[3], sorted[4],
                                        &options, &c, &h));
    for (size_t g = 0; g < run->groups.count; g++) {
        /* For a group the worst row decides. */
        fpt_state worst = FPT_STATE_OK;
        for (size_t k = b->start[g]; k < b->start[g + 1]; k++)
            worst = fpt_state_worst(worst, b->state[fpti_row_at(b, k)]);
        for (size_t k = b->start[g]; k < b->start[g + 1]; k++)
            put(run, l, fpti_row_at(b, place[k]), k, rows, &c, &h, worst);
    }
    if (l->at_count > 0) leave_out(run, l);
    return FPT_OK;
}

const fpti_work *fpti_work_life(void)
{
    static const fpti_work work = {
        .prepare = prepare, .fault = fault, .solve = solve};
    return &work;
}
