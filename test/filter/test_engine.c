/*
 * Tests of what all filters share: headers, clashes, groups, order of output,
 * refusals that write nothing, threads, and what is in no statistic.
 */
#include "filter_check.h"

static void test_rows_come_back_with_their_columns(void **state)
{
    (void)state;
    assert_filter("proportion",
                  "name,x,n,more\n\"a, b\",1,4,\"say \"\"no\"\"\"\nc,,5,\n",
                  "name,x,n,more,numerator,denominator,value,lower_95,"
                  "upper_95,multiplier,method,status\n"
                  "\"a, b\",1,4,\"say \"\"no\"\"\",1,4,0.25,"
                  "0.04558726080970058,0.699358157417598,1,wilson,OK\n"
                  "c,,5,,,5,,,,1,wilson,MISSING\n");
    /* One column, whose cells hold commas and line ends. */
    struct ran ran =
        run_filter("proportion --columns n=x --keep-going --confidence 90",
                   FPT_STR("x\n\"1,5\"\n\"\n2\"\n\"\"\"\"\n\n"));
    assert_ok_or(ran.status, ran.err);
    assert_str(ran.out, "x,numerator,denominator,value,lower_90,upper_90,"
                        "multiplier,method,status\n"
                        "\"1,5\",,,,,,1,wilson,INVALID\n"
                        "\"\n2\",2,2,1,0.42503060900634626,1,1,wilson,OK\n"
                        "\"\"\"\",,,,,,1,wilson,INVALID\n"
                        ",,,,,,1,wilson,MISSING\n");
    fpt_arena_clear(&ran.arena);
    /* A header alone is a file of no rows. */
    assert_filter("rate --confidence 99.8", "x,n\n",
                  "x,n,numerator,denominator,value,lower_99_8,upper_99_8,"
                  "multiplier,method,status\n");
    assert_filter("mean", "x\n",
                  "numerator,denominator,value,std_dev,lower_95,upper_95,"
                  "method,status\n");
    /* CRLF, a byte order mark, blank lines, no line end at the end. */
    assert_filter("smr", "\xEF\xBB\xBFx,expected\r\n5,4\r\n\r\n3,2",
                  "numerator,expected,value,lower_95,upper_95,multiplier,"
                  "method,status\n"
                  "8,6,1.3333333333333333,0.5756386961247503,"
                  "2.6271982033655528,1,exact-poisson,OK\n");
}

static void test_groups_in_order_of_their_first_row(void **state)
{
    (void)state;
    assert_filter("mean --by g,h", "g,h,x\nb,1,1\na,1,5\nb,1,3\nb,2,9\n",
                  "g,h,numerator,denominator,value,std_dev,lower_95,upper_95,"
                  "method,status\n"
                  "b,1,4,2,2,1.4142135623730951,-10.706204736174694,"
                  "14.706204736174694,student-t,OK\n"
                  "a,1,5,1,5,,,,student-t,TOO_FEW_ROWS\n"
                  "b,2,9,1,9,,,,student-t,TOO_FEW_ROWS\n");
    /* One group alone is summed as well. */
    assert_filter("proportion --by g", "g,x,n\na,1,10\na,2,10\n",
                  "g,numerator,denominator,value,lower_95,upper_95,multiplier,"
                  "method,status\n"
                  "a,3,20,0.15,0.05236874589621661,0.36041886474075696,1,"
                  "wilson,OK\n");
}

static void test_attach_repeats_results(void **state)
{
    (void)state;
    assert_filter("mean --by g --attach", "g,x\na,1\nb,7\na,3\n",
                  "g,x,numerator,denominator,value,std_dev,lower_95,upper_95,"
                  "method,status\n"
                  "a,1,4,2,2,1.4142135623730951,-10.706204736174694,"
                  "14.706204736174694,student-t,OK\n"
                  "b,7,7,1,7,,,,student-t,TOO_FEW_ROWS\n"
                  "a,3,4,2,2,1.4142135623730951,-10.706204736174694,"
                  "14.706204736174694,student-t,OK\n");
}

