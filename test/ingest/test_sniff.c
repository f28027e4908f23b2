/*
 * Which file is of which source, of which vintage, and known since when.
 */
#include "loading.h"

static fpt_status sniff(struct loading *l, const char *path, fpt_sniffed *out)
{
    l->err = (fpt_error){0};
    return fpt_sniff(&l->place->arena, &l->packs, path, out, &l->err);
}

static void assert_sniffed(struct loading *l, const char *name,
                           const char *bytes, const char *source,
                           const char *vintage)
{
    fpt_sniffed s;
    assert_ok_or(sniff(l, put(l->place, name, fpt_str_from(bytes)), &s),
                 l->err);
    assert_str(s.source, source);
    assert_str(s.vintage, vintage);
    assert_str(s.version, "1");
}

static void assert_unknown(struct loading *l, const char *name, fpt_str bytes,
                           fpt_status status, const char *words)
{
    fpt_sniffed s;
    assert_refused(sniff(l, put(l->place, name, bytes), &s), status, l->err,
                   words);
}

#define ONE_FACT "facts:\n  - {fact: name, code: org, kind: x}\n"

static void put_three(struct loading *l)
{
    put_source(
        l, "lookup",
        "recognise: {header: ['CCG##CD', 'STP##CD']}\n"
        "vintage: {from: header, day: '04-01'}\n"
        "columns:\n"
        "  org: {type: code, names: ['CCG{yy}CD'], needed: yes}\n"
        "  stp: {type: code, names: ['STP{yy}CD']}\n"
        "  ods: {type: code, names: ['STP{yy}CDH'], required: no}\n" ONE_FACT);
    put_source(
        l, "sheet",
        "format: {header: find, header_cell: 'Org Code', header_levels: 2, "
        "columns: [4], published_cells: ['Revised:', 'Published:']}\n"
        "recognise: {header: ['Org Code', 'Beds']}\n"
        "columns:\n"
        "  org: {type: code, names: ['Org Code']}\n"
        "  open: {type: int, names: ['Open / Beds'], required: no}\n" ONE_FACT);
    put_source(l, "ods",
               "format: {header: none, columns: [3]}\n"
               "recognise: {first_cells: ['R##', 'T##']}\n"
               "vintage: {from: file-name}\n"
               "columns:\n"
               "  org: {type: code, at: 1}\n" ONE_FACT);
}

static void test_recognised(void **state)
{
    struct loading *l = *state;
    put_three(l);
    assert_sniffed(l, "a.csv", "CCG17CD,CCG17NM,STP17CD\nE1,x,S1\n", "lookup",
                   "2017-04-01");
    assert_sniffed(l, "b.csv", "\xEF\xBB\xBF\"CCG18CD \",STP18CD\r\nE1,S1\r\n",
                   "lookup", "2018-04-01");
    assert_sniffed(l, "c.csv",
                   ",,,\nTitle:,Beds,,\n,,Open,\n,Org Code ,Beds,\n,R01,5,\n",
                   "sheet", "");
    assert_sniffed(l, "trusts_2020_03.csv", "R01,x,y\nT02,x,y\n", "ods",
                   "2020-03");
    assert_sniffed(l, "trusts.csv", "R01,x,y\nT02,x,y\n", "ods",
                   ""); /* it does not say */
    /* packed, and with a preamble of blank rows */
    fpt_sniffed s;
    const fpt_str packed = gzip(
        &l->place->arena, FPT_STR("CCG20CD,STP20CD,STP20CDH\nE1,S1,Q01\n"));
    assert_ok_or(sniff(l, put(l->place, "d.csv.gz", packed), &s), l->err);
    assert_str(s.vintage, "2020-04-01");
}

