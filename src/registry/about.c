/*
 * One body, and no more than answers questions about it. What it belongs to,
 * whom it stands for and who came after are followed in the warehouse, step by
 * step, until nothing new is named; then the facts about these codes are read as
 * the whole registry would read them.
 */
#include "registry_i.h"

/* Codes that one body may lead to, and codes in one statement. A body that leads
 * to more is none that a page or a person asks for. */
enum { MOST_CODES = 400 };

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

struct near {
    fpt_registry *r;
    fpt_arena arena;
    fpt_intern codes; /* the body's own is the first */
    fpt_bind bind[MOST_CODES];
    bool too_many;
};

/* "$1, $2 ..." for the codes from `first` on, and their values. */
static fpt_str list_of(struct near *n, size_t first, size_t *count)
{
    fpt_strbuf list = fpt_strbuf_make(&n->arena);
    *count = n->codes.count - first;
    for (size_t i = 0; i < *count; i++) {
        fpt_strbuf_print(&list, "%s$%zu", i == 0 ? "" : ", ", i + 1);
        n->bind[i] = fpt_bind_text(n->codes.text[first + i]);
    }
    return list.failed ? (fpt_str){0} : fpt_strbuf_view(&list);
}

/* What the codes from `first` on lead to, one step further. */
static fpt_status step(struct near *n, size_t first, fpt_error *err)
{
    size_t count;
    fpt_rows rows;
    const fpt_str list = list_of(n, first, &count);
    const fpt_str sql = fpt_str_print(
        &n->arena,
        "SELECT object FROM relation WHERE subject IN (%s) UNION "
        "SELECT code FROM alias WHERE other IN (%s) UNION "
        "SELECT successor FROM succession WHERE predecessor IN (%s) ORDER BY 1",
        list.data, list.data, list.data);
    if (list.data == NULL || sql.data == NULL) return no_memory(err);
    FPT_TRY(fpt_store_query(n->r->warehouse, &n->arena, sql.data, count,
                            n->bind, &rows, err));
    bool good = true;
    while (good && !n->too_many && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good && !n->too_many; i++) {
            good = fpt_intern_add(&n->codes, rows.column[0].text[i]) !=
                   FPT_INTERN_NONE;
            n->too_many = n->codes.count > MOST_CODES;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    return good ? FPT_OK : no_memory(err);
}

static fpt_status read_where(struct near *n, enum fpti_table table,
                             const char *format, fpt_error *err)
{
    size_t count;
    const fpt_str list = list_of(n, 0, &count);
    /* Each statement names the list at its end. Rows come as they were loaded:
     * of two facts of one line the later may count. */
    const fpt_str where = fpt_str_print(
        &n->arena, " WHERE %s (%s) ORDER BY rowid", format, list.data);
    if (list.data == NULL || where.data == NULL) return no_memory(err);
    return fpti_read_table(n->r, table, where.data, count, n->bind, err);
}

static fpt_status read_facts(struct near *n, bool members, fpt_error *err)
{
    /* $1 is the body. A member's own facts say until when it was one. */
    FPT_TRY(read_where(
        n, FPTI_RELATION,
        members ? "subject IN (SELECT subject FROM relation WHERE object = $1) "
                  "OR subject IN"
                : "subject IN",
        err));
    FPT_TRY(read_where(
        n, FPTI_NAME,
        members
            ? "code IN (SELECT subject FROM relation WHERE object = $1 UNION "
              "SELECT predecessor FROM succession WHERE successor = $1 UNION "
              "SELECT other FROM alias WHERE code = $1) OR code IN"
            : "code IN (SELECT predecessor FROM succession WHERE successor = "
              "$1 UNION SELECT other FROM alias WHERE code = $1) OR code IN",
        err));
    FPT_TRY(read_where(n, FPTI_ALIAS, "code = $1 OR other IN", err));
    const fpt_bind body = n->bind[0];
    FPT_TRY(
        fpti_read_table(n->r, FPTI_ROLE, " WHERE code = $1", 1, &body, err));
    return read_where(n, FPTI_SUCCESSION, "successor = $1 OR predecessor IN",
                      err);
}

static fpt_status read_near(struct near *n, fpt_str code, bool members,
                            bool *enough, fpt_error *err)
{
    n->codes = fpt_intern_make(&n->arena);
    if (fpt_intern_add(&n->codes, code) == FPT_INTERN_NONE)
        return no_memory(err);
    FPT_TRY(fpti_read_begin(n->r, err));
    for (size_t first = 0; first < n->codes.count && !n->too_many;) {
        const size_t next = n->codes.count;
        FPT_TRY(step(n, first, err));
        first = next;
    }
    if (n->too_many) return FPT_OK;
    FPT_TRY(read_facts(n, members, err));
    FPT_TRY(fpti_sort_and_index(n->r, err));
    *enough = fpt_body_is(fpt_reg_find(n->r, code));
    return FPT_OK;
}

fpt_status fpti_read_about(fpt_registry *r, fpt_str code, bool members,
                           bool *enough, fpt_error *err)
{
    struct near n = {.r = r};
    *enough = false;
    FPT_TRY(fpt_arena_init(&n.arena, NULL));
    const fpt_status status = read_near(&n, code, members, enough, err);
    fpt_arena_clear(&n.arena);
    return status;
}
