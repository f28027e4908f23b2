/*
 * Against history: what was found for an assumption before, and how forecasts
 * would have done that were made with what was known at the time.
 */
#include "stress_i.h"

fpt_status fpt_stress_history_of(fpt_arena scratch, const fpt_plan *plan,
                                 size_t assumption, fpt_stress_history *out)
{
    const fpt_plan_assumption a = fpt_plan_assumption_at(plan, assumption);
    double *found = FPT_NEW(&scratch, double, a.history_count + 1);
    double *ratio = FPT_NEW(&scratch, double, a.history_count + 1);
    if (found == NULL || ratio == NULL) return FPT_ERR_MEMORY;
    const double none = (double)NAN;
    size_t count = 0, ratios = 0;
    for (size_t i = 0; i < a.history_count; i++) {
        const fpt_plan_history h = fpt_plan_history_at(plan, assumption, i);
        if (isnan(h.found)) continue;
        found[count++] = h.found;
        if (h.planned != 0.0 && !isnan(h.planned))
            ratio[ratios++] = h.found / h.planned;
    }
    *out = (fpt_stress_history){
        .count = count, .found_mean = none, .ratio = none, .ratio_sd = none};
    if (count > 0) out->found_mean = fpt_sum_of(count, found) / (double)count;
    if (ratios > 0) out->ratio = fpt_sum_of(ratios, ratio) / (double)ratios;
    if (ratios > 1) {
        fpt_sum square = {0};
        for (size_t i = 0; i < ratios; i++)
            fpt_sum_add(&square,
                        (ratio[i] - out->ratio) * (ratio[i] - out->ratio));
        out->ratio_sd = sqrt(fpt_sum_value(square) / ((double)ratios - 1.0));
    }
    const fpt_status status =
        fpt_history_predict(count, found, a.has_class, a.class_mean, a.class_sd,
                            a.stated, &out->prediction);
    out->known = status == FPT_OK;
    if (count == 0 && !a.has_class)
        (void)fpt_fail(&out->why_not, FPT_ERR_REFUSED,
                       "no past figure and no reference class");
    else if (!out->known)
        (void)fpt_fail(&out->why_not, FPT_ERR_REFUSED,
                       count == 1 ? "one past figure has no spread: give a "
                                    "reference class"
                                  : "the past figures have no spread: give a "
                                    "reference class");
    return FPT_OK;
}

/* ---- hindcast ---- */

enum { FORECAST_DRAWS = 2000, CHANGES_LEAST = 3 };

typedef struct caster {
    const fpt_plan *plan;
    double *sorted, *value, *change;
    double **shape; /* by degrees of freedom: quantiles of Student's t */
    fpt_arena *arena;
    int first, years; /* of all figures */
} caster;

/* Quantiles take long to find, and few degrees of freedom occur. */
static const double *shape_of(caster *c, double df)
{
    double **shape = &c->shape[(size_t)df];
    if (*shape != NULL) return *shape;
    *shape = FPT_NEW(c->arena, double, FORECAST_DRAWS);
    for (int i = 0; i < FORECAST_DRAWS / 2 && *shape != NULL; i++) {
        const double t = fpt_student_quantile((i + 0.5) / FORECAST_DRAWS, df);
        (*shape)[i] = t;
        (*shape)[FORECAST_DRAWS - 1 - i] = -t;
    }
    return *shape;
}

/* The figure of a year as it was known by another; NaN: not. */
static double known_figure(const fpt_plan *plan, fpt_str series, int year,
                           int by)
{
    double value = (double)NAN;
    int latest = INT_MIN;
    for (size_t i = 0; i < fpt_plan_actual_count(plan); i++) {
        const fpt_plan_actual a = fpt_plan_actual_at(plan, i);
        if (a.year != year || a.known > by || a.known < latest ||
            !fpt_str_equal(a.series, series))
            continue;
        latest = a.known;
        value = a.value;
    }
    return value;
}

typedef struct forecast {
    bool made, logs;
    double last, trend; /* the two simple forecasts; trend: the middle too */
    double spread, df;
} forecast;

/* From the figures known at `origin`, unbroken back from the latest of them:
 * mean yearly change and its spread. Lags of publishing lengthen the way. */
static forecast forecast_from(caster *c, fpt_str series, int origin, int target)
{
    forecast f = {.logs = true};
    size_t n = 0;
    int latest = origin;
    while (latest >= c->first &&
           isnan(known_figure(c->plan, series, latest, origin)))
        latest--;
    for (int year = latest; year >= c->first; year--) {
        const double value = known_figure(c->plan, series, year, origin);
        if (isnan(value)) break;
        c->value[n++] = value; /* from the latest back */
        f.logs = f.logs && value > 0.0;
    }
    if (n < CHANGES_LEAST + 1) return f;
    const double changes = (double)(n - 1);
    fpt_sum sum = {0}, square = {0};
    for (size_t i = 0; i + 1 < n; i++) {
        c->change[i] = f.logs ? log(c->value[i] / c->value[i + 1])
                              : c->value[i] - c->value[i + 1];
        fpt_sum_add(&sum, c->change[i]);
    }
    const double mean = fpt_sum_value(sum) / changes;
    for (size_t i = 0; i + 1 < n; i++)
        fpt_sum_add(&square, (c->change[i] - mean) * (c->change[i] - mean));
    const double variance = fpt_sum_value(square) / (changes - 1.0);
    const double ahead = target - latest;
    f.made = variance > 0.0;
    f.df = changes - 1.0;
    f.last = f.logs ? log(c->value[0]) : c->value[0];
    f.trend = f.last + ahead * mean;
    f.spread = sqrt(variance * (ahead + ahead * ahead / changes));
    return f;
}

