/* Shared by the commands of `measure` and by `explain`. */
#ifndef CLI_MEASURE_H
#define CLI_MEASURE_H

#include "cli.h"

typedef struct cli_measure {
    fpt_pack_path packs;
    cli_place place;
    fpt_measure *measure;
} cli_measure;

fpt_status cli_measure_open(cli_call *call, bool read_only, cli_measure *out,
                            fpt_error *err);
void cli_measure_close(cli_measure *measure);

/** --steps: 0 when it is not given. */
fpt_status cli_measure_steps(cli_call *call, int *out, fpt_error *err);

/** A period of one of the indicator's grains means just that one; any other means
 *  all that lie in it, of the finest grain. */
fpt_status cli_measure_period(const char *text, fpt_measure_ask *ask,
                              fpt_error *err);

#endif /* CLI_MEASURE_H */
