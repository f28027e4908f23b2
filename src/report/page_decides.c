/*
 * What decides the plan, on its page: shares of its uncertainty, measures of
 * association, ways to miss, what knowing is worth, and the past.
 */
#include <stdio.h>

#include "report_i.h"

enum { BARS_MOST = 12 };
#define BAR_LEAST 0.005

/* ---- shares ---- */

static void chart_of(fpt_output *out, const fpt_report_shares *s, bool fair,
                     fpt_str year)
{
    fpti_bar bars[BARS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < s->count && count < BARS_MOST; i++) {
        const fpt_report_share *x = &s->share[i];
        const double value = fair ? x->fair.share : x->margin.total;
        if (!(value >= BAR_LEAST)) continue;
        const double error = 1.96 * x->fair.standard_error;
        bars[count++] =
            fair ? (fpti_bar){x->name, value, value - error, value + error,
                              (double)NAN}
                 : (fpti_bar){x->name, value, x->margin.total_lower,
                              x->margin.total_upper, x->margin.first};
    }
    if (count == 0) return;
    fpti_chart_bars(out,
                    fair ? "Fair shares of the margin's variance in "
                         : "Shares of the margin's variance in ",
                    year, count, bars);
}

static void table_of_sobol(fpt_output *out, const fpt_report_shares *s)
{
    static const char *const column[] = {
        "Assumption, or several that depend on one another",
        "Alone (first order)", "With all it takes part in (total)",
        "Alone, of whether it is missed", "Total, of whether it is missed"};
    fpti_html_head(out, "Shares of variance (Sobol), 95 % intervals", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < s->count; i++) {
        const fpt_sobol_share *m = &s->share[i].margin,
                              *y = &s->share[i].misses;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, s->share[i].name);
        fpti_html_share(out, m->first, m->first_lower, m->first_upper);
        fpti_html_share(out, m->total, m->total_lower, m->total_upper);
        fpti_html_share(out, y->first, y->first_lower, y->first_upper);
        fpti_html_share(out, y->total, y->total_lower, y->total_upper);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    if (!s->misses.known) {
        fpti_html(out, "<p>Of whether it is missed: ");
        fpti_html_word(out, s->misses.why_not.text);
        fpti_html(out, ".</p>\n");
    }
}

