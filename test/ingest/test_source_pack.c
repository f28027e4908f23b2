/*
 * Source packs: every key is read, and what a pack must not say is refused with
 * file, line and what would be right.
 */
#include "warehouse.h"

#include "ingest_i.h"

#define HEAD "title: T\npublisher: P\nlicence: L\nabout: A.\n"
#define KNOWN "recognise: {header: [org]}\n"
#define COLUMNS                                                                \
    "columns:\n"                                                               \
    "  org: {type: code, names: [org]}\n"                                      \
    "  n: {type: int, names: [n]}\n"                                           \
    "  d: {type: date, style: iso, names: [d]}\n"                              \
    "  m: {type: period, names: [m]}\n"                                        \
    "  many: {type: int, match: ['#']}\n"
#define FACTS "facts:\n  - {fact: name, code: org, kind: x}\n"

static fpt_status open_pack(struct place *place, const char *yaml,
                            fpti_source *out, fpt_error *err)
{
    put_pack(place, "packs", "sources", "s", yaml);
    const fpt_pack_path packs = packs_of(place);
    return fpti_source_open(&place->arena, &packs, FPT_STR("s"), (fpt_str){0},
                            out, err);
}

static void test_every_key(void **state)
{
    struct place *place = *state;
    fpti_source s;
    fpt_error err = {0};
    put_pack(place, "packs", "sources", "s", "x: 1\n"); /* makes the folder */
    put(place, "packs/sources/s/1/names.csv",
        FPT_STR("text,code,source\nb,B1,x\n a , A1 ,y\nb,B1,again\n"));
    assert_ok_or(
        open_pack(
            place,
            HEAD
            "replaces: place\n"
            "format:\n"
            "  kind: csv\n"
            "  delimiter: '0xAC'\n"
            "  encoding: latin-1\n"
            "  quoting: no\n"
            "  header: find\n"
            "  header_cell: Org Code\n"
            "  header_levels: 2\n"
            "  columns: [6, 7]\n"
            "  published_cells: ['Revised:', 'Published:']\n"
            "recognise: {header: [a, b]}\n"
            "vintage:\n"
            "  from: header\n"
            "  day: '12-01'\n"
            "  published: 2020-02-03\n"
            "  no_date_after: [day]\n"
            "  grace_days: 92\n"
            "  starts:\n"
            "    - {vintage: '2017-04-01', relation: stp, from: 2016-04-01, "
            "why: because}\n"
            "columns:\n"
            "  org: {type: code, names: [Org, Code], patterns: ['R##', "
            "'T==']}\n"
            "  name: {type: name, names: [Name], table: names.csv}\n"
            "  word: {type: choice, names: [Word], values: {No: 0, Yes: 1}}\n"
            "  fraction: {type: percent, decimals: 3, names: [P]}\n"
            "  pounds: {type: money, round: yes, names: [M]}\n"
            "  day: {type: date, style: dmy-name, at: 3, needed: yes}\n"
            "  month: {type: period, style: compact, grain: month, prefix: X-, "
            "names: [N], required: no}\n"
            "  fy: {type: period, style: financial-year, names: [Y]}\n"
            "  year: {type: text, names: [Z]}\n"
            "  end: {type: text, names: [W]}\n"
            "  quarter: {type: quarter, year: year, month: end}\n"
            "  ages: {type: int, match: ['#'], range: ['{low}'], open: "
            "['{low}+'], missing: ['-'], suppressed: ['*'], zero: [nil], "
            "when_missing: absent}\n"
            "rows:\n"
            "  skip: [{column: word, is: [x]}]\n"
            "  total: [{column: word, matches: ['T*']}]\n"
            "facts:\n"
            "  - {fact: datum, series: t.a, unit: u, about: x, place: name, "
            "period: quarter, value: ages, strata: [{dimension: age, value: "
            "each}], suspect_column: word, suspect_text: Yes, when: [{column: "
            "day, since: 2017-01-01, before: 2018-01-01}]}\n"
            "checks:\n"
            "  - {check: sum, id: s, column: ages, expected: 5, tolerance: 1, "
            "vintage: '2017-04-01'}\n",
            &s, &err),
        err);
    assert_true(s.by_place && !s.geojson && s.csv.no_quoting);
    assert_int_equal((unsigned char)s.csv.delimiter, 0xAC);
    assert_int_equal(s.csv.encoding, FPT_LATIN_1);
    assert_int_equal(s.header, FPTI_HEADER_FIND);
    assert_int_equal(s.header_levels, 2);
    assert_int_equal(s.widths, 2);
    assert_int_equal(s.vintage_from, FPTI_VINTAGE_HEADER);
    assert_true(s.vintage_has_day);
    assert_int_equal(s.published.days, day("2020-02-03").days);
    assert_int_equal(s.starts, 1);
    assert_int_equal(s.start[0].from.days, day("2016-04-01").days);
    assert_int_equal(s.columns, 12);
    assert_int_equal(s.column[1].lookup.count, 3);
    assert_str(s.column[1].lookup.key[0], "a"); /* trimmed and sorted */
    assert_str(s.column[1].lookup.value[0], "A1");
    assert_int_equal(s.column[5].at, 3);
    assert_true(s.column[5].needed && s.column[5].style == FPT_DATE_DMY_NAME);
    assert_false(s.column[6].required);
    assert_int_equal(s.column[6].grain, FPT_GRAIN_MONTH);
    assert_true(s.column[7].is_fy);
    assert_int_equal(s.column[10].year, 8);
    assert_int_equal(s.column[10].month, 9);
    assert_int_equal(s.column[11].when_missing, FPTI_MISSING_ABSENT);
    assert_int_equal(s.fact[0].period, 10);
    assert_true(s.fact[0].when[0].has_since && s.fact[0].when[0].has_before);
    assert_int_equal(s.latest_column[0], 5);
    assert_int_equal(s.check[0].tolerance, 1);

    /* what is left out */
    assert_ok_or(open_pack(place, HEAD KNOWN COLUMNS FACTS, &s, &err), err);
    assert_int_equal(s.csv.delimiter, ',');
    assert_int_equal(s.csv.encoding, FPT_UTF_8);
    assert_int_equal(s.header, FPTI_HEADER_FIRST);
    assert_int_equal(s.vintage_from, FPTI_VINTAGE_NONE);
    assert_int_equal(s.published.days, FPT_DATE_MAX_DAYS);
    assert_int_equal(s.widths, 0);
    assert_true(s.column[0].required && !s.column[0].needed);
}

