/*
 * Draws kept whole, and designs that cover the inputs more evenly than chance
 * does. A design's points are dependent on one another, so that its error is
 * told by independent randomisations alone.
 */
#include "fpt/design.h"
#include "fpt/lanes_math.h"
#include "runner_i.h"

fpt_status fpt_stress_sample_make(fpt_arena *arena,
                                  const fpt_stress_question *question,
                                  const fpt_plan_scenario *scenario,
                                  fpt_stress_sample *out, fpt_error *err)
{
    const fpt_plan *plan = question->plan;
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    if (question->draws > FPT_STRESS_ROWS_MOST)
        return fpt_fail(err, FPT_ERR_USAGE, "at most %d draws are kept whole",
                        FPT_STRESS_ROWS_MOST);
    size_t *input = FPT_NEW(arena, size_t, facts.inputs + 1);
    size_t columns = 0;
    if (input == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a sample");
    for (size_t i = 0; i < facts.inputs; i++)
        if (fpt_plan_input_at(plan, i).used) input[columns++] = i;
    double *x = FPT_NEW(arena, double, question->draws *columns + 1);
    double *margin = FPT_NEW(arena, double, question->draws + 1);
    fpt_arena scratch = *arena;
    fpti_runner r;
    FPT_TRY(fpti_runner_make(&scratch, question, &r, err));
    double *value = FPT_NEW(&scratch, double, FPT_LANES);
    if (x == NULL || margin == NULL || value == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a sample");
    FPT_TRY(fpti_runner_margins(&r, scenario, err));
    memcpy(margin, r.margin, question->draws * sizeof *margin);
    for (uint32_t row = 0; row < r.rows; row++) {
        fpt_plan_draw(plan, question->seed, row, r.z[0]);
        const size_t before = (size_t)row * FPT_LANES;
        for (size_t c = 0; c < columns; c++) {
            const double *from = r.z[0] + input[c] * FPT_LANES;
            if (input[c] < facts.assumptions) {
                fpt_plan_assumption_lanes(plan, input[c], from, value);
                from = value;
            }
            for (size_t k = 0; k < FPT_LANES && before + k < question->draws;
                 k++)
                x[(before + k) * columns + c] = from[k];
        }
    }
    *out = (fpt_stress_sample){question->draws, columns, input, x, margin};
    return FPT_OK;
}

fpt_status fpt_stress_information(fpt_arena *arena,
                                  const fpt_stress_question *question,
                                  fpt_stress_sample *sample,
                                  fpt_stress_worth *worth, fpt_error *err)
{
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    FPT_TRY(fpt_stress_sample_make(arena, question, &scenario, sample, err));
    const size_t rows = sample->rows;
    *worth = (fpt_stress_worth){
        .worth = FPT_NEW(arena, double, sample->columns + 1),
        .error = FPT_NEW(arena, double, sample->columns + 1)};
    fpt_arena scratch = *arena;
    double *value = FPT_NEW(&scratch, double, 2 * rows);
    double *x = FPT_NEW(&scratch, double, rows);
    fpti_runner r;
    FPT_TRY(fpti_runner_make(&scratch, question, &r, err));
    if (worth->worth == NULL || worth->error == NULL || value == NULL ||
        x == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a sample");
    scenario.no_schemes = true;
    FPT_TRY(fpti_runner_margins(&r, &scenario, err));
    memcpy(value, sample->margin, rows * sizeof *value);
    memcpy(value + rows, r.margin, rows * sizeof *value);
    worth->with_schemes = fpt_sum_of(rows, value) / (double)rows;
    worth->without_schemes = fpt_sum_of(rows, value + rows) / (double)rows;
    fpt_sum best = {0};
    for (size_t i = 0; i < rows; i++)
        fpt_sum_add(&best, fmax(value[i], value[rows + i]));
    worth->of_all =
        fmax(0.0, fpt_sum_value(best) / (double)rows -
                      fmax(worth->with_schemes, worth->without_schemes));
    for (size_t c = 0; c < sample->columns; c++) {
        for (size_t i = 0; i < rows; i++)
            x[i] = sample->x[i * sample->columns + c];
        if (fpt_value_of_knowing(scratch, rows, x, 2, value,
                                 &worth->worth[c]) != FPT_OK ||
            fpt_value_of_knowing_error(scratch, rows, x, 2, value,
                                       &worth->error[c]) != FPT_OK)
            return fpt_fail(err, FPT_ERR_RANGE,
                            "the value of knowing needs 12 draws or more");
    }
    return FPT_OK;
}

/* ---- designs ---- */

typedef struct designer {
    const fpt_plan *plan;
    size_t inputs, points;
    double *z;            /* [rows][inputs * FPT_LANES] */
    uint32_t *directions; /* Sobol' */
    double *u, *correlation, *work;
    uint32_t *order;
} designer;

static double *score_at(designer *d, size_t point, size_t input)
{
    const size_t row = point / FPT_LANES, lane = point % FPT_LANES;
    return d->z + (row * d->inputs + input) * FPT_LANES + lane;
}

static void sobol_points(designer *d, uint64_t seed)
{
    for (size_t i = 0; i < d->inputs; i++) {
        /* The stream is the input's name: its place in the file is not. */
        const fpt_plan_input input = fpt_plan_input_at(d->plan, i);
        const uint64_t stream = fpt_stream("sobol", input.name);
        for (size_t p = 0; p < d->points; p++)
            *score_at(d, p, i) = fpt_lane_normal_quantile(fpt_sobol_scrambled(
                d->directions + i * FPT_SOBOL_BITS, (uint32_t)p, seed, stream));
    }
    for (size_t row = 0; row < d->points / FPT_LANES; row++)
        fpt_plan_depend(d->plan, d->z + row * d->inputs * FPT_LANES);
}

static fpt_status hypercube_points(designer *d, uint64_t seed)
{
    for (size_t i = 0; i < d->inputs; i++) {
        const fpt_plan_input input = fpt_plan_input_at(d->plan, i);
        fpt_latin_column(seed, fpt_stream("hypercube", input.name), d->points,
                         d->inputs, d->u + i, d->order);
    }
    FPT_TRY(fpt_iman_conover(seed, d->points, d->inputs, d->correlation, d->u,
                             d->work, d->order));
    for (size_t p = 0; p < d->points; p++)
        for (size_t i = 0; i < d->inputs; i++)
            *score_at(d, p, i) =
                fpt_lane_normal_quantile(d->u[p * d->inputs + i]);
    return FPT_OK;
}

static fpt_status make_designer(fpt_arena *scratch,
                                const fpt_stress_question *q,
                                fpt_stress_design design, designer *d,
                                fpt_error *err)
{
    const fpt_plan_facts facts = fpt_plan_facts_of(q->plan);
    const size_t n = facts.inputs;
    if (!facts.gaussian)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "a design needs a plan whose dependence is Gaussian");
    d->plan = q->plan;
    d->inputs = n;
    d->points = q->draws;
    d->z = FPT_NEW(scratch, double, d->points *n + 1);
    d->order = FPT_NEW(scratch, uint32_t, 2 * d->points);
    bool enough = d->z != NULL && d->order != NULL;
    if (design == FPT_STRESS_SOBOL) {
        if (n > FPT_SOBOL_DIMENSIONS)
            return fpt_fail(err, FPT_ERR_REFUSED,
                            "Sobol' points have at most %d inputs; this plan "
                            "has %zu: take the hypercube",
                            FPT_SOBOL_DIMENSIONS, n);
        d->directions = FPT_NEW(scratch, uint32_t, n * FPT_SOBOL_BITS + 1);
        enough = enough && d->directions != NULL &&
                 fpt_sobol_directions(n, d->directions) == FPT_OK;
    } else {
        d->u = FPT_NEW(scratch, double, d->points *n + 1);
        d->correlation = FPT_NEW(scratch, double, n *n + 1);
        d->work = FPT_NEW(scratch, double, fpt_iman_conover_work(d->points, n));
        enough =
            enough && d->u != NULL && d->correlation != NULL && d->work != NULL;
        for (size_t i = 0; i < n && enough; i++)
            for (size_t j = 0; j < n; j++)
                d->correlation[i * n + j] =
                    i == j ? 1.0
                    : i < facts.assumptions && j < facts.assumptions
                        ? fpt_plan_correlation(q->plan, i, j)
                        : 0.0;
    }
    if (!enough) return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a design");
    return FPT_OK;
}

static double spread_of_mean(size_t count, const double *x, double mean)
{
    double square = 0.0;
    for (size_t i = 0; i < count; i++)
        square += (x[i] - mean) * (x[i] - mean);
    return sqrt(square / ((double)count - 1.0) / (double)count);
}

fpt_status fpt_stress_by_design(fpt_arena scratch,
                                const fpt_stress_question *question,
                                fpt_stress_design design,
                                fpt_stress_designed *out, fpt_error *err)
{
    /* Whole rows, and for Sobol' a power of two, on which its points are even. */
    fpt_stress_question q = *question;
    size_t points = FPT_LANES;
    while (points * FPT_STRESS_REPEATS < question->draws)
        points += design == FPT_STRESS_SOBOL ? points : (size_t)FPT_LANES;
    q.draws = points;
    designer d = {0};
    FPT_TRY(make_designer(&scratch, &q, design, &d, err));
    fpti_runner r;
    FPT_TRY(fpti_runner_make(&scratch, &q, &r, err));
    r.given = d.z;
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    double odds[FPT_STRESS_REPEATS], mean[FPT_STRESS_REPEATS];
    for (uint32_t k = 0; k < FPT_STRESS_REPEATS; k++) {
        q.seed = fpt_stream_join(question->seed, k);
        if (design == FPT_STRESS_SOBOL) {
            sobol_points(&d, q.seed);
        } else if (hypercube_points(&d, q.seed) != FPT_OK) {
            return fpt_fail(err, FPT_ERR_RANGE,
                            "too few points to give %zu inputs their "
                            "correlations: ask for more draws",
                            d.inputs);
        }
        FPT_TRY(fpti_runner_margins(&r, &scenario, err));
        odds[k] = (double)fpti_runner_met(&r) / (double)points;
        mean[k] = fpt_sum_of(points, r.margin) / (double)points;
    }
    out->points = points;
    out->odds = fpt_sum_of(FPT_STRESS_REPEATS, odds) / FPT_STRESS_REPEATS;
    out->mean = fpt_sum_of(FPT_STRESS_REPEATS, mean) / FPT_STRESS_REPEATS;
    out->odds_error = spread_of_mean(FPT_STRESS_REPEATS, odds, out->odds);
    out->mean_error = spread_of_mean(FPT_STRESS_REPEATS, mean, out->mean);
    return FPT_OK;
}
