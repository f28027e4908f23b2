/*
 * rate peers, opportunity and value: places alike, what there is to gain, and
 * what an outcome costs.
 */
#include "cli_rate.h"

static fpt_status read_gain(cli_call *call, cli_rate *w, const char *code,
                            fpt_peers_pack *pack, fpt_gain_ask *ask,
                            fpt_error *err)
{
    const char *on = cli_option(call, "on");
    const char *tier = cli_option(call, "tier");
    const char *period = cli_option(call, "period");
    const char *peers =
        cli_takes(call->command, "peers") ? cli_option(call, "peers") : NULL;
    const char *cost =
        cli_takes(call->command, "cost") ? cli_option(call, "cost") : NULL;
    int64_t seed;
    *ask = (fpt_gain_ask){
        .pack = pack,
        .tier = tier != NULL ? fpt_str_from(tier) : FPT_STR("system"),
        .then = on == NULL || strcmp(on, "then") == 0,
        .on = w->place.on,
        .place = code != NULL ? fpt_str_from(code) : (fpt_str){"", 0}};
    if (period == NULL)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "places are compared in one period: name it with "
                        "--period");
    FPT_TRY(cli_parse_period(period, &ask->period, err));
    FPT_TRY(cli_whole_option(call, "draws", 100, 0, &ask->draws, err));
    FPT_TRY(cli_whole_option(call, "seed", 0, 1, &seed, err));
    ask->seed = (uint64_t)seed;
    FPT_TRY(cli_confidence_option(call, &ask->confidence, err));
    if (cost != NULL && (fpt_money_parse(fpt_str_from(cost), false,
                                         &ask->unit_cost) != FPT_OK ||
                         ask->unit_cost.pence <= 0))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--cost is an amount of pounds above 0, not \"%s\"",
                        cost);
    return fpt_peers_pack_open(call->arena, &w->packs,
                               peers != NULL ? fpt_str_from(peers)
                                             : FPT_STR("demographic"),
                               (fpt_str){0}, pack, err);
}

static const char *argument(const cli_call *call, size_t at)
{
    return at < call->count ? call->argument[at] : NULL;
}

static fpt_str money_cell(cli_call *call, fpt_money amount, bool given)
{
    char text[32];
    const size_t len = fpt_money_print(amount, text);
    return given ? fpt_str_keep(call->arena, (fpt_str){text, len})
                 : FPT_STR("");
}

/* ---- rate peers ---- */

