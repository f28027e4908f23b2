/**
 * @file sensitivity.h
 * @brief Which input matters: kernels over any model that can be run.
 *
 * A response is a model seen from outside: normal scores of its inputs go in,
 * one number comes out, FPT_LANES runs at a time. From runs alone these kernels
 * find which inputs decide the result: variance shares (Sobol'), fair shares
 * where inputs depend on one another (Shapley), linear and rank measures, the
 * least unlikely way to fall below zero (FORM), a small tree of conditions, and
 * what it would be worth to know an input before deciding.
 *
 * Random numbers come from streams of their own, so that a seed gives the same
 * answer on any number of threads.
 *
 * Errors   what the response returns is passed on; else FPT_ERR_RANGE for sizes
 *          that make no sense.
 * Memory   work space from a scratch arena, by value.
 * Threads  a response belongs to one thread.
 */
#ifndef FPT_SENSITIVITY_H
#define FPT_SENSITIVITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"
#include "fpt/lanes.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Run FPT_LANES points: z[count * FPT_LANES] in, out[FPT_LANES] out. `row`
 *  numbers the block of points, for chance within a run that is to be the same
 *  each time the same block is run. */
typedef fpt_status (*fpt_response_run)(void *context, uint32_t row,
                                       const double *z, double *out);

typedef struct fpt_response {
    size_t count; /**< inputs */
    /** Correlations of the scores, count x count, or NULL: independent. The
     *  kernels give the model dependent scores. */
    const double *correlation;
    fpt_response_run run;
    void *context;
} fpt_response;

/* ---- variance shares ---- */

typedef struct fpt_sobol_share {
    double first, first_lower, first_upper; /**< of the group alone */
    double total, total_lower, total_upper; /**< with all it takes part in */
} fpt_sobol_share;

/**
 * First-order and total indices, with 95 % intervals of 200 bootstrap samples
 * of the rows. Totals by Jansen's estimator; first-order ones by his or by
 * Saltelli's, whichever spreads less over the samples: his is the sharper one
 * for a group that decides much, the other for one that decides little.
 *
 * Shape    group[inputs] below `groups`; share[groups]; points is rounded up to
 *          whole rows of lanes; (groups + 2) * points runs.
 * Missing  with no variance at all every index is NaN.
 * Errors   FPT_ERR_RANGE: inputs that depend on one another in two groups: put
 *          a whole block in one group, or use Shapley's effects.
 * Source   M. J. W. Jansen, Comput. Phys. Commun. 117 (1999) 35-43; A. Saltelli
 *          et al., Comput. Phys. Commun. 181 (2010) 259-270.
 */
FPT_MUST_CHECK fpt_status fpt_sobol_shares(fpt_arena scratch,
                                           const fpt_response *response,
                                           size_t groups, const uint32_t *group,
                                           size_t points, uint64_t seed,
                                           fpt_sobol_share *share, double *mean,
                                           double *variance);

/* ---- fair shares under dependence ---- */

/**
 * Shapley's effects of a linear function b'x of normal inputs, exactly, over
 * all subsets: value of a set J is E Var(b'x | the others).
 *
 * Shape    b[n], covariance[n * n], effect[n] out: shares that sum to 1.
 *          n <= 15.
 * Errors   FPT_ERR_RANGE: n too large, no variance, a covariance that is not
 *          positive definite.
 */
FPT_MUST_CHECK fpt_status fpt_shapley_gaussian(fpt_arena scratch, size_t n,
                                               const double *b,
                                               const double *covariance,
                                               double *effect);

typedef struct fpt_shapley_effect {
    double share, standard_error;
} fpt_shapley_effect;

/**
 * Shapley's effects of groups of inputs, which may depend on one another, by
 * random permutations: groups are drawn anew one after the other, given those
 * that are not, with the same noise. An input that does nothing has an effect of
 * exactly 0.
 *
 * Shape    group[inputs] below `groups`; effect[groups]; sums to 1 exactly but
 *          for rounding; (groups + 1) * permutations runs; at most 512 inputs.
 * Errors   FPT_ERR_RANGE: fewer than 10 permutations in which the two ends
 *          differ: there is no variance to share, or too few draws to see it.
 * Source   shares: E. Song, B. L. Nelson, J. Staum, SIAM/ASA J. Uncertain.
 *          Quantif. 4 (2016) 1060-1083; the estimator: T. Goda, Reliab. Eng.
 *          Syst. Saf. 213 (2021) 107702, here with conditional draws.
 */
FPT_MUST_CHECK fpt_status
fpt_shapley_effects(fpt_arena scratch, const fpt_response *response,
                    size_t groups, const uint32_t *group, size_t permutations,
                    uint64_t seed, fpt_shapley_effect *effect);

/* ---- linear and rank measures ---- */

typedef struct fpt_linear_measure {
    double src;  /**< standardised regression coefficient */
    double srrc; /**< the same on ranks */
    double prcc; /**< partial rank correlation */
} fpt_linear_measure;

