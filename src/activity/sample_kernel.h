/*
 * The sampling kernel, included once for each level of vector instructions.
 *
 * Every step is a loop over FPT_LANES draws of one cell, without a branch in
 * it. Counts of one cell are small, so they are found by walking up the
 * distribution: the walk ends when no lane goes further, after three or four
 * steps for an ordinary spell. Where a mean is large (merged cells, long
 * stays) the exact scalar samplers of num take over.
 *
 * Walking up with the same uniform also couples scenarios: a larger effect can
 * only remove more of the same events.
 */
#include "activity_i.h"
#include "fpt/lanes_math.h"
#include "fpt/sample.h"

#define WALK_MEAN_MOST 20.0
enum { THRESHOLDS = 72, POWER_BY_HAND = 6, GROUP = 8 };

/* What a cell needs while it is worked on. */
typedef struct cell {
    uint64_t seed, stream;
    uint32_t year, row;
    uint32_t threshold_count, look_from;
    bool large; /* the scalar sampler is to be used */
    double mean[FPT_LANES];
    uint32_t threshold[THRESHOLDS][FPT_LANES];
    int32_t events[FPT_LANES], avoided[FPT_LANES], left[FPT_LANES];
    int32_t converted[FPT_LANES], saved[FPT_LANES];
    double share[FPT_LANES], log_rest[FPT_LANES];
    /* Words drawn ahead: for events, avoidance and what comes after it. */
    const uint32_t *events_word, *avoided_word, *later_word;
    uint32_t word[FPT_LANES]; /* or drawn now */
} cell;

static const uint32_t *draw_words(cell *c, uint32_t purpose)
{
    if (purpose == FPTI_WORD_AVOIDED && c->avoided_word != NULL)
        return c->avoided_word;
    if ((purpose == FPTI_WORD_DAYS || purpose == FPTI_WORD_CONVERTED) &&
        c->later_word != NULL)
        return c->later_word;
    fpt_lanes_words(LANES_LEVEL, c->seed, c->stream,
                    c->year * FPTI_WORDS + purpose, c->row, c->word);
    return c->word;
}

static fpt_rng draw_rng(const cell *c, uint32_t purpose, int lane)
{
    return fpt_lane_rng(c->seed,
                        fpt_stream_join(c->stream, purpose + FPTI_WORDS),
                        c->year, (uint64_t)c->row * FPT_LANES + (uint64_t)lane);
}

/* ---- events ---- */

/* A probability as a threshold of 32 bits. */
static uint32_t bits_of(double probability)
{
    const double scaled = probability * 0x1p32;
    const double held = scaled < 4294967295.0 ? scaled : 4294967295.0;
    return (uint32_t)fpt_lane_bits(held + 0x1p52);
}

/* The distribution function of each lane's Poisson, as thresholds. */
static void make_thresholds(cell *c, const double *growth, double count)
{
    int32_t large = 0;
    for (int i = 0; i < FPT_LANES; i++) {
        c->mean[i] = growth[i] * count;
        large |= c->mean[i] > WALK_MEAN_MOST;
    }
    c->large = large != 0;
    if (c->large) return;
    double p[FPT_LANES], sum[FPT_LANES];
    for (int i = 0; i < FPT_LANES; i++) {
        p[i] = fpt_lane_exp(-c->mean[i]);
        sum[i] = p[i];
        c->threshold[0][i] = bits_of(sum[i]);
    }
    /* From where on most lanes have gone as far as they will. */
    c->look_from = 0;
    uint32_t k = 0, open = 1;
    while (open != 0 && k + 1 < THRESHOLDS) {
        k++;
        open = 0;
        const double next = 1.0 / (double)k;
        for (int i = 0; i < FPT_LANES; i++) {
            p[i] *= c->mean[i] * next;
            sum[i] += p[i];
            const uint32_t bits = bits_of(sum[i]);
            c->threshold[k][i] = bits;
            open |= ~bits;
        }
        if (c->threshold[k][0] < UINT32_C(0xF8000000)) c->look_from = k;
    }
    c->threshold_count = k + 1;
}

