/*
 * gzip through the input. By the first byte: any bytes behind the magic; or the
 * text packed, which must come back, whole or in two members; or packed and
 * cut, which must be noticed; or packed and damaged, which must be noticed
 * unless it changed nothing. However much is asked for at a time, the answer is
 * the same.
 */
#include "fuzz.h"

#include <zlib.h>

#include "fpt/io.h"

enum { MOST_BYTES = 1 << 16 };

struct outcome {
    fpt_status status;
    size_t len;
    char bytes[MOST_BYTES];
};

static void read_all(fpt_str bytes, size_t capacity, struct outcome *out)
{
    fpt_arena arena = fuzz_arena();
    fpt_input *input;
    fpt_error err = {0};
    char buffer[4096];
    out->len = 0;
    out->status = fpt_input_open_memory(&arena, "fuzz", bytes, &input, &err);
    FPT_REQUIRE(out->status == FPT_OK);
    for (;;) {
        size_t got = 0;
        out->status = fpt_input_read(input, buffer, capacity, &got, &err);
        FPT_REQUIRE(got <= capacity);
        if (out->status != FPT_OK || got == 0) break;
        if (got > MOST_BYTES - out->len) break; /* a bomb: enough */
        memcpy(out->bytes + out->len, buffer, got);
        out->len += got;
    }
    FPT_REQUIRE(out->status == FPT_OK || out->status == FPT_ERR_INPUT);
    FPT_REQUIRE((out->status == FPT_OK) == (err.text[0] == '\0'));
    fpt_input_close(input);
    fpt_arena_clear(&arena);
}

static size_t pack(fpt_str text, char *out, size_t size, int level)
{
    z_stream z = {0};
    FPT_REQUIRE(deflateInit2(&z, level, Z_DEFLATED, 16 + MAX_WBITS, 8,
                             Z_DEFAULT_STRATEGY) == Z_OK);
    char copy[MOST_BYTES];
    if (text.len > 0) memcpy(copy, text.data, text.len);
    z.next_in = (Bytef *)copy;
    z.avail_in = (uInt)text.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)size;
    FPT_REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
    deflateEnd(&z);
    return size - z.avail_out;
}

static void require_text(const struct outcome *got, fpt_str text)
{
    FPT_REQUIRE(got->status == FPT_OK && got->len == text.len);
    FPT_REQUIRE(text.len == 0 || memcmp(got->bytes, text.data, text.len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct outcome got, again;
    static char packed[4 * MOST_BYTES];
    const unsigned choice = fuzz_take_byte(&data, &size);
    const unsigned where = fuzz_take_byte(&data, &size);
    if (size > MOST_BYTES / 4) return 0;
    const fpt_str text = fuzz_text(data, size);
    size_t len;
    if (choice % 4 == 0) {
        packed[0] = 0x1f;
        packed[1] = (char)0x8b;
        if (size > 0) memcpy(packed + 2, data, size);
        len = size + 2;
    } else {
        len = pack(text, packed, sizeof packed, (int)(choice / 4 % 10));
    }
    if (choice % 4 == 1 && where % 2 == 1) {
        const fpt_str second = fpt_str_slice(text, size / 2, size);
        const fpt_str first = fpt_str_slice(text, 0, size / 2);
        len = pack(first, packed, sizeof packed, 1);
        len += pack(second, packed + len, sizeof packed - len, 9);
    }
    if (choice % 4 == 2) len = 2 + (len - 3) * where / 256;
    if (choice % 4 == 3) packed[len * where / 256] ^= (char)(1 + choice / 4);

    read_all((fpt_str){packed, len}, 4096, &got);
    read_all((fpt_str){packed, len}, 1 + where % 64, &again);
    FPT_REQUIRE(got.status == again.status);
    if (got.status == FPT_OK) {
        FPT_REQUIRE(got.len == again.len || got.len > MOST_BYTES - 4096);
        FPT_REQUIRE(memcmp(got.bytes, again.bytes,
                           got.len < again.len ? got.len : again.len) == 0);
    }
    if (choice % 4 == 1) require_text(&got, text);
    if (choice % 4 == 2) FPT_REQUIRE(got.status == FPT_ERR_INPUT);
    /* A damaged first or second byte makes it no gzip at all. */
    if (choice % 4 == 3 && got.status == FPT_OK && len * where / 256 > 1)
        require_text(&got, text);
    return 0;
}
