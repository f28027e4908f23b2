/*
 * From judged arrays to rows that a page or a table can show: each with the
 * rules that judged it, what was left out and why, and how well known the least
 * known number behind it is.
 */
#include "rate_i.h"

#define NONE ((double)NAN)

struct view {
    fpti_case *c;
    const fpt_framework *f;
    size_t first, count; /* of places */
    const fpt_league_input *in;
    const fpt_league_output *out;
    fpt_str weights, view, group;
};

static fpt_str category_word(const fpt_framework *f, int64_t number)
{
    return number >= 1 && (size_t)number <= f->categories
               ? f->category[number - 1].word
               : (fpt_str){"", 0};
}

static fpt_rating blank(const struct view *v, size_t p)
{
    const fpti_places *places = &v->c->places;
    return (fpt_rating){.framework = v->f->name,
                        .version = v->f->version,
                        .weights = v->weights,
                        .view = v->view,
                        .place = places->code[v->first + p],
                        .name = places->name[v->first + p],
                        .group = v->group,
                        .period = v->c->period,
                        .value = NONE,
                        .lower = NONE,
                        .upper = NONE,
                        .beside = NONE,
                        .score = NONE,
                        .score_lower = NONE,
                        .score_upper = NONE,
                        .weight = NONE,
                        .contribution = NONE,
                        .category_chance = NONE,
                        .rank = NONE,
                        .rank_lower = NONE,
                        .rank_upper = NONE,
                        .published_score = NONE,
                        .published_rank = NONE,
                        .from = {"", 0},
                        .beside_from = {"", 0},
                        .unit = {"", 0},
                        .parent = {"", 0},
                        .rules = {"", 0},
                        .category = {"", 0},
                        .published_category = {"", 0},
                        .text = {"", 0}};
}

/* ---- indicators ---- */

/* The weight of a part in its group, of those that are present. */
static void set_weight(const struct view *v, bool is_node, size_t index,
                       size_t parent, size_t p, fpt_rating *row)
{
    if (parent == SIZE_MAX) return;
    const fpt_league_node *node = &v->c->rules.node[parent];
    const size_t at = parent * v->count + p;
    if (!node->computed || isnan(row->score) ||
        v->out->node_state[at] != FPT_RATING_OK)
        return;
    fpt_sum all = {0};
    for (size_t k = 0; k < node->parts; k++)
        fpt_sum_add(&all, node->part[k].weight);
    const double whole = node->missing == FPT_MISSING_WORST
                             ? fpt_sum_value(all)
                             : v->out->weight[at];
    for (size_t k = 0; k < node->parts; k++)
        if (node->part[k].is_node == is_node && node->part[k].index == index) {
            row->weight = node->part[k].weight / whole;
            row->contribution = row->weight * row->score;
        }
}

static void compare_item(const struct view *v, const fpt_framework_item *item,
                         const fpti_column *column, fpt_rating *row)
{
    static const fpt_str words[] = {
        {"better", 6}, {"similar", 7}, {"worse", 5}};
    const double benchmark = fpt_str_equal(item->benchmark, FPT_STR("nation"))
                                 ? column->nation
                                 : item->target.target;
    if (isnan(row->value) || isnan(benchmark)) return;
    const int side =
        fpt_compare_side(row->value, row->lower, row->upper, benchmark,
                         item->better == FPT_POLARITY_LOWER ? -1 : 1);
    row->category_number = 2 - side;
    row->category = words[1 - side];
    row->category_status = fpt_str_from(fpt_rating_state_word(FPT_RATING_OK));
    row->text = fpt_str_print(v->c->arena, "%s is %.*g",
                              fpt_str_equal(item->benchmark, FPT_STR("nation"))
                                  ? "the nation's figure"
                                  : "the target",
                              item->decimals + 4, benchmark);
}

