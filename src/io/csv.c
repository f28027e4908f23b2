/*
 * A record at a time out of a buffer. When the buffer ends within a record the
 * record is moved to its front, more is read, and the record is scanned again
 * from its beginning; with a buffer much longer than a record that is rare.
 * Doubled quotation marks are undone only when the record is whole.
 *
 * What comes out must not depend on where the buffer happened to end: every
 * judgement (too long, a NUL, bad UTF-8) is about the record alone.
 *
 * Fields are short, so looking for their ends byte by byte is mostly guessing
 * wrong about where they are. Delimiters, line ends and NULs are listed
 * beforehand, sixteen bytes at a time; the same pass sees whether there is
 * anything but ASCII, so that most records need no check of their UTF-8.
 */
#include "fpt/csv.h"

#include <inttypes.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    PADDING = 16,    /* bytes behind the buffer that may be looked at */
    LISTED = 1 << 12 /* special bytes that are listed at a time */
};

/* The first reading is a short one: of many files only the head is looked at. */
enum { FIRST_READING = 1 << 14 };
enum { FIRST_BUFFER = 1 << 18, LONG_RECORD = 1 << 16, DEFAULT_MOST = 1 << 24 };

struct fpt_csv_state {
    fpt_arena *arena;
    fpt_input *input;
    fpt_csv_options options;
    char *buffer;
    size_t capacity, at, end;
    char *recoded; /* the last record, rewritten from Latin-1 */
    size_t recoded_capacity;
    bool input_ended;
    int64_t next_line;
    uint64_t bytes;

    int64_t nul_line; /* where scan_record met a NUL */

    fpt_str *field;
    bool *doubled; /* the field holds doubled quotation marks */
    bool any_doubled;
    size_t field_capacity;

    /* Special bytes (delimiter, line end, NUL) in [list_from, list_to) of the
     * buffer, as offsets from list_from; those before list_next are passed. */
    uint32_t *list;
    size_t list_from, list_to, list_count, list_next;
    bool list_is_ascii;
    bool special[256]; /* where the list is made byte by byte */
    fpt_status status;
    fpt_error error;
};

fpt_csv_options fpt_csv_options_default(void)
{
    return (fpt_csv_options){.struct_size = sizeof(fpt_csv_options),
                             .delimiter = ',',
                             .most_record_bytes = DEFAULT_MOST};
}

static fpt_status fail_memory(const fpt_input *input, fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to read it",
                    fpt_input_name(input));
}

/* Read more behind what is there. Sets input_ended at the end. */
static fpt_status read_more(struct fpt_csv_state *s, fpt_error *err)
{
    if (s->at > 0) {
        memmove(s->buffer, s->buffer + s->at, s->end - s->at);
        s->end -= s->at;
        s->at = 0;
    }
    s->list_from = s->list_to = s->list_count = s->list_next = 0;
    if (s->end == s->capacity) {
        const size_t larger = s->capacity * 2;
        char *buffer = fpt_arena_grow(
            s->arena, s->buffer, s->capacity + PADDING, larger + PADDING, 1);
        if (buffer == NULL) return fail_memory(s->input, err);
        s->buffer = buffer;
        s->capacity = larger;
    }
    size_t got = 0;
    const size_t room = s->capacity - s->end;
    FPT_TRY(fpt_input_read(s->input, s->buffer + s->end,
                           s->bytes == 0 ? FIRST_READING : room, &got, err));
    s->end += got;
    s->bytes += got;
    s->input_ended = got == 0;
    return FPT_OK;
}

