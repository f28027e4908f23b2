/*
 * Each statistic through its filter: worked examples to their printed digits,
 * options, edges, and the status of every kind of row.
 */
#include "filter_check.h"

static struct ran good(const char *call, const char *in)
{
    struct ran ran = run_filter(call, fpt_str_from(in));
    if (ran.status != FPT_OK) fail_msg("%s: %s", call, ran.err.text);
    return ran;
}

static void test_rates(void **state)
{
    (void)state;
    struct ran r = good("rate --multiplier 1 --confidence 95,99.8",
                        "x,n\n0,1\n5,1\n9.5,1\n10,1\n100,1\n5,0\n,1\n");
    assert_close(number_at(&r, 1, "upper_95"), 3.688879454, 5e-10);
    assert_close(number_at(&r, 2, "lower_99_8"), 0.7393717319, 5e-11);
    assert_cell(&r, 3, "method", "exact-poisson");
    assert_cell(&r, 4, "method", "byar");
    assert_close(number_at(&r, 4, "upper_99_8"), 24.193724928, 5e-10);
    assert_close(number_at(&r, 5, "lower_95"), 81.362105491, 5e-10);
    assert_cell(&r, 6, "status", "ZERO_DENOMINATOR");
    assert_cell(&r, 7, "method", "");
    fpt_arena_clear(&r.arena);
    r = good("rate --method exact --multiplier 1", "x,n\n10,1\n");
    assert_close(number_at(&r, 1, "lower_95"), 4.795388696, 5e-10);
    assert_cell(&r, 1, "method", "exact-poisson");
    fpt_arena_clear(&r.arena);
    /* Repeated events: with f = 1 alone the interval is Byar's. */
    r = good("rate --by g --multiplier 1",
             "g,x,n,event_frequency\na,103,500,1\nb,50,500,1\nb,20,500,2\n"
             "b,1,500,13\nc,0,500,1\n");
    assert_relative(number_at(&r, 1, "upper_95"), 124.918588080351 / 500, 1e-9);
    assert_cell(&r, 2, "numerator", "103");
    assert_cell(&r, 2, "denominator", "500");
    assert_true(number_at(&r, 2, "upper_95") > number_at(&r, 1, "upper_95"));
    assert_cell(&r, 2, "method", "dobson-byar-nonindependent");
    assert_cell(&r, 3, "method", "exact-poisson");
    fpt_arena_clear(&r.arena);
    assert_refused("rate --by g", "g,x,n,event_frequency\na,1,5,1\na,1,6,2\n",
                   FPT_ERR_INPUT, "6 people, but 5");
    assert_refused("rate", "x,n,event_frequency\n1,5,1\n", FPT_ERR_USAGE,
                   "--by");
}

static void test_standardised_rates(void **state)
{
    (void)state;
    struct ran r = good("dsr --confidence 0.95,0.998",
                        "x,n,stdpop\n8,12000,30000\n21,15000,50000\n"
                        "74,6000,20000\n");
    assert_relative(number_at(&r, 1, "value"), 336.666666666667, 1e-14);
    assert_relative(number_at(&r, 1, "lower_95"), 274.648298880412, 2e-15);
    assert_relative(number_at(&r, 1, "upper_99_8"), 452.647704412694, 2e-15);
    assert_cell(&r, 1, "method", "dobson-byar");
    fpt_arena_clear(&r.arena);
    r = good("dsr", "age_band,event_frequency,x,n,stdpop\n"
                    "a,1,5,12000,30000\nb,1,12,15000,50000\nc,1,40,6000,20000\n"
                    "b,2,3,15000,50000\nc,2,11,6000,20000\na,3,1,12000,30000\n"
                    "b,3,1,15000,50000\nc,3,4,6000,20000\n");
    assert_relative(number_at(&r, 1, "lower_95"), 257.807338691867, 2e-15);
    assert_relative(number_at(&r, 1, "upper_95"), 427.976381793927, 2e-15);
    assert_cell(&r, 1, "numerator", "103");
    assert_cell(&r, 1, "denominator", "33000");
    assert_cell(&r, 1, "method", "dobson-byar-nonindependent");
    fpt_arena_clear(&r.arena);
    r = good("dsr --by g --keep-going",
             "g,x,n,stdpop\nok,12,10,1\nzero,12,0,1\nmiss,,10,1\nmiss,3,,1\n"
             "few,9,10,1\nbad,12,10,0\nsup,*,10,1\nneg,-1,10,1\nlow,12,10,1\n"
             "low,0,1000000,1000000\n");
    assert_cell(&r, 1, "status", "OK");
    assert_cell(&r, 2, "status", "ZERO_DENOMINATOR");
    assert_cell(&r, 2, "numerator", "12");
    assert_cell(&r, 3, "status", "MISSING");
    assert_cell(&r, 3, "numerator", "");
    assert_cell(&r, 3, "denominator", "");
    assert_cell(&r, 4, "status", "TOO_FEW_EVENTS");
    assert_cell(&r, 4, "numerator", "9");
    assert_cell(&r, 4, "value", "");
    assert_cell(&r, 5, "status", "INVALID");
    assert_cell(&r, 6, "status", "SUPPRESSED");
    assert_cell(&r, 7, "status", "INVALID");
    fpt_arena_clear(&r.arena);
    /* A band that one group lacks: said, with both lines. */
    r = good("dsr --by g", "g,x,n,stdpop\na,12,900,3\na,8,700,4\nb,12,900,3\n"
                           "c,12,900,4\nc,5,90,3\n");
    assert_int_equal(r.notes.count, 1);
    assert_str(r.notes.finding[0].code, "standard-differs");
    assert_non_null(strstr(r.notes.finding[0].text.data, "line 4"));
    fpt_arena_clear(&r.arena);
    r = good("dsr --min-events 3", "x,n,stdpop\n5,1000,9\n0,1,1\n");
    assert_cell(&r, 1, "numerator", "5");
    assert_true(!isnan(number_at(&r, 1, "value")));
    fpt_arena_clear(&r.arena);
    /* Bands in another order, more than the first room holds. */
    char in[4096] = "g,age_band,x,n,stdpop\n";
    for (int g = 0; g < 2; g++)
        for (int b = 0; b < 40; b++)
            snprintf(in + strlen(in), sizeof in - strlen(in), "%d,%d,1,10,2\n",
                     g, g == 0 ? b : 39 - b);
    r = good("dsr --by g", in);
    assert_cell(&r, 1, "denominator", "400");
    assert_cell(&r, 2, "denominator", "400");
    fpt_arena_clear(&r.arena);
}