static fpt_status draw_events(cell *c)
{
    if (c->large) {
        for (int i = 0; i < FPT_LANES; i++) {
            fpt_rng rng = draw_rng(c, FPTI_WORD_EVENTS, i);
            int64_t n;
            FPT_TRY(fpt_sample_poisson(&rng, c->mean[i], &n));
            c->events[i] = (int32_t)n;
        }
        return FPT_OK;
    }
    const uint32_t *word = c->events_word;
    memset(c->events, 0, sizeof c->events);
    uint32_t k = 0;
    for (; k < c->look_from; k++)
        for (int i = 0; i < FPT_LANES; i++)
            c->events[i] += word[i] >= c->threshold[k][i];
    for (; k < c->threshold_count; k++) {
        uint32_t any = 0;
        for (int i = 0; i < FPT_LANES; i++) {
            const uint32_t above = word[i] >= c->threshold[k][i];
            c->events[i] += (int32_t)above;
            any |= above;
        }
        if (any == 0) break;
    }
    return FPT_OK;
}

/* ---- removal ---- */

/*
 * out[i] ~ Binomial(n[i], 1 - f[i]), the quantile of the lane's word, so that
 * it rises when f falls. log_rest is log(max(f, 1 - f)).
 */
static fpt_status draw_removed(cell *c, uint32_t purpose, const int32_t *n,
                               const double *f, const double *log_rest,
                               int32_t *out)
{
    int32_t most = 0, large = 0;
    for (int i = 0; i < FPT_LANES; i++)
        most = n[i] > most ? n[i] : most;
    for (int i = 0; i < FPT_LANES; i++) {
        const double small = f[i] < 0.5 ? f[i] : 1.0 - f[i];
        large |= (double)n[i] * small > WALK_MEAN_MOST;
    }
    if (large != 0) {
        for (int i = 0; i < FPT_LANES; i++) {
            fpt_rng rng = draw_rng(c, purpose, i);
            int64_t k;
            FPT_TRY(fpt_sample_binomial(&rng, n[i], 1.0 - f[i], &k));
            out[i] = (int32_t)k;
        }
        return FPT_OK;
    }
    const uint32_t *words = draw_words(c, purpose);
    /* Walk along the rarer of the two sides. */
    double u[FPT_LANES], p[FPT_LANES], sum[FPT_LANES], odds[FPT_LANES];
    double rest[FPT_LANES];
    for (int i = 0; i < FPT_LANES; i++) {
        const double small = f[i] < 0.5 ? f[i] : 1.0 - f[i];
        const uint32_t word = f[i] < 0.5 ? ~words[i] : words[i];
        u[i] = ((double)word + 0.5) * 0x1p-32;
        odds[i] = small / (1.0 - small);
        rest[i] = 1.0 - small;
    }
    if (most <= POWER_BY_HAND) {
        for (int i = 0; i < FPT_LANES; i++)
            p[i] = 1.0;
        for (int32_t k = 1; k <= most; k++)
            for (int i = 0; i < FPT_LANES; i++)
                p[i] *= k <= n[i] ? rest[i] : 1.0;
    } else {
        for (int i = 0; i < FPT_LANES; i++)
            p[i] = fpt_lane_exp((double)n[i] * log_rest[i]);
    }
    memset(out, 0, FPT_LANES * sizeof *out);
    for (int i = 0; i < FPT_LANES; i++)
        sum[i] = p[i];
    for (int32_t k = 0; k < most; k++) {
        int32_t any = 0;
        const double next = 1.0 / (double)(k + 1);
        for (int i = 0; i < FPT_LANES; i++) {
            const int32_t on = u[i] > sum[i];
            out[i] += on;
            any |= on;
            p[i] *= odds[i] * ((double)(n[i] - k) * next);
            sum[i] += p[i];
        }
        if (any == 0) break;
    }
    for (int i = 0; i < FPT_LANES; i++) {
        const int32_t held = out[i] < n[i] ? out[i] : n[i];
        out[i] = f[i] < 0.5 ? n[i] - held : held;
    }
    return FPT_OK;
}

/* log of the larger side, for shares that are made up lane by lane. */
static void log_rest_of(const double *f, double *out)
{
    for (int i = 0; i < FPT_LANES; i++)
        out[i] = fpt_lane_log(f[i] < 0.5 ? 1.0 - f[i] : f[i]);
}

/* ---- tallies ---- */

static void add(int32_t *to, const int32_t *x, int32_t factor)
{
    for (int i = 0; i < FPT_LANES; i++)
        to[i] += x[i] * factor;
}

