/**
 * @file behind.h
 * @brief Work done behind the caller's back, one piece after the other.
 *
 * For what must be done in its order but need not be waited for: rows into a
 * database, pages into files. A thread of its own takes the pieces while the caller
 * makes the next ones. (parallel.h shares out pieces that have no order.)
 */
#ifndef FPT_BEHIND_H
#define FPT_BEHIND_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_behind fpt_behind;

/** Do one piece. After a piece has failed those behind it are not `wanted`: they
 *  only let go of what they hold, and what they return is passed over. */
typedef fpt_status (*fpt_piece)(void *owner, void *item, bool wanted,
                                fpt_error *err);

/**
 * At most `most` pieces (1 or more) are under way at a time.
 *
 * Errors   FPT_ERR_MEMORY. On a machine of one processor (threads 1; 0: as many as
 *          there are), and where no thread can be made, there is none, and each
 *          piece is done as it is given.
 * Memory   in the arena, until fpt_behind_close().
 * Threads  the pieces are given by one thread.
 */
FPT_MUST_CHECK fpt_status fpt_behind_open(fpt_arena *arena, size_t most,
                                          unsigned threads, fpt_behind **out);

/** Is there a thread? */
bool fpt_behind_runs(const fpt_behind *behind);

/** Give a piece; waits while `most` are under way. Errors: those of the first piece
 *  that failed, be it long ago; this one is then done all the same, not wanted. */
FPT_MUST_CHECK fpt_status fpt_behind_give(fpt_behind *behind, fpt_piece piece,
                                          void *owner, void *item,
                                          fpt_error *err);

/** Wait until all that was given is done. Errors: likewise. */
FPT_MUST_CHECK fpt_status fpt_behind_settle(fpt_behind *behind, fpt_error *err);

/** Let what was given be done, and end the thread. NULL: nothing. */
void fpt_behind_close(fpt_behind *behind);

#ifdef __cplusplus
}
#endif
#endif /* FPT_BEHIND_H */