static void test_not_recognised_and_why(void **state)
{
    struct loading *l = *state;
    put_three(l);
    assert_unknown(l, "a.csv", FPT_STR("CCG17CD,x\nE1,y\n"), FPT_ERR_NOT_FOUND,
                   "the nearest is lookup, but there is no column \"STP##CD\"");
    /* one year a file */
    assert_unknown(l, "b.csv", FPT_STR("CCG17CD,STP18CD\nE1,S1\n"),
                   FPT_ERR_NOT_FOUND, "the nearest is lookup, but ");
    assert_says(l->err, "the column \"STP{yy}CD\" is missing");
    assert_unknown(l, "c.csv", FPT_STR("Org Code,Beds\nR01,5\n"),
                   FPT_ERR_NOT_FOUND,
                   "has 2 columns, and sheet is known with 4");
    assert_unknown(
        l, "d.csv", FPT_STR("a,b,c\n1,2,3\n"), FPT_ERR_NOT_FOUND,
        "no source pack recognises it; `footprint source list` shows the 3");
    assert_unknown(l, "e.csv", FPT_STR("R01,x,y\nnot a code,x,y\n"),
                   FPT_ERR_NOT_FOUND, "no source pack");
    /* the one that knows most of it is the nearest */
    put_source(l, "more",
               "recognise: {header: ['Org Code', Beds, 'CCG17CD', other]}\n"
               "columns:\n  org: {type: code, names: [CCG17CD]}\n" ONE_FACT);
    assert_unknown(l, "f.csv", FPT_STR("Org Code,Beds,CCG17CD\nR01,5,E1\n"),
                   FPT_ERR_NOT_FOUND,
                   "the nearest is more, but there is no column \"other\"");
}

static void test_ambiguous(void **state)
{
    struct loading *l = *state;
    put_three(l);
    put_source(
        l, "twin",
        "recognise: {header: ['STP##CD']}\n"
        "columns:\n  org: {type: code, names: ['CCG{yy}CD']}\n" ONE_FACT);
    assert_unknown(l, "a.csv", FPT_STR("CCG17CD,STP17CD\nE1,S1\n"),
                   FPT_ERR_AMBIGUOUS,
                   "could be lookup or twin; say which with --source");
    load_refused(l, "a.csv", FPT_STR("CCG17CD,STP17CD\nE1,S1\n"),
                 FPT_ERR_AMBIGUOUS, "--source");
    const fpt_load_file told = {.path = in(l->place, "a.csv"),
                                .source = FPT_STR("twin")};
    assert_ok_or(load_files(l, 1, &told), l->err);
    assert_str(l->results[0].source, "twin");
    const fpt_load_file wrong = {.path = in(l->place, "a.csv"),
                                 .source = FPT_STR("twins")};
    assert_refused(load_files(l, 1, &wrong), FPT_ERR_NOT_FOUND, l->err,
                   "did you mean twin?");
    const fpt_load_file other = {.path = in(l->place, "a.csv"),
                                 .source = FPT_STR("sheet")};
    assert_refused(
        load_files(l, 1, &other), FPT_ERR_INPUT, l->err,
        "has the cell \"Org Code\", by which sheet finds its header");
}

/* ---- what is no file to read ---- */

