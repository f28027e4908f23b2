/*
 * Any bytes as the tables of a plan, cut at the byte 0x1e; the first line of a
 * part is the table's name, and tables that are not given are those of a sound
 * plan. Either there are faults, each with its table, or the plan runs: then
 * nothing is negative that counts, and the system is the sum of its parts.
 */
#include "fuzz.h"

#include <math.h>

#include "../test/plan/plan_tables.h"
#include "fpt/stress.h"

enum { PARTS = 24 };

static bool is_given(const fpt_str *name, size_t count, fpt_str table)
{
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(name[i], table)) return true;
    return false;
}

static void require_run(fpt_arena *arena, const fpt_plan *plan)
{
    fpt_plan_work *work;
    const double *metric;
    fpt_error err = {0};
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    double *z = FPT_NEW(arena, double, (facts.inputs + 1) * FPT_LANES);
    if (z == NULL || fpt_plan_work_make(arena, plan, &work) != FPT_OK) return;
    fpt_plan_draw(plan, 1, 0, z);
    if (fpt_plan_run(plan, &s, 1, 0, z, work, &metric, &err) != FPT_OK) {
        FPT_REQUIRE(err.text[0] != '\0');
        return;
    }
    const size_t orgs = fpt_plan_items(plan, FPT_PLAN_ORG) - 1;
    for (int year = 0; year <= facts.years; year++) {
        const fpt_plan_metric_kind kind = FPT_PLAN_METRIC_POSITION;
        const double *system =
            metric + FPT_LANES * fpt_plan_metric_find(plan, kind, orgs, year);
        for (int i = 0; i < FPT_LANES; i++) {
            double sum = 0.0;
            for (size_t o = 0; o < orgs; o++)
                sum += metric[FPT_LANES *
                                  fpt_plan_metric_find(plan, kind, o, year) +
                              (size_t)i];
            FPT_REQUIRE(sum == system[i]);
        }
    }
    for (size_t k = 0; k < facts.metrics; k++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, k);
        const bool counts = m.kind == FPT_PLAN_METRIC_EVENTS ||
                            m.kind == FPT_PLAN_METRIC_DAYS ||
                            m.kind == FPT_PLAN_METRIC_UNMET;
        for (int i = 0; i < FPT_LANES; i++) {
            const double x = metric[k * FPT_LANES + (size_t)i];
            FPT_REQUIRE(isfinite(x) && x == floor(x) && !(counts && x < 0.0));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpt_str name[PARTS + 32], bytes[PARTS + 32];
    size_t count = 0;
    if (size > 20000) return 0;
    fpt_arena arena = fuzz_arena();
    fpt_str rest = {(const char *)data, size};
    while (rest.data != NULL && count < PARTS) {
        fpt_str part = fpt_str_cut(&rest, 0x1e);
        name[count] = fpt_str_cut(&part, '\n');
        bytes[count] = part.data != NULL ? part : FPT_STR("");
        if (!is_given(name, count, name[count])) count++;
    }
    const size_t given = count;
    for (size_t i = 0; i < sizeof small_plan / sizeof *small_plan; i++) {
        const fpt_str table = fpt_str_from(small_plan[i].name);
        if (is_given(name, given, table)) continue;
        name[count] = table;
        bytes[count++] = fpt_str_from(small_plan[i].text);
    }
    const fpt_plan_files files = {.count = count, .name = name, .bytes = bytes};
    fpt_report report = fpt_report_make(&arena);
    fpt_plan *plan = NULL;
    fpt_error err = {0};
    const fpt_status status =
        fpt_plan_read(&arena, &files, NULL, &report, &plan, &err);
    if (status != FPT_OK) {
        FPT_REQUIRE(err.text[0] != '\0');
    } else if (!fpt_plan_is_runnable(plan)) {
        FPT_REQUIRE(report.of_severity[FPT_FAULT] > 0);
        for (size_t i = 0; i < report.count; i++)
            FPT_REQUIRE(report.finding[i].source.len > 0 &&
                        report.finding[i].text.len > 0);
    } else {
        require_run(&arena, plan);
    }
    fpt_arena_clear(&arena);
    return 0;
}
