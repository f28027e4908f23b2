/* Figures on a country small enough to add up by hand (country.h). */
#include "check.h"
#include "measure/country.h"

/* ---- where a provider's activity goes ---- */

static const char april[] = AE_HEADER "2016-04-01,RA1,1,100,10,7\n"
                                      "2016-04-01,RA1,other,40,2,0\n"
                                      "2016-04-01,RB1,1,50,5,3\n"
                                      "2016-04-01,RC1,1,30,3,1\n"
                                      "2016-04-01,RW1,1,8,1,1\n"
                                      "2016-04-01,RZ1,1,9,0,0\n"
                                      "2016-04-01,RX1,1,11,0,0\n"
                                      "2016-04-01,RY1,1,13,0,0\n"
                                      "2016-04-01,Y00001,other,17,1,0\n"
                                      "2016-04-01,RT1,1,100,61,2\n"
                                      "2016-04-01,Q9999,1,19,2,0\n";

static void set_up_april(struct country *c)
{
    load_footprints(c);
    load_providers(c);
    load_text(c->l, "ae.csv", april);
    start_measuring(c, "2024-06-01");
}

static void test_steps_of_the_attribution(void **state)
{
    struct country *c = *state;
    set_up_april(c);
    const fpt_indicator in = project_indicator(c, "ae_4h");
    fpt_measure_ask ask = ask_for(&in, "system", "2016-04");
    /* D of 2018 is L2 to L6: of RT1's 100 attendances 30/61, 20/61 and 11/61 are
     * 49.18, 32.79 and 18.03: the one that is left goes to B. */
    assert_str(figures(c, &ask),
               "E54000001 147/189 OK; E54000002 81/108 OK; E54000003 34/48 OK; "
               "UNASSIGNED 50/52 OK");
    /* The first step alone. */
    ask.most_step = 1;
    assert_str(figures(c, &ask),
               "E54000001 128/140 OK; E54000002 52/58 OK; E54000003 27/30 OK; "
               "UNASSIGNED 105/169 OK");
    ask.tier = FPT_STR("nation");
    assert_str(figures(c, &ask), "E92000001 312/397 OK");
}

static void test_the_same_on_later_footprints(void **state)
{
    struct country *c = *state;
    set_up_april(c);
    const fpt_indicator in = project_indicator(c, "ae_4h");
    fpt_measure_ask ask = ask_for(&in, "system", "2016-04");
    ask.then = false;
    ask.on = day("2018-04-01");
    /* A of 2017 is 50 of A and 30 of D: RA1's 140 are 87.5 and 52.5, which tie;
     * the first by code gets the one that is left. */
    assert_str(figures(c, &ask),
               "E54000001 80/88 OK; E54000004 182/257 OK; UNASSIGNED 50/52 OK");
}

static void test_where_each_provider_was_placed(void **state)
{
    static const struct {
        const char *org;
        int step;
        const char *area, *via, *how;
    } cases[] = {
        {"RA1", 1, "E54000001", "", "Map of acute trusts 2017/18"},
        {"RC1", 1, "E54000003", "RC9", "Map of acute trusts 2017/18"},
        {"RW1", 1, "E54000002", "RB1", "Map of acute trusts 2017/18"},
        {"RZ1", 0, "", "", "no step placed it"},
        {"RX1", 0, "", "", "no step placed it"},
        {"RY1", 0, "", "", "no step placed it"},
        {"Y00001", 2, "E38000002", "",
         "Practice file, the commissioner of the day"},
        {"RT1", 2, "E54000004", "", "Map of trusts 2021"},
        {"Q9999", 0, "", "", "no register knows it"},
    };
    struct country *c = *state;
    set_up_april(c);
    fpt_period april_2016;
    assert_true(fpt_period_parse(FPT_STR("2016-04"), &april_2016));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t count;
        fpt_placed *placed;
        fpt_error err = {0};
        assert_ok_or(fpt_measure_place(c->measure, &c->l->place->arena,
                                       fpt_str_from(cases[i].org), april_2016,
                                       &count, &placed, &err),
                     err);
        assert_int_equal(count, 1);
        assert_int_equal(placed->step, cases[i].step);
        assert_str(fpt_reg_code(c->registry, placed->area), cases[i].area);
        assert_str(fpt_reg_code(c->registry, placed->via), cases[i].via);
        assert_str(placed->how, cases[i].how);
    }
}

static void test_organisations(void **state)
{
    struct country *c = *state;
    set_up_april(c);
    const fpt_indicator in = project_indicator(c, "ae_emergency_admissions");
    const fpt_measure_ask ask = ask_for(&in, "nation", "2016-04");
    assert_str(figures(c, &ask), "E92000001 14/111 OK");
    const fpt_indicator four = project_indicator(c, "ae_4h");
    const fpt_measure_ask orgs = ask_for(&four, "organisation", "2016-04");
    assert_str(figures(c, &orgs),
               "Q9999 17/19 OK; RA1 128/140 OK; RB1 45/50 OK; RC1 27/30 OK; "
               "RT1 39/100 OK; RW1 7/8 OK; RX1 11/11 OK; RY1 13/13 OK; RZ1 9/9 "
               "OK; Y00001 16/17 OK");
}

