/*
 * Which source is this file of? Each pack names what it is known by: columns
 * that its header must have, or what first cells look like where there is no
 * header. Exactly one pack must recognise a file; else the message says what
 * came nearest and what was missing.
 */
#include <stdio.h>

#include "load_i.h"

/* Why a pack does not recognise a file; empty when it does. */
enum { WHY_BYTES = FPT_ERROR_TEXT_BYTES };

/* The columns that the pack is known by must be there, to the letter; but as
 * when they are bound, blanks and line ends inside a name are one blank. */
static fpt_status miss_header(fpt_arena *arena, const fpti_source *source,
                              const fpti_head *head, char why[WHY_BYTES])
{
    for (size_t n = 0; n < source->recognise_header.count; n++) {
        bool found = false;
        for (size_t r = 0; r < head->records && !found; r++)
            for (size_t f = 0; f < head->record[r].count && !found; f++) {
                const fpt_str cell =
                    fpti_header_name(arena, head->record[r].field[f]);
                if (cell.data == NULL) return FPT_ERR_MEMORY;
                found = fpt_str_matches(cell, source->recognise_header.text[n]);
            }
        if (found) continue;
        snprintf(why, WHY_BYTES, "there is no column \"%.*s\"",
                 FPT_STR_ARG(source->recognise_header.text[n]));
        return FPT_OK;
    }
    return FPT_OK;
}

static void miss_first_cells(const fpti_source *source, const fpti_head *head,
                             char why[WHY_BYTES])
{
    if (source->recognise_first.count == 0) return;
    const size_t rows = head->records < 5 ? head->records : 5;
    for (size_t r = 0; r < rows; r++) {
        const fpt_str first = fpt_str_trim(head->record[r].field[0]);
        if (fpti_texts_match(&source->recognise_first, first)) continue;
        snprintf(why, WHY_BYTES, "the cell \"%.*s\" is no code of its form",
                 FPT_STR_ARG(fpt_str_slice(first, 0, 40)));
        return;
    }
}

