/* trend: has a series changed over its last points? */
#include "filter_i.h"

struct trend {
    int period; /* a text */
    int x, n, value, se, lower, upper;
    int slope, std_error, chi_squared, p_value, trend, points, reason;
    struct fpti_tail tail;
    fpt_trend_options options;
    size_t last; /* points to take; 0: all */
    bool counts;
};

static fpt_status read_columns(fpti_run *run, struct trend *t, bool named,
                               fpt_error *err)
{
    FPT_TRY(fpti_need_text(run, "period", &t->period, err));
    t->x = t->n = t->value = t->se = t->lower = t->upper = FPTI_NONE;
    t->counts = named ? t->options.method != FPT_TREND_WEIGHTED_REGRESSION
                      : fpti_has_column(run, "x") && fpti_has_column(run, "n");
    if (t->counts) {
        FPT_TRY(fpti_need(run, "x", FPTI_COUNT, &t->x, err));
        return fpti_need(run, "n", FPTI_COUNT, &t->n, err);
    }
    t->options.method = FPT_TREND_WEIGHTED_REGRESSION;
    FPT_TRY(fpti_need(run, "value", FPTI_NUMBER, &t->value, err));
    FPT_TRY(fpti_may_need(run, "se", FPTI_NUMBER, &t->se, err));
    if (t->se != FPTI_NONE) return FPT_OK;
    FPT_TRY(fpti_need(run, "lower_95", FPTI_NUMBER, &t->lower, err));
    return fpti_need(run, "upper_95", FPTI_NUMBER, &t->upper, err);
}

static fpt_status read_options(fpti_run *run, struct trend *t, int *method,
                               fpt_error *err)
{
    static const char *const methods[] = {
        "field", "cochran-armitage", "weighted-regression", "poisson", NULL};
    t->options = fpt_trend_options_default();
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_METHOD, methods, method, err));
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_ALPHA, 1e-12, 0.5,
                               &t->options.alpha, err));
    const char *points = fpti_option(run, FPTI_OPTION_POINTS);
    int64_t last = *method == 0 ? 5 : 0;
    if (points != NULL && strcmp(points, "all") == 0)
        last = 0;
    else
        FPT_TRY(fpti_option_whole(run, FPTI_OPTION_POINTS, *method == 0 ? 5 : 2,
                                  FPT_TREND_POINTS_MOST, &last, err));
    t->last = (size_t)last;
    /* The field's marker: at least five, and no point makes it alone. */
    t->options.guard = *method == 0;
    t->options.least_points = last > 0 ? (size_t)last : *method == 0 ? 5 : 2;
    static const fpt_trend_method kinds[] = {
        FPT_TREND_COCHRAN_ARMITAGE, FPT_TREND_COCHRAN_ARMITAGE,
        FPT_TREND_WEIGHTED_REGRESSION, FPT_TREND_POISSON};
    t->options.method = kinds[*method];
    return FPT_OK;
}

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    struct trend *t = FPT_NEW(run->arena, struct trend, 1);
    if (t == NULL) return fpti_no_memory(err);
    run->extra = t;
    run->shape = FPTI_TABLE;
    int method = 0;
    FPT_TRY(read_options(run, t, &method, err));
    FPT_TRY(read_columns(run, t, method != 0, err));
    t->slope = fpti_result_add(run, "slope", FPTI_IS_NUMBER);
    t->std_error = fpti_result_add(run, "std_error", FPTI_IS_NUMBER);
    t->chi_squared = fpti_result_add(run, "chi_squared", FPTI_IS_NUMBER);
    t->p_value = fpti_result_add(run, "p_value", FPTI_IS_NUMBER);
    t->trend = fpti_result_add(run, "trend", FPTI_IS_WORD);
    t->points = fpti_result_add(run, "n_points", FPTI_IS_NUMBER);
    t->reason = fpti_result_add(run, "reason", FPTI_IS_WORD);
    t->tail = fpti_result_tail(run, fpt_trend_method_word(t->options.method));
    return FPT_OK;
}

static const char *fault(const fpti_run *run, int *slot)
{
    const struct trend *t = run->extra;
    if (t->options.method == FPT_TREND_COCHRAN_ARMITAGE &&
        run->cell[t->x] > run->cell[t->n]) {
        *slot = t->x;
        return "x is more than n; for rates give value with its limits, or "
               "--method poisson";
    }
    if (t->lower != FPTI_NONE && run->cell[t->lower] > run->cell[t->upper]) {
        *slot = t->lower;
        return "lower_95 is above upper_95";
    }
    if (t->se != FPTI_NONE && run->cell[t->se] < 0.0) {
        *slot = t->se;
        return "a standard error is negative";
    }
    return NULL;
}

/* ---- one group ---- */

struct series {
    size_t count;
    size_t *row; /* in order of time */
    fpti_period *period;
    fpti_periods kind;
    bool has_empty;
};

