/**
 * @file fund.h
 * @brief How NHS money is set, paid and shared: one rule, one function.
 *
 * Control totals and sustainability money, payment models, allocations and
 * pace of change, gain and risk share, capped expenditure. Every rate, weight
 * and threshold is an argument: they are policy, and live in plans and packs.
 *
 * Units    money in whole pence, as int64_t inside arrays and fpt_money where
 *          it stands alone; rates in parts per million (125000 is 12.5 %).
 * Exact    amounts are rounded half away from zero, once; what is shared out
 *          is shared by largest remainder, so that parts sum to the whole.
 * Errors   FPT_ERR_RANGE for a rate outside its range or an overflow; results
 *          are then untouched.
 * Memory   none allocated.
 * Threads  pure.
 */
#ifndef FPT_FUND_H
#define FPT_FUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FPT_PPM INT64_C(1000000)

/** round(base * ppm / 1,000,000). */
FPT_MUST_CHECK fpt_status fpt_rate_of(int64_t base_pence, int64_t ppm,
                                      int64_t *out_pence);

/* ---- payment models: money.md section 6 ---- */

/** units * price * market forces factor. */
FPT_MUST_CHECK fpt_status fpt_pay_tariff(int64_t units, int64_t price_pence,
                                         int64_t mff_ppm, int64_t *out_pence);

/** Value up to the baseline in full, above it at a marginal rate; no floor. */
FPT_MUST_CHECK fpt_status fpt_pay_marginal(int64_t value_pence,
                                           int64_t baseline_pence,
                                           int64_t rate_ppm,
                                           int64_t *out_pence);

/** Planned value plus a share of the departure from it, both ways. */
FPT_MUST_CHECK fpt_status fpt_pay_blended(int64_t planned_pence,
                                          int64_t value_pence,
                                          int64_t share_ppm,
                                          int64_t *out_pence);

/** The mean of three years' values; FPT_ERR_RANGE when it is at or above the
 *  threshold: the model does not apply. */
FPT_MUST_CHECK fpt_status fpt_pay_low_volume(const int64_t value_pence[3],
                                             int64_t threshold_pence,
                                             int64_t *out_pence);

/* ---- control totals and sustainability money: sections 1 and 2 ---- */

enum { FPT_QUARTERS = 4, FPT_SUSTAINABILITY_MEASURES = 8 };

typedef enum fpt_catch_up {
    FPT_CATCH_UP_NONE,    /**< a quarter that was missed is lost */
    FPT_CATCH_UP_FINANCE, /**< its finance part comes back when the year to
                               date is met in a later quarter */
    FPT_CATCH_UP_ALL      /**< and the parts of measures met in that quarter */
} fpt_catch_up;

typedef struct fpt_sustainability_rule {
    int64_t finance_ppm; /**< part for meeting the control total */
    size_t measure_count;
    int64_t measure_ppm[FPT_SUSTAINABILITY_MEASURES]; /**< all parts: 10^6 */
    int64_t quarter_ppm[FPT_QUARTERS];                /**< sum 10^6 */
    int64_t system_ppm; /**< share tied to the system's control total */
    fpt_catch_up catch_up;
    int64_t bonus_ppm; /**< of each pound above the control total */
    int64_t bonus_most_pence;
} fpt_sustainability_rule;

/** What happened: a gate a quarter, and each measure in each quarter. */
typedef struct fpt_sustainability_year {
    bool own_met[FPT_QUARTERS], system_met[FPT_QUARTERS];
    bool measure_met[FPT_SUSTAINABILITY_MEASURES][FPT_QUARTERS];
    int64_t above_pence; /**< position less control total, at the year's end */
} fpt_sustainability_year;

typedef struct fpt_sustainability_pay {
    int64_t
        quarter_pence[FPT_QUARTERS]; /**< earned, in the quarter it is paid */
    int64_t lost_finance_pence;      /**< not earned: the gate was missed */
    int64_t lost_measures_pence; /**< not earned: gate met, measure missed */
    int64_t bonus_pence;
} fpt_sustainability_pay;

