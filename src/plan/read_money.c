/*
 * indices.csv, prices.csv, contracts.csv, capitation.csv, pools.csv: how money
 * moves between payers and those they pay.
 */
#include "read_i.h"

int fpti_index_cell(fpti_table *t, size_t column)
{
    const fpt_str name = fpti_text(t, column);
    if (name.len == 0) return FPTI_NONE;
    const fpt_plan *plan = t->reader->plan;
    for (size_t i = 0; i < plan->index.count; i++)
        if (fpt_str_equal(plan->index.at[i].name, name)) return (int)i;
    fpti_fault(t, column, "unknown-index", "\"%.*s\" is not in indices.csv",
               FPT_STR_ARG(name));
    return FPTI_NONE;
}

static fpti_index *index_of(fpti_reader *r, fpt_str name, int64_t line)
{
    for (size_t i = 0; i < r->plan->index.count; i++)
        if (fpt_str_equal(r->plan->index.at[i].name, name))
            return &r->plan->index.at[i];
    fpti_index *made = FPTI_ADD(r->arena, r->plan->index);
    if (!fpti_enough_memory(r, made)) return NULL;
    made->name = fpt_str_keep(r->arena, name);
    if (!fpti_enough_memory(r, made->name.data)) return NULL;
    made->line = line;
    return made;
}

static void read_indices(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"index", FPTI_NAME, true},
        {"year", FPTI_YEAR, false},
        {"growth_fraction", FPTI_VALUE, true}};
    fpti_table t;
    fpti_settings *set = &r->plan->set;
    if (fpti_table_open(r, "indices.csv", columns, FPTI_COUNT_OF(columns), &t))
        while (fpti_table_next(&t)) {
            fpti_index *index = index_of(r, fpti_text(&t, 0), t.line);
            if (index == NULL) return;
            const int year = fpti_year(&t, 1, FPTI_NONE);
            const fpti_row growth = fpti_value(&t, 2, 0.0);
            for (int y = 1; y <= set->years; y++) {
                if (year != FPTI_NONE && y != year) continue;
                if (index->given[y])
                    fpti_fault(&t, 1, "twice",
                               "the growth of this index is there twice");
                index->given[y] = true;
                index->growth[y] = growth;
            }
        }
    if (set->pay_given && !r->no_memory) {
        fpti_index *index = index_of(r, set->pay_index_name, 0);
        if (index == NULL) return;
        index->pay = true;
        set->pay_index = (int)(index - r->plan->index.at);
    }
    for (size_t i = 0; i < r->plan->index.count; i++) {
        const fpti_index *index = &r->plan->index.at[i];
        for (int y = 1; y <= set->years && !index->pay; y++) {
            if (index->given[y]) continue;
            char text[16];
            fpti_find(r, FPT_FAULT, "index-missing", FPT_STR("indices.csv"),
                      index->line, 0, "\"%.*s\" has no growth for %.*s",
                      FPT_STR_ARG(index->name),
                      FPT_STR_ARG(fpt_plan_year(r->plan, y, text)));
            break;
        }
    }
}

static void read_prices(fpti_reader *r)
{
    static const fpti_column columns[] = {{"pod", FPTI_NAME, true},
                                          {"service", FPTI_TEXT, false},
                                          {"year", FPTI_YEAR, false},
                                          {"pounds", FPTI_VALUE, true}};
    fpti_table t;
    if (!fpti_table_open(r, "prices.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const fpti_price p = {.pod = fpti_known_cell(&t, 0, FPTI_POD),
                              .service = fpti_known_cell(&t, 1, FPTI_SERVICE),
                              .year = fpti_year(&t, 2, FPTI_NONE),
                              .pounds = fpti_value(&t, 3, 0.0),
                              .line = t.line};
        for (size_t i = 0; i < r->plan->price.count; i++) {
            const fpti_price *o = &r->plan->price.at[i];
            if (o->pod == p.pod && o->service == p.service && o->year == p.year)
                fpti_fault(&t, 0, "twice", "this price is there twice");
        }
        fpti_price *made = FPTI_ADD(r->arena, r->plan->price);
        if (!fpti_enough_memory(r, made)) return;
        *made = p;
    }
}

void fpti_read_prices(fpti_reader *r)
{
    read_indices(r);
    read_prices(r);
}

/* ---- contracts ---- */

enum {
    K_NAME,
    K_FUNDER,
    K_PROVIDER,
    K_TYPE,
    K_TARGET,
    K_FROM,
    K_TO,
    K_POUNDS,
    K_INDEX,
    K_SHARE,
    K_PLANNED,
    K_PEOPLE,
    K_BUDGET,
    K_RECOVERED,
    K_SUBSTITUTES
};

