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

static bool comes_before(const fpt_registry *r, uint32_t a, uint32_t b)
{
    const struct succession *x = &r->succession[a], *y = &r->succession[b];
    if (x->on != y->on) return x->on < y->on;
    return fpt_str_compare(r->codes.text[x->new], r->codes.text[y->new]) < 0;
}

/* Facts about the same two bodies may come from several files: the one that was
 * published last is the succession. */
static bool told_later(const struct succession *fact, uint32_t first,
                       uint32_t end, uint32_t i)
{
    for (uint32_t k = first; k < end; k++)
        if (fact[k].new == fact[i].new &&
            (fact[k].known > fact[i].known ||
             (fact[k].known == fact[i].known && fact[k].load > fact[i].load) ||
             (fact[k].known == fact[i].known && fact[k].load == fact[i].load &&
              k > i)))
            return true;
    return false;
}

/* The next step of a body after `last` (UINT32_MAX: the first), in order of day
 * and code; UINT32_MAX when there is none. */
static uint32_t next_step(const fpt_registry *r, uint32_t body, uint32_t last)
{
    const uint32_t first = r->of_succession.first[body];
    const uint32_t end = r->of_succession.first[body + 1];
    uint32_t best = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (told_later(r->succession, first, end, i)) continue;
        if (last != UINT32_MAX && !comes_before(r, last, i)) continue;
        if (best == UINT32_MAX || comes_before(r, i, best)) best = i;
    }
    return best;
}

static void grow(struct tree *t, uint32_t body, int depth, size_t parent)
{
    const fpt_registry *r = t->r;
    const uint32_t first = next_step(r, body, UINT32_MAX);
    const bool split =
        first != UINT32_MAX && next_step(r, body, first) != UINT32_MAX;
    t->path[depth] = body;
    for (uint32_t i = first; i != UINT32_MAX; i = next_step(r, body, i)) {
        if (!FPT_RESERVE(t->arena, t->step, t->count, t->capacity))
            t->failed = true;
        if (t->failed) return;
        const size_t here = t->count++;
        const uint32_t next = r->succession[i].new;
        const bool cycle = on_path(t, next, depth);
        t->step[here] = (fpt_succession){.successor = {next},
                                         .on = {r->succession[i].on},
                                         .depth = depth + 1,
                                         .parent = parent,
                                         .cycle = cycle,
                                         .split = split};
        if (!cycle && depth + 1 < MOST_DEPTH) grow(t, next, depth + 1, here);
        if (t->failed) return;
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
    const uint32_t first = next_step(r, body.id, UINT32_MAX);
    if (first == UINT32_MAX) return (fpt_body){FPT_NOBODY};
    const uint32_t second = next_step(r, body.id, first);
    *ambiguous = second != UINT32_MAX &&
                 r->succession[second].on == r->succession[first].on;
    return (fpt_body){r->succession[first].new};
}
