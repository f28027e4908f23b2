/*
 * Quantiles put back into their tails, orders that are orders, selections that
 * agree with them, lines whose residuals are orthogonal, moments that join, rows
 * of draws within their bounds.
 */
#include "numbers.h"

#include "fpt/num.h"

enum { MOST = 40 };

static void check_distributions(double p, double a, double b)
{
    const double lower = fpt_poisson_lower(a, p);
    const double upper = fpt_poisson_upper(a, p);
    FPT_REQUIRE(!(lower < 0.0) && !(upper < lower && p <= 0.5));
    const double q = fpt_beta_lower(p, a, b);
    FPT_REQUIRE(isnan(q) || (q >= 0.0 && q <= 1.0));
    const double z = fpt_normal_upper(p);
    if (!isnan(z) && p <= 0.5) {
        const double back = 0.5 * fpt_normal_two_sided(z);
        FPT_REQUIRE(fabs(back - p) <= 1e-12 * p);
    }
    const double t = fpt_t_upper(p, a);
    FPT_REQUIRE(isnan(t) || p > 0.5 || t >= 0.0);
    const double tail = fpt_chi_squared_tail(b, a);
    FPT_REQUIRE(isnan(tail) || (tail >= 0.0 && tail <= 1.0));
    const double binomial = fpt_binomial_two_sided(floor(a), floor(b), p);
    FPT_REQUIRE(isnan(binomial) || (binomial >= 0.0 && binomial <= 1.0));
    const double poisson = fpt_poisson_two_sided(floor(a), b);
    FPT_REQUIRE(isnan(poisson) || (poisson >= 0.0 && poisson <= 1.0));
}

static void check_order(size_t count, const double *x)
{
    size_t order[MOST], work[MOST];
    double rank[MOST], copy[MOST];
    fpt_order_by(count, x, order, work);
    fpt_rank(count, x, order, FPT_TIES_AVERAGE, rank);
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(x[order[i]])) copy[present++] = x[order[i]];
        if (i > 0)
            FPT_REQUIRE(isnan(x[order[i]]) || x[order[i - 1]] <= x[order[i]]);
        FPT_REQUIRE(isnan(rank[i]) == isnan(x[i]));
    }
    if (present == 0) return;
    double mixed[MOST];
    size_t k = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(x[i])) mixed[k++] = x[i];
    FPT_REQUIRE(fpt_select(present, mixed, present / 3) == copy[present / 3]);
    const double low = fpt_sample_quantile(present, copy, 0.3);
    FPT_REQUIRE(isnan(low) || (copy[0] <= low && low <= copy[present - 1]));
}

static void check_lines(size_t count, const double *x, const double *y,
                        const double *w)
{
    fpt_line line;
    if (fpt_line_fit(count, x, y, w, &line) == FPT_OK)
        FPT_REQUIRE(isfinite(line.slope) && line.spread > 0.0 &&
                    line.residuals >= 0.0);
    fpt_log_line log_line;
    if (fpt_log_line_fit(count, x, y, w, &log_line) == FPT_OK)
        FPT_REQUIRE(isfinite(log_line.slope) && log_line.slope_error > 0.0 &&
                    log_line.deviance >= 0.0);
}

/* Rows of gammas and betas: within their bounds, the same bits at each level, or
 * refused by all. */
static void check_rows(double a, double b)
{
    const fpt_lanes_level best = fpt_lanes_best();
    double gamma[2][FPT_LANES], beta[2][FPT_LANES];
    const uint64_t stream = fpt_lane_bits(a) ^ fpt_lane_bits(b);
    const fpt_status given =
        fpt_lanes_gamma(best, 1, stream, 3, 2, a, b, gamma[0]);
    FPT_REQUIRE(given == fpt_lanes_gamma(FPT_LANES_PLAIN, 1, stream, 3, 2, a, b,
                                         gamma[1]));
    FPT_REQUIRE(given == fpt_lanes_beta(best, 1, stream, 3, 2, a, b, beta[0]));
    FPT_REQUIRE(given == fpt_lanes_beta(FPT_LANES_PLAIN, 1, stream, 3, 2, a, b,
                                        beta[1]));
    if (given != FPT_OK) return;
    FPT_REQUIRE(memcmp(gamma[0], gamma[1], sizeof gamma[0]) == 0);
    FPT_REQUIRE(memcmp(beta[0], beta[1], sizeof beta[0]) == 0);
    for (int i = 0; i < FPT_LANES; i++) {
        FPT_REQUIRE(gamma[0][i] >= 0.0 && isfinite(gamma[0][i]));
        FPT_REQUIRE(beta[0][i] >= 0.0 && beta[0][i] <= 1.0);
    }
}

static void check_moments(size_t count, const double *x)
{
    fpt_moments whole = {0}, left = {0}, right = {0};
    double largest = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (!(fabs(x[i]) < 1e100)) return;
        largest = fmax(largest, fabs(x[i]));
        fpt_moments_add(&whole, x[i]);
        fpt_moments_add(i % 3 == 0 ? &left : &right, x[i]);
    }
    fpt_moments_join(&left, &right);
    if (count < 2) return;
    const double v = fpt_moments_variance(&whole);
    FPT_REQUIRE(v >= 0.0);
    if (largest < 1e-100) return; /* squares underflow */
    FPT_REQUIRE(fabs(fpt_moments_variance(&left) - v) <=
                1e-12 * v + 1e-25 * largest * largest);
    FPT_REQUIRE(fabs(fpt_moments_mean(&whole) - fpt_moments_mean(&left)) <=
                1e-15 * largest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_source source = {data, size};
    const double p = ((double)fuzz_bits(&source, 4) + 0.5) * 0x1p-32;
    const size_t count = fuzz_bits(&source, 1) % MOST;
    double x[MOST], y[MOST], w[MOST];
    for (size_t i = 0; i < count; i++) {
        x[i] = fuzz_double(&source);
        y[i] = fuzz_double(&source);
        w[i] = fuzz_double(&source);
    }
    for (size_t i = 0; i < count && i < 3; i++)
        check_distributions(p, x[i], y[i]);
    for (size_t i = 0; i < count && i < 3; i++)
        check_rows(fabs(x[i]), fabs(y[i]));
    check_order(count, x);
    check_lines(count, x, y, w);
    check_moments(count, x);
    return 0;
}
