#include "fpt/str.h"

#include <stdio.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool fpt_str_equal_nocase(fpt_str a, fpt_str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.data[i]) != lower(b.data[i])) return false;
    return true;
}

int fpt_str_compare(fpt_str a, fpt_str b)
{
    const size_t shared = a.len < b.len ? a.len : b.len;
    const int order = shared == 0 ? 0 : memcmp(a.data, b.data, shared);
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

/* Length of the blank that begins at text[i]: ASCII, or U+00A0 in UTF-8. */
static size_t blank_at(fpt_str text, size_t i)
{
    const unsigned char c = (unsigned char)text.data[i];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return 1;
    if (c == 0xC2 && i + 1 < text.len &&
        (unsigned char)text.data[i + 1] == 0xA0)
        return 2;
    return 0;
}

fpt_str fpt_str_trim(fpt_str text)
{
    while (text.len > 0) {
        const size_t blank = blank_at(text, 0);
        if (blank == 0) break;
        text.data += blank;
        text.len -= blank;
    }
    while (text.len > 0) {
        if (blank_at(text, text.len - 1) == 1) {
            text.len--;
        } else if (text.len > 1 && blank_at(text, text.len - 2) == 2) {
            text.len -= 2;
        } else {
            break;
        }
    }
    return text;
}

bool fpt_str_starts(fpt_str text, fpt_str prefix)
{
    return text.len >= prefix.len &&
           fpt_str_equal(fpt_str_slice(text, 0, prefix.len), prefix);
}

bool fpt_str_ends(fpt_str text, fpt_str suffix)
{
    return text.len >= suffix.len &&
           fpt_str_equal(fpt_str_slice(text, text.len - suffix.len, suffix.len),
                         suffix);
}

fpt_str fpt_str_slice(fpt_str text, size_t first, size_t len)
{
    if (first > text.len) first = text.len;
    if (len > text.len - first) len = text.len - first;
    /* An empty view may have no data, and NULL + 0 is not C. */
    return (fpt_str){first > 0 ? text.data + first : text.data, len};
}

size_t fpt_str_find(fpt_str text, char byte, size_t from)
{
    if (from >= text.len) return SIZE_MAX;
    const char *found = memchr(text.data + from, byte, text.len - from);
    return found != NULL ? (size_t)(found - text.data) : SIZE_MAX;
}

fpt_str fpt_str_cut(fpt_str *rest, char separator)
{
    const size_t at = fpt_str_find(*rest, separator, 0);
    const fpt_str all = *rest;
    if (at == SIZE_MAX) {
        *rest = (fpt_str){NULL, 0};
        return all;
    }
    *rest = (fpt_str){all.data + at + 1, all.len - at - 1};
    return (fpt_str){all.data, at};
}

static bool matches_one(char c, char pattern)
{
    const bool digit = c >= '0' && c <= '9';
    const bool capital = c >= 'A' && c <= 'Z';
    switch (pattern) {
    case '?':
        return true;
    case '#':
        return digit;
    case '@':
        return capital;
    case '=':
        return digit || capital;
    default:
        return c == pattern;
    }
}

/* Iterative: after a mismatch the last star takes one character more. */
bool fpt_str_matches(fpt_str text, fpt_str pattern)
{
    size_t t = 0, p = 0, star = SIZE_MAX, mark = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.data[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.len &&
                   matches_one(text.data[t], pattern.data[p])) {
            t++;
            p++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

char *fpt_str_copy(fpt_arena *arena, fpt_str text)
{
    char *copy = fpt_arena_allocate_raw(arena, text.len + 1, 1);
    if (copy == NULL) return NULL;
    if (text.len > 0) memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    return copy;
}

fpt_str fpt_str_keep(fpt_arena *arena, fpt_str text)
{
    char *copy = fpt_str_copy(arena, text);
    return (fpt_str){copy, copy != NULL ? text.len : 0};
}

fpt_str fpt_str_print(fpt_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text =
        need < 0 ? NULL : fpt_arena_allocate_raw(arena, (size_t)need + 1, 1);
    if (text != NULL) vsnprintf(text, (size_t)need + 1, format, again);
    va_end(again);
    return (fpt_str){text, text != NULL ? (size_t)need : 0};
}

/* Bytes of the well-formed character at s (with n bytes left), or 0. */
static size_t utf8_character(const unsigned char *s, size_t n)
{
    const unsigned char c = s[0];
    if (c < 0x80) return 1;
    size_t need;
    uint32_t point, least;
    if (c >= 0xC2 && c <= 0xDF) {
        need = 2, point = c & 0x1Fu, least = 0x80;
    } else if (c >= 0xE0 && c <= 0xEF) {
        need = 3, point = c & 0x0Fu, least = 0x800;
    } else if (c >= 0xF0 && c <= 0xF4) {
        need = 4, point = c & 0x07u, least = 0x10000;
    } else {
        return 0;
    }
    if (n < need) return 0;
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
        point = point << 6 | (s[i] & 0x3Fu);
    }
    if (point < least || point > 0x10FFFF) return 0;
    if (point >= 0xD800 && point <= 0xDFFF) return 0;
    return need;
}

bool fpt_str_is_utf8(fpt_str text, size_t *bad)
{
    const unsigned char *s = (const unsigned char *)text.data;
    size_t i = 0;
    while (i < text.len) {
        /* Eight plain bytes at a time: nearly all of what is published. */
        uint64_t eight;
        if (text.len - i >= sizeof eight) {
            memcpy(&eight, s + i, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        const size_t bytes = utf8_character(s + i, text.len - i);
        if (bytes == 0) {
            if (bad != NULL) *bad = i;
            return false;
        }
        i += bytes;
    }
    return true;
}

/* Eight bytes at a time, each multiplied into the state and folded; codes are
 * short, so one or two rounds do. Little end first on every machine. */
uint64_t fpt_str_hash(fpt_str text)
{
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ text.len;
    size_t i = 0;
    while (i < text.len) {
        uint64_t word = 0;
        const char *at = text.data + i;
        const size_t left = text.len - i < 8 ? text.len - i : 8;
        /* A whole word is one load to a compiler that sees its length. */
        if (left == 8)
            for (size_t k = 0; k < 8; k++)
                word |= (uint64_t)(unsigned char)at[k] << (8 * k);
        else
            for (size_t k = 0; k < left; k++)
                word |= (uint64_t)(unsigned char)at[k] << (8 * k);
        hash = (hash ^ word) * UINT64_C(0xd6e8feb86659fd93);
        hash ^= hash >> 32;
        i += left;
    }
    hash *= UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 29);
}
