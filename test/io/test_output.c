/* Tests for output.h: bytes, CSV and JSON out. */
#include "outside.h"

#include <signal.h>
#include <wchar.h>

/* What `write` puts into memory. */
#define WRITTEN(place, out, statements)                                        \
    do {                                                                       \
        (out) = fpt_output_memory(&(place)->arena);                            \
        statements;                                                            \
        assert_ok(fpt_output_finish(&(out), "memory", NULL));                  \
    } while (0)

static fpt_str file_content(struct place *place, const char *path)
{
    fpt_str text;
    assert_ok(fpt_file_read(&place->arena, path, SIZE_MAX, &text, NULL));
    return text;
}

static void test_into_memory(void **state)
{
    struct place *place = *state;
    fpt_output out;
    WRITTEN(place, out, {
        fpt_output_add(&out, FPT_STR("a"));
        fpt_output_add(&out, (fpt_str){NULL, 0});
        fpt_output_add_char(&out, '\0');
        fpt_output_add_int64(&out, INT64_MIN);
        fpt_output_add_double(&out, 0.1);
        fpt_output_add_double(&out, (double)NAN);
        fpt_output_print(&out, "[%5s]", "x");
    });
    const fpt_str expected = {"a\0-92233720368547758080.1[    x]", 32};
    assert_true(fpt_str_equal(fpt_strbuf_view(&out.text), expected));
    WRITTEN(place, out, {});
    assert_str(fpt_strbuf_view(&out.text), "");
}

/* Texts shorter and longer than what print keeps on its stack. */
static void test_printing_texts_of_any_length(void **state)
{
    struct place *place = *state;
    static const int lengths[] = {0, 1, 1022, 1023, 1024, 1025, 100000};
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        char *text = FPT_NEW(&place->arena, char, (size_t)lengths[i] + 1);
        assert_non_null(text);
        memset(text, 'p', (size_t)lengths[i]);
        fpt_output out;
        WRITTEN(place, out, fpt_output_print(&out, "%s", text));
        assert_str(fpt_strbuf_view(&out.text), text);
    }
}

static void test_what_cannot_be_printed_is_a_failure(void **state)
{
    struct place *place = *state;
    fpt_output out = fpt_output_memory(&place->arena);
    fpt_output_print(&out, "cost: %lc", (wint_t)0x20AC); /* in the C locale */
    fpt_error err;
    assert_int_equal(fpt_output_finish(&out, "page.html", &err), FPT_ERR_IO);
    assert_int_equal(strncmp(err.text, "page.html: cannot write it: ", 28), 0);
}

/* Pieces of many sizes through the buffer of 64 KiB come out in order. */
static void test_to_a_descriptor(void **state)
{
    struct place *place = *state;
    static const size_t pieces[] = {1,   65535, 1,  65536, 65537,  0,
                                    100, 65500, 36, 1,     200000, 7};
    const char *path = in(place, "out");
    const int descriptor = open(path, O_WRONLY | O_CREAT, 0666);
    assert_true(descriptor >= 0);
    fpt_output out;
    assert_ok(fpt_output_open(&place->arena, descriptor, &out));
    fpt_strbuf expected = fpt_strbuf_make(&place->arena);
    uint64_t seed = 3;
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        char *piece = FPT_NEW(&place->arena, char, pieces[i]);
        assert_non_null(piece);
        for (size_t k = 0; k < pieces[i]; k++)
            piece[k] = (char)next_random(&seed);
        fpt_output_add(&out, (fpt_str){piece, pieces[i]});
        fpt_strbuf_add(&expected, (fpt_str){piece, pieces[i]});
    }
    assert_ok(fpt_output_finish(&out, "out", NULL));
    assert_ok(fpt_output_finish(&out, "out", NULL)); /* nothing twice */
    assert_int_equal(close(descriptor), 0);
    assert_true(
        fpt_str_equal(file_content(place, path), fpt_strbuf_view(&expected)));
}

