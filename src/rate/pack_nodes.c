/*
 * Groups of a framework and the whole: how each is made of its members, where
 * its categories begin, and in which order they are worked out.
 *
 * The file names groups from the top down, as people read them; arithmetic goes
 * from the leaves up, so they are put in an order in which members come first.
 */
#include "rate_i.h"

static fpt_status read_missing(fpt_yaml *yaml, fpt_framework_node *node,
                               fpt_error *err)
{
    static const char *const rules[] = {"drop", "refuse", "worst"};
    int rule = 0;
    int64_t least = 1;
    fpt_yaml *map = NULL;
    node->least = 1;
    FPT_TRY(fpt_yaml_map(yaml, "missing", false, &map, err));
    if (map == NULL) return FPT_OK;
    FPT_TRY(fpt_yaml_choice(map, "rule", true, rules, 3, &rule, err));
    FPT_TRY(fpt_yaml_int64(map, "least", false, &least, err));
    FPT_TRY(
        fpt_yaml_double(map, "least_share", false, &node->least_share, err));
    if (least < 1 || least > 1000 ||
        !(node->least_share >= 0.0 && node->least_share <= 1.0))
        return fpt_yaml_fail(map, err,
                             "\"least\" is 1 or more, \"least_share\" lies "
                             "between 0 and 1");
    node->missing = (fpt_missing_rule)rule;
    node->least = (size_t)least;
    return FPT_OK;
}

/* A list of numbers; *count is what it holds. */
static fpt_status read_numbers(fpt_arena *arena, fpt_yaml *yaml,
                               const char *key, size_t *count, double **out,
                               fpt_error *err)
{
    size_t texts;
    fpt_str *text;
    FPT_TRY(fpt_yaml_texts(arena, yaml, key, true, &texts, &text, err));
    *out = FPT_NEW(arena, double, texts);
    if (*out == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < texts; i++)
        if (!fpt_parse_double(text[i], &(*out)[i]))
            return fpt_yaml_fail(yaml, err,
                                 "\"%s\" is a list of numbers, and holds "
                                 "\"" FPT_STR_FMT "\"",
                                 key, FPT_STR_ARG(text[i]));
    *count = texts;
    return FPT_OK;
}

static fpt_status read_thresholds(fpti_draft *d, fpt_yaml *map,
                                  fpt_framework_node *node, fpt_error *err)
{
    const fpt_scale scale = d->framework.scale;
    FPT_TRY(read_numbers(d->arena, map, "at", &node->cuts, &node->at, err));
    if (node->cuts + 1 != node->into)
        return fpt_yaml_fail(map, err,
                             "%zu categories have %zu thresholds between them, "
                             "and \"at\" holds %zu",
                             node->into, node->into - 1, node->cuts);
    for (size_t i = 1; i < node->cuts; i++)
        if (scale.best < scale.worst ? node->at[i] <= node->at[i - 1]
                                     : node->at[i] >= node->at[i - 1])
            return fpt_yaml_fail(map, err,
                                 "thresholds go from the best end of the scale "
                                 "to the worst");
    return FPT_OK;
}

static fpt_status read_counts(fpti_draft *d, fpt_yaml *map,
                              fpt_framework_node *node, fpt_error *err)
{
    double *number;
    int64_t sum = 0;
    FPT_TRY(read_numbers(d->arena, map, "counts", &node->cuts, &number, err));
    node->counts = FPT_NEW(d->arena, int64_t, node->cuts);
    if (node->counts == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < node->cuts; i++) {
        if (!(number[i] >= 0.0 && number[i] <= 1e6) ||
            number[i] != (double)(int64_t)number[i])
            return fpt_yaml_fail(map, err, "\"counts\" are whole numbers");
        sum += node->counts[i] = (int64_t)number[i];
    }
    if (node->cuts != node->into || sum == 0)
        return fpt_yaml_fail(map, err,
                             "\"counts\" says how many are in each of the %zu "
                             "categories",
                             node->into);
    return FPT_OK;
}