/* One forecast judged: figures above 0 in logarithms, where a difference is a
 * share; others as shares of the series' size. */
static fpt_status judge(caster *c, const forecast *f, double figure,
                        double mean_size, fpt_hindcast *out)
{
    const double *shape = shape_of(c, f->df);
    if (shape == NULL) return FPT_ERR_MEMORY;
    const double found = f->logs ? log(figure) : figure;
    const double size = f->logs ? 1.0 : mean_size;
    for (int i = 0; i < FORECAST_DRAWS; i++)
        c->sorted[i] = f->trend + f->spread * shape[i];
    const double low = fpti_sorted_quantile(FORECAST_DRAWS, c->sorted, 0.1);
    const double high = fpti_sorted_quantile(FORECAST_DRAWS, c->sorted, 0.9);
    const double place = fpt_pit(FORECAST_DRAWS, c->sorted, found, 0.5);
    out->forecasts++;
    out->inside_80 += found >= low && found <= high;
    out->crps += fpt_crps(FORECAST_DRAWS, c->sorted, found) / size;
    out->crps_last_year += fabs(f->last - found) / size;
    out->crps_trend += fabs(f->trend - found) / size;
    out->bias += (f->trend - found) / size;
    out->pit[place >= 1.0 ? 9 : (int)(place * 10.0)]++;
    return FPT_OK;
}

/* All forecasts of one series, m years ahead. */
static fpt_status cast_series(caster *c, fpt_str series, int ahead,
                              fpt_hindcast *out)
{
    const int last = c->first + c->years - 1;
    fpt_sum sizes = {0};
    double figures = 0.0;
    for (int year = c->first; year <= last; year++) {
        const double value = known_figure(c->plan, series, year, INT_MAX);
        if (isnan(value)) continue;
        fpt_sum_add(&sizes, fabs(value));
        figures += 1.0;
    }
    const double size = fpt_sum_value(sizes) / figures;
    if (!(size > 0.0)) return FPT_OK;
    for (int target = c->first; target <= last; target++) {
        const double found = known_figure(c->plan, series, target, INT_MAX);
        if (isnan(found)) continue;
        const forecast f = forecast_from(c, series, target - ahead, target);
        if (f.made && (found > 0.0 || !f.logs))
            FPT_TRY(judge(c, &f, found, size, out));
    }
    return FPT_OK;
}

static bool is_first_of_series(const fpt_plan *plan, size_t index)
{
    const fpt_str series = fpt_plan_actual_at(plan, index).series;
    for (size_t i = 0; i < index; i++)
        if (fpt_str_equal(fpt_plan_actual_at(plan, i).series, series))
            return false;
    return true;
}

fpt_status fpt_stress_hindcast(fpt_arena scratch, const fpt_plan *plan,
                               int horizon, fpt_hindcast *out, fpt_error *err)
{
    const size_t count = fpt_plan_actual_count(plan);
    caster c = {.plan = plan, .first = INT_MAX, .arena = &scratch};
    int last = INT_MIN;
    for (size_t i = 0; i < count; i++) {
        const fpt_plan_actual a = fpt_plan_actual_at(plan, i);
        if (a.year < c.first) c.first = a.year;
        if (a.year > last) last = a.year;
    }
    c.years = count > 0 ? last - c.first + 1 : 0;
    c.sorted = FPT_NEW(&scratch, double, FORECAST_DRAWS);
    c.value = FPT_NEW(&scratch, double, (size_t)c.years + 1);
    c.change = FPT_NEW(&scratch, double, (size_t)c.years + 1);
    c.shape = FPT_NEW(&scratch, double *, (size_t)c.years + 1);
    if (c.sorted == NULL || c.value == NULL || c.change == NULL ||
        c.shape == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a hindcast");
    size_t made = 0;
    for (int m = 1; m <= horizon; m++) {
        fpt_hindcast *h = &out[m - 1];
        *h = (fpt_hindcast){0};
        for (size_t i = 0; i < count; i++)
            if (is_first_of_series(plan, i) &&
                cast_series(&c, fpt_plan_actual_at(plan, i).series, m, h) !=
                    FPT_OK)
                return fpt_fail(err, FPT_ERR_MEMORY,
                                "no memory for a hindcast");
        made += h->forecasts;
        const double n = (double)h->forecasts;
        h->coverage = fpt_odds_of(h->inside_80, h->forecasts);
        h->crps /= n; /* NaN when there are none */
        h->crps_last_year /= n;
        h->crps_trend /= n;
        h->bias /= n;
    }
    if (made == 0)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "no series of actuals.csv has three yearly changes "
                        "known before a year that can be foretold");
    return FPT_OK;
}
