/*
 * Tests for distribution.h: every table is R 4.2.2's own answer; then identities
 * that need no table: quantiles put back into their tails, exact tests summed by
 * brute force.
 */
#include "check.h"

#include "fpt/num.h"

struct two {
    double at, want;
};
struct three {
    double tail, df, want;
};

static void test_normal(void **state)
{
    (void)state;
    static const struct two upper[] = {
        {0.5, 0},
        {0.29999999999999999, 0.52440051270804067},
        {0.10000000000000001, 1.2815515655446008},
        {0.050000000000000003, 1.6448536269514726},
        {0.025000000000000001, 1.9599639845400538},
        {0.01, 2.3263478740408408},
        {0.001, 3.0902323061678132},
        {1.0000000000000001e-05, 4.2648907939228256},
        {1e-10, 6.3613409024040557},
        {1e-100, 21.273453560965319},
        {1e-300, 37.047096299361201},
        {0.90000000000000002, -1.2815515655446008},
        {0.999, -3.0902323061678132},
    };
    for (size_t i = 0; i < COUNT_OF(upper); i++)
        assert_relative(fpt_normal_upper(upper[i].at), upper[i].want, 1e-15);
    static const struct two p[] = {
        {0, 1},
        {0.5, 0.61707507745197387},
        {1, 0.31731050786291409},
        {1.96, 0.049995790296440856},
        {2.5758000000000001, 0.010000847475557363},
        {3.29, 0.0010018738275714442},
        {5, 5.7330314375838782e-07},
        {10, 1.5239706048321054e-23},
        {30, 9.8134278542963744e-198},
        {37, 1.1451142445049154e-299},
    };
    for (size_t i = 0; i < COUNT_OF(p); i++) {
        assert_relative(fpt_normal_two_sided(p[i].at), p[i].want, 1e-15);
        assert_relative(fpt_normal_two_sided(-p[i].at), p[i].want, 1e-15);
    }
}

static void test_student(void **state)
{
    (void)state;
    static const struct three upper[] = {
        {0.25, 1, 1},
        {0.25, 2, 0.81649658092772592},
        {0.25, 3.5, 0.75093702939407814},
        {0.25, 10, 0.69981206131243168},
        {0.25, 30, 0.68275569332129227},
        {0.25, 1000, 0.67473516460700933},
        {0.25, 1000000, 0.67448999553108735},
        {0.050000000000000003, 1, 6.3137515146750438},
        {0.050000000000000003, 2, 2.919985580353726},
        {0.050000000000000003, 3.5, 2.2224334936496009},
        {0.050000000000000003, 10, 1.8124611228116763},
        {0.050000000000000003, 30, 1.697260886593958},
        {0.050000000000000003, 1000, 1.6463788172854645},
        {0.050000000000000003, 1000000, 1.6448551507220404},
        {0.025000000000000001, 1, 12.706204736174707},
        {0.025000000000000001, 2, 4.3026527297494637},
        {0.025000000000000001, 3.5, 2.9400886379827296},
        {0.025000000000000001, 10, 2.2281388519862744},
        {0.025000000000000001, 30, 2.0422724563012382},
        {0.025000000000000001, 1000, 1.9623390808264078},
        {0.025000000000000001, 1000000, 1.9599663568141066},
        {0.001, 1, 318.30883898555044},
        {0.001, 2, 22.327124770119873},
        {0.001, 3.5, 8.3155676045161169},
        {0.001, 10, 4.1437004940465894},
        {0.001, 30, 3.3851848668293054},
        {0.001, 1000, 3.098402163912922},
        {0.001, 1000000, 3.0902404563165193},
        {9.9999999999999995e-07, 1, 318309.88618274347},
        {9.9999999999999995e-07, 2, 707.10572052593386},
        {9.9999999999999995e-07, 3.5, 61.045121207720626},
        {9.9999999999999995e-07, 10, 9.7519954909405797},
        {9.9999999999999995e-07, 30, 5.8711171204188828},
        {9.9999999999999995e-07, 1000, 4.7816086204583499},
        {9.9999999999999995e-07, 1000000, 4.75345234827968},
    };
    for (size_t i = 0; i < COUNT_OF(upper); i++)
        assert_relative(fpt_t_upper(upper[i].tail, upper[i].df), upper[i].want,
                        1e-14);
    static const struct three p[] = {
        {0.10000000000000001, 1, 0.93654896513889285},
        {0.10000000000000001, 4, 0.92515584093945324},
        {0.10000000000000001, 29, 0.92103244448737376},
        {0.10000000000000001, 500, 0.92038440753687611},
        {1, 1, 0.49999999999999956},
        {1, 4, 0.37390096630005898},
        {1, 29, 0.32558198801619365},
        {1, 500, 0.31779420726060859},
        {2, 1, 0.29516723530086642},
        {2, 4, 0.11611652351681551},
        {2, 29, 0.05494363718296718},
        {2, 500, 0.046040682769031407},
        {5, 1, 0.12566591637800234},
        {5, 4, 0.0074904338812745259},
        {5, 29, 2.5366315735423162e-05},
        {5, 500, 7.9464150479095521e-07},
        {30, 1, 0.021212804811070848},
        {30, 4, 7.3528560976613233e-06},
        {30, 29, 2.1977448450988108e-23},
        {30, 500, 7.2142888884282899e-114},
    };
    for (size_t i = 0; i < COUNT_OF(p); i++)
        assert_relative(fpt_t_two_sided(-p[i].tail, p[i].df), p[i].want, 1e-14);
}

