/*
 * What happened to a tier's areas between two days, told in people.
 */
#include "registry_i.h"

struct list {
    fpt_arena *arena;
    fpt_change *change;
    size_t count, capacity;
};

static bool add(struct list *list, fpt_change change)
{
    if (!FPT_RESERVE(list->arena, list->change, list->count, list->capacity))
        return false;
    list->change[list->count++] = change;
    return true;
}

static bool holds(const fpt_partition *p, fpt_body body)
{
    for (size_t i = 0; i < p->objects; i++)
        if (p->distinct[i].id == body.id) return true;
    return false;
}

/* The crossings of one area that closed: one heir merged it, several split it.
 * People who are in no area have not been taken by anyone. */
static bool closed_into(struct list *list, size_t count, const fpt_crossing *x)
{
    size_t heirs = 0, parts = 0;
    for (size_t i = 0; i < count; i++) {
        parts += x[i].people > 0;
        heirs += x[i].people > 0 && fpt_body_is(x[i].to);
    }
    if (heirs == 0) return true;
    for (size_t i = 0; i < count; i++) {
        if (x[i].people == 0) continue;
        if (!add(list,
                 (fpt_change){parts == 1 ? FPT_CHANGE_MERGED : FPT_CHANGE_SPLIT,
                              x[i].from, x[i].to, x[i].people}))
            return false;
    }
    return true;
}

fpt_status fpt_reg_diff(fpt_registry *registry, fpt_arena *arena, fpt_str kind1,
                        fpt_date day1, fpt_str kind2, fpt_date day2,
                        size_t *count, fpt_change **out, fpt_error *err)
{
    fpt_registry *r = registry;
    const fpt_partition *a, *b;
    const fpt_crossing *x;
    size_t crossings;
    struct list list = {.arena = arena};
    FPT_TRY(fpt_reg_partition(r, kind1, day1, &a, err));
    FPT_TRY(fpt_reg_partition(r, kind2, day2, &b, err));
    FPT_TRY(
        fpt_reg_crosswalk(r, kind1, day1, kind2, day2, &crossings, &x, err));
    bool good = true;
    for (size_t i = 0; i < b->objects && good; i++)
        if (!holds(a, b->distinct[i]))
            good = add(&list,
                       (fpt_change){
                           FPT_CHANGE_OPENED, {FPT_NOBODY}, b->distinct[i], 0});
    for (size_t i = 0; i < crossings && good;) {
        size_t end = i;
        int64_t people = 0;
        while (end < crossings && x[end].from.id == x[i].from.id)
            people += x[end++].people;
        if (!holds(b, x[i].from)) {
            good =
                add(&list,
                    (fpt_change){
                        FPT_CHANGE_CLOSED, x[i].from, {FPT_NOBODY}, people}) &&
                closed_into(&list, end - i, x + i);
        } else {
            if (!fpt_str_equal(fpt_reg_name(r, x[i].from, day1),
                               fpt_reg_name(r, x[i].from, day2)))
                good = add(&list, (fpt_change){FPT_CHANGE_RENAMED, x[i].from,
                                               x[i].from, people});
            for (size_t k = i; k < end && good; k++)
                if (x[k].to.id != x[k].from.id && x[k].people > 0)
                    good = add(&list, (fpt_change){FPT_CHANGE_MOVED, x[k].from,
                                                   x[k].to, x[k].people});
        }
        i = end;
    }
    if (!good) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    *count = list.count;
    *out = list.change;
    return FPT_OK;
}
