/*
 * Tests for activity.h: sampling against closed forms and against the expected
 * values, cells against rows, and what must hold exactly in every draw.
 */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "check.h"
#include "fpt/activity.h"
#include "fpt/lanes_math.h"

enum {
    GROWTHS = 5,
    KEYS = 8,
    EFFECTS = 12,
    FACTORS = 10,
    OUTPUTS = 12,
    TALLIES = 9,
    ROWS_MOST = 400,
    SWITCHES = 3
};

/* A random model with every rule in it, and its rates. */
struct world {
    fpt_activity_model m;
    fpt_activity_row row[ROWS_MOST], spare[ROWS_MOST];
    uint64_t growth_stream[GROWTHS];
    fpt_activity_effect effect[EFFECTS];
    fpt_activity_switch on[EFFECTS][SWITCHES];
    fpt_activity_choice choice[EFFECTS][4];
    fpt_activity_keys keys[KEYS];
    uint32_t output[KEYS * 6];
    double growth[GROWTHS * FPT_LANES], factor[FACTORS * FPT_LANES];
};

static double uniform(uint64_t *seed)
{
    return (double)(next_random(seed) >> 11) * 0x1p-53;
}

static fpt_activity_choice make_choice(uint64_t *seed, int rule)
{
    return (fpt_activity_choice){
        .rule = (fpt_activity_rule)rule,
        .factor = (uint32_t)(next_random(seed) % FACTORS),
        .tally = 4 + (uint32_t)(next_random(seed) % 5),
        .days = (uint16_t)(1 + next_random(seed) % 2),
        .place = (uint16_t)(next_random(seed) % FPT_ACTIVITY_PLACES)};
}

static void make_world(struct world *w, uint64_t seed, size_t rows, bool picks)
{
    memset(w, 0, sizeof *w);
    for (size_t i = 0; i < GROWTHS; i++)
        w->growth_stream[i] = next_random(&seed);
    for (size_t e = 0; e < EFFECTS; e++) {
        fpt_activity_effect *x = &w->effect[e];
        *x = (fpt_activity_effect){.stream = next_random(&seed),
                                   .keep = e % 3 == 0 ? FPT_ACTIVITY_NONE
                                                      : (uint32_t)(e % FACTORS),
                                   .tally = (uint32_t)(e % 4),
                                   .choice_count = 1,
                                   .choice = w->choice[e],
                                   .on = w->on[e]};
        w->choice[e][0] = make_choice(&seed, (int)(e % 4));
        if (!picks || e % 2 == 0) continue;
        x->picks = true;
        x->keep = FPT_ACTIVITY_NONE;
        x->switch_count = SWITCHES;
        x->choice_count = 4;
        for (int k = 0; k < 4; k++)
            w->choice[e][k] = make_choice(&seed, k);
        for (uint32_t k = 0; k < SWITCHES; k++)
            w->on[e][k] = (fpt_activity_switch){
                k, k == 0 ? UINT32_MAX : (uint32_t)next_random(&seed)};
    }
    for (size_t k = 0; k < KEYS; k++) {
        w->keys[k] = (fpt_activity_keys){.stream = next_random(&seed),
                                         .first = (uint32_t)(k * 6),
                                         .event_count = 3,
                                         .day_count = 3};
        for (size_t i = 0; i < 6; i++)
            w->output[k * 6 + i] =
                (uint32_t)((i < 3 ? 0 : 6) + next_random(&seed) % 6);
        for (size_t i = 0; i < FPT_ACTIVITY_PLACES; i++)
            w->keys[k].converted[i] =
                i == 0 ? FPT_ACTIVITY_NONE
                       : (uint32_t)(next_random(&seed) % KEYS);
    }
    for (size_t i = 0; i < rows; i++)
        w->row[i] = (fpt_activity_row){
            .growth = (uint32_t)(next_random(&seed) % GROWTHS),
            .keys = (uint32_t)(next_random(&seed) % KEYS),
            .effect = (uint32_t)(next_random(&seed) % EFFECTS),
            .count = (uint16_t)(next_random(&seed) % 20 == 0
                                    ? 40
                                    : 1 + next_random(&seed) % 3),
            .stay = (uint16_t)(next_random(&seed) % 3 == 0
                                   ? 0
                                   : next_random(&seed) % 9)};
    if (rows > 3) w->row[3].stay = 200;
    for (size_t i = 0; i < GROWTHS * FPT_LANES; i++)
        w->growth[i] = 0.6 + 0.8 * uniform(&seed);
    for (size_t i = 0; i < FACTORS * FPT_LANES; i++)
        w->factor[i] = i / FPT_LANES % 3 == 0 ? uniform(&seed)
                                              : 0.7 + 0.3 * uniform(&seed);
    w->m = (fpt_activity_model){.row_count = rows,
                                .row = w->row,
                                .growth_count = GROWTHS,
                                .growth_stream = w->growth_stream,
                                .effect_count = EFFECTS,
                                .effect = w->effect,
                                .keys_count = KEYS,
                                .keys = w->keys,
                                .output = w->output,
                                .output_count = OUTPUTS,
                                .factor_count = FACTORS,
                                .tally_count = TALLIES,
                                .day_offset = 1};
    size_t left;
    assert_ok(
        fpt_activity_sort(rows, w->row, w->spare, w->effect, false, &left));
    fpt_error err = {0};
    assert_ok_or(fpt_activity_check(&w->m, &err), err);
}

