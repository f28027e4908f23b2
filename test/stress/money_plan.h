/* Two organisations whose margins are normal: every odds, share and break-even
 * of it has a closed form. */
#ifndef FPT_TEST_MONEY_PLAN_H
#define FPT_TEST_MONEY_PLAN_H

#include "../plan/plan_text.h"

/* Margins in pounds: A 500,000 mean, B -150,000; deviations 10^6 and 750,000
 * over 1.2815515655446004. */
#define MONEY_PLAN                                                             \
    {"baseline.csv", NULL}, {"population.csv", NULL}, {"schemes.csv", NULL},   \
        {"flows.csv", NULL}, {"beds.csv", NULL}, {"contracts.csv", NULL},      \
        {"growth.csv", NULL}, {"prices.csv", NULL}, {"pods.csv", NULL},        \
        {"plan.yaml",                                                          \
         "footprint-plan: 1\nname: money\ntitle: money\nauthor: test\n"        \
         "source: invented\nbaseline: 2016/17\nyears: 1\nseed: 7\n"            \
         "bed-days: midnights\n"},                                             \
        {"organisations.csv",                                                  \
         "org,name,kind\nA,trust a,acute\nB,trust b,acute\n"},                 \
        {"incomes.csv", "org,year,source,pounds\nA,,x,101500000\n"             \
                        "B,,x,50600000\n"},                                    \
        {"indices.csv",                                                        \
         "index,year,growth_fraction\nia,,cost-a\nib,,cost-b\n"},              \
        {"costs.csv", "org,cost,driver,target,fixed_pounds,index\n"            \
                      "A,all,none,,100000000,ia\nB,all,none,,50000000,ib\n"},  \
        {"control_totals.csv", "org,year,pounds\nA,2017/18,0\n"                \
                               "B,2017/18,0\nsystem,2017/18,0\n"},             \
    {                                                                          \
        "assumptions.csv",                                                     \
            "assumption,distribution,value,p10,p90,author,source,evidence\n"   \
            "cost-a,normal,0.005,0,0.02,me,none,assumed\n"                     \
            "cost-b,normal,0.01,0,0.03,me,none,assumed\n"                      \
    }

#define Z80 1.2815515655446004
static const double mean_a = 50000000.0, mean_b = -15000000.0; /* pence */
static const double sd_a = 100000000.0 / Z80, sd_b = 75000000.0 / Z80;

static inline fpt_plan *plan_of(fpt_arena *arena, size_t count,
                                const plan_table *tables)
{
    fpt_report report;
    fpt_plan *plan = plan_with(arena, &report, count, tables, NULL);
    assert_runnable(plan, &report);
    return plan;
}

#endif /* FPT_TEST_MONEY_PLAN_H */
