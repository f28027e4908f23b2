/*
 * One run of a filter: header, rows, groups, results.
 */
#include <inttypes.h>

#include "filter_i.h"

enum { BLOCK_ROWS = 1 << 14 };

struct fpt_filter {
    const fpti_method *method; /* NULL: help on all of them */
    const char *value[FPTI_OPTIONS];
    fpt_arena *arena;
    size_t large_bytes;
};

static const fpti_method methods[] = {
#define METHOD(name, id, summary, inputs, outputs, options, call, in, out,     \
               source)                                                         \
    {name, summary, inputs, outputs, options,                                  \
     call, in,      out,    source,  fpti_work_##id},
#include "methods.def"
#undef METHOD
};

size_t fpti_method_count(void)
{
    return sizeof methods / sizeof *methods;
}

const fpti_method *fpti_method_at(size_t index)
{
    FPT_REQUIRE(index < fpti_method_count());
    return &methods[index];
}

static const fpti_method *find_method(const char *name)
{
    for (size_t i = 0; i < fpti_method_count(); i++)
        if (strcmp(methods[i].name, name) == 0) return &methods[i];
    return NULL;
}

fpt_status fpt_filter_open(fpt_arena *arena, size_t count,
                           const char *const *argument, fpt_filter **out,
                           fpt_error *err)
{
    fpt_filter *filter = FPT_NEW(arena, fpt_filter, 1);
    if (filter == NULL) return fpti_no_memory(err);
    filter->arena = arena;
    filter->large_bytes = FPTI_LARGE_BYTES;
    const bool help = count == 0 || strcmp(argument[0], "--help") == 0 ||
                      strcmp(argument[0], "-h") == 0;
    if (!help) {
        filter->method = find_method(argument[0]);
        if (filter->method == NULL)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "there is no statistic \"%s\"; footprint stat "
                            "--help lists them",
                            argument[0]);
        FPT_TRY(fpti_options_parse(filter->method, count - 1, argument + 1,
                                   filter->value, err));
    }
    *out = filter;
    return FPT_OK;
}

void fpti_filter_large_at(fpt_filter *filter, size_t bytes)
{
    filter->large_bytes = bytes;
}

bool fpt_filter_wants_help(const fpt_filter *filter)
{
    return filter->method == NULL || filter->value[FPTI_OPTION_HELP] != NULL;
}

bool fpt_filter_is_quiet(const fpt_filter *filter)
{
    return filter->value[FPTI_OPTION_QUIET] != NULL;
}

void fpt_filter_help(const fpt_filter *filter, fpt_output *out)
{
    if (filter->method == NULL)
        fpti_help_list(out);
    else
        fpti_help_method(filter->method, out);
}

/* ---- a run ---- */

static fpt_status prepare(fpti_run *run, const fpt_csv *csv, fpt_error *err)
{
    FPT_TRY(fpti_header_read(run, csv, err));
    fpti_watch_begin(run);
    int64_t threads = 0;
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_THREADS, 1, 64, &threads, err));
    run->threads = (unsigned)threads;
    run->attach = fpti_is_set(run, FPTI_OPTION_ATTACH);
    run->rows_out = run->attach;
    FPT_TRY(run->work->prepare(run, err));
    if (run->shape == FPTI_ROWS) run->rows_out = true;
    if (run->zero_slot != FPTI_NONE) {
        FPT_REQUIRE(run->slot_count < FPTI_SLOTS);
        run->assumed_slot = (int)run->slot_count++;
    }
    return fpti_header_write(run, err);
}

static bool is_blank(const fpti_run *run, const fpt_csv *csv)
{
    return csv->count == 1 && csv->field[0].len == 0 && run->header_count > 1;
}

static fpt_status check_record(const fpti_run *run, const fpt_csv *csv,
                               fpt_error *err)
{
    if (csv->fault != NULL)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: line %" PRId64 ": cell %zu: %s", run->input_name,
                        csv->line, csv->fault_field + 1, csv->fault);
    if (csv->count == run->header_count) return FPT_OK;
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s: line %" PRId64 ": has %zu cells, but the header has "
                    "%zu; quote cells that hold a comma",
                    run->input_name, csv->line, csv->count, run->header_count);
}

