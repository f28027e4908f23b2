/*
 * Sullivan's method over a finished life table, from the last band down, as the
 * expectations themselves are found. Two variances run along: that of the years
 * by deaths, in which a band's years count with its share in good health, and
 * that of the shares.
 */
#include "fpt/life_table.h"
#include "fpt/num.h"

static const double first_year_lived = 0.1; /* of those who die in it */
static const double band_lived = 0.5;

struct healthy {
    size_t rows, from, to;
    const double *age, *deaths, *share, *asked;
    const fpt_life_options *options;
    const fpt_life_columns *life;
    const fpt_healthy_columns *out;
    double z95;
};

static fpt_state state_of(const struct healthy *h)
{
    fpt_state state = FPT_STATE_OK;
    for (size_t i = h->from; i < h->to; i++) {
        const double share = h->share[i];
        const double asked = h->asked == NULL ? 1.0 : h->asked[i];
        fpt_state row = FPT_STATE_OK;
        if (isnan(share) || isnan(asked)) row = FPT_STATE_MISSING;
        if (share < 0.0 || share > 1.0 || asked < FPT_LEAST_PEOPLE ||
            asked > FPT_MOST_COUNT)
            row = FPT_STATE_INVALID;
        state = fpt_state_worst(state, row);
    }
    return state;
}

static void begin_rows(const struct healthy *h, fpt_state state)
{
    const double none = (double)NAN;
    for (size_t i = h->from; i < h->to; i++) {
        h->out->value[i] = h->out->std_error[i] = h->out->share[i] = none;
        h->out->state[i] = fpt_state_worst(state, h->life->state[i]);
        for (size_t k = 0; k < h->options->level_count; k++) {
            h->out->lower[k * h->rows + i] = none;
            h->out->upper[k * h->rows + i] = none;
        }
    }
}

/* What an age's row says, when its years and their error are known. */
static void put(const struct healthy *h, size_t i, double years, double error)
{
    const fpt_healthy_columns *out = h->out;
    if (out->state[i] != FPT_STATE_OK &&
        out->state[i] != FPT_STATE_LOWER_BELOW_ZERO)
        return; /* no life expectancy: no healthy one */
    out->state[i] = FPT_STATE_OK;
    out->std_error[i] = isfinite(error) ? error : (double)NAN;
    if (!(2.0 * h->z95 * error <= h->options->max_width)) {
        out->state[i] = FPT_STATE_INTERVAL_TOO_WIDE;
        return;
    }
    out->value[i] = years;
    out->share[i] = years / h->life->value[i];
    for (size_t k = 0; k < h->options->level_count; k++) {
        const double reach = h->options->level[k].z * error;
        out->lower[k * h->rows + i] = years - reach;
        out->upper[k * h->rows + i] = years + reach;
        if (years < reach) out->state[i] = FPT_STATE_LOWER_BELOW_ZERO;
    }
}

static void expect(const struct healthy *h)
{
    const fpt_life_columns *life = h->life;
    double to_come = 0.0, by_deaths = 0.0, by_shares = 0.0, later = 0.0;
    for (size_t i = h->to; i-- > h->from;) {
        const double l = life->survivors[i], years = life->person_years[i];
        const double share = h->share[i], d = h->deaths[i];
        const double q = life->p_death[i];
        to_come += share * years;
        if (h->asked != NULL)
            by_shares += years * years * (share * (1.0 - share) / h->asked[i]);
        if (i + 1 == h->to) {
            by_deaths = share * years * (share * years) / d;
        } else if (d > 0.0 && q < 1.0) {
            const double a = i == h->from ? first_year_lived : band_lived;
            const double width = h->age[i + 1] - h->age[i];
            const double reach = share * (1.0 - a) * width + later;
            by_deaths += l * l * reach * reach * (q * q * (1.0 - q) / d);
        }
        later = l > 0.0 ? to_come / l : 0.0;
        if (l > 0.0) put(h, i, later, sqrt(by_deaths + by_shares) / l);
    }
}

fpt_status fpt_healthy_life_column(size_t groups, const size_t *start,
                                   const double *start_age,
                                   const double *deaths, const double *healthy,
                                   const double *asked,
                                   const fpt_life_options *options,
                                   const fpt_life_columns *life,
                                   const fpt_healthy_columns *out)
{
    if (!(options->max_width > 0.0) || options->level_count > FPT_LEVELS_MOST)
        return FPT_ERR_RANGE;
    if (groups == 0) return FPT_OK;
    struct healthy h = {.rows = start[groups],
                        .age = start_age,
                        .deaths = deaths,
                        .share = healthy,
                        .asked = asked,
                        .options = options,
                        .life = life,
                        .out = out,
                        .z95 = fpt_normal_upper(0.025)};
    for (size_t g = 0; g < groups; g++) {
        h.from = start[g];
        h.to = start[g + 1];
        if (h.from == h.to) continue;
        const fpt_state state = state_of(&h);
        begin_rows(&h, state);
        /* Only a life table that came to its end has years in its last band and
         * deaths there. */
        const double last = life->person_years[h.to - 1];
        if (state == FPT_STATE_OK && !isnan(last) && deaths[h.to - 1] > 0.0)
            expect(&h);
    }
    return FPT_OK;
}
