/*
 * control_totals.csv, control_moves.csv, sustainability.csv, access.csv,
 * agreements.csv, layers.csv, caps.csv, actuals.csv: what must be met, what is
 * paid for it, who shares what is over or short, and what came of it before.
 */
#include "read_i.h"

static void read_control_totals(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},
        {"year", FPTI_YEAR, true},
        {"pounds", FPTI_POUNDS, true},
        {"with_sustainability", FPTI_YES_NO, false}};
    fpti_table t;
    if (!fpti_table_open(r, "control_totals.csv", columns,
                         FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const bool system = fpt_str_equal(fpti_text(&t, 0), FPT_STR("system"));
        const fpti_total total = {.org = system ? FPTI_NONE
                                                : fpti_org_cell(&t, 0, true),
                                  .year = fpti_year(&t, 1, 0),
                                  .pence = fpti_pence(&t, 2, 0),
                                  .with_money = fpti_yes_no(&t, 3, false),
                                  .line = t.line};
        if (total.org != FPTI_NONE && !r->plan->org.at[total.org].inside)
            fpti_fault(&t, 0, "outside-the-system",
                       "an organisation outside the system has no control "
                       "total here");
        for (size_t i = 0; i < r->plan->total.count && !system; i++)
            if (r->plan->total.at[i].org == total.org &&
                r->plan->total.at[i].year == total.year)
                fpti_fault(&t, 0, "twice", "this control total is there twice");
        fpti_total *made = system ? FPTI_ADD(r->arena, r->plan->system_total)
                                  : FPTI_ADD(r->arena, r->plan->total);
        if (!fpti_enough_memory(r, made)) return;
        *made = total;
    }
    /* The system's total is the sum of its parts, or the plan is at fault. */
    for (size_t i = 0; i < r->plan->system_total.count; i++) {
        const fpti_total *s = &r->plan->system_total.at[i];
        int64_t sum = 0;
        for (size_t k = 0; k < r->plan->total.count; k++)
            if (r->plan->total.at[k].year == s->year)
                sum += r->plan->total.at[k].pence;
        if (sum == s->pence) continue;
        char stated[32], found[32];
        fpt_money_print((fpt_money){s->pence}, stated);
        fpt_money_print((fpt_money){sum}, found);
        fpti_find(r, FPT_FAULT, "totals-do-not-sum",
                  FPT_STR("control_totals.csv"), s->line, 3,
                  "the system's control total is %s, but those of its "
                  "organisations sum to %s",
                  stated, found);
    }
}

static void read_moves(fpti_reader *r)
{
    static const fpti_column columns[] = {{"move", FPTI_NAME, true},
                                          {"org", FPTI_NAME, true},
                                          {"year", FPTI_YEAR, true},
                                          {"pounds", FPTI_POUNDS, true},
                                          {"agreed", FPTI_DATE, true}};
    fpti_table t;
    if (!fpti_table_open(r, "control_moves.csv", columns,
                         FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_move *made = FPTI_ADD(r->arena, r->plan->move);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpti_move){.name = fpti_keep(&t, 0),
                            .org = fpti_org_cell(&t, 1, true),
                            .year = fpti_year(&t, 2, 0),
                            .pence = fpti_pence(&t, 3, 0),
                            .line = t.line};
        fpti_date(&t, 4, fpt_date_start());
    }
    for (size_t i = 0; i < r->plan->move.count; i++) {
        const fpti_move *m = &r->plan->move.at[i];
        int64_t sum = 0;
        bool first = true;
        for (size_t k = 0; k < r->plan->move.count; k++) {
            const fpti_move *o = &r->plan->move.at[k];
            if (!fpt_str_equal(o->name, m->name) || o->year != m->year)
                continue;
            first = first && k >= i;
            sum += o->pence;
        }
        if (!first || sum == 0) continue;
        char text[32];
        fpt_money_print((fpt_money){sum}, text);
        fpti_find(r, FPT_FAULT, "moves-do-not-sum",
                  FPT_STR("control_moves.csv"), m->line, 4,
                  "the move \"%.*s\" sums to %s, not 0: what one organisation "
                  "gains another gives",
                  FPT_STR_ARG(m->name), text);
    }
}

