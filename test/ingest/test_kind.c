/* What is no table at all: each is told by its name. */
#include <sys/stat.h>

#include "loading.h"

#include "load_i.h"

#define BYTES(text)                                                            \
    {                                                                          \
        (text), sizeof(text) - 1                                               \
    }

static void test_known_by_their_bytes(void **state)
{
    struct loading *l = *state;
    static const struct {
        fpt_str bytes;
        const char *says;
    } cases[] = {
        {BYTES("PK\3\4\24\0\0\0"), "is a zip file or a workbook"},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "old workbook"},
        {BYTES("\xFF\xFEo\0r\0g\0"), "is UTF-16"},
        {BYTES("\xFE\xFF\0o\0r\0g"), "is UTF-16"},
        {BYTES("o\0r\0g\0,\0n\0\n\0"), "is UTF-16"},
        {BYTES("\0o\0r\0g\0,\0n\0\n"), "is UTF-16"},
        {BYTES("%PDF-1.4\n"), "is a PDF"},
        {BYTES("SQLite format 3\0"), "is a database"},
        {BYTES("PAR1\25\0"), "is a Parquet file"},
        {BYTES("BZh91AY"), "only gzip is read"},
        {BYTES("\xFD"
               "7zXZ\0"),
         "only gzip is read"},
        {BYTES("<!DOCTYPE html>\n<html>"), "is a web page"},
        {BYTES("\xEF\xBB\xBF\n <HTML lang=en>"), "is a web page"},
        {BYTES("org,n\rR1,1\rR2,2\r"), "its lines end in CR alone"},
        /* Neither of the above: told by who reads on. */
        {BYTES("org,n\r\nR1,1\r\n"), "no source pack recognises it"},
        {BYTES("org,n\0\nR1,1\n"), "NUL"},
        {BYTES("<htm"), "no source pack recognises it"},
        {BYTES("P"), "no source pack recognises it"},
        {BYTES(""), "the file is empty"},
    };
    put_source(l, "s",
               "recognise: {header: [a, b]}\n"
               "columns:\n  a: {type: code, names: [a]}\n"
               "facts:\n  - {fact: name, code: a, kind: trust}\n");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const fpt_load_file file = {.path =
                                        put(l->place, "x.csv", cases[i].bytes)};
        const fpt_status status = load_files(l, 1, &file);
        assert_true(status == FPT_ERR_INPUT || status == FPT_ERR_NOT_FOUND);
        assert_says(l->err, cases[i].says);
        assert_says(l->err, "x.csv: ");
    }
}

static void test_what_a_path_leads_to(void **state)
{
    struct loading *l = *state;
    fpt_load_file file = {.path = in(l->place, "pipe.csv")};
    assert_int_equal(mkfifo(file.path, 0600), 0);
    assert_refused(load_files(l, 1, &file), FPT_ERR_INPUT, l->err,
                   "is no regular file but a pipe or a device");
    file.path = "/dev/zero";
    assert_refused(load_files(l, 1, &file), FPT_ERR_INPUT, l->err,
                   "is no regular file but a pipe or a device");
    file.path = in(l->place, "w");
    assert_refused(load_files(l, 1, &file), FPT_ERR_INPUT, l->err,
                   "is a folder");
    file.path = in(l->place, "circle.csv");
    assert_int_equal(symlink("circle.csv", file.path), 0);
    assert_refused(load_files(l, 1, &file), FPT_ERR_IO, l->err,
                   "circle.csv: cannot open it");
    file.path = in(l->place, "nowhere.csv");
    assert_refused(load_files(l, 1, &file), FPT_ERR_NOT_FOUND, l->err,
                   "nowhere.csv: cannot open it");
}

static void test_changed_while_it_is_read(void **state)
{
    struct loading *l = *state;
    const char *path = put(l->place, "a.csv", FPT_STR("org,n\n"));
    const struct fpti_stamp stamp = fpti_stamp_of(path);
    assert_ok(fpti_check_still(path, stamp, &l->err));
    put(l->place, "a.csv", FPT_STR("org,n\nR1,1\n"));
    assert_refused(fpti_check_still(path, stamp, &l->err), FPT_ERR_INPUT,
                   l->err, "was changed while it was read");
    const struct fpti_stamp later = fpti_stamp_of(path);
    unlink(path);
    assert_refused(fpti_check_still(path, later, &l->err), FPT_ERR_INPUT,
                   l->err, "was changed while it was read");
}

/* The year in a name is believed less than the one that is told, and said. */
static void test_a_name_that_says_another_year(void **state)
{
    struct loading *l = *state;
    put_source(l, "people",
               "recognise: {header: [area, people]}\n"
               "vintage: {from: file-name}\n"
               "columns:\n"
               "  area: {type: code, names: [area]}\n"
               "  people: {type: int, names: [people]}\n"
               "facts:\n  - {fact: datum, series: t.people, unit: people, "
               "about: x, place: area, period: vintage, value: people}\n");
    fpt_load_file file = {
        .path = put(l->place, "people_2017.csv", FPT_STR("area,people\nA,5\n")),
        .vintage = FPT_STR("2017-06")};
    assert_ok_or(load_files(l, 1, &file), l->err);
    assert_warehouse(
        l, "SELECT count(*) FROM finding WHERE code = 'other-vintage'", "0");
    put(l->place, "people_2017.csv", FPT_STR("area,people\nA,6\n"));
    file.vintage = FPT_STR("2011");
    assert_ok_or(load_files(l, 1, &file), l->err);
    assert_warehouse(l,
                     "SELECT severity, text FROM finding WHERE code = "
                     "'other-vintage'",
                     "warning is loaded as of 2011, as told, and its name says "
                     "2017");
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_loading, tear_down_loading)
    const struct CMUnitTest tests[] = {
        TEST(test_known_by_their_bytes),
        TEST(test_what_a_path_leads_to),
        TEST(test_changed_while_it_is_read),
        TEST(test_a_name_that_says_another_year),
    };
    return cmocka_run_group_tests_name("kind", tests, NULL, NULL);
}
