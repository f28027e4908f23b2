/*
 * assumptions.csv, history.csv, references.csv, correlations.csv: what is not
 * known, how sure somebody is of it, what was found before, and what goes
 * together with what.
 */
#include "read_i.h"

enum {
    A_NAME,
    A_KIND,
    A_VALUE,
    A_P10,
    A_P90,
    A_LOW,
    A_MODE,
    A_HIGH,
    A_MEAN,
    A_SD,
    A_LOWER,
    A_UPPER,
    A_AUTHOR,
    A_SOURCE,
    A_EVIDENCE,
    A_PROGRAMME,
    A_NOTES
};

static const fpti_column assumption_columns[] = {
    {"assumption", FPTI_NAME, true}, {"distribution", FPTI_NAME, true},
    {"value", FPTI_NUMBER, true},    {"p10", FPTI_NUMBER, false},
    {"p90", FPTI_NUMBER, false},     {"low", FPTI_NUMBER, false},
    {"mode", FPTI_NUMBER, false},    {"high", FPTI_NUMBER, false},
    {"mean", FPTI_NUMBER, false},    {"sd", FPTI_NUMBER, false},
    {"lower", FPTI_NUMBER, false},   {"upper", FPTI_NUMBER, false},
    {"author", FPTI_NAME, true},     {"source", FPTI_NAME, true},
    {"evidence", FPTI_NAME, true},   {"programme", FPTI_TEXT, false},
    {"notes", FPTI_TEXT, false},
};

/* From best to worst; "assumed" is what nobody has measured. */
static const char *const grades[] = {"measured", "published", "elicited",
                                     "assumed"};

/* The planner means 80 %, so p10 above p90 is a slip: offer the swap. */
static bool in_order(fpti_table *t, double p10, double p90)
{
    if (!(p10 > p90)) return true;
    fpti_fault(t, A_P10, "p10-above-p90",
               "p10 is %g and p90 is %g: p10 must be the smaller; if this is "
               "what remains and not what is saved, write p10 = %g and p90 = "
               "%g",
               p10, p90, p90, p10);
    return false;
}

static fpt_status make_interval(fpt_belief_kind kind, fpti_table *t,
                                fpt_belief *out)
{
    const double p10 = fpti_number(t, A_P10, (double)NAN);
    const double p90 = fpti_number(t, A_P90, (double)NAN);
    if (!in_order(t, p10, p90)) return FPT_OK;
    if (kind == FPT_BELIEF_NORMAL)
        return fpt_belief_normal_interval(p10, p90, out);
    if (kind == FPT_BELIEF_LOGNORMAL)
        return fpt_belief_lognormal_interval(p10, p90, out);
    return fpt_belief_beta_interval(p10, p90, out);
}

static fpt_status make_metalog(fpti_table *t, double value, fpt_belief *out)
{
    const double p10 = fpti_number(t, A_P10, (double)NAN);
    const double p90 = fpti_number(t, A_P90, (double)NAN);
    if (!in_order(t, p10, p90)) return FPT_OK;
    double *a = FPT_NEW(t->reader->arena, double, 3);
    if (!fpti_enough_memory(t->reader, a)) return FPT_OK;
    const double infinite = (double)INFINITY;
    return fpt_belief_metalog_interval(
        p10, value, p90, fpti_number(t, A_LOWER, -infinite),
        fpti_number(t, A_UPPER, infinite), a, out);
}