static void test_a_closed_pipe_is_a_failure(void **state)
{
    struct place *place = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    void (*handler)(int) = signal(SIGPIPE, SIG_IGN);
    fpt_output out;
    fpt_error err;
    assert_ok(fpt_output_open(&place->arena, ends[1], &out));
    fpt_output_add(&out, FPT_STR("unheard"));
    assert_int_equal(fpt_output_finish(&out, "standard output", &err),
                     FPT_ERR_IO);
    assert_string_equal(err.text,
                        "standard output: cannot write it: Broken pipe");
    /* It sticks, and costs nothing more. */
    for (int i = 0; i < 100000; i++)
        fpt_output_add(&out, FPT_STR("more"));
    assert_int_equal(fpt_output_finish(&out, "standard output", NULL),
                     FPT_ERR_IO);
    signal(SIGPIPE, handler);
    close(ends[1]);
}

static void test_a_full_disk_is_a_failure(void **state)
{
    struct place *place = *state;
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0) skip();
    static const char large[100000];
    for (int i = 0; i < 2; i++) {
        fpt_output out;
        fpt_error err;
        assert_ok(fpt_output_open(&place->arena, full, &out));
        fpt_output_add(&out, (fpt_str){large, i == 0 ? 5 : sizeof large});
        assert_int_equal(fpt_output_finish(&out, "out.csv", &err), FPT_ERR_IO);
        assert_string_equal(
            err.text, "out.csv: cannot write it: No space left on device");
    }
    close(full);
}

/* ---- CSV ---- */

static void test_csv_cells(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *cell, *written;
    } table[] = {
        {"", ""},
        {"plain", "plain"},
        {"two words ", "two words "},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"\"", "\"\"\"\""},
        {"a\nb", "\"a\nb\""},
        {"a\rb", "\"a\rb\""},
        {"caf\xC3\xA9", "caf\xC3\xA9"},
        {"\xEF\xBB\xBF", "\"\xEF\xBB\xBF\""},
        {";\t'", ";\t'"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_output out;
        WRITTEN(place, out, {
            fpt_csv_cell(&out, true, fpt_str_from(table[i].cell));
            fpt_csv_cell(&out, false, fpt_str_from(table[i].cell));
            fpt_csv_end_row(&out);
        });
        const fpt_str expected = fpt_str_print(
            &place->arena, "%s,%s\n", table[i].written, table[i].written);
        assert_str(fpt_strbuf_view(&out.text), expected.data);
    }
}

static void test_csv_numbers(void **state)
{
    struct place *place = *state;
    fpt_output out;
    WRITTEN(place, out, {
        fpt_csv_cell_double(&out, true, 0.1);
        fpt_csv_cell_double(&out, false, -0.0);
        fpt_csv_cell_double(&out, false, (double)NAN); /* missing is empty */
        fpt_csv_cell_double(&out, false, (double)INFINITY);
        fpt_csv_cell_int64(&out, false, INT64_MAX);
        fpt_csv_end_row(&out);
        fpt_csv_cell_int64(&out, true, -1);
        fpt_csv_end_row(&out);
    });
    assert_str(fpt_strbuf_view(&out.text),
               "0.1,-0,,inf,9223372036854775807\n-1\n");
}

/* ---- JSON ---- */

static void write_example(fpt_output *out, bool compact)
{
    fpt_json json = fpt_json_make(out, compact);
    fpt_json_open_object(&json);
    fpt_json_key(&json, "name");
    fpt_json_str(&json, FPT_STR("x"));
    fpt_json_key(&json, "list");
    fpt_json_open_array(&json);
    fpt_json_int64(&json, 1);
    fpt_json_double(&json, 2.5);
    fpt_json_open_array(&json);
    fpt_json_close_array(&json);
    fpt_json_open_object(&json);
    fpt_json_close_object(&json);
    fpt_json_bool(&json, true);
    fpt_json_bool(&json, false);
    fpt_json_null(&json);
    fpt_json_close_array(&json);
    fpt_json_key(&json, "inner");
    fpt_json_open_object(&json);
    fpt_json_key(&json, "k");
    fpt_json_null(&json);
    fpt_json_close_object(&json);
    fpt_json_close_object(&json);
}

static void test_json_layout(void **state)
{
    struct place *place = *state;
    fpt_output out;
    WRITTEN(place, out, write_example(&out, true));
    assert_str(fpt_strbuf_view(&out.text),
               "{\"name\":\"x\",\"list\":[1,2.5,[],{},true,false,null],"
               "\"inner\":{\"k\":null}}");
    WRITTEN(place, out, write_example(&out, false));
    assert_str(fpt_strbuf_view(&out.text), "{\n"
                                           "  \"name\": \"x\",\n"
                                           "  \"list\": [\n"
                                           "    1,\n"
                                           "    2.5,\n"
                                           "    [],\n"
                                           "    {},\n"
                                           "    true,\n"
                                           "    false,\n"
                                           "    null\n"
                                           "  ],\n"
                                           "  \"inner\": {\n"
                                           "    \"k\": null\n"
                                           "  }\n"
                                           "}\n");
}

