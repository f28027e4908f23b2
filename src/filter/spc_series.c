/* Points in order of time, phases, and the kernel's answers back in their rows. */
#include "spc_i.h"

enum { WARN_POINTS = 13, NOTES_MOST = 20 };

/* All series of the batch, one behind the other in order of time. */
struct points {
    size_t rows;
    size_t *row; /* where each stands in the batch */
    double *x, *n, *target;
    bool *rebase, *exclude;
};

static bool make_points(fpti_run *run, struct points *p)
{
    fpt_arena *arena = &run->batch.arena;
    p->rows = run->batch.rows;
    p->row = FPT_NEW(arena, size_t, p->rows);
    p->x = FPT_NEW(arena, double, p->rows);
    p->n = FPT_NEW(arena, double, p->rows);
    p->target = FPT_NEW(arena, double, p->rows);
    p->rebase = FPT_NEW(arena, bool, p->rows);
    p->exclude = FPT_NEW(arena, bool, p->rows);
    return p->row != NULL && p->x != NULL && p->n != NULL &&
           p->target != NULL && p->rebase != NULL && p->exclude != NULL;
}

static fpt_status note_gaps(fpti_run *run, size_t g, fpti_periods kind,
                            size_t count, const fpti_period *period,
                            const size_t *row, fpt_error *err)
{
    struct fpti_spc *s = run->extra;
    size_t first = 0;
    (void)err;
    if (s->options.chart == FPT_SPC_G || s->options.chart == FPT_SPC_T)
        return FPT_OK;
    const size_t gaps = fpti_period_gaps(kind, count, period, &first);
    if (gaps == 0 || s->gap_series++ >= NOTES_MOST) return FPT_OK;
    char name[128];
    const fpt_str *text = run->batch.text[s->period];
    return fpti_note(run, FPT_WARNING, "gap",
                     "%s: %zu %s between points, the first between " FPT_STR_FMT
                     " and " FPT_STR_FMT,
                     fpti_group_name(run, g, name, sizeof name), gaps,
                     gaps == 1 ? "gap" : "gaps",
                     FPT_STR_ARG(text[row[first - 1]]),
                     FPT_STR_ARG(text[row[first]]));
}

/* Two points of one period: INVALID, but for events, which may share a day. */
static fpt_status check_repeats(fpti_run *run, size_t g, size_t count,
                                const fpti_period *period, const size_t *row,
                                fpt_error *err)
{
    const struct fpti_spc *s = run->extra;
    if (s->options.chart == FPT_SPC_G || s->options.chart == FPT_SPC_T)
        return FPT_OK;
    for (size_t i = 1; i < count; i++) {
        if (!fpti_period_same(&period[i - 1], &period[i])) continue;
        char name[128];
        FPT_TRY(fpti_invalid(run, run->batch.line[row[i]], "period", err,
                             "%s has two points for " FPT_STR_FMT
                             "; say in --by what tells its series apart",
                             fpti_group_name(run, g, name, sizeof name),
                             FPT_STR_ARG(run->batch.text[s->period][row[i]])));
        run->batch.state[row[i]] = FPT_STATE_INVALID;
    }
    return FPT_OK;
}

/* The first point at or after each date begins a phase. */
static void mark_rebase(const fpti_run *run, fpti_periods kind, size_t count,
                        const fpti_period *period, bool *rebase)
{
    const struct fpti_spc *s = run->extra;
    for (size_t k = 0; k < s->rebase_count; k++) {
        const double at =
            kind == FPTI_ARE_NUMBERS ? s->rebase[k].number : s->rebase[k].day;
        for (size_t i = 0; i < count; i++) {
            if (!(period[i].key >= at)) continue;
            rebase[i] = true;
            break;
        }
    }
}

