/*
 * The parts of the page that are tables first.
 */
#include "report_i.h"

/* ---- odds ---- */

void fpti_page_odds(fpt_output *out, const fpt_plan_results *r)
{
    const char *column[FPT_PLAN_YEARS_MOST + 2] = {"Who meets"};
    char year[FPT_PLAN_YEARS_MOST + 1][16];
    const int years = r->facts.years;
    for (int y = 1; y <= years; y++) {
        const fpt_str text = fpt_plan_year(r->plan, y, year[y]);
        year[y][text.len < 15 ? text.len : 15] = '\0';
        column[y] = year[y];
    }
    column[years + 1] = "Every year";
    fpti_html_head(out,
                   "Chance of meeting, with the 95 % interval of the draws",
                   column, (size_t)years + 2);
    for (size_t i = 0; i < r->fan_count; i++) {
        if (r->fan[i].year == 1) {
            fpti_html(out, "<tr>");
            fpti_html_cell(out, r->fan[i].org);
        }
        fpti_td_odds(out, &r->fan[i].met);
        if (r->fan[i].year < years) continue;
        if (i + 1 == r->fan_count)
            fpti_td_odds(out, &r->met[0].system);
        else
            fpti_td_text(out, FPT_STR(""));
        fpti_html(out, "</tr>\n");
    }
    for (int k = 0; k < 2; k++) {
        fpti_html(out, "<tr>");
        fpti_html_cell(out, k == 0 ? FPT_STR("All organisations, each")
                                   : FPT_STR("The system, though not all"));
        for (int y = 1; y <= years + 1; y++) {
            const fpt_stress_met *m = &r->met[y > years ? 0 : y];
            fpti_td_odds(out, k == 0 ? &m->all_orgs : &m->system_not_all);
        }
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

/* ---- what would have to be believed ---- */

static void say_set(fpt_output *out, const fpt_plan_results *r,
                    const fpt_must_hold *m, const char *odds)
{
    fpti_html(out, "<p>For odds of ");
    fpti_html_word(out, odds);
    if (!m->found) {
        fpti_html(out, " no set of assumptions is enough: even with the best "
                       "found the chance is ");
        fpti_html_percent(out, m->met.value);
        fpti_html(out, ".</p>\n");
        return;
    }
    if (m->count == 0) {
        fpti_html(out, " nothing more has to be believed: the chance is ");
        fpti_html_percent(out, m->met.value);
        fpti_html(out, ".</p>\n");
        return;
    }
    fpti_html(out, " these must come out as the plan states them: ");
    for (size_t i = 0; i < m->count; i++) {
        if (i > 0) fpti_html(out, i + 1 < m->count ? ", " : " and ");
        fpti_html(out, "<strong>");
        fpti_html_text(out,
                       fpt_plan_assumption_at(r->plan, m->assumption[i]).name);
        fpti_html(out, "</strong>");
    }
    fpti_html(out, m->exact ? "; fewer do not suffice" : "");
    fpti_html(out, ". The chance is then ");
    fpti_html_percent(out, m->met.value);
    fpti_html(out, ".</p>\n");
}

static void td_even(fpt_output *out, size_t found, const double *at)
{
    fpti_td_open(out);
    if (found == 0) fpti_html(out, "no value suffices");
    for (size_t i = 0; i < found; i++) {
        if (i > 0) fpti_html(out, "; ");
        fpti_html_number(out, at[i], 4);
    }
    fpti_html(out, "</td>");
}

void fpti_page_belief(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Assumption",
                                         "As stated",
                                         "P10 to P90 of what is believed",
                                         "Value for even odds",
                                         "Value for 80 %",
                                         "Found before (mean)",
                                         "<Where the plan stands in its past"};
    say_set(out, r, &r->even, "one in two");
    say_set(out, r, &r->sure, "four in five");
    fpti_html_head(out, "One assumption at a time, the others as drawn", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->assumption_count; i++) {
        const fpt_report_assumption *a = &r->assumption[i];
        if (!a->has_even) continue;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, a->about.name);
        fpti_td_number(out, a->about.stated, 4);
        fpti_td_open(out);
        fpti_html_number(out, a->about.p10, 4);
        fpti_html(out, " to ");
        fpti_html_number(out, a->about.p90, 4);
        fpti_html(out, "</td>");
        td_even(out, a->even.found_50, a->even.at_50);
        td_even(out, a->even.found_80, a->even.at_80);
        fpti_td_number(out, a->history.found_mean, 4);
        fpti_td_text(out, a->history.known
                              ? fpt_str_from(fpt_history_band_text(
                                    a->history.prediction.band))
                              : fpt_str_from(a->history.why_not.text));
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    static const char *const rung[] = {"If", "Chance", "Mean margin, £m",
                                       "P10, £m", "P90, £m"};
    fpti_html_head(out, "One thing after the other, the same futures", rung,
                   FPTI_COUNT(rung));
    for (int i = 0; i < FPT_LADDER_RUNGS; i++) {
        fpti_html(out, "<tr>");
        fpti_html_cell(out, fpt_str_from(r->rung[i].name));
        fpti_td_percent(out, r->rung[i].met.value);
        fpti_td_millions(out, r->rung[i].mean);
        fpti_td_millions(out, r->rung[i].p10);
        fpti_td_millions(out, r->rung[i].p90);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

/* ---- schemes ---- */

void fpti_page_schemes(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Scheme",
                                         "Claims alone",
                                         "Credited",
                                         "Overlap removed",
                                         "Bed days saved",
                                         "Cost, £m",
                                         "Worth after cost, £m"};
    if (r->scheme_count == 0) {
        fpti_html(out, "<p>The plan has no schemes.</p>\n");
        return;
    }
    fpti_html_head(out, "Schemes in the last year, as stated", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->scheme_count; i++) {
        const fpt_report_scheme *s = &r->scheme[i];
        fpti_html(out, "<tr>");
        fpti_html_cell(out, s->name);
        fpti_td_number(out, s->claimed, 0);
        fpti_td_number(out, s->credited, 0);
        fpti_td_number(out, s->claimed - s->credited, 0);
        fpti_td_number(out, s->days_saved, 0);
        fpti_td_millions(out, s->cost);
        fpti_td_millions(out, s->value);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    fpti_html(
        out,
        "<p>Units are those of the care that a scheme aims at. A saving is "
        "counted once: what several schemes would each save is shared "
        "among them (Shapley). Worth is at avoidable cost, not at "
        "tariff; schemes that act on an amount of cost alone show it "
        "among savings.</p>\n");
}

/* ---- who wins and loses ---- */

void fpti_page_winners(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Organisation",
                                         "Paid by activity, £m",
                                         "Paid by block, £m",
                                         "Change, £m",
                                         "P10, £m",
                                         "P90, £m",
                                         "Chance that block is better"};
    if (r->winner_count == 0) {
        fpti_html(out, "<p>No contract of the plan follows activity, so the "
                       "form of payment decides nothing.</p>\n");
        return;
    }
    enum { MOST = 40 };
    fpti_change changes[MOST];
    size_t bars = 0;
    for (size_t i = 0; i < r->winner_count && bars < MOST; i++)
        changes[bars++] = (fpti_change){r->winner[i].org, r->winner[i].change,
                                        r->winner[i].p10, r->winner[i].p90};
    fpti_chart_changes(out,
                       "Change of each position if block replaces payment by "
                       "activity, million pounds",
                       bars, changes);
    fpti_html_head(out, "Position in the last year under two forms of contract",
                   column, FPTI_COUNT(column));
    for (size_t i = 0; i < r->winner_count; i++) {
        const fpt_report_winner *w = &r->winner[i];
        fpti_html(out, "<tr>");
        fpti_html_cell(out, w->org);
        fpti_td_millions(out, w->by_activity);
        fpti_td_millions(out, w->by_block);
        fpti_td_millions(out, w->change);
        fpti_td_millions(out, w->p10);
        fpti_td_millions(out, w->p90);
        fpti_td_percent(out, w->gains_by_block.value);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    fpti_html(out, "<p>The same futures in both. What is paid to organisations "
                   "outside the system is the system's only change.</p>\n");
}

/* ---- assumptions and checks ---- */

void fpti_page_assumptions(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Assumption", "As stated", "P10",
                                         "P90",        "<Evidence", "<Author",
                                         "<Source",    "<Notes"};
    fpti_html_head(out, "Everything that is not known", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->assumption_count; i++) {
        const fpt_plan_assumption *a = &r->assumption[i].about;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, a->name);
        fpti_td_number(out, a->stated, 4);
        fpti_td_number(out, a->p10, 4);
        fpti_td_number(out, a->p90, 4);
        fpti_td_text(out, a->evidence);
        fpti_td_text(out, a->author);
        fpti_td_text(out, a->source);
        fpti_td_text(out, a->notes);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

void fpti_page_checks(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Check", "<Result", "<Amounts"};
    fpti_html_head(out, "Does the plan, as stated, add up?", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->check_count; i++) {
        fpti_html(out, "<tr>");
        fpti_html_cell(out, fpt_str_from(r->check[i].code));
        fpti_td_text(out, r->check[i].pass ? FPT_STR("yes") : FPT_STR("no"));
        fpti_td_text(out, r->check[i].text);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}
