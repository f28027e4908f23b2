/*
 * Writes pow10_table.h for number.c: the 126-bit approximations of powers of
 * ten that Schubfach multiplies by. For every k from -324 to 292 let
 * 10^-k = b 2^r with 2^125 <= b < 2^126; the entry is floor(b) + 1, as two words
 * of 63 bits. Computed with whole numbers here, at build time, so that nobody
 * has to trust a printed table.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 48, K_MIN = -324, K_MAX = 292 }; /* 48 * 32 = 1536 bits */

typedef struct big {
    uint32_t word[WORDS]; /* little end first */
} big;

static void multiply_small(big *n, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)n->word[i] * factor;
        n->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static uint32_t divide_small(big *n, uint32_t divisor)
{
    uint64_t rest = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
        rest = rest << 32 | n->word[i];
        n->word[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint32_t)rest;
}

static int bit_length(const big *n)
{
    for (int i = WORDS - 1; i >= 0; i--)
        for (int bit = 31; bit >= 0; bit--)
            if (n->word[i] >> bit & 1) return i * 32 + bit + 1;
    return 0;
}

static int bit(const big *n, int index)
{
    return index < 0 ? 0 : (int)(n->word[index / 32] >> (index % 32) & 1);
}

/* Bits [low + 125 .. low] of n as two words of 63 bits, and one added. */
static void print_entry(const big *n, int low)
{
    uint64_t high = 0, rest = 0;
    for (int i = 125; i >= 63; i--)
        high = high << 1 | (uint64_t)bit(n, low + i);
    for (int i = 62; i >= 0; i--)
        rest = rest << 1 | (uint64_t)bit(n, low + i);
    rest++;
    if (rest >> 63) {
        rest = 0;
        high++;
    }
    printf("    {UINT64_C(0x%016llx), UINT64_C(0x%016llx)},\n",
           (unsigned long long)high, (unsigned long long)rest);
}

int main(void)
{
    printf("/* Made by tools/pow10_table.c. */\n"
           "enum { POW10_K_MIN = %d };\n"
           "static const uint64_t pow10_table[][2] = {\n",
           K_MIN);
    for (int k = K_MIN; k <= K_MAX; k++) {
        big n = {{0}};
        if (k <= 0) { /* 10^-k is whole: exact, then its leading bits */
            n.word[0] = 1;
            for (int i = 0; i < -k; i++)
                multiply_small(&n, 10);
        } else { /* 2^1500 / 10^k, floored: 500 bits and more remain */
            n.word[1500 / 32] = UINT32_C(1) << (1500 % 32);
            for (int i = 0; i < k; i++)
                divide_small(&n, 10);
        }
        print_entry(&n, bit_length(&n) - 126);
    }
    printf("};\n");
    return 0;
}