static fpt_status order(fpti_run *run, size_t g, struct points *p,
                        fpt_error *err)
{
    const struct fpti_spc *s = run->extra;
    fpti_batch *b = &run->batch;
    const size_t from = b->start[g], count = b->start[g + 1] - from;
    fpt_str *text = FPT_NEW(&b->arena, fpt_str, count);
    fpti_period *period = FPT_NEW(&b->arena, fpti_period, 2 * count);
    double *key = FPT_NEW(&b->arena, double, count);
    size_t *place = FPT_NEW(&b->arena, size_t, 2 * count);
    if (text == NULL || period == NULL || key == NULL || place == NULL)
        return fpti_no_memory(err);
    for (size_t k = 0; k < count; k++)
        text[k] = b->text[s->period][fpti_row_at(b, from + k)];
    size_t bad = 0;
    const fpti_periods kind = fpti_periods_read(count, text, period, &bad);
    if (kind == FPTI_ARE_NEITHER)
        return fpti_fail_cell(
            run, b->line[fpti_row_at(b, from + bad)], "period", err,
            "\"" FPT_STR_FMT "\" is no period; expected one such as 2018-04, "
            "2018-W05, 2018-04-03, 2017/18 or a number",
            FPT_STR_ARG(fpt_str_slice(text[bad], 0, 40)));
    for (size_t k = 0; k < count; k++) {
        key[k] = period[k].key;
        if (isnan(key[k]))
            return fpti_fail_cell(run, b->line[fpti_row_at(b, from + k)],
                                  "period", err,
                                  "is empty; a point without a period has no "
                                  "place in the series");
    }
    fpt_order_by(count, key, place, place + count);
    fpti_period *sorted = period + count;
    for (size_t k = 0; k < count; k++) {
        p->row[from + k] = fpti_row_at(b, from + place[k]);
        sorted[k] = period[place[k]];
    }
    FPT_TRY(check_repeats(run, g, count, sorted, p->row + from, err));
    mark_rebase(run, kind, count, sorted, p->rebase + from);
    return note_gaps(run, g, kind, count, sorted, p->row + from, err);
}

static void gather(const fpti_run *run, struct points *p)
{
    const struct fpti_spc *s = run->extra;
    const fpti_batch *b = &run->batch;
    for (size_t k = 0; k < p->rows; k++) {
        const size_t i = p->row[k];
        const bool usable = b->state[i] == FPT_STATE_OK;
        p->x[k] = usable ? b->number[s->x][i] : (double)NAN;
        p->n[k] = s->n != FPTI_NONE ? b->number[s->n][i] : (double)NAN;
        p->target[k] =
            s->target != FPTI_NONE ? b->number[s->target][i] : s->one_target;
        if (s->rebase_in != FPTI_NONE && b->number[s->rebase_in][i] == 1.0)
            p->rebase[k] = true;
        if (s->exclude != FPTI_NONE && b->number[s->exclude][i] == 1.0)
            p->exclude[k] = true;
    }
}

static bool make_columns(fpti_run *run, size_t rows, fpt_spc_columns *c)
{
    fpt_arena *arena = &run->batch.arena;
    double **const numbers[] = {
        &c->value,        &c->centre,        &c->lower,
        &c->upper,        &c->lower_warning, &c->upper_warning,
        &c->moving_range, &c->longest_run,   &c->longest_run_max,
        &c->crossings,    &c->crossings_min};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if ((*numbers[i] = FPT_NEW(arena, double, rows)) == NULL) return false;
    fpt_spc_answer **const answers[] = {&c->outside, &c->run, &c->trend,
                                        &c->two_in_three, &c->runs_signal};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if ((*answers[i] = FPT_NEW(arena, fpt_spc_answer, rows)) == NULL)
            return false;
    c->phase = FPT_NEW(arena, int32_t, rows);
    c->cause = FPT_NEW(arena, fpt_spc_cause, rows);
    c->variation = FPT_NEW(arena, fpt_spc_variation, rows);
    c->variation_icon = FPT_NEW(arena, fpt_spc_variation, rows);
    c->assurance_icon = FPT_NEW(arena, fpt_spc_assurance, rows);
    c->state = FPT_NEW(arena, fpt_state, rows);
    return c->phase != NULL && c->cause != NULL && c->variation != NULL &&
           c->variation_icon != NULL && c->assurance_icon != NULL &&
           c->state != NULL;
}

static void put(fpti_run *run, size_t i, size_t k, const fpt_spc_columns *c)
{
    const struct fpti_spc *s = run->extra;
    const struct fpti_spc_out *o = &s->out;
    fpti_put(run, o->phase, i, c->phase[k]);
    fpti_put(run, o->value, i, c->value[k]);
    fpti_put(run, o->centre, i, c->centre[k]);
    fpti_put(run, o->lower, i, c->lower[k]);
    fpti_put(run, o->upper, i, c->upper[k]);
    fpti_put(run, o->lower_warning, i, c->lower_warning[k]);
    fpti_put(run, o->upper_warning, i, c->upper_warning[k]);
    fpti_put(run, o->range, i, c->moving_range[k]);
    fpti_put_flag(run, o->outside, i, c->outside[k]);
    fpti_put_flag(run, o->run, i, c->run[k]);
    fpti_put_flag(run, o->trend, i, c->trend[k]);
    fpti_put_flag(run, o->two, i, c->two_in_three[k]);
    fpti_put_word(run, o->cause, i, fpt_spc_cause_word(c->cause[k]));
    fpti_put_word(run, o->variation, i,
                  fpt_spc_variation_word(c->variation[k]));
    fpti_put(run, o->longest, i, c->longest_run[k]);
    fpti_put(run, o->longest_max, i, c->longest_run_max[k]);
    fpti_put(run, o->crossings, i, c->crossings[k]);
    fpti_put(run, o->crossings_min, i, c->crossings_min[k]);
    fpti_put_flag(run, o->signal, i, c->runs_signal[k]);
    fpti_put_word(run, o->variation_icon, i,
                  fpt_spc_variation_word(c->variation_icon[k]));
    fpti_put_word(run, o->assurance_icon, i,
                  fpt_spc_assurance_word(c->assurance_icon[k]));
    fpti_put_state(run, o->tail.status, i,
                   fpt_state_worst(run->batch.state[i], c->state[k]));
}