static void read_fund_rows(fpti_reader *r)
{
    static const fpti_column columns[] = {{"org", FPTI_NAME, true},
                                          {"year", FPTI_YEAR, true},
                                          {"pounds", FPTI_POUNDS, true}};
    fpti_table t;
    if (!fpti_table_open(r, "sustainability.csv", columns,
                         FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_fund_row *made = FPTI_ADD(r->arena, r->plan->fund);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpti_fund_row){.org = fpti_org_cell(&t, 0, true),
                                .year = fpti_year(&t, 1, 0),
                                .pence = fpti_pence(&t, 2, 0),
                                .line = t.line};
        if (made->pence < 0)
            fpti_fault(&t, 2, "bad-money", "this money is from 0 pounds on");
        if (r->plan->set.fund.quarter_ppm[0] == 0 &&
            r->plan->set.fund.finance_ppm == 0)
            fpti_fault(&t, 0, "no-rule",
                       "plan.yaml has no \"sustainability\" rule");
    }
}

static void read_access(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_TEXT, false},
        {"year", FPTI_YEAR, false},
        {"measure", FPTI_NAME, true},
        {"quarter", FPTI_NUMBER, false},
        {"met_probability", FPTI_VALUE, true}};
    fpti_table t;
    if (!fpti_table_open(r, "access.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_access a = {.org = fpti_org_cell(&t, 0, false),
                         .year = fpti_year(&t, 1, FPTI_NONE),
                         .measure = FPTI_NONE,
                         .quarter = (int)fpti_number(&t, 3, 0.0) - 1,
                         .met = fpti_value(&t, 4, 0.0),
                         .line = t.line};
        for (size_t m = 0; m < r->plan->set.fund.measure_count; m++)
            if (fpt_str_equal(r->plan->set.measure[m], fpti_text(&t, 2)))
                a.measure = (int)m;
        if (a.measure == FPTI_NONE)
            fpti_fault(&t, 2, "unknown-measure",
                       "plan.yaml has no such measure under sustainability");
        if (a.quarter < FPTI_NONE || a.quarter >= FPT_QUARTERS)
            fpti_fault(&t, 3, "bad-quarter", "a quarter is 1, 2, 3 or 4");
        fpti_check_share(&t, 4, a.met);
        fpti_access *made = FPTI_ADD(r->arena, r->plan->access);
        if (!fpti_enough_memory(r, made)) return;
        *made = a;
    }
}

void fpti_read_totals(fpti_reader *r)
{
    read_control_totals(r);
    read_moves(r);
    read_fund_rows(r);
    read_access(r);
}

/* ---- agreements ---- */

static fpti_agreement *agreement_cell(fpti_table *t, size_t column)
{
    fpt_plan *plan = t->reader->plan;
    for (size_t i = 0; i < plan->agreement.count; i++)
        if (fpt_str_equal(plan->agreement.at[i].name, fpti_text(t, column)))
            return &plan->agreement.at[i];
    fpti_fault(t, column, "unknown-agreement", "\"%.*s\" is no agreement",
               FPT_STR_ARG(fpti_text(t, column)));
    return NULL;
}

/* The number of a party in an agreement, adding it. */
static size_t party_of(fpti_agreement *a, int org)
{
    for (size_t i = 0; i < a->party_count; i++)
        if (a->party[i] == org) return i;
    a->party[a->party_count++] = org;
    return a->party_count - 1;
}

enum { LAYERS_MOST = 32 };

