/*
 * spc: process control of each group's series. Options here; spc_series.c orders
 * the points, calls the kernel and puts the answers back.
 */
#include <stdio.h>

#include "spc_i.h"

static fpt_status read_rules(fpti_run *run, struct fpti_spc *s,
                             fpti_spc_changes *changes, fpt_error *err)
{
    fpt_spc_set set = FPT_SPC_SET_MDC_2023;
    const char *text = fpti_option(run, FPTI_OPTION_RULES);
    fpt_str rest = fpt_str_from(text);
    if (text == NULL) rest.data = NULL;
    bool named = false;
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_trim(fpt_str_cut(&rest, ','));
        bool *const switches[] = {&changes->outside, &changes->run,
                                  &changes->trend, &changes->two};
        static const char *const rules[] = {"outside", "run", "trend",
                                            "two-in-three"};
        size_t found = 0;
        while (found < 4 && !fpt_str_equal(word, fpt_str_from(rules[found])))
            found++;
        if (found < 4) {
            *switches[found] = changes->rules = true;
        } else if (named || !fpt_spc_set_find(word, &set)) {
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--rules: \"" FPT_STR_FMT
                            "\" is none of mdc-2023, mdc-excel, mdc-r-0.2.2, "
                            "anhoej, or outside, run, trend, two-in-three",
                            FPT_STR_ARG(word));
        } else {
            named = true;
        }
    }
    fpt_spc_options_use(&s->options, set);
    s->set = set;
    if (changes->rules) {
        s->options.use_outside = changes->outside;
        s->options.use_run = changes->run;
        s->options.use_trend = changes->trend;
        s->options.use_two_in_three = changes->two;
    }
    return FPT_OK;
}

static fpt_status read_lengths(fpti_run *run, struct fpti_spc *s,
                               fpt_error *err)
{
    fpt_spc_options *o = &s->options;
    static const char *const switches[] = {"off", "on", NULL};
    int screen = o->screen ? 1 : 0;
    int64_t baseline = 0, run_length = (int64_t)o->run_length;
    int64_t trend_length = (int64_t)o->trend_length;
    int64_t least = (int64_t)o->least_points;
    FPT_TRY(
        fpti_option_choice(run, FPTI_OPTION_SCREEN, switches, &screen, err));
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_RUN_LENGTH, 2, 1000, &run_length,
                              err));
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_TREND_LENGTH, 2, 1000,
                              &trend_length, err));
    FPT_TRY(
        fpti_option_whole(run, FPTI_OPTION_MIN_POINTS, 2, 1000, &least, err));
    FPT_TRY(fpti_option_whole(run, FPTI_OPTION_BASELINE, 2, 1000000, &baseline,
                              err));
    o->screen = screen == 1;
    o->run_length = (size_t)run_length;
    o->trend_length = (size_t)trend_length;
    o->least_points = (size_t)least;
    o->baseline = (size_t)baseline;
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_SIGMA, 1e-6, 100.0, &o->sigma,
                               err));
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_CENTRE, -1e15, 1e15, &o->centre,
                               err));
    return fpti_option_number(run, FPTI_OPTION_CONSTANT, 0.0, 10.0,
                              &o->constant, err);
}

static fpt_status read_options(fpti_run *run, struct fpti_spc *s,
                               fpti_spc_changes *changes, fpt_error *err)
{
    static const char *const ways[] = {"none", "up", "down", NULL};
    static const char *const limits[] = {"inconsistent", "decides", NULL};
    s->options = fpt_spc_options_default();
    FPT_TRY(read_rules(run, s, changes, err));
    const char *chart = fpti_option(run, FPTI_OPTION_CHART);
    if (chart != NULL &&
        !fpt_spc_chart_find(fpt_str_from(chart), &s->options.chart))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--chart: there is no \"%s\"; there are xmr, i, mr, p, "
                        "p-prime, c, u, u-prime, g, t, run",
                        chart);
    int improve = 0, on_limit = 0;
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_IMPROVE, ways, &improve, err));
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_TARGET_ON_LIMIT, limits,
                               &on_limit, err));
    s->options.improve = (fpt_spc_improve)improve;
    s->options.target_on_limit_decides = on_limit == 1;
    s->options.unordered = fpti_is_set(run, FPTI_OPTION_UNORDERED);
    FPT_TRY(read_lengths(run, s, err));
    fpt_error why;
    if (fpt_spc_options_check(&s->options, &why) != FPT_OK)
        return fpt_fail(err, FPT_ERR_USAGE, "spc: %s", why.text);
    s->one_target = (double)NAN;
    return fpti_option_number(run, FPTI_OPTION_TARGET, -1e15, 1e15,
                              &s->one_target, err);
}

