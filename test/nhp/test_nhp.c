/* The imported model against expectations by hand: every factor, every type of
 * efficiency, the picks that a row makes once for all its copies. */
#include <stdio.h>

#include "check.h"
#include "fpt/nhp.h"
#include "fpt/num.h"

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

#define HEAD(health)                                                           \
    "{\"scenario\":\"s\",\"dataset\":\"d\",\"seed\":7,\"model_runs\":256,"     \
    "\"start_year\":2023,\"end_year\":2033,\"app_version\":\"dev\","           \
    "\"demographic_factors\":{\"variant_probabilities\":"                      \
    "{\"migration_category\":1}},\"health_status_adjustment\":" health ","     \
    "\"inequalities\":{\"level_up\":[\"AA11\"],\"zero_sum\":[],"               \
    "\"level_down\":[]},"

/* Constants, so that expectations are products. */
#define FIXED                                                                  \
    HEAD("false")                                                              \
    "\"expat\":{\"ip\":{\"elective\":{\"100\":[0.9,0.9]}},"                    \
    "\"op\":{\"100\":[0.8,0.8]},\"aae\":{\"walk-in\":[0.5,0.5]}},"             \
    "\"repat_local\":{\"ip\":{\"elective\":{\"100\":[1.1,1.1]}}},"             \
    "\"repat_nonlocal\":{\"ip\":{\"elective\":{\"100\":[1.5,1.5]}}},"          \
    "\"baseline_adjustment\":{\"op\":{\"first\":{\"100\":1.25}}},"             \
    "\"waiting_list_adjustment\":{\"ip\":{\"100\":1.02}},"                     \
    "\"non-demographic_adjustment\":{\"variant\":\"v\","                       \
    "\"value-type\":\"year-on-year-growth\",\"values\":{\"ip\":"               \
    "{\"elective\":[1.01,1.01]},\"op\":{},\"aae\":{}}},"                       \
    "\"activity_avoidance\":{\"ip\":{\"a\":{\"interval\":[0.6,0.6]},"          \
    "\"b\":{\"interval\":[0.5,0.5]}},"                                         \
    "\"op\":{\"followup_reduction_adult_surgical\":{\"interval\":[0.7,0.7]}}," \
    "\"aae\":{\"frequent_attenders_adult_walk-in\":{\"interval\":[0.9,0.9]}}}" \
    ",\"efficiencies\":{\"ip\":{"                                              \
    "\"days\":{\"type\":\"all\",\"interval\":[0.75,0.75]},"                    \
    "\"same\":{\"type\":\"sdec\",\"interval\":[0.8,0.8]},"                     \
    "\"pre\":{\"type\":\"pre-op\",\"pre-op_days\":2,\"interval\":[0.4,0.4]},"  \
    "\"day\":{\"type\":\"day_procedures_daycase\",\"interval\":[0.7,0.7]},"    \
    "\"out\":{\"type\":\"day_procedures_outpatients\",\"interval\":[0.7,0.7]}" \
    ",\"general_los_reduction_emergency\":{\"type\":\"all\","                  \
    "\"interval\":[0.5,0.5]}},"                                                \
    "\"op\":{\"convert_to_tele_adult_surgical\":{\"interval\":[0.9,0.9]}}}}"

#define IP_HEAD                                                                \
    "rn,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,"       \
    "group,pod,demog_type,speldur,classpat,admimeth,is_wla,has_procedure,"     \
    "sushrg_trimmed,carried\n"
#define DEMOGRAPHY                                                             \
    "variant,age,sex,2023,2033\nmigration_category,50,1,100,120\n"             \
    "migration_category,50,2,200,200\nvar_proj_5_year_migration,50,1,1,9\n"

typedef struct table {
    const char *name, *text;
} table;

static fpt_nhp *read_model(const char *parameters, size_t count,
                           const table *tables, fpt_report *report,
                           fpt_status *status)
{
    fpt_str *name = FPT_NEW(&arena, fpt_str, count);
    fpt_str *bytes = FPT_NEW(&arena, fpt_str, count);
    for (size_t i = 0; i < count; i++) {
        name[i] = fpt_str_from(tables[i].name);
        bytes[i] = fpt_str_from(tables[i].text);
    }
    const fpt_nhp_files files = {.count = count, .name = name, .bytes = bytes};
    fpt_nhp *nhp = NULL;
    fpt_error err = {0};
    *report = fpt_report_make(&arena);
    const fpt_status got = fpt_nhp_read(&arena, "p", fpt_str_from(parameters),
                                        &files, report, &nhp, &err);
    if (status != NULL)
        *status = got;
    else
        assert_ok_or(got, err);
    return nhp;
}

