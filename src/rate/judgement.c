/*
 * Judgements of people: entered with author, day and reason, sealed into the
 * ledger, never changed. A later one about the same thing counts; the earlier
 * stays to be read.
 */
#include <jansson.h>

#include "rate_i.h"

static fpt_str text_of(fpt_arena *arena, const json_t *body, const char *key)
{
    const json_t *value = json_object_get(body, key);
    if (!json_is_string(value)) return (fpt_str){NULL, 0};
    return fpt_str_keep(
        arena, (fpt_str){json_string_value(value), json_string_length(value)});
}

static fpt_status read_one(fpt_rate *rate, const fpt_ledger_entry *entry,
                           fpti_judgement *out, fpt_error *err)
{
    fpt_arena *arena = &rate->arena;
    json_t *body = json_loadb(entry->body.data, entry->body.len,
                              JSON_REJECT_DUPLICATES, NULL);
    const fpt_str period = text_of(arena, body, "period");
    const json_t *value = json_object_get(body, "value");
    *out = (fpti_judgement){.framework = text_of(arena, body, "framework"),
                            .item = text_of(arena, body, "item"),
                            .place = text_of(arena, body, "place"),
                            .author = text_of(arena, body, "author"),
                            .because = text_of(arena, body, "because"),
                            .value = json_number_value(value),
                            .on = entry->on,
                            .entry = entry->seq};
    const bool good = out->framework.data != NULL && out->item.data != NULL &&
                      out->place.data != NULL && out->author.data != NULL &&
                      out->because.data != NULL && json_is_number(value) &&
                      period.data != NULL &&
                      fpt_period_parse(period, &out->period);
    json_decref(body);
    if (good) return FPT_OK;
    return fpt_fail(err, FPT_ERR_STORE,
                    "entry %lld of the ledger is no judgement that can be read",
                    (long long)entry->seq);
}

fpt_status fpti_judgements_read(fpt_rate *rate, fpt_error *err)
{
    size_t count;
    fpt_ledger_entry *entry;
    FPT_TRY(fpt_ledger_read(rate->ledger, &rate->arena, "judgement", &count,
                            &entry, err));
    rate->judgement = FPT_NEW(&rate->arena, fpti_judgement, count);
    if (rate->judgement == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < count; i++)
        FPT_TRY(read_one(rate, &entry[i], &rate->judgement[i], err));
    rate->judgements = count;
    return FPT_OK;
}

/* ---- entering one ---- */

static bool item_is_judged(const fpt_framework *f, fpt_str item)
{
    for (size_t i = 0; i < f->items; i++)
        for (size_t k = 0; k < f->item[i].froms; k++)
            if (fpt_str_equal(f->item[i].id, item) &&
                f->item[i].from[k].origin == FPT_ORIGIN_JUDGEMENT)
                return true;
    for (size_t i = 0; i < f->flags; i++)
        for (size_t k = 0; k < f->flag[i].froms; k++)
            if (fpt_str_equal(f->flag[i].id, item) &&
                f->flag[i].from[k].origin == FPT_ORIGIN_JUDGEMENT)
                return true;
    return false;
}

static fpt_status check(const fpt_framework *f, const fpt_judgement *j,
                        fpt_error *err)
{
    if (!item_is_judged(f, j->item))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "\"" FPT_STR_FMT "\" of the framework " FPT_STR_FMT
                        " is not judged by people",
                        FPT_STR_ARG(j->item), FPT_STR_ARG(f->name));
    if (j->author.len == 0 || j->because.len == 0 || j->place.len == 0)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "a judgement needs a place, an author and a reason");
    if (!isfinite(j->value))
        return fpt_fail(err, FPT_ERR_USAGE, "a judgement is a number");
    return FPT_OK;
}

fpt_status fpt_rate_judge(fpt_store *ledger, const fpt_framework *framework,
                          const fpt_judgement *judgement, fpt_date today,
                          int64_t *entry, fpt_error *err)
{
    fpt_arena arena;
    char period[FPT_DATE_BYTES];
    FPT_TRY(check(framework, judgement, err));
    FPT_TRY(fpt_arena_init(&arena, NULL));
    const size_t len = fpt_period_print(judgement->period, period);
    fpt_output text = fpt_output_memory(&arena);
    fpt_json json = fpt_json_make(&text, true);
    fpt_json_open_object(&json);
    fpt_json_key(&json, "framework");
    fpt_json_str(&json, framework->name);
    fpt_json_key(&json, "version");
    fpt_json_str(&json, framework->version);
    fpt_json_key(&json, "item");
    fpt_json_str(&json, judgement->item);
    fpt_json_key(&json, "place");
    fpt_json_str(&json, judgement->place);
    fpt_json_key(&json, "period");
    fpt_json_str(&json, (fpt_str){period, len});
    fpt_json_key(&json, "value");
    fpt_json_double(&json, judgement->value);
    fpt_json_key(&json, "author");
    fpt_json_str(&json, judgement->author);
    fpt_json_key(&json, "because");
    fpt_json_str(&json, judgement->because);
    fpt_json_close_object(&json);
    fpt_status status = text.text.failed ? fpti_no_memory(err) : FPT_OK;
    if (status == FPT_OK)
        status =
            fpt_ledger_add(ledger, "judgement", fpt_strbuf_view(&text.text),
                           today, entry, NULL, err);
    fpt_arena_clear(&arena);
    return status;
}
