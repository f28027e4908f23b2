/*
 * Rules within one phase. Each rule first marks its points with the direction in
 * which it points; which of several is the cause of a point is decided last.
 */
#include <math.h>

#include "fpt/num.h"
#include "spc_i.h"

/* Above or below the centre line, strictly. */
static int side_of(const struct fpti_series *s, size_t i)
{
    const double v = s->out->value[i], centre = s->out->centre[i];
    return (v > centre) - (v < centre);
}

static int outside_of(const struct fpti_series *s, size_t i)
{
    const double v = s->out->value[i];
    return (v > s->out->upper[i]) - (v < s->out->lower[i]);
}

/* Beyond a warning line; by some sets only short of the limit. */
static bool is_near(const struct fpti_series *s, size_t i)
{
    const double v = s->out->value[i];
    const bool beyond =
        v > s->out->upper_warning[i] || v < s->out->lower_warning[i];
    return beyond && (s->o->near_with_outside || outside_of(s, i) == 0);
}

/* The next point with a value, at or after i. */
static size_t next_point(const struct fpti_series *s, size_t i, size_t to)
{
    while (i < to && !fpti_has_value(s, i))
        i++;
    return i;
}

static void mark_outside(const struct fpti_series *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (fpti_has_value(s, i)) s->out->outside[i] = outside_of(s, i) != 0;
}

static void mark_two_in_three(const struct fpti_series *s, size_t from,
                              size_t to)
{
    size_t a = next_point(s, from, to);
    size_t b = next_point(s, a + 1, to);
    for (size_t i = from; i < to; i++)
        if (fpti_has_value(s, i)) s->out->two_in_three[i] = 0;
    for (size_t c = next_point(s, b + 1, to); c < to;
         a = b, b = c, c = next_point(s, c + 1, to)) {
        const int side = side_of(s, a);
        if (side == 0 || side_of(s, b) != side || side_of(s, c) != side)
            continue;
        const size_t three[] = {a, b, c};
        int near = 0;
        for (size_t k = 0; k < 3; k++)
            near += is_near(s, three[k]);
        if (near < 2) continue;
        for (size_t k = 0; k < 3; k++)
            if (is_near(s, three[k])) s->out->two_in_three[three[k]] = 1;
    }
}

/* Points of [first, last] with a value. */
static void mark(const struct fpti_series *s, fpt_spc_answer *rule,
                 size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        if (fpti_has_value(s, i)) rule[i] = 1;
}

static void mark_run(const struct fpti_series *s, size_t from, size_t to,
                     size_t length)
{
    int side = 0;
    size_t first = from, last = from, count = 0;
    for (size_t i = next_point(s, from, to); i < to;
         i = next_point(s, i + 1, to)) {
        s->out->run[i] = 0;
        const int here = side_of(s, i);
        if (here != side || here == 0) {
            if (side != 0 && count >= length) mark(s, s->out->run, first, last);
            side = here;
            first = i;
            count = 0;
        }
        last = i;
        count++;
    }
    if (side != 0 && count >= length) mark(s, s->out->run, first, last);
}

/* The direction of a point's trend goes to `way`; a later trend overwrites. */
static void mark_trend(const struct fpti_series *s, size_t from, size_t to,
                       double *way)
{
    const fpt_spc_columns *out = s->out;
    for (size_t i = from; i < to; i++) {
        way[i - s->from] = 0.0;
        if (fpti_has_value(s, i)) out->trend[i] = 0;
    }
    int slope = 0;
    size_t first = from;
    for (size_t i = from; i <= to; i++) {
        int here = 0;
        if (i < to && i > from && fpti_has_value(s, i) &&
            fpti_has_value(s, i - 1))
            here = (out->value[i] > out->value[i - 1]) -
                   (out->value[i] < out->value[i - 1]);
        if (here == slope && i < to) continue;
        if (slope != 0 && i - first >= s->o->trend_length) {
            mark(s, out->trend, first, i - 1);
            for (size_t k = first; k < i; k++)
                way[k - s->from] = slope;
        }
        slope = here;
        first = i > from ? i - 1 : from;
    }
}

/* ---- runs analysis ---- */

double fpt_runs_longest_max(size_t useful)
{
    return useful > 0 ? nearbyint(log2((double)useful)) + 3.0 : (double)NAN;
}

double fpt_runs_crossings_min(size_t useful)
{
    return useful > 0 ? fpt_binomial_quantile(0.05, (double)useful - 1.0, 0.5)
                      : (double)NAN;
}

