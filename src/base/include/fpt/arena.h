/**
 * @file arena.h
 * @brief Memory with one lifetime: allocated in pieces, freed at once.
 *
 * An arena is a list of chunks and a position in it. What a function returns
 * goes into an `fpt_arena *out`; what it needs only while it runs goes into an
 * `fpt_arena scratch` taken *by value*: the callee moves its own copy of the
 * position, and on return the caller's copy stands where it stood, so the
 * scratch has unwound. Chunks that the copy added stay in the shared list and
 * are used again.
 *
 * The two must be different arenas. An arena belongs to one thread.
 *
 * malloc and free stand in arena.c and nowhere else in the project.
 */
#ifndef FPT_ARENA_H
#define FPT_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Where chunks come from. Tests pass one that fails at the Nth call; everyone
 * else passes NULL to fpt_arena_init() and gets malloc and free.
 */
typedef struct fpt_allocator {
    void *(*allocate)(void *context, size_t bytes);
    void (*release)(void *context, void *memory);
    void *context;
} fpt_allocator;

struct fpt_arena_list;

/** A position in a list of chunks. Copy it to make a scratch. */
typedef struct fpt_arena {
    struct fpt_arena_list *list; /**< shared by all copies */
    struct fpt_arena_chunk *chunk;
    char *at, *end; /**< the free part of `chunk` */
} fpt_arena;

/**
 * Make an empty arena.
 *
 * Errors   FPT_ERR_MEMORY; *arena is then zero and may be cleared.
 * Memory   one small block now, chunks of at least 64 KiB later; all freed by
 *          fpt_arena_clear(). allocator is copied; NULL means malloc and free.
 */
FPT_MUST_CHECK fpt_status fpt_arena_init(fpt_arena *arena,
                                         const fpt_allocator *allocator);

/**
 * Make an empty arena that takes its memory from where another one does: for
 * something with a life of its own inside a function that was handed an arena.
 *
 * Errors   FPT_ERR_MEMORY, as above.
 */
FPT_MUST_CHECK fpt_status fpt_arena_init_like(fpt_arena *arena,
                                              const fpt_arena *model);

/** Free everything. *arena becomes zero; clearing a zero arena does nothing. */
void fpt_arena_clear(fpt_arena *arena);

/** Go back to the first chunk, keeping the memory for reuse. */
void fpt_arena_reset(fpt_arena *arena);

/** Bytes that the arena holds from its allocator, used or not. */
size_t fpt_arena_bytes(const fpt_arena *arena);

/**
 * `count` elements of `size` bytes, zeroed, aligned for any type.
 *
 * Errors   NULL when memory is exhausted or count * size overflows. count 0
 *          gives a pointer that must not be read, not NULL.
 */
void *fpt_arena_allocate(fpt_arena *arena, size_t count, size_t size);

/** As fpt_arena_allocate(), but the bytes are not zeroed. */
void *fpt_arena_allocate_raw(fpt_arena *arena, size_t count, size_t size);

/**
 * A larger copy of an array, in place when it was the last thing allocated.
 *
 * Shape    old_count elements at old (NULL when 0) become new_count elements;
 *          the added ones are not zeroed.
 * Errors   NULL as above; the old array is then as it was.
 */
void *fpt_arena_grow(fpt_arena *arena, void *old, size_t old_count,
                     size_t new_count, size_t size);

/** `count` zeroed objects of type T in an fpt_arena *, or NULL. */
#define FPT_NEW(arena, T, count)                                               \
    ((T *)fpt_arena_allocate((arena), (count), sizeof(T)))

/**
 * Room for one more element at the end of a growing array `items` with `count`
 * used of `capacity`: evaluates to false when memory is exhausted.
 */
#define FPT_RESERVE(arena, items, count, capacity)                             \
    ((count) < (capacity) ||                                                   \
     fpt_arena_reserve((arena), (void **)&(items), (count), &(capacity),       \
                       sizeof *(items)))

/** The work of FPT_RESERVE; call the macro. */
bool fpt_arena_reserve(fpt_arena *arena, void **items, size_t count,
                       size_t *capacity, size_t size);

#ifdef __cplusplus
}
#endif
#endif /* FPT_ARENA_H */
