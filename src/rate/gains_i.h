/* Shared by peers, opportunity and value for money. */
#ifndef FPT_GAINS_I_H
#define FPT_GAINS_I_H

#include "fpt/gains.h"
#include "rate_i.h"

enum { FPTI_DRAWS = 10000 };

fpt_status fpti_gain_figures(fpt_rate *rate, fpt_arena *arena,
                             const fpt_gain_ask *ask,
                             const fpt_indicator *indicator, fpt_str tier,
                             bool any_period, size_t *count, fpt_figure **out,
                             fpt_error *err);
fpt_status fpti_gain_nation(fpt_rate *rate, fpt_arena *arena,
                            const fpt_gain_ask *ask,
                            const fpt_indicator *indicator, double *out,
                            fpt_error *err);

#endif /* FPT_GAINS_I_H */
