/*
 * The page: what it is of, and its parts in the order in which a reader asks.
 */
#include "report_i.h"

static const char style[] =
    "body{font-family:arial,sans-serif;color:#212b32;background:#fff;"
    "margin:0 auto;max-width:1000px;padding:0 16px 64px;line-height:1.5}\n"
    "h1{font-size:2rem;line-height:1.2}h2{margin-top:48px;border-top:4px solid "
    "#005eb8;padding-top:12px}\n"
    "a{color:#005eb8}a:focus,.scroll:focus{outline:4px solid #ffeb3b;"
    "box-shadow:0 0 0 4px #212b32}\n"
    ".lead{font-size:1.2rem}.say{background:#ffeb3b;border-left:8px solid "
    "#212b32;padding:8px 16px}\n"
    ".scroll{overflow-x:auto;margin:0 0 24px}table{border-collapse:collapse;"
    "width:100%;font-size:.95rem}\n"
    "caption{text-align:left;font-weight:600;padding:8px 0}"
    "th,td{padding:6px 12px 6px 0;border-bottom:1px solid #d8dde0;"
    "vertical-align:top;text-align:right}\n"
    "th[scope=row],th:first-child,td.text,th.text{text-align:left}"
    "tbody th{font-weight:400}.of{color:#4c6272;white-space:nowrap;"
    "font-size:.85rem}\n"
    "svg{width:100%;min-width:640px;height:auto;margin:12px 0}svg "
    "text{font-family:arial,"
    "sans-serif;font-size:15px;fill:#212b32;paint-order:stroke;stroke:#fff;"
    "stroke-width:4px}\n"
    ".total{fill:#425563}.better{fill:#007f3b}.worse{fill:#d5281b}"
    ".low{fill:#005eb8}.high{fill:#41b6e6}.wide{fill:#c8dcef}"
    ".narrow{fill:#7fb0dc}.median{fill:none;stroke:#003087;stroke-width:3}"
    ".stated{fill:none;stroke:#212b32;stroke-width:2;stroke-dasharray:6 4}\n"
    ".zero{stroke:#212b32;stroke-width:1.5}.grid{stroke:#d8dde0}"
    ".join{stroke:#4c6272;stroke-dasharray:2 2}\n"
    "code{background:#f0f4f5;padding:2px 4px;overflow-wrap:anywhere}\n"
    "@media print{.scroll{overflow:visible}h2{break-after:avoid}}\n";

static void table_of_steps(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Step", "Change, £m", "Position, £m"};
    fpti_html_head(out, "The system's position, step by step", column, 3);
    for (size_t i = 0; i < r->step_count; i++) {
        const fpt_report_step *s = &r->step[i];
        fpti_html(out, "<tr>");
        fpti_html_cell(out, fpt_str_from(s->name));
        fpti_html(out, "<td>");
        if (!s->is_total) fpti_html_millions(out, s->after - s->before);
        fpti_html(out, "</td><td>");
        fpti_html_millions(out, s->after);
        fpti_html(out, "</td></tr>\n");
    }
    fpti_html_end_table(out);
}

