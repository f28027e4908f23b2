/*
 * The NHS Oversight Framework 2025/26 carries the published scores of one trust
 * in four quarters. Each plausible way to get its average wrong must keep the
 * pack from loading: that is what its expected results are for.
 */
#include "../io/outside.h"
#include "rate_i.h"

static const char *const files[] = {"pack.yaml", "expected/inputs.csv",
                                    "expected/results.csv"};

static fpt_str text_of(struct place *place, const char *name)
{
    fpt_str text;
    const char *path = fpt_path_join(
        &place->arena, "packs/frameworks/nhs-oversight-2025/1", name);
    assert_non_null(path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = FPT_NEW(&place->arena, char, 1 << 16);
    assert_non_null(bytes);
    text = (fpt_str){bytes, fread(bytes, 1, 1 << 16, file)};
    assert_true(text.len < 1 << 16);
    fclose(file);
    return text;
}

/* The pack with one piece of its rules or inputs replaced, everywhere. */
static fpt_status open_with(struct place *place, const char *from,
                            const char *to, fpt_framework *out, fpt_error *err)
{
    const char *folder[] = {place->folder};
    const fpt_pack_path path = {1, folder};
    const fpt_str old = fpt_str_from(from);
    bool found = from[0] == '\0';
    assert_ok(fpt_folder_make(in(place, "frameworks/nof/1/expected"), NULL));
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const fpt_str text = text_of(place, files[i]);
        fpt_strbuf made = fpt_strbuf_make(&place->arena);
        for (size_t at = 0; at < text.len;) {
            const fpt_str rest = fpt_str_slice(text, at, text.len);
            if (i < 2 && old.len > 0 && fpt_str_starts(rest, old)) {
                fpt_strbuf_add(&made, fpt_str_from(to));
                at += old.len;
                found = true;
            } else {
                fpt_strbuf_add_char(&made, text.data[at++]);
            }
        }
        put(place,
            fpt_str_print(&place->arena, "frameworks/nof/1/%s", files[i]).data,
            fpt_strbuf_view(&made));
    }
    if (!found) fail_msg("the pack does not hold \"%s\"", from);
    return fpt_framework_open(&place->arena, &path, FPT_STR("nof"),
                              (fpt_str){0}, out, err);
}

static void test_as_it_is(void **state)
{
    struct place *place = *state;
    fpt_framework f;
    fpt_league rules;
    fpt_error err = {0};
    assert_ok_or(open_with(place, "", "", &f, &err), err);
    assert_ok(fpt_framework_rules(&place->arena, &f, NULL, &rules, NULL));
    const size_t whole = fpt_framework_node_find(&f, FPT_STR(FPT_OVERALL));
    /* Thirteen are published, and two of them are combined in a third. */
    assert_int_equal(rules.node[whole].parts, 11);
    assert_int_equal(rules.node[whole].categories, 4);
    assert_int_equal(f.categories, 5);
}

static void test_each_way_to_get_it_wrong(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *from, *to, *says;
    } table[] = {
        /* The mean of the five domains is 2.2324, not 2.2618. */
        {"segment\n  over: items", "segment\n  over: groups",
         "the score of overall for RDY comes out as 2.23"},
        /* Planned and actual finance beside their combination: 2.068. */
        {"counted: no, why_not: \"combined in OF1080, which counts\", ", "",
         "comes out as"},
        {"{id: OF1080, in: finance,", "{id: OF1080, in: people,",
         "comes out as"},
        {"then: {at_least: 3}", "then: {at_least: 4}",
         "the category of overall for T1 comes out as 4, and 3 was expected"},
        {"when: {flag: deficit}", "when: {flag: deficit, unknown: no}",
         "the category of overall for A comes out as 2, and nothing was"},
        {"{flag: support, unknown: no}", "{flag: support}",
         "comes out as nothing"},
        {"then: {set: 5}", "then: {set: 4}", "and 5 was expected"},
        {"into: 4, ", "", "comes out as"},
        {"rank_by: category-then-score", "rank_by: score",
         "the rank of overall"},
        {"Q1,RDY,OF1080,score,1\n", "", "comes out as"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_framework f;
        fpt_error err = {0};
        assert_int_equal(open_with(place, table[i].from, table[i].to, &f, &err),
                         FPT_ERR_INPUT);
        if (strstr(err.text, "results.csv:") == NULL ||
            strstr(err.text, table[i].says) == NULL)
            fail_msg("\"%s\" does not say %s", err.text, table[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_as_it_is, set_up_place,
                                        tear_down_place),
        cmocka_unit_test_setup_teardown(test_each_way_to_get_it_wrong,
                                        set_up_place, tear_down_place),
    };
    return cmocka_run_group_tests_name("oversight", tests, NULL, NULL);
}
