/*
 * Tests for geo.h: the projection against published points, shapes there and
 * back, and cells whose areas sum to the land.
 */
#include "check.h"

#include "fpt/geo.h"

struct tools {
    fpt_arena arena;
    fpt_geo *geo;
};

static int set_up(void **state)
{
    struct tools *tools = calloc(1, sizeof *tools);
    *state = tools;
    if (tools == NULL || fpt_arena_init(&tools->arena, NULL) != FPT_OK)
        return -1;
    return fpt_geo_open(&tools->arena, &tools->geo, NULL) == FPT_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    struct tools *tools = *state;
    fpt_geo_close(tools->geo);
    fpt_arena_clear(&tools->arena);
    free(tools);
    return 0;
}

/* ---- projection ---- */

/* Test points of the Ordnance Survey's OSTN15: ETRS89 latitude and longitude,
 * and the National Grid by the official grid of shifts. Our shift of seven
 * parameters is promised to a few metres: within 6 m here. */
static const struct {
    double latitude, longitude, easting, northing;
} survey[] = {
    {49.92226393730, -6.29977752014, 91492.146, 11318.804},
    {49.96006137820, -5.20304609998, 170370.718, 11572.405},
    {50.43885825610, -4.10864563561, 250359.811, 62016.569},
    {50.57563665000, -1.29782277240, 449816.371, 75335.861},
    {50.93127937910, -1.45051433700, 438710.920, 114792.250},
    {51.40078220140, -3.55128349240, 292184.870, 168003.465},
    {51.37447025550, 1.44454730409, 639821.835, 169565.858},
    {51.48936564950, -0.11992557180, 530624.974, 178388.464},
    {51.89436637350, 0.89724327012, 599445.590, 225722.826},
    {52.25160951230, -0.91248956970, 474335.969, 262047.755},
    {52.96219109410, -1.19747655922, 454002.834, 340834.943},
};

static void test_published_points(void **state)
{
    struct tools *tools = *state;
    for (size_t i = 0; i < COUNT_OF(survey); i++) {
        fpt_point p = {survey[i].longitude, survey[i].latitude};
        assert_ok(fpt_geo_to_grid(tools->geo, 1, &p));
        const double apart =
            hypot(p.x - survey[i].easting, p.y - survey[i].northing);
        if (!(apart < 6.0)) fail_msg("point %zu is %.3f m off", i, apart);
        assert_ok(fpt_geo_from_grid(tools->geo, 1, &p));
        assert_close(p.x, survey[i].longitude, 1e-7);
        assert_close(p.y, survey[i].latitude, 1e-7);
    }
}

static void test_there_and_back_anywhere_in_britain(void **state)
{
    struct tools *tools = *state;
    uint64_t seed = 27700;
    for (int i = 0; i < 2000; i++) {
        const fpt_point start = {
            -8.0 + (double)(next_random(&seed) % 10000) / 1000.0,
            49.5 + (double)(next_random(&seed) % 11500) / 1000.0};
        fpt_point p = start;
        assert_ok(fpt_geo_to_grid(tools->geo, 1, &p));
        assert_ok(fpt_geo_from_grid(tools->geo, 1, &p));
        assert_close(p.x, start.x, 1e-7);
        assert_close(p.y, start.y, 1e-7);
    }
}

static void test_far_from_britain_is_refused(void **state)
{
    struct tools *tools = *state;
    const fpt_point far[] = {
        {0, 0},          {100, 51},         {-1, 80},
        {-13, 52},       {(double)NAN, 51}, {-1, (double)INFINITY},
        {530000, 180000}};
    for (size_t i = 0; i < COUNT_OF(far); i++) {
        fpt_point p = far[i];
        assert_int_equal(fpt_geo_to_grid(tools->geo, 1, &p), FPT_ERR_RANGE);
    }
    assert_ok(fpt_geo_to_grid(tools->geo, 0, NULL));
    fpt_point nowhere = {(double)NAN, 0};
    assert_int_equal(fpt_geo_from_grid(tools->geo, 1, &nowhere), FPT_ERR_RANGE);
}

/* ---- shapes ---- */

