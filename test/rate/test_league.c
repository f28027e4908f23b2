/*
 * The arithmetic of a framework: means over indicators and over groups, missing
 * members, floors and ceilings, cuts, ranks, by hand and by brute force.
 */
#include "league_make.h"

static fpt_arena arena;

static int open_arena(void **state)
{
    (void)state;
    return fpt_arena_init(&arena, NULL) == FPT_OK ? 0 : 1;
}

static int clear_arena(void **state)
{
    (void)state;
    fpt_arena_clear(&arena);
    return 0;
}

/* Three indicators that are their own scores: two in node 0, one in node 1, and
 * the whole, node 2, over indicators or over groups. */
static const fpt_league_item plain[] = {{.method = FPT_SCORE_VALUE},
                                        {.method = FPT_SCORE_VALUE},
                                        {.method = FPT_SCORE_VALUE}};
static const fpt_league_part first_two[] = {{false, 0, 1}, {false, 1, 1}};
static const fpt_league_part last_one[] = {{false, 2, 1}};
static const fpt_league_part all_three[] = {
    {false, 0, 1}, {false, 1, 1}, {false, 2, 1}};
static const fpt_league_part both_nodes[] = {{true, 0, 1}, {true, 1, 1}};

static void set_nodes(fpt_league_node *node, bool over_items)
{
    for (size_t i = 0; i < 3; i++)
        node[i] = (fpt_league_node){.computed = true, .least = 1};
    node[0].part = first_two, node[0].parts = 2;
    node[1].part = last_one, node[1].parts = 1;
    node[2].part = over_items ? all_three : both_nodes;
    node[2].parts = over_items ? 3 : 2;
}

static fpt_league rules_of(const fpt_league_node *node)
{
    return (fpt_league){.scale = {1.0, 4.0},
                        .items = 3,
                        .nodes = 3,
                        .item = plain,
                        .node = node};
}

static void test_a_mean_over_indicators_is_not_one_over_groups(void **state)
{
    (void)state;
    const double value[] = {1, 2, 4}, score[] = {NONE, NONE, NONE};
    const fpt_league_input in = {
        .places = 1, .value = value, .published = score};
    fpt_league_node node[3];
    set_nodes(node, true);
    fpt_league rules = rules_of(node);
    fpt_league_output out = judge(&arena, &rules, &in);
    assert_close(out.node_score[0], 1.5, 0.0);
    assert_close(out.node_score[1], 4.0, 0.0);
    assert_close(out.node_score[2], 7.0 / 3.0, 1e-15);
    set_nodes(node, false);
    out = judge(&arena, &rules, &in);
    assert_close(out.node_score[2], 2.75, 0.0);
    assert_int_equal(out.asked[2], 2);
    assert_close(out.weight[2], 2.0, 0.0);
}

static void test_missing_members(void **state)
{
    (void)state;
    const double value[] = {NONE, 2, 3}, score[] = {NONE, NONE, NONE};
    const fpt_league_input in = {
        .places = 1, .value = value, .published = score};
    fpt_league_node node[3];
    set_nodes(node, true);
    const fpt_league rules = rules_of(node);
    fpt_league_output out = judge(&arena, &rules, &in);
    assert_close(out.node_score[2], 2.5, 0.0);
    assert_int_equal(out.present[2], 2);
    assert_int_equal(out.item_state[0], FPT_RATING_MISSING);
    node[2].missing = FPT_MISSING_WORST;
    out = judge(&arena, &rules, &in);
    assert_close(out.node_score[2], 3.0, 0.0);
    node[2].missing = FPT_MISSING_REFUSE;
    out = judge(&arena, &rules, &in);
    assert_true(isnan(out.node_score[2]));
    assert_int_equal(out.node_state[2], FPT_RATING_TOO_FEW_ITEMS);
    node[2].missing = FPT_MISSING_DROP;
    node[2].least = 3;
    assert_true(isnan(judge(&arena, &rules, &in).node_score[2]));
    node[2].least = 2;
    node[2].least_share = 0.67;
    assert_true(isnan(judge(&arena, &rules, &in).node_score[2]));
    node[2].least_share = 0.66;
    assert_close(judge(&arena, &rules, &in).node_score[2], 2.5, 0.0);
    node[2].computed = false;
    out = judge(&arena, &rules, &in);
    assert_true(isnan(out.node_score[2]));
    assert_int_equal(out.node_state[2], FPT_RATING_NOT_COMPUTED);
}

