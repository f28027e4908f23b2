/* mean: of groups, with Student's limits. */
#include "filter_i.h"

struct mean {
    int x;
    int numerator, denominator, value, std_dev, limits;
    struct fpti_tail tail;
};

struct state {
    fpt_moments moments;
    fpt_state state;
    double missing;
};

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    struct mean *m = FPT_NEW(run->arena, struct mean, 1);
    if (m == NULL) return fpti_no_memory(err);
    run->extra = m;
    run->shape = FPTI_SUMS;
    run->skip_missing = fpti_is_set(run, FPTI_OPTION_SKIP_MISSING);
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_need(run, "x", FPTI_NUMBER, &m->x, err));
    m->numerator = fpti_result_add(run, "numerator", FPTI_IS_NUMBER);
    m->denominator = fpti_result_add(run, "denominator", FPTI_IS_NUMBER);
    m->value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    m->std_dev = fpti_result_add(run, "std_dev", FPTI_IS_NUMBER);
    m->limits = fpti_result_limits(run, "");
    m->tail = fpti_result_tail(run, "student-t");
    return FPT_OK;
}

static fpt_status add(fpti_run *run, void *state, fpt_error *err)
{
    (void)err;
    const struct mean *m = run->extra;
    struct state *s = state;
    if (run->skip_missing && run->row_state == FPT_STATE_MISSING) {
        s->missing++;
        return FPT_OK;
    }
    s->state = fpt_state_worst(s->state, run->row_state);
    if (s->state == FPT_STATE_OK) fpt_moments_add(&s->moments, run->cell[m->x]);
    return FPT_OK;
}

static fpt_status finish(fpti_run *run, void *state, size_t at, fpt_error *err)
{
    const struct mean *m = run->extra;
    const struct state *s = state;
    fpt_mean r;
    fpt_limits limits[FPT_LEVELS_MOST];
    fpt_mean_finish(&s->moments, s->state, run->level_count, run->level, &r,
                    limits);
    if (r.state == FPT_STATE_INVALID && s->state != FPT_STATE_INVALID) {
        char name[128];
        FPT_TRY(fpti_invalid(run, run->groups.group[at].line, "x", err,
                             "the numbers of %s are too large to be summed",
                             fpti_group_name(run, at, name, sizeof name)));
    }
    fpti_put(run, m->numerator, at, r.numerator);
    fpti_put(run, m->denominator, at, r.denominator);
    fpti_put(run, m->value, at, r.value);
    fpti_put(run, m->std_dev, at, r.std_dev);
    fpti_put_limits(run, m->limits, at, limits);
    if (m->tail.missing != FPTI_NONE)
        fpti_put(run, m->tail.missing, at, s->missing);
    fpti_put_state(run, m->tail.status, at, r.state);
    return FPT_OK;
}

const fpti_work *fpti_work_mean(void)
{
    static const fpti_work work = {.prepare = prepare,
                                   .state_bytes = sizeof(struct state),
                                   .add = add,
                                   .finish = finish};
    return &work;
}
