/*
 * org show, area show, footprint list, show and compare: the registry, told with
 * its dates.
 */
#include <stdio.h>

#include "cli.h"

fpt_status cli_date_option(cli_call *call, const char *name, fpt_date otherwise,
                           fpt_date *out, fpt_error *err)
{
    const char *text =
        cli_takes(call->command, name) ? cli_option(call, name) : NULL;
    *out = otherwise;
    if (text == NULL || strcmp(text, "then") == 0) return FPT_OK;
    if (fpt_date_parse(fpt_str_from(text), FPT_DATE_ISO, out)) return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE,
                    "--%s is a date such as 2017-04-01, not \"%s\"", name,
                    text);
}

/* A made-up nation has the codes that packs know, and a name of its own. */
static fpt_status name_nation(cli_place *place, fpt_error *err)
{
    int64_t synthetic;
    if (place->tiers.made_up_name.len == 0) return FPT_OK;
    FPT_TRY(fpt_store_ask_int(place->workspace.warehouse,
                              "SELECT count(*) FROM load WHERE synthetic <> 0",
                              0, NULL, 0, &synthetic, err));
    if (synthetic > 0) place->tiers.nation_name = place->tiers.made_up_name;
    return FPT_OK;
}

static fpt_status open_workspace(cli_call *call, bool read_only, cli_place *out,
                                 fpt_error *err)
{
    fpt_pack_path packs;
    *out = (cli_place){0};
    FPT_TRY(cli_date_option(call, "as-of", call->today, &out->as_of, err));
    FPT_TRY(cli_date_option(call, "on", call->today, &out->on, err));
    FPT_TRY(cli_packs(call, &packs, err));
    FPT_TRY(
        fpt_tiers_open(call->arena, &packs, (fpt_str){0}, &out->tiers, err));
    FPT_TRY(cli_workspace(call, read_only, &out->workspace, err));
    const fpt_status status = name_nation(out, err);
    if (status != FPT_OK) fpt_workspace_close(&out->workspace);
    return status;
}

fpt_status cli_place_open(cli_call *call, bool read_only, cli_place *out,
                          fpt_error *err)
{
    FPT_TRY(open_workspace(call, read_only, out, err));
    const fpt_status status = fpt_reg_open(
        out->workspace.warehouse, &out->tiers, out->as_of, &out->registry, err);
    if (status != FPT_OK) fpt_workspace_close(&out->workspace);
    return status;
}

/* Only what there is to say of one code. */
static fpt_status open_about(cli_call *call, bool members, cli_place *out,
                             fpt_error *err)
{
    FPT_TRY(open_workspace(call, true, out, err));
    const fpt_status status = fpt_reg_open_about(
        out->workspace.warehouse, &out->tiers, out->as_of,
        fpt_str_from(call->argument[0]), members, &out->registry, err);
    if (status != FPT_OK) fpt_workspace_close(&out->workspace);
    return status;
}

void cli_place_close(cli_place *place)
{
    fpt_reg_close(place->registry);
    fpt_workspace_close(&place->workspace);
}

static fpt_status find_body(cli_place *place, const char *text, fpt_body *out,
                            fpt_error *err)
{
    fpt_body found[8];
    size_t count;
    /* Exactly this code first: history is told of codes, not of what they
     * stand for today. */
    *out = fpt_reg_find(place->registry, fpt_str_from(text));
    if (fpt_body_is(*out)) return FPT_OK;
    fpt_reg_resolve(place->registry, fpt_str_from(text), (fpt_str){0},
                    place->on, 8, found, &count);
    if (count == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "no register that was loaded knows \"%s\"", text);
    if (count > 1)
        return fpt_fail(err, FPT_ERR_AMBIGUOUS,
                        "\"%s\" is the name of " FPT_STR_FMT ", " FPT_STR_FMT
                        "%s; name one by its code",
                        text,
                        FPT_STR_ARG(fpt_reg_code(place->registry, found[0])),
                        FPT_STR_ARG(fpt_reg_code(place->registry, found[1])),
                        count > 2 ? " and others" : "");
    *out = found[0];
    return FPT_OK;
}

/* ---- facts as rows ---- */

static const char *const fact_columns[] = {
    "fact",           "kind",       "code",     "name",
    "share_fraction", "valid_from", "valid_to", "known_from",
    "known_to",       "source",     "load",     "line"};
