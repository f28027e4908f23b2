/*
 * The language of framework packs: one good pack, and each way to spoil it, with
 * the sentence that names what is wrong and where. The project's own packs all
 * load, and come with their source and with results that are checked.
 */
#include "../io/outside.h"
#include "rate_i.h"

static const char good[] =
    "title: A framework\n"
    "short: A\n"
    "about: Made up.\n"
    "source: a test\n"
    "licence: none\n"
    "tier: system\n"
    "grain: financial-year\n"
    "rules_of: {from: 2017-07-21, until: 2018-07-21}\n"
    "scale: {best: 1, worst: 4}\n"
    "bootstrap: sampling\n"
    "caveats: [one, two]\n"
    "not_measured: [much]\n"
    "categories: [{word: Good}, {word: Middling, about: in between}, {word: "
    "Poor}]\n"
    "overall: {title: All, over: groups, weights: given, cut: {method: fixed, "
    "at: [1.5, 2.5], grade: unverified}, rank_by: category-then-score, "
    "published: {category: s.category, score: s.score, rank: s.rank, first: "
    "yes}}\n"
    "groups:\n"
    "  - {id: access, level: area, title: Access, over: items, weights: given, "
    "weight: 0.4}\n"
    "  - {id: money, level: area, title: Money, over: items, weights: equal, "
    "weight: 0.6, missing: {rule: worst, least: 1}, cut: {method: quantile, "
    "least_places: 8}}\n"
    "items:\n"
    "  - {id: waits, title: Waits, in: access, unit: per cent, better: higher, "
    "weight: 0.75, from: [{series: s.waits, multiplier: 100}, {indicator: "
    "waits}], score: {method: bands, bands: [{below: 90, score: 4}, {from: 90, "
    "score: 1}]}}\n"
    "  - {id: beds, title: Beds, in: access, unit: beds, better: lower, "
    "weight: "
    "0.25, period: latest, within_months: 12, from: [{series: s.beds}], score: "
    "{method: target, target: 5, per: 2, at_target: 2}}\n"
    "  - {id: result, title: Result, in: money, unit: per cent, better: "
    "higher, "
    "from: [{judgement: yes}], score: {method: rank, grade: ours}}\n"
    "  - {id: plan, title: Plan, in: money, unit: score, better: none, "
    "counted: "
    "no, why_not: combined in the result, from: [{series: s.plan}], score: "
    "{method: published, series: s.plan_score}}\n"
    "  - {id: past, title: Past, in: money, unit: score, better: none, from: "
    "[{framework: other, item: whole, take: score}], score: {method: value}}\n"
    "flags: [{id: deficit, title: In deficit, from: [{series: s.deficit}]}]\n"
    "gates:\n"
    "  - {id: floor, title: A floor, on: overall, what: category, when: {flag: "
    "deficit}, then: {at_least: 3}}\n"
    "  - {id: worst, title: Worst, on: money, what: score, when: {any_item_of: "
    "money, at: 4}, then: {at_least: 3}}\n"
    "what_if: {score: rank, cut: as-published}\n";

static const char other[] =
    "title: Another\nshort: O\nabout: Made up.\nsource: a test\n"
    "licence: none\ntier: system\ngrain: financial-year\n"
    "scale: {best: 1, worst: 4}\n"
    "groups: [{id: whole, level: area, title: Whole, over: items, weights: "
    "equal}]\n"
    "items: [{id: x, in: whole, title: X, unit: u, better: higher, from: "
    "[{series: s.x}], score: {method: value}}]\n";

static const char indicator[] =
    "title: Waits\nshort: Waits\nabout: Made up.\nsource: a test\n"
    "unit: per cent\nbasis: activity\nstatistic: count\npolarity: higher\n"
    "places: areas\ntiers: [nation, system]\ngrains: [financial-year]\n"
    "interval: none\ninterval_why: none\nnumerator: [{series: s.waits}]\n";

static void put_pack(struct place *place, const char *folder, const char *text)
{
    assert_ok(fpt_folder_make(in(place, folder), NULL));
    put(place, fpt_str_print(&place->arena, "%s/pack.yaml", folder).data,
        fpt_str_from(text));
}

