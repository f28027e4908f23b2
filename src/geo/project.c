/*
 * British National Grid to WGS 84 and back, by PROJ, which must not look for
 * better grids on the network.
 */
#include <stdio.h>

#include "geo_i.h"

static void hear(const char *message, void *context)
{
    fpt_geo *geo = context;
    snprintf(geo->said, sizeof geo->said, "%s", message);
}

fpt_status fpt_geo_open(fpt_arena *arena, fpt_geo **out, fpt_error *err)
{
    fpt_geo *geo = FPT_NEW(arena, fpt_geo, 1);
    if (geo == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory for maps");
    geo->geos = GEOS_init_r();
    geo->proj = proj_context_create();
    if (geo->geos == NULL || geo->proj == NULL) {
        fpt_geo_close(geo);
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for maps");
    }
    GEOSContext_setErrorMessageHandler_r(geo->geos, hear, geo);
    proj_context_set_enable_network(geo->proj, 0);
    proj_log_level(geo->proj, PJ_LOG_NONE);
    /* The parameters of EPSG:27700 and its shift to WGS 84 (EPSG:1314), spelt
     * out so that no database of PROJ's is needed. */
    geo->to_grid = proj_create(
        geo->proj,
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        "+step +proj=cart +ellps=WGS84 "
        "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 "
        "+ry=0.247 +rz=0.842 +s=-20.489 +convention=position_vector "
        "+step +inv +proj=cart +ellps=airy "
        "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 "
        "+y_0=-100000 +ellps=airy");
    if (geo->to_grid == NULL) {
        fpt_geo_close(geo);
        return fpt_fail(err, FPT_ERR_IO,
                        "PROJ does not know the British "
                        "National Grid");
    }
    *out = geo;
    return FPT_OK;
}

void fpt_geo_close(fpt_geo *geo)
{
    if (geo == NULL) return;
    if (geo->to_grid != NULL) proj_destroy(geo->to_grid);
    if (geo->proj != NULL) proj_context_destroy(geo->proj);
    if (geo->geos != NULL) GEOS_finish_r(geo->geos);
    *geo = (fpt_geo){0};
}

static fpt_status transform(fpt_geo *geo, PJ_DIRECTION direction, size_t count,
                            fpt_point *points)
{
    for (size_t i = 0; i < count; i++) {
        const PJ_COORD from = proj_coord(points[i].x, points[i].y, 0.0, 0.0);
        const PJ_COORD to = proj_trans(geo->to_grid, direction, from);
        if (!(to.xy.x > -1e7 && to.xy.x < 1e7 && to.xy.y > -1e7 &&
              to.xy.y < 1e7))
            return FPT_ERR_RANGE;
        points[i] = (fpt_point){to.xy.x, to.xy.y};
    }
    return FPT_OK;
}

fpt_status fpt_geo_to_grid(fpt_geo *geo, size_t count, fpt_point *points)
{
    /* The projection answers far from home too, but not with anything true. */
    for (size_t i = 0; i < count; i++)
        if (!(points[i].x > -12.0 && points[i].x < 5.0 && points[i].y > 48.0 &&
              points[i].y < 63.0))
            return FPT_ERR_RANGE;
    return transform(geo, PJ_FWD, count, points);
}

fpt_status fpt_geo_from_grid(fpt_geo *geo, size_t count, fpt_point *points)
{
    return transform(geo, PJ_INV, count, points);
}
