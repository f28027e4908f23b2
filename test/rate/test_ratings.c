/*
 * From a warehouse to kept ratings and back: what pages read is what was judged,
 * with intervals and chances; a second run takes the place of the first; judgements
 * count before figures; and two periods are told apart by rule, noise or more.
 */
#include "fpt/rating.h"
#include "warehouse.h"

static const char framework[] =
    "title: A framework\nshort: A\nabout: Made up.\nsource: a test\n"
    "licence: none\ntier: organisation\ngrain: financial-year\n"
    "scale: {best: 1, worst: 4}\nbootstrap: sampling\n"
    "categories: [{word: Good}, {word: Poor}]\n"
    "overall: {title: All, over: items, weights: given, cut: {method: "
    "quantile, "
    "least_places: 4}}\n"
    "items:\n"
    "  - {id: seen, title: Seen, unit: per cent, better: higher, weight: 0.75, "
    "from: [{indicator: seen}], score: {method: rank}}\n"
    "  - {id: led, title: Led, unit: level, better: none, weight: 0.25, from: "
    "[{judgement: yes}, {series: t.led}], score: {method: value}}\n"
    "  - {id: shown, title: Shown, unit: u, better: none, counted: no, "
    "why_not: "
    "shown alone, from: [{series: t.led}], score: {method: value}}\n"
    "flags: [{id: held, title: Held, from: [{series: t.held}]}]\n"
    "gates: [{id: hold, title: Held at poor, on: overall, what: category, "
    "when: "
    "{flag: held, unknown: no}, then: {at_least: 2}}]\n";

static const char indicator[] =
    "title: Seen\nshort: Seen\nabout: Made up.\nsource: a test\n"
    "unit: per cent\nbasis: activity\nstatistic: proportion\npolarity: higher\n"
    "places: providers\ntiers: [organisation]\ngrains: [financial-year]\n"
    "interval: wilson\nmultiplier: 100\n"
    "numerator: [{series: t.seen, periods: same}]\n"
    "denominator: [{series: t.all, periods: same}]\n";

struct rig {
    struct place *place;
    fpt_workspace w;
    fpt_pack_path packs;
    fpt_tiers tiers;
    fpt_registry *registry;
    fpt_measure *measure;
    fpt_rate *rate;
    fpt_framework f;
};

static void add(fpt_store *store, fpt_arena *arena, int line, int series,
                int place, int year, int value)
{
    const fpt_str sql = fpt_str_print(
        arena,
        "INSERT INTO datum VALUES (1, %d, %d, %d, DATE '%d-04-01', DATE "
        "'%d-04-01', 0, %d, NULL)",
        line, series, place, year, year + 1, value);
    run(store, sql.data);
}

static void fill(struct rig *r)
{
    fpt_store *store = r->w.warehouse;
    fpt_arena *arena = &r->place->arena;
    static const int seen[2][6] = {{95, 90, 85, 80, 75, 70},
                                   {94, 89, 60, 81, 95, 71}};
    run(store,
        "INSERT INTO load VALUES (1, 1, 's', 'made', '1', NULL, 'f', 'd', 1, "
        "DATE '2017-01-01', DATE '2017-01-01', 1, 1, 0, 0, 1, 0)");
    run(store, "INSERT INTO series VALUES (0, 't.seen', 'people', 0, 'x'), (1, "
               "'t.all', 'people', 0, 'x'), (2, 't.led', 'level', 0, 'x'), (3, "
               "'t.held', 'flag', 0, 'x')");
    int line = 1;
    for (int p = 0; p < 6; p++) {
        run(store,
            fpt_str_print(arena, "INSERT INTO place VALUES (%d, 'R%d')", p, p)
                .data);
        for (int y = 0; y < 2; y++) {
            add(store, arena, line++, 0, p, 2017 + y, seen[y][p]);
            add(store, arena, line++, 1, p, 2017 + y, 100);
            add(store, arena, line++, 2, p, 2017 + y, 2);
            if (y == 1 && p == 1) add(store, arena, line++, 3, p, 2018, 1);
        }
    }
    run(store, "INSERT INTO coverage SELECT 1, series, period_from, period_to, "
               "count(*) FROM datum GROUP BY series, period_from, period_to");
}

static void open_rig(struct rig *r, struct place *place)
{
    fpt_error err = {0};
    const char **folder = FPT_NEW(&place->arena, const char *, 2);
    r->place = place;
    put_pack(place, "packs", "frameworks", "made", framework);
    put_pack(place, "packs", "indicators", "seen", indicator);
    folder[0] = in(place, "packs");
    folder[1] = "packs";
    r->packs = (fpt_pack_path){2, folder};
    make_workspace(place, "ws");
    r->w = open_workspace(place, "ws");
    fill(r);
    assert_ok_or(fpt_tiers_open(&place->arena, &r->packs, FPT_STR("england"),
                                &r->tiers, &err),
                 err);
    assert_ok_or(fpt_reg_open(r->w.warehouse, &r->tiers, day("2024-01-01"),
                              &r->registry, &err),
                 err);
    assert_ok_or(fpt_measure_open(r->w.warehouse, r->registry, &r->tiers,
                                  &r->packs, &r->measure, &err),
                 err);
    assert_ok_or(fpt_rate_open(r->w.warehouse, r->w.ledger, r->registry,
                               &r->tiers, &r->packs, r->measure, &r->rate,
                               &err),
                 err);
    assert_ok_or(fpt_framework_open(&place->arena, &r->packs, FPT_STR("made"),
                                    (fpt_str){0}, &r->f, &err),
                 err);
}

