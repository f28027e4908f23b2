/*
 * Values, centre lines and limits. A chart is a centre, a sigma for each point
 * and a range to which its lines are clipped; charts of single values take sigma
 * from the moving ranges, the others from the distribution of the count.
 */
#include <math.h>

#include "fpt/num.h"
#include "fpt/rate.h"
#include "spc_i.h"

static const double nelson = 3.6;      /* times between events: y = t^(1/3.6) */
static const double screening = 3.267; /* of the mean range, as Nelson 1982 */
static const double d2 = 1.128;        /* E(range of two) / sigma */

static double denominator(const struct fpti_series *s, size_t i)
{
    return s->in->n != NULL ? s->in->n[i] : 1.0;
}

static bool is_excluded(const struct fpti_series *s, size_t i)
{
    return s->in->exclude != NULL && s->in->exclude[i];
}

static fpt_state point_state(fpt_spc_chart chart, bool has_n, double x,
                             double n)
{
    switch (chart) {
    case FPT_SPC_P:
    case FPT_SPC_P_PRIME:
        return fpt_proportion_state(x, n);
    case FPT_SPC_U:
    case FPT_SPC_U_PRIME:
        return fpt_rate_state(x, n);
    case FPT_SPC_C:
    case FPT_SPC_G:
        return fpt_rate_state(x, 1.0);
    case FPT_SPC_T:
        return x <= 0.0 ? FPT_STATE_INVALID : fpt_rate_state(x, 1.0);
    default:
        if (fabs(x) > FPT_MOST_COUNT) return FPT_STATE_INVALID;
        if (has_n && (n < 0.0 || n > FPT_MOST_COUNT)) return FPT_STATE_INVALID;
        if (isnan(x) || (has_n && isnan(n))) return FPT_STATE_MISSING;
        if (has_n && n == 0.0) return FPT_STATE_ZERO_DENOMINATOR;
        return has_n && n < FPT_LEAST_PEOPLE ? FPT_STATE_INVALID : FPT_STATE_OK;
    }
}

static bool divides(const struct fpti_series *s)
{
    switch (s->o->chart) {
    case FPT_SPC_XMR:
    case FPT_SPC_C:
    case FPT_SPC_G:
    case FPT_SPC_T:
        return false;
    default:
        return s->in->n != NULL;
    }
}

/* Is there a range between this point and the one before it in its phase? */
static bool follows(const struct fpti_series *s, size_t i, const double *v)
{
    return i > s->from && s->out->phase[i] == s->out->phase[i - 1] &&
           !isnan(v[i - s->from]) && !isnan(v[i - 1 - s->from]);
}

void fpti_spc_values(const struct fpti_series *s)
{
    const fpt_spc_columns *out = s->out;
    const bool over = divides(s);
    double *v = s->work;
    for (size_t i = s->from; i < s->to; i++) {
        const double x = s->in->x[i], n = over ? s->in->n[i] : 1.0;
        out->state[i] = point_state(s->o->chart, over, x, n);
        const bool good = out->state[i] == FPT_STATE_OK;
        out->value[i] = good ? x / n : (double)NAN;
        v[i - s->from] = s->o->chart == FPT_SPC_T
                             ? pow(out->value[i], 1.0 / nelson)
                             : out->value[i];
        out->moving_range[i] = (double)NAN;
    }
    /* Of transformed values the ranges are not those of what is drawn. */
    if (s->o->chart != FPT_SPC_XMR && s->o->chart != FPT_SPC_I &&
        s->o->chart != FPT_SPC_MR)
        return;
    for (size_t i = s->from; i < s->to; i++)
        if (follows(s, i, v))
            out->moving_range[i] = fabs(v[i - s->from] - v[i - 1 - s->from]);
    if (s->o->chart != FPT_SPC_MR) return;
    for (size_t i = s->from; i < s->to; i++)
        out->value[i] = out->moving_range[i];
}

/* ---- the baseline ---- */

static bool is_base(const struct fpti_series *s, size_t i, const double *v)
{
    return !isnan(v[i - s->from]) && !is_excluded(s, i);
}

static size_t base_end(const struct fpti_series *s, size_t from, size_t to)
{
    return s->o->baseline == 0 || to - from < s->o->baseline
               ? to
               : from + s->o->baseline;
}

/* Mean, or a value that all share: a mean could be off it by rounding. */
static double mean_of(const struct fpti_series *s, size_t from, size_t to,
                      const double *v, size_t *count)
{
    fpt_sum sum = {0};
    double least = (double)INFINITY, most = -(double)INFINITY;
    *count = 0;
    for (size_t i = from; i < to; i++) {
        if (!is_base(s, i, v)) continue;
        fpt_sum_add(&sum, v[i - s->from]);
        least = fmin(least, v[i - s->from]);
        most = fmax(most, v[i - s->from]);
        ++*count;
    }
    if (*count == 0) return (double)NAN;
    return least == most ? least : fpt_sum_value(sum) / (double)*count;
}

