/*
 * Cells around points, melted by owner and cut at the coast. GEOS does the work:
 * Voronoi cells share their edges exactly, so the union of those of one owner
 * is a coverage union, which only has to drop the edges that occur twice.
 */
#include <stdlib.h>

#include "geo_i.h"

struct work {
    fpt_geo *geo;
    GEOSContextHandle_t h;
    GEOSGeometry *land;
    size_t owners;
    GEOSGeometry ***cells; /* by owner, a list */
    size_t *count, *capacity;
    fpt_arena *arena;
    fpt_error *err;
};

static fpt_status fail(const struct work *w, const char *doing)
{
    return fpt_fail(w->err, FPT_ERR_INPUT, "cannot %s: %s", doing,
                    w->geo->said[0] != '\0' ? w->geo->said : "no reason given");
}

static GEOSGeometry *line_of(GEOSContextHandle_t h, size_t count,
                             const fpt_point *point, bool ring)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(h, (unsigned)count, 2);
    if (sequence == NULL) return NULL;
    for (size_t i = 0; i < count; i++)
        GEOSCoordSeq_setXY_r(h, sequence, (unsigned)i, point[i].x, point[i].y);
    return ring ? GEOSGeom_createLinearRing_r(h, sequence)
                : GEOSGeom_createLineString_r(h, sequence);
}

static GEOSGeometry *from_shape(const struct work *w, const fpt_shape *shape)
{
    GEOSContextHandle_t h = w->h;
    GEOSGeometry **parts = FPT_NEW(w->arena, GEOSGeometry *, shape->parts);
    if (parts == NULL) return NULL;
    size_t made = 0;
    for (size_t p = 0; p < shape->parts; p++) {
        const size_t first = shape->part[p], end = shape->part[p + 1];
        GEOSGeometry **rings = FPT_NEW(w->arena, GEOSGeometry *, end - first);
        if (rings == NULL) return NULL;
        for (size_t r = first; r < end; r++)
            rings[r - first] = line_of(h, shape->ring[r + 1] - shape->ring[r],
                                       shape->point + shape->ring[r], true);
        if (rings[0] == NULL) continue;
        GEOSGeometry *polygon = GEOSGeom_createPolygon_r(
            h, rings[0], rings + 1, (unsigned)(end - first - 1));
        if (polygon != NULL) parts[made++] = polygon;
    }
    return GEOSGeom_createCollection_r(h, GEOS_MULTIPOLYGON, parts,
                                       (unsigned)made);
}

static fpt_status make_land(struct work *w, size_t coasts,
                            const fpt_shape *coast)
{
    GEOSGeometry **all = FPT_NEW(w->arena, GEOSGeometry *, coasts);
    if (all == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < coasts; i++) {
        GEOSGeometry *shape = from_shape(w, &coast[i]);
        /* Simplified outlines cross themselves here and there. */
        all[i] = shape != NULL ? GEOSMakeValid_r(w->h, shape) : NULL;
        GEOSGeom_destroy_r(w->h, shape);
        if (all[i] == NULL) return fail(w, "read an outline of the coast");
    }
    GEOSGeometry *together = GEOSGeom_createCollection_r(
        w->h, GEOS_GEOMETRYCOLLECTION, all, (unsigned)coasts);
    w->land = together != NULL ? GEOSUnaryUnion_r(w->h, together) : NULL;
    GEOSGeom_destroy_r(w->h, together);
    return w->land != NULL ? FPT_OK : fail(w, "join the outlines of the coast");
}

/* GEOS does not say which cell is whose; but a cell's own point is the only one
 * inside it, and a tree finds the few that come into question. */
struct found {
    const struct work *w;
    const GEOSCoordSequence *ring;
    unsigned size;
    const fpt_point *point;
    size_t index;
};