static void close_rig(struct rig *r)
{
    fpt_rate_close(r->rate);
    fpt_measure_close(r->measure);
    fpt_reg_close(r->registry);
    fpt_workspace_close(&r->w);
}

static fpt_rate_ask ask_of(const struct rig *r, int64_t draws)
{
    return (fpt_rate_ask){
        .framework = &r->f, .then = true, .draws = draws, .seed = 4};
}

static const fpt_rating *whole_of(size_t count, const fpt_rating *rows,
                                  const char *place)
{
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(rows[i].item, FPT_STR("overall")) &&
            fpt_str_equal(rows[i].place, fpt_str_from(place)))
            return &rows[i];
    fail_msg("no rating of %s", place);
    return NULL;
}

static void test_kept_and_read_back(void **state)
{
    struct rig r;
    fpt_error err = {0};
    fpt_ratings made;
    size_t count, chances;
    fpt_rating *row;
    fpt_rating_chance *chance;
    open_rig(&r, *state);
    fpt_arena *arena = &r.place->arena;
    const fpt_rate_ask ask = ask_of(&r, 400);
    assert_ok_or(fpt_rate_run(r.rate, arena, &ask, &made, &err), err);
    assert_int_equal(made.count, 2 * 6 * 4);
    /* Twice: the second takes the place of the first. */
    for (int k = 0; k < 2; k++) {
        assert_ok_or(fpt_store_begin(r.w.warehouse, &err), err);
        assert_ok_or(fpt_rate_store(r.w.warehouse, &made, &err), err);
        assert_ok_or(fpt_store_commit(r.w.warehouse, &err), err);
    }
    const fpt_rate_filter filter = {.framework = FPT_STR("made"),
                                    .has_period = true,
                                    .period = fpt_fy(2017)};
    assert_ok_or(
        fpt_rate_read(r.w.warehouse, arena, &filter, &count, &row, &err), err);
    assert_int_equal(count, 6 * 4);
    const fpt_rating *a = whole_of(count, row, "R0");
    const fpt_rating *b = whole_of(made.count, made.rating, "R0");
    /* 0.75 * 1 + 0.25 * 2 */
    assert_close(a->score, 1.25, 1e-15);
    assert_close(a->score, b->score, 0.0);
    assert_close(a->score_lower, b->score_lower, 0.0);
    assert_close(a->rank_upper, b->rank_upper, 0.0);
    assert_close(a->category_chance, b->category_chance, 0.0);
    assert_true(a->score_lower <= 1.25 && a->score_upper > 1.25);
    assert_true(a->category_chance > 0.5 && a->category_chance <= 1.0);
    assert_str(a->category, "Good");
    assert_str(a->text,
               "interval from the sampling error of 1 of 2 indicators");
    assert_close(row[1].weight, 0.75, 0.0);
    assert_close(row[1].contribution, 0.75, 0.0);
    assert_close(row[1].value, 95.0, 1e-12);
    assert_true(row[1].lower < 95.0 && row[1].upper > 95.0);
    assert_ok_or(fpt_rate_read_chances(r.w.warehouse, arena, &filter, &chances,
                                       &chance, &err),
                 err);
    assert_int_equal(chances, 6 * 2);
    assert_close(chance[0].chance + chance[1].chance, 1.0, 1e-12);
    assert_close(chance[0].chance, a->category_chance, 0.0);
    close_rig(&r);
}

