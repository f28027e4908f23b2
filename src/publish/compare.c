/*
 * Areas compared: a ranked dot plot with intervals, a funnel, and the table that
 * both are drawn from, with what is unassigned and the nation under it.
 */
#include <stdlib.h>

#include "publish_i.h"

struct compared {
    const fpt_indicator *in;
    size_t indicator, view;
    fpt_period period;
    size_t count;
    const fpt_figure **figure; /* ranked */
    const fpt_figure *unassigned, *nation;
    /* the funnel */
    bool funnel;
    fpt_funnel_statistic statistic;
    fpt_funnel_scale scale;
    double centre; /* not multiplied */
    fpt_level usual, strict;
    fpt_overdispersion spread;
};

/* ---- ranking ---- */

static int by_value(const fpt_figure *a, const fpt_figure *b, bool low_first)
{
    if (isnan(a->value) != isnan(b->value)) return isnan(a->value) ? 1 : -1;
    if (a->value < b->value) return low_first ? -1 : 1;
    if (a->value > b->value) return low_first ? 1 : -1;
    return fpt_str_compare(a->code, b->code);
}

static int low_first(const void *a, const void *b)
{
    return by_value(*(const fpt_figure *const *)a,
                    *(const fpt_figure *const *)b, true);
}

static int high_first(const void *a, const void *b)
{
    return by_value(*(const fpt_figure *const *)a,
                    *(const fpt_figure *const *)b, false);
}

static fpt_status gather(fpti_page *page, struct compared *c, fpt_error *err)
{
    const fpti_site *site = page->site;
    const fpti_slice slice = fpti_figures(site, c->indicator, c->view,
                                          FPT_STR("system"), (fpt_str){0});
    c->figure = FPT_NEW(page->arena, const fpt_figure *, slice.count);
    if (c->figure == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the ranking");
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        if (!fpt_period_equal(f->period, c->period)) continue;
        if (fpt_body_is(f->place))
            c->figure[c->count++] = f;
        else
            c->unassigned = f;
    }
    if (c->count > 0)
        qsort(c->figure, c->count, sizeof(const fpt_figure *),
              c->in->polarity == FPT_POLARITY_LOWER ? low_first : high_first);
    c->nation = fpti_site_figure(site, c->indicator, 0, FPT_STR("nation"),
                                 site->tiers->nation_code, c->period);
    return FPT_OK;
}

/* ---- funnel ---- */

static fpt_status make_funnel(fpti_page *page, struct compared *c,
                              fpt_error *err)
{
    const bool proportion = c->in->statistic == FPT_STATISTIC_PROPORTION;
    c->funnel = c->nation != NULL && c->nation->denominator > 0 &&
                ((proportion && c->in->wilson) ||
                 (c->in->statistic == FPT_STATISTIC_RATE && c->in->byar));
    if (!c->funnel) return FPT_OK;
    c->statistic = proportion ? FPT_FUNNEL_PROPORTION : FPT_FUNNEL_RATE;
    c->scale = proportion ? FPT_SCALE_ASIN : FPT_SCALE_LOG_COUNTS;
    c->centre = (double)c->nation->numerator / (double)c->nation->denominator;
    FPT_TRY(fpt_level_make(0.95, &c->usual));
    FPT_TRY(fpt_level_make(0.998, &c->strict));
    double *x = FPT_NEW(page->arena, double, c->count);
    double *n = FPT_NEW(page->arena, double, c->count);
    double *z = FPT_NEW(page->arena, double, c->count);
    double *work = FPT_NEW(page->arena, double, 3 * c->count);
    size_t *order = FPT_NEW(page->arena, size_t, 2 * c->count);
    if (x == NULL || n == NULL || z == NULL || work == NULL || order == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the funnel");
    size_t used = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (isnan(c->figure[i]->value)) continue;
        x[used] = (double)c->figure[i]->numerator;
        n[used++] = (double)c->figure[i]->denominator;
    }
    fpt_funnel_overdispersion(c->scale, c->centre, 0.1, used, x, n, z, work,
                              order, &c->spread);
    return FPT_OK;
}