static void test_chi_squared(void **state)
{
    (void)state;
    static const struct three upper[] = {
        {0.5, 1, 0.45493642311957283},
        {0.5, 2, 1.3862943611198906},
        {0.5, 9, 8.3428326922529532},
        {0.5, 60.5, 59.834655128323234},
        {0.050000000000000003, 1, 3.8414588206941258},
        {0.050000000000000003, 2, 5.991464547107979},
        {0.050000000000000003, 9, 16.918977604620448},
        {0.050000000000000003, 60.5, 79.657177596633701},
        {0.002, 1, 9.549535706083244},
        {0.002, 2, 12.429216196844383},
        {0.002, 9, 26.056433345164141},
        {0.002, 60.5, 97.034632860254632},
        {1e-08, 1, 32.841253361236788},
        {1e-08, 2, 36.841361487904734},
        {1e-08, 9, 55.449105115434534},
        {1e-08, 60.5, 143.7192606810722},
    };
    for (size_t i = 0; i < COUNT_OF(upper); i++)
        assert_relative(fpt_chi_squared_upper(upper[i].tail, upper[i].df),
                        upper[i].want, 1e-14);
    static const struct three tail[] = {
        {0, 1, 1},
        {0.5, 1, 0.47950012218695348},
        {3.8399999999999999, 1, 0.050043521248705224},
        {9.5495357060832422, 1, 0.0020000000000000026},
        {14.2695639445, 1, 0.000158405649382077},
        {100, 1, 1.5239706048321054e-23},
    };
    for (size_t i = 0; i < COUNT_OF(tail); i++)
        assert_relative(fpt_chi_squared_tail(tail[i].tail, tail[i].df),
                        tail[i].want, 1e-14);
}

