/*
 * organisations.csv, pods.csv and baseline.csv: who there is, which kinds of
 * care, and what was done in the year from which the plan starts.
 */
#include "read_i.h"

static const char *const kinds[FPTI_KINDS] = {
    "acute",   "community",    "mental-health", "ambulance", "primary",
    "council", "commissioner", "external",      "national"};

int fpti_org_find(const fpt_plan *plan, fpt_str code)
{
    for (size_t i = 0; i < plan->org.count; i++)
        if (fpt_str_equal(plan->org.at[i].code, code)) return (int)i;
    return FPTI_NONE;
}

int fpti_org_cell(fpti_table *t, size_t column, bool required)
{
    const fpt_str code = fpti_text(t, column);
    if (code.len == 0) {
        if (required)
            fpti_fault(t, column, "missing-value", "\"%s\" is empty",
                       t->column[column].name);
        return FPTI_NONE;
    }
    const int org = fpti_org_find(t->reader->plan, code);
    if (org == FPTI_NONE)
        fpti_fault(t, column, "unknown-organisation",
                   "\"%.*s\" is not in organisations.csv", FPT_STR_ARG(code));
    return org;
}

uint32_t fpti_field_cell(fpti_table *t, size_t column, fpti_field field)
{
    const uint32_t id =
        fpt_intern_add(&t->reader->plan->field[field], fpti_text(t, column));
    if (id == FPT_INTERN_NONE) t->reader->no_memory = true;
    return id == FPT_INTERN_NONE ? 0 : id;
}

uint32_t fpti_known_cell(fpti_table *t, size_t column, fpti_field field)
{
    const fpt_str text = fpti_text(t, column);
    if (text.len == 0) return UINT32_MAX;
    const uint32_t id = fpt_intern_find(&t->reader->plan->field[field], text);
    if (id == FPT_INTERN_NONE)
        fpti_fault(t, column, "unknown-value",
                   "nothing in the plan has the %s \"%.*s\"",
                   t->column[column].name, FPT_STR_ARG(text));
    return id == FPT_INTERN_NONE ? UINT32_MAX : id;
}

/* ---- organisations ---- */

static void read_orgs(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},     {"name", FPTI_NAME, true},
        {"kind", FPTI_NAME, true},    {"inside", FPTI_YES_NO, false},
        {"mff", FPTI_NUMBER, false},  {"opened", FPTI_DATE, false},
        {"closed", FPTI_DATE, false}, {"notes", FPTI_TEXT, false}};
    fpti_table t;
    fpt_plan *plan = r->plan;
    if (!fpti_table_open(r, "organisations.csv", columns,
                         FPTI_COUNT_OF(columns), &t)) {
        fpti_find(r, FPT_FAULT, "no-organisations",
                  FPT_STR("organisations.csv"), 0, 0,
                  "a plan needs organisations");
        return;
    }
    const fpt_date first = fpt_date_make(plan->set.first_year, 4, 1);
    while (fpti_table_next(&t)) {
        if (fpti_org_find(plan, fpti_text(&t, 0)) != FPTI_NONE) {
            fpti_fault(&t, 0, "twice", "\"%.*s\" is there twice",
                       FPT_STR_ARG(fpti_text(&t, 0)));
            continue;
        }
        fpti_org *o = FPTI_ADD(r->arena, plan->org);
        if (!fpti_enough_memory(r, o)) return;
        o->code = fpti_keep(&t, 0);
        o->name = fpti_keep(&t, 1);
        o->kind = fpti_choice(&t, 2, kinds, FPTI_KINDS, -1);
        o->inside = fpti_yes_no(&t, 3,
                                o->kind != FPTI_KIND_EXTERNAL &&
                                    o->kind != FPTI_KIND_NATIONAL);
        o->mff = fpti_number(&t, 4, 1.0);
        o->opened = fpti_date(&t, 5, fpt_date_start());
        o->closed = fpti_date(&t, 6, fpt_date_open());
        o->line = t.line;
        /* The factor is applied in millionths, as the payment rules are. */
        if (!(o->mff > 0.0 && o->mff <= 10.0))
            fpti_fault(&t, 4, "bad-number",
                       "a market forces factor lies above 0 and at most 10");
        if (fpt_date_compare(o->closed, first) <= 0)
            fpti_fault(&t, 6, "closed-before-plan",
                       "%.*s closed before the first year of the plan began",
                       FPT_STR_ARG(o->code));
        if (fpt_date_compare(o->closed, o->opened) <= 0)
            fpti_fault(&t, 6, "bad-date", "%.*s closed before it opened",
                       FPT_STR_ARG(o->code));
    }
}

