/*
 * Loading as a whole: what is set aside, what is checked, files that speak of the
 * same, codes that nobody knows, and all or nothing. Each test has a pack and a
 * file of its own.
 */
#include "loading.h"

/* ---- what is set aside ---- */

static void test_every_reason_to_set_aside(void **state)
{
    struct loading *l = *state;
    put_source(
        l, "r",
        "recognise: {header: [org, month, n]}\n"
        "columns:\n"
        "  org: {type: code, names: [org], patterns: ['R##'], needed: yes}\n"
        "  month: {type: period, names: [month]}\n"
        "  n: {type: int, names: [n]}\n"
        "  cost: {type: money, names: [cost]}\n"
        "  day: {type: date, style: dmy, names: [day]}\n"
        "  word: {type: choice, names: [word], values: {'Yes': 1, 'No': 0}}\n"
        "facts:\n"
        "  - {fact: name, code: org, kind: x, from: day}\n"
        "  - {fact: datum, series: t.n, unit: u, about: x, place: org, period: "
        "month, value: n}\n"
        "  - {fact: datum, series: t.w, unit: u, about: x, place: org, period: "
        "month, value: word}\n"
        "  - {fact: datum, series: t.cost, unit: pence, about: x, place: org, "
        "period: month, value: cost}\n");
    const fpt_load_result r =
        load_text(l, "a.csv",
                  "org,month,n,cost,day,word\n"
                  "R01,2017-04,1,1.50,01/04/2017,Yes\n"
                  "S01,2017-04,1,1.50,01/04/2017,Yes\n"
                  ",2017-04,1,1.50,01/04/2017,Yes\n"
                  "R02,April,1,1.50,01/04/2017,Yes\n"
                  "R03,2017-04,many,1.50,01/04/2017,Yes\n"
                  "R04,2017-04,1,a lot,01/04/2017,Yes\n"
                  "R05,2017-04,1,1.50,2017-04-01,Yes\n"
                  "R06,2017-04,1,1.50,01/04/2017,Perhaps\n"
                  "R07,2017-04,1,1.50\n"
                  "R08,2017-04,1,1.50,01/04/2017,\"Yes\" or no\n"
                  "R09,,1,1.50,01/04/2017,Yes\n"
                  ",,,,,\n"
                  "\n"
                  "R10,2017-04,2,2.50,01/04/2017,No\n");
    assert_int_equal(r.rows_read, 14);
    assert_int_equal(r.rows_taken, 2);
    assert_int_equal(r.rows_skipped, 2); /* the blank ones */
    assert_int_equal(r.rows_rejected, 10);
    assert_warehouse(
        l, "SELECT line, field, reason FROM reject ORDER BY line",
        "3 1 bad-code; 4 1 missing; 5 2 bad-period; 6 3 bad-number; "
        "7 4 bad-money; 8 5 bad-date; 9 6 unknown-word; "
        "10 0 wrong-width; 11 6 bad-quoting; 12 2 missing");
    assert_warehouse(l, "SELECT text, record FROM reject WHERE line = 10",
                     "found 4 fields, expected 6 R07,2017-04,1,1.50");
    assert_warehouse(l, "SELECT text FROM finding WHERE code = 'rejected'",
                     "10 of 14 records were set aside");
    /* nothing of what was set aside is in the warehouse */
    assert_warehouse(l, "SELECT code FROM name ORDER BY 1", "R01; R10");
    assert_warehouse(l,
                     "SELECT DISTINCT p.code FROM datum d JOIN place p ON "
                     "p.place = d.place ORDER BY 1",
                     "R01; R10");
    assert_warehouse(l, "SELECT count(*) FROM place", "2");
}

static void test_a_long_record_is_shown_cut(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    char text[4000] = "trust,month,beds\nR1,2017-04,1\n";
    size_t used = strlen(text);
    for (int i = 0; i < 700; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "\xC3\xA9");
    snprintf(text + used, sizeof text - used, ",2017-04,x\n");
    load_text(l, "a.csv", text);
    assert_int_equal(
        ask(l->w.warehouse, "SELECT octet_length(encode(record)) FROM reject"),
        1000);
}

