/**
 * @file file.h
 * @brief Files and folders: read whole, written whole or not at all.
 */
#ifndef FPT_FILE_H
#define FPT_FILE_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A whole file into memory, NUL-terminated behind its end.
 *
 * Errors   FPT_ERR_NOT_FOUND, FPT_ERR_IO (also for a folder), FPT_ERR_INPUT when
 *          it is longer than `most` bytes, FPT_ERR_MEMORY.
 */
FPT_MUST_CHECK fpt_status fpt_file_read(fpt_arena *arena, const char *path,
                                        size_t most, fpt_str *out,
                                        fpt_error *err);

/**
 * Write a file so that it is either as before or whole: into a neighbour first,
 * flushed to the disk, then renamed. A link is followed.
 *
 * Errors   FPT_ERR_IO, also for a folder, a device or a pipe; the old file, if
 *          any, is then untouched.
 */
FPT_MUST_CHECK fpt_status fpt_file_write(const char *path, fpt_str bytes,
                                         fpt_error *err);

/** Copy a file as above; *sha256 gets the digest of its bytes in hexadecimal
 *  and *bytes its length (both may be NULL). */
FPT_MUST_CHECK fpt_status fpt_file_copy(const char *from, const char *to,
                                        char sha256[65], int64_t *bytes,
                                        fpt_error *err);

FPT_MUST_CHECK fpt_status fpt_file_digest(const char *path, char sha256[65],
                                          int64_t *bytes, fpt_error *err);
void fpt_bytes_digest(fpt_str bytes, char sha256[65]);

FPT_MUST_CHECK fpt_status fpt_file_remove(const char *path, fpt_error *err);

typedef enum fpt_file_kind {
    FPT_FILE_NONE,
    FPT_FILE_REGULAR,
    FPT_FILE_FOLDER,
    FPT_FILE_OTHER
} fpt_file_kind;

fpt_file_kind fpt_file_kind_of(const char *path);

/** Make a folder and those above it; fine when they are there. */
FPT_MUST_CHECK fpt_status fpt_folder_make(const char *path, fpt_error *err);

/** Remove a folder and all below it; links in it are removed, not followed. Fine
 *  when it is not there. */
FPT_MUST_CHECK fpt_status fpt_folder_remove(const char *path, fpt_error *err);

/** Names in a folder, in the order of their bytes, without those that begin
 *  with a point. */
FPT_MUST_CHECK fpt_status fpt_folder_list(fpt_arena *arena, const char *path,
                                          size_t *count, fpt_str **names,
                                          fpt_error *err);

/** Regular files below a folder, as paths relative to it, in order; folders
 *  nested deeper than 16 are refused. */
FPT_MUST_CHECK fpt_status fpt_folder_walk(fpt_arena *arena, const char *path,
                                          size_t *count, fpt_str **paths,
                                          fpt_error *err);

/** folder + "/" + name, NUL-terminated, or NULL without memory. */
char *fpt_path_join(fpt_arena *arena, const char *folder, const char *name);

/** The part behind the last slash. */
const char *fpt_path_name(const char *path);

#ifdef __cplusplus
}
#endif
#endif /* FPT_FILE_H */
