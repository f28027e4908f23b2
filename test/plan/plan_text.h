/* Plans out of text, for tests: a small one that is sound, and tables that take
 * the place of its own. */
#ifndef FPT_TEST_PLAN_TEXT_H
#define FPT_TEST_PLAN_TEXT_H

#include "check.h"
#include "fpt/plan.h"

#include "plan_tables.h"

enum { PLAN_TABLES = 40 };

/* The small plan with `count` tables in the place of its own (a NULL text
 * leaves the table out). The plan lives in the arena. */
static inline fpt_plan *plan_with(fpt_arena *arena, fpt_report *report,
                                  size_t count, const plan_table *tables,
                                  const fpt_plan_options *options)
{
    fpt_str name[PLAN_TABLES], bytes[PLAN_TABLES];
    size_t used = 0;
    for (size_t i = 0; i < COUNT_OF(small_plan); i++) {
        const char *text = small_plan[i].text;
        for (size_t k = 0; k < count; k++)
            if (strcmp(tables[k].name, small_plan[i].name) == 0)
                text = tables[k].text;
        if (text == NULL) continue;
        name[used] = fpt_str_from(small_plan[i].name);
        bytes[used++] = fpt_str_from(text);
    }
    for (size_t k = 0; k < count; k++) {
        bool own = false;
        for (size_t i = 0; i < COUNT_OF(small_plan); i++)
            own = own || strcmp(tables[k].name, small_plan[i].name) == 0;
        if (own || tables[k].text == NULL) continue;
        name[used] = fpt_str_from(tables[k].name);
        bytes[used++] = fpt_str_from(tables[k].text);
    }
    const fpt_plan_files files = {.count = used, .name = name, .bytes = bytes};
    *report = fpt_report_make(arena);
    fpt_plan *plan = NULL;
    fpt_error err = {0};
    assert_ok_or(fpt_plan_read(arena, &files, options, report, &plan, &err),
                 err);
    return plan;
}

/* Fail with the findings when the plan cannot be run. */
static inline void assert_runnable(const fpt_plan *plan,
                                   const fpt_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        if (report->finding[i].severity == FPT_FAULT)
            print_error("%.*s %.*s:%d %.*s\n",
                        FPT_STR_ARG(report->finding[i].code),
                        FPT_STR_ARG(report->finding[i].source),
                        (int)report->finding[i].line,
                        FPT_STR_ARG(report->finding[i].text));
    assert_true(fpt_plan_is_runnable(plan));
}

static inline const fpt_finding *find_code(const fpt_report *report,
                                           const char *code)
{
    for (size_t i = 0; i < report->count; i++)
        if (fpt_str_equal(report->finding[i].code, fpt_str_from(code)))
            return &report->finding[i];
    return NULL;
}

/* One run of a row of lanes; metrics point into the work. */
typedef struct plan_run {
    fpt_plan_work *work;
    double *z;
    const double *metric;
} plan_run;

static inline plan_run run_make(fpt_arena *arena, const fpt_plan *plan)
{
    plan_run run = {0};
    assert_ok(fpt_plan_work_make(arena, plan, &run.work));
    run.z = FPT_NEW(arena, double,
                    (fpt_plan_facts_of(plan).inputs + 1) * FPT_LANES);
    assert_non_null(run.z);
    return run;
}

static inline void run_once(const fpt_plan *plan, plan_run *run,
                            const fpt_plan_scenario *scenario, uint64_t seed,
                            uint32_t row)
{
    fpt_error err = {0};
    fpt_plan_draw(plan, seed, row, run->z);
    assert_ok_or(fpt_plan_run(plan, scenario, seed, row, run->z, run->work,
                              &run->metric, &err),
                 err);
}

static inline const double *metric_row(const fpt_plan *plan,
                                       const plan_run *run,
                                       fpt_plan_metric_kind kind, size_t item,
                                       int year)
{
    const size_t at = fpt_plan_metric_find(plan, kind, item, year);
    assert_true(at != SIZE_MAX);
    return run->metric + at * FPT_LANES;
}

/* The item of a subject with this name. */
static inline size_t item_named(const fpt_plan *plan, fpt_plan_subject subject,
                                const char *name)
{
    const size_t items = fpt_plan_items(plan, subject);
    for (size_t i = 0; i < items; i++)
        if (fpt_str_equal(fpt_plan_item_name(plan, subject, i),
                          fpt_str_from(name)))
            return i;
    fail_msg("no item \"%s\"", name);
    return SIZE_MAX;
}

/* The settings of a plan, and more of them. */
#define PLAN_YAML(years, more)                                                 \
    "footprint-plan: 1\nname: t\ntitle: t\nauthor: t\nsource: i\n"             \
    "baseline: 2016/17\nyears: " #years                                        \
    "\nseed: 7\nbed-days: midnights\n" more

/* A plan without activity: money alone. */
#define PLAN_MONEY_ALONE                                                       \
    {"baseline.csv", NULL}, {"population.csv", NULL}, {"schemes.csv", NULL},   \
        {"flows.csv", NULL}, {"beds.csv", NULL}, {"contracts.csv", NULL},      \
        {"growth.csv", NULL}, {"prices.csv", NULL}, {"pods.csv", NULL},        \
        {"control_totals.csv", NULL},                                          \
    {                                                                          \
        "incomes.csv", NULL                                                    \
    }

static inline fpt_plan *plan_runnable(fpt_arena *arena, size_t count,
                                      const plan_table *tables)
{
    fpt_report report;
    fpt_plan *plan = plan_with(arena, &report, count, tables, NULL);
    assert_runnable(plan, &report);
    return plan;
}

static inline fpt_plan_scenario plan_stated(void)
{
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.stated = true;
    return s;
}

/* Of the plan as it is stated. */
static inline double plan_stated_value(fpt_arena *arena, const fpt_plan *plan,
                                       fpt_plan_metric_kind kind,
                                       const char *item, int year)
{
    plan_run run = run_make(arena, plan);
    const fpt_plan_scenario s = plan_stated();
    run_once(plan, &run, &s, 1, 0);
    const fpt_plan_metric any =
        fpt_plan_metric_at(plan, fpt_plan_metric_find(plan, kind, 0, 0));
    return metric_row(plan, &run, kind, item_named(plan, any.subject, item),
                      year)[0];
}

#endif /* FPT_TEST_PLAN_TEXT_H */
