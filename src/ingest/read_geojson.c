/*
 * Outlines as GeoJSON: longitude and latitude in, the national grid out. The
 * whole file is read into memory by jansson, which gives line and column of what
 * is wrong with it; maps of England are small.
 */
#include <jansson.h>

#include "fpt/geo.h"
#include "ingest_i.h"

struct outlines {
    fpti_load *load;
    fpt_arena arena; /* of one feature */
    fpt_geo *geo;
    size_t feature;
    fpt_error *err;
};

static fpt_status fail(const struct outlines *o, const char *what)
{
    return fpt_fail(o->err, FPT_ERR_INPUT, "%s: feature %zu: %s", o->load->path,
                    o->feature + 1, what);
}

struct source {
    fpt_input *input;
    fpt_status status;
    fpt_error *err;
};

static size_t pull(void *buffer, size_t bytes, void *context)
{
    struct source *source = context;
    size_t got = 0;
    source->status =
        fpt_input_read(source->input, buffer, bytes, &got, source->err);
    return source->status == FPT_OK ? got : (size_t)-1;
}

static fpt_status add_ring(struct outlines *o, json_t *ring, fpt_shape *shape,
                           size_t *points, size_t *rings)
{
    const size_t count = json_array_size(ring);
    if (count < 4) return fail(o, "a ring needs four points or more");
    if (!FPT_RESERVE(&o->arena, shape->ring, shape->rings, *rings))
        return FPT_ERR_MEMORY;
    shape->ring[shape->rings++] = shape->points;
    for (size_t i = 0; i < count; i++) {
        json_t *pair = json_array_get(ring, i);
        json_t *x = json_array_get(pair, 0), *y = json_array_get(pair, 1);
        if (!json_is_number(x) || !json_is_number(y))
            return fail(o, "a point is no pair of numbers");
        if (!FPT_RESERVE(&o->arena, shape->point, shape->points, *points))
            return FPT_ERR_MEMORY;
        shape->point[shape->points++] =
            (fpt_point){json_number_value(x), json_number_value(y)};
    }
    return FPT_OK;
}

static fpt_status read_shape(struct outlines *o, json_t *geometry,
                             fpt_shape *out)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    json_t *coordinates = json_object_get(geometry, "coordinates");
    const bool one = type != NULL && strcmp(type, "Polygon") == 0;
    if (!one && (type == NULL || strcmp(type, "MultiPolygon") != 0))
        return fail(o, "expected a Polygon or a MultiPolygon");
    if (!json_is_array(coordinates)) return fail(o, "has no coordinates");

    fpt_shape shape = {0};
    size_t points = 0, rings = 0, parts = 0;
    const size_t polygons = one ? 1 : json_array_size(coordinates);
    for (size_t p = 0; p < polygons; p++) {
        json_t *polygon = one ? coordinates : json_array_get(coordinates, p);
        if (json_array_size(polygon) == 0) return fail(o, "has an empty part");
        if (!FPT_RESERVE(&o->arena, shape.part, shape.parts, parts))
            return FPT_ERR_MEMORY;
        shape.part[shape.parts++] = shape.rings;
        for (size_t r = 0; r < json_array_size(polygon); r++)
            FPT_TRY(add_ring(o, json_array_get(polygon, r), &shape, &points,
                             &rings));
    }
    if (!FPT_RESERVE(&o->arena, shape.ring, shape.rings, rings) ||
        !FPT_RESERVE(&o->arena, shape.part, shape.parts, parts))
        return FPT_ERR_MEMORY;
    shape.ring[shape.rings] = shape.points;
    shape.part[shape.parts] = shape.rings;
    if (fpt_geo_to_grid(o->geo, shape.points, shape.point) != FPT_OK)
        return fail(o, "a point is not in Britain; expected longitude and "
                       "latitude");
    *out = shape;
    return FPT_OK;
}

static fpt_status property(struct outlines *o, json_t *feature, fpt_str name,
                           fpt_str *out)
{
    char *key = fpt_str_copy(&o->arena, name);
    if (key == NULL) return FPT_ERR_MEMORY;
    json_t *value =
        json_object_get(json_object_get(feature, "properties"), key);
    if (!json_is_string(value))
        return fpt_fail(o->err, FPT_ERR_INPUT,
                        "%s: feature %zu: the property \"%s\" is missing",
                        o->load->path, o->feature + 1, key);
    *out = fpt_str_trim(
        (fpt_str){json_string_value(value), json_string_length(value)});
    return FPT_OK;
}

static fpt_status read_feature(struct outlines *o, json_t *feature)
{
    const fpti_source *source = o->load->source;
    fpt_str code, name, wkb;
    fpt_shape shape;
    FPT_TRY(property(o, feature, source->code_property, &code));
    FPT_TRY(property(o, feature, source->name_property, &name));
    FPT_TRY(read_shape(o, json_object_get(feature, "geometry"), &shape));
    FPT_TRY(fpt_shape_write(&o->arena, &shape, &wkb, o->err));

    const int64_t line = (int64_t)o->feature + 1;
    const int64_t outline[] = {0, o->load->number};
    const fpt_str outline_text[] = {code, source->area_kind, wkb};
    FPT_TRY(fpti_batch_row(o->load->session, FPTI_T_BOUNDARY, 2, outline, 3,
                           outline_text, o->err));
    const int64_t named[] = {fpti_valid_from(o->load, source->area_kind).days,
                             FPT_DATE_MAX_DAYS, o->load->number, line};
    const fpt_str named_text[] = {code, source->area_kind, name};
    FPT_TRY(fpti_batch_row(o->load->session, FPTI_T_NAME, 4, named, 3,
                           named_text, o->err));
    o->load->result->rows_taken++;
    o->load->result->facts += 2;
    return FPT_OK;
}

static fpt_status read_features(struct outlines *o, json_t *root)
{
    json_t *features = json_object_get(root, "features");
    if (!json_is_array(features) || json_array_size(features) == 0)
        return fpt_fail(o->err, FPT_ERR_INPUT,
                        "%s: is no GeoJSON with features", o->load->path);
    for (o->feature = 0; o->feature < json_array_size(features); o->feature++) {
        o->load->result->rows_read++;
        FPT_TRY(read_feature(o, json_array_get(features, o->feature)));
        fpt_arena_reset(&o->arena);
    }
    return FPT_OK;
}

fpt_status fpti_read_geojson(fpti_load *load, const char *file, fpt_error *err)
{
    struct outlines o = {.load = load, .err = err};
    struct source source = {.err = err};
    json_t *root = NULL;
    json_error_t why;
    FPT_TRY(fpt_arena_init(&o.arena, NULL));
    /* Made once for all files of a call: it takes longer than a small file. */
    fpti_session *session = load->session;
    fpt_status status = session->geo == NULL
                            ? fpt_geo_open(&session->arena, &session->geo, err)
                            : FPT_OK;
    o.geo = session->geo;
    if (status == FPT_OK)
        status =
            fpt_input_open(&load->session->arena, file, &source.input, err);
    if (status == FPT_OK) {
        root = json_load_callback(pull, &source, 0, &why);
        if (root == NULL && source.status != FPT_OK)
            status = source.status;
        else if (root == NULL)
            status = fpt_fail(err, FPT_ERR_INPUT, "%s:%d:%d: is not JSON: %s",
                              load->path, why.line, why.column, why.text);
    }
    if (status == FPT_OK) status = read_features(&o, root);
    json_decref(root);
    fpt_input_close(source.input);
    fpt_arena_clear(&o.arena);
    return status;
}