static const fpt_nhp_result *result_of(size_t count, const fpt_nhp_result *all,
                                       const char *pod, const char *measure)
{
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(all[i].pod, fpt_str_from(pod)) &&
            fpt_str_equal(all[i].measure, fpt_str_from(measure)))
            return &all[i];
    fail_msg("no %s %s", pod, measure);
    return NULL;
}

static size_t run_model(const fpt_nhp *nhp, uint32_t runs, unsigned threads,
                        fpt_nhp_result **out)
{
    fpt_nhp_options o = fpt_nhp_options_default();
    size_t count;
    fpt_error err = {0};
    o.runs = runs;
    o.threads = threads;
    assert_ok_or(fpt_nhp_run(&arena, nhp, &o, out, &count, &err), err);
    return count;
}

/* Mean within four standard errors, and the deviation near its own. */
static void check_result(const fpt_nhp_result *r, uint32_t runs, double mean,
                         double variance)
{
    const double error = sqrt(variance / runs);
    if (fabs(r->mean - mean) > 4.0 * error + 1e-9)
        fail_msg("%.*s: mean %g, expected %g", FPT_STR_ARG(r->measure), r->mean,
                 mean);
    if (fabs(r->sd * r->sd / variance - 1.0) > 6.0 * sqrt(2.5 / runs))
        fail_msg("%.*s: variance %g, expected %g", FPT_STR_ARG(r->measure),
                 r->sd * r->sd, variance);
}

static char *spells(int count, const char *first, const char *rest)
{
    fpt_strbuf text = fpt_strbuf_make(&arena);
    fpt_strbuf_add(&text, fpt_str_from(first));
    for (int i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%d,%s", i, rest);
    return text.data;
}

static void test_growth_is_a_product(void **state)
{
    (void)state;
    char *ip = spells(40, IP_HEAD,
                      "50,1,S,100,true,I,1,elective,ip_elective_admission,"
                      "demographics,3,1,11,TRUE,1,ZZ99,x\n");
    const table tables[] = {{"ip.csv", ip},
                            {"demographic_factors.csv", DEMOGRAPHY}};
    fpt_report report;
    const fpt_nhp *nhp = read_model(FIXED, 2, tables, &report, NULL);
    assert_true(fpt_nhp_is_runnable(nhp));
    assert_int_equal(fpt_nhp_facts_of(nhp).rows, 40);
    assert_int_equal(fpt_nhp_facts_of(nhp).cells, 1);
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, 6400, 2, &all);
    const double f = 1.2 * 0.9 * 1.1 * 1.02 * pow(1.01, 10.0), n = 40.0 * f;
    const fpt_nhp_result *r =
        result_of(count, all, "ip_elective_admission", "admissions");
    assert_int_equal(r->baseline, 40);
    check_result(r, 6400, n, n);
    r = result_of(count, all, "ip_elective_admission", "beddays");
    assert_int_equal(r->baseline, 160);
    check_result(r, 6400, 4.0 * n, 16.0 * n);
    r = result_of(count, all, "ip_elective_admission", "procedures");
    check_result(r, 6400, n, n);
    /* What is not in the parameters or elsewhere is a factor of 1. */
    ip = spells(40, IP_HEAD,
                "50,2,S,300,false,I,1,non-elective,ip_non-elective,"
                "demographics,0,1,21,TRUE,0,AA11,x\n");
    const table other[] = {{"ip.csv", ip},
                           {"demographic_factors.csv", DEMOGRAPHY}};
    nhp = read_model(FIXED, 2, other, &report, NULL);
    const size_t again = run_model(nhp, 6400, 2, &all);
    check_result(result_of(again, all, "ip_non-elective", "admissions"), 6400,
                 40.0, 40.0);
}

