/*
 * Sobol' indices. Two independent samples A and B; for each group a third that
 * is A with the group's inputs from B. All are centred before squares are taken,
 * so that a large mean costs no digits.
 */
#include "fpt/sample.h"
#include "stress_i.h"

enum { BOOTSTRAPS = 200 };

/* Inputs that depend on one another must be in one group. */
static bool groups_are_whole(const fpt_response *r, const uint32_t *group)
{
    for (size_t i = 0; i < r->count && r->correlation != NULL; i++)
        for (size_t j = 0; j < i; j++)
            if (r->correlation[i * r->count + j] != 0.0 && group[i] != group[j])
                return false;
    return true;
}

typedef struct sample {
    const fpt_response *response;
    const double *factor; /* of the correlations, or NULL */
    double *a, *b, *mixed;
    double **rows;
} sample;

static fpt_status run_point(const sample *s, uint32_t row, const double *from,
                            double *out)
{
    const size_t n = s->response->count;
    memcpy(s->mixed, from, n * FPT_LANES * sizeof *s->mixed);
    for (size_t i = 0; i < n; i++)
        s->rows[i] = s->mixed + i * FPT_LANES;
    if (s->factor != NULL) fpt_copula_normal(n, s->factor, s->rows);
    return s->response->run(s->response->context, row, s->mixed, out);
}

/* f(A), f(B) and f(A with group g from B), for all rows of points. */
static fpt_status run_all(const sample *s, size_t groups, const uint32_t *group,
                          size_t rows, uint64_t seed, double *f, double *swap)
{
    const size_t n = s->response->count, points = rows * FPT_LANES;
    for (uint32_t row = 0; row < rows; row++) {
        fpti_scores(seed, 1, n, row, s->a);
        fpti_scores(seed, 2, n, row, s->b);
        double *out = f + (size_t)row * FPT_LANES;
        FPT_TRY(run_point(s, row, s->a, out));
        FPT_TRY(run_point(s, row, s->b, out + points));
        for (size_t g = 0; g < groups; g++) {
            for (size_t i = 0; i < n; i++)
                memcpy(swap + i * FPT_LANES,
                       (group[i] == g ? s->b : s->a) + i * FPT_LANES,
                       FPT_LANES * sizeof *swap);
            FPT_TRY(run_point(s, row, swap, out + (2 + g) * points));
        }
    }
    return FPT_OK;
}

/* Two estimates of the first-order index, and the total. */
typedef struct indices {
    double jansen, saltelli, total;
} indices;

static indices estimate(size_t points, const uint32_t *chosen, const double *a,
                        const double *b, const double *ab)
{
    fpt_sum mean = {0}, square = {0}, by_b = {0}, by_a = {0}, with = {0};
    for (size_t i = 0; i < points; i++) {
        const size_t k = chosen != NULL ? chosen[i] : i;
        fpt_sum_add(&mean, a[k]);
        fpt_sum_add(&mean, b[k]);
        fpt_sum_add(&by_b, (b[k] - ab[k]) * (b[k] - ab[k]));
        fpt_sum_add(&by_a, (a[k] - ab[k]) * (a[k] - ab[k]));
    }
    const double n = (double)points, middle = fpt_sum_value(mean) / (2.0 * n);
    for (size_t i = 0; i < points; i++) {
        const size_t k = chosen != NULL ? chosen[i] : i;
        fpt_sum_add(&square, (a[k] - middle) * (a[k] - middle));
        fpt_sum_add(&square, (b[k] - middle) * (b[k] - middle));
        fpt_sum_add(&with, (b[k] - middle) * (ab[k] - a[k]));
    }
    const double v = fpt_sum_value(square) / (2.0 * n - 1.0);
    const double none = (double)NAN;
    if (!(v > 0.0)) return (indices){none, none, none};
    return (indices){1.0 - fpt_sum_value(by_b) / (2.0 * n) / v,
                     fpt_sum_value(with) / n / v,
                     fpt_sum_value(by_a) / (2.0 * n) / v};
}

