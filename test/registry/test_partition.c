/*
 * Areas made of atoms: partitions, people, crosswalks, and what changed between
 * two days. A nation of nine atoms whose lookups change as England's did.
 */
#include "facts.h"

enum { ATOMS = 9 };

/*
 *            2017        2018            2022-07 (ICB)
 *   L1 L2    C1 S1       C1 S1           Q1
 *   L3       C2 S2       C12 S12         Q1        (C2, C3 merged, S2, S3 too)
 *   L4 L5    C3 S3       C12 S12         Q2
 *   L6       C4 S4       C4 S4           Q2
 *   L7       C4 S4       C4 S1  (moved)  Q3
 *   L8       C5 S5       C5 S5, renamed  none
 *   L9       none        none            none
 */
static void put_nation(struct facts *f)
{
    static const char *const
        ccg17[] = {"C1", "C1", "C2", "C3", "C3", "C4", "C4", "C5"},
        *const ccg18[] = {"C1", "C1", "C12", "C12", "C12", "C4", "C4", "C5"},
        *const stp17[] = {"S1", "S1", "S2", "S3", "S3", "S4", "S4", "S5"},
        *const stp18[] = {"S1", "S1", "S12", "S12", "S12", "S4", "S1", "S5"},
        *const icb[] = {"Q1", "Q1", "Q1", "Q2", "Q2", "Q2", "Q3"};
    put_load(f, 1, "lookup", "2017-04-01");
    put_load(f, 2, "lookup", "2018-04-01");
    put_load(f, 3, "lookup22", "2022-07-01");
    put_load(f, 4, "population", "2018-10-01");
    for (int i = 0; i < ATOMS; i++) {
        char code[4] = {'L', (char)('1' + i), '\0'};
        put_atom(f, 1, code);
        put_people(f, 4, code, 100 * (i + 1), "2017-06-30");
        if (i == 8) continue;
        put_relation(f, 1, code, "ccg", ccg17[i], "2017-04-01", NULL);
        put_relation(f, 1, code, "stp", stp17[i], "2017-04-01", NULL);
        put_relation(f, 2, code, "ccg", ccg18[i], "2018-04-01", NULL);
        put_relation(f, 2, code, "stp", stp18[i], "2018-04-01", NULL);
        if (i < 7) put_relation(f, 3, code, "icb", icb[i], "2022-07-01", NULL);
    }
    static const char *const stps[] = {"S1", "S2", "S3", "S4", "S5"};
    for (int i = 0; i < 5; i++)
        put_name(f, 1, stps[i], "stp", stps[i], "2017-04-01", NULL);
    put_name(f, 2, "S5", "stp", "S5 and more", "2018-04-01", NULL);
    put_name(f, 2, "S12", "stp", "S12", "2018-04-01", NULL);
}

static const fpt_partition *partition(struct facts *f, const char *kind,
                                      const char *on)
{
    const fpt_partition *p;
    fpt_error err = {0};
    assert_ok_or(
        fpt_reg_partition(f->registry, fpt_str_from(kind), day(on), &p, &err),
        err);
    return p;
}

/* The area of each atom, parted by blanks, "-" for none; then the areas. */
static fpt_str partition_text(struct facts *f, const char *kind, const char *on)
{
    const fpt_partition *p = partition(f, kind, on);
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    for (size_t i = 0; i < p->atoms; i++)
        fpt_strbuf_print(
            &text, "%s" FPT_STR_FMT, i > 0 ? " " : "",
            FPT_STR_ARG(fpt_body_is(p->object[i])
                            ? fpt_reg_code(f->registry, p->object[i])
                            : FPT_STR("-")));
    for (size_t i = 0; i < p->objects; i++)
        fpt_strbuf_print(
            &text, "%s" FPT_STR_FMT, i > 0 ? " " : " | ",
            FPT_STR_ARG(fpt_reg_code(f->registry, p->distinct[i])));
    return fpt_strbuf_view(&text);
}

