#include "fpt/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

struct work {
    size_t count;
    fpt_task task;
    void *context;
    atomic_size_t next;
    pthread_mutex_t lock; /* guards the two below */
    size_t failed_index;
    fpt_status failed_status;
    atomic_bool failed;
};

static void *work_until_done(void *argument)
{
    struct work *work = argument;
    while (!atomic_load(&work->failed)) {
        const size_t index = atomic_fetch_add(&work->next, 1);
        if (index >= work->count) break;
        const fpt_status status = work->task(index, work->context);
        if (status == FPT_OK) continue;
        pthread_mutex_lock(&work->lock);
        if (!atomic_load(&work->failed) || index < work->failed_index) {
            work->failed_index = index;
            work->failed_status = status;
        }
        atomic_store(&work->failed, true);
        pthread_mutex_unlock(&work->lock);
    }
    return NULL;
}

unsigned fpt_parallel_processors(void)
{
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (FPT_NEVER(online < 1)) return 1;
    if (FPT_NEVER(online > MOST_THREADS)) return MOST_THREADS;
    return (unsigned)online;
}

fpt_status fpt_parallel(size_t count, unsigned threads, fpt_task task,
                        void *context)
{
    if (threads == 0) threads = fpt_parallel_processors();
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    if (threads > count) threads = (unsigned)count;

    struct work work = {.count = count, .task = task, .context = context};
    pthread_mutex_init(&work.lock, NULL);
    pthread_t others[MOST_THREADS];
    unsigned started = 0;
    /* This thread works too, so one fewer is made. A thread that cannot be
     * made is no failure: the work is done by those that are there. */
    while (started + 1 < threads &&
           pthread_create(&others[started], NULL, work_until_done, &work) == 0)
        started++;
    work_until_done(&work);
    for (unsigned i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    pthread_mutex_destroy(&work.lock);
    return work.failed_status;
}
