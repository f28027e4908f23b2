/*
 * Tests of successions: trees with splits and circles, and who took over first.
 */
#include "facts.h"

/* The tree as text: depth, code, day, and marks, steps parted by ", ". */
static fpt_str tree_of(struct facts *f, const char *code)
{
    fpt_succession *step;
    size_t count;
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    assert_ok(fpt_reg_successors(f->registry, &f->arena,
                                 body_of_code(f->registry, code), &count, &step,
                                 NULL));
    for (size_t i = 0; i < count; i++) {
        char date[FPT_DATE_BYTES];
        fpt_date_print(step[i].on, date);
        fpt_strbuf_print(
            &text, "%s%d " FPT_STR_FMT " %s%s%s", i > 0 ? ", " : "",
            step[i].depth,
            FPT_STR_ARG(fpt_reg_code(f->registry, step[i].successor)), date,
            step[i].split ? " split" : "", step[i].cycle ? " cycle" : "");
        /* a step's parent is one level up, and stands before it */
        if (step[i].depth == 1) {
            assert_true(step[i].parent == SIZE_MAX);
        } else {
            assert_true(step[i].parent < i);
            assert_int_equal(step[step[i].parent].depth, step[i].depth - 1);
        }
    }
    return fpt_strbuf_view(&text);
}

static fpt_str first_of(struct facts *f, const char *code)
{
    bool ambiguous;
    const fpt_body first = fpt_reg_first_successor(
        f->registry, body_of_code(f->registry, code), &ambiguous);
    return fpt_str_print(&f->arena, FPT_STR_FMT "%s",
                         FPT_STR_ARG(fpt_reg_code(f->registry, first)),
                         ambiguous ? "?" : "");
}

static void test_chains(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "ods", "2022-04-30");
    put_succession(f, 1, "A", "B", "2001-04-01");
    put_succession(f, 1, "B", "C", "2011-04-01");
    put_succession(f, 1, "C", "D", "2017-10-01");
    put_succession(f, 1, "X", "D", "2017-10-01");
    open_as_of(f, NULL);
    assert_str(tree_of(f, "A"),
               "1 B 2001-04-01, 2 C 2011-04-01, 3 D 2017-10-01");
    assert_str(tree_of(f, "X"), "1 D 2017-10-01");
    assert_str(tree_of(f, "D"), "");
    assert_str(first_of(f, "A"), "B");
    assert_str(first_of(f, "D"), "");
    bool ambiguous = true;
    assert_false(fpt_body_is(fpt_reg_first_successor(
        f->registry, (fpt_body){FPT_NOBODY}, &ambiguous)));
    assert_false(ambiguous);
}

/* In order of day, then of code, whatever the order of the rows. */
static void test_splits(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "ods", "2022-04-30");
    put_succession(f, 1, "P", "Z", "2002-04-01");
    put_succession(f, 1, "P", "M", "2001-04-01");
    put_succession(f, 1, "P", "C", "2002-04-01");
    put_succession(f, 1, "C", "E", "2003-04-01");
    put_succession(f, 1, "Q", "B", "2001-04-01");
    put_succession(f, 1, "Q", "A", "2001-04-01");
    open_as_of(f, NULL);
    assert_str(tree_of(f, "P"), "1 M 2001-04-01 split, 1 C 2002-04-01 split, "
                                "2 E 2003-04-01, 1 Z 2002-04-01 split");
    assert_str(first_of(f, "P"), "M");
    assert_str(first_of(f, "Q"), "A?");
}

static void test_circles_are_marked_and_not_followed(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "ods", "2022-04-30");
    put_succession(f, 1, "S", "S", "2001-04-01"); /* as 39 codes do */
    put_succession(f, 1, "T", "S", "2000-04-01");
    put_succession(f, 1, "A", "B", "2001-04-01");
    put_succession(f, 1, "B", "C", "2002-04-01");
    put_succession(f, 1, "C", "A", "2003-04-01");
    put_succession(f, 1, "C", "D", "2004-04-01");
    open_as_of(f, NULL);
    assert_str(tree_of(f, "S"), "1 S 2001-04-01 cycle");
    assert_str(tree_of(f, "T"), "1 S 2000-04-01, 2 S 2001-04-01 cycle");
    assert_str(tree_of(f, "A"), "1 B 2001-04-01, 2 C 2002-04-01, "
                                "3 A 2003-04-01 split cycle, "
                                "3 D 2004-04-01 split");
    assert_str(first_of(f, "S"), "S");
}

/* Two paths that meet again are no circle: both are told. */
static void test_a_diamond_is_no_circle(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "ods", "2022-04-30");
    put_succession(f, 1, "A", "B", "2001-04-01");
    put_succession(f, 1, "A", "C", "2001-04-01");
    put_succession(f, 1, "B", "D", "2002-04-01");
    put_succession(f, 1, "C", "D", "2002-04-01");
    open_as_of(f, NULL);
    assert_str(tree_of(f, "A"), "1 B 2001-04-01 split, 2 D 2002-04-01, "
                                "1 C 2001-04-01 split, 2 D 2002-04-01");
}

/* The same succession from two files, once with another day, is one; the file
 * that was published last has the day. */
