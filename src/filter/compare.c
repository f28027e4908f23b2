/*
 * compare: each group against a benchmark, another group, or all groups.
 *
 * The comparator of several --by columns is found within the others: --by
 * area,year --to ENGLAND compares each area with England of the same year.
 */
#include "compare_i.h"

/* ---- the call ---- */

static fpt_status read_columns(fpti_run *run, struct fpti_compare *c,
                               fpt_error *err)
{
    c->n = c->w = c->ref_x = c->ref_n = c->value = c->se = FPTI_NONE;
    c->x = c->lower = c->upper = c->band = FPTI_NONE;
    if (c->of == FPTI_OF_GIVEN) {
        FPT_TRY(fpti_need(run, "value", FPTI_NUMBER, &c->value, err));
        FPT_TRY(fpti_may_need(run, "se", FPTI_NUMBER, &c->se, err));
        if (c->se != FPTI_NONE) return FPT_OK;
        FPT_TRY(fpti_need(run, "lower_95", FPTI_NUMBER, &c->lower, err));
        return fpti_need(run, "upper_95", FPTI_NUMBER, &c->upper, err);
    }
    FPT_TRY(fpti_need(run, "x",
                      c->of == FPTI_OF_MEAN ? FPTI_NUMBER : FPTI_COUNT, &c->x,
                      err));
    if (c->of == FPTI_OF_MEAN) return FPT_OK;
    FPT_TRY(fpti_need(run, "n", FPTI_COUNT, &c->n, err));
    if (c->of == FPTI_OF_DSR) {
        FPT_TRY(fpti_need(run, "stdpop", FPTI_COUNT, &c->w, err));
        return fpti_need_text(run, "age_band", &c->band, err);
    }
    if (c->of != FPTI_OF_ISR) return FPT_OK;
    FPT_TRY(fpti_need(run, "ref_x", FPTI_COUNT, &c->ref_x, err));
    return fpti_need(run, "ref_n", FPTI_COUNT, &c->ref_n, err);
}

static fpt_status read_comparator(fpti_run *run, struct fpti_compare *c,
                                  fpt_error *err)
{
    c->benchmark = (double)NAN;
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_BENCHMARK, -1e15, 1e15,
                               &c->benchmark, err));
    c->rest = fpti_is_set(run, FPTI_OPTION_REST);
    const bool fixed = !isnan(c->benchmark),
               to = fpti_is_set(run, FPTI_OPTION_TO);
    if (fixed && (to || c->rest))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--benchmark is a fixed value: --to and --rest do not "
                        "go with it");
    if (!fixed && run->by_count == 0)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "compare needs groups (--by), or a --benchmark");
    c->pooled = !fixed && !to;
    if (c->of == FPTI_OF_GIVEN && (c->pooled || c->rest))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "a value with its limits cannot be pooled: give --to "
                        "or --benchmark, or the counts and --of");
    if (c->of == FPTI_OF_MEAN && c->rest && to)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "means cannot be taken out of one another: give --rest "
                        "without --to");
    fpt_str rest = {NULL, 0};
    if (to) rest = fpt_str_from(fpti_option(run, FPTI_OPTION_TO));
    while (rest.data != NULL) {
        if (c->to_count == run->by_count)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--to names more columns than --by");
        c->to[c->to_count++] = fpt_str_trim(fpt_str_cut(&rest, ','));
    }
    return FPT_OK;
}

static void add_results(fpti_run *run, struct fpti_compare *c)
{
    c->out_value = fpti_result_add(run, "value", FPTI_IS_NUMBER);
    c->comparator = fpti_result_add(run, "comparator", FPTI_IS_NUMBER);
    c->difference = fpti_result_add(run, "difference", FPTI_IS_NUMBER);
    c->ratio = fpti_result_add(run, "ratio", FPTI_IS_NUMBER);
    c->difference_limits = fpti_result_limits(run, "difference_");
    c->ratio_limits = fpti_result_limits(run, "ratio_");
    c->z = fpti_result_add(run, "z", FPTI_IS_NUMBER);
    c->p_value = fpti_result_add(run, "p_value", FPTI_IS_NUMBER);
    c->q_value = fpti_result_add(run, "q_value", FPTI_IS_NUMBER);
    c->significance = fpti_result_add(run, "significance", FPTI_IS_WORD);
    c->judgement = fpti_result_add(run, "judgement", FPTI_IS_WORD);
    c->tail = fpti_result_tail(run, NULL);
}

