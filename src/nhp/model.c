/*
 * Everything numbered: products of inputs, effects, keys, outputs, rows; and the
 * activity model that they make. Streams of random numbers follow from names,
 * so a row added leaves the others' numbers alone.
 */
#include "nhp_i.h"

void fpti_nhp_part(fpti_product *product, uint32_t input)
{
    if (input == FPT_INTERN_NONE) return; /* not stated: a factor of 1 */
    FPT_REQUIRE(product->count < FPTI_PARTS);
    product->input[product->count++] = input;
}

static fpt_str bytes_of(const void *data, size_t len)
{
    return (fpt_str){data, len};
}

uint32_t fpti_nhp_growth(fpt_nhp *n, const fpti_product *product)
{
    const size_t before = n->growth.names.count;
    const uint32_t id =
        fpt_intern_add(&n->growth.names, bytes_of(product, sizeof *product));
    if (id == FPT_INTERN_NONE ||
        !FPT_RESERVE(n->arena, n->growth.at, before, n->growth.capacity)) {
        n->no_memory = true;
        return 0;
    }
    if (n->growth.names.count > before) n->growth.at[id] = *product;
    return id;
}

uint32_t fpti_nhp_factor(fpt_nhp *n, const fpti_product *product)
{
    if (product->count == 0) return FPT_ACTIVITY_NONE;
    const size_t before = n->factor.names.count;
    const uint32_t id =
        fpt_intern_add(&n->factor.names, bytes_of(product, sizeof *product));
    if (id == FPT_INTERN_NONE ||
        !FPT_RESERVE(n->arena, n->factor.at, before, n->factor.capacity)) {
        n->no_memory = true;
        return FPT_ACTIVITY_NONE;
    }
    if (n->factor.names.count > before) n->factor.at[id] = *product;
    return id;
}

static uint64_t stream_of(const fpt_nhp *n, const fpti_product *product)
{
    uint64_t stream = 1;
    for (uint32_t i = 0; i < product->count; i++)
        stream = fpt_stream_join(stream, n->input.at[product->input[i]].stream);
    return stream;
}

uint32_t fpti_nhp_output(fpt_nhp *n, fpt_str pod, fpt_str site,
                         const char *measure, fpt_str key, int64_t baseline)
{
    const fpt_str name =
        fpt_str_print(n->arena, "%.*s\t%.*s\t%s\t%.*s", FPT_STR_ARG(pod),
                      FPT_STR_ARG(site), measure, FPT_STR_ARG(key));
    if (!fpti_nhp_enough(n, name.data)) return 0;
    const size_t before = n->output.names.count;
    const uint32_t id = fpt_intern_add(&n->output.names, name);
    if (id == FPT_INTERN_NONE ||
        !FPT_RESERVE(n->arena, n->output.at, before, n->output.capacity)) {
        n->no_memory = true;
        return 0;
    }
    fpti_output *o = &n->output.at[id];
    if (n->output.names.count > before) {
        fpt_str rest = n->output.names.text[id];
        o->pod = fpt_str_cut(&rest, '\t');
        o->site = fpt_str_cut(&rest, '\t');
        o->measure = fpt_str_cut(&rest, '\t');
        o->key = rest.data != NULL ? rest : FPT_STR("");
        o->baseline = 0;
    }
    o->baseline += baseline;
    return id;
}

uint32_t fpti_nhp_effect(fpt_nhp *n, const fpt_activity_effect *effect)
{
    fpt_strbuf name = fpt_strbuf_make(n->arena);
    const uint32_t head[3] = {effect->keep, effect->switch_count,
                              effect->choice_count};
    const size_t switches = effect->switch_count * sizeof *effect->on;
    const size_t choices = effect->choice_count * sizeof *effect->choice;
    fpt_strbuf_add(&name, bytes_of(head, sizeof head));
    if (switches > 0) fpt_strbuf_add(&name, bytes_of(effect->on, switches));
    if (choices > 0) fpt_strbuf_add(&name, bytes_of(effect->choice, choices));
    const size_t before = n->effect.names.count;
    const uint32_t id =
        name.failed ? FPT_INTERN_NONE
                    : fpt_intern_add(&n->effect.names, fpt_strbuf_view(&name));
    if (id == FPT_INTERN_NONE ||
        !FPT_RESERVE(n->arena, n->effect.at, before, n->effect.capacity)) {
        n->no_memory = true;
        return 0;
    }
    if (n->effect.names.count == before) return id;
    fpt_activity_switch *on =
        FPT_NEW(n->arena, fpt_activity_switch, effect->switch_count + 1u);
    fpt_activity_choice *choice =
        FPT_NEW(n->arena, fpt_activity_choice, effect->choice_count + 1u);
    if (!fpti_nhp_enough(n, on) || !fpti_nhp_enough(n, choice)) return 0;
    if (switches > 0) memcpy(on, effect->on, switches);
    if (choices > 0) memcpy(choice, effect->choice, choices);
    fpt_activity_effect *made = &n->effect.at[id];
    *made = *effect;
    made->on = on;
    made->choice = choice;
    made->stream = effect->keep == FPT_ACTIVITY_NONE
                       ? 2
                       : stream_of(n, &n->factor.at[effect->keep]);
    for (size_t k = 0; k < effect->switch_count; k++)
        made->stream = fpt_stream_join(
            fpt_stream_join(made->stream,
                            stream_of(n, &n->factor.at[on[k].factor])),
            on[k].rate);
    for (size_t k = 0; k < effect->choice_count; k++)
        made->stream = fpt_stream_join(
            made->stream, stream_of(n, &n->factor.at[choice[k].factor]));
    return id;
}