static int32_t *tally_row(const fpt_activity_counts *counts, uint32_t tally,
                          fpt_activity_measure measure)
{
    return counts->tally +
           ((size_t)tally * FPT_ACTIVITY_MEASURES + measure) * FPT_LANES;
}

static void add_to_outputs(const fpt_activity_model *m,
                           const fpt_activity_counts *counts, uint32_t first,
                           uint32_t count, const int32_t *x)
{
    for (uint32_t k = 0; k < count; k++)
        add(counts->output + (size_t)m->output[first + k] * FPT_LANES, x, 1);
}

/* Events that are now counted elsewhere; a place that counts days gives each
 * of them the day that a stay without a night has. */
static void count_converted(const fpt_activity_model *m,
                            const fpt_activity_counts *counts,
                            const fpt_activity_keys *from, uint32_t place,
                            const int32_t *x)
{
    const uint32_t to = from->converted[place];
    if (to == FPT_ACTIVITY_NONE) return;
    const fpt_activity_keys *keys = &m->keys[to];
    add_to_outputs(m, counts, keys->first, keys->event_count, x);
    if (m->day_offset != 0)
        add_to_outputs(m, counts, keys->first + keys->event_count,
                       keys->day_count, x);
}

/* ---- one cell ---- */

typedef struct run {
    const fpt_activity_model *m;
    const fpt_activity_rates *rates;
    const fpt_activity_counts *counts;
    const double *log_rest; /* of each factor row */
    int32_t key_events[FPT_LANES], key_days[FPT_LANES];
} run;

/* The share kept when each switch is on by its own coin. */
static void pick_switches(const run *r, cell *c, const fpt_activity_effect *e)
{
    for (int i = 0; i < FPT_LANES; i++)
        c->share[i] = 1.0;
    for (uint32_t k = 0; k < e->switch_count; k++) {
        const double *f =
            r->rates->factor + (size_t)e->on[k].factor * FPT_LANES;
        const uint32_t rate = e->on[k].rate;
        if (rate == UINT32_MAX) {
            for (int i = 0; i < FPT_LANES; i++)
                c->share[i] *= f[i];
            continue;
        }
        const uint32_t *word = draw_words(c, FPTI_WORD_SWITCH + k);
        for (int i = 0; i < FPT_LANES; i++)
            c->share[i] *= word[i] < rate ? f[i] : 1.0;
    }
    log_rest_of(c->share, c->log_rest);
}

static fpt_status avoid(const run *r, cell *c, const fpt_activity_effect *e,
                        int32_t days_each)
{
    const double *f = c->share, *log_rest = c->log_rest;
    if (e->picks && e->switch_count > 0) {
        pick_switches(r, c, e);
    } else if (!e->picks && e->keep != FPT_ACTIVITY_NONE) {
        f = r->rates->factor + (size_t)e->keep * FPT_LANES;
        log_rest = r->log_rest + (size_t)e->keep * FPT_LANES;
    } else {
        memcpy(c->left, c->events, sizeof c->left);
        return FPT_OK;
    }
    FPT_TRY(
        draw_removed(c, FPTI_WORD_AVOIDED, c->events, f, log_rest, c->avoided));
    for (int i = 0; i < FPT_LANES; i++)
        c->left[i] = c->events[i] - c->avoided[i];
    if (e->tally != FPT_ACTIVITY_NONE) {
        add(tally_row(r->counts, e->tally, FPT_ACTIVITY_AVOIDED), c->avoided,
            1);
        add(tally_row(r->counts, e->tally, FPT_ACTIVITY_AVOIDED_DAYS),
            c->avoided, days_each);
    }
    return FPT_OK;
}

/* One choice for the lanes in which it was taken (all, when chosen is NULL):
 * adds to c->converted and c->saved. */
