/*
 * Who belongs where on a day, as known on a day: tests of fpt_reg_home() and
 * its kin on small sets of facts, each with one trap in it.
 */
#include "facts.h"

/* ---- direct facts ---- */

static void test_a_membership_with_its_days(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2017-05-01");
    put_name(f, 1, "C1", "ccg", "One", NULL, NULL);
    put_relation(f, 1, "P1", "ccg", "C1", "2017-04-01", "2018-04-01");
    put_relation(f, 1, "P1", "ccg", "C2", "2019-04-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "P1", "ccg", "2017-03-31", "");
    assert_home(f, "P1", "ccg", "2017-04-01", "C1");
    assert_home(f, "P1", "ccg", "2018-03-31", "C1");
    assert_home(f, "P1", "ccg", "2018-04-01", ""); /* a gap stays one */
    assert_home(f, "P1", "ccg", "2019-03-31", "");
    assert_home(f, "P1", "ccg", "2019-04-01", "C2");
    assert_home(f, "P1", "ccg", "2030-01-01", "C2");
    assert_home(f, "P1", "stp", "2018-01-01", "");
    assert_home(f, "P1", "nosuch", "2018-01-01", "");
    assert_home(f, "nobody", "ccg", "2018-01-01", "");
    /* as known before the file was published: nothing */
    open_as_of(f, "2017-04-30");
    assert_home(f, "P1", "ccg", "2017-04-15", "");
    open_as_of(f, "2017-05-01");
    assert_home(f, "P1", "ccg", "2017-04-15", "C1");
}

/* A practice as Y03660: five memberships, a spell of one day, a gap. */
static void test_short_spells_and_a_day_with_none(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "epcmem", "2019-10-01");
    put_relation(f, 1, "Y1", "ccg", "A", "2013-02-01", "2013-04-01");
    put_relation(f, 1, "Y1", "ccg", "B", "2013-04-01", "2013-04-02");
    put_relation(f, 1, "Y1", "ccg", "C", "2013-04-03", "2015-01-01");
    put_relation(f, 1, "Y1", "ccg", "B", "2015-01-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "Y1", "ccg", "2013-03-31", "A");
    assert_home(f, "Y1", "ccg", "2013-04-01", "B");
    assert_home(f, "Y1", "ccg", "2013-04-02", "");
    assert_home(f, "Y1", "ccg", "2013-04-03", "C");
    assert_home(f, "Y1", "ccg", "2014-12-31", "C");
    assert_home(f, "Y1", "ccg", "2015-01-01", "B");
}

/* The youngest fact decides, also when it has ended: an older one that looks
 * open was only never closed. */
static void test_an_older_open_fact_does_not_come_back(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2016-04-01");
    put_load(f, 2, "lookup", "2018-04-01");
    put_relation(f, 1, "P1", "ccg", "C1", "2016-04-01", NULL);
    put_relation(f, 2, "P1", "ccg", "C2", "2018-04-01", "2019-04-01");
    open_as_of(f, NULL);
    assert_home(f, "P1", "ccg", "2018-03-31", "C1");
    assert_home(f, "P1", "ccg", "2018-04-01", "C2");
    assert_home(f, "P1", "ccg", "2019-04-01", "");
}

/* A file of 2024 that corrects a membership of 2019: both answers stand, each
 * for the days on which it was known. */
static void test_a_correction_that_arrives_late(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "epraccur", "2019-05-01");
    put_load(f, 2, "epraccur", "2024-02-01");
    put_relation(f, 1, "P1", "ccg", "C1", "2019-04-01", NULL);
    put_relation(f, 2, "P1", "ccg", "C2", "2019-04-01", NULL);
    fpt_reg_fact *fact;
    size_t count;
    open_as_of(f, "2024-01-31");
    assert_home(f, "P1", "ccg", "2019-06-01", "C1");
    assert_home(f, "P1", "ccg", "2024-06-01", "C1");
    open_as_of(f, "2024-02-01");
    assert_home(f, "P1", "ccg", "2019-06-01", "C2");
    /* both facts are shown, with the days on which each was known */
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena,
                               body_of_code(f->registry, "P1"),
                               FPT_REG_RELATIONS, &count, &fact, NULL));
    assert_int_equal(count, 2);
    assert_str(fpt_reg_code(f->registry, fact[0].object), "C1");
    assert_int_equal(fact[0].known.from.days, day("2019-05-01").days);
    assert_int_equal(fact[0].known.to.days, day("2024-02-01").days);
    assert_int_equal(fact[1].known.from.days, day("2024-02-01").days);
    assert_int_equal(fact[1].known.to.days, FPT_DATE_MAX_DAYS);
    /* and seen from the other side */
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena,
                               body_of_code(f->registry, "C1"), FPT_REG_MEMBERS,
                               &count, &fact, NULL));
    assert_int_equal(count, 1);
    assert_str(fpt_reg_code(f->registry, fact[0].object), "P1");
    assert_int_equal(fact[0].known.to.days, day("2024-02-01").days);
}

