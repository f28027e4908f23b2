/*
 * Tests for csv.h. Most compare one text that shows everything a reader says:
 * "LINE|field|field\n" for a record, " !FIELD fault" behind it when its quoting
 * is wrong, and at the end the message, if it did not end well.
 */
#include "outside.h"

static void show_field(fpt_strbuf *text, fpt_str field)
{
    fpt_strbuf_add_char(text, '|');
    for (size_t i = 0; i < field.len; i++) {
        if (field.data[i] == '\n')
            fpt_strbuf_add(text, FPT_STR("\\n"));
        else if (field.data[i] == '\r')
            fpt_strbuf_add(text, FPT_STR("\\r"));
        else
            fpt_strbuf_add_char(text, field.data[i]);
    }
}

/* Read to the end and show it. */
static fpt_str show(fpt_arena *arena, fpt_input *input,
                    const fpt_csv_options *options)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    fpt_error err = {FPT_OK, "untouched"};
    fpt_csv csv;
    fpt_status status = fpt_csv_open(arena, input, options, &csv, &err);
    while (status == FPT_OK && fpt_csv_next(&csv)) {
        assert_true(csv.count > 0);
        fpt_strbuf_print(&text, "%d", (int)csv.line);
        for (size_t i = 0; i < csv.count; i++)
            show_field(&text, csv.field[i]);
        if (csv.fault != NULL) {
            assert_true(csv.fault_field < csv.count);
            fpt_strbuf_print(&text, " !%d %s", (int)csv.fault_field, csv.fault);
        }
        fpt_strbuf_add_char(&text, '\n');
    }
    if (status == FPT_OK) {
        status = fpt_csv_status(&csv, &err);
        assert_false(fpt_csv_next(&csv)); /* the end stays the end */
        assert_int_equal(fpt_csv_status(&csv, NULL), status);
    }
    if (status != FPT_OK) {
        assert_int_equal(err.code, status);
        fpt_strbuf_print(&text, "%s\n", err.text);
    } else {
        assert_string_equal(err.text, "untouched");
    }
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

static fpt_str show_memory(fpt_arena *arena, fpt_str bytes,
                           const fpt_csv_options *options)
{
    fpt_input *input;
    assert_ok(fpt_input_open_memory(arena, "t.csv", bytes, &input, NULL));
    const fpt_str shown = show(arena, input, options);
    fpt_input_close(input);
    return shown;
}

static fpt_str show_fed(fpt_arena *arena, fpt_str bytes,
                        const fpt_csv_options *options, size_t most_step)
{
    struct feeder feeder;
    fpt_input *input;
    const int descriptor = feeder_begin(&feeder, bytes, most_step);
    assert_ok(
        fpt_input_open_descriptor(arena, "t.csv", descriptor, &input, NULL));
    const fpt_str shown = show(arena, input, options);
    fpt_input_close(input);
    feeder_end(&feeder);
    return shown;
}

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

