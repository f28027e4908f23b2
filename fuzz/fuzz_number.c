/*
 * Numbers from text agree with libc's where both accept; what is printed reads
 * back; and a refusal leaves the result alone.
 */
#include "fuzz.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "fpt/money.h"
#include "fpt/number.h"

enum { MOST_TEXT = 400 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* [+-] digits [. digits] [e [+-] digits], with at least one digit in front. */
static bool is_decimal(const char *c)
{
    if (*c == '+' || *c == '-') c++;
    size_t digits = 0;
    for (; is_digit(*c); c++)
        digits++;
    if (*c == '.')
        for (c++; is_digit(*c); c++)
            digits++;
    if (digits == 0) return false;
    if (*c == 'e' || *c == 'E') {
        c++;
        if (*c == '+' || *c == '-') c++;
        if (!is_digit(*c)) return false;
        while (is_digit(*c))
            c++;
    }
    return *c == '\0';
}

static bool is_whole(const char *c)
{
    if (*c == '+' || *c == '-') c++;
    if (*c == '\0') return false;
    while (is_digit(*c))
        c++;
    return *c == '\0';
}

static void check_text(fpt_str text, const char *copy)
{
    double value = 42.0;
    const double want = strtod(copy, NULL); /* the program's locale is C */
    const bool good = fpt_parse_double(text, &value);
    FPT_REQUIRE(good == (is_decimal(copy) && isfinite(want)));
    FPT_REQUIRE(value == (good ? want : 42.0));
    FPT_REQUIRE(!good || signbit(value) == signbit(want));

    int64_t whole = 42;
    errno = 0;
    const long long expected = strtoll(copy, NULL, 10);
    const bool fits = is_whole(copy) && errno == 0;
    FPT_REQUIRE(fpt_parse_int64(text, &whole) == fits);
    FPT_REQUIRE(whole == (fits ? expected : 42));

    /* What is exact needs no rounding; what is rounded is near. */
    int64_t exact = 42, rounded = 42;
    const bool is_exact = fpt_parse_decimal(text, 2, &exact);
    const bool is_rounded = fpt_parse_decimal_rounded(text, 2, &rounded);
    FPT_REQUIRE(!is_exact || (good && is_rounded && exact == rounded));
    FPT_REQUIRE(is_exact || exact == 42);
    FPT_REQUIRE(is_rounded || rounded == 42);
    if (is_rounded) {
        FPT_REQUIRE(good);
        const double error = fabs(value * 100.0 - (double)rounded);
        FPT_REQUIRE(error <= 0.5 + fabs(value) * 100.0 * 0x1p-50);
    }

    fpt_money money = {42}, back;
    if (fpt_money_parse(text, false, &money) == FPT_OK) {
        char printed[32];
        const size_t len = fpt_money_print(money, printed);
        FPT_REQUIRE(fpt_money_parse((fpt_str){printed, len}, false, &back) ==
                    FPT_OK);
        FPT_REQUIRE(back.pence == money.pence);
    } else {
        FPT_REQUIRE(money.pence == 42);
    }
}

static void check_double(double value)
{
    char text[FPT_NUMBER_BYTES];
    const size_t len = fpt_print_double(value, text);
    FPT_REQUIRE(len < sizeof text && strlen(text) == len);
    double back = 42.0;
    const bool good = fpt_parse_double((fpt_str){text, len}, &back);
    FPT_REQUIRE(good == (isfinite(value) != 0));
    FPT_REQUIRE(!good || memcmp(&back, &value, sizeof back) == 0);
    for (int decimals = 0; decimals < 10; decimals++) {
        const size_t fixed = fpt_print_fixed(value, decimals, text);
        FPT_REQUIRE(fixed < sizeof text && strlen(text) == fixed);
    }
    int64_t whole;
    if (fpt_round_half_away(value, &whole) == FPT_OK)
        FPT_REQUIRE((double)whole == round(value));
}

static void check_whole(int64_t value)
{
    char text[FPT_NUMBER_BYTES];
    int64_t back;
    size_t len = fpt_print_int64(value, text);
    FPT_REQUIRE(fpt_parse_int64((fpt_str){text, len}, &back) && back == value);
    len = fpt_print_grouped(value, text);
    FPT_REQUIRE(len < sizeof text && strlen(text) == len);
    fpt_money money = {value}, read;
    char pounds[32];
    len = fpt_money_print(money, pounds);
    const fpt_status status =
        fpt_money_parse((fpt_str){pounds, len}, false, &read);
    /* The one amount whose size does not fit. */
    FPT_REQUIRE(status == (value == INT64_MIN ? FPT_ERR_INPUT : FPT_OK));
    FPT_REQUIRE(status != FPT_OK || read.pence == value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t bits;
    if (size >= sizeof bits) {
        double value;
        int64_t whole;
        memcpy(&bits, data, sizeof bits);
        memcpy(&value, &bits, sizeof value);
        memcpy(&whole, &bits, sizeof whole);
        check_double(value);
        check_whole(whole);
    }
    if (size >= MOST_TEXT || (size > 0 && memchr(data, 0, size) != NULL))
        return 0;
    char copy[MOST_TEXT];
    if (size > 0) memcpy(copy, data, size);
    copy[size] = '\0';
    check_text(fuzz_text(data, size), copy);
    return 0;
}