static const char *const contract_types[FPTI_CONTRACT_TYPES] = {
    "tariff",     "marginal", "block",   "blended",
    "capitation", "outcome",  "personal"};

static void read_planned(fpti_table *t, fpti_contract *c)
{
    const fpt_str text = fpti_text(t, K_PLANNED);
    c->planned_pounds = FPTI_NO_ROW;
    if (text.len == 0 || fpt_str_equal(text, FPT_STR("baseline"))) {
        c->planned = FPTI_FROM_BASELINE;
    } else if (fpt_str_equal(text, FPT_STR("plan"))) {
        c->planned = FPTI_FROM_PLAN;
    } else {
        c->planned = FPTI_FROM_POUNDS;
        c->planned_pounds = fpti_value(t, K_PLANNED, 0.0);
    }
}

static void check_contract(fpti_table *t, const fpti_contract *c)
{
    const bool fixed = c->type == FPTI_BLOCK || c->type == FPTI_CAPITATION ||
                       c->type == FPTI_OUTCOME;
    if (fixed && c->provider == FPTI_NONE)
        fpti_fault(t, K_PROVIDER, "missing-value",
                   "a %s contract needs its provider", contract_types[c->type]);
    if (fixed && fpti_is_empty(t, K_POUNDS))
        fpti_fault(t, K_POUNDS, "missing-value", "a %s contract needs pounds",
                   contract_types[c->type]);
    const bool shared = c->type == FPTI_MARGINAL || c->type == FPTI_BLENDED ||
                        c->type == FPTI_OUTCOME;
    if (shared && fpti_is_empty(t, K_SHARE))
        fpti_fault(t, K_SHARE, "missing-value",
                   "a %s contract needs the share that is paid",
                   contract_types[c->type]);
    if (c->type == FPTI_PERSONAL && c->substitutes.len == 0)
        fpti_warn(t, K_SUBSTITUTES, "no-substitutes",
                  "a personal budget replaces a service: say which, or it is "
                  "counted beside it");
    if (c->funder != FPTI_NONE && c->funder == c->provider)
        fpti_fault(t, K_PROVIDER, "pays-itself",
                   "the funder and the provider are the same");
}

static void as_one_form(fpti_reader *r, fpti_contract *c)
{
    const bool follows = c->type == FPTI_TARIFF || c->type == FPTI_MARGINAL ||
                         c->type == FPTI_BLENDED;
    if (!follows || r->contracts == FPT_PLAN_CONTRACTS_AS_WRITTEN) return;
    c->type = FPTI_TARIFF;
    if (r->contracts == FPT_PLAN_CONTRACTS_BY_ACTIVITY) return;
    c->type = FPTI_BLENDED; /* with no share of what departs from the plan */
    c->share = fpti_constant(r, 0.0);
    c->planned = FPTI_FROM_PLAN;
}

static void read_contracts(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"contract", FPTI_NAME, true},
        {"funder", FPTI_NAME, true},
        {"provider", FPTI_TEXT, false},
        {"type", FPTI_NAME, true},
        {"target", FPTI_TEXT, false},
        {"from", FPTI_YEAR, false},
        {"to", FPTI_YEAR, false},
        {"pounds", FPTI_VALUE, false},
        {"index", FPTI_TEXT, false},
        {"share_fraction", FPTI_VALUE, false},
        {"planned", FPTI_TEXT, false},
        {"people", FPTI_NUMBER, false},
        {"budget_pounds", FPTI_NUMBER, false},
        {"recovered_fraction", FPTI_NUMBER, false},
        {"substitutes", FPTI_TEXT, false}};
    fpti_table t;
    if (!fpti_table_open(r, "contracts.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_contract c = {
            .name = fpti_keep(&t, K_NAME),
            .funder = fpti_org_cell(&t, K_FUNDER, true),
            .provider = fpti_org_cell(&t, K_PROVIDER, false),
            .type = (fpti_contract_type)fpti_choice(&t, K_TYPE, contract_types,
                                                    FPTI_CONTRACT_TYPES, -1),
            .from_year = fpti_year(&t, K_FROM, 0),
            .to_year = fpti_year(&t, K_TO, r->plan->set.years),
            .pounds = fpti_value(&t, K_POUNDS, 0.0),
            .share = fpti_value(&t, K_SHARE, 1.0),
            .index = fpti_index_cell(&t, K_INDEX),
            .people = fpti_number(&t, K_PEOPLE, 0.0),
            .budget = fpti_number(&t, K_BUDGET, 0.0),
            .recovered = fpti_fraction(&t, K_RECOVERED, 1.0),
            .substitutes = fpti_keep(&t, K_SUBSTITUTES),
            .line = t.line};
        fpti_target_read(&t, K_TARGET, &c.target);
        fpti_check_share(&t, K_SHARE, c.share);
        read_planned(&t, &c);
        check_contract(&t, &c);
        as_one_form(r, &c);
        for (size_t i = 0; i < r->plan->contract.count; i++)
            if (fpt_str_equal(r->plan->contract.at[i].name, c.name))
                fpti_fault(&t, K_NAME, "twice", "\"%.*s\" is there twice",
                           FPT_STR_ARG(c.name));
        fpti_contract *made = FPTI_ADD(r->arena, r->plan->contract);
        if (!fpti_enough_memory(r, made)) return;
        *made = c;
    }
}

