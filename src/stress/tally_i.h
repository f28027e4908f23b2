/* The inside of a tally: shared by counting, writing and reading. */
#ifndef FPT_TALLY_I_H
#define FPT_TALLY_I_H

#include "stress_i.h"

__extension__ typedef unsigned __int128 fpti_uint128;

enum {
    FPTI_EXACT = 128,  /* sizes below it have bins of their own */
    FPTI_OCTAVES = 58, /* sizes up to 2^63 */
    FPTI_PAGE = 64,    /* bins a page: half of the exact ones, or an octave */
    FPTI_PAGES = 64,   /* pages of one side, of which 59 can be used */
    FPTI_BINS = FPTI_PAGES * FPTI_PAGE,
    FPTI_WAITING = 16 * FPT_LANES
};

struct fpt_tally {
    fpt_arena *arena;
    uint64_t count, negative;
    fpti_int128 sum;
    fpti_uint128 lack; /* sum of what negative values lack */
    uint64_t square[3];
    int64_t least, most;
    fpt_lanes_level level;
    /* Of negative values, then of the others: FPTI_PAGES each, of counts. */
    uint64_t *page[2 * FPTI_PAGES];
    /* Bins of values that are in the sums already: counted many at a time,
     * so that a metric's pages are fetched once for them all. */
    size_t waiting;
    uint16_t slot[FPTI_WAITING];
};

/* What a row of lanes adds. Squares are in three parts, so that no sum of them
 * leaves 64 bits: with |x| = h 2^26 + l those of h h, h l and l l. */
typedef struct fpti_tally_row {
    int64_t sum, lack, least, most;
    uint64_t negative, square[3];
    uint16_t slot[FPT_LANES]; /* of its bin, counted through the pages */
    bool plain;               /* all values whole and of a size below 2^51 */
} fpti_tally_row;

/* As fpt_tally_add() for a row of lanes, but its bins may wait: fpti_tally_settle()
 * before anything is read off. */
fpt_status fpti_tally_add_later(fpt_tally *tally, const double *value);
fpt_status fpti_tally_settle(fpt_tally *tally);

/* met[i] &= row[i] >= 0, as all bits or none. */
void fpti_lanes_met_plain(const double *row, uint64_t *met);

/* Count a row of lanes; without `plain` nothing else is meant. */
void fpti_tally_row_plain(const double *value, fpti_tally_row *out);
#if defined(__x86_64__)
void fpti_tally_row_avx2(const double *value, fpti_tally_row *out);
void fpti_tally_row_avx512(const double *value, fpti_tally_row *out);
void fpti_lanes_met_avx2(const double *row, uint64_t *met);
void fpti_lanes_met_avx512(const double *row, uint64_t *met);
#endif

/* Bins in rising order of their values, only those that hold any. */
typedef struct fpti_tally_cursor {
    int side;
    size_t next; /* bins of this side that are behind */
    uint64_t count;
    double low, high;
} fpti_tally_cursor;

void fpti_lanes_met(fpt_lanes_level level, const double *row, uint64_t *met);

bool fpti_tally_next(const fpt_tally *tally, fpti_tally_cursor *cursor);
/* Add to bin number `bin` of a side. Bins below FPTI_EXACT are sizes; then come
 * 64 to each octave. */
bool fpti_tally_bin(fpt_tally *tally, int side, size_t bin, uint64_t add);
/* Count 0 so many times. */
fpt_status fpti_tally_zeros(fpt_tally *tally, uint64_t count);
uint64_t fpti_tally_at(const fpt_tally *tally, int side, size_t bin);

#endif /* FPT_TALLY_I_H */
