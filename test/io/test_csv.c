/* Tests for csv.h: what each way of writing a file is read as. How bytes arrive,
 * and what memory it takes: test_csv_arrival.c. */
#include "csv_shown.h"

/* The same however the bytes arrive. */
static void assert_shows(struct place *place, fpt_str bytes,
                         const fpt_csv_options *options, const char *expected)
{
    fpt_arena *arena = &place->arena;
    assert_str(show_memory(arena, bytes, options), expected);
    assert_str(show_memory(arena, gzip(arena, bytes), options), expected);
    assert_str(show_fed(arena, bytes, options, 1), expected);
    assert_str(show_fed(arena, bytes, options, 5), expected);
}

struct example {
    const char *bytes, *shown;
};

static void assert_examples(void **state, size_t count,
                            const struct example *table,
                            const fpt_csv_options *options)
{
    for (size_t i = 0; i < count; i++)
        assert_shows(*state, fpt_str_from(table[i].bytes), options,
                     table[i].shown);
}

static void test_records_and_line_ends(void **state)
{
    static const struct example table[] = {
        {"", ""},
        {"a", "1|a\n"},
        {"a\n", "1|a\n"},
        {"a\r\n", "1|a\n"},
        {"a,b\r\nc,d\r\n", "1|a|b\n2|c|d\n"},
        {"a,b\nc,d", "1|a|b\n2|c|d\n"},
        {"a,b\nc,d\r", "1|a|b\n2|c|d\n"},
        {",\n,", "1||\n2||\n"},
        {"\n", "1|\n"},
        {"\n\na\n", "1|\n2|\n3|a\n"},
        {"\r\n\r\na", "1|\n2|\n3|a\n"},
        {"a\rb\n", "1|a\\rb\n"},
        {"a\r\r\n", "1|a\\r\n"},
        {" a , b \n", "1| a | b \n"},
        {"a,b\nc\nd,e,f\n", "1|a|b\n2|c\n3|d|e|f\n"},
        {"it's 5\" long,b\n", "1|it's 5\" long|b\n"},
    };
    const fpt_csv_options options = fpt_csv_options_default();
    assert_examples(state, COUNT_OF(table), table, &options);
}

static void test_byte_order_mark(void **state)
{
    static const struct example table[] = {
        {"\xEF\xBB\xBF", ""},
        {"\xEF\xBB\xBF"
         "a,b\n",
         "1|a|b\n"},
        {"\xEF\xBB\xBF\"a\",b\n", "1|a|b\n"},
        {"\xEF\xBB\xBF\n", "1|\n"},
        {"x\n\xEF\xBB\xBF"
         "a\n",
         "1|x\n2|\xEF\xBB\xBF"
         "a\n"},
        {"\xEF\xBB", "t.csv: line 1: the byte 0xEF is not UTF-8; if the file "
                     "is Latin-1, its source pack must say `encoding: "
                     "latin-1`\n"},
    };
    const fpt_csv_options options = fpt_csv_options_default();
    assert_examples(state, COUNT_OF(table), table, &options);
}

static void test_quoting(void **state)
{
    static const struct example table[] = {
        {"\"a\",\"b\"\r\n\"c\"", "1|a|b\n2|c\n"},
        {"\"\"\n", "1|\n"},
        {"\"\",\"\"", "1||\n"},
        {"\"a,b\",c\n", "1|a,b|c\n"},
        {"\"a\"\"b\"\n", "1|a\"b\n"},
        {"\"\"\"\"\n", "1|\"\n"},
        {"\"\"\"a\"\"\",\"\"\"\"\"\"\n", "1|\"a\"|\"\"\n"},
        {"\"a\nb\",c\nd\n", "1|a\\nb|c\n3|d\n"},
        {"\"a\r\nb\"\r\nc\r\n", "1|a\\r\\nb\n3|c\n"},
        {"x\n\"\n\n\n\",y\n\"z\nz\"\nend\n",
         "1|x\n2|\\n\\n\\n|y\n6|z\\nz\n8|end\n"},
        {"\"a\r\"\n", "1|a\\r\n"},
    };
    const fpt_csv_options options = fpt_csv_options_default();
    assert_examples(state, COUNT_OF(table), table, &options);
}

