/*
 * Any bytes at all through the CSV reader, under options from the first byte.
 * Fields must be UTF-8 and lines must rise; what was read without a fault must
 * come back when it is written and read again; and few bytes at a time must
 * give what all at once give.
 */
#include "fuzz.h"

#include <sys/socket.h>
#include <unistd.h>

#include "fpt/io.h"

enum { MOST_PIECES = 100 };

struct outcome {
    fpt_status status;
    size_t records, faults;
    uint64_t hash; /* of all that was read */
    fpt_output rewritten;
};

static void mix(struct outcome *outcome, fpt_str text)
{
    outcome->hash = (outcome->hash ^ fpt_str_hash(text)) * 31 + text.len;
}

static struct outcome read_all(fpt_arena *arena, fpt_input *input,
                               const fpt_csv_options *options)
{
    struct outcome o = {.rewritten = fpt_output_memory(arena)};
    fpt_csv csv;
    fpt_error err = {0};
    o.status = fpt_csv_open(arena, input, options, &csv, &err);
    if (o.status != FPT_OK) return o;
    int64_t line = 0;
    while (fpt_csv_next(&csv)) {
        FPT_REQUIRE(csv.count > 0 && csv.line > line);
        line = csv.line;
        o.records++;
        if (csv.fault != NULL) {
            FPT_REQUIRE(csv.fault_field < csv.count);
            o.faults++;
            mix(&o, fpt_str_from(csv.fault));
        }
        for (size_t i = 0; i < csv.count; i++) {
            FPT_REQUIRE(fpt_str_is_utf8(csv.field[i], NULL));
            mix(&o, csv.field[i]);
            fpt_csv_cell(&o.rewritten, i == 0, csv.field[i]);
        }
        fpt_csv_end_row(&o.rewritten);
    }
    o.status = fpt_csv_status(&csv, &err);
    if (o.status != FPT_OK) mix(&o, fpt_str_from(err.text));
    return o;
}

static struct outcome read_memory(fpt_arena *arena, fpt_str bytes,
                                  const fpt_csv_options *options)
{
    fpt_input *input;
    FPT_REQUIRE(fpt_input_open_memory(arena, "fuzz", bytes, &input, NULL) ==
                FPT_OK);
    const struct outcome o = read_all(arena, input, options);
    fpt_input_close(input);
    return o;
}

/* A socket that keeps borders gives one piece a read. */
static struct outcome read_pieces(fpt_arena *arena, fpt_str bytes,
                                  const fpt_csv_options *options, size_t step)
{
    int ends[2];
    FPT_REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0);
    for (size_t at = 0; at < bytes.len; at += step) {
        const fpt_str piece = fpt_str_slice(bytes, at, step);
        FPT_REQUIRE(write(ends[1], piece.data, piece.len) ==
                    (ssize_t)piece.len);
    }
    close(ends[1]);
    fpt_input *input;
    FPT_REQUIRE(fpt_input_open_descriptor(arena, "fuzz", ends[0], &input,
                                          NULL) == FPT_OK);
    const struct outcome o = read_all(arena, input, options);
    fpt_input_close(input);
    close(ends[0]);
    return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const unsigned choice = fuzz_take_byte(&data, &size);
    const fpt_str bytes = fuzz_text(data, size);
    if (size >= 2 && data[0] == 0x1f && data[1] == 0x8b) return 0;
    fpt_csv_options options = fpt_csv_options_default();
    options.encoding = (choice & 1) != 0 ? FPT_LATIN_1 : FPT_UTF_8;
    options.no_quoting = (choice & 2) != 0;
    if ((choice & 4) != 0) options.delimiter = '\t';
    if ((choice & 4) != 0 && (choice & 1) != 0) options.delimiter = (char)0xAC;
    if ((choice & 8) != 0) options.most_record_bytes = 40;

    fpt_arena arena = fuzz_arena();
    const struct outcome whole = read_memory(&arena, bytes, &options);
    if (whole.status == FPT_OK) {
        const fpt_csv_options plain = fpt_csv_options_default();
        const struct outcome again =
            read_memory(&arena, fpt_strbuf_view(&whole.rewritten.text), &plain);
        FPT_REQUIRE(again.status == FPT_OK && again.faults == 0);
        FPT_REQUIRE(again.records == whole.records);
        FPT_REQUIRE(whole.faults > 0 || again.hash == whole.hash);
    }
    const size_t step = 1 + (choice >> 4) % 8;
    if ((choice & 128) != 0 && size / step < MOST_PIECES) {
        const struct outcome pieces =
            read_pieces(&arena, bytes, &options, step);
        FPT_REQUIRE(pieces.status == whole.status &&
                    pieces.records == whole.records &&
                    pieces.hash == whole.hash);
    }
    fpt_arena_clear(&arena);
    return 0;
}
