/*
 * The parts of figures, asked for once for each indicator, view, tier and period.
 * Pages go through these in order, so those of one are kept until the next.
 */
#include "publish_i.h"

/* They stand area by area, in the order of the figures; where each area begins
 * is found once. */
static fpt_status index_parts(fpti_site *site, fpti_parts *p)
{
    p->codes = fpt_intern_make(&site->parts_arena);
    size_t capacity = 0, used = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (i > 0 && fpt_str_equal(p->part[i].area, p->part[i - 1].area))
            continue;
        if (!FPT_RESERVE(&site->parts_arena, p->first, used, capacity) ||
            fpt_intern_add(&p->codes, p->part[i].area) != used)
            return FPT_ERR_MEMORY;
        p->first[used++] = i;
    }
    return FPT_OK;
}

fpt_status fpti_parts_of(fpti_site *site, size_t indicator, size_t view,
                         fpt_str tier, fpt_period period, size_t most,
                         const fpti_parts **out, fpt_error *err)
{
    for (fpti_parts *p = site->parts; p != NULL; p = p->next)
        if (p->indicator == indicator && p->view == view && p->most == most &&
            fpt_str_equal(p->tier, tier) &&
            fpt_period_equal(p->period, period)) {
            *out = p;
            return FPT_OK;
        }
    if (site->parts != NULL &&
        (site->parts->indicator != indicator || site->parts->view != view ||
         !fpt_str_equal(site->parts->tier, tier))) {
        site->parts = NULL;
        fpt_arena_reset(&site->parts_arena);
    }
    fpti_parts *parts = FPT_NEW(&site->parts_arena, fpti_parts, 1);
    if (parts == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the parts");
    *parts = (fpti_parts){.indicator = indicator,
                          .view = view,
                          .most = most,
                          .tier = tier,
                          .period = period,
                          .next = site->parts};
    const fpt_measure_ask ask = {
        .indicator = &site->indicator[indicator],
        .tier = tier,
        .then = site->view[view].then,
        .on = site->view[view].on,
        .grain = fpt_indicator_grain(&site->indicator[indicator], period),
        .has_period = true,
        .period = period};
    size_t figures;
    fpt_figure *figure;
    FPT_TRY(fpt_measure_parts(site->measure, &site->parts_arena, &ask, most,
                              &figures, &figure, &parts->count, &parts->part,
                              err));
    if (index_parts(site, parts) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the parts");
    site->parts = parts;
    *out = parts;
    return FPT_OK;
}

fpti_part_slice fpti_parts_for(const fpti_parts *parts, fpt_str code)
{
    const uint32_t at = fpt_intern_find(&parts->codes, code);
    if (at == FPT_INTERN_NONE) return (fpti_part_slice){0};
    const size_t end =
        at + 1 < parts->codes.count ? parts->first[at + 1] : parts->count;
    return (fpti_part_slice){end - parts->first[at],
                             parts->part + parts->first[at]};
}
