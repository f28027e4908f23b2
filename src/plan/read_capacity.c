/*
 * projects.csv, capital.csv, capital_limits.csv; workforce.csv, staffing.csv,
 * recruitment.csv; and gates, which join them to schemes.
 */
#include "read_i.h"

/* ---- gates ---- */

static bool find_gate(const fpt_plan *plan, fpt_str name, fpti_gate *out)
{
    for (size_t i = 0; i < plan->project.count; i++)
        if (fpt_str_equal(plan->project.at[i].name, name)) {
            *out = (fpti_gate){FPTI_ON_PROJECT, i};
            return true;
        }
    for (size_t i = 0; i < plan->line.count; i++)
        if (fpt_str_equal(plan->line.at[i].name, name)) {
            *out = (fpti_gate){FPTI_ON_LINE, i};
            return true;
        }
    const int scheme = fpti_scheme_find(plan, name);
    if (scheme == FPTI_NONE) return false;
    *out = (fpti_gate){FPTI_ON_SCHEME, (size_t)scheme};
    return true;
}

void fpti_gates_resolve(fpti_reader *r, fpt_str table, int64_t line,
                        fpt_str text, fpti_gates *out)
{
    while (text.data != NULL) {
        const fpt_str name = fpt_str_cut(&text, ' ');
        if (name.len == 0) continue;
        fpti_gate gate;
        if (!find_gate(r->plan, name, &gate)) {
            fpti_find(r, FPT_FAULT, "unknown-gate", table, line, 0,
                      "\"%.*s\" is no project, no recruitment line and no "
                      "scheme",
                      FPT_STR_ARG(name));
            continue;
        }
        fpti_gate *made = FPTI_ADD(r->arena, *out);
        if (!fpti_enough_memory(r, made)) return;
        *made = gate;
    }
}

/* ---- capital ---- */

enum {
    C_NAME,
    C_ORG,
    C_RANK,
    C_PROBABILITY,
    C_DELIVERED,
    C_LIFE,
    C_OVERRUN,
    C_DIVISIBLE,
    C_AFTER
};

static void read_projects(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"project", FPTI_NAME, true},
        {"org", FPTI_NAME, true},
        {"rank", FPTI_NUMBER, true},
        {"funding_probability", FPTI_VALUE, true},
        {"delivered", FPTI_YEAR, true},
        {"life_years", FPTI_NUMBER, true},
        {"overrun_factor", FPTI_VALUE, false},
        {"divisible", FPTI_YES_NO, false},
        {"after", FPTI_TEXT, false}};
    fpti_table t;
    if (!fpti_table_open(r, "projects.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_project p = {.name = fpti_keep(&t, C_NAME),
                          .org = fpti_org_cell(&t, C_ORG, true),
                          .rank = (int)fpti_number(&t, C_RANK, 0.0),
                          .probability = fpti_value(&t, C_PROBABILITY, 1.0),
                          .delivered = fpti_year(&t, C_DELIVERED, 0),
                          .life = fpti_number(&t, C_LIFE, 1.0),
                          .overrun = fpti_value(&t, C_OVERRUN, 1.0),
                          .divisible = fpti_yes_no(&t, C_DIVISIBLE, false),
                          .after_text = fpti_keep(&t, C_AFTER),
                          .line = t.line};
        fpti_check_share(&t, C_PROBABILITY, p.probability);
        if (!(p.life > 0.0))
            fpti_fault(&t, C_LIFE, "bad-number", "a life is above 0 years");
        for (size_t i = 0; i < r->plan->project.count; i++)
            if (fpt_str_equal(r->plan->project.at[i].name, p.name))
                fpti_fault(&t, C_NAME, "twice", "\"%.*s\" is there twice",
                           FPT_STR_ARG(p.name));
        fpti_project *made = FPTI_ADD(r->arena, r->plan->project);
        if (!fpti_enough_memory(r, made)) return;
        *made = p;
    }
}