/* A record with bad quoting is handed over with its fault; the next is read. */
static void test_faults_of_quoting(void **state)
{
    static const struct example table[] = {
        {"\"a\"b,c\nd\n",
         "1|a|c !0 text follows a closing quotation mark\n2|d\n"},
        {"c,\"a\" \nd\n",
         "1|c|a !1 text follows a closing quotation mark\n2|d\n"},
        {"\"a\"\"b\"x\"y,\"z\"\n",
         "1|a\"b|z !0 text follows a closing quotation mark\n"},
        {"\"a\"x\r\n", "1|a !0 text follows a closing quotation mark\n"},
        {"\"a\"\r\r\n", "1|a !0 text follows a closing quotation mark\n"},
        {"a,\"b\nc\nd",
         "1|a|b\\nc\\nd !1 a quotation mark is opened and never closed\n"},
        {"\"", "1| !0 a quotation mark is opened and never closed\n"},
        {"a\n\"\"\"", "1|a\n2|\" !0 a quotation mark is opened and never "
                      "closed\n"},
        {"\"a\"b,\"c\"d,e\n",
         "1|a|c|e !0 text follows a closing quotation mark\n"},
    };
    const fpt_csv_options options = fpt_csv_options_default();
    assert_examples(state, COUNT_OF(table), table, &options);
}

static void test_other_delimiters_and_no_quoting(void **state)
{
    fpt_csv_options options = fpt_csv_options_default();
    options.delimiter = '\t';
    assert_shows(*state, FPT_STR("a,b\t\"c\td\"\n"), &options, "1|a,b|c\td\n");
    options.delimiter = ';';
    assert_shows(*state, FPT_STR("a;;\"b;c\"\n"), &options, "1|a||b;c\n");
    options.delimiter = '|';
    options.no_quoting = true;
    assert_shows(*state, FPT_STR("\"a|b\"|\"\n"), &options, "1|\"a|b\"|\"\n");
    options.delimiter = '"';
    assert_shows(*state, FPT_STR("a\"b\n"), &options, "1|a|b\n");
}

/* As one real file has it: Latin-1, the not sign between fields, no quoting. */
static void test_latin_1_with_the_not_sign(void **state)
{
    fpt_csv_options options = fpt_csv_options_default();
    options.delimiter = (char)0xAC;
    options.no_quoting = true;
    options.encoding = FPT_LATIN_1;
    assert_shows(*state,
                 FPT_STR("Name\xAC"
                         "Co\xFBt \xA3\xAC\"q\"\r\n\x93x\x94\xAC\x80\xAC\n"),
                 &options,
                 "1|Name|Co\xC3\xBBt \xC2\xA3|\"q\"\n"
                 "2|\xE2\x80\x9Cx\xE2\x80\x9D|\xE2\x82\xAC|\n");
}

/* Every byte: ISO 8859-1, with Windows-1252's letters in 0x80 to 0x9F, of which
 * five are not assigned and stay control characters. */
static void test_every_byte_of_latin_1(void **state)
{
    struct place *place = *state;
    fpt_csv_options options = fpt_csv_options_default();
    options.encoding = FPT_LATIN_1;
    static const unsigned assigned[32] = {
        0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
        0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17D,  0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};
    for (unsigned byte = 1; byte < 256; byte++) {
        if (byte == '\n' || byte == '\r' || byte == '"' || byte == ',')
            continue;
        const char text[] = {'x', (char)byte, 'y'};
        fpt_input *input;
        fpt_csv csv;
        assert_ok(fpt_input_open_memory(&place->arena, "t.csv",
                                        (fpt_str){text, 3}, &input, NULL));
        assert_ok(fpt_csv_open(&place->arena, input, &options, &csv, NULL));
        assert_true(fpt_csv_next(&csv));
        assert_int_equal(csv.count, 1);
        const fpt_str got = csv.field[0];
        assert_true(fpt_str_is_utf8(got, NULL));
        unsigned point = byte;
        if (byte >= 0x80 && byte < 0xA0 && assigned[byte - 0x80] != 0)
            point = assigned[byte - 0x80];
        const size_t bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : 3;
        assert_int_equal(got.len, bytes + 2);
        unsigned back = (unsigned char)got.data[1];
        if (bytes > 1) back &= bytes == 2 ? 0x1F : 0x0F;
        for (size_t i = 2; i <= bytes; i++)
            back = back << 6 | ((unsigned char)got.data[i] & 0x3F);
        assert_int_equal(back, point);
        fpt_input_close(input);
    }
}

static void test_latin_1_is_undoubled_first(void **state)
{
    fpt_csv_options options = fpt_csv_options_default();
    options.encoding = FPT_LATIN_1;
    assert_shows(*state, FPT_STR("\"\xA3 \"\"5\"\"\",b\xE9\n"), &options,
                 "1|\xC2\xA3 \"5\"|b\xC3\xA9\n");
}

#define NOT_UTF_8                                                              \
    " is not UTF-8; if the file is Latin-1, its source pack must say "         \
    "`encoding: latin-1`\n"

