/**
 * @file design.h
 * @brief Where to look: sampling plans, and dependence between what is drawn.
 *
 * A design is a matrix of uniforms, one row a run and one column an input.
 * Plain random numbers need none of this. A Latin hypercube spreads each column
 * evenly; a scrambled Sobol' sequence spreads all of them together. Both are
 * unbiased; their standard error comes from repeating them with other seeds,
 * at least eight times, never from the spread within one design.
 *
 * Memory   none allocated; work space is an argument.
 * Threads  pure.
 */
#ifndef FPT_DESIGN_H
#define FPT_DESIGN_H

#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"
#include "fpt/lanes.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * One column of a Latin hypercube: each of `rows` equal strata hit once.
 *
 * Shape    u[rows * stride], of which u[i * stride] is written; order[rows] is
 *          work space. Columns are independent when their streams differ.
 */
void fpt_latin_column(uint64_t seed, uint64_t stream, size_t rows,
                      size_t stride, double *u, uint32_t *order);

/**
 * Rearrange the columns of a design so that their rank correlations come near
 * those of r, without changing a value within any column.
 *
 * Shape    u[rows * columns] row by row; r a positive definite correlation
 *          matrix; work of fpt_iman_conover_work() doubles; order[2 * rows].
 * Errors   FPT_ERR_RANGE: r, or the scores' own correlation, is singular.
 * Source   R. L. Iman, W. J. Conover, Commun. Stat. B 11 (1982) 311-334.
 */
FPT_MUST_CHECK fpt_status fpt_iman_conover(uint64_t seed, size_t rows,
                                           size_t columns, const double *r,
                                           double *u, double *work,
                                           uint32_t *order);
size_t fpt_iman_conover_work(size_t rows, size_t columns);

/* ---- Sobol' ---- */

enum { FPT_SOBOL_BITS = 32, FPT_SOBOL_DIMENSIONS = 1110 };

/**
 * Direction numbers of a Sobol' sequence for the first `count` dimensions:
 * direction[count * FPT_SOBOL_BITS]. Primitive polynomials are found in order
 * of their degree; the free initial numbers are drawn from a fixed stream, and
 * scrambling makes every choice of them unbiased.
 *
 * Errors   FPT_ERR_RANGE: count above FPT_SOBOL_DIMENSIONS.
 * Source   I. M. Sobol', USSR Comput. Maths. Math. Phys. 7 (1967) 86-112.
 */
FPT_MUST_CHECK fpt_status fpt_sobol_directions(size_t count,
                                               uint32_t *direction);

/** Coordinate of point `index` in one dimension, unscrambled, as 32 bits. */
uint32_t fpt_sobol_bits(const uint32_t *direction, uint32_t index);

/**
 * The same in (0, 1) after Owen's nested uniform scrambling: each bit is
 * flipped by a random bit that depends on all bits above it.
 *
 * Source   A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences",
 *          Lecture Notes in Statistics 106 (1995) 299-317.
 */
double fpt_sobol_scrambled(const uint32_t *direction, uint32_t index,
                           uint64_t seed, uint64_t stream);

/* ---- dependence ---- */

/**
 * Make independent normal scores dependent, lane by lane: z <- l z.
 *
 * Shape    z[count] points to rows of FPT_LANES; l is lower triangular,
 *          count x count (fpt_cholesky() of a correlation matrix).
 * Exact    row i depends on rows 0 to i alone, so appending a row leaves those
 *          before it as they were.
 */
void fpt_copula_normal(size_t count, const double *l, double *const *z);

/**
 * From a Gaussian copula to Student's t: each score becomes the normal score
 * of the t probability of z / sqrt(w / df), where w is chi-squared with df
 * degrees of freedom, one for each lane.
 *
 * Shape    z[count] rows of FPT_LANES; chi_squared[FPT_LANES].
 */
void fpt_copula_student(size_t count, double df, const double *chi_squared,
                        double *const *z);

#ifdef __cplusplus
}
#endif
#endif /* FPT_DESIGN_H */