static void table_of_fans(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Organisation and year",
                                         "As stated",
                                         "If nothing is done",
                                         "Mean",
                                         "P5",
                                         "P10",
                                         "P50",
                                         "P90",
                                         "P95",
                                         "Mean shortfall"};
    fpti_html_head(out, "Margin to the control total, £m", column,
                   sizeof column / sizeof *column);
    for (size_t i = 0; i < r->fan_count; i++) {
        const fpt_report_fan *f = &r->fan[i];
        const double value[] = {f->stated, f->do_nothing, f->mean,
                                f->p5,     f->p10,        f->p50,
                                f->p90,    f->p95,        f->shortfall};
        char year[16];
        fpti_html(out, "<tr><th scope=\"row\">");
        fpti_html_text(out, f->org);
        fpti_html(out, " ");
        fpti_html_text(out, fpt_plan_year(r->plan, f->year, year));
        fpti_html(out, "</th>");
        for (size_t k = 0; k < sizeof value / sizeof *value; k++) {
            fpti_html(out, "<td>");
            fpti_html_millions(out, value[k]);
            fpti_html(out, "</td>");
        }
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

static void table_of_tornado(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Assumption",
                                         "Margin at its P10, £m",
                                         "Chance there",
                                         "Margin at its P90, £m",
                                         "Chance there",
                                         "Margin as stated, £m",
                                         "Margin as found before, £m"};
    fpti_html_head(out,
                   "Mean margin of the last year with one assumption fixed",
                   column, sizeof column / sizeof *column);
    for (size_t i = 0; i < r->assumption_count; i++) {
        const fpt_report_assumption *a = &r->assumption[i];
        if (!a->used) continue;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, a->about.name);
        fpti_html(out, "<td>");
        fpti_html_millions(out, a->at_p10);
        fpti_html(out, "</td><td>");
        fpti_html_percent(out, a->odds_p10.value);
        fpti_html(out, "</td><td>");
        fpti_html_millions(out, a->at_p90);
        fpti_html(out, "</td><td>");
        fpti_html_percent(out, a->odds_p90.value);
        fpti_html(out, "</td><td>");
        fpti_html_millions(out, a->at_stated);
        fpti_html(out, "</td><td>");
        fpti_html_millions(out, a->at_found);
        fpti_html(out, "</td></tr>\n");
    }
    fpti_html_end_table(out);
}

void fpti_sheet_open(fpt_output *out, fpt_str title, const char *about)
{
    fpti_html(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
                   "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\">\n<title>");
    fpti_html_text(out, title);
    fpti_html(out, ": ");
    fpti_html_word(out, about);
    fpti_html(out, "</title>\n<style>\n");
    fpti_html(out, style);
    fpti_html(out, "</style>\n</head>\n<body>\n<main>\n<h1>");
    fpti_html_text(out, title);
    fpti_html(out, "</h1>\n");
}

void fpti_sheet_section(fpt_output *out, const char *title, const char *text)
{
    fpti_html(out, "<section><h2>");
    fpti_html_word(out, title);
    fpti_html(out, "</h2>\n<p>");
    fpti_html_word(out, text);
    fpti_html(out, "</p>\n");
}

void fpti_sheet_section_end(fpt_output *out)
{
    fpti_html(out, "</section>\n");
}

void fpti_sheet_close(fpt_output *out)
{
    fpti_html(out, "</main>\n</body>\n</html>\n");
}

static void head(fpt_output *out, const fpt_plan_results *r)
{
    const fpt_plan_facts *f = &r->facts;
    fpti_sheet_open(out, f->title, "stress test");
    fpti_html(out, "<p class=\"lead\">In ");
    fpti_html_text(out, r->last_year);
    fpti_html(out, f->has_totals ? " the system meets its control total in "
                                 : " the system is in balance in ");
    fpti_html_percent(out, r->met[f->years].system.value);
    fpti_html(out, " of ");
    fpti_html_number(out, (double)r->draws, 0);
    fpti_html(out, " futures; in every year in ");
    fpti_html_percent(out, r->met[0].system.value);
    fpti_html(out,
              ". These are odds under the assumptions below, and no better "
              "than they are.</p>\n<p class=\"say\">By ");
    fpti_html_text(out, f->author);
    fpti_html(out, ". Source: ");
    fpti_html_text(out, f->source);
    fpti_html(out,
              ". Figures graded assumed or elicited are somebody's belief, "
              "not evidence.</p>\n");
}

