/*
 * The rules run on thousands of tables that might have been. Draws are shared
 * out in pieces; each draw has its own streams and its own slots, so neither the
 * pieces nor the threads show in what comes out.
 */
#include "doubt_i.h"

#include <math.h>

/* What the random numbers are for; other uses in this project have others. */
enum { PURPOSE_METRICS = 0x7262, PIECES = 16 };

size_t fpt_league_most(const fpt_league *rules)
{
    size_t most = fpt_league_categories(rules);
    for (size_t g = 0; g < rules->gates; g++)
        if (rules->gate[g].on_category && rules->gate[g].value > (double)most)
            most = (size_t)rules->gate[g].value;
    return most;
}

/* ---- one draw ---- */

/* The values of one item of one place in FPT_LANES draws, from its own stream. */
static void draw_cell(const fpti_doubt *d, size_t at, uint32_t row, double *out)
{
    const size_t places = d->input->in->places, i = at / places;
    const double least = d->input->least[i], most = d->input->most[i];
    const double v = d->input->in->value[at];
    const double above = d->above[at], below = d->below[at];
    const uint64_t cell = (uint64_t)(d->options->stream + (uint32_t)i) << 32 |
                          (uint32_t)(at % places);
    if (!(above + below > 0.0)) {
        for (size_t k = 0; k < FPT_LANES; k++)
            out[k] = v;
        return;
    }
    fpt_lanes_normal(d->level, d->options->seed,
                     fpt_stream_join(d->stream, cell), 0, row, out);
    for (size_t k = 0; k < FPT_LANES; k++) {
        const double x = v + out[k] * (out[k] > 0.0 ? above : below);
        out[k] = x < least ? least : x > most ? most : x;
    }
}

/* FPT_LANES draws, one table of values behind the other; a few cells at a time,
 * so that each table is written in runs. */
static void draw_values(const fpti_doubt *d, fpti_doubt_piece *w, uint32_t row)
{
    enum { RUN = 8 };
    const size_t cells = d->rules->items * d->input->in->places;
    double run[RUN][FPT_LANES];
    for (size_t from = 0; from < cells; from += RUN) {
        const size_t count = cells - from < RUN ? cells - from : RUN;
        for (size_t j = 0; j < count; j++)
            draw_cell(d, from + j, row, run[j]);
        for (size_t k = 0; k < FPT_LANES; k++)
            for (size_t j = 0; j < count; j++)
                w->value[k * cells + from + j] = run[j][k];
    }
}

/* How often each member of a node is drawn, out of as many as it has. */
static void draw_members(const fpti_doubt *d, fpti_doubt_piece *w, int64_t draw)
{
    for (size_t n = 0; n < d->rules->nodes; n++) {
        const fpt_league_node *from = &d->rules->node[n];
        fpt_league_node *to = &w->node[n];
        fpt_rng rng =
            fpt_rng_make(d->options->seed, (uint32_t)draw,
                         d->options->stream + (uint32_t)n, PURPOSE_METRICS);
        for (size_t k = 0; k < from->parts; k++)
            w->times[k] = 0;
        for (size_t k = 0; k < from->parts; k++)
            w->times[fpt_rng_below(&rng, (uint32_t)from->parts)]++;
        to->parts = 0;
        for (size_t k = 0; k < from->parts; k++) {
            if (w->times[k] == 0) continue;
            fpt_league_part *part = &w->part[w->first[n] + to->parts++];
            *part = from->part[k];
            part->weight *= (double)w->times[k];
        }
    }
}

static void keep_draw(const fpti_doubt *d, const fpti_doubt_piece *w,
                      int64_t draw)
{
    const size_t cells = d->rules->nodes * d->input->in->places;
    for (size_t at = 0; at < cells; at++) {
        const size_t slot = at * (size_t)d->options->draws + (size_t)draw;
        const bool none = isnan(d->point.node_score[at]);
        d->score[slot] = none ? (double)NAN : w->out.node_score[at];
        d->rank[slot] = none ? (float)NAN : (float)w->out.rank[at];
        d->category[slot] = (uint16_t)w->out.category[at];
    }
}

