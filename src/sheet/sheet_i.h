/* Shared inside sheet only: zip archives in memory. */
#ifndef FPT_SHEET_I_H
#define FPT_SHEET_I_H

#include "fpt/sheet.h"

/* ---- zip.c: writing ---- */

typedef struct fpti_zip {
    fpt_arena *arena;
    fpt_strbuf *out;
    fpt_strbuf list; /* the central directory */
    size_t count;
} fpti_zip;

fpt_status fpti_zip_add(fpti_zip *zip, const char *name, fpt_str bytes);
fpt_status fpti_zip_end(fpti_zip *zip);

/* ---- unzip.c: reading ---- */

typedef struct fpti_part {
    fpt_str name;
    uint32_t crc, packed, size, at;
    int method;
} fpti_part;

typedef struct fpti_archive {
    const char *name; /* for messages */
    fpt_str bytes;
    size_t count;
    fpti_part *part;
    uint64_t unpacked; /* so far */
} fpti_archive;

fpt_status fpti_archive_open(fpt_arena *arena, const char *name, fpt_str bytes,
                             fpti_archive *out, fpt_error *err);
/* Unpack a part by name; *found false when there is none. */
fpt_status fpti_archive_part(fpt_arena *arena, fpti_archive *archive,
                             fpt_str name, fpt_str *out, bool *found,
                             fpt_error *err);

#endif /* FPT_SHEET_I_H */
