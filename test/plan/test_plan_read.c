/*
 * Tests for reading plans: the examples are sound, and every kind of bad input
 * gives its own named finding with file and line.
 */
#include "plan_text.h"

static fpt_arena arena;

static int set_up(void **state)
{
    (void)state;
    return fpt_arena_init(&arena, NULL) == FPT_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    fpt_arena_clear(&arena);
    return 0;
}

static void test_small_plan_is_sound(void **state)
{
    (void)state;
    fpt_report report;
    const fpt_plan *plan = plan_with(&arena, &report, 0, NULL, NULL);
    assert_runnable(plan, &report);
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    assert_str(facts.name, "small");
    assert_int_equal(facts.years, 2);
    assert_int_equal(facts.first_year, 2016);
    assert_int_equal(facts.rows, 9);
    assert_int_equal(facts.assumptions, 3);
    assert_true(facts.has_activity && facts.has_totals);
    char text[16];
    assert_str(fpt_plan_year(plan, 1, text), "2017/18");
    assert_int_equal(fpt_plan_assumption_find(plan, FPT_STR("stay")), 1);
    assert_true(fpt_plan_assumption_find(plan, FPT_STR("none")) == SIZE_MAX);
    const fpt_plan_assumption a = fpt_plan_assumption_at(plan, 0);
    assert_close(a.p10, 0.05, 1e-9);
    assert_close(a.p90, 0.20, 1e-9);
    assert_true(fpt_plan_correlation(plan, 0, 1) == 0.3);
    assert_true(fpt_plan_correlation(plan, 0, 2) == 0.0);
    assert_str(fpt_plan_org_at(plan, 3).kind, "external");
    assert_true(fpt_plan_input_at(plan, 0).used);
    /* Names and numbers of metrics belong together. */
    for (size_t i = 0; i < facts.metrics; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        assert_int_equal(fpt_plan_metric_find(plan, m.kind, m.item, m.year), i);
    }
    assert_true(fpt_plan_metric_find(plan, FPT_PLAN_METRIC_COST, 0, 3) ==
                SIZE_MAX);
    assert_true(fpt_plan_metric_find(plan, FPT_PLAN_METRIC_COST, 99, 0) ==
                SIZE_MAX);
}

static void test_worked_example_is_sound(void **state)
{
    (void)state;
    fpt_report report = fpt_report_make(&arena);
    fpt_plan *plan;
    fpt_error err = {0};
    const fpt_plan_files files = {.folder = "packs/plans/example/1/plan"};
    assert_ok_or(fpt_plan_read(&arena, &files, NULL, &report, &plan, &err),
                 err);
    assert_runnable(plan, &report);
    assert_int_equal(report.of_severity[FPT_WARNING], 0);
    size_t count = 0;
    fpt_plan_check *checks;
    assert_ok_or(fpt_plan_checks(&arena, plan, &count, &checks, &err), err);
    assert_true(count >= 10);
}

/* ---- bad inputs ---- */

struct bad {
    const char *code, *file;
    int line;
    const char *says;
    size_t count;
    plan_table table[3];
};

#define A_HEAD                                                                 \
    "assumption,distribution,value,p10,p90,low,mode,high,lower,upper,author,"  \
    "source,evidence,programme\n"                                              \
    "effect,beta,0.1,0.05,0.2,,,,,,me,none,assumed,x\n"                        \
    "stay,beta,0.2,0.1,0.3,,,,,,me,none,assumed,x\n"                           \
    "prices,normal,0.02,0.01,0.03,,,,,,me,none,assumed,\n"
#define S_HEAD                                                                 \
    "scheme,programme,type,target,effect_fraction,start,ramp,units,gates,"     \
    "to_pod\n"
#define B_HEAD "org,site,place,age,sex,pod,service,funder,tags,los_days,count\n"
#define O_HEAD "org,name,kind,closed\nCCG,p,commissioner,\nA,a,acute,\n"
#define YAML_HEAD                                                              \
    "footprint-plan: 1\nname: small\ntitle: small\nauthor: test\n"             \
    "source: invented\nbaseline: 2016/17\nyears: 2\nseed: 7\n"                 \
    "bed-days: spells-plus-one\n"