static void test_weights(void **state)
{
    (void)state;
    static const fpt_league_part part[] = {
        {false, 0, 50}, {false, 1, 30}, {false, 2, 20}};
    const double matrix[] = {1, 1, 1, 2, NONE, 2, 4, 4, NONE};
    const double score[9] = {NONE, NONE, NONE, NONE, NONE,
                             NONE, NONE, NONE, NONE};
    const fpt_league_input in = {
        .places = 3, .value = matrix, .published = score};
    fpt_league_node node[3];
    set_nodes(node, true);
    node[2].part = part;
    const fpt_league rules = rules_of(node);
    const fpt_league_output out = judge(&arena, &rules, &in);
    assert_close(out.node_score[6], 1.9, 1e-15);
    assert_close(out.node_score[7], (50 + 80) / 70.0, 1e-15);
    assert_close(out.node_score[8], (50 + 60) / 80.0, 1e-15);
}

/* A trust in deficit is in segment 3 or worse, whatever its score. */
static void test_a_floor_on_the_category(void **state)
{
    (void)state;
    const double at[] = {1.5, 2.5, 3.5};
    const double value[] = {1, 1, 1, 2, 4, 1, 1, 1, 2, 4, 1, 1, 1, 2, 4};
    const double flag[] = {0, 1, NONE, 1, NONE};
    double score[15];
    for (size_t i = 0; i < 15; i++)
        score[i] = NONE;
    const fpt_league_gate gate = {.node = 2,
                                  .on_category = true,
                                  .when = FPT_GATE_FLAG,
                                  .is = 1.0,
                                  .then = FPT_GATE_AT_LEAST,
                                  .value = 3.0};
    const fpt_league_input in = {
        .places = 5, .value = value, .published = score, .flag = flag};
    fpt_league_node node[3];
    set_nodes(node, true);
    node[2].cut = FPT_CUT_FIXED;
    node[2].categories = 4;
    node[2].at = at;
    node[2].by_category = true;
    fpt_league rules = rules_of(node);
    rules.gates = 1, rules.gate = &gate, rules.flags = 1;
    const fpt_league_output out = judge(&arena, &rules, &in);
    const int ungated[] = {1, 1, 1, 2, 4}, gated[] = {1, 3, 0, 3, 4};
    const double rank[] = {1, 2, NONE, 3, 4};
    for (size_t p = 0; p < 5; p++) {
        assert_int_equal(out.ungated[10 + p], ungated[p]);
        assert_int_equal(out.category[10 + p], gated[p]);
        assert_int_equal(out.gates[10 + p], gated[p] == 3 ? 1 : 0);
        if (isnan(rank[p]))
            assert_true(isnan(out.rank[10 + p]));
        else
            assert_close(out.rank[10 + p], rank[p], 0.0);
    }
    /* Not known, and it would matter; not known, and it would not. */
    assert_int_equal(out.category_state[12], FPT_RATING_RULE_UNKNOWN);
    assert_int_equal(out.category_state[14], FPT_RATING_OK);
}

/* Five metrics at one fifth each; 3 or worse when any is 4. */
static void test_a_floor_on_the_score(void **state)
{
    (void)state;
    const double value[] = {1, 1, 1, 1, 1, 1, 1, 4, NONE};
    const double score[] = {NONE, NONE, NONE, NONE, NONE,
                            NONE, NONE, NONE, NONE};
    const fpt_league_gate gates[] = {{.node = 2,
                                      .when = FPT_GATE_ANY_MEMBER,
                                      .index = 2,
                                      .is = 4.0,
                                      .then = FPT_GATE_AT_LEAST,
                                      .value = 3.0},
                                     {.node = 2,
                                      .when = FPT_GATE_ITEM,
                                      .index = 2,
                                      .is = 2.0,
                                      .then = FPT_GATE_AT_MOST,
                                      .value = 2.75}};
    const fpt_league_input in = {
        .places = 3, .value = value, .published = score};
    fpt_league_node node[3];
    set_nodes(node, false); /* members of members count too */
    fpt_league rules = rules_of(node);
    rules.gates = 1, rules.gate = gates;
    fpt_league_output out = judge(&arena, &rules, &in);
    assert_close(out.node_score[6], 1.0, 0.0);
    assert_close(out.node_score[7], 3.0, 0.0);
    assert_close(out.node_score[8], 1.0, 0.0);
    assert_int_equal(out.gates[7], 1);
    /* The next rule sees what the last one left. */
    rules.gates = 2;
    out = judge(&arena, &rules, &in);
    assert_close(out.node_score[7], 2.75, 0.0);
    assert_int_equal(out.gates[7], 3);
    assert_close(out.node_score[8], 1.0, 0.0); /* at most 2.75 anyhow */
}