fpt_status fpt_csv_open(fpt_arena *arena, fpt_input *input,
                        const fpt_csv_options *options, fpt_csv *out,
                        fpt_error *err)
{
    const char delimiter = options->delimiter;
    if (delimiter == '\0' || delimiter == '\n' || delimiter == '\r' ||
        (delimiter == '"' && !options->no_quoting))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "%s: a line end or a quotation mark cannot be the "
                        "delimiter",
                        fpt_input_name(input));
    if (options->encoding == FPT_UTF_8 && (unsigned char)delimiter >= 0x80)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "%s: the delimiter 0x%02X is no character of UTF-8",
                        fpt_input_name(input),
                        (unsigned)(unsigned char)delimiter);
    struct fpt_csv_state *s = FPT_NEW(arena, struct fpt_csv_state, 1);
    if (s == NULL) return fail_memory(input, err);
    s->arena = arena;
    s->input = input;
    s->options = *options;
    if (s->options.most_record_bytes == 0)
        s->options.most_record_bytes = DEFAULT_MOST;
    s->capacity = FIRST_BUFFER;
    s->buffer = fpt_arena_allocate_raw(arena, s->capacity + PADDING, 1);
    s->list = fpt_arena_allocate_raw(arena, LISTED + PADDING, sizeof *s->list);
    if (s->buffer == NULL || s->list == NULL) return fail_memory(input, err);
    s->next_line = 1;
    s->special[(unsigned char)delimiter] = true;
    s->special['\n'] = true;
    s->special['\0'] = true;

    FPT_TRY(read_more(s, err));
    while (s->end < 3 && !s->input_ended)
        FPT_TRY(read_more(s, err));
    if (s->end >= 3 && memcmp(s->buffer, "\xEF\xBB\xBF", 3) == 0) s->at = 3;
    *out = (fpt_csv){.state = s};
    return FPT_OK;
}

enum scan {
    SCAN_RECORD, /* a whole record */
    SCAN_MORE,   /* the buffer ended within it */
    SCAN_TOO_LONG,
    SCAN_NUL,
    SCAN_NO_MEMORY
};

static bool add_field(struct fpt_csv_state *s, size_t index, fpt_str text,
                      bool doubled)
{
    if (index == s->field_capacity) {
        const size_t larger = index == 0 ? 64 : index * 2;
        fpt_str *field =
            fpt_arena_grow(s->arena, s->field, index, larger, sizeof *field);
        if (field == NULL) return false;
        s->field = field;
        bool *marks =
            fpt_arena_grow(s->arena, s->doubled, index, larger, sizeof *marks);
        if (marks == NULL) return false;
        s->doubled = marks;
        s->field_capacity = larger;
    }
    s->field[index] = text;
    s->doubled[index] = doubled;
    s->any_doubled = s->any_doubled || doubled;
    return true;
}

/*
 * The quoted field that begins at `open`. On success *close is the position of
 * the quotation mark that ends it. False: the buffer ended first (or a NUL
 * stands at *close).
 */
static bool scan_quoted(const struct fpt_csv_state *s, size_t open,
                        size_t *close, bool *doubled, int64_t *lines)
{
    const char *b = s->buffer;
    size_t i = open + 1;
    *doubled = false;
    for (;;) {
        while (i < s->end && b[i] != '"' && b[i] != '\n' && b[i] != '\0')
            i++;
        *close = i;
        if (i == s->end || b[i] == '\0') return false;
        if (b[i] == '\n') {
            ++*lines;
            i++;
            continue;
        }
        if (i + 1 < s->end && b[i + 1] == '"') {
            *doubled = true;
            i += 2;
            continue;
        }
        /* At the very end of what is there, a second mark may follow. */
        return i + 1 < s->end || s->input_ended;
    }
}

/* A NUL stands at b[i], `lines` line ends behind the record's beginning. */
static enum scan meet_nul(struct fpt_csv_state *s, size_t i, int64_t lines)
{
    s->nul_line = s->next_line + lines;
    return i - s->at > s->options.most_record_bytes ? SCAN_TOO_LONG : SCAN_NUL;
}

#ifdef __SSE2__
/* Which of sixteen bytes are special: a bit for each. */
static inline unsigned special_bits(const struct fpt_csv_state *s,
                                    __m128i bytes)
{
    const __m128i delimiter = _mm_set1_epi8(s->options.delimiter);
    const __m128i line_end = _mm_set1_epi8('\n');
    const __m128i special =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter),
                                  _mm_cmpeq_epi8(bytes, line_end)),
                     _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
    return (unsigned)_mm_movemask_epi8(special);
}