static void test_indirect(void **state)
{
    (void)state;
    const char *in = "g,x,n,ref_x,ref_n\na,8,12000,900,1000000\n"
                     "a,21,15000,2500,2000000\na,74,6000,8000,500000\n"
                     "b,3,100,900,1000000\n";
    struct ran r = good("isr --by g", in);
    const double expected = 12000 * 9e-4 + 15000 * 1.25e-3 + 6000 * 1.6e-2;
    assert_relative(number_at(&r, 1, "expected"), expected, 1e-15);
    assert_relative(number_at(&r, 1, "ref_rate"), 11400 / 3.5e6 * 1e5, 1e-15);
    assert_relative(number_at(&r, 1, "value"),
                    103 / expected * (11400 / 3.5e6 * 1e5), 1e-14);
    /* Other bands, other reference: said. */
    assert_int_equal(r.notes.count, 1);
    assert_str(r.notes.finding[0].code, "reference-differs");
    fpt_arena_clear(&r.arena);
    r = good("isr --by g --quiet", in);
    assert_int_equal(r.notes.count, 0);
    fpt_arena_clear(&r.arena);
    r = good("smr --by g --observed-total",
             "g,x,n,ref_x,ref_n\na,,12000,900,1000000\n"
             "a,103,15000,2500,2000000\na,,6000,8000,500000\n"
             "b,7,100,900,1000000\nb,7,100,900,1000000\nc,,1,9,1\n");
    assert_relative(number_at(&r, 1, "value"), 103 / expected, 1e-14);
    assert_cell(&r, 2, "numerator", "7");
    assert_cell(&r, 3, "status", "MISSING");
    fpt_arena_clear(&r.arena);
    r = good("smr --by g",
             "g,x,n,ref_x,ref_n\na,3,10,5,0\nb,3,0,0,0\nb,0,0,5,9\nc,,1,1,1\n");
    assert_cell(&r, 1, "status", "ZERO_DENOMINATOR");
    assert_cell(&r, 1, "expected", "");
    assert_cell(&r, 2, "status", "ZERO_DENOMINATOR");
    assert_cell(&r, 2, "expected", "0");
    assert_cell(&r, 3, "status", "MISSING");
    fpt_arena_clear(&r.arena);
}

static void test_quantiles(void **state)
{
    (void)state;
    const char *in = "g,value\na,50\nb,1\na,10\na,\na,40\na,40\nb,2\na,20\n"
                     "a,60\na,*\n";
    struct ran r = good("quantile --by g --groups 3", in);
    static const char *const rank[] = {"2", "2", "6", "",  "3",
                                       "3", "1", "5", "1", ""};
    static const char *const third[] = {"1", "", "3", "",  "2",
                                        "2", "", "3", "1", ""};
    static const char *const word[] = {
        "OK", "TOO_FEW_ROWS", "OK", "MISSING", "OK",
        "OK", "TOO_FEW_ROWS", "OK", "OK",      "SUPPRESSED"};
    for (size_t i = 0; i < 10; i++) {
        assert_cell(&r, i + 1, "rank", rank[i]);
        assert_cell(&r, i + 1, "quantile", third[i]);
        assert_cell(&r, i + 1, "status", word[i]);
    }
    assert_cell(&r, 1, "method", "inverted");
    fpt_arena_clear(&r.arena);
    r = good("quantile --no-invert --groups 2", "value\n5\n1\n");
    assert_cell(&r, 1, "quantile", "2");
    assert_cell(&r, 1, "method", "not-inverted");
    fpt_arena_clear(&r.arena);
    /* The case in which the field's rounding differs. */
    char lines[512] = "value\n";
    for (int i = 1; i <= 28; i++)
        snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "%d\n",
                 i);
    r = good("quantile --no-invert --groups 20", lines);
    assert_cell(&r, 8, "quantile", "6");
    fpt_arena_clear(&r.arena);
    r = good("quantile --no-invert --groups 20 --field-arithmetic", lines);
    assert_cell(&r, 8, "quantile", "5");
    fpt_arena_clear(&r.arena);
}