static void test_efficiencies_by_type(void **state)
{
    (void)state;
    static const struct {
        const char *strategy;
        double admitted, days, elsewhere;
        const char *pod, *measure;
    } types[] = {
        {"days", 40.0, 40.0 * 4.0, 0.0, NULL, NULL},
        {"same", 32.0, 32.0 * 5.0, 8.0, "aae_type-05", "walk-in"},
        {"pre", 40.0, 40.0 * (5.0 - 0.6 * 2.0), 0.0, NULL, NULL},
        {"day", 28.0, 28.0 * 5.0, 12.0, "ip_elective_daycase", "beddays"},
        {"out", 28.0, 28.0 * 5.0, 12.0, "op_procedure", "attendances"},
        {"unnamed", 40.0, 40.0 * 3.0, 0.0, NULL, NULL} /* the general one */};
    char *ip = spells(40, IP_HEAD,
                      "50,2,S,300,false,I,1,non-elective,ip_non-elective,"
                      "demographics,4,1,21,0,0,AA11,x\n");
    for (size_t t = 0; t < COUNT_OF(types); t++) {
        char rest[64];
        snprintf(rest, sizeof rest, "%s,1\n", types[t].strategy);
        const table tables[] = {
            {"ip.csv", ip},
            {"demographic_factors.csv", DEMOGRAPHY},
            {"ip_efficiencies_strategies.csv",
             spells(40, "rn,efficiencies_strategy,sample_rate\n", rest)}};
        fpt_report report;
        const fpt_nhp *nhp = read_model(FIXED, 3, tables, &report, NULL);
        assert_true(fpt_nhp_is_runnable(nhp));
        fpt_nhp_result *all;
        const size_t count = run_model(nhp, 3200, 1, &all);
        const fpt_nhp_result *r =
            result_of(count, all, "ip_non-elective", "admissions");
        check_result(r, 3200, types[t].admitted, types[t].admitted);
        r = result_of(count, all, "ip_non-elective", "beddays");
        assert_close(r->mean, types[t].days, 4.0 * r->sd / sqrt(3200.0));
        if (types[t].pod == NULL) continue;
        r = result_of(count, all, types[t].pod, types[t].measure);
        check_result(r, 3200, types[t].elsewhere, types[t].elsewhere);
        assert_int_equal(r->baseline, 0);
    }
}

/* Switched on for a row with probability s: for all its copies together. */
static void test_sample_rates_belong_to_rows(void **state)
{
    (void)state;
    char *ip = spells(30, IP_HEAD,
                      "50,2,S,300,false,I,1,non-elective,ip_non-elective,"
                      "demographics,0,1,21,0,0,AA11,x\n");
    const table tables[] = {
        {"ip.csv", ip},
        {"demographic_factors.csv", DEMOGRAPHY},
        {"ip_activity_avoidance_strategies.csv",
         spells(30, "rn,strategy,sample_rate\n", "a,0.25\n")}};
    fpt_report report;
    const fpt_nhp *nhp = read_model(FIXED, 3, tables, &report, NULL);
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, 12800, 2, &all);
    /* A row's mean is 1 or 0.6: E = 0.9, Var = 0.9 + 0.25 0.75 0.4^2. */
    check_result(result_of(count, all, "ip_non-elective", "admissions"), 12800,
                 30.0 * 0.9, 30.0 * (0.9 + 0.1875 * 0.16));
}

static void test_outpatients_and_arrivals(void **state)
{
    (void)state;
    static const char op[] =
        "index,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,"
        "group,pod,demog_type,is_wla,type,is_first,has_procedures,"
        "is_cons_cons_ref,is_gp_ref,attendances,tele_attendances,"
        "sushrg_trimmed\n"
        "1,50,2,S,100,0,I,1,followup,op_follow-up,demographics,0,"
        "adult_surgical,0,0,0,0,70000,100,\n";
    static const char aae[] =
        "index,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,"
        "group,pod,demog_type,is_frequent_attender,is_left_before_treatment,"
        "is_low_cost_referred_or_discharged,is_discharged_no_treatment,"
        "arrivals,hsagrp\n"
        "1,50,2,S,Other,0,I,1,walk-in,aae_type-01,demographics,1,0,0,0,500,"
        "aae_adult_walk-in\n";
    const table tables[] = {{"op.csv", op},
                            {"aae.csv", aae},
                            {"demographic_factors.csv", DEMOGRAPHY}};
    fpt_report report;
    const fpt_nhp *nhp = read_model(FIXED, 3, tables, &report, NULL);
    assert_true(fpt_nhp_is_runnable(nhp));
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, 3200, 2, &all);
    const double kept = 70000.0 * 0.8 * 0.7, phone = 100.0 * 0.8 * 0.7;
    check_result(result_of(count, all, "op_follow-up", "attendances"), 3200,
                 kept * 0.9, kept * 0.9);
    check_result(result_of(count, all, "op_follow-up", "tele_attendances"),
                 3200, phone + kept * 0.1, phone + kept * 0.1);
    check_result(result_of(count, all, "aae_type-01", "walk-in"), 3200,
                 500.0 * 0.5 * 0.9, 500.0 * 0.5 * 0.9);
}

