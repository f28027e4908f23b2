/*
 * Tests for workspace.h: made once, found from below, opened by one writer or
 * many readers, and its two stores compared.
 *
 * `test_workspace hold FILE` is the other process: it opens the store in FILE,
 * says so on its standard output, and waits for the end of its input.
 */
#include "warehouse.h"

#include <sys/wait.h>

/* ---- the other process ---- */

static int hold(const char *path)
{
    fpt_store_options options = fpt_store_options_default(
        strstr(path, "sqlite") != NULL ? FPT_LEDGER : FPT_WAREHOUSE);
    fpt_store *store;
    char byte;
    if (fpt_store_open(path, &options, &store, NULL) != FPT_OK) return 1;
    if (options.kind == FPT_LEDGER &&
        (fpt_store_begin(store, NULL) != FPT_OK ||
         fpt_ledger_add(store, "load", FPT_STR("{}"), (fpt_date){1}, NULL, NULL,
                        NULL) != FPT_OK))
        return 1;
    if (write(STDOUT_FILENO, "h", 1) != 1) return 1;
    while (read(STDIN_FILENO, &byte, 1) > 0)
        continue;
    fpt_store_close(store);
    return 0;
}

struct holder {
    pid_t pid;
    int to; /* closing it lets the holder end */
};

static struct holder begin_to_hold(const char *path)
{
    int in[2], out[2];
    char self[4096], byte;
    const ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(len > 0);
    self[len] = '\0';
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[1]);
        close(out[0]);
        execl(self, self, "hold", path, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    assert_int_equal(read(out[0], &byte, 1), 1);
    close(out[0]);
    return (struct holder){pid, in[1]};
}

static void let_go(struct holder holder)
{
    int status;
    close(holder.to);
    assert_int_equal(waitpid(holder.pid, &status, 0), holder.pid);
    assert_int_equal(status, 0);
}

/* ---- init, find ---- */

static void test_made_once(void **state)
{
    struct place *place = *state;
    fpt_error err = {0};
    fpt_str about;
    assert_ok_or(
        fpt_workspace_init(in(place, "a/b/care"), day("2024-03-05"), &err),
        err);
    assert_int_equal(fpt_file_kind_of(in(place, "a/b/care/sources")),
                     FPT_FILE_FOLDER);
    assert_ok(fpt_file_read(&place->arena, in(place, "a/b/care/footprint.yaml"),
                            10000, &about, NULL));
    assert_non_null(strstr(about.data, "made_on: 2024-03-05"));
    assert_refused(
        fpt_workspace_init(in(place, "a/b/care"), day("2024-03-06"), &err),
        FPT_ERR_EXISTS, err, "is a workspace already");
    put(place, "file", FPT_STR("x"));
    assert_refused(
        fpt_workspace_init(in(place, "file"), day("2024-03-06"), &err),
        FPT_ERR_IO, err, "file");
    assert_refused(fpt_workspace_init("/proc/nowhere", day("2024-03-06"), &err),
                   FPT_ERR_IO, err, "/proc/nowhere");
}

static void test_found_from_below(void **state)
{
    struct place *place = *state;
    fpt_error err = {0};
    char *folder, *expected = realpath(place->folder, NULL);
    make_workspace(place, "w");
    assert_ok(fpt_folder_make(in(place, "w/x/y"), NULL));
    assert_ok(fpt_folder_make(in(place, "v"), NULL));
    static const char *const inside[] = {"w", "w/x", "w/x/y", "w/x/../sources"};
    for (size_t i = 0; i < COUNT_OF(inside); i++) {
        assert_ok_or(fpt_workspace_find(&place->arena, in(place, inside[i]),
                                        &folder, &err),
                     err);
        assert_string_equal(
            folder, fpt_str_print(&place->arena, "%s/w", expected).data);
    }
    assert_refused(
        fpt_workspace_find(&place->arena, in(place, "v"), &folder, &err),
        FPT_ERR_NOT_FOUND, err, "footprint init");
    assert_refused(
        fpt_workspace_find(&place->arena, in(place, "none"), &folder, &err),
        FPT_ERR_NOT_FOUND, err, "there is no such folder");
    assert_refused(fpt_workspace_find(&place->arena, "/", &folder, &err),
                   FPT_ERR_NOT_FOUND, err, "there is no workspace");
    free(expected);
}

/* ---- open ---- */

static void test_opened_empty_and_again(void **state)
{
    struct place *place = *state;
    make_workspace(place, "w");
    for (int i = 0; i < 2; i++) {
        fpt_workspace w = open_workspace(place, "w");
        assert_str(w.title, "Footprint");
        assert_false(w.stale);
        assert_int_equal(ask(w.warehouse, "SELECT count(*) FROM load"), 0);
        fpt_workspace_close(&w);
        assert_null(w.warehouse);
    }
}

