/*
 * Out of the warehouse: loads, figures, and the footprints on which they are
 * shown. Everything that pages say about numbers comes from here.
 */
#include <stdlib.h>

#include "publish_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to publish");
}

/* ---- loads ---- */

static fpt_status describe_load(fpti_site *site, fpti_load *load,
                                fpt_error *err)
{
    fpt_pack pack;
    const fpt_status found =
        fpt_pack_open(site->arena, site->options->packs, "sources",
                      load->source, load->version, &pack, err);
    /* A pack that is no longer there leaves its name, and nothing is made up. */
    load->title = load->source;
    load->publisher = load->licence = FPT_STR("");
    if (found == FPT_ERR_NOT_FOUND) return FPT_OK;
    FPT_TRY(found);
    FPT_TRY(fpt_yaml_text(&pack.yaml, "title", false, &load->title, err));
    FPT_TRY(
        fpt_yaml_text(&pack.yaml, "publisher", false, &load->publisher, err));
    return fpt_yaml_text(&pack.yaml, "licence", false, &load->licence, err);
}

static fpt_status gather_loads(fpti_site *site, fpt_error *err)
{
    fpt_rows rows;
    size_t capacity = 0;
    bool good = true;
    FPT_TRY(fpt_store_query(
        site->warehouse, site->arena,
        "SELECT load, source, source_version, vintage, name, sha256, bytes, "
        "known_from, loaded_on, rows_read, rows_taken, rows_skipped, "
        "rows_rejected, synthetic FROM load ORDER BY load",
        0, NULL, &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            const fpt_cells *c = rows.column;
            good = FPT_RESERVE(site->arena, site->load, site->loads, capacity);
            if (!good) break;
            fpt_str kept[5];
            static const int texts[] = {1, 2, 3, 4, 5};
            for (size_t t = 0; t < 5; t++)
                kept[t] = c[texts[t]].null[i]
                              ? FPT_STR("")
                              : fpt_str_keep(site->arena, c[texts[t]].text[i]);
            site->load[site->loads++] =
                (fpti_load){.load = c[0].whole[i],
                            .source = kept[0],
                            .version = kept[1],
                            .vintage = kept[2],
                            .name = kept[3],
                            .sha256 = kept[4],
                            .bytes = c[6].whole[i],
                            .known_from = {(int32_t)c[7].whole[i]},
                            .loaded_on = {(int32_t)c[8].whole[i]},
                            .read = c[9].whole[i],
                            .taken = c[10].whole[i],
                            .skipped = c[11].whole[i],
                            .rejected = c[12].whole[i],
                            .synthetic = c[13].whole[i] != 0};
            site->synthetic = site->synthetic || c[13].whole[i] != 0;
            good = kept[4].data != NULL;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    if (!good) return no_memory(err);
    for (size_t i = 0; i < site->loads; i++)
        FPT_TRY(describe_load(site, &site->load[i], err));
    return FPT_OK;
}

/* ---- tiers, views and indicators ---- */

static fpt_status name_tiers(fpti_site *site, fpt_error *err)
{
    site->tiers_named = site->tiers->count + 2;
    site->tier = FPT_NEW(site->arena, fpt_str, site->tiers_named);
    if (site->tier == NULL) return no_memory(err);
    for (size_t i = 0; i < site->tiers->count; i++)
        site->tier[i] = site->tiers->tier[i].name;
    site->tier[site->tiers->count] = FPT_STR("nation");
    site->tier[site->tiers->count + 1] = FPT_STR("organisation");
    return FPT_OK;
}

static fpt_status add_view(fpti_site *site, fpt_str key, fpt_error *err)
{
    fpti_view view = {.key = fpt_str_keep(site->arena, key)};
    view.then = fpt_str_equal(key, FPT_STR("then"));
    view.suffix = FPT_STR("");
    view.title = FPT_STR("as it was then");
    if (!view.then) {
        if (!fpt_date_parse(key, FPT_DATE_ISO, &view.on))
            return fpt_fail(err, FPT_ERR_STORE,
                            "the warehouse shows figures on \"" FPT_STR_FMT
                            "\", which is no date; footprint rebuild makes it "
                            "again",
                            FPT_STR_ARG(key));
        view.suffix = fpt_str_print(site->arena, "-on-" FPT_STR_FMT,
                                    FPT_STR_ARG(view.key));
        view.title =
            fpt_str_print(site->arena, "on the footprints of " FPT_STR_FMT,
                          FPT_STR_ARG(fpti_day(site->arena, view.on)));
    }
    if (view.key.data == NULL || view.title.data == NULL) return no_memory(err);
    site->view[site->views++] = view;
    return FPT_OK;
}

static fpt_status gather_views(fpti_site *site, fpt_error *err)
{
    enum { MOST_VIEWS = 32 };
    fpt_rows rows;
    fpt_status status = FPT_OK;
    site->view = FPT_NEW(site->arena, fpti_view, MOST_VIEWS);
    if (site->view == NULL) return no_memory(err);
    FPT_TRY(add_view(site, FPT_STR("then"), err));
    FPT_TRY(fpt_store_query(site->warehouse, site->arena,
                            "SELECT DISTINCT view FROM observation WHERE view "
                            "<> 'then' ORDER BY view",
                            0, NULL, &rows, err));
    while (status == FPT_OK && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && status == FPT_OK; i++)
            status = site->views == MOST_VIEWS
                         ? fpt_fail(err, FPT_ERR_RANGE,
                                    "figures are shown on more than %d days",
                                    MOST_VIEWS)
                         : add_view(site, rows.column[0].text[i], err);
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    return status != FPT_OK ? status : closed;
}

/* Those of the packs that have figures, in the packs' order, in the version that
 * was computed. */
static fpt_status gather_indicators(fpti_site *site, fpt_error *err)
{
    size_t count;
    fpt_indicator *list;
    FPT_TRY(fpt_indicator_list(site->arena, site->options->packs, &count, &list,
                               err));
    site->indicator = FPT_NEW(site->arena, fpt_indicator, count);
    if (site->indicator == NULL) return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        int64_t figures;
        const fpt_bind binds[] = {fpt_bind_text(list[i].id),
                                  fpt_bind_text(list[i].version)};
        FPT_TRY(fpt_store_ask_int(site->warehouse,
                                  "SELECT count(*) FROM observation WHERE "
                                  "measure = $1 AND version = $2",
                                  2, binds, 0, &figures, err));
        if (figures > 0) site->indicator[site->indicators++] = list[i];
    }
    if (site->indicators == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there are no figures to publish; first: footprint "
                        "measure run");
    return FPT_OK;
}

/* ---- figures ---- */

static size_t index_of(fpt_str word, size_t count, const fpt_str *list)
{
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(list[i], word)) return i;
    return SIZE_MAX;
}

