/* Shared by compare.c, compare_figures.c and compare_groups.c. */
#ifndef FPT_FILTER_COMPARE_I_H
#define FPT_FILTER_COMPARE_I_H

#include "filter_i.h"

typedef enum fpti_of {
    FPTI_OF_PROPORTION,
    FPTI_OF_RATE,
    FPTI_OF_DSR,
    FPTI_OF_ISR,
    FPTI_OF_MEAN,
    FPTI_OF_GIVEN /* a value with its limits or standard error */
} fpti_of;

/* What a figure is made of, so that parts can be added and taken out. */
typedef struct fpti_parts {
    fpt_state state;
    double x, n;                      /* counts; of isr: seen and expected */
    double ref_rate;                  /* isr */
    fpt_moments moments;              /* mean */
    double value, lower, upper;       /* given: limits at 95 % */
    double error;                     /* given; NaN when it came with limits */
    double *band_x, *band_n, *band_w; /* dsr, by number of the band */
} fpti_parts;

typedef struct fpti_figure {
    fpt_state state;
    double value, error; /* error: NaN where there is none of its own */
    const char *method;
} fpti_figure;

struct fpti_compare {
    fpti_of of;
    int x, n, w, ref_x, ref_n, value, se, lower, upper; /* slots */
    int band;                                           /* a text */
    int out_value, comparator, difference, ratio, difference_limits;
    int ratio_limits, z, p_value, q_value, significance, judgement;
    struct fpti_tail tail;
    double per, min_events, benchmark;
    bool by_ratio, rest, fdr, pooled;
    int polarity; /* 0 none, 1 higher is better, 2 lower is */
    size_t to_count;
    fpt_str to[FPTI_BY_MOST];
    fpti_verdicts verdicts;
    fpt_intern bands;
    size_t band_count;
};

/* The parts of every group. */
fpt_status fpti_compare_parts(fpti_run *run, fpti_parts **out, fpt_error *err);
/* a + b into a, or a - b. False: what is taken out was never in it. */
bool fpti_parts_add(const struct fpti_compare *c, fpti_parts *a,
                    const fpti_parts *b);
bool fpti_parts_take(const struct fpti_compare *c, fpti_parts *a,
                     const fpti_parts *b);
/* Do two DSRs stand on one standard? A band may be missing in one of them. */
typedef enum fpti_standards {
    FPTI_STANDARDS_SAME,
    FPTI_STANDARDS_LACK,
    FPTI_STANDARDS_DIFFER
} fpti_standards;
fpti_standards fpti_compare_standards(const struct fpti_compare *c,
                                      const fpti_parts *a, const fpti_parts *b);
/* Nothing yet; false without memory. */
bool fpti_parts_make(fpti_run *run, fpti_parts *out);
void fpti_parts_copy(const struct fpti_compare *c, fpti_parts *to,
                     const fpti_parts *from);

/* The figure that parts make, and its limits on a level. */
fpti_figure fpti_figure_of(const struct fpti_compare *c,
                           const fpti_parts *parts);
fpt_limits fpti_figure_limits(const struct fpti_compare *c,
                              const fpti_parts *parts, const fpti_figure *f,
                              const fpt_level *level);

/* ---- compare_groups.c ---- */

/* Groups by stratum: those that agree in all columns of --by but the first. */
typedef struct fpti_strata {
    size_t *of;         /* by group: the number of its stratum */
    fpti_parts *pooled; /* by stratum: all its groups */
    fpti_parts *others; /* by group: all of its stratum but it */
} fpti_strata;

/* Fill them. *same_standard: no two groups say different things of a band. */
fpt_status fpti_compare_pool(fpti_run *run, const fpti_parts *parts,
                             fpti_strata *s, bool *same_standard,
                             fpt_error *err);
/* The group that --to means for group g, or SIZE_MAX. */
size_t fpti_compare_find(const fpti_run *run, size_t g);
/* Two figures of one place over periods that share days are not independent:
 * then *state is INVALID. */
fpt_status fpti_compare_periods(fpti_run *run, size_t g, size_t to,
                                fpt_state *state, fpt_error *err);

#endif /* FPT_FILTER_COMPARE_I_H */
