/* Figures that are compared, and the parts that they are made of. */
#include "compare_i.h"

bool fpti_parts_make(fpti_run *run, fpti_parts *out)
{
    const struct fpti_compare *c = run->extra;
    const double none = (double)NAN;
    *out = (fpti_parts){.ref_rate = none,
                        .value = none,
                        .lower = none,
                        .upper = none,
                        .error = none};
    if (c->of != FPTI_OF_DSR) return true;
    fpt_arena *arena = &run->batch.arena;
    out->band_x = FPT_NEW(arena, double, c->band_count);
    out->band_n = FPT_NEW(arena, double, c->band_count);
    out->band_w = FPT_NEW(arena, double, c->band_count);
    return out->band_x != NULL && out->band_n != NULL && out->band_w != NULL;
}

void fpti_parts_copy(const struct fpti_compare *c, fpti_parts *to,
                     const fpti_parts *from)
{
    double *const x = to->band_x, *const n = to->band_n, *const w = to->band_w;
    *to = *from;
    to->band_x = x;
    to->band_n = n;
    to->band_w = w;
    if (c->of != FPTI_OF_DSR) return;
    memcpy(x, from->band_x, c->band_count * sizeof *x);
    memcpy(n, from->band_n, c->band_count * sizeof *n);
    memcpy(w, from->band_w, c->band_count * sizeof *w);
}

bool fpti_parts_add(const struct fpti_compare *c, fpti_parts *a,
                    const fpti_parts *b)
{
    a->state = fpt_state_worst(a->state, b->state);
    a->x += b->x;
    a->n += b->n;
    if (isnan(a->ref_rate)) a->ref_rate = b->ref_rate;
    fpt_moments_join(&a->moments, &b->moments);
    bool same = true;
    for (size_t i = 0; i < c->band_count && c->of == FPTI_OF_DSR; i++) {
        /* Groups on different standards have no figure together. */
        if (a->band_w[i] != 0.0 && b->band_w[i] != 0.0)
            same = same && a->band_w[i] == b->band_w[i];
        a->band_w[i] = fmax(a->band_w[i], b->band_w[i]);
        a->band_x[i] += b->band_x[i];
        a->band_n[i] += b->band_n[i];
    }
    return same;
}

bool fpti_parts_take(const struct fpti_compare *c, fpti_parts *a,
                     const fpti_parts *b)
{
    a->state = fpt_state_worst(a->state, b->state);
    a->x -= b->x;
    a->n -= b->n;
    bool within = a->x >= 0.0 && a->n >= 0.0;
    for (size_t i = 0; i < c->band_count && c->of == FPTI_OF_DSR; i++) {
        a->band_x[i] -= b->band_x[i];
        a->band_n[i] -= b->band_n[i];
        within = within && a->band_x[i] >= 0.0 && a->band_n[i] >= 0.0;
    }
    return within;
}

fpti_standards fpti_compare_standards(const struct fpti_compare *c,
                                      const fpti_parts *a, const fpti_parts *b)
{
    fpti_standards found = FPTI_STANDARDS_SAME;
    for (size_t i = 0; i < c->band_count && c->of == FPTI_OF_DSR; i++) {
        const double wa = a->band_w[i], wb = b->band_w[i];
        if (isnan(wa) || isnan(wb) || wa == wb) continue;
        if (wa != 0.0 && wb != 0.0) return FPTI_STANDARDS_DIFFER;
        found = FPTI_STANDARDS_LACK;
    }
    return found;
}

/* ---- from rows ---- */

static fpt_status add_band(fpti_run *run, fpti_parts *p, size_t row,
                           fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    const fpti_batch *b = &run->batch;
    const double x = b->number[c->x][row], n = b->number[c->n][row];
    const double w = b->number[c->w][row];
    p->state = fpt_state_worst(p->state, fpt_dsr_state(x, n, w));
    const uint32_t band = fpt_intern_find(&c->bands, b->text[c->band][row]);
    if (p->band_n[band] != 0.0 || p->band_w[band] != 0.0) {
        p->state = FPT_STATE_INVALID;
        FPT_TRY(fpti_invalid(run, b->line[row], "age_band", err,
                             "the group has two rows for this band; say in "
                             "--by what tells them apart"));
    }
    if (p->state != FPT_STATE_OK) return FPT_OK;
    p->band_x[band] = x;
    p->band_n[band] = n;
    p->band_w[band] = w;
    return FPT_OK;
}

