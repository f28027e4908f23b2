/* Loading that runs out of memory, at whatever place, says so, leaks nothing and
 * leaves the workspace as it was. */
#include "loading.h"

#include "ration.h"

static const char pack[] =
    "recognise: {header: [org, month, a, 0 to 4, 5+]}\n"
    "vintage: {from: fixed, is: '2017-04-01'}\n"
    "columns:\n"
    "  org: {type: code, names: [org], patterns: ['R#']}\n"
    "  month: {type: period, names: [month]}\n"
    "  a: {type: int, names: [a], suppressed: ['*']}\n"
    "  ages: {type: int, match: ['# to #', '#+'], range: ['{low} to {high}'], "
    "open: ['{low}+']}\n"
    "rows:\n"
    "  total: [{column: org, is: [TOTAL]}]\n"
    "facts:\n"
    "  - {fact: name, code: org, kind: trust, from: vintage, once: yes}\n"
    "  - {fact: relation, subject: org, kind: stp, object: org, from: "
    "vintage}\n"
    "  - {fact: datum, series: t.a, unit: u, about: x, place: org, period: "
    "month, value: a}\n"
    "  - {fact: datum, series: t.n, unit: u, about: x, place: org, period: "
    "month, value: ages, strata: [{dimension: age, value: each}]}\n"
    "checks:\n"
    "  - {check: total-row, id: sums}\n"
    "  - {check: rows, id: rows, expected: 2}\n";

static const char file[] = "org,month,a,0 to 4,5+\n"
                           "R1,2017-04,1,2,3\n"
                           "R2,2017-04,*,2,3\n"
                           "X,2017-04,1,2,3\n"
                           "TOTAL,,1,4,6\n";

struct use {
    struct loading *l;
    const char *path;
};

static fpt_status use_load(void *context)
{
    const struct use *use = context;
    fpt_arena arena;
    fpt_load_result *results;
    fpt_load_options options = load_options(use->l);
    options.dry_run = true;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    const fpt_load_file one = {.path = use->path};
    const fpt_status status =
        fpt_load(&use->l->w, &arena, &options, 1, &one, &results, NULL);
    fpt_arena_clear(&arena);
    return status;
}

static void test_running_out_anywhere(void **state)
{
    struct loading *l = *state;
    put_source(l, "test", pack);
    struct use use = {l, put(l->place, "a.csv", FPT_STR(file))};
    assert_true(assert_each_may_run_out(use_load, &use, 120, 3) > 150);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM load"), 0);
    load_text(l, "a.csv", file);
    assert_int_equal(ask(l->w.warehouse, "SELECT count(*) FROM datum"), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_running_out_anywhere,
                                        set_up_loading, tear_down_loading),
    };
    return cmocka_run_group_tests_name("ingest memory", tests, NULL, NULL);
}
