/* Tests for file.h. */
#define _GNU_SOURCE /* unshare, for a file system of its own */
#include "outside.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

static fpt_str content(struct place *place, const char *path)
{
    fpt_str text;
    fpt_error err;
    assert_ok_or(fpt_file_read(&place->arena, path, SIZE_MAX, &text, &err),
                 err);
    return text;
}

/* Names in the test's folder, joined: shows what was left behind. */
static fpt_str listing(struct place *place, const char *folder)
{
    size_t count;
    fpt_str *names;
    assert_ok(fpt_folder_list(&place->arena, folder, &count, &names, NULL));
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%s" FPT_STR_FMT, i > 0 ? " " : "",
                         FPT_STR_ARG(names[i]));
    return fpt_strbuf_view(&text);
}

static void test_files_are_read_whole(void **state)
{
    struct place *place = *state;
    static const size_t sizes[] = {0,     1,     16382, 16383,
                                   16384, 16385, 32767, 300000};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char *bytes = FPT_NEW(&place->arena, char, sizes[i] + 1);
        assert_non_null(bytes);
        memset(bytes, 'b', sizes[i]);
        const char *path = put(place, "file", (fpt_str){bytes, sizes[i]});
        const fpt_str got = content(place, path);
        assert_int_equal(got.len, sizes[i]);
        assert_memory_equal(got.data, bytes, sizes[i]);
        assert_int_equal(got.data[got.len], '\0');

        fpt_str out = FPT_STR("before");
        fpt_error err;
        assert_ok(fpt_file_read(&place->arena, path, sizes[i], &out, &err));
        if (sizes[i] == 0) continue;
        out = FPT_STR("before");
        assert_int_equal(
            fpt_file_read(&place->arena, path, sizes[i] - 1, &out, &err),
            FPT_ERR_INPUT);
        assert_non_null(strstr(err.text, "file: is longer than "));
        assert_str(out, "before");
    }
}

static void test_what_cannot_be_read(void **state)
{
    struct place *place = *state;
    fpt_str out = FPT_STR("before");
    fpt_error err;
    assert_int_equal(
        fpt_file_read(&place->arena, in(place, "none"), 9, &out, &err),
        FPT_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "/none: cannot open it: "));
    assert_int_equal(fpt_file_read(&place->arena, place->folder, 9, &out, &err),
                     FPT_ERR_IO);
    assert_non_null(strstr(err.text, ": is a folder; expected a file"));
    assert_str(out, "before");
    char digest[65] = "before";
    int64_t bytes = 7;
    assert_int_equal(fpt_file_digest(in(place, "none"), digest, &bytes, &err),
                     FPT_ERR_NOT_FOUND);
    assert_int_equal(fpt_file_digest(place->folder, digest, &bytes, &err),
                     FPT_ERR_IO);
    assert_string_equal(digest, "before");
    assert_int_equal(bytes, 7);
}

/* A file that opens but cannot be read from its beginning. */
static void test_a_file_that_fails_while_read(void **state)
{
    struct place *place = *state;
    const char *memory = "/proc/self/mem";
    if (fpt_file_kind_of(memory) != FPT_FILE_REGULAR) skip();
    fpt_str out = FPT_STR("before");
    fpt_error err;
    assert_int_equal(fpt_file_read(&place->arena, memory, 9, &out, &err),
                     FPT_ERR_IO);
    assert_string_equal(err.text,
                        "/proc/self/mem: cannot read it: Input/output error");
    assert_str(out, "before");
    char digest[65] = "before";
    assert_int_equal(fpt_file_digest(memory, digest, NULL, &err), FPT_ERR_IO);
    assert_int_equal(
        fpt_file_copy(memory, in(place, "copy"), digest, NULL, &err),
        FPT_ERR_IO);
    assert_string_equal(digest, "before");
    assert_str(listing(place, place->folder), "");
}

static void test_a_file_is_written_and_replaced(void **state)
{
    struct place *place = *state;
    const char *path = in(place, "out.csv");
    assert_ok(fpt_file_write(path, FPT_STR("one\n"), NULL));
    assert_str(content(place, path), "one\n");
    assert_ok(fpt_file_write(path, FPT_STR("two, and longer\n"), NULL));
    assert_str(content(place, path), "two, and longer\n");
    assert_ok(fpt_file_write(path, (fpt_str){NULL, 0}, NULL));
    assert_str(content(place, path), "");
    assert_str(listing(place, place->folder), "out.csv");
}

