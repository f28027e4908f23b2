/*
 * footprint NOUN VERB: find the command, take the call apart, run it, and end
 * with one of the agreed exit codes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

const cli_command cli_commands[] = {
#define COMMAND(name, run, arguments, options, summary, example)               \
    {name, run, arguments, options, summary, example},
#include "commands.def"
#undef COMMAND
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

const cli_flag cli_options[] = {
#define OPTION(name, letter, argument, help) {name, letter, argument, help},
#include "options.def"
#undef OPTION
};
const size_t cli_option_count = sizeof cli_options / sizeof *cli_options;

/* The one place that looks at the clock; SOURCE_DATE_EPOCH stands in for it
 * where a build or a test must come out the same on any day. */
static fpt_date today(void)
{
    int64_t seconds = (int64_t)time(NULL);
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    int64_t epoch;
    if (fixed != NULL && fpt_parse_int64(fpt_str_from(fixed), &epoch) &&
        epoch >= 0)
        seconds = epoch;
    return (fpt_date){(int32_t)(seconds / 86400)};
}

static fpt_status choose_color(cli_call *call, fpt_error *err)
{
    const char *when = cli_option(call, "color");
    if (when == NULL || strcmp(when, "auto") == 0) {
        const char *no_color = getenv("NO_COLOR");
        call->color =
            (no_color == NULL || no_color[0] == '\0') && isatty(STDERR_FILENO);
    } else if (strcmp(when, "always") == 0 || strcmp(when, "never") == 0) {
        call->color = strcmp(when, "always") == 0;
    } else {
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--color is auto, always or never, not \"%s\"", when);
    }
    return FPT_OK;
}

static int end(const cli_call *call, fpt_status status, const fpt_error *err)
{
    if (status == FPT_OK) return call->found_wrong ? 1 : 0;
    const char *red = call->color ? "\033[1;31m" : "";
    const char *plain = call->color ? "\033[0m" : "";
    fprintf(stderr, "%sfootprint:%s %s\n", red, plain,
            err->text[0] != '\0' ? err->text : fpt_status_text(status));
    if (status == FPT_ERR_USAGE && call->command != NULL)
        fprintf(stderr, "Try: footprint %s --help\n", call->command->name);
    return fpt_status_exit_code(status);
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Whoever read our output had enough, as `head` has: no fault, and nobody left
 * to be told. The work is done; we end as other filters do. */
static void end_by_pipe(void)
{
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

static fpt_status run(cli_call *call, int argc, char **argv, fpt_error *err)
{
    if (argc < 2 || is_help(argv[1]) || strcmp(argv[1], "help") == 0) {
        cli_overview(call->out);
        return FPT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) return run_version(call, err);

    int words = 0;
    call->command = cli_find(argc - 1, argv + 1, &words);
    if (call->command == NULL)
        return argc == 3 && is_help(argv[2]) &&
                       cli_noun_help(argv[1], call->out)
                   ? FPT_OK
                   : cli_no_command(call, argv[1], argc > 2 ? argv[2] : NULL,
                                    err);
    FPT_TRY(cli_parse(call, argc - 1 - words, argv + 1 + words, err));
    call->quiet = cli_option(call, "quiet") != NULL;
    FPT_TRY(choose_color(call, err));
    if (cli_option(call, "help") != NULL) {
        cli_help(call->command, call->out);
        return FPT_OK;
    }
    return call->command->run(call, err);
}

int main(int argc, char **argv)
{
    /* A reader that goes away must not end us in the middle of the work. */
    signal(SIGPIPE, SIG_IGN);

    fpt_arena arena;
    fpt_output out;
    fpt_error err = {0};
    cli_call call = {.today = today()};
    if (fpt_arena_init(&arena, NULL) != FPT_OK ||
        fpt_output_open(&arena, STDOUT_FILENO, &out) != FPT_OK) {
        fputs("footprint: no memory\n", stderr);
        return fpt_status_exit_code(FPT_ERR_MEMORY);
    }
    call.arena = &arena;
    call.out = &out;

    fpt_status status = run(&call, argc, argv, &err);
    fpt_error write_error = {0};
    const fpt_status wrote =
        fpt_output_finish(&out, "standard output", &write_error);
    if (status == FPT_OK && wrote != FPT_OK) {
        status = wrote;
        err = write_error;
    }
    if (out.failed && out.failure == EPIPE) end_by_pipe();
    const int code = end(&call, status, &err);
    fpt_arena_clear(&arena);
    return code;
}
