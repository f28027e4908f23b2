/* funnel-limits and funnel-assess: lines of a funnel, and units against them. */
#include "filter_i.h"

struct funnel {
    int numerator, denominator, value; /* in */
    int x, out_value, centre, limits, od_limits, z, significance;
    int od_significance, phi, tau2;
    struct fpti_tail tail;
    fpt_funnel_statistic statistic;
    fpt_funnel_scale scale;
    bool dsr, additive, assess;
    double per, benchmark, trim, years;
    size_t points, at_count;
    double *at;
    fpti_verdicts verdicts;
};

static fpt_status read_model(fpti_run *run, struct funnel *f, fpt_error *err)
{
    static const char *const statistics[] = {"proportion", "ratio", "rate",
                                             "dsr", NULL};
    static const char *const models[] = {"none", "additive", NULL};
    static const char *const scales[] = {"log", "root", NULL};
    int statistic = 0, model = 0, scale = 0;
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_STATISTIC, statistics,
                               &statistic, err));
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_OVERDISPERSION, models, &model,
                               err));
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_SCALE, scales, &scale, err));
    f->dsr = statistic == 3;
    f->statistic = f->dsr ? FPT_FUNNEL_RATE : (fpt_funnel_statistic)statistic;
    f->additive = model == 1;
    switch (f->statistic) {
    case FPT_FUNNEL_PROPORTION:
        f->scale = FPT_SCALE_ASIN;
        break;
    case FPT_FUNNEL_RATIO:
        f->scale = scale == 0 ? FPT_SCALE_LOG_RATIO : FPT_SCALE_ROOT_RATIO;
        break;
    case FPT_FUNNEL_RATE:
        f->scale = FPT_SCALE_LOG_COUNTS;
        break;
    }
    if (fpti_is_set(run, FPTI_OPTION_SCALE) && f->statistic != FPT_FUNNEL_RATIO)
        return fpt_fail(err, FPT_ERR_USAGE, "--scale is about ratios");
    f->trim = 0.1;
    FPT_TRY(
        fpti_option_number(run, FPTI_OPTION_TRIM, 0.0, 0.49, &f->trim, err));
    f->benchmark = (double)NAN;
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_BENCHMARK, 1e-15, 1e15,
                               &f->benchmark, err));
    FPT_TRY(fpti_option_multiplier(
        run, f->statistic == FPT_FUNNEL_RATE ? 100000.0 : 1.0, false, &f->per,
        err));
    if (f->statistic == FPT_FUNNEL_PROPORTION && f->benchmark > f->per)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--benchmark %g is more than all of them: it is in the "
                        "unit of the results, with a multiplier of %g",
                        f->benchmark, f->per);
    return FPT_OK;
}

static fpt_status read_columns(fpti_run *run, struct funnel *f, fpt_error *err)
{
    f->denominator = f->value = FPTI_NONE;
    FPT_TRY(fpti_need(run, "numerator", FPTI_COUNT, &f->numerator, err));
    if (f->dsr) {
        FPT_TRY(fpti_need(run, "value", FPTI_COUNT, &f->value, err));
        /* Under ten events there is no value, and none is needed. */
        run->slot[f->value].optional = true;
        return FPT_OK;
    }
    FPT_TRY(fpti_need(run, "denominator", FPTI_COUNT, &f->denominator, err));
    /* It is computed again, so its cells need not be numbers. */
    int text;
    return f->assess ? fpti_may_need_text(run, "value", &text, err) : FPT_OK;
}

static fpt_status begin(fpti_run *run, bool assess, fpt_error *err)
{
    struct funnel *f = FPT_NEW(run->arena, struct funnel, 1);
    if (f == NULL) return fpti_no_memory(err);
    run->extra = f;
    run->shape = FPTI_TABLE;
    f->assess = assess;
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    return read_model(run, f, err);
}

