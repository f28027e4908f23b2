/*
 * One plan against another, over the same futures: who gains and who loses, in
 * every measure that both have, and what their tables say differently.
 */
#include "report_i.h"

static double pounds(double pence)
{
    return fpt_plan_in_units(FPT_PLAN_PENCE, pence);
}

static fpt_plan_metric about(const fpt_plan_versus *v, size_t i)
{
    return fpt_plan_metric_at(v->first, v->change[i].metric);
}

/* Is this the result of an organisation, or of the system, in this year? */
static bool is_result(const fpt_plan_versus *v, size_t i, int year)
{
    const fpt_plan_metric m = about(v, i);
    return m.kind == FPT_PLAN_METRIC_RESULT && m.year == year;
}

/* ---- who gains and who loses ---- */

static void chart_of_results(fpt_output *out, const fpt_plan_versus *v,
                             int year)
{
    enum { MOST = 40 };
    fpti_change changes[MOST];
    size_t count = 0;
    for (size_t i = 0; i < v->change_count && count < MOST; i++) {
        if (!is_result(v, i, year)) continue;
        const fpt_tally_summary *c = &v->change[i].change;
        changes[count++] = (fpti_change){about(v, i).name, pounds(c->mean),
                                         pounds(c->p10), pounds(c->p90)};
    }
    if (count > 0)
        fpti_chart_changes(out, "Change of each result, million pounds", count,
                           changes);
}