/* Where chance does not reach: on the narrow funnel, and on the one widened by
 * the differences between areas. */
static const char *funnel_word(const struct compared *c, const fpt_figure *f)
{
    if (isnan(f->value)) return "";
    const double x = (double)f->numerator, n = (double)f->denominator;
    const int strict =
        fpt_funnel_side(c->statistic, c->centre, x, n, &c->strict);
    if (strict != 0) return strict > 0 ? "above 99.8%" : "below 99.8%";
    const int usual = fpt_funnel_side(c->statistic, c->centre, x, n, &c->usual);
    if (usual != 0) return usual > 0 ? "above 95%" : "below 95%";
    return "within";
}

static const char *wide_word(const struct compared *c, const fpt_figure *f)
{
    if (isnan(f->value) || c->spread.state != FPT_STATE_OK) return "";
    const double n = (double)f->denominator;
    const double value = (double)f->numerator / n;
    const fpt_limits strict = fpt_funnel_wide_lines(
        c->scale, c->centre, c->spread.tau2, n, c->strict.z);
    if (value > strict.upper) return "above 99.8%";
    if (value < strict.lower) return "below 99.8%";
    const fpt_limits usual = fpt_funnel_wide_lines(
        c->scale, c->centre, c->spread.tau2, n, c->usual.z);
    if (value > usual.upper) return "above 95%";
    if (value < usual.lower) return "below 95%";
    return "within";
}

/* The lines for the script: [n, five lines ...], per cent of the axis. */
static void put_lines(fpti_page *page, const struct compared *c)
{
    enum { POINTS = 60 };
    double least = (double)INFINITY, most = 0.0;
    for (size_t i = 0; i < c->count; i++) {
        const double n = (double)c->figure[i]->denominator;
        if (isnan(c->figure[i]->value)) continue;
        if (n < least) least = n;
        if (n > most) most = n;
    }
    if (!(most > 0.0)) return;
    fpti_put_text(page,
                  "<script type=\"application/json\" class=\"fp-lines\">");
    fpt_json json = fpt_json_make(&page->out, true);
    const double m = c->in->multiplier;
    fpt_json_open_array(&json);
    for (size_t i = 0; i < POINTS; i++) {
        const double at = least * 0.9 + (most * 1.05 - least * 0.9) *
                                            (double)i / (double)(POINTS - 1);
        const double of = c->statistic == FPT_FUNNEL_PROPORTION
                              ? at
                              : c->centre * at; /* expected events */
        const fpt_limits lines[] = {
            fpt_funnel_lines(c->statistic, c->centre, of, &c->usual),
            fpt_funnel_lines(c->statistic, c->centre, of, &c->strict),
            fpt_funnel_wide_lines(c->scale, c->centre, c->spread.tau2, at,
                                  c->usual.z),
            fpt_funnel_wide_lines(c->scale, c->centre, c->spread.tau2, at,
                                  c->strict.z)};
        fpt_json_open_array(&json);
        fpt_json_double(&json, round(at));
        for (size_t k = 0; k < 4; k++) {
            fpt_json_double(&json, round(lines[k].lower * m * 1e4) / 1e4);
            fpt_json_double(&json, round(lines[k].upper * m * 1e4) / 1e4);
        }
        fpt_json_close_array(&json);
    }
    fpt_json_close_array(&json);
    fpti_put_text(page, "</script>\n");
}

/* ---- the table ---- */