enum { TALLY_SIZE = TALLIES * FPT_ACTIVITY_MEASURES * FPT_LANES };

struct drawn {
    int32_t output[OUTPUTS * FPT_LANES], tally[TALLY_SIZE];
};

static void draw(const struct world *w, fpt_lanes_level level, uint64_t seed,
                 uint32_t year, uint32_t row, struct drawn *out)
{
    static double work[FACTORS * FPT_LANES + 1];
    assert_true(fpt_activity_sample_work(&w->m) <= COUNT_OF(work));
    const fpt_activity_rates rates = {w->growth, w->factor};
    const fpt_activity_counts counts = {out->output, out->tally};
    assert_ok(fpt_activity_sample(level, &w->m, &rates, seed, year, row,
                                  &counts, work));
}

static struct world world, other;

static void test_levels_give_the_same_bytes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        make_world(&world, seed, 300, seed % 2 == 0);
        static struct drawn plain, vector;
        draw(&world, FPT_LANES_PLAIN, seed, 2, 5, &plain);
        for (int level = 1; level <= (int)fpt_lanes_best(); level++) {
            draw(&world, (fpt_lanes_level)level, seed, 2, 5, &vector);
            assert_memory_equal(&plain, &vector, sizeof plain);
        }
    }
}

/* Lane by lane: mean over many rows of lanes against the expected value. */
static void test_means_are_as_expected(void **state)
{
    (void)state;
    enum { TIMES = 150 };
    static double expect[OUTPUTS * FPT_LANES], expect_tally[TALLY_SIZE];
    static double sum[OUTPUTS + TALLIES * FPT_ACTIVITY_MEASURES];
    static double squares[COUNT_OF(sum)];
    int beyond_three = 0, checked = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        make_world(&world, seed, 120, seed > 4);
        const fpt_activity_rates rates = {world.growth, world.factor};
        assert_ok(fpt_activity_expect(&world.m, &rates, expect, expect_tally));
        memset(sum, 0, sizeof sum);
        memset(squares, 0, sizeof squares);
        static struct drawn d;
        for (uint32_t row = 0; row < TIMES; row++) {
            draw(&world, fpt_lanes_best(), seed, 1, row, &d);
            for (size_t k = 0; k < COUNT_OF(sum); k++) {
                double error = 0.0;
                for (size_t i = 0; i < FPT_LANES; i++)
                    error +=
                        k < OUTPUTS
                            ? d.output[k * FPT_LANES + i] -
                                  expect[k * FPT_LANES + i]
                            : d.tally[(k - OUTPUTS) * FPT_LANES + i] -
                                  expect_tally[(k - OUTPUTS) * FPT_LANES + i];
                sum[k] += error;
                squares[k] += error * error;
            }
        }
        for (size_t k = 0; k < COUNT_OF(sum); k++) {
            if (squares[k] == 0.0) continue;
            const double z = sum[k] / sqrt(squares[k]);
            assert_close(z, 0.0, 4.5);
            beyond_three += fabs(z) > 3.0;
            checked++;
        }
    }
    assert_true(checked > 200 && beyond_three < 8);
}

/* One cell: E N = Var N = mu, E B = mu (c + l q),
 * Var B = mu [l q (1 - q) + (c + l q)^2], Cov = mu (c + l q). */