/* 64 MiB without a line end, out of 64 KiB of gzip: refused in bounded memory. */
static void test_a_long_line_takes_bounded_memory(void **state)
{
    struct place *place = *state;
    const size_t len = (size_t)1 << 26;
    char *line = malloc(len);
    assert_non_null(line);
    memset(line, 'x', len);
    const fpt_str packed = gzip(&place->arena, (fpt_str){line, len});
    free(line);

    fpt_csv_options options = fpt_csv_options_default();
    options.most_record_bytes = 1 << 20;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_input *input;
    fpt_csv csv;
    fpt_error err;
    assert_ok(fpt_input_open_memory(&arena, "t.csv", packed, &input, NULL));
    assert_ok(fpt_csv_open(&arena, input, &options, &csv, NULL));
    assert_false(fpt_csv_next(&csv));
    assert_int_equal(fpt_csv_status(&csv, &err), FPT_ERR_INPUT);
    assert_true(fpt_arena_bytes(&arena) < 8 << 20);
    assert_true(fpt_csv_bytes(&csv) < 4 << 20);
    fpt_input_close(input);
    fpt_arena_clear(&arena);
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

/*
 * Records with everything in them, moved byte by byte across the border of the
 * buffer and of the input's own: a short record, one of 70,000 bytes, which is
 * read in several steps, and one that makes the buffer grow.
 */
static void test_records_across_every_border(void **state)
{
    (void)state;
    enum { BUFFER = 1 << 18 };
    static const size_t sizes[] = {10, 70000, 600000};
    const fpt_str tricky = FPT_STR("\"a\"\"b\nc\",\xC3\xA9,\"\"\r\nlast,x\r\n");
    const fpt_csv_options options = fpt_csv_options_default();
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        for (size_t before = 0; before < 40; before++) {
            fpt_arena arena;
            assert_ok(fpt_arena_init(&arena, NULL));
            /* A first record that ends `before` bytes ahead of the border. */
            const size_t filler = BUFFER - before;
            char *bytes =
                fpt_arena_allocate_raw(&arena, filler + sizes[s] + 200, 1);
            assert_non_null(bytes);
            memset(bytes, 'f', filler);
            bytes[filler - 1] = '\n';
            memcpy(bytes + filler, tricky.data, tricky.len);
            size_t len = filler + tricky.len;
            bytes[len++] = '"';
            for (size_t i = 0; i < sizes[s]; i++)
                bytes[len++] = i % 5000 == 4999 ? '\n' : 'y';
            bytes[len++] = '"';
            bytes[len++] = '\n';
            memcpy(bytes + len, "end", 3);
            len += 3;

            fpt_input *input;
            fpt_csv csv;
            assert_ok(fpt_input_open_memory(&arena, "t", (fpt_str){bytes, len},
                                            &input, NULL));
            assert_ok(fpt_csv_open(&arena, input, &options, &csv, NULL));
            assert_true(fpt_csv_next(&csv));
            assert_int_equal(csv.field[0].len, filler - 1);
            assert_true(fpt_csv_next(&csv));
            assert_int_equal(csv.count, 3);
            assert_int_equal(csv.line, 2);
            assert_str(csv.field[0], "a\"b\nc");
            assert_str(csv.field[1], "\xC3\xA9");
            assert_str(csv.field[2], "");
            assert_true(fpt_csv_next(&csv));
            assert_int_equal(csv.line, 4);
            assert_str(csv.field[1], "x");
            assert_true(fpt_csv_next(&csv));
            assert_int_equal(csv.line, 5);
            assert_int_equal(csv.count, 1);
            assert_int_equal(csv.field[0].len, sizes[s]);
            assert_true(fpt_csv_next(&csv));
            assert_int_equal(csv.line, 6 + sizes[s] / 5000);
            assert_str(csv.field[0], "end");
            assert_false(fpt_csv_next(&csv));
            assert_ok(fpt_csv_status(&csv, NULL));
            assert_int_equal(fpt_csv_bytes(&csv), len);
            fpt_input_close(input);
            fpt_arena_clear(&arena);
        }
    }
}

/* ---- properties ---- */

static fpt_str random_cell(fpt_arena *arena, uint64_t *seed)
{
    static const char *const pieces[] = {"",
                                         "a",
                                         "12.5",
                                         ",",
                                         "\"",
                                         "\"\"",
                                         "\n",
                                         "\r\n",
                                         "\r",
                                         " ",
                                         "\t",
                                         "\xC2\xA3",
                                         "\xE2\x82\xAC",
                                         "\xEF\xBB\xBF",
                                         "total",
                                         "\xF0\x9F\x98\x80"};
    fpt_strbuf cell = fpt_strbuf_make(arena);
    for (size_t n = next_random(seed) % 4; n > 0; n--)
        fpt_strbuf_add(
            &cell, fpt_str_from(pieces[next_random(seed) % COUNT_OF(pieces)]));
    assert_false(cell.failed);
    return fpt_strbuf_view(&cell);
}