static const bool fact_numbers[] = {false, false, false, false, true, false,
                                    false, false, false, false, true, true};
enum { FACT_COLUMNS = 12 };

/* The day of a period that is nearest to one: a body is named as it was while the
 * fact held. */
static fpt_date day_within(fpt_period valid, fpt_date on)
{
    if (on.days < valid.from.days) return valid.from;
    if (on.days >= valid.to.days) return (fpt_date){valid.to.days - 1};
    return on;
}

static fpt_status add_facts(cli_call *call, cli_place *place, fpt_body body,
                            fpt_reg_facts sort, const char *word, size_t most,
                            cli_table *table, fpt_error *err)
{
    size_t count;
    fpt_reg_fact *fact;
    FPT_TRY(fpt_reg_facts_of(place->registry, call->arena, body, sort, &count,
                             &fact, err));
    if (count > most) {
        cli_say(call, "%zu facts of the sort \"%s\"; the first %zu are shown",
                count, word, most);
        count = most;
    }
    for (size_t i = 0; i < count; i++) {
        const fpt_reg_fact *f = &fact[i];
        const bool named = sort == FPT_REG_NAMES || sort == FPT_REG_ROLES;
        char share[FPT_NUMBER_BYTES] = "";
        if (f->share >= 0) fpt_print_double((double)f->share / 1e12, share);
        const fpt_date day = day_within(f->valid, place->on);
        const fpt_str cells[FACT_COLUMNS] = {
            fpt_str_from(word),
            f->what,
            named ? FPT_STR("") : fpt_reg_code(place->registry, f->object),
            named ? f->text : fpt_reg_name(place->registry, f->object, day),
            fpt_str_from(share),
            cli_date(call, f->valid.from),
            cli_date(call, f->valid.to),
            cli_date(call, f->known.from),
            cli_date(call, f->known.to),
            f->source,
            cli_int(call, f->load),
            cli_int(call, f->line)};
        FPT_TRY(cli_table_row(table, cells, err));
    }
    return FPT_OK;
}

static fpt_status add_tree(cli_call *call, cli_place *place, fpt_body body,
                           cli_table *table, fpt_error *err)
{
    size_t count;
    fpt_succession *step;
    FPT_TRY(fpt_reg_successors(place->registry, call->arena, body, &count,
                               &step, err));
    for (size_t i = 0; i < count; i++) {
        char word[64];
        snprintf(word, sizeof word, "successor %d%s%s", step[i].depth,
                 step[i].split ? " (one of several)" : "",
                 step[i].cycle ? " (a circle: not followed)" : "");
        const fpt_str cells[FACT_COLUMNS] = {
            fpt_str_keep(call->arena, fpt_str_from(word)),
            FPT_STR(""),
            fpt_reg_code(place->registry, step[i].successor),
            fpt_reg_name(place->registry, step[i].successor, step[i].on),
            FPT_STR(""),
            cli_date(call, step[i].on),
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR("")};
        FPT_TRY(cli_table_row(table, cells, err));
    }
    return FPT_OK;
}

static fpt_status add_homes(cli_call *call, cli_place *place, fpt_body body,
                            cli_table *table, fpt_error *err)
{
    for (size_t t = 0; t < place->tiers.count; t++) {
        const fpt_tier *tier = &place->tiers.tier[t];
        const fpt_str kind = fpt_tier_kind_on(tier, place->on);
        fpt_home home[16];
        size_t count;
        bool ambiguous;
        if (kind.len == 0) continue;
        fpt_reg_home(place->registry, body, kind, place->on, 16, home, &count,
                     &ambiguous);
        for (size_t i = 0; i < count; i++) {
            char share[FPT_NUMBER_BYTES] = "";
            if (home[i].share != FPT_SHARE_WHOLE)
                fpt_print_double((double)home[i].share / 1e12, share);
            const fpt_str cells[FACT_COLUMNS] = {
                ambiguous ? FPT_STR("in (ambiguous)") : FPT_STR("in"),
                kind,
                fpt_reg_code(place->registry, home[i].object),
                fpt_reg_name(place->registry, home[i].object, place->on),
                fpt_str_keep(call->arena, fpt_str_from(share)),
                cli_date(call, home[i].since),
                FPT_STR(""),
                FPT_STR(""),
                FPT_STR(""),
                FPT_STR(""),
                FPT_STR(""),
                FPT_STR("")};
            FPT_TRY(cli_table_row(table, cells, err));
        }
    }
    return FPT_OK;
}

