#include "fpt/str.h"

#include <stdio.h>

fpt_strbuf fpt_strbuf_make(fpt_arena *arena)
{
    return (fpt_strbuf){.arena = arena};
}

static bool make_room(fpt_strbuf *buffer, size_t more)
{
    if (buffer->failed) return false;
    if (more < buffer->capacity - buffer->len) return true;
    size_t larger = buffer->capacity < 64 ? 64 : buffer->capacity * 2;
    while (larger - buffer->len <= more) {
        if (larger > SIZE_MAX / 2) break;
        larger *= 2;
    }
    char *data = fpt_arena_grow(buffer->arena, buffer->data, buffer->capacity,
                                larger, 1);
    if (data == NULL || FPT_NEVER(larger - buffer->len <= more)) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = larger;
    return true;
}

void fpt_strbuf_add(fpt_strbuf *buffer, fpt_str text)
{
    if (!make_room(buffer, text.len)) return;
    if (text.len > 0) memcpy(buffer->data + buffer->len, text.data, text.len);
    buffer->len += text.len;
    buffer->data[buffer->len] = '\0';
}

void fpt_strbuf_add_char(fpt_strbuf *buffer, char byte)
{
    fpt_strbuf_add(buffer, (fpt_str){&byte, 1});
}

void fpt_strbuf_print(fpt_strbuf *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need < 0) { /* a wide character, say */
        buffer->failed = true;
    } else if (make_room(buffer, (size_t)need)) {
        vsnprintf(buffer->data + buffer->len, (size_t)need + 1, format, again);
        buffer->len += (size_t)need;
    }
    va_end(again);
}
