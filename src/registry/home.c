/*
 * What does a body belong to on a day? Of the facts of one kind that begin by
 * then the youngest decides, and of its versions the one published last; if that
 * fact has ended, the answer is none, and never an older fact that looks open.
 */
#include "registry_i.h"

enum { MOST_DEPTH = 3, MOST_PARTS = 64 };

/* The facts of one kind that decide: relation[first .. end). */
struct winners {
    uint32_t first, end;
};

static struct winners decide(const fpt_registry *r, uint32_t first,
                             uint32_t end, int32_t on)
{
    /* Sorted by first day, then by the day from which they were known. */
    uint32_t last = end;
    while (last > first && r->relation[last - 1].from > on)
        last--;
    if (last == first) return (struct winners){0, 0};
    const struct relation *w = &r->relation[last - 1];
    uint32_t from = last - 1;
    while (from > first && r->relation[from - 1].from == w->from &&
           r->relation[from - 1].load == w->load)
        from--;
    return w->to <= on ? (struct winners){0, 0} : (struct winners){from, last};
}

/* The run of facts of one kind about a body that begins at `first`. */
static uint32_t end_of_kind(const fpt_registry *r, uint32_t first, uint32_t end)
{
    uint32_t i = first;
    while (i < end && r->relation[i].kind == r->relation[first].kind)
        i++;
    return i;
}

struct answer {
    size_t count;
    fpt_home part[MOST_PARTS];
    int32_t since;
    int depth;
    bool ambiguous;
};

static void add_part(struct answer *a, uint32_t object, int64_t share,
                     int32_t since)
{
    for (size_t i = 0; i < a->count; i++) {
        if (a->part[i].object.id != object) continue;
        a->part[i].share += share;
        return;
    }
    if (a->count == MOST_PARTS) {
        a->ambiguous = true;
        return;
    }
    a->part[a->count++] = (fpt_home){{object}, share, {since}};
}

static int64_t share_of(const fpt_registry *r, struct winners w, uint32_t i)
{
    const int64_t whole = FPT_SHARE_WHOLE;
    const int64_t n = w.end - w.first;
    if (r->relation[i].share >= 0) return r->relation[i].share;
    /* Equal parts, the first ones taking what does not divide. */
    const int64_t part = whole / n;
    return (int64_t)(i - w.first) < whole % n ? part + 1 : part;
}

static struct answer direct(const fpt_registry *r, struct winners w, int32_t on)
{
    struct answer a = {0};
    if (w.end == w.first) return a;
    a.since = r->relation[w.first].from;
    bool shared = true;
    for (uint32_t i = w.first; i < w.end; i++) {
        const fpt_body object = fpt_reg_canonical(
            r, (fpt_body){r->relation[i].object}, (fpt_date){on});
        shared = shared && r->relation[i].share >= 0;
        add_part(&a, object.id, share_of(r, w, i), a.since);
    }
    a.ambiguous = a.ambiguous || (a.count > 1 && !shared);
    return a;
}

static struct answer find(const fpt_registry *r, uint32_t body, uint16_t kind,
                          int32_t on, int depth);

/* What find() says of a body that thousands belong to is asked once a day and
 * kind: the answers that name one object are remembered. */
static bool recall(const fpt_registry *r, uint32_t body, int depth,
                   struct answer *out)
{
    const struct memo *memo = r->memo;
    if (memo == NULL || memo->of[body].depth != depth) return false;
    const struct remembered *m = &memo->of[body];
    *out = (struct answer){.count = m->object == FPT_NOBODY ? 0 : 1,
                           .since = m->since,
                           .depth = m->found_depth};
    out->part[0] = (fpt_home){{m->object}, FPT_SHARE_WHOLE, {m->last_since}};
    return true;
}

static void remember(const fpt_registry *r, uint32_t body, int depth,
                     const struct answer *a)
{
    if (r->memo == NULL || a->count > 1 || a->ambiguous) return;
    r->memo->of[body] = (struct remembered){
        .depth = depth,
        .object = a->count == 1 ? a->part[0].object.id : FPT_NOBODY,
        .since = a->since,
        .last_since = a->count == 1 ? a->part[0].since.days : 0,
        .found_depth = a->depth};
}

