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
    t->level = fpt_lanes_best();
    return t;
}

/* ---- where a size falls ---- */

static size_t bin_of(uint64_t size)
{
    if (size < FPTI_EXACT) return (size_t)size;
    const int top = 63 - __builtin_clzll(size); /* 7 or more */
    return (size_t)(top - 5) * FPTI_PAGE + ((size_t)(size >> (top - 6)) & 63);
}

/* The least size of a bin and how many whole sizes it holds. */
static void bin_range(size_t bin, uint64_t *from, uint64_t *width)
{
    if (bin < FPTI_EXACT) {
        *from = bin;
        *width = 1;
        return;
    }
    const size_t octave = bin / FPTI_PAGE - 1;
    *width = UINT64_C(1) << octave;
    *from = (UINT64_C(64) + bin % FPTI_PAGE) << octave;
}

bool fpti_tally_bin(fpt_tally *t, int side, size_t bin, uint64_t add)
{
    uint64_t **page = &t->page[(size_t)side * FPTI_PAGES + bin / FPTI_PAGE];
    if (*page == NULL) {
        *page = FPT_NEW(t->arena, uint64_t, FPTI_PAGE);
        if (*page == NULL) return false;
    }
    (*page)[bin % FPTI_PAGE] += add;
    return true;
}