static fpt_status open_as(struct place *place, const char *text,
                          fpt_framework *out, fpt_error *err)
{
    const char **folder = FPT_NEW(&place->arena, const char *, 1);
    fpt_pack_path *path = FPT_NEW(&place->arena, fpt_pack_path, 1);
    assert_non_null(folder);
    assert_non_null(path);
    folder[0] = place->folder;
    *path = (fpt_pack_path){1, folder};
    put_pack(place, "frameworks/made/1", text);
    put_pack(place, "frameworks/other/1", other);
    put_pack(place, "indicators/waits/1", indicator);
    return fpt_framework_open(&place->arena, path, FPT_STR("made"),
                              (fpt_str){0}, out, err);
}

static void test_a_good_pack(void **state)
{
    struct place *place = *state;
    fpt_framework f;
    fpt_error err = {0};
    assert_ok_or(open_as(place, good, &f, &err), err);
    assert_str(f.name, "made");
    assert_str(f.version, "1");
    assert_int_equal(f.items, 5);
    assert_int_equal(f.nodes, 3);
    assert_int_equal(f.categories, 3);
    /* Members before what they are part of; pages the other way round. */
    assert_str(f.node[2].id, "overall");
    assert_int_equal(f.node[0].parent, 2);
    assert_int_equal(f.order[0], 2);
    assert_str(f.node[f.order[1]].id, "access");
    assert_int_equal(f.node[2].parent, SIZE_MAX);
    assert_true(f.node[2].published.first);
    assert_int_equal(f.node[2].cut_grade, FPT_GRADE_UNVERIFIED);
    assert_int_equal(f.node[1].missing, FPT_MISSING_WORST);
    assert_int_equal(f.node[1].least_places, 8);
    const fpt_framework_item *beds =
        &f.item[fpt_framework_item_find(&f, FPT_STR("beds"))];
    assert_int_equal(beds->figure_of, FPT_FIGURE_LATEST);
    assert_close(beds->target.score, 2.0, 0.0);
    assert_int_equal(f.item[0].froms, 2);
    assert_close(f.item[0].from[0].multiplier, 100.0, 0.0);
    assert_true(isinf(f.item[0].band[0].from));
    assert_int_equal(f.item[2].from[0].origin, FPT_ORIGIN_JUDGEMENT);
    assert_false(f.item[3].counted);
    assert_int_equal(f.item[4].from[0].take, FPT_TAKE_SCORE);
    assert_int_equal(f.gate[0].rule.node, 2);
    assert_true(f.gate[0].rule.on_category);
    assert_int_equal(f.gate[1].rule.when, FPT_GATE_ANY_MEMBER);
    assert_int_equal(fpt_framework_item_find(&f, FPT_STR("none")), SIZE_MAX);
    assert_int_equal(fpt_framework_node_find(&f, FPT_STR("none")), SIZE_MAX);
}

/* What is not counted is no part of its group; given weights stay. */
static void test_rules_of_a_pack(void **state)
{
    struct place *place = *state;
    fpt_framework f;
    fpt_league rules;
    fpt_weights weights;
    fpt_error err = {0};
    assert_ok_or(open_as(place, good, &f, &err), err);
    assert_ok(fpt_framework_rules(&place->arena, &f, NULL, &rules, NULL));
    assert_int_equal(rules.node[1].parts, 2);
    assert_int_equal(rules.node[0].parts, 2);
    assert_close(rules.node[0].part[1].weight, 0.25, 0.0);
    assert_true(rules.node[2].part[0].is_node);
    assert_close(rules.node[2].part[1].weight, 0.6, 0.0);
    assert_true(rules.node[2].computed);
    assert_ok(fpt_weights_equal(&place->arena, &f, &weights, NULL));
    assert_close(weights.item[3], 0.0, 0.0);
    assert_ok(fpt_framework_rules(&place->arena, &f, &weights, &rules, NULL));
    assert_int_equal(rules.node[2].parts, 4); /* all that count */
    assert_false(rules.node[2].part[0].is_node);
}

static char *replaced(struct place *place, const char *text, const char *from,
                      const char *to)
{
    const char *at = strstr(text, from);
    if (at == NULL) fail_msg("the pack does not hold \"%s\"", from);
    const fpt_str made =
        fpt_str_print(&place->arena, "%.*s%s%s", (int)(at - text), text, to,
                      at + strlen(from));
    assert_non_null(made.data);
    return fpt_str_copy(&place->arena, made);
}

