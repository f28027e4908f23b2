/**
 * @file score.h
 * @brief From values of one indicator to scores of the places compared.
 *
 * A framework scores on a scale with a best and a worst end: 1 to 4 where 1 is
 * best, or 0 to 2 where 2 is. Kernels here take the two ends, so that "better"
 * has one meaning. Which method an indicator has is a field of its pack.
 *
 * Missing  NaN values have no score (NaN) and do not count among those compared.
 * Memory   none allocated.
 * Threads  pure.
 */
#ifndef FPT_SCORE_H
#define FPT_SCORE_H

#include "fpt/stat.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Append only: packs name them by their words. */
#define FPT_SCORE_LIST(X)                                                      \
    X(NONE, "none", "shown, and not scored")                                   \
    X(PUBLISHED, "published", "as the publisher gave it; never computed")      \
    X(VALUE, "value", "the value itself is the score")                         \
    X(BANDS, "bands", "by the band that the value lies in")                    \
    X(RANK, "rank", "from the rank among the places compared")                 \
    X(Z, "z", "standard deviations from the mean of those compared")           \
    X(PERCENTILE, "percentile", "share of the others that it is better than")  \
    X(TARGET, "target", "distance from a target")                              \
    X(COMPARE, "compare", "better, similar or worse than a benchmark")         \
    X(TRAJECTORY, "trajectory", "number avoided on the way to a target year")  \
    X(NOT_PUBLISHED, "not-published", "how it was scored was never published")

#define FPT_SCORE_ENUM(name, word, text) FPT_SCORE_##name,
typedef enum fpt_score_method {
    FPT_SCORE_LIST(FPT_SCORE_ENUM) FPT_SCORE_METHODS
} fpt_score_method;
#undef FPT_SCORE_ENUM

/** "rank" and the like, as packs have it; never NULL. */
const char *fpt_score_word(fpt_score_method method);

/** The two ends of a scale; they differ. */
typedef struct fpt_scale {
    double best, worst;
} fpt_scale;

/** A band of values, [from, below), and its score. Ends may be infinite. */
typedef struct fpt_band {
    double from, below, score;
} fpt_band;

/**
 * Are bands in order, each with from < below, none overlapping? Gaps are
 * allowed: a value in one has no score. *at gets the first that is wrong.
 */
bool fpt_bands_are_valid(size_t count, const fpt_band *band, size_t *at);

/** The score of a value; NaN when it lies in no band. */
double fpt_score_bands(size_t count, const fpt_band *band, double value);

/**
 * score = best + (worst - best) (rank - 1) / (n - 1), rank 1 the best value.
 *
 * Shape    value[count] in; rank[count], score[count] out (rank may be NULL);
 *          work[count] and order[2 * count] are work space.
 * Units    better: 1 when higher values are better, -1 when lower ones are.
 * Exact    equal values share the mean of their ranks: rank = 1 + better +
 *          (tied - 1) / 2, where `tied` counts the place itself. The first of
 *          several has exactly `best`, the last exactly `worst`.
 * Missing  a single value has rank 1 and no score: NaN, not `best`.
 * Source   NHS Oversight Framework 2025/26: published scores of two metrics are
 *          this to two decimals (ranks 17, 20, 23, 24 of 61 give 1.80, 1.95,
 *          2.10, 2.15).
 */
void fpt_score_rank(size_t count, const double *value, int better,
                    fpt_scale scale, double *rank, double *score, double *work,
                    size_t *order);

/**
 * Standard deviations from the mean, turned so that the best end of the scale is
 * where better values go: positive is better when best > worst.
 *
 * Shape    value[count] in; score[count] out, which may be value.
 * Exact    mean and the deviation with n - 1, as R's scale(); shift and stretch
 *          of the values do not change it.
 * Missing  under two values, or no spread: all NaN.
 */
void fpt_score_z(size_t count, const double *value, int better, fpt_scale scale,
                 double *score);

/**
 * Where among all a place stands, in (0, 1): (worse + tied / 2) / n, `tied`
 * counting the place itself; on a scale whose best end is lower, 1 minus it.
 *
 * Shape    as fpt_score_rank().
 */
void fpt_score_percentile(size_t count, const double *value, int better,
                          fpt_scale scale, double *score, double *work,
                          size_t *order);

/** Distance from a target: what one point of score is worth, and where on the
 *  scale the target itself stands. */
typedef struct fpt_score_target {
    double target; /**< in the indicator's unit */
    double per;    /**< units of the indicator for one point; > 0 */
    double score;  /**< of exactly the target */
} fpt_score_target;

/** The score of a value, kept between the two ends of the scale. */
double fpt_score_distance(const fpt_score_target *target, double value,
                          int better, fpt_scale scale);

/** 1 better, -1 worse, 0 similar: the benchmark lies beyond a limit, or the
 *  limits are NaN and the value itself differs. better 0 gives 1 for higher. */
int fpt_compare_side(double value, double lower, double upper, double benchmark,
                     int better);

#ifdef __cplusplus
}
#endif
#endif /* FPT_SCORE_H */
