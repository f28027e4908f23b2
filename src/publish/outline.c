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
    fpt_str *code;
    fpt_shape *shape;
};

static bool add_outline(fpt_arena *arena, struct outlines *o, fpt_str code,
                        const fpt_shape *shape)
{
    size_t capacity = o->capacity;
    if (!FPT_RESERVE(arena, o->code, o->count, capacity)) return false;
    capacity = o->capacity;
    if (!FPT_RESERVE(arena, o->shape, o->count, capacity)) return false;
    o->capacity = capacity;
    o->code[o->count] = fpt_str_keep(arena, code);
    o->shape[o->count++] = *shape;
    return o->code[o->count - 1].data != NULL;
}

/* Of one code the outline that was loaded last. */
static fpt_status read_outlines(fpti_site *site, fpt_arena *arena, fpt_str kind,
                                struct outlines *out, fpt_error *err)
{
    fpt_rows rows;
    const fpt_bind bind = fpt_bind_text(kind);
    fpt_status status = FPT_OK;
    *out = (struct outlines){0};
    FPT_TRY(fpt_store_query(site->warehouse, arena,
                            "SELECT code, shape FROM boundary WHERE $1 = '' OR "
                            "kind = $1 ORDER BY load, code",
                            1, &bind, &rows, err));
    while (status == FPT_OK && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && status == FPT_OK; i++) {
            fpt_shape shape;
            status = fpt_shape_read(arena, rows.column[1].text[i], &shape, err);
            if (status != FPT_OK) break;
            size_t at = 0;
            while (at < out->count &&
                   !fpt_str_equal(out->code[at], rows.column[0].text[i]))
                at++;
            if (at < out->count)
                out->shape[at] = shape;
            else if (!add_outline(arena, out, rows.column[0].text[i], &shape))
                status = no_memory(err);
        }
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    return status != FPT_OK ? status : closed;
}

/* shape[i] for p->distinct[i]; false when one has none. */
static bool pick_outlines(const fpti_site *site, const struct outlines *o,
                          const fpt_partition *p, fpt_shape *shape)
{
    for (size_t i = 0; i < p->objects; i++) {
        const fpt_str code = fpt_reg_code(site->registry, p->distinct[i]);
        size_t at = 0;
        while (at < o->count && !fpt_str_equal(o->code[at], code))
            at++;
        if (at == o->count) return false;
        shape[i] = o->shape[at];
    }
    return true;
}

/* ---- approximate ones ---- */

static fpt_status make_cells(fpti_site *site, fpt_arena *arena,
                             const fpt_partition *p, const struct outlines *o,
                             fpt_shape *shape, bool *made, fpt_error *err)
{
    fpt_rows rows;
    const size_t bodies = fpt_reg_count(site->registry);
    size_t *atom_of = FPT_NEW(arena, size_t, bodies);
    size_t *area_of = FPT_NEW(arena, size_t, bodies);
    fpt_point *point = FPT_NEW(arena, fpt_point, p->atoms);
    size_t *owner = FPT_NEW(arena, size_t, p->atoms);
    bool *has = FPT_NEW(arena, bool, p->atoms);
    *made = false;
    if (atom_of == NULL || area_of == NULL || point == NULL || owner == NULL ||
        has == NULL)
        return no_memory(err);
    for (size_t i = 0; i < bodies; i++)
        atom_of[i] = area_of[i] = SIZE_MAX;
    for (size_t i = 0; i < p->atoms; i++)
        atom_of[p->atom[i].id] = i;
    for (size_t i = 0; i < p->objects; i++)
        area_of[p->distinct[i].id] = i;
    FPT_TRY(fpt_store_query(
        site->warehouse, arena,
        "SELECT code, easting_mm, northing_mm FROM point ORDER BY load, line",
        0, NULL, &rows, err));
    while (fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count; i++) {
            const fpt_body body =
                fpt_reg_find(site->registry, rows.column[0].text[i]);
            if (!fpt_body_is(body) || atom_of[body.id] == SIZE_MAX) continue;
            const size_t at = atom_of[body.id];
            has[at] = true;
            point[at].x = (double)rows.column[1].whole[i] / 1000.0;
            point[at].y = (double)rows.column[2].whole[i] / 1000.0;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    size_t count = 0;
    for (size_t i = 0; i < p->atoms; i++) {
        if (!has[i]) continue;
        owner[count] =
            fpt_body_is(p->object[i]) ? area_of[p->object[i].id] : SIZE_MAX;
        point[count++] = point[i];
    }
    if (count < 3 || o->count == 0) return FPT_OK;
    *made = true;
    return fpt_geo_cells(site->geo, arena, count, point, owner, p->objects,
                         o->count, o->shape, shape, err);
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

static fpt_status draw(fpti_site *site, fpt_arena *scratch,
                       const fpt_partition *p, const fpt_shape *shape,
                       fpti_map *map, fpt_error *err)
{
    const double far = (double)INFINITY;
    double box[4] = {far, -far, far, -far};
    fpt_shape *rounded = FPT_NEW(scratch, fpt_shape, p->objects);
    map->areas = p->objects;
    map->code = FPT_NEW(site->arena, fpt_str, p->objects);
    map->path = FPT_NEW(site->arena, fpt_str, p->objects);
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
        map->path[i] = path_of(site->arena, &rounded[i], map->left, map->top);
        if (map->path[i].data == NULL) return no_memory(err);
    }
    return FPT_OK;
}

static bool same_areas(const fpt_partition *a, const fpt_partition *b)
{
    if (a->atoms != b->atoms || a->objects != b->objects) return false;
    for (size_t i = 0; i < a->atoms; i++)
        if (a->atom[i].id != b->atom[i].id ||
            a->object[i].id != b->object[i].id)
            return false;
    return true;
}

fpt_status fpti_map_of(fpti_site *site, fpt_str tier, fpt_date on,
                       const fpti_map **out, fpt_error *err)
{
    *out = NULL;
    const fpt_tier *t = fpt_tier_find(site->tiers, tier);
    const fpt_str kind = t != NULL ? fpt_tier_kind_on(t, on) : (fpt_str){0};
    const fpt_partition *p;
    if (kind.len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_partition(site->registry, kind, on, &p, err));
    if (p->objects == 0) return FPT_OK;
    for (fpti_map *m = site->maps; m != NULL; m = m->next) {
        if (!same_areas(m->partition, p)) continue;
        *out = m->areas > 0 ? m : NULL;
        return FPT_OK;
    }
    fpt_arena scratch;
    fpti_map *map = FPT_NEW(site->arena, fpti_map, 1);
    if (map == NULL) return no_memory(err);
    *map = (fpti_map){.partition = p, .next = site->maps};
    site->maps = map;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    struct outlines published = {0}, land = {0};
    fpt_shape *shape = FPT_NEW(&scratch, fpt_shape, p->objects);
    fpt_status status = shape != NULL ? FPT_OK : no_memory(err);
    bool drawn = false;
    if (status == FPT_OK)
        status = read_outlines(site, &scratch, kind, &published, err);
    if (status == FPT_OK) {
        drawn = pick_outlines(site, &published, p, shape);
        if (!drawn) {
            map->approximate = true;
            status = read_outlines(site, &scratch, FPT_STR(""), &land, err);
            if (status == FPT_OK)
                status =
                    make_cells(site, &scratch, p, &land, shape, &drawn, err);
        }
    }
    if (status == FPT_OK && drawn)
        status = draw(site, &scratch, p, shape, map, err);
    fpt_arena_clear(&scratch);
    if (status == FPT_OK && map->areas > 0) *out = map;
    return status;
}