static void test_life_expectancy(void **state)
{
    (void)state;
    const char *in = "g,start_age,deaths,population\n"
                     "a,65,500,10000\na,0,5,1000\na,1,2,4000\na,5,180,60000\n"
                     "b,0,5,1000\nb,1,2,4000\nb,65,500,10000\n"
                     "c,0,*,1000\nc,1,2,4000\nc,5,180,60000\nc,65,500,10000\n";
    struct ran r = good("life-expectancy --by g", in);
    assert_close(number_at(&r, 2, "value"), 76.21501490915, 6e-12);
    assert_close(number_at(&r, 2, "lower_95"), 74.35433727943, 6e-12);
    assert_cell(&r, 1, "value", "20");
    assert_cell(&r, 1, "deaths_used", "500");
    assert_cell(&r, 2, "population_used", "75000");
    assert_cell(&r, 5, "status", "INCOMPLETE_BANDS");
    assert_cell(&r, 5, "mortality_rate", "0.005");
    assert_cell(&r, 9, "status", "SUPPRESSED");
    assert_cell(&r, 9, "value", "");
    fpt_arena_clear(&r.arena);
    r = good("life-expectancy --by g --at 0,65", in);
    assert_cell(&r, 1, "start_age", "65");
    assert_cell(&r, 2, "start_age", "0");
    assert_cell(&r, 6, "start_age", "65");
    fpt_arena_clear(&r.arena);
    /* --bands states them: the second group is whole by them, the first not. */
    r = good("life-expectancy --by g --bands 0,1,65", in);
    assert_cell(&r, 1, "status", "INCOMPLETE_BANDS");
    assert_cell(&r, 5, "status", "OK");
    fpt_arena_clear(&r.arena);
    r = good("life-expectancy --missing-as-zero --min-population 100",
             "start_age,deaths,population\n0,,50\n1,1,100\n5,20,100\n");
    assert_cell(&r, 1, "n_assumed_zero", "1");
    assert_cell(&r, 1, "deaths_used", "21");
    assert_cell(&r, 1, "status", "OK");
    fpt_arena_clear(&r.arena);
    r = good("life-expectancy --keep-going --by g",
             "g,start_age,deaths,population\na,0,5,1000\na,0,6,1000\n"
             "a,1,2,4000\na,65,50,10000\n");
    assert_cell(&r, 1, "status", "INVALID");
    assert_true(r.found_wrong);
    fpt_arena_clear(&r.arena);
}

static const char deciles[] =
    "g,quantile,population,value,se\na,1,1200,30,1.5\na,3,900,25,1.5\n"
    "a,2,1000,26,1.4\na,4,1100,21,1.2\na,5,800,18,1.3\nb,1,5,1,1\n";

