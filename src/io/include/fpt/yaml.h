/**
 * @file yaml.h
 * @brief Packs and plans as trees that remember their lines.
 *
 * A reader takes each key that it knows; at the end it asks which keys nobody
 * took, and those are errors with file and line. Anchors, aliases and tags are
 * refused: a pack means what it says where it says it.
 */
#ifndef FPT_YAML_H
#define FPT_YAML_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_yaml_kind {
    FPT_YAML_SCALAR,
    FPT_YAML_LIST,
    FPT_YAML_MAP
} fpt_yaml_kind;

typedef struct fpt_yaml {
    fpt_yaml_kind kind;
    const char *file;         /**< for messages */
    int line, column;         /**< from 1 */
    int key_line, key_column; /**< of its key, for a value in a map; else 0 */
    fpt_str text;             /**< of a scalar */
    bool quoted;  /**< the scalar was quoted: "null" is text, null is not */
    size_t count; /**< items of a list, pairs of a map */
    fpt_str *key; /**< of a map, in the order of the file */
    struct fpt_yaml *item;
    bool taken; /**< somebody asked for this value */
} fpt_yaml;

/**
 * Read a file or a text.
 *
 * Errors   FPT_ERR_INPUT: "FILE:LINE:COLUMN: what is wrong"; a key twice in one
 *          map; more than 64 levels; more than one document.
 * Memory   the tree lives in the arena.
 */
FPT_MUST_CHECK fpt_status fpt_yaml_read(fpt_arena *arena, const char *path,
                                        fpt_yaml *out, fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_yaml_parse(fpt_arena *arena, const char *name,
                                         fpt_str text, fpt_yaml *out,
                                         fpt_error *err);

/** The value of a key, marked as taken, or NULL; also NULL for null and ~. */
fpt_yaml *fpt_yaml_find(fpt_yaml *map, const char *key);

/* Typed values. `required` decides what a missing key is: FPT_ERR_INPUT, or
 * *out left as it is. A value of another type is always FPT_ERR_INPUT. */
FPT_MUST_CHECK fpt_status fpt_yaml_text(fpt_yaml *map, const char *key,
                                        bool required, fpt_str *out,
                                        fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_yaml_int64(fpt_yaml *map, const char *key,
                                         bool required, int64_t *out,
                                         fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_yaml_double(fpt_yaml *map, const char *key,
                                          bool required, double *out,
                                          fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_yaml_bool(fpt_yaml *map, const char *key,
                                        bool required, bool *out,
                                        fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_yaml_date(fpt_yaml *map, const char *key,
                                        bool required, fpt_date *out,
                                        fpt_error *err);

/** One of `count` words; *out gets its index. The message lists them. */
FPT_MUST_CHECK fpt_status fpt_yaml_choice(fpt_yaml *map, const char *key,
                                          bool required,
                                          const char *const *words,
                                          size_t count, int *out,
                                          fpt_error *err);

/** A map or a list under a key; NULL in *out when missing and not required. */
FPT_MUST_CHECK fpt_status fpt_yaml_map(fpt_yaml *map, const char *key,
                                       bool required, fpt_yaml **out,
                                       fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_yaml_list(fpt_yaml *map, const char *key,
                                        bool required, fpt_yaml **out,
                                        fpt_error *err);

/** A list of texts, or one text as a list of one; none when it is missing. */
FPT_MUST_CHECK fpt_status fpt_yaml_texts(fpt_arena *arena, fpt_yaml *map,
                                         const char *key, bool required,
                                         size_t *count, fpt_str **out,
                                         fpt_error *err);

/** FPT_ERR_INPUT that names the first key, anywhere below, that nobody took. */
FPT_MUST_CHECK fpt_status fpt_yaml_all_taken(const fpt_yaml *node,
                                             fpt_error *err);

/** "FILE:LINE:COLUMN: " + the message, with FPT_ERR_INPUT. */
fpt_status fpt_yaml_fail(const fpt_yaml *node, fpt_error *err,
                         const char *format, ...) FPT_PRINTF(3, 4);

/** Mark a whole subtree as taken: its reader is someone else. */
void fpt_yaml_take_all(fpt_yaml *node);

#ifdef __cplusplus
}
#endif
#endif /* FPT_YAML_H */
