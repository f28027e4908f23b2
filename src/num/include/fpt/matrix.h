/**
 * @file matrix.h
 * @brief Small dense matrices: factors, eigenvalues, correlations, regression.
 *
 * For the sizes of a plan (tens to a few hundred assumptions). Written here and
 * not taken from a tuned library, because such libraries sum in an order that
 * depends on the machine and on the number of threads: these give the same
 * bits everywhere.
 *
 * Shape    square matrices are n x n, row by row: a[i * n + j]. Outputs must
 *          not overlap inputs unless said so.
 * Memory   none allocated; work space is an argument, in doubles.
 * Threads  pure.
 */
#ifndef FPT_MATRIX_H
#define FPT_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The lower triangle l with l l' = a, for a symmetric positive definite.
 *
 * Shape    only the lower triangle of a is read; l may be a; what lies above
 *          the diagonal of l becomes 0.
 * Errors   FPT_ERR_RANGE when a pivot is not above n * 1e-14 of its diagonal
 *          element (a zero row, two rows that say the same, a contradiction);
 *          *bad (may be NULL) is its row, and l is then undefined.
 */
FPT_MUST_CHECK fpt_status fpt_cholesky(size_t n, const double *a, double *l,
                                       size_t *bad);

/** Solve l l' x = b in place: x holds b before and the solution after. */
void fpt_cholesky_solve(size_t n, const double *l, double *x);

/** Solve l x = b in place (forward only). */
void fpt_triangular_solve(size_t n, const double *l, double *x);

/**
 * Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations.
 *
 * Shape    a is destroyed. value[n] falls from largest to smallest;
 *          column j of vector (vector[i * n + j]) belongs to value[j].
 * Errors   FPT_ERR_DIVERGED after 60 sweeps (never seen on finite input);
 *          FPT_ERR_RANGE when an element is not finite.
 */
FPT_MUST_CHECK fpt_status fpt_symmetric_eigen(size_t n, double *a,
                                              double *value, double *vector);

/** Doubles of work that fpt_correlation_nearest() wants. */
size_t fpt_correlation_nearest_work(size_t n);

/**
 * The correlation matrix nearest to r in the Frobenius norm, with no
 * eigenvalue below `least` (say 1e-8) before its diagonal is set to 1 again.
 *
 * Shape    r symmetric, r[i][j] in [-1, 1]; out[n * n]. *row and *column (may
 *          be NULL) name the element that moved most, *change how far.
 * Errors   FPT_ERR_RANGE when r is not symmetric or leaves [-1, 1];
 *          FPT_ERR_DIVERGED after 2,000 steps.
 * Source   N. J. Higham, "Computing the nearest correlation matrix: a problem
 *          from finance", IMA J. Numer. Anal. 22 (2002) 329-343: alternating
 *          projections with Dykstra's correction.
 */
FPT_MUST_CHECK fpt_status fpt_correlation_nearest(size_t n, const double *r,
                                                  double least, double *out,
                                                  double *work, size_t *row,
                                                  size_t *column,
                                                  double *change);

/** Doubles of work that fpt_least_squares() wants. */
size_t fpt_least_squares_work(size_t rows, size_t columns);

/**
 * Ordinary least squares by Householder's reflections.
 *
 * Shape    x[rows * columns] row by row, rows >= columns >= 1; y[rows];
 *          beta[columns] out. A constant is a column of ones of the caller's.
 *          residual_squares (may be NULL) gets the sum of squared residuals.
 * Errors   FPT_ERR_RANGE when rows < columns or the columns are dependent (a
 *          diagonal of R below 1e-11 of its column's length).
 */
FPT_MUST_CHECK fpt_status fpt_least_squares(size_t rows, size_t columns,
                                            const double *x, const double *y,
                                            double *beta,
                                            double *residual_squares,
                                            double *work);

/** Doubles of work that fpt_normal_conditional() wants. */
size_t fpt_normal_conditional_work(size_t n);

/**
 * The law of some parts of a multivariate normal given the others: with
 * covariance a (n x n) and known[n] true for those given, the unknown ones
 * (m of them, in order) have mean  B (x_known - mu_known)  about their own
 * means, and the covariance whose lower factor is l.
 *
 * Shape    b[m * (n - m)] row by row, l[m * m]; either may be NULL.
 * Errors   as fpt_cholesky(): the known part, or what is left, is singular.
 */
FPT_MUST_CHECK fpt_status fpt_normal_conditional(size_t n, const double *a,
                                                 const bool *known, double *b,
                                                 double *l, double *work);

#ifdef __cplusplus
}
#endif
#endif /* FPT_MATRIX_H */
