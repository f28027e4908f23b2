/**
 * @file publish.h
 * @brief Results to pages: a static site that anyone can read.
 *
 * The site is plain files: it works from a folder, a memory stick or any web
 * server, without JavaScript (charts need it; their tables do not), and asks
 * nothing of any other host. It is made beside the old one and takes its place
 * when it is whole.
 *
 * Only what can be traced is published: every figure links to the page that
 * says how it was computed, from which parts and which files.
 */
#ifndef FPT_PUBLISH_H
#define FPT_PUBLISH_H

#include "fpt/measure.h"
#include "fpt/workspace.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_publish_options {
    size_t struct_size;
    const fpt_pack_path *packs;
    const char *assets; /**< folder of style sheets and scripts to copy */
    const char *out;    /**< folder of the site */
    fpt_date today;     /**< printed as the day of publication */
    const fpt_log *log; /**< NULL: silence */
} fpt_publish_options;

typedef struct fpt_publish_result {
    int64_t pages, files, bytes;
} fpt_publish_result;

/**
 * Write the site of a workspace.
 *
 * Errors   FPT_ERR_NOT_FOUND: nothing was measured yet, or the assets are not
 *          there; FPT_ERR_USAGE: the figures are older than the last load, or
 *          `out` is a folder that is not a site; FPT_ERR_IO: the old site, if
 *          any, is as it was.
 * Threads  one.
 */
FPT_MUST_CHECK fpt_status fpt_publish(const fpt_workspace *workspace,
                                      fpt_registry *registry,
                                      const fpt_tiers *tiers,
                                      const fpt_publish_options *options,
                                      fpt_publish_result *out, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PUBLISH_H */
