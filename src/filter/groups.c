/*
 * Which group is a row of? Rows of a group nearly always stand together, so the
 * group of the row before is tried first; else a table of open addressing finds
 * it. Groups are numbered in order of arrival, so the hash decides nothing that
 * anyone can see.
 *
 * A file of millions of groups must not need memory for all of them. When the
 * table has grown large and no group has come back so far, what is finished is
 * written and forgotten ("let go"). Should one of those come back after all, its
 * figure on the page would be wrong: that must be noticed. Where the keys ascend
 * (in any order of their columns) a later key is surely new, and nothing need be
 * kept; else eight bytes a group are.
 */
#include <inttypes.h>
#include <stdio.h>

#include "filter_i.h"

enum { ALL_ORDERS = 4 }; /* columns, of which every order is tried */

fpt_status fpti_groups_open(fpti_run *run, fpt_error *err)
{
    run->groups = (fpti_groups){0};
    if (fpt_arena_init_like(&run->groups.arena, run->arena) != FPT_OK)
        return fpti_no_memory(err);
    return FPT_OK;
}

void fpti_watch_begin(fpti_run *run)
{
    static const unsigned orders[] = {1, 1, 2, 6, 24};
    const unsigned count =
        run->by_count <= ALL_ORDERS ? orders[run->by_count] : 1;
    run->watch = (fpti_watch){.together = true,
                              .sorted = (uint32_t)((UINT64_C(1) << count) - 1)};
}

void fpti_groups_clear(fpti_run *run)
{
    fpt_arena_clear(&run->groups.arena);
}

const char *fpti_group_name(const fpti_run *run, size_t g, char *out,
                            size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < run->by_count && used + 1 < size; i++) {
        const fpt_str key = run->groups.group[g].key[i];
        const int wrote =
            snprintf(out + used, size - used, "%s" FPT_STR_FMT,
                     i > 0 ? "," : "", FPT_STR_ARG(fpt_str_slice(key, 0, 60)));
        if (wrote < 0) break;
        used += (size_t)wrote;
    }
    return run->by_count == 0 ? "the whole input" : out;
}

/* ---- order ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Runs of digits by their value, all else by its bytes: a2 before a10. */
static int natural_order(fpt_str a, fpt_str b)
{
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        if (is_digit(a.data[i]) && is_digit(b.data[j])) {
            while (i + 1 < a.len && a.data[i] == '0' && is_digit(a.data[i + 1]))
                i++;
            while (j + 1 < b.len && b.data[j] == '0' && is_digit(b.data[j + 1]))
                j++;
            size_t m = i, n = j;
            while (m < a.len && is_digit(a.data[m]))
                m++;
            while (n < b.len && is_digit(b.data[n]))
                n++;
            if (m - i != n - j) return m - i < n - j ? -1 : 1;
            const int order = memcmp(a.data + i, b.data + j, m - i);
            if (order != 0) return order;
            i = m;
            j = n;
        } else if (a.data[i] != b.data[j]) {
            return (unsigned char)a.data[i] < (unsigned char)b.data[j] ? -1 : 1;
        } else {
            i++;
            j++;
        }
    }
    if (i < a.len || j < b.len) return i < a.len ? 1 : -1;
    return fpt_str_compare(a, b); /* 01 and 1 */
}

/* Does b follow a when the columns count in the order with this number? */
static bool ascends(size_t columns, const int *order, unsigned number)
{
    unsigned left = (1U << columns) - 1U, block = 1;
    for (size_t k = 2; k < columns; k++)
        block *= (unsigned)k;
    for (size_t place = 0; place < columns; place++) {
        unsigned nth = number / block;
        number %= block;
        if (place + 2 < columns) block /= (unsigned)(columns - 1 - place);
        unsigned column = 0;
        for (;; column++) {
            if ((left >> column & 1U) == 0) continue;
            if (nth == 0) break;
            nth--;
        }
        left &= ~(1U << column);
        if (order[column] != 0) return order[column] < 0;
    }
    return false;
}

static void watch_order(fpti_run *run, const fpt_str *before,
                        const fpt_csv *csv)
{
    if (run->watch.sorted == 0) return;
    int order[FPTI_BY_MOST];
    for (size_t i = 0; i < run->by_count; i++)
        order[i] = natural_order(before[i], csv->field[run->by_column[i]]);
    if (run->by_count > ALL_ORDERS) {
        size_t first = 0;
        while (first + 1 < run->by_count && order[first] == 0)
            first++;
        if (order[first] >= 0) run->watch.sorted = 0;
        return;
    }
    for (unsigned n = 0; n < 24; n++)
        if ((run->watch.sorted >> n & 1U) != 0 &&
            !ascends(run->by_count, order, n))
            run->watch.sorted &= ~(1U << n);
}