static void test_judged_by_people_and_explained(void **state)
{
    struct rig r;
    fpt_error err = {0};
    int64_t entry;
    size_t count;
    fpt_rating_part *part;
    open_rig(&r, *state);
    fpt_arena *arena = &r.place->arena;
    const fpt_judgement j = {.item = FPT_STR("led"),
                             .place = FPT_STR("R0"),
                             .period = fpt_fy(2017),
                             .value = 4,
                             .author = FPT_STR("A. Person"),
                             .because = FPT_STR("a visit")};
    assert_ok_or(fpt_store_begin(r.w.ledger, &err), err);
    assert_ok_or(
        fpt_rate_judge(r.w.ledger, &r.f, &j, day("2018-01-01"), &entry, &err),
        err);
    assert_ok_or(fpt_store_commit(r.w.ledger, &err), err);
    fpt_rate_close(r.rate);
    assert_ok_or(fpt_rate_open(r.w.warehouse, r.w.ledger, r.registry, &r.tiers,
                               &r.packs, r.measure, &r.rate, &err),
                 err);
    fpt_rate_ask ask = ask_of(&r, 0);
    ask.has_period = true;
    ask.period = fpt_fy(2017);
    assert_ok_or(fpt_rate_explain(r.rate, arena, &ask, FPT_STR("R0"), &count,
                                  &part, &err),
                 err);
    assert_int_equal(count, 4);
    /* Judgements stand for the column: others have none, and are left out. */
    assert_str(part[0].text, "1.75 / 1 = 1.75");
    assert_close(part[1].contribution, 0.75, 0.0);
    assert_close(part[2].contribution, 1.0, 0.0);
    assert_true(fpt_str_starts(part[2].text,
                               FPT_STR("judged by A. Person on 2018-01-01")));
    assert_str(part[3].status, "NOT_COUNTED");
    assert_ok_or(fpt_rate_explain(r.rate, arena, &ask, FPT_STR("R1"), &count,
                                  &part, &err),
                 err);
    assert_str(part[2].status, "MISSING");
    assert_true(isnan(part[2].contribution));
    assert_refused(fpt_rate_explain(r.rate, arena, &ask, FPT_STR("RX"), &count,
                                    &part, &err),
                   FPT_ERR_NOT_FOUND, err, "judges no RX");
    close_rig(&r);
}

static void test_changes(void **state)
{
    struct rig r;
    fpt_error err = {0};
    fpt_rating_changes c;
    open_rig(&r, *state);
    const fpt_rate_ask ask = ask_of(&r, 2000);
    assert_ok_or(fpt_rate_changes(r.rate, &r.place->arena, &ask, fpt_fy(2017),
                                  fpt_fy(2018), &c, &err),
                 err);
    assert_int_equal(c.count, 6);
    /* R1 is held by a rule; R2 fell, and was near the line; R4 rose from far
     * below it. */
    assert_int_equal(c.change[0].kind, FPT_MOVE_NONE);
    assert_int_equal(c.change[1].kind, FPT_MOVE_BY_RULE);
    assert_int_equal(c.change[2].kind, FPT_MOVE_WITHIN_NOISE);
    assert_int_equal(c.change[4].kind, FPT_MOVE_BEYOND_NOISE);
    assert_true(c.change[2].this_way > 0.5 && c.change[2].this_way < 0.95);
    assert_close(c.share_noise, 0.5, 0.0);
    assert_int_equal(c.kinds[FPT_MOVE_BY_RULE], 1);
    assert_true(c.expected_by_noise > 0.0 && c.expected_by_noise < 6.0);
    assert_string_equal(fpt_rating_move_word(FPT_MOVE_BY_RULE), "by rule");
    close_rig(&r);
}

/* The rules of any version on the data of any period. */
static void test_versions_of_rules(void **state)
{
    struct rig r;
    fpt_error err = {0};
    fpt_framework first, newest;
    open_rig(&r, *state);
    fpt_arena *arena = &r.place->arena;
    char *changed = fpt_str_copy(arena, fpt_str_from(framework));
    memcpy(strstr(changed, "weight: 0.75"), "weight: 0.25", 12);
    memcpy(strstr(changed, "weight: 0.25, from: [{judgement"), "weight: 0.75",
           12);
    assert_ok(fpt_folder_make(in(r.place, "packs/frameworks/made/2"), NULL));
    put(r.place, "packs/frameworks/made/2/pack.yaml", fpt_str_from(changed));
    assert_ok_or(fpt_framework_open(arena, &r.packs, FPT_STR("made"),
                                    FPT_STR("1"), &first, &err),
                 err);
    assert_ok_or(fpt_framework_open(arena, &r.packs, FPT_STR("made"),
                                    (fpt_str){0}, &newest, &err),
                 err);
    assert_str(newest.version, "2");
    const fpt_framework *rules[] = {&first, &newest};
    static const double score[] = {0.75 * 1 + 0.25 * 2, 0.25 * 1 + 0.75 * 2};
    for (int y = 2017; y < 2019; y++)
        for (size_t k = 0; k < 2; k++) {
            fpt_ratings made;
            fpt_rate_ask ask = ask_of(&r, 0);
            ask.framework = rules[k];
            ask.has_period = true;
            ask.period = fpt_fy(y);
            assert_ok_or(fpt_rate_run(r.rate, arena, &ask, &made, &err), err);
            const fpt_rating *best =
                whole_of(made.count, made.rating, y == 2017 ? "R0" : "R4");
            assert_close(best->score, score[k], 1e-15);
            assert_str(best->version, k == 0 ? "1" : "2");
        }
    close_rig(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kept_and_read_back, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_judged_by_people_and_explained,
                                        set_up_place, tear_down_place),
        cmocka_unit_test_setup_teardown(test_changes, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_versions_of_rules, set_up_place,
                                        tear_down_place),
    };
    return cmocka_run_group_tests_name("ratings", tests, NULL, NULL);
}