/* By way of what the winners name: each part's own answer, in its share. */
static struct answer through(const fpt_registry *r, struct winners w,
                             uint16_t kind, int32_t on, int depth)
{
    struct answer a = {.depth = depth + 1, .since = INT32_MIN};
    for (uint32_t i = w.first; i < w.end; i++) {
        const struct relation *f = &r->relation[i];
        if (f->share >= 0) return (struct answer){0};
        const fpt_body object =
            fpt_reg_canonical(r, (fpt_body){f->object}, (fpt_date){on});
        struct answer next;
        if (fpti_is_kind(r, object.id, kind, on)) {
            next = (struct answer){.count = 1, .since = f->from};
            next.part[0] = (fpt_home){object, FPT_SHARE_WHOLE, {f->from}};
        } else {
            if (!recall(r, object.id, depth + 1, &next)) {
                next = find(r, object.id, kind, on, depth + 1);
                remember(r, object.id, depth + 1, &next);
            }
        }
        if (next.count == 0) return (struct answer){0};
        const int64_t share = share_of(r, w, i);
        int64_t given = 0;
        for (size_t k = 0; k < next.count; k++) {
            const bool last = k + 1 == next.count;
            int64_t part = share;
            if (next.count > 1 &&
                fpt_multiply_divide(share, next.part[k].share, FPT_SHARE_WHOLE,
                                    &part) != FPT_OK)
                part = 0;
            if (last) part = share - given;
            given += part;
            add_part(&a, next.part[k].object.id, part, next.part[k].since.days);
        }
        if (next.since > a.since) a.since = next.since;
        if (next.depth > a.depth) a.depth = next.depth;
        a.ambiguous = a.ambiguous || next.ambiguous;
    }
    return a;
}

static bool is_better(const struct answer *a, const struct answer *b)
{
    if (a->count == 0) return false;
    if (b->count == 0) return true;
    if (a->since != b->since) return a->since > b->since;
    return a->depth < b->depth;
}

static struct answer find(const fpt_registry *r, uint32_t body, uint16_t kind,
                          int32_t on, int depth)
{
    struct answer best = {0};
    const uint32_t end = r->of_relation.first[body + 1];
    uint32_t first = r->of_relation.first[body];
    while (first < end) {
        const uint32_t last = end_of_kind(r, first, end);
        const struct winners w = decide(r, first, last, on);
        struct answer a = {0};
        if (w.end > w.first) {
            if (r->relation[first].kind == kind) {
                a = direct(r, w, on);
                a.depth = depth;
            } else if (depth < MOST_DEPTH) {
                a = through(r, w, kind, on, depth);
            }
        }
        if (is_better(&a, &best)) best = a;
        first = last;
    }
    return best;
}

static size_t hand_over(const struct answer *a, size_t most, fpt_home *out)
{
    FPT_REQUIRE(a->count <= most || most >= 8);
    const size_t count = a->count < most ? a->count : most;
    for (size_t i = 0; i < count; i++)
        out[i] = a->part[i];
    return count;
}

void fpt_reg_home(const fpt_registry *registry, fpt_body body, fpt_str kind,
                  fpt_date on, size_t most, fpt_home *out, size_t *count,
                  bool *ambiguous)
{
    const fpt_registry *r = registry;
    const uint16_t word = fpti_word(r, kind);
    *count = 0;
    *ambiguous = false;
    if (!fpt_body_is(body) || word == UINT16_MAX) return;
    const fpt_body start = fpt_reg_canonical(r, body, on);
    struct answer a = find(r, start.id, word, on.days, 0);
    /* A code's own facts count too, when its canonical one has none. */
    if (a.count == 0 && start.id != body.id)
        a = find(r, body.id, word, on.days, 0);
    *count = hand_over(&a, most, out);
    *ambiguous = a.ambiguous;
}

/* How far a fact is from holding on the day. */
static int64_t days_off(const struct relation *f, int32_t on)
{
    if (on < f->from) return (int64_t)f->from - on;
    return on >= f->to ? (int64_t)on - f->to + 1 : 0;
}

void fpt_reg_home_by(const fpt_registry *registry, fpt_body body, fpt_str kind,
                     fpt_str source, fpt_date on, size_t most, fpt_home *out,
                     size_t *count)
{
    const fpt_registry *r = registry;
    const uint16_t word = fpti_word(r, kind);
    const uint32_t wanted = fpt_intern_find(&r->sources, source);
    *count = 0;
    if (!fpt_body_is(body) || word == UINT16_MAX || wanted == FPT_INTERN_NONE)
        return;
    /* Of the facts nearest to the day the youngest, and of it the load that was
     * published last: the order in which they lie. */
    int64_t nearest = INT64_MAX;
    const struct relation *best = NULL;
    const uint32_t end = r->of_relation.first[body.id + 1];
    for (uint32_t i = r->of_relation.first[body.id]; i < end; i++) {
        const struct relation *f = &r->relation[i];
        if (f->kind != word || r->load[f->load].source != wanted) continue;
        if (days_off(f, on.days) > nearest) continue;
        nearest = days_off(f, on.days);
        best = f;
    }
    if (best == NULL) return;
    struct answer a = {0};
    int64_t total = 0;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = r->of_relation.first[body.id]; i < end; i++) {
            const struct relation *f = &r->relation[i];
            if (f->kind != word || f->load != best->load ||
                f->from != best->from)
                continue;
            int64_t share = f->share >= 0 ? f->share : FPT_SHARE_WHOLE;
            if (pass == 0) {
                total += share;
            } else if (total > 0) {
                if (fpt_multiply_divide(share, FPT_SHARE_WHOLE, total,
                                        &share) != FPT_OK)
                    share = 0;
                add_part(&a, f->object, share, f->from);
            }
        }
    *count = hand_over(&a, most, out);
}
