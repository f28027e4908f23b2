/*
 * A page for each area and set of footprints: who it is, since when, its
 * figures beside the nation's, its series, its members with dates.
 */
#include "publish_i.h"

static void put_fact(fpti_page *page, const char *key, fpt_str value)
{
    PUT(page,
        "<div class=\"nhsuk-summary-list__row\"><dt "
        "class=\"nhsuk-summary-list__key\">{}</dt><dd "
        "class=\"nhsuk-summary-list__value\">{}</dd></div>\n",
        W(key), S(value));
}

static fpt_status put_identity(fpti_page *page, const fpti_area *a,
                               fpt_error *err)
{
    const fpti_site *site = a->site;
    size_t count;
    fpt_reg_fact *fact;
    fpti_put_text(page, "<dl class=\"nhsuk-summary-list\">\n");
    put_fact(page, "Code", a->code);
    put_fact(page, "Tier", a->tier->title);
    FPT_TRY(fpt_reg_facts_of(site->registry, page->arena, a->body,
                             FPT_REG_NAMES, &count, &fact, err));
    for (size_t i = 0; i < count; i++)
        if (fpti_fact_holds(&fact[i]))
            put_fact(page, "Named",
                     fpt_str_print(
                         page->arena,
                         FPT_STR_FMT " (" FPT_STR_FMT ") " FPT_STR_FMT
                                     ", by " FPT_STR_FMT,
                         FPT_STR_ARG(fact[i].text), FPT_STR_ARG(fact[i].what),
                         FPT_STR_ARG(fpti_span(page->arena, fact[i].valid)),
                         FPT_STR_ARG(fact[i].source)));
    const int64_t *people;
    const fpt_partition *p;
    fpt_period of;
    const fpt_str kind = fpt_tier_kind_on(a->tier, a->on);
    FPT_TRY(fpt_reg_partition(site->registry, kind, a->on, &p, err));
    FPT_TRY(fpt_reg_people(site->registry, a->on, &people, &of, err));
    int64_t sum = 0;
    for (size_t i = 0; i < p->atoms; i++)
        if (p->object[i].id == a->body.id) sum += people[i];
    if (sum > 0) {
        char number[FPT_NUMBER_BYTES];
        fpt_print_grouped(sum, number);
        const char *size = fpt_tier_size_word(a->tier, sum);
        put_fact(page, "People",
                 fpt_str_print(page->arena, "%s (" FPT_STR_FMT ")%s%s", number,
                               FPT_STR_ARG(fpti_when(page->arena, of)),
                               size[0] != '\0' ? "; " : "", size));
    }
    fpti_put_text(page, "</dl>\n");
    return FPT_OK;
}

/* ---- figures beside the nation's ---- */

static void find_rank(const fpti_site *site, size_t k, size_t view,
                      fpt_str tier, const fpt_figure *f, size_t *rank,
                      size_t *of)
{
    const fpti_slice all = fpti_figures(site, k, view, tier, (fpt_str){0});
    const bool low = site->indicator[k].polarity == FPT_POLARITY_LOWER;
    *rank = 1;
    *of = 0;
    for (size_t i = 0; i < all.count; i++) {
        const fpt_figure *x = &all.figure[i].f;
        if (!fpt_period_equal(x->period, f->period) || !fpt_body_is(x->place) ||
            isnan(x->value))
            continue;
        ++*of;
        if (low ? x->value < f->value : x->value > f->value) ++*rank;
    }
}

