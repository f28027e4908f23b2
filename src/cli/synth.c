/*
 * synth: a made-up nation, and what a reader must find in it.
 */
#include "fpt/synth.h"
#include "cli.h"

static fpt_status read_seed(const cli_call *call, uint64_t *out, fpt_error *err)
{
    const char *text = cli_option(call, "seed");
    int64_t seed = 1;
    if (text != NULL &&
        (!fpt_parse_int64(fpt_str_from(text), &seed) || seed < 0))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--seed is a whole number from 0 on, not \"%s\"", text);
    *out = (uint64_t)seed;
    return FPT_OK;
}

fpt_status run_synth(cli_call *call, fpt_error *err)
{
    static const char *const names[] = {"path",    "source", "vintage",
                                        "records", "series", "total"};
    static const bool number[] = {false, false, false, true, false, true};
    fpt_synth_options options = {.struct_size = sizeof options,
                                 .scale =
                                     fpt_str_from(cli_option(call, "scale"))};
    size_t count;
    fpt_synth_entry *entry;
    cli_table table;
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    FPT_TRY(read_seed(call, &options.seed, err));
    FPT_TRY(fpt_synth_write(call->arena, call->argument[0], &options, &count,
                            &entry, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_synth_entry *e = &entry[i];
        const fpt_str cells[] = {
            e->path,
            e->source,
            e->vintage,
            cli_int(call, e->records),
            e->series,
            e->series.len > 0 ? cli_int(call, e->total) : FPT_STR("")};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    cli_say(call,
            "Made a nation in %s: nothing in it is real. Next: footprint init "
            "DIR, and in it footprint load --job demo %s",
            call->argument[0], call->argument[0]);
    return FPT_OK;
}