static fpt_status show_body(cli_call *call, cli_place *place, bool members,
                            fpt_error *err)
{
    fpt_body body;
    cli_table table;
    FPT_TRY(find_body(place, call->argument[0], &body, err));
    FPT_TRY(cli_table_open(call, FACT_COLUMNS, fact_columns, fact_numbers,
                           &table, err));
    FPT_TRY(
        add_facts(call, place, body, FPT_REG_NAMES, "name", 200, &table, err));
    FPT_TRY(
        add_facts(call, place, body, FPT_REG_ROLES, "role", 200, &table, err));
    FPT_TRY(add_facts(call, place, body, FPT_REG_ALIASES, "other code", 200,
                      &table, err));
    FPT_TRY(add_homes(call, place, body, &table, err));
    FPT_TRY(add_facts(call, place, body, FPT_REG_RELATIONS, "relation", 1000,
                      &table, err));
    if (members)
        FPT_TRY(add_facts(call, place, body, FPT_REG_MEMBERS, "member", 100000,
                          &table, err));
    FPT_TRY(add_facts(call, place, body, FPT_REG_PREDECESSORS, "predecessor",
                      1000, &table, err));
    FPT_TRY(add_tree(call, place, body, &table, err));
    cli_table_close(&table);
    return FPT_OK;
}

static fpt_status run_show(cli_call *call, bool members, fpt_error *err)
{
    cli_place place;
    FPT_TRY(open_about(call, members, &place, err));
    const fpt_status status = show_body(call, &place, members, err);
    cli_place_close(&place);
    return status;
}

fpt_status run_org_show(cli_call *call, fpt_error *err)
{
    return run_show(call, false, err);
}

fpt_status run_area_show(cli_call *call, fpt_error *err)
{
    return run_show(call, true, err);
}

/* ---- footprints ---- */

static fpt_status tier_of_call(cli_call *call, const cli_place *place,
                               const fpt_tier **out, fpt_error *err)
{
    const char *name = cli_option(call, "tier");
    *out = fpt_tier_find(&place->tiers,
                         fpt_str_from(name != NULL ? name : "system"));
    if (*out != NULL) return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE, "there is no tier \"%s\" of areas",
                    name);
}

