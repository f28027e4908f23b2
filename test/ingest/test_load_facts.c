/*
 * Loading: from the cells of a file, by a pack, to rows of the warehouse. Each
 * test has a pack and a file of its own.
 */
#include "loading.h"

/* ---- each kind of fact ---- */

static void test_every_kind_of_fact(void **state)
{
    struct loading *l = *state;
    put_source(
        l, "all",
        "recognise: {header: [org, parent]}\n"
        "vintage: {from: fixed, is: '2017-04-01'}\n"
        "columns:\n"
        "  org: {type: code, names: [org], needed: yes}\n"
        "  name: {type: text, names: [name]}\n"
        "  other: {type: code, names: [other]}\n"
        "  parent: {type: code, names: [parent]}\n"
        "  share: {type: decimal, decimals: 12, names: [share]}\n"
        "  from: {type: date, style: compact, names: [from]}\n"
        "  last: {type: date, style: compact, names: [last]}\n"
        "  east: {type: decimal, decimals: 3, round: yes, names: [x]}\n"
        "  north: {type: decimal, decimals: 3, round: yes, names: ['y']}\n"
        "facts:\n"
        "  - {fact: name, code: org, name: name, kind: trust, from: from, "
        "last: last}\n"
        "  - {fact: name, code: parent, name: '=A system', kind: stp, from: "
        "vintage, once: yes}\n"
        "  - {fact: alias, code: org, system: ods, other: other, kind: trust, "
        "from: vintage}\n"
        "  - {fact: relation, subject: org, kind: stp, object: parent, share: "
        "share, from: from, last: last}\n"
        "  - {fact: role, code: org, role: RO197, from: from, last: last, "
        "operational_from: from, operational_last: last}\n"
        "  - {fact: succession, predecessor: other, successor: org, on: from}\n"
        "  - {fact: point, code: org, easting: east, northing: north}\n");
    const fpt_load_result r = load_text(
        l, "a.csv",
        "org,name,other,parent,share,from,last,x,y\n"
        "R1,\"One, "
        "first\",A1,S1,0.25,20170401,20180331,530624.9746,178388.464\n"
        "R2,,,S1,,,,,\n");
    assert_int_equal(r.load, 1);
    assert_str(r.source, "all");
    assert_str(r.version, "1");
    assert_str(r.vintage, "2017-04-01");
    assert_int_equal(r.rows_read, 2);
    assert_int_equal(r.rows_taken, 2);
    assert_int_equal(r.rows_rejected, 0);
    assert_int_equal(r.facts, 7 + 3);
    assert_warehouse(l, "SELECT * FROM name ORDER BY line, code",
                     "R1 trust One, first 2017-04-01 2018-04-01 1 2; "
                     "S1 stp A system 2017-04-01 - 1 2; R2 trust  - - 1 3");
    assert_warehouse(l, "SELECT * FROM alias",
                     "R1 ods A1 trust 2017-04-01 1 2");
    assert_warehouse(l, "SELECT * FROM relation ORDER BY line",
                     "R1 stp S1 250000000000 2017-04-01 2018-04-01 1 2; "
                     "R2 stp S1 - - - 1 3");
    assert_warehouse(
        l, "SELECT * FROM role ORDER BY line",
        "R1 RO197 2017-04-01 2018-04-01 2017-04-01 2018-04-01 1 2; "
        "R2 RO197 - - - - 1 3");
    assert_warehouse(l, "SELECT * FROM succession", "A1 R1 2017-04-01 1 2");
    assert_warehouse(l, "SELECT * FROM point", "R1 530624975 178388464 1 2");
    assert_warehouse(
        l,
        "SELECT load, entry, source, source_version, vintage, name, bytes, "
        "known_from, loaded_on, rows_read, rows_taken, rows_skipped, "
        "rows_rejected, synthetic, by_place FROM load",
        "1 1 all 1 2017-04-01 a.csv 123 2017-04-01 2024-06-01 2 2 0 0 0 0");
}

