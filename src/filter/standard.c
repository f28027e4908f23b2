/* dsr: directly standardised rates of groups. */
#include <inttypes.h>

#include "filter_i.h"

struct dsr {
    int x, n, w, f, band; /* slots, and a text */
    int numerator, denominator, value, limits, variance, multiplier;
    struct fpti_tail tail;
    fpt_dsr_options options;
    fpt_intern bands;
    /* Of the first group with a rate; and of the first that differs from it. */
    double standard, other;
    int64_t standard_line, other_line;
};

/* A row that has been seen: its band and frequency, which no other row of the
 * group may have, with what other rows of the band must carry too. */
struct band {
    uint32_t id;
    double f, n, w;
    int64_t line;
};

struct state {
    fpt_dsr_sums sums;
    fpt_state state;
    bool x_lost, n_lost;
    double assumed;
    struct band *band;
    size_t count, capacity;
    uint32_t highest; /* id + 1 */
};

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    struct dsr *d = FPT_NEW(run->arena, struct dsr, 1);
    if (d == NULL) return fpti_no_memory(err);
    run->extra = d;
    run->shape = FPTI_SUMS;
    d->options = fpt_dsr_options_default();
    d->bands = fpt_intern_make(run->arena);
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_option_multiplier(run, 100000.0, false, &d->options.multiplier,
                                   err));
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_MIN_EVENTS, 0.0, 1e15,
                               &d->options.min_events, err));
    d->options.level_count = run->level_count;
    d->options.level = run->level;
    FPT_TRY(fpti_need(run, "x", FPTI_COUNT, &d->x, err));
    FPT_TRY(fpti_need(run, "n", FPTI_COUNT, &d->n, err));
    FPT_TRY(fpti_need(run, "stdpop", FPTI_COUNT, &d->w, err));
    FPT_TRY(fpti_may_need(run, "event_frequency", FPTI_COUNT, &d->f, err));
    FPT_TRY(fpti_may_need_text(run, "age_band", &d->band, err));
    if (d->f != FPTI_NONE && d->band == FPTI_NONE)
        return fpti_fail_cell(run, 1, NULL, err,
                              "event_frequency needs age_band: rows of one "
                              "band must be known to belong together");
    if (fpti_is_set(run, FPTI_OPTION_MISSING_AS_ZERO)) run->zero_slot = d->x;
    d->numerator = fpti_result_add(run, "numerator", FPTI_IS_NUMBER);
    d->denominator = fpti_result_add(run, "denominator", FPTI_IS_NUMBER);
    d->value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    d->limits = fpti_result_limits(run, "");
    d->variance = fpti_result_add(run, "variance", FPTI_IS_NUMBER);
    d->multiplier = fpti_result_add(run, "multiplier", FPTI_IS_NUMBER);
    d->tail = fpti_result_tail(
        run, d->f != FPTI_NONE ? "dobson-byar-nonindependent" : "dobson-byar");
    return FPT_OK;
}

/* The current row among those of its group: a new entry, *earlier the one of the
 * same band, NULL when the band is new, and *same the one that has the frequency
 * too. NULL: no memory. */
static struct band *find_band(fpti_run *run, struct state *s, double f,
                              struct band **earlier, struct band **same)
{
    struct dsr *d = run->extra;
    *earlier = *same = NULL;
    size_t like = SIZE_MAX, twice = SIZE_MAX;
    const uint32_t id = fpt_intern_add(&d->bands, run->cell_text[d->band]);
    if (id == FPT_INTERN_NONE) return NULL;
    /* Bands mostly come in the order in which the first group had them. */
    for (size_t i = 0; i < s->count && id < s->highest; i++) {
        if (s->band[i].id != id) continue;
        if (like == SIZE_MAX) like = i;
        if (s->band[i].f == f) twice = i;
    }
    if (s->count == s->capacity) {
        const size_t larger = s->capacity == 0 ? 24 : 2 * s->capacity;
        struct band *grown =
            fpti_group_memory(run, larger, sizeof(struct band));
        if (grown == NULL) return NULL;
        if (s->count > 0) memcpy(grown, s->band, s->count * sizeof *grown);
        s->band = grown;
        s->capacity = larger;
    }
    if (like != SIZE_MAX) *earlier = &s->band[like];
    if (twice != SIZE_MAX) *same = &s->band[twice];
    if (id + 1 > s->highest) s->highest = id + 1;
    s->band[s->count] =
        (struct band){id, f, (double)NAN, (double)NAN, run->line};
    return &s->band[s->count++];
}

/* Rows of one band must say the same of it. */
static fpt_status match_band(fpti_run *run, struct state *s,
                             const struct band *band, fpt_error *err)
{
    const struct dsr *d = run->extra;
    const double n = run->cell[d->n], w = run->cell[d->w];
    const bool n_differs = !isnan(n) && !isnan(band->n) && n != band->n;
    const bool w_differs = !isnan(w) && !isnan(band->w) && w != band->w;
    if (!n_differs && !w_differs) return FPT_OK;
    s->state = FPT_STATE_INVALID;
    if (n_differs) s->n_lost = true;
    return fpti_invalid(run, run->line, n_differs ? "n" : "stdpop", err,
                        "%.17g, but %.17g on an earlier row of the same "
                        "age_band and group; two bands need two names, and a "
                        "grouping by sex or area needs it in --by",
                        n_differs ? n : w, n_differs ? band->n : band->w);
}

