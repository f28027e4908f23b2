/*
 * Maps: the outlines of a tier's areas on a day, as paths of whole kilometres.
 * Published outlines where there are some for each area; else approximate ones,
 * made of cells around the points of small areas and cut at the coast of those
 * that were published.
 */
#include "publish_i.h"

/* A pixel of the map is about a kilometre. */
static const double step = 1000.0;

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the map");
}

/* ---- published outlines ---- */

struct outlines {
    size_t count, capacity;
    struct outline {
        fpt_str kind, code;
    } * of;
    fpt_shape *shape;
};

static size_t find_outline(const struct outlines *o, fpt_str kind, fpt_str code)
{
    size_t at = 0;
    while (at < o->count && !(fpt_str_equal(o->of[at].code, code) &&
                              fpt_str_equal(o->of[at].kind, kind)))
        at++;
    return at;
}

/* Of one kind and code the outline that was loaded last. */
static bool keep_outline(fpt_arena *arena, struct outlines *o, fpt_str kind,
                         fpt_str code, const fpt_shape *shape)
{
    const size_t at = find_outline(o, kind, code);
    if (at == o->count) {
        size_t capacity = o->capacity;
        if (!FPT_RESERVE(arena, o->of, o->count, capacity) ||
            !FPT_RESERVE(arena, o->shape, o->count, o->capacity))
            return false;
        o->of[at] = (struct outline){.kind = fpt_str_keep(arena, kind),
                                     .code = fpt_str_keep(arena, code)};
        if (o->of[at].kind.data == NULL || o->of[at].code.data == NULL)
            return false;
        o->count++;
    }
    o->shape[at] = *shape;
    return true;
}

/* By kind and code; land: by code alone, which together are the nation. */
static fpt_status read_outlines(fpti_site *site, fpt_arena *arena,
                                struct outlines *published,
                                struct outlines *land, fpt_error *err)
{
    fpt_rows rows;
    fpt_status status = FPT_OK;
    FPT_TRY(fpt_store_query(
        site->warehouse, arena,
        "SELECT kind, code, shape FROM boundary ORDER BY load, code", 0, NULL,
        &rows, err));
    while (status == FPT_OK && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && status == FPT_OK; i++) {
            const fpt_str code = rows.column[1].text[i];
            fpt_shape shape;
            status = fpt_shape_read(arena, rows.column[2].text[i], &shape, err);
            if (status == FPT_OK &&
                (!keep_outline(arena, published, rows.column[0].text[i], code,
                               &shape) ||
                 !keep_outline(arena, land, FPT_STR(""), code, &shape)))
                status = no_memory(err);
        }
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    return status != FPT_OK ? status : closed;
}

/* shape[i] for p->distinct[i]; false when one has none. */
static bool pick_outlines(const fpti_site *site, const struct outlines *o,
                          fpt_str kind, const fpt_partition *p,
                          fpt_shape *shape)
{
    for (size_t i = 0; i < p->objects; i++) {
        const size_t at =
            find_outline(o, kind, fpt_reg_code(site->registry, p->distinct[i]));
        if (at == o->count) return false;
        shape[i] = o->shape[at];
    }
    return true;
}

/* ---- approximate ones ---- */

/* Where the people of small areas live, by the registry's number of the area. */
struct points {
    bool *has;
    fpt_point *point;
};

static fpt_status read_points(fpti_site *site, fpt_arena *arena,
                              struct points *out, fpt_error *err)
{
    fpt_rows rows;
    const size_t bodies = fpt_reg_count(site->registry);
    out->has = FPT_NEW(arena, bool, bodies);
    out->point = FPT_NEW(arena, fpt_point, bodies);
    if (out->has == NULL || out->point == NULL) return no_memory(err);
    FPT_TRY(fpt_store_query(
        site->warehouse, arena,
        "SELECT code, easting_mm, northing_mm FROM point ORDER BY load, line",
        0, NULL, &rows, err));
    while (fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count; i++) {
            const fpt_body body =
                fpt_reg_find(site->registry, rows.column[0].text[i]);
            if (!fpt_body_is(body)) continue;
            out->has[body.id] = true;
            out->point[body.id] =
                (fpt_point){(double)rows.column[1].whole[i] / 1000.0,
                            (double)rows.column[2].whole[i] / 1000.0};
        }
    return fpt_rows_close(&rows, err);
}

