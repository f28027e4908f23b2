/*
 * What draws and what settles, under any parameters: samplers refuse what is
 * negative, NaN or too large and give counts within their bounds; splits and
 * payments sum to their wholes; patients drawn row by row are conserved and
 * never negative, the same at every level of vectors.
 */
#include "numbers.h"

#include "fpt/activity.h"
#include "fpt/fund.h"
#include "fpt/sample.h"

enum { PARTS = 12 };

static int64_t any_int(struct fuzz_source *s)
{
    const unsigned kind = (unsigned)fuzz_bits(s, 1);
    if (kind % 4 == 0) return (int64_t)fuzz_bits(s, 8);
    if (kind % 4 == 1) return -(int64_t)fuzz_bits(s, 3);
    return (int64_t)fuzz_bits(s, 1 + kind % 3);
}

static void check_counts(struct fuzz_source *s, fpt_rng *rng)
{
    const double mean = fuzz_double(s), p = fuzz_double(s);
    const int64_t n = any_int(s);
    int64_t k = -7;
    const bool sound = mean >= 0.0 && mean <= FPT_SAMPLE_MOST;
    fpt_status status = fpt_sample_poisson(rng, mean, &k);
    FPT_REQUIRE((status == FPT_OK) == sound);
    FPT_REQUIRE(status == FPT_OK ? k >= 0 && (mean > 0.0 || k == 0) : k == -7);
    k = -7;
    status = fpt_sample_binomial(rng, n, p, &k);
    FPT_REQUIRE((status == FPT_OK) ==
                (n >= 0 && (double)n <= FPT_SAMPLE_MOST && !isnan(p)));
    if (status == FPT_OK) {
        FPT_REQUIRE(k >= 0 && k <= n);
        FPT_REQUIRE((p > 0.0 || k == 0) && (p < 1.0 || k == n));
    } else {
        FPT_REQUIRE(k == -7);
    }
    k = -7;
    status = fpt_sample_negative_binomial(rng, p, mean, &k);
    FPT_REQUIRE(status == FPT_OK ? k >= 0 : k == -7);
}

static void check_splits(struct fuzz_source *s, fpt_rng *rng)
{
    double weight[PARTS], sum = 0.0;
    int64_t whole[PARTS], part[PARTS], drawn[PARTS], total = any_int(s);
    uint64_t rest[PARTS];
    const size_t count = 1 + fuzz_bits(s, 1) % PARTS;
    for (size_t i = 0; i < count; i++) {
        weight[i] = fuzz_double(s);
        whole[i] = any_int(s);
        sum += weight[i];
        drawn[i] = part[i] = -7;
    }
    if (fpt_sample_multinomial(rng, total, count, weight, drawn) == FPT_OK) {
        int64_t back = 0;
        for (size_t i = 0; i < count; i++) {
            FPT_REQUIRE(drawn[i] >= 0 && (weight[i] > 0.0 || drawn[i] == 0));
            back += drawn[i];
        }
        FPT_REQUIRE(back == total && total >= 0 && sum > 0.0);
    }
    if (fpt_apportion(total, count, whole, part, rest) == FPT_OK) {
        uint64_t back = 0; /* of two's complements: no sum of them overflows */
        for (size_t i = 0; i < count; i++) {
            back += (uint64_t)part[i];
            FPT_REQUIRE(whole[i] > 0 || part[i] == 0);
            FPT_REQUIRE(total >= 0 ? part[i] >= 0 : part[i] <= 0);
        }
        FPT_REQUIRE(back == (uint64_t)total);
    } else {
        for (size_t i = 0; i < count; i++)
            FPT_REQUIRE(part[i] == -7);
    }
}

/* ---- money ---- */