static void test_a_file_of_which_nothing_can_be_used(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    load_refused(l, "a.csv",
                 FPT_STR("trust,month,beds\nR1,soon,1\nR2,later,2\n"),
                 FPT_ERR_INPUT,
                 "none of its 2 records could be used; the first: line 2, "
                 "field 2: found \"soon\"");
    load_refused(l, "a.csv", FPT_STR("trust,month,beds\n"), FPT_ERR_INPUT,
                 "none of its 0 records");
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 0);
    assert_int_equal(ask(l->w.ledger, "SELECT count(*) FROM entry"), 0);
}

/* ---- checks ---- */

static void test_checks(void **state)
{
    struct loading *l = *state;
    put_source(l, "k",
               "recognise: {header: [org, n, m]}\n"
               "vintage: {from: file-name}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  n: {type: int, names: [n]}\n"
               "  m: {type: int, names: [m], required: no}\n"
               "rows:\n"
               "  total: [{column: org, is: [TOTAL, Total]}]\n"
               "facts:\n"
               "  - {fact: datum, series: t.n, unit: u, about: x, place: org, "
               "period: vintage, value: n}\n"
               "  - {fact: datum, series: t.m, unit: u, about: x, place: org, "
               "period: vintage, value: m}\n"
               "checks:\n"
               "  - {check: rows, id: how-many, expected: 2}\n"
               "  - {check: rows, id: how-many-then, expected: 9, tolerance: "
               "7, vintage: '2017-05'}\n"
               "  - {check: sum, id: all-n, column: n, expected: 31}\n"
               "  - {check: total-row, id: rows-sum, tolerance: 1}\n");
    fpt_load_result r =
        load_text(l, "x_2017_04.csv",
                  "org,n,m\nR1,10,\"1,000\"\nR2,20,5\nTOTAL,30,1004\n");
    assert_int_equal(r.rows_taken, 2);
    assert_int_equal(r.rows_skipped, 1);
    assert_int_equal(r.checks_failed, 1);
    assert_warehouse(
        l,
        "SELECT check_id, failed, checked, tolerance, status, text FROM "
        "quality ORDER BY check_id",
        "all-n 1 31 0 fail the sum of n is 30, the published one 31; "
        "how-many 0 2 0 pass 2 records were taken, 2 are known to be in it; "
        "rows-sum/m 1 1004 1 pass-with-failures its rows sum to 1,005, its "
        "total row prints 1,004; "
        "rows-sum/n 0 30 1 pass its rows sum to 30, its total row prints 30");
    r = load_text(l, "x_2017_05.csv", "org,n,m\nR1,10,1\nR2,21,\nTotal,29,x\n");
    assert_int_equal(r.checks_failed, 1);
    assert_warehouse(l,
                     "SELECT check_id, failed, status FROM quality WHERE load "
                     "= 2 ORDER BY check_id",
                     "all-n 0 pass; how-many 0 pass; how-many-then 7 "
                     "pass-with-failures; rows-sum/n 2 fail");
}

/* Sums at the ends of what a number can be are refused, not wrapped. */
static void test_sums_too_large(void **state)
{
    struct loading *l = *state;
    put_source(
        l, "k",
        "recognise: {header: [org, a1]}\n"
        "columns:\n"
        "  org: {type: code, names: [org]}\n"
        "  a: {type: int, match: ['a#']}\n"
        "  t: {type: int, names: [t], required: no}\n"
        "rows:\n"
        "  total: [{column: org, is: [TOTAL]}]\n"
        "facts:\n"
        "  - {fact: datum, series: t.a, unit: u, about: x, place: org, period: "
        "'=2017', value: a, strata: [{dimension: a, value: each}]}\n"
        "  - {fact: datum, series: t.t, unit: u, about: x, place: org, period: "
        "'=2017', value: t}\n"
        "checks:\n"
        "  - {check: cells-sum, id: parts, column: a, to: t}\n"
        "  - {check: total-row, id: rows}\n");
    load_refused(
        l, "a.csv",
        FPT_STR("org,a1,a2,t\nR1,9223372036854775807,9223372036854775807,1\n"),
        FPT_ERR_INPUT, "does not fit in 64 bits");
    load_refused(l, "a.csv",
                 FPT_STR("org,a1,a2,t\nR1,1,1,9223372036854775807\nR2,1,1,"
                         "9223372036854775807\n"),
                 FPT_ERR_INPUT, "does not fit in 64 bits");
    /* apart by more than a number can hold: still a failed check */
    const fpt_load_result r =
        load_text(l, "a.csv",
                  "org,a1,a2,t\nR1,1,1,-9223372036854775807\nTOTAL,0,0,"
                  "9223372036854775807\n");
    assert_int_equal(r.checks_failed, 2);
    assert_warehouse(l,
                     "SELECT check_id, failed, status FROM quality ORDER BY 1",
                     "parts 1 fail; rows/t 9223372036854775807 fail");
}

