/*
 * From the warehouse into memory: every fact that could be known by the
 * registry's day, sorted by the body that it is about.
 */
#include <stdlib.h>

#include "registry_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

/* ---- cells ---- */

static bool body_of(fpt_registry *r, const fpt_rows *rows, size_t c, size_t row,
                    uint32_t *out)
{
    *out = fpt_intern_add(&r->codes, rows->column[c].text[row]);
    return *out != FPT_INTERN_NONE;
}

static bool word_of(fpt_registry *r, const fpt_rows *rows, size_t c, size_t row,
                    uint16_t *out)
{
    const uint32_t id = fpt_intern_add(&r->words, rows->column[c].text[row]);
    *out = (uint16_t)id;
    return id < UINT16_MAX;
}

static int32_t day_of(const fpt_rows *rows, size_t c, size_t row,
                      int32_t otherwise)
{
    return rows->column[c].null[row] ? otherwise
                                     : (int32_t)rows->column[c].whole[row];
}

uint16_t fpti_word(const fpt_registry *r, fpt_str word)
{
    const uint32_t id = fpt_intern_find(&r->words, word);
    return id == FPT_INTERN_NONE ? UINT16_MAX : (uint16_t)id;
}

/* ---- one table each: false when memory is exhausted ---- */

/* Where a fact was read, and from which day it could be known. */
struct stamp {
    int32_t load, known;
    int64_t line;
};

struct table {
    fpt_registry *r;
    size_t capacity;
};

static bool take_relation(struct table *t, const fpt_rows *rows, size_t i,
                          struct stamp stamp)
{
    fpt_registry *r = t->r;
    if (!FPT_RESERVE(&r->arena, r->relation, r->relations, t->capacity))
        return false;
    struct relation *f = &r->relation[r->relations++];
    *f = (struct relation){
        .share = rows->column[5].null[i] ? -1 : rows->column[5].whole[i],
        .from = day_of(rows, 6, i, FPT_DATE_MIN_DAYS),
        .to = day_of(rows, 7, i, FPT_DATE_MAX_DAYS),
        .load = stamp.load,
        .line = stamp.line,
        .known = stamp.known};
    return body_of(r, rows, 2, i, &f->subject) &&
           word_of(r, rows, 3, i, &f->kind) &&
           body_of(r, rows, 4, i, &f->object);
}

static bool take_naming(struct table *t, const fpt_rows *rows, size_t i,
                        struct stamp stamp)
{
    fpt_registry *r = t->r;
    if (!FPT_RESERVE(&r->arena, r->naming, r->namings, t->capacity))
        return false;
    struct naming *f = &r->naming[r->namings++];
    *f = (struct naming){.name = UINT32_MAX,
                         .from = day_of(rows, 5, i, FPT_DATE_MIN_DAYS),
                         .to = day_of(rows, 6, i, FPT_DATE_MAX_DAYS),
                         .load = stamp.load,
                         .line = stamp.line,
                         .known = stamp.known};
    if (!rows->column[4].null[i]) {
        f->name = fpt_intern_add(&r->names, rows->column[4].text[i]);
        if (f->name == FPT_INTERN_NONE) return false;
    }
    return body_of(r, rows, 2, i, &f->body) && word_of(r, rows, 3, i, &f->kind);
}

static bool take_alias(struct table *t, const fpt_rows *rows, size_t i,
                       struct stamp stamp)
{
    fpt_registry *r = t->r;
    if (!FPT_RESERVE(&r->arena, r->alias, r->aliases, t->capacity))
        return false;
    struct alias *f = &r->alias[r->aliases++];
    *f = (struct alias){.from = day_of(rows, 6, i, FPT_DATE_MIN_DAYS),
                        .load = stamp.load,
                        .line = stamp.line,
                        .known = stamp.known};
    return body_of(r, rows, 2, i, &f->code) &&
           word_of(r, rows, 3, i, &f->system) &&
           body_of(r, rows, 4, i, &f->other) &&
           word_of(r, rows, 5, i, &f->kind);
}