static void test_inequality(void **state)
{
    (void)state;
    struct ran r = good("sii --by g --confidence 95,99.8", deciles);
    assert_close(number_at(&r, 1, "value"), -14.5463659147870, 6e-14);
    assert_close(number_at(&r, 1, "upper_95"), -10.1455272644, 6e-11);
    assert_close(number_at(&r, 1, "rii"), 0.5407355827, 6e-11);
    assert_close(number_at(&r, 1, "rii_lower_95"), 0.443068321, 6e-10);
    assert_cell(&r, 1, "n_groups", "5");
    assert_cell(&r, 1, "draws", "");
    assert_cell(&r, 1, "method", "closed-form");
    assert_cell(&r, 2, "status", "TOO_FEW_ROWS");
    fpt_arena_clear(&r.arena);
    r = good("sii --by g --type rate --draws 2000 --seed 5 --verbose",
             "g,quantile,population,value,se\na,1,9,30,.05\na,2,9,26,.05\n"
             "a,3,9,25,.05\na,4,9,21,.05\na,5,9,18,.05\n");
    assert_cell(&r, 1, "method", "simulation");
    assert_cell(&r, 1, "draws", "2000");
    assert_str(r.notes.finding[0].code, "monte-carlo-error");
    fpt_arena_clear(&r.arena);
    /* x in place of the value, limits in place of the error, a transform. */
    r = good("sii --type proportion --transform",
             "quantile,population,x,lower_95,upper_95\n1,1000,300,.27,.33\n"
             "2,1000,260,.23,.29\n3,1000,250,.22,.28\n4,1000,210,.19,.24\n"
             "5,1000,180,.16,.21\n");
    assert_cell(&r, 1, "status", "OK");
    assert_cell(&r, 1, "method", "closed-form");
    assert_true(number_at(&r, 1, "lower_95") < number_at(&r, 1, "value") &&
                number_at(&r, 1, "value") < number_at(&r, 1, "upper_95"));
    fpt_arena_clear(&r.arena);
    r = good("concentration-index --by g", deciles);
    assert_close(number_at(&r, 1, "value"), -0.0951475409836, 6e-14);
    assert_close(number_at(&r, 1, "std_error"), 0.0143336858150, 6e-14);
    assert_cell(&r, 2, "status", "TOO_FEW_ROWS");
    fpt_arena_clear(&r.arena);
    r = good("concentration-index --wagstaff",
             "quantile,population,value\n1,5,0.2\n2,9,0.3\n");
    assert_cell(&r, 1, "std_error", "");
    assert_true(!isnan(number_at(&r, 1, "wagstaff")));
    assert_str(r.notes.finding[0].code, "no-standard-error");
    fpt_arena_clear(&r.arena);
    r = good("sii --keep-going", "quantile,population,value,se\n1,9,1,1\n"
                                 "1,9,1,1\n3,9,1,1\n4,9,1,1\n5,9,1,1\n");
    assert_cell(&r, 1, "status", "INVALID");
    assert_cell(&r, 1, "value", "");
    fpt_arena_clear(&r.arena);
}

static void test_funnels(void **state)
{
    (void)state;
    const char *in = "area,numerator,denominator\na,30,100\nb,10,100\n"
                     "c,33,90\nd,5,200\ne,,9\nf,0,0\n";
    struct ran r = good("funnel-assess --multiplier 100", in);
    assert_relative(number_at(&r, 1, "centre"), 7800.0 / 490, 1e-14);
    assert_cell(&r, 1, "significance", "high_99_8");
    assert_cell(&r, 2, "significance", "not_significant");
    assert_cell(&r, 4, "significance", "low_99_8");
    assert_cell(&r, 1, "od_significance", "");
    assert_cell(&r, 1, "phi", "");
    assert_cell(&r, 5, "status", "MISSING");
    assert_cell(&r, 6, "status", "ZERO_DENOMINATOR");
    fpt_arena_clear(&r.arena);
    r = good("funnel-assess --confidence 95 --overdispersion additive", in);
    assert_cell(&r, 1, "significance", "high_95"); /* own levels */
    assert_cell(&r, 1, "od_significance", "not_significant");
    assert_true(number_at(&r, 1, "phi") > 1.0 &&
                number_at(&r, 1, "tau2") > 0.0);
    fpt_arena_clear(&r.arena);
    /* A ratio without events: no logarithm, but a significance. */
    r = good("funnel-assess --statistic ratio --overdispersion additive",
             "numerator,denominator\n0,9\n10,9\n12,9\n7,9\n9,9\n");
    assert_cell(&r, 1, "status", "ZERO_EVENTS");
    assert_cell(&r, 1, "significance", "low_99_8");
    assert_cell(&r, 1, "od_significance", "");
    assert_cell(&r, 2, "status", "OK");
    assert_cell(&r, 2, "centre", "1");
    fpt_arena_clear(&r.arena);
    r = good("funnel-assess --statistic ratio",
             "numerator,denominator\n0,9\n10,9\n");
    assert_cell(&r, 1, "status", "UNBOUNDED");
    assert_cell(&r, 1, "lower_95", "0");
    assert_cell(&r, 1, "upper_95", "");
    fpt_arena_clear(&r.arena);
    /* A directly standardised rate is not judged under ten events. */
    r = good("funnel-assess --statistic dsr",
             "numerator,value,denominator\n100,500,x\n9,,y\n80,300,z\n");
    assert_cell(&r, 1, "status", "OK");
    assert_cell(&r, 2, "status", "TOO_FEW_EVENTS");
    assert_cell(&r, 2, "significance", "");
    fpt_arena_clear(&r.arena);
    r = good("funnel-assess --overdispersion additive",
             "numerator,denominator\n3,9\n4,9\n");
    assert_cell(&r, 1, "status", "TOO_FEW_ROWS");
    assert_cell(&r, 1, "significance", "not_significant");
    fpt_arena_clear(&r.arena);
}