static void test_moments_of_one_cell(void **state)
{
    (void)state;
    static const struct {
        uint16_t count, stay;
        double growth, keep, q;
    } table[] = {{1, 6, 1.2, 0.9, 0.8},
                 {5, 3, 1.1, 0.4, 0.3},
                 {40, 12, 1.3, 0.8, 0.9},
                 {2, 150, 0.9, 1.0, 0.7}};
    for (size_t t = 0; t < COUNT_OF(table); t++) {
        make_world(&world, 9, 1, false);
        world.row[0] = (fpt_activity_row){
            .count = table[t].count, .stay = table[t].stay, .effect = 1};
        world.effect[1].keep = 1;
        world.choice[1][0] = (fpt_activity_choice){
            .rule = FPT_ACTIVITY_DAYS_KEPT, .factor = 2, .tally = 5};
        const uint32_t output[6] = {0, 1, 2, 6, 7, 8};
        memcpy(world.output, output, sizeof output);
        for (int i = 0; i < FPT_LANES; i++) {
            world.growth[i] = table[t].growth;
            world.factor[FPT_LANES + i] = table[t].keep;
            world.factor[2 * FPT_LANES + i] = table[t].q;
        }
        enum { TIMES = 2000 };
        double n1 = 0, n2 = 0, b1 = 0, b2 = 0, nb = 0;
        const double mu = table[t].count * table[t].growth * table[t].keep;
        const double lq = table[t].stay * table[t].q, day = 1.0 + lq;
        for (uint32_t row = 0; row < TIMES; row++) {
            static struct drawn d;
            draw(&world, fpt_lanes_best(), 3, 0, row, &d);
            for (int i = 0; i < FPT_LANES; i++) {
                const double n = d.output[i] - mu;
                const double b = d.output[6 * FPT_LANES + i] - mu * day;
                n1 += n, n2 += n * n, b1 += b, b2 += b * b, nb += n * b;
            }
        }
        const double draws = (double)TIMES * FPT_LANES;
        const double vb = mu * (lq * (1 - table[t].q) + day * day);
        assert_close(n1 / sqrt(draws * mu), 0.0, 4.0);
        assert_close(b1 / sqrt(draws * vb), 0.0, 4.0);
        /* Fourth moments of these are near normal or above: 1.2 is room. */
        const double se = sqrt((2.0 + 1.0 / mu) / draws);
        assert_close(n2 / draws / mu, 1.0, 4.0 * se);
        assert_close(b2 / draws / vb, 1.0, 6.0 * se);
        assert_close(nb / draws / (mu * day), 1.0, 6.0 * se);
    }
}

/* Merged cells and single rows have one law: moments and quantiles over 64,000
 * draws, or 10^6 where FOOTPRINT_LONG_TESTS is set. */
