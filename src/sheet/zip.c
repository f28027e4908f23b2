/*
 * Writing a zip archive: deflated parts, then the directory. No times are
 * written, so that the same parts give the same bytes.
 */
#include <string.h>
#include <zlib.h>

#include "sheet_i.h"

static void put(fpt_strbuf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fpt_strbuf_add_char(out, (char)(value >> (8 * i) & 0xff));
}

/* zlib's memory comes from the arena; what it frees waits for the arena. */
static voidpf take(voidpf opaque, uInt items, uInt size)
{
    unsigned char *made =
        FPT_NEW((fpt_arena *)opaque, unsigned char, (size_t)items *size);
    return made;
}

static void leave(voidpf opaque, voidpf address)
{
    (void)opaque;
    (void)address;
}

static fpt_status deflate_all(fpt_arena scratch, fpt_str bytes, fpt_str *out)
{
    z_stream z = {.zalloc = take, .zfree = leave, .opaque = &scratch};
    if (deflateInit2(&z, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return FPT_ERR_MEMORY;
    z.next_in = (Bytef *)(uintptr_t)bytes.data;
    z.avail_in = (uInt)bytes.len;
    z.next_out = (Bytef *)(uintptr_t)out->data;
    z.avail_out = (uInt)out->len;
    const int result = deflate(&z, Z_FINISH);
    out->len = z.total_out;
    return result == Z_STREAM_END ? FPT_OK : FPT_ERR_RANGE;
}

/* What stands both before a part and in the directory. */
static void put_common(fpt_strbuf *out, uint32_t crc, size_t packed,
                       size_t size, size_t name)
{
    put(out, 20, 2);     /* version needed */
    put(out, 0, 2);      /* flags */
    put(out, 8, 2);      /* deflated */
    put(out, 0, 2);      /* midnight */
    put(out, 0x0021, 2); /* 1 January 1980 */
    put(out, crc, 4);
    put(out, packed, 4);
    put(out, size, 4);
    put(out, name, 2);
    put(out, 0, 2); /* no extra field */
}

fpt_status fpti_zip_add(fpti_zip *zip, const char *name, fpt_str bytes)
{
    const fpt_str called = fpt_str_from(name);
    const size_t at = fpt_strbuf_view(zip->out).len;
    if (bytes.len > UINT32_MAX / 2 || at > UINT32_MAX / 2 ||
        zip->count == UINT16_MAX)
        return FPT_ERR_RANGE;
    const size_t most = bytes.len + bytes.len / 1000 + 1024;
    char *space = FPT_NEW(zip->arena, char, most);
    if (space == NULL) return FPT_ERR_MEMORY;
    fpt_str packed = {space, most};
    FPT_TRY(deflate_all(*zip->arena, bytes, &packed));
    const uint32_t crc = (uint32_t)crc32(
        crc32(0, NULL, 0), (const Bytef *)bytes.data, (uInt)bytes.len);
    put(zip->out, 0x04034b50, 4);
    put_common(zip->out, crc, packed.len, bytes.len, called.len);
    fpt_strbuf_add(zip->out, called);
    fpt_strbuf_add(zip->out, packed);
    put(&zip->list, 0x02014b50, 4);
    put(&zip->list, 20, 2); /* made by */
    put_common(&zip->list, crc, packed.len, bytes.len, called.len);
    put(&zip->list, 0, 2); /* comment */
    put(&zip->list, 0, 2); /* disk */
    put(&zip->list, 0, 2); /* kind of content */
    put(&zip->list, 0, 4); /* attributes */
    put(&zip->list, at, 4);
    fpt_strbuf_add(&zip->list, called);
    zip->count++;
    return zip->out->failed || zip->list.failed ? FPT_ERR_MEMORY : FPT_OK;
}

fpt_status fpti_zip_end(fpti_zip *zip)
{
    const size_t at = fpt_strbuf_view(zip->out).len;
    const fpt_str list = fpt_strbuf_view(&zip->list);
    if (at > UINT32_MAX / 2) return FPT_ERR_RANGE;
    fpt_strbuf_add(zip->out, list);
    put(zip->out, 0x06054b50, 4);
    put(zip->out, 0, 4); /* disks */
    put(zip->out, zip->count, 2);
    put(zip->out, zip->count, 2);
    put(zip->out, list.len, 4);
    put(zip->out, at, 4);
    put(zip->out, 0, 2);
    return zip->out->failed ? FPT_ERR_MEMORY : FPT_OK;
}
