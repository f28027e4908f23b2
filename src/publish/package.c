/*
 * Downloads: CSV files and the descriptor that says what they hold (Frictionless
 * data package).
 */
#include <stdio.h>

#include "publish_i.h"

struct field {
    const char *name, *type, *about;
};

static const struct field figure_fields[] = {
    {"measure", "string", "indicator pack"},
    {"version", "string", "version of the pack"},
    {"view", "string",
     "then, or the day of the footprints on which it is shown"},
    {"tier", "string", "nation, organisation, or a tier of areas"},
    {"area_code", "string", "code, or UNASSIGNED"},
    {"area_name", "string",
     "name; with an apostrophe before it where it begins with = + - or @"},
    {"period", "string", "2016/17, 2017-03 or a day"},
    {"period_from", "date", "first day"},
    {"period_to", "date", "day behind the last"},
    {"numerator", "integer", "in 10^-scale of its unit"},
    {"denominator", "integer", "whole number"},
    {"value", "number", "in the unit of the measure"},
    {"lower", "number", "lower limit of the 95 per cent interval"},
    {"upper", "number", "upper limit"},
    {"estimated", "integer", "how much of the numerator was shared out"},
    {"status", "string", "OK, or why there is no value"}};
static const struct field area_fields[] = {
    {"view", "string", "then, or the day of the footprints"},
    {"on", "date", "the day"},
    {"small_area", "string", "code of the small area"},
    {"area_code", "string", "code of the area; empty: none"},
    {"people", "integer", "people of the small area"}};
static const struct field file_fields[] = {
    {"load", "integer", "number, in the order of loading"},
    {"source", "string", "source pack"},
    {"version", "string", "version of the pack"},
    {"vintage", "string", "which issue of the source"},
    {"file", "string",
     "name; with an apostrophe before it where it begins with = + - or @"},
    {"sha256", "string", "digest"},
    {"bytes", "integer", "length"},
    {"known_from", "date", "published, as far as is known"},
    {"rows_read", "integer", "records"},
    {"rows_taken", "integer", "records that gave facts"},
    {"rows_rejected", "integer", "records set aside"},
    {"synthetic", "boolean", "made up"}};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct {
    const char *name, *about;
    size_t fields;
    const struct field *field;
} tables[] = {{"figures", "Every figure", COUNT(figure_fields), figure_fields},
              {"areas", "Which small area was in which area",
               COUNT(area_fields), area_fields},
              {"files", "The files that stand behind the figures",
               COUNT(file_fields), file_fields}};

static fpt_output begin(fpt_arena *arena, size_t table)
{
    fpt_output out = fpt_output_memory(arena);
    for (size_t i = 0; i < tables[table].fields; i++)
        fpt_csv_cell(&out, i == 0, fpt_str_from(tables[table].field[i].name));
    fpt_csv_end_row(&out);
    return out;
}

