/*
 * The map: areas in five classes of their value, drawn as SVG that works without
 * scripts and prints; each area is a link to its page.
 */
#include <stdlib.h>

#include "publish_i.h"

enum { CLASSES = 5 };

struct classes {
    size_t count;        /* of values */
    const double *value; /* in order */
    size_t first[CLASSES + 1];
};

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* As many areas in each class as equal values allow. */
static bool make_classes(fpt_arena *arena, fpti_slice slice, fpt_period period,
                         struct classes *out)
{
    double *value = FPT_NEW(arena, double, slice.count);
    if (value == NULL) return false;
    *out = (struct classes){.value = value};
    for (size_t i = 0; i < slice.count; i++) {
        const fpt_figure *f = &slice.figure[i].f;
        if (fpt_body_is(f->place) && !isnan(f->value) &&
            fpt_period_equal(f->period, period))
            value[out->count++] = f->value;
    }
    if (out->count > 0) qsort(value, out->count, sizeof *value, by_value);
    for (size_t k = 1; k < CLASSES; k++) {
        size_t at = k * out->count / CLASSES;
        if (at < out->first[k - 1]) at = out->first[k - 1];
        while (at > 0 && at < out->count && !(value[at - 1] < value[at]))
            at++;
        out->first[k] = at;
    }
    out->first[CLASSES] = out->count;
    return true;
}

static int class_of(const struct classes *c, double value)
{
    int class = 1;
    for (size_t k = 1; k < CLASSES; k++)
        if (c->first[k] < c->count && value >= c->value[c->first[k]])
            class = (int)k + 1;
    return class;
}

static void put_number(fpti_page *page, const fpt_indicator *in, double value)
{
    if (in->decimals == 0)
        PUT(page, "{}", I(llround(value)));
    else
        PUT(page, "{}", R(value, in->decimals));
}

static void put_legend(fpti_page *page, const fpt_indicator *in,
                       const struct classes *c)
{
    PUT(page, "<ul class=\"fp-legend\" aria-label=\"Legend, {}\">\n",
        S(in->unit));
    for (size_t k = 0; k < CLASSES; k++) {
        if (c->first[k] == c->first[k + 1]) continue;
        PUT(page, "<li><span class=\"fp-swatch fp-c{}\"></span>", I(k + 1));
        put_number(page, in, c->value[c->first[k]]);
        if (c->first[k + 1] - c->first[k] > 1) {
            fpti_put_text(page, " to ");
            put_number(page, in, c->value[c->first[k + 1] - 1]);
        }
        fpti_put_text(page, "</li>\n");
    }
    PUT(page, "</ul>\n<p class=\"nhsuk-body-s\">{}: darker is higher.</p>\n",
        S(in->unit));
}

static void put_areas(fpti_page *page, const fpti_map *map, size_t indicator,
                      size_t view, fpt_period period, const struct classes *c)
{
    const fpti_site *site = page->site;
    const fpt_indicator *in = &site->indicator[indicator];
    for (size_t i = 0; i < map->areas; i++) {
        const fpt_figure *f = fpti_site_figure(
            site, indicator, view, FPT_STR("system"), map->code[i], period);
        if (f == NULL) continue;
        const bool none = isnan(f->value);
        PUT(page, "<a href=\"{}{}\"><title>{}: ", W(page->root),
            S(fpti_path_area(page->arena, site, f->code, view)), S(f->name));
        if (none)
            fpti_put_text(page, "no value");
        else
            fpti_put_with_unit(page, in, f->value);
        PUT(page, "</title><path class=\"fp-c{}\" d=\"{}\"/></a>\n",
            I(none ? 0 : class_of(c, f->value)), S(map->path[i]));
    }
}

fpt_status fpti_put_map(fpti_page *page, size_t indicator, size_t view,
                        fpt_period period, fpt_error *err)
{
    fpti_site *site = page->site;
    const fpti_map *map;
    struct classes classes;
    const fpti_slice slice =
        fpti_figures(site, indicator, view, FPT_STR("system"), (fpt_str){0});
    const fpt_date on =
        site->view[view].then ? period.from : site->view[view].on;
    FPT_TRY(fpti_map_of(site, FPT_STR("system"), on, &map, err));
    if (map == NULL) return FPT_OK;
    if (!make_classes(page->arena, slice, period, &classes))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the map");
    PUT(page,
        "<figure class=\"fp-map\">\n<figcaption class=\"nhsuk-heading-s\">{}, "
        "{}, {}</figcaption>\n<a class=\"fp-skip\" href=\"#compared\">Skip the "
        "map: the same areas are in the table</a>\n<svg viewBox=\"-4 -4 {} "
        "{}\" "
        "role=\"group\" aria-label=\"Map\">\n",
        S(site->indicator[indicator].shorter),
        S(fpti_when(page->arena, period)), S(site->view[view].title),
        I(llround(map->width) + 8), I(llround(map->height) + 8));
    put_areas(page, map, indicator, view, period, &classes);
    fpti_put_text(page, "</svg>\n");
    put_legend(page, &site->indicator[indicator], &classes);
    if (map->approximate)
        fpti_put_text(
            page, "<p class=\"nhsuk-body-s\"><strong>Approximate "
                  "boundaries.</strong> None were published for these areas: "
                  "each small area is drawn as the land that is nearest to "
                  "where its people live.</p>\n");
    fpti_put_text(page, "</figure>\n");
    return FPT_OK;
}
