/* footprint stat NAME [options]: every statistic as a filter. The library reads,
 * computes and writes; here are standard input, output and error. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli.h"
#include "fpt/filter.h"

static void say_notes(const fpt_report *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        fprintf(stderr, "footprint stat: %s: " FPT_STR_FMT "\n",
                fpt_severity_text(notes->finding[i].severity),
                FPT_STR_ARG(notes->finding[i].text));
}

/* --no-input, --color and --format, which every command has, are taken out of
 * the words before the statistic sees them. A filter never asks, writes CSV and
 * nothing else; its colour is that of messages, of which it has none. */
static fpt_status take_common(cli_call *call, size_t *count, fpt_error *err)
{
    static const struct {
        const char *name, *words;
    } known[] = {{"--color", "auto always never"}, {"--format", "csv"}};
    size_t kept = 0;
    for (size_t i = 0; i < call->count; i++) {
        fpt_str value = fpt_str_from(call->argument[i]);
        const fpt_str name = fpt_str_cut(&value, '=');
        const char *words = NULL;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (fpt_str_equal(name, fpt_str_from(known[k].name)))
                words = known[k].words;
        if (fpt_str_equal(name, FPT_STR("--no-input")) && value.data == NULL)
            continue;
        if (words == NULL) {
            call->argument[kept++] = call->argument[i];
            continue;
        }
        if (value.data == NULL && i + 1 < call->count)
            value = fpt_str_from(call->argument[++i]);
        bool good = false;
        fpt_str rest = fpt_str_from(words);
        while (rest.data != NULL)
            good |= fpt_str_equal(fpt_str_cut(&rest, ' '), value);
        if (!good)
            return fpt_fail(err, FPT_ERR_USAGE,
                            FPT_STR_FMT " of a statistic is one of: %s",
                            FPT_STR_ARG(name), words);
    }
    *count = kept;
    return FPT_OK;
}

fpt_status run_stat(cli_call *call, fpt_error *err)
{
    fpt_filter *filter;
    size_t count = 0;
    /* Nothing is changed here: when nobody reads on, there is no work left. */
    signal(SIGPIPE, SIG_DFL);
    FPT_TRY(take_common(call, &count, err));
    FPT_TRY(fpt_filter_open(call->arena, count, call->argument, &filter, err));
    if (fpt_filter_wants_help(filter)) {
        fpt_filter_help(filter, call->out);
        return FPT_OK;
    }
    fpt_input *input;
    FPT_TRY(fpt_input_open_descriptor(call->arena, "standard input",
                                      STDIN_FILENO, &input, err));
    fpt_report notes = fpt_report_make(call->arena);
    const fpt_status status = fpt_filter_run(filter, input, call->out, &notes,
                                             &call->found_wrong, err);
    fpt_input_close(input);
    if (!fpt_filter_is_quiet(filter)) say_notes(&notes);
    return status;
}