static void test_bad_utf_8_ends_with_its_line(void **state)
{
    static const struct example table[] = {
        {"caf\xC3\xA9\n", "1|caf\xC3\xA9\n"},
        {"a\ncaf\xE9\nb\n", "1|a\nt.csv: line 2: the byte 0xE9" NOT_UTF_8},
        {"\"a\nb\n\xA3\"\n", "t.csv: line 3: the byte 0xA3" NOT_UTF_8},
        {"a\n\xC3", "1|a\nt.csv: line 2: the byte 0xC3" NOT_UTF_8},
        {"\xC0\x80\n", "t.csv: line 1: the byte 0xC0" NOT_UTF_8},
        {"\xED\xA0\x80\n", "t.csv: line 1: the byte 0xED" NOT_UTF_8},
        /* A character that quoting tears apart is torn in the file too. */
        {"\xC3\"\xA9\"\n", "t.csv: line 1: the byte 0xC3" NOT_UTF_8},
    };
    const fpt_csv_options options = fpt_csv_options_default();
    assert_examples(state, COUNT_OF(table), table, &options);
}

static void test_a_nul_ends_with_its_line(void **state)
{
    static const char bytes[] = "a,b\nc,\0d\n";
    static const char quoted[] = "a,b\n\"c\nd\n\0\",e\n";
    static const char behind[] = "\"a\nb\"\0,c\n";
    const fpt_csv_options options = fpt_csv_options_default();
    assert_shows(*state, (fpt_str){bytes, sizeof bytes - 1}, &options,
                 "1|a|b\nt.csv: line 2: holds a NUL byte: this is not text\n");
    assert_shows(*state, (fpt_str){quoted, sizeof quoted - 1}, &options,
                 "1|a|b\nt.csv: line 4: holds a NUL byte: this is not text\n");
    assert_shows(*state, (fpt_str){behind, sizeof behind - 1}, &options,
                 "t.csv: line 2: holds a NUL byte: this is not text\n");
}

static void test_options_that_contradict(void **state)
{
    struct place *place = *state;
    static const struct {
        char delimiter;
        bool no_quoting;
        fpt_encoding encoding;
        fpt_status status;
    } table[] = {
        {'\0', false, FPT_UTF_8, FPT_ERR_USAGE},
        {'\n', false, FPT_UTF_8, FPT_ERR_USAGE},
        {'\r', true, FPT_UTF_8, FPT_ERR_USAGE},
        {'"', false, FPT_UTF_8, FPT_ERR_USAGE},
        {'"', true, FPT_UTF_8, FPT_OK},
        {(char)0xAC, true, FPT_UTF_8, FPT_ERR_USAGE},
        {(char)0xAC, true, FPT_LATIN_1, FPT_OK},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_csv_options options = fpt_csv_options_default();
        options.delimiter = table[i].delimiter;
        options.no_quoting = table[i].no_quoting;
        options.encoding = table[i].encoding;
        fpt_input *input;
        fpt_error err = {FPT_OK, ""};
        fpt_csv csv = {.count = 99};
        assert_ok(fpt_input_open_memory(&place->arena, "t.csv", FPT_STR("a\n"),
                                        &input, NULL));
        const fpt_status status =
            fpt_csv_open(&place->arena, input, &options, &csv, &err);
        assert_int_equal(status, table[i].status);
        if (status != FPT_OK) {
            assert_int_equal(csv.count, 99);
            assert_int_equal(strncmp(err.text, "t.csv: ", 7), 0);
        }
        fpt_input_close(input);
    }
}

/* Zero means the default, which a record of a million bytes does not reach. */
static void test_the_limit_by_default(void **state)
{
    struct place *place = *state;
    fpt_csv_options options = fpt_csv_options_default();
    options.most_record_bytes = 0;
    char *line = FPT_NEW(&place->arena, char, 1000000);
    assert_non_null(line);
    memset(line, 'x', 1000000);
    const fpt_str shown =
        show_memory(&place->arena, (fpt_str){line, 1000000}, &options);
    assert_int_equal(shown.len, 1000003);
}

