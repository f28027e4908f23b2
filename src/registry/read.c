/*
 * From the warehouse into memory: every fact that could be known by the
 * registry's day.
 */
#include "registry_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

/* ---- cells ---- */

enum { MOST_COLUMNS = 8, RECENT = 4 };

/* One table while it is read: how much room its facts have, and the numbers that
 * the last few texts of each column were given, for these come again and again:
 * the body of a line, the areas that its neighbours are in, the kinds of these. */
struct table {
    fpt_registry *r;
    size_t capacity;
    uint32_t recent[MOST_COLUMNS][RECENT];
    unsigned next[MOST_COLUMNS];
};

static bool number_of(struct table *t, fpt_intern *set, const fpt_rows *rows,
                      size_t c, size_t row, uint32_t *out)
{
    const fpt_str text = rows->column[c].text[row];
    for (size_t i = 0; i < RECENT; i++) {
        *out = t->recent[c][i];
        if (*out < set->count && fpt_str_equal(set->text[*out], text))
            return true;
    }
    *out = fpt_intern_add(set, text);
    t->recent[c][t->next[c]++ % RECENT] = *out;
    return *out != FPT_INTERN_NONE;
}

static bool body_of(struct table *t, const fpt_rows *rows, size_t c, size_t row,
                    uint32_t *out)
{
    return number_of(t, &t->r->codes, rows, c, row, out);
}

static bool word_of(struct table *t, const fpt_rows *rows, size_t c, size_t row,
                    uint16_t *out)
{
    uint32_t id;
    if (!number_of(t, &t->r->words, rows, c, row, &id)) return false;
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
    return body_of(t, rows, 2, i, &f->subject) &&
           word_of(t, rows, 3, i, &f->kind) &&
           body_of(t, rows, 4, i, &f->object);
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
    return body_of(t, rows, 2, i, &f->body) && word_of(t, rows, 3, i, &f->kind);
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
    return body_of(t, rows, 2, i, &f->code) &&
           word_of(t, rows, 3, i, &f->system) &&
           body_of(t, rows, 4, i, &f->other) &&
           word_of(t, rows, 5, i, &f->kind);
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
    return body_of(t, rows, 2, i, &f->body) && word_of(t, rows, 3, i, &f->role);
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
    return body_of(t, rows, 2, i, &f->old) && body_of(t, rows, 3, i, &f->new);
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
    const char *name, *sql;
    bool (*take)(struct table *, const fpt_rows *, size_t, struct stamp);
    size_t size;
} tables[] = {
    [FPTI_RELATION] = {"relation",
                       "SELECT load, line, subject, kind, object, share, "
                       "valid_from, valid_to FROM relation",
                       take_relation, sizeof(struct relation)},
    [FPTI_NAME] = {"name",
                   "SELECT load, line, code, kind, name, valid_from, valid_to "
                   "FROM name",
                   take_naming, sizeof(struct naming)},
    [FPTI_ALIAS] = {"alias",
                    "SELECT load, line, code, system, other, kind, valid_from "
                    "FROM alias",
                    take_alias, sizeof(struct alias)},
    [FPTI_ROLE] = {"role",
                   "SELECT load, line, code, role, legal_from, legal_to, "
                   "operational_from, operational_to FROM role",
                   take_role, sizeof(struct role)},
    [FPTI_SUCCESSION] = {"succession",
                         "SELECT load, line, predecessor, successor, on_date "
                         "FROM succession",
                         take_succession, sizeof(struct succession)},
};

/* Room for all facts of a table at once: to grow step by step would leave as much
 * memory behind as they need. */
static fpt_status make_room(struct table *table, enum fpti_table which,
                            fpt_error *err)
{
    fpt_registry *r = table->r;
    int64_t rows;
    void *room = NULL;
    const fpt_str sql =
        fpt_str_print(&r->arena, "SELECT count(*) FROM %s", tables[which].name);
    if (sql.data == NULL) return no_memory(err);
    FPT_TRY(fpt_store_ask_int(r->warehouse, sql.data, 0, NULL, 0, &rows, err));
    if (rows == 0) return FPT_OK;
    table->capacity = (size_t)rows;
    room = fpt_arena_allocate_raw(&r->arena, (size_t)rows, tables[which].size);
    if (room == NULL) return no_memory(err);
    switch (which) {
    case FPTI_RELATION:
        r->relation = room;
        break;
    case FPTI_NAME:
        r->naming = room;
        break;
    case FPTI_ALIAS:
        r->alias = room;
        break;
    case FPTI_ROLE:
        r->role = room;
        break;
    case FPTI_SUCCESSION:
        r->succession = room;
        break;
    case FPTI_TABLES:
        break;
    }
    return FPT_OK;
}

/* Facts of loads that could not be known by the registry's day are left. */
fpt_status fpti_read_table(fpt_registry *r, enum fpti_table which,
                           const char *where, size_t count,
                           const fpt_bind *binds, fpt_error *err)
{
    fpt_arena scratch;
    struct table table = {.r = r};
    fpt_rows rows;
    if (count == 0) FPT_TRY(make_room(&table, which, err));
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
    return fpti_find_epochs(r, err);
}
