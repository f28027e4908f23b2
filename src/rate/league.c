/*
 * Judging one group of places: items first, then nodes from the leaves to the
 * whole; at each node the mean, the rules on scores, the cut into categories,
 * the rules on categories, and the rank.
 *
 * The same function judges the figures as they are and, thousands of times, as
 * they might have been, so what is not asked for is not done.
 */
#include "fpt/league.h"
#include "score_i.h"

#include <math.h>

#define NONE ((double)NAN)

static const char *const words[FPT_RATING_STATES + 1] = {
#define FPT_RATING_STATE_WORD(name, text) #name,
    FPT_RATING_STATE_LIST(FPT_RATING_STATE_WORD)
#undef FPT_RATING_STATE_WORD
        "UNKNOWN"};

static const char *const texts[FPT_RATING_STATES + 1] = {
#define FPT_RATING_STATE_TEXT(name, text) text,
    FPT_RATING_STATE_LIST(FPT_RATING_STATE_TEXT)
#undef FPT_RATING_STATE_TEXT
        "unknown"};

static size_t within(fpt_rating_state state)
{
    return (size_t)state < FPT_RATING_STATES ? (size_t)state
                                             : (size_t)FPT_RATING_STATES;
}

const char *fpt_rating_state_word(fpt_rating_state state)
{
    return words[within(state)];
}

const char *fpt_rating_state_text(fpt_rating_state state)
{
    return texts[within(state)];
}

bool fpt_rating_state_find(fpt_str word, fpt_rating_state *out)
{
    for (size_t i = 0; i < FPT_RATING_STATES; i++)
        if (fpt_str_equal(word, fpt_str_from(words[i]))) {
            *out = (fpt_rating_state)i;
            return true;
        }
    return false;
}

size_t fpt_league_categories(const fpt_league *rules)
{
    size_t most = 1;
    for (size_t i = 0; i < rules->nodes; i++)
        if (rules->node[i].categories > most) most = rules->node[i].categories;
    return most;
}

bool fpt_league_work_make(fpt_arena *arena, const fpt_league *rules,
                          size_t places, fpt_league_work *out)
{
    const size_t categories = fpt_league_categories(rules);
    *out = (fpt_league_work){.real = FPT_NEW(arena, double, 3 * places),
                             .order = FPT_NEW(arena, size_t, 3 * places),
                             .whole = FPT_NEW(arena, int64_t, categories),
                             .remainder = FPT_NEW(arena, uint64_t, categories),
                             .cut = FPT_NEW(arena, double, categories)};
    return out->real != NULL && out->order != NULL && out->whole != NULL &&
           out->remainder != NULL && out->cut != NULL;
}

/* ---- items ---- */

static void score_item(const fpt_league *rules, const fpt_league_item *item,
                       size_t places, const double *value,
                       const double *published, const fpt_league_work *work,
                       double *rank, double *score)
{
    switch (item->method) {
    case FPT_SCORE_PUBLISHED:
        for (size_t p = 0; p < places; p++)
            score[p] = published[p];
        return;
    case FPT_SCORE_VALUE:
        for (size_t p = 0; p < places; p++)
            score[p] = value[p];
        return;
    case FPT_SCORE_BANDS:
        for (size_t p = 0; p < places; p++)
            score[p] = fpt_score_bands(item->bands, item->band, value[p]);
        return;
    case FPT_SCORE_RANK:
        fpt_score_rank(places, value, item->better, rules->scale, rank, score,
                       work->real, work->order);
        return;
    case FPT_SCORE_Z:
        fpt_score_z(places, value, item->better, rules->scale, score);
        return;
    case FPT_SCORE_PERCENTILE:
        fpt_score_percentile(places, value, item->better, rules->scale, score,
                             work->real, work->order);
        return;
    case FPT_SCORE_TARGET:
        for (size_t p = 0; p < places; p++)
            score[p] = fpt_score_distance(&item->target, value[p], item->better,
                                          rules->scale);
        return;
    case FPT_SCORE_NONE:
    case FPT_SCORE_COMPARE:
    case FPT_SCORE_TRAJECTORY:
    case FPT_SCORE_NOT_PUBLISHED:
    case FPT_SCORE_METHODS:
        break;
    }
    for (size_t p = 0; p < places; p++)
        score[p] = NONE;
}

