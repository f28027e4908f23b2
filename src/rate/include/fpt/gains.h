/**
 * @file gains.h
 * @brief Peers, opportunity and value for money of the places of a tier, from
 *        the indicators of the workspace.
 *
 * Which variables make places alike is a pack (packs/peers). The arithmetic is
 * that of opportunity.h and worth.h.
 */
#ifndef FPT_GAINS_H
#define FPT_GAINS_H

#include "fpt/opportunity.h"
#include "fpt/ratings.h"
#include "fpt/worth.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How places are found alike: packs/peers/NAME/VERSION. */
typedef struct fpt_peers_pack {
    fpt_str name, version, title, about, source, licence;
    size_t peers,
        best; /**< so many are alike; the best so many of them count */
    size_t variables;
    fpt_str *indicator; /**< [variables] */
    double *weight;     /**< [variables] */
} fpt_peers_pack;

/** Errors   FPT_ERR_INPUT with file, line and column: an indicator that no pack
 *           defines or that stands twice, best above peers, a weight that is not
 *           above 0, an unknown key. */
FPT_MUST_CHECK fpt_status fpt_peers_pack_open(fpt_arena *arena,
                                              const fpt_pack_path *packs,
                                              fpt_str name, fpt_str version,
                                              fpt_peers_pack *out,
                                              fpt_error *err);

/** What is asked for. */
typedef struct fpt_gain_ask {
    const fpt_peers_pack *pack;
    fpt_str tier;
    bool then;   /**< footprints of the period */
    fpt_date on; /**< else those of this day */
    fpt_period period;
    fpt_str place; /**< empty: all */
    int64_t draws; /**< 0: 10,000 */
    uint64_t seed;
    double confidence;   /**< 0: 0.95 */
    unsigned threads;    /**< 0: as many as there are; same bytes on any */
    fpt_money unit_cost; /**< avoidable cost of one person or event; 0: none */
} fpt_gain_ask;

typedef struct fpt_peer {
    fpt_str code, name; /**< the place, then the peer */
    fpt_str peer_code, peer_name;
    int64_t order; /**< 1 the most similar */
    double distance;
} fpt_peer;

/** What makes the places of a tier alike, for all that is asked of them. */
typedef struct fpt_alike fpt_alike;

/**
 * The variables of a pack over the places of a tier; each is taken of the period
 * nearest to the one asked for. It serves every question of the same pack, tier,
 * footprints and period, and lives as long as the arena.
 *
 * Errors   FPT_ERR_NOT_FOUND: a variable has no data, or no such place.
 */
FPT_MUST_CHECK fpt_status fpt_rate_alike(fpt_rate *rate, fpt_arena *arena,
                                         const fpt_gain_ask *ask,
                                         const fpt_alike **out, fpt_error *err);

/** The most similar places. */
FPT_MUST_CHECK fpt_status fpt_rate_peers(const fpt_alike *alike,
                                         fpt_arena *arena,
                                         const fpt_gain_ask *ask, size_t *count,
                                         fpt_peer **out, fpt_error *err);

typedef struct fpt_gain {
    fpt_str code, name;
    double value; /**< of the place, as the indicator shows it */
    double benchmark, all_peers, nation; /**< likewise */
    int64_t peers;
    fpt_opportunity found; /**< in people or events */
    double q; /**< of the chance that there is none, over all places that were
                   asked about (Benjamini and Hochberg); NaN */
    fpt_money published, mean, lower, upper; /**< at the unit cost */
    fpt_str status;                          /**< OK, or why there is nothing */
} fpt_gain;

/**
 * Opportunity of an indicator against similar peers.
 *
 * Errors   FPT_ERR_USAGE: an indicator that is neither a proportion nor a rate,
 *          or that says not whether higher or lower is better.
 */
FPT_MUST_CHECK fpt_status fpt_rate_opportunity(fpt_rate *rate, fpt_arena *arena,
                                               const fpt_alike *alike,
                                               const fpt_gain_ask *ask,
                                               const fpt_indicator *indicator,
                                               size_t *count, fpt_gain **out,
                                               fpt_error *err);

typedef struct fpt_value_row {
    fpt_str code, name;
    double outcome, outcome_lower, outcome_upper, nation_outcome;
    double spend, nation_spend; /**< as the indicators show them */
    double events;              /**< the outcome's numerator */
    fpt_worth_ratio cost;  /**< spend for one of them, in the spend's unit */
    fpt_worth_plane plane; /**< against the nation: better or worse, dearer or
                                cheaper; NaN without a direction */
    fpt_str status;
} fpt_value_row;

/**
 * Spend for an outcome, and where both stand against the nation.
 *
 * Exact    money was paid, not sampled: only the outcome has an error, of its own
 *          limits; a nation's own error is left out.
 */
FPT_MUST_CHECK fpt_status fpt_rate_value(fpt_rate *rate, fpt_arena *arena,
                                         const fpt_gain_ask *ask,
                                         const fpt_indicator *outcome,
                                         const fpt_indicator *spend,
                                         size_t *count, fpt_value_row **out,
                                         fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_GAINS_H */
