/*
 * Figures: for each period and each area, numerator and denominator in whole
 * numbers, then the value once, then its limits.
 */
#include <stdlib.h>

#include "measure_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to measure");
}

static fpt_status read_places(fpt_measure *m, fpt_error *err)
{
    fpt_rows rows;
    size_t capacity = 0;
    bool good = true;
    FPT_TRY(fpt_store_query(m->warehouse, &m->arena,
                            "SELECT code FROM place ORDER BY place", 0, NULL,
                            &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            good = FPT_RESERVE(&m->arena, m->place, m->places, capacity);
            if (!good) break;
            m->place[m->places] =
                fpt_str_keep(&m->arena, rows.column[0].text[i]);
            good = m->place[m->places++].data != NULL;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    m->body = FPT_NEW(&m->arena, fpt_body, m->places);
    if (!good || m->body == NULL) return no_memory(err);
    for (size_t i = 0; i < m->places; i++)
        m->body[i] = fpt_reg_find(m->registry, m->place[i]);
    return FPT_OK;
}

fpt_status fpt_measure_open(fpt_store *warehouse, fpt_registry *registry,
                            const fpt_tiers *tiers, const fpt_pack_path *packs,
                            fpt_measure **out, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_measure *m = FPT_NEW(&arena, fpt_measure, 1);
    if (m == NULL) {
        fpt_arena_clear(&arena);
        return no_memory(err);
    }
    m->warehouse = warehouse;
    m->registry = registry;
    m->tiers = tiers;
    m->arena = arena;
    fpt_status status = fpti_attribution_list(
        &m->arena, packs, &m->attributions, &m->attribution, err);
    if (status == FPT_OK) status = read_places(m, err);
    if (status == FPT_OK) status = fpti_loaded_read(m, err);
    if (status != FPT_OK) {
        fpt_measure_close(m);
        return status;
    }
    *out = m;
    return FPT_OK;
}

void fpt_measure_close(fpt_measure *measure)
{
    if (measure == NULL) return;
    fpt_arena arena = measure->arena;
    fpt_arena_clear(&arena);
}

/* ---- one figure from its parts ---- */

static double in_units(int64_t value, int scale)
{
    double unit = 1.0;
    for (int i = 0; i < scale; i++)
        unit *= 10.0;
    return (double)value / unit;
}

void fpti_finish(const fpt_indicator *in, const fpt_level *level, fpt_figure *f)
{
    const double none = (double)NAN;
    f->value = f->lower = f->upper = none;
    if (f->status.len > 0) return; /* it is known why there is none */
    const double x = (double)f->numerator, n = (double)f->denominator;
    fpt_state state = FPT_STATE_OK;
    fpt_limits limits = fpt_no_limits();
    switch (in->statistic) {
    case FPT_STATISTIC_COUNT:
        f->value = in_units(f->numerator, in->scale) * in->multiplier;
        break;
    case FPT_STATISTIC_PROPORTION:
        state = fpt_proportion_state(x, n);
        if (state != FPT_STATE_OK) break;
        f->value = x / n * in->multiplier;
        if (in->wilson) limits = fpt_wilson(x, n, level->z);
        break;
    case FPT_STATISTIC_RATE:
        state = fpt_rate_state(x, n);
        if (state != FPT_STATE_OK) break;
        f->value = x / n * in->multiplier;
        if (in->byar) {
            limits = fpt_count_limits(x, FPT_COUNT_FIELD, level);
            limits.lower /= n;
            limits.upper /= n;
        }
        break;
    case FPT_STATISTIC_RATIO:
        if (f->denominator == 0)
            state = FPT_STATE_ZERO_DENOMINATOR;
        else
            f->value = in_units(f->numerator, in->scale) / n * in->multiplier;
        break;
    }
    f->lower = limits.lower * in->multiplier;
    f->upper = limits.upper * in->multiplier;
    f->status = fpt_str_from(fpt_state_word(state));
}

/* ---- summing ---- */

/* The sums of one period for an area. */
struct sum {
    int64_t top, bottom, estimated;
    int64_t missing, suppressed, suspect;
    bool top_seen, bottom_seen;
    bool top_gap, bottom_gap; /* a part was not published, or suppressed */
};

/* An element an area, and a last one for what is unassigned. For organisations: an
 * element a place. Few organisations of all places have numbers of one period, so
 * which have is noted, and only these are read and cleared for the next. */
struct sums {
    size_t count;
    struct sum *of;
    size_t touched;
    size_t *touch;
};

static bool make_sums(fpt_arena *arena, size_t count, struct sums *s)
{
    if (count > s->count)
        *s = (struct sums){.count = count,
                           .of = FPT_NEW(arena, struct sum, count),
                           .touch = FPT_NEW(arena, size_t, count)};
    return s->of != NULL && s->touch != NULL;
}

static void clear_sums(struct sums *s)
{
    for (size_t i = 0; i < s->touched; i++)
        s->of[s->touch[i]] = (struct sum){0};
    s->touched = 0;
}

static struct sum *sum_of(struct sums *s, size_t area)
{
    struct sum *sum = &s->of[area];
    if (!sum->top_seen && !sum->bottom_seen) s->touch[s->touched++] = area;
    return sum;
}

struct job {
    fpt_measure *m;
    const fpt_measure_ask *ask;
    fpt_arena *scratch; /* of one period */
    fpt_arena *room;    /* of all */
    fpti_target target;
    fpt_period period;
    struct sums *sums;
    size_t parts_capacity;
    int64_t *weight, *part; /* of one number's shares */
    uint64_t *remainder;
    /* for an explanation: told of every part that goes anywhere */
    fpti_tell tell;
    void *tell_context;
};

static bool add_to(int64_t *sum, int64_t value)
{
    return !__builtin_add_overflow(*sum, value, sum);
}

static bool add_part(struct job *j, const fpt_term *term, bool top, size_t area,
                     int64_t part, const fpti_number *n, bool divided)
{
    struct sum *s = sum_of(j->sums, area);
    bool good = add_to(top ? &s->top : &s->bottom, term->sign * part);
    *(top ? &s->top_seen : &s->bottom_seen) = true;
    if (n->missing > 0 || n->suppressed > 0)
        *(top ? &s->top_gap : &s->bottom_gap) = true;
    s->missing += n->missing;
    s->suppressed += n->suppressed;
    s->suspect += n->suspect;
    if (divided && top) good = good && add_to(&s->estimated, term->sign * part);
    return good;
}

static fpt_status overflow(const fpt_term *term, fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_RANGE,
                    "a sum of " FPT_STR_FMT " does not fit in 64 bits",
                    FPT_STR_ARG(term->series));
}

/* One number, shared out among the areas. */
static fpt_status spread(struct job *j, const fpt_term *term, bool top,
                         const fpti_number *n, size_t shares,
                         const fpti_share *share, const fpti_spots *spots,
                         fpt_error *err)
{
    const fpt_str code = j->m->place[n->place];
    if (shares > j->parts_capacity) {
        j->weight = FPT_NEW(j->scratch, int64_t, shares);
        j->part = FPT_NEW(j->scratch, int64_t, shares);
        j->remainder = FPT_NEW(j->scratch, uint64_t, shares);
        if (j->weight == NULL || j->part == NULL || j->remainder == NULL)
            return no_memory(err);
        j->parts_capacity = shares;
    }
    for (size_t i = 0; i < shares; i++)
        j->weight[i] = share[i].weight;
    if (shares == 1)
        j->part[0] = n->value;
    else if (fpt_apportion(n->value, shares, j->weight, j->part,
                           j->remainder) != FPT_OK)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the number of " FPT_STR_FMT " cannot be shared out",
                        FPT_STR_ARG(code));
    for (size_t i = 0; i < shares; i++) {
        if (!add_part(j, term, top, share[i].area, j->part[i], n, shares > 1))
            return overflow(term, err);
        if (j->tell != NULL)
            FPT_TRY(j->tell(j->tell_context, term, top, n->place, n->value,
                            j->part[i], share[i].area, spots, err));
    }
    return FPT_OK;
}

