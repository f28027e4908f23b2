/*
 * The ratings of a place: one card a framework, which opens into its arithmetic.
 */
#include "publish_i.h"

fpt_status fpti_gather_ratings(fpti_site *site, fpt_error *err)
{
    const fpt_rate_filter all = {0};
    return fpt_rate_read(site->warehouse, site->arena, &all, &site->ratings,
                         &site->rating, err);
}

static bool same_card(const fpt_rating *a, const fpt_rating *b)
{
    return fpt_str_equal(a->framework, b->framework) &&
           fpt_str_equal(a->version, b->version) &&
           fpt_str_equal(a->weights, b->weights) &&
           fpt_period_equal(a->period, b->period) &&
           fpt_str_equal(a->group, b->group);
}

/* "making progress (as published)", "2 of 4, chance 83%", or why there is none. */
static void put_category(fpti_page *page, const fpt_rating *r)
{
    if (r->category.len > 0)
        PUT(page, "{}", S(r->category));
    else if (r->category_number > 0)
        PUT(page, "{}", I(r->category_number));
    else
        fpti_put_text(page, "–");
    if (!isnan(r->category_chance))
        PUT(page, " (chance {}%)", R(100.0 * r->category_chance, 0));
}

static void put_number(fpti_page *page, double value, int decimals)
{
    fpti_put_text(page, "<td class=\"fp-number\">");
    if (isnan(value))
        fpti_put_text(page, "–");
    else
        PUT(page, "{}", R(value, decimals));
    fpti_put_text(page, "</td>");
}

static void put_range(fpti_page *page, double lower, double upper, int decimals)
{
    fpti_put_text(page, "<td class=\"fp-number\">");
    if (isnan(lower) || isnan(upper))
        fpti_put_text(page, "–");
    else
        PUT(page, "{} to {}", R(lower, decimals), R(upper, decimals));
    fpti_put_text(page, "</td>");
}

static void put_row(fpti_page *page, const fpt_rating *r)
{
    PUT(page, "<tr><th scope=\"row\">{}</th><td>{}</td>", S(r->title),
        S(r->level));
    put_number(page, r->value, 2);
    PUT(page, "<td>{}</td>", S(r->unit));
    put_number(page, r->score, 2);
    put_range(page, r->score_lower, r->score_upper, 2);
    put_number(page, r->weight, 3);
    put_number(page, r->contribution, 3);
    fpti_put_text(page, "<td>");
    put_category(page, r);
    fpti_put_text(page, "</td><td>");
    PUT(page, "{}", S(r->published_category));
    PUT(page, "</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", S(r->from),
        S(r->grade), S(r->text));
}

static void put_arithmetic(fpti_page *page, size_t count,
                           const fpt_rating *const *row)
{
    fpti_put_text(
        page,
        "<details class=\"nhsuk-details\"><summary "
        "class=\"nhsuk-details__summary\"><span "
        "class=\"nhsuk-details__summary-text\">Its arithmetic</span></summary>"
        "<div class=\"nhsuk-details__text\">\n<p class=\"nhsuk-body-s\">A "
        "group's score is the sum of its members' scores times their weights; "
        "what has no weight was left out, and the last column says why.</p>\n"
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Arithmetic of "
        "the rating, table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
        "fp-table\">\n<thead class=\"nhsuk-table__head\"><tr><th "
        "scope=\"col\">Item</th><th scope=\"col\">Level</th><th scope=\"col\" "
        "class=\"fp-number\">Value</th><th scope=\"col\">Unit</th><th "
        "scope=\"col\" class=\"fp-number\">Score</th><th scope=\"col\" "
        "class=\"fp-number\">95% interval</th><th scope=\"col\" "
        "class=\"fp-number\">Weight</th><th scope=\"col\" "
        "class=\"fp-number\">Contribution</th><th scope=\"col\">Category</th>"
        "<th scope=\"col\">As published</th><th scope=\"col\">From</th><th "
        "scope=\"col\">How well known</th><th scope=\"col\">Note</th></tr>"
        "</thead>\n<tbody class=\"nhsuk-table__body\">\n");
    for (size_t i = 0; i < count; i++)
        put_row(page, row[i]);
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n</div></details>\n");
}

static void put_card(fpti_page *page, size_t count,
                     const fpt_rating *const *row)
{
    const fpt_rating *top = row[0];
    PUT(page, "<h3>{}, {}</h3>\n<p>{}: <strong>", S(top->framework),
        S(fpti_when(page->arena, top->period)), S(top->title));
    if (isnan(top->score) && top->category_number == 0)
        fpti_put_text(page, "not computed");
    else
        put_category(page, top);
    fpti_put_text(page, "</strong>");
    if (!isnan(top->score)) PUT(page, "; score {}", R(top->score, 2));
    if (!isnan(top->score_lower) && !isnan(top->score_upper))
        PUT(page, " (95% interval {} to {})", R(top->score_lower, 2),
            R(top->score_upper, 2));
    if (!isnan(top->rank))
        PUT(page, "; rank {} of {}", R(top->rank, 0), I(top->ranked));
    if (!isnan(top->rank_lower) && !isnan(top->rank_upper))
        PUT(page, " (likely {} to {})", R(top->rank_lower, 0),
            R(top->rank_upper, 0));
    if (top->published_category.len > 0)
        PUT(page, "; published as <strong>{}</strong>",
            S(top->published_category));
    PUT(page,
        ". {} of {} members have a score.</p>\n<p "
        "class=\"nhsuk-body-s\">Rules: "
        "version {}. Weights: {}.",
        I(top->present), I(top->asked), S(top->version),
        S(fpt_str_equal(top->weights, FPT_STR("pack"))
              ? FPT_STR("the framework's own")
              : top->weights));
    if (top->text.len > 0) PUT(page, " Note: {}.", S(top->text));
    fpti_put_text(page, "</p>\n");
    put_arithmetic(page, count, row);
}

fpt_status fpti_put_ratings(fpti_page *page, fpt_str place, fpt_str view,
                            fpt_error *err)
{
    const fpti_site *site = page->site;
    size_t count = 0, capacity = 0;
    const fpt_rating **row = NULL;
    for (size_t i = 0; i < site->ratings; i++) {
        const fpt_rating *r = &site->rating[i];
        if (!fpt_str_equal(r->place, place) || !fpt_str_equal(r->view, view))
            continue;
        if (!FPT_RESERVE(page->arena, row, count, capacity))
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for ratings");
        row[count++] = r;
    }
    if (count == 0) return FPT_OK;
    fpti_put_text(page, "<section id=\"ratings\">\n<h2>Ratings</h2>\n");
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && same_card(row[i], row[end]);)
            end++;
        put_card(page, end - i, row + i);
    }
    fpti_put_text(page, "</section>\n");
    return FPT_OK;
}
