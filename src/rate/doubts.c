/*
 * The draws of one group of places, told on its rows.
 */
#include "rate_i.h"

/* Values cannot leave where values can be: a share its whole, a count nought. */
static void find_bounds(const fpti_case *c, const fpt_league_input *in,
                        double *least, double *most)
{
    for (size_t i = 0; i < c->framework->items; i++) {
        const fpti_column *column = &c->item[i];
        bool negative = false;
        for (size_t p = 0; p < in->places; p++)
            negative = negative || in->value[i * in->places + p] < 0.0;
        least[i] = negative ? -HUGE_VAL : 0.0;
        most[i] = column->is_proportion ? column->multiplier : HUGE_VAL;
    }
}

static fpt_status draw(fpti_case *c, fpt_arena *heavy, size_t first,
                       const fpt_league_input *in, fpt_doubt *out,
                       fpt_error *err)
{
    const fpt_framework *f = c->framework;
    const size_t cells = f->items * in->places;
    double *lower = FPT_NEW(c->arena, double, cells);
    double *upper = FPT_NEW(c->arena, double, cells);
    double *least = FPT_NEW(c->arena, double, f->items);
    double *most = FPT_NEW(c->arena, double, f->items);
    if (lower == NULL || upper == NULL || least == NULL || most == NULL)
        return fpti_no_memory(err);
    for (size_t at = 0; at < cells; at++) {
        const fpti_column *column = &c->item[at / in->places];
        const size_t p = first + at % in->places;
        /* A limit may miss its value by a rounding; NaN stays NaN. */
        const double v = in->value[at];
        lower[at] = column->lower[p] > v ? v : column->lower[p];
        upper[at] = column->upper[p] < v ? v : column->upper[p];
    }
    find_bounds(c, in, least, most);
    const double confidence =
        c->ask->confidence > 0.0 ? c->ask->confidence : 0.95;
    const fpt_doubt_input input = {in, lower, upper, confidence, least, most};
    /* Periods are independent of one another, and so are groups of places. */
    const uint64_t days = (uint64_t)(uint32_t)c->period.from.days << 32 |
                          (uint32_t)c->period.to.days;
    const fpt_doubt_options options = {
        .kind = fpt_str_equal(f->bootstrap, FPT_STR("metrics"))
                    ? FPT_DOUBT_METRICS
                    : FPT_DOUBT_SAMPLING,
        .draws = c->ask->draws,
        .seed = fpt_stream_join(c->ask->seed, days),
        .stream = (uint32_t)(first * (f->items + f->nodes)),
        .confidence = confidence,
        .threads = c->ask->threads};
    const fpt_status status =
        fpt_doubt_run(heavy, &c->rules, &input, &options, out);
    if (status == FPT_ERR_RANGE)
        return fpt_fail(err, status,
                        "draws are 2 to %d, a confidence lies between 0 and 1",
                        FPT_DOUBT_MOST_DRAWS);
    return status == FPT_OK ? FPT_OK : fpti_no_memory(err);
}

/* ---- told ---- */

static void count_limits(const fpti_case *c, size_t node, size_t place,
                         size_t *with, size_t *all)
{
    const fpt_framework *f = c->framework;
    *with = *all = 0;
    for (size_t i = 0; i < f->items; i++) {
        const fpti_column *column = &c->item[i];
        if (!f->item[i].counted || !fpti_is_below(f, f->item[i].node, node) ||
            isnan(column->value[place]))
            continue;
        (*all)++;
        if (column->upper[place] > column->lower[place]) (*with)++;
    }
}

static bool tell_how(fpti_case *c, size_t node, size_t place, fpt_rating *row)
{
    const char *join = row->text.len > 0 ? "; " : "";
    size_t with, all;
    count_limits(c, node, place, &with, &all);
    row->text =
        fpt_str_equal(c->framework->bootstrap, FPT_STR("metrics"))
            ? fpt_str_print(c->arena,
                            FPT_STR_FMT "%srange by drawing its metrics again "
                                        "(ours, not the publisher's)",
                            FPT_STR_ARG(row->text), join)
            : fpt_str_print(c->arena,
                            FPT_STR_FMT "%sinterval from the sampling error of "
                                        "%zu of %zu indicators",
                            FPT_STR_ARG(row->text), join, with, all);
    return row->text.data != NULL;
}

static bool add_chances(fpti_case *c, const fpt_rating *row,
                        const double *chance, size_t categories,
                        fpti_chances *out)
{
    const fpt_framework *f = c->framework;
    for (size_t k = 0; k < categories && k < f->categories; k++) {
        if (!FPT_RESERVE(c->arena, out->list, out->count, out->capacity))
            return false;
        out->list[out->count++] =
            (fpt_rating_chance){.framework = row->framework,
                                .version = row->version,
                                .weights = row->weights,
                                .view = row->view,
                                .place = row->place,
                                .period = row->period,
                                .item = row->item,
                                .category_number = (int64_t)k + 1,
                                .category = f->category[k].word,
                                .chance = chance[k]};
    }
    return true;
}

static fpt_status tell_all(fpti_case *c, size_t first,
                           const fpt_league_input *in, size_t count,
                           fpt_rating *rows, const fpt_doubt *drawn,
                           fpti_chances *chances, fpt_error *err)
{
    const fpt_doubt doubt = *drawn;
    const size_t each = count / in->places;
    for (size_t i = 0; i < count; i++) {
        fpt_rating *row = &rows[i];
        const size_t n = fpt_framework_node_find(c->framework, row->item);
        if (n == SIZE_MAX || isnan(row->score)) continue;
        const size_t at = n * in->places + i / each;
        const double *chance = doubt.chance + at * doubt.categories;
        double any = 0.0;
        if (isnan(doubt.score_lower[at])) continue;
        row->score_lower = doubt.score_lower[at];
        row->score_upper = doubt.score_upper[at];
        if (row->ranked > 1) {
            row->rank_lower = doubt.rank_lower[at];
            row->rank_upper = doubt.rank_upper[at];
        }
        for (size_t k = 0; k < doubt.categories; k++)
            any += chance[k];
        if (any > 0.0 && row->category_number > 0 &&
            (size_t)row->category_number <= doubt.categories)
            row->category_chance = chance[row->category_number - 1];
        if (!tell_how(c, n, first + i / each, row) ||
            (any > 0.0 &&
             !add_chances(c, row, chance, doubt.categories, chances)))
            return fpti_no_memory(err);
    }
    return FPT_OK;
}

/* The draws of a group take much room, and are given back before the next. */
fpt_status fpti_doubts(fpti_case *c, size_t first, const fpt_league_input *in,
                       size_t count, fpt_rating *rows, fpti_chances *chances,
                       fpt_error *err)
{
    fpt_arena heavy;
    fpt_doubt doubt;
    FPT_TRY(fpt_arena_init(&heavy, NULL));
    fpt_status status = draw(c, &heavy, first, in, &doubt, err);
    if (status == FPT_OK)
        status = tell_all(c, first, in, count, rows, &doubt, chances, err);
    fpt_arena_clear(&heavy);
    return status;
}
