/*
 * Tests for spc.h: the worked example, lines from the printed formulas, every
 * rule against a brute-force reading of its definition (all windows), edges.
 */
#include "stat_check.h"

enum { MOST = 400 };

struct chart {
    int32_t phase[MOST];
    double value[MOST], centre[MOST], lower[MOST], upper[MOST];
    double lower_warning[MOST], upper_warning[MOST], range[MOST];
    fpt_spc_answer outside[MOST], run[MOST], trend[MOST], two[MOST];
    fpt_spc_cause cause[MOST];
    fpt_spc_variation variation[MOST];
    double longest[MOST], longest_max[MOST], crossings[MOST], least[MOST];
    fpt_spc_answer signal[MOST];
    fpt_spc_variation icon[MOST];
    fpt_spc_assurance assurance[MOST];
    fpt_state state[MOST];
};

static void chart_many(size_t series, const size_t *start,
                       const fpt_spc_input *input,
                       const fpt_spc_options *options, unsigned threads,
                       struct chart *c)
{
    static double work[4 * MOST];
    static size_t order[2 * MOST];
    memset(c, 0x55, sizeof *c);
    const fpt_spc_columns out = {
        c->phase,         c->value,         c->centre, c->lower,     c->upper,
        c->lower_warning, c->upper_warning, c->range,  c->outside,   c->run,
        c->trend,         c->two,           c->cause,  c->variation, c->longest,
        c->longest_max,   c->crossings,     c->least,  c->signal,    c->icon,
        c->assurance,     c->state};
    assert_true(fpt_spc_work(start[series]) <= COUNT_OF(work));
    assert_ok(fpt_spc_column(series, start, input, options, &out, threads, work,
                             order));
}

static struct chart chart_of(size_t count, const fpt_spc_input *input,
                             const fpt_spc_options *options)
{
    static struct chart c;
    const size_t start[] = {0, count};
    chart_many(1, start, input, options, 1, &c);
    return c;
}

static const double example[] = {12, 15, 11, 14, 16, 13, 12,
                                 30, 14, 15, 13, 16, 12, 14};

static void test_worked_example(void **state)
{
    (void)state;
    const fpt_spc_input in = {.x = example};
    fpt_spc_options o = fpt_spc_options_default();
    struct chart c = chart_of(14, &in, &o);
    for (int i = 0; i < 14; i++) {
        assert_state(c.state[i], OK);
        assert_close(c.centre[i], 14.785714285714, 5e-13);
        assert_close(c.lower[i], 2.099560439560, 5e-13);
        assert_close(c.upper[i], 27.471868131868, 5e-13);
        assert_close(c.upper_warning[i] - c.centre[i],
                     2.0 / 3.0 * (c.upper[i] - c.centre[i]), 1e-13);
    }
    assert_nan(c.range[0]);
    assert_true(c.range[7] == 18 && c.range[8] == 16);
    assert_true(c.outside[7] == 1 && c.outside[6] == 0);
    assert_int_equal(c.cause[7], FPT_CAUSE_OUTSIDE_ABOVE);
    assert_int_equal(c.variation[7], FPT_VARIATION_HIGH);
    o.screen = true;
    c = chart_of(14, &in, &o);
    assert_close(c.lower[0], 8.014805194805, 5e-13);
    assert_close(c.upper[0], 21.556623376623, 5e-13);
    /* The other constant: three sigma by 3 / 1.128. */
    o.screen = false;
    o.constant = 1.128;
    c = chart_of(14, &in, &o);
    assert_relative(c.upper[0] - c.centre[0], 3.0 / 1.128 * (62.0 / 13.0),
                    1e-14);
    o.constant = 0.0;
    o.sigma = 2.0;
    c = chart_of(14, &in, &o);
    assert_relative(c.upper[0] - c.centre[0], 2.66 * 2.0 / 3.0 * (62.0 / 13.0),
                    1e-14);
    o.sigma = 3.0;
    o.chart = FPT_SPC_I;
    c = chart_of(14, &in, &o);
    assert_relative(c.upper[0] - c.centre[0], 3.0 / 1.128 * (62.0 / 13.0),
                    1e-14);
}

