/*
 * From the baseline to a year's activity, step by step, out of the same events
 * as the result: growth by Shapley's shares of its factors, flows and schemes
 * as they were measured, and what is left is chance. So the steps always add.
 */
#include "compile_i.h"
#include "run_i.h"

const char *fpt_plan_cause_word(fpt_plan_cause cause)
{
    static const char *const words[FPT_PLAN_CAUSES] = {
        "baseline", "demography", "growth",  "health",  "waiting", "flow",
        "chance",   "scheme",     "arrival", "closure", "result"};
    return cause < FPT_PLAN_CAUSES ? words[cause] : "";
}

/* ---- the list of steps ---- */

typedef struct lister {
    fpti_reader *r;
    size_t capacity;
} lister;

static void add_step(lister *l, fpt_plan_step step)
{
    fpti_compiled *c = &l->r->plan->c;
    if (!FPT_RESERVE(l->r->arena, c->step, c->step_count, l->capacity)) {
        l->r->no_memory = true;
        return;
    }
    c->step[c->step_count++] = step;
}

static bool is_inside(const fpt_plan *plan, uint32_t line)
{
    const int org = plan->c.line.at[line].org;
    return org >= 0 && plan->org.at[org].inside;
}

/* Does a scheme take from (or bring to) this kind of care inside? */
static bool touches(const fpt_plan *plan, size_t pod, size_t scheme,
                    bool arrives)
{
    const fpti_compiled *c = &plan->c;
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        if (removal->scheme != scheme) continue;
        const uint32_t line =
            arrives ? removal->to_line : c->group.at[removal->group].line;
        if (line != FPTI_NO_ROW && is_inside(plan, line) &&
            c->line.at[line].id[FPTI_POD] == pod)
            return true;
    }
    return false;
}

static bool shortens(const fpt_plan *plan, size_t pod, size_t scheme)
{
    const fpti_compiled *c = &plan->c;
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->length == FPTI_NO_ROW || !is_inside(plan, group->line) ||
            c->line.at[group->line].id[FPTI_POD] != pod)
            continue;
        const fpti_mask *mask = &c->mask.at[group->length];
        for (size_t j = 0; j < mask->count; j++)
            if (mask->scheme[j] == scheme) return true;
    }
    return false;
}

static void list_pod(lister *l, size_t pod, int year, bool days)
{
    const fpt_plan *plan = l->r->plan;
    fpt_plan_step step = {.pod = (uint32_t)pod,
                          .pod_name = plan->pod.at[pod].code,
                          .year = year,
                          .days = days,
                          .name = FPT_STR("")};
    for (int cause = FPT_PLAN_CAUSE_BASELINE; cause <= FPT_PLAN_CAUSE_FLOW;
         cause++) {
        step.cause = (fpt_plan_cause)cause;
        add_step(l, step);
    }
    for (size_t k = 0; k < plan->scheme.count; k++) {
        step.item = k;
        step.name = plan->scheme.at[k].name;
        step.cause = FPT_PLAN_CAUSE_SCHEME;
        if (touches(plan, pod, k, false) || (days && shortens(plan, pod, k)))
            add_step(l, step);
        step.cause = FPT_PLAN_CAUSE_ARRIVAL;
        if (touches(plan, pod, k, true)) add_step(l, step);
    }
    step.item = 0;
    step.name = FPT_STR("");
    bool closes = false;
    for (size_t o = 0; o < plan->org.count; o++)
        closes = closes || plan->c.closes[o];
    step.cause = FPT_PLAN_CAUSE_CLOSURE;
    if (closes) add_step(l, step);
    step.cause = FPT_PLAN_CAUSE_CHANCE;
    add_step(l, step);
    step.cause = FPT_PLAN_CAUSE_RESULT;
    add_step(l, step);
}

void fpti_compile_steps(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    lister l = {.r = r};
    for (size_t pod = 1; pod < plan->pod.count; pod++) {
        bool some = false, beds = false;
        for (size_t line = 0; line < plan->c.line.count; line++) {
            if (plan->c.line.at[line].id[FPTI_POD] != pod ||
                !is_inside(plan, (uint32_t)line))
                continue;
            some = true;
            beds = beds || plan->c.line.at[line].uses_beds;
        }
        for (int year = 1; year <= plan->set.years && some; year++) {
            list_pod(&l, pod, year, false);
            if (beds) list_pod(&l, pod, year, true);
        }
    }
}

size_t fpt_plan_step_count(const fpt_plan *plan)
{
    return plan->c.step_count;
}

fpt_plan_step fpt_plan_step_at(const fpt_plan *plan, size_t index)
{
    return plan->c.step[index];
}

const double *fpt_plan_steps(const fpt_plan_work *work)
{
    return work->step;
}

/* ---- their values ---- */

/* Four rows a POD, of events and then of days: what each factor of growth adds
 * to the baseline; and the baseline grown by all of them. */
