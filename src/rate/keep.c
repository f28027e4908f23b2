/*
 * Rows into the warehouse and back. Which member of the structure is which
 * column stands in one list, in the order of the table, so that writing and
 * reading cannot differ.
 */
#include <stddef.h>

#include "rate_i.h"

struct field {
    fpt_type type; /* DATE: an int32 of days */
    size_t offset;
    const char *name;
};

#define TEXT(of, column, member)                                               \
    {                                                                          \
        FPT_TYPE_TEXT, offsetof(of, member), column                            \
    }
#define WHOLE(of, column, member)                                              \
    {                                                                          \
        FPT_TYPE_INT, offsetof(of, member), column                             \
    }
#define REAL(of, column, member)                                               \
    {                                                                          \
        FPT_TYPE_DOUBLE, offsetof(of, member), column                          \
    }
#define DATE(of, column, member)                                               \
    {                                                                          \
        FPT_TYPE_DATE, offsetof(of, member), column                            \
    }

#define R fpt_rating
static const struct field rating_field[] = {
    TEXT(R, "framework", framework),
    TEXT(R, "version", version),
    TEXT(R, "weights", weights),
    TEXT(R, "view", view),
    TEXT(R, "place", place),
    TEXT(R, "name", name),
    TEXT(R, "place_group", group),
    DATE(R, "period_from", period.from.days),
    DATE(R, "period_to", period.to.days),
    WHOLE(R, "position", position),
    TEXT(R, "item", item),
    TEXT(R, "title", title),
    TEXT(R, "level", level),
    TEXT(R, "parent", parent),
    TEXT(R, "unit", unit),
    REAL(R, "value", value),
    REAL(R, "lower", lower),
    REAL(R, "upper", upper),
    TEXT(R, "value_from", from),
    REAL(R, "beside", beside),
    TEXT(R, "beside_from", beside_from),
    REAL(R, "score", score),
    REAL(R, "score_lower", score_lower),
    REAL(R, "score_upper", score_upper),
    REAL(R, "weight", weight),
    REAL(R, "contribution", contribution),
    WHOLE(R, "category_number", category_number),
    TEXT(R, "category", category),
    REAL(R, "category_chance", category_chance),
    REAL(R, "rank", rank),
    REAL(R, "rank_lower", rank_lower),
    REAL(R, "rank_upper", rank_upper),
    WHOLE(R, "ranked", ranked),
    WHOLE(R, "present", present),
    WHOLE(R, "asked", asked),
    TEXT(R, "rules", rules),
    REAL(R, "published_score", published_score),
    REAL(R, "published_rank", published_rank),
    WHOLE(R, "published_number", published_number),
    TEXT(R, "published_category", published_category),
    TEXT(R, "status", status),
    TEXT(R, "category_status", category_status),
    TEXT(R, "grade", grade),
    TEXT(R, "text", text),
};
#undef R
#define C fpt_rating_chance
static const struct field chance_field[] = {
    TEXT(C, "framework", framework),
    TEXT(C, "version", version),
    TEXT(C, "weights", weights),
    TEXT(C, "view", view),
    TEXT(C, "place", place),
    DATE(C, "period_from", period.from.days),
    DATE(C, "period_to", period.to.days),
    TEXT(C, "item", item),
    WHOLE(C, "category_number", category_number),
    TEXT(C, "category", category),
    REAL(C, "chance", chance),
};
#undef C

/* A kind of row: its table and its fields. */
struct kind {
    const char *table;
    size_t fields, size;
    const struct field *field;
    const char *order;
};

static const struct kind ratings_kind = {
    "rating", sizeof rating_field / sizeof *rating_field, sizeof(fpt_rating),
    rating_field,
    "framework, version, weights, view, period_from, period_to, place_group, "
    "place, position"};
static const struct kind chances_kind = {
    "rating_chance", sizeof chance_field / sizeof *chance_field,
    sizeof(fpt_rating_chance), chance_field,
    "framework, version, weights, view, period_from, period_to, place, item, "
    "category_number"};

/* ---- writing ---- */