static fpt_status prepare(fpti_run *run, fpt_error *err)
{
    static const char *const statistics[] = {"proportion", "rate", "dsr",
                                             "isr",        "mean", NULL};
    static const char *const measures[] = {"difference", "ratio", NULL};
    static const char *const ways[] = {"none", "higher", "lower", NULL};
    struct fpti_compare *c = FPT_NEW(run->arena, struct fpti_compare, 1);
    if (c == NULL) return fpti_no_memory(err);
    run->extra = c;
    run->shape = FPTI_TABLE;
    run->whole = true;
    int of = FPTI_OF_GIVEN, measure = 0;
    FPT_TRY(fpti_option_choice(run, FPTI_OPTION_OF, statistics, &of, err));
    FPT_TRY(
        fpti_option_choice(run, FPTI_OPTION_MEASURE, measures, &measure, err));
    FPT_TRY(
        fpti_option_choice(run, FPTI_OPTION_POLARITY, ways, &c->polarity, err));
    c->of = (fpti_of)of;
    c->by_ratio = measure == 1;
    c->fdr = fpti_is_set(run, FPTI_OPTION_FDR);
    c->min_events = 10.0;
    FPT_TRY(fpti_option_number(run, FPTI_OPTION_MIN_EVENTS, 0.0, 1e15,
                               &c->min_events, err));
    FPT_TRY(fpti_levels_read(run, "0.95", err));
    FPT_TRY(fpti_verdicts_read(run, &c->verdicts, err));
    const bool per_people =
        c->of == FPTI_OF_RATE || c->of == FPTI_OF_DSR || c->of == FPTI_OF_ISR;
    FPT_TRY(fpti_option_multiplier(run, per_people ? 100000.0 : 1.0, false,
                                   &c->per, err));
    if ((c->of == FPTI_OF_MEAN || c->of == FPTI_OF_GIVEN) &&
        fpti_is_set(run, FPTI_OPTION_MULTIPLIER))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--multiplier is about proportions and rates");
    FPT_TRY(read_comparator(run, c, err));
    FPT_TRY(read_columns(run, c, err));
    add_results(run, c);
    if (c->of != FPTI_OF_ISR || !isnan(c->benchmark)) return FPT_OK;
    return fpti_note(run, FPT_WARNING, "indirect-comparison",
                     "indirectly standardised areas have different weights: "
                     "compare each with the reference, not with one another");
}

static const char *fault(const fpti_run *run, int *slot)
{
    const struct fpti_compare *c = run->extra;
    *slot = c->x;
    if (c->of == FPTI_OF_PROPORTION && run->cell[c->x] > run->cell[c->n])
        return "x is more than n";
    if (c->se != FPTI_NONE && run->cell[c->se] < 0.0) {
        *slot = c->se;
        return "a standard error is negative";
    }
    if (c->lower == FPTI_NONE) return NULL;
    *slot = c->lower;
    return run->cell[c->lower] > run->cell[c->value] ||
                   run->cell[c->value] > run->cell[c->upper]
               ? "the value lies outside its own limits"
               : NULL;
}

/* ---- two figures ---- */

struct pair {
    fpti_parts a, b; /* the group's and the comparator's */
    fpti_figure fa, fb;
    bool fixed; /* b is a benchmark */
};

static fpt_interval interval(const struct fpti_compare *c,
                             const fpti_parts *parts, const fpti_figure *f,
                             const fpt_level *level)
{
    const fpt_limits limits = fpti_figure_limits(c, parts, f, level);
    return (fpt_interval){f->value, limits.lower, limits.upper};
}