static void test_partitions_by_day(void **state)
{
    struct facts *f = *state;
    put_nation(f);
    open_as_of(f, NULL);
    assert_str(partition_text(f, "stp", "2017-03-31"), "- - - - - - - - -");
    assert_str(partition_text(f, "stp", "2017-04-01"),
               "S1 S1 S2 S3 S3 S4 S4 S5 - | S1 S2 S3 S4 S5");
    assert_str(partition_text(f, "stp", "2018-04-01"),
               "S1 S1 S12 S12 S12 S4 S1 S5 - | S1 S12 S4 S5");
    assert_str(partition_text(f, "icb", "2023-01-01"),
               "Q1 Q1 Q1 Q2 Q2 Q2 Q3 - - | Q1 Q2 Q3");
    assert_str(partition_text(f, "lad", "2023-01-01"), "- - - - - - - - -");
    /* a partition is made once a time between two changes */
    assert_ptr_equal(partition(f, "stp", "2017-04-01"),
                     partition(f, "stp", "2018-03-31"));
    assert_int_equal(partition(f, "stp", "2018-03-31")->epoch.days,
                     day("2017-04-01").days);
    /* as known before the file of 2018 */
    open_as_of(f, "2018-03-31");
    assert_str(partition_text(f, "stp", "2019-01-01"),
               "S1 S1 S2 S3 S3 S4 S4 S5 - | S1 S2 S3 S4 S5");
    open_as_of(f, "2016-01-01");
    assert_int_equal(partition(f, "stp", "2019-01-01")->atoms, 0);
}

/* The answer must not depend on which day between two changes was asked first. */
static void test_what_an_area_is_called_changes_partitions(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2017-04-01");
    put_load(f, 2, "names", "2019-04-01");
    put_atom(f, 1, "L1");
    put_atom(f, 1, "L2");
    put_relation(f, 1, "L1", "ccg", "02M", "2017-04-01", NULL);
    put_alias(f, 1, "E1", "02M", "ccg", "2017-04-01");
    put_alias(f, 2, "E2", "02M", "ccg", "2018-10-01");
    /* by way of the network, which is itself an STP only from a day on */
    put_relation(f, 1, "L2", "pcn", "N1", "2017-04-01", NULL);
    put_name(f, 2, "N1", "stp", "x", "2018-12-01", "2019-12-01");
    open_as_of(f, NULL);
    assert_str(partition_text(f, "ccg", "2018-01-01"), "E1 - | E1");
    assert_str(partition_text(f, "ccg", "2018-09-30"), "E1 - | E1");
    assert_str(partition_text(f, "ccg", "2018-10-01"), "E2 - | E2");
    assert_str(partition_text(f, "stp", "2018-11-30"), "- -");
    assert_str(partition_text(f, "stp", "2018-12-01"), "- N1 | N1");
    assert_str(partition_text(f, "stp", "2019-11-30"), "- N1 | N1");
    assert_str(partition_text(f, "stp", "2019-12-01"), "- -");
    open_as_of(f, NULL);
    assert_str(partition_text(f, "ccg", "2018-12-01"), "E2 - | E2");
    assert_str(partition_text(f, "ccg", "2018-01-01"), "E1 - | E1");
}

static void test_the_partition_in_which_an_area_is(void **state)
{
    struct facts *f = *state;
    const fpt_partition *p;
    put_nation(f);
    put_name(f, 1, "S9", "stp", "never", NULL, NULL);
    open_as_of(f, NULL);
    const fpt_registry *r = f->registry;
    assert_ok(fpt_reg_partition_with(f->registry, FPT_STR("stp"),
                                     body_of_code(r, "S2"), day("2017-06-01"),
                                     &p, NULL));
    assert_int_equal(p->epoch.days, day("2017-04-01").days);
    assert_ok(fpt_reg_partition_with(f->registry, FPT_STR("stp"),
                                     body_of_code(r, "S2"), day("2023-06-01"),
                                     &p, NULL));
    assert_int_equal(p->epoch.days, day("2017-04-01").days);
    assert_ok(fpt_reg_partition_with(f->registry, FPT_STR("stp"),
                                     body_of_code(r, "S12"), day("2010-06-01"),
                                     &p, NULL));
    assert_int_equal(p->epoch.days, day("2018-04-01").days);
    assert_ok(fpt_reg_partition_with(f->registry, FPT_STR("stp"),
                                     body_of_code(r, "S9"), day("2017-06-01"),
                                     &p, NULL));
    assert_null(p);
    assert_ok(fpt_reg_partition_with(f->registry, FPT_STR("icb"),
                                     body_of_code(r, "S1"), day("2017-06-01"),
                                     &p, NULL));
    assert_null(p);
}

