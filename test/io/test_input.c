/* Tests for input.h. */
#include "outside.h"

/* Everything that an input gives, read in pieces of `capacity`. */
static fpt_status drain(fpt_arena *arena, fpt_input *input, size_t capacity,
                        fpt_str *out, fpt_error *err)
{
    char *buffer = fpt_arena_allocate_raw(arena, capacity, 1);
    assert_non_null(buffer);
    fpt_strbuf text = fpt_strbuf_make(arena);
    for (;;) {
        size_t got = SIZE_MAX;
        FPT_TRY(fpt_input_read(input, buffer, capacity, &got, err));
        assert_true(got <= capacity);
        if (got == 0) break;
        fpt_strbuf_add(&text, (fpt_str){buffer, got});
    }
    size_t again = 1;
    assert_ok(fpt_input_read(input, buffer, capacity, &again, err));
    assert_int_equal(again, 0); /* the end stays the end */
    *out = fpt_strbuf_view(&text);
    return FPT_OK;
}

static fpt_status read_memory(fpt_arena *arena, fpt_str bytes, size_t capacity,
                              fpt_str *out, fpt_error *err)
{
    fpt_input *input;
    FPT_TRY(fpt_input_open_memory(arena, "memory", bytes, &input, err));
    const fpt_status status = drain(arena, input, capacity, out, err);
    fpt_input_close(input);
    return status;
}

static void assert_reads(struct place *place, fpt_str bytes, fpt_str expected)
{
    fpt_error err = {FPT_OK, "untouched"};
    fpt_str got;
    assert_ok_or(read_memory(&place->arena, bytes, 4096, &got, &err), err);
    assert_true(fpt_str_equal(got, expected));

    fpt_input *input;
    const char *path = put(place, "file", bytes);
    assert_ok_or(fpt_input_open(&place->arena, path, &input, &err), err);
    assert_string_equal(fpt_input_name(input), path);
    assert_ok_or(drain(&place->arena, input, 100000, &got, &err), err);
    assert_true(fpt_str_equal(got, expected));
    fpt_input_close(input);
    fpt_input_close(input); /* twice does nothing */

    const int descriptor = open(path, O_RDONLY);
    assert_true(descriptor >= 0);
    assert_ok_or(fpt_input_open_descriptor(&place->arena, "descriptor",
                                           descriptor, &input, &err),
                 err);
    assert_ok_or(drain(&place->arena, input, 1000, &got, &err), err);
    assert_true(fpt_str_equal(got, expected));
    fpt_input_close(input);
    assert_int_equal(close(descriptor), 0); /* it was left open */
    assert_string_equal(err.text, "untouched");
}

static fpt_str random_bytes(fpt_arena *arena, size_t len, uint64_t seed)
{
    char *bytes = fpt_arena_allocate_raw(arena, len + 1, 1);
    assert_non_null(bytes);
    /* Few different bytes, so that it can be packed; the first is no gzip. */
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(next_random(&seed) % 7);
    return (fpt_str){bytes, len};
}

static void test_every_size_plain_and_packed(void **state)
{
    struct place *place = *state;
    static const size_t sizes[] = {0,     1,     2,     3,      4096,
                                   65535, 65536, 65537, 131072, 300000};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        const fpt_str plain = random_bytes(&place->arena, sizes[i], i);
        assert_reads(place, plain, plain);
        assert_reads(place, gzip(&place->arena, plain), plain);
    }
    fpt_input_close(NULL);
    const fpt_str none = {NULL, 0};
    fpt_str got;
    fpt_error err;
    assert_ok(read_memory(&place->arena, none, 1, &got, &err));
    assert_int_equal(got.len, 0);
}

static void test_members_follow_one_another(void **state)
{
    struct place *place = *state;
    fpt_arena *a = &place->arena;
    const fpt_str one = gzip(a, FPT_STR("first,")),
                  two = gzip(a, FPT_STR("second")), none = gzip(a, FPT_STR(""));
    const fpt_str zeros = {"\0\0\0\0\0\0\0", 7};
    const fpt_str both = FPT_STR("first,second");
    assert_reads(place, joined(a, one, two), both);
    assert_reads(place, joined(a, none, joined(a, one, joined(a, none, two))),
                 both);
    assert_reads(place, joined(a, joined(a, one, two), zeros), both);
    assert_reads(place, joined(a, one, joined(a, zeros, two)), both);
    assert_reads(place, none, FPT_STR(""));
    /* Zeros that go on for longer than the buffer. */
    char *many = FPT_NEW(a, char, 200000);
    assert_non_null(many);
    assert_reads(place, joined(a, one, (fpt_str){many, 200000}),
                 FPT_STR("first,"));
}

