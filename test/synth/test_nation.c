/*
 * The nation in memory: what must hold of it whatever the seed.
 */
#include "check.h"
#include "synth_i.h"

enum { SEEDS = 2 };

static const fpt_synth_scale *scale(size_t at)
{
    size_t count;
    const fpt_synth_scale *scales = fpt_synth_scales(&count);
    assert_true(at < count);
    return &scales[at];
}

/* Some seeds of the small nation and one of the region, made once. */
struct nations {
    fpt_arena arena;
    fpti_nation n[SEEDS + 1];
};

static int make_nations(void **state)
{
    struct nations *all = calloc(1, sizeof *all);
    *state = all;
    if (all == NULL || fpt_arena_init(&all->arena, NULL) != FPT_OK) return -1;
    for (size_t i = 0; i <= SEEDS; i++)
        if (fpti_synth_make(&all->arena, scale(i < SEEDS ? 0 : 1), i * 7919,
                            &all->n[i]) != FPT_OK)
            return -1;
    return 0;
}

static int clear_nations(void **state)
{
    struct nations *all = *state;
    fpt_arena_clear(&all->arena);
    free(all);
    return 0;
}

static void each(void **state, void (*check)(const fpti_nation *n))
{
    const struct nations *all = *state;
    for (size_t i = 0; i <= SEEDS; i++)
        check(&all->n[i]);
}

static double apart(double x, double y, double a, double b)
{
    return (x - a) * (x - a) + (y - b) * (y - b);
}

static void check_places(const fpti_nation *n)
{
    const size_t step = n->areas > 1000 ? 7 : 1;
    for (size_t a = 0; a < n->areas; a += step) {
        const struct fpti_area *area = &n->area[a];
        const double x = (double)area->x_mm / 1000.0,
                     y = (double)area->y_mm / 1000.0;
        /* the middle of England, sea on no side */
        assert_true(x > 330000.0 && x < 570000.0);
        assert_true(y > 200000.0 && y < 370000.0);
        assert_true(area->commissioner + 1 < n->commissioners);
        assert_int_equal(area->district / 2,
                         n->commissioner[area->commissioner].system);
        const struct fpti_commissioner *own =
            &n->commissioner[area->commissioner];
        for (size_t c = 0; c + 1 < n->commissioners; c++)
            assert_true(
                apart(x, y, own->x, own->y) <=
                apart(x, y, n->commissioner[c].x, n->commissioner[c].y) + 1.0);
    }
}

static void test_areas_lie_round_their_town(void **state)
{
    each(state, check_places);
}

static void check_codes(const fpti_nation *n)
{
    for (size_t a = 0; a < n->areas; a++) {
        assert_true(fpt_str_matches(fpt_str_from(n->area[a].code),
                                    FPT_STR("E019#####")));
        for (size_t b = a + 1; b < n->areas && n->areas < 1000; b++) {
            assert_string_not_equal(n->area[a].code, n->area[b].code);
            assert_string_not_equal(n->area[a].name, n->area[b].name);
        }
    }
    for (size_t c = 0; c < n->commissioners; c++) {
        assert_true(fpt_str_matches(fpt_str_from(n->commissioner[c].code),
                                    FPT_STR("E389#####")));
        for (size_t b = c + 1; b < n->commissioners; b++) {
            assert_string_not_equal(n->commissioner[c].ods,
                                    n->commissioner[b].ods);
            assert_string_not_equal(n->commissioner[c].name,
                                    n->commissioner[b].name);
        }
    }
    for (size_t t = 0; t < n->trusts; t++)
        for (size_t b = t + 1; b < n->trusts; b++) {
            assert_string_not_equal(n->trust[t].code, n->trust[b].code);
            assert_string_not_equal(n->trust[t].name, n->trust[b].name);
        }
    for (size_t s = 0; s < n->systems; s++)
        assert_true(
            fpt_str_matches(fpt_str_from(n->system[s].ods), FPT_STR("Q==")));
    assert_string_not_equal(n->board[n->boards - 1].code,
                            n->system[n->systems - 1].code);
}

static void test_codes_are_of_their_form_and_one_each(void **state)
{
    each(state, check_codes);
}