static fpt_status list_footprints(cli_call *call, cli_place *place,
                                  fpt_error *err)
{
    static const char *const names[] = {"area_code", "area_name", "kind",
                                        "residents", "atoms",     "remark"};
    static const bool number[] = {false, false, false, true, true, false};
    const fpt_tier *tier;
    const fpt_partition *p;
    const int64_t *people;
    fpt_period of;
    cli_table table;
    FPT_TRY(tier_of_call(call, place, &tier, err));
    const fpt_str kind = fpt_tier_kind_on(tier, place->on);
    FPT_TRY(fpt_reg_partition(place->registry, kind, place->on, &p, err));
    FPT_TRY(fpt_reg_people(place->registry, place->on, &people, &of, err));
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    int64_t nobody = 0, nobody_atoms = 0;
    for (size_t i = 0; i < p->objects; i++) {
        int64_t residents = 0, atoms = 0;
        for (size_t a = 0; a < p->atoms; a++) {
            if (p->object[a].id != p->distinct[i].id) continue;
            residents += people[a];
            atoms++;
        }
        const fpt_str cells[] = {
            fpt_reg_code(place->registry, p->distinct[i]),
            fpt_reg_name(place->registry, p->distinct[i], place->on),
            kind,
            cli_int(call, residents),
            cli_int(call, atoms),
            fpt_str_from(fpt_tier_size_word(tier, residents))};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    for (size_t a = 0; a < p->atoms; a++)
        if (!fpt_body_is(p->object[a])) {
            nobody += people[a];
            nobody_atoms++;
        }
    if (nobody_atoms > 0) {
        const fpt_str cells[] = {
            FPT_STR("UNASSIGNED"), FPT_STR("In no footprint"),  kind,
            cli_int(call, nobody), cli_int(call, nobody_atoms), FPT_STR("")};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_footprint_list(cli_call *call, fpt_error *err)
{
    cli_place place;
    FPT_TRY(cli_place_open(call, true, &place, err));
    const fpt_status status = list_footprints(call, &place, err);
    cli_place_close(&place);
    return status;
}

static fpt_status show_footprint(cli_call *call, cli_place *place,
                                 fpt_error *err)
{
    static const char *const names[] = {
        "on", "tier", "area_code", "area_name", "residents", "share_fraction"};
    static const bool number[] = {false, false, false, false, true, true};
    const fpt_tier *tier;
    fpt_body body;
    cli_table table;
    FPT_TRY(tier_of_call(call, place, &tier, err));
    FPT_TRY(find_body(place, call->argument[0], &body, err));
    const fpt_str kind = fpt_tier_kind_on(tier, place->on);
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    for (size_t t = 0; t < place->tiers.count; t++) {
        const fpt_tier *to = &place->tiers.tier[t];
        const fpt_str to_kind = fpt_tier_kind_on(to, call->today);
        size_t count;
        const fpt_crossing *x;
        if (to_kind.len == 0) continue;
        FPT_TRY(fpt_reg_crosswalk(place->registry, kind, place->on, to_kind,
                                  call->today, &count, &x, err));
        int64_t whole = 0;
        for (size_t i = 0; i < count; i++)
            if (x[i].from.id == body.id) whole += x[i].people;
        for (size_t i = 0; i < count; i++) {
            if (x[i].from.id != body.id) continue;
            char share[FPT_NUMBER_BYTES];
            fpt_print_double((double)x[i].people / (double)whole, share);
            const fpt_str cells[] = {
                cli_date(call, call->today),
                to->name,
                fpt_body_is(x[i].to) ? fpt_reg_code(place->registry, x[i].to)
                                     : FPT_STR("UNASSIGNED"),
                fpt_reg_name(place->registry, x[i].to, call->today),
                cli_int(call, x[i].people),
                fpt_str_keep(call->arena, fpt_str_from(share))};
            FPT_TRY(cli_table_row(&table, cells, err));
        }
    }
    if (table.rows == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "%s was no " FPT_STR_FMT " on that day; try --on",
                        call->argument[0], FPT_STR_ARG(kind));
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_footprint_show(cli_call *call, fpt_error *err)
{
    cli_place place;
    FPT_TRY(cli_place_open(call, true, &place, err));
    const fpt_status status = show_footprint(call, &place, err);
    cli_place_close(&place);
    return status;
}

static fpt_status compare_days(cli_call *call, cli_place *place, fpt_error *err)
{
    static const char *const words[] = {"opened", "closed", "renamed",
                                        "moved",  "split",  "merged"};
    static const char *const names[] = {"change",  "from_code", "from_name",
                                        "to_code", "to_name",   "residents"};
    static const bool number[] = {false, false, false, false, false, true};
    const fpt_tier *tier;
    fpt_date day[2];
    size_t count;
    fpt_change *change;
    cli_table table;
    FPT_TRY(tier_of_call(call, place, &tier, err));
    for (int i = 0; i < 2; i++)
        if (!fpt_date_parse(fpt_str_from(call->argument[i]), FPT_DATE_ISO,
                            &day[i]))
            return fpt_fail(err, FPT_ERR_USAGE,
                            "\"%s\" is not a date such as 2017-04-01",
                            call->argument[i]);
    FPT_TRY(fpt_reg_diff(
        place->registry, call->arena, fpt_tier_kind_on(tier, day[0]), day[0],
        fpt_tier_kind_on(tier, day[1]), day[1], &count, &change, err));
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_change *c = &change[i];
        const fpt_str cells[] = {fpt_str_from(words[c->kind]),
                                 fpt_reg_code(place->registry, c->from),
                                 fpt_reg_name(place->registry, c->from, day[0]),
                                 fpt_reg_code(place->registry, c->to),
                                 fpt_reg_name(place->registry, c->to, day[1]),
                                 c->people > 0 ? cli_int(call, c->people)
                                               : FPT_STR("")};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_footprint_compare(cli_call *call, fpt_error *err)
{
    cli_place place;
    FPT_TRY(cli_place_open(call, true, &place, err));
    const fpt_status status = compare_days(call, &place, err);
    cli_place_close(&place);
    return status;
}
