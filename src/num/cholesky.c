/*
 * Triangular factors, and what follows from them. Row by row, in one fixed
 * order: matrices here are small, and equal bits matter more than speed.
 */
#include <math.h>

#include "fpt/matrix.h"

fpt_status fpt_cholesky(size_t n, const double *a, double *l, size_t *bad)
{
    for (size_t i = 0; i < n; i++) {
        const double scale = a[i * n + i];
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            if (j < i) {
                l[i * n + j] = sum / l[j * n + j];
            } else if (sum > (double)n * 1e-14 * scale && isfinite(sum)) {
                l[i * n + i] = sqrt(sum);
            } else {
                if (bad != NULL) *bad = i;
                return FPT_ERR_RANGE;
            }
        }
        for (size_t j = i + 1; j < n && l != a; j++)
            l[i * n + j] = 0.0;
    }
    if (l == a)
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                l[i * n + j] = 0.0;
    return FPT_OK;
}

void fpt_triangular_solve(size_t n, const double *l, double *x)
{
    for (size_t i = 0; i < n; i++) {
        double sum = x[i];
        for (size_t k = 0; k < i; k++)
            sum -= l[i * n + k] * x[k];
        x[i] = sum / l[i * n + i];
    }
}

void fpt_cholesky_solve(size_t n, const double *l, double *x)
{
    fpt_triangular_solve(n, l, x);
    for (size_t i = n; i-- > 0;) {
        double sum = x[i];
        for (size_t k = i + 1; k < n; k++)
            sum -= l[k * n + i] * x[k];
        x[i] = sum / l[i * n + i];
    }
}

size_t fpt_normal_conditional_work(size_t n)
{
    return 3 * n * n;
}

fpt_status fpt_normal_conditional(size_t n, const double *a, const bool *known,
                                  double *b, double *l, double *work)
{
    double *given = work;            /* covariance of the known, then factor */
    double *cross = work + n * n;    /* each row: one unknown against them */
    double *left = work + 2 * n * n; /* covariance of the unknown */
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        m += known[i] ? 0 : 1;
    const size_t g = n - m;
    size_t row = 0, grow = 0;
    for (size_t i = 0; i < n; i++) {
        size_t column = 0, gcolumn = 0;
        for (size_t j = 0; j < n; j++) {
            if (known[i] && known[j])
                given[grow * g + gcolumn++] = a[i * n + j];
            else if (!known[i] && known[j])
                cross[row * g + gcolumn++] = a[i * n + j];
            else if (!known[i] && !known[j])
                left[row * m + column++] = a[i * n + j];
        }
        *(known[i] ? &grow : &row) += 1;
    }
    FPT_TRY(fpt_cholesky(g, given, given, NULL));
    if (b != NULL) {
        for (size_t i = 0; i < m; i++) {
            for (size_t k = 0; k < g; k++)
                b[i * g + k] = cross[i * g + k];
            fpt_cholesky_solve(g, given, b + i * g);
        }
    }
    if (l == NULL) return FPT_OK;
    /* What is left: the unknown less what the known explain of them. */
    for (size_t i = 0; i < m; i++)
        fpt_triangular_solve(g, given, cross + i * g);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j <= i; j++)
            for (size_t k = 0; k < g; k++)
                left[i * m + j] -= cross[i * g + k] * cross[j * g + k];
    return fpt_cholesky(m, left, l, NULL);
}
