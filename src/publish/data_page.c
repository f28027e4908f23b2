/*
 * The data page: every file, with its digest, what was read of it, what was set
 * aside and why, which checks it passed, which codes nobody knew.
 */
#include "publish_i.h"

/* Rows of a question about one load, as a table; nothing when there are none. */
struct question {
    const char *title, *sql;
    size_t columns;
    const char *const *head;
};

static void put_cell(fpti_page *page, const fpt_cells *cells, size_t row)
{
    const bool number =
        cells->type == FPT_TYPE_INT || cells->type == FPT_TYPE_DOUBLE;
    fpti_put_text(page, number ? "<td class=\"fp-number\">" : "<td>");
    if (!cells->null[row]) {
        if (cells->type == FPT_TYPE_INT)
            PUT(page, "{}", I(cells->whole[row]));
        else if (cells->type == FPT_TYPE_TEXT)
            PUT(page, "{}", S(cells->text[row]));
    }
    fpti_put_text(page, "</td>");
}

static fpt_status put_rows(fpti_page *page, const struct question *q,
                           int64_t load, fpt_error *err)
{
    fpt_rows rows;
    bool any = false;
    const fpt_bind bind = fpt_bind_int(load);
    FPT_TRY(fpt_store_query(page->site->warehouse, page->arena, q->sql, 1,
                            &bind, &rows, err));
    while (fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count; i++) {
            if (!any) {
                PUT(page,
                    "<h4>{}</h4>\n<div class=\"fp-scroll\" role=\"region\" "
                    "aria-label=\"{}, table\" tabindex=\"0\">\n<table "
                    "class=\"nhsuk-table fp-table\">\n<thead "
                    "class=\"nhsuk-table__head\"><tr>",
                    W(q->title), W(q->title));
                for (size_t c = 0; c < q->columns; c++)
                    PUT(page, "<th scope=\"col\">{}</th>", W(q->head[c]));
                fpti_put_text(page, "</tr></thead>\n<tbody "
                                    "class=\"nhsuk-table__body\">\n");
            }
            any = true;
            fpti_put_text(page, "<tr>");
            for (size_t c = 0; c < q->columns; c++)
                put_cell(page, &rows.column[c], i);
            fpti_put_text(page, "</tr>\n");
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    if (any) fpti_put_text(page, "</tbody>\n</table>\n</div>\n");
    return FPT_OK;
}

static const char *const check_head[] = {
    "Check", "Failed, or difference", "Of", "Tolerance", "Status", "What"};
static const char *const reject_head[] = {"Line", "Field", "Reason", "What"};
static const char *const code_head[] = {"Code", "Used as", "Facts"};
static const char *const finding_head[] = {"Severity", "Kind", "Line", "What"};
static const struct question questions[] = {
    {"Checks",
     "SELECT check_id, failed, checked, tolerance, status, text FROM quality "
     "WHERE load = $1 ORDER BY check_id, text",
     6, check_head},
    {"Set aside (the first 20)",
     "SELECT line, field, reason, text FROM reject WHERE load = $1 ORDER BY "
     "line, field LIMIT 20",
     4, reject_head},
    {"Codes that no register knew (the first 50)",
     "SELECT code, used_as, records FROM unknown_code WHERE load = $1 ORDER BY "
     "records DESC, code LIMIT 50",
     3, code_head},
    {"Found",
     "SELECT severity, code, line, text FROM finding WHERE load = $1 ORDER BY "
     "line, code, text LIMIT 50",
     4, finding_head}};

static fpt_status put_load(fpti_page *page, const fpti_load *load,
                           fpt_error *err)
{
    PUT(page,
        "<details class=\"nhsuk-details\" id=\"load-{}\"><summary "
        "class=\"nhsuk-details__summary\"><span "
        "class=\"nhsuk-details__summary-text\">{}. {}: "
        "{}</span></summary>\n<div "
        "class=\"nhsuk-details__text\">\n<h3 class=\"nhsuk-heading-s\">{}</h3>"
        "\n<p>{}{}{}. File <code>{}</code>, {} bytes, SHA-256 "
        "<code>{}</code>. {}, as far as is known, {}; loaded {}. Source "
        "pack <code>{}</code>, version {}{}{}.</p>\n<p>{} records read: {} "
        "taken, {} passed over, {} set aside.</p>\n",
        S(fpt_str_print(page->arena, "%lld", (long long)load->load)),
        I(load->load), S(load->title), S(load->name), S(load->title),
        W(load->synthetic ? "Made up, in the columns that this source has"
                          : ""),
        S(load->synthetic ? FPT_STR("") : load->publisher),
        S(load->synthetic
              ? FPT_STR("")
              : fpt_str_print(page->arena, ". Licence: " FPT_STR_FMT,
                              FPT_STR_ARG(load->licence))),
        S(load->name), I(load->bytes), S(load->sha256),
        W(load->synthetic ? "Dated" : "Published"),
        S(fpti_day(page->arena, load->known_from)),
        S(fpti_day(page->arena, load->loaded_on)), S(load->source),
        S(load->version), W(load->vintage.len > 0 ? ", vintage " : ""),
        S(load->vintage), I(load->read), I(load->taken), I(load->skipped),
        I(load->rejected));
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++)
        FPT_TRY(put_rows(page, &questions[q], load->load, err));
    fpti_put_text(page, "</div></details>\n");
    return FPT_OK;
}

static fpt_status put_page(fpti_page *page, fpt_error *err)
{
    fpti_site *site = page->site;
    PUT(page,
        "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>Data</h1>\n<p>{} "
        "files stand behind these pages. Each is kept as it came, under its "
        "digest; who has the same files and packs gets the same numbers.</p>\n"
        "<section id=\"downloads\">\n<h2>Downloads</h2>\n<ul>\n<li><a "
        "href=\"data/datapackage.json\">datapackage.json</a>: what the files "
        "hold</li>\n<li><a href=\"data/figures.csv\">figures.csv</a>: every "
        "figure, with its parts, interval and status</li>\n<li><a "
        "href=\"data/areas.csv\">areas.csv</a>: which small area was in which "
        "area</li>\n<li><a href=\"data/files.csv\">files.csv</a>: the files "
        "below</li>\n</ul>\n</section>\n<section id=\"practices\">\n"
        "<h2>Practices</h2>\n<p>Figures of practices are in figures.csv, tier "
        "“organisation”; their formula and files stand on the page of each "
        "indicator’s area.</p>\n</section>\n<section id=\"files\">\n"
        "<h2>Files</h2>\n",
        I(site->loads));
    for (size_t i = 0; i < site->loads; i++)
        FPT_TRY(put_load(page, &site->load[i], err));
    fpti_put_text(page, "</section>\n</main>\n");
    return FPT_OK;
}

fpt_status fpti_write_data(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    fpti_page page;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = fpti_page_open(site, &arena, FPT_STR("data.html"),
                                       "Data", FPT_STR("Data"), &page, err);
    if (status == FPT_OK) status = put_page(&page, err);
    if (status == FPT_OK) status = fpti_page_close(&page, err);
    fpt_arena_clear(&arena);
    return status;
}