/* Room for every organisation as a party; no caps until they are read. */
static bool make_room(fpti_reader *r, fpti_agreement *a)
{
    const size_t parties = r->plan->org.count + 1;
    a->party = FPT_NEW(r->arena, int, parties);
    bool fine = a->party != NULL;
    for (int side = 0; side < 2; side++) {
        a->layer[side] = FPT_NEW(r->arena, fpt_risk_layer, LAYERS_MOST);
        a->layer_share[side] = FPT_NEW(r->arena, int64_t *, LAYERS_MOST);
        a->most[side] = FPT_NEW(r->arena, int64_t, parties);
        fine = fine && a->layer[side] != NULL && a->layer_share[side] != NULL &&
               a->most[side] != NULL;
        for (size_t k = 0; fine && k < parties; k++)
            a->most[side][k] = INT64_MAX;
    }
    a->share = (fpt_risk_share){.gate_ppm = FPT_PPM,
                                .gain = a->layer[0],
                                .loss = a->layer[1],
                                .gain_most_pence = a->most[0],
                                .loss_most_pence = a->most[1]};
    if (!fine) r->no_memory = true;
    return fine;
}

static void read_agreement_rows(fpti_reader *r)
{
    static const fpti_column columns[] = {{"agreement", FPTI_NAME, true},
                                          {"holder", FPTI_NAME, true},
                                          {"measure", FPTI_NAME, true},
                                          {"target_pounds", FPTI_VALUE, true},
                                          {"gate_fraction", FPTI_VALUE, false},
                                          {"from", FPTI_YEAR, false},
                                          {"to", FPTI_YEAR, false}};
    fpti_table t;
    if (!fpti_table_open(r, "agreements.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_agreement a = {.name = fpti_keep(&t, 0),
                            .holder = fpti_org_cell(&t, 1, true),
                            .measure = fpti_keep(&t, 2),
                            .target = fpti_value(&t, 3, 0.0),
                            .gate = fpti_value(&t, 4, 1.0),
                            .from_year = fpti_year(&t, 5, 1),
                            .to_year = fpti_year(&t, 6, r->plan->set.years),
                            .line = t.line};
        fpti_check_share(&t, 4, a.gate);
        /* What is measured: "cost:ORG", or the name of a contract. */
        fpt_str what = a.measure;
        bool found = false;
        if (fpt_str_starts(what, FPT_STR("cost:"))) {
            const int org =
                fpti_org_find(r->plan, fpt_str_slice(what, 5, what.len));
            a.over_cost = true;
            a.measured = (size_t)org;
            found = org != FPTI_NONE;
        }
        for (size_t i = 0; i < r->plan->contract.count && !a.over_cost; i++)
            if (fpt_str_equal(r->plan->contract.at[i].name, what)) {
                a.measured = i;
                found = true;
            }
        if (!found)
            fpti_fault(&t, 2, "unknown-measure",
                       "\"%.*s\" is neither cost:ORG nor a contract",
                       FPT_STR_ARG(what));
        if (!make_room(r, &a)) return;
        fpti_agreement *made = FPTI_ADD(r->arena, r->plan->agreement);
        if (!fpti_enough_memory(r, made)) return;
        *made = a;
        if (a.holder != FPTI_NONE) party_of(made, a.holder);
    }
}

/* Layers come one row a party; rows of one layer follow one another. */
static void read_layers(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"agreement", FPTI_NAME, true},
        {"direction", FPTI_NAME, true},
        {"from_fraction", FPTI_NUMBER, true},
        {"to_fraction", FPTI_TEXT, true},
        {"party", FPTI_NAME, true},
        {"share_fraction", FPTI_NUMBER, true}};
    static const char *const directions[] = {"gain", "loss"};
    const size_t parties = r->plan->org.count + 1;
    fpti_table t;
    if (!fpti_table_open(r, "layers.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_agreement *a = agreement_cell(&t, 0);
        const bool loss = fpti_choice(&t, 1, directions, 2, -1) == 1;
        const int64_t from = (int64_t)llround(1e6 * fpti_number(&t, 2, 0.0));
        double to = (double)INFINITY;
        if (!fpti_is_empty(&t, 3)) to = fpti_number(&t, 3, 0.0);
        const int64_t end = isinf(to) ? INT64_MAX : (int64_t)llround(1e6 * to);
        const int org = fpti_org_cell(&t, 4, true);
        const double share = fpti_fraction(&t, 5, 0.0);
        if (a == NULL || org == FPTI_NONE) continue;
        const int side = loss ? 1 : 0;
        size_t *count = loss ? &a->share.loss_count : &a->share.gain_count;
        fpt_risk_layer *layers = a->layer[side];
        size_t at = 0;
        while (at < *count &&
               (layers[at].from_ppm != from || layers[at].to_ppm != end))
            at++;
        if (at == LAYERS_MOST) {
            fpti_fault(&t, 0, "too-many", "at most %d layers", LAYERS_MOST);
            continue;
        }
        if (at == *count) {
            int64_t *shares = FPT_NEW(r->arena, int64_t, parties);
            if (!fpti_enough_memory(r, shares)) return;
            layers[at] = (fpt_risk_layer){from, end, shares};
            a->layer_share[side][at] = shares;
            ++*count;
        }
        a->layer_share[side][at][party_of(a, org)] +=
            (int64_t)llround(1e6 * share);
    }
}