static void intervals(size_t points, uint64_t seed, uint32_t *chosen,
                      const double *a, const double *b, const double *ab,
                      fpt_sobol_share *out)
{
    double jansen[BOOTSTRAPS], saltelli[BOOTSTRAPS], total[BOOTSTRAPS];
    const indices here = estimate(points, NULL, a, b, ab);
    for (uint32_t k = 0; k < BOOTSTRAPS; k++) {
        fpt_rng rng = fpt_rng_make(seed, k, 0, 0x626f6f74); /* "boot" */
        for (size_t i = 0; i < points; i++)
            chosen[i] = fpt_rng_below(&rng, (uint32_t)points);
        const indices again = estimate(points, chosen, a, b, ab);
        jansen[k] = again.jansen;
        saltelli[k] = again.saltelli;
        total[k] = again.total;
    }
    fpti_sort(BOOTSTRAPS, jansen);
    fpti_sort(BOOTSTRAPS, saltelli);
    fpti_sort(BOOTSTRAPS, total);
    const double low[2] = {fpti_sorted_quantile(BOOTSTRAPS, jansen, 0.025),
                           fpti_sorted_quantile(BOOTSTRAPS, saltelli, 0.025)};
    const double high[2] = {fpti_sorted_quantile(BOOTSTRAPS, jansen, 0.975),
                            fpti_sorted_quantile(BOOTSTRAPS, saltelli, 0.975)};
    const int which = high[1] - low[1] < high[0] - low[0];
    *out = (fpt_sobol_share){
        .first = which == 1 ? here.saltelli : here.jansen,
        .first_lower = low[which],
        .first_upper = high[which],
        .total = here.total,
        .total_lower = fpti_sorted_quantile(BOOTSTRAPS, total, 0.025),
        .total_upper = fpti_sorted_quantile(BOOTSTRAPS, total, 0.975)};
}

fpt_status fpt_sobol_shares(fpt_arena scratch, const fpt_response *response,
                            size_t groups, const uint32_t *group, size_t points,
                            uint64_t seed, fpt_sobol_share *share, double *mean,
                            double *variance)
{
    const size_t n = response->count;
    if (points < 2 || points > UINT32_MAX || groups == 0 ||
        !groups_are_whole(response, group))
        return FPT_ERR_RANGE;
    for (size_t i = 0; i < n; i++)
        if (group[i] >= groups) return FPT_ERR_RANGE;
    const size_t rows = (points + FPT_LANES - 1) / FPT_LANES;
    const size_t all = rows * FPT_LANES;
    sample s = {.response = response,
                .a = FPT_NEW(&scratch, double, n *FPT_LANES),
                .b = FPT_NEW(&scratch, double, n *FPT_LANES),
                .mixed = FPT_NEW(&scratch, double, n *FPT_LANES),
                .rows = FPT_NEW(&scratch, double *, n)};
    double *swap = FPT_NEW(&scratch, double, n *FPT_LANES);
    double *f = FPT_NEW(&scratch, double, (groups + 2) * all);
    uint32_t *chosen = FPT_NEW(&scratch, uint32_t, all);
    double *factor = FPT_NEW(&scratch, double, n *n);
    if (s.a == NULL || s.b == NULL || s.mixed == NULL || s.rows == NULL ||
        swap == NULL || f == NULL || chosen == NULL || factor == NULL)
        return FPT_ERR_MEMORY;
    if (response->correlation != NULL) {
        FPT_TRY(fpt_cholesky(n, response->correlation, factor, NULL));
        s.factor = factor;
    }
    FPT_TRY(run_all(&s, groups, group, rows, seed, f, swap));
    for (size_t g = 0; g < groups; g++)
        intervals(all, seed, chosen, f, f + all, f + (2 + g) * all, &share[g]);
    fpt_sum sum = {0}, square = {0};
    for (size_t i = 0; i < 2 * all; i++)
        fpt_sum_add(&sum, f[i]);
    *mean = fpt_sum_value(sum) / (2.0 * (double)all);
    for (size_t i = 0; i < 2 * all; i++)
        fpt_sum_add(&square, (f[i] - *mean) * (f[i] - *mean));
    *variance = fpt_sum_value(square) / (2.0 * (double)all - 1.0);
    return FPT_OK;
}
