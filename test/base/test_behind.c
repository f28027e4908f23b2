/*
 * Work behind the caller's back: in order, none lost, none twice; the first failure
 * is told by whatever is asked next, and what comes after it is let go.
 */
#include "check.h"
#include "fpt/base.h"

enum { PIECES = 20000 };

struct job {
    size_t done, let_go;
    size_t fails_at; /* SIZE_MAX: never */
    bool in_order;
};

static fpt_status do_one(void *owner, void *item, bool wanted, fpt_error *err)
{
    struct job *job = owner;
    const size_t number = *(const size_t *)item;
    job->in_order = job->in_order && number == job->done + job->let_go;
    if (!wanted) {
        job->let_go++;
        return FPT_ERR_STORE; /* passed over */
    }
    job->done++;
    if (number != job->fails_at) return FPT_OK;
    return fpt_fail(err, FPT_ERR_IO, "piece %zu", number);
}

static void test_in_order_and_none_lost(void **state)
{
    (void)state;
    static size_t number[PIECES];
    for (size_t i = 0; i < PIECES; i++)
        number[i] = i;
    for (unsigned threads = 1; threads <= 2; threads++)
        for (size_t most = 1; most <= 9; most += 4) {
            fpt_arena arena;
            fpt_behind *behind;
            fpt_error err = {0};
            struct job job = {.fails_at = SIZE_MAX, .in_order = true};
            assert_ok(fpt_arena_init(&arena, NULL));
            assert_ok(fpt_behind_open(&arena, most, threads, &behind));
            assert_int_equal(fpt_behind_runs(behind), threads == 2);
            for (size_t i = 0; i < PIECES; i++) {
                assert_ok(
                    fpt_behind_give(behind, do_one, &job, &number[i], &err));
                if (i % 1000 != 0) continue;
                assert_ok(fpt_behind_settle(behind, &err));
                assert_int_equal(job.done, i + 1);
            }
            fpt_behind_close(behind);
            assert_int_equal(job.done, PIECES);
            assert_int_equal(job.let_go, 0);
            assert_true(job.in_order);
            fpt_arena_clear(&arena);
        }
}

static void test_the_first_failure_is_told(void **state)
{
    (void)state;
    enum { FAILS = 37, FEW = 100 };
    for (unsigned threads = 1; threads <= 2; threads++) {
        fpt_arena arena;
        fpt_behind *behind;
        fpt_error err = {0};
        size_t number[FEW];
        struct job job = {.fails_at = FAILS, .in_order = true};
        assert_ok(fpt_arena_init(&arena, NULL));
        assert_ok(fpt_behind_open(&arena, 4, threads, &behind));
        size_t refused = 0;
        for (size_t i = 0; i < FEW; i++) {
            number[i] = i;
            const fpt_status status =
                fpt_behind_give(behind, do_one, &job, &number[i], &err);
            if (status == FPT_OK) continue;
            assert_int_equal(status, FPT_ERR_IO);
            refused++;
        }
        /* Told as soon as four are under way, and without a thread at once. */
        assert_in_range(refused, FEW - FAILS - 4, FEW - FAILS);
        memset(&err, 0, sizeof err);
        assert_int_equal(fpt_behind_settle(behind, &err), FPT_ERR_IO);
        assert_string_equal(err.text, "piece 37");
        assert_int_equal(fpt_behind_settle(behind, NULL), FPT_ERR_IO);
        fpt_behind_close(behind);
        assert_int_equal(job.done, FAILS + 1);
        assert_int_equal(job.let_go, FEW - FAILS - 1);
        assert_true(job.in_order);
        fpt_arena_clear(&arena);
    }
}

/* What was given is done before the end, though nobody waited for it. */
static void test_closing_leaves_nothing(void **state)
{
    (void)state;
    fpt_arena arena;
    fpt_behind *behind;
    size_t number[3] = {0, 1, 2};
    struct job job = {.fails_at = SIZE_MAX, .in_order = true};
    assert_ok(fpt_arena_init(&arena, NULL));
    assert_ok(fpt_behind_open(&arena, 8, 0, &behind));
    for (size_t i = 0; i < COUNT_OF(number); i++)
        assert_ok(fpt_behind_give(behind, do_one, &job, &number[i], NULL));
    fpt_behind_close(behind);
    assert_int_equal(job.done, COUNT_OF(number));
    fpt_behind_close(NULL);
    fpt_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_order_and_none_lost),
        cmocka_unit_test(test_the_first_failure_is_told),
        cmocka_unit_test(test_closing_leaves_nothing),
    };
    return cmocka_run_group_tests_name("behind", tests, NULL, NULL);
}
