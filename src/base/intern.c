/*
 * Open addressing with linear probing, at most three quarters full. Numbers are
 * given in order of arrival and never change, so the hash decides nothing that
 * anyone can see.
 *
 * A slot holds half of its text's hash beside the number. It says where the text
 * would lie, so that growing reads no text, and tells nearly all other texts apart,
 * so that finding one reads one: texts lie all over the memory.
 */
#include "fpt/str.h"

fpt_intern fpt_intern_make(fpt_arena *arena)
{
    return (fpt_intern){.arena = arena};
}

static uint64_t tag_of(fpt_str text)
{
    return fpt_str_hash(text) >> 32 << 32;
}

static size_t home_of(const fpt_intern *set, uint64_t tag)
{
    return (size_t)(tag >> 32) & (set->slot_count - 1);
}

static uint32_t id_in(uint64_t slot)
{
    return (uint32_t)slot - 1;
}

static size_t slot_of(const fpt_intern *set, uint64_t tag, fpt_str text)
{
    size_t at = home_of(set, tag);
    for (uint64_t slot; (slot = set->slots[at]) != 0;
         at = (at + 1) & (set->slot_count - 1))
        if (slot >> 32 == tag >> 32 &&
            fpt_str_equal(set->text[id_in(slot)], text))
            break;
    return at;
}

static bool grow(fpt_intern *set)
{
    const size_t had = set->slot_count;
    const uint64_t *old = set->slots;
    const size_t larger = had == 0 ? 64 : had * 2;
    uint64_t *slots = FPT_NEW(set->arena, uint64_t, larger);
    if (slots == NULL) return false;
    set->slots = slots;
    set->slot_count = larger;
    for (size_t i = 0; i < had; i++) {
        if (old[i] == 0) continue;
        size_t at = home_of(set, old[i]);
        while (slots[at] != 0)
            at = (at + 1) & (larger - 1);
        slots[at] = old[i];
    }
    return true;
}

uint32_t fpt_intern_add(fpt_intern *set, fpt_str text)
{
    if ((set->count + 1) * 4 > set->slot_count * 3 && !grow(set))
        return FPT_INTERN_NONE;
    const uint64_t tag = tag_of(text);
    const size_t at = slot_of(set, tag, text);
    if (set->slots[at] != 0) return id_in(set->slots[at]);

    if (FPT_NEVER(set->count >= FPT_INTERN_NONE - 1)) return FPT_INTERN_NONE;
    if (!FPT_RESERVE(set->arena, set->text, set->count, set->capacity))
        return FPT_INTERN_NONE;
    const fpt_str kept = fpt_str_keep(set->arena, text);
    if (kept.data == NULL) return FPT_INTERN_NONE;
    set->text[set->count] = kept;
    set->slots[at] = tag | ++set->count;
    return (uint32_t)set->count - 1;
}

uint32_t fpt_intern_find(const fpt_intern *set, fpt_str text)
{
    if (set->slot_count == 0) return FPT_INTERN_NONE;
    const size_t at = slot_of(set, tag_of(text), text);
    return set->slots[at] != 0 ? id_in(set->slots[at]) : FPT_INTERN_NONE;
}
