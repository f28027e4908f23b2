/*
 * Contracts as payments: one row for each contract and provider, and for each
 * year the prices at which lines of activity are valued. A price that is an
 * assumption is multiplied lane by lane; the others are weights.
 */
#include "compile_i.h"

/* The price of a kind of care in a year; exact service and year first. */
static fpti_row price_of(const fpt_plan *plan, const uint32_t *id, int year)
{
    fpti_row best = FPTI_NO_ROW;
    int most = -1;
    for (size_t i = 0; i < plan->price.count; i++) {
        const fpti_price *p = &plan->price.at[i];
        if (p->pod != id[FPTI_POD] ||
            (p->service != UINT32_MAX && p->service != id[FPTI_SERVICE]) ||
            (p->year != FPTI_NONE && p->year != year))
            continue;
        const int exact =
            2 * (p->service != UINT32_MAX) + (p->year != FPTI_NONE);
        if (exact <= most) continue;
        most = exact;
        best = p->pounds;
    }
    return best;
}

static bool by_activity(const fpti_contract *k)
{
    return k->type == FPTI_TARIFF || k->type == FPTI_MARGINAL ||
           k->type == FPTI_BLENDED;
}

static uint32_t priced_of(fpti_reader *r, uint32_t line, fpti_row price)
{
    fpti_compiled *c = &r->plan->c;
    for (size_t i = 0; i < c->priced.count; i++)
        if (c->priced.at[i].line == line && c->priced.at[i].price == price)
            return (uint32_t)i;
    fpti_priced *made = FPTI_ADD(r->arena, c->priced);
    if (!fpti_enough_memory(r, made)) return 0;
    *made = (fpti_priced){line, price};
    return (uint32_t)(c->priced.count - 1);
}

static bool covers(const fpt_plan *plan, const fpti_contract *k, int provider,
                   const fpti_output *line)
{
    fpti_key key;
    memcpy(key.id, line->id, sizeof key.id);
    return line->funder == k->funder && line->org == provider &&
           fpti_target_matches(plan, &k->target, &key);
}

static bool is_due(const fpti_contract *k, int year)
{
    return year >= k->from_year && year <= k->to_year;
}

static void missing_price(fpti_reader *r, const fpti_contract *k, uint32_t pod,
                          int year)
{
    const fpt_plan *plan = r->plan;
    int64_t line = 0; /* of the prices that there are */
    for (size_t i = 0; i < plan->price.count && line == 0; i++)
        if (plan->price.at[i].pod == pod) line = plan->price.at[i].line;
    char text[16];
    fpti_find(r, FPT_FAULT, "price-missing", FPT_STR("prices.csv"), line, 0,
              "the contract \"%.*s\" pays \"%.*s\" by activity, but there is "
              "no price for %.*s",
              FPT_STR_ARG(k->name), FPT_STR_ARG(plan->pod.at[pod].code),
              FPT_STR_ARG(fpt_plan_year(plan, year, text)));
}

/* Prices of what the baseline holds, told with all other faults; those of what
 * schemes bring are looked up again when contracts are compiled. */
void fpti_check_prices(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->contract.count; i++) {
        const fpti_contract *k = &plan->contract.at[i];
        bool told = !by_activity(k);
        for (size_t n = 0; n < plan->cell.count && !told; n++) {
            const fpti_key *key = &plan->cell.at[n].key;
            const int org = fpti_org_find(
                plan, plan->field[FPTI_ORG].text[key->id[FPTI_ORG]]);
            const int funder = fpti_org_find(
                plan, plan->field[FPTI_FUNDER].text[key->id[FPTI_FUNDER]]);
            if (org == FPTI_NONE || org == k->funder || funder != k->funder ||
                (k->provider != FPTI_NONE && k->provider != org) ||
                !fpti_target_matches(plan, &k->target, key))
                continue;
            for (int year = 0; year <= plan->set.years && !told; year++) {
                if (!is_due(k, year) ||
                    price_of(plan, key->id, year) != FPTI_NO_ROW)
                    continue;
                told = true;
                missing_price(r, k, key->id[FPTI_POD], year);
            }
        }
    }
}

