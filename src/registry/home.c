/*
 * What does a body belong to on a day? Of the facts of one kind that begin by
 * then the youngest decides, and of its versions the one published last; if that
 * fact has ended, the answer is none, and never an older fact that looks open.
 */
#include "registry_i.h"

enum { MOST_PARTS = 64 };

/* The facts of one kind that decide: all of the youngest day and of one file.
 * More than there is room for are a fault of the data. */
struct winners {
    size_t count;
    uint32_t fact[MOST_PARTS];
    bool more;
};

static void decide(const fpt_registry *r, uint32_t first, uint32_t end,
                   int32_t on, struct winners *out)
{
    out->count = 0;
    out->more = false;
    /* Sorted by first day, then by the day from which they were known. */
    uint32_t last = end;
    while (last > first && r->relation[last - 1].from > on)
        last--;
    if (last == first) return;
    const struct relation *w = &r->relation[last - 1];
    uint32_t from = last - 1;
    while (from > first && r->relation[from - 1].from == w->from &&
           r->relation[from - 1].load == w->load)
        from--;
    for (uint32_t i = from; i < last; i++) {
        if (r->relation[i].to <= on) continue;
        if (out->count < MOST_PARTS)
            out->fact[out->count++] = i;
        else
            out->more = true;
    }
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

/* Parts that sum to the whole: by the shares of the facts where every one of
 * them has one and they are not all nought, else equal. */
struct shares {
    bool given;
    int64_t part[MOST_PARTS];
};

static void settle(const fpt_registry *r, size_t count, const uint32_t *fact,
                   struct shares *out)
{
    uint64_t remainder[MOST_PARTS];
    /* Nearly always there is one, and this is asked of every small area. */
    if (count == 1) {
        out->given = r->relation[fact[0]].share > 0;
        out->part[0] = FPT_SHARE_WHOLE;
        return;
    }
    int64_t weight[MOST_PARTS] = {0};
    /* A fact without a share is refused by fpt_apportion() as negative. */
    for (size_t i = 0; i < count; i++)
        weight[i] = r->relation[fact[i]].share;
    out->given = fpt_apportion(FPT_SHARE_WHOLE, count, weight, out->part,
                               remainder) == FPT_OK;
    if (out->given) return;
    for (size_t i = 0; i < count; i++)
        weight[i] = 1;
    const fpt_status status =
        fpt_apportion(FPT_SHARE_WHOLE, count, weight, out->part, remainder);
    FPT_REQUIRE(status == FPT_OK);
}

/* Only what is used of it: there is room for many parts, and one is the rule. */
static void make_answer(struct answer *a, int32_t since, int depth)
{
    a->count = 0;
    a->since = since;
    a->depth = depth;
    a->ambiguous = false;
}

static void copy_answer(struct answer *to, const struct answer *from)
{
    make_answer(to, from->since, from->depth);
    to->ambiguous = from->ambiguous;
    to->count = from->count;
    memcpy(to->part, from->part, from->count * sizeof *to->part);
}

static void direct(const fpt_registry *r, const struct winners *w, int32_t on,
                   int depth, struct answer *a)
{
    struct shares s;
    make_answer(a, r->relation[w->fact[0]].from, depth);
    settle(r, w->count, w->fact, &s);
    for (size_t i = 0; i < w->count; i++) {
        const fpt_body object = fpt_reg_canonical(
            r, (fpt_body){r->relation[w->fact[i]].object}, (fpt_date){on});
        add_part(a, object.id, s.part[i], a->since);
    }
    a->ambiguous = (a->count > 1 && !s.given) || w->more;
}

static void find(const fpt_registry *r, uint32_t body, uint16_t kind,
                 int32_t on, int depth, struct answer *best);

/* What find() says of a body that thousands belong to is asked once a day and
 * kind: the answers that name one object are remembered. */
static bool recall(const fpt_registry *r, uint32_t body, int depth,
                   struct answer *out)
{
    const struct memo *memo = r->memo;
    if (memo == NULL || memo->of[body].depth != depth) return false;
    const struct remembered *m = &memo->of[body];
    make_answer(out, m->since, m->found_depth);
    out->count = m->object == FPT_NOBODY ? 0 : 1;
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
static void through(const fpt_registry *r, const struct winners *w,
                    uint16_t kind, int32_t on, int depth, struct answer *a)
{
    struct shares s;
    struct answer next;
    bool several = false;
    make_answer(a, INT32_MIN, depth + 1);
    a->ambiguous = w->more;
    settle(r, w->count, w->fact, &s);
    for (size_t i = 0; i < w->count; i++) {
        const struct relation *f = &r->relation[w->fact[i]];
        several = several || f->object != r->relation[w->fact[0]].object;
        if (f->share >= 0) {
            a->count = 0;
            return;
        }
        const fpt_body object =
            fpt_reg_canonical(r, (fpt_body){f->object}, (fpt_date){on});
        if (fpti_is_kind(r, object.id, kind, on)) {
            make_answer(&next, f->from, 0);
            next.count = 1;
            next.part[0] = (fpt_home){object, FPT_SHARE_WHOLE, {f->from}};
        } else {
            if (!recall(r, object.id, depth + 1, &next)) {
                find(r, object.id, kind, on, depth + 1, &next);
                remember(r, object.id, depth + 1, &next);
            }
        }
        if (next.count == 0) {
            a->count = 0;
            return;
        }
        const int64_t share = s.part[i];
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
            add_part(a, next.part[k].object.id, part, next.part[k].since.days);
        }
        if (next.since > a->since) a->since = next.since;
        if (next.depth > a->depth) a->depth = next.depth;
        a->ambiguous = a->ambiguous || next.ambiguous;
    }
    a->ambiguous = a->ambiguous || (several && a->count > 1);
}

static bool is_better(const struct answer *a, const struct answer *b)
{
    if (a->count == 0) return false;
    if (b->count == 0) return true;
    if (a->since != b->since) return a->since > b->since;
    return a->depth < b->depth;
}

static void find(const fpt_registry *r, uint32_t body, uint16_t kind,
                 int32_t on, int depth, struct answer *best)
{
    struct answer a;
    fpt_str best_way = {0};
    const uint32_t end = r->of_relation.first[body + 1];
    uint32_t first = r->of_relation.first[body];
    make_answer(best, 0, 0);
    while (first < end) {
        const uint32_t last = end_of_kind(r, first, end);
        struct winners w;
        make_answer(&a, 0, 0);
        decide(r, first, last, on, &w);
        if (w.count > 0) {
            if (r->relation[first].kind == kind)
                direct(r, &w, on, depth, &a);
            else if (depth < FPTI_MOST_DEPTH)
                through(r, &w, kind, on, depth, &a);
        }
        /* Kinds are numbered as they were read: of ways that are as good the
         * name decides, so that the order of loading does not. */
        const fpt_str way = r->words.text[r->relation[first].kind];
        if (is_better(&a, best) || (a.count > 0 && !is_better(best, &a) &&
                                    fpt_str_compare(way, best_way) < 0)) {
            copy_answer(best, &a);
            best_way = way;
        }
        first = last;
    }
}

static size_t hand_over(const struct answer *a, size_t most, fpt_home *out)
{
    FPT_REQUIRE(a->count <= most || most >= 8);
    const size_t count = a->count < most ? a->count : most;
    for (size_t i = 0; i < count; i++)
        out[i] = a->part[i];
    return count;
}

static void home_of(const fpt_registry *r, uint32_t body, uint16_t kind,
                    fpt_date on, struct answer *a)
{
    const fpt_body start = fpt_reg_canonical(r, (fpt_body){body}, on);
    find(r, start.id, kind, on.days, 0, a);
    /* A code's own facts count too, when its canonical one has none. */
    if (a->count == 0 && start.id != body) find(r, body, kind, on.days, 0, a);
}

void fpt_reg_home(const fpt_registry *registry, fpt_body body, fpt_str kind,
                  fpt_date on, size_t most, fpt_home *out, size_t *count,
                  bool *ambiguous)
{
    const uint16_t word = fpti_word(registry, kind);
    struct answer a;
    *count = 0;
    *ambiguous = false;
    if (!fpt_body_is(body) || word == UINT16_MAX) return;
    home_of(registry, body.id, word, on, &a);
    *count = hand_over(&a, most, out);
    *ambiguous = a.ambiguous;
}

/* An atom is not divided: where it would be, its larger part counts. */
fpt_body fpti_home_of_atom(const fpt_registry *r, fpt_body atom, uint16_t kind,
                           fpt_date on)
{
    fpt_body object = {FPT_NOBODY};
    int64_t largest = -1;
    struct answer a;
    home_of(r, atom.id, kind, on, &a);
    for (size_t i = 0; i < a.count; i++)
        if (a.part[i].share > largest) {
            largest = a.part[i].share;
            object = a.part[i].object;
        }
    return object;
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
    struct answer a;
    uint32_t fact[MOST_PARTS];
    size_t parts = 0;
    for (uint32_t i = r->of_relation.first[body.id];
         i < end && parts < MOST_PARTS; i++) {
        const struct relation *f = &r->relation[i];
        if (f->kind != word || f->load != best->load || f->from != best->from)
            continue;
        fact[parts++] = i;
    }
    struct shares s;
    settle(r, parts, fact, &s);
    make_answer(&a, best->from, 0);
    for (size_t i = 0; i < parts; i++)
        add_part(&a, r->relation[fact[i]].object, s.part[i], best->from);
    *count = hand_over(&a, most, out);
}
