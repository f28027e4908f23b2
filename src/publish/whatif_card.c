/*
 * The part of a rating card that says what would change it: which groups can be
 * judged anew, their files, and the table of each place.
 */
#include "publish_i.h"

/* ---- groups and their files ---- */

static fpt_status write_group(fpti_site *site, const fpti_run *run,
                              const fpt_rate_group *group,
                              const fpti_rule *rule, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_output out = fpt_output_memory(&arena);
    fpt_json json = fpt_json_make(&out, true);
    fpt_output_add(&out, FPT_STR("footprintLeague("));
    fpt_json_open_object(&json);
    fpt_json_key(&json, "id");
    fpt_json_str(&json, rule->id);
    fpt_json_key(&json, "overall");
    fpt_json_int64(&json, (int64_t)rule->overall);
    fpt_json_key(&json, "words");
    fpt_json_open_array(&json);
    for (size_t k = 0; k < run->rules->categories; k++)
        fpt_json_str(&json, run->rules->category[k].word);
    fpt_json_close_array(&json);
    fpt_json_key(&json, "league");
    fpti_league_json(&json, &group->rules, &group->input);
    fpt_json_close_object(&json);
    fpt_output_add(&out, FPT_STR(");\n"));
    fpt_status status =
        out.failed
            ? fpt_fail(err, FPT_ERR_MEMORY, "no memory for what-if")
            : fpti_write(site, rule->path, fpt_strbuf_view(&out.text), err);
    fpt_arena_clear(&arena);
    return status;
}

/* The last period of a run, by the weights that it was judged with; none where
 * these were a file of the user's, which is not kept. */
