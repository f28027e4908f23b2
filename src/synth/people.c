/*
 * Who lives there: how deprived an area is, and how many people of each age.
 */
#include <stdlib.h>

#include "synth_i.h"

/* ---- deprivation ---- */

struct ranked {
    double need;
    size_t area;
};

static int by_need(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->need != y->need) return x->need > y->need ? -1 : 1;
    return x->area < y->area ? -1 : x->area > y->area;
}

/* Town centres are poorer than their surroundings, some towns than others. The
 * areas spread over the ranks of all England. */
static fpt_status rank_areas(fpt_arena *arena, fpti_nation *n)
{
    struct ranked *list = FPT_NEW(arena, struct ranked, n->areas);
    if (list == NULL) return FPT_ERR_MEMORY;
    for (size_t a = 0; a < n->areas; a++) {
        struct fpti_area *area = &n->area[a];
        fpt_rng town = fpti_synth_rng(n, area->commissioner, 1,
                                      FPTI_FOR_COMMISSIONER),
                own = fpti_synth_rng(n, a, 0, FPTI_FOR_AREA_NEED);
        area->need +=
            0.5 * fpti_synth_normal(&town) + 0.4 * fpti_synth_normal(&own);
        list[a] = (struct ranked){area->need, a};
    }
    qsort(list, n->areas, sizeof *list, by_need);
    for (size_t i = 0; i < n->areas; i++)
        n->area[list[i].area].rank =
            (int64_t)(i * FPTI_RANKS / n->areas + FPTI_RANKS / (2 * n->areas)) +
            (n->areas < FPTI_RANKS ? 0 : 1);
    return FPT_OK;
}

/* ---- ages ---- */

/* Parts of 10,000 people at each age, near England's of 2017. */
static double weight_of(int age)
{
    if (age < 20) return 120.0;
    if (age < 55) return 134.0;
    if (age < 75) return 134.0 - 2.2 * (double)(age - 55);
    if (age < 90) return 90.0 - 4.8 * (double)(age - 75);
    return 85.0; /* all of 90 and over */
}

/* Poor areas are younger. Each age is drawn, and the total is their sum. */
static void people_of(const fpti_nation *n, size_t a)
{
    struct fpti_area *area = &n->area[a];
    fpt_rng rng = fpti_synth_rng(n, a, 0, FPTI_FOR_AREA_AGES);
    const double people = 1650.0 + 250.0 * fpti_synth_normal(&rng) / 2.0,
                 wealth = (double)area->rank / (double)FPTI_RANKS,
                 tilt = 1.2 * (wealth - 0.5) + 0.2 * fpti_synth_normal(&rng);
    double weight[FPTI_AGES], sum = 0.0;
    for (int age = 0; age < FPTI_AGES; age++) {
        weight[age] =
            weight_of(age) * (1.0 + tilt * ((double)age - 40.0) / 60.0);
        if (weight[age] < 1.0) weight[age] = 1.0;
        sum += weight[age];
    }
    for (int age = 0; age < FPTI_AGES; age++) {
        const double expected = people * weight[age] / sum,
                     noise = 0.15 * expected * fpti_synth_normal(&rng);
        area->age[age] = (int32_t)fpti_synth_whole(&rng, expected + noise);
        area->people += area->age[age];
    }
}

fpt_status fpti_synth_people(fpt_arena *arena, fpti_nation *n)
{
    FPT_TRY(rank_areas(arena, n));
    for (size_t a = 0; a < n->areas; a++)
        people_of(n, a);
    return FPT_OK;
}