/* Days, or numbers: which they are is known with the series. */
static fpt_status read_rebase(fpti_run *run, struct fpti_spc *s, fpt_error *err)
{
    if (!fpti_is_set(run, FPTI_OPTION_REBASE)) return FPT_OK;
    fpt_str rest = fpt_str_from(fpti_option(run, FPTI_OPTION_REBASE));
    size_t capacity = 0;
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_trim(fpt_str_cut(&rest, ','));
        fpti_period as_number, as_period;
        size_t bad;
        const fpti_periods kind = fpti_periods_read(1, &word, &as_number, &bad);
        fpt_period period;
        const bool is_period = fpt_period_parse(word, &period);
        if ((kind == FPTI_ARE_NEITHER && !is_period) || word.len == 0)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--rebase: \"" FPT_STR_FMT
                            "\" is no period; expected one such as 2018-04",
                            FPT_STR_ARG(word));
        as_period.key = is_period ? (double)period.from.days : (double)NAN;
        if (!FPT_RESERVE(run->arena, s->rebase, s->rebase_count, capacity))
            return fpti_no_memory(err);
        s->rebase[s->rebase_count++] = (fpti_rebase){
            .number = kind == FPTI_ARE_NUMBERS ? as_number.key : (double)NAN,
            .day = as_period.key,
            .text = word};
    }
    return FPT_OK;
}

static fpt_status read_columns(fpti_run *run, struct fpti_spc *s,
                               fpt_error *err)
{
    FPT_TRY(fpti_need_text(run, "period", &s->period, err));
    FPT_TRY(fpti_need(run, "x", FPTI_NUMBER, &s->x, err));
    if (fpt_spc_needs_n(s->options.chart))
        FPT_TRY(fpti_need(run, "n", FPTI_COUNT, &s->n, err));
    else
        FPT_TRY(fpti_may_need(run, "n", FPTI_COUNT, &s->n, err));
    FPT_TRY(fpti_may_need(run, "target", FPTI_NUMBER, &s->target, err));
    FPT_TRY(fpti_may_need(run, "rebase", FPTI_NUMBER, &s->rebase_in, err));
    FPT_TRY(fpti_may_need(run, "exclude", FPTI_NUMBER, &s->exclude, err));
    const int optional[] = {s->target, s->rebase_in, s->exclude};
    for (size_t i = 0; i < 3; i++)
        if (optional[i] != FPTI_NONE) run->slot[optional[i]].optional = true;
    if (s->target != FPTI_NONE && fpti_is_set(run, FPTI_OPTION_TARGET))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "there is a column target and an option --target; give "
                        "one of them");
    /* A chart that does not divide has no use for an empty n. */
    const bool divides =
        fpt_spc_needs_n(s->options.chart) || s->options.chart == FPT_SPC_I ||
        s->options.chart == FPT_SPC_MR || s->options.chart == FPT_SPC_RUN;
    if (s->n != FPTI_NONE && !divides) run->slot[s->n].optional = true;
    s->n_unused = s->n != FPTI_NONE && !divides;
    return FPT_OK;
}

/* "xmr/mdc-2023", and what was asked for beside the set. */
static const char *method_word(fpti_run *run, const struct fpti_spc *s,
                               const fpti_spc_changes *changes)
{
    static const fpti_option_id said[] = {
        FPTI_OPTION_SCREEN,       FPTI_OPTION_RUN_LENGTH,
        FPTI_OPTION_TREND_LENGTH, FPTI_OPTION_MIN_POINTS,
        FPTI_OPTION_SIGMA,        FPTI_OPTION_CONSTANT,
        FPTI_OPTION_CENTRE};
    fpt_strbuf word = fpt_strbuf_make(run->arena);
    fpt_strbuf_print(&word, "%s/%s", fpt_spc_chart_word(s->options.chart),
                     fpt_spc_set_word(s->set));
    if (changes->rules)
        fpt_strbuf_print(
            &word, ";rules=%s%s%s%s", changes->outside ? "+outside" : "",
            changes->run ? "+run" : "", changes->trend ? "+trend" : "",
            changes->two ? "+two-in-three" : "");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (fpti_is_set(run, said[i]))
            fpt_strbuf_print(&word, ";%s=%s", fpti_option_name(said[i]),
                             fpti_option(run, said[i]));
    if (s->options.unordered) fpt_strbuf_add(&word, FPT_STR(";unordered"));
    return word.failed ? NULL : word.data;
}

