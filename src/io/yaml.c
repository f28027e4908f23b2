/*
 * libyaml's events become a tree of our own, small enough for packs and plans,
 * in which every value knows where it stands and whether anybody read it.
 */
#include "fpt/yaml.h"

#include <yaml.h>

#include "fpt/file.h"

enum { MOST_DEPTH = 64, MOST_BYTES = 1 << 26 };

struct reader {
    fpt_arena *arena;
    const char *file;
    fpt_str text;
    yaml_parser_t parser;
    fpt_error *err;
};

static fpt_status fail_at(struct reader *r, yaml_mark_t mark, const char *what)
{
    return fpt_fail(r->err, FPT_ERR_INPUT, "%s:%zu:%zu: %s", r->file,
                    mark.line + 1, mark.column + 1, what);
}

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Line and column, in characters, of a byte. */
static yaml_mark_t mark_of(fpt_str text, size_t offset)
{
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset && i < text.len; i++) {
        if (text.data[i] == '\n') {
            mark.line++;
            mark.column = 0;
        } else if (begins_character(text.data[i])) {
            mark.column++;
        }
    }
    return mark;
}

/* The first byte of the character at a mark; NUL behind the end. */
static char byte_at(fpt_str text, yaml_mark_t mark)
{
    size_t i = 0;
    for (size_t line = 0; line < mark.line; line++) {
        i = fpt_str_find(text, '\n', i);
        if (i == SIZE_MAX) return '\0';
        i++;
    }
    for (size_t column = 0; i < text.len; i++) {
        if (!begins_character(text.data[i])) continue;
        if (column++ == mark.column) return text.data[i];
    }
    return '\0';
}

static fpt_status fail_parser(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return fpt_fail(r->err, FPT_ERR_MEMORY, "%s: no memory to read it",
                        r->file);
    /* What is wrong with the bytes has an offset, the rest has a mark. */
    const yaml_mark_t mark = p->error == YAML_READER_ERROR
                                 ? mark_of(r->text, p->problem_offset)
                                 : p->problem_mark;
    if (byte_at(r->text, mark) == '\t')
        return fail_at(r, mark, "a tab cannot stand here: indent with blanks");
    return fail_at(r, mark, p->problem != NULL ? p->problem : "is not YAML");
}

static fpt_status next_event(struct reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(&r->parser, event) ? FPT_OK : fail_parser(r);
}

static fpt_status read_node(struct reader *r, yaml_event_t *event,
                            fpt_yaml *out, int depth);

static fpt_status fail_memory(struct reader *r)
{
    return fpt_fail(r->err, FPT_ERR_MEMORY, "%s: no memory to read it",
                    r->file);
}

static const char no_anchors[] = "anchors and tags are not used here";

static bool has_anchor_or_tag(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor != NULL ||
               event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor != NULL ||
               event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor != NULL ||
               event->data.mapping_start.tag != NULL;
    default:
        return false;
    }
}

static fpt_status read_list(struct reader *r, fpt_yaml *out, int depth)
{
    size_t capacity = 0;
    for (;;) {
        yaml_event_t event;
        FPT_TRY(next_event(r, &event));
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return FPT_OK;
        }
        if (!FPT_RESERVE(r->arena, out->item, out->count, capacity)) {
            yaml_event_delete(&event);
            return fail_memory(r);
        }
        out->item[out->count] = (fpt_yaml){0};
        FPT_TRY(read_node(r, &event, &out->item[out->count], depth + 1));
        out->count++;
    }
}

/* A key out of its event, which stays the caller's. */
static fpt_status read_key(struct reader *r, const yaml_event_t *event,
                           const fpt_yaml *map, fpt_str *out)
{
    const yaml_mark_t mark = event->start_mark;
    if (event->type != YAML_SCALAR_EVENT)
        return fail_at(r, mark, "a key must be a plain word");
    if (has_anchor_or_tag(event)) return fail_at(r, mark, no_anchors);
    const fpt_str key =
        fpt_str_keep(r->arena, (fpt_str){(const char *)event->data.scalar.value,
                                         event->data.scalar.length});
    if (key.data == NULL) return fail_memory(r);
    for (size_t i = 0; i < map->count; i++) {
        if (!fpt_str_equal(map->key[i], key)) continue;
        return fpt_fail(r->err, FPT_ERR_INPUT,
                        "%s:%zu:%zu: the key \"%.*s\" stands twice "
                        "(first in line %d)",
                        r->file, mark.line + 1, mark.column + 1,
                        FPT_STR_ARG(key), map->item[i].key_line);
    }
    *out = key;
    return FPT_OK;
}

