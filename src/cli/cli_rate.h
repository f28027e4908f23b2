/* Shared by the commands of `rate`. */
#ifndef CLI_RATE_H
#define CLI_RATE_H

#include "cli.h"
#include "fpt/rating.h"

typedef struct cli_rate {
    fpt_pack_path packs;
    cli_place place;
    fpt_measure *measure;
    fpt_rate *rate;
} cli_rate;

fpt_status cli_rate_open(cli_call *call, bool read_only, cli_rate *out,
                         fpt_error *err);
void cli_rate_close(cli_rate *rate);

/** The framework of the first argument, with what it finds in the data, and how
 *  it is asked to judge: --on, --period, --rules, --weights, --draws, --seed,
 *  --confidence. */
fpt_status cli_rate_ask(cli_call *call, cli_rate *rate,
                        fpt_framework *framework, fpt_weights *weights,
                        fpt_rate_ask *ask, fpt_error *err);

/** A whole number from `least` on; `otherwise` when the option is not given. */
fpt_status cli_whole_option(cli_call *call, const char *name, int64_t least,
                            int64_t otherwise, int64_t *out, fpt_error *err);

#endif /* CLI_RATE_H */