static void test_funnel_lines(void **state)
{
    (void)state;
    struct ran r = good("funnel-limits --by g --points 4 --confidence 95,99.8",
                        "g,numerator,denominator\na,30,100\na,10,300\n"
                        "b,5,50\nb,9,60\n");
    assert_cell(&r, 1, "x", "1");
    assert_cell(&r, 4, "x", "320"); /* 1.05 x 300 = 315, to two digits */
    assert_cell(&r, 5, "g", "b");
    assert_cell(&r, 5, "x", "40"); /* 0.95 x 50, to one digit */
    assert_cell(&r, 1, "centre", "0.1");
    assert_cell(&r, 1, "od_lower_95", "");
    assert_true(number_at(&r, 4, "lower_99_8") < number_at(&r, 4, "lower_95"));
    fpt_arena_clear(&r.arena);
    r = good("funnel-limits --statistic rate --at 1,10,100 --benchmark 500 "
             "--overdispersion additive",
             "numerator,denominator\n30,10000\n10,3000\n50,4000\n");
    assert_cell(&r, 3, "x", "100");
    assert_cell(&r, 3, "centre", "500");
    assert_true(number_at(&r, 3, "od_upper_95") > number_at(&r, 3, "upper_95"));
    assert_cell(&r, 3, "method", "exact-poisson");
    fpt_arena_clear(&r.arena);
    /* A unit that is missing is missed; --skip-missing says how many. */
    r = good("funnel-limits --points 2", "numerator,denominator\n3,9\n,9\n");
    assert_cell(&r, 1, "status", "MISSING");
    assert_cell(&r, 1, "x", "");
    fpt_arena_clear(&r.arena);
    r = good("funnel-limits --points 2 --skip-missing",
             "numerator,denominator\n3,9\n,9\n0,0\n");
    assert_cell(&r, 1, "status", "OK");
    assert_cell(&r, 1, "n_missing", "1");
    fpt_arena_clear(&r.arena);
    r = good("funnel-limits --points 2", "numerator,denominator\n0,0\n");
    assert_cell(&r, 1, "status", "ZERO_DENOMINATOR");
    fpt_arena_clear(&r.arena);
}

static void test_comparisons(void **state)
{
    (void)state;
    const char *in = "area,x,n\na,56,70\nb,48,80\nc,0,10\n";
    struct ran r = good("compare --of proportion --by area --to b --fdr", in);
    assert_close(number_at(&r, 1, "difference_lower_95"), 0.0524, 5e-5);
    assert_close(number_at(&r, 1, "difference_upper_95"), 0.3339, 5e-5);
    assert_relative(number_at(&r, 1, "p_value"), 0.0080450813681965643, 1e-11);
    assert_cell(&r, 1, "judgement", "higher");
    assert_cell(&r, 1, "method", "newcombe-10");
    assert_cell(&r, 2, "method", "itself");
    assert_cell(&r, 2, "difference", "0");
    assert_cell(&r, 2, "q_value", "");
    assert_cell(&r, 3, "status", "ZERO_EVENTS");
    assert_cell(&r, 3, "ratio_lower_95", "");
    assert_true(!isnan(number_at(&r, 3, "difference_lower_95")));
    /* Two tests: the smaller p is doubled. */
    assert_relative(number_at(&r, 3, "q_value"),
                    2 * number_at(&r, 3, "p_value"), 1e-15);
    fpt_arena_clear(&r.arena);
    /* Everything is part of the whole: said, or taken out. */
    r = good("compare --of rate --by area --measure ratio", in);
    assert_cell(&r, 1, "method", "conditional-exact;overlap");
    assert_close(number_at(&r, 1, "comparator"), 65000, 1e-9);
    fpt_arena_clear(&r.arena);
    r = good("compare --of rate --by area --rest --polarity lower", in);
    assert_cell(&r, 1, "method", "mover");
    assert_relative(number_at(&r, 1, "comparator"), 48.0 / 90 * 1e5, 1e-15);
    assert_cell(&r, 1, "judgement", "worse");
    assert_cell(&r, 3, "judgement", "better");
    fpt_arena_clear(&r.arena);
    /* Areas that hold others: England less the area. */
    r = good("compare --of rate --by area --to ENG --rest",
             "area,x,n\nENG,200,1000\na,50,100\n");
    assert_relative(number_at(&r, 2, "comparator"), 150.0 / 900 * 1e5, 1e-15);
    fpt_arena_clear(&r.arena);
    assert_refused("compare --of rate --by area --to ENG --rest",
                   "area,x,n\nENG,20,1000\na,50,100\n", FPT_ERR_INPUT,
                   "cannot be taken out");
    /* The comparator of the same year. */
    r = good("compare --of rate --by area,year --to ENG",
             "area,year,x,n\nENG,1,10,100\nENG,2,30,100\na,2,1,9\na,1,2,9\n");
    assert_cell(&r, 3, "comparator", "30000");
    assert_cell(&r, 4, "comparator", "10000");
    fpt_arena_clear(&r.arena);
    assert_refused("compare --of rate --by area,year --to ENG",
                   "area,year,x,n\nENG,1,10,100\na,2,1,9\n", FPT_ERR_USAGE,
                   "no group to compare a,2 with");
}

