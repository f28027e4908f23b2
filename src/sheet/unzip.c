/*
 * Reading a zip archive that is in memory. Only what workbooks use is taken:
 * stored and deflated parts, one disk, no encryption. Every offset is checked
 * against the bytes there are, unpacking stops at the stated size and at the
 * bound for the whole, and check sums must agree.
 */
#include <string.h>
#include <zlib.h>

#include "sheet_i.h"

enum {
    END_BYTES = 22,
    ENTRY_BYTES = 46,
    LOCAL_BYTES = 30,
    COMMENT_MOST = 65535,
    PARTS_MOST = 4096
};

static uint32_t get(const char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint32_t)(unsigned char)at[i] << (8 * i);
    return value;
}

static fpt_status wrong(const char *name, fpt_error *err, const char *what)
{
    return fpt_fail(err, FPT_ERR_INPUT, "%s: this is no workbook (.xlsx): %s",
                    name, what);
}

/* The end of the directory, sought from the back. */
static const char *find_end(fpt_str bytes)
{
    if (bytes.len < END_BYTES) return NULL;
    const size_t most = bytes.len - END_BYTES;
    for (size_t back = 0; back <= most && back <= COMMENT_MOST; back++) {
        const char *at = bytes.data + (most - back);
        if (get(at, 4) == 0x06054b50 && get(at + 20, 2) <= back) return at;
    }
    return NULL;
}

fpt_status fpti_archive_open(fpt_arena *arena, const char *name, fpt_str bytes,
                             fpti_archive *out, fpt_error *err)
{
    const char *end = find_end(bytes);
    if (end == NULL)
        return wrong(name, err, "it is no zip archive, or cut off");
    const uint32_t count = get(end + 10, 2), size = get(end + 12, 4);
    uint32_t at = get(end + 16, 4);
    if (at > bytes.len || size > bytes.len - at)
        return wrong(name, err, "its directory lies outside the file");
    if (count > PARTS_MOST) return wrong(name, err, "it has too many parts");
    *out = (fpti_archive){.name = name, .bytes = bytes};
    out->part = FPT_NEW(arena, fpti_part, count + 1);
    if (out->part == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (uint32_t i = 0; i < count; i++) {
        if (bytes.len - at < ENTRY_BYTES ||
            get(bytes.data + at, 4) != 0x02014b50)
            return wrong(name, err, "its directory is damaged");
        const char *e = bytes.data + at;
        const uint32_t text = get(e + 28, 2);
        const uint32_t whole =
            ENTRY_BYTES + text + get(e + 30, 2) + get(e + 32, 2);
        if (whole > bytes.len - at)
            return wrong(name, err, "its directory is damaged");
        if ((get(e + 8, 2) & 1) != 0)
            return wrong(name, err,
                         "it is encrypted: save it without a "
                         "password");
        out->part[out->count++] = (fpti_part){.name = {e + ENTRY_BYTES, text},
                                              .method = (int)get(e + 10, 2),
                                              .crc = get(e + 16, 4),
                                              .packed = get(e + 20, 4),
                                              .size = get(e + 24, 4),
                                              .at = get(e + 42, 4)};
        at += whole;
    }
    return FPT_OK;
}

static voidpf take(voidpf opaque, uInt items, uInt size)
{
    return FPT_NEW((fpt_arena *)opaque, unsigned char, (size_t)items *size);
}

static void leave(voidpf opaque, voidpf address)
{
    (void)opaque;
    (void)address;
}

/* Exactly `size` bytes must come out. */
static bool inflate_all(fpt_arena scratch, fpt_str packed, char *out,
                        uint32_t size)
{
    char beyond;
    z_stream z = {.zalloc = take, .zfree = leave, .opaque = &scratch};
    z.next_in = (Bytef *)(uintptr_t)packed.data;
    z.avail_in = (uInt)packed.len;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    z.next_out = (Bytef *)out;
    z.avail_out = size;
    int result = inflate(&z, Z_FINISH);
    if (result == Z_BUF_ERROR && z.avail_out == 0) {
        z.next_out = (Bytef *)&beyond;
        z.avail_out = 1;
        result = inflate(&z, Z_FINISH);
    }
    return result == Z_STREAM_END && z.total_out == size;
}

fpt_status fpti_archive_part(fpt_arena *arena, fpti_archive *a, fpt_str name,
                             fpt_str *out, bool *found, fpt_error *err)
{
    const fpti_part *p = NULL;
    for (size_t i = 0; i < a->count && p == NULL; i++)
        if (fpt_str_equal(a->part[i].name, name)) p = &a->part[i];
    *found = p != NULL;
    if (p == NULL) return FPT_OK;
    a->unpacked += p->size;
    if (a->unpacked > FPT_WORKBOOK_BYTES_MOST)
        return wrong(a->name, err, "unpacked it is too large");
    const fpt_str bytes = a->bytes;
    if (p->at > bytes.len || bytes.len - p->at < LOCAL_BYTES ||
        get(bytes.data + p->at, 4) != 0x04034b50)
        return wrong(a->name, err, "a part lies outside the file");
    const char *local = bytes.data + p->at;
    const size_t head = LOCAL_BYTES + get(local + 26, 2) + get(local + 28, 2);
    if (head > bytes.len - p->at || p->packed > bytes.len - p->at - head)
        return wrong(a->name, err, "a part lies outside the file");
    const fpt_str packed = {local + head, p->packed};
    char *space = FPT_NEW(arena, char, (size_t)p->size + 1);
    if (space == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    bool good = false;
    if (p->method == 0 && p->packed == p->size) {
        memcpy(space, packed.data, p->size);
        good = true;
    } else if (p->method == 8) {
        good = inflate_all(*arena, packed, space, p->size);
    }
    const uLong crc =
        crc32(crc32(0, NULL, 0), (const Bytef *)space, (uInt)p->size);
    if (!good || crc != p->crc)
        return wrong(a->name, err, "a part is damaged (check sum)");
    *out = (fpt_str){space, p->size};
    return FPT_OK;
}