/* ---- kinds of care ---- */

static void read_pods(fpti_reader *r)
{
    static const fpti_column columns[] = {{"pod", FPTI_NAME, true},
                                          {"name", FPTI_NAME, true},
                                          {"demography", FPTI_NAME, true},
                                          {"pool", FPTI_TEXT, false},
                                          {"notes", FPTI_TEXT, false}};
    static const char *const demography[] = {"population", "births", "none"};
    fpti_table t;
    fpt_plan *plan = r->plan;
    if (!fpti_table_open(r, "pods.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const uint32_t id = fpti_field_cell(&t, 0, FPTI_POD);
        if (r->no_memory) return;
        /* Kinds of care are numbered with the values of the field; number 0
         * is the empty value and has a record too. */
        if (id + 1 <= plan->pod.count) {
            fpti_fault(&t, 0, "twice", "\"%.*s\" is there twice or empty",
                       FPT_STR_ARG(fpti_text(&t, 0)));
            continue;
        }
        fpti_pod *p = FPTI_ADD(r->arena, plan->pod);
        if (!fpti_enough_memory(r, p)) return;
        p->code = fpti_keep(&t, 0);
        p->name = fpti_keep(&t, 1);
        p->demography = fpti_choice(&t, 2, demography, 3, -1);
        p->pool = fpti_keep(&t, 3);
        p->line = t.line;
        if (p->pool.len > 0 &&
            fpt_intern_add(&plan->pool, p->pool) == FPT_INTERN_NONE)
            r->no_memory = true;
    }
}

void fpti_read_places(fpti_reader *r)
{
    fpt_plan *plan = r->plan;
    for (int f = 0; f < FPTI_FIELDS; f++) {
        plan->field[f] = fpt_intern_make(r->arena);
        if (fpt_intern_add(&plan->field[f], FPT_STR("")) == FPT_INTERN_NONE)
            r->no_memory = true;
    }
    plan->group = fpt_intern_make(r->arena);
    plan->pool = fpt_intern_make(r->arena);
    fpti_pod *none = FPTI_ADD(r->arena, plan->pod);
    if (!fpti_enough_memory(r, none)) return;
    none->demography = FPTI_BY_NOTHING;
    none->code = none->name = none->pool = FPT_STR("");
    read_orgs(r);
    read_pods(r);
}

/* ---- baseline ---- */

enum { B_COUNT = FPTI_FIELDS };

void fpti_read_baseline(fpti_reader *r)
{
    /* Columns in the order of the fields, so that one loop reads them. */
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},         {"site", FPTI_TEXT, false},
        {"place", FPTI_TEXT, false},      {"age", FPTI_TEXT, false},
        {"sex", FPTI_TEXT, false},        {"segment", FPTI_TEXT, false},
        {"pod", FPTI_NAME, true},         {"service", FPTI_TEXT, false},
        {"funder", FPTI_NAME, true},      {"tags", FPTI_TEXT, false},
        {"los_days", FPTI_NUMBER, false}, {"count", FPTI_NUMBER, true}};
    fpti_table t;
    fpt_plan *plan = r->plan;
    if (!fpti_table_open(r, "baseline.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_cell *c = FPTI_ADD(r->arena, plan->cell);
        if (!fpti_enough_memory(r, c)) return;
        c->line = t.line;
        fpti_org_cell(&t, FPTI_ORG, true);
        fpti_org_cell(&t, FPTI_FUNDER, true);
        for (int f = 0; f < FPTI_LOS; f++)
            c->key.id[f] = f == FPTI_POD
                               ? fpti_known_cell(&t, FPTI_POD, FPTI_POD)
                               : fpti_field_cell(&t, (size_t)f, (fpti_field)f);
        if (c->key.id[FPTI_POD] == UINT32_MAX) c->key.id[FPTI_POD] = 0;
        const double days = fpti_number(&t, FPTI_LOS, 0.0);
        if (!(days >= 0.0 && days <= FPT_ACTIVITY_STAY_MOST &&
              days == floor(days)))
            fpti_fault(&t, FPTI_LOS, "bad-stay",
                       "a length of stay is a whole number of days up to %d",
                       FPT_ACTIVITY_STAY_MOST);
        else
            c->key.id[FPTI_LOS] = (uint32_t)days;
        c->count = fpti_number(&t, B_COUNT, (double)NAN);
        if (!(c->count >= 0.0 && c->count <= 1e12)) {
            fpti_fault(&t, B_COUNT, "bad-count",
                       "a count is a number from 0 on");
            c->count = 0.0;
        }
    }
}