/* What stands in a pack, and what is said about it. */
static const struct {
    const char *yaml, *says;
} wrong[] = {
    {"publisher: P\n", "title"},
    {HEAD, "recognise"},
    {HEAD KNOWN, "columns"},
    {HEAD KNOWN COLUMNS, "facts"},
    {HEAD "colour: red\n" KNOWN COLUMNS FACTS, "\"colour\""},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: name, code: org, kind: x, colour: red}\n",
     "\"colour\""},
    {HEAD "recognise: {}\n" COLUMNS FACTS, "\"header\" or by \"first_cells\""},
    {HEAD "recognise: {header: []}\n" COLUMNS FACTS,
     "\"header\" or by \"first_cells\""},
    {HEAD "format: {delimiter: '::'}\n" KNOWN COLUMNS FACTS,
     "one character, tab"},
    {HEAD "format: {delimiter: '0xZZ'}\n" KNOWN COLUMNS FACTS, "0xAC"},
    {HEAD "format: {encoding: utf-16}\n" KNOWN COLUMNS FACTS, "utf-8"},
    {HEAD "format: {header: last}\n" KNOWN COLUMNS FACTS, "first"},
    {HEAD "format: {header: find}\n" KNOWN COLUMNS FACTS, "header_cell"},
    {HEAD "format: {header_levels: 3}\n" KNOWN COLUMNS FACTS,
     "\"header_levels\" is 1 or 2"},
    {HEAD "format: {columns: [many]}\n" KNOWN COLUMNS FACTS,
     "numbers of columns"},
    {HEAD "format: {columns: [0]}\n" KNOWN COLUMNS FACTS, "numbers of columns"},
    {HEAD "format: {header: none}\n" KNOWN COLUMNS FACTS,
     "by its place \"at\""},
    {HEAD "vintage: {from: sky}\n" KNOWN COLUMNS FACTS, "file-name"},
    {HEAD "vintage: {from: fixed}\n" KNOWN COLUMNS FACTS, "\"is\""},
    {HEAD "vintage: {from: header, day: April}\n" KNOWN COLUMNS FACTS, "04-01"},
    {HEAD "vintage: {from: header, no_date_after: [q]}\n" KNOWN COLUMNS FACTS,
     "\"q\" is not one of the pack's columns"},
    {HEAD "vintage: {from: header, no_date_after: [n]}\n" KNOWN COLUMNS FACTS,
     "takes columns of dates"},
    {HEAD "vintage: {from: header, starts: [{vintage: x, relation: y, from: "
          "2016-04-01}]}\n" KNOWN COLUMNS FACTS,
     "why"},
    {HEAD KNOWN "columns: {a: {type: colour, names: [a]}}\n" FACTS, "quarter"},
    {HEAD KNOWN "columns: {org: {type: int}}\n" FACTS, "by one of them"},
    {HEAD KNOWN "columns: {org: {type: int, names: [a], at: 1}}\n" FACTS,
     "by one of them"},
    {HEAD KNOWN "columns: {org: {type: int, at: -1}}\n" FACTS,
     "by one of them"},
    {HEAD KNOWN "columns: {org: {type: int, at: 99999999999}}\n" FACTS,
     "by one of them"},
    {HEAD KNOWN "columns: {org: {type: decimal, names: [a]}}\n" FACTS,
     "decimals"},
    {HEAD KNOWN
     "columns: {org: {type: decimal, decimals: 13, names: [a]}}\n" FACTS,
     "0 to 12"},
    {HEAD KNOWN
     "columns: {org: {type: percent, decimals: 1, names: [a]}}\n" FACTS,
     "at least 2"},
    {HEAD KNOWN
     "columns: {org: {type: date, style: roman, names: [a]}}\n" FACTS,
     "no way of writing a date"},
    {HEAD KNOWN
     "columns: {org: {type: choice, names: [a], values: {Yes: maybe}}}\n" FACTS,
     "whole number"},
    {HEAD KNOWN
     "columns: {org: {type: choice, names: [a], values: {Yes: {}}}}\n" FACTS,
     "whole number"},
    {HEAD KNOWN
     "columns: {org: {type: name, names: [a], table: nosuch.csv}}\n" FACTS,
     "nosuch.csv"},
    {HEAD KNOWN "columns: {org: {type: quarter, year: y, month: m}}\n" FACTS,
     "\"y\" is not one"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: opinion, code: org, kind: x}\n",
     "point"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: name, code: nosuch, kind: x}\n",
     "\"nosuch\" is not one of the pack's columns"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: name, code: n, kind: x}\n",
     "\"code\" takes a column of codes"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: name, code: many, kind: x}\n",
     "many, found by \"match\""},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: name, code: org, name: many, kind: x}\n",
     "many, found by \"match\""},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: name, code: org, kind: x, from: n}\n",
     "\"from\" takes a column of dates"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: name, code: org, kind: x, last: m}\n",
     "\"last\" takes a column of dates"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: name, code: org, kind: x, from: vintage}\n",
     "without a vintage"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: relation, subject: org, object: "
                        "org, kind: x, share: n}\n",
     "12 decimals"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: point, code: org, easting: n, northing: n}\n",
     "3 decimals"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: succession, predecessor: org, "
                        "successor: org, on: n}\n",
     "\"on\" takes a column of dates"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, about: "
                        "x, place: org, period: m, value: d}\n",
     "\"value\" takes a column of numbers"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: 's.{n}', unit: u, "
                        "about: x, place: org, period: m, value: n}\n",
     "\"series\" takes a column of texts"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: 's.{org', unit: u, "
                        "about: x, place: org, period: m, value: n}\n",
     "one column between { and }"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, "
                        "about: '{org}', place: org, period: m, value: n}\n",
     "names a column where \"series\" does"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: 's.{org}', unit: u, "
                        "about: 'of {org}', place: org, period: m, value: n}\n",
     "a sentence or a column"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, about: "
                        "x, place: org, period: d, value: n}\n",
     "\"period\" takes a column of periods"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, about: "
                        "x, place: org, period: vintage, value: n}\n",
     "without a vintage"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, about: "
                        "x, place: org, period: '=soon', value: n}\n",
     "\"=soon\" is not a period"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, about: "
                        "x, place: org, period: m, value: many}\n",
     "need a stratum"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: datum, series: s, unit: u, about: x, place: org, "
     "period: m, value: n, strata: [{dimension: a, value: each}]}\n",
     "\"each\" needs a value"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: datum, series: s, unit: u, about: x, place: org, "
     "period: m, value: n, strata: [{dimension: b, value: '=1'}, {dimension: "
     "a, value: '=1'}]}\n",
     "in the order of the names"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: datum, series: s, unit: u, about: x, place: org, "
     "period: m, value: n, strata: [{dimension: a, value: '=1'}, {dimension: "
     "a, value: '=2'}]}\n",
     "in the order of the names"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: datum, series: s, unit: u, about: x, place: org, "
     "period: m, value: n, strata: [{dimension: a, value: '=1'}, {dimension: "
     "b, value: '=1'}, {dimension: c, value: '=1'}, {dimension: d, value: "
     "'=1'}, {dimension: e, value: '=1'}, {dimension: f, value: '=1'}, "
     "{dimension: g, value: '=1'}, {dimension: h, value: '=1'}, {dimension: i, "
     "value: '=1'}]}\n",
     "at most 8"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: datum, series: s, unit: u, about: x, place: org, "
     "period: m, value: n, suspect_column: org}\n",
     "suspect_text"},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: name, code: org, kind: x, when: [{column: org}]}\n",
     "a condition has one of"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: name, code: org, kind: x, when: "
                        "[{column: org, is: [a], not_empty: yes}]}\n",
     "a condition has one of"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: name, code: org, kind: x, when: "
                        "[{column: org, since: 2017-04-01}]}\n",
     "takes a column of dates"},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: name, code: org, kind: x, when: "
                        "[{column: many, is: [x]}]}\n",
     "many, found by \"match\""},
    {HEAD KNOWN COLUMNS FACTS "checks: [{check: guess, id: x}]\n", "total-row"},
    {HEAD KNOWN COLUMNS FACTS "checks: [{check: rows, id: x}]\n", "expected"},
    {HEAD KNOWN COLUMNS FACTS
     "checks: [{check: rows, id: x, expected: 1, tolerance: -1}]\n",
     "0 or more"},
    {HEAD KNOWN COLUMNS FACTS "checks: [{check: sum, id: x, expected: 1}]\n",
     "that is the value of a fact"},
    {HEAD KNOWN COLUMNS FACTS
     "checks: [{check: sum, id: x, column: n, expected: 1}]\n",
     "that is the value of a fact"},
    {HEAD KNOWN COLUMNS FACTS "checks: [{check: total-row, id: x}]\n",
     "needs \"total\" among the \"rows\""},
    {HEAD KNOWN COLUMNS "facts:\n  - {fact: datum, series: s, unit: u, about: "
                        "x, place: org, period: m, value: n}\nchecks: [{check: "
                        "cells-sum, id: x, column: n, to: n}]\n",
     "found by \"match\""},
    {HEAD KNOWN COLUMNS
     "facts:\n  - {fact: datum, series: s, unit: u, about: x, place: org, "
     "period: m, value: many, strata: [{dimension: a, value: each}]}\nchecks: "
     "[{check: cells-sum, id: x, column: many}]\n",
     "a column \"to\""},
    {HEAD "format: {kind: geojson, code_property: c}\n" KNOWN, "name_property"},
    {HEAD "recognise: x\n", "recognise"},
    {HEAD KNOWN "columns: [a]\n" FACTS, "columns"},
    {HEAD KNOWN "columns: {a: 1}\n" FACTS, "pack.yaml:"},
    {HEAD KNOWN COLUMNS "facts: [1]\n", "pack.yaml:"},
    {HEAD KNOWN COLUMNS FACTS "rows: {skip: [1]}\n", "pack.yaml:"},
    {HEAD KNOWN COLUMNS FACTS "rows: {skip: [{column: org, is: [a], x: y}]}\n",
     "\"x\""},
    {"", "pack.yaml"},
    {"- a\n", "pack.yaml"},
};

