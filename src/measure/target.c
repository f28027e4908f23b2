/*
 * The areas that figures are shown for, and how a place's numbers are shared out
 * among them.
 */
#include "measure_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to measure");
}

/* Which area is which, and which atoms lie in it: once a partition. */
static fpt_status number_areas(fpt_measure *m, const fpt_partition *p,
                               const struct fpti_kept_target **out,
                               fpt_error *err)
{
    for (const struct fpti_kept_target *k = m->targets; k != NULL; k = k->next)
        if (k->partition == p) {
            *out = k;
            return FPT_OK;
        }
    const size_t bodies = fpt_reg_count(m->registry);
    struct fpti_kept_target *k = FPT_NEW(&m->arena, struct fpti_kept_target, 1);
    if (k == NULL) return no_memory(err);
    k->rank = FPT_NEW(&m->arena, size_t, bodies);
    k->atom_area = FPT_NEW(&m->arena, size_t, bodies);
    if (k->rank == NULL || k->atom_area == NULL) return no_memory(err);
    for (size_t i = 0; i < bodies; i++)
        k->rank[i] = k->atom_area[i] = SIZE_MAX;
    for (size_t i = 0; i < p->objects; i++)
        k->rank[p->distinct[i].id] = i;
    for (size_t i = 0; i < p->atoms; i++)
        k->atom_area[p->atom[i].id] =
            fpt_body_is(p->object[i]) ? k->rank[p->object[i].id] : p->objects;
    k->partition = p;
    k->next = m->targets;
    m->targets = k;
    *out = k;
    return FPT_OK;
}

fpt_status fpti_target_open(fpt_measure *m, fpt_str tier, fpt_date on,
                            fpti_target *out, fpt_error *err)
{
    fpti_target t = {.tier = tier, .on = on};
    t.nation = fpt_str_equal(tier, FPT_STR("nation"));
    t.organisation = fpt_str_equal(tier, FPT_STR("organisation"));
    if (t.nation || t.organisation) {
        *out = t;
        return FPT_OK;
    }
    const fpt_tier *about = fpt_tier_find(m->tiers, tier);
    if (about == NULL)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "there is no tier \"" FPT_STR_FMT "\"",
                        FPT_STR_ARG(tier));
    t.kind = fpt_tier_kind_on(about, on);
    char date[FPT_DATE_BYTES];
    fpt_date_print(on, date);
    if (t.kind.len == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "the tier " FPT_STR_FMT " had not begun on %s",
                        FPT_STR_ARG(tier), date);
    FPT_TRY(fpt_reg_partition(m->registry, t.kind, on, &t.partition, err));
    if (t.partition->objects == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "no lookup is loaded that says which " FPT_STR_FMT
                        " areas were in on %s",
                        FPT_STR_ARG(t.kind), date);
    t.areas = t.partition->objects;
    t.area = t.partition->distinct;
    const struct fpti_kept_target *kept = NULL;
    FPT_TRY(number_areas(m, t.partition, &kept, err));
    t.rank = kept->rank;
    t.atom_area = kept->atom_area;
    *out = t;
    return FPT_OK;
}

struct shares {
    fpt_arena *arena;
    fpti_share *list;
    size_t count, capacity;
};

static bool add(struct shares *s, size_t area, int64_t weight)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].area == area) {
            s->list[i].weight += weight;
            return true;
        }
    if (!FPT_RESERVE(s->arena, s->list, s->count, s->capacity)) return false;
    s->list[s->count++] = (fpti_share){area, weight};
    return true;
}

/* The crossings of one area: they lie by its code. */
static size_t crossings_of(const fpt_measure *m, fpt_body area, size_t count,
                           const fpt_crossing *x, size_t *end)
{
    const fpt_str code = fpt_reg_code(m->registry, area);
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (fpt_str_compare(fpt_reg_code(m->registry, x[middle].from), code) <
            0)
            low = middle + 1;
        else
            high = middle;
    }
    *end = low;
    while (*end < count && x[*end].from.id == area.id)
        ++*end;
    return low;
}

/* An area of one day in the target's areas, by its people. A share of the whole
 * is divided in 10^-12; a whole area keeps its people as weights. */
static fpt_status carry(fpt_measure *m, const fpti_target *target,
                        const fpti_spot *spot, struct shares *out,
                        fpt_error *err)
{
    size_t count, first, end;
    const fpt_crossing *x;
    const fpt_partition *from;
    FPT_TRY(fpt_reg_partition_with(m->registry, spot->kind, spot->area,
                                   spot->on, &from, err));
    if (from == NULL)
        return add(out, target->areas, spot->share) ? FPT_OK : no_memory(err);
    FPT_TRY(fpt_reg_crosswalk(m->registry, spot->kind, from->epoch,
                              target->kind, target->on, &count, &x, err));
    int64_t people = 0;
    first = crossings_of(m, spot->area, count, x, &end);
    for (size_t i = first; i < end; i++)
        people += x[i].people;
    bool good = true;
    if (people == 0) good = add(out, target->areas, spot->share);
    for (size_t i = first; i < end && people > 0 && good; i++) {
        if (x[i].people == 0) continue;
        const size_t area =
            fpt_body_is(x[i].to) ? target->rank[x[i].to.id] : target->areas;
        int64_t weight = x[i].people;
        if (spot->share != FPT_SHARE_WHOLE &&
            fpt_multiply_divide(spot->share, x[i].people, people, &weight) !=
                FPT_OK)
            weight = 0;
        good = add(out, area, weight);
    }
    return good ? FPT_OK : no_memory(err);
}

fpt_status fpti_shares(fpt_measure *m, fpt_arena *arena,
                       const fpti_target *target, uint32_t place, fpt_date on,
                       bool attributed, int most_step, size_t *count,
                       fpti_share **out, fpti_spots *spots, fpt_error *err)
{
    struct shares s = {.arena = arena};
    const fpt_body body = m->body[place];
    fpti_nowhere(spots, "lies in it");
    if (fpt_body_is(body) && target->atom_area[body.id] != SIZE_MAX) {
        if (!add(&s, target->atom_area[body.id], 1)) return no_memory(err);
    } else {
        FPT_TRY(fpti_locate(m, body, on, target->on, attributed, most_step,
                            spots, err));
        for (size_t i = 0; i < spots->count; i++)
            FPT_TRY(carry(m, target, &spots->spot[i], &s, err));
        if (s.count == 0 && !add(&s, target->areas, 1)) return no_memory(err);
    }
    /* In order of area, so that largest remainders fall the same way always. */
    for (size_t i = 1; i < s.count; i++)
        for (size_t k = i; k > 0 && s.list[k].area < s.list[k - 1].area; k--) {
            const fpti_share swap = s.list[k];
            s.list[k] = s.list[k - 1];
            s.list[k - 1] = swap;
        }
    *count = s.count;
    *out = s.list;
    return FPT_OK;
}