static fpt_status read_map(struct reader *r, fpt_yaml *out, int depth)
{
    size_t key_capacity = 0, item_capacity = 0;
    for (;;) {
        yaml_event_t event;
        FPT_TRY(next_event(r, &event));
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return FPT_OK;
        }
        const yaml_mark_t mark = event.start_mark;
        fpt_str key = {0};
        const fpt_status status = read_key(r, &event, out, &key);
        yaml_event_delete(&event);
        FPT_TRY(status);
        if (!FPT_RESERVE(r->arena, out->key, out->count, key_capacity) ||
            !FPT_RESERVE(r->arena, out->item, out->count, item_capacity))
            return fail_memory(r);
        FPT_TRY(next_event(r, &event));
        out->key[out->count] = key;
        out->item[out->count] = (fpt_yaml){.key_line = (int)mark.line + 1,
                                           .key_column = (int)mark.column + 1};
        FPT_TRY(read_node(r, &event, &out->item[out->count], depth + 1));
        out->count++;
    }
}

/* Consumes the event. */
static fpt_status read_node(struct reader *r, yaml_event_t *event,
                            fpt_yaml *out, int depth)
{
    const yaml_event_type_t type = event->type;
    const yaml_mark_t mark = event->start_mark;
    out->file = r->file;
    out->line = (int)mark.line + 1;
    out->column = (int)mark.column + 1;
    fpt_status status = FPT_OK;
    if (type == YAML_SCALAR_EVENT) {
        const size_t len = event->data.scalar.length;
        out->kind = FPT_YAML_SCALAR;
        out->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        out->text = fpt_str_keep(
            r->arena, (fpt_str){(const char *)event->data.scalar.value, len});
        if (out->text.data == NULL)
            status = fail_memory(r);
        else if (has_anchor_or_tag(event))
            status = fail_at(r, mark, no_anchors);
    } else if (type == YAML_ALIAS_EVENT) {
        status = fail_at(r, mark, "aliases are not used here: write it out");
    } else if (depth > MOST_DEPTH) {
        status = fail_at(r, mark, "is nested too deep");
    } else if (has_anchor_or_tag(event)) {
        status = fail_at(r, mark, no_anchors);
    }
    yaml_event_delete(event);
    FPT_TRY(status);
    if (type == YAML_SEQUENCE_START_EVENT) {
        out->kind = FPT_YAML_LIST;
        return read_list(r, out, depth);
    }
    if (type == YAML_MAPPING_START_EVENT) {
        out->kind = FPT_YAML_MAP;
        return read_map(r, out, depth);
    }
    return FPT_OK;
}

static fpt_status read_document(struct reader *r, fpt_yaml *out)
{
    yaml_event_t event;
    yaml_event_type_t type;
    do { /* stream start, document start, then the root */
        FPT_TRY(next_event(r, &event));
        type = event.type;
        if (type == YAML_STREAM_END_EVENT) {
            const yaml_mark_t mark = event.start_mark;
            yaml_event_delete(&event);
            return fail_at(r, mark, "the file is empty");
        }
        if (type == YAML_STREAM_START_EVENT ||
            type == YAML_DOCUMENT_START_EVENT)
            yaml_event_delete(&event);
    } while (type == YAML_STREAM_START_EVENT ||
             type == YAML_DOCUMENT_START_EVENT);
    FPT_TRY(read_node(r, &event, out, 0));
    do { /* document end, stream end, and nothing else */
        FPT_TRY(next_event(r, &event));
        type = event.type;
        const yaml_mark_t mark = event.start_mark;
        yaml_event_delete(&event);
        if (type == YAML_DOCUMENT_START_EVENT)
            return fail_at(r, mark, "a second document begins: one a file");
    } while (type != YAML_STREAM_END_EVENT);
    return FPT_OK;
}

fpt_status fpt_yaml_parse(fpt_arena *arena, const char *name, fpt_str text,
                          fpt_yaml *out, fpt_error *err)
{
    if (text.data == NULL) text = FPT_STR("");
    /* libyaml would count it as a character of the first line. */
    if (fpt_str_starts(text, FPT_STR("\xEF\xBB\xBF")))
        text = fpt_str_slice(text, 3, text.len);
    struct reader r = {.arena = arena, .text = text, .err = err};
    r.file = fpt_str_copy(arena, fpt_str_from(name));
    if (r.file == NULL || !yaml_parser_initialize(&r.parser))
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to read it", name);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.data,
                                 text.len);
    fpt_yaml tree = {0};
    const fpt_status status = read_document(&r, &tree);
    yaml_parser_delete(&r.parser);
    if (status == FPT_OK) *out = tree;
    return status;
}

fpt_status fpt_yaml_read(fpt_arena *arena, const char *path, fpt_yaml *out,
                         fpt_error *err)
{
    fpt_str text;
    FPT_TRY(fpt_file_read(arena, path, MOST_BYTES, &text, err));
    return fpt_yaml_parse(arena, path, text, out, err);
}