/* Why an item has no score, where it has a value. */
static fpt_rating_state why_no_score(fpt_score_method method)
{
    switch (method) {
    case FPT_SCORE_BANDS:
        return FPT_RATING_OUT_OF_BANDS;
    case FPT_SCORE_RANK:
    case FPT_SCORE_PERCENTILE:
        return FPT_RATING_TOO_FEW_PLACES;
    case FPT_SCORE_Z:
        return FPT_RATING_NO_VARIATION;
    case FPT_SCORE_NOT_PUBLISHED:
        return FPT_RATING_NOT_COMPUTED;
    case FPT_SCORE_NONE:
    case FPT_SCORE_COMPARE:
    case FPT_SCORE_TRAJECTORY:
        return FPT_RATING_NOT_SCORED;
    case FPT_SCORE_PUBLISHED:
    case FPT_SCORE_VALUE:
    case FPT_SCORE_TARGET:
    case FPT_SCORE_METHODS:
        break;
    }
    return FPT_RATING_MISSING;
}

static void judge_item(const fpt_league *rules, size_t i,
                       const fpt_league_input *in, const fpt_league_work *work,
                       fpt_league_output *out)
{
    const fpt_league_item *item = &rules->item[i];
    const size_t at = i * in->places;
    double *rank = out->item_rank == NULL ? NULL : out->item_rank + at;
    for (size_t p = 0; p < in->places && rank != NULL; p++)
        rank[p] = NONE;
    score_item(rules, item, in->places, in->value + at, in->published + at,
               work, rank, out->score + at);
    if (out->item_state == NULL) return;
    for (size_t p = 0; p < in->places; p++) {
        const bool value = !isnan(in->value[at + p]);
        out->item_state[at + p] = !isnan(out->score[at + p]) ? FPT_RATING_OK
                                  : value ? why_no_score(item->method)
                                          : FPT_RATING_MISSING;
    }
}

/* ---- nodes ---- */

static double score_of(const fpt_league_part *part, size_t places, size_t p,
                       const fpt_league_output *out)
{
    const size_t at = part->index * places + p;
    return part->is_node ? out->node_score[at] : out->score[at];
}

struct gathered {
    double score, weight;
    int64_t present;
    fpt_rating_state state;
};

/* The weight of all parts of a node, added as gather() adds that of some. */
static double whole_weight(const fpt_league_node *node)
{
    fpt_sum all = {0};
    for (size_t k = 0; k < node->parts; k++)
        fpt_sum_add(&all, node->part[k].weight);
    return fpt_sum_value(all);
}

/* The weight of the parts that a place has. */
static double present_weight(const fpt_league_node *node, size_t places,
                             size_t p, const fpt_league_output *out)
{
    fpt_sum weight = {0};
    for (size_t k = 0; k < node->parts; k++)
        if (!isnan(score_of(&node->part[k], places, p, out)))
            fpt_sum_add(&weight, node->part[k].weight);
    return fpt_sum_value(weight);
}

