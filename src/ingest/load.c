/*
 * One call of load: every file is recognised, copied under its digest, read, and
 * checked; then the books are closed in one transaction of the warehouse and one
 * of the ledger. If anything fails, the workspace is as it was.
 */
#include <stdarg.h>
#include <stdio.h>

#include "load_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
}

/* ---- which source, which vintage, known since when ---- */

static fpt_status open_packs(struct call *c, fpt_error *err)
{
    size_t count;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(&c->arena, &c->options->packs, "sources", &count,
                          &names, err));
    c->sources = FPT_NEW(&c->arena, fpti_source, count);
    if (c->sources == NULL) return no_memory(err);
    for (size_t i = 0; i < count; i++)
        FPT_TRY(fpti_source_open(&c->arena, &c->options->packs, names[i],
                                 (fpt_str){0}, &c->sources[i], err));
    c->source_count = count;
    return FPT_OK;
}

static fpt_status find_source(struct call *c, const fpt_load_file *file,
                              const fpti_source **out, fpt_error *err)
{
    if (file->source.len == 0) {
        if (c->sources == NULL) FPT_TRY(open_packs(c, err));
        return fpti_sniff_among(&c->arena, c->source_count, c->sources,
                                file->path, out, err);
    }
    for (size_t i = 0; i < c->source_count; i++)
        if (fpt_str_equal(c->sources[i].name, file->source)) {
            *out = &c->sources[i];
            return FPT_OK;
        }
    fpti_source *source = FPT_NEW(&c->arena, fpti_source, 1);
    if (source == NULL) return no_memory(err);
    /* What was read by one version of a pack is read by it again. */
    const fpt_str version =
        c->rebuilding ? c->versions[c->result_count] : (fpt_str){0};
    FPT_TRY(fpti_source_open(&c->arena, &c->options->packs, file->source,
                             version, source, err));
    *out = source;
    return FPT_OK;
}

/* The day from which the file could be known. */
static fpt_status known_from(const struct call *c, const fpti_source *source,
                             const fpt_load_file *file,
                             const fpti_binding *binding, const fpti_load *load,
                             fpt_date *out, fpt_error *err)
{
    if (file->published.len > 0) {
        if (fpt_date_parse(file->published, FPT_DATE_ISO, out)) return FPT_OK;
        return fpt_fail(err, FPT_ERR_USAGE,
                        "\"" FPT_STR_FMT "\" is not a date such as 2017-04-01",
                        FPT_STR_ARG(file->published));
    }
    if (binding->published.len > 0 &&
        fpt_date_parse(binding->published, FPT_DATE_DMY_NAME, out))
        return FPT_OK;
    if (source->published.days != FPT_DATE_MAX_DAYS)
        *out = source->published;
    else if (load->vintage_day.days != FPT_DATE_MAX_DAYS)
        *out = (fpt_date){load->vintage_period.to.days - 1};
    else
        *out = c->options->today;
    return FPT_OK;
}

/* A day of publication that is printed, but cannot be read, is not passed over in
 * silence: the registry's second axis hangs on it. */
static fpt_status tell_published(const fpt_load_file *file,
                                 const fpti_binding *binding, fpti_load *load)
{
    fpt_date date;
    char known[FPT_DATE_BYTES];
    if (file->published.len > 0 || binding->published.len == 0 ||
        fpt_date_parse(binding->published, FPT_DATE_DMY_NAME, &date))
        return FPT_OK;
    fpt_date_print(load->known_from, known);
    return fpti_finding(load, FPT_WARNING, "bad-published", 0,
                        "the day of publication is printed as \"%.*s\", which "
                        "is no date: the file is taken to be known since %s",
                        FPT_STR_ARG(fpt_str_slice(binding->published, 0, 60)),
                        known);
}

/* A file that does not say of when it is, but whose name does: another year told
 * is believed, since names are anyone's, and remarked upon. */
