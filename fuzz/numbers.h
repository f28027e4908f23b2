/* Numbers out of fuzzed bytes: mostly such as files hold, now and then any bits
 * at all. */
#ifndef FPT_FUZZ_NUMBERS_H
#define FPT_FUZZ_NUMBERS_H

#include <math.h>

#include "fuzz.h"

struct fuzz_source {
    const uint8_t *data;
    size_t size;
};

static inline uint64_t fuzz_bits(struct fuzz_source *source, size_t bytes)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < bytes; i++) {
        bits <<= 8;
        if (source->size == 0) continue;
        bits |= *source->data++;
        source->size--;
    }
    return bits;
}

static inline double fuzz_double(struct fuzz_source *source)
{
    const unsigned kind = (unsigned)fuzz_bits(source, 1);
    double x;
    uint64_t bits;
    switch (kind % 8) {
    case 0:
        bits = fuzz_bits(source, 8);
        memcpy(&x, &bits, sizeof x);
        return x;
    case 1:
        return (double)NAN;
    case 2:
        return (double)fuzz_bits(source, 4);
    case 3:
        return (double)fuzz_bits(source, 2) / 16.0;
    case 4:
        return -(double)fuzz_bits(source, 1);
    default:
        return (double)fuzz_bits(source, 1 + kind % 2);
    }
}

/* Any level of confidence that there is. */
static inline double fuzz_confidence(struct fuzz_source *source)
{
    static const double usual[] = {0.95, 0.998, 0.9, 0.5, 0.9999};
    const unsigned kind = (unsigned)fuzz_bits(source, 1);
    if (kind % 4 != 0) return usual[kind % 5];
    return ((double)fuzz_bits(source, 4) + 0.5) * 0x1p-32;
}

#endif /* FPT_FUZZ_NUMBERS_H */