static void foot(fpt_output *out, const fpt_plan_results *r)
{
    fpti_sheet_section(
        out, "Run it again",
        "The same plan, seed and number of draws give the same figures on any "
        "machine, for any number of threads.");
    fpti_html(out, "<p><code>footprint plan report PLAN --draws ");
    fpt_output_print(out, "%llu --seed %llu", (unsigned long long)r->draws,
                     (unsigned long long)r->seed);
    fpti_html(out, " --out report.html</code></p>\n<p>The plan's tables have "
                   "the digest (SHA-256) <code>");
    fpti_html_word(out, r->facts.digest);
    fpti_html(out, "</code>. Schemes of one programme are correlated by ");
    fpti_html_number(out, r->facts.programme_correlation, 2);
    fpti_html(out, "; independence would flatter their sum. Bed days count ");
    fpti_html(out, r->facts.day_offset == 1 ? "a spell's nights and one day"
                                            : "midnights");
    fpti_html(out,
              ". Quantiles are of type 7 over counts in bins, within 0.8 % "
              "of their value.</p>");
    fpti_sheet_section_end(out);
    fpti_sheet_close(out);
}

void fpt_plan_page_write(const fpt_plan_results *r, fpt_output *out)
{
    const fpt_str system = FPT_STR("system");
    head(out, r);
    fpti_sheet_section(
        out, "Where the gap comes from",
        "One cause more each time, in this order; another order would give "
        "other shares, the same sum. Before money for meeting totals.");
    fpti_chart_waterfall(out, r);
    table_of_steps(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "How likely each total is met",
        "Counted over the futures drawn. An organisation may miss while the "
        "system meets; netting hides it.");
    fpti_page_odds(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "What may come, year by year",
        "Margin to the control total in million pounds: half-dark band 80 % of "
        "futures, light band 90 %, full line the median, dashed line the plan "
        "as stated.");
    fpti_html(out, "<h3>The system</h3>\n");
    fpti_chart_fan(out, r, system);
    for (size_t i = 0; i < r->fan_count; i++) {
        if (r->fan[i].year != 1 || fpt_str_equal(r->fan[i].org, system))
            continue;
        fpti_html(out, "<h3>");
        fpti_html_text(out, r->fan[i].org);
        fpti_html(out, "</h3>\n");
        fpti_chart_fan(out, r, r->fan[i].org);
    }
    table_of_fans(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "Which assumption decides it",
        "The mean margin of the last year in million pounds with one "
        "assumption at its P10 (dark) and P90 (light), the others as drawn. "
        "The line is the mean as believed.");
    fpti_chart_tornado(out, r);
    table_of_tornado(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "Whose uncertainty it is",
        "How much of what may come hangs on each assumption: shares of the "
        "variance of the margin, and of whether the total is missed.");
    fpti_page_shares(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "How each goes with the result",
        "Standardised regression (SRC), the same on ranks (SRRC), partial rank "
        "correlation (PRCC), and by how much futures that miss differ from "
        "those that meet.");
    fpti_page_measures(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "The least unlikely way to miss",
        "The point nearest to the middle future at which the margin is "
        "nothing, and a few questions that tell futures that miss.");
    fpti_page_ways(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "What you would have to believe",
        "The fewest assumptions that must come true, and the values at which "
        "the odds turn.");
    fpti_page_belief(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "Against the past",
        "What is stated beside what was ever found, here and elsewhere; one "
        "past figure alone gives no interval.");
    fpti_page_past(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "What it would be worth to know",
        "Before deciding whether to carry the schemes out at all.");
    fpti_page_knowing(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "Schemes, counted once",
        "What each scheme claims by itself and what it is credited with "
        "beside the others.");
    fpti_page_schemes(out, r);
    fpti_page_ledger(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "Who wins and loses by the form of payment",
        "The contracts that follow activity, all paid at price, and all paid "
        "at the planned amount.");
    fpti_page_winners(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "Assumptions",
        "Who says so, on what evidence. Change them in assumptions.csv and run "
        "it again.");
    fpti_page_assumptions(out, r);
    fpti_sheet_section_end(out);
    fpti_sheet_section(out, "Checks",
                       "As the plan states itself, without chance.");
    fpti_page_checks(out, r);
    fpti_sheet_section_end(out);
    foot(out, r);
}
