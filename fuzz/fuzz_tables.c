/*
 * Life tables, inequality, quantiles, trends: what is OK has finite numbers in
 * order, what is not has none, and the order of groups does not matter.
 */
#include "numbers.h"

#include "fpt/stat.h"

enum { MOST = 24, DRAWS = 1000 };

/* Healthy years are years: never more than all of them, within their limits. */
static void check_healthy(size_t count, const size_t *start, const double *age,
                          const double *deaths, const double *share,
                          const double *asked, const fpt_life_options *options,
                          const fpt_life_columns *life)
{
    double out[5][MOST];
    fpt_state state[MOST];
    const fpt_healthy_columns columns = {out[0], out[1], out[2],
                                         out[3], out[4], state};
    FPT_REQUIRE(fpt_healthy_life_column(2, start, age, deaths, share, asked,
                                        options, life, &columns) == FPT_OK);
    for (size_t i = 0; i < count; i++) {
        const bool good =
            state[i] == FPT_STATE_OK || state[i] == FPT_STATE_LOWER_BELOW_ZERO;
        FPT_REQUIRE(good == !isnan(out[0][i]) && good == !isnan(out[3][i]));
        if (!good) continue;
        FPT_REQUIRE(out[0][i] >= 0.0 &&
                    out[0][i] <= life->value[i] * (1.0 + 1e-12));
        FPT_REQUIRE(out[2][i] <= out[0][i] && out[0][i] <= out[3][i]);
        FPT_REQUIRE(out[4][i] >= 0.0 && out[4][i] <= 1.0 + 1e-12);
    }
}

static void check_life(size_t count, const double *age, const double *deaths,
                       const double *people, const double *share,
                       const fpt_level *level)
{
    fpt_life_options options = fpt_life_options_default();
    options.level = level;
    options.level_count = 1;
    options.threads = 1;
    options.min_population = 10.0;
    double out[10][MOST];
    fpt_state state[MOST];
    const size_t start[] = {0, count / 3, count};
    const fpt_life_columns columns = {out[0], out[1], out[2], out[3],
                                      out[4], out[5], out[6], out[7],
                                      out[8], out[9], state};
    FPT_REQUIRE(fpt_life_table_column(2, start, age, deaths, people, NULL,
                                      &options, &columns) == FPT_OK);
    for (size_t i = 0; i < count; i++) {
        const bool good =
            state[i] == FPT_STATE_OK || state[i] == FPT_STATE_LOWER_BELOW_ZERO;
        FPT_REQUIRE(good == !isnan(out[4][i]) && good == !isnan(out[7][i]));
        if (!good) continue;
        FPT_REQUIRE(out[1][i] >= 0.0 && out[1][i] <= 1.0);
        FPT_REQUIRE(out[2][i] > 0.0 && out[2][i] <= 100000.0);
        FPT_REQUIRE(isfinite(out[4][i]) && out[4][i] > 0.0);
        FPT_REQUIRE(out[6][i] <= out[4][i] && out[4][i] <= out[7][i]);
        FPT_REQUIRE(2.0 * 1.9599639845400542 * out[5][i] <= 20.0000001);
    }
    check_healthy(count, start, age, deaths, share, NULL, &options, &columns);
    check_healthy(count, start, age, deaths, share, people, &options, &columns);
}

static void check_sii(size_t count, const double *n, const double *y,
                      const double *se, unsigned kind, const fpt_level *level)
{
    static const double multipliers[] = {1.0, -1.0, 100.0, -0.5};
    fpt_sii_options options = fpt_sii_options_default();
    options.type = (fpt_sii_type)(kind % 3);
    options.transform = kind % 3 != 0 && (kind / 4) % 4 != 0;
    options.multiplier = multipliers[kind / 16 % 4];
    options.draws = DRAWS;
    options.min_groups = 3;
    options.level = level;
    options.level_count = 1;
    options.threads = 1;
    if (fpt_sii_options_check(&options, NULL) != FPT_OK) return;
    double work[2 * DRAWS];
    fpt_sii out;
    fpt_sii_limits limits;
    FPT_REQUIRE(fpt_sii_of(count, n, y, se, &options, &out, &limits, work) ==
                FPT_OK);
    FPT_REQUIRE(!isinf(out.value) && !isinf(out.rii) && !isinf(out.intercept));
    FPT_REQUIRE(!isinf(limits.value.lower) && !isinf(limits.rii.upper));
    if (out.state != FPT_STATE_OK) return;
    FPT_REQUIRE(!isnan(out.value) && !isnan(out.rii) &&
                !isnan(limits.rii.lower));
    FPT_REQUIRE(limits.value.lower <= limits.value.upper);
    FPT_REQUIRE(limits.rii.lower <= limits.rii.upper);
    if (out.draws == 0)
        FPT_REQUIRE(limits.value.lower <= out.value &&
                    out.value <= limits.value.upper);
}

