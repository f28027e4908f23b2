/*
 * Places alike, opportunity and value for money: by hand, against R 4.2.2 and
 * closed forms, and what happens where nothing differs in truth.
 */
#include "check.h"
#include "fpt/num.h"
#include "fpt/opportunity.h"
#include "fpt/worth.h"

#define NONE ((double)NAN)

enum { PEERS = 10, ALL = PEERS + 1, DRAWS = 2000 };

/* ---- peers ---- */

static void test_who_is_like_whom(void **state)
{
    (void)state;
    /* One variable over four values, the other the same for all. */
    const double x[] = {1, 2, 4, 9, NONE, 5, 5, 5, 5, 5};
    double z[10], distance[5];
    size_t peer[3], order[10];
    fpt_peers_standardise(2, 5, x, z);
    /* R 4.2.2: scale(c(1, 2, 4, 9)) */
    assert_close(z[0], -0.8429272304, 1e-10);
    assert_close(z[3], 1.4048787174, 1e-10);
    assert_true(isnan(z[4]));
    assert_close(z[7], 0.0, 0.0);
    assert_int_equal(fpt_peers_find(2, 5, z, NULL, 1, 3, peer, distance, order),
                     3);
    assert_int_equal(peer[0], 0);
    assert_int_equal(peer[1], 2);
    assert_int_equal(peer[2], 3);
    assert_true(isnan(distance[1]) && isnan(distance[4]));
    assert_close(distance[0], fabs(z[0] - z[1]) / sqrt(2), 1e-15);
    /* Who lacks a variable has no peers; unless it weighs nothing. */
    assert_int_equal(fpt_peers_find(2, 5, z, NULL, 4, 3, peer, distance, order),
                     0);
    const double weight[] = {0, 2};
    assert_int_equal(
        fpt_peers_find(2, 5, z, weight, 4, 3, peer, distance, order), 3);
    assert_int_equal(peer[2], 2); /* all alike: in the order of the places */
}

/* ---- opportunity ---- */

static fpt_opportunity_options options_of(fpt_opportunity_kind kind)
{
    return (fpt_opportunity_options){.kind = kind,
                                     .better = -1,
                                     .best = 5,
                                     .draws = DRAWS,
                                     .seed = 3,
                                     .confidence = 0.95};
}

static const double events[ALL] = {300, 200, 250, 220, 310, 280,
                                   190, 240, 270, 260, 230};

static void test_the_published_figure(void **state)
{
    (void)state;
    double n[ALL], work[DRAWS];
    fpt_opportunity o;
    for (size_t i = 0; i < ALL; i++)
        n[i] = 1000;
    fpt_opportunity_options options = options_of(FPT_OPPORTUNITY_RATE);
    assert_ok(fpt_opportunity_find(PEERS, events, n, NULL, &options, work, &o));
    /* (190 + 200 + 220 + 230 + 240) / 5 = 216. */
    assert_close(o.benchmark, 0.216, 1e-15);
    assert_close(o.published, 84.0, 1e-12);
    assert_close(o.all_peers, 0.245, 1e-15);
    /* R 4.2.2, by the formula of moments */
    assert_close(o.mu, 0.25, 1e-15);
    assert_close(o.tau, 0.035355339059327376, 1e-15);
    assert_true(o.lower < o.mean && o.mean < o.upper);
    assert_true(o.mean < o.published && o.noise > 0.0 && o.noise < 1.0);
    options.kind = FPT_OPPORTUNITY_PROPORTION;
    assert_ok(fpt_opportunity_find(PEERS, events, n, NULL, &options, work, &o));
    assert_close(o.tau, 0.03624656968340334, 1e-15);
    /* Higher is better: the best five are the highest. */
    options.better = 1;
    assert_ok(fpt_opportunity_find(PEERS, events, n, NULL, &options, work, &o));
    assert_close(o.benchmark, 0.274, 1e-15);
    assert_close(o.published, 0.0, 0.0);
    assert_true(isnan(o.noise));
}

/* With many people what is published is nearly all true; the posterior mean of
 * the place itself is known in closed form when there is one peer. */
