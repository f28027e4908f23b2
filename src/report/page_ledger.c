/* The ledger of schemes: overlaps within their bounds, and claims by party. */
#include "report_i.h"

static void table_of_overlaps(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Schemes on the same patients",
                                         "Aimed at",
                                         "Claimed, summed",
                                         "Taken together",
                                         "Overlap removed",
                                         "Least possible",
                                         "Most possible",
                                         "<Credited"};
    fpti_html_head(out, "Where schemes overlap, last year, as stated", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->overlap_count; i++) {
        const fpt_plan_overlap_set *s = &r->overlap[i].set;
        fpti_html(out, "<tr><th scope=\"row\">");
        fpti_html_text(out, r->overlap[i].names);
        fpti_html(out, s->days ? " (bed days)</th>" : "</th>");
        fpti_td_number(out, s->aimed, 0);
        fpti_td_number(out, s->claimed, 1);
        fpti_td_number(out, s->combined, 1);
        fpti_td_number(out, s->claimed - s->combined, 1);
        fpti_td_number(out, s->least, 1);
        fpti_td_number(out, s->most, 1);
        fpti_html(out, "<td class=\"text\">");
        for (size_t k = 0; k < s->count; k++) {
            if (k > 0) fpti_html(out, "; ");
            fpti_html_text(out, fpt_plan_item_name(r->plan, FPT_PLAN_SCHEME,
                                                   s->member[k].scheme));
            fpti_html(out, " ");
            fpti_html_number(out, s->member[k].credited, 1);
        }
        fpti_html(out, "</td></tr>\n");
    }
    fpti_html_end_table(out);
    fpti_html(out, "<p>What schemes take together lies between the largest of "
                   "them and their sum (or all there is): Fr\xC3\xA9"
                   "chet's bounds. Shares are Shapley's and sum to it.</p>\n");
}

static void table_of_claims(fpt_output *out, const fpt_plan_results *r)
{
    static const char *const column[] = {"Claim",
                                         "Party",
                                         "Scheme",
                                         "Year",
                                         "Claimed, \xC2\xA3m",
                                         "<Netted with",
                                         "Worth to the system, \xC2\xA3m"};
    fpti_html_head(out, "Who claims what: one saving counts once", column,
                   FPTI_COUNT(column));
    for (size_t i = 0; i < r->claim_count; i++) {
        const fpt_report_claim *c = &r->claim[i];
        fpti_html(out, "<tr>");
        fpti_html_cell(out, c->about.name);
        fpti_td_text(out, c->about.party);
        fpti_td_text(out, c->scheme);
        fpti_td_text(out, c->year);
        fpti_td_number(out, c->claimed / 1e6, 2);
        fpti_td_text(out, c->about.nets_with);
        if (c->about.nets_with.len > 0)
            fpti_td_text(out, FPT_STR("counted there"));
        else
            fpti_td_number(out, c->worth / 1e6, 2);
        fpti_html(out, "</tr>\n");
    }
    fpti_html_end_table(out);
    fpti_html(out,
              "<p>Both claims are kept. The system saves what is no longer "
              "spent (avoidable cost), less what the scheme costs, "
              "whatever the tariff says.</p>\n");
}

void fpti_page_ledger(fpt_output *out, const fpt_plan_results *r)
{
    if (r->overlap_count > 0)
        table_of_overlaps(out, r);
    else if (r->scheme_count > 0)
        fpti_html(out, "<p>No two schemes aim at the same patients.</p>\n");
    if (r->claim_count > 0) table_of_claims(out, r);
}
