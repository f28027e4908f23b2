/* Shared inside activity only: the kernel at each level of instructions. */
#ifndef FPT_ACTIVITY_I_H
#define FPT_ACTIVITY_I_H

#include "fpt/activity.h"

#if defined(__x86_64__)
#define FPTI_ACTIVITY_X86 1
#else
#define FPTI_ACTIVITY_X86 0
#endif

/* Which of its random words a cell uses for what; a year has this many. */
enum {
    FPTI_WORD_EVENTS,
    FPTI_WORD_AVOIDED,
    FPTI_WORD_CHOICE,
    FPTI_WORD_CONVERTED,
    FPTI_WORD_DAYS,
    FPTI_WORD_SWITCH,  /* and those after it, one a switch */
    FPTI_WORDS = 1024, /* blocks of a year */
    FPTI_SWITCH_MOST = FPTI_WORDS - FPTI_WORD_SWITCH
};

#define FPTI_ACTIVITY_DECLARE(ending)                                          \
    fpt_status fpti_activity_sample_##ending(                                  \
        const fpt_activity_model *model, const fpt_activity_rates *rates,      \
        uint64_t seed, uint32_t year, uint32_t row,                            \
        const fpt_activity_counts *counts, const double *log_rest);

FPTI_ACTIVITY_DECLARE(plain)
#if FPTI_ACTIVITY_X86
FPTI_ACTIVITY_DECLARE(avx2)
FPTI_ACTIVITY_DECLARE(avx512)
#endif

#endif /* FPT_ACTIVITY_I_H */