static void test_what_a_pack_must_not_say(void **state)
{
    struct place *place = *state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        fpti_source untouched = {.columns = 77};
        fpt_error err = {0};
        const fpt_status status =
            open_pack(place, wrong[i].yaml, &untouched, &err);
        if (status != FPT_ERR_INPUT && status != FPT_ERR_NOT_FOUND)
            fail_msg("case %zu: %s\n%s", i, fpt_status_text(status),
                     wrong[i].yaml);
        if (strstr(err.text, wrong[i].says) == NULL)
            fail_msg("case %zu says \"%s\", not \"%s\"", i, err.text,
                     wrong[i].says);
        assert_int_equal(untouched.columns, 77);
    }
}

static void test_a_table_of_names_with_two_meanings(void **state)
{
    struct place *place = *state;
    fpti_source s;
    fpt_error err = {0};
    const char *yaml = HEAD KNOWN
        "columns: {org: {type: name, names: [a], table: t.csv}}\n" FACTS;
    put_pack(place, "packs", "sources", "s", yaml);
    put(place, "packs/sources/s/1/t.csv",
        FPT_STR("text,code,source\na,A,x\nb,B,x\na,C,x\n"));
    assert_refused(open_pack(place, yaml, &s, &err), FPT_ERR_INPUT, err,
                   "\"a\" stands for two things");
    put(place, "packs/sources/s/1/t.csv", FPT_STR("text,code,source\na\n"));
    assert_refused(open_pack(place, yaml, &s, &err), FPT_ERR_INPUT, err,
                   "t.csv:2: expected text, code and source");
    put(place, "packs/sources/s/1/t.csv",
        FPT_STR("text,code,source\n\"a\"b,c,d\n"));
    assert_refused(open_pack(place, yaml, &s, &err), FPT_ERR_INPUT, err,
                   "t.csv");
}

