/*
 * Memory that runs out inside of a handle, whose arena no test can reach: every
 * allocation that is asked of any arena is counted, and the Nth one fails. The
 * test program is linked with FPT_RATION (test/CMakeLists.txt), which leads the
 * calls here.
 */
#ifndef FPT_TEST_RATION_H
#define FPT_TEST_RATION_H

#include "check.h"

static struct ration {
    size_t calls, fail_at; /* 0: never */
} ration;

static inline bool runs_out(void)
{
    return ++ration.calls == ration.fail_at;
}

fpt_status __real_fpt_arena_init(fpt_arena *, const fpt_allocator *);
fpt_status __wrap_fpt_arena_init(fpt_arena *, const fpt_allocator *);
void *__real_fpt_arena_allocate(fpt_arena *, size_t, size_t);
void *__wrap_fpt_arena_allocate(fpt_arena *, size_t, size_t);
void *__real_fpt_arena_allocate_raw(fpt_arena *, size_t, size_t);
void *__wrap_fpt_arena_allocate_raw(fpt_arena *, size_t, size_t);
void *__real_fpt_arena_grow(fpt_arena *, void *, size_t, size_t, size_t);
void *__wrap_fpt_arena_grow(fpt_arena *, void *, size_t, size_t, size_t);
bool __real_fpt_arena_reserve(fpt_arena *, void **, size_t, size_t *, size_t);
bool __wrap_fpt_arena_reserve(fpt_arena *, void **, size_t, size_t *, size_t);

fpt_status __wrap_fpt_arena_init(fpt_arena *arena, const fpt_allocator *from)
{
    if (!runs_out()) return __real_fpt_arena_init(arena, from);
    memset(arena, 0, sizeof *arena);
    return FPT_ERR_MEMORY;
}

void *__wrap_fpt_arena_allocate(fpt_arena *arena, size_t count, size_t size)
{
    return runs_out() ? NULL : __real_fpt_arena_allocate(arena, count, size);
}

void *__wrap_fpt_arena_allocate_raw(fpt_arena *arena, size_t count, size_t size)
{
    return runs_out() ? NULL
                      : __real_fpt_arena_allocate_raw(arena, count, size);
}

void *__wrap_fpt_arena_grow(fpt_arena *arena, void *old, size_t old_count,
                            size_t new_count, size_t size)
{
    return runs_out()
               ? NULL
               : __real_fpt_arena_grow(arena, old, old_count, new_count, size);
}

bool __wrap_fpt_arena_reserve(fpt_arena *arena, void **items, size_t count,
                              size_t *capacity, size_t size)
{
    return !runs_out() &&
           __real_fpt_arena_reserve(arena, items, count, capacity, size);
}

/*
 * Run `use` with the 1st, 2nd ... allocation failing, until nothing is left to
 * fail; after the first `all` of them only every `step`th. It must answer
 * FPT_ERR_MEMORY, and leave everything so that the next try works.
 */
static inline size_t assert_each_may_run_out(fpt_status (*use)(void *context),
                                             void *context, size_t all,
                                             size_t step)
{
    for (size_t at = 1;; at += at < all ? 1 : step) {
        ration = (struct ration){.fail_at = at};
        const fpt_status status = use(context);
        const bool failed = ration.calls >= at;
        ration = (struct ration){0};
        if (status != (failed ? FPT_ERR_MEMORY : FPT_OK))
            fail_msg("allocation %zu: %s", at, fpt_status_text(status));
        if (!failed) return at;
    }
}

#endif /* FPT_TEST_RATION_H */