static void test_comparisons_with_a_benchmark(void **state)
{
    (void)state;
    struct ran r = good("compare --of proportion --by a --benchmark 0.5 "
                        "--polarity higher",
                        "a,x,n\n1,80,100\n2,50,100\n3,20,100\n4,,9\n");
    assert_cell(&r, 1, "significance", "high_99_8");
    assert_cell(&r, 1, "judgement", "better");
    assert_cell(&r, 2, "judgement", "similar");
    assert_cell(&r, 3, "judgement", "worse");
    assert_cell(&r, 4, "status", "MISSING");
    assert_relative(number_at(&r, 1, "z"), 0.3 / sqrt(0.25 / 100), 1e-14);
    assert_cell(&r, 1, "method", "wilson");
    fpt_arena_clear(&r.arena);
    /* R 4.2.2: poisson.test(137, 1, 24.19893)$p.value */
    r = good("compare --of rate --multiplier 1 --benchmark 24.19893 --by a",
             "a,x,n\n1,137,1\n");
    assert_relative(number_at(&r, 1, "p_value"), 2.8452272641144545e-56, 1e-10);
    fpt_arena_clear(&r.arena);
    /* R 4.2.2: t.test(c(12.1, 9.8, 15.5, 11.2), mu = 10)$p.value */
    r = good("compare --of mean --benchmark 10 --by a",
             "a,x\n1,12.1\n1,9.8\n1,15.5\n1,11.2\n");
    assert_relative(number_at(&r, 1, "p_value"), 0.17437698120965028, 1e-11);
    assert_cell(&r, 1, "method", "student-t");
    fpt_arena_clear(&r.arena);
    r = good("compare --benchmark 5 --by a",
             "a,value,se\n1,7,0.5\n2,5,1\n3,,1\n");
    assert_relative(number_at(&r, 1, "z"), 4.0, 1e-15);
    assert_cell(&r, 1, "significance", "high_99_8");
    assert_cell(&r, 3, "status", "MISSING");
    fpt_arena_clear(&r.arena);
    r = good("compare --to 2 --by a --confidence 95,99.8",
             "a,value,lower_95,upper_95\n1,7,6,8\n2,5,4,6\n");
    assert_relative(number_at(&r, 1, "difference_lower_95"), 2 - sqrt(2.0),
                    1e-15);
    assert_relative(2 - number_at(&r, 1, "difference_lower_99_8"),
                    sqrt(2.0) * 3.0902323061678132 / 1.9599639845400542, 1e-14);
    assert_cell(&r, 1, "method", "mover");
    fpt_arena_clear(&r.arena);
}

static void test_comparisons_of_standardised_rates(void **state)
{
    (void)state;
    const char *in =
        "a,age_band,x,n,stdpop\nE,y,100,20000,3\nE,o,400,9000,2\n"
        "1,y,30,3000,3\n1,o,90,1500,2\n2,o,50,1500,2\n2,y,10,3000,3\n";
    struct ran r = good("compare --of dsr --by a --to E --measure ratio", in);
    struct ran d = good("dsr --by a", in);
    assert_relative(number_at(&r, 2, "value"), number_at(&d, 2, "value"),
                    1e-15);
    assert_relative(number_at(&r, 2, "comparator"), number_at(&d, 1, "value"),
                    1e-15);
    assert_relative(
        number_at(&r, 2, "z"),
        (number_at(&d, 2, "value") - number_at(&d, 1, "value")) /
            sqrt(number_at(&d, 2, "variance") + number_at(&d, 1, "variance")),
        1e-13);
    fpt_arena_clear(&r.arena);
    fpt_arena_clear(&d.arena);
    /* All but the area, band by band. */
    r = good("compare --of dsr --by a --rest", in);
    d = good("dsr", "x,n,stdpop\n110,23000,3\n450,10500,2\n");
    assert_relative(number_at(&r, 2, "comparator"), number_at(&d, 1, "value"),
                    1e-15);
    fpt_arena_clear(&r.arena);
    fpt_arena_clear(&d.arena);
    assert_refused("compare --of dsr --by a",
                   "a,age_band,x,n,stdpop\n1,y,9,10,3\n2,y,9,10,4\n",
                   FPT_ERR_INPUT, "different standard populations");
    /* Rates on two standards, or without a band, have no difference. */
    r = good("compare --of dsr --by a --to E --min-events 1",
             "a,age_band,x,n,stdpop\nE,y,9,10,3\nE,o,9,10,4\n1,y,9,10,3\n");
    assert_cell(&r, 2, "status", "INCOMPLETE_BANDS");
    assert_cell(&r, 2, "difference", "");
    assert_relative(number_at(&r, 2, "value"), 90000.0, 1e-15);
    fpt_arena_clear(&r.arena);
    assert_refused("compare --of dsr --by a --to 1",
                   "a,age_band,x,n,stdpop\n1,y,9,10,3\n2,y,9,10,4\n",
                   FPT_ERR_INPUT, "another standard population");
    r = good("compare --of isr --by a --to E",
             "a,x,n,ref_x,ref_n\nE,90,1000,9,100\n1,30,200,9,100\n");
    assert_str(r.notes.finding[0].code, "indirect-comparison");
    assert_relative(number_at(&r, 2, "ratio"), 30.0 / 18, 1e-15);
    fpt_arena_clear(&r.arena);
    r = good("compare --of mean --by a --rest",
             "a,x\n1,5\n1,7\n2,1\n2,2\n3,9\n");
    assert_relative(number_at(&r, 1, "comparator"), 4.0, 1e-15);
    fpt_arena_clear(&r.arena);
    assert_refused("compare --of rate --by a,period --to 1,2016/17..2018/19",
                   "a,period,x,n\n1,2016/17..2018/19,5,9\n"
                   "1,2017/18..2019/20,6,9\n",
                   FPT_ERR_INPUT, "overlap");
}

