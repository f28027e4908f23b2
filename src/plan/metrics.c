/*
 * What is computed has a number: metrics by kind, item and year; and the
 * questions that may be asked of a plan.
 */
#include "compile_i.h"
#include "run_i.h"

static const struct {
    const char *word;
    fpt_plan_unit unit;
    fpt_plan_subject subject;
} kinds[FPT_PLAN_METRIC_KINDS] = {
#define KIND(name, word, unit, subject)                                        \
    {word, FPT_PLAN_##unit, FPT_PLAN_##subject},
    FPT_PLAN_METRIC_LIST(KIND)
#undef KIND
};

size_t fpt_plan_items(const fpt_plan *plan, fpt_plan_subject subject)
{
    switch (subject) {
    case FPT_PLAN_ORG:
        return plan->c.inside_count + 1;
    case FPT_PLAN_SYSTEM:
        return 1;
    case FPT_PLAN_PROJECT:
        return plan->project.count;
    case FPT_PLAN_LINE:
        return plan->c.line.count;
    case FPT_PLAN_POOL:
        return plan->beds.count;
    case FPT_PLAN_CLOSURE:
        return plan->bed_change.count;
    case FPT_PLAN_STAFF:
        return plan->staff.count;
    case FPT_PLAN_PAYMENT:
        return plan->c.payment.count;
    case FPT_PLAN_SCHEME:
        return plan->scheme.count;
    case FPT_PLAN_SUBJECTS:
        break;
    }
    return 0;
}

/* Names of two parts, made once and kept with the plan. */
static fpt_str joined(const fpt_plan *plan, fpt_str a, fpt_str b)
{
    return fpt_str_print(plan->arena, "%.*s/%.*s", FPT_STR_ARG(a),
                         FPT_STR_ARG(b));
}

static fpt_str make_name(const fpt_plan *plan, fpt_plan_subject subject,
                         size_t item)
{
    const fpti_compiled *c = &plan->c;
    switch (subject) {
    case FPT_PLAN_ORG:
        return item < c->inside_count ? plan->org.at[c->inside[item]].code
                                      : FPT_STR("system");
    case FPT_PLAN_SYSTEM:
        return FPT_STR("system");
    case FPT_PLAN_PROJECT:
        return plan->project.at[item].name;
    case FPT_PLAN_LINE:
        return c->line.at[item].name;
    case FPT_PLAN_POOL:
        return joined(plan,
                      plan->field[FPTI_SITE].text[plan->beds.at[item].site],
                      plan->pool.text[plan->beds.at[item].pool]);
    case FPT_PLAN_CLOSURE:
        return plan->bed_change.at[item].name;
    case FPT_PLAN_STAFF:
        return joined(plan, plan->org.at[plan->staff.at[item].org].code,
                      plan->group.text[plan->staff.at[item].group]);
    case FPT_PLAN_PAYMENT:
        return joined(plan,
                      plan->contract.at[c->payment.at[item].contract].name,
                      plan->org.at[c->payment.at[item].provider].code);
    case FPT_PLAN_SCHEME:
        return plan->scheme.at[item].name;
    case FPT_PLAN_SUBJECTS:
        break;
    }
    return FPT_STR("");
}

fpt_str fpt_plan_item_name(const fpt_plan *plan, fpt_plan_subject subject,
                           size_t item)
{
    return plan->c.item_name[subject][item];
}

/* The control total before sustainability money, with agreed moves; NaN where
 * none is given. */
static double control_of(const fpt_plan *plan, size_t o, int year)
{
    double pence = 0.0;
    bool given = false;
    for (size_t k = 0; k < plan->total.count; k++) {
        const fpti_total *t = &plan->total.at[k];
        if (t->org != (int)o || t->year != year) continue;
        given = true;
        pence += (double)t->pence;
        for (size_t f = 0; f < plan->fund.count && t->with_money; f++)
            if (plan->fund.at[f].org == (int)o && plan->fund.at[f].year == year)
                pence -= (double)plan->fund.at[f].pence;
    }
    for (size_t k = 0; k < plan->move.count; k++)
        if (plan->move.at[k].org == (int)o && plan->move.at[k].year == year)
            pence += (double)plan->move.at[k].pence;
    return given ? pence : (double)NAN;
}

static bool has_fund(const fpt_plan *plan, int org, int year)
{
    for (size_t f = 0; f < plan->fund.count; f++)
        if (plan->fund.at[f].org == org && plan->fund.at[f].year == year)
            return true;
    return false;
}

static bool has_reform(const fpt_plan *plan, int org)
{
    for (size_t k = 0; k < plan->cost.count; k++)
        if (plan->cost.at[k].org == org &&
            plan->cost.at[k].category == FPTI_COST_REFORM)
            return true;
    return false;
}

/* Can an organisation have anything of this kind but 0? */
static bool can_move(const fpt_plan *plan, int kind, int org, int year)
{
    switch (kind) {
    case FPT_PLAN_METRIC_EARNED:
    case FPT_PLAN_METRIC_LOST:
        return has_fund(plan, org, year);
    case FPT_PLAN_METRIC_SHARED:
        return plan->agreement.count > 0;
    case FPT_PLAN_METRIC_MARGIN:
        return !isnan(plan->c.control[org * FPTI_YEARS + year]);
    case FPT_PLAN_METRIC_REFORM:
        return has_reform(plan, org);
    case FPT_PLAN_METRIC_CAPITAL_CHARGE:
        return plan->project.count > 0;
    case FPT_PLAN_METRIC_STAFF_COST:
        return plan->staff.count > 0;
    default:
        return true;
    }
}

static void find_zeros(fpt_plan *plan)
{
    fpti_compiled *c = &plan->c;
    const size_t years = (size_t)plan->set.years + 1;
    for (int k = 0; k < FPT_PLAN_METRIC_KINDS; k++) {
        if (kinds[k].subject != FPT_PLAN_ORG) continue;
        for (size_t year = 0; year < years; year++) {
            bool *all = &c->is_zero[c->metric_first[k] +
                                    c->inside_count * years + year];
            *all = c->inside_count > 0;
            for (size_t item = 0; item < c->inside_count; item++) {
                const bool moves =
                    can_move(plan, k, c->inside[item], (int)year);
                c->is_zero[c->metric_first[k] + item * years + year] = !moves;
                *all = *all && !moves;
            }
        }
    }
}

bool fpt_plan_metric_is_zero(const fpt_plan *plan, size_t index)
{
    return plan->c.is_zero[index];
}

/* A result is the position where nothing is earned and nothing shared. */
size_t fpt_plan_metric_twin(const fpt_plan *plan, size_t index)
{
    const size_t *first = plan->c.metric_first;
    if (index < first[FPT_PLAN_METRIC_RESULT] ||
        index >= first[FPT_PLAN_METRIC_RESULT + 1])
        return index;
    const size_t within = index - first[FPT_PLAN_METRIC_RESULT];
    if (!plan->c.is_zero[first[FPT_PLAN_METRIC_EARNED] + within] ||
        !plan->c.is_zero[first[FPT_PLAN_METRIC_SHARED] + within])
        return index;
    return first[FPT_PLAN_METRIC_POSITION] + within;
}

void fpti_compile_metrics(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    c->org_item = FPT_NEW(r->arena, int, plan->org.count + 1);
    c->inside = FPT_NEW(r->arena, int, plan->org.count + 1);
    if (!fpti_enough_memory(r, c->org_item) ||
        !fpti_enough_memory(r, c->inside))
        return;
    for (size_t o = 0; o < plan->org.count; o++) {
        c->org_item[o] = FPTI_NONE;
        if (!plan->org.at[o].inside) continue;
        c->org_item[o] = (int)c->inside_count;
        c->inside[c->inside_count++] = (int)o;
    }
    const size_t years = (size_t)plan->set.years + 1;
    size_t at = 0;
    for (int k = 0; k < FPT_PLAN_METRIC_KINDS; k++) {
        c->metric_first[k] = at;
        at += fpt_plan_items(plan, kinds[k].subject) * years;
    }
    c->metric_first[FPT_PLAN_METRIC_KINDS] = at;
    c->is_zero = FPT_NEW(r->arena, bool, at + 1);
    c->control = FPT_NEW(r->arena, double, plan->org.count *FPTI_YEARS + 1);
    if (!fpti_enough_memory(r, c->is_zero) ||
        !fpti_enough_memory(r, c->control))
        return;
    for (size_t o = 0; o < plan->org.count; o++)
        for (int year = 0; year < FPTI_YEARS; year++)
            c->control[o * FPTI_YEARS + (size_t)year] =
                control_of(plan, o, year);
    find_zeros(plan);
    for (int s = 0; s < FPT_PLAN_SUBJECTS; s++) {
        const size_t items = fpt_plan_items(plan, (fpt_plan_subject)s);
        c->item_name[s] = FPT_NEW(r->arena, fpt_str, items + 1);
        if (!fpti_enough_memory(r, c->item_name[s])) return;
        for (size_t i = 0; i < items; i++) {
            c->item_name[s][i] = make_name(plan, (fpt_plan_subject)s, i);
            if (!fpti_enough_memory(r, c->item_name[s][i].data)) return;
        }
    }
}

fpt_plan_metric fpt_plan_metric_at(const fpt_plan *plan, size_t index)
{
    int k = 0;
    while (index >= plan->c.metric_first[k + 1])
        k++;
    const size_t years = (size_t)plan->set.years + 1;
    const size_t within = index - plan->c.metric_first[k];
    return (fpt_plan_metric){
        .kind = (fpt_plan_metric_kind)k,
        .word = kinds[k].word,
        .unit = kinds[k].unit,
        .subject = kinds[k].subject,
        .item = within / years,
        .name = plan->c.item_name[kinds[k].subject][within / years],
        .year = (int)(within % years)};
}

size_t fpt_plan_metric_find(const fpt_plan *plan, fpt_plan_metric_kind kind,
                            size_t item, int year)
{
    if (kind >= FPT_PLAN_METRIC_KINDS || year < 0 || year > plan->set.years ||
        item >= fpt_plan_items(plan, kinds[kind].subject))
        return SIZE_MAX;
    return plan->c.metric_first[kind] + item * ((size_t)plan->set.years + 1) +
           (size_t)year;
}

/* ---- facts ---- */

fpt_plan_facts fpt_plan_facts_of(const fpt_plan *plan)
{
    const fpti_settings *set = &plan->set;
    fpt_plan_facts facts = {.name = set->name,
                            .title = set->title,
                            .author = set->author,
                            .source = set->source,
                            .first_year = set->first_year,
                            .years = set->years,
                            .seed = set->seed,
                            .day_offset = set->day_offset,
                            .orgs = plan->org.count,
                            .assumptions = plan->assumption.count,
                            .schemes = plan->scheme.count,
                            .inputs = plan->c.input_count,
                            .metrics =
                                plan->c.metric_first[FPT_PLAN_METRIC_KINDS],
                            .contracts = plan->contract.count,
                            .rows = plan->cell.count,
                            .cells = plan->c.cell_count,
                            .lines = plan->c.line.count,
                            .service_alpha = set->service_alpha,
                            .programme_correlation = set->programme_correlation,
                            .has_activity = plan->cell.count > 0,
                            .has_totals = plan->total.count > 0,
                            .gaussian = plan->c.copula == SIZE_MAX};
    memcpy(facts.digest, plan->digest, sizeof facts.digest);
    return facts;
}

fpt_plan_org fpt_plan_org_at(const fpt_plan *plan, size_t index)
{
    static const char *const words[FPTI_KINDS] = {
        "acute",   "community",    "mental-health", "ambulance", "primary",
        "council", "commissioner", "external",      "national"};
    const fpti_org *o = &plan->org.at[index];
    return (fpt_plan_org){.code = o->code,
                          .name = o->name,
                          .kind = fpt_str_from(words[o->kind]),
                          .inside = o->inside};
}

size_t fpt_plan_assumption_find(const fpt_plan *plan, fpt_str name)
{
    for (size_t i = 0; i < plan->assumption.count; i++)
        if (fpt_str_equal(plan->assumption.at[i].name, name)) return i;
    return SIZE_MAX;
}

fpt_plan_assumption fpt_plan_assumption_at(const fpt_plan *plan, size_t index)
{
    const fpti_assumption *a = &plan->assumption.at[index];
    fpt_plan_assumption out = {.name = a->name,
                               .author = a->author,
                               .source = a->source,
                               .evidence = a->evidence,
                               .programme = a->programme,
                               .notes = a->notes,
                               .stated = a->stated,
                               .belief = a->belief,
                               .mean = a->mean,
                               .sd = a->sd,
                               .p10 = fpt_belief_quantile(&a->belief, 0.1),
                               .p90 = fpt_belief_quantile(&a->belief, 0.9),
                               .has_class = a->class_given,
                               .class_mean = a->class_mean,
                               .class_sd = a->class_sd,
                               .class_name = a->class_name,
                               .class_source = a->class_source,
                               .line = a->line};
    for (size_t i = 0; i < plan->history.count; i++)
        out.history_count += plan->history.at[i].assumption == index;
    return out;
}

fpt_plan_history fpt_plan_history_at(const fpt_plan *plan, size_t assumption,
                                     size_t index)
{
    for (size_t i = 0; i < plan->history.count; i++) {
        const fpti_history *h = &plan->history.at[i];
        if (h->assumption != assumption || index-- > 0) continue;
        return (fpt_plan_history){h->year, h->source, h->planned, h->found};
    }
    return (fpt_plan_history){FPT_STR(""), FPT_STR(""), (double)NAN,
                              (double)NAN};
}

fpt_plan_input fpt_plan_input_at(const fpt_plan *plan, size_t index)
{
    const fpti_input *input = &plan->c.input[index];
    return (fpt_plan_input){.kind = (fpt_plan_input_kind)input->kind,
                            .name = input->name,
                            .used = input->kind != FPTI_INPUT_ASSUMPTION ||
                                    plan->assumption.at[input->index].used};
}

size_t fpt_plan_actual_count(const fpt_plan *plan)
{
    return plan->actual.count;
}

fpt_plan_actual fpt_plan_actual_at(const fpt_plan *plan, size_t index)
{
    const fpti_actual *a = &plan->actual.at[index];
    return (fpt_plan_actual){a->series, a->index, a->known, a->value};
}

double fpt_plan_unit_parts(fpt_plan_unit unit)
{
    return unit == FPT_PLAN_PENCE        ? 100.0
           : unit == FPT_PLAN_THOUSANDTH ? 1000.0
                                         : 1000000.0;
}