static fpt_status fill_column(fpt_arena *arena, const struct kind *kind,
                              const struct field *field, size_t count,
                              const char *rows, fpt_column *out, fpt_error *err)
{
    int64_t *whole = NULL;
    double *real = NULL;
    fpt_str *text = NULL;
    if (field->type == FPT_TYPE_TEXT)
        text = FPT_NEW(arena, fpt_str, count);
    else if (field->type == FPT_TYPE_DOUBLE)
        real = FPT_NEW(arena, double, count);
    else
        whole = FPT_NEW(arena, int64_t, count);
    if (whole == NULL && real == NULL && text == NULL)
        return fpti_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const char *at = rows + i * kind->size + field->offset;
        int32_t days;
        if (text != NULL)
            memcpy(&text[i], at, sizeof *text);
        else if (real != NULL)
            memcpy(&real[i], at, sizeof *real);
        else if (field->type == FPT_TYPE_INT)
            memcpy(&whole[i], at, sizeof *whole);
        else
            memcpy(&days, at, sizeof days), whole[i] = days;
    }
    *out = (fpt_column){
        .type = field->type, .whole = whole, .real = real, .text = text};
    return FPT_OK;
}

static fpt_status append(fpt_store *warehouse, fpt_arena *arena,
                         const struct kind *kind, size_t count,
                         const char *rows, fpt_error *err)
{
    fpt_appender *appender;
    fpt_column *column = FPT_NEW(arena, fpt_column, kind->fields);
    if (column == NULL) return fpti_no_memory(err);
    for (size_t k = 0; k < kind->fields; k++)
        FPT_TRY(fill_column(arena, kind, &kind->field[k], count, rows,
                            &column[k], err));
    FPT_TRY(fpt_append_open(warehouse, arena, kind->table, &appender, err));
    const fpt_status status =
        fpt_append_rows(appender, count, kind->fields, column, err);
    const fpt_status closed =
        fpt_append_close(appender, status == FPT_OK ? err : NULL);
    return status != FPT_OK ? status : closed;
}

/* What was stored of the same run; rows of one run lie by period. */
static fpt_status remove_old(fpt_store *warehouse, const fpt_ratings *ratings,
                             fpt_error *err)
{
    static const char *const sql[] = {
        "DELETE FROM rating WHERE framework = $1 AND version = $2 AND weights "
        "= $3 AND view = $4 AND period_from = $5 AND period_to = $6",
        "DELETE FROM rating_chance WHERE framework = $1 AND version = $2 AND "
        "weights = $3 AND view = $4 AND period_from = $5 AND period_to = $6"};
    for (size_t i = 0; i < ratings->count; i++) {
        const fpt_rating *r = &ratings->rating[i];
        if (i > 0 && fpt_period_equal(r->period, r[-1].period)) continue;
        const fpt_bind binds[] = {
            fpt_bind_text(r->framework),   fpt_bind_text(r->version),
            fpt_bind_text(r->weights),     fpt_bind_text(r->view),
            fpt_bind_date(r->period.from), fpt_bind_date(r->period.to)};
        for (size_t k = 0; k < 2; k++)
            FPT_TRY(fpt_store_run(warehouse, sql[k], 6, binds, err));
    }
    return FPT_OK;
}

fpt_status fpt_rate_store(fpt_store *warehouse, const fpt_ratings *ratings,
                          fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(remove_old(warehouse, ratings, err));
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = append(warehouse, &arena, &ratings_kind, ratings->count,
                               (const char *)ratings->rating, err);
    if (status == FPT_OK && ratings->chances > 0)
        status = append(warehouse, &arena, &chances_kind, ratings->chances,
                        (const char *)ratings->chance, err);
    fpt_arena_clear(&arena);
    return status;
}

/* ---- reading ---- */

