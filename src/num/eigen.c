/*
 * Jacobi's method: turn pairs of axes until nothing is left beside the
 * diagonal. Slow for large matrices, exact to the last digits for small ones,
 * and without any choice that could differ between machines.
 */
#include <math.h>
#include <string.h>

#include "fpt/matrix.h"

enum { MOST_SWEEPS = 60, MOST_STEPS = 2000 };

static void turn(size_t n, double *a, double *v, size_t p, size_t q)
{
    const double apq = a[p * n + q];
    const double gap = a[q * n + q] - a[p * n + p];
    const double theta = gap / (2.0 * apq);
    /* The smaller of the two angles; for huge theta 1 / (2 theta). */
    const double size = fabs(theta) > 1e150
                            ? 0.5 / fabs(theta)
                            : 1.0 / (fabs(theta) + sqrt(theta * theta + 1.0));
    const double t = theta < 0.0 ? -size : size;
    const double c = 1.0 / sqrt(t * t + 1.0);
    const double s = t * c;
    for (size_t k = 0; k < n; k++) {
        const double akp = a[k * n + p], akq = a[k * n + q];
        a[k * n + p] = c * akp - s * akq;
        a[k * n + q] = s * akp + c * akq;
    }
    for (size_t k = 0; k < n; k++) {
        const double apk = a[p * n + k], aqk = a[q * n + k];
        a[p * n + k] = c * apk - s * aqk;
        a[q * n + k] = s * apk + c * aqk;
        const double vkp = v[k * n + p], vkq = v[k * n + q];
        v[k * n + p] = c * vkp - s * vkq;
        v[k * n + q] = s * vkp + c * vkq;
    }
    a[p * n + q] = a[q * n + p] = 0.0;
}

static void sort_falling(size_t n, double *value, double *vector)
{
    for (size_t i = 0; i + 1 < n; i++) {
        size_t best = i;
        for (size_t j = i + 1; j < n; j++)
            if (value[j] > value[best]) best = j;
        if (best == i) continue;
        const double held = value[i];
        value[i] = value[best];
        value[best] = held;
        for (size_t k = 0; k < n; k++) {
            const double other = vector[k * n + i];
            vector[k * n + i] = vector[k * n + best];
            vector[k * n + best] = other;
        }
    }
}

fpt_status fpt_symmetric_eigen(size_t n, double *a, double *value,
                               double *vector)
{
    double size = 0.0;
    for (size_t i = 0; i < n * n; i++) {
        if (!isfinite(a[i])) return FPT_ERR_RANGE;
        size = fmax(size, fabs(a[i]));
    }
    memset(vector, 0, n * n * sizeof *vector);
    for (size_t i = 0; i < n; i++)
        vector[i * n + i] = 1.0;
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
        double largest = 0.0;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                largest = fmax(largest, fabs(a[p * n + q]));
        if (largest <= size * 1e-17) {
            for (size_t i = 0; i < n; i++)
                value[i] = a[i * n + i];
            sort_falling(n, value, vector);
            return FPT_OK;
        }
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                if (a[p * n + q] != 0.0) turn(n, a, vector, p, q);
    }
    return FPT_ERR_DIVERGED;
}

/* ---- nearest correlation matrix ---- */

size_t fpt_correlation_nearest_work(size_t n)
{
    return 5 * n * n + n;
}

/* The nearest matrix to a with no eigenvalue below `least`; a is destroyed. */
static fpt_status project(size_t n, double *a, double least, double *vector,
                          double *value, double *out)
{
    FPT_TRY(fpt_symmetric_eigen(n, a, value, vector));
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < n; k++)
                sum += vector[i * n + k] * fmax(value[k], least) *
                       vector[j * n + k];
            out[i * n + j] = out[j * n + i] = sum;
        }
    }
    return FPT_OK;
}

static bool is_correlation_like(size_t n, const double *r)
{
    for (size_t i = 0; i < n; i++) {
        if (r[i * n + i] != 1.0) return false;
        for (size_t j = 0; j < i; j++)
            if (!(fabs(r[i * n + j]) <= 1.0) || r[i * n + j] != r[j * n + i])
                return false;
    }
    return true;
}

fpt_status fpt_correlation_nearest(size_t n, const double *r, double least,
                                   double *out, double *work, size_t *row,
                                   size_t *column, double *change)
{
    if (!is_correlation_like(n, r) || !(least >= 0.0 && least < 1.0))
        return FPT_ERR_RANGE;
    double *y = work, *correction = work + n * n, *x = work + 2 * n * n;
    double *before = work + 3 * n * n, *vector = work + 4 * n * n;
    double *value = work + 5 * n * n;
    memcpy(y, r, n * n * sizeof *y);
    memset(correction, 0, n * n * sizeof *correction);
    int step = 0;
    for (double moved = 1.0; moved > 1e-13; step++) {
        if (step == MOST_STEPS) return FPT_ERR_DIVERGED;
        for (size_t i = 0; i < n * n; i++)
            before[i] = y[i] - correction[i];
        memcpy(x, before, n * n * sizeof *x);
        FPT_TRY(project(n, before, least, vector, value, out));
        moved = 0.0;
        for (size_t i = 0; i < n * n; i++) {
            correction[i] = out[i] - x[i];
            const double next = i % (n + 1) == 0 ? 1.0 : out[i];
            moved = fmax(moved, fabs(next - y[i]));
            y[i] = next;
        }
    }
    double largest = -1.0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            out[i * n + j] = y[i * n + j];
            const double distance = fabs(y[i * n + j] - r[i * n + j]);
            if (j >= i || distance <= largest) continue;
            largest = distance;
            if (row != NULL) *row = i;
            if (column != NULL) *column = j;
        }
    }
    if (change != NULL) *change = fmax(largest, 0.0);
    return FPT_OK;
}