/* Where runs that last to the end of a phase began: a person decides. */
static fpt_status propose(fpti_run *run, size_t g, const struct points *p,
                          const fpt_spc_columns *c)
{
    const struct fpti_spc *s = run->extra;
    const fpti_batch *b = &run->batch;
    const size_t from = b->start[g], to = b->start[g + 1];
    for (size_t end = from; end < to; end++) {
        const bool last = end + 1 == to || c->phase[end + 1] != c->phase[end];
        if (!last || c->run[end] != 1) continue;
        const bool above = c->value[end] > c->centre[end];
        size_t first = end;
        for (size_t k = end; k-- > from && c->phase[k] == c->phase[end];) {
            if (isnan(c->value[k])) continue;
            if (c->run[k] != 1 || (c->value[k] > c->centre[k]) != above) break;
            first = k;
        }
        char name[128];
        FPT_TRY(fpti_note(
            run, FPT_NOTE, "step-change",
            "%s: a step change may have begun at " FPT_STR_FMT
            ": every point from there to " FPT_STR_FMT
            " is on one side of the centre; if its cause is known, --rebase "
            "there",
            fpti_group_name(run, g, name, sizeof name),
            FPT_STR_ARG(b->text[s->period][p->row[first]]),
            FPT_STR_ARG(b->text[s->period][p->row[end]])));
    }
    return FPT_OK;
}

static void count_short(fpti_run *run, const fpt_spc_columns *c)
{
    struct fpti_spc *s = run->extra;
    const fpti_batch *b = &run->batch;
    for (size_t g = 0; g < run->groups.count; g++) {
        size_t points = 0;
        for (size_t k = b->start[g]; k < b->start[g + 1]; k++)
            points += isnan(c->value[k]) ? 0 : 1;
        s->short_series += points < WARN_POINTS ? 1 : 0;
    }
}

fpt_status fpti_spc_solve(fpti_run *run, fpt_error *err)
{
    const struct fpti_spc *s = run->extra;
    fpti_batch *b = &run->batch;
    FPT_TRY(fpti_results_make(run, b->rows, err));
    struct points p;
    fpt_spc_columns c;
    double *work = FPT_NEW(&b->arena, double, fpt_spc_work(b->rows));
    size_t *space = FPT_NEW(&b->arena, size_t, fpt_spc_order(b->rows));
    if (work == NULL || space == NULL || !make_points(run, &p) ||
        !make_columns(run, b->rows, &c))
        return fpti_no_memory(err);
    for (size_t g = 0; g < run->groups.count; g++)
        FPT_TRY(order(run, g, &p, err));
    gather(run, &p);
    const fpt_spc_input input = {.x = p.x,
                                 .n = s->n != FPTI_NONE && !s->n_unused ? p.n
                                                                        : NULL,
                                 .target = p.target,
                                 .rebase = p.rebase,
                                 .exclude = p.exclude};
    FPT_TRY(fpt_spc_column(run->groups.count, b->start, &input, &s->options, &c,
                           run->threads, work, space));
    for (size_t k = 0; k < b->rows; k++)
        put(run, p.row[k], k, &c);
    count_short(run, &c);
    for (size_t g = 0;
         g < run->groups.count && fpti_is_set(run, FPTI_OPTION_PROPOSE); g++)
        FPT_TRY(propose(run, g, &p, &c));
    return FPT_OK;
}

fpt_status fpti_spc_end(fpti_run *run, fpt_error *err)
{
    const struct fpti_spc *s = run->extra;
    (void)err;
    if (s->gap_series > NOTES_MOST)
        FPT_TRY(fpti_note(run, FPT_WARNING, "gap", "%zu more series have gaps",
                          s->gap_series - NOTES_MOST));
    if (s->short_series == 0 || s->options.least_points > 0) return FPT_OK;
    return fpti_note(run, FPT_WARNING, "short-series",
                     "%zu %s fewer than %d points: limits are drawn, but are "
                     "not to be relied on",
                     s->short_series,
                     s->short_series == 1 ? "series has" : "series have",
                     (int)WARN_POINTS);
}
