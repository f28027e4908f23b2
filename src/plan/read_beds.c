/*
 * beds.csv, bed_changes.csv, delays.csv: beds there are, beds that are to go or
 * come, and days that patients stay for want of care at home.
 */
#include "read_i.h"

static size_t beds_cell(fpti_table *t, size_t site, size_t pool)
{
    const fpt_plan *plan = t->reader->plan;
    const uint32_t s =
        fpt_intern_find(&plan->field[FPTI_SITE], fpti_text(t, site));
    const uint32_t p = fpt_intern_find(&plan->pool, fpti_text(t, pool));
    for (size_t i = 0; i < plan->beds.count; i++)
        if (plan->beds.at[i].site == s && plan->beds.at[i].pool == p) return i;
    fpti_fault(t, site, "unknown-beds",
               "beds.csv has no beds of pool \"%.*s\" at site \"%.*s\"",
               FPT_STR_ARG(fpti_text(t, pool)),
               FPT_STR_ARG(fpti_text(t, site)));
    return SIZE_MAX;
}

static void read_beds(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"org", FPTI_NAME, true},
        {"site", FPTI_NAME, true},
        {"pool", FPTI_NAME, true},
        {"beds", FPTI_NUMBER, true},
        {"occupancy_fraction", FPTI_NUMBER, true},
        {"peak_factor", FPTI_NUMBER, false},
        {"dispersion", FPTI_NUMBER, false}};
    fpti_table t;
    if (!fpti_table_open(r, "beds.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_beds b = {.org = fpti_org_cell(&t, 0, true),
                       .site = fpti_field_cell(&t, 1, FPTI_SITE),
                       .pool =
                           fpt_intern_find(&r->plan->pool, fpti_text(&t, 2)),
                       .beds = fpti_number(&t, 3, 0.0),
                       .occupancy = fpti_fraction(&t, 4, 1.0),
                       .peak = fpti_number(&t, 5, 1.0),
                       .dispersion = fpti_number(&t, 6, 1.0),
                       .line = t.line};
        if (b.pool == FPT_INTERN_NONE)
            fpti_fault(&t, 2, "unknown-pool",
                       "no kind of care in pods.csv uses the pool \"%.*s\"",
                       FPT_STR_ARG(fpti_text(&t, 2)));
        if (!(b.beds >= 0.0 && b.occupancy > 0.0 && b.peak >= 1.0 &&
              b.dispersion > 0.0))
            fpti_fault(&t, 3, "bad-number",
                       "beds are from 0 on, occupancy and dispersion above 0, "
                       "the peak factor from 1 on");
        for (size_t i = 0; i < r->plan->beds.count; i++)
            if (r->plan->beds.at[i].site == b.site &&
                r->plan->beds.at[i].pool == b.pool)
                fpti_fault(&t, 1, "twice", "these beds are there twice");
        fpti_beds *made = FPTI_ADD(r->arena, r->plan->beds);
        if (!fpti_enough_memory(r, made)) return;
        *made = b;
    }
}

static void read_changes(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"change", FPTI_NAME, true},         {"site", FPTI_NAME, true},
        {"pool", FPTI_NAME, true},           {"year", FPTI_YEAR, true},
        {"beds", FPTI_NUMBER, true},         {"leg", FPTI_NUMBER, false},
        {"scheme", FPTI_TEXT, false},        {"alternative", FPTI_TEXT, false},
        {"relative_use", FPTI_NUMBER, false}};
    fpti_table t;
    if (!fpti_table_open(r, "bed_changes.csv", columns, FPTI_COUNT_OF(columns),
                         &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_bed_change c = {.name = fpti_keep(&t, 0),
                             .beds = beds_cell(&t, 1, 2),
                             .year = fpti_year(&t, 3, 0),
                             .number = fpti_number(&t, 4, 0.0),
                             .leg = (int)fpti_number(&t, 5, 0.0),
                             .scheme =
                                 fpti_scheme_find(r->plan, fpti_text(&t, 6)),
                             .relative_use = fpti_number(&t, 8, (double)NAN),
                             .line = t.line};
        fpti_gates_resolve(r, t.name, t.line, fpti_text(&t, 7), &c.alternative);
        if (c.leg < 0 || c.leg > 3)
            fpti_fault(&t, 5, "bad-leg",
                       "the test for closures has legs 1, 2 and 3; leave it "
                       "empty when none is claimed");
        if (c.leg == 1 && c.alternative.count == 0)
            fpti_fault(&t, 7, "no-alternative",
                       "leg 1 needs the alternative provision: projects, "
                       "recruitment lines or schemes");
        if (c.leg == 2 && c.scheme == FPTI_NONE)
            fpti_fault(&t, 6, "unknown-scheme",
                       "leg 2 needs the scheme that reduces admissions");
        if (c.leg == 3 && isnan(c.relative_use))
            fpti_fault(&t, 8, "missing-value",
                       "leg 3 needs bed use against the national figure");
        if (c.beds == SIZE_MAX) continue;
        r->plan->beds.at[c.beds].change[c.year] += c.number;
        fpti_bed_change *made = FPTI_ADD(r->arena, r->plan->bed_change);
        if (!fpti_enough_memory(r, made)) return;
        *made = c;
    }
    for (size_t i = 0; i < r->plan->beds.count; i++) {
        const fpti_beds *b = &r->plan->beds.at[i];
        double open = b->beds;
        for (int year = 0; year <= r->plan->set.years; year++)
            open += b->change[year];
        if (open < 0.0)
            fpti_find(r, FPT_FAULT, "negative-beds", FPT_STR("bed_changes.csv"),
                      0, 0, "more beds close at site \"%.*s\" than there are",
                      FPT_STR_ARG(r->plan->field[FPTI_SITE].text[b->site]));
    }
}

static void read_delays(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"site", FPTI_NAME, true},
        {"pool", FPTI_NAME, true},
        {"base_days", FPTI_NUMBER, true},
        {"days_per_package", FPTI_VALUE, false},
        {"unmet_packages", FPTI_VALUE, false},
        {"growth_fraction", FPTI_VALUE, false},
        {"day_pounds", FPTI_NUMBER, false}};
    fpti_table t;
    if (!fpti_table_open(r, "delays.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_delay d = {.beds = beds_cell(&t, 0, 1),
                        .base_days = fpti_number(&t, 2, 0.0),
                        .days_per_package = fpti_value(&t, 3, 0.0),
                        .packages = fpti_value(&t, 4, 0.0),
                        .growth = fpti_value(&t, 5, 0.0),
                        .day_pence = 100.0 * fpti_number(&t, 6, 0.0)};
        d.line = t.line;
        if (d.beds == SIZE_MAX) continue;
        fpti_delay *made = FPTI_ADD(r->arena, r->plan->delay);
        if (!fpti_enough_memory(r, made)) return;
        *made = d;
    }
}

void fpti_read_beds(fpti_reader *r)
{
    read_beds(r);
    read_changes(r);
    read_delays(r);
}
