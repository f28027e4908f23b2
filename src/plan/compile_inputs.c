/*
 * Everything that is drawn, with a name and a stream of its own. A stream comes
 * from the name, not from the position, so that adding a scheme or an
 * assumption leaves every other draw as it was.
 */
#include "compile_i.h"

static size_t add_input(fpti_reader *r, fpti_input_kind kind, fpt_str name,
                        size_t index, int year)
{
    fpti_compiled *c = &r->plan->c;
    /* Room was made for all of them. */
    fpti_input *made = &c->input[c->input_count++];
    *made = (fpti_input){
        .kind = kind,
        .name = name,
        .stream = fpt_stream(
            kind == FPTI_INPUT_ASSUMPTION ? "assumption" : "chance", name),
        .index = index,
        .year = year};
    if (name.data == NULL) r->no_memory = true;
    return c->input_count - 1;
}

static double constant_of(const fpt_plan *plan, fpti_row row)
{
    return row != FPTI_NO_ROW && row >= plan->assumption.count
               ? plan->constant.at[row - plan->assumption.count]
               : (double)NAN;
}

static void add_shocks(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    for (size_t g = 0; g < plan->growth.count; g++) {
        fpti_growth *growth = &plan->growth.at[g];
        growth->input = SIZE_MAX;
        if (constant_of(plan, growth->sigma) == 0.0) continue;
        for (int year = 0; year <= plan->set.years; year++) {
            char text[16];
            const fpt_str service =
                growth->service == UINT32_MAX
                    ? FPT_STR("all")
                    : plan->field[FPTI_SERVICE].text[growth->service];
            const size_t at = add_input(
                r, FPTI_INPUT_SHOCK,
                fpt_str_print(
                    r->arena, "growth of %.*s, %.*s, %.*s",
                    FPT_STR_ARG(plan->field[FPTI_POD].text[growth->pod]),
                    FPT_STR_ARG(service),
                    FPT_STR_ARG(fpt_plan_year(plan, year, text))),
                g, year);
            if (year == 0) growth->input = at;
        }
    }
}

static void add_breaks(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    plan->c.first_break = SIZE_MAX;
    if (!plan->set.pay_given || constant_of(plan, plan->set.pay_break) == 0.0)
        return;
    for (int year = 1; year <= plan->set.years; year++) {
        char text[16];
        const size_t at = add_input(
            r, FPTI_INPUT_BREAK,
            fpt_str_print(r->arena, "pay cap breaks, %.*s",
                          FPT_STR_ARG(fpt_plan_year(plan, year, text))),
            0, year);
        if (year == 1) plan->c.first_break = at;
    }
}

static void add_funding(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    plan->c.funding = FPT_NEW(r->arena, size_t, plan->project.count + 1);
    if (!fpti_enough_memory(r, plan->c.funding)) return;
    for (size_t p = 0; p < plan->project.count; p++) {
        plan->c.funding[p] = SIZE_MAX;
        if (constant_of(plan, plan->project.at[p].probability) == 1.0) continue;
        plan->c.funding[p] =
            add_input(r, FPTI_INPUT_FUNDING,
                      fpt_str_print(r->arena, "money for %.*s",
                                    FPT_STR_ARG(plan->project.at[p].name)),
                      p, 0);
    }
}

/* The row of access.csv that speaks of this quarter most exactly. */
static const fpti_access *access_row(const fpt_plan *plan, int org, int year,
                                     int measure, int quarter)
{
    const fpti_access *best = NULL;
    int most = -1;
    for (size_t i = 0; i < plan->access.count; i++) {
        const fpti_access *a = &plan->access.at[i];
        if (a->measure != measure || (a->org >= 0 && a->org != org) ||
            (a->year >= 0 && a->year != year) ||
            (a->quarter >= 0 && a->quarter != quarter))
            continue;
        const int exact =
            4 * (a->org >= 0) + 2 * (a->year >= 0) + (a->quarter >= 0);
        if (exact <= most) continue;
        most = exact;
        best = a;
    }
    return best;
}

