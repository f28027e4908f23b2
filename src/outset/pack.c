/* The pack: which indicator fills which table of a plan. */
#include "fpt/outset.h"

static fpt_status read_indicator(fpt_arena *arena, const fpt_pack_path *packs,
                                 fpt_yaml *yaml, fpt_indicator *out,
                                 fpt_error *err)
{
    fpt_str id = {NULL, 0};
    FPT_TRY(fpt_yaml_text(yaml, "indicator", true, &id, err));
    const fpt_status status = fpt_indicator_open(arena, packs, id, out, err);
    if (status != FPT_ERR_NOT_FOUND) return status;
    return fpt_yaml_fail(yaml, err, "no pack defines the indicator \"%.*s\"",
                         FPT_STR_ARG(id));
}

static fpt_status read_list(fpt_arena *arena, const fpt_pack_path *packs,
                            fpt_yaml *yaml, const char *key, const char *name,
                            const char *title, size_t *count,
                            fpt_outset_activity **out, fpt_error *err)
{
    fpt_yaml *list = NULL;
    *count = 0;
    FPT_TRY(fpt_yaml_list(yaml, key, false, &list, err));
    *out = FPT_NEW(arena, fpt_outset_activity,
                   (list != NULL ? list->count : 0) + 1);
    if (*out == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        fpt_outset_activity *a = &(*out)[i];
        FPT_TRY(fpt_yaml_text(&list->item[i], name, true, &a->pod, err));
        a->name = a->pod;
        if (title != NULL) {
            FPT_TRY(fpt_yaml_text(&list->item[i], title, true, &a->name, err));
            FPT_TRY(
                fpt_yaml_text(&list->item[i], "pool", false, &a->pool, err));
        }
        FPT_TRY(
            read_indicator(arena, packs, &list->item[i], &a->indicator, err));
        (*count)++;
    }
    return FPT_OK;
}

static fpt_status read_unknowns(fpt_arena *arena, fpt_yaml *yaml,
                                fpt_outset_pack *out, fpt_error *err)
{
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(yaml, "unknown", false, &list, err));
    const size_t count = list != NULL ? list->count : 0;
    out->unknown = FPT_NEW(arena, fpt_str, count + 1);
    out->unknown_notes = FPT_NEW(arena, fpt_str, count + 1);
    out->unknown_index = FPT_NEW(arena, fpt_str, count + 1);
    if (out->unknown == NULL || out->unknown_notes == NULL ||
        out->unknown_index == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < count; i++) {
        FPT_TRY(
            fpt_yaml_text(&list->item[i], "name", true, &out->unknown[i], err));
        FPT_TRY(fpt_yaml_text(&list->item[i], "index", true,
                              &out->unknown_index[i], err));
        FPT_TRY(fpt_yaml_text(&list->item[i], "notes", true,
                              &out->unknown_notes[i], err));
    }
    out->unknowns = count;
    return FPT_OK;
}

fpt_status fpt_outset_pack_open(fpt_arena *arena, const fpt_pack_path *packs,
                                fpt_str name, fpt_outset_pack *out,
                                fpt_error *err)
{
    fpt_pack pack;
    fpt_outset_pack made = {0};
    fpt_yaml *residents = NULL;
    fpt_str about, licence;
    FPT_TRY(
        fpt_pack_open(arena, packs, "outsets", name, FPT_STR(""), &pack, err));
    fpt_yaml *yaml = &pack.yaml;
    made.name = pack.name;
    made.version = pack.version;
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &made.title, err));
    FPT_TRY(fpt_yaml_text(yaml, "about", true, &about, err));
    FPT_TRY(fpt_yaml_text(yaml, "source", true, &made.source, err));
    FPT_TRY(fpt_yaml_text(yaml, "licence", true, &licence, err));
    FPT_TRY(fpt_yaml_text(yaml, "tier", true, &made.tier, err));
    FPT_TRY(fpt_yaml_text(yaml, "cost_index", true, &made.cost_index, err));
    FPT_TRY(fpt_yaml_text(yaml, "income_index", true, &made.income_index, err));
    FPT_TRY(fpt_yaml_map(yaml, "residents", true, &residents, err));
    FPT_TRY(read_indicator(arena, packs, residents, &made.residents, err));
    FPT_TRY(fpt_yaml_text(residents, "dimension", true, &made.dimension, err));
    FPT_TRY(fpt_yaml_texts(arena, residents, "bands", true, &made.bands,
                           &made.band, err));
    FPT_TRY(read_list(arena, packs, yaml, "activity", "pod", "name",
                      &made.activities, &made.activity, err));
    FPT_TRY(read_list(arena, packs, yaml, "beds", "pool", NULL, &made.beds,
                      &made.bed, err));
    FPT_TRY(read_list(arena, packs, yaml, "spending", "name", NULL,
                      &made.spendings, &made.spending, err));
    FPT_TRY(read_unknowns(arena, yaml, &made, err));
    FPT_TRY(fpt_yaml_all_taken(yaml, err));
    *out = made;
    return FPT_OK;
}
