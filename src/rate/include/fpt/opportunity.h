/**
 * @file opportunity.h
 * @brief Places alike, and what a place would gain by doing as well as the best
 *        of them: as it is published, and with the chance in it.
 *
 * The published way takes the best five of the ten most similar as they stand.
 * The best were chosen by the same chance that made them look best, and neither
 * their error nor the place's own is counted. Here every rate is drawn from what
 * its data leave open, the best are chosen again in each draw, and the figure
 * comes with how sure it is and how much of the published one was noise.
 */
#ifndef FPT_OPPORTUNITY_H
#define FPT_OPPORTUNITY_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- places alike ---- */

/**
 * Each variable with mean 0 and deviation 1 (n - 1) over the places that have it.
 *
 * Shape    x[variables * places] in; z likewise out, and may be x.
 * Missing  NaN stays; a variable that does not vary is 0 for all who have it.
 */
void fpt_peers_standardise(size_t variables, size_t places, const double *x,
                           double *z);

/**
 * The places most similar to one: by the root of the weighted mean of squared
 * differences.
 *
 * Shape    z[variables * places]; weight[variables] or NULL: all alike;
 *          peer[most] out; distance[places] out, or NaN; order[2 * places] is
 *          work space. Returns how many peers there are: at most `most`, and
 *          none when the place itself lacks a variable.
 * Exact    ties by the order of the places.
 * Missing  who lacks a variable of weight above 0 is nobody's peer.
 * Source   NHS RightCare's method: the ten most similar on twelve equally
 *          weighted variables; that the distance is this one is our choice.
 */
size_t fpt_peers_find(size_t variables, size_t places, const double *z,
                      const double *weight, size_t place, size_t most,
                      size_t *peer, double *distance, size_t *order);

/* ---- opportunity ---- */

typedef enum fpt_opportunity_kind {
    FPT_OPPORTUNITY_PROPORTION, /**< x of n people */
    FPT_OPPORTUNITY_RATE,       /**< x events in n person-years */
    FPT_OPPORTUNITY_VALUE       /**< a value x with its standard error, of n */
} fpt_opportunity_kind;

typedef struct fpt_opportunity_options {
    fpt_opportunity_kind kind;
    int better;  /**< 1 when higher is better, -1 when lower is */
    size_t best; /**< of the peers: the mean of so many is the benchmark */
    int64_t draws;
    uint64_t seed;
    uint32_t entity; /**< of the random streams: a number of the place */
    double confidence;
} fpt_opportunity_options;

#define FPT_OPPORTUNITY_MOST_PEERS 256
#define FPT_OPPORTUNITY_MOST_DRAWS 1000000

typedef struct fpt_opportunity {
    double benchmark; /**< mean of the best, as published */
    double all_peers; /**< mean of all peers' rates, to compare with */
    double published; /**< max(0, distance to it) times n */
    double mean;      /**< over the draws; below 0: better than the benchmark */
    double lower, upper;
    double chance;  /**< that there is an opportunity at all */
    double noise;   /**< share of the published figure that chance explains:
                        1 - mean / published, in [0, 1]; NaN: none published */
    double mu, tau; /**< mean and deviation of the true rates of all compared */
} fpt_opportunity;

/**
 * Shape    the place stands first: x, n, se are [1 + peers], se only for VALUE;
 *          work[draws].
 * Units    n: people or person-years, in the unit in which the opportunity is
 *          wanted; rates are x / n, without multiplier.
 * Exact    true rates follow a beta, gamma or normal distribution around a common
 *          mean, whose spread is found by moments; where the rates differ by no
 *          more than chance (tau = 0), nobody has an opportunity.
 * Errors   FPT_ERR_RANGE: no peers, more than there may be, best outside 1 ..
 *          peers, draws outside 100 .. the most, n not above 0, x negative or
 *          above n for a proportion, a standard error not above 0, a confidence
 *          outside (0, 1), better neither 1 nor -1, numbers so large that
 *          their squares are none. out is unchanged.
 * Memory   none allocated.
 * Threads  pure; same seed and entity, same bytes.
 * Source   benchmark and published figure: NHS RightCare. What it leaves out:
 *          J. Dropkin, Journal of Public Health 40 (2018) e367.
 */
FPT_MUST_CHECK fpt_status fpt_opportunity_find(
    size_t peers, const double *x, const double *n, const double *se,
    const fpt_opportunity_options *options, double *work, fpt_opportunity *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_OPPORTUNITY_H */
