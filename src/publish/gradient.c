/*
 * How an indicator goes with deprivation: groups from the most to the least
 * deprived, with intervals, the line through them, and its slope and relative
 * index.
 *
 * Where an indicator is counted by small areas, the groups are tenths of these by
 * their rank. Where it is not, systems are put in order by their share of small
 * areas in the most deprived tenth, and pooled into fifths: that says something
 * of areas and not of people, and the page says so.
 */
#include <stdlib.h>

#include "publish_i.h"

enum { TENTHS = 10, FIFTHS = 5, LEAST_AREAS = 10, LEAST_EVENTS = 10 };

struct group {
    size_t members;
    double x, n;
    double from, to; /* of what it is ordered by */
    double value, se, rank;
    fpt_limits limits;
};

struct gradient {
    const fpt_indicator *in, *by; /* by: the indicator of deprivation */
    bool small_areas;
    size_t groups;
    struct group group[TENTHS];
    fpt_sii sii;
    fpt_sii_limits limits;
};

/* ---- small areas by their rank ---- */

/* An indicator's numbers in each small area. */
struct counted {
    int64_t top, bottom;
};

/* Is nearly all of the nation's figure counted by ranked areas? */
static fpt_status add_parts(fpti_page *page, size_t k, fpt_period period,
                            struct counted *area, bool *whole, fpt_error *err)
{
    fpti_site *site = page->site;
    const fpti_parts *parts;
    int64_t top = 0, bottom = 0;
    *whole = false;
    const fpt_figure *nation = fpti_site_figure(
        site, k, 0, FPT_STR("nation"), site->tiers->nation_code, period);
    if (nation == NULL || !nation->has_numerator || !nation->has_denominator)
        return FPT_OK;
    FPT_TRY(fpti_parts_of(site, k, 0, FPT_STR("nation"), period, SIZE_MAX,
                          &parts, err));
    const fpti_part_slice slice = fpti_parts_for(parts, nation->code);
    for (size_t i = 0; i < slice.count; i++) {
        const uint32_t id =
            fpt_intern_find(&site->ranks.codes, slice.part[i].place);
        if (id == FPT_INTERN_NONE) continue;
        const bool numerator =
            fpt_str_starts(slice.part[i].term, FPT_STR("numerator"));
        *(numerator ? &area[id].top : &area[id].bottom) += slice.part[i].part;
        *(numerator ? &top : &bottom) += slice.part[i].part;
    }
    *whole = (double)top >= 0.99 * (double)nation->numerator &&
             (double)bottom >= 0.99 * (double)nation->denominator;
    return FPT_OK;
}

static void cut_tenths(const fpti_ranks *ranks, const struct counted *area,
                       struct gradient *g)
{
    const size_t count = ranks->codes.count;
    g->groups = TENTHS;
    g->small_areas = true;
    for (size_t i = 0, d = 0; i < count; i++) {
        /* As published: the first tenth of 32,844 are 3,284. */
        while (d + 1 < TENTHS && i >= (d + 1) * count / TENTHS)
            d++;
        struct group *x = &g->group[d];
        if (x->members++ == 0) x->from = (double)ranks->rank[i];
        x->to = (double)ranks->rank[i];
        x->x += (double)area[i].top;
        x->n += (double)area[i].bottom;
    }
}

