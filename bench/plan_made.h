/**
 * @file plan_made.h
 * @brief Made-up plans for benchmarks, written as tables and read as any plan
 * is: a fixed seed makes them the same everywhere.
 */
#ifndef FPT_BENCH_PLAN_MADE_H
#define FPT_BENCH_PLAN_MADE_H

#include <math.h>

#include "bench.h"
#include "fpt/plan.h"

typedef struct tables {
    fpt_str name[16], bytes[16];
    size_t count;
} tables;

static inline void add_table(tables *t, const char *name, fpt_str bytes)
{
    t->name[t->count] = fpt_str_from(name);
    t->bytes[t->count++] = bytes;
}

static inline fpt_plan *read_tables(fpt_arena *arena, const tables *t)
{
    const fpt_plan_files files = {
        .count = t->count, .name = t->name, .bytes = t->bytes};
    fpt_report report = fpt_report_make(arena);
    fpt_plan *plan;
    fpt_error err = {0};
    bench_need(fpt_plan_read(arena, &files, NULL, &report, &plan, &err) ==
                   FPT_OK,
               err.text);
    for (size_t i = 0; i < report.count; i++)
        if (report.finding[i].severity == FPT_FAULT)
            fprintf(stderr, "%.*s: %.*s\n",
                    FPT_STR_ARG(report.finding[i].source),
                    FPT_STR_ARG(report.finding[i].text));
    bench_need(fpt_plan_is_runnable(plan), "the plan has faults");
    return plan;
}

/* Half of all spells without a night, the others geometric with mean 4, to
 * 120 days. */
static inline uint32_t bench_stay(fpt_rng *rng)
{
    if (fpt_rng_next32(rng) >= UINT32_MAX / 2) return 0;
    const uint32_t days = 1 + (uint32_t)(log(fpt_rng_uniform(rng)) / log(0.75));
    return days > 120 ? 120 : days;
}

static inline void bench_patient(fpt_strbuf *base, fpt_rng *rng,
                                 const char *pod, const char *tags,
                                 const char *days, uint32_t count)
{
    fpt_strbuf_print(base, "T,s%u,q%u,%u,%s,%s,%u,C,%s,%s,%u\n",
                     fpt_rng_below(rng, 3), fpt_rng_below(rng, 5),
                     fpt_rng_below(rng, 91),
                     fpt_rng_below(rng, 2) == 0 ? "F" : "M", pod,
                     fpt_rng_below(rng, 21), tags, days, count);
}

/* Spells, each a row: 40 % under avoidance, half of them by two schemes; a
 * third under an efficiency. Attendances and arrivals in small counts. */
static inline void bench_baseline(fpt_strbuf *base, int spells, int attendances,
                                  int arrivals)
{
    static const char *const avoid[] = {"one", "one", "one two", "one two"};
    fpt_rng rng = fpt_rng_make(5, 0, 0, 0);
    fpt_strbuf_print(base, "org,site,place,age,sex,pod,service,funder,tags,"
                           "los_days,count\n");
    for (int i = 0; i < spells; i++) {
        char days[8], tags[32];
        const uint32_t tag = fpt_rng_below(&rng, 10);
        snprintf(days, sizeof days, "%u", bench_stay(&rng));
        snprintf(tags, sizeof tags, "%s%s", tag < 4 ? avoid[tag] : "",
                 fpt_rng_below(&rng, 3) == 0 ? " early" : "");
        bench_patient(base, &rng, "em", tags, days, 1);
    }
    for (int i = 0; i < attendances; i++)
        bench_patient(base, &rng, i % 3 == 0 ? "op1" : "op2",
                      fpt_rng_below(&rng, 4) == 0 ? "phone" : "", "",
                      1 + fpt_rng_below(&rng, 4));
    for (int i = 0; i < arrivals; i++)
        bench_patient(base, &rng, "ae",
                      fpt_rng_below(&rng, 5) == 0 ? "often" : "", "",
                      1 + fpt_rng_below(&rng, 3));
}

