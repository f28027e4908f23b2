/*
 * Small areas by how deprived they are: the ranks that stand behind the indicator
 * of deprivation, read once for all pages.
 */
#include <stdlib.h>

#include "publish_i.h"

/* The indicator that counts small areas by a rank: its numerator has a bound. */
static size_t find_deprivation(const fpti_site *site)
{
    for (size_t k = 0; k < site->indicators; k++) {
        const fpt_indicator *in = &site->indicator[k];
        if (in->statistic == FPT_STATISTIC_PROPORTION && in->numerators == 1 &&
            in->numerator[0].count && in->numerator[0].has_most)
            return k;
    }
    return SIZE_MAX;
}

/* Of several loads of one series the last counts. */
static fpt_status read_ranks(fpti_site *site, fpti_ranks *out, fpt_error *err)
{
    fpt_rows rows;
    size_t capacity = 0;
    bool good = true;
    const fpt_bind bind =
        fpt_bind_text(site->indicator[out->by].numerator[0].series);
    FPT_TRY(fpt_store_query(
        site->warehouse, site->arena,
        "SELECT p.code, d.value FROM datum d JOIN place p ON p.place = d.place "
        "WHERE d.series = (SELECT series FROM series WHERE name = $1) AND "
        "d.value IS NOT NULL AND d.load = (SELECT max(c.load) FROM coverage c "
        "JOIN series s ON s.series = c.series WHERE s.name = $1) ORDER BY "
        "d.value, p.code",
        1, &bind, &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            const size_t at = out->codes.count;
            const uint32_t id =
                fpt_intern_add(&out->codes, rows.column[0].text[i]);
            good = id != FPT_INTERN_NONE &&
                   FPT_RESERVE(site->arena, out->rank, at, capacity);
            if (good && id == at) out->rank[at] = rows.column[1].whole[i];
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    return good ? FPT_OK : fpt_fail(err, FPT_ERR_MEMORY, "no memory for ranks");
}

fpt_status fpti_gather_ranks(fpti_site *site, fpt_error *err)
{
    site->ranks = (fpti_ranks){.by = find_deprivation(site),
                               .codes = fpt_intern_make(site->arena)};
    return site->ranks.by == SIZE_MAX ? FPT_OK
                                      : read_ranks(site, &site->ranks, err);
}
