/*
 * What can only be seen when a whole pack is read: members, weights, names of
 * indicators and frameworks, and frameworks that stand on one another in a
 * circle.
 */
#include "rate_i.h"

/* ---- members and weights ---- */

static size_t groups_in(const fpt_framework *f, size_t node)
{
    size_t count = 0;
    for (size_t i = 0; i < f->nodes; i++)
        if (f->node[i].parent == node) count++;
    return count;
}

static size_t counted_below(const fpt_framework *f, size_t node, bool direct)
{
    size_t count = 0;
    for (size_t i = 0; i < f->items; i++)
        if (f->item[i].counted &&
            (direct ? f->item[i].node == node
                    : fpti_is_below(f, f->item[i].node, node)))
            count++;
    return count;
}

static fpt_status check_members(const fpti_draft *d, size_t n, fpt_error *err)
{
    const fpt_framework *f = &d->framework;
    const fpt_framework_node *node = &f->node[n];
    if (node->over == FPT_OVER_ITEMS && counted_below(f, n, false) == 0 &&
        !f->pattern.given)
        return fpt_yaml_fail(d->node_yaml[n], err,
                             "\"" FPT_STR_FMT "\" has no indicator that counts",
                             FPT_STR_ARG(node->id));
    if (node->over != FPT_OVER_GROUPS) return FPT_OK;
    if (groups_in(f, n) == 0)
        return fpt_yaml_fail(d->node_yaml[n], err,
                             "\"" FPT_STR_FMT "\" is the mean over groups and "
                             "has none",
                             FPT_STR_ARG(node->id));
    if (counted_below(f, n, true) > 0)
        return fpt_yaml_fail(d->node_yaml[n], err,
                             "\"" FPT_STR_FMT "\" is the mean over groups and "
                             "has indicators of its own, which would not count",
                             FPT_STR_ARG(node->id));
    for (size_t i = 0; i < f->nodes; i++)
        if (f->node[i].parent == n && f->node[i].over == FPT_OVER_NOTHING)
            return fpt_yaml_fail(
                d->node_yaml[i], err,
                "\"" FPT_STR_FMT "\" has no score, and \"" FPT_STR_FMT
                "\" is the mean over its groups",
                FPT_STR_ARG(f->node[i].id), FPT_STR_ARG(node->id));
    return FPT_OK;
}

/* Weights sum to 1, or to 100 where they are given in per cent. */
static bool sums_up(double sum)
{
    return fabs(sum - 1.0) <= 1e-9 || fabs(sum - 100.0) <= 1e-7;
}

/* Is there a group above that takes the weights of the same indicators? */
static bool sums_above(const fpt_framework *f, size_t n)
{
    for (size_t at = f->node[n].parent; at != SIZE_MAX; at = f->node[at].parent)
        if (f->node[at].over == FPT_OVER_ITEMS &&
            f->node[at].weights == FPT_WEIGHTS_GIVEN)
            return true;
    return false;
}

static fpt_status no_weight(const fpt_yaml *yaml, fpt_str id, fpt_str node,
                            fpt_error *err)
{
    return fpt_yaml_fail(yaml, err,
                         "\"" FPT_STR_FMT "\" has no weight, and \"" FPT_STR_FMT
                         "\" says that they are given",
                         FPT_STR_ARG(id), FPT_STR_ARG(node));
}

static fpt_status check_weights(const fpti_draft *d, size_t n, fpt_error *err)
{
    const fpt_framework *f = &d->framework;
    const fpt_framework_node *node = &f->node[n];
    fpt_sum sum = {0};
    if (node->over == FPT_OVER_NOTHING || node->weights != FPT_WEIGHTS_GIVEN)
        return FPT_OK;
    const bool items = node->over == FPT_OVER_ITEMS;
    for (size_t i = 0; items && i < f->items; i++) {
        const fpt_framework_item *item = &f->item[i];
        if (!item->counted || !fpti_is_below(f, item->node, n)) continue;
        if (isnan(item->weight))
            return no_weight(d->item_yaml[i], item->id, node->id, err);
        fpt_sum_add(&sum, item->weight);
    }
    for (size_t i = 0; !items && i < f->nodes; i++) {
        if (f->node[i].parent != n) continue;
        if (isnan(f->node[i].weight) || f->node[i].weight < 0.0)
            return no_weight(d->node_yaml[i], f->node[i].id, node->id, err);
        fpt_sum_add(&sum, f->node[i].weight);
    }
    if (sums_up(fpt_sum_value(sum)) || (items && sums_above(f, n)))
        return FPT_OK;
    return fpt_yaml_fail(d->node_yaml[n], err,
                         "the weights in \"" FPT_STR_FMT "\" sum to %.10g, not "
                         "to 1",
                         FPT_STR_ARG(node->id), fpt_sum_value(sum));
}

/* ---- names of other packs ---- */

static bool has_tier(const fpt_indicator *in, fpt_str tier)
{
    for (size_t i = 0; i < in->tiers; i++)
        if (fpt_str_equal(in->tier[i], tier)) return true;
    return false;
}