static fpt_status by_small_areas(fpti_page *page, size_t k, fpt_period period,
                                 struct gradient *g, fpt_error *err)
{
    const fpti_ranks *ranks = &page->site->ranks;
    const size_t count = ranks->codes.count;
    bool whole;
    if (count < LEAST_AREAS * TENTHS) return FPT_OK;
    struct counted *area = FPT_NEW(page->arena, struct counted, count);
    if (area == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a gradient");
    FPT_TRY(add_parts(page, k, period, area, &whole, err));
    if (whole) cut_tenths(ranks, area, g);
    return FPT_OK;
}

/* ---- systems by their share of deprived small areas ---- */

struct area {
    const fpt_figure *own;
    double deprived;
};

static int most_deprived_first(const void *left, const void *right)
{
    const struct area *a = left, *b = right;
    if (a->deprived != b->deprived) return a->deprived > b->deprived ? -1 : 1;
    return fpt_str_compare(a->own->code, b->own->code);
}

/* The figure of deprivation nearest in time. */
static const fpt_figure *deprivation_of(const fpti_site *site, size_t by,
                                        size_t view, const fpt_figure *own)
{
    const fpti_slice slice =
        fpti_figures(site, by, view, FPT_STR("system"), own->code);
    const fpt_figure *best = NULL;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        const int64_t away =
            llabs((int64_t)f->period.from.days - own->period.from.days);
        if (isnan(f->value) || away >= least) continue;
        least = away;
        best = f;
    }
    return best;
}

static fpt_status by_systems(fpti_page *page, size_t k, size_t by, size_t view,
                             fpt_period period, struct gradient *g,
                             fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpti_slice slice =
        fpti_figures(site, k, view, FPT_STR("system"), (fpt_str){0});
    struct area *list = FPT_NEW(page->arena, struct area, slice.count);
    size_t count = 0;
    if (list == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a gradient");
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        if (!fpt_period_equal(f->period, period) || !fpt_body_is(f->place) ||
            isnan(f->value) || !f->has_numerator || !f->has_denominator)
            continue;
        const fpt_figure *d = deprivation_of(site, by, view, f);
        if (d != NULL) list[count++] = (struct area){f, d->value};
    }
    if (count < LEAST_AREAS) return FPT_OK;
    qsort(list, count, sizeof *list, most_deprived_first);
    g->groups = FIFTHS;
    for (size_t i = 0; i < count; i++) {
        struct group *x = &g->group[i * FIFTHS / count];
        if (x->members++ == 0) x->from = list[i].deprived;
        x->to = list[i].deprived;
        x->x += (double)list[i].own->numerator;
        x->n += (double)list[i].own->denominator;
    }
    return FPT_OK;
}

/* ---- value, interval and the line ---- */

static fpt_status find_line(struct gradient *g)
{
    double population[TENTHS], value[TENTHS], se[TENTHS];
    const bool proportion = g->in->statistic == FPT_STATISTIC_PROPORTION;
    fpt_level level;
    fpt_sum all = {0}, before = {0};
    FPT_TRY(fpt_level_make(0.95, &level));
    for (size_t i = 0; i < g->groups; i++)
        fpt_sum_add(&all, g->group[i].n);
    for (size_t i = 0; i < g->groups; i++) {
        struct group *x = &g->group[i];
        const double p = x->x / x->n;
        x->value = p;
        x->se = proportion ? sqrt(p * (1.0 - p) / x->n) : sqrt(x->x) / x->n;
        if (!g->in->wilson && !g->in->byar) {
            x->se = x->limits.lower = x->limits.upper = (double)NAN;
        } else if (proportion) {
            x->limits = fpt_wilson(x->x, x->n, level.z);
        } else {
            x->limits = fpt_count_limits(x->x, FPT_COUNT_FIELD, &level);
            x->limits.lower /= x->n;
            x->limits.upper /= x->n;
        }
        x->rank = (fpt_sum_value(before) + x->n / 2.0) / fpt_sum_value(all);
        fpt_sum_add(&before, x->n);
        population[i] = x->n;
        value[i] = x->value;
        se[i] = x->se;
    }
    fpt_sii_options options = fpt_sii_options_default();
    options.multiplier = g->in->multiplier;
    options.level_count = 1;
    options.level = &level;
    return fpt_sii_of(g->groups, population, value, se, &options, &g->sii,
                      &g->limits, NULL);
}

