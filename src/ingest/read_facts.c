/*
 * From the cells of a record to rows of the warehouse.
 */
#include "read_i.h"

/* ---- preparing a fact for one file ---- */

static bool need(struct reader *r, struct prepared *p, int column)
{
    if (column < 0) return true;
    const fpti_column *about = &r->source->column[column];
    if (about->match.count > 0) {
        p->many = r->binding->many[column];
        return p->many > 0;
    }
    if (about->type != FPTI_QUARTER && r->binding->first[column] < 0)
        return false;
    FPT_REQUIRE(p->needs < sizeof p->need / sizeof *p->need);
    p->need[p->needs++] = column;
    return true;
}

static bool prepare_needs(struct reader *r, struct prepared *p)
{
    const fpti_fact *fact = p->fact;
    const bool is_point = fact->kind == FPTI_FACT_POINT;
    bool good = need(r, p, fact->subject) && need(r, p, fact->object) &&
                need(r, p, fact->value) && need(r, p, fact->period) &&
                need(r, p, fact->share) && need(r, p, fact->series_column) &&
                need(r, p, fact->about_column);
    if (fact->kind != FPTI_FACT_DATUM && !is_point)
        good = good && need(r, p, fact->from) && need(r, p, fact->last);
    if (fact->kind == FPTI_FACT_ROLE)
        good = good && need(r, p, fact->operational_from) &&
               need(r, p, fact->operational_last);
    if (fact->kind == FPTI_FACT_NAME)
        good = good && need(r, p, fact->name.column);
    if (is_point)
        good = good && need(r, p, fact->easting) && need(r, p, fact->northing);
    for (size_t i = 0; i < fact->strata; i++)
        good = good && need(r, p, fact->stratum[i].value.column);
    return good;
}

/* "{low} to {high}" against a label; without {high} it is one number. */
static bool match_range(fpt_str label, fpt_str pattern, int64_t *low,
                        int64_t *high)
{
    size_t i = 0, k = 0;
    *low = *high = FPTI_NULL;
    while (k < pattern.len) {
        const bool is_low =
            fpt_str_starts(fpt_str_slice(pattern, k, 5), FPT_STR("{low}"));
        const bool is_high =
            fpt_str_starts(fpt_str_slice(pattern, k, 6), FPT_STR("{high}"));
        if (is_low || is_high) {
            size_t end = i;
            while (end < label.len && label.data[end] >= '0' &&
                   label.data[end] <= '9')
                end++;
            if (end == i || !fpt_parse_int64(fpt_str_slice(label, i, end - i),
                                             is_low ? low : high))
                return false;
            i = end;
            k += is_low ? 5 : 6;
        } else {
            if (i >= label.len || label.data[i] != pattern.data[k])
                return false;
            i++;
            k++;
        }
    }
    return i == label.len && *low != FPTI_NULL;
}

static fpt_status note_range(struct reader *r, const fpti_column *column,
                             fpt_str dimension, fpt_str label, fpt_error *err)
{
    int64_t low, high;
    for (size_t i = 0; i < column->open.count; i++)
        if (match_range(label, column->open.text[i], &low, &high))
            return fpti_range_add(r->load->session, dimension, label, low,
                                  FPTI_NULL, err);
    for (size_t i = 0; i < column->range.count; i++)
        if (match_range(label, column->range.text[i], &low, &high))
            return fpti_range_add(r->load->session, dimension, label, low,
                                  high != FPTI_NULL ? high : low, err);
    return FPT_OK;
}

/* The separators of strata may not stand in a value. */
static void add_value(fpt_strbuf *text, fpt_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char c = value.data[i];
        fpt_strbuf_add_char(text, c == FPTI_PART || c == FPTI_EQUALS ? ' ' : c);
    }
}

