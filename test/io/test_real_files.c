/*
 * The CSV reader over published files of many publishers: each must have as
 * many records and bytes as its manifest says, which was made with another
 * reader (Python's csv module).
 */
#include "outside.h"

#include "real.h"

struct expected {
    fpt_str path, encoding, quirks;
    int64_t records, bytes;
};

enum { PATH = 0, LINES = 2, ENCODING = 4, QUIRKS = 11, BYTES = 12 };

static fpt_status read_manifest(fpt_arena *arena, struct expected **out,
                                size_t *count)
{
    const fpt_csv_options options = fpt_csv_options_default();
    char *path = fpt_path_join(arena, real_data_folder(), "MANIFEST.csv");
    fpt_input *input;
    fpt_csv csv;
    fpt_error err;
    assert_ok_or(fpt_input_open(arena, path, &input, &err), err);
    assert_ok_or(fpt_csv_open(arena, input, &options, &csv, &err), err);
    assert_true(fpt_csv_next(&csv)); /* names of columns */
    assert_str(csv.field[PATH], "path");
    assert_str(csv.field[LINES], "lines");
    assert_str(csv.field[ENCODING], "encoding");
    assert_str(csv.field[QUIRKS], "quirks");
    assert_str(csv.field[BYTES], "bytes_uncompressed");
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    while (fpt_csv_next(&csv)) {
        struct expected e;
        assert_int_equal(csv.count, 13);
        if (!fpt_str_ends(csv.field[PATH], FPT_STR(".csv")) &&
            !fpt_str_ends(csv.field[PATH], FPT_STR(".csv.gz")))
            continue;
        e.path = fpt_str_keep(arena, csv.field[PATH]);
        e.encoding = fpt_str_keep(arena, csv.field[ENCODING]);
        e.quirks = fpt_str_keep(arena, csv.field[QUIRKS]);
        assert_true(fpt_parse_int64(csv.field[LINES], &e.records));
        assert_true(fpt_parse_int64(csv.field[BYTES], &e.bytes));
        assert_true(FPT_RESERVE(arena, *out, *count, capacity));
        (*out)[(*count)++] = e;
    }
    const fpt_status status = fpt_csv_status(&csv, &err);
    fpt_input_close(input);
    return status;
}

static bool mentions(fpt_str text, const char *words)
{
    return strstr(text.data, words) != NULL; /* kept texts end in NUL */
}

static void read_one(const struct expected *e)
{
    fpt_csv_options options = fpt_csv_options_default();
    if (mentions(e->encoding, "latin-1")) options.encoding = FPT_LATIN_1;
    if (mentions(e->quirks, "no quoting")) {
        options.no_quoting = true;
        options.delimiter = (char)0xAC;
    }
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    char *path = fpt_path_join(&arena, real_data_folder(), e->path.data);
    fpt_input *input;
    fpt_csv csv;
    fpt_error err;
    int64_t records = 0;
    assert_ok_or(fpt_input_open(&arena, path, &input, &err), err);
    assert_ok_or(fpt_csv_open(&arena, input, &options, &csv, &err), err);
    while (fpt_csv_next(&csv)) {
        records++;
        if (csv.fault != NULL)
            fail_msg("%s: line %" PRId64 ": %s", path, csv.line, csv.fault);
    }
    assert_ok_or(fpt_csv_status(&csv, &err), err);
    if (records != e->records)
        fail_msg("%s: %" PRId64 " records, expected %" PRId64, path, records,
                 e->records);
    if (fpt_csv_bytes(&csv) != (uint64_t)e->bytes)
        fail_msg("%s: %" PRIu64 " bytes, expected %" PRId64, path,
                 fpt_csv_bytes(&csv), e->bytes);
    fpt_input_close(input);
    fpt_arena_clear(&arena);
}

static void test_every_file_of_the_manifest(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    struct expected *files;
    size_t count;
    assert_ok(read_manifest(&arena, &files, &count));
    assert_true(count > 100);
    for (size_t i = 0; i < count; i++)
        read_one(&files[i]);
    fpt_arena_clear(&arena);
}

int main(void)
{
    if (!real_data_is_there()) return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_file_of_the_manifest),
    };
    return cmocka_run_group_tests_name("real files", tests, NULL, NULL);
}
