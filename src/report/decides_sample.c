/*
 * What the draws themselves tell, kept whole: linear and rank measures, how
 * failing futures differ from passing ones, a tree of conditions, and what it
 * would be worth to know an input before deciding.
 */
#include "decides_i.h"

static double pounds(double pence)
{
    return fpt_plan_in_units(FPT_PLAN_PENCE, pence);
}

/* Mean in failing less mean in passing draws, in deviations of the input. */
static void contrast(const fpt_stress_sample *s, size_t column,
                     fpt_report_measure *m)
{
    fpt_sum sum[2] = {{0.0, 0.0}, {0.0, 0.0}}, square = {0};
    double n[2] = {0.0, 0.0};
    for (size_t i = 0; i < s->rows; i++) {
        const int fails = s->margin[i] < 0.0;
        fpt_sum_add(&sum[fails], s->x[i * s->columns + column]);
        n[fails] += 1.0;
    }
    const double all = n[0] + n[1];
    const double mean = (fpt_sum_value(sum[0]) + fpt_sum_value(sum[1])) / all;
    for (size_t i = 0; i < s->rows; i++) {
        const double d = s->x[i * s->columns + column] - mean;
        fpt_sum_add(&square, d * d);
    }
    const double sd = sqrt(fpt_sum_value(square) / (all - 1.0));
    m->contrast = m->contrast_error = (double)NAN;
    if (!(sd > 0.0) || n[0] < 2.0 || n[1] < 2.0) return;
    m->contrast =
        (fpt_sum_value(sum[1]) / n[1] - fpt_sum_value(sum[0]) / n[0]) / sd;
    m->contrast_error = sqrt(1.0 / n[0] + 1.0 / n[1]);
}

static size_t failing(const fpt_stress_sample *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->rows; i++)
        count += s->margin[i] < 0.0;
    return count;
}

