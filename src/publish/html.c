/*
 * Words and numbers into a page. Formats are literals of ours; what comes in by
 * an argument is escaped, so that no name of an organisation can become markup.
 */
#include "publish_i.h"

/*
 * What stands for a byte or mark in a page; NULL: it stands for itself. Control
 * characters are none in HTML, and marks that turn the direction of what follows
 * (U+202A to U+202E, U+2066 to U+2069) would turn the numbers beside a name, so
 * both become the sign for what cannot be shown. *len: how many bytes it takes.
 */
static const char *entity_of(fpt_str text, size_t at, size_t *len)
{
    const unsigned char c = (unsigned char)text.data[at];
    *len = 1;
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        break;
    }
    if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
        return "\xef\xbf\xbd";
    if (c == 0xc2 && at + 1 < text.len) {
        const unsigned char next = (unsigned char)text.data[at + 1];
        *len = 2;
        return next >= 0x80 && next < 0xa0 ? "\xef\xbf\xbd" : NULL;
    }
    if (c != 0xe2 || at + 2 >= text.len) return NULL;
    const unsigned char second = (unsigned char)text.data[at + 1];
    const unsigned char third = (unsigned char)text.data[at + 2];
    *len = 3;
    return (second == 0x80 && third >= 0xaa && third <= 0xae) ||
                   (second == 0x81 && third >= 0xa6 && third <= 0xa9)
               ? "\xef\xbf\xbd"
               : NULL;
}

static void add_escaped(fpt_output *out, fpt_str text)
{
    size_t from = 0, len;
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = entity_of(text, i, &len);
        if (entity == NULL) continue;
        fpt_output_add(out, fpt_str_slice(text, from, i - from));
        fpt_output_add(out, fpt_str_from(entity));
        from = i + len;
        i += len - 1;
    }
    fpt_output_add(out, fpt_str_slice(text, from, text.len - from));
}

static void add_arg(fpt_output *out, const fpti_arg *arg)
{
    char number[FPT_NUMBER_BYTES];
    switch (arg->kind) {
    case FPTI_TEXT:
        add_escaped(out, arg->text);
        return;
    case FPTI_COUNT:
        fpt_print_grouped(arg->whole, number);
        break;
    case FPTI_REAL:
        if (isnan(arg->real)) return;
        fpt_print_fixed(arg->real, arg->decimals, number);
        break;
    }
    fpt_output_add(out, fpt_str_from(number));
}

void fpti_put_text(fpti_page *page, const char *html)
{
    fpt_output_add(&page->out, fpt_str_from(html));
}

void fpti_put_json(fpti_page *page, const fpt_output *json)
{
    const fpt_str text = fpt_strbuf_view(&json->text);
    size_t from = 0;
    if (json->failed) page->out.failed = true;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '<') continue;
        fpt_output_add(&page->out, fpt_str_slice(text, from, i - from));
        fpt_output_add(&page->out, FPT_STR("\\u003c"));
        from = i + 1;
    }
    fpt_output_add(&page->out, fpt_str_slice(text, from, text.len - from));
}

void fpti_put(fpti_page *page, const char *format, size_t count,
              const fpti_arg *args)
{
    size_t used = 0;
    for (const char *rest = format;;) {
        const char *hole = strstr(rest, "{}");
        if (hole == NULL) {
            fpti_put_text(page, rest);
            break;
        }
        fpt_output_add(&page->out,
                       (fpt_str){.data = rest, .len = (size_t)(hole - rest)});
        if (used < count) add_arg(&page->out, &args[used]);
        used++;
        rest = hole + 2;
    }
    /* A page with a hole too many or too few is a bug: no such page is written. */
    if (used != count) page->out.failed = true;
}

/* ---- days and periods, as people say them ---- */

fpt_str fpti_day(fpt_arena *arena, fpt_date date)
{
    int year, month, day;
    fpt_date_split(date, &year, &month, &day);
    return fpt_str_print(arena, "%d %s %d", day, fpt_month_name(month), year);
}

fpt_str fpti_when(fpt_arena *arena, fpt_period period)
{
    int year, month, day;
    char text[FPT_DATE_BYTES];
    fpt_date_split(period.from, &year, &month, &day);
    switch (fpt_period_grain(period)) {
    case FPT_GRAIN_DAY:
        return fpti_day(arena, period.from);
    case FPT_GRAIN_MONTH:
        return fpt_str_print(arena, "%s %d", fpt_month_name(month), year);
    default:
        fpt_period_print(period, text);
        return fpt_str_keep(arena, fpt_str_from(text));
    }
}

fpt_str fpti_slug(fpt_arena *arena, fpt_period period)
{
    char text[FPT_DATE_BYTES];
    fpt_period_print(period, text);
    for (char *c = text; *c != '\0'; c++)
        if (*c == '/' || *c == ' ') *c = '-';
    return fpt_str_keep(arena, fpt_str_from(text));
}

fpt_str fpti_span(fpt_arena *arena, fpt_period period)
{
    const bool began = period.from.days != FPT_DATE_MIN_DAYS;
    const bool ended = period.to.days != FPT_DATE_MAX_DAYS;
    const fpt_date last = {period.to.days - 1};
    if (began && ended)
        return fpt_str_print(arena, FPT_STR_FMT " to " FPT_STR_FMT,
                             FPT_STR_ARG(fpti_day(arena, period.from)),
                             FPT_STR_ARG(fpti_day(arena, last)));
    if (began)
        return fpt_str_print(arena, "since " FPT_STR_FMT,
                             FPT_STR_ARG(fpti_day(arena, period.from)));
    if (ended)
        return fpt_str_print(arena, "until " FPT_STR_FMT,
                             FPT_STR_ARG(fpti_day(arena, last)));
    return FPT_STR("no dates published");
}