static void read_caps(fpti_reader *r)
{
    static const fpti_column columns[] = {{"agreement", FPTI_NAME, true},
                                          {"direction", FPTI_NAME, true},
                                          {"party", FPTI_NAME, true},
                                          {"most_pounds", FPTI_POUNDS, true}};
    static const char *const directions[] = {"gain", "loss"};
    fpti_table t;
    if (!fpti_table_open(r, "caps.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_agreement *a = agreement_cell(&t, 0);
        const bool loss = fpti_choice(&t, 1, directions, 2, -1) == 1;
        const int org = fpti_org_cell(&t, 2, true);
        const int64_t most = fpti_pence(&t, 3, 0);
        if (a == NULL || org == FPTI_NONE) continue;
        a->most[loss ? 1 : 0][party_of(a, org)] = most;
    }
}

void fpti_read_agreements(fpti_reader *r)
{
    read_agreement_rows(r);
    if (!r->no_memory) read_layers(r);
    if (!r->no_memory) read_caps(r);
    for (size_t i = 0; i < r->plan->agreement.count && !r->no_memory; i++) {
        fpti_agreement *a = &r->plan->agreement.at[i];
        a->share.party_count = a->party_count;
        a->share.holder = 0;
        fpt_error err = {0};
        if (a->holder != FPTI_NONE &&
            fpt_risk_share_check(&a->share, &err) != FPT_OK)
            fpti_find(r, FPT_FAULT, "bad-agreement", FPT_STR("agreements.csv"),
                      a->line, 0, "\"%.*s\": %s", FPT_STR_ARG(a->name),
                      err.text);
    }
}

/* ---- what came of it before ---- */

void fpti_read_actuals(fpti_reader *r)
{
    static const fpti_column columns[] = {{"series", FPTI_NAME, true},
                                          {"year", FPTI_NAME, true},
                                          {"value", FPTI_NUMBER, true},
                                          {"known", FPTI_NAME, true}};
    fpti_table t;
    if (!fpti_table_open(r, "actuals.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_actual a = {.series = fpti_keep(&t, 0),
                         .year = fpti_keep(&t, 1),
                         .value = fpti_number(&t, 2, 0.0),
                         .line = t.line};
        fpt_period year, known;
        int month, day;
        if (fpt_fy_parse(a.year, &year) &&
            fpt_fy_parse(fpti_text(&t, 3), &known)) {
            fpt_date_split(year.from, &a.index, &month, &day);
            fpt_date_split(known.from, &a.known, &month, &day);
            if (a.known < a.index)
                fpti_fault(&t, 3, "known-before",
                           "a figure is not known before its year");
        } else {
            fpti_fault(&t, 1, "bad-year",
                       "a year is written 2014/15, both that of the figure and "
                       "that in which it was known");
        }
        fpti_actual *made = FPTI_ADD(r->arena, r->plan->actual);
        if (!fpti_enough_memory(r, made)) return;
        *made = a;
    }
}