static void add_access(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    const size_t measures = plan->set.fund.measure_count;
    c->access = FPT_NEW(r->arena, fpti_chance,
                        plan->fund.count * measures * FPT_QUARTERS + 1);
    if (!fpti_enough_memory(r, c->access)) return;
    c->first_access = c->input_count;
    for (size_t f = 0; f < plan->fund.count; f++)
        for (size_t m = 0; m < measures; m++)
            for (int q = 0; q < FPT_QUARTERS; q++) {
                const fpti_fund_row *row = &plan->fund.at[f];
                const fpti_access *a =
                    access_row(plan, row->org, row->year, (int)m, q);
                if (a == NULL) {
                    fpti_find(r, FPT_FAULT, "access-missing",
                              FPT_STR("access.csv"), row->line, 0,
                              "sustainability money of %.*s depends on "
                              "\"%.*s\", but nobody says how likely it is met",
                              FPT_STR_ARG(plan->org.at[row->org].code),
                              FPT_STR_ARG(plan->set.measure[m]));
                    return;
                }
                char text[16];
                add_input(r, FPTI_INPUT_ACCESS,
                          fpt_str_print(
                              r->arena, "%.*s met by %.*s, %.*s Q%d",
                              FPT_STR_ARG(plan->set.measure[m]),
                              FPT_STR_ARG(plan->org.at[row->org].code),
                              FPT_STR_ARG(fpt_plan_year(plan, row->year, text)),
                              q + 1),
                          c->access_count, row->year);
                c->access[c->access_count++] =
                    (fpti_chance){row->org, row->year, (int)m, q, a->met};
            }
}

void fpti_compile_inputs(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    const size_t years = (size_t)plan->set.years + 1;
    const size_t most =
        plan->assumption.count + 3 + plan->growth.count * years + years +
        plan->project.count +
        plan->fund.count * plan->set.fund.measure_count * FPT_QUARTERS;
    c->input = FPT_NEW(r->arena, fpti_input, most);
    if (!fpti_enough_memory(r, c->input)) return;
    for (size_t i = 0; i < plan->assumption.count; i++)
        add_input(r, FPTI_INPUT_ASSUMPTION, plan->assumption.at[i].name, i, 0);
    c->optimism = c->variant = c->copula = SIZE_MAX;
    bool loaded = false;
    for (size_t k = 0; k < plan->scheme.count; k++)
        loaded = loaded || plan->scheme.at[k].optimism != 0.0;
    if (loaded)
        c->optimism =
            add_input(r, FPTI_INPUT_OPTIMISM, FPT_STR("common optimism"), 0, 0);
    if (plan->variant.count > 1)
        c->variant = add_input(r, FPTI_INPUT_VARIANT,
                               FPT_STR("population projection"), 0, 0);
    if (plan->set.copula_df > 0.0 && c->block_count > 0)
        c->copula = add_input(r, FPTI_INPUT_COPULA,
                              FPT_STR("scale of dependence"), 0, 0);
    add_shocks(r);
    add_breaks(r);
    add_funding(r);
    if (!r->no_memory) add_access(r);
    c->value_count = plan->assumption.count + plan->constant.count;
}

/* ---- declared overlaps as groups ---- */

static size_t root_of(size_t *parent, size_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

void fpti_compile_rules(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    const size_t n = plan->scheme.count;
    size_t *parent = FPT_NEW(r->arena, size_t, n + 1);
    size_t *number = FPT_NEW(r->arena, size_t, n + 1);
    c->rule_of = FPT_NEW(r->arena, size_t, n + 1);
    c->rule = FPT_NEW(r->arena, fpti_rule_group, plan->overlap.count + 1);
    c->closes = FPT_NEW(r->arena, bool, plan->org.count + 1);
    if (!fpti_enough_memory(r, parent) || !fpti_enough_memory(r, number) ||
        !fpti_enough_memory(r, c->rule_of) || !fpti_enough_memory(r, c->rule) ||
        !fpti_enough_memory(r, c->closes))
        return;
    for (size_t i = 0; i < n; i++)
        parent[i] = i;
    for (size_t i = 0; i < plan->overlap.count; i++)
        parent[root_of(parent, plan->overlap.at[i].a)] =
            root_of(parent, plan->overlap.at[i].b);
    for (size_t i = 0; i < plan->overlap.count; i++) {
        const fpti_overlap *o = &plan->overlap.at[i];
        const size_t root = root_of(parent, o->a);
        if (number[root] == 0) {
            c->rule[c->rule_count++] =
                (fpti_rule_group){.rule = o->rule, .weight = o->weight};
            number[root] = c->rule_count;
        }
        c->rule_of[o->a] = c->rule_of[o->b] = number[root];
    }
    for (size_t i = 0; i < plan->staff.count; i++)
        if (!isnan(plan->staff.at[i].tolerance) && plan->staff.at[i].org >= 0)
            c->closes[plan->staff.at[i].org] = true;
}