/* A reader may be the first that looks into a fresh workspace. */
static void test_a_reader_may_be_first(void **state)
{
    struct place *place = *state;
    fpt_workspace w, second;
    fpt_error err = {0};
    make_workspace(place, "w");
    assert_ok_or(fpt_workspace_open(in(place, "w"), true, &w, &err), err);
    fpt_workspace_close(&w);
    assert_ok_or(fpt_workspace_open(in(place, "w"), true, &w, &err), err);
    assert_ok_or(fpt_workspace_open(in(place, "w"), true, &second, &err), err);
    assert_int_not_equal(
        fpt_store_run(w.warehouse, "DELETE FROM load", 0, NULL, &err), FPT_OK);
    assert_int_not_equal(
        fpt_store_run(w.ledger, "CREATE TABLE x (i)", 0, NULL, &err), FPT_OK);
    fpt_workspace_close(&second);
    fpt_workspace_close(&w);
}

static void test_a_wrong_footprint_yaml(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text, *says;
    } cases[] = {{"title: x\nmade_on: 2024-01-01\nextra: 1\n", "extra"},
                 {"made_on: 2024-01-01\n", "title"},
                 {"title: x\nmade_on: yesterday\n", "made_on"},
                 {"- a list\n", "footprint.yaml"},
                 {"title: [", "footprint.yaml:"}};
    fpt_workspace w;
    fpt_error err = {0};
    make_workspace(place, "w");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        put(place, "w/footprint.yaml", fpt_str_from(cases[i].text));
        assert_refused(fpt_workspace_open(in(place, "w"), false, &w, &err),
                       FPT_ERR_INPUT, err, cases[i].says);
    }
    unlink(in(place, "w/footprint.yaml"));
    assert_refused(fpt_workspace_open(in(place, "w"), false, &w, &err),
                   FPT_ERR_NOT_FOUND, err, "footprint.yaml");
}

static void test_locked_by_another_process(void **state)
{
    struct place *place = *state;
    fpt_workspace w;
    fpt_error err = {0};
    char pid[32];
    make_workspace(place, "w");
    w = open_workspace(place, "w");
    fpt_workspace_close(&w);

    struct holder holder = begin_to_hold(in(place, "w/warehouse.duckdb"));
    snprintf(pid, sizeof pid, "PID %d", (int)holder.pid);
    for (int read_only = 0; read_only < 2; read_only++) {
        assert_refused(
            fpt_workspace_open(in(place, "w"), read_only != 0, &w, &err),
            FPT_ERR_LOCKED, err, "another process holds it");
        assert_says(err, pid);
        assert_says(err, "warehouse.duckdb");
    }
    let_go(holder);
    w = open_workspace(place, "w");
    fpt_workspace_close(&w);

    /* The ledger is shared: readers read on, a second writer waits, then is told. */
    holder = begin_to_hold(in(place, "w/ledger.sqlite"));
    assert_ok_or(fpt_workspace_open(in(place, "w"), true, &w, &err), err);
    assert_int_equal(ask(w.ledger, "SELECT count(*) FROM entry"), 0);
    fpt_workspace_close(&w);
    /* To open it needs no turn at writing; to write does. */
    snprintf(pid, sizeof pid, "PID %d", (int)holder.pid);
    w = open_workspace(place, "w");
    assert_refused(fpt_store_begin(w.ledger, &err), FPT_ERR_LOCKED, err,
                   "ledger.sqlite: another process is writing");
    assert_says(err, pid);
    fpt_workspace_close(&w);
    let_go(holder);
}

/* ---- the ledger decides ---- */

static int64_t add_entry(fpt_workspace *w, const char *kind, char seal[65])
{
    int64_t seq;
    fpt_error err = {0};
    assert_ok_or(fpt_store_begin(w->ledger, &err), err);
    assert_ok_or(fpt_ledger_add(w->ledger, kind, FPT_STR("{}"),
                                day("2024-01-01"), &seq, seal, &err),
                 err);
    assert_ok_or(fpt_store_commit(w->ledger, &err), err);
    return seq;
}

static void add_load(fpt_workspace *w, int64_t load, int64_t entry,
                     const char *seal)
{
    const fpt_bind binds[] = {fpt_bind_int(load), fpt_bind_int(entry),
                              fpt_bind_text(fpt_str_from(seal))};
    fpt_error err = {0};
    assert_ok_or(
        fpt_store_run(w->warehouse,
                      "INSERT INTO load VALUES ($1, $2, $3, 's', '1', "
                      "NULL, 'f.csv', 'digest' || $1, 1, DATE "
                      "'2024-01-01', DATE '2024-01-01', 0, 0, 0, 0, 0, 0)",
                      3, binds, &err),
        err);
}