static void put_figure(fpti_page *page, const fpti_area *a, size_t k,
                       const fpt_figure *f)
{
    const fpti_site *site = a->site;
    const fpt_indicator *in = &site->indicator[k];
    const fpt_figure *nation = fpti_site_figure(
        site, k, 0, FPT_STR("nation"), site->tiers->nation_code, f->period);
    fpti_put_text(page, "<tr><th scope=\"row\">");
    if (fpt_str_equal(a->tier->name, FPT_STR("system")))
        PUT(page, "<a href=\"{}{}\">{}</a>", W(page->root),
            S(fpti_path_indicator(page->arena, site, k, a->view, f->period)),
            S(in->title));
    else
        PUT(page, "{}", S(in->title));
    PUT(page, "</th><td>{}</td><td class=\"fp-number\">",
        S(fpti_when(page->arena, f->period)));
    fpti_put_value(page, k, a->view, a->tier->name, f);
    PUT(page, "</td><td>{}</td><td class=\"fp-number\">", S(in->unit));
    fpti_put_interval(page, in, f);
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    const bool counts = in->statistic == FPT_STATISTIC_COUNT;
    if (nation != NULL && !counts)
        fpti_put_value(page, k, 0, FPT_STR("nation"), nation);
    const char *word =
        nation != NULL && !counts ? fpti_judgement(in, f, nation->value) : "";
    PUT(page, "</td><td class=\"fp-{}\">{}</td><td class=\"fp-number\">",
        W(word), W(word));
    if (!isnan(f->value)) {
        size_t rank, of;
        find_rank(site, k, a->view, a->tier->name, f, &rank, &of);
        PUT(page, "{} of {}", I(rank), I(of));
    }
    fpti_put_text(page, "</td></tr>\n");
}

static void put_figures(fpti_page *page, const fpti_area *a)
{
    const fpti_site *site = a->site;
    PUT(page,
        "<section id=\"figures\">\n<h2>Figures</h2>\n<div class=\"fp-scroll\" "
        "role=\"region\" aria-label=\"Figures, table\" tabindex=\"0\">\n<table "
        "class=\"nhsuk-table fp-table\">\n<thead "
        "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Indicator</th><th "
        "scope=\"col\">Period</th><th scope=\"col\" "
        "class=\"fp-number\">Value</th><th scope=\"col\">Unit</th><th "
        "scope=\"col\" class=\"fp-number\">95% interval</th><th scope=\"col\" "
        "class=\"fp-number\">{}</th><th scope=\"col\">Against {}</th><th "
        "scope=\"col\" class=\"fp-number\">Rank</th></tr></thead>\n<tbody "
        "class=\"nhsuk-table__body\">\n",
        S(site->tiers->nation_name), S(site->tiers->nation_name));
    for (size_t k = 0; k < site->indicators; k++) {
        const fpti_slice slice =
            fpti_figures(site, k, a->view, a->tier->name, a->code);
        const fpt_figure *last = NULL;
        for (size_t i = 0; i < slice.count; i++)
            if (fpti_is_main(&site->indicator[k], slice.figure[i].f.period))
                last = &slice.figure[i].f;
        if (last != NULL) put_figure(page, a, k, last);
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n<p "
                        "class=\"nhsuk-body-s\">Ranked from the best, or from "
                        "the highest where neither is better.</p>\n"
                        "</section>\n");
}

static fpt_status put_series(fpti_page *page, const fpti_area *a,
                             fpt_error *err)
{
    const fpti_site *site = a->site;
    for (size_t k = 0; k < site->indicators; k++) {
        const fpt_indicator *in = &site->indicator[k];
        if ((!in->month && !in->quarter) ||
            fpti_figures(site, k, a->view, a->tier->name, a->code).count == 0)
            continue;
        PUT(page, "<section id=\"{}\">\n<h2>{}</h2>\n", S(in->id),
            S(in->title));
        FPT_TRY(fpti_put_spc(page, k, a->view, a->tier->name, a->code, a->name,
                             err));
        fpti_put_text(page, "</section>\n");
    }
    return FPT_OK;
}

static fpt_status put_changes(fpti_page *page, const fpti_area *a,
                              fpt_error *err)
{
    const fpti_site *site = a->site;
    if (!fpt_str_equal(a->tier->name, FPT_STR("system"))) return FPT_OK;
    const size_t k = site->headline;
    const fpti_periods main = site->main[k];
    if (main.count < 2) return FPT_OK;
    return fpti_put_change(page, k, a->view, a->code, main.period[0],
                           main.period[main.count - 1], err);
}