static fpt_rating_state state_of_item(const struct view *v, size_t i, size_t p)
{
    const fpt_framework_item *item = &v->f->item[i];
    const fpti_column *column = &v->c->item[i];
    const fpt_rating_state scored = v->out->item_state[i * v->count + p];
    const fpt_rating_state value = column->state[v->first + p];
    if (!item->counted && scored == FPT_RATING_OK)
        return FPT_RATING_NOT_COUNTED;
    if (scored == FPT_RATING_OK) return FPT_RATING_OK;
    if (value != FPT_RATING_OK && !isnan(v->in->value[i * v->count + p]))
        return scored;
    return value != FPT_RATING_OK ? value : scored;
}

static fpt_rating item_row(const struct view *v, size_t i, size_t p)
{
    const fpt_framework_item *item = &v->f->item[i];
    const fpti_column *column = &v->c->item[i], *beside = &v->c->beside[i];
    const size_t at = v->first + p;
    const fpt_rating_state state = state_of_item(v, i, p);
    fpt_rating row = blank(v, p);
    row.item = item->id;
    row.title = item->title;
    row.level = FPT_STR(FPT_LEVEL_INDICATOR);
    if (item->node != SIZE_MAX) row.parent = v->f->node[item->node].id;
    row.unit = item->unit;
    row.value = column->shown[at];
    row.lower = column->lower[at];
    row.upper = column->upper[at];
    row.from = column->from;
    row.beside = beside->shown[at];
    row.beside_from = beside->from;
    row.score = v->out->score[i * v->count + p];
    row.rank = v->out->item_rank[i * v->count + p];
    for (size_t q = 0; q < v->count; q++)
        row.ranked += !isnan(v->out->item_rank[i * v->count + q]);
    row.text = column->text[at];
    row.status = fpt_str_from(fpt_rating_state_word(state));
    row.category_status =
        fpt_str_from(fpt_rating_state_word(FPT_RATING_NOT_SCORED));
    if (state == FPT_RATING_NOT_COUNTED)
        row.text = item->why_not;
    else if (row.text.len == 0 && state != FPT_RATING_OK)
        row.text = fpt_str_from(fpt_rating_state_text(state));
    if (item->method == FPT_SCORE_COMPARE) compare_item(v, item, column, &row);
    if (column->course != NULL && column->course[at] > 0) {
        row.category_number = column->course[at];
        row.category = fpt_str_from(
            fpt_course_word((fpt_course_state)(row.category_number - 1)));
        row.category_chance = column->chance[at];
        row.category_status =
            fpt_str_from(fpt_rating_state_word(FPT_RATING_OK));
    }
    fpt_grade grade = item->grade;
    if (!isnan(row.score)) grade = fpt_grade_worst(grade, item->method_grade);
    if (v->c->ask->weights != NULL && item->method == FPT_SCORE_NOT_PUBLISHED)
        grade = fpt_grade_worst(item->grade, FPT_GRADE_USER);
    row.grade = fpt_str_from(fpt_grade_word(grade));
    set_weight(v, false, i, item->node, p, &row);
    return row;
}

/* ---- groups and the whole ---- */

static fpt_grade grade_of_node(const struct view *v, size_t n)
{
    const fpt_framework_node *node = &v->f->node[n];
    fpt_grade grade =
        v->c->ask->weights != NULL ? FPT_GRADE_USER : node->weights_grade;
    if (node->over == FPT_OVER_NOTHING) grade = FPT_GRADE_SOURCED;
    if (node->cut != FPT_CUT_NONE && v->c->ask->weights == NULL)
        grade = fpt_grade_worst(grade, node->cut_grade);
    for (size_t i = 0; i < v->f->items; i++) {
        const fpt_framework_item *item = &v->f->item[i];
        if (!item->counted || !fpti_is_below(v->f, item->node, n)) continue;
        grade = fpt_grade_worst(grade, item->grade);
        if (v->c->ask->weights == NULL)
            grade = fpt_grade_worst(grade, item->method_grade);
    }
    for (size_t g = 0; g < v->f->gates; g++)
        if (v->f->gate[g].rule.node == n)
            grade = fpt_grade_worst(grade, v->f->gate[g].grade);
    return grade;
}