static void table_of_results(fpt_output *out, const fpt_plan_versus *v)
{
    static const char *const column[] = {"Organisation and year",
                                         "First, \xC2\xA3m",
                                         "Second, \xC2\xA3m",
                                         "Change, \xC2\xA3m",
                                         "P10, \xC2\xA3m",
                                         "P90, \xC2\xA3m",
                                         "Chance that the second is better"};
    fpti_html_head(out, "Result by organisation and year", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < v->change_count; i++) {
        const fpt_plan_metric m = about(v, i);
        const fpt_stress_change *c = &v->change[i];
        char year[16];
        if (m.kind != FPT_PLAN_METRIC_RESULT || m.year == 0) continue;
        fpti_html(out, "<tr><th scope=\"row\">");
        fpti_html_text(out, m.name);
        fpti_html(out, " ");
        fpti_html_text(out, fpt_plan_year(v->first, m.year, year));
        fpti_html(out, "</th>");
        fpti_td_millions(out, pounds(c->first.mean));
        fpti_td_millions(out, pounds(c->second.mean));
        fpti_td_number(out, pounds(c->change.mean) / 1e6, 2);
        fpti_td_number(out, pounds(c->change.p10) / 1e6, 2);
        fpti_td_number(out, pounds(c->change.p90) / 1e6, 2);
        fpti_td_percent(out, c->higher.value);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

/* ---- odds ---- */

static fpt_odds met(const fpt_tally_summary *s)
{
    return fpt_odds_of(s->count - s->negative, s->count);
}

static void table_of_odds(fpt_output *out, const fpt_plan_versus *v)
{
    static const char *const column[] = {"Who meets, and when", "First",
                                         "Second"};
    const fpt_plan_metric_kind kind = fpt_plan_facts_of(v->first).has_totals
                                          ? FPT_PLAN_METRIC_MARGIN
                                          : FPT_PLAN_METRIC_POSITION;
    fpti_html_head(out, "Chance of meeting, with 95 % intervals", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < v->change_count; i++) {
        const fpt_plan_metric m = about(v, i);
        if (m.kind != kind || m.year == 0) continue;
        const fpt_odds a = met(&v->change[i].first);
        const fpt_odds b = met(&v->change[i].second);
        char year[16];
        fpti_html(out, "<tr><th scope=\"row\">");
        fpti_html_text(out, m.name);
        fpti_html(out, " ");
        fpti_html_text(out, fpt_plan_year(v->first, m.year, year));
        fpti_html(out, "</th>");
        fpti_td_odds(out, &a);
        fpti_td_odds(out, &b);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
}

/* ---- everything else that differs ---- */

static void td_in(fpt_output *out, fpt_plan_unit unit, double value)
{
    const double shown = fpt_plan_in_units(unit, value);
    if (unit == FPT_PLAN_PENCE)
        fpti_td_number(out, shown / 1e6, 2);
    else
        fpti_td_number(out, shown, 1);
}

static void table_of_rest(fpt_output *out, const fpt_plan_versus *v, int year)
{
    static const char *const column[] = {"What",   "Of",     "Unit", "First",
                                         "Second", "Change", "P10",  "P90"};
    fpti_html_head(out, "Money, beds and staff that differ, last year", column,
                   FPTI_COUNT(column));
    size_t rows = 0;
    for (size_t i = 0; i < v->change_count; i++) {
        const fpt_plan_metric m = about(v, i);
        const fpt_stress_change *c = &v->change[i];
        if (m.year != year || m.kind == FPT_PLAN_METRIC_RESULT) continue;
        if (c->change.mean == 0.0 && c->change.sd == 0.0) continue;
        rows++;
        fpti_html(out, "<tr>");
        fpti_html_cell(out, fpt_str_from(m.word));
        fpti_td_text(out, m.name);
        fpti_td_text(out, m.unit == FPT_PLAN_PENCE
                              ? FPT_STR("\xC2\xA3m")
                              : fpt_str_from(fpt_plan_unit_word(m.unit)));
        const double value[] = {c->first.mean, c->second.mean, c->change.mean,
                                c->change.p10, c->change.p90};
        for (size_t k = 0; k < FPTI_COUNT(value); k++)
            td_in(out, m.unit, value[k]);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    if (rows == 0)
        fpti_html(out, "<p>Nothing else differs in that year.</p>\n");
}

/* ---- what the tables say differently ---- */

typedef struct stated {
    bool there;
    double value, p10, p90;
} stated;

static stated of_plan(const fpt_plan *plan, fpt_str name)
{
    const size_t at = fpt_plan_assumption_find(plan, name);
    if (at == SIZE_MAX) return (stated){0};
    const fpt_plan_assumption a = fpt_plan_assumption_at(plan, at);
    return (stated){true, a.stated, a.p10, a.p90};
}

static void td_stated(fpt_output *out, const stated *s)
{
    if (!s->there) {
        fpti_td_text(out, FPT_STR("not there"));
        return;
    }
    fpti_html(out, "<td>");
    fpti_html_number(out, s->value, 4);
    fpti_html(out, " (");
    fpti_html_number(out, s->p10, 4);
    fpti_html(out, " to ");
    fpti_html_number(out, s->p90, 4);
    fpti_html(out, ")</td>");
}

static size_t differing(fpt_output *out, const fpt_plan_versus *v,
                        const fpt_plan *from, bool only_new)
{
    const size_t count = fpt_plan_facts_of(from).assumptions;
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        const fpt_str name = fpt_plan_assumption_at(from, i).name;
        const stated a = of_plan(v->first, name), b = of_plan(v->second, name);
        if (only_new ? a.there
                     : b.there && a.value == b.value && a.p10 == b.p10 &&
                           a.p90 == b.p90)
            continue;
        rows++;
        if (out == NULL) continue; /* only counted */
        fpti_html(out, "<tr>");
        fpti_html_cell(out, name);
        td_stated(out, &a);
        td_stated(out, &b);
        fpti_html(out, "</tr>\n");
    }
    return rows;
}

static bool has_scheme(const fpt_plan *plan, fpt_str name)
{
    const size_t count = fpt_plan_items(plan, FPT_PLAN_SCHEME);
    for (size_t k = 0; k < count; k++)
        if (fpt_str_equal(fpt_plan_item_name(plan, FPT_PLAN_SCHEME, k), name))
            return true;
    return false;
}

static void schemes_only_in(fpt_output *out, const fpt_plan *plan,
                            const fpt_plan *other, const char *which)
{
    const size_t count = fpt_plan_items(plan, FPT_PLAN_SCHEME);
    size_t listed = 0;
    for (size_t k = 0; k < count; k++) {
        const fpt_str name = fpt_plan_item_name(plan, FPT_PLAN_SCHEME, k);
        if (has_scheme(other, name)) continue;
        if (listed == 0) {
            fpti_html(out, "<p>Schemes of the ");
            fpti_html(out, which);
            fpti_html(out, " plan alone: ");
        } else {
            fpti_html(out, ", ");
        }
        fpti_html_text(out, name);
        listed++;
    }
    if (listed > 0) fpti_html(out, ".</p>\n");
}

static void page_of_tables(fpt_output *out, const fpt_plan_versus *v)
{
    static const char *const column[] = {"Assumption",
                                         "First: as stated (P10 to P90)",
                                         "Second: as stated (P10 to P90)"};
    schemes_only_in(out, v->first, v->second, "first");
    schemes_only_in(out, v->second, v->first, "second");
    fpti_html_head(out, "Assumptions that differ", column, FPTI_COUNT(column));
    const size_t rows =
        differing(out, v, v->first, false) + differing(out, v, v->second, true);
    fpti_html_end_table(out);
    if (rows == 0)
        fpti_html(out, "<p>All assumptions agree; what differs is in other "
                       "tables.</p>\n");
}

static void one_plan(fpt_output *out, const char *which, const char *name,
                     const fpt_plan_facts *f)
{
    fpti_html(out, "<li>");
    fpti_html(out, which);
    fpti_html(out, ": <strong>");
    fpti_html_word(out, name);
    fpti_html(out, "</strong>, ");
    fpti_html_text(out, f->title);
    fpti_html(out, ", by ");
    fpti_html_text(out, f->author);
    fpti_html(out, "; digest <code>");
    fpti_html_word(out, f->digest);
    fpti_html(out, "</code></li>\n");
}

void fpt_plan_versus_write(const fpt_plan_versus *v, fpt_output *out)
{
    const fpt_plan_facts a = fpt_plan_facts_of(v->first);
    const fpt_plan_facts b = fpt_plan_facts_of(v->second);
    const int year = a.years < b.years ? a.years : b.years;
    fpti_sheet_open(out, FPT_STR("Two plans over the same futures"),
                    "comparison");
    fpti_html(out, "<ul>\n");
    one_plan(out, "First", v->first_name, &a);
    one_plan(out, "Second", v->second_name, &b);
    fpti_html(out, "</ul>\n<p class=\"say\">");
    fpt_output_print(out, "%llu futures, seed %llu. ",
                     (unsigned long long)v->draws, (unsigned long long)v->seed);
    fpti_html(out, "What has the same name comes out the same in both, so a "
                   "difference shows what was changed.</p>\n");
    fpti_sheet_section(out, "Who gains and who loses",
                       "Change of the result in the last common year, second "
                       "less first, in million pounds: bars are means, lines "
                       "hold 80 % of the futures.");
    chart_of_results(out, v, year);
    table_of_results(out, v);
    fpti_sheet_section_end(out);
    fpti_sheet_section(out, "How likely each total is met",
                       "Counted over the same futures.");
    table_of_odds(out, v);
    fpti_sheet_section_end(out);
    fpti_sheet_section(
        out, "What else differs",
        "Means over the futures; what is the same in all of them "
        "is left out.");
    table_of_rest(out, v, year);
    fpti_sheet_section_end(out);
    fpti_sheet_section(out, "What the plans say differently",
                       "From their tables.");
    page_of_tables(out, v);
    fpti_sheet_section_end(out);
    fpti_sheet_close(out);
}