/* Cells are convex: a point inside lies on the same side of every edge. */
static bool is_inside(const struct found *f, fpt_point p)
{
    bool left = false, right = false;
    double x0, y0, x1, y1;
    GEOSCoordSeq_getXY_r(f->w->h, f->ring, 0, &x0, &y0);
    for (unsigned i = 1; i < f->size; i++) {
        GEOSCoordSeq_getXY_r(f->w->h, f->ring, i, &x1, &y1);
        const double turn = (x1 - x0) * (p.y - y0) - (y1 - y0) * (p.x - x0);
        left = left || turn > 0.0;
        right = right || turn < 0.0;
        x0 = x1;
        y0 = y1;
    }
    return !(left && right);
}

static void look(void *item, void *context)
{
    struct found *f = context;
    const size_t i = (size_t)(uintptr_t)item - 1;
    if (f->index == SIZE_MAX && is_inside(f, f->point[i])) f->index = i;
}

static fpt_status sort_cells(struct work *w, GEOSGeometry *diagram,
                             GEOSSTRtree *tree, const fpt_point *point,
                             const size_t *owner)
{
    const int cells = GEOSGetNumGeometries_r(w->h, diagram);
    for (int c = 0; c < cells; c++) {
        const GEOSGeometry *cell = GEOSGetGeometryN_r(w->h, diagram, c);
        struct found f = {.w = w, .point = point, .index = SIZE_MAX};
        f.ring =
            GEOSGeom_getCoordSeq_r(w->h, GEOSGetExteriorRing_r(w->h, cell));
        GEOSCoordSeq_getSize_r(w->h, f.ring, &f.size);
        GEOSSTRtree_query_r(w->h, tree, cell, look, &f);
        if (f.index == SIZE_MAX || owner[f.index] == SIZE_MAX) continue;
        const size_t o = owner[f.index];
        FPT_REQUIRE(o < w->owners);
        if (!FPT_RESERVE(w->arena, w->cells[o], w->count[o], w->capacity[o]))
            return FPT_ERR_MEMORY;
        w->cells[o][w->count[o]] = GEOSGeom_clone_r(w->h, cell);
        if (w->cells[o][w->count[o]] == NULL) return FPT_ERR_MEMORY;
        w->count[o]++;
    }
    return FPT_OK;
}

static fpt_status make_cells(struct work *w, size_t count,
                             const fpt_point *point, const size_t *owner)
{
    GEOSGeometry *sites = line_of(w->h, count, point, false);
    GEOSSTRtree *tree = GEOSSTRtree_create_r(w->h, 10);
    GEOSGeometry *diagram =
        sites != NULL ? GEOSVoronoiDiagram_r(w->h, sites, w->land, 0.0, 0)
                      : NULL;
    fpt_status status = diagram != NULL && tree != NULL
                            ? FPT_OK
                            : fail(w, "draw cells around the points");
    for (size_t i = 0; i < count && status == FPT_OK; i++) {
        GEOSGeometry *at =
            GEOSGeom_createPointFromXY_r(w->h, point[i].x, point[i].y);
        if (at == NULL)
            status = FPT_ERR_MEMORY;
        else
            GEOSSTRtree_insert_r(w->h, tree, at, (void *)(uintptr_t)(i + 1));
        GEOSGeom_destroy_r(w->h, at);
    }
    if (status == FPT_OK) status = sort_cells(w, diagram, tree, point, owner);
    GEOSSTRtree_destroy_r(w->h, tree);
    GEOSGeom_destroy_r(w->h, diagram);
    GEOSGeom_destroy_r(w->h, sites);
    return status;
}

/* ---- from GEOS's geometry to ours ---- */

static fpt_status copy_ring(const struct work *w, const GEOSGeometry *ring,
                            fpt_shape *out, size_t *capacity)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(w->h, ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(w->h, sequence, &size);
    for (unsigned i = 0; i < size; i++) {
        if (!FPT_RESERVE(w->arena, out->point, out->points, *capacity))
            return FPT_ERR_MEMORY;
        fpt_point *p = &out->point[out->points++];
        GEOSCoordSeq_getXY_r(w->h, sequence, i, &p->x, &p->y);
    }
    return FPT_OK;
}