static fpt_status miss(fpt_arena *arena, const fpti_source *source,
                       const char *path, const fpti_head *head,
                       char why[WHY_BYTES], fpt_error *err)
{
    why[0] = '\0';
    if (miss_header(arena, source, head, why) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to look at %s", path);
    if (why[0] == '\0') miss_first_cells(source, head, why);
    if (why[0] != '\0') return FPT_OK;
    fpti_binding binding;
    fpt_error refused;
    const fpt_status status =
        fpti_bind(arena, source, path, head, &binding, &refused);
    if (status == FPT_ERR_INPUT)
        snprintf(why, WHY_BYTES, "%s", refused.text);
    else if (status != FPT_OK && err != NULL)
        *err = refused;
    return status == FPT_ERR_INPUT ? FPT_OK : status;
}

static fpt_status read_geojson_start(fpt_arena *arena, const char *path,
                                     fpt_str *out, fpt_error *err)
{
    fpt_input *input = NULL;
    FPT_TRY(fpt_input_open(arena, path, &input, err));
    char *buffer = fpt_arena_allocate(arena, FPTI_SNIFF_BYTES, 1);
    size_t used = 0, got = 1;
    fpt_status status = buffer == NULL ? FPT_ERR_MEMORY : FPT_OK;
    while (status == FPT_OK && got > 0 && used < 4096) {
        status = fpt_input_read(input, buffer + used, FPTI_SNIFF_BYTES - used,
                                &got, err);
        used += got;
    }
    fpt_input_close(input);
    if (status == FPT_OK) *out = (fpt_str){buffer, used};
    return status;
}

/* "NAME", with its quotation marks. */
static bool holds_name(fpt_str text, fpt_str name)
{
    for (size_t i = 0; i + name.len + 2 <= text.len; i++)
        if (text.data[i] == '"' && text.data[i + name.len + 1] == '"' &&
            fpt_str_equal(fpt_str_slice(text, i + 1, name.len), name))
            return true;
    return false;
}

/* A GeoJSON pack knows its file by the names of two properties. */
static bool geojson_fits(const fpti_source *source, fpt_str start)
{
    return holds_name(start, source->code_property) &&
           holds_name(start, source->name_property);
}

/* The pack that knows most of the names in the file, and what it missed. */
struct nearest {
    const fpti_source *source;
    size_t shared;
    char why[WHY_BYTES];
};

static bool is_named(const fpti_head *head, fpt_str name)
{
    for (size_t r = 0; r < head->records; r++)
        for (size_t f = 0; f < head->record[r].count; f++) {
            const fpt_str cell = fpt_str_trim(head->record[r].field[f]);
            if (fpt_str_equal_nocase(cell, name) || fpt_str_matches(cell, name))
                return true;
        }
    return false;
}

static size_t shared_names(const fpti_source *source, const fpti_head *head)
{
    size_t shared = 0;
    for (size_t n = 0; n < source->recognise_header.count; n++)
        shared += is_named(head, source->recognise_header.text[n]);
    return shared;
}

static fpt_status try_source(fpt_arena *arena, const fpti_source *source,
                             const char *path, fpt_str geojson,
                             const fpti_source **hit, size_t *hits,
                             struct nearest *nearest, fpt_error *damage)
{
    char why[WHY_BYTES] = "";
    fpti_head head;
    if (source->geojson) {
        if (geojson.len == 0 || !geojson_fits(source, geojson)) return FPT_OK;
    } else {
        if (geojson.len > 0) return FPT_OK;
        const fpt_status status =
            fpti_head_read(arena, path, source, &head, damage);
        /* Unreadable as this pack would read it: no hit, but remember why, for
         * when it is unreadable altogether. */
        if (status == FPT_ERR_INPUT) return FPT_OK;
        FPT_TRY(status);
        FPT_TRY(miss(arena, source, path, &head, why, damage));
        const size_t shared = why[0] != '\0' ? shared_names(source, &head) : 0;
        /* A pack that shares no name at all is not worth a word. */
        if (shared > nearest->shared) {
            nearest->source = source;
            nearest->shared = shared;
            memcpy(nearest->why, why, sizeof why);
        }
    }
    if (why[0] == '\0') {
        *hit = source;
        ++*hits;
    }
    return FPT_OK;
}

fpt_status fpti_sniff_among(fpt_arena *arena, size_t count,
                            const fpti_source *sources, const char *path,
                            const fpti_source **out, fpt_error *err)
{
    fpt_str start, geojson = {0};
    FPT_TRY(read_geojson_start(arena, path, &start, err));
    if (start.len == 0)
        return fpt_fail(err, FPT_ERR_INPUT, "%s: the file is empty", path);
    if (fpt_str_find(start, '\0', 0) != SIZE_MAX)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: holds NUL bytes: this is not text", path);
    if (fpt_str_trim(start).len > 0 && fpt_str_trim(start).data[0] == '{')
        geojson = start;

    const fpti_source *hit = NULL, *first = NULL;
    struct nearest nearest = {0};
    fpt_error damage = {0};
    size_t hits = 0, readable = 0;
    for (size_t i = 0; i < count; i++) {
        fpt_error here = {0};
        const size_t before = hits;
        const fpt_arena mark = *arena;
        const fpt_status status = try_source(arena, &sources[i], path, geojson,
                                             &hit, &hits, &nearest, &here);
        if (status != FPT_OK) {
            if (err != NULL) *err = here;
            return status;
        }
        if (here.code == FPT_OK)
            readable++;
        else if (damage.code == FPT_OK)
            damage = here;
        if (hits > before && first == NULL) first = hit;
        *arena = mark; /* what the file was cut into is thrown away */
    }
    if (hits == 1) {
        *out = hit;
        return FPT_OK;
    }
    if (hits > 1)
        return fpt_fail(err, FPT_ERR_AMBIGUOUS,
                        "%s: could be " FPT_STR_FMT " or " FPT_STR_FMT
                        "; say which with --source",
                        path, FPT_STR_ARG(first->name), FPT_STR_ARG(hit->name));
    if (readable == 0 && damage.code != FPT_OK) {
        if (err != NULL) *err = damage;
        return damage.code;
    }
    if (nearest.source != NULL)
        return fpt_fail(
            err, FPT_ERR_NOT_FOUND,
            "%s: no source pack recognises it; the nearest is " FPT_STR_FMT
            ", but %s",
            path, FPT_STR_ARG(nearest.source->name), nearest.why);
    if (damage.code != FPT_OK)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "%s: no source pack recognises it, and most cannot "
                        "read it: %s",
                        path, damage.text);
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "%s: no source pack recognises it; `footprint source "
                    "list` shows the %zu that are known",
                    path, count);
}

