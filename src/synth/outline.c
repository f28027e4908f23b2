/*
 * Outlines of the boards: land is what lies near to somebody, cut into squares;
 * each square is of the board whose commissioner's town is nearest, as its areas
 * are. A board's border is walked with the board on the left, from the middle of
 * one side of a square to the middle of the next, which takes off the corners.
 */
#include "synth_i.h"

static const double square_metres = 1000.0;

static size_t at(const fpti_grid *g, size_t x, size_t y)
{
    return y * g->wide + x;
}

/* ---- land ---- */

static fpt_status lay_grid(fpt_arena *arena, const fpti_nation *n, double reach,
                           fpti_grid *g)
{
    double box[4] = {1e9, -1e9, 1e9, -1e9};
    for (size_t a = 0; a < n->areas; a++) {
        const double x = (double)n->area[a].x_mm / 1000.0,
                     y = (double)n->area[a].y_mm / 1000.0;
        if (x < box[0]) box[0] = x;
        if (x > box[1]) box[1] = x;
        if (y < box[2]) box[2] = y;
        if (y > box[3]) box[3] = y;
    }
    /* Two squares of sea all round. */
    const double margin = reach + 2.0 * square_metres;
    *g = (fpti_grid){
        .left = square_metres *
                (double)(int64_t)((box[0] - margin) / square_metres),
        .bottom = square_metres *
                  (double)(int64_t)((box[2] - margin) / square_metres)};
    g->wide = (size_t)((box[1] + margin - g->left) / square_metres) + 2;
    g->high = (size_t)((box[3] + margin - g->bottom) / square_metres) + 2;
    g->board = FPT_NEW(arena, uint16_t, g->wide * g->high);
    return g->board != NULL ? FPT_OK : FPT_ERR_MEMORY;
}

enum { SEA = 0, LAND = UINT16_MAX, OPEN = UINT16_MAX - 1 };

static void raise_land(const fpti_nation *n, double reach, fpti_grid *g)
{
    const size_t far = (size_t)(reach / square_metres) + 1;
    for (size_t a = 0; a < n->areas; a++) {
        const double x = (double)n->area[a].x_mm / 1000.0 - g->left,
                     y = (double)n->area[a].y_mm / 1000.0 - g->bottom;
        const size_t cx = (size_t)(x / square_metres),
                     cy = (size_t)(y / square_metres);
        for (size_t j = cy - far; j <= cy + far; j++)
            for (size_t i = cx - far; i <= cx + far; i++) {
                const double dx = ((double)i + 0.5) * square_metres - x,
                             dy = ((double)j + 0.5) * square_metres - y;
                if (dx * dx + dy * dy <= reach * reach)
                    g->board[at(g, i, j)] = LAND;
            }
    }
}

/* A lake is land: only water that can be reached from the corner is sea. */
static fpt_status fill_lakes(fpt_arena *arena, fpti_grid *g)
{
    size_t *stack = FPT_NEW(arena, size_t, g->wide * g->high + 1);
    size_t used = 0;
    if (stack == NULL) return FPT_ERR_MEMORY;
    g->board[0] = OPEN;
    stack[used++] = 0;
    while (used > 0) {
        const size_t square = stack[--used];
        const size_t x = square % g->wide, y = square / g->wide;
        const size_t next[4] = {x > 0 ? square - 1 : square,
                                x + 1 < g->wide ? square + 1 : square,
                                y > 0 ? square - g->wide : square,
                                y + 1 < g->high ? square + g->wide : square};
        for (int k = 0; k < 4; k++)
            if (g->board[next[k]] == SEA) {
                g->board[next[k]] = OPEN;
                stack[used++] = next[k];
            }
    }
    for (size_t i = 0; i < g->wide * g->high; i++)
        g->board[i] = g->board[i] == OPEN ? SEA : LAND;
    return FPT_OK;
}

static uint16_t board_at(const fpti_nation *n, double x, double y)
{
    size_t nearest = 0;
    double least = 1e30;
    for (size_t c = 0; c + 1 < n->commissioners; c++) {
        const struct fpti_commissioner *it = &n->commissioner[c];
        const double away =
            (it->x - x) * (it->x - x) + (it->y - y) * (it->y - y);
        if (away >= least) continue;
        least = away;
        nearest = c;
    }
    const size_t system = n->commissioner[nearest].system_2018;
    return (uint16_t)(n->system[system].board + 1);
}

