/*
 * Payment models, sustainability money and the expenditure cap. Products of
 * pence and parts per million are taken in 128 bits and rounded once.
 */
#include "fpt/fund.h"

fpt_status fpt_rate_of(int64_t base_pence, int64_t ppm, int64_t *out_pence)
{
    return fpt_multiply_divide(base_pence, ppm, FPT_PPM, out_pence);
}

/* ---- payment models ---- */

fpt_status fpt_pay_tariff(int64_t units, int64_t price_pence, int64_t mff_ppm,
                          int64_t *out_pence)
{
    if (units < 0 || mff_ppm < 0) return FPT_ERR_RANGE;
    int64_t value;
    if (__builtin_mul_overflow(units, price_pence, &value))
        return FPT_ERR_RANGE;
    return fpt_rate_of(value, mff_ppm, out_pence);
}

fpt_status fpt_pay_marginal(int64_t value_pence, int64_t baseline_pence,
                            int64_t rate_ppm, int64_t *out_pence)
{
    if (rate_ppm < 0 || rate_ppm > FPT_PPM) return FPT_ERR_RANGE;
    int64_t above, part, sum;
    if (__builtin_sub_overflow(value_pence, baseline_pence, &above))
        return FPT_ERR_RANGE;
    if (above <= 0) {
        *out_pence = value_pence;
        return FPT_OK;
    }
    FPT_TRY(fpt_rate_of(above, rate_ppm, &part));
    if (__builtin_add_overflow(baseline_pence, part, &sum))
        return FPT_ERR_RANGE;
    *out_pence = sum;
    return FPT_OK;
}

fpt_status fpt_pay_blended(int64_t planned_pence, int64_t value_pence,
                           int64_t share_ppm, int64_t *out_pence)
{
    if (share_ppm < 0 || share_ppm > FPT_PPM) return FPT_ERR_RANGE;
    int64_t departure, part, sum;
    if (__builtin_sub_overflow(value_pence, planned_pence, &departure))
        return FPT_ERR_RANGE;
    FPT_TRY(fpt_rate_of(departure, share_ppm, &part));
    if (__builtin_add_overflow(planned_pence, part, &sum)) return FPT_ERR_RANGE;
    *out_pence = sum;
    return FPT_OK;
}

fpt_status fpt_pay_low_volume(const int64_t value_pence[3],
                              int64_t threshold_pence, int64_t *out_pence)
{
    int64_t sum = 0;
    for (int i = 0; i < 3; i++)
        if (__builtin_add_overflow(sum, value_pence[i], &sum))
            return FPT_ERR_RANGE;
    int64_t mean;
    FPT_TRY(fpt_multiply_divide(sum, 1, 3, &mean));
    if (mean >= threshold_pence) return FPT_ERR_RANGE;
    *out_pence = mean;
    return FPT_OK;
}

/* ---- sustainability money ---- */

static bool is_share(int64_t ppm)
{
    return ppm >= 0 && ppm <= FPT_PPM;
}

fpt_status fpt_sustainability_check(const fpt_sustainability_rule *rule,
                                    fpt_error *err)
{
    if (rule->measure_count > FPT_SUSTAINABILITY_MEASURES)
        return fpt_fail(err, FPT_ERR_RANGE, "at most %d measures",
                        FPT_SUSTAINABILITY_MEASURES);
    if (!is_share(rule->finance_ppm) || !is_share(rule->system_ppm) ||
        rule->bonus_ppm < 0 || rule->bonus_most_pence < 0)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "a share of sustainability money is not between 0 "
                        "and 1");
    int64_t parts = rule->finance_ppm, quarters = 0;
    for (size_t i = 0; i < rule->measure_count; i++) {
        if (!is_share(rule->measure_ppm[i]))
            return fpt_fail(err, FPT_ERR_RANGE,
                            "the part of a measure is not between 0 and 1");
        parts += rule->measure_ppm[i];
    }
    for (int q = 0; q < FPT_QUARTERS; q++) {
        if (!is_share(rule->quarter_ppm[q]))
            return fpt_fail(err, FPT_ERR_RANGE,
                            "the weight of a quarter is not between 0 and 1");
        quarters += rule->quarter_ppm[q];
    }
    if (parts != FPT_PPM)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the finance part and the parts of measures sum to "
                        "%.6f, not 1",
                        (double)parts * 1e-6);
    if (quarters != FPT_PPM)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the weights of quarters sum to %.6f, not 1",
                        (double)quarters * 1e-6);
    return FPT_OK;
}

