/*
 * One future of a plan, as whole numbers of things: pounds, patients, beds,
 * shares. For a scenario without chance it is the only one.
 */
#include "run_i.h"

double fpt_plan_in_units(fpt_plan_unit unit, double value)
{
    return value / fpt_plan_unit_parts(unit);
}

const char *fpt_plan_unit_word(fpt_plan_unit unit)
{
    return unit == FPT_PLAN_PENCE        ? "pounds"
           : unit == FPT_PLAN_THOUSANDTH ? "count"
                                         : "fraction";
}

fpt_status fpt_plan_once(fpt_arena *arena, const fpt_plan *plan,
                         const fpt_plan_scenario *scenario, const double **out,
                         fpt_error *err)
{
    const size_t metrics = fpt_plan_facts_of(plan).metrics;
    double *z = FPT_NEW(arena, double, (plan->c.input_count + 1) * FPT_LANES);
    double *value = FPT_NEW(arena, double, metrics + 1);
    fpt_plan_work *work = NULL;
    const double *row;
    if (z == NULL || value == NULL ||
        fpt_plan_work_make(arena, plan, &work) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to run the plan");
    if (!scenario->stated) fpt_plan_draw(plan, plan->set.seed, 0, z);
    FPT_TRY(
        fpt_plan_run(plan, scenario, plan->set.seed, 0, z, work, &row, err));
    for (size_t i = 0; i < metrics; i++)
        value[i] = fpt_plan_in_units(fpt_plan_metric_at(plan, i).unit,
                                     row[i * FPT_LANES]);
    *out = value;
    return FPT_OK;
}