static void check_people(const fpti_nation *n)
{
    int64_t poor_old = 0, poor = 0, rich_old = 0, rich = 0;
    bool *seen = calloc(FPTI_RANKS + 1, sizeof *seen);
    assert_non_null(seen);
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        int32_t sum = 0, old = 0;
        for (int age = 0; age < FPTI_AGES; age++) {
            assert_true(area->age[age] >= 0);
            sum += area->age[age];
            if (age >= 65) old += area->age[age];
        }
        assert_int_equal(sum, area->people);
        assert_true(area->people > 600 && area->people < 3000);
        assert_true(area->rank >= 1 && area->rank <= FPTI_RANKS);
        assert_false(seen[area->rank]);
        seen[area->rank] = true;
        if (area->rank <= FPTI_RANKS / 2) {
            poor_old += old;
            poor += sum;
        } else {
            rich_old += old;
            rich += sum;
        }
    }
    free(seen);
    /* the poor half is younger, and the whole is as old as England was */
    assert_true(poor_old * rich < rich_old * poor);
    const double share = (double)(poor_old + rich_old) / (double)(poor + rich);
    assert_true(share > 0.15 && share < 0.22);
}

static void test_people_and_ranks(void **state)
{
    each(state, check_people);
}

/* Every rank of England is taken once when there are as many areas. */
static void test_all_england(void **state)
{
    (void)state;
    const fpt_synth_scale few = {"few", 6, 20, FPTI_RANKS, 24, 120};
    fpt_arena arena;
    fpti_nation n;
    assert_ok(fpt_arena_init(&arena, NULL));
    assert_ok(fpti_synth_make(&arena, &few, 1, &n));
    int64_t sum = 0, people = 0;
    for (size_t a = 0; a < n.areas; a++) {
        sum += n.area[a].rank;
        people += n.area[a].people;
    }
    assert_int_equal(scale(2)->areas, FPTI_RANKS);
    assert_int_equal(sum, (int64_t)FPTI_RANKS * (FPTI_RANKS + 1) / 2);
    assert_true(people > 52000000 && people < 57000000);
    fpt_arena_clear(&arena);
}

static const struct fpti_trust *troubled(const fpti_nation *n,
                                         fpti_trouble trouble, size_t *at)
{
    for (*at = 0; *at < n->trusts; ++*at)
        if (n->trust[*at].trouble == trouble) return &n->trust[*at];
    fail_msg("no trust has trouble %d", (int)trouble);
    return NULL;
}

/* The share over four hours in the main department over some months. */
static double late(const fpti_nation *n, size_t trust, int from, int to)
{
    int64_t all = 0, over = 0;
    struct fpti_attendances a;
    for (int month = from; month < to; month++) {
        assert_true(fpti_synth_attendances(n, trust, month, 0, &a));
        all += a.attendances;
        over += a.breaches;
    }
    return (double)over / (double)all;
}

static void check_troubles(const fpti_nation *n)
{
    size_t t;
    struct fpti_attendances a, before;
    for (t = 0; t < n->trusts; t++)
        assert_int_equal(n->trust[t].system,
                         n->commissioner[n->trust[t].commissioner].system);
    (void)troubled(n, FPTI_IMPROVES, &t);
    assert_true(late(n, t, 6, 18) - late(n, t, 18, 30) > 0.06);
    (void)troubled(n, FPTI_WORSENS, &t);
    assert_true(late(n, t, 26, 36) - late(n, t, 14, 24) > 0.06);
    (void)troubled(n, FPTI_LOST_DIGIT, &t);
    assert_true(fpti_synth_attendances(n, t, 21, 0, &before));
    assert_true(fpti_synth_attendances(n, t, 22, 0, &a));
    assert_true(a.attendances < before.attendances / 5);
    const struct fpti_trust *gone = troubled(n, FPTI_MERGED, &t);
    assert_true(fpti_synth_attendances(n, t, 17, 0, &a));
    assert_false(fpti_synth_attendances(n, t, 18, 0, &a));
    const struct fpti_trust *both = troubled(n, FPTI_SUCCESSOR, &t);
    assert_false(fpti_synth_attendances(n, t, 17, 0, &a));
    assert_true(fpti_synth_attendances(n, t, 18, 0, &a));
    assert_true(both->size > gone->size);
    /* a commissioner of the first system goes to the second */
    assert_int_equal(fpti_synth_system_of(n, n->mover, FPTI_2017), 0);
    assert_int_equal(fpti_synth_system_of(n, n->mover, FPTI_2018), 1);
    size_t merged = 0;
    for (size_t c = 0; c + 1 < n->commissioners; c++)
        if (n->commissioner[c].from_2021 == n->commissioners - 1) merged++;
    assert_int_equal(merged, 2);
}

