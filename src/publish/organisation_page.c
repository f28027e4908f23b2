/*
 * A page for each organisation whose activity is placed: names, roles and
 * relations with dates, who came before and after, where its activity stands,
 * its own series.
 */
#include <stdlib.h>

#include "publish_i.h"

static const struct {
    fpt_reg_facts sort;
    const char *title;
} sections[] = {{FPT_REG_NAMES, "Names"},
                {FPT_REG_ROLES, "Roles"},
                {FPT_REG_RELATIONS, "Belongs to"},
                {FPT_REG_ALIASES, "Other codes and names"}};

static void put_fact(fpti_page *page, const fpt_reg_fact *f)
{
    PUT(page, "<tr><td>{}</td><th scope=\"row\">", S(f->what));
    if (fpt_body_is(f->object))
        fpti_put_body(page, f->object, f->valid.from);
    else
        PUT(page, "{}", S(f->text));
    if (f->share >= 0 && f->share != FPT_SHARE_WHOLE)
        PUT(page, " ({}%)", R((double)f->share / 1e10, 2));
    PUT(page, "</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        S(fpti_span(page->arena, f->valid)),
        S(fpti_span(page->arena, f->known)), S(f->source));
}

static fpt_status put_facts(fpti_page *page, fpt_body body, fpt_error *err)
{
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
        size_t count;
        fpt_reg_fact *fact;
        FPT_TRY(fpt_reg_facts_of(page->site->registry, page->arena, body,
                                 sections[s].sort, &count, &fact, err));
        if (count == 0) continue;
        PUT(page,
            "<h3>{}</h3>\n<div class=\"fp-scroll\" role=\"region\" "
            "aria-label=\"{}, table\" tabindex=\"0\">\n<table "
            "class=\"nhsuk-table fp-table\">\n<thead "
            "class=\"nhsuk-table__head\"><tr><th scope=\"col\">Kind</th><th "
            "scope=\"col\">What</th><th scope=\"col\">It held</th><th "
            "scope=\"col\">We knew</th><th scope=\"col\">Source</th></tr>"
            "</thead>\n<tbody class=\"nhsuk-table__body\">\n",
            W(sections[s].title), W(sections[s].title));
        for (size_t i = 0; i < count; i++)
            put_fact(page, &fact[i]);
        fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
    }
    return FPT_OK;
}

static fpt_status put_family(fpti_page *page, fpt_body body, fpt_error *err)
{
    const fpti_site *site = page->site;
    size_t after, before;
    fpt_succession *next;
    fpt_reg_fact *fact;
    FPT_TRY(fpt_reg_successors(site->registry, page->arena, body, &after, &next,
                               err));
    FPT_TRY(fpt_reg_facts_of(site->registry, page->arena, body,
                             FPT_REG_PREDECESSORS, &before, &fact, err));
    if (after + before == 0) return FPT_OK;
    fpti_put_text(page, "<h3>Before and after</h3>\n<ul>\n");
    for (size_t i = 0; i < before; i++) {
        fpti_put_text(page, "<li>took over from ");
        fpti_put_body(page, fact[i].object, fact[i].valid.from);
        PUT(page, ", {}</li>\n", S(fpti_day(page->arena, fact[i].valid.from)));
    }
    for (size_t i = 0; i < after; i++) {
        PUT(page, "<li>{}",
            W(next[i].depth > 1 ? "and then by " : "taken over by "));
        fpti_put_body(page, next[i].successor, next[i].on);
        PUT(page, ", {}{}</li>\n", S(fpti_day(page->arena, next[i].on)),
            W(next[i].cycle ? " (a circle: not followed)" : ""));
    }
    fpti_put_text(page, "</ul>\n");
    return FPT_OK;
}

