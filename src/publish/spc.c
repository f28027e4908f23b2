/*
 * A series over time as a control chart: the table says all that the chart
 * shows.
 */
#include "publish_i.h"

struct series {
    size_t count;
    const fpt_figure **figure;
    fpt_spc_columns out;
};

static bool make_columns(fpt_arena *arena, size_t n, fpt_spc_columns *c)
{
    double **real[] = {&c->value,        &c->centre,        &c->lower,
                       &c->upper,        &c->lower_warning, &c->upper_warning,
                       &c->moving_range, &c->longest_run,   &c->longest_run_max,
                       &c->crossings,    &c->crossings_min};
    fpt_spc_answer **answer[] = {&c->outside, &c->run, &c->trend,
                                 &c->two_in_three, &c->runs_signal};
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        if ((*real[i] = FPT_NEW(arena, double, n)) == NULL) return false;
    for (size_t i = 0; i < sizeof answer / sizeof *answer; i++)
        if ((*answer[i] = FPT_NEW(arena, fpt_spc_answer, n)) == NULL)
            return false;
    c->phase = FPT_NEW(arena, int32_t, n);
    c->cause = FPT_NEW(arena, fpt_spc_cause, n);
    c->variation = FPT_NEW(arena, fpt_spc_variation, n);
    c->variation_icon = FPT_NEW(arena, fpt_spc_variation, n);
    c->assurance_icon = FPT_NEW(arena, fpt_spc_assurance, n);
    c->state = FPT_NEW(arena, fpt_state, n);
    return c->phase != NULL && c->cause != NULL && c->variation != NULL &&
           c->variation_icon != NULL && c->assurance_icon != NULL &&
           c->state != NULL;
}

static fpt_status chart(fpt_arena *arena, const fpt_indicator *in,
                        struct series *s, fpt_error *err)
{
    const size_t n = s->count;
    double *x = FPT_NEW(arena, double, n), *target = FPT_NEW(arena, double, n);
    double *work = FPT_NEW(arena, double, fpt_spc_work(n));
    size_t *order = FPT_NEW(arena, size_t, fpt_spc_order(n));
    if (x == NULL || target == NULL || work == NULL || order == NULL ||
        !make_columns(arena, n, &s->out))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a chart");
    for (size_t i = 0; i < n; i++) {
        x[i] = s->figure[i]->value;
        target[i] = in->has_target ? in->target : (double)NAN;
    }
    const fpt_spc_input input = {.x = x, .target = target};
    fpt_spc_options options = fpt_spc_options_default();
    options.improve = in->polarity == FPT_POLARITY_HIGHER  ? FPT_IMPROVE_UP
                      : in->polarity == FPT_POLARITY_LOWER ? FPT_IMPROVE_DOWN
                                                           : FPT_IMPROVE_NONE;
    const size_t start[] = {0, n};
    const fpt_status status =
        fpt_spc_column(1, start, &input, &options, &s->out, 1, work, order);
    if (status != FPT_OK)
        return fpt_fail(err, status,
                        "a chart of " FPT_STR_FMT " cannot be "
                        "computed",
                        FPT_STR_ARG(in->id));
    return FPT_OK;
}

/* ---- icons: a shape, a letter and words ---- */

static const char *const variation_words[] = {
    [FPT_VARIATION_COMMON] = "Only common variation",
    [FPT_VARIATION_IMPROVEMENT] = "Special cause: improvement",
    [FPT_VARIATION_CONCERN] = "Special cause: concern",
    [FPT_VARIATION_HIGH] = "Special cause: high",
    [FPT_VARIATION_LOW] = "Special cause: low",
    [FPT_VARIATION_UNKNOWN] = "Too few points to say"};
static const char *const variation_letters[] = {
    [FPT_VARIATION_COMMON] = "~",  [FPT_VARIATION_IMPROVEMENT] = "✓",
    [FPT_VARIATION_CONCERN] = "!", [FPT_VARIATION_HIGH] = "↑",
    [FPT_VARIATION_LOW] = "↓",     [FPT_VARIATION_UNKNOWN] = "?"};
static const char *const assurance_words[] = {
    [FPT_ASSURANCE_UNKNOWN] = "",
    [FPT_ASSURANCE_PASS] = "The target will be met consistently",
    [FPT_ASSURANCE_FAIL] = "The target will not be met without change",
    [FPT_ASSURANCE_INCONSISTENT] = "The target may be met or missed by chance"};
static const char *const assurance_letters[] = {[FPT_ASSURANCE_UNKNOWN] = "",
                                                [FPT_ASSURANCE_PASS] = "P",
                                                [FPT_ASSURANCE_FAIL] = "F",
                                                [FPT_ASSURANCE_INCONSISTENT] =
                                                    "?"};

static void put_icons(fpti_page *page, const fpt_indicator *in,
                      const struct series *s)
{
    const size_t last = s->count - 1;
    const fpt_spc_variation v = s->out.variation_icon[last];
    const fpt_spc_assurance a = s->out.assurance_icon[last];
    PUT(page,
        "<p class=\"fp-icons\"><span class=\"fp-icon fp-icon-{}\"><span "
        "class=\"fp-shape\" aria-hidden=\"true\">{}</span> {}</span>",
        W(fpt_spc_variation_word(v)[0] != '\0' ? fpt_spc_variation_word(v)
                                               : "unknown"),
        W(variation_letters[v]), W(variation_words[v]));
    if (in->has_target && a != FPT_ASSURANCE_UNKNOWN)
        PUT(page,
            " <span class=\"fp-icon fp-icon-{}\"><span class=\"fp-shape\" "
            "aria-hidden=\"true\">{}</span> {}</span>",
            W(fpt_spc_assurance_word(a)), W(assurance_letters[a]),
            W(assurance_words[a]));
    fpti_put_text(page, "</p>\n");
}

