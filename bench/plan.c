/*
 * A plan's layers on made-up data: patients as integers (row by row and merged
 * into cells), a whole plan with its waterfall, and money alone. Row-draws are
 * input rows times draws by wall seconds, also when rows are merged; the draws'
 * parameters are drawn anew. The reference model of the field takes 2.95 to 3.88
 * CPU seconds a draw for 100,000 spells (one process, another machine).
 */
#include "bench.h"

#include <math.h>
#include <string.h>

#include "fpt/activity.h"
#include "fpt/lanes.h"
#include "fpt/stress.h"

static const char gate[] = "gate 60, goal 200, stretch 500; reference 0.03";

/* ---- the kernel, on rows in memory ---- */

enum {
    GROWTHS = 546, /* 91 ages, two sexes, three kinds */
    EFFECTS = 24,
    KEYS = 126, /* 3 sites, 21 specialties, 2 sexes */
    OUTPUTS = 400,
    FACTORS = 24
};

typedef struct rows {
    fpt_activity_model model;
    double *growth, *factor;
    int32_t **output, **tally;
    double **work;
    unsigned threads;
    uint32_t lanes; /* rows of lanes: draws / FPT_LANES */
    uint64_t checksum;
} rows;

static void make_tables(fpt_arena *arena, fpt_activity_model *m)
{
    uint64_t *stream = FPT_NEW(arena, uint64_t, GROWTHS);
    fpt_activity_effect *effect = FPT_NEW(arena, fpt_activity_effect, EFFECTS);
    fpt_activity_choice *choice = FPT_NEW(arena, fpt_activity_choice, EFFECTS);
    fpt_activity_keys *keys = FPT_NEW(arena, fpt_activity_keys, KEYS);
    uint32_t *output = FPT_NEW(arena, uint32_t, (size_t)KEYS * 6);
    bench_need(stream != NULL && effect != NULL && choice != NULL &&
                   keys != NULL && output != NULL,
               "not enough memory");
    fpt_rng rng = fpt_rng_make(3, 0, 0, 0);
    for (uint32_t g = 0; g < GROWTHS; g++)
        stream[g] = fpt_rng_next64(&rng);
    /* 40 % of rows under avoidance, a third under a cut of days. */
    for (uint32_t e = 0; e < EFFECTS; e++) {
        choice[e] =
            (fpt_activity_choice){.rule = e % 3 == 0 ? FPT_ACTIVITY_DAYS_KEPT
                                                     : FPT_ACTIVITY_UNCHANGED,
                                  .factor = (e + 7) % FACTORS,
                                  .tally = 10 + e % 10};
        effect[e] = (fpt_activity_effect){.stream = fpt_rng_next64(&rng),
                                          .keep = e % 5 < 2 ? e % FACTORS
                                                            : FPT_ACTIVITY_NONE,
                                          .tally = e % 10,
                                          .choice_count = 1,
                                          .choice = &choice[e]};
    }
    for (uint32_t k = 0; k < KEYS; k++) {
        keys[k] = (fpt_activity_keys){.stream = fpt_rng_next64(&rng),
                                      .first = k * 6,
                                      .event_count = 3,
                                      .day_count = 3,
                                      .converted = {FPT_ACTIVITY_NONE,
                                                    FPT_ACTIVITY_NONE,
                                                    FPT_ACTIVITY_NONE}};
        for (uint32_t i = 0; i < 6; i++)
            output[k * 6 + i] = (k * 6 + i * 61) % OUTPUTS;
    }
    m->growth_count = GROWTHS;
    m->growth_stream = stream;
    m->effect_count = EFFECTS;
    m->effect = effect;
    m->keys_count = KEYS;
    m->keys = keys;
    m->output = output;
    m->output_count = OUTPUTS;
    m->factor_count = FACTORS;
    m->tally_count = 20;
    m->day_offset = 1;
}