static fpt_status order(fpti_run *run, size_t g, struct series *s,
                        fpt_error *err)
{
    const struct trend *t = run->extra;
    fpti_batch *b = &run->batch;
    const size_t from = b->start[g], count = b->start[g + 1] - from;
    fpt_str *text = FPT_NEW(&b->arena, fpt_str, count);
    fpti_period *period = FPT_NEW(&b->arena, fpti_period, count);
    double *key = FPT_NEW(&b->arena, double, count);
    size_t *place = FPT_NEW(&b->arena, size_t, 2 * count);
    *s = (struct series){.count = count,
                         .row = FPT_NEW(&b->arena, size_t, count),
                         .period = FPT_NEW(&b->arena, fpti_period, count)};
    if (text == NULL || period == NULL || key == NULL || place == NULL ||
        s->row == NULL || s->period == NULL)
        return fpti_no_memory(err);
    for (size_t k = 0; k < count; k++)
        text[k] = b->text[t->period][fpti_row_at(b, from + k)];
    size_t bad = 0;
    s->kind = fpti_periods_read(count, text, period, &bad);
    if (s->kind == FPTI_ARE_NEITHER)
        return fpti_fail_cell(run, b->line[fpti_row_at(b, from + bad)],
                              "period", err,
                              "\"" FPT_STR_FMT "\" is no period; expected one "
                              "such as 2016/17, 2017, 2017-03 or a number",
                              FPT_STR_ARG(fpt_str_slice(text[bad], 0, 40)));
    for (size_t k = 0; k < count; k++) {
        key[k] = period[k].key;
        s->has_empty = s->has_empty || isnan(key[k]);
    }
    fpt_order_by(count, key, place, place + count);
    for (size_t k = 0; k < count; k++) {
        s->row[k] = fpti_row_at(b, from + place[k]);
        s->period[k] = period[place[k]];
    }
    return FPT_OK;
}

/* What keeps the points from being a series, or OK. */
static fpt_trend_reason series_reason(const struct series *s, size_t first,
                                      bool *good)
{
    *good = false;
    for (size_t i = first + 1; i < s->count; i++)
        if (fpti_period_same(&s->period[i - 1], &s->period[i]))
            return FPT_REASON_DUPLICATE_PERIOD;
    for (size_t i = first + 1; i < s->count; i++)
        if (fpti_periods_overlap(&s->period[i - 1], &s->period[i]))
            return FPT_REASON_OVERLAPPING;
    size_t where;
    if (fpti_period_gaps(s->kind, s->count - first, s->period + first, &where) >
        0)
        return FPT_REASON_BREAK;
    *good = true;
    return FPT_REASON_SIGNIFICANT;
}

static void put(fpti_run *run, size_t g, const fpt_trend *r, size_t points)
{
    const struct trend *t = run->extra;
    fpti_put(run, t->slope, g, r->slope);
    fpti_put(run, t->std_error, g, r->std_error);
    fpti_put(run, t->chi_squared, g, r->chi_squared);
    fpti_put(run, t->p_value, g, r->p_value);
    fpti_put_word(run, t->trend, g, fpt_trend_text(r->trend));
    fpti_put(run, t->points, g, (double)points);
    const char *reason = fpt_trend_reason_text(r->reason);
    if (r->half_added)
        reason = r->reason == FPT_REASON_OUTLIER ? "outlier;half_added"
                                                 : "significant;half_added";
    fpti_put_word(run, t->reason, g, reason);
    fpti_put_state(run, t->tail.status, g, r->state);
}

static fpt_trend_point point_at(const fpti_run *run, size_t row)
{
    const struct trend *t = run->extra;
    const fpti_batch *b = &run->batch;
    if (t->counts)
        return (fpt_trend_point){.x = b->number[t->x][row],
                                 .n = b->number[t->n][row]};
    const double error =
        t->se != FPTI_NONE
            ? b->number[t->se][row]
            : fpt_sii_standard_error(FPT_SII_NORMAL, b->number[t->lower][row],
                                     b->number[t->upper][row]);
    return (fpt_trend_point){.value = b->number[t->value][row], .error = error};
}

static fpt_status judge(fpti_run *run, size_t g, fpt_error *err)
{
    const struct trend *t = run->extra;
    const fpti_batch *b = &run->batch;
    struct series s;
    FPT_TRY(order(run, g, &s, err));
    const size_t first =
        t->last > 0 && s.count > t->last ? s.count - t->last : 0;
    const size_t points = s.count - first;
    if (points > FPT_TREND_POINTS_MOST)
        return fpti_fail_cell(run, run->groups.group[g].line, NULL, err,
                              "a series of %zu points; at most %d are judged: "
                              "give --points",
                              points, (int)FPT_TREND_POINTS_MOST);
    fpt_state cells = FPT_STATE_OK;
    fpt_trend_point *point =
        FPT_NEW(&run->batch.arena, fpt_trend_point, points);
    if (point == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < points; i++) {
        cells = fpt_state_worst(cells, b->state[s.row[first + i]]);
        point[i] = point_at(run, s.row[first + i]);
    }
    if (s.has_empty) cells = fpt_state_worst(cells, FPT_STATE_MISSING);
    fpt_trend r;
    bool good;
    const fpt_trend_reason reason = series_reason(&s, first, &good);
    fpt_trend_of(s.has_empty ? 0 : points, point, &t->options, &r);
    if (cells != FPT_STATE_OK) {
        fpt_trend_of(0, NULL, &t->options, &r);
        r.state = cells;
        r.reason = cells == FPT_STATE_INVALID ? FPT_REASON_INVALID
                                              : FPT_REASON_MISSING;
    } else if (!good && points >= t->options.least_points) {
        fpt_trend_of(0, NULL, &t->options, &r);
        r.state = FPT_STATE_TOO_FEW_ROWS;
        r.reason = reason;
    }
    put(run, g, &r, points);
    return FPT_OK;
}

static fpt_status solve(fpti_run *run, fpt_error *err)
{
    FPT_TRY(fpti_results_make(run, run->groups.count, err));
    for (size_t g = 0; g < run->groups.count; g++)
        FPT_TRY(judge(run, g, err));
    return FPT_OK;
}

const fpti_work *fpti_work_trend(void)
{
    static const fpti_work work = {
        .prepare = prepare, .fault = fault, .solve = solve};
    return &work;
}