static void test_bad_files(void **state)
{
    struct loading *l = *state;
    static const char nuls[5000] = {0};
    put_three(l);
    assert_unknown(l, "empty.csv", FPT_STR(""), FPT_ERR_INPUT,
                   "the file is empty");
    assert_unknown(l, "nul.csv", (fpt_str){nuls, sizeof nuls}, FPT_ERR_INPUT,
                   "holds NUL bytes: this is not text");
    assert_unknown(l, "wide.csv", (fpt_str){"a\0,\0b\0\n\0", 8}, FPT_ERR_INPUT,
                   "holds NUL bytes");
    assert_unknown(l, "bytes.csv", FPT_STR("CCG17CD,STP17CD\nE1,\xFF\xFE\n"),
                   FPT_ERR_INPUT, "UTF-8");
    const fpt_str packed =
        gzip(&l->place->arena, FPT_STR("CCG17CD,STP17CD\nE1,S1\n"));
    assert_unknown(l, "cut.csv.gz", fpt_str_slice(packed, 0, packed.len - 6),
                   FPT_ERR_INPUT, "cut.csv.gz");
    assert_unknown(l, "cut2.csv.gz", fpt_str_slice(packed, 0, 12),
                   FPT_ERR_INPUT, "cut2.csv.gz");
    assert_unknown(l, "sixty.csv.gz", FPT_STR("\x1f\x8bnonsense"),
                   FPT_ERR_INPUT, "sixty.csv.gz");
    fpt_sniffed s;
    assert_refused(sniff(l, in(l->place, "nosuch.csv"), &s), FPT_ERR_NOT_FOUND,
                   l->err, "nosuch.csv");
    assert_refused(sniff(l, l->place->folder, &s), FPT_ERR_IO, l->err,
                   "is a folder");
    const fpt_load_file folder = {.path = l->place->folder};
    assert_refused(load_files(l, 1, &folder), FPT_ERR_INPUT, l->err,
                   "is a folder; name its files");
    /* NUL behind the beginning */
    fpt_strbuf text = fpt_strbuf_make(&l->place->arena);
    fpt_strbuf_add(&text, FPT_STR("CCG17CD,STP17CD\n"));
    for (int i = 0; i < 20000; i++)
        fpt_strbuf_print(&text, "E%d,S1\n", i);
    fpt_strbuf_add(&text, (fpt_str){"E1,S\0\n", 6});
    load_refused(l, "late.csv", fpt_strbuf_view(&text), FPT_ERR_INPUT,
                 "late.csv: line 20002: holds a NUL");
    /* a line that has no end, as far as one can see */
    text = fpt_strbuf_make(&l->place->arena);
    fpt_strbuf_add(&text, FPT_STR("CCG17CD,STP17CD\n"));
    for (int i = 0; i < 100000; i++)
        fpt_strbuf_add(&text, FPT_STR("0123456789"));
    assert_unknown(l, "long.csv", fpt_strbuf_view(&text), FPT_ERR_INPUT,
                   "long.csv: line 2: goes on for more than 65536 bytes");
}

/* ---- vintages ---- */

static void load_as(struct loading *l, const char *name, const char *text,
                    const char *vintage, const char *published,
                    const char *expected_vintage, const char *known)
{
    const fpt_load_file file = {.path = put(l->place, name, fpt_str_from(text)),
                                .vintage = fpt_str_from(vintage),
                                .published = fpt_str_from(published)};
    assert_ok_or(load_files(l, 1, &file), l->err);
    assert_str(l->results[0].vintage, expected_vintage);
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT known_from FROM load WHERE load = %lld",
             (long long)l->results[0].load);
    assert_warehouse(l, sql, known);
}

static void test_vintages_of_the_header(void **state)
{
    struct loading *l = *state;
    put_three(l);
    load_as(l, "a.csv", "CCG17CD,STP17CD\nE1,S1\n", NULL, NULL, "2017-04-01",
            "2017-04-01");
    load_as(l, "b.csv", "CCG18CD,STP18CD\nE1,S1\n", "2018", NULL, "2018-04-01",
            "2018-04-01");
    load_as(l, "c.csv", "CCG19CD,STP19CD\nE1,S1\n", "2019-04", "2019-05-06",
            "2019-04-01", "2019-05-06");
    const fpt_load_file wrong = {.path = in(l->place, "a.csv"),
                                 .vintage = FPT_STR("2018")};
    assert_refused(load_files(l, 1, &wrong), FPT_ERR_INPUT, l->err,
                   "is of 2017-04-01, and 2018 is wanted");
    const fpt_load_file bad_day = {.path = in(l->place, "a.csv"),
                                   .published = FPT_STR("1 April 2017")};
    assert_refused(load_files(l, 1, &bad_day), FPT_ERR_USAGE, l->err,
                   "\"1 April 2017\" is not a date");
}