static bool has_enough(const struct gradient *g)
{
    for (size_t i = 0; i < g->groups; i++) {
        const struct group *x = &g->group[i];
        if (x->x < LEAST_EVENTS || !(x->n > 0.0) ||
            (g->in->statistic == FPT_STATISTIC_PROPORTION &&
             x->n - x->x < LEAST_EVENTS))
            return false;
    }
    return g->groups > 0;
}

/* ---- the page ---- */

static void put_rows(fpti_page *page, const struct gradient *g)
{
    const fpt_indicator *in = g->in;
    for (size_t i = 0; i < g->groups; i++) {
        const struct group *x = &g->group[i];
        PUT(page,
            "<tr><th scope=\"row\" data-v=\"{}\">{}{}</th><td "
            "class=\"fp-number\">{}</td>",
            R(x->rank, 6), I(i + 1),
            W(i == 0               ? ", most deprived"
              : i + 1 == g->groups ? ", least deprived"
                                   : ""),
            I(x->members));
        if (g->small_areas)
            PUT(page, "<td class=\"fp-number\">{} to {}</td>", I(x->from),
                I(x->to));
        else
            PUT(page, "<td class=\"fp-number\">{} to {}</td>", R(x->from, 1),
                R(x->to, 1));
        PUT(page,
            "<td class=\"fp-number\">{}</td><td class=\"fp-number\">{}</td>"
            "<td class=\"fp-number\" data-v=\"{}\">{}</td>",
            I(x->x), I(x->n), R(x->value * in->multiplier, in->decimals + 3),
            R(x->value * in->multiplier, in->decimals));
        PUT(page, "<td class=\"fp-number\" data-v=\"{} {}\">",
            R(x->limits.lower * in->multiplier, in->decimals + 3),
            R(x->limits.upper * in->multiplier, in->decimals + 3));
        if (isnan(x->limits.lower))
            fpti_put_text(page, "–");
        else
            PUT(page, "{} to {}",
                R(x->limits.lower * in->multiplier, in->decimals),
                R(x->limits.upper * in->multiplier, in->decimals));
        PUT(page, "</td><td class=\"fp-number\">{}</td></tr>\n", R(x->rank, 3));
    }
}

static void put_words(fpti_page *page, const struct gradient *g)
{
    const fpt_indicator *in = g->in;
    const fpt_limits slope = g->limits.value, rii = g->limits.rii;
    PUT(page,
        "<p>From the most to the least deprived end the line {} by <strong>{} "
        "{}</strong> (slope index of inequality",
        W(g->sii.value < 0.0 ? "falls" : "rises"),
        R(fabs(g->sii.value), in->decimals + 1),
        S(fpt_str_equal(in->unit, FPT_STR("per cent"))
              ? FPT_STR("percentage points")
              : in->unit));
    if (!isnan(slope.lower))
        PUT(page, "; 95% interval {} to {}", R(slope.lower, in->decimals + 1),
            R(slope.upper, in->decimals + 1));
    PUT(page, "); the least deprived end is {} times the most deprived",
        R(g->sii.rii, 3));
    if (!isnan(rii.lower) && !isnan(rii.upper))
        PUT(page, " (relative index; {} to {})", R(rii.lower, 3),
            R(rii.upper, 3));
    if (isnan(slope.lower))
        PUT(page, ". No limits: {}</p>\n", S(in->interval_why));
    else
        fpti_put_text(page, ". Limits say what chance alone leaves open: "
                            "groups differ for other reasons too.</p>\n");
    const double a = g->sii.intercept * in->multiplier, b = g->sii.value;
    PUT(page,
        "<p id=\"how-gradient\">The line is <span class=\"fp-formula\">{} + "
        "{} x rank</span>, fitted by least squares with each group weighted by "
        "its denominator; its rank is the middle of its place among all, from "
        "0 (most deprived) to 1. Slope index: <span class=\"fp-formula\">{}"
        "</span>. Relative index: <span class=\"fp-formula\">({} + {}) / {} = "
        "{}</span>. A group's value is its numerator over its denominator x "
        "{}.</p>\n",
        S(fpt_str_print(page->arena, "%.8g", a)),
        S(fpt_str_print(page->arena, "%.8g", b)),
        S(fpt_str_print(page->arena, "%.8g", b)),
        S(fpt_str_print(page->arena, "%.8g", a)),
        S(fpt_str_print(page->arena, "%.8g", b)),
        S(fpt_str_print(page->arena, "%.8g", a)),
        S(fpt_str_print(page->arena, "%.8g", g->sii.rii)),
        S(fpt_str_print(page->arena, "%g", in->multiplier)));
}

