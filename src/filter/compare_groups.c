/*
 * compare: with whom. The group that --to names, or all groups of the same
 * stratum together (those that agree in all --by columns but the first).
 */
#include "compare_i.h"

static bool same_stratum(const fpti_run *run, size_t a, size_t b, size_t from)
{
    for (size_t i = from; i < run->by_count; i++)
        if (!fpt_str_equal(run->groups.group[a].key[i],
                           run->groups.group[b].key[i]))
            return false;
    return true;
}

/* The group that --to means for group g, or SIZE_MAX. */
size_t fpti_compare_find(const fpti_run *run, size_t g)
{
    const struct fpti_compare *c = run->extra;
    for (size_t h = 0; h < run->groups.count; h++) {
        bool named = true;
        for (size_t i = 0; i < c->to_count && named; i++)
            named = fpt_str_equal(run->groups.group[h].key[i], c->to[i]);
        if (named && same_stratum(run, g, h, c->to_count)) return h;
    }
    return SIZE_MAX;
}

/* Two figures of one place over periods that share days are not independent. */
fpt_status fpti_compare_periods(fpti_run *run, size_t g, size_t to,
                                fpt_state *state, fpt_error *err)
{
    for (size_t i = 0; i < run->by_count; i++) {
        if (!fpt_str_equal(run->header[run->by_column[i]], FPT_STR("period")))
            continue;
        fpt_period a, b;
        const fpt_str ta = run->groups.group[g].key[i];
        const fpt_str tb = run->groups.group[to].key[i];
        if (fpt_str_equal(ta, tb) || !fpt_period_parse(ta, &a) ||
            !fpt_period_parse(tb, &b) || a.from.days >= b.to.days ||
            b.from.days >= a.to.days)
            continue;
        *state = FPT_STATE_INVALID;
        return fpti_invalid(run, run->groups.group[g].line, "period", err,
                            FPT_STR_FMT
                            " and " FPT_STR_FMT
                            " overlap: a difference over time needs periods "
                            "that share no day",
                            FPT_STR_ARG(ta), FPT_STR_ARG(tb));
    }
    return FPT_OK;
}

/* All groups of a stratum but g: what stands before it and what stands behind.
 * Means cannot be subtracted, sums of all need not be. */
fpt_status fpti_compare_pool(fpti_run *run, const fpti_parts *parts,
                             fpti_strata *s, bool *same_standard,
                             fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    const size_t count = run->groups.count;
    fpt_arena *arena = &run->batch.arena;
    s->of = FPT_NEW(arena, size_t, count);
    s->pooled = FPT_NEW(arena, fpti_parts, count);
    s->others = FPT_NEW(arena, fpti_parts, count);
    fpti_parts *sum = FPT_NEW(arena, fpti_parts, count);
    if (s->of == NULL || s->pooled == NULL || s->others == NULL || sum == NULL)
        return fpti_no_memory(err);
    /* Groups of a stratum by the key of its columns. */
    fpt_intern keys = fpt_intern_make(arena);
    *same_standard = true;
    for (size_t g = 0; g < count; g++) {
        fpt_strbuf key = fpt_strbuf_make(arena);
        for (size_t i = 1; i < run->by_count; i++) {
            fpt_strbuf_add(&key, run->groups.group[g].key[i]);
            fpt_strbuf_add_char(&key, '\x1f');
        }
        const size_t known = keys.count;
        const uint32_t id = fpt_intern_add(&keys, fpt_strbuf_view(&key));
        if (key.failed || id == FPT_INTERN_NONE ||
            (id == known && !fpti_parts_make(run, &sum[id])) ||
            !fpti_parts_make(run, &s->others[g]))
            return fpti_no_memory(err);
        s->of[g] = id;
        fpti_parts_copy(c, &s->others[g], &sum[id]);
        if (!fpti_parts_add(c, &sum[id], &parts[g])) *same_standard = false;
    }
    for (size_t id = 0; id < keys.count; id++) {
        s->pooled[id] = sum[id];
        if (!fpti_parts_make(run, &sum[id])) return fpti_no_memory(err);
    }
    for (size_t g = count; g-- > 0;) {
        fpti_parts_add(c, &s->others[g], &sum[s->of[g]]);
        fpti_parts_add(c, &sum[s->of[g]], &parts[g]);
    }
    return FPT_OK;
}