static fpt_limits difference_on(const struct fpti_compare *c,
                                const struct pair *p, const fpt_level *level)
{
    const fpt_interval a = interval(c, &p->a, &p->fa, level);
    if (p->fixed)
        return (fpt_limits){a.lower - p->fb.value, a.upper - p->fb.value};
    return fpt_difference_limits(a, interval(c, &p->b, &p->fb, level));
}

static fpt_limits ratio_on(const struct fpti_compare *c, const struct pair *p,
                           const fpt_level *level)
{
    const fpt_interval a = interval(c, &p->a, &p->fa, level);
    if (p->fixed)
        return p->fb.value > 0.0
                   ? (fpt_limits){a.lower / p->fb.value, a.upper / p->fb.value}
                   : fpt_no_limits();
    switch (c->of) {
    case FPTI_OF_PROPORTION:
        return fpt_proportion_ratio_limits(p->a.x, p->a.n, p->b.x, p->b.n,
                                           level->z);
    case FPTI_OF_RATE:
        return fpt_rate_ratio_limits(p->a.x, p->a.n, p->b.x, p->b.n,
                                     level->tail);
    default:
        return fpt_ratio_limits(a, interval(c, &p->b, &p->fb, level));
    }
}

/* The standard error of a figure: its own, or that of its 95 % limits. */
static double error_of(const struct fpti_compare *c, const fpti_parts *parts,
                       const fpti_figure *f)
{
    if (!isnan(f->error)) return f->error;
    const fpt_limits limits =
        fpti_figure_limits(c, parts, f, &c->verdicts.level[0]);
    return (limits.upper - limits.lower) / (2.0 * c->verdicts.level[0].z);
}

static void test(const struct fpti_compare *c, const struct pair *p, double *z,
                 double *chance)
{
    *z = *chance = (double)NAN;
    if (c->of == FPTI_OF_PROPORTION) {
        const double benchmark = p->fb.value / c->per;
        *z = p->fixed
                 ? (p->a.x / p->a.n - benchmark) /
                       sqrt(benchmark * (1.0 - benchmark) / p->a.n)
                 : fpt_proportion_difference_z(p->a.x, p->a.n, p->b.x, p->b.n);
    } else if (c->of == FPTI_OF_RATE && !p->fixed) {
        *chance = fpt_rate_ratio_p(p->a.x, p->a.n, p->b.x, p->b.n);
        return;
    } else if ((c->of == FPTI_OF_RATE || c->of == FPTI_OF_ISR) && p->fixed) {
        const double per = c->of == FPTI_OF_RATE ? c->per : p->a.ref_rate;
        *chance = fpt_poisson_two_sided(p->a.x, p->fb.value / per * p->a.n);
        if (!isnan(*chance)) return;
        *z = (p->fa.value - p->fb.value) / error_of(c, &p->a, &p->fa);
    } else if (c->of == FPTI_OF_MEAN && p->fixed) {
        *z = (p->fa.value - p->fb.value) / p->fa.error;
        *chance = fpt_t_two_sided(*z, (double)p->a.moments.count - 1.0);
    } else {
        const double ea = error_of(c, &p->a, &p->fa);
        const double eb = p->fixed ? 0.0 : error_of(c, &p->b, &p->fb);
        *z = (p->fa.value - p->fb.value) / hypot(ea, eb);
    }
    if (!isfinite(*z)) *z = *chance = (double)NAN;
    if (isnan(*chance)) *chance = fpt_normal_two_sided(*z);
}

static const char *method_of(const struct fpti_compare *c, const struct pair *p,
                             bool overlap)
{
    if (p->fixed) return p->fa.method != NULL ? p->fa.method : "given";
    const bool ratio = c->by_ratio;
    switch (c->of) {
    case FPTI_OF_PROPORTION:
        return ratio ? (overlap ? "log-normal;overlap" : "log-normal")
                     : (overlap ? "newcombe-10;overlap" : "newcombe-10");
    case FPTI_OF_RATE:
        if (ratio)
            return overlap ? "conditional-exact;overlap" : "conditional-exact";
        break;
    default:
        break;
    }
    return overlap ? "mover;overlap" : "mover";
}

/* ---- results ---- */