/* R 4.2.2: quantile(s, type = 7) and cut() with upper ends included. */
static void test_quartiles_against_r(void **state)
{
    (void)state;
    static const double s[] = {2.26, 1.4, 3.1, 2.9,  1.75, 2.26,
                               2.0,  3.6, 1.1, 2.45, 2.8};
    static const int category[] = {2, 1, 4, 4, 1, 2, 2, 4, 1, 3, 3};
    const fpt_scale scale = {1.0, 4.0}, turned = {4.0, 1.0};
    double at[3], work[11], less[11];
    size_t order[22];
    assert_int_equal(fpt_quantile_cuts(11, s, scale, 4, at, work, order), 11);
    assert_close(at[0], 1.875, 1e-15);
    assert_close(at[1], 2.26, 1e-15);
    assert_close(at[2], 2.8499999999999996, 1e-15);
    for (size_t i = 0; i < 11; i++)
        assert_int_equal(fpt_cut_category(s[i], scale, 4, at), category[i]);
    fpt_quantile_cuts(11, s, scale, 3, at, work, order);
    assert_close(at[0], 2.0866666666666664, 1e-15);
    assert_close(at[1], 2.6833333333333331, 1e-15);
    /* Turned about, the best is the highest. */
    for (size_t i = 0; i < 11; i++)
        less[i] = 5.0 - s[i];
    fpt_quantile_cuts(11, less, turned, 4, at, work, order);
    for (size_t i = 0; i < 11; i++)
        assert_int_equal(fpt_cut_category(less[i], turned, 4, at), category[i]);
    assert_int_equal(fpt_cut_category(NONE, scale, 4, at), 0);
}

/* One indicator that is its score, one node: whatever is asked of the cut. */
static fpt_league_output one_node(fpt_league_node *node, size_t places,
                                  const double *value)
{
    static const fpt_league_part part = {false, 0, 1};
    fpt_league rules = {.scale = {1.0, 4.0},
                        .items = 1,
                        .nodes = 1,
                        .item = plain,
                        .node = node};
    double *score = FPT_NEW(&arena, double, places);
    assert_non_null(score);
    for (size_t p = 0; p < places; p++)
        score[p] = NONE;
    node->computed = true;
    node->part = &part;
    node->parts = 1;
    const fpt_league_input in = {
        .places = places, .value = value, .published = score};
    return judge(&arena, &rules, &in);
}

static void test_so_many_in_each(void **state)
{
    (void)state;
    static const int64_t counts[] = {1, 4, 3, 1};
    static const double value[] = {2.0, 1.0, 3.5, 2.5, 1.5,
                                   2.5, 3.0, 4.0, 2.5, NONE};
    /* 1 | 1.5 2 2.5 2.5 2.5 (tied over the line) | 3 3.5 | 4 */
    static const int category[] = {2, 1, 3, 2, 2, 2, 3, 4, 2, 0};
    fpt_league_node node = {.cut = FPT_CUT_COUNTS,
                            .categories = 4,
                            .counts = counts,
                            .least_places = 2};
    fpt_league_output out = one_node(&node, 10, value);
    for (size_t p = 0; p < 10; p++)
        assert_int_equal(out.category[p], category[p]);
    /* Twice as many: shares. */
    static const int64_t doubled[] = {2, 8, 6, 2};
    node.counts = doubled;
    out = one_node(&node, 10, value);
    for (size_t p = 0; p < 10; p++)
        assert_int_equal(out.category[p], category[p]);
    node.counts = NULL;
    out = one_node(&node, 10, value);
    assert_int_equal(out.category_state[0], FPT_RATING_NOT_COMPUTED);
}

static void test_too_few_to_compare_with(void **state)
{
    (void)state;
    const double one[] = {2.0}, two[] = {2.0, NONE};
    fpt_league_node node = {
        .cut = FPT_CUT_QUANTILE, .categories = 4, .least_places = 2};
    fpt_league_output out = one_node(&node, 1, one);
    assert_int_equal(out.category[0], 0);
    assert_int_equal(out.category_state[0], FPT_RATING_TOO_FEW_PLACES);
    assert_int_equal(out.node_state[0], FPT_RATING_OK);
    assert_close(out.rank[0], 1.0, 0.0);
    out = one_node(&node, 2, two);
    assert_int_equal(out.category_state[1], FPT_RATING_TOO_FEW_PLACES);
    assert_int_equal(out.ranked[0], 1);
    node.cut = FPT_CUT_NOT_PUBLISHED;
    out = one_node(&node, 1, one);
    assert_int_equal(out.category_state[0], FPT_RATING_NOT_COMPUTED);
}

/* What the publisher gave stands in the place of a cut. */
static void test_a_given_category_is_not_cut_again(void **state)
{
    (void)state;
    static const fpt_league_part part = {false, 0, 1};
    const double value[] = {1.0, 2.0}, score[] = {NONE, NONE};
    const int given[] = {4, 0};
    const double at[] = {1.5};
    const fpt_league_node node = {.computed = true,
                                  .parts = 1,
                                  .part = &part,
                                  .cut = FPT_CUT_FIXED,
                                  .categories = 2,
                                  .at = at};
    const fpt_league rules = {.scale = {1.0, 4.0},
                              .items = 1,
                              .nodes = 1,
                              .item = plain,
                              .node = &node};
    const fpt_league_input in = {
        .places = 2, .value = value, .published = score, .given = given};
    const fpt_league_output out = judge(&arena, &rules, &in);
    assert_int_equal(out.category[0], 4);
    assert_int_equal(out.category[1], 2);
}