static void list_sixteen(struct fpt_csv_state *s)
{
    const size_t left = s->end - s->list_to, take = left < 16 ? left : 16;
    const __m128i bytes = _mm_loadu_si128(
        (const __m128i *)(const void *)(s->buffer + s->list_to));
    const unsigned inside = take == 16 ? 0xFFFFU : (1U << take) - 1U;
    unsigned found = special_bits(s, bytes) & inside;
    const uint32_t at = (uint32_t)(s->list_to - s->list_from);
    while (found != 0) {
        s->list[s->list_count++] = at + (uint32_t)__builtin_ctz(found);
        found &= found - 1;
    }
    if (((unsigned)_mm_movemask_epi8(bytes) & inside) != 0)
        s->list_is_ascii = false;
    s->list_to += take;
}
#else
static void list_sixteen(struct fpt_csv_state *s)
{
    for (int i = 0; i < 16 && s->list_to < s->end; i++, s->list_to++) {
        const unsigned char c = (unsigned char)s->buffer[s->list_to];
        if (s->special[c])
            s->list[s->list_count++] = (uint32_t)(s->list_to - s->list_from);
        if (c >= 0x80) s->list_is_ascii = false;
    }
}
#endif

/* List what is special from `i` on. */
static void make_list(struct fpt_csv_state *s, size_t i)
{
    enum { MOST_BYTES = 1 << 16 };
    s->list_from = s->list_to = i;
    s->list_count = s->list_next = 0;
    s->list_is_ascii = true;
    while (s->list_to < s->end && s->list_count < LISTED &&
           s->list_to - s->list_from < MOST_BYTES)
        list_sixteen(s);
}

/* The first delimiter, line end or NUL from `i` on, or the end. */
static inline size_t find_special(struct fpt_csv_state *s, size_t i)
{
    for (;;) {
        while (s->list_next < s->list_count) {
            const size_t at = s->list_from + s->list[s->list_next];
            if (at >= i) return at;
            s->list_next++;
        }
        const size_t from = s->list_to > i ? s->list_to : i;
        if (from >= s->end) return s->end;
        make_list(s, from);
    }
}

/* Of several faults the first is told. */
static void find_fault(fpt_csv *csv, size_t field, const char *fault)
{
    if (csv->fault != NULL) return;
    csv->fault = fault;
    csv->fault_field = field;
}

/* What is being scanned: a field, and how far the record has been read. */
struct cursor {
    size_t at;     /* behind the field: a delimiter, line end or NUL */
    size_t count;  /* of fields before this one */
    int64_t lines; /* that ended within the record */
    fpt_str text;
    bool doubled;
};

static enum scan scan_quoted_field(fpt_csv *csv, struct cursor *c)
{
    struct fpt_csv_state *s = csv->state;
    const char *b = s->buffer;
    const size_t open = c->at;
    size_t close;
    if (!scan_quoted(s, open, &close, &c->doubled, &c->lines)) {
        if (close < s->end && b[close] == '\0') {
            c->at = close;
            return SCAN_NUL;
        }
        if (!s->input_ended) return SCAN_MORE;
        find_fault(csv, c->count,
                   "a quotation mark is opened and never closed");
    }
    c->text = (fpt_str){b + open + 1, close - open - 1};
    const size_t behind = close < s->end ? close + 1 : close;
    c->at = find_special(s, behind);
    const size_t cr = c->at > behind && b[c->at - 1] == '\r' ? 1 : 0;
    if (c->at - behind > cr)
        find_fault(csv, c->count, "text follows a closing quotation mark");
    return SCAN_RECORD;
}

/* One field, from c->at on; SCAN_RECORD when it is whole. */
static enum scan scan_field(fpt_csv *csv, struct cursor *c)
{
    struct fpt_csv_state *s = csv->state;
    const char *b = s->buffer;
    c->doubled = false;
    if (!s->options.no_quoting && c->at < s->end && b[c->at] == '"') {
        const enum scan found = scan_quoted_field(csv, c);
        if (found != SCAN_RECORD) return found;
    } else {
        const size_t from = c->at;
        c->at = find_special(s, from);
        c->text = (fpt_str){b + from, c->at - from};
    }
    if (c->at == s->end) return s->input_ended ? SCAN_RECORD : SCAN_MORE;
    return b[c->at] == '\0' ? SCAN_NUL : SCAN_RECORD;
}

