#include "fpt/behind.h"

#include <pthread.h>

#include "fpt/parallel.h"

struct piece {
    fpt_piece run;
    void *owner, *item;
};

struct fpt_behind {
    bool runs; /* the caller's */
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t more;  /* a piece waits, or the end has come */
    pthread_cond_t fewer; /* a piece is done */
    bool ends;
    size_t first, count, most; /* under way, the one in hand among them */
    struct piece *piece;       /* [most], in a ring */
    fpt_status status;         /* the first failure */
    fpt_error error;
};

/* The lock is free while a piece is done: only one thread does any. */
static void do_piece(fpt_behind *b, struct piece piece)
{
    const bool wanted = b->status == FPT_OK;
    fpt_error why = {0};
    if (b->runs) pthread_mutex_unlock(&b->lock);
    const fpt_status status = piece.run(piece.owner, piece.item, wanted, &why);
    if (b->runs) pthread_mutex_lock(&b->lock);
    if (!wanted || status == FPT_OK) return;
    b->status = status;
    b->error = why;
}

static void *work(void *argument)
{
    fpt_behind *b = argument;
    pthread_mutex_lock(&b->lock);
    for (;;) {
        while (b->count == 0 && !b->ends)
            pthread_cond_wait(&b->more, &b->lock);
        if (b->count == 0) break;
        do_piece(b, b->piece[b->first]);
        b->first = (b->first + 1) % b->most;
        b->count--;
        pthread_cond_signal(&b->fewer);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

fpt_status fpt_behind_open(fpt_arena *arena, size_t most, unsigned threads,
                           fpt_behind **out)
{
    fpt_behind *b = FPT_NEW(arena, fpt_behind, 1);
    if (threads == 0) threads = fpt_parallel_processors();
    if (b == NULL) return FPT_ERR_MEMORY;
    b->most = most;
    b->piece = FPT_NEW(arena, struct piece, most);
    if (b->piece == NULL) return FPT_ERR_MEMORY;
    *out = b;
    if (threads < 2) return FPT_OK;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->more, NULL);
    pthread_cond_init(&b->fewer, NULL);
    /* Said before there is a thread that reads it. */
    b->runs = true;
    if (pthread_create(&b->thread, NULL, work, b) == 0) return FPT_OK;
    b->runs = false;
    pthread_cond_destroy(&b->fewer);
    pthread_cond_destroy(&b->more);
    pthread_mutex_destroy(&b->lock);
    return FPT_OK;
}

bool fpt_behind_runs(const fpt_behind *behind)
{
    return behind->runs;
}

static fpt_status tell(const fpt_behind *b, fpt_error *err)
{
    if (b->status != FPT_OK && err != NULL) *err = b->error;
    return b->status;
}

/* With the lock: until no more than `most` are under way. */
static fpt_status wait_for(fpt_behind *b, size_t most, fpt_error *err)
{
    while (b->count > most)
        pthread_cond_wait(&b->fewer, &b->lock);
    return tell(b, err);
}

fpt_status fpt_behind_give(fpt_behind *behind, fpt_piece piece, void *owner,
                           void *item, fpt_error *err)
{
    fpt_behind *b = behind;
    const struct piece given = {piece, owner, item};
    if (!b->runs) {
        do_piece(b, given);
        return tell(b, err);
    }
    pthread_mutex_lock(&b->lock);
    const fpt_status status = wait_for(b, b->most - 1, err);
    b->piece[(b->first + b->count++) % b->most] = given;
    pthread_cond_signal(&b->more);
    pthread_mutex_unlock(&b->lock);
    return status;
}

fpt_status fpt_behind_settle(fpt_behind *behind, fpt_error *err)
{
    fpt_behind *b = behind;
    if (!b->runs) return tell(b, err);
    pthread_mutex_lock(&b->lock);
    const fpt_status status = wait_for(b, 0, err);
    pthread_mutex_unlock(&b->lock);
    return status;
}

void fpt_behind_close(fpt_behind *behind)
{
    fpt_behind *b = behind;
    if (b == NULL || !b->runs) return;
    pthread_mutex_lock(&b->lock);
    b->ends = true;
    pthread_cond_signal(&b->more);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    pthread_cond_destroy(&b->fewer);
    pthread_cond_destroy(&b->more);
    pthread_mutex_destroy(&b->lock);
    b->runs = false;
}
