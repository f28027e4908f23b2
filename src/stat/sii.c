/*
 * With shares s, ranks m and sum s m = 1/2, the weighted line through y has
 *   b = sum s (m - 1/2) y / S,   S = sum s (m - 1/2)^2,   a = ybar - b / 2:
 * linear in y. So where the y are normal (or their logarithms and logits are,
 * and the line goes through those) b is exactly normal, and there is nothing to
 * simulate. The relative index (a + b) / a is then a ratio of two correlated
 * normals, whose limits are Fieller's.
 */
#include "fpt/num.h"
#include "inequality_i.h"

fpt_sii_options fpt_sii_options_default(void)
{
    return (fpt_sii_options){.struct_size = sizeof(fpt_sii_options),
                             .multiplier = 1.0,
                             .draws = 100000,
                             .min_groups = 5};
}

bool fpt_sii_simulates(const fpt_sii_options *options)
{
    return options->type != FPT_SII_NORMAL && !options->transform;
}

size_t fpt_sii_work(const fpt_sii_options *options)
{
    return fpt_sii_simulates(options) ? 2 * options->draws : 0;
}

fpt_status fpt_sii_options_check(const fpt_sii_options *options, fpt_error *err)
{
    if (options->type == FPT_SII_NORMAL && options->transform)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "only rates and proportions can be transformed");
    if (!fpt_multiplier_size_is_valid(options->multiplier))
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the multiplier %g is not a number between 1e-15 and "
                        "1e15 in size",
                        options->multiplier);
    if (options->min_groups < 3)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "a slope needs at least 3 groups, not %zu",
                        options->min_groups);
    if (options->level_count > FPT_LEVELS_MOST)
        return fpt_fail(err, FPT_ERR_RANGE, "more than %d levels",
                        (int)FPT_LEVELS_MOST);
    if (!fpt_sii_simulates(options)) return FPT_OK;
    if (options->draws < 1000 || options->draws > 100000000)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "draws must be between 1,000 and 100,000,000, not %zu",
                        options->draws);
    for (size_t k = 0; k < options->level_count; k++)
        if ((double)options->draws * options->level[k].tail < 1.0)
            return fpt_fail(err, FPT_ERR_RANGE,
                            "%zu draws are too few for a level of %g",
                            options->draws, options->level[k].confidence);
    return FPT_OK;
}

double fpt_sii_standard_error(fpt_sii_type type, double lower, double upper)
{
    const double none = (double)NAN;
    const double width = 2.0 * fpt_normal_upper(0.025);
    switch (type) {
    case FPT_SII_NORMAL:
        return (upper - lower) / width;
    case FPT_SII_RATE:
        return lower > 0.0 && isfinite(upper) ? log(upper / lower) / width
                                              : none;
    case FPT_SII_PROPORTION:
        return lower > 0.0 && upper < 1.0
                   ? (log(upper / (1.0 - upper)) - log(lower / (1.0 - lower))) /
                         width
                   : none;
    }
    return none;
}

/* ---- people ---- */

double fpti_total(size_t count, const double *population)
{
    return fpt_sum_of(count, population);
}

double fpti_spread(size_t count, const double *population, double total)
{
    struct fpti_walk walk = {.total = total};
    fpt_sum spread = {0};
    for (size_t i = 0; i < count; i++) {
        double d;
        const double s = fpti_step(&walk, population[i], &d);
        fpt_sum_add(&spread, s * d * d);
    }
    return fpt_sum_value(spread);
}

fpt_state fpti_population_state(size_t count, const double *population)
{
    fpt_state state = FPT_STATE_OK;
    for (size_t i = 0; i < count; i++) {
        const double n = population[i];
        fpt_state row = FPT_STATE_OK;
        if (n < 0.0 || n > FPT_MOST_COUNT || (n > 0.0 && n < FPT_LEAST_PEOPLE))
            row = FPT_STATE_INVALID;
        else if (isnan(n))
            row = FPT_STATE_MISSING;
        else if (n == 0.0)
            row = FPT_STATE_ZERO_DENOMINATOR;
        state = fpt_state_worst(state, row);
    }
    return state;
}

/* ---- the line ---- */

/* y on the scale of the line, or NaN where it has no such scale. */
static double on_line(const fpt_sii_options *options, double y)
{
    if (!options->transform) return y;
    if (options->type == FPT_SII_RATE) return y > 0.0 ? log(y) : (double)NAN;
    return y > 0.0 && y < 1.0 ? log(y / (1.0 - y)) : (double)NAN;
}

