/*
 * Numbers from text and back. The library must not depend on the locale of the
 * program that it lives in, so printf and strtod are not used as they are.
 *
 * Printing is Giulietti's Schubfach: of all decimals that read back as the
 * double take the shortest, and of those the nearest. It needs one rounded
 * product with a tabulated power of ten for each of the value and the two ends
 * of its rounding interval.
 */
#define _GNU_SOURCE /* strtod_l */
#include "fpt/number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base_i.h"
#include "pow10_table.h"

bool fpt_parse_int64(fpt_str text, int64_t *out)
{
    size_t i = 0;
    const bool negative = text.len > 0 && text.data[0] == '-';
    if (text.len > 0 && (text.data[0] == '-' || text.data[0] == '+')) i = 1;
    if (i == text.len) return false;

    uint64_t value = 0;
    const uint64_t most = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    for (; i < text.len; i++) {
        const unsigned digit = (unsigned)(text.data[i] - '0');
        if (digit > 9) return false;
        if (value > (most - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

/* A decimal taken apart: digits (without the point) as far as they fit. */
struct decimal {
    bool negative;
    uint64_t digits; /* the first 19 */
    bool cut;        /* there were more than 19 */
    int64_t exponent;
};

/* What stands behind the `e`. Beyond 10^17 it grows no more: it is far outside
 * every range by then, and must still add up with the places of the point. */
static bool parse_exponent(fpt_str text, int64_t *out)
{
    size_t i = 0;
    const bool negative = text.len > 0 && text.data[0] == '-';
    if (text.len > 0 && (text.data[0] == '-' || text.data[0] == '+')) i = 1;
    if (i == text.len) return false;
    int64_t value = 0;
    for (; i < text.len; i++) {
        const unsigned digit = (unsigned)(text.data[i] - '0');
        if (digit > 9) return false;
        if (value < INT64_C(100000000000000000)) value = value * 10 + digit;
    }
    *out = negative ? -value : value;
    return true;
}

static bool take_apart(fpt_str text, struct decimal *out)
{
    struct decimal d = {0};
    size_t i = 0;
    if (i < text.len && (text.data[i] == '-' || text.data[i] == '+'))
        d.negative = text.data[i++] == '-';

    int64_t point_shift = 0;
    int taken = 0;
    size_t seen = 0;
    bool point = false;
    for (; i < text.len; i++) {
        const char c = text.data[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        const unsigned digit = (unsigned)(c - '0');
        if (digit > 9) break;
        seen++;
        if (taken == 0 && digit == 0) { /* leading zeros do not count */
            if (point) point_shift--;
            continue;
        }
        if (taken < 19) {
            d.digits = d.digits * 10 + digit;
            taken++;
            if (point) point_shift--;
        } else {
            if (digit != 0) d.cut = true;
            if (!point) point_shift++;
        }
    }
    if (seen == 0) return false;

    int64_t exponent = 0;
    if (i < text.len && (text.data[i] == 'e' || text.data[i] == 'E')) {
        if (!parse_exponent(fpt_str_slice(text, i + 1, text.len), &exponent))
            return false;
        i = text.len;
    }
    if (i != text.len) return false;
    d.exponent = exponent + point_shift;
    *out = d;
    return true;
}

/* The hard cases: libc's correctly rounded conversion in the C locale. */
static bool parse_exactly(fpt_str text, double *out)
{
    char buffer[512];
    if (text.len >= sizeof buffer) return false;
    memcpy(buffer, text.data, text.len);
    buffer[text.len] = '\0';
    const locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (FPT_NEVER(c == (locale_t)0)) return false;
    *out = strtod_l(buffer, NULL, c);
    freelocale(c);
    return true;
}

bool fpt_parse_double(fpt_str text, double *out)
{
    static const double power[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    struct decimal d;
    if (!take_apart(text, &d)) return false;

    /* Clinger: both factors are exact, so the one rounding is the right one. */
    if (!d.cut && d.digits <= UINT64_C(1) << 53 && d.exponent >= -22 &&
        d.exponent <= 22) {
        double value = (double)d.digits;
        value = d.exponent < 0 ? value / power[-d.exponent]
                               : value * power[d.exponent];
        *out = d.negative ? -value : value;
        return true;
    }
    if (d.digits == 0) {
        *out = d.negative ? -0.0 : 0.0;
        return true;
    }
    double value;
    if (!parse_exactly(text, &value) || !isfinite(value)) return false;
    *out = value;
    return true;
}

/* value * 10^shift as a whole number, where shift is positive. */
static bool scale_up(bool negative, uint64_t value, int64_t shift, int64_t *out)
{
    for (; shift > 0 && value != 0; shift--) {
        if (value > (uint64_t)INT64_MAX / 10) return false;
        value *= 10;
    }
    if (value > (uint64_t)INT64_MAX) return false;
    *out = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

bool fpt_parse_decimal(fpt_str text, int digits, int64_t *out)
{
    struct decimal d;
    if (!take_apart(text, &d) || d.cut) return false;
    int64_t shift = d.exponent + digits;
    uint64_t value = d.digits;
    for (; shift < 0 && value != 0; shift++) {
        if (value % 10 != 0) return false;
        value /= 10;
    }
    return scale_up(d.negative, value, shift, out);
}

bool fpt_parse_decimal_rounded(fpt_str text, int digits, int64_t *out)
{
    struct decimal d;
    if (!take_apart(text, &d)) return false;
    int64_t shift = d.exponent + digits;
    uint64_t value = d.digits;
    /* Digits that were cut off stand behind 19 others: without a shift they
     * would be whole units, or decide about one. */
    if (d.cut && shift >= 0) return false;
    for (; shift < -1 && value != 0; shift++)
        value /= 10;
    if (shift < 0) { /* the first digit that goes decides alone */
        const bool up = value % 10 >= 5;
        value = value / 10 + (up ? 1 : 0);
    }
    return scale_up(d.negative, value, shift, out);
}

/* ---- printing ---- */

static uint64_t multiply_high(uint64_t a, uint64_t b)
{
    return (uint64_t)(((fpti_uint128)a * b) >> 64);
}

/* g * c / 2^127 rounded to odd, g being a table entry of two 63-bit words. */
static uint64_t round_to_odd(const uint64_t g[2], uint64_t c)
{
    const uint64_t mask = (UINT64_C(1) << 63) - 1;
    const uint64_t low = multiply_high(g[1], c);
    const uint64_t middle = g[0] * c;
    const uint64_t high = multiply_high(g[0], c);
    const uint64_t z = (middle >> 1) + low;
    const uint64_t w = high + (z >> 63);
    return w | (((z & mask) + mask) >> 63);
}

static int floor_log10_pow2(int e)
{
    return (int)(((int64_t)e * INT64_C(661971961083)) >> 41);
}

static int floor_log10_three_quarters_pow2(int e)
{
    return (int)(((int64_t)e * INT64_C(661971961083) - INT64_C(274743187321)) >>
                 41);
}

static int floor_log2_pow10(int e)
{
    return (int)(((int64_t)e * INT64_C(913124641741)) >> 38);
}

/* The shortest digits and their exponent for a positive finite double. */
static uint64_t shortest(double value, int *exponent)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    const int biased = (int)(bits >> 52 & 0x7FF);
    const uint64_t c = biased != 0 ? fraction | UINT64_C(1) << 52 : fraction;
    const int q = (biased != 0 ? biased : 1) - 1075;
    const bool even = (c & 1) == 0;
    const bool lower_is_closer = fraction == 0 && biased > 1;

    const uint64_t cb = c << 2;
    const uint64_t cbl = lower_is_closer ? cb - 1 : cb - 2;
    const uint64_t cbr = cb + 2;
    const int k = lower_is_closer ? floor_log10_three_quarters_pow2(q)
                                  : floor_log10_pow2(q);
    const int h = q + floor_log2_pow10(-k) + 2;
    const uint64_t *g = pow10_table[k - POW10_K_MIN];
    const uint64_t vb = round_to_odd(g, cb << h);
    const uint64_t vbl = round_to_odd(g, cbl << h);
    const uint64_t vbr = round_to_odd(g, cbr << h);
    const uint64_t lower = vbl + (even ? 0 : 1);
    const uint64_t upper = vbr - (even ? 0 : 1);

    *exponent = k;
    const uint64_t s = vb / 4;
    if (s >= 10) {
        const uint64_t tens = s / 10;
        const bool below = lower <= 40 * tens;
        const bool above = 40 * tens + 40 <= upper;
        if (below != above) {
            *exponent = k + 1;
            return tens + (above ? 1 : 0);
        }
    }
    const bool below = lower <= 4 * s;
    const bool above = 4 * s + 4 <= upper;
    if (below != above) return s + (above ? 1 : 0);
    const uint64_t middle = 4 * s + 2;
    const bool round_up = vb > middle || (vb == middle && (s & 1) != 0);
    return s + (round_up ? 1 : 0);
}

static size_t count_digits(uint64_t x)
{
    static const uint64_t power[] = {UINT64_C(0), /* 0 has a digit too */
                                     UINT64_C(10),
                                     UINT64_C(100),
                                     UINT64_C(1000),
                                     UINT64_C(10000),
                                     UINT64_C(100000),
                                     UINT64_C(1000000),
                                     UINT64_C(10000000),
                                     UINT64_C(100000000),
                                     UINT64_C(1000000000),
                                     UINT64_C(10000000000),
                                     UINT64_C(100000000000),
                                     UINT64_C(1000000000000),
                                     UINT64_C(10000000000000),
                                     UINT64_C(100000000000000),
                                     UINT64_C(1000000000000000),
                                     UINT64_C(10000000000000000),
                                     UINT64_C(100000000000000000),
                                     UINT64_C(1000000000000000000),
                                     UINT64_C(10000000000000000000)};
    /* The bits times log10(2), which is right or one too many. */
    const unsigned bits = 64U - (unsigned)__builtin_clzll(x | 1);
    const unsigned near = bits * 1233U >> 12;
    return near - (x < power[near] ? 1U : 0U) + 1U;
}

/* Two digits at a time, from the end; `count` as count_digits() has it. */
static void put_digits(uint64_t digits, size_t count, char *out)
{
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233"
        "34353637383940414243444546474849505152535455565758596061626364656667"
        "6869707172737475767778798081828384858687888990919293949596979899";
    char *at = out + count;
    while (digits >= 100) {
        at -= 2;
        memcpy(at, pairs + 2 * (digits % 100), 2);
        digits /= 100;
    }
    if (digits >= 10)
        memcpy(at - 2, pairs + 2 * digits, 2);
    else
        at[-1] = (char)('0' + digits);
}

static size_t print_digits(uint64_t digits, char *out)
{
    const size_t count = count_digits(digits);
    put_digits(digits, count, out);
    return count;
}

size_t fpt_print_int64(int64_t value, char buffer[FPT_NUMBER_BYTES])
{
    size_t at = 0;
    uint64_t size = (uint64_t)value;
    if (value < 0) {
        buffer[at++] = '-';
        size = 0 - size;
    }
    at += print_digits(size, buffer + at);
    buffer[at] = '\0';
    return at;
}

/* The digits with a point behind the first `whole` of them (1 <= whole): they
 * are put one place to the right of where they belong, and those before the
 * point moved back. */
static size_t put_point(uint64_t digits, size_t count, size_t whole, char *out)
{
    put_digits(digits, count, out + 1);
    for (size_t i = 0; i < whole; i++)
        out[i] = out[i + 1];
    out[whole] = '.';
    return count + 1;
}

static size_t print_decimal(uint64_t digits, int exponent, char *out)
{
    const size_t count = count_digits(digits);
    const int whole = (int)count + exponent; /* digits before the point */
    if (whole > 0 && whole <= 17) {
        if (exponent < 0) return put_point(digits, count, (size_t)whole, out);
        put_digits(digits, count, out);
        memset(out + count, '0', (size_t)exponent);
        return (size_t)whole;
    }
    if (whole <= 0 && whole >= -4) {
        memcpy(out, "0.0000", 6);
        const size_t at = (size_t)(2 - whole);
        put_digits(digits, count, out + at);
        return at + count;
    }
    size_t at = 1;
    if (count > 1)
        at = put_point(digits, count, 1, out);
    else
        put_digits(digits, count, out);
    out[at++] = 'e';
    out[at++] = whole > 0 ? '+' : '-';
    const int size = whole > 0 ? whole - 1 : 1 - whole;
    if (size < 10) out[at++] = '0';
    return at + print_digits((uint64_t)size, out + at);
}

size_t fpt_print_double(double value, char buffer[FPT_NUMBER_BYTES])
{
    size_t at = 0;
    buffer[0] = '\0';
    if (isnan(value)) return 0;
    if (signbit(value)) {
        buffer[at++] = '-';
        value = -value;
    }
    if (value < 0x1p53 && (double)(uint64_t)value == value) {
        /* Whole numbers are their own shortest digits. */
        at += print_digits((uint64_t)value, buffer + at);
    } else if (isinf(value)) {
        memcpy(buffer + at, "inf", 3);
        at += 3;
    } else {
        int exponent;
        uint64_t digits = shortest(value, &exponent);
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        at += print_decimal(digits, exponent, buffer + at);
    }
    buffer[at] = '\0';
    return at;
}

size_t fpt_print_fixed(double value, int decimals,
                       char buffer[FPT_NUMBER_BYTES])
{
    static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4,
                                   1e5, 1e6, 1e7, 1e8, 1e9};
    FPT_REQUIRE(decimals >= 0 && decimals <= 9);
    const double scaled = round(fabs(value) * power[decimals]);
    if (!(scaled < 1e18)) return fpt_print_double(value, buffer);

    const uint64_t units = (uint64_t)scaled;
    uint64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    size_t at = 0;
    if (value < 0 && units != 0) buffer[at++] = '-';
    at += print_digits(units / unit, buffer + at);
    if (decimals > 0) {
        buffer[at++] = '.';
        for (uint64_t rest = units % unit; unit > 1;) {
            unit /= 10;
            buffer[at++] = (char)('0' + rest / unit);
            rest %= unit;
        }
    }
    buffer[at] = '\0';
    return at;
}

size_t fpt_print_grouped(int64_t value, char buffer[FPT_NUMBER_BYTES])
{
    char plain[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_int64(value, plain);
    const size_t sign = value < 0 ? 1 : 0;
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        if (i > sign && (len - i) % 3 == 0) buffer[at++] = ',';
        buffer[at++] = plain[i];
    }
    buffer[at] = '\0';
    return at;
}

void fpt_strbuf_add_double(fpt_strbuf *buffer, double value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_double(value, text);
    fpt_strbuf_add(buffer, (fpt_str){text, len});
}

void fpt_strbuf_add_int64(fpt_strbuf *buffer, int64_t value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_int64(value, text);
    fpt_strbuf_add(buffer, (fpt_str){text, len});
}
