/*
 * What no single table can show: schemes that aim at nothing, gates that wait
 * for one another, prices that are missing for a year, people that are missing
 * for an age, shares that pass the whole, correlations that contradict.
 */
#include "read_i.h"

enum { TOLD_MOST = 20 };

/* ---- circular gates ---- */

/* Nodes: projects, then recruitment lines, then schemes. */
static size_t node_of(const fpt_plan *plan, const fpti_gate *g)
{
    return g->kind == FPTI_ON_PROJECT ? g->index
           : g->kind == FPTI_ON_LINE
               ? plan->project.count + g->index
               : plan->project.count + plan->line.count + g->index;
}

typedef struct gated {
    fpt_str name, table;
    int64_t line;
} gated;

static const fpti_gates *gates_of(const fpt_plan *plan, size_t node, gated *out)
{
    if (node < plan->project.count) {
        const fpti_project *p = &plan->project.at[node];
        *out = (gated){p->name, FPT_STR("projects.csv"), p->line};
        return &plan->project.at[node].after;
    }
    node -= plan->project.count;
    if (node < plan->line.count) {
        const fpti_line *l = &plan->line.at[node];
        *out = (gated){l->name, FPT_STR("recruitment.csv"), l->line};
        return &plan->line.at[node].after;
    }
    node -= plan->line.count;
    const fpti_scheme *s = &plan->scheme.at[node];
    *out = (gated){s->name, FPT_STR("schemes.csv"), s->line};
    return &plan->scheme.at[node].gates;
}

/* Walk the gates; a node met while it is open closes a ring. */
static bool walk(fpti_reader *r, size_t node, unsigned char *state, int depth)
{
    gated at;
    const fpti_gates *gates = gates_of(r->plan, node, &at);
    if (state[node] == 2) return true;
    if (state[node] == 1 || depth > 1000) {
        fpti_find(r, FPT_FAULT, "circular-gates", at.table, at.line, 0,
                  "\"%.*s\" waits, by way of its gates, for itself",
                  FPT_STR_ARG(at.name));
        return false;
    }
    state[node] = 1;
    bool fine = true;
    for (size_t i = 0; i < gates->count && fine; i++)
        fine = walk(r, node_of(r->plan, &gates->at[i]), state, depth + 1);
    state[node] = 2;
    return fine;
}

static void check_gates(fpti_reader *r)
{
    const size_t nodes =
        r->plan->project.count + r->plan->line.count + r->plan->scheme.count;
    unsigned char *state = FPT_NEW(r->arena, unsigned char, nodes + 1);
    if (!fpti_enough_memory(r, state)) return;
    for (size_t i = 0; i < nodes; i++)
        if (!walk(r, i, state, 0)) return;
}

/* ---- targets ---- */

static bool aims_at_something(const fpt_plan *plan, const fpti_target *target,
                              int from_org)
{
    for (size_t i = 0; i < plan->cell.count; i++) {
        const fpti_cell *c = &plan->cell.at[i];
        if (!(c->count > 0.0)) continue;
        if (from_org != FPTI_NONE &&
            !fpt_str_equal(plan->field[FPTI_ORG].text[c->key.id[FPTI_ORG]],
                           plan->org.at[from_org].code))
            continue;
        if (fpti_target_matches(plan, target, &c->key)) return true;
    }
    return false;
}

static void check_targets(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->scheme.count; i++) {
        const fpti_scheme *s = &plan->scheme.at[i];
        if (s->type >= FPTI_COST) continue;
        if (!aims_at_something(plan, &s->target, FPTI_NONE))
            fpti_find(r, FPT_FAULT, "aims-at-nothing", FPT_STR("schemes.csv"),
                      s->line, 0,
                      "the scheme \"%.*s\" aims at no activity: no row of "
                      "baseline.csv has %.*s",
                      FPT_STR_ARG(s->name), FPT_STR_ARG(s->target.text));
    }
    for (size_t i = 0; i < plan->flow.count; i++) {
        const fpti_flow *f = &plan->flow.at[i];
        if (f->from_org != FPTI_NONE &&
            !aims_at_something(plan, &f->target, f->from_org))
            fpti_find(r, FPT_FAULT, "aims-at-nothing", FPT_STR("flows.csv"),
                      f->line, 0, "the flow \"%.*s\" moves no activity",
                      FPT_STR_ARG(f->name));
    }
}