static fpt_str name_of(const fpti_site *site, const fpti_figure *x)
{
    const fpt_str tier = site->tier[x->tier];
    if (fpt_str_equal(tier, FPT_STR("nation"))) return site->tiers->nation_name;
    if (!fpt_body_is(x->f.place)) return FPT_STR("Unassigned");
    const fpti_view *view = &site->view[x->view];
    return fpt_reg_name(site->registry, x->f.place,
                        view->then ? x->f.period.from : view->on);
}

static bool take_figure(fpti_site *site, const fpt_rows *rows, size_t i,
                        size_t indicator, fpti_figure *out)
{
    const fpt_cells *c = rows->column;
    size_t view = 0;
    while (view < site->views &&
           !fpt_str_equal(site->view[view].key, c[0].text[i]))
        view++;
    const size_t tier = index_of(c[1].text[i], site->tiers_named, site->tier);
    const double none = (double)NAN;
    *out = (fpti_figure){
        .indicator = (uint16_t)indicator,
        .view = (uint8_t)view,
        .tier = (uint8_t)tier,
        .f = {.place = fpt_reg_find(site->registry, c[2].text[i]),
              .period = {{(int32_t)c[3].whole[i]}, {(int32_t)c[4].whole[i]}},
              .has_numerator = !c[5].null[i],
              .has_denominator = !c[6].null[i],
              .numerator = c[5].null[i] ? 0 : c[5].whole[i],
              .denominator = c[6].null[i] ? 0 : c[6].whole[i],
              .value = c[7].null[i] ? none : c[7].real[i],
              .lower = c[8].null[i] ? none : c[8].real[i],
              .upper = c[9].null[i] ? none : c[9].real[i],
              .estimated = c[10].whole[i]}};
    if (view == site->views || tier == SIZE_MAX) return false;
    out->f.code = fpt_str_keep(site->arena, c[2].text[i]);
    out->f.status = fpt_str_keep(site->arena, c[11].text[i]);
    out->f.name = name_of(site, out);
    return out->f.code.data != NULL && out->f.status.data != NULL;
}

