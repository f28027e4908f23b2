/*
 * A rating taken apart: each group's members with weight and contribution, the
 * sum that its score is, and what was left out and why.
 */
#include "rate_i.h"

struct opened {
    fpt_arena *arena;
    const fpt_framework *framework;
    const fpt_league *rules;
    size_t count, capacity;
    fpt_rating_part *list;
    size_t rows;
    const fpt_rating *row; /* of the place */
};

static const fpt_rating *row_of(const struct opened *o, fpt_str item)
{
    for (size_t i = 0; i < o->rows; i++)
        if (fpt_str_equal(o->row[i].item, item)) return &o->row[i];
    return NULL;
}

static fpt_str id_of(const struct opened *o, const fpt_league_part *part)
{
    return part->is_node ? o->framework->node[part->index].id
                         : o->framework->item[part->index].id;
}

static bool add(struct opened *o, fpt_str group, const fpt_rating *row,
                bool is_group, double weight)
{
    if (!FPT_RESERVE(o->arena, o->list, o->count, o->capacity)) return false;
    o->list[o->count++] = (fpt_rating_part){.group = group,
                                            .item = row->item,
                                            .title = row->title,
                                            .is_group = is_group,
                                            .value = row->value,
                                            .unit = row->unit,
                                            .from = row->from,
                                            .score = row->score,
                                            .weight = weight,
                                            .contribution = weight * row->score,
                                            .status = row->status,
                                            .text = row->text};
    return true;
}

/* "24.88 / 11 = 2.261818182; 2 of 13 left out: ..." */
static bool add_group(struct opened *o, const fpt_rating *row, double top,
                      double bottom)
{
    if (!add(o, row->item, row, true, (double)NAN)) return false;
    fpt_rating_part *group = &o->list[o->count - 1];
    group->item = (fpt_str){"", 0};
    if (isnan(row->score)) return true;
    group->text = fpt_str_print(
        o->arena, "%.10g / %.10g = %.10g%s" FPT_STR_FMT, top, bottom,
        top / bottom, row->text.len > 0 ? "; " : "", FPT_STR_ARG(row->text));
    return group->text.data != NULL;
}

static bool open_group(struct opened *o, size_t n)
{
    const fpt_league_node *node = &o->rules->node[n];
    const fpt_rating *row = row_of(o, o->framework->node[n].id);
    const double worst = o->rules->scale.worst;
    fpt_sum top = {0}, present = {0};
    if (row == NULL) return true;
    for (size_t k = 0; k < node->parts; k++) {
        const fpt_rating *member = row_of(o, id_of(o, &node->part[k]));
        const bool scored = member != NULL && !isnan(member->score);
        if (!scored && node->missing != FPT_MISSING_WORST) continue;
        fpt_sum_add(&present, node->part[k].weight);
        fpt_sum_add(&top,
                    node->part[k].weight * (scored ? member->score : worst));
    }
    const double bottom = fpt_sum_value(present);
    if (!add_group(o, row, fpt_sum_value(top), bottom)) return false;
    for (size_t k = 0; k < node->parts; k++) {
        const fpt_rating *member = row_of(o, id_of(o, &node->part[k]));
        if (member == NULL) continue;
        const bool counts = !isnan(member->score) && !isnan(row->score);
        if (!add(o, row->item, member, node->part[k].is_node,
                 counts ? node->part[k].weight / bottom : (double)NAN))
            return false;
    }
    /* What stands in the group and does not count in it. */
    for (size_t i = 0; i < o->framework->items; i++) {
        const fpt_framework_item *item = &o->framework->item[i];
        if (item->counted || item->node != n) continue;
        const fpt_rating *member = row_of(o, item->id);
        if (member != NULL && !add(o, row->item, member, false, (double)NAN))
            return false;
    }
    return true;
}

fpt_status fpt_rate_explain(fpt_rate *rate, fpt_arena *arena,
                            const fpt_rate_ask *ask, fpt_str place,
                            size_t *count, fpt_rating_part **out,
                            fpt_error *err)
{
    fpt_framework f;
    fpt_league rules;
    fpt_ratings ratings;
    FPT_REQUIRE(ask->has_period);
    FPT_TRY(fpt_rate_expand(rate, arena, ask->framework, &f, err));
    FPT_TRY(fpt_framework_rules(arena, &f, ask->weights, &rules, err));
    FPT_TRY(fpt_rate_run(rate, arena, ask, &ratings, err));
    const size_t each = f.items + f.nodes;
    struct opened o = {
        .arena = arena, .framework = &f, .rules = &rules, .rows = each};
    for (size_t i = 0; i + each <= ratings.count; i += each)
        if (fpt_str_equal(ratings.rating[i].place, place))
            o.row = &ratings.rating[i];
    if (o.row == NULL)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "the framework " FPT_STR_FMT " judges no " FPT_STR_FMT
                        " in that period",
                        FPT_STR_ARG(f.name), FPT_STR_ARG(place));
    for (size_t k = 0; k < f.nodes; k++)
        if (!open_group(&o, f.order[k])) return fpti_no_memory(err);
    for (size_t i = 0; i < f.items; i++) {
        const fpt_rating *row = row_of(&o, f.item[i].id);
        if (f.item[i].node == SIZE_MAX && row != NULL &&
            !add(&o, (fpt_str){"", 0}, row, false, (double)NAN))
            return fpti_no_memory(err);
    }
    *count = o.count;
    *out = o.list;
    return FPT_OK;
}