static void test_columns_that_clash(void **state)
{
    (void)state;
    assert_refused("rate", "x,n,value\n1,2,3\n", FPT_ERR_USAGE,
                   "a column \"value\"");
    assert_refused("mean --by value", "value,x\n1,2\n", FPT_ERR_USAGE,
                   "--prefix");
    /* status is read and replaced; with a prefix it stays. */
    assert_filter("proportion", "status,x,n\nOK,1,2\nc,1,2\nSUPPRESSED,0,2\n",
                  "x,n,numerator,denominator,value,lower_95,upper_95,"
                  "multiplier,method,status\n"
                  "1,2,1,2,0.5,0.09453120573423075,0.9054687942657692,1,"
                  "wilson,OK\n"
                  "1,2,,,,,,1,wilson,SUPPRESSED\n"
                  "0,2,,,,,,1,wilson,SUPPRESSED\n");
    assert_filter("proportion --prefix p_ --confidence 0.8",
                  "status,value,x,n\nfine,old,1,2\n",
                  "status,value,x,n,p_numerator,p_denominator,p_value,"
                  "p_lower_80,p_upper_80,p_multiplier,p_method,p_status\n"
                  "fine,old,1,2,1,2,0.5,0.16425172002989924,"
                  "0.8357482799701008,1,wilson,OK\n");
    assert_refused("mean --by p_value --prefix p_", "p_value,x\n1,2\n",
                   FPT_ERR_USAGE, "p_value");
}

static void test_other_headings(void **state)
{
    (void)state;
    assert_filter("smr --columns x=deaths,expected=due --by area",
                  "area,deaths,due,x\na,5,4,ignored\n",
                  "area,numerator,expected,value,lower_95,upper_95,multiplier,"
                  "method,status\n"
                  "a,5,4,1.25,0.4058715975296052,2.9170830198306668,1,"
                  "exact-poisson,OK\n");
    assert_refused("rate --columns x=deaths", "x,n\n1,2\n", FPT_ERR_USAGE,
                   "no column \"deaths\"");
    assert_refused("rate --columns deaths", "x,n\n1,2\n", FPT_ERR_USAGE,
                   "--columns is a list");
}

