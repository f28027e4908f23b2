/* Tests for yaml.h: trees and what is refused. Values: test_yaml_values.c. */
#include "outside.h"

/* A tree as one line: text 'quoted' [list] {key@LINE:COLUMN=value@LINE:COLUMN}. */
static void show(fpt_strbuf *out, const fpt_yaml *node)
{
    switch (node->kind) {
    case FPT_YAML_SCALAR:
        fpt_strbuf_print(out, node->quoted ? "'%.*s'" : "%.*s",
                         FPT_STR_ARG(node->text));
        return;
    case FPT_YAML_LIST:
        fpt_strbuf_add_char(out, '[');
        for (size_t i = 0; i < node->count; i++) {
            if (i > 0) fpt_strbuf_add_char(out, ' ');
            show(out, &node->item[i]);
        }
        fpt_strbuf_add_char(out, ']');
        return;
    case FPT_YAML_MAP:
        fpt_strbuf_add_char(out, '{');
        for (size_t i = 0; i < node->count; i++) {
            const fpt_yaml *item = &node->item[i];
            fpt_strbuf_print(out, "%s%.*s@%d:%d=", i > 0 ? " " : "",
                             FPT_STR_ARG(node->key[i]), item->key_line,
                             item->key_column);
            show(out, item);
            fpt_strbuf_print(out, "@%d:%d", item->line, item->column);
        }
        fpt_strbuf_add_char(out, '}');
        return;
    }
}

static void test_trees(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text, *shown;
    } table[] = {
        {"a: 1", "{a@1:1=1@1:4}"},
        {"a: 1\nb: two words # why\n", "{a@1:1=1@1:4 b@2:1=two words@2:4}"},
        {"- 1\n- x\n", "[1 x]"},
        {"just text", "just text"},
        {"---\na: 1\n...\n", "{a@2:1=1@2:4}"},
        {"a: 'q'\nb: \"w\"\nc: |\n  t\n",
         "{a@1:1='q'@1:4 b@2:1='w'@2:4 c@3:1='t\n'@3:4}"},
        {"a:\n  b:\n    c: 1\n", "{a@1:1={b@2:3={c@3:5=1@3:8}@3:5}@2:3}"},
        {"a: [x, {k: v}]\n", "{a@1:1=[x {k@1:9=v@1:12}]@1:4}"},
        {"a:\nb:\n", "{a@1:1=@1:3 b@2:1=@2:3}"},
        {"{}", "{}"},
        {"[]", "[]"},
        {"\xEF\xBB\xBF"
         "a: 1\n",
         "{a@1:1=1@1:4}"},
        {"a: 1\r\nb: 2\r\n", "{a@1:1=1@1:4 b@2:1=2@2:4}"},
        {"caf\xC3\xA9: x\n", "{caf\xC3\xA9@1:1=x@1:7}"},
        {"a: \"\\u20ac\\n\"\n", "{a@1:1='\xE2\x82\xAC\n'@1:4}"},
        {"a:\t1\n", "{a@1:1=1@1:4}"},
        {"http://x: y\n", "{http://x@1:1=y@1:11}"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_yaml tree;
        fpt_error err = {FPT_OK, "untouched"};
        assert_ok_or(fpt_yaml_parse(&place->arena, "p.yaml",
                                    fpt_str_from(table[i].text), &tree, &err),
                     err);
        assert_string_equal(err.text, "untouched");
        assert_string_equal(tree.file, "p.yaml");
        fpt_strbuf shown = fpt_strbuf_make(&place->arena);
        show(&shown, &tree);
        assert_str(fpt_strbuf_view(&shown), table[i].shown);
    }
}

