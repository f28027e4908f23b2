/*
 * The exact limits of 0 .. 9 events belong to the level and are looked up;
 * weighted counts under ten, and everything under the exact rule, are computed.
 */
#include "fpt/rate.h"

#include "fpt/num.h"

enum { BLOCK_ROWS = 1 << 13 };

static bool is_exact(double x, fpt_count_rule rule)
{
    return rule == FPT_COUNT_EXACT || x < FPT_SMALL_COUNTS;
}

const char *fpt_count_method(double x, fpt_count_rule rule)
{
    return is_exact(x, rule) ? "exact-poisson" : "byar";
}

fpt_limits fpt_count_limits(double x, fpt_count_rule rule,
                            const fpt_level *level)
{
    if (!(x >= 0.0 && x <= FPT_MOST_COUNT)) return fpt_no_limits();
    if (!is_exact(x, rule)) return fpt_byar(x, level->z);
    const int whole = x < FPT_SMALL_COUNTS ? (int)x : -1;
    if (whole >= 0 && (double)whole == x)
        return (fpt_limits){level->exact_lower[whole],
                            level->exact_upper[whole]};
    return (fpt_limits){fpt_poisson_lower(x, level->tail),
                        fpt_poisson_upper(x, level->tail)};
}

fpt_state fpt_rate_state(double x, double n)
{
    if (x < 0.0 || n < 0.0 || x > FPT_MOST_COUNT || n > FPT_MOST_COUNT)
        return FPT_STATE_INVALID;
    if (isnan(x) || isnan(n)) return FPT_STATE_MISSING;
    if (n == 0.0) return FPT_STATE_ZERO_DENOMINATOR;
    return n < FPT_LEAST_PEOPLE ? FPT_STATE_INVALID : FPT_STATE_OK;
}

fpt_rate_options fpt_rate_options_default(void)
{
    return (fpt_rate_options){.struct_size = sizeof(fpt_rate_options),
                              .multiplier = 100000.0};
}

struct job {
    size_t count;
    const double *x, *n;
    fpt_rate_options options;
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
        const fpt_state state = fpt_rate_state(x[i], n[i]);
        if (job->out.state != NULL) job->out.state[i] = state;
        if (job->out.value != NULL)
            job->out.value[i] =
                state == FPT_STATE_OK ? x[i] / n[i] * m : (double)NAN;
    }
    if (job->out.lower == NULL || job->out.upper == NULL) return FPT_OK;
    for (size_t k = 0; k < job->options.level_count; k++) {
        const fpt_level *level = &job->options.level[k];
        double *lower = job->out.lower + k * job->count;
        double *upper = job->out.upper + k * job->count;
        for (size_t i = from; i < to; i++) {
            const fpt_limits limits =
                fpt_rate_state(x[i], n[i]) == FPT_STATE_OK
                    ? fpt_count_limits(x[i], job->options.rule, level)
                    : fpt_no_limits();
            lower[i] = limits.lower / n[i] * m;
            upper[i] = limits.upper / n[i] * m;
        }
    }
    return FPT_OK;
}

fpt_status fpt_rate_column(size_t count, const double *x, const double *n,
                           const fpt_rate_options *options,
                           const fpt_figures *out)
{
    struct job job = {count, x, n, *options, *out};
    if (job.options.multiplier == 0.0) job.options.multiplier = 100000.0;
    if (!fpt_multiplier_is_valid(job.options.multiplier)) return FPT_ERR_RANGE;
    return fpt_parallel((count + BLOCK_ROWS - 1) / BLOCK_ROWS,
                        job.options.threads, do_block, &job);
}

fpt_limits fpt_rate_repeat_limits(double events, double variance, double n,
                                  double z)
{
    if (!(events > 0.0) || !(variance >= 0.0) || !(n > 0.0) || !(z > 0.0))
        return fpt_no_limits();
    const fpt_limits reach = fpt_byar_reach(events, z);
    const double scale = sqrt(variance / events);
    return (fpt_limits){
        .lower = (events + scale * reach.lower) / n,
        .upper = (events + scale * reach.upper) / n,
    };
}