static fpt_status to_shape(const struct work *w, const GEOSGeometry *geometry,
                           fpt_shape *out)
{
    size_t point_capacity = 0, ring_capacity = 0, part_capacity = 0;
    fpt_shape s = {0};
    const int parts = GEOSGetNumGeometries_r(w->h, geometry);
    for (int p = 0; p < parts; p++) {
        const GEOSGeometry *polygon = GEOSGetGeometryN_r(w->h, geometry, p);
        if (GEOSGeomTypeId_r(w->h, polygon) != GEOS_POLYGON ||
            GEOSisEmpty_r(w->h, polygon) != 0)
            continue;
        if (!FPT_RESERVE(w->arena, s.part, s.parts, part_capacity))
            return FPT_ERR_MEMORY;
        s.part[s.parts++] = s.rings;
        const int holes = GEOSGetNumInteriorRings_r(w->h, polygon);
        for (int r = -1; r < holes; r++) {
            if (!FPT_RESERVE(w->arena, s.ring, s.rings, ring_capacity))
                return FPT_ERR_MEMORY;
            s.ring[s.rings++] = s.points;
            FPT_TRY(copy_ring(w,
                              r < 0 ? GEOSGetExteriorRing_r(w->h, polygon)
                                    : GEOSGetInteriorRingN_r(w->h, polygon, r),
                              &s, &point_capacity));
        }
    }
    if (!FPT_RESERVE(w->arena, s.ring, s.rings, ring_capacity) ||
        !FPT_RESERVE(w->arena, s.part, s.parts, part_capacity))
        return FPT_ERR_MEMORY;
    s.ring[s.rings] = s.points;
    s.part[s.parts] = s.rings;
    *out = s;
    return FPT_OK;
}

static fpt_status melt(struct work *w, size_t owner, fpt_shape *out)
{
    GEOSGeometry *together =
        GEOSGeom_createCollection_r(w->h, GEOS_GEOMETRYCOLLECTION,
                                    w->cells[owner], (unsigned)w->count[owner]);
    w->count[owner] = 0; /* the collection owns them now */
    GEOSGeometry *whole =
        together != NULL ? GEOSCoverageUnion_r(w->h, together) : NULL;
    GEOSGeometry *cut =
        whole != NULL ? GEOSIntersection_r(w->h, whole, w->land) : NULL;
    const fpt_status status =
        cut != NULL ? to_shape(w, cut, out) : fail(w, "melt cells together");
    GEOSGeom_destroy_r(w->h, cut);
    GEOSGeom_destroy_r(w->h, whole);
    GEOSGeom_destroy_r(w->h, together);
    return status;
}

fpt_status fpt_geo_cells(fpt_geo *geo, fpt_arena *arena, size_t count,
                         const fpt_point *point, const size_t *owner,
                         size_t owners, size_t coasts, const fpt_shape *coast,
                         fpt_shape *out, fpt_error *err)
{
    struct work w = {.geo = geo,
                     .h = geo->geos,
                     .owners = owners,
                     .cells = FPT_NEW(arena, GEOSGeometry **, owners),
                     .count = FPT_NEW(arena, size_t, owners),
                     .capacity = FPT_NEW(arena, size_t, owners),
                     .arena = arena,
                     .err = err};
    if (w.cells == NULL || w.count == NULL || w.capacity == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a map");
    if (count < 3)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%zu points are too few to draw areas around", count);
    geo->said[0] = '\0';
    fpt_status status = make_land(&w, coasts, coast);
    if (status == FPT_OK) status = make_cells(&w, count, point, owner);
    for (size_t o = 0; o < owners && status == FPT_OK; o++)
        status = melt(&w, o, &out[o]);
    for (size_t o = 0; o < owners; o++)
        for (size_t i = 0; i < w.count[o]; i++)
            GEOSGeom_destroy_r(w.h, w.cells[o][i]);
    GEOSGeom_destroy_r(w.h, w.land);
    if (status == FPT_ERR_MEMORY)
        return fpt_fail(err, status, "no memory for a map");
    return status;
}
