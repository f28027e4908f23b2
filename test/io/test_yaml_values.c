/* Tests for yaml.h: typed values, and keys that nobody knows. */
#include "outside.h"

static const char example[] = "text: two words\n"
                              "whole: -12\n"
                              "real: 2.5e-1\n"
                              "yes: yes\n"
                              "date: 2017-04-01\n"
                              "word: amber\n"
                              "none: null\n"
                              "tilde: ~\n"
                              "empty:\n"
                              "quoted: \"null\"\n"
                              "list: [a, b]\n"
                              "map:\n"
                              "  inner: 1\n"
                              "mixed: [a, [b]]\n";

static fpt_yaml *parsed(struct place *place, const char *text)
{
    fpt_yaml *tree = FPT_NEW(&place->arena, fpt_yaml, 1);
    fpt_error err;
    assert_non_null(tree);
    assert_ok_or(
        fpt_yaml_parse(&place->arena, "p.yaml", fpt_str_from(text), tree, &err),
        err);
    return tree;
}

static const char *const colours[] = {"red", "amber", "green"};

/* Everything that a getter may give, so that one function can call them all. */
struct values {
    fpt_str text;
    int64_t whole;
    double real;
    bool truth;
    fpt_date date;
    int choice;
    fpt_yaml *map, *list;
    size_t count;
    fpt_str *texts;
};

enum getter {
    TEXT,
    WHOLE,
    REAL,
    TRUTH,
    DATE,
    CHOICE,
    MAP,
    LIST,
    TEXTS,
    GETTERS
};

static fpt_status get(struct place *place, enum getter getter, fpt_yaml *map,
                      const char *key, bool required, struct values *v,
                      fpt_error *err)
{
    switch (getter) {
    case TEXT:
        return fpt_yaml_text(map, key, required, &v->text, err);
    case WHOLE:
        return fpt_yaml_int64(map, key, required, &v->whole, err);
    case REAL:
        return fpt_yaml_double(map, key, required, &v->real, err);
    case TRUTH:
        return fpt_yaml_bool(map, key, required, &v->truth, err);
    case DATE:
        return fpt_yaml_date(map, key, required, &v->date, err);
    case CHOICE:
        return fpt_yaml_choice(map, key, required, colours, COUNT_OF(colours),
                               &v->choice, err);
    case MAP:
        return fpt_yaml_map(map, key, required, &v->map, err);
    case LIST:
        return fpt_yaml_list(map, key, required, &v->list, err);
    case TEXTS:
        return fpt_yaml_texts(&place->arena, map, key, required, &v->count,
                              &v->texts, err);
    case GETTERS:
        break;
    }
    return FPT_ERR_USAGE;
}

static void test_values_are_read(void **state)
{
    struct place *place = *state;
    fpt_yaml *tree = parsed(place, example);
    struct values v = {0};
    assert_ok(get(place, TEXT, tree, "text", true, &v, NULL));
    assert_str(v.text, "two words");
    assert_ok(get(place, TEXT, tree, "quoted", true, &v, NULL));
    assert_str(v.text, "null");
    assert_ok(get(place, WHOLE, tree, "whole", true, &v, NULL));
    assert_int_equal(v.whole, -12);
    assert_ok(get(place, REAL, tree, "real", true, &v, NULL));
    assert_true(v.real == 0.25);
    assert_ok(get(place, REAL, tree, "whole", true, &v, NULL));
    assert_true(v.real == -12.0);
    assert_ok(get(place, TRUTH, tree, "yes", true, &v, NULL));
    assert_true(v.truth);
    assert_ok(get(place, DATE, tree, "date", true, &v, NULL));
    assert_int_equal(v.date.days, fpt_date_make(2017, 4, 1).days);
    assert_ok(get(place, CHOICE, tree, "word", true, &v, NULL));
    assert_int_equal(v.choice, 1);
    assert_ok(get(place, MAP, tree, "map", true, &v, NULL));
    assert_ok(get(place, WHOLE, v.map, "inner", true, &v, NULL));
    assert_int_equal(v.whole, 1);
    assert_ok(get(place, LIST, tree, "list", true, &v, NULL));
    assert_int_equal(v.list->count, 2);
    assert_ok(get(place, TEXTS, tree, "list", true, &v, NULL));
    assert_int_equal(v.count, 2);
    assert_str(v.texts[1], "b");
    assert_ok(get(place, TEXTS, tree, "text", true, &v, NULL));
    assert_int_equal(v.count, 1);
    assert_str(v.texts[0], "two words");
}

