/*
 * rate explain, change and judge: a rating taken apart, two periods compared,
 * and a judgement of people entered.
 */
#include "cli_rate.h"

/* 2025/26-Q4 where a blank cannot stand. */
static fpt_status parse_period(const char *text, fpt_period *out,
                               fpt_error *err)
{
    char plain[16];
    const size_t len = strlen(text);
    if (len == 10 && text[7] == '-' && (text[8] == 'Q' || text[8] == 'q')) {
        memcpy(plain, text, len + 1);
        plain[7] = ' ';
        if (plain[4] == '-') plain[4] = '/';
        if (fpt_period_parse(fpt_str_from(plain), out)) return FPT_OK;
    }
    return cli_parse_period(text, out, err);
}

/* ---- rate explain ---- */

static fpt_status explain(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {
        "group",        "item",   "title", "value",
        "unit",         "from",   "score", "weight_fraction",
        "contribution", "status", "why"};
    static const bool number[] = {false, false, false, true,  false, false,
                                  true,  true,  true,  false, false};
    fpt_framework framework;
    fpt_weights weights;
    fpt_rate_ask ask;
    size_t count;
    fpt_rating_part *part;
    cli_table table;
    FPT_TRY(cli_rate_ask(call, w, &framework, &weights, &ask, err));
    FPT_TRY(parse_period(call->argument[2], &ask.period, err));
    ask.has_period = true;
    FPT_TRY(fpt_rate_explain(w->rate, call->arena, &ask,
                             fpt_str_from(call->argument[1]), &count, &part,
                             err));
    FPT_TRY(cli_table_open(call, 11, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_rating_part *p = &part[i];
        const fpt_str cells[] = {p->group,
                                 p->item,
                                 p->title,
                                 cli_double(call, p->value),
                                 p->unit,
                                 p->from,
                                 cli_double(call, p->score),
                                 cli_double(call, p->weight),
                                 cli_double(call, p->contribution),
                                 p->status,
                                 p->text};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_rate_explain(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = explain(call, &w, err);
    cli_rate_close(&w);
    return status;
}

/* ---- rate change ---- */

static fpt_status change(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {"place_code",
                                        "place_name",
                                        "before",
                                        "after",
                                        "score_before",
                                        "score_after",
                                        "change",
                                        "chance_of_this_direction_fraction",
                                        "chance_by_noise_alone_fraction"};
    static const bool number[] = {false, false, false, false, true,
                                  true,  false, true,  true};
    fpt_framework framework;
    fpt_weights weights;
    fpt_rate_ask ask;
    fpt_period before, after;
    fpt_rating_changes c;
    cli_table table;
    FPT_TRY(cli_rate_ask(call, w, &framework, &weights, &ask, err));
    FPT_TRY(parse_period(call->argument[1], &before, err));
    FPT_TRY(parse_period(call->argument[2], &after, err));
    if (ask.draws == 0) ask.draws = 10000;
    FPT_TRY(
        fpt_rate_changes(w->rate, call->arena, &ask, before, after, &c, err));
    FPT_TRY(cli_table_open(call, 9, names, number, &table, err));
    for (size_t i = 0; i < c.count; i++) {
        const fpt_rating_change *r = &c.change[i];
        const fpt_str cells[] = {r->place,
                                 r->name,
                                 r->before,
                                 r->after,
                                 cli_double(call, r->score_before),
                                 cli_double(call, r->score_after),
                                 fpt_str_from(fpt_rating_move_word(r->kind)),
                                 cli_double(call, r->this_way),
                                 cli_double(call, r->by_noise)};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    for (int k = 0; k < FPT_MOVE_KINDS; k++)
        if (c.kinds[k] > 0)
            cli_say(call, "Changes, %s: %lld",
                    fpt_rating_move_word((fpt_rating_move)k),
                    (long long)c.kinds[k]);
    cli_say(call, "Changes to expect from noise alone: %.1f of %zu places",
            c.expected_by_noise, c.count);
    return FPT_OK;
}

fpt_status run_rate_change(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, true, &w, err));
    const fpt_status status = change(call, &w, err);
    cli_rate_close(&w);
    return status;
}

/* ---- rate judge ---- */

static fpt_status enter(cli_rate *w, const fpt_framework *framework,
                        const fpt_judgement *judgement, fpt_date today,
                        bool dry, int64_t *entry, fpt_error *err)
{
    fpt_store *ledger = w->place.workspace.ledger;
    FPT_TRY(fpt_store_begin(ledger, err));
    const fpt_status status =
        fpt_rate_judge(ledger, framework, judgement, today, entry, err);
    if (status == FPT_OK && !dry) return fpt_store_commit(ledger, err);
    fpt_store_rollback(ledger);
    return status;
}

static fpt_status judge(cli_call *call, cli_rate *w, fpt_error *err)
{
    static const char *const names[] = {"entry",  "framework", "item",  "place",
                                        "period", "value",     "author"};
    static const bool number[] = {true,  false, false, false,
                                  false, true,  false};
    fpt_framework framework;
    int64_t entry;
    cli_table table;
    const char *period = cli_option(call, "period");
    const char *author = cli_option(call, "author");
    const char *because = cli_option(call, "because");
    fpt_judgement j = {.item = fpt_str_from(call->argument[1]),
                       .place = fpt_str_from(call->argument[2]),
                       .author = fpt_str_from(author),
                       .because = fpt_str_from(because)};
    if (period == NULL || author == NULL || because == NULL)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "a judgement needs --period, --author and --because");
    FPT_TRY(parse_period(period, &j.period, err));
    if (!fpt_parse_double(fpt_str_from(call->argument[3]), &j.value))
        return fpt_fail(err, FPT_ERR_USAGE, "\"%s\" is no number",
                        call->argument[3]);
    FPT_TRY(fpt_framework_open(
        call->arena, &w->packs, fpt_str_from(call->argument[0]),
        fpt_str_from(cli_option(call, "rules")), &framework, err));
    const bool dry = cli_option(call, "dry-run") != NULL;
    FPT_TRY(enter(w, &framework, &j, call->today, dry, &entry, err));
    FPT_TRY(cli_table_open(call, 7, names, number, &table, err));
    const fpt_str cells[] = {cli_int(call, entry),
                             framework.name,
                             j.item,
                             j.place,
                             cli_period(call, j.period),
                             cli_double(call, j.value),
                             j.author};
    FPT_TRY(cli_table_row(&table, cells, err));
    cli_table_close(&table);
    if (dry) cli_say(call, "Nothing was entered.");
    return FPT_OK;
}

fpt_status run_rate_judge(cli_call *call, fpt_error *err)
{
    cli_rate w;
    FPT_TRY(cli_rate_open(call, false, &w, err));
    const fpt_status status = judge(call, &w, err);
    cli_rate_close(&w);
    return status;
}
