/*
 * The change of an indicator between two periods, split in two: what moved
 * because the boundary did (the new footprint minus the old, at the old date),
 * and what changed on the new footprint. The two add up.
 */
#include "publish_i.h"

struct origin {
    fpt_body area;  /* of then, from which most of its people come */
    int64_t people; /* of those */
    int64_t all;
};

static fpt_status find_origin(fpti_page *page, fpt_body area, fpt_period first,
                              fpt_date on, struct origin *out, fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpt_tier *tier = fpt_tier_find(site->tiers, FPT_STR("system"));
    size_t count;
    const fpt_crossing *c;
    *out = (struct origin){.area = {FPT_NOBODY}};
    const fpt_str old_kind = fpt_tier_kind_on(tier, first.from);
    const fpt_str new_kind = fpt_tier_kind_on(tier, on);
    if (old_kind.len == 0 || new_kind.len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_crosswalk(site->registry, old_kind, first.from, new_kind,
                              on, &count, &c, err));
    for (size_t i = 0; i < count; i++) {
        if (c[i].to.id != area.id) continue;
        out->all += c[i].people;
        if (c[i].people <= out->people || !fpt_body_is(c[i].from)) continue;
        out->people = c[i].people;
        out->area = c[i].from;
    }
    return FPT_OK;
}

static void put_parts(fpti_page *page, const fpt_indicator *in, double old,
                      double restated, double now)
{
    const double part[] = {restated - old, now - restated, now - old};
    for (size_t i = 0; i < 3; i++)
        PUT(page, "<td class=\"fp-number\">{}{}</td>",
            W(part[i] > 0.0 ? "+" : ""), R(part[i], in->decimals + 1));
}

static fpt_status put_row(fpti_page *page, size_t k, size_t view,
                          const fpt_figure *now, fpt_period first, bool *any,
                          fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[k];
    const fpt_str tier = FPT_STR("system");
    struct origin from;
    FPT_TRY(
        find_origin(page, now->place, first, site->view[view].on, &from, err));
    if (!fpt_body_is(from.area)) return FPT_OK;
    const fpt_str code = fpt_reg_code(site->registry, from.area);
    const fpt_figure *old = fpti_site_figure(site, k, 0, tier, code, first);
    const fpt_figure *restated =
        fpti_site_figure(site, k, view, tier, now->code, first);
    if (old == NULL || restated == NULL || isnan(old->value) ||
        isnan(restated->value) || isnan(now->value))
        return FPT_OK;
    if (!*any)
        PUT(page,
            "<section id=\"change\">\n<h2>How much of the change is boundary?"
            "</h2>\n<p>From {} to {}. The boundary part is what today’s "
            "footprint differs from the one of then on the same day; the real "
            "part is the change on today’s footprint. They add up.</p>\n<div "
            "class=\"fp-scroll\" role=\"region\" aria-label=\"Change, table\" "
            "tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\">\n<thead "
            "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Area</th><th "
            "scope=\"col\">Mostly from, and share of its people</th><th "
            "scope=\"col\" class=\"fp-number\">{} as then</th><th "
            "scope=\"col\" class=\"fp-number\">{} restated</th><th "
            "scope=\"col\" class=\"fp-number\">{} restated</th><th "
            "scope=\"col\" class=\"fp-number\">Boundary part</th><th "
            "scope=\"col\" class=\"fp-number\">Real part</th><th "
            "scope=\"col\" class=\"fp-number\">Change</th></tr></thead>\n"
            "<tbody class=\"nhsuk-table__body\">\n",
            S(fpti_when(page->arena, first)),
            S(fpti_when(page->arena, now->period)),
            S(fpti_when(page->arena, first)), S(fpti_when(page->arena, first)),
            S(fpti_when(page->arena, now->period)));
    *any = true;
    PUT(page,
        "<tr><th scope=\"row\"><a href=\"{}{}\">{}</a></th><td><a "
        "href=\"{}{}\">{}</a>, {}%</td><td class=\"fp-number\">",
        W(page->root), S(fpti_path_area(page->arena, site, now->code, view)),
        S(now->name), W(page->root),
        S(fpti_path_area(page->arena, site, code, 0)), S(old->name),
        R(100.0 * (double)from.people / (double)from.all, 1));
    fpti_put_value(page, k, 0, tier, old);
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    fpti_put_value(page, k, view, tier, restated);
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    fpti_put_value(page, k, view, tier, now);
    fpti_put_text(page, "</td>");
    put_parts(page, in, old->value, restated->value, now->value);
    fpti_put_text(page, "</tr>\n");
    return FPT_OK;
}

/* For one area (code) or all. */
fpt_status fpti_put_change(fpti_page *page, size_t k, size_t view, fpt_str code,
                           fpt_period first, fpt_period last, fpt_error *err)
{
    const fpti_site *site = page->site;
    bool any = false;
    if (site->view[view].then || fpt_period_equal(first, last)) return FPT_OK;
    const fpti_slice slice =
        fpti_figures(site, k, view, FPT_STR("system"), code);
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        if (fpt_period_equal(f->period, last) && fpt_body_is(f->place))
            FPT_TRY(put_row(page, k, view, f, first, &any, err));
    }
    if (any) fpti_put_text(page, "</tbody>\n</table>\n</div>\n</section>\n");
    return FPT_OK;
}