static void test_wrong_calls(void **state)
{
    (void)state;
    static const struct {
        const char *call, *words;
    } table[] = {
        {"nosuch", "there is no statistic"},
        {"rate --nosuch", "no option --nosuch"},
        {"rate --draws 5", "no option --draws"},
        {"rate --multiplier", "needs a M"},
        {"rate --multiplier 0", "--multiplier"},
        {"rate --multiplier -5", "--multiplier"},
        {"rate --multiplier x", "--multiplier"},
        {"rate --multiplier 1 --multiplier 2", "given twice"},
        {"rate --keep-going=yes", "takes no value"},
        {"rate file.csv", "is no option"},
        {"rate --confidence 100", "is no level"},
        {"rate --confidence 95,0.95", "given twice"},
        {"rate --confidence 49", "is no level"},
        {"rate --method wald", "--method is field or exact"},
        {"rate --by nosuch", "no column \"nosuch\""},
        {"rate --by n,n", "twice"},
        {"rate --attach", "--by too"},
        {"rate --by x --skip-missing --missing-as-zero", "contradict"},
        {"rate --threads 0", "--threads"},
        {"quantile --groups 0", "--groups"},
        {"quantile --invert --no-invert", "contradict"},
        {"sii --transform", "only rates and proportions"},
        {"sii --draws 10", "--draws"},
        {"sii --multiplier 0", "--multiplier"},
        {"spc --chart z", "there is no \"z\""},
        {"spc --rules easy", "is none of"},
        {"spc --sigma 0", "--sigma"},
        {"spc --rebase soon", "is no period"},
        {"spc --constant 3", "constant"},
        {"life-expectancy --bands 1,2,3", "from 0"},
        {"life-expectancy --bands 0,5", "at least 3"},
        {"life-expectancy --at x", "list of numbers"},
        {"funnel-limits --at 0", "above 0"},
        {"funnel-limits --benchmark 2", "more than all"},
        {"funnel-assess --scale root", "about ratios"},
        {"compare --of rate", "--by"},
        {"compare --to x,y --by x --of rate", "more columns"},
        {"compare --benchmark 3 --rest --of rate", "fixed value"},
        {"compare --by x", "cannot be pooled"},
        {"compare --of mean --by n --to 1 --rest", "taken out"},
        {"compare --benchmark 1 --multiplier 5", "--multiplier"},
        {"trend --points 4", "--points"},
        {"trend --alpha 2", "--alpha"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_refused(table[i].call, "x,n\n1,2\n", FPT_ERR_USAGE,
                       table[i].words);
}

static void test_wrong_input(void **state)
{
    (void)state;
    static const struct {
        const char *call, *in, *words;
    } table[] = {
        {"rate", "", "is empty; expected a header with the columns x, n"},
        {"rate", "x,m\n1,2\n", "line 1: there is no column \"n\"; rate reads"},
        {"rate", "x,n,n\n1,2,3\n", "two columns are called \"n\""},
        {"rate", "x,n\n1,2\n3\n", "line 3: has 1 cells, but the header has 2"},
        {"rate", "x,n\n1,2\n\"3,4\n", "line 3: cell 1: a quotation mark"},
        {"rate", "x,n\n1,two\n", "line 2, column n: \"two\" is no number"},
        {"rate", "x,n\n1,5\n-1,2\n", "line 3, column x: -1 is negative"},
        {"rate", "x,n\n1,1e17\n", "column n: 1e17 is above 2^53"},
        {"proportion", "x,n\n5,2\n", "line 2, column x: x is more than n"},
        {"mean", "x\n1e200\n", "column x: 1e200 is too large"},
        {"dsr", "x,n,stdpop\n50,100,0\n",
         "the standard population of the whole"},
        {"dsr --by a", "a,x,n,stdpop,event_frequency\n1,2,3,4,1\n",
         "event_frequency needs age_band"},
        {"dsr", "age_band,x,n,stdpop\n1,5,9,3\n1,6,9,3\n",
         "line 3, column age_band: the group has this age_band on line 2"},
        {"dsr",
         "age_band,event_frequency,x,n,stdpop\n1,1,5,9,3\n1,2,6,9,3\n"
         "1,1,6,9,3\n",
         "line 4, column age_band: the group has this age_band and "
         "event_frequency on line 2"},
        {"dsr", "age_band,x,n,stdpop\n1,5,9,3\n1,6,8,3\n",
         "line 3, column n: 8, but 9"},
        {"dsr", "age_band,x,n,stdpop\n1,5,9,3\n1,6,9,2\n",
         "line 3, column stdpop: 2, but 3"},
        {"smr --observed-total", "x,expected\n5,1\n6,2\n",
         "line 3, column x: 6, but 5"},
        {"sii", "quantile,population,value,se\n1,1,1,1\n1,1,1,1\n",
         "two rows of rank 1"},
        {"sii", "quantile,population,value,se\n1,1,1,-1\n",
         "a standard error is negative"},
        {"sii --type proportion", "quantile,population,value,se\n1,1,2,1\n",
         "above 1; give fractions"},
        {"sii", "quantile,population,value,lower_95,upper_95\n1,1,2,3,1\n",
         "lower_95 is above upper_95"},
        {"life-expectancy",
         "start_age,deaths,population\n0,1,2\n0,1,2\n1,1,2\n",
         "two rows for the age 0"},
        {"spc", "period,x\n1,2\nsoon,3\n", "\"soon\" is no period"},
        {"spc", "period,x\n1,2\n1,3\n", "two points for 1"},
        {"spc", "period,x\n1,2\n,3\n", "is empty; a point without a period"},
        {"spc --chart t", "period,x\n1,0\n", "must be above 0"},
        {"spc --chart p", "period,x,n\n1,5,3\n", "x is more than n"},
        {"spc", "period,x,exclude\n1,5,2\n", "expected 0 or 1"},
        {"trend", "period,x,n\nsoon,1,2\n", "\"soon\" is no period"},
        {"trend", "period,x,n\n1,3,2\n", "x is more than n"},
        {"funnel-assess", "numerator,denominator\n3,2\n",
         "numerator is more than"},
        {"compare --benchmark 1", "value,lower_95,upper_95\n5,6,7\n",
         "outside its own limits"},
        {"compare --by a --to x", "a,value,se\nx,1,1\nx,2,1\n",
         "the group has two values"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_refused(table[i].call, table[i].in, FPT_ERR_INPUT,
                       table[i].words);
}

static void test_keep_going_marks_what_is_impossible(void **state)
{
    (void)state;
    struct ran ran = run_filter("proportion --keep-going",
                                FPT_STR("x,n\n5,2\n1,2\n-3,4\nx,4\n"));
    assert_ok_or(ran.status, ran.err);
    assert_true(ran.found_wrong);
    assert_cell(&ran, 1, "status", "INVALID");
    assert_cell(&ran, 1, "numerator", "");
    assert_cell(&ran, 2, "status", "OK");
    assert_cell(&ran, 3, "status", "INVALID");
    assert_cell(&ran, 4, "status", "INVALID");
    fpt_arena_clear(&ran.arena);
    ran = run_filter("proportion", FPT_STR("x,n\n1,2\n,2\n"));
    assert_false(ran.found_wrong); /* missing is not wrong */
    fpt_arena_clear(&ran.arena);
    /* For a group the worst row decides. */
    ran = run_filter("rate --by g --keep-going",
                     FPT_STR("g,x,n\na,1,10\na,*,10\na,-1,10\nb,1,10\n"
                             "b,,10\nb,*,10\nc,1,10\nc,,10\nd,0,0\nd,1,5\n"));
    assert_ok_or(ran.status, ran.err);
    assert_cell(&ran, 1, "status", "INVALID");
    assert_cell(&ran, 2, "status", "SUPPRESSED");
    assert_cell(&ran, 2, "denominator", "30");
    assert_cell(&ran, 2, "numerator", "");
    assert_cell(&ran, 3, "status", "MISSING");
    assert_cell(&ran, 4, "status", "OK");
    fpt_arena_clear(&ran.arena);
}

static void test_assumptions_are_printed(void **state)
{
    (void)state;
    struct ran ran =
        run_filter("rate --missing-as-zero", FPT_STR("x,n\n,10\n3,10\n*,10\n"));
    assert_cell(&ran, 1, "n_assumed_zero", "1");
    assert_cell(&ran, 1, "value", "0");
    assert_cell(&ran, 2, "n_assumed_zero", "0");
    assert_cell(&ran, 3, "status", "SUPPRESSED");
    fpt_arena_clear(&ran.arena);
    ran = run_filter("dsr --by g --missing-as-zero --min-events 1",
                     FPT_STR("g,x,n,stdpop\na,,10,1\na,12,10,1\nb,5,10,1\n"));
    assert_cell(&ran, 1, "n_assumed_zero", "1");
    assert_cell(&ran, 1, "status", "OK");
    assert_cell(&ran, 2, "n_assumed_zero", "0");
    fpt_arena_clear(&ran.arena);
    ran = run_filter("mean --skip-missing --by g",
                     FPT_STR("g,x\na,1\na,\na,NA\na,3\nb,\n"));
    assert_cell(&ran, 1, "n_missing", "2");
    assert_cell(&ran, 1, "value", "2");
    assert_cell(&ran, 2, "status", "TOO_FEW_ROWS");
    assert_cell(&ran, 2, "denominator", "0");
    fpt_arena_clear(&ran.arena);
}

static void test_examples_are_true(void **state)
{
    (void)state;
    for (size_t i = 0; i < fpti_method_count(); i++) {
        const fpti_method *method = fpti_method_at(i);
        char call[256];
        snprintf(call, sizeof call, "%s %s", method->name, method->call);
        assert_filter(call, method->in, method->out);
        /* And its header is the one that the help lists. */
        const size_t header = strcspn(method->out, "\n");
        char listed[1024];
        snprintf(listed, sizeof listed, "%s", method->outputs);
        size_t to = 0;
        for (size_t k = 0; listed[k] != '\0'; k++)
            if (listed[k] != ' ') listed[to++] = listed[k];
        listed[to] = '\0';
        assert_true(header >= to);
        assert_memory_equal(method->out + header - to, listed, to);
    }
}

/* A header alone, with or without a line end, is a table of no rows. */
static void test_no_rows_give_no_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < fpti_method_count(); i++) {
        const fpti_method *method = fpti_method_at(i);
        char call[256], in[256], out[1024];
        snprintf(call, sizeof call, "%s %s", method->name, method->call);
        for (size_t end = 0; end < 2; end++) {
            snprintf(in, sizeof in, "%.*s",
                     (int)(strcspn(method->in, "\n") + end), method->in);
            snprintf(out, sizeof out, "%.*s",
                     (int)strcspn(method->out, "\n") + 1, method->out);
            assert_filter(call, in, out);
        }
    }
    assert_filter("quantile --by a", "a,value",
                  "a,value,rank,quantile,n_groups,method,status\n");
    assert_filter("life-expectancy --by a --healthy --missing-as-zero",
                  "a,start_age,deaths,population,healthy\n",
                  "a,start_age,deaths,population,healthy,mortality_rate,"
                  "p_death,survivors,person_years,value,std_error,lower_95,"
                  "upper_95,deaths_used,population_used,healthy_value,"
                  "healthy_std_error,healthy_lower_95,healthy_upper_95,"
                  "healthy_share,n_assumed_zero,method,status\n");
}

static void test_help_names_every_column_and_option(void **state)
{
    (void)state;
    struct ran ran = run_filter("", FPT_STR(""));
    assert_ok_or(ran.status, ran.err);
    for (size_t i = 0; i < fpti_method_count(); i++) {
        char call[64];
        snprintf(call, sizeof call, "%s --help", fpti_method_at(i)->name);
        struct ran help = run_filter(call, FPT_STR(""));
        assert_ok_or(help.status, help.err);
        assert_non_null(strstr(ran.out.data, fpti_method_at(i)->name));
        assert_non_null(strstr(help.out.data, fpti_method_at(i)->inputs));
        assert_non_null(strstr(help.out.data, "--confidence") != NULL ||
                                strcmp(fpti_method_at(i)->name, "quantile") ==
                                    0 ||
                                strcmp(fpti_method_at(i)->name, "trend") == 0 ||
                                strcmp(fpti_method_at(i)->name, "spc") == 0
                            ? "good"
                            : NULL);
        fpt_arena_clear(&help.arena);
        /* Every option that a method names exists. */
        fpt_str rest = fpt_str_from(fpti_method_at(i)->options);
        while (rest.data != NULL) {
            const fpt_str name = fpt_str_cut(&rest, ' ');
            bool known = false;
            for (int k = 0; k < FPTI_OPTIONS; k++)
                known =
                    known || fpt_str_equal(name, fpt_str_from(fpti_option_name(
                                                     (fpti_option_id)k)));
            if (!known)
                fail_msg("%s names --%.*s", fpti_method_at(i)->name,
                         FPT_STR_ARG(name));
        }
    }
    fpt_arena_clear(&ran.arena);
    ran = run_filter("-h", FPT_STR(""));
    assert_ok_or(ran.status, ran.err);
    fpt_arena_clear(&ran.arena);
}

/* ---- large files ---- */

enum { LARGE = 1 << 16 }; /* to the engine, here; groups go dozens of times */

/* Names in order, or in none. */
static void name_group(bool sorted, size_t g, char name[64])
{
    if (sorted)
        snprintf(name, 64, "E%08u", (unsigned)g);
    else
        snprintf(name, 64, "n%u.%u", (unsigned)(g * 7919U % 1000003U),
                 (unsigned)g);
}

/* `groups` groups of `rows` rows each, group after group or row after row. */
static fpt_str make_input(fpt_arena *arena, size_t groups, size_t rows,
                          bool together, bool sorted)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    fpt_strbuf_add(&text, FPT_STR("area,x,n,stdpop\n"));
    for (size_t i = 0; i < groups * rows; i++) {
        const size_t g = together ? i / rows : i % groups;
        const size_t r = together ? i % rows : i / groups;
        char name[64];
        name_group(sorted, g, name);
        fpt_strbuf_print(&text, "%s,%zu,%zu,%zu\n", name, (g * 31 + r * 7) % 40,
                         1000 + (g * 13 + r) % 500, 100 + r);
    }
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

/* However the groups lie in the file, and however many threads: the same. */
static void test_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    enum { GROUPS = 12000, ROWS = 3 };
    for (int sorted = 0; sorted < 2; sorted++) {
        const fpt_str by_group =
            make_input(&arena, GROUPS, ROWS, true, sorted == 1);
        const fpt_str by_row =
            make_input(&arena, GROUPS, ROWS, false, sorted == 1);
        struct ran a =
            run_filter_large_at(LARGE, "dsr --by area --threads 1", by_group);
        struct ran b =
            run_filter_large_at(LARGE, "dsr --by area --threads 8", by_row);
        struct ran c =
            run_filter_large_at(LARGE, "dsr --by area --scattered", by_group);
        struct ran d = run_filter("dsr --by area", by_group);
        assert_ok_or(a.status, a.err);
        assert_ok_or(b.status, b.err);
        assert_ok_or(c.status, c.err);
        assert_true(fpt_str_equal(a.out, b.out));
        assert_ok_or(d.status, d.err);
        assert_true(fpt_str_equal(a.out, c.out));
        assert_true(fpt_str_equal(a.out, d.out));
        fpt_arena_clear(&a.arena);
        fpt_arena_clear(&b.arena);
        fpt_arena_clear(&c.arena);
        fpt_arena_clear(&d.arena);
        fpt_arena_reset(&arena);
    }
    fpt_arena_clear(&arena);
}

/* A group that comes back after it was written is noticed, in both ways in
 * which that is looked for; with --scattered it is no fault. */
static void test_a_group_that_comes_back_is_noticed(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    for (int sorted = 0; sorted < 2; sorted++) {
        const fpt_str in = make_input(&arena, 9000, 3, true, sorted == 1);
        fpt_strbuf text = fpt_strbuf_make(&arena);
        fpt_strbuf_add(&text, in);
        char name[64];
        name_group(sorted == 1, 5, name);
        fpt_strbuf_print(&text, "%s,1,1000,100\n", name);
        struct ran a =
            run_filter_large_at(LARGE, "dsr --by area", fpt_strbuf_view(&text));
        assert_int_equal(a.status, FPT_ERR_INPUT);
        assert_non_null(strstr(a.err.text, "line 27002"));
        assert_non_null(strstr(a.err.text, "--scattered"));
        struct ran b = run_filter_large_at(LARGE, "dsr --by area --scattered",
                                           fpt_strbuf_view(&text));
        assert_ok_or(b.status, b.err);
        fpt_arena_clear(&a.arena);
        fpt_arena_clear(&b.arena);
        fpt_arena_reset(&arena);
    }
    fpt_arena_clear(&arena);
}

/* Small files may come in any order: nothing is let go. */
static void test_tables_in_parts(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_strbuf text = fpt_strbuf_make(&arena);
    fpt_strbuf_add(&text, FPT_STR("g,value\n"));
    enum { GROUPS = 900, ROWS = 30 };
    for (int g = 0; g < GROUPS; g++)
        for (int r = 0; r < ROWS; r++)
            fpt_strbuf_print(&text, "g%d,%d\n", g, (r * 17 + g) % 101);
    assert_false(text.failed);
    struct ran a = run_filter_large_at(LARGE, "quantile --by g --groups 3",
                                       fpt_strbuf_view(&text));
    struct ran b = run_filter("quantile --by g --groups 3 --scattered",
                              fpt_strbuf_view(&text));
    assert_ok_or(a.status, a.err);
    assert_ok_or(b.status, b.err);
    assert_true(fpt_str_equal(a.out, b.out));
    fpt_arena_clear(&a.arena);
    fpt_arena_clear(&b.arena);
    fpt_arena_clear(&arena);
}

/* A fault deep in a large file; what has been written by then is right. */
static void test_rows_of_a_large_file(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_strbuf text = fpt_strbuf_make(&arena);
    fpt_strbuf_add(&text, FPT_STR("x,n\n"));
    enum { ROWS = 100000 };
    for (int i = 0; i < ROWS; i++)
        fpt_strbuf_print(&text, "%d,%d\n", i % 90, 100 + i % 7);
    const fpt_str good = fpt_strbuf_view(&text);
    struct ran one = run_filter("proportion --threads 1", good);
    struct ran many = run_filter("proportion --threads 8", good);
    assert_ok_or(one.status, one.err);
    assert_true(fpt_str_equal(one.out, many.out));
    fpt_strbuf_add(&text, FPT_STR("9,8\n"));
    struct ran bad = run_filter("proportion", fpt_strbuf_view(&text));
    assert_int_equal(bad.status, FPT_ERR_INPUT);
    assert_non_null(strstr(bad.err.text, "line 100002"));
    assert_true(bad.out.len > 0 &&
                memcmp(bad.out.data, one.out.data, bad.out.len) == 0);
    fpt_arena_clear(&one.arena);
    fpt_arena_clear(&many.arena);
    fpt_arena_clear(&bad.arena);
    fpt_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_come_back_with_their_columns),
        cmocka_unit_test(test_groups_in_order_of_their_first_row),
        cmocka_unit_test(test_attach_repeats_results),
        cmocka_unit_test(test_columns_that_clash),
        cmocka_unit_test(test_other_headings),
        cmocka_unit_test(test_wrong_calls),
        cmocka_unit_test(test_wrong_input),
        cmocka_unit_test(test_keep_going_marks_what_is_impossible),
        cmocka_unit_test(test_assumptions_are_printed),
        cmocka_unit_test(test_examples_are_true),
        cmocka_unit_test(test_no_rows_give_no_rows),
        cmocka_unit_test(test_help_names_every_column_and_option),
        cmocka_unit_test(test_order_of_rows_does_not_matter),
        cmocka_unit_test(test_a_group_that_comes_back_is_noticed),
        cmocka_unit_test(test_tables_in_parts),
        cmocka_unit_test(test_rows_of_a_large_file),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