/* The row goes into its group's state and is forgotten, or into the batch. */
static fpt_status keep_row(fpti_run *run, const fpt_csv *csv, uint32_t group,
                           fpt_error *err)
{
    if (run->shape == FPTI_ROWS) {
        FPT_TRY(fpti_filter_keep(run, csv, 0, err));
        return run->batch.rows < BLOCK_ROWS ? FPT_OK
                                            : fpti_filter_flush(run, err);
    }
    fpti_group *g = &run->groups.group[group];
    g->rows++;
    run->groups.rows++;
    if (run->shape == FPTI_SUMS && !run->attach)
        return run->work->add(run, g->sums, err);
    return fpti_filter_keep(run, csv, group, err);
}

static fpt_status read_rows(fpti_run *run, fpt_csv *csv, fpt_error *err)
{
    uint32_t group = 0;
    while (fpt_csv_next(csv)) {
        if (is_blank(run, csv)) continue;
        FPT_TRY(check_record(run, csv, err));
        bool is_new;
        if (run->shape != FPTI_ROWS)
            FPT_TRY(fpti_group_of(run, csv, &group, &is_new, err));
        FPT_TRY(fpti_row_read(run, csv, err));
        FPT_TRY(keep_row(run, csv, group, err));
    }
    FPT_TRY(fpt_csv_status(csv, err));
    FPT_TRY(fpti_filter_flush(run, err));
    if (run->work->end != NULL) FPT_TRY(run->work->end(run, err));
    return fpti_sink_end(run, err);
}

static fpt_status read_all(fpti_run *run, fpt_input *input, fpt_error *err)
{
    const fpt_csv_options options = fpt_csv_options_default();
    fpt_csv csv;
    FPT_TRY(fpt_csv_open(run->arena, input, &options, &csv, err));
    if (!fpt_csv_next(&csv)) {
        FPT_TRY(fpt_csv_status(&csv, err));
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s is empty; expected a header with the columns %s",
                        run->input_name, run->method->inputs);
    }
    if (csv.fault != NULL)
        return fpt_fail(err, FPT_ERR_INPUT, "%s: line 1: cell %zu: %s",
                        run->input_name, csv.fault_field + 1, csv.fault);
    FPT_TRY(prepare(run, &csv, err));
    return read_rows(run, &csv, err);
}

fpt_status fpt_filter_run(fpt_filter *filter, fpt_input *input, fpt_output *out,
                          fpt_report *notes, bool *found_wrong, fpt_error *err)
{
    FPT_REQUIRE(filter->method != NULL);
    fpti_run *run = FPT_NEW(filter->arena, fpti_run, 1);
    if (run == NULL) return fpti_no_memory(err);
    run->method = filter->method;
    run->work = filter->method->work();
    run->option = filter->value;
    run->input_name = fpt_input_name(input);
    run->arena = filter->arena;
    run->large_bytes = filter->large_bytes;
    run->notes = notes;
    run->keep_going = fpti_is_set(run, FPTI_OPTION_KEEP_GOING);
    run->quiet = fpti_is_set(run, FPTI_OPTION_QUIET);
    run->verbose = fpti_is_set(run, FPTI_OPTION_VERBOSE);
    run->zero_slot = run->assumed_slot = FPTI_NONE;

    fpt_status status = fpti_print_open(run, out, err);
    if (status == FPT_OK) status = fpti_groups_open(run, err);
    if (status == FPT_OK &&
        fpt_arena_init_like(&run->batch.arena, run->arena) != FPT_OK)
        status = fpti_no_memory(err);
    if (status == FPT_OK) status = read_all(run, input, err);
    if (status == FPT_OK && run->found_wrong) *found_wrong = true;
    fpt_arena_clear(&run->batch.arena);
    fpti_groups_clear(run);
    fpti_print_close(run);
    return status;
}