/* ---- files that speak of the same ---- */

static void test_the_same_file_again(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    load_text(l, "a.csv", "trust,month,beds\nR1,2017-04,1\n");
    const fpt_load_result r =
        load_text(l, "b.csv", "trust,month,beds\nR1,2017-04,1\n");
    assert_int_equal(r.load, 0);
    assert_int_equal(r.same_as, 1);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 1);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM datum"), 1);
    assert_int_equal(ask(l->w.ledger, "SELECT count(*) FROM entry"), 1);
    /* twice in one call */
    const fpt_load_file files[] = {
        {.path = put(l->place, "c.csv",
                     FPT_STR("trust,month,beds\nR1,2017-05,1\n"))},
        {.path = put(l->place, "d.csv",
                     FPT_STR("trust,month,beds\nR1,2017-05,1\n"))},
        {.path = in(l->place, "a.csv")}};
    assert_ok_or(load_files(l, 3, files), l->err);
    assert_int_equal(l->results[0].load, 2);
    assert_int_equal(l->results[1].same_as, 2);
    assert_int_equal(l->results[2].same_as, 1);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 2);
}

static void test_a_later_file_revises(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    load_text(l, "a.csv",
              "trust,month,beds\nR1,2017-04,10\nR2,2017-04,20\nR1,2017-05,5\n");
    fpt_load_result r = load_text(
        l, "b.csv",
        "trust,month,beds\nR1,2017-04,10\nR2,2017-04,22\nR3,2017-04,1\n");
    assert_int_equal(r.load, 2);
    assert_warehouse(
        l, "SELECT severity, line, text FROM finding WHERE code = 'revises'",
        "warning 2 gives 2 numbers that load 1 (a.csv) gave too; 1 of them "
        "differ. "
        "The later published counts, both are kept");
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM datum"), 6);
    /* the same numbers in another form are worth a note; suppressed differs */
    r = load_text(l, "c.csv", "trust,month,beds\nR1,2017-05,\" 5 \"\n");
    assert_warehouse(
        l,
        "SELECT severity, text FROM finding WHERE code = 'revises' AND load = "
        "3",
        "note gives 1 numbers that load 1 (a.csv) gave too; 0 of them differ. "
        "The later published counts, both are kept");
    r = load_text(l, "d.csv", "trust,month,beds\nR1,2017-05,*\n");
    assert_warehouse(
        l,
        "SELECT text FROM finding WHERE code = 'revises' AND load = 4 ORDER BY "
        "text",
        "gives 1 numbers that load 1 (a.csv) gave too; 1 of them differ. "
        "The later published counts, both are kept; "
        "gives 1 numbers that load 3 (c.csv) gave too; 1 of them differ. "
        "The later published counts, both are kept");
    /* another source does not revise */
    put_source(l, "other",
               "recognise: {header: [hospital, beds]}\n"
               "columns:\n"
               "  org: {type: code, names: [hospital]}\n"
               "  beds: {type: int, names: [beds]}\n"
               "facts:\n"
               "  - {fact: datum, series: test.beds, unit: beds, about: x, "
               "place: org, period: '=2017-04', value: beds}\n");
    load_text(l, "e.csv", "hospital,beds\nR1,99\n");
    assert_int_equal(
        ask(l->w.warehouse,
            "SELECT count(*) FROM finding WHERE load = 5 AND code = 'revises'"),
        0);
}

