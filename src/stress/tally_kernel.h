/*
 * A row of lanes counted, included once for each level of vector instructions.
 * Values are whole and below 2^51, so adding 1.5 * 2^52 leaves each as an
 * integer in the low bits; the exponent and the first six bits of the fraction
 * of its size are the number of its bin. All of it is integers: every level
 * gives the same.
 */
#include "tally_i.h"

#define MAGIC 0x1.8p52
#define MOST_PLAIN 0x1p51

void LANES_NAME(fpti_tally_row)(const double *value, fpti_tally_row *out)
{
    int64_t sum = 0, lack = 0;
    uint64_t negative = 0, hh = 0, hl = 0, ll = 0, odd = 0;
    double least = value[0], most = value[0];
    for (int i = 0; i < FPT_LANES; i++) {
        const double v = value[i], size = fabs(v), shifted = v + MAGIC;
        /* All bits set where it is not plain. */
        odd |= shifted - MAGIC == v && size < MOST_PLAIN ? UINT64_C(0)
                                                         : ~UINT64_C(0);
        int64_t x;
        uint64_t bits;
        memcpy(&x, &shifted, sizeof x);
        memcpy(&bits, &size, sizeof bits);
        x -= INT64_C(0x4338000000000000); /* the bits of MAGIC */
        const int64_t below = x < 0 ? INT64_C(-1) : INT64_C(0);
        const uint64_t u = (uint64_t)((x ^ below) - below);
        const uint32_t high = (uint32_t)(u >> 26);
        const uint32_t low = (uint32_t)u & UINT32_C(0x3ffffff);
        sum += x;
        lack -= x & below;
        negative += (uint64_t)below & 1;
        hh += (uint64_t)high * high;
        hl += (uint64_t)high * low;
        ll += (uint64_t)low * low;
        const uint64_t large = (bits >> 46) - (UINT64_C(1028) << 6);
        const uint64_t bin = u < FPTI_EXACT ? u : large;
        out->slot[i] =
            (uint16_t)(bin + (~(uint64_t)below & (uint64_t)FPTI_BINS));
        least = v < least ? v : least;
        most = v > most ? v : most;
    }
    out->plain = odd == 0;
    out->sum = sum;
    out->lack = lack;
    out->negative = negative;
    out->square[0] = hh;
    out->square[1] = hl;
    out->square[2] = ll;
    out->least = out->plain ? (int64_t)least : 0;
    out->most = out->plain ? (int64_t)most : 0;
}