static void test_vintages_of_the_name(void **state)
{
    struct loading *l = *state;
    put_source(l, "ods",
               "format: {header: none}\n"
               "recognise: {first_cells: ['R##']}\n"
               "vintage: {from: file-name, day: '06-30', no_date_after: [day], "
               "grace_days: 10}\n"
               "columns:\n"
               "  org: {type: code, at: 1}\n"
               "  day: {type: date, style: compact, at: 2}\n"
               "facts:\n  - {fact: name, code: org, kind: x, from: vintage}\n");
    load_as(l, "ods_2017_03.csv", "R01,20170301\n", NULL, NULL, "2017-03",
            "2017-03-31");
    load_as(l, "ods-2018-04.csv", "R02,20170301\n", NULL, NULL, "2018-04",
            "2018-04-30");
    load_as(l, "x2019.csv", "R03,20170301\n", NULL, NULL, "2019-06-30",
            "2019-06-30");
    load_as(l, "whatever.csv", "R04,20170301\n", "2020-01", NULL, "2020-01",
            "2020-01-31");
    load_as(l, "later.csv", "R05,20170301\n", "2021", "2021-09-09",
            "2021-06-30", "2021-09-09");
    assert_warehouse(l, "SELECT code, valid_from FROM name ORDER BY code",
                     "R01 2017-03-01; R02 2018-04-01; R03 2019-06-30; R04 "
                     "2020-01-01; R05 2021-06-30");
    load_refused(l, "nodate.csv", FPT_STR("R01,20170302\n"), FPT_ERR_INPUT,
                 "say it with --vintage 2017-03");
    load_refused(l, "sha20170301.csv", FPT_STR("R01,20170302\n"), FPT_ERR_INPUT,
                 "--vintage");
    const fpt_load_file nonsense = {.path = in(l->place, "nodate.csv"),
                                    .vintage = FPT_STR("spring")};
    assert_refused(load_files(l, 1, &nonsense), FPT_ERR_INPUT, l->err,
                   "the vintage \"spring\" is no date, month or year");
    /* it knows of later days than it is said to be of */
    load_refused(
        l, "y_2017_02.csv", FPT_STR("R01,20170101\nR02,20170312\n"),
        FPT_ERR_INPUT,
        "y_2017_02.csv:2: knows of 2017-03-12, so it cannot be of 2017-02");
    load_as(l, "z_2017_02.csv", "R01,20170101\nR02,20170310\n", NULL, NULL,
            "2017-02", "2017-02-28");
}

static void test_financial_years_and_starts(void **state)
{
    struct loading *l = *state;
    put_source(l, "qof",
               "recognise: {header: [practice, list]}\n"
               "vintage: {from: file-name, financial_year: yes}\n"
               "columns:\n"
               "  org: {type: code, names: [practice]}\n"
               "  list: {type: int, names: [list]}\n"
               "facts:\n  - {fact: datum, series: t.list, unit: people, about: "
               "x, place: org, period: vintage, value: list}\n");
    put_source(l, "fixed",
               "recognise: {header: [ccg, stp]}\n"
               "vintage:\n"
               "  from: fixed\n"
               "  is: '2017-04-01'\n"
               "  published: 2017-07-21\n"
               "  starts: [{vintage: '2017-04-01', relation: stp, from: "
               "2016-04-01, why: drawn then}]\n"
               "columns:\n"
               "  ccg: {type: code, names: [ccg]}\n"
               "  stp: {type: code, names: [stp]}\n"
               "facts:\n"
               "  - {fact: relation, subject: ccg, kind: stp, object: stp, "
               "from: vintage}\n"
               "  - {fact: name, code: ccg, kind: ccg, from: vintage}\n");
    load_as(l, "qof_2017_18.csv", "practice,list\nA1,5\n", NULL, NULL,
            "2017-18", "2018-03-31");
    load_as(l, "qof.csv", "practice,list\nA1,6\n", "2018/19", NULL, "2018/19",
            "2019-03-31");
    assert_warehouse(l,
                     "SELECT period_from, period_to FROM coverage ORDER BY 1",
                     "2017-04-01 2018-04-01; 2018-04-01 2019-04-01");
    load_as(l, "f.csv", "ccg,stp\nC1,S1\n", NULL, NULL, "2017-04-01",
            "2017-07-21");
    assert_warehouse(l, "SELECT valid_from FROM relation", "2016-04-01");
    assert_warehouse(l, "SELECT valid_from FROM name", "2017-04-01");
}