/* An interval clipped at 1: E min(1, X) = mu Phi(a) + 1 - Phi(a) - sd phi(a). */
static void test_intervals_are_clipped(void **state)
{
    (void)state;
    static const char interval[] =
        HEAD("true") "\"expat\":{\"aae\":{\"walk-in\":[0.9,1.0]}},"
                     "\"repat_local\":{},\"repat_nonlocal\":{},"
                     "\"baseline_adjustment\":{},"
                     "\"waiting_list_adjustment\":{},"
                     "\"non-demographic_adjustment\":{\"value-type\":"
                     "\"year-on-year-growth\",\"values\":{}},"
                     "\"activity_avoidance\":{},\"efficiencies\":{}}";
    static const char aae[] =
        "index,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,"
        "group,pod,demog_type,is_frequent_attender,is_left_before_treatment,"
        "is_low_cost_referred_or_discharged,is_discharged_no_treatment,"
        "arrivals,hsagrp\n"
        "1,50,2,S,Other,0,I,1,walk-in,aae_type-01,demographics,1,0,0,0,50000,"
        "aae_adult_walk-in\n";
    const table tables[] = {{"aae.csv", aae},
                            {"demographic_factors.csv", DEMOGRAPHY}};
    fpt_report report;
    const fpt_nhp *nhp = read_model(interval, 2, tables, &report, NULL);
    assert_true(fpt_nhp_is_runnable(nhp));
    /* Health status is asked for: told, and left out. */
    assert_int_equal(report.of_severity[FPT_WARNING], 2);
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, 12800, 2, &all);
    const double sd = 0.1 / 2.563103131089201, a = 0.05 / sd;
    const double below = 0.5 * erfc(-a / sqrt(2.0));
    const double density = exp(-0.5 * a * a) / sqrt(8.0 * atan(1.0));
    const double mean = 0.95 * below + 1.0 - below - sd * density;
    const fpt_nhp_result *r = result_of(count, all, "aae_type-01", "walk-in");
    assert_close(r->mean / 50000.0, mean, 4.0 * sd / sqrt(12800.0));
    assert_true(r->mean / 50000.0 < 0.9485); /* the middle is 0.95 */
}

/* ---- each step against its closed form ---- */

#define STEPS                                                                  \
    "{\"scenario\":\"s\",\"dataset\":\"d\",\"seed\":11,\"model_runs\":256,"    \
    "\"start_year\":2023,\"end_year\":2033,\"app_version\":\"dev\","           \
    "\"demographic_factors\":{\"variant_probabilities\":"                      \
    "{\"migration_category\":0.25,\"var_proj_5_year_migration\":0.75}},"       \
    "\"health_status_adjustment\":false,"                                      \
    "\"inequalities\":{\"level_up\":[],\"zero_sum\":[\"AA11\"],"               \
    "\"level_down\":[]},"                                                      \
    "\"expat\":{\"op\":{\"100\":[0.8,0.9]},\"aae\":{\"ambulance\":[0.9,0.9]}}" \
    ","                                                                        \
    "\"repat_local\":{\"op\":{\"100\":[1.2,1.2]}},"                            \
    "\"repat_nonlocal\":{\"aae\":{\"ambulance\":[1.4,1.4]},"                   \
    "\"ip\":{\"maternity\":{\"Other (Medical)\":[1.3,1.3]}}},"                 \
    "\"baseline_adjustment\":{\"op\":{\"procedure\":{\"100\":1.25}},"          \
    "\"aae\":{\"ambulance\":0.75}},"                                           \
    "\"waiting_list_adjustment\":{\"op\":{\"100\":1.1}},"                      \
    "\"non-demographic_adjustment\":{\"variant\":\"v\","                       \
    "\"value-type\":\"year-on-year-growth\",\"values\":{\"op\":"               \
    "{\"procedure\":[1.02,1.02]},\"aae\":{\"ambulance\":[0.99,0.99]}}},"       \
    "\"activity_avoidance\":{\"op\":{"                                         \
    "\"consultant_to_consultant_reduction_adult_surgical\":"                   \
    "{\"interval\":[0.9,0.9]},"                                                \
    "\"gp_referred_first_attendance_reduction_adult_surgical\":"               \
    "{\"interval\":[0.7,0.7]}},\"aae\":{"                                      \
    "\"left_before_seen_child_ambulance\":{\"interval\":[0.8,0.8]},"           \
    "\"low_cost_discharged_child_ambulance\":{\"interval\":[0.9,0.9]},"        \
    "\"discharged_no_treatment_child_ambulance\":{\"interval\":[0.95,0.95]},"  \
    "\"nobody_has_this\":{\"interval\":[0.5,0.6]}}},"                          \
    "\"efficiencies\":{\"ip\":{"                                               \
    "\"days\":{\"type\":\"all\",\"interval\":[0.75,0.75]},"                    \
    "\"same\":{\"type\":\"sdec\",\"interval\":[0.8,0.8]},"                     \
    "\"pre\":{\"type\":\"pre-op\",\"pre-op_days\":1,\"interval\":[0.4,0.4]}"   \
    "},\"op\":{}},\"odd\":1}"

