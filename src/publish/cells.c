/*
 * Figures in tables: value, limits, status, judgement. A value is a link to
 * where it comes from; where there is none, the reason stands in its place.
 */
#include "publish_i.h"

static const char *status_words(fpt_str status)
{
    static const struct {
        const char *status, *words;
    } known[] = {{"MISSING", "not published"},
                 {"SUPPRESSED", "suppressed"},
                 {"SUSPECT", "suspect"},
                 {"INVALID", "not valid"},
                 {"ZERO_DENOMINATOR", "nothing to divide by"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (fpt_str_equal(status, fpt_str_from(known[i].status)))
            return known[i].words;
    return NULL;
}

void fpti_put_value(fpti_page *page, size_t indicator, size_t view,
                    fpt_str tier, const fpt_figure *f)
{
    const fpt_indicator *in = &page->site->indicator[indicator];
    const fpt_str where = fpti_path_where(page->arena, page->site, indicator,
                                          view, tier, f->code, f->period);
    if (isnan(f->value)) {
        const char *words = status_words(f->status);
        PUT(page, "<a class=\"fp-from\" href=\"{}{}\">", W(page->root),
            S(where));
        if (words != NULL)
            PUT(page, "{}</a>", W(words));
        else
            PUT(page, "{}</a>", S(f->status));
        return;
    }
    PUT(page, "<a class=\"fp-from\" href=\"{}{}\">", W(page->root), S(where));
    if (in->decimals == 0)
        PUT(page, "{}</a>", I(llround(f->value)));
    else
        PUT(page, "{}</a>", R(f->value, in->decimals));
}

void fpti_put_interval(fpti_page *page, const fpt_indicator *in,
                       const fpt_figure *f)
{
    if (isnan(f->lower) || isnan(f->upper)) {
        fpti_put_text(page, "–");
        return;
    }
    PUT(page, "{} to {}", R(f->lower, in->decimals), R(f->upper, in->decimals));
}

void fpti_put_with_unit(fpti_page *page, const fpt_indicator *in, double value)
{
    if (in->decimals == 0)
        PUT(page, "{} {}", I(llround(value)), S(in->unit));
    else
        PUT(page, "{} {}", R(value, in->decimals), S(in->unit));
}

const char *fpti_judgement(const fpt_indicator *in, const fpt_figure *f,
                           double benchmark)
{
    if (isnan(f->lower) || isnan(f->upper) || isnan(benchmark)) return "";
    const int side = f->lower > benchmark ? 1 : f->upper < benchmark ? -1 : 0;
    if (side == 0) return "similar";
    if (in->polarity == FPT_POLARITY_NONE) return side > 0 ? "higher" : "lower";
    const bool better = (side > 0) == (in->polarity == FPT_POLARITY_HIGHER);
    return better ? "better" : "worse";
}

void fpti_put_numerator(fpti_page *page, const fpt_indicator *in,
                        const fpt_figure *f)
{
    if (!f->has_numerator) {
        fpti_put_text(page, "–");
        return;
    }
    if (in->scale == 0) {
        PUT(page, "{}", I(f->numerator));
        return;
    }
    int64_t unit = 1;
    for (int i = 0; i < in->scale; i++)
        unit *= 10;
    const int64_t rest = f->numerator % unit;
    PUT(page, "{}{}.{}", W(f->numerator < 0 && f->numerator > -unit ? "-" : ""),
        I(f->numerator / unit),
        S(fpt_str_print(page->arena, "%0*lld", in->scale,
                        (long long)(rest < 0 ? -rest : rest))));
}

void fpti_put_body(fpti_page *page, fpt_body body, fpt_date on)
{
    const fpti_site *site = page->site;
    const fpt_str code = fpt_reg_code(site->registry, body);
    const fpt_str name = fpt_reg_name(site->registry, body, on);
    if (fpti_has_area(site, code, 0))
        PUT(page, "<a href=\"{}{}\">{}</a>", W(page->root),
            S(fpti_path_area(page->arena, site, code, 0)),
            S(name.len > 0 ? name : code));
    else if (fpti_has_organisation(site, code))
        PUT(page, "<a href=\"{}{}\">{}</a>", W(page->root),
            S(fpti_path_organisation(page->arena, code)),
            S(name.len > 0 ? name : code));
    else
        PUT(page, "{}", S(name.len > 0 ? name : code));
}
