/**
 * @file input.h
 * @brief Bytes from a file, a descriptor or memory; gzip is opened in place.
 */
#ifndef FPT_INPUT_H
#define FPT_INPUT_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_input fpt_input;

/**
 * Open a file for reading. What begins with the two bytes of gzip is unpacked
 * as it is read, whatever its name; several members follow one another.
 *
 * Errors   FPT_ERR_NOT_FOUND; FPT_ERR_IO, also for a folder.
 * Memory   from the arena; close before the arena is cleared.
 */
FPT_MUST_CHECK fpt_status fpt_input_open(fpt_arena *arena, const char *path,
                                         fpt_input **out, fpt_error *err);

/** The same over bytes that stay where they are, under a name for messages. */
FPT_MUST_CHECK fpt_status fpt_input_open_memory(fpt_arena *arena,
                                                const char *name, fpt_str bytes,
                                                fpt_input **out,
                                                fpt_error *err);

/** The same over an open descriptor (standard input), which is not closed. */
FPT_MUST_CHECK fpt_status fpt_input_open_descriptor(fpt_arena *arena,
                                                    const char *name,
                                                    int descriptor,
                                                    fpt_input **out,
                                                    fpt_error *err);

/**
 * Up to `capacity` bytes; *got is 0 only at the end.
 *
 * Errors   FPT_ERR_INPUT: a gzip file that is damaged or ends too early;
 *          FPT_ERR_IO.
 */
FPT_MUST_CHECK fpt_status fpt_input_read(fpt_input *input, void *buffer,
                                         size_t capacity, size_t *got,
                                         fpt_error *err);

/** What messages call it. */
const char *fpt_input_name(const fpt_input *input);

void fpt_input_close(fpt_input *input);

#ifdef __cplusplus
}
#endif
#endif /* FPT_INPUT_H */
