/*
 * Two lines carried on to a target year, and what lies between them.
 */
#include "fpt/trajectory.h"
#include "fpt/num.h"

#include <math.h>

enum { PURPOSE = 0x7472, MOST_BASE = 64 };

const char *fpt_course_word(fpt_course_state state)
{
    switch (state) {
    case FPT_ON_COURSE:
        return "on course";
    case FPT_COURSE_OPEN:
        return "could go either way";
    case FPT_OFF_COURSE:
        return "off course";
    }
    return "unknown";
}

/* A fitted side; errors are those of the level at the centre and of the slope,
 * which are independent there. */
struct side {
    fpt_line line;
    double level_error, slope_error;
    double scatter; /* how much wider than the chance in counts, at least 1 */
    double last;    /* base year */
};

struct drawn {
    double level, slope;
};

static fpt_status fit(const fpt_past *past, bool log_scale, struct side *out)
{
    double y[MOST_BASE], weight[MOST_BASE];
    if (past->count < 3 || past->count > MOST_BASE) return FPT_ERR_RANGE;
    for (size_t i = 0; i < past->count; i++) {
        const double x = past->events[i], n = past->people[i];
        if (!(x > 0.0 && n > 0.0 && x < HUGE_VAL && n < HUGE_VAL) ||
            (!log_scale && !(x < n)) ||
            (i > 0 && !(past->year[i] > past->year[i - 1])))
            return FPT_ERR_RANGE;
        y[i] = log_scale ? log(x / n) : log(x / (n - x));
        weight[i] = log_scale ? x : 1.0 / (1.0 / x + 1.0 / (n - x));
    }
    FPT_TRY(fpt_line_fit(past->count, past->year, y, weight, &out->line));
    out->scatter =
        fmax(1.0, sqrt(out->line.residuals / (double)(past->count - 2)));
    out->level_error = out->scatter / sqrt(out->line.weight);
    out->slope_error = out->scatter / sqrt(out->line.spread);
    out->last = past->year[past->count - 1];
    return FPT_OK;
}

static double back(double y, bool log_scale)
{
    return log_scale ? exp(y) : 1.0 / (1.0 + exp(-y));
}

static double along(const struct side *side, struct drawn d, double year)
{
    return d.level + d.slope * (year - side->line.centre);
}

struct both {
    struct side local, nation;
    size_t years;
    const double *people;
    const fpt_trajectory_options *options;
};

/* The place's line, by the course that is assumed. */
static double local_at(const struct both *b, struct drawn l, struct drawn n,
                       double year)
{
    switch (b->options->course) {
    case FPT_COURSE_OWN:
        return along(&b->local, l, year);
    case FPT_COURSE_HELD:
        return along(&b->local, l, b->local.last);
    case FPT_COURSE_NATION:
        break;
    }
    return along(&b->local, l, b->local.last) +
           n.slope * (year - b->local.last);
}

/* What is avoided in the target year; *all gets the sum over the years. */
static double avoided(const struct both *b, struct drawn l, struct drawn n,
                      double *all)
{
    const bool log_scale = b->options->log_scale;
    fpt_sum sum = {0};
    double last = 0.0;
    for (size_t k = 0; k < b->years; k++) {
        const double year = b->local.last + 1.0 + (double)k;
        const double gap = back(local_at(b, l, n, year), log_scale) -
                           back(along(&b->nation, n, year), log_scale);
        last = (double)-b->options->better * gap * b->people[k];
        fpt_sum_add(&sum, last);
    }
    *all = fpt_sum_value(sum);
    return last;
}

static struct drawn draw_side(const struct side *side, fpt_rng *rng)
{
    const double level = fpt_sample_normal(rng), slope = fpt_sample_normal(rng);
    return (struct drawn){side->line.level + level * side->level_error,
                          side->line.slope + slope * side->slope_error};
}