static bool is_stale(struct place *place)
{
    fpt_workspace w = open_workspace(place, "w");
    const bool stale = w.stale;
    fpt_workspace_close(&w);
    return stale;
}

static void test_stale_when_the_stores_disagree(void **state)
{
    struct place *place = *state;
    char seal[65], other[65];
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    /* entries of another kind are no loads */
    add_entry(&w, "judgement", NULL);
    const int64_t entry = add_entry(&w, "load", seal);
    fpt_workspace_close(&w);
    assert_true(is_stale(place)); /* killed between the two, or rebuilt not */
    w = open_workspace(place, "w");
    add_load(&w, 1, entry, seal);
    fpt_workspace_close(&w);
    assert_false(is_stale(place));
    /* a load whose entry is not there */
    w = open_workspace(place, "w");
    add_load(&w, 2, entry + 1, "0000");
    fpt_workspace_close(&w);
    assert_true(is_stale(place));
    w = open_workspace(place, "w");
    run(w.warehouse, "DELETE FROM load WHERE load = 2");
    const int64_t second = add_entry(&w, "load", other);
    add_load(&w, 2, second, other);
    fpt_workspace_close(&w);
    assert_false(is_stale(place));
    /* a warehouse that is gone */
    unlink(in(place, "w/warehouse.duckdb"));
    assert_true(is_stale(place));
}

static void test_outdated(void **state)
{
    struct place *place = *state;
    fpt_error err = {0};
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    /* Nothing of an earlier version's tables is asked for. */
    run(w.warehouse, "UPDATE schema_version SET version = 1");
    run(w.warehouse, "DROP TABLE load");
    fpt_workspace_close(&w);
    for (int read_only = 0; read_only < 2; read_only++) {
        assert_ok_or(
            fpt_workspace_open(in(place, "w"), read_only != 0, &w, &err), err);
        assert_true(w.stale && w.outdated);
        fpt_workspace_close(&w);
    }
    w = open_workspace(place, "w");
    assert_ok_or(fpt_workspace_empty_warehouse(&w, &err), err);
    assert_false(w.stale || w.outdated);
    fpt_workspace_close(&w);
    w = open_workspace(place, "w");
    assert_false(w.stale || w.outdated);
    run(w.warehouse, "UPDATE schema_version SET version = 99");
    fpt_workspace_close(&w);
    assert_refused(fpt_workspace_open(in(place, "w"), false, &w, &err),
                   FPT_ERR_STORE, err, "its tables are numbered 99");
}

static void test_emptied(void **state)
{
    struct place *place = *state;
    fpt_error err = {0};
    char seal[65];
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    run(w.warehouse, "INSERT INTO place VALUES (1, 'A')");
    assert_ok_or(fpt_workspace_empty_warehouse(&w, &err), err);
    assert_int_equal(ask(w.warehouse, "SELECT count(*) FROM place"), 0);
    assert_false(w.stale);
    add_entry(&w, "load", seal);
    assert_ok_or(fpt_workspace_empty_warehouse(&w, &err), err);
    assert_true(w.stale);
    fpt_workspace_close(&w);
}

static void test_a_changed_ledger_is_refused(void **state)
{
    struct place *place = *state;
    fpt_error err = {0};
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    add_entry(&w, "load", NULL);
    run(w.ledger, "DROP TRIGGER entry_is_kept");
    run(w.ledger, "UPDATE entry SET body = '{\"x\":1}'");
    fpt_workspace_close(&w);
    assert_refused(fpt_workspace_open(in(place, "w"), false, &w, &err),
                   FPT_ERR_STORE, err, "somebody changed the ledger");
}

static void test_swept(void **state)
{
    struct place *place = *state;
    fpt_error err = {0};
    size_t count;
    fpt_str *names;
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    add_load(&w, 1, 1, "0000");
    put(place, "w/sources/digest1", FPT_STR("kept"));
    put(place, "w/sources/digest2", FPT_STR("of no load"));
    put(place, "w/sources/incoming", FPT_STR("half"));
    assert_ok_or(fpt_workspace_sweep(&w, &err), err);
    assert_ok(fpt_folder_list(&place->arena, w.sources, &count, &names, NULL));
    assert_int_equal(count, 1);
    assert_str(names[0], "digest1");
    fpt_workspace_close(&w);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "hold") == 0) return hold(argv[2]);
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_made_once),
        TEST(test_found_from_below),
        TEST(test_opened_empty_and_again),
        TEST(test_a_reader_may_be_first),
        TEST(test_a_wrong_footprint_yaml),
        TEST(test_locked_by_another_process),
        TEST(test_stale_when_the_stores_disagree),
        TEST(test_outdated),
        TEST(test_emptied),
        TEST(test_a_changed_ledger_is_refused),
        TEST(test_swept),
    };
    return cmocka_run_group_tests_name("workspace", tests, NULL, NULL);
}
