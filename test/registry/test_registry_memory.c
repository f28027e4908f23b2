/* A registry that runs out of memory, at whatever place, says so and leaks
 * nothing. */
#include "facts.h"

#include "ration.h"

static fpt_status use_registry(void *context)
{
    struct facts *f = context;
    fpt_arena arena;
    fpt_registry *r;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status =
        fpt_reg_open(f->store, test_tiers(), (fpt_date){20000}, &r, NULL);
    if (status == FPT_OK) {
        const fpt_partition *p;
        const fpt_crossing *x;
        fpt_change *change;
        size_t count;
        status =
            fpt_reg_partition(r, FPT_STR("stp"), (fpt_date){17400}, &p, NULL);
        if (status == FPT_OK)
            status = fpt_reg_partition_with(r, FPT_STR("stp"),
                                            fpt_reg_find(r, FPT_STR("S2")),
                                            (fpt_date){19000}, &p, NULL);
        if (status == FPT_OK)
            status = fpt_reg_crosswalk(r, FPT_STR("stp"), (fpt_date){17400},
                                       FPT_STR("stp"), (fpt_date){17800},
                                       &count, &x, NULL);
        if (status == FPT_OK)
            status = fpt_reg_diff(r, &arena, FPT_STR("stp"), (fpt_date){17400},
                                  FPT_STR("stp"), (fpt_date){17800}, &count,
                                  &change, NULL);
        fpt_reg_close(r);
    }
    fpt_arena_clear(&arena);
    return status;
}

static void test_running_out_anywhere(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2017-04-01");
    put_load(f, 2, "lookup", "2018-04-01");
    put_atom(f, 1, "L1");
    put_atom(f, 1, "L2");
    put_relation(f, 1, "L1", "ccg", "C1", "2017-04-01", NULL);
    put_relation(f, 1, "L2", "ccg", "C2", "2017-04-01", NULL);
    put_relation(f, 1, "C1", "stp", "S1", "2017-04-01", NULL);
    put_relation(f, 1, "C2", "stp", "S2", "2017-04-01", NULL);
    put_relation(f, 2, "C2", "stp", "S1", "2018-04-01", NULL);
    put_alias(f, 1, "C1", "01A", "ccg", "2017-04-01");
    put_role(f, 1, "T1", "RO197", "2001-04-01", NULL);
    put_succession(f, 1, "T1", "T2", "2017-10-01");
    put_people(f, 1, "L1", 100, "2017-06-30");
    put_people(f, 1, "L2", 200, "2017-06-30");
    assert_true(assert_each_may_run_out(use_registry, f, SIZE_MAX, 1) > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_running_out_anywhere, set_up_facts,
                                        tear_down_facts),
    };
    return cmocka_run_group_tests_name("registry memory", tests, NULL, NULL);
}