static double median_of(const struct fpti_series *s, size_t from, size_t to,
                        const double *v)
{
    double *kept = s->work + 2 * fpti_rows(s);
    double *sorted = s->work + 3 * fpti_rows(s);
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        if (is_base(s, i, v)) kept[count++] = v[i - s->from];
    fpt_order_by(count, kept, s->order, s->order + fpti_rows(s));
    for (size_t i = 0; i < count; i++)
        sorted[i] = kept[s->order[i]];
    return fpt_sample_median(count, sorted);
}

/* Mean moving range of v over the baseline; NaN when there is none. */
static double mean_range(const struct fpti_series *s, size_t from, size_t to,
                         const double *v, bool screen)
{
    double *range = s->work + 2 * fpti_rows(s);
    size_t count = 0;
    double largest = 0.0;
    for (size_t i = from + 1; i < to; i++) {
        if (!is_base(s, i, v) || !is_base(s, i - 1, v)) continue;
        const double a = v[i - s->from], b = v[i - 1 - s->from];
        range[count++] = fabs(a - b);
        largest = fmax(largest, fmax(fabs(a), fabs(b)));
    }
    if (count == 0) return (double)NAN;
    double mean = fpt_sum_of(count, range) / (double)count;
    if (screen) {
        fpt_sum sum = {0};
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            if (!(range[i] < screening * mean)) continue;
            fpt_sum_add(&sum, range[i]);
            kept++;
        }
        if (kept > 0) mean = fpt_sum_value(sum) / (double)kept;
    }
    /* What differs by no more than rounding does not vary. */
    return mean <= 4.0 * 0x1p-52 * largest ? 0.0 : mean;
}