static const char *judgement(const struct fpti_compare *c, int side)
{
    static const char *const words[3][3] = {{"lower", "similar", "higher"},
                                            {"worse", "similar", "better"},
                                            {"better", "similar", "worse"}};
    return words[c->polarity][side + 1];
}

static void put_significance(fpti_run *run, size_t g, const struct pair *p)
{
    const struct fpti_compare *c = run->extra;
    int side[FPT_LEVELS_MOST], any = 0;
    bool known = false;
    for (size_t k = 0; k < c->verdicts.count; k++) {
        const fpt_level *level = &c->verdicts.level[k];
        const fpt_limits l =
            c->by_ratio ? ratio_on(c, p, level) : difference_on(c, p, level);
        const double none = c->by_ratio ? 1.0 : 0.0;
        side[k] = (l.lower > none) - (l.upper < none);
        known = known || !isnan(l.lower) || !isnan(l.upper);
        if (side[k] != 0) any = side[k];
    }
    if (!known) return;
    fpti_put_word(run, c->significance, g,
                  fpti_verdict_word(&c->verdicts, side));
    fpti_put_word(run, c->judgement, g, judgement(c, any));
}

/* What a missing ratio means. */
static fpt_state ratio_state(const struct fpti_compare *c, const struct pair *p,
                             const fpt_limits *ratio, size_t levels)
{
    if (c->of == FPTI_OF_PROPORTION && !p->fixed)
        return p->a.x > 0.0 && p->b.x > 0.0 ? FPT_STATE_OK
                                            : FPT_STATE_ZERO_EVENTS;
    fpt_state state = FPT_STATE_OK;
    for (size_t k = 0; k < levels; k++)
        if (isnan(ratio[k].lower) || isnan(ratio[k].upper))
            state = FPT_STATE_UNBOUNDED;
    return state;
}

static fpt_state put_pair(fpti_run *run, size_t g, const struct pair *p,
                          bool overlap)
{
    const struct fpti_compare *c = run->extra;
    fpt_limits difference[FPT_LEVELS_MOST], ratio[FPT_LEVELS_MOST];
    for (size_t k = 0; k < run->level_count; k++) {
        difference[k] = difference_on(c, p, &run->level[k]);
        ratio[k] = ratio_on(c, p, &run->level[k]);
    }
    fpti_put(run, c->difference, g, p->fa.value - p->fb.value);
    if (p->fb.value > 0.0)
        fpti_put(run, c->ratio, g, p->fa.value / p->fb.value);
    fpti_put_limits(run, c->difference_limits, g, difference);
    fpti_put_limits(run, c->ratio_limits, g, ratio);
    double z, chance;
    test(c, p, &z, &chance);
    fpti_put(run, c->z, g, z);
    fpti_put(run, c->p_value, g, chance);
    put_significance(run, g, p);
    fpti_put_word(run, c->tail.method, g, method_of(c, p, overlap));
    return ratio_state(c, p, ratio, run->level_count);
}

/* ---- who is compared with whom ---- */

static fpt_status comparator_of(fpti_run *run, size_t g, size_t to,
                                const fpti_parts *parts, const fpti_strata *s,
                                struct pair *p, fpt_state *state,
                                fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    *state = FPT_STATE_OK;
    if (!isnan(c->benchmark)) {
        p->fixed = true;
        p->fb = (fpti_figure){FPT_STATE_OK, c->benchmark, 0.0, NULL};
        return FPT_OK;
    }
    if (c->pooled) {
        p->b = c->rest ? s->others[g] : s->pooled[s->of[g]];
    } else {
        FPT_TRY(fpti_compare_periods(run, g, to, state, err));
        if (!fpti_parts_make(run, &p->b)) return fpti_no_memory(err);
        fpti_parts_copy(c, &p->b, &parts[to]);
        if (c->rest && g != to && !fpti_parts_take(c, &p->b, &parts[g])) {
            *state = FPT_STATE_INVALID;
            char name[128];
            FPT_TRY(fpti_invalid(
                run, run->groups.group[g].line, NULL, err,
                "%s has more than what it is compared with: it cannot be taken "
                "out of it",
                fpti_group_name(run, g, name, sizeof name)));
        }
    }
    p->fb = fpti_figure_of(c, &p->b);
    return FPT_OK;
}

