/* Where a category turns: against judging the place again by hand. */
#include "rate/league_make.h"

#include "rate/league_random.h"

struct tried {
    fpt_arena arena;
    struct random_league l;
    double *row;
    size_t item, place;
};

static int category_with(struct tried *t, double value)
{
    const double was = t->row[t->place];
    fpt_league_input in = t->l.in;
    in.given = NULL;
    t->row[t->place] = value;
    const fpt_league_output out = judge(&t->arena, &t->l.rules, &in);
    t->row[t->place] = was;
    return out.category[(t->l.rules.nodes - 1) * in.places + t->place];
}

static double *row_of(struct tried *t)
{
    const bool by_value = fpt_whatif_by_value(&t->l.rules.item[t->item]);
    const double *row = by_value ? t->l.in.value : t->l.in.published;
    return (double *)(uintptr_t)row + t->item * t->l.in.places;
}

/* The smallest step past a value that no other place's value is within. */
static double past(double at, int way)
{
    return at + way * 1e-9;
}

static bool by_steps(fpt_score_method method)
{
    return method == FPT_SCORE_RANK || method == FPT_SCORE_PERCENTILE ||
           method == FPT_SCORE_BANDS;
}

static void check_turn(struct tried *t, uint32_t number, int now,
                       const fpt_turn *turn, int way)
{
    const double value = t->row[t->place];
    const bool steps = by_steps(t->l.rules.item[t->item].method);
    if (isnan(turn->at)) {
        /* Nothing turns at any tenth that there is. */
        for (int k = 1; k <= 60 && steps; k++) {
            const double other = value + way * k / 10.0;
            if (category_with(t, other) != now)
                fail_msg("case %u: %g turns from %d, and no turn is told",
                         (unsigned)number, other, now);
        }
        return;
    }
    assert_true(way > 0 ? turn->at >= value : turn->at <= value);
    const double at = turn->past ? past(turn->at, way) : turn->at;
    assert_int_equal(category_with(t, at), turn->category);
    assert_int_not_equal(turn->category, now);
    if (turn->past) assert_int_equal(category_with(t, turn->at), now);
    /* Before it nothing turns: of steps anywhere, of smooth ones just before. */
    if (steps)
        for (int k = 1; k < 40; k++)
            assert_int_equal(
                category_with(t, value + (turn->at - value) * k / 40.0), now);
    else if (turn->at != value)
        assert_int_equal(category_with(t, nextafter(turn->at, value)), now);
}

static void test_turns_are_where_a_category_turns(void **state)
{
    (void)state;
    size_t turns = 0, none = 0;
    for (uint32_t number = 0; number < 400; number++) {
        struct tried t;
        assert_ok(fpt_arena_init(&t.arena, NULL));
        make_random_league(&t.arena, number, &t.l);
        fpt_rng rng = fpt_rng_make(3, number, 0, 0x7475);
        t.item = (size_t)up_to(&rng, (int64_t)t.l.rules.items - 1);
        t.place = (size_t)up_to(&rng, (int64_t)t.l.in.places - 1);
        t.row = row_of(&t);
        fpt_turn up, down;
        int now;
        assert_ok(fpt_whatif_turns(&t.l.rules, &t.l.in, t.l.rules.nodes - 1,
                                   t.item, t.place, t.arena, &now, &up, &down));
        if (isnan(t.row[t.place])) {
            assert_true(isnan(up.at) && isnan(down.at));
        } else {
            assert_int_equal(now, category_with(&t, t.row[t.place]));
            check_turn(&t, number, now, &up, 1);
            check_turn(&t, number, now, &down, -1);
        }
        if (!isnan(up.at)) turns++;
        if (!isnan(down.at)) turns++;
        if (isnan(up.at) && isnan(down.at)) none++;
        fpt_arena_clear(&t.arena);
    }
    assert_in_range(turns, 60, 800);
    assert_in_range(none, 20, 380);
}

/* Two places, one indicator, ranks: the lower place takes the lead by passing. */
static void test_passing_the_only_other_place(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    const fpt_league_item item = {.method = FPT_SCORE_RANK, .better = 1};
    const fpt_league_part part = {false, 0, 1.0};
    const double at[] = {2.0};
    const fpt_league_node node = {.computed = true,
                                  .parts = 1,
                                  .part = &part,
                                  .cut = FPT_CUT_FIXED,
                                  .categories = 2,
                                  .at = at};
    const fpt_league rules = {
        .scale = {1, 4}, .items = 1, .nodes = 1, .item = &item, .node = &node};
    const double value[] = {80.0, 90.0}, none[] = {NONE, NONE};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = none};
    fpt_turn up, down;
    int now;
    assert_ok(fpt_whatif_turns(&rules, &in, 0, 0, 0, arena, &now, &up, &down));
    assert_int_equal(now, 2);
    /* At 90 both share rank 1.5, scored 2.5: still the second; past it, first. */
    assert_true(up.at == 90.0 && up.past);
    assert_int_equal(up.category, 1);
    assert_true(isnan(down.at));
    fpt_arena_clear(&arena);
}

static void test_nothing_turns_where_nothing_counts(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    const fpt_league_item item[] = {{.method = FPT_SCORE_VALUE, .better = -1},
                                    {.method = FPT_SCORE_VALUE, .better = -1}};
    const fpt_league_part part = {false, 0, 1.0};
    const double at[] = {2.0};
    const fpt_league_node node = {.computed = true,
                                  .parts = 1,
                                  .part = &part,
                                  .cut = FPT_CUT_FIXED,
                                  .categories = 2,
                                  .at = at};
    const fpt_league rules = {
        .scale = {1, 4}, .items = 2, .nodes = 1, .item = item, .node = &node};
    const double value[] = {1.5, 3.0, 1.0, 1.0},
                 none[4] = {NONE, NONE, NONE, NONE};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = none};
    fpt_turn up, down;
    int now;
    assert_ok(fpt_whatif_turns(&rules, &in, 0, 0, 0, arena, &now, &up, &down));
    assert_int_equal(now, 1);
    /* On the line is still the better one; the first double above it is not. */
    assert_true(up.at == nextafter(2.0, 3.0) && !up.past);
    assert_true(isnan(down.at));
    assert_ok(fpt_whatif_turns(&rules, &in, 0, 1, 0, arena, &now, &up, &down));
    assert_true(isnan(up.at) && isnan(down.at));
    assert_true(value[0] == 1.5);
    fpt_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns_are_where_a_category_turns),
        cmocka_unit_test(test_passing_the_only_other_place),
        cmocka_unit_test(test_nothing_turns_where_nothing_counts),
    };
    return cmocka_run_group_tests_name("whatif", tests, NULL, NULL);
}
