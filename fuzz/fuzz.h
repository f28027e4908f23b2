/* What the fuzz targets share: taking the input apart, and an arena. A broken
 * invariant stops the program through FPT_REQUIRE. */
#ifndef FPT_FUZZ_H
#define FPT_FUZZ_H

#include <sanitizer/asan_interface.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fpt/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte, which chooses what is done; the rest is the text. */
static inline unsigned fuzz_take_byte(const uint8_t **data, size_t *size)
{
    if (*size == 0) return 0;
    --*size;
    return *(*data)++;
}

static inline fpt_str fuzz_text(const uint8_t *data, size_t size)
{
    return (fpt_str){(const char *)data, size};
}

/*
 * Chunks of arenas are kept from one input to the next: to have the system give
 * and take back their pages is most of the time of a small input. What lies in
 * the pool is poisoned, so that a use after the end is found as ever.
 */
enum { FUZZ_POOL = 48 };
struct fuzz_chunk {
    size_t bytes;
    _Alignas(16) char data[];
};
struct fuzz_pool {
    atomic_flag busy; /* threads of the tested code take from it, too */
    size_t count;
    struct fuzz_chunk *chunk[FUZZ_POOL];
};

static inline void *fuzz_allocate(void *context, size_t bytes)
{
    struct fuzz_pool *pool = context;
    struct fuzz_chunk *found = NULL;
    while (atomic_flag_test_and_set(&pool->busy))
        continue;
    for (size_t i = 0; i < pool->count && found == NULL; i++) {
        if (pool->chunk[i]->bytes != bytes) continue;
        found = pool->chunk[i];
        pool->chunk[i] = pool->chunk[--pool->count];
    }
    atomic_flag_clear(&pool->busy);
    if (found == NULL) found = malloc(sizeof *found + bytes);
    if (found == NULL) return NULL;
    found->bytes = bytes;
    ASAN_UNPOISON_MEMORY_REGION(found->data, bytes);
    return found->data;
}

static inline void fuzz_release(void *context, void *memory)
{
    struct fuzz_pool *pool = context;
    struct fuzz_chunk *chunk =
        (struct fuzz_chunk *)(void *)((char *)memory -
                                      offsetof(struct fuzz_chunk, data));
    while (atomic_flag_test_and_set(&pool->busy))
        continue;
    const bool kept = pool->count < FUZZ_POOL;
    if (kept) {
        ASAN_POISON_MEMORY_REGION(chunk->data, chunk->bytes);
        pool->chunk[pool->count++] = chunk;
    }
    atomic_flag_clear(&pool->busy);
    if (!kept) free(chunk);
}

static inline fpt_arena fuzz_arena(void)
{
    static struct fuzz_pool pool = {.busy = ATOMIC_FLAG_INIT};
    const fpt_allocator allocator = {fuzz_allocate, fuzz_release, &pool};
    fpt_arena arena;
    FPT_REQUIRE(fpt_arena_init(&arena, &allocator) == FPT_OK);
    return arena;
}

#endif /* FPT_FUZZ_H */