static void test_much_and_little_data(void **state)
{
    (void)state;
    double x[ALL], n[ALL], work[DRAWS];
    fpt_opportunity o;
    const fpt_opportunity_options options = options_of(FPT_OPPORTUNITY_RATE);
    for (size_t i = 0; i < ALL; i++) {
        n[i] = 1e7;
        x[i] = events[i] * 1e4;
    }
    assert_ok(fpt_opportunity_find(PEERS, x, n, NULL, &options, work, &o));
    assert_close(o.published, 84e4, 1e-6);
    assert_close(o.mean / o.published, 1.0, 0.01);
    assert_close(o.chance, 1.0, 0.0);
    /* R 4.2.2: the spread is no more than chance gives. */
    for (size_t i = 0; i < ALL; i++) {
        n[i] = 1000;
        x[i] = 20 + (double)((i * 7) % 11);
    }
    assert_ok(fpt_opportunity_find(PEERS, x, n, NULL, &options, work, &o));
    assert_close(o.tau, 0.0, 0.0);
    assert_close(o.chance, 0.0, 0.0);
}

/* Normal values: shrunk by hand. */
static void test_one_peer_by_hand(void **state)
{
    (void)state;
    const double x[] = {10, 4}, n[] = {100, 100}, se[] = {1, 1};
    double work[20000];
    fpt_opportunity o;
    fpt_opportunity_options options = options_of(FPT_OPPORTUNITY_VALUE);
    options.best = 1;
    options.draws = 20000;
    assert_ok(fpt_opportunity_find(1, x, n, se, &options, work, &o));
    /* Q = 18, one degree of freedom, scale 2 - 2/2: tau^2 = 17. Each is drawn to
     * the mean by 1/18: the difference of 6 is 6 * 17/18 on average, with
     * variance 2 * 17/18. */
    assert_close(o.tau, sqrt(17), 1e-14);
    assert_close(o.mean, 600.0 * 17 / 18, 4 * 100 * sqrt(34.0 / 18 / 20000));
    const double half = 1.959964 * 100 * sqrt(34.0 / 18);
    assert_close(o.upper - o.lower, 2 * half, 0.05 * half);
    assert_close(o.noise, 1.0 - o.mean / 600.0, 1e-12);
}

/* Nothing differs in truth: the published way finds gains for most, this one for
 * hardly any. */
static void test_nothing_to_gain(void **state)
{
    (void)state;
    enum { TIMES = 400, FEW = 400 };
    double n[ALL], x[ALL], work[FEW];
    size_t published = 0, found = 0;
    fpt_opportunity_options options = options_of(FPT_OPPORTUNITY_RATE);
    options.draws = FEW;
    for (uint32_t t = 0; t < TIMES; t++) {
        fpt_opportunity o;
        fpt_rng rng = fpt_rng_make(11, t, 0, 1);
        for (size_t i = 0; i < ALL; i++) {
            int64_t count;
            n[i] = 2000 + 500 * (double)(i % 3);
            assert_ok(fpt_sample_poisson(&rng, 0.02 * n[i], &count));
            x[i] = (double)count;
        }
        options.entity = t;
        assert_ok(fpt_opportunity_find(PEERS, x, n, NULL, &options, work, &o));
        published += o.published > 0.0;
        found += o.chance >= 0.975;
    }
    assert_true(published > TIMES / 2);
    assert_true(found <= TIMES * 5 / 100);
}

static void test_refusals(void **state)
{
    (void)state;
    const double good[] = {1, 2}, none[] = {0, 1}, minus[] = {-1, 2},
                 many[] = {3, 2}, bad[] = {NONE, 1};
    double work[100];
    const struct {
        const double *x, *n, *se;
        fpt_opportunity_kind kind;
        size_t peers, best;
        int64_t draws;
        int better;
        double confidence;
    } table[] = {
        {good, good, good, 0, 0, 1, 100, 1, 0.95},
        {good, good, good, 0, 257, 1, 100, 1, 0.95},
        {good, good, good, 0, 1, 2, 100, 1, 0.95},
        {good, good, good, 0, 1, 0, 100, 1, 0.95},
        {good, good, good, 0, 1, 1, 99, 1, 0.95},
        {good, good, good, 0, 1, 1, 100, 0, 0.95},
        {good, good, good, 0, 1, 1, 100, 1, 95},
        {good, none, good, 0, 1, 1, 100, 1, 0.95},
        {many, good, good, 0, 1, 1, 100, 1, 0.95},
        {minus, good, good, 1, 1, 1, 100, 1, 0.95},
        {bad, good, good, 1, 1, 1, 100, 1, 0.95},
        {good, good, none, 2, 1, 1, 100, 1, 0.95},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_opportunity o = {.mean = 99};
        const fpt_opportunity_options options = {.kind = table[i].kind,
                                                 .better = table[i].better,
                                                 .best = table[i].best,
                                                 .draws = table[i].draws,
                                                 .confidence =
                                                     table[i].confidence};
        assert_int_equal(fpt_opportunity_find(table[i].peers, table[i].x,
                                              table[i].n, table[i].se, &options,
                                              work, &o),
                         FPT_ERR_RANGE);
        assert_close(o.mean, 99, 0.0);
    }
}

