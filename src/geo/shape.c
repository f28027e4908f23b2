/*
 * Shapes as well-known binary, and shapes on a coarser grid.
 */
#include <math.h>

#include "fpt/geo.h"

enum { WKB_POLYGON = 3, WKB_MULTIPOLYGON = 6 };

/* ---- writing ---- */

static void put_u32(fpt_strbuf *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        fpt_strbuf_add_char(out, (char)(unsigned char)(value >> (8 * i)));
}

static void put_double(fpt_strbuf *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        fpt_strbuf_add_char(out, (char)(unsigned char)(bits >> (8 * i)));
}

static void put_head(fpt_strbuf *out, uint32_t type, size_t count)
{
    fpt_strbuf_add_char(out, 1);
    put_u32(out, type);
    put_u32(out, (uint32_t)count);
}

fpt_status fpt_shape_write(fpt_arena *arena, const fpt_shape *shape,
                           fpt_str *out, fpt_error *err)
{
    fpt_strbuf bytes = fpt_strbuf_make(arena);
    put_head(&bytes, WKB_MULTIPOLYGON, shape->parts);
    for (size_t p = 0; p < shape->parts; p++) {
        put_head(&bytes, WKB_POLYGON, shape->part[p + 1] - shape->part[p]);
        for (size_t r = shape->part[p]; r < shape->part[p + 1]; r++) {
            put_u32(&bytes, (uint32_t)(shape->ring[r + 1] - shape->ring[r]));
            for (size_t i = shape->ring[r]; i < shape->ring[r + 1]; i++) {
                put_double(&bytes, shape->point[i].x);
                put_double(&bytes, shape->point[i].y);
            }
        }
    }
    if (bytes.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for an outline");
    *out = fpt_strbuf_view(&bytes);
    return FPT_OK;
}

/* ---- reading ---- */

struct bytes {
    const unsigned char *at, *end;
    bool bad;
};

static uint32_t take_u32(struct bytes *in)
{
    if (in->end - in->at < 4) {
        in->bad = true;
        return 0;
    }
    uint32_t value = 0;
    for (int i = 3; i >= 0; i--)
        value = value << 8 | in->at[i];
    in->at += 4;
    return value;
}

static double take_double(struct bytes *in)
{
    if (in->end - in->at < 8) {
        in->bad = true;
        return 0.0;
    }
    uint64_t bits = 0;
    for (int i = 7; i >= 0; i--)
        bits = bits << 8 | in->at[i];
    in->at += 8;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t take_head(struct bytes *in, uint32_t *count)
{
    if (in->at == in->end || *in->at++ != 1) in->bad = true;
    const uint32_t type = take_u32(in);
    *count = take_u32(in);
    return type;
}

/* Twice over the same bytes: first to count, then to fill. */
static void walk(struct bytes in, fpt_shape *out, bool fill, bool *bad)
{
    uint32_t parts = 1, rings = 0;
    struct bytes whole = in;
    const uint32_t type = take_head(&in, &parts);
    if (type == WKB_POLYGON) {
        in = whole;
        parts = 1;
    } else if (type != WKB_MULTIPOLYGON) {
        in.bad = true;
    }
    fpt_shape s = {.point = out->point, .ring = out->ring, .part = out->part};
    for (uint32_t p = 0; p < parts && !in.bad; p++) {
        if (take_head(&in, &rings) != WKB_POLYGON) in.bad = true;
        if (fill) s.part[s.parts] = s.rings;
        s.parts++;
        for (uint32_t r = 0; r < rings && !in.bad; r++) {
            const uint32_t points = take_u32(&in);
            if (fill) s.ring[s.rings] = s.points;
            s.rings++;
            for (uint32_t i = 0; i < points && !in.bad; i++) {
                const double x = take_double(&in), y = take_double(&in);
                if (fill && !in.bad) s.point[s.points] = (fpt_point){x, y};
                s.points++;
            }
        }
    }
    if (fill && !in.bad) {
        s.ring[s.rings] = s.points;
        s.part[s.parts] = s.rings;
    }
    *bad = in.bad || in.at != in.end;
    *out = s;
}

static bool make_room(fpt_arena *arena, fpt_shape *shape)
{
    shape->point = FPT_NEW(arena, fpt_point, shape->points);
    shape->ring = FPT_NEW(arena, size_t, shape->rings + 1);
    shape->part = FPT_NEW(arena, size_t, shape->parts + 1);
    return shape->point != NULL && shape->ring != NULL && shape->part != NULL;
}

fpt_status fpt_shape_read(fpt_arena *arena, fpt_str bytes, fpt_shape *out,
                          fpt_error *err)
{
    const struct bytes in = {.at = (const unsigned char *)bytes.data,
                             .end =
                                 (const unsigned char *)bytes.data + bytes.len};
    fpt_shape shape = {0};
    bool bad;
    walk(in, &shape, false, &bad);
    if (bad) return fpt_fail(err, FPT_ERR_INPUT, "an outline is no polygon");
    if (!make_room(arena, &shape))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for an outline");
    walk(in, &shape, true, &bad);
    *out = shape;
    return FPT_OK;
}

/* ---- rounding ---- */

static double to_step(double x, double step)
{
    return round(x / step) * step;
}

/* One ring onto the grid; returns how many points remain (0: it collapsed). */
static size_t round_ring(const fpt_point *from, size_t count, double step,
                         fpt_point *to)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const fpt_point p = {to_step(from[i].x, step),
                             to_step(from[i].y, step)};
        if (used > 0 && to[used - 1].x == p.x && to[used - 1].y == p.y)
            continue;
        /* There and straight back again is no outline. */
        if (used > 1 && to[used - 2].x == p.x && to[used - 2].y == p.y) {
            used--;
            continue;
        }
        to[used++] = p;
    }
    return used >= 4 ? used : 0;
}

fpt_status fpt_shape_round(fpt_arena *arena, const fpt_shape *shape,
                           double step, fpt_shape *out, fpt_error *err)
{
    fpt_shape s = {
        .points = shape->points, .rings = shape->rings, .parts = shape->parts};
    if (!make_room(arena, &s))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for an outline");
    s.points = s.rings = s.parts = 0;
    for (size_t p = 0; p < shape->parts; p++) {
        const size_t first_ring = s.rings;
        for (size_t r = shape->part[p]; r < shape->part[p + 1]; r++) {
            const size_t begin = shape->ring[r];
            const size_t kept =
                round_ring(shape->point + begin, shape->ring[r + 1] - begin,
                           step, s.point + s.points);
            if (kept == 0 && r == shape->part[p])
                break; /* the outside is gone */
            if (kept == 0) continue;
            s.ring[s.rings++] = s.points;
            s.points += kept;
        }
        if (s.rings > first_ring) s.part[s.parts++] = first_ring;
    }
    s.ring[s.rings] = s.points;
    s.part[s.parts] = s.rings;
    *out = s;
    return FPT_OK;
}