static fpt_status read_cut(fpti_draft *d, fpt_yaml *yaml,
                           fpt_framework_node *node, fpt_error *err)
{
    static const char *const methods[] = {"none", "not-published", "quantile",
                                          "fixed", "counts"};
    int method = 0;
    int64_t least = 2;
    fpt_yaml *map = NULL;
    node->into = d->framework.categories;
    FPT_TRY(fpt_yaml_map(yaml, "cut", false, &map, err));
    if (map == NULL) return FPT_OK;
    FPT_TRY(fpt_yaml_choice(map, "method", true, methods, 5, &method, err));
    node->cut = (fpt_cut_method)method;
    FPT_TRY(fpti_read_grade(map, "grade",
                            node->cut == FPT_CUT_NOT_PUBLISHED
                                ? FPT_GRADE_NOT_PUBLISHED
                                : FPT_GRADE_SOURCED,
                            &node->cut_grade, err));
    FPT_TRY(fpt_yaml_text(map, "source", false, &node->cut_source, err));
    int64_t into = (int64_t)d->framework.categories;
    if (node->cut != FPT_CUT_NONE && d->framework.categories < 2)
        return fpt_yaml_fail(map, err,
                             "a cut needs two or more \"categories\"");
    FPT_TRY(fpt_yaml_int64(map, "into", false, &into, err));
    if (node->cut != FPT_CUT_NONE &&
        (into < 2 || (size_t)into > d->framework.categories))
        return fpt_yaml_fail(map, err,
                             "\"into\" is 2 to %zu, the number of categories",
                             d->framework.categories);
    node->into = (size_t)into;
    if (node->cut == FPT_CUT_FIXED) return read_thresholds(d, map, node, err);
    if (node->cut == FPT_CUT_COUNTS) FPT_TRY(read_counts(d, map, node, err));
    if (node->cut == FPT_CUT_QUANTILE || node->cut == FPT_CUT_COUNTS)
        FPT_TRY(fpt_yaml_int64(map, "least_places", false, &least, err));
    if (least < 2 || least > 1000000)
        return fpt_yaml_fail(map, err, "\"least_places\" is 2 or more");
    node->least_places = (size_t)least;
    return FPT_OK;
}

static fpt_status read_published(fpt_yaml *yaml, fpt_published *out,
                                 fpt_error *err)
{
    fpt_yaml *map = NULL;
    FPT_TRY(fpt_yaml_map(yaml, "published", false, &map, err));
    if (map == NULL) return FPT_OK;
    FPT_TRY(fpt_yaml_text(map, "score", false, &out->score, err));
    FPT_TRY(fpt_yaml_text(map, "category", false, &out->category, err));
    FPT_TRY(fpt_yaml_text(map, "rank", false, &out->rank, err));
    FPT_TRY(fpt_yaml_text(map, "before_rules", false, &out->before_rules, err));
    FPT_TRY(fpt_yaml_bool(map, "first", false, &out->first, err));
    if (out->first && out->category.len == 0)
        return fpt_yaml_fail(map, err,
                             "\"first\" needs a published \"category\"");
    if (out->first && out->before_rules.len > 0)
        return fpt_yaml_fail(map, err,
                             "of \"first\" and \"before_rules\" there is one");
    return FPT_OK;
}

static fpt_status read_weights(fpt_yaml *yaml, fpt_framework_node *node,
                               fpt_error *err)
{
    static const char *const words[] = {"equal", "given", "not-published"};
    int weights = 0;
    if (node->over == FPT_OVER_NOTHING) return FPT_OK;
    FPT_TRY(fpt_yaml_choice(yaml, "weights", true, words, 3, &weights, err));
    node->weights = (fpt_weighting)weights;
    return fpti_read_grade(yaml, "weights_grade",
                           node->weights == FPT_WEIGHTS_NOT_PUBLISHED
                               ? FPT_GRADE_NOT_PUBLISHED
                               : FPT_GRADE_SOURCED,
                           &node->weights_grade, err);
}

static fpt_status read_node(fpti_draft *d, fpt_yaml *yaml, bool whole,
                            fpt_framework_node *node, fpt_str *parent,
                            fpt_error *err)
{
    static const char *const overs[] = {"nothing", "items", "groups"};
    static const char *const ranks[] = {"score", "category-then-score"};
    int over = 0, rank = 0;
    *node = (fpt_framework_node){.parent = SIZE_MAX,
                                 .weight = (double)NAN,
                                 .id = FPT_STR(FPT_OVERALL),
                                 .level = FPT_STR(FPT_OVERALL)};
    *parent = (fpt_str){0};
    if (!whole) {
        FPT_TRY(fpt_yaml_text(yaml, "id", true, &node->id, err));
        FPT_TRY(fpt_yaml_text(yaml, "level", true, &node->level, err));
        FPT_TRY(fpt_yaml_text(yaml, "in", false, parent, err));
    }
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &node->title, err));
    FPT_TRY(fpt_yaml_text(yaml, "note", false, &node->note, err));
    FPT_TRY(fpt_yaml_text(yaml, "source", false, &node->source, err));
    FPT_TRY(fpt_yaml_choice(yaml, "over", true, overs, 3, &over, err));
    node->over = (fpt_over)over;
    FPT_TRY(fpt_yaml_double(yaml, "weight", false, &node->weight, err));
    FPT_TRY(read_weights(yaml, node, err));
    FPT_TRY(read_missing(yaml, node, err));
    FPT_TRY(read_cut(d, yaml, node, err));
    FPT_TRY(fpt_yaml_choice(yaml, "rank_by", false, ranks, 2, &rank, err));
    node->by_category = rank == 1;
    return read_published(yaml, &node->published, err);
}