static void test_each_way_to_spoil_it(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *from, *to, *says;
    } table[] = {
        {"source: a test", "sauce: a test", "\"source\""},
        {"licence: none", "licence: none\nlicense: none", "license"},
        {"better: higher, weight: 0.75", "better: up, weight: 0.75", "\"up\""},
        {"id: beds", "id: waits", "\"waits\" stands twice"},
        {"id: beds", "id: money", "\"money\" stands twice"},
        {"{id: money, level", "{id: access, level", "two groups \"access\""},
        {"weight: 0.25", "weight: 0.15", "\"access\" sum to 0.9, not to 1"},
        {"weight: 0.25, ", "", "\"beds\" has no weight"},
        {"weight: 0.6, missing", "missing", "\"money\" has no weight"},
        {"weight: 0.4", "weight: 0.5", "\"overall\" sum to 1.1"},
        {"weight: 0.75", "weight: -0.75", "not negative"},
        {"{indicator: waits}", "{indicator: wait}",
         "no pack defines the indicator \"wait\""},
        {"tier: system", "tier: place", "not defined for the tier \"place\""},
        {"framework: other", "framework: made", "\"made\" stands on itself"},
        {"framework: other", "framework: nobody", "packs/frameworks/nobody"},
        {"item: whole, take", "item: half, take", "has no \"half\""},
        {"in: access, unit: per cent", "in: nowhere, unit: per cent",
         "\"nowhere\", which is no group"},
        {"level: area, title: Access", "level: area, in: access, title: Access",
         "a cycle of groups"},
        {"level: area, title: Access", "level: area, in: none, title: Access",
         "\"none\", which is no group"},
        {"at: [1.5, 2.5]", "at: [1.5]", "3 categories have 2 thresholds"},
        {"at: [1.5, 2.5]", "into: 2, at: [1.5, 2.5]",
         "2 categories have 1 thresholds"},
        {"method: quantile", "method: quantile, into: 1", "\"into\" is 2 to 3"},
        {"method: quantile", "method: quantile, into: 4", "\"into\" is 2 to 3"},
        {"first: yes", "first: yes, before_rules: s.b", "there is one"},
        {"{flag: deficit}", "{flag: deficit, unknown: yes}", "\"yes\""},
        {"at: [1.5, 2.5]", "at: [2.5, 1.5]", "from the best end"},
        {"at: [1.5, 2.5]", "at: [1.5, much]", "list of numbers"},
        {"method: quantile, least_places: 8",
         "method: quantile, "
         "least_places: 1",
         "\"least_places\" is 2 or more"},
        {"method: quantile, least_places: 8", "method: counts, counts: [1, 2]",
         "each of the 3 categories"},
        {"method: quantile, least_places: 8",
         "method: counts, counts: [1, 2, 1.5]", "whole numbers"},
        {"{below: 90, score: 4}", "{below: 91, score: 4}",
         "bands go upwards and do not overlap"},
        {"bands: [{below: 90, score: 4}, {from: 90, score: 1}]", "bands: []",
         "empty"},
        {"per: 2, at_target: 2", "per: 0, at_target: 2", "above 0"},
        {"at_target: 2", "at_target: 5", "off the scale"},
        {"unit: beds, better: lower", "unit: beds, better: none",
         "whether higher or lower is better"},
        {"from: [{series: s.beds}]", "from: []", "where its values come from"},
        {"from: [{series: s.beds}]", "from: [{series: s.beds, judgement: yes}]",
         "comes from one of"},
        {"from: [{judgement: yes}]", "from: [{judgement: no}]",
         "yes or absent"},
        {"period: latest, within_months: 12", "period: latest",
         "within_months"},
        {"within_months: 12", "within_months: 0", "1 to 120"},
        {"multiplier: 100", "multiplier: 0", "out of range"},
        {"counted: no, why_not: combined in the result", "counted: no",
         "why_not"},
        {"scale: {best: 1, worst: 4}", "scale: {best: 1, worst: 1}",
         "are the same"},
        {"until: 2018-07-21", "until: 2017-07-21", "end before they begin"},
        {"{word: Poor}", "{word: Good}", "\"Good\" stands twice"},
        {"category: s.category, score", "score", "\"first\" needs"},
        {"over: groups, weights: given", "over: items, weights: given",
         "has no weight"},
        {"over: groups, weights: given", "over: groups, weights: some",
         "\"some\""},
        {"over: items, weights: equal, weight: 0.6",
         "over: nothing, weight: "
         "0.6",
         "\"money\" has no score"},
        {"over: items, weights: equal, weight: 0.6",
         "over: groups, weights: equal, weight: 0.6", "and has none"},
        {"flag: deficit}", "flag: defizit}", "no flag \"defizit\""},
        {"when: {flag: deficit}", "when: {}", "a rule holds when"},
        {"any_item_of: money, at: 4", "any_item_of: gold, at: 4",
         "no group \"gold\""},
        {"any_item_of: money, at: 4", "item: gold, at: 4", "no item \"gold\""},
        {"on: overall, what: category", "on: whole, what: category",
         "no group \"whole\""},
        {"then: {at_least: 3}}\n  - {id: worst",
         "then: {at_least: 4}}\n  - "
         "{id: worst",
         "category 4, and there are 3"},
        {"then: {at_least: 3}}\n  - {id: worst",
         "then: {at_least: 3, set: 2}}\n  - {id: worst", "one of \"at_least\""},
        {"flags: [",
         "flags: [{id: deficit, title: Again, from: [{series: "
         "s.a}]}, ",
         "\"deficit\" stands twice"},
        {"from: [{series: s.deficit}]", "from: []", "does not say where"},
        {"least: 1}", "least: 0}", "\"least\" is 1 or more"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_framework f;
        fpt_error err = {0};
        const char *text = replaced(place, good, table[i].from, table[i].to);
        const fpt_status status = open_as(place, text, &f, &err);
        if (status == FPT_OK)
            fail_msg("accepted: %s instead of %s", table[i].to, table[i].from);
        if (strstr(err.text, table[i].says) == NULL)
            fail_msg("\"%s\" does not say %s", err.text, table[i].says);
        if (strstr(err.text, "packs/") == NULL &&
            strstr(err.text, "pack.yaml:") == NULL)
            fail_msg("no file and line: %s", err.text);
    }
}

