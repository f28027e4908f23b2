/*
 * One call of load: its dictionaries (places, series, strata), continued from
 * what the warehouse has, and the rows that it gathers.
 */
#include "fpt/geo.h"
#include "ingest_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
}

/* A dictionary column, whose numbers run from `first` without a gap. */
static fpt_status read_dictionary(fpti_session *session, const char *sql,
                                  fpt_intern *set, fpt_error *err)
{
    fpt_rows rows;
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status = fpt_store_query(session->workspace->warehouse, &scratch,
                                        sql, 0, NULL, &rows, err);
    if (status == FPT_OK) {
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t r = 0; r < rows.count && good; r++)
                good = fpt_intern_add(set, rows.column[0].text[r]) !=
                       FPT_INTERN_NONE;
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && !good) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

static fpt_status read_series(fpti_session *session, fpt_error *err)
{
    FPT_TRY(read_dictionary(session, "SELECT name FROM series ORDER BY series",
                            &session->series, err));
    session->series_capacity = session->series.count;
    session->series_about = fpt_arena_allocate(
        &session->arena, session->series.count, sizeof *session->series_about);
    if (session->series_about == NULL) return no_memory(err);
    fpt_rows rows;
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status =
        fpt_store_query(session->workspace->warehouse, &scratch,
                        "SELECT unit, decimals FROM series ORDER BY series", 0,
                        NULL, &rows, err);
    size_t i = 0;
    if (status == FPT_OK) {
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t r = 0; r < rows.count && good; r++, i++) {
                session->series_about[i].unit =
                    fpt_str_keep(&session->arena, rows.column[0].text[r]);
                session->series_about[i].decimals =
                    (int)rows.column[1].whole[r];
                good = session->series_about[i].unit.data != NULL;
            }
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && !good) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

static fpt_status read_strata(fpti_session *session, fpt_error *err)
{
    /* Number 0 is the whole; a stratum of several parts has several rows. */
    if (fpt_intern_add(&session->strata, FPT_STR("")) == FPT_INTERN_NONE)
        return no_memory(err);
    fpt_rows rows;
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status =
        fpt_store_query(session->workspace->warehouse, &scratch,
                        "SELECT stratum, dimension, value FROM stratum ORDER "
                        "BY stratum, dimension",
                        0, NULL, &rows, err);
    if (status == FPT_OK) {
        fpt_strbuf text = fpt_strbuf_make(&scratch);
        int64_t number = 0;
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t r = 0; r < rows.count && good; r++) {
                if (rows.column[0].whole[r] != number && number != 0) {
                    good = fpt_intern_add(&session->strata,
                                          fpt_strbuf_view(&text)) !=
                           FPT_INTERN_NONE;
                    text.len = 0;
                }
                number = rows.column[0].whole[r];
                if (text.len > 0) fpt_strbuf_add_char(&text, FPTI_PART);
                fpt_strbuf_add(&text, rows.column[1].text[r]);
                fpt_strbuf_add_char(&text, FPTI_EQUALS);
                fpt_strbuf_add(&text, rows.column[2].text[r]);
            }
        if (good && number != 0)
            good = fpt_intern_add(&session->strata, fpt_strbuf_view(&text)) !=
                   FPT_INTERN_NONE;
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && (!good || text.failed)) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

/* Asked now: a question in the middle would wait for every row before it. */
static fpt_status read_loads(fpti_session *session, fpt_error *err)
{
    fpt_rows rows;
    fpt_arena scratch;
    size_t capacity = 0;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status = fpt_store_query(
        session->workspace->warehouse, &scratch,
        "SELECT load, sha256 FROM load ORDER BY load", 0, NULL, &rows, err);
    if (status == FPT_OK) {
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t r = 0; r < rows.count && good; r++) {
                good = FPT_RESERVE(&session->arena, session->loaded,
                                   session->loads, capacity);
                if (!good) break;
                struct fpti_known_file *one =
                    &session->loaded[session->loads++];
                one->load = rows.column[0].whole[r];
                one->sha256 =
                    fpt_str_keep(&session->arena, rows.column[1].text[r]);
                good = one->sha256.data != NULL;
            }
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && !good) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    session->next_load = 1;
    if (session->loads > 0)
        session->next_load = session->loaded[session->loads - 1].load + 1;
    return status;
}

int64_t fpti_session_load_of(const fpti_session *session, fpt_str sha256)
{
    for (size_t i = session->loads; i > 0; i--)
        if (fpt_str_equal(session->loaded[i - 1].sha256, sha256))
            return session->loaded[i - 1].load;
    return 0;
}

