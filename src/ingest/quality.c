/*
 * What loads found wrong, in one list: checks, findings, records set aside, codes
 * that nobody knows, and cells that hold no good number. Worst first, then by
 * load; nothing is judged again here.
 */
#include "fpt/ingest.h"

/* Findings that only count what another table lists are left to that table;
 * checks that passed are gathered by rule and source. The numbers of the states
 * are those of fpt_data_state. */
static const char *const everything =
    "WITH judged AS ("
    "SELECT CASE status WHEN 'fail' THEN 0 WHEN 'warn' THEN 1 WHEN "
    "'pass-with-failures' THEN 1 WHEN 'n/a' THEN 4 ELSE 3 END AS state, q.load "
    "AS load, check_id, failed, checked, tolerance, text, coalesce(l.source, "
    "'') AS "
    "source FROM quality q LEFT JOIN load l ON l.load = q.load), "
    "told AS ("
    "SELECT state, load, check_id AS rule, 0 AS line, failed AS many, checked "
    "AS whole, tolerance, text, 1 AS files FROM judged WHERE state < 3 "
    "UNION ALL "
    "SELECT state, min(load), split_part(check_id, '/', 1), 0, 0, count(*), "
    "NULL, "
    "CASE state WHEN 3 THEN 'passed in ' ELSE 'not asked of ' END || "
    "count(DISTINCT load) || CASE count(DISTINCT load) WHEN 1 THEN ' file' "
    "ELSE ' files' END || CASE state WHEN 3 THEN '' ELSE ': ' || min(text) "
    "END, count(DISTINCT load) FROM judged WHERE state >= 3 GROUP BY state, "
    "source, split_part(check_id, '/', 1) "
    "UNION ALL "
    "SELECT CASE severity WHEN 'fault' THEN 0 WHEN 'warning' THEN 1 ELSE 2 "
    "END, load, code, line, 1, NULL, NULL, text, 1 FROM finding WHERE code NOT "
    "IN "
    "('rejected', 'unknown-codes') "
    "UNION ALL "
    "SELECT 1, r.load, 'rejected/' || r.reason, min(r.line), count(*), "
    "min(l.rows_read), NULL, min_by(r.text, r.line), 1 FROM reject r JOIN load "
    "l ON "
    "l.load = r.load GROUP BY r.load, r.reason "
    "UNION ALL "
    "SELECT 1, load, 'unknown-codes/' || used_as, 0, count(*), NULL, NULL, 'no "
    "register knows ' || array_to_string(list_slice(list(code ORDER BY code), "
    "1, 10), ', ') || CASE WHEN count(*) > 10 THEN ' ...' ELSE '' END || ' (in "
    "' || sum(records) || ' facts)', 1 FROM unknown_code GROUP BY load, "
    "used_as "
    "UNION ALL "
    "SELECT CASE d.status WHEN 3 THEN 1 ELSE 2 END, d.load, CASE d.status WHEN "
    "1 THEN 'not-published/' WHEN 2 THEN 'suppressed/' ELSE 'suspect/' END || "
    "s.name, min(d.line), count(*), NULL, NULL, CASE d.status WHEN 1 THEN "
    "'cells in "
    "which no number was published' WHEN 2 THEN 'cells that the publisher "
    "withheld' ELSE 'cells that their source marks as suspect: kept, and never "
    "added up' END, 1 FROM datum d JOIN series s ON s.series = d.series WHERE "
    "d.status IS NOT NULL GROUP BY d.load, d.status, s.name) "
    "SELECT CAST(t.state AS BIGINT), t.load, t.rule, l.source, CASE WHEN "
    "t.files = 1 THEN l.vintage END, CASE WHEN t.files = 1 THEN l.name END, "
    "CAST(t.line AS BIGINT), CAST(t.many AS BIGINT), CAST(t.whole AS BIGINT), "
    "CAST(t.tolerance AS BIGINT), t.text FROM told t LEFT JOIN load l ON "
    "l.load = t.load ORDER BY t.state, "
    "t.load, t.rule, t.line, t.text";

const char *fpt_data_state_text(fpt_data_state state)
{
    static const char *const words[] = {"fault", "warning", "note", "pass",
                                        "n/a"};
    FPT_REQUIRE((size_t)state < sizeof words / sizeof *words);
    return words[state];
}

static fpt_str keep(fpt_arena *arena, const fpt_cells *cell, size_t row,
                    bool *good)
{
    if (cell->null[row]) return FPT_STR("");
    const fpt_str kept = fpt_str_keep(arena, cell->text[row]);
    *good = *good && kept.data != NULL;
    return kept;
}

fpt_status fpt_data_checks(fpt_store *warehouse, fpt_arena *arena,
                           size_t *count, fpt_data_check **out, fpt_error *err)
{
    fpt_data_check *list = NULL;
    size_t used = 0, capacity = 0;
    bool good = true;
    fpt_rows rows;
    FPT_TRY(fpt_store_query(warehouse, arena, everything, 0, NULL, &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            const fpt_cells *c = rows.column;
            good = FPT_RESERVE(arena, list, used, capacity);
            if (!good) break;
            list[used++] =
                (fpt_data_check){.state = (fpt_data_state)c[0].whole[i],
                                 .load = c[1].whole[i],
                                 .rule = keep(arena, &c[2], i, &good),
                                 .source = keep(arena, &c[3], i, &good),
                                 .vintage = keep(arena, &c[4], i, &good),
                                 .file = keep(arena, &c[5], i, &good),
                                 .line = c[6].whole[i],
                                 .count = c[7].whole[i],
                                 .of = c[8].null[i] ? -1 : c[8].whole[i],
                                 .tolerance = c[9].null[i] ? -1 : c[9].whole[i],
                                 .text = keep(arena, &c[10], i, &good)};
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    if (!good)
        return fpt_fail(err, FPT_ERR_MEMORY,
                        "no memory for the list of checks");
    *count = used;
    *out = list;
    return FPT_OK;
}