static fpt_status add_given(fpti_run *run, fpti_parts *p, size_t row,
                            size_t rows, fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    const fpti_batch *b = &run->batch;
    if (rows > 0) {
        p->state = FPT_STATE_INVALID;
        return fpti_invalid(run, b->line[row], NULL, err,
                            "the group has two values; say in --by what tells "
                            "them apart");
    }
    p->value = b->number[c->value][row];
    if (c->se != FPTI_NONE) {
        p->error = b->number[c->se][row];
        return FPT_OK;
    }
    p->lower = b->number[c->lower][row];
    p->upper = b->number[c->upper][row];
    return FPT_OK;
}

static fpt_status add_row(fpti_run *run, fpti_parts *p, size_t row, size_t rows,
                          fpt_indirect_sums *sums, fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    const fpti_batch *b = &run->batch;
    p->state = fpt_state_worst(p->state, b->state[row]);
    switch (c->of) {
    case FPTI_OF_PROPORTION:
    case FPTI_OF_RATE:
        p->x += b->number[c->x][row];
        p->n += b->number[c->n][row];
        return FPT_OK;
    case FPTI_OF_DSR:
        return add_band(run, p, row, err);
    case FPTI_OF_ISR: {
        const double in[] = {b->number[c->x][row], b->number[c->n][row],
                             b->number[c->ref_x][row],
                             b->number[c->ref_n][row]};
        p->state = fpt_state_worst(
            p->state, fpt_indirect_state(in[0], in[1], in[2], in[3]));
        fpt_indirect_add(sums, in[0], in[1], in[2], in[3]);
        return FPT_OK;
    }
    case FPTI_OF_MEAN:
        fpt_moments_add(&p->moments, b->number[c->x][row]);
        return FPT_OK;
    case FPTI_OF_GIVEN:
        return add_given(run, p, row, rows, err);
    }
    return FPT_OK;
}

static fpt_status number_bands(fpti_run *run, fpt_error *err)
{
    struct fpti_compare *c = run->extra;
    if (c->of != FPTI_OF_DSR) return FPT_OK;
    c->bands = fpt_intern_make(&run->batch.arena);
    for (size_t i = 0; i < run->batch.rows; i++)
        if (fpt_intern_add(&c->bands, run->batch.text[c->band][i]) ==
            FPT_INTERN_NONE)
            return fpti_no_memory(err);
    c->band_count = c->bands.count;
    return FPT_OK;
}

fpt_status fpti_compare_parts(fpti_run *run, fpti_parts **out, fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    fpti_batch *b = &run->batch;
    FPT_TRY(number_bands(run, err));
    fpti_parts *parts = FPT_NEW(&b->arena, fpti_parts, run->groups.count);
    if (parts == NULL) return fpti_no_memory(err);
    for (size_t g = 0; g < run->groups.count; g++) {
        if (!fpti_parts_make(run, &parts[g])) return fpti_no_memory(err);
        fpt_indirect_sums sums = {0};
        for (size_t k = b->start[g]; k < b->start[g + 1]; k++)
            FPT_TRY(add_row(run, &parts[g], fpti_row_at(b, k), k - b->start[g],
                            &sums, err));
        if (c->of != FPTI_OF_ISR) continue;
        parts[g].x = fpt_sum_value(sums.events);
        parts[g].n = fpt_sum_value(sums.expected);
        parts[g].ref_rate = fpt_sum_value(sums.ref_events) /
                            fpt_sum_value(sums.ref_people) * c->per;
    }
    *out = parts;
    return FPT_OK;
}

/* ---- figures ---- */

static void sum_bands(const struct fpti_compare *c, const fpti_parts *p,
                      fpt_dsr_sums *sums, fpt_state *state)
{
    *sums = (fpt_dsr_sums){0};
    for (size_t i = 0; i < c->band_count; i++) {
        if (p->band_w[i] == 0.0 && p->band_n[i] == 0.0) continue;
        *state = fpt_state_worst(
            *state, fpt_dsr_state(p->band_x[i], p->band_n[i], p->band_w[i]));
        fpt_dsr_add(sums, p->band_x[i], p->band_n[i], p->band_w[i]);
    }
}