static void test_every_trouble_is_there(void **state)
{
    each(state, check_troubles);
}

static void check_activity(const fpti_nation *n)
{
    int64_t available[2], occupied[2];
    struct fpti_attendances a;
    for (size_t t = 0; t < n->trusts; t++) {
        for (int month = 0; month < FPTI_MONTHS; month++)
            for (int type = 0; type < 3; type++) {
                if (!fpti_synth_attendances(n, t, month, type, &a)) continue;
                assert_true(a.attendances > 0);
                assert_true(a.breaches >= 0 && a.breaches <= a.attendances);
                assert_true(a.admissions >= 0 && a.admissions <= a.attendances);
            }
        for (int quarter = 0; quarter < FPTI_QUARTERS; quarter++) {
            if (!fpti_synth_beds(n, t, quarter, available, occupied)) continue;
            for (int k = 0; k < 2; k++)
                assert_true(available[k] > 0 && occupied[k] >= 0 &&
                            occupied[k] <= available[k]);
        }
    }
}

static void test_activity_is_possible(void **state)
{
    each(state, check_activity);
}

/* Even or odd, by the ray to the east, in half squares. */
static bool is_inside(const fpti_outline *o, size_t board, int32_t x, int32_t y)
{
    bool inside = false;
    for (size_t r = 0; r < o->rings; r++) {
        const fpti_ring *ring = &o->ring[r];
        for (size_t i = 0; i < ring->count && ring->board == board; i++) {
            const fpti_half a = o->point[ring->first + i],
                            b = o->point[ring->first + (i + 1) % ring->count];
            if ((a.y > y) == (b.y > y)) continue;
            const double cross =
                a.x + (double)(y - a.y) * (b.x - a.x) / (double)(b.y - a.y);
            if (cross > x) inside = !inside;
        }
    }
    return inside;
}

/* The middle of each square is in the outline of its board and in no other. */
static void check_outline(const fpti_nation *n)
{
    const fpti_grid *g = &n->grid;
    const fpti_outline *o = &n->outline;
    if (n->areas > 1000 || n->seed > 0) return; /* a small one says it all */
    for (size_t b = 0; b < n->boards; b++)
        for (size_t i = 0; i < g->wide * g->high; i++)
            assert_int_equal(is_inside(o, b, (int32_t)(2 * (i % g->wide)) + 1,
                                       (int32_t)(2 * (i / g->wide)) + 1),
                             g->board[i] == b + 1);
    for (size_t a = 0; a < n->areas; a++) {
        const double x = (double)n->area[a].x_mm / 1000.0 - g->left,
                     y = (double)n->area[a].y_mm / 1000.0 - g->bottom;
        const size_t square =
            (size_t)(y / 1000.0) * g->wide + (size_t)(x / 1000.0);
        assert_true(g->board[square] > 0); /* nobody lives in the sea */
    }
    for (size_t r = 0; r < o->rings; r++)
        for (size_t i = 0; i < o->ring[r].count; i++) {
            const fpti_half
                a = o->point[o->ring[r].first + i],
                b = o->point[o->ring[r].first + (i + 1) % o->ring[r].count];
            const int32_t dx = abs(a.x - b.x), dy = abs(a.y - b.y);
            assert_true(dx + dy == 2 && dx <= 2 && dy <= 2);
        }
}

static void test_outlines_go_round_their_squares(void **state)
{
    each(state, check_outline);
}

