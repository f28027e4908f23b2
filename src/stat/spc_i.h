/* Shared by spc.c (phases and icons), spc_lines.c and spc_rules.c. */
#ifndef FPT_SPC_I_H
#define FPT_SPC_I_H

#include "fpt/spc.h"

/* One call on one series. */
struct fpti_series {
    size_t from, to; /* its rows */
    const fpt_spc_input *in;
    const fpt_spc_options *o;
    const fpt_spc_columns *out;
    double *work;  /* of the series' own rows, times 4 */
    size_t *order; /* likewise, times 2 */
};

static inline size_t fpti_rows(const struct fpti_series *s)
{
    return s->to - s->from;
}

/* Values, states and moving ranges of all rows. */
void fpti_spc_values(const struct fpti_series *s);

/* Centre and limits of the phase [from, to); false when there are no limits,
 * with the state that says why. */
bool fpti_spc_lines(const struct fpti_series *s, size_t from, size_t to,
                    fpt_state *why);

/* Rules, causes and runs of the phase. */
void fpti_spc_rules(const struct fpti_series *s, size_t from, size_t to,
                    bool has_limits, fpt_state why);

static inline bool fpti_has_value(const struct fpti_series *s, size_t i)
{
    return s->out->value[i] == s->out->value[i];
}

#endif /* FPT_SPC_I_H */
