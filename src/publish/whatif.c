/*
 * What would change a rating: at which value of each indicator the category would
 * be another, as the engine finds it, and fields in which a reader can try other
 * values. The arithmetic of the fields is web/whatif.js, which a test compares
 * with the engine's; what it judges is in a file of the site, written here.
 */
#include "publish_i.h"

/* ---- a group as JSON ---- */

static void add_double_or_end(fpt_json *json, double value)
{
    fpt_json_double(json, value); /* infinite: null, which the script knows */
}

static void add_item(fpt_json *json, const fpt_league_item *item)
{
    fpt_json_open_object(json);
    fpt_json_key(json, "method");
    fpt_json_str(json, fpt_str_from(fpt_score_word(item->method)));
    fpt_json_key(json, "better");
    fpt_json_int64(json, item->better);
    fpt_json_key(json, "bands");
    fpt_json_open_array(json);
    for (size_t b = 0; b < item->bands; b++) {
        fpt_json_open_array(json);
        add_double_or_end(json, item->band[b].from);
        add_double_or_end(json, item->band[b].below);
        fpt_json_double(json, item->band[b].score);
        fpt_json_close_array(json);
    }
    fpt_json_close_array(json);
    fpt_json_key(json, "target");
    fpt_json_open_array(json);
    fpt_json_double(json, item->target.target);
    fpt_json_double(json, item->target.per);
    fpt_json_double(json, item->target.score);
    fpt_json_close_array(json);
    fpt_json_close_object(json);
}

static void add_cut(fpt_json *json, const fpt_league_node *node)
{
    static const char *const words[] = {[FPT_CUT_NONE] = "none",
                                        [FPT_CUT_NOT_PUBLISHED] =
                                            "not-published",
                                        [FPT_CUT_QUANTILE] = "quantile",
                                        [FPT_CUT_FIXED] = "fixed",
                                        [FPT_CUT_COUNTS] = "counts"};
    fpt_json_key(json, "cut");
    fpt_json_str(json, fpt_str_from(words[node->cut]));
    fpt_json_key(json, "categories");
    fpt_json_int64(json, (int64_t)node->categories);
    fpt_json_key(json, "leastPlaces");
    fpt_json_int64(json, (int64_t)node->least_places);
    if (node->cut == FPT_CUT_FIXED) {
        fpt_json_key(json, "at");
        fpt_json_open_array(json);
        for (size_t k = 0; k + 1 < node->categories; k++)
            fpt_json_double(json, node->at[k]);
        fpt_json_close_array(json);
    }
    if (node->cut == FPT_CUT_COUNTS && node->counts != NULL) {
        fpt_json_key(json, "counts");
        fpt_json_open_array(json);
        for (size_t k = 0; k < node->categories; k++)
            fpt_json_int64(json, node->counts[k]);
        fpt_json_close_array(json);
    }
}

static void add_node(fpt_json *json, const fpt_league_node *node)
{
    static const char *const missing[] = {[FPT_MISSING_DROP] = "drop",
                                          [FPT_MISSING_REFUSE] = "refuse",
                                          [FPT_MISSING_WORST] = "worst"};
    fpt_json_open_object(json);
    fpt_json_key(json, "computed");
    fpt_json_bool(json, node->computed);
    fpt_json_key(json, "missing");
    fpt_json_str(json, fpt_str_from(missing[node->missing]));
    fpt_json_key(json, "least");
    fpt_json_int64(json, (int64_t)node->least);
    fpt_json_key(json, "leastShare");
    fpt_json_double(json, node->least_share);
    fpt_json_key(json, "parts");
    fpt_json_open_array(json);
    for (size_t k = 0; k < node->parts; k++) {
        fpt_json_open_array(json);
        fpt_json_bool(json, node->part[k].is_node);
        fpt_json_int64(json, (int64_t)node->part[k].index);
        fpt_json_double(json, node->part[k].weight);
        fpt_json_close_array(json);
    }
    fpt_json_close_array(json);
    add_cut(json, node);
    fpt_json_close_object(json);
}

static void add_gate(fpt_json *json, const fpt_league_gate *gate)
{
    static const char *const when[] = {[FPT_GATE_FLAG] = "flag",
                                       [FPT_GATE_ANY_MEMBER] = "any-member",
                                       [FPT_GATE_ITEM] = "item"};
    static const char *const then[] = {[FPT_GATE_AT_LEAST] = "at-least",
                                       [FPT_GATE_AT_MOST] = "at-most",
                                       [FPT_GATE_SET] = "set"};
    fpt_json_open_object(json);
    fpt_json_key(json, "node");
    fpt_json_int64(json, (int64_t)gate->node);
    fpt_json_key(json, "onCategory");
    fpt_json_bool(json, gate->on_category);
    fpt_json_key(json, "when");
    fpt_json_str(json, fpt_str_from(when[gate->when]));
    fpt_json_key(json, "index");
    fpt_json_int64(json, (int64_t)gate->index);
    fpt_json_key(json, "is");
    fpt_json_double(json, gate->is);
    fpt_json_key(json, "then");
    fpt_json_str(json, fpt_str_from(then[gate->then]));
    fpt_json_key(json, "value");
    fpt_json_double(json, gate->value);
    fpt_json_key(json, "unknownIsNo");
    fpt_json_bool(json, gate->unknown_is_no);
    fpt_json_close_object(json);
}

static void add_rows(fpt_json *json, const char *key, size_t rows,
                     size_t places, const double *value)
{
    fpt_json_key(json, key);
    fpt_json_open_array(json);
    for (size_t i = 0; i < rows; i++) {
        fpt_json_open_array(json);
        for (size_t p = 0; p < places; p++)
            fpt_json_double(json, value[i * places + p]);
        fpt_json_close_array(json);
    }
    fpt_json_close_array(json);
}

void fpti_league_json(fpt_json *json, const fpt_league *rules,
                      const fpt_league_input *in)
{
    fpt_json_open_object(json);
    fpt_json_key(json, "scale");
    fpt_json_open_array(json);
    fpt_json_double(json, rules->scale.best);
    fpt_json_double(json, rules->scale.worst);
    fpt_json_close_array(json);
    fpt_json_key(json, "places");
    fpt_json_int64(json, (int64_t)in->places);
    fpt_json_key(json, "items");
    fpt_json_open_array(json);
    for (size_t i = 0; i < rules->items; i++)
        add_item(json, &rules->item[i]);
    fpt_json_close_array(json);
    fpt_json_key(json, "nodes");
    fpt_json_open_array(json);
    for (size_t n = 0; n < rules->nodes; n++)
        add_node(json, &rules->node[n]);
    fpt_json_close_array(json);
    fpt_json_key(json, "gates");
    fpt_json_open_array(json);
    for (size_t g = 0; g < rules->gates; g++)
        add_gate(json, &rules->gate[g]);
    fpt_json_close_array(json);
    add_rows(json, "value", rules->items, in->places, in->value);
    add_rows(json, "published", rules->items, in->places, in->published);
    add_rows(json, "flag", rules->flags, in->places, in->flag);
    fpt_json_close_object(json);
}
