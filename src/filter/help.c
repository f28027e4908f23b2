/* Help, from the two tables: methods.def and options.def. */
#include <stdio.h>

#include "filter_i.h"

struct help {
    const char *name, *argument, *text;
};

#define OPTION(id, name, argument, help) {name, argument, help},
static const struct help lines[] = {
#include "options.def"
};
#undef OPTION

static const char everywhere[] =
    "columns help keep-going prefix quiet scattered threads verbose";

void fpti_help_list(fpt_output *out)
{
    fpt_output_add(out,
                   FPT_STR("footprint stat NAME [options] < in.csv > out.csv\n"
                           "  statistics of indicators: CSV in, CSV out\n\n"));
    for (size_t i = 0; i < fpti_method_count(); i++)
        fpt_output_print(out, "  %-20s %s\n", fpti_method_at(i)->name,
                         fpti_method_at(i)->summary);
    fpt_output_add(out,
                   FPT_STR("\nfootprint stat NAME --help shows an example.\n"));
}

static bool is_in(const char *list, const char *name)
{
    fpt_str rest = fpt_str_from(list);
    while (rest.data != NULL)
        if (fpt_str_equal(fpt_str_cut(&rest, ' '), fpt_str_from(name)))
            return true;
    return false;
}

static void option_line(const struct help *line, fpt_output *out)
{
    char name[64];
    snprintf(name, sizeof name, "--%s%s%s", line->name,
             line->argument != NULL ? " " : "",
             line->argument != NULL ? line->argument : "");
    fpt_output_print(out, "  %-24s %s\n", name, line->text);
}

static void indented(const char *text, fpt_output *out)
{
    fpt_str rest = fpt_str_from(text);
    while (rest.len > 0) {
        const fpt_str line = fpt_str_cut(&rest, '\n');
        fpt_output_print(out, "  " FPT_STR_FMT "\n", FPT_STR_ARG(line));
    }
}

void fpti_help_method(const fpti_method *method, fpt_output *out)
{
    fpt_output_print(out,
                     "footprint stat %s [options] < in.csv > out.csv\n"
                     "  %s\n\nColumns in\n  %s\n\nColumns out\n  %s\n"
                     "%s\nFor example\n  $ cat in.csv\n",
                     method->name, method->summary, method->inputs,
                     method->outputs,
                     strstr(method->outputs, "lower_95") != NULL
                         ? "  lower_95, upper_95 stand for the columns of each "
                           "level.\n"
                         : "");
    indented(method->in, out);
    fpt_output_print(out, "  $ footprint stat %s%s%s < in.csv\n", method->name,
                     method->call[0] != '\0' ? " " : "", method->call);
    indented(method->out, out);
    fpt_output_add(out, FPT_STR("\nOptions\n"));
    for (size_t i = 0; i < FPTI_OPTIONS; i++)
        if (is_in(method->options, lines[i].name)) option_line(&lines[i], out);
    fpt_output_add(out, FPT_STR("\nOptions of all statistics\n"));
    for (size_t i = 0; i < FPTI_OPTIONS; i++)
        if (is_in(everywhere, lines[i].name)) option_line(&lines[i], out);
    fpt_output_print(out, "\nSource\n  %s\n", method->source);
}