static fpt_status peers(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {"place_code", "place_name", "order",
                                        "peer_code",  "peer_name",  "distance"};
    static const bool number[] = {false, false, true, false, false, true};
    fpt_peers_pack pack;
    fpt_gain_ask ask;
    const fpt_alike *alike;
    size_t count;
    fpt_peer *peer;
    cli_table table;
    FPT_TRY(read_gain(call, w, argument(call, 0), &pack, &ask, err));
    FPT_TRY(fpt_rate_alike(w->rate, call->arena, &ask, &alike, err));
    FPT_TRY(fpt_rate_peers(alike, call->arena, &ask, &count, &peer, err));
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_str cells[] = {peer[i].code,
                                 peer[i].name,
                                 cli_int(call, peer[i].order),
                                 peer[i].peer_code,
                                 peer[i].peer_name,
                                 cli_double(call, peer[i].distance)};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_rate_peers(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = peers(call, &w, err);
    cli_rate_close(&w);
    return status;
}

/* ---- rate opportunity ---- */

static fpt_status gain_row(cli_call *call, const fpt_gain *g, bool money,
                           cli_table *table, fpt_error *err)
{
    const bool good = fpt_str_equal(g->status, FPT_STR("OK"));
    const double none = (double)NAN;
    const fpt_str cells[] = {g->code,
                             g->name,
                             cli_double(call, g->value),
                             cli_double(call, good ? g->benchmark : none),
                             cli_double(call, good ? g->all_peers : none),
                             cli_double(call, g->nation),
                             cli_int(call, g->peers),
                             cli_double(call, g->found.published),
                             cli_double(call, g->found.mean),
                             cli_double(call, good ? g->found.lower : none),
                             cli_double(call, good ? g->found.upper : none),
                             cli_double(call, g->found.chance),
                             cli_double(call, good ? g->found.noise : none),
                             cli_double(call, g->q),
                             money_cell(call, g->published, money && good),
                             money_cell(call, g->mean, money && good),
                             money_cell(call, g->lower, money && good),
                             money_cell(call, g->upper, money && good),
                             g->status};
    return cli_table_row(table, cells, err);
}

static fpt_status opportunity(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {"place_code",
                                        "place_name",
                                        "value",
                                        "benchmark_of_best_peers",
                                        "mean_of_peers",
                                        "nation",
                                        "peers",
                                        "published_way",
                                        "opportunity",
                                        "opportunity_lower",
                                        "opportunity_upper",
                                        "chance_of_any_fraction",
                                        "noise_fraction",
                                        "q",
                                        "published_way_pounds",
                                        "opportunity_pounds",
                                        "lower_pounds",
                                        "upper_pounds",
                                        "status"};
    static const bool number[] = {false, false, true, true, true, true, true,
                                  true,  true,  true, true, true, true, true,
                                  true,  true,  true, true, false};
    fpt_peers_pack pack;
    fpt_gain_ask ask;
    fpt_indicator indicator;
    const fpt_alike *alike;
    size_t count;
    fpt_gain *gain;
    cli_table table;
    FPT_TRY(read_gain(call, w, argument(call, 1), &pack, &ask, err));
    FPT_TRY(fpt_indicator_open(call->arena, &w->packs,
                               fpt_str_from(call->argument[0]), &indicator,
                               err));
    FPT_TRY(fpt_rate_alike(w->rate, call->arena, &ask, &alike, err));
    FPT_TRY(fpt_rate_opportunity(w->rate, call->arena, alike, &ask, &indicator,
                                 &count, &gain, err));
    FPT_TRY(cli_table_open(call, 19, names, number, &table, err));
    for (size_t i = 0; i < count; i++)
        FPT_TRY(gain_row(call, &gain[i], ask.unit_cost.pence > 0, &table, err));
    cli_table_close(&table);
    cli_say(call,
            "Note: opportunities of several indicators overlap; their sum "
            "is no saving.");
    return FPT_OK;
}

fpt_status run_rate_opportunity(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = opportunity(call, &w, err);
    cli_rate_close(&w);
    return status;
}

/* ---- rate value ---- */

static fpt_status value_row(cli_call *call, const fpt_value_row *r,
                            cli_table *table, fpt_error *err)
{
    const fpt_str cells[] = {r->code,
                             r->name,
                             cli_double(call, r->outcome),
                             cli_double(call, r->outcome_lower),
                             cli_double(call, r->outcome_upper),
                             cli_double(call, r->nation_outcome),
                             cli_double(call, r->spend),
                             cli_double(call, r->nation_spend),
                             cli_double(call, r->cost.value),
                             cli_double(call, r->cost.lower),
                             cli_double(call, r->cost.upper),
                             cli_double(call, r->plane.better_cheaper),
                             cli_double(call, r->plane.better_dearer),
                             cli_double(call, r->plane.worse_cheaper),
                             cli_double(call, r->plane.worse_dearer),
                             r->status};
    return cli_table_row(table, cells, err);
}

static fpt_status value(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {"place_code",
                                        "place_name",
                                        "outcome",
                                        "outcome_lower",
                                        "outcome_upper",
                                        "nation_outcome",
                                        "spend",
                                        "nation_spend",
                                        "cost_of_one",
                                        "cost_lower",
                                        "cost_upper",
                                        "better_cheaper_fraction",
                                        "better_dearer_fraction",
                                        "worse_cheaper_fraction",
                                        "worse_dearer_fraction",
                                        "status"};
    static const bool number[] = {false, false, true, true, true, true,
                                  true,  true,  true, true, true, true,
                                  true,  true,  true, false};
    fpt_peers_pack pack;
    fpt_gain_ask ask;
    fpt_indicator outcome, spend;
    size_t count;
    fpt_value_row *row;
    cli_table table;
    FPT_TRY(read_gain(call, w, argument(call, 2), &pack, &ask, err));
    FPT_TRY(fpt_indicator_open(call->arena, &w->packs,
                               fpt_str_from(call->argument[0]), &outcome, err));
    FPT_TRY(fpt_indicator_open(call->arena, &w->packs,
                               fpt_str_from(call->argument[1]), &spend, err));
    FPT_TRY(fpt_rate_value(w->rate, call->arena, &ask, &outcome, &spend, &count,
                           &row, err));
    FPT_TRY(cli_table_open(call, 16, names, number, &table, err));
    for (size_t i = 0; i < count; i++)
        FPT_TRY(value_row(call, &row[i], &table, err));
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_rate_value(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = value(call, &w, err);
    cli_rate_close(&w);
    return status;
}
