/*
 * Loading when the machine fails: a process killed at any moment, a disk that is
 * full at any size, two processes at once. Afterwards the workspace is as before or, rebuilt where it
 * says that it is stale, exactly as after the load.
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "loading.h"

enum { ROWS = 2500, KILLS = 5, RACES = 2 };
enum { TOLD_OK = 0, TOLD_FAILED = 1, TOLD_ELSE = 2, TOLD_LOCKED = 3 };

static const char pack[] =
    "recognise: {header: [org, month, n, name]}\n"
    "columns:\n"
    "  org: {type: code, names: [org]}\n"
    "  month: {type: period, names: [month]}\n"
    "  n: {type: int, names: [n]}\n"
    "  name: {type: text, names: [name]}\n"
    "facts:\n"
    "  - {fact: name, code: org, name: name, kind: trust}\n"
    "  - {fact: datum, series: t.n, unit: u, about: x, place: org, period: "
    "month, value: n}\n";

static void add_rows(fpt_strbuf *text, unsigned first, unsigned count)
{
    fpt_strbuf_add(text, FPT_STR("org,month,n,name\n"));
    for (unsigned i = 0; i < count; i++)
        fpt_strbuf_print(text, "R%u,20%02u-%02u,%u,An organisation of %u\n",
                         first + i, i % 20 + 10, i % 12 + 1, i * 7, i);
}

/* Two files, a small one that is loaded and a larger one that is to be. */
struct disaster {
    struct loading *l;
    const char *larger;
    fpt_str before, after;
};

static fpt_status load_larger(struct disaster *d)
{
    const fpt_load_file file = {.path = d->larger};
    return load_files(d->l, 1, &file);
}

static struct disaster prepare(struct loading *l)
{
    struct disaster d = {.l = l};
    fpt_strbuf text = fpt_strbuf_make(&l->place->arena);
    put_source(l, "pack", pack);
    add_rows(&text, 0, 5);
    load_text(l, "small.csv", fpt_strbuf_view(&text).data);
    d.before = dump_warehouse(l);
    text = fpt_strbuf_make(&l->place->arena);
    add_rows(&text, 1000, ROWS);
    d.larger = put(l->place, "larger.csv", fpt_strbuf_view(&text));
    /* The same two loads elsewhere: what it must come to. */
    const fpt_workspace first = l->w;
    make_workspace(l->place, "whole");
    l->w = open_workspace(l->place, "whole");
    const fpt_load_file small = {.path = in(l->place, "small.csv")};
    assert_ok_or(load_files(l, 1, &small), l->err);
    assert_ok_or(load_larger(&d), l->err);
    d.after = dump_warehouse(l);
    fpt_workspace_close(&l->w);
    l->w = first;
    return d;
}

/* In a process of its own, which nothing else of the test's shares. */
static pid_t start(struct disaster *d, int64_t most_bytes)
{
    struct loading *l = d->l;
    if (l->open) fpt_workspace_close(&l->w);
    l->open = false;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0) return child;
    if (most_bytes >= 0) {
        const struct rlimit limit = {(rlim_t)most_bytes, (rlim_t)most_bytes};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(TOLD_ELSE);
    }
    fpt_error err = {0};
    const fpt_status opened =
        fpt_workspace_open(in(l->place, "w"), false, &l->w, &err);
    if (opened == FPT_ERR_LOCKED)
        _exit(strstr(err.text, "another process") != NULL &&
                      strstr(err.text, "PID") != NULL
                  ? TOLD_LOCKED
                  : TOLD_ELSE);
    if (opened != FPT_OK) _exit(TOLD_FAILED);
    const fpt_status status = load_larger(d);
    if (status != FPT_OK && l->err.text[0] == '\0') _exit(TOLD_ELSE);
    fpt_workspace_close(&l->w);
    _exit(status == FPT_OK ? TOLD_OK : TOLD_FAILED);
}

static int end_of(pid_t child)
{
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    return how;
}