static void read_capitation(fpti_reader *r)
{
    static const fpti_column columns[] = {{"contract", FPTI_NAME, true},
                                          {"place", FPTI_TEXT, false},
                                          {"age", FPTI_TEXT, false},
                                          {"sex", FPTI_TEXT, false},
                                          {"weight", FPTI_NUMBER, true}};
    fpti_table t;
    if (!fpti_table_open(r, "capitation.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        size_t contract = SIZE_MAX;
        for (size_t i = 0; i < r->plan->contract.count; i++)
            if (fpt_str_equal(r->plan->contract.at[i].name, fpti_text(&t, 0)))
                contract = i;
        if (contract == SIZE_MAX) {
            fpti_fault(&t, 0, "unknown-contract", "\"%.*s\" is no contract",
                       FPT_STR_ARG(fpti_text(&t, 0)));
            continue;
        }
        const fpti_capitation c = {.contract = contract,
                                   .place = fpti_known_cell(&t, 1, FPTI_PLACE),
                                   .age = fpti_known_cell(&t, 2, FPTI_AGE),
                                   .sex = fpti_known_cell(&t, 3, FPTI_SEX),
                                   .weight = fpti_number(&t, 4, 0.0),
                                   .line = t.line};
        fpti_capitation *made = FPTI_ADD(r->arena, r->plan->capitation);
        if (!fpti_enough_memory(r, made)) return;
        *made = c;
    }
}

/* A pooled budget: contributions in, spending out, the rest by share. */
static void read_pools(fpti_reader *r)
{
    static const fpti_column columns[] = {{"pool", FPTI_NAME, true},
                                          {"org", FPTI_NAME, true},
                                          {"role", FPTI_NAME, true},
                                          {"pounds", FPTI_VALUE, true},
                                          {"share_fraction", FPTI_TEXT, false}};
    static const char *const roles[] = {"provider", "contributor"};
    fpti_table t;
    if (!fpti_table_open(r, "pools.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_pool_party p = {.pool = fpti_keep(&t, 0),
                             .org = fpti_org_cell(&t, 1, true),
                             .contributes =
                                 fpti_choice(&t, 2, roles, 2, -1) == 1,
                             .pounds = fpti_value(&t, 3, 0.0),
                             .line = t.line};
        const fpt_str share = fpti_text(&t, 4);
        if (p.contributes && (!fpt_parse_decimal(share, 6, &p.share_ppm) ||
                              p.share_ppm < 0 || p.share_ppm > FPT_PPM))
            fpti_fault(&t, 4, "not-a-fraction",
                       "a contributor needs its share of what is over or "
                       "short, between 0 and 1");
        fpti_pool_party *made = FPTI_ADD(r->arena, r->plan->pool_party);
        if (!fpti_enough_memory(r, made)) return;
        *made = p;
    }
    for (size_t i = 0; i < r->plan->pool_party.count; i++) {
        const fpti_pool_party *p = &r->plan->pool_party.at[i];
        int64_t sum = 0;
        bool first = true;
        for (size_t k = 0; k < r->plan->pool_party.count; k++) {
            const fpti_pool_party *o = &r->plan->pool_party.at[k];
            if (!fpt_str_equal(o->pool, p->pool)) continue;
            first = first && k >= i;
            sum += o->contributes ? o->share_ppm : 0;
        }
        if (first && sum != FPT_PPM)
            fpti_find(r, FPT_FAULT, "shares-sum", FPT_STR("pools.csv"), p->line,
                      5, "the shares of the pool \"%.*s\" sum to %.6f, not 1",
                      FPT_STR_ARG(p->pool), (double)sum * 1e-6);
    }
}

void fpti_read_contracts(fpti_reader *r)
{
    read_contracts(r);
    read_capitation(r);
    read_pools(r);
}
