/*
 * rate list, run and show: frameworks, and what they give.
 */
#include <stdio.h>

#include "cli_rate.h"

void cli_rate_close(cli_rate *w)
{
    fpt_rate_close(w->rate);
    fpt_measure_close(w->measure);
    cli_place_close(&w->place);
}

fpt_status cli_rate_open(cli_call *call, bool read_only, cli_rate *w,
                         fpt_error *err)
{
    *w = (cli_rate){0};
    FPT_TRY(cli_packs(call, &w->packs, err));
    FPT_TRY(cli_place_open(call, read_only, &w->place, err));
    fpt_workspace *workspace = &w->place.workspace;
    fpt_status status =
        fpt_measure_open(workspace->warehouse, w->place.registry,
                         &w->place.tiers, &w->packs, &w->measure, err);
    if (status == FPT_OK)
        status = fpt_rate_open(workspace->warehouse, workspace->ledger,
                               w->place.registry, &w->place.tiers, &w->packs,
                               w->measure, &w->rate, err);
    if (status != FPT_OK) cli_rate_close(w);
    return status;
}

fpt_status cli_whole_option(cli_call *call, const char *name, int64_t least,
                            int64_t otherwise, int64_t *out, fpt_error *err)
{
    const char *text =
        cli_takes(call->command, name) ? cli_option(call, name) : NULL;
    *out = otherwise;
    if (text == NULL) return FPT_OK;
    if (fpt_parse_int64(fpt_str_from(text), out) && *out >= least)
        return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE,
                    "--%s is a whole number of %lld or more, not \"%s\"", name,
                    (long long)least, text);
}

/* The framework that is asked for, with what it finds in the data, and how. */
fpt_status cli_rate_ask(cli_call *call, cli_rate *w, fpt_framework *framework,
                        fpt_weights *weights, fpt_rate_ask *ask, fpt_error *err)
{
    fpt_framework pack;
    const char *on = cli_option(call, "on");
    const char *period = cli_option(call, "period");
    const char *whose = cli_option(call, "weights");
    const char *rules = cli_option(call, "rules");
    FPT_TRY(fpt_framework_open(call->arena, &w->packs,
                               fpt_str_from(call->argument[0]),
                               fpt_str_from(rules), &pack, err));
    FPT_TRY(fpt_rate_expand(w->rate, call->arena, &pack, framework, err));
    *ask = (fpt_rate_ask){.framework = framework,
                          .then = on == NULL || strcmp(on, "then") == 0,
                          .on = w->place.on};
    if (period != NULL) {
        FPT_TRY(cli_parse_period(period, &ask->period, err));
        ask->has_period = true;
    }
    int64_t seed;
    FPT_TRY(cli_whole_option(call, "draws", 2, 0, &ask->draws, err));
    FPT_TRY(cli_whole_option(call, "seed", 0, 1, &seed, err));
    ask->seed = (uint64_t)seed;
    FPT_TRY(cli_confidence_option(call, &ask->confidence, err));
    if (whose == NULL) return FPT_OK;
    FPT_TRY(
        strcmp(whose, "equal") == 0
            ? fpt_weights_equal(call->arena, framework, weights, err)
            : fpt_weights_read(call->arena, whose, framework, weights, err));
    ask->weights = weights;
    return FPT_OK;
}

/* ---- rate list ---- */