static void share_out(const fpti_nation *n, fpti_grid *g)
{
    for (size_t y = 0; y < g->high; y++)
        for (size_t x = 0; x < g->wide; x++)
            if (g->board[at(g, x, y)] == LAND)
                g->board[at(g, x, y)] =
                    board_at(n, g->left + ((double)x + 0.5) * square_metres,
                             g->bottom + ((double)y + 0.5) * square_metres);
}

/* ---- borders ---- */

/* Ways along the sides of squares, turning left from one to the next. */
enum { EAST, NORTH, WEST, SOUTH, WAYS };
static const int step_x[WAYS] = {1, 0, -1, 0}, step_y[WAYS] = {0, 1, 0, -1};

/* Is the square right of the side that leaves corner (x, y) that way, and the
 * one left of it, of the board? */
static bool is_border(const fpti_grid *g, uint16_t board, size_t x, size_t y,
                      int way)
{
    /* Squares round a corner: 0 south-west, 1 south-east, 2 north-west, ... */
    static const int left_of[WAYS] = {3, 2, 0, 1},
                     right_of[WAYS] = {1, 3, 2, 0};
    const size_t round[4] = {at(g, x - 1, y - 1), at(g, x, y - 1),
                             at(g, x - 1, y), at(g, x, y)};
    return g->board[round[left_of[way]]] == board &&
           g->board[round[right_of[way]]] != board;
}

static fpt_status add_point(fpt_arena *arena, fpti_outline *o, size_t x,
                            size_t y, int way)
{
    if (!FPT_RESERVE(arena, o->point, o->points, o->point_capacity))
        return FPT_ERR_MEMORY;
    /* The middle of the side, in half squares. */
    o->point[o->points++] = (fpti_half){(int32_t)(2 * x) + step_x[way],
                                        (int32_t)(2 * y) + step_y[way]};
    return FPT_OK;
}

static fpt_status walk(fpt_arena *arena, const fpti_grid *g, uint16_t board,
                       size_t x, size_t y, int way, uint8_t *walked,
                       fpti_outline *o)
{
    if (!FPT_RESERVE(arena, o->ring, o->rings, o->ring_capacity))
        return FPT_ERR_MEMORY;
    fpti_ring *ring = &o->ring[o->rings++];
    *ring = (fpti_ring){.board = board - 1u, .first = o->points};
    const size_t x0 = x, y0 = y;
    const int way0 = way;
    do {
        walked[at(g, x, y)] |= (uint8_t)(1 << way);
        FPT_TRY(add_point(arena, o, x, y, way));
        x = (size_t)((int64_t)x + step_x[way]);
        y = (size_t)((int64_t)y + step_y[way]);
        /* Left first: two squares that touch at a corner are two. */
        int turn = (way + 1) % WAYS;
        while (!is_border(g, board, x, y, turn))
            turn = (turn + WAYS - 1) % WAYS;
        way = turn;
    } while (x != x0 || y != y0 || way != way0);
    ring->count = o->points - ring->first;
    for (size_t i = 0; i < ring->count; i++) {
        const fpti_half a = o->point[ring->first + i],
                        b = o->point[ring->first + (i + 1) % ring->count];
        ring->area += (int64_t)a.x * b.y - (int64_t)b.x * a.y;
    }
    return FPT_OK;
}

static fpt_status walk_all(fpt_arena *arena, const fpti_nation *n,
                           const fpti_grid *g, fpti_outline *o)
{
    uint8_t *walked = FPT_NEW(arena, uint8_t, g->wide * g->high);
    if (walked == NULL) return FPT_ERR_MEMORY;
    for (size_t b = 0; b < n->boards; b++) {
        memset(walked, 0, g->wide * g->high);
        for (size_t y = 1; y < g->high; y++)
            for (size_t x = 1; x < g->wide; x++)
                for (int way = 0; way < WAYS; way++) {
                    const uint16_t board = (uint16_t)(b + 1);
                    if ((walked[at(g, x, y)] & (1 << way)) != 0 ||
                        !is_border(g, board, x, y, way))
                        continue;
                    FPT_TRY(walk(arena, g, board, x, y, way, walked, o));
                }
    }
    return FPT_OK;
}

fpt_status fpti_synth_outline(fpt_arena *arena, fpti_nation *n, double reach)
{
    FPT_TRY(lay_grid(arena, n, reach, &n->grid));
    raise_land(n, reach, &n->grid);
    FPT_TRY(fill_lakes(arena, &n->grid));
    share_out(n, &n->grid);
    return walk_all(arena, n, &n->grid, &n->outline);
}
