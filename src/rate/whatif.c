/*
 * At which value of an indicator would the category change? The place is judged
 * again with other values of the one indicator, among all that it is compared
 * with, because a rank or a quartile of one is that of all.
 */
#include <stdlib.h>

#include "fpt/num.h"
#include "fpt/whatif.h"
#include "rate_i.h"

enum { STEPS = 64, HALVINGS = 100 };

/*
 * Of the rules what the node hangs on is kept, and the scores of items that do
 * not change are found once and taken as loaded: the same results for a tenth of
 * the work.
 */
struct trial {
    fpt_league rules;
    fpt_league_input in;
    double *row; /* of the item: what is changed */
    size_t node, item, place;
    fpt_league_work work;
    fpt_league_output out;
};

static int category_at(struct trial *t, double value)
{
    const double was = t->row[t->place];
    t->row[t->place] = value;
    fpt_league_judge(&t->rules, &t->in, &t->work, &t->out);
    t->row[t->place] = was;
    return t->out.category[t->node * t->in.places + t->place];
}

/* A node needs its members, and those that its rules look at, and what these
 * need in turn. */
static void find_needed(const fpt_league *rules, size_t node, bool *needed)
{
    bool more = true;
    needed[node] = true;
    while (more) {
        more = false;
        for (size_t n = 0; n < rules->nodes; n++) {
            if (!needed[n]) continue;
            for (size_t k = 0; k < rules->node[n].parts; k++) {
                const fpt_league_part *part = &rules->node[n].part[k];
                if (!part->is_node || needed[part->index]) continue;
                needed[part->index] = more = true;
            }
            for (size_t g = 0; g < rules->gates; g++) {
                const fpt_league_gate *gate = &rules->gate[g];
                if (gate->node != n || gate->when != FPT_GATE_ANY_MEMBER ||
                    needed[gate->index])
                    continue;
                needed[gate->index] = more = true;
            }
        }
    }
}

/* Nodes that are not needed are emptied, which costs nothing to judge. */
static bool cut_rules(fpt_arena *arena, const fpt_league *from, size_t node,
                      size_t item, fpt_league *out)
{
    fpt_league_item *items = FPT_NEW(arena, fpt_league_item, from->items);
    fpt_league_node *nodes = FPT_NEW(arena, fpt_league_node, from->nodes);
    bool *needed = FPT_NEW(arena, bool, from->nodes);
    if (items == NULL || nodes == NULL || needed == NULL) return false;
    find_needed(from, node, needed);
    for (size_t i = 0; i < from->items; i++) {
        items[i] = from->item[i];
        if (i != item) items[i].method = FPT_SCORE_PUBLISHED;
    }
    for (size_t n = 0; n < from->nodes; n++) {
        nodes[n] = from->node[n];
        if (needed[n]) continue;
        nodes[n].parts = 0;
        nodes[n].cut = FPT_CUT_NONE;
    }
    *out = *from;
    out->item = items;
    out->node = nodes;
    return true;
}

static bool make_trial(fpt_arena *arena, const fpt_league *rules,
                       const fpt_league_input *in, struct trial *t)
{
    const size_t places = in->places, all = rules->items * places;
    const size_t at = t->item * places;
    double *value = FPT_NEW(arena, double, all);
    double *score = FPT_NEW(arena, double, all);
    t->in = *in;
    t->in.given = NULL;
    if (value == NULL || score == NULL ||
        !fpt_league_work_make(arena, rules, places, &t->work) ||
        !fpti_output_make(arena, rules, places, &t->out) ||
        !cut_rules(arena, rules, t->node, t->item, &t->rules))
        return false;
    /* What is not asked for is not done. */
    t->out.rank = NULL;
    t->out.item_state = NULL;
    fpt_league_judge(rules, &t->in, &t->work, &t->out);
    memcpy(value, in->value, all * sizeof *value);
    memcpy(score, t->out.score, all * sizeof *score);
    if (fpt_whatif_by_value(&rules->item[t->item])) {
        t->row = value + at;
    } else {
        memcpy(score + at, in->published + at, places * sizeof *score);
        t->row = score + at;
    }
    t->in.value = value;
    t->in.published = score;
    return true;
}

/* ---- scores that change where a value passes another's, or a band's edge ---- */

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Edges in order of size, each once: values of others, or ends of bands. */
static size_t find_edges(const struct trial *t, double *edge)
{
    const fpt_league_item *item = &t->rules.item[t->item];
    size_t count = 0, used = 0;
    if (item->method == FPT_SCORE_BANDS) {
        for (size_t b = 0; b < item->bands; b++) {
            if (isfinite(item->band[b].from))
                edge[count++] = item->band[b].from;
            if (isfinite(item->band[b].below))
                edge[count++] = item->band[b].below;
        }
    } else {
        for (size_t p = 0; p < t->in.places; p++)
            if (p != t->place && !isnan(t->row[p])) edge[count++] = t->row[p];
    }
    if (count > 0) qsort(edge, count, sizeof *edge, by_size);
    for (size_t i = 0; i < count; i++)
        if (used == 0 || edge[i] != edge[used - 1]) edge[used++] = edge[i];
    return used;
}