/* The definitions, window by window, for a series with gaps. */
static void brute_force(size_t n, const struct chart *c,
                        const fpt_spc_options *o, int *run, int *trend,
                        double *way, int *two, int *outside)
{
    size_t seat[MOST], present = 0;
    int side[MOST];
    for (size_t i = 0; i < n; i++) {
        run[i] = trend[i] = two[i] = outside[i] = 0;
        way[i] = 0;
        const double v = c->value[i];
        side[i] = isnan(v) ? 0 : (v > c->centre[i]) - (v < c->centre[i]);
        if (isnan(v)) continue;
        seat[present++] = i;
        outside[i] = v > c->upper[i] || v < c->lower[i];
    }
    for (size_t k = 0; k + o->run_length <= present; k++) {
        bool same = true;
        for (size_t j = 0; j < o->run_length; j++)
            same = same && side[seat[k + j]] == side[seat[k]] &&
                   side[seat[k]] != 0;
        for (size_t j = 0; j < o->run_length && same; j++)
            run[seat[k + j]] = 1;
    }
    for (size_t k = 0; k + o->trend_length <= n; k++) {
        bool up = true, down = true;
        for (size_t j = 1; j < o->trend_length; j++) {
            up = up && c->value[k + j] > c->value[k + j - 1];
            down = down && c->value[k + j] < c->value[k + j - 1];
        }
        for (size_t j = 0; j < o->trend_length && (up || down); j++) {
            trend[k + j] = 1;
            way[k + j] = up ? 1 : -1; /* a later window overwrites */
        }
    }
    for (size_t k = 0; k + 3 <= present; k++) {
        int near = 0;
        bool close[3], same = side[seat[k]] != 0;
        for (size_t j = 0; j < 3; j++) {
            const size_t i = seat[k + j];
            const double v = c->value[i];
            close[j] = (v > c->upper_warning[i] || v < c->lower_warning[i]) &&
                       (o->near_with_outside || !outside[i]);
            near += close[j];
            same = same && side[i] == side[seat[k]];
        }
        for (size_t j = 0; j < 3; j++)
            if (same && near >= 2 && close[j]) two[seat[k + j]] = 1;
    }
}

static void test_rules_by_brute_force(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 6000; round++) {
        double x[80];
        const size_t n = 13 + (size_t)(next_random(&seed) % 60);
        double drift = 0.0;
        for (size_t i = 0; i < n; i++) {
            drift += between(&seed, -1.0, 1.2) * (double)(round % 3);
            x[i] = floor(20.0 + drift + between(&seed, 0.0, 6.0));
            if (round % 5 == 0 && next_random(&seed) % 9 == 0)
                x[i] = (double)NAN;
        }
        fpt_spc_options o = fpt_spc_options_default();
        o.near_with_outside = round % 2 == 0;
        o.run_length = 3 + (size_t)(next_random(&seed) % 6);
        o.trend_length = 3 + (size_t)(next_random(&seed) % 5);
        o.least_points = 0;
        o.improve = (fpt_spc_improve)(round % 3);
        o.improvement_first = round % 7 < 4;
        const fpt_spc_input in = {.x = x};
        const struct chart c = chart_of(n, &in, &o);
        if (isnan(c.upper[0])) continue;
        int run[MOST], trend[MOST], two[MOST], outside[MOST];
        double way[MOST];
        brute_force(n, &c, &o, run, trend, way, two, outside);
        for (size_t i = 0; i < n; i++) {
            if (isnan(x[i])) {
                assert_state(c.state[i], MISSING);
                assert_int_equal(c.run[i], FPT_SPC_NOT_ASKED);
                assert_int_equal(c.cause[i], FPT_CAUSE_UNKNOWN);
                continue;
            }
            if (c.run[i] != run[i] || c.trend[i] != trend[i] ||
                c.two[i] != two[i] || c.outside[i] != outside[i])
                fail_msg("round %d, point %zu: run %d %d trend %d %d two %d %d "
                         "outside %d %d",
                         round, i, c.run[i], run[i], c.trend[i], trend[i],
                         c.two[i], two[i], c.outside[i], outside[i]);
            /* The cause, by the table of precedence. */
            const bool fires[] = {outside[i] == 1, trend[i] == 1, two[i] == 1,
                                  run[i] == 1};
            const bool above = x[i] > c.centre[i];
            const bool up[] = {above, way[i] > 0, above, above};
            int chosen = -1;
            for (int k = 3; k >= 0; k--)
                if (fires[k]) chosen = k;
            if (o.improvement_first && o.improve != FPT_IMPROVE_NONE)
                for (int k = 3; k >= 0; k--)
                    if (fires[k] && up[k] == (o.improve == FPT_IMPROVE_UP))
                        chosen = k;
            const fpt_spc_cause want =
                chosen < 0 ? FPT_CAUSE_NONE
                           : (fpt_spc_cause)(1 + 2 * chosen + !up[chosen]);
            assert_int_equal(c.cause[i], want);
            const fpt_spc_variation kind =
                chosen < 0 ? FPT_VARIATION_COMMON
                : o.improve == FPT_IMPROVE_NONE
                    ? (up[chosen] ? FPT_VARIATION_HIGH : FPT_VARIATION_LOW)
                : up[chosen] == (o.improve == FPT_IMPROVE_UP)
                    ? FPT_VARIATION_IMPROVEMENT
                    : FPT_VARIATION_CONCERN;
            assert_int_equal(c.variation[i], kind);
        }
    }
}