static fpt_status prepare_limits(fpti_run *run, fpt_error *err)
{
    FPT_TRY(begin(run, false, err));
    struct funnel *f = run->extra;
    int64_t points = 100;
    FPT_TRY(
        fpti_option_whole(run, FPTI_OPTION_POINTS, 2, 100000, &points, err));
    f->points = (size_t)points;
    FPT_TRY(fpti_option_list(run, FPTI_OPTION_AT, &f->at_count, &f->at, err));
    for (size_t i = 0; i < f->at_count; i++)
        if (!(f->at[i] > 0.0))
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--at: points of the axis are above 0");
    f->years = 1.0;
    FPT_TRY(
        fpti_option_number(run, FPTI_OPTION_YEARS, 1e-3, 1e3, &f->years, err));
    FPT_TRY(read_columns(run, f, err));
    f->x = fpti_result_add(run, "x", FPTI_IS_NUMBER);
    f->centre = fpti_result_add(run, "centre", FPTI_IS_NUMBER);
    f->limits = fpti_result_limits(run, "");
    f->od_limits = fpti_result_limits(run, "od_");
    f->phi = fpti_result_add(run, "phi", FPTI_IS_NUMBER);
    f->tau2 = fpti_result_add(run, "tau2", FPTI_IS_NUMBER);
    run->skip_missing = fpti_is_set(run, FPTI_OPTION_SKIP_MISSING);
    f->tail = fpti_result_tail(run, f->statistic == FPT_FUNNEL_PROPORTION
                                        ? "wilson"
                                        : "exact-poisson");
    return FPT_OK;
}

static fpt_status prepare_assess(fpti_run *run, fpt_error *err)
{
    FPT_TRY(begin(run, true, err));
    struct funnel *f = run->extra;
    run->rows_out = true;
    FPT_TRY(fpti_verdicts_read(run, &f->verdicts, err));
    FPT_TRY(read_columns(run, f, err));
    f->out_value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    f->centre = fpti_result_add(run, "centre", FPTI_IS_NUMBER);
    f->limits = fpti_result_limits(run, "");
    f->od_limits = fpti_result_limits(run, "od_");
    f->z = fpti_result_add(run, "z", FPTI_IS_NUMBER);
    f->significance = fpti_result_add(run, "significance", FPTI_IS_WORD);
    f->od_significance = fpti_result_add(run, "od_significance", FPTI_IS_WORD);
    f->phi = fpti_result_add(run, "phi", FPTI_IS_NUMBER);
    f->tau2 = fpti_result_add(run, "tau2", FPTI_IS_NUMBER);
    f->tail = fpti_result_tail(run, NULL);
    return FPT_OK;
}

static const char *fault(const fpti_run *run, int *slot)
{
    const struct funnel *f = run->extra;
    *slot = f->numerator;
    if (f->statistic == FPT_FUNNEL_PROPORTION)
        return run->cell[f->numerator] > run->cell[f->denominator]
                   ? "numerator is more than denominator"
                   : NULL;
    *slot = f->value;
    return f->dsr && run->cell[f->numerator] >= 10.0 &&
                   run->cell[f->value] == 0.0
               ? "a rate of 0 with events"
               : NULL;
}

/* ---- units ---- */

/* The units of one group, and what they say together. */
struct units {
    size_t count;
    size_t *row;
    double *x, *n;
    fpt_state *state;
    double centre, smallest, largest;
    double *z; /* by unit; NaN where there is none */
    fpt_overdispersion od;
    fpt_state worst; /* of cells that are lacking or wrong */
    double missing;
};

/* A unit without people, or not to be judged, may be left out unseen; one whose
 * numbers are lacking may not. */
static bool is_lacking(fpt_state state)
{
    return state == FPT_STATE_INVALID || state == FPT_STATE_SUPPRESSED ||
           state == FPT_STATE_MISSING;
}

static fpt_state unit_state(const struct funnel *f, const fpti_batch *b,
                            size_t row, double *x, double *n)
{
    *x = b->number[f->numerator][row];
    if (!f->dsr) {
        *n = b->number[f->denominator][row];
    } else {
        /* The population that would give this value, crude. */
        *n = f->per * *x / b->number[f->value][row];
        if (b->state[row] == FPT_STATE_OK && *x < 10.0)
            return FPT_STATE_TOO_FEW_EVENTS;
    }
    return fpt_state_worst(b->state[row],
                           fpt_funnel_state(f->statistic, *x, *n));
}

