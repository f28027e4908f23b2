/*
 * Memory that runs out anywhere while a nation is made: told, and nothing left.
 */
#include "io/outside.h"

#include "fpt/synth.h"
#include "ration.h"

static fpt_status make(void *context)
{
    struct place *place = context;
    const fpt_synth_options options = {.struct_size = sizeof options};
    size_t count;
    fpt_synth_entry *entry;
    fpt_error err = {0};
    char folder[300], part[300];
    snprintf(folder, sizeof folder, "%s/n", place->folder);
    snprintf(part, sizeof part, "%s/n.part", place->folder);
    fpt_arena arena;
    fpt_status status = fpt_arena_init(&arena, NULL);
    if (status != FPT_OK) return status;
    status = fpt_synth_write(&arena, folder, &options, &count, &entry, &err);
    fpt_arena_clear(&arena);
    const fpt_file_kind made = fpt_file_kind_of(folder),
                        left = fpt_file_kind_of(part);
    remove_tree(folder);
    remove_tree(part);
    if (left != FPT_FILE_NONE) return FPT_ERR_EXISTS;
    if ((made == FPT_FILE_FOLDER) != (status == FPT_OK)) return FPT_ERR_EXISTS;
    return status;
}

static void test_memory_may_run_out_anywhere(void **state)
{
    struct place *place = *state;
    const size_t calls = assert_each_may_run_out(make, place, 30, 29);
    assert_true(calls > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        test_memory_may_run_out_anywhere, set_up_place, tear_down_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