static void test_a_peak_belongs_to_the_later_trend(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1};
    const fpt_spc_input in = {.x = x};
    fpt_spc_options o = fpt_spc_options_default();
    o.use_outside = o.use_run = o.use_two_in_three = false;
    const struct chart c = chart_of(13, &in, &o);
    assert_int_equal(c.cause[5], FPT_CAUSE_TREND_UP);
    assert_int_equal(c.cause[6], FPT_CAUSE_TREND_DOWN);
    assert_int_equal(c.run[6], FPT_SPC_NOT_ASKED);
    assert_int_equal(c.outside[6], FPT_SPC_NOT_ASKED);
    /* A tie ends a trend. */
    const double tie[] = {1, 2, 3, 4, 4, 5, 6, 7, 6, 5, 8, 3, 9};
    const fpt_spc_input in2 = {.x = tie};
    const struct chart d = chart_of(13, &in2, &o);
    for (int i = 0; i < 13; i++)
        assert_int_equal(d.trend[i], 0);
}

/* ---- missing, excluded, phases, baseline ---- */

static void test_missing_keeps_its_place(void **state)
{
    (void)state;
    double x[14];
    memcpy(x, example, sizeof x);
    x[5] = (double)NAN;
    const fpt_spc_input in = {.x = x};
    fpt_spc_options o = fpt_spc_options_default();
    const struct chart c = chart_of(14, &in, &o);
    assert_nan(c.range[5]);
    assert_nan(c.range[6]);
    assert_state(c.state[5], MISSING);
    assert_true(!isnan(c.centre[5]) && !isnan(c.upper[5]));
    double sum = 0.0, ranges = 0.0;
    int kept = 0;
    for (int i = 0; i < 14; i++) {
        if (i != 5) sum += x[i];
        if (i > 0 && i != 5 && i != 6) {
            ranges += fabs(x[i] - x[i - 1]);
            kept++;
        }
    }
    assert_relative(c.centre[0], sum / 13, 1e-15);
    assert_relative(c.upper[0], sum / 13 + 2.66 * ranges / kept, 1e-15);
}

static void test_excluded_points(void **state)
{
    (void)state;
    bool exclude[14] = {false};
    exclude[7] = true;
    const fpt_spc_input in = {.x = example, .exclude = exclude};
    fpt_spc_options o = fpt_spc_options_default();
    const struct chart c = chart_of(14, &in, &o);
    double sum = 0.0, ranges = 0.0;
    for (int i = 0; i < 14; i++) {
        if (i != 7) sum += example[i];
        if (i > 0 && i != 7 && i != 8)
            ranges += fabs(example[i] - example[i - 1]);
    }
    assert_relative(c.centre[0], sum / 13, 1e-15);
    assert_relative(c.upper[0], sum / 13 + 2.66 * ranges / 11, 1e-15);
    assert_true(c.outside[7] == 1); /* drawn and judged */
    assert_true(c.range[7] == 18);
}

static void test_phases_and_baseline(void **state)
{
    (void)state;
    double x[40];
    bool rebase[40] = {false};
    uint64_t seed = 3;
    for (int i = 0; i < 40; i++)
        x[i] = floor((i < 20 ? 50.0 : 80.0) + between(&seed, 0, 10));
    rebase[0] = true; /* the first point begins a phase anyhow */
    rebase[20] = true;
    const fpt_spc_input in = {.x = x, .rebase = rebase};
    fpt_spc_options o = fpt_spc_options_default();
    o.baseline = 12;
    const struct chart c = chart_of(40, &in, &o);
    const fpt_spc_input first = {.x = x}, second = {.x = x + 20};
    const struct chart a = chart_of(20, &first, &o);
    const struct chart b = chart_of(20, &second, &o);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(c.phase[i], 1);
        assert_int_equal(c.phase[i + 20], 2);
        assert_true(c.upper[i] == a.upper[i] && c.run[i] == a.run[i]);
        assert_true(c.upper[i + 20] == b.upper[i] &&
                    c.trend[i + 20] == b.trend[i]);
        assert_true(c.longest[i + 20] == b.longest[i]);
    }
    assert_nan(c.range[20]);
    double sum = 0.0, ranges = 0.0;
    for (int i = 0; i < 12; i++) {
        sum += x[i];
        if (i > 0) ranges += fabs(x[i] - x[i - 1]);
    }
    assert_relative(c.centre[0], sum / 12, 1e-15);
    assert_relative(c.lower[0], sum / 12 - 2.66 * ranges / 11, 1e-14);
    assert_int_equal(c.icon[0], b.icon[0]);
}

