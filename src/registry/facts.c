/*
 * Facts about a body as they were published, with both time axes. The end of
 * record time is not stored: a fact is known until the day on which a later
 * publication said something about the same thing from the same day.
 */
#include <stdlib.h>

#include "registry_i.h"

struct list {
    const fpt_registry *r;
    fpt_arena *arena;
    fpt_reg_fact *fact;
    size_t count, capacity;
};

static fpt_reg_fact *add(struct list *list, int32_t load, int64_t line,
                         int32_t from, int32_t to, int32_t known)
{
    if (!FPT_RESERVE(list->arena, list->fact, list->count, list->capacity))
        return NULL;
    fpt_reg_fact *f = &list->fact[list->count++];
    const uint32_t source = list->r->load[load].source;
    *f = (fpt_reg_fact){.object = {FPT_NOBODY},
                        .share = -1,
                        .valid = {{from}, {to}},
                        .operational = {fpt_date_start(), fpt_date_open()},
                        .known = {{known}, fpt_date_open()},
                        .source = source == FPT_INTERN_NONE
                                      ? FPT_STR("")
                                      : list->r->sources.text[source],
                        .load = load,
                        .line = line};
    return f;
}

/* The day on which a later publication took the place of a relation: the next
 * one of the same kind about the same subject from the same day. */
static int32_t replaced_on(const fpt_registry *r, const struct relation *x)
{
    const uint32_t end = r->of_relation.first[x->subject + 1];
    for (uint32_t i = r->of_relation.first[x->subject]; i < end; i++) {
        const struct relation *y = &r->relation[i];
        if (y->kind != x->kind || y->from != x->from || y->load == x->load)
            continue;
        if (y->known > x->known || (y->known == x->known && y->load > x->load))
            return y->known;
    }
    return FPT_DATE_MAX_DAYS;
}

static bool add_relations(struct list *list, uint32_t body, bool members)
{
    const fpt_registry *r = list->r;
    const uint32_t *first = members ? r->of_member.first : r->of_relation.first;
    for (uint32_t i = first[body]; i < first[body + 1]; i++) {
        const struct relation *x = &r->relation[members ? r->member[i] : i];
        fpt_reg_fact *f = add(list, x->load, x->line, x->from, x->to, x->known);
        if (f == NULL) return false;
        f->what = r->words.text[x->kind];
        f->object.id = members ? x->subject : x->object;
        f->text = r->codes.text[f->object.id];
        f->share = x->share;
        f->known.to.days = replaced_on(r, x);
    }
    return true;
}

static bool add_names(struct list *list, uint32_t body)
{
    const fpt_registry *r = list->r;
    const uint32_t end = r->of_naming.first[body + 1];
    for (uint32_t i = r->of_naming.first[body]; i < end; i++) {
        const struct naming *x = &r->naming[i];
        fpt_reg_fact *f = add(list, x->load, x->line, x->from, x->to, x->known);
        if (f == NULL) return false;
        f->what = r->words.text[x->kind];
        f->text = x->name == UINT32_MAX ? FPT_STR("") : r->names.text[x->name];
        for (uint32_t k = i + 1; k < end && r->naming[k].from == x->from; k++) {
            if (r->naming[k].kind != x->kind || r->naming[k].load == x->load)
                continue;
            f->known.to.days = r->naming[k].known;
            break;
        }
    }
    return true;
}

static bool add_roles(struct list *list, uint32_t body)
{
    const fpt_registry *r = list->r;
    for (uint32_t i = r->of_role.first[body]; i < r->of_role.first[body + 1];
         i++) {
        const struct role *x = &r->role[i];
        fpt_reg_fact *f = add(list, x->load, x->line, x->from, x->to, x->known);
        if (f == NULL) return false;
        f->what = f->text = r->words.text[x->role];
        f->operational =
            (fpt_period){{x->operational_from}, {x->operational_to}};
        for (uint32_t k = i + 1; k < r->of_role.first[body + 1]; k++) {
            if (r->role[k].role != x->role || r->role[k].from != x->from) break;
            if (r->role[k].load == x->load) continue;
            f->known.to.days = r->role[k].known;
            break;
        }
    }
    return true;
}