static void test_frameworks_in_a_circle(void **state)
{
    struct place *place = *state;
    fpt_framework f;
    fpt_error err = {0};
    const char *round = replaced(place, other, "{series: s.x}",
                                 "{framework: made, item: access, take: "
                                 "score}");
    assert_ok_or(open_as(place, good, &f, &err), err);
    put_pack(place, "frameworks/other/1", round);
    const char *folder[] = {place->folder};
    const fpt_pack_path path = {1, folder};
    assert_int_equal(fpt_framework_open(&place->arena, &path, FPT_STR("made"),
                                        (fpt_str){0}, &f, &err),
                     FPT_ERR_INPUT);
    assert_non_null(
        strstr(err.text, "\"made\" stands on itself, by way of \"other\""));
}

/* ---- expected results ---- */

static void put_expected(struct place *place, const char *inputs,
                         const char *results)
{
    assert_ok(fpt_folder_make(in(place, "frameworks/made/1/expected"), NULL));
    put(place, "frameworks/made/1/expected/inputs.csv", fpt_str_from(inputs));
    put(place, "frameworks/made/1/expected/results.csv", fpt_str_from(results));
}

static void test_expected_results_must_come_out(void **state)
{
    struct place *place = *state;
    static const char inputs[] = "case,place,item,what,number\n"
                                 "1,A,waits,value,95\n"
                                 "1,A,beds,value,7\n"
                                 "1,A,deficit,flag,1\n"
                                 "1,B,waits,value,80\n"
                                 "1,A,result,value,1\n"
                                 "1,B,result,value,2\n";
    static const struct {
        const char *inputs, *results, *says;
    } table[] = {
        {inputs,
         "case,place,item,what,number,tolerance\n"
         "1,A,beds,score,3,0\n"
         "1,A,access,score,1.5,1e-15\n"
         "1,B,access,score,4,0\n"
         "1,A,result,rank,2,0\n"
         "1,A,overall,category,3,0\n"
         "1,B,plan,score,,0\n",
         NULL},
        {inputs,
         "case,place,item,what,number,tolerance\n1,A,beds,score,2,0.9\n",
         "results.csv:2: the score of beds for A comes out as 3, and 2 was "
         "expected"},
        {inputs, "case,place,item,what,number,tolerance\n1,A,beds,score,,0\n",
         "nothing was expected"},
        {inputs, "h\n1,A,nobody,score,2,0\n", "no such item or group"},
        {inputs, "h\n1,C,beds,score,2,0\n", "no such place"},
        {inputs, "h\n1,A,beds,category,2,0\n", "a result is"},
        {inputs, "h\n1,A,beds,score,2\n", "not as many cells"},
        {inputs, "h\n1,A,beds,score,x,0\n", "the number is none"},
        {inputs, "h\n1,A,beds,score,2,-1\n", "tolerance"},
        {"h\n1,A,nobody,value,1\n", "h\n", "no such item or flag"},
        {"h\n1,A,nobody,category,1\n", "h\n", "no such group"},
        {"h\n1,A,\n", "h\n", "not as many cells"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_framework f;
        fpt_error err = {0};
        put_pack(place, "frameworks/made/1", good);
        put_expected(place, table[i].inputs, table[i].results);
        const fpt_status status = open_as(place, good, &f, &err);
        if (table[i].says == NULL) {
            assert_ok_or(status, err);
        } else {
            assert_int_equal(status, FPT_ERR_INPUT);
            if (strstr(err.text, table[i].says) == NULL)
                fail_msg("\"%s\" does not say %s", err.text, table[i].says);
        }
    }
}

/* ---- weights of the user's ---- */

static void test_weights_from_a_file(void **state)
{
    struct place *place = *state;
    fpt_framework f;
    fpt_weights weights;
    fpt_error err = {0};
    static const struct {
        const char *text, *says;
    } table[] = {
        {"item,weight\nwaits,2\n\nresult,1\ncut:1,1.5\ncut:2,2.5\n", NULL},
        {"", "empty"},
        {"thing,weight\n", "expected the columns item,weight"},
        {"item,weight\nnobody,1\n", ":2: \"nobody\" is no item"},
        {"item,weight\nwaits,1\nwaits,1\n", ":3: \"waits\" stands twice"},
        {"item,weight\nplan,1\n", "does not count"},
        {"item,weight\nwaits,-1\n", "0 or more"},
        {"item,weight\nwaits,x\n", "no number"},
        {"item,weight\nwaits\n", "expected an item"},
        {"item,weight\nwaits,0\n", "no weight is above 0"},
        {"item,weight\nwaits,1\ncut:2,1.5\n", "cut:1, cut:2"},
        {"item,weight\nwaits,1\ncut:1,2.5\ncut:2,1.5\n", "best end"},
        {"item,weight\nwaits,1\ncut:1,2.5\n", "has 1"},
    };
    assert_ok_or(open_as(place, good, &f, &err), err);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const char *path = put(place, "w.csv", fpt_str_from(table[i].text));
        const fpt_status status =
            fpt_weights_read(&place->arena, path, &f, &weights, &err);
        if (table[i].says == NULL) {
            assert_ok_or(status, err);
            assert_close(weights.item[0], 2.0, 0.0);
            assert_close(weights.item[1], 0.0, 0.0);
            assert_int_equal(weights.cuts, 2);
            assert_true(
                fpt_str_starts(weights.label, FPT_STR("user: w.csv (sha256 ")));
        } else {
            assert_int_equal(status, FPT_ERR_INPUT);
            if (strstr(err.text, table[i].says) == NULL)
                fail_msg("\"%s\" does not say %s", err.text, table[i].says);
        }
    }
}