static void test_too_few_points(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    const double target[] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    const fpt_spc_input in = {.x = x, .target = target};
    fpt_spc_options o = fpt_spc_options_default();
    o.improve = FPT_IMPROVE_UP;
    struct chart c = chart_of(12, &in, &o);
    assert_state(c.state[0], TOO_FEW_POINTS);
    assert_nan(c.upper[0]);
    assert_true(c.centre[0] == 6.5 && c.trend[3] == 1);
    assert_int_equal(c.outside[0], FPT_SPC_NOT_ASKED);
    assert_int_equal(c.icon[0], FPT_VARIATION_UNKNOWN);
    assert_int_equal(c.assurance[0], FPT_ASSURANCE_UNKNOWN);
    fpt_spc_options_use(&o, FPT_SPC_SET_MDC_R_0_2_2);
    c = chart_of(12, &in, &o);
    assert_state(c.state[0], OK);
    assert_true(!isnan(c.upper[0]));
    assert_int_equal(c.icon[0], FPT_VARIATION_IMPROVEMENT);
    c = chart_of(1, &in, &o);
    assert_state(c.state[0], TOO_FEW_POINTS);
    assert_true(c.centre[0] == 1);
}

static void test_no_variation(void **state)
{
    (void)state;
    double x[14], target[14];
    for (int i = 0; i < 14; i++) {
        x[i] = 0.1;
        target[i] = 0.1;
    }
    const fpt_spc_input in = {.x = x, .target = target};
    fpt_spc_options o = fpt_spc_options_default();
    o.improve = FPT_IMPROVE_UP;
    struct chart c = chart_of(14, &in, &o);
    assert_state(c.state[0], NO_VARIATION);
    assert_nan(c.lower[0]);
    assert_true(c.centre[0] == 0.1 && c.run[0] == 0);
    assert_int_equal(c.outside[0], FPT_SPC_NOT_ASKED);
    assert_int_equal(c.trend[0], FPT_SPC_NOT_ASKED);
    assert_int_equal(c.icon[0], FPT_VARIATION_COMMON);
    assert_int_equal(c.assurance[0], FPT_ASSURANCE_PASS);
    target[13] = 0.2;
    c = chart_of(14, &in, &o);
    assert_int_equal(c.assurance[0], FPT_ASSURANCE_FAIL);
    o.improve = FPT_IMPROVE_DOWN;
    c = chart_of(14, &in, &o);
    assert_int_equal(c.assurance[0], FPT_ASSURANCE_PASS);
    /* Rounding is no variation: a third and its twin from another sum. */
    for (int i = 0; i < 14; i++)
        x[i] = i % 2 == 0 ? 0.3 : 0.1 + 0.2;
    c = chart_of(14, &in, &o);
    assert_state(c.state[0], NO_VARIATION);
    /* A constant baseline and then something else: only the run speaks. */
    for (int i = 0; i < 14; i++)
        x[i] = i < 6 ? 5.0 : 5.0 + i;
    o.baseline = 6;
    c = chart_of(14, &in, &o);
    assert_state(c.state[0], NO_VARIATION);
    assert_true(c.run[5] == 0 && c.run[6] == 1 && c.run[13] == 1);
    assert_int_equal(c.cause[13], FPT_CAUSE_RUN_ABOVE);
}

/* ---- assurance ---- */