/* Is the place, in one year like others, as good as the nation? */
static bool is_there(const struct both *b, struct drawn l, struct drawn n,
                     fpt_rng *rng)
{
    const double year = b->local.last + (double)b->years;
    const double people = b->people[b->years - 1];
    const double mine = along(&b->local, l, year);
    const double rate = back(mine, b->options->log_scale);
    const double variance =
        b->options->log_scale
            ? 1.0 / (rate * people)
            : 1.0 / (rate * people) + 1.0 / ((1.0 - rate) * people);
    const double seen =
        mine + fpt_sample_normal(rng) * b->local.scatter * sqrt(variance);
    const double theirs = along(&b->nation, n, year);
    return b->options->better > 0 ? seen >= theirs : seen <= theirs;
}

static double quantile(size_t count, double *x, double p)
{
    const double where = (double)(count - 1) * p;
    const size_t k = (size_t)where;
    const double low = fpt_select(count, x, k);
    if (k + 1 >= count) return low;
    double high = x[k + 1];
    for (size_t i = k + 2; i < count; i++)
        if (x[i] < high) high = x[i];
    return low + (where - (double)k) * (high - low);
}

static fpt_status draw_all(const struct both *b, double *work,
                           fpt_trajectory *out)
{
    const size_t draws = (size_t)b->options->draws;
    const double tail = (1.0 - b->options->confidence) / 2.0;
    size_t there = 0;
    for (size_t d = 0; d < draws; d++) {
        fpt_rng rng = fpt_rng_make(b->options->seed, (uint32_t)d,
                                   b->options->entity, PURPOSE);
        const struct drawn l = draw_side(&b->local, &rng);
        const struct drawn n = draw_side(&b->nation, &rng);
        work[d] = avoided(b, l, n, &work[draws + d]);
        /* Lines as steep as that leave the numbers of this world. */
        if (!isfinite(work[d]) || !isfinite(work[draws + d]))
            return FPT_ERR_RANGE;
        if (is_there(b, l, n, &rng)) there++;
    }
    out->final_year.lower = quantile(draws, work, tail);
    out->final_year.upper = quantile(draws, work, 1.0 - tail);
    out->cumulative.lower = quantile(draws, work + draws, tail);
    out->cumulative.upper = quantile(draws, work + draws, 1.0 - tail);
    out->chance = (double)there / (double)draws;
    out->state = out->chance >= 0.8   ? FPT_ON_COURSE
                 : out->chance <= 0.2 ? FPT_OFF_COURSE
                                      : FPT_COURSE_OPEN;
    return FPT_OK;
}

static bool is_allowed(const struct both *b)
{
    const fpt_trajectory_options *o = b->options;
    if (b->years < 1 || b->years > 200 || o->draws < 100 ||
        o->draws > FPT_TRAJECTORY_MOST_DRAWS ||
        (o->better != 1 && o->better != -1) ||
        !(o->confidence > 0.0 && o->confidence < 1.0))
        return false;
    for (size_t k = 0; k < b->years; k++)
        if (!(b->people[k] > 0.0 && b->people[k] < HUGE_VAL)) return false;
    return true;
}

fpt_status fpt_trajectory_find(const fpt_past *local, const fpt_past *nation,
                               size_t years, const double *people,
                               const fpt_trajectory_options *options,
                               double *work, fpt_trajectory *out)
{
    struct both b = {.years = years, .people = people, .options = options};
    fpt_trajectory made = {0};
    if (!is_allowed(&b)) return FPT_ERR_RANGE;
    FPT_TRY(fit(local, options->log_scale, &b.local));
    FPT_TRY(fit(nation, options->log_scale, &b.nation));
    const struct drawn l = {b.local.line.level, b.local.line.slope};
    const struct drawn n = {b.nation.line.level, b.nation.line.slope};
    const double target = b.local.last + (double)years;
    made.local = back(local_at(&b, l, n, target), options->log_scale);
    made.nation = back(along(&b.nation, n, target), options->log_scale);
    made.final_year.value = avoided(&b, l, n, &made.cumulative.value);
    if (!isfinite(made.final_year.value) || !isfinite(made.cumulative.value))
        return FPT_ERR_RANGE;
    FPT_TRY(draw_all(&b, work, &made));
    *out = made;
    return FPT_OK;
}