static void test_what_is_refused(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text, *message;
    } table[] = {
        {"", "p.yaml:1:1: the file is empty"},
        {"\n\n", "p.yaml:3:1: the file is empty"},
        {"# only a comment\n", "p.yaml:2:1: the file is empty"},
        {"a: 1\nb: 2\na: 3\n",
         "p.yaml:3:1: the key \"a\" stands twice (first in line 1)"},
        {"x:\n  a:\n    - 1\n  a: 2\n",
         "p.yaml:4:3: the key \"a\" stands twice (first in line 2)"},
        {"a: 1\n'a': 2\n",
         "p.yaml:2:1: the key \"a\" stands twice (first in line 1)"},
        {"a: &x 1\nb: 2\n", "p.yaml:1:4: anchors and tags are not used here"},
        {"a: 1\nb: &x [1]\n", "p.yaml:2:4: anchors and tags are not used here"},
        {"a: &x\n  b: 1\n", "p.yaml:1:4: anchors and tags are not used here"},
        {"&x a: 1\n", "p.yaml:1:1: anchors and tags are not used here"},
        {"a: !!str 1\n", "p.yaml:1:4: anchors and tags are not used here"},
        {"a: !mine [1]\n", "p.yaml:1:4: anchors and tags are not used here"},
        {"!!str a: 1\n", "p.yaml:1:1: anchors and tags are not used here"},
        {"--- !!set {a, b}\n",
         "p.yaml:1:5: anchors and tags are not used here"},
        {"a: 1\nb: *a\n", "p.yaml:2:4: aliases are not used here: write it "
                          "out"},
        {"- *a\n", "p.yaml:1:3: aliases are not used here: write it out"},
        {"*a : 1\n", "p.yaml:1:1: a key must be a plain word"},
        {"? [a]\n: 1\n", "p.yaml:1:3: a key must be a plain word"},
        {"{a: b}: c\n", "p.yaml:1:1: a key must be a plain word"},
        {"a: 1\n---\nb: 2\n", "p.yaml:2:1: a second document begins: one a "
                              "file"},
        {"a:\n\tb: 1\n",
         "p.yaml:2:1: a tab cannot stand here: indent with blanks"},
        {"a: 1\n b: 2\n", "p.yaml:2:3: mapping values are not allowed in this "
                          "context"},
        {"a: 'open\n", "p.yaml:2:1: found unexpected end of stream"},
        {"a: [1, 2\n", "p.yaml:2:1: did not find expected ',' or ']'"},
        {"a: @x\n", "p.yaml:1:4: found character that cannot start any token"},
        {"a: x\nb: \xFF\n", "p.yaml:2:4: invalid leading UTF-8 octet"},
        {"a: x\nb: caf\xE9 au lait\n",
         "p.yaml:2:8: invalid trailing UTF-8 octet"},
        {"a: x\nb: caf\xE9\n", "p.yaml:2:7: incomplete UTF-8 octet sequence"},
        {"a: \xC3\xA9\x01\n", "p.yaml:1:5: control characters are not allowed"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_yaml tree = {.line = 99};
        fpt_error err = {0};
        const fpt_status status = fpt_yaml_parse(
            &place->arena, "p.yaml", fpt_str_from(table[i].text), &tree, &err);
        if (status != FPT_ERR_INPUT)
            fail_msg("%s: %s", table[i].message, fpt_status_text(status));
        assert_string_equal(err.text, table[i].message);
        assert_int_equal(tree.line, 99);
    }
    fpt_yaml tree;
    assert_int_equal(fpt_yaml_parse(&place->arena, "p.yaml", (fpt_str){NULL, 0},
                                    &tree, NULL),
                     FPT_ERR_INPUT);
    const fpt_str nul = {"a: 1\n\0b: 2\n", 11};
    fpt_error err;
    assert_int_equal(fpt_yaml_parse(&place->arena, "p.yaml", nul, &tree, &err),
                     FPT_ERR_INPUT);
    assert_string_equal(err.text,
                        "p.yaml:2:1: control characters are not allowed");
}

/* 64 levels below the root are read, the 65th is refused; both as blocks and as
 * brackets, and what is far too deep does not take the stack. */