static void test_assurance(void **state)
{
    (void)state;
    double target[14];
    const fpt_spc_input in = {.x = example, .target = target};
    fpt_spc_options o = fpt_spc_options_default();
    o.improve = FPT_IMPROVE_UP;
    const double upper = chart_of(14, &in, &o).upper[0];
    const double lower = chart_of(14, &in, &o).lower[0];
    const struct {
        double target;
        fpt_spc_assurance up, down;
    } table[] = {
        {upper + 1, FPT_ASSURANCE_FAIL, FPT_ASSURANCE_PASS},
        {upper, FPT_ASSURANCE_INCONSISTENT, FPT_ASSURANCE_INCONSISTENT},
        {14, FPT_ASSURANCE_INCONSISTENT, FPT_ASSURANCE_INCONSISTENT},
        {lower, FPT_ASSURANCE_INCONSISTENT, FPT_ASSURANCE_INCONSISTENT},
        {lower - 1, FPT_ASSURANCE_PASS, FPT_ASSURANCE_FAIL},
        {(double)NAN, FPT_ASSURANCE_UNKNOWN, FPT_ASSURANCE_UNKNOWN},
    };
    for (size_t k = 0; k < COUNT_OF(table); k++) {
        for (int i = 0; i < 14; i++)
            target[i] = table[k].target;
        o.improve = FPT_IMPROVE_UP;
        assert_int_equal(chart_of(14, &in, &o).assurance[3], table[k].up);
        o.improve = FPT_IMPROVE_DOWN;
        assert_int_equal(chart_of(14, &in, &o).assurance[3], table[k].down);
        o.improve = FPT_IMPROVE_NONE;
        assert_int_equal(chart_of(14, &in, &o).assurance[3],
                         FPT_ASSURANCE_UNKNOWN);
    }
    for (int i = 0; i < 14; i++)
        target[i] = upper;
    o.improve = FPT_IMPROVE_UP;
    o.target_on_limit_decides = true;
    assert_int_equal(chart_of(14, &in, &o).assurance[0], FPT_ASSURANCE_FAIL);
    for (int i = 0; i < 14; i++)
        target[i] = lower;
    assert_int_equal(chart_of(14, &in, &o).assurance[0], FPT_ASSURANCE_PASS);
}

/* ---- other charts: the printed formulas ---- */

static void test_count_charts(void **state)
{
    (void)state;
    uint64_t seed = 44;
    double x[30], n[30];
    double sum_x = 0, sum_n = 0;
    for (int i = 0; i < 30; i++) {
        n[i] = 80.0 + some_count(&seed, 200);
        x[i] = floor(n[i] * between(&seed, 0.05, 0.4));
        sum_x += x[i];
        sum_n += n[i];
    }
    const fpt_spc_input in = {.x = x, .n = n};
    fpt_spc_options o = fpt_spc_options_default();
    const double p = sum_x / sum_n;
    o.chart = FPT_SPC_P;
    struct chart c = chart_of(30, &in, &o);
    for (int i = 0; i < 30; i++) {
        const double sigma = sqrt(p * (1 - p) / n[i]);
        assert_relative(c.centre[i], p, 1e-15);
        assert_relative(c.value[i], x[i] / n[i], 1e-15);
        assert_close(c.lower[i], fmax(0, p - 3 * sigma), 1e-15);
        assert_close(c.upper[i], p + 3 * sigma, 1e-15);
        assert_close(c.upper_warning[i], p + 2 * sigma, 1e-15);
        assert_nan(c.range[i]);
    }
    double z[30], mr = 0.0, zu[30], mru = 0.0, mean = 0.0, var = 0.0;
    for (int i = 0; i < 30; i++) {
        z[i] = (x[i] / n[i] - p) / sqrt(p * (1 - p) / n[i]);
        zu[i] = (x[i] / n[i] - p) / sqrt(p / n[i]);
        mean += z[i] / 30;
        if (i > 0) mr += fabs(z[i] - z[i - 1]) / 29;
        if (i > 0) mru += fabs(zu[i] - zu[i - 1]) / 29;
    }
    for (int i = 0; i < 30; i++)
        var += (z[i] - mean) * (z[i] - mean) / 29;
    o.chart = FPT_SPC_P_PRIME;
    c = chart_of(30, &in, &o);
    assert_relative(c.upper[4], p + 3 * sqrt(p * (1 - p) / n[4]) * mr / 1.128,
                    1e-13);
    o.unordered = true;
    c = chart_of(30, &in, &o);
    assert_relative(c.upper[4], p + 3 * sqrt(p * (1 - p) / n[4]) * sqrt(var),
                    1e-13);
    o.unordered = false;
    o.chart = FPT_SPC_U;
    c = chart_of(30, &in, &o);
    assert_relative(c.upper[7], p + 3 * sqrt(p / n[7]), 1e-14);
    o.chart = FPT_SPC_U_PRIME;
    c = chart_of(30, &in, &o);
    assert_relative(c.upper[7], p + 3 * sqrt(p / n[7]) * mru / 1.128, 1e-13);
    o.chart = FPT_SPC_C;
    c = chart_of(30, &in, &o);
    assert_relative(c.centre[7], sum_x / 30, 1e-15);
    assert_relative(c.upper[7], sum_x / 30 + 3 * sqrt(sum_x / 30), 1e-15);
    assert_true(c.value[7] == x[7]);
    o.centre = 4.0;
    c = chart_of(30, &in, &o);
    assert_true(c.centre[0] == 4.0 && c.upper[0] == 10.0 && c.lower[0] == 0.0);
    /* An individuals chart of x / n. */
    o = fpt_spc_options_default();
    o.chart = FPT_SPC_I;
    c = chart_of(30, &in, &o);
    assert_relative(c.value[3], x[3] / n[3], 1e-15);
    o.chart = FPT_SPC_XMR;
    assert_true(chart_of(30, &in, &o).value[3] == x[3]);
}