/* An atom is not divided: where its facts would divide it the larger part counts. */
static void test_an_atom_is_never_divided(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2017-04-01");
    put_atom(f, 1, "L1");
    put_share(f, 1, "L1", "stp", "S1", INT64_C(300000000000), "2017-04-01",
              NULL);
    put_share(f, 1, "L1", "stp", "S2", INT64_C(700000000000), "2017-04-01",
              NULL);
    open_as_of(f, NULL);
    assert_str(partition_text(f, "stp", "2017-06-01"), "S2 | S2");
}

/* LSOA 2011 to 2021 is many to many: an atom goes through the splits. */
static void test_through_the_splits_of_atoms(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "changes", "2021-03-21");
    put_load(f, 2, "lookup24", "2024-04-01");
    static const char *const atoms[] = {"O1", "O2", "O3", "O4"};
    for (int i = 0; i < 4; i++)
        put_atom(f, 1, atoms[i]);
    /* unchanged, split in two, two merged into one */
    put_relation(f, 1, "O1", "lsoa21", "O1", "2021-03-21", NULL);
    put_relation(f, 1, "O2", "lsoa21", "N2", "2021-03-21", NULL);
    put_relation(f, 1, "O2", "lsoa21", "N3", "2021-03-21", NULL);
    put_relation(f, 1, "O3", "lsoa21", "N4", "2021-03-21", NULL);
    put_relation(f, 1, "O4", "lsoa21", "N4", "2021-03-21", NULL);
    put_relation(f, 2, "O1", "icb", "Q1", "2024-04-01", NULL);
    put_relation(f, 2, "N2", "icb", "Q2", "2024-04-01", NULL);
    put_relation(f, 2, "N3", "icb", "Q2", "2024-04-01", NULL);
    put_relation(f, 2, "N4", "icb", "Q1", "2024-04-01", NULL);
    open_as_of(f, NULL);
    assert_str(partition_text(f, "icb", "2024-06-01"), "Q1 Q2 Q1 Q1 | Q1 Q2");
    assert_home(f, "O2", "icb", "2024-06-01", "Q2");
}

/* ---- people ---- */

static void test_people_of_the_nearest_estimate(void **state)
{
    struct facts *f = *state;
    const int64_t *people;
    fpt_period of;
    fpt_error err = {0};
    put_nation(f);
    put_load(f, 5, "population", "2020-05-01");
    put_load(f, 6, "population", "2021-05-01"); /* a correction of 2017 */
    put_people(f, 5, "L1", 1000, "2019-06-30");
    put_people(f, 5, "L9", 9000, "2019-06-30");
    put_people(f, 6, "L1", 111, "2017-06-30");
    open_as_of(f, NULL);
    assert_ok(
        fpt_reg_people(f->registry, day("2018-06-30"), &people, &of, &err));
    assert_int_equal(of.from.days,
                     day("2017-06-30").days); /* of two the earlier */
    assert_int_equal(people[0], 111);
    assert_int_equal(people[1], 0);
    assert_ok(
        fpt_reg_people(f->registry, day("2018-07-01"), &people, &of, &err));
    assert_int_equal(of.from.days, day("2019-06-30").days);
    assert_int_equal(people[0], 1000);
    assert_int_equal(people[1], 0);
    assert_int_equal(people[8], 9000);
    assert_ok(
        fpt_reg_people(f->registry, day("1990-01-01"), &people, &of, &err));
    assert_int_equal(of.from.days, day("2017-06-30").days);
    open_as_of(f, "2021-04-30");
    assert_ok(
        fpt_reg_people(f->registry, day("2018-06-30"), &people, &of, &err));
    assert_int_equal(people[0], 100);
    assert_int_equal(people[8], 900);
    open_as_of(f, "2018-09-30");
    assert_refused(
        fpt_reg_people(f->registry, day("2018-06-30"), &people, &of, &err),
        FPT_ERR_NOT_FOUND, err, "population.residents");
}

/* ---- crosswalks ---- */

static fpt_str crosswalk_text(struct facts *f, const char *kind1,
                              const char *day1, const char *kind2,
                              const char *day2)
{
    const fpt_crossing *x;
    size_t count;
    fpt_error err = {0};
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    assert_ok_or(fpt_reg_crosswalk(f->registry, fpt_str_from(kind1), day(day1),
                                   fpt_str_from(kind2), day(day2), &count, &x,
                                   &err),
                 err);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%s" FPT_STR_FMT ">" FPT_STR_FMT " %lld",
                         i > 0 ? ", " : "",
                         FPT_STR_ARG(fpt_reg_code(f->registry, x[i].from)),
                         FPT_STR_ARG(fpt_reg_code(f->registry, x[i].to)),
                         (long long)x[i].people);
    return fpt_strbuf_view(&text);
}

