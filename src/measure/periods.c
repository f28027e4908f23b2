/*
 * For which periods can an indicator be computed, and which numbers belong to
 * which period?
 */
#include "measure_i.h"

fpt_grain fpt_indicator_grain(const fpt_indicator *in, fpt_period period)
{
    const fpt_grain grain = fpt_period_grain(period);
    const bool has = (grain == FPT_GRAIN_MONTH && in->month) ||
                     (grain == FPT_GRAIN_QUARTER && in->quarter) ||
                     (grain == FPT_GRAIN_FY && in->fy);
    return has ? grain : FPT_GRAIN_OTHER;
}

/* Do the periods of a series tile this one without a gap? */
static bool is_covered(const fpti_loaded *n, fpt_period period)
{
    int32_t at = period.from.days;
    for (size_t i = 0; i < n->periods && at < period.to.days; i++) {
        const fpt_period p = n->period[i];
        if (p.from.days == at && p.to.days <= period.to.days) at = p.to.days;
    }
    return at == period.to.days;
}

static int64_t distance(fpt_period a, fpt_period b)
{
    if (a.to.days <= b.from.days) return (int64_t)b.from.days - a.to.days + 1;
    if (b.to.days <= a.from.days) return (int64_t)a.from.days - b.to.days + 1;
    return 0;
}

bool fpti_term_takes(const fpt_term *term, const fpti_loaded *loaded,
                     fpt_period period, fpt_period of)
{
    switch (term->periods) {
    case FPT_PERIODS_SUM:
        return period.from.days >= of.from.days && period.to.days <= of.to.days;
    case FPT_PERIODS_SAME:
        return fpt_period_equal(period, of);
    case FPT_PERIODS_NEAREST: {
        const int64_t mine = distance(period, of);
        for (size_t i = 0; i < loaded->periods; i++) {
            const int64_t other = distance(loaded->period[i], of);
            if (other < mine) return false;
            /* Of two that are as near the earlier counts. */
            if (other == mine && loaded->period[i].from.days < period.from.days)
                return false;
        }
        return true;
    }
    }
    return false;
}

bool fpti_take(fpt_arena *arena, const fpt_term *term,
               const fpti_loaded *loaded, fpt_period of, fpti_taken *out)
{
    *out = (fpti_taken){.slot = FPT_NEW(arena, bool, loaded->periods)};
    if (out->slot == NULL) return false;
    for (size_t i = 0; i < loaded->periods; i++) {
        if (!fpti_term_takes(term, loaded, loaded->period[i], of)) continue;
        out->slot[i] = true;
        out->count++;
        out->last = i;
    }
    return true;
}

bool fpti_is_within(const fpti_numbers *numbers, const fpti_taken *taken,
                    size_t i, int32_t *until)
{
    const fpti_number *n = &numbers->number[i], *next = n + 1;
    if (i == 0 || numbers->number[i - 1].place != n->place) *until = INT32_MIN;
    if (!taken->slot[n->slot]) return true;
    if (n->period.from.days < *until) return true;
    if (i + 1 < numbers->count && next->place == n->place &&
        next->period.from.days == n->period.from.days &&
        taken->slot[next->slot])
        return true; /* the longest of those that begin on a day comes last */
    *until = n->period.to.days;
    return false;
}

struct list {
    fpt_arena *arena;
    fpt_period *period;
    size_t count, capacity;
};

static bool add(struct list *list, fpt_period period)
{
    for (size_t i = 0; i < list->count; i++)
        if (fpt_period_equal(list->period[i], period)) return true;
    if (!FPT_RESERVE(list->arena, list->period, list->count, list->capacity))
        return false;
    size_t at = list->count++;
    /* In order of the first day, then of the last. */
    while (at > 0 && (list->period[at - 1].from.days > period.from.days ||
                      (list->period[at - 1].from.days == period.from.days &&
                       list->period[at - 1].to.days > period.to.days))) {
        list->period[at] = list->period[at - 1];
        at--;
    }
    list->period[at] = period;
    return true;
}

static bool wanted(const fpt_measure_ask *ask, fpt_grain grain, bool has)
{
    return has && (ask->any_grain || ask->grain == grain);
}

fpt_status fpti_periods(fpt_measure *m, fpt_arena *arena,
                        const fpt_measure_ask *ask, size_t *count,
                        fpt_period **out, fpt_error *err)
{
    const fpt_indicator *in = ask->indicator;
    const fpti_loaded *n;
    FPT_TRY(fpti_loaded_get(m, in->periods_of, &n, err));
    struct list list = {.arena = arena};
    bool good = true;
    for (size_t i = 0; i < n->periods && good; i++) {
        const fpt_period p = n->period[i];
        if (wanted(ask, FPT_GRAIN_OTHER, in->as_published))
            good = add(&list, p);
        const struct {
            fpt_grain grain;
            bool has;
        } grains[] = {{FPT_GRAIN_MONTH, in->month},
                      {FPT_GRAIN_QUARTER, in->quarter},
                      {FPT_GRAIN_FY, in->fy}};
        for (size_t g = 0; g < 3 && good; g++) {
            if (!wanted(ask, grains[g].grain, grains[g].has)) continue;
            const fpt_period whole = fpt_period_of(p.from, grains[g].grain);
            if (p.from.days >= whole.from.days && p.to.days <= whole.to.days &&
                is_covered(n, whole))
                good = add(&list, whole);
        }
    }
    if (!good) return fpt_fail(err, FPT_ERR_MEMORY, "no memory to measure");
    if (ask->has_period) {
        size_t kept = 0;
        for (size_t i = 0; i < list.count; i++)
            if (list.period[i].from.days >= ask->period.from.days &&
                list.period[i].to.days <= ask->period.to.days)
                list.period[kept++] = list.period[i];
        list.count = kept;
    }
    *count = list.count;
    *out = list.period;
    return FPT_OK;
}