/* ---- flows above the whole ---- */

static double largest(const fpt_plan *plan, fpti_row row)
{
    if (row == FPTI_NO_ROW) return 0.0;
    if (row >= plan->assumption.count)
        return plan->constant.at[row - plan->assumption.count];
    return fpt_belief_at_score(&plan->assumption.at[row].belief, 4.0);
}

static void check_flows(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    bool *told = FPT_NEW(r->arena, bool, plan->flow.count + 1);
    if (!fpti_enough_memory(r, told)) return;
    for (size_t i = 0; i < plan->cell.count && plan->flow.count > 1; i++) {
        const fpti_cell *c = &plan->cell.at[i];
        const int org = fpti_org_find(
            plan, plan->field[FPTI_ORG].text[c->key.id[FPTI_ORG]]);
        double sum = 0.0;
        size_t first = SIZE_MAX, last = 0;
        for (size_t k = 0; k < plan->flow.count; k++) {
            const fpti_flow *f = &plan->flow.at[k];
            if (f->from_org != org ||
                !fpti_target_matches(plan, &f->target, &c->key))
                continue;
            sum += largest(plan, f->share);
            if (first == SIZE_MAX) first = k;
            last = k;
        }
        if (sum <= 1.0 + 1e-9 || told[last]) continue;
        told[last] = true;
        fpti_find(r, FPT_FAULT, "flow-above-whole", FPT_STR("flows.csv"),
                  plan->flow.at[last].line, 0,
                  "the flows \"%.*s\" to \"%.*s\" may take %.4f of the same "
                  "patients; shares that leave one place sum to at most 1",
                  FPT_STR_ARG(plan->flow.at[first].name),
                  FPT_STR_ARG(plan->flow.at[last].name), sum);
    }
}

/* ---- overlaps of one rule ---- */

static void check_overlaps(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->overlap.count; i++)
        for (size_t k = 0; k < i; k++) {
            const fpti_overlap *a = &plan->overlap.at[i];
            const fpti_overlap *b = &plan->overlap.at[k];
            const bool meet =
                a->a == b->a || a->a == b->b || a->b == b->a || a->b == b->b;
            if (!meet || (a->rule == b->rule && a->weight == b->weight))
                continue;
            fpti_find(r, FPT_FAULT, "mixed-overlap", FPT_STR("overlaps.csv"),
                      a->line, 0,
                      "this pair shares a scheme with line %lld, which has "
                      "another rule: schemes bound together follow one rule",
                      (long long)b->line);
        }
    for (size_t i = 0; i < plan->overlap.count; i++) {
        const fpti_scheme *a = &plan->scheme.at[plan->overlap.at[i].a];
        const fpti_scheme *b = &plan->scheme.at[plan->overlap.at[i].b];
        if ((a->type == FPTI_LENGTH) != (b->type == FPTI_LENGTH))
            fpti_find(r, FPT_FAULT, "mixed-overlap", FPT_STR("overlaps.csv"),
                      plan->overlap.at[i].line, 0,
                      "a scheme that shortens stays and one that takes "
                      "patients away do not overlap: both act");
    }
}

/* ---- people ---- */