static void test_cells_equal_rows(void **state)
{
    (void)state;
    make_world(&world, 21, 40, false);
    for (size_t i = 0; i < 40; i++) {
        world.row[i].growth %= 2;
        world.row[i].keys %= 2;
        world.row[i].effect = 1 + world.row[i].effect % 2;
        world.row[i].stay %= 3;
        world.row[i].count = (uint16_t)(1 + world.row[i].count % 2);
    }
    const uint32_t output[12] = {0, 1, 2, 6, 7, 8, 0, 3, 4, 7, 9, 10};
    memcpy(world.output, output, sizeof output);
    other = world;
    other.m.row = other.row;
    other.m.output = other.output;
    other.m.effect = other.effect;
    other.m.keys = other.keys;
    size_t left;
    assert_ok(fpt_activity_sort(40, world.row, world.spare, world.effect, false,
                                &left));
    assert_int_equal(left, 40);
    assert_ok(fpt_activity_sort(40, other.row, other.spare, other.effect, true,
                                &other.m.row_count));
    assert_true(other.m.row_count <= 24);
    for (int i = 0; i < GROWTHS * FPT_LANES; i++)
        world.growth[i] = other.growth[i] = 1.1;
    for (int i = 0; i < FACTORS * FPT_LANES; i++)
        world.factor[i] = other.factor[i] = 0.8;

    static double expect[2][OUTPUTS * FPT_LANES], tally[TALLY_SIZE];
    const fpt_activity_rates rates = {world.growth, world.factor};
    assert_ok(fpt_activity_expect(&world.m, &rates, expect[0], tally));
    assert_ok(fpt_activity_expect(&other.m, &rates, expect[1], tally));
    for (int i = 0; i < OUTPUTS * FPT_LANES; i++)
        assert_close(expect[0][i], expect[1][i], 1e-9);

    const uint32_t times =
        getenv("FOOTPRINT_LONG_TESTS") != NULL ? 15625 : 1000;
    static double mean[2][OUTPUTS], square[2][OUTPUTS];
    static double cross[2];
    static double histogram[2][OUTPUTS][1000];
    for (uint32_t row = 0; row < times; row++) {
        for (int side = 0; side < 2; side++) {
            static struct drawn d;
            draw(side == 0 ? &world : &other, fpt_lanes_best(), 99, 0, row, &d);
            for (int k = 0; k < OUTPUTS; k++)
                for (int i = 0; i < FPT_LANES; i++) {
                    const double e =
                        d.output[k * FPT_LANES + i] - expect[0][k * FPT_LANES];
                    mean[side][k] += e;
                    square[side][k] += e * e;
                    histogram[side][k][d.output[k * FPT_LANES + i] % 1000]++;
                }
            for (int i = 0; i < FPT_LANES; i++) {
                cross[side] +=
                    (d.output[i] - expect[0][0]) *
                    (d.output[7 * FPT_LANES + i] - expect[0][7 * FPT_LANES]);
            }
        }
    }
    const double n = (double)times * FPT_LANES;
    for (int k = 0; k < OUTPUTS; k++) {
        if (square[0][k] == 0.0) continue;
        const double v0 = square[0][k] / n, v1 = square[1][k] / n;
        assert_close(mean[0][k] / sqrt(square[0][k]), 0.0, 4.0);
        assert_close(mean[1][k] / sqrt(square[1][k]), 0.0, 4.0);
        assert_close(v0 / v1, 1.0, 4.0 * sqrt(2.2 * 2.0 / n));
        /* Quantiles, all of them: the two distribution functions never part by
         * more than Kolmogorov and Smirnov allow (p = 0.0001). */
        double gap = 0.0, sum = 0.0;
        for (int x = 0; x < 1000; x++) {
            sum += (histogram[0][k][x] - histogram[1][k][x]) / n;
            gap = fmax(gap, fabs(sum));
        }
        assert_true(gap * sqrt(n / 2.0) < 2.23);
    }
    assert_close(cross[0] / cross[1], 1.0, 0.05);
}

/* With all shares 1 the same words give the events before anything is done:
 * counted + avoided + converted away must be those, lane by lane. */
static void test_no_patient_is_lost(void **state)
{
    (void)state;
    for (uint64_t seed = 30; seed < 40; seed++) {
        make_world(&world, seed, 300, seed % 2 == 0);
        /* Every key counts its events once, in output 0, its days in 6. */
        for (size_t k = 0; k < KEYS; k++) {
            world.keys[k].event_count = world.keys[k].day_count = 1;
            world.output[k * 6] = 0;
            world.output[k * 6 + 1] = 6;
            for (size_t i = 0; i < FPT_ACTIVITY_PLACES; i++)
                world.keys[k].converted[i] = FPT_ACTIVITY_NONE;
        }
        static struct drawn with, without;
        draw(&world, fpt_lanes_best(), seed, 0, 0, &with);
        for (int i = 0; i < FACTORS * FPT_LANES; i++)
            world.factor[i] = 1.0;
        draw(&world, fpt_lanes_best(), seed, 0, 0, &without);
        for (int i = 0; i < FPT_LANES; i++) {
            int32_t events = with.output[i];
            int32_t days = with.output[6 * FPT_LANES + i];
            for (int t = 0; t < TALLIES; t++) {
                const int32_t *x =
                    with.tally + t * FPT_ACTIVITY_MEASURES * FPT_LANES + i;
                events += x[FPT_ACTIVITY_AVOIDED * FPT_LANES] +
                          x[FPT_ACTIVITY_CONVERTED_EVENTS * FPT_LANES];
                days += x[FPT_ACTIVITY_AVOIDED_DAYS * FPT_LANES] +
                        x[FPT_ACTIVITY_SAVED_DAYS * FPT_LANES] +
                        x[FPT_ACTIVITY_CONVERTED_DAYS * FPT_LANES];
            }
            assert_int_equal(events, without.output[i]);
            assert_int_equal(days, without.output[6 * FPT_LANES + i]);
            assert_true(with.output[i] >= 0);
            assert_true(with.output[6 * FPT_LANES + i] >= 0);
        }
    }
}

