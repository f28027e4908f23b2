#include "fpt/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef fpt_fail /* macros for analysers */
#undef fpt_fail_prefix

const char *fpt_status_text(fpt_status status)
{
#define FPT_STATUS_CASE(name, exit_code, text)                                 \
    case name:                                                                 \
        return text;
    switch (status) {
        FPT_STATUS_LIST(FPT_STATUS_CASE)
    case FPT_STATUS_COUNT:
        break;
    }
#undef FPT_STATUS_CASE
    return "unknown status";
}

int fpt_status_exit_code(fpt_status status)
{
#define FPT_STATUS_CASE(name, exit_code, text)                                 \
    case name:                                                                 \
        return exit_code;
    switch (status) {
        FPT_STATUS_LIST(FPT_STATUS_CASE)
    case FPT_STATUS_COUNT:
        break;
    }
#undef FPT_STATUS_CASE
    return 5;
}

/* A text that was cut must not end in half a character. */
static void cut_at_character(char *text, size_t size, int written)
{
    if (written < 0) {
        text[0] = '\0';
        return;
    }
    if ((size_t)written < size) return;
    size_t end = size - 1;
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end == 0) return;
    const unsigned char lead = (unsigned char)text[end - 1];
    const size_t need = lead >= 0xF0   ? 4
                        : lead >= 0xE0 ? 3
                        : lead >= 0xC0 ? 2
                                       : 1;
    if (end - 1 + need > size - 1) text[end - 1] = '\0';
}

fpt_status fpt_fail(fpt_error *err, fpt_status status, const char *format, ...)
{
    if (err == NULL) return status;

    err->code = status;
    va_list args;
    va_start(args, format);
    const int written = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    cut_at_character(err->text, sizeof err->text, written);
    return status;
}

fpt_status fpt_fail_prefix(fpt_error *err, fpt_status status,
                           const char *format, ...)
{
    if (err == NULL) return status;

    char text[FPT_ERROR_TEXT_BYTES];
    memcpy(text, err->text, sizeof text);
    va_list args;
    va_start(args, format);
    const int before = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    cut_at_character(err->text, sizeof err->text, before);
    const size_t used = strlen(err->text);
    const int after =
        snprintf(err->text + used, sizeof err->text - used, "%s", text);
    cut_at_character(err->text + used, sizeof err->text - used, after);
    err->code = status;
    return status;
}

void fpt_bug(const char *file, int line, const char *rule)
{
    fprintf(stderr, "%s:%d: a bug in Footprint: this should hold: %s\n", file,
            line, rule);
    abort();
}
