/*
 * Weighted capitation and pace of change. Shares are doubles; the pot is cut
 * up in pence by largest remainder, with the shares as weights of 2^40 steps.
 */
#include <inttypes.h>
#include <math.h>

#include "fpt/fund.h"
#include "fpt/sum.h"

#define WEIGHT_STEPS 0x1p40

static fpt_status check_area(const fpt_allocation_area *a)
{
    const double parts[] = {a->population, a->age_index, a->need_index,
                            a->mff_index};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!(parts[i] >= 0.0 && parts[i] < 1e15)) return FPT_ERR_RANGE;
    return a->base_pence >= 0 ? FPT_OK : FPT_ERR_RANGE;
}

static double raw_of(const fpt_allocation_area *a)
{
    return a->population * a->age_index * a->need_index * a->mff_index;
}

/* Targets: the pot by raw weighted people. */
static fpt_status set_targets(size_t count, const fpt_allocation_area *area,
                              int64_t pot, fpt_allocation *out, int64_t *weight,
                              uint64_t *remainder, int64_t *part)
{
    fpt_sum people = {0}, raw = {0};
    for (size_t i = 0; i < count; i++) {
        fpt_sum_add(&people, area[i].population);
        fpt_sum_add(&raw, raw_of(&area[i]));
    }
    const double whole = fpt_sum_value(raw);
    if (!(whole > 0.0)) return FPT_ERR_RANGE;
    for (size_t i = 0; i < count; i++) {
        const double share = raw_of(&area[i]) / whole;
        weight[i] = (int64_t)(share * WEIGHT_STEPS + 0.5);
        out[i].share_fraction = share;
        out[i].weighted_population = share * fpt_sum_value(people);
    }
    FPT_TRY(fpt_apportion(pot, count, weight, part, remainder));
    for (size_t i = 0; i < count; i++)
        out[i].target_pence = part[i];
    return FPT_OK;
}

static double distance(int64_t actual, double target)
{
    return target > 0.0 ? (double)actual / target - 1.0 : (double)NAN;
}

fpt_status fpt_allocate(size_t count, const fpt_allocation_area *area,
                        int64_t pot_pence, int64_t minimum_ppm,
                        fpt_allocation *out, int64_t *weight,
                        uint64_t *remainder, fpt_error *err)
{
    if (count == 0 || pot_pence < 0 || minimum_ppm < -FPT_PPM ||
        minimum_ppm > FPT_PPM)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "an allocation needs areas, a pot and a minimum "
                        "growth between -1 and 1");
    int64_t before = 0, floors = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t lowest;
        if (check_area(&area[i]) != FPT_OK ||
            fpt_rate_of(area[i].base_pence, FPT_PPM + minimum_ppm, &lowest) !=
                FPT_OK ||
            __builtin_add_overflow(before, area[i].base_pence, &before) ||
            __builtin_add_overflow(floors, lowest, &floors))
            return fpt_fail(err, FPT_ERR_RANGE,
                            "area %zu of the allocation has a number out of "
                            "range",
                            i + 1);
    }
    if (floors > pot_pence)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "the minimum growth costs %" PRId64
                        " pence more than the pot holds",
                        floors - pot_pence);

    int64_t *part = weight + count;
    if (set_targets(count, area, pot_pence, out, weight, remainder, part) !=
        FPT_OK)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "no area of the allocation has weighted people");

    /* What is left above the floors goes to those below their target. */
    int64_t short_by = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t lowest;
        FPT_TRY(
            fpt_rate_of(area[i].base_pence, FPT_PPM + minimum_ppm, &lowest));
        out[i].allocation_pence = lowest;
        const int64_t gap = out[i].target_pence - lowest;
        weight[i] = gap > 0 ? gap : 0;
        short_by += weight[i];
    }
    if (short_by == 0)
        for (size_t i = 0; i < count; i++)
            weight[i] = (int64_t)(out[i].share_fraction * WEIGHT_STEPS + 0.5);
    FPT_TRY(fpt_apportion(pot_pence - floors, count, weight, part, remainder));
    for (size_t i = 0; i < count; i++) {
        fpt_allocation *a = &out[i];
        const double base = (double)area[i].base_pence;
        a->allocation_pence += part[i];
        a->opening_distance_fraction =
            distance(area[i].base_pence, (double)before * a->share_fraction);
        a->closing_distance_fraction =
            distance(a->allocation_pence, (double)a->target_pence);
        a->growth_fraction =
            base > 0.0 ? (double)a->allocation_pence / base - 1.0 : (double)NAN;
    }
    return FPT_OK;
}