/* Rates on two standards have no difference. */
static fpt_status check_standards(fpti_run *run, size_t g, const struct pair *p,
                                  fpt_state *state, fpt_error *err)
{
    const fpti_standards standards =
        fpti_compare_standards(run->extra, &p->a, &p->b);
    if (standards == FPTI_STANDARDS_LACK)
        *state = fpt_state_worst(*state, FPT_STATE_INCOMPLETE_BANDS);
    if (standards != FPTI_STANDARDS_DIFFER) return FPT_OK;
    char name[128];
    *state = FPT_STATE_INVALID;
    return fpti_invalid(run, run->groups.group[g].line, "stdpop", err,
                        "%s stands on another standard population than what "
                        "it is compared with",
                        fpti_group_name(run, g, name, sizeof name));
}

static fpt_status compare(fpti_run *run, size_t g, const fpti_parts *parts,
                          const fpti_strata *s, fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    size_t to = SIZE_MAX;
    if (isnan(c->benchmark) && !c->pooled) {
        to = fpti_compare_find(run, g);
        char name[128];
        if (to == SIZE_MAX)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--to: there is no group to compare %s with; --to "
                            "names values of the --by columns, in their order",
                            fpti_group_name(run, g, name, sizeof name));
    }
    struct pair p = {.a = parts[g], .fa = fpti_figure_of(c, &parts[g])};
    fpt_state state;
    FPT_TRY(comparator_of(run, g, to, parts, s, &p, &state, err));
    fpti_put(run, c->out_value, g, p.fa.value);
    fpti_put(run, c->comparator, g, p.fb.value);
    state = fpt_state_worst(state, p.fa.state);
    state = fpt_state_worst(state, p.fb.state);
    if (!p.fixed) FPT_TRY(check_standards(run, g, &p, &state, err));
    const bool numbers = !isnan(p.fa.value) && !isnan(p.fb.value) &&
                         state != FPT_STATE_INVALID &&
                         state != FPT_STATE_INCOMPLETE_BANDS;
    if (g == to) {
        /* Itself: no test, no place among the tests. */
        if (numbers) fpti_put(run, c->difference, g, 0.0);
        if (numbers && p.fb.value > 0.0) fpti_put(run, c->ratio, g, 1.0);
        fpti_put_word(run, c->tail.method, g, "itself");
    } else if (numbers) {
        state =
            fpt_state_worst(state, put_pair(run, g, &p, c->pooled && !c->rest));
    } else {
        fpti_put_word(run, c->tail.method, g,
                      method_of(c, &p, c->pooled && !c->rest));
    }
    fpti_put_state(run, c->tail.status, g, state);
    return FPT_OK;
}

static fpt_status false_discovery(fpti_run *run, fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    const size_t count = run->groups.count;
    size_t *order = FPT_NEW(&run->batch.arena, size_t, 2 * count);
    if (order == NULL) return fpti_no_memory(err);
    fpt_false_discovery(count, run->result[c->p_value].as.number,
                        run->result[c->q_value].as.number, order);
    return FPT_OK;
}

static fpt_status solve(fpti_run *run, fpt_error *err)
{
    const struct fpti_compare *c = run->extra;
    FPT_TRY(fpti_results_make(run, run->groups.count, err));
    fpti_parts *parts;
    FPT_TRY(fpti_compare_parts(run, &parts, err));
    fpti_strata strata = {0};
    bool same_standard = true;
    if (c->pooled)
        FPT_TRY(fpti_compare_pool(run, parts, &strata, &same_standard, err));
    if (!same_standard)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: groups carry different standard populations for "
                        "one age_band: they cannot be pooled",
                        run->input_name);
    for (size_t g = 0; g < run->groups.count; g++)
        FPT_TRY(compare(run, g, parts, &strata, err));
    return c->fdr ? false_discovery(run, err) : FPT_OK;
}

const fpti_work *fpti_work_compare(void)
{
    static const fpti_work work = {
        .prepare = prepare, .fault = fault, .solve = solve};
    return &work;
}