static void analyse_runs(const struct fpti_series *s, size_t from, size_t to)
{
    size_t useful = 0, longest = 0, crossings = 0, run = 0;
    int side = 0;
    for (size_t i = from; i < to; i++) {
        const int here = fpti_has_value(s, i) ? side_of(s, i) : 0;
        if (here == 0) continue;
        useful++;
        if (side != 0 && here != side) crossings++;
        run = here == side ? run + 1 : 1;
        side = here;
        if (run > longest) longest = run;
    }
    const fpt_spc_columns *out = s->out;
    const double longest_max = fpt_runs_longest_max(useful);
    const double crossings_min = fpt_runs_crossings_min(useful);
    const bool enough = useful >= FPT_RUNS_LEAST_POINTS;
    const bool signal =
        (double)longest > longest_max || (double)crossings < crossings_min;
    for (size_t i = from; i < to; i++) {
        out->longest_run[i] = (double)longest;
        out->crossings[i] = (double)crossings;
        out->longest_run_max[i] = enough ? longest_max : (double)NAN;
        out->crossings_min[i] = enough ? crossings_min : (double)NAN;
        out->runs_signal[i] =
            enough ? (fpt_spc_answer)signal : FPT_SPC_NOT_ASKED;
    }
    const bool by_runs = s->o->run_length == 0 || s->o->chart == FPT_SPC_RUN;
    for (size_t i = from; i < to && by_runs && !enough; i++)
        if (out->state[i] == FPT_STATE_OK)
            out->state[i] = FPT_STATE_TOO_FEW_POINTS;
    if (s->o->run_length == 0 && s->o->use_run && enough)
        mark_run(s, from, to, (size_t)longest_max + 1);
}

/* ---- the cause ---- */

static bool is_improvement(const struct fpti_series *s, int way)
{
    return (s->o->improve == FPT_IMPROVE_UP && way > 0) ||
           (s->o->improve == FPT_IMPROVE_DOWN && way < 0);
}

static fpt_spc_variation variation_of(const struct fpti_series *s, int way)
{
    if (way == 0) return FPT_VARIATION_COMMON;
    if (s->o->improve == FPT_IMPROVE_NONE)
        return way > 0 ? FPT_VARIATION_HIGH : FPT_VARIATION_LOW;
    return is_improvement(s, way) ? FPT_VARIATION_IMPROVEMENT
                                  : FPT_VARIATION_CONCERN;
}

static void decide(const struct fpti_series *s, size_t i, int trend_way)
{
    const fpt_spc_columns *out = s->out;
    const int side = side_of(s, i);
    /* In the order of precedence; the causes stand in pairs, up first. */
    const struct {
        bool fires;
        int way;
        fpt_spc_cause up;
    } rule[] = {
        {out->outside[i] == 1, side, FPT_CAUSE_OUTSIDE_ABOVE},
        {out->trend[i] == 1, trend_way, FPT_CAUSE_TREND_UP},
        {out->two_in_three[i] == 1, side, FPT_CAUSE_TWO_IN_THREE_ABOVE},
        {out->run[i] == 1, side, FPT_CAUSE_RUN_ABOVE},
    };
    enum { RULES = sizeof rule / sizeof *rule };
    size_t chosen = RULES;
    for (size_t k = 0; k < RULES && s->o->improvement_first; k++)
        if (chosen == RULES && rule[k].fires && is_improvement(s, rule[k].way))
            chosen = k;
    for (size_t k = 0; k < RULES && chosen == RULES; k++)
        if (rule[k].fires) chosen = k;
    const int way = chosen < RULES ? rule[chosen].way : 0;
    out->cause[i] = chosen == RULES ? FPT_CAUSE_NONE
                    : way > 0       ? rule[chosen].up
                                    : (fpt_spc_cause)((int)rule[chosen].up + 1);
    out->variation[i] = variation_of(s, way);
}

void fpti_spc_rules(const struct fpti_series *s, size_t from, size_t to,
                    bool has_limits, fpt_state why)
{
    const fpt_spc_columns *out = s->out;
    double *way = s->work + fpti_rows(s);
    for (size_t i = from; i < to; i++) {
        out->outside[i] = out->run[i] = FPT_SPC_NOT_ASKED;
        out->trend[i] = out->two_in_three[i] = FPT_SPC_NOT_ASKED;
        out->cause[i] = FPT_CAUSE_UNKNOWN;
        out->variation[i] = FPT_VARIATION_UNKNOWN;
        way[i - s->from] = 0.0;
        if (why != FPT_STATE_OK && out->state[i] == FPT_STATE_OK)
            out->state[i] = why;
    }
    analyse_runs(s, from, to);
    if (s->o->use_outside && has_limits) mark_outside(s, from, to);
    if (s->o->use_two_in_three && has_limits) mark_two_in_three(s, from, to);
    if (s->o->use_run && s->o->run_length > 0)
        mark_run(s, from, to, s->o->run_length);
    if (s->o->use_trend && s->o->trend_length > 1 &&
        why != FPT_STATE_NO_VARIATION)
        mark_trend(s, from, to, way);
    for (size_t i = from; i < to; i++)
        if (fpti_has_value(s, i)) decide(s, i, way[i - s->from] > 0.0 ? 1 : -1);
}
