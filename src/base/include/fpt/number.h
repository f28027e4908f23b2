/**
 * @file number.h
 * @brief Numbers from text and back, whatever the locale.
 */
#ifndef FPT_NUMBER_H
#define FPT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The whole of `text` as a decimal integer, with a sign or without. False
 *  when there is anything else in it, or it does not fit. */
bool fpt_parse_int64(fpt_str text, int64_t *out);

/**
 * The whole of `text` as a double: digits, point, exponent; correctly rounded.
 * Not: blanks, thousands separators, hexadecimal, "inf", "nan"; what is too
 * large for a double; and more than 511 characters, unless it is easy.
 */
bool fpt_parse_double(fpt_str text, double *out);

/**
 * A decimal as an integer of 10^-digits: "12.345" with digits 3 is 12345.
 * False when `text` is not a plain decimal, has more decimals than `digits`
 * that are not zero, or does not fit.
 */
bool fpt_parse_decimal(fpt_str text, int digits, int64_t *out);

/** The same with further decimals rounded, halves away from zero: the decimal
 *  that is written is rounded, not a double near it. False also when more than
 *  19 digits would decide. */
bool fpt_parse_decimal_rounded(fpt_str text, int digits, int64_t *out);

enum { FPT_NUMBER_BYTES = 32 };

/**
 * The shortest decimal that reads back as the same double, NUL-terminated in
 * `buffer`; returns its length. Plain digits from 1e-5 up to below 1e17, else
 * with an exponent (1e+20). NaN prints as nothing, infinities as "inf", "-inf".
 *
 * Source   R. Giulietti, "The Schubfach way to render doubles" (2020).
 */
size_t fpt_print_double(double value, char buffer[FPT_NUMBER_BYTES]);

size_t fpt_print_int64(int64_t value, char buffer[FPT_NUMBER_BYTES]);

/** With a fixed number of decimals (0 to 9), rounded half away from zero after
 *  scaling; for pages, not for data. */
size_t fpt_print_fixed(double value, int decimals,
                       char buffer[FPT_NUMBER_BYTES]);

/** 23362301 as "23,362,301". */
size_t fpt_print_grouped(int64_t value, char buffer[FPT_NUMBER_BYTES]);

void fpt_strbuf_add_double(fpt_strbuf *buffer, double value);
void fpt_strbuf_add_int64(fpt_strbuf *buffer, int64_t value);

#ifdef __cplusplus
}
#endif
#endif /* FPT_NUMBER_H */