static fpt_status put_placed(fpti_page *page, fpt_str code, fpt_error *err)
{
    fpti_site *site = page->site;
    const size_t k = site->headline;
    if (!site->indicator[k].attributed) return FPT_OK;
    const fpti_periods main = site->main[k];
    fpti_put_text(
        page, "<section id=\"placed\">\n<h2>Where its activity stands</h2>\n"
              "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Placed, "
              "table\" tabindex=\"0\">\n<table class=\"nhsuk-table "
              "fp-table\">\n<thead class=\"nhsuk-table__head\"><tr><th "
              "scope=\"col\">Period</th><th scope=\"col\">Area</th><th "
              "scope=\"col\" class=\"fp-number\">Share</th><th scope=\"col\" "
              "class=\"fp-number\">Step</th><th scope=\"col\">How</th></tr>"
              "</thead>\n<tbody class=\"nhsuk-table__body\">\n");
    for (size_t p = 0; p < main.count; p++) {
        size_t count;
        fpt_placed *placed;
        FPT_TRY(fpt_measure_place(site->measure, page->arena, code,
                                  main.period[p], &count, &placed, err));
        for (size_t i = 0; i < count; i++) {
            PUT(page, "<tr><th scope=\"row\">{}</th><td>",
                S(fpti_when(page->arena, main.period[p])));
            if (fpt_body_is(placed[i].area))
                fpti_put_body(page, placed[i].area, main.period[p].from);
            else
                PUT(page, "<a href=\"{}unassigned.html\">Unassigned</a>",
                    W(page->root));
            fpti_put_text(page, "</td><td class=\"fp-number\">");
            if (placed[i].share > 0)
                PUT(page, "{}%", R((double)placed[i].share / 1e10, 1));
            fpti_put_text(page, "</td><td class=\"fp-number\">");
            if (placed[i].step > 0) PUT(page, "{}", I(placed[i].step));
            PUT(page, "</td><td>{}", S(placed[i].how));
            if (fpt_body_is(placed[i].via)) {
                fpti_put_text(page, ", by its successor ");
                fpti_put_body(page, placed[i].via, main.period[p].from);
            }
            fpti_put_text(page, "</td></tr>\n");
        }
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n</section>\n");
    return FPT_OK;
}

static fpt_status put_organisation(fpti_page *page, const fpt_figure *f,
                                   fpt_error *err)
{
    fpti_site *site = page->site;
    const fpt_str crumb = FPT_STR("Organisations"),
                  path = FPT_STR("organisations.html");
    fpti_crumbs(page, 1, &crumb, &path);
    PUT(page,
        "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>{}<span "
        "class=\"nhsuk-caption-l nhsuk-caption--bottom\">{}</span></h1>\n",
        S(f->name.len > 0 ? f->name : f->code), S(f->code));
    if (!fpt_body_is(f->place) || f->name.len == 0)
        fpti_put_text(page, "<p>No register that was loaded knows this code. "
                            "Its numbers are kept.</p>\n");
    FPT_TRY(put_placed(page, f->code, err));
    FPT_TRY(fpti_put_ratings(page, f->code, FPT_STR("then"), err));
    for (size_t k = 0; k < site->indicators; k++) {
        const fpt_indicator *in = &site->indicator[k];
        if (fpti_figures(site, k, 0, FPT_STR("organisation"), f->code).count ==
            0)
            continue;
        PUT(page,
            "<section id=\"{}\">\n<h2>{}</h2>\n<p>{} Its own numbers, as it "
            "published them; from the files of “{}” on the <a "
            "href=\"{}data.html\">data page</a>.</p>\n",
            S(in->id), S(in->title), S(in->about), S(in->source),
            W(page->root));
        FPT_TRY(fpti_put_spc(page, k, 0, FPT_STR("organisation"), f->code,
                             f->name, err));
        fpti_put_text(page, "</section>\n");
    }
    fpti_put_text(page, "<section id=\"registered\">\n<h2>What registers say"
                        "</h2>\n");
    if (fpt_body_is(f->place)) {
        FPT_TRY(put_family(page, f->place, err));
        FPT_TRY(put_facts(page, f->place, err));
    }
    fpti_put_text(page, "</section>\n</main>\n");
    return FPT_OK;
}

/* ---- each once, and the list ---- */

static int by_name(const void *left, const void *right)
{
    const fpt_figure *a = *(const fpt_figure *const *)left;
    const fpt_figure *b = *(const fpt_figure *const *)right;
    if ((a->name.len == 0) != (b->name.len == 0))
        return a->name.len == 0 ? 1 : -1;
    const int name = fpt_str_compare(a->name, b->name);
    return name != 0 ? name : fpt_str_compare(a->code, b->code);
}

/* The last figure of each, over all indicators of providers. */
static fpt_status list_organisations(fpti_site *site, fpt_arena *arena,
                                     size_t *count, const fpt_figure ***out)
{
    fpt_intern seen = fpt_intern_make(arena);
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    for (size_t k = 0; k < site->indicators; k++) {
        if (!site->indicator[k].attributed) continue;
        const fpti_slice all =
            fpti_figures(site, k, 0, FPT_STR("organisation"), (fpt_str){0});
        for (size_t i = 0; i < all.count; i++) {
            const fpt_figure *f = &all.figure[i].f;
            const uint32_t id = fpt_intern_add(&seen, f->code);
            if (id == FPT_INTERN_NONE) return FPT_ERR_MEMORY;
            if (id == *count) {
                if (!FPT_RESERVE(arena, *out, *count, capacity))
                    return FPT_ERR_MEMORY;
                (*out)[(*count)++] = f;
            } else if ((*out)[id]->period.from.days < f->period.from.days) {
                (*out)[id] = f;
            }
        }
    }
    if (*count > 0) qsort(*out, *count, sizeof **out, by_name);
    return FPT_OK;
}

static void put_list(fpti_page *page, size_t count, const fpt_figure **list)
{
    fpti_put_text(page, "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n"
                        "<h1>Organisations</h1>\n<p>Those whose activity is "
                        "placed in areas. Practices are parts of the figures "
                        "of their areas, and in the <a "
                        "href=\"data.html#downloads\">downloads</a>.</p>\n<ul "
                        "class=\"fp-columns\">\n");
    for (size_t i = 0; i < count; i++)
        PUT(page, "<li><a href=\"{}\">{}</a> {}</li>\n",
            S(fpti_path_organisation(page->arena, list[i]->code)),
            S(list[i]->name.len > 0 ? list[i]->name
                                    : FPT_STR("Not registered")),
            S(list[i]->code));
    fpti_put_text(page, "</ul>\n</main>\n");
}

fpt_status fpti_write_organisations(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    fpti_page page;
    size_t count;
    const fpt_figure **list;
    if (list_organisations(site, site->arena, &count, &list) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for organisations");
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status =
        fpti_page_open(site, &arena, FPT_STR("organisations.html"),
                       "Organisations", FPT_STR("Organisations"), &page, err);
    if (status == FPT_OK) {
        put_list(&page, count, list);
        status = fpti_page_close(&page, err);
    }
    for (size_t i = 0; i < count && status == FPT_OK; i++) {
        fpt_arena_reset(&arena);
        status = fpti_page_open(
            site, &arena, fpti_path_organisation(&arena, list[i]->code),
            "Organisations",
            list[i]->name.len > 0 ? list[i]->name : list[i]->code, &page, err);
        if (status == FPT_OK) status = put_organisation(&page, list[i], err);
        if (status == FPT_OK) status = fpti_page_close(&page, err);
    }
    fpt_arena_clear(&arena);
    return status;
}