/* ---- vintages ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The first year in a file's name, with a month behind it if there is one. */
bool fpti_name_holds_date(fpt_str name, fpt_str *out)
{
    for (size_t i = 0; i + 4 <= name.len; i++) {
        const fpt_str year = fpt_str_slice(name, i, 4);
        if (!fpt_str_matches(year, FPT_STR("20##")) &&
            !fpt_str_matches(year, FPT_STR("19##")))
            continue;
        if (i > 0 && is_digit(name.data[i - 1])) continue;
        const fpt_str longer = fpt_str_slice(name, i, 7);
        if (fpt_str_matches(longer, FPT_STR("####?##")) &&
            !is_digit(longer.data[4])) {
            *out = longer;
            return true;
        }
        if (i + 4 < name.len && is_digit(name.data[i + 4])) continue;
        *out = year;
        return true;
    }
    return false;
}

bool fpti_vintage_parse(const fpti_source *source, fpt_str text,
                        fpt_period *out)
{
    return source->vintage_is_fy ? fpt_fy_parse(text, out)
                                 : fpt_period_parse(text, out);
}

bool fpti_vintage_fits(const fpti_source *source, fpt_str wanted, fpt_str found)
{
    fpt_period a, b;
    if (wanted.len == 0 || found.len == 0) return true;
    if (fpti_vintage_parse(source, wanted, &a) &&
        fpti_vintage_parse(source, found, &b))
        return fpt_period_equal(a, b) ||
               (a.from.days <= b.from.days && b.to.days <= a.to.days) ||
               (b.from.days <= a.from.days && a.to.days <= b.to.days);
    return fpt_str_equal(wanted, found);
}

fpt_status fpti_vintage_of(fpt_arena *arena, const fpti_source *source,
                           const char *path, const fpti_binding *binding,
                           fpt_str told, fpt_str *out, fpt_error *err)
{
    fpt_str found = {0};
    switch (source->vintage_from) {
    case FPTI_VINTAGE_NONE:
        *out = told;
        return FPT_OK;
    case FPTI_VINTAGE_FIXED:
        found = source->vintage_fixed;
        break;
    case FPTI_VINTAGE_HEADER:
        found = fpt_str_print(arena, "20" FPT_STR_FMT "-" FPT_STR_FMT,
                              FPT_STR_ARG(binding->year),
                              FPT_STR_ARG(source->vintage_day));
        if (found.data == NULL) return FPT_ERR_MEMORY;
        break;
    case FPTI_VINTAGE_FILE_NAME: {
        const fpt_str name = fpt_str_from(fpt_path_name(path));
        if (told.len > 0) {
            *out = told;
            return FPT_OK;
        }
        if (!fpti_name_holds_date(name, &found))
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%s: the file does not say of which month it is, "
                            "and its name does not either; say it with "
                            "--vintage 2017-03",
                            path);
        char *copy = fpt_str_copy(arena, found);
        if (copy == NULL) return FPT_ERR_MEMORY;
        if (found.len == 7) copy[4] = '-';
        found.data = copy;
        break;
    }
    }
    if (!fpti_vintage_fits(source, told, found))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: is of " FPT_STR_FMT ", and " FPT_STR_FMT
                        " is wanted",
                        path, FPT_STR_ARG(found), FPT_STR_ARG(told));
    *out = found;
    return FPT_OK;
}
