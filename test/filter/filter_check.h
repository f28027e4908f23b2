/* Running a filter within a test: text in, text out. */
#ifndef FPT_TEST_FILTER_CHECK_H
#define FPT_TEST_FILTER_CHECK_H

#include "check.h"

#include "filter_i.h"

enum { MOST_WORDS = 40 };

struct ran {
    size_t large_at; /* bytes that are large to the engine; 0: as usual */
    fpt_arena arena;
    fpt_status status;
    bool found_wrong;
    fpt_str out;
    fpt_error err;
    fpt_report notes;
};

/* `call`: words separated by blanks. Into a caller's arena. */
static inline fpt_status run_into(fpt_arena *arena, const char *call,
                                  fpt_str in, struct ran *ran)
{
    const char *word[MOST_WORDS];
    size_t words = 0;
    fpt_str rest = fpt_str_from(call);
    while (rest.data != NULL) {
        const fpt_str next = fpt_str_cut(&rest, ' ');
        if (next.len == 0) continue;
        assert_true(words < MOST_WORDS);
        word[words] = fpt_str_copy(arena, next);
        if (word[words++] == NULL) return FPT_ERR_MEMORY;
    }
    fpt_filter *filter;
    fpt_input *input;
    FPT_TRY(fpt_filter_open(arena, words, word, &filter, &ran->err));
    if (ran->large_at > 0) fpti_filter_large_at(filter, ran->large_at);
    fpt_output out = fpt_output_memory(arena);
    if (fpt_filter_wants_help(filter)) {
        fpt_filter_help(filter, &out);
    } else {
        FPT_TRY(fpt_input_open_memory(arena, "in.csv", in, &input, &ran->err));
        ran->notes = fpt_report_make(arena);
        const fpt_status status = fpt_filter_run(
            filter, input, &out, &ran->notes, &ran->found_wrong, &ran->err);
        fpt_input_close(input);
        ran->out = fpt_strbuf_view(&out.text);
        FPT_TRY(status);
    }
    FPT_TRY(fpt_output_finish(&out, "out.csv", &ran->err));
    ran->out = fpt_strbuf_view(&out.text);
    return FPT_OK;
}

static inline struct ran run_filter_large_at(size_t bytes, const char *call,
                                             fpt_str in)
{
    struct ran ran = {.large_at = bytes, .out = FPT_STR("")};
    assert_ok(fpt_arena_init(&ran.arena, NULL));
    ran.status = run_into(&ran.arena, call, in, &ran);
    return ran;
}

static inline struct ran run_filter(const char *call, fpt_str in)
{
    return run_filter_large_at(0, call, in);
}

/* The whole output, for small inputs that are good. */
#define assert_filter(call, in, want)                                          \
    do {                                                                       \
        struct ran ran_ = run_filter((call), fpt_str_from(in));                \
        if (ran_.status != FPT_OK) fail_msg("%s: %s", (call), ran_.err.text);  \
        if (!fpt_str_equal(ran_.out, fpt_str_from(want)))                      \
            fail_msg("%s gives\n%.*s", (call), FPT_STR_ARG(ran_.out));         \
        fpt_arena_clear(&ran_.arena);                                          \
    } while (0)

/* A failure: its status, what its message must hold, and no output. */
#define assert_refused(call, in, want_status, words)                           \
    do {                                                                       \
        struct ran ran_ = run_filter((call), fpt_str_from(in));                \
        if (ran_.status != (want_status))                                      \
            fail_msg("%s ends with %s: %s\n%.*s", (call),                      \
                     fpt_status_text(ran_.status), ran_.err.text,              \
                     FPT_STR_ARG(ran_.out));                                   \
        if (strstr(ran_.err.text, (words)) == NULL)                            \
            fail_msg("%s: \"%s\" does not hold \"%s\"", (call), ran_.err.text, \
                     (words));                                                 \
        if (ran_.out.len != 0)                                                 \
            fail_msg("%s wrote %.*s", (call), FPT_STR_ARG(ran_.out));          \
        fpt_arena_clear(&ran_.arena);                                          \
    } while (0)

/* A cell of the output by row (from 1) and heading. */
static inline fpt_str cell_at(const struct ran *ran, size_t row,
                              const char *heading)
{
    fpt_str rest = ran->out;
    fpt_str header = fpt_str_cut(&rest, '\n'), line = header;
    for (size_t i = 0; i < row; i++)
        line = fpt_str_cut(&rest, '\n');
    if (line.data == NULL) fail_msg("there is no row %zu", row);
    while (header.data != NULL) {
        const fpt_str name = fpt_str_cut(&header, ',');
        const fpt_str cell = fpt_str_cut(&line, ',');
        if (fpt_str_equal(name, fpt_str_from(heading))) return cell;
    }
    fail_msg("there is no column %s in %.*s", heading, FPT_STR_ARG(ran->out));
    return (fpt_str){NULL, 0};
}

static inline double number_at(const struct ran *ran, size_t row,
                               const char *heading)
{
    double x = (double)NAN;
    const fpt_str cell = cell_at(ran, row, heading);
    if (cell.len > 0 && !fpt_parse_double(cell, &x))
        fail_msg("%s of row %zu is \"%.*s\"", heading, row, FPT_STR_ARG(cell));
    return x;
}

#define assert_cell(ran, row, heading, want)                                   \
    do {                                                                       \
        const fpt_str cell_ = cell_at((ran), (row), (heading));                \
        if (!fpt_str_equal(cell_, fpt_str_from(want)))                         \
            fail_msg("row %d, %s: \"%.*s\", expected \"%s\"", (int)(row),      \
                     (heading), FPT_STR_ARG(cell_), (want));                   \
    } while (0)

#endif /* FPT_TEST_FILTER_CHECK_H */