static fpt_status make_cells(fpt_arena *arena, const fpt_partition *p,
                             size_t bodies, const struct points *points,
                             const struct outlines *land, fpt_shape *shape,
                             bool *made, fpt_error *err)
{
    size_t *area_of = FPT_NEW(arena, size_t, bodies);
    fpt_point *point = FPT_NEW(arena, fpt_point, p->atoms);
    size_t *owner = FPT_NEW(arena, size_t, p->atoms);
    size_t count = 0;
    *made = false;
    if (area_of == NULL || point == NULL || owner == NULL)
        return no_memory(err);
    for (size_t i = 0; i < p->objects; i++)
        area_of[p->distinct[i].id] = i;
    for (size_t i = 0; i < p->atoms; i++) {
        if (!points->has[p->atom[i].id]) continue;
        owner[count] =
            fpt_body_is(p->object[i]) ? area_of[p->object[i].id] : SIZE_MAX;
        point[count++] = points->point[p->atom[i].id];
    }
    if (count < 3 || land->count == 0) return FPT_OK;
    fpt_geo *geo = NULL;
    fpt_status status = fpt_geo_open(arena, &geo, err);
    if (status == FPT_OK)
        status = fpt_geo_cells(geo, arena, count, point, owner, p->objects,
                               land->count, land->shape, shape, err);
    fpt_geo_close(geo);
    *made = true;
    return status;
}

/* ---- into paths ---- */

static void grow_box(const fpt_shape *shape, double box[4])
{
    for (size_t i = 0; i < shape->points; i++) {
        const fpt_point q = shape->point[i];
        if (q.x < box[0]) box[0] = q.x;
        if (q.x > box[1]) box[1] = q.x;
        if (q.y < box[2]) box[2] = q.y;
        if (q.y > box[3]) box[3] = q.y;
    }
}

/* Relative steps in whole kilometres, north up. */
static fpt_str path_of(fpt_arena *arena, const fpt_shape *shape, double left,
                       double top)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    for (size_t r = 0; r < shape->rings; r++) {
        long x = 0, y = 0;
        for (size_t i = shape->ring[r]; i + 1 < shape->ring[r + 1]; i++) {
            const long nx = lround((shape->point[i].x - left) / step);
            const long ny = lround((top - shape->point[i].y) / step);
            if (i == shape->ring[r])
                fpt_strbuf_print(&text, "M%ld %ldl", nx, ny);
            else
                fpt_strbuf_print(&text, "%ld %ld ", nx - x, ny - y);
            x = nx;
            y = ny;
        }
        if (text.len > 0 && text.data[text.len - 1] == ' ') text.len--;
        fpt_strbuf_add_char(&text, 'z');
    }
    return text.failed ? (fpt_str){0} : fpt_strbuf_view(&text);
}

static fpt_status draw(const fpti_site *site, fpt_arena *scratch,
                       const fpt_shape *shape, fpti_map *map, fpt_error *err)
{
    const double far = (double)INFINITY;
    const fpt_partition *p = map->partition;
    double box[4] = {far, -far, far, -far};
    fpt_shape *rounded = FPT_NEW(scratch, fpt_shape, p->objects);
    map->code = FPT_NEW(&map->arena, fpt_str, p->objects);
    map->path = FPT_NEW(&map->arena, fpt_str, p->objects);
    if (rounded == NULL || map->code == NULL || map->path == NULL)
        return no_memory(err);
    for (size_t i = 0; i < p->objects; i++) {
        FPT_TRY(fpt_shape_round(scratch, &shape[i], step, &rounded[i], err));
        grow_box(&rounded[i], box);
    }
    map->left = box[0];
    map->top = box[3];
    map->width = (box[1] - box[0]) / step;
    map->height = (box[3] - box[2]) / step;
    for (size_t i = 0; i < p->objects; i++) {
        map->code[i] = fpt_reg_code(site->registry, p->distinct[i]);
        map->path[i] = path_of(&map->arena, &rounded[i], map->left, map->top);
        if (map->path[i].data == NULL) return no_memory(err);
    }
    map->areas = p->objects;
    return FPT_OK;
}

/* ---- all maps of the site ---- */

/* What the maps are drawn from, read before any is. Drawing takes the longest of
 * all that publishing does, so it is done behind the back of what is read next. */
struct fpti_drawing {
    fpt_arena arena;
    struct outlines published, land;
    struct points points;
    size_t count, capacity;
    fpti_map **map;
};

static fpt_status draw_map(void *owner, void *item, bool wanted, fpt_error *err)
{
    const fpti_site *site = owner;
    const struct fpti_drawing *d = site->drawing;
    fpti_map *map = item;
    fpt_arena scratch;
    if (!wanted) return FPT_OK;
    if (fpt_arena_init(&scratch, NULL) != FPT_OK) return no_memory(err);
    const fpt_partition *p = map->partition;
    fpt_shape *shape = FPT_NEW(&scratch, fpt_shape, p->objects);
    fpt_status status = shape != NULL ? FPT_OK : no_memory(err);
    bool drawn = false;
    if (status == FPT_OK)
        drawn = pick_outlines(site, &d->published, map->kind, p, shape);
    map->approximate = !drawn;
    if (status == FPT_OK && !drawn)
        status = make_cells(&scratch, p, fpt_reg_count(site->registry),
                            &d->points, &d->land, shape, &drawn, err);
    if (status == FPT_OK && drawn)
        status = draw(site, &scratch, shape, map, err);
    fpt_arena_clear(&scratch);
    return status;
}

