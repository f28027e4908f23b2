/*
 * Successions: the whole tree, depth first. Chains may close on themselves (a
 * code that succeeds itself is the commonest), so every path remembers where it
 * has been; a cycle is marked and not followed.
 */
#include "registry_i.h"

enum { MOST_DEPTH = 64 };

struct tree {
    const fpt_registry *r;
    fpt_arena *arena;
    fpt_succession *step;
    size_t count, capacity;
    uint32_t path[MOST_DEPTH + 1];
    bool failed;
};

static bool on_path(const struct tree *t, uint32_t body, int depth)
{
    for (int i = 0; i <= depth; i++)
        if (t->path[i] == body) return true;
    return false;
}

/* The same succession may have been told by several files. */
static bool told_before(const struct succession *fact, uint32_t first,
                        uint32_t i)
{
    for (uint32_t k = first; k < i; k++)
        if (fact[k].new == fact[i].new &&fact[k].on == fact[i].on) return true;
    return false;
}

static void grow(struct tree *t, uint32_t body, int depth, size_t parent)
{
    const fpt_registry *r = t->r;
    const uint32_t first = r->of_succession.first[body];
    const uint32_t end = r->of_succession.first[body + 1];
    uint32_t distinct = 0;
    for (uint32_t i = first; i < end; i++)
        distinct += !told_before(r->succession, first, i);
    t->path[depth] = body;
    for (uint32_t i = first; i < end && !t->failed; i++) {
        if (told_before(r->succession, first, i)) continue;
        if (!FPT_RESERVE(t->arena, t->step, t->count, t->capacity)) {
            t->failed = true;
            return;
        }
        const size_t here = t->count++;
        const uint32_t next = r->succession[i].new;
        const bool cycle = on_path(t, next, depth);
        t->step[here] = (fpt_succession){.successor = {next},
                                         .on = {r->succession[i].on},
                                         .depth = depth + 1,
                                         .parent = parent,
                                         .cycle = cycle,
                                         .split = distinct > 1};
        if (!cycle && depth + 1 < MOST_DEPTH) grow(t, next, depth + 1, here);
    }
}

fpt_status fpt_reg_successors(const fpt_registry *registry, fpt_arena *arena,
                              fpt_body body, size_t *count,
                              fpt_succession **out, fpt_error *err)
{
    struct tree t = {.r = registry, .arena = arena};
    FPT_REQUIRE(fpt_body_is(body));
    grow(&t, body.id, 0, SIZE_MAX);
    if (t.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    *count = t.count;
    *out = t.step;
    return FPT_OK;
}

fpt_body fpt_reg_first_successor(const fpt_registry *registry, fpt_body body,
                                 bool *ambiguous)
{
    const fpt_registry *r = registry;
    *ambiguous = false;
    if (!fpt_body_is(body)) return body;
    const uint32_t first = r->of_succession.first[body.id];
    const uint32_t end = r->of_succession.first[body.id + 1];
    if (first == end) return (fpt_body){FPT_NOBODY};
    const struct succession *s = &r->succession[first];
    for (uint32_t i = first + 1; i < end && r->succession[i].on == s->on; i++)
        if (r->succession[i].new != s->new) *ambiguous = true;
    return (fpt_body){s->new};
}