/* ---- groups that are gone ---- */

static bool is_gone(const fpti_watch *watch, uint64_t hash)
{
    if (watch->gone_slots == 0) return false;
    size_t slot = (size_t)hash & (watch->gone_slots - 1);
    while (watch->gone[slot] != 0) {
        if (watch->gone[slot] == hash) return true;
        slot = (slot + 1) & (watch->gone_slots - 1);
    }
    return false;
}

static void put_gone(uint64_t *gone, size_t slots, uint64_t hash)
{
    size_t slot = (size_t)hash & (slots - 1);
    while (gone[slot] != 0)
        slot = (slot + 1) & (slots - 1);
    gone[slot] = hash;
}

static bool remember_gone(fpti_run *run, uint64_t hash)
{
    fpti_watch *watch = &run->watch;
    if ((watch->gone_count + 1) * 4 > watch->gone_slots * 3) {
        const size_t larger =
            watch->gone_slots == 0 ? 1 << 12 : 2 * watch->gone_slots;
        uint64_t *gone = FPT_NEW(run->arena, uint64_t, larger);
        if (gone == NULL) return false;
        for (size_t i = 0; i < watch->gone_slots; i++)
            if (watch->gone[i] != 0) put_gone(gone, larger, watch->gone[i]);
        watch->gone = gone;
        watch->gone_slots = larger;
    }
    put_gone(watch->gone, watch->gone_slots, hash);
    watch->gone_count++;
    return true;
}

void *fpti_group_memory(fpti_run *run, size_t count, size_t size)
{
    run->groups.bytes += count * size;
    return fpt_arena_allocate(&run->groups.arena, count, size);
}

bool fpti_may_let_go(const fpti_run *run)
{
    if (run->whole || !run->watch.together ||
        fpti_is_set(run, FPTI_OPTION_SCATTERED) || run->by_count == 0)
        return false;
    if (run->groups.bytes + run->batch.bytes < run->large_bytes) return false;
    /* Groups of one row each say nothing about where the next one stands. */
    return run->groups.rows >= 2 * run->groups.count;
}

fpt_status fpti_let_go(fpti_run *run, fpt_error *err)
{
    fpti_groups *groups = &run->groups;
    if (!run->watch.let_go) run->watch.was_sorted = run->watch.sorted != 0;
    run->watch.let_go = true;
    for (size_t g = 0; g < groups->count && !run->watch.was_sorted; g++)
        if (!remember_gone(run, groups->group[g].hash))
            return fpti_no_memory(err);
    /* The last key is what the next one is held against. */
    const fpti_group *last = &groups->group[groups->count - 1];
    for (size_t i = 0; i < run->by_count; i++) {
        run->watch.last[i] = fpt_str_keep(run->arena, last->key[i]);
        if (run->watch.last[i].data == NULL) return fpti_no_memory(err);
    }
    fpt_arena_reset(&groups->arena);
    groups->group = NULL;
    groups->slots = NULL;
    groups->count = groups->capacity = groups->slot_count = 0;
    groups->rows = groups->bytes = 0;
    return FPT_OK;
}

/* ---- the table ---- */

static uint64_t hash_of(const fpti_run *run, const fpt_csv *csv)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < run->by_count; i++) {
        hash ^= fpt_str_hash(csv->field[run->by_column[i]]);
        hash *= UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    return hash == 0 ? 1 : hash; /* 0 marks a free slot */
}

/* Keys are short: eight bytes at a time, without a call. */
static inline bool is_equal(fpt_str a, fpt_str b)
{
    if (a.len != b.len) return false;
    size_t i = 0;
    uint64_t x, y;
    if (a.len >= 8) {
        for (; i + 8 < a.len; i += 8) {
            memcpy(&x, a.data + i, 8);
            memcpy(&y, b.data + i, 8);
            if (x != y) return false;
        }
        memcpy(&x, a.data + a.len - 8, 8);
        memcpy(&y, b.data + b.len - 8, 8);
        return x == y;
    }
    for (; i < a.len; i++)
        if (a.data[i] != b.data[i]) return false;
    return true;
}

static inline bool is_key(const fpti_run *run, const fpti_group *group,
                          const fpt_csv *csv)
{
    for (size_t i = 0; i < run->by_count; i++)
        if (!is_equal(group->key[i], csv->field[run->by_column[i]]))
            return false;
    return true;
}

