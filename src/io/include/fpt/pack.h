/**
 * @file pack.h
 * @brief Where packs are found: packs/KIND/NAME/VERSION/pack.yaml.
 *
 * Policy is data. A pack is a folder with a pack.yaml, tables beside it, a
 * README and expected results; its version is the name of the folder.
 */
#ifndef FPT_PACK_H
#define FPT_PACK_H

#include "fpt/file.h"
#include "fpt/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Folders that hold packs, searched in order: a workspace's own first. */
typedef struct fpt_pack_path {
    size_t count;
    const char *const *folder;
} fpt_pack_path;

typedef struct fpt_pack {
    fpt_str kind, name, version;
    char *folder;
    fpt_yaml yaml;   /**< of pack.yaml */
    char sha256[65]; /**< of pack.yaml */
} fpt_pack;

/** Names of all packs of a kind, in order, each once. */
FPT_MUST_CHECK fpt_status fpt_pack_list(fpt_arena *arena,
                                        const fpt_pack_path *path,
                                        const char *kind, size_t *count,
                                        fpt_str **names, fpt_error *err);

/** Versions of a pack in natural order (2 before 10, 2016 before 2017): the
 *  folders that hold a pack.yaml. FPT_ERR_NOT_FOUND for what is no name. */
FPT_MUST_CHECK fpt_status fpt_pack_versions(fpt_arena *arena,
                                            const fpt_pack_path *path,
                                            const char *kind, fpt_str name,
                                            size_t *count, fpt_str **versions,
                                            fpt_error *err);

/**
 * Read a pack; an empty version means the newest.
 *
 * Errors   FPT_ERR_NOT_FOUND, with the names that come nearest; FPT_ERR_INPUT.
 */
FPT_MUST_CHECK fpt_status fpt_pack_open(fpt_arena *arena,
                                        const fpt_pack_path *path,
                                        const char *kind, fpt_str name,
                                        fpt_str version, fpt_pack *out,
                                        fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PACK_H */