static void make_rows(fpt_arena *arena, size_t count, bool merge, rows *r)
{
    *r = (rows){0};
    make_tables(arena, &r->model);
    fpt_activity_row *row = FPT_NEW(arena, fpt_activity_row, count);
    fpt_activity_row *work = FPT_NEW(arena, fpt_activity_row, count);
    bench_need(row != NULL && work != NULL, "not enough memory");
    fpt_rng rng = fpt_rng_make(4, 0, 0, 0);
    for (size_t i = 0; i < count; i++) {
        /* Half without a night, the others geometric with mean 4, to 120. */
        uint32_t stay = 0;
        if (fpt_rng_next32(&rng) < UINT32_MAX / 2)
            stay = 1 + (uint32_t)(log(fpt_rng_uniform(&rng)) / log(0.75));
        row[i] =
            (fpt_activity_row){.growth = fpt_rng_below(&rng, GROWTHS),
                               .keys = fpt_rng_below(&rng, KEYS),
                               .effect = fpt_rng_below(&rng, EFFECTS),
                               .count = 1,
                               .stay = (uint16_t)(stay > 120 ? 120 : stay)};
    }
    size_t left;
    bench_need(fpt_activity_sort(count, row, work, r->model.effect, merge,
                                 &left) == FPT_OK,
               "rows cannot be sorted");
    r->model.row = row;
    r->model.row_count = left;
    r->growth = bench_doubles(arena, (size_t)GROWTHS * FPT_LANES);
    r->factor = bench_doubles(arena, (size_t)FACTORS * FPT_LANES);
    r->output = FPT_NEW(arena, int32_t *, 2);
    r->tally = FPT_NEW(arena, int32_t *, 2);
    r->work = FPT_NEW(arena, double *, 2);
    bench_need(r->output != NULL && r->tally != NULL && r->work != NULL,
               "not enough memory");
    for (int t = 0; t < 2; t++) {
        r->output[t] = FPT_NEW(arena, int32_t, (size_t)OUTPUTS * FPT_LANES);
        r->tally[t] = FPT_NEW(arena, int32_t,
                              (size_t)20 * FPT_ACTIVITY_MEASURES * FPT_LANES);
        r->work[t] =
            bench_doubles(arena, fpt_activity_sample_work(&r->model) + 1);
        bench_need(r->output[t] != NULL && r->tally[t] != NULL,
                   "not enough memory");
    }
    for (size_t i = 0; i < (size_t)GROWTHS * FPT_LANES; i++)
        r->growth[i] = 0.9 + 0.3 * fpt_rng_uniform(&rng);
    for (size_t i = 0; i < (size_t)FACTORS * FPT_LANES; i++)
        r->factor[i] = 0.7 + 0.3 * fpt_rng_uniform(&rng);
}

static fpt_status sample_rows(size_t thread, void *context)
{
    rows *r = context;
    const fpt_activity_rates rates = {r->growth, r->factor};
    const fpt_activity_counts counts = {r->output[thread], r->tally[thread]};
    for (uint32_t lane = (uint32_t)thread; lane < r->lanes; lane += r->threads)
        FPT_TRY(fpt_activity_sample(fpt_lanes_best(), &r->model, &rates, 9, 0,
                                    lane, &counts, r->work[thread]));
    return FPT_OK;
}

static void sample(void *context)
{
    rows *r = context;
    bench_need(fpt_parallel(r->threads, r->threads, sample_rows, r) == FPT_OK,
               "rows cannot be drawn");
    r->checksum += (uint64_t)r->output[0][0];
}

static void bench_rows(size_t count, uint32_t draws, int runs)
{
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    for (int merge = 0; merge < 2; merge++) {
        rows r;
        make_rows(&arena, count, merge == 1, &r);
        r.lanes = draws / FPT_LANES;
        for (unsigned threads = 1; threads <= 2; threads++) {
            char name[64], beside[128];
            r.threads = threads;
            const double took = bench_best(runs, sample, &r);
            snprintf(name, sizeof name, "%zu %s x %u, %u thread%s", count,
                     merge == 1 ? "merged" : "rows", draws, threads,
                     threads == 1 ? "" : "s");
            snprintf(beside, sizeof beside, "row-draws; %zu cells, %.3f s; %s",
                     r.model.row_count, took, gate);
            bench_figure(name, (double)count * draws / took / 1e6, "M/s",
                         beside);
        }
        fpt_arena_reset(&arena);
    }
    fpt_arena_clear(&arena);
}

/* ---- a plan ---- */

typedef struct planned {
    fpt_arena *arena;
    fpt_plan *plan;
    fpt_stress_options options;
    double mean;
} planned;

static void stress(void *context)
{
    planned *p = context;
    fpt_arena arena;
    fpt_stress *stress;
    fpt_error err = {0};
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    bench_need(fpt_stress_run(&arena, p->plan, &p->options, &stress, &err) ==
                   FPT_OK,
               err.text);
    p->mean = fpt_stress_summary(stress, 0).mean;
    fpt_arena_clear(&arena);
}

typedef struct tables {
    fpt_str name[16], bytes[16];
    size_t count;
} tables;

static void add_table(tables *t, const char *name, fpt_str bytes)
{
    t->name[t->count] = fpt_str_from(name);
    t->bytes[t->count++] = bytes;
}

static fpt_plan *read_tables(fpt_arena *arena, const tables *t)
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

