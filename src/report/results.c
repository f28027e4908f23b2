/*
 * Results of a plan: odds and fans from one stress test, the way of the gap from
 * runs of the plan as stated with one cause more each time, and the rest from
 * results_parts.c.
 */
#include "report_i.h"

fpt_report_options fpt_report_options_default(void)
{
    return (fpt_report_options){.struct_size = sizeof(fpt_report_options)};
}

fpt_status fpti_read_plan(fpti_gather *g, fpt_plan_contracts form,
                          fpt_plan **out, fpt_error *err)
{
    fpt_plan_options options = fpt_plan_options_default();
    fpt_report report = fpt_report_make(g->arena);
    options.contracts = form;
    FPT_TRY(fpt_plan_read(g->arena, g->files, &options, &report, out, err));
    for (size_t i = 0; i < report.count; i++) {
        const fpt_finding *f = &report.finding[i];
        if (f->severity != FPT_FAULT) continue;
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%zu faults, the first in %.*s, line %lld: %.*s",
                        report.of_severity[FPT_FAULT], FPT_STR_ARG(f->source),
                        (long long)f->line, FPT_STR_ARG(f->text));
    }
    return FPT_OK;
}

/* ---- the way of the gap ---- */

/* The system's position in the last year, in pounds. */
static fpt_status position(fpti_gather *g, const fpt_plan_scenario *s, int year,
                           double *out, fpt_error *err)
{
    fpt_arena scratch = *g->arena;
    const double *metrics;
    const size_t item = fpt_plan_items(g->plan, FPT_PLAN_ORG) - 1;
    FPT_TRY(fpt_plan_once(&scratch, g->plan, s, &metrics, err));
    *out = metrics[fpt_plan_metric_find(g->plan, FPT_PLAN_METRIC_POSITION, item,
                                        year)];
    return FPT_OK;
}

static void add_step(fpt_plan_results *r, const char *name, double *at,
                     double to)
{
    r->step[r->step_count++] = (fpt_report_step){name, *at, to, false};
    *at = to;
}

static void add_level(fpt_plan_results *r, const char *name, double level)
{
    r->step[r->step_count++] = (fpt_report_step){name, 0.0, level, true};
}

static fpt_status gather_steps(fpti_gather *g, double believed, fpt_error *err)
{
    fpt_plan_results *r = g->out;
    const int years = r->facts.years;
    r->step = FPT_NEW(g->arena, fpt_report_step, 16);
    if (r->step == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    fpt_plan_scenario s = fpt_plan_scenario_default();
    double at, to;
    s.stated = s.no_schemes = s.no_savings = s.no_flows = true;
    s.no_demography = s.no_growth = s.no_health = s.no_waiting = true;
    s.frozen_prices = true;
    FPT_TRY(position(g, &s, 0, &at, err));
    add_level(r, "Baseline", at);
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Income and contracts as planned", &at, to);
    s.no_demography = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "More and older people", &at, to);
    s.no_growth = s.no_health = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Other growth of need", &at, to);
    s.no_waiting = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Waiting lists", &at, to);
    s.frozen_prices = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Pay and prices", &at, to);
    add_level(r, "If nothing is done", at);
    s.no_flows = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Patients who go elsewhere", &at, to);
    s.no_savings = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Savings, as stated", &at, to);
    s.no_schemes = false;
    FPT_TRY(position(g, &s, years, &to, err));
    add_step(r, "Schemes and their capital, as stated", &at, to);
    add_level(r, "The plan, as stated", at);
    add_step(r, "What is believed beside what is stated", &at, believed);
    add_level(r, "The plan, as believed", at);
    return FPT_OK;
}

/* ---- odds and fans ---- */

