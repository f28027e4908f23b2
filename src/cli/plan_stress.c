/*
 * plan stress, merge and compare: the odds over many futures, whole or in
 * shards, and two plans over the same ones.
 */
#include "plan.h"

static fpt_status whole_number(const cli_call *call, const char *name,
                               int64_t most, int64_t *out, fpt_error *err)
{
    *out = 0;
    if (!cli_takes(call->command, name)) return FPT_OK;
    const char *text = cli_option(call, name);
    if (text == NULL) return FPT_OK;
    if (!fpt_parse_int64(fpt_str_from(text), out) || *out < 1 || *out > most)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--%s is a whole number from 1 to %lld, not \"%s\"",
                        name, (long long)most, text);
    return FPT_OK;
}

static fpt_status shard_option(const cli_call *call, fpt_stress_options *out,
                               fpt_error *err)
{
    const char *text =
        cli_takes(call->command, "shard") ? cli_option(call, "shard") : NULL;
    if (text == NULL) return FPT_OK;
    fpt_str rest = fpt_str_from(text);
    int64_t shard = 0, shards = 0;
    const fpt_str first = fpt_str_cut(&rest, '/');
    if (rest.data == NULL || !fpt_parse_int64(first, &shard) ||
        !fpt_parse_int64(rest, &shards) || shard < 1 || shards < shard ||
        shards > 4096)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--shard is one of several, as in 2/8, not \"%s\"",
                        text);
    out->shard = (uint32_t)shard;
    out->shards = (uint32_t)shards;
    return FPT_OK;
}

fpt_status cli_plan_options(cli_call *call, fpt_stress_options *out,
                            fpt_error *err)
{
    int64_t draws, seed, threads;
    *out = fpt_stress_options_default();
    FPT_TRY(whole_number(call, "draws", INT64_C(1) << 33, &draws, err));
    FPT_TRY(whole_number(call, "seed", INT64_MAX, &seed, err));
    FPT_TRY(whole_number(call, "threads", 64, &threads, err));
    out->draws = (uint64_t)draws;
    out->seed = (uint64_t)seed;
    out->threads = (unsigned)threads;
    return shard_option(call, out, err);
}

/* ---- the odds as a table ---- */

enum { ODDS_COLUMNS = 17 };

typedef struct odds_table {
    cli_call *call;
    const fpt_plan *plan;
    cli_table table;
} odds_table;

static fpt_status odds_row(odds_table *t, fpt_str year, const char *measure,
                           fpt_str item, const char *unit, const fpt_odds *o,
                           const fpt_tally_summary *s, fpt_plan_unit parts,
                           fpt_error *err)
{
    cli_call *call = t->call;
    fpt_str cells[ODDS_COLUMNS] = {year, fpt_str_from(measure), item,
                                   fpt_str_from(unit)};
    size_t at = 4;
    const double odds[] = {o->value, o->lower, o->upper};
    for (size_t k = 0; k < 3; k++)
        cells[at++] = cli_double(call, odds[k]);
    for (; s == NULL && at < ODDS_COLUMNS; at++)
        cells[at] = FPT_STR("");
    if (s != NULL) {
        const double values[] = {s->mean,        s->sd,    s->p5,  s->p10,
                                 s->p50,         s->p90,   s->p95, s->shortfall,
                                 s->given_short, s->tail_5};
        for (size_t k = 0; k < 10; k++)
            cells[at++] = cli_plan_number(call, parts, values[k]);
    }
    return cli_table_row(&t->table, cells, err);
}

