/*
 * The ratings of a place: one card a framework, which opens into its arithmetic.
 */
#include "publish_i.h"

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

/* The figure of an indicator that a value is, to the last bit; NULL: none. */
static const fpt_figure *figure_of(const fpti_site *site, const fpt_rating *r,
                                   size_t *indicator, size_t *view,
                                   fpt_str *tier)
{
    const fpt_str word = FPT_STR("indicator ");
    if (!fpt_str_starts(r->from, word) || isnan(r->value)) return NULL;
    const fpt_str id = fpt_str_slice(r->from, word.len, r->from.len);
    for (*view = 0; *view < site->views; ++*view)
        if (fpt_str_equal(site->view[*view].key, r->view)) break;
    for (size_t k = 0; k < site->indicators && *view < site->views; k++) {
        if (!fpt_str_equal(site->indicator[k].id, id)) continue;
        for (size_t t = 0; t < site->tiers_named; t++) {
            const fpti_slice slice =
                fpti_figures(site, k, *view, site->tier[t], r->place);
            for (size_t i = slice.count; i-- > 0;)
                if (slice.figure[i].f.value == r->value) {
                    *indicator = k;
                    *tier = site->tier[t];
                    return &slice.figure[i].f;
                }
        }
    }
    return NULL;
}

/* A value leads to where it comes from: of an indicator to its formula, of a
 * published series to the files. */
static void put_value(fpti_page *page, const fpti_run *run, const fpt_rating *r)
{
    const size_t item = run->rules == NULL
                            ? SIZE_MAX
                            : fpt_framework_item_find(run->rules, r->item);
    const int decimals = item == SIZE_MAX ? 2 : run->rules->item[item].decimals;
    size_t k, view;
    fpt_str tier;
    fpti_put_text(page, "<td class=\"fp-number\">");
    const fpt_figure *f = figure_of(page->site, r, &k, &view, &tier);
    if (isnan(r->value))
        fpti_put_text(page, "–");
    else if (f != NULL)
        PUT(page, "<a class=\"fp-from\" href=\"{}{}\">{}</a>", W(page->root),
            S(fpti_path_where(page->arena, page->site, k, view, tier, f->code,
                              f->period)),
            fpti_real(r->value, decimals));
    else
        PUT(page, "<a class=\"fp-from\" href=\"{}data.html#files\">{}</a>",
            W(page->root), fpti_real(r->value, decimals));
    fpti_put_text(page, "</td>");
}

/* Where nothing is scored the columns of scores are left out. */
static void put_row(fpti_page *page, const fpti_run *run, bool scored,
                    const fpt_rating *r)
{
    PUT(page, "<tr><th scope=\"row\">{}</th><td>{}</td>", S(r->title),
        S(r->level));
    put_value(page, run, r);
    PUT(page, "<td>{}</td>", S(r->unit));
    if (scored) {
        put_number(page, r->score, 2);
        put_range(page, r->score_lower, r->score_upper, 2);
        put_number(page, r->weight, 3);
        put_number(page, r->contribution, 3);
    }
    fpti_put_text(page, "<td>");
    fpti_put_category(page, r);
    if (scored) PUT(page, "</td><td>{}", S(r->published_category));
    PUT(page, "</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", S(r->from),
        S(r->grade), S(r->text));
}

static void put_arithmetic(fpti_page *page, const fpti_run *run, bool scored,
                           size_t count, const fpt_rating *const *row)
{
    const fpt_str id = fpt_str_print(
        page->arena, "how-" FPT_STR_FMT "-" FPT_STR_FMT "-" FPT_STR_FMT,
        FPT_STR_ARG(run->framework),
        FPT_STR_ARG(fpti_slug(page->arena, row[0]->period)),
        FPT_STR_ARG(fpt_str_equal(run->weights, FPT_STR("pack"))
                        ? FPT_STR("pack")
                        : FPT_STR("other")));
    PUT(page, "<details class=\"nhsuk-details\"{}", W(scored ? "" : " open"));
    PUT(page,
        "><summary class=\"nhsuk-details__summary\"><span "
        "class=\"nhsuk-details__summary-text\">{}, {}</span>"
        "</summary><div class=\"nhsuk-details__text\">\n<p "
        "class=\"nhsuk-body-s\" id=\"{}\">{} In a terminal: <code>footprint "
        "rate explain {} {} {}</code></p>\n",
        W(scored ? "Its arithmetic" : "What it says"),
        S(fpti_when(page->arena, row[0]->period)), S(id),
        W(scored ? "A group's score is the sum of its members' scores times "
                   "their weights; what has no weight was left out, and the "
                   "last column says why."
                 : "Each value leads to where it comes from; the framework "
                   "compares some of them with the nation or a standard."),
        S(run->framework), S(row[0]->place),
        S(fpti_slug(page->arena, row[0]->period)));
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Arithmetic of "
        "the rating, {}, table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
        "fp-table\" aria-describedby=\"{}\">\n<thead "
        "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Item</th><th "
        "scope=\"col\">Level</th><th "
        "scope=\"col\" class=\"fp-number\">Value</th><th "
        "scope=\"col\">Unit</th>",
        S(fpti_when(page->arena, row[0]->period)), S(id));
    if (scored)
        fpti_put_text(page, "<th scope=\"col\" class=\"fp-number\">Score</th>"
                            "<th scope=\"col\" class=\"fp-number\">95% "
                            "interval</th><th scope=\"col\" "
                            "class=\"fp-number\">Weight</th><th scope=\"col\" "
                            "class=\"fp-number\">Contribution</th>");
    PUT(page, "<th scope=\"col\">{}</th>",
        W(scored ? "Category" : "Beside the benchmark"));
    if (scored) fpti_put_text(page, "<th scope=\"col\">As published</th>");
    fpti_put_text(page, "<th scope=\"col\">From</th><th scope=\"col\">How well "
                        "known</th><th scope=\"col\">Note</th></tr></thead>\n"
                        "<tbody class=\"nhsuk-table__body\">\n");
    for (size_t i = 0; i < count; i++)
        put_row(page, run, scored, row[i]);
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n</div></details>\n");
}