static double off_line(const fpt_sii_options *options, double t)
{
    if (!options->transform) return t;
    return options->type == FPT_SII_RATE ? exp(t) : 1.0 / (1.0 + exp(-t));
}

/* The line, with the variances of its ends: v0 at rank 0, v1 at rank 1. */
struct line {
    double mean, slope;
    double slope_variance, v0, v1, c01;
};

static struct line fit(size_t count, const double *population,
                       const double *value, const double *se,
                       const fpt_sii_options *options)
{
    const double total = fpti_total(count, population);
    const double spread = fpti_spread(count, population, total);
    fpt_sum sum = {0};
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&sum, population[i] / total * on_line(options, value[i]));
    const double mean = fpt_sum_value(sum);

    struct fpti_walk walk = {.total = total};
    fpt_sum slope = {0}, vb = {0}, v0 = {0}, v1 = {0}, c01 = {0};
    for (size_t i = 0; i < count; i++) {
        double d;
        const double s = fpti_step(&walk, population[i], &d);
        const double c = s * d / spread;
        const double variance = se[i] * se[i];
        const double w0 = s - 0.5 * c, w1 = s + 0.5 * c;
        /* The sum of c is 0, so the mean may be taken off. */
        fpt_sum_add(&slope, c * (on_line(options, value[i]) - mean));
        fpt_sum_add(&vb, c * c * variance);
        fpt_sum_add(&v0, w0 * w0 * variance);
        fpt_sum_add(&v1, w1 * w1 * variance);
        fpt_sum_add(&c01, w0 * w1 * variance);
    }
    return (struct line){mean,
                         fpt_sum_value(slope),
                         fpt_sum_value(vb),
                         fpt_sum_value(v0),
                         fpt_sum_value(v1),
                         fpt_sum_value(c01)};
}

/*
 * Fieller: the r for which (Y1 - r Y0)^2 <= z^2 (v1 - 2 r c01 + r^2 v0). It is
 * an interval only when the denominator is surely not 0.
 */
static bool fieller(double y1, double y0, double v1, double v0, double c01,
                    double z, fpt_limits *out)
{
    const double z2 = z * z;
    const double a = y0 * y0 - z2 * v0;
    if (!(a > 0.0)) return false;
    const double half_b = y0 * y1 - z2 * c01;
    const double c = y1 * y1 - z2 * v1;
    const double root = sqrt(fmax(0.0, half_b * half_b - a * c));
    /* The larger root in size first, the other from their product. */
    const double first = (half_b >= 0.0 ? half_b + root : half_b - root) / a;
    const double second = first != 0.0 ? c / a / first : 0.0;
    *out = (fpt_limits){fmin(first, second), fmax(first, second)};
    return isfinite(first) && isfinite(second);
}

static fpt_limits slope_limits(const fpt_sii_options *options,
                               const struct line *line, double reach)
{
    const double low = line->slope - reach, high = line->slope + reach;
    const double mean = line->mean, m = options->multiplier;
    const fpt_limits limits =
        options->transform
            ? (fpt_limits){off_line(options, mean + low / 2) -
                               off_line(options, mean - low / 2),
                           off_line(options, mean + high / 2) -
                               off_line(options, mean - high / 2)}
            : (fpt_limits){low, high};
    return fpt_limits_times(limits, m);
}

/* f(mean + t/2) / f(mean - t/2), or its inverse; for logarithms exp(t). */
static double end_ratio(const fpt_sii_options *options, double mean, double t,
                        bool inverse)
{
    const double half = inverse ? -0.5 * t : 0.5 * t;
    if (options->type == FPT_SII_RATE) return exp(2.0 * half);
    return off_line(options, mean + half) / off_line(options, mean - half);
}

static bool ratio_limits(const fpt_sii_options *options,
                         const struct line *line, double z, fpt_limits *out)
{
    const bool inverse = options->multiplier < 0.0;
    const double y0 = line->mean - 0.5 * line->slope;
    const double y1 = line->mean + 0.5 * line->slope;
    if (!options->transform)
        return inverse ? fieller(y0, y1, line->v0, line->v1, line->c01, z, out)
                       : fieller(y1, y0, line->v1, line->v0, line->c01, z, out);
    const double reach = z * sqrt(line->slope_variance);
    const double low =
        end_ratio(options, line->mean, line->slope - reach, inverse);
    const double high =
        end_ratio(options, line->mean, line->slope + reach, inverse);
    *out = (fpt_limits){fmin(low, high), fmax(low, high)};
    return isfinite(low) && isfinite(high);
}

