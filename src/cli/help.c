/*
 * Help, completions and the manual page, all from the two tables.
 */
#include <stdarg.h>
#include <stdio.h>

#include "cli.h"

void cli_say(const cli_call *call, const char *format, ...)
{
    if (call->quiet) return;
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

static void usage_line(const cli_command *command, fpt_output *out)
{
    fpt_output_print(out, "footprint %s", command->name);
    if (command->arguments[0] != '\0')
        fpt_output_print(out, " %s", command->arguments);
    if (command->options[0] != '\0') fpt_output_add(out, FPT_STR(" [options]"));
}

void cli_help(const cli_command *command, fpt_output *out)
{
    usage_line(command, out);
    fpt_output_print(out, "\n  %s\n\nFor example\n  %s\n\nOptions\n",
                     command->summary, command->example);
    for (size_t i = 0; i < cli_option_count; i++) {
        const cli_flag *option = &cli_options[i];
        if (!cli_takes(command, option->name)) continue;
        char name[64];
        snprintf(name, sizeof name, "%s%c%s--%s %s",
                 option->letter != 0 ? "-" : "",
                 option->letter != 0 ? option->letter : ' ',
                 option->letter != 0 ? ", " : "   ", option->name,
                 option->argument != NULL ? option->argument : "");
        fpt_output_print(out, "  %-24s %s\n", name, option->help);
    }
}

void cli_overview(fpt_output *out)
{
    fpt_output_add(
        out, FPT_STR("footprint: the open engine for place-based health and "
                     "care systems\n\n"));
    for (size_t i = 0; i < cli_command_count; i++)
        fpt_output_print(out, "  %-24s %s\n", cli_commands[i].name,
                         cli_commands[i].summary);
    fpt_output_add(out,
                   FPT_STR("\nfootprint COMMAND --help shows an example.\n"));
}

/* The part of a command's name behind the noun, or NULL. */
static const char *verb_of(const cli_command *command, const char *noun)
{
    const size_t len = strlen(noun);
    return strncmp(command->name, noun, len) == 0 && command->name[len] == ' '
               ? command->name + len + 1
               : NULL;
}

bool cli_noun_help(const char *noun, fpt_output *out)
{
    bool known = false;
    for (size_t i = 0; i < cli_command_count; i++) {
        if (verb_of(&cli_commands[i], noun) == NULL) continue;
        known = true;
        fpt_output_print(out, "  %-24s %s\n", cli_commands[i].name,
                         cli_commands[i].summary);
    }
    if (known)
        fpt_output_print(out, "\nfootprint %s VERB --help shows an example.\n",
                         noun);
    return known;
}

fpt_status cli_no_command(const cli_call *call, const char *noun,
                          const char *verb, fpt_error *err)
{
    fpt_strbuf verbs = fpt_strbuf_make(call->arena);
    for (size_t i = 0; i < cli_command_count; i++) {
        const char *has = verb_of(&cli_commands[i], noun);
        if (has == NULL) continue;
        if (verbs.len > 0) fpt_strbuf_add(&verbs, FPT_STR(", "));
        fpt_strbuf_add(&verbs, fpt_str_from(has));
    }
    if (verbs.len == 0)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "there is no command \"%s%s%s\"; footprint --help "
                        "lists them",
                        noun, verb != NULL ? " " : "",
                        verb != NULL ? verb : "");
    if (verb == NULL)
        return fpt_fail(err, FPT_ERR_USAGE, "%s what? It has: " FPT_STR_FMT,
                        noun, FPT_STR_ARG(fpt_strbuf_view(&verbs)));
    return fpt_fail(err, FPT_ERR_USAGE,
                    "there is no command \"%s %s\"; %s has: " FPT_STR_FMT, noun,
                    verb, noun, FPT_STR_ARG(fpt_strbuf_view(&verbs)));
}

fpt_status run_version(cli_call *call, fpt_error *err)
{
    (void)err;
    fpt_output_print(call->out, "footprint %s\n", FPT_VERSION);
    return FPT_OK;
}

/* ---- completion ---- */

static void each_word(fpt_output *out, const char *before)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        fpt_output_add(out, fpt_str_from(before));
        fpt_output_add(out, fpt_str_from(cli_commands[i].name));
        fpt_output_add_char(out, '\n');
    }
}

static void complete_bash(fpt_output *out)
{
    fpt_output_add(out, FPT_STR("_footprint() {\n"
                                "  local IFS=$'\\n' words=\"${COMP_WORDS[*]:1:"
                                "COMP_CWORD-1}\" cur=\"${COMP_WORDS[COMP_CWORD]"
                                "}\"\n  words=\"${words//$'\\n'/ }\"\n"
                                "  local commands='"));
    each_word(out, "");
    fpt_output_add(out, FPT_STR("'\n  case \"$words\" in\n"));
    for (size_t i = 0; i < cli_command_count; i++) {
        fpt_output_print(out, "  '%s'*) COMPREPLY=($(compgen -W '",
                         cli_commands[i].name);
        for (size_t k = 0; k < cli_option_count; k++)
            if (cli_takes(&cli_commands[i], cli_options[k].name))
                fpt_output_print(out, "--%s\n", cli_options[k].name);
        fpt_output_add(out, FPT_STR("' -- \"$cur\")); [ -n \"$COMPREPLY\" ] || "
                                    "COMPREPLY=($(compgen -f -- \"$cur\")) "
                                    ";;\n"));
    }
    fpt_output_add(
        out,
        FPT_STR(
            "  *) local prefix=\"$words${words:+ }\"\n"
            "     COMPREPLY=($(compgen -W \"$(printf '%s\\n' \"$commands\" "
            "| sed -n \"s/^$prefix//p\" | cut -d' ' -f1 | sort -u)\" -- "
            "\"$cur\")) ;;\n  esac\n}\ncomplete -F _footprint footprint\n"));
}