static enum scan scan_any_record(fpt_csv *csv)
{
    struct fpt_csv_state *s = csv->state;
    const char *b = s->buffer;
    struct cursor c = {.at = s->at};
    csv->fault = NULL;
    s->any_doubled = false;
    for (bool last = false; !last; c.at++) {
        const enum scan found = scan_field(csv, &c);
        if (found == SCAN_NUL) return meet_nul(s, c.at, c.lines);
        if (found != SCAN_RECORD) return found;
        last = c.at == s->end || b[c.at] == '\n';
        if (last && c.text.len > 0 && c.text.data + c.text.len == b + c.at &&
            c.text.data[c.text.len - 1] == '\r')
            c.text.len--;
        if (!add_field(s, c.count++, c.text, c.doubled)) return SCAN_NO_MEMORY;
    }
    const size_t end = c.at - 1; /* of the record, without its line end */
    if (end - s->at > s->options.most_record_bytes) return SCAN_TOO_LONG;
    csv->field = s->field;
    csv->count = c.count;
    csv->line = s->next_line;
    s->next_line += c.lines + 1;
    s->at = end < s->end ? end + 1 : end;
    return SCAN_RECORD;
}

/* The next special byte of the list, when `at` is not behind it. */
static inline size_t next_special(struct fpt_csv_state *s, size_t at)
{
    return s->list_next < s->list_count ? s->list_from + s->list[s->list_next]
                                        : find_special(s, at);
}

/*
 * Most records have no quotation mark, end within the buffer and hold nothing
 * odd: their cells lie between the special bytes of the list, one after the
 * other. False: this is no such record, and nothing has been decided.
 */
static bool scan_plain_record(fpt_csv *csv)
{
    struct fpt_csv_state *s = csv->state;
    const char *b = s->buffer;
    const bool quoting = !s->options.no_quoting;
    const char delimiter = s->options.delimiter;
    size_t at = s->at, count = 0, stop;
    for (;; at = stop + 1) {
        if (at >= s->end || (quoting && b[at] == '"') ||
            count == s->field_capacity)
            return false;
        stop = next_special(s, at);
        if (stop == s->end) return false;
        s->list_next++;
        s->field[count++] = (fpt_str){b + at, stop - at};
        if (b[stop] != delimiter) break;
    }
    if (b[stop] != '\n' || stop - s->at > s->options.most_record_bytes)
        return false;
    fpt_str *last = &s->field[count - 1];
    if (last->len > 0 && last->data[last->len - 1] == '\r') last->len--;
    csv->fault = NULL;
    csv->field = s->field;
    csv->count = count;
    csv->line = s->next_line++;
    s->any_doubled = false;
    s->at = stop + 1;
    return true;
}

static enum scan scan_record(fpt_csv *csv)
{
    struct fpt_csv_state *s = csv->state;
    const size_t from = s->list_from, next = s->list_next;
    if (scan_plain_record(csv)) return SCAN_RECORD;
    /* Back to where the record began, if the list still reaches there. */
    if (s->list_from == from && s->list_to > s->at)
        s->list_next = next;
    else
        s->list_to = s->list_count = s->list_next = 0;
    return scan_any_record(csv);
}

/* In place: the views lie in the buffer. */
static fpt_str undouble(struct fpt_csv_state *s, fpt_str text)
{
    char *data = s->buffer + (text.data - s->buffer);
    size_t to = 0;
    for (size_t from = 0; from < text.len; from++) {
        data[to++] = text.data[from];
        if (text.data[from] == '"') from++;
    }
    return (fpt_str){data, to};
}

/* Windows-1252 in 0x80 to 0x9F, as every browser reads Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
    0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

/* Write a field behind what is in `out` already; at most three bytes for one. */
static size_t from_latin_1(fpt_str text, char *out)
{
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.data[i];
        const unsigned point =
            c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c;
        if (point < 0x80) {
            out[at++] = (char)point;
        } else if (point < 0x800) {
            out[at++] = (char)(0xC0 | point >> 6);
            out[at++] = (char)(0x80 | (point & 0x3F));
        } else {
            out[at++] = (char)(0xE0 | point >> 12);
            out[at++] = (char)(0x80 | (point >> 6 & 0x3F));
            out[at++] = (char)(0x80 | (point & 0x3F));
        }
    }
    return at;
}

/* Undo quoting and encoding in the record that was found whole: it began at
 * `from`, and s->at stands behind it. */
