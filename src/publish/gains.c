/*
 * Places alike, and what a footprint would gain by doing as well as the best of
 * them: one table over its indicators, then for each indicator a picture of the
 * footprint among its peers, the sum in words and the table that it comes from.
 */
#include "publish_i.h"

/* ---- what is asked, once for all places ---- */

static bool can_gain(const fpt_indicator *in)
{
    return (in->statistic == FPT_STATISTIC_PROPORTION ||
            in->statistic == FPT_STATISTIC_RATE) &&
           in->polarity != FPT_POLARITY_NONE && fpti_has_tier(in, "system");
}

/* The last period with a page that has figures of systems in the view. */
static bool last_period(const fpti_site *site, size_t k, size_t view,
                        fpt_period *out)
{
    const fpti_slice slice =
        fpti_figures(site, k, view, FPT_STR("system"), (fpt_str){0});
    for (size_t p = site->main[k].count; p-- > 0;)
        for (size_t i = 0; i < slice.count; i++)
            if (fpt_period_equal(slice.figure[i].f.period,
                                 site->main[k].period[p])) {
                *out = site->main[k].period[p];
                return true;
            }
    return false;
}

/* What is wanting is said on the pages; what is broken stops the work. */
static fpt_status not_there(fpti_site *site, fpt_status status, fpt_error *why,
                            fpt_error *err)
{
    if (status == FPT_ERR_NOT_FOUND || status == FPT_ERR_USAGE) {
        site->no_peers =
            fpt_str_keep(site->arena, fpt_str_from((const char *)why->text));
        return FPT_OK;
    }
    if (status != FPT_OK && err != NULL) *err = *why;
    return status;
}

/* Who is alike is asked once for each set of footprints and period. */
static fpt_status find_peers(fpti_site *site, const fpt_gain_ask *ask,
                             fpti_gains *g, fpt_error *err)
{
    for (size_t i = 0; i < site->gains; i++) {
        const fpti_gains *other = &site->gain[i];
        if (other->view != g->view ||
            !fpt_period_equal(other->period, g->period))
            continue;
        g->alike = other->alike;
        g->peers = other->peers;
        g->peer = other->peer;
        return FPT_OK;
    }
    FPT_TRY(fpt_rate_alike(site->rate, site->arena, ask, &g->alike, err));
    return fpt_rate_peers(g->alike, site->arena, ask, &g->peers, &g->peer, err);
}

static fpt_status gather_one(fpti_site *site, size_t k, size_t view,
                             fpt_error *err)
{
    fpti_gains g = {.indicator = k, .view = view};
    if (!last_period(site, k, view, &g.period)) return FPT_OK;
    const fpt_gain_ask ask = {.pack = site->peers,
                              .tier = FPT_STR("system"),
                              .then = site->view[view].then,
                              .on = site->view[view].on,
                              .period = g.period,
                              .seed = FPTI_SEED};
    fpt_error why = {0};
    fpt_status status = find_peers(site, &ask, &g, &why);
    if (status == FPT_OK)
        status =
            fpt_rate_opportunity(site->rate, site->arena, g.alike, &ask,
                                 &site->indicator[k], &g.count, &g.gain, &why);
    if (status != FPT_OK) return not_there(site, status, &why, err);
    if (!FPT_RESERVE(site->arena, site->gain, site->gains, site->gains_room))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for peers");
    site->gain[site->gains++] = g;
    return FPT_OK;
}