static fpt_status take_units(fpti_run *run, size_t g, struct units *u,
                             fpt_error *err)
{
    const struct funnel *f = run->extra;
    fpti_batch *b = &run->batch;
    fpt_arena *arena = &b->arena;
    const size_t from = b->start[g], count = b->start[g + 1] - from;
    *u = (struct units){.count = count,
                        .row = FPT_NEW(arena, size_t, count),
                        .x = FPT_NEW(arena, double, count),
                        .n = FPT_NEW(arena, double, count),
                        .z = FPT_NEW(arena, double, count),
                        .state = FPT_NEW(arena, fpt_state, count)};
    if (u->row == NULL || u->x == NULL || u->n == NULL || u->z == NULL ||
        u->state == NULL)
        return fpti_no_memory(err);
    fpt_sum x = {0}, n = {0};
    u->smallest = (double)INFINITY;
    for (size_t k = 0; k < count; k++) {
        u->row[k] = fpti_row_at(b, from + k);
        u->state[k] = unit_state(f, b, u->row[k], &u->x[k], &u->n[k]);
        u->z[k] = (double)NAN;
        u->missing += u->state[k] == FPT_STATE_MISSING ? 1.0 : 0.0;
        if (is_lacking(u->state[k]) &&
            !(run->skip_missing && u->state[k] == FPT_STATE_MISSING))
            u->worst = fpt_state_worst(u->worst, u->state[k]);
        if (u->state[k] != FPT_STATE_OK) continue;
        fpt_sum_add(&x, u->x[k]);
        fpt_sum_add(&n, u->n[k]);
        u->smallest = fmin(u->smallest, u->n[k]);
        u->largest = fmax(u->largest, u->n[k]);
    }
    const double total = fpt_sum_value(n);
    u->centre = !isnan(f->benchmark)               ? f->benchmark / f->per
                : f->statistic == FPT_FUNNEL_RATIO ? 1.0
                : total > 0.0                      ? fpt_sum_value(x) / total
                                                   : (double)NAN;
    return FPT_OK;
}

static fpt_status measure_overdispersion(fpti_run *run, struct units *u,
                                         fpt_error *err)
{
    const struct funnel *f = run->extra;
    fpt_arena *arena = &run->batch.arena;
    double *x = FPT_NEW(arena, double, u->count);
    double *n = FPT_NEW(arena, double, u->count);
    double *z = FPT_NEW(arena, double, u->count);
    double *work = FPT_NEW(arena, double, 3 * u->count);
    size_t *order = FPT_NEW(arena, size_t, 2 * u->count);
    if (x == NULL || n == NULL || z == NULL || work == NULL || order == NULL)
        return fpti_no_memory(err);
    size_t good = 0;
    for (size_t k = 0; k < u->count; k++) {
        if (u->state[k] != FPT_STATE_OK) continue;
        x[good] = u->x[k];
        n[good++] = u->n[k];
    }
    fpt_funnel_overdispersion(f->scale, u->centre, f->trim, good, x, n, z, work,
                              order, &u->od);
    good = 0;
    for (size_t k = 0; k < u->count; k++)
        if (u->state[k] == FPT_STATE_OK) u->z[k] = z[good++];
    return FPT_OK;
}

static void put_lines(fpti_run *run, size_t at, const struct units *u,
                      double events_or_n, double n)
{
    const struct funnel *f = run->extra;
    fpt_limits lines[FPT_LEVELS_MOST], wide[FPT_LEVELS_MOST];
    for (size_t k = 0; k < run->level_count; k++) {
        lines[k] =
            fpt_limits_times(fpt_funnel_lines(f->statistic, u->centre,
                                              events_or_n, &run->level[k]),
                             f->per);
        wide[k] = f->additive
                      ? fpt_limits_times(fpt_funnel_wide_lines(
                                             f->scale, u->centre, u->od.tau2, n,
                                             run->level[k].z),
                                         f->per)
                      : fpt_no_limits();
    }
    fpti_put_limits(run, f->limits, at, lines);
    fpti_put_limits(run, f->od_limits, at, wide);
    fpti_put(run, f->centre, at, u->centre * f->per);
    if (f->additive) {
        fpti_put(run, f->phi, at, u->od.phi);
        fpti_put(run, f->tau2, at, u->od.tau2);
    }
}

/* ---- lines ---- */

static void draw(fpti_run *run, size_t first, size_t points, struct units *u,
                 double *x)
{
    const struct funnel *f = run->extra;
    const bool drawable =
        isfinite(u->smallest) && u->centre > 0.0 && u->worst == FPT_STATE_OK;
    fpt_state state = u->worst;
    if (!drawable) state = fpt_state_worst(state, FPT_STATE_ZERO_DENOMINATOR);
    if (f->additive) state = fpt_state_worst(state, u->od.state);
    if (f->at_count > 0) {
        memcpy(x, f->at, points * sizeof *x);
    } else if (drawable) {
        const fpt_funnel_axis axis = {f->statistic, u->smallest, u->largest,
                                      u->centre, f->years};
        fpt_funnel_points(&axis, points, x);
    }
    for (size_t j = 0; j < points; j++) {
        fpti_put_state(run, f->tail.status, first + j, state);
        if (f->tail.missing != FPTI_NONE)
            fpti_put(run, f->tail.missing, first + j, u->missing);
        if (!drawable) continue;
        fpti_put(run, f->x, first + j, x[j]);
        /* A wide line stands at a denominator: for rates people, not events. */
        const double n =
            f->statistic == FPT_FUNNEL_RATE ? x[j] / u->centre : x[j];
        put_lines(run, first + j, u, x[j], n);
    }
}

