/*
 * Columns by name: which of the input's a method reads, which results it writes,
 * and where the two would clash.
 */
#include <stdio.h>

#include "filter_i.h"

/* ---- in ---- */

/* Where the heading that stands for `name` is looked for: --columns x=deaths. */
static fpt_str heading_of(const fpti_run *run, const char *name)
{
    fpt_str rest = {NULL, 0};
    if (fpti_is_set(run, FPTI_OPTION_COLUMNS))
        rest = fpt_str_from(fpti_option(run, FPTI_OPTION_COLUMNS));
    while (rest.data != NULL) {
        fpt_str heading = fpt_str_cut(&rest, ',');
        const fpt_str key = fpt_str_cut(&heading, '=');
        if (heading.data != NULL && fpt_str_equal(key, fpt_str_from(name)))
            return heading;
    }
    return fpt_str_from(name);
}

/* SIZE_MAX: it is not there. */
static fpt_status find_column(const fpti_run *run, fpt_str heading,
                              size_t *column, fpt_error *err)
{
    *column = SIZE_MAX;
    for (size_t i = 0; i < run->header_count; i++) {
        if (!fpt_str_equal(run->header[i], heading)) continue;
        if (*column != SIZE_MAX)
            return fpti_fail_cell(run, 1, NULL, err,
                                  "two columns are called \"" FPT_STR_FMT
                                  "\"; which is meant?",
                                  FPT_STR_ARG(heading));
        *column = i;
    }
    return FPT_OK;
}

bool fpti_has_column(const fpti_run *run, const char *name)
{
    const fpt_str heading = heading_of(run, name);
    for (size_t i = 0; i < run->header_count; i++)
        if (fpt_str_equal(run->header[i], heading)) return true;
    return false;
}

static fpt_status missing_column(const fpti_run *run, fpt_str heading,
                                 fpt_error *err)
{
    return fpti_fail_cell(run, 1, NULL, err,
                          "there is no column \"" FPT_STR_FMT
                          "\"; %s reads %s (other headings: --columns)",
                          FPT_STR_ARG(heading), run->method->name,
                          run->method->inputs);
}

static fpt_status add_slot(fpti_run *run, fpti_slot *slots, size_t *count,
                           const char *name, fpti_rule rule, bool needed,
                           int *out, fpt_error *err)
{
    const fpt_str heading = heading_of(run, name);
    size_t column;
    *out = FPTI_NONE;
    FPT_TRY(find_column(run, heading, &column, err));
    if (column == SIZE_MAX)
        return needed ? missing_column(run, heading, err) : FPT_OK;
    slots[*count] = (fpti_slot){.name = name, .column = column, .rule = rule};
    *out = (int)(*count)++;
    return FPT_OK;
}

fpt_status fpti_need(fpti_run *run, const char *name, fpti_rule rule, int *slot,
                     fpt_error *err)
{
    FPT_REQUIRE(run->slot_count < FPTI_SLOTS);
    return add_slot(run, run->slot, &run->slot_count, name, rule, true, slot,
                    err);
}

fpt_status fpti_may_need(fpti_run *run, const char *name, fpti_rule rule,
                         int *slot, fpt_error *err)
{
    FPT_REQUIRE(run->slot_count < FPTI_SLOTS);
    return add_slot(run, run->slot, &run->slot_count, name, rule, false, slot,
                    err);
}

fpt_status fpti_need_text(fpti_run *run, const char *name, int *text,
                          fpt_error *err)
{
    FPT_REQUIRE(run->text_count < FPTI_TEXTS);
    return add_slot(run, run->text, &run->text_count, name, FPTI_NUMBER, true,
                    text, err);
}

fpt_status fpti_may_need_text(fpti_run *run, const char *name, int *text,
                              fpt_error *err)
{
    FPT_REQUIRE(run->text_count < FPTI_TEXTS);
    return add_slot(run, run->text, &run->text_count, name, FPTI_NUMBER, false,
                    text, err);
}

static fpt_status read_by(fpti_run *run, fpt_error *err)
{
    if (!fpti_is_set(run, FPTI_OPTION_BY)) return FPT_OK;
    fpt_str rest = fpt_str_from(fpti_option(run, FPTI_OPTION_BY));
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_trim(fpt_str_cut(&rest, ','));
        size_t column;
        FPT_TRY(find_column(run, word, &column, err));
        if (column == SIZE_MAX)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--by: %s has no column \"" FPT_STR_FMT "\"",
                            run->input_name, FPT_STR_ARG(word));
        for (size_t i = 0; i < run->by_count; i++)
            if (run->by_column[i] == column)
                return fpt_fail(err, FPT_ERR_USAGE,
                                "--by names \"" FPT_STR_FMT "\" twice",
                                FPT_STR_ARG(word));
        if (run->by_count == FPTI_BY_MOST)
            return fpt_fail(err, FPT_ERR_USAGE, "--by takes at most %d columns",
                            (int)FPTI_BY_MOST);
        run->by_column[run->by_count++] = column;
    }
    return FPT_OK;
}

