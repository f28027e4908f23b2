/*
 * A page for each indicator, period and set of footprints; the first page of the
 * site is one of them with an introduction.
 */
#include "publish_i.h"

/* ---- switches ---- */

static void put_choice(fpti_page *page, fpt_str path, fpt_str label,
                       bool current)
{
    PUT(page, "<li><a href=\"{}{}\"", W(page->root), S(path));
    fpti_put_text(page, current ? " aria-current=\"true\">" : ">");
    PUT(page, "{}</a></li>\n", S(label));
}

static void put_switches(fpti_page *page, size_t k, size_t view,
                         fpt_period period)
{
    const fpti_site *site = page->site;
    fpti_put_text(page,
                  "<nav class=\"fp-switch\" aria-label=\"Footprints\"><ul>"
                  "\n");
    for (size_t v = 0; v < site->views; v++) {
        if (fpti_figures(site, k, v, FPT_STR("system"), (fpt_str){0}).count ==
            0)
            continue;
        put_choice(
            page, fpti_path_indicator(page->arena, site, k, v, period),
            site->view[v].then
                ? FPT_STR("As it was then")
                : fpt_str_print(
                      page->arena, "On the footprints of " FPT_STR_FMT,
                      FPT_STR_ARG(fpti_day(page->arena, site->view[v].on))),
            v == view);
    }
    fpti_put_text(page, "</ul></nav>\n");
    const fpti_periods main = site->main[k];
    if (main.count < 2) return;
    fpti_put_text(page,
                  "<nav class=\"fp-switch\" aria-label=\"Period\"><ul>\n");
    for (size_t i = 0; i < main.count; i++)
        put_choice(
            page,
            fpti_path_indicator(page->arena, site, k, view, main.period[i]),
            fpti_when(page->arena, main.period[i]),
            fpt_period_equal(main.period[i], period));
    fpti_put_text(page, "</ul></nav>\n");
}

/* ---- the first sentence ---- */

static void put_summary(fpti_page *page, size_t k, size_t view,
                        fpt_period period)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[k];
    const fpt_figure *nation = fpti_site_figure(
        site, k, 0, FPT_STR("nation"), site->tiers->nation_code, period);
    const fpti_slice slice =
        fpti_figures(site, k, view, FPT_STR("system"), (fpt_str){0});
    const fpt_figure *least = NULL, *most = NULL, *unassigned = NULL;
    size_t areas = 0;
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        if (!fpt_period_equal(f->period, period)) continue;
        if (!fpt_body_is(f->place)) {
            unassigned = f;
            continue;
        }
        areas++;
        if (isnan(f->value)) continue;
        if (least == NULL || f->value < least->value) least = f;
        if (most == NULL || f->value > most->value) most = f;
    }
    fpti_put_text(page, "<p class=\"nhsuk-lede-text fp-lede\">");
    if (nation != NULL && !isnan(nation->value)) {
        PUT(page, "{}, {}: <strong>", S(nation->name),
            S(fpti_when(page->arena, period)));
        fpti_put_value(page, k, 0, FPT_STR("nation"), nation);
        PUT(page, " {}</strong>", S(in->unit));
        if (!isnan(nation->lower)) {
            fpti_put_text(page, " (95% interval ");
            fpti_put_interval(page, in, nation);
            fpti_put_text(page, ")");
        }
        fpti_put_text(page, ". ");
    }
    if (least != NULL && most != least) {
        PUT(page, "{} areas, from {} (", I(areas), S(least->name));
        fpti_put_value(page, k, view, FPT_STR("system"), least);
        PUT(page, ") to {} (", S(most->name));
        fpti_put_value(page, k, view, FPT_STR("system"), most);
        fpti_put_text(page, ").");
    }
    if (unassigned != NULL && nation != NULL && nation->numerator > 0) {
        const bool whole = in->denominators > 0 && nation->denominator > 0 &&
                           in->statistic == FPT_STATISTIC_PROPORTION;
        const double share =
            whole
                ? (double)unassigned->denominator / (double)nation->denominator
                : (double)unassigned->numerator / (double)nation->numerator;
        PUT(page,
            " {}% of the {} could not be placed in any area and stands as <a "
            "href=\"{}unassigned.html\">unassigned</a>.",
            R(100.0 * share, 2), W(whole ? "denominator" : "numerator"),
            W(page->root));
    }
    fpti_put_text(page, "</p>\n");
}