static fpt_status tell_other_vintage(const fpt_load_file *file, fpti_load *load)
{
    fpt_str named;
    if (load->source->vintage_from != FPTI_VINTAGE_FILE_NAME ||
        file->vintage.len < 4 ||
        !fpti_name_holds_date(fpt_str_from(fpt_path_name(file->path)),
                              &named) ||
        fpt_str_equal(fpt_str_slice(named, 0, 4),
                      fpt_str_slice(file->vintage, 0, 4)))
        return FPT_OK;
    return fpti_finding(load, FPT_WARNING, "other-vintage", 0,
                        "is loaded as of " FPT_STR_FMT
                        ", as told, and its name says " FPT_STR_FMT,
                        FPT_STR_ARG(file->vintage), FPT_STR_ARG(named));
}

/* "2017" with a day of the pack's is that day; a date is itself; a month is. */
static fpt_status settle_vintage(fpti_load *load, fpt_arena *arena,
                                 fpt_error *err)
{
    load->vintage_day = fpt_date_open();
    load->vintage_period = (fpt_period){fpt_date_open(), fpt_date_open()};
    if (load->vintage.len == 0) return FPT_OK;
    if (load->vintage.len == 4 && load->source->vintage_has_day &&
        load->source->vintage_from == FPTI_VINTAGE_FILE_NAME) {
        load->vintage = fpt_str_print(arena, FPT_STR_FMT "-" FPT_STR_FMT,
                                      FPT_STR_ARG(load->vintage),
                                      FPT_STR_ARG(load->source->vintage_day));
        if (load->vintage.data == NULL) return no_memory(err);
    }
    if (!fpti_vintage_parse(load->source, load->vintage,
                            &load->vintage_period)) {
        if (load->source->vintage_from == FPTI_VINTAGE_NONE) return FPT_OK;
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: the vintage \"" FPT_STR_FMT "\" is no date, month "
                        "or year",
                        load->path, FPT_STR_ARG(load->vintage));
    }
    load->vintage_day = load->vintage_period.from;
    return FPT_OK;
}

fpt_date fpti_valid_from(const fpti_load *load, fpt_str relation)
{
    const fpti_source *source = load->source;
    for (size_t i = 0; i < source->starts; i++)
        if (fpt_str_equal(source->start[i].vintage, load->vintage) &&
            fpt_str_equal(source->start[i].relation, relation))
            return source->start[i].from;
    return load->vintage_day.days == FPT_DATE_MAX_DAYS ? fpt_date_start()
                                                       : load->vintage_day;
}

/* ---- the kept copy ---- */

static fpt_status keep_copy(struct call *c, const char *path, fpt_error *err)
{
    fpt_load_result *result = c->load.result;
    if (c->options->dry_run || c->rebuilding)
        return fpt_file_digest(path, result->sha256, &result->bytes, err);
    const fpt_str incoming =
        fpt_str_print(&c->arena, "%s/incoming", c->workspace->sources);
    if (incoming.data == NULL) return no_memory(err);
    FPT_TRY(fpt_file_copy(path, incoming.data, result->sha256, &result->bytes,
                          err));
    char *kept =
        fpt_path_join(&c->arena, c->workspace->sources, result->sha256);
    if (kept == NULL) return no_memory(err);
    if (fpt_file_kind_of(kept) == FPT_FILE_REGULAR)
        return fpt_file_remove(incoming.data, err);
    if (!FPT_RESERVE(&c->arena, c->created, c->created_count,
                     c->created_capacity))
        return no_memory(err);
    if (rename(incoming.data, kept) != 0)
        return fpt_fail(err, FPT_ERR_IO, "%s: cannot keep a copy of it", path);
    c->created[c->created_count++] = kept;
    return FPT_OK;
}

static void remove_copies(struct call *c)
{
    fpt_error ignored;
    for (size_t i = 0; i < c->created_count; i++)
        if (fpt_file_remove(c->created[i], &ignored) != FPT_OK) continue;
}

/* The load that read the same bytes before, in this call or an earlier one. */
static int64_t loaded_already(const struct call *c)
{
    const char *sha256 = c->load.result->sha256;
    for (size_t i = 0; i < c->result_count; i++)
        if (c->results[i].load != 0 &&
            strcmp(c->results[i].sha256, sha256) == 0)
            return c->results[i].load;
    return fpti_session_load_of(&c->session, fpt_str_from(sha256));
}

