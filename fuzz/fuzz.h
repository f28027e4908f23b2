/* What the fuzz targets share: taking the input apart, and an arena. A broken
 * invariant stops the program through FPT_REQUIRE. */
#ifndef FPT_FUZZ_H
#define FPT_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fpt/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte, which chooses what is done; the rest is the text. */
static inline unsigned fuzz_take_byte(const uint8_t **data, size_t *size)
{
    if (*size == 0) return 0;
    --*size;
    return *(*data)++;
}

static inline fpt_str fuzz_text(const uint8_t *data, size_t size)
{
    return (fpt_str){(const char *)data, size};
}

static inline fpt_arena fuzz_arena(void)
{
    fpt_arena arena;
    FPT_REQUIRE(fpt_arena_init(&arena, NULL) == FPT_OK);
    return arena;
}

#endif /* FPT_FUZZ_H */
