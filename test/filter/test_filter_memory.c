/* Every filter, out of memory at every place in turn. */
#include "filter_check.h"

struct use {
    const char *call;
    fpt_str in;
};

static fpt_status use_filter(fpt_arena *arena, void *context)
{
    const struct use *use = context;
    struct ran ran = {.out = FPT_STR("")};
    return run_into(arena, use->call, use->in, &ran);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    const fpt_str counts =
        FPT_STR("g,age_band,x,n,stdpop,ref_x,ref_n,expected\na,1,5,10,3,4,9,4\n"
                "b,1,\"6\",10,3,4,9,4\na,2,7,11,3,4,9,4\n");
    const fpt_str bands = FPT_STR("g,start_age,deaths,population,healthy\na,0,"
                                  "5,1000,1\na,65,500,10000,1\n"
                                  "a,1,2,4000,0.5\n");
    const fpt_str ranks = FPT_STR(
        "g,quantile,population,value,se\na,1,9,3,1\na,2,9,4,1\na,3,8,3,1\n"
        "a,4,9,5,1\na,5,5,6,1\n");
    const fpt_str units =
        FPT_STR("g,numerator,denominator\na,3,9\na,4,9\na,2,8\na,1,7\n");
    const fpt_str series =
        FPT_STR("g,period,x,n\na,2017,3,9\na,2018,4,9\na,2019,5,9\n"
                "a,2020,3,9\na,2021,6,9\nb,2017,1,9\n");
    const struct use uses[] = {
        {"proportion --threads 1 --prefix p_", counts},
        {"rate --threads 1 --by g --missing-as-zero --attach", counts},
        {"dsr --threads 1 --by g --confidence 95,99.8", counts},
        {"smr --threads 1 --by g", counts},
        {"mean --threads 1 --by g", counts},
        {"quantile --threads 1 --columns value=x --groups 2", counts},
        {"life-expectancy --threads 1 --by g --at 0", bands},
        {"life-expectancy --threads 1 --by g --healthy", bands},
        {"sii --threads 1 --by g --type rate --draws 1000", ranks},
        {"concentration-index --threads 1 --by g", ranks},
        {"funnel-limits --threads 1 --by g --points 3", units},
        {"funnel-assess --threads 1 --overdispersion additive", units},
        {"compare --threads 1 --of dsr --by g --fdr --min-events 1", counts},
        {"compare --threads 1 --of rate --by g --to a", counts},
        {"trend --threads 1 --by g", series},
        {"spc --threads 1 --by g --rebase 2019 --propose", series},
        {"spc --help", series},
    };
    for (size_t i = 0; i < COUNT_OF(uses); i++) {
        struct use use = uses[i];
        /* The engine's small pieces are the same in all: once is enough. */
        assert_allocations_may_fail(i == 0 ? 16 : 48, use_filter, &use);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("filter memory", tests, NULL, NULL);
}