static void test_poisson_limits(void **state)
{
    (void)state;
    static const struct {
        double events, tail, lower, upper;
    } table[] = {
        {0, 0.10000000000000001, 0, 2.3025850929940459},
        {0, 0.025000000000000001, 0, 3.688879454113934},
        {0, 0.001, 0, 6.9077552789821368},
        {0.5, 0.10000000000000001, 0.0078953870467156143, 3.1256943155851618},
        {0.5, 0.025000000000000001, 0.00049103455858762809, 4.6742018022480725},
        {0.5, 0.001, 7.8539857463124521e-07, 8.1331180981190645},
        {1, 0.10000000000000001, 0.10536051565782631, 3.88972016986743},
        {1, 0.025000000000000001, 0.025317807984289876, 5.5716433909388989},
        {1, 0.001, 0.0010005003335835335, 9.2334134764515845},
        {2.5, 0.10000000000000001, 0.80515399348116135, 6.0085183118902643},
        {2.5, 0.025000000000000001, 0.41560580674333125, 8.0063821373146613},
        {2.5, 0.001, 0.10510630131460959, 12.160943173928427},
        {5, 0.10000000000000001, 2.4325910259626644, 9.274673893351622},
        {5, 0.025000000000000001, 1.6234863901184207, 11.668332079322672},
        {5, 0.001, 0.73937173191783245, 16.454745203680108},
        {9, 0.10000000000000001, 5.4324680582544316, 14.205990292152819},
        {9, 0.025000000000000001, 4.115373097378332, 17.084803451419166},
        {9, 0.001, 2.4524244043637746, 22.65737330906293},
        {9.5, 0.10000000000000001, 5.8254550160634766, 14.807544718091368},
        {9.5, 0.025000000000000001, 4.4532582409939856, 17.739437952863625},
        {9.5, 0.001, 2.7034080088008987, 23.398519020780657},
        {10, 0.10000000000000001, 6.2213046052250318, 15.406641171976519},
        {10, 0.025000000000000001, 4.7953886961324335, 18.390356042017775},
        {10, 0.001, 2.9605203727437597, 24.133971145417586},
        {57, 0.10000000000000001, 47.563804830613371, 67.949011212211289},
        {57, 0.025000000000000001, 43.171243362924749, 73.850111402962824},
        {57, 0.001, 36.482537723677027, 84.406666058402607},
        {100, 0.10000000000000001, 87.417636499593684, 114.07453713067451},
        {100, 0.025000000000000001, 81.363991250923149, 121.62679379242637},
        {100, 0.001, 71.921397495000392, 134.92431906126447},
        {1000, 0.10000000000000001, 959.69393272883337, 1041.7545690776437},
        {1000, 0.025000000000000001, 938.97301840769524, 1063.9521360163019},
        {1000, 0.001, 905.12079093497664, 1101.6269438790305},
        {123456, 0.10000000000000001, 123005.92478784113, 123907.50528538138},
        {123456, 0.025000000000000001, 122768.28869851555, 124146.60839534459},
        {123456, 0.001, 122373.05573961877, 124545.64834184368},
        {1000000000, 0.10000000000000001, 999959473.99527013,
         1000040527.4329998},
        {1000000000, 0.025000000000000001, 999938021.44392788,
         1000061981.4504089},
        {1000000000, 0.001, 999902281.12397301, 1000097725.5757663},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const double events = table[i].events, tail = table[i].tail;
        const double lower = fpt_poisson_lower(events, tail);
        const double upper = fpt_poisson_upper(events, tail);
        assert_relative(lower, table[i].lower, 1e-13);
        assert_relative(upper, table[i].upper, 1e-13);
        /* Doubled, they are chi-squared quantiles: put them back. */
        if (events > 0.0)
            assert_relative(fpt_chi_squared_tail(2.0 * lower, 2.0 * events),
                            1.0 - tail, 1e-11);
        assert_relative(fpt_chi_squared_tail(2.0 * upper, 2.0 * events + 2.0),
                        tail, 1e-9);
    }
}

static void test_beta(void **state)
{
    (void)state;
    static const struct {
        double p, a, b, lower, upper;
    } table[] = {
        {0.025000000000000001, 1, 3, 0.0084037586596126361,
         0.70759822617871337},
        {0.001, 1, 3, 0.00033344450621402183, 0.90000000000000002},
        {0.025000000000000001, 5, 6, 0.18708602844739855, 0.73762192339305499},
        {0.001, 5, 6, 0.089813189811854252, 0.85869101532810721},
        {0.025000000000000001, 50, 101, 0.25855636339351035,
         0.40793279501181545},
        {0.001, 50, 101, 0.22070073716592628, 0.45414185539170404},
        {0.025000000000000001, 0.5, 2.5, 0.00021690847003096592,
         0.66682175440120939},
        {0.001, 0.5, 2.5, 3.469784001197915e-07, 0.9041792768317406},
        {0.025000000000000001, 1000, 3, 0.99280850650224894,
         0.99938213664998599},
        {0.001, 1000, 3, 0.98884501464487173, 0.99980967501322759},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const double p = table[i].p, a = table[i].a, b = table[i].b;
        assert_relative(fpt_beta_lower(p, a, b), table[i].lower, 1e-13);
        assert_relative(fpt_beta_upper(p, a, b), table[i].upper, 1e-13);
        assert_close(fpt_beta_lower(p, a, b), 1.0 - fpt_beta_upper(p, b, a),
                     1e-14);
    }
    /* With b = 1 the distribution function is q^a. */
    for (double a = 0.25; a < 300.0; a *= 2.0)
        assert_relative(fpt_beta_lower(0.3, a, 1.0), pow(0.3, 1.0 / a), 1e-13);
}