/* One gate (own or system) on one amount. */
static fpt_status earn_under(const fpt_sustainability_rule *rule,
                             int64_t amount, const bool met[FPT_QUARTERS],
                             const fpt_sustainability_year *year,
                             fpt_sustainability_pay *out)
{
    int64_t quarter[FPT_QUARTERS];
    uint64_t remainder[FPT_QUARTERS];
    FPT_TRY(fpt_apportion(amount, FPT_QUARTERS, rule->quarter_ppm, quarter,
                          remainder));
    for (int q = 0; q < FPT_QUARTERS; q++) {
        /* Parts of this quarter: finance first, then the measures. */
        int64_t weight[1 + FPT_SUSTAINABILITY_MEASURES];
        int64_t part[1 + FPT_SUSTAINABILITY_MEASURES];
        uint64_t rest[1 + FPT_SUSTAINABILITY_MEASURES];
        weight[0] = rule->finance_ppm;
        for (size_t i = 0; i < rule->measure_count; i++)
            weight[i + 1] = rule->measure_ppm[i];
        FPT_TRY(fpt_apportion(quarter[q], 1 + rule->measure_count, weight, part,
                              rest));
        /* The quarter in which it is paid: this one, or with catching up the
         * next in which the year to date is met. */
        int paid = q;
        while (paid < FPT_QUARTERS && !met[paid])
            paid++;
        const bool late = paid > q;
        const bool lost = paid == FPT_QUARTERS ||
                          (late && rule->catch_up == FPT_CATCH_UP_NONE);
        if (lost)
            out->lost_finance_pence += part[0];
        else
            out->quarter_pence[paid] += part[0];
        for (size_t i = 0; i < rule->measure_count; i++) {
            if (lost || (late && rule->catch_up == FPT_CATCH_UP_FINANCE))
                out->lost_finance_pence += part[i + 1];
            else if (year->measure_met[i][paid])
                out->quarter_pence[paid] += part[i + 1];
            else
                out->lost_measures_pence += part[i + 1];
        }
    }
    return FPT_OK;
}

fpt_status fpt_sustainability_earn(const fpt_sustainability_rule *rule,
                                   int64_t amount_pence,
                                   const fpt_sustainability_year *year,
                                   fpt_sustainability_pay *out)
{
    FPT_TRY(fpt_sustainability_check(rule, NULL));
    if (amount_pence < 0) return FPT_ERR_RANGE;
    fpt_sustainability_pay pay = {0};
    int64_t system;
    FPT_TRY(fpt_rate_of(amount_pence, rule->system_ppm, &system));
    FPT_TRY(earn_under(rule, amount_pence - system, year->own_met, year, &pay));
    FPT_TRY(earn_under(rule, system, year->system_met, year, &pay));
    if (year->above_pence > 0 && rule->bonus_ppm > 0) {
        FPT_TRY(
            fpt_rate_of(year->above_pence, rule->bonus_ppm, &pay.bonus_pence));
        if (pay.bonus_pence > rule->bonus_most_pence)
            pay.bonus_pence = rule->bonus_most_pence;
    }
    *out = pay;
    return FPT_OK;
}

fpt_status fpt_capped_expenditure(int64_t allocations_pence,
                                  int64_t commissioner_totals_pence,
                                  int64_t provider_totals_pence,
                                  int64_t sustainability_pence,
                                  int64_t planned_spend_pence,
                                  int64_t *cap_pence, int64_t *gap_pence)
{
    int64_t cap, gap;
    if (__builtin_sub_overflow(allocations_pence, commissioner_totals_pence,
                               &cap) ||
        __builtin_sub_overflow(cap, provider_totals_pence, &cap) ||
        __builtin_add_overflow(cap, sustainability_pence, &cap) ||
        __builtin_sub_overflow(planned_spend_pence, cap, &gap))
        return FPT_ERR_RANGE;
    *cap_pence = cap;
    *gap_pence = gap;
    return FPT_OK;
}
