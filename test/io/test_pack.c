/* Tests for pack.h, on packs made up in folders of the test's own. */
#include "outside.h"

/* Two roots, the workspace's own before the project's. */
static fpt_pack_path path_of(struct place *place)
{
    const char **folders = FPT_NEW(&place->arena, const char *, 3);
    assert_non_null(folders);
    folders[0] = in(place, "own");
    folders[1] = in(place, "project");
    folders[2] = in(place, "none"); /* one that is missing is no fault */
    return (fpt_pack_path){3, folders};
}

static void put_pack(struct place *place, const char *folder, const char *text)
{
    assert_ok(fpt_folder_make(in(place, folder), NULL));
    put(place, fpt_str_print(&place->arena, "%s/pack.yaml", folder).data,
        fpt_str_from(text));
}

static fpt_str joined_names(struct place *place, size_t count,
                            const fpt_str *names)
{
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%s" FPT_STR_FMT, i > 0 ? " " : "",
                         FPT_STR_ARG(names[i]));
    return fpt_strbuf_view(&text);
}

static void test_names_of_all_roots_in_order(void **state)
{
    struct place *place = *state;
    put_pack(place, "project/sources/qof/1", "a: 1\n");
    put_pack(place, "project/sources/ods/1", "a: 1\n");
    put_pack(place, "own/sources/qof/1", "a: 1\n");
    put_pack(place, "own/sources/local/1", "a: 1\n");
    put_pack(place, "own/indicators/other/1", "a: 1\n");
    put(place, "own/sources/README.md", FPT_STR("no pack"));
    const fpt_pack_path path = path_of(place);
    size_t count;
    fpt_str *names;
    assert_ok(
        fpt_pack_list(&place->arena, &path, "sources", &count, &names, NULL));
    assert_str(joined_names(place, count, names), "local ods qof");
    assert_ok(
        fpt_pack_list(&place->arena, &path, "duties", &count, &names, NULL));
    assert_int_equal(count, 0);
}

static void test_versions_in_natural_order(void **state)
{
    struct place *place = *state;
    static const char *const versions[] = {
        "10",        "9",          "2",      "1",   "01",
        "2017",      "2016",       "1.10",   "1.9", "1.9.1",
        "2016-rev2", "2016-rev10", "latest", "1a",  "caf\xC3\xA9"};
    for (size_t i = 0; i < COUNT_OF(versions); i++)
        put_pack(
            place,
            fpt_str_print(&place->arena, "project/sources/x/%s", versions[i])
                .data,
            "a: 1\n");
    put_pack(place, "own/sources/x/1", "a: 1\n");
    put_pack(place, "own/sources/x/01", "a: 1\n");
    /* No pack.yaml, no version: such a folder must not become the newest. */
    assert_ok(fpt_folder_make(in(place, "own/sources/x/notes"), NULL));
    const fpt_pack_path path = path_of(place);
    size_t count;
    fpt_str *names;
    assert_ok(fpt_pack_versions(&place->arena, &path, "sources", FPT_STR("x"),
                                &count, &names, NULL));
    assert_str(joined_names(place, count, names),
               "01 1 1.9 1.9.1 1.10 1a 2 9 10 2016 2016-rev2 2016-rev10 2017 "
               "caf\xC3\xA9 latest");
    assert_ok(fpt_pack_versions(&place->arena, &path, "sources",
                                FPT_STR("unknown"), &count, &names, NULL));
    assert_int_equal(count, 0);
}

static void test_the_newest_and_a_named_version(void **state)
{
    struct place *place = *state;
    put_pack(place, "project/sources/qof/9", "v: nine\n");
    put_pack(place, "project/sources/qof/10", "v: ten\n");
    put_pack(place, "own/sources/qof/9", "v: own nine\n");
    const fpt_pack_path path = path_of(place);
    static const struct {
        const char *version, *found, *value, *root;
    } table[] = {
        {"", "10", "ten", "project"},
        {"10", "10", "ten", "project"},
        {"9", "9", "own nine", "own"}, /* the nearer root wins */
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_pack pack;
        fpt_error err = {FPT_OK, "untouched"};
        assert_ok_or(fpt_pack_open(&place->arena, &path, "sources",
                                   FPT_STR("qof"),
                                   fpt_str_from(table[i].version), &pack, &err),
                     err);
        assert_string_equal(err.text, "untouched");
        assert_str(pack.kind, "sources");
        assert_str(pack.name, "qof");
        assert_str(pack.version, table[i].found);
        const fpt_str folder =
            fpt_str_print(&place->arena, "%s/%s/sources/qof/%s", place->folder,
                          table[i].root, table[i].found);
        assert_string_equal(pack.folder, folder.data);
        fpt_str value;
        assert_ok(fpt_yaml_text(&pack.yaml, "v", true, &value, NULL));
        assert_str(value, table[i].value);
        char digest[65];
        fpt_bytes_digest(
            fpt_str_print(&place->arena, "v: %s\n", table[i].value), digest);
        assert_string_equal(pack.sha256, digest);
    }
}