static void test_rare_event_charts(void **state)
{
    (void)state;
    const double gaps[] = {3, 12, 7, 30, 1, 19, 8, 4, 25, 11, 6, 2, 40, 9, 5};
    const fpt_spc_input in = {.x = gaps};
    fpt_spc_options o = fpt_spc_options_default();
    double sum = 0.0, sum_y = 0.0, mr = 0.0, y[15], ranges = 0.0;
    for (int i = 0; i < 15; i++) {
        y[i] = pow(gaps[i], 1 / 3.6);
        sum += gaps[i] / 15;
        sum_y += y[i] / 15;
        if (i > 0) mr += fabs(y[i] - y[i - 1]) / 14;
        if (i > 0) ranges += fabs(gaps[i] - gaps[i - 1]) / 14;
    }
    o.chart = FPT_SPC_G;
    struct chart c = chart_of(15, &in, &o);
    assert_true(c.centre[0] == 8.0); /* the median is drawn */
    assert_relative(c.upper[0], sum + 3 * sqrt(sum * (sum + 1)), 1e-14);
    assert_true(c.lower[0] == 0.0);
    o.centre = 10.0;
    c = chart_of(15, &in, &o);
    assert_relative(c.centre[0], 6.93, 1e-15);
    assert_relative(c.upper[0], 10 + 3 * sqrt(110.0), 1e-15);
    o.centre = (double)NAN;
    o.chart = FPT_SPC_T;
    c = chart_of(15, &in, &o);
    assert_relative(c.centre[0], pow(sum_y, 3.6), 1e-13);
    assert_relative(c.upper[0], pow(sum_y + 3 * mr / 1.128, 3.6), 1e-13);
    assert_true(c.value[3] == 30.0);
    assert_nan(c.range[3]);
    o.centre = 10.0;
    c = chart_of(15, &in, &o);
    assert_relative(c.centre[0], 10.0, 1e-14);
    o.centre = (double)NAN;
    o.chart = FPT_SPC_MR;
    c = chart_of(15, &in, &o);
    assert_nan(c.value[0]);
    assert_true(c.value[1] == 9.0 && c.range[1] == 9.0);
    assert_relative(c.centre[1], ranges, 1e-15);
    assert_relative(c.upper[1], 3.267 * ranges, 1e-14);
    assert_true(c.lower[1] == 0.0);
    o.chart = FPT_SPC_RUN;
    c = chart_of(15, &in, &o);
    assert_true(c.centre[0] == 8.0);
    assert_nan(c.upper[0]);
    assert_int_equal(c.outside[0], FPT_SPC_NOT_ASKED);
    assert_int_equal(c.run[0], 0);
}