static void check_people(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    size_t told = 0, more = 0;
    for (size_t i = 0; i < plan->cell.count && plan->people.count > 0; i++) {
        const fpti_cell *c = &plan->cell.at[i];
        const fpti_pod *pod = &plan->pod.at[c->key.id[FPTI_POD]];
        if (pod->demography == FPTI_BY_NOTHING || !(c->count > 0.0)) continue;
        const fpti_people *p =
            fpti_people_of(plan, &c->key, pod->demography == FPTI_BY_BIRTHS);
        const bool none = p != NULL && !(p->at[0] > 0.0);
        if (p != NULL && !none) continue;
        if (told++ >= TOLD_MOST) {
            more++;
            continue;
        }
        fpti_find(
            r, FPT_FAULT, none ? "people-zero" : "no-people",
            FPT_STR("baseline.csv"), c->line, 0,
            "place \"%.*s\", age \"%.*s\", sex \"%.*s\" has activity but %s; "
            "give the people of the next coarser place (leave the place "
            "empty in the table) if that will do",
            FPT_STR_ARG(plan->field[FPTI_PLACE].text[c->key.id[FPTI_PLACE]]),
            FPT_STR_ARG(plan->field[FPTI_AGE].text[c->key.id[FPTI_AGE]]),
            FPT_STR_ARG(plan->field[FPTI_SEX].text[c->key.id[FPTI_SEX]]),
            none ? "nobody lives there" : "no people are given");
    }
    if (more > 0)
        fpti_find(r, FPT_FAULT, "no-people", FPT_STR("baseline.csv"), 0, 0,
                  "and %zu rows more of the same kind", more);
}

/* ---- correlations ---- */

double fpt_plan_correlation(const fpt_plan *plan, size_t a, size_t b)
{
    if (a == b) return 1.0;
    for (size_t i = 0; i < plan->pair.count; i++) {
        const fpti_pair *p = &plan->pair.at[i];
        if ((p->a == a && p->b == b) || (p->a == b && p->b == a))
            return p->correlation;
    }
    const fpti_assumption *x = &plan->assumption.at[a];
    const fpti_assumption *y = &plan->assumption.at[b];
    if (x->programme.len > 0 && fpt_str_equal(x->programme, y->programme))
        return plan->set.programme_correlation;
    return 0.0;
}

static void contradiction(fpti_reader *r, size_t n, const double *m, size_t bad)
{
    fpt_plan *plan = r->plan;
    int64_t line = 0; /* where the pair stands */
    double *work = FPT_NEW(r->arena, double, fpt_correlation_nearest_work(n));
    double *near = FPT_NEW(r->arena, double, n *n);
    if (!fpti_enough_memory(r, work) || !fpti_enough_memory(r, near)) return;
    size_t row = bad, column = 0;
    double change = 0.0;
    if (fpt_correlation_nearest(n, m, 1e-8, near, work, &row, &column,
                                &change) != FPT_OK) {
        fpti_find(r, FPT_FAULT, "correlations-contradict",
                  FPT_STR("correlations.csv"), 0, 0,
                  "the correlations of \"%.*s\" with the others contradict one "
                  "another",
                  FPT_STR_ARG(plan->assumption.at[plan->c.block[bad]].name));
        return;
    }
    for (size_t i = 0; i < plan->pair.count; i++) {
        const fpti_pair *p = &plan->pair.at[i];
        const size_t x = plan->c.block[row], y = plan->c.block[column];
        if ((p->a == x && p->b == y) || (p->a == y && p->b == x))
            line = p->line;
    }
    const bool allowed = plan->set.nearest_correlation &&
                         (change <= 0.1 || plan->set.allow_far_correlation);
    fpti_find(
        r, allowed ? FPT_WARNING : FPT_FAULT, "correlations-contradict",
        FPT_STR("correlations.csv"), line, 0,
        "no set of assumptions can be correlated like this; the nearest that "
        "can changes \"%.*s\" with \"%.*s\" most, from %.4f to %.4f%s",
        FPT_STR_ARG(plan->assumption.at[plan->c.block[row]].name),
        FPT_STR_ARG(plan->assumption.at[plan->c.block[column]].name),
        m[row * n + column], near[row * n + column],
        allowed         ? "; it is used"
        : change <= 0.1 ? "; set nearest-correlation: yes to use it"
                        : "; that is far: look at the pair, or set "
                          "nearest-correlation and "
                          "allow-far-correlation to use it all "
                          "the same");
    if (allowed && fpt_cholesky(n, near, plan->c.block_factor, NULL) != FPT_OK)
        fpti_find(r, FPT_FAULT, "correlations-contradict",
                  FPT_STR("correlations.csv"), 0, 0,
                  "even the nearest correlations are singular");
}

