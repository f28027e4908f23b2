/**
 * @file csv.h
 * @brief Delimited text, read a record at a time.
 *
 * Reads what publishers really issue: CRLF or LF, a byte order mark, quoted
 * fields with line ends inside, any one-byte delimiter, Latin-1, gzip. A record
 * that breaks the rules of quoting is handed over with `fault` set, so that it
 * can be set aside; a file that cannot be read on ends the loop with a status.
 */
#ifndef FPT_CSV_H
#define FPT_CSV_H

#include "fpt/input.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_encoding {
    FPT_UTF_8,  /**< checked */
    FPT_LATIN_1 /**< with Windows-1252's letters in 0x80 to 0x9F */
} fpt_encoding;

typedef struct fpt_csv_options {
    size_t struct_size;
    char delimiter;  /**< one byte of the encoding; ASCII when that is UTF-8 */
    bool no_quoting; /**< a quotation mark is an ordinary character */
    fpt_encoding encoding;
    /** Longer ones are refused, so that memory is bounded; 0: 16 MiB. */
    size_t most_record_bytes;
} fpt_csv_options;

/** Comma, quoting, UTF-8. */
fpt_csv_options fpt_csv_options_default(void);

typedef struct fpt_csv {
    /* The record that was read last. Views are valid until the next call. */
    fpt_str *field;
    size_t count;
    int64_t line;       /**< on which the record begins, from 1 */
    const char *fault;  /**< NULL, or what is wrong with its quoting */
    size_t fault_field; /**< where, from 0 */

    struct fpt_csv_state *state;
} fpt_csv;

/**
 * Begin to read. The input stays the caller's to close.
 *
 * Memory   a buffer that grows to the longest record, from the arena.
 * Errors   FPT_ERR_MEMORY; FPT_ERR_USAGE for options that contradict.
 */
FPT_MUST_CHECK fpt_status fpt_csv_open(fpt_arena *arena, fpt_input *input,
                                       const fpt_csv_options *options,
                                       fpt_csv *out, fpt_error *err);

/**
 * The next record, or false at the end or on a failure. A line with nothing on
 * it is a record of one empty field.
 */
bool fpt_csv_next(fpt_csv *csv);

/** Why it ended: FPT_OK at the end of the file, else FPT_ERR_INPUT, FPT_ERR_IO
 *  or FPT_ERR_MEMORY, with line and what to do. */
FPT_MUST_CHECK fpt_status fpt_csv_status(const fpt_csv *csv, fpt_error *err);

/** Bytes read so far, after unpacking. */
uint64_t fpt_csv_bytes(const fpt_csv *csv);

#ifdef __cplusplus
}
#endif
#endif /* FPT_CSV_H */