static int by_key(const fpti_figure *a, size_t indicator, size_t view,
                  size_t tier)
{
    if (a->indicator != indicator) return a->indicator < indicator ? -1 : 1;
    if (a->view != view) return a->view < view ? -1 : 1;
    if (a->tier != tier) return a->tier < tier ? -1 : 1;
    return 0;
}

static int by_place(const void *left, const void *right)
{
    const fpti_figure *a = left, *b = right;
    const int key = by_key(a, b->indicator, b->view, b->tier);
    if (key != 0) return key;
    const int code = fpt_str_compare(a->f.code, b->f.code);
    if (code != 0) return code;
    if (a->f.period.from.days != b->f.period.from.days)
        return a->f.period.from.days < b->f.period.from.days ? -1 : 1;
    return (a->f.period.to.days > b->f.period.to.days) -
           (a->f.period.to.days < b->f.period.to.days);
}

static fpt_status gather_figures(fpti_site *site, fpt_error *err)
{
    size_t capacity = 0;
    for (size_t k = 0; k < site->indicators; k++) {
        fpt_rows rows;
        bool good = true;
        const fpt_bind id = fpt_bind_text(site->indicator[k].id);
        FPT_TRY(fpt_store_query(
            site->warehouse, site->arena,
            "SELECT view, tier, place, period_from, period_to, numerator, "
            "denominator, value, lower, upper, estimated, status FROM "
            "observation WHERE measure = $1",
            1, &id, &rows, err));
        while (good && fpt_rows_next(&rows))
            for (size_t i = 0; i < rows.count && good; i++) {
                good = FPT_RESERVE(site->arena, site->figure, site->figures,
                                   capacity) &&
                       take_figure(site, &rows, i, k,
                                   &site->figure[site->figures]);
                if (good) site->figures++;
            }
        FPT_TRY(fpt_rows_close(&rows, err));
        if (!good)
            return fpt_fail(err, FPT_ERR_STORE,
                            "figures of " FPT_STR_FMT " cannot be read: a "
                            "tier that the packs do not have, or no memory",
                            FPT_STR_ARG(site->indicator[k].id));
    }
    if (site->figures > 0)
        qsort(site->figure, site->figures, sizeof *site->figure, by_place);
    return FPT_OK;
}

/* ---- periods ---- */

bool fpti_is_main(const fpt_indicator *indicator, fpt_period period)
{
    const fpt_grain grain = fpt_period_grain(period);
    if (indicator->fy) return grain == FPT_GRAIN_FY;
    if (indicator->as_published) return true;
    if (indicator->quarter) return grain == FPT_GRAIN_QUARTER;
    return grain == FPT_GRAIN_MONTH;
}

bool fpti_is_series(const fpt_indicator *indicator, fpt_period period)
{
    const fpt_grain grain = fpt_period_grain(period);
    if (indicator->month) return grain == FPT_GRAIN_MONTH;
    if (indicator->quarter) return grain == FPT_GRAIN_QUARTER;
    return fpti_is_main(indicator, period);
}

static int by_time(const void *left, const void *right)
{
    const fpt_period *a = left, *b = right;
    if (a->from.days != b->from.days)
        return a->from.days < b->from.days ? -1 : 1;
    return (a->to.days > b->to.days) - (a->to.days < b->to.days);
}

/* Years have a page each; of months and quarters the last in each financial
 * year. */
static fpt_status gather_periods(fpti_site *site, size_t k, fpt_error *err)
{
    const fpt_indicator *in = &site->indicator[k];
    size_t used = 0, capacity = 0;
    fpt_period *list = NULL;
    for (size_t i = 0; i < site->figures; i++) {
        const fpti_figure *x = &site->figure[i];
        if (x->indicator != k || x->view != 0 || !fpti_is_main(in, x->f.period))
            continue;
        bool known = false;
        for (size_t p = 0; p < used && !known; p++)
            known = fpt_period_equal(list[p], x->f.period);
        if (known) continue;
        if (!FPT_RESERVE(site->arena, list, used, capacity))
            return no_memory(err);
        list[used++] = x->f.period;
    }
    if (used > 0) qsort(list, used, sizeof *list, by_time);
    if (!in->fy && !in->as_published) {
        size_t kept = 0;
        for (size_t i = 0; i < used; i++) {
            const bool last =
                i + 1 == used ||
                !fpt_period_equal(
                    fpt_period_of(list[i].from, FPT_GRAIN_FY),
                    fpt_period_of(list[i + 1].from, FPT_GRAIN_FY));
            if (last) list[kept++] = list[i];
        }
        used = kept;
    }
    site->main[k] = (fpti_periods){used, list};
    return FPT_OK;
}

