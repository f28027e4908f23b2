/* What every cmocka test of the project includes. */
#ifndef FPT_TEST_CHECK_H
#define FPT_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fpt/base.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* cmocka 1.1.5's assert_float_equal works in single precision. */
#define assert_close(actual, expected, tolerance)                              \
    do {                                                                       \
        const double actual_ = (actual), expected_ = (expected);               \
        if (!(fabs(actual_ - expected_) <= (tolerance)))                       \
            fail_msg("%s is %.17g, expected %.17g within %g", #actual,         \
                     actual_, expected_, (double)(tolerance));                 \
    } while (0)

/* Within a fraction of the expected value; 0 must be exact. */
#define assert_relative(actual, expected, tolerance)                           \
    do {                                                                       \
        const double actual_ = (actual), expected_ = (expected);               \
        if (!(fabs(actual_ - expected_) <= fabs(expected_) * (tolerance)))     \
            fail_msg("%s is %.17g, expected %.17g within %g of it", #actual,   \
                     actual_, expected_, (double)(tolerance));                 \
    } while (0)

#define assert_ok(expression)                                                  \
    do {                                                                       \
        const fpt_status status_ = (expression);                               \
        if (status_ != FPT_OK)                                                 \
            fail_msg("%s: %s", #expression, fpt_status_text(status_));         \
    } while (0)

/* The same with the sentence that goes with the failure. */
#define assert_ok_or(expression, err)                                          \
    do {                                                                       \
        const fpt_status status_ = (expression);                               \
        if (status_ != FPT_OK)                                                 \
            fail_msg("%s: %s: %s", #expression, fpt_status_text(status_),      \
                     (err).text);                                              \
    } while (0)

#define assert_str(view, literal)                                              \
    do {                                                                       \
        const fpt_str view_ = (view);                                          \
        const fpt_str want_ = fpt_str_from(literal);                           \
        if (!fpt_str_equal(view_, want_))                                      \
            fail_msg("%s is \"%.*s\", expected \"%.*s\"", #view,               \
                     FPT_STR_ARG(view_), FPT_STR_ARG(want_));                  \
    } while (0)

/* splitmix64: a fixed seed, so that a failure can be run again. */
static inline uint64_t next_random(uint64_t *seed)
{
    uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* An allocator that fails at the Nth call (from 1; 0 never) and counts. */
struct failing {
    size_t calls, fail_at, live;
};

static inline void *failing_allocate(void *context, size_t bytes)
{
    struct failing *state = context;
    if (++state->calls == state->fail_at) return NULL;
    state->live++;
    return malloc(bytes);
}

static inline void failing_release(void *context, void *memory)
{
    struct failing *state = context;
    if (memory != NULL) state->live--;
    free(memory);
}

static inline fpt_allocator failing_allocator(struct failing *state)
{
    return (fpt_allocator){failing_allocate, failing_release, state};
}

typedef fpt_status (*arena_user)(fpt_arena *arena, void *context);

/*
 * Run `use` again and again, each time out of memory at another place, until
 * nothing is left to fail. An arena takes memory in large chunks, so beside the
 * Nth chunk the room that is left in the first one is varied, which makes every
 * small piece meet the end once. Running out must be FPT_ERR_MEMORY; nothing
 * may leak. A user that is slow for its large pieces can take longer steps.
 */
static inline void assert_allocations_may_fail(size_t step, arena_user use,
                                               void *context)
{
    enum { CHUNK = 1 << 16, MOST_LEFT = 2048 };
    bool failed_once = true;
    for (size_t fail_at = 1; failed_once; fail_at++) {
        failed_once = false;
        for (size_t left = 0; left <= MOST_LEFT; left += step) {
            struct failing failing = {.fail_at = fail_at};
            const fpt_allocator allocator = failing_allocator(&failing);
            fpt_arena arena;
            fpt_status status = fpt_arena_init(&arena, &allocator);
            if (status == FPT_OK &&
                fpt_arena_allocate_raw(&arena, CHUNK - left, 1) == NULL)
                status = FPT_ERR_MEMORY;
            if (status == FPT_OK) status = use(&arena, context);
            const bool failed = failing.calls >= fail_at;
            if (status != (failed ? FPT_ERR_MEMORY : FPT_OK))
                fail_msg("allocation %zu with %zu left: %s", fail_at, left,
                         fpt_status_text(status));
            failed_once = failed_once || failed;
            fpt_arena_clear(&arena);
            assert_int_equal(failing.live, 0);
        }
    }
}

static inline void assert_every_allocation_may_fail(arena_user use,
                                                    void *context)
{
    assert_allocations_may_fail(16, use, context);
}

#endif /* FPT_TEST_CHECK_H */
