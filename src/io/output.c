#include "fpt/output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

fpt_status fpt_output_open(fpt_arena *arena, int descriptor, fpt_output *out)
{
    char *buffer = fpt_arena_allocate_raw(arena, FPT_OUTPUT_BUFFER_BYTES, 1);
    if (buffer == NULL) return FPT_ERR_MEMORY;
    *out = (fpt_output){.descriptor = descriptor, .buffer = buffer};
    return FPT_OK;
}

fpt_output fpt_output_memory(fpt_arena *arena)
{
    return (fpt_output){.descriptor = -1, .text = fpt_strbuf_make(arena)};
}

static void fail(fpt_output *out, int code)
{
    out->failed = true;
    out->failure = code;
}

static void write_out(fpt_output *out, const char *bytes, size_t len)
{
    while (len > 0 && !out->failed) {
        const ssize_t wrote = write(out->descriptor, bytes, len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) {
            fail(out, errno);
            return;
        }
        bytes += wrote;
        len -= (size_t)wrote;
    }
}

static void flush(fpt_output *out)
{
    write_out(out, out->buffer, out->used);
    out->used = 0;
}

void fpt_output_add(fpt_output *out, fpt_str text)
{
    if (out->descriptor < 0) {
        fpt_strbuf_add(&out->text, text);
        return;
    }
    if (text.len > FPT_OUTPUT_BUFFER_BYTES - out->used) {
        flush(out);
        if (text.len >= FPT_OUTPUT_BUFFER_BYTES) {
            write_out(out, text.data, text.len);
            return;
        }
    }
    if (text.len > 0) memcpy(out->buffer + out->used, text.data, text.len);
    out->used += text.len;
}

void fpt_output_add_char(fpt_output *out, char byte)
{
    fpt_output_add(out, (fpt_str){&byte, 1});
}

void fpt_output_add_double(fpt_output *out, double value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_double(value, text);
    fpt_output_add(out, (fpt_str){text, len});
}

void fpt_output_add_int64(fpt_output *out, int64_t value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_int64(value, text);
    fpt_output_add(out, (fpt_str){text, len});
}

/* Texts too long for the stack are rare: a private arena for this one. */
static FPT_PRINTF(3, 0) void print_long(fpt_output *out, size_t len,
                                        const char *format, va_list args)
{
    fpt_arena arena; /* zero, and may be cleared, when init fails */
    const bool good = fpt_arena_init(&arena, NULL) == FPT_OK;
    char *text =
        FPT_ALWAYS(good) ? fpt_arena_allocate_raw(&arena, len + 1, 1) : NULL;
    if (FPT_ALWAYS(text != NULL)) {
        vsnprintf(text, len + 1, format, args);
        fpt_output_add(out, (fpt_str){text, len});
    }
    if (FPT_NEVER(text == NULL)) fail(out, ENOMEM);
    fpt_arena_clear(&arena);
}

void fpt_output_print(fpt_output *out, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char text[1024];
    const int need = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (need < 0)
        fail(out, errno);
    else if ((size_t)need < sizeof text)
        fpt_output_add(out, (fpt_str){text, (size_t)need});
    else
        print_long(out, (size_t)need, format, again);
    va_end(again);
}

fpt_status fpt_output_finish(fpt_output *out, const char *name, fpt_error *err)
{
    if (out->descriptor >= 0) flush(out);
    if (out->text.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to write it", name);
    if (out->failed)
        return fpt_fail(err, FPT_ERR_IO, "%s: cannot write it: %s", name,
                        strerror(out->failure));
    return FPT_OK;
}

/* ---- CSV ---- */

void fpt_csv_cell(fpt_output *out, bool first, fpt_str text)
{
    if (!first) fpt_output_add_char(out, ',');
    /* A byte order mark at the head of the first cell would be read as one. */
    bool quote = fpt_str_starts(text, FPT_STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < text.len && !quote; i++)
        quote = text.data[i] == ',' || text.data[i] == '"' ||
                text.data[i] == '\n' || text.data[i] == '\r';
    if (!quote) {
        fpt_output_add(out, text);
        return;
    }
    fpt_output_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"') fpt_output_add_char(out, '"');
        fpt_output_add_char(out, text.data[i]);
    }
    fpt_output_add_char(out, '"');
}

void fpt_csv_cell_double(fpt_output *out, bool first, double value)
{
    if (!first) fpt_output_add_char(out, ',');
    fpt_output_add_double(out, value);
}

void fpt_csv_cell_int64(fpt_output *out, bool first, int64_t value)
{
    if (!first) fpt_output_add_char(out, ',');
    fpt_output_add_int64(out, value);
}

void fpt_csv_end_row(fpt_output *out)
{
    fpt_output_add_char(out, '\n');
}
