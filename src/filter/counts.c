/* proportion and rate: of each row, or of the sums of each group. */
#include "filter_i.h"

struct counts {
    int x, n, f; /* slots */
    int numerator, denominator, value, limits, multiplier;
    struct fpti_tail tail;
    bool is_rate;
    double per;
    fpt_count_rule rule;
};

/* A group's sums. */
struct sums {
    fpt_sum x, n, v; /* v: sum f^2 x */
    double people;   /* the one n of rows with event_frequency */
    double assumed, missing;
    fpt_state state;
    bool x_lost, n_lost, any;
};

static fpt_status prepare_common(fpti_run *run, bool is_rate, fpt_error *err)
{
    struct counts *c = FPT_NEW(run->arena, struct counts, 1);
    if (c == NULL) return fpti_no_memory(err);
    run->extra = c;
    c->is_rate = is_rate;
    c->f = FPTI_NONE;
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_option_multiplier(run, is_rate ? 100000.0 : 1.0, false,
                                   &c->per, err));
    FPT_TRY(fpti_need(run, "x", FPTI_COUNT, &c->x, err));
    FPT_TRY(fpti_need(run, "n", FPTI_COUNT, &c->n, err));
    run->shape = run->by_count > 0 ? FPTI_SUMS : FPTI_ROWS;
    if (run->shape == FPTI_ROWS && (fpti_is_set(run, FPTI_OPTION_ATTACH) ||
                                    fpti_is_set(run, FPTI_OPTION_SKIP_MISSING)))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--attach and --skip-missing are about groups: say "
                        "--by too");
    run->skip_missing = fpti_is_set(run, FPTI_OPTION_SKIP_MISSING);
    if (fpti_is_set(run, FPTI_OPTION_MISSING_AS_ZERO)) run->zero_slot = c->x;
    if (run->skip_missing && run->zero_slot != FPTI_NONE)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--skip-missing and --missing-as-zero contradict each "
                        "other");
    if (is_rate) {
        static const char *const rules[] = {"field", "exact", NULL};
        int rule = 0;
        FPT_TRY(fpti_option_choice(run, FPTI_OPTION_METHOD, rules, &rule, err));
        c->rule = rule == 0 ? FPT_COUNT_FIELD : FPT_COUNT_EXACT;
        FPT_TRY(fpti_may_need(run, "event_frequency", FPTI_COUNT, &c->f, err));
        if (c->f != FPTI_NONE && run->shape == FPTI_ROWS)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "rows with event_frequency are parts of a group: "
                            "say which by --by");
    }
    c->numerator = fpti_result_add(run, "numerator", FPTI_IS_NUMBER);
    c->denominator = fpti_result_add(run, "denominator", FPTI_IS_NUMBER);
    c->value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    c->limits = fpti_result_limits(run, "");
    c->multiplier = fpti_result_add(run, "multiplier", FPTI_IS_NUMBER);
    c->tail = fpti_result_tail(run, is_rate ? NULL : "wilson");
    return FPT_OK;
}

static fpt_status prepare_proportion(fpti_run *run, fpt_error *err)
{
    return prepare_common(run, false, err);
}

static fpt_status prepare_rate(fpti_run *run, fpt_error *err)
{
    return prepare_common(run, true, err);
}

static const char *proportion_fault(const fpti_run *run, int *slot)
{
    const struct counts *c = run->extra;
    *slot = c->x;
    /* NaN compares false: cells that are missing are nobody's fault. */
    return run->cell[c->x] > run->cell[c->n] ? "x is more than n" : NULL;
}

/* ---- one figure, from a row or from sums ---- */

static void put_tail(fpti_run *run, size_t at, double assumed, double missing,
                     fpt_state state)
{
    const struct counts *c = run->extra;
    if (c->tail.assumed != FPTI_NONE)
        fpti_put(run, c->tail.assumed, at, assumed);
    if (c->tail.missing != FPTI_NONE)
        fpti_put(run, c->tail.missing, at, missing);
    fpti_put(run, c->multiplier, at, c->per);
    fpti_put_state(run, c->tail.status, at, state);
}

static const char *put_limits(fpti_run *run, size_t at, double x, double n,
                              double variance, fpt_state *state)
{
    const struct counts *c = run->extra;
    const bool repeats = variance >= 0.0;
    fpt_limits limits[FPT_LEVELS_MOST];
    for (size_t k = 0; k < run->level_count; k++) {
        const fpt_level *level = &run->level[k];
        if (!c->is_rate) {
            limits[k] = fpt_wilson(x, n, level->z);
        } else if (repeats && x > 0.0) {
            limits[k] = fpt_rate_repeat_limits(x, variance, n, level->z);
            if (limits[k].lower < 0.0)
                *state = fpt_state_worst(*state, FPT_STATE_LOWER_BELOW_ZERO);
        } else {
            limits[k] = fpt_count_limits(x, c->rule, level);
            limits[k].lower /= n;
            limits[k].upper /= n;
        }
        limits[k] = fpt_limits_times(limits[k], c->per);
    }
    fpti_put_limits(run, c->limits, at, limits);
    return !c->is_rate          ? NULL
           : repeats && x > 0.0 ? "dobson-byar-nonindependent"
                                : fpt_count_method(x, c->rule);
}