/* Too long is too long wherever the buffer ends, and not a byte sooner. */
static void test_the_limit_of_a_record(void **state)
{
    fpt_csv_options options = fpt_csv_options_default();
    options.most_record_bytes = 8;
#define TOO_LONG(line)                                                         \
    "t.csv: line " line ": goes on for more than 8 bytes without an end; is "  \
    "a quotation mark left open, or is this no CSV file?\n"
    static const struct example table[] = {
        {"12345678\n12345678", "1|12345678\n2|12345678\n"},
        {"a\n123456789\nb\n", "1|a\n" TOO_LONG("2")},
        {"a\n123456789", "1|a\n" TOO_LONG("2")},
        {"\"34567\"\n", "1|34567\n"},
        {"\"2\n4\n6\n8", "1|2\\n4\\n6\\n8 !0 a quotation mark is opened and "
                         "never closed\n"},
        {"\"2\n4\n6\n89", TOO_LONG("1")},
        {"1,2,3,4,5\n", TOO_LONG("1")},
    };
    assert_examples(state, COUNT_OF(table), table, &options);
    static const char nul[] = "1234567\0\n", late_nul[] = "123456789\0\n";
    assert_shows(*state, (fpt_str){nul, sizeof nul - 1}, &options,
                 "t.csv: line 1: holds a NUL byte: this is not text\n");
    assert_shows(*state, (fpt_str){late_nul, sizeof late_nul - 1}, &options,
                 TOO_LONG("1"));
}

/* A failure of the input passes through with its own words. */
/* More fields than are listed at a time, wide ones between narrow ones; and what
 * is not ASCII is seen wherever it stands. */
static void test_more_fields_than_are_listed(void **state)
{
    struct place *place = *state;
    enum { FIELDS = 30000 };
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (int i = 0; i < FIELDS; i++) {
        fpt_strbuf_print(&text, "%s%d", i > 0 ? "," : "", i);
        for (int k = 0; k < i % 977 - 950; k++)
            fpt_strbuf_add(&text, FPT_STR("\xC2\xAC"));
    }
    fpt_strbuf_add(&text, FPT_STR("\nlast,row\n"));
    assert_false(text.failed);
    fpt_input *input;
    fpt_csv csv;
    const fpt_csv_options options = fpt_csv_options_default();
    assert_ok(fpt_input_open_memory(&place->arena, "t.csv",
                                    fpt_strbuf_view(&text), &input, NULL));
    assert_ok(fpt_csv_open(&place->arena, input, &options, &csv, NULL));
    assert_true(fpt_csv_next(&csv));
    assert_int_equal(csv.count, FIELDS);
    for (int i = 0; i < FIELDS; i++) {
        char want[32];
        const size_t len = fpt_print_int64(i, want);
        const int wide = i % 977 > 950 ? i % 977 - 950 : 0;
        assert_int_equal(csv.field[i].len, len + 2 * (size_t)wide);
        assert_memory_equal(csv.field[i].data, want, len);
    }
    assert_true(fpt_csv_next(&csv));
    assert_int_equal(csv.count, 2);
    assert_str(csv.field[1], "row");
    assert_false(fpt_csv_next(&csv));
    assert_ok(fpt_csv_status(&csv, NULL));
    fpt_input_close(input);

    for (size_t at = 0; at < 70; at++) { /* one bad byte in plain text */
        char plain[80];
        memset(plain, 'x', sizeof plain);
        plain[sizeof plain - 1] = '\n';
        plain[at] = (char)0xFF;
        assert_ok(fpt_input_open_memory(&place->arena, "t.csv",
                                        (fpt_str){plain, sizeof plain}, &input,
                                        NULL));
        assert_ok(fpt_csv_open(&place->arena, input, &options, &csv, NULL));
        assert_false(fpt_csv_next(&csv));
        assert_int_equal(fpt_csv_status(&csv, NULL), FPT_ERR_INPUT);
        fpt_input_close(input);
    }
}

static void test_a_cut_gzip_file(void **state)
{
    struct place *place = *state;
    const fpt_str packed = gzip(&place->arena, FPT_STR("a,b\nc,d\n"));
    const fpt_csv_options options = fpt_csv_options_default();
    const fpt_str shown = show_memory(
        &place->arena, fpt_str_slice(packed, 0, packed.len - 1), &options);
    assert_true(fpt_str_ends(
        shown, FPT_STR("t.csv: the gzip file ends before its data do; it was "
                       "cut off: fetch it again\n")));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_records_and_line_ends),
        TEST(test_byte_order_mark),
        TEST(test_quoting),
        TEST(test_faults_of_quoting),
        TEST(test_other_delimiters_and_no_quoting),
        TEST(test_latin_1_with_the_not_sign),
        TEST(test_every_byte_of_latin_1),
        TEST(test_latin_1_is_undoubled_first),
        TEST(test_bad_utf_8_ends_with_its_line),
        TEST(test_a_nul_ends_with_its_line),
        TEST(test_options_that_contradict),
        TEST(test_the_limit_by_default),
        TEST(test_the_limit_of_a_record),
        TEST(test_more_fields_than_are_listed),
        TEST(test_a_cut_gzip_file),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
