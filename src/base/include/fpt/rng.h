/**
 * @file rng.h
 * @brief Counter-based random numbers: Philox 4x32-10.
 *
 * A stream is a pure function of its key and of how many numbers have been
 * taken: no state but what the caller holds, so that any draw can be made
 * again, alone, on any thread. The key says what the number is for: seed,
 * trial, entity, purpose. Two uses with different purposes never share a
 * number; two scenarios with the same purpose share all of theirs.
 *
 * Promise  same key, same numbers, within a major version of Footprint.
 * Source   J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
 *          numbers: as easy as 1, 2, 3", SC11 (2011); test vectors of their
 *          Random123 library.
 */
#ifndef FPT_RNG_H
#define FPT_RNG_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One block: four words out of a counter of four and a key of two. */
void fpt_philox4x32(const uint32_t counter[4], const uint32_t key[2],
                    uint32_t out[4]);

typedef struct fpt_rng {
    uint32_t key[2];     /**< seed */
    uint32_t counter[4]; /**< block, entity, trial, purpose */
    uint32_t block[4];   /**< numbers made but not yet taken */
    uint32_t left;
} fpt_rng;

/**
 * The stream of one use.
 *
 * Units    seed: any 64 bits. trial: which draw of the whole. entity: which
 *          person, organisation or assumption. purpose: which use (a constant
 *          of the module that draws). Each stream holds 2^34 numbers.
 */
fpt_rng fpt_rng_make(uint64_t seed, uint32_t trial, uint32_t entity,
                     uint32_t purpose);

uint32_t fpt_rng_next32(fpt_rng *rng);
uint64_t fpt_rng_next64(fpt_rng *rng);

/** Uniform on (0, 1), never an end: (52 random bits + 1/2) / 2^52. */
double fpt_rng_uniform(fpt_rng *rng);

/** Uniform on 0 .. below - 1 without bias; below > 0. */
uint32_t fpt_rng_below(fpt_rng *rng, uint32_t below);

#ifdef __cplusplus
}
#endif
#endif /* FPT_RNG_H */