/* The stratum of one value as text; `label` is the name of its column. */
static void stratum_text(struct reader *r, const fpti_fact *fact, fpt_str label,
                         fpt_strbuf *text)
{
    fpti_fault ignored;
    for (size_t i = 0; i < fact->strata; i++) {
        const fpti_stratum *s = &fact->stratum[i];
        const fpt_str value =
            s->each ? label
            : s->value.column < 0
                ? s->value.constant
                : reader_cell(r, s->value.column, &ignored)->text;
        if (value.len == 0 || fpti_texts_hold(&s->whole, value)) continue;
        if (text->len > 0) fpt_strbuf_add_char(text, FPTI_PART);
        fpt_strbuf_add(text, s->dimension);
        fpt_strbuf_add_char(text, FPTI_EQUALS);
        add_value(text, value);
    }
}

static fpt_status number_of_stratum(struct reader *r, const fpti_fact *fact,
                                    fpt_str label, int64_t *out, fpt_error *err)
{
    if (fact->strata == 0) {
        *out = 0;
        return FPT_OK;
    }
    fpt_strbuf text = fpt_strbuf_make(&r->scratch);
    stratum_text(r, fact, label, &text);
    if (text.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    const fpt_status status =
        fpti_stratum_number(r->load->session, fpt_strbuf_view(&text), out, err);
    fpt_arena_reset(&r->scratch);
    return status;
}

static fpt_status prepare_strata(struct reader *r, struct prepared *p,
                                 fpt_arena *arena, fpt_error *err)
{
    const fpti_fact *fact = p->fact;
    p->fixed_strata = true;
    for (size_t i = 0; i < fact->strata; i++)
        if (fact->stratum[i].value.column >= 0) p->fixed_strata = false;
    const size_t values = p->many > 0 ? p->many : 1;
    p->stratum = FPT_NEW(arena, int64_t, values);
    if (p->stratum == NULL) return FPT_ERR_MEMORY;
    for (size_t i = 0; i < values; i++) {
        const fpt_str label =
            p->many > 0 ? r->binding->labels[fact->value][i] : (fpt_str){0};
        for (size_t s = 0; s < fact->strata && p->many > 0; s++)
            if (fact->stratum[s].each)
                FPT_TRY(note_range(r, &r->source->column[fact->value],
                                   fact->stratum[s].dimension, label, err));
        if (p->fixed_strata)
            FPT_TRY(number_of_stratum(r, fact, label, &p->stratum[i], err));
    }
    return FPT_OK;
}

fpt_status reader_prepare(struct reader *r, fpt_arena *arena, fpt_error *err)
{
    const fpti_source *source = r->source;
    const size_t columns = source->columns;
    r->cell = FPT_NEW(arena, fpti_cell, columns);
    r->cell_of = FPT_NEW(arena, int64_t, columns);
    r->many = FPT_NEW(arena, fpti_cell *, columns);
    r->many_of = FPT_NEW(arena, int64_t, columns);
    r->sum = FPT_NEW(arena, int64_t, columns);
    r->printed = FPT_NEW(arena, int64_t, columns);
    r->summed = FPT_NEW(arena, bool, columns);
    r->has_printed = FPT_NEW(arena, bool, columns);
    r->fact = FPT_NEW(arena, struct prepared, source->facts);
    r->tally = FPT_NEW(arena, struct tally, source->checks);
    if (r->cell == NULL || r->cell_of == NULL || r->many == NULL ||
        r->many_of == NULL || r->sum == NULL || r->printed == NULL ||
        r->summed == NULL || r->has_printed == NULL || r->fact == NULL ||
        r->tally == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    for (size_t c = 0; c < columns; c++) {
        if (r->binding->many[c] == 0) continue;
        r->many[c] = FPT_NEW(arena, fpti_cell, r->binding->many[c]);
        if (r->many[c] == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    }
    r->facts = source->facts;
    r->latest = fpt_date_start();
    for (size_t f = 0; f < source->facts; f++) {
        struct prepared *p = &r->fact[f];
        p->fact = &source->fact[f];
        p->usable = prepare_needs(r, p);
        p->said = fpt_intern_make(arena);
        if (!p->usable || p->fact->kind != FPTI_FACT_DATUM) continue;
        if (p->fact->series_column < 0)
            FPT_TRY(
                fpti_series_number(r->load->session, p->fact, &p->series, err));
        FPT_TRY(prepare_strata(r, p, arena, err));
    }
    for (size_t c = 0; c < source->checks; c++) {
        const fpti_check *check = &source->check[c];
        if (check->vintage.len > 0 &&
            !fpt_str_equal(check->vintage, r->load->vintage))
            continue;
        r->tally[r->tallies++] = (struct tally){.check = check};
    }
    return FPT_OK;
}

/* ---- emitting ---- */

/* A cell that prepare_needs() saw and read_cells() found good. */
static const fpti_cell *at(struct reader *r, int column)
{
    fpti_fault ignored;
    return reader_cell(r, column, &ignored);
}

static int64_t date_of(struct reader *r, int column, int64_t otherwise)
{
    if (column < 0) return otherwise;
    const fpti_cell *cell = at(r, column);
    return cell->status == FPTI_CELL_OK ? cell->date.days : otherwise;
}

static int64_t first_day(struct reader *r, const fpti_fact *fact)
{
    if (fact->from_vintage) return fpti_valid_from(r->load, fact->what).days;
    return date_of(r, fact->from, FPT_DATE_MIN_DAYS);
}

/* Publishers print the last day; we keep the day behind it. */
static int64_t day_behind(struct reader *r, int column)
{
    const int64_t last = date_of(r, column, FPT_DATE_MAX_DAYS);
    return last == FPT_DATE_MAX_DAYS ? last : last + 1;
}

static fpt_status row(struct reader *r, fpti_table table, size_t numbers,
                      const int64_t *number, size_t texts, const fpt_str *text,
                      fpt_error *err)
{
    r->load->result->facts++;
    return fpti_batch_row(r->load->session, table, numbers, number, texts, text,
                          err);
}

static bool cover(struct reader *r, int64_t series, fpt_period period)
{
    for (size_t k = 0; k < r->covered_count; k++) {
        /* From where the last one was found, round the list. */
        const size_t i = (r->covered_last + k) % r->covered_count;
        struct covered *c = &r->covered[i];
        if (c->series != series || !fpt_period_equal(c->period, period))
            continue;
        c->facts++;
        r->covered_last = i;
        return true;
    }
    if (!FPT_RESERVE(r->arena, r->covered, r->covered_count,
                     r->covered_capacity))
        return false;
    r->covered_last = r->covered_count;
    r->covered[r->covered_count++] = (struct covered){series, 1, period};
    return true;
}

fpt_status reader_write_coverage(struct reader *r, fpt_error *err)
{
    for (size_t i = 0; i < r->covered_count; i++) {
        const struct covered *c = &r->covered[i];
        const int64_t number[] = {r->load->number, c->series,
                                  c->period.from.days, c->period.to.days,
                                  c->facts};
        FPT_TRY(fpti_batch_row(r->load->session, FPTI_T_COVERAGE, 5, number, 0,
                               NULL, err));
    }
    return FPT_OK;
}

static fpt_status emit_value(struct reader *r, const struct prepared *p,
                             const fpti_cell *cell, size_t index, int64_t place,
                             fpt_period period, fpt_str label, fpt_error *err)
{
    const fpti_fact *fact = p->fact;
    const fpti_column *column = &r->source->column[fact->value];
    int64_t status = FPTI_NULL, value = cell->whole;
    if (cell->status == FPTI_CELL_MISSING) {
        if (column->when_missing == FPTI_MISSING_ABSENT) return FPT_OK;
        status = 1;
    } else if (cell->status == FPTI_CELL_SUPPRESSED) {
        status = 2;
    } else if (fact->suspect) {
        status = 3;
    } else if (fact->suspect_column >= 0) {
        const fpt_str flags = at(r, fact->suspect_column)->text;
        for (size_t i = 0; i + fact->suspect_text.len <= flags.len; i++)
            if (memcmp(flags.data + i, fact->suspect_text.data,
                       fact->suspect_text.len) == 0)
                status = 3;
    }
    if (status == 1 || status == 2)
        value = FPTI_NULL;
    else
        reader_add_sum(r, fact->value, value);
    int64_t stratum = p->fixed_strata ? p->stratum[index] : 0;
    if (!p->fixed_strata)
        FPT_TRY(number_of_stratum(r, fact, label, &stratum, err));
    if (!cover(r, p->series, period))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    const int64_t number[] = {
        r->load->number, r->csv.line, p->series, place, period.from.days,
        period.to.days,  stratum,     value,     status};
    return row(r, FPTI_T_DATUM, 9, number, 0, NULL, err);
}

/* The series that a record names. Its text becomes part of a name by which
 * packs ask, so what no name has in it becomes an underscore. */
static fpt_status named_series(struct reader *r, const fpti_fact *fact,
                               int64_t *out, fpt_error *err)
{
    fpti_fact named = *fact;
    fpt_strbuf name = fpt_strbuf_make(&r->scratch);
    const fpt_str text = at(r, fact->series_column)->text;
    fpt_strbuf_add(&name, fact->what);
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];
        const bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
        fpt_strbuf_add_char(&name, good ? c : '_');
    }
    fpt_strbuf_add(&name, fact->series_behind);
    if (name.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    named.what = fpt_strbuf_view(&name);
    if (fact->about_column >= 0) named.about = at(r, fact->about_column)->text;
    const fpt_status status =
        fpti_series_number(r->load->session, &named, out, err);
    fpt_arena_reset(&r->scratch);
    return status;
}

static fpt_status emit_datum(struct reader *r, const struct prepared *shared,
                             fpt_error *err)
{
    struct prepared here = *shared;
    const struct prepared *p = &here;
    const fpti_fact *fact = p->fact;
    const fpti_cell *who = at(r, fact->subject);
    if (who->status != FPTI_CELL_OK) return FPT_OK;
    if (fact->series_column >= 0) {
        if (at(r, fact->series_column)->status != FPTI_CELL_OK) return FPT_OK;
        FPT_TRY(named_series(r, fact, &here.series, err));
    }
    int64_t place;
    FPT_TRY(fpti_place(r->load->session, who->text, &place, err));
    const fpt_period period = fact->has_period ? fact->fixed_period
                              : fact->vintage_period
                                  ? r->load->vintage_period
                                  : at(r, fact->period)->period;
    if (p->many == 0)
        return emit_value(r, p, at(r, fact->value), 0, place, period,
                          (fpt_str){0}, err);
    for (size_t i = 0; i < p->many; i++)
        FPT_TRY(emit_value(r, p, &r->many[fact->value][i], i, place, period,
                           r->binding->labels[fact->value][i], err));
    return FPT_OK;
}

static fpt_status emit_name(struct reader *r, const fpti_fact *fact,
                            fpt_error *err)
{
    const fpt_str none = {NULL, 0};
    const fpti_cell *code = at(r, fact->subject);
    if (code->status != FPTI_CELL_OK) return FPT_OK;
    const fpt_str name = fact->name.column >= 0 ? at(r, fact->name.column)->text
                         : fact->name.constant.len > 0 ? fact->name.constant
                                                       : none;
    const int64_t number[] = {first_day(r, fact), day_behind(r, fact->last),
                              r->load->number, r->csv.line};
    const fpt_str text[] = {code->text, fact->what, name};
    return row(r, FPTI_T_NAME, 4, number, 3, text, err);
}

static fpt_status emit_alias(struct reader *r, const fpti_fact *fact,
                             fpt_error *err)
{
    const fpti_cell *code = at(r, fact->subject), *other = at(r, fact->object);
    if (code->status != FPTI_CELL_OK || other->status != FPTI_CELL_OK)
        return FPT_OK;
    const int64_t number[] = {first_day(r, fact), r->load->number, r->csv.line};
    const fpt_str text[] = {code->text, fact->unit, other->text, fact->what};
    return row(r, FPTI_T_ALIAS, 3, number, 4, text, err);
}

static fpt_status emit_relation(struct reader *r, const fpti_fact *fact,
                                fpt_error *err)
{
    const fpti_cell *subject = at(r, fact->subject);
    const fpti_cell *object = at(r, fact->object);
    if (subject->status != FPTI_CELL_OK || object->status != FPTI_CELL_OK)
        return FPT_OK;
    const bool shared =
        fact->share >= 0 && at(r, fact->share)->status == FPTI_CELL_OK;
    const int64_t share = shared ? at(r, fact->share)->whole : FPTI_NULL;
    const int64_t number[] = {share, first_day(r, fact),
                              day_behind(r, fact->last), r->load->number,
                              r->csv.line};
    const fpt_str text[] = {subject->text, fact->what, object->text};
    return row(r, FPTI_T_RELATION, 5, number, 3, text, err);
}

static fpt_status emit_role(struct reader *r, const fpti_fact *fact,
                            fpt_error *err)
{
    const fpti_cell *code = at(r, fact->subject);
    if (code->status != FPTI_CELL_OK) return FPT_OK;
    const int64_t number[] = {
        first_day(r, fact),
        day_behind(r, fact->last),
        date_of(r, fact->operational_from, FPT_DATE_MIN_DAYS),
        day_behind(r, fact->operational_last),
        r->load->number,
        r->csv.line};
    const fpt_str text[] = {code->text, fact->what};
    return row(r, FPTI_T_ROLE, 6, number, 2, text, err);
}

static fpt_status emit_succession(struct reader *r, const fpti_fact *fact,
                                  fpt_error *err)
{
    const fpti_cell *old = at(r, fact->subject), *new = at(r, fact->object);
    const fpti_cell *on = at(r, fact->from);
    if (old->status != FPTI_CELL_OK || new->status != FPTI_CELL_OK ||
        on->status != FPTI_CELL_OK)
        return FPT_OK;
    const int64_t number[] = {on->date.days, r->load->number, r->csv.line};
    const fpt_str text[] = {old->text, new->text};
    return row(r, FPTI_T_SUCCESSION, 3, number, 2, text, err);
}

static fpt_status emit_point(struct reader *r, const fpti_fact *fact,
                             fpt_error *err)
{
    const fpti_cell *code = at(r, fact->subject);
    const fpti_cell *east = at(r, fact->easting),
                    *north = at(r, fact->northing);
    if (code->status != FPTI_CELL_OK || east->status != FPTI_CELL_OK ||
        north->status != FPTI_CELL_OK)
        return FPT_OK;
    const int64_t number[] = {east->whole, north->whole, r->load->number,
                              r->csv.line};
    return row(r, FPTI_T_POINT, 4, number, 1, &code->text, err);
}

/* Has an earlier record said the same of the same bodies? */
static fpt_status is_new(struct reader *r, struct prepared *p, bool *out,
                         fpt_error *err)
{
    const fpti_fact *fact = p->fact;
    fpt_strbuf key = fpt_strbuf_make(&r->scratch);
    fpt_strbuf_add(&key, at(r, fact->subject)->text);
    fpt_strbuf_add_char(&key, FPTI_PART);
    if (fact->object >= 0) fpt_strbuf_add(&key, at(r, fact->object)->text);
    const size_t before = p->said.count;
    const uint32_t id = key.failed
                            ? FPT_INTERN_NONE
                            : fpt_intern_add(&p->said, fpt_strbuf_view(&key));
    fpt_arena_reset(&r->scratch);
    if (id == FPT_INTERN_NONE)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    *out = p->said.count > before;
    return FPT_OK;
}

fpt_status reader_emit(struct reader *r, struct prepared *p, fpt_error *err)
{
    if (p->fact->once) {
        bool new;
        FPT_TRY(is_new(r, p, &new, err));
        if (!new) return FPT_OK;
    }
    switch (p->fact->kind) {
    case FPTI_FACT_NAME:
        return emit_name(r, p->fact, err);
    case FPTI_FACT_ALIAS:
        return emit_alias(r, p->fact, err);
    case FPTI_FACT_RELATION:
        return emit_relation(r, p->fact, err);
    case FPTI_FACT_ROLE:
        return emit_role(r, p->fact, err);
    case FPTI_FACT_SUCCESSION:
        return emit_succession(r, p->fact, err);
    case FPTI_FACT_POINT:
        return emit_point(r, p->fact, err);
    case FPTI_FACT_DATUM:
        return emit_datum(r, p, err);
    case FPTI_FACT_KINDS:
        break;
    }
    return FPT_OK;
}