static fpt_status end(fpti_site *site, fpt_arena *arena, fpt_output *out,
                      size_t table, fpt_error *err)
{
    if (out->failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the downloads");
    return fpti_write(site,
                      fpt_str_print(arena, "data/%s.csv", tables[table].name),
                      fpt_strbuf_view(&out->text), err);
}

/*
 * A text that a spreadsheet would take for a formula gets an apostrophe before
 * it, which says "text" to a spreadsheet; the descriptor tells programs. Numbers
 * and codes are never changed.
 */
void fpti_csv_text(fpt_output *out, bool first, fpt_str text)
{
    fpt_strbuf guarded = fpt_strbuf_make(out->text.arena);
    if (text.len == 0 || strchr("=+-@\t\r", text.data[0]) == NULL) {
        fpt_csv_cell(out, first, text);
        return;
    }
    fpt_strbuf_add_char(&guarded, '\'');
    fpt_strbuf_add(&guarded, text);
    if (guarded.failed) out->failed = true;
    fpt_csv_cell(out, first, fpt_strbuf_view(&guarded));
}

static void add_date(fpt_output *out, fpt_date date)
{
    char text[FPT_DATE_BYTES];
    fpt_date_print(date, text);
    fpt_csv_cell(out, false, fpt_str_from(text));
}

static fpt_status write_figures(fpti_site *site, fpt_arena *arena,
                                fpt_error *err)
{
    fpt_output out = begin(arena, 0);
    for (size_t i = 0; i < site->figures; i++) {
        const fpti_figure *x = &site->figure[i];
        const fpt_figure *f = &x->f;
        char period[FPT_DATE_BYTES];
        fpt_period_print(f->period, period);
        fpt_csv_cell(&out, true, site->indicator[x->indicator].id);
        fpt_csv_cell(&out, false, site->indicator[x->indicator].version);
        fpt_csv_cell(&out, false, site->view[x->view].key);
        fpt_csv_cell(&out, false, site->tier[x->tier]);
        fpt_csv_cell(&out, false, f->code);
        fpti_csv_text(&out, false, f->name);
        fpt_csv_cell(&out, false, fpt_str_from(period));
        add_date(&out, f->period.from);
        add_date(&out, f->period.to);
        if (f->has_numerator)
            fpt_csv_cell_int64(&out, false, f->numerator);
        else
            fpt_csv_cell(&out, false, FPT_STR(""));
        if (f->has_denominator)
            fpt_csv_cell_int64(&out, false, f->denominator);
        else
            fpt_csv_cell(&out, false, FPT_STR(""));
        fpt_csv_cell_double(&out, false, f->value);
        fpt_csv_cell_double(&out, false, f->lower);
        fpt_csv_cell_double(&out, false, f->upper);
        fpt_csv_cell_int64(&out, false, f->estimated);
        fpt_csv_cell(&out, false, f->status);
        fpt_csv_end_row(&out);
    }
    return end(site, arena, &out, 0, err);
}

static fpt_status write_members(fpti_site *site, fpt_output *out, size_t view,
                                fpt_date on, fpt_error *err)
{
    const fpt_tier *tier = fpt_tier_find(site->tiers, FPT_STR("system"));
    const fpt_str kind =
        tier != NULL ? fpt_tier_kind_on(tier, on) : (fpt_str){0};
    const fpt_partition *p;
    const int64_t *people;
    fpt_period of;
    if (kind.len == 0) return FPT_OK;
    FPT_TRY(fpt_reg_partition(site->registry, kind, on, &p, err));
    FPT_TRY(fpt_reg_people(site->registry, on, &people, &of, err));
    for (size_t i = 0; i < p->atoms; i++) {
        fpt_csv_cell(out, true, site->view[view].key);
        add_date(out, on);
        fpt_csv_cell(out, false, fpt_reg_code(site->registry, p->atom[i]));
        fpt_csv_cell(out, false,
                     fpt_body_is(p->object[i])
                         ? fpt_reg_code(site->registry, p->object[i])
                         : FPT_STR(""));
        fpt_csv_cell_int64(out, false, people[i]);
        fpt_csv_end_row(out);
    }
    return FPT_OK;
}

/* Of "then" the first and the last period of the first page's indicator. */
static fpt_status write_areas(fpti_site *site, fpt_arena *arena, fpt_error *err)
{
    fpt_output out = begin(arena, 1);
    const fpti_periods main = site->main[site->headline];
    for (size_t v = 0; v < site->views; v++) {
        if (!site->view[v].then) {
            FPT_TRY(write_members(site, &out, v, site->view[v].on, err));
            continue;
        }
        if (main.count > 0)
            FPT_TRY(write_members(site, &out, v, main.period[0].from, err));
        if (main.count > 1)
            FPT_TRY(write_members(site, &out, v,
                                  main.period[main.count - 1].from, err));
    }
    return end(site, arena, &out, 1, err);
}

static fpt_status write_files(fpti_site *site, fpt_arena *arena, fpt_error *err)
{
    fpt_output out = begin(arena, 2);
    for (size_t i = 0; i < site->loads; i++) {
        const fpti_load *l = &site->load[i];
        fpt_csv_cell_int64(&out, true, l->load);
        fpt_csv_cell(&out, false, l->source);
        fpt_csv_cell(&out, false, l->version);
        fpti_csv_text(&out, false, l->vintage);
        fpti_csv_text(&out, false, l->name);
        fpt_csv_cell(&out, false, l->sha256);
        fpt_csv_cell_int64(&out, false, l->bytes);
        add_date(&out, l->known_from);
        fpt_csv_cell_int64(&out, false, l->read);
        fpt_csv_cell_int64(&out, false, l->taken);
        fpt_csv_cell_int64(&out, false, l->rejected);
        fpt_csv_cell(&out, false,
                     l->synthetic ? FPT_STR("true") : FPT_STR("false"));
        fpt_csv_end_row(&out);
    }
    return end(site, arena, &out, 2, err);
}

static void put_licences(const fpti_site *site, fpt_json *json)
{
    fpt_json_key(json, "sources");
    fpt_json_open_array(json);
    for (size_t i = 0; i < site->loads; i++) {
        fpt_json_open_object(json);
        fpt_json_key(json, "title");
        fpt_json_str(json, site->load[i].title);
        const bool made_up = site->load[i].synthetic;
        fpt_json_key(json, "publisher");
        fpt_json_str(json, made_up ? FPT_STR("made up by footprint synth")
                                   : site->load[i].publisher);
        fpt_json_key(json, "licence");
        fpt_json_str(json, made_up ? FPT_STR("") : site->load[i].licence);
        fpt_json_key(json, "sha256");
        fpt_json_str(json, site->load[i].sha256);
        fpt_json_close_object(json);
    }
    fpt_json_close_array(json);
}

static fpt_status write_descriptor(fpti_site *site, fpt_arena *arena,
                                   fpt_error *err)
{
    fpt_output out = fpt_output_memory(arena);
    fpt_json json = fpt_json_make(&out, false);
    fpt_json_open_object(&json);
    fpt_json_key(&json, "profile");
    fpt_json_str(&json, FPT_STR("tabular-data-package"));
    fpt_json_key(&json, "name");
    fpt_json_str(&json, FPT_STR("footprint"));
    fpt_json_key(&json, "title");
    fpt_json_str(&json, site->workspace->title);
    fpt_json_key(&json, "synthetic");
    fpt_json_bool(&json, site->synthetic);
    put_licences(site, &json);
    fpt_json_key(&json, "resources");
    fpt_json_open_array(&json);
    for (size_t t = 0; t < COUNT(tables); t++) {
        char path[32];
        snprintf(path, sizeof path, "%s.csv", tables[t].name);
        fpt_json_open_object(&json);
        fpt_json_key(&json, "name");
        fpt_json_str(&json, fpt_str_from(tables[t].name));
        fpt_json_key(&json, "title");
        fpt_json_str(&json, fpt_str_from(tables[t].about));
        fpt_json_key(&json, "path");
        fpt_json_str(&json, fpt_str_from(path));
        fpt_json_key(&json, "profile");
        fpt_json_str(&json, FPT_STR("tabular-data-resource"));
        fpt_json_key(&json, "encoding");
        fpt_json_str(&json, FPT_STR("utf-8"));
        fpt_json_key(&json, "schema");
        fpt_json_open_object(&json);
        fpt_json_key(&json, "fields");
        fpt_json_open_array(&json);
        for (size_t i = 0; i < tables[t].fields; i++) {
            fpt_json_open_object(&json);
            fpt_json_key(&json, "name");
            fpt_json_str(&json, fpt_str_from(tables[t].field[i].name));
            fpt_json_key(&json, "type");
            fpt_json_str(&json, fpt_str_from(tables[t].field[i].type));
            fpt_json_key(&json, "description");
            fpt_json_str(&json, fpt_str_from(tables[t].field[i].about));
            fpt_json_close_object(&json);
        }
        fpt_json_close_array(&json);
        fpt_json_close_object(&json);
        fpt_json_close_object(&json);
    }
    fpt_json_close_array(&json);
    fpt_json_close_object(&json);
    fpt_output_add_char(&out, '\n');
    if (out.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the downloads");
    return fpti_write(site, FPT_STR("data/datapackage.json"),
                      fpt_strbuf_view(&out.text), err);
}

fpt_status fpti_write_package(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = write_figures(site, &arena, err);
    fpt_arena_reset(&arena);
    if (status == FPT_OK) status = write_areas(site, &arena, err);
    fpt_arena_reset(&arena);
    if (status == FPT_OK) status = write_files(site, &arena, err);
    fpt_arena_reset(&arena);
    if (status == FPT_OK) status = write_descriptor(site, &arena, err);
    fpt_arena_clear(&arena);
    return status;
}