/* The first sentence: category, score, rank, and what was published. */
static void put_verdict(fpti_page *page, const fpt_rating *top)
{
    PUT(page, "<p>{}: <strong>", S(top->title));
    if (isnan(top->score) && top->category_number == 0)
        fpti_put_text(page, "not computed");
    else
        fpti_put_category(page, top);
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
    PUT(page, ". {} of {} members have a score.", I(top->present),
        I(top->asked));
    if (top->text.len > 0) PUT(page, " Note: {}.", S(top->text));
    fpti_put_text(page, "</p>\n");
}

static void put_card(fpti_page *page, const fpti_run *run, size_t count,
                     const fpt_rating *const *row)
{
    const fpt_rating *whole = NULL;
    for (size_t i = 0; i < count && whole == NULL; i++)
        if (fpti_is_whole(row[i])) whole = row[i];
    PUT(page, "<h4>{}</h4>\n", S(fpti_when(page->arena, row[0]->period)));
    if (whole != NULL)
        put_verdict(page, whole);
    else
        fpti_put_text(page, "<p>This framework gives no overall rating: what "
                            "it says of each indicator stands below.</p>\n");
    put_arithmetic(page, run, whole != NULL, count, row);
}

/* The rows of one place and period of a run. */
static fpt_status rows_of(fpti_page *page, const fpti_run *run, fpt_str place,
                          fpt_period period, size_t *count,
                          const fpt_rating ***out, fpt_error *err)
{
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    for (size_t i = 0; i < run->count; i++) {
        const fpt_rating *r = &page->site->rating[run->first + i];
        if (!fpt_str_equal(r->place, place) ||
            !fpt_period_equal(r->period, period))
            continue;
        if (!FPT_RESERVE(page->arena, *out, *count, capacity))
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for ratings");
        (*out)[(*count)++] = r;
    }
    return FPT_OK;
}

static bool judges(const fpti_site *site, const fpti_run *run, fpt_str place,
                   fpt_str view)
{
    if (!fpt_str_equal(run->view, view)) return false;
    for (size_t i = 0; i < run->count; i++)
        if (fpt_str_equal(site->rating[run->first + i].place, place))
            return true;
    return false;
}

/* The last period is open to the eye; the ones before can be opened. */
static fpt_status put_run(fpti_page *page, const fpti_run *run, fpt_str place,
                          fpt_error *err)
{
    size_t shown = 0;
    PUT(page,
        "<h3><a href=\"{}{}\">{}</a></h3>\n<p class=\"nhsuk-body-s\">Rules: "
        "version {}. Weights: {}.</p>\n",
        W(page->root), S(run->path), S(run->title), S(run->version),
        S(fpti_run_weights(run)));
    for (size_t p = run->periods; p-- > 0;) {
        size_t count;
        const fpt_rating **row;
        FPT_TRY(rows_of(page, run, place, run->period[p], &count, &row, err));
        if (count == 0) continue;
        if (++shown == 2)
            fpti_put_text(page, "<details class=\"nhsuk-details\"><summary "
                                "class=\"nhsuk-details__summary\"><span "
                                "class=\"nhsuk-details__summary-text\">Earlier "
                                "periods</span></summary><div "
                                "class=\"nhsuk-details__text\">\n");
        put_card(page, run, count, row);
        if (shown > 1) continue;
        if (p + 1 == run->periods)
            FPT_TRY(fpti_put_whatif(page, run, place, err));
        FPT_TRY(fpti_put_trend(page, run, place, err));
    }
    if (shown > 1) fpti_put_text(page, "</div></details>\n");
    return FPT_OK;
}

bool fpti_is_judged(const fpti_site *site, fpt_str place, fpt_str view)
{
    for (size_t i = 0; i < site->runs; i++)
        if (judges(site, &site->run[i], place, view)) return true;
    return false;
}

fpt_status fpti_put_ratings(fpti_page *page, fpt_str place, fpt_str view,
                            fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpti_run *only = NULL;
    size_t runs = 0, frameworks = 0;
    for (size_t i = 0; i < site->runs; i++) {
        const fpti_run *run = &site->run[i];
        if (!judges(site, run, place, view)) continue;
        runs++;
        if (only == NULL || !fpt_str_equal(only->framework, run->framework))
            frameworks++;
        only = run;
    }
    if (runs == 0) return FPT_OK;
    fpti_put_text(page, "<section id=\"ratings\">\n<h2>Ratings</h2>\n");
    if (frameworks == 1)
        PUT(page, "<p>One framework judges it: {}.</p>\n", S(only->title));
    else
        PUT(page, "<p>{} frameworks judge it, each by its own rules.</p>\n",
            I(frameworks));
    for (size_t i = 0; i < site->runs; i++)
        if (judges(site, &site->run[i], place, view))
            FPT_TRY(put_run(page, &site->run[i], place, err));
    fpti_put_text(page, "</section>\n");
    return FPT_OK;
}