/* Empirical: what history.csv has found; filled in when that is read. */
static fpt_status make_belief(fpti_table *t, fpt_belief_kind kind, double value,
                              fpt_belief *out)
{
    const double low = fpti_number(t, A_LOW, (double)NAN);
    const double mode = fpti_number(t, A_MODE, value);
    const double high = fpti_number(t, A_HIGH, (double)NAN);
    const double mean = fpti_number(t, A_MEAN, (double)NAN);
    const double sd = fpti_number(t, A_SD, (double)NAN);
    if (low > high) {
        fpti_fault(t, A_LOW, "low-above-high",
                   "low is %g and high is %g: low must be the smaller; if this "
                   "is what remains and not what is saved, write low = %g and "
                   "high = %g",
                   low, high, high, low);
        *out = fpt_belief_point(value);
        return FPT_OK;
    }
    switch (kind) {
    case FPT_BELIEF_UNIFORM:
        return fpt_belief_uniform(low, high, out);
    case FPT_BELIEF_TRIANGULAR:
        return fpt_belief_triangular(low, mode, high, out);
    case FPT_BELIEF_PERT:
        return fpt_belief_pert(low, mode, high, out);
    case FPT_BELIEF_NORMAL:
        if (!isnan(sd))
            return fpt_belief_normal(isnan(mean) ? value : mean, sd, out);
        return make_interval(kind, t, out);
    case FPT_BELIEF_BETA:
        if (!isnan(sd))
            return fpt_belief_beta_moments(isnan(mean) ? value : mean, sd, out);
        return make_interval(kind, t, out);
    case FPT_BELIEF_LOGNORMAL:
        return make_interval(kind, t, out);
    case FPT_BELIEF_METALOG:
        return make_metalog(t, value, out);
    case FPT_BELIEF_POINT:
    case FPT_BELIEF_EMPIRICAL:
    case FPT_BELIEF_KINDS:
        break;
    }
    *out = fpt_belief_point(value);
    return FPT_OK;
}

static void limit_belief(fpti_table *t, fpt_belief *belief)
{
    const double infinite = (double)INFINITY;
    const double lower = fpti_number(t, A_LOWER, -infinite);
    const double upper = fpti_number(t, A_UPPER, infinite);
    if ((isinf(lower) && isinf(upper)) || belief->kind == FPT_BELIEF_METALOG)
        return;
    if (fpt_belief_limit(belief, lower, upper, false) != FPT_OK)
        fpti_fault(t, A_LOWER, "bad-limits",
                   "no value of the distribution lies between the limits %g "
                   "and %g",
                   lower, upper);
}

/* A figure that nobody has put in yet: the name stands where it is read, and
 * nothing is drawn until it is known. */
static bool is_unknown(fpti_table *t, fpti_assumption *a)
{
    if (!fpt_str_equal(fpti_text(t, A_KIND), FPT_STR("unknown"))) return false;
    a->stated = 0.0;
    a->belief = fpt_belief_point(0.0);
    a->stated_kind = FPT_STR("unknown");
    fpti_fault(
        t, A_VALUE, "unknown-figure",
        "\"%.*s\" is not known%s%.*s: give its value, a distribution and "
        "the evidence",
        FPT_STR_ARG(a->name), a->notes.len > 0 ? ", " : "",
        FPT_STR_ARG(a->notes));
    return true;
}

