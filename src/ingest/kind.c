/*
 * What a path leads to, before anything is asked of its content: a regular file,
 * that is text, and that stays as it is while it is read. What people take for a
 * published table by mistake is known by its first bytes and told by its name.
 */
#include <sys/stat.h>

#include "load_i.h"

enum { LOOKED_AT = 4096 };

static const struct {
    const char *bytes;
    size_t len;
    const char *what;
} known[] = {
    {"PK\3\4", 4,
     "is a zip file or a workbook (.xlsx, .ods), and not a text; unpack it, or "
     "save its sheet as CSV in UTF-8"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8,
     "is an old workbook (.xls), and not a text; save its sheet as CSV in "
     "UTF-8"},
    {"\xFF\xFE", 2, "is UTF-16, and not UTF-8; save it as CSV in UTF-8"},
    {"\xFE\xFF", 2, "is UTF-16, and not UTF-8; save it as CSV in UTF-8"},
    {"%PDF-", 5,
     "is a PDF, and not a table; its publisher may have the data as CSV"},
    {"SQLite format 3", 16, "is a database, and not a text; export it as CSV"},
    {"PAR1", 4, "is a Parquet file, and not a text; export it as CSV"},
    {"7z\xBC\xAF\x27\x1C", 6, "is a 7z archive, and not a text; unpack it"},
    {"\xFD"
     "7zXZ",
     5, "is packed by xz, and only gzip is read; unpack it"},
    {"BZh", 3, "is packed by bzip2, and only gzip is read; unpack it"},
};

static bool starts_nocase(fpt_str text, const char *word)
{
    const size_t len = strlen(word);
    return text.len >= len && fpt_str_equal_nocase(fpt_str_slice(text, 0, len),
                                                   fpt_str_from(word));
}

static bool is_page(fpt_str text)
{
    fpt_str rest = text;
    if (fpt_str_starts(rest, FPT_STR("\xEF\xBB\xBF")))
        rest = fpt_str_slice(rest, 3, rest.len);
    rest = fpt_str_trim(rest);
    return starts_nocase(rest, "<!doctype html") ||
           starts_nocase(rest, "<html");
}

/* Lines of the Macintosh before 2001: one endless line to everyone else. */
static bool ends_in_cr(fpt_str text)
{
    bool cr = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n') return false;
        cr = cr || (text.data[i] == '\r' && i + 1 < text.len);
    }
    return cr;
}

/* Without a mark at its head: every other byte is NUL, and the rest are not. */
static bool is_utf16(fpt_str text)
{
    size_t nul[2] = {0, 0};
    for (size_t i = 0; i < text.len; i++)
        nul[i % 2] += text.data[i] == '\0';
    const size_t more = nul[0] > nul[1] ? nul[0] : nul[1];
    return text.len >= 8 && nul[0] + nul[1] == more && more * 3 > text.len;
}

static fpt_status judge(const char *path, fpt_str first, fpt_error *err)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (fpt_str_starts(first, (fpt_str){known[i].bytes, known[i].len}))
            return fpt_fail(err, FPT_ERR_INPUT, "%s: %s", path, known[i].what);
    if (is_utf16(first))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: is UTF-16, and not UTF-8; save it as CSV in UTF-8",
                        path);
    if (is_page(first))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: is a web page, perhaps an error that was saved in "
                        "the place of the file; fetch it again",
                        path);
    if (ends_in_cr(first))
        return fpt_fail(
            err, FPT_ERR_INPUT,
            "%s: its lines end in CR alone, so that it is one line; "
            "save it with line ends of Unix or Windows",
            path);
    return FPT_OK;
}

static fpt_status look(fpt_arena *arena, const char *path, fpt_error *err)
{
    fpt_input *input;
    size_t used = 0, got = 1;
    char *first = fpt_arena_allocate_raw(arena, LOOKED_AT, 1);
    if (first == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    FPT_TRY(fpt_input_open(arena, path, &input, err));
    fpt_status status = FPT_OK;
    while (status == FPT_OK && got > 0 && used < LOOKED_AT) {
        status =
            fpt_input_read(input, first + used, LOOKED_AT - used, &got, err);
        if (status == FPT_OK) used += got;
    }
    fpt_input_close(input);
    /* What is damaged further on is told of when it is read. */
    return status == FPT_OK ? judge(path, (fpt_str){first, used}, err) : status;
}

fpt_status fpti_check_file(const char *path, fpt_error *err)
{
    fpt_arena arena;
    switch (fpt_file_kind_of(path)) {
    case FPT_FILE_FOLDER:
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: is a folder; name its files, or load a job with "
                        "--job",
                        path);
    case FPT_FILE_OTHER:
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: is no regular file but a pipe or a device; what "
                        "is loaded is kept, and must lie still: save it first",
                        path);
    case FPT_FILE_NONE: /* opening it says why */
    case FPT_FILE_REGULAR:
        break;
    }
    FPT_TRY(fpt_arena_init(&arena, NULL));
    const fpt_status status = look(&arena, path, err);
    fpt_arena_clear(&arena);
    return status;
}

struct fpti_stamp fpti_stamp_of(const char *path)
{
    struct stat info;
    struct fpti_stamp stamp = {0};
    if (stat(path, &info) != 0) return stamp;
    stamp.number[0] = (int64_t)info.st_size;
    stamp.number[1] = (int64_t)info.st_mtim.tv_sec;
    stamp.number[2] = (int64_t)info.st_mtim.tv_nsec;
    stamp.number[3] = (int64_t)info.st_ino;
    return stamp;
}

fpt_status fpti_check_still(const char *path, struct fpti_stamp before,
                            fpt_error *err)
{
    const struct fpti_stamp now = fpti_stamp_of(path);
    if (memcmp(&now, &before, sizeof now) == 0) return FPT_OK;
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s: was changed while it was read; load it when it is "
                    "complete",
                    path);
}