static fpt_status solve_limits(fpti_run *run, fpt_error *err)
{
    const struct funnel *f = run->extra;
    fpti_batch *b = &run->batch;
    const size_t points = f->at_count > 0 ? f->at_count : f->points;
    const size_t rows = points * run->groups.count;
    FPT_TRY(fpti_results_make(run, rows, err));
    b->group_of = FPT_NEW(&b->arena, uint32_t, rows);
    double *x = FPT_NEW(&b->arena, double, points);
    if (b->group_of == NULL || x == NULL) return fpti_no_memory(err);
    for (size_t g = 0; g < run->groups.count; g++) {
        struct units u;
        FPT_TRY(take_units(run, g, &u, err));
        if (f->additive) FPT_TRY(measure_overdispersion(run, &u, err));
        for (size_t j = 0; j < points; j++)
            b->group_of[g * points + j] = (uint32_t)g;
        draw(run, g * points, points, &u, x);
    }
    return FPT_OK;
}

/* ---- units against the lines ---- */

static fpt_state judge(fpti_run *run, const struct units *u, size_t k)
{
    const struct funnel *f = run->extra;
    const size_t at = u->row[k];
    const double x = u->x[k], n = u->n[k], value = x / n;
    fpt_state state = FPT_STATE_OK;
    int side[FPT_LEVELS_MOST], wide[FPT_LEVELS_MOST];
    for (size_t v = 0; v < f->verdicts.count; v++) {
        const fpt_level *level = &f->verdicts.level[v];
        side[v] = fpt_funnel_side(f->statistic, u->centre, x, n, level);
        const fpt_limits lines =
            fpt_funnel_wide_lines(f->scale, u->centre, u->od.tau2, n, level->z);
        wide[v] = (value > lines.upper) - (value < lines.lower);
    }
    fpti_put_word(run, f->significance, at,
                  fpti_verdict_word(&f->verdicts, side));
    fpti_put(run, f->z, at, u->z[k]);
    if (f->additive && isnan(u->z[k]))
        state = FPT_STATE_ZERO_EVENTS;
    else if (f->additive && u->od.state == FPT_STATE_OK)
        fpti_put_word(run, f->od_significance, at,
                      fpti_verdict_word(&f->verdicts, wide));
    if (f->additive) state = fpt_state_worst(state, u->od.state);
    /* No line lies above a unit without events: it has no upper limit. */
    if (f->statistic != FPT_FUNNEL_PROPORTION && x == 0.0)
        state = fpt_state_worst(state, FPT_STATE_UNBOUNDED);
    return state;
}

static void assess(fpti_run *run, const struct units *u, size_t k)
{
    const struct funnel *f = run->extra;
    const size_t at = u->row[k];
    fpt_state state = u->state[k];
    fpti_put_word(run, f->tail.method, at,
                  f->statistic == FPT_FUNNEL_PROPORTION
                      ? "wilson"
                      : fpt_count_method(u->x[k], FPT_COUNT_FIELD));
    if (!isnan(u->centre)) fpti_put(run, f->centre, at, u->centre * f->per);
    if (state == FPT_STATE_OK) {
        fpti_put(run, f->out_value, at, u->x[k] / u->n[k] * f->per);
        put_lines(run, at, u,
                  f->statistic == FPT_FUNNEL_PROPORTION ? u->n[k] : u->x[k],
                  u->n[k]);
        state = judge(run, u, k);
    }
    fpti_put_state(run, f->tail.status, at, state);
}

static fpt_status solve_assess(fpti_run *run, fpt_error *err)
{
    FPT_TRY(fpti_results_make(run, run->batch.rows, err));
    for (size_t g = 0; g < run->groups.count; g++) {
        struct units u;
        FPT_TRY(take_units(run, g, &u, err));
        FPT_TRY(measure_overdispersion(run, &u, err));
        for (size_t k = 0; k < u.count; k++)
            assess(run, &u, k);
    }
    return FPT_OK;
}

const fpti_work *fpti_work_funnel_limits(void)
{
    static const fpti_work work = {
        .prepare = prepare_limits, .fault = fault, .solve = solve_limits};
    return &work;
}

const fpti_work *fpti_work_funnel_assess(void)
{
    static const fpti_work work = {
        .prepare = prepare_assess, .fault = fault, .solve = solve_assess};
    return &work;
}