fpt_status fpti_gather_gains(fpti_site *site, fpt_error *err)
{
    fpt_error why = {0};
    fpt_peers_pack *pack = FPT_NEW(site->arena, fpt_peers_pack, 1);
    if (pack == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for peers");
    const fpt_status found =
        fpt_peers_pack_open(site->arena, site->options->packs,
                            FPT_STR("demographic"), (fpt_str){0}, pack, &why);
    if (found != FPT_OK) return not_there(site, found, &why, err);
    site->peers = pack;
    for (size_t v = 0; v < site->views; v++)
        for (size_t k = 0; k < site->indicators; k++)
            if (can_gain(&site->indicator[k]))
                FPT_TRY(gather_one(site, k, v, err));
    return FPT_OK;
}

/* ---- one footprint ---- */

struct here {
    fpti_site *site;
    size_t view;
    fpt_str code, name;
};

static const fpt_gain *gain_of(const fpti_gains *g, fpt_str code)
{
    for (size_t i = 0; i < g->count; i++)
        if (fpt_str_equal(g->gain[i].code, code)) return &g->gain[i];
    return NULL;
}

static const char *why_none(fpt_str status)
{
    if (fpt_str_equal(status, FPT_STR("MISSING")))
        return "no figure of its own";
    if (fpt_str_equal(status, FPT_STR("TOO_FEW_PEERS")))
        return "too few places alike have a figure";
    return "the figures are not possible";
}

static void put_whole(fpti_page *page, double value)
{
    if (isnan(value))
        fpti_put_text(page, "–");
    else
        PUT(page, "{}", I(llround(value)));
}

static void put_line(fpti_page *page, const struct here *h, const fpti_gains *g,
                     const fpt_gain *x)
{
    const fpti_site *site = h->site;
    const fpt_indicator *in = &site->indicator[g->indicator];
    const fpt_figure *f = fpti_site_figure(
        site, g->indicator, h->view, FPT_STR("system"), h->code, g->period);
    PUT(page,
        "<tr><th scope=\"row\"><a href=\"#gain-{}\">{}</a></th><td>{}</td><td "
        "class=\"fp-number\">",
        S(in->id), S(in->title), S(fpti_when(page->arena, g->period)));
    if (f != NULL)
        fpti_put_value(page, g->indicator, h->view, FPT_STR("system"), f);
    PUT(page, "</td><td>{}</td>", S(in->unit));
    if (!fpt_str_equal(x->status, FPT_STR("OK"))) {
        PUT(page, "<td colspan=\"7\">Not computed: {}.</td></tr>\n",
            W(why_none(x->status)));
        return;
    }
    const fpt_str to =
        fpt_str_print(page->arena, "#gain-" FPT_STR_FMT, FPT_STR_ARG(in->id));
    PUT(page,
        "<td class=\"fp-number\"><a class=\"fp-from\" href=\"{}\">{}</a></td>"
        "<td class=\"fp-number\"><a class=\"fp-from\" href=\"{}\">{}</a></td>",
        S(to), R(x->benchmark, in->decimals), S(to),
        I(llround(x->found.published)));
    PUT(page, "<td class=\"fp-number\"><a class=\"fp-from\" href=\"{}\">",
        S(to));
    put_whole(page, x->found.mean);
    fpti_put_text(page, "</a></td><td class=\"fp-number\">");
    PUT(page, "{} to {}</td>", I(llround(x->found.lower)),
        I(llround(x->found.upper)));
    PUT(page, "<td class=\"fp-number\">{}%</td><td class=\"fp-number\">",
        R(100.0 * x->found.chance, 0));
    if (isnan(x->found.noise))
        fpti_put_text(page, "–");
    else
        PUT(page, "{}%", R(100.0 * x->found.noise, 0));
    if (x->q < 0.001)
        fpti_put_text(page, "</td><td class=\"fp-number\">under 0.001</td>"
                            "</tr>\n");
    else
        PUT(page, "</td><td class=\"fp-number\">{}</td></tr>\n", R(x->q, 3));
}

static void put_table(fpti_page *page, const struct here *h)
{
    fpti_put_text(
        page,
        "<div class=\"fp-scroll\" role=\"region\" aria-label=\"Opportunity, "
        "table\" tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\">\n"
        "<thead class=\"nhsuk-table__head\"><tr><th scope=\"col\">Indicator"
        "</th><th scope=\"col\">Period</th><th scope=\"col\" "
        "class=\"fp-number\">Here</th><th scope=\"col\">Unit</th><th "
        "scope=\"col\" class=\"fp-number\">Best of its peers</th><th "
        "scope=\"col\" class=\"fp-number\">As published elsewhere</th><th "
        "scope=\"col\" class=\"fp-number\">With chance counted</th><th "
        "scope=\"col\" class=\"fp-number\">95% interval</th><th scope=\"col\" "
        "class=\"fp-number\">Chance of any</th><th scope=\"col\" "
        "class=\"fp-number\">Noise</th><th scope=\"col\" "
        "class=\"fp-number\">False discovery rate</th></tr></thead>\n<tbody "
        "class=\"nhsuk-table__body\">\n");
    for (size_t i = 0; i < h->site->gains; i++) {
        const fpti_gains *g = &h->site->gain[i];
        const fpt_gain *x = gain_of(g, h->code);
        if (g->view == h->view && x != NULL) put_line(page, h, g, x);
    }
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
}

/* ---- one indicator, among its peers ---- */

/* Is a peer's value one of the best, which the benchmark is the mean of? Ties in
 * the order of likeness, as the benchmark takes them. */
static bool is_best(const struct here *h, const fpti_gains *g, size_t count,
                    const fpt_figure *const *f, size_t at)
{
    const bool high =
        h->site->indicator[g->indicator].polarity == FPT_POLARITY_HIGHER;
    size_t ahead = 0;
    if (f[at] == NULL || isnan(f[at]->value)) return false;
    for (size_t i = 0; i < count; i++) {
        if (i == at || f[i] == NULL || isnan(f[i]->value)) continue;
        const double a = f[i]->value, b = f[at]->value;
        ahead += (high ? a > b : a < b) || (a == b && i < at);
    }
    return ahead < h->site->peers->best;
}

static void put_peer(fpti_page *page, const struct here *h, const fpti_gains *g,
                     fpt_str code, fpt_str name, const fpt_figure *f,
                     const fpt_peer *peer, bool best)
{
    const fpti_site *site = h->site;
    const fpt_indicator *in = &site->indicator[g->indicator];
    fpti_put_text(page, "<tr><td class=\"fp-number\">");
    if (peer != NULL)
        PUT(page, "{}</td><th scope=\"row\"><a href=\"{}{}\">{}</a></th>",
            I(peer->order), W(page->root),
            S(fpti_path_area(page->arena, site, code, h->view)), S(name));
    else
        PUT(page, "</td><th scope=\"row\">{}</th>", S(name));
    fpti_put_text(page, "<td class=\"fp-number\">");
    if (peer != NULL) PUT(page, "{}", R(peer->distance, 3));
    if (f == NULL) {
        fpti_put_text(page, "</td><td class=\"fp-number\" data-v=\"\">–</td>"
                            "<td data-v=\"\"></td><td></td><td></td><td></td>"
                            "</tr>\n");
        return;
    }
    PUT(page, "</td><td class=\"fp-number\" data-v=\"{}\">",
        R(f->value, in->decimals + 3));
    fpti_put_value(page, g->indicator, h->view, FPT_STR("system"), f);
    PUT(page, "</td><td class=\"fp-number\" data-v=\"{} {}\">",
        R(f->lower, in->decimals + 3), R(f->upper, in->decimals + 3));
    fpti_put_interval(page, in, f);
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    fpti_put_numerator(page, in, f);
    fpti_put_text(page, "</td><td class=\"fp-number\">");
    if (f->has_denominator) PUT(page, "{}", I(f->denominator));
    PUT(page, "</td><td>{}</td></tr>\n",
        W(peer == NULL ? "this footprint"
          : best       ? "one of the best"
                       : ""));
}

static void put_sum(fpti_page *page, const struct here *h, const fpti_gains *g,
                    const fpt_gain *x, const fpt_figure *own)
{
    const fpti_site *site = h->site;
    const fpt_indicator *in = &site->indicator[g->indicator];
    const bool high = in->polarity == FPT_POLARITY_HIGHER;
    const bool any = x->found.published > 0.0;
    if (any)
        PUT(page,
            "<p>If it did as well as the best {} of its {} peers: <strong>{} "
            "{}</strong> of the people or events that are counted (95% "
            "interval {} to {}), of {}. Taken as the figures stand, without "
            "the chance in them, it would be {}; {}% of that is noise.</p>\n",
            I(site->peers->best), I(x->peers),
            I(llround(fmax(0.0, x->found.mean))), W(high ? "more" : "fewer"),
            I(llround(x->found.lower)), I(llround(x->found.upper)),
            I(own->denominator), I(llround(x->found.published)),
            R(100.0 * x->found.noise, 0));
    else
        PUT(page,
            "<p>It does as well as the best {} of its {} peers, or better: "
            "there is nothing to gain by this comparison.</p>\n",
            I(site->peers->best), I(x->peers));
    PUT(page,
        "<p>As published elsewhere: <span class=\"fp-formula\">max(0, {}) x {} "
        "/ {} = {}</span>, where {} is the mean of the best {}.</p>\n",
        S(high ? fpt_str_print(page->arena, "%.10g - %.10g", x->benchmark,
                               x->value)
               : fpt_str_print(page->arena, "%.10g - %.10g", x->value,
                               x->benchmark)),
        I(own->denominator),
        S(fpt_str_print(page->arena, "%g", in->multiplier)),
        S(fpt_str_print(page->arena, "%.10g", x->found.published)),
        S(fpt_str_print(page->arena, "%.10g", x->benchmark)),
        I(site->peers->best));
    PUT(page,
        "<p>With chance counted: every rate is drawn {} times from what its "
        "data leave open (seed {}), the best {} are chosen anew in each draw, "
        "and the mean of the draws is told. A figure below 0 says that it does "
        "better than the best of its peers. The same in a terminal: "
        "<code>footprint rate opportunity {} --period {} --on {}</code></p>\n",
        I(FPTI_GAIN_DRAWS), I(FPTI_SEED), I(site->peers->best), S(in->id),
        S(fpti_slug(page->arena, g->period)), S(site->view[h->view].key));
}

static fpt_status put_one(fpti_page *page, const struct here *h,
                          const fpti_gains *g, const fpt_gain *x,
                          fpt_error *err)
{
    const fpti_site *site = h->site;
    const fpt_indicator *in = &site->indicator[g->indicator];
    const fpt_figure *own = fpti_site_figure(
        site, g->indicator, h->view, FPT_STR("system"), h->code, g->period);
    if (own == NULL || !fpt_str_equal(x->status, FPT_STR("OK"))) return FPT_OK;
    const fpt_peer **peer = FPT_NEW(page->arena, const fpt_peer *, g->peers);
    const fpt_figure **f = FPT_NEW(page->arena, const fpt_figure *, g->peers);
    size_t count = 0;
    if (peer == NULL || f == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for peers");
    for (size_t i = 0; i < g->peers; i++) {
        if (!fpt_str_equal(g->peer[i].code, h->code)) continue;
        peer[count] = &g->peer[i];
        f[count++] =
            fpti_site_figure(site, g->indicator, h->view, FPT_STR("system"),
                             g->peer[i].peer_code, g->period);
    }
    PUT(page,
        "<section id=\"gain-{}\">\n<h3>{}, {}: among its peers</h3>\n<div "
        "class=\"fp-chart\" data-chart=\"rank\" data-table=\"peers-{}\" "
        "data-unit=\"{}\" data-title=\"{}: {} and its peers, with 95% "
        "intervals\" data-here=\"{}\" data-mean=\"{}\" "
        "data-mean-name=\"mean of the best {}\"></div>\n",
        S(in->id), S(in->title), S(fpti_when(page->arena, g->period)),
        S(in->id), S(in->unit), S(in->shorter), S(h->name), S(h->name),
        R(x->benchmark, in->decimals + 3), I(site->peers->best));
    put_sum(page, h, g, x, own);
    PUT(page,
        "<details class=\"nhsuk-details\"><summary "
        "class=\"nhsuk-details__summary\"><span "
        "class=\"nhsuk-details__summary-text\">Table of its {} peers</span>"
        "</summary>\n<div class=\"nhsuk-details__text\">\n<div "
        "class=\"fp-scroll\" role=\"region\" aria-label=\"Peers, {}, table\" "
        "tabindex=\"0\">\n<table class=\"nhsuk-table fp-table\" "
        "id=\"peers-{}\">\n",
        I(count), S(in->shorter), S(in->id));
    PUT(page,
        "<thead class=\"nhsuk-table__head\"><tr><th scope=\"col\" "
        "class=\"fp-number\">Likeness</th><th scope=\"col\" "
        "data-key=\"name\">Footprint</th><th scope=\"col\" "
        "class=\"fp-number\">Distance</th><th scope=\"col\" "
        "class=\"fp-number\" data-key=\"value\">{}</th><th scope=\"col\" "
        "class=\"fp-number\" data-key=\"limits\">95% interval</th><th "
        "scope=\"col\" class=\"fp-number\">Numerator</th><th scope=\"col\" "
        "class=\"fp-number\">Denominator</th><th scope=\"col\">Counts as</th>"
        "</tr></thead>\n<tbody class=\"nhsuk-table__body\">\n",
        S(in->unit));
    put_peer(page, h, g, h->code, h->name, own, NULL, false);
    for (size_t i = 0; i < count; i++)
        put_peer(page, h, g, peer[i]->peer_code, peer[i]->peer_name, f[i],
                 peer[i], is_best(h, g, count, f, i));
    fpti_put_text(page, "</tbody>\n</table>\n</div>\n</div></details>\n"
                        "</section>\n");
    return FPT_OK;
}

static void put_likeness(fpti_page *page, const fpti_site *site)
{
    PUT(page, "<p>{} Peers here: the {} footprints nearest to it by ",
        S(site->peers->about), I(site->peers->peers));
    for (size_t i = 0; i < site->peers->variables; i++) {
        fpt_str title = site->peers->indicator[i];
        for (size_t k = 0; k < site->indicators; k++)
            if (fpt_str_equal(site->indicator[k].id, title))
                title = site->indicator[k].shorter;
        PUT(page, "{}{}",
            W(i == 0                            ? ""
              : i + 1 == site->peers->variables ? " and "
                                                : ", "),
            S(title));
    }
    fpti_put_text(page,
                  ", or as many as there are; the distance is the root of the "
                  "mean squared difference in standard deviations. "
                  "Opportunities of several indicators overlap: their sum is "
                  "no saving.</p>\n");
}

bool fpti_has_gains(const fpti_site *site, size_t view, fpt_str code)
{
    for (size_t i = 0; i < site->gains; i++)
        if (site->gain[i].view == view && gain_of(&site->gain[i], code) != NULL)
            return true;
    return false;
}

fpt_status fpti_put_gains(fpti_page *page, size_t view, fpt_str code,
                          fpt_str name, fpt_error *err)
{
    fpti_site *site = page->site;
    const struct here h = {
        .site = site, .view = view, .code = code, .name = name};
    const bool any = fpti_has_gains(site, view, code);
    if (!any && site->no_peers.len == 0) return FPT_OK;
    fpti_put_text(page, "<section id=\"peers\">\n<h2>Places like it, and what "
                        "there is to gain</h2>\n");
    if (!any) {
        PUT(page, "<p>Not computed: {}.</p>\n</section>\n", S(site->no_peers));
        return FPT_OK;
    }
    put_likeness(page, site);
    put_table(page, &h);
    for (size_t i = 0; i < site->gains; i++) {
        const fpti_gains *g = &site->gain[i];
        const fpt_gain *x = gain_of(g, code);
        if (g->view == view && x != NULL) FPT_TRY(put_one(page, &h, g, x, err));
    }
    fpti_put_text(page, "</section>\n");
    return FPT_OK;
}
