/* Random frameworks and random places, of every method, cut and rule, with ties
 * and gaps: for tests that compare two ways of judging. */
#ifndef LEAGUE_RANDOM_H
#define LEAGUE_RANDOM_H

#include "fpt/num.h"
#include "fpt/whatif.h"

struct random_league {
    fpt_league rules;
    fpt_league_input in;
};

static inline int64_t up_to(fpt_rng *rng, int64_t most)
{
    const double u = fpt_rng_uniform(rng);
    const int64_t k = (int64_t)(u * (double)(most + 1));
    return k > most ? most : k;
}

static inline bool one_in(fpt_rng *rng, int64_t n)
{
    return up_to(rng, n - 1) == 0;
}

/* In steps of a tenth, so that values tie. */
static inline double tenth(fpt_rng *rng, double low, double high)
{
    const double u = fpt_rng_uniform(rng);
    return floor((low + u * (high - low)) * 10.0) / 10.0;
}

static inline void random_item(fpt_arena *arena, fpt_rng *rng,
                               fpt_league_item *item)
{
    static const fpt_score_method methods[] = {
        FPT_SCORE_PUBLISHED, FPT_SCORE_VALUE,
        FPT_SCORE_BANDS,     FPT_SCORE_RANK,
        FPT_SCORE_Z,         FPT_SCORE_PERCENTILE,
        FPT_SCORE_TARGET,    FPT_SCORE_NOT_PUBLISHED};
    fpt_band *band = FPT_NEW(arena, fpt_band, 3);
    const double at = tenth(rng, 1.0, 3.0);
    band[0] = (fpt_band){-(double)INFINITY, at, 1.0};
    band[1] = (fpt_band){at, at + 1.0, 2.5};
    band[2] = (fpt_band){at + 1.5, (double)INFINITY, 4.0};
    *item = (fpt_league_item){.method = methods[up_to(rng, 7)],
                              .better = one_in(rng, 2) ? 1 : -1,
                              .bands = 3,
                              .band = band,
                              .target = {tenth(rng, 1, 4), 0.7, 2.0}};
}

static inline void random_cut(fpt_arena *arena, fpt_rng *rng, fpt_scale scale,
                              fpt_league_node *node)
{
    static const fpt_cut_method cuts[] = {FPT_CUT_QUANTILE, FPT_CUT_FIXED,
                                          FPT_CUT_COUNTS, FPT_CUT_NONE};
    double *at = FPT_NEW(arena, double, 3);
    int64_t *counts = FPT_NEW(arena, int64_t, 4);
    for (int k = 0; k < 3; k++)
        at[k] = scale.best + (scale.worst - scale.best) * (k + 1) / 4.0;
    for (int k = 0; k < 4; k++)
        counts[k] = 1 + up_to(rng, 5);
    node->cut = cuts[up_to(rng, 3)];
    node->categories = 4;
    node->at = at;
    node->counts = counts;
    node->least_places = (size_t)up_to(rng, 3);
}

/* Groups over items, then the whole, which comes last. */
static inline void random_nodes(fpt_arena *arena, fpt_rng *rng,
                                struct random_league *l)
{
    const size_t nodes = l->rules.nodes;
    fpt_league_node *node = FPT_NEW(arena, fpt_league_node, nodes);
    const bool over_groups = one_in(rng, 2);
    for (size_t n = 0; n < nodes; n++) {
        fpt_league_part *part =
            FPT_NEW(arena, fpt_league_part, l->rules.items + nodes);
        const bool whole = n + 1 == nodes;
        size_t parts = 0;
        for (size_t i = 0; i < l->rules.items; i++)
            if (whole ? !over_groups : i % (nodes - 1) == n)
                part[parts++] =
                    (fpt_league_part){false, i, 0.5 + tenth(rng, 0, 2)};
        for (size_t k = 0; whole && over_groups && k + 1 < nodes; k++)
            part[parts++] =
                (fpt_league_part){true, k, one_in(rng, 2) ? 1.0 : 1.0 / 3.0};
        node[n] = (fpt_league_node){.computed = !one_in(rng, 12),
                                    .parts = parts,
                                    .part = part,
                                    .missing = (fpt_missing_rule)up_to(rng, 2),
                                    .least = (size_t)up_to(rng, 2),
                                    .least_share = one_in(rng, 2) ? 0.5 : 0.0};
        random_cut(arena, rng, l->rules.scale, &node[n]);
    }
    l->rules.node = node;
}