static void put_head(fpti_page *page, const struct compared *c)
{
    PUT(page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Areas compared, "
        "table\" tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\" "
        "id=\"table-compared\">\n<caption class=\"nhsuk-table__caption "
        "nhsuk-table__caption--s\">{}, {}. Each value leads to where it comes "
        "from.</caption>\n<thead class=\"nhsuk-table__head\"><tr>\n",
        S(c->in->title), S(fpti_when(page->arena, c->period)));
    fpti_put_text(page,
                  "<th scope=\"col\" class=\"fp-number\">Rank</th>\n"
                  "<th scope=\"col\" data-key=\"name\">Area</th>\n"
                  "<th scope=\"col\" class=\"fp-number\">Numerator</th>\n");
    if (c->in->denominators > 0)
        fpti_put_text(page, "<th scope=\"col\" class=\"fp-number\" "
                            "data-key=\"n\">Denominator</th>\n");
    PUT(page,
        "<th scope=\"col\" class=\"fp-number\" data-key=\"value\">{}</th>\n",
        S(c->in->unit));
    if (c->in->wilson || c->in->byar)
        PUT(page,
            "<th scope=\"col\" class=\"fp-number\" data-key=\"limits\">95% "
            "interval</th>\n<th scope=\"col\">Against {}</th>\n",
            S(page->site->tiers->nation_name));
    if (c->funnel)
        fpti_put_text(page,
                      "<th scope=\"col\">Funnel</th>\n<th "
                      "scope=\"col\" data-key=\"wide\">Funnel, widened</th>\n");
    fpti_put_text(page, "<th scope=\"col\" class=\"fp-number\">Shared out"
                        "</th>\n</tr></thead>\n");
}

static void put_row(fpti_page *page, const struct compared *c,
                    const fpt_figure *f, size_t rank, fpt_str tier)
{
    const fpti_site *site = page->site;
    const bool area = rank > 0 && fpt_body_is(f->place);
    PUT(page, "<tr data-code=\"{}\"><td class=\"fp-number\">", S(f->code));
    if (area && !isnan(f->value)) PUT(page, "{}", I(rank));
    fpti_put_text(page, "</td><th scope=\"row\">");
    if (area)
        PUT(page, "<a href=\"{}{}\">{}</a>", W(page->root),
            S(fpti_path_area(page->arena, site, f->code, c->view)), S(f->name));
    else if (fpt_str_equal(f->code, FPT_STR(FPT_UNASSIGNED)))
        PUT(page, "<a href=\"{}unassigned.html\">Unassigned</a>",
            W(page->root));
    else
        PUT(page, "{}", S(f->name));
    fpti_put_text(page, "</th><td class=\"fp-number\">");
    fpti_put_numerator(page, c->in, f);
    if (c->in->denominators > 0) {
        if (f->has_denominator)
            PUT(page, "</td><td class=\"fp-number\" data-v=\"{}\">{}",
                S(fpt_str_print(page->arena, "%lld",
                                (long long)f->denominator)),
                I(f->denominator));
        else
            fpti_put_text(page, "</td><td class=\"fp-number\">–");
    }
    PUT(page, "</td><td class=\"fp-number\" data-v=\"{}\">",
        R(f->value, c->in->decimals + 3));
    fpti_put_value(page, c->indicator, c->view, tier, f);
    if (c->in->wilson || c->in->byar) {
        PUT(page, "</td><td class=\"fp-number\" data-v=\"{} {}\">",
            R(f->lower, c->in->decimals + 3), R(f->upper, c->in->decimals + 3));
        fpti_put_interval(page, c->in, f);
        const char *word = area && c->nation != NULL
                               ? fpti_judgement(c->in, f, c->nation->value)
                               : "";
        PUT(page, "</td><td class=\"fp-{}\">{}", W(word), W(word));
    }
    if (c->funnel)
        PUT(page, "</td><td>{}</td><td>{}", W(area ? funnel_word(c, f) : ""),
            W(area ? wide_word(c, f) : ""));
    PUT(page, "</td><td class=\"fp-number\">{}</td></tr>\n", I(f->estimated));
}

