/*
 * The rows of plan explain: one figure a row, with its interval or error where
 * it has one, and a note where it could not be found.
 */
#include <math.h>

#include "plan.h"

static fpt_status add_row(cli_explain *t, const char *section, fpt_str item,
                          const char *what, const double *value,
                          const char *unit, fpt_str note)
{
    fpt_str cells[CLI_EXPLAIN_COLUMNS] = {fpt_str_from(section), item,
                                          fpt_str_from(what)};
    for (int i = 0; i < 4; i++)
        cells[3 + i] = cli_double(t->call, value[i]);
    cells[7] = fpt_str_from(unit);
    cells[8] = note;
    return cli_table_row(&t->table, cells, t->err);
}

#define NONE ((double)NAN)

/* A figure that is computed, not estimated. */
static fpt_status add(cli_explain *t, const char *section, fpt_str item,
                      const char *what, double value, const char *unit)
{
    return add_row(t, section, item, what, (double[]){value, NONE, NONE, NONE},
                   unit, FPT_STR(""));
}

static fpt_status add_error(cli_explain *t, const char *section, fpt_str item,
                            const char *what, double value, double error,
                            const char *unit)
{
    return add_row(t, section, item, what, (double[]){value, NONE, NONE, error},
                   unit, FPT_STR(""));
}

static fpt_status add_odds(cli_explain *t, const char *section, fpt_str item,
                           const char *what, const fpt_odds *o)
{
    return add_row(t, section, item, what,
                   (double[]){o->value, o->lower, o->upper, o->standard_error},
                   "probability", FPT_STR(""));
}

static fpt_status add_note(cli_explain *t, const char *section,
                           const char *what, const char *note)
{
    return add_row(t, section, FPT_STR(""), what,
                   (double[]){NONE, NONE, NONE, NONE}, "", fpt_str_from(note));
}

/* ---- assumptions ---- */

static fpt_status add_history(cli_explain *t, const fpt_report_assumption *a)
{
    const char *section = "history";
    const fpt_str name = a->about.name;
    const fpt_stress_history *h = &a->history;
    const fpt_history_prediction *p = &h->prediction;
    if (h->count == 0 && !a->about.has_class) return FPT_OK;
    FPT_TRY(add(t, section, name, "years_found", (double)h->count, "count"));
    FPT_TRY(add(t, section, name, "found_mean", h->found_mean, ""));
    FPT_TRY(add_error(t, section, name, "found_over_planned", h->ratio,
                      h->ratio_sd, "fraction"));
    if (a->about.has_class) {
        FPT_TRY(add(t, section, name, "class_mean", a->about.class_mean, ""));
        FPT_TRY(add(t, section, name, "class_sd", a->about.class_sd, ""));
    }
    if (!h->known)
        return add_row(t, section, name, "prediction",
                       (double[]){NONE, NONE, NONE, NONE}, "",
                       fpt_str_from(h->why_not.text));
    FPT_TRY(add_row(t, section, name, "prediction",
                    (double[]){p->mean, p->lower_95, p->upper_95, p->sd}, "",
                    fpt_str_from(fpt_history_band_text(p->band))));
    FPT_TRY(
        add(t, section, name, "weight_of_own_past", p->own_weight, "fraction"));
    return add(t, section, name, "stated_percentile", p->percentile,
               "fraction");
}

static fpt_status add_even(cli_explain *t, const fpt_report_assumption *a)
{
    const char *section = "break_even";
    const fpt_str name = a->about.name;
    const fpt_break_even *e = &a->even;
    FPT_TRY(add(t, section, name, "odds_at_p0.1", e->odds_low, "probability"));
    FPT_TRY(
        add(t, section, name, "odds_at_p99.9", e->odds_high, "probability"));
    for (int k = 0; k < 2; k++) {
        const size_t found = k == 0 ? e->found_50 : e->found_80;
        const double *at = k == 0 ? e->at_50 : e->at_80;
        const char *what = k == 0 ? "even_odds_at" : "odds_of_80_at";
        if (found == 0)
            FPT_TRY(add_row(t, section, name, what,
                            (double[]){NONE, NONE, NONE, NONE}, "",
                            FPT_STR("no value that is believed possible "
                                    "suffices")));
        for (size_t i = 0; i < found; i++)
            FPT_TRY(add_row(t, section, name, what,
                            (double[]){at[i], NONE, NONE, NONE}, "",
                            e->monotone ? FPT_STR("")
                                        : FPT_STR("more does not always help "
                                                  "or always hurt")));
    }
    return FPT_OK;
}