static fpt_status add_number(struct job *j, const fpt_term *term, bool top,
                             const fpti_number *n, size_t *shares,
                             fpti_share **share, fpti_spots *spots,
                             bool same_place, fpt_error *err)
{
    if (j->target.nation || j->target.organisation) {
        const size_t at = j->target.nation ? 0 : n->place;
        if (!add_part(j, term, top, at, n->value, n, false))
            return overflow(term, err);
        if (j->tell != NULL) {
            fpti_spots none;
            fpti_nowhere(&none, "its own");
            return j->tell(j->tell_context, term, top, n->place, n->value,
                           n->value, at, &none, err);
        }
        return FPT_OK;
    }
    if (!same_place)
        FPT_TRY(fpti_shares(j->m, j->scratch, &j->target, n->place,
                            j->period.from, j->ask->indicator->attributed,
                            j->ask->most_step, shares, share, spots, err));
    return spread(j, term, top, n, *shares, *share, spots, err);
}

/* Numbers of atoms that are the same for many periods (residents, for each
 * month) are summed once for each set of areas. */
static bool add_kept(struct job *j, const fpt_term *term,
                     const fpti_numbers *numbers, bool top)
{
    for (const struct fpti_kept_sum *k = j->m->sums; k != NULL; k = k->next) {
        if (k->numbers != numbers || k->partition != j->target.partition ||
            !fpti_term_takes(term, numbers->loaded, k->period, j->period))
            continue;
        for (size_t i = 0; i <= j->target.areas; i++) {
            if (!k->seen[i]) continue;
            const fpti_number n = {.missing = k->missing[i],
                                   .suppressed = k->suppressed[i],
                                   .suspect = k->suspect[i]};
            if (!add_part(j, term, top, i, k->value[i], &n, false))
                return false;
        }
        return true;
    }
    return false;
}