/* ---- one file ---- */

fpt_status fpti_finding(fpti_load *load, fpt_severity severity,
                        const char *code, int64_t line, const char *format, ...)
{
    char text[FPT_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const int64_t number[] = {load->number, line, 0};
    const fpt_str words[] = {fpt_str_from(fpt_severity_text(severity)),
                             fpt_str_from(code), fpt_str_from(text)};
    load->result->findings++;
    return fpti_batch_row(load->session, FPTI_T_FINDING, 3, number, 3, words,
                          NULL);
}

fpt_status fpti_quality(fpti_load *load, const char *check, int64_t failed,
                        int64_t checked, int64_t tolerance, fpt_str text,
                        fpt_error *err)
{
    const char *status = failed == 0           ? "pass"
                         : failed <= tolerance ? "pass-with-failures"
                                               : "fail";
    if (failed > tolerance) load->result->checks_failed++;
    const int64_t number[] = {load->number, failed, checked, tolerance};
    const fpt_str words[] = {fpt_str_from(check), fpt_str_from(status), text};
    return fpti_batch_row(load->session, FPTI_T_QUALITY, 4, number, 3, words,
                          err);
}

fpt_status fpti_quality_not_asked(fpti_load *load, const char *check,
                                  fpt_str text, fpt_error *err)
{
    const int64_t number[] = {load->number, 0, 0, 0};
    const fpt_str words[] = {fpt_str_from(check), FPT_STR("n/a"), text};
    return fpti_batch_row(load->session, FPTI_T_QUALITY, 4, number, 3, words,
                          err);
}

static fpt_status prepare(struct call *c, const fpt_load_file *file,
                          fpti_binding *binding, fpt_error *err)
{
    fpti_load *load = &c->load;
    fpti_head head;
    *binding = (fpti_binding){0};
    if (!load->source->geojson) {
        FPT_TRY(
            fpti_head_read(&c->arena, file->path, load->source, &head, err));
        FPT_TRY(fpti_bind(&c->arena, load->source, file->path, &head, binding,
                          err));
    }
    FPT_TRY(fpti_vintage_of(&c->arena, load->source, file->path, binding,
                            file->vintage, &load->vintage, err));
    FPT_TRY(settle_vintage(load, &c->arena, err));
    FPT_TRY(known_from(c, load->source, file, binding, load, &load->known_from,
                       err));
    FPT_TRY(fpti_is_synthetic(&c->arena, file->path, &load->synthetic, err));
    if (c->rebuilding) {
        load->known_from = c->replay[c->noted_count].known_from;
        load->synthetic = c->replay[c->noted_count].synthetic;
    }
    return FPT_OK;
}

static fpt_status load_file(struct call *c, const fpt_load_file *file,
                            fpt_load_result *result, fpt_error *err)
{
    fpti_binding binding;
    c->load = (fpti_load){.session = &c->session,
                          .path = file->path,
                          .result = result,
                          .number = c->session.next_load};
    FPT_TRY(fpti_check_file(file->path, err));
    const struct fpti_stamp stamp = fpti_stamp_of(file->path);
    FPT_TRY(find_source(c, file, &c->load.source, err));
    FPT_TRY(prepare(c, file, &binding, err));
    result->path =
        fpt_str_keep(c->out, c->rebuilding ? c->names[c->result_count]
                                           : fpt_str_from(file->path));
    result->source = fpt_str_keep(c->out, c->load.source->name);
    result->version = fpt_str_keep(c->out, c->load.source->version);
    result->vintage = fpt_str_keep(c->out, c->load.vintage);
    if (result->path.data == NULL || result->source.data == NULL ||
        result->version.data == NULL || result->vintage.data == NULL)
        return no_memory(err);
    FPT_TRY(keep_copy(c, file->path, err));
    if (!c->rebuilding) result->same_as = loaded_already(c);
    if (result->same_as != 0) return FPT_OK;

    result->load = c->session.next_load++;
    FPT_TRY(tell_published(file, &binding, &c->load));
    FPT_TRY(c->load.source->geojson
                ? fpti_read_geojson(&c->load, file->path, err)
                : fpti_read_csv(&c->load, file->path, &binding, err));
    FPT_TRY(fpti_check_still(file->path, stamp, err));
    FPT_TRY(tell_other_vintage(file, &c->load));
    if (result->rows_rejected > 0)
        FPT_TRY(fpti_finding(&c->load, FPT_WARNING, "rejected", 0,
                             "%lld of %lld records were set aside",
                             (long long)result->rows_rejected,
                             (long long)result->rows_read));
    return fpti_note_load(c, file, err);
}

/* ---- the call ---- */

static fpt_status load_all(struct call *c, size_t count,
                           const fpt_load_file *files, fpt_error *err)
{
    FPT_TRY(fpti_session_open(c->workspace, c->options, &c->session, err));
    c->session_open = true;
    for (size_t i = 0; i < count; i++) {
        fpt_log_progress(c->options->log, files[i].path, i, count);
        FPT_TRY(load_file(c, &files[i], &c->results[i], err));
        c->result_count++;
    }
    fpt_log_progress(c->options->log, "checking", count, count);
    FPT_TRY(fpti_session_finish(&c->session, err));
    FPT_TRY(fpti_write_loads(c, err));
    FPT_TRY(fpti_write_job(c, err));
    FPT_TRY(fpti_compare_loads(c, err));
    FPT_TRY(fpti_unknown_codes(c, err));
    return fpti_batch_flush(&c->session, err);
}

/* Both transactions, the ledger's last: its entries are what counts. */
static fpt_status run_transactions(struct call *c, size_t count,
                                   const fpt_load_file *files, fpt_error *err)
{
    fpt_store *warehouse = c->workspace->warehouse;
    fpt_store *ledger = c->rebuilding ? NULL : c->workspace->ledger;
    FPT_TRY(fpt_store_begin(warehouse, err));
    fpt_status status = ledger != NULL ? fpt_store_begin(ledger, err) : FPT_OK;
    const bool ledger_open = ledger != NULL && status == FPT_OK;
    if (status == FPT_OK) status = load_all(c, count, files, err);
    /* Rows on their way that did not arrive failed before what failed since. */
    fpt_error earlier;
    if (status != FPT_OK && fpt_append_settle(warehouse, &earlier) != FPT_OK) {
        status = earlier.code;
        if (err != NULL) *err = earlier;
    }
    if (c->session_open) fpti_session_close(&c->session);
    if (status == FPT_OK && !c->options->dry_run) {
        status = fpt_store_commit(warehouse, err);
        if (ledger_open) {
            if (status == FPT_OK) return fpt_store_commit(ledger, err);
            fpt_store_rollback(ledger);
        }
        return status;
    }
    fpt_store_rollback(warehouse);
    if (ledger_open) fpt_store_rollback(ledger);
    return status;
}

fpt_status fpti_call_run(struct call *c, size_t count,
                         const fpt_load_file *files, fpt_error *err)
{
    FPT_TRY(fpt_arena_init(&c->arena, NULL));
    c->results = FPT_NEW(c->out, fpt_load_result, count);
    fpt_status status = c->results != NULL ? FPT_OK : no_memory(err);
    if (status == FPT_OK) status = run_transactions(c, count, files, err);
    if (status != FPT_OK || c->options->dry_run) remove_copies(c);
    fpt_arena_clear(&c->arena);
    return status;
}

fpt_status fpt_load(fpt_workspace *workspace, fpt_arena *arena,
                    const fpt_load_options *options, size_t count,
                    const fpt_load_file *files, fpt_load_result **out,
                    fpt_error *err)
{
    if (workspace->stale)
        return fpt_fail(err, FPT_ERR_STORE,
                        "%s: the warehouse %s; run `footprint rebuild` first",
                        workspace->folder,
                        workspace->outdated
                            ? "was made by an earlier version of Footprint"
                            : "and the ledger do not know the same loads");
    struct call c = {.workspace = workspace, .options = options, .out = arena};
    FPT_TRY(fpti_call_run(&c, count, files, err));
    *out = c.results;
    return FPT_OK;
}