static fpt_shape square(double x, double y, double side, fpt_point room[5],
                        size_t ring[2], size_t part[2])
{
    const fpt_point points[] = {
        {x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
    memcpy(room, points, sizeof points);
    ring[0] = part[0] = 0;
    ring[1] = 5;
    part[1] = 1;
    return (fpt_shape){5, 1, 1, room, ring, part};
}

/* Area by the shoelace formula; holes count against it. */
static double area(const fpt_shape *s)
{
    double sum = 0.0;
    for (size_t p = 0; p < s->parts; p++)
        for (size_t r = s->part[p]; r < s->part[p + 1]; r++) {
            double twice = 0.0;
            for (size_t i = s->ring[r]; i + 1 < s->ring[r + 1]; i++)
                twice += s->point[i].x * s->point[i + 1].y -
                         s->point[i + 1].x * s->point[i].y;
            sum += (r == s->part[p] ? 1.0 : -1.0) * fabs(twice) / 2.0;
        }
    return sum;
}

static void assert_same_shape(const fpt_shape *a, const fpt_shape *b)
{
    assert_int_equal(a->points, b->points);
    assert_int_equal(a->rings, b->rings);
    assert_int_equal(a->parts, b->parts);
    assert_memory_equal(a->point, b->point, a->points * sizeof *a->point);
    assert_memory_equal(a->ring, b->ring, (a->rings + 1) * sizeof *a->ring);
    assert_memory_equal(a->part, b->part, (a->parts + 1) * sizeof *a->part);
}

static void test_shapes_there_and_back(void **state)
{
    struct tools *tools = *state;
    uint64_t seed = 6;
    for (int round = 0; round < 200; round++) {
        fpt_point point[400];
        size_t ring[40], part[12];
        fpt_shape s = {0, 0, 0, point, ring, part}, back;
        const size_t parts = next_random(&seed) % 6;
        fpt_str bytes;
        fpt_error err = {0};
        for (size_t p = 0; p < parts; p++) {
            part[s.parts++] = s.rings;
            const size_t rings = 1 + next_random(&seed) % 4;
            for (size_t r = 0; r < rings; r++) {
                ring[s.rings++] = s.points;
                const size_t points = next_random(&seed) % 15;
                for (size_t i = 0; i < points; i++)
                    point[s.points++] =
                        (fpt_point){(double)next_random(&seed) / 7e9,
                                    -(double)next_random(&seed)};
            }
        }
        ring[s.rings] = s.points;
        part[s.parts] = s.rings;
        assert_ok_or(fpt_shape_write(&tools->arena, &s, &bytes, &err), err);
        assert_ok_or(fpt_shape_read(&tools->arena, bytes, &back, &err), err);
        assert_same_shape(&s, &back);
        /* cut anywhere it is refused, and so is a byte too many */
        const size_t cut = next_random(&seed) % bytes.len;
        assert_int_equal(fpt_shape_read(&tools->arena,
                                        fpt_str_slice(bytes, 0, cut), &back,
                                        &err),
                         FPT_ERR_INPUT);
        const fpt_str longer =
            fpt_str_print(&tools->arena, FPT_STR_FMT "x", FPT_STR_ARG(bytes));
        if (longer.len == bytes.len + 1)
            assert_int_equal(fpt_shape_read(&tools->arena, longer, &back, &err),
                             FPT_ERR_INPUT);
    }
}

/* A square as PostGIS writes it: ST_AsBinary of POLYGON((0 0,1 0,1 1,0 0)). */
static void test_well_known_binary_of_others(void **state)
{
    struct tools *tools = *state;
    static const char hex[] =
        "010300000001000000040000000000000000000000000000000000000000000000"
        "0000f03f0000000000000000000000000000f03f000000000000f03f0000000000"
        "0000000000000000000000";
    char bytes[sizeof hex / 2];
    for (size_t i = 0; i < sizeof bytes; i++) {
        unsigned value;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &value), 1);
        bytes[i] = (char)(unsigned char)value;
    }
    fpt_shape s;
    assert_ok(fpt_shape_read(&tools->arena, (fpt_str){bytes, sizeof bytes}, &s,
                             NULL));
    assert_int_equal(s.parts, 1);
    assert_int_equal(s.rings, 1);
    assert_int_equal(s.points, 4);
    assert_close(area(&s), 0.5, 0.0);
    assert_true(s.point[2].x == 1.0 && s.point[2].y == 1.0);

    static const struct {
        const char *bytes;
        size_t len;
    } wrong[] = {{"", 0},
                 {"\0\0\0\0\3\0\0\0\0", 9},         /* big end first */
                 {"\1\1\0\0\0\0\0\0\0", 9},         /* a point */
                 {"\1\3\0\0\0\xFF\xFF\xFF\xFF", 9}, /* rings without end */
                 {"\1\6\0\0\0\xFF\xFF\xFF\xFF", 9},
                 {"\1\6\0\0\0\1\0\0\0\1\1\0\0\0", 14}};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        fpt_shape untouched = {.points = 77};
        assert_int_equal(fpt_shape_read(&tools->arena,
                                        (fpt_str){wrong[i].bytes, wrong[i].len},
                                        &untouched, NULL),
                         FPT_ERR_INPUT);
        assert_int_equal(untouched.points, 77);
    }
}