static fpt_status add_assumption(cli_explain *t, const fpt_report_assumption *a)
{
    const fpt_str name = a->about.name;
    const char *section = "assumption";
    FPT_TRY(add(t, section, name, "stated", a->about.stated, ""));
    FPT_TRY(add(t, section, name, "p10", a->about.p10, ""));
    FPT_TRY(add(t, section, name, "p90", a->about.p90, ""));
    FPT_TRY(add_history(t, a));
    if (!a->used) return FPT_OK;
    FPT_TRY(add_error(t, section, name, "margin_at_p10", a->at_p10,
                      a->error_p10, "pounds"));
    FPT_TRY(add_error(t, section, name, "margin_at_p90", a->at_p90,
                      a->error_p90, "pounds"));
    FPT_TRY(add(t, section, name, "margin_as_stated", a->at_stated, "pounds"));
    FPT_TRY(add(t, section, name, "margin_as_found", a->at_found, "pounds"));
    FPT_TRY(add_odds(t, section, name, "meets_at_p10", &a->odds_p10));
    FPT_TRY(add_odds(t, section, name, "meets_at_p90", &a->odds_p90));
    return a->has_even ? add_even(t, a) : FPT_OK;
}

/* ---- sets, schemes, payment ---- */

static fpt_status add_set(cli_explain *t, const fpt_plan_results *r,
                          const char *item, const fpt_must_hold *m)
{
    FPT_TRY(add_odds(t, "must_hold", fpt_str_from(item),
                     m->found ? "probability_with_all" : "not_reached_but",
                     &m->met));
    for (size_t i = 0; i < m->count; i++) {
        const fpt_plan_assumption a =
            fpt_plan_assumption_at(r->plan, m->assumption[i]);
        FPT_TRY(add(t, "must_hold", a.name, item, a.stated, "as stated"));
    }
    return FPT_OK;
}

static fpt_status add_scheme(cli_explain *t, const fpt_report_scheme *s)
{
    FPT_TRY(add(t, "scheme", s->name, "claimed", s->claimed, "count"));
    FPT_TRY(add(t, "scheme", s->name, "credited", s->credited, "count"));
    FPT_TRY(add(t, "scheme", s->name, "days_saved", s->days_saved, "count"));
    FPT_TRY(add(t, "scheme", s->name, "cost", s->cost, "pounds"));
    return add(t, "scheme", s->name, "worth", s->value, "pounds");
}

static fpt_status add_overlap(cli_explain *t, const fpt_plan_results *r,
                              const fpt_report_overlap *o)
{
    const fpt_plan_overlap_set *s = &o->set;
    const char *what[] = {"aimed_at", "claimed_sum", "combined", "bound_below",
                          "bound_above"};
    const double value[] = {s->aimed, s->claimed, s->combined, s->least,
                            s->most};
    const char *unit = s->days ? "bed days" : "count";
    for (int i = 0; i < 5; i++)
        FPT_TRY(add(t, "overlap", o->names, what[i], value[i], unit));
    for (size_t k = 0; k < s->count; k++) {
        const fpt_str name =
            fpt_plan_item_name(r->plan, FPT_PLAN_SCHEME, s->member[k].scheme);
        FPT_TRY(add_row(t, "overlap", o->names, "credited",
                        (double[]){s->member[k].credited, NONE, NONE, NONE},
                        unit, name));
    }
    return FPT_OK;
}

static fpt_status add_claim(cli_explain *t, const fpt_report_claim *c)
{
    fpt_strbuf text = fpt_strbuf_make(t->call->arena);
    fpt_strbuf_print(&text, "%.*s, %.*s, %.*s", FPT_STR_ARG(c->about.party),
                     FPT_STR_ARG(c->scheme), FPT_STR_ARG(c->year));
    const fpt_str note = fpt_strbuf_view(&text);
    FPT_TRY(add_row(t, "claim", c->about.name, "claimed",
                    (double[]){c->claimed, NONE, NONE, NONE}, "pounds", note));
    FPT_TRY(add_row(t, "claim", c->about.name, "netted",
                    (double[]){c->netted, NONE, NONE, NONE}, "pounds",
                    c->about.nets_with));
    if (c->about.nets_with.len > 0) return FPT_OK;
    return add_row(t, "claim", c->about.name, "worth_to_the_system",
                   (double[]){c->worth, NONE, NONE, NONE}, "pounds",
                   FPT_STR("at avoidable cost, less what the scheme costs"));
}