static struct gathered gather(const fpt_league *rules,
                              const fpt_league_node *node, double whole,
                              size_t places, size_t p,
                              const fpt_league_output *out)
{
    struct gathered g = {.score = NONE, .state = FPT_RATING_NOT_COMPUTED};
    fpt_sum sum = {0};
    for (size_t k = 0; k < node->parts; k++) {
        const fpt_league_part *part = &node->part[k];
        double score = score_of(part, places, p, out);
        if (!isnan(score)) {
            g.present++;
        } else if (node->missing == FPT_MISSING_WORST) {
            score = rules->scale.worst;
        } else {
            continue;
        }
        fpt_sum_add(&sum, part->weight * score);
    }
    g.weight = (size_t)g.present == node->parts
                   ? whole
                   : present_weight(node, places, p, out);
    if (!node->computed) return g;
    const bool few = g.present == 0 || g.weight <= 0.0 ||
                     (size_t)g.present < node->least ||
                     g.weight < node->least_share * whole ||
                     (node->missing == FPT_MISSING_REFUSE &&
                      (size_t)g.present < node->parts);
    g.state = few ? FPT_RATING_TOO_FEW_ITEMS : FPT_RATING_OK;
    if (!few)
        g.score = fpt_sum_value(sum) /
                  (node->missing == FPT_MISSING_WORST ? whole : g.weight);
    return g;
}

/* ---- rules ---- */

static bool is_as_bad(double score, double is, fpt_scale scale)
{
    return scale.worst > scale.best ? score >= is : score <= is;
}

static bool any_member(const fpt_league *rules, const fpt_league_node *node,
                       size_t places, size_t p, double is,
                       const fpt_league_output *out)
{
    for (size_t k = 0; k < node->parts; k++) {
        const fpt_league_part *part = &node->part[k];
        if (part->is_node
                ? any_member(rules, &rules->node[part->index], places, p, is,
                             out)
                : is_as_bad(score_of(part, places, p, out), is, rules->scale))
            return true;
    }
    return false;
}

/* 1 it applies, 0 it does not, -1 nobody knows. */
static int applies(const fpt_league *rules, const fpt_league_gate *gate,
                   const fpt_league_input *in, size_t p,
                   const fpt_league_output *out)
{
    const size_t at = gate->index * in->places + p;
    switch (gate->when) {
    case FPT_GATE_FLAG:
        if (isnan(in->flag[at])) return gate->unknown_is_no ? 0 : -1;
        return in->flag[at] == gate->is;
    case FPT_GATE_ITEM:
        if (isnan(out->score[at])) return -1;
        return is_as_bad(out->score[at], gate->is, rules->scale);
    case FPT_GATE_ANY_MEMBER:
        break;
    }
    return any_member(rules, &rules->node[gate->index], in->places, p, gate->is,
                      out);
}

static double after(const fpt_league_gate *gate, double value)
{
    switch (gate->then) {
    case FPT_GATE_AT_LEAST:
        return fmax(value, gate->value);
    case FPT_GATE_AT_MOST:
        return fmin(value, gate->value);
    case FPT_GATE_SET:
        break;
    }
    return gate->value;
}

/* The rules of a node on its score, or on its category, for one place. Returns
 * NaN when it hangs on a rule of which nobody knows whether it applies. */
static double apply_gates(const fpt_league *rules, size_t node,
                          bool on_category, const fpt_league_input *in,
                          size_t p, const fpt_league_output *out, double value,
                          uint32_t *changed)
{
    for (size_t g = 0; g < rules->gates && !isnan(value); g++) {
        const fpt_league_gate *gate = &rules->gate[g];
        if (gate->node != node || gate->on_category != on_category) continue;
        const double then = after(gate, value);
        if (then == value) continue;
        const int does = applies(rules, gate, in, p, out);
        if (does == 0) continue;
        if (does > 0 && g < 32) *changed |= UINT32_C(1) << g;
        value = does > 0 ? then : NONE;
    }
    return value;
}

/* ---- categories ---- */

size_t fpt_quantile_cuts(size_t count, const double *score, fpt_scale scale,
                         size_t categories, double *at, double *work,
                         size_t *order)
{
    const double turn = scale.best < scale.worst ? 1.0 : -1.0;
    size_t present = 0;
    for (size_t p = 0; p < count; p++)
        if (!isnan(score[p])) work[present++] = turn * score[p];
    fpti_order_column(present, work, order);
    for (size_t k = 1; k < categories; k++) {
        if (present == 0) {
            at[k - 1] = NONE;
            continue;
        }
        /* Type 7, through the order: linear around 1 + (present - 1) k/K. */
        const double where =
            (double)(present - 1) * (double)k / (double)categories;
        const size_t below = (size_t)where;
        const double part = where - (double)below;
        const double low = work[order[below]];
        const double high = below + 1 < present ? work[order[below + 1]] : low;
        at[k - 1] = turn * (low + part * (high - low));
    }
    return present;
}