static void put_view_switch(fpti_page *page, const fpti_area *a)
{
    const fpti_site *site = a->site;
    fpti_put_text(page, "<nav class=\"fp-switch\" aria-label=\"Footprints\">"
                        "<ul>\n");
    for (size_t v = 0; v < site->views; v++) {
        if (!fpti_has_area(site, a->code, v)) continue;
        PUT(page, "<li><a href=\"{}{}\"", W(page->root),
            S(fpti_path_area(page->arena, site, a->code, v)));
        fpti_put_text(page, v == a->view ? " aria-current=\"true\">" : ">");
        if (site->view[v].then)
            fpti_put_text(page, "As it was then</a></li>\n");
        else
            PUT(page, "On the footprints of {}</a></li>\n",
                S(fpti_day(page->arena, site->view[v].on)));
    }
    fpti_put_text(page, "</ul></nav>\n");
}

/* A page of a system is long: what there is to go to. */
static void put_contents(fpti_page *page, const fpti_area *a)
{
    const fpti_site *site = a->site;
    const bool system = fpt_str_equal(a->tier->name, FPT_STR("system"));
    fpti_put_text(page, "<nav class=\"fp-contents\" aria-label=\"On this "
                        "page\">\n<ul>\n<li><a href=\"#figures\">Figures</a>"
                        "</li>\n");
    if (fpti_is_judged(site, a->code, site->view[a->view].key))
        fpti_put_text(page, "<li><a href=\"#ratings\">Ratings</a></li>\n");
    if (system && fpti_has_gains(site, a->view, a->code))
        fpti_put_text(page, "<li><a href=\"#peers\">Places like it</a></li>\n");
    for (size_t k = 0; k < site->indicators; k++) {
        const fpt_indicator *in = &site->indicator[k];
        if ((in->month || in->quarter) &&
            fpti_figures(site, k, a->view, a->tier->name, a->code).count > 0)
            PUT(page, "<li><a href=\"#{}\">{} over time</a></li>\n", S(in->id),
                S(in->shorter));
    }
    fpti_put_text(page, "<li><a href=\"#people\">Other footprints</a></li>\n"
                        "</ul>\n</nav>\n");
}

static fpt_status put_area(fpti_page *page, const fpti_area *a, fpt_error *err)
{
    const fpt_str name = FPT_STR("Areas"), path = FPT_STR("areas.html");
    fpti_crumbs(page, 1, &name, &path);
    PUT(page,
        "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>{}<span "
        "class=\"nhsuk-caption-l nhsuk-caption--bottom\">{}, {}</span></h1>\n",
        S(a->name), S(a->tier->title), S(a->site->view[a->view].title));
    put_view_switch(page, a);
    put_contents(page, a);
    FPT_TRY(put_identity(page, a, err));
    put_figures(page, a);
    FPT_TRY(fpti_put_ratings(page, a->code, a->site->view[a->view].key, err));
    if (fpt_str_equal(a->tier->name, FPT_STR("system")))
        FPT_TRY(fpti_put_gains(page, a->view, a->code, a->name, err));
    FPT_TRY(put_series(page, a, err));
    FPT_TRY(put_changes(page, a, err));
    FPT_TRY(fpti_put_members(page, a, err));
    fpti_put_text(page, "<section id=\"people\">\n<h2>The same people on other "
                        "footprints</h2>\n");
    FPT_TRY(fpti_put_other_views(page, a, err));
    fpti_put_text(page, "</section>\n</main>\n");
    return FPT_OK;
}

static fpt_status write_one(fpti_site *site, fpt_arena *arena, size_t view,
                            const fpt_tier *tier, const fpt_figure *f,
                            fpt_error *err)
{
    fpti_page page;
    const fpti_area a = {.site = site,
                         .body = f->place,
                         .code = f->code,
                         .name = f->name,
                         .tier = tier,
                         .view = view,
                         .on = site->view[view].then ? f->period.from
                                                     : site->view[view].on};
    const fpt_str title =
        fpt_str_print(arena, FPT_STR_FMT ", " FPT_STR_FMT, FPT_STR_ARG(a.name),
                      FPT_STR_ARG(site->view[view].title));
    FPT_TRY(fpti_page_open(site, arena,
                           fpti_path_area(arena, site, a.code, view), "Areas",
                           title, &page, err));
    FPT_TRY(put_area(&page, &a, err));
    return fpti_page_close(&page, err);
}