static void test_rounded_onto_a_grid(void **state)
{
    struct tools *tools = *state;
    fpt_point room[5], small_room[5];
    size_t ring[2], part[2], small_ring[2], small_part[2];
    fpt_shape s = square(3.0, 4.0, 101.0, room, ring, part), out;
    const fpt_shape small =
        square(3.0, 4.0, 1.0, small_room, small_ring, small_part);
    assert_ok(fpt_shape_round(&tools->arena, &s, 10.0, &out, NULL));
    assert_int_equal(out.points, 5);
    assert_close(area(&out), 100.0 * 110.0, 0.0);
    for (size_t i = 0; i < out.points; i++) {
        assert_true(fmod(out.point[i].x, 10.0) == 0.0);
        assert_true(fmod(out.point[i].y, 10.0) == 0.0);
    }
    assert_ok(fpt_shape_round(&tools->arena, &small, 10.0, &out, NULL));
    assert_int_equal(out.parts, 0); /* it collapsed */
    assert_int_equal(out.points, 0);
    assert_int_equal(out.ring[0], 0);
    assert_int_equal(out.part[0], 0);
    /* twice is as once */
    fpt_shape again;
    assert_ok(fpt_shape_round(&tools->arena, &s, 10.0, &out, NULL));
    assert_ok(fpt_shape_round(&tools->arena, &out, 10.0, &again, NULL));
    assert_same_shape(&out, &again);
}

/* A hole that collapses goes; an outside that collapses takes its holes along. */
static void test_rounding_keeps_parts_whole(void **state)
{
    struct tools *tools = *state;
    fpt_point point[] = {{0, 0},   {100, 0}, {100, 100}, {0, 100}, {0, 0},
                         {41, 41}, {42, 41}, {42, 42},   {41, 41}, /* hole */
                         {20, 20}, {40, 20}, {40, 40},   {20, 20}, /* hole */
                         {1, 1},   {2, 1},   {2, 2},     {1, 1}};
    size_t ring[] = {0, 5, 9, 13, 17}, part[] = {0, 3, 4};
    const fpt_shape s = {17, 4, 2, point, ring, part};
    fpt_shape out;
    assert_ok(fpt_shape_round(&tools->arena, &s, 10.0, &out, NULL));
    assert_int_equal(out.parts, 1);
    assert_int_equal(out.rings, 2);
    assert_close(area(&out), 100.0 * 100.0 - 200.0, 0.0);
}

/* ---- cells ---- */