static bool can_keep(const struct job *j, const fpt_term *term,
                     const fpti_numbers *numbers)
{
    if (j->tell != NULL || j->target.partition == NULL ||
        term->periods == FPT_PERIODS_SUM || numbers->count == 0)
        return false;
    for (size_t i = 0; i < numbers->count; i++) {
        const fpt_body body = j->m->body[numbers->number[i].place];
        if (!fpt_body_is(body) || j->target.atom_area[body.id] == SIZE_MAX)
            return false;
    }
    return true;
}

/* *any: were there numbers for the period at all? */
static fpt_status keep_sum(struct job *j, const fpt_term *term,
                           const fpti_numbers *numbers, bool *any,
                           fpt_error *err)
{
    fpt_arena *arena = &j->m->arena;
    const size_t slots = j->target.areas + 1;
    struct fpti_kept_sum *k = FPT_NEW(arena, struct fpti_kept_sum, 1);
    if (k == NULL) return no_memory(err);
    *k = (struct fpti_kept_sum){.numbers = numbers,
                                .partition = j->target.partition,
                                .value = FPT_NEW(arena, int64_t, slots),
                                .missing = FPT_NEW(arena, int64_t, slots),
                                .suppressed = FPT_NEW(arena, int64_t, slots),
                                .suspect = FPT_NEW(arena, int64_t, slots),
                                .seen = FPT_NEW(arena, bool, slots)};
    if (k->value == NULL || k->missing == NULL || k->suppressed == NULL ||
        k->suspect == NULL || k->seen == NULL)
        return no_memory(err);
    for (size_t i = 0; i < numbers->count; i++) {
        const fpti_number *n = &numbers->number[i];
        if (!fpti_term_takes(term, numbers->loaded, n->period, j->period))
            continue;
        const size_t area = j->target.atom_area[j->m->body[n->place].id];
        *any = true;
        k->period = n->period;
        k->seen[area] = true;
        k->missing[area] += n->missing;
        k->suppressed[area] += n->suppressed;
        k->suspect[area] += n->suspect;
        if (__builtin_add_overflow(k->value[area], n->value, &k->value[area]))
            return overflow(term, err);
    }
    if (!*any) return FPT_OK;
    k->next = j->m->sums;
    j->m->sums = k;
    return FPT_OK;
}

