/*
 * Opening and closing a registry, its codes and its names.
 */
#include "registry_i.h"

static fpt_status make(fpt_store *warehouse, const fpt_tiers *tiers,
                       fpt_date as_of, fpt_registry **out, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_registry *r = FPT_NEW(&arena, fpt_registry, 1);
    if (r == NULL) {
        fpt_arena_clear(&arena);
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
    }
    r->arena = arena;
    r->warehouse = warehouse;
    r->tiers = tiers;
    r->as_of = as_of;
    *out = r;
    return FPT_OK;
}

fpt_status fpt_reg_open(fpt_store *warehouse, const fpt_tiers *tiers,
                        fpt_date as_of, fpt_registry **out, fpt_error *err)
{
    fpt_registry *r;
    FPT_TRY(make(warehouse, tiers, as_of, &r, err));
    const fpt_status status = fpti_read_all(r, err);
    if (status == FPT_OK)
        *out = r;
    else
        fpt_reg_close(r);
    return status;
}

fpt_status fpt_reg_open_about(fpt_store *warehouse, const fpt_tiers *tiers,
                              fpt_date as_of, fpt_str code, bool members,
                              fpt_registry **out, fpt_error *err)
{
    fpt_registry *r;
    bool enough = false;
    FPT_TRY(make(warehouse, tiers, as_of, &r, err));
    const fpt_status status = fpti_read_about(r, code, members, &enough, err);
    if (status == FPT_OK && enough) {
        *out = r;
        return FPT_OK;
    }
    fpt_reg_close(r);
    if (status != FPT_OK) return status;
    return fpt_reg_open(warehouse, tiers, as_of, out, err);
}

void fpt_reg_close(fpt_registry *registry)
{
    if (registry == NULL) return;
    fpt_arena arena = registry->arena;
    fpt_arena_clear(&arena);
}

size_t fpt_reg_count(const fpt_registry *registry)
{
    return registry->codes.count;
}

fpt_body fpt_reg_find(const fpt_registry *registry, fpt_str code)
{
    return (fpt_body){fpt_intern_find(&registry->codes, code)};
}

fpt_str fpt_reg_code(const fpt_registry *registry, fpt_body body)
{
    return fpt_body_is(body) ? registry->codes.text[body.id] : FPT_STR("");
}

bool fpti_is_kind(const fpt_registry *r, uint32_t body, uint16_t kind,
                  int32_t on)
{
    for (uint32_t i = r->of_naming.first[body];
         i < r->of_naming.first[body + 1]; i++)
        if (r->naming[i].kind == kind && r->naming[i].from <= on &&
            on < r->naming[i].to)
            return true;
    return false;
}

/* Of the names (or kinds, which may come without one) that hold on the day the
 * youngest; else the one that begins or ended nearest to it; NULL: none. */
static const struct naming *naming_on(const fpt_registry *r, fpt_body body,
                                      fpt_date on, bool named)
{
    const struct naming *best = NULL;
    int64_t best_distance = INT64_MAX;
    if (!fpt_body_is(body)) return NULL;
    for (uint32_t i = r->of_naming.first[body.id];
         i < r->of_naming.first[body.id + 1]; i++) {
        const struct naming *n = &r->naming[i];
        if (named && n->name == UINT32_MAX) continue;
        const int64_t distance = on.days < n->from ? (int64_t)n->from - on.days
                                 : on.days >= n->to
                                     ? (int64_t)on.days - n->to + 1
                                     : 0;
        /* In order of first day: among equals the later one wins. */
        if (distance > best_distance) continue;
        best = n;
        best_distance = distance;
    }
    return best;
}

fpt_str fpt_reg_name(const fpt_registry *registry, fpt_body body, fpt_date on)
{
    const struct naming *n = naming_on(registry, body, on, true);
    return n == NULL ? FPT_STR("") : registry->names.text[n->name];
}

fpt_str fpt_reg_kind(const fpt_registry *registry, fpt_body body, fpt_date on)
{
    const struct naming *n = naming_on(registry, body, on, false);
    return n == NULL ? FPT_STR("") : registry->words.text[n->kind];
}

fpt_body fpt_reg_canonical(const fpt_registry *registry, fpt_body body,
                           fpt_date on)
{
    const fpt_registry *r = registry;
    if (!fpt_body_is(body)) return body;
    /* In order of first day: the last that has begun, else the first of all. */
    fpt_body found = body;
    bool any = false;
    for (uint32_t i = r->of_alias.first[body.id];
         i < r->of_alias.first[body.id + 1]; i++) {
        if (any && r->alias[i].from > on.days) break;
        found.id = r->alias[i].code;
        any = true;
    }
    return found;
}

static bool holds(const fpt_body *found, size_t count, uint32_t id)
{
    for (size_t i = 0; i < count; i++)
        if (found[i].id == id) return true;
    return false;
}

static bool fits_kind(const fpt_registry *r, uint32_t body, fpt_str kind,
                      fpt_date on)
{
    return kind.len == 0 || fpti_is_kind(r, body, fpti_word(r, kind), on.days);
}

static void add(fpt_body *out, size_t most, size_t *count, uint32_t id)
{
    const size_t used = *count < most ? *count : most;
    if (holds(out, used, id)) return;
    if (*count < most) out[*count].id = id;
    ++*count;
}

void fpt_reg_resolve(const fpt_registry *registry, fpt_str text, fpt_str kind,
                     fpt_date on, size_t most, fpt_body *out, size_t *count)
{
    const fpt_registry *r = registry;
    *count = 0;
    const fpt_body exact = fpt_reg_find(r, text);
    if (fpt_body_is(exact)) {
        const fpt_body canonical = fpt_reg_canonical(r, exact, on);
        if (canonical.id != exact.id && fits_kind(r, canonical.id, kind, on))
            add(out, most, count, canonical.id);
        else if (fits_kind(r, exact.id, kind, on))
            add(out, most, count, exact.id);
        if (*count > 0) return;
    }
    /* A name, then: whoever bears it on the day, or ever bore it. */
    for (int pass = 0; pass < 2 && *count == 0; pass++)
        for (size_t i = 0; i < r->namings; i++) {
            const struct naming *n = &r->naming[i];
            if (n->name == UINT32_MAX ||
                !fpt_str_equal_nocase(r->names.text[n->name], text))
                continue;
            if (pass == 0 && !(n->from <= on.days && on.days < n->to)) continue;
            if (kind.len > 0 && n->kind != fpti_word(r, kind)) continue;
            add(out, most, count, n->body);
        }
}
