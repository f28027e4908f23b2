#include "fpt/level.h"

#include "fpt/num.h"

fpt_status fpt_level_make(double confidence, fpt_level *out)
{
    if (out == NULL) return FPT_ERR_NULL;
    /* Written so that NaN fails. */
    if (!(confidence > 0.0 && confidence < 1.0)) return FPT_ERR_RANGE;
    fpt_level level = {.confidence = confidence,
                       .tail = (1.0 - confidence) / 2.0};
    level.z = fpt_normal_upper(level.tail);
    /* So near to 0 that the tail is a half: an interval without width. */
    if (!(level.z > 0.0)) return FPT_ERR_RANGE;
    for (int events = 0; events < FPT_SMALL_COUNTS; events++) {
        level.exact_lower[events] = fpt_poisson_lower(events, level.tail);
        level.exact_upper[events] = fpt_poisson_upper(events, level.tail);
    }
    *out = level;
    return FPT_OK;
}