/* What is written is read back, and the line numbers add up. */
static void test_random_tables_come_back(void **state)
{
    (void)state;
    uint64_t seed = 20161021;
    const fpt_csv_options options = fpt_csv_options_default();
    for (int round = 0; round < 2000; round++) {
        fpt_arena arena;
        assert_ok(fpt_arena_init(&arena, NULL));
        const size_t columns = 1 + next_random(&seed) % 5;
        const size_t rows = next_random(&seed) % 8;
        fpt_str *cell = FPT_NEW(&arena, fpt_str, columns * rows);
        assert_non_null(cell);
        fpt_output out = fpt_output_memory(&arena);
        for (size_t r = 0; r < rows; r++) {
            for (size_t c = 0; c < columns; c++) {
                cell[r * columns + c] = random_cell(&arena, &seed);
                fpt_csv_cell(&out, c == 0, cell[r * columns + c]);
            }
            fpt_csv_end_row(&out);
        }
        assert_ok(fpt_output_finish(&out, "memory", NULL));
        const fpt_str text = fpt_strbuf_view(&out.text);

        fpt_input *input;
        fpt_csv csv;
        struct feeder feeder = {0};
        const bool fed = round % 10 == 0;
        if (fed)
            assert_ok(fpt_input_open_descriptor(
                &arena, "t", feeder_begin(&feeder, text, 3), &input, NULL));
        else
            assert_ok(fpt_input_open_memory(&arena, "t", text, &input, NULL));
        assert_ok(fpt_csv_open(&arena, input, &options, &csv, NULL));
        int64_t line = 1;
        for (size_t r = 0; r < rows; r++) {
            assert_true(fpt_csv_next(&csv));
            assert_int_equal(csv.count, columns);
            assert_int_equal(csv.line, line++);
            assert_null(csv.fault);
            for (size_t c = 0; c < columns; c++) {
                assert_true(fpt_str_equal(csv.field[c], cell[r * columns + c]));
                for (size_t i = 0; i < csv.field[c].len; i++)
                    line += csv.field[c].data[i] == '\n';
            }
        }
        assert_false(fpt_csv_next(&csv));
        assert_ok(fpt_csv_status(&csv, NULL));
        fpt_input_close(input);
        if (fed) feeder_end(&feeder);
        fpt_arena_clear(&arena);
    }
}

/* Any bytes at all: the same, however few arrive at a time. */
static void test_random_bytes_do_not_depend_on_arrival(void **state)
{
    (void)state;
    static const char alphabet[] = "ab,,\"\"\"\n\n\r \xC3\xA9\xEF\xBB\xBF";
    uint64_t seed = 44;
    for (int round = 0; round < 600; round++) {
        fpt_arena arena;
        assert_ok(fpt_arena_init(&arena, NULL));
        char bytes[200];
        const size_t len = next_random(&seed) % sizeof bytes;
        for (size_t i = 0; i < len; i++) /* a NUL now and then */
            bytes[i] =
                next_random(&seed) % 500 == 0
                    ? '\0'
                    : alphabet[next_random(&seed) % (sizeof alphabet - 1)];
        fpt_csv_options options = fpt_csv_options_default();
        if (round % 3 == 0) options.most_record_bytes = 60;
        if (round % 2 == 0) options.encoding = FPT_LATIN_1;
        const fpt_str text = {bytes, len};
        const fpt_str whole = show_memory(&arena, text, &options);
        const fpt_str fed =
            show_fed(&arena, text, &options, 1 + (size_t)round % 4);
        if (!fpt_str_equal(whole, fed))
            fail_msg("round %d:\n%s---\n%s", round, whole.data, fed.data);
        fpt_arena_clear(&arena);
    }
}

/* ---- memory ---- */

static fpt_status read_tables(fpt_arena *arena, void *context)
{
    fpt_csv_options options = fpt_csv_options_default();
    options.encoding = FPT_LATIN_1;
    fpt_input *input;
    FPT_TRY(fpt_input_open_memory(arena, "t.csv", *(const fpt_str *)context,
                                  &input, NULL));
    fpt_csv csv;
    fpt_status status = fpt_csv_open(arena, input, &options, &csv, NULL);
    if (status == FPT_OK) {
        while (fpt_csv_next(&csv)) {
        }
        status = fpt_csv_status(&csv, NULL);
    }
    fpt_input_close(input);
    return status;
}

static void test_every_allocation_may_fail(void **state)
{
    struct place *place = *state;
    /* Many columns, then a record that makes every buffer grow. */
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (int i = 0; i < 200; i++)
        fpt_strbuf_print(&text, "c%d,", i);
    fpt_strbuf_add_char(&text, '\n');
    for (int i = 0; i < 40000; i++)
        fpt_strbuf_add(&text, FPT_STR("0123456789"));
    assert_false(text.failed);
    fpt_str small = FPT_STR("a,b\n"), large = fpt_strbuf_view(&text);
    assert_every_allocation_may_fail(read_tables, &small);
    assert_every_allocation_may_fail(read_tables, &large);
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
        TEST(test_the_limit_of_a_record),
        TEST(test_a_long_line_takes_bounded_memory),
        TEST(test_more_fields_than_are_listed),
        TEST(test_a_cut_gzip_file),
        TEST(test_records_across_every_border),
        TEST(test_random_tables_come_back),
        TEST(test_random_bytes_do_not_depend_on_arrival),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
