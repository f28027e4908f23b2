/**
 * @file workspace.h
 * @brief A folder that a person can read, and the ledger that it stands on.
 *
 *     footprint.yaml     what this workspace is
 *     sources/SHA256     every file that was loaded, by digest
 *     warehouse.duckdb   facts; can be made again from sources/ and the ledger
 *     ledger.sqlite      decisions, in order, each sealed by the one before
 *     site/              what was published
 *
 * The ledger decides: a load counts when its entry is there. When the warehouse
 * knows other loads than the ledger (a crash between the two, a deleted file),
 * fpt_workspace_open() says so and the warehouse must be made again.
 */
#ifndef FPT_WORKSPACE_H
#define FPT_WORKSPACE_H

#include "fpt/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_workspace {
    fpt_arena arena; /**< lives as long as the workspace */
    const char *folder;
    const char *sources; /**< folder/sources */
    const char *warehouse_path;
    fpt_str title;
    fpt_store *warehouse;
    fpt_store *ledger;
    bool stale;    /**< the warehouse must be made again from the ledger */
    bool outdated; /**< because its tables are those of an earlier version */
} fpt_workspace;

/**
 * Make a workspace in a folder, which is made when it is not there.
 *
 * Errors   FPT_ERR_EXISTS: there is one already; FPT_ERR_IO.
 */
FPT_MUST_CHECK fpt_status fpt_workspace_init(const char *folder, fpt_date today,
                                             fpt_error *err);

/** The nearest folder at or above `from` with a footprint.yaml. */
FPT_MUST_CHECK fpt_status fpt_workspace_find(fpt_arena *arena, const char *from,
                                             char **folder, fpt_error *err);

/**
 * Open a workspace. Read-only leaves both stores to other readers too.
 *
 * Errors   FPT_ERR_NOT_FOUND, FPT_ERR_LOCKED, FPT_ERR_STORE (a ledger whose
 *          seals do not fit is refused: somebody changed it).
 */
FPT_MUST_CHECK fpt_status fpt_workspace_open(const char *folder, bool read_only,
                                             fpt_workspace *out,
                                             fpt_error *err);
void fpt_workspace_close(fpt_workspace *workspace);

/** Throw the warehouse away and open an empty one in its place. */
FPT_MUST_CHECK fpt_status
fpt_workspace_empty_warehouse(fpt_workspace *workspace, fpt_error *err);

/** Remove what is in sources/ and belongs to no load. */
FPT_MUST_CHECK fpt_status fpt_workspace_sweep(fpt_workspace *workspace,
                                              fpt_error *err);

/* ---- the ledger ---- */

/**
 * Add an entry, inside a transaction of the caller's.
 *
 * Shape    kind: a word; body: JSON, one object. *seq gets its number, seal its
 *          digest (either may be NULL).
 * Errors   FPT_ERR_STORE, FPT_ERR_IO, FPT_ERR_LOCKED.
 */
FPT_MUST_CHECK fpt_status fpt_ledger_add(fpt_store *ledger, const char *kind,
                                         fpt_str body, fpt_date on,
                                         int64_t *seq, char seal[65],
                                         fpt_error *err);

typedef struct fpt_ledger_entry {
    int64_t seq;
    fpt_str kind, body;
    fpt_date on;
} fpt_ledger_entry;

/** All entries of a kind (NULL: of every kind), in order. */
FPT_MUST_CHECK fpt_status fpt_ledger_read(fpt_store *ledger, fpt_arena *arena,
                                          const char *kind, size_t *count,
                                          fpt_ledger_entry **out,
                                          fpt_error *err);

/** Is every seal the digest of the entry before it and its own content? The
 *  text names the first entry that is not. */
FPT_MUST_CHECK fpt_status fpt_ledger_verify(fpt_store *ledger, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_WORKSPACE_H */