static fpt_status add_winner(cli_explain *t, const fpt_report_winner *w)
{
    FPT_TRY(add(t, "payment", w->org, "by_activity", w->by_activity, "pounds"));
    FPT_TRY(add(t, "payment", w->org, "by_block", w->by_block, "pounds"));
    return add_odds(t, "payment", w->org, "block_is_better",
                    &w->gains_by_block);
}

fpt_status cli_explain_plan(cli_explain *t, const fpt_plan_results *r)
{
    for (size_t i = 0; i < r->step_count; i++)
        FPT_TRY(add(t, "gap", fpt_str_from(r->step[i].name),
                    r->step[i].is_total ? "position" : "position_after",
                    r->step[i].after, "pounds"));
    for (size_t i = 0; i < r->assumption_count; i++)
        FPT_TRY(add_assumption(t, &r->assumption[i]));
    for (int i = 0; i < FPT_LADDER_RUNGS && r->parts.ladder; i++) {
        const fpt_str name = fpt_str_from(r->rung[i].name);
        FPT_TRY(add_odds(t, "ladder", name, "meets", &r->rung[i].met));
        FPT_TRY(add(t, "ladder", name, "margin", r->rung[i].mean, "pounds"));
    }
    if (r->parts.sets) {
        FPT_TRY(add_set(t, r, "odds_of_50", &r->even));
        FPT_TRY(add_set(t, r, "odds_of_80", &r->sure));
    }
    for (size_t i = 0; i < r->scheme_count; i++)
        FPT_TRY(add_scheme(t, &r->scheme[i]));
    for (size_t i = 0; i < r->overlap_count; i++)
        FPT_TRY(add_overlap(t, r, &r->overlap[i]));
    for (size_t i = 0; i < r->claim_count; i++)
        FPT_TRY(add_claim(t, &r->claim[i]));
    for (size_t i = 0; i < r->winner_count; i++)
        FPT_TRY(add_winner(t, &r->winner[i]));
    return FPT_OK;
}

/* ---- what decides ---- */

static fpt_status add_sobol(cli_explain *t, const fpt_report_shares *s)
{
    static const char *const section[2] = {"sobol_margin", "sobol_miss"};
    for (int k = 0; k < 2; k++) {
        const fpt_report_answer *a = k == 0 ? &s->margin : &s->misses;
        if (a->asked && !a->known)
            FPT_TRY(add_note(t, section[k], "not_known", a->why_not.text));
        for (size_t i = 0; i < s->count && a->known; i++) {
            const fpt_sobol_share *x =
                k == 0 ? &s->share[i].margin : &s->share[i].misses;
            FPT_TRY(add_row(
                t, section[k], s->share[i].name, "first_order",
                (double[]){x->first, x->first_lower, x->first_upper, NONE},
                "fraction of variance", FPT_STR("")));
            FPT_TRY(add_row(
                t, section[k], s->share[i].name, "total_order",
                (double[]){x->total, x->total_lower, x->total_upper, NONE},
                "fraction of variance", FPT_STR("")));
        }
    }
    return FPT_OK;
}

static fpt_status add_shapley(cli_explain *t, const fpt_report_shares *s)
{
    static const char *const section[2] = {"shapley_margin", "shapley_miss"};
    for (int k = 0; k < 2; k++) {
        const fpt_report_answer *a = k == 0 ? &s->margin : &s->misses;
        if (a->asked && !a->known)
            FPT_TRY(add_note(t, section[k], "not_known", a->why_not.text));
        for (size_t i = 0; i < s->count && a->known; i++) {
            const fpt_shapley_effect *x =
                k == 0 ? &s->share[i].fair : &s->share[i].fair_miss;
            FPT_TRY(add_error(t, section[k], s->share[i].name, "effect",
                              x->share, x->standard_error,
                              "fraction of variance"));
        }
    }
    return FPT_OK;
}

