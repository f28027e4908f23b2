/**
 * @file output.h
 * @brief Buffered bytes out, to a descriptor or into memory.
 *
 * Writing has no result: a failure sticks, and is asked for once, at the end.
 */
#ifndef FPT_OUTPUT_H
#define FPT_OUTPUT_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { FPT_OUTPUT_BUFFER_BYTES = 1 << 16 };

typedef struct fpt_output {
    int descriptor;  /**< -1: into `text` */
    fpt_strbuf text; /**< what was written, when into memory */
    char *buffer;    /**< from the arena */
    size_t used;
    int failure; /**< errno of the first write that failed; 0 */
    bool failed;
} fpt_output;

/** To an open descriptor, which is not closed. FPT_ERR_MEMORY. */
FPT_MUST_CHECK fpt_status fpt_output_open(fpt_arena *arena, int descriptor,
                                          fpt_output *out);

/** Into memory: read `out->text` when done. */
fpt_output fpt_output_memory(fpt_arena *arena);

void fpt_output_add(fpt_output *out, fpt_str text);
void fpt_output_add_char(fpt_output *out, char byte);
void fpt_output_add_double(fpt_output *out, double value);
void fpt_output_add_int64(fpt_output *out, int64_t value);
void fpt_output_print(fpt_output *out, const char *format, ...)
    FPT_PRINTF(2, 3);

/** Write what is buffered and tell whether all went well. */
FPT_MUST_CHECK fpt_status fpt_output_finish(fpt_output *out, const char *name,
                                            fpt_error *err);

/* ---- CSV out: RFC 4180, LF ---- */

/** One cell; `first` is true for the first of its row. Quoted when needed. */
void fpt_csv_cell(fpt_output *out, bool first, fpt_str text);
void fpt_csv_cell_double(fpt_output *out, bool first, double value);
void fpt_csv_cell_int64(fpt_output *out, bool first, int64_t value);
void fpt_csv_end_row(fpt_output *out);

/* ---- JSON out ---- */

enum { FPT_JSON_DEPTH = 32 };

/** Writes commas, quotes and escapes; two blanks of indent for each level. */
typedef struct fpt_json {
    fpt_output *out;
    int depth;
    bool has_item[FPT_JSON_DEPTH];
    bool after_key;
    bool compact; /**< no blanks, no line ends */
} fpt_json;

fpt_json fpt_json_make(fpt_output *out, bool compact);
void fpt_json_open_object(fpt_json *json);
void fpt_json_close_object(fpt_json *json);
void fpt_json_open_array(fpt_json *json);
void fpt_json_close_array(fpt_json *json);
void fpt_json_key(fpt_json *json, const char *key);
void fpt_json_str(fpt_json *json, fpt_str text);
void fpt_json_int64(fpt_json *json, int64_t value);
void fpt_json_double(fpt_json *json, double value); /**< not finite: null */
void fpt_json_bool(fpt_json *json, bool value);
void fpt_json_null(fpt_json *json);

#ifdef __cplusplus
}
#endif
#endif /* FPT_OUTPUT_H */