static bool inside(const fpt_shape *s, fpt_point p)
{
    bool in = false;
    for (size_t r = 0; r < s->rings; r++)
        for (size_t i = s->ring[r], k = s->ring[r + 1] - 1; i < s->ring[r + 1];
             k = i++) {
            const fpt_point a = s->point[i], b = s->point[k];
            if ((a.y > p.y) != (b.y > p.y) &&
                p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
                in = !in;
        }
    return in;
}

static void test_cells_tile_the_land(void **state)
{
    struct tools *tools = *state;
    enum { POINTS = 300, OWNERS = 7 };
    fpt_point room[5], point[POINTS];
    size_t ring[2], part[2], owner[POINTS];
    uint64_t seed = 44;
    const fpt_shape land = square(100000, 200000, 50000, room, ring, part);
    fpt_shape out[OWNERS];
    fpt_error err = {0};
    for (size_t i = 0; i < POINTS; i++) {
        point[i].x = 100000.5 + (double)(next_random(&seed) % 49999);
        point[i].y = 200000.5 + (double)(next_random(&seed) % 49999);
        owner[i] = i % (OWNERS - 1); /* the last one has no point */
    }
    owner[POINTS - 1] = SIZE_MAX;
    assert_ok_or(fpt_geo_cells(tools->geo, &tools->arena, POINTS, point, owner,
                               OWNERS, 1, &land, out, &err),
                 err);
    double sum = 0.0;
    for (size_t o = 0; o < OWNERS; o++)
        sum += area(&out[o]);
    assert_int_equal(out[OWNERS - 1].parts, 0);
    /* all but the cell of nobody's point */
    assert_true(sum < 2.5e9 && sum > 2.5e9 * (1.0 - 10.0 / POINTS));
    for (size_t i = 0; i + 1 < POINTS; i++)
        for (size_t o = 0; o + 1 < OWNERS; o++)
            if (inside(&out[o], point[i]) != (o == owner[i]))
                fail_msg("point %zu and area %zu", i, o);

    for (size_t i = 0; i < POINTS; i++)
        owner[i] = i % OWNERS;
    assert_ok_or(fpt_geo_cells(tools->geo, &tools->arena, POINTS, point, owner,
                               OWNERS, 1, &land, out, &err),
                 err);
    sum = 0.0;
    for (size_t o = 0; o < OWNERS; o++)
        sum += area(&out[o]);
    assert_relative(sum, 2.5e9, 1e-9);
}

static void test_cells_of_too_few_points(void **state)
{
    struct tools *tools = *state;
    fpt_point room[5];
    size_t ring[2], part[2];
    const fpt_shape land = square(100000, 200000, 50000, room, ring, part);
    const fpt_point point[] = {{110000, 210000}, {120000, 210000}};
    const size_t owner[] = {0, 0};
    fpt_shape out;
    fpt_error err = {0};
    assert_int_equal(fpt_geo_cells(tools->geo, &tools->arena, 2, point, owner,
                                   1, 1, &land, &out, &err),
                     FPT_ERR_INPUT);
    assert_non_null(strstr(err.text, "too few"));
}

/* Two points on the same spot, and points of one line, are no reason to fall. */
static void test_cells_of_awkward_points(void **state)
{
    struct tools *tools = *state;
    fpt_point room[5];
    size_t ring[2], part[2];
    const fpt_shape land = square(0, 0, 100, room, ring, part);
    const fpt_point same[] = {{10, 10}, {10, 10}, {90, 90}, {50, 20}},
                    line[] = {{10, 10}, {20, 20}, {30, 30}, {40, 40}};
    const size_t owner[] = {0, 1, 2, 2};
    fpt_shape out[3];
    fpt_error err = {0};
    assert_ok_or(fpt_geo_cells(tools->geo, &tools->arena, 4, same, owner, 3, 1,
                               &land, out, &err),
                 err);
    double sum = 0.0;
    for (size_t o = 0; o < 3; o++)
        sum += area(&out[o]);
    assert_relative(sum, 10000.0, 1e-9);
    assert_ok_or(fpt_geo_cells(tools->geo, &tools->arena, 4, line, owner, 3, 1,
                               &land, out, &err),
                 err);
    sum = 0.0;
    for (size_t o = 0; o < 3; o++)
        sum += area(&out[o]);
    assert_relative(sum, 10000.0, 1e-9);
}

/* ---- memory ---- */

static fpt_status use_shapes(fpt_arena *arena, void *context)
{
    fpt_str bytes;
    fpt_shape back, round;
    FPT_TRY(fpt_shape_write(arena, context, &bytes, NULL));
    FPT_TRY(fpt_shape_read(arena, bytes, &back, NULL));
    return fpt_shape_round(arena, &back, 5.0, &round, NULL);
}

static void test_running_out_of_memory(void **state)
{
    (void)state;
    fpt_point room[5];
    size_t ring[2], part[2];
    fpt_shape s = square(0, 0, 100, room, ring, part);
    assert_every_allocation_may_fail(use_shapes, &s);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_published_points),
        TEST(test_there_and_back_anywhere_in_britain),
        TEST(test_far_from_britain_is_refused),
        TEST(test_shapes_there_and_back),
        TEST(test_well_known_binary_of_others),
        TEST(test_rounded_onto_a_grid),
        TEST(test_rounding_keeps_parts_whole),
        TEST(test_cells_tile_the_land),
        TEST(test_cells_of_too_few_points),
        TEST(test_cells_of_awkward_points),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("geo", tests, NULL, NULL);
}
