/*
 * Any bytes as a shape of the store: refused, or a shape that is written and read
 * again as it was, and that can be rounded.
 */
#include "fuzz.h"

#include "fpt/geo.h"

static void require_sound(const fpt_shape *s)
{
    FPT_REQUIRE(s->part[s->parts] == s->rings);
    FPT_REQUIRE(s->ring[s->rings] == s->points);
    for (size_t i = 0; i < s->parts; i++)
        FPT_REQUIRE(s->part[i] <= s->part[i + 1]);
    for (size_t i = 0; i < s->rings; i++)
        FPT_REQUIRE(s->ring[i] <= s->ring[i + 1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpt_arena arena = fuzz_arena();
    fpt_error err = {0};
    fpt_shape shape, again, rounded;
    fpt_str bytes;
    const fpt_status status =
        fpt_shape_read(&arena, fuzz_text(data, size), &shape, &err);
    FPT_REQUIRE(status == FPT_OK || (status == FPT_ERR_INPUT && err.text[0]));
    if (status == FPT_OK) {
        require_sound(&shape);
        FPT_REQUIRE(fpt_shape_write(&arena, &shape, &bytes, &err) == FPT_OK);
        FPT_REQUIRE(fpt_shape_read(&arena, bytes, &again, &err) == FPT_OK);
        FPT_REQUIRE(again.points == shape.points &&
                    again.rings == shape.rings && again.parts == shape.parts);
        FPT_REQUIRE(shape.points == 0 ||
                    memcmp(again.point, shape.point,
                           shape.points * sizeof *shape.point) == 0);
        if (fpt_shape_round(&arena, &shape, 10.0, &rounded, &err) == FPT_OK)
            require_sound(&rounded);
    }
    fpt_arena_clear(&arena);
    return 0;
}