static void test_trends(void **state)
{
    (void)state;
    struct ran r = good("trend", "period,x,n\n2016/17,162,1005\n2013/14,120,"
                                 "1000\n2014/15,131,1010\n2015/16,150,990\n"
                                 "2017/18,171,1000\n2012/13,,\n");
    assert_close(number_at(&r, 1, "chi_squared"), 14.2695639445, 6e-11);
    assert_cell(&r, 1, "trend", "increasing");
    assert_cell(&r, 1, "reason", "significant");
    assert_cell(&r, 1, "n_points", "5");
    assert_cell(&r, 1, "method", "cochran-armitage");
    fpt_arena_clear(&r.arena);
    r = good("trend --method cochran-armitage",
             "period,x,n\n1,83,86\n2,90,93\n3,129,136\n4,70,82\n");
    assert_close(number_at(&r, 1, "chi_squared"), 8.2249223, 5e-8);
    assert_close(number_at(&r, 1, "p_value"), 0.004131897, 6e-10);
    assert_cell(&r, 1, "n_points", "4");
    fpt_arena_clear(&r.arena);
    r = good("trend", "period,value,se\n1,70.1,.5\n2,71.5,.4\n3,71.2,.6\n"
                      "4,72.9,.45\n5,73,.5\n");
    assert_relative(number_at(&r, 1, "slope"), 0.70750633483029191, 1e-13);
    assert_cell(&r, 1, "method", "weighted-regression");
    fpt_arena_clear(&r.arena);
    r = good("trend --method poisson --points 3",
             "period,x,n\n1,9,9\n2,120,1000\n3,131,1010\n4,150,990\n");
    assert_cell(&r, 1, "n_points", "3");
    assert_cell(&r, 1, "method", "poisson-regression");
    fpt_arena_clear(&r.arena);
}