/* Where Rmath alone gives up, and says so on the screen. */
static void test_beta_at_the_ends(void **state)
{
    (void)state;
    /* R 4.2.2: qbeta(0.025, 2.5, 4e12); qbeta(0.975, 1e-3, 3). */
    assert_relative(fpt_beta_lower(0.025, 2.5, 4e12), 1.0390145168580821e-13,
                    1e-12);
    assert_relative(fpt_beta_upper(0.025, 1e-3, 3.0), 2.2565514862986383e-12,
                    1e-12);
    assert_close(fpt_beta_upper(0.025, 4e12, 2.5), 1.0 - 1.0390145168580821e-13,
                 1e-16);
    assert_close(fpt_beta_lower(0.2, 250.0, 1e-6), 1.0, 0.0);
    assert_close(fpt_beta_lower(0.2, 1e-12, 3.0), 0.0, 0.0);
    assert_close(fpt_beta_upper(0.2, 3.0, 1e-300), 1.0, 0.0);
    assert_close(fpt_beta_below(0.2, 1e-300, 3.0), 1.0, 0.0);
    assert_close(fpt_beta_below(0.2, 3.0, 1e-300), 0.0, 0.0);
    assert_close(fpt_beta_below(1.0, 3.0, 1e-300), 1.0, 0.0);
}

static void test_hardly_any_events(void **state)
{
    (void)state;
    for (double events = 1e-4; events > 1e-308; events /= 7.0) {
        assert_close(fpt_poisson_lower(events, 0.025), 0.0, 0.0);
        assert_relative(fpt_poisson_upper(events, 0.025), -log(0.025),
                        2.0 * events + 1e-14);
    }
    /* R 4.2.2: qgamma(0.025, 1 + 1e-5, lower.tail = FALSE). */
    assert_relative(fpt_poisson_upper(1e-5, 0.025), 3.6889004885279486, 1e-13);
}

