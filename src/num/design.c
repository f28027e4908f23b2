/*
 * Latin hypercubes, the rank correlations of Iman and Conover, and copulas.
 */
#include "fpt/design.h"

#include <math.h>

#include "fpt/belief.h"
#include "fpt/lanes_math.h"
#include "fpt/matrix.h"
#include "fpt/sample.h"

void fpt_latin_column(uint64_t seed, uint64_t stream, size_t rows,
                      size_t stride, double *u, uint32_t *order)
{
    fpt_rng rng = fpt_lane_rng(seed, stream, 0, 0);
    for (size_t i = 0; i < rows; i++)
        order[i] = (uint32_t)i;
    fpt_sample_shuffle(&rng, rows, order);
    for (size_t i = 0; i < rows; i++)
        u[i * stride] =
            ((double)order[i] + fpt_rng_uniform(&rng)) / (double)rows;
}

/* ---- Iman and Conover ---- */

/* Heap sort of indices by value, ties by index: no work space, any input. */
static bool comes_after(const double *x, size_t stride, uint32_t a, uint32_t b)
{
    const double p = x[a * stride], q = x[b * stride];
    return p > q || (p == q && a > b);
}

static void sift(const double *x, size_t stride, uint32_t *order, size_t root,
                 size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count) return;
        if (child + 1 < count &&
            comes_after(x, stride, order[child + 1], order[child]))
            child++;
        if (!comes_after(x, stride, order[child], order[root])) return;
        const uint32_t held = order[root];
        order[root] = order[child];
        order[child] = held;
        root = child;
    }
}

static void sort_by(const double *x, size_t stride, size_t count,
                    uint32_t *order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t i = count / 2; i-- > 0;)
        sift(x, stride, order, i, count);
    for (size_t i = count; i-- > 1;) {
        const uint32_t held = order[0];
        order[0] = order[i];
        order[i] = held;
        sift(x, stride, order, 0, i);
    }
}

size_t fpt_iman_conover_work(size_t rows, size_t columns)
{
    return rows * columns + rows + 3 * columns * columns;
}

/* Normal scores in random order, one column after the other, and their own
 * correlation (lower triangle). */
static void scores_of(uint64_t seed, size_t rows, size_t columns, double *score,
                      double *correlation, uint32_t *order)
{
    for (size_t j = 0; j < columns; j++) {
        fpt_rng rng = fpt_lane_rng(
            seed, fpt_stream("iman-conover", FPT_STR("")), (uint32_t)j, 0);
        for (size_t i = 0; i < rows; i++)
            order[i] = (uint32_t)i;
        fpt_sample_shuffle(&rng, rows, order);
        for (size_t i = 0; i < rows; i++)
            score[i * columns + j] = fpt_lane_normal_quantile(
                ((double)order[i] + 1.0) / ((double)rows + 1.0));
    }
    /* Every column holds the same scores, so their squares are the scale. */
    double squares = 0.0;
    for (size_t i = 0; i < rows; i++)
        squares += score[i * columns] * score[i * columns];
    for (size_t j = 0; j < columns; j++) {
        for (size_t k = 0; k <= j; k++) {
            double sum = 0.0;
            for (size_t i = 0; i < rows; i++)
                sum += score[i * columns + j] * score[i * columns + k];
            correlation[j * columns + k] = j == k ? 1.0 : sum / squares;
        }
    }
}

fpt_status fpt_iman_conover(uint64_t seed, size_t rows, size_t columns,
                            const double *r, double *u, double *work,
                            uint32_t *order)
{
    double *score = work, *held = work + rows * columns;
    double *own = held + rows, *wanted = own + columns * columns;
    double *move = wanted + columns * columns;
    scores_of(seed, rows, columns, score, own, order);
    FPT_TRY(fpt_cholesky(columns, own, own, NULL));
    FPT_TRY(fpt_cholesky(columns, r, wanted, NULL));
    /* Score rows become (wanted own^-1) score: first undo, then put on. */
    for (size_t i = 0; i < rows; i++) {
        double *row = score + i * columns;
        fpt_triangular_solve(columns, own, row);
        for (size_t j = columns; j-- > 0;) {
            double sum = 0.0;
            for (size_t k = 0; k <= j; k++)
                sum += wanted[j * columns + k] * row[k];
            move[j] = sum;
        }
        for (size_t j = 0; j < columns; j++)
            row[j] = move[j];
    }
    /* Each column's values take the order of its scores. */
    uint32_t *by_value = order, *by_score = order + rows;
    for (size_t j = 0; j < columns; j++) {
        sort_by(u + j, columns, rows, by_value);
        sort_by(score + j, columns, rows, by_score);
        for (size_t i = 0; i < rows; i++)
            held[by_score[i]] = u[by_value[i] * columns + j];
        for (size_t i = 0; i < rows; i++)
            u[i * columns + j] = held[i];
    }
    return FPT_OK;
}

/* ---- copulas ---- */

void fpt_copula_normal(size_t count, const double *l, double *const *z)
{
    for (size_t i = count; i-- > 0;) {
        double sum[FPT_LANES];
        for (int lane = 0; lane < FPT_LANES; lane++)
            sum[lane] = l[i * count + i] * z[i][lane];
        for (size_t k = 0; k < i; k++) {
            const double weight = l[i * count + k];
            if (weight == 0.0) continue;
            for (int lane = 0; lane < FPT_LANES; lane++)
                sum[lane] += weight * z[k][lane];
        }
        for (int lane = 0; lane < FPT_LANES; lane++)
            z[i][lane] = sum[lane];
    }
}

void fpt_copula_student(size_t count, double df, const double *chi_squared,
                        double *const *z)
{
    for (size_t i = 0; i < count; i++) {
        for (int lane = 0; lane < FPT_LANES; lane++) {
            const double t = z[i][lane] / sqrt(chi_squared[lane] / df);
            /* From the nearer tail, which keeps its digits. */
            const double tail = fmax(fpt_student_cdf(-fabs(t), df), 1e-300);
            const double score = fpt_lane_normal_quantile(tail);
            z[i][lane] = t > 0.0 ? -score : score;
        }
    }
}
