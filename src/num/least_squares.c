/*
 * Least squares through Householder's reflections: unlike the normal equations
 * they do not square the condition number of the columns.
 */
#include <math.h>

#include "fpt/matrix.h"
#include "fpt/sum.h"

size_t fpt_least_squares_work(size_t rows, size_t columns)
{
    return rows * columns + rows + columns;
}

/* Reflect column k of q (column by column) onto its axis, and all behind it. */
static bool reflect(size_t rows, size_t columns, double *q, double *y, size_t k,
                    double whole)
{
    double *v = q + k * rows;
    fpt_sum squares = {0};
    for (size_t i = k; i < rows; i++)
        fpt_sum_add(&squares, v[i] * v[i]);
    const double length = sqrt(fpt_sum_value(squares));
    if (!(length > 1e-11 * whole)) return false;
    const double diagonal = v[k] > 0.0 ? -length : length;
    /* v becomes the direction of the mirror; |v|^2 = 2 length (length +|v_k|) */
    const double half = length * (length + fabs(v[k]));
    v[k] -= diagonal;
    for (size_t j = k + 1; j <= columns; j++) {
        double *other = j < columns ? q + j * rows : y;
        fpt_sum dot = {0};
        for (size_t i = k; i < rows; i++)
            fpt_sum_add(&dot, v[i] * other[i]);
        const double scale = fpt_sum_value(dot) / half;
        for (size_t i = k; i < rows; i++)
            other[i] -= scale * v[i];
    }
    v[k] = diagonal; /* the rest of v is not needed again */
    return true;
}

fpt_status fpt_least_squares(size_t rows, size_t columns, const double *x,
                             const double *y, double *beta,
                             double *residual_squares, double *work)
{
    if (columns == 0 || rows < columns) return FPT_ERR_RANGE;
    double *q = work, *right = work + rows * columns;
    double *length = right + rows;
    for (size_t j = 0; j < columns; j++) {
        fpt_sum squares = {0};
        for (size_t i = 0; i < rows; i++) {
            q[j * rows + i] = x[i * columns + j];
            fpt_sum_add(&squares, x[i * columns + j] * x[i * columns + j]);
        }
        length[j] = sqrt(fpt_sum_value(squares));
    }
    for (size_t i = 0; i < rows; i++)
        right[i] = y[i];
    for (size_t k = 0; k < columns; k++)
        if (!reflect(rows, columns, q, right, k, length[k]))
            return FPT_ERR_RANGE;
    for (size_t k = columns; k-- > 0;) {
        double sum = right[k];
        for (size_t j = k + 1; j < columns; j++)
            sum -= q[j * rows + k] * beta[j];
        beta[k] = sum / q[k * rows + k];
    }
    if (residual_squares != NULL) {
        fpt_sum squares = {0};
        for (size_t i = columns; i < rows; i++)
            fpt_sum_add(&squares, right[i] * right[i]);
        *residual_squares = fpt_sum_value(squares);
    }
    return FPT_OK;
}
