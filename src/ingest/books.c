/*
 * Closing the books of a call: a row and an entry for each load, what later
 * files say otherwise, and codes that nobody knows.
 */
#include <jansson.h>

#include "load_i.h"

enum { UNKNOWN_SHOWN = 50 };

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
}

/* The made-up nation's folder holds a file of this name. */
fpt_status fpti_is_synthetic(fpt_arena *arena, const char *path, bool *out,
                             fpt_error *err)
{
    const char *name = fpt_path_name(path);
    const fpt_str folder = {path, (size_t)(name - path)};
    const fpt_str mark =
        fpt_str_print(arena, FPT_STR_FMT "SYNTHETIC.txt", FPT_STR_ARG(folder));
    if (mark.data == NULL) return no_memory(err);
    *out = fpt_file_kind_of(mark.data) == FPT_FILE_REGULAR;
    return FPT_OK;
}

fpt_status fpti_note_load(struct call *c, const fpt_load_file *file,
                          fpt_error *err)
{
    if (!FPT_RESERVE(&c->arena, c->noted, c->noted_count, c->noted_capacity))
        return no_memory(err);
    struct noted *noted = &c->noted[c->noted_count++];
    *noted = (struct noted){.load = c->load.result->load,
                            .result = c->load.result,
                            .known_from = c->load.known_from,
                            .synthetic = c->load.synthetic,
                            .by_place = c->load.source->by_place,
                            .published = file->published,
                            .file = (int64_t)c->noted_count,
                            .loaded_on = c->options->today};
    if (c->rebuilding) {
        const struct noted *was = &c->replay[c->noted_count - 1];
        noted->entry = was->entry;
        noted->seal = was->seal;
        noted->synthetic = was->synthetic;
        noted->loaded_on = was->loaded_on;
    }
    return FPT_OK;
}

/* What the ledger must know to read the file again in just the same way. */
static fpt_status body_of(struct call *c, const struct noted *noted,
                          fpt_str *out, fpt_error *err)
{
    const fpt_load_result *r = noted->result;
    char known[FPT_DATE_BYTES];
    fpt_date_print(noted->known_from, known);
    fpt_output text = fpt_output_memory(&c->arena);
    fpt_json json = fpt_json_make(&text, true);
    fpt_json_open_object(&json);
    fpt_json_key(&json, "name");
    fpt_json_str(&json, fpt_str_from(fpt_path_name(r->path.data)));
    fpt_json_key(&json, "sha256");
    fpt_json_str(&json, fpt_str_from(r->sha256));
    fpt_json_key(&json, "source");
    fpt_json_str(&json, r->source);
    fpt_json_key(&json, "version");
    fpt_json_str(&json, r->version);
    fpt_json_key(&json, "vintage");
    fpt_json_str(&json, r->vintage);
    fpt_json_key(&json, "known_from");
    fpt_json_str(&json, fpt_str_from(known));
    fpt_json_key(&json, "published");
    fpt_json_str(&json, noted->published);
    fpt_json_key(&json, "file");
    fpt_json_int64(&json, noted->file);
    fpt_json_key(&json, "synthetic");
    fpt_json_bool(&json, noted->synthetic);
    fpt_json_close_object(&json);
    if (text.text.failed) return no_memory(err);
    *out = fpt_strbuf_view(&text.text);
    return FPT_OK;
}

/* What the ledger keeps of a job: which files were read for it, also those that
 * had been read before. */
static fpt_status job_body(struct call *c, fpt_str *out, fpt_error *err)
{
    const fpt_job *job = c->options->job;
    fpt_output text = fpt_output_memory(&c->arena);
    fpt_json json = fpt_json_make(&text, true);
    fpt_json_open_object(&json);
    fpt_json_key(&json, "job");
    fpt_json_str(&json, job->name);
    fpt_json_key(&json, "version");
    fpt_json_str(&json, job->version);
    fpt_json_key(&json, "folder");
    fpt_json_str(&json, c->options->job_folder);
    fpt_json_key(&json, "loads");
    fpt_json_open_array(&json);
    for (size_t i = 0; i < c->result_count; i++)
        fpt_json_int64(&json, c->results[i].load != 0 ? c->results[i].load
                                                      : c->results[i].same_as);
    fpt_json_close_array(&json);
    fpt_json_close_object(&json);
    if (text.text.failed) return no_memory(err);
    *out = fpt_strbuf_view(&text.text);
    return FPT_OK;
}

/* Asked for again with nothing new, a job leaves the ledger as it is. */
fpt_status fpti_write_job(struct call *c, fpt_error *err)
{
    fpt_str body;
    size_t count;
    fpt_ledger_entry *entry;
    if (c->options->job == NULL || c->rebuilding) return FPT_OK;
    FPT_TRY(job_body(c, &body, err));
    FPT_TRY(fpt_ledger_read(c->workspace->ledger, &c->arena, "job", &count,
                            &entry, err));
    if (count > 0 && fpt_str_equal(entry[count - 1].body, body)) return FPT_OK;
    return fpt_ledger_add(c->workspace->ledger, "job", body, c->options->today,
                          NULL, NULL, err);
}

