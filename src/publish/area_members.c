/*
 * On an area's page: its members with their dates and shares, and the other
 * footprints that its people are in.
 */
#include "publish_i.h"

bool fpti_fact_holds(const fpt_reg_fact *fact)
{
    return fact->known.to.days == FPT_DATE_MAX_DAYS;
}

/* ---- members ---- */

/* Do two sources say the same? */
static bool says_the_same(const fpt_reg_fact *a, const fpt_reg_fact *b)
{
    return fpti_fact_holds(a) && fpti_fact_holds(b) &&
           a->object.id == b->object.id && a->share == b->share &&
           fpt_period_equal(a->valid, b->valid);
}

static bool is_told(const fpt_reg_fact *fact, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (says_the_same(&fact[i], &fact[at])) return true;
    return false;
}

static void put_sources(fpti_page *page, size_t count, const fpt_reg_fact *fact,
                        size_t at)
{
    PUT(page, "{}", S(fact[at].source));
    for (size_t i = at + 1; i < count; i++)
        if (says_the_same(&fact[at], &fact[i]) &&
            !fpt_str_equal(fact[at].source, fact[i].source))
            PUT(page, ", {}", S(fact[i].source));
}

/* Kinds of which there are many are counted; members of the others have a line
 * each. */
fpt_status fpti_put_members(fpti_page *page, const fpti_area *a, fpt_error *err)
{
    enum { MOST_OF_A_KIND = 100 };
    fpti_site *site = a->site;
    size_t count, left = 0;
    fpt_reg_fact *fact;
    FPT_TRY(fpt_reg_facts_of(site->registry, page->arena, a->body,
                             FPT_REG_MEMBERS, &count, &fact, err));
    fpt_intern kinds = fpt_intern_make(page->arena);
    uint32_t *kind = FPT_NEW(page->arena, uint32_t, count);
    size_t *alike = FPT_NEW(page->arena, size_t, count + 1);
    if (kind == NULL || alike == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for members");
    for (size_t i = 0; i < count; i++) {
        kind[i] = fpt_intern_add(
            &kinds, fpt_reg_kind(site->registry, fact[i].object, a->on));
        if (kind[i] == FPT_INTERN_NONE)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for members");
        alike[kind[i]] += fpti_fact_holds(&fact[i]);
    }
    if (count == 0) return FPT_OK;
    fpti_put_text(
        page, "<section id=\"members\">\n<h2>Members</h2>\n<div "
              "class=\"fp-scroll\" role=\"region\" aria-label=\"Members, "
              "table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
              "fp-table\" aria-describedby=\"how-members\">\n<thead "
              "class=\"nhsuk-table__head\"><tr><th "
              "scope=\"col\">Code</th><th scope=\"col\">Member</th><th "
              "scope=\"col\">Kind</th><th scope=\"col\">In this area</th><th "
              "scope=\"col\" class=\"fp-number\">Share</th><th "
              "scope=\"col\">Source</th></tr></thead>\n<tbody "
              "class=\"nhsuk-table__body\">\n");
    for (size_t i = 0; i < count; i++) {
        if (!fpti_fact_holds(&fact[i])) continue;
        if (alike[kind[i]] > MOST_OF_A_KIND) {
            left++;
            continue;
        }
        if (is_told(fact, i)) continue;
        PUT(page, "<tr><td>{}</td><th scope=\"row\">",
            S(fpt_reg_code(site->registry, fact[i].object)));
        fpti_put_body(page, fact[i].object, a->on);
        PUT(page, "</th><td>{}</td><td>{}</td><td class=\"fp-number\">",
            S(kinds.text[kind[i]]), S(fpti_span(page->arena, fact[i].valid)));
        if (fact[i].share >= 0 && fact[i].share != FPT_SHARE_WHOLE)
            PUT(page, "{}%", R((double)fact[i].share / 1e10, 2));
        fpti_put_text(page, "</td><td>");
        put_sources(page, count, fact, i);
        fpti_put_text(page, "</td></tr>\n");
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n<p "
                        "class=\"nhsuk-body-s\" id=\"how-members\">A share is "
                        "how much of a member counts here, as the source of "
                        "its row has it; none is printed where it is all."
                        "</p>\n");
    if (left > 0)
        PUT(page,
            "<p class=\"nhsuk-body-s\">And {} of kinds with many members: "
            "<code>footprint area show {}</code> lists them all, with what was "
            "known when.</p>\n",
            I(left), S(a->code));
    fpti_put_text(page, "</section>\n");
    return FPT_OK;
}

/* ---- the other footprints of its people ---- */

static void put_crossing(fpti_page *page, size_t view, fpt_body other,
                         fpt_date on, int64_t people, int64_t all)
{
    const fpti_site *site = page->site;
    fpti_put_text(page, "<li>");
    if (!fpt_body_is(other)) {
        fpti_put_text(page, "no area");
    } else {
        const fpt_str code = fpt_reg_code(site->registry, other);
        PUT(page, "<a href=\"{}{}\">{}</a>", W(page->root),
            S(fpti_path_area(page->arena, site, code, view)),
            S(fpt_reg_name(site->registry, other, on)));
    }
    PUT(page, ": {} people, {}%</li>\n", I(people),
        R(100.0 * (double)people / (double)all, 1));
}

fpt_status fpti_put_other_views(fpti_page *page, const fpti_area *a,
                                fpt_error *err)
{
    fpti_site *site = a->site;
    for (size_t v = 0; v < site->views; v++) {
        if (v == a->view) continue;
        /* Then: its footprint at the first period of its own figures. */
        fpt_date on = site->view[v].on;
        if (site->view[v].then) {
            const fpti_periods main = site->main[site->headline];
            if (main.count == 0) continue;
            on = main.period[0].from;
        }
        const fpt_str from = fpt_tier_kind_on(a->tier, a->on);
        const fpt_str to = fpt_tier_kind_on(a->tier, on);
        if (from.len == 0 || to.len == 0) continue;
        size_t count;
        const fpt_crossing *c;
        FPT_TRY(fpt_reg_crosswalk(site->registry, from, a->on, to, on, &count,
                                  &c, err));
        int64_t all = 0;
        for (size_t i = 0; i < count; i++)
            if (c[i].from.id == a->body.id) all += c[i].people;
        if (all == 0) continue;
        PUT(page, "<h3>On the footprints of {} its people are in</h3>\n<ul>\n",
            S(fpti_day(page->arena, on)));
        for (size_t i = 0; i < count; i++)
            if (c[i].from.id == a->body.id)
                put_crossing(page, v, c[i].to, on, c[i].people, all);
        fpti_put_text(page, "</ul>\n");
    }
    return FPT_OK;
}