/* ---- the project's own ---- */

static void test_every_pack_of_the_project_loads(void **state)
{
    struct place *place = *state;
    const char *folder[] = {"packs"};
    const fpt_pack_path path = {1, folder};
    size_t count;
    fpt_framework *list;
    fpt_error err = {0};
    assert_ok_or(fpt_framework_list(&place->arena, &path, &count, &list, &err),
                 err);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        static const char *const needed[] = {"README.md", "expected/inputs.csv",
                                             "expected/results.csv"};
        for (size_t k = 0; k < COUNT_OF(needed); k++) {
            const char *file =
                fpt_path_join(&place->arena, list[i].folder, needed[k]);
            if (fpt_file_kind_of(file) != FPT_FILE_REGULAR)
                fail_msg("%s is missing", file);
        }
        assert_true(list[i].source.len > 0 && list[i].licence.len > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_good_pack, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_rules_of_a_pack, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_each_way_to_spoil_it, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_frameworks_in_a_circle,
                                        set_up_place, tear_down_place),
        cmocka_unit_test_setup_teardown(test_expected_results_must_come_out,
                                        set_up_place, tear_down_place),
        cmocka_unit_test_setup_teardown(test_weights_from_a_file, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_every_pack_of_the_project_loads,
                                        set_up_place, tear_down_place),
    };
    return cmocka_run_group_tests_name("framework", tests, NULL, NULL);
}