static fpt_status add_linear(cli_explain *t, const fpt_report_measures *m)
{
    const char *s = "linear";
    if (m->linear.asked && !m->linear.known)
        FPT_TRY(add_note(t, s, "not_known", m->linear.why_not.text));
    if (m->linear.known) {
        const bool poor = m->r_squared < 0.7, rank = m->rank_r_squared < 0.7;
        const fpt_str note =
            FPT_STR("below 0.7: linear measures do not describe this plan");
        FPT_TRY(add_row(t, s, FPT_STR(""), "r_squared",
                        (double[]){m->r_squared, NONE, NONE, NONE}, "fraction",
                        poor ? note : FPT_STR("")));
        FPT_TRY(add_row(t, s, FPT_STR(""), "rank_r_squared",
                        (double[]){m->rank_r_squared, NONE, NONE, NONE},
                        "fraction", rank ? note : FPT_STR("")));
    }
    for (size_t i = 0; i < m->count && m->linear.known; i++) {
        const fpt_report_measure *x = &m->measure[i];
        FPT_TRY(
            add_error(t, s, x->name, "src", x->value.src, x->error.src, ""));
        FPT_TRY(
            add_error(t, s, x->name, "srrc", x->value.srrc, x->error.srrc, ""));
        FPT_TRY(
            add_error(t, s, x->name, "prcc", x->value.prcc, x->error.prcc, ""));
    }
    if (m->contrast.asked && !m->contrast.known)
        return add_note(t, "failing_less_passing", "not_known",
                        m->contrast.why_not.text);
    for (size_t i = 0; i < m->count && m->contrast.known; i++)
        FPT_TRY(add_error(t, "failing_less_passing", m->measure[i].name,
                          "difference_of_means", m->measure[i].contrast,
                          m->measure[i].contrast_error, "standard deviations"));
    return FPT_OK;
}

static fpt_status add_ways(cli_explain *t, const fpt_report_ways *w)
{
    const char *s = "way_to_miss";
    if (!w->answer.asked) return FPT_OK;
    FPT_TRY(add_odds(t, s, FPT_STR("drawn"), "missed", &w->missed));
    if (!w->answer.known)
        return add_note(t, s, "not_known", w->answer.why_not.text);
    FPT_TRY(add_row(t, s, FPT_STR("1"), "chance_over_drawn",
                    (double[]){w->ratio, NONE, NONE, NONE}, "ratio",
                    w->linear_enough ? FPT_STR("")
                                     : FPT_STR("not linear enough: trust the "
                                               "share of futures drawn")));
    for (size_t k = 0; k < w->count; k++) {
        const fpt_str number = cli_int(t->call, (int64_t)k + 1);
        FPT_TRY(
            add(t, s, number, "beta", w->way[k].beta, "standard deviations"));
        FPT_TRY(add(t, s, number, "chance", w->way[k].chance, "probability"));
        for (size_t i = 0; i < w->way[k].count; i++) {
            const fpt_report_at *a = &w->way[k].at[i];
            if (a->weight < 0.005) continue;
            FPT_TRY(add(t, s, a->name, "importance", a->weight, "fraction"));
            FPT_TRY(a->has_value
                        ? add(t, s, a->name, "value_there", a->value, "its own")
                        : add(t, s, a->name, "score_there", a->score,
                              "standard deviations"));
        }
    }
    return FPT_OK;
}

static fpt_status add_tree(cli_explain *t, const fpt_report_tree *r)
{
    const char *s = "tree";
    if (!r->answer.asked) return FPT_OK;
    if (!r->answer.known)
        return add_note(t, s, "not_known", r->answer.why_not.text);
    FPT_TRY(
        add_odds(t, s, FPT_STR("held_back"), "sensitivity", &r->sensitivity));
    FPT_TRY(add_odds(t, s, FPT_STR("held_back"), "precision", &r->precision));
    for (size_t i = 0; i < r->tree.count; i++) {
        const fpt_tree_node *n = &r->tree.node[i];
        const fpt_str number = cli_int(t->call, (int64_t)i);
        fpt_strbuf text = fpt_strbuf_make(t->call->arena);
        if (n->column >= 0)
            fpt_strbuf_print(
                &text, "%.*s at most this: node %d; above: node %d",
                FPT_STR_ARG(r->name[n->column]), n->left, n->right);
        FPT_TRY(add_row(
            t, s, number,
            n->column < 0            ? "leaf"
            : r->is_value[n->column] ? "question"
                                     : "question_of_a_score",
            (double[]){n->column < 0 ? NONE : n->threshold, NONE, NONE, NONE},
            "", fpt_strbuf_view(&text)));
        FPT_TRY(
            add(t, s, number, "share_missing", n->share_failing, "fraction"));
    }
    return FPT_OK;
}