/* A year of one trust with three sites. */
static inline fpt_plan *bench_trust(fpt_arena *arena, int spells,
                                    int attendances, int arrivals)
{
    tables t = {0};
    fpt_strbuf base = fpt_strbuf_make(arena), people = fpt_strbuf_make(arena);
    bench_baseline(&base, spells, attendances, arrivals);
    fpt_strbuf_print(&people, "place,age,sex,year,people\n");
    for (int age = 0; age < 91; age++)
        for (int year = 2016; year < 2018; year++)
            fpt_strbuf_print(&people, ",%d,,%d/%d,%d\n", age, year,
                             year % 100 + 1, 1000 + (year - 2016) * age);
    add_table(&t, "plan.yaml",
              FPT_STR("footprint-plan: 1\nname: b\ntitle: b\nauthor: b\n"
                      "source: made up\nbaseline: 2016/17\nyears: 1\nseed: 1\n"
                      "bed-days: spells-plus-one\n"));
    add_table(&t, "organisations.csv",
              FPT_STR("org,name,kind\nC,payer,commissioner\nT,trust,acute\n"));
    add_table(&t, "pods.csv",
              FPT_STR("pod,name,demography,pool\nem,e,population,general\n"
                      "op1,o,population,\nop2,o,population,\n"
                      "tele,t,population,\nae,a,population,\n"));
    add_table(&t, "baseline.csv", fpt_strbuf_view(&base));
    add_table(&t, "population.csv", fpt_strbuf_view(&people));
    add_table(
        &t, "growth.csv",
        FPT_STR("pod,growth_fraction,sigma,persistence\nem,g,0.01,0.5\n"));
    add_table(&t, "beds.csv",
              FPT_STR("org,site,pool,beds,occupancy_fraction,peak_factor\n"
                      "T,s0,general,400,0.9,1.05\n"
                      "T,s1,general,400,0.9,1.05\n"
                      "T,s2,general,400,0.9,1.05\n"));
    add_table(&t, "prices.csv", FPT_STR("pod,pounds\nem,2000\n"));
    add_table(&t, "contracts.csv",
              FPT_STR("contract,funder,provider,type,target\n"
                      "c,C,T,tariff,pod=em\n"));
    add_table(&t, "costs.csv",
              FPT_STR("org,cost,driver,target,unit_pounds\n"
                      "T,c,activity,pod=em,1900\n"));
    add_table(&t, "incomes.csv",
              FPT_STR("org,year,source,pounds\nC,,a,220000000\n"));
    add_table(&t, "assumptions.csv",
              FPT_STR("assumption,distribution,value,p10,p90,author,source,"
                      "evidence\ng,normal,0.01,0,0.02,b,b,assumed\n"
                      "a,beta,0.1,0.05,0.2,b,b,assumed\n"
                      "l,beta,0.1,0.05,0.2,b,b,assumed\n"));
    const bool all = attendances > 0 && arrivals > 0;
    fpt_strbuf schemes = fpt_strbuf_make(arena);
    fpt_strbuf_print(&schemes,
                     "scheme,type,target,effect_fraction,start,to_pod,units\n"
                     "k,avoid,tags=one,a,2017/18,,0\n"
                     "m,avoid,tags=two,a,2017/18,,0\n"
                     "e,length-of-stay,tags=early,l,2017/18,,\n%s",
                     all ? "p,shift,tags=phone pod=op2,a,2017/18,tele,1\n"
                           "o,avoid,tags=often,a,2017/18,,0\n"
                         : "");
    add_table(&t, "schemes.csv", fpt_strbuf_view(&schemes));
    return read_tables(arena, &t);
}

/* ---- money alone: 15 organisations, five years ---- */

static inline fpt_plan *bench_money_plan(fpt_arena *arena)
{
    tables t = {0};
    fpt_strbuf orgs = fpt_strbuf_make(arena), costs = fpt_strbuf_make(arena);
    fpt_strbuf incomes = fpt_strbuf_make(arena);
    fpt_strbuf totals = fpt_strbuf_make(arena);
    fpt_strbuf savings = fpt_strbuf_make(arena);
    fpt_strbuf contracts = fpt_strbuf_make(arena);
    fpt_strbuf beliefs = fpt_strbuf_make(arena);
    fpt_strbuf_print(&orgs, "org,name,kind\nC,payer,commissioner\n");
    fpt_strbuf_print(&costs, "org,cost,driver,fixed_pounds,index\n"
                             "C,own,none,90000000,cost\n");
    fpt_strbuf_print(&incomes, "org,year,source,pounds\n"
                               "C,,allocation,1500000000\n");
    fpt_strbuf_print(&totals, "org,year,pounds\n");
    fpt_strbuf_print(&savings, "saving,org,year,fraction,realisation\n");
    fpt_strbuf_print(&contracts,
                     "contract,funder,provider,type,pounds,index\n");
    fpt_strbuf_print(&beliefs, "assumption,distribution,value,p10,p90,author,"
                               "source,evidence\n"
                               "growth,normal,0.02,0.01,0.03,b,b,assumed\n"
                               "money,normal,0.01,0.005,0.02,b,b,assumed\n");
    for (int o = 1; o < 15; o++) {
        fpt_strbuf_print(&orgs, "T%d,trust,acute\n", o);
        fpt_strbuf_print(&costs, "T%d,own,none,100000000,cost\n", o);
        fpt_strbuf_print(&contracts, "b%d,C,T%d,block,100000000,money\n", o, o);
        fpt_strbuf_print(&beliefs, "found%d,normal,1,0.5,0.9,b,b,assumed\n", o);
        for (int year = 2017; year < 2022; year++) {
            fpt_strbuf_print(&totals, "T%d,%d/%d,0\n", o, year,
                             (year + 1) % 100);
            fpt_strbuf_print(&savings, "s%d-%d,T%d,%d/%d,0.02,found%d\n", o,
                             year, o, year, (year + 1) % 100, o);
        }
    }
    add_table(&t, "plan.yaml",
              FPT_STR("footprint-plan: 1\nname: b\ntitle: b\nauthor: b\n"
                      "source: made up\nbaseline: 2016/17\nyears: 5\nseed: 1\n"
                      "bed-days: midnights\n"));
    add_table(&t, "organisations.csv", fpt_strbuf_view(&orgs));
    add_table(&t, "costs.csv", fpt_strbuf_view(&costs));
    add_table(&t, "incomes.csv", fpt_strbuf_view(&incomes));
    add_table(&t, "indices.csv",
              FPT_STR("index,year,growth_fraction\ncost,,growth\n"
                      "money,,money\n"));
    add_table(&t, "control_totals.csv", fpt_strbuf_view(&totals));
    add_table(&t, "savings.csv", fpt_strbuf_view(&savings));
    add_table(&t, "contracts.csv", fpt_strbuf_view(&contracts));
    add_table(&t, "assumptions.csv", fpt_strbuf_view(&beliefs));
    return read_tables(arena, &t);
}

#endif /* FPT_BENCH_PLAN_MADE_H */