static void points(const fpt_sii_options *options, const struct line *line,
                   fpt_sii *out)
{
    const double m = options->multiplier;
    const double y0 = line->mean - 0.5 * line->slope;
    const double y1 = line->mean + 0.5 * line->slope;
    if (options->transform) {
        const double f0 = off_line(options, y0);
        out->value = (off_line(options, y1) - f0) * m;
        out->rii = end_ratio(options, line->mean, line->slope, m < 0.0);
        out->intercept = f0 * fabs(m);
        return;
    }
    out->value = line->slope * m;
    out->rii = m < 0.0 ? y0 / y1 : y1 / y0;
    out->intercept = y0;
}

/* The state of the values: is there a line at all, and are there limits? */
static fpt_state value_state(size_t count, const double *value,
                             const double *se, const fpt_sii_options *options,
                             bool *line, bool *limits)
{
    fpt_state state = FPT_STATE_OK;
    *line = *limits = true;
    for (size_t i = 0; i < count; i++) {
        const double y = value[i];
        const bool has_scale =
            options->type == FPT_SII_NORMAL ||
            (y > 0.0 && (options->type == FPT_SII_RATE || y < 1.0));
        fpt_state row = FPT_STATE_OK;
        if (isinf(y) || fabs(y) > 1e100 || se[i] < 0.0 || se[i] > 1e100 ||
            (options->type != FPT_SII_NORMAL && y < 0.0) ||
            (options->type == FPT_SII_PROPORTION && y > 1.0))
            row = FPT_STATE_INVALID;
        else if (isnan(y) || isnan(se[i]))
            row = FPT_STATE_MISSING;
        else if (!has_scale)
            row = FPT_STATE_ZERO_EVENTS;
        if (row == FPT_STATE_INVALID || isnan(y) ||
            (!has_scale && options->transform))
            *line = false;
        if (row != FPT_STATE_OK) *limits = false;
        state = fpt_state_worst(state, row);
    }
    return state;
}

static void give_limits(const fpt_sii_options *options, const struct line *line,
                        fpt_sii *out, fpt_sii_limits *limits)
{
    const double error = sqrt(line->slope_variance);
    out->std_error =
        options->transform ? error : error * fabs(options->multiplier);
    if (!isfinite(out->std_error)) out->std_error = (double)NAN;
    for (size_t k = 0; k < options->level_count; k++) {
        const double z = options->level[k].z;
        limits[k].value = slope_limits(options, line, z * error);
        if (!isfinite(limits[k].value.lower) ||
            !isfinite(limits[k].value.upper)) {
            limits[k].value = fpt_no_limits();
            out->state = fpt_state_worst(out->state, FPT_STATE_UNBOUNDED);
        }
        if (!ratio_limits(options, line, z, &limits[k].rii)) {
            limits[k].rii = fpt_no_limits();
            out->state = fpt_state_worst(out->state, FPT_STATE_UNBOUNDED);
        }
    }
}

fpt_status fpt_sii_of(size_t count, const double *population,
                      const double *value, const double *se,
                      const fpt_sii_options *options, fpt_sii *out,
                      fpt_sii_limits *limits, double *work)
{
    FPT_TRY(fpt_sii_options_check(options, NULL));
    const double none = (double)NAN;
    *out = (fpt_sii){.value = none,
                     .rii = none,
                     .intercept = none,
                     .std_error = none,
                     .groups = count};
    for (size_t k = 0; k < options->level_count; k++)
        limits[k] =
            (fpt_sii_limits){fpt_no_limits(), fpt_no_limits(), fpt_no_limits()};
    bool has_line, has_limits;
    const fpt_state people = fpti_population_state(count, population);
    out->state = fpt_state_worst(
        people, value_state(count, value, se, options, &has_line, &has_limits));
    if (count < options->min_groups)
        out->state = fpt_state_worst(out->state, FPT_STATE_TOO_FEW_ROWS);
    if (people != FPT_STATE_OK || !has_line || count < options->min_groups)
        return FPT_OK;

    const struct line line = fit(count, population, value, se, options);
    points(options, &line, out);
    if (!isfinite(out->rii)) {
        out->rii = none;
        out->state = fpt_state_worst(out->state, FPT_STATE_UNBOUNDED);
    }
    if (!isfinite(out->value) || !isfinite(out->intercept)) {
        out->value = out->rii = out->intercept = none;
        out->state = FPT_STATE_INVALID;
        return FPT_OK;
    }
    if (!has_limits) return FPT_OK;
    if (fpt_sii_simulates(options))
        return fpti_sii_simulate(count, population, value, se, options, out,
                                 limits, work);
    give_limits(options, &line, out, limits);
    return FPT_OK;
}
