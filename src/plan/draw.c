/*
 * Normal scores of every input, and from them the values of assumptions.
 * Dependence is put on in the order of assumptions.csv, so that an assumption
 * added at its end leaves those before it as they were.
 */
#include "fpt/design.h"
#include "run_i.h"

void fpt_plan_draw(const fpt_plan *plan, uint64_t seed, uint32_t row, double *z)
{
    const fpti_compiled *c = &plan->c;
    const fpt_lanes_level level = fpt_lanes_best();
    for (size_t i = 0; i < c->input_count; i++)
        fpt_lanes_normal(level, seed, c->input[i].stream, 0, row,
                         z + i * FPT_LANES);
    fpt_plan_depend(plan, z);
}

void fpt_plan_depend(const fpt_plan *plan, double *z)
{
    const fpti_compiled *c = &plan->c;
    double *rows[FPTI_BLOCK_MOST];
    const size_t n = c->block_count;
    for (size_t i = 0; i < n; i++)
        rows[i] = z + (size_t)c->block[i] * FPT_LANES;
    if (n > 0) fpt_copula_normal(n, c->block_factor, rows);
    if (c->copula == SIZE_MAX) return;
    /* The copula's scale: chi-squared at the score of its own input. */
    double chi[FPT_LANES];
    const double df = plan->set.copula_df;
    FPTI_LANES(i)
    chi[i] = fpti_chi_squared_at(z[c->copula * FPT_LANES + (size_t)i], df);
    fpt_copula_student(n, df, chi, rows);
}

void fpt_plan_assumption_lanes(const fpt_plan *plan, size_t index,
                               const double *z, double *out)
{
    fpt_belief_lanes(&plan->assumption.at[index].table, z, out);
}

/* The chi-squared value at a normal score: bisection on Student's relatives
 * would need the incomplete gamma; Wilson and Hilferty's cube, corrected by
 * two steps on the distribution function, is exact to 1e-10. */
static double chi_squared_cdf(double x, double df)
{
    /* The series of the incomplete gamma, all of its terms positive. */
    const double a = 0.5 * df, y = 0.5 * x;
    if (!(y > 0.0)) return 0.0;
    double term = 1.0 / a, sum = term;
    for (int k = 1; k < 10000; k++) {
        term *= y / (a + k);
        sum += term;
        if (term < sum * 1e-17) break;
    }
    double log_gamma = 0.0, shift = 1.0, g = a;
    while (g < 16.0) {
        shift *= g;
        g += 1.0;
    }
    const double r = 1.0 / (g * g);
    log_gamma = (g - 0.5) * log(g) - g + 0.91893853320467274178 +
                (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0))) / g -
                log(shift);
    return fmin(1.0, sum * exp(a * log(y) - y - log_gamma));
}

double fpti_chi_squared_at(double z, double df)
{
    const double u = fpt_normal_cdf(z);
    double low = 0.0, high = df + 60.0 * sqrt(df) + 200.0;
    for (int i = 0; i < 70; i++) {
        const double middle = 0.5 * (low + high);
        *(chi_squared_cdf(middle, df) < u ? &low : &high) = middle;
    }
    return fmax(0.5 * (low + high), 1e-12);
}

/* ---- values ---- */

void fpti_run_values(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpt_plan_scenario *s = w->scenario;
    const size_t assumptions = plan->assumption.count;
    for (size_t i = 0; i < assumptions; i++) {
        double *row = fpti_rows(w->value, i);
        const fpti_assumption *a = &plan->assumption.at[i];
        if (s->stated)
            FPTI_LANES(k) row[k] = a->stated;
        else
            fpt_belief_lanes(&a->table, w->z + i * FPT_LANES, row);
    }
    /* The rows of constants were filled when the work space was made. */
    for (size_t i = 0; i < s->override_count; i++) {
        double *row = fpti_rows(w->value, s->override[i].input);
        FPTI_LANES(k) row[k] = s->override[i].value;
    }
    const bool drawn = plan->c.optimism != SIZE_MAX && !s->stated;
    FPTI_LANES(k)
    w->optimism[k] =
        drawn ? w->z[plan->c.optimism * FPT_LANES + (size_t)k] : 0.0;
}
