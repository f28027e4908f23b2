/**
 * @file lanes.h
 * @brief Sixty-four draws at a time.
 *
 * A simulation that does the same to every draw is fastest when each step is
 * done to a row of draws: then one instruction of the processor serves four or
 * eight of them. A *lane* is one draw in such a row; a row has FPT_LANES.
 *
 * The kernels exist once in the source and are compiled for several sets of
 * vector instructions; fpt_lanes_best() says which this machine has. All of
 * them give the same bits (see lanes_math.h), so the choice is only of speed.
 *
 * Random words are those of the Philox generator of rng.h, laid out so that
 * one block serves four draws: draw d of stream s takes word (d / 16) % 4 of
 * the block with counter {block, low half of s, 16 (d / 64) + d % 16, high half
 * of s}. So a word is a function of seed, stream, block and draw alone.
 */
#ifndef FPT_LANES_H
#define FPT_LANES_H

#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { FPT_LANES = 64 };

/** Sets of vector instructions, each holding those before it. */
typedef enum fpt_lanes_level {
    FPT_LANES_PLAIN,  /**< what every machine of the architecture has */
    FPT_LANES_AVX2,   /**< x86-64 from 2013 on */
    FPT_LANES_AVX512, /**< x86-64 servers from 2017 on */
    FPT_LANES_LEVELS
} fpt_lanes_level;

/** The highest level that this machine and this build have. */
fpt_lanes_level fpt_lanes_best(void);

/**
 * A stream's name as 64 bits; kind keeps apart the families of names, as in
 * fpt_stream("assumption", name).
 */
uint64_t fpt_stream(const char *kind, fpt_str name);

/** Two streams' numbers as one, for a stream that belongs to a pair. */
uint64_t fpt_stream_join(uint64_t a, uint64_t b);

/**
 * One random word for each lane.
 *
 * Shape    out[FPT_LANES]; lane i belongs to draw FPT_LANES * row + i.
 * Units    row: below 2^28, so that there are at most 2^34 draws.
 * Threads  pure.
 */
void fpt_lanes_words(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                     uint32_t block, uint32_t row, uint32_t *out);

/** The same for several streams and blocks, which is faster than one by one.
 *  Shape    out[count * FPT_LANES]. */
void fpt_lanes_words_many(fpt_lanes_level level, uint64_t seed, size_t count,
                          const uint64_t *stream, const uint32_t *block,
                          uint32_t row, uint32_t *out);

/** One uniform in (0, 1) for each lane: words of blocks 2 index (high) and
 *  2 index + 1 (low). */
void fpt_lanes_uniform(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                       uint32_t index, uint32_t row, double *out);

/** One standard normal for each lane, by inversion of fpt_lanes_uniform(). */
void fpt_lanes_normal(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                      uint32_t index, uint32_t row, double *out);

/** The same uniform for one draw, for code that works draw by draw. */
double fpt_lane_draw_uniform(uint64_t seed, uint64_t stream, uint32_t index,
                             uint64_t draw);

/** A generator of rng.h for one draw of a stream, apart from the words above:
 *  for samplers that take as many numbers as they please. */
fpt_rng fpt_lane_rng(uint64_t seed, uint64_t stream, uint32_t index,
                     uint64_t draw);

/* ---- linear maps ---- */

/** A sparse matrix, row by row: row i has elements start[i] to start[i+1]-1. */
typedef struct fpt_lanes_matrix {
    size_t row_count;
    const uint32_t *start;  /**< [row_count + 1] */
    const uint32_t *column; /**< which row of x */
    const double *weight;
} fpt_lanes_matrix;

/**
 * y = m x, for every lane: each row of y is a weighted sum of rows of x, taken
 * in the order of the elements.
 *
 * Shape    x and y are rows of FPT_LANES; y must not overlap x.
 */
void fpt_lanes_apply(fpt_lanes_level level, const fpt_lanes_matrix *m,
                     const double *x, double *y);

/** y[i] = a[first[i]] * b[second[i]], lane by lane, for `count` rows. An index
 *  of UINT32_MAX stands for a row of ones. y may be a or b only where no row
 *  is read after it is written. */
void fpt_lanes_multiply(fpt_lanes_level level, size_t count,
                        const uint32_t *first, const double *a,
                        const uint32_t *second, const double *b, double *y);

#ifdef __cplusplus
}
#endif
#endif /* FPT_LANES_H */
