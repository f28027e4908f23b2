/**
 * @file str.h
 * @brief Text: views, growing buffers, and a table of interned codes.
 *
 * fpt_str is a view: pointer and length, by value, UTF-8, not NUL-terminated,
 * valid as long as what it looks at. fpt_strbuf grows in an arena and is always
 * NUL-terminated. Nothing here reads the locale.
 */
#ifndef FPT_STR_H
#define FPT_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_str {
    const char *data;
    size_t len;
} fpt_str;

#ifdef __cplusplus
#define FPT_STR(literal) (fpt_str{(literal), sizeof(literal) - 1})
#else
#define FPT_STR(literal) ((fpt_str){(literal), sizeof(literal) - 1})
#endif

/** For printf: `printf("%.*s", FPT_STR_ARG(text))`. */
#define FPT_STR_FMT "%.*s"
#define FPT_STR_ARG(text) (int)(text).len, (text).data

/** A view of a NUL-terminated text; NULL gives the empty view. */
static inline fpt_str fpt_str_from(const char *text)
{
    fpt_str view;
    view.data = text != NULL ? text : "";
    view.len = text != NULL ? strlen(text) : 0;
    return view;
}

static inline bool fpt_str_equal(fpt_str a, fpt_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/** Equal but for the case of ASCII letters. */
bool fpt_str_equal_nocase(fpt_str a, fpt_str b);

/** Order of bytes, then of length: negative, zero or positive. */
int fpt_str_compare(fpt_str a, fpt_str b);

/** Without ASCII blanks (space, tab, CR, LF, no-break space) at either end. */
fpt_str fpt_str_trim(fpt_str text);

bool fpt_str_starts(fpt_str text, fpt_str prefix);
bool fpt_str_ends(fpt_str text, fpt_str suffix);

/** The view from `first` on, at most `len` bytes; clipped to the text. */
fpt_str fpt_str_slice(fpt_str text, size_t first, size_t len);

/** Index of the first `byte` at or after `from`, or SIZE_MAX. */
size_t fpt_str_find(fpt_str text, char byte, size_t from);

/**
 * Cut `*rest` at the first `separator`: the part before it is returned and
 * *rest moves behind it. Without a separator all of it is returned and *rest
 * becomes {NULL, 0}, the sign that nothing is left.
 */
fpt_str fpt_str_cut(fpt_str *rest, char separator);

/**
 * Does a pattern match the whole text? `*` stands for any run of characters,
 * `?` for one, `#` for a digit, `@` for a capital letter, `=` for a digit or a
 * capital letter; all else for itself. Enough to say what a code looks like.
 */
bool fpt_str_matches(fpt_str text, fpt_str pattern);

/** A NUL-terminated copy, or NULL when memory is exhausted. */
char *fpt_str_copy(fpt_arena *arena, fpt_str text);

/** A copy as a view; data is NULL when memory is exhausted. */
fpt_str fpt_str_keep(fpt_arena *arena, fpt_str text);

/** printf into an arena; the result is NUL-terminated. data NULL: no memory. */
fpt_str fpt_str_print(fpt_arena *arena, const char *format, ...)
    FPT_PRINTF(2, 3);

/** Is it well-formed UTF-8? If not, *bad (may be NULL) is the first bad byte. */
bool fpt_str_is_utf8(fpt_str text, size_t *bad);

/** 64-bit hash of the bytes; the same on every machine. */
uint64_t fpt_str_hash(fpt_str text);

/* ---- growing buffer ---- */

/**
 * Text that grows in an arena. When memory runs out `failed` is set, further
 * writes do nothing, and the caller asks once at the end.
 */
typedef struct fpt_strbuf {
    fpt_arena *arena;
    char *data; /**< NUL-terminated; NULL until the first write */
    size_t len, capacity;
    bool failed;
} fpt_strbuf;

fpt_strbuf fpt_strbuf_make(fpt_arena *arena);
void fpt_strbuf_add(fpt_strbuf *buffer, fpt_str text);
void fpt_strbuf_add_char(fpt_strbuf *buffer, char byte);
void fpt_strbuf_print(fpt_strbuf *buffer, const char *format, ...)
    FPT_PRINTF(2, 3);
static inline fpt_str fpt_strbuf_view(const fpt_strbuf *buffer)
{
    fpt_str view;
    view.data = buffer->data != NULL ? buffer->data : "";
    view.len = buffer->len;
    return view;
}

/* ---- interned text ---- */

/**
 * A set of texts, numbered in the order in which they were added. Numbers are
 * stable, so arrays can be kept beside it. Iterate by number, never by hash.
 */
typedef struct fpt_intern {
    fpt_arena *arena;
    fpt_str *text; /**< text[id], NUL-terminated copies in the arena */
    uint64_t
        *slots; /**< open addressing; half a hash above id + 1, 0 is free */
    size_t count, capacity, slot_count;
} fpt_intern;

#define FPT_INTERN_NONE UINT32_MAX

fpt_intern fpt_intern_make(fpt_arena *arena);

/** The number of a text, adding it when new. FPT_INTERN_NONE: no memory. */
uint32_t fpt_intern_add(fpt_intern *set, fpt_str text);

/** The number of a text, or FPT_INTERN_NONE. */
uint32_t fpt_intern_find(const fpt_intern *set, fpt_str text);

#ifdef __cplusplus
}
#endif
#endif /* FPT_STR_H */