static fpt_status list_frameworks(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {
        "framework", "version", "title",      "tier",
        "items",     "groups",  "rules_from", "periods_with_data"};
    static const bool number[] = {false, false, false, false,
                                  true,  true,  false, true};
    size_t count;
    fpt_framework *list;
    cli_table table;
    FPT_TRY(fpt_framework_list(call->arena, &w->packs, &count, &list, err));
    FPT_TRY(cli_table_open(call, 8, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        size_t periods;
        fpt_period *period;
        FPT_TRY(fpt_rate_periods(w->rate, call->arena, &list[i], &periods,
                                 &period, err));
        const fpt_str cells[] = {list[i].name,
                                 list[i].version,
                                 list[i].title,
                                 list[i].tier,
                                 cli_int(call, (int64_t)list[i].items),
                                 cli_int(call, (int64_t)list[i].nodes),
                                 cli_date(call, list[i].from),
                                 cli_int(call, (int64_t)periods)};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_rate_list(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = list_frameworks(call, &w, err);
    cli_rate_close(&w);
    return status;
}

/* ---- rate run ---- */

static fpt_status keep(cli_rate *w, const fpt_ratings *ratings, bool dry,
                       fpt_error *err)
{
    fpt_store *warehouse = w->place.workspace.warehouse;
    FPT_TRY(fpt_store_begin(warehouse, err));
    const fpt_status status = fpt_rate_store(warehouse, ratings, err);
    if (status == FPT_OK && !dry) return fpt_store_commit(warehouse, err);
    fpt_store_rollback(warehouse);
    return status;
}

static fpt_status tell_kept(cli_call *call, const fpt_ratings *ratings,
                            fpt_error *err)
{
    static const char *const names[] = {"framework", "version", "weights",
                                        "view",      "period",  "places",
                                        "ratings"};
    static const bool number[] = {false, false, false, false,
                                  false, true,  true};
    cli_table table;
    FPT_TRY(cli_table_open(call, 7, names, number, &table, err));
    for (size_t i = 0; i < ratings->count;) {
        const fpt_rating *r = &ratings->rating[i];
        int64_t places = 0;
        size_t end = i;
        while (end < ratings->count &&
               fpt_period_equal(ratings->rating[end].period, r->period))
            places += ratings->rating[end++].position == 1;
        const fpt_str cells[] = {r->framework,
                                 r->version,
                                 r->weights,
                                 r->view,
                                 cli_period(call, r->period),
                                 cli_int(call, places),
                                 cli_int(call, (int64_t)(end - i))};
        FPT_TRY(cli_table_row(&table, cells, err));
        i = end;
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_rate_run(cli_call *call, fpt_error *err)
{
    cli_rate w;
    fpt_framework framework;
    fpt_weights weights;
    fpt_rate_ask ask;
    fpt_ratings ratings = {0};
    FPT_TRY(cli_rate_open(call, false, &w, err));
    fpt_status status = cli_rate_ask(call, &w, &framework, &weights, &ask, err);
    if (status == FPT_OK)
        status = fpt_rate_run(w.rate, call->arena, &ask, &ratings, err);
    const bool dry = cli_option(call, "dry-run") != NULL;
    if (status == FPT_OK) status = keep(&w, &ratings, dry, err);
    if (status == FPT_OK) status = tell_kept(call, &ratings, err);
    if (status == FPT_OK && dry) cli_say(call, "Nothing was kept.");
    cli_rate_close(&w);
    return status;
}

/* ---- rate show ---- */

static const char *const show_names[] = {"place_code",
                                         "place_name",
                                         "compared_with",
                                         "period",
                                         "level",
                                         "item",
                                         "title",
                                         "value",
                                         "lower",
                                         "upper",
                                         "unit",
                                         "status",
                                         "score",
                                         "weight_fraction",
                                         "contribution",
                                         "category",
                                         "category_status",
                                         "category_chance_fraction",
                                         "score_lower",
                                         "score_upper",
                                         "rank",
                                         "rank_lower",
                                         "rank_upper",
                                         "ranked",
                                         "present",
                                         "asked",
                                         "rules",
                                         "published_category",
                                         "published_score",
                                         "published_rank",
                                         "beside",
                                         "grade",
                                         "from",
                                         "beside_from",
                                         "text",
                                         "framework",
                                         "version",
                                         "weights",
                                         "view"};
static const bool show_numbers[] = {
    false, false, false, false, false, false, false, true,  true, true,
    false, false, true,  true,  true,  false, false, true,  true, true,
    true,  true,  true,  true,  true,  true,  false, false, true, true,
    true,  false, false, false, false, false, false, false, false};
enum { SHOW_COLUMNS = 39 };

static fpt_str count_or_none(cli_call *call, int64_t value, bool has)
{
    return has ? cli_int(call, value) : FPT_STR("");
}

static fpt_status show_row(cli_call *call, const fpt_rating *r,
                           cli_table *table, fpt_error *err)
{
    const fpt_str cells[SHOW_COLUMNS] = {
        r->place,
        r->name,
        r->group,
        cli_period(call, r->period),
        r->level,
        r->item,
        r->title,
        cli_double(call, r->value),
        cli_double(call, r->lower),
        cli_double(call, r->upper),
        r->unit,
        r->status,
        cli_double(call, r->score),
        cli_double(call, r->weight),
        cli_double(call, r->contribution),
        r->category,
        r->category_status,
        cli_double(call, r->category_chance),
        cli_double(call, r->score_lower),
        cli_double(call, r->score_upper),
        cli_double(call, r->rank),
        cli_double(call, r->rank_lower),
        cli_double(call, r->rank_upper),
        count_or_none(call, r->ranked, r->ranked > 0),
        count_or_none(call, r->present, r->asked > 0),
        count_or_none(call, r->asked, r->asked > 0),
        r->rules,
        r->published_category,
        cli_double(call, r->published_score),
        cli_double(call, r->published_rank),
        cli_double(call, r->beside),
        r->grade,
        r->from,
        r->beside_from,
        r->text,
        r->framework,
        r->version,
        r->weights,
        r->view};
    return cli_table_row(table, cells, err);
}

static fpt_status show_ratings(cli_call *call, cli_rate *w, fpt_error *err)
{
    fpt_framework framework;
    fpt_weights weights;
    fpt_rate_ask ask;
    fpt_ratings ratings = {0};
    cli_table table;
    const char *level = cli_option(call, "level");
    const char *code = call->count > 1 ? call->argument[1] : NULL;
    bool any = false;
    FPT_TRY(cli_rate_ask(call, w, &framework, &weights, &ask, err));
    FPT_TRY(cli_table_open(call, SHOW_COLUMNS, show_names, show_numbers, &table,
                           err));
    FPT_TRY(fpt_rate_run(w->rate, call->arena, &ask, &ratings, err));
    for (size_t i = 0; i < ratings.count; i++) {
        const fpt_rating *r = &ratings.rating[i];
        if (level != NULL && !fpt_str_equal(r->level, fpt_str_from(level)))
            continue;
        if (code != NULL && !fpt_str_equal(r->place, fpt_str_from(code)))
            continue;
        any = true;
        FPT_TRY(show_row(call, r, &table, err));
    }
    if (!any)
        return fpt_fail(
            err, FPT_ERR_NOT_FOUND,
            "the framework " FPT_STR_FMT " gives no row of %s%s%s%s",
            FPT_STR_ARG(framework.name), code != NULL ? code : "any place",
            level != NULL ? " at the level \"" : "", level != NULL ? level : "",
            level != NULL ? "\"" : "");
    for (size_t i = 0; i < framework.caveats; i++)
        cli_say(call, "Note: " FPT_STR_FMT, FPT_STR_ARG(framework.caveat[i]));
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_rate_show(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = show_ratings(call, &w, err);
    cli_rate_close(&w);
    return status;
}