static fpt_status met_rows(odds_table *t, const fpt_stress *stress,
                           fpt_error *err)
{
    const int years = fpt_plan_facts_of(t->plan).years;
    const fpt_str system = FPT_STR("system");
    for (int year = 0; year <= years; year++) {
        const fpt_stress_met met = fpt_stress_met_in(stress, year);
        const fpt_str when = year == 0 ? FPT_STR("every")
                                       : cli_plan_year(t->call, t->plan, year);
        FPT_TRY(odds_row(t, when, "system_meets", system, "fraction",
                         &met.system, NULL, FPT_PLAN_PENCE, err));
        FPT_TRY(odds_row(t, when, "all_organisations_meet", system, "fraction",
                         &met.all_orgs, NULL, FPT_PLAN_PENCE, err));
        FPT_TRY(odds_row(t, when, "system_meets_not_all", system, "fraction",
                         &met.system_not_all, NULL, FPT_PLAN_PENCE, err));
    }
    for (int year = 1; year <= years + 1; year++) {
        const fpt_odds o = fpt_stress_first_miss(stress, year);
        FPT_TRY(odds_row(t,
                         year > years ? FPT_STR("never")
                                      : cli_plan_year(t->call, t->plan, year),
                         "first_miss", system, "fraction", &o, NULL,
                         FPT_PLAN_PENCE, err));
    }
    return FPT_OK;
}

fpt_status cli_plan_odds(cli_call *call, const fpt_plan *plan,
                         const fpt_stress *stress, fpt_error *err)
{
    static const char *const names[ODDS_COLUMNS] = {
        "year",        "measure",  "item",      "unit",
        "probability", "lower_95", "upper_95",  "mean",
        "sd",          "p5",       "p10",       "p50",
        "p90",         "p95",      "shortfall", "shortfall_given_miss",
        "tail_5_mean"};
    static const bool number[ODDS_COLUMNS] = {
        false, false, false, false, true, true, true, true, true,
        true,  true,  true,  true,  true, true, true, true};
    odds_table t = {call, plan, {0}};
    FPT_TRY(cli_table_open(call, ODDS_COLUMNS, names, number, &t.table, err));
    FPT_TRY(met_rows(&t, stress, err));
    for (size_t k = 0; k < fpt_stress_metric_count(stress); k++) {
        const fpt_plan_metric m =
            fpt_plan_metric_at(plan, fpt_stress_metric(stress, k));
        const fpt_tally_summary s = fpt_stress_summary(stress, k);
        const fpt_odds o = fpt_stress_odds(stress, k);
        FPT_TRY(odds_row(&t, cli_plan_year(call, plan, m.year), m.word, m.name,
                         fpt_plan_unit_word(m.unit), &o, &s, m.unit, err));
    }
    cli_table_close(&t.table);
    return FPT_OK;
}

/* ---- plan stress and plan merge ---- */

static void say_test(const cli_call *call, const fpt_plan *plan,
                     const fpt_stress *stress)
{
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    cli_say(call,
            "%llu draws, seed %llu, plan %.12s; %s; correlation within a "
            "programme %g; a spell counts %s",
            (unsigned long long)fpt_stress_draws(stress),
            (unsigned long long)fpt_stress_seed(stress), facts.digest,
            facts.has_totals ? "meets: margin to the control total not below 0"
                             : "no control totals: meets if the position is "
                               "not below 0",
            facts.programme_correlation,
            facts.day_offset == 1 ? "its nights and one day" : "its midnights");
}

fpt_status run_plan_stress(cli_call *call, fpt_error *err)
{
    fpt_stress_options options;
    fpt_plan *plan;
    fpt_stress *stress;
    cli_table format;
    FPT_TRY(cli_plan_options(call, &options, err));
    FPT_TRY(cli_table_open(call, 0, NULL, NULL, &format, err));
    FPT_TRY(cli_plan_open(call, call->argument[0], &plan, err));
    FPT_TRY(fpt_stress_run(call->arena, plan, &options, &stress, err));
    say_test(call, plan, stress);
    if (options.shards == 0) return cli_plan_odds(call, plan, stress, err);
    fpt_stress_write(stress, call->out);
    return FPT_OK;
}