/* As before, or as after; made again first when it is stale. */
static bool assert_whole(struct disaster *d)
{
    struct loading *l = d->l;
    reopen(l);
    if (l->w.stale) {
        const fpt_load_options options = load_options(l);
        size_t count;
        assert_ok_or(fpt_rebuild(&l->w, &l->place->arena, &options, &count,
                                 &l->results, &l->err),
                     l->err);
        reopen(l);
        assert_false(l->w.stale);
    }
    const fpt_str now = dump_warehouse(l);
    const bool done = fpt_str_equal(now, d->after);
    if (!done) assert_same_dump(d->before, now);
    return done;
}

/* Back to what it was, for another try. */
static void undo(struct disaster *d)
{
    struct loading *l = d->l;
    fpt_workspace_close(&l->w);
    assert_ok(fpt_folder_remove(in(l->place, "w"), NULL));
    make_workspace(l->place, "w");
    l->w = open_workspace(l->place, "w");
    l->open = true;
    const fpt_load_file small = {.path = in(l->place, "small.csv")};
    assert_ok_or(load_files(l, 1, &small), l->err);
    assert_same_dump(d->before, dump_warehouse(l));
}

static void sleep_microseconds(uint64_t n)
{
    const struct timespec time = {.tv_sec = (time_t)(n / 1000000),
                                  .tv_nsec = (long)(n % 1000000) * 1000};
    nanosleep(&time, NULL);
}

static void test_killed_at_any_moment(void **state)
{
    struct disaster d = prepare(*state);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(end_of(start(&d, -1)), 0);
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_true(assert_whole(&d));
    undo(&d);
    const uint64_t span = (uint64_t)(to.tv_sec - from.tv_sec) * 1000000 +
                          (uint64_t)(to.tv_nsec / 1000) -
                          (uint64_t)(from.tv_nsec / 1000);
    uint64_t seed = 21;
    for (int i = 0; i < KILLS; i++) {
        const pid_t child = start(&d, -1);
        sleep_microseconds(next_random(&seed) % (span + 1));
        kill(child, SIGKILL);
        end_of(child);
        if (assert_whole(&d)) undo(&d);
    }
}

static void test_a_disk_that_is_full(void **state)
{
    static const int64_t sizes[] = {0, 1000, 20000, 300000, 100000000};
    struct disaster d = prepare(*state);
    size_t failed = 0, done = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const int how = end_of(start(&d, sizes[i]));
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) != TOLD_ELSE);
        const bool whole = assert_whole(&d);
        /* What was told to be done is done. */
        if (WEXITSTATUS(how) == TOLD_OK) assert_true(whole);
        if (whole) {
            done++;
            undo(&d);
        } else {
            failed++;
        }
    }
    assert_true(failed >= 3 && done >= 1);
}

/* Both load the same file: one does it; the other is told who is at work, or
 * comes when it is done and finds it loaded. */
static void test_two_at_once(void **state)
{
    struct disaster d = prepare(*state);
    size_t locked = 0;
    for (int i = 0; i < RACES; i++) {
        const pid_t first = start(&d, -1);
        /* So that they meet at different moments, and at least once. */
        if (i > 0) sleep_microseconds((uint64_t)i * 8000);
        const pid_t second = start(&d, -1);
        const int how[] = {end_of(first), end_of(second)};
        bool done = false;
        for (size_t k = 0; k < 2; k++) {
            assert_true(WIFEXITED(how[k]));
            assert_true(WEXITSTATUS(how[k]) == TOLD_OK ||
                        WEXITSTATUS(how[k]) == TOLD_LOCKED);
            locked += WEXITSTATUS(how[k]) == TOLD_LOCKED;
            done = done || WEXITSTATUS(how[k]) == TOLD_OK;
        }
        assert_true(done);
        assert_true(assert_whole(&d));
        undo(&d);
    }
    assert_true(locked > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_killed_at_any_moment,
                                        set_up_loading, tear_down_loading),
        cmocka_unit_test_setup_teardown(test_a_disk_that_is_full,
                                        set_up_loading, tear_down_loading),
        cmocka_unit_test_setup_teardown(test_two_at_once, set_up_loading,
                                        tear_down_loading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
