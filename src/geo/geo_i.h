/* Shared inside geo only. */
#ifndef FPT_GEO_I_H
#define FPT_GEO_I_H

#include <geos_c.h>
#include <proj.h>

#include "fpt/geo.h"

struct fpt_geo {
    PJ_CONTEXT *proj;
    PJ *to_grid; /* forward: longitude, latitude to easting, northing */
    GEOSContextHandle_t geos;
    char said[200]; /* what GEOS complained of last */
};

#endif /* FPT_GEO_I_H */