/* A row that stands twice would count its people once and its events twice. */
static fpt_status refuse_twice(fpti_run *run, struct state *s,
                               const struct band *same, fpt_error *err)
{
    const struct dsr *d = run->extra;
    s->state = FPT_STATE_INVALID;
    return fpti_invalid(
        run, run->line, "age_band", err,
        "the group has this age_band%s on line %" PRId64
        " already; sum its rows first, or say in --by what tells them apart",
        d->f != FPTI_NONE ? " and event_frequency" : "", same->line);
}

static fpt_status look_at_band(fpti_run *run, struct state *s, double f,
                               bool *first, fpt_error *err)
{
    const struct dsr *d = run->extra;
    const double n = run->cell[d->n], w = run->cell[d->w];
    struct band *earlier, *same;
    struct band *here = find_band(run, s, f, &earlier, &same);
    if (here == NULL) return fpti_no_memory(err);
    *first = earlier == NULL;
    struct band *band = earlier == NULL ? here : earlier;
    FPT_TRY(match_band(run, s, band, err));
    if (same != NULL) FPT_TRY(refuse_twice(run, s, same, err));
    if (!isnan(n)) band->n = n;
    if (!isnan(w)) band->w = w;
    return FPT_OK;
}

static fpt_status add(fpti_run *run, void *state, fpt_error *err)
{
    const struct dsr *d = run->extra;
    struct state *s = state;
    const double x = run->cell[d->x], n = run->cell[d->n];
    const double w = run->cell[d->w];
    const double f = d->f != FPTI_NONE ? run->cell[d->f] : 1.0;
    bool first = true;
    s->state = fpt_state_worst(s->state, run->row_state);
    if (run->assumed_slot != FPTI_NONE)
        s->assumed += run->cell[run->assumed_slot];
    if (d->band != FPTI_NONE) FPT_TRY(look_at_band(run, s, f, &first, err));
    /* Cells that are there are in range: only n may still be 0. */
    if (run->row_state == FPT_STATE_OK && n > 0.0) {
        fpt_dsr_add_repeats(&s->sums, x, f, n, w, first);
        return FPT_OK;
    }
    const fpt_state row = fpt_dsr_state(x, n, w);
    /* No rate any more, but counts and populations where they are known. */
    s->state = fpt_state_worst(s->state, row);
    if (isnan(x) || isnan(f))
        s->x_lost = true;
    else
        fpt_sum_add(&s->sums.events, f * x);
    if (isnan(n))
        s->n_lost = true;
    else if (first)
        fpt_sum_add(&s->sums.people, n);
    return FPT_OK;
}

/* A standard population that adds up to another total is another standard, or
 * lacks a band: then the rates may not be compared. */
static void compare_standard(struct dsr *d, double standard, int64_t line)
{
    if (d->standard_line == 0) {
        d->standard = standard;
        d->standard_line = line;
    } else if (d->other_line == 0 &&
               fabs(standard - d->standard) > 1e-9 * d->standard) {
        d->other = standard;
        d->other_line = line;
    }
}

static fpt_status finish(fpti_run *run, void *state, size_t at, fpt_error *err)
{
    struct dsr *d = run->extra;
    struct state *s = state;
    fpt_dsr result;
    fpt_limits limits[FPT_LEVELS_MOST];
    fpt_dsr_finish(&s->sums, s->state, &d->options, &result, limits);
    if (result.state == FPT_STATE_INVALID && s->state != FPT_STATE_INVALID) {
        char name[128];
        const fpti_group *group = &run->groups.group[at];
        FPT_TRY(fpti_invalid(run, group->line, "stdpop", err,
                             "the standard population of %s is 0 in all bands, "
                             "or numbers overflow",
                             fpti_group_name(run, at, name, sizeof name)));
    }
    if (s->state == FPT_STATE_OK)
        compare_standard(d, fpt_sum_value(s->sums.weight),
                         run->groups.group[at].line);
    const double none = (double)NAN;
    fpti_put(run, d->numerator, at, s->x_lost ? none : result.numerator);
    fpti_put(run, d->denominator, at, s->n_lost ? none : result.denominator);
    fpti_put(run, d->value, at, result.value);
    fpti_put_limits(run, d->limits, at, limits);
    fpti_put(run, d->variance, at, result.variance);
    fpti_put(run, d->multiplier, at, d->options.multiplier);
    if (d->tail.assumed != FPTI_NONE)
        fpti_put(run, d->tail.assumed, at, s->assumed);
    fpti_put_state(run, d->tail.status, at, result.state);
    return FPT_OK;
}

static fpt_status end(fpti_run *run, fpt_error *err)
{
    const struct dsr *d = run->extra;
    (void)err;
    if (d->other_line == 0) return FPT_OK;
    return fpti_note(run, FPT_WARNING, "standard-differs",
                     "the standard population adds up to %.17g in the group "
                     "that begins on line %" PRId64 ", but to %.17g in that of "
                     "line %" PRId64 ": an age band is not there, or the "
                     "standard is another; such rates cannot be compared",
                     d->other, d->other_line, d->standard, d->standard_line);
}

const fpti_work *fpti_work_dsr(void)
{
    static const fpti_work work = {.prepare = prepare,
                                   .state_bytes = sizeof(struct state),
                                   .add = add,
                                   .finish = finish,
                                   .end = end};
    return &work;
}
