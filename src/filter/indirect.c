/* isr and smr: what groups saw over what a reference would give. */
#include "filter_i.h"

struct indirect {
    bool is_rate, given; /* `given`: expected counts come in a column */
    bool one_total;      /* x is the group's total, not a band's */
    int x, n, ref_x, ref_n, expected_in;
    int numerator, denominator, expected, ref_rate, value, limits, multiplier;
    struct fpti_tail tail;
    fpt_rate_options options;
    /* The first group's reference, to which the others are held. */
    bool has_reference, differs;
    double ref_events, ref_people;
};

struct state {
    fpt_indirect_sums sums;
    fpt_sum expected;
    fpt_state state;
    bool x_lost, n_lost, expected_lost;
    double assumed;
    double total; /* by one_total; has_total when a row gave it */
    bool has_total;
};

static fpt_status columns(fpti_run *run, struct indirect *d, fpt_error *err)
{
    FPT_TRY(fpti_need(run, "x", FPTI_COUNT, &d->x, err));
    d->given = !d->is_rate && fpti_has_column(run, "expected") &&
               !(fpti_has_column(run, "n") && fpti_has_column(run, "ref_x") &&
                 fpti_has_column(run, "ref_n"));
    if (d->given)
        return fpti_need(run, "expected", FPTI_COUNT, &d->expected_in, err);
    FPT_TRY(fpti_need(run, "n", FPTI_COUNT, &d->n, err));
    FPT_TRY(fpti_need(run, "ref_x", FPTI_COUNT, &d->ref_x, err));
    return fpti_need(run, "ref_n", FPTI_COUNT, &d->ref_n, err);
}

static fpt_status prepare_common(fpti_run *run, bool is_rate, fpt_error *err)
{
    struct indirect *d = FPT_NEW(run->arena, struct indirect, 1);
    if (d == NULL) return fpti_no_memory(err);
    run->extra = d;
    run->shape = FPTI_SUMS;
    d->is_rate = is_rate;
    d->options = fpt_rate_options_default();
    static const char *const rules[] = {"field", "exact", NULL};
    int rule = 0;
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_METHOD, rules, &rule, err));
    d->options.rule = rule == 0 ? FPT_COUNT_FIELD : FPT_COUNT_EXACT;
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_option_multiplier(run, is_rate ? 100000.0 : 1.0, false,
                                   &d->options.multiplier, err));
    d->options.level_count = run->level_count;
    d->options.level = run->level;
    FPT_TRY(columns(run, d, err));
    d->one_total = fpti_is_set(run, FPTI_OPTION_OBSERVED_TOTAL);
    run->slot[d->x].optional = d->one_total;
    if (fpti_is_set(run, FPTI_OPTION_MISSING_AS_ZERO)) {
        if (d->one_total)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--missing-as-zero and --observed-total contradict "
                            "each other");
        run->zero_slot = d->x;
    }
    d->numerator = fpti_result_add(run, "numerator", FPTI_IS_NUMBER);
    if (is_rate)
        d->denominator = fpti_result_add(run, "denominator", FPTI_IS_NUMBER);
    d->expected = fpti_result_add(run, "expected", FPTI_IS_NUMBER);
    if (is_rate) d->ref_rate = fpti_result_add(run, "ref_rate", FPTI_IS_NUMBER);
    d->value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    d->limits = fpti_result_limits(run, "");
    d->multiplier = fpti_result_add(run, "multiplier", FPTI_IS_NUMBER);
    d->tail = fpti_result_tail(run, NULL);
    return FPT_OK;
}

static fpt_status prepare_isr(fpti_run *run, fpt_error *err)
{
    return prepare_common(run, true, err);
}

static fpt_status prepare_smr(fpti_run *run, fpt_error *err)
{
    return prepare_common(run, false, err);
}

/* x on one row, or the same on all. */
static fpt_status take_total(fpti_run *run, struct state *s, double x,
                             fpt_error *err)
{
    if (isnan(x)) return FPT_OK;
    if (s->has_total && s->total != x) {
        s->state = FPT_STATE_INVALID;
        s->x_lost = true;
        return fpti_invalid(run, run->line, "x", err,
                            "%.17g, but %.17g on an earlier row of the group; "
                            "with --observed-total x is one total for all",
                            x, s->total);
    }
    s->total = x;
    s->has_total = true;
    return FPT_OK;
}

