/*
 * The limits are the roots in p of (x/n - p)^2 = z^2 p (1 - p) / n. The textbook
 * form takes the lower root as a difference, which loses digits when x is small;
 * here it is the product of the roots divided by the upper one.
 */
#include "fpt/proportion.h"

#include "fpt/rate.h"

enum { BLOCK_ROWS = 1 << 13 };

/* Both ends of the range by value: fmin and fmax keep order when the interval
 * is so narrow that rounding would cross it. */
static inline fpt_limits wilson(double x, double n, double z)
{
    const double z2 = z * z;
    const double value = x / n;
    const double spread = z * sqrt(z2 + 4.0 * x * ((n - x) / n));
    const double sum = 2.0 * x + z2 + spread;
    const double lower = 2.0 * x * value / sum;
    const double upper = sum / (2.0 * (n + z2));
    return (fpt_limits){.lower = lower < value ? lower : value,
                        .upper = x >= n          ? 1.0
                                 : upper < value ? value
                                 : upper > 1.0   ? 1.0
                                                 : upper};
}

fpt_limits fpt_wilson(double x, double n, double z)
{
    if (fpt_proportion_state(x, n) != FPT_STATE_OK || !(z > 0.0))
        return fpt_no_limits();
    return wilson(x, n, z);
}

fpt_state fpt_proportion_state(double x, double n)
{
    if (x < 0.0 || n < 0.0 || x > FPT_MOST_COUNT || n > FPT_MOST_COUNT)
        return FPT_STATE_INVALID;
    if (isnan(x) || isnan(n)) return FPT_STATE_MISSING;
    if (x > n) return FPT_STATE_INVALID;
    if (n == 0.0) return FPT_STATE_ZERO_DENOMINATOR;
    return n < FPT_LEAST_PEOPLE ? FPT_STATE_INVALID : FPT_STATE_OK;
}

fpt_proportion_options fpt_proportion_options_default(void)
{
    return (fpt_proportion_options){
        .struct_size = sizeof(fpt_proportion_options), .multiplier = 1.0};
}

struct job {
    size_t count;
    const double *x, *n;
    fpt_proportion_options options;
    fpt_figures out;
};

static fpt_status do_block(size_t block, void *context)
{
    const struct job *job = context;
    const double *x = job->x, *n = job->n, m = job->options.multiplier;
    const size_t from = block * BLOCK_ROWS;
    const size_t to =
        job->count - from < BLOCK_ROWS ? job->count : from + BLOCK_ROWS;
    for (size_t i = from; i < to; i++) {
        const fpt_state state = fpt_proportion_state(x[i], n[i]);
        if (job->out.state != NULL) job->out.state[i] = state;
        if (job->out.value != NULL)
            job->out.value[i] =
                state == FPT_STATE_OK ? x[i] / n[i] * m : (double)NAN;
    }
    if (job->out.lower == NULL || job->out.upper == NULL) return FPT_OK;
    for (size_t k = 0; k < job->options.level_count; k++) {
        const double z = job->options.level[k].z;
        double *lower = job->out.lower + k * job->count;
        double *upper = job->out.upper + k * job->count;
        for (size_t i = from; i < to; i++) {
            const fpt_limits limits =
                fpt_proportion_state(x[i], n[i]) == FPT_STATE_OK
                    ? wilson(x[i], n[i], z)
                    : fpt_no_limits();
            lower[i] = limits.lower * m;
            upper[i] = limits.upper * m;
        }
    }
    return FPT_OK;
}

fpt_status fpt_proportion_column(size_t count, const double *x, const double *n,
                                 const fpt_proportion_options *options,
                                 const fpt_figures *out)
{
    struct job job = {count, x, n, *options, *out};
    if (job.options.multiplier == 0.0) job.options.multiplier = 1.0;
    if (!fpt_multiplier_is_valid(job.options.multiplier)) return FPT_ERR_RANGE;
    return fpt_parallel((count + BLOCK_ROWS - 1) / BLOCK_ROWS,
                        job.options.threads, do_block, &job);
}