static void test_a_late_correction_of_the_first_day(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "epraccur", "2019-05-01");
    put_load(f, 2, "epraccur", "2024-02-01");
    put_relation(f, 1, "P1", "ccg", "C1", "2019-04-01", NULL);
    put_relation(f, 2, "P1", "ccg", "C2", "2019-07-01", NULL);
    open_as_of(f, "2024-01-01");
    assert_home(f, "P1", "ccg", "2019-08-01", "C1");
    open_as_of(f, NULL);
    assert_home(f, "P1", "ccg", "2019-06-30", "C1");
    assert_home(f, "P1", "ccg", "2019-07-01", "C2");
}

/* Of two facts of one day and file the one that has ended does not count. */
static void test_what_has_ended_shares_nothing(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "epraccur", "2021-05-01");
    put_relation(f, 1, "P1", "ccg", "C1", "2019-04-01", "2020-04-01");
    put_relation(f, 1, "P1", "ccg", "C2", "2019-04-01", NULL);
    put_relation(f, 1, "P2", "ccg", "C2", "2019-04-01", NULL);
    put_relation(f, 1, "P2", "ccg", "C1", "2019-04-01", "2020-04-01");
    open_as_of(f, NULL);
    assert_home(f, "P1", "ccg", "2019-06-01",
                "C1 500000000000, C2 500000000000?");
    assert_home(f, "P1", "ccg", "2020-06-01", "C2");
    assert_home(f, "P2", "ccg", "2020-06-01", "C2");
}

/* ---- shares ---- */

static void test_a_body_in_two_systems(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "catchment", "2022-07-01");
    put_share(f, 1, "T1", "icb", "Q1", INT64_C(250000000000), "2022-07-01",
              NULL);
    put_share(f, 1, "T1", "icb", "Q2", INT64_C(750000000000), "2022-07-01",
              NULL);
    /* shares that a publisher rounded are made to sum to the whole */
    put_share(f, 1, "T2", "icb", "Q1", INT64_C(333300000000), "2022-07-01",
              NULL);
    put_share(f, 1, "T2", "icb", "Q2", INT64_C(333300000000), "2022-07-01",
              NULL);
    put_share(f, 1, "T2", "icb", "Q3", INT64_C(333300000000), "2022-07-01",
              NULL);
    /* without shares they share equally, and that is said */
    put_relation(f, 1, "T3", "icb", "Q1", "2022-07-01", NULL);
    put_relation(f, 1, "T3", "icb", "Q2", "2022-07-01", NULL);
    put_relation(f, 1, "T3", "icb", "Q3", "2022-07-01", NULL);
    /* a share beside none is no share */
    put_share(f, 1, "T4", "icb", "Q1", INT64_C(900000000000), "2022-07-01",
              NULL);
    put_relation(f, 1, "T4", "icb", "Q2", "2022-07-01", NULL);
    put_relation(f, 1, "T4", "icb", "Q3", "2022-07-01", NULL);
    /* nought, and the same object twice */
    put_share(f, 1, "T5", "icb", "Q1", 0, "2022-07-01", NULL);
    put_share(f, 1, "T5", "icb", "Q2", INT64_C(400000000000), "2022-07-01",
              NULL);
    put_share(f, 1, "T5", "icb", "Q2", INT64_C(100000000000), "2022-07-01",
              NULL);
    put_share(f, 1, "T6", "icb", "Q1", 0, "2022-07-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "T1", "icb", "2023-01-01",
                "Q1 250000000000, Q2 750000000000");
    assert_home(f, "T1", "icb", "2022-06-30", "");
    assert_home(f, "T2", "icb", "2023-01-01",
                "Q1 333333333334, Q2 333333333333, Q3 333333333333");
    assert_home(f, "T3", "icb", "2023-01-01",
                "Q1 333333333334, Q2 333333333333, Q3 333333333333?");
    assert_home(f, "T4", "icb", "2023-01-01",
                "Q1 333333333334, Q2 333333333333, Q3 333333333333?");
    assert_home(f, "T5", "icb", "2023-01-01", "Q1 0, Q2 1000000000000");
    assert_home(f, "T6", "icb", "2023-01-01", "Q1");
}

