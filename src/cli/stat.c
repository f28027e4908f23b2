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

fpt_status run_stat(cli_call *call, fpt_error *err)
{
    fpt_filter *filter;
    /* Nothing is changed here: when nobody reads on, there is no work left. */
    signal(SIGPIPE, SIG_DFL);
    FPT_TRY(fpt_filter_open(call->arena, call->count, call->argument, &filter,
                            err));
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