static fpt_status add_term(struct job *j, const fpt_term *term, bool top,
                           fpt_error *err)
{
    const fpti_numbers *numbers;
    FPT_TRY(fpti_numbers_get(j->m, term, &numbers, err));
    if (j->tell == NULL && j->target.partition != NULL) {
        if (add_kept(j, term, numbers, top)) return FPT_OK;
        if (can_keep(j, term, numbers)) {
            bool any = false;
            FPT_TRY(keep_sum(j, term, numbers, &any, err));
            if (!any || add_kept(j, term, numbers, top)) return FPT_OK;
            return overflow(term, err);
        }
    }
    fpti_taken taken;
    if (!fpti_take(j->scratch, term, numbers->loaded, j->period, &taken))
        return no_memory(err);
    if (taken.count == 0) return FPT_OK;
    /* The numbers of one period, or all: a month asks for a month's. */
    const uint32_t *only = taken.count == 1 ? numbers->by_slot : NULL;
    const size_t end =
        only != NULL ? numbers->first[taken.last + 1] : numbers->count;
    /* Numbers lie by place, so where a place is is asked once. */
    uint32_t place = UINT32_MAX;
    size_t shares = 0;
    fpti_share *share = NULL;
    fpti_spots spots;
    int32_t until = INT32_MIN;
    for (size_t i = only != NULL ? numbers->first[taken.last] : 0; i < end;
         i++) {
        const fpti_number *n = &numbers->number[only != NULL ? only[i] : i];
        if (only == NULL && (term->periods == FPT_PERIODS_SUM
                                 ? fpti_is_within(numbers, &taken, i, &until)
                                 : !taken.slot[n->slot]))
            continue;
        FPT_TRY(add_number(j, term, top, n, &shares, &share, &spots,
                           n->place == place, err));
        place = n->place;
    }
    return FPT_OK;
}

/* ---- the periods of an ask ---- */

static fpt_figure figure_of(const struct job *j, size_t i)
{
    const fpt_measure *m = j->m;
    const struct sum *s = &j->sums->of[i];
    fpt_figure f = {.place = {FPT_NOBODY},
                    .period = j->period,
                    .has_numerator = s->top_seen && !s->top_gap,
                    .has_denominator =
                        j->ask->indicator->denominators > 0 && !s->bottom_gap,
                    .estimated = s->estimated};
    /* A sum of which a part is not known is not a number to print. */
    if (f.has_numerator) f.numerator = s->top;
    if (f.has_denominator) f.denominator = s->bottom;
    if (j->target.nation) {
        f.code = m->tiers->nation_code;
        f.name = m->tiers->nation_name;
    } else if (j->target.organisation) {
        f.code = m->place[i];
        f.place = m->body[i];
        f.name = fpt_reg_name(m->registry, f.place, j->period.from);
    } else if (i == j->target.areas) {
        f.code = FPT_STR(FPT_UNASSIGNED);
        f.name = FPT_STR("Unassigned");
    } else {
        f.place = j->target.area[i];
        f.code = fpt_reg_code(m->registry, f.place);
        f.name = fpt_reg_name(m->registry, f.place, j->target.on);
    }
    if (s->suppressed > 0)
        f.status = FPT_STR("SUPPRESSED");
    else if (s->missing > 0 || !s->top_seen)
        f.status = FPT_STR("MISSING");
    else if (s->suspect > 0)
        f.status = FPT_STR("SUSPECT");
    return f;
}

static int by_code(const void *left, const void *right)
{
    return fpt_str_compare(((const fpt_figure *)left)->code,
                           ((const fpt_figure *)right)->code);
}