static fpt_status write_load(struct call *c, struct noted *noted,
                             fpt_error *err)
{
    const fpt_load_result *r = noted->result;
    if (!c->rebuilding) {
        fpt_str body;
        char *seal = FPT_NEW(&c->arena, char, 65);
        if (seal == NULL) return no_memory(err);
        FPT_TRY(body_of(c, noted, &body, err));
        FPT_TRY(fpt_ledger_add(c->workspace->ledger, "load", body,
                               c->options->today, &noted->entry, seal, err));
        noted->seal = fpt_str_from(seal);
    }
    fpt_bind vintage = fpt_bind_text(r->vintage);
    vintage.null = r->vintage.len == 0;
    const fpt_bind binds[] = {
        fpt_bind_int(noted->load),
        fpt_bind_int(noted->entry),
        fpt_bind_text(noted->seal),
        fpt_bind_text(r->source),
        fpt_bind_text(r->version),
        vintage,
        fpt_bind_text(fpt_str_from(fpt_path_name(r->path.data))),
        fpt_bind_text(fpt_str_from(r->sha256)),
        fpt_bind_int(r->bytes),
        fpt_bind_date(noted->known_from),
        fpt_bind_date(noted->loaded_on),
        fpt_bind_int(r->rows_read),
        fpt_bind_int(r->rows_taken),
        fpt_bind_int(r->rows_skipped),
        fpt_bind_int(r->rows_rejected),
        fpt_bind_int(noted->synthetic ? 1 : 0),
        fpt_bind_int(noted->by_place ? 1 : 0)};
    return fpt_store_run(c->workspace->warehouse,
                         "INSERT INTO load VALUES ($1, $2, $3, $4, $5, $6, $7, "
                         "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
                         17, binds, err);
}

fpt_status fpti_write_loads(struct call *c, fpt_error *err)
{
    for (size_t i = 0; i < c->noted_count; i++)
        FPT_TRY(write_load(c, &c->noted[i], err));
    return FPT_OK;
}

static fpti_load as_load(struct call *c, int64_t number)
{
    for (size_t i = 0; i < c->noted_count; i++)
        if (c->noted[i].load == number)
            for (size_t r = 0; r < c->result_count; r++)
                if (c->results[r].load == number)
                    return (fpti_load){.session = &c->session,
                                       .number = number,
                                       .result = &c->results[r]};
    return (fpti_load){0};
}

/*
 * A later file of the same source about the same series and period takes the
 * place of the earlier one; both are kept, and how many numbers differ is told.
 */
static const char *const revisions =
    "SELECT n.load, o.load, l.name, "
    "CAST(count(*) AS BIGINT), "
    "CAST(sum(CASE WHEN n.value IS DISTINCT FROM o.value THEN 1 ELSE 0 END) "
    "AS BIGINT), CAST(min(n.line) AS BIGINT) "
    "FROM datum n JOIN datum o ON n.series = o.series AND n.place = o.place "
    "AND n.period_from = o.period_from AND n.period_to = o.period_to AND "
    "n.stratum = o.stratum AND o.load < n.load "
    "JOIN load l ON l.load = o.load JOIN load m ON m.load = n.load "
    "WHERE l.source = m.source AND n.load >= $1 AND EXISTS (SELECT 1 FROM "
    "coverage a JOIN coverage b ON a.series = b.series AND a.period_from = "
    "b.period_from AND a.period_to = b.period_to AND a.load < b.load "
    "JOIN load x ON x.load = a.load JOIN load y ON y.load = b.load "
    "WHERE x.source = y.source AND b.load >= $1) "
    "GROUP BY n.load, o.load, l.name ORDER BY n.load, o.load";

/* Only a few loads speak of what another has spoken of: ask that first. */
static const char *const any_overlap =
    "SELECT CAST(count(*) AS BIGINT) FROM coverage a JOIN coverage b ON "
    "a.series = b.series AND a.period_from = b.period_from AND a.period_to = "
    "b.period_to AND a.load < b.load JOIN load x ON x.load = a.load JOIN load "
    "y ON y.load = b.load WHERE x.source = y.source AND b.load >= $1";