static fpt_status apply_choice(const run *r, cell *c,
                               const fpt_activity_choice *choice,
                               const fpt_activity_keys *keys,
                               const uint32_t *chosen, uint32_t number,
                               int32_t stay, int32_t days_each)
{
    if (choice->rule == FPT_ACTIVITY_UNCHANGED) return FPT_OK;
    if (choice->rule == FPT_ACTIVITY_DAYS_KEPT && stay == 0) return FPT_OK;
    const double *f = r->rates->factor + (size_t)choice->factor * FPT_LANES;
    const double *log_rest = r->log_rest + (size_t)choice->factor * FPT_LANES;
    const bool by_day = choice->rule == FPT_ACTIVITY_DAYS_KEPT;
    const bool converts = choice->rule == FPT_ACTIVITY_CONVERTED;
    int32_t n[FPT_LANES], removed[FPT_LANES];
    for (int i = 0; i < FPT_LANES; i++)
        n[i] = c->left[i] * (by_day ? stay : 1);
    if (chosen != NULL)
        for (int i = 0; i < FPT_LANES; i++)
            n[i] = chosen[i] == number ? n[i] : 0;
    FPT_TRY(draw_removed(c, converts ? FPTI_WORD_CONVERTED : FPTI_WORD_DAYS, n,
                         f, log_rest, removed));
    if (converts) {
        add(c->converted, removed, 1);
        count_converted(r->m, r->counts, keys, choice->place, removed);
    } else {
        const int32_t less = choice->days < stay ? choice->days : stay;
        add(c->saved, removed, by_day ? 1 : less);
    }
    if (choice->tally == FPT_ACTIVITY_NONE) return FPT_OK;
    if (converts) {
        add(tally_row(r->counts, choice->tally, FPT_ACTIVITY_CONVERTED_EVENTS),
            removed, 1);
        add(tally_row(r->counts, choice->tally, FPT_ACTIVITY_CONVERTED_DAYS),
            removed, days_each);
    } else {
        const int32_t less = choice->days < stay ? choice->days : stay;
        add(tally_row(r->counts, choice->tally, FPT_ACTIVITY_SAVED_DAYS),
            removed, by_day ? 1 : less);
    }
    return FPT_OK;
}

static fpt_status sample_cell(run *r, cell *c, const fpt_activity_row *row)
{
    const fpt_activity_effect *e = &r->m->effect[row->effect];
    const fpt_activity_keys *keys = &r->m->keys[row->keys];
    const int32_t stay = row->stay, days_each = stay + r->m->day_offset;
    FPT_TRY(draw_events(c));
    FPT_TRY(avoid(r, c, e, days_each));
    if (e->choice_count == 0 ||
        (!e->picks && e->choice[0].rule == FPT_ACTIVITY_UNCHANGED)) {
        add(r->key_events, c->left, 1);
        add(r->key_days, c->left, days_each);
        return FPT_OK;
    }
    memset(c->converted, 0, sizeof c->converted);
    memset(c->saved, 0, sizeof c->saved);
    if (e->picks && e->choice_count > 1) {
        uint32_t chosen[FPT_LANES];
        const uint32_t *word = draw_words(c, FPTI_WORD_CHOICE);
        for (int i = 0; i < FPT_LANES; i++)
            chosen[i] = (uint32_t)((uint64_t)word[i] * e->choice_count >> 32);
        for (uint32_t k = 0; k < e->choice_count; k++)
            FPT_TRY(apply_choice(r, c, &e->choice[k], keys, chosen, k, stay,
                                 days_each));
    } else {
        FPT_TRY(
            apply_choice(r, c, &e->choice[0], keys, NULL, 0, stay, days_each));
    }
    for (int i = 0; i < FPT_LANES; i++) {
        const int32_t here = c->left[i] - c->converted[i];
        r->key_events[i] += here;
        r->key_days[i] += here * days_each - c->saved[i];
    }
    return FPT_OK;
}

static void flush(run *r, uint32_t keys)
{
    const fpt_activity_keys *k = &r->m->keys[keys];
    add_to_outputs(r->m, r->counts, k->first, k->event_count, r->key_events);
    add_to_outputs(r->m, r->counts, k->first + k->event_count, k->day_count,
                   r->key_days);
    memset(r->key_events, 0, sizeof r->key_events);
    memset(r->key_days, 0, sizeof r->key_days);
}

/* ---- all cells ---- */

/* Where the last row stood: rows that agree in all are told apart by their
 * number, and the tables of a growth are kept while it lasts. */
typedef struct place {
    uint32_t keys, growth, effect, stay;
    uint64_t key_stream, cell_stream, ordinal;
} place;

