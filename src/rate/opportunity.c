/*
 * Opportunity against the best of similar places. Rates are shrunk towards what
 * all that are compared have in common, then drawn together; in each draw the
 * best are found anew, so that being best by luck is counted as luck.
 */
#include "fpt/opportunity.h"
#include "fpt/num.h"

#include <math.h>

enum { PURPOSE = 0x6f70 };

struct compared {
    size_t count; /* the place and its peers */
    const double *x, *n, *se;
    const fpt_opportunity_options *options;
    double rate[FPT_OPPORTUNITY_MOST_PEERS + 1];
    double mu, tau2;
};

static bool is_good(const struct compared *c, size_t i)
{
    const double x = c->x[i], n = c->n[i];
    if (!(n > 0.0 && n < HUGE_VAL) || !isfinite(x)) return false;
    switch (c->options->kind) {
    case FPT_OPPORTUNITY_PROPORTION:
        return x >= 0.0 && x <= n;
    case FPT_OPPORTUNITY_RATE:
        return x >= 0.0;
    case FPT_OPPORTUNITY_VALUE:
        break;
    }
    return c->se[i] > 0.0 && c->se[i] < HUGE_VAL;
}

static bool is_allowed(const struct compared *c, size_t peers)
{
    const fpt_opportunity_options *o = c->options;
    if (peers < 1 || peers > FPT_OPPORTUNITY_MOST_PEERS || o->best < 1 ||
        o->best > peers || o->draws < 100 ||
        o->draws > FPT_OPPORTUNITY_MOST_DRAWS ||
        !(o->confidence > 0.0 && o->confidence < 1.0) ||
        (o->better != 1 && o->better != -1))
        return false;
    for (size_t i = 0; i <= peers; i++)
        if (!is_good(c, i)) return false;
    return true;
}

/* Mean and variance of the true rates, by moments: the spread that is seen, less
 * what chance alone would give. */
static void find_spread(struct compared *c)
{
    const bool values = c->options->kind == FPT_OPPORTUNITY_VALUE;
    fpt_sum whole = {0}, top = {0}, squares = {0}, q = {0};
    for (size_t i = 0; i < c->count; i++) {
        const double w = values ? 1.0 / (c->se[i] * c->se[i]) : c->n[i];
        c->rate[i] = values ? c->x[i] : c->x[i] / c->n[i];
        fpt_sum_add(&whole, w);
        fpt_sum_add(&top, w * c->rate[i]);
        fpt_sum_add(&squares, w * w);
    }
    const double n = fpt_sum_value(whole), others = (double)(c->count - 1);
    c->mu = fpt_sum_value(top) / n;
    for (size_t i = 0; i < c->count; i++) {
        const double w = values ? 1.0 / (c->se[i] * c->se[i]) : c->n[i];
        const double d = c->rate[i] - c->mu;
        fpt_sum_add(&q, w * d * d);
    }
    double by_chance = others, scale = n - fpt_sum_value(squares) / n;
    if (c->options->kind == FPT_OPPORTUNITY_RATE) by_chance *= c->mu;
    if (c->options->kind == FPT_OPPORTUNITY_PROPORTION) {
        by_chance *= c->mu * (1.0 - c->mu);
        scale -= others;
    }
    const double tau2 = (fpt_sum_value(q) - by_chance) / scale;
    c->tau2 = scale > 0.0 && tau2 > 0.0 ? tau2 : 0.0;
    /* A beta is no wider than a coin between 0 and 1. */
    if (c->options->kind == FPT_OPPORTUNITY_PROPORTION)
        c->tau2 = fmin(c->tau2, 0.999 * c->mu * (1.0 - c->mu));
}

/* One true rate, given what was counted. */
static fpt_status draw_rate(const struct compared *c, size_t i, fpt_rng *rng,
                            double *out)
{
    const double mu = c->mu;
    switch (c->options->kind) {
    case FPT_OPPORTUNITY_PROPORTION: {
        const double size = mu * (1.0 - mu) / c->tau2 - 1.0;
        return fpt_sample_beta(rng, c->x[i] + mu * size,
                               c->n[i] - c->x[i] + (1.0 - mu) * size, out);
    }
    case FPT_OPPORTUNITY_RATE: {
        const double b = mu / c->tau2;
        return fpt_sample_gamma(rng, c->x[i] + mu * b, 1.0 / (c->n[i] + b),
                                out);
    }
    case FPT_OPPORTUNITY_VALUE:
        break;
    }
    const double own = 1.0 / (c->se[i] * c->se[i]), all = 1.0 / c->tau2;
    *out = (own * c->x[i] + all * mu) / (own + all) +
           fpt_sample_normal(rng) / sqrt(own + all);
    return FPT_OK;
}