static fpt_status read_dictionaries(fpti_session *out, fpt_error *err)
{
    out->places = fpt_intern_make(&out->arena);
    out->series = fpt_intern_make(&out->arena);
    out->strata = fpt_intern_make(&out->arena);
    out->ranges = fpt_intern_make(&out->arena);
    FPT_TRY(read_dictionary(out, "SELECT code FROM place ORDER BY place",
                            &out->places, err));
    FPT_TRY(read_series(out, err));
    FPT_TRY(read_strata(out, err));
    out->places_stored = out->places.count;
    out->series_stored = out->series.count;
    out->strata_stored = out->strata.count;
    FPT_TRY(read_loads(out, err));
    return fpti_batch_open(out, err);
}

fpt_status fpti_session_open(fpt_workspace *workspace,
                             const fpt_load_options *options, fpti_session *out,
                             fpt_error *err)
{
    *out = (fpti_session){.workspace = workspace, .options = options};
    if (fpt_arena_init(&out->arena, NULL) != FPT_OK) return no_memory(err);
    const fpt_status status = read_dictionaries(out, err);
    if (status != FPT_OK) fpti_session_close(out);
    return status;
}

void fpti_session_close(fpti_session *session)
{
    fpti_batch_close(session);
    fpt_geo_close(session->geo);
    session->geo = NULL;
    fpt_arena_clear(&session->arena);
}

fpt_status fpti_place(fpti_session *session, fpt_str code, int64_t *out,
                      fpt_error *err)
{
    const uint32_t id = fpt_intern_add(&session->places, code);
    if (id == FPT_INTERN_NONE) return no_memory(err);
    *out = id;
    return FPT_OK;
}

fpt_status fpti_series_number(fpti_session *session, const fpti_fact *fact,
                              int64_t *out, fpt_error *err)
{
    const size_t before = session->series.count;
    const uint32_t id = fpt_intern_add(&session->series, fact->what);
    if (id == FPT_INTERN_NONE) return no_memory(err);
    *out = id;
    if (session->series.count > before) {
        if (!FPT_RESERVE(&session->arena, session->series_about, before,
                         session->series_capacity))
            return no_memory(err);
        session->series_about[id].unit =
            fpt_str_keep(&session->arena, fact->unit);
        session->series_about[id].about =
            fpt_str_keep(&session->arena, fact->about);
        session->series_about[id].decimals = fact->decimals;
        if (session->series_about[id].unit.data == NULL ||
            session->series_about[id].about.data == NULL)
            return no_memory(err);
        return FPT_OK;
    }
    if (fpt_str_equal(session->series_about[id].unit, fact->unit) &&
        session->series_about[id].decimals == fact->decimals)
        return FPT_OK;
    return fpt_fail(
        err, FPT_ERR_INPUT,
        "the series " FPT_STR_FMT " is in " FPT_STR_FMT
        " of %d decimals in the warehouse, and a pack gives it in " FPT_STR_FMT
        " of %d",
        FPT_STR_ARG(fact->what), FPT_STR_ARG(session->series_about[id].unit),
        session->series_about[id].decimals, FPT_STR_ARG(fact->unit),
        fact->decimals);
}

fpt_status fpti_stratum_number(fpti_session *session, fpt_str text,
                               int64_t *out, fpt_error *err)
{
    const uint32_t id = fpt_intern_add(&session->strata, text);
    if (id == FPT_INTERN_NONE) return no_memory(err);
    *out = id;
    return FPT_OK;
}

fpt_status fpti_range_add(fpti_session *session, fpt_str dimension,
                          fpt_str label, int64_t low, int64_t high,
                          fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    const fpt_str key =
        fpt_str_print(&scratch, FPT_STR_FMT "%c" FPT_STR_FMT,
                      FPT_STR_ARG(dimension), FPTI_EQUALS, FPT_STR_ARG(label));
    const size_t before = session->ranges.count;
    const uint32_t id = key.data == NULL
                            ? FPT_INTERN_NONE
                            : fpt_intern_add(&session->ranges, key);
    fpt_arena_clear(&scratch);
    if (id == FPT_INTERN_NONE) return no_memory(err);
    if (session->ranges.count > before &&
        !FPT_RESERVE(&session->arena, session->range, before,
                     session->range_capacity))
        return no_memory(err);
    session->range[id].low = low;
    session->range[id].high = high;
    return FPT_OK;
}

/* ---- writing the dictionaries ---- */

