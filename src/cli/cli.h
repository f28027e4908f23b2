/*
 * What the commands share: a parsed call, and ways to speak. One file a command;
 * no arithmetic here.
 */
#ifndef FPT_CLI_H
#define FPT_CLI_H

#include "fpt/base.h"
#include "fpt/io.h"
#include "fpt/measure.h"
#include "fpt/registry.h"
#include "fpt/workspace.h"

typedef struct cli_call cli_call;

/** A command as commands.def has it. */
typedef struct cli_command {
    const char *name; /* "measure show" */
    fpt_status (*run)(cli_call *call, fpt_error *err);
    const char *arguments; /* "ID" */
    const char *options;   /* names, separated by blanks */
    const char *summary;
    const char *example;
} cli_command;

typedef struct cli_flag {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: a switch */
    const char *help;
} cli_flag;

enum { MOST_OPTIONS = 64, MOST_ARGUMENTS = 4096 };

/** One call of the command, taken apart. */
struct cli_call {
    const cli_command *command;
    size_t count; /* positional arguments */
    const char **argument;
    const char
        *value[MOST_OPTIONS]; /* by the index of the option; "" for a switch */
    fpt_arena *arena;         /* lives as long as the call */
    fpt_output *out;          /* standard output: data only */
    fpt_date today;
    bool quiet, color;
    bool found_wrong; /* done, but something was found wrong: exit 1 */
};

extern const cli_command cli_commands[];
extern const size_t cli_command_count;
extern const cli_flag cli_options[];
extern const size_t cli_option_count;

/** The value of an option, "" for a switch that is set, or NULL. */
const char *cli_option(const cli_call *call, const char *name);

/** A message to standard error, unless --quiet. */
void cli_say(const cli_call *call, const char *format, ...) FPT_PRINTF(2, 3);

/** Take argv apart (without the program's and the command's names). */
fpt_status cli_parse(cli_call *call, int argc, char **argv, fpt_error *err);

/** The command whose name the words begin with; *words gets how many it took. */
const cli_command *cli_find(int argc, char **argv, int *words);

void cli_help(const cli_command *command, fpt_output *out);
void cli_overview(fpt_output *out);

/** The commands of one noun; false when there is none. */
bool cli_noun_help(const char *noun, fpt_output *out);

/** Says that there is no such command, and which there are of the noun. */
fpt_status cli_no_command(const cli_call *call, const char *noun,
                          const char *verb, fpt_error *err);

/** Does the command take the option? */
bool cli_takes(const cli_command *command, const char *option);

/* ---- output in the three formats ---- */

typedef enum cli_format { CLI_TABLE, CLI_CSV, CLI_JSON } cli_format;

/** Rows of cells, written as an aligned table, CSV or a JSON list of objects. */
typedef struct cli_table {
    cli_call *call;
    cli_format format;
    size_t columns, rows, capacity;
    const char *const *names;
    const bool
        *number; /* columns that are numbers: right-aligned, bare in JSON */
    fpt_str *cell;
} cli_table;

fpt_status cli_table_open(cli_call *call, size_t columns,
                          const char *const *names, const bool *number,
                          cli_table *out, fpt_error *err);
/** Add a row of `columns` cells (copied). */
fpt_status cli_table_row(cli_table *table, const fpt_str *cells,
                         fpt_error *err);
/** Write what was gathered. */
void cli_table_close(cli_table *table);

fpt_str cli_int(cli_call *call, int64_t value);
fpt_str cli_date(cli_call *call, fpt_date date);
fpt_str cli_period(cli_call *call, fpt_period period);
fpt_str cli_double(cli_call *call, double value);

/* ---- packs and the workspace ---- */

/** Where packs are: the workspace's own, $FOOTPRINT_PACKS, then those installed
 *  with the command or beside its build. */
fpt_status cli_packs(cli_call *call, fpt_pack_path *out, fpt_error *err);

/** The folder that holds packs/ and web/, as installed or built. */
fpt_status cli_share(cli_call *call, const char **out, fpt_error *err);

/** The workspace that the call is about; made again first when it is stale. */
fpt_status cli_workspace(cli_call *call, bool read_only, fpt_workspace *out,
                         fpt_error *err);

/** A date option, or `otherwise` when it is not given. */
fpt_status cli_date_option(cli_call *call, const char *name, fpt_date otherwise,
                           fpt_date *out, fpt_error *err);

/** 2016/17 and the like, also 2016-17 where a slash cannot stand. */
fpt_status cli_parse_period(const char *text, fpt_period *out, fpt_error *err);

/** --confidence as a fraction, from a fraction or a per cent; 0.95 when it is not
 *  given. */
fpt_status cli_confidence_option(cli_call *call, double *out, fpt_error *err);

/** A workspace with its registry open, as of --as-of. */
typedef struct cli_place {
    fpt_workspace workspace;
    fpt_tiers tiers;
    fpt_registry *registry;
    fpt_date as_of, on; /* on: --on, or today */
} cli_place;

fpt_status cli_place_open(cli_call *call, bool read_only, cli_place *out,
                          fpt_error *err);
void cli_place_close(cli_place *place);

/** Progress and messages of the library, on standard error. */
fpt_log cli_log(cli_call *call);

#define COMMAND(name, run, arguments, options, summary, example)               \
    fpt_status run(cli_call *call, fpt_error *err);
#include "commands.def"
#undef COMMAND

#endif /* FPT_CLI_H */