static void test_told_by_several_files(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "ods", "2022-04-30");
    put_load(f, 2, "mergers", "2021-04-01");
    put_load(f, 3, "ods", "2023-04-30");
    put_succession(f, 1, "A", "B", "2017-10-01");
    put_succession(f, 2, "A", "B", "2017-10-01");
    put_succession(f, 2, "C", "D", "2018-01-01");
    put_succession(f, 1, "C", "D", "2018-04-01");
    put_succession(f, 3, "C", "D", "2018-05-01");
    open_as_of(f, NULL);
    assert_str(tree_of(f, "A"), "1 B 2017-10-01");
    assert_str(tree_of(f, "C"), "1 D 2018-05-01");
    open_as_of(f, "2022-12-31");
    assert_str(tree_of(f, "C"), "1 D 2018-04-01");
    open_as_of(f, "2021-12-31");
    assert_str(tree_of(f, "C"), "1 D 2018-01-01");
    open_as_of(f, "2020-12-31");
    assert_false(fpt_body_is(fpt_reg_find(f->registry, FPT_STR("C"))));
}

/* A chain longer than any real one ends at a bound, and not in a crash. */
static void test_a_chain_without_end(void **state)
{
    struct facts *f = *state;
    fpt_succession *step;
    size_t count;
    put_load(f, 1, "made up", "2022-04-30");
    run(f->store, "INSERT INTO succession SELECT 'N' || i, 'N' || (i + 1), "
                  "DATE '2000-01-01', 1, i FROM range(0, 200) t(i)");
    open_as_of(f, NULL);
    assert_ok(fpt_reg_successors(f->registry, &f->arena,
                                 body_of_code(f->registry, "N0"), &count, &step,
                                 NULL));
    assert_int_equal(count, 64);
    assert_int_equal(step[63].depth, 64);
}

/*
 * Random graphs: every path of the tree follows facts, no body stands twice on
 * a path unless it is marked, and every successor of every unmarked step is
 * there. The order of loading makes no difference.
 */
static fpt_str random_tree(struct facts *f, uint64_t seed, bool backwards)
{
    enum { BODIES = 9, FACTS = 12 };
    fpt_store_close(f->store);
    f->store = store_in_memory(FPT_WAREHOUSE);
    put_load(f, 1, "ods", "2022-04-30");
    char sql[FACTS][200];
    for (int i = 0; i < FACTS; i++) {
        const unsigned a = (unsigned)(next_random(&seed) % BODIES);
        const unsigned b = (unsigned)(next_random(&seed) % BODIES);
        const unsigned year = 2000 + (unsigned)(next_random(&seed) % 3);
        snprintf(
            sql[i], sizeof sql[i],
            "INSERT INTO succession VALUES ('B%u', 'B%u', DATE '%u-04-01', "
            "1, 1)",
            a, b, year);
    }
    for (int i = 0; i < FACTS; i++)
        run(f->store, sql[backwards ? FACTS - 1 - i : i]);
    run(f->store, "INSERT INTO name SELECT 'B' || i, 'trust', 'x', NULL, NULL, "
                  "1, 1 FROM range(0, 9) t(i)");
    open_as_of(f, NULL);
    return tree_of(f, "B0");
}

static void test_random_graphs(void **state)
{
    struct facts *f = *state;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        const fpt_str forwards = random_tree(f, seed, false);
        fpt_succession *step;
        size_t count;
        assert_ok(fpt_reg_successors(f->registry, &f->arena,
                                     body_of_code(f->registry, "B0"), &count,
                                     &step, NULL));
        for (size_t i = 0; i < count; i++) {
            char question[200];
            bool before = false;
            const fpt_body parent = step[i].parent == SIZE_MAX
                                        ? body_of_code(f->registry, "B0")
                                        : step[step[i].parent].successor;
            snprintf(question, sizeof question,
                     "SELECT count(*) FROM succession WHERE predecessor = '%s' "
                     "AND successor = '%s'",
                     fpt_reg_code(f->registry, parent).data,
                     fpt_reg_code(f->registry, step[i].successor).data);
            assert_true(ask(f->store, question) > 0);
            before = step[i].successor.id == body_of_code(f->registry, "B0").id;
            for (size_t p = step[i].parent; p != SIZE_MAX; p = step[p].parent)
                before = before || step[p].successor.id == step[i].successor.id;
            assert_int_equal(before, step[i].cycle);
            size_t children = 0;
            for (size_t k = i + 1; k < count; k++)
                children += step[k].parent == i;
            snprintf(question, sizeof question,
                     "SELECT count(DISTINCT successor) FROM succession WHERE "
                     "predecessor = '%s'",
                     fpt_reg_code(f->registry, step[i].successor).data);
            assert_int_equal(children,
                             step[i].cycle ? 0 : ask(f->store, question));
        }
        /* Facts of one file told in another order: the same day is told last in
         * one of them, so only trees whose facts agree can be compared. */
        if (ask(f->store, "SELECT count(*) - count(DISTINCT predecessor || "
                          "successor) FROM succession") == 0)
            assert_true(fpt_str_equal(forwards, random_tree(f, seed, true)));
    }
}

static fpt_status grow_tree(fpt_arena *arena, void *context)
{
    struct facts *f = context;
    fpt_succession *step;
    size_t count;
    return fpt_reg_successors(f->registry, arena,
                              body_of_code(f->registry, "N0"), &count, &step,
                              NULL);
}

static void test_running_out_of_memory(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "made up", "2022-04-30");
    run(f->store, "INSERT INTO succession SELECT 'N' || i, 'N' || (i + 1), "
                  "DATE '2000-01-01', 1, i FROM range(0, 60) t(i)");
    open_as_of(f, NULL);
    assert_every_allocation_may_fail(grow_tree, f);
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_facts, tear_down_facts)
    const struct CMUnitTest tests[] = {
        TEST(test_chains),
        TEST(test_splits),
        TEST(test_circles_are_marked_and_not_followed),
        TEST(test_a_diamond_is_no_circle),
        TEST(test_told_by_several_files),
        TEST(test_a_chain_without_end),
        TEST(test_random_graphs),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("succession", tests, NULL, NULL);
}
