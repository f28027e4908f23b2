/* Tests for rng.h. */
#include "check.h"

/* Known answers of the Random123 library, kat_vectors, philox4x32 10. */
static void test_published_vectors(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } table[] = {
        {{0, 0, 0, 0},
         {0, 0},
         {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        uint32_t out[4];
        fpt_philox4x32(table[i].counter, table[i].key, out);
        for (int k = 0; k < 4; k++)
            assert_int_equal(out[k], table[i].out[k]);
    }
}

static void test_a_stream_is_its_blocks(void **state)
{
    (void)state;
    fpt_rng rng = fpt_rng_make(UINT64_C(0x299f31d0a4093822), 5, 6, 7);
    for (uint32_t block = 0; block < 100; block++) {
        const uint32_t counter[4] = {block, 6, 5, 7};
        const uint32_t key[2] = {0xa4093822, 0x299f31d0};
        uint32_t out[4];
        fpt_philox4x32(counter, key, out);
        for (int k = 0; k < 4; k++)
            assert_int_equal(fpt_rng_next32(&rng), out[k]);
    }
}

static void test_streams_differ_by_each_part_of_the_key(void **state)
{
    (void)state;
    fpt_rng base = fpt_rng_make(1, 2, 3, 4);
    fpt_rng other[] = {fpt_rng_make(9, 2, 3, 4), fpt_rng_make(1, 9, 3, 4),
                       fpt_rng_make(1, 2, 9, 4), fpt_rng_make(1, 2, 3, 9),
                       fpt_rng_make(UINT64_C(1) << 32 | 1, 2, 3, 4)};
    const uint64_t first = fpt_rng_next64(&base);
    for (size_t i = 0; i < COUNT_OF(other); i++)
        assert_true(fpt_rng_next64(&other[i]) != first);
}

static void test_uniform_is_inside_and_even(void **state)
{
    (void)state;
    fpt_rng rng = fpt_rng_make(44, 0, 0, 0);
    double sum = 0.0, squares = 0.0;
    const int n = 200000;
    for (int i = 0; i < n; i++) {
        const double u = fpt_rng_uniform(&rng);
        assert_true(u > 0.0 && u < 1.0);
        sum += u;
        squares += u * u;
    }
    /* four standard errors */
    assert_close(sum / n, 0.5, 4.0 * sqrt(1.0 / 12.0 / n));
    assert_close(squares / n, 1.0 / 3.0, 4.0 * sqrt(4.0 / 45.0 / n));
}

static void test_below_has_no_bias(void **state)
{
    (void)state;
    fpt_rng rng = fpt_rng_make(3, 1, 4, 1);
    enum { FACES = 6, THROWS = 120000 };
    int seen[FACES] = {0};
    for (int i = 0; i < THROWS; i++)
        seen[fpt_rng_below(&rng, FACES)]++;
    double chi2 = 0.0;
    for (int i = 0; i < FACES; i++) {
        const double expected = (double)THROWS / FACES;
        chi2 += (seen[i] - expected) * (seen[i] - expected) / expected;
    }
    assert_true(chi2 < 20.5); /* 99.9 % of chi-squared with 5 degrees */
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(fpt_rng_below(&rng, 1), 0);
        assert_true(fpt_rng_below(&rng, UINT32_C(0x80000001)) <=
                    UINT32_C(0x80000000));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_vectors),
        cmocka_unit_test(test_a_stream_is_its_blocks),
        cmocka_unit_test(test_streams_differ_by_each_part_of_the_key),
        cmocka_unit_test(test_uniform_is_inside_and_even),
        cmocka_unit_test(test_below_has_no_bias),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
