/*
 * A row of lanes counted, included once for each level of vector instructions.
 * Values are whole and below 2^51, so adding 1.5 * 2^52 leaves each as an
 * integer in the low bits; the exponent and the first six bits of the fraction
 * of its size are the number of its bin. All of it is integers: every level
 * gives the same. Short loops over small arrays become vectors where one long
 * loop would not.
 */
#include "fpt/lanes_math.h"
#include "tally_i.h"

#define MAGIC 0x1.8p52
#define MOST_PLAIN 0x1p51

static bool to_integers(const double *restrict value, int64_t *restrict x,
                        uint64_t *restrict bits)
{
    uint64_t odd = 0;
    for (int i = 0; i < FPT_LANES; i++) {
        const double v = value[i], size = fabs(v), shifted = v + MAGIC;
        const double back = shifted - MAGIC;
        x[i] = (int64_t)(fpt_lane_bits(shifted) - fpt_lane_bits(MAGIC));
        bits[i] = fpt_lane_bits(size);
        odd |= (back == v ? UINT64_C(0) : UINT64_C(1)) |
               (size < MOST_PLAIN ? UINT64_C(0) : UINT64_C(1));
    }
    return odd == 0;
}

static void sum_up(const int64_t *restrict x, fpti_tally_row *restrict out)
{
    int64_t sum = 0, lack = 0, least = x[0], most = x[0];
    uint64_t negative = 0;
    for (int i = 0; i < FPT_LANES; i++) {
        sum += x[i];
        lack -= x[i] < 0 ? x[i] : 0;
        negative += x[i] < 0 ? 1 : 0;
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
    }
    out->sum = sum;
    out->lack = lack;
    out->negative = negative;
    out->least = least;
    out->most = most;
}

static void sum_squares(const uint64_t *restrict size,
                        fpti_tally_row *restrict out)
{
    const uint64_t mask = (UINT64_C(1) << 26) - 1;
    uint64_t hh = 0, hl = 0, ll = 0;
    for (int i = 0; i < FPT_LANES; i++) {
        const uint64_t high = size[i] >> 26, low = size[i] & mask;
        hh += (uint64_t)(uint32_t)high * (uint32_t)high;
        hl += (uint64_t)(uint32_t)high * (uint32_t)low;
        ll += (uint64_t)(uint32_t)low * (uint32_t)low;
    }
    out->square[0] = hh;
    out->square[1] = hl;
    out->square[2] = ll;
}

void LANES_NAME(fpti_tally_row)(const double *value, fpti_tally_row *out)
{
    int64_t x[FPT_LANES];
    uint64_t bits[FPT_LANES], size[FPT_LANES];
    out->plain = to_integers(value, x, bits);
    if (!out->plain) return;
    sum_up(x, out);
    for (int i = 0; i < FPT_LANES; i++)
        size[i] = (uint64_t)(x[i] < 0 ? -x[i] : x[i]);
    sum_squares(size, out);
    for (int i = 0; i < FPT_LANES; i++) {
        const uint64_t large = (bits[i] >> 46) - (UINT64_C(1028) << 6);
        const uint64_t bin = size[i] < FPTI_EXACT ? size[i] : large;
        bits[i] = bin + (x[i] < 0 ? 0 : (uint64_t)FPTI_BINS);
    }
    for (int i = 0; i < FPT_LANES; i++)
        out->slot[i] = (uint16_t)bits[i];
}

void LANES_NAME(fpti_lanes_met)(const double *restrict row,
                                uint64_t *restrict met)
{
    for (int i = 0; i < FPT_LANES; i++)
        met[i] &= row[i] >= 0.0 ? ~UINT64_C(0) : UINT64_C(0);
}