/**
 * Measures of y against the columns of x.
 *
 * Shape    x[rows * columns] row by row, y[rows]; measure[columns]. Columns
 *          without variance get NaN and are left out.
 * Errors   FPT_ERR_RANGE: rows < columns + 3, or columns that repeat others.
 */
FPT_MUST_CHECK fpt_status fpt_linear_measures(fpt_arena scratch, size_t rows,
                                              size_t columns, const double *x,
                                              const double *y,
                                              fpt_linear_measure *measure,
                                              double *r_squared,
                                              double *rank_r_squared);

enum { FPT_JACKKNIFE_BLOCKS = 10 };

/**
 * Standard errors of fpt_linear_measures(), by leaving out each of 10 blocks of
 * rows in turn.
 *
 * Shape    as fpt_linear_measures(); error[columns], NaN where the measure is.
 * Errors   FPT_ERR_RANGE: fewer than 20 rows, or what the measures say.
 * Source   delete-a-group jackknife: P. S. Kott, J. Off. Stat. 17 (2001)
 *          521-526.
 */
FPT_MUST_CHECK fpt_status fpt_linear_errors(fpt_arena scratch, size_t rows,
                                            size_t columns, const double *x,
                                            const double *y,
                                            fpt_linear_measure *error);

/** Average ranks from 1; order[count] is work space. */
void fpt_average_ranks(size_t count, const double *x, double *rank,
                       uint32_t *order);

/* ---- the least unlikely way to miss ---- */

enum { FPT_FORM_POINTS = 10 };

typedef struct fpt_design_point {
    double beta;    /**< distance in standard deviations; + when the middle
                         future meets */
    double chance;  /**< Phi(-beta) */
    double *z;      /**< [inputs]: the scores there */
    double *weight; /**< [inputs]: importance, sums to 1 */
    int steps;
} fpt_design_point;

/**
 * First-order reliability: points nearest to the middle at which the response
 * is 0, found from several starts.
 *
 * Shape    point[FPT_FORM_POINTS]; *found of them, nearest first; their arrays
 *          are made in the arena.
 * Missing  *found 0: the response keeps its sign as far as 6 standard
 *          deviations.
 * Source   A. M. Hasofer, N. C. Lind, J. Eng. Mech. 100 (1974) 111-121;
 *          R. Rackwitz, B. Fiessler, Comput. Struct. 9 (1978) 489-494; merit
 *          function of Y. Zhang, A. Der Kiureghian (1995).
 */
FPT_MUST_CHECK fpt_status fpt_form(fpt_arena *arena,
                                   const fpt_response *response, uint64_t seed,
                                   fpt_design_point *point, size_t *found);

/* ---- a tree of conditions ---- */

typedef struct fpt_tree_node {
    int column;       /**< -1: a leaf */
    double threshold; /**< left: at most this */
    int left, right;
    double share_failing; /**< in the half from which it was grown */
    size_t rows;
} fpt_tree_node;

enum { FPT_TREE_NODES = 15 };

typedef struct fpt_tree {
    size_t count;
    fpt_tree_node node[FPT_TREE_NODES]; /**< node 0 is the root */
    double sensitivity; /**< of the other half: failing rows it foretells */
    double precision;   /**< foretold rows that do fail */
} fpt_tree;

/**
 * A tree of at most three questions that predicts failure, grown on the even
 * rows by Gini's impurity and judged on the odd ones.
 *
 * Shape    x[rows * columns] row by row, failing[rows]. rows >= 8.
 * Missing  sensitivity is NaN without a failing row to foretell, precision
 *          without a row foretold.
 */
FPT_MUST_CHECK fpt_status fpt_tree_grow(fpt_arena scratch, size_t rows,
                                        size_t columns, const double *x,
                                        const bool *failing, fpt_tree *tree);

/** Whether the tree foretells failure of a row. */
bool fpt_tree_foretells(const fpt_tree *tree, const double *x);

/* ---- the value of knowing ---- */

/**
 * What it would be worth to know one input before choosing among options: the
 * expected best of the regressions of each option's value on the input, less
 * the best of the expected values.
 *
 * Shape    x[rows]; value[options * rows], option by option.
 * Exact    never negative; a natural cubic spline with five knots at equal
 *          shares of x.
 * Source   M. Strong, J. E. Oakley, A. Brennan, Med. Decis. Making 34 (2014)
 *          311-326.
 */
FPT_MUST_CHECK fpt_status fpt_value_of_knowing(fpt_arena scratch, size_t rows,
                                               const double *x, size_t options,
                                               const double *value,
                                               double *out);

/** Its standard error, by leaving out each of 10 blocks of rows in turn. */
FPT_MUST_CHECK fpt_status
fpt_value_of_knowing_error(fpt_arena scratch, size_t rows, const double *x,
                           size_t options, const double *value, double *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_SENSITIVITY_H */