static void test_more_effect_never_raises_activity(void **state)
{
    (void)state;
    make_world(&world, 50, 200, false);
    for (size_t k = 0; k < KEYS; k++)
        for (size_t i = 0; i < FPT_ACTIVITY_PLACES; i++)
            world.keys[k].converted[i] = FPT_ACTIVITY_NONE;
    for (size_t i = 0; i < 200; i++)
        if (world.row[i].count > 3 || world.row[i].stay > 20)
            world.row[i].count = 1, world.row[i].stay = 2;
    static struct drawn before, after;
    draw(&world, fpt_lanes_best(), 5, 0, 0, &before);
    for (int step = 0; step < 12; step++) {
        for (int i = 0; i < FACTORS * FPT_LANES; i++)
            world.factor[i] *= 0.85;
        draw(&world, fpt_lanes_best(), 5, 0, 0, &after);
        for (int i = 0; i < OUTPUTS * FPT_LANES; i++)
            assert_true(after.output[i] <= before.output[i]);
        before = after;
    }
}

/* A scheme that keeps everything is as no scheme, to the last byte. */
static void test_null_effect_changes_no_byte(void **state)
{
    (void)state;
    make_world(&world, 60, 300, false);
    for (int i = 0; i < FACTORS * FPT_LANES; i++)
        world.factor[i] = 1.0;
    static struct drawn with, without;
    draw(&world, fpt_lanes_best(), 5, 0, 0, &with);
    for (size_t e = 0; e < EFFECTS; e++) {
        world.effect[e].keep = FPT_ACTIVITY_NONE;
        world.choice[e][0].rule = FPT_ACTIVITY_UNCHANGED;
    }
    draw(&world, fpt_lanes_best(), 5, 0, 0, &without);
    assert_memory_equal(&with, &without, sizeof with);
}

/* A row with count w that is switched on with probability s shares its coin
 * among all its events: Var = mean + w^2 (1 - f)^2 s (1 - s). */
static void test_picks_are_made_by_row(void **state)
{
    (void)state;
    make_world(&world, 70, 1, true);
    world.row[0] =
        (fpt_activity_row){.count = 10, .effect = 1, .keys = 0, .stay = 0};
    world.effect[1].switch_count = 1;
    world.effect[1].choice_count = 0;
    world.on[1][0] = (fpt_activity_switch){2, UINT32_C(1) << 30}; /* 1/4 */
    world.output[0] = 0, world.output[1] = 1, world.output[2] = 2;
    for (int i = 0; i < FPT_LANES; i++) {
        world.growth[i] = 1.0;
        world.factor[2 * FPT_LANES + i] = 0.4;
    }
    double sum = 0.0, squares = 0.0;
    enum { TIMES = 2000 };
    const double mean = 10 * (1 - 0.25 * 0.6);
    const double variance = mean + 100 * 0.36 * 0.25 * 0.75;
    for (uint32_t row = 0; row < TIMES; row++) {
        static struct drawn d;
        draw(&world, fpt_lanes_best(), 8, 0, row, &d);
        for (int i = 0; i < FPT_LANES; i++) {
            const double e = d.output[i] - mean;
            sum += e, squares += e * e;
        }
    }
    const double n = (double)TIMES * FPT_LANES;
    assert_close(sum / sqrt(n * variance), 0.0, 4.0);
    assert_close(squares / n / variance, 1.0, 4.0 * sqrt(2.0 / n));
}