#define BOTH_VARIANTS                                                          \
    "variant,age,sex,2023,2033\nmigration_category,50,1,100,120\n"             \
    "migration_category,50,2,100,80\nvar_proj_5_year_migration,50,1,100,90\n"  \
    "var_proj_5_year_migration,50,2,100,160\n"

#define OP_HEAD                                                                \
    "index,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,"    \
    "group,pod,demog_type,is_wla,type,is_first,has_procedures,"                \
    "is_cons_cons_ref,is_gp_ref,attendances,tele_attendances,"                 \
    "sushrg_trimmed\n"

/* Runs differ by their projection and intervals, then by Poisson's chance: with
 * a factor F common to all rows the variance is E + n^2 Var F. */
static void check_mixed(const fpt_nhp_result *r, uint32_t runs, double n,
                        double first, double second)
{
    const double mean = 0.25 * first + 0.75 * second;
    const double spread = 0.25 * 0.75 * (first - second) * (first - second);
    check_result(r, runs, n * mean, n * mean + n * n * spread);
}

static void test_each_step_has_its_mean(void **state)
{
    (void)state;
    enum { RUNS = 12800 };
    static const char op[] =
        OP_HEAD "1,50,1,S,100,1,I,3,procedure,op_procedure,demographics,1,"
                "adult_surgical,0,1,1,0,400,0,AA11\n"
                "2,50,2,S,100,1,I,3,first,op_first,demographics,0,"
                "adult_surgical,1,0,0,1,300,0,AA11\n";
    static const char aae[] =
        "index,age,sex,sitetret,tretspef_grouped,is_main_icb,icb,imd_quintile,"
        "group,pod,demog_type,is_frequent_attender,is_left_before_treatment,"
        "is_low_cost_referred_or_discharged,is_discharged_no_treatment,"
        "arrivals,hsagrp,acuity\n"
        "1,50,1,S,Other,0,I,1,ambulance,aae_type-01,demographics,0,1,1,1,500,"
        "aae_child_ambulance,x\n";
    char *ip = spells(20, IP_HEAD,
                      "50,2,S,560,false,I,1,maternity,ip_maternity,"
                      "births,2,1,31,TRUE,0,AA11,x\n");
    const table tables[] = {
        {"ip.csv", ip},
        {"op.csv", op},
        {"aae.csv", aae},
        {"demographic_factors.csv", BOTH_VARIANTS},
        {"birth_factors.csv",
         "variant,age,sex,2023,2033\nmigration_category,50,2,10,9\n"
         "var_proj_5_year_migration,50,2,10,12\n"},
        {"inequalities.csv",
         "icb,sushrg_trimmed,imd_quintile,activity_rate,fitted_line,level_up,"
         "zero_sum,level_down\nI,AA11,3,1,1,9,1.04,9\n"}};
    fpt_report report;
    const fpt_nhp *nhp =
        read_model(STEPS, COUNT_OF(tables), tables, &report, NULL);
    assert_true(fpt_nhp_is_runnable(nhp));
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, RUNS, 2, &all);
    /* Births by projection and the repatriation of maternity's specialty. */
    check_mixed(result_of(count, all, "ip_maternity", "admissions"), RUNS, 20.0,
                0.9 * 1.3, 1.2 * 1.3);
    check_mixed(result_of(count, all, "aae_type-01", "ambulance"), RUNS,
                500.0 * 0.9 * 1.4 * 0.75 * pow(0.99, 10.0) * 0.8 * 0.9 * 0.95,
                1.2, 0.9);
    /* The interval of expatriation is drawn: 0.85 with sd s, kept below 1. */
    const double s = 0.1 / 2.563103131089201, n = 400.0;
    const double rest = 1.2 * 1.25 * 1.1 * pow(1.02, 10.0) * 1.04 * 0.9;
    const double mean = 0.25 * 1.2 + 0.75 * 0.9;
    const double square = 0.25 * 1.44 + 0.75 * 0.81;
    check_result(result_of(count, all, "op_procedure", "attendances"), RUNS,
                 n * rest * mean * 0.85,
                 n * rest * mean * 0.85 + n * n * rest * rest *
                                              (square * (0.85 * 0.85 + s * s) -
                                               mean * mean * 0.85 * 0.85));
    const double first = 0.25 * 0.8 + 0.75 * 1.6;
    const double first_square = 0.25 * 0.64 + 0.75 * 2.56;
    const double m = 300.0 * 1.2 * 0.7;
    check_result(result_of(count, all, "op_first", "attendances"), RUNS,
                 m * first * 0.85,
                 m * first * 0.85 + m * m *
                                        (first_square * (0.85 * 0.85 + s * s) -
                                         first * first * 0.85 * 0.85));
    /* What is given and changes nothing is said. */
    static const char *const said[] = {"keys that the model does not have: odd",
                                       "activity_avoidance/aae/nobody_has_this",
                                       "efficiencies/ip/days",
                                       "columns that change nothing: acuity",
                                       "columns that change nothing: carried"};
    for (size_t k = 0; k < COUNT_OF(said); k++) {
        bool found = false;
        for (size_t i = 0; i < report.count; i++)
            found = found || (report.finding[i].severity == FPT_NOTE &&
                              strstr(report.finding[i].text.data, said[k]));
        if (!found) fail_msg("not said: %s", said[k]);
    }
}