static void test_one_byte_at_a_time(void **state)
{
    struct place *place = *state;
    const fpt_str plain = random_bytes(&place->arena, 3000, 5);
    const fpt_str packed = gzip(&place->arena, plain);
    const fpt_str cases[] = {
        plain,       packed,          joined(&place->arena, packed, packed),
        {"\x1f", 1}, {"\x1f\x00", 2}, {NULL, 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fpt_str whole, got;
        fpt_error err;
        assert_ok(read_memory(&place->arena, cases[i], 1 << 16, &whole, &err));
        assert_ok(read_memory(&place->arena, cases[i], 1, &got, &err));
        assert_true(fpt_str_equal(got, whole));
        for (size_t most = 1; most < 8; most += 3) {
            struct feeder feeder;
            const int descriptor = feeder_begin(&feeder, cases[i], most);
            fpt_input *input;
            assert_ok(fpt_input_open_descriptor(&place->arena, "socket",
                                                descriptor, &input, &err));
            assert_ok(drain(&place->arena, input, 7, &got, &err));
            assert_true(fpt_str_equal(got, whole));
            fpt_input_close(input);
            feeder_end(&feeder);
        }
    }
}

/* A download that stopped half way must not look like a shorter file. */
static void test_cut_at_every_byte(void **state)
{
    struct place *place = *state;
    const fpt_str packed =
        gzip(&place->arena, FPT_STR("period,org,attendances\n2017-03,X,21\n"));
    for (size_t len = 2; len < packed.len; len++) {
        fpt_str got = FPT_STR("before");
        fpt_error err;
        assert_int_equal(read_memory(&place->arena,
                                     fpt_str_slice(packed, 0, len), 64, &got,
                                     &err),
                         FPT_ERR_INPUT);
        assert_string_equal(err.text,
                            "memory: the gzip file ends before its data do; it "
                            "was cut off: fetch it again");
        assert_str(got, "before");
    }
    /* Also when the second member is cut. */
    const fpt_str two = joined(&place->arena, packed, packed);
    for (size_t len = packed.len + 1; len < two.len; len++) {
        fpt_str got;
        fpt_error err;
        assert_int_equal(read_memory(&place->arena, fpt_str_slice(two, 0, len),
                                     64, &got, &err),
                         FPT_ERR_INPUT);
    }
}

/* Whatever bit is wrong: either it is noticed, or it stood in a field that says
 * nothing about the data ("probably text", time stamp, operating system), or in
 * the bits that fill the last byte of the packed data. */
static void test_every_bit_damaged(void **state)
{
    struct place *place = *state;
    const fpt_str plain =
        FPT_STR("period,org,attendances\n2017-03,X,21\n2017-04,X,22\n");
    const fpt_str packed = gzip(&place->arena, plain);
    size_t noticed = 0;
    for (size_t bit = 16; bit < 8 * packed.len; bit++) {
        char *damaged = fpt_str_copy(&place->arena, packed);
        assert_non_null(damaged);
        damaged[bit / 8] = (char)(damaged[bit / 8] ^ (1 << bit % 8));
        fpt_str got = {NULL, 0};
        fpt_error err;
        const fpt_status status = read_memory(
            &place->arena, (fpt_str){damaged, packed.len}, 64, &got, &err);
        if (status == FPT_OK) {
            assert_true(fpt_str_equal(got, plain));
            if (bit / 8 != packed.len - 9) assert_in_range(bit / 8, 3, 9);
        } else {
            assert_int_equal(status, FPT_ERR_INPUT);
            noticed++;
        }
        if (bit / 8 >= packed.len - 8) assert_int_equal(status, FPT_ERR_INPUT);
    }
    assert_true(noticed >= 8 * (packed.len - 10));
}

static void test_what_follows_must_be_gzip(void **state)
{
    struct place *place = *state;
    const fpt_str packed = gzip(&place->arena, FPT_STR("data"));
    static const struct {
        const char *tail, *message;
    } table[] = {
        {"x", "memory: something that is not gzip follows the gzip data; fetch "
              "the file again"},
        {"\n", "memory: something that is not gzip follows the gzip data; "
               "fetch the file again"},
        {"\x1fx", "memory: the gzip data are damaged (incorrect header check); "
                  "fetch the file again"},
        {"\x1f", "memory: the gzip file ends before its data do; it was cut "
                 "off: fetch it again"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_str got;
        fpt_error err;
        const fpt_str bytes =
            joined(&place->arena, packed, fpt_str_from(table[i].tail));
        assert_int_equal(read_memory(&place->arena, bytes, 64, &got, &err),
                         FPT_ERR_INPUT);
        assert_string_equal(err.text, table[i].message);
    }
}

static void test_what_cannot_be_opened(void **state)
{
    struct place *place = *state;
    fpt_error err;
    fpt_input *input = NULL;
    assert_int_equal(
        fpt_input_open(&place->arena, in(place, "missing.csv"), &input, &err),
        FPT_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "missing.csv: cannot open it: "));
    assert_int_equal(fpt_input_open(&place->arena, place->folder, &input, &err),
                     FPT_ERR_IO);
    assert_non_null(strstr(err.text, ": is a folder; expected a file"));
    assert_int_equal(fpt_input_open(&place->arena, place->folder, &input, NULL),
                     FPT_ERR_IO);

    const int write_only = open(put(place, "file", FPT_STR("x")), O_WRONLY);
    assert_true(write_only >= 0);
    assert_int_equal(fpt_input_open_descriptor(&place->arena, "standard input",
                                               write_only, &input, &err),
                     FPT_ERR_IO);
    assert_non_null(strstr(err.text, "standard input: cannot read it: "));
    close(write_only);
    assert_null(input);
}

/* A failure in the middle must not hand out what was read before once more. */
static void test_a_failing_read_gives_nothing_old(void **state)
{
    struct place *place = *state;
    const int descriptor = open(put(place, "file", FPT_STR("abc")), O_RDONLY);
    fpt_input *input;
    fpt_error err;
    char buffer[8];
    size_t got;
    assert_ok(fpt_input_open_descriptor(&place->arena, "file", descriptor,
                                        &input, &err));
    assert_ok(fpt_input_read(input, buffer, sizeof buffer, &got, &err));
    assert_int_equal(got, 3);
    close(descriptor);
    for (int i = 0; i < 2; i++) {
        got = 77;
        assert_int_equal(
            fpt_input_read(input, buffer, sizeof buffer, &got, &err),
            FPT_ERR_IO);
        assert_int_equal(got, 77);
    }
    fpt_input_close(input);
}

static fpt_status open_and_read(fpt_arena *arena, void *context)
{
    const fpt_str *bytes = context;
    fpt_input *input;
    FPT_TRY(fpt_input_open_memory(arena, "memory", *bytes, &input, NULL));
    char buffer[64];
    size_t got;
    const fpt_status status =
        fpt_input_read(input, buffer, sizeof buffer, &got, NULL);
    fpt_input_close(input);
    return status;
}

static fpt_status open_file(fpt_arena *arena, void *context)
{
    fpt_input *input;
    FPT_TRY(fpt_input_open(arena, context, &input, NULL));
    fpt_input_close(input);
    return FPT_OK;
}

static void test_every_allocation_may_fail(void **state)
{
    struct place *place = *state;
    fpt_str plain = FPT_STR("data"), packed = gzip(&place->arena, plain);
    assert_every_allocation_may_fail(open_and_read, &plain);
    assert_every_allocation_may_fail(open_and_read, &packed);
    assert_every_allocation_may_fail(open_file, put(place, "file", packed));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_every_size_plain_and_packed),
        TEST(test_members_follow_one_another),
        TEST(test_one_byte_at_a_time),
        TEST(test_cut_at_every_byte),
        TEST(test_every_bit_damaged),
        TEST(test_what_follows_must_be_gzip),
        TEST(test_what_cannot_be_opened),
        TEST(test_a_failing_read_gives_nothing_old),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