static void read_phases(fpti_reader *r)
{
    static const fpti_column columns[] = {{"project", FPTI_NAME, true},
                                          {"year", FPTI_YEAR, true},
                                          {"pounds", FPTI_NUMBER, true}};
    fpti_table t;
    if (!fpti_table_open(r, "capital.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_project *p = NULL;
        for (size_t i = 0; i < r->plan->project.count; i++)
            if (fpt_str_equal(r->plan->project.at[i].name, fpti_text(&t, 0)))
                p = &r->plan->project.at[i];
        const int year = fpti_year(&t, 1, 0);
        const double pounds = fpti_number(&t, 2, 0.0);
        if (p == NULL)
            fpti_fault(&t, 0, "unknown-project", "\"%.*s\" is no project",
                       FPT_STR_ARG(fpti_text(&t, 0)));
        else if (pounds < 0.0)
            fpti_fault(&t, 2, "bad-money", "capital is from 0 pounds on");
        else if (year > p->delivered)
            fpti_fault(&t, 1, "capital-after-delivery",
                       "money is spent after the project is delivered");
        else
            p->cost[year] += pounds;
    }
}

static void read_limits(fpti_reader *r)
{
    static const fpti_column columns[] = {{"year", FPTI_YEAR, true},
                                          {"pounds", FPTI_NUMBER, true}};
    for (int year = 0; year < FPTI_YEARS; year++)
        r->plan->capital_limit[year] = (double)INFINITY;
    fpti_table t;
    if (!fpti_table_open(r, "capital_limits.csv", columns,
                         FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const int year = fpti_year(&t, 0, 0);
        const double pounds = fpti_number(&t, 1, 0.0);
        if (pounds < 0.0)
            fpti_fault(&t, 1, "bad-money", "a limit is from 0 pounds on");
        else
            r->plan->capital_limit[year] = pounds;
    }
}

void fpti_read_capital(fpti_reader *r)
{
    read_projects(r);
    read_phases(r);
    read_limits(r);
}

/* ---- staff ---- */

enum {
    F_ORG,
    F_GROUP,
    F_STOCK,
    F_LEAVER,
    F_JOINERS,
    F_TRAINED,
    F_PAY,
    F_INDEX,
    F_BANK,
    F_BANK_POUNDS,
    F_AGENCY,
    F_PREMIUM,
    F_TOLERANCE,
    F_MINUTES,
    F_LEAVE,
    F_STUDY,
    F_SICKNESS,
    F_HEADROOM
};

static uint32_t group_cell(fpti_table *t, size_t column)
{
    const uint32_t id =
        fpt_intern_add(&t->reader->plan->group, fpti_text(t, column));
    if (id == FPT_INTERN_NONE) t->reader->no_memory = true;
    return id;
}

static void read_workforce(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},
        {"group", FPTI_NAME, true},
        {"stock_wte", FPTI_NUMBER, true},
        {"leaver_fraction", FPTI_VALUE, false},
        {"joiners_wte", FPTI_VALUE, false},
        {"trained_wte", FPTI_VALUE, false},
        {"pay_pounds", FPTI_NUMBER, false},
        {"index", FPTI_TEXT, false},
        {"bank_wte", FPTI_NUMBER, false},
        {"bank_pounds", FPTI_NUMBER, false},
        {"agency_wte", FPTI_NUMBER, false},
        {"agency_premium_fraction", FPTI_VALUE, false},
        {"tolerance_fraction", FPTI_NUMBER, false},
        {"contracted_minutes", FPTI_NUMBER, false},
        {"leave_fraction", FPTI_NUMBER, false},
        {"study_fraction", FPTI_NUMBER, false},
        {"sickness_fraction", FPTI_NUMBER, false},
        {"headroom_fraction", FPTI_NUMBER, false}};
    fpti_table t;
    if (!fpti_table_open(r, "workforce.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        const double pay = fpti_number(&t, F_PAY, 0.0);
        const double headroom = fpti_fraction(&t, F_HEADROOM, (double)NAN);
        fpti_staff s = {
            .org = fpti_org_cell(&t, F_ORG, true),
            .group = group_cell(&t, F_GROUP),
            .stock = fpti_number(&t, F_STOCK, 0.0),
            .leaver = fpti_value(&t, F_LEAVER, 0.0),
            .joiners = fpti_value(&t, F_JOINERS, 0.0),
            .trained = fpti_value(&t, F_TRAINED, 0.0),
            .pay_pence = 100.0 * pay,
            .bank_pence = 100.0 * fpti_number(&t, F_BANK_POUNDS, pay),
            .index = fpti_index_cell(&t, F_INDEX),
            .bank = fpti_number(&t, F_BANK, 0.0),
            .agency = fpti_number(&t, F_AGENCY, 0.0),
            .premium = fpti_value(&t, F_PREMIUM, 0.0),
            .tolerance = fpti_fraction(&t, F_TOLERANCE, (double)NAN),
            /* 37.5 hours a week, 52 weeks and a day */
            .minutes = fpti_number(&t, F_MINUTES, 117321.0),
            .establishment = !isnan(headroom),
            .line = t.line};
        s.minutes *= isnan(headroom)
                         ? (1.0 - fpti_fraction(&t, F_LEAVE, 0.0)) *
                               (1.0 - fpti_fraction(&t, F_STUDY, 0.0)) *
                               (1.0 - fpti_fraction(&t, F_SICKNESS, 0.0))
                         : 1.0 - headroom;
        if (!(s.stock >= 0.0 && s.bank >= 0.0 && s.agency >= 0.0 &&
              s.minutes > 0.0 && pay >= 0.0))
            fpti_fault(&t, F_STOCK, "bad-number",
                       "staff, limits and pay are from 0 on, minutes above 0");
        fpti_check_share(&t, F_LEAVER, s.leaver);
        for (size_t i = 0; i < r->plan->staff.count; i++)
            if (r->plan->staff.at[i].org == s.org &&
                r->plan->staff.at[i].group == s.group)
                fpti_fault(&t, F_GROUP, "twice",
                           "this staff group of the organisation is there "
                           "twice");
        fpti_staff *made = FPTI_ADD(r->arena, r->plan->staff);
        if (!fpti_enough_memory(r, made)) return;
        *made = s;
    }
}

static void read_staffing(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_TEXT, false},
        {"group", FPTI_NAME, true},
        {"driver", FPTI_NAME, true},
        {"target", FPTI_TEXT, false},
        {"site", FPTI_TEXT, false},
        {"pool", FPTI_TEXT, false},
        {"minutes", FPTI_VALUE, false},
        {"staff_per_bed", FPTI_VALUE, false},
        {"headroom_fraction", FPTI_NUMBER, false}};
    static const char *const drivers[] = {"activity", "beds"};
    fpti_table t;
    if (!fpti_table_open(r, "staffing.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_staffing s = {
            .org = fpti_org_cell(&t, 0, true),
            .group = fpt_intern_find(&r->plan->group, fpti_text(&t, 1)),
            .by_bed = fpti_choice(&t, 2, drivers, 2, -1) == 1,
            .site = fpti_known_cell(&t, 4, FPTI_SITE),
            .pool = fpti_is_empty(&t, 5)
                        ? UINT32_MAX
                        : fpt_intern_find(&r->plan->pool, fpti_text(&t, 5)),
            .minutes = fpti_value(&t, 6, 0.0),
            .per_bed = fpti_value(&t, 7, 0.0),
            .headroom = fpti_fraction(&t, 8, 0.0),
            .line = t.line};
        fpti_target_read(&t, 3, &s.target);
        bool found = false;
        for (size_t i = 0; i < r->plan->staff.count; i++)
            found = found || (r->plan->staff.at[i].org == s.org &&
                              r->plan->staff.at[i].group == s.group);
        if (!found)
            fpti_fault(&t, 1, "unknown-group",
                       "workforce.csv has no such group in this organisation");
        fpti_staffing *made = FPTI_ADD(r->arena, r->plan->staffing);
        if (!fpti_enough_memory(r, made)) return;
        *made = s;
    }
}

