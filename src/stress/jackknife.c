/*
 * Standard errors by leaving out: the draws are cut into blocks by turns, each
 * measure is found again without one of them, and the spread of the answers is
 * the error. It asks nothing of the measure but that it is smooth, so one way
 * serves regressions, ranks and splines alike.
 */
#include "stress_i.h"

/* The rows that are not of the block. */
static size_t without(size_t rows, size_t columns, const double *x,
                      size_t block, double *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows; i++) {
        if (i % FPT_JACKKNIFE_BLOCKS == block) continue;
        memcpy(out + kept * columns, x + i * columns, columns * sizeof *out);
        kept++;
    }
    return kept;
}

/* Of the answers without each block; NaN where one of them is. */
static double error_of(const double *answer)
{
    const double blocks = FPT_JACKKNIFE_BLOCKS;
    double mean = 0.0, square = 0.0;
    for (int b = 0; b < FPT_JACKKNIFE_BLOCKS; b++)
        mean += answer[b] / blocks;
    for (int b = 0; b < FPT_JACKKNIFE_BLOCKS; b++)
        square += (answer[b] - mean) * (answer[b] - mean);
    return sqrt((blocks - 1.0) / blocks * square);
}

fpt_status fpt_linear_errors(fpt_arena scratch, size_t rows, size_t columns,
                             const double *x, const double *y,
                             fpt_linear_measure *error)
{
    if (rows < 2 * FPT_JACKKNIFE_BLOCKS) return FPT_ERR_RANGE;
    double *some_x = FPT_NEW(&scratch, double, rows *columns + 1);
    double *some_y = FPT_NEW(&scratch, double, rows);
    fpt_linear_measure *answer = FPT_NEW(&scratch, fpt_linear_measure,
                                         FPT_JACKKNIFE_BLOCKS * columns + 1);
    if (some_x == NULL || some_y == NULL || answer == NULL)
        return FPT_ERR_MEMORY;
    for (size_t b = 0; b < FPT_JACKKNIFE_BLOCKS; b++) {
        const size_t kept = without(rows, columns, x, b, some_x);
        double r_squared, rank_r_squared;
        (void)without(rows, 1, y, b, some_y);
        FPT_TRY(fpt_linear_measures(scratch, kept, columns, some_x, some_y,
                                    answer + b * columns, &r_squared,
                                    &rank_r_squared));
    }
    for (size_t c = 0; c < columns; c++) {
        double src[FPT_JACKKNIFE_BLOCKS], srrc[FPT_JACKKNIFE_BLOCKS];
        double prcc[FPT_JACKKNIFE_BLOCKS];
        for (size_t b = 0; b < FPT_JACKKNIFE_BLOCKS; b++) {
            src[b] = answer[b * columns + c].src;
            srrc[b] = answer[b * columns + c].srrc;
            prcc[b] = answer[b * columns + c].prcc;
        }
        error[c] =
            (fpt_linear_measure){error_of(src), error_of(srrc), error_of(prcc)};
    }
    return FPT_OK;
}

fpt_status fpt_value_of_knowing_error(fpt_arena scratch, size_t rows,
                                      const double *x, size_t options,
                                      const double *value, double *out)
{
    double answer[FPT_JACKKNIFE_BLOCKS];
    double *some_x = FPT_NEW(&scratch, double, rows);
    double *some_value = FPT_NEW(&scratch, double, options *rows);
    if (some_x == NULL || some_value == NULL) return FPT_ERR_MEMORY;
    for (size_t b = 0; b < FPT_JACKKNIFE_BLOCKS; b++) {
        const size_t kept = without(rows, 1, x, b, some_x);
        for (size_t a = 0; a < options; a++)
            (void)without(rows, 1, value + a * rows, b, some_value + a * kept);
        FPT_TRY(fpt_value_of_knowing(scratch, kept, some_x, options, some_value,
                                     &answer[b]));
    }
    *out = error_of(answer);
    return FPT_OK;
}
