/*
 * Spiegelhalter's additive model. Every unit's figure is put on a scale on which
 * its error is known and nearly normal; extreme units are pulled in or left out;
 * what variance is left over and above chance is tau2.
 */
#include "fpt/funnel.h"
#include "fpt/num.h"

fpt_scaled fpt_funnel_scaled(fpt_funnel_scale scale, double centre,
                             double numerator, double denominator)
{
    const double x = numerator, n = denominator, none = (double)NAN;
    switch (scale) {
    case FPT_SCALE_ASIN:
        return (fpt_scaled){asin(sqrt(x / n)), 0.5 / sqrt(n),
                            asin(sqrt(centre))};
    case FPT_SCALE_LOG_RATIO:
        return (fpt_scaled){x > 0.0 ? log(x / n) : none, 1.0 / sqrt(n),
                            log(centre)};
    case FPT_SCALE_ROOT_RATIO:
        /* sqrt(O/E) varies by 1 / (2 sqrt(E)) whatever the centre is. */
        return (fpt_scaled){sqrt(x / n), 0.5 / sqrt(n), sqrt(centre)};
    case FPT_SCALE_LOG_COUNTS:
        return (fpt_scaled){
            x > 0.0 ? log((x + 0.5) / (n + 0.5)) : none,
            sqrt(x / ((x + 0.5) * (x + 0.5)) + n / ((n + 0.5) * (n + 0.5))),
            log(centre)};
    }
    return (fpt_scaled){none, none, none};
}

/* Winsorise: z beyond the quantiles of the sorted ones become those. */
static void pull_in(size_t count, double *z, double trim, double *sorted,
                    size_t *order)
{
    fpt_order_by(count, z, order, order + count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = z[order[i]];
    const double low = fpt_sample_quantile(count, sorted, trim);
    const double high = fpt_sample_quantile(count, sorted, 1.0 - trim);
    for (size_t i = 0; i < count; i++)
        z[i] = z[i] < low ? low : z[i] > high ? high : z[i];
}

/* Truncate: keep the units whose tenth (by average rank) is not an end one.
 * Returns how many are left, at the front of z and error. */
static size_t leave_out(size_t count, double *z, double *error, double trim,
                        double *rank, size_t *order)
{
    const double parts = 1.0 / trim;
    fpt_order_by(count, z, order, order + count);
    fpt_rank(count, z, order, FPT_TIES_AVERAGE, rank);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const double part = floor(rank[i] * parts / ((double)count + 1.0));
        if (!(part > 0.0 && part < parts - 1.0)) continue;
        z[kept] = z[i];
        error[kept] = error[i];
        kept++;
    }
    return kept;
}

static void between_units(size_t count, const double *z, const double *error,
                          fpt_overdispersion *out)
{
    const double n = (double)count;
    fpt_sum squares = {0}, w = {0}, w2 = {0};
    for (size_t i = 0; i < count; i++) {
        const double weight = 1.0 / (error[i] * error[i]);
        fpt_sum_add(&squares, z[i] * z[i]);
        fpt_sum_add(&w, weight);
        fpt_sum_add(&w2, weight * weight);
    }
    const double sum = fpt_sum_value(squares);
    const double total = fpt_sum_value(w);
    const double spread = total - fpt_sum_value(w2) / total;
    out->phi = sum / n;
    out->tau2 = sum < n - 1.0 || !(spread > 0.0)
                    ? 0.0
                    : fmax(0.0, (sum - (n - 1.0)) / spread);
}

void fpt_funnel_overdispersion(fpt_funnel_scale scale, double centre,
                               double trim, size_t count,
                               const double *numerator,
                               const double *denominator, double *z,
                               double *work, size_t *order,
                               fpt_overdispersion *out)
{
    double *kept = work, *error = work + count, *scratch = work + 2 * count;
    size_t units = 0;
    double target = (double)NAN;
    for (size_t i = 0; i < count; i++) {
        const fpt_scaled s =
            fpt_funnel_scaled(scale, centre, numerator[i], denominator[i]);
        z[i] = (s.y - s.target) / s.error;
        target = s.target;
        if (!isfinite(z[i])) {
            z[i] = (double)NAN;
            continue;
        }
        kept[units] = z[i];
        error[units++] = s.error;
    }
    *out = (fpt_overdispersion){.phi = (double)NAN,
                                .tau2 = (double)NAN,
                                .target = target,
                                .state = FPT_STATE_TOO_FEW_ROWS};
    if (units < 3) return;
    if (trim > 0.0 && scale == FPT_SCALE_LOG_RATIO)
        units = leave_out(units, kept, error, trim, scratch, order);
    else if (trim > 0.0)
        pull_in(units, kept, trim, scratch, order);
    if (units < 3) return;
    out->kept = units;
    out->state = FPT_STATE_OK;
    between_units(units, kept, error, out);
}

/* sin^2 back to a proportion; beyond a quarter turn it would turn back. */
static double unasin(double t)
{
    if (t <= 0.0) return 0.0;
    if (t >= 1.57079632679489661923) return 1.0;
    const double s = sin(t);
    return s * s;
}

static double unroot(double t)
{
    return t > 0.0 ? t * t : 0.0;
}

fpt_limits fpt_funnel_wide_lines(fpt_funnel_scale scale, double centre,
                                 double tau2, double denominator, double z)
{
    if (!(denominator > 0.0) || !(tau2 >= 0.0)) return fpt_no_limits();
    /* On the line the unit's count is what the centre gives. */
    const fpt_scaled s =
        fpt_funnel_scaled(scale, centre, centre * denominator, denominator);
    const double reach = z * sqrt(s.error * s.error + tau2);
    const double low = s.target - reach, high = s.target + reach;
    switch (scale) {
    case FPT_SCALE_ASIN:
        return (fpt_limits){unasin(low), unasin(high)};
    case FPT_SCALE_ROOT_RATIO:
        return (fpt_limits){unroot(low), unroot(high)};
    case FPT_SCALE_LOG_RATIO:
    case FPT_SCALE_LOG_COUNTS:
        return (fpt_limits){exp(low), exp(high)};
    }
    return fpt_no_limits();
}
