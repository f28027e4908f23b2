/* The concentration index: twice the covariance of a value with its rank, over
 * the mean. */
#include "fpt/num.h"
#include "inequality_i.h"

static bool are_equal(size_t count, const double *x)
{
    for (size_t i = 1; i < count; i++)
        if (x[i] != x[0]) return false;
    return true;
}

static double mean_of(size_t count, const double *population,
                      const double *value)
{
    fpt_sum sum = {0};
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&sum, population[i] * value[i]);
    return fpt_sum_value(sum) / fpti_total(count, population);
}

/* sum s (2m - 1) y / mean: since sum s m = 1/2 it is 2 sum s m y / mean - 1,
 * without the cancellation. */
static double index_of(size_t count, const double *population,
                       const double *value, double mean)
{
    struct fpti_walk walk = {.total = fpti_total(count, population)};
    fpt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        double d;
        const double s = fpti_step(&walk, population[i], &d);
        fpt_sum_add(&sum, s * (2.0 * d) * (value[i] / mean));
    }
    return fpt_sum_value(sum);
}

/* Delta method over the standard errors of the groups. */
static double group_variance(size_t count, const double *population,
                             const double *se, double index, double mean)
{
    struct fpti_walk walk = {.total = fpti_total(count, population)};
    fpt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        double d;
        const double s = fpti_step(&walk, population[i], &d);
        const double part = s * (2.0 * d - index) / mean * se[i];
        fpt_sum_add(&sum, part * part);
    }
    return fpt_sum_value(sum);
}

/* Kakwani, Wagstaff and van Doorslaer, for people in order of rank. */
static double person_variance(size_t count, const double *value, double index,
                              double mean)
{
    const double n = (double)count;
    fpt_sum squares = {0}, cumulated = {0};
    double share = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double rank = ((double)i + 0.5) / n;
        const double before = share;
        fpt_sum_add(&cumulated, value[i] / mean / n);
        share = fpt_sum_value(cumulated);
        const double g =
            value[i] / mean * (2.0 * rank - 1.0 - index) + 2.0 - before - share;
        fpt_sum_add(&squares, g * g);
    }
    const double rest =
        fpt_sum_value(squares) / n - (1.0 + index) * (1.0 + index);
    return fmax(0.0, rest / n);
}

static fpt_state value_state(size_t count, const double *value,
                             const double *se, bool *has_value)
{
    fpt_state state = FPT_STATE_OK;
    *has_value = true;
    for (size_t i = 0; i < count; i++) {
        if (fabs(value[i]) > 1e100 ||
            (se != NULL && (se[i] < 0.0 || se[i] > 1e100))) {
            state = FPT_STATE_INVALID;
            *has_value = false;
        } else if (isnan(value[i]) || (se != NULL && isnan(se[i]))) {
            state = fpt_state_worst(state, FPT_STATE_MISSING);
            *has_value = *has_value && !isnan(value[i]);
        }
    }
    return state;
}

void fpt_concentration_of(size_t count, const double *population,
                          const double *value, const double *se, size_t levels,
                          const fpt_level *level, fpt_concentration *out,
                          fpt_limits *limits)
{
    const double none = (double)NAN;
    *out = (fpt_concentration){.value = none,
                               .std_error = none,
                               .mean = none,
                               .wagstaff = none,
                               .groups = count};
    for (size_t k = 0; k < levels; k++)
        limits[k] = fpt_no_limits();
    bool has_value;
    const fpt_state people = fpti_population_state(count, population);
    out->state =
        fpt_state_worst(people, value_state(count, value, se, &has_value));
    if (count < 2)
        out->state = fpt_state_worst(out->state, FPT_STATE_TOO_FEW_ROWS);
    if (people != FPT_STATE_OK || !has_value || count < 2) return;

    const double mean = mean_of(count, population, value);
    const double index = index_of(count, population, value, mean);
    out->mean = mean;
    if (mean == 0.0 || !isfinite(index)) {
        out->state = fpt_state_worst(out->state, FPT_STATE_ZERO_DENOMINATOR);
        return;
    }
    out->value = index;
    if (mean < 1.0) out->wagstaff = index / (1.0 - mean);
    if (out->state != FPT_STATE_OK) return;
    double variance;
    if (se != NULL)
        variance = group_variance(count, population, se, index, mean);
    else if (are_equal(count, population))
        variance = person_variance(count, value, index, mean);
    else
        return;
    if (!isfinite(variance)) {
        out->state = FPT_STATE_UNBOUNDED;
        return;
    }
    out->std_error = sqrt(variance);
    for (size_t k = 0; k < levels; k++) {
        const double reach = level[k].z * out->std_error;
        limits[k] = (fpt_limits){index - reach, index + reach};
    }
}