static void test_point_states(void **state)
{
    (void)state;
    const double nan = (double)NAN;
    double x[] = {5, 6, 0, 4, 7, -1, 12, 3, 5, 4, 6, 5, 5, 4, 6};
    double n[] = {9, 9, 0, 9, 9, 9, 9, nan, 9, 9, 9, 9, 9, 9, 9};
    const fpt_spc_input in = {.x = x, .n = n};
    fpt_spc_options o = fpt_spc_options_default();
    o.least_points = 0;
    o.chart = FPT_SPC_P;
    struct chart c = chart_of(15, &in, &o);
    assert_state(c.state[0], OK);
    assert_state(c.state[2], ZERO_DENOMINATOR);
    assert_nan(c.value[2]);
    assert_nan(c.upper[2]);
    assert_state(c.state[5], INVALID);
    assert_state(c.state[6], INVALID);
    assert_state(c.state[7], MISSING);
    o.chart = FPT_SPC_U;
    c = chart_of(15, &in, &o);
    assert_state(c.state[6], OK);
    assert_state(c.state[5], INVALID);
    o.chart = FPT_SPC_T;
    c = chart_of(15, &in, &o);
    assert_state(c.state[2], INVALID); /* a time of 0 */
    o.chart = FPT_SPC_G;
    c = chart_of(15, &in, &o);
    assert_state(c.state[2], OK);
    o.chart = FPT_SPC_XMR;
    c = chart_of(15, &in, &o);
    assert_state(c.state[5], OK); /* a value may be negative */
    o.chart = FPT_SPC_RUN;
    c = chart_of(15, &in, &o);
    assert_state(c.state[2], ZERO_DENOMINATOR);
    assert_state(c.state[7], MISSING);
    /* All or none: nothing varies. */
    for (int i = 0; i < 15; i++)
        x[i] = n[i] = 9;
    o.chart = FPT_SPC_P;
    assert_state(chart_of(15, &in, &o).state[0], NO_VARIATION);
    o.chart = FPT_SPC_P_PRIME;
    assert_state(chart_of(15, &in, &o).state[0], NO_VARIATION);
    for (int i = 0; i < 15; i++)
        x[i] = 0;
    o.chart = FPT_SPC_C;
    assert_state(chart_of(15, &in, &o).state[0], NO_VARIATION);
    o.chart = FPT_SPC_G;
    assert_state(chart_of(15, &in, &o).state[0], NO_VARIATION);
    for (int i = 0; i < 15; i++)
        x[i] = nan;
    for (int k = 0; k < FPT_SPC_CHARTS; k++) {
        o.chart = (fpt_spc_chart)k;
        const struct chart empty = chart_of(15, &in, &o);
        assert_state(empty.state[3], MISSING);
        assert_nan(empty.centre[3]);
        assert_int_equal(empty.icon[3], FPT_VARIATION_UNKNOWN);
    }
}

/* ---- runs ---- */

static void test_runs_bounds(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double longest, crossings;
    } table[] = {{10, 6, 2},  {12, 7, 3},  {16, 7, 4},
                 {20, 7, 6},  {24, 8, 8},  {30, 8, 10},
                 {36, 8, 13}, {50, 9, 19}, {100, 10, 41}};
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        assert_close(fpt_runs_longest_max(table[i].n), table[i].longest, 0);
        assert_close(fpt_runs_crossings_min(table[i].n), table[i].crossings, 0);
    }
    assert_nan(fpt_runs_longest_max(0));
    assert_nan(fpt_runs_crossings_min(0));
}

static void test_anhoej(void **state)
{
    (void)state;
    /* Two levels: one crossing, runs of twelve. */
    double x[24];
    for (int i = 0; i < 24; i++)
        x[i] = (i < 12 ? 10.0 : 20.0) + i % 3;
    const fpt_spc_input in = {.x = x};
    fpt_spc_options o = fpt_spc_options_default();
    fpt_spc_options_use(&o, FPT_SPC_SET_ANHOEJ);
    o.chart = FPT_SPC_RUN;
    struct chart c = chart_of(24, &in, &o);
    assert_true(c.longest[0] == 12 && c.crossings[0] == 1);
    assert_true(c.longest_max[0] == 8 && c.least[0] == 8);
    assert_int_equal(c.signal[0], 1);
    assert_int_equal(c.run[0], 1); /* it is part of a run that is too long */
    assert_int_equal(c.trend[0], FPT_SPC_NOT_ASKED);
    for (int i = 0; i < 24; i++)
        x[i] = i % 2 == 0 ? 10.0 + i : 60.0 - i;
    c = chart_of(24, &in, &o);
    assert_int_equal(c.signal[0], 0);
    assert_int_equal(c.run[0], 0);
    /* Nine useful points give no answer. */
    c = chart_of(9, &in, &o);
    assert_int_equal(c.signal[0], FPT_SPC_NOT_ASKED);
    assert_state(c.state[0], TOO_FEW_POINTS);
    assert_nan(c.longest_max[0]);
    assert_true(c.longest[0] >= 1);
}