static void test_a_source_by_place(void **state)
{
    struct loading *l = *state;
    const fpt_str yaml =
        fpt_str_print(&l->place->arena, "replaces: place\n%s", BEDS_PACK);
    put_source(l, "beds", yaml.data);
    load_text(l, "a.csv", "trust,month,beds\nR1,2017-04,10\n");
    load_text(l, "b.csv", "trust,month,beds\nR2,2017-04,20\n");
    assert_warehouse(l, "SELECT load, by_place FROM load ORDER BY load",
                     "1 1; 2 1");
    assert_int_equal(ask(l->w.warehouse,
                         "SELECT count(*) FROM finding WHERE code = 'revises'"),
                     0);
}

/* ---- codes that nobody knows ---- */

static void test_unknown_codes_are_kept_and_told(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    put_source(l, "register",
               "recognise: {header: [code, alias, in]}\n"
               "columns:\n"
               "  code: {type: code, names: [code]}\n"
               "  alias: {type: code, names: [alias]}\n"
               "  in: {type: code, names: [in]}\n"
               "facts:\n"
               "  - {fact: name, code: code, kind: trust}\n"
               "  - {fact: alias, code: code, system: ods, other: alias, kind: "
               "trust}\n"
               "  - {fact: relation, subject: code, kind: stp, object: in}\n");
    load_text(l, "r.csv", "code,alias,in\nR1,A1,S9\n");
    assert_warehouse(l, "SELECT code, used_as, records FROM unknown_code",
                     "S9 stp 1");
    const fpt_load_result r =
        load_text(l, "a.csv",
                  "trust,month,beds\nR1,2017-04,1\nA1,2017-04,1\nZ9B2Z,2017-04,"
                  "1\nZ9B2Z,2017-05,1\n");
    assert_int_equal(r.rows_taken, 4);
    assert_warehouse(
        l,
        "SELECT load, code, used_as, records FROM unknown_code WHERE load = 2",
        "2 Z9B2Z place 2");
    assert_warehouse(l, "SELECT text FROM finding WHERE load = 2",
                     "1 codes are in no register that was loaded; their facts "
                     "are kept: Z9B2Z");
}

static void test_very_many_unknown_codes(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    fpt_strbuf text = fpt_strbuf_make(&l->place->arena);
    fpt_strbuf_add(&text, FPT_STR("trust,month,beds\n"));
    for (int i = 0; i < 9000; i++)
        fpt_strbuf_print(&text, "R%04d,2017-04,%d\n", i, i);
    const fpt_load_result r = load_text(l, "a.csv", text.data);
    assert_int_equal(r.rows_taken, 9000);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM unknown_code"),
                     9000);
    assert_int_equal(
        ask(l->w.warehouse, "SELECT CAST(sum(value) AS BIGINT) FROM datum"),
        8999 * 4500);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM finding WHERE "
                                         "text LIKE '9000 codes%R0049 ...'"),
                     1);
}

/* ---- a call as a whole ---- */

static void test_all_files_or_none(void **state)
{
    struct loading *l = *state;
    size_t count;
    fpt_str *names;
    put_source(l, "beds", BEDS_PACK);
    const fpt_load_file files[] = {
        {.path = put(l->place, "a.csv",
                     FPT_STR("trust,month,beds\nR1,2017-04,10\n"))},
        {.path = put(l->place, "b.csv",
                     FPT_STR("trust,month,beds\nR1,never,10\n"))}};
    assert_refused(load_files(l, 2, files), FPT_ERR_INPUT, l->err,
                   "b.csv: none of its 1 records");
    static const char *const tables[] = {"load",   "datum",    "place",
                                         "series", "coverage", "reject"};
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        assert_int_equal(ask(l->w.warehouse, sql), 0);
    }
    assert_int_equal(ask(l->w.ledger, "SELECT count(*) FROM entry"), 0);
    assert_ok(
        fpt_folder_list(&l->place->arena, l->w.sources, &count, &names, NULL));
    assert_int_equal(count, 0);
    /* and the next call goes on as if nothing had been */
    assert_int_equal(
        load_text(l, "c.csv", "trust,month,beds\nR1,2017-04,10\n").load, 1);
}

