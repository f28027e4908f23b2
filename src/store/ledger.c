/*
 * The ledger: an append-only table in which each entry's seal is the digest of
 * the seal before it and of its own content. To change an entry unseen one would
 * have to change all that follow; to remove the last, its number is missed by
 * the loads that refer to it.
 */
#include "fpt/workspace.h"

static fpt_status seal_of(fpt_arena scratch, fpt_str before, fpt_str kind,
                          fpt_date on, fpt_str body, char seal[65],
                          fpt_error *err)
{
    char date[FPT_DATE_BYTES];
    fpt_date_print(on, date);
    fpt_strbuf text = fpt_strbuf_make(&scratch);
    fpt_strbuf_add(&text, before);
    fpt_strbuf_print(&text, "\n" FPT_STR_FMT "\n%s\n", FPT_STR_ARG(kind), date);
    fpt_strbuf_add(&text, body);
    if (text.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory to seal");
    fpt_bytes_digest(fpt_strbuf_view(&text), seal);
    return FPT_OK;
}

/* Number and seal of the last entry; 0 and "" for an empty ledger. */
static fpt_status last_entry(fpt_store *ledger, fpt_arena *arena, int64_t *seq,
                             fpt_str *seal, fpt_error *err)
{
    fpt_rows rows;
    *seq = 0;
    *seal = FPT_STR("");
    FPT_TRY(fpt_store_query(ledger, arena,
                            "SELECT seq, sha256 FROM entry ORDER BY seq DESC "
                            "LIMIT 1",
                            0, NULL, &rows, err));
    bool kept = true;
    if (fpt_rows_next(&rows)) {
        *seq = rows.column[0].whole[0];
        *seal = fpt_str_keep(arena, rows.column[1].text[0]);
        kept = seal->data != NULL;
    }
    FPT_TRY(fpt_rows_close(&rows, err));
    return kept ? FPT_OK : fpt_fail(err, FPT_ERR_MEMORY, "no memory");
}

static fpt_status add_entry(fpt_store *ledger, fpt_arena *arena, fpt_str kind,
                            fpt_str body, fpt_date on, int64_t *seq,
                            char seal[65], fpt_error *err)
{
    fpt_str before;
    FPT_TRY(last_entry(ledger, arena, seq, &before, err));
    FPT_TRY(seal_of(*arena, before, kind, on, body, seal, err));
    ++*seq;
    const fpt_bind binds[] = {fpt_bind_int(*seq), fpt_bind_text(kind),
                              fpt_bind_text(body), fpt_bind_date(on),
                              fpt_bind_text(fpt_str_from(seal))};
    return fpt_store_run(
        ledger, "INSERT INTO entry VALUES ($1, $2, $3, $4, $5)", 5, binds, err);
}

fpt_status fpt_ledger_add(fpt_store *ledger, const char *kind, fpt_str body,
                          fpt_date on, int64_t *seq, char seal[65],
                          fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    int64_t number = 0;
    char digest[65];
    const fpt_status status = add_entry(ledger, &arena, fpt_str_from(kind),
                                        body, on, &number, digest, err);
    fpt_arena_clear(&arena);
    if (status != FPT_OK) return status;
    if (seq != NULL) *seq = number;
    if (seal != NULL) memcpy(seal, digest, sizeof digest);
    return FPT_OK;
}

fpt_status fpt_ledger_read(fpt_store *ledger, fpt_arena *arena,
                           const char *kind, size_t *count,
                           fpt_ledger_entry **out, fpt_error *err)
{
    fpt_ledger_entry *entries = NULL;
    size_t used = 0, capacity = 0;
    fpt_rows rows;
    const fpt_bind bind = fpt_bind_text(fpt_str_from(kind));
    FPT_TRY(fpt_store_query(
        ledger, arena,
        kind != NULL
            ? "SELECT seq, kind, body, on_date FROM entry WHERE kind = $1 "
              "ORDER BY seq"
            : "SELECT seq, kind, body, on_date FROM entry ORDER BY seq",
        kind != NULL ? 1 : 0, &bind, &rows, err));
    bool kept = true;
    while (kept && fpt_rows_next(&rows)) {
        for (size_t r = 0; r < rows.count && kept; r++) {
            const fpt_ledger_entry entry = {
                .seq = rows.column[0].whole[r],
                .kind = fpt_str_keep(arena, rows.column[1].text[r]),
                .body = fpt_str_keep(arena, rows.column[2].text[r]),
                .on = {(int32_t)rows.column[3].whole[r]}};
            kept = entry.kind.data != NULL && entry.body.data != NULL &&
                   FPT_RESERVE(arena, entries, used, capacity);
            if (kept) entries[used++] = entry;
        }
    }
    FPT_TRY(fpt_rows_close(&rows, err));
    if (!kept) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    *count = used;
    *out = entries;
    return FPT_OK;
}

static fpt_status verify(fpt_store *ledger, fpt_arena *arena, fpt_error *err)
{
    size_t count;
    fpt_ledger_entry *entry;
    FPT_TRY(fpt_ledger_read(ledger, arena, NULL, &count, &entry, err));
    fpt_rows rows;
    FPT_TRY(fpt_store_query(ledger, arena,
                            "SELECT sha256 FROM entry ORDER BY seq", 0, NULL,
                            &rows, err));
    char seal[65] = "";
    size_t i = 0;
    fpt_status status = FPT_OK;
    while (status == FPT_OK && fpt_rows_next(&rows)) {
        for (size_t r = 0; r < rows.count && status == FPT_OK; r++, i++) {
            const fpt_ledger_entry *e = &entry[i];
            status = seal_of(*arena, fpt_str_from(seal), e->kind, e->on,
                             e->body, seal, err);
            if (status != FPT_OK) break;
            if (e->seq != (int64_t)i + 1 ||
                !fpt_str_equal(fpt_str_from(seal), rows.column[0].text[r]))
                status = fpt_fail(err, FPT_ERR_STORE,
                                  "ledger.sqlite: entry %lld is not as it was "
                                  "when it was sealed; somebody changed the "
                                  "ledger",
                                  (long long)e->seq);
        }
    }
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    return status != FPT_OK ? status : closed;
}

fpt_status fpt_ledger_verify(fpt_store *ledger, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    const fpt_status status = verify(ledger, &arena, err);
    fpt_arena_clear(&arena);
    return status;
}