static void test_series_that_have_no_trend(void **state)
{
    (void)state;
    static const struct {
        const char *periods[5];
        const char *reason, *status;
    } table[] = {
        {{"2013", "2014", "2015", "2016", "2016"},
         "duplicate_period",
         "TOO_FEW_ROWS"},
        {{"2011..2013", "2012..2014", "2013..2015", "2014..2016", "2015..2017"},
         "overlapping",
         "TOO_FEW_ROWS"},
        {{"2012", "2013", "2014", "2015", "2017"}, "break", "TOO_FEW_ROWS"},
        {{"2013/14", "2014/15", "2015/16", "2016/17", "2018/19"},
         "break",
         "TOO_FEW_ROWS"},
        {{"2013", "2014", "2015", "2016", ""}, "missing", "MISSING"},
        {{"2011..2013", "2014..2016", "2017..2019", "2020..2022", "2023..2025"},
         "significant",
         "OK"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char in[512] = "period,x,n\n";
        for (int k = 0; k < 5; k++)
            snprintf(in + strlen(in), sizeof in - strlen(in), "%s,%d,1000\n",
                     table[i].periods[k], 100 + 20 * k);
        struct ran r = good("trend", in);
        assert_cell(&r, 1, "reason", table[i].reason);
        assert_cell(&r, 1, "status", table[i].status);
        if (i < 5) assert_cell(&r, 1, "trend", "cannot_be_calculated");
        fpt_arena_clear(&r.arena);
    }
    struct ran r = good("trend --by a", "a,period,x,n\n1,1,5,9\n1,2,,9\n"
                                        "2,1,5,9\n3,1,*,9\n");
    assert_cell(&r, 1, "status", "MISSING");
    assert_cell(&r, 2, "reason", "too_few_points");
    assert_cell(&r, 3, "status", "SUPPRESSED");
    fpt_arena_clear(&r.arena);
}

static const char worked_series[] =
    "period,x\n1,12\n2,15\n3,11\n4,14\n5,16\n6,13\n7,12\n8,30\n9,14\n10,15\n"
    "11,13\n12,16\n13,12\n14,14\n";

static void test_process_control(void **state)
{
    (void)state;
    struct ran r = good("spc --screen on", worked_series);
    assert_close(number_at(&r, 1, "centre_line"), 14.785714285714, 5e-13);
    assert_close(number_at(&r, 1, "lower_limit"), 8.014805194805, 5e-13);
    assert_close(number_at(&r, 1, "upper_limit"), 21.556623376623, 5e-13);
    assert_cell(&r, 8, "rule_outside", "1");
    assert_cell(&r, 8, "special_cause", "outside_above");
    assert_cell(&r, 8, "variation", "special_cause_neutral_high");
    assert_cell(&r, 1, "moving_range", "");
    assert_cell(&r, 1, "method", "xmr/mdc-2023;screen=on");
    fpt_arena_clear(&r.arena);
    r = good("spc --improve down --target 40 --rules mdc-r-0.2.2 "
             "--run-length 6 --trend-length 6",
             worked_series);
    assert_cell(&r, 8, "variation", "special_cause_concern");
    assert_cell(&r, 1, "assurance_icon", "consistent_pass");
    assert_cell(&r, 1, "method", "xmr/mdc-r-0.2.2;run-length=6;trend-length=6");
    fpt_arena_clear(&r.arena);
    r = good("spc --rules outside,run", worked_series);
    assert_cell(&r, 8, "rule_trend", "");
    assert_cell(&r, 8, "rule_run", "0");
    assert_cell(&r, 1, "method", "xmr/mdc-2023;rules=+outside+run");
    fpt_arena_clear(&r.arena);
}

static void test_process_control_of_many_series(void **state)
{
    (void)state;
    /* Rows of two series in any order, months, a gap, a phase by date. */
    struct ran r = good(
        "spc --by a --chart p --rebase 2017-03 --min-points 2 --rules anhoej",
        "a,period,x,n\n1,2017-02,3,10\n2,2017-01,5,10\n1,2017-01,2,10\n"
        "1,2017-03,7,10\n1,2017-05,8,10\n2,2017-02,0,0\n1,2017-06,,10\n");
    assert_cell(&r, 1, "phase", "1");
    assert_cell(&r, 4, "phase", "2");
    assert_cell(&r, 3, "centre_line", "0.25");
    assert_cell(&r, 4, "centre_line", "0.75");
    assert_cell(&r, 6, "status", "ZERO_DENOMINATOR");
    assert_cell(&r, 7, "status", "MISSING");
    assert_cell(&r, 7, "centre_line", "0.75");
    assert_str(r.notes.finding[0].code, "gap");
    fpt_arena_clear(&r.arena);
    /* Columns of their own: target, exclude, rebase. */
    r = good("spc --improve up --rules mdc-r-0.2.2",
             "period,x,target,exclude,rebase\n1,5,,,\n2,6,7,1,0\n3,7,3,0,\n"
             "4,9,100,,1\n5,8,100,,\n6,9,100,,\n");
    assert_cell(&r, 3, "phase", "1");
    assert_cell(&r, 4, "phase", "2");
    assert_cell(&r, 1, "centre_line", "6");
    assert_cell(&r, 1, "assurance_icon", "consistent_fail");
    fpt_arena_clear(&r.arena);
    assert_refused("spc --target 5", "period,x,target\n1,2,3\n", FPT_ERR_USAGE,
                   "column target");
    r = good("spc --chart c", "period,x,n\n1,2,\n2,3,\n");
    assert_str(r.notes.finding[0].code, "n-not-used");
    assert_cell(&r, 1, "value", "2");
    fpt_arena_clear(&r.arena);
    /* A step that is proposed, not taken. */
    char in[1024] = "period,x\n";
    for (int i = 1; i <= 24; i++)
        snprintf(in + strlen(in), sizeof in - strlen(in), "%d,%d\n", i,
                 (i < 13 ? 10 : 20) + i % 3);
    r = good("spc --propose", in);
    assert_str(r.notes.finding[0].code, "step-change");
    assert_non_null(strstr(r.notes.finding[0].text.data, "begun at 13"));
    assert_cell(&r, 20, "phase", "1");
    fpt_arena_clear(&r.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_standardised_rates),
        cmocka_unit_test(test_indirect),
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_life_expectancy),
        cmocka_unit_test(test_inequality),
        cmocka_unit_test(test_funnels),
        cmocka_unit_test(test_funnel_lines),
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_comparisons_with_a_benchmark),
        cmocka_unit_test(test_comparisons_of_standardised_rates),
        cmocka_unit_test(test_trends),
        cmocka_unit_test(test_series_that_have_no_trend),
        cmocka_unit_test(test_process_control),
        cmocka_unit_test(test_process_control_of_many_series),
    };
    return cmocka_run_group_tests_name("methods", tests, NULL, NULL);
}
