/*
 * The orders in which facts lie: each sort by the body that it is about, and by
 * the others that it is asked for.
 */
#include <stddef.h>
#include <stdlib.h>

#include "registry_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

#define COMPARE(a, b)                                                          \
    if ((a) != (b)) return (a) < (b) ? -1 : 1

static int by_subject(const void *left, const void *right)
{
    const struct relation *a = left, *b = right;
    COMPARE(a->subject, b->subject);
    COMPARE(a->kind, b->kind);
    COMPARE(a->from, b->from);
    COMPARE(a->known, b->known);
    COMPARE(a->load, b->load);
    COMPARE(a->line, b->line);
    COMPARE(a->object, b->object);
    return 0;
}

static int by_named(const void *left, const void *right)
{
    const struct naming *a = left, *b = right;
    COMPARE(a->body, b->body);
    COMPARE(a->from, b->from);
    COMPARE(a->known, b->known);
    COMPARE(a->load, b->load);
    COMPARE(a->line, b->line);
    return 0;
}

static int by_other(const void *left, const void *right)
{
    const struct alias *a = left, *b = right;
    COMPARE(a->other, b->other);
    COMPARE(a->from, b->from);
    COMPARE(a->known, b->known);
    COMPARE(a->load, b->load);
    COMPARE(a->line, b->line);
    return 0;
}

static int by_role(const void *left, const void *right)
{
    const struct role *a = left, *b = right;
    COMPARE(a->body, b->body);
    COMPARE(a->role, b->role);
    COMPARE(a->from, b->from);
    COMPARE(a->known, b->known);
    COMPARE(a->load, b->load);
    COMPARE(a->line, b->line);
    return 0;
}

static int by_old(const void *left, const void *right)
{
    const struct succession *a = left, *b = right;
    COMPARE(a->old, b->old);
    COMPARE(a->on, b->on);
    COMPARE(a->known, b->known);
    COMPARE(a->load, b->load);
    COMPARE(a->line, b->line);
    return 0;
}

/* Of several objects that one line names the codes decide, which are the same
 * whatever else was read; numbers of codes are not. */
static void order_objects(const fpt_registry *r)
{
    for (size_t i = 1; i < r->relations; i++)
        for (size_t k = i; k > 0; k--) {
            struct relation *a = &r->relation[k - 1], *b = &r->relation[k];
            if (a->line != b->line || a->load != b->load ||
                a->subject != b->subject || a->kind != b->kind ||
                a->from != b->from ||
                fpt_str_compare(r->codes.text[a->object],
                                r->codes.text[b->object]) <= 0)
                break;
            const struct relation held = *a;
            *a = *b;
            *b = held;
        }
}

/* One sort of fact: how many, how large, and where in each stands the number of
 * the body by which they are to lie. */
struct sort {
    size_t count, size, key;
    int (*compare)(const void *, const void *); /* NULL: as they come */
};

static uint32_t key_of(const struct sort *sort, const char *fact)
{
    uint32_t key;
    memcpy(&key, fact + sort->key, sizeof key);
    return key;
}

/* One body's facts, which are few as a rule, and often in order already. */
static void sort_run(const struct sort *sort, char *facts, size_t count)
{
    enum { FEW = 32 };
    const size_t size = sort->size;
    char held[sizeof(struct relation)]; /* the largest */
    FPT_ASSERT(size <= sizeof held);
    if (count > FEW) {
        qsort(facts, count, size, sort->compare);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        size_t at = i;
        while (at > 0 &&
               sort->compare(facts + (at - 1) * size, facts + i * size) > 0)
            at--;
        if (at == i) continue;
        memcpy(held, facts + i * size, size);
        memmove(facts + (at + 1) * size, facts + at * size, (i - at) * size);
        memcpy(facts + at * size, held, size);
    }
}

/*
 * Facts laid out by body in memory of their own, each body's in order: counted,
 * dealt out, and sorted one body at a time, which takes a fraction of sorting them
 * all. Stable: facts that compare equal stay as they came.
 */