static void test_the_depth_limit(void **state)
{
    struct place *place = *state;
    for (size_t levels = 64; levels <= 66; levels++) {
        fpt_strbuf list = fpt_strbuf_make(&place->arena);
        fpt_strbuf map = fpt_strbuf_make(&place->arena);
        for (size_t i = 0; i < levels; i++) {
            fpt_strbuf_add_char(&list, '[');
            fpt_strbuf_print(&map, "%*sk:\n", (int)i, "");
        }
        for (size_t i = 0; i < levels; i++)
            fpt_strbuf_add_char(&list, ']');
        fpt_strbuf_print(&map, "%*sv\n", (int)levels, "");
        const fpt_str texts[] = {fpt_strbuf_view(&list), fpt_strbuf_view(&map)};
        for (size_t i = 0; i < COUNT_OF(texts); i++) {
            fpt_yaml tree;
            fpt_error err;
            const fpt_status status =
                fpt_yaml_parse(&place->arena, "p.yaml", texts[i], &tree, &err);
            assert_int_equal(status, levels <= 65 ? FPT_OK : FPT_ERR_INPUT);
            if (levels > 65)
                assert_string_equal(
                    err.text, i == 0 ? "p.yaml:1:66: is nested too deep"
                                     : "p.yaml:66:66: is nested too deep");
        }
    }
    char *brackets = FPT_NEW(&place->arena, char, 100000);
    assert_non_null(brackets);
    memset(brackets, '[', 100000);
    fpt_yaml tree;
    assert_int_equal(fpt_yaml_parse(&place->arena, "p.yaml",
                                    (fpt_str){brackets, 100000}, &tree, NULL),
                     FPT_ERR_INPUT);
}

static void test_files(void **state)
{
    struct place *place = *state;
    fpt_yaml tree;
    fpt_error err;
    const char *path = put(place, "plan.yaml", FPT_STR("a: 1\nb: [\n"));
    assert_int_equal(fpt_yaml_read(&place->arena, path, &tree, &err),
                     FPT_ERR_INPUT);
    const fpt_str expected = fpt_str_print(
        &place->arena, "%s:3:1: did not find expected node content", path);
    assert_string_equal(err.text, expected.data);
    assert_int_equal(
        fpt_yaml_read(&place->arena, in(place, "none"), &tree, &err),
        FPT_ERR_NOT_FOUND);
    assert_int_equal(fpt_yaml_read(&place->arena, place->folder, &tree, &err),
                     FPT_ERR_IO);
    put(place, "plan.yaml", FPT_STR("a: 1\n"));
    assert_ok(fpt_yaml_read(&place->arena, path, &tree, &err));
    assert_string_equal(tree.file, path);
    assert_str(tree.item[0].text, "1");
}

/* The tree is the file's no longer: it must outlive the text. */
static void test_the_tree_stands_alone(void **state)
{
    struct place *place = *state;
    char name[] = "p.yaml", text[] = "key: value\n";
    fpt_yaml tree;
    assert_ok(
        fpt_yaml_parse(&place->arena, name, fpt_str_from(text), &tree, NULL));
    memset(name, 'x', sizeof name);
    memset(text, 'x', sizeof text);
    assert_string_equal(tree.file, "p.yaml");
    assert_str(tree.key[0], "key");
    assert_str(tree.item[0].text, "value");
}

static fpt_status read_tree(fpt_arena *arena, void *context)
{
    fpt_yaml tree;
    return fpt_yaml_parse(arena, "p.yaml", *(const fpt_str *)context, &tree,
                          NULL);
}

static void test_every_allocation_may_fail(void **state)
{
    struct place *place = *state;
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (int i = 0; i < 20; i++)
        fpt_strbuf_print(&text, "key%d: [a, b, {c: d}]\n", i);
    fpt_str all = fpt_strbuf_view(&text);
    assert_every_allocation_may_fail(read_tree, &all);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_trees),
        TEST(test_what_is_refused),
        TEST(test_the_depth_limit),
        TEST(test_files),
        TEST(test_the_tree_stands_alone),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
