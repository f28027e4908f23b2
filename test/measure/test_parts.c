/*
 * What must hold of figures whatever the numbers are: areas and unassigned sum to
 * the nation, the parts that are told sum to their figure, and what is stored is
 * what was computed. Checked on random activity of random providers, seeded.
 */
#include "check.h"
#include "measure/country.h"

static const char *const providers[] = {"RA1", "RB1",    "RC1",   "RC9",
                                        "RW1", "RZ1",    "RX1",   "RY1",
                                        "RT1", "Y00001", "Q9999", "RC5"};

enum { MONTHS = 24 };

/* Two years of A&E, some providers in some months. */
static void load_random_activity(struct country *c, uint64_t seed)
{
    fpt_strbuf text = fpt_strbuf_make(&c->l->place->arena);
    fpt_strbuf_add(&text, FPT_STR(AE_HEADER));
    for (int m = 0; m < MONTHS; m++)
        for (size_t p = 0; p < COUNT_OF(providers); p++) {
            if (next_random(&seed) % 4 == 0 && p > 0) continue;
            const unsigned n = (unsigned)(next_random(&seed) % 1000);
            fpt_strbuf_print(&text, "%d-%02d-01,%s,1,%u,%u,%u\n",
                             2016 + (m + 3) / 12, (m + 3) % 12 + 1,
                             providers[p], n,
                             (unsigned)(next_random(&seed) % (n + 1)),
                             (unsigned)(next_random(&seed) % (n + 1)));
        }
    load_text(c->l, "ae.csv", fpt_strbuf_view(&text).data);
}

static void set_up_random(struct country *c, uint64_t seed)
{
    load_footprints(c);
    load_providers(c);
    load_random_activity(c, seed);
    start_measuring(c, "2024-06-01");
}

static fpt_figure *get(struct country *c, const fpt_measure_ask *ask,
                       size_t *count)
{
    fpt_figure *f;
    fpt_error err = {0};
    assert_ok_or(fpt_measure_figures(c->measure, &c->l->place->arena, ask,
                                     count, &f, &err),
                 err);
    return f;
}

static void check_sums(struct country *c, const char *id, const char *on)
{
    const fpt_indicator in = project_indicator(c, id);
    fpt_measure_ask ask = {.indicator = &in,
                           .tier = FPT_STR("nation"),
                           .then = on == NULL,
                           .any_grain = true};
    if (on != NULL) ask.on = day(on);
    size_t nations, areas, told = 0;
    const fpt_figure *nation = get(c, &ask, &nations);
    assert_int_equal(nations, MONTHS + 2); /* and two financial years */
    ask.tier = FPT_STR("system");
    const fpt_figure *area = get(c, &ask, &areas);
    for (size_t n = 0; n < nations; n++) {
        int64_t top = 0, bottom = 0;
        for (size_t a = 0; a < areas; a++) {
            if (!fpt_period_equal(area[a].period, nation[n].period)) continue;
            top += area[a].numerator;
            bottom += area[a].denominator;
            told++;
        }
        assert_int_equal(top, nation[n].numerator);
        /* Residents of the nation are those of its areas too. */
        assert_int_equal(bottom, nation[n].denominator);
    }
    assert_int_equal(told, areas);
}

static void test_areas_and_unassigned_sum_to_the_nation(void **state)
{
    static const char *const views[] = {NULL, "2017-04-01", "2018-04-01"};
    struct country *c = *state;
    set_up_random(c, 11);
    for (size_t v = 0; v < COUNT_OF(views); v++) {
        check_sums(c, "ae_4h", views[v]);
        check_sums(c, "ae_emergency_admissions", views[v]);
    }
}

static bool same_term(const fpt_contribution *a, const fpt_contribution *b)
{
    return fpt_str_equal(a->area, b->area) && fpt_str_equal(a->term, b->term);
}

/* A few of each term are the first of all of them, the largest first, and the
 * rest is told as one that sums what was left out. */
