/* What the tests of loading share: a workspace, packs that the test writes, and
 * files loaded in one line. */
#ifndef FPT_TEST_LOADING_H
#define FPT_TEST_LOADING_H

#include "warehouse.h"

#include "fpt/ingest.h"

struct loading {
    struct place *place;
    fpt_workspace w;
    bool open;
    fpt_pack_path packs;
    fpt_error err;
    fpt_load_result *results; /* of the last call */
};

/* A pack of beds, with every word for none. */
#define BEDS_PACK                                                              \
    "recognise: {header: [trust, month, beds]}\n"                              \
    "columns:\n"                                                               \
    "  trust: {type: code, names: [trust], needed: yes}\n"                     \
    "  month: {type: period, names: [month], needed: yes}\n"                   \
    "  sector: {type: text, names: [sector], required: no}\n"                  \
    "  beds: {type: int, names: [beds], missing: ['-'], suppressed: ['*', "    \
    "'<5', c]}\n"                                                              \
    "  note: {type: text, names: [note], required: no}\n"                      \
    "facts:\n"                                                                 \
    "  - fact: datum\n"                                                        \
    "    series: test.beds\n"                                                  \
    "    unit: beds\n"                                                         \
    "    about: Beds.\n"                                                       \
    "    place: trust\n"                                                       \
    "    period: month\n"                                                      \
    "    value: beds\n"

static inline int set_up_loading(void **state)
{
    void *place = NULL;
    if (set_up_place(&place) != 0) return -1;
    struct loading *l = calloc(1, sizeof *l);
    *state = l;
    if (l == NULL) return -1;
    l->place = place;
    make_workspace(l->place, "w");
    l->w = open_workspace(l->place, "w");
    l->open = true;
    l->packs = packs_of(l->place);
    return 0;
}

static inline int tear_down_loading(void **state)
{
    struct loading *l = *state;
    if (l->open) fpt_workspace_close(&l->w);
    void *place = l->place;
    free(l);
    return tear_down_place(&place);
}

static inline void reopen(struct loading *l)
{
    if (l->open) fpt_workspace_close(&l->w);
    l->w = open_workspace(l->place, "w");
    l->open = true;
}

/* A source pack: what every pack must say, and the rest. */
static inline void put_source(struct loading *l, const char *name,
                              const char *rest)
{
    const fpt_str yaml = fpt_str_print(&l->place->arena,
                                       "title: A test\npublisher: Nobody\n"
                                       "licence: none\nabout: Made up.\n%s",
                                       rest);
    assert_non_null(yaml.data);
    put_pack(l->place, "packs", "sources", name, yaml.data);
}

static inline fpt_load_options load_options(const struct loading *l)
{
    return (fpt_load_options){.struct_size = sizeof(fpt_load_options),
                              .packs = l->packs,
                              .today = day("2024-06-01")};
}

static inline fpt_status load_files(struct loading *l, size_t count,
                                    const fpt_load_file *files)
{
    const fpt_load_options options = load_options(l);
    l->err = (fpt_error){0};
    return fpt_load(&l->w, &l->place->arena, &options, count, files,
                    &l->results, &l->err);
}

/* Write a file and load it; the result of a good load. */
static inline fpt_load_result load_text(struct loading *l, const char *name,
                                        const char *text)
{
    const fpt_load_file file = {.path =
                                    put(l->place, name, fpt_str_from(text))};
    assert_ok_or(load_files(l, 1, &file), l->err);
    return l->results[0];
}

/* Write a file, which must be refused with these words. */
static inline void load_refused(struct loading *l, const char *name,
                                fpt_str bytes, fpt_status expected,
                                const char *words)
{
    const fpt_load_file file = {.path = put(l->place, name, bytes)};
    assert_refused(load_files(l, 1, &file), expected, l->err, words);
}

#define assert_warehouse(l, sql, literal)                                      \
    assert_answer((l)->w.warehouse, &(l)->place->arena, (sql), (literal))

/* All numbers: place, first day, stratum, value and status, by series. */
#define ALL_DATA                                                               \
    "SELECT s.name, p.code, d.period_from, d.period_to, d.stratum, d.value, "  \
    "d.status, d.line FROM datum d JOIN series s ON s.series = d.series JOIN " \
    "place p ON p.place = d.place ORDER BY d.load, d.line, s.name, d.stratum"

/* Every row of every table of the warehouse, as one text. */
static inline fpt_str dump_warehouse(struct loading *l)
{
    size_t count;
    const fpt_table *table = fpt_tables(&count);
    fpt_strbuf text = fpt_strbuf_make(&l->place->arena);
    for (size_t i = 0; i < count; i++) {
        if (table[i].kind != FPT_WAREHOUSE) continue;
        const fpt_str sql = fpt_str_print(
            &l->place->arena, "SELECT * FROM %s ORDER BY ALL", table[i].name);
        fpt_strbuf_print(
            &text, "%s: " FPT_STR_FMT "\n", table[i].name,
            FPT_STR_ARG(answer(l->w.warehouse, &l->place->arena, sql.data)));
    }
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

static inline void assert_same_dump(fpt_str before, fpt_str after)
{
    if (fpt_str_equal(before, after)) return;
    size_t at = 0;
    while (at < before.len && at < after.len &&
           before.data[at] == after.data[at])
        at++;
    const size_t from = at > 60 ? at - 60 : 0;
    fail_msg("before: %.*s\nafter:  %.*s",
             FPT_STR_ARG(fpt_str_slice(before, from, 200)),
             FPT_STR_ARG(fpt_str_slice(after, from, 200)));
}

#endif /* FPT_TEST_LOADING_H */
