/* Tests for the odds of a plan: closed forms, shards, threads. */
#include "fpt/stress.h"
#include "money_plan.h"

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

static fpt_plan *money_plan(void)
{
    const plan_table tables[] = {MONEY_PLAN};
    return plan_of(&arena, COUNT_OF(tables), tables);
}

static fpt_stress *run(const fpt_plan *plan, uint64_t draws, unsigned threads,
                       uint32_t shard, uint32_t shards)
{
    fpt_stress_options o = fpt_stress_options_default();
    o.draws = draws;
    o.threads = threads;
    o.shard = shard;
    o.shards = shards;
    fpt_stress *stress = NULL;
    fpt_error err = {0};
    assert_ok_or(fpt_stress_run(&arena, plan, &o, &stress, &err), err);
    return stress;
}

static fpt_str text_of(const fpt_stress *stress)
{
    fpt_output out = fpt_output_memory(&arena);
    fpt_stress_write(stress, &out);
    fpt_error err = {0};
    assert_ok_or(fpt_output_finish(&out, "memory", &err), err);
    return fpt_strbuf_view(&out.text);
}

static fpt_tally_summary margin_of(const fpt_plan *plan,
                                   const fpt_stress *stress, size_t item)
{
    const size_t at = fpt_stress_find(
        stress, fpt_plan_metric_find(plan, FPT_PLAN_METRIC_MARGIN, item, 1));
    assert_true(at != SIZE_MAX);
    return fpt_stress_summary(stress, at);
}

static void check_odds(fpt_odds odds, double want)
{
    const double error = sqrt(want * (1.0 - want) / (double)odds.draws);
    if (!(fabs(odds.value - want) < 4.0 * error))
        fail_msg("odds %.5f, expected %.5f", odds.value, want);
}

/* ---- closed forms ---- */

static void check_normal(const fpt_tally_summary *s, double mean, double sd)
{
    const double n = (double)s->count, at = mean / sd;
    const double density = 0.39894228040143268 * exp(-0.5 * at * at);
    assert_close(s->mean, mean, 4.0 * sd / sqrt(n));
    assert_relative(s->sd, sd, 4.0 / sqrt(2.0 * n));
    assert_close(s->shortfall, sd * density - mean * fpt_normal_cdf(-at),
                 4.0 * sd / sqrt(n));
    /* A quantile's error: sqrt(p (1 - p) / n) over the density, and the bin. */
    assert_close(s->p10, mean - Z80 * sd,
                 4.0 * sqrt(0.09 / n) / 0.17549833 * sd +
                     0.008 * fabs(mean - Z80 * sd));
    assert_close(s->p50, mean,
                 4.0 * 0.5 / sqrt(n) / 0.39894 * sd + 0.008 * fabs(mean));
    /* phi(z)/0.05 = 2.06271281 deviations below the mean. */
    assert_close(s->tail_5, mean - 2.0627128 * sd, 0.05 * sd);
}

static void test_odds_of_normal_margins(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    const fpt_stress *s = run(plan, 40000, 2, 0, 0);
    const double sd = sqrt(sd_a * sd_a + sd_b * sd_b);
    const fpt_tally_summary a = margin_of(plan, s, 0),
                            b = margin_of(plan, s, 1);
    const fpt_tally_summary system = margin_of(plan, s, 2);
    check_normal(&a, mean_a, sd_a);
    check_normal(&b, mean_b, sd_b);
    check_normal(&system, mean_a + mean_b, sd);
    const double pa = fpt_normal_cdf(mean_a / sd_a);
    const double pb = fpt_normal_cdf(mean_b / sd_b);
    const double ps = fpt_normal_cdf((mean_a + mean_b) / sd);
    const fpt_stress_met met = fpt_stress_met_in(s, 1);
    check_odds(met.system, ps);
    check_odds(met.all_orgs, pa * pb);
    /* When all meet, so does the sum of totals that sum to the system's. */
    check_odds(met.system_not_all, ps - pa * pb);
    check_odds(fpt_odds_of(a.count - a.negative, a.count), pa);
    const fpt_stress_met ever = fpt_stress_met_in(s, 0);
    assert_int_equal(ever.system.events, met.system.events);
    assert_int_equal(fpt_stress_first_miss(s, 1).events +
                         fpt_stress_first_miss(s, 2).events,
                     40000);
    assert_int_equal(fpt_stress_first_miss(s, 2).events, met.system.events);
}