static fpt_status gather_fans(fpti_gather *g, const fpt_stress *stress,
                              fpt_error *err)
{
    fpt_plan_results *r = g->out;
    const size_t orgs = fpt_plan_items(g->plan, FPT_PLAN_ORG);
    const int years = r->facts.years;
    const fpt_plan_metric_kind kind =
        r->facts.has_totals ? FPT_PLAN_METRIC_MARGIN : FPT_PLAN_METRIC_POSITION;
    const double *stated, *nothing;
    fpt_plan_scenario s = fpt_plan_scenario_default();
    s.stated = true;
    FPT_TRY(fpt_plan_once(g->arena, g->plan, &s, &stated, err));
    s.no_schemes = s.no_savings = true;
    FPT_TRY(fpt_plan_once(g->arena, g->plan, &s, &nothing, err));
    r->fan = FPT_NEW(g->arena, fpt_report_fan, orgs * (size_t)years + 1);
    r->met = FPT_NEW(g->arena, fpt_stress_met, (size_t)years + 1);
    if (r->fan == NULL || r->met == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    for (int year = 0; year <= years; year++)
        r->met[year] = fpt_stress_met_in(stress, year);
    for (size_t o = 0; o < orgs; o++)
        for (int year = 1; year <= years; year++) {
            const size_t at = fpt_plan_metric_find(g->plan, kind, o, year);
            const size_t k = fpt_stress_find(stress, at);
            const fpt_tally_summary t = fpt_stress_summary(stress, k);
            const fpt_plan_unit unit = FPT_PLAN_PENCE;
            r->fan[r->fan_count++] = (fpt_report_fan){
                .org = fpt_plan_item_name(g->plan, FPT_PLAN_ORG, o),
                .year = year,
                .stated = stated[at],
                .do_nothing = nothing[at],
                .mean = fpt_plan_in_units(unit, t.mean),
                .p5 = fpt_plan_in_units(unit, t.p5),
                .p10 = fpt_plan_in_units(unit, t.p10),
                .p50 = fpt_plan_in_units(unit, t.p50),
                .p90 = fpt_plan_in_units(unit, t.p90),
                .p95 = fpt_plan_in_units(unit, t.p95),
                .shortfall = fpt_plan_in_units(unit, t.shortfall),
                .met = fpt_stress_odds(stress, k)};
        }
    return FPT_OK;
}

enum { SEARCH_DRAWS = 256 };

static fpt_status odds_of_set(fpti_gather *g, fpt_must_hold *m, fpt_error *err)
{
    fpt_plan_override set[FPT_MUST_HOLD_MOST];
    fpt_plan_scenario s = fpt_plan_scenario_default();
    fpt_stress_outcome o;
    for (size_t i = 0; i < m->count; i++)
        set[i] = (fpt_plan_override){
            m->assumption[i],
            fpt_plan_assumption_at(g->plan, m->assumption[i]).stated};
    s.override_count = m->count;
    s.override = set;
    FPT_TRY(fpt_stress_outcome_of(*g->arena, &g->question, &s, &o, err));
    m->met = o.met;
    return FPT_OK;
}

static fpt_status gather_ladder(fpti_gather *g, fpt_error *err)
{
    fpt_ladder_rung rung[FPT_LADDER_RUNGS];
    FPT_TRY(fpt_stress_ladder(*g->arena, &g->question, rung, err));
    for (int i = 0; i < FPT_LADDER_RUNGS; i++)
        g->out->rung[i] = (fpt_report_rung){
            .name = rung[i].name,
            .mean = fpt_plan_in_units(FPT_PLAN_PENCE, rung[i].outcome.mean),
            .p10 = fpt_plan_in_units(FPT_PLAN_PENCE, rung[i].outcome.p10),
            .p90 = fpt_plan_in_units(FPT_PLAN_PENCE, rung[i].outcome.p90),
            .met = rung[i].outcome.met};
    return FPT_OK;
}

/* Thousands of sets may be tried: fewer draws tell which one it is, and its
 * odds are then counted over all. */
static fpt_status gather_sets(fpti_gather *g, fpt_error *err)
{
    fpt_stress_question few = g->question;
    if (few.draws > SEARCH_DRAWS) few.draws = SEARCH_DRAWS;
    FPT_TRY(fpt_stress_must_hold(*g->arena, &few, 0.5, &g->out->even, err));
    FPT_TRY(fpt_stress_must_hold(*g->arena, &few, 0.8, &g->out->sure, err));
    FPT_TRY(odds_of_set(g, &g->out->even, err));
    return odds_of_set(g, &g->out->sure, err);
}

static fpt_status ask(fpti_gather *g, const fpt_report_options *options,
                      fpt_error *err)
{
    fpt_plan_results *r = g->out;
    g->question = fpt_stress_question_default(g->plan);
    g->question.seed = r->seed;
    g->question.draws = r->draws;
    g->question.threads = options->threads;
    if (options->year < 0 || options->year > r->facts.years)
        return fpt_fail(err, FPT_ERR_USAGE, "the plan has no such year");
    if (options->year != 0) g->question.year = options->year;
    const size_t items = fpt_plan_items(g->plan, FPT_PLAN_ORG);
    for (size_t i = 0; i < items && options->about.len > 0; i++) {
        if (!fpt_str_equal(options->about,
                           fpt_plan_item_name(g->plan, FPT_PLAN_ORG, i)))
            continue;
        g->question.item = i;
        break;
    }
    r->target = fpt_plan_item_name(g->plan, FPT_PLAN_ORG, g->question.item);
    if (options->about.len > 0 && !fpt_str_equal(options->about, r->target))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "\"%.*s\" is no organisation inside this plan's system",
                        FPT_STR_ARG(options->about));
    char year[16];
    r->target_year =
        fpt_str_keep(g->arena, fpt_plan_year(g->plan, g->question.year, year));
    r->last_year =
        fpt_str_keep(g->arena, fpt_plan_year(g->plan, r->facts.years, year));
    if (r->last_year.data == NULL || r->target_year.data == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the results");
    g->stress = fpt_stress_options_default();
    g->stress.seed = r->seed;
    g->stress.draws = r->draws;
    g->stress.threads = options->threads;
    return FPT_OK;
}

static void say(const fpti_gather *g, const char *what, uint64_t step)
{
    if (g->log != NULL) fpt_log_progress(g->log, what, step, 6);
}

static fpt_status gather_parts(fpti_gather *g, fpt_error *err)
{
    fpt_plan_results *r = g->out;
    fpt_stress *stress;
    say(g, "the odds", 0);
    FPT_TRY(fpt_stress_run(g->arena, g->plan, &g->stress, &stress, err));
    FPT_TRY(gather_fans(g, stress, err));
    if (r->parts.gap) {
        const size_t item = fpt_plan_items(g->plan, FPT_PLAN_ORG) - 1;
        const size_t at = fpt_stress_find(
            stress, fpt_plan_metric_find(g->plan, FPT_PLAN_METRIC_POSITION,
                                         item, r->facts.years));
        FPT_TRY(
            gather_steps(g,
                         fpt_plan_in_units(FPT_PLAN_PENCE,
                                           fpt_stress_summary(stress, at).mean),
                         err));
    }
    say(g, "one assumption at a time", 1);
    if (r->parts.assumptions) FPT_TRY(fpti_gather_assumptions(g, err));
    say(g, "what must hold", 2);
    if (r->parts.ladder) FPT_TRY(gather_ladder(g, err));
    if (r->parts.sets) FPT_TRY(gather_sets(g, err));
    say(g, "schemes and payment", 3);
    if (r->parts.schemes) FPT_TRY(fpti_gather_schemes(g, err));
    if (r->parts.payment) FPT_TRY(fpti_gather_winners(g, err));
    FPT_TRY(fpt_report_decides_make(g->arena, &g->question, &r->parts, g->log,
                                    &r->decides, err));
    say(g, "checks", 5);
    FPT_TRY(
        fpt_plan_checks(g->arena, g->plan, &r->check_count, &r->check, err));
    say(g, "", 6);
    return FPT_OK;
}

fpt_status fpt_plan_results_make(fpt_arena *arena, const fpt_plan_files *files,
                                 const fpt_report_options *options,
                                 fpt_plan_results *out, fpt_error *err)
{
    fpti_gather g = {.arena = arena,
                     .files = files,
                     .log = options->log,
                     .most_even =
                         options->most_even != 0 ? options->most_even : 8,
                     .out = out};
    fpt_plan *plan;
    *out = (fpt_plan_results){.parts = options->parts != NULL
                                           ? *options->parts
                                           : fpt_report_all_parts()};
    FPT_TRY(fpti_read_plan(&g, FPT_PLAN_CONTRACTS_AS_WRITTEN, &plan, err));
    g.plan = out->plan = plan;
    out->facts = fpt_plan_facts_of(plan);
    if (out->facts.years < 1)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "a plan without years has nothing to report");
    out->seed = options->seed != 0 ? options->seed : out->facts.seed;
    out->draws = options->draws != 0 ? options->draws : 4096;
    FPT_TRY(ask(&g, options, err));
    return gather_parts(&g, err);
}
