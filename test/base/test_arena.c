/* Tests for arena.h. */
#include "check.h"

static void test_memory_is_zero_aligned_and_apart(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    unsigned char *before = NULL;
    for (size_t size = 1; size < 5000; size += 37) {
        unsigned char *memory = FPT_NEW(&arena, unsigned char, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xEE, size);
        if (before != NULL) assert_int_equal(before[0], 0xEE);
        before = memory;
    }
    fpt_arena_clear(&arena);
    assert_null(arena.list);
    fpt_arena_clear(&arena); /* twice does nothing */
}

/* A callee's copy takes many chunks; the caller's position has not moved and
 * the memory is used again. */
static size_t use_scratch(fpt_arena scratch)
{
    for (int i = 0; i < 100; i++) {
        char *memory = FPT_NEW(&scratch, char, 10000);
        assert_non_null(memory);
        memset(memory, i, 10000);
    }
    return fpt_arena_bytes(&scratch);
}

static void test_scratch_unwinds_on_return(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    char *kept = FPT_NEW(&arena, char, 100);
    memset(kept, 'k', 100);
    const size_t first = use_scratch(arena);
    for (int i = 0; i < 10; i++)
        assert_int_equal(use_scratch(arena), first); /* nothing new is taken */
    for (int i = 0; i < 100; i++)
        assert_int_equal(kept[i], 'k');
    fpt_arena_clear(&arena);
}

static void test_an_array_grows_in_place_when_last(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    int *array = FPT_NEW(&arena, int, 4);
    for (int i = 0; i < 4; i++)
        array[i] = i;
    int *same = fpt_arena_grow(&arena, array, 4, 100, sizeof *array);
    assert_ptr_equal(same, array);
    (void)FPT_NEW(&arena, char, 1);
    int *moved = fpt_arena_grow(&arena, same, 100, 200, sizeof *array);
    assert_ptr_not_equal(moved, same);
    for (int i = 0; i < 4; i++)
        assert_int_equal(moved[i], i);
    fpt_arena_clear(&arena);
}

static void test_reserve_keeps_every_element(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    uint32_t *items = NULL;
    size_t count = 0, capacity = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        assert_true(FPT_RESERVE(&arena, items, count, capacity));
        items[count++] = i;
        if (i % 1000 == 0) (void)FPT_NEW(&arena, char, 1);
    }
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(items[i], i);
    fpt_arena_clear(&arena);
}

static void test_too_much_is_refused(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    assert_null(fpt_arena_allocate(&arena, SIZE_MAX, 2));
    assert_null(fpt_arena_allocate(&arena, SIZE_MAX / 8, 8));
    assert_null(fpt_arena_grow(&arena, NULL, 0, SIZE_MAX, 2));
    assert_non_null(fpt_arena_allocate(&arena, 0, 8));
    fpt_arena_clear(&arena);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t fail_at = 1; fail_at < 20; fail_at++) {
        struct failing failing = {.fail_at = fail_at};
        const fpt_allocator allocator = failing_allocator(&failing);
        fpt_arena arena;
        const fpt_status status = fpt_arena_init(&arena, &allocator);
        assert_int_equal(status == FPT_OK, fail_at != 1);
        bool failed = status != FPT_OK;
        for (int i = 0; i < 40 && !failed; i++)
            failed = FPT_NEW(&arena, char, 30000) == NULL;
        assert_true(failed == (failing.calls >= fail_at));
        fpt_arena_clear(&arena);
        assert_int_equal(failing.live, 0);
    }
}

static void test_reset_keeps_the_memory(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 50; i++)
            assert_non_null(FPT_NEW(&arena, char, 5000));
        fpt_arena_reset(&arena);
    }
    assert_true(fpt_arena_bytes(&arena) < 1000000);
    fpt_arena_clear(&arena);
}

static void test_the_edges_of_the_interface(void **state)
{
    (void)state;
    fpt_arena arena = {0};
    assert_int_equal(fpt_arena_init(NULL, NULL), FPT_ERR_NULL);
    fpt_arena_clear(NULL);
    assert_int_equal(fpt_arena_bytes(&arena), 0);
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_arena_reset(&arena); /* nothing there yet */

    /* An array that is not the arena's own is copied into it. */
    static int given[] = {1, 2, 3};
    int *copy = fpt_arena_grow(&arena, given, 3, 5, sizeof *given);
    assert_ptr_not_equal(copy, given);
    assert_int_equal(copy[2], 3);

    assert_non_null(fpt_arena_allocate_raw(&arena, 5, 0));
    assert_non_null(fpt_arena_grow(&arena, NULL, 0, 5, 0));
    assert_null(fpt_arena_allocate_raw(&arena, SIZE_MAX - 16, 1));
    fpt_arena_clear(&arena);
}

/* The next chunk is too small for what is wanted: a new one goes between, and
 * the small one is used later. */
static void test_a_chunk_too_small_is_kept(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    assert_non_null(FPT_NEW(&arena, char, 60000));
    assert_non_null(FPT_NEW(&arena, char, 60000)); /* a second chunk */
    fpt_arena_reset(&arena);
    assert_non_null(FPT_NEW(&arena, char, 60000));
    char *large = FPT_NEW(&arena, char, 1000000);
    assert_non_null(large);
    memset(large, 'l', 1000000);
    const size_t before = fpt_arena_bytes(&arena);
    char *small = FPT_NEW(&arena, char, 60000);
    assert_non_null(small);
    memset(small, 's', 60000);
    assert_int_equal(fpt_arena_bytes(&arena), before);
    assert_int_equal(large[999999], 'l');
    fpt_arena_clear(&arena);
}

static void test_an_arena_like_another(void **state)
{
    (void)state;
    struct failing failing = {0};
    const fpt_allocator allocator = failing_allocator(&failing);
    fpt_arena model, like;
    assert_ok(fpt_arena_init(&model, &allocator));
    assert_ok(fpt_arena_init_like(&like, &model));
    assert_non_null(fpt_arena_allocate(&like, 10, 10));
    assert_int_equal(fpt_arena_bytes(&model), 0);
    assert_int_equal(failing.calls, 3);
    fpt_arena_clear(&model);
    memset(fpt_arena_allocate(&like, 10, 10), 1, 100);
    fpt_arena_clear(&like);
    assert_int_equal(failing.live, 0);
    const fpt_arena none = {0};
    assert_int_equal(fpt_arena_init_like(&like, &none), FPT_ERR_NULL);
    assert_int_equal(fpt_arena_init_like(&like, NULL), FPT_ERR_NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zero_aligned_and_apart),
        cmocka_unit_test(test_scratch_unwinds_on_return),
        cmocka_unit_test(test_an_array_grows_in_place_when_last),
        cmocka_unit_test(test_reserve_keeps_every_element),
        cmocka_unit_test(test_too_much_is_refused),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_reset_keeps_the_memory),
        cmocka_unit_test(test_the_edges_of_the_interface),
        cmocka_unit_test(test_a_chunk_too_small_is_kept),
        cmocka_unit_test(test_an_arena_like_another),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