static void test_odds_fall_when_a_total_rises(void **state)
{
    (void)state;
    uint64_t before = UINT64_MAX, all_before = UINT64_MAX;
    for (int pounds = -2000000; pounds <= 2000000; pounds += 250000) {
        char text[256];
        (void)snprintf(text, sizeof text,
                       "org,year,pounds\nA,2017/18,0\nB,2017/18,%d\n"
                       "system,2017/18,%d\n",
                       pounds, pounds);
        plan_table tables[] = {MONEY_PLAN};
        for (size_t i = 0; i < COUNT_OF(tables); i++)
            if (strcmp(tables[i].name, "control_totals.csv") == 0)
                tables[i].text = text;
        const fpt_plan *plan = plan_of(&arena, COUNT_OF(tables), tables);
        const fpt_stress_met met =
            fpt_stress_met_in(run(plan, 2000, 2, 0, 0), 1);
        assert_true(met.system.events <= before);
        assert_true(met.all_orgs.events <= all_before);
        before = met.system.events;
        all_before = met.all_orgs.events;
    }
    assert_true(before < 200);
}

/* ---- threads and shards ---- */

static void test_threads_give_the_same_bytes(void **state)
{
    (void)state;
    fpt_report report;
    const fpt_plan *plan = plan_with(&arena, &report, 0, NULL, NULL);
    const fpt_str one = text_of(run(plan, 1000, 1, 0, 0));
    for (unsigned threads = 2; threads <= 8; threads++) {
        const fpt_str many = text_of(run(plan, 1000, threads, 0, 0));
        assert_true(fpt_str_equal(one, many));
    }
}

static void test_shards_in_any_order_give_the_same_bytes(void **state)
{
    (void)state;
    fpt_report report;
    const fpt_plan *plan = plan_with(&arena, &report, 0, NULL, NULL);
    const fpt_str whole = text_of(run(plan, 1001, 2, 0, 0));
    static const uint32_t splits[] = {2, 3, 7, 20};
    for (size_t k = 0; k < COUNT_OF(splits); k++) {
        const uint32_t shards = splits[k];
        fpt_stress *sum = run(plan, 1001, 1, shards, shards);
        for (uint32_t shard = 1; shard < shards; shard++) {
            assert_false(fpt_stress_is_whole(sum));
            /* By way of text, as between machines. */
            const fpt_str text = text_of(run(plan, 1001, 1, shard, shards));
            fpt_stress *read = NULL;
            fpt_error err = {0};
            assert_ok_or(
                fpt_stress_read(&arena, plan, "shard", text, &read, &err), err);
            assert_ok_or(fpt_stress_join(sum, read, &err), err);
        }
        assert_true(fpt_stress_is_whole(sum));
        assert_int_equal(fpt_stress_draws(sum), 1001);
        assert_true(fpt_str_equal(text_of(sum), whole));
    }
}

