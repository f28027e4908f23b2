/*
 * schemes.csv, overlaps.csv, claims.csv, flows.csv: what is meant to change.
 */
#include "read_i.h"

static const char *const types[FPTI_SCHEME_TYPES] = {
    "avoid",      "length-of-stay", "shift",  "move",
    "prevention", "cost",           "income", "skill-mix"};

int fpti_scheme_find(const fpt_plan *plan, fpt_str name)
{
    for (size_t i = 0; i < plan->scheme.count; i++)
        if (fpt_str_equal(plan->scheme.at[i].name, name)) return (int)i;
    return FPTI_NONE;
}

enum {
    S_NAME,
    S_PROGRAMME,
    S_TYPE,
    S_TARGET,
    S_EFFECT,
    S_COVERAGE,
    S_START,
    S_RAMP,
    S_DELAY,
    S_REALISATION,
    S_ENDS,
    S_FADE,
    S_OPTIMISM,
    S_GATES,
    S_TO_ORG,
    S_TO_SITE,
    S_TO_POD,
    S_UNITS,
    S_UNIT_POUNDS,
    S_RUNNING,
    S_SET_UP,
    S_DOUBLE,
    S_PAYS,
    S_POUNDS,
    S_GROUP,
    S_TO_GROUP
};

static const fpti_column scheme_columns[] = {
    {"scheme", FPTI_NAME, true},
    {"programme", FPTI_TEXT, false},
    {"type", FPTI_NAME, true},
    {"target", FPTI_TEXT, true},
    {"effect_fraction", FPTI_VALUE, true},
    {"coverage_fraction", FPTI_VALUE, false},
    {"start", FPTI_YEAR, true},
    {"ramp", FPTI_TEXT, false},
    {"delay_years", FPTI_VALUE, false},
    {"realisation", FPTI_VALUE, false},
    {"ends", FPTI_YEAR, false},
    {"fade_years", FPTI_NUMBER, false},
    {"optimism", FPTI_NUMBER, false},
    {"gates", FPTI_TEXT, false},
    {"to_org", FPTI_TEXT, false},
    {"to_site", FPTI_TEXT, false},
    {"to_pod", FPTI_TEXT, false},
    {"units", FPTI_VALUE, false},
    {"unit_pounds", FPTI_VALUE, false},
    {"running_pounds", FPTI_VALUE, false},
    {"set_up_pounds", FPTI_VALUE, false},
    {"double_running_fraction", FPTI_VALUE, false},
    {"pays", FPTI_TEXT, false},
    {"pounds", FPTI_VALUE, false},
    {"group", FPTI_TEXT, false},
    {"to_group", FPTI_TEXT, false},
};

static bool is_zero(const fpti_reader *r, fpti_row row)
{
    const size_t a = r->plan->assumption.count;
    return row != FPTI_NO_ROW && row >= a &&
           r->plan->constant.at[row - a] == 0.0;
}

static void read_destination(fpti_table *t, fpti_scheme *s)
{
    s->to_org = fpti_org_cell(t, S_TO_ORG, false);
    s->to_site = fpti_is_empty(t, S_TO_SITE)
                     ? UINT32_MAX
                     : fpti_field_cell(t, S_TO_SITE, FPTI_SITE);
    s->to_pod = fpti_known_cell(t, S_TO_POD, FPTI_POD);
    if (s->type == FPTI_SHIFT && s->to_pod == UINT32_MAX)
        fpti_fault(t, S_TO_POD, "no-destination",
                   "a shift needs the kind of care that it shifts to");
    if (s->type == FPTI_MOVE && s->to_org == FPTI_NONE &&
        s->to_site == UINT32_MAX)
        fpti_fault(t, S_TO_SITE, "no-destination",
                   "a move needs the site or the organisation that it moves "
                   "to");
    const bool removes = s->type == FPTI_AVOID || s->type == FPTI_PREVENT ||
                         s->type == FPTI_SHIFT || s->type == FPTI_MOVE;
    s->provision_stated = s->type == FPTI_MOVE || !fpti_is_empty(t, S_UNITS);
    if (removes && !s->provision_stated)
        fpti_warn(t, S_UNITS, "no-provision-stated",
                  "it does not say what is provided instead of what it takes "
                  "away: write units = 0 if truly nothing is");
}