static void test_what_is_not_there(void **state)
{
    struct place *place = *state;
    put_pack(place, "project/sources/ae-monthly/2016", "a: 1\n");
    put_pack(place, "project/sources/kh03/1", "a: [\n");
    const fpt_pack_path path = path_of(place);
    static const struct {
        const char *name, *version;
        fpt_status status;
        const char *message;
    } table[] = {
        {"ae-monthy", "", FPT_ERR_NOT_FOUND,
         "there is no pack packs/sources/ae-monthy; did you mean ae-monthly?"},
        {"AE-monthly", "", FPT_ERR_NOT_FOUND,
         "there is no pack packs/sources/AE-monthly; did you mean ae-monthly?"},
        {"something-else-entirely", "", FPT_ERR_NOT_FOUND,
         "there is no pack packs/sources/something-else-entirely (2 of this "
         "kind are known)"},
        {"a-name-that-is-much-longer-than-any-name-of-a-pack-should-ever-be-is",
         "", FPT_ERR_NOT_FOUND,
         "there is no pack packs/sources/a-name-that-is-much-longer-than-any-"
         "name-of-a-pack-should-ever-be-is (2 of this kind are known)"},
        {"ae-monthly", "2017", FPT_ERR_NOT_FOUND,
         "packs/sources/ae-monthly has no version \"2017\""},
        {"../sources/kh03", "", FPT_ERR_NOT_FOUND,
         "\"../sources/kh03\" is not the name of a pack"},
        {"..", "", FPT_ERR_NOT_FOUND, "\"..\" is not the name of a pack"},
        {".hidden", "", FPT_ERR_NOT_FOUND,
         "\".hidden\" is not the name of a pack"},
        {"a/b", "", FPT_ERR_NOT_FOUND, "\"a/b\" is not the name of a pack"},
        {"", "", FPT_ERR_NOT_FOUND, "\"\" is not the name of a pack"},
        {"ae-monthly", "../../kh03/1", FPT_ERR_NOT_FOUND,
         "\"../../kh03/1\" is not the version of a pack"},
        {"ae-monthly", "..", FPT_ERR_NOT_FOUND,
         "\"..\" is not the version of a pack"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_pack pack = {.folder = NULL};
        fpt_error err = {0};
        assert_int_equal(fpt_pack_open(&place->arena, &path, "sources",
                                       fpt_str_from(table[i].name),
                                       fpt_str_from(table[i].version), &pack,
                                       &err),
                         table[i].status);
        assert_string_equal(err.text, table[i].message);
        assert_null(pack.folder);
    }
    const fpt_str with_nul = {"kh03\0x", 6};
    fpt_pack pack = {.folder = NULL};
    fpt_error err;
    assert_int_equal(fpt_pack_open(&place->arena, &path, "sources", with_nul,
                                   FPT_STR(""), &pack, NULL),
                     FPT_ERR_NOT_FOUND);
    size_t count = 9;
    fpt_str *names;
    assert_int_equal(fpt_pack_versions(&place->arena, &path, "sources",
                                       FPT_STR("../sources"), &count, &names,
                                       NULL),
                     FPT_ERR_NOT_FOUND);
    assert_int_equal(count, 9);
    /* A pack that is no YAML says where. */
    assert_int_equal(fpt_pack_open(&place->arena, &path, "sources",
                                   FPT_STR("kh03"), FPT_STR(""), &pack, &err),
                     FPT_ERR_INPUT);
    assert_non_null(strstr(err.text, "/kh03/1/pack.yaml:2:1: "));
    assert_null(pack.folder);
}

static fpt_status open_pack(fpt_arena *arena, void *context)
{
    const fpt_pack_path *path = context;
    fpt_pack pack;
    FPT_TRY(fpt_pack_open(arena, path, "sources", FPT_STR("qof"), FPT_STR(""),
                          &pack, NULL));
    const fpt_status missing = fpt_pack_open(
        arena, path, "sources", FPT_STR("qoff"), FPT_STR(""), &pack, NULL);
    return missing == FPT_ERR_NOT_FOUND ? FPT_OK : missing;
}

static void test_every_allocation_may_fail(void **state)
{
    struct place *place = *state;
    put_pack(place, "project/sources/qof/9", "v: nine\n");
    put_pack(place, "project/sources/qof/10", "v: ten\n");
    fpt_pack_path path = path_of(place);
    assert_every_allocation_may_fail(open_pack, &path);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_names_of_all_roots_in_order),
        TEST(test_versions_in_natural_order),
        TEST(test_the_newest_and_a_named_version),
        TEST(test_what_is_not_there),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
