/*
 * The body of the lane kernels, included once for each level of vector
 * instructions with LANES_NAME(x) giving the name its ending. Loops have
 * constant lengths and no branches: the compiler makes vectors of them.
 */
#include "fpt/lanes.h"
#include "fpt/lanes_math.h"
#include "num_lanes_i.h"

enum { BLOCKS = FPT_LANES / 4, ROUNDS = 10 };

void LANES_NAME(fpti_lanes_words)(uint64_t seed, uint64_t stream,
                                  uint32_t block, uint32_t row, uint32_t *out)
{
    uint32_t c0[BLOCKS], c1[BLOCKS], c2[BLOCKS], c3[BLOCKS];
    for (uint32_t i = 0; i < BLOCKS; i++) {
        c0[i] = block;
        c1[i] = (uint32_t)stream;
        c2[i] = BLOCKS * row + i;
        c3[i] = (uint32_t)(stream >> 32);
    }
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < BLOCKS; i++) {
            const uint64_t p0 = (uint64_t)UINT32_C(0xD2511F53) * c0[i];
            const uint64_t p1 = (uint64_t)UINT32_C(0xCD9E8D57) * c2[i];
            c0[i] = (uint32_t)(p1 >> 32) ^ c1[i] ^ k0;
            c1[i] = (uint32_t)p1;
            c2[i] = (uint32_t)(p0 >> 32) ^ c3[i] ^ k1;
            c3[i] = (uint32_t)p0;
        }
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
    for (int i = 0; i < BLOCKS; i++) {
        out[i] = c0[i];
        out[BLOCKS + i] = c1[i];
        out[2 * BLOCKS + i] = c2[i];
        out[3 * BLOCKS + i] = c3[i];
    }
}

void LANES_NAME(fpti_lanes_uniform)(const uint32_t *high, const uint32_t *low,
                                    double *out)
{
    for (int i = 0; i < FPT_LANES; i++)
        out[i] = fpt_lane_uniform(high[i], low[i]);
}

void LANES_NAME(fpti_lanes_quantile)(const double *u, double *out)
{
    for (int i = 0; i < FPT_LANES; i++)
        out[i] = fpt_lane_normal_quantile(u[i]);
}