/* Which assumptions depend on others, and the factor of their correlations. */
static void check_correlations(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    const size_t count = plan->assumption.count;
    plan->c.block = FPT_NEW(r->arena, uint32_t, count + 1);
    if (!fpti_enough_memory(r, plan->c.block)) return;
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        bool bound = false;
        for (size_t k = 0; k < count && !bound; k++)
            bound = k != i && fpt_plan_correlation(plan, i, k) != 0.0;
        if (bound) plan->c.block[n++] = (uint32_t)i;
    }
    plan->c.block_count = n;
    if (n == 0) return;
    if (n > FPTI_BLOCK_MOST) {
        fpti_find(r, FPT_FAULT, "too-many", FPT_STR("correlations.csv"), 0, 0,
                  "%zu assumptions are correlated; at most %d can be", n,
                  FPTI_BLOCK_MOST);
        return;
    }
    double *m = FPT_NEW(r->arena, double, n *n);
    plan->c.block_factor = FPT_NEW(r->arena, double, n *n);
    if (!fpti_enough_memory(r, m) ||
        !fpti_enough_memory(r, plan->c.block_factor))
        return;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            m[i * n + k] =
                fpt_plan_correlation(plan, plan->c.block[i], plan->c.block[k]);
    size_t bad = 0;
    if (fpt_cholesky(n, m, plan->c.block_factor, &bad) != FPT_OK)
        contradiction(r, n, m, bad);
}

/* ---- things said and not used, or used and not said ---- */

/* A control total for one year is a control total for all of them. */
static void check_total_years(fpti_reader *r, size_t org)
{
    const fpt_plan *plan = r->plan;
    bool given[FPTI_YEARS] = {false}, some = false;
    for (size_t k = 0; k < plan->total.count; k++) {
        if (plan->total.at[k].org != (int)org) continue;
        given[plan->total.at[k].year] = some = true;
    }
    int missing = 0, first = 0;
    for (int year = plan->set.years; year >= 1 && some; year--) {
        if (given[year]) continue;
        missing++;
        first = year;
    }
    if (missing == 0) return;
    char text[16];
    fpti_find(r, FPT_FAULT, "total-missing", FPT_STR("control_totals.csv"), 0,
              0, "%.*s has control totals, but none for %.*s%s",
              FPT_STR_ARG(plan->org.at[org].code),
              FPT_STR_ARG(fpt_plan_year(plan, first, text)),
              missing > 1 ? " and other years" : "");
}

static void check_use(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->assumption.count; i++)
        if (!plan->assumption.at[i].used)
            fpti_find(r, FPT_WARNING, "unused-assumption",
                      FPT_STR("assumptions.csv"), plan->assumption.at[i].line,
                      0, "nothing reads the assumption \"%.*s\"",
                      FPT_STR_ARG(plan->assumption.at[i].name));
    for (size_t p = 1; p < plan->pod.count && plan->cell.count > 0; p++) {
        bool grows = false;
        for (size_t g = 0; g < plan->growth.count; g++)
            grows = grows || plan->growth.at[g].pod == p;
        if (!grows)
            fpti_find(r, FPT_NOTE, "no-growth-stated", FPT_STR("growth.csv"), 0,
                      0,
                      "\"%.*s\" has no growth beyond that of people: it is "
                      "taken as 0",
                      FPT_STR_ARG(plan->pod.at[p].code));
    }
    for (size_t o = 0; o < plan->org.count; o++)
        check_total_years(r, o);
}

/* Life tables and rates for every year and age that health reads. */
static void check_health(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    if (!plan->set.health_given) return;
    if (plan->life.count == 0 || plan->rate.count == 0)
        fpti_find(r, FPT_FAULT, "no-health-tables", FPT_STR("plan.yaml"), 0, 0,
                  "\"health\" needs life.csv and rates.csv");
}

void fpti_check_plan(fpti_reader *r)
{
    check_gates(r);
    check_targets(r);
    check_flows(r);
    check_overlaps(r);
    check_people(r);
    fpti_check_prices(r);
    check_correlations(r);
    check_health(r);
    check_use(r);
}
