/* Indirect standardisation: what was seen over what a reference would give. */
#include "fpt/standardise.h"

fpt_state fpt_indirect_state(double x, double n, double ref_x, double ref_n)
{
    const double all[] = {x, n, ref_x, ref_n};
    fpt_state state = FPT_STATE_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i] < 0.0 || all[i] > FPT_MOST_COUNT) return FPT_STATE_INVALID;
        if (isnan(all[i])) state = FPT_STATE_MISSING;
    }
    if (state != FPT_STATE_OK) return state;
    if (ref_n == 0.0)
        return n > 0.0 ? FPT_STATE_ZERO_DENOMINATOR : FPT_STATE_OK;
    return ref_n < FPT_LEAST_PEOPLE ? FPT_STATE_INVALID : FPT_STATE_OK;
}

static double count_or_none(double count)
{
    return count >= 0.0 && count <= FPT_MOST_COUNT ? count : (double)NAN;
}

static double multiplier_of(const fpt_rate_options *options)
{
    return options->multiplier != 0.0 ? options->multiplier : 100000.0;
}

/* value = events / expected times `per`, and the limits likewise. */
static void ratio(double per, const fpt_rate_options *options,
                  fpt_indirect *out, fpt_limits *limits)
{
    for (size_t k = 0; k < options->level_count; k++)
        limits[k] = fpt_no_limits();
    if (out->state != FPT_STATE_OK) return;
    const double events = out->numerator, expected = out->expected;
    if (isnan(events) || isnan(expected)) {
        out->state = FPT_STATE_INVALID;
        return;
    }
    if (expected < FPT_LEAST_PEOPLE) {
        out->state =
            expected > 0.0 ? FPT_STATE_INVALID : FPT_STATE_ZERO_DENOMINATOR;
        return;
    }
    out->value = events / expected * per;
    for (size_t k = 0; k < options->level_count; k++) {
        const fpt_limits of_count =
            fpt_count_limits(events, options->rule, &options->level[k]);
        limits[k].lower = of_count.lower / expected * per;
        limits[k].upper = of_count.upper / expected * per;
    }
}

void fpt_smr_finish(double events, double expected, fpt_state state,
                    const fpt_rate_options *options, fpt_indirect *out,
                    fpt_limits *limits)
{
    *out = (fpt_indirect){.numerator = count_or_none(events),
                          .denominator = (double)NAN,
                          .expected = count_or_none(expected),
                          .ref_rate = (double)NAN,
                          .value = (double)NAN,
                          .state = state};
    ratio(multiplier_of(options), options, out, limits);
}

void fpt_isr_finish(const fpt_indirect_sums *sums, fpt_state state,
                    const fpt_rate_options *options, fpt_indirect *out,
                    fpt_limits *limits)
{
    const double ref_people = fpt_sum_value(sums->ref_people);
    const double ref_rate =
        fpt_sum_value(sums->ref_events) / ref_people * multiplier_of(options);
    *out = (fpt_indirect){
        .numerator = count_or_none(fpt_sum_value(sums->events)),
        .denominator = count_or_none(fpt_sum_value(sums->people)),
        .expected = count_or_none(fpt_sum_value(sums->expected)),
        .ref_rate = isfinite(ref_rate) ? ref_rate : (double)NAN,
        .value = (double)NAN,
        .state = state};
    if (out->state == FPT_STATE_OK && !(ref_people > 0.0))
        out->state = FPT_STATE_ZERO_DENOMINATOR;
    ratio(ref_rate, options, out, limits);
}