static void test_words_for_true_and_false(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text;
        bool value;
    } table[] = {{"v: yes", true},
                 {"v: true", true},
                 {"v: no", false},
                 {"v: false", false}};
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        bool value = !table[i].value;
        assert_ok(fpt_yaml_bool(parsed(place, table[i].text), "v", true, &value,
                                NULL));
        assert_int_equal(value, table[i].value);
    }
}

static void test_what_is_missing(void **state)
{
    struct place *place = *state;
    static const char *const keys[] = {"nowhere", "none", "tilde", "empty"};
    fpt_yaml *tree = parsed(place, example);
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        assert_null(fpt_yaml_find(tree, keys[k]));
        for (int getter = TEXT; getter < GETTERS; getter++) {
            const struct values before = {.text = FPT_STR("before"),
                                          .whole = 7,
                                          .real = 7.5,
                                          .truth = true,
                                          .date = {7},
                                          .choice = 7};
            struct values v = before;
            fpt_error err = {FPT_OK, "untouched"};
            assert_ok(get(place, (enum getter)getter, tree, keys[k], false, &v,
                          &err));
            assert_string_equal(err.text, "untouched");
            assert_str(v.text, "before");
            assert_true(v.whole == 7 && v.real == 7.5 && v.truth &&
                        v.date.days == 7 && v.choice == 7);
            assert_true(v.map == NULL && v.list == NULL && v.count == 0 &&
                        v.texts == NULL);
            assert_int_equal(
                get(place, (enum getter)getter, tree, keys[k], true, &v, &err),
                FPT_ERR_INPUT);
            const fpt_str expected =
                fpt_str_print(&place->arena,
                              "p.yaml:1:1: the key \"%s\" is missing", keys[k]);
            assert_string_equal(err.text, expected.data);
        }
    }
}

static void test_a_value_of_another_type(void **state)
{
    struct place *place = *state;
    static const struct {
        enum getter getter;
        const char *key, *message;
    } table[] = {
        {TEXT, "list", "p.yaml:11:7: \"list\" must be one value"},
        {TEXT, "map", "p.yaml:13:3: \"map\" must be one value"},
        {WHOLE, "text",
         "p.yaml:1:7: \"text\" is \"two words\", expected a "
         "whole number"},
        {WHOLE, "real",
         "p.yaml:3:7: \"real\" is \"2.5e-1\", expected a whole "
         "number"},
        {WHOLE, "list", "p.yaml:11:7: \"list\" must be one value"},
        {REAL, "date",
         "p.yaml:5:7: \"date\" is \"2017-04-01\", expected a "
         "number"},
        {REAL, "map", "p.yaml:13:3: \"map\" must be one value"},
        {TRUTH, "whole",
         "p.yaml:2:8: \"whole\" is \"-12\", expected one of "
         "no, yes, false, true"},
        {DATE, "text",
         "p.yaml:1:7: \"text\" is \"two words\", expected a date "
         "such as 2017-04-01"},
        {CHOICE, "text",
         "p.yaml:1:7: \"text\" is \"two words\", expected one "
         "of red, amber, green"},
        {CHOICE, "list", "p.yaml:11:7: \"list\" must be one value"},
        {MAP, "list", "p.yaml:11:7: \"list\" must hold keys and values"},
        {MAP, "text", "p.yaml:1:7: \"text\" must hold keys and values"},
        {LIST, "map", "p.yaml:13:3: \"map\" must be a list"},
        {LIST, "text", "p.yaml:1:7: \"text\" must be a list"},
        {TEXTS, "map", "p.yaml:13:3: \"map\" must be a list of texts"},
        {TEXTS, "mixed", "p.yaml:14:12: \"mixed\" must be a list of texts"},
    };
    fpt_yaml *tree = parsed(place, example);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        for (int required = 0; required < 2; required++) {
            struct values v = {.text = FPT_STR("before"), .whole = 7};
            fpt_error err = {0};
            assert_int_equal(get(place, table[i].getter, tree, table[i].key,
                                 required == 1, &v, &err),
                             FPT_ERR_INPUT);
            assert_string_equal(err.text, table[i].message);
            assert_str(v.text, "before");
            assert_true(v.whole == 7 && v.count == 0 && v.texts == NULL &&
                        v.map == NULL && v.list == NULL);
        }
    }
}

static void test_a_value_where_keys_should_be(void **state)
{
    struct place *place = *state;
    static const char *const texts[] = {"just text", "[a, b]"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        fpt_yaml *tree = parsed(place, texts[i]);
        assert_null(fpt_yaml_find(tree, "key"));
        for (int getter = TEXT; getter < GETTERS; getter++) {
            struct values v = {0};
            fpt_error err;
            assert_int_equal(
                get(place, (enum getter)getter, tree, "key", false, &v, &err),
                FPT_ERR_INPUT);
            assert_string_equal(err.text, "p.yaml:1:1: expected keys and "
                                          "values, to find \"key\"");
        }
    }
}

