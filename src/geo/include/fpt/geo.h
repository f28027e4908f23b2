/**
 * @file geo.h
 * @brief Places on the map: projection, outlines, and cells around points.
 *
 * Coordinates are metres of the British National Grid (EPSG:27700) inside and
 * longitude and latitude (WGS 84) outside. The shift between the two datums is
 * the seven-parameter one, good to a few metres: right for maps, not for
 * surveying.
 */
#ifndef FPT_GEO_H
#define FPT_GEO_H

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_geo fpt_geo;

/** Tools for one thread. FPT_ERR_MEMORY; FPT_ERR_IO when PROJ lacks its data. */
FPT_MUST_CHECK fpt_status fpt_geo_open(fpt_arena *arena, fpt_geo **out,
                                       fpt_error *err);
void fpt_geo_close(fpt_geo *geo);

typedef struct fpt_point {
    double x,
        y; /**< easting and northing in metres, or longitude and latitude */
} fpt_point;

/** Longitude and latitude into the grid; FPT_ERR_RANGE far from Britain. */
FPT_MUST_CHECK fpt_status fpt_geo_to_grid(fpt_geo *geo, size_t count,
                                          fpt_point *points);
/** The grid into longitude and latitude. */
FPT_MUST_CHECK fpt_status fpt_geo_from_grid(fpt_geo *geo, size_t count,
                                            fpt_point *points);

/** A polygon of many parts: rings one after another. In each part the first
 *  ring is the outside and the others are holes. */
typedef struct fpt_shape {
    size_t points, rings, parts;
    fpt_point *point;
    size_t *ring; /**< ring[i] is the index of its first point; rings + 1 */
    size_t *part; /**< part[i] is the index of its first ring; parts + 1 */
} fpt_shape;

/** Well-known binary, little end first: how shapes lie in the store. */
FPT_MUST_CHECK fpt_status fpt_shape_write(fpt_arena *arena,
                                          const fpt_shape *shape, fpt_str *out,
                                          fpt_error *err);
/** FPT_ERR_INPUT for anything that is not a polygon or a multipolygon. */
FPT_MUST_CHECK fpt_status fpt_shape_read(fpt_arena *arena, fpt_str bytes,
                                         fpt_shape *out, fpt_error *err);

/**
 * Approximate outlines of areas that were never published: a cell around each
 * point, cells of one area melted together, cut at the coast.
 *
 * Shape    point[count], owner[count] in 0 .. owners - 1 (or SIZE_MAX: a cell
 *          that bounds its neighbours and belongs to nobody); out[owners].
 *          coast: shapes whose union is the land. An owner without points gets
 *          an empty shape.
 * Errors   FPT_ERR_INPUT: fewer than three points; FPT_ERR_MEMORY.
 * Memory   results in the arena.
 * Source   Voronoi cells and coverage union of GEOS.
 */
FPT_MUST_CHECK fpt_status fpt_geo_cells(fpt_geo *geo, fpt_arena *arena,
                                        size_t count, const fpt_point *point,
                                        const size_t *owner, size_t owners,
                                        size_t coasts, const fpt_shape *coast,
                                        fpt_shape *out, fpt_error *err);

/**
 * The same shape with every coordinate moved to a grid of `step` metres and what
 * collapses left out: neighbours keep their common border.
 */
FPT_MUST_CHECK fpt_status fpt_shape_round(fpt_arena *arena,
                                          const fpt_shape *shape, double step,
                                          fpt_shape *out, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_GEO_H */
