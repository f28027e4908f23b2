/*
 * Counts of a metric over draws. All of it is whole numbers, so the order of
 * adding and the way of splitting cannot show. Bins are made only where values
 * fall: a metric that stays between two powers of two needs one.
 */
#include "tally_i.h"

fpt_tally *fpt_tally_make(fpt_arena *arena)
{
    fpt_tally *t = FPT_NEW(arena, fpt_tally, 1);
    if (t == NULL) return NULL;
    t->arena = arena;
    t->least = INT64_MAX;
    t->most = INT64_MIN;
    return t;
}

/* ---- where a size falls ---- */

static size_t octave_of(uint64_t size, size_t *within)
{
    if (size < FPTI_EXACT) {
        *within = (size_t)size;
        return 0;
    }
    const int top = 63 - __builtin_clzll(size); /* 7 or more */
    *within = (size_t)(size >> (top - 6)) & 63;
    return (size_t)(top - 6);
}

/* The least size of a bin and how many whole sizes it holds. */
static void bin_range(size_t octave, size_t within, uint64_t *from,
                      uint64_t *width)
{
    if (octave == 0) {
        *from = within;
        *width = 1;
        return;
    }
    *width = UINT64_C(1) << octave;
    *from = (UINT64_C(64) + within) << octave;
}

static size_t bins_in(size_t octave)
{
    return octave == 0 ? FPTI_EXACT : 64;
}

bool fpti_tally_bin(fpt_tally *t, int side, size_t octave, size_t within,
                    uint64_t add)
{
    uint64_t **bins = &t->bins[side][octave];
    if (*bins == NULL) {
        *bins = FPT_NEW(t->arena, uint64_t, bins_in(octave));
        if (*bins == NULL) return false;
    }
    (*bins)[within] += add;
    return true;
}

/* ---- 192 bits, since squares of large sums outgrow 128 ---- */

static void add_square(fpt_tally *t, fpti_uint128 square)
{
    const fpti_uint128 low = (fpti_uint128)t->square[0] + (uint64_t)square;
    const fpti_uint128 middle = (fpti_uint128)t->square[1] +
                                (uint64_t)(square >> 64) +
                                (uint64_t)(low >> 64);
    t->square[0] = (uint64_t)low;
    t->square[1] = (uint64_t)middle;
    t->square[2] += (uint64_t)(middle >> 64);
}

static void join_squares(fpt_tally *t, const fpt_tally *other)
{
    const fpti_uint128 low = (fpti_uint128)t->square[0] + other->square[0];
    const fpti_uint128 middle =
        (fpti_uint128)t->square[1] + other->square[1] + (uint64_t)(low >> 64);
    t->square[0] = (uint64_t)low;
    t->square[1] = (uint64_t)middle;
    t->square[2] += other->square[2] + (uint64_t)(middle >> 64);
}

/* ---- adding ---- */

/* Sums of a few hundred values below 2^53 fit 64 bits, and of their squares
 * 128: carries into wider words are made once for them all. */
enum { AT_ONCE = 256 };
#define WITHIN ((double)(INT64_C(1) << 53))

static fpt_status add_few(fpt_tally *t, size_t count, const double *value)
{
    int64_t sum = 0, least = t->least, most = t->most;
    uint64_t negative = 0, lack = 0;
    fpti_uint128 square = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t x = (int64_t)value[i];
        const uint64_t size = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
        size_t within;
        const size_t octave = octave_of(size, &within);
        uint64_t *bins = t->bins[x < 0 ? 0 : 1][octave];
        if (bins != NULL)
            bins[within]++;
        else if (!fpti_tally_bin(t, x < 0 ? 0 : 1, octave, within, 1))
            return FPT_ERR_MEMORY;
        sum += x;
        square += (fpti_uint128)size * size;
        negative += x < 0;
        lack += x < 0 ? size : 0;
        least = x < least ? x : least;
        most = x > most ? x : most;
    }
    t->sum += sum;
    t->negative += negative;
    t->lack += lack;
    add_square(t, square);
    t->least = least;
    t->most = most;
    t->count += count;
    return FPT_OK;
}

fpt_status fpt_tally_add(fpt_tally *t, size_t count, const double *value)
{
    bool small = true;
    for (size_t i = 0; i < count; i++)
        small = small && value[i] < WITHIN && value[i] > -WITHIN;
    const size_t step = small ? AT_ONCE : 1;
    for (size_t i = 0; i < count; i += step)
        FPT_TRY(add_few(t, count - i < step ? count - i : step, value + i));
    return FPT_OK;
}

fpt_status fpt_tally_join(fpt_tally *t, const fpt_tally *other)
{
    for (int side = 0; side < 2; side++)
        for (size_t o = 0; o < FPTI_OCTAVES; o++) {
            if (other->bins[side][o] == NULL) continue;
            for (size_t k = 0; k < bins_in(o); k++)
                if (other->bins[side][o][k] > 0 &&
                    !fpti_tally_bin(t, side, o, k, other->bins[side][o][k]))
                    return FPT_ERR_MEMORY;
        }
    t->count += other->count;
    t->negative += other->negative;
    t->sum += other->sum;
    t->lack += other->lack;
    join_squares(t, other);
    if (other->least < t->least) t->least = other->least;
    if (other->most > t->most) t->most = other->most;
    return FPT_OK;
}

/* ---- reading off ---- */