/* The indicator of the first page: what the job that was loaded last asks for,
 * else the first that systems are compared on. */
static fpt_status find_headline(fpti_site *site, fpt_error *err)
{
    size_t count;
    fpt_ledger_entry *entry;
    fpt_str wanted = FPT_STR("");
    FPT_TRY(fpt_ledger_read(site->workspace->ledger, site->arena, "job", &count,
                            &entry, err));
    if (count > 0) {
        fpt_yaml body;
        fpt_pack pack;
        fpt_str name = FPT_STR("");
        FPT_TRY(fpt_yaml_parse(site->arena, "the ledger", entry[count - 1].body,
                               &body, err));
        FPT_TRY(fpt_yaml_text(&body, "job", true, &name, err));
        const fpt_status found =
            fpt_pack_open(site->arena, site->options->packs, "jobs", name,
                          (fpt_str){0}, &pack, err);
        if (found == FPT_OK)
            FPT_TRY(fpt_yaml_text(&pack.yaml, "headline", false, &wanted, err));
        else if (found != FPT_ERR_NOT_FOUND)
            return found;
    }
    for (size_t k = 0; k < site->indicators; k++)
        if (fpt_str_equal(site->indicator[k].id, wanted)) {
            site->headline = k;
            return FPT_OK;
        }
    for (size_t k = 0; k < site->indicators; k++)
        if (fpti_has_tier(&site->indicator[k], "system") &&
            site->indicator[k].statistic == FPT_STATISTIC_PROPORTION) {
            site->headline = k;
            return FPT_OK;
        }
    return FPT_OK;
}

fpt_status fpti_gather(fpti_site *site, fpt_error *err)
{
    FPT_TRY(gather_loads(site, err));
    FPT_TRY(name_tiers(site, err));
    FPT_TRY(gather_views(site, err));
    FPT_TRY(gather_indicators(site, err));
    FPT_TRY(gather_figures(site, err));
    FPT_TRY(fpti_gather_ratings(site, err));
    site->main = FPT_NEW(site->arena, fpti_periods, site->indicators);
    if (site->main == NULL) return no_memory(err);
    for (size_t k = 0; k < site->indicators; k++)
        FPT_TRY(gather_periods(site, k, err));
    FPT_TRY(fpti_gather_ranks(site, err));
    FPT_TRY(fpti_gather_maps(site, err));
    FPT_TRY(fpti_gather_gains(site, err));
    FPT_TRY(find_headline(site, err));
    return fpti_await_maps(site, err);
}

/* ---- questions ---- */

bool fpti_has_tier(const fpt_indicator *indicator, const char *tier)
{
    return index_of(fpt_str_from(tier), indicator->tiers, indicator->tier) !=
           SIZE_MAX;
}

fpti_slice fpti_figures(const fpti_site *site, size_t indicator, size_t view,
                        fpt_str tier, fpt_str code)
{
    const size_t t = index_of(tier, site->tiers_named, site->tier);
    size_t low = 0, high = site->figures;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const fpti_figure *x = &site->figure[middle];
        int side = by_key(x, indicator, view, t);
        if (side == 0 && code.len > 0) side = fpt_str_compare(x->f.code, code);
        if (side < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < site->figures &&
           by_key(&site->figure[end], indicator, view, t) == 0 &&
           (code.len == 0 || fpt_str_equal(site->figure[end].f.code, code)))
        end++;
    return (fpti_slice){end - low, site->figure + low};
}

const fpt_figure *fpti_site_figure(const fpti_site *site, size_t indicator,
                                   size_t view, fpt_str tier, fpt_str code,
                                   fpt_period period)
{
    const fpti_slice slice = fpti_figures(site, indicator, view, tier, code);
    for (size_t i = 0; i < slice.count; i++)
        if (fpt_period_equal(slice.figure[i].f.period, period))
            return &slice.figure[i].f;
    return NULL;
}