/* ---- value for money ---- */

static void test_fieller(void **state)
{
    (void)state;
    const double z = 1.959963984540054;
    fpt_worth w = {.cost = 1000,
                   .effect = 20,
                   .effect_variance = 4,
                   .cost_variance = 900,
                   .covariance = 10};
    const fpt_worth_ratio r = fpt_worth_fieller(&w, z);
    assert_close(r.value, 50.0, 0.0);
    /* Both ends lie just z deviations from a ratio of their own. */
    const double ends[] = {r.lower, r.upper};
    for (size_t i = 0; i < 2; i++) {
        const double e = ends[i];
        const double net = w.cost - e * w.effect;
        const double variance =
            w.cost_variance - 2 * e * w.covariance + e * e * w.effect_variance;
        assert_close(net * net / variance, z * z, 1e-9);
    }
    assert_true(r.lower < 50 && r.upper > 50);
    /* Known costs: the limits are the cost over those of the effect. */
    w = (fpt_worth){.cost = 1000, .effect = 20, .effect_variance = 4};
    const fpt_worth_ratio known = fpt_worth_fieller(&w, z);
    assert_close(known.lower, 1000 / (20 + 2 * z), 1e-9);
    assert_close(known.upper, 1000 / (20 - 2 * z), 1e-9);
    /* An effect that could be nought has no bounded cost. */
    w.effect_variance = 400;
    assert_true(isnan(fpt_worth_fieller(&w, z).upper));
    w.effect = 0;
    assert_true(isnan(fpt_worth_fieller(&w, z).value));
}

static void test_both_below(void **state)
{
    (void)state;
    /* R 4.2.2: integrate(dnorm(x) pnorm((b - r x) / sqrt(1 - r^2)), -Inf, a) */
    static const struct {
        double a, b, r, p;
    } table[] = {{0.3, -0.5, 0.4, 0.2435758892011047},
                 {-1, 1, -0.9, 0.04316491650309875},
                 {2, 1.5, 0.99, 0.93319218244545},
                 {0, 0, 0.5, 1.0 / 3},
                 {-2, -2.5, 0.7, 0.00301048502825429},
                 {1, 0.5, 0, 0.841344746068543 * 0.691462461274013},
                 {0.2, 1, 1, 0.579259709439103},
                 {1, 1, -1, 0.682689492137086},
                 {HUGE_VAL, 0, 0.3, 0.5}};
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_close(fpt_normal_both_below(table[i].a, table[i].b, table[i].r),
                     table[i].p, 1e-11);
    assert_true(isnan(fpt_normal_both_below(NONE, 0, 0)));
}

static void test_the_plane(void **state)
{
    (void)state;
    const fpt_worth even = {.cost_variance = 1, .effect_variance = 4};
    fpt_worth_plane p = fpt_worth_quarters(&even);
    assert_close(p.better_cheaper, 0.25, 1e-12);
    assert_close(p.worse_dearer, 0.25, 1e-12);
    const fpt_worth w = {.cost = 5,
                         .effect = 1,
                         .cost_variance = 9,
                         .effect_variance = 2,
                         .covariance = 1};
    p = fpt_worth_quarters(&w);
    assert_close(p.better_cheaper + p.better_dearer + p.worse_cheaper +
                     p.worse_dearer,
                 1.0, 1e-12);
    assert_close(p.better_dearer + p.better_cheaper,
                 0.5 * erfc(-1 / sqrt(2) / sqrt(2)), 1e-12);
    const fpt_worth sure = {.cost = -1, .effect = 2};
    assert_close(fpt_worth_quarters(&sure).better_cheaper, 1.0, 0.0);
    /* Worth its money: at 5 for one of effect the two cancel. */
    assert_close(fpt_worth_accepted(&w, 5), 0.5, 1e-15);
    assert_close(fpt_worth_accepted(&sure, 0), 1.0, 0.0);
    const fpt_worth nothing = {0};
    assert_true(isnan(fpt_worth_accepted(&nothing, 10)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_is_like_whom),
        cmocka_unit_test(test_the_published_figure),
        cmocka_unit_test(test_much_and_little_data),
        cmocka_unit_test(test_one_peer_by_hand),
        cmocka_unit_test(test_nothing_to_gain),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_fieller),
        cmocka_unit_test(test_both_below),
        cmocka_unit_test(test_the_plane),
    };
    return cmocka_run_group_tests_name("opportunity", tests, NULL, NULL);
}