/* One of three efficiencies is taken for a row, each as likely, and all copies
 * of the row do the same: per row N ~ Poisson(1), stay 4, so admissions keep
 * (1 + 1 + 0.8)/3 and have variance E + Var of the picks' means. */
static void test_one_efficiency_a_row(void **state)
{
    (void)state;
    enum { RUNS = 12800, ROWS = 30 };
    char *ip = spells(ROWS, IP_HEAD,
                      "50,1,S,300,false,I,1,non-elective,ip_non-elective,"
                      "demographics,4,1,21,0,0,AA11,x\n");
    fpt_strbuf text = fpt_strbuf_make(&arena);
    fpt_strbuf_print(&text, "rn,efficiency,sample_rate\n");
    for (int i = 0; i < ROWS; i++)
        fpt_strbuf_print(&text, "%d,days,1\n%d,same,1\n%d,pre,1\n", i, i, i);
    const table tables[] = {{"ip.csv", ip},
                            {"demographic_factors.csv",
                             "variant,age,sex,2023,2033\n"
                             "migration_category,50,1,1,1\n"
                             "var_proj_5_year_migration,50,1,1,1\n"},
                            {"ip_efficiencies_strategies.csv", text.data}};
    fpt_report report;
    const fpt_nhp *nhp =
        read_model(STEPS, COUNT_OF(tables), tables, &report, NULL);
    assert_true(fpt_nhp_is_runnable(nhp));
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, RUNS, 2, &all);
    /* Means given the pick: events 1, 0.8, 1; days 4, 4, 3.4 (each and 1). */
    const double events[3] = {1.0, 0.8, 1.0};
    const double days[3] = {1.0 + 4.0 * 0.75, 0.8 * 5.0, 5.0 - 0.6};
    double mean = 0.0, square = 0.0, day = 0.0;
    for (int k = 0; k < 3; k++) {
        mean += events[k] / 3.0;
        square += events[k] * events[k] / 3.0;
        day += days[k] / 3.0;
    }
    check_result(result_of(count, all, "ip_non-elective", "admissions"), RUNS,
                 ROWS * mean, ROWS * (mean + square - mean * mean));
    const fpt_nhp_result *r =
        result_of(count, all, "ip_non-elective", "beddays");
    assert_close(r->mean, ROWS * day, 4.0 * r->sd / sqrt((double)RUNS));
    /* Moved on the same day: 0.2 of those that picked it. */
    check_result(result_of(count, all, "aae_type-05", "walk-in"), RUNS,
                 ROWS * 0.2 / 3.0,
                 ROWS * (0.2 / 3.0 + 0.04 / 3.0 - 0.04 / 9.0));
}

