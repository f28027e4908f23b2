/*
 * What every page has: head, banner, navigation, the line that says when data
 * are made up, footer; and names of pages.
 */
#include "publish_i.h"

/* ---- names of pages ---- */

fpt_str fpti_path_indicator(fpt_arena *arena, const fpti_site *site,
                            size_t indicator, size_t view, fpt_period period)
{
    return fpt_str_print(
        arena, "indicator/" FPT_STR_FMT "-" FPT_STR_FMT FPT_STR_FMT ".html",
        FPT_STR_ARG(site->indicator[indicator].id),
        FPT_STR_ARG(fpti_slug(arena, period)),
        FPT_STR_ARG(site->view[view].suffix));
}

fpt_str fpti_path_area(fpt_arena *arena, const fpti_site *site, fpt_str code,
                       size_t view)
{
    return fpt_str_print(arena, "area/" FPT_STR_FMT FPT_STR_FMT ".html",
                         FPT_STR_ARG(code),
                         FPT_STR_ARG(site->view[view].suffix));
}

fpt_str fpti_path_organisation(fpt_arena *arena, fpt_str code)
{
    return fpt_str_print(arena, "organisation/" FPT_STR_FMT ".html",
                         FPT_STR_ARG(code));
}

fpt_str fpti_path_where(fpt_arena *arena, const fpti_site *site,
                        size_t indicator, size_t view, fpt_str tier,
                        fpt_str code, fpt_period period)
{
    const fpt_str slug = fpti_slug(arena, period);
    /* Organisations are many and have few parts: their page says it all. */
    if (fpt_str_equal(tier, FPT_STR("organisation"))) {
        if (fpti_has_organisation(site, code))
            return fpt_str_print(
                arena, "organisation/" FPT_STR_FMT ".html#" FPT_STR_FMT,
                FPT_STR_ARG(code), FPT_STR_ARG(site->indicator[indicator].id));
        return FPT_STR("data.html#practices");
    }
    /* What is unassigned is so in one tier. */
    const bool unassigned = fpt_str_equal(code, FPT_STR(FPT_UNASSIGNED));
    return fpt_str_print(
        arena,
        "where/" FPT_STR_FMT "-" FPT_STR_FMT FPT_STR_FMT FPT_STR_FMT
        ".html#p" FPT_STR_FMT,
        FPT_STR_ARG(site->indicator[indicator].id),
        FPT_STR_ARG(unassigned ? FPT_STR("unassigned-") : code),
        FPT_STR_ARG(unassigned ? tier : FPT_STR("")),
        FPT_STR_ARG(site->view[view].suffix), FPT_STR_ARG(slug));
}

/* Areas have a page in each view that has figures for them. */
bool fpti_has_area(const fpti_site *site, fpt_str code, size_t view)
{
    for (size_t t = 0; t < site->tiers->count; t++)
        for (size_t k = 0; k < site->indicators; k++)
            if (fpti_figures(site, k, view, site->tier[t], code).count > 0)
                return true;
    return false;
}

/* Of organisations those whose activity is placed; practices are told with
 * their systems. */
bool fpti_has_organisation(const fpti_site *site, fpt_str code)
{
    for (size_t k = 0; k < site->indicators; k++)
        if (site->indicator[k].attributed &&
            fpti_figures(site, k, 0, FPT_STR("organisation"), code).count > 0)
            return true;
    return false;
}

/* ---- the frame ---- */

static void put_navigation(fpti_page *page, const char *section)
{
    static const struct {
        const char *section, *path;
    } items[] = {{"Overview", "index.html"},
                 {"Areas", "areas.html"},
                 {"Indicators", "indicators.html"},
                 {"Ratings", "ratings.html"},
                 {"Organisations", "organisations.html"},
                 {"Unassigned", "unassigned.html"},
                 {"Data", "data.html"},
                 {"About", "about.html"}};
    fpti_put_text(page,
                  "<nav class=\"nhsuk-header__navigation\" "
                  "aria-label=\"Menu\">\n<div class=\"nhsuk-header__navigation-"
                  "container nhsuk-width-container\">\n<ul "
                  "class=\"nhsuk-header__navigation-list\">\n");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        const bool current = strcmp(items[i].section, section) == 0;
        PUT(page,
            "<li class=\"nhsuk-header__navigation-item\"><a "
            "class=\"nhsuk-header__navigation-link\" href=\"{}{}\"",
            W(page->root), W(items[i].path));
        fpti_put_text(page, current ? " aria-current=\"true\">" : ">");
        PUT(page, "{}</a></li>\n", W(items[i].section));
    }
    fpti_put_text(page, "</ul>\n</div>\n</nav>\n");
}