static bool finish_record(fpt_csv *csv, size_t from)
{
    struct fpt_csv_state *s = csv->state;
    for (size_t i = 0; i < csv->count && s->any_doubled; i++)
        if (s->doubled[i]) s->field[i] = undouble(s, s->field[i]);
    if (s->options.encoding != FPT_LATIN_1) return true;

    const size_t need = 3 * (s->at - from);
    if (need > s->recoded_capacity) {
        s->recoded = fpt_arena_allocate_raw(s->arena, 2 * need, 1);
        if (s->recoded == NULL) return false;
        s->recoded_capacity = 2 * need;
    }
    size_t at = 0;
    for (size_t i = 0; i < csv->count; i++) {
        const size_t len = from_latin_1(s->field[i], s->recoded + at);
        s->field[i] = (fpt_str){s->recoded + at, len};
        at += len;
    }
    return true;
}

static bool stop(struct fpt_csv_state *s, fpt_status status)
{
    s->status = status;
    return false;
}

static bool check_utf8(fpt_csv *csv, size_t from)
{
    struct fpt_csv_state *s = csv->state;
    if (s->list_is_ascii && from >= s->list_from && s->at <= s->list_to)
        return true;
    size_t bad;
    const fpt_str bytes = {s->buffer + from, s->at - from};
    if (s->options.encoding != FPT_UTF_8 || fpt_str_is_utf8(bytes, &bad))
        return true;
    int64_t line = csv->line;
    for (size_t i = 0; i < bad; i++)
        line += bytes.data[i] == '\n';
    s->status = fpt_fail(&s->error, FPT_ERR_INPUT,
                         "%s: line %" PRId64 ": the byte 0x%02X is not UTF-8; "
                         "if the file is Latin-1, its source pack must say "
                         "`encoding: latin-1`",
                         fpt_input_name(s->input), line,
                         (unsigned)(unsigned char)bytes.data[bad]);
    return false;
}

/* A long record is scanned again only when twice as much is there: scanning it
 * after each read would take the square of its length. */
static fpt_status read_on(struct fpt_csv_state *s)
{
    const size_t pending = s->end - s->at;
    do {
        FPT_TRY(read_more(s, &s->error));
    } while (pending >= LONG_RECORD && s->end - s->at < 2 * pending &&
             !s->input_ended);
    return FPT_OK;
}

static bool stop_too_long(struct fpt_csv_state *s)
{
    return stop(s, fpt_fail(&s->error, FPT_ERR_INPUT,
                            "%s: line %" PRId64 ": goes on for more than %zu "
                            "bytes without an end; is a quotation mark left "
                            "open, or is this no CSV file?",
                            fpt_input_name(s->input), s->next_line,
                            s->options.most_record_bytes));
}

bool fpt_csv_next(fpt_csv *csv)
{
    struct fpt_csv_state *s = csv->state;
    if (s->status != FPT_OK) return false;
    for (;;) {
        if (s->at == s->end && s->input_ended) return stop(s, FPT_OK);
        const size_t from = s->at;
        switch (scan_record(csv)) {
        case SCAN_RECORD:
            if (!check_utf8(csv, from)) return stop(s, s->status);
            if (!finish_record(csv, from))
                return stop(s, fail_memory(s->input, &s->error));
            return true;
        case SCAN_NUL:
            return stop(s, fpt_fail(&s->error, FPT_ERR_INPUT,
                                    "%s: line %" PRId64
                                    ": holds a NUL byte: this is not text",
                                    fpt_input_name(s->input), s->nul_line));
        case SCAN_TOO_LONG:
            return stop_too_long(s);
        case SCAN_NO_MEMORY:
            return stop(s, fail_memory(s->input, &s->error));
        case SCAN_MORE:
            break;
        }
        if (s->end - s->at > s->options.most_record_bytes)
            return stop_too_long(s);
        const fpt_status status = read_on(s);
        if (status != FPT_OK) return stop(s, status);
    }
}

fpt_status fpt_csv_status(const fpt_csv *csv, fpt_error *err)
{
    if (csv->state->status != FPT_OK && err != NULL) *err = csv->state->error;
    return csv->state->status;
}

uint64_t fpt_csv_bytes(const fpt_csv *csv)
{
    return csv->state->bytes;
}
