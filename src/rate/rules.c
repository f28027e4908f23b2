/*
 * A framework as arrays for the arithmetic: by the pack's own weights, or by
 * those of the user.
 */
#include "rate_i.h"

static int direction(fpt_polarity better)
{
    return better == FPT_POLARITY_HIGHER  ? 1
           : better == FPT_POLARITY_LOWER ? -1
                                          : 0;
}

static void fill_item(const fpt_framework *f, const fpt_framework_item *from,
                      bool user, fpt_league_item *to)
{
    *to = (fpt_league_item){.method = from->method,
                            .better = direction(from->better),
                            .bands = from->bands,
                            .band = from->band,
                            .target = from->target};
    if (!user || from->method != FPT_SCORE_NOT_PUBLISHED) return;
    to->method = to->better == 0 ? FPT_SCORE_VALUE : f->what_if.method;
}

static double weight_of(const fpt_framework_node *node, double given)
{
    return node->weights == FPT_WEIGHTS_GIVEN ? given : 1.0;
}

static void add_items(const fpt_framework *f, size_t n,
                      const fpt_weights *weights, const fpt_league_item *item,
                      fpt_league_part *part, fpt_league_node *out)
{
    const fpt_framework_node *node = &f->node[n];
    for (size_t i = 0; i < f->items; i++) {
        if (!f->item[i].counted || !fpti_is_below(f, f->item[i].node, n))
            continue;
        const double weight = weights != NULL
                                  ? weights->item[i]
                                  : weight_of(node, f->item[i].weight);
        if (weight <= 0.0) continue;
        part[out->parts++] = (fpt_league_part){false, i, weight};
        if (item[i].method == FPT_SCORE_NOT_PUBLISHED) out->computed = false;
    }
}

static void add_groups(const fpt_framework *f, size_t n, fpt_league_node *out,
                       const fpt_league_node *all, fpt_league_part *part)
{
    for (size_t i = 0; i < f->nodes; i++) {
        if (f->node[i].parent != n) continue;
        part[out->parts++] = (fpt_league_part){
            true, i, weight_of(&f->node[n], f->node[i].weight)};
        if (!all[i].computed) out->computed = false;
    }
}

static void fill_cut(const fpt_framework *f, const fpt_framework_node *from,
                     const fpt_weights *weights, fpt_league_node *to)
{
    to->cut = from->cut;
    to->categories = from->into;
    to->at = from->at;
    to->counts = from->counts;
    to->least_places = from->least_places;
    if (weights == NULL || from->cut != FPT_CUT_NOT_PUBLISHED) return;
    to->least_places = 2;
    if (weights->cuts > 0) {
        to->cut = FPT_CUT_FIXED;
        to->at = weights->cut;
    } else {
        /* Counts are filled in when the published categories are known. */
        to->cut = f->what_if.cut;
    }
}

fpt_status fpt_framework_rules(fpt_arena *arena, const fpt_framework *framework,
                               const fpt_weights *weights, fpt_league *out,
                               fpt_error *err)
{
    const fpt_framework *f = framework;
    fpt_league_item *item = FPT_NEW(arena, fpt_league_item, f->items);
    fpt_league_node *node = FPT_NEW(arena, fpt_league_node, f->nodes);
    fpt_league_gate *gate = FPT_NEW(arena, fpt_league_gate, f->gates);
    if (item == NULL || node == NULL || gate == NULL)
        return fpti_no_memory(err);
    for (size_t i = 0; i < f->items; i++)
        fill_item(f, &f->item[i], weights != NULL, &item[i]);
    for (size_t g = 0; g < f->gates; g++)
        gate[g] = f->gate[g].rule;
    for (size_t n = 0; n < f->nodes; n++) {
        const fpt_framework_node *from = &f->node[n];
        fpt_league_part *part =
            FPT_NEW(arena, fpt_league_part, f->items + f->nodes);
        if (part == NULL) return fpti_no_memory(err);
        node[n] = (fpt_league_node){
            .part = part,
            .missing = from->missing,
            .least = from->least,
            .least_share = from->least_share,
            .by_category = from->by_category,
            .computed = from->over != FPT_OVER_NOTHING &&
                        (weights != NULL ||
                         from->weights != FPT_WEIGHTS_NOT_PUBLISHED)};
        if (from->over == FPT_OVER_ITEMS ||
            (weights != NULL && from->over != FPT_OVER_NOTHING))
            add_items(f, n, weights, item, part, &node[n]);
        else if (from->over == FPT_OVER_GROUPS)
            add_groups(f, n, &node[n], node, part);
        if (node[n].parts == 0) node[n].computed = false;
        fill_cut(f, from, weights, &node[n]);
    }
    *out = (fpt_league){.scale = f->scale,
                        .items = f->items,
                        .nodes = f->nodes,
                        .gates = f->gates,
                        .flags = f->flags,
                        .item = item,
                        .node = node,
                        .gate = gate};
    return FPT_OK;
}