static void test_numbers_and_what_stands_for_none(void **state)
{
    struct loading *l = *state;
    put_source(l, "beds", BEDS_PACK);
    const fpt_load_result r =
        load_text(l, "a.csv",
                  "trust,month,beds\nR1,2017-04,\" 1,234 \"\nR1,2017-05,-\n"
                  "R2,2017-04,*\nR2,2017-05,\nR3,2017-04,<5\nR4,2017-04,0\n");
    assert_int_equal(r.rows_taken, 6);
    assert_int_equal(r.facts, 6);
    assert_warehouse(l, ALL_DATA,
                     "test.beds R1 2017-04-01 2017-05-01 0 1234 - 2; "
                     "test.beds R1 2017-05-01 2017-06-01 0 - 1 3; "
                     "test.beds R2 2017-04-01 2017-05-01 0 - 2 4; "
                     "test.beds R2 2017-05-01 2017-06-01 0 - 1 5; "
                     "test.beds R3 2017-04-01 2017-05-01 0 - 2 6; "
                     "test.beds R4 2017-04-01 2017-05-01 0 0 - 7");
    assert_warehouse(
        l, "SELECT * FROM coverage ORDER BY period_from",
        "1 0 2017-04-01 2017-05-01 4; 1 0 2017-05-01 2017-06-01 2");
    assert_warehouse(l, "SELECT * FROM series", "0 test.beds beds 0 Beds.");
    assert_warehouse(l, "SELECT * FROM place ORDER BY place",
                     "0 R1; 1 R2; 2 R3; 3 R4");
}

static void test_absent_and_zero(void **state)
{
    struct loading *l = *state;
    put_source(l, "w",
               "recognise: {header: [org, a, b]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  a: {type: int, names: [a], when_missing: absent}\n"
               "  b: {type: int, names: [b], when_missing: zero}\n"
               "facts:\n"
               "  - {fact: datum, series: t.a, unit: u, about: x, place: org, "
               "period: '=2017', value: a}\n"
               "  - {fact: datum, series: t.b, unit: u, about: x, place: org, "
               "period: '=2016/17', value: b, suspect: yes}\n");
    const fpt_load_result r =
        load_text(l, "a.csv", "org,a,b\nR1,,\nR2,5,7\n,1,1\n");
    assert_int_equal(r.rows_taken, 2);
    assert_int_equal(r.rows_skipped, 1); /* of nobody */
    assert_warehouse(l, ALL_DATA,
                     "t.b R1 2016-04-01 2017-04-01 0 0 3 2; "
                     "t.a R2 2017-01-01 2018-01-01 0 5 - 3; "
                     "t.b R2 2016-04-01 2017-04-01 0 7 3 3");
}

static void test_strata_and_many_columns(void **state)
{
    struct loading *l = *state;
    put_source(
        l, "ages",
        "recognise: {header: [lsoa, sex, '0']}\n"
        "columns:\n"
        "  lsoa: {type: code, names: [lsoa], needed: yes}\n"
        "  sex: {type: text, names: [sex], needed: yes}\n"
        "  ages: {type: int, match: ['#', '##', '##+', '# to ##'], range: "
        "['{low}', '{low} to {high}'], open: ['{low}+'], needed: yes}\n"
        "  total: {type: int, names: [total], needed: yes}\n"
        "facts:\n"
        "  - fact: datum\n"
        "    series: t.people\n"
        "    unit: people\n"
        "    about: x\n"
        "    place: lsoa\n"
        "    period: '=2017-06-30'\n"
        "    value: ages\n"
        "    strata: [{dimension: age, value: each}, {dimension: sex, value: "
        "sex, whole: [ALL]}]\n"
        "checks:\n"
        "  - {check: cells-sum, id: ages-sum, column: ages, to: total}\n");
    const fpt_load_result r = load_text(l, "a.csv",
                                        "lsoa,sex,total,0,1 to 17,90+\n"
                                        "L1,ALL,10,1,2,7\nL1,F,5,1,1,4\n");
    assert_int_equal(r.facts, 6);
    assert_int_equal(r.checks_failed, 1);
    assert_int_equal(r.findings,
                     2); /* the first record that does not sum; unknown codes */
    assert_warehouse(
        l, "SELECT * FROM stratum ORDER BY stratum, dimension",
        "1 age 0 0 0; 2 age 1 to 17 1 17; 3 age 90+ 90 -; "
        "4 age 0 0 0; 4 sex F - -; 5 age 1 to 17 1 17; 5 sex F - -; "
        "6 age 90+ 90 -; 6 sex F - -");
    assert_warehouse(l,
                     "SELECT stratum, value FROM datum ORDER BY line, stratum",
                     "1 1; 2 2; 3 7; 4 1; 5 1; 6 4");
    assert_warehouse(
        l, "SELECT check_id, failed, checked, status, text FROM quality",
        "ages-sum 1 2 fail the parts do not sum to the whole in 1 of 2 "
        "records");
    assert_warehouse(l, "SELECT code, line FROM finding ORDER BY line DESC",
                     "cells-sum 3; unknown-codes 0");
}