static void test_crosswalks(void **state)
{
    struct facts *f = *state;
    put_nation(f);
    open_as_of(f, NULL);
    assert_str(crosswalk_text(f, "stp", "2017-04-01", "stp", "2018-04-01"),
               "S1>S1 300, S2>S12 300, S3>S12 900, S4>S1 700, S4>S4 600, "
               "S5>S5 800");
    assert_str(crosswalk_text(f, "stp", "2017-04-01", "icb", "2022-07-01"),
               "S1>Q1 300, S2>Q1 300, S3>Q2 900, S4>Q2 600, S4>Q3 700, "
               "S5> 800");
    assert_str(crosswalk_text(f, "ccg", "2017-04-01", "stp", "2017-04-01"),
               "C1>S1 300, C2>S2 300, C3>S3 900, C4>S4 1300, C5>S5 800");
    assert_str(crosswalk_text(f, "icb", "2022-07-01", "lad", "2022-07-01"),
               "Q1> 600, Q2> 1500, Q3> 700");
    assert_str(crosswalk_text(f, "lad", "2022-07-01", "icb", "2022-07-01"), "");
    const fpt_crossing *x, *again;
    size_t count;
    assert_ok(fpt_reg_crosswalk(f->registry, FPT_STR("stp"), day("2017-04-01"),
                                FPT_STR("icb"), day("2022-07-01"), &count, &x,
                                NULL));
    assert_ok(fpt_reg_crosswalk(f->registry, FPT_STR("stp"), day("2017-05-01"),
                                FPT_STR("icb"), day("2023-07-01"), &count,
                                &again, NULL));
    assert_ptr_equal(x, again);
}

/* ---- what changed ---- */

static fpt_str diff_text(struct facts *f, const char *kind1, const char *day1,
                         const char *kind2, const char *day2)
{
    static const char *const words[] = {"opened", "closed", "renamed",
                                        "moved",  "split",  "merged"};
    fpt_change *change;
    size_t count;
    fpt_error err = {0};
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    assert_ok_or(fpt_reg_diff(f->registry, &f->arena, fpt_str_from(kind1),
                              day(day1), fpt_str_from(kind2), day(day2), &count,
                              &change, &err),
                 err);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%s%s " FPT_STR_FMT ">" FPT_STR_FMT " %lld",
                         i > 0 ? ", " : "", words[change[i].kind],
                         FPT_STR_ARG(fpt_reg_code(f->registry, change[i].from)),
                         FPT_STR_ARG(fpt_reg_code(f->registry, change[i].to)),
                         (long long)change[i].people);
    return fpt_strbuf_view(&text);
}

static void test_differences(void **state)
{
    struct facts *f = *state;
    put_nation(f);
    open_as_of(f, NULL);
    assert_str(diff_text(f, "stp", "2017-04-01", "stp", "2018-04-01"),
               "opened >S12 0, closed S2> 300, merged S2>S12 300, "
               "closed S3> 900, merged S3>S12 900, moved S4>S1 700, "
               "renamed S5>S5 800");
    assert_str(diff_text(f, "stp", "2017-04-01", "stp", "2018-03-31"), "");
    /* into areas of another kind; nobody took S5's people */
    assert_str(diff_text(f, "stp", "2017-04-01", "icb", "2022-07-01"),
               "opened >Q1 0, opened >Q2 0, opened >Q3 0, "
               "closed S1> 300, merged S1>Q1 300, "
               "closed S2> 300, merged S2>Q1 300, "
               "closed S3> 900, merged S3>Q2 900, "
               "closed S4> 1300, split S4>Q2 600, split S4>Q3 700, "
               "closed S5> 800");
    /* and backwards */
    assert_str(diff_text(f, "stp", "2018-04-01", "stp", "2017-04-01"),
               "opened >S2 0, opened >S3 0, moved S1>S4 700, "
               "closed S12> 1200, split S12>S2 300, split S12>S3 900, "
               "renamed S5>S5 800");
    assert_str(diff_text(f, "lad", "2017-04-01", "stp", "2017-04-01"),
               "opened >S1 0, opened >S2 0, opened >S3 0, opened >S4 0, "
               "opened >S5 0");
}

/* ---- tiers ---- */

