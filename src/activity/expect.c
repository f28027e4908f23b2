/*
 * Expected values of what sample.c draws, term by term: the test of each by
 * the other, and the answer where no integers are wanted.
 */
#include "activity_i.h"

static void add(double *to, const double *x, double factor)
{
    for (int i = 0; i < FPT_LANES; i++)
        to[i] += x[i] * factor;
}

static double *tally_row(double *tally, uint32_t at,
                         fpt_activity_measure measure)
{
    return tally + ((size_t)at * FPT_ACTIVITY_MEASURES + measure) * FPT_LANES;
}

static void add_to_outputs(const fpt_activity_model *m, double *output,
                           uint32_t first, uint32_t count, const double *x)
{
    for (uint32_t k = 0; k < count; k++)
        add(output + (size_t)m->output[first + k] * FPT_LANES, x, 1.0);
}

/* The mean share kept over the switches' coins. */
static bool share_kept(const fpt_activity_effect *e,
                       const fpt_activity_rates *rates, double *share)
{
    for (int i = 0; i < FPT_LANES; i++)
        share[i] = 1.0;
    if (!e->picks && e->keep == FPT_ACTIVITY_NONE) return false;
    if (!e->picks) {
        memcpy(share, rates->factor + (size_t)e->keep * FPT_LANES,
               FPT_LANES * sizeof *share);
        return true;
    }
    for (uint32_t k = 0; k < e->switch_count; k++) {
        const double *f = rates->factor + (size_t)e->on[k].factor * FPT_LANES;
        const double rate =
            e->on[k].rate == UINT32_MAX ? 1.0 : (double)e->on[k].rate * 0x1p-32;
        for (int i = 0; i < FPT_LANES; i++)
            share[i] *= 1.0 - rate * (1.0 - f[i]);
    }
    return e->switch_count > 0;
}

typedef struct sums {
    double left[FPT_LANES], events[FPT_LANES], days[FPT_LANES];
} sums;

static void expect_choice(const fpt_activity_model *m,
                          const fpt_activity_rates *rates,
                          const fpt_activity_choice *c,
                          const fpt_activity_keys *keys, double weight,
                          double stay, sums *s, double *output, double *tally)
{
    if (c->rule == FPT_ACTIVITY_UNCHANGED) return;
    const double *f = rates->factor + (size_t)c->factor * FPT_LANES;
    const double less = c->rule == FPT_ACTIVITY_DAYS_KEPT ? stay
                        : c->days < stay                  ? c->days
                                                          : stay;
    const double days_each = stay + m->day_offset;
    double removed[FPT_LANES];
    for (int i = 0; i < FPT_LANES; i++)
        removed[i] = weight * s->left[i] * (1.0 - f[i]);
    if (c->rule != FPT_ACTIVITY_CONVERTED) {
        add(s->days, removed, -less);
        if (c->tally != FPT_ACTIVITY_NONE)
            add(tally_row(tally, c->tally, FPT_ACTIVITY_SAVED_DAYS), removed,
                less);
        return;
    }
    add(s->events, removed, -1.0);
    add(s->days, removed, -days_each);
    const uint32_t to = keys->converted[c->place];
    if (to != FPT_ACTIVITY_NONE) {
        const fpt_activity_keys *k = &m->keys[to];
        add_to_outputs(m, output, k->first, k->event_count, removed);
        if (m->day_offset != 0)
            add_to_outputs(m, output, k->first + k->event_count, k->day_count,
                           removed);
    }
    if (c->tally == FPT_ACTIVITY_NONE) return;
    add(tally_row(tally, c->tally, FPT_ACTIVITY_CONVERTED_EVENTS), removed, 1);
    add(tally_row(tally, c->tally, FPT_ACTIVITY_CONVERTED_DAYS), removed,
        days_each);
}

fpt_status fpt_activity_expect(const fpt_activity_model *m,
                               const fpt_activity_rates *rates, double *output,
                               double *tally)
{
    memset(output, 0, m->output_count * FPT_LANES * sizeof *output);
    if (m->tally_count > 0)
        memset(tally, 0,
               m->tally_count * FPT_ACTIVITY_MEASURES * FPT_LANES *
                   sizeof *tally);
    for (size_t r = 0; r < m->row_count; r++) {
        const fpt_activity_row *row = &m->row[r];
        const fpt_activity_effect *e = &m->effect[row->effect];
        const fpt_activity_keys *keys = &m->keys[row->keys];
        const double *growth = rates->growth + (size_t)row->growth * FPT_LANES;
        const double stay = row->stay, days_each = stay + m->day_offset;
        double share[FPT_LANES], avoided[FPT_LANES];
        sums s;
        const bool thinned = share_kept(e, rates, share);
        for (int i = 0; i < FPT_LANES; i++) {
            if (!(growth[i] >= 0.0)) return FPT_ERR_RANGE;
            const double mean = growth[i] * row->count;
            s.left[i] = mean * share[i];
            avoided[i] = mean - s.left[i];
            s.events[i] = s.left[i];
            s.days[i] = s.left[i] * days_each;
        }
        if (thinned && e->tally != FPT_ACTIVITY_NONE) {
            add(tally_row(tally, e->tally, FPT_ACTIVITY_AVOIDED), avoided, 1.0);
            add(tally_row(tally, e->tally, FPT_ACTIVITY_AVOIDED_DAYS), avoided,
                days_each);
        }
        for (uint32_t k = 0; k < e->choice_count; k++)
            expect_choice(m, rates, &e->choice[k], keys,
                          1.0 / (double)e->choice_count, stay, &s, output,
                          tally);
        add_to_outputs(m, output, keys->first, keys->event_count, s.events);
        add_to_outputs(m, output, keys->first + keys->event_count,
                       keys->day_count, s.days);
    }
    return FPT_OK;
}