static void growth_causes(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const size_t pods = plan->pod.count;
    memset(w->cause, 0, 8 * pods * FPT_LANES * sizeof *w->cause);
    const fpt_lanes_matrix *base[2] = {&c->base, &c->base_days};
    double players[4][FPT_LANES], shares[4][FPT_LANES];
    double work[6 * FPT_LANES];
    const double *in[4];
    double *out[4];
    for (int f = 0; f < 4; f++)
        in[f] = players[f], out[f] = shares[f];
    for (int measure = 0; measure < 2; measure++) {
        fpt_lanes_apply(w->level, base[measure], w->grow,
                        fpti_rows(w->base_grown, (size_t)measure * pods));
        for (size_t pod = 0; pod < base[measure]->row_count; pod++)
            for (uint32_t e = base[measure]->start[pod];
                 e < base[measure]->start[pod + 1]; e++) {
                const double n = base[measure]->weight[e];
                const double *factor =
                    fpti_rows(w->factor, 4 * (size_t)base[measure]->column[e]);
                for (int f = 0; f < 4; f++)
                    FPTI_LANES(i)
                players[f][i] = 1.0 - factor[f * FPT_LANES + i];
                fpt_shapley_product(4, in, out, work);
                double *sum =
                    fpti_rows(w->cause, 4 * ((size_t)measure * pods + pod));
                for (int f = 0; f < 4; f++)
                    FPTI_LANES(i)
                sum[f * FPT_LANES + i] -= n * shares[f][i];
            }
    }
}

static double base_of(const fpt_lanes_matrix *m, size_t pod)
{
    double sum = 0.0;
    for (uint32_t e = m->start[pod]; e < m->start[pod + 1]; e++)
        sum += m->weight[e];
    return sum;
}

/* Patients of a kind inside after flows, before any scheme. */
static void after_flows(const fpt_plan_work *w, size_t pod, bool days,
                        double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const double offset = plan->set.day_offset;
    FPTI_LANES(i) out[i] = 0.0;
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (c->line.at[group->line].id[FPTI_POD] != pod ||
            !is_inside(plan, group->line))
            continue;
        const double *pre = fpti_rows(w->pre[0], g);
        if (!days) {
            FPTI_LANES(i) out[i] += pre[i];
        } else if (group->bed != FPTI_NO_ROW) {
            const double *one = fpti_rows(w->pre[1], group->bed);
            FPTI_LANES(i) out[i] += offset * pre[i] + one[i];
        }
    }
}

static void by_scheme(const fpt_plan_work *w, const fpt_plan_step *s,
                      double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const bool arrives = s->cause == FPT_PLAN_CAUSE_ARRIVAL;
    const bool closes = s->cause == FPT_PLAN_CAUSE_CLOSURE;
    const bool whole =
        w->scenario->noise == FPT_PLAN_NOISE_INTEGERS && !w->scenario->stated;
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        if (closes ? removal->scheme < plan->scheme.count
                   : removal->scheme != s->item)
            continue;
        const fpti_group *group = &c->group.at[removal->group];
        const uint32_t line = arrives ? removal->to_line : group->line;
        if (line == FPTI_NO_ROW || !is_inside(plan, line) ||
            c->line.at[line].id[FPTI_POD] != s->pod)
            continue;
        const double *gone = fpti_rows(w->removed, r);
        const double *days = fpti_rows(w->removed_days, r);
        if (!arrives) {
            FPTI_LANES(i) out[i] -= s->days ? days[i] : gone[i];
            continue;
        }
        const fpti_scheme *scheme = &plan->scheme.at[removal->scheme];
        const double *units = fpti_at(w, scheme->units);
        const double offset = plan->set.day_offset;
        FPTI_LANES(i)
        {
            const double real = units[i] * gone[i];
            const double arrive = whole ? fpt_lane_round(real) : real;
            out[i] += !s->days                    ? arrive
                      : scheme->type == FPTI_MOVE ? days[i]
                                                  : offset * arrive;
        }
    }
}

/* Days that shorter stays save: in expectation as the mask shares them; of
 * drawn spells what was counted, shared likewise in whole days. */
static void by_length(const fpt_plan_work *w, const fpt_plan_step *s,
                      double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const bool whole =
        w->scenario->noise == FPT_PLAN_NOISE_INTEGERS && !w->scenario->stated;
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->length == FPTI_NO_ROW || group->bed == FPTI_NO_ROW ||
            !is_inside(plan, group->line) ||
            c->line.at[group->line].id[FPTI_POD] != s->pod)
            continue;
        const fpti_mask *mask = &c->mask.at[group->length];
        size_t mine = SIZE_MAX;
        for (size_t j = 0; j < mask->count; j++)
            if (mask->scheme[j] == s->item) mine = j;
        if (mine == SIZE_MAX) continue;
        const double *one = fpti_rows(w->pre[1], group->bed);
        const double *pre = fpti_rows(w->pre[0], g);
        const double *kept = fpti_rows(w->kept, g);
        const int32_t *saved =
            w->spell_tally +
            (g * FPT_ACTIVITY_MEASURES + FPT_ACTIVITY_SAVED_DAYS) * FPT_LANES;
        FPTI_LANES(i)
        {
            if (!whole) {
                const double share = fpti_rows(w->share, mask->share + mine)[i];
                out[i] -=
                    pre[i] > 0.0 ? one[i] * share * kept[i] / pre[i] : 0.0;
                continue;
            }
            int64_t weight[FPTI_MASK_MOST], part[FPTI_MASK_MOST], sum = 0;
            uint64_t rest[FPTI_MASK_MOST];
            for (size_t j = 0; j < mask->count; j++) {
                weight[j] =
                    (int64_t)(fpti_rows(w->share, mask->share + j)[i] * 0x1p40 +
                              0.5);
                sum += weight[j];
            }
            if (sum > 0 && fpt_apportion(saved[i], mask->count, weight, part,
                                         rest) == FPT_OK)
                out[i] -= (double)part[mine];
        }
    }
}

