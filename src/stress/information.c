/*
 * The value of knowing one input before a choice: each option's value is
 * regressed on the input with a natural cubic spline, which is a straight line
 * outside its outer knots. An input with few values is taken as a straight line
 * all the way.
 */
#include "stress_i.h"

enum { KNOTS = 5 };

static double cube_above(double x)
{
    return x > 0.0 ? x * x * x : 0.0;
}

/* Columns 1, x and KNOTS - 2 curved ones, of an x scaled to [0, 1]. */
static void basis(double x, const double *knot, size_t columns, double *out)
{
    out[0] = 1.0;
    out[1] = x;
    if (columns == 2) return;
    const double last = knot[KNOTS - 1], before = knot[KNOTS - 2];
    for (size_t j = 0; j + 2 < KNOTS; j++) {
        const double d =
            (cube_above(x - knot[j]) - cube_above(x - last)) / (last - knot[j]);
        const double e =
            (cube_above(x - before) - cube_above(x - last)) / (last - before);
        out[2 + j] = d - e;
    }
}

static fpt_status fit(size_t rows, size_t columns, const double *x,
                      const double *knot, const double *y, double *design,
                      double *work, double *fitted)
{
    double beta[KNOTS];
    for (size_t i = 0; i < rows; i++)
        basis(x[i], knot, columns, design + i * columns);
    FPT_TRY(fpt_least_squares(rows, columns, design, y, beta, NULL, work));
    for (size_t i = 0; i < rows; i++) {
        fitted[i] = 0.0;
        for (size_t j = 0; j < columns; j++)
            fitted[i] += beta[j] * design[i * columns + j];
    }
    return FPT_OK;
}

fpt_status fpt_value_of_knowing(fpt_arena scratch, size_t rows, const double *x,
                                size_t options, const double *value,
                                double *out)
{
    if (rows < 10 || options == 0) return FPT_ERR_RANGE;
    double *scaled = FPT_NEW(&scratch, double, rows);
    double *sorted = FPT_NEW(&scratch, double, rows);
    double *design = FPT_NEW(&scratch, double, rows *KNOTS);
    double *work =
        FPT_NEW(&scratch, double, fpt_least_squares_work(rows, KNOTS));
    double *fitted = FPT_NEW(&scratch, double, options *rows);
    if (scaled == NULL || sorted == NULL || design == NULL || work == NULL ||
        fitted == NULL)
        return FPT_ERR_MEMORY;
    memcpy(sorted, x, rows * sizeof *x);
    fpti_sort(rows, sorted);
    const double low = sorted[0], range = sorted[rows - 1] - low;
    *out = 0.0;
    if (!(range > 0.0)) return FPT_OK; /* nothing to learn from it */
    double knot[KNOTS];
    bool distinct = true;
    for (int k = 0; k < KNOTS; k++) {
        const double p = 0.05 + 0.9 * k / (KNOTS - 1.0);
        knot[k] = (fpti_sorted_quantile(rows, sorted, p) - low) / range;
        distinct = distinct && (k == 0 || knot[k] > knot[k - 1] + 1e-9);
    }
    for (size_t i = 0; i < rows; i++)
        scaled[i] = (x[i] - low) / range;
    double best_mean = -(double)INFINITY;
    for (size_t a = 0; a < options; a++) {
        const double *y = value + a * rows;
        fpt_status status = FPT_ERR_RANGE;
        if (distinct)
            status = fit(rows, KNOTS, scaled, knot, y, design, work,
                         fitted + a * rows);
        if (status == FPT_ERR_RANGE)
            FPT_TRY(
                fit(rows, 2, scaled, knot, y, design, work, fitted + a * rows));
        best_mean = fmax(best_mean, fpt_sum_of(rows, y) / (double)rows);
    }
    fpt_sum sum = {0};
    for (size_t i = 0; i < rows; i++) {
        double best = fitted[i];
        for (size_t a = 1; a < options; a++)
            best = fmax(best, fitted[a * rows + i]);
        fpt_sum_add(&sum, best);
    }
    *out = fmax(0.0, fpt_sum_value(sum) / (double)rows - best_mean);
    return FPT_OK;
}