static void test_tiers_from_their_pack(void **state)
{
    struct facts *f = *state;
    static const char *const folder[] = {"packs"};
    const fpt_pack_path packs = {1, folder};
    fpt_tiers tiers;
    fpt_error err = {0};
    assert_ok_or(fpt_tiers_open(&f->arena, &packs, (fpt_str){0}, &tiers, &err),
                 err);
    assert_str(tiers.name, "england");
    assert_str(tiers.atom, "lsoa11");
    const fpt_tier *system = fpt_tier_find(&tiers, FPT_STR("system"));
    assert_non_null(system);
    assert_str(fpt_tier_kind_on(system, day("2016-03-31")), "");
    assert_str(fpt_tier_kind_on(system, day("2016-04-01")), "stp");
    assert_str(fpt_tier_kind_on(system, day("2022-06-30")), "stp");
    assert_str(fpt_tier_kind_on(system, day("2022-07-01")), "icb");
    assert_null(fpt_tier_find(&tiers, FPT_STR("nosuch")));
    assert_string_equal(fpt_tier_size_word(system, 1000000), "");
    assert_string_equal(fpt_tier_size_word(system, 999999),
                        "fewer people than is usual for its tier");
    const fpt_tier *nearby = fpt_tier_find(&tiers, FPT_STR("neighbourhood"));
    assert_string_equal(fpt_tier_size_word(nearby, 50000), "");
    assert_string_equal(fpt_tier_size_word(nearby, 50001),
                        "more people than is usual for its tier");
    assert_string_equal(fpt_tier_size_word(nearby, 29999),
                        "fewer people than is usual for its tier");
}

static fpt_status open_tiers(fpt_arena *arena, void *context)
{
    fpt_tiers tiers;
    return fpt_tiers_open(arena, context, (fpt_str){0}, &tiers, NULL);
}

static void test_running_out_of_memory(void **state)
{
    (void)state;
    static const char *const folder[] = {"packs"};
    fpt_pack_path packs = {1, folder};
    assert_every_allocation_may_fail(open_tiers, &packs);
}

/* Code, people and word of each area of unusual size, parted by "; ". */
static fpt_str sizes(struct facts *f, const char *on)
{
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    size_t count;
    fpt_size_remark *list;
    fpt_error err = {0};
    assert_ok_or(fpt_reg_size_remarks(f->registry, test_tiers(), day(on),
                                      &f->arena, &count, &list, &err),
                 err);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%s%.*s %.*s %.*s %lld %.5s", i > 0 ? "; " : "",
                         FPT_STR_ARG(list[i].tier), FPT_STR_ARG(list[i].kind),
                         FPT_STR_ARG(list[i].code), (long long)list[i].people,
                         list[i].text.data);
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

/* Systems of fewer than 1,000 and places of more than 500 are remarked upon; a
 * commissioner may be of any size. */
static void test_areas_of_unusual_size(void **state)
{
    struct facts *f = *state;
    put_nation(f);
    put_relation(f, 1, "L6", "lad", "D1", "2017-04-01", NULL);
    put_relation(f, 1, "L5", "lad", "D2", "2017-04-01", NULL);
    open_as_of(f, "2024-01-01");
    assert_str(sizes(f, "2017-06-01"),
               "system stp S1 300 fewer; system stp S2 300 fewer; system stp "
               "S3 900 fewer; system stp S5 800 fewer; place lad D1 600 more ");
    assert_str(sizes(f, "2023-01-01"),
               "system icb Q1 600 fewer; system icb Q3 700 fewer; place lad D1 "
               "600 more ");
}

/* Without an estimate of residents nothing can be said. */
static void test_no_sizes_without_people(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2017-04-01");
    put_atom(f, 1, "L1");
    put_relation(f, 1, "L1", "stp", "S1", "2017-04-01", NULL);
    open_as_of(f, "2024-01-01");
    assert_str(sizes(f, "2017-06-01"), "");
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_facts, tear_down_facts)
    const struct CMUnitTest tests[] = {
        TEST(test_partitions_by_day),
        TEST(test_what_an_area_is_called_changes_partitions),
        TEST(test_the_partition_in_which_an_area_is),
        TEST(test_an_atom_is_never_divided),
        TEST(test_through_the_splits_of_atoms),
        TEST(test_people_of_the_nearest_estimate),
        TEST(test_crosswalks),
        TEST(test_areas_of_unusual_size),
        TEST(test_no_sizes_without_people),
        TEST(test_differences),
        TEST(test_tiers_from_their_pack),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("partition", tests, NULL, NULL);
}