static void test_binomial_quantile(void **state)
{
    (void)state;
    static const struct {
        double points, want;
    } table[] = {
        {10, 2},  {12, 3},  {16, 4},  {20, 6},   {24, 8},
        {30, 10}, {36, 13}, {50, 19}, {100, 41},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_close(fpt_binomial_quantile(0.05, table[i].points - 1.0, 0.5),
                     table[i].want, 0.0);
}

static void test_two_sided_exact(void **state)
{
    (void)state;
    static const struct {
        double events, trials, chance, want;
    } binomial[] = {
        {0, 10, 0.5, 0.0019531250000000004},
        {3, 10, 0.5, 0.34375000000000011},
        {5, 10, 0.5, 1},
        {9, 10, 0.3, 0.00014368589999999999},
        {120, 1000, 0.1, 0.039607719641630443},
        {12, 200, 0.1, 0.059138758915188279},
        {7, 7, 0.5, 0.015625000000000007},
        {1, 50, 0.001, 0.048794371802968681},
        {40, 100, 0.37, 0.53576424500451236},
        {0, 20, 0.2, 0.021511001366792785},
    };
    for (size_t i = 0; i < COUNT_OF(binomial); i++)
        assert_relative(fpt_binomial_two_sided(binomial[i].events,
                                               binomial[i].trials,
                                               binomial[i].chance),
                        binomial[i].want, 1e-12);
    static const struct {
        double events, mean, want;
    } poisson[] = {
        {0, 3, 0.08329560367670516},
        {1, 3.5, 0.27827467230465491},
        {5, 5, 1},
        {10, 4.2000000000000002, 0.011126988198972421},
        {137, 24.198930000000001, 2.8452272641144545e-56},
        {15, 15.5, 1},
        {50, 70, 0.014215403305095724},
        {9000, 8800.5, 0.033895346116242578},
        {2, 0.01, 4.9667913340265896e-05},
    };
    for (size_t i = 0; i < COUNT_OF(poisson); i++)
        assert_relative(
            fpt_poisson_two_sided(poisson[i].events, poisson[i].mean),
            poisson[i].want, 1e-12);
    assert_true(fpt_binomial_two_sided(0, 5, 0.0) == 1.0);
    assert_true(fpt_binomial_two_sided(1, 5, 0.0) == 0.0);
    assert_true(fpt_binomial_two_sided(5, 5, 1.0) == 1.0);
    assert_true(fpt_binomial_two_sided(4, 5, 1.0) == 0.0);
    assert_true(fpt_poisson_two_sided(0, 0.0) == 1.0);
    assert_true(fpt_poisson_two_sided(2, 0.0) == 0.0);
}

/* The definition, term by term: all outcomes that are no likelier. */
static void test_two_sided_by_brute_force(void **state)
{
    (void)state;
    static const double chances[] = {0.02, 0.3, 0.5, 0.77, 0.999};
    for (size_t c = 0; c < COUNT_OF(chances); c++) {
        const double chance = chances[c];
        for (int trials = 1; trials <= 30; trials++) {
            long double chance_of[31];
            for (int k = 0; k <= trials; k++)
                chance_of[k] = expl(
                    lgammal(trials + 1.0L) - lgammal(k + 1.0L) -
                    lgammal(trials - k + 1.0L) + k * logl((long double)chance) +
                    (trials - k) * log1pl((long double)-chance));
            for (int x = 0; x <= trials; x++) {
                long double p = 0.0L;
                for (int k = 0; k <= trials; k++)
                    if (chance_of[k] <= chance_of[x] * (1.0L + 1e-7L))
                        p += chance_of[k];
                assert_relative(fpt_binomial_two_sided(x, trials, chance),
                                fmin(1.0, (double)p), 1e-11);
            }
        }
    }
}

static void test_outside_the_domain_is_nan(void **state)
{
    (void)state;
    const double bad = (double)NAN;
    const double got[] = {
        fpt_normal_upper(0.0),
        fpt_normal_upper(1.0),
        fpt_normal_upper(bad),
        fpt_normal_two_sided(bad),
        fpt_t_upper(0.5, 0.0),
        fpt_t_upper(bad, 3.0),
        fpt_t_two_sided(1.0, -1.0),
        fpt_t_two_sided(bad, 1.0),
        fpt_chi_squared_upper(2.0, 1.0),
        fpt_chi_squared_upper(0.5, bad),
        fpt_chi_squared_tail(-1.0, 1.0),
        fpt_poisson_lower(-1.0, 0.025),
        fpt_poisson_lower(5.0, 0.0),
        fpt_poisson_upper(bad, 0.025),
        fpt_poisson_upper(1e300, 0.025),
        fpt_beta_lower(1.5, 1.0, 1.0),
        fpt_beta_lower(0.5, 0.0, 1.0),
        fpt_beta_upper(0.5, 1.0, bad),
        fpt_beta_upper(-0.1, 1.0, 1.0),
        fpt_beta_upper(0.5, 0.1, 0.2),
        fpt_beta_below(0.5, 0.1, 0.2),
        fpt_binomial_quantile(0.5, 1.5, 0.5),
        fpt_binomial_quantile(0.5, 5.0, 1.5),
        fpt_binomial_two_sided(1.5, 3.0, 0.5),
        fpt_binomial_two_sided(4.0, 3.0, 0.5),
        fpt_binomial_two_sided(1.0, 3.0, bad),
        fpt_poisson_two_sided(1.5, 3.0),
        fpt_poisson_two_sided(1.0, -3.0),
    };
    for (size_t i = 0; i < COUNT_OF(got); i++)
        if (!isnan(got[i])) fail_msg("case %zu is %g", i, got[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal),
        cmocka_unit_test(test_student),
        cmocka_unit_test(test_chi_squared),
        cmocka_unit_test(test_poisson_limits),
        cmocka_unit_test(test_beta),
        cmocka_unit_test(test_beta_at_the_ends),
        cmocka_unit_test(test_hardly_any_events),
        cmocka_unit_test(test_binomial_quantile),
        cmocka_unit_test(test_two_sided_exact),
        cmocka_unit_test(test_two_sided_by_brute_force),
        cmocka_unit_test(test_outside_the_domain_is_nan),
    };
    return cmocka_run_group_tests_name("distribution", tests, NULL, NULL);
}
