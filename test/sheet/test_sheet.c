/* Tables through a workbook and back, and workbooks that are broken. */
#include "check.h"
#include "sheet_i.h"

static fpt_arena arena;

static int set_up(void **state)
{
    (void)state;
    return fpt_arena_init(&arena, NULL) == FPT_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    fpt_arena_clear(&arena);
    return 0;
}

static fpt_sheet sheet_of(const char *name, const char *text)
{
    fpt_sheet sheet;
    fpt_error err = {0};
    assert_ok_or(fpt_sheet_of_text(&arena, fpt_str_from(name),
                                   fpt_str_from(text), &sheet, &err),
                 err);
    return sheet;
}

static fpt_str text_of(const fpt_sheet *sheet)
{
    fpt_output out = fpt_output_memory(&arena);
    fpt_sheet_to_text(sheet, &out);
    assert_false(out.failed);
    return fpt_strbuf_view(&out.text);
}

static fpt_str workbook(size_t count, const fpt_sheet *sheets)
{
    fpt_strbuf bytes;
    fpt_error err = {0};
    assert_ok_or(fpt_workbook_write(&arena, count, sheets, &bytes, &err), err);
    return fpt_strbuf_view(&bytes);
}

static void assert_text(fpt_str text, const char *want)
{
    if (!fpt_str_equal(text, fpt_str_from(want)))
        fail_msg("%.*s instead of %s", FPT_STR_ARG(text), want);
}

/* ---- what is written comes back ---- */

static const char table[] =
    "# a comment, with a comma\norg,name,value,notes\n"
    "A,\"trust \"\"a\"\", <north> & south\",0.25,\nB,b,-1500000,two  blanks\n"
    "C,007,1e5,1.50\nD,\xC2\xA3,1e-7,\"two\nlines\"\n";

static void test_tables_come_back(void **state)
{
    (void)state;
    const fpt_sheet in[] = {
        sheet_of("plan.yaml", "a: 1\n\n# note\nb: \"x, y\"\n"),
        sheet_of("a.csv", table)};
    const fpt_str bytes = workbook(2, in);
    fpt_sheet *out;
    size_t count;
    fpt_error err = {0};
    assert_ok_or(fpt_workbook_read(&arena, "w", bytes, &count, &out, &err),
                 err);
    assert_int_equal(count, 2);
    assert_true(fpt_str_equal(out[1].name, FPT_STR("a.csv")));
    assert_text(text_of(&out[1]), table);
    /* An empty line of YAML is no row of a sheet. */
    assert_text(text_of(&out[0]), "a: 1\n# note\nb: \"x, y\"\n");
    /* The same sheets give the same bytes. */
    const fpt_str again = workbook(2, in);
    assert_int_equal(bytes.len, again.len);
    assert_memory_equal(bytes.data, again.data, bytes.len);
}

static void test_rows_that_a_spreadsheet_shortened(void **state)
{
    (void)state;
    const fpt_str cells[] = {FPT_STR("a"), FPT_STR("b"), FPT_STR("c"),
                             FPT_STR("1"), FPT_STR(""),  FPT_STR("")};
    const fpt_sheet_row rows[] = {
        {3, cells}, {1, cells + 3}, {3, cells + 3}, {2, cells + 4}};
    const fpt_sheet sheet = {FPT_STR("t.csv"), 4, rows};
    assert_text(text_of(&sheet), "a,b,c\n1,,\n1,,\n,,\n");
}

static void test_text_that_is_no_table(void **state)
{
    (void)state;
    fpt_sheet sheet;
    fpt_error err = {0};
    assert_int_equal(fpt_sheet_of_text(&arena, FPT_STR("a.csv"),
                                       FPT_STR("a,\"b\n"), &sheet, &err),
                     FPT_ERR_INPUT);
    assert_int_equal(fpt_sheet_of_text(&arena, FPT_STR("a.csv"),
                                       FPT_STR("\"a\"b\n"), &sheet, &err),
                     FPT_ERR_INPUT);
    const fpt_sheet longer = {FPT_STR("a-name-that-is-longer-than-a-sheet.csv"),
                              0, NULL};
    fpt_strbuf bytes;
    assert_int_equal(fpt_workbook_write(&arena, 1, &longer, &bytes, &err),
                     FPT_ERR_RANGE);
}

/* ---- as other programs write them ---- */

static fpt_str archive_of(size_t count, const char *const part[][2])
{
    fpt_strbuf *out = FPT_NEW(&arena, fpt_strbuf, 1);
    *out = fpt_strbuf_make(&arena);
    fpti_zip zip = {
        .arena = &arena, .out = out, .list = fpt_strbuf_make(&arena)};
    for (size_t i = 0; i < count; i++)
        assert_ok(fpti_zip_add(&zip, part[i][0], fpt_str_from(part[i][1])));
    assert_ok(fpti_zip_end(&zip));
    return fpt_strbuf_view(out);
}