static void check_few(struct country *c, const fpt_measure_ask *ask,
                      size_t count, const fpt_contribution *all)
{
    enum { MOST = 2 };
    size_t figures, few, at = 0;
    fpt_figure *figure;
    fpt_contribution *part;
    fpt_error err = {0};
    assert_ok_or(fpt_measure_parts(c->measure, &c->l->place->arena, ask, MOST,
                                   &figures, &figure, &few, &part, &err),
                 err);
    for (size_t i = 0; i < few;) {
        size_t told = 0;
        const fpt_contribution *term = &part[i];
        for (; i < few && same_term(term, &part[i]) && part[i].parts == 1;
             i++) {
            assert_true(told++ <= MOST);
            assert_true(fpt_str_equal(part[i].place, all[at].place));
            assert_int_equal(part[i].part, all[at].part);
            if (told > 1)
                assert_true(llabs(all[at - 1].part) >= llabs(all[at].part));
            at++;
        }
        if (i == few || !same_term(term, &part[i])) continue;
        assert_int_equal(told, MOST);
        assert_true(part[i].parts > 1 && part[i].place.len == 0);
        int64_t whole = 0, sum = 0;
        for (int64_t k = 0; k < part[i].parts; k++, at++) {
            assert_true(same_term(term, &all[at]));
            whole += all[at].whole;
            sum += all[at].part;
        }
        assert_int_equal(part[i].whole, whole);
        assert_int_equal(part[i].part, sum);
        i++;
    }
    assert_int_equal(at, count);
}

/* Parts as they are told, summed by the figure that they went into. */
static void check_parts(struct country *c, const fpt_measure_ask *ask)
{
    size_t figures, count;
    fpt_figure *figure;
    fpt_contribution *part;
    fpt_error err = {0};
    fpt_arena *arena = &c->l->place->arena;
    assert_ok_or(fpt_measure_parts(c->measure, arena, ask, SIZE_MAX, &figures,
                                   &figure, &count, &part, &err),
                 err);
    assert_true(count > 0);
    check_few(c, ask, count, part);
    for (size_t i = 0; i < figures; i++) {
        int64_t top = 0, bottom = 0;
        for (size_t p = 0; p < count; p++) {
            if (!fpt_str_equal(part[p].area, figure[i].code)) continue;
            const bool above =
                fpt_str_starts(part[p].term, FPT_STR("numerator"));
            const bool minus =
                fpt_str_starts(part[p].term, FPT_STR("numerator -"));
            *(above ? &top : &bottom) += minus ? -part[p].part : part[p].part;
            assert_true(part[p].part <= part[p].whole);
        }
        assert_int_equal(top, figure[i].numerator);
        assert_int_equal(bottom, figure[i].denominator);
        size_t own;
        fpt_contribution *mine;
        fpt_figure one;
        assert_ok_or(fpt_measure_explain(c->measure, arena, ask, figure[i].code,
                                         &one, &own, &mine, &err),
                     err);
        assert_int_equal(one.numerator, figure[i].numerator);
        for (size_t p = 0; p < count; p++)
            own -= fpt_str_equal(part[p].area, figure[i].code) ? 1 : 0;
        assert_int_equal(own, 0);
    }
}

static void test_parts_sum_to_their_figures(void **state)
{
    static const char *const periods[] = {"2016-04", "2017-09", "2016/17"};
    static const char *const tiers[] = {"nation", "system", "organisation"};
    struct country *c = *state;
    set_up_random(c, 12);
    const fpt_indicator in = project_indicator(c, "ae_4h");
    for (size_t p = 0; p < COUNT_OF(periods); p++)
        for (size_t t = 0; t < COUNT_OF(tiers); t++) {
            fpt_measure_ask ask = ask_for(&in, tiers[t], periods[p]);
            ask.any_grain = false;
            ask.grain = fpt_indicator_grain(&in, ask.period);
            check_parts(c, &ask);
            ask.then = false;
            ask.on = day("2018-04-01");
            check_parts(c, &ask);
        }
}

static void test_what_is_asked_of_nobody(void **state)
{
    struct country *c = *state;
    set_up_random(c, 13);
    const fpt_indicator in = project_indicator(c, "ae_4h");
    const fpt_measure_ask ask = ask_for(&in, "system", "2016-04");
    size_t count;
    fpt_contribution *part;
    fpt_figure one;
    fpt_error err = {0};
    assert_refused(fpt_measure_explain(c->measure, &c->l->place->arena, &ask,
                                       FPT_STR("E54000004"), &one, &count,
                                       &part, &err),
                   FPT_ERR_NOT_FOUND, err,
                   "\"E54000004\" has no figure of ae_4h there; it is not one "
                   "of the system areas of that day");
}

/* ---- the share that was estimated ---- */

static void test_how_much_was_shared_out(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    load_text(c->l, "ae.csv",
              AE_HEADER "2016-04-01,RA1,1,100,10,7\n2016-04-01,RT1,1,100,61,2"
                        "\n");
    start_measuring(c, "2024-06-01");
    const fpt_indicator in = project_indicator(c, "ae_4h");
    const fpt_measure_ask ask = ask_for(&in, "system", "2016-04");
    size_t count;
    const fpt_figure *f = get(c, &ask, &count);
    assert_int_equal(count, 3);
    /* RT1: 49, 33, 18 attendances of which 30, 20, 11 took longer. */
    assert_int_equal(f[0].numerator, 90 + 19);
    assert_int_equal(f[0].estimated, 19);
    assert_int_equal(f[1].estimated, 13);
    assert_int_equal(f[2].estimated, 7);
}