/* The mean of the best peers; key and order have room for all of them. */
static double mean_of_best(const struct compared *c, const double *rate,
                           size_t best)
{
    double key[FPT_OPPORTUNITY_MOST_PEERS];
    size_t order[2 * FPT_OPPORTUNITY_MOST_PEERS];
    const size_t peers = c->count - 1;
    fpt_sum sum = {0};
    for (size_t i = 0; i < peers; i++)
        key[i] = c->options->better > 0 ? -rate[i + 1] : rate[i + 1];
    fpt_order_by(peers, key, order, order + peers);
    for (size_t i = 0; i < best; i++)
        fpt_sum_add(&sum, rate[order[i] + 1]);
    return fpt_sum_value(sum) / (double)best;
}

static double benchmark_of(const struct compared *c, const double *rate)
{
    return mean_of_best(c, rate, c->options->best);
}

static double gain(const struct compared *c, const double *rate,
                   double benchmark)
{
    const double short_of =
        c->options->better > 0 ? benchmark - rate[0] : rate[0] - benchmark;
    return short_of * c->n[0];
}

static fpt_status draw_all(const struct compared *c, double *work)
{
    double rate[FPT_OPPORTUNITY_MOST_PEERS + 1];
    for (int64_t d = 0; d < c->options->draws; d++) {
        fpt_rng rng = fpt_rng_make(c->options->seed, (uint32_t)d,
                                   c->options->entity, PURPOSE);
        for (size_t i = 0; i < c->count; i++)
            FPT_TRY(draw_rate(c, i, &rng, &rate[i]));
        work[d] = gain(c, rate, benchmark_of(c, rate));
        if (!isfinite(work[d])) return FPT_ERR_RANGE;
    }
    return FPT_OK;
}

static double quantile(size_t count, double *x, double p)
{
    const double where = (double)(count - 1) * p;
    const size_t k = (size_t)where;
    const double low = fpt_select(count, x, k);
    if (k + 1 >= count) return low;
    double high = x[k + 1];
    for (size_t i = k + 2; i < count; i++)
        if (x[i] < high) high = x[i];
    return low + (where - (double)k) * (high - low);
}

static void tell(const struct compared *c, double *work, fpt_opportunity *out)
{
    const size_t draws = (size_t)c->options->draws;
    const double tail = (1.0 - c->options->confidence) / 2.0;
    fpt_sum sum = {0};
    size_t above = 0;
    for (size_t d = 0; d < draws; d++) {
        fpt_sum_add(&sum, work[d]);
        if (work[d] > 0.0) above++;
    }
    out->mean = fpt_sum_value(sum) / (double)draws;
    out->chance = (double)above / (double)draws;
    out->lower = quantile(draws, work, tail);
    out->upper = quantile(draws, work, 1.0 - tail);
}

fpt_status fpt_opportunity_find(size_t peers, const double *x, const double *n,
                                const double *se,
                                const fpt_opportunity_options *options,
                                double *work, fpt_opportunity *out)
{
    struct compared c = {
        .count = peers + 1, .x = x, .n = n, .se = se, .options = options};
    fpt_opportunity made = {0};
    if (!is_allowed(&c, peers)) return FPT_ERR_RANGE;
    find_spread(&c);
    made.mu = c.mu;
    made.tau = sqrt(c.tau2);
    made.benchmark = benchmark_of(&c, c.rate);
    made.all_peers = mean_of_best(&c, c.rate, peers);
    made.published = fmax(0.0, gain(&c, c.rate, made.benchmark));
    if (!isfinite(made.published) || !isfinite(made.tau)) return FPT_ERR_RANGE;
    if (c.tau2 > 0.0) {
        FPT_TRY(draw_all(&c, work));
        tell(&c, work, &made);
    }
    made.noise = made.published > 0.0
                     ? 1.0 - fmin(1.0, fmax(0.0, made.mean) / made.published)
                     : (double)NAN;
    *out = made;
    return FPT_OK;
}