/* Members without a score, with why: "2 of 17 left out: finance (suspect)". */
static void tell_left_out(const struct view *v, size_t n, size_t p,
                          fpt_strbuf *text)
{
    const fpt_league_node *node = &v->c->rules.node[n];
    const size_t at = n * v->count + p;
    if (node->parts == 0 || v->out->present[at] == v->out->asked[at]) return;
    if (v->out->present[at] == 0) {
        fpt_strbuf_print(text, "%snone of its %lld members has a score",
                         text->len > 0 ? "; " : "",
                         (long long)v->out->asked[at]);
        return;
    }
    fpt_strbuf_print(text,
                     "%s%lld of %lld left out: ", text->len > 0 ? "; " : "",
                     (long long)(v->out->asked[at] - v->out->present[at]),
                     (long long)v->out->asked[at]);
    bool first = true;
    for (size_t k = 0; k < node->parts; k++) {
        const fpt_league_part *part = &node->part[k];
        const size_t of = part->index * v->count + p;
        if (!isnan(part->is_node ? v->out->node_score[of] : v->out->score[of]))
            continue;
        const fpt_rating_state state = part->is_node
                                           ? v->out->node_state[of]
                                           : state_of_item(v, part->index, p);
        fpt_strbuf_print(text, "%s" FPT_STR_FMT " (%s)", first ? "" : ", ",
                         FPT_STR_ARG(part->is_node
                                         ? v->f->node[part->index].id
                                         : v->f->item[part->index].id),
                         fpt_rating_state_word(state));
        first = false;
    }
}

static void tell_rules(const struct view *v, size_t n, size_t p,
                       fpt_strbuf *text, fpt_strbuf *names)
{
    for (size_t g = 0; g < v->f->gates; g++) {
        if ((v->out->gates[n * v->count + p] >> g & 1u) == 0) continue;
        fpt_strbuf_print(names, "%s" FPT_STR_FMT, names->len > 0 ? ", " : "",
                         FPT_STR_ARG(v->f->gate[g].id));
        fpt_strbuf_print(text, "%schanged by the rule \"" FPT_STR_FMT "\"",
                         text->len > 0 ? "; " : "",
                         FPT_STR_ARG(v->f->gate[g].title));
    }
}

static fpt_str text_of_node(const struct view *v, size_t n, size_t p,
                            fpt_str *rules)
{
    const fpt_framework_node *node = &v->f->node[n];
    const size_t at = n * v->count + p;
    fpt_strbuf text = fpt_strbuf_make(v->c->arena);
    fpt_strbuf names = fpt_strbuf_make(v->c->arena);
    if (v->c->ask->weights != NULL && node->over != FPT_OVER_NOTHING)
        fpt_strbuf_print(
            &text, "by weights that are not the publisher's (" FPT_STR_FMT ")",
            FPT_STR_ARG(v->weights));
    else if (v->out->node_state[at] == FPT_RATING_NOT_COMPUTED &&
             node->over != FPT_OVER_NOTHING)
        fpt_strbuf_add(&text, FPT_STR("the weights of its indicators were "
                                      "never published, so it is not "
                                      "computed"));
    else if (v->out->category_state[at] == FPT_RATING_NOT_COMPUTED)
        fpt_strbuf_add(&text, FPT_STR("where its categories begin was never "
                                      "published"));
    else if (v->out->category_state[at] == FPT_RATING_TOO_FEW_PLACES)
        fpt_strbuf_print(&text,
                         "no category: %zu of the places it is cut among are "
                         "loaded, and %zu are needed",
                         v->count, v->c->rules.node[n].least_places);
    else if (v->out->node_state[at] == FPT_RATING_RULE_UNKNOWN ||
             v->out->category_state[at] == FPT_RATING_RULE_UNKNOWN)
        fpt_strbuf_add(&text, fpt_str_from(fpt_rating_state_text(
                                  FPT_RATING_RULE_UNKNOWN)));
    if (v->c->rules.node[n].computed) tell_left_out(v, n, p, &text);
    tell_rules(v, n, p, &text, &names);
    *rules = fpt_strbuf_view(&names);
    return fpt_strbuf_view(&text);
}

