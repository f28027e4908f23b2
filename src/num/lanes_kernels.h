/*
 * The body of the lane kernels, included once for each level of vector
 * instructions with LANES_NAME(x) giving the name its ending. Loops have
 * constant lengths and no branches: the compiler makes vectors of them.
 */
#include "fpt/lanes.h"
#include "fpt/lanes_math.h"
#include "num_lanes_i.h"

enum { BLOCKS = FPT_LANES / 4, ROUNDS = 10 };

/*
 * All rounds of one block, and the loop over blocks becomes vectors. One
 * stream's chain of multiplications leaves the processor waiting; with several
 * streams in one call their chains overlap.
 */
void LANES_NAME(fpti_lanes_words)(uint64_t seed, size_t count,
                                  const uint64_t *stream, const uint32_t *block,
                                  uint32_t row, uint32_t *words)
{
    uint32_t k0[ROUNDS], k1[ROUNDS];
    for (uint32_t round = 0; round < ROUNDS; round++) {
        k0[round] = (uint32_t)seed + round * UINT32_C(0x9E3779B9);
        k1[round] = (uint32_t)(seed >> 32) + round * UINT32_C(0xBB67AE85);
    }
    for (size_t s = 0; s < count; s++) {
        const uint32_t first = block[s], low = (uint32_t)stream[s];
        const uint32_t high = (uint32_t)(stream[s] >> 32);
        uint32_t *out = words + s * FPT_LANES;
        for (uint32_t i = 0; i < BLOCKS; i++) {
            uint32_t c0 = first, c1 = low, c2 = BLOCKS * row + i, c3 = high;
            for (int round = 0; round < ROUNDS; round++) {
                const uint64_t p0 = (uint64_t)UINT32_C(0xD2511F53) * c0;
                const uint64_t p1 = (uint64_t)UINT32_C(0xCD9E8D57) * c2;
                c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0[round];
                c1 = (uint32_t)p1;
                c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1[round];
                c3 = (uint32_t)p0;
            }
            out[i] = c0;
            out[BLOCKS + i] = c1;
            out[2 * BLOCKS + i] = c2;
            out[3 * BLOCKS + i] = c3;
        }
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

void LANES_NAME(fpti_lanes_apply)(const fpt_lanes_matrix *m, const double *x,
                                  double *y)
{
    for (size_t i = 0; i < m->row_count; i++) {
        double sum[FPT_LANES];
        for (int lane = 0; lane < FPT_LANES; lane++)
            sum[lane] = 0.0;
        for (uint32_t k = m->start[i]; k < m->start[i + 1]; k++) {
            const double weight = m->weight[k];
            const double *from = x + (size_t)m->column[k] * FPT_LANES;
            for (int lane = 0; lane < FPT_LANES; lane++)
                sum[lane] += weight * from[lane];
        }
        for (int lane = 0; lane < FPT_LANES; lane++)
            y[i * FPT_LANES + (size_t)lane] = sum[lane];
    }
}

void LANES_NAME(fpti_lanes_multiply)(size_t count, const uint32_t *first,
                                     const double *a, const uint32_t *second,
                                     const double *b, double *y)
{
    for (size_t i = 0; i < count; i++) {
        double product[FPT_LANES];
        for (int lane = 0; lane < FPT_LANES; lane++)
            product[lane] = 1.0;
        if (first[i] != UINT32_MAX)
            for (int lane = 0; lane < FPT_LANES; lane++)
                product[lane] = a[(size_t)first[i] * FPT_LANES + (size_t)lane];
        if (second[i] != UINT32_MAX)
            for (int lane = 0; lane < FPT_LANES; lane++)
                product[lane] *=
                    b[(size_t)second[i] * FPT_LANES + (size_t)lane];
        for (int lane = 0; lane < FPT_LANES; lane++)
            y[i * FPT_LANES + (size_t)lane] = product[lane];
    }
}