/* ---- residents: filters, counts, the nearest estimate ---- */

static void test_residents(void **state)
{
    struct country *c = *state;
    set_up_april(c);
    load_text(c->l, "imd.csv",
              "LSOA11CD,LSOA11NM,LAD18CD,LAD18NM,IMD19,FID\n"
              "E01000001,L1,E06000001,Town,1,1\n"
              "E01000002,L2,E06000001,Town,3285,2\n"
              "E01000003,L3,E06000001,Town,3284,3\n"
              "E01000004,L4,E06000001,Town,32844,4\n"
              "E01000005,L5,E06000001,Town,5,5\n"
              "E01000006,L6,E06000001,Town,6,6\n");
    start_measuring(c, "2024-06-01");
    const fpt_indicator people = project_indicator(c, "residents");
    const fpt_indicator old = project_indicator(c, "aged_65_over");
    const fpt_indicator deprived = project_indicator(c, "deprived_decile");
    fpt_measure_ask ask = ask_for(&people, "system", "2017");
    assert_str(figures(c, &ask), "E54000001 80 OK; E54000002 20 OK; E54000003 "
                                 "11 OK");
    ask.indicator = &old;
    assert_str(figures(c, &ask), "E54000001 8/80 OK; E54000002 1/20 OK; "
                                 "E54000003 3/11 OK");
    ask.indicator = &deprived; /* ranks up to 3284, of all small areas */
    assert_str(figures(c, &ask), "E54000001 1/2 OK; E54000002 1/2 OK; "
                                 "E54000003 2/2 OK");
    ask.then = false;
    ask.on = day("2018-04-01");
    assert_str(figures(c, &ask), "E54000001 1/1 OK; E54000004 3/5 OK");
    ask.tier = FPT_STR("place");
    assert_str(figures(c, &ask), "E06000001 4/6 OK");
}

/* ---- which numbers are for which period ---- */

static void test_a_year_needs_all_its_months(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    fpt_strbuf text = fpt_strbuf_make(&c->l->place->arena);
    fpt_strbuf_add(&text, FPT_STR(AE_HEADER));
    for (int m = 0; m < 12; m++)
        fpt_strbuf_print(&text, "%d-%02d-01,RA1,1,%d,1,1\n",
                         m < 9 ? 2016 : 2017, (m + 3) % 12 + 1, 100 + m);
    fpt_strbuf_add(&text, FPT_STR("2017-04-01,RA1,1,7,0,0\n"));
    load_text(c->l, "ae.csv", fpt_strbuf_view(&text).data);
    start_measuring(c, "2024-06-01");
    const fpt_indicator in = project_indicator(c, "ae_4h");
    fpt_measure_ask ask = ask_for(&in, "nation", "2016/17");
    ask.any_grain = false;
    ask.grain = FPT_GRAIN_FY;
    assert_str(figures(c, &ask), "E92000001 1254/1266 OK");
    ask.has_period = false;
    assert_str(figures(c, &ask), "E92000001 1254/1266 OK");
    size_t count;
    fpt_figure *f;
    fpt_error err = {0};
    ask = ask_for(&in, "nation", "2017/18");
    ask.any_grain = false;
    ask.grain = FPT_GRAIN_FY;
    assert_refused(fpt_measure_figures(c->measure, &c->l->place->arena, &ask,
                                       &count, &f, &err),
                   FPT_ERR_NOT_FOUND, err, "there are no numbers for ae_4h");
}

/* A year that is published beside its months counts once, place by place. */
static void test_a_year_beside_its_months(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    put_source(c->l, "yearly",
               "recognise: {header: [year, org, n]}\n"
               "columns:\n"
               "  year: {type: period, names: [year]}\n"
               "  org: {type: code, names: [org]}\n"
               "  n: {type: int, names: [n]}\n"
               "facts:\n"
               "  - {fact: datum, series: ae.attendances, unit: attendances, "
               "about: x, place: org, period: year, value: n}\n");
    fpt_strbuf text = fpt_strbuf_make(&c->l->place->arena);
    fpt_strbuf_add(&text, FPT_STR(AE_HEADER));
    for (int m = 0; m < 12; m++)
        fpt_strbuf_print(&text,
                         "%d-%02d-01,RA1,1,100,1,0\n%d-%02d-01,RB1,1,10,1,0\n",
                         m < 9 ? 2016 : 2017, (m + 3) % 12 + 1,
                         m < 9 ? 2016 : 2017, (m + 3) % 12 + 1);
    load_text(c->l, "ae.csv", fpt_strbuf_view(&text).data);
    load_text(c->l, "yearly.csv",
              "year,org,n\n2016/17,RA1,1203\n2016/17 Q2,RB1,33\n");
    start_measuring(c, "2024-06-01");
    const fpt_indicator in = project_indicator(c, "ae_4h");
    fpt_measure_ask ask = ask_for(&in, "organisation", "2016/17");
    ask.any_grain = false;
    ask.grain = FPT_GRAIN_FY;
    assert_str(figures(c, &ask), "RA1 1191/1203 OK; RB1 111/123 OK");
    ask.tier = FPT_STR("nation");
    assert_str(figures(c, &ask), "E92000001 1302/1326 OK");
}

