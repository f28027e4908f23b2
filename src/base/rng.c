#include "fpt/rng.h"

/* Multipliers and Weyl increments of Philox 4x32 (Salmon et al. 2011). */
#define M0 UINT32_C(0xD2511F53)
#define M1 UINT32_C(0xCD9E8D57)
#define W0 UINT32_C(0x9E3779B9)
#define W1 UINT32_C(0xBB67AE85)

enum { ROUNDS = 10 };

void fpt_philox4x32(const uint32_t counter[4], const uint32_t key[2],
                    uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1];
    uint32_t c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t p0 = (uint64_t)M0 * c0;
        const uint64_t p1 = (uint64_t)M1 * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += W0;
        k1 += W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

fpt_rng fpt_rng_make(uint64_t seed, uint32_t trial, uint32_t entity,
                     uint32_t purpose)
{
    return (fpt_rng){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, entity, trial, purpose},
    };
}

uint32_t fpt_rng_next32(fpt_rng *rng)
{
    if (rng->left == 0) {
        fpt_philox4x32(rng->counter, rng->key, rng->block);
        rng->counter[0]++;
        rng->left = 4;
    }
    return rng->block[4 - rng->left--];
}

uint64_t fpt_rng_next64(fpt_rng *rng)
{
    const uint64_t low = fpt_rng_next32(rng);
    return (uint64_t)fpt_rng_next32(rng) << 32 | low;
}

double fpt_rng_uniform(fpt_rng *rng)
{
    /* 53 bits would round to 1 at the upper end once the half is added; 52
     * bits and a half are exact. */
    return ((double)(fpt_rng_next64(rng) >> 12) + 0.5) * 0x1p-52;
}

/* Lemire's multiplication, refusing the few values that would favour some. */
uint32_t fpt_rng_below(fpt_rng *rng, uint32_t below)
{
    uint64_t product = (uint64_t)fpt_rng_next32(rng) * below;
    if ((uint32_t)product < below) {
        const uint32_t least = (UINT32_MAX - below + 1) % below;
        while ((uint32_t)product < least)
            product = (uint64_t)fpt_rng_next32(rng) * below;
    }
    return (uint32_t)(product >> 32);
}