static fpt_status lay_out(fpt_registry *r, const struct sort *sort,
                          const void *from, void **to, struct range *out,
                          fpt_error *err)
{
    const size_t bodies = r->codes.count;
    const char *fact = from;
    char *place = fpt_arena_allocate_raw(&r->arena, sort->count, sort->size);
    uint32_t *first = FPT_NEW(&r->arena, uint32_t, bodies + 2);
    if (first == NULL || place == NULL) return no_memory(err);
    /* first[b + 2] counts; after the sums first[b + 1] is where b begins, and
     * moves on to where it ends: to where b + 1 begins. */
    for (size_t i = 0; i < sort->count; i++)
        first[key_of(sort, fact + i * sort->size) + 2]++;
    for (size_t b = 2; b < bodies + 2; b++)
        first[b] += first[b - 1];
    for (size_t i = 0; i < sort->count; i++) {
        const char *one = fact + i * sort->size;
        memcpy(place + first[key_of(sort, one) + 1]++ * sort->size, one,
               sort->size);
    }
    if (sort->compare != NULL)
        for (size_t b = 0; b < bodies; b++)
            sort_run(sort, place + first[b] * sort->size,
                     first[b + 1] - first[b]);
    *to = place;
    out->first = first;
    return FPT_OK;
}

/* Relations by what they name, in the order in which they lie: their numbers, as
 * there are many and few are asked for. */
static fpt_status index_members(fpt_registry *r, fpt_error *err)
{
    const size_t bodies = r->codes.count;
    uint32_t *first = FPT_NEW(&r->arena, uint32_t, bodies + 2);
    r->member = FPT_NEW(&r->arena, uint32_t, r->relations);
    if (first == NULL || r->member == NULL) return no_memory(err);
    /* As in lay_out(). */
    for (size_t i = 0; i < r->relations; i++)
        first[r->relation[i].object + 2]++;
    for (size_t b = 2; b < bodies + 2; b++)
        first[b] += first[b - 1];
    for (size_t i = 0; i < r->relations; i++)
        r->member[first[r->relation[i].object + 1]++] = (uint32_t)i;
    r->of_member.first = first;
    return FPT_OK;
}

#define SORT(n, type, key, order)                                              \
    &(const struct sort)                                                       \
    {                                                                          \
        (n), sizeof(struct type), offsetof(struct type, key), (order)          \
    }

fpt_status fpti_sort_and_index(fpt_registry *r, fpt_error *err)
{
    void *at;
    FPT_TRY(lay_out(r, SORT(r->relations, relation, subject, by_subject),
                    r->relation, &at, &r->of_relation, err));
    r->relation = at;
    order_objects(r);
    FPT_TRY(index_members(r, err));

    FPT_TRY(lay_out(r, SORT(r->namings, naming, body, by_named), r->naming, &at,
                    &r->of_naming, err));
    r->naming = at;
    FPT_TRY(lay_out(r, SORT(r->aliases, alias, other, by_other), r->alias, &at,
                    &r->of_alias, err));
    r->alias = at;
    FPT_TRY(lay_out(r, SORT(r->aliases, alias, code, NULL), r->alias, &at,
                    &r->of_alias_of, err));
    r->alias_of = at;
    FPT_TRY(lay_out(r, SORT(r->roles, role, body, by_role), r->role, &at,
                    &r->of_role, err));
    r->role = at;
    FPT_TRY(lay_out(r, SORT(r->successions, succession, old, by_old),
                    r->succession, &at, &r->of_succession, err));
    r->succession = at;
    FPT_TRY(lay_out(r, SORT(r->successions, succession, new, NULL),
                    r->succession, &at, &r->of_preceding, err));
    r->preceding = at;
    return FPT_OK;
}

/* ---- bodies by their code ---- */

struct coded {
    fpt_str code;
    fpt_body body;
};

static int by_text(const void *left, const void *right)
{
    return fpt_str_compare(((const struct coded *)left)->code,
                           ((const struct coded *)right)->code);
}

fpt_status fpti_sort_bodies(const fpt_registry *r, size_t count, fpt_body *body,
                            fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    struct coded *coded = FPT_NEW(&scratch, struct coded, count);
    for (size_t i = 0; i < count && coded != NULL; i++)
        coded[i] = (struct coded){r->codes.text[body[i].id], body[i]};
    if (count > 0 && coded != NULL) qsort(coded, count, sizeof *coded, by_text);
    for (size_t i = 0; i < count && coded != NULL; i++)
        body[i] = coded[i].body;
    fpt_arena_clear(&scratch);
    return coded != NULL ? FPT_OK : no_memory(err);
}