/* ---- by way of others ---- */

static void put_chain(struct facts *f)
{
    put_load(f, 1, "lookup17", "2017-04-01");
    put_name(f, 1, "S1", "stp", "System 1", "2017-04-01", NULL);
    put_name(f, 1, "S2", "stp", "System 2", "2018-04-01", NULL);
    put_relation(f, 1, "P1", "ccg", "C1", "2013-04-01", NULL);
    put_relation(f, 1, "C1", "stp", "S1", "2017-04-01", NULL);
}

static void test_through_its_commissioner(void **state)
{
    struct facts *f = *state;
    put_chain(f);
    put_load(f, 2, "lookup18", "2018-04-01");
    put_relation(f, 2, "C1", "stp", "S2", "2018-04-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "P1", "stp", "2016-06-01", "");
    assert_home(f, "P1", "stp", "2017-06-01", "S1");
    assert_home(f, "P1", "stp", "2018-06-01", "S2");
    open_as_of(f, "2018-03-31");
    assert_home(f, "P1", "stp", "2018-06-01", "S1");
}

/* Of two ways the one whose last fact is younger counts, then the shorter. */
static void test_the_younger_way_counts(void **state)
{
    struct facts *f = *state;
    put_chain(f);
    put_relation(f, 1, "P1", "pcn", "N1", "2019-07-01", NULL);
    put_relation(f, 1, "N1", "stp", "S2", "2019-07-01", NULL);
    put_relation(f, 1, "P2", "ccg", "C1", "2013-04-01", NULL);
    put_relation(f, 1, "P2", "stp", "S2", "2016-04-01", NULL);
    put_relation(f, 1, "P3", "ccg", "C1", "2013-04-01", NULL);
    put_relation(f, 1, "P3", "stp", "S2", "2017-04-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "P1", "stp", "2018-06-01", "S1"); /* by its commissioner */
    assert_home(f, "P1", "stp", "2019-08-01", "S2"); /* by its network */
    assert_home(f, "P2", "stp", "2018-06-01", "S1"); /* its own is older */
    assert_home(f, "P3", "stp", "2018-06-01", "S2"); /* as young, and shorter */
}

/* An area whose people lie in two: a practice of it is in both, equally, and
 * that is said; a share inside a chain is not followed. */
static void test_a_split_on_the_way(void **state)
{
    struct facts *f = *state;
    put_chain(f);
    put_relation(f, 1, "C2", "stp", "S1", "2017-04-01", NULL);
    put_relation(f, 1, "C2", "stp", "S2", "2017-04-01", NULL);
    put_relation(f, 1, "P2", "ccg", "C2", "2013-04-01", NULL);
    put_relation(f, 1, "P3", "ccg", "C1", "2013-04-01", NULL);
    put_relation(f, 1, "P3", "ccg", "C2", "2013-04-01", NULL);
    put_share(f, 1, "C3", "stp", "S1", INT64_C(500000000000), "2017-04-01",
              NULL);
    put_share(f, 1, "C3", "stp", "S2", INT64_C(500000000000), "2017-04-01",
              NULL);
    put_relation(f, 1, "P4", "ccg", "C3", "2013-04-01", NULL);
    /* two commissioners, each in a system of its own */
    put_relation(f, 1, "C4", "stp", "S2", "2017-04-01", NULL);
    put_relation(f, 1, "P6", "ccg", "C1", "2013-04-01", NULL);
    put_relation(f, 1, "P6", "ccg", "C4", "2013-04-01", NULL);
    put_relation(f, 1, "P7", "ccg", "C1", "2013-04-01", NULL);
    put_relation(f, 1, "P7", "ccg", "C1", "2013-04-01", NULL);
    put_share(f, 1, "P5", "ccg", "C1", INT64_C(1000000000000), "2013-04-01",
              NULL);
    open_as_of(f, NULL);
    assert_home(f, "P2", "stp", "2017-06-01",
                "S1 500000000000, S2 500000000000?");
    assert_home(f, "P3", "stp", "2017-06-01",
                "S1 750000000000, S2 250000000000?");
    assert_home(f, "P4", "stp", "2017-06-01",
                "S1 500000000000, S2 500000000000");
    assert_home(f, "P5", "stp", "2017-06-01", "");
    assert_home(f, "P6", "stp", "2017-06-01",
                "S1 500000000000, S2 500000000000?");
    assert_home(f, "P7", "stp", "2017-06-01", "S1");
}

/* A chain that comes back to itself ends, and depth is bounded. */
static void test_memberships_in_a_circle(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup", "2017-04-01");
    put_name(f, 1, "S1", "stp", "x", NULL, NULL);
    put_relation(f, 1, "A", "ccg", "B", "2017-04-01", NULL);
    put_relation(f, 1, "B", "ccg", "A", "2017-04-01", NULL);
    put_relation(f, 1, "D", "ccg", "D", "2017-04-01", NULL);
    put_relation(f, 1, "A5", "ccg", "A4", "2017-04-01", NULL);
    put_relation(f, 1, "A4", "ccg", "A3", "2017-04-01", NULL);
    put_relation(f, 1, "A3", "ccg", "A2", "2017-04-01", NULL);
    put_relation(f, 1, "A2", "ccg", "A1", "2017-04-01", NULL);
    put_relation(f, 1, "A1", "stp", "S1", "2017-04-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "A", "stp", "2017-06-01", "");
    assert_home(f, "D", "stp", "2017-06-01", "");
    assert_home(f, "D", "ccg", "2017-06-01", "D");
    assert_home(f, "A4", "stp", "2017-06-01", "S1");
    assert_home(f, "A5", "stp", "2017-06-01", "");
}

/* ---- other codes ---- */

/* One ODS code and two GSS codes: the boundary changed, the organisation did
 * not. 02M was E38000188, from April 2018 E38000226. */
static void test_an_alias_whose_meaning_changes_with_the_day(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup17", "2017-04-01");
    put_load(f, 2, "lookup18", "2018-04-01");
    put_alias(f, 1, "E38000188", "02M", "ccg", "2017-04-01");
    put_alias(f, 2, "E38000226", "02M", "ccg", "2018-04-01");
    put_name(f, 1, "E38000188", "ccg", "Fylde & Wyre", "2017-04-01", NULL);
    put_name(f, 2, "E38000226", "ccg", "Fylde and Wyre", "2018-04-01", NULL);
    put_name(f, 1, "S1", "stp", "x", NULL, NULL);
    put_name(f, 2, "S2", "stp", "y", NULL, NULL);
    put_relation(f, 1, "E38000188", "stp", "S1", "2017-04-01", NULL);
    put_relation(f, 2, "E38000226", "stp", "S2", "2018-04-01", NULL);
    put_relation(f, 1, "P1", "ccg", "02M", "2013-04-01", NULL);
    open_as_of(f, NULL);
    const fpt_registry *r = f->registry;
    const fpt_body ods = body_of_code(r, "02M");
    assert_str(fpt_reg_code(r, fpt_reg_canonical(r, ods, day("2017-06-01"))),
               "E38000188");
    assert_str(fpt_reg_code(r, fpt_reg_canonical(r, ods, day("2018-06-01"))),
               "E38000226");
    assert_str(fpt_reg_code(r, fpt_reg_canonical(r, ods, day("2010-01-01"))),
               "E38000188");
    assert_home(f, "P1", "ccg", "2017-06-01", "E38000188");
    assert_home(f, "P1", "ccg", "2018-06-01", "E38000226");
    assert_home(f, "P1", "stp", "2017-06-01", "S1");
    assert_home(f, "P1", "stp", "2018-06-01", "S2");
    assert_home(f, "02M", "stp", "2018-06-01", "S2");
    open_as_of(f, "2017-12-31");
    assert_home(f, "P1", "ccg", "2018-06-01", "E38000188");
}

/* The same code under two systems' facts: its own count when the one that it
 * stands for has none. */
static void test_a_codes_own_facts_count_too(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "a", "2017-04-01");
    put_alias(f, 1, "E38000001", "13T", "ccg", "2017-04-01");
    put_name(f, 1, "Y1", "nhs_region", "North", NULL, NULL);
    put_relation(f, 1, "13T", "nhs_region", "Y1", "2017-04-01", NULL);
    open_as_of(f, NULL);
    assert_home(f, "13T", "nhs_region", "2017-06-01", "Y1");
}

static void test_resolving_codes_and_names(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "lookup17", "2017-04-01");
    put_alias(f, 1, "E38000188", "02M", "ccg", "2017-04-01");
    put_name(f, 1, "E38000188", "ccg", "Fylde & Wyre", "2017-04-01", NULL);
    put_name(f, 1, "S1", "stp", "Bath, Swindon and Wiltshire", "2017-04-01",
             "2020-04-01");
    put_name(f, 1, "S1", "stp", "Bath and North East Somerset", "2020-04-01",
             NULL);
    put_name(f, 1, "L1", "lad", "Wiltshire", NULL, NULL);
    put_name(f, 1, "L2", "county", "Wiltshire", NULL, NULL);
    put_name(f, 1, "L3", "lad", NULL, NULL, NULL);
    put_name(f, 1, "R1", "trust", "Renamed later", "2010-01-01", "2018-01-01");
    put_name(f, 1, "R1", "trust", "Now", "2018-01-01", NULL);
    open_as_of(f, NULL);
    const fpt_registry *r = f->registry;
    static const struct {
        const char *text, *kind, *on, *found;
        size_t count;
    } cases[] = {
        {"E38000188", "", "2017-06-01", "E38000188", 1},
        {"02M", "", "2017-06-01", "E38000188", 1},
        {"02M", "ccg", "2017-06-01", "E38000188", 1},
        {"02M", "stp", "2017-06-01", NULL, 0}, /* in the wrong column */
        {"E38000188", "stp", "2017-06-01", NULL, 0},
        {"S1", "ccg", "2017-06-01", NULL, 0},
        {"Bath, Swindon and Wiltshire", "", "2017-06-01", "S1", 1},
        {"BATH, SWINDON AND WILTSHIRE", "stp", "2017-06-01", "S1", 1},
        {"Bath, Swindon and Wiltshire", "", "2021-06-01", "S1", 1}, /* once */
        {"Bath, Swindon and Wiltshire", "icb", "2021-06-01", NULL, 0},
        {"Wiltshire", "", "2017-06-01", "L1", 2},
        {"Wiltshire", "county", "2017-06-01", "L2", 1},
        {"nowhere", "", "2017-06-01", NULL, 0},
        {"", "", "2017-06-01", NULL, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fpt_body found[2];
        size_t count;
        fpt_reg_resolve(r, fpt_str_from(cases[i].text),
                        fpt_str_from(cases[i].kind), day(cases[i].on), 2, found,
                        &count);
        if (count != cases[i].count)
            fail_msg("%s as %s: %zu", cases[i].text, cases[i].kind, count);
        if (count > 0) assert_str(fpt_reg_code(r, found[0]), cases[i].found);
    }
    /* more than there is room for are counted */
    fpt_body one;
    size_t count;
    fpt_reg_resolve(r, FPT_STR("Wiltshire"), FPT_STR(""), day("2017-06-01"), 1,
                    &one, &count);
    assert_int_equal(count, 2);

    const fpt_body trust = body_of_code(r, "R1");
    assert_str(fpt_reg_name(r, trust, day("2017-12-31")), "Renamed later");
    assert_str(fpt_reg_name(r, trust, day("2018-01-01")), "Now");
    assert_str(fpt_reg_name(r, trust, day("1990-01-01")), "Renamed later");
    assert_str(fpt_reg_name(r, body_of_code(r, "L3"), day("2018-01-01")), "");
    assert_str(fpt_reg_name(r, (fpt_body){FPT_NOBODY}, day("2018-01-01")), "");
    assert_str(fpt_reg_kind(r, trust, day("2018-01-01")), "trust");
    const fpt_body stp = body_of_code(r, "S1");
    assert_str(fpt_reg_kind(r, stp, day("2017-06-01")), "stp");
    assert_str(fpt_reg_kind(r, (fpt_body){FPT_NOBODY}, day("2018-01-01")), "");
    assert_str(fpt_reg_code(r, (fpt_body){FPT_NOBODY}), "");
    assert_int_equal(fpt_reg_count(r), 7);
}

/* ---- one register alone ---- */

static fpt_str home_by(struct facts *f, const char *code, const char *source,
                       const char *on)
{
    fpt_home home[16];
    size_t count;
    int64_t sum = 0;
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    fpt_reg_home_by(f->registry, fpt_reg_find(f->registry, fpt_str_from(code)),
                    FPT_STR("icb"), fpt_str_from(source), day(on), 16, home,
                    &count);
    for (size_t i = 0; i < count; i++) {
        fpt_strbuf_print(&text, "%s" FPT_STR_FMT " %lld", i > 0 ? ", " : "",
                         FPT_STR_ARG(fpt_reg_code(f->registry, home[i].object)),
                         (long long)home[i].share);
        sum += home[i].share;
    }
    if (count > 0) assert_int_equal(sum, FPT_SHARE_WHOLE);
    return fpt_strbuf_view(&text);
}

static void test_one_register_alone(void **state)
{
    struct facts *f = *state;
    put_load(f, 1, "map", "2017-04-01");
    put_load(f, 2, "map", "2021-04-01");
    put_load(f, 3, "catchment", "2022-07-01");
    put_relation(f, 1, "T1", "icb", "Q1", "2017-04-01", "2018-04-01");
    put_relation(f, 2, "T1", "icb", "Q2", "2021-04-01", NULL);
    for (int i = 0; i < 7; i++) {
        static const char *const object[] = {"Q1", "Q2", "Q3", "Q4",
                                             "Q5", "Q6", "Q7"};
        put_share(f, 3, "T1", "icb", object[i], 142857142857 + i, "2022-07-01",
                  NULL);
    }
    open_as_of(f, NULL);
    assert_str(home_by(f, "T1", "map", "2017-06-01"), "Q1 1000000000000");
    assert_str(home_by(f, "T1", "map", "2023-01-01"), "Q2 1000000000000");
    /* none holds: the nearest; of two as near the younger */
    assert_str(home_by(f, "T1", "map", "2010-01-01"), "Q1 1000000000000");
    assert_str(home_by(f, "T1", "map", "2018-05-01"), "Q1 1000000000000");
    assert_str(home_by(f, "T1", "map", "2020-12-01"), "Q2 1000000000000");
    assert_str(home_by(f, "T1", "catchment", "2017-06-01"),
               "Q1 142857142855, Q2 142857142855, Q3 142857142856, "
               "Q4 142857142857, Q5 142857142858, Q6 142857142859, "
               "Q7 142857142860");
    assert_str(home_by(f, "T1", "other", "2017-06-01"), "");
    assert_str(home_by(f, "T9", "map", "2017-06-01"), "");
}

/* ---- facts as they were published ---- */

static void test_facts_in_order(void **state)
{
    struct facts *f = *state;
    fpt_reg_fact *fact;
    size_t count;
    put_load(f, 1, "b", "2019-01-01");
    put_load(f, 2, "a", "2017-01-01");
    put_role(f, 1, "T1", "RO57", "2008-01-01", NULL);
    put_role(f, 1, "T1", "RO197", "2001-04-01", "2008-01-01");
    put_role(f, 2, "T1", "RO197", "2001-04-01", NULL);
    put_role(f, 2, "T1", "RO197", "1999-04-01", "2000-01-01");
    put_name(f, 1, "T1", "trust", "New", "2008-01-01", NULL);
    put_name(f, 2, "T1", "trust", "Old", "2001-04-01", NULL);
    put_alias(f, 1, "G1", "T1", "trust", "2001-04-01");
    put_alias(f, 1, "T1", "T1X", "trust", "2001-04-01");
    put_succession(f, 1, "T0", "T1", "2001-04-01");
    open_as_of(f, NULL);
    const fpt_body body = body_of_code(f->registry, "T1");
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena, body, FPT_REG_ROLES,
                               &count, &fact, NULL));
    assert_int_equal(count, 4);
    /* by role, first day, and the day from which it was known */
    static const struct {
        const char *role, *from, *known, *known_to;
    } roles[] = {{"RO57", "2008-01-01", "2019-01-01", NULL},
                 {"RO197", "1999-04-01", "2017-01-01", NULL},
                 {"RO197", "2001-04-01", "2017-01-01", "2019-01-01"},
                 {"RO197", "2001-04-01", "2019-01-01", NULL}};
    for (size_t i = 0; i < count; i++) {
        const fpt_reg_fact *x = &fact[i];
        const size_t w = fpt_str_equal(fact[0].what, FPT_STR("RO57")) ? i
                         : i < 3                                      ? i + 1
                                                                      : 0;
        assert_str(x->what, roles[w].role);
        assert_int_equal(x->valid.from.days, day(roles[w].from).days);
        assert_int_equal(x->known.from.days, day(roles[w].known).days);
        assert_int_equal(x->known.to.days, roles[w].known_to != NULL
                                               ? day(roles[w].known_to).days
                                               : FPT_DATE_MAX_DAYS);
    }
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena, body, FPT_REG_NAMES,
                               &count, &fact, NULL));
    assert_int_equal(count, 2);
    assert_str(fact[0].text, "Old");
    assert_str(fact[0].source, "a");
    assert_int_equal(fact[0].load, 2);
    assert_str(fact[1].text, "New");
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena, body, FPT_REG_ALIASES,
                               &count, &fact, NULL));
    assert_int_equal(count, 2);
    assert_str(fact[0].text, "T1X");
    assert_str(fact[1].text, "G1");
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena, body,
                               FPT_REG_PREDECESSORS, &count, &fact, NULL));
    assert_int_equal(count, 1);
    assert_str(fact[0].text, "T0");
    assert_ok(fpt_reg_facts_of(f->registry, &f->arena, body, FPT_REG_SUCCESSORS,
                               &count, &fact, NULL));
    assert_int_equal(count, 0);
}