static void check_share(struct fuzz_source *s)
{
    enum { PARTIES = 4, LAYERS = 3 };
    int64_t share[2][LAYERS][PARTIES], most[2][PARTIES];
    int64_t part[PARTIES], work[4 * PARTIES];
    fpt_risk_layer layer[2][LAYERS];
    const size_t parties = 1 + fuzz_bits(s, 1) % PARTIES;
    for (int side = 0; side < 2; side++) {
        int64_t from = 0;
        for (int l = 0; l < LAYERS; l++) {
            int64_t left = FPT_PPM;
            for (size_t p = 0; p + 1 < parties; p++) {
                share[side][l][p] = (int64_t)fuzz_bits(s, 3) % (left + 1);
                left -= share[side][l][p];
            }
            share[side][l][parties - 1] = left;
            const int64_t to = l + 1 == LAYERS
                                   ? INT64_MAX
                                   : from + 1 + (int64_t)fuzz_bits(s, 3);
            layer[side][l] = (fpt_risk_layer){from, to, share[side][l]};
            from = to;
        }
        for (size_t p = 0; p < parties; p++) {
            const int64_t cap = any_int(s);
            most[side][p] = cap < 0 ? INT64_MAX : cap;
        }
    }
    const fpt_risk_share rule = {.party_count = parties,
                                 .holder = fuzz_bits(s, 1) % parties,
                                 .loss_count = LAYERS,
                                 .gain_count = LAYERS,
                                 .loss = layer[0],
                                 .gain = layer[1],
                                 .loss_most_pence = most[0],
                                 .gain_most_pence = most[1],
                                 .gate_ppm =
                                     (int64_t)fuzz_bits(s, 3) % (FPT_PPM + 1)};
    const int64_t target = any_int(s), actual = any_int(s);
    fpt_error err = {0};
    if (fpt_risk_share_check(&rule, &err) != FPT_OK) {
        FPT_REQUIRE(err.text[0] != '\0');
        return;
    }
    if (fpt_risk_share_split(&rule, target, actual, part, work) != FPT_OK)
        return;
    uint64_t back = 0;
    for (size_t p = 0; p < parties; p++) {
        const int64_t cap = most[actual > target ? 0 : 1][p];
        back += (uint64_t)part[p];
        FPT_REQUIRE(actual >= target ? part[p] >= 0 : part[p] <= 0);
        if (p != rule.holder) FPT_REQUIRE(part[p] <= cap && part[p] >= -cap);
    }
    FPT_REQUIRE(back == (uint64_t)actual - (uint64_t)target);
}

static void check_payments(struct fuzz_source *s)
{
    const int64_t a = any_int(s), b = any_int(s), rate = any_int(s);
    int64_t out = -7;
    if (fpt_pay_marginal(a, b, rate, &out) == FPT_OK && a <= b)
        FPT_REQUIRE(out == a); /* up to the baseline in full */
    if (fpt_pay_blended(a, a, rate, &out) == FPT_OK)
        FPT_REQUIRE(out == a); /* no departure, no more to pay */
    if (fpt_pay_blended(a, b, FPT_PPM, &out) == FPT_OK) FPT_REQUIRE(out == b);
    const int64_t years[3] = {a, a, a};
    if (fpt_pay_low_volume(years, b, &out) == FPT_OK)
        FPT_REQUIRE(out == a && a < b);
}

static void check_earned(struct fuzz_source *s)
{
    const int64_t finance = (int64_t)fuzz_bits(s, 3) % (FPT_PPM + 1);
    const int64_t first = (int64_t)fuzz_bits(s, 3) % (FPT_PPM + 1);
    fpt_sustainability_rule rule = {
        .finance_ppm = finance,
        .measure_count = 1,
        .measure_ppm = {FPT_PPM - finance},
        .quarter_ppm = {first, FPT_PPM - first, 0, 0},
        .system_ppm = (int64_t)fuzz_bits(s, 3) % (FPT_PPM + 1),
        .catch_up = (fpt_catch_up)(fuzz_bits(s, 1) % 3)};
    fpt_sustainability_year year = {.above_pence = any_int(s)};
    for (int q = 0; q < FPT_QUARTERS; q++) {
        const unsigned bits = (unsigned)fuzz_bits(s, 1);
        year.own_met[q] = (bits & 1) != 0;
        year.system_met[q] = (bits & 2) != 0;
        year.measure_met[0][q] = (bits & 4) != 0;
    }
    const int64_t amount = any_int(s);
    fpt_sustainability_pay pay;
    fpt_error err = {0};
    FPT_REQUIRE(fpt_sustainability_check(&rule, &err) == FPT_OK);
    if (fpt_sustainability_earn(&rule, amount, &year, &pay) != FPT_OK) return;
    int64_t sum = pay.lost_finance_pence + pay.lost_measures_pence;
    for (int q = 0; q < FPT_QUARTERS; q++) {
        FPT_REQUIRE(pay.quarter_pence[q] >= 0);
        sum += pay.quarter_pence[q];
    }
    FPT_REQUIRE(sum == amount); /* earned or lost, to the penny */
}

/* ---- patients ---- */

enum { ROWS = 6, TALLIES = 2, OUTPUTS = 4 };

typedef struct drawn {
    int32_t output[OUTPUTS * FPT_LANES];
    int32_t tally[TALLIES * FPT_ACTIVITY_MEASURES * FPT_LANES];
} drawn;

