/*
 * What frameworks said: the kept ratings as runs (a framework's version, its
 * weights, a set of footprints), the changes from period to period with what of
 * them is noise, and a page for each run.
 */
#include <stdlib.h>

#include "publish_i.h"

/* ---- runs ---- */

static bool same_run(const fpti_run *run, const fpt_rating *r)
{
    return fpt_str_equal(run->framework, r->framework) &&
           fpt_str_equal(run->version, r->version) &&
           fpt_str_equal(run->weights, r->weights) &&
           fpt_str_equal(run->view, r->view);
}

bool fpti_is_whole(const fpt_rating *r)
{
    return fpt_str_equal(r->item, FPT_STR(FPT_OVERALL));
}

/* The rules that judged; where their pack is gone the name is all that is left. */
static fpt_status find_rules(fpti_site *site, fpti_run *run, fpt_error *err)
{
    fpt_error why = {0};
    run->title = run->framework;
    fpt_framework *f = FPT_NEW(site->arena, fpt_framework, 1);
    if (f == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for ratings");
    const fpt_status found =
        fpt_framework_open(site->arena, site->options->packs, run->framework,
                           run->version, f, &why);
    if (found == FPT_ERR_NOT_FOUND) return FPT_OK;
    if (found != FPT_OK) {
        if (err != NULL) *err = why;
        return found;
    }
    run->rules = f;
    run->title = f->title;
    return FPT_OK;
}

static fpt_status add_run(fpti_site *site, size_t first, fpt_error *err)
{
    const fpt_rating *r = &site->rating[first];
    fpti_run run = {.framework = r->framework,
                    .version = r->version,
                    .weights = r->weights,
                    .view = r->view,
                    .first = first};
    size_t room = 0, nth = 1;
    while (first + run.count < site->ratings &&
           same_run(&run, &site->rating[first + run.count])) {
        const fpt_rating *x = &site->rating[first + run.count++];
        run.whole = run.whole || fpti_is_whole(x);
        if (run.periods > 0 &&
            fpt_period_equal(run.period[run.periods - 1], x->period))
            continue;
        if (!FPT_RESERVE(site->arena, run.period, run.periods, room))
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for ratings");
        run.period[run.periods++] = x->period;
    }
    FPT_TRY(find_rules(site, &run, err));
    for (size_t i = 0; i < site->runs; i++)
        nth += fpt_str_equal(site->run[i].framework, run.framework);
    run.path =
        nth == 1 ? fpt_str_print(site->arena, "rating/" FPT_STR_FMT ".html",
                                 FPT_STR_ARG(run.framework))
                 : fpt_str_print(site->arena, "rating/" FPT_STR_FMT "-%zu.html",
                                 FPT_STR_ARG(run.framework), nth);
    if (!FPT_RESERVE(site->arena, site->run, site->runs, site->runs_room) ||
        run.path.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for ratings");
    site->run[site->runs++] = run;
    return FPT_OK;
}

/* ---- changes ---- */

static void rows_of(const fpti_site *site, const fpti_run *run,
                    fpt_period period, size_t chances,
                    fpt_rating_chance *chance, fpt_ratings *out)
{
    *out = (fpt_ratings){.rating = NULL};
    for (size_t i = 0; i < run->count; i++)
        if (fpt_period_equal(site->rating[run->first + i].period, period)) {
            if (out->count == 0) out->rating = &site->rating[run->first + i];
            out->count++;
        }
    for (size_t i = 0; i < chances; i++)
        if (fpt_period_equal(chance[i].period, period)) {
            if (out->chances == 0) out->chance = &chance[i];
            out->chances++;
        }
}

/* Kept rows are in the order of their periods, and so are chances. */
static fpt_status find_changes(fpti_site *site, fpti_run *run, fpt_error *err)
{
    size_t chances;
    fpt_rating_chance *chance;
    if (!run->whole || run->periods < 2 || run->rules == NULL ||
        run->rules->categories == 0)
        return FPT_OK;
    const fpt_rate_filter filter = {.framework = run->framework,
                                    .version = run->version,
                                    .weights = run->weights,
                                    .view = run->view};
    FPT_TRY(fpt_rate_read_chances(site->warehouse, site->arena, &filter,
                                  &chances, &chance, err));
    run->change = FPT_NEW(site->arena, fpt_rating_changes, run->periods - 1);
    if (run->change == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for ratings");
    for (size_t p = 0; p + 1 < run->periods; p++) {
        fpt_ratings before, after;
        rows_of(site, run, run->period[p], chances, chance, &before);
        rows_of(site, run, run->period[p + 1], chances, chance, &after);
        FPT_TRY(fpt_rate_compare(site->arena, &before, &after,
                                 run->rules->categories, 0.95, &run->change[p],
                                 err));
    }
    return FPT_OK;
}

fpt_status fpti_gather_ratings(fpti_site *site, fpt_error *err)
{
    const fpt_rate_filter all = {0};
    FPT_TRY(fpt_rate_read(site->warehouse, site->arena, &all, &site->ratings,
                          &site->rating, err));
    for (size_t i = 0; i < site->ratings;) {
        FPT_TRY(add_run(site, i, err));
        FPT_TRY(find_changes(site, &site->run[site->runs - 1], err));
        i += site->run[site->runs - 1].count;
    }
    return FPT_OK;
}

const fpt_rating_change *fpti_change_of(const fpti_run *run, size_t p,
                                        fpt_str place)
{
    if (run->change == NULL || p + 1 >= run->periods) return NULL;
    for (size_t i = 0; i < run->change[p].count; i++)
        if (fpt_str_equal(run->change[p].change[i].place, place))
            return &run->change[p].change[i];
    return NULL;
}

const fpt_rating *fpti_whole_of(const fpti_site *site, const fpti_run *run,
                                fpt_period period, fpt_str place)
{
    for (size_t i = 0; i < run->count; i++) {
        const fpt_rating *r = &site->rating[run->first + i];
        if (fpti_is_whole(r) && fpt_period_equal(r->period, period) &&
            fpt_str_equal(r->place, place))
            return r;
    }
    return NULL;
}

/* ---- words ---- */

void fpti_put_category(fpti_page *page, const fpt_rating *r)
{
    if (r->category.len > 0)
        PUT(page, "{}", S(r->category));
    else if (r->category_number > 0)
        PUT(page, "{}", I(r->category_number));
    else
        fpti_put_text(page, "–");
    if (!isnan(r->category_chance))
        PUT(page, " (chance {}%)", R(100.0 * r->category_chance, 0));
}

fpt_str fpti_run_weights(const fpti_run *run)
{
    return fpt_str_equal(run->weights, FPT_STR("pack"))
               ? FPT_STR("the framework's own")
               : run->weights;
}

void fpti_put_noise(fpti_page *page, const fpti_run *run, size_t p)
{
    const fpt_rating_changes *c = &run->change[p];
    const int64_t within = c->kinds[FPT_MOVE_WITHIN_NOISE];
    const int64_t beyond = c->kinds[FPT_MOVE_BEYOND_NOISE];
    const int64_t moved = within + beyond + c->kinds[FPT_MOVE_BY_RULE] +
                          c->kinds[FPT_MOVE_NOT_KNOWN];
    PUT(page, "{} to {}: {} of {} rated in both changed category",
        S(fpti_when(page->arena, run->period[p])),
        S(fpti_when(page->arena, run->period[p + 1])), I(moved), I(c->count));
    if (c->kinds[FPT_MOVE_BY_RULE] > 0)
        PUT(page, "; {} because a rule began or ceased to hold",
            I(c->kinds[FPT_MOVE_BY_RULE]));
    if (!isnan(c->share_noise))
        PUT(page,
            "; {} are within noise and {} beyond it: {}% of these changes are "
            "noise. Had nothing changed at all, {} would have been expected",
            I(within), I(beyond), R(100.0 * c->share_noise, 0),
            R(c->expected_by_noise, 1));
    if (c->kinds[FPT_MOVE_NOT_KNOWN] > 0)
        PUT(page,
            "; of {} it is not known whether they are noise, because nothing "
            "was drawn (footprint rate run {} --draws 2000)",
            I(c->kinds[FPT_MOVE_NOT_KNOWN]), S(run->framework));
    fpti_put_text(page, ".");
}

/* ---- the page of a run ---- */

static void put_place(fpti_page *page, const fpti_run *run, const fpt_rating *r)
{
    const fpti_site *site = page->site;
    size_t view = 0;
    while (view < site->views &&
           !fpt_str_equal(site->view[view].key, run->view))
        view++;
    if (view < site->views && fpti_has_area(site, r->place, view))
        PUT(page, "<a href=\"{}{}#ratings\">{}</a>", W(page->root),
            S(fpti_path_area(page->arena, site, r->place, view)), S(r->name));
    else if (fpti_has_organisation(site, r->place))
        PUT(page, "<a href=\"{}{}#ratings\">{}</a>", W(page->root),
            S(fpti_path_organisation(page->arena, r->place)), S(r->name));
    else
        PUT(page, "{}", S(r->name.len > 0 ? r->name : r->place));
}

static void put_past(fpti_page *page, const fpti_run *run, const fpt_rating *r)
{
    for (size_t p = 0; p + 1 < run->periods; p++) {
        const fpt_rating *was =
            fpti_whole_of(page->site, run, run->period[p], r->place);
        fpti_put_text(page, "<td>");
        if (was != NULL) fpti_put_category(page, was);
        fpti_put_text(page, "</td>");
    }
}

static void put_row(fpti_page *page, const fpti_run *run, const fpt_rating *r)
{
    fpti_put_text(page, "<tr><td class=\"fp-number\">");
    if (!isnan(r->rank)) PUT(page, "{} of {}", R(r->rank, 0), I(r->ranked));
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    if (!isnan(r->rank_lower) && !isnan(r->rank_upper))
        PUT(page, "{} to {}", R(r->rank_lower, 0), R(r->rank_upper, 0));
    fpti_put_text(page, "</td><th scope=\"row\">");
    put_place(page, run, r);
    PUT(page, "</th><td>{}</td>", S(r->group));
    put_past(page, run, r);
    fpti_put_text(page, "<td>");
    fpti_put_category(page, r);
    PUT(page, "</td><td>{}</td><td class=\"fp-number\">",
        S(r->published_category));
    if (!isnan(r->score)) PUT(page, "{}", R(r->score, 2));
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    if (!isnan(r->score_lower) && !isnan(r->score_upper))
        PUT(page, "{} to {}", R(r->score_lower, 2), R(r->score_upper, 2));
    fpti_put_text(page, "</td><td>");
    const fpt_rating_change *c =
        run->periods > 1 ? fpti_change_of(run, run->periods - 2, r->place)
                         : NULL;
    if (c != NULL)
        PUT(page, "{}",
            W(c->kind == FPT_MOVE_NONE ? "no change"
                                       : fpt_rating_move_word(c->kind)));
    fpti_put_text(page, "</td></tr>\n");
}

/* Within each group by rank; those without one last, by code. */
static int by_rank(const void *left, const void *right)
{
    const fpt_rating *a = *(const fpt_rating *const *)left;
    const fpt_rating *b = *(const fpt_rating *const *)right;
    const int group = fpt_str_compare(a->group, b->group);
    if (group != 0) return group;
    if (isnan(a->rank) != isnan(b->rank)) return isnan(a->rank) ? 1 : -1;
    if (a->rank < b->rank) return -1;
    if (a->rank > b->rank) return 1;
    return fpt_str_compare(a->place, b->place);
}

static void put_ranked(fpti_page *page, const fpti_run *run, fpt_period period)
{
    const fpti_site *site = page->site;
    size_t count = 0;
    const fpt_rating **list =
        FPT_NEW(page->arena, const fpt_rating *, run->count);
    if (list == NULL) {
        page->out.failed = true;
        return;
    }
    for (size_t i = 0; i < run->count; i++) {
        const fpt_rating *r = &site->rating[run->first + i];
        if (fpti_is_whole(r) && fpt_period_equal(r->period, period))
            list[count++] = r;
    }
    if (count > 0) qsort(list, count, sizeof *list, by_rank);
    for (size_t i = 0; i < count; i++)
        put_row(page, run, list[i]);
}

static void put_league(fpti_page *page, const fpti_run *run)
{
    const fpt_period last = run->period[run->periods - 1];
    fpti_put_text(
        page, "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Ratings, "
              "table\" tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\" "
              "aria-describedby=\"how-league\">\n<thead "
              "class=\"nhsuk-table__head\"><tr><th scope=\"col\" "
              "class=\"fp-number\">Rank</th><th scope=\"col\" "
              "class=\"fp-number\">Likely rank</th><th scope=\"col\">Place"
              "</th><th scope=\"col\">Among</th>");
    for (size_t p = 0; p < run->periods; p++)
        PUT(page, "<th scope=\"col\">{}</th>",
            S(fpti_when(page->arena, run->period[p])));
    fpti_put_text(page, "<th scope=\"col\">As published</th><th scope=\"col\" "
                        "class=\"fp-number\">Score</th><th scope=\"col\" "
                        "class=\"fp-number\">95% interval</th><th "
                        "scope=\"col\">Last change</th></tr></thead>\n<tbody "
                        "class=\"nhsuk-table__body\">\n");
    put_ranked(page, run, last);
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
}

static void put_places(fpti_page *page, const fpti_run *run)
{
    const fpti_site *site = page->site;
    const fpt_period last = run->period[run->periods - 1];
    fpti_put_text(page, "<p>It gives no overall rating. What it says of each "
                        "place stands on the place's own page:</p>\n<ul "
                        "class=\"fp-columns\">\n");
    for (size_t i = 0; i < run->count; i++) {
        const fpt_rating *r = &site->rating[run->first + i];
        if (!fpt_period_equal(r->period, last) ||
            (i > 0 && fpt_str_equal(r[-1].place, r->place)))
            continue;
        fpti_put_text(page, "<li>");
        put_place(page, run, r);
        fpti_put_text(page, "</li>\n");
    }
    fpti_put_text(page, "</ul>\n");
}

static void put_strings(fpti_page *page, const char *title, size_t count,
                        const fpt_str *line)
{
    if (count == 0) return;
    PUT(page, "<h2>{}</h2>\n<ul>\n", W(title));
    for (size_t i = 0; i < count; i++)
        PUT(page, "<li>{}</li>\n", S(line[i]));
    fpti_put_text(page, "</ul>\n");
}

static void put_run(fpti_page *page, const fpti_run *run)
{
    if (run->rules != NULL)
        PUT(page,
            "<p>{}</p>\n<p class=\"nhsuk-body-s\">Source: {}. Rules: "
            "version {}. Weights: {}.</p>\n",
            S(run->rules->about), S(run->rules->source), S(run->version),
            S(fpti_run_weights(run)));
    if (run->change != NULL) {
        fpti_put_text(page, "<h2>What of the changes is noise</h2>\n<ul>\n");
        for (size_t p = 0; p + 1 < run->periods; p++) {
            fpti_put_text(page, "<li>");
            fpti_put_noise(page, run, p);
            fpti_put_text(page, "</li>\n");
        }
        fpti_put_text(page, "</ul>\n");
    }
    PUT(page,
        "<h2>All that are rated, {}</h2>\n<p class=\"nhsuk-body-s\" "
        "id=\"how-league\">Score, interval and rank come from the arithmetic "
        "on each place's page, and in a terminal from <code>footprint rate "
        "explain {} CODE {}</code>.</p>\n",
        S(fpti_when(page->arena, run->period[run->periods - 1])),
        S(run->framework),
        S(fpti_slug(page->arena, run->period[run->periods - 1])));
    if (run->whole)
        put_league(page, run);
    else
        put_places(page, run);
    if (run->rules == NULL) return;
    put_strings(page, "Take care", run->rules->caveats, run->rules->caveat);
    put_strings(page, "What it does not measure", run->rules->not_measured,
                run->rules->missing_from_it);
}

static fpt_status write_one(fpti_site *site, fpt_arena *arena,
                            const fpti_run *run, fpt_error *err)
{
    fpti_page page;
    const fpt_str name = FPT_STR("Ratings"), path = FPT_STR("ratings.html");
    FPT_TRY(fpti_page_open(site, arena, run->path, "Ratings", run->title, &page,
                           err));
    fpti_crumbs(&page, 1, &name, &path);
    PUT(&page, "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>{}</h1>\n",
        S(run->title));
    put_run(&page, run);
    fpti_put_text(&page, "</main>\n");
    return fpti_page_close(&page, err);
}

static fpt_status write_list(fpti_site *site, fpt_arena *arena, fpt_error *err)
{
    fpti_page page;
    FPT_TRY(fpti_page_open(site, arena, FPT_STR("ratings.html"), "Ratings",
                           FPT_STR("Ratings"), &page, err));
    fpti_put_text(&page, "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n"
                         "<h1>Ratings</h1>\n");
    fpti_put_text(&page, site->runs == 0
                             ? "<p>No framework was run: <code>footprint rate "
                               "list</code> names those there are.</p>\n"
                             : "<p>What frameworks say, each by its own rules, "
                               "with its arithmetic and what of its changes is "
                               "noise.</p>\n<ul>\n");
    for (size_t i = 0; i < site->runs; i++) {
        const fpti_run *run = &site->run[i];
        PUT(&page, "<li><a href=\"{}\">{}</a>, weights: {}; {}", S(run->path),
            S(run->title), S(fpti_run_weights(run)),
            S(fpti_when(arena, run->period[0])));
        if (run->periods > 1)
            PUT(&page, " to {}",
                S(fpti_when(arena, run->period[run->periods - 1])));
        fpti_put_text(&page, "</li>\n");
    }
    if (site->runs > 0) fpti_put_text(&page, "</ul>\n");
    fpti_put_text(&page, "</main>\n");
    return fpti_page_close(&page, err);
}

fpt_status fpti_write_ratings(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = write_list(site, &arena, err);
    for (size_t i = 0; i < site->runs && status == FPT_OK; i++) {
        fpt_arena_reset(&arena);
        status = write_one(site, &arena, &site->run[i], err);
    }
    fpt_arena_clear(&arena);
    return status;
}
