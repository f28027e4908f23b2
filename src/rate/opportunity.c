/*
 * Opportunity against the best of similar places. Rates are shrunk towards what
 * all that are compared have in common, then drawn together; in each draw the
 * best are found anew, so that being best by luck is counted as luck.
 */
#include "fpt/opportunity.h"
#include "fpt/num.h"

#include <math.h>

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

/* A row of draws of one true rate, given what was counted. */
static fpt_status draw_rates(const struct compared *c, size_t i,
                             uint64_t stream, uint32_t row, double *out)
{
    const fpt_lanes_level level = fpt_lanes_best();
    const fpt_opportunity_options *o = c->options;
    const uint32_t index = (uint32_t)i;
    const double mu = c->mu;
    switch (o->kind) {
    case FPT_OPPORTUNITY_PROPORTION: {
        const double size = mu * (1.0 - mu) / c->tau2 - 1.0;
        return fpt_lanes_beta(level, o->seed, stream, index, row,
                              c->x[i] + mu * size,
                              c->n[i] - c->x[i] + (1.0 - mu) * size, out);
    }
    case FPT_OPPORTUNITY_RATE: {
        const double b = mu / c->tau2;
        return fpt_lanes_gamma(level, o->seed, stream, index, row,
                               c->x[i] + mu * b, 1.0 / (c->n[i] + b), out);
    }
    case FPT_OPPORTUNITY_VALUE:
        break;
    }
    const double own = 1.0 / (c->se[i] * c->se[i]), all = 1.0 / c->tau2;
    fpt_lanes_normal(level, o->seed, stream, index, row, out);
    for (int lane = 0; lane < FPT_LANES; lane++)
        out[lane] = (own * c->x[i] + all * mu) / (own + all) +
                    out[lane] / sqrt(own + all);
    return FPT_OK;
}

/* The mean of the best peers, whose rates stand `step` apart behind the place's
 * own: summed from the best on. */
static double mean_of_best(const struct compared *c, const double *rate,
                           size_t step, size_t best)
{
    const double sign = c->options->better > 0 ? -1.0 : 1.0;
    double held[FPT_OPPORTUNITY_MOST_PEERS]; /* the best so far, lowest first */
    size_t count = 0;
    for (size_t i = 1; i < c->count; i++) {
        const double x = sign * rate[i * step];
        if (count == best && !(x < held[best - 1])) continue;
        size_t at = count < best ? count++ : best - 1;
        for (; at > 0 && x < held[at - 1]; at--)
            held[at] = held[at - 1];
        held[at] = x;
    }
    fpt_sum sum = {0};
    for (size_t i = 0; i < best; i++)
        fpt_sum_add(&sum, held[i]);
    return sign * fpt_sum_value(sum) / (double)best + 0.0; /* never -0 */
}

static double gain(const struct compared *c, double own, double benchmark)
{
    const double short_of =
        c->options->better > 0 ? benchmark - own : own - benchmark;
    return short_of * c->n[0];
}

static fpt_status draw_all(const struct compared *c, double *work)
{
    const fpt_opportunity_options *o = c->options;
    const uint64_t stream =
        fpt_stream_join(fpt_stream("opportunity", FPT_STR("rates")), o->entity);
    double rate[(FPT_OPPORTUNITY_MOST_PEERS + 1) * FPT_LANES];
    for (int64_t d = 0; d < o->draws; d++) {
        const int64_t lane = d % FPT_LANES;
        for (size_t i = 0; i < c->count && lane == 0; i++)
            FPT_TRY(draw_rates(c, i, stream, (uint32_t)(d / FPT_LANES),
                               rate + i * FPT_LANES));
        work[d] = gain(c, rate[lane],
                       mean_of_best(c, rate + lane, FPT_LANES, o->best));
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
    made.benchmark = mean_of_best(&c, c.rate, 1, options->best);
    made.all_peers = mean_of_best(&c, c.rate, 1, peers);
    made.published = fmax(0.0, gain(&c, c.rate[0], made.benchmark));
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
