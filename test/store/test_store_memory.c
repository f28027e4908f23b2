/* Stores and workspaces that run out of memory, at whatever place, say so, leak
 * nothing, and leave what is on the disk as it was. */
#include "warehouse.h"

#include "ration.h"

struct folder {
    const char *path;
};

static fpt_status use_workspace(void *context)
{
    const struct folder *folder = context;
    fpt_workspace w;
    FPT_TRY(fpt_workspace_open(folder->path, false, &w, NULL));
    fpt_status status = fpt_store_begin(w.ledger, NULL);
    if (status == FPT_OK) {
        status = fpt_ledger_add(w.ledger, "load", FPT_STR("{}"), (fpt_date){1},
                                NULL, NULL, NULL);
        fpt_store_rollback(w.ledger);
    }
    if (status == FPT_OK) status = fpt_workspace_sweep(&w, NULL);
    if (status == FPT_OK) status = fpt_workspace_empty_warehouse(&w, NULL);
    fpt_workspace_close(&w);
    return status;
}

static fpt_status find_and_init(void *context)
{
    const struct folder *folder = context;
    fpt_arena arena;
    char *found;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = fpt_workspace_find(&arena, folder->path, &found, NULL);
    if (status == FPT_OK) {
        status = fpt_workspace_init(folder->path, (fpt_date){1}, NULL);
        if (status == FPT_ERR_EXISTS) status = FPT_OK;
    }
    fpt_arena_clear(&arena);
    return status;
}

static void test_running_out_anywhere(void **state)
{
    struct place *place = *state;
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    fpt_workspace_close(&w);
    struct folder folder = {in(place, "w")};
    assert_true(assert_each_may_run_out(use_workspace, &folder, 10, 5) > 100);
    assert_true(assert_each_may_run_out(find_and_init, &folder, SIZE_MAX, 1) >
                5);
    w = open_workspace(place, "w");
    assert_int_equal(ask(w.ledger, "SELECT count(*) FROM entry"), 0);
    fpt_workspace_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_running_out_anywhere, set_up_place,
                                        tear_down_place),
    };
    return cmocka_run_group_tests_name("store memory", tests, NULL, NULL);
}
