/*
 * Trusts and practices, and which of them has which trouble.
 */
#include <stdio.h>

#include "synth_i.h"

static int64_t people_of_system(const fpti_nation *n, size_t system)
{
    int64_t people = 0;
    for (size_t a = 0; a < n->areas; a++)
        if (n->commissioner[n->area[a].commissioner].system == system)
            people += n->area[a].people;
    return people;
}

static int64_t people_of_commissioner(const fpti_nation *n, size_t c)
{
    int64_t people = 0;
    for (size_t a = 0; a < n->areas; a++)
        if (n->area[a].commissioner == c) people += n->area[a].people;
    return people;
}

/* ---- trusts ---- */

/* Trust k of its system; three in five have an emergency department. */
static void name_trust(fpti_nation *n, size_t t, size_t k)
{
    /* Care trusts have TA; these were never issued. */
    static const char *const stems[] = {"TZ", "TY", "TX", "TW",
                                        "TV", "TU", "TS", "TR"};
    struct fpti_trust *it = &n->trust[t];
    const char *const place = fpti_synth_colour(it->system);
    fpti_synth_code3(it->code, stems, t);
    if (it->trouble == FPTI_SUCCESSOR)
        snprintf(it->name, sizeof it->name,
                 "%s United Hospitals NHS Foundation Trust", place);
    else if (it->acute)
        snprintf(it->name, sizeof it->name, "%s %s Hospitals NHS Trust", place,
                 fpti_synth_landscape(k));
    else
        snprintf(it->name, sizeof it->name,
                 "%s %s Community and Mental Health NHS Trust", place,
                 fpti_synth_landscape(k));
}

/* The k-th acute trust of a system. */
static struct fpti_trust *acute_of(const fpti_nation *n, size_t system,
                                   size_t k)
{
    for (size_t t = 0; t + 1 < n->trusts; t++)
        if (n->trust[t].system == system && n->trust[t].acute && k-- == 0)
            return &n->trust[t];
    return NULL;
}

static void trouble_trusts(fpti_nation *n)
{
    struct fpti_trust *a = acute_of(n, 0, 0), *b = acute_of(n, 0, 1),
                      *better = acute_of(n, 2, 0), *worse = acute_of(n, 3, 0),
                      *suspect = acute_of(n, 4, 0), *lost = acute_of(n, 5, 0);
    struct fpti_trust *both = &n->trust[n->trusts - 1];
    /* The scales have at least six systems, each with two acute trusts. */
    FPT_REQUIRE(a && b && better && worse && suspect && lost);
    *both = *a;
    both->trouble = FPTI_SUCCESSOR;
    both->from_month = FPTI_MERGER_MONTH;
    both->size = a->size + b->size;
    both->beds = a->beds + b->beds;
    name_trust(n, n->trusts - 1, 0);
    a->trouble = b->trouble = FPTI_MERGED;
    a->to_month = b->to_month = FPTI_MERGER_MONTH;
    better->trouble = FPTI_IMPROVES;
    better->breach = 0.17;
    worse->trouble = FPTI_WORSENS;
    worse->breach = 0.07;
    suspect->trouble = FPTI_LOST_DIGIT;
    lost->trouble = FPTI_UNMAPPED;
}

static void make_trusts(fpti_nation *n)
{
    const size_t made = n->trusts - 1, ccgs = n->commissioners - 1;
    for (size_t t = 0, k = 0; t < made; t++, k++) {
        struct fpti_trust *it = &n->trust[t];
        fpt_rng rng = fpti_synth_rng(n, t, 0, FPTI_FOR_TRUST);
        const size_t before = it > n->trust ? it[-1].system : 0;
        it->commissioner = t * ccgs / made;
        it->system = n->commissioner[it->commissioner].system;
        if (it->system != before) k = 0;
        it->acute = k % 5 != 1 && k % 5 != 3;
        it->to_month = FPTI_MONTHS;
        /* About 35 attendances a month for each 1,000 people, by size. */
        it->size = fpti_synth_between(&rng, 0.7, 1.4);
        it->breach = fpti_synth_between(&rng, 0.05, 0.15);
        it->admitted = fpti_synth_between(&rng, 0.22, 0.30);
        name_trust(n, t, k);
    }
    for (size_t s = 0; s < n->systems; s++) {
        double sizes = 0.0;
        const double people = (double)people_of_system(n, s);
        for (size_t t = 0; t < made; t++)
            if (n->trust[t].system == s && n->trust[t].acute)
                sizes += n->trust[t].size;
        for (size_t t = 0; t < made; t++) {
            struct fpti_trust *it = &n->trust[t];
            if (it->system != s || !it->acute) continue;
            it->beds = (int64_t)(0.0019 * people * it->size / sizes);
            it->size *= 0.032 * people / sizes;
        }
    }
    trouble_trusts(n);
}

/* ---- practices ---- */

/* Lists sum to some per cent more than the residents, as they do. A commissioner
 * of every fifth has a walk-in centre, in the practice file but without a list. */
static void make_practices(fpti_nation *n)
{
    const size_t ccgs = n->commissioners - 1;
    for (size_t c = 0, p = 0; c < ccgs; c++) {
        const size_t end = (c + 1) * n->practices / ccgs, first = p;
        const double people = (double)people_of_commissioner(n, c);
        double sum = 0.0, weight;
        for (size_t i = first; i < end; i++) {
            fpt_rng rng = fpti_synth_rng(n, i, 0, FPTI_FOR_PRACTICE);
            sum += fpti_synth_between(&rng, 0.4, 1.6);
        }
        for (; p < end; p++) {
            struct fpti_practice *it = &n->practice[p];
            fpt_rng rng = fpti_synth_rng(n, p, 0, FPTI_FOR_PRACTICE);
            weight = fpti_synth_between(&rng, 0.4, 1.6);
            it->commissioner = c;
            it->list = (int64_t)(1.05 * people * weight / sum);
            it->walk_in = c % 5 == 0 && p + 1 == end;
            it->closed = p == 2;
            if (it->walk_in) it->list = 0;
            /* No practice's code begins with T. */
            snprintf(it->code, sizeof it->code, "T9%04zu", p + 1);
            snprintf(it->name, sizeof it->name, "%s %s %s %zu",
                     fpti_synth_colour(n->commissioner[c].system),
                     fpti_synth_landscape(c - n->commissioner[c].system * ccgs /
                                                  n->systems),
                     it->walk_in ? "Walk-in Centre" : "Surgery", p - first + 1);
        }
    }
}

void fpti_synth_providers(fpti_nation *n)
{
    make_trusts(n);
    make_practices(n);
}
