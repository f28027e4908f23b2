/*
 * Outlines as GeoJSON: longitude and latitude, a feature a board.
 */
#include <stdio.h>

#include "synth_i.h"

/*
 * Longitude and latitude of the WGS 84 of a point of the British National Grid,
 * for the middle of England alone. A polynomial of the fourth degree in units of
 * 100 km from (450000, 285000), fitted to PROJ's inverse of src/geo/project.c at
 * 9,345 points within 130 by 110 km: nowhere more than 4.3e-7 degrees (3 cm)
 * apart. No sine and no root, so the same digits on any machine.
 */
static const double longitude[5][5] = {
    {-1.26554028805, 0.0149537904309, 0.000394718164856, 9.23326360731e-06,
     2.21725220664e-07},
    {1.47164409555, 0.0299672513368, 0.00079034141727, 1.85154713258e-05, 0.0},
    {-0.000394718883861, -2.77694965051e-05, -1.33482403712e-06, 0.0, 0.0},
    {-0.000263793741586, -1.85434126191e-05, 0.0, 0.0, 0.0},
    {2.23089902743e-07, 0.0, 0.0, 0.0, 0.0}};
static const double latitude[5][5] = {
    {52.4606658097, 0.898924886708, -7.02666955392e-05, 7.99341090414e-08,
     2.74817861908e-09},
    {-0.00913422486713, -0.000294782115039, -5.9734178345e-06,
     -1.46116547822e-07, 0.0},
    {-0.00915340427996, -0.000295256794514, -5.98485624112e-06, 0.0, 0.0},
    {3.74726952953e-06, 2.43126203186e-07, 0.0, 0.0, 0.0},
    {1.87686868305e-06, 0.0, 0.0, 0.0, 0.0}};

static double value_of(const double c[5][5], double u, double v)
{
    double sum = 0.0;
    for (int i = 4; i >= 0; i--) {
        double inner = 0.0;
        for (int j = 4 - i; j >= 0; j--)
            inner = inner * v + c[i][j];
        sum = sum * u + inner;
    }
    return sum;
}

void fpti_synth_degrees(double easting, double northing, double *lon,
                        double *lat)
{
    const double u = (easting - 450000.0) / 100000.0,
                 v = (northing - 285000.0) / 100000.0;
    *lon = value_of(longitude, u, v);
    *lat = value_of(latitude, u, v);
}

/* Six decimals are a tenth of a metre. */
static void put_degrees(fpti_paper *p, double degrees)
{
    const int64_t units = (int64_t)(degrees * 1e6 + (degrees < 0 ? -0.5 : 0.5));
    fpti_paper_put_fraction(p, units, 6);
}

static void put_ring(fpti_paper *p, const fpti_ring *ring)
{
    const fpti_nation *n = p->nation;
    fpt_output_add_char(p->out, '[');
    for (size_t i = 0; i <= ring->count; i++) {
        const fpti_half q = n->outline.point[ring->first + i % ring->count];
        double lon, lat;
        fpti_synth_degrees(n->grid.left + 500.0 * (double)q.x,
                           n->grid.bottom + 500.0 * (double)q.y, &lon, &lat);
        fpt_output_add(p->out, i > 0 ? FPT_STR(",[") : FPT_STR("["));
        p->started = false;
        put_degrees(p, lon);
        put_degrees(p, lat);
        fpt_output_add_char(p->out, ']');
    }
    fpt_output_add_char(p->out, ']');
}

/* Does the ring go round the point? A ray to the east crosses it an odd number
 * of times; sides are no longer than a square. */
static bool holds(const fpti_nation *n, const fpti_ring *ring, fpti_half q)
{
    bool inside = false;
    for (size_t i = 0; i < ring->count; i++) {
        const fpti_half a = n->outline.point[ring->first + i],
                        b = n->outline
                                .point[ring->first + (i + 1) % ring->count];
        if ((a.y > q.y) == (b.y > q.y)) continue;
        /* where it crosses: a.x + (q.y - a.y) (b.x - a.x) / (b.y - a.y) */
        const int64_t left = (int64_t)(q.x - a.x) * (b.y - a.y),
                      right = (int64_t)(q.y - a.y) * (b.x - a.x);
        if (b.y > a.y ? left < right : left > right) inside = !inside;
    }
    return inside;
}

/* A hole, walked the other way round, belongs to the ring that holds it. */
static void put_board(fpti_paper *p, size_t board)
{
    const fpti_outline *o = &p->nation->outline;
    bool first = true;
    for (size_t r = 0; r < o->rings; r++) {
        const fpti_ring *ring = &o->ring[r];
        if (ring->board != board || ring->area <= 0) continue;
        fpt_output_add(p->out, first ? FPT_STR("[") : FPT_STR(",["));
        first = false;
        put_ring(p, ring);
        for (size_t h = 0; h < o->rings; h++) {
            const fpti_ring *hole = &o->ring[h];
            if (hole->board != board || hole->area > 0 ||
                !holds(p->nation, ring, o->point[hole->first]))
                continue;
            fpt_output_add_char(p->out, ',');
            put_ring(p, hole);
        }
        fpt_output_add_char(p->out, ']');
    }
}

void fpti_paper_outlines(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "{\n\"type\": \"FeatureCollection\",\n"
                           "\"name\": \"made_up_boards\",\n\"features\": [");
    for (size_t b = 0; b < n->boards; b++) {
        fpt_output_print(p->out,
                         "{ \"type\": \"Feature\", \"properties\": { "
                         "\"icb22cd\": \"%s\", \"icb22nm\": \"%s\", "
                         "\"icb22cdh\": \"%s\" }, \"geometry\": { \"type\": "
                         "\"MultiPolygon\", \"coordinates\": [",
                         n->board[b].code, n->board[b].name, n->board[b].ods);
        put_board(p, b);
        fpt_output_add(p->out, FPT_STR("] } }"));
        fpti_paper_put_line(p, b + 1 < n->boards ? "," : "");
        p->records++;
    }
    fpti_paper_put_line(p, "]\n}");
}