static const struct bad bad_inputs[] = {
    {"p10-above-p90",
     "assumptions.csv",
     5,
     "write p10 = 0.1 and p90 = 0.4",
     1,
     {{"assumptions.csv",
       A_HEAD "swap,normal,0.2,0.4,0.1,,,,,,me,none,assumed,\n"}}},
    {"bad-distribution",
     "assumptions.csv",
     5,
     "do not make a normal",
     1,
     {{"assumptions.csv", A_HEAD "n,normal,0.2,,,,,,,,me,none,assumed,\n"}}},
    {"bad-limits",
     "assumptions.csv",
     5,
     "between the limits",
     1,
     {{"assumptions.csv",
       A_HEAD "n,normal,0.2,0.1,0.3,,,,50,60,me,none,assumed,\n"}}},
    {"unknown-word",
     "assumptions.csv",
     5,
     "expected one of measured, published, elicited, assumed",
     1,
     {{"assumptions.csv", A_HEAD "n,point,0.2,,,,,,,,me,none,certain,\n"}}},
    {"twice",
     "assumptions.csv",
     5,
     "\"effect\" is there twice",
     1,
     {{"assumptions.csv", A_HEAD "effect,point,1,,,,,,,,me,none,assumed,\n"}}},
    {"missing-value",
     "assumptions.csv",
     5,
     "\"author\" is empty",
     1,
     {{"assumptions.csv", A_HEAD "n,point,0.2,,,,,,,,,none,assumed,\n"}}},
    {"no-history",
     "assumptions.csv",
     5,
     "nothing found",
     1,
     {{"assumptions.csv", A_HEAD "n,empirical,1,,,,,,,,me,none,assumed,\n"}}},
    {"correlations-contradict",
     "correlations.csv",
     2,
     "from 0.9000 to",
     1,
     {{"correlations.csv", "a,b,correlation\neffect,stay,0.9\nstay,prices,0.9\n"
                           "effect,prices,-0.9\n"}}},
    {"bad-correlation",
     "correlations.csv",
     2,
     "between -1 and 1",
     1,
     {{"correlations.csv", "a,b,correlation\neffect,stay,1.2\n"}}},
    {"twice",
     "correlations.csv",
     3,
     "this pair",
     1,
     {{"correlations.csv",
       "a,b,correlation\neffect,stay,0.2\nstay,effect,0.2\n"}}},
    {"unknown-assumption",
     "schemes.csv",
     2,
     "neither a number nor an assumption",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,nobody,2017/18,,0,,\n"}}},
    {"aims-at-nothing",
     "schemes.csv",
     2,
     "aims at no activity",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em age=90+,0.1,2017/18,,0,,\n"}}},
    {"not-a-fraction",
     "schemes.csv",
     2,
     "a fraction lies between 0 and 1",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,1.4,2017/18,,0,,\n"}}},
    {"not-a-fraction",
     "schemes.csv",
     2,
     "may reach",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,prices,2017/18,,0,,\n"}}},
    {"bad-target",
     "schemes.csv",
     2,
     "no term of a target",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pods=em,0.1,2017/18,,0,,\n"}}},
    {"bad-target",
     "schemes.csv",
     2,
     "have an order",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod>=em,0.1,2017/18,,0,,\n"}}},
    {"bad-ramp",
     "schemes.csv",
     2,
     "is no ramp",
     1,
     {{"schemes.csv",
       S_HEAD "s,x,avoid,pod=em,0.1,2017/18,table 0.5 0.2,0,,\n"}}},
    {"year-outside",
     "schemes.csv",
     2,
     "outside the plan",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,0.1,2024/25,,0,,\n"}}},
    {"no-destination",
     "schemes.csv",
     2,
     "shifts to",
     1,
     {{"schemes.csv", S_HEAD "s,x,shift,pod=em,0.1,2017/18,,0,,\n"}}},
    {"unknown-gate",
     "schemes.csv",
     2,
     "no project, no recruitment line",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,0.1,2017/18,,0,hub,\n"}}},
    {"circular-gates",
     "schemes.csv",
     2,
     "waits, by way of its gates, for itself",
     1,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,0.1,2017/18,,0,t,\n"
                             "t,x,avoid,pod=em,0.1,2017/18,,0,s,\n"}}},
    {"mixed-overlap",
     "overlaps.csv",
     3,
     "another rule",
     2,
     {{"schemes.csv", S_HEAD "s,x,avoid,pod=em,0.1,2017/18,,0,,\n"
                             "t,x,avoid,pod=em,0.1,2017/18,,0,,\n"
                             "u,x,avoid,pod=em,0.1,2017/18,,0,,\n"},
      {"overlaps.csv", "a,b,rule,weight\ns,t,exclusive,\nt,u,nested,\n"}}},
    {"claimed-twice",
     "claims.csv",
     3,
     "claimed by two",
     1,
     {{"claims.csv", "claim,party,scheme,year,pounds,nets_with\n"
                     "one,A,keep-home,2017/18,100,\n"
                     "two,CCG,keep-home,2017/18,100,\n"}}},
    {"price-missing",
     "prices.csv",
     2,
     "no price for 2018/19",
     1,
     {{"prices.csv", "pod,year,pounds\nem,2016/17,1\nem,2017/18,1\nop,,1\n"
                     "cc,,40\n"}}},
    {"totals-do-not-sum",
     "control_totals.csv",
     5,
     "sum to 30.00",
     1,
     {{"control_totals.csv", "org,year,pounds\nA,2017/18,10\nB,2017/18,20\n"
                             "A,2018/19,10\nsystem,2017/18,31\n"
                             "B,2018/19,20\n"}}},
    {"total-missing",
     "control_totals.csv",
     0,
     "none for 2018/19",
     1,
     {{"control_totals.csv", "org,year,pounds\nA,2017/18,10\n"}}},
    {"moves-do-not-sum",
     "control_moves.csv",
     2,
     "sums to 4.00",
     1,
     {{"control_moves.csv", "move,org,year,pounds,agreed\n"
                            "m,A,2017/18,10,2017-06-01\n"
                            "m,B,2017/18,-6,2017-06-01\n"}}},
    {"probabilities-sum",
     "variants.csv",
     3,
     "sum to 1.1",
     1,
     {{"variants.csv", "variant,probability\nmain,0.6\nhigh,0.5\n"}}},
    {"not-a-fraction",
     "variants.csv",
     2,
     "is 1.5",
     1,
     {{"variants.csv", "variant,probability\nmain,1.5\nhigh,0.5\n"}}},
    {"bad-probability",
     "projects.csv",
     2,
     "probability lies between 0 and 1",
     1,
     {{"projects.csv", "project,org,rank,funding_probability,delivered,"
                       "life_years\nhub,A,1,1.2,2017/18,30\n"}}},
    {"unknown-organisation",
     "baseline.csv",
     2,
     "\"ZZ\" is not in organisations.csv",
     1,
     {{"baseline.csv", B_HEAD "ZZ,,p,65+,F,op,med,CCG,,,900\n"}}},
    {"closed-before-plan",
     "organisations.csv",
     4,
     "closed before the first year",
     1,
     {{"organisations.csv", O_HEAD "B,b,acute,2016-04-01\nX,x,external,\n"}}},
    {"no-people",
     "baseline.csv",
     2,
     "no people are given",
     1,
     {{"baseline.csv", B_HEAD "A,,p,5-9,F,op,med,CCG,,,900\n"}}},
    {"people-zero",
     "baseline.csv",
     2,
     "nobody lives there",
     2,
     {{"baseline.csv", B_HEAD "A,,q,65+,F,op,med,CCG,,,900\n"},
      {"population.csv", "place,age,sex,year,people\nq,65+,,2016/17,0\n"
                         "q,65+,,2017/18,5\nq,65+,,2018/19,5\n"}}},
    {"people-missing",
     "population.csv",
     2,
     "no people for 2018/19",
     1,
     {{"population.csv", "place,age,sex,year,people\np,65+,,2016/17,9\n"
                         "p,65+,,2017/18,5\n"}}},
    {"flow-above-whole",
     "flows.csv",
     3,
     "may take 1.1000",
     1,
     {{"flows.csv", "flow,from_org,to_org,target,share_fraction,start\n"
                    "away,A,X,pod=op,0.6,2017/18\n"
                    "more,A,B,pod=op,0.5,2017/18\n"}}},
    {"flow-to-itself",
     "flows.csv",
     2,
     "from one organisation to another",
     1,
     {{"flows.csv", "flow,from_org,to_org,target,share_fraction,start\n"
                    "away,A,A,pod=op,0.6,2017/18\n"}}},
    {"no-beds",
     "beds.csv",
     0,
     "no beds of the pool",
     1,
     {{"beds.csv",
       "org,site,pool,beds,occupancy_fraction\nB,b1,general,8,1\n"}}},
    {"bad-stay",
     "baseline.csv",
     2,
     "whole number of days",
     1,
     {{"baseline.csv", B_HEAD "A,a1,p,65+,F,em,med,CCG,,2.5,900\n"}}},
    {"bad-count",
     "baseline.csv",
     2,
     "from 0 on",
     1,
     {{"baseline.csv", B_HEAD "A,,p,65+,F,op,med,CCG,,,-1\n"}}},
    {"unknown-value",
     "baseline.csv",
     2,
     "nothing in the plan has the pod",
     1,
     {{"baseline.csv", B_HEAD "A,,p,65+,F,xx,med,CCG,,,1\n"}}},
    {"unknown-column",
     "growth.csv",
     1,
     "nobody knows the column \"rate\"",
     1,
     {{"growth.csv", "pod,rate\nem,0.01\n"}}},
    {"missing-column",
     "growth.csv",
     1,
     "\"growth_fraction\" is missing",
     1,
     {{"growth.csv", "pod\nem\n"}}},
    {"column-twice",
     "growth.csv",
     1,
     "there twice",
     1,
     {{"growth.csv", "pod,growth_fraction,pod\nem,0.01,em\n"}}},
    {"wrong-cells",
     "growth.csv",
     2,
     "3 cells where the header has 2",
     1,
     {{"growth.csv", "pod,growth_fraction\nem,0.01,7\n"}}},
    {"bad-quoting",
     "growth.csv",
     2,
     "quotation mark",
     1,
     {{"growth.csv", "pod,growth_fraction\n\"em,0.01\n"}}},
    {"no-header",
     "growth.csv",
     0,
     "names of the columns",
     1,
     {{"growth.csv", "# nothing\n"}}},
    {"bad-number",
     "beds.csv",
     2,
     "\"many\" is not a number",
     1,
     {{"beds.csv",
       "org,site,pool,beds,occupancy_fraction\nA,a1,general,many,1\n"}}},
    {"unknown-index",
     "costs.csv",
     2,
     "not in indices.csv",
     1,
     {{"costs.csv", "org,cost,fixed_pounds,index\nA,x,5,gold\n"}}},
    {"no-driver",
     "costs.csv",
     2,
     "needs what drives",
     1,
     {{"costs.csv", "org,cost,unit_pounds\nA,x,5\n"}}},
    {"one-of-two",
     "savings.csv",
     2,
     "give one of the two",
     1,
     {{"savings.csv",
       "saving,org,year,fraction,pounds\ncip,A,2017/18,0.04,100\n"}}},
    {"counted-twice",
     "savings.csv",
     2,
     "already follows",
     1,
     {{"savings.csv", "saving,org,year,fraction,scheme\n"
                      "cip,A,2017/18,0.04,keep-home\n"}}},
    {"unknown-table",
     "scheme.csv",
     0,
     "nobody reads a table",
     1,
     {{"scheme.csv", "a\n1\n"}}},
    {"bad-setting",
     "plan.yaml",
     10,
     "nobody knows the key \"colour\"",
     1,
     {{"plan.yaml", YAML_HEAD "colour: red\n"}}},
    {"bad-setting",
     "plan.yaml",
     0,
     "",
     1,
     {{"plan.yaml", "footprint-plan: [1\n"}}},
    {"unknown-version",
     "plan.yaml",
     1,
     "must be 1",
     1,
     {{"plan.yaml",
       "footprint-plan: 2\nname: s\ntitle: s\nauthor: t\nsource: i\n"
       "baseline: 2016/17\nyears: 2\nseed: 7\nbed-days: midnights\n"}}},
    {"bad-years",
     "plan.yaml",
     1,
     "from 0 to 10",
     1,
     {{"plan.yaml",
       "footprint-plan: 1\nname: s\ntitle: s\nauthor: t\nsource: i\n"
       "baseline: 2016/17\nyears: 11\nseed: 7\nbed-days: midnights\n"}}},
    {"bad-setting",
     "plan.yaml",
     11,
     "sum to 1.100000",
     1,
     {{"plan.yaml", YAML_HEAD "sustainability:\n  finance: 0.7\n  measures:\n"
                              "    ae: 0.4\n  quarters: [0.25,0.25,0.25,"
                              "0.25]\n"}}},
    {"access-missing",
     "access.csv",
     2,
     "how likely",
     2,
     {{"plan.yaml", YAML_HEAD "sustainability:\n  finance: 0.7\n  measures:\n"
                              "    ae: 0.3\n  quarters: [0.25,0.25,0.25,"
                              "0.25]\n"},
      {"sustainability.csv", "org,year,pounds\nA,2017/18,1000\n"}}},
    {"no-rule",
     "sustainability.csv",
     2,
     "no \"sustainability\" rule",
     1,
     {{"sustainability.csv", "org,year,pounds\nA,2017/18,1000\n"}}},
    {"shares-sum",
     "pools.csv",
     2,
     "sum to 0.900000",
     1,
     {{"pools.csv", "pool,org,role,pounds,share_fraction\n"
                    "bcf,CCG,contributor,100,0.9\nbcf,B,provider,90,\n"}}},
    {"bad-agreement",
     "agreements.csv",
     2,
     "say who bears what lies beyond",
     2,
     {{"agreements.csv", "agreement,holder,measure,target_pounds\n"
                         "aco,CCG,em-b,200000\n"},
      {"layers.csv",
       "agreement,direction,from_fraction,to_fraction,party,share_fraction\n"
       "aco,loss,0,0.05,CCG,1\naco,gain,0,,CCG,1\n"}}},
    {"holder-does-not-bear",
     "agreements.csv",
     2,
     "must be its holder",
     2,
     {{"agreements.csv", "agreement,holder,measure,target_pounds\n"
                         "aco,B,em-b,200000\n"},
      {"layers.csv",
       "agreement,direction,from_fraction,to_fraction,party,share_fraction\n"
       "aco,loss,0,,B,1\naco,gain,0,,B,1\n"}}},
    {"pays-itself",
     "contracts.csv",
     2,
     "are the same",
     1,
     {{"contracts.csv", "contract,funder,provider,type,target,pounds\n"
                        "x,A,A,block,,5\n"}}},
    {"no-alternative",
     "bed_changes.csv",
     2,
     "leg 1 needs",
     1,
     {{"bed_changes.csv", "change,site,pool,year,beds,leg\n"
                          "shut,a1,general,2017/18,-4,1\n"}}},
    {"negative-beds",
     "bed_changes.csv",
     0,
     "more beds close",
     1,
     {{"bed_changes.csv", "change,site,pool,year,beds\n"
                          "shut,a1,general,2017/18,-40\n"}}},
    {"no-pot",
     "allocations.csv",
     2,
     "no \"allocation\"",
     1,
     {{"allocations.csv",
       "org,year,population,age_index,need_index,mff_index,base_pounds\n"
       "CCG,2017/18,100,1,1,1,1000\n"}}},
    {"capital-after-delivery",
     "capital.csv",
     2,
     "after the project is delivered",
     2,
     {{"projects.csv", "project,org,rank,funding_probability,delivered,"
                       "life_years\nhub,A,1,1,2017/18,30\n"},
      {"capital.csv", "project,year,pounds\nhub,2018/19,100\n"}}},
    {"known-before",
     "actuals.csv",
     2,
     "not known before its year",
     1,
     {{"actuals.csv", "series,year,value,known\nem,2014/15,100,2013/14\n"}}},
};

static void test_each_bad_input_has_its_own_finding(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_inputs); i++) {
        const struct bad *b = &bad_inputs[i];
        fpt_arena own;
        assert_ok(fpt_arena_init(&own, NULL));
        fpt_report report;
        const fpt_plan *plan =
            plan_with(&own, &report, b->count, b->table, NULL);
        bool found = false;
        for (size_t k = 0; k < report.count; k++) {
            const fpt_finding *f = &report.finding[k];
            if (!fpt_str_equal(f->code, fpt_str_from(b->code)) ||
                !fpt_str_equal(f->source, fpt_str_from(b->file)) ||
                (b->line != 0 && f->line != b->line) ||
                strstr(f->text.data, b->says) == NULL)
                continue;
            assert_int_equal(f->severity, FPT_FAULT);
            found = true;
        }
        for (size_t k = 0; k < report.count && !found; k++)
            print_error("%.*s %.*s:%d %.*s\n",
                        FPT_STR_ARG(report.finding[k].code),
                        FPT_STR_ARG(report.finding[k].source),
                        (int)report.finding[k].line,
                        FPT_STR_ARG(report.finding[k].text));
        if (!found)
            fail_msg("case %zu: no %s in %s:%d", i, b->code, b->file, b->line);
        assert_false(fpt_plan_is_runnable(plan));
        fpt_arena_clear(&own);
    }
}

static void test_all_faults_are_listed_together(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"growth.csv", "pod,growth_fraction\nem,x\nzz,0.1\n"},
        {"assumptions.csv",
         A_HEAD "swap,normal,0.2,0.4,0.1,,,,,,me,none,assumed,\n"},
        {"correlations.csv", "a,b,correlation\neffect,nobody,0.2\n"}};
    fpt_report report;
    const fpt_plan *plan =
        plan_with(&arena, &report, COUNT_OF(tables), tables, NULL);
    assert_false(fpt_plan_is_runnable(plan));
    assert_non_null(find_code(&report, "p10-above-p90"));
    assert_non_null(find_code(&report, "unknown-value"));
    assert_int_equal(report.of_severity[FPT_FAULT], 4);
}

/* Near enough, and asked for: the nearest correlations are used and told of. */
static void test_nearest_correlations_on_request(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"plan.yaml", YAML_HEAD "nearest-correlation: yes\n"},
        {"correlations.csv", "a,b,correlation\neffect,stay,0.8\n"
                             "stay,prices,0.8\neffect,prices,0.22\n"}};
    fpt_report report;
    const fpt_plan *plan =
        plan_with(&arena, &report, COUNT_OF(tables), tables, NULL);
    assert_runnable(plan, &report);
    const fpt_finding *f = find_code(&report, "correlations-contradict");
    assert_non_null(f);
    assert_int_equal(f->severity, FPT_WARNING);
    assert_non_null(strstr(f->text.data, "it is used"));
}