/* "SELECT ... WHERE framework = $1 AND ..."; every condition has its $n. */
static fpt_str question(fpt_arena *arena, const struct kind *kind,
                        const fpt_rate_filter *f, fpt_bind *binds,
                        size_t *count)
{
    const struct {
        const char *column;
        fpt_str text;
        bool here;
    } words[] = {{"framework", f->framework, true},
                 {"version", f->version, true},
                 {"weights", f->weights, true},
                 {"view", f->view, true},
                 {"place", f->place, true},
                 {"item", f->item, true},
                 {"level", f->level, kind == &ratings_kind}};
    fpt_strbuf sql = fpt_strbuf_make(arena);
    fpt_strbuf_add(&sql, FPT_STR("SELECT "));
    for (size_t k = 0; k < kind->fields; k++)
        fpt_strbuf_print(&sql, "%s%s", k > 0 ? ", " : "", kind->field[k].name);
    fpt_strbuf_print(&sql, " FROM %s", kind->table);
    *count = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].text.len == 0 || !words[i].here) continue;
        fpt_strbuf_print(&sql, " %s %s = $%zu", *count == 0 ? "WHERE" : "AND",
                         words[i].column, *count + 1);
        binds[(*count)++] = fpt_bind_text(words[i].text);
    }
    if (f->has_period) {
        fpt_strbuf_print(&sql, " %s period_from = $%zu AND period_to = $%zu",
                         *count == 0 ? "WHERE" : "AND", *count + 1, *count + 2);
        binds[(*count)++] = fpt_bind_date(f->period.from);
        binds[(*count)++] = fpt_bind_date(f->period.to);
    }
    fpt_strbuf_print(&sql, " ORDER BY %s", kind->order);
    return sql.failed ? (fpt_str){NULL, 0} : fpt_strbuf_view(&sql);
}

static bool take_cell(fpt_arena *arena, const struct field *field,
                      const fpt_cells *cells, size_t row, char *at)
{
    switch (field->type) {
    case FPT_TYPE_TEXT: {
        const fpt_str text = cells->null[row]
                                 ? FPT_STR("")
                                 : fpt_str_keep(arena, cells->text[row]);
        memcpy(at, &text, sizeof text);
        return text.data != NULL;
    }
    case FPT_TYPE_DOUBLE: {
        const double real = cells->null[row] ? (double)NAN : cells->real[row];
        memcpy(at, &real, sizeof real);
        return true;
    }
    case FPT_TYPE_DATE: {
        const int32_t days = (int32_t)cells->whole[row];
        memcpy(at, &days, sizeof days);
        return true;
    }
    case FPT_TYPE_INT:
    case FPT_TYPE_BLOB:
        break;
    }
    const int64_t whole = cells->null[row] ? 0 : cells->whole[row];
    memcpy(at, &whole, sizeof whole);
    return true;
}

static fpt_status read_rows(fpt_store *warehouse, fpt_arena *arena,
                            const struct kind *kind,
                            const fpt_rate_filter *filter, size_t *count,
                            char **out, fpt_error *err)
{
    fpt_bind binds[16];
    size_t bound, used = 0, capacity = 0;
    fpt_rows rows;
    char *list = NULL;
    bool good = true;
    const fpt_str sql = question(arena, kind, filter, binds, &bound);
    if (sql.data == NULL) return fpti_no_memory(err);
    FPT_TRY(
        fpt_store_query(warehouse, arena, sql.data, bound, binds, &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            if (used == capacity) {
                const size_t more = capacity == 0 ? 256 : 2 * capacity;
                list = fpt_arena_grow(arena, list, capacity, more, kind->size);
                good = list != NULL;
                if (!good) break;
                capacity = more;
            }
            for (size_t k = 0; k < kind->fields && good; k++)
                good =
                    take_cell(arena, &kind->field[k], &rows.column[k], i,
                              list + used * kind->size + kind->field[k].offset);
            used++;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    if (!good) return fpti_no_memory(err);
    *count = used;
    *out = list;
    return FPT_OK;
}

fpt_status fpt_rate_read(fpt_store *warehouse, fpt_arena *arena,
                         const fpt_rate_filter *filter, size_t *count,
                         fpt_rating **out, fpt_error *err)
{
    char *rows;
    FPT_TRY(
        read_rows(warehouse, arena, &ratings_kind, filter, count, &rows, err));
    *out = (fpt_rating *)(void *)rows;
    return FPT_OK;
}

fpt_status fpt_rate_read_chances(fpt_store *warehouse, fpt_arena *arena,
                                 const fpt_rate_filter *filter, size_t *count,
                                 fpt_rating_chance **out, fpt_error *err)
{
    char *rows;
    FPT_TRY(
        read_rows(warehouse, arena, &chances_kind, filter, count, &rows, err));
    *out = (fpt_rating_chance *)(void *)rows;
    return FPT_OK;
}
