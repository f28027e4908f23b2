/*
 * The pack of tiers: what a neighbourhood, a place and a system are made of, and
 * which sizes are expected of them. Sizes are expectations: an STP of 300,000
 * people is remarked upon, never refused.
 */
#include "fpt/registry.h"

static fpt_status read_tier(fpt_arena *arena, fpt_yaml *yaml, fpt_tier *tier,
                            fpt_error *err)
{
    fpt_yaml *kinds = NULL;
    FPT_TRY(fpt_yaml_text(yaml, "tier", true, &tier->name, err));
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &tier->title, err));
    FPT_TRY(
        fpt_yaml_int64(yaml, "least_people", false, &tier->least_people, err));
    FPT_TRY(
        fpt_yaml_int64(yaml, "most_people", false, &tier->most_people, err));
    FPT_TRY(fpt_yaml_text(yaml, "size_source",
                          tier->least_people > 0 || tier->most_people > 0,
                          &tier->size_source, err));
    FPT_TRY(fpt_yaml_list(yaml, "kinds", true, &kinds, err));
    tier->kind = FPT_NEW(arena, fpt_tier_kind, kinds->count);
    if (tier->kind == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < kinds->count; i++) {
        fpt_tier_kind *kind = &tier->kind[i];
        FPT_TRY(fpt_yaml_text(&kinds->item[i], "kind", true, &kind->kind, err));
        FPT_TRY(fpt_yaml_date(&kinds->item[i], "from", true, &kind->from, err));
        if (i > 0 && kind->from.days <= tier->kind[i - 1].from.days)
            return fpt_yaml_fail(&kinds->item[i], err,
                                 "kinds stand in the order of their days");
    }
    tier->kinds = kinds->count;
    return FPT_OK;
}

fpt_status fpt_tiers_open(fpt_arena *arena, const fpt_pack_path *packs,
                          fpt_str name, fpt_tiers *out, fpt_error *err)
{
    if (name.len == 0) {
        size_t count;
        fpt_str *names;
        FPT_TRY(fpt_pack_list(arena, packs, "tiers", &count, &names, err));
        if (count != 1)
            return fpt_fail(err, FPT_ERR_NOT_FOUND,
                            "there are %zu packs of tiers; expected one",
                            count);
        name = names[0];
    }
    fpt_pack pack;
    fpt_tiers tiers = {0};
    fpt_yaml *list = NULL;
    fpt_str source, about, title;
    FPT_TRY(
        fpt_pack_open(arena, packs, "tiers", name, (fpt_str){0}, &pack, err));
    tiers.name = pack.name;
    tiers.version = pack.version;
    FPT_TRY(fpt_yaml_text(&pack.yaml, "title", true, &title, err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "source", true, &source, err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "about", false, &about, err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "atoms", true, &tiers.atom, err));
    FPT_TRY(
        fpt_yaml_text(&pack.yaml, "population", true, &tiers.population, err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "nation_code", true, &tiers.nation_code,
                          err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "nation_name", true, &tiers.nation_name,
                          err));
    FPT_TRY(fpt_yaml_text(&pack.yaml, "nation_name_made_up", false,
                          &tiers.made_up_name, err));
    FPT_TRY(
        fpt_yaml_text(&pack.yaml, "practices", true, &tiers.practices, err));
    FPT_TRY(fpt_yaml_list(&pack.yaml, "tiers", true, &list, err));
    tiers.tier = FPT_NEW(arena, fpt_tier, list->count);
    if (tiers.tier == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < list->count; i++)
        FPT_TRY(read_tier(arena, &list->item[i], &tiers.tier[i], err));
    tiers.count = list->count;
    FPT_TRY(fpt_yaml_all_taken(&pack.yaml, err));
    *out = tiers;
    return FPT_OK;
}

const fpt_tier *fpt_tier_find(const fpt_tiers *tiers, fpt_str name)
{
    for (size_t i = 0; i < tiers->count; i++)
        if (fpt_str_equal(tiers->tier[i].name, name)) return &tiers->tier[i];
    return NULL;
}

fpt_str fpt_tier_kind_on(const fpt_tier *tier, fpt_date day)
{
    fpt_str kind = {0};
    for (size_t i = 0; i < tier->kinds; i++)
        if (tier->kind[i].from.days <= day.days) kind = tier->kind[i].kind;
    return kind;
}

const char *fpt_tier_size_word(const fpt_tier *tier, int64_t people)
{
    if (tier->least_people > 0 && people < tier->least_people)
        return "fewer people than is usual for its tier";
    if (tier->most_people > 0 && people > tier->most_people)
        return "more people than is usual for its tier";
    return "";
}
