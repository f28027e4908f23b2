/* Tests for what must hold in every future: payments, patients, and nothing
 * that is everything it should be. */
#include "plan_text.h"
#include "run_i.h"

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

/* ---- what holds in every future ---- */

/* The system's income is what comes from outside less what leaves; so all that
 * is paid within sums to zero, to the penny. */
static void test_payments_sum_to_zero(void **state)
{
    (void)state;
    const plan_table tables[] = {
        {"pools.csv", "pool,org,role,pounds,share_fraction\n"
                      "bcf,CCG,contributor,10000.33,0.65\n"
                      "bcf,B,contributor,5000,0.35\n"
                      "bcf,A,provider,9000.01,\nbcf,X,provider,7777.77,\n"},
        {"agreements.csv",
         "agreement,holder,measure,target_pounds,gate_fraction\n"
         "aco,CCG,em-a,1400000,0.9\n"},
        {"layers.csv",
         "agreement,direction,from_fraction,to_fraction,party,share_fraction\n"
         "aco,loss,0,0.01,CCG,1\naco,loss,0.01,,CCG,0.5\naco,loss,0.01,,A,0.3\n"
         "aco,loss,0.01,,B,0.2\naco,gain,0,,CCG,0.6\naco,gain,0,,A,0.4\n"},
        {"caps.csv",
         "agreement,direction,party,most_pounds\naco,loss,A,900\n"}};
    const fpt_plan *plan = plan_runnable(&arena, COUNT_OF(tables), tables);
    plan_run run = run_make(&arena, plan);
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    const size_t system = item_named(plan, FPT_PLAN_ORG, "system");
    const size_t to_x = item_named(plan, FPT_PLAN_PAYMENT, "em-x/X");
    for (uint32_t row = 0; row < 20; row++) {
        run_once(plan, &run, &s, 7, row);
        for (int year = 0; year <= 2; year++) {
            const double *income =
                metric_row(plan, &run, FPT_PLAN_METRIC_INCOME, system, year);
            const double *left =
                metric_row(plan, &run, FPT_PLAN_METRIC_PAID, to_x, year);
            const double *shared =
                metric_row(plan, &run, FPT_PLAN_METRIC_SHARED, system, year);
            for (int i = 0; i < FPT_LANES; i++) {
                /* X also spends 7,777.77 of the pool. */
                assert_true(income[i] == 290000000.0 - left[i] - 777777.0);
                assert_true(shared[i] == 0.0);
            }
        }
    }
}

/* With equal activity and cost the form of contracts moves money between
 * parties and none in or out. */
static void test_contract_form_does_not_move_the_system(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "contract,funder,provider,type,target,pounds,share_fraction,planned\n"
        "em-a,CCG,A,tariff,pod=em,,,\nem-b,CCG,B,tariff,pod=em,,,\n"
        "em-x,CCG,X,tariff,pod=em,,,\nrest,CCG,,tariff,pod=op|cc,,,\n",
        "contract,funder,provider,type,target,pounds,share_fraction,planned\n"
        "em-a,CCG,A,block,pod=em,1400000,,\nem-b,CCG,B,blended,pod=em,,0.2,"
        "plan\n"
        "em-x,CCG,X,tariff,pod=em,,,\nrest,CCG,,marginal,pod=op|cc,,0.7,\n",
        "contract,funder,provider,type,target,pounds,share_fraction,planned\n"
        "one,CCG,A,capitation,,140,,\ntwo,CCG,B,block,,400000.33,,\n"
        "three,CCG,B,outcome,,9999,0.77,\nem-x,CCG,X,tariff,pod=em,,,\n"};
    enum { ROWS = 6, RUNS = 3 * ROWS };
    static double first[RUNS][3][FPT_LANES], first_a[RUNS][3][FPT_LANES];
    for (size_t form = 0; form < COUNT_OF(forms); form++) {
        const plan_table tables[] = {
            {"contracts.csv", forms[form]},
            {"capitation.csv", "contract,age,weight\none,0-64,1\none,65+,3\n"}};
        const fpt_plan *plan = plan_runnable(&arena, form == 2 ? 2 : 1, tables);
        plan_run run = run_make(&arena, plan);
        fpt_plan_scenario s = fpt_plan_scenario_default();
        const size_t system = item_named(plan, FPT_PLAN_ORG, "system");
        const size_t a = item_named(plan, FPT_PLAN_ORG, "A");
        bool differs = false;
        for (uint32_t k = 0; k < RUNS; k++) {
            s.noise = (fpt_plan_noise)(k / ROWS);
            run_once(plan, &run, &s, 3, k % ROWS);
            for (int year = 0; year <= 2; year++) {
                const double *x = metric_row(
                    plan, &run, FPT_PLAN_METRIC_POSITION, system, year);
                const double *own =
                    metric_row(plan, &run, FPT_PLAN_METRIC_POSITION, a, year);
                const size_t bytes = FPT_LANES * sizeof *x;
                if (form == 0) {
                    memcpy(first[k][year], x, bytes);
                    memcpy(first_a[k][year], own, bytes);
                }
                assert_memory_equal(x, first[k][year], bytes);
                differs = differs || memcmp(own, first_a[k][year], bytes) != 0;
            }
        }
        assert_true(differs == (form > 0));
    }
}