fpt_status fpti_page_open(fpti_site *site, fpt_arena *arena, fpt_str path,
                          const char *section, fpt_str title, fpti_page *out,
                          fpt_error *err)
{
    (void)err;
    *out =
        (fpti_page){.site = site,
                    .arena = arena,
                    .out = fpt_output_memory(arena),
                    .root = fpt_str_find(path, '/', 0) == SIZE_MAX ? "" : "../",
                    .path = path};
    fpti_page *page = out;
    fpti_put_text(page, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
                        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                        "content=\"width=device-width, initial-scale=1\">\n");
    PUT(page, "<title>{} – {}</title>\n", S(title), S(site->workspace->title));
    PUT(page,
        "<link rel=\"stylesheet\" href=\"{}assets/nhsuk.css\">\n"
        "<link rel=\"stylesheet\" href=\"{}assets/footprint.css\">\n"
        "<script defer src=\"{}assets/d3.js\"></script>\n"
        "<script defer src=\"{}assets/plot.js\"></script>\n"
        "<script defer src=\"{}assets/footprint.js\"></script>\n",
        W(page->root), W(page->root), W(page->root), W(page->root),
        W(page->root));
    PUT(page,
        "</head>\n<body>\n<a class=\"nhsuk-skip-link\" href=\"#main\">Skip to "
        "main content</a>\n<header class=\"nhsuk-header\" role=\"banner\">\n"
        "<div class=\"nhsuk-header__container nhsuk-width-container\">\n"
        "<div class=\"nhsuk-header__service\"><a "
        "class=\"nhsuk-header__service-name\" href=\"{}index.html\">{}</a>"
        "</div>\n</div>\n",
        W(page->root), S(site->workspace->title));
    put_navigation(page, section);
    fpti_put_text(page, "</header>\n");
    if (site->synthetic)
        PUT(page,
            "<div class=\"fp-synthetic\" role=\"note\"><div "
            "class=\"nhsuk-width-container\"><strong>Synthetic data.</strong> "
            "Places, organisations and numbers on this page are made up, or "
            "stand on <a href=\"{}data.html\">files that are</a>.</div></div>"
            "\n",
            W(page->root));
    fpti_put_text(page, "<div class=\"nhsuk-width-container\">\n");
    return FPT_OK;
}

void fpti_crumbs(fpti_page *page, size_t count, const fpt_str *name,
                 const fpt_str *path)
{
    PUT(page,
        "<nav class=\"nhsuk-breadcrumb\" aria-label=\"Breadcrumb\"><ol "
        "class=\"nhsuk-breadcrumb__list\">\n<li "
        "class=\"nhsuk-breadcrumb__list-item\"><a "
        "class=\"nhsuk-breadcrumb__link\" href=\"{}index.html\">Overview</a>"
        "</li>\n",
        W(page->root));
    for (size_t i = 0; i < count; i++)
        PUT(page,
            "<li class=\"nhsuk-breadcrumb__list-item\"><a "
            "class=\"nhsuk-breadcrumb__link\" href=\"{}{}\">{}</a></li>\n",
            W(page->root), S(path[i]), S(name[i]));
    fpti_put_text(page, "</ol></nav>\n");
}

static void put_licences(fpti_page *page)
{
    const fpti_site *site = page->site;
    for (size_t i = 0; i < site->loads; i++) {
        /* What is made up in the columns of a publisher is not the publisher's. */
        bool said = site->load[i].publisher.len == 0 || site->load[i].synthetic;
        for (size_t k = 0; k < i && !said; k++)
            said =
                !site->load[k].synthetic &&
                fpt_str_equal(site->load[k].publisher, site->load[i].publisher);
        if (!said) PUT(page, "{}; ", S(site->load[i].publisher));
    }
}

fpt_status fpti_page_close(fpti_page *page, fpt_error *err)
{
    fpti_put_text(page,
                  "</div>\n<footer class=\"nhsuk-footer\" "
                  "role=\"contentinfo\">\n<div "
                  "class=\"nhsuk-width-container\">\n<div "
                  "class=\"nhsuk-footer__meta\">\n<p class=\"nhsuk-body-s\">");
    bool real = false;
    for (size_t i = 0; i < page->site->loads; i++)
        real = real || !page->site->load[i].synthetic;
    PUT(page,
        "Published {} with Footprint, free software under GPL-3.0-or-later. "
        "This is not a site of the NHS.</p>\n<p class=\"nhsuk-body-s\">Data: ",
        S(fpti_day(page->arena, page->site->options->today)));
    if (page->site->synthetic)
        PUT(page,
            "made up by <code>footprint synth</code> in the columns of "
            "published files, for trying things out; nobody published "
            "them.{}",
            W(real ? " Also: " : ""));
    put_licences(page);
    if (real)
        PUT(page,
            "under the licences named on the <a href=\"{}data.html\">data page"
            "</a>, the Open Government Licence v3.0 among them.",
            W(page->root));
    fpti_put_text(page, " Restated and derived figures are Footprint's own."
                        "</p>\n</div>\n</div>\n</footer>\n</body>\n</html>\n");
    if (page->out.failed)
        return fpt_fail(err, FPT_ERR_MEMORY,
                        "no memory for the page " FPT_STR_FMT,
                        FPT_STR_ARG(page->path));
    page->site->result.pages++;
    return fpti_write(page->site, page->path, fpt_strbuf_view(&page->out.text),
                      err);
}