static void read_assumption(fpti_table *t)
{
    fpt_plan *plan = t->reader->plan;
    const fpt_str name = fpti_text(t, A_NAME);
    for (size_t i = 0; i < plan->assumption.count; i++)
        if (fpt_str_equal(plan->assumption.at[i].name, name)) {
            fpti_fault(t, A_NAME, "twice", "\"%.*s\" is there twice",
                       FPT_STR_ARG(name));
            return;
        }
    fpti_assumption *a = FPTI_ADD(t->reader->arena, plan->assumption);
    if (!fpti_enough_memory(t->reader, a)) return;
    a->line = t->line;
    a->name = fpti_keep(t, A_NAME);
    a->author = fpti_keep(t, A_AUTHOR);
    a->source = fpti_keep(t, A_SOURCE);
    a->evidence = fpti_keep(t, A_EVIDENCE);
    a->programme = fpti_keep(t, A_PROGRAMME);
    a->notes = fpti_keep(t, A_NOTES);
    a->stream = fpt_stream("assumption", a->name);
    double number;
    if (fpt_parse_double(a->name, &number))
        fpti_fault(t, A_NAME, "bad-name",
                   "an assumption's name must not be a number");
    if (is_unknown(t, a)) return;
    fpti_choice(t, A_EVIDENCE, grades, FPTI_COUNT_OF(grades), -1);
    a->stated = fpti_number(t, A_VALUE, (double)NAN);
    if (fpti_is_empty(t, A_VALUE))
        fpti_fault(t, A_VALUE, "missing-value",
                   "the value as the plan states it is missing");
    if (isnan(a->stated)) a->stated = 0.0;

    const char *list[FPT_BELIEF_KINDS];
    for (int k = 0; k < FPT_BELIEF_KINDS; k++)
        list[k] = fpt_belief_word((fpt_belief_kind)k);
    const fpt_belief_kind kind =
        (fpt_belief_kind)fpti_choice(t, A_KIND, list, FPT_BELIEF_KINDS, -1);
    a->belief = fpt_belief_point(a->stated);
    a->stated_kind = fpt_str_from(fpt_belief_word(kind));
    if (kind == FPT_BELIEF_EMPIRICAL) a->belief.kind = FPT_BELIEF_EMPIRICAL;
    if (kind != FPT_BELIEF_POINT && kind != FPT_BELIEF_EMPIRICAL &&
        make_belief(t, kind, a->stated, &a->belief) != FPT_OK) {
        fpti_fault(t, A_KIND, "bad-distribution",
                   "the numbers given do not make a %s distribution (see the "
                   "guide for what each kind needs)",
                   fpt_belief_word(kind));
        a->belief = fpt_belief_point(a->stated);
    }
    if (kind != FPT_BELIEF_EMPIRICAL) limit_belief(t, &a->belief);
}

/* ---- history and reference classes ---- */

static size_t assumption_cell(fpti_table *t, size_t column)
{
    const fpt_str name = fpti_text(t, column);
    const size_t index = fpt_plan_assumption_find(t->reader->plan, name);
    if (index == SIZE_MAX)
        fpti_fault(t, column, "unknown-assumption",
                   "\"%.*s\" is no assumption of assumptions.csv",
                   FPT_STR_ARG(name));
    return index;
}