/* All packs of the project load, each with a licence, and none twice. */
static void test_the_projects_own_packs(void **state)
{
    struct place *place = *state;
    const fpt_pack_path packs = project_packs();
    size_t count;
    fpt_source_about *list;
    fpt_error err = {0};
    assert_ok_or(fpt_source_list(&place->arena, &packs, &count, &list, &err),
                 err);
    assert_true(count >= 48);
    for (size_t i = 0; i < count; i++) {
        assert_true(list[i].title.len > 0 && list[i].licence.len > 0);
        assert_true(list[i].recognised_by.len > 10);
        if (i > 0)
            assert_true(fpt_str_compare(list[i - 1].name, list[i].name) < 0);
    }
}

static fpt_status open_rtt(fpt_arena *arena, void *context)
{
    fpti_source s;
    return fpti_source_open(arena, context, FPT_STR("seed-stp-dashboard"),
                            (fpt_str){0}, &s, NULL);
}

static void test_running_out_of_memory(void **state)
{
    (void)state;
    fpt_pack_path packs = project_packs();
    assert_every_allocation_may_fail(open_rtt, &packs);
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_every_key),
        TEST(test_what_a_pack_must_not_say),
        TEST(test_a_table_of_names_with_two_meanings),
        TEST(test_the_projects_own_packs),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("source pack", tests, NULL, NULL);
}