/* Bins in rising order: number k of all, from the most negative. */
bool fpti_tally_next(const fpt_tally *t, fpti_tally_cursor *c)
{
    for (;;) {
        if (c->side == 0) {
            /* Sizes fall. */
            if (c->started && c->within > 0) {
                c->within--;
            } else {
                if (c->started && c->octave == 0) {
                    c->side = 1;
                    c->started = false;
                    continue;
                }
                c->octave = c->started ? c->octave - 1 : FPTI_OCTAVES - 1;
                c->within = bins_in(c->octave) - 1;
                c->started = true;
            }
        } else {
            if (!c->started) {
                c->octave = 0;
                c->within = 0;
                c->started = true;
            } else if (c->within + 1 < bins_in(c->octave)) {
                c->within++;
            } else {
                c->within = 0;
                if (++c->octave == FPTI_OCTAVES) return false;
            }
        }
        const uint64_t *bins = t->bins[c->side][c->octave];
        if (bins == NULL) {
            /* An octave without bins is passed over at once. */
            c->within = c->side == 0 ? 0 : bins_in(c->octave) - 1;
            continue;
        }
        c->count = bins[c->within];
        if (c->count == 0) continue;
        uint64_t from, width;
        bin_range(c->octave, c->within, &from, &width);
        if (c->side == 1) {
            c->low = (double)from;
            c->high = (double)(from + width - 1);
        } else {
            c->low = -(double)(from + width - 1);
            c->high = -(double)from;
        }
        return true;
    }
}

/* Number k from 0 of the values in order, spread evenly over its bin. */
static double value_at(const fpt_tally *t, uint64_t k)
{
    fpti_tally_cursor c = {0};
    uint64_t before = 0;
    while (fpti_tally_next(t, &c)) {
        if (k < before + c.count) {
            const double part = ((double)(k - before) + 0.5) / (double)c.count;
            const double x = c.low + (c.high - c.low) * part;
            return fmin((double)t->most, fmax((double)t->least, x));
        }
        before += c.count;
    }
    return (double)t->most;
}

double fpt_tally_quantile(const fpt_tally *t, double p)
{
    if (t->count == 0) return (double)NAN;
    const double at = p * (double)(t->count - 1);
    const uint64_t k = (uint64_t)at;
    const double low = value_at(t, k);
    if (k + 1 >= t->count) return low;
    return low + (at - (double)k) * (value_at(t, k + 1) - low);
}

/* The mean of the lowest values, from the middles of their bins. */
static double lowest_mean(const fpt_tally *t, uint64_t many)
{
    fpti_tally_cursor c = {0};
    double sum = 0.0;
    uint64_t left = many;
    while (left > 0 && fpti_tally_next(t, &c)) {
        const uint64_t here = c.count < left ? c.count : left;
        const double low = fmax(c.low, (double)t->least);
        const double high = fmin(c.high, (double)t->most);
        /* Of a bin that is not used up the lower part. */
        const double part = (double)here / (double)c.count;
        sum += (double)here * (low + 0.5 * part * (high - low));
        left -= here;
    }
    return sum / (double)many;
}

fpt_tally_summary fpt_tally_summarise(const fpt_tally *t)
{
    const double none = (double)NAN;
    fpt_tally_summary s = {.count = t->count, .negative = t->negative};
    if (t->count == 0) {
        s.mean = s.sd = s.least = s.most = s.shortfall = s.given_short = none;
        s.p5 = s.p10 = s.p50 = s.p90 = s.p95 = s.tail_5 = none;
        return s;
    }
    const double n = (double)t->count;
    s.mean = (double)t->sum / n;
    s.least = (double)t->least;
    s.most = (double)t->most;
    s.shortfall = (double)t->lack / n;
    s.given_short =
        t->negative > 0 ? (double)t->lack / (double)t->negative : none;
    /* n * squares - sum^2 in long double: 64 bits of a difference of whole
     * numbers, of which the sums above lose nothing. */
    const long double squares = (long double)t->square[0] +
                                0x1p64L * (long double)t->square[1] +
                                0x1p128L * (long double)t->square[2];
    const long double sum = (long double)t->sum;
    const long double spread =
        (squares - sum * (sum / (long double)n)) / (long double)n;
    s.sd = spread > 0.0L && t->least < t->most ? (double)sqrtl(spread) : 0.0;
    if (t->count > 1) s.sd *= sqrt(n / (n - 1.0));
    s.p5 = fpt_tally_quantile(t, 0.05);
    s.p10 = fpt_tally_quantile(t, 0.10);
    s.p50 = fpt_tally_quantile(t, 0.50);
    s.p90 = fpt_tally_quantile(t, 0.90);
    s.p95 = fpt_tally_quantile(t, 0.95);
    const uint64_t tail = t->count / 20;
    s.tail_5 = lowest_mean(t, tail > 0 ? tail : 1);
    return s;
}

fpt_odds fpt_odds_of(uint64_t events, uint64_t draws)
{
    const double none = (double)NAN;
    fpt_odds o = {events, draws, none, none, none, none};
    if (draws == 0) return o;
    /* Wilson's 95 % interval, the upper bound by the product of the roots. */
    const double z = 1.9599639845400543, n = (double)draws;
    const double x = (double)events, z2 = z * z;
    const double spread = z * sqrt(z2 + 4.0 * x * ((n - x) / n));
    const double sum = 2.0 * x + z2 + spread;
    o.value = x / n;
    o.lower = events == 0 ? 0.0 : 2.0 * x * (x / n) / sum;
    o.upper = events == draws ? 1.0 : sum / (2.0 * (n + z2));
    o.standard_error = sqrt(o.value * (1.0 - o.value) / n);
    return o;
}