static void read_scheme(fpti_table *t)
{
    fpti_reader *r = t->reader;
    fpt_plan *plan = r->plan;
    if (fpti_scheme_find(plan, fpti_text(t, S_NAME)) != FPTI_NONE) {
        fpti_fault(t, S_NAME, "twice", "\"%.*s\" is there twice",
                   FPT_STR_ARG(fpti_text(t, S_NAME)));
        return;
    }
    fpti_scheme s = {.line = t->line};
    s.name = fpti_keep(t, S_NAME);
    s.programme = fpti_keep(t, S_PROGRAMME);
    s.type =
        (fpti_scheme_type)fpti_choice(t, S_TYPE, types, FPTI_SCHEME_TYPES, -1);
    fpti_target_read(t, S_TARGET, &s.target);
    s.effect = fpti_value(t, S_EFFECT, 0.0);
    s.coverage = fpti_value(t, S_COVERAGE, 1.0);
    fpti_check_share(t, S_EFFECT, s.effect);
    fpti_check_share(t, S_COVERAGE, s.coverage);
    s.start = fpti_year(t, S_START, 0);
    fpti_ramp_read(t, S_RAMP, &s.ramp);
    s.delay = fpti_value(t, S_DELAY, 0.0);
    s.realisation = fpti_value(t, S_REALISATION, 1.0);
    const int ends = fpti_year(t, S_ENDS, FPTI_NONE);
    s.ends = ends == FPTI_NONE ? (double)INFINITY : ends;
    s.fade_years = fpti_number(t, S_FADE, 0.0);
    if (!(s.fade_years >= 0.0))
        fpti_fault(t, S_FADE, "bad-number", "a fade is from 0 years on");
    s.optimism = fpti_number(t, S_OPTIMISM, 0.0);
    s.gate_text = fpti_keep(t, S_GATES);
    read_destination(t, &s);
    /* What moves arrives as it left. */
    s.units = s.type == FPTI_MOVE ? fpti_constant(r, 1.0)
                                  : fpti_value(t, S_UNITS, 0.0);
    s.unit_pounds = fpti_value(t, S_UNIT_POUNDS, 0.0);
    s.running_pounds = fpti_value(t, S_RUNNING, 0.0);
    s.set_up_pounds = fpti_value(t, S_SET_UP, 0.0);
    s.double_running = fpti_value(t, S_DOUBLE, 0.0);
    fpti_check_share(t, S_DOUBLE, s.double_running);
    s.pays = fpti_org_cell(t, S_PAYS, false);
    s.pounds = fpti_value(t, S_POUNDS, 0.0);
    /* A cost scheme may act by an amount alone. */
    const bool amount = s.type == FPTI_COST && !is_zero(r, s.pounds);
    s.null = (is_zero(r, s.effect) && !amount) || is_zero(r, s.coverage);
    const bool about_money = s.type == FPTI_COST || s.type == FPTI_INCOME;
    s.org = FPTI_NONE;
    if (about_money || s.type == FPTI_SKILL) {
        /* These act on an organisation: its code is the target. */
        for (size_t i = 0; i < s.target.count; i++)
            if (s.target.term[i].field == FPTI_ORG &&
                s.target.term[i].count == 1)
                s.org = fpti_org_find(plan, s.target.term[i].any[0]);
        if (s.org == FPTI_NONE)
            fpti_fault(t, S_TARGET, "unknown-organisation",
                       "a %s scheme needs the target org=CODE of an "
                       "organisation in organisations.csv",
                       types[s.type]);
    }
    s.group = fpt_intern_find(&plan->group, fpti_text(t, S_GROUP));
    s.to_group = fpt_intern_find(&plan->group, fpti_text(t, S_TO_GROUP));
    if (s.type == FPTI_SKILL &&
        (s.group == FPT_INTERN_NONE || s.to_group == FPT_INTERN_NONE ||
         s.group == s.to_group))
        fpti_fault(t, S_GROUP, "unknown-group",
                   "a skill-mix scheme moves work from one staff group of "
                   "workforce.csv to another");
    const bool costs = !is_zero(r, s.running_pounds) ||
                       !is_zero(r, s.set_up_pounds) ||
                       !is_zero(r, s.unit_pounds);
    if (costs && s.pays == FPTI_NONE)
        fpti_fault(t, S_PAYS, "nobody-pays",
                   "the scheme costs money, but \"pays\" names nobody");
    fpti_scheme *made = FPTI_ADD(r->arena, plan->scheme);
    if (!fpti_enough_memory(r, made)) return;
    *made = s;
}

/* ---- overlaps ---- */

