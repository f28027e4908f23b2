/*
 * What makes places alike, as a pack.
 */
#include "fpt/gains.h"
#include "rate_i.h"

static fpt_status read_variable(fpt_arena *arena, const fpt_pack_path *packs,
                                fpt_yaml *yaml, fpt_peers_pack *out,
                                fpt_error *err)
{
    const size_t v = out->variables;
    fpt_indicator indicator;
    fpt_error why = {0};
    double weight = 1.0;
    FPT_TRY(fpt_yaml_text(yaml, "indicator", true, &out->indicator[v], err));
    FPT_TRY(fpt_yaml_double(yaml, "weight", false, &weight, err));
    if (!(weight > 0.0 && weight <= 1e6))
        return fpt_yaml_fail(yaml, err, "a weight is above 0");
    out->weight[v] = weight;
    for (size_t i = 0; i < v; i++)
        if (fpt_str_equal(out->indicator[i], out->indicator[v]))
            return fpt_yaml_fail(yaml, err, "\"" FPT_STR_FMT "\" stands twice",
                                 FPT_STR_ARG(out->indicator[v]));
    const fpt_status status =
        fpt_indicator_open(arena, packs, out->indicator[v], &indicator, &why);
    if (status == FPT_ERR_NOT_FOUND)
        return fpt_yaml_fail(
            yaml, err, "no pack defines the indicator \"" FPT_STR_FMT "\": %s",
            FPT_STR_ARG(out->indicator[v]), why.text);
    if (status != FPT_OK && err != NULL) *err = why;
    return status;
}

fpt_status fpt_peers_pack_open(fpt_arena *arena, const fpt_pack_path *packs,
                               fpt_str name, fpt_str version,
                               fpt_peers_pack *out, fpt_error *err)
{
    fpt_pack pack;
    fpt_peers_pack made = {0};
    fpt_yaml *list = NULL;
    int64_t peers = 10, best = 5;
    FPT_TRY(fpt_pack_open(arena, packs, "peers", name, version, &pack, err));
    fpt_yaml *yaml = &pack.yaml;
    made.name = pack.name;
    made.version = pack.version;
    FPT_TRY(fpt_yaml_text(yaml, "title", true, &made.title, err));
    FPT_TRY(fpt_yaml_text(yaml, "about", true, &made.about, err));
    FPT_TRY(fpt_yaml_text(yaml, "source", true, &made.source, err));
    FPT_TRY(fpt_yaml_text(yaml, "licence", true, &made.licence, err));
    FPT_TRY(fpt_yaml_int64(yaml, "peers", true, &peers, err));
    FPT_TRY(fpt_yaml_int64(yaml, "best", true, &best, err));
    if (best < 1 || best > peers || peers > FPT_OPPORTUNITY_MOST_PEERS)
        return fpt_yaml_fail(yaml, err,
                             "\"peers\" is at most %d, and \"best\" is 1 to "
                             "\"peers\"",
                             FPT_OPPORTUNITY_MOST_PEERS);
    made.peers = (size_t)peers;
    made.best = (size_t)best;
    FPT_TRY(fpt_yaml_list(yaml, "variables", true, &list, err));
    made.indicator = FPT_NEW(arena, fpt_str, list->count);
    made.weight = FPT_NEW(arena, double, list->count);
    if (made.indicator == NULL || made.weight == NULL)
        return fpti_no_memory(err);
    if (list->count == 0)
        return fpt_yaml_fail(list, err, "\"variables\" is empty");
    for (size_t i = 0; i < list->count; i++) {
        FPT_TRY(read_variable(arena, packs, &list->item[i], &made, err));
        made.variables++;
    }
    FPT_TRY(fpt_yaml_all_taken(yaml, err));
    *out = made;
    return FPT_OK;
}
