/*
 * One pass down the ages for the survivors, one pass up for what is still to
 * come. The variance of e at age i is a sum over the later bands, which the
 * second pass carries along.
 */
#include "fpt/life_table.h"

#include "fpt/num.h"

enum { BLOCK_GROUPS = 1 << 8, RADIX = 100000 };

static const double first_year_lived = 0.1; /* of those who die in it */
static const double band_lived = 0.5;

fpt_life_options fpt_life_options_default(void)
{
    return (fpt_life_options){.struct_size = sizeof(fpt_life_options),
                              .max_width = 20.0,
                              .min_population = 5000.0};
}

struct job {
    size_t groups, rows;
    const size_t *start;
    const double *age, *deaths, *population;
    const bool *incomplete;
    fpt_life_options options;
    fpt_life_columns out;
    double z95;
};

static bool is_count(double x)
{
    return x >= 0.0 && x <= FPT_MOST_COUNT;
}

static fpt_state state_of(const struct job *job, size_t g)
{
    const size_t from = job->start[g], to = job->start[g + 1];
    fpt_state state = FPT_STATE_OK;
    double people = 0.0;
    bool exceeded = false;
    for (size_t i = from; i < to; i++) {
        const double d = job->deaths[i], p = job->population[i];
        const double age = job->age[i];
        fpt_state row = FPT_STATE_OK;
        if (isnan(d) || isnan(p) || isnan(age)) row = FPT_STATE_MISSING;
        if (p == 0.0) row = fpt_state_worst(row, FPT_STATE_ZERO_DENOMINATOR);
        if ((!isnan(d) && !is_count(d)) || (!isnan(p) && !is_count(p)) ||
            (p > 0.0 && p < FPT_LEAST_PEOPLE) || age < 0.0 || isinf(age) ||
            (i > from && age <= job->age[i - 1]))
            row = FPT_STATE_INVALID;
        state = fpt_state_worst(state, row);
        people += p;
        exceeded = exceeded || d > p;
    }
    if (state != FPT_STATE_OK) return state;
    if (to - from < FPT_LIFE_LEAST_BANDS || job->age[from] != 0.0 ||
        (job->incomplete != NULL && job->incomplete[g]))
        return FPT_STATE_INCOMPLETE_BANDS;
    if (people <= job->options.min_population)
        return FPT_STATE_POPULATION_TOO_SMALL;
    if (exceeded) return FPT_STATE_DEATHS_EXCEED_POPULATION;
    if (job->deaths[to - 1] == 0.0) return FPT_STATE_ZERO_DEATHS_LAST_BAND;
    return FPT_STATE_OK;
}

/* All that stands on a row's own numbers; the rest empty. */
static void begin_rows(const struct job *job, size_t from, size_t to,
                       fpt_state state)
{
    const fpt_life_columns *out = &job->out;
    const double none = (double)NAN;
    double deaths = 0.0, people = 0.0;
    for (size_t i = to; i-- > from;) {
        const double d = job->deaths[i], p = job->population[i];
        const bool good = is_count(d) && is_count(p) && p >= FPT_LEAST_PEOPLE;
        out->mortality_rate[i] = good ? d / p : none;
        deaths += is_count(d) ? d : none;
        people += is_count(p) ? p : none;
        /* From this age up, if all bands are there. */
        const bool whole =
            state != FPT_STATE_INVALID && state != FPT_STATE_INCOMPLETE_BANDS;
        out->deaths_used[i] = whole ? deaths : none;
        out->population_used[i] = whole ? people : none;
        out->p_death[i] = out->survivors[i] = out->person_years[i] = none;
        out->value[i] = out->std_error[i] = none;
        out->state[i] = state;
        for (size_t k = 0; k < job->options.level_count; k++) {
            out->lower[k * job->rows + i] = none;
            out->upper[k * job->rows + i] = none;
        }
    }
}

static double lived(size_t i, size_t from)
{
    return i == from ? first_year_lived : band_lived;
}