/* Broken down, the parts are those of their rows, and converted care keeps what
 * it is broken down by; A&E knows no specialty. */
static void test_results_are_broken_down(void **state)
{
    (void)state;
    enum { RUNS = 6400 };
    static const char head[] = "rn,age,age_group,sex,sitetret,tretspef_grouped,"
                               "is_main_icb,icb,imd_quintile,group,pod,"
                               "demog_type,speldur,classpat,admimeth,is_wla,"
                               "has_procedure,sushrg_trimmed\n";
    fpt_strbuf ip = fpt_strbuf_make(&arena);
    fpt_strbuf list = fpt_strbuf_make(&arena);
    fpt_strbuf_print(&ip, "%s", head);
    fpt_strbuf_print(&list, "rn,efficiency,sample_rate\n");
    for (int i = 0; i < 60; i++) {
        fpt_strbuf_print(&ip,
                         "%d,50,%s,2,S,300,false,I,1,non-elective,"
                         "ip_non-elective,demographics,4,1,21,0,0,AA11\n",
                         i, i < 20 ? "50-54" : "55-59");
        fpt_strbuf_print(&list, "%d,same,1\n", i);
    }
    fpt_str name[] = {FPT_STR("ip.csv"), FPT_STR("demographic_factors.csv"),
                      FPT_STR("ip_efficiencies_strategies.csv")};
    fpt_str bytes[] = {fpt_strbuf_view(&ip), fpt_str_from(DEMOGRAPHY),
                       fpt_strbuf_view(&list)};
    fpt_nhp_files files = {.count = 3,
                           .name = name,
                           .bytes = bytes,
                           .by = "tretspef_grouped+age_group+acuity"};
    fpt_report report = fpt_report_make(&arena);
    fpt_nhp *nhp = NULL;
    fpt_error err = {0};
    assert_ok_or(fpt_nhp_read(&arena, "p", fpt_str_from(FIXED), &files, &report,
                              &nhp, &err),
                 err);
    assert_true(fpt_nhp_is_runnable(nhp));
    fpt_nhp_result *all;
    const size_t count = run_model(nhp, RUNS, 2, &all);
    static const struct {
        const char *pod, *measure, *key;
        double baseline, mean;
    } parts[] = {
        {"aae_type-05", "walk-in", "Other/50-54/", 0.0, 20.0 * 0.2},
        {"aae_type-05", "walk-in", "Other/55-59/", 0.0, 40.0 * 0.2},
        {"ip_non-elective", "admissions", "300/50-54/", 20.0, 20.0 * 0.8},
        {"ip_non-elective", "admissions", "300/55-59/", 40.0, 40.0 * 0.8}};
    for (size_t k = 0; k < COUNT_OF(parts); k++) {
        const fpt_nhp_result *r = NULL;
        for (size_t i = 0; i < count; i++)
            if (fpt_str_equal(all[i].pod, fpt_str_from(parts[k].pod)) &&
                fpt_str_equal(all[i].measure, fpt_str_from(parts[k].measure)) &&
                fpt_str_equal(all[i].key, fpt_str_from(parts[k].key)))
                r = &all[i];
        if (r == NULL) fail_msg("no %s", parts[k].key);
        assert_true((double)r->baseline == parts[k].baseline);
        check_result(r, RUNS, parts[k].mean, parts[k].mean);
    }
    for (size_t i = 1; i < count; i++)
        assert_true(fpt_str_compare(all[i - 1].pod, all[i].pod) <= 0);
    files.by = "los_group";
    assert_int_equal(fpt_nhp_read(&arena, "p", fpt_str_from(FIXED), &files,
                                  &report, &nhp, &err),
                     FPT_ERR_USAGE);
    assert_non_null(strstr(err.text, "los_group"));
}

