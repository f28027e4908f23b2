/* A warehouse in memory into which a test writes facts, a line each. */
#ifndef FPT_TEST_FACTS_H
#define FPT_TEST_FACTS_H

#include "warehouse.h"

#include "fpt/registry.h"

struct facts {
    fpt_arena arena;
    fpt_store *store;
    int64_t line;
    fpt_registry *registry; /* opened last */
};

/* Atoms are `lsoa11`; systems are STPs, from July 2022 ICBs. */
static inline const fpt_tiers *test_tiers(void)
{
    static const fpt_tier_kind system[] = {{{"stp", 3}, {16892}},
                                           {{"icb", 3}, {19174}}},
                               place[] = {{{"lad", 3}, {1551}}},
                               commissioner[] = {{{"ccg", 3}, {15796}},
                                                 {{"sicbl", 5}, {19174}}};
    /* The structure's members are not const; nobody writes them. */
    static const fpt_tier tier[] = {{{"system", 6},
                                     {"System", 6},
                                     2,
                                     (fpt_tier_kind *)(uintptr_t)system,
                                     1000,
                                     0,
                                     {"x", 1}},
                                    {{"place", 5},
                                     {"Place", 5},
                                     1,
                                     (fpt_tier_kind *)(uintptr_t)place,
                                     0,
                                     500,
                                     {"x", 1}},
                                    {{"commissioner", 12},
                                     {"Commissioner", 12},
                                     2,
                                     (fpt_tier_kind *)(uintptr_t)commissioner,
                                     0,
                                     0,
                                     {"", 0}}};
    static const fpt_tiers tiers = {.name = {"test", 4},
                                    .version = {"1", 1},
                                    .atom = {"lsoa11", 6},
                                    .population = {"population.residents", 20},
                                    .nation_code = {"E92000001", 9},
                                    .nation_name = {"England", 7},
                                    .practices = {"commissioner", 12},
                                    .count = 3,
                                    .tier = (fpt_tier *)(uintptr_t)tier};
    return &tiers;
}

static inline int set_up_facts(void **state)
{
    struct facts *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL || fpt_arena_init(&f->arena, NULL) != FPT_OK) return -1;
    f->store = store_in_memory(FPT_WAREHOUSE);
    return 0;
}

static inline int tear_down_facts(void **state)
{
    struct facts *f = *state;
    fpt_reg_close(f->registry);
    fpt_store_close(f->store);
    fpt_arena_clear(&f->arena);
    free(f);
    return 0;
}

static inline fpt_bind bind_text(const char *text)
{
    fpt_bind bind = fpt_bind_text(fpt_str_from(text));
    bind.null = text == NULL;
    return bind;
}

/* NULL: no known start, or still open. */
static inline fpt_bind bind_day(const char *text)
{
    fpt_bind bind = {.type = FPT_TYPE_DATE, .null = text == NULL};
    if (text != NULL) bind.whole = day(text).days;
    return bind;
}

static inline void insert_fact(struct facts *f, const char *sql, size_t count,
                               const fpt_bind *binds)
{
    fpt_error err = {0};
    assert_ok_or(fpt_store_run(f->store, sql, count, binds, &err), err);
}

/* A file of a source that could be known from a day on. */
static inline void put_load(struct facts *f, int64_t load, const char *source,
                            const char *known)
{
    const fpt_bind binds[] = {fpt_bind_int(load), bind_text(source),
                              bind_day(known)};
    insert_fact(f,
                "INSERT INTO load VALUES ($1, $1, 'seal', $2, '1', NULL, 'f', "
                "'digest' || $1, 1, $3, $3, 0, 0, 0, 0, 0, 0)",
                3, binds);
}

static inline void put_name(struct facts *f, int64_t load, const char *code,
                            const char *kind, const char *name,
                            const char *from, const char *to)
{
    const fpt_bind binds[] = {bind_text(code),        bind_text(kind),
                              bind_text(name),        bind_day(from),
                              bind_day(to),           fpt_bind_int(load),
                              fpt_bind_int(++f->line)};
    insert_fact(f, "INSERT INTO name VALUES ($1, $2, $3, $4, $5, $6, $7)", 7,
                binds);
}

