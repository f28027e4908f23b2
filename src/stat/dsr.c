/*
 * Direct standardisation. The loop over bands adds five compensated sums and
 * looks at nothing: thirteen million bands must pass at the speed of memory. A
 * band that is wrong leaves its mark: NaN and infinity (0 people, missing) pass
 * into a sum, a negative number into the sign bits. Only then are the bands of
 * that group looked at one by one.
 */
#include "fpt/standardise.h"

enum { BLOCK_GROUPS = 1 << 11 };

fpt_dsr_options fpt_dsr_options_default(void)
{
    return (fpt_dsr_options){.struct_size = sizeof(fpt_dsr_options),
                             .multiplier = 100000.0,
                             .min_events = 10.0};
}

fpt_state fpt_dsr_state(double x, double n, double w)
{
    if (x < 0.0 || n < 0.0 || w < 0.0 || x > FPT_MOST_COUNT ||
        n > FPT_MOST_COUNT || w > FPT_MOST_COUNT)
        return FPT_STATE_INVALID;
    if (isnan(x) || isnan(n) || isnan(w)) return FPT_STATE_MISSING;
    return n == 0.0 ? FPT_STATE_ZERO_DENOMINATOR : FPT_STATE_OK;
}

static double count_or_none(fpt_sum sum)
{
    const double value = fpt_sum_value(sum);
    return value >= 0.0 && value <= FPT_MOST_COUNT ? value : (double)NAN;
}

/* Value, variance and limits when every band is good. */
static fpt_state rate_of(const fpt_dsr_sums *sums,
                         const fpt_dsr_options *options, fpt_dsr *out,
                         fpt_limits *limits)
{
    const double events = fpt_sum_value(sums->events);
    const double weight = fpt_sum_value(sums->weight);
    if (!(weight >= FPT_LEAST_PEOPLE && weight <= FPT_MOST_COUNT) ||
        isnan(out->numerator) || isnan(out->denominator))
        return FPT_STATE_INVALID;
    if (events < options->min_events) return FPT_STATE_TOO_FEW_EVENTS;

    const double m = options->multiplier;
    const double value = fpt_sum_value(sums->rate) / weight;
    const double variance = fpt_sum_value(sums->variance) / weight / weight;
    if (!isfinite(value * m) || !isfinite(variance * m * m))
        return FPT_STATE_INVALID;
    if (!(events > 0.0)) {
        out->value = 0.0;
        out->variance = 0.0;
        return FPT_STATE_ZERO_EVENTS;
    }
    const double scale = sqrt(variance / events);
    fpt_state state = FPT_STATE_OK;
    for (size_t k = 0; k < options->level_count; k++) {
        const fpt_limits reach = fpt_byar_reach(events, options->level[k].z);
        limits[k].lower = (value + scale * reach.lower) * m;
        limits[k].upper = (value + scale * reach.upper) * m;
        if (limits[k].lower < 0.0) state = FPT_STATE_LOWER_BELOW_ZERO;
    }
    out->value = value * m;
    out->variance = variance * m * m;
    return state;
}

void fpt_dsr_finish(const fpt_dsr_sums *sums, fpt_state state,
                    const fpt_dsr_options *options, fpt_dsr *out,
                    fpt_limits *limits)
{
    *out = (fpt_dsr){.numerator = count_or_none(sums->events),
                     .denominator = count_or_none(sums->people),
                     .value = (double)NAN,
                     .variance = (double)NAN,
                     .state = state};
    for (size_t k = 0; k < options->level_count; k++)
        limits[k] = fpt_no_limits();
    if (state != FPT_STATE_OK) return;
    out->state = rate_of(sums, options, out, limits);
}

/* ---- columns ---- */

static bool is_suspect(const fpt_dsr_sums *sums)
{
    const double all = sums->events.total + sums->people.total +
                       sums->weight.total + sums->rate.total +
                       sums->variance.total;
    return (sums->signs >> 63) != 0 || !isfinite(all) ||
           sums->events.total > FPT_MOST_COUNT ||
           sums->people.total > FPT_MOST_COUNT ||
           sums->weight.total > FPT_MOST_COUNT;
}

/* Something is wrong with a band of this group: find what, and add again only
 * what counts and populations there are. */
