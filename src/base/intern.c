/*
 * Open addressing with linear probing, at most three quarters full. Numbers are
 * given in order of arrival and never change, so the hash decides nothing that
 * anyone can see.
 */
#include "fpt/str.h"

fpt_intern fpt_intern_make(fpt_arena *arena)
{
    return (fpt_intern){.arena = arena};
}

static size_t slot_of(const fpt_intern *set, fpt_str text)
{
    size_t slot = (size_t)fpt_str_hash(text) & (set->slot_count - 1);
    while (set->slots[slot] != 0 &&
           !fpt_str_equal(set->text[set->slots[slot] - 1], text))
        slot = (slot + 1) & (set->slot_count - 1);
    return slot;
}

static bool rehash(fpt_intern *set)
{
    const size_t larger = set->slot_count == 0 ? 64 : set->slot_count * 2;
    uint32_t *slots = FPT_NEW(set->arena, uint32_t, larger);
    if (slots == NULL) return false;
    set->slots = slots;
    set->slot_count = larger;
    for (size_t id = 0; id < set->count; id++)
        set->slots[slot_of(set, set->text[id])] = (uint32_t)id + 1;
    return true;
}

uint32_t fpt_intern_add(fpt_intern *set, fpt_str text)
{
    if ((set->count + 1) * 4 > set->slot_count * 3 && !rehash(set))
        return FPT_INTERN_NONE;
    const size_t slot = slot_of(set, text);
    if (set->slots[slot] != 0) return set->slots[slot] - 1;

    if (FPT_NEVER(set->count >= FPT_INTERN_NONE - 1)) return FPT_INTERN_NONE;
    if (!FPT_RESERVE(set->arena, set->text, set->count, set->capacity))
        return FPT_INTERN_NONE;
    const fpt_str kept = fpt_str_keep(set->arena, text);
    if (kept.data == NULL) return FPT_INTERN_NONE;
    set->text[set->count] = kept;
    set->slots[slot] = (uint32_t)++set->count;
    return (uint32_t)set->count - 1;
}

uint32_t fpt_intern_find(const fpt_intern *set, fpt_str text)
{
    if (set->slot_count == 0) return FPT_INTERN_NONE;
    const size_t slot = slot_of(set, text);
    return set->slots[slot] != 0 ? set->slots[slot] - 1 : FPT_INTERN_NONE;
}
