/*
 * The atoms of the nation, and the days on which the areas that they are in may
 * change: between two of them nothing does.
 */
#include <stdlib.h>

#include "registry_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

struct coded {
    fpt_str code;
    uint32_t id;
};

static int by_text(const void *left, const void *right)
{
    return fpt_str_compare(((const struct coded *)left)->code,
                           ((const struct coded *)right)->code);
}

static fpt_status find_atoms(fpt_registry *r, bool *is_area, fpt_error *err)
{
    const uint16_t kind = fpti_word(r, r->tiers->atom);
    struct coded *found = FPT_NEW(&r->arena, struct coded, r->codes.count);
    if (found == NULL) return no_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < r->namings; i++) {
        const uint32_t body = r->naming[i].body;
        if (r->naming[i].kind != kind || is_area[body]) continue;
        is_area[body] = true;
        found[count++] = (struct coded){r->codes.text[body], body};
    }
    if (count > 0) qsort(found, count, sizeof *found, by_text);
    r->atom = FPT_NEW(&r->arena, fpt_body, count);
    if (r->atom == NULL) return no_memory(err);
    for (size_t i = 0; i < count; i++)
        r->atom[i].id = found[i].id;
    r->atoms = count;
    return FPT_OK;
}

/* In order; there are some dozens, and each is named by thousands of facts. */
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