static fpt_status run_piece(size_t index, void *context)
{
    const fpti_doubt *d = context;
    fpti_doubt_piece *w = &d->piece[index];
    const size_t cells = d->rules->items * d->input->in->places;
    const int64_t draws = d->options->draws;
    const int64_t rows = (draws + FPT_LANES - 1) / FPT_LANES;
    const int64_t end = rows * ((int64_t)index + 1) / PIECES;
    for (int64_t row = rows * (int64_t)index / PIECES; row < end; row++) {
        const bool values = d->options->kind == FPT_DOUBT_SAMPLING;
        if (values) draw_values(d, w, (uint32_t)row);
        for (int64_t k = 0; k < FPT_LANES; k++) {
            const int64_t draw = row * FPT_LANES + k;
            if (draw >= draws) break;
            if (values)
                w->in.value = w->value + (size_t)k * cells;
            else
                draw_members(d, w, draw);
            fpt_league_judge(&w->rules, &w->in, &w->work, &w->out);
            keep_draw(d, w, draw);
        }
    }
    return FPT_OK;
}

/* ---- work space ---- */

static bool make_output(fpt_arena *arena, const fpt_league *rules,
                        size_t places, fpt_league_output *out)
{
    const size_t items = rules->items * places, nodes = rules->nodes * places;
    *out = (fpt_league_output){.score = FPT_NEW(arena, double, items),
                               .node_score = FPT_NEW(arena, double, nodes),
                               .ungated = FPT_NEW(arena, int, nodes),
                               .category = FPT_NEW(arena, int, nodes),
                               .rank = FPT_NEW(arena, double, nodes)};
    return out->score != NULL && out->node_score != NULL &&
           out->ungated != NULL && out->category != NULL && out->rank != NULL;
}

/* In the draws of members the scores of items stay what they were. */
static bool make_members(fpti_doubt *d, fpt_arena *arena, fpti_doubt_piece *w)
{
    const fpt_league *rules = d->rules;
    fpt_league_item *item = FPT_NEW(arena, fpt_league_item, rules->items);
    size_t parts = 0;
    w->node = FPT_NEW(arena, fpt_league_node, rules->nodes);
    w->first = FPT_NEW(arena, size_t, rules->nodes);
    if (item == NULL || w->node == NULL || w->first == NULL) return false;
    for (size_t i = 0; i < rules->items; i++)
        item[i] = (fpt_league_item){.method = FPT_SCORE_PUBLISHED};
    for (size_t n = 0; n < rules->nodes; n++) {
        w->first[n] = parts;
        parts += rules->node[n].parts;
    }
    w->part = FPT_NEW(arena, fpt_league_part, parts);
    w->times = FPT_NEW(arena, uint32_t, parts);
    if (w->part == NULL || w->times == NULL) return false;
    for (size_t n = 0; n < rules->nodes; n++) {
        w->node[n] = rules->node[n];
        w->node[n].part = w->part + w->first[n];
        /* Who had enough members has them still. */
        w->node[n].least = 1;
        w->node[n].least_share = 0.0;
        if (w->node[n].missing == FPT_MISSING_REFUSE)
            w->node[n].missing = FPT_MISSING_DROP;
    }
    w->rules.item = item;
    w->rules.node = w->node;
    w->in.published = d->point.score;
    return true;
}

static bool make_piece(fpti_doubt *d, fpt_arena *arena, fpti_doubt_piece *w)
{
    const fpt_league_input *in = d->input->in;
    const size_t cells = d->rules->items * in->places;
    w->rules = *d->rules;
    w->in = *in;
    w->in.given = NULL;
    w->value = FPT_NEW(arena, double, FPT_LANES *cells);
    if (w->value == NULL ||
        !fpt_league_work_make(arena, d->rules, in->places, &w->work) ||
        !make_output(arena, d->rules, in->places, &w->out))
        return false;
    for (size_t i = 0; i < FPT_LANES * cells; i++)
        w->value[i] = in->value[i % cells];
    w->in.value = w->value;
    return d->options->kind == FPT_DOUBT_SAMPLING || make_members(d, arena, w);
}

/* ---- what varies ---- */

