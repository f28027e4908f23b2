/*
 * How large a nation is, and the making of it: places, then people, then those
 * who care for them.
 */
#include "synth_i.h"

const fpt_synth_scale *fpt_synth_scales(size_t *count)
{
    /* The last has as many of each as England had in 2017. */
    static const fpt_synth_scale scales[] = {
        {"small", 6, 20, 400, 24, 120},
        {"region", 12, 56, 5000, 60, 1100},
        {"england", 44, 207, 32844, 235, 7300},
    };
    *count = sizeof scales / sizeof *scales;
    return scales;
}

fpt_status fpti_synth_make(fpt_arena *arena, const fpt_synth_scale *scale,
                           uint64_t seed, fpti_nation *out)
{
    fpti_nation n = {.scale = scale,
                     .seed = seed,
                     .systems = scale->systems,
                     .boards = scale->systems - 1,
                     .commissioners = scale->commissioners + 1,
                     .districts = 2 * scale->systems,
                     .areas = scale->areas,
                     .trusts = scale->trusts + 1,
                     .practices = scale->practices};
    n.system = FPT_NEW(arena, struct fpti_system, n.systems);
    n.board = FPT_NEW(arena, struct fpti_board, n.boards);
    n.commissioner = FPT_NEW(arena, struct fpti_commissioner, n.commissioners);
    n.district = FPT_NEW(arena, struct fpti_district, n.districts);
    n.area = FPT_NEW(arena, struct fpti_area, n.areas);
    n.trust = FPT_NEW(arena, struct fpti_trust, n.trusts);
    n.practice = FPT_NEW(arena, struct fpti_practice, n.practices);
    if (n.system == NULL || n.board == NULL || n.commissioner == NULL ||
        n.district == NULL || n.area == NULL || n.trust == NULL ||
        n.practice == NULL)
        return FPT_ERR_MEMORY;
    FPT_TRY(fpti_synth_places(arena, &n));
    FPT_TRY(fpti_synth_outline(arena, &n, n.side / 4.0));
    FPT_TRY(fpti_synth_people(arena, &n));
    fpti_synth_providers(&n);
    *out = n;
    return FPT_OK;
}
