/*
 * Standardised regression and partial rank correlations. All columns are put on
 * mean 0 and length 1 first; a column that never varies says nothing and is left
 * out.
 */
#include "stress_i.h"

/* Centre and scale a column to length 1; false when it does not vary. */
static bool standardise(size_t rows, double *x, size_t stride)
{
    fpt_sum sum = {0}, square = {0};
    for (size_t i = 0; i < rows; i++)
        fpt_sum_add(&sum, x[i * stride]);
    const double mean = fpt_sum_value(sum) / (double)rows;
    double largest = 0.0;
    for (size_t i = 0; i < rows; i++) {
        largest = fmax(largest, fabs(x[i * stride]));
        x[i * stride] -= mean;
        fpt_sum_add(&square, x[i * stride] * x[i * stride]);
    }
    const double length = sqrt(fpt_sum_value(square));
    if (!(length > 1e-12 * largest * sqrt((double)rows))) return false;
    for (size_t i = 0; i < rows; i++)
        x[i * stride] /= length;
    return true;
}

typedef struct fit {
    double *x, *y, *beta, *work;
    size_t used;
    size_t *column; /* which of the caller's */
} fit;

/* Regress standardised y on the standardised columns that vary. */
static fpt_status regress(size_t rows, const fit *f, double *r_squared)
{
    double rest = 0.0;
    FPT_TRY(
        fpt_least_squares(rows, f->used, f->x, f->y, f->beta, &rest, f->work));
    *r_squared = 1.0 - rest;
    return FPT_OK;
}

/* From the inverse of the columns' correlations, the partial correlation of
 * each with y: beta_i / sqrt(beta_i^2 + rest * inverse_ii), where `rest` is
 * the residual variance of the full fit. */
static fpt_status partial(size_t rows, const fit *f, double rest,
                          fpt_arena scratch, double *out)
{
    const size_t k = f->used;
    double *gram = FPT_NEW(&scratch, double, k *k);
    double *column = FPT_NEW(&scratch, double, k);
    if (gram == NULL || column == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            fpt_sum sum = {0};
            for (size_t r = 0; r < rows; r++)
                fpt_sum_add(&sum, f->x[r * k + i] * f->x[r * k + j]);
            gram[i * k + j] = fpt_sum_value(sum);
        }
    FPT_TRY(fpt_cholesky(k, gram, gram, NULL));
    for (size_t i = 0; i < k; i++) {
        memset(column, 0, k * sizeof *column);
        column[i] = 1.0;
        fpt_cholesky_solve(k, gram, column);
        const double b = f->beta[i];
        out[i] = b / sqrt(b * b + fmax(rest, 0.0) * column[i]);
    }
    return FPT_OK;
}

fpt_status fpt_linear_measures(fpt_arena scratch, size_t rows, size_t columns,
                               const double *x, const double *y,
                               fpt_linear_measure *measure, double *r_squared,
                               double *rank_r_squared)
{
    if (rows < columns + 3 || rows > UINT32_MAX) return FPT_ERR_RANGE;
    const double none = (double)NAN;
    fit f = {.x = FPT_NEW(&scratch, double, rows *columns + 1),
             .y = FPT_NEW(&scratch, double, rows),
             .beta = FPT_NEW(&scratch, double, columns + 1),
             .work = FPT_NEW(&scratch, double,
                             fpt_least_squares_work(rows, columns + 1)),
             .column = FPT_NEW(&scratch, size_t, columns + 1)};
    double *values = FPT_NEW(&scratch, double, rows *(columns + 1));
    double *rank = FPT_NEW(&scratch, double, rows);
    double *correlation = FPT_NEW(&scratch, double, columns + 1);
    uint32_t *order = FPT_NEW(&scratch, uint32_t, rows);
    if (f.x == NULL || f.y == NULL || f.beta == NULL || f.work == NULL ||
        f.column == NULL || values == NULL || rank == NULL ||
        correlation == NULL || order == NULL)
        return FPT_ERR_MEMORY;
    for (size_t j = 0; j < columns; j++)
        measure[j] = (fpt_linear_measure){none, none, none};
    *r_squared = *rank_r_squared = none;
    for (int on_ranks = 0; on_ranks < 2; on_ranks++) {
        /* Column by column: values or ranks, then those that vary. */
        f.used = 0;
        for (size_t j = 0; j <= columns; j++) {
            double *v = values + j * rows;
            for (size_t i = 0; i < rows; i++)
                v[i] = j < columns ? x[i * columns + j] : y[i];
            if (on_ranks == 1) {
                fpt_average_ranks(rows, v, rank, order);
                memcpy(v, rank, rows * sizeof *v);
            }
            if (!standardise(rows, v, 1)) {
                if (j == columns) return FPT_OK; /* y never varies */
            } else if (j < columns) {
                f.column[f.used++] = j;
            }
        }
        if (f.used == 0) return FPT_OK;
        for (size_t k = 0; k < f.used; k++)
            for (size_t i = 0; i < rows; i++)
                f.x[i * f.used + k] = values[f.column[k] * rows + i];
        memcpy(f.y, values + columns * rows, rows * sizeof *f.y);
        double fitted;
        FPT_TRY(regress(rows, &f, &fitted));
        *(on_ranks == 1 ? rank_r_squared : r_squared) = fitted;
        for (size_t k = 0; k < f.used; k++)
            *(on_ranks == 1 ? &measure[f.column[k]].srrc
                            : &measure[f.column[k]].src) = f.beta[k];
        if (on_ranks == 0) continue;
        FPT_TRY(partial(rows, &f, 1.0 - fitted, scratch, correlation));
        for (size_t k = 0; k < f.used; k++)
            measure[f.column[k]].prcc = correlation[k];
    }
    return FPT_OK;
}
