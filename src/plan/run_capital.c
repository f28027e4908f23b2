/*
 * Capital, gates and stocks of staff. Money is given in order of rank until a
 * year's limit binds; what is not funded is not built, and what waits for it
 * does not happen.
 */
#include "run_i.h"

/* A coin with probability p from the score of an input; certain when the plan
 * is run as stated. */
static bool falls(const fpt_plan_work *w, size_t input, double p, int lane)
{
    if (p >= 1.0) return true;
    if (!(p > 0.0)) return false;
    return w->z[input * FPT_LANES + (size_t)lane] < fpt_lane_normal_quantile(p);
}

/* Projects in order of rank, then of the plan. */
static size_t next_by_rank(const fpt_plan *plan, size_t done, size_t last)
{
    size_t best = SIZE_MAX;
    for (size_t p = 0; p < plan->project.count; p++) {
        const int rank = plan->project.at[p].rank;
        const bool after = done == 0 || rank > plan->project.at[last].rank ||
                           (rank == plan->project.at[last].rank && p > last);
        if (after && (best == SIZE_MAX || rank < plan->project.at[best].rank))
            best = p;
    }
    return best;
}

static void fund(fpt_plan_work *w, size_t p, double *room)
{
    const fpt_plan *plan = w->plan;
    const fpti_project *project = &plan->project.at[p];
    const double *overrun = fpti_at(w, project->overrun);
    const double *probability = fpti_at(w, project->probability);
    double *share = fpti_rows(w->funded, p);
    const int years = plan->set.years;
    FPTI_LANES(i)
    {
        const double factor = fmax(0.0, overrun[i]);
        const bool coin = w->scenario->stated ||
                          plan->c.funding[p] == SIZE_MAX ||
                          falls(w, plan->c.funding[p], probability[i], i);
        double part =
            coin && !w->scenario->no_capital && !w->scenario->no_schemes ? 1.0
                                                                         : 0.0;
        for (int t = 0; t <= years; t++) {
            const double cost = project->cost[t] * factor;
            const double left = room[t * FPT_LANES + i];
            fpti_rows(w->asked, (size_t)t)[i] += cost;
            /* A hair more than there is, is what rounding makes. */
            if (cost > 0.0 && cost * (1.0 - 1e-12) > left)
                part = fmin(part, left / cost);
        }
        if (part < 1.0 && !project->divisible) part = 0.0;
        share[i] = part;
        for (int t = 0; t <= years; t++) {
            const double cost = part * project->cost[t] * factor;
            double *left = &room[t * FPT_LANES + i];
            *left = fmax(0.0, *left - cost);
            fpti_rows(w->spent, (size_t)t)[i] += cost;
        }
    }
}

/* Straight-line charge from the year after delivery, and the dividend on the
 * average of what the asset is worth at both ends of the year. */
static void charge(fpt_plan_work *w, size_t p)
{
    const fpt_plan *plan = w->plan;
    const fpti_project *project = &plan->project.at[p];
    if (project->org == FPTI_NONE) return;
    const double *overrun = fpti_at(w, project->overrun);
    const double *share = fpti_rows(w->funded, p);
    FPTI_LANES(i)
    {
        const double scale = 100.0 * share[i] * fmax(0.0, overrun[i]);
        double whole = 0.0, worth = 0.0;
        for (int t = 0; t <= plan->set.years; t++)
            whole += project->cost[t] * scale;
        for (int t = 0; t <= plan->set.years; t++) {
            const double before = worth;
            const double used = t > project->delivered
                                    ? fmin(before, whole / project->life)
                                    : 0.0;
            worth += project->cost[t] * scale - used;
            const double dividend =
                plan->set.dividend_rate * 0.5 * (before + worth);
            fpti_rows(w->charge,
                      (size_t)project->org * FPTI_YEARS + (size_t)t)[i] +=
                fpt_lane_round(used + dividend);
        }
    }
}

void fpti_run_capital(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const size_t years = (size_t)plan->set.years + 1;
    memset(w->asked, 0, FPTI_YEARS * FPT_LANES * sizeof *w->asked);
    memset(w->spent, 0, FPTI_YEARS * FPT_LANES * sizeof *w->spent);
    memset(w->charge, 0,
           plan->org.count * FPTI_YEARS * FPT_LANES * sizeof *w->charge);
    double room[FPTI_YEARS * FPT_LANES];
    for (size_t t = 0; t < years; t++)
        FPTI_LANES(i) room[t * FPT_LANES + (size_t)i] = plan->capital_limit[t];
    size_t last = 0;
    for (size_t done = 0; done < plan->project.count; done++) {
        last = next_by_rank(plan, done, last);
        fund(w, last, room);
        charge(w, last);
    }
    for (size_t t = 0; t < years; t++) {
        double *asked = fpti_metric(w, FPT_PLAN_METRIC_ASKED, 0, (int)t);
        double *funded = fpti_metric(w, FPT_PLAN_METRIC_FUNDED, 0, (int)t);
        FPTI_LANES(i)
        {
            asked[i] = fpt_lane_round(100.0 * fpti_rows(w->asked, t)[i]);
            funded[i] = fpt_lane_round(100.0 * fpti_rows(w->spent, t)[i]);
        }
    }
}

/* ---- gates: what is there in a year ---- */