static uint64_t stream_of(const fpt_activity_model *m, place *at,
                          const fpt_activity_row *row)
{
    const bool same_pair = row->keys == at->keys && row->growth == at->growth;
    const bool same =
        same_pair && row->effect == at->effect && row->stay == at->stay;
    at->ordinal = same ? at->ordinal + 1 : 0;
    if (!same_pair)
        at->key_stream = fpt_stream_join(m->keys[row->keys].stream,
                                         m->growth_stream[row->growth]);
    if (!same)
        at->cell_stream =
            fpt_stream_join(at->key_stream, m->effect[row->effect].stream);
    at->keys = row->keys, at->growth = row->growth;
    at->effect = row->effect, at->stay = row->stay;
    return fpt_stream_join(at->cell_stream, at->ordinal << 16 | row->stay);
}

/* The words that a group of rows will ask for, drawn together. */
typedef struct ahead {
    uint64_t stream[GROUP];
    size_t avoided[GROUP], later[GROUP]; /* SIZE_MAX: none */
    uint64_t word_stream[3 * GROUP];
    uint32_t word_block[3 * GROUP];
    uint32_t word[3 * GROUP * FPT_LANES];
} ahead;

static void draw_ahead(const fpt_activity_model *m, uint64_t seed,
                       uint32_t year, uint32_t lanes, place *at,
                       const fpt_activity_row *row, size_t count, ahead *a)
{
    size_t words = count;
    for (size_t g = 0; g < count; g++) {
        const fpt_activity_effect *e = &m->effect[row[g].effect];
        a->stream[g] = stream_of(m, at, &row[g]);
        a->word_stream[g] = a->stream[g];
        a->word_block[g] = year * FPTI_WORDS + FPTI_WORD_EVENTS;
        a->avoided[g] = a->later[g] = SIZE_MAX;
        if (e->picks) continue;
        if (e->keep != FPT_ACTIVITY_NONE) {
            a->word_stream[words] = a->stream[g];
            a->word_block[words] = year * FPTI_WORDS + FPTI_WORD_AVOIDED;
            a->avoided[g] = words++;
        }
        const fpt_activity_rule rule =
            e->choice_count > 0 ? e->choice[0].rule : FPT_ACTIVITY_UNCHANGED;
        if (rule == FPT_ACTIVITY_UNCHANGED ||
            (rule == FPT_ACTIVITY_DAYS_KEPT && row[g].stay == 0))
            continue;
        a->word_stream[words] = a->stream[g];
        a->word_block[words] =
            year * FPTI_WORDS + (rule == FPT_ACTIVITY_CONVERTED
                                     ? FPTI_WORD_CONVERTED
                                     : FPTI_WORD_DAYS);
        a->later[g] = words++;
    }
    fpt_lanes_words_many(LANES_LEVEL, seed, words, a->word_stream,
                         a->word_block, lanes, a->word);
}

fpt_status LANES_NAME(fpti_activity_sample)(const fpt_activity_model *m,
                                            const fpt_activity_rates *rates,
                                            uint64_t seed, uint32_t year,
                                            uint32_t row,
                                            const fpt_activity_counts *counts,
                                            const double *log_rest)
{
    run r = {.m = m, .rates = rates, .counts = counts, .log_rest = log_rest};
    cell c = {.seed = seed, .year = year, .row = row};
    place at = {.keys = FPT_ACTIVITY_NONE, .growth = FPT_ACTIVITY_NONE};
    uint32_t keys = FPT_ACTIVITY_NONE, growth = FPT_ACTIVITY_NONE, count = 0;
    ahead a;
    for (size_t i = 0; i < m->row_count; i++) {
        const size_t g = i % GROUP;
        if (g == 0)
            draw_ahead(m, seed, year, row, &at, &m->row[i],
                       m->row_count - i < GROUP ? m->row_count - i : GROUP, &a);
        const fpt_activity_row *here = &m->row[i];
        if (here->keys != keys && i > 0) flush(&r, keys);
        if (here->growth != growth || here->count != count)
            make_thresholds(&c,
                            rates->growth + (size_t)here->growth * FPT_LANES,
                            here->count);
        keys = here->keys, growth = here->growth, count = here->count;
        c.stream = a.stream[g];
        c.events_word = a.word + g * FPT_LANES;
        c.avoided_word =
            a.avoided[g] == SIZE_MAX ? NULL : a.word + a.avoided[g] * FPT_LANES;
        c.later_word =
            a.later[g] == SIZE_MAX ? NULL : a.word + a.later[g] * FPT_LANES;
        FPT_TRY(sample_cell(&r, &c, here));
    }
    if (m->row_count > 0) flush(&r, keys);
    return FPT_OK;
}