/* One commissioner in the middle of four others, who are of another board: its
 * outline is a hole in theirs. Between the towns are lakes, which are land. */
static void test_a_board_within_another(void **state)
{
    (void)state;
    enum { WIDE = 5, KM = 1000 };
    struct fpti_system system[2] = {{.board = 0}, {.board = 1}};
    struct fpti_board board[2] = {{.code = "A", .name = "Round"},
                                  {.code = "B", .name = "Within"}};
    struct fpti_commissioner town[6] = {{.system_2018 = 1}};
    static const int x[] = {0, 9, -9, 0, 0}, y[] = {0, 0, 0, 9, -9};
    struct fpti_area area[WIDE * WIDE] = {{.people = 0}};
    for (int c = 0; c < 5; c++) {
        town[c].x = 450000.0 + KM * x[c];
        town[c].y = 285000.0 + KM * y[c];
    }
    for (int a = 0; a < WIDE * WIDE; a++) {
        area[a].x_mm = 1000 * (450000 + 6 * KM * (a % WIDE - 2));
        area[a].y_mm = 1000 * (285000 + 6 * KM * (a / WIDE - 2));
    }
    fpti_nation n = {.systems = 2,
                     .boards = 2,
                     .commissioners = 6,
                     .areas = WIDE * WIDE,
                     .system = system,
                     .board = board,
                     .commissioner = town,
                     .area = area};
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    assert_ok(fpti_synth_outline(&arena, &n, 4.0 * KM));
    check_outline(&n);
    assert_int_equal(n.outline.rings, 3);
    int64_t area_of[2] = {0};
    size_t holes = 0;
    for (size_t r = 0; r < 3; r++) {
        area_of[n.outline.ring[r].board] += n.outline.ring[r].area;
        if (n.outline.ring[r].area < 0) holes++;
    }
    assert_int_equal(holes, 1);
    assert_true(area_of[0] > area_of[1] && area_of[1] > 0);
    fpt_output out = fpt_output_memory(&arena);
    fpti_paper paper = {.nation = &n, .out = &out};
    fpti_paper_outlines(&paper);
    assert_int_equal(paper.records, 2);
    /* one polygon of two rings, one of one */
    const char *text = out.text.data;
    assert_non_null(strstr(text, "]],[[-1."));
    assert_null(strstr(strstr(text, "]],[[-1.") + 1, "]],[[-1."));
    assert_null(strstr(text, "]]],[[["));
    fpt_arena_clear(&arena);
}

/* A sum of twelve: mean 0, variance 1, and whole numbers keep their mean. */
static void test_draws(void **state)
{
    (void)state;
    enum { DRAWS = 100000 };
    const fpti_nation n = {.seed = 3};
    fpt_rng rng = fpti_synth_rng(&n, 1, 2, FPTI_FOR_SYSTEM);
    double sum = 0.0, squares = 0.0;
    int64_t whole = 0;
    for (int i = 0; i < DRAWS; i++) {
        const double x = fpti_synth_normal(&rng);
        sum += x;
        squares += x * x;
        whole += fpti_synth_whole(&rng, 2.3);
    }
    /* five standard errors */
    assert_close(sum / DRAWS, 0.0, 5.0 / 316.0);
    assert_close(squares / DRAWS, 1.0, 5.0 * 1.4143 / 316.0);
    assert_close((double)whole / DRAWS, 2.3, 5.0 * 0.46 / 316.0);
    assert_int_equal(fpti_synth_whole(&rng, 0.0), 0);
    assert_int_equal(fpti_synth_whole(&rng, -1.0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_areas_lie_round_their_town),
        cmocka_unit_test(test_codes_are_of_their_form_and_one_each),
        cmocka_unit_test(test_people_and_ranks),
        cmocka_unit_test(test_all_england),
        cmocka_unit_test(test_every_trouble_is_there),
        cmocka_unit_test(test_activity_is_possible),
        cmocka_unit_test(test_outlines_go_round_their_squares),
        cmocka_unit_test(test_a_board_within_another),
        cmocka_unit_test(test_draws),
    };
    return cmocka_run_group_tests(tests, make_nations, clear_nations);
}