static fpt_status list_facts(fpt_arena *arena, void *context)
{
    struct facts *f = context;
    fpt_reg_fact *fact;
    size_t count;
    for (int sort = FPT_REG_NAMES; sort <= FPT_REG_PREDECESSORS; sort++)
        FPT_TRY(fpt_reg_facts_of(f->registry, arena,
                                 body_of_code(f->registry, "P1"),
                                 (fpt_reg_facts)sort, &count, &fact, NULL));
    return FPT_OK;
}

static void test_running_out_of_memory(void **state)
{
    struct facts *f = *state;
    put_chain(f);
    for (int i = 0; i < 40; i++) {
        put_name(f, 1, "P1", "practice", "x", NULL, NULL);
        put_alias(f, 1, "G1", "P1", "practice", NULL);
    }
    open_as_of(f, NULL);
    assert_every_allocation_may_fail(list_facts, f);
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_facts, tear_down_facts)
    const struct CMUnitTest tests[] = {
        TEST(test_a_membership_with_its_days),
        TEST(test_short_spells_and_a_day_with_none),
        TEST(test_an_older_open_fact_does_not_come_back),
        TEST(test_a_correction_that_arrives_late),
        TEST(test_a_late_correction_of_the_first_day),
        TEST(test_what_has_ended_shares_nothing),
        TEST(test_a_body_in_two_systems),
        TEST(test_through_its_commissioner),
        TEST(test_the_younger_way_counts),
        TEST(test_a_split_on_the_way),
        TEST(test_memberships_in_a_circle),
        TEST(test_an_alias_whose_meaning_changes_with_the_day),
        TEST(test_a_codes_own_facts_count_too),
        TEST(test_resolving_codes_and_names),
        TEST(test_one_register_alone),
        TEST(test_facts_in_order),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("belonging", tests, NULL, NULL);
}
