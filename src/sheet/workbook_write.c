/*
 * Writing a workbook: the least that spreadsheets open. Text stands in the cells
 * themselves, so that there is no table of strings to keep.
 */
#include <string.h>

#include "sheet_i.h"

enum { NAME_MOST = 31 };

static void add_escaped(fpt_output *out, fpt_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (byte == '&')
            fpt_output_add(out, FPT_STR("&amp;"));
        else if (byte == '<')
            fpt_output_add(out, FPT_STR("&lt;"));
        else if (byte == '>')
            fpt_output_add(out, FPT_STR("&gt;"));
        else if (byte == '"')
            fpt_output_add(out, FPT_STR("&quot;"));
        else if (byte == '\t' || byte == '\n' || byte == '\r')
            fpt_output_print(out, "&#%d;", byte); /* else made a blank */
        else if (byte < 0x20)
            fpt_output_add_char(out, ' '); /* no character of XML */
        else
            fpt_output_add_char(out, (char)byte);
    }
}

/* A1, B1 ... */
static void add_place(fpt_output *out, size_t row, size_t column)
{
    char text[8];
    size_t at = sizeof text;
    for (size_t c = column + 1; c > 0; c = (c - 1) / 26)
        text[--at] = (char)('A' + (c - 1) % 26);
    fpt_output_add(out, (fpt_str){text + at, sizeof text - at});
    fpt_output_add_int64(out, (int64_t)row + 1);
}

/* Printed as it stands there: nothing is lost by making it a number. */
static bool is_number(fpt_str text)
{
    double value;
    char again[FPT_NUMBER_BYTES];
    if (text.len == 0 || text.len > 15 || !fpt_parse_double(text, &value) ||
        strchr("-.0123456789", text.data[0]) == NULL)
        return false;
    const fpt_str printed = {again, fpt_print_double(value, again)};
    return fpt_str_equal(printed, text);
}

static void add_cell(fpt_output *out, size_t row, size_t column, fpt_str text)
{
    if (text.len == 0) return;
    fpt_output_add(out, FPT_STR("<c r=\""));
    add_place(out, row, column);
    if (is_number(text)) {
        fpt_output_add(out, FPT_STR("\"><v>"));
        fpt_output_add(out, text);
        fpt_output_add(out, FPT_STR("</v></c>"));
        return;
    }
    fpt_output_add(out, FPT_STR("\" t=\"inlineStr\"><is><t "
                                "xml:space=\"preserve\">"));
    add_escaped(out, text);
    fpt_output_add(out, FPT_STR("</t></is></c>"));
}

static const char xml_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS                                                              \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

static fpt_status add_part(fpti_zip *zip, const char *name, fpt_output *part)
{
    if (part->failed || part->text.failed) return FPT_ERR_MEMORY;
    return fpti_zip_add(zip, name, fpt_strbuf_view(&part->text));
}

static fpt_output begin(fpt_arena *arena)
{
    fpt_output out = fpt_output_memory(arena);
    fpt_output_add(&out, fpt_str_from(xml_head));
    return out;
}

static fpt_status add_frame(fpti_zip *zip, size_t count,
                            const fpt_sheet *sheets)
{
    fpt_output types = begin(zip->arena), book = begin(zip->arena);
    fpt_output links = begin(zip->arena), root = begin(zip->arena);
    fpt_output_add(
        &types,
        FPT_STR("<Types xmlns=\"" PACKAGE "content-types\"><Default "
                "Extension=\"rels\" ContentType=\"application/"
                "vnd.openxmlformats-package.relationships+xml\"/><Default "
                "Extension=\"xml\" ContentType=\"application/xml\"/><Override "
                "PartName=\"/xl/workbook.xml\" ContentType=\"application/"
                "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+"
                "xml\"/>"));
    fpt_output_add(&root, FPT_STR("<Relationships xmlns=\"" PACKAGE
                                  "relationships\"><Relationship Id=\"rId1\" "
                                  "Type=\"" RELATIONS
                                  "/officeDocument\" Target=\"xl/workbook.xml\""
                                  "/></Relationships>"));
    fpt_output_add(&book, FPT_STR("<workbook xmlns=\"" MAIN
                                  "\" xmlns:r=\"" RELATIONS "\"><sheets>"));
    fpt_output_add(
        &links, FPT_STR("<Relationships xmlns=\"" PACKAGE "relationships\">"));
    for (size_t i = 0; i < count; i++) {
        fpt_output_print(&types,
                         "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
                         "ContentType=\"application/vnd.openxmlformats-"
                         "officedocument.spreadsheetml.worksheet+xml\"/>",
                         i + 1);
        fpt_output_add(&book, FPT_STR("<sheet name=\""));
        add_escaped(&book, sheets[i].name);
        fpt_output_print(&book, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1,
                         i + 1);
        fpt_output_print(&links,
                         "<Relationship Id=\"rId%zu\" Type=\"" RELATIONS
                         "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                         i + 1, i + 1);
    }
    fpt_output_add(&types, FPT_STR("</Types>"));
    fpt_output_add(&book, FPT_STR("</sheets></workbook>"));
    fpt_output_add(&links, FPT_STR("</Relationships>"));
    FPT_TRY(add_part(zip, "[Content_Types].xml", &types));
    FPT_TRY(add_part(zip, "_rels/.rels", &root));
    FPT_TRY(add_part(zip, "xl/workbook.xml", &book));
    return add_part(zip, "xl/_rels/workbook.xml.rels", &links);
}

static fpt_status add_sheet(fpti_zip *zip, size_t index, const fpt_sheet *sheet)
{
    fpt_output out = begin(zip->arena);
    fpt_strbuf name = fpt_strbuf_make(zip->arena);
    fpt_output_add(&out, FPT_STR("<worksheet xmlns=\"" MAIN "\"><sheetData>"));
    for (size_t r = 0; r < sheet->count; r++) {
        fpt_output_print(&out, "<row r=\"%zu\">", r + 1);
        for (size_t c = 0; c < sheet->row[r].count; c++)
            add_cell(&out, r, c, sheet->row[r].cell[c]);
        fpt_output_add(&out, FPT_STR("</row>"));
    }
    fpt_output_add(&out, FPT_STR("</sheetData></worksheet>"));
    fpt_strbuf_print(&name, "xl/worksheets/sheet%zu.xml", index + 1);
    if (name.failed) return FPT_ERR_MEMORY;
    return add_part(zip, fpt_strbuf_view(&name).data, &out);
}

fpt_status fpt_workbook_write(fpt_arena *arena, size_t count,
                              const fpt_sheet *sheets, fpt_strbuf *out,
                              fpt_error *err)
{
    *out = fpt_strbuf_make(arena);
    fpti_zip zip = {.arena = arena, .out = out, .list = fpt_strbuf_make(arena)};
    for (size_t i = 0; i < count; i++)
        if (sheets[i].name.len == 0 || sheets[i].name.len > NAME_MOST)
            return fpt_fail(err, FPT_ERR_RANGE,
                            "\"%.*s\": the name of a sheet has 1 to %d bytes",
                            FPT_STR_ARG(sheets[i].name), NAME_MOST);
    fpt_status status = add_frame(&zip, count, sheets);
    for (size_t i = 0; i < count && status == FPT_OK; i++)
        status = add_sheet(&zip, i, &sheets[i]);
    if (status == FPT_OK) status = fpti_zip_end(&zip);
    if (status == FPT_OK) return FPT_OK;
    return fpt_fail(err, status,
                    status == FPT_ERR_MEMORY ? "no memory for the workbook"
                                             : "the workbook is too large");
}
