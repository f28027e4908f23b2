/**
 * @file parallel.h
 * @brief Pieces of work on several processors. (behind.h is for work that has an
 *        order.)
 */
#ifndef FPT_PARALLEL_H
#define FPT_PARALLEL_H

#include <stddef.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Do piece `index` of a piece of work; write only what belongs to it. */
typedef fpt_status (*fpt_task)(size_t index, void *context);

/**
 * Run task(0) .. task(count - 1) on up to `threads` threads (0: as many as the
 * machine has). The order of running is not defined; a task must write only
 * its own slot, and the caller sums in the order of the index, so that results
 * do not depend on the number of threads.
 *
 * Errors   the failure of the lowest index that failed; tasks not yet begun
 *          when one fails may be left out. FPT_ERR_MEMORY never: when a thread
 *          cannot be made, the others do its work.
 * Threads  must not be called from within a task.
 */
FPT_MUST_CHECK fpt_status fpt_parallel(size_t count, unsigned threads,
                                       fpt_task task, void *context);

/** How many processors this process may use; at least 1. */
unsigned fpt_parallel_processors(void);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PARALLEL_H */