static fpt_status gather_run(fpti_site *site, size_t r, fpt_error *err)
{
    const fpti_run *run = &site->run[r];
    const bool pack = fpt_str_equal(run->weights, FPT_STR("pack"));
    fpt_framework expanded;
    fpt_weights equal;
    fpt_error why = {0};
    fpt_rate_ask ask = {.framework = run->rules,
                        .then = fpt_str_equal(run->view, FPT_STR("then")),
                        .has_period = true,
                        .period = run->period[run->periods - 1]};
    if (!run->whole || run->rules == NULL ||
        (!pack && !fpt_str_equal(run->weights, FPT_STR("equal"))) ||
        (!ask.then && !fpt_date_parse(run->view, FPT_DATE_ISO, &ask.on)))
        return FPT_OK;
    FPT_TRY(
        fpt_rate_expand(site->rate, site->arena, run->rules, &expanded, err));
    if (!pack) {
        FPT_TRY(fpt_weights_equal(site->arena, &expanded, &equal, err));
        ask.framework = &expanded;
        ask.weights = &equal;
    }
    size_t count;
    fpt_rate_group *group;
    const fpt_status found =
        fpt_rate_groups(site->rate, site->arena, &ask, &count, &group, &why);
    if (found == FPT_ERR_NOT_FOUND) return FPT_OK;
    if (found != FPT_OK) {
        if (err != NULL) *err = why;
        return found;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t overall =
            fpt_framework_node_find(&group[i].framework, FPT_STR(FPT_OVERALL));
        if (overall == SIZE_MAX || !group[i].rules.node[overall].computed ||
            group[i].rules.node[overall].cut == FPT_CUT_NONE ||
            group[i].rules.node[overall].cut == FPT_CUT_NOT_PUBLISHED)
            continue;
        if (!FPT_RESERVE(site->arena, site->rule, site->rules,
                         site->rules_room))
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for what-if");
        fpti_rule *rule = &site->rule[site->rules];
        *rule = (fpti_rule){
            .run = r,
            .overall = overall,
            .group = group[i],
            .id = fpt_str_print(site->arena, "league-%zu", site->rules),
            .path =
                fpt_str_print(site->arena, "data/league-%zu.js", site->rules)};
        site->rules++;
        if (rule->id.data == NULL || rule->path.data == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for what-if");
        FPT_TRY(write_group(site, run, &group[i], rule, err));
    }
    return FPT_OK;
}

fpt_status fpti_write_whatif(fpti_site *site, fpt_error *err)
{
    for (size_t r = 0; r < site->runs; r++)
        FPT_TRY(gather_run(site, r, err));
    return FPT_OK;
}

/* ---- the table of a place ---- */

static fpt_str word_of(const fpti_run *run, fpt_arena *arena, int category)
{
    if (category < 1) return FPT_STR("none");
    if ((size_t)category <= run->rules->categories)
        return run->rules->category[category - 1].word;
    return fpt_str_print(arena, "%d", category);
}

/* Rounded away from the present value, so that what is printed does turn it. */
static double rounded(const fpt_turn *turn, int decimals, int way)
{
    const double scale = pow(10.0, decimals);
    const double near = round(turn->at * scale) / scale;
    if (turn->past || (way > 0 ? near >= turn->at : near <= turn->at))
        return near;
    return near + way / scale;
}

static void put_turn(fpti_page *page, const fpti_run *run, const fpt_turn *turn,
                     int decimals, int way)
{
    const char *words = way > 0      ? turn->past ? "above" : "at or above"
                        : turn->past ? "below"
                                     : "at or below";
    fpti_put_text(page, "<td>");
    if (isnan(turn->at))
        fpti_put_text(page, "no value found");
    else
        PUT(page, "{} {}: {}", W(words),
            S(fpt_str_print(page->arena, "%.*f", decimals,
                            rounded(turn, decimals, way))),
            S(word_of(run, page->arena, turn->category)));
    fpti_put_text(page, "</td>");
}

static fpt_status put_item(fpti_page *page, const fpti_run *run,
                           const fpti_rule *rule, size_t item, size_t place,
                           bool *any, fpt_error *err)
{
    const fpt_rate_group *g = &rule->group;
    const fpt_framework_item *x = &g->framework.item[item];
    const bool by_value = fpt_whatif_by_value(&g->rules.item[item]);
    const size_t at = item * g->input.places + place;
    const double now = by_value ? g->input.value[at] : g->input.published[at];
    int category;
    fpt_turn up, down;
    if (isnan(now)) return FPT_OK;
    if (fpt_whatif_turns(&g->rules, &g->input, rule->overall, item, place,
                         page->site->scratch, &category, &up, &down) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for what-if");
    if (isnan(up.at) && isnan(down.at) && !x->counted) return FPT_OK;
    *any = true;
    PUT(page,
        "<tr data-item=\"{}\"><th scope=\"row\">{}</th><td "
        "class=\"fp-number\" data-v=\"{}\">{}</td><td>{}</td>",
        S(fpt_str_print(page->arena, "%zu", item)), S(x->title),
        S(fpt_str_print(page->arena, "%.17g", now)), R(now, x->decimals + 1),
        S(by_value ? x->unit : FPT_STR("score")));
    put_turn(page, run, &down, x->decimals + 2, -1);
    put_turn(page, run, &up, x->decimals + 2, 1);
    fpti_put_text(page, "</tr>\n");
    return FPT_OK;
}

static int category_of(const fpti_page *page, const fpti_rule *rule,
                       size_t place, double *score)
{
    fpt_arena scratch = page->site->scratch;
    const fpt_rate_group *g = &rule->group;
    const size_t places = g->input.places, nodes = g->rules.nodes * places;
    fpt_league_work work;
    fpt_league_output out = {
        .score = FPT_NEW(&scratch, double, g->rules.items *places),
        .node_score = FPT_NEW(&scratch, double, nodes),
        .category = FPT_NEW(&scratch, int, nodes),
        .ungated = FPT_NEW(&scratch, int, nodes)};
    if (out.score == NULL || out.node_score == NULL || out.category == NULL ||
        out.ungated == NULL ||
        !fpt_league_work_make(&scratch, &g->rules, places, &work))
        return -1;
    fpt_league_judge(&g->rules, &g->input, &work, &out);
    *score = out.node_score[rule->overall * places + place];
    return out.category[rule->overall * places + place];
}

static void put_head(fpti_page *page, const fpti_run *run,
                     const fpti_rule *rule, size_t place, int category,
                     double score)
{
    PUT(page,
        "<div class=\"fp-whatif\" data-league=\"{}\" data-place=\"{}\">\n"
        "<h4>What would change it?</h4>\n<p id=\"how-{}\">By the arithmetic of "
        "these rules alone its score is {} and its category <strong>{}"
        "</strong>. The table says at which value of one indicator, all else "
        "as it is, that category would be another: the engine judges the place "
        "again among all {} that it is compared with. It says nothing of how "
        "such a value could be reached.</p>\n",
        S(rule->id), S(fpt_str_print(page->arena, "%zu", place)), S(rule->id),
        R(score, 2), S(word_of(run, page->arena, category)),
        I(rule->group.input.places));
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"What would "
        "change it, {}, table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
        "fp-table\" aria-describedby=\"how-{}\">\n<thead "
        "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Indicator</th><th "
        "scope=\"col\" class=\"fp-number\">Now</th><th scope=\"col\">Unit"
        "</th><th scope=\"col\">Lower</th><th scope=\"col\">Higher</th></tr>"
        "</thead>\n<tbody class=\"nhsuk-table__body\">\n",
        S(run->title), S(rule->id));
}

fpt_status fpti_put_whatif(fpti_page *page, const fpti_run *run, fpt_str code,
                           fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpti_rule *rule = NULL;
    size_t place = 0;
    for (size_t i = 0; i < site->rules && rule == NULL; i++) {
        const fpt_rate_group *g = &site->rule[i].group;
        if (&site->run[site->rule[i].run] != run) continue;
        for (size_t p = 0; p < g->input.places; p++)
            if (fpt_str_equal(g->code[p], code)) {
                rule = &site->rule[i];
                place = p;
            }
    }
    if (rule == NULL) return FPT_OK;
    double score = (double)NAN;
    bool any = false;
    const int category = category_of(page, rule, place, &score);
    if (category < 0)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for what-if");
    if (isnan(score)) return FPT_OK;
    put_head(page, run, rule, place, category, score);
    for (size_t i = 0; i < rule->group.rules.items; i++)
        FPT_TRY(put_item(page, run, rule, i, place, &any, err));
    PUT(page,
        "</tbody>\n</table>\n</div>\n</div>\n<script defer "
        "src=\"{}assets/whatif.js\"></script>\n<script defer "
        "src=\"{}{}\"></script>\n",
        W(page->root), W(page->root), S(rule->path));
    return FPT_OK;
}
