/**
 * @file sheet.h
 * @brief Tables to and from a workbook (.xlsx).
 *
 * A sheet is a list of rows of text. A cell whose text is how a number prints is
 * written as a number, so that spreadsheets can reckon with it, and read back to
 * the same text.
 *
 * Not for   .ods and .xls; formulas (their last result is read), dates that a
 *           spreadsheet has turned into numbers.
 */
#ifndef FPT_SHEET_H
#define FPT_SHEET_H

#include "fpt/io.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_sheet_row {
    size_t count;
    const fpt_str *cell;
} fpt_sheet_row;

typedef struct fpt_sheet {
    fpt_str name; /**< at most 31 characters in a workbook */
    size_t count;
    const fpt_sheet_row *row;
} fpt_sheet;

/* ---- text and rows ---- */

/** A text table as rows: CSV where the name ends in .csv (a line that begins
 *  with # is one cell), else a line a cell.
 *  Errors   FPT_ERR_INPUT: a quoted cell that does not end. */
FPT_MUST_CHECK fpt_status fpt_sheet_of_text(fpt_arena *arena, fpt_str name,
                                            fpt_str text, fpt_sheet *out,
                                            fpt_error *err);

/** The other way. Empty cells at the end of a row are left out where the first
 *  row of cells is shorter. */
void fpt_sheet_to_text(const fpt_sheet *sheet, fpt_output *out);

/* ---- workbooks ---- */

/** Write a workbook. The same sheets give the same bytes.
 *  Errors   FPT_ERR_RANGE: a name of more than 31 bytes, or 4 GiB. */
FPT_MUST_CHECK fpt_status fpt_workbook_write(fpt_arena *arena, size_t count,
                                             const fpt_sheet *sheets,
                                             fpt_strbuf *out, fpt_error *err);

enum {
    FPT_WORKBOOK_SHEETS_MOST = 256,
    FPT_WORKBOOK_CELLS_MOST = 4000000,
    FPT_WORKBOOK_BYTES_MOST = 256 << 20 /**< unpacked */
};

/**
 * Read the cells of a workbook.
 *
 * Errors   FPT_ERR_INPUT says what is wrong with the file: no archive, cut off,
 *          check sum, a part that is missing, not XML, too large.
 * Memory   in the arena.
 */
FPT_MUST_CHECK fpt_status fpt_workbook_read(fpt_arena *arena, const char *name,
                                            fpt_str bytes, size_t *count,
                                            fpt_sheet **out, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_SHEET_H */