int fpt_cut_category(double score, fpt_scale scale, size_t categories,
                     const double *at)
{
    if (isnan(score)) return 0;
    int category = 1;
    for (size_t k = 0; k + 1 < categories; k++)
        if (scale.best < scale.worst ? score > at[k] : score < at[k])
            category = (int)k + 2;
    return category;
}

/* So many in each category, the best first; those with equal scores are in one,
 * the better. */
static void cut_by_counts(const fpt_league *rules, const fpt_league_node *node,
                          size_t places, const double *score, size_t present,
                          const fpt_league_work *work, int *category)
{
    const double turn = rules->scale.best < rules->scale.worst ? 1.0 : -1.0;
    const size_t categories = node->categories;
    if (fpt_apportion((int64_t)present, categories, node->counts, work->whole,
                      work->remainder) != FPT_OK)
        return;
    for (size_t p = 0; p < places; p++)
        work->real[p] = turn * score[p];
    fpt_order_by(places, work->real, work->order, work->order + places);
    fpt_rank(places, work->real, work->order, FPT_TIES_LOWEST,
             work->real + places);
    for (size_t p = 0; p < places; p++) {
        if (isnan(score[p])) continue;
        int64_t up_to = work->whole[0];
        size_t k = 0;
        while (k + 1 < categories && work->real[places + p] > (double)up_to)
            up_to += work->whole[++k];
        category[p] = (int)k + 1;
    }
}

static fpt_rating_state cut(const fpt_league *rules,
                            const fpt_league_node *node, size_t places,
                            const double *score, const fpt_league_work *work,
                            int *category)
{
    size_t present = 0;
    for (size_t p = 0; p < places; p++) {
        category[p] = 0;
        if (!isnan(score[p])) present++;
    }
    switch (node->cut) {
    case FPT_CUT_NONE:
        return FPT_RATING_NOT_SCORED;
    case FPT_CUT_NOT_PUBLISHED:
        return FPT_RATING_NOT_COMPUTED;
    case FPT_CUT_FIXED:
        for (size_t p = 0; p < places; p++)
            category[p] = fpt_cut_category(score[p], rules->scale,
                                           node->categories, node->at);
        return FPT_RATING_OK;
    case FPT_CUT_QUANTILE:
        if (present < node->least_places) return FPT_RATING_TOO_FEW_PLACES;
        fpt_quantile_cuts(places, score, rules->scale, node->categories,
                          work->cut, work->real, work->order);
        for (size_t p = 0; p < places; p++)
            category[p] = fpt_cut_category(score[p], rules->scale,
                                           node->categories, work->cut);
        return FPT_RATING_OK;
    case FPT_CUT_COUNTS:
        if (node->counts == NULL) return FPT_RATING_NOT_COMPUTED;
        if (present < node->least_places) return FPT_RATING_TOO_FEW_PLACES;
        cut_by_counts(rules, node, places, score, present, work, category);
        return FPT_RATING_OK;
    }
    return FPT_RATING_NOT_SCORED;
}

/* ---- ranks ---- */