static const double *gate_row(const fpt_plan_work *w, const fpti_gate *g,
                              int year)
{
    double *base = g->kind == FPTI_ON_PROJECT ? w->delivered
                   : g->kind == FPTI_ON_LINE  ? w->recruited
                                              : w->achieved;
    return fpti_rows(base, g->index * FPTI_YEARS + (size_t)year);
}

static void hold_by(const fpt_plan_work *w, const fpti_gates *gates, int year,
                    double *row)
{
    for (size_t k = 0; k < gates->count; k++) {
        const double *gate = gate_row(w, &gates->at[k], year);
        FPTI_LANES(i) row[i] = fmin(row[i], gate[i]);
    }
}

static void project_gate(fpt_plan_work *w, size_t p, int year)
{
    const fpti_project *project = &w->plan->project.at[p];
    double *row = fpti_rows(w->delivered, p * FPTI_YEARS + (size_t)year);
    const double *funded = fpti_rows(w->funded, p);
    FPTI_LANES(i) row[i] = year >= project->delivered ? funded[i] : 0.0;
    hold_by(w, &project->after, year, row);
    double *metric = fpti_metric(w, FPT_PLAN_METRIC_FUNDED_SHARE, p, year);
    FPTI_LANES(i) metric[i] = fpt_lane_round(1e6 * row[i]);
}

static void line_gate(fpt_plan_work *w, size_t l, int year)
{
    const fpti_line *line = &w->plan->line.at[l];
    double *row = fpti_rows(w->recruited, l * FPTI_YEARS + (size_t)year);
    const double *success = fpti_at(w, line->success);
    const double ramp =
        w->scenario->no_schemes || year == 0
            ? 0.0
            : fpti_ramp_at(&line->ramp, (double)year - line->start);
    FPTI_LANES(i) row[i] = ramp * fmin(1.0, fmax(0.0, success[i]));
    hold_by(w, &line->after, year, row);
}

static void scheme_gate(fpt_plan_work *w, size_t k, int year)
{
    const fpti_scheme *s = &w->plan->scheme.at[k];
    double *row = fpti_rows(w->achieved, k * FPTI_YEARS + (size_t)year);
    const double *delay = fpti_at(w, s->delay);
    const double since = (double)year - s->start;
    if (w->scenario->no_schemes || year == 0) {
        FPTI_LANES(i) row[i] = 0.0;
        return;
    }
    if (fpti_is_constant(w->plan, s->delay)) {
        const double ramp = fpti_ramp_at(&s->ramp, since - delay[0]);
        FPTI_LANES(i) row[i] = ramp;
    } else {
        FPTI_LANES(i)
        row[i] = fpti_ramp_at(&s->ramp, since - fmax(0.0, delay[i]));
    }
    hold_by(w, &s->gates, year, row);
}

void fpti_run_gates(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    for (size_t n = 0; n < plan->c.node_count; n++) {
        size_t node = plan->c.node[n];
        if (node < plan->project.count) {
            project_gate(w, node, year);
            continue;
        }
        node -= plan->project.count;
        if (node < plan->line.count)
            line_gate(w, node, year);
        else
            scheme_gate(w, node - plan->line.count, year);
    }
}

/* ---- stocks of staff ---- */

static size_t staff_of(const fpt_plan *plan, int org, uint32_t group)
{
    for (size_t i = 0; i < plan->staff.count; i++)
        if (plan->staff.at[i].org == org && plan->staff.at[i].group == group)
            return i;
    return SIZE_MAX;
}

/* Who is recruited this year beyond last; from another organisation no more
 * than it has. */
static void recruit(fpt_plan_work *w, size_t l, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_line *line = &plan->line.at[l];
    const size_t to = staff_of(plan, line->org, line->group);
    const size_t from = line->from_org == FPTI_NONE
                            ? SIZE_MAX
                            : staff_of(plan, line->from_org, line->group);
    const double *now = fpti_rows(w->recruited, l * FPTI_YEARS + (size_t)year);
    const double *before =
        fpti_rows(w->recruited, l * FPTI_YEARS + (size_t)year - 1);
    const double *wte = fpti_at(w, line->wte);
    FPTI_LANES(i)
    {
        double more = fmax(0.0, wte[i]) * (now[i] - before[i]);
        if (from != SIZE_MAX) {
            double *there = &fpti_rows(w->stock, from)[i];
            more = fmin(more, *there);
            *there -= more;
        }
        if (to != SIZE_MAX) {
            double *here = &fpti_rows(w->stock, to)[i];
            *here = fmax(0.0, *here + more);
        }
    }
}

void fpti_run_stocks(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    for (size_t s = 0; s < plan->staff.count; s++) {
        const fpti_staff *staff = &plan->staff.at[s];
        double *row = fpti_rows(w->stock, s);
        if (year == 0) {
            FPTI_LANES(i) row[i] = staff->stock;
            continue;
        }
        const double *leaver = fpti_at(w, staff->leaver);
        const double *joiners = fpti_at(w, staff->joiners);
        const double *trained = fpti_at(w, staff->trained);
        FPTI_LANES(i)
        row[i] = fmax(0.0, row[i] * (1.0 - fmin(1.0, fmax(0.0, leaver[i]))) +
                               joiners[i] + trained[i]);
    }
    for (size_t l = 0; l < plan->line.count && year > 0; l++)
        recruit(w, l, year);
}