static bool take_role(struct table *t, const fpt_rows *rows, size_t i,
                      struct stamp stamp)
{
    fpt_registry *r = t->r;
    if (!FPT_RESERVE(&r->arena, r->role, r->roles, t->capacity)) return false;
    struct role *f = &r->role[r->roles++];
    *f =
        (struct role){.from = day_of(rows, 4, i, FPT_DATE_MIN_DAYS),
                      .to = day_of(rows, 5, i, FPT_DATE_MAX_DAYS),
                      .operational_from = day_of(rows, 6, i, FPT_DATE_MIN_DAYS),
                      .operational_to = day_of(rows, 7, i, FPT_DATE_MAX_DAYS),
                      .load = stamp.load,
                      .line = stamp.line,
                      .known = stamp.known};
    return body_of(r, rows, 2, i, &f->body) && word_of(r, rows, 3, i, &f->role);
}

static bool take_succession(struct table *t, const fpt_rows *rows, size_t i,
                            struct stamp stamp)
{
    fpt_registry *r = t->r;
    if (!FPT_RESERVE(&r->arena, r->succession, r->successions, t->capacity))
        return false;
    struct succession *f = &r->succession[r->successions++];
    *f = (struct succession){.on = day_of(rows, 4, i, 0),
                             .load = stamp.load,
                             .line = stamp.line,
                             .known = stamp.known};
    return body_of(r, rows, 2, i, &f->old) && body_of(r, rows, 3, i, &f->new);
}

/* ---- reading ---- */

static fpt_status read_loads(fpt_registry *r, fpt_error *err)
{
    fpt_arena scratch;
    fpt_rows rows;
    const fpt_bind as_of = fpt_bind_date(r->as_of);
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status = fpt_store_query(
        r->warehouse, &scratch,
        "SELECT load, source, known_from FROM load WHERE known_from <= $1 "
        "ORDER BY load",
        1, &as_of, &rows, err);
    if (status == FPT_OK) {
        size_t capacity = 0;
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t i = 0; i < rows.count && good; i++) {
                const size_t load = (size_t)rows.column[0].whole[i];
                while (good && r->loads <= load) {
                    good = FPT_RESERVE(&r->arena, r->load, r->loads, capacity);
                    if (good)
                        r->load[r->loads++] =
                            (struct load){.source = FPT_INTERN_NONE};
                }
                if (!good) break;
                r->load[load] =
                    (struct load){.source = fpt_intern_add(
                                      &r->sources, rows.column[1].text[i]),
                                  .known = (int32_t)rows.column[2].whole[i]};
                good = r->load[load].source != FPT_INTERN_NONE;
            }
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && !good) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

static const struct {
    const char *sql;
    bool (*take)(struct table *, const fpt_rows *, size_t, struct stamp);
} tables[] = {
    [FPTI_RELATION] = {"SELECT load, line, subject, kind, object, share, "
                       "valid_from, valid_to FROM relation",
                       take_relation},
    [FPTI_NAME] = {"SELECT load, line, code, kind, name, valid_from, valid_to "
                   "FROM name",
                   take_naming},
    [FPTI_ALIAS] = {"SELECT load, line, code, system, other, kind, valid_from "
                    "FROM alias",
                    take_alias},
    [FPTI_ROLE] = {"SELECT load, line, code, role, legal_from, legal_to, "
                   "operational_from, operational_to FROM role",
                   take_role},
    [FPTI_SUCCESSION] = {"SELECT load, line, predecessor, successor, on_date "
                         "FROM succession",
                         take_succession},
};

