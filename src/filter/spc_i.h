/* Shared by spc.c and spc_series.c. */
#ifndef FPT_FILTER_SPC_I_H
#define FPT_FILTER_SPC_I_H

#include "filter_i.h"

/* What --rules and its kin changed in the set. */
typedef struct fpti_spc_changes {
    bool rules, outside, run, trend, two;
} fpti_spc_changes;

/* A date of --rebase, as the series may count. */
typedef struct fpti_rebase {
    double number, day; /* NaN: it is none */
    fpt_str text;
} fpti_rebase;

struct fpti_spc_out {
    int phase, value, centre, lower, upper, lower_warning, upper_warning, range;
    int outside, run, trend, two, cause, variation;
    int longest, longest_max, crossings, crossings_min, signal;
    int variation_icon, assurance_icon;
    struct fpti_tail tail;
};

struct fpti_spc {
    int period; /* a text */
    int x, n, target, rebase_in, exclude;
    fpt_spc_options options;
    fpt_spc_set set;
    double one_target;
    bool n_unused;
    size_t rebase_count;
    fpti_rebase *rebase;
    struct fpti_spc_out out;
    size_t short_series, gap_series; /* for the notes at the end */
};

fpt_status fpti_spc_solve(fpti_run *run, fpt_error *err);
fpt_status fpti_spc_end(fpti_run *run, fpt_error *err);

#endif /* FPT_FILTER_SPC_I_H */