static void survive(const struct job *job, size_t from, size_t to)
{
    const fpt_life_columns *out = &job->out;
    double l = RADIX;
    for (size_t i = from; i < to; i++) {
        const double m = out->mortality_rate[i];
        double q = 1.0;
        if (i + 1 < to) {
            const double years = job->age[i + 1] - job->age[i];
            const double a = lived(i, from);
            if (m * years * a <= 1.0)
                q = m * years / (1.0 + m * years * (1.0 - a));
            const double next = l * (1.0 - q);
            out->person_years[i] = years * (next + a * (l - next));
            out->survivors[i] = l;
            l = next;
        } else {
            out->person_years[i] = m > 0.0 ? l / m : (double)NAN;
            out->survivors[i] = l;
        }
        out->p_death[i] = q;
    }
}

static void expect(const struct job *job, size_t from, size_t to)
{
    const fpt_life_columns *out = &job->out;
    double to_come = 0.0, variance = 0.0, later = 0.0;
    for (size_t i = to; i-- > from;) {
        const double l = out->survivors[i], m = out->mortality_rate[i];
        const double d = job->deaths[i], q = out->p_death[i];
        to_come += out->person_years[i];
        if (i + 1 == to) {
            variance = l / m * (l / m) / d;
        } else if (d > 0.0 && q < 1.0) {
            const double years = job->age[i + 1] - job->age[i];
            const double reach = (1.0 - lived(i, from)) * years + later;
            variance += l * l * reach * reach * (q * q * (1.0 - q) / d);
        }
        if (!(l > 0.0)) {
            out->state[i] = FPT_STATE_NO_SURVIVORS;
            later = 0.0; /* it has no weight: q of the band before is 1 */
            continue;
        }
        const double e = later = to_come / l;
        const double error = sqrt(variance) / l;
        out->std_error[i] = isfinite(error) ? error : (double)NAN;
        /* Written so that what overflowed is too wide as well. */
        if (!(2.0 * job->z95 * error <= job->options.max_width)) {
            out->state[i] = FPT_STATE_INTERVAL_TOO_WIDE;
            continue;
        }
        out->value[i] = e;
        for (size_t k = 0; k < job->options.level_count; k++) {
            const double reach = job->options.level[k].z * error;
            out->lower[k * job->rows + i] = e - reach;
            out->upper[k * job->rows + i] = e + reach;
            if (e < reach) out->state[i] = FPT_STATE_LOWER_BELOW_ZERO;
        }
    }
}

static fpt_status do_block(size_t block, void *context)
{
    const struct job *job = context;
    const size_t first = block * BLOCK_GROUPS;
    const size_t last =
        job->groups - first < BLOCK_GROUPS ? job->groups : first + BLOCK_GROUPS;
    for (size_t g = first; g < last; g++) {
        const size_t from = job->start[g], to = job->start[g + 1];
        const fpt_state state = state_of(job, g);
        begin_rows(job, from, to, state);
        if (state != FPT_STATE_OK && state != FPT_STATE_ZERO_DEATHS_LAST_BAND)
            continue;
        survive(job, from, to);
        if (state == FPT_STATE_OK) expect(job, from, to);
    }
    return FPT_OK;
}

fpt_status fpt_life_table_column(size_t groups, const size_t *start,
                                 const double *start_age, const double *deaths,
                                 const double *population,
                                 const bool *incomplete,
                                 const fpt_life_options *options,
                                 const fpt_life_columns *out)
{
    if (!(options->max_width > 0.0) || !(options->min_population >= 0.0) ||
        options->level_count > FPT_LEVELS_MOST)
        return FPT_ERR_RANGE;
    if (groups == 0) return FPT_OK;
    struct job job = {.groups = groups,
                      .rows = start[groups],
                      .start = start,
                      .age = start_age,
                      .deaths = deaths,
                      .population = population,
                      .incomplete = incomplete,
                      .options = *options,
                      .out = *out,
                      .z95 = fpt_normal_upper(0.025)};
    return fpt_parallel((groups + BLOCK_GROUPS - 1) / BLOCK_GROUPS,
                        options->threads, do_block, &job);
}