static void add_results(fpti_run *run, struct fpti_spc *s, const char *method)
{
    struct fpti_spc_out *o = &s->out;
    o->phase = fpti_result_add(run, "phase", FPTI_IS_NUMBER);
    o->value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    o->centre = fpti_result_add(run, "centre_line", FPTI_IS_NUMBER);
    o->lower = fpti_result_add(run, "lower_limit", FPTI_IS_NUMBER);
    o->upper = fpti_result_add(run, "upper_limit", FPTI_IS_NUMBER);
    o->lower_warning = fpti_result_add(run, "lower_warning", FPTI_IS_NUMBER);
    o->upper_warning = fpti_result_add(run, "upper_warning", FPTI_IS_NUMBER);
    o->range = fpti_result_add(run, "moving_range", FPTI_IS_NUMBER);
    o->outside = fpti_result_add(run, "rule_outside", FPTI_IS_FLAG);
    o->run = fpti_result_add(run, "rule_run", FPTI_IS_FLAG);
    o->trend = fpti_result_add(run, "rule_trend", FPTI_IS_FLAG);
    o->two = fpti_result_add(run, "rule_two_in_three", FPTI_IS_FLAG);
    o->cause = fpti_result_add(run, "special_cause", FPTI_IS_WORD);
    o->variation = fpti_result_add(run, "variation", FPTI_IS_WORD);
    o->longest = fpti_result_add(run, "longest_run", FPTI_IS_NUMBER);
    o->longest_max = fpti_result_add(run, "longest_run_max", FPTI_IS_NUMBER);
    o->crossings = fpti_result_add(run, "crossings", FPTI_IS_NUMBER);
    o->crossings_min = fpti_result_add(run, "crossings_min", FPTI_IS_NUMBER);
    o->signal = fpti_result_add(run, "runs_signal", FPTI_IS_FLAG);
    o->variation_icon = fpti_result_add(run, "variation_icon", FPTI_IS_WORD);
    o->assurance_icon = fpti_result_add(run, "assurance_icon", FPTI_IS_WORD);
    o->tail = fpti_result_tail(run, method);
}

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    struct fpti_spc *s = FPT_NEW(run->arena, struct fpti_spc, 1);
    if (s == NULL) return fpti_no_memory(err);
    run->extra = s;
    run->shape = FPTI_TABLE;
    run->rows_out = true;
    fpti_spc_changes changes = {0};
    FPT_TRY(read_options(run, s, &changes, err));
    FPT_TRY(read_rebase(run, s, err));
    FPT_TRY(read_columns(run, s, err));
    const char *method = method_word(run, s, &changes);
    if (method == NULL) return fpti_no_memory(err);
    add_results(run, s, method);
    if (!s->n_unused) return FPT_OK;
    return fpti_note(run, FPT_WARNING, "n-not-used",
                     "a %s chart does not divide by n: it takes the exposure "
                     "to be the same at all points; p, u and i charts divide",
                     fpt_spc_chart_word(s->options.chart));
}

static const char *fault(const fpti_run *run, int *slot)
{
    const struct fpti_spc *s = run->extra;
    const int switches[] = {s->rebase_in, s->exclude};
    for (size_t i = 0; i < 2; i++) {
        *slot = switches[i];
        if (*slot == FPTI_NONE || isnan(run->cell[*slot])) continue;
        if (run->cell[*slot] != 0.0 && run->cell[*slot] != 1.0)
            return "expected 0 or 1";
    }
    const fpt_spc_chart chart = s->options.chart;
    const double x = run->cell[s->x];
    *slot = s->x;
    if (chart == FPT_SPC_T && x <= 0.0)
        return "a time between events must be above 0: two events at once need "
               "a finer clock or a g chart";
    const bool counts =
        fpt_spc_needs_n(chart) || chart == FPT_SPC_C || chart == FPT_SPC_G;
    if (counts && x < 0.0) return "a count is negative";
    const bool share = chart == FPT_SPC_P || chart == FPT_SPC_P_PRIME;
    return share && x > run->cell[s->n] ? "x is more than n" : NULL;
}

const fpti_work *fpti_work_spc(void)
{
    static const fpti_work work = {.prepare = prepare,
                                   .fault = fault,
                                   .solve = fpti_spc_solve,
                                   .end = fpti_spc_end};
    return &work;
}