static fpt_status add_knowing(cli_explain *t, const fpt_report_measures *m)
{
    const char *s = "knowing";
    if (!m->knowing.asked) return FPT_OK;
    if (!m->knowing.known)
        return add_note(t, s, "not_known", m->knowing.why_not.text);
    FPT_TRY(add(t, s, FPT_STR("with the schemes"), "margin", m->with_schemes,
                "pounds"));
    FPT_TRY(add(t, s, FPT_STR("without the schemes"), "margin",
                m->without_schemes, "pounds"));
    FPT_TRY(add(t, s, FPT_STR("everything"), "worth_of_knowing",
                m->worth_of_all, "pounds"));
    for (size_t i = 0; i < m->count; i++)
        FPT_TRY(add_error(t, s, m->measure[i].name, "worth_of_knowing",
                          m->measure[i].worth, m->measure[i].worth_error,
                          "pounds"));
    return FPT_OK;
}

static fpt_status add_series(cli_explain *t, const fpt_report_hindcast *h)
{
    const char *s = "hindcast";
    if (!h->series.known)
        return add_note(t, s, "not_known", h->series.why_not.text);
    for (int k = 0; k < FPT_REPORT_HORIZON; k++) {
        const fpt_hindcast *x = &h->ahead[k];
        fpt_strbuf text = fpt_strbuf_make(t->call->arena);
        fpt_strbuf_print(&text, "%d year%s ahead", k + 1, k == 0 ? "" : "s");
        const fpt_str item = fpt_strbuf_view(&text);
        if (x->forecasts == 0) continue;
        FPT_TRY(add(t, s, item, "forecasts", (double)x->forecasts, "count"));
        FPT_TRY(add_odds(t, s, item, "coverage_of_80_percent", &x->coverage));
        FPT_TRY(add(t, s, item, "crps", x->crps, "fraction of the series"));
        FPT_TRY(add(t, s, item, "crps_last_year_repeated", x->crps_last_year,
                    "fraction of the series"));
        FPT_TRY(add(t, s, item, "crps_trend_continued", x->crps_trend,
                    "fraction of the series"));
        FPT_TRY(add(t, s, item, "bias", x->bias, "fraction of the series"));
    }
    return FPT_OK;
}

static fpt_status add_foretold(cli_explain *t, const fpt_plan_results *r)
{
    const fpt_report_hindcast *h = &r->decides.hindcast;
    const char *s = "foretold";
    if (!h->plan.known)
        return add_note(t, s, "not_known", h->plan.why_not.text);
    FPT_TRY(add_odds(t, s, FPT_STR("all figures"), "coverage_of_80_percent",
                     &h->coverage));
    for (size_t i = 0; i < h->count; i++) {
        const fpt_stress_foretold *f = &h->foretold[i];
        const fpt_plan_metric m = fpt_plan_metric_at(r->plan, f->metric);
        const char *unit = fpt_plan_unit_word(m.unit);
        fpt_strbuf text = fpt_strbuf_make(t->call->arena);
        fpt_strbuf_print(&text, "%s %.*s ", m.word, FPT_STR_ARG(m.name));
        fpt_strbuf_add(&text, cli_plan_year(t->call, r->plan, m.year));
        const fpt_str item = fpt_strbuf_view(&text);
        FPT_TRY(add(t, s, item, "found", f->found, unit));
        FPT_TRY(add(t, s, item, "stated", f->stated, unit));
        FPT_TRY(add(t, s, item, "foretold_p10", f->p10, unit));
        FPT_TRY(add(t, s, item, "foretold_p50", f->p50, unit));
        FPT_TRY(add(t, s, item, "foretold_p90", f->p90, unit));
        FPT_TRY(
            add(t, s, item, "share_of_futures_below", f->place, "fraction"));
        FPT_TRY(add(t, s, item, "crps", f->crps, unit));
        FPT_TRY(add(t, s, item, "crps_of_the_statement", f->crps_stated, unit));
    }
    return FPT_OK;
}

fpt_status cli_explain_decides(cli_explain *t, const fpt_plan_results *r)
{
    const fpt_report_decides *d = &r->decides;
    FPT_TRY(add_sobol(t, &d->sobol));
    FPT_TRY(add_shapley(t, &d->shapley));
    FPT_TRY(add_linear(t, &d->measures));
    FPT_TRY(add_ways(t, &d->ways));
    FPT_TRY(add_tree(t, &d->tree));
    FPT_TRY(add_knowing(t, &d->measures));
    if (!r->parts.hindcast) return FPT_OK;
    FPT_TRY(add_series(t, &d->hindcast));
    return add_foretold(t, r);
}