/* Flows move patients and lose none: all organisations together, with those
 * elsewhere, see as many as without flows. */
static void test_flows_conserve_patients(void **state)
{
    (void)state;
    const fpt_plan *plan = plan_runnable(&arena, 0, NULL);
    plan_run run = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.noise = FPT_PLAN_NOISE_NONE;
    s.no_schemes = true;
    const size_t lines = fpt_plan_items(plan, FPT_PLAN_LINE);
    static double with[3][FPT_LANES], without[3][FPT_LANES];
    for (int side = 0; side < 2; side++) {
        s.no_flows = side == 1;
        run_once(plan, &run, &s, 3, 0);
        for (int year = 0; year <= 2; year++)
            for (int i = 0; i < FPT_LANES; i++) {
                double sum = 0.0;
                for (size_t l = 0; l < lines; l++)
                    sum += metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, l,
                                      year)[i];
                (side == 0 ? with : without)[year][i] = sum;
            }
    }
    const size_t x = item_named(plan, FPT_PLAN_LINE, "X//em/CCG");
    s.no_flows = false;
    run_once(plan, &run, &s, 3, 0);
    assert_true(metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, x, 1)[0] >
                100000.0);
    assert_true(metric_row(plan, &run, FPT_PLAN_METRIC_EVENTS, x, 0)[0] == 0.0);
    for (int year = 0; year <= 2; year++)
        for (int i = 0; i < FPT_LANES; i++)
            assert_close(with[year][i], without[year][i],
                         0.51 * (double)lines * 2.0);
}

/* ---- nothing is everything it should be ---- */

static void compare_named(const fpt_plan *a, const plan_run *x,
                          const fpt_plan *b, const plan_run *y)
{
    const size_t count = fpt_plan_facts_of(a).metrics;
    size_t compared = 0;
    for (size_t i = 0; i < count; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(a, i);
        const size_t items = fpt_plan_items(b, m.subject);
        for (size_t k = 0; k < items; k++) {
            if (!fpt_str_equal(fpt_plan_item_name(b, m.subject, k), m.name))
                continue;
            const size_t at = fpt_plan_metric_find(b, m.kind, k, m.year);
            if (memcmp(x->metric + i * FPT_LANES, y->metric + at * FPT_LANES,
                       FPT_LANES * sizeof(double)) != 0)
                fail_msg("%s %.*s %d differs", m.word, FPT_STR_ARG(m.name),
                         m.year);
            compared++;
        }
    }
    assert_true(compared == count);
}

#define SCHEMES                                                                \
    "scheme,programme,type,target,effect_fraction,start,ramp,units,"           \
    "unit_pounds,to_pod,pays\n"                                                \
    "keep-home,x,avoid,pod=em tags=frail,effect,2017/18,step,2,30,,CCG\n"      \
    "early,x,length-of-stay,pod=em,stay,2017/18,linear 1,,,,\n"                \
    "to-community,y,shift,pod=op,0.1,2018/19,step,1,,cc,\n"

static void test_a_null_scheme_changes_no_byte(void **state)
{
    (void)state;
    const plan_table with[] = {
        {"schemes.csv",
         SCHEMES "nothing,x,avoid,pod=em age>=65 sex=F,0,2017/18,step,3,99,,"
                 "CCG\n"}};
    const fpt_plan *a = plan_runnable(&arena, 0, NULL),
                   *b = plan_runnable(&arena, 1, with);
    for (int noise = 0; noise < 3; noise++) {
        plan_run x = run_make(&arena, a), y = run_make(&arena, b);
        fpt_plan_scenario s = fpt_plan_scenario_default();
        s.noise = (fpt_plan_noise)noise;
        run_once(a, &x, &s, 11, 2);
        run_once(b, &y, &s, 11, 2);
        compare_named(a, &x, b, &y);
    }
}