/* Dictionaries are continued by the next load, and strata are found again. */
static void test_dictionaries_go_on(void **state)
{
    struct loading *l = *state;
    put_source(l, "s",
               "recognise: {header: [org, type, n]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  type: {type: text, names: [type]}\n"
               "  n: {type: int, names: [n]}\n"
               "facts:\n"
               "  - {fact: datum, series: t.n, unit: u, about: x, place: org, "
               "period: '=2017', value: n, strata: [{dimension: area, value: "
               "'=here'}, {dimension: type, value: type, whole: [all]}]}\n");
    load_text(l, "a.csv", "org,type,n\nR1,x,1\nR2,all,2\n");
    reopen(l);
    load_text(l, "b.csv", "org,type,n\nR3,y,3\nR1,x,4\nR2,all,5\nR9,,6\n");
    assert_warehouse(l, "SELECT * FROM place ORDER BY place",
                     "0 R1; 1 R2; 2 R3; 3 R9");
    assert_warehouse(
        l, "SELECT stratum, dimension, value FROM stratum ORDER BY 1, 2",
        "1 area here; 1 type x; 2 area here; 3 area here; 3 type y");
    assert_warehouse(
        l, "SELECT load, place, stratum, value FROM datum ORDER BY 1, line",
        "1 0 1 1; 1 1 2 2; 2 2 3 3; 2 0 1 4; 2 1 2 5; 2 3 2 6");
}

/* A file in which each record names its series: what no name holds becomes an
 * underscore, and a record that names none gives nothing. */
static void test_a_series_from_a_column(void **state)
{
    struct loading *l = *state;
    put_source(l, "s",
               "recognise: {header: [org, metric, n]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  metric: {type: text, names: [metric]}\n"
               "  words: {type: text, names: [words]}\n"
               "  n: {type: int, names: [n]}\n"
               "  rank: {type: int, names: [rank], when_missing: absent, "
               "missing: [NA]}\n"
               "facts:\n"
               "  - {fact: datum, series: 't.{metric}', unit: u, about: "
               "'{words}', place: org, period: '=2017', value: n}\n"
               "  - {fact: datum, series: 't.{metric}.rank', unit: rank, "
               "about: Its rank., place: org, period: '=2017', value: rank}\n");
    load_text(l, "a.csv",
              "org,metric,words,n,rank\nR1,OF 1,First ,1,7\nR2,OF 1,Other,2,"
              "NA\nR1,B,Second,3,8\nR2,,None,4,9\n");
    assert_warehouse(l, "SELECT name, unit, about FROM series ORDER BY series",
                     "t.OF_1 u First; t.OF_1.rank rank Its rank.; t.B u "
                     "Second; t.B.rank rank Its rank.");
    assert_warehouse(
        l, "SELECT series, place, value FROM datum ORDER BY line, series",
        "0 0 1; 1 0 7; 0 1 2; 2 0 3; 3 0 8");
}

/* A series means one thing: another unit or other decimals are refused. */
static void test_a_series_has_one_unit(void **state)
{
    struct loading *l = *state;
    static const struct {
        const char *type, *column, *unit, *says;
    } cases[] = {
        {"int", "n1", "beds", NULL},
        {"int", "n2", "people", "is in beds of 0 decimals"},
        {"'decimal', decimals: 2", "n3", "beds", "gives it in beds of 2"},
        {"int", "n4", "beds", NULL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char yaml[600], name[8], text[64];
        snprintf(
            yaml, sizeof yaml,
            "recognise: {header: [%s]}\n"
            "columns:\n"
            "  org: {type: code, names: [org]}\n"
            "  n: {type: %s, names: [%s]}\n"
            "facts:\n"
            "  - {fact: datum, series: t.n, unit: %s, about: x, place: org, "
            "period: '=2017', value: n}\n",
            cases[i].column, cases[i].type, cases[i].column, cases[i].unit);
        snprintf(name, sizeof name, "s%zu", i);
        put_source(l, name, yaml);
        snprintf(text, sizeof text, "org,%s\nR1,%zu\n", cases[i].column, i + 1);
        if (cases[i].says == NULL)
            load_text(l, "a.csv", text);
        else
            load_refused(l, "a.csv", fpt_str_from(text), FPT_ERR_INPUT,
                         cases[i].says);
    }
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 2);
}

/* ---- conditions ---- */