static fpt_status measure(fpti_decider *d, const fpt_stress_sample *s,
                          fpt_error *err)
{
    fpt_report_measures *m = &d->out->measures;
    fpt_arena scratch = *d->arena;
    fpt_linear_measure *value =
        FPT_NEW(&scratch, fpt_linear_measure, s->columns + 1);
    fpt_linear_measure *error =
        FPT_NEW(&scratch, fpt_linear_measure, s->columns + 1);
    if (value == NULL || error == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for measures");
    m->linear.asked = m->contrast.asked = true;
    fpt_status status =
        fpt_linear_measures(scratch, s->rows, s->columns, s->x, s->margin,
                            value, &m->r_squared, &m->rank_r_squared);
    if (status == FPT_OK)
        status = fpt_linear_errors(scratch, s->rows, s->columns, s->x,
                                   s->margin, error);
    if (status == FPT_ERR_MEMORY)
        return fpt_fail(err, status, "no memory for measures");
    m->linear.known = status == FPT_OK && !isnan(m->r_squared);
    if (!m->linear.known)
        (void)fpt_fail(&m->linear.why_not, FPT_ERR_REFUSED, "%s",
                       status == FPT_OK
                           ? "nothing varies: the margin is the same in every "
                             "future"
                           : "too few draws for so many inputs, or inputs that "
                             "repeat one another");
    for (size_t c = 0; c < s->columns && m->linear.known; c++) {
        m->measure[c].value = value[c];
        m->measure[c].error = error[c];
    }
    const size_t fails = failing(s);
    m->contrast.known = fails > 1 && s->rows - fails > 1;
    if (!m->contrast.known)
        (void)fpt_fail(&m->contrast.why_not, FPT_ERR_REFUSED,
                       "%zu of %zu futures miss: there is nothing to compare "
                       "them with",
                       fails, s->rows);
    for (size_t c = 0; c < s->columns; c++)
        contrast(s, c, &m->measure[c]);
    return FPT_OK;
}

static fpt_status grow(fpti_decider *d, const fpt_stress_sample *s,
                       fpt_error *err)
{
    fpt_report_tree *t = &d->out->tree;
    const fpt_plan_facts facts = fpt_plan_facts_of(d->question->plan);
    const size_t fails = failing(s);
    t->answer.asked = true;
    t->draws = s->rows;
    t->name = FPT_NEW(d->arena, fpt_str, s->columns + 1);
    t->is_value = FPT_NEW(d->arena, bool, s->columns + 1);
    fpt_arena scratch = *d->arena;
    bool *misses = FPT_NEW(&scratch, bool, s->rows + 1);
    if (t->name == NULL || t->is_value == NULL || misses == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a tree");
    for (size_t i = 0; i < s->rows; i++)
        misses[i] = s->margin[i] < 0.0;
    for (size_t c = 0; c < s->columns; c++) {
        t->name[c] = d->out->measures.measure[c].name;
        t->is_value[c] = s->input[c] < facts.assumptions;
    }
    if (fails == 0 || fails == s->rows || s->rows < 64) {
        (void)fpt_fail(&t->answer.why_not, FPT_ERR_REFUSED,
                       "%zu of %zu futures miss: too few to tell them apart",
                       fails, s->rows);
        return FPT_OK;
    }
    if (fpt_tree_grow(scratch, s->rows, s->columns, s->x, misses, &t->tree) !=
        FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a tree");
    uint64_t there = 0, foretold = 0, both = 0;
    for (size_t i = 1; i < s->rows; i += 2) {
        const bool says = fpt_tree_foretells(&t->tree, s->x + i * s->columns);
        there += misses[i];
        foretold += says;
        both += says && misses[i];
    }
    t->sensitivity = fpt_odds_of(both, there);
    t->precision = fpt_odds_of(both, foretold);
    t->answer.known = true;
    return FPT_OK;
}

static double weight_of(const fpt_report_measure *m)
{
    return isnan(m->value.prcc) ? -1.0 : fabs(m->value.prcc);
}

static void order_measures(fpt_report_measures *m)
{
    for (size_t i = 1; i < m->count; i++) {
        const fpt_report_measure held = m->measure[i];
        size_t at = i;
        for (; at > 0 && weight_of(&m->measure[at - 1]) < weight_of(&held);
             at--)
            m->measure[at] = m->measure[at - 1];
        m->measure[at] = held;
    }
}

static fpt_status knowing(fpti_decider *d, const fpt_stress_question *q,
                          fpt_error *err)
{
    fpt_report_measures *m = &d->out->measures;
    fpt_stress_sample again;
    fpt_stress_worth w;
    m->knowing.asked = true;
    if (fpt_plan_facts_of(q->plan).schemes == 0) {
        (void)fpt_fail(
            &m->knowing.why_not, FPT_ERR_REFUSED,
            "the plan has no schemes, so there is nothing to decide");
        return FPT_OK;
    }
    if (q->draws < 40) {
        (void)fpt_fail(&m->knowing.why_not, FPT_ERR_REFUSED,
                       "too few draws to say what knowing is worth");
        return FPT_OK;
    }
    FPT_TRY(fpt_stress_information(d->arena, q, &again, &w, err));
    m->worth_of_all = pounds(w.of_all);
    m->with_schemes = pounds(w.with_schemes);
    m->without_schemes = pounds(w.without_schemes);
    for (size_t c = 0; c < m->count; c++) {
        m->measure[c].worth = pounds(w.worth[c]);
        m->measure[c].worth_error = pounds(w.error[c]);
    }
    m->knowing.known = true;
    return FPT_OK;
}

fpt_status fpti_decide_sample(fpti_decider *d, const fpt_report_parts *parts,
                              fpt_error *err)
{
    fpt_report_measures *m = &d->out->measures;
    const fpt_plan_scenario scenario = fpt_plan_scenario_default();
    fpt_stress_question q = *d->question;
    fpt_stress_sample s;
    if (q.draws > FPT_STRESS_ROWS_MOST) q.draws = FPT_STRESS_ROWS_MOST;
    if (d->log != NULL) fpt_log_progress(d->log, "futures kept whole", 0, 1);
    FPT_TRY(fpt_stress_sample_make(d->arena, &q, &scenario, &s, err));
    const size_t fails = failing(&s);
    d->out->ways.missed = fpt_odds_of(fails, s.rows);
    m->draws = s.rows;
    m->count = s.columns;
    m->measure = FPT_NEW(d->arena, fpt_report_measure, s.columns + 1);
    if (m->measure == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for measures");
    const double none = (double)NAN;
    for (size_t c = 0; c < s.columns; c++)
        m->measure[c] = (fpt_report_measure){
            .name = fpt_plan_input_at(q.plan, s.input[c]).name,
            .value = {none, none, none},
            .error = {none, none, none},
            .contrast = none,
            .contrast_error = none,
            .worth = none,
            .worth_error = none};
    if (parts->linear) FPT_TRY(measure(d, &s, err));
    if (parts->tree) FPT_TRY(grow(d, &s, err));
    if (parts->knowing) FPT_TRY(knowing(d, &q, err));
    order_measures(m);
    if (d->log != NULL) fpt_log_progress(d->log, "futures kept whole", 1, 1);
    return FPT_OK;
}