fpt_status fpti_compare_loads(struct call *c, fpt_error *err)
{
    if (c->noted_count == 0) return FPT_OK;
    const fpt_bind first = fpt_bind_int(c->noted[0].load);
    int64_t overlap;
    FPT_TRY(fpt_store_ask_int(c->workspace->warehouse, any_overlap, 1, &first,
                              0, &overlap, err));
    if (overlap == 0) return FPT_OK;
    fpt_rows rows;
    FPT_TRY(fpt_store_query(c->workspace->warehouse, &c->arena, revisions, 1,
                            &first, &rows, err));
    fpt_status status = FPT_OK;
    while (status == FPT_OK && fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count && status == FPT_OK; r++) {
            fpti_load load = as_load(c, rows.column[0].whole[r]);
            if (load.session == NULL) continue;
            status = fpti_finding(
                &load, rows.column[4].whole[r] > 0 ? FPT_WARNING : FPT_NOTE,
                "revises", rows.column[5].whole[r],
                "gives %lld numbers that load %lld (" FPT_STR_FMT
                ") gave too; %lld of them differ. The later published counts, "
                "both are kept",
                (long long)rows.column[3].whole[r],
                (long long)rows.column[1].whole[r],
                FPT_STR_ARG(rows.column[2].text[r]),
                (long long)rows.column[4].whole[r]);
        }
    const fpt_status closed = fpt_rows_close(&rows, err);
    return status != FPT_OK ? status : closed;
}

/* Places that no register has; few, so that only their numbers are counted. */
static const char *const unknown_places =
    "SELECT place FROM place p WHERE NOT EXISTS (SELECT 1 FROM name n WHERE "
    "n.code = p.code) AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.other = "
    "p.code) ORDER BY place";

/* How often they, and codes that a relation names and no register has, occur. */
static const char *const unknown_before_places =
    "SELECT d.load, p.code, 'place', d.records FROM (SELECT load, place, "
    "CAST(count(*) AS BIGINT) AS records FROM datum WHERE load >= $1 AND place "
    "IN (-1";
static const char *const unknown_behind_places =
    ") GROUP BY load, place) d JOIN place p ON p.place = d.place UNION ALL "
    "SELECT r.load, r.object, r.kind, "
    "r.records FROM (SELECT load, object, kind, CAST(count(*) AS BIGINT) AS "
    "records FROM relation WHERE load >= $1 GROUP BY load, object, kind) r "
    "WHERE NOT EXISTS (SELECT 1 FROM name n WHERE n.code = r.object) AND NOT "
    "EXISTS (SELECT 1 FROM alias a WHERE a.other = r.object) ORDER BY 1, 2, 3";

static fpt_status ask_unknown(struct call *c, fpt_rows *out, fpt_error *err)
{
    fpt_rows rows;
    fpt_strbuf sql = fpt_strbuf_make(&c->arena);
    fpt_strbuf_add(&sql, fpt_str_from(unknown_before_places));
    FPT_TRY(fpt_store_query(c->workspace->warehouse, &c->arena, unknown_places,
                            0, NULL, &rows, err));
    while (fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count; r++)
            fpt_strbuf_print(&sql, ", %lld",
                             (long long)rows.column[0].whole[r]);
    FPT_TRY(fpt_rows_close(&rows, err));
    fpt_strbuf_add(&sql, fpt_str_from(unknown_behind_places));
    if (sql.failed) return no_memory(err);
    const fpt_bind first = fpt_bind_int(c->noted[0].load);
    return fpt_store_query(c->workspace->warehouse, &c->arena, sql.data, 1,
                           &first, out, err);
}

static fpt_status tell_unknown(struct call *c, int64_t number, size_t codes,
                               fpt_str list)
{
    fpti_load load = as_load(c, number);
    if (load.session == NULL || codes == 0) return FPT_OK;
    return fpti_finding(&load, FPT_WARNING, "unknown-codes", 0,
                        "%zu codes are in no register that was loaded; their "
                        "facts are kept: " FPT_STR_FMT "%s",
                        codes, FPT_STR_ARG(list),
                        codes > UNKNOWN_SHOWN ? " ..." : "");
}

fpt_status fpti_unknown_codes(struct call *c, fpt_error *err)
{
    if (c->noted_count == 0) return FPT_OK;
    fpt_rows rows;
    FPT_TRY(ask_unknown(c, &rows, err));
    fpt_status status = FPT_OK;
    int64_t at = 0;
    size_t codes = 0;
    fpt_strbuf list = fpt_strbuf_make(&c->arena);
    while (status == FPT_OK && fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count && status == FPT_OK; r++) {
            const int64_t load = rows.column[0].whole[r];
            if (load != at) {
                status = tell_unknown(c, at, codes, fpt_strbuf_view(&list));
                at = load;
                codes = 0;
                list.len = 0;
            }
            if (codes++ < UNKNOWN_SHOWN)
                fpt_strbuf_print(&list, "%s" FPT_STR_FMT,
                                 list.len > 0 ? ", " : "",
                                 FPT_STR_ARG(rows.column[1].text[r]));
            const int64_t number[] = {load, rows.column[3].whole[r]};
            const fpt_str text[] = {rows.column[1].text[r],
                                    rows.column[2].text[r]};
            if (status == FPT_OK)
                status = fpti_batch_row(&c->session, FPTI_T_UNKNOWN, 2, number,
                                        2, text, err);
        }
    const fpt_status closed = fpt_rows_close(&rows, err);
    if (status == FPT_OK) status = closed;
    if (status == FPT_OK)
        status = tell_unknown(c, at, codes, fpt_strbuf_view(&list));
    return status;
}