fpt_status run_plan_merge(cli_call *call, fpt_error *err)
{
    fpt_plan *plan;
    fpt_stress *whole = NULL;
    cli_table format;
    FPT_TRY(cli_table_open(call, 0, NULL, NULL, &format, err));
    FPT_TRY(cli_plan_open(call, call->argument[0], &plan, err));
    for (size_t i = 1; i < call->count; i++) {
        fpt_str text;
        fpt_stress *shard;
        FPT_TRY(fpt_file_read(call->arena, call->argument[i], SIZE_MAX, &text,
                              err));
        FPT_TRY(fpt_stress_read(call->arena, plan, call->argument[i], text,
                                &shard, err));
        if (whole == NULL) {
            whole = shard;
            continue;
        }
        const fpt_status status = fpt_stress_join(whole, shard, err);
        if (status != FPT_OK)
            return fpt_fail_prefix(err, status, "%s: ", call->argument[i]);
    }
    if (!fpt_stress_is_whole(whole))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "shard %u is missing: all shards of a test make a "
                        "result",
                        fpt_stress_missing(whole));
    say_test(call, plan, whole);
    return cli_plan_odds(call, plan, whole, err);
}

/* ---- plan compare ---- */

enum { COMPARE_COLUMNS = 12 };

static fpt_status compare_row(cli_call *call, cli_table *table,
                              const fpt_plan *plan, const fpt_stress_change *c,
                              fpt_error *err)
{
    const fpt_plan_metric m = fpt_plan_metric_at(plan, c->metric);
    fpt_str cells[COMPARE_COLUMNS] = {cli_plan_year(call, plan, m.year),
                                      fpt_str_from(m.word), m.name,
                                      fpt_str_from(fpt_plan_unit_word(m.unit))};
    const double values[] = {c->first.mean, c->second.mean, c->change.mean,
                             c->change.sd,  c->change.p10,  c->change.p50,
                             c->change.p90};
    for (size_t k = 0; k < 7; k++)
        cells[4 + k] = cli_plan_number(call, m.unit, values[k]);
    cells[11] = cli_double(call, c->higher.value);
    return cli_table_row(table, cells, err);
}

static fpt_status write_versus(cli_call *call, const fpt_plan_versus *versus,
                               const char *path, fpt_error *err)
{
    fpt_output page = fpt_output_memory(call->arena);
    fpt_plan_versus_write(versus, &page);
    if (page.failed || page.text.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the page");
    FPT_TRY(fpt_file_write(path, fpt_strbuf_view(&page.text), err));
    cli_say(call, "Wrote %s", path);
    return FPT_OK;
}

fpt_status run_plan_compare(cli_call *call, fpt_error *err)
{
    static const char *const names[COMPARE_COLUMNS] = {
        "year",        "measure",    "item",
        "unit",        "first_mean", "second_mean",
        "change_mean", "change_sd",  "change_p10",
        "change_p50",  "change_p90", "second_higher_probability"};
    static const bool number[COMPARE_COLUMNS] = {false, false, false, false,
                                                 true,  true,  true,  true,
                                                 true,  true,  true,  true};
    fpt_stress_options options;
    fpt_plan *first, *second;
    cli_table table;
    FPT_TRY(cli_plan_options(call, &options, err));
    FPT_TRY(cli_table_open(call, COMPARE_COLUMNS, names, number, &table, err));
    FPT_TRY(cli_plan_open(call, call->argument[0], &first, err));
    FPT_TRY(cli_plan_open(call, call->argument[1], &second, err));
    fpt_stress_change *change;
    size_t count;
    FPT_TRY(fpt_stress_compare(call->arena, first, second, &options, &change,
                               &count, err));
    const char *path = cli_option(call, "out");
    if (path != NULL) {
        const fpt_plan_versus versus = {
            .first = first,
            .second = second,
            .first_name = call->argument[0],
            .second_name = call->argument[1],
            .draws = options.draws != 0 ? options.draws : 10000,
            .seed = options.seed != 0 ? options.seed
                                      : fpt_plan_facts_of(first).seed,
            .change_count = count,
            .change = change};
        return write_versus(call, &versus, path, err);
    }
    for (size_t i = 0; i < count; i++)
        FPT_TRY(compare_row(call, &table, first, &change[i], err));
    cli_table_close(&table);
    return FPT_OK;
}