/* ---- each area once, and the list ---- */

/* The last figure of each area of a tier and view, over all indicators. */
static fpt_status list_areas(fpti_site *site, fpt_arena *arena, size_t view,
                             fpt_str tier, size_t *count,
                             const fpt_figure ***out)
{
    size_t capacity = 0;
    const size_t bodies = fpt_reg_count(site->registry);
    size_t *at = FPT_NEW(arena, size_t, bodies);
    *count = 0;
    *out = NULL;
    if (at == NULL) return FPT_ERR_MEMORY;
    for (size_t k = 0; k < site->indicators; k++) {
        const fpti_slice slice =
            fpti_figures(site, k, view, tier, (fpt_str){0});
        for (size_t i = 0; i < slice.count; i++) {
            const fpt_figure *f = &slice.figure[i].f;
            if (!fpt_body_is(f->place)) continue;
            size_t *index = &at[f->place.id];
            if (*index == 0) {
                if (!FPT_RESERVE(arena, *out, *count, capacity))
                    return FPT_ERR_MEMORY;
                (*out)[(*count)++] = f;
                *index = *count;
            } else if ((*out)[*index - 1]->period.from.days <
                       f->period.from.days) {
                (*out)[*index - 1] = f;
            }
        }
    }
    return FPT_OK;
}

static fpt_status put_list(fpti_page *page, fpt_error *err)
{
    fpti_site *site = page->site;
    fpti_put_text(page, "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n"
                        "<h1>Areas</h1>\n");
    for (size_t t = 0; t < site->tiers->count; t++)
        for (size_t v = 0; v < site->views; v++) {
            size_t count;
            const fpt_figure **list;
            if (list_areas(site, page->arena, v, site->tier[t], &count,
                           &list) != FPT_OK)
                return fpt_fail(err, FPT_ERR_MEMORY, "no memory for areas");
            if (count == 0) continue;
            PUT(page, "<h2>{}, {}</h2>\n<ul class=\"fp-columns\">\n",
                S(site->tiers->tier[t].title), S(site->view[v].title));
            for (size_t i = 0; i < count; i++)
                PUT(page, "<li><a href=\"{}\">{}</a></li>\n",
                    S(fpti_path_area(page->arena, site, list[i]->code, v)),
                    S(list[i]->name));
            fpti_put_text(page, "</ul>\n");
        }
    fpti_put_text(page, "</main>\n");
    return FPT_OK;
}

fpt_status fpti_write_areas(fpti_site *site, fpt_error *err)
{
    fpt_arena arena, kept;
    fpti_page page;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    if (fpt_arena_init(&kept, NULL) != FPT_OK) {
        fpt_arena_clear(&arena);
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for areas");
    }
    fpt_status status = fpti_page_open(site, &arena, FPT_STR("areas.html"),
                                       "Areas", FPT_STR("Areas"), &page, err);
    if (status == FPT_OK) status = put_list(&page, err);
    if (status == FPT_OK) status = fpti_page_close(&page, err);
    for (size_t t = 0; t < site->tiers->count; t++)
        for (size_t v = 0; v < site->views && status == FPT_OK; v++) {
            size_t count;
            const fpt_figure **list;
            fpt_arena_reset(&kept);
            status = list_areas(site, &kept, v, site->tier[t], &count, &list);
            for (size_t i = 0; i < count && status == FPT_OK; i++) {
                fpt_arena_reset(&arena);
                status = write_one(site, &arena, v, &site->tiers->tier[t],
                                   list[i], err);
            }
        }
    fpt_arena_clear(&kept);
    fpt_arena_clear(&arena);
    return status;
}
