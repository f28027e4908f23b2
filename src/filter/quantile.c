/* quantile: which tenth of its group is a row in? */
#include "filter_i.h"

struct quantile {
    int value;
    int rank, quantile, groups;
    struct fpti_tail tail;
    fpt_quantile_options options;
};

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    struct quantile *q = FPT_NEW(run->arena, struct quantile, 1);
    if (q == NULL) return fpti_no_memory(err);
    run->extra = q;
    run->shape = FPTI_TABLE;
    run->rows_out = true;
    q->options = fpt_quantile_options_default();
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_GROUPS, 1, INT64_C(1) << 31,
                              &q->options.groups, err));
    if (fpti_is_set(run, FPTI_OPTION_INVERT) &&
        fpti_is_set(run, FPTI_OPTION_NO_INVERT))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--invert and --no-invert contradict each other");
    q->options.keep = fpti_is_set(run, FPTI_OPTION_NO_INVERT);
    q->options.field_arithmetic =
        fpti_is_set(run, FPTI_OPTION_FIELD_ARITHMETIC);
    FPT_TRY(fpti_need(run, "value", FPTI_NUMBER, &q->value, err));
    q->rank = fpti_result_add(run, "rank", FPTI_IS_NUMBER);
    q->quantile = fpti_result_add(run, "quantile", FPTI_IS_NUMBER);
    q->groups = fpti_result_add(run, "n_groups", FPTI_IS_NUMBER);
    q->tail =
        fpti_result_tail(run, q->options.keep ? "not-inverted" : "inverted");
    return FPT_OK;
}

static fpt_status solve(fpti_run *run, fpt_error *err)
{
    const struct quantile *q = run->extra;
    fpti_batch *b = &run->batch;
    FPT_TRY(fpti_results_make(run, b->rows, err));
    const double *value = fpti_in_groups(run, q->value);
    double *rank = FPT_NEW(&b->arena, double, b->rows);
    double *quantile = FPT_NEW(&b->arena, double, b->rows);
    double *work = FPT_NEW(&b->arena, double, b->rows);
    fpt_state *state = FPT_NEW(&b->arena, fpt_state, b->rows);
    size_t *order = FPT_NEW(&b->arena, size_t, 2 * b->rows);
    if (value == NULL || rank == NULL || quantile == NULL || work == NULL ||
        state == NULL || order == NULL)
        return fpti_no_memory(err);
    for (size_t g = 0; g < run->groups.count; g++) {
        const size_t from = b->start[g], count = b->start[g + 1] - from;
        if (fpt_quantile_column(count, value + from, &q->options, rank + from,
                                quantile + from, state + from, work,
                                order) != FPT_OK)
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%s: a group has more than 2^31 rows",
                            run->input_name);
    }
    for (size_t k = 0; k < b->rows; k++) {
        const size_t i = fpti_row_at(b, k);
        fpt_state s = fpt_state_worst(state[k], b->state[i]);
        /* A value that was suppressed is missing for a reason. */
        if (b->state[i] != FPT_STATE_OK) s = b->state[i];
        fpti_put(run, q->rank, i, rank[k]);
        fpti_put(run, q->quantile, i, quantile[k]);
        fpti_put(run, q->groups, i, (double)q->options.groups);
        fpti_put_state(run, q->tail.status, i, s);
    }
    return FPT_OK;
}

const fpti_work *fpti_work_quantile(void)
{
    static const fpti_work work = {.prepare = prepare, .solve = solve};
    return &work;
}