static fpt_status one_period(struct job *j, fpt_arena *arena,
                             const fpt_level *level, size_t *count,
                             size_t *capacity, fpt_figure **out, fpt_error *err)
{
    const fpt_indicator *in = j->ask->indicator;
    const fpt_date on = j->ask->then ? j->period.from : j->ask->on;
    FPT_TRY(fpti_target_open(j->m, j->ask->tier, on, &j->target, err));
    const size_t slots = j->target.nation         ? 1
                         : j->target.organisation ? j->m->places
                                                  : j->target.areas + 1;
    if (!make_sums(j->room, slots, j->sums)) return no_memory(err);
    j->parts_capacity = 0;
    for (size_t i = 0; i < in->numerators; i++)
        FPT_TRY(add_term(j, &in->numerator[i], true, err));
    for (size_t i = 0; i < in->denominators; i++)
        FPT_TRY(add_term(j, &in->denominator[i], false, err));
    const size_t first = *count;
    /* What nobody gave anything to is left out, but for the nation and the areas
     * of a tier: each has its line. */
    const bool all = !j->target.organisation;
    for (size_t k = 0; k < (all ? slots : j->sums->touched); k++) {
        const size_t i = all ? k : j->sums->touch[k];
        const bool unassigned = !j->target.nation && all && i == slots - 1;
        const struct sum *s = &j->sums->of[i];
        if (unassigned && !s->top_seen && !s->bottom_seen) continue;
        if (!FPT_RESERVE(arena, *out, *count, *capacity)) return no_memory(err);
        fpt_figure *f = &(*out)[(*count)++];
        *f = figure_of(j, i);
        fpti_finish(in, level, f);
    }
    clear_sums(j->sums);
    if (j->target.organisation && *count > first)
        qsort(*out + first, *count - first, sizeof **out, by_code);
    return FPT_OK;
}

static bool has_tier(const fpt_indicator *in, fpt_str tier)
{
    for (size_t i = 0; i < in->tiers; i++)
        if (fpt_str_equal(in->tier[i], tier)) return true;
    return false;
}

fpt_status fpti_run(fpt_measure *m, fpt_arena *arena,
                    const fpt_measure_ask *ask, fpti_tell tell, void *context,
                    size_t *count, fpt_figure **out, fpt_error *err)
{
    fpt_level level;
    fpt_arena scratch, room = {0};
    struct sums sums = {0};
    size_t periods, capacity = 0;
    fpt_period *period;
    *count = 0;
    *out = NULL;
    const double confidence = ask->confidence == 0.0 ? 0.95 : ask->confidence;
    if (fpt_level_make(confidence, &level) != FPT_OK)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "a confidence of %g is not between 0 and 1",
                        confidence);
    if (!has_tier(ask->indicator, ask->tier))
        return fpt_fail(
            err, FPT_ERR_USAGE,
            FPT_STR_FMT " is not defined for the tier \"" FPT_STR_FMT "\"",
            FPT_STR_ARG(ask->indicator->id), FPT_STR_ARG(ask->tier));
    FPT_TRY(fpti_periods(m, arena, ask, &periods, &period, err));
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status = fpt_arena_init(&room, NULL);
    for (size_t i = 0; i < periods && status == FPT_OK; i++) {
        struct job j = {.m = m,
                        .ask = ask,
                        .scratch = &scratch,
                        .room = &room,
                        .period = period[i],
                        .sums = &sums,
                        .tell = tell,
                        .tell_context = context};
        status = one_period(&j, arena, &level, count, &capacity, out, err);
        if (scratch.chunk != NULL) fpt_arena_reset(&scratch);
    }
    fpt_arena_clear(&scratch);
    fpt_arena_clear(&room);
    if (status == FPT_OK && *count == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there are no numbers for " FPT_STR_FMT " in that "
                        "period",
                        FPT_STR_ARG(ask->indicator->id));
    return status;
}

fpt_status fpt_measure_figures(fpt_measure *measure, fpt_arena *arena,
                               const fpt_measure_ask *ask, size_t *count,
                               fpt_figure **out, fpt_error *err)
{
    return fpti_run(measure, arena, ask, NULL, NULL, count, out, err);
}
