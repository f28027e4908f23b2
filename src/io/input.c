/*
 * Bytes in. gzip is known by its first two bytes, not by its name, and unpacked
 * with zlib; its check sums and its end are checked, since a download that
 * stopped half way looks like a shorter file.
 */
#include "fpt/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { PACKED_BYTES = 1 << 16 };

struct fpt_input {
    const char *name;
    int descriptor; /* -1: memory */
    bool owns_descriptor;
    fpt_str memory;

    /* raw bytes that were read but not yet handed on or unpacked */
    unsigned char *raw;
    size_t raw_at, raw_end;
    bool raw_ended;

    bool packed;
    bool member_open; /* within a gzip member */
    z_stream unpacker;
};

/* read() that is not disturbed by signals, into the raw bytes from `at` on. */
static fpt_status read_raw(fpt_input *input, size_t at, fpt_error *err)
{
    ssize_t got;
    do {
        got = read(input->descriptor, input->raw + at, PACKED_BYTES - at);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return fpt_fail(err, FPT_ERR_IO, "%s: cannot read it: %s", input->name,
                        strerror(errno));
    input->raw_end = at + (size_t)got;
    return FPT_OK;
}

static fpt_status fill_raw(fpt_input *input, fpt_error *err)
{
    if (input->raw_at < input->raw_end || input->raw_ended) return FPT_OK;
    input->raw_at = input->raw_end = 0;
    if (input->descriptor < 0) {
        const fpt_str take = fpt_str_slice(input->memory, 0, PACKED_BYTES);
        if (take.len > 0) memcpy(input->raw, take.data, take.len);
        input->memory =
            fpt_str_slice(input->memory, take.len, input->memory.len);
        input->raw_end = take.len;
    } else {
        FPT_TRY(read_raw(input, 0, err));
    }
    input->raw_ended = input->raw_end == 0;
    return FPT_OK;
}

static fpt_status begin(fpt_arena *arena, fpt_input *input, fpt_error *err)
{
    input->raw = fpt_arena_allocate_raw(arena, PACKED_BYTES, 1);
    if (input->raw == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to read it",
                        input->name);
    FPT_TRY(fill_raw(input, err));
    /* A pipe may hand over one byte first: complete the two of the magic. */
    if (input->raw_end == 1 && input->descriptor >= 0)
        FPT_TRY(read_raw(input, 1, err));
    input->packed =
        input->raw_end >= 2 && input->raw[0] == 0x1f && input->raw[1] == 0x8b;
    if (!input->packed) return FPT_OK;
    if (inflateInit2(&input->unpacker, 16 + MAX_WBITS) != Z_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to unpack it",
                        input->name);
    input->member_open = true;
    return FPT_OK;
}

static fpt_status start(fpt_arena *arena, const char *name, fpt_input model,
                        fpt_input **out, fpt_error *err)
{
    fpt_input *input = FPT_NEW(arena, fpt_input, 1);
    char *kept = fpt_str_copy(arena, fpt_str_from(name));
    if (input == NULL || kept == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to open it", name);
    *input = model;
    input->name = kept;
    const fpt_status status = begin(arena, input, err);
    if (status == FPT_OK) *out = input;
    return status;
}

fpt_status fpt_input_open(fpt_arena *arena, const char *path, fpt_input **out,
                          fpt_error *err)
{
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fpt_fail(err, errno == ENOENT ? FPT_ERR_NOT_FOUND : FPT_ERR_IO,
                        "%s: cannot open it: %s", path, strerror(errno));
    struct stat about;
    fpt_status status = FPT_OK;
    if (fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode))
        status =
            fpt_fail(err, FPT_ERR_IO, "%s: is a folder; expected a file", path);
    if (status == FPT_OK)
        status = start(
            arena, path,
            (fpt_input){.descriptor = descriptor, .owns_descriptor = true}, out,
            err);
    if (status != FPT_OK) close(descriptor);
    return status;
}

fpt_status fpt_input_open_memory(fpt_arena *arena, const char *name,
                                 fpt_str bytes, fpt_input **out, fpt_error *err)
{
    return start(arena, name, (fpt_input){.descriptor = -1, .memory = bytes},
                 out, err);
}

fpt_status fpt_input_open_descriptor(fpt_arena *arena, const char *name,
                                     int descriptor, fpt_input **out,
                                     fpt_error *err)
{
    return start(arena, name, (fpt_input){.descriptor = descriptor}, out, err);
}

/* Behind a member: another one, padding of zeros, or the end. */
static fpt_status between_members(fpt_input *input, bool *ended, fpt_error *err)
{
    *ended = false;
    for (;;) {
        FPT_TRY(fill_raw(input, err));
        if (input->raw_ended) {
            *ended = true;
            return FPT_OK;
        }
        if (input->raw[input->raw_at] != 0) break;
        input->raw_at++;
    }
    if (input->raw[input->raw_at] != 0x1f)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: something that is not gzip follows the gzip data; "
                        "fetch the file again",
                        input->name);
    if (inflateReset(&input->unpacker) != Z_OK)
        return fpt_fail(err, FPT_ERR_INPUT, "%s: cannot unpack it",
                        input->name);
    input->member_open = true;
    return FPT_OK;
}

static fpt_status unpack(fpt_input *input, void *buffer, size_t capacity,
                         size_t *got, fpt_error *err)
{
    z_stream *z = &input->unpacker;
    z->next_out = buffer;
    z->avail_out =
        (uInt)(capacity < UINT32_MAX / 2 ? capacity : UINT32_MAX / 2);
    const uInt room = z->avail_out;
    while (z->avail_out == room) {
        if (!input->member_open) {
            bool ended;
            FPT_TRY(between_members(input, &ended, err));
            if (ended) break;
        }
        FPT_TRY(fill_raw(input, err));
        if (input->raw_ended)
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%s: the gzip file ends before its data do; it was "
                            "cut off: fetch it again",
                            input->name);
        z->next_in = input->raw + input->raw_at;
        z->avail_in = (uInt)(input->raw_end - input->raw_at);
        const int result = inflate(z, Z_NO_FLUSH);
        input->raw_at = input->raw_end - z->avail_in;
        if (result == Z_STREAM_END) {
            input->member_open = false;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%s: the gzip data are damaged (%s); fetch the "
                            "file again",
                            input->name, z->msg != NULL ? z->msg : "no reason");
        }
    }
    *got = room - z->avail_out;
    return FPT_OK;
}

fpt_status fpt_input_read(fpt_input *input, void *buffer, size_t capacity,
                          size_t *got, fpt_error *err)
{
    FPT_REQUIRE(capacity > 0);
    if (input->packed) return unpack(input, buffer, capacity, got, err);
    FPT_TRY(fill_raw(input, err));
    size_t take = input->raw_end - input->raw_at;
    if (take > capacity) take = capacity;
    if (take > 0) memcpy(buffer, input->raw + input->raw_at, take);
    input->raw_at += take;
    *got = take;
    return FPT_OK;
}

const char *fpt_input_name(const fpt_input *input)
{
    return input->name;
}

void fpt_input_close(fpt_input *input)
{
    if (input == NULL) return;
    if (input->packed) inflateEnd(&input->unpacker);
    if (input->owns_descriptor) close(input->descriptor);
    input->packed = false;
    input->owns_descriptor = false;
}
