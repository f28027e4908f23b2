/*
 * Which set of vector instructions to use, and the names of streams. The
 * processor is asked each time: that is one test of a word that libgcc fills
 * before main, and so no state of ours.
 */
#include "fpt/lanes.h"

#include "fpt/lanes_math.h"
#include "num_lanes_i.h"

fpt_lanes_level fpt_lanes_best(void)
{
#if FPTI_LANES_X86
    if (__builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return FPT_LANES_AVX512;
    if (__builtin_cpu_supports("avx2")) return FPT_LANES_AVX2;
#endif
    return FPT_LANES_PLAIN;
}

/* The finisher of splitmix64: every bit of the input moves every bit. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t fpt_stream_join(uint64_t a, uint64_t b)
{
    return mix(mix(a + UINT64_C(0x9e3779b97f4a7c15)) ^ b);
}

uint64_t fpt_stream(const char *kind, fpt_str name)
{
    return fpt_stream_join(fpt_str_hash(fpt_str_from(kind)),
                           fpt_str_hash(name));
}

void fpt_lanes_words_many(fpt_lanes_level level, uint64_t seed, size_t count,
                          const uint64_t *stream, const uint32_t *block,
                          uint32_t row, uint32_t *out)
{
#if FPTI_LANES_X86
    if (level == FPT_LANES_AVX512) {
        fpti_lanes_words_avx512(seed, count, stream, block, row, out);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_lanes_words_avx2(seed, count, stream, block, row, out);
        return;
    }
#endif
    (void)level;
    fpti_lanes_words_plain(seed, count, stream, block, row, out);
}

void fpt_lanes_words(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                     uint32_t block, uint32_t row, uint32_t *out)
{
    fpt_lanes_words_many(level, seed, 1, &stream, &block, row, out);
}

void fpt_lanes_uniform(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                       uint32_t index, uint32_t row, double *out)
{
    uint32_t words[2 * FPT_LANES];
    const uint64_t streams[2] = {stream, stream};
    const uint32_t blocks[2] = {2 * index, 2 * index + 1};
    fpt_lanes_words_many(level, seed, 2, streams, blocks, row, words);
    const uint32_t *high = words, *low = words + FPT_LANES;
#if FPTI_LANES_X86
    if (level == FPT_LANES_AVX512) {
        fpti_lanes_uniform_avx512(high, low, out);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_lanes_uniform_avx2(high, low, out);
        return;
    }
#endif
    fpti_lanes_uniform_plain(high, low, out);
}

void fpt_lanes_normal(fpt_lanes_level level, uint64_t seed, uint64_t stream,
                      uint32_t index, uint32_t row, double *out)
{
    double u[FPT_LANES];
    fpt_lanes_uniform(level, seed, stream, index, row, u);
#if FPTI_LANES_X86
    if (level == FPT_LANES_AVX512) {
        fpti_lanes_quantile_avx512(u, out);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_lanes_quantile_avx2(u, out);
        return;
    }
#endif
    fpti_lanes_quantile_plain(u, out);
}

void fpt_lanes_apply(fpt_lanes_level level, const fpt_lanes_matrix *m,
                     const double *x, double *y)
{
#if FPTI_LANES_X86
    if (level == FPT_LANES_AVX512) {
        fpti_lanes_apply_avx512(m, x, y);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_lanes_apply_avx2(m, x, y);
        return;
    }
#endif
    (void)level;
    fpti_lanes_apply_plain(m, x, y);
}

void fpt_lanes_multiply(fpt_lanes_level level, size_t count,
                        const uint32_t *first, const double *a,
                        const uint32_t *second, const double *b, double *y)
{
#if FPTI_LANES_X86
    if (level == FPT_LANES_AVX512) {
        fpti_lanes_multiply_avx512(count, first, a, second, b, y);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_lanes_multiply_avx2(count, first, a, second, b, y);
        return;
    }
#endif
    (void)level;
    fpti_lanes_multiply_plain(count, first, a, second, b, y);
}

static uint32_t draw_word(uint64_t seed, uint64_t stream, uint32_t block,
                          uint64_t draw)
{
    const uint32_t blocks = FPT_LANES / 4;
    const uint32_t row = (uint32_t)(draw / FPT_LANES);
    const uint32_t lane = (uint32_t)(draw % FPT_LANES);
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {block, (uint32_t)stream,
                                 blocks * row + lane % blocks,
                                 (uint32_t)(stream >> 32)};
    uint32_t word[4];
    fpt_philox4x32(counter, key, word);
    return word[lane / blocks];
}

double fpt_lane_draw_uniform(uint64_t seed, uint64_t stream, uint32_t index,
                             uint64_t draw)
{
    return fpt_lane_uniform(draw_word(seed, stream, 2 * index, draw),
                            draw_word(seed, stream, 2 * index + 1, draw));
}

fpt_rng fpt_lane_rng(uint64_t seed, uint64_t stream, uint32_t index,
                     uint64_t draw)
{
    /* Its own stream, so that it never meets a word of the rows above. */
    const uint64_t own =
        fpt_stream_join(stream, UINT64_C(0x73616d706c657273) + (draw >> 32));
    fpt_rng rng = fpt_rng_make(seed, (uint32_t)draw, (uint32_t)own,
                               (uint32_t)(own >> 32));
    rng.counter[0] = index << 24; /* 2^26 numbers for each index */
    return rng;
}