static bool add_aliases(struct list *list, uint32_t body)
{
    const fpt_registry *r = list->r;
    /* Its other codes, and the codes that it is another one of. */
    for (uint32_t i = r->of_alias_of.first[body];
         i < r->of_alias_of.first[body + 1]; i++) {
        const struct alias *x = &r->alias_of[i];
        fpt_reg_fact *f =
            add(list, x->load, x->line, x->from, FPT_DATE_MAX_DAYS, x->known);
        if (f == NULL) return false;
        f->what = r->words.text[x->system];
        f->text = r->codes.text[x->other];
        f->object.id = x->other;
    }
    for (uint32_t i = r->of_alias.first[body]; i < r->of_alias.first[body + 1];
         i++) {
        const struct alias *x = &r->alias[i];
        fpt_reg_fact *f =
            add(list, x->load, x->line, x->from, FPT_DATE_MAX_DAYS, x->known);
        if (f == NULL) return false;
        f->what = r->words.text[x->kind];
        f->text = r->codes.text[x->code];
        f->object.id = x->code;
    }
    return true;
}

static bool add_successions(struct list *list, uint32_t body, bool before)
{
    const fpt_registry *r = list->r;
    const struct succession *facts = before ? r->preceding : r->succession;
    const uint32_t *first =
        before ? r->of_preceding.first : r->of_succession.first;
    for (uint32_t i = first[body]; i < first[body + 1]; i++) {
        const struct succession *x = &facts[i];
        fpt_reg_fact *f =
            add(list, x->load, x->line, x->on, FPT_DATE_MAX_DAYS, x->known);
        if (f == NULL) return false;
        f->what = before ? FPT_STR("predecessor") : FPT_STR("successor");
        f->object.id = before ? x->old : x->new;
        f->text = r->codes.text[f->object.id];
    }
    return true;
}

#define COMPARE(a, b)                                                          \
    if ((a) != (b)) return (a) < (b) ? -1 : 1

/* The same whatever the order in which files were loaded. */
static int in_order(const void *left, const void *right)
{
    const fpt_reg_fact *a = left, *b = right;
    const int what = fpt_str_compare(a->what, b->what);
    if (what != 0) return what;
    COMPARE(a->valid.from.days, b->valid.from.days);
    COMPARE(a->known.from.days, b->known.from.days);
    COMPARE(a->load, b->load);
    COMPARE(a->line, b->line);
    return fpt_str_compare(a->text, b->text);
}

fpt_status fpt_reg_facts_of(const fpt_registry *registry, fpt_arena *arena,
                            fpt_body body, fpt_reg_facts sort, size_t *count,
                            fpt_reg_fact **out, fpt_error *err)
{
    const fpt_registry *r = registry;
    struct list list = {.r = r, .arena = arena};
    bool good = true;
    FPT_REQUIRE(fpt_body_is(body) && body.id < r->codes.count);
    switch (sort) {
    case FPT_REG_NAMES:
        good = add_names(&list, body.id);
        break;
    case FPT_REG_ROLES:
        good = add_roles(&list, body.id);
        break;
    case FPT_REG_RELATIONS:
        good = add_relations(&list, body.id, false);
        break;
    case FPT_REG_MEMBERS:
        good = add_relations(&list, body.id, true);
        break;
    case FPT_REG_ALIASES:
        good = add_aliases(&list, body.id);
        break;
    case FPT_REG_SUCCESSORS:
        good = add_successions(&list, body.id, false);
        break;
    case FPT_REG_PREDECESSORS:
        good = add_successions(&list, body.id, true);
        break;
    }
    if (!good) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    if (list.count > 0)
        qsort(list.fact, list.count, sizeof *list.fact, in_order);
    *count = list.count;
    *out = list.fact;
    return FPT_OK;
}