static void test_warnings_do_not_stop(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"assumptions.csv", A_HEAD "idle,point,1,,,,,,,,me,none,assumed,\n"},
        {"schemes.csv", S_HEAD "s,x,avoid,pod=em,0.1,2017/18,,,,\n"},
        {"contracts.csv",
         "contract,funder,provider,type,target\nall,CCG,,tariff,\n"}};
    fpt_report report;
    const fpt_plan *plan =
        plan_with(&arena, &report, COUNT_OF(tables), tables, NULL);
    assert_runnable(plan, &report);
    assert_int_equal(find_code(&report, "unused-assumption")->severity,
                     FPT_WARNING);
    assert_int_equal(find_code(&report, "no-provision-stated")->line, 2);
}

static void test_no_plan_is_told_apart_from_a_bad_one(void **state)
{
    (void)state;
    fpt_report report = fpt_report_make(&arena);
    fpt_plan *plan = NULL;
    fpt_error err;
    const fpt_plan_files files = {.folder = "test/plan"};
    assert_int_equal(fpt_plan_read(&arena, &files, NULL, &report, &plan, &err),
                     FPT_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "plan new"));
    const fpt_plan_files none = {0};
    assert_int_equal(fpt_plan_read(&arena, &none, NULL, &report, &plan, &err),
                     FPT_ERR_NOT_FOUND);
    assert_null(plan);
}