static void put_definition(fpti_page *page, const fpt_indicator *in)
{
    PUT(page,
        "<section id=\"definition\">\n<h2>What this is</h2>\n<p>{}</p>\n<dl "
        "class=\"nhsuk-summary-list\">\n",
        S(in->about));
    const struct {
        const char *key;
        fpt_str value;
    } rows[] = {{"Source", in->source},
                {"Unit", in->unit},
                {"Counted by", in->basis},
                {"About that", in->basis_note},
                {"Interval", in->wilson ? FPT_STR("Wilson’s, 95 per cent")
                             : in->byar
                                 ? FPT_STR("of a Poisson count, 95 per cent: "
                                           "exact below 10 events, else Byar’s")
                                 : in->interval_why},
                {"Target", in->target_text},
                {"Take care", in->caveat}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].value.len > 0)
            PUT(page,
                "<div class=\"nhsuk-summary-list__row\"><dt "
                "class=\"nhsuk-summary-list__key\">{}</dt><dd "
                "class=\"nhsuk-summary-list__value\">{}</dd></div>\n",
                W(rows[i].key), S(rows[i].value));
    PUT(page,
        "<div class=\"nhsuk-summary-list__row\"><dt "
        "class=\"nhsuk-summary-list__key\">Definition</dt><dd "
        "class=\"nhsuk-summary-list__value\">pack <code>{}</code>, version {}"
        "</dd></div>\n</dl>\n</section>\n",
        S(in->id), S(in->version));
}

static fpt_status put_indicator(fpti_page *page, size_t k, size_t view,
                                fpt_period period, fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[k];
    put_switches(page, k, view, period);
    put_summary(page, k, view, period);
    FPT_TRY(fpti_put_map(page, k, view, period, err));
    FPT_TRY(fpti_put_compared(page, k, view, period, err));
    FPT_TRY(fpti_put_gradient(page, k, view, period, err));
    FPT_TRY(fpti_put_change(page, k, view, (fpt_str){0},
                            site->main[k].period[0], period, err));
    if (in->month || in->quarter) {
        PUT(page, "<section id=\"over-time\">\n<h2>{} over time</h2>\n",
            S(site->tiers->nation_name));
        FPT_TRY(fpti_put_spc(page, k, 0, FPT_STR("nation"),
                             site->tiers->nation_code, site->tiers->nation_name,
                             err));
        fpti_put_text(page, "</section>\n");
    }
    put_definition(page, in);
    return FPT_OK;
}

static fpt_status write_one(fpti_site *site, fpt_arena *arena, size_t k,
                            size_t view, fpt_period period, fpt_error *err)
{
    fpti_page page;
    const fpt_indicator *in = &site->indicator[k];
    const fpt_str title = fpt_str_print(
        arena, FPT_STR_FMT ", " FPT_STR_FMT ", " FPT_STR_FMT,
        FPT_STR_ARG(in->title), FPT_STR_ARG(fpti_when(arena, period)),
        FPT_STR_ARG(site->view[view].title));
    FPT_TRY(fpti_page_open(site, arena,
                           fpti_path_indicator(arena, site, k, view, period),
                           "Indicators", title, &page, err));
    const fpt_str name = FPT_STR("Indicators"),
                  path = FPT_STR("indicators.html");
    fpti_crumbs(&page, 1, &name, &path);
    PUT(&page,
        "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>{}<span "
        "class=\"nhsuk-caption-l nhsuk-caption--bottom\">{}, {}</span></h1>\n",
        S(in->title), S(fpti_when(arena, period)), S(site->view[view].title));
    FPT_TRY(put_indicator(&page, k, view, period, err));
    fpti_put_text(&page, "</main>\n");
    return fpti_page_close(&page, err);
}

/* ---- the list of indicators ---- */