/** Weights that are not negative and sum to one; what else must hold. */
FPT_MUST_CHECK fpt_status
fpt_sustainability_check(const fpt_sustainability_rule *rule, fpt_error *err);

/**
 * What an organisation earns of an amount in a year.
 *
 * Exact    sum of quarters + lost_finance + lost_measures = amount.
 */
FPT_MUST_CHECK fpt_status fpt_sustainability_earn(
    const fpt_sustainability_rule *rule, int64_t amount_pence,
    const fpt_sustainability_year *year, fpt_sustainability_pay *out);

/** Cap on an area's spending, and planned spending above it (section 3; the
 *  form of the cap is this project's). */
FPT_MUST_CHECK fpt_status fpt_capped_expenditure(
    int64_t allocations_pence, int64_t commissioner_totals_pence,
    int64_t provider_totals_pence, int64_t sustainability_pence,
    int64_t planned_spend_pence, int64_t *cap_pence, int64_t *gap_pence);

/* ---- allocations: section 5 ---- */

typedef struct fpt_allocation_area {
    double population, age_index, need_index, mff_index;
    int64_t base_pence; /**< last year's allocation */
} fpt_allocation_area;

typedef struct fpt_allocation {
    double weighted_population; /**< scaled so that people are kept */
    double share_fraction;
    int64_t target_pence, allocation_pence;
    double opening_distance_fraction; /**< base against last year's pot */
    double closing_distance_fraction; /**< allocation against target */
    double growth_fraction;
} fpt_allocation;

/**
 * Share a pot among areas: everyone grows by at least `minimum_ppm`, the rest
 * goes to those below target in proportion to the shortfall; when nobody is
 * below, by target.
 *
 * Shape    area[count], out[count]; weight[2 * count] and remainder[count]
 *          are work space. Ties in pence go to the earlier area.
 * Errors   FPT_ERR_RANGE: no area, a negative or infinite number, nobody
 *          weighted; FPT_ERR_REFUSED: the minimum growth is not affordable,
 *          and *err says by how much.
 * Missing  an area without people has share 0; distances are NaN where the
 *          target is 0.
 */
FPT_MUST_CHECK fpt_status fpt_allocate(size_t count,
                                       const fpt_allocation_area *area,
                                       int64_t pot_pence, int64_t minimum_ppm,
                                       fpt_allocation *out, int64_t *weight,
                                       uint64_t *remainder, fpt_error *err);

/* ---- gain and risk share: section 7 ---- */

/** A layer of |deviation| as fractions of the target, half open. */
typedef struct fpt_risk_layer {
    int64_t from_ppm, to_ppm; /**< INT64_MAX: open */
    const int64_t *share_ppm; /**< [party_count], sum 10^6 */
} fpt_risk_layer;

typedef struct fpt_risk_share {
    size_t party_count;
    size_t holder; /**< the party that bears what caps leave over */
    size_t loss_count, gain_count; /**< layers from 0 without a gap */
    const fpt_risk_layer *loss, *gain;
    const int64_t *loss_most_pence, *gain_most_pence; /**< [party_count] */
    int64_t gate_ppm; /**< quality gate on gains, 0 to 10^6 */
} fpt_risk_share;

FPT_MUST_CHECK fpt_status fpt_risk_share_check(const fpt_risk_share *share,
                                               fpt_error *err);

/**
 * Who bears a deviation: actual - target, positive an overspend.
 *
 * Shape    part[party_count] out: what each party bears (+) or gains (-).
 *          work[4 * party_count].
 * Exact    parts sum to actual - target. What a party's cap cuts goes to the
 *          others without a cap left, in proportion to their shares, again and
 *          again; what nobody may take stays with the holder, as does the part
 *          of a gain that the quality gate withholds.
 */
FPT_MUST_CHECK fpt_status fpt_risk_share_split(const fpt_risk_share *share,
                                               int64_t target_pence,
                                               int64_t actual_pence,
                                               int64_t *part, int64_t *work);

#ifdef __cplusplus
}
#endif
#endif /* FPT_FUND_H */