static fpt_status add(fpti_run *run, void *state, fpt_error *err)
{
    const struct indirect *d = run->extra;
    struct state *s = state;
    const double x = run->cell[d->x];
    s->state = fpt_state_worst(s->state, run->row_state);
    if (run->assumed_slot != FPTI_NONE)
        s->assumed += run->cell[run->assumed_slot];
    if (d->one_total)
        FPT_TRY(take_total(run, s, x, err));
    else if (isnan(x))
        s->x_lost = true;
    const double events = d->one_total || isnan(x) ? 0.0 : x;
    if (d->given) {
        const double expected = run->cell[d->expected_in];
        if (isnan(expected))
            s->expected_lost = true;
        else
            fpt_sum_add(&s->expected, expected);
        fpt_sum_add(&s->sums.events, events);
        return FPT_OK;
    }
    const double n = run->cell[d->n];
    const double rx = run->cell[d->ref_x], rn = run->cell[d->ref_n];
    const fpt_state row = fpt_indirect_state(events, n, rx, rn);
    if (row == FPT_STATE_OK) {
        fpt_indirect_add(&s->sums, events, n, rx, rn);
        return FPT_OK;
    }
    s->state = fpt_state_worst(s->state, row);
    s->expected_lost = true;
    fpt_sum_add(&s->sums.events, events);
    if (isnan(n))
        s->n_lost = true;
    else
        fpt_sum_add(&s->sums.people, n);
    return FPT_OK;
}

/* Groups of other bands have another reference rate: not to be compared. */
static void hold_to_reference(struct indirect *d, const struct state *s)
{
    const double events = fpt_sum_value(s->sums.ref_events);
    const double people = fpt_sum_value(s->sums.ref_people);
    if (!d->has_reference) {
        d->has_reference = true;
        d->ref_events = events;
        d->ref_people = people;
    } else if (d->ref_events != events || d->ref_people != people) {
        d->differs = true;
    }
}

static fpt_status finish(fpti_run *run, void *state, size_t at, fpt_error *err)
{
    struct indirect *d = run->extra;
    struct state *s = state;
    if (d->one_total) {
        if (s->has_total)
            fpt_sum_add(&s->sums.events, s->total);
        else
            s->x_lost = true;
        if (!s->has_total)
            s->state = fpt_state_worst(s->state, FPT_STATE_MISSING);
    }
    fpt_indirect r;
    fpt_limits limits[FPT_LEVELS_MOST];
    if (d->is_rate)
        fpt_isr_finish(&s->sums, s->state, &d->options, &r, limits);
    else
        fpt_smr_finish(fpt_sum_value(s->sums.events),
                       fpt_sum_value(d->given ? s->expected : s->sums.expected),
                       s->state, &d->options, &r, limits);
    if (!d->given && s->state == FPT_STATE_OK) hold_to_reference(d, s);
    if (r.state == FPT_STATE_INVALID && s->state != FPT_STATE_INVALID) {
        char name[128];
        FPT_TRY(
            fpti_invalid(run, run->groups.group[at].line, NULL, err,
                         "the expected count of %s is too small to divide by",
                         fpti_group_name(run, at, name, sizeof name)));
    }
    const double none = (double)NAN;
    const double events = s->x_lost ? none : r.numerator;
    fpti_put(run, d->numerator, at, events);
    fpti_put(run, d->expected, at, s->expected_lost ? none : r.expected);
    if (d->is_rate) {
        fpti_put(run, d->denominator, at, s->n_lost ? none : r.denominator);
        fpti_put(run, d->ref_rate, at, s->expected_lost ? none : r.ref_rate);
    }
    fpti_put(run, d->value, at, r.value);
    fpti_put_limits(run, d->limits, at, limits);
    fpti_put(run, d->multiplier, at, d->options.multiplier);
    if (d->tail.assumed != FPTI_NONE)
        fpti_put(run, d->tail.assumed, at, s->assumed);
    if (!isnan(events))
        fpti_put_word(run, d->tail.method, at,
                      fpt_count_method(events, d->options.rule));
    fpti_put_state(run, d->tail.status, at, r.state);
    return FPT_OK;
}

static fpt_status end(fpti_run *run, fpt_error *err)
{
    const struct indirect *d = run->extra;
    (void)err;
    if (!d->differs) return FPT_OK;
    return fpti_note(run, FPT_WARNING, "reference-differs",
                     "groups carry different references (other bands or other "
                     "ref_x, ref_n): their results cannot be compared with one "
                     "another");
}

const fpti_work *fpti_work_isr(void)
{
    static const fpti_work work = {.prepare = prepare_isr,
                                   .state_bytes = sizeof(struct state),
                                   .add = add,
                                   .finish = finish,
                                   .end = end};
    return &work;
}

const fpti_work *fpti_work_smr(void)
{
    static const fpti_work work = {.prepare = prepare_smr,
                                   .state_bytes = sizeof(struct state),
                                   .add = add,
                                   .finish = finish,
                                   .end = end};
    return &work;
}
