/*
 * The warehouse made again from sources/ and the ledger: row for row what it
 * was, whatever has been loaded in between, in whatever calls.
 */
#include "loading.h"

static fpt_status rebuild(struct loading *l, size_t *count,
                          fpt_load_result **out)
{
    fpt_load_options options = load_options(l);
    options.today = day("2031-07-07"); /* another day changes nothing */
    l->err = (fpt_error){0};
    return fpt_rebuild(&l->w, &l->place->arena, &options, count, out, &l->err);
}

static const char *const beds =
    "format: {header: find, header_cell: trust, published_cells: "
    "['Published:']}\n"
    "recognise: {header: [trust, month, beds]}\n"
    "columns:\n"
    "  trust: {type: code, names: [trust], needed: yes}\n"
    "  month: {type: period, names: [month], needed: yes}\n"
    "  sector: {type: text, names: [sector], required: no}\n"
    "  beds: {type: int, names: [beds], missing: ['-'], suppressed: ['*']}\n"
    "facts:\n"
    "  - {fact: datum, series: test.beds, unit: beds, about: Beds., place: "
    "trust, period: month, value: beds, strata: [{dimension: sector, value: "
    "sector}]}\n";

static const char *const members =
    "format: {header: none}\n"
    "recognise: {first_cells: ['R#']}\n"
    "vintage: {from: file-name}\n"
    "columns:\n"
    "  org: {type: code, at: 1}\n"
    "  stp: {type: code, at: 2}\n"
    "facts:\n"
    "  - {fact: name, code: org, kind: trust, from: vintage}\n"
    "  - {fact: relation, subject: org, kind: stp, object: stp, from: "
    "vintage}\n";

/* A history of four calls with everything in it that a load can leave behind. */
static void write_history(struct loading *l)
{
    put_source(l, "beds", beds);
    put_source(l, "members", members);
    load_text(l, "a.csv",
              "trust,month,beds,sector\nR1,2017-04,5,x\nR2,2017-04,*,\nZ9,soon,"
              "1,x\n");
    const fpt_load_file two[] = {
        {.path = put(l->place, "m_2017_04.csv", FPT_STR("R1,S1\nR2,S2\n"))},
        {.path = put(
             l->place, "b.csv",
             FPT_STR(
                 "trust,month,beds,sector\nR1,2017-04,6,x\nR3,2017-05,7,y\n")),
         .published = FPT_STR("2017-08-09")}};
    assert_ok_or(load_files(l, 2, two), l->err);
    load_text(l, "a again.csv",
              "trust,month,beds,sector\nR1,2017-04,5,x\nR2,2017-04,*,\nZ9,soon,"
              "1,x\n");
    const fpt_load_file told = {
        .path = put(l->place, "m.csv", FPT_STR("R3,S1\nR4,S9\n")),
        .source = FPT_STR("members"),
        .vintage = FPT_STR("2018-04")};
    assert_ok_or(load_files(l, 1, &told), l->err);
    load_text(
        l, "c.csv",
        "Published:,in "
        "spring,,\ntrust,month,beds,sector\nR4,2019-04,9,\nR5,2019-04,1,\n");
}

static void test_row_for_row(void **state)
{
    struct loading *l = *state;
    fpt_load_result *r;
    size_t count;
    write_history(l);
    const fpt_str before = dump_warehouse(l);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 5);
    /* R2 and R3 were unknown when they were read, though they are known now */
    assert_warehouse(l, "SELECT load, code FROM unknown_code ORDER BY 1, 2",
                     "1 R1; 1 R2; 2 S1; 2 S2; 3 R3; 4 S1; 4 S9; 5 R5");
    assert_ok_or(rebuild(l, &count, &r), l->err);
    assert_int_equal(count, 5);
    assert_str(r[0].path, "a.csv");
    assert_int_equal(r[0].rows_rejected, 1);
    assert_int_equal(r[4].load, 5);
    assert_same_dump(before, dump_warehouse(l));
    assert_false(l->w.stale);
    assert_int_equal(ask(l->w.ledger, "SELECT count(*) FROM entry"), 5);
    /* from nothing at all, and once more */
    fpt_workspace_close(&l->w);
    l->open = false;
    unlink(in(l->place, "w/warehouse.duckdb"));
    reopen(l);
    assert_true(l->w.stale);
    assert_ok_or(rebuild(l, &count, &r), l->err);
    assert_same_dump(before, dump_warehouse(l));
    reopen(l);
    assert_false(l->w.stale);
    /* and what is loaded next goes on from there */
    assert_int_equal(
        load_text(l, "d.csv", "trust,month,beds,sector\nR1,2020-04,1,z\n").load,
        6);
}

static void test_an_empty_history(void **state)
{
    struct loading *l = *state;
    fpt_load_result *r;
    size_t count = 77;
    assert_ok_or(rebuild(l, &count, &r), l->err);
    assert_int_equal(count, 0);
}

/* A new version of a pack does not change what an older one has read. */
static void test_the_version_of_then(void **state)
{
    struct loading *l = *state;
    fpt_load_result *r;
    size_t count;
    write_history(l);
    const fpt_str before = dump_warehouse(l);
    assert_ok(fpt_folder_make(in(l->place, "packs/sources/beds/2"), NULL));
    const fpt_str newer = fpt_str_print(
        &l->place->arena,
        "title: A test\npublisher: Nobody\nlicence: none\nabout: Made up.\n"
        "recognise: {header: [trust, month, beds, new]}\n"
        "columns:\n"
        "  trust: {type: code, names: [trust]}\n"
        "facts:\n  - {fact: name, code: trust, kind: provider}\n");
    put(l->place, "packs/sources/beds/2/pack.yaml", newer);
    assert_ok_or(rebuild(l, &count, &r), l->err);
    assert_same_dump(before, dump_warehouse(l));
    assert_str(r[0].version, "1");
    /* and one that is gone is not replaced by another in silence */
    unlink(in(l->place, "packs/sources/beds/1/pack.yaml"));
    assert_refused(rebuild(l, &count, &r), FPT_ERR_NOT_FOUND, l->err,
                   "has no version \"1\"");
}