/* Degenerate plans have an answer or a named fault. */
static void test_edges(void **state)
{
    (void)state;
    static const plan_table nothing[] = {
        {"baseline.csv", NULL},    {"population.csv", NULL},
        {"schemes.csv", NULL},     {"flows.csv", NULL},
        {"beds.csv", NULL},        {"contracts.csv", NULL},
        {"growth.csv", NULL},      {"prices.csv", NULL},
        {"costs.csv", NULL},       {"pods.csv", NULL},
        {"assumptions.csv", NULL}, {"indices.csv", NULL}};
    fpt_report report;
    const fpt_plan *plan =
        plan_with(&arena, &report, COUNT_OF(nothing), nothing, NULL);
    assert_runnable(plan, &report);
    plan_run run = run_make(&arena, plan);
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    run_once(plan, &run, &s, 1, 0);
    const double *x = metric_row(plan, &run, FPT_PLAN_METRIC_POSITION, 0, 1);
    assert_true(x[0] == 290000000.0);

    static const plan_table zero[] = {
        {"baseline.csv", B_HEAD "A,,p,65+,F,op,med,CCG,,,0\n"
                                "B,,p,65+,F,op,med,CCG,,,0\n"},
        {"schemes.csv", NULL},
        {"flows.csv", NULL},
        {"costs.csv", NULL},
        {"assumptions.csv", NULL},
        {"indices.csv", NULL},
        {"contracts.csv",
         "contract,funder,provider,type,target\nop,CCG,,tariff,\n"},
        {"plan.yaml",
         "footprint-plan: 1\nname: s\ntitle: s\nauthor: t\nsource: i\n"
         "baseline: 2016/17\nyears: 2\nseed: 7\nbed-days: midnights\n"}};
    plan = plan_with(&arena, &report, COUNT_OF(zero), zero, NULL);
    assert_runnable(plan, &report);
    run = run_make(&arena, plan);
    run_once(plan, &run, &s, 1, 0);
}