static fpt_state look_again(size_t count, const double *x, const double *n,
                            const double *w, fpt_dsr_sums *sums)
{
    fpt_state state = FPT_STATE_OK;
    *sums = (fpt_dsr_sums){0};
    for (size_t i = 0; i < count; i++) {
        state = fpt_state_worst(state, fpt_dsr_state(x[i], n[i], w[i]));
        fpt_sum_add(&sums->events, x[i]);
        fpt_sum_add(&sums->people, n[i]);
        if (x[i] < 0.0) sums->events.total = (double)NAN;
        if (n[i] < 0.0) sums->people.total = (double)NAN;
    }
    if (state != FPT_STATE_OK) return state;
    /* A negative zero only, or numbers that overflow: the first is good. */
    *sums = (fpt_dsr_sums){0};
    for (size_t i = 0; i < count; i++)
        fpt_dsr_add(sums, fabs(x[i]), n[i], fabs(w[i]));
    return is_suspect(sums) ? FPT_STATE_INVALID : FPT_STATE_OK;
}

struct job {
    size_t groups;
    const size_t *start;
    const double *x, *n, *w;
    fpt_dsr_options options;
    fpt_dsr_columns out;
};

static void put(const struct job *job, size_t g, const fpt_dsr *result,
                const fpt_limits *limits)
{
    const fpt_dsr_columns *out = &job->out;
    if (out->numerator != NULL) out->numerator[g] = result->numerator;
    if (out->denominator != NULL) out->denominator[g] = result->denominator;
    if (out->value != NULL) out->value[g] = result->value;
    if (out->variance != NULL) out->variance[g] = result->variance;
    if (out->state != NULL) out->state[g] = result->state;
    for (size_t k = 0; k < job->options.level_count; k++) {
        if (out->lower != NULL)
            out->lower[k * job->groups + g] = limits[k].lower;
        if (out->upper != NULL)
            out->upper[k * job->groups + g] = limits[k].upper;
    }
}

static fpt_status do_block(size_t block, void *context)
{
    const struct job *job = context;
    const double *x = job->x, *n = job->n, *w = job->w;
    const size_t first = block * BLOCK_GROUPS;
    const size_t last =
        job->groups - first < BLOCK_GROUPS ? job->groups : first + BLOCK_GROUPS;
    for (size_t g = first; g < last; g++) {
        const size_t from = job->start[g], to = job->start[g + 1];
        fpt_dsr_sums sums = {0};
        for (size_t i = from; i < to; i++)
            fpt_dsr_add(&sums, x[i], n[i], w[i]);
        fpt_state state = FPT_STATE_OK;
        if (is_suspect(&sums))
            state = look_again(to - from, x + from, n + from, w + from, &sums);
        fpt_dsr result;
        fpt_limits limits[FPT_LEVELS_MOST];
        fpt_dsr_finish(&sums, state, &job->options, &result, limits);
        put(job, g, &result, limits);
    }
    return FPT_OK;
}

fpt_status fpt_dsr_column(size_t groups, const size_t *start, const double *x,
                          const double *n, const double *w,
                          const fpt_dsr_options *options,
                          const fpt_dsr_columns *out)
{
    struct job job = {groups, start, x, n, w, *options, *out};
    if (job.options.multiplier == 0.0) job.options.multiplier = 100000.0;
    if (!fpt_multiplier_is_valid(job.options.multiplier) ||
        job.options.level_count > FPT_LEVELS_MOST)
        return FPT_ERR_RANGE;
    return fpt_parallel((groups + BLOCK_GROUPS - 1) / BLOCK_GROUPS,
                        job.options.threads, do_block, &job);
}

void fpt_dsr_repeats(size_t count, const uint32_t *band, const double *x,
                     const double *f, const double *n, const double *w,
                     const fpt_dsr_options *options, fpt_dsr *out,
                     fpt_limits *limits)
{
    fpt_dsr_sums sums = {0};
    fpt_state state = FPT_STATE_OK;
    for (size_t i = 0; i < count; i++) {
        fpt_state row = fpt_dsr_state(x[i], n[i], w[i]);
        row = fpt_state_worst(row, fpt_rate_state(f[i], 1.0));
        /* Bands are few: the earlier row of the same band is looked for. */
        size_t same = 0;
        while (same < i && band[same] != band[i])
            same++;
        if (same < i && (n[same] != n[i] || w[same] != w[i]) &&
            row == FPT_STATE_OK)
            row = FPT_STATE_INVALID;
        state = fpt_state_worst(state, row);
        fpt_dsr_add_repeats(&sums, x[i], f[i], n[i], w[i], same == i);
    }
    fpt_dsr_finish(&sums, state, options, out, limits);
}