static void read_overlaps(fpti_reader *r)
{
    static const fpti_column columns[] = {{"a", FPTI_NAME, true},
                                          {"b", FPTI_NAME, true},
                                          {"rule", FPTI_NAME, true},
                                          {"weight", FPTI_NUMBER, false}};
    static const char *const rules[] = {"product", "exclusive", "nested",
                                        "overlap"};
    fpti_table t;
    if (!fpti_table_open(r, "overlaps.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        const int a = fpti_scheme_find(r->plan, fpti_text(&t, 0));
        const int b = fpti_scheme_find(r->plan, fpti_text(&t, 1));
        const int rule = fpti_choice(&t, 2, rules, FPTI_COUNT_OF(rules), -1);
        const double weight = fpti_fraction(&t, 3, 0.0);
        if (a == FPTI_NONE || b == FPTI_NONE || a == b) {
            fpti_fault(&t, a == FPTI_NONE ? 0 : 1, "unknown-scheme",
                       "an overlap joins two schemes of schemes.csv");
            continue;
        }
        if (rule == FPTI_OVERLAP && fpti_is_empty(&t, 3)) {
            fpti_fault(&t, 3, "missing-value",
                       "the rule \"overlap\" needs a weight between 0 and 1");
            continue;
        }
        if (rule == FPTI_PRODUCT) continue; /* what holds anyway */
        fpti_overlap *made = FPTI_ADD(r->arena, r->plan->overlap);
        if (!fpti_enough_memory(r, made)) return;
        *made = (fpti_overlap){.a = (size_t)a,
                               .b = (size_t)b,
                               .rule = rule,
                               .weight = weight,
                               .line = t.line};
    }
}

static void read_claims(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"claim", FPTI_NAME, true},    {"party", FPTI_NAME, true},
        {"scheme", FPTI_NAME, true},   {"year", FPTI_YEAR, true},
        {"pounds", FPTI_POUNDS, true}, {"nets_with", FPTI_TEXT, false}};
    fpti_table t;
    if (!fpti_table_open(r, "claims.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const int scheme = fpti_scheme_find(r->plan, fpti_text(&t, 2));
        if (scheme == FPTI_NONE) {
            fpti_fault(&t, 2, "unknown-scheme", "\"%.*s\" is no scheme",
                       FPT_STR_ARG(fpti_text(&t, 2)));
            continue;
        }
        fpti_claim c = {.name = fpti_keep(&t, 0),
                        .party = fpti_org_cell(&t, 1, true),
                        .scheme = (size_t)scheme,
                        .year = fpti_year(&t, 3, 0),
                        .pence = fpti_pence(&t, 4, 0),
                        .nets_with = fpti_keep(&t, 5),
                        .line = t.line};
        for (size_t i = 0; i < r->plan->claim.count; i++) {
            const fpti_claim *other = &r->plan->claim.at[i];
            if (other->scheme != c.scheme || other->year != c.year ||
                other->party == c.party ||
                fpt_str_equal(other->name, c.nets_with) ||
                fpt_str_equal(c.name, other->nets_with))
                continue;
            fpti_fault(&t, 5, "claimed-twice",
                       "\"%.*s\" claims the same scheme in the same year: one "
                       "saving of the system is claimed by two; let one net "
                       "with the other",
                       FPT_STR_ARG(other->name));
        }
        fpti_claim *made = FPTI_ADD(r->arena, r->plan->claim);
        if (!fpti_enough_memory(r, made)) return;
        *made = c;
    }
}

void fpti_read_schemes(fpti_reader *r)
{
    fpti_table t;
    if (fpti_table_open(r, "schemes.csv", scheme_columns,
                        FPTI_COUNT_OF(scheme_columns), &t))
        while (fpti_table_next(&t))
            read_scheme(&t);
    for (size_t i = 0; i < r->plan->scheme.count; i++) {
        fpti_scheme *s = &r->plan->scheme.at[i];
        fpti_gates_resolve(r, FPT_STR("schemes.csv"), s->line, s->gate_text,
                           &s->gates);
    }
    read_overlaps(r);
    read_claims(r);
}

/* ---- flows ---- */

void fpti_read_flows(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"flow", FPTI_NAME, true},    {"from_org", FPTI_NAME, true},
        {"to_org", FPTI_NAME, true},  {"to_site", FPTI_TEXT, false},
        {"target", FPTI_TEXT, false}, {"share_fraction", FPTI_VALUE, true},
        {"start", FPTI_YEAR, true},   {"ramp", FPTI_TEXT, false}};
    fpti_table t;
    if (!fpti_table_open(r, "flows.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_flow f = {.name = fpti_keep(&t, 0),
                       .from_org = fpti_org_cell(&t, 1, true),
                       .to_org = fpti_org_cell(&t, 2, true),
                       .to_site = fpti_is_empty(&t, 3)
                                      ? 0
                                      : fpti_field_cell(&t, 3, FPTI_SITE),
                       .share = fpti_value(&t, 5, 0.0),
                       .start = fpti_year(&t, 6, 0),
                       .line = t.line};
        fpti_target_read(&t, 4, &f.target);
        fpti_check_share(&t, 5, f.share);
        fpti_ramp_read(&t, 7, &f.ramp);
        if (f.from_org == f.to_org && f.from_org != FPTI_NONE)
            fpti_fault(&t, 2, "flow-to-itself",
                       "a flow goes from one organisation to another");
        fpti_flow *made = FPTI_ADD(r->arena, r->plan->flow);
        if (!fpti_enough_memory(r, made)) return;
        *made = f;
    }
}