uint32_t fpti_nhp_keys(fpt_nhp *n, fpt_str name, size_t events, size_t days,
                       const uint32_t *output, const uint32_t *converted)
{
    const size_t before = n->keys.names.count;
    const uint32_t id = fpt_intern_add(&n->keys.names, name);
    if (id == FPT_INTERN_NONE ||
        !FPT_RESERVE(n->arena, n->keys.at, before, n->keys.capacity)) {
        n->no_memory = true;
        return 0;
    }
    if (n->keys.names.count == before) return id;
    fpt_activity_keys *k = &n->keys.at[id];
    *k = (fpt_activity_keys){.stream = fpt_stream("nhp-keys", name),
                             .first = (uint32_t)n->listed_count,
                             .event_count = (uint16_t)events,
                             .day_count = (uint16_t)days};
    for (int p = 0; p < FPT_ACTIVITY_PLACES; p++)
        k->converted[p] = converted != NULL ? converted[p] : FPT_ACTIVITY_NONE;
    for (size_t i = 0; i < events + days; i++) {
        if (!FPT_RESERVE(n->arena, n->listed, n->listed_count,
                         n->listed_capacity)) {
            n->no_memory = true;
            return 0;
        }
        n->listed[n->listed_count++] = output[i];
    }
    return id;
}

void fpti_nhp_row(fpt_nhp *n, uint32_t growth, uint32_t keys, uint32_t effect,
                  double count, uint16_t stay)
{
    while (count > 0.0 && !n->no_memory) {
        const double part = fmin(count, FPT_ACTIVITY_COUNT_MOST);
        if (!FPT_RESERVE(n->arena, n->row, n->row_count, n->row_capacity)) {
            n->no_memory = true;
            return;
        }
        n->row[n->row_count++] = (fpt_activity_row){.growth = growth,
                                                    .keys = keys,
                                                    .effect = effect,
                                                    .count = (uint16_t)part,
                                                    .stay = stay};
        count -= part;
    }
}

fpt_status fpti_nhp_model(fpt_nhp *n, fpt_error *err)
{
    const size_t growths = n->growth.names.count;
    fpt_activity_row *work =
        FPT_NEW(n->arena, fpt_activity_row, n->row_count + 1);
    n->growth_stream = FPT_NEW(n->arena, uint64_t, growths + 1);
    if (work == NULL || n->growth_stream == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the rows");
    for (size_t g = 0; g < growths; g++)
        n->growth_stream[g] = stream_of(n, &n->growth.at[g]);
    size_t left = 0;
    FPT_TRY(fpt_activity_sort(n->row_count, n->row, work, n->effect.at, true,
                              &left));
    n->model = (fpt_activity_model){.row_count = left,
                                    .row = n->row,
                                    .growth_count = growths,
                                    .growth_stream = n->growth_stream,
                                    .effect_count = n->effect.names.count,
                                    .effect = n->effect.at,
                                    .keys_count = n->keys.names.count,
                                    .keys = n->keys.at,
                                    .output = n->listed,
                                    .output_count = n->output.names.count,
                                    .factor_count = n->factor.names.count,
                                    .day_offset = 1};
    n->facts.rows = n->row_count;
    n->facts.cells = left;
    n->facts.inputs = n->input.names.count;
    n->facts.outputs = n->output.names.count;
    n->facts.strategies = n->factor.names.count;
    return fpt_activity_check(&n->model, err);
}