static void check_concentration(size_t count, const double *n, const double *y,
                                const double *se, const fpt_level *level)
{
    fpt_concentration out;
    fpt_limits limits;
    for (int with = 0; with < 2; with++) {
        fpt_concentration_of(count, n, y, with == 1 ? se : NULL, 1, level, &out,
                             &limits);
        FPT_REQUIRE(!isinf(out.value) && !isinf(out.std_error));
        if (out.state == FPT_STATE_OK) FPT_REQUIRE(!isnan(out.value));
        if (!isnan(out.std_error))
            FPT_REQUIRE(limits.lower <= out.value && out.value <= limits.upper);
    }
}

static void check_quantiles(size_t count, const double *value, int64_t groups)
{
    fpt_quantile_options options = fpt_quantile_options_default();
    options.groups = groups;
    double rank[MOST], quantile[MOST], work[MOST];
    fpt_state state[MOST];
    size_t order[2 * MOST];
    FPT_REQUIRE(fpt_quantile_column(count, value, &options, rank, quantile,
                                    state, work, order) == FPT_OK);
    for (size_t i = 0; i < count; i++) {
        if (state[i] != FPT_STATE_OK) {
            FPT_REQUIRE(isnan(quantile[i]));
            continue;
        }
        FPT_REQUIRE(quantile[i] >= 1.0 && quantile[i] <= (double)groups);
        for (size_t k = 0; k < count; k++)
            if (state[k] == FPT_STATE_OK && value[k] > value[i])
                FPT_REQUIRE(quantile[k] <= quantile[i]);
    }
}

static void check_trend(size_t count, const double *x, const double *n,
                        const double *y, const double *se, unsigned kind)
{
    fpt_trend_point point[MOST];
    for (size_t i = 0; i < count; i++)
        point[i] = (fpt_trend_point){x[i], n[i], y[i], se[i]};
    fpt_trend_options options = fpt_trend_options_default();
    options.method = (fpt_trend_method)(kind % 3);
    options.least_points = 2;
    fpt_trend out;
    fpt_trend_of(count, point, &options, &out);
    if (out.state != FPT_STATE_OK) {
        FPT_REQUIRE(isnan(out.slope) && isnan(out.p_value));
        FPT_REQUIRE(out.trend == FPT_TREND_NOT_CALCULATED);
        return;
    }
    FPT_REQUIRE(isfinite(out.slope) && isfinite(out.std_error));
    FPT_REQUIRE(out.p_value >= 0.0 && out.p_value <= 1.0);
    if (out.trend == FPT_TREND_INCREASING) FPT_REQUIRE(out.slope > 0.0);
    if (out.trend == FPT_TREND_DECREASING) FPT_REQUIRE(out.slope < 0.0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_source source = {data, size};
    fpt_level level;
    if (fpt_level_make(fuzz_confidence(&source), &level) != FPT_OK) return 0;
    const unsigned kind = (unsigned)fuzz_bits(&source, 1);
    const size_t count = fuzz_bits(&source, 1) % MOST;
    double x[MOST], n[MOST], y[MOST], se[MOST], age[MOST];
    double at = 0.0;
    for (size_t i = 0; i < count; i++) {
        age[i] = kind % 5 == 0 ? fuzz_double(&source) : at;
        at += (double)fuzz_bits(&source, 1);
        if (i + 1 == count / 3) at = 0.0;
        x[i] = fuzz_double(&source);
        n[i] = fuzz_double(&source);
        y[i] = fuzz_double(&source);
        se[i] = fuzz_double(&source);
    }
    double share[MOST];
    for (size_t i = 0; i < count; i++)
        share[i] = kind % 2 == 0 ? y[i] : fabs(sin(y[i]));
    check_life(count, age, x, n, share, &level);
    /* Simulation is slow: a few of the inputs will do. */
    check_sii(count, n, y, se, kind, &level);
    check_concentration(count, n, y, se, &level);
    check_quantiles(count, y, 1 + kind % 12);
    check_trend(count, x, n, y, se, kind);
    return 0;
}
