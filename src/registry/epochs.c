/*
 * The atoms of the nation, and the days on which the areas that they are in may
 * change: between two of them nothing does.
 */
#include "registry_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

static fpt_status find_atoms(fpt_registry *r, bool *is_area, fpt_error *err)
{
    const uint16_t kind = fpti_word(r, r->tiers->atom);
    size_t count = 0;
    r->atom = FPT_NEW(&r->arena, fpt_body, r->codes.count);
    if (r->atom == NULL) return no_memory(err);
    for (size_t i = 0; i < r->namings; i++) {
        const uint32_t body = r->naming[i].body;
        if (r->naming[i].kind != kind || is_area[body]) continue;
        is_area[body] = true;
        r->atom[count++].id = body;
    }
    r->atoms = count;
    return fpti_sort_bodies(r, count, r->atom, err);
}

static bool add_epoch(fpt_registry *r, size_t *capacity, int32_t day)
{
    size_t low = 0, high = r->epochs;
    if (day == FPT_DATE_MAX_DAYS) return true;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (r->epoch[middle] == day) return true;
        if (r->epoch[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (!FPT_RESERVE(&r->arena, r->epoch, r->epochs, *capacity)) return false;
    memmove(r->epoch + low + 1, r->epoch + low,
            (r->epochs++ - low) * sizeof *r->epoch);
    r->epoch[low] = day;
    return true;
}

fpt_status fpti_find_epochs(fpt_registry *r, fpt_error *err)
{
    bool *is_area = FPT_NEW(&r->arena, bool, r->codes.count);
    if (is_area == NULL) return no_memory(err);
    FPT_TRY(find_atoms(r, is_area, err));
    /* What atoms belong to, and what that belongs to, are areas too, as far as
     * memberships are followed, and whatever code they are called by. */
    for (int step = 0; step < FPTI_MOST_DEPTH; step++) {
        for (size_t i = 0; i < r->relations; i++)
            if (is_area[r->relation[i].subject])
                is_area[r->relation[i].object] = true;
        for (size_t i = 0; i < r->aliases; i++)
            if (is_area[r->alias[i].other]) is_area[r->alias[i].code] = true;
    }
    size_t capacity = 0;
    bool good = true;
    for (size_t i = 0; i < r->relations && good; i++)
        if (is_area[r->relation[i].subject])
            good = add_epoch(r, &capacity, r->relation[i].from) &&
                   add_epoch(r, &capacity, r->relation[i].to);
    /* A way through an area asks what the area is called, and of which kind. */
    for (size_t i = 0; i < r->namings && good; i++)
        if (is_area[r->naming[i].body])
            good = add_epoch(r, &capacity, r->naming[i].from) &&
                   add_epoch(r, &capacity, r->naming[i].to);
    for (size_t i = 0; i < r->aliases && good; i++)
        if (is_area[r->alias[i].code] || is_area[r->alias[i].other])
            good = add_epoch(r, &capacity, r->alias[i].from);
    return good ? FPT_OK : no_memory(err);
}