static bool same_areas(const fpt_partition *a, const fpt_partition *b)
{
    if (a == b) return true;
    if (a->atoms != b->atoms || a->objects != b->objects) return false;
    for (size_t i = 0; i < a->atoms; i++)
        if (a->atom[i].id != b->atom[i].id ||
            a->object[i].id != b->object[i].id)
            return false;
    return true;
}

/* The areas of a tier on a day; NULL: it has none then. */
static fpt_status areas_on(const fpti_site *site, fpt_str tier, fpt_date on,
                           fpt_str *kind, const fpt_partition **out,
                           fpt_error *err)
{
    const fpt_tier *t = fpt_tier_find(site->tiers, tier);
    *kind = t != NULL ? fpt_tier_kind_on(t, on) : (fpt_str){0};
    *out = NULL;
    if (kind->len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_partition(site->registry, *kind, on, out, err));
    if ((*out)->objects == 0) *out = NULL;
    return FPT_OK;
}

static fpti_map *find_map(const fpti_site *site, const fpt_partition *p)
{
    fpti_map *m = site->maps;
    while (m != NULL && !same_areas(m->partition, p))
        m = m->next;
    return m;
}

static fpt_status want_map(fpti_site *site, fpt_date on, fpt_error *err)
{
    struct fpti_drawing *d = site->drawing;
    const fpt_partition *p;
    fpt_str kind;
    FPT_TRY(areas_on(site, FPT_STR("system"), on, &kind, &p, err));
    if (p == NULL || find_map(site, p) != NULL) return FPT_OK;
    fpti_map *map = FPT_NEW(site->arena, fpti_map, 1);
    if (map == NULL ||
        !FPT_RESERVE(site->arena, d->map, d->count, d->capacity) ||
        fpt_arena_init(&map->arena, NULL) != FPT_OK)
        return no_memory(err);
    map->partition = p;
    map->kind = kind;
    map->next = site->maps;
    site->maps = map;
    d->map[d->count++] = map;
    return FPT_OK;
}

static fpt_status want_maps(fpti_site *site, fpt_error *err)
{
    for (size_t v = 0; v < site->views; v++) {
        const fpti_view *view = &site->view[v];
        if (!view->then) {
            FPT_TRY(want_map(site, view->on, err));
            continue;
        }
        for (size_t k = 0; k < site->indicators; k++)
            for (size_t p = 0; p < site->main[k].count; p++)
                FPT_TRY(want_map(site, site->main[k].period[p].from, err));
    }
    return FPT_OK;
}

fpt_status fpti_gather_maps(fpti_site *site, fpt_error *err)
{
    struct fpti_drawing *d = FPT_NEW(site->arena, struct fpti_drawing, 1);
    if (d == NULL || fpt_arena_init(&d->arena, NULL) != FPT_OK)
        return no_memory(err);
    site->drawing = d;
    FPT_TRY(want_maps(site, err));
    FPT_TRY(read_outlines(site, &d->arena, &d->published, &d->land, err));
    FPT_TRY(read_points(site, &d->arena, &d->points, err));
    for (size_t i = 0; i < d->count; i++)
        FPT_TRY(fpt_behind_give(site->behind, draw_map, site, d->map[i], err));
    return FPT_OK;
}

fpt_status fpti_await_maps(fpti_site *site, fpt_error *err)
{
    FPT_TRY(fpt_behind_settle(site->behind, err));
    fpt_arena_clear(&site->drawing->arena);
    site->drawing = NULL;
    return FPT_OK;
}

fpt_status fpti_map_of(const fpti_site *site, fpt_str tier, fpt_date on,
                       const fpti_map **out, fpt_error *err)
{
    const fpt_partition *p;
    fpt_str kind;
    *out = NULL;
    FPT_TRY(areas_on(site, tier, on, &kind, &p, err));
    const fpti_map *map = p != NULL ? find_map(site, p) : NULL;
    if (map != NULL && map->areas > 0) *out = map;
    return FPT_OK;
}

void fpti_close_maps(fpti_site *site)
{
    for (fpti_map *m = site->maps; m != NULL; m = m->next)
        fpt_arena_clear(&m->arena);
    if (site->drawing != NULL) fpt_arena_clear(&site->drawing->arena);
}