/* Each pair of --columns must say something. */
static fpt_status check_columns(const fpti_run *run, fpt_error *err)
{
    fpt_str rest = {NULL, 0};
    if (fpti_is_set(run, FPTI_OPTION_COLUMNS))
        rest = fpt_str_from(fpti_option(run, FPTI_OPTION_COLUMNS));
    while (rest.data != NULL) {
        fpt_str heading = fpt_str_cut(&rest, ',');
        const fpt_str key = fpt_str_cut(&heading, '=');
        size_t column;
        if (heading.data == NULL || key.len == 0)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--columns is a list such as x=deaths,n=people");
        FPT_TRY(find_column(run, heading, &column, err));
        if (column == SIZE_MAX)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--columns: %s has no column \"" FPT_STR_FMT "\"",
                            run->input_name, FPT_STR_ARG(heading));
    }
    return FPT_OK;
}

fpt_status fpti_header_read(fpti_run *run, const fpt_csv *csv, fpt_error *err)
{
    run->header_count = csv->count;
    run->header = FPT_NEW(run->arena, fpt_str, csv->count);
    run->dropped = FPT_NEW(run->arena, bool, csv->count);
    if (run->header == NULL || run->dropped == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < csv->count; i++) {
        run->header[i] = fpt_str_keep(run->arena, csv->field[i]);
        if (run->header[i].data == NULL) return fpti_no_memory(err);
    }
    FPT_TRY(check_columns(run, err));
    FPT_TRY(find_column(run, FPT_STR("status"), &run->status_column, err));
    return read_by(run, err);
}

/* ---- out ---- */

static int add_result(fpti_run *run, const char *name, fpt_str level,
                      fpti_kind kind)
{
    FPT_REQUIRE(run->result_count < FPTI_RESULTS);
    const char *prefix = fpti_option(run, FPTI_OPTION_PREFIX);
    fpti_result *result = &run->result[run->result_count];
    /* Without memory the name has no data: fpti_header_write() looks. */
    *result =
        (fpti_result){.name = fpt_str_print(run->arena, "%s%s" FPT_STR_FMT,
                                            prefix != NULL ? prefix : "", name,
                                            FPT_STR_ARG(level)),
                      .kind = kind};
    return (int)run->result_count++;
}

int fpti_result_add(fpti_run *run, const char *name, fpti_kind kind)
{
    return add_result(run, name, FPT_STR(""), kind);
}

int fpti_result_same(fpti_run *run, const char *name, const char *word)
{
    const int result = fpti_result_add(run, name, FPTI_IS_SAME);
    run->result[result].as.same = word;
    return result;
}

int fpti_result_limits(fpti_run *run, const char *name)
{
    const int first = (int)run->result_count;
    for (size_t k = 0; k < run->level_count; k++) {
        char lower[64], upper[64];
        snprintf(lower, sizeof lower, "%slower_", name);
        snprintf(upper, sizeof upper, "%supper_", name);
        add_result(run, lower, run->level_name[k], FPTI_IS_NUMBER);
        add_result(run, upper, run->level_name[k], FPTI_IS_NUMBER);
    }
    return first;
}

struct fpti_tail fpti_result_tail(fpti_run *run, const char *method)
{
    struct fpti_tail tail = {FPTI_NONE, FPTI_NONE, FPTI_NONE, FPTI_NONE};
    if (run->zero_slot != FPTI_NONE)
        tail.assumed = fpti_result_add(run, "n_assumed_zero", FPTI_IS_NUMBER);
    if (run->skip_missing)
        tail.missing = fpti_result_add(run, "n_missing", FPTI_IS_NUMBER);
    tail.method = method != NULL ? fpti_result_same(run, "method", method)
                                 : fpti_result_add(run, "method", FPTI_IS_WORD);
    tail.status = fpti_result_add(run, "status", FPTI_IS_WORD);
    return tail;
}

static bool is_result(const fpti_run *run, fpt_str name)
{
    for (size_t i = 0; i < run->result_count; i++)
        if (fpt_str_equal(run->result[i].name, name)) return true;
    return false;
}

static bool is_read(const fpti_run *run, size_t column)
{
    if (column == run->status_column) return true;
    for (size_t i = 0; i < run->slot_count; i++)
        if ((int)i != run->assumed_slot && run->slot[i].column == column)
            return true;
    for (size_t i = 0; i < run->text_count; i++)
        if (run->text[i].column == column) return true;
    return false;
}

static bool is_by(const fpti_run *run, size_t column)
{
    for (size_t i = 0; i < run->by_count; i++)
        if (run->by_column[i] == column) return true;
    return false;
}

fpt_status fpti_header_write(fpti_run *run, fpt_error *err)
{
    for (size_t i = 0; i < run->result_count; i++)
        if (run->result[i].name.data == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < run->header_count; i++) {
        const bool written = run->rows_out || is_by(run, i);
        if (!written || !is_result(run, run->header[i])) continue;
        /* What the method reads, and the status, it replaces. */
        if (run->rows_out && is_read(run, i) && !is_by(run, i)) {
            run->dropped[i] = true;
            run->drops = true;
            continue;
        }
        return fpt_fail(err, FPT_ERR_USAGE,
                        "%s has a column \"" FPT_STR_FMT
                        "\", which is also a result of %s: give the results "
                        "another name with --prefix, such as --prefix %s_",
                        run->input_name, FPT_STR_ARG(run->header[i]),
                        run->method->name, run->method->name);
    }
    return fpti_print_header(run, err);
}