static void put_line(fpti_page *page, size_t k, fpt_period period)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[k];
    const fpt_figure *nation = fpti_site_figure(
        site, k, 0, FPT_STR("nation"), site->tiers->nation_code, period);
    PUT(page,
        "<tr><th scope=\"row\"><a href=\"{}{}\">{}</a></th><td>{}</td><td "
        "class=\"fp-number\">",
        W(page->root), S(fpti_path_indicator(page->arena, site, k, 0, period)),
        S(in->title), S(fpti_when(page->arena, period)));
    if (nation != NULL) fpti_put_value(page, k, 0, FPT_STR("nation"), nation);
    PUT(page, "</td><td>{}</td><td class=\"fp-number\">", S(in->unit));
    if (nation != NULL) fpti_put_interval(page, in, nation);
    PUT(page, "</td><td>{}</td></tr>\n", S(in->basis));
}

static void put_indicators(fpti_page *page)
{
    const fpti_site *site = page->site;
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Indicators, "
        "table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
        "fp-table\">\n<thead "
        "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Indicator</th><th "
        "scope=\"col\">Latest</th><th scope=\"col\" class=\"fp-number\">{}</th>"
        "<th scope=\"col\">Unit</th><th scope=\"col\" class=\"fp-number\">95% "
        "interval</th><th scope=\"col\">Counted by</th></tr></thead>\n<tbody "
        "class=\"nhsuk-table__body\">\n",
        S(site->tiers->nation_name));
    for (size_t k = 0; k < site->indicators; k++) {
        const fpti_periods main = site->main[k];
        if (main.count > 0) put_line(page, k, main.period[main.count - 1]);
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
}

static fpt_status write_list(fpti_site *site, fpt_arena *arena, fpt_error *err)
{
    fpti_page page;
    FPT_TRY(fpti_page_open(site, arena, FPT_STR("indicators.html"),
                           "Indicators", FPT_STR("Indicators"), &page, err));
    fpti_put_text(&page, "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n"
                         "<h1>Indicators</h1>\n");
    put_indicators(&page);
    fpti_put_text(&page, "</main>\n");
    return fpti_page_close(&page, err);
}

fpt_status fpti_write_indicators(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = write_list(site, &arena, err);
    for (size_t k = 0; k < site->indicators && status == FPT_OK; k++) {
        const fpti_periods main = site->main[k];
        for (size_t v = 0; v < site->views && status == FPT_OK; v++) {
            if (fpti_figures(site, k, v, FPT_STR("system"), (fpt_str){0})
                    .count == 0)
                continue;
            for (size_t p = 0; p < main.count && status == FPT_OK; p++) {
                fpt_arena_reset(&arena);
                status = write_one(site, &arena, k, v, main.period[p], err);
            }
        }
    }
    fpt_arena_clear(&arena);
    return status;
}

/* ---- the first page ---- */

static fpt_status put_home(fpti_page *page, fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[site->headline];
    const fpti_periods main = site->main[site->headline];
    PUT(page,
        "<main id=\"main\" "
        "class=\"nhsuk-main-wrapper\">\n<h1>{}</h1>\n<p>Every "
        "number here leads to where it comes from: its formula, its parts and "
        "the published files, by digest. Past figures stand on the footprints "
        "of their time, and can be restated on those of today.</p>\n",
        S(site->workspace->title));
    if (main.count > 0) {
        const fpt_period last = main.period[main.count - 1];
        PUT(page, "<h2>{}, {}</h2>\n", S(in->title),
            S(fpti_when(page->arena, last)));
        FPT_TRY(put_indicator(page, site->headline, 0, last, err));
    }
    fpti_put_text(page, "<section>\n<h2>All indicators</h2>\n");
    put_indicators(page);
    fpti_put_text(page, "</section>\n</main>\n");
    return FPT_OK;
}

fpt_status fpti_write_home(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    fpti_page page;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status =
        fpti_page_open(site, &arena, FPT_STR("index.html"), "Overview",
                       FPT_STR("Overview"), &page, err);
    if (status == FPT_OK) status = put_home(&page, err);
    if (status == FPT_OK) status = fpti_page_close(&page, err);
    fpt_arena_clear(&arena);
    return status;
}