static fpt_rating node_row(const struct view *v, size_t n, size_t p)
{
    const fpt_framework_node *node = &v->f->node[n];
    const size_t at = n * v->count + p, all = n * v->c->places.count;
    fpt_rating row = blank(v, p);
    row.item = node->id;
    row.title = node->title;
    row.level = node->level;
    if (node->parent != SIZE_MAX) row.parent = v->f->node[node->parent].id;
    row.score = v->out->node_score[at];
    row.category_number = v->out->category[at];
    row.category = category_word(v->f, row.category_number);
    row.rank = v->out->rank[at];
    row.ranked = v->out->ranked[n];
    row.present = v->out->present[at];
    row.asked = v->out->asked[at];
    row.published_score = v->c->node_score[all + v->first + p];
    row.published_rank = v->c->node_rank[all + v->first + p];
    row.published_number = v->c->node_category[all + v->first + p];
    row.published_category = category_word(v->f, row.published_number);
    fpt_rating_state state = v->out->node_state[at];
    if (node->over == FPT_OVER_NOTHING) state = FPT_RATING_NOT_SCORED;
    row.status = fpt_str_from(fpt_rating_state_word(state));
    row.category_status =
        fpt_str_from(fpt_rating_state_word(v->out->category_state[at]));
    row.grade = fpt_str_from(fpt_grade_word(grade_of_node(v, n)));
    row.text = text_of_node(v, n, p, &row.rules);
    set_weight(v, true, n, node->parent, p, &row);
    return row;
}

/* ---- in the order of a page ---- */

static void add_items(const struct view *v, size_t node, size_t p,
                      fpt_rating *rows, size_t *used)
{
    for (size_t i = 0; i < v->f->items; i++)
        if (v->f->item[i].node == node) {
            rows[*used] = item_row(v, i, p);
            rows[*used].position = (int64_t)*used + 1;
            (*used)++;
        }
}

fpt_status fpti_rows(fpti_case *c, size_t first, size_t count,
                     const fpt_league_input *in, const fpt_league_output *out,
                     fpt_rating *rows, fpt_error *err)
{
    const fpt_framework *f = c->framework;
    char day[FPT_DATE_BYTES];
    fpt_date_print(c->ask->on, day);
    struct view v = {.c = c,
                     .f = f,
                     .first = first,
                     .count = count,
                     .in = in,
                     .out = out,
                     .group = c->places.group[first],
                     .weights = c->ask->weights != NULL ? c->ask->weights->label
                                                        : FPT_STR("pack"),
                     .view = c->ask->then
                                 ? FPT_STR("then")
                                 : fpt_str_keep(c->arena, fpt_str_from(day))};
    if (v.view.data == NULL) return fpti_no_memory(err);
    for (size_t p = 0; p < count; p++) {
        fpt_rating *mine = rows + p * (f->items + f->nodes);
        size_t used = 0;
        for (size_t k = 0; k < f->nodes; k++) {
            const size_t n = f->order[k];
            mine[used] = node_row(&v, n, p);
            mine[used].position = (int64_t)used + 1;
            used++;
            add_items(&v, n, p, mine, &used);
        }
        add_items(&v, SIZE_MAX, p, mine, &used);
        FPT_REQUIRE(used == f->items + f->nodes);
        for (size_t i = 0; i < used; i++)
            if (mine[i].text.data == NULL || mine[i].rules.data == NULL)
                return fpti_no_memory(err);
    }
    return FPT_OK;
}