static void test_a_link_is_followed_when_writing(void **state)
{
    struct place *place = *state;
    const char *target = put(place, "target", FPT_STR("old"));
    const char *link = in(place, "link"), *broken = in(place, "broken");
    assert_int_equal(symlink("target", link), 0);
    assert_ok(fpt_file_write(link, FPT_STR("new"), NULL));
    assert_str(content(place, target), "new");
    struct stat about;
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));

    fpt_error err;
    assert_int_equal(symlink("nowhere", broken), 0);
    assert_int_equal(fpt_file_write(broken, FPT_STR("x"), &err), FPT_ERR_IO);
    assert_non_null(strstr(err.text, "broken: cannot follow the link: "));
    assert_str(listing(place, place->folder), "broken link target");
}

static void test_what_cannot_be_written(void **state)
{
    struct place *place = *state;
    fpt_error err;
    const char *folder = in(place, "folder"), *pipe_name = in(place, "pipe");
    assert_int_equal(mkdir(folder, 0777), 0);
    assert_int_equal(mkfifo(pipe_name, 0666), 0);
    char long_name[5000];
    memset(long_name, 'n', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    const struct {
        const char *path, *message;
    } table[] = {
        {folder, "folder: is a folder; expected a file"},
        {pipe_name, "pipe: is a device or pipe; expected a file"},
        {"/dev/null", "/dev/null: is a device or pipe; expected a file"},
        {in(place, "none/x"), "none/x: cannot write it: "},
        {in(place, "folder/"), "folder/: is a folder; expected a file"},
        {"", ": cannot write it: "},
        {long_name, "nnn: the name is too long"},
    };
    const char *source = put(place, "source", FPT_STR("bytes"));
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        assert_int_equal(fpt_file_write(table[i].path, FPT_STR("x"), &err),
                         FPT_ERR_IO);
        /* A message of 5,000 characters is cut; the rest name what is wrong. */
        if (strlen(table[i].path) < 400 &&
            strstr(err.text, table[i].message) == NULL)
            fail_msg("%s", err.text);
        char digest[65] = "before";
        int64_t bytes = 7;
        assert_int_equal(
            fpt_file_copy(source, table[i].path, digest, &bytes, &err),
            FPT_ERR_IO);
        assert_string_equal(digest, "before");
        assert_int_equal(bytes, 7);
    }
    struct stat about;
    assert_int_equal(stat("/dev/null", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
    assert_str(listing(place, place->folder), "folder pipe source");
    assert_str(listing(place, folder), "");
}

/* SHA-256 of "", "abc" and a million "a": FIPS 180-2, appendix B. */
static void test_digests_are_the_published_ones(void **state)
{
    struct place *place = *state;
    char *million = FPT_NEW(&place->arena, char, 1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    const struct {
        fpt_str bytes;
        const char *digest;
    } table[] = {
        {FPT_STR(""), "e3b0c44298fc1c149afbf4c8996fb924"
                      "27ae41e4649b934ca495991b7852b855"},
        {FPT_STR("abc"), "ba7816bf8f01cfea414140de5dae2223"
                         "b00361a396177a9cb410ff61f20015ad"},
        {{million, 1000000},
         "cdc76e5c9914fb9281a1c7e284d73e67"
         "f1809a48a497200e046d39ccc7112cd0"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char digest[65];
        int64_t bytes = -1;
        fpt_bytes_digest(table[i].bytes, digest);
        assert_string_equal(digest, table[i].digest);
        const char *from = put(place, "from", table[i].bytes);
        assert_ok(fpt_file_digest(from, digest, &bytes, NULL));
        assert_string_equal(digest, table[i].digest);
        assert_int_equal(bytes, table[i].bytes.len);
        bytes = -1;
        const char *to = in(place, "to");
        assert_ok(fpt_file_copy(from, to, digest, &bytes, NULL));
        assert_string_equal(digest, table[i].digest);
        assert_int_equal(bytes, table[i].bytes.len);
        assert_true(fpt_str_equal(content(place, to), table[i].bytes));
        assert_ok(fpt_file_copy(from, to, NULL, NULL, NULL));
        assert_ok(fpt_file_digest(from, digest, NULL, NULL));
    }
    assert_str(listing(place, place->folder), "from to");
}

static void test_copying_onto_itself_keeps_it(void **state)
{
    struct place *place = *state;
    const char *path = put(place, "file", FPT_STR("bytes"));
    assert_ok(fpt_file_copy(path, path, NULL, NULL, NULL));
    assert_str(content(place, path), "bytes");
    fpt_error err;
    assert_int_equal(fpt_file_copy(in(place, "none"), path, NULL, NULL, &err),
                     FPT_ERR_NOT_FOUND);
    assert_str(content(place, path), "bytes");
}

/* No file may grow beyond a kilobyte: as a full disk, but anywhere. */
static void test_a_failed_write_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    char *bytes = FPT_NEW(&place->arena, char, 100000);
    assert_non_null(bytes);
    memset(bytes, 'x', 100000);
    const fpt_str large = {bytes, 100000};
    const char *path = put(place, "file", FPT_STR("old"));
    const char *source = put(place, "source", large);

    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = before;
    little.rlim_cur = 1024;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    fpt_error write_error = {0}, copy_error = {0};
    char digest[65] = "before";
    int64_t copied = 7;
    const fpt_status wrote = fpt_file_write(path, large, &write_error);
    const fpt_status copy =
        fpt_file_copy(source, path, digest, &copied, &copy_error);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);

    assert_int_equal(wrote, FPT_ERR_IO);
    assert_int_equal(copy, FPT_ERR_IO);
    assert_non_null(strstr(write_error.text, "file: cannot write it: "));
    assert_non_null(strstr(copy_error.text, "file: cannot write it: "));
    assert_string_equal(digest, "before");
    assert_int_equal(copied, 7);
    assert_str(content(place, path), "old");
    assert_str(listing(place, place->folder), "file source");
}

/* In a child with a file system of 64 kB. 0: as it should be; 77: no right to
 * make one; else the number of what was wrong. */
static int fill_a_disk(const char *folder)
{
    if (unshare(CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return 77;
    if (mount("tmpfs", folder, "tmpfs", 0, "size=64k") != 0) return 77;
    char path[512];
    snprintf(path, sizeof path, "%s/file", folder);
    static char bytes[1 << 17];
    memset(bytes, 'x', sizeof bytes);
    fpt_error err = {0};
    if (fpt_file_write(path, (fpt_str){bytes, 30000}, &err) != FPT_OK) return 1;
    if (fpt_file_write(path, (fpt_str){bytes, sizeof bytes}, &err) !=
        FPT_ERR_IO)
        return 2;
    if (strstr(err.text, "No space left on device") == NULL) return 3;
    int64_t len = 0;
    if (fpt_file_digest(path, NULL, &len, &err) != FPT_OK || len != 30000)
        return 4;
    return 0;
}

static void test_a_full_disk_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(fill_a_disk(place->folder));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_removing(void **state)
{
    struct place *place = *state;
    const char *path = put(place, "file", FPT_STR("x"));
    assert_ok(fpt_file_remove(path, NULL));
    assert_ok(fpt_file_remove(path, NULL)); /* gone is gone */
    fpt_error err;
    assert_int_equal(fpt_file_remove(place->folder, &err), FPT_ERR_IO);
    assert_non_null(strstr(err.text, ": cannot remove it: "));
}

static void test_kinds(void **state)
{
    struct place *place = *state;
    const char *file = put(place, "file", FPT_STR("x"));
    assert_int_equal(fpt_file_kind_of(file), FPT_FILE_REGULAR);
    assert_int_equal(fpt_file_kind_of(place->folder), FPT_FILE_FOLDER);
    assert_int_equal(fpt_file_kind_of("/dev/null"), FPT_FILE_OTHER);
    assert_int_equal(fpt_file_kind_of(in(place, "none")), FPT_FILE_NONE);
}

static void test_folders_are_made(void **state)
{
    struct place *place = *state;
    const char *deep = in(place, "a/b//c");
    assert_ok(fpt_folder_make(deep, NULL));
    assert_ok(fpt_folder_make(deep, NULL));
    assert_int_equal(fpt_file_kind_of(deep), FPT_FILE_FOLDER);
    assert_ok(fpt_folder_make(in(place, "a/d/"), NULL));
    assert_str(listing(place, in(place, "a")), "b d");

    put(place, "file", FPT_STR("x"));
    fpt_error err;
    assert_int_equal(fpt_folder_make(in(place, "file"), &err), FPT_ERR_IO);
    assert_non_null(strstr(err.text, "file: is not a folder"));
    assert_int_equal(fpt_folder_make(in(place, "file/x"), &err), FPT_ERR_IO);
    assert_non_null(strstr(err.text, "x: cannot make the folder: "));
    assert_int_equal(fpt_folder_make("", &err), FPT_ERR_IO);
    char long_name[5000];
    memset(long_name, 'n', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(fpt_folder_make(long_name, &err), FPT_ERR_IO);
}

static void test_lists_are_in_the_order_of_bytes(void **state)
{
    struct place *place = *state;
    static const char *const names[] = {"b",        "a", "B",       "10", "2",
                                        "\xC3\xA9", "z", ".hidden", "a.b"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        put(place, names[i], FPT_STR(""));
    assert_str(listing(place, place->folder), "10 2 B a a.b b z \xC3\xA9");

    size_t count = 99;
    fpt_str *list = NULL;
    fpt_error err;
    assert_int_equal(
        fpt_folder_list(&place->arena, in(place, "none"), &count, &list, &err),
        FPT_ERR_NOT_FOUND);
    assert_int_equal(
        fpt_folder_list(&place->arena, in(place, "a"), &count, &list, &err),
        FPT_ERR_IO);
    assert_int_equal(count, 99);
}

static void test_the_walk_is_in_order(void **state)
{
    struct place *place = *state;
    static const char *const folders[] = {"b", "a", "a/deep", "empty", ".git"};
    static const char *const files[] = {"b/2", "b/10",   "a.txt", "a/deep/x",
                                        "a/y", ".git/z", "c"};
    for (size_t i = 0; i < COUNT_OF(folders); i++)
        assert_int_equal(mkdir(in(place, folders[i]), 0777), 0);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        put(place, files[i], FPT_STR(""));
    assert_int_equal(mkfifo(in(place, "pipe"), 0666), 0);
    assert_int_equal(symlink("nowhere", in(place, "broken")), 0);

    static const char *const expected[] = {"a/deep/x", "a/y", "a.txt",
                                           "b/10",     "b/2", "c"};
    size_t count;
    fpt_str *paths;
    assert_ok(
        fpt_folder_walk(&place->arena, place->folder, &count, &paths, NULL));
    assert_int_equal(count, COUNT_OF(expected));
    for (size_t i = 0; i < count; i++)
        assert_str(paths[i], expected[i]);
    assert_int_equal(
        fpt_folder_walk(&place->arena, in(place, "none"), &count, &paths, NULL),
        FPT_ERR_NOT_FOUND);
    assert_int_equal(count, COUNT_OF(expected));
}

/* 16 levels below the root are walked; a link to itself ends in a refusal. */
static void test_the_walk_ends(void **state)
{
    struct place *place = *state;
    char below[200] = "d";
    for (int level = 1; level < 16; level++)
        strncat(below, "/d", sizeof below - strlen(below) - 1);
    assert_ok(fpt_folder_make(in(place, below), NULL));
    strncat(below, "/file", sizeof below - strlen(below) - 1);
    put(place, below, FPT_STR(""));
    size_t count;
    fpt_str *paths;
    fpt_error err;
    assert_ok(
        fpt_folder_walk(&place->arena, place->folder, &count, &paths, NULL));
    assert_int_equal(count, 1);
    assert_str(paths[0], below);

    assert_int_equal(symlink(".", in(place, "d/again")), 0);
    assert_int_equal(
        fpt_folder_walk(&place->arena, place->folder, &count, &paths, &err),
        FPT_ERR_IO);
    assert_non_null(strstr(err.text, ": folders nested too deep"));
}

static void test_paths(void **state)
{
    struct place *place = *state;
    assert_string_equal(fpt_path_join(&place->arena, "a", "b"), "a/b");
    assert_string_equal(fpt_path_name("a/b/c.csv"), "c.csv");
    assert_string_equal(fpt_path_name("c.csv"), "c.csv");
    assert_string_equal(fpt_path_name("a/"), "");
}

static fpt_status read_file(fpt_arena *arena, void *context)
{
    fpt_str text;
    return fpt_file_read(arena, context, SIZE_MAX, &text, NULL);
}

static fpt_status list_and_walk(fpt_arena *arena, void *context)
{
    size_t count;
    fpt_str *names;
    FPT_TRY(fpt_folder_list(arena, context, &count, &names, NULL));
    FPT_TRY(fpt_folder_walk(arena, context, &count, &names, NULL));
    return fpt_path_join(arena, "a", "b") != NULL ? FPT_OK : FPT_ERR_MEMORY;
}

static void test_every_allocation_may_fail(void **state)
{
    struct place *place = *state;
    char *bytes = FPT_NEW(&place->arena, char, 100000);
    assert_non_null(bytes);
    put(place, "file", (fpt_str){bytes, 100000});
    assert_int_equal(mkdir(in(place, "folder"), 0777), 0);
    for (int i = 0; i < 30; i++)
        put(place, fpt_str_print(&place->arena, "folder/%d", i).data,
            FPT_STR(""));
    assert_every_allocation_may_fail(read_file, in(place, "file"));
    assert_every_allocation_may_fail(list_and_walk, in(place, "folder"));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_files_are_read_whole),
        TEST(test_what_cannot_be_read),
        TEST(test_a_file_that_fails_while_read),
        TEST(test_a_file_is_written_and_replaced),
        TEST(test_a_link_is_followed_when_writing),
        TEST(test_what_cannot_be_written),
        TEST(test_digests_are_the_published_ones),
        TEST(test_copying_onto_itself_keeps_it),
        TEST(test_a_failed_write_leaves_the_old_file),
        TEST(test_a_full_disk_leaves_the_old_file),
        TEST(test_removing),
        TEST(test_kinds),
        TEST(test_folders_are_made),
        TEST(test_lists_are_in_the_order_of_bytes),
        TEST(test_the_walk_is_in_order),
        TEST(test_the_walk_ends),
        TEST(test_paths),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