/* Random scores and categories: ranks by counting. */
static void test_ranks_by_counting(void **state)
{
    (void)state;
    uint64_t seed = 61;
    const double at[] = {2.0, 3.0};
    for (int round = 0; round < 300; round++) {
        const size_t n = 1 + next_random(&seed) % 40;
        double value[40];
        for (size_t p = 0; p < n; p++) {
            const uint64_t bits = next_random(&seed);
            value[p] = bits % 9 == 0 ? NONE : 1.0 + (double)(bits % 13) / 4.0;
        }
        fpt_league_node node = {.cut = FPT_CUT_FIXED,
                                .categories = 3,
                                .at = at,
                                .by_category = round % 2 == 0};
        const fpt_league_output out = one_node(&node, n, value);
        for (size_t p = 0; p < n; p++) {
            double ahead = 0;
            if (isnan(value[p])) {
                assert_true(isnan(out.rank[p]));
                continue;
            }
            for (size_t q = 0; q < n; q++)
                ahead += value[q] < value[p];
            assert_close(out.rank[p], 1.0 + ahead, 0.0);
            assert_int_equal(out.category[p],
                             1 + (value[p] > 2.0) + (value[p] > 3.0));
        }
    }
}

/* With a rule that lifts some, the rank goes by category first. */
static void test_ranks_by_category_then_score(void **state)
{
    (void)state;
    static const fpt_league_part part = {false, 0, 1};
    uint64_t seed = 9;
    const double at[] = {2.0, 3.0};
    const fpt_league_gate gate = {.on_category = true,
                                  .when = FPT_GATE_FLAG,
                                  .is = 1.0,
                                  .then = FPT_GATE_AT_LEAST,
                                  .value = 3.0};
    for (int round = 0; round < 200; round++) {
        double value[30], score[30], flag[30];
        for (size_t p = 0; p < 30; p++) {
            value[p] = 1.0 + (double)(next_random(&seed) % 25) / 8.0;
            score[p] = NONE;
            flag[p] = (double)(next_random(&seed) % 2);
        }
        const fpt_league_node node = {.computed = true,
                                      .parts = 1,
                                      .part = &part,
                                      .cut = FPT_CUT_FIXED,
                                      .categories = 3,
                                      .at = at,
                                      .by_category = true};
        const fpt_league rules = {.scale = {1.0, 4.0},
                                  .items = 1,
                                  .nodes = 1,
                                  .gates = 1,
                                  .flags = 1,
                                  .item = plain,
                                  .node = &node,
                                  .gate = &gate};
        const fpt_league_input in = {
            .places = 30, .value = value, .published = score, .flag = flag};
        const fpt_league_output out = judge(&arena, &rules, &in);
        for (size_t p = 0; p < 30; p++) {
            double ahead = 0;
            for (size_t q = 0; q < 30; q++)
                ahead +=
                    out.category[q] < out.category[p] ||
                    (out.category[q] == out.category[p] && value[q] < value[p]);
            assert_close(out.rank[p], 1.0 + ahead, 0.0);
            if (flag[p] == 1.0) assert_int_equal(out.category[p], 3);
        }
    }
}

static void test_words_of_states(void **state)
{
    (void)state;
    fpt_rating_state found = FPT_RATING_OK;
    for (int i = 0; i < FPT_RATING_STATES; i++) {
        const char *word = fpt_rating_state_word((fpt_rating_state)i);
        assert_true(fpt_rating_state_find(fpt_str_from(word), &found));
        assert_int_equal(found, i);
        assert_true(strlen(fpt_rating_state_text((fpt_rating_state)i)) > 0);
    }
    assert_false(fpt_rating_state_find(FPT_STR("NO_SUCH"), &found));
    assert_string_equal(fpt_rating_state_word(FPT_RATING_STATES), "UNKNOWN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_mean_over_indicators_is_not_one_over_groups),
        cmocka_unit_test(test_missing_members),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_a_floor_on_the_category),
        cmocka_unit_test(test_a_floor_on_the_score),
        cmocka_unit_test(test_quartiles_against_r),
        cmocka_unit_test(test_so_many_in_each),
        cmocka_unit_test(test_too_few_to_compare_with),
        cmocka_unit_test(test_a_given_category_is_not_cut_again),
        cmocka_unit_test(test_ranks_by_counting),
        cmocka_unit_test(test_ranks_by_category_then_score),
        cmocka_unit_test(test_words_of_states),
    };
    return cmocka_run_group_tests_name("league", tests, open_arena,
                                       clear_arena);
}