/* A scheme and an assumption behind the others leave their draws alone. */
static void test_adding_a_scheme_leaves_other_draws(void **state)
{
    (void)state;
    const plan_table more[] = {
        {"assumptions.csv",
         "assumption,distribution,value,p10,p90,lower,upper,author,source,"
         "evidence,programme\n"
         "effect,beta,0.1,0.05,0.2,,,me,none,assumed,x\n"
         "stay,beta,0.2,0.1,0.3,,,me,none,assumed,x\n"
         "prices,normal,0.02,0.01,0.03,,,me,none,assumed,\n"
         "new,beta,0.1,0.05,0.2,,,me,none,assumed,x\n"},
        {"schemes.csv",
         SCHEMES "new,x,avoid,pod=em age>=65,new,2018/19,step,0,,,\n"}};
    const fpt_plan *a = plan_runnable(&arena, 0, NULL),
                   *b = plan_runnable(&arena, 2, more);
    double z[64 * FPT_LANES], y[64 * FPT_LANES];
    for (uint32_t row = 0; row < 5; row++) {
        fpt_plan_draw(a, 5, row, z);
        fpt_plan_draw(b, 5, row, y);
        assert_memory_equal(z, y, 3 * FPT_LANES * sizeof *z);
    }
    /* And until it starts, nothing else is different either. */
    plan_run p = run_make(&arena, a), q = run_make(&arena, b);
    const fpt_plan_scenario s = fpt_plan_scenario_default();
    run_once(a, &p, &s, 11, 2);
    run_once(b, &q, &s, 11, 2);
    for (size_t l = 0; l < fpt_plan_items(a, FPT_PLAN_LINE); l++)
        assert_memory_equal(
            metric_row(a, &p, FPT_PLAN_METRIC_EVENTS, l, 1),
            metric_row(b, &q, FPT_PLAN_METRIC_EVENTS,
                       item_named(b, FPT_PLAN_LINE,
                                  fpt_plan_item_name(a, FPT_PLAN_LINE, l).data),
                       1),
            FPT_LANES * sizeof(double));
}

/* Realisation 0: the plan is the do-nothing case, bit for bit. */
static void test_no_realisation_is_doing_nothing(void **state)
{
    (void)state;
    const plan_table zero[] = {
        {"schemes.csv",
         "scheme,type,target,effect_fraction,start,ramp,units,unit_pounds,"
         "to_pod,pays,realisation\n"
         "keep-home,avoid,pod=em tags=frail,effect,2017/18,step,2,30,,CCG,0\n"
         "early,length-of-stay,pod=em,stay,2017/18,linear 1,,,,,0\n"
         "to-community,shift,pod=op,0.1,2018/19,step,1,,cc,,0\n"}};
    const fpt_plan *plan = plan_runnable(&arena, 1, zero);
    plan_run a = run_make(&arena, plan), b = run_make(&arena, plan);
    fpt_plan_scenario s = fpt_plan_scenario_default();
    run_once(plan, &a, &s, 9, 1);
    s.no_schemes = true;
    run_once(plan, &b, &s, 9, 1);
    assert_memory_equal(a.metric, b.metric,
                        fpt_plan_facts_of(plan).metrics * FPT_LANES *
                            sizeof(double));
}

static void test_levels_and_repeats_give_the_same_bytes(void **state)
{
    (void)state;
    const fpt_plan *plan = plan_runnable(&arena, 0, NULL);
    plan_run a = run_make(&arena, plan), b = run_make(&arena, plan);
    for (int noise = 0; noise < 3; noise++) {
        fpt_plan_scenario s = fpt_plan_scenario_default();
        s.noise = (fpt_plan_noise)noise;
        run_once(plan, &a, &s, 9, 1);
        for (int level = 0; level <= (int)fpt_lanes_best(); level++) {
            b.work->level = (fpt_lanes_level)level;
            run_once(plan, &b, &s, 8, 7); /* what was before leaves nothing */
            run_once(plan, &b, &s, 9, 1);
            assert_memory_equal(a.metric, b.metric,
                                fpt_plan_facts_of(plan).metrics * FPT_LANES *
                                    sizeof(double));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_payments_sum_to_zero),
        cmocka_unit_test(test_contract_form_does_not_move_the_system),
        cmocka_unit_test(test_flows_conserve_patients),
        cmocka_unit_test(test_a_null_scheme_changes_no_byte),
        cmocka_unit_test(test_adding_a_scheme_leaves_other_draws),
        cmocka_unit_test(test_no_realisation_is_doing_nothing),
        cmocka_unit_test(test_levels_and_repeats_give_the_same_bytes),
    };
    return cmocka_run_group_tests_name("plan_run", tests, set_up, tear_down);
}