static void test_shards_that_do_not_belong(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    fpt_error err = {0};
    fpt_stress *one = run(plan, 500, 1, 1, 3);
    assert_int_equal(fpt_stress_join(one, run(plan, 500, 1, 1, 3), &err),
                     FPT_ERR_REFUSED);
    assert_non_null(strstr(err.text, "twice"));
    const struct {
        uint64_t draws, seed;
        uint32_t shard, shards;
        fpt_plan_noise noise;
        const char *says;
    } others[] = {
        {501, 0, 2, 3, FPT_PLAN_NOISE_MOMENTS, "of 500 and of 501 draws"},
        {500, 9, 2, 3, FPT_PLAN_NOISE_MOMENTS, "two seeds: 7 and 9"},
        {500, 0, 2, 4, FPT_PLAN_NOISE_MOMENTS, "split in 3, the other in 4"},
        {500, 0, 2, 3, FPT_PLAN_NOISE_NONE, "chance in two ways"}};
    for (size_t k = 0; k < COUNT_OF(others); k++) {
        fpt_stress_options o = fpt_stress_options_default();
        o.draws = others[k].draws;
        o.seed = others[k].seed;
        o.shard = others[k].shard;
        o.shards = others[k].shards;
        o.noise = others[k].noise;
        fpt_stress *strange = NULL;
        assert_ok_or(fpt_stress_run(&arena, plan, &o, &strange, &err), err);
        assert_int_equal(fpt_stress_join(one, strange, &err), FPT_ERR_REFUSED);
        if (strstr(err.text, others[k].says) == NULL)
            fail_msg("%s: %s", others[k].says, err.text);
    }
    fpt_report report;
    const fpt_plan *other = plan_with(&arena, &report, 0, NULL, NULL);
    fpt_stress *read = NULL;
    assert_int_equal(
        fpt_stress_read(&arena, other, "s", text_of(one), &read, &err),
        FPT_ERR_REFUSED);
    fpt_stress_options o = fpt_stress_options_default();
    o.shard = 4;
    o.shards = 3;
    assert_int_equal(fpt_stress_run(&arena, plan, &o, &read, &err),
                     FPT_ERR_USAGE);
}

static void test_a_shard_that_is_cut_or_changed(void **state)
{
    (void)state;
    const fpt_plan *plan = money_plan();
    const fpt_str text = text_of(run(plan, 300, 1, 1, 2));
    for (size_t len = 0; len < text.len; len += 1 + len / 20) {
        fpt_stress *read = NULL;
        fpt_error err = {0};
        const fpt_str cut = {text.data, len};
        const fpt_status status =
            fpt_stress_read(&arena, plan, "s", cut, &read, &err);
        assert_true(status == FPT_ERR_INPUT || status == FPT_ERR_REFUSED);
        assert_true(err.text[0] != '\0');
    }
    /* Any byte that is changed is noticed. */
    fpt_rng rng = fpt_rng_make(2, 0, 0, 0);
    char *copy = FPT_NEW(&arena, char, text.len + 64);
    for (int i = 0; i < 300; i++) {
        memcpy(copy, text.data, text.len);
        copy[fpt_rng_below(&rng, (uint32_t)text.len)] ^=
            (char)(1 + fpt_rng_below(&rng, 255));
        fpt_stress *read = NULL;
        fpt_error err = {0};
        const fpt_status status = fpt_stress_read(
            &arena, plan, "s", (fpt_str){copy, text.len}, &read, &err);
        assert_true(status == FPT_ERR_INPUT || status == FPT_ERR_REFUSED);
        assert_true(err.text[0] != '\0');
    }
    /* A digit of a sum: nothing but the digest can tell. */
    memcpy(copy, text.data, text.len);
    char *sum = strstr(copy, "\nmetric 0 ");
    assert_non_null(sum);
    for (int blanks = 0; blanks < 6; sum++)
        blanks += *sum == ' ';
    *sum = *sum == '9' ? '8' : (char)(*sum + 1);
    fpt_stress *read = NULL;
    fpt_error err = {0};
    assert_int_equal(fpt_stress_read(&arena, plan, "s",
                                     (fpt_str){copy, text.len}, &read, &err),
                     FPT_ERR_INPUT);
    assert_non_null(strstr(err.text, "changed since it was written"));
    /* Nor may anything follow. */
    memcpy(copy, text.data, text.len);
    memcpy(copy + text.len, "shard 2\n", 8);
    assert_int_equal(fpt_stress_read(&arena, plan, "s",
                                     (fpt_str){copy, text.len + 8}, &read,
                                     &err),
                     FPT_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_odds_of_normal_margins),
        cmocka_unit_test(test_odds_fall_when_a_total_rises),
        cmocka_unit_test(test_threads_give_the_same_bytes),
        cmocka_unit_test(test_shards_in_any_order_give_the_same_bytes),
        cmocka_unit_test(test_shards_that_do_not_belong),
        cmocka_unit_test(test_a_shard_that_is_cut_or_changed),
    };
    return cmocka_run_group_tests_name("odds", tests, set_up, tear_down);
}
