/* What the tests of the warehouse's side share: a workspace of their own, packs
 * and files written by the test, and tables read back as text. */
#ifndef FPT_TEST_WAREHOUSE_H
#define FPT_TEST_WAREHOUSE_H

#include "io/outside.h"

#include "fpt/workspace.h"

/* ---- rows as text ---- */

static inline void add_cell(fpt_strbuf *out, const fpt_cells *cell, size_t row)
{
    if (cell->null[row]) {
        fpt_strbuf_add_char(out, '-');
        return;
    }
    char text[FPT_NUMBER_BYTES];
    switch (cell->type) {
    case FPT_TYPE_INT:
        fpt_strbuf_print(out, "%lld", (long long)cell->whole[row]);
        break;
    case FPT_TYPE_DATE: {
        char date[FPT_DATE_BYTES];
        fpt_date_print((fpt_date){(int32_t)cell->whole[row]}, date);
        fpt_strbuf_print(out, "%s", date);
        break;
    }
    case FPT_TYPE_DOUBLE:
        fpt_print_double(cell->real[row], text);
        fpt_strbuf_print(out, "%s", text);
        break;
    case FPT_TYPE_TEXT:
        fpt_strbuf_add(out, cell->text[row]);
        break;
    case FPT_TYPE_BLOB:
        for (size_t i = 0; i < cell->text[row].len; i++)
            fpt_strbuf_print(out, "%02x",
                             (unsigned char)cell->text[row].data[i]);
        break;
    }
}

/* The answer to a question: cells parted by blanks, rows by "; ", null as -. */
static inline fpt_str answer(fpt_store *store, fpt_arena *arena,
                             const char *sql)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    fpt_rows rows;
    fpt_error err = {0};
    bool first = true;
    assert_ok_or(fpt_store_query(store, arena, sql, 0, NULL, &rows, &err), err);
    while (fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count; r++, first = false) {
            if (!first) fpt_strbuf_add(&text, FPT_STR("; "));
            for (size_t c = 0; c < rows.columns; c++) {
                if (c > 0) fpt_strbuf_add_char(&text, ' ');
                add_cell(&text, &rows.column[c], r);
            }
        }
    assert_ok_or(fpt_rows_close(&rows, &err), err);
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

static inline int64_t ask(fpt_store *store, const char *sql)
{
    int64_t out;
    fpt_error err = {0};
    assert_ok_or(fpt_store_ask_int(store, sql, 0, NULL, INT64_MIN, &out, &err),
                 err);
    return out;
}

#define assert_answer(store, arena, sql, literal)                              \
    assert_str(answer((store), (arena), (sql)), (literal))

/* Run a statement that must succeed. */
static inline void run(fpt_store *store, const char *sql)
{
    fpt_error err = {0};
    assert_ok_or(fpt_store_run(store, sql, 0, NULL, &err), err);
}

/* Does the sentence hold the words? */
#define assert_says(err, words)                                                \
    do {                                                                       \
        if (strstr((err).text, (words)) == NULL)                               \
            fail_msg("\"%s\" does not say \"%s\"", (err).text, (words));       \
    } while (0)

#define assert_refused(expression, expected, err, words)                       \
    do {                                                                       \
        const fpt_status refused_ = (expression);                              \
        if (refused_ != (expected))                                            \
            fail_msg("%s: %s, expected %s (%s)", #expression,                  \
                     fpt_status_text(refused_), fpt_status_text(expected),     \
                     refused_ == FPT_OK ? "" : (err).text);                    \
        assert_says(err, words);                                               \
    } while (0)

/* ---- a store of its own ---- */

static inline fpt_store *store_in_memory(fpt_store_kind kind)
{
    fpt_store_options options = fpt_store_options_default(kind);
    options.threads = 1;
    fpt_store *store;
    fpt_error err = {0};
    assert_ok_or(fpt_store_open(NULL, &options, &store, &err), err);
    return store;
}

/* ---- a date, as a test writes it ---- */

static inline fpt_date day(const char *text)
{
    fpt_date date;
    assert_true(fpt_date_parse(fpt_str_from(text), FPT_DATE_ISO, &date));
    return date;
}

/* ---- packs and a workspace in the test's folder ---- */

/* Write FOLDER/KIND/NAME/1/pack.yaml. */
static inline void put_pack(struct place *place, const char *folder,
                            const char *kind, const char *name,
                            const char *yaml)
{
    const fpt_str below =
        fpt_str_print(&place->arena, "%s/%s/%s/1", folder, kind, name);
    assert_non_null(below.data);
    assert_ok(fpt_folder_make(in(place, below.data), NULL));
    put(place, fpt_str_print(&place->arena, "%s/pack.yaml", below.data).data,
        fpt_str_from(yaml));
}

/* Where put_pack(place, "packs", ...) put them. */
static inline fpt_pack_path packs_of(struct place *place)
{
    const char **folder = FPT_NEW(&place->arena, const char *, 1);
    assert_non_null(folder);
    folder[0] = in(place, "packs");
    return (fpt_pack_path){1, folder};
}

/* The project's own packs: tests run in the root of the repository. */
static inline fpt_pack_path project_packs(void)
{
    static const char *const folder[] = {"packs"};
    return (fpt_pack_path){1, folder};
}

static inline void make_workspace(struct place *place, const char *name)
{
    fpt_error err = {0};
    assert_ok_or(fpt_workspace_init(in(place, name), day("2024-01-01"), &err),
                 err);
}

static inline fpt_workspace open_workspace(struct place *place,
                                           const char *name)
{
    fpt_workspace workspace;
    fpt_error err = {0};
    assert_ok_or(fpt_workspace_open(in(place, name), false, &workspace, &err),
                 err);
    return workspace;
}

#endif /* FPT_TEST_WAREHOUSE_H */