static size_t slot_of(const fpti_run *run, const fpt_csv *csv, uint64_t hash)
{
    const fpti_groups *groups = &run->groups;
    size_t slot = (size_t)hash & (groups->slot_count - 1);
    while (groups->slots[slot] != 0) {
        const fpti_group *group = &groups->group[groups->slots[slot] - 1];
        if (group->hash == hash && is_key(run, group, csv)) break;
        slot = (slot + 1) & (groups->slot_count - 1);
    }
    return slot;
}

static bool rehash(fpti_groups *groups)
{
    const size_t larger = groups->slot_count == 0 ? 64 : 2 * groups->slot_count;
    uint32_t *slots = FPT_NEW(&groups->arena, uint32_t, larger);
    if (slots == NULL) return false;
    for (size_t g = 0; g < groups->count; g++) {
        size_t slot = (size_t)groups->group[g].hash & (larger - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (larger - 1);
        slots[slot] = (uint32_t)g + 1;
    }
    groups->slots = slots;
    groups->slot_count = larger;
    return true;
}

static fpt_status add_group(fpti_run *run, const fpt_csv *csv, uint64_t hash,
                            fpt_error *err)
{
    fpti_groups *groups = &run->groups;
    fpt_arena *arena = &groups->arena;
    if ((groups->count + 1) * 4 > groups->slot_count * 3 && !rehash(groups))
        return fpti_no_memory(err);
    if (groups->count >= UINT32_MAX - 1 ||
        !FPT_RESERVE(arena, groups->group, groups->count, groups->capacity))
        return fpti_no_memory(err);
    fpti_group *group = &groups->group[groups->count];
    *group = (fpti_group){.hash = hash, .line = csv->line};
    group->key = FPT_NEW(arena, fpt_str, run->by_count);
    if (group->key == NULL) return fpti_no_memory(err);
    groups->bytes += sizeof *group + run->by_count * sizeof(fpt_str) + 12;
    for (size_t i = 0; i < run->by_count; i++) {
        group->key[i] = fpt_str_keep(arena, csv->field[run->by_column[i]]);
        if (group->key[i].data == NULL) return fpti_no_memory(err);
        groups->bytes += group->key[i].len + 16;
    }
    const size_t bytes = run->work->state_bytes;
    if (run->shape == FPTI_SUMS) {
        group->sums = fpt_arena_allocate(arena, 1, bytes);
        if (group->sums == NULL) return fpti_no_memory(err);
        groups->bytes += bytes;
    }
    groups->slots[slot_of(run, csv, hash)] = (uint32_t)++groups->count;
    return FPT_OK;
}

/* A key that is not in the table: has it been written and forgotten? */
static fpt_status check_gone(const fpti_run *run, const fpt_csv *csv,
                             uint64_t hash, fpt_error *err)
{
    const fpti_watch *watch = &run->watch;
    if (!watch->let_go || watch->sorted != 0) return FPT_OK;
    if (!watch->was_sorted && !is_gone(watch, hash)) return FPT_OK;
    const fpt_str key = csv->field[run->by_column[0]];
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s: line %" PRId64 ": \"" FPT_STR_FMT
                    "\" stands out of order: the groups before it stood "
                    "together, so their results have been written and "
                    "forgotten; sort the file by its --by columns, or give "
                    "--scattered, which keeps all groups in memory",
                    run->input_name, csv->line,
                    FPT_STR_ARG(fpt_str_slice(key, 0, 60)));
}

static const fpt_str *key_before(const fpti_run *run, uint32_t current)
{
    if (run->groups.count > 0) return run->groups.group[current].key;
    return run->watch.let_go ? run->watch.last : NULL;
}

fpt_status fpti_group_of(fpti_run *run, const fpt_csv *csv, uint32_t *index,
                         bool *is_new, fpt_error *err)
{
    fpti_groups *groups = &run->groups;
    *is_new = false;
    if (groups->count > 0 && is_key(run, &groups->group[*index], csv))
        return FPT_OK;
    const uint64_t hash = hash_of(run, csv);
    if (groups->count > 0) {
        const size_t slot = slot_of(run, csv, hash);
        if (groups->slots[slot] != 0) {
            *index = groups->slots[slot] - 1;
            run->watch.together = false;
            return FPT_OK;
        }
    }
    const fpt_str *before = key_before(run, *index);
    if (before != NULL) watch_order(run, before, csv);
    if (fpti_may_let_go(run)) {
        FPT_TRY(fpti_filter_flush(run, err));
        FPT_TRY(fpti_let_go(run, err));
    }
    FPT_TRY(check_gone(run, csv, hash, err));
    FPT_TRY(add_group(run, csv, hash, err));
    *index = (uint32_t)groups->count - 1;
    *is_new = true;
    return FPT_OK;
}