static void test_published_in_the_preamble(void **state)
{
    struct loading *l = *state;
    put_three(l);
    load_as(
        l, "a.csv",
        "Published:,21st November 2024,,\n,,Open,\nOrg Code,Beds,x,\nR01,5,,\n",
        NULL, NULL, "", "2024-11-21");
    load_as(l, "b.csv",
            "Published:,20th February 2025,,\nRevised:,21st May "
            "2025,,\n,,Open,\nOrg "
            "Code,Beds,x,\nR01,5,,\n",
            NULL, NULL, "", "2025-05-21");
    load_as(l, "c.csv",
            "Revised:,,,\nPublished:,1 March 2025,,\n,,Open,\nOrg "
            "Code,Beds,x,\nR01,5,,\n",
            NULL, NULL, "", "2025-03-01");
    load_as(l, "d.csv", "Published:,,,\n,,Open,\nOrg Code,Beds,x,\nR02,5,,\n",
            NULL, NULL, "", "2024-06-01");
    /* a day that cannot be read is told, and today counts */
    load_as(l, "e.csv",
            "Published:,in spring,,\n,,Open,\nOrg Code,Beds,x,\nR03,5,,\n",
            NULL, NULL, "", "2024-06-01");
    assert_warehouse(
        l, "SELECT load, text FROM finding WHERE code = 'bad-published'",
        "5 the day of publication is printed as \"in spring\", which is no "
        "date: "
        "the file is taken to be known since 2024-06-01");
}

static void test_two_levels_of_header(void **state)
{
    struct loading *l = *state;
    put_source(
        l, "kh03",
        "format: {header: find, header_cell: 'Org Code', header_levels: 2}\n"
        "recognise: {header: ['Org Code']}\n"
        "columns:\n"
        "  org: {type: code, names: ['Org Code']}\n"
        "  open: {type: int, names: ['Available / Total']}\n"
        "  used: {type: int, names: ['Occupied daily / Total']}\n"
        "facts:\n"
        "  - {fact: datum, series: t.open, unit: beds, about: x, place: org, "
        "period: '=2017', value: open}\n"
        "  - {fact: datum, series: t.used, unit: beds, about: x, place: org, "
        "period: '=2017', value: used}\n");
    load_text(l, "a.csv",
              "a title,,,,\n"
              ",\"Available\n\",,\" Occupied\n daily\",\n"
              "Org Code,Total ,Other,Total,Other\n"
              "R01,9,8,7,6\n");
    assert_warehouse(l, ALL_DATA,
                     "t.open R01 2017-01-01 2018-01-01 0 9 - 6; "
                     "t.used R01 2017-01-01 2018-01-01 0 7 - 6");
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_loading, tear_down_loading)
    const struct CMUnitTest tests[] = {
        TEST(test_recognised),
        TEST(test_not_recognised_and_why),
        TEST(test_ambiguous),
        TEST(test_bad_files),
        TEST(test_vintages_of_the_header),
        TEST(test_vintages_of_the_name),
        TEST(test_financial_years_and_starts),
        TEST(test_published_in_the_preamble),
        TEST(test_two_levels_of_header),
    };
    return cmocka_run_group_tests_name("sniff", tests, NULL, NULL);
}
