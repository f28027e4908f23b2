/*
 * A list of chunks, and positions in it. Every copy of an fpt_arena shares the
 * list; a copy moves only its own position. When a position needs more than its
 * chunk has left it takes the next chunk of the list, which another copy may
 * have added and left behind, or has a new one inserted.
 */
#include "fpt/arena.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define FPT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FPT_ASAN 1
#endif
#endif
#ifdef FPT_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, bytes) ASAN_POISON_MEMORY_REGION((at), (bytes))
#define UNPOISON(at, bytes) ASAN_UNPOISON_MEMORY_REGION((at), (bytes))
#else
#define POISON(at, bytes) ((void)(at), (void)(bytes))
#define UNPOISON(at, bytes) ((void)(at), (void)(bytes))
#endif

enum { ALIGNMENT = 16, FIRST_CHUNK = 1 << 16, LARGEST_STEP = 1 << 24 };

struct fpt_arena_chunk {
    struct fpt_arena_chunk *next;
    size_t bytes; /* of data */
    _Alignas(ALIGNMENT) char data[];
};

struct fpt_arena_list {
    fpt_allocator allocator;
    struct fpt_arena_chunk *first;
    size_t bytes;
};

static void *libc_allocate(void *context, size_t bytes)
{
    (void)context;
    return malloc(bytes);
}

static void libc_release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

fpt_status fpt_arena_init(fpt_arena *arena, const fpt_allocator *allocator)
{
    static const fpt_allocator libc = {libc_allocate, libc_release, NULL};
    if (arena == NULL) return FPT_ERR_NULL;
    if (allocator == NULL) allocator = &libc;

    *arena = (fpt_arena){0};
    struct fpt_arena_list *list =
        allocator->allocate(allocator->context, sizeof *list);
    if (list == NULL) return FPT_ERR_MEMORY;
    *list = (struct fpt_arena_list){.allocator = *allocator};
    arena->list = list;
    return FPT_OK;
}

fpt_status fpt_arena_init_like(fpt_arena *arena, const fpt_arena *model)
{
    if (model == NULL || model->list == NULL) return FPT_ERR_NULL;
    return fpt_arena_init(arena, &model->list->allocator);
}

void fpt_arena_clear(fpt_arena *arena)
{
    if (arena == NULL || arena->list == NULL) return;
    const fpt_allocator allocator = arena->list->allocator;
    struct fpt_arena_chunk *chunk = arena->list->first;
    while (chunk != NULL) {
        struct fpt_arena_chunk *next = chunk->next;
        UNPOISON(chunk->data, chunk->bytes);
        allocator.release(allocator.context, chunk);
        chunk = next;
    }
    allocator.release(allocator.context, arena->list);
    *arena = (fpt_arena){0};
}

static void stand_at(fpt_arena *arena, struct fpt_arena_chunk *chunk)
{
    arena->chunk = chunk;
    arena->at = chunk != NULL ? chunk->data : NULL;
    arena->end = chunk != NULL ? chunk->data + chunk->bytes : NULL;
    if (chunk != NULL) POISON(chunk->data, chunk->bytes);
}

void fpt_arena_reset(fpt_arena *arena)
{
    FPT_REQUIRE(arena->list != NULL);
    stand_at(arena, arena->list->first);
}

size_t fpt_arena_bytes(const fpt_arena *arena)
{
    return arena->list != NULL ? arena->list->bytes : 0;
}

/* Move to a chunk with room for `bytes`: the next one, or a new one. */
static bool advance(fpt_arena *arena, size_t bytes)
{
    struct fpt_arena_list *list = arena->list;
    struct fpt_arena_chunk **link =
        arena->chunk != NULL ? &arena->chunk->next : &list->first;
    if (*link != NULL && (*link)->bytes >= bytes) {
        stand_at(arena, *link);
        return true;
    }

    size_t size = list->bytes < FIRST_CHUNK    ? FIRST_CHUNK
                  : list->bytes < LARGEST_STEP ? list->bytes
                                               : LARGEST_STEP;
    if (size < bytes) size = bytes;
    if (size > SIZE_MAX - sizeof(struct fpt_arena_chunk)) return false;
    struct fpt_arena_chunk *chunk =
        list->allocator.allocate(list->allocator.context, sizeof *chunk + size);
    if (chunk == NULL) return false;
    chunk->bytes = size;
    chunk->next = *link;
    *link = chunk;
    list->bytes += size;
    stand_at(arena, chunk);
    return true;
}

void *fpt_arena_allocate_raw(fpt_arena *arena, size_t count, size_t size)
{
    FPT_REQUIRE(arena->list != NULL);
    if (size != 0 && count > (SIZE_MAX - ALIGNMENT) / size) return NULL;
    const size_t bytes =
        (count * size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);

    if (arena->at == NULL || (size_t)(arena->end - arena->at) < bytes) {
        if (!advance(arena, bytes)) return NULL;
    }
    char *memory = arena->at;
    UNPOISON(memory, count * size);
    arena->at += bytes;
    return memory;
}

void *fpt_arena_allocate(fpt_arena *arena, size_t count, size_t size)
{
    void *memory = fpt_arena_allocate_raw(arena, count, size);
    if (memory != NULL && count != 0) memset(memory, 0, count * size);
    return memory;
}

void *fpt_arena_grow(fpt_arena *arena, void *old, size_t old_count,
                     size_t new_count, size_t size)
{
    FPT_REQUIRE(new_count >= old_count && (old != NULL || old_count == 0));
    if (size != 0 && new_count > (SIZE_MAX - ALIGNMENT) / size) return NULL;
    const size_t mask = ALIGNMENT - 1;
    const size_t old_bytes = (old_count * size + mask) & ~mask;
    const size_t new_bytes = (new_count * size + mask) & ~mask;
    if (old != NULL && arena->at != NULL &&
        (char *)old + old_bytes == arena->at &&
        (size_t)(arena->end - arena->at) >= new_bytes - old_bytes) {
        UNPOISON(old, new_count * size);
        arena->at += new_bytes - old_bytes;
        return old;
    }
    void *memory = fpt_arena_allocate_raw(arena, new_count, size);
    if (memory != NULL && old_count != 0) memcpy(memory, old, old_count * size);
    return memory;
}

bool fpt_arena_reserve(fpt_arena *arena, void **items, size_t count,
                       size_t *capacity, size_t size)
{
    const size_t larger = *capacity < 8 ? 8 : *capacity + *capacity / 2;
    /* The whole old capacity belongs to the array, not only what is used. */
    void *memory = fpt_arena_grow(arena, *items, *capacity, larger, size);
    if (memory == NULL) return false;
    FPT_ASSERT(count <= *capacity);
    (void)count;
    *items = memory;
    *capacity = larger;
    return true;
}