/* Half widths of one standard deviation, and what has any. */
static fpt_status find_widths(fpti_doubt *d, fpt_arena *arena)
{
    const fpt_doubt_input *input = d->input;
    const size_t cells = d->rules->items * input->in->places;
    const double z0 = fpt_normal_upper((1.0 - input->confidence) / 2.0);
    d->above = FPT_NEW(arena, double, cells);
    d->below = FPT_NEW(arena, double, cells);
    if (d->above == NULL || d->below == NULL) return FPT_ERR_MEMORY;
    for (size_t at = 0; at < cells; at++) {
        const double v = input->in->value[at];
        const double l = input->lower[at], u = input->upper[at];
        if (isnan(v) || isnan(l) || isnan(u)) continue;
        if (l > v || u < v || isinf(l) || isinf(u)) return FPT_ERR_RANGE;
        d->above[at] = (u - v) / z0;
        d->below[at] = (v - l) / z0;
    }
    return FPT_OK;
}

/* Can the score of a node come out otherwise for this place? */
bool fpti_doubt_varies(const fpti_doubt *d, size_t node, size_t place)
{
    const fpt_league_node *n = &d->rules->node[node];
    const size_t places = d->input->in->places;
    size_t present = 0;
    for (size_t k = 0; k < n->parts; k++) {
        const size_t at = n->part[k].index * places + place;
        if (n->part[k].is_node) {
            if (!isnan(d->point.node_score[at]) &&
                fpti_doubt_varies(d, n->part[k].index, place))
                return true;
            if (!isnan(d->point.node_score[at])) present++;
        } else if (d->options->kind == FPT_DOUBT_SAMPLING) {
            const fpt_score_method method =
                d->rules->item[n->part[k].index].method;
            if (method != FPT_SCORE_PUBLISHED && !isnan(d->point.score[at]) &&
                d->above[at] + d->below[at] > 0.0)
                return true;
        } else {
            if (!isnan(d->point.score[at])) present++;
        }
    }
    return d->options->kind == FPT_DOUBT_METRICS && present > 1;
}

static fpt_status check(const fpt_league *rules, const fpt_doubt_input *input,
                        const fpt_doubt_options *options)
{
    const bool good = options->draws >= 2 &&
                      options->draws <= FPT_DOUBT_MOST_DRAWS &&
                      options->confidence > 0.0 && options->confidence < 1.0 &&
                      (options->kind == FPT_DOUBT_METRICS ||
                       (input->confidence > 0.0 && input->confidence < 1.0));
    return good && fpt_league_most(rules) <= UINT16_MAX ? FPT_OK
                                                        : FPT_ERR_RANGE;
}

fpt_status fpt_doubt_run(fpt_arena *arena, const fpt_league *rules,
                         const fpt_doubt_input *input,
                         const fpt_doubt_options *options, fpt_doubt *out)
{
    fpti_doubt d = {.rules = rules,
                    .input = input,
                    .options = options,
                    .level = fpt_lanes_best(),
                    .stream = fpt_stream("rating", FPT_STR("value"))};
    const size_t cells = rules->nodes * input->in->places;
    const size_t draws = (size_t)options->draws;
    fpti_doubt_piece first = {0};
    FPT_TRY(check(rules, input, options));
    if (options->kind == FPT_DOUBT_SAMPLING) FPT_TRY(find_widths(&d, arena));
    if (!make_output(arena, rules, input->in->places, &d.point) ||
        !fpt_league_work_make(arena, rules, input->in->places, &first.work))
        return FPT_ERR_MEMORY;
    fpt_league_input in = *input->in;
    in.given = NULL;
    fpt_league_judge(rules, &in, &first.work, &d.point);
    d.piece = FPT_NEW(arena, fpti_doubt_piece, PIECES);
    d.score = cells == 0 || draws > SIZE_MAX / cells
                  ? NULL
                  : FPT_NEW(arena, double, cells *draws);
    d.rank = d.score == NULL ? NULL : FPT_NEW(arena, float, cells *draws);
    d.category =
        d.score == NULL ? NULL : FPT_NEW(arena, uint16_t, cells * draws);
    if (cells > 0 && (d.piece == NULL || d.rank == NULL || d.category == NULL))
        return FPT_ERR_MEMORY;
    for (size_t i = 0; i < PIECES; i++)
        if (!make_piece(&d, arena, &d.piece[i])) return FPT_ERR_MEMORY;
    if (cells > 0)
        FPT_TRY(fpt_parallel(PIECES, options->threads, run_piece, &d));
    return fpti_doubt_tally(&d, arena, out);
}