static void test_kept_files_that_changed(void **state)
{
    struct loading *l = *state;
    fpt_load_result *r;
    size_t count;
    char path[200];
    fpt_str kept;
    write_history(l);
    const fpt_str before = dump_warehouse(l);
    const fpt_str digest = answer(l->w.warehouse, &l->place->arena,
                                  "SELECT sha256 FROM load WHERE load = 2");
    snprintf(path, sizeof path, "w/sources/%.*s", FPT_STR_ARG(digest));
    assert_ok(fpt_file_read(&l->place->arena, in(l->place, path), 10000, &kept,
                            NULL));
    put(l->place, path, FPT_STR("R1,S1\nR2,S3\n"));
    assert_refused(rebuild(l, &count, &r), FPT_ERR_INPUT, l->err,
                   "the kept copy of m_2017_04.csv has been changed");
    assert_same_dump(before, dump_warehouse(l)); /* nothing was thrown away */
    unlink(in(l->place, path));
    assert_refused(rebuild(l, &count, &r), FPT_ERR_IO, l->err,
                   "the kept copy of m_2017_04.csv is gone");
    assert_same_dump(before, dump_warehouse(l));
    put(l->place, path, kept);
    assert_ok_or(rebuild(l, &count, &r), l->err);
    assert_same_dump(before, dump_warehouse(l));
}

/* Entries that do not say what a load needs are refused before anything is lost. */
static void test_an_entry_that_says_too_little(void **state)
{
    struct loading *l = *state;
    static const struct {
        const char *body, *says;
    } cases[] = {{"{}", "says too little"},
                 {"not json", "cannot be read"},
                 {"[1]", "says too little"},
                 {"{\"sha256\":\"../../../etc/"
                  "passwd\",\"name\":\"x\",\"source\":\"s\",\"version\":\"1\","
                  "\"known_from\":\"2017-04-01\"}",
                  "says too little"},
                 {"{\"sha256\":\".............................................."
                  "................xx\",\"name\":\"x\",\"source\":\"s\","
                  "\"version\":\"1\",\"known_from\":\"2017-04-01\"}",
                  "says too little"},
                 {"{\"sha256\":"
                  "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789"
                  "abcdef\",\"name\":\"x\",\"source\":\"s\",\"version\":\"1\","
                  "\"known_from\":\"someday\"}",
                  "says too little"},
                 {"{\"sha256\":"
                  "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789"
                  "abcdef\",\"name\":\"x\",\"source\":\"s\",\"version\":\"1\","
                  "\"known_from\":\"2017-04-01\"}",
                  "is gone"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fpt_load_result *r;
        size_t count;
        assert_ok(fpt_store_begin(l->w.ledger, NULL));
        assert_ok(fpt_ledger_add(l->w.ledger, "load",
                                 fpt_str_from(cases[i].body), day("2024-01-01"),
                                 NULL, NULL, NULL));
        const fpt_status status = rebuild(l, &count, &r);
        assert_true(status == FPT_ERR_STORE || status == FPT_ERR_IO);
        assert_says(l->err, cases[i].says);
        fpt_store_rollback(l->w.ledger);
    }
}

/* A warehouse with an earlier version's tables: nothing is loaded into it, and
 * making it again brings back what it said. */
static void test_tables_of_an_earlier_version(void **state)
{
    struct loading *l = *state;
    size_t count;
    fpt_load_result *r;
    fpt_load_file file;
    put_source(l, "s",
               "recognise: {header: [org, n]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  n: {type: int, names: [n]}\n"
               "facts:\n  - {fact: name, code: org, kind: trust}\n");
    load_text(l, "a.csv", "org,n\nR1,1\n");
    const fpt_str before = dump_warehouse(l);
    run(l->w.warehouse, "UPDATE schema_version SET version = 1");
    run(l->w.warehouse, "ALTER TABLE load DROP COLUMN by_place");
    reopen(l);
    assert_true(l->w.stale && l->w.outdated);
    file = (fpt_load_file){
        .path = put(l->place, "b.csv", FPT_STR("org,n\nR2,1\n"))};
    assert_refused(load_files(l, 1, &file), FPT_ERR_STORE, l->err,
                   "the warehouse was made by an earlier version of Footprint; "
                   "run `footprint rebuild` first");
    assert_ok_or(rebuild(l, &count, &r), l->err);
    assert_same_dump(before, dump_warehouse(l));
    assert_ok_or(load_files(l, 1, &file), l->err);
    reopen(l);
    assert_false(l->w.stale || l->w.outdated);
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_loading, tear_down_loading)
    const struct CMUnitTest tests[] = {
        TEST(test_row_for_row),
        TEST(test_an_empty_history),
        TEST(test_the_version_of_then),
        TEST(test_kept_files_that_changed),
        TEST(test_an_entry_that_says_too_little),
        TEST(test_tables_of_an_earlier_version),
    };
    return cmocka_run_group_tests_name("rebuild", tests, NULL, NULL);
}