static void result_of(const fpt_plan_work *w, const fpt_plan_step *s,
                      double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    for (size_t l = 0; l < c->line.count; l++) {
        if (c->line.at[l].id[FPTI_POD] != s->pod ||
            !is_inside(plan, (uint32_t)l))
            continue;
        const double *row =
            fpti_rows(w->stack, s->days ? c->line.count + l : l);
        FPTI_LANES(i) out[i] += row[i];
    }
}

static void value_of(fpt_plan_work *w, const fpt_plan_step *s, double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const size_t pods = plan->pod.count;
    const size_t at = (s->days ? pods : 0) + s->pod;
    const fpt_lanes_matrix *base = s->days ? &c->base_days : &c->base;
    FPTI_LANES(i) out[i] = 0.0;
    switch (s->cause) {
    case FPT_PLAN_CAUSE_BASELINE: {
        const double n = base_of(base, s->pod);
        FPTI_LANES(i) out[i] = n;
        break;
    }
    case FPT_PLAN_CAUSE_DEMOGRAPHY:
    case FPT_PLAN_CAUSE_GROWTH:
    case FPT_PLAN_CAUSE_HEALTH:
    case FPT_PLAN_CAUSE_WAITING: {
        const size_t f = (size_t)(s->cause - FPT_PLAN_CAUSE_DEMOGRAPHY);
        const double *row = fpti_rows(w->cause, 4 * at + f);
        FPTI_LANES(i) out[i] = row[i];
        break;
    }
    case FPT_PLAN_CAUSE_FLOW: {
        const double *grown = fpti_rows(w->base_grown, at);
        after_flows(w, s->pod, s->days, out);
        FPTI_LANES(i) out[i] -= grown[i];
        break;
    }
    case FPT_PLAN_CAUSE_SCHEME:
        by_scheme(w, s, out);
        if (s->days) by_length(w, s, out);
        break;
    case FPT_PLAN_CAUSE_ARRIVAL:
    case FPT_PLAN_CAUSE_CLOSURE:
        by_scheme(w, s, out);
        break;
    case FPT_PLAN_CAUSE_RESULT:
        result_of(w, s, out);
        break;
    case FPT_PLAN_CAUSE_CHANCE:
    case FPT_PLAN_CAUSES:
        break;
    }
}

void fpti_run_steps(fpt_plan_work *w, int year)
{
    const fpti_compiled *c = &w->plan->c;
    if (year == 0) return;
    growth_causes(w);
    const bool whole =
        w->scenario->noise == FPT_PLAN_NOISE_INTEGERS && !w->scenario->stated;
    /* Chance stands behind the causes and before the result: it is what they
     * leave. Drawn spells are whole, so the expected steps are made whole. */
    double sum[FPT_LANES] = {0};
    size_t chance = SIZE_MAX;
    for (size_t k = 0; k < c->step_count; k++) {
        const fpt_plan_step *s = &c->step[k];
        if (s->year != year) continue;
        double *out = fpti_rows(w->step, k);
        value_of(w, s, out);
        if (whole) fpti_round_row(out, out);
        if (s->cause == FPT_PLAN_CAUSE_BASELINE) FPTI_LANES(i) sum[i] = 0.0;
        if (s->cause == FPT_PLAN_CAUSE_CHANCE) {
            chance = k;
        } else if (s->cause == FPT_PLAN_CAUSE_RESULT) {
            double *rest = fpti_rows(w->step, chance);
            FPTI_LANES(i) rest[i] = out[i] - sum[i];
        } else {
            FPTI_LANES(i) sum[i] += out[i];
        }
    }
}

fpt_plan_overlap fpt_plan_overlap_of(const fpt_plan_work *w, size_t scheme,
                                     int lane)
{
    const fpti_compiled *c = &w->plan->c;
    fpt_plan_overlap out = {0};
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        if (removal->scheme != scheme) continue;
        out.claimed += fpti_rows(w->pre[0], removal->group)[lane] *
                       fpti_rows(w->effect, scheme)[lane];
        out.credited += fpti_rows(w->removed, r)[lane];
    }
    return out;
}