/* Facts of loads that could not be known by the registry's day are left. */
fpt_status fpti_read_table(fpt_registry *r, enum fpti_table which,
                           const char *where, size_t count,
                           const fpt_bind *binds, fpt_error *err)
{
    struct table table = {.r = r};
    fpt_arena scratch;
    fpt_rows rows;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    const fpt_str sql =
        fpt_str_print(&scratch, "%s%s", tables[which].sql, where);
    fpt_status status = sql.data == NULL
                            ? no_memory(err)
                            : fpt_store_query(r->warehouse, &scratch, sql.data,
                                              count, binds, &rows, err);
    if (status == FPT_OK) {
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t i = 0; i < rows.count && good; i++) {
                const size_t load = (size_t)rows.column[0].whole[i];
                if (load >= r->loads || r->load[load].source == FPT_INTERN_NONE)
                    continue;
                good = tables[which].take(
                    &table, &rows, i,
                    (struct stamp){.load = (int32_t)load,
                                   .known = r->load[load].known,
                                   .line = rows.column[1].whole[i]});
            }
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && !good) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

/* ---- orders ---- */

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

static int by_object(const void *left, const void *right)
{
    const struct relation *a = left, *b = right;
    COMPARE(a->object, b->object);
    return by_subject(left, right);
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

static int by_code(const void *left, const void *right)
{
    const struct alias *a = left, *b = right;
    COMPARE(a->code, b->code);
    return by_other(left, right);
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

static int by_new(const void *left, const void *right)
{
    const struct succession *a = left, *b = right;
    COMPARE(a->new, b->new);
    return by_old(left, right);
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

/* Where each body's facts begin. `key` gives the body of fact i. */
#define INDEX(r, out, count, array, member)                                    \
    do {                                                                       \
        uint32_t *first_ = FPT_NEW(&(r)->arena, uint32_t, bodies + 1);         \
        if (first_ == NULL) return no_memory(err);                             \
        for (size_t i = 0; i < (count); i++)                                   \
            first_[(array)[i].member + 1]++;                                   \
        for (size_t i = 0; i < bodies; i++)                                    \
            first_[i + 1] += first_[i];                                        \
        (out).first = first_;                                                  \
    } while (0)

fpt_status fpti_sort_and_index(fpt_registry *r, fpt_error *err)
{
    const size_t bodies = r->codes.count;
    r->member = FPT_NEW(&r->arena, struct relation, r->relations);
    r->alias_of = FPT_NEW(&r->arena, struct alias, r->aliases);
    r->preceding = FPT_NEW(&r->arena, struct succession, r->successions);
    if (r->member == NULL || r->alias_of == NULL || r->preceding == NULL)
        return no_memory(err);
    if (r->relations > 0) {
        qsort(r->relation, r->relations, sizeof *r->relation, by_subject);
        order_objects(r);
        memcpy(r->member, r->relation, r->relations * sizeof *r->member);
        qsort(r->member, r->relations, sizeof *r->member, by_object);
    }
    if (r->namings > 0)
        qsort(r->naming, r->namings, sizeof *r->naming, by_named);
    if (r->aliases > 0) {
        qsort(r->alias, r->aliases, sizeof *r->alias, by_other);
        memcpy(r->alias_of, r->alias, r->aliases * sizeof *r->alias_of);
        qsort(r->alias_of, r->aliases, sizeof *r->alias_of, by_code);
    }
    if (r->roles > 0) qsort(r->role, r->roles, sizeof *r->role, by_role);
    if (r->successions > 0) {
        qsort(r->succession, r->successions, sizeof *r->succession, by_old);
        memcpy(r->preceding, r->succession,
               r->successions * sizeof *r->preceding);
        qsort(r->preceding, r->successions, sizeof *r->preceding, by_new);
    }
    INDEX(r, r->of_relation, r->relations, r->relation, subject);
    INDEX(r, r->of_member, r->relations, r->member, object);
    INDEX(r, r->of_naming, r->namings, r->naming, body);
    INDEX(r, r->of_alias, r->aliases, r->alias, other);
    INDEX(r, r->of_alias_of, r->aliases, r->alias_of, code);
    INDEX(r, r->of_role, r->roles, r->role, body);
    INDEX(r, r->of_succession, r->successions, r->succession, old);
    INDEX(r, r->of_preceding, r->successions, r->preceding, new);
    return FPT_OK;
}

/* ---- atoms, and the days on which their areas may change ---- */

struct coded {
    fpt_str code;
    uint32_t id;
};

static int by_text(const void *left, const void *right)
{
    return fpt_str_compare(((const struct coded *)left)->code,
                           ((const struct coded *)right)->code);
}

static int by_day(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static fpt_status find_atoms(fpt_registry *r, bool *is_area, fpt_error *err)
{
    const uint16_t kind = fpti_word(r, r->tiers->atom);
    struct coded *found = FPT_NEW(&r->arena, struct coded, r->codes.count);
    if (found == NULL) return no_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < r->namings; i++) {
        const uint32_t body = r->naming[i].body;
        if (r->naming[i].kind != kind || is_area[body]) continue;
        is_area[body] = true;
        found[count++] = (struct coded){r->codes.text[body], body};
    }
    if (count > 0) qsort(found, count, sizeof *found, by_text);
    r->atom = FPT_NEW(&r->arena, fpt_body, count);
    if (r->atom == NULL) return no_memory(err);
    for (size_t i = 0; i < count; i++)
        r->atom[i].id = found[i].id;
    r->atoms = count;
    return FPT_OK;
}

static bool add_epoch(fpt_registry *r, size_t *capacity, int32_t day)
{
    if (day == FPT_DATE_MAX_DAYS) return true;
    for (size_t i = 0; i < r->epochs; i++)
        if (r->epoch[i] == day) return true;
    if (!FPT_RESERVE(&r->arena, r->epoch, r->epochs, *capacity)) return false;
    r->epoch[r->epochs++] = day;
    return true;
}

static fpt_status find_epochs(fpt_registry *r, fpt_error *err)
{
    bool *is_area = FPT_NEW(&r->arena, bool, r->codes.count);
    if (is_area == NULL) return no_memory(err);
    FPT_TRY(find_atoms(r, is_area, err));
    /* What atoms belong to, and what that belongs to, are areas too, as far as
     * memberships are followed, and whatever code they are called by. */
    for (int step = 0; step < FPTI_MOST_DEPTH; step++) {
        for (size_t i = 0; i < r->relations; i++)
            if (is_area[r->relation[i].subject])
                is_area[r->relation[i].object] = true;
        for (size_t i = 0; i < r->aliases; i++)
            if (is_area[r->alias[i].other]) is_area[r->alias[i].code] = true;
    }
    size_t capacity = 0;
    bool good = true;
    for (size_t i = 0; i < r->relations && good; i++)
        if (is_area[r->relation[i].subject])
            good = add_epoch(r, &capacity, r->relation[i].from) &&
                   add_epoch(r, &capacity, r->relation[i].to);
    /* A way through an area asks what the area is called, and of which kind. */
    for (size_t i = 0; i < r->namings && good; i++)
        if (is_area[r->naming[i].body])
            good = add_epoch(r, &capacity, r->naming[i].from) &&
                   add_epoch(r, &capacity, r->naming[i].to);
    for (size_t i = 0; i < r->aliases && good; i++)
        if (is_area[r->alias[i].code] || is_area[r->alias[i].other])
            good = add_epoch(r, &capacity, r->alias[i].from);
    if (!good) return no_memory(err);
    if (r->epochs > 0) qsort(r->epoch, r->epochs, sizeof *r->epoch, by_day);
    return FPT_OK;
}

fpt_status fpti_read_begin(fpt_registry *r, fpt_error *err)
{
    r->codes = fpt_intern_make(&r->arena);
    r->names = fpt_intern_make(&r->arena);
    r->words = fpt_intern_make(&r->arena);
    r->sources = fpt_intern_make(&r->arena);
    return read_loads(r, err);
}

fpt_status fpti_read_all(fpt_registry *r, fpt_error *err)
{
    FPT_TRY(fpti_read_begin(r, err));
    /* Rows come in the order of loading, which numbers codes the same way each
     * time; they are sorted afterwards. */
    for (int i = 0; i < FPTI_TABLES; i++)
        FPT_TRY(fpti_read_table(r, (enum fpti_table)i, "", 0, NULL, err));
    FPT_TRY(fpti_sort_and_index(r, err));
    return find_epochs(r, err);
}