/* A year of one trust with three sites, every spell a row. */
static fpt_plan *spell_plan(fpt_arena *arena, int spells)
{
    tables t = {0};
    fpt_strbuf base = fpt_strbuf_make(arena), people = fpt_strbuf_make(arena);
    fpt_strbuf_print(&base, "org,site,place,age,sex,pod,service,funder,tags,"
                            "los_days,count\n");
    fpt_rng rng = fpt_rng_make(5, 0, 0, 0);
    for (int i = 0; i < spells; i++) {
        uint32_t stay = 0;
        if (fpt_rng_next32(&rng) < UINT32_MAX / 2)
            stay = 1 + (uint32_t)(log(fpt_rng_uniform(&rng)) / log(0.75));
        const uint32_t tag = fpt_rng_below(&rng, 10);
        fpt_strbuf_print(&base, "T,s%u,q%u,%u,%s,em,%u,C,%s%s,%u,1\n",
                         fpt_rng_below(&rng, 3), fpt_rng_below(&rng, 5),
                         fpt_rng_below(&rng, 91),
                         fpt_rng_below(&rng, 2) == 0 ? "F" : "M",
                         fpt_rng_below(&rng, 21), tag < 4 ? "avoid" : "",
                         tag % 3 == 0 ? " early" : "", stay > 120 ? 120 : stay);
    }
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
              FPT_STR("pod,name,demography\nem,e,population\n"));
    add_table(&t, "baseline.csv", fpt_strbuf_view(&base));
    add_table(&t, "population.csv", fpt_strbuf_view(&people));
    add_table(
        &t, "growth.csv",
        FPT_STR("pod,growth_fraction,sigma,persistence\nem,g,0.01,0.5\n"));
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
    add_table(&t, "schemes.csv",
              FPT_STR("scheme,type,target,effect_fraction,start,units\n"
                      "k,avoid,tags=avoid,a,2017/18,0\n"
                      "e,length-of-stay,tags=early,l,2017/18,\n"));
    return read_tables(arena, &t);
}

static void bench_spells(int spells)
{
    static const char *const noise[] = {"moments", "expected", "integers"};
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    planned p = {.arena = &arena, .options = fpt_stress_options_default()};
    const double began = bench_now();
    p.plan = spell_plan(&arena, spells);
    const fpt_plan_facts facts = fpt_plan_facts_of(p.plan);
    char beside[128];
    snprintf(beside, sizeof beside, "read and checked; %zu rows, %zu cells",
             facts.rows, facts.cells);
    bench_figure("plan of 100,000 spells", bench_now() - began, "s", beside);
    for (int k = 0; k < 3; k++)
        for (unsigned threads = 1; threads <= 2; threads++) {
            char name[64];
            p.options.noise = (fpt_plan_noise)k;
            p.options.threads = threads;
            p.options.draws = 256;
            const double took = bench_best(5, stress, &p);
            snprintf(name, sizeof name, "  its stress test, %s, %u thr.",
                     noise[k], threads);
            snprintf(beside, sizeof beside,
                     "%s of 256 draws, odds and all; %.3f s; %s",
                     k == 2 ? "row-draws" : "rows times draws, not drawn", took,
                     k == 2 ? gate : "not to be compared");
            bench_figure(name, spells * 256.0 / took / 1e6, "M/s", beside);
        }
    fpt_arena_clear(&arena);
}

/* ---- money alone: 15 organisations, five years ---- */

static fpt_plan *money_plan(fpt_arena *arena)
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

static void bench_money(void)
{
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    planned p = {.arena = &arena, .options = fpt_stress_options_default()};
    p.plan = money_plan(&arena);
    for (unsigned threads = 1; threads <= 2; threads++) {
        char name[64], beside[128];
        p.options.threads = threads;
        p.options.draws = 100000;
        const double took = bench_best(5, stress, &p);
        snprintf(name, sizeof name, "15 organisations, 5 years, %u thr.",
                 threads);
        snprintf(beside, sizeof beside,
                 "draws of money, odds counted; %.3f s; bar 0.5 a core", took);
        bench_figure(name, 100000.0 / took / 1e6, "M/s", beside);
    }
    fpt_arena_clear(&arena);
}

/* Which part to run: bench_plan FOOTPRINT [rows|spells|money|large]. */
static bool wants(int argc, char **argv, const char *part)
{
    return argc < 3 ? strcmp(part, "large") != 0 : strcmp(argv[2], part) == 0;
}

int main(int argc, char **argv)
{
    if (wants(argc, argv, "rows")) bench_rows(100000, 256, 6);
    if (wants(argc, argv, "spells")) bench_spells(100000);
    if (wants(argc, argv, "money")) bench_money();
    if (wants(argc, argv, "large")) bench_rows(20000000, 256, 1);
    return 0;
}