static void price_line(fpti_reader *r, const fpti_contract *k, size_t payment,
                       uint32_t at, fpti_elements *values, bool *told)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    const fpti_output *line = &c->line.at[at];
    const double mff = plan->org.at[line->org].mff;
    for (int year = 0; year <= plan->set.years; year++) {
        const fpti_row price = price_of(plan, line->id, year);
        if (price == FPTI_NO_ROW) {
            if (!is_due(k, year) || *told) continue;
            *told = true;
            missing_price(r, k, line->id[FPTI_POD], year);
        } else if (price < plan->assumption.count) {
            fpti_element_add(r, &values[year], payment,
                             c->line.count + priced_of(r, at, price),
                             100.0 * mff);
        } else {
            const double pounds =
                plan->constant.at[price - plan->assumption.count];
            fpti_element_add(r, &values[year], payment, at,
                             100.0 * pounds * mff);
        }
    }
}

/* Providers of a contract: the one it names, or each that does the activity. */
static void add_payments(fpti_reader *r, size_t contract, fpti_elements *values)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    const fpti_contract *k = &plan->contract.at[contract];
    bool told = false;
    for (size_t o = 0; o < plan->org.count; o++) {
        if (k->provider != FPTI_NONE && k->provider != (int)o) continue;
        bool some = k->provider != FPTI_NONE;
        for (size_t l = 0; l < c->line.count && !some; l++)
            some = covers(plan, k, (int)o, &c->line.at[l]);
        if (!some || (int)o == k->funder) continue;
        fpti_payment *made = FPTI_ADD(r->arena, c->payment);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpti_payment){
            .contract = contract, .funder = k->funder, .provider = (int)o};
        const size_t payment = c->payment.count - 1;
        for (uint32_t l = 0; l < c->line.count && by_activity(k); l++) {
            if (!covers(plan, k, (int)o, &c->line.at[l])) continue;
            c->payment.at[payment].has_lines = true;
            price_line(r, k, payment, l, values, &told);
        }
    }
}

/* Which savings are an organisation's in a year, in the order of their table;
 * a run looks at no others. */
static void group_savings(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    fpti_compiled *c = &r->plan->c;
    const size_t slots = plan->org.count * FPTI_YEARS;
    c->first_saving = FPT_NEW(r->arena, size_t, slots + 1);
    c->saving = FPT_NEW(r->arena, size_t, plan->saving.count + 1);
    c->saves = FPT_NEW(r->arena, bool, plan->org.count + 1);
    if (!fpti_enough_memory(r, c->first_saving) ||
        !fpti_enough_memory(r, c->saving) || !fpti_enough_memory(r, c->saves))
        return;
    size_t at = 0;
    for (size_t slot = 0; slot < slots; slot++) {
        c->first_saving[slot] = at;
        for (size_t k = 0; k < plan->saving.count; k++) {
            const fpti_saving *s = &plan->saving.at[k];
            if ((size_t)s->org * FPTI_YEARS + (size_t)s->year == slot)
                c->saving[at++] = k;
        }
        if (at > c->first_saving[slot]) c->saves[slot / FPTI_YEARS] = true;
    }
    c->first_saving[slots] = at;
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        if (s->type == FPTI_COST && s->org != FPTI_NONE && !s->null)
            c->saves[s->org] = true;
    }
}

void fpti_compile_money(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    fpti_compiled *c = &plan->c;
    fpti_elements values[FPTI_YEARS] = {0};
    for (size_t i = 0; i < plan->contract.count && !r->no_memory; i++) {
        const fpti_contract *k = &plan->contract.at[i];
        add_payments(r, i, values);
        bool paid = false;
        for (size_t p = 0; p < c->payment.count; p++)
            paid = paid || (c->payment.at[p].contract == i &&
                            (!by_activity(k) || c->payment.at[p].has_lines));
        if (!paid)
            fpti_find(r, FPT_FAULT, "aims-at-nothing", FPT_STR("contracts.csv"),
                      k->line, 0,
                      "the contract \"%.*s\" pays for no activity: no row of "
                      "baseline.csv has its funder, provider and target",
                      FPT_STR_ARG(k->name));
    }
    for (int year = 0; year <= plan->set.years; year++)
        fpti_matrix_make(r, &values[year], c->payment.count, &c->value[year]);
    c->priced_line = FPT_NEW(r->arena, uint32_t, c->priced.count + 1);
    c->priced_row = FPT_NEW(r->arena, uint32_t, c->priced.count + 1);
    if (!fpti_enough_memory(r, c->priced_line) ||
        !fpti_enough_memory(r, c->priced_row))
        return;
    group_savings(r);
    for (size_t i = 0; i < c->priced.count; i++) {
        c->priced_line[i] = c->priced.at[i].line;
        c->priced_row[i] = c->priced.at[i].price;
    }
}