/* ---- formulas, loads, what is stored ---- */

static void test_formulas(void **state)
{
    struct country *c = *state;
    set_up_random(c, 14);
    const struct {
        const char *id;
        fpt_figure figure;
        const char *formula;
    } cases[] = {
        {"ae_4h",
         {.has_numerator = true,
          .has_denominator = true,
          .numerator = 9,
          .denominator = 10},
         "9 / 10 x 100, with Wilson's interval"},
        {"ae_attendances",
         {.has_numerator = true,
          .has_denominator = true,
          .numerator = 9,
          .denominator = 10},
         "9 / 10 x 1000, with the interval of a Poisson count (exact below 10 "
         "events, else Byar's)"},
        {"residents",
         {.has_numerator = true, .numerator = 7},
         "7; no interval: An estimate whose error ONS does not publish for "
         "small areas."},
        {"gp_payment_per_patient",
         {.has_numerator = true,
          .has_denominator = true,
          .numerator = 12345,
          .denominator = 10},
         "12345 / 10 x 0.01; no interval: "},
        {"ae_4h",
         {.has_denominator = true, .denominator = 10},
         "no numerator was published / 10 x 100, with Wilson's interval"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const fpt_indicator in = project_indicator(c, cases[i].id);
        fpt_str text;
        assert_ok(fpt_figure_formula(&c->l->place->arena, &in, &cases[i].figure,
                                     &text));
        assert_true(fpt_str_starts(text, fpt_str_from(cases[i].formula)));
    }
}

static void test_what_is_stored_is_what_was_computed(void **state)
{
    struct country *c = *state;
    set_up_random(c, 15);
    const fpt_indicator in = project_indicator(c, "ae_4h");
    fpt_store *store = c->l->w.warehouse;
    const fpt_date view[] = {day("2018-04-01")};
    int64_t stored, kept, late;
    fpt_error err = {0};
    assert_ok_or(fpt_measure_stored(store, &kept, &late, &err), err);
    assert_int_equal(kept, 0);
    for (int twice = 0; twice < 2; twice++) { /* in the place of the first */
        assert_ok_or(fpt_store_begin(store, &err), err);
        assert_ok_or(fpt_measure_store(c->measure, &in, 1, view, &stored, &err),
                     err);
        assert_ok_or(fpt_store_commit(store, &err), err);
        assert_int_equal(ask(store, "SELECT count(*) FROM observation"),
                         stored);
    }
    /* Areas and unassigned sum to the nation in what is stored, too. */
    assert_int_equal(
        ask(store,
            "SELECT count(*) FROM (SELECT o.view, o.period_from, o.period_to "
            "FROM observation o WHERE o.tier = 'system' GROUP BY 1, 2, 3 "
            "HAVING sum(o.numerator) <> (SELECT n.numerator FROM observation n "
            "WHERE n.tier = 'nation' AND n.period_from = o.period_from AND "
            "n.period_to = o.period_to))"),
        0);
    assert_int_equal(ask(store, "SELECT count(DISTINCT view) FROM observation"),
                     2);
    assert_ok_or(fpt_measure_stored(store, &kept, &late, &err), err);
    assert_int_equal(kept, 1);
    assert_int_equal(late, 0);
    load_text(c->l, "more.csv", AE_HEADER "2019-04-01,RA1,1,1,0,0\n");
    assert_ok_or(fpt_measure_stored(store, &kept, &late, &err), err);
    assert_int_equal(late, 1);
}

static void test_the_loads_behind_an_indicator(void **state)
{
    struct country *c = *state;
    set_up_random(c, 16);
    const fpt_indicator in = project_indicator(c, "ae_attendances");
    size_t count;
    int64_t *load;
    fpt_error err = {0};
    assert_ok_or(fpt_measure_loads(c->measure, &c->l->place->arena, &in, &count,
                                   &load, &err),
                 err);
    assert_int_equal(count, 2); /* people, then activity */
    assert_int_equal(load[0], 3);
    assert_int_equal(load[1], 8);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_country, tear_down_country)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_areas_and_unassigned_sum_to_the_nation),
        TEST(test_parts_sum_to_their_figures),
        TEST(test_what_is_asked_of_nobody),
        TEST(test_how_much_was_shared_out),
        TEST(test_formulas),
        TEST(test_what_is_stored_is_what_was_computed),
        TEST(test_the_loads_behind_an_indicator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