static void put_gradient(fpti_page *page, const struct gradient *g)
{
    const fpt_indicator *in = g->in;
    PUT(page,
        "<section id=\"gradient\">\n<h2>By deprivation</h2>\n<p>{}</p>\n<div "
        "class=\"fp-chart\" data-chart=\"gradient\" "
        "data-table=\"table-gradient\" data-unit=\"{}\" data-title=\"{} by "
        "deprivation\" data-intercept=\"{}\" data-slope=\"{}\"></div>\n",
        W(g->small_areas
              ? "Small areas in ten groups of equal number by their rank of "
                "deprivation; people of each group are counted together."
              : "What this counts is not known for small areas. So whole "
                "systems stand in five groups by how many of their small areas "
                "are among the most deprived tenth: this compares areas and "
                "says nothing of people within them."),
        S(in->unit), S(in->shorter),
        S(fpt_str_print(page->arena, "%.10g",
                        g->sii.intercept * in->multiplier)),
        S(fpt_str_print(page->arena, "%.10g", g->sii.value)));
    put_words(page, g);
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"By deprivation, "
        "table\" tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\" "
        "id=\"table-gradient\" aria-describedby=\"how-gradient\">\n<thead "
        "class=\"nhsuk-table__head\"><tr><th scope=\"col\" "
        "data-key=\"rank\">Group</th><th scope=\"col\" class=\"fp-number\">{}"
        "</th><th scope=\"col\" class=\"fp-number\">{}</th><th scope=\"col\" "
        "class=\"fp-number\">Numerator</th><th scope=\"col\" "
        "class=\"fp-number\">Denominator</th><th scope=\"col\" "
        "class=\"fp-number\" data-key=\"value\">{}</th><th scope=\"col\" "
        "class=\"fp-number\" data-key=\"limits\">95% interval</th><th "
        "scope=\"col\" class=\"fp-number\">Rank of its middle</th></tr></thead>"
        "\n<tbody class=\"nhsuk-table__body\">\n",
        W(g->small_areas ? "Small areas" : "Systems"),
        W(g->small_areas ? "Ranks"
                         : "Small areas in the most deprived tenth, "
                           "per cent"),
        S(in->unit));
    put_rows(page, g);
    PUT(page,
        "</tbody>\n</table>\n</div>\n<p class=\"nhsuk-body-s\">Deprivation: "
        "{}. {}</p>\n</section>\n",
        S(g->by->source), S(g->by->caveat));
}

fpt_status fpti_put_gradient(fpti_page *page, size_t k, size_t view,
                             fpt_period period, fpt_error *err)
{
    const fpti_site *site = page->site;
    const size_t by = site->ranks.by;
    struct gradient g = {.in = &site->indicator[k]};
    if (by == SIZE_MAX || by == k ||
        (g.in->statistic != FPT_STATISTIC_PROPORTION &&
         g.in->statistic != FPT_STATISTIC_RATE))
        return FPT_OK;
    g.by = &site->indicator[by];
    /* Small areas are the nation's, whatever the footprints. */
    FPT_TRY(by_small_areas(page, k, period, &g, err));
    if (g.groups == 0) FPT_TRY(by_systems(page, k, by, view, period, &g, err));
    if (!has_enough(&g)) return FPT_OK;
    if (find_line(&g) != FPT_OK || isnan(g.sii.value)) return FPT_OK;
    put_gradient(page, &g);
    return FPT_OK;
}
