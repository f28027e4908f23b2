/* What the tests of the statistics share. */
#ifndef FPT_TEST_STAT_CHECK_H
#define FPT_TEST_STAT_CHECK_H

#include "check.h"

#include "fpt/stat.h"

static inline fpt_level level_of(double confidence)
{
    fpt_level level;
    assert_ok(fpt_level_make(confidence, &level));
    return level;
}

/* Uniform on [low, high). */
static inline double between(uint64_t *seed, double low, double high)
{
    return low + (high - low) * (double)(next_random(seed) >> 11) * 0x1p-53;
}

/* 0 .. most, all sizes alike: as often under ten as above a thousand. */
static inline double some_count(uint64_t *seed, double most)
{
    return floor(pow(most + 1.0, between(seed, 0.0, 1.0)) - 1.0);
}

static inline bool same_bits(size_t count, const double *a, const double *b)
{
    return memcmp(a, b, count * sizeof *a) == 0;
}

#define assert_state(actual, name)                                             \
    do {                                                                       \
        const fpt_state state_ = (actual);                                     \
        if (state_ != FPT_STATE_##name)                                        \
            fail_msg("%s is %s, expected " #name, #actual,                     \
                     fpt_state_word(state_));                                  \
    } while (0)

#define assert_nan(actual)                                                     \
    do {                                                                       \
        const double nan_ = (actual);                                          \
        if (!isnan(nan_))                                                      \
            fail_msg("%s is %.17g, expected none", #actual, nan_);             \
    } while (0)

#endif /* FPT_TEST_STAT_CHECK_H */
