/*
 * JSON out. The writer keeps the commas and the indent; the caller must open
 * and close in order, which is its code's business, so it is required.
 */
#include <math.h>

#include "fpt/output.h"

fpt_json fpt_json_make(fpt_output *out, bool compact)
{
    return (fpt_json){.out = out, .compact = compact};
}

static void indent(fpt_json *json)
{
    if (json->compact) return;
    fpt_output_add_char(json->out, '\n');
    for (int i = 0; i < json->depth; i++)
        fpt_output_add(json->out, FPT_STR("  "));
}

/* What stands before a value: nothing behind a key, else a comma and a line. */
static void before_value(fpt_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0) return;
    if (json->has_item[json->depth - 1]) fpt_output_add_char(json->out, ',');
    json->has_item[json->depth - 1] = true;
    indent(json);
}

static void open(fpt_json *json, char bracket)
{
    FPT_REQUIRE(json->depth < FPT_JSON_DEPTH);
    before_value(json);
    fpt_output_add_char(json->out, bracket);
    json->has_item[json->depth++] = false;
}

static void close(fpt_json *json, char bracket)
{
    FPT_REQUIRE(json->depth > 0 && !json->after_key);
    const bool empty = !json->has_item[--json->depth];
    if (!empty) indent(json);
    fpt_output_add_char(json->out, bracket);
    if (json->depth == 0 && !json->compact)
        fpt_output_add_char(json->out, '\n');
}

void fpt_json_open_object(fpt_json *json)
{
    open(json, '{');
}

void fpt_json_close_object(fpt_json *json)
{
    close(json, '}');
}

void fpt_json_open_array(fpt_json *json)
{
    open(json, '[');
}

void fpt_json_close_array(fpt_json *json)
{
    close(json, ']');
}

static void quoted(fpt_json *json, fpt_str text)
{
    static const char digit[] = "0123456789abcdef";
    fpt_output *out = json->out;
    fpt_output_add_char(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.data[i];
        /* In a script element "</" ends it, and "<!--" hides its end. */
        const bool markup =
            (c == '/' || c == '!') && i > 0 && text.data[i - 1] == '<';
        if (c >= 0x20 && c != '"' && c != '\\' && !markup) continue;
        fpt_output_add(out, fpt_str_slice(text, from, i - from));
        from = i + 1;
        fpt_output_add_char(out, '\\');
        if (c == '"' || c == '\\' || c == '/') {
            fpt_output_add_char(out, (char)c);
        } else if (c == '\n') {
            fpt_output_add_char(out, 'n');
        } else {
            fpt_output_add(out, FPT_STR("u00"));
            fpt_output_add_char(out, digit[c >> 4]);
            fpt_output_add_char(out, digit[c & 15]);
        }
    }
    fpt_output_add(out, fpt_str_slice(text, from, text.len));
    fpt_output_add_char(out, '"');
}

void fpt_json_key(fpt_json *json, const char *key)
{
    before_value(json);
    quoted(json, fpt_str_from(key));
    fpt_output_add(json->out, json->compact ? FPT_STR(":") : FPT_STR(": "));
    json->after_key = true;
}

void fpt_json_str(fpt_json *json, fpt_str text)
{
    before_value(json);
    quoted(json, text);
}

void fpt_json_int64(fpt_json *json, int64_t value)
{
    before_value(json);
    fpt_output_add_int64(json->out, value);
}

void fpt_json_double(fpt_json *json, double value)
{
    before_value(json);
    if (isfinite(value))
        fpt_output_add_double(json->out, value);
    else
        fpt_output_add(json->out, FPT_STR("null"));
}

void fpt_json_bool(fpt_json *json, bool value)
{
    before_value(json);
    fpt_output_add(json->out, value ? FPT_STR("true") : FPT_STR("false"));
}

void fpt_json_null(fpt_json *json)
{
    before_value(json);
    fpt_output_add(json->out, FPT_STR("null"));
}
