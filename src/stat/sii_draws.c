/*
 * Rates and proportions whose line goes through the values themselves: the index
 * is a sum of log-normals or logit-normals, which has no closed form. Every draw
 * is a function of (seed, group, draw) alone, so any number of threads makes the
 * same draws, and limits are order statistics of them.
 */
#include "fpt/num.h"
#include "inequality_i.h"

enum {
    PURPOSE_SII = 0x5349, /* "SI" */
    DRAWS_A_TASK = 1 << 12
};

struct job {
    size_t count;
    const double *population, *value, *se;
    const fpt_sii_options *options;
    double total, spread;
    double *slope, *ratio; /* [draws] */
};

static fpt_status draw_block(size_t block, void *context)
{
    const struct job *job = context;
    const fpt_sii_options *o = job->options;
    const bool rate = o->type == FPT_SII_RATE;
    const size_t from = block * DRAWS_A_TASK;
    const size_t to =
        o->draws - from < DRAWS_A_TASK ? o->draws : from + DRAWS_A_TASK;
    for (size_t d = from; d < to; d++)
        job->slope[d] = job->ratio[d] = 0.0;
    for (size_t d = from; d < to; d++) {
        fpt_rng rng =
            fpt_rng_make(o->seed, (uint32_t)d, o->stream, PURPOSE_SII);
        struct fpti_walk walk = {.total = job->total};
        double slope = 0.0, mean = 0.0;
        for (size_t i = 0; i < job->count; i++) {
            double off_middle;
            const double s = fpti_step(&walk, job->population[i], &off_middle);
            const double z = fpt_normal_upper(fpt_rng_uniform(&rng));
            const double spread = exp(job->se[i] * z);
            /* exp(log y + se z), and the same on the logit. */
            const double odds =
                job->value[i] / (rate ? 1.0 : 1.0 - job->value[i]) * spread;
            const double y = rate ? odds : odds / (1.0 + odds);
            slope += s * off_middle * y;
            mean += s * y;
        }
        slope /= job->spread;
        const double y0 = mean - 0.5 * slope, y1 = mean + 0.5 * slope;
        job->slope[d] = slope * o->multiplier;
        job->ratio[d] = o->multiplier < 0.0 ? y0 / y1 : y1 / y0;
    }
    return FPT_OK;
}

/* Position round(draws p), from 1, as the field's package takes it. */
static double at_position(const fpt_sii_options *o, double *x, double p,
                          double *error)
{
    const double draws = (double)o->draws;
    const double position = fmin(fmax(nearbyint(draws * p), 1.0), draws);
    if (error != NULL) {
        /* One binomial standard error of the position to either side. */
        const double step = sqrt(draws * p * (1.0 - p));
        const double low = fmax(nearbyint(position - step), 1.0);
        const double high = fmin(nearbyint(position + step), draws);
        const double x_low = fpt_select(o->draws, x, (size_t)low - 1);
        const double x_high = fpt_select(o->draws, x, (size_t)high - 1);
        *error = 0.5 * (x_high - x_low);
    }
    return fpt_select(o->draws, x, (size_t)position - 1);
}

fpt_status fpti_sii_simulate(size_t count, const double *population,
                             const double *value, const double *se,
                             const fpt_sii_options *options, fpt_sii *out,
                             fpt_sii_limits *limits, double *work)
{
    const double total = fpti_total(count, population);
    struct job job = {.count = count,
                      .population = population,
                      .value = value,
                      .se = se,
                      .options = options,
                      .total = total,
                      .spread = fpti_spread(count, population, total),
                      .slope = work,
                      .ratio = work + options->draws};
    FPT_TRY(fpt_parallel((options->draws + DRAWS_A_TASK - 1) / DRAWS_A_TASK,
                         options->threads, draw_block, &job));
    out->draws = options->draws;

    /* Ratios of a draw without a finite one have no place in the order. */
    bool finite = true, ratio_finite = true;
    fpt_moments moments = {0};
    for (size_t d = 0; d < options->draws; d++) {
        finite = finite && isfinite(job.slope[d]);
        ratio_finite = ratio_finite && isfinite(job.ratio[d]);
        fpt_moments_add(&moments, job.slope[d]);
    }
    if (!finite) {
        out->state = fpt_state_worst(out->state, FPT_STATE_UNBOUNDED);
        return FPT_OK;
    }
    out->std_error = sqrt(fpt_moments_variance(&moments));
    for (size_t k = 0; k < options->level_count; k++) {
        const double p = options->level[k].tail;
        fpt_limits *v = &limits[k].value, *e = &limits[k].value_error;
        v->lower = at_position(options, job.slope, p, &e->lower);
        v->upper = at_position(options, job.slope, 1.0 - p, &e->upper);
        if (!ratio_finite) {
            out->state = fpt_state_worst(out->state, FPT_STATE_UNBOUNDED);
            continue;
        }
        limits[k].rii.lower = at_position(options, job.ratio, p, NULL);
        limits[k].rii.upper = at_position(options, job.ratio, 1.0 - p, NULL);
    }
    return FPT_OK;
}