static const char *cause_words(fpt_spc_cause cause)
{
    static const char *const words[] = {
        [FPT_CAUSE_NONE] = "",
        [FPT_CAUSE_OUTSIDE_ABOVE] = "above the limit",
        [FPT_CAUSE_OUTSIDE_BELOW] = "below the limit",
        [FPT_CAUSE_TREND_UP] = "rising trend",
        [FPT_CAUSE_TREND_DOWN] = "falling trend",
        [FPT_CAUSE_TWO_IN_THREE_ABOVE] = "two of three near the upper limit",
        [FPT_CAUSE_TWO_IN_THREE_BELOW] = "two of three near the lower limit",
        [FPT_CAUSE_RUN_ABOVE] = "run above the mean",
        [FPT_CAUSE_RUN_BELOW] = "run below the mean",
        [FPT_CAUSE_UNKNOWN] = ""};
    return words[cause];
}

static void put_points(fpti_page *page, size_t indicator, size_t view,
                       fpt_str tier, const struct series *s, const char *id)
{
    const fpt_indicator *in = &page->site->indicator[indicator];
    const int places = in->decimals + 2;
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"{}, table of "
        "points\" tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\" "
        "id=\"{}\">\n<thead class=\"nhsuk-table__head\"><tr><th scope=\"col\" "
        "data-key=\"period\">Period</th><th scope=\"col\" "
        "class=\"fp-number\">Numerator</th>",
        S(in->shorter), W(id));
    if (in->denominators > 0)
        fpti_put_text(page, "<th scope=\"col\" "
                            "class=\"fp-number\">Denominator</th>");
    PUT(page,
        "<th scope=\"col\" class=\"fp-number\" data-key=\"value\">{}</th><th "
        "scope=\"col\" class=\"fp-number\" data-key=\"centre\">Mean</th><th "
        "scope=\"col\" class=\"fp-number\" data-key=\"limits\">Process "
        "limits</th><th scope=\"col\" data-key=\"variation\">Special "
        "cause</th></tr></thead>\n<tbody class=\"nhsuk-table__body\">\n",
        S(in->unit));
    for (size_t i = 0; i < s->count; i++) {
        const fpt_figure *f = s->figure[i];
        PUT(page,
            "<tr><th scope=\"row\" data-v=\"{}\">{}</th><td "
            "class=\"fp-number\">",
            S(fpti_slug(page->arena, f->period)),
            S(fpti_when(page->arena, f->period)));
        fpti_put_numerator(page, in, f);
        if (in->denominators > 0)
            PUT(page, "</td><td class=\"fp-number\">{}", I(f->denominator));
        PUT(page, "</td><td class=\"fp-number\" data-v=\"{}\">",
            R(f->value, places));
        fpti_put_value(page, indicator, view, tier, f);
        PUT(page, "</td><td class=\"fp-number\" data-v=\"{}\">{}",
            R(s->out.centre[i], places), R(s->out.centre[i], in->decimals));
        PUT(page, "</td><td class=\"fp-number\" data-v=\"{} {}\">",
            R(s->out.lower[i], places), R(s->out.upper[i], places));
        if (!isnan(s->out.lower[i]))
            PUT(page, "{} to {}", R(s->out.lower[i], in->decimals),
                R(s->out.upper[i], in->decimals));
        PUT(page, "</td><td data-v=\"{}\">{}</td></tr>\n",
            W(fpt_spc_variation_word(s->out.variation[i])),
            W(cause_words(s->out.cause[i])));
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
}

fpt_status fpti_put_spc(fpti_page *page, size_t indicator, size_t view,
                        fpt_str tier, fpt_str code, fpt_str name,
                        fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[indicator];
    const fpti_slice slice = fpti_figures(site, indicator, view, tier, code);
    struct series s = {
        .figure = FPT_NEW(page->arena, const fpt_figure *, slice.count)};
    if (s.figure == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a chart");
    for (size_t i = 0; i < slice.count; i++)
        if (fpti_is_series(in, slice.figure[i].f.period))
            s.figure[s.count++] = &slice.figure[i].f;
    if (s.count < 2) return FPT_OK;
    FPT_TRY(chart(page->arena, in, &s, err));
    const fpt_str id =
        fpt_str_print(page->arena, "series-" FPT_STR_FMT, FPT_STR_ARG(in->id));
    put_icons(page, in, &s);
    PUT(page,
        "<div class=\"fp-chart\" data-chart=\"spc\" data-table=\"{}\" "
        "data-unit=\"{}\" data-title=\"{}, {}, control chart\"",
        S(id), S(in->unit), S(in->shorter), S(name));
    if (in->has_target)
        PUT(page, " data-target=\"{}\"", R(in->target, in->decimals + 2));
    PUT(page,
        "></div>\n<details class=\"nhsuk-details\"><summary "
        "class=\"nhsuk-details__summary\"><span "
        "class=\"nhsuk-details__summary-text\">Table of the {} points"
        "</span></summary>\n<div class=\"nhsuk-details__text\">\n",
        I(s.count));
    put_points(page, indicator, view, tier, &s, id.data);
    fpti_put_text(page, "</div></details>\n");
    return FPT_OK;
}
