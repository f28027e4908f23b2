#include "fpt/money.h"

#include <math.h>

#include "base_i.h"
#include "fpt/number.h"

fpt_status fpt_money_add(fpt_money a, fpt_money b, fpt_money *out)
{
    int64_t sum;
    if (__builtin_add_overflow(a.pence, b.pence, &sum)) return FPT_ERR_RANGE;
    out->pence = sum;
    return FPT_OK;
}

fpt_status fpt_money_subtract(fpt_money a, fpt_money b, fpt_money *out)
{
    int64_t difference;
    if (__builtin_sub_overflow(a.pence, b.pence, &difference))
        return FPT_ERR_RANGE;
    out->pence = difference;
    return FPT_OK;
}

fpt_status fpt_money_multiply(fpt_money a, int64_t factor, fpt_money *out)
{
    int64_t product;
    if (__builtin_mul_overflow(a.pence, factor, &product)) return FPT_ERR_RANGE;
    out->pence = product;
    return FPT_OK;
}

fpt_status fpt_round_half_away(double x, int64_t *out)
{
    const double whole = round(x);
    if (!(whole > -0x1p63 && whole < 0x1p63)) return FPT_ERR_RANGE;
    *out = (int64_t)whole;
    return FPT_OK;
}

fpt_status fpt_multiply_divide(int64_t a, int64_t b, int64_t c, int64_t *out)
{
    FPT_REQUIRE(c > 0);
    fpti_int128 product = (fpti_int128)a * b;
    const bool negative = product < 0;
    if (negative) product = -product;
    /* For an odd c there is no half, so c / 2 is right in both cases. */
    const fpti_int128 whole = (product + c / 2) / c;
    if (whole > INT64_MAX) return FPT_ERR_RANGE;
    *out = negative ? -(int64_t)whole : (int64_t)whole;
    return FPT_OK;
}

/* A thousands separator stands before three digits, and these before another
 * separator, the point or the end. */
static bool three_digits_follow(fpt_str text, size_t comma)
{
    if (text.len - comma < 4) return false;
    for (size_t i = comma + 1; i < comma + 4; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return comma + 4 == text.len || text.data[comma + 4] == ',' ||
           text.data[comma + 4] == '.';
}

fpt_status fpt_money_parse(fpt_str text, bool round_it, fpt_money *out)
{
    text = fpt_str_trim(text);
    bool negative = false;
    if (text.len >= 2 && text.data[0] == '(' &&
        text.data[text.len - 1] == ')') {
        negative = true;
        text = fpt_str_trim(fpt_str_slice(text, 1, text.len - 2));
    }
    if (text.len > 0 && text.data[0] == '-' && !negative) {
        negative = true;
        text = fpt_str_slice(text, 1, text.len);
    }
    if (fpt_str_starts(text, FPT_STR("\xC2\xA3"))) { /* the pound sign */
        text = fpt_str_trim(fpt_str_slice(text, 2, text.len));
        if (text.len > 0 && text.data[0] == '-' && !negative) {
            negative = true;
            text = fpt_str_slice(text, 1, text.len);
        }
    }

    char plain[64];
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == ',') {
            if (i == 0 || !three_digits_follow(text, i)) return FPT_ERR_INPUT;
            continue;
        }
        if (len + 1 >= sizeof plain) return FPT_ERR_INPUT;
        plain[len++] = text.data[i];
    }
    if (len == 0 || plain[0] == '-' || plain[0] == '+') return FPT_ERR_INPUT;

    int64_t pence;
    const fpt_str pounds = {plain, len};
    if (round_it ? !fpt_parse_decimal_rounded(pounds, 2, &pence)
                 : !fpt_parse_decimal(pounds, 2, &pence))
        return FPT_ERR_INPUT;
    out->pence = negative ? -pence : pence;
    return FPT_OK;
}

size_t fpt_money_print(fpt_money amount, char buffer[32])
{
    uint64_t size = (uint64_t)amount.pence;
    size_t at = 0;
    if (amount.pence < 0) {
        buffer[at++] = '-';
        size = 0 - size;
    }
    char pounds[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_int64((int64_t)(size / 100), pounds);
    for (size_t i = 0; i < len; i++)
        buffer[at++] = pounds[i];
    buffer[at++] = '.';
    buffer[at++] = (char)('0' + size / 10 % 10);
    buffer[at++] = (char)('0' + size % 10);
    buffer[at] = '\0';
    return at;
}

fpt_status fpt_apportion(int64_t total, size_t count, const int64_t *weight,
                         int64_t *part, uint64_t *remainder)
{
    FPT_REQUIRE(count > 0);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (weight[i] < 0) return FPT_ERR_RANGE;
        sum += (uint64_t)weight[i];
        if (sum > UINT64_C(1) << 62) return FPT_ERR_RANGE;
    }
    if (sum == 0) return FPT_ERR_RANGE;

    const bool negative = total < 0;
    const uint64_t size = negative ? 0 - (uint64_t)total : (uint64_t)total;
    uint64_t given = 0;
    for (size_t i = 0; i < count; i++) {
        const fpti_uint128 exact = (fpti_uint128)size * (uint64_t)weight[i];
        const uint64_t whole = (uint64_t)(exact / sum);
        remainder[i] = (uint64_t)(exact % sum);
        part[i] = (int64_t)whole;
        given += whole;
    }
    /* Fewer than `count` units are left: give one to each of the largest
     * remainders. The counts are small, so a scan per unit will do. */
    for (uint64_t left = size - given; left > 0; left--) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++)
            if (remainder[i] > remainder[best]) best = i;
        part[best]++;
        remainder[best] = 0;
    }
    if (negative)
        for (size_t i = 0; i < count; i++)
            part[i] = -part[i];
    return FPT_OK;
}