static double clip(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

struct chart {
    double centre; /* of the limits */
    double drawn;  /* the line that is drawn */
    double half;   /* from centre to limit; NaN: none; by point when each > 0 */
    double each;   /* sigma of a point is each / sqrt(n); 0: half holds */
    double low, high;
    bool nelson; /* lines are computed on y and turned back */
};

static double turn_back(double y)
{
    return y <= 0.0 ? 0.0 : pow(y, nelson); /* NaN stays NaN */
}

static void draw(const struct fpti_series *s, size_t from, size_t to,
                 const struct chart *c)
{
    const fpt_spc_columns *out = s->out;
    for (size_t i = from; i < to; i++) {
        const double n = denominator(s, i);
        const double half =
            c->each > 0.0
                ? (n >= FPT_LEAST_PEOPLE ? s->o->sigma * (c->each / sqrt(n))
                                         : (double)NAN)
                : c->half;
        const double warning = half * (2.0 / 3.0);
        double line[] = {c->centre - half, c->centre + half,
                         c->centre - warning, c->centre + warning};
        for (size_t k = 0; k < 4; k++) {
            if (c->nelson) line[k] = turn_back(line[k]);
            /* fmin and fmax would take the bound for a NaN. */
            line[k] = isnan(half) ? half : clip(line[k], c->low, c->high);
        }
        out->lower[i] = line[0];
        out->upper[i] = line[1];
        out->lower_warning[i] = line[2];
        out->upper_warning[i] = line[3];
    }
}

/* sum x / sum n over the baseline. */
static double pooled(const struct fpti_series *s, size_t from, size_t to,
                     const double *v)
{
    fpt_sum x = {0}, n = {0};
    for (size_t i = from; i < to; i++) {
        if (!is_base(s, i, v)) continue;
        fpt_sum_add(&x, s->in->x[i]);
        fpt_sum_add(&n, denominator(s, i));
    }
    const double people = fpt_sum_value(n);
    return people > 0.0 ? fpt_sum_value(x) / people : (double)NAN;
}

/* Laney: how much more the standardised values vary than chance makes them. */
static double sigma_z(const struct fpti_series *s, size_t from, size_t to,
                      const double *v, double centre, double each)
{
    double *z = s->work + fpti_rows(s);
    fpt_moments moments = {0};
    for (size_t i = from; i < to; i++) {
        const double sigma = each / sqrt(denominator(s, i));
        z[i - s->from] =
            is_base(s, i, v) ? (v[i - s->from] - centre) / sigma : (double)NAN;
        if (is_base(s, i, v)) fpt_moments_add(&moments, z[i - s->from]);
    }
    if (s->o->unordered) return sqrt(fpt_moments_variance(&moments));
    return mean_range(s, from, to, z, s->o->screen) / d2;
}

/* Charts of counts: sigma is each / sqrt(n). */
static void count_chart(const struct fpti_series *s, size_t from, size_t base,
                        const double *v, struct chart *c)
{
    const bool share =
        s->o->chart == FPT_SPC_P || s->o->chart == FPT_SPC_P_PRIME;
    const bool prime =
        s->o->chart == FPT_SPC_P_PRIME || s->o->chart == FPT_SPC_U_PRIME;
    if (isnan(s->o->centre)) c->centre = pooled(s, from, base, v);
    c->drawn = c->centre;
    c->low = 0.0;
    if (share) c->high = 1.0;
    c->each = sqrt(share ? c->centre * (1.0 - c->centre) : c->centre);
    if (prime && c->each > 0.0)
        c->each *= sigma_z(s, from, base, v, c->centre, c->each);
    c->half = c->each == 0.0 ? 0.0 : (double)NAN;
}

/* Charts of single values, also of times between events on Nelson's scale. */
static void value_chart(const struct fpti_series *s, size_t from, size_t base,
                        const double *v, struct chart *c)
{
    const bool xmr = s->o->chart == FPT_SPC_XMR;
    const double amr = mean_range(s, from, base, v, s->o->screen);
    size_t count;
    if (s->o->chart == FPT_SPC_MR) {
        c->centre = amr;
        c->drawn = amr;
        c->low = 0.0;
        c->half = amr * (screening - 1.0) * s->o->sigma / 3.0;
        return;
    }
    c->nelson = s->o->chart == FPT_SPC_T;
    if (isnan(s->o->centre))
        c->centre = mean_of(s, from, base, v, &count);
    else if (c->nelson)
        c->centre = pow(s->o->centre, 1.0 / nelson);
    const double constant = s->o->constant != 0.0 ? s->o->constant
                            : xmr                 ? 2.66
                                                  : d2;
    const double three = constant > 2.0 ? constant : 3.0 / constant;
    c->half = amr * three * s->o->sigma / 3.0;
    c->drawn = c->nelson ? turn_back(c->centre) : c->centre;
}

static void other_chart(const struct fpti_series *s, size_t from, size_t base,
                        const double *v, struct chart *c)
{
    size_t count;
    const bool given = !isnan(s->o->centre);
    const double mean =
        given ? s->o->centre : mean_of(s, from, base, v, &count);
    c->centre = c->drawn = mean;
    if (s->o->chart == FPT_SPC_C) {
        c->half = s->o->sigma * sqrt(mean);
        c->low = 0.0;
    } else if (s->o->chart == FPT_SPC_G) {
        c->half = s->o->sigma * sqrt(mean * (mean + 1.0));
        c->low = 0.0;
        /* The median of an exponential is 0.693 of its mean. */
        c->drawn = given ? 0.693 * mean : median_of(s, from, base, v);
    } else { /* run */
        c->half = (double)NAN;
        if (!given) c->drawn = median_of(s, from, base, v);
    }
}

static void no_lines(const struct fpti_series *s, size_t from, size_t to,
                     double centre)
{
    for (size_t i = from; i < to; i++) {
        s->out->centre[i] = centre;
        s->out->lower[i] = s->out->upper[i] = (double)NAN;
        s->out->lower_warning[i] = s->out->upper_warning[i] = (double)NAN;
    }
}

bool fpti_spc_lines(const struct fpti_series *s, size_t from, size_t to,
                    fpt_state *why)
{
    const double *v = s->work;
    const size_t base = base_end(s, from, to);
    struct chart c = {.centre = s->o->centre,
                      .low = -(double)INFINITY,
                      .high = (double)INFINITY};
    size_t points = 0;
    for (size_t i = from; i < to; i++)
        points += isnan(v[i - s->from]) ? 0 : 1;
    switch (s->o->chart) {
    case FPT_SPC_P:
    case FPT_SPC_P_PRIME:
    case FPT_SPC_U:
    case FPT_SPC_U_PRIME:
        count_chart(s, from, base, v, &c);
        break;
    case FPT_SPC_C:
    case FPT_SPC_G:
    case FPT_SPC_RUN:
        other_chart(s, from, base, v, &c);
        break;
    default:
        value_chart(s, from, base, v, &c);
    }
    no_lines(s, from, to, c.drawn);
    *why = FPT_STATE_OK;
    if (s->o->chart == FPT_SPC_RUN) return false;
    *why = FPT_STATE_TOO_FEW_POINTS;
    if (points < s->o->least_points) return false;
    if (!(c.each > 0.0) && !(c.half >= 0.0)) return false;
    *why = FPT_STATE_NO_VARIATION;
    if (!(c.each > 0.0) && !(c.half > 0.0)) return false;
    *why = FPT_STATE_OK;
    draw(s, from, to, &c);
    return true;
}
