/*
 * Reading the cells of a workbook: its list of sheets, the strings that are kept
 * apart, and each sheet's rows. XML is read by expat, as a stream; a document
 * type is refused, and with it every entity that one could declare.
 */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "sheet_i.h"

enum { COLUMNS_MOST = 1024, DEPTH_MOST = 64 };

typedef struct link {
    fpt_str id, target;
} link;

/* What is being read; one of these for each part. */
typedef struct reader {
    fpt_arena *arena;
    XML_Parser parser;
    bool no_memory, refused;
    int depth;

    /* workbook.xml, its relations */
    fpt_sheet *sheet; /* names; ids stand in `link` */
    link *link;
    size_t count;

    /* strings kept apart, also text of a cell */
    fpt_str *string;
    size_t strings, string_room;
    fpt_strbuf text;
    bool wants_text, in_phonetic;

    /* a sheet's cells */
    fpt_sheet_row *row;
    size_t rows, row_room;
    fpt_str *cell;
    size_t column, used; /* of the row at hand */
    size_t cells;
    char type; /* s: kept apart, t: text, n: number, b: truth */
    bool in_cell;
} reader;

/* The name without its namespace's prefix. */
static const char *local(const XML_Char *name)
{
    const char *colon = strrchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

static const char *attribute(const XML_Char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(local(attributes[i]), name) == 0) return attributes[i + 1];
    return NULL;
}

static void stop(reader *r, bool no_memory)
{
    r->no_memory = r->no_memory || no_memory;
    r->refused = r->refused || !no_memory;
    XML_StopParser(r->parser, XML_FALSE);
}

static void *grown(reader *r, void *old, size_t count, size_t *room,
                   size_t size)
{
    if (count < *room) return old;
    const size_t more = *room == 0 ? 64 : 2 * *room;
    char *made = FPT_NEW(r->arena, char, more *size);
    if (made == NULL) {
        stop(r, true);
        return NULL;
    }
    if (count > 0) memcpy(made, old, count * size);
    *room = more;
    return made;
}

/* ---- events of all parts ---- */

static void XMLCALL on_text(void *context, const XML_Char *text, int len)
{
    reader *r = context;
    if (!r->wants_text || r->in_phonetic) return;
    fpt_strbuf_add(&r->text, (fpt_str){text, (size_t)len});
    if (r->text.failed) stop(r, true);
}

static void XMLCALL on_type(void *context, const XML_Char *name,
                            const XML_Char *system, const XML_Char *public_id,
                            int internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)internal;
    stop(context, false);
}

static bool deeper(reader *r)
{
    if (++r->depth <= DEPTH_MOST) return true;
    stop(r, false);
    return false;
}

static void begin_text(reader *r)
{
    r->text = fpt_strbuf_make(r->arena);
    r->wants_text = true;
}

static fpt_str end_text(reader *r)
{
    r->wants_text = false;
    return r->text.failed ? FPT_STR("") : fpt_strbuf_view(&r->text);
}

typedef void(XMLCALL *on_start)(void *, const XML_Char *, const XML_Char **);
typedef void(XMLCALL *on_end)(void *, const XML_Char *);

static fpt_status parse(reader *r, fpt_str xml, on_start start, on_end end,
                        const char *name, fpt_error *err)
{
    if (xml.len > INT32_MAX)
        return fpt_fail(err, FPT_ERR_INPUT, "%s: a part is too large", name);
    r->parser = XML_ParserCreate("UTF-8");
    if (r->parser == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    r->depth = 0;
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, start, end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_type);
    const bool good =
        XML_Parse(r->parser, xml.data, (int)xml.len, 1) == XML_STATUS_OK;
    const unsigned long line = XML_GetCurrentLineNumber(r->parser);
    const char *what = XML_ErrorString(XML_GetErrorCode(r->parser));
    XML_ParserFree(r->parser);
    r->parser = NULL;
    if (r->no_memory) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    if (r->refused)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: this workbook declares a document type, or is too "
                        "deep or too large",
                        name);
    if (!good)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: a part of the workbook is no XML (its line %lu: "
                        "%s)",
                        name, line, what != NULL ? what : "damaged");
    return FPT_OK;
}

/* ---- the list of sheets ---- */

static fpt_str keep(reader *r, const char *text)
{
    const fpt_str kept =
        fpt_str_keep(r->arena, fpt_str_from(text != NULL ? text : ""));
    if (kept.data == NULL) stop(r, true);
    return kept;
}

