/*
 * Sobol' sequences. Dimension 0 is van der Corput's; each further one belongs
 * to a primitive polynomial over the field of two elements, found here by its
 * defining property: x has order 2^degree - 1 modulo it.
 */
#include "fpt/design.h"
#include "fpt/lanes_math.h"

/* Is x^degree + ... + 1, with the coefficients as bits, primitive? */
static bool is_primitive(uint32_t polynomial, int degree)
{
    const uint32_t order = (UINT32_C(1) << degree) - 1;
    const uint32_t top = UINT32_C(1) << degree;
    uint32_t power = 1;
    for (uint32_t i = 1; i <= order; i++) {
        power <<= 1;
        if ((power & top) != 0) power ^= polynomial;
        if (power == 1) return i == order;
        if (power == 0) return false;
    }
    return false;
}

/* The bits of the initial numbers: odd, m_i below 2^i, from a fixed stream. */
static uint32_t initial(size_t dimension, int i)
{
    const uint64_t bits =
        fpt_stream_join(UINT64_C(0x736f626f6c), /* "sobol" */
                        (uint64_t)dimension << 8 | (uint64_t)i);
    return ((uint32_t)bits & ((UINT32_C(1) << i) - 1)) | 1;
}

static void directions_of(size_t dimension, uint32_t polynomial, int degree,
                          uint32_t *v)
{
    for (int i = 1; i <= degree && i <= FPT_SOBOL_BITS; i++)
        v[i - 1] = initial(dimension, i) << (FPT_SOBOL_BITS - i);
    for (int i = degree; i < FPT_SOBOL_BITS; i++) {
        uint32_t next = v[i - degree] ^ (v[i - degree] >> degree);
        for (int k = 1; k < degree; k++)
            if ((polynomial >> (degree - k) & 1) != 0) next ^= v[i - k];
        v[i] = next;
    }
}

fpt_status fpt_sobol_directions(size_t count, uint32_t *direction)
{
    if (count > FPT_SOBOL_DIMENSIONS) return FPT_ERR_RANGE;
    size_t dimension = 0;
    if (count > 0) {
        for (int i = 0; i < FPT_SOBOL_BITS; i++)
            direction[i] = UINT32_C(1) << (FPT_SOBOL_BITS - 1 - i);
        dimension = 1;
    }
    for (int degree = 1; dimension < count; degree++) {
        const uint32_t top = UINT32_C(1) << degree;
        for (uint32_t low = 1; low < top && dimension < count; low += 2) {
            if (!is_primitive(top | low, degree)) continue;
            directions_of(dimension, top | low, degree,
                          direction + dimension * FPT_SOBOL_BITS);
            dimension++;
        }
    }
    return FPT_OK;
}

uint32_t fpt_sobol_bits(const uint32_t *direction, uint32_t index)
{
    uint32_t bits = 0;
    for (int i = 0; index != 0; i++, index >>= 1)
        if ((index & 1) != 0) bits ^= direction[i];
    return bits;
}

double fpt_sobol_scrambled(const uint32_t *direction, uint32_t index,
                           uint64_t seed, uint64_t stream)
{
    const uint32_t bits = fpt_sobol_bits(direction, index);
    const uint64_t key = fpt_stream_join(seed, stream);
    uint32_t flips = 0;
    for (int i = 0; i < FPT_SOBOL_BITS; i++) {
        /* The bits above bit i, with a leading 1 to tell their number. */
        const uint64_t prefix =
            ((uint64_t)1 << 32 | bits) >> (FPT_SOBOL_BITS - i);
        const uint64_t coin = fpt_stream_join(key, prefix);
        flips |= (uint32_t)(coin & 1) << (FPT_SOBOL_BITS - 1 - i);
    }
    /* Below the last bit: where in its cell the point lies. */
    const uint64_t rest = fpt_stream_join(~key, index);
    return fpt_lane_uniform(bits ^ flips, (uint32_t)rest);
}
