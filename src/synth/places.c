/*
 * Where everything is: systems on a grid in the middle of England, commissioners
 * in their system, small areas round the commissioner's town and thinly beyond.
 * Each area lies nearer to its own commissioner's town than to any other, so
 * that outlines drawn round areas hang together.
 */
#include <stdio.h>

#include "synth_i.h"

/* Metres of the British National Grid: in the Midlands, far from any sea. */
static const double middle_x = 450000.0, middle_y = 285000.0;
/* A system of so many areas is so wide: four times as thinly peopled as England,
 * so that a small nation has room on a map. */
static const double side_metres = 4000.0;
/* But all of it stays between Wales and the Wash. */
static const double widest_metres = 190000.0;

/* The square root, by Newton from above; exact enough for a map and the same on
 * any machine. */
static double root(double x)
{
    double r = x > 1.0 ? x : 1.0;
    for (int i = 0; i < 60; i++)
        r = 0.5 * (r + x / r);
    return r;
}

static size_t columns_for(size_t count)
{
    size_t columns = 1;
    while (columns * columns * 2 < count * 3)
        columns++;
    return columns < count ? columns : count;
}

/* The point of item i of `count` in a box round (x, y), jittered. */
static void on_grid(fpt_rng *rng, size_t i, size_t count, double side,
                    double *x, double *y)
{
    const size_t columns = columns_for(count);
    const size_t rows = (count + columns - 1) / columns;
    const size_t row = i / columns;
    const size_t here = row + 1 < rows ? columns : count - row * columns;
    const double wide = side / (double)here, high = side / (double)rows;
    *x += wide * ((double)(i % columns) + 0.5) - side / 2.0 +
          wide * 0.15 * fpti_synth_between(rng, -1.0, 1.0);
    *y += high * ((double)row + 0.5) - side / 2.0 +
          high * 0.15 * fpti_synth_between(rng, -1.0, 1.0);
}

/* Neither Q0 nor QZ was ever a stem of a system's code. */
static void name_system(fpti_nation *n, size_t s)
{
    static const char *const stems[] = {"QZ", "Q0"};
    struct fpti_system *system = &n->system[s];
    snprintf(system->code, sizeof system->code, "E549%05zu", s + 1);
    fpti_synth_code3(system->ods, stems, s);
    system->name = fpti_synth_colour(s);
}

static void place_systems(fpti_nation *n, double side)
{
    const size_t columns = columns_for(n->systems);
    const size_t rows = (n->systems + columns - 1) / columns;
    for (size_t s = 0; s < n->systems; s++) {
        struct fpti_system *system = &n->system[s];
        fpt_rng rng = fpti_synth_rng(n, s, 0, FPTI_FOR_SYSTEM);
        name_system(n, s);
        const size_t column = s % columns, row = s / columns;
        const double right = (double)column + 0.5, up = (double)row + 0.5;
        system->x = middle_x + side * (right - (double)columns / 2.0) +
                    side * 0.1 * fpti_synth_between(&rng, -1.0, 1.0);
        system->y = middle_y + side * (up - (double)rows / 2.0) +
                    side * 0.1 * fpti_synth_between(&rng, -1.0, 1.0);
    }
}

/* The last two systems became one board; the others kept their code. */
static void place_boards(fpti_nation *n)
{
    n->boards = n->systems - 1;
    for (size_t b = 0; b < n->boards; b++) {
        struct fpti_board *board = &n->board[b];
        const struct fpti_system *s = &n->system[b];
        memcpy(board->code, s->code, sizeof board->code);
        memcpy(board->ods, s->ods, sizeof board->ods);
        snprintf(board->name, sizeof board->name,
                 "NHS %s Integrated Care Board",
                 fpti_synth_system_name(n, b, FPTI_2021));
        n->system[b].board = b;
    }
    struct fpti_board *last = &n->board[n->boards - 1];
    n->system[n->systems - 1].board = n->boards - 1;
    snprintf(last->code, sizeof last->code, "E549%05zu", n->systems + 1);
    snprintf(
        last->name, sizeof last->name, "NHS %s and %s Integrated Care Board",
        fpti_synth_colour(n->systems - 2), fpti_synth_colour(n->systems - 1));
}

static void name_commissioner(fpti_nation *n, size_t c, const char *what)
{
    /* No commissioner's code ever began so. */
    static const char *const stems[] = {"98", "96", "95", "94", "89", "88"};
    struct fpti_commissioner *it = &n->commissioner[c];
    snprintf(it->code, sizeof it->code, "E389%05zu", c + 1);
    fpti_synth_code3(it->ods, stems, c);
    snprintf(it->name, sizeof it->name, "NHS %s %s CCG",
             fpti_synth_colour(it->system), what);
    it->system_2018 = it->system;
    it->from_2021 = c;
}

static double apart(double x, double y, double a, double b)
{
    return (x - a) * (x - a) + (y - b) * (y - b);
}

/* Of the first system's commissioners the nearest to the second system goes over
 * to it; the last system's first two become one in 2021. */