static void test_a_dry_run_keeps_nothing(void **state)
{
    struct loading *l = *state;
    size_t count;
    fpt_str *names;
    put_source(l, "beds", BEDS_PACK);
    fpt_load_options options = load_options(l);
    options.dry_run = true;
    const fpt_load_file file = {
        .path = put(l->place, "a.csv",
                    FPT_STR("trust,month,beds\nR1,2017-04,10\nR1,x,1\n"))};
    fpt_load_result *r;
    assert_ok_or(
        fpt_load(&l->w, &l->place->arena, &options, 1, &file, &r, &l->err),
        l->err);
    assert_int_equal(r[0].rows_taken, 1);
    assert_int_equal(r[0].rows_rejected, 1);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 0);
    assert_int_equal(ask(l->w.ledger, "SELECT count(*) FROM entry"), 0);
    assert_ok(
        fpt_folder_list(&l->place->arena, l->w.sources, &count, &names, NULL));
    assert_int_equal(count, 0);
}

static void test_what_is_kept_of_a_file(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    const fpt_load_result r =
        load_text(l, "a.csv", "trust,month,beds\nR1,2017-04,10\n");
    char path[200];
    fpt_str kept;
    snprintf(path, sizeof path, "w/sources/%s", r.sha256);
    assert_ok(
        fpt_file_read(&l->place->arena, in(l->place, path), 1000, &kept, NULL));
    assert_str(kept, "trust,month,beds\nR1,2017-04,10\n");
    fpt_ledger_entry *entry;
    size_t count;
    assert_ok(fpt_ledger_read(l->w.ledger, &l->place->arena, "load", &count,
                              &entry, NULL));
    assert_int_equal(count, 1);
    assert_non_null(strstr(entry[0].body.data, r.sha256));
    assert_non_null(strstr(entry[0].body.data, "\"name\":\"a.csv\""));
    /* a copy that went missing is put back when the file is loaded again */
    assert_int_equal(unlink(in(l->place, path)), 0);
    load_text(l, "a.csv", "trust,month,beds\nR1,2017-04,10\n");
    assert_int_equal(fpt_file_kind_of(in(l->place, path)), FPT_FILE_REGULAR);
}

static void test_made_up_data_say_so(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    assert_ok(fpt_folder_make(in(l->place, "nation"), NULL));
    put(l->place, "nation/SYNTHETIC.txt", FPT_STR("made up\n"));
    load_text(l, "nation/a.csv", "trust,month,beds\nR1,2017-04,10\n");
    load_text(l, "a.csv", "trust,month,beds\nR1,2017-05,10\n");
    assert_warehouse(l, "SELECT load, synthetic FROM load ORDER BY load",
                     "1 1; 2 0");
}

static void test_a_stale_workspace_is_not_loaded_into(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    load_text(l, "a.csv", "trust,month,beds\nR1,2017-04,10\n");
    fpt_workspace_close(&l->w);
    l->open = false;
    unlink(in(l->place, "w/warehouse.duckdb"));
    reopen(l);
    assert_true(l->w.stale);
    load_refused(l, "b.csv", FPT_STR("trust,month,beds\nR1,2017-05,10\n"),
                 FPT_ERR_STORE, "footprint rebuild");
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_loading, tear_down_loading)
    const struct CMUnitTest tests[] = {
        TEST(test_every_reason_to_set_aside),
        TEST(test_a_long_record_is_shown_cut),
        TEST(test_a_file_of_which_nothing_can_be_used),
        TEST(test_checks),
        TEST(test_sums_too_large),
        TEST(test_the_same_file_again),
        TEST(test_a_later_file_revises),
        TEST(test_a_source_by_place),
        TEST(test_unknown_codes_are_kept_and_told),
        TEST(test_very_many_unknown_codes),
        TEST(test_all_files_or_none),
        TEST(test_a_dry_run_keeps_nothing),
        TEST(test_what_is_kept_of_a_file),
        TEST(test_made_up_data_say_so),
        TEST(test_a_stale_workspace_is_not_loaded_into),
    };
    return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
