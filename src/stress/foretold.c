/*
 * What a plan foretold against what came of it. The futures are those of the
 * stress test; each figure that was found later is placed among them.
 */
#include "fpt/backtest.h"
#include "stress_i.h"

/* "margin EAST" in two: the measure is the first word. */
static void take_apart(fpt_str series, fpt_str *measure, fpt_str *item)
{
    *item = series;
    *measure = fpt_str_cut(item, ' ');
}

static size_t metric_of(const fpt_plan *plan, const fpt_plan_actual *a)
{
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    const int year = a->year - facts.first_year;
    fpt_str measure, item;
    if (year < 1 || year > facts.years) return SIZE_MAX;
    take_apart(a->series, &measure, &item);
    for (size_t i = 0; i < facts.metrics; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        if (m.year == year && fpt_str_equal(measure, fpt_str_from(m.word)) &&
            fpt_str_equal(item, m.name))
            return i;
    }
    return SIZE_MAX;
}

/* A figure that was revised: only what was known last is judged. */
static bool is_revised(const fpt_plan *plan, size_t index)
{
    const fpt_plan_actual a = fpt_plan_actual_at(plan, index);
    for (size_t i = 0; i < fpt_plan_actual_count(plan); i++) {
        const fpt_plan_actual b = fpt_plan_actual_at(plan, i);
        if (i == index || b.year != a.year ||
            !fpt_str_equal(a.series, b.series))
            continue;
        if (b.known > a.known || (b.known == a.known && i > index)) return true;
    }
    return false;
}

static double in_units(const fpt_plan *plan, size_t metric, double value)
{
    return fpt_plan_in_units(fpt_plan_metric_at(plan, metric).unit, value);
}

/* The futures' figures, one column a row of what was foretold. */
static fpt_status draw_all(fpt_arena *scratch, const fpt_stress_question *q,
                           const fpt_stress_foretold *row, size_t count,
                           double *value, fpt_error *err)
{
    const fpt_plan_scenario scenario = fpt_plan_scenario_default();
    const size_t inputs = fpt_plan_facts_of(q->plan).inputs;
    double *z = FPT_NEW(scratch, double, (inputs + 1) * FPT_LANES);
    fpt_plan_work *work;
    if (z == NULL || fpt_plan_work_make(scratch, q->plan, &work) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to run the plan");
    for (size_t done = 0; done < q->draws; done += FPT_LANES) {
        const uint32_t block = (uint32_t)(done / FPT_LANES);
        const double *metrics;
        fpt_plan_draw(q->plan, q->seed, block, z);
        FPT_TRY(fpt_plan_run(q->plan, &scenario, q->seed, block, z, work,
                             &metrics, err));
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < FPT_LANES && done + k < q->draws; k++)
                value[i * q->draws + done + k] =
                    in_units(q->plan, row[i].metric,
                             metrics[row[i].metric * FPT_LANES + k]);
    }
    return FPT_OK;
}

static void judge(const fpt_stress_question *q, double *sorted,
                  fpt_stress_foretold *row)
{
    row->mean = fpt_sum_of(q->draws, sorted) / (double)q->draws;
    fpti_sort(q->draws, sorted);
    row->p10 = fpti_sorted_quantile(q->draws, sorted, 0.1);
    row->p50 = fpti_sorted_quantile(q->draws, sorted, 0.5);
    row->p90 = fpti_sorted_quantile(q->draws, sorted, 0.9);
    row->place = fpt_pit(q->draws, sorted, row->found, 0.5);
    row->crps = fpt_crps(q->draws, sorted, row->found);
    row->crps_stated = fabs(row->stated - row->found);
    row->inside_80 = row->found >= row->p10 && row->found <= row->p90;
}

fpt_status fpt_stress_foretold_of(fpt_arena *arena,
                                  const fpt_stress_question *q,
                                  fpt_stress_foretold **out, size_t *count,
                                  fpt_error *err)
{
    const size_t all = fpt_plan_actual_count(q->plan);
    fpt_stress_foretold *row = FPT_NEW(arena, fpt_stress_foretold, all + 1);
    fpt_arena scratch = *arena;
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    const double *stated;
    size_t found = 0;
    if (row == NULL || q->draws < 1 || q->draws > FPT_STRESS_ROWS_MOST)
        return fpt_fail(err, row == NULL ? FPT_ERR_MEMORY : FPT_ERR_USAGE,
                        row == NULL ? "no memory for what was foretold"
                                    : "at most %d draws are kept whole",
                        FPT_STRESS_ROWS_MOST);
    scenario.stated = true;
    FPT_TRY(fpt_plan_once(&scratch, q->plan, &scenario, &stated, err));
    for (size_t i = 0; i < all; i++) {
        const fpt_plan_actual a = fpt_plan_actual_at(q->plan, i);
        const size_t metric = metric_of(q->plan, &a);
        if (metric == SIZE_MAX || is_revised(q->plan, i)) continue;
        row[found++] = (fpt_stress_foretold){.metric = metric,
                                             .known = a.known,
                                             .found = a.value,
                                             .stated = stated[metric]};
    }
    double *value = FPT_NEW(&scratch, double, found * q->draws + 1);
    if (value == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for what was foretold");
    if (found > 0) FPT_TRY(draw_all(&scratch, q, row, found, value, err));
    for (size_t i = 0; i < found; i++)
        judge(q, value + i * q->draws, &row[i]);
    *out = row;
    *count = found;
    return FPT_OK;
}