static void XMLCALL book_start(void *context, const XML_Char *name,
                               const XML_Char **attributes)
{
    reader *r = context;
    if (!deeper(r) || strcmp(local(name), "sheet") != 0) return;
    if (r->count == FPT_WORKBOOK_SHEETS_MOST) {
        stop(r, false);
        return;
    }
    r->sheet[r->count].name = keep(r, attribute(attributes, "name"));
    r->link[r->count++].id = keep(r, attribute(attributes, "id"));
}

static void XMLCALL any_end(void *context, const XML_Char *name)
{
    (void)name;
    ((reader *)context)->depth--;
}

static void XMLCALL links_start(void *context, const XML_Char *name,
                                const XML_Char **attributes)
{
    reader *r = context;
    const char *id = attribute(attributes, "Id");
    if (!deeper(r) || strcmp(local(name), "Relationship") != 0 || id == NULL)
        return;
    for (size_t i = 0; i < r->count; i++)
        if (fpt_str_equal(r->link[i].id, fpt_str_from(id)))
            r->link[i].target = keep(r, attribute(attributes, "Target"));
}

/* ---- strings kept apart ---- */

static void XMLCALL strings_start(void *context, const XML_Char *name,
                                  const XML_Char **attributes)
{
    reader *r = context;
    (void)attributes;
    if (!deeper(r)) return;
    if (strcmp(local(name), "si") == 0) begin_text(r);
    if (strcmp(local(name), "rPh") == 0) r->in_phonetic = true;
    /* Blanks between elements are not text of a string. */
    if (strcmp(local(name), "si") == 0) r->wants_text = false;
    if (strcmp(local(name), "t") == 0) r->wants_text = true;
}

static void XMLCALL strings_end(void *context, const XML_Char *name)
{
    reader *r = context;
    r->depth--;
    if (strcmp(local(name), "rPh") == 0) r->in_phonetic = false;
    if (strcmp(local(name), "t") == 0) r->wants_text = false;
    if (strcmp(local(name), "si") != 0) return;
    if (r->strings >= FPT_WORKBOOK_CELLS_MOST) {
        stop(r, false);
        return;
    }
    fpt_str *made =
        grown(r, r->string, r->strings, &r->string_room, sizeof *made);
    if (made == NULL) return;
    r->string = made;
    r->string[r->strings++] = end_text(r);
}

/* ---- cells ---- */

/* B12: column 1; SIZE_MAX when it is none. */
static size_t column_of(const char *place)
{
    size_t column = 0, letters = 0;
    for (; place[letters] >= 'A' && place[letters] <= 'Z'; letters++) {
        if (letters == 3) return SIZE_MAX;
        column = 26 * column + (size_t)(place[letters] - 'A') + 1;
    }
    return letters == 0 ? SIZE_MAX : column - 1;
}

static void start_cell(reader *r, const XML_Char **attributes)
{
    const char *place = attribute(attributes, "r");
    const char *type = attribute(attributes, "t");
    if (place != NULL) r->column = column_of(place);
    if (r->column >= COLUMNS_MOST || ++r->cells > FPT_WORKBOOK_CELLS_MOST) {
        stop(r, false);
        return;
    }
    r->type = type == NULL                     ? 'n'
              : strcmp(type, "s") == 0         ? 's'
              : strcmp(type, "inlineStr") == 0 ? 't'
              : strcmp(type, "str") == 0       ? 't'
              : strcmp(type, "b") == 0         ? 'b'
              : strcmp(type, "e") == 0         ? 't'
                                               : 'n';
    r->in_cell = true;
    begin_text(r);
    r->wants_text = false;
}

static void XMLCALL cells_start(void *context, const XML_Char *name,
                                const XML_Char **attributes)
{
    reader *r = context;
    const char *what = local(name);
    if (!deeper(r)) return;
    if (strcmp(what, "row") == 0) {
        r->column = r->used = 0;
        for (size_t i = 0; i < COLUMNS_MOST; i++)
            r->cell[i] = FPT_STR("");
    } else if (strcmp(what, "c") == 0) {
        start_cell(r, attributes);
    } else if (r->in_cell &&
               (strcmp(what, "v") == 0 || strcmp(what, "t") == 0)) {
        r->wants_text = true;
    } else if (strcmp(what, "rPh") == 0) {
        r->in_phonetic = true;
    }
}

/* A number in the form in which this project prints it. */
static fpt_str number_text(reader *r, fpt_str text)
{
    double value;
    char printed[FPT_NUMBER_BYTES];
    if (!fpt_parse_double(text, &value)) return text;
    return fpt_str_keep(r->arena,
                        (fpt_str){printed, fpt_print_double(value, printed)});
}