static void put_table(fpti_page *page, const struct compared *c)
{
    put_head(page, c);
    fpti_put_text(page, "<tbody class=\"nhsuk-table__body\">\n");
    for (size_t i = 0; i < c->count; i++)
        put_row(page, c, c->figure[i], i + 1, FPT_STR("system"));
    fpti_put_text(page, "</tbody>\n<tfoot>\n");
    if (c->unassigned != NULL)
        put_row(page, c, c->unassigned, 0, FPT_STR("system"));
    if (c->nation != NULL) put_row(page, c, c->nation, 0, FPT_STR("nation"));
    fpti_put_text(page, "</tfoot>\n</table>\n</div>\n");
}

/* Do the lines sum to the nation's? Said on the page, either way. */
static void put_sum(fpti_page *page, const struct compared *c)
{
    if (c->nation == NULL || !c->nation->has_numerator) return;
    int64_t sum = 0;
    for (size_t i = 0; i < c->count; i++)
        sum += c->figure[i]->numerator;
    if (c->unassigned != NULL) sum += c->unassigned->numerator;
    fpt_figure total = *c->nation;
    total.numerator = sum;
    fpti_put_text(page, "<p class=\"nhsuk-body-s\">The numerators of all areas "
                        "and of what is unassigned sum to ");
    fpti_put_numerator(page, c->in, &total);
    if (sum == c->nation->numerator) {
        PUT(page, ", which is {}’s.", S(page->site->tiers->nation_name));
    } else {
        PUT(page, "; {}’s is ", S(page->site->tiers->nation_name));
        fpti_put_numerator(page, c->in, c->nation);
        fpti_put_text(page, ". They do not agree, and should.");
    }
    if (c->in->attributed || c->in->denominators > 0)
        fpti_put_text(page, " “Shared out” is how much of a numerator was "
                            "divided by residents or by a provider’s "
                            "catchment, not placed by a code.");
    fpti_put_text(page, "</p>\n");
}

fpt_status fpti_put_compared(fpti_page *page, size_t indicator, size_t view,
                             fpt_period period, fpt_error *err)
{
    const fpti_site *site = page->site;
    struct compared c = {.in = &site->indicator[indicator],
                         .indicator = indicator,
                         .view = view,
                         .period = period};
    FPT_TRY(gather(page, &c, err));
    FPT_TRY(make_funnel(page, &c, err));
    PUT(page,
        "<section id=\"compared\">\n<h2>Areas compared</h2>\n<div "
        "class=\"fp-chart\" data-chart=\"rank\" data-table=\"table-compared\" "
        "data-unit=\"{}\" data-title=\"{}, ranked, with 95% intervals\"",
        S(c.in->unit), S(c.in->shorter));
    if (c.nation != NULL)
        PUT(page, " data-mean=\"{}\" data-mean-name=\"{}\"",
            R(c.nation->value, c.in->decimals + 3),
            S(site->tiers->nation_name));
    if (c.in->has_target)
        PUT(page, " data-target=\"{}\"", R(c.in->target, c.in->decimals + 3));
    fpti_put_text(page, "></div>\n");
    if (c.in->has_target)
        PUT(page, "<p class=\"nhsuk-body-s\">Target: {}.</p>\n",
            S(c.in->target_text));
    if (c.funnel) {
        PUT(page,
            "<h3>Is it more than chance?</h3>\n<p>The narrow funnel is what "
            "chance alone would give around {}’s value; areas also differ for "
            "reasons that are not chance, so nearly all may lie outside. The "
            "widened funnel adds that difference (dispersion {} times "
            "chance): outside it an area is unusual even so.</p>\n<div "
            "class=\"fp-chart\" data-chart=\"funnel\" "
            "data-table=\"table-compared\" data-unit=\"{}\" data-title=\"{}, "
            "funnel plot\" data-mean=\"{}\">\n",
            S(site->tiers->nation_name), R(c.spread.phi, 1), S(c.in->unit),
            S(c.in->shorter), R(c.nation->value, c.in->decimals + 3));
        put_lines(page, &c);
        fpti_put_text(page, "</div>\n");
    }
    put_table(page, &c);
    put_sum(page, &c);
    fpti_put_text(page, "</section>\n");
    return FPT_OK;
}
