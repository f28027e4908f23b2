/*
 * The ratings of one place over the periods that were rated: a picture, its
 * table, and in words which changes are more than noise.
 */
#include "publish_i.h"

static void put_change_words(fpti_page *page, const fpt_rating_change *c)
{
    switch (c->kind) {
    case FPT_MOVE_NONE:
        fpti_put_text(page, "no change");
        return;
    case FPT_MOVE_BY_RULE:
        fpti_put_text(page, "by a rule that began or ceased to hold");
        return;
    case FPT_MOVE_NOT_KNOWN:
        fpti_put_text(page, "whether it is noise is not known");
        return;
    case FPT_MOVE_WITHIN_NOISE:
        PUT(page, "within noise: the chance that it moved this way is {}%",
            R(100.0 * c->this_way, 0));
        return;
    case FPT_MOVE_BEYOND_NOISE:
        PUT(page, "beyond noise: the chance that it moved this way is {}%",
            R(100.0 * c->this_way, 0));
        return;
    case FPT_MOVE_KINDS:
        break;
    }
}

static const char *mark_of(const fpt_rating_change *c)
{
    if (c == NULL) return "";
    switch (c->kind) {
    case FPT_MOVE_NONE:
        return "same";
    case FPT_MOVE_BY_RULE:
        return "rule";
    case FPT_MOVE_WITHIN_NOISE:
        return "within";
    case FPT_MOVE_BEYOND_NOISE:
        return "beyond";
    case FPT_MOVE_NOT_KNOWN:
    case FPT_MOVE_KINDS:
        break;
    }
    return "unknown";
}

static void put_row(fpti_page *page, const fpti_run *run, size_t p,
                    const fpt_rating *r)
{
    const fpt_rating_change *c =
        p > 0 ? fpti_change_of(run, p - 1, r->place) : NULL;
    PUT(page, "<tr><th scope=\"row\" data-v=\"{}\">{}</th><td data-v=\"{}\">",
        S(fpti_slug(page->arena, r->period)),
        S(fpti_when(page->arena, r->period)),
        S(r->category_number > 0 ? fpt_str_print(page->arena, "%lld",
                                                 (long long)r->category_number)
                                 : FPT_STR("")));
    fpti_put_category(page, r);
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    if (!isnan(r->score)) PUT(page, "{}", R(r->score, 2));
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    if (!isnan(r->score_lower) && !isnan(r->score_upper))
        PUT(page, "{} to {}", R(r->score_lower, 2), R(r->score_upper, 2));
    PUT(page, "</td><td data-v=\"{}\">", W(mark_of(c)));
    if (c != NULL) put_change_words(page, c);
    fpti_put_text(page, "</td></tr>\n");
}

fpt_status fpti_put_trend(fpti_page *page, const fpti_run *run, fpt_str place,
                          fpt_error *err)
{
    const fpti_site *site = page->site;
    size_t rated = 0, at = 0;
    for (size_t i = 0; i < site->runs; i++)
        if (&site->run[i] == run) at = i;
    for (size_t p = 0; p < run->periods; p++)
        rated += fpti_whole_of(site, run, run->period[p], place) != NULL;
    if (!run->whole || rated < 2) return FPT_OK;
    const fpt_str id = fpt_str_print(page->arena, "trend-%zu", at);
    if (id.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a trend");
    PUT(page,
        "<h4>Over time</h4>\n<div class=\"fp-chart\" data-chart=\"steps\" "
        "data-table=\"{}\" data-title=\"{}, category over time\">",
        S(id), S(run->title));
    if (run->rules != NULL && run->rules->categories > 0) {
        fpti_put_text(page, "<script type=\"application/json\" "
                            "class=\"fp-lines\">");
        fpt_output words = fpt_output_memory(page->arena);
        fpt_json json = fpt_json_make(&words, true);
        fpt_json_open_array(&json);
        for (size_t k = 0; k < run->rules->categories; k++)
            fpt_json_str(&json, run->rules->category[k].word);
        fpt_json_close_array(&json);
        fpti_put_json(page, &words);
        fpti_put_text(page, "</script>");
    }
    PUT(page,
        "</div>\n<div class=\"fp-scroll\" role=\"region\" aria-label=\"Over "
        "time, table\" tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\" "
        "id=\"{}\" aria-describedby=\"how-{}\">\n<thead "
        "class=\"nhsuk-table__head\"><tr><th scope=\"col\" "
        "data-key=\"period\">Period</th><th scope=\"col\" "
        "data-key=\"value\">Category</th><th scope=\"col\" "
        "class=\"fp-number\">Score</th><th scope=\"col\" "
        "class=\"fp-number\">95% interval</th><th scope=\"col\" "
        "data-key=\"move\">Change since the last</th></tr></thead>\n<tbody "
        "class=\"nhsuk-table__body\">\n",
        S(id), S(id));
    for (size_t p = 0; p < run->periods; p++) {
        const fpt_rating *r = fpti_whole_of(site, run, run->period[p], place);
        if (r != NULL) put_row(page, run, p, r);
    }
    PUT(page,
        "</tbody>\n</table>\n</div>\n<p class=\"nhsuk-body-s\" "
        "id=\"how-{}\">A change is beyond noise when the chance that the "
        "category moved in the direction seen reaches 95%: the sum, over all "
        "pairs of categories in that direction, of the chance of the one "
        "before times the chance of the other after. ",
        S(id));
    for (size_t p = 0; p + 1 < run->periods && run->change != NULL; p++) {
        fpti_put_text(page, p == 0 ? "Of all that are rated: " : " ");
        fpti_put_noise(page, run, p);
    }
    fpti_put_text(page, "</p>\n");
    return FPT_OK;
}