#define BOOK                                                                   \
    {                                                                          \
        "xl/workbook.xml", "<x:workbook xmlns:x='m' xmlns:r='n'><x:sheets>"    \
                           "<x:sheet name='t.csv' sheetId='4' r:id='q'/>"      \
                           "</x:sheets></x:workbook>"                          \
    }
#define LINKS                                                                  \
    {                                                                          \
        "xl/_rels/workbook.xml.rels", "<R><Relationship Id='q' "               \
                                      "Target='/xl/worksheets/one.xml'/></R>"  \
    }

static void test_strings_apart_numbers_and_gaps(void **state)
{
    (void)state;
    static const char *const parts[][2] = {
        BOOK,
        LINKS,
        {"xl/sharedStrings.xml",
         "<sst><si><t>org</t></si> <si><r><t>va</t></r><r><t>lue</t></r>"
         "<rPh><t>not this</t></rPh></si></sst>"},
        {"xl/worksheets/one.xml",
         "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>"
         "<c r='C1' t='s'><v>1</v></c></row><row r='3'/><row r='9'>"
         "<c t='str'><f>1+1</f><v>two</v></c><c><v>0.10000000000000001</v></c>"
         "<c t='b'><v>1</v></c></row></sheetData></worksheet>"}};
    fpt_sheet *out;
    size_t count;
    fpt_error err = {0};
    assert_ok_or(fpt_workbook_read(&arena, "w", archive_of(4, parts), &count,
                                   &out, &err),
                 err);
    assert_int_equal(count, 1);
    assert_text(text_of(&out[0]), "org,,value\ntwo,0.1,yes\n");
}

static void refused(fpt_str bytes, const char *part_of_the_message)
{
    fpt_sheet *out;
    size_t count;
    fpt_error err = {0};
    assert_int_equal(
        fpt_workbook_read(&arena, "bad.xlsx", bytes, &count, &out, &err),
        FPT_ERR_INPUT);
    assert_true(strncmp(err.text, "bad.xlsx: ", 10) == 0);
    if (strstr(err.text, part_of_the_message) == NULL)
        fail_msg("%s; expected %s", err.text, part_of_the_message);
}

static void test_hostile_workbooks(void **state)
{
    (void)state;
    refused(FPT_STR(""), "no zip archive");
    refused(FPT_STR("org,name\nA,b\n"), "no zip archive");
    static const char *const bomb[][2] = {
        {"xl/workbook.xml",
         "<!DOCTYPE w [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><w>&b;</w>"}};
    refused(archive_of(1, bomb), "document type");
    static const char *const none[][2] = {{"readme.txt", "hello"}};
    refused(archive_of(1, none), "no part xl/workbook.xml");
    static const char *const open[][2] = {{"xl/workbook.xml", "<w><s></w>"}};
    refused(archive_of(1, open), "no XML (its line 1");
    static const char *const wide[][2] = {
        BOOK,
        LINKS,
        {"xl/worksheets/one.xml",
         "<w><row><c r='ZZZ1'><v>1</v></c></row></w>"}};
    refused(archive_of(3, wide), "too large");
    static const char *const away[][2] = {
        BOOK,
        {"xl/_rels/workbook.xml.rels",
         "<R><Relationship Id='q' Target='../../etc/passwd'/></R>"}};
    refused(archive_of(2, away), "no part xl/../../etc/passwd");
}

/* Cut anywhere, or with any byte changed: an error or other cells, never more
 * than that. */
static void test_damage_is_found(void **state)
{
    (void)state;
    const fpt_sheet in = sheet_of("a.csv", table);
    const fpt_str bytes = workbook(1, &in);
    char *copy = FPT_NEW(&arena, char, bytes.len);
    size_t found = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        fpt_arena scratch = arena;
        fpt_sheet *out;
        size_t count;
        fpt_error err = {0};
        assert_int_equal(fpt_workbook_read(&scratch, "w",
                                           (fpt_str){bytes.data, i}, &count,
                                           &out, &err),
                         FPT_ERR_INPUT);
        memcpy(copy, bytes.data, bytes.len);
        copy[i] = (char)(copy[i] ^ 0x55);
        scratch = arena;
        found += fpt_workbook_read(&scratch, "w", (fpt_str){copy, bytes.len},
                                   &count, &out, &err) != FPT_OK;
    }
    assert_true(found > bytes.len / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_come_back),
        cmocka_unit_test(test_rows_that_a_spreadsheet_shortened),
        cmocka_unit_test(test_text_that_is_no_table),
        cmocka_unit_test(test_strings_apart_numbers_and_gaps),
        cmocka_unit_test(test_hostile_workbooks),
        cmocka_unit_test(test_damage_is_found),
    };
    return cmocka_run_group_tests_name("sheet", tests, set_up, tear_down);
}