/* share in 10^-12; negative: none. */
static inline void put_share(struct facts *f, int64_t load, const char *subject,
                             const char *kind, const char *object,
                             int64_t share, const char *from, const char *to)
{
    fpt_bind part = fpt_bind_int(share);
    part.null = share < 0;
    const fpt_bind binds[] = {bind_text(subject), bind_text(kind),
                              bind_text(object),  part,
                              bind_day(from),     bind_day(to),
                              fpt_bind_int(load), fpt_bind_int(++f->line)};
    insert_fact(f,
                "INSERT INTO relation VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                8, binds);
}

static inline void put_relation(struct facts *f, int64_t load,
                                const char *subject, const char *kind,
                                const char *object, const char *from,
                                const char *to)
{
    put_share(f, load, subject, kind, object, -1, from, to);
}

/* `other` is another code of `code` from a day on. */
static inline void put_alias(struct facts *f, int64_t load, const char *code,
                             const char *other, const char *kind,
                             const char *from)
{
    const fpt_bind binds[] = {bind_text(code),    bind_text(other),
                              bind_text(kind),    bind_day(from),
                              fpt_bind_int(load), fpt_bind_int(++f->line)};
    insert_fact(f, "INSERT INTO alias VALUES ($1, 'ods', $2, $3, $4, $5, $6)",
                6, binds);
}

static inline void put_role(struct facts *f, int64_t load, const char *code,
                            const char *role, const char *from, const char *to)
{
    const fpt_bind binds[] = {bind_text(code),    bind_text(role),
                              bind_day(from),     bind_day(to),
                              fpt_bind_int(load), fpt_bind_int(++f->line)};
    insert_fact(f, "INSERT INTO role VALUES ($1, $2, $3, $4, $3, $4, $5, $6)",
                6, binds);
}

static inline void put_succession(struct facts *f, int64_t load,
                                  const char *old, const char *new,
                                  const char *on)
{
    const fpt_bind binds[] = {bind_text(old), bind_text(new), bind_day(on),
                              fpt_bind_int(load), fpt_bind_int(++f->line)};
    insert_fact(f, "INSERT INTO succession VALUES ($1, $2, $3, $4, $5)", 5,
                binds);
}

/* A small area: its name, and where it lies. */
static inline void put_atom(struct facts *f, int64_t load, const char *code)
{
    put_name(f, load, code, "lsoa11", code, NULL, NULL);
}

/* People of an area in a mid-year estimate, in two parts by age. */
static inline void put_people(struct facts *f, int64_t load, const char *code,
                              int64_t people, const char *on)
{
    const fpt_date first = day(on);
    const int64_t number =
        ask(f->store, "SELECT coalesce(max(place), -1) + 1 FROM place");
    const fpt_bind place[] = {fpt_bind_int(number), bind_text(code)};
    insert_fact(f,
                "INSERT INTO place SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 "
                "FROM place WHERE code = $2)",
                2, place);
    run(f->store, "INSERT INTO series SELECT 0, 'population.residents', "
                  "'people', 0, 'x' WHERE NOT EXISTS (SELECT 1 FROM series)");
    for (int64_t part = 1; part <= 2; part++) {
        const fpt_bind datum[] = {
            fpt_bind_int(load),
            fpt_bind_int(++f->line),
            bind_text(code),
            fpt_bind_date(first),
            fpt_bind_date((fpt_date){first.days + 1}),
            fpt_bind_int(part),
            fpt_bind_int(part == 1 ? people / 3 : people - people / 3)};
        insert_fact(f,
                    "INSERT INTO datum SELECT $1, $2, 0, place, $4, $5, $6, "
                    "$7, NULL FROM place WHERE code = $3",
                    7, datum);
    }
    const fpt_bind cover[] = {fpt_bind_int(load), fpt_bind_date(first),
                              fpt_bind_date((fpt_date){first.days + 1})};
    insert_fact(f,
                "INSERT INTO coverage SELECT $1, 0, $2, $3, 1 WHERE NOT EXISTS "
                "(SELECT 1 FROM coverage WHERE load = $1 AND period_from = $2)",
                3, cover);
}

/* ---- asking ---- */

static inline fpt_registry *open_as_of(struct facts *f, const char *known)
{
    fpt_error err = {0};
    fpt_reg_close(f->registry);
    f->registry = NULL;
    assert_ok_or(fpt_reg_open(f->store, test_tiers(),
                              known != NULL ? day(known) : day("2030-01-01"),
                              &f->registry, &err),
                 err);
    return f->registry;
}

static inline fpt_body body_of_code(const fpt_registry *r, const char *code)
{
    const fpt_body body = fpt_reg_find(r, fpt_str_from(code));
    if (!fpt_body_is(body)) fail_msg("no body %s", code);
    return body;
}

/* Where a body belongs, as text: "B" or "B 250000000000, C 750000000000", with
 * "?" behind it when the facts were ambiguous; "" for nowhere. */
static inline fpt_str home_text(struct facts *f, const char *code,
                                const char *kind, const char *on)
{
    fpt_home home[64];
    size_t count;
    bool ambiguous;
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    const fpt_body body = fpt_reg_find(f->registry, fpt_str_from(code));
    fpt_reg_home(f->registry, body, fpt_str_from(kind), day(on), 64, home,
                 &count, &ambiguous);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        fpt_strbuf_print(
            &text, "%s" FPT_STR_FMT, i > 0 ? ", " : "",
            FPT_STR_ARG(fpt_reg_code(f->registry, home[i].object)));
        if (count > 1 || home[i].share != FPT_SHARE_WHOLE)
            fpt_strbuf_print(&text, " %lld", (long long)home[i].share);
        sum += home[i].share;
    }
    if (count > 0 && sum != FPT_SHARE_WHOLE)
        fail_msg("the shares of %s sum to %lld", code, (long long)sum);
    if (ambiguous) fpt_strbuf_add_char(&text, '?');
    return fpt_strbuf_view(&text);
}

#define assert_home(f, code, kind, on, literal)                                \
    assert_str(home_text((f), (code), (kind), (on)), (literal))

#endif /* FPT_TEST_FACTS_H */