static void end_cell(reader *r)
{
    fpt_str text = end_text(r);
    int64_t index;
    r->in_cell = false;
    if (r->type == 's')
        text = fpt_parse_int64(text, &index) && index >= 0 &&
                       (uint64_t)index < r->strings
                   ? r->string[index]
                   : FPT_STR("");
    else if (r->type == 'b')
        text =
            fpt_str_equal(text, FPT_STR("1")) ? FPT_STR("yes") : FPT_STR("no");
    else if (r->type == 'n')
        text = number_text(r, text);
    if (text.data == NULL) text = FPT_STR("");
    r->cell[r->column++] = text;
    if (text.len > 0) r->used = r->column;
}

static void end_row(reader *r)
{
    if (r->used == 0) return; /* nothing in it */
    fpt_sheet_row *made = grown(r, r->row, r->rows, &r->row_room, sizeof *made);
    fpt_str *cells = FPT_NEW(r->arena, fpt_str, r->used);
    if (made == NULL || cells == NULL) {
        stop(r, true);
        return;
    }
    memcpy(cells, r->cell, r->used * sizeof *cells);
    r->row = made;
    r->row[r->rows++] = (fpt_sheet_row){r->used, cells};
    r->used = 0;
}

static void XMLCALL cells_end(void *context, const XML_Char *name)
{
    reader *r = context;
    const char *what = local(name);
    r->depth--;
    if (strcmp(what, "row") == 0)
        end_row(r);
    else if (strcmp(what, "c") == 0 && r->in_cell && r->column < COLUMNS_MOST)
        end_cell(r);
    else if (strcmp(what, "v") == 0 || strcmp(what, "t") == 0)
        r->wants_text = false;
    else if (strcmp(what, "rPh") == 0)
        r->in_phonetic = false;
}

/* ---- the whole ---- */

static fpt_status need(fpt_arena *arena, fpti_archive *a, fpt_str part,
                       fpt_str *out, fpt_error *err)
{
    bool found;
    FPT_TRY(fpti_archive_part(arena, a, part, out, &found, err));
    if (found) return FPT_OK;
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s: this is no workbook (.xlsx): it has no part %.*s",
                    a->name, FPT_STR_ARG(part));
}

static fpt_status read_strings(reader *r, fpti_archive *a, fpt_error *err)
{
    fpt_str xml;
    bool found;
    FPT_TRY(fpti_archive_part(r->arena, a, FPT_STR("xl/sharedStrings.xml"),
                              &xml, &found, err));
    return found ? parse(r, xml, strings_start, strings_end, a->name, err)
                 : FPT_OK;
}

static fpt_status read_sheet(reader *r, fpti_archive *a, size_t index,
                             fpt_error *err)
{
    fpt_str xml;
    fpt_strbuf path = fpt_strbuf_make(r->arena);
    const fpt_str target = r->link[index].target;
    if (target.len > 0 && target.data[0] == '/')
        fpt_strbuf_add(&path, fpt_str_slice(target, 1, target.len));
    else
        fpt_strbuf_print(&path, "xl/%.*s", FPT_STR_ARG(target));
    if (path.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(need(r->arena, a, fpt_strbuf_view(&path), &xml, err));
    r->row = NULL;
    r->rows = r->row_room = r->used = r->column = 0;
    r->in_cell = r->wants_text = r->in_phonetic = false;
    FPT_TRY(parse(r, xml, cells_start, cells_end, a->name, err));
    r->sheet[index].count = r->rows;
    r->sheet[index].row = r->row;
    return FPT_OK;
}

fpt_status fpt_workbook_read(fpt_arena *arena, const char *name, fpt_str bytes,
                             size_t *count, fpt_sheet **out, fpt_error *err)
{
    fpti_archive archive;
    fpt_str xml;
    reader r = {.arena = arena,
                .sheet = FPT_NEW(arena, fpt_sheet, FPT_WORKBOOK_SHEETS_MOST),
                .link = FPT_NEW(arena, link, FPT_WORKBOOK_SHEETS_MOST),
                .cell = FPT_NEW(arena, fpt_str, COLUMNS_MOST)};
    if (r.sheet == NULL || r.link == NULL || r.cell == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(fpti_archive_open(arena, name, bytes, &archive, err));
    FPT_TRY(need(arena, &archive, FPT_STR("xl/workbook.xml"), &xml, err));
    FPT_TRY(parse(&r, xml, book_start, any_end, name, err));
    FPT_TRY(need(arena, &archive, FPT_STR("xl/_rels/workbook.xml.rels"), &xml,
                 err));
    FPT_TRY(parse(&r, xml, links_start, any_end, name, err));
    FPT_TRY(read_strings(&r, &archive, err));
    for (size_t i = 0; i < r.count; i++)
        FPT_TRY(read_sheet(&r, &archive, i, err));
    *count = r.count;
    *out = r.sheet;
    return FPT_OK;
}