static void test_json_numbers(void **state)
{
    struct place *place = *state;
    static const struct {
        double value;
        const char *written;
    } table[] = {
        {(double)NAN, "null"},
        {(double)INFINITY, "null"},
        {-(double)INFINITY, "null"},
        {0.0, "0"},
        {-0.0, "-0"},
        {0.1, "0.1"},
        {1e300, "1e+300"},
        {5e-324, "5e-324"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_output out;
        WRITTEN(place, out, {
            fpt_json json = fpt_json_make(&out, true);
            fpt_json_double(&json, table[i].value);
        });
        assert_str(fpt_strbuf_view(&out.text), table[i].written);
    }
}

static void test_json_escapes(void **state)
{
    struct place *place = *state;
    static const struct {
        fpt_str text;
        const char *written;
    } table[] = {
        {{NULL, 0}, "\"\""},
        {{"a\"b\\c", 5}, "\"a\\\"b\\\\c\""},
        {{"\n\t\r\b", 4}, "\"\\n\\u0009\\u000d\\u0008\""},
        {{"\0\x1f\x20\x7f", 4}, "\"\\u0000\\u001f \x7f\""},
        {{"caf\xC3\xA9", 5}, "\"caf\xC3\xA9\""},
        {{"a/b", 3}, "\"a/b\""},
        /* Embedded in a page neither may act as markup. */
        {{"</script>", 9}, "\"<\\/script>\""},
        {{"<!--<script>", 12}, "\"<\\u0021--<script>\""},
        {{"</", 2}, "\"<\\/\""},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_output out;
        WRITTEN(place, out, {
            fpt_json json = fpt_json_make(&out, true);
            fpt_json_str(&json, table[i].text);
        });
        assert_str(fpt_strbuf_view(&out.text), table[i].written);
    }
    fpt_output out;
    WRITTEN(place, out, {
        fpt_json json = fpt_json_make(&out, true);
        fpt_json_open_object(&json);
        fpt_json_key(&json, "a\"</");
        fpt_json_int64(&json, 1);
        fpt_json_close_object(&json);
    });
    assert_str(fpt_strbuf_view(&out.text), "{\"a\\\"<\\/\":1}");
}

static void test_json_nests_as_deep_as_it_says(void **state)
{
    struct place *place = *state;
    fpt_output out;
    WRITTEN(place, out, {
        fpt_json json = fpt_json_make(&out, true);
        for (int i = 0; i < FPT_JSON_DEPTH; i++)
            fpt_json_open_array(&json);
        for (int i = 0; i < FPT_JSON_DEPTH; i++)
            fpt_json_close_array(&json);
    });
    const fpt_str text = fpt_strbuf_view(&out.text);
    assert_int_equal(text.len, 2 * FPT_JSON_DEPTH);
    assert_true(fpt_str_starts(text, FPT_STR("[[[")));
}

/* ---- memory ---- */

static fpt_status write_both(fpt_arena *arena, void *context)
{
    (void)context;
    fpt_output out;
    FPT_TRY(fpt_output_open(arena, -2, &out));
    fpt_output memory = fpt_output_memory(arena);
    for (int i = 0; i < 20000; i++)
        fpt_output_add(&memory, FPT_STR("0123456789"));
    fpt_error err = {0};
    const fpt_status status = fpt_output_finish(&memory, "memory", &err);
    if (status != FPT_OK)
        assert_string_equal(err.text, "memory: no memory to write it");
    return status;
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    assert_every_allocation_may_fail(write_both, NULL);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_into_memory),
        TEST(test_printing_texts_of_any_length),
        TEST(test_what_cannot_be_printed_is_a_failure),
        TEST(test_to_a_descriptor),
        TEST(test_a_closed_pipe_is_a_failure),
        TEST(test_a_full_disk_is_a_failure),
        TEST(test_csv_cells),
        TEST(test_csv_numbers),
        TEST(test_json_layout),
        TEST(test_json_numbers),
        TEST(test_json_escapes),
        TEST(test_json_nests_as_deep_as_it_says),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