static inline void random_gates(fpt_arena *arena, fpt_rng *rng,
                                struct random_league *l)
{
    fpt_league_gate *gate = FPT_NEW(arena, fpt_league_gate, l->rules.gates + 1);
    for (size_t g = 0; g < l->rules.gates; g++) {
        const fpt_gate_when when = (fpt_gate_when)up_to(rng, 2);
        const bool on_category = one_in(rng, 2);
        const int64_t most = when == FPT_GATE_FLAG ? (int64_t)l->rules.flags - 1
                             : when == FPT_GATE_ITEM
                                 ? (int64_t)l->rules.items - 1
                                 : (int64_t)l->rules.nodes - 2;
        gate[g] = (fpt_league_gate){
            .node = one_in(rng, 2) ? l->rules.nodes - 1 : 0,
            .on_category = on_category,
            .when = when,
            .index = (size_t)up_to(rng, most),
            .is = when == FPT_GATE_FLAG ? 1.0 : tenth(rng, 1, 4),
            .then = (fpt_gate_then)up_to(rng, 2),
            .value =
                on_category ? (double)(1 + up_to(rng, 3)) : tenth(rng, 1, 4),
            .unknown_is_no = one_in(rng, 2)};
    }
    l->rules.gate = gate;
}

static inline double *random_rows(fpt_arena *arena, fpt_rng *rng, size_t count,
                                  double low, double high, int64_t gaps)
{
    double *x = FPT_NEW(arena, double, count);
    for (size_t i = 0; i < count; i++)
        x[i] = one_in(rng, gaps) ? (double)NAN : tenth(rng, low, high);
    return x;
}

/* Case number `number`: the same each time. */
static inline void make_random_league(fpt_arena *arena, uint32_t number,
                                      struct random_league *l)
{
    static const fpt_scale scales[] = {{1, 4}, {4, 1}, {0, 2}, {2, 0}};
    fpt_rng rng = fpt_rng_make(20170721, number, 0, 0x7769);
    *l = (struct random_league){.rules = {.scale = scales[up_to(&rng, 3)],
                                          .items = 3 + (size_t)up_to(&rng, 5),
                                          .nodes = 2 + (size_t)up_to(&rng, 2),
                                          .gates = (size_t)up_to(&rng, 2),
                                          .flags = 2}};
    fpt_league_item *item = FPT_NEW(arena, fpt_league_item, l->rules.items);
    for (size_t i = 0; i < l->rules.items; i++)
        random_item(arena, &rng, &item[i]);
    l->rules.item = item;
    random_nodes(arena, &rng, l);
    random_gates(arena, &rng, l);
    const size_t places = 1 + (size_t)up_to(&rng, 24);
    const size_t all = l->rules.items * places;
    l->in = (fpt_league_input){
        .places = places,
        .value = random_rows(arena, &rng, all, 0.0, 5.0, 9),
        .published = random_rows(arena, &rng, all, 1.0, 4.0, 9)};
    double *flag = FPT_NEW(arena, double, l->rules.flags *places);
    for (size_t i = 0; i < l->rules.flags * places; i++)
        flag[i] = one_in(&rng, 6) ? (double)NAN : one_in(&rng, 3) ? 1.0 : 0.0;
    l->in.flag = flag;
}

#endif /* LEAGUE_RANDOM_H */
