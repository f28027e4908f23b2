/*
 * Where a number comes from: for each indicator, area and set of footprints the
 * formula of every figure, the parts that went into those of whole periods, and
 * the files. `footprint explain` prints the same.
 */
#include "publish_i.h"

enum { MOST_PARTS = 40 };

static void put_parts(fpti_page *page, fpti_part_slice slice)
{
    fpti_put_text(
        page, "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Parts, "
              "table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
              "fp-table\">\n<thead class=\"nhsuk-table__head\"><tr><th "
              "scope=\"col\">Term</th><th scope=\"col\">Code</th><th "
              "scope=\"col\">From</th><th scope=\"col\" "
              "class=\"fp-number\">Its number</th><th scope=\"col\" "
              "class=\"fp-number\">Part that counts here</th><th scope=\"col\" "
              "class=\"fp-number\">Step</th><th scope=\"col\">How placed</th>"
              "</tr></thead>\n<tbody class=\"nhsuk-table__body\">\n");
    for (size_t i = 0; i < slice.count;) {
        /* Of each term the largest; the rest as one line, so that it sums. */
        const fpt_str term = slice.part[i].term;
        int64_t sum = 0;
        for (; i < slice.count && fpt_str_equal(slice.part[i].term, term);
             i++) {
            const fpt_contribution *c = &slice.part[i];
            sum += c->part;
            if (c->parts > 1) {
                PUT(page,
                    "<tr><td>{}</td><td></td><th scope=\"row\">{} more, each "
                    "smaller</th><td></td><td "
                    "class=\"fp-number\">{}</td><td></td><td></td></tr>\n",
                    S(term), I(c->parts), I(c->part));
                continue;
            }
            PUT(page,
                "<tr><td>{}</td><td>{}</td><th scope=\"row\">{}</th><td "
                "class=\"fp-number\">{}</td><td class=\"fp-number\">{}</td><td "
                "class=\"fp-number\">",
                S(term), S(c->place),
                S(fpt_measure_part_name(page->site->measure, c)), I(c->whole),
                I(c->part));
            if (c->step > 0) PUT(page, "{}", I(c->step));
            PUT(page, "</td><td>{}</td></tr>\n", S(c->how));
        }
        PUT(page,
            "<tr class=\"fp-sum\"><td>{}</td><td></td><th scope=\"row\">Sum"
            "</th><td></td><td class=\"fp-number\">{}</td><td></td><td></td>"
            "</tr>\n",
            S(term), I(sum));
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
}

static fpt_status put_formula(fpti_page *page, const fpt_indicator *in,
                              const fpt_figure *f, fpt_error *err)
{
    fpt_str formula;
    if (fpt_figure_formula(page->arena, in, f, &formula) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a formula");
    PUT(page, "<span class=\"fp-formula\">{}</span>", S(formula));
    return FPT_OK;
}

static fpt_status put_whole_period(fpti_page *page, size_t k, size_t view,
                                   fpt_str tier, const fpt_figure *f,
                                   fpt_error *err)
{
    fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[k];
    const fpti_parts *parts;
    PUT(page,
        "<section id=\"p{}\">\n<h2>{}: ", S(fpti_slug(page->arena, f->period)),
        S(fpti_when(page->arena, f->period)));
    if (isnan(f->value))
        PUT(page, "{}", S(f->status));
    else
        fpti_put_with_unit(page, in, f->value);
    fpti_put_text(page, "</h2>\n<p>= ");
    FPT_TRY(put_formula(page, in, f, err));
    if (!isnan(f->lower)) {
        fpti_put_text(page, ": ");
        fpti_put_interval(page, in, f);
    }
    if (f->estimated > 0)
        PUT(page, ". {} of the numerator was shared out, not placed by a code",
            I(f->estimated));
    fpti_put_text(page, ".</p>\n");
    FPT_TRY(
        fpti_parts_of(site, k, view, tier, f->period, MOST_PARTS, &parts, err));
    put_parts(page, fpti_parts_for(parts, f->code));
    PUT(page,
        "<p class=\"nhsuk-body-s\">The same in a terminal: <code>footprint "
        "explain {}/{}/{}/{}</code></p>\n</section>\n",
        S(in->id), S(f->code), S(fpti_slug(page->arena, f->period)),
        S(site->view[view].key));
    return FPT_OK;
}

/* Periods with a page have their parts here; others their formula. */
static bool has_page(const fpti_site *site, size_t k, fpt_period period)
{
    for (size_t i = 0; i < site->main[k].count; i++)
        if (fpt_period_equal(site->main[k].period[i], period)) return true;
    return false;
}

static fpt_status put_series(fpti_page *page, size_t k, size_t view,
                             fpti_slice slice, fpt_error *err)
{
    const fpt_indicator *in = &page->site->indicator[k];
    bool any = false;
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        if (has_page(page->site, k, f->period)) continue;
        if (!any)
            fpti_put_text(page,
                          "<section>\n<h2>Other periods</h2>\n<div "
                          "class=\"fp-scroll\" role=\"region\" "
                          "aria-label=\"Other periods, table\" "
                          "tabindex=\"0\">\n<table class=\"nhsuk-table "
                          "fp-table\">\n<thead class=\"nhsuk-table__head\"><tr>"
                          "<th scope=\"col\">Period</th><th scope=\"col\" "
                          "class=\"fp-number\">Value</th><th "
                          "scope=\"col\">Formula</th></tr></thead>\n<tbody "
                          "class=\"nhsuk-table__body\">\n");
        any = true;
        PUT(page,
            "<tr id=\"p{}\"><th scope=\"row\">{}</th><td "
            "class=\"fp-number\">{}</td><td>",
            S(fpti_slug(page->arena, f->period)),
            S(fpti_when(page->arena, f->period)), R(f->value, in->decimals));
        FPT_TRY(put_formula(page, in, f, err));
        fpti_put_text(page, "</td></tr>\n");
    }
    if (!any) return FPT_OK;
    PUT(page,
        "</tbody>\n</table>\n</div>\n<p class=\"nhsuk-body-s\">The parts of "
        "these are on the pages of the organisations, or in a "
        "terminal: <code>footprint explain {}/{}/{}/{}</code></p>\n"
        "</section>\n",
        S(in->id), S(slice.figure[0].f.code),
        S(fpti_slug(page->arena, slice.figure[0].f.period)),
        S(page->site->view[view].key));
    return FPT_OK;
}

static fpt_status put_files(fpti_page *page, size_t k, fpt_error *err)
{
    fpti_site *site = page->site;
    size_t count;
    int64_t *load;
    FPT_TRY(fpt_measure_loads(site->measure, page->arena, &site->indicator[k],
                              &count, &load, err));
    fpti_put_text(page, "<section id=\"files\">\n<h2>From these files</h2>\n"
                        "<ul>\n");
    for (size_t i = 0; i < count; i++)
        for (size_t l = 0; l < site->loads; l++)
            if (site->load[l].load == load[i])
                PUT(page,
                    "<li><a href=\"{}data.html#load-{}\">{}</a>: {}, SHA-256 "
                    "<code>{}</code></li>\n",
                    W(page->root),
                    S(fpt_str_print(page->arena, "%lld", (long long)load[i])),
                    S(site->load[l].name), S(site->load[l].title),
                    S(site->load[l].sha256));
    fpti_put_text(page, "</ul>\n</section>\n");
    return FPT_OK;
}

static fpt_status write_one(fpti_site *site, fpt_arena *arena, size_t k,
                            size_t view, fpt_str tier, fpti_slice slice,
                            fpt_error *err)
{
    fpti_page page;
    const fpt_indicator *in = &site->indicator[k];
    const fpt_figure *last = &slice.figure[slice.count - 1].f;
    const fpt_str full =
        fpti_path_where(arena, site, k, view, tier, last->code, last->period);
    fpt_str path = full;
    path.len = fpt_str_find(full, '#', 0);
    const fpt_str title = fpt_str_print(
        arena,
        "Where it comes from: " FPT_STR_FMT ", " FPT_STR_FMT ", " FPT_STR_FMT,
        FPT_STR_ARG(in->title), FPT_STR_ARG(last->name),
        FPT_STR_ARG(site->view[view].title));
    FPT_TRY(fpti_page_open(site, arena, path, "", title, &page, err));
    const fpt_str names[] = {FPT_STR("Indicators"), last->name};
    fpt_str paths[] = {FPT_STR("indicators.html"),
                       fpti_path_area(arena, site, last->code, view)};
    fpti_crumbs(
        &page,
        fpti_has_area(site, last->code, view) && fpt_body_is(last->place) ? 2
                                                                          : 1,
        names, paths);
    PUT(&page,
        "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>Where it comes "
        "from<span class=\"nhsuk-caption-l nhsuk-caption--bottom\">{}: {}, "
        "{}</span></h1>\n<p>{}</p>\n",
        S(in->title), S(last->name), S(site->view[view].title), S(in->about));
    for (size_t i = 0; i < slice.count; i++)
        if (has_page(site, k, slice.figure[i].f.period))
            FPT_TRY(put_whole_period(&page, k, view, tier, &slice.figure[i].f,
                                     err));
    FPT_TRY(put_series(&page, k, view, slice, err));
    FPT_TRY(put_files(&page, k, err));
    fpti_put_text(&page, "</main>\n");
    return fpti_page_close(&page, err);
}

fpt_status fpti_write_where(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = FPT_OK;
    for (size_t i = 0; i < site->figures && status == FPT_OK;) {
        const fpti_figure *x = &site->figure[i];
        const fpti_slice slice = fpti_figures(site, x->indicator, x->view,
                                              site->tier[x->tier], x->f.code);
        const bool organisation =
            fpt_str_equal(site->tier[x->tier], FPT_STR("organisation"));
        if (!organisation) {
            fpt_arena_reset(&arena);
            status = write_one(site, &arena, x->indicator, x->view,
                               site->tier[x->tier], slice, err);
        }
        i += slice.count > 0 ? slice.count : 1;
    }
    fpt_arena_clear(&arena);
    return status;
}
