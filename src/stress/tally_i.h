/* The inside of a tally: shared by counting, writing and reading. */
#ifndef FPT_TALLY_I_H
#define FPT_TALLY_I_H

#include "stress_i.h"

__extension__ typedef unsigned __int128 fpti_uint128;

enum {
    FPTI_EXACT = 128, /* sizes below it have bins of their own */
    FPTI_OCTAVES = 58 /* sizes up to 2^63 */
};

struct fpt_tally {
    fpt_arena *arena;
    uint64_t count, negative;
    fpti_int128 sum;
    fpti_uint128 lack; /* sum of what negative values lack */
    uint64_t square[3];
    int64_t least, most;
    uint64_t *bins[2][FPTI_OCTAVES]; /* negative; not negative */
};

/* Bins in rising order of their values, only those that hold any. */
typedef struct fpti_tally_cursor {
    int side;
    bool started;
    size_t octave, within;
    uint64_t count;
    double low, high;
} fpti_tally_cursor;

bool fpti_tally_next(const fpt_tally *tally, fpti_tally_cursor *cursor);
bool fpti_tally_bin(fpt_tally *tally, int side, size_t octave, size_t within,
                    uint64_t add);

#endif /* FPT_TALLY_I_H */