/* Memory that ends anywhere is told of, and nothing is leaked. */
static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t at = 1; at < 200; at++) {
        struct failing failing = {.fail_at = at};
        const fpt_allocator allocator = failing_allocator(&failing);
        fpt_arena own;
        if (fpt_arena_init(&own, &allocator) != FPT_OK) continue;
        fpt_report report = fpt_report_make(&own);
        fpt_plan *plan = NULL;
        fpt_error err = {0};
        const fpt_plan_files files = {.folder = "packs/plans/example/1/plan"};
        const fpt_status status =
            fpt_plan_read(&own, &files, NULL, &report, &plan, &err);
        const bool ended = failing.calls < at;
        assert_true(status == FPT_OK || status == FPT_ERR_MEMORY);
        fpt_arena_clear(&own);
        assert_int_equal(failing.live, 0);
        if (ended) {
            assert_int_equal(status, FPT_OK);
            return;
        }
        assert_int_equal(status, FPT_ERR_MEMORY);
    }
    fail_msg("reading never came to an end");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_plan_is_sound),
        cmocka_unit_test(test_worked_example_is_sound),
        cmocka_unit_test(test_each_bad_input_has_its_own_finding),
        cmocka_unit_test(test_all_faults_are_listed_together),
        cmocka_unit_test(test_nearest_correlations_on_request),
        cmocka_unit_test(test_warnings_do_not_stop),
        cmocka_unit_test(test_no_plan_is_told_apart_from_a_bad_one),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("plan_read", tests, set_up, tear_down);
}
