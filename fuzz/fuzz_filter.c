/*
 * Any bytes at all through any filter, under options chosen by the first bytes.
 * Either it is refused and has written nothing, or every line of output has as
 * many cells as the header, and one thread gives what many give.
 */
#include "fuzz.h"

#include <stdio.h>

#include "fpt/filter.h"

static const char *const calls[] = {
    "proportion",    "rate",
    "dsr",           "isr",
    "smr",           "mean",
    "quantile",      "life-expectancy",
    "sii",           "concentration-index",
    "funnel-limits", "funnel-assess",
    "compare",       "trend",
    "spc",
};

/* One bit each of what follows the name. */
static const char *const options[] = {
    "--by=g",
    "--keep-going",
    "--missing-as-zero",
    "--skip-missing",
    "--attach",
    "--confidence=95,99.8,0.3",
    "--prefix=p_",
    "--overdispersion=additive",
    "--statistic=rate",
    "--of=rate",
    "--benchmark=1",
    "--rest",
    "--type=rate",
    "--transform",
    "--chart=p",
    "--rules=anhoej",
    "--improve=down",
    "--rebase=3",
    "--method=exact",
    "--method=poisson",
    "--points=7",
    "--at=0,5",
    "--min-events=0",
    "--min-points=2",
    "--screen=on",
    "--to=a",
    "--fdr",
    "--groups=3",
    "--draws=1000",
    "--min-population=1",
    "--observed-total",
    "--propose",
};

enum { OPTIONS = sizeof options / sizeof *options };

struct outcome {
    fpt_status status;
    fpt_str out;
    bool found_wrong;
};

static struct outcome run(fpt_arena *arena, uint32_t which, unsigned name,
                          const char *threads, fpt_str in)
{
    const char *argument[OPTIONS + 4];
    size_t count = 0;
    const size_t methods = sizeof calls / sizeof *calls;
    argument[count++] = calls[name % methods];
    argument[count++] = threads;
    if (name % methods == 7 && name / methods % 2 == 1)
        argument[count++] = "--healthy";
    for (size_t i = 0; i < OPTIONS; i++)
        if ((which >> i & 1U) != 0) argument[count++] = options[i];
    struct outcome o = {.out = FPT_STR("")};
    fpt_filter *filter;
    fpt_input *input;
    fpt_error err = {0};
    o.status = fpt_filter_open(arena, count, argument, &filter, &err);
    if (o.status != FPT_OK) {
        FPT_REQUIRE(o.status == FPT_ERR_USAGE && err.text[0] != '\0');
        return o;
    }
    FPT_REQUIRE(fpt_input_open_memory(arena, "in", in, &input, &err) == FPT_OK);
    fpt_output out = fpt_output_memory(arena);
    fpt_report notes = fpt_report_make(arena);
    o.status =
        fpt_filter_run(filter, input, &out, &notes, &o.found_wrong, &err);
    fpt_input_close(input);
    FPT_REQUIRE(fpt_output_finish(&out, "out", &err) == FPT_OK);
    o.out = fpt_strbuf_view(&out.text);
    if (o.status != FPT_OK) {
        FPT_REQUIRE(o.status == FPT_ERR_USAGE || o.status == FPT_ERR_INPUT);
        FPT_REQUIRE(err.text[0] != '\0' && o.out.len == 0);
    }
    return o;
}

static void check_shape(fpt_arena *arena, fpt_str out)
{
    fpt_input *input;
    fpt_csv csv;
    const fpt_csv_options plain = fpt_csv_options_default();
    FPT_REQUIRE(fpt_input_open_memory(arena, "out", out, &input, NULL) ==
                FPT_OK);
    FPT_REQUIRE(fpt_csv_open(arena, input, &plain, &csv, NULL) == FPT_OK);
    size_t cells = 0;
    while (fpt_csv_next(&csv)) {
        FPT_REQUIRE(csv.fault == NULL);
        if (cells == 0) cells = csv.count;
        FPT_REQUIRE(csv.count == cells);
    }
    FPT_REQUIRE(fpt_csv_status(&csv, NULL) == FPT_OK);
    fpt_input_close(input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 6) return 0;
    /* Two words of options that must both say yes: few at a time. */
    uint32_t which;
    memcpy(&which, data + 1, sizeof which);
    which &= which >> 7 | (uint32_t)data[5] << 24;
    const fpt_str in = fuzz_text(data + 6, size - 6);
    fpt_arena arena = fuzz_arena();
    const struct outcome one = run(&arena, which, data[0], "--threads=1", in);
    if (one.status == FPT_OK) {
        check_shape(&arena, one.out);
    }
    /* Threads are slow to start: one input in 32 is enough. */
    if (one.status == FPT_OK && size % 32 == 0) {
        const struct outcome many =
            run(&arena, which, data[0], "--threads=3", in);
        FPT_REQUIRE(many.status == FPT_OK && fpt_str_equal(one.out, many.out));
    }
    fpt_arena_clear(&arena);
    return 0;
}