static void test_edges_and_refusals(void **state)
{
    (void)state;
    make_world(&world, 80, 100, true);
    static double work[FACTORS * FPT_LANES + 1];
    static struct drawn d;
    const fpt_activity_rates rates = {world.growth, world.factor};
    const fpt_activity_counts counts = {d.output, d.tally};
    const fpt_lanes_level best = fpt_lanes_best();
    static const double bad[] = {-0.1, (double)NAN, 1e7};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const double kept = world.growth[77];
        world.growth[77] = bad[i];
        assert_int_equal(
            fpt_activity_sample(best, &world.m, &rates, 1, 0, 0, &counts, work),
            FPT_ERR_RANGE);
        world.growth[77] = kept;
        const double share = world.factor[99];
        world.factor[99] = bad[i];
        assert_int_equal(
            fpt_activity_sample(best, &world.m, &rates, 1, 0, 0, &counts, work),
            FPT_ERR_RANGE);
        world.factor[99] = share;
    }
    assert_int_equal(fpt_activity_sample(best, &world.m, &rates, 1,
                                         FPT_ACTIVITY_YEARS, 0, &counts, work),
                     FPT_ERR_RANGE);
    for (int i = 0; i < GROWTHS * FPT_LANES; i++)
        world.growth[i] = 9e5;
    for (int i = 0; i < 100; i++)
        world.row[i].count = 60000;
    assert_int_equal(
        fpt_activity_sample(best, &world.m, &rates, 1, 0, 0, &counts, work),
        FPT_ERR_RANGE);
    for (int i = 0; i < GROWTHS * FPT_LANES; i++)
        world.growth[i] = 0.0;
    assert_ok(
        fpt_activity_sample(best, &world.m, &rates, 1, 0, 0, &counts, work));
    for (int i = 0; i < OUTPUTS * FPT_LANES; i++)
        assert_int_equal(d.output[i], 0);
    world.m.row_count = 0;
    assert_ok(
        fpt_activity_sample(best, &world.m, &rates, 1, 0, 0, &counts, work));

    fpt_error err;
    make_world(&world, 80, 10, true);
    world.row[4].growth = GROWTHS;
    assert_int_equal(fpt_activity_check(&world.m, &err), FPT_ERR_RANGE);
    make_world(&world, 80, 10, true);
    world.output[3] = OUTPUTS;
    assert_int_equal(fpt_activity_check(&world.m, &err), FPT_ERR_RANGE);
    make_world(&world, 80, 10, true);
    world.choice[2][0].factor = FACTORS;
    assert_int_equal(fpt_activity_check(&world.m, &err), FPT_ERR_RANGE);
    make_world(&world, 80, 10, true);
    world.effect[2].choice_count = 2; /* does not pick */
    assert_int_equal(fpt_activity_check(&world.m, &err), FPT_ERR_RANGE);
    make_world(&world, 80, 10, true);
    world.m.day_offset = 2;
    assert_int_equal(fpt_activity_check(&world.m, &err), FPT_ERR_RANGE);
}

static int by_order(const void *a, const void *b)
{
    const fpt_activity_row *x = a, *y = b;
    if (x->keys != y->keys) return x->keys < y->keys ? -1 : 1;
    if (x->growth != y->growth) return x->growth < y->growth ? -1 : 1;
    if (x->effect != y->effect) return x->effect < y->effect ? -1 : 1;
    if (x->stay != y->stay) return x->stay < y->stay ? -1 : 1;
    return (x->count > y->count) - (x->count < y->count);
}

static void test_sort_and_merge(void **state)
{
    (void)state;
    enum { N = 5000 };
    static fpt_activity_row row[N], want[N], work[N];
    static fpt_activity_effect effect[4];
    effect[3].picks = true;
    uint64_t seed = 4;
    for (int round = 0; round < 4; round++) {
        uint64_t sum = 0, merged = 0;
        for (size_t i = 0; i < N; i++) {
            row[i] = (fpt_activity_row){
                .growth = (uint32_t)(next_random(&seed) %
                                     (round < 2 ? 3 : UINT32_MAX)),
                .keys = (uint32_t)(next_random(&seed) % (round < 2 ? 5 : 5000)),
                .effect = (uint32_t)(next_random(&seed) % 4),
                .count = (uint16_t)(1 + next_random(&seed) %
                                            (round == 1 ? 60000 : 9)),
                .stay = (uint16_t)(next_random(&seed) % 4)};
            sum += row[i].count;
        }
        memcpy(want, row, sizeof row);
        qsort(want, N, sizeof *want, by_order);
        size_t left;
        assert_ok(fpt_activity_sort(N, row, work, effect, false, &left));
        assert_int_equal(left, N);
        assert_memory_equal(row, want, sizeof row);
        assert_ok(fpt_activity_sort(N, row, work, effect, true, &left));
        for (size_t i = 0; i < left; i++)
            merged += row[i].count;
        assert_true(merged == sum);
        if (round == 0) assert_true(left < 1500);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels_give_the_same_bytes),
        cmocka_unit_test(test_means_are_as_expected),
        cmocka_unit_test(test_moments_of_one_cell),
        cmocka_unit_test(test_cells_equal_rows),
        cmocka_unit_test(test_no_patient_is_lost),
        cmocka_unit_test(test_more_effect_never_raises_activity),
        cmocka_unit_test(test_null_effect_changes_no_byte),
        cmocka_unit_test(test_picks_are_made_by_row),
        cmocka_unit_test(test_edges_and_refusals),
        cmocka_unit_test(test_sort_and_merge),
    };
    return cmocka_run_group_tests_name("activity", tests, NULL, NULL);
}