static void complete_fish(fpt_output *out)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        const cli_command *command = &cli_commands[i];
        fpt_str rest = fpt_str_from(command->name);
        const fpt_str first = fpt_str_cut(&rest, ' ');
        if (rest.data == NULL) {
            fpt_output_print(out,
                             "complete -c footprint -n __fish_use_subcommand "
                             "-a %s -d '%s'\n",
                             command->name, command->summary);
        } else {
            fpt_output_print(out,
                             "complete -c footprint -n __fish_use_subcommand "
                             "-a " FPT_STR_FMT "\ncomplete -c footprint -n "
                             "'__fish_seen_subcommand_from " FPT_STR_FMT
                             "' -a " FPT_STR_FMT " -d '%s'\n",
                             FPT_STR_ARG(first), FPT_STR_ARG(first),
                             FPT_STR_ARG(rest), command->summary);
        }
        for (size_t k = 0; k < cli_option_count; k++)
            if (cli_takes(command, cli_options[k].name))
                fpt_output_print(out,
                                 "complete -c footprint -n "
                                 "'__fish_seen_subcommand_from " FPT_STR_FMT
                                 "' -l %s -d '%s'\n",
                                 FPT_STR_ARG(first), cli_options[k].name,
                                 cli_options[k].help);
    }
}

fpt_status run_completion(cli_call *call, fpt_error *err)
{
    const char *shell = call->argument[0];
    if (strcmp(shell, "bash") == 0) {
        complete_bash(call->out);
    } else if (strcmp(shell, "zsh") == 0) {
        fpt_output_add(call->out, FPT_STR("autoload -U +X bashcompinit && "
                                          "bashcompinit\n"));
        complete_bash(call->out);
    } else if (strcmp(shell, "fish") == 0) {
        complete_fish(call->out);
    } else {
        return fpt_fail(err, FPT_ERR_USAGE,
                        "completion is made for bash, zsh and fish, not \"%s\"",
                        shell);
    }
    return FPT_OK;
}

/* ---- manual ---- */

/* A hyphen of an option must stay one, and a leading point is roff's. */
static void roff(fpt_output *out, const char *text)
{
    if (text[0] == '.' || text[0] == '\'') fpt_output_add(out, FPT_STR("\\&"));
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '-')
            fpt_output_add(out, FPT_STR("\\-"));
        else if (*c == '\\')
            fpt_output_add(out, FPT_STR("\\e"));
        else
            fpt_output_add_char(out, *c);
    }
}

fpt_status run_manual(cli_call *call, fpt_error *err)
{
    (void)err;
    fpt_output *out = call->out;
    fpt_output_print(out,
                     ".TH FOOTPRINT 1 \"\" \"footprint %s\"\n.SH NAME\n"
                     "footprint \\- the open engine for place-based health and "
                     "care systems\n.SH SYNOPSIS\n.B footprint\n.I COMMAND\n"
                     "[options]\n.SH COMMANDS\n",
                     FPT_VERSION);
    for (size_t i = 0; i < cli_command_count; i++) {
        const cli_command *command = &cli_commands[i];
        fpt_output_print(out, ".SS \"%s%s%s\"\n", command->name,
                         command->arguments[0] != '\0' ? " " : "",
                         command->arguments);
        roff(out, command->summary);
        fpt_output_add(out, FPT_STR(".\n.PP\n.RS\n"));
        roff(out, command->example);
        fpt_output_add(out, FPT_STR("\n.RE\n"));
    }
    fpt_output_add(out, FPT_STR(".SH OPTIONS\n"));
    for (size_t i = 0; i < cli_option_count; i++) {
        fpt_output_add(out, FPT_STR(".TP\n.B \\-\\-"));
        roff(out, cli_options[i].name);
        if (cli_options[i].argument != NULL)
            fpt_output_print(out, " %s", cli_options[i].argument);
        fpt_output_add_char(out, '\n');
        roff(out, cli_options[i].help);
        fpt_output_add_char(out, '\n');
    }
    fpt_output_add(
        out, FPT_STR(".SH EXIT STATUS\n0 done; 1 done, and something was found "
                     "wrong; 2 the call is wrong; 3 the input is wrong; 4 "
                     "refused; 5 the environment; 130 interrupted. On 2 to 5 "
                     "nothing has changed.\n"));
    return FPT_OK;
}
