/* Tests for csv.h: the same whatever arrives together, in bounded memory. */
#include "csv_shown.h"

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

/*
 * Records with everything in them, moved byte by byte across the border of the
 * buffer and of the input's own: a short record, one of 70,000 bytes, which is
 * read in several steps, and one that makes the buffer grow.
 */
static void test_records_across_every_border(void **state)
{
    (void)state;
    enum { BUFFER = 1 << 18 };
    static const size_t sizes[] = {10, 70000, 300000};
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
    for (int round = 0; round < 1000; round++) {
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
    for (int round = 0; round < 400; round++) {
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
    /* Many columns; then a record that makes every buffer grow. */
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (int i = 0; i < 200; i++)
        fpt_strbuf_print(&text, "c%d,", i);
    fpt_strbuf_add_char(&text, '\n');
    assert_false(text.failed);
    fpt_str small = FPT_STR("a,b\n"), wide = fpt_strbuf_view(&text);
    assert_every_allocation_may_fail(read_tables, &small);
    assert_every_allocation_may_fail(read_tables, &wide);
    for (int i = 0; i < 27000; i++)
        fpt_strbuf_add(&text, FPT_STR("0123456789"));
    assert_false(text.failed);
    fpt_str large = fpt_strbuf_view(&text);
    assert_allocations_may_fail(256, read_tables, &large);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_a_long_line_takes_bounded_memory),
        TEST(test_records_across_every_border),
        TEST(test_random_tables_come_back),
        TEST(test_random_bytes_do_not_depend_on_arrival),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("csv arrival", tests, NULL, NULL);
}
