/*
 * Figures made of counts: proportions, rates, standardised rates, means. What is
 * OK has finite numbers in order; what is not has none; columns agree with rows.
 */
#include "numbers.h"

#include "fpt/stat.h"

enum { MOST = 24 };

static void check_limits(fpt_limits limits, double value)
{
    FPT_REQUIRE(isfinite(limits.lower) && isfinite(limits.upper));
    FPT_REQUIRE(limits.lower <= value && value <= limits.upper);
}

static void check_row(double x, double n, const fpt_level *level)
{
    const fpt_state share = fpt_proportion_state(x, n);
    const fpt_limits wilson = fpt_wilson(x, n, level->z);
    FPT_REQUIRE(isnan(wilson.lower) == (share != FPT_STATE_OK));
    if (share == FPT_STATE_OK) {
        check_limits(wilson, x / n);
        FPT_REQUIRE(wilson.lower >= 0.0 && wilson.upper <= 1.0);
    }
    const fpt_state rate = fpt_rate_state(x, n);
    if (rate == FPT_STATE_OK)
        for (int rule = 0; rule < 2; rule++) {
            const fpt_limits limits =
                fpt_count_limits(x, (fpt_count_rule)rule, level);
            FPT_REQUIRE(limits.lower >= 0.0 && limits.upper >= limits.lower);
            FPT_REQUIRE(isfinite(limits.upper / n));
            /* An interval of hardly any confidence may miss its value. */
            if (level->confidence >= 0.5) check_limits(limits, x);
        }
}

static void check_dsr(size_t count, const double *x, const double *n,
                      const double *w, const fpt_level *level)
{
    fpt_dsr_options options = fpt_dsr_options_default();
    options.level = level;
    options.level_count = 1;
    options.threads = 1;
    const size_t start[] = {0, count / 2, count};
    double numerator[2], denominator[2], value[2], variance[2];
    double lower[2], upper[2];
    fpt_state state[2];
    const fpt_dsr_columns out = {numerator, denominator, value, variance,
                                 lower,     upper,       state};
    FPT_REQUIRE(fpt_dsr_column(2, start, x, n, w, &options, &out) == FPT_OK);
    for (size_t g = 0; g < 2; g++) {
        fpt_state worst = FPT_STATE_OK;
        fpt_dsr_sums sums = {0};
        for (size_t i = start[g]; i < start[g + 1]; i++) {
            worst = fpt_state_worst(worst, fpt_dsr_state(x[i], n[i], w[i]));
            fpt_dsr_add(&sums, fabs(x[i]), fabs(n[i]), fabs(w[i]));
        }
        const bool good =
            state[g] == FPT_STATE_OK || state[g] == FPT_STATE_LOWER_BELOW_ZERO;
        if (worst != FPT_STATE_OK) FPT_REQUIRE(state[g] == worst);
        FPT_REQUIRE(good == !isnan(value[g]));
        FPT_REQUIRE(good == !isnan(upper[g]));
        if (!good) continue;
        FPT_REQUIRE(isfinite(value[g]) && isfinite(upper[g]) &&
                    isfinite(lower[g]) && isfinite(variance[g]));
        FPT_REQUIRE((lower[g] < 0.0) ==
                    (state[g] == FPT_STATE_LOWER_BELOW_ZERO));
        if (level->confidence >= 0.5)
            check_limits((fpt_limits){lower[g], upper[g]}, value[g]);
        fpt_dsr single;
        fpt_limits limits;
        fpt_dsr_finish(&sums, worst, &options, &single, &limits);
        FPT_REQUIRE(single.value == value[g] && limits.upper == upper[g]);
    }
}

static void check_others(size_t count, const double *x, const double *n,
                         const double *w, const fpt_level *level)
{
    fpt_mean mean;
    fpt_limits limits;
    fpt_mean_of(count, x, 1, level, &mean, &limits);
    FPT_REQUIRE(isnan(limits.lower) == (mean.state != FPT_STATE_OK));
    if (mean.state == FPT_STATE_OK)
        FPT_REQUIRE(limits.lower <= mean.value && mean.value <= limits.upper &&
                    mean.std_dev >= 0.0);
    fpt_indirect_sums sums = {0};
    fpt_state worst = FPT_STATE_OK;
    for (size_t i = 0; i < count; i++) {
        const fpt_state row = fpt_indirect_state(x[i], n[i], w[i], n[i]);
        worst = fpt_state_worst(worst, row);
        if (row == FPT_STATE_OK)
            fpt_indirect_add(&sums, x[i], n[i], w[i], n[i]);
    }
    fpt_rate_options options = fpt_rate_options_default();
    options.level = level;
    options.level_count = 1;
    fpt_indirect ratio;
    fpt_isr_finish(&sums, worst, &options, &ratio, &limits);
    FPT_REQUIRE(isnan(ratio.value) == (ratio.state != FPT_STATE_OK));
    FPT_REQUIRE(isnan(limits.upper) == (ratio.state != FPT_STATE_OK));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_source source = {data, size};
    fpt_level level;
    if (fpt_level_make(fuzz_confidence(&source), &level) != FPT_OK) return 0;
    const size_t count = fuzz_bits(&source, 1) % MOST;
    double x[MOST], n[MOST], w[MOST];
    for (size_t i = 0; i < count; i++) {
        x[i] = fuzz_double(&source);
        n[i] = fuzz_double(&source);
        w[i] = fuzz_double(&source);
        check_row(x[i], n[i], &level);
    }
    check_dsr(count, x, n, w, &level);
    check_others(count, x, n, w, &level);
    return 0;
}