static fpt_status write_places(fpti_session *session, fpt_error *err)
{
    const size_t first = session->places_stored;
    const size_t count = session->places.count - first;
    if (count == 0) return FPT_OK;
    int64_t *number = FPT_NEW(&session->arena, int64_t, count);
    if (number == NULL) return no_memory(err);
    for (size_t i = 0; i < count; i++)
        number[i] = (int64_t)(first + i);
    const fpt_column column[] = {
        {.type = FPT_TYPE_INT, .whole = number},
        {.type = FPT_TYPE_TEXT, .text = session->places.text + first}};
    fpt_appender *appender;
    FPT_TRY(fpt_append_open(session->workspace->warehouse, &session->arena,
                            "place", &appender, err));
    const fpt_status status = fpt_append_rows(appender, count, 2, column, err);
    const fpt_status closed = fpt_append_close(appender, err);
    return status != FPT_OK ? status : closed;
}

static fpt_status write_series(fpti_session *session, fpt_error *err)
{
    for (size_t i = session->series_stored; i < session->series.count; i++) {
        const fpt_bind binds[] = {
            fpt_bind_int((int64_t)i), fpt_bind_text(session->series.text[i]),
            fpt_bind_text(session->series_about[i].unit),
            fpt_bind_int(session->series_about[i].decimals),
            fpt_bind_text(session->series_about[i].about)};
        FPT_TRY(fpt_store_run(session->workspace->warehouse,
                              "INSERT INTO series VALUES ($1, $2, $3, $4, $5)",
                              5, binds, err));
    }
    return FPT_OK;
}

static fpt_status write_strata(fpti_session *session, fpt_error *err)
{
    const size_t count = session->strata.count;
    size_t capacity = 0, rows = 0;
    int64_t *number = NULL, *low = NULL, *high = NULL;
    fpt_str *dimension = NULL, *value = NULL;
    /* A part a row; parts are few, so room for them is counted first. */
    for (size_t i = session->strata_stored; i < count; i++) {
        fpt_str rest = session->strata.text[i];
        while (rest.data != NULL) {
            fpt_str_cut(&rest, FPTI_PART);
            capacity++;
        }
    }
    if (capacity == 0) return FPT_OK;
    number = FPT_NEW(&session->arena, int64_t, capacity);
    low = FPT_NEW(&session->arena, int64_t, capacity);
    high = FPT_NEW(&session->arena, int64_t, capacity);
    dimension = FPT_NEW(&session->arena, fpt_str, capacity);
    value = FPT_NEW(&session->arena, fpt_str, capacity);
    uint8_t *has_low = FPT_NEW(&session->arena, uint8_t, capacity / 8 + 1);
    uint8_t *has_high = FPT_NEW(&session->arena, uint8_t, capacity / 8 + 1);
    if (number == NULL || low == NULL || high == NULL || dimension == NULL ||
        value == NULL || has_low == NULL || has_high == NULL)
        return no_memory(err);
    for (size_t i = session->strata_stored; i < count; i++) {
        fpt_str rest = session->strata.text[i];
        while (rest.data != NULL) {
            fpt_str part = fpt_str_cut(&rest, FPTI_PART);
            const fpt_str whole_part = part;
            dimension[rows] = fpt_str_cut(&part, FPTI_EQUALS);
            value[rows] = part.data != NULL ? part : FPT_STR("");
            number[rows] = (int64_t)i;
            const uint32_t range =
                fpt_intern_find(&session->ranges, whole_part);
            if (range != FPT_INTERN_NONE) {
                low[rows] = session->range[range].low;
                high[rows] = session->range[range].high;
                has_low[rows / 8] |= (uint8_t)(1u << (rows % 8));
                if (high[rows] != FPTI_NULL)
                    has_high[rows / 8] |= (uint8_t)(1u << (rows % 8));
            }
            rows++;
        }
    }
    const fpt_column column[] = {
        {.type = FPT_TYPE_INT, .whole = number},
        {.type = FPT_TYPE_TEXT, .text = dimension},
        {.type = FPT_TYPE_TEXT, .text = value},
        {.type = FPT_TYPE_INT, .whole = low, .valid = has_low},
        {.type = FPT_TYPE_INT, .whole = high, .valid = has_high}};
    fpt_appender *appender;
    FPT_TRY(fpt_append_open(session->workspace->warehouse, &session->arena,
                            "stratum", &appender, err));
    const fpt_status status = fpt_append_rows(appender, rows, 5, column, err);
    const fpt_status closed = fpt_append_close(appender, err);
    return status != FPT_OK ? status : closed;
}

fpt_status fpti_session_finish(fpti_session *session, fpt_error *err)
{
    FPT_TRY(fpti_batch_flush(session, err));
    FPT_TRY(write_places(session, err));
    FPT_TRY(write_series(session, err));
    return write_strata(session, err);
}
