/* Plans out of text, for tests: a small one that is sound, and tables that take
 * the place of its own. */
#ifndef FPT_TEST_PLAN_TEXT_H
#define FPT_TEST_PLAN_TEXT_H

#include "check.h"
#include "fpt/plan.h"

typedef struct plan_table {
    const char *name, *text;
} plan_table;

static const plan_table small_plan[] = {
    {"plan.yaml", "footprint-plan: 1\nname: small\ntitle: small\nauthor: test\n"
                  "source: invented\nbaseline: 2016/17\nyears: 2\nseed: 7\n"
                  "bed-days: spells-plus-one\n"},
    {"organisations.csv", "org,name,kind\nCCG,the payer,commissioner\n"
                          "A,trust a,acute\nB,trust b,acute\n"
                          "X,elsewhere,external\n"},
    {"pods.csv", "pod,name,demography,pool\nem,emergency,population,general\n"
                 "op,outpatient,population,\ncc,community,none,\n"},
    {"baseline.csv",
     "org,site,place,age,sex,pod,service,funder,tags,los_days,count\n"
     "A,a1,p,0-64,F,em,med,CCG,,0,300\nA,a1,p,0-64,F,em,med,CCG,,4,200\n"
     "A,a1,p,65+,F,em,med,CCG,frail,4,150\nA,a1,p,65+,F,em,med,CCG,frail,9,50\n"
     "A,a1,p,65+,M,em,med,CCG,,6,80\nA,,p,0-64,F,op,med,CCG,,,2000\n"
     "B,b1,p,65+,F,em,med,CCG,frail,5,120\nB,,p,65+,F,op,med,CCG,,,900\n"
     "B,,p,0-64,M,cc,med,CCG,,,400\n"},
    {"population.csv",
     "place,age,sex,year,people\n"
     "p,0-64,,2016/17,10000\np,0-64,,2017/18,10100\np,0-64,,2018/19,10200\n"
     "p,65+,,2016/17,2000\np,65+,,2017/18,2060\np,65+,,2018/19,2120\n"},
    {"growth.csv", "pod,growth_fraction\nem,0.01\nop,0.02\ncc,0\n"},
    {"assumptions.csv",
     "assumption,distribution,value,p10,p90,lower,upper,author,source,evidence,"
     "programme\n"
     "effect,beta,0.1,0.05,0.2,,,me,none,assumed,x\n"
     "stay,beta,0.2,0.1,0.3,,,me,none,assumed,x\n"
     "prices,normal,0.02,0.01,0.03,,,me,none,assumed,\n"},
    {"schemes.csv",
     "scheme,programme,type,target,effect_fraction,start,ramp,units,"
     "unit_pounds,to_pod,pays\n"
     "keep-home,x,avoid,pod=em tags=frail,effect,2017/18,step,2,30,,CCG\n"
     "early,x,length-of-stay,pod=em,stay,2017/18,linear 1,,,,\n"
     "to-community,y,shift,pod=op,0.1,2018/19,step,1,,cc,\n"},
    {"flows.csv", "flow,from_org,to_org,to_site,target,share_fraction,start\n"
                  "away,A,X,,pod=em age=0-64,0.2,2017/18\n"
                  "over,A,B,b1,pod=em age=65+,0.1,2018/19\n"},
    {"beds.csv",
     "org,site,pool,beds,occupancy_fraction,peak_factor,dispersion\n"
     "A,a1,general,20,0.9,1.1,1.4\nB,b1,general,8,0.9,1,1\n"},
    {"prices.csv", "pod,year,pounds\nem,,2000\nop,,100\ncc,,40\n"},
    {"contracts.csv",
     "contract,funder,provider,type,target,pounds,share_fraction,planned\n"
     "em-a,CCG,A,marginal,pod=em,,0.7,baseline\nem-b,CCG,B,tariff,pod=em,,,\n"
     "em-x,CCG,X,tariff,pod=em,,,\nop,CCG,,blended,pod=op,,0.5,plan\n"
     "cc-a,CCG,A,tariff,pod=cc,,,\ncc,CCG,B,block,pod=cc,16000,,\n"},
    {"indices.csv", "index,year,growth_fraction\nnonpay,,prices\n"},
    {"costs.csv",
     "org,cost,driver,target,fixed_pounds,unit_pounds,step_units,step_pounds,"
     "lag_years,index\n"
     "A,fixed,none,,500000,,,,,nonpay\nA,em,activity,pod=em,,900,,,,nonpay\n"
     "A,op,activity,pod=op,,40,500,9000,1,\n"
     "A,days,bed-days,,,60,,,,nonpay\nB,fixed,none,,150000,,,,,nonpay\n"
     "B,em,activity,pod=em,,950,,,,\nB,cc,activity,pod=cc,,30,,,,\n"
     "CCG,office,none,,90000,,,,,nonpay\n"},
    {"incomes.csv", "org,year,source,pounds\nCCG,,allocation,2900000\n"},
    {"control_totals.csv",
     "org,year,pounds\nA,2017/18,100000\nA,2018/19,100000\nB,2017/18,0\n"
     "B,2018/19,0\nCCG,2017/18,10000\nCCG,2018/19,0\nsystem,2017/18,110000\n"
     "system,2018/19,100000\n"},
};

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

#endif /* FPT_TEST_PLAN_TEXT_H */
