/*
 * What the draws say: intervals, chances, and which changes of category are more
 * than noise.
 */
#include "doubt_i.h"

#include <math.h>

/* The k-th smallest and the one behind it, of `count` numbers without NaN. */
static double between(size_t count, double *x, double where)
{
    const size_t k = (size_t)where;
    const double low = fpt_select(count, x, k);
    if (k + 1 >= count || where == (double)k) return low;
    double high = x[k + 1];
    for (size_t i = k + 2; i < count; i++)
        if (x[i] < high) high = x[i];
    return low + (where - (double)k) * (high - low);
}

struct tally {
    fpti_doubt *d;
    fpt_doubt *out;
};

static size_t without_nan(size_t draws, const double *from, double *to)
{
    size_t count = 0;
    for (size_t i = 0; i < draws; i++)
        if (!isnan(from[i])) to[count++] = from[i];
    return count;
}

/* The scores of one cell are rearranged in place: nobody reads them after. */
static void tally_scores(const fpti_doubt *d, size_t at, double tail,
                         fpt_doubt *out)
{
    const size_t draws = (size_t)d->options->draws;
    double *score = d->score + at * draws;
    const size_t count = without_nan(draws, score, score);
    out->scored[at] = (int64_t)count;
    if (count == 0) return;
    const double last = (double)(count - 1);
    out->score_lower[at] = between(count, score, last * tail);
    out->score_upper[at] = between(count, score, last * (1.0 - tail));
}

static void tally_ranks(const fpti_doubt *d, size_t at, double tail,
                        fpt_doubt *out)
{
    const size_t draws = (size_t)d->options->draws;
    const float *rank = d->rank + at * draws;
    double *space = d->score + at * draws; /* its scores have been told */
    size_t count = 0;
    for (size_t i = 0; i < draws; i++)
        if (!isnan(rank[i])) space[count++] = (double)rank[i];
    if (count == 0) return;
    const double last = (double)(count - 1);
    out->rank_lower[at] = fpt_select(count, space, (size_t)floor(last * tail));
    out->rank_upper[at] =
        fpt_select(count, space, (size_t)ceil(last * (1.0 - tail)));
}

static fpt_status tally_cell(size_t at, void *context)
{
    const struct tally *t = context;
    const fpti_doubt *d = t->d;
    fpt_doubt *out = t->out;
    const size_t draws = (size_t)d->options->draws;
    const size_t places = d->input->in->places;
    const double tail = (1.0 - d->options->confidence) / 2.0;
    double *chance = out->chance + at * out->categories;
    out->score_lower[at] = out->score_upper[at] = (double)NAN;
    out->rank_lower[at] = out->rank_upper[at] = (double)NAN;
    out->scored[at] = 0;
    if (isnan(d->point.node_score[at]) ||
        !fpti_doubt_varies(d, at / places, at % places)) {
        for (size_t k = 0; k < out->categories; k++)
            chance[k] = (double)NAN;
        return FPT_OK;
    }
    for (size_t k = 0; k < out->categories; k++)
        chance[k] = 0.0;
    for (size_t i = 0; i < draws; i++) {
        const size_t category = d->category[at * draws + i];
        if (category > 0) chance[category - 1] += 1.0;
    }
    for (size_t k = 0; k < out->categories; k++)
        chance[k] /= (double)draws;
    tally_scores(d, at, tail, out);
    tally_ranks(d, at, tail, out);
    return FPT_OK;
}

fpt_status fpti_doubt_tally(fpti_doubt *d, fpt_arena *arena, fpt_doubt *out)
{
    const size_t cells = d->rules->nodes * d->input->in->places;
    fpt_doubt made = {.categories = fpt_league_most(d->rules),
                      .score_lower = FPT_NEW(arena, double, cells),
                      .score_upper = FPT_NEW(arena, double, cells),
                      .rank_lower = FPT_NEW(arena, double, cells),
                      .rank_upper = FPT_NEW(arena, double, cells),
                      .scored = FPT_NEW(arena, int64_t, cells)};
    made.chance = FPT_NEW(arena, double, cells *made.categories);
    if (made.score_lower == NULL || made.score_upper == NULL ||
        made.rank_lower == NULL || made.rank_upper == NULL ||
        made.scored == NULL || made.chance == NULL)
        return FPT_ERR_MEMORY;
    struct tally t = {.d = d, .out = &made};
    FPT_TRY(fpt_parallel(cells, d->options->threads, tally_cell, &t));
    *out = made;
    return FPT_OK;
}

/* ---- changes ---- */

fpt_category_move fpt_category_compare(size_t categories, const double *before,
                                       const double *after, int from, int to,
                                       double confidence)
{
    fpt_category_move move = {.from = from,
                              .to = to,
                              .this_way = (double)NAN,
                              .by_noise = (double)NAN};
    double whole_before = 0.0, whole_after = 0.0, way = 0.0, same = 0.0;
    for (size_t k = 0; k < categories; k++) {
        whole_before += before[k];
        whole_after += after[k];
    }
    /* Also where a chance is NaN. */
    if (!(whole_before > 0.0 && whole_after > 0.0)) return move;
    for (size_t a = 0; a < categories; a++) {
        const double mean =
            (before[a] / whole_before + after[a] / whole_after) / 2.0;
        same += mean * mean;
        for (size_t b = 0; b < categories; b++)
            if (to > from ? b > a : to < from ? b < a : b == a)
                way += before[a] / whole_before * (after[b] / whole_after);
    }
    move.this_way = way > 1.0 ? 1.0 : way;
    move.by_noise = same > 1.0 ? 0.0 : 1.0 - same;
    move.beyond_noise = from != to && move.this_way >= confidence;
    return move;
}