uint64_t fpti_tally_at(const fpt_tally *t, int side, size_t bin)
{
    const uint64_t *page = t->page[(size_t)side * FPTI_PAGES + bin / FPTI_PAGE];
    return page != NULL ? page[bin % FPTI_PAGE] : 0;
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

/* One value, of any size. */
static fpt_status add_one(fpt_tally *t, double value)
{
    const int64_t x = (int64_t)value;
    const uint64_t size = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
    if (!fpti_tally_bin(t, x < 0 ? 0 : 1, bin_of(size), 1))
        return FPT_ERR_MEMORY;
    t->sum += x;
    add_square(t, (fpti_uint128)size * size);
    t->negative += x < 0;
    t->lack += x < 0 ? size : 0;
    t->least = x < t->least ? x : t->least;
    t->most = x > t->most ? x : t->most;
    t->count++;
    return FPT_OK;
}

static void count_row(fpt_lanes_level level, const double *value,
                      fpti_tally_row *row)
{
#if defined(__x86_64__)
    if (level == FPT_LANES_AVX512) {
        fpti_tally_row_avx512(value, row);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_tally_row_avx2(value, row);
        return;
    }
#endif
    (void)level;
    fpti_tally_row_plain(value, row);
}

void fpti_lanes_met(fpt_lanes_level level, const double *row, uint64_t *met)
{
#if defined(__x86_64__)
    if (level == FPT_LANES_AVX512) {
        fpti_lanes_met_avx512(row, met);
        return;
    }
    if (level == FPT_LANES_AVX2) {
        fpti_lanes_met_avx2(row, met);
        return;
    }
#endif
    (void)level;
    fpti_lanes_met_plain(row, met);
}

fpt_status fpti_tally_settle(fpt_tally *t)
{
    const uint16_t *waiting = t->slot;
    const size_t count = t->waiting;
    for (size_t i = 0; i < count; i++) {
        const uint16_t slot = waiting[i];
        uint64_t *page = t->page[slot / FPTI_PAGE];
        if (page != NULL)
            page[slot % FPTI_PAGE]++;
        else if (!fpti_tally_bin(t, slot / FPTI_BINS, slot % FPTI_BINS, 1))
            return FPT_ERR_MEMORY;
    }
    t->waiting = 0;
    return FPT_OK;
}

/* A row of lanes of one value: most metrics of most plans are 0 throughout. */
static fpt_status add_same(fpt_tally *t, double value)
{
    const int64_t x = (int64_t)value;
    const uint64_t size = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
    if (!fpti_tally_bin(t, x < 0 ? 0 : 1, bin_of(size), FPT_LANES))
        return FPT_ERR_MEMORY;
    t->sum += FPT_LANES * x;
    add_square(t, (fpti_uint128)size * size * FPT_LANES);
    t->negative += x < 0 ? FPT_LANES : 0;
    t->lack += x < 0 ? FPT_LANES * size : 0;
    t->least = x < t->least ? x : t->least;
    t->most = x > t->most ? x : t->most;
    t->count += FPT_LANES;
    return FPT_OK;
}

fpt_status fpti_tally_zeros(fpt_tally *t, uint64_t count)
{
    if (count == 0) return FPT_OK;
    if (!fpti_tally_bin(t, 1, 0, count)) return FPT_ERR_MEMORY;
    t->count += count;
    t->least = t->least < 0 ? t->least : 0;
    t->most = t->most > 0 ? t->most : 0;
    return FPT_OK;
}

fpt_status fpti_tally_add_later(fpt_tally *t, const double *value)
{
    if (memcmp(value, value + 1, (FPT_LANES - 1) * sizeof *value) == 0 &&
        fabs(value[0]) < 0x1p51)
        return add_same(t, value[0]);
    fpti_tally_row row;
    count_row(t->level, value, &row);
    if (!row.plain) {
        for (int i = 0; i < FPT_LANES; i++)
            FPT_TRY(add_one(t, value[i]));
        return FPT_OK;
    }
    memcpy(t->slot + t->waiting, row.slot, sizeof row.slot);
    t->waiting += FPT_LANES;
    t->sum += row.sum;
    t->negative += row.negative;
    t->lack += (uint64_t)row.lack;
    add_square(t, ((fpti_uint128)row.square[0] << 52) +
                      ((fpti_uint128)row.square[1] << 27) + row.square[2]);
    t->least = row.least < t->least ? row.least : t->least;
    t->most = row.most > t->most ? row.most : t->most;
    t->count += FPT_LANES;
    return t->waiting < FPTI_WAITING ? FPT_OK : fpti_tally_settle(t);
}

fpt_status fpt_tally_add(fpt_tally *t, size_t count, const double *value)
{
    size_t i = 0;
    for (; i + FPT_LANES <= count; i += FPT_LANES)
        FPT_TRY(fpti_tally_add_later(t, value + i));
    for (; i < count; i++)
        FPT_TRY(add_one(t, value[i]));
    return fpti_tally_settle(t);
}

fpt_status fpt_tally_join(fpt_tally *t, const fpt_tally *other)
{
    for (size_t p = 0; p < 2 * (size_t)FPTI_PAGES; p++) {
        if (other->page[p] == NULL) continue;
        for (size_t k = 0; k < FPTI_PAGE; k++)
            if (other->page[p][k] > 0 &&
                !fpti_tally_bin(t, p < FPTI_PAGES ? 0 : 1,
                                p % FPTI_PAGES * FPTI_PAGE + k,
                                other->page[p][k]))
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

/* Bins in rising order, from the most negative: sizes fall, then rise. */
bool fpti_tally_next(const fpt_tally *t, fpti_tally_cursor *c)
{
    for (; c->side < 2; c->side++, c->next = 0)
        while (c->next < FPTI_BINS) {
            const size_t bin =
                c->side == 0 ? (size_t)FPTI_BINS - 1 - c->next : c->next;
            const uint64_t *page =
                t->page[(size_t)c->side * FPTI_PAGES + bin / FPTI_PAGE];
            if (page == NULL) {
                c->next += FPTI_PAGE; /* it is at the page's beginning */
                continue;
            }
            c->next++;
            c->count = page[bin % FPTI_PAGE];
            if (c->count == 0) continue;
            uint64_t from, width;
            bin_range(bin, &from, &width);
            const double low = (double)from, high = (double)(from + width - 1);
            c->low = c->side == 0 ? -high : low;
            c->high = c->side == 0 ? -low : high;
            return true;
        }
    return false;
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