static void rank_node(const fpt_league *rules, size_t n, size_t places,
                      const fpt_league_work *work, fpt_league_output *out)
{
    const double turn = rules->scale.best < rules->scale.worst ? 1.0 : -1.0;
    const fpt_league_node *node = &rules->node[n];
    const double *score = out->node_score + n * places;
    const int *category = out->category + n * places;
    double *key = work->real, *second = work->real + places;
    double *rank = out->rank + n * places;
    size_t *first = work->order, *order = work->order + places;
    int64_t ranked = 0;
    for (size_t p = 0; p < places; p++) {
        const bool out_of_it = node->by_category && category[p] == 0;
        key[p] = out_of_it ? NONE : turn * score[p];
        rank[p] = NONE;
        if (!isnan(key[p])) ranked++;
    }
    fpti_order_column(places, key, first);
    if (node->by_category) {
        /* Stable: within a category the order of the scores stays. */
        for (size_t i = 0; i < places; i++)
            second[i] =
                isnan(key[first[i]]) ? NONE : (double)category[first[i]];
        fpt_order_by(places, second, order, order + places);
        for (size_t i = 0; i < places; i++)
            order[i] = first[order[i]];
    } else {
        order = first;
    }
    double given = 1.0;
    for (size_t i = 0; i < (size_t)ranked; i++) {
        const size_t p = order[i];
        const bool tied =
            i > 0 && key[p] == key[order[i - 1]] &&
            (!node->by_category || category[p] == category[order[i - 1]]);
        if (!tied) given = (double)(i + 1);
        rank[p] = given;
    }
    if (out->ranked != NULL) out->ranked[n] = ranked;
}

/* ---- the whole ---- */

static void judge_scores(const fpt_league *rules, size_t n,
                         const fpt_league_input *in, fpt_league_output *out)
{
    const fpt_league_node *node = &rules->node[n];
    const double whole = whole_weight(node);
    for (size_t p = 0; p < in->places; p++) {
        const size_t at = n * in->places + p;
        struct gathered g = gather(rules, node, whole, in->places, p, out);
        uint32_t changed = 0;
        const double score =
            apply_gates(rules, n, false, in, p, out, g.score, &changed);
        if (isnan(score) && g.state == FPT_RATING_OK)
            g.state = FPT_RATING_RULE_UNKNOWN;
        out->node_score[at] = score;
        if (out->gates != NULL) out->gates[at] = changed;
        if (out->weight != NULL) out->weight[at] = g.weight;
        if (out->present != NULL) out->present[at] = g.present;
        if (out->asked != NULL) out->asked[at] = (int64_t)node->parts;
        if (out->node_state != NULL) out->node_state[at] = g.state;
    }
}

static void judge_categories(const fpt_league *rules, size_t n,
                             const fpt_league_input *in,
                             const fpt_league_work *work,
                             fpt_league_output *out)
{
    const fpt_league_node *node = &rules->node[n];
    const size_t at = n * in->places;
    int *ungated = out->ungated + at;
    const fpt_rating_state all =
        cut(rules, node, in->places, out->node_score + at, work, ungated);
    for (size_t p = 0; p < in->places; p++) {
        fpt_rating_state state = all;
        uint32_t changed = 0;
        if (in->given != NULL && in->given[at + p] != 0) {
            ungated[p] = in->given[at + p];
            state = FPT_RATING_OK;
        } else if (state == FPT_RATING_OK && ungated[p] == 0) {
            state = out->node_state != NULL ? out->node_state[at + p]
                                            : FPT_RATING_MISSING;
        }
        const double gated =
            apply_gates(rules, n, true, in, p, out,
                        ungated[p] == 0 ? NONE : (double)ungated[p], &changed);
        if (isnan(gated) && ungated[p] != 0) state = FPT_RATING_RULE_UNKNOWN;
        out->category[at + p] = isnan(gated) ? 0 : (int)gated;
        if (out->gates != NULL) out->gates[at + p] |= changed;
        if (out->category_state != NULL) out->category_state[at + p] = state;
    }
}

void fpt_league_judge(const fpt_league *rules, const fpt_league_input *in,
                      const fpt_league_work *work, fpt_league_output *out)
{
    for (size_t i = 0; i < rules->items; i++)
        judge_item(rules, i, in, work, out);
    for (size_t n = 0; n < rules->nodes; n++) {
        judge_scores(rules, n, in, out);
        judge_categories(rules, n, in, work, out);
        if (out->rank != NULL) rank_node(rules, n, in->places, work, out);
    }
}