static void read_history(fpti_reader *r)
{
    static const fpti_column columns[] = {{"assumption", FPTI_NAME, true},
                                          {"year", FPTI_NAME, true},
                                          {"planned", FPTI_NUMBER, false},
                                          {"found", FPTI_NUMBER, true},
                                          {"source", FPTI_NAME, true}};
    fpti_table t;
    if (!fpti_table_open(r, "history.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const size_t index = assumption_cell(&t, 0);
        fpti_history *h = FPTI_ADD(r->arena, r->plan->history);
        if (!fpti_enough_memory(r, h)) return;
        *h = (fpti_history){.assumption = index,
                            .year = fpti_keep(&t, 1),
                            .planned = fpti_number(&t, 2, (double)NAN),
                            .found = fpti_number(&t, 3, (double)NAN),
                            .source = fpti_keep(&t, 4),
                            .line = t.line};
        if (index == SIZE_MAX) r->plan->history.count--;
    }
}

static void read_references(fpti_reader *r)
{
    static const fpti_column columns[] = {{"assumption", FPTI_NAME, true},
                                          {"class", FPTI_NAME, true},
                                          {"mean", FPTI_NUMBER, true},
                                          {"sd", FPTI_NUMBER, true},
                                          {"source", FPTI_NAME, true}};
    fpti_table t;
    if (!fpti_table_open(r, "references.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        const size_t index = assumption_cell(&t, 0);
        const double mean = fpti_number(&t, 2, (double)NAN);
        const double sd = fpti_number(&t, 3, (double)NAN);
        if (!(sd > 0.0) || isnan(mean)) {
            fpti_fault(&t, 3, "bad-reference",
                       "a reference class needs a mean and a spread above 0");
            continue;
        }
        if (index == SIZE_MAX) continue;
        fpti_assumption *a = &r->plan->assumption.at[index];
        a->class_given = true;
        a->class_name = fpti_keep(&t, 1);
        a->class_mean = mean;
        a->class_sd = sd;
        a->class_source = fpti_keep(&t, 4);
    }
}

static void sort_into(const double *x, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        while (at > 0 && out[at - 1] > x[i]) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = x[i];
    }
}

/* An empirical assumption takes the values that were found. */
static void fill_empirical(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->assumption.count; i++) {
        fpti_assumption *a = &plan->assumption.at[i];
        if (a->belief.kind != FPT_BELIEF_EMPIRICAL) continue;
        double *found = FPT_NEW(r->arena, double, plan->history.count + 1);
        double *sorted = FPT_NEW(r->arena, double, plan->history.count + 1);
        if (!fpti_enough_memory(r, found) || !fpti_enough_memory(r, sorted))
            return;
        size_t count = 0;
        for (size_t k = 0; k < plan->history.count; k++)
            if (plan->history.at[k].assumption == i &&
                !isnan(plan->history.at[k].found))
                found[count++] = plan->history.at[k].found;
        sort_into(found, count, sorted);
        if (fpt_belief_empirical(count, sorted, &a->belief) == FPT_OK) continue;
        a->belief = fpt_belief_point(a->stated);
        fpti_find(r, FPT_FAULT, "no-history", FPT_STR("assumptions.csv"),
                  a->line, 0,
                  "\"%.*s\" is empirical, but history.csv has nothing found "
                  "for it",
                  FPT_STR_ARG(a->name));
    }
}

static void read_correlations(fpti_reader *r)
{
    static const fpti_column columns[] = {{"a", FPTI_NAME, true},
                                          {"b", FPTI_NAME, true},
                                          {"correlation", FPTI_NUMBER, true}};
    fpti_table t;
    if (!fpti_table_open(r, "correlations.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        const size_t a = assumption_cell(&t, 0), b = assumption_cell(&t, 1);
        const double value = fpti_number(&t, 2, 0.0);
        if (a == SIZE_MAX || b == SIZE_MAX) continue;
        if (a == b || !(fabs(value) <= 1.0)) {
            fpti_fault(&t, 2, "bad-correlation",
                       "a correlation joins two assumptions and lies between "
                       "-1 and 1");
            continue;
        }
        bool twice = false;
        for (size_t i = 0; i < r->plan->pair.count; i++) {
            const fpti_pair *p = &r->plan->pair.at[i];
            twice =
                twice || (p->a == a && p->b == b) || (p->a == b && p->b == a);
        }
        if (twice) {
            fpti_fault(&t, 0, "twice", "this pair is there twice");
            continue;
        }
        fpti_pair *p = FPTI_ADD(r->arena, r->plan->pair);
        if (!fpti_enough_memory(r, p)) return;
        *p = (fpti_pair){a, b, value, t.line};
    }
}

void fpti_read_assumptions(fpti_reader *r)
{
    fpti_table t;
    if (fpti_table_open(r, "assumptions.csv", assumption_columns,
                        FPTI_COUNT_OF(assumption_columns), &t))
        while (fpti_table_next(&t))
            read_assumption(&t);
    read_history(r);
    read_references(r);
    fill_empirical(r);
    read_correlations(r);
    for (size_t i = 0; i < r->plan->assumption.count; i++) {
        fpti_assumption *a = &r->plan->assumption.at[i];
        double *storage = FPT_NEW(r->arena, double, 2 * FPT_BELIEF_KNOTS);
        if (!fpti_enough_memory(r, storage)) return;
        fpt_belief_prepare(&a->belief, storage, &a->table);
        fpt_belief_moments(&a->belief, &a->mean, &a->sd);
    }
}