static void test_threads_change_nothing(void **state)
{
    (void)state;
    char *ip = spells(20, IP_HEAD,
                      "50,1,S,100,true,I,1,elective,ip_elective_admission,"
                      "demographics,3,1,11,TRUE,1,ZZ99,x\n");
    const table tables[] = {{"ip.csv", ip},
                            {"demographic_factors.csv", DEMOGRAPHY}};
    fpt_report report;
    const fpt_nhp *nhp = read_model(FIXED, 2, tables, &report, NULL);
    fpt_nhp_result *one, *many;
    const size_t count = run_model(nhp, 300, 1, &one);
    assert_int_equal(run_model(nhp, 300, 7, &many), count);
    for (size_t i = 0; i < count; i++)
        assert_memory_equal(one[i].run, many[i].run, 300 * sizeof *one[i].run);
}

static void test_bad_parameters_and_rows_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *code;
    } bad[] = {
        {"\"seed\":7", "\"seed\":\"x\"", "bad-number"},
        {"\"end_year\":2033", "\"end_year\":2050", "bad-number"},
        {"year-on-year-growth", "in-all", "bad-value-type"},
        {"migration_category\":1", "other\":1", "bad-variant"},
        {"migration_category\":1", "migration_category\":0", "no-variant"},
        {"[0.9,0.9]", "[0.9,0.8]", "interval-turned"},
        {"[0.9,0.9]", "[0.9,1.2]", "interval-outside"},
        {"[0.9,0.9]", "[0.9]", "bad-interval"},
        {"\"efficiencies\":{", "\"efficiencies\":[],\"x\":{", "missing-value"}};
    char *ip = spells(2, IP_HEAD,
                      "50,1,S,100,true,I,1,elective,ip_elective_admission,"
                      "demographics,3,1,11,TRUE,1,ZZ99,x\n");
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const table tables[] = {{"ip.csv", ip},
                                {"demographic_factors.csv", DEMOGRAPHY}};
        const char *at = strstr(FIXED, bad[i].from);
        assert_non_null(at);
        const fpt_str text =
            fpt_str_print(&arena, "%.*s%s%s", (int)(at - FIXED), FIXED,
                          bad[i].to, at + strlen(bad[i].from));
        fpt_report report;
        const fpt_nhp *nhp = read_model(text.data, 2, tables, &report, NULL);
        assert_false(fpt_nhp_is_runnable(nhp));
        bool found = false;
        for (size_t k = 0; k < report.count; k++)
            found = found || fpt_str_equal(report.finding[k].code,
                                           fpt_str_from(bad[i].code));
        if (!found) fail_msg("no %s", bad[i].code);
    }
    fpt_report report;
    fpt_status status;
    const table none[] = {{"demographic_factors.csv", DEMOGRAPHY}};
    (void)read_model("{\"a\":", 1, none, &report, &status);
    assert_int_equal(status, FPT_ERR_INPUT);
    const fpt_nhp *nhp = read_model(FIXED, 1, none, &report, NULL);
    assert_false(fpt_nhp_is_runnable(nhp)); /* no rows at all */
    static const char *const rows[] = {
        "1,51,1,S,100,true,I,1,elective,x,demographics,3,1,11,1,1,Z,x\n",
        "1,50,1,S,100,true,I,1,elective,x,demographics,-3,1,11,1,1,Z,x\n",
        "1,50,1,S,100,true,I,1,elective,x,demographics,2.5,1,11,1,1,Z,x\n",
        "1,50,1,S,100,maybe,I,1,elective,x,demographics,3,1,11,1,1,Z,x\n",
        "1,50,1,S,100,true\n"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const fpt_str text = fpt_str_print(&arena, "%s%s", IP_HEAD, rows[i]);
        const table tables[] = {{"ip.csv", text.data},
                                {"demographic_factors.csv", DEMOGRAPHY}};
        nhp = read_model(FIXED, 2, tables, &report, NULL);
        assert_false(fpt_nhp_is_runnable(nhp));
        const fpt_finding *last = &report.finding[report.count - 1];
        assert_true(last->severity == FPT_FAULT && last->line == 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_growth_is_a_product),
        cmocka_unit_test(test_efficiencies_by_type),
        cmocka_unit_test(test_sample_rates_belong_to_rows),
        cmocka_unit_test(test_outpatients_and_arrivals),
        cmocka_unit_test(test_intervals_are_clipped),
        cmocka_unit_test(test_each_step_has_its_mean),
        cmocka_unit_test(test_one_efficiency_a_row),
        cmocka_unit_test(test_results_are_broken_down),
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_bad_parameters_and_rows_are_named),
    };
    return cmocka_run_group_tests_name("nhp", tests, set_up, tear_down);
}