/* Past an edge, and not at the next. */
static double beyond(double edge, double next, int way)
{
    if (isnan(next)) return edge + way * fmax(1.0, fabs(edge));
    return edge + (next - edge) / 2.0;
}

static fpt_turn step_turn(struct trial *t, size_t count, const double *edge,
                          int way, int now)
{
    const double value = t->row[t->place];
    fpt_turn turn = {.at = (double)NAN};
    for (size_t k = 0; k < count; k++) {
        const size_t i = way > 0 ? k : count - 1 - k;
        if (way > 0 ? edge[i] < value : edge[i] > value) continue;
        const double next =
            k + 1 == count ? (double)NAN : edge[i + (size_t)way];
        const double tried[] = {edge[i], beyond(edge[i], next, way)};
        for (int past = 0; past < 2; past++) {
            const int category = category_at(t, tried[past]);
            if (category == now) continue;
            turn =
                (fpt_turn){.at = edge[i], .past = past, .category = category};
            return turn;
        }
    }
    return turn;
}

/* ---- scores that change with every digit ---- */

static void find_range(const struct trial *t, double *low, double *high)
{
    const fpt_league_item *item = &t->rules.item[t->item];
    const fpt_scale s = t->rules.scale;
    *low = *high = t->row[t->place];
    if (item->method == FPT_SCORE_PUBLISHED) {
        *low = fmin(s.best, s.worst);
        *high = fmax(s.best, s.worst);
        return;
    }
    for (size_t p = 0; p < t->in.places; p++) {
        if (isnan(t->row[p])) continue;
        *low = fmin(*low, t->row[p]);
        *high = fmax(*high, t->row[p]);
    }
    const double span = *high - *low;
    *low -= span;
    *high += span;
    if (item->method == FPT_SCORE_TARGET) {
        const double reach = fabs(s.worst - s.best) * item->target.per;
        *low = fmin(*low, item->target.target - reach);
        *high = fmax(*high, item->target.target + reach);
    }
    if (item->method == FPT_SCORE_VALUE) {
        *low = fmin(*low, fmin(s.best, s.worst));
        *high = fmax(*high, fmax(s.best, s.worst));
    }
}

static fpt_turn smooth_turn(struct trial *t, double end, int way, int now)
{
    const double value = t->row[t->place];
    fpt_turn turn = {.at = (double)NAN};
    double same = value;
    if (!isfinite(end) || !(way > 0 ? end > value : end < value)) return turn;
    for (int k = 1; k <= STEPS; k++) {
        double other = value + (end - value) * (double)k / STEPS;
        int category = category_at(t, other);
        if (category == now) {
            same = other;
            continue;
        }
        for (int h = 0; h < HALVINGS; h++) {
            const double middle = same + (other - same) / 2.0;
            if (middle == same || middle == other) break;
            const int at = category_at(t, middle);
            if (at == now) {
                same = middle;
            } else {
                other = middle;
                category = at;
            }
        }
        turn = (fpt_turn){.at = other, .category = category};
        return turn;
    }
    return turn;
}

/* ---- either ---- */

static bool is_counted(const fpt_league *rules, size_t item)
{
    for (size_t n = 0; n < rules->nodes; n++)
        for (size_t k = 0; k < rules->node[n].parts; k++)
            if (!rules->node[n].part[k].is_node &&
                rules->node[n].part[k].index == item)
                return true;
    return false;
}

fpt_status fpt_whatif_turns(const fpt_league *rules, const fpt_league_input *in,
                            size_t node, size_t item, size_t place,
                            fpt_arena arena, int *category, fpt_turn *up,
                            fpt_turn *down)
{
    struct trial t = {.node = node, .item = item, .place = place};
    const fpt_turn none = {.at = (double)NAN};
    const fpt_score_method method = rules->item[item].method;
    if (!make_trial(&arena, rules, in, &t)) return FPT_ERR_MEMORY;
    const double value = t.row[place];
    *category = category_at(&t, value);
    *up = *down = none;
    if (isnan(value) || !is_counted(rules, item)) return FPT_OK;
    switch (method) {
    case FPT_SCORE_RANK:
    case FPT_SCORE_PERCENTILE:
    case FPT_SCORE_BANDS: {
        double *edge =
            FPT_NEW(&arena, double, in->places + 2 * rules->item[item].bands);
        if (edge == NULL) return FPT_ERR_MEMORY;
        const size_t count = find_edges(&t, edge);
        *up = step_turn(&t, count, edge, 1, *category);
        *down = step_turn(&t, count, edge, -1, *category);
        return FPT_OK;
    }
    case FPT_SCORE_PUBLISHED:
    case FPT_SCORE_VALUE:
    case FPT_SCORE_Z:
    case FPT_SCORE_TARGET: {
        double low, high;
        find_range(&t, &low, &high);
        *up = smooth_turn(&t, high, 1, *category);
        *down = smooth_turn(&t, low, -1, *category);
        return FPT_OK;
    }
    case FPT_SCORE_NONE:
    case FPT_SCORE_COMPARE:
    case FPT_SCORE_TRAJECTORY:
    case FPT_SCORE_NOT_PUBLISHED:
    case FPT_SCORE_METHODS:
        break;
    }
    return FPT_OK;
}