static void test_same_bytes_on_any_threads(void **state)
{
    (void)state;
    enum { SERIES = 20, POINTS = 19 };
    size_t start[SERIES + 1];
    double x[SERIES * POINTS], n[SERIES * POINTS];
    uint64_t seed = 77;
    for (size_t s = 0; s <= SERIES; s++)
        start[s] = s * POINTS;
    for (size_t i = 0; i < SERIES * POINTS; i++) {
        n[i] = 50.0 + some_count(&seed, 100);
        x[i] = some_count(&seed, 40);
    }
    static struct chart one, many;
    for (int k = 0; k < FPT_SPC_CHARTS; k++) {
        const fpt_spc_input in = {.x = x, .n = n};
        fpt_spc_options o = fpt_spc_options_default();
        o.chart = (fpt_spc_chart)k;
        chart_many(SERIES, start, &in, &o, 1, &one);
        chart_many(SERIES, start, &in, &o, 8, &many);
        assert_memory_equal(&one, &many, sizeof one);
    }
}

static void test_words_and_options(void **state)
{
    (void)state;
    for (int i = 0; i < FPT_SPC_CHARTS; i++) {
        fpt_spc_chart found;
        assert_true(fpt_spc_chart_find(
            fpt_str_from(fpt_spc_chart_word((fpt_spc_chart)i)), &found));
        assert_int_equal(found, i);
    }
    for (int i = 0; i < FPT_SPC_SETS; i++) {
        fpt_spc_set found;
        assert_true(fpt_spc_set_find(
            fpt_str_from(fpt_spc_set_word((fpt_spc_set)i)), &found));
        assert_int_equal(found, i);
    }
    fpt_spc_chart chart;
    fpt_spc_set set;
    assert_false(fpt_spc_chart_find(FPT_STR("XMR"), &chart));
    assert_false(fpt_spc_set_find(FPT_STR("nelson"), &set));
    assert_string_equal(fpt_spc_cause_word(FPT_CAUSE_RUN_BELOW), "run_below");
    assert_string_equal(fpt_spc_variation_word(FPT_VARIATION_HIGH),
                        "special_cause_neutral_high");
    assert_string_equal(fpt_spc_assurance_word(FPT_ASSURANCE_PASS),
                        "consistent_pass");
    assert_true(fpt_spc_needs_n(FPT_SPC_P) && !fpt_spc_needs_n(FPT_SPC_C));

    fpt_error err;
    const fpt_spc_options good = fpt_spc_options_default();
    assert_ok(fpt_spc_options_check(&good, &err));
    fpt_spc_options bad[8];
    for (int i = 0; i < 8; i++)
        bad[i] = good;
    bad[0].sigma = 0.0;
    bad[1].constant = 2.5;
    bad[2].centre = (double)INFINITY;
    bad[3].chart = FPT_SPC_P;
    bad[3].centre = 1.5;
    bad[4].chart = FPT_SPC_C;
    bad[4].centre = -1.0;
    bad[5].chart = FPT_SPC_MR;
    bad[5].centre = 3.0;
    bad[6].run_length = 1;
    bad[7].chart = (fpt_spc_chart)99;
    for (int i = 0; i < 8; i++)
        assert_int_equal(fpt_spc_options_check(&bad[i], &err), FPT_ERR_RANGE);
    const size_t start[] = {0, 0};
    const fpt_spc_input in = {0};
    const fpt_spc_columns out = {0};
    assert_int_equal(
        fpt_spc_column(1, start, &in, &bad[0], &out, 1, NULL, NULL),
        FPT_ERR_RANGE);
    fpt_spc_options p = good;
    p.chart = FPT_SPC_P;
    assert_int_equal(fpt_spc_column(1, start, &in, &p, &out, 1, NULL, NULL),
                     FPT_ERR_NULL);
    assert_ok(fpt_spc_column(1, start, &in, &good, &out, 1, NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_rules_by_brute_force),
        cmocka_unit_test(test_a_peak_belongs_to_the_later_trend),
        cmocka_unit_test(test_missing_keeps_its_place),
        cmocka_unit_test(test_excluded_points),
        cmocka_unit_test(test_phases_and_baseline),
        cmocka_unit_test(test_too_few_points),
        cmocka_unit_test(test_no_variation),
        cmocka_unit_test(test_assurance),
        cmocka_unit_test(test_count_charts),
        cmocka_unit_test(test_rare_event_charts),
        cmocka_unit_test(test_point_states),
        cmocka_unit_test(test_runs_bounds),
        cmocka_unit_test(test_anhoej),
        cmocka_unit_test(test_same_bytes_on_any_threads),
        cmocka_unit_test(test_words_and_options),
    };
    return cmocka_run_group_tests_name("spc", tests, NULL, NULL);
}