/* ---- order ---- */

static size_t find_draft(const fpti_draft *d, fpt_str id)
{
    return fpt_framework_node_find(&d->framework, id);
}

static fpt_status find_parents(fpti_draft *d, bool whole, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    for (size_t i = 0; i < f->nodes; i++) {
        const fpt_str wanted = d->node_parent[i];
        if (wanted.len == 0) {
            /* Without "in" it belongs to the whole, which comes first. */
            f->node[i].parent = whole && i > 0 ? 0 : SIZE_MAX;
            continue;
        }
        f->node[i].parent = find_draft(d, wanted);
        if (f->node[i].parent == SIZE_MAX)
            return fpt_yaml_fail(d->node_yaml[i], err,
                                 "\"" FPT_STR_FMT "\" is in \"" FPT_STR_FMT
                                 "\", which is no group of this pack",
                                 FPT_STR_ARG(f->node[i].id),
                                 FPT_STR_ARG(wanted));
    }
    for (size_t i = 0; i < f->nodes; i++) {
        size_t at = i, steps = 0;
        while (at != SIZE_MAX && steps++ <= f->nodes)
            at = f->node[at].parent;
        if (at != SIZE_MAX)
            return fpt_yaml_fail(d->node_yaml[i], err,
                                 "\"" FPT_STR_FMT "\" lies in itself: a cycle "
                                 "of groups",
                                 FPT_STR_ARG(f->node[i].id));
    }
    return FPT_OK;
}

/* Those in `parent`, in the order of the file: for pages a group before its
 * members (place < 0: written to `shown`), for arithmetic behind them. */
static void walk(const fpt_framework *f, size_t parent, size_t *shown,
                 size_t *shown_count, size_t *worked, size_t *worked_count)
{
    for (size_t i = 0; i < f->nodes; i++) {
        if (f->node[i].parent != parent) continue;
        shown[(*shown_count)++] = i;
        walk(f, i, shown, shown_count, worked, worked_count);
        worked[(*worked_count)++] = i;
    }
}

static fpt_status put_in_order(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_arena *arena = d->arena;
    size_t shown_count = 0, worked_count = 0;
    size_t *shown = FPT_NEW(arena, size_t, f->nodes);
    size_t *worked = FPT_NEW(arena, size_t, f->nodes);
    size_t *now = FPT_NEW(arena, size_t, f->nodes);
    fpt_framework_node *node = FPT_NEW(arena, fpt_framework_node, f->nodes);
    fpt_yaml **yaml = FPT_NEW(arena, fpt_yaml *, f->nodes);
    if (shown == NULL || worked == NULL || now == NULL || node == NULL ||
        yaml == NULL)
        return fpti_no_memory(err);
    walk(f, SIZE_MAX, shown, &shown_count, worked, &worked_count);
    FPT_REQUIRE(shown_count == f->nodes && worked_count == f->nodes);
    for (size_t i = 0; i < f->nodes; i++)
        now[worked[i]] = i;
    for (size_t i = 0; i < f->nodes; i++) {
        node[i] = f->node[worked[i]];
        yaml[i] = d->node_yaml[worked[i]];
        if (node[i].parent != SIZE_MAX) node[i].parent = now[node[i].parent];
        shown[i] = now[shown[i]];
    }
    f->node = node;
    f->order = shown;
    d->node_yaml = yaml;
    return FPT_OK;
}

fpt_status fpti_read_nodes(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_yaml *whole = NULL, *groups = NULL;
    FPT_TRY(fpt_yaml_map(d->yaml, "overall", false, &whole, err));
    FPT_TRY(fpt_yaml_list(d->yaml, "groups", false, &groups, err));
    const size_t count = (whole != NULL) + (groups != NULL ? groups->count : 0);
    f->node = FPT_NEW(d->arena, fpt_framework_node, count);
    d->node_yaml = FPT_NEW(d->arena, fpt_yaml *, count);
    d->node_parent = FPT_NEW(d->arena, fpt_str, count);
    if (f->node == NULL || d->node_yaml == NULL || d->node_parent == NULL)
        return fpti_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const size_t k = i - (whole != NULL);
        fpt_yaml *yaml = whole != NULL && i == 0 ? whole : &groups->item[k];
        d->node_yaml[i] = yaml;
        FPT_TRY(read_node(d, yaml, yaml == whole, &f->node[i],
                          &d->node_parent[i], err));
        if (fpt_framework_node_find(f, f->node[i].id) != SIZE_MAX)
            return fpt_yaml_fail(yaml, err,
                                 "there are two groups \"" FPT_STR_FMT "\"",
                                 FPT_STR_ARG(f->node[i].id));
        f->nodes++;
    }
    FPT_TRY(find_parents(d, whole != NULL, err));
    return put_in_order(d, err);
}