static fpt_status check_indicator(const fpti_draft *d, const fpt_yaml *yaml,
                                  fpt_str id, fpt_str tier, fpt_error *err)
{
    fpt_error why = {0};
    fpt_indicator indicator;
    const fpt_status status =
        fpt_indicator_open(d->arena, d->packs, id, &indicator, &why);
    if (status == FPT_ERR_NOT_FOUND)
        return fpt_yaml_fail(
            yaml, err, "no pack defines the indicator \"" FPT_STR_FMT "\": %s",
            FPT_STR_ARG(id), why.text);
    if (status != FPT_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    if (tier.len == 0 || has_tier(&indicator, tier)) return FPT_OK;
    return fpt_yaml_fail(yaml, err,
                         "the indicator \"" FPT_STR_FMT "\" is not defined for "
                         "the tier \"" FPT_STR_FMT "\"",
                         FPT_STR_ARG(id), FPT_STR_ARG(tier));
}

enum { MOST_DEEP = 16 };

/* Names of the frameworks that a pack takes values from, and theirs. Packs are
 * read here as plain trees, so that a circle is seen before it is walked. */
static fpt_status check_circle(const fpti_draft *d, const fpt_yaml *at,
                               fpt_str name, fpt_str *path, size_t depth,
                               fpt_error *err)
{
    fpt_pack pack;
    fpt_yaml *items = NULL;
    for (size_t i = 0; i < depth; i++)
        if (fpt_str_equal(path[i], name))
            return fpt_yaml_fail(at, err,
                                 "the framework \"" FPT_STR_FMT "\" stands on "
                                 "itself, by way of \"" FPT_STR_FMT "\"",
                                 FPT_STR_ARG(name),
                                 FPT_STR_ARG(path[depth - 1]));
    if (depth == MOST_DEEP)
        return fpt_yaml_fail(at, err,
                             "frameworks stand on one another more "
                             "than %d deep",
                             MOST_DEEP);
    path[depth] = name;
    FPT_TRY(fpt_pack_open(d->arena, d->packs, "frameworks", name, (fpt_str){0},
                          &pack, err));
    FPT_TRY(fpt_yaml_list(&pack.yaml, "items", true, &items, err));
    for (size_t i = 0; i < items->count; i++) {
        fpt_yaml *froms = NULL;
        if (items->item[i].kind != FPT_YAML_MAP) continue;
        FPT_TRY(fpt_yaml_list(&items->item[i], "from", false, &froms, err));
        for (size_t k = 0; froms != NULL && k < froms->count; k++) {
            fpt_str other = {0};
            if (froms->item[k].kind != FPT_YAML_MAP) continue;
            FPT_TRY(fpt_yaml_text(&froms->item[k], "framework", false, &other,
                                  err));
            if (other.len > 0)
                FPT_TRY(check_circle(d, at, other, path, depth + 1, err));
        }
    }
    return FPT_OK;
}

/* The item or group that is taken must be there. */
static fpt_status check_taken(const fpti_draft *d, const fpt_yaml *yaml,
                              const fpt_value_from *from, fpt_error *err)
{
    fpt_str path[MOST_DEEP];
    fpt_framework other;
    path[0] = d->framework.name;
    FPT_TRY(check_circle(d, yaml, from->name, path, 1, err));
    FPT_TRY(fpt_framework_open(d->arena, d->packs, from->name, (fpt_str){0},
                               &other, err));
    if (fpt_framework_item_find(&other, from->item) == SIZE_MAX &&
        fpt_framework_node_find(&other, from->item) == SIZE_MAX)
        return fpt_yaml_fail(yaml, err,
                             "the framework \"" FPT_STR_FMT
                             "\" has no \"" FPT_STR_FMT "\"",
                             FPT_STR_ARG(from->name), FPT_STR_ARG(from->item));
    if (!fpt_str_equal(other.tier, d->framework.tier))
        return fpt_yaml_fail(yaml, err,
                             "the framework \"" FPT_STR_FMT "\" judges another "
                             "tier (" FPT_STR_FMT ")",
                             FPT_STR_ARG(from->name), FPT_STR_ARG(other.tier));
    return FPT_OK;
}

static fpt_status check_from(const fpti_draft *d, const fpt_yaml *yaml,
                             const fpt_value_from *from, fpt_error *err)
{
    switch (from->origin) {
    case FPT_ORIGIN_INDICATOR:
        return check_indicator(d, yaml, from->name, d->framework.tier, err);
    case FPT_ORIGIN_FRAMEWORK:
        return check_taken(d, yaml, from, err);
    case FPT_ORIGIN_MEMBERS:
        return check_indicator(d, yaml, from->weight, from->tier, err);
    case FPT_ORIGIN_SERIES:
    case FPT_ORIGIN_JUDGEMENT:
        break;
    }
    return FPT_OK;
}

static fpt_status check_item(const fpti_draft *d, size_t i, fpt_error *err)
{
    const fpt_framework_item *item = &d->framework.item[i];
    for (size_t k = 0; k < item->froms; k++)
        FPT_TRY(check_from(d, d->item_yaml[i], &item->from[k], err));
    return FPT_OK;
}

fpt_status fpti_check_framework(fpti_draft *d, fpt_error *err)
{
    const fpt_framework *f = &d->framework;
    if (f->nodes == 0 && f->items == 0)
        return fpt_yaml_fail(d->yaml, err, "nothing is judged");
    for (size_t n = 0; n < f->nodes; n++) {
        FPT_TRY(check_members(d, n, err));
        FPT_TRY(check_weights(d, n, err));
    }
    for (size_t i = 0; i < f->items; i++)
        FPT_TRY(check_item(d, i, err));
    for (size_t i = 0; i < f->flags; i++)
        for (size_t k = 0; k < f->flag[i].froms; k++)
            FPT_TRY(check_from(d, d->yaml, &f->flag[i].from[k], err));
    return FPT_OK;
}
