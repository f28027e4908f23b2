/* Tests for status.h. */
#include "check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

static void test_every_status_has_its_own_text(void **state)
{
    (void)state;
    for (int i = 0; i < FPT_STATUS_COUNT; i++) {
        const char *text = fpt_status_text((fpt_status)i);
        assert_non_null(text);
        assert_string_not_equal(text, "unknown status");
        for (int j = 0; j < i; j++)
            assert_string_not_equal(text, fpt_status_text((fpt_status)j));
    }
    assert_string_equal(fpt_status_text(FPT_STATUS_COUNT), "unknown status");
    assert_string_equal(fpt_status_text((fpt_status)99), "unknown status");
}

static void test_fail_records_and_hands_back(void **state)
{
    (void)state;
    fpt_error err;
    assert_int_equal(fpt_fail(&err, FPT_ERR_INPUT, "%s:%d: no such column %s",
                              "beds.csv", 3, "ODS_CODE"),
                     FPT_ERR_INPUT);
    assert_int_equal(err.code, FPT_ERR_INPUT);
    assert_string_equal(err.text, "beds.csv:3: no such column ODS_CODE");
    assert_int_equal(fpt_fail(NULL, FPT_ERR_MEMORY, "unheard"), FPT_ERR_MEMORY);
}

static void test_long_text_is_cut_not_overrun(void **state)
{
    (void)state;
    char long_text[2 * FPT_ERROR_TEXT_BYTES];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';

    fpt_error err;
    assert_int_equal(fpt_fail(&err, FPT_ERR_INPUT, "%s", long_text),
                     FPT_ERR_INPUT);
    assert_int_equal(strlen(err.text), FPT_ERROR_TEXT_BYTES - 1);
}

static fpt_status try_twice(fpt_status first, fpt_status second)
{
    FPT_TRY(first);
    FPT_TRY(second);
    return FPT_OK;
}

static void test_try_returns_the_first_failure(void **state)
{
    (void)state;
    assert_int_equal(try_twice(FPT_OK, FPT_OK), FPT_OK);
    assert_int_equal(try_twice(FPT_OK, FPT_ERR_RANGE), FPT_ERR_RANGE);
    assert_int_equal(try_twice(FPT_ERR_NULL, FPT_ERR_RANGE), FPT_ERR_NULL);
}

static void test_a_cut_text_ends_with_a_whole_character(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "\xC2\xA3", "\xE2\x82\xAC",
                                             "\xF0\x9F\x98\x80"};
    for (size_t c = 0; c < COUNT_OF(characters); c++) {
        const size_t bytes = strlen(characters[c]);
        for (size_t shift = 0; shift < 4; shift++) {
            char long_text[2 * FPT_ERROR_TEXT_BYTES];
            memset(long_text, 'x', shift);
            for (size_t i = shift; i + bytes < sizeof long_text; i += bytes)
                memcpy(long_text + i, characters[c], bytes + 1);
            fpt_error err;
            (void)fpt_fail(&err, FPT_ERR_INPUT, "%s", long_text);
            assert_true(fpt_str_is_utf8(fpt_str_from(err.text), NULL));
            assert_true(strlen(err.text) > FPT_ERROR_TEXT_BYTES - 5);
        }
    }
}

/* No character begins anywhere: nothing better to do than to cut. */
static void test_a_text_that_is_no_text(void **state)
{
    (void)state;
    char long_text[2 * FPT_ERROR_TEXT_BYTES];
    memset(long_text, 0x80, sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    fpt_error err;
    (void)fpt_fail(&err, FPT_ERR_INPUT, "%s", long_text);
    assert_int_equal(strlen(err.text), FPT_ERROR_TEXT_BYTES - 1);
    /* What printf cannot print, as a wide character in the C locale. */
    (void)fpt_fail(&err, FPT_ERR_INPUT, "cost: %lc", (wint_t)0x20AC);
    assert_string_equal(err.text, "");
    assert_int_equal(err.code, FPT_ERR_INPUT);
}

static void end_quietly(int signal_number)
{
    exit(signal_number == SIGABRT ? 7 : 8);
}

/* In a child whose standard error is read here. */
static void test_a_bug_stops_the_program(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        signal(SIGABRT, end_quietly);
        FPT_REQUIRE(FPT_STATUS_COUNT == 0);
        _exit(1);
    }
    close(ends[1]);
    char text[300] = "";
    size_t len = 0;
    ssize_t got;
    while (len < sizeof text - 1 &&
           (got = read(ends[0], text + len, sizeof text - 1 - len)) > 0)
        len += (size_t)got;
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_non_null(strstr(text, "test_status.c:"));
    assert_non_null(strstr(text, ": a bug in Footprint: this should hold: "
                                 "FPT_STATUS_COUNT == 0\n"));
}

static void test_a_prefix_says_where(void **state)
{
    (void)state;
    fpt_error err;
    (void)fpt_fail(&err, FPT_ERR_INPUT, "line 3: no number");
    assert_int_equal(fpt_fail_prefix(&err, FPT_ERR_INPUT, "%s: ", "ae.csv"),
                     FPT_ERR_INPUT);
    assert_string_equal(err.text, "ae.csv: line 3: no number");
    assert_int_equal(fpt_fail_prefix(NULL, FPT_ERR_IO, "x"), FPT_ERR_IO);
}

static void test_exit_codes_are_the_six_agreed(void **state)
{
    (void)state;
    assert_int_equal(fpt_status_exit_code(FPT_OK), 0);
    for (int i = 1; i < FPT_STATUS_COUNT; i++) {
        const int code = fpt_status_exit_code((fpt_status)i);
        assert_true((code >= 2 && code <= 5) || code == 130);
    }
    assert_int_equal(fpt_status_exit_code(FPT_STATUS_COUNT), 5);
    assert_int_equal(fpt_status_exit_code((fpt_status)99), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_cut_text_ends_with_a_whole_character),
        cmocka_unit_test(test_a_text_that_is_no_text),
        cmocka_unit_test(test_a_bug_stops_the_program),
        cmocka_unit_test(test_a_prefix_says_where),
        cmocka_unit_test(test_exit_codes_are_the_six_agreed),
        cmocka_unit_test(test_every_status_has_its_own_text),
        cmocka_unit_test(test_fail_records_and_hands_back),
        cmocka_unit_test(test_long_text_is_cut_not_overrun),
        cmocka_unit_test(test_try_returns_the_first_failure),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