static void read_recruitment(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"line", FPTI_NAME, true},      {"org", FPTI_NAME, true},
        {"group", FPTI_NAME, true},     {"wte", FPTI_VALUE, true},
        {"start", FPTI_YEAR, true},     {"ramp", FPTI_TEXT, false},
        {"success", FPTI_VALUE, false}, {"from_org", FPTI_TEXT, false},
        {"after", FPTI_TEXT, false}};
    fpti_table t;
    if (!fpti_table_open(r, "recruitment.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_line l = {.name = fpti_keep(&t, 0),
                       .org = fpti_org_cell(&t, 1, true),
                       .group = group_cell(&t, 2),
                       .wte = fpti_value(&t, 3, 0.0),
                       .start = fpti_year(&t, 4, 0),
                       .success = fpti_value(&t, 6, 1.0),
                       .from_org = fpti_org_cell(&t, 7, false),
                       .after_text = fpti_keep(&t, 8),
                       .line = t.line};
        fpti_ramp_read(&t, 5, &l.ramp);
        fpti_check_share(&t, 6, l.success);
        fpti_line *made = FPTI_ADD(r->arena, r->plan->line);
        if (!fpti_enough_memory(r, made)) return;
        *made = l;
    }
}

void fpti_read_staff(fpti_reader *r)
{
    read_workforce(r);
    read_staffing(r);
    read_recruitment(r);
}