static const char beds_pack[] =
    "recognise: {header: [org, month, beds, used]}\n"
    "columns:\n"
    "  org: {type: code, names: [org]}\n"
    "  month: {type: period, names: [month]}\n"
    "  beds: {type: int, names: [beds], suppressed: ['*'], missing: ['-']}\n"
    "  used: {type: int, names: [used], suppressed: ['*'], missing: ['-']}\n"
    "  note: {type: text, names: [note], required: no}\n"
    "facts:\n"
    "  - {fact: datum, series: t.beds, unit: beds, about: x, place: org, "
    "period: month, value: beds}\n"
    "  - {fact: datum, series: t.used, unit: beds, about: x, place: org, "
    "period: month, value: used, suspect_column: note, suspect_text: odd}\n";

static const char beds_indicator[] =
    "title: Beds\nshort: Beds\nabout: x\nsource: x\nunit: per cent\nbasis: x\n"
    "statistic: proportion\npolarity: lower\nplaces: providers\n"
    "tiers: [nation, system, organisation]\ngrains: [month]\nmultiplier: 100\n"
    "interval: wilson\n"
    "numerator:\n  - {series: t.used, periods: same}\n"
    "denominator:\n  - {series: t.beds, periods: same}\n";

/* What has no value says why, for organisations and for all that they are in. */
static void test_statuses(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    put_source(c->l, "beds", beds_pack);
    put_pack(c->l->place, "packs", "indicators", "t_beds", beds_indicator);
    load_text(c->l, "beds.csv",
              "org,month,beds,used,note\nRA1,2016-04,10,9,\nRB1,2016-04,10,*,\n"
              "RC9,2016-04,10,-,\nRA1,2016-05,10,9,odd\nRB1,2016-05,0,0,\n"
              "RC9,2016-05,10,10,\nRA1,2016-06,5,6,\n");
    start_measuring(c, "2024-06-01");
    const fpt_indicator in = project_indicator(c, "t_beds");
    fpt_measure_ask ask = ask_for(&in, "organisation", "2016-04");
    assert_str(figures(c, &ask), "RA1 9/10 OK; RB1 -/10 SUPPRESSED; RC9 -/10 "
                                 "MISSING");
    ask.tier = FPT_STR("nation");
    assert_str(figures(c, &ask), "E92000001 -/30 SUPPRESSED");
    ask = ask_for(&in, "system", "2016-05");
    assert_str(figures(c, &ask),
               "E54000001 9/10 SUSPECT; E54000002 0/0 ZERO_DENOMINATOR; "
               "E54000003 10/10 OK");
    ask = ask_for(&in, "organisation", "2016-06");
    size_t count;
    fpt_figure *f;
    fpt_error err = {0};
    assert_ok_or(fpt_measure_figures(c->measure, &c->l->place->arena, &ask,
                                     &count, &f, &err),
                 err);
    assert_int_equal(count, 1); /* 6 of 5: no proportion, and no interval */
    assert_true(isnan(f->lower) && isnan(f->upper));
}

static void test_wrong_questions(void **state)
{
    struct country *c = *state;
    set_up_april(c);
    const fpt_indicator in = project_indicator(c, "ae_4h");
    const fpt_indicator rtt = project_indicator(c, "rtt_over_18w");
    fpt_measure_ask ask = ask_for(&in, "place", "2016-04");
    size_t count;
    fpt_figure *f;
    fpt_error err = {0};
    fpt_arena *arena = &c->l->place->arena;
    assert_refused(
        fpt_measure_figures(c->measure, arena, &ask, &count, &f, &err),
        FPT_ERR_USAGE, err, "ae_4h is not defined for the tier \"place\"");
    ask.tier = FPT_STR("system");
    ask.confidence = 95.0;
    assert_refused(
        fpt_measure_figures(c->measure, arena, &ask, &count, &f, &err),
        FPT_ERR_RANGE, err, "a confidence of 95 is not between 0 and 1");
    ask.confidence = 0.0;
    ask.then = false;
    ask.on = day("2010-01-01");
    assert_refused(
        fpt_measure_figures(c->measure, arena, &ask, &count, &f, &err),
        FPT_ERR_NOT_FOUND, err, "the tier system had not begun on 2010-01-01");
    ask = ask_for(&rtt, "nation", "2016-04");
    assert_refused(
        fpt_measure_figures(c->measure, arena, &ask, &count, &f, &err),
        FPT_ERR_NOT_FOUND, err, "the series rtt.over_18_weeks is not loaded");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_country, tear_down_country)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_steps_of_the_attribution),
        TEST(test_the_same_on_later_footprints),
        TEST(test_where_each_provider_was_placed),
        TEST(test_organisations),
        TEST(test_residents),
        TEST(test_a_year_needs_all_its_months),
        TEST(test_a_year_beside_its_months),
        TEST(test_statuses),
        TEST(test_wrong_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
