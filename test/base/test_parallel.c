/* Tests for parallel.h, log.h and report.h. */
#include "check.h"

#include <pthread.h>
#include <sys/resource.h>
#include <wchar.h>

struct squares {
    uint64_t *out;
    size_t fail_at;
};

static fpt_status square(size_t index, void *context)
{
    struct squares *work = context;
    if (index == work->fail_at) return FPT_ERR_DIVERGED;
    work->out[index] = (uint64_t)index * index;
    return FPT_OK;
}

static void test_same_result_on_any_number_of_threads(void **state)
{
    (void)state;
    enum { COUNT = 10000 };
    static uint64_t out[COUNT];
    static const unsigned threads[] = {0, 1, 2, 3, 8, 200};
    for (size_t t = 0; t < COUNT_OF(threads); t++) {
        memset(out, 0xFF, sizeof out);
        struct squares work = {out, SIZE_MAX};
        assert_ok(fpt_parallel(COUNT, threads[t], square, &work));
        for (size_t i = 0; i < COUNT; i++)
            assert_true(out[i] == (uint64_t)i * i);
    }
    assert_ok(fpt_parallel(0, 4, square, NULL));
    assert_true(fpt_parallel_processors() >= 1);
}

static void test_a_failure_comes_back(void **state)
{
    (void)state;
    static uint64_t out[100];
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        struct squares work = {out, 37};
        assert_int_equal(fpt_parallel(100, threads, square, &work),
                         FPT_ERR_DIVERGED);
    }
}

struct meeting {
    pthread_barrier_t both;
};

/* Both fail at once; which of them is heard first is left to chance. */
static fpt_status fail_together(size_t index, void *context)
{
    struct meeting *meeting = context;
    pthread_barrier_wait(&meeting->both);
    return index == 0 ? FPT_ERR_INPUT : FPT_ERR_IO;
}

static void test_of_two_failures_the_lower_comes_back(void **state)
{
    (void)state;
    struct meeting meeting;
    for (int round = 0; round < 300; round++) {
        assert_int_equal(pthread_barrier_init(&meeting.both, NULL, 2), 0);
        assert_int_equal(fpt_parallel(2, 2, fail_together, &meeting),
                         FPT_ERR_INPUT);
        pthread_barrier_destroy(&meeting.both);
    }
}

/* Without room for another stack the threads that are there do the work. The
 * sanitizers need room of their own, so this is for the other builds. */
static void test_a_thread_that_cannot_be_made(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip();
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    skip();
#endif
#endif
    static uint64_t out[1000];
    struct squares work = {out, SIZE_MAX};
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    none = before;
    none.rlim_cur = 1 << 20;
    assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
    const fpt_status status = fpt_parallel(1000, 64, square, &work);
    setrlimit(RLIMIT_AS, &before);
    assert_ok(status);
    for (size_t i = 0; i < 1000; i++)
        assert_true(out[i] == (uint64_t)i * i);
}

static fpt_status report_many(fpt_arena *arena, void *context)
{
    (void)context;
    fpt_report report = fpt_report_make(arena);
    for (int i = 0; i < 20; i++)
        FPT_TRY(fpt_report_add(&report, FPT_NOTE, "code", FPT_STR("file"), i, 0,
                               "text %d", i));
    return FPT_OK;
}

static void test_reporting_without_memory(void **state)
{
    (void)state;
    assert_every_allocation_may_fail(report_many, NULL);
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_report report = fpt_report_make(&arena);
    assert_ok(fpt_report_add(&report, FPT_NOTE, "c", FPT_STR("f"), 1, 0, "%lc",
                             (wint_t)0x20AC)); /* cannot be printed */
    assert_str(report.finding[0].text, "");
    assert_string_equal(fpt_severity_text((fpt_severity)9), "");
    fpt_arena_clear(&arena);
}

static void hear(void *context, fpt_log_level level, const char *module,
                 const char *message, size_t count, const fpt_log_pair *pairs)
{
    int *heard = context;
    assert_int_equal(level, FPT_LOG_WARNING);
    assert_string_equal(module, "ingest");
    assert_string_equal(message, "rows set aside");
    assert_int_equal(count, 1);
    assert_int_equal(pairs[0].number, 3);
    ++*heard;
}

static void see(void *context, const char *what, uint64_t done, uint64_t total)
{
    int *heard = context;
    assert_string_equal(what, "loading");
    assert_true(done <= total);
    ++*heard;
}

static void test_the_library_calls_back(void **state)
{
    (void)state;
    int heard = 0;
    const fpt_log log = {hear, see, &heard};
    const fpt_log_pair pair = {"rows", NULL, 3};
    fpt_log_write(&log, FPT_LOG_WARNING, "ingest", "rows set aside", 1, &pair);
    fpt_log_progress(&log, "loading", 1, 2);
    assert_int_equal(heard, 2);
    const fpt_log silent = {0};
    fpt_log_write(&silent, FPT_LOG_ERROR, "x", "y", 0, NULL);
    fpt_log_write(NULL, FPT_LOG_ERROR, "x", "y", 0, NULL);
    fpt_log_progress(NULL, "x", 0, 0);
    fpt_log_progress(&silent, "x", 0, 0);
}

static void test_findings_are_kept_in_order(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_report report = fpt_report_make(&arena);
    for (int i = 1; i <= 50; i++)
        assert_ok(fpt_report_add(&report, i % 2 ? FPT_WARNING : FPT_FAULT,
                                 "bad-number", FPT_STR("ae.csv"), i, 3,
                                 "found \"%s\"", "x"));
    assert_int_equal(report.count, 50);
    assert_int_equal(report.of_severity[FPT_WARNING], 25);
    assert_int_equal(report.of_severity[FPT_FAULT], 25);
    assert_int_equal(report.finding[9].line, 10);
    assert_str(report.finding[9].text, "found \"x\"");
    assert_string_equal(fpt_severity_text(FPT_NOTE), "note");
    assert_string_equal(fpt_severity_text(FPT_WARNING), "warning");
    assert_string_equal(fpt_severity_text(FPT_FAULT), "fault");
    fpt_arena_clear(&arena);

    for (size_t fail_at = 2; fail_at < 4; fail_at++) {
        struct failing failing = {.fail_at = fail_at};
        const fpt_allocator allocator = failing_allocator(&failing);
        assert_ok(fpt_arena_init(&arena, &allocator));
        report = fpt_report_make(&arena);
        fpt_status status = FPT_OK;
        for (int i = 0; i < 5000 && status == FPT_OK; i++)
            status = fpt_report_add(&report, FPT_NOTE, "c", FPT_STR("f"), i, 0,
                                    "some words to take up room: %d", i);
        assert_int_equal(status, FPT_ERR_MEMORY);
        fpt_arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_result_on_any_number_of_threads),
        cmocka_unit_test(test_a_failure_comes_back),
        cmocka_unit_test(test_of_two_failures_the_lower_comes_back),
        cmocka_unit_test(test_a_thread_that_cannot_be_made),
        cmocka_unit_test(test_reporting_without_memory),
        cmocka_unit_test(test_the_library_calls_back),
        cmocka_unit_test(test_findings_are_kept_in_order),
    };
    return cmocka_run_group_tests_name("parallel, log, report", tests, NULL,
                                       NULL);
}