static void unsettle(fpti_nation *n)
{
    const size_t made = n->commissioners - 1;
    const struct fpti_system *to = &n->system[1];
    n->mover = 0;
    for (size_t c = 1; c < made && n->commissioner[c].system == 0; c++) {
        const struct fpti_commissioner *a = &n->commissioner[c],
                                       *b = &n->commissioner[n->mover];
        if (apart(a->x, a->y, to->x, to->y) < apart(b->x, b->y, to->x, to->y))
            n->mover = c;
    }
    n->commissioner[n->mover].system_2018 = 1;
    size_t first = made - 1;
    while (n->commissioner[first - 1].system == n->systems - 1)
        first--;
    n->commissioner[made] = n->commissioner[first];
    name_commissioner(n, made, "United");
    n->commissioner[first].from_2021 = made;
    n->commissioner[first + 1].from_2021 = made;
}

static void place_commissioners(fpti_nation *n, double side)
{
    const size_t made = n->commissioners - 1;
    for (size_t s = 0, c = 0; s < n->systems; s++) {
        const size_t end = (s + 1) * made / n->systems;
        const size_t first = c, count = end - first;
        for (; c < end; c++) {
            struct fpti_commissioner *it = &n->commissioner[c];
            fpt_rng rng = fpti_synth_rng(n, c, 0, FPTI_FOR_COMMISSIONER);
            it->system = s;
            it->x = n->system[s].x;
            it->y = n->system[s].y;
            on_grid(&rng, c - first, count, side, &it->x, &it->y);
            name_commissioner(n, c, fpti_synth_landscape(c - first));
        }
    }
    unsettle(n);
}

static void name_districts(fpti_nation *n)
{
    for (size_t d = 0; d < n->districts; d++) {
        snprintf(n->district[d].code, sizeof n->district[d].code, "E079%05zu",
                 d + 1);
        snprintf(n->district[d].name, sizeof n->district[d].name, "%s %s",
                 d % 2 == 0 ? "West" : "East", fpti_synth_colour(d / 2));
    }
}

static bool is_nearest(const fpti_nation *n, size_t c, double x, double y)
{
    const struct fpti_commissioner *own = &n->commissioner[c];
    const double far = apart(x, y, own->x, own->y);
    for (size_t i = 0; i + 1 < n->commissioners; i++)
        if (i != c &&
            apart(x, y, n->commissioner[i].x, n->commissioner[i].y) <= far)
            return false;
    return true;
}

/* Three in five live in the town. */
static void place_area(const fpti_nation *n, size_t a, double side)
{
    enum { MOST_TRIES = 200 };
    struct fpti_area *area = &n->area[a];
    const struct fpti_commissioner *c = &n->commissioner[area->commissioner];
    fpt_rng rng = fpti_synth_rng(n, a, 0, FPTI_FOR_AREA_PLACE);
    const bool town = fpt_rng_uniform(&rng) < 0.6;
    const double town_metres = side / 14.0;
    double x = c->x, y = c->y;
    for (int i = 0; i < MOST_TRIES; i++) {
        const double dx = town ? town_metres * fpti_synth_normal(&rng)
                               : fpti_synth_between(&rng, -side, side) / 2.0,
                     dy = town ? town_metres * fpti_synth_normal(&rng)
                               : fpti_synth_between(&rng, -side, side) / 2.0;
        if (!is_nearest(n, area->commissioner, c->x + dx, c->y + dy)) continue;
        x = c->x + dx;
        y = c->y + dy;
        break;
    }
    area->x_mm = (int64_t)(x * 1000.0);
    area->y_mm = (int64_t)(y * 1000.0);
    /* 0 far out, 1 in the middle of the town */
    const double near =
        1.0 / (1.0 + apart(x, y, c->x, c->y) / (town_metres * town_metres));
    area->need = near;
    area->district = 2 * c->system + (x >= n->system[c->system].x ? 1 : 0);
}

static fpt_status place_areas(fpt_arena *arena, fpti_nation *n, double side)
{
    const size_t made = n->commissioners - 1;
    size_t *named = FPT_NEW(arena, size_t, n->districts);
    if (named == NULL) return FPT_ERR_MEMORY;
    for (size_t c = 0, a = 0; c < made; c++)
        for (; a < (c + 1) * n->areas / made; a++) {
            struct fpti_area *area = &n->area[a];
            area->commissioner = c;
            place_area(n, a, side);
            const size_t k = named[area->district]++;
            snprintf(area->code, sizeof area->code, "E019%05zu", a + 1);
            snprintf(area->name, sizeof area->name, "%s %03zu%c",
                     n->district[area->district].name, k / 4 + 1,
                     "ABCD"[k % 4]);
        }
    return FPT_OK;
}

fpt_status fpti_synth_places(fpt_arena *arena, fpti_nation *n)
{
    const double wide = widest_metres / (double)columns_for(n->systems);
    double side = side_metres * root((double)n->areas / (double)n->systems);
    if (side > wide) side = wide;
    n->side = side;
    place_systems(n, side);
    place_boards(n);
    place_commissioners(n, side);
    name_districts(n);
    return place_areas(arena, n, side);
}