static void test_conditions(void **state)
{
    struct loading *l = *state;
    put_source(l, "c",
               "recognise: {header: [org, kind, day]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  kind: {type: text, names: [kind]}\n"
               "  day: {type: date, style: iso, names: [day]}\n"
               "rows:\n"
               "  skip: [{column: kind, is: [junk, rubbish]}, {column: org, "
               "matches: ['X*']}]\n"
               "facts:\n"
               "  - {fact: name, code: org, kind: is, when: [{column: kind, "
               "is: [a, b]}]}\n"
               "  - {fact: name, code: org, kind: matches, when: [{column: "
               "org, matches: ['R#', '@@@']}]}\n"
               "  - {fact: name, code: org, kind: filled, when: [{column: "
               "kind, not_empty: yes}]}\n"
               "  - {fact: name, code: org, kind: since, when: [{column: day, "
               "since: 2017-04-01}]}\n"
               "  - {fact: name, code: org, kind: between, when: [{column: "
               "day, since: 2017-04-01, before: 2018-04-01}]}\n"
               "  - {fact: name, code: org, kind: both, when: [{column: kind, "
               "is: [a]}, {column: day, before: 2017-04-01}]}\n");
    const fpt_load_result r = load_text(l, "a.csv",
                                        "org,kind,day\n"
                                        "R1,a,2017-03-31\n"
                                        "R2, b ,2017-04-01\n"
                                        "RRR,,2018-04-01\n"
                                        "r4,c,\n"
                                        "R5,junk,2017-04-01\n"
                                        "X6,a,2017-04-01\n"
                                        "r7,,\n");
    assert_int_equal(r.rows_taken, 4);
    assert_int_equal(r.rows_skipped, 3);
    assert_warehouse(
        l,
        "SELECT line, code, string_agg(kind, '+' ORDER BY kind) FROM name "
        "GROUP BY line, code ORDER BY line",
        "2 R1 both+filled+is+matches; 3 R2 between+filled+is+matches+since; "
        "4 RRR matches+since; 5 r4 filled");
}

/* A cell that a condition found bad is told with its reason and its field. */
static void test_a_bad_cell_of_a_condition_has_its_reason(void **state)
{
    struct loading *l = *state;
    put_source(l, "c",
               "recognise: {header: [org, first, day]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  first: {type: date, style: iso, names: [first]}\n"
               "  day: {type: date, style: iso, names: [day]}\n"
               "facts:\n"
               "  - {fact: name, code: org, kind: x, from: day, when: "
               "[{column: first, since: 2017-04-01}]}\n"
               "  - {fact: name, code: org, kind: y, from: first, last: day, "
               "when: [{column: day, not_empty: yes}]}\n");
    const fpt_load_result r = load_text(l, "a.csv",
                                        "org,first,day\n"
                                        "R1,2017-04-01,2017-05-01\n"
                                        "R2,yesterday,2017-05-01\n"
                                        "R3,2017-04-01,tomorrow\n");
    assert_int_equal(r.rows_rejected, 2);
    assert_warehouse(
        l, "SELECT line, field, reason, text FROM reject ORDER BY line",
        "3 2 bad-date found \"yesterday\", expected a date in the style that "
        "the pack names; "
        "4 3 bad-date found \"tomorrow\", expected a date in the style that "
        "the pack names");
}

static void test_taken_once(void **state)
{
    struct loading *l = *state;
    put_source(
        l, "o",
        "recognise: {header: [lsoa, ccg, name]}\n"
        "columns:\n"
        "  lsoa: {type: code, names: [lsoa]}\n"
        "  ccg: {type: code, names: [ccg]}\n"
        "  name: {type: text, names: [name]}\n"
        "facts:\n"
        "  - {fact: relation, subject: lsoa, kind: ccg, object: ccg}\n"
        "  - {fact: name, code: ccg, name: name, kind: ccg, once: yes}\n");
    const fpt_load_result r = load_text(
        l, "a.csv",
        "lsoa,ccg,name\nL1,C1,One\nL2,C1,Uno\nL3,C2,Two\nL1,C1,One\n");
    assert_int_equal(r.facts, 6);
    assert_warehouse(l, "SELECT code, name, line FROM name ORDER BY line",
                     "C1 One 2; C2 Two 4");
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_loading, tear_down_loading)
    const struct CMUnitTest tests[] = {
        TEST(test_every_kind_of_fact),
        TEST(test_numbers_and_what_stands_for_none),
        TEST(test_absent_and_zero),
        TEST(test_strata_and_many_columns),
        TEST(test_dictionaries_go_on),
        TEST(test_a_series_from_a_column),
        TEST(test_a_series_has_one_unit),
        TEST(test_conditions),
        TEST(test_a_bad_cell_of_a_condition_has_its_reason),
        TEST(test_taken_once),
    };
    return cmocka_run_group_tests_name("load_facts", tests, NULL, NULL);
}