static fpt_dsr_options dsr_options(const struct fpti_compare *c)
{
    fpt_dsr_options options = fpt_dsr_options_default();
    options.multiplier = c->per;
    options.min_events = c->min_events;
    return options;
}

fpti_figure fpti_figure_of(const struct fpti_compare *c,
                           const fpti_parts *parts)
{
    const double none = (double)NAN;
    fpti_figure f = {parts->state, none, none, NULL};
    if (f.state != FPT_STATE_OK) return f;
    fpt_rate_options rate = fpt_rate_options_default();
    fpt_dsr dsr;
    fpt_mean mean;
    switch (c->of) {
    case FPTI_OF_PROPORTION:
        f.state = fpt_proportion_state(parts->x, parts->n);
        f.method = "wilson";
        if (f.state == FPT_STATE_OK) f.value = parts->x / parts->n * c->per;
        return f;
    case FPTI_OF_RATE:
    case FPTI_OF_ISR:
        f.state = fpt_rate_state(parts->x, parts->n);
        f.method = fpt_count_method(parts->x, rate.rule);
        if (f.state == FPT_STATE_OK)
            f.value = parts->x / parts->n *
                      (c->of == FPTI_OF_RATE ? c->per : parts->ref_rate);
        return f;
    case FPTI_OF_DSR: {
        fpt_dsr_sums sums;
        fpt_dsr_options options = dsr_options(c);
        sum_bands(c, parts, &sums, &f.state);
        fpt_dsr_finish(&sums, f.state, &options, &dsr, NULL);
        f = (fpti_figure){dsr.state, dsr.value, sqrt(dsr.variance),
                          "dobson-byar"};
        return f;
    }
    case FPTI_OF_MEAN:
        fpt_mean_finish(&parts->moments, f.state, 0, NULL, &mean, NULL);
        f = (fpti_figure){mean.state, mean.value,
                          mean.std_dev / sqrt(mean.denominator), "student-t"};
        return f;
    case FPTI_OF_GIVEN:
        f.value = parts->value;
        f.error = parts->error;
        return f;
    }
    return f;
}

/* Limits at 95 % stretched to another level. */
static fpt_limits given_limits(const fpti_parts *p, const fpt_level *level)
{
    if (!isnan(p->error))
        return (fpt_limits){p->value - level->z * p->error,
                            p->value + level->z * p->error};
    const double stretch = level->z / fpt_normal_upper(0.025);
    if (level->confidence == 0.95) return (fpt_limits){p->lower, p->upper};
    return (fpt_limits){p->value - stretch * (p->value - p->lower),
                        p->value + stretch * (p->upper - p->value)};
}

fpt_limits fpti_figure_limits(const struct fpti_compare *c,
                              const fpti_parts *parts, const fpti_figure *f,
                              const fpt_level *level)
{
    fpt_limits limits = fpt_no_limits();
    if (isnan(f->value)) return limits;
    switch (c->of) {
    case FPTI_OF_PROPORTION:
        return fpt_limits_times(fpt_wilson(parts->x, parts->n, level->z),
                                c->per);
    case FPTI_OF_RATE:
    case FPTI_OF_ISR: {
        const double per = c->of == FPTI_OF_RATE ? c->per : parts->ref_rate;
        limits = fpt_count_limits(parts->x, FPT_COUNT_FIELD, level);
        return (fpt_limits){limits.lower / parts->n * per,
                            limits.upper / parts->n * per};
    }
    case FPTI_OF_DSR: {
        fpt_dsr_sums sums;
        fpt_state state = parts->state;
        fpt_dsr dsr;
        fpt_dsr_options options = dsr_options(c);
        options.level_count = 1;
        options.level = level;
        sum_bands(c, parts, &sums, &state);
        fpt_dsr_finish(&sums, state, &options, &dsr, &limits);
        return limits;
    }
    case FPTI_OF_MEAN: {
        fpt_mean mean;
        fpt_mean_finish(&parts->moments, parts->state, 1, level, &mean,
                        &limits);
        return limits;
    }
    case FPTI_OF_GIVEN:
        return given_limits(parts, level);
    }
    return limits;
}
