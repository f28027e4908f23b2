/*
 * Arguments and options. Options may stand before, between or behind the
 * arguments; `--` ends them; --name=value and --name value are the same.
 */
#include <stdio.h>

#include "cli.h"

static int option_index(fpt_str name)
{
    for (size_t i = 0; i < cli_option_count; i++)
        if (fpt_str_equal(fpt_str_from(cli_options[i].name), name))
            return (int)i;
    return -1;
}

const char *cli_option(const cli_call *call, const char *name)
{
    const int index = option_index(fpt_str_from(name));
    FPT_REQUIRE(index >= 0);
    return call->value[index];
}

bool cli_takes(const cli_command *command, const char *option)
{
    static const char *const everywhere[] = {"help", "quiet", "color",
                                             "no-input"};
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
        if (strcmp(option, everywhere[i]) == 0) return true;
    fpt_str rest = fpt_str_from(command->options);
    while (rest.data != NULL)
        if (fpt_str_equal(fpt_str_cut(&rest, ' '), fpt_str_from(option)))
            return true;
    return false;
}

const cli_command *cli_find(int argc, char **argv, int *words)
{
    const cli_command *best = NULL;
    for (size_t i = 0; i < cli_command_count; i++) {
        fpt_str rest = fpt_str_from(cli_commands[i].name);
        int taken = 0;
        bool matches = true;
        while (rest.data != NULL && matches) {
            const fpt_str word = fpt_str_cut(&rest, ' ');
            matches =
                taken < argc && fpt_str_equal(word, fpt_str_from(argv[taken]));
            taken += matches ? 1 : 0;
        }
        if (matches && (best == NULL || taken > *words)) {
            best = &cli_commands[i];
            *words = taken;
        }
    }
    return best;
}

static fpt_status take_option(cli_call *call, int argc, char **argv, int *at,
                              fpt_error *err)
{
    const char *text = argv[*at];
    fpt_str name = {0}, value = {NULL, 0};
    int index = -1;
    if (text[1] == '-') {
        value = fpt_str_from(text + 2);
        name = fpt_str_cut(&value, '=');
        index = option_index(name);
    } else {
        name = fpt_str_from(text + 1);
        for (size_t i = 0; i < cli_option_count && name.len == 1; i++)
            if (cli_options[i].letter == text[1]) index = (int)i;
    }
    if (index < 0 || !cli_takes(call->command, cli_options[index].name))
        return fpt_fail(err, FPT_ERR_USAGE, "%s has no option %s",
                        call->command->name, text);
    const cli_flag *option = &cli_options[index];
    if (call->value[index] != NULL)
        return fpt_fail(err, FPT_ERR_USAGE, "--%s is given twice",
                        option->name);
    if (option->argument == NULL) {
        if (value.data != NULL)
            return fpt_fail(err, FPT_ERR_USAGE, "--%s takes no value",
                            option->name);
        call->value[index] = "";
        return FPT_OK;
    }
    if (value.data == NULL) {
        if (*at + 1 >= argc)
            return fpt_fail(err, FPT_ERR_USAGE, "--%s needs a %s", option->name,
                            option->argument);
        value = fpt_str_from(argv[++*at]);
    }
    call->value[index] = value.data; /* argv is NUL-terminated */
    return FPT_OK;
}

/* "ID [PERIOD]" and "PATH..." say how many arguments there may be. */
static fpt_status check_count(const cli_call *call, fpt_error *err)
{
    size_t least = 0, most = 0;
    fpt_str rest = fpt_str_from(call->command->arguments);
    if (rest.len == 0) rest.data = NULL;
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_cut(&rest, ' ');
        if (word.data[0] != '[') least++;
        most =
            fpt_str_find(word, '.', 0) != SIZE_MAX ? MOST_ARGUMENTS : most + 1;
    }
    if (call->count >= least && call->count <= most) return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE, "%s takes %s%s, and %zu %s given",
                    call->command->name,
                    most == 0 ? "no arguments" : "the arguments ",
                    call->command->arguments, call->count,
                    call->count == 1 ? "was" : "were");
}

fpt_status cli_parse(cli_call *call, int argc, char **argv, fpt_error *err)
{
    call->argument = FPT_NEW(call->arena, const char *, (size_t)argc + 1);
    if (call->argument == NULL) return FPT_ERR_MEMORY;
    const bool raw = strcmp(call->command->options, "*") == 0;
    bool options = !raw;
    for (int i = 0; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1] != '\0') {
            FPT_TRY(take_option(call, argc, argv, &i, err));
        } else {
            call->argument[call->count++] = argv[i];
        }
    }
    if (raw || cli_option(call, "help") != NULL) return FPT_OK;
    return check_count(call, err);
}
