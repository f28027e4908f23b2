/*
 * Process control of any series under any options: lines in order, rules that
 * speak only where they may, phases that count up, and a series alone gives what
 * it gives among others.
 */
#include "numbers.h"

#include "fpt/stat.h"

enum { MOST = 64 };

struct chart {
    int32_t phase[MOST];
    double number[11][MOST];
    fpt_spc_answer answer[5][MOST];
    fpt_spc_cause cause[MOST];
    fpt_spc_variation variation[2][MOST];
    fpt_spc_assurance assurance[MOST];
    fpt_state state[MOST];
};

static fpt_spc_columns columns_of(struct chart *c)
{
    return (fpt_spc_columns){
        .phase = c->phase,
        .value = c->number[0],
        .centre = c->number[1],
        .lower = c->number[2],
        .upper = c->number[3],
        .lower_warning = c->number[4],
        .upper_warning = c->number[5],
        .moving_range = c->number[6],
        .outside = c->answer[0],
        .run = c->answer[1],
        .trend = c->answer[2],
        .two_in_three = c->answer[3],
        .cause = c->cause,
        .variation = c->variation[0],
        .longest_run = c->number[7],
        .longest_run_max = c->number[8],
        .crossings = c->number[9],
        .crossings_min = c->number[10],
        .runs_signal = c->answer[4],
        .variation_icon = c->variation[1],
        .assurance_icon = c->assurance,
        .state = c->state,
    };
}

static void check_point(const struct chart *c, size_t i)
{
    const double lower = c->number[2][i], upper = c->number[3][i];
    const double value = c->number[0][i];
    FPT_REQUIRE(!isinf(value));
    FPT_REQUIRE(isnan(lower) == isnan(upper));
    if (!isnan(lower)) {
        FPT_REQUIRE(lower <= c->number[4][i] &&
                    c->number[4][i] <= c->number[5][i] &&
                    c->number[5][i] <= upper);
        FPT_REQUIRE(c->state[i] != FPT_STATE_NO_VARIATION);
    }
    if (isnan(value))
        for (int k = 0; k < 4; k++)
            FPT_REQUIRE(c->answer[k][i] == FPT_SPC_NOT_ASKED);
    if (c->answer[0][i] == 1) FPT_REQUIRE(value < lower || value > upper);
    if (c->cause[i] == FPT_CAUSE_OUTSIDE_ABOVE) FPT_REQUIRE(value > upper);
    FPT_REQUIRE((c->cause[i] == FPT_CAUSE_NONE) ==
                (c->variation[0][i] == FPT_VARIATION_COMMON));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_source source = {data, size};
    fpt_spc_options o = fpt_spc_options_default();
    const unsigned kind = (unsigned)fuzz_bits(&source, 2);
    fpt_spc_options_use(&o, (fpt_spc_set)(kind % FPT_SPC_SETS));
    o.chart = (fpt_spc_chart)(kind / 4 % FPT_SPC_CHARTS);
    o.improve = (fpt_spc_improve)(kind / 64 % 3);
    o.baseline = kind / 256 % 8 == 0 ? 4 : 0;
    o.unordered = kind % 5 == 0;
    o.target_on_limit_decides = kind % 7 == 0;
    if (kind % 11 == 0) o.least_points = 0;
    if (kind % 13 == 0) o.centre = fuzz_double(&source);
    if (fpt_spc_options_check(&o, NULL) != FPT_OK) return 0;

    const size_t count = fuzz_bits(&source, 1) % (MOST + 1);
    double x[MOST], n[MOST], target[MOST];
    bool rebase[MOST], exclude[MOST];
    for (size_t i = 0; i < count; i++) {
        const unsigned flags = (unsigned)fuzz_bits(&source, 1);
        x[i] = fuzz_double(&source);
        n[i] = (double)(flags % 32 == 0 ? 0 : 300 + flags);
        target[i] = (double)(flags / 8);
        rebase[i] = flags % 29 == 1;
        exclude[i] = flags % 17 == 1;
    }
    static struct chart all, part;
    static double work[4 * MOST];
    static size_t order[2 * MOST];
    const size_t cut = count / 2, start[] = {0, cut, count};
    const fpt_spc_input input = {x, n, target, rebase, exclude};
    const fpt_spc_columns out = columns_of(&all);
    FPT_REQUIRE(fpt_spc_column(2, start, &input, &o, &out, 1, work, order) ==
                FPT_OK);
    for (size_t i = 0; i < count; i++) {
        check_point(&all, i);
        FPT_REQUIRE(all.phase[i] >= 1);
        if (i > 0 && i != cut)
            FPT_REQUIRE(all.phase[i] - all.phase[i - 1] == (rebase[i] ? 1 : 0));
    }
    /* The second series alone. */
    const size_t alone[] = {0, count - cut};
    const fpt_spc_input second = {x + cut, n + cut, target + cut, rebase + cut,
                                  exclude + cut};
    const fpt_spc_columns again = columns_of(&part);
    FPT_REQUIRE(fpt_spc_column(1, alone, &second, &o, &again, 1, work, order) ==
                FPT_OK);
    for (size_t i = cut; i < count; i++) {
        FPT_REQUIRE(memcmp(&all.number[3][i], &part.number[3][i - cut],
                           sizeof(double)) == 0 ||
                    isnan(all.number[3][i]));
        FPT_REQUIRE(all.cause[i] == part.cause[i - cut]);
        FPT_REQUIRE(all.state[i] == part.state[i - cut]);
    }
    return 0;
}