/* Events stay in output 0, go to output 1 when converted, or are avoided. */
static void check_rows(struct fuzz_source *s, uint64_t seed)
{
    static const uint32_t places[OUTPUTS] = {0, 2, 1, 3};
    const fpt_activity_choice choice[2] = {
        {.rule = (fpt_activity_rule)(fuzz_bits(s, 1) % 4),
         .factor = 1,
         .tally = 1,
         .days = (uint16_t)fuzz_bits(s, 1)},
        {.rule = FPT_ACTIVITY_DAYS_KEPT, .factor = 1, .tally = 1}};
    const fpt_activity_switch on = {0, (uint32_t)fuzz_bits(s, 4)};
    const bool picks = fuzz_bits(s, 1) % 2 == 1;
    const fpt_activity_effect effect = {.stream = 5,
                                        .keep = picks ? FPT_ACTIVITY_NONE : 0,
                                        .tally = 0,
                                        .picks = picks,
                                        .switch_count = picks ? 1 : 0,
                                        .choice_count = picks ? 2 : 1,
                                        .on = &on,
                                        .choice = choice};
    const fpt_activity_keys keys[2] = {
        {1, 0, 1, 1, {1, FPT_ACTIVITY_NONE, FPT_ACTIVITY_NONE}},
        {2,
         2,
         1,
         1,
         {FPT_ACTIVITY_NONE, FPT_ACTIVITY_NONE, FPT_ACTIVITY_NONE}}};
    const uint64_t stream = 3;
    fpt_activity_row row[ROWS], spare[ROWS];
    const size_t count = fuzz_bits(s, 1) % (ROWS + 1);
    for (size_t i = 0; i < count; i++)
        row[i] = (fpt_activity_row){.count = (uint16_t)fuzz_bits(s, 2),
                                    .stay = (uint16_t)fuzz_bits(s, 1)};
    double growth[FPT_LANES], factor[2 * FPT_LANES];
    const double g = fuzz_double(s), f = fuzz_double(s), h = fuzz_double(s);
    for (int i = 0; i < FPT_LANES; i++) {
        growth[i] = g;
        factor[i] = f;
        factor[FPT_LANES + i] = h;
    }
    fpt_activity_model m = {.growth_count = 1,
                            .growth_stream = &stream,
                            .effect_count = 1,
                            .effect = &effect,
                            .keys_count = 2,
                            .keys = keys,
                            .output = places,
                            .output_count = OUTPUTS,
                            .factor_count = 2,
                            .tally_count = TALLIES,
                            .day_offset = (int)fuzz_bits(s, 1) % 2};
    fpt_error err = {0};
    FPT_REQUIRE(fpt_activity_sort(count, row, spare, &effect, true,
                                  &m.row_count) == FPT_OK);
    m.row = row;
    FPT_REQUIRE(fpt_activity_check(&m, &err) == FPT_OK);
    const fpt_activity_rates rates = {growth, factor};
    double work[64 * FPT_LANES];
    FPT_REQUIRE(fpt_activity_sample_work(&m) <= 64 * FPT_LANES);
    drawn first, other;
    const fpt_activity_counts counts = {first.output, first.tally};
    const fpt_status status = fpt_activity_sample(FPT_LANES_PLAIN, &m, &rates,
                                                  seed, 0, 1, &counts, work);
    const bool sound = g >= 0.0 && f >= 0.0 && f <= 1.0 && h >= 0.0 && h <= 1.0;
    if (status != FPT_OK) return;
    FPT_REQUIRE(sound);
    for (fpt_lanes_level level = FPT_LANES_AVX2; level <= fpt_lanes_best();
         level++) {
        const fpt_activity_counts again = {other.output, other.tally};
        FPT_REQUIRE(fpt_activity_sample(level, &m, &rates, seed, 0, 1, &again,
                                        work) == FPT_OK);
        FPT_REQUIRE(memcmp(&first, &other, sizeof first) == 0);
    }
    for (size_t k = 0; k < OUTPUTS * FPT_LANES; k++)
        FPT_REQUIRE(first.output[k] >= 0);
    for (size_t k = 0; k < TALLIES * FPT_ACTIVITY_MEASURES * FPT_LANES; k++)
        FPT_REQUIRE(first.tally[k] >= 0);
    const int32_t *avoided = first.tally + FPT_ACTIVITY_AVOIDED * FPT_LANES;
    const int32_t *moved =
        first.tally +
        (FPT_ACTIVITY_MEASURES + FPT_ACTIVITY_CONVERTED_EVENTS) * FPT_LANES;
    for (int i = 0; i < FPT_LANES; i++) {
        FPT_REQUIRE(first.output[FPT_LANES + i] == moved[i]);
        if (f == 1.0) FPT_REQUIRE(avoided[i] == 0);
        if (f == 0.0 && !picks) FPT_REQUIRE(first.output[i] == 0);
        if (g == 0.0) FPT_REQUIRE(first.output[i] + avoided[i] + moved[i] == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_source source = {data, size};
    const uint64_t seed = fuzz_bits(&source, 4);
    const unsigned what = (unsigned)fuzz_bits(&source, 1);
    fpt_rng rng = fpt_rng_make(seed, 1, 2, 3);
    switch (what % 6) {
    case 0:
        check_counts(&source, &rng);
        break;
    case 1:
        check_splits(&source, &rng);
        break;
    case 2:
        check_share(&source);
        break;
    case 3:
        check_payments(&source);
        break;
    case 4:
        check_earned(&source);
        break;
    default:
        check_rows(&source, seed);
        break;
    }
    return 0;
}
