/*
 * Any bytes as a workbook, or (first byte odd) as the cells of one sheet in a
 * sound archive, so that the search gets past check sums. What is read must be
 * written and read again to the same text.
 */
#include "fuzz.h"

#include "sheet_i.h"

static fpt_str archive_around(fpt_arena *arena, fpt_str cells)
{
    static const char *const part[][2] = {
        {"xl/workbook.xml",
         "<w><sheets><sheet name='t.csv' id='1'/></sheets></w>"},
        {"xl/_rels/workbook.xml.rels",
         "<R><Relationship Id='1' Target='one.xml'/></R>"},
        {"xl/sharedStrings.xml", "<s><si><t>a</t></si><si><t>b</t></si></s>"}};
    fpt_strbuf *out = FPT_NEW(arena, fpt_strbuf, 1);
    FPT_REQUIRE(out != NULL);
    *out = fpt_strbuf_make(arena);
    fpti_zip zip = {.arena = arena, .out = out, .list = fpt_strbuf_make(arena)};
    for (size_t i = 0; i < 3; i++)
        FPT_REQUIRE(fpti_zip_add(&zip, part[i][0], fpt_str_from(part[i][1])) ==
                    FPT_OK);
    FPT_REQUIRE(fpti_zip_add(&zip, "xl/one.xml", cells) == FPT_OK);
    FPT_REQUIRE(fpti_zip_end(&zip) == FPT_OK);
    return fpt_strbuf_view(out);
}

static fpt_str text_of(fpt_arena *arena, size_t count, const fpt_sheet *sheet)
{
    fpt_output out = fpt_output_memory(arena);
    for (size_t i = 0; i < count; i++)
        fpt_sheet_to_text(&sheet[i], &out);
    FPT_REQUIRE(!out.failed);
    return fpt_strbuf_view(&out.text);
}

static bool names_fit(size_t count, const fpt_sheet *sheet)
{
    for (size_t i = 0; i < count; i++)
        if (sheet[i].name.len == 0 || sheet[i].name.len > 31) return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpt_arena arena = fuzz_arena();
    const unsigned first = fuzz_take_byte(&data, &size);
    fpt_str bytes = fuzz_text(data, size);
    fpt_sheet *sheet, *again;
    size_t count, second;
    fpt_strbuf out;
    fpt_error err = {0};
    if ((first & 1) != 0) bytes = archive_around(&arena, bytes);
    const fpt_status status =
        fpt_workbook_read(&arena, "w", bytes, &count, &sheet, &err);
    FPT_REQUIRE(status == FPT_OK || err.text[0] != '\0');
    if (status == FPT_OK && names_fit(count, sheet)) {
        FPT_REQUIRE(fpt_workbook_write(&arena, count, sheet, &out, &err) ==
                    FPT_OK);
        FPT_REQUIRE(fpt_workbook_read(&arena, "w", fpt_strbuf_view(&out),
                                      &second, &again, &err) == FPT_OK);
        FPT_REQUIRE(count == second);
        FPT_REQUIRE(fpt_str_equal(text_of(&arena, count, sheet),
                                  text_of(&arena, count, again)));
    }
    fpt_arena_clear(&arena);
    return 0;
}
