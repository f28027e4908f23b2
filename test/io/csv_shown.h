/* Shows everything that a CSV reader says as one text: "LINE|field|field\n" for
 * a record, " !FIELD fault" behind it when its quoting is wrong, and at the end
 * the message, if it did not end well. */
#ifndef FPT_TEST_CSV_SHOWN_H
#define FPT_TEST_CSV_SHOWN_H

#include "outside.h"

static inline void show_field(fpt_strbuf *text, fpt_str field)
{
    fpt_strbuf_add_char(text, '|');
    for (size_t i = 0; i < field.len; i++) {
        if (field.data[i] == '\n')
            fpt_strbuf_add(text, FPT_STR("\\n"));
        else if (field.data[i] == '\r')
            fpt_strbuf_add(text, FPT_STR("\\r"));
        else
            fpt_strbuf_add_char(text, field.data[i]);
    }
}

/* Read to the end and show it. */
static inline fpt_str show(fpt_arena *arena, fpt_input *input,
                           const fpt_csv_options *options)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    fpt_error err = {FPT_OK, "untouched"};
    fpt_csv csv;
    fpt_status status = fpt_csv_open(arena, input, options, &csv, &err);
    while (status == FPT_OK && fpt_csv_next(&csv)) {
        assert_true(csv.count > 0);
        fpt_strbuf_print(&text, "%d", (int)csv.line);
        for (size_t i = 0; i < csv.count; i++)
            show_field(&text, csv.field[i]);
        if (csv.fault != NULL) {
            assert_true(csv.fault_field < csv.count);
            fpt_strbuf_print(&text, " !%d %s", (int)csv.fault_field, csv.fault);
        }
        fpt_strbuf_add_char(&text, '\n');
    }
    if (status == FPT_OK) {
        status = fpt_csv_status(&csv, &err);
        assert_false(fpt_csv_next(&csv)); /* the end stays the end */
        assert_int_equal(fpt_csv_status(&csv, NULL), status);
    }
    if (status != FPT_OK) {
        assert_int_equal(err.code, status);
        fpt_strbuf_print(&text, "%s\n", err.text);
    } else {
        assert_string_equal(err.text, "untouched");
    }
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

static inline fpt_str show_memory(fpt_arena *arena, fpt_str bytes,
                                  const fpt_csv_options *options)
{
    fpt_input *input;
    assert_ok(fpt_input_open_memory(arena, "t.csv", bytes, &input, NULL));
    const fpt_str shown = show(arena, input, options);
    fpt_input_close(input);
    return shown;
}

static inline fpt_str show_fed(fpt_arena *arena, fpt_str bytes,
                               const fpt_csv_options *options, size_t most_step)
{
    struct feeder feeder;
    fpt_input *input;
    const int descriptor = feeder_begin(&feeder, bytes, most_step);
    assert_ok(
        fpt_input_open_descriptor(arena, "t.csv", descriptor, &input, NULL));
    const fpt_str shown = show(arena, input, options);
    fpt_input_close(input);
    feeder_end(&feeder);
    return shown;
}

#endif /* FPT_TEST_CSV_SHOWN_H */