/* More words than the message has room for: it is cut, not overrun. */
static void test_a_long_list_of_words(void **state)
{
    struct place *place = *state;
    const char *words[60];
    for (size_t i = 0; i < COUNT_OF(words); i++)
        words[i] =
            fpt_str_print(&place->arena, "colour-number-%d", (int)i).data;
    int choice = 7;
    fpt_error err;
    assert_int_equal(fpt_yaml_choice(parsed(place, "c: blue"), "c", true, words,
                                     COUNT_OF(words), &choice, &err),
                     FPT_ERR_INPUT);
    assert_int_equal(choice, 7);
    assert_non_null(strstr(err.text, "p.yaml:1:4: \"c\" is \"blue\", expected "
                                     "one of colour-number-0, colour-"));
    assert_ok(fpt_yaml_choice(parsed(place, "c: colour-number-59"), "c", true,
                              words, COUNT_OF(words), &choice, &err));
    assert_int_equal(choice, 59);
}

static void test_keys_that_nobody_took(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text, *message; /* NULL: all is known */
    } table[] = {
        {"known: 1\n", NULL},
        {"known: 1\nunknown: 2\n",
         "p.yaml:2:1: nobody knows the key \"unknown\""},
        /* The line of the key, not that of a value that begins below it. */
        {"unknown:\n  x: 1\n", "p.yaml:1:1: nobody knows the key \"unknown\""},
        {"map:\n  known: 1\n  unknwon: 2\n",
         "p.yaml:3:3: nobody knows the key \"unknwon\""},
        {"map:\n  map:\n    map:\n      known: 1\n      other: 2\n",
         "p.yaml:5:7: nobody knows the key \"other\""},
        {"list:\n  - known: 1\n  - known: 2\n    other: 3\n",
         "p.yaml:4:5: nobody knows the key \"other\""},
        {"list: [a, b]\n", NULL},
        {"unknown: null\n", "p.yaml:1:1: nobody knows the key \"unknown\""},
        {"known: null\nwhole:\n  any:\n    - thing: 1\n", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_yaml *tree = parsed(place, table[i].text);
        fpt_yaml *map = tree;
        for (int depth = 0; map != NULL && depth < 4; depth++) {
            (void)fpt_yaml_find(map, "known");
            fpt_yaml *whole = fpt_yaml_find(map, "whole");
            if (whole != NULL) fpt_yaml_take_all(whole);
            fpt_yaml *list = fpt_yaml_find(map, "list");
            for (size_t k = 0; list != NULL && k < list->count; k++)
                (void)fpt_yaml_find(&list->item[k], "known");
            map = fpt_yaml_find(map, "map");
        }
        fpt_error err = {FPT_OK, "untouched"};
        const fpt_status status = fpt_yaml_all_taken(tree, &err);
        if (status != (table[i].message != NULL ? FPT_ERR_INPUT : FPT_OK))
            fail_msg("%s%s", table[i].text, err.text);
        assert_string_equal(err.text, table[i].message != NULL
                                          ? table[i].message
                                          : "untouched");
    }
}

static void test_failing_with_a_place(void **state)
{
    struct place *place = *state;
    fpt_yaml *tree = parsed(place, example);
    const fpt_yaml *inner = fpt_yaml_find(fpt_yaml_find(tree, "map"), "inner");
    fpt_error err;
    assert_int_equal(fpt_yaml_fail(inner, &err, "%d is %s", 1, "too few"),
                     FPT_ERR_INPUT);
    assert_string_equal(err.text, "p.yaml:13:10: 1 is too few");
    assert_int_equal(fpt_yaml_fail(inner, NULL, "unheard"), FPT_ERR_INPUT);
}

static fpt_status read_texts(fpt_arena *arena, void *context)
{
    size_t count;
    fpt_str *texts;
    return fpt_yaml_texts(arena, context, "list", true, &count, &texts, NULL);
}

static void test_every_allocation_may_fail(void **state)
{
    struct place *place = *state;
    assert_every_allocation_may_fail(read_texts, parsed(place, example));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_values_are_read),
        TEST(test_words_for_true_and_false),
        TEST(test_what_is_missing),
        TEST(test_a_value_of_another_type),
        TEST(test_a_value_where_keys_should_be),
        TEST(test_a_long_list_of_words),
        TEST(test_keys_that_nobody_took),
        TEST(test_failing_with_a_place),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("yaml values", tests, NULL, NULL);
}
