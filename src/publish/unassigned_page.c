/*
 * What could be placed in no area: how much after each step of the attribution,
 * and which codes.
 */
#include "publish_i.h"

static fpt_status unassigned_after(fpti_site *site, fpt_arena *arena, size_t k,
                                   fpt_period period, int steps,
                                   fpt_figure *out, fpt_error *err)
{
    const fpt_measure_ask ask = {
        .indicator = &site->indicator[k],
        .tier = FPT_STR("system"),
        .then = true,
        .grain = fpt_indicator_grain(&site->indicator[k], period),
        .has_period = true,
        .period = period,
        .most_step = steps};
    size_t count;
    fpt_figure *figure;
    *out = (fpt_figure){0};
    FPT_TRY(
        fpt_measure_figures(site->measure, arena, &ask, &count, &figure, err));
    for (size_t i = 0; i < count; i++)
        if (!fpt_body_is(figure[i].place)) *out = figure[i];
    return FPT_OK;
}

static fpt_status put_steps(fpti_page *page, size_t k, fpt_error *err)
{
    fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[k];
    const fpti_periods main = site->main[k];
    const bool whole = in->statistic == FPT_STATISTIC_PROPORTION;
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"After each "
        "step, table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
        "fp-table\">\n<thead class=\"nhsuk-table__head\"><tr><th "
        "scope=\"col\">Period</th><th scope=\"col\">After</th><th "
        "scope=\"col\" class=\"fp-number\">Unassigned, {}</th><th "
        "scope=\"col\" class=\"fp-number\">Share of {}’s</th></tr></thead>\n"
        "<tbody class=\"nhsuk-table__body\">\n",
        W(whole ? "denominator" : "numerator"), S(site->tiers->nation_name));
    for (size_t p = 0; p < main.count; p++) {
        size_t steps;
        fpt_str name, version;
        const fpt_attribution_step *step;
        const fpt_figure *nation =
            fpti_site_figure(site, k, 0, FPT_STR("nation"),
                             site->tiers->nation_code, main.period[p]);
        if (nation == NULL) continue;
        const fpt_status covered =
            fpt_measure_steps(site->measure, main.period[p].from, &name,
                              &version, &steps, &step, err);
        if (covered == FPT_ERR_NOT_FOUND) continue;
        FPT_TRY(covered);
        for (size_t s = 0; s < steps; s++) {
            fpt_figure f;
            FPT_TRY(unassigned_after(site, page->arena, k, main.period[p],
                                     step[s].step, &f, err));
            const int64_t left = whole ? f.denominator : f.numerator;
            const int64_t all = whole ? nation->denominator : nation->numerator;
            PUT(page,
                "<tr><th scope=\"row\">{}</th><td>step {}: {}</td><td "
                "class=\"fp-number\">{}</td><td class=\"fp-number\">{}%</td>"
                "</tr>\n",
                S(fpti_when(page->arena, main.period[p])), I(step[s].step),
                S(step[s].title), I(left),
                R(all > 0 ? 100.0 * (double)left / (double)all : 0.0, 2));
        }
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
    return FPT_OK;
}

static fpt_status put_codes(fpti_page *page, size_t k, fpt_error *err)
{
    fpti_site *site = page->site;
    const fpti_periods main = site->main[k];
    for (size_t p = 0; p < main.count; p++) {
        const fpti_parts *parts;
        FPT_TRY(fpti_parts_of(site, k, 0, FPT_STR("system"), main.period[p],
                              SIZE_MAX, &parts, err));
        const fpti_part_slice slice =
            fpti_parts_for(parts, FPT_STR(FPT_UNASSIGNED));
        if (slice.count == 0) continue;
        PUT(page,
            "<h3>{}</h3>\n<div class=\"fp-scroll\" role=\"region\" "
            "aria-label=\"Codes left, {}, table\" tabindex=\"0\">\n<table "
            "class=\"nhsuk-table fp-table\">\n<thead "
            "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Code</th><th "
            "scope=\"col\">Name</th><th scope=\"col\" "
            "class=\"fp-number\">Number</th><th scope=\"col\">Why</th></tr>"
            "</thead>\n<tbody class=\"nhsuk-table__body\">\n",
            S(fpti_when(page->arena, main.period[p])),
            S(fpti_when(page->arena, main.period[p])));
        /* One term is enough to name each code. */
        const fpt_str term = slice.part[0].term;
        size_t codes = 0;
        int64_t sum = 0;
        for (size_t i = 0; i < slice.count; i++) {
            const fpt_contribution *c = &slice.part[i];
            if (!fpt_str_equal(c->term, term)) continue;
            codes++;
            sum += c->part;
            fpt_str name = fpt_measure_part_name(site->measure, c);
            if (name.len == 0) name = FPT_STR("not registered");
            PUT(page, "<tr><td>{}</td><th scope=\"row\">", S(c->place));
            if (fpti_has_organisation(site, c->place))
                PUT(page, "<a href=\"{}{}\">{}</a>", W(page->root),
                    S(fpti_path_organisation(page->arena, c->place)), S(name));
            else
                PUT(page, "{}", S(name));
            PUT(page, "</th><td class=\"fp-number\">{}</td><td>{}</td></tr>\n",
                I(c->part), S(c->how));
        }
        PUT(page,
            "</tbody>\n<tfoot><tr><th scope=\"row\">{} codes</th><td></td><td "
            "class=\"fp-number\">{}</td><td>{}</td></tr></tfoot>\n</table>\n"
            "</div>\n",
            I(codes), I(sum), S(term));
    }
    return FPT_OK;
}

static fpt_status put_page(fpti_page *page, fpt_error *err)
{
    fpti_site *site = page->site;
    fpti_put_text(
        page, "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n"
              "<h1>Unassigned</h1>\n<p>Activity is counted by provider and "
              "placed in areas step by step. What no step places is not "
              "spread over the others and not left out: it has its own line "
              "in every table, and here are its codes.</p>\n");
    for (size_t k = 0; k < site->indicators; k++) {
        const fpt_indicator *in = &site->indicator[k];
        if (!in->attributed || site->main[k].count == 0) continue;
        PUT(page, "<section>\n<h2>{}</h2>\n", S(in->title));
        FPT_TRY(put_steps(page, k, err));
        FPT_TRY(put_codes(page, k, err));
        fpti_put_text(page, "</section>\n");
    }
    fpti_put_text(page, "</main>\n");
    return FPT_OK;
}

fpt_status fpti_write_unassigned(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    fpti_page page;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status =
        fpti_page_open(site, &arena, FPT_STR("unassigned.html"), "Unassigned",
                       FPT_STR("Unassigned"), &page, err);
    if (status == FPT_OK) status = put_page(&page, err);
    if (status == FPT_OK) status = fpti_page_close(&page, err);
    fpt_arena_clear(&arena);
    return status;
}
