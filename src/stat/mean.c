#include "fpt/mean.h"

void fpt_mean_finish(const fpt_moments *moments, fpt_state state, size_t levels,
                     const fpt_level *level, fpt_mean *out, fpt_limits *limits)
{
    const double none = (double)NAN;
    *out = (fpt_mean){.numerator = none,
                      .denominator = (double)moments->count,
                      .value = none,
                      .std_dev = none,
                      .state = state};
    for (size_t k = 0; k < levels; k++)
        limits[k] = fpt_no_limits();
    if (state != FPT_STATE_OK) {
        out->denominator = none;
        return;
    }
    if (moments->count == 0) {
        out->state = FPT_STATE_TOO_FEW_ROWS;
        return;
    }
    const double sum = fpt_moments_sum(moments);
    const double value = fpt_moments_mean(moments);
    const double n = (double)moments->count;
    const double variance =
        moments->count > 1 ? fpt_moments_variance(moments) : 0.0;
    if (!isfinite(sum) || !isfinite(value) || !isfinite(variance)) {
        out->state = FPT_STATE_INVALID;
        return;
    }
    out->numerator = sum;
    out->value = value;
    if (moments->count < 2) {
        out->state = FPT_STATE_TOO_FEW_ROWS;
        return;
    }
    out->std_dev = sqrt(variance);
    for (size_t k = 0; k < levels; k++) {
        const double reach =
            fpt_t_upper(level[k].tail, n - 1.0) * out->std_dev / sqrt(n);
        limits[k] = (fpt_limits){value - reach, value + reach};
    }
}

void fpt_mean_of(size_t count, const double *x, size_t levels,
                 const fpt_level *level, fpt_mean *out, fpt_limits *limits)
{
    fpt_moments moments = {0};
    fpt_state state = FPT_STATE_OK;
    for (size_t i = 0; i < count; i++) {
        if (isnan(x[i])) state = fpt_state_worst(state, FPT_STATE_MISSING);
        if (isinf(x[i])) state = FPT_STATE_INVALID;
        fpt_moments_add(&moments, x[i]);
    }
    fpt_mean_finish(&moments, state, levels, level, out, limits);
}