/* variance < 0: the events are independent. */
static void put_figure(fpti_run *run, size_t at, double x, double n,
                       double variance, fpt_state state, double assumed,
                       double missing)
{
    const struct counts *c = run->extra;
    if (state == FPT_STATE_OK)
        state = c->is_rate ? fpt_rate_state(x, n) : fpt_proportion_state(x, n);
    const char *method = NULL;
    if (state == FPT_STATE_OK) {
        fpti_put(run, c->value, at, x / n * c->per);
        method = put_limits(run, at, x, n, variance, &state);
    } else if (c->is_rate && x >= 0.0) {
        method = fpt_count_method(x, c->rule);
    }
    if (c->is_rate && method != NULL)
        fpti_put_word(run, c->tail.method, at, method);
    if (state != FPT_STATE_INVALID) {
        fpti_put(run, c->numerator, at, x);
        fpti_put(run, c->denominator, at, n);
    }
    put_tail(run, at, assumed, missing, state);
}

/* ---- rows ---- */

struct rows {
    fpti_run *run;
};

enum { ROWS_A_TASK = 1 << 11 };

static fpt_status solve_block(size_t block, void *context)
{
    fpti_run *run = ((struct rows *)context)->run;
    const struct counts *c = run->extra;
    const fpti_batch *b = &run->batch;
    const size_t from = block * ROWS_A_TASK;
    const size_t to =
        b->rows - from < ROWS_A_TASK ? b->rows : from + ROWS_A_TASK;
    for (size_t i = from; i < to; i++) {
        const double assumed = run->assumed_slot != FPTI_NONE
                                   ? b->number[run->assumed_slot][i]
                                   : 0.0;
        put_figure(run, i, b->number[c->x][i], b->number[c->n][i], -1.0,
                   b->state[i], assumed, 0.0);
    }
    return FPT_OK;
}

static fpt_status solve(fpti_run *run, fpt_error *err)
{
    (void)err;
    struct rows rows = {run};
    return fpt_parallel((run->batch.rows + ROWS_A_TASK - 1) / ROWS_A_TASK,
                        run->threads, solve_block, &rows);
}

/* ---- groups ---- */

static fpt_status add(fpti_run *run, void *state, fpt_error *err)
{
    const struct counts *c = run->extra;
    struct sums *s = state;
    const double x = run->cell[c->x], n = run->cell[c->n];
    const double f = c->f != FPTI_NONE ? run->cell[c->f] : 1.0;
    if (run->skip_missing && run->row_state == FPT_STATE_MISSING) {
        s->missing++;
        return FPT_OK;
    }
    if (run->assumed_slot != FPTI_NONE)
        s->assumed += run->cell[run->assumed_slot];
    s->state = fpt_state_worst(s->state, run->row_state);
    if (isnan(x) || isnan(f))
        s->x_lost = true;
    else
        fpt_sum_add(&s->x, f * x);
    if (!isnan(x) && !isnan(f)) fpt_sum_add(&s->v, f * f * x);
    if (isnan(n)) {
        s->n_lost = true;
    } else if (c->f == FPTI_NONE) {
        fpt_sum_add(&s->n, n);
    } else if (!s->any) {
        s->people = n;
        s->any = true;
    } else if (s->people != n) {
        s->n_lost = true;
        s->state = FPT_STATE_INVALID;
        return fpti_invalid(run, run->line, "n", err,
                            "%.17g people, but %.17g on an earlier row of the "
                            "group; rows with event_frequency carry the n of "
                            "the whole group",
                            n, s->people);
    }
    return FPT_OK;
}

static fpt_status finish(fpti_run *run, void *state, size_t at, fpt_error *err)
{
    (void)err;
    const struct counts *c = run->extra;
    const struct sums *s = state;
    const double none = (double)NAN;
    const double x = s->x_lost ? none : fpt_sum_value(s->x);
    const double n = s->n_lost           ? none
                     : c->f == FPTI_NONE ? fpt_sum_value(s->n)
                                         : s->people;
    const double variance = c->f != FPTI_NONE ? fpt_sum_value(s->v) : -1.0;
    put_figure(run, at, x, n, variance, s->state, s->assumed, s->missing);
    return FPT_OK;
}

const fpti_work *fpti_work_proportion(void)
{
    static const fpti_work work = {.prepare = prepare_proportion,
                                   .fault = proportion_fault,
                                   .solve = solve,
                                   .state_bytes = sizeof(struct sums),
                                   .add = add,
                                   .finish = finish};
    return &work;
}

const fpti_work *fpti_work_rate(void)
{
    static const fpti_work work = {.prepare = prepare_rate,
                                   .solve = solve,
                                   .state_bytes = sizeof(struct sums),
                                   .add = add,
                                   .finish = finish};
    return &work;
}