static void table_of_shapley(fpt_output *out, const fpt_report_shares *s)
{
    static const char *const column[] = {
        "Assumption", "Share of the margin's variance, %", "Standard error, %",
        "Share of whether it is missed, %", "Standard error, %"};
    fpti_html_head(out,
                   "Fair shares where assumptions depend on one another "
                   "(Shapley)",
                   column, FPTI_COUNT(column));
    for (size_t i = 0; i < s->count; i++) {
        const fpt_report_share *x = &s->share[i];
        fpti_html(out, "<tr>");
        fpti_html_cell(out, x->name);
        fpti_td_number(out, 100.0 * x->fair.share, 1);
        fpti_td_number(out, 100.0 * x->fair.standard_error, 1);
        fpti_td_number(out, 100.0 * x->fair_miss.share, 1);
        fpti_td_number(out, 100.0 * x->fair_miss.standard_error, 1);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    if (!s->misses.known) {
        fpti_html(out, "<p>Of whether it is missed: ");
        fpti_html_word(out, s->misses.why_not.text);
        fpti_html(out, ".</p>\n");
    }
}

void fpti_page_shares(fpt_output *out, const fpt_plan_results *r)
{
    const fpt_report_decides *d = &r->decides;
    fpti_html(out, "<h3>Each alone, and with all it takes part in</h3>\n");
    if (fpti_html_answer(out, &d->sobol.margin)) {
        fpti_html(out, "<p>Pale bars: the total, with its interval; dark bars: "
                       "the part it decides alone. Assumptions that depend on "
                       "one another count as one.</p>\n");
        chart_of(out, &d->sobol, false, r->target_year);
        table_of_sobol(out, &d->sobol);
    }
    fpti_html(out, "<h3>Fair shares</h3>\n");
    if (fpti_html_answer(out, &d->shapley.margin)) {
        fpti_html(out, "<p>They sum to 100 %, also where assumptions depend on "
                       "one another. A share below 0 is one that these "
                       "draws cannot tell from none.</p>\n");
        chart_of(out, &d->shapley, true, r->target_year);
        table_of_shapley(out, &d->shapley);
    }
}

/* ---- measures ---- */

void fpti_page_measures(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {
        "Assumption or chance", "SRC, \xC2\xB1 standard error",
        "SRRC (on ranks)", "PRCC (partial)",
        "Missing less meeting futures, in deviations"};
    enum { MOST = 25 };
    const fpt_report_measures *m = &r->decides.measures;
    if (!fpti_html_answer(out, &m->linear)) return;
    fpti_html(out, "<p>A straight line explains ");
    fpti_html_percent(out, m->r_squared);
    fpti_html(out, " of the margin's variance (R\xC2\xB2), one on ranks ");
    fpti_html_percent(out, m->rank_r_squared);
    fpti_html(out, m->r_squared < 0.7 ? ". Below 70 %: linear measures do not "
                                        "describe this plan.</p>\n"
                                      : ".</p>\n");
    fpti_html_head(out, "How the margin goes with each, all others held",
                   column, FPTI_COUNT(column));
    for (size_t i = 0; i < m->count && i < MOST; i++) {
        const fpt_report_measure *x = &m->measure[i];
        fpti_html(out, "<tr>");
        fpti_html_cell(out, x->name);
        fpti_html_with_error(out, x->value.src, x->error.src, 3);
        fpti_html_with_error(out, x->value.srrc, x->error.srrc, 3);
        fpti_html_with_error(out, x->value.prcc, x->error.prcc, 3);
        fpti_html_with_error(out, x->contrast, x->contrast_error, 2);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    if (m->count > MOST)
        fpt_output_print(out,
                         "<p>%zu more, all weaker; <code>plan explain --part "
                         "linear</code> lists them.</p>\n",
                         m->count - (size_t)MOST);
    if (m->contrast.asked && !m->contrast.known)
        (void)fpti_html_answer(out, &m->contrast);
}

/* ---- ways to miss ---- */

static void table_of_way(fpt_output *out, const fpt_report_way *w,
                         size_t number)
{
    static const char *const column[] = {"Assumption or chance", "Importance",
                                         "Value there", "As stated",
                                         "Deviations from the middle"};
    char caption[64];
    (void)snprintf(caption, sizeof caption, "Way %zu: what it takes", number);
    fpti_html_head(out, caption, column, FPTI_COUNT(column));
    for (size_t i = 0; i < w->count; i++) {
        if (w->at[i].weight < BAR_LEAST) continue;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, w->at[i].name);
        fpti_td_percent(out, w->at[i].weight);
        if (w->at[i].has_value) {
            fpti_td_number(out, w->at[i].value, 4);
            fpti_td_number(out, w->at[i].stated, 4);
        } else {
            fpti_td_text(out, FPT_STR("chance"));
            fpti_td_text(out, FPT_STR(""));
        }
        fpti_td_number(out, w->at[i].score, 2);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

static void tree_node(fpt_output *out, const fpt_report_tree *t, int at)
{
    const fpt_tree_node *n = &t->tree.node[at];
    fpti_html_percent(out, n->share_failing);
    fpt_output_print(out, " of %zu futures miss", n->rows);
    if (n->column < 0) return;
    fpti_html(out, "<ul>\n<li><strong>");
    fpti_html_text(out, t->name[n->column]);
    fpti_html(out, "</strong> at most ");
    fpti_html_number(out, n->threshold, 4);
    fpti_html(out, t->is_value[n->column] ? ": " : " (a score of chance): ");
    tree_node(out, t, n->left);
    fpti_html(out, "</li>\n<li><strong>");
    fpti_html_text(out, t->name[n->column]);
    fpti_html(out, "</strong> above it: ");
    tree_node(out, t, n->right);
    fpti_html(out, "</li>\n</ul>");
}

static void page_tree(fpt_output *out, const fpt_report_tree *t)
{
    fpti_html(out, "<h3>Conditions that foretell a miss</h3>\n");
    if (!fpti_html_answer(out, &t->answer)) return;
    fpti_html(out, "<ul><li>");
    tree_node(out, t, 0);
    fpti_html(out,
              "</li></ul>\n<p>On futures it was not made from it foretells ");
    fpti_html_percent(out, t->sensitivity.value);
    fpti_html(out, " of the misses (");
    fpti_html_percent(out, t->sensitivity.lower);
    fpti_html(out, " to ");
    fpti_html_percent(out, t->sensitivity.upper);
    fpti_html(out, "), and when it foretells one, one comes in ");
    fpti_html_percent(out, t->precision.value);
    fpti_html(out, " of cases (");
    fpti_html_percent(out, t->precision.lower);
    fpti_html(out, " to ");
    fpti_html_percent(out, t->precision.upper);
    fpti_html(out, ").</p>\n");
}

void fpti_page_ways(fpt_output *out, const fpt_plan_results *r)
{
    const fpt_report_ways *w = &r->decides.ways;
    if (fpti_html_answer(out, &w->answer)) {
        const bool meets = w->way[0].beta > 0.0;
        fpti_html(out, meets ? "<p>The middle future meets; the nearest that "
                               "misses is "
                             : "<p>The middle future misses; the nearest that "
                               "just meets is ");
        fpti_html_number(out, fabs(w->way[0].beta), 2);
        fpti_html(out,
                  " standard deviations away. That distance gives a chance "
                  "to miss of ");
        fpti_html_percent(out, w->way[0].chance);
        fpti_html(out, "; ");
        fpti_html_percent(out, w->missed.value);
        fpti_html(out, " of the futures drawn miss. ");
        fpti_html(out,
                  w->linear_enough
                      ? "The two agree."
                      : "The two differ: the plan is not linear enough, so "
                        "trust the futures drawn.");
        fpti_html(out,
                  " Choices that jump (a project's money, the end of the "
                  "pay cap, a projection) have no slope and stay as in the "
                  "middle future.</p>\n");
        for (size_t i = 0; i < w->count && i < 3; i++)
            table_of_way(out, &w->way[i], i + 1);
    }
    page_tree(out, &r->decides.tree);
}

/* ---- knowing ---- */

static size_t most_worth(const fpt_report_measures *m, const bool *done)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < m->count; i++)
        if (!done[i] &&
            (best == SIZE_MAX || m->measure[i].worth > m->measure[best].worth))
            best = i;
    return best;
}

void fpti_page_knowing(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"To know", "is worth, \xC2\xA3m",
                                         "Standard error, \xC2\xA3m"};
    enum { MOST = 12, INPUTS_MOST = 4096 };
    const fpt_report_measures *m = &r->decides.measures;
    if (!fpti_html_answer(out, &m->knowing)) return;
    fpti_html(out, "<p>With the schemes the mean margin is ");
    fpti_html_millions(out, m->with_schemes);
    fpti_html(out, ", without them ");
    fpti_html_millions(out, m->without_schemes);
    fpti_html(out, " million pounds. To know everything before deciding would "
                   "be worth ");
    fpti_html_number(out, m->worth_of_all / 1e6, 3);
    fpti_html(out, " million; no single thing is worth more.</p>\n");
    bool done[INPUTS_MOST] = {false};
    if (m->count > INPUTS_MOST) return;
    fpti_html_head(out, "What knowing one thing first would be worth", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < MOST && i < m->count; i++) {
        const size_t best = most_worth(m, done);
        done[best] = true;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, m->measure[best].name);
        fpti_td_number(out, m->measure[best].worth / 1e6, 3);
        fpti_td_number(out, m->measure[best].worth_error / 1e6, 3);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

/* ---- the past ---- */

static void table_of_history(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Assumption",
                                         "As stated",
                                         "Found before (mean, years)",
                                         "Elsewhere (mean \xC2\xB1 spread)",
                                         "What may be found next, 80 %",
                                         "Weight of the own past",
                                         "Stated stands at",
                                         "Found of what was planned"};
    fpti_html_head(out, "Each assumption against what was ever found", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->assumption_count; i++) {
        const fpt_report_assumption *a = &r->assumption[i];
        const fpt_stress_history *h = &a->history;
        if (h->count == 0 && !a->about.has_class) continue;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, a->about.name);
        fpti_td_number(out, a->about.stated, 4);
        fpti_html(out, "<td>");
        fpti_html_number(out, h->found_mean, 4);
        fpt_output_print(out, " (%zu)</td>", h->count);
        if (a->about.has_class)
            fpti_html_with_error(out, a->about.class_mean, a->about.class_sd,
                                 4);
        else
            fpti_td_text(out, FPT_STR("none"));
        if (h->known) {
            fpti_html(out, "<td>");
            fpti_html_number(out, h->prediction.lower_80, 4);
            fpti_html(out, " to ");
            fpti_html_number(out, h->prediction.upper_80, 4);
            fpti_html(out, "</td>");
            fpti_td_percent(out, h->prediction.own_weight);
            fpti_html(out, "<td>");
            fpti_html_percent(out, h->prediction.percentile);
            fpti_html(out, ", ");
            fpti_html_word(out, fpt_history_band_text(h->prediction.band));
            fpti_html(out, "</td>");
        } else {
            fpti_td_text(out, fpt_str_from(h->why_not.text));
            fpti_td_text(out, FPT_STR(""));
            fpti_td_text(out, FPT_STR(""));
        }
        fpti_html_with_error(out, h->ratio, h->ratio_sd, 2);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

static void table_of_series(fpt_output *out, const fpt_report_hindcast *h)
{
    static const char *const column[] = {"Years ahead",
                                         "Forecasts",
                                         "Inside their 80 % interval",
                                         "CRPS, %",
                                         "Last year repeated, %",
                                         "Trend continued, %",
                                         "Bias, %"};
    fpti_html_head(out, "Series of actuals.csv: forecasts with what was known",
                   column, FPTI_COUNT(column));
    for (int k = 0; k < FPT_REPORT_HORIZON; k++) {
        const fpt_hindcast *x = &h->ahead[k];
        if (x->forecasts == 0) continue;
        fpt_output_print(out, "<tr><th scope=\"row\">%d</th><td>%zu</td>",
                         k + 1, x->forecasts);
        fpti_td_odds(out, &x->coverage);
        fpti_td_number(out, 100.0 * x->crps, 2);
        fpti_td_number(out, 100.0 * x->crps_last_year, 2);
        fpti_td_number(out, 100.0 * x->crps_trend, 2);
        fpti_td_number(out, 100.0 * x->bias, 2);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

static void table_of_foretold(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Figure",
                                         "Found",
                                         "As stated",
                                         "P10",
                                         "P50",
                                         "P90",
                                         "Futures below what was found",
                                         "CRPS",
                                         "Error of the statement"};
    const fpt_report_hindcast *h = &r->decides.hindcast;
    fpti_html_head(out, "What the plan foretold, and what came", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < h->count; i++) {
        const fpt_stress_foretold *f = &h->foretold[i];
        const fpt_plan_metric m = fpt_plan_metric_at(r->plan, f->metric);
        const double value[] = {f->found, f->stated, f->p10, f->p50, f->p90};
        char year[16];
        fpti_html(out, "<tr><th scope=\"row\">");
        fpti_html_word(out, m.word);
        fpti_html(out, " ");
        fpti_html_text(out, m.name);
        fpti_html(out, " ");
        fpti_html_text(out, fpt_plan_year(r->plan, m.year, year));
        fpti_html(out, "</th>");
        for (size_t k = 0; k < FPTI_COUNT(value); k++)
            fpti_td_number(out, value[k], 0);
        fpti_td_percent(out, f->place);
        fpti_td_number(out, f->crps, 0);
        fpti_td_number(out, f->crps_stated, 0);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    fpti_html(out, "<p>Of the plan's 80 % intervals ");
    fpti_html_percent(out, h->coverage.value);
    fpti_html(out, " held (");
    fpti_html_percent(out, h->coverage.lower);
    fpti_html(out, " to ");
    fpti_html_percent(out, h->coverage.upper);
    fpti_html(out,
              "). A future's score (CRPS) below the error of the statement "
              "says that the futures foretold better than the plan as "
              "stated.</p>\n");
}

void fpti_page_past(fpt_output *out, const fpt_plan_results *r)
{
    const fpt_report_hindcast *h = &r->decides.hindcast;
    table_of_history(out, r);
    fpti_html(out, "<h3>Would such forecasts have held?</h3>\n");
    if (fpti_html_answer(out, &h->series)) table_of_series(out, h);
    fpti_html(out, "<h3>What this plan foretold</h3>\n");
    if (fpti_html_answer(out, &h->plan)) table_of_foretold(out, r);
}
