/*
 * Files of plans: the categories that the systems were given, and the dashboard
 * behind them.
 */
#include <stdio.h>

#include "synth_i.h"

void fpti_paper_ratings(fpti_paper *p)
{
    static const char *const words[] = {
        "Outstanding", "Advanced", "Making progress", "Needs most improvement"};
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p,
                        "stp17_code,stp_name,rating_category,rating,evidence,"
                        "source");
    p->name[p->series++] = "stp_progress.category";
    for (size_t s = 0; s < n->systems; s++) {
        const size_t category = (s + 1) % 4;
        const bool known = s != 4;
        fpti_paper_put_text(p, n->system[s].code);
        fpti_paper_put_text(p, n->system[s].name);
        if (known)
            fpti_paper_put_number(p, (int64_t)category + 1);
        else
            fpti_paper_put_text(p, "");
        fpti_paper_put_text(p, known ? words[category] : "");
        fpti_paper_put_text(p, known ? "made up" : "not known");
        fpti_paper_put_text(p, "made up");
        fpti_paper_put_end(p);
        p->records++;
        if (known) p->total[0] += (int64_t)category + 1;
    }
}

/* ---- the dashboard ---- */

/* One system's attendances of 2016/17 within four hours, per mille. */
static int64_t four_hours(const fpti_nation *n, size_t system)
{
    int64_t seen = 0, late = 0;
    struct fpti_attendances a;
    for (size_t t = 0; t < n->trusts; t++)
        for (int type = 0; type < 3 && n->trust[t].system == system; type++)
            for (int month = 0; month < 12; month++)
                if (fpti_synth_attendances(n, t, month, type, &a)) {
                    seen += a.attendances;
                    late += a.breaches;
                }
    return seen > 0 ? (seen - late) * 1000 / seen : 0;
}

static void share(fpti_paper *p, int64_t per_mille)
{
    char text[32];
    snprintf(text, sizeof text, "%lld.%lld%%", (long long)(per_mille / 10),
             (long long)(per_mille % 10));
    fpti_paper_put_text(p, text);
}

static int64_t between(fpt_rng *rng, int64_t low, int64_t high)
{
    return low + (int64_t)fpt_rng_below(rng, (uint32_t)(high - low + 1));
}

/* Better systems have better luck in everything, a little. */
static void dashboard_row(fpti_paper *p, size_t s)
{
    static const char *const leaders[] = {"-Advanced", "-Established",
                                          "-Developing", "-Early"};
    const fpti_nation *n = p->nation;
    fpt_rng rng = fpti_synth_rng(n, s, 0, FPTI_FOR_DASHBOARD);
    const int64_t worse = (int64_t)((s + 1) % 4),
                  bed_days = between(&rng, 400, 480) + 20 * worse;
    fpti_paper_put_text(p, n->system[s].code);
    fpti_paper_put_text(p, n->system[s].name);
    share(p, four_hours(n, s));
    share(p, between(&rng, 900, 945) - 6 * worse);
    fpti_paper_put_text(p, worse == 3 ? "Yes" : "No");
    fpti_paper_put_fraction(p, between(&rng, 2, 14), 1);
    fpti_paper_put_fraction(p, between(&rng, 90, 160) + 8 * worse, 1);
    share(p, between(&rng, 60, 500));
    share(p, between(&rng, 720, 790));
    share(p, between(&rng, 460, 540) - 4 * worse);
    share(p, between(&rng, 640, 860));
    share(p, between(&rng, 500, 570) - 5 * worse);
    share(p, between(&rng, 780, 860) - 8 * worse);
    fpti_paper_put_fraction(p, between(&rng, 84, 89), 1);
    fpti_paper_put_number(p, between(&rng, 88, 118) + 4 * worse);
    fpti_paper_put_number(p, bed_days);
    fpti_paper_put_number(p, between(&rng, 3200, 6900) + 500 * worse);
    fpti_paper_put_text(p, leaders[worse]);
    fpti_paper_put_fraction(p, between(&rng, -9, 22) - 8 * worse, 1);
    fpti_paper_put_text(p, s == 5 ? "c05_cdiff_rate" : "");
    fpti_paper_put_end(p);
    p->records++;
    p->total[0] += bed_days;
}

void fpti_paper_dashboard(fpti_paper *p)
{
    fpti_paper_put_line(
        p, "stp17_code,stp_name,c01_ae4h_pct_raw,c02_rtt18_pct_raw,"
           "c03_special_measures_raw,c04_mrsa_rate_raw,c05_cdiff_rate_raw,"
           "c06_gp_extended_access_pct_raw,c07_gp_opening_satisfaction_pct_raw,"
           "c08_iapt_recovery_pct_raw,c09_eip_2wk_pct_raw,"
           "c10_cancer_stage12_pct_raw,c11_cancer62_pct_raw,"
           "c12_cancer_experience_raw,c13_emerg_adm_rate_raw,"
           "c14_emerg_beddays_rate_raw,c15_delayed_days_rate_raw,"
           "c16_leadership_raw,c17_finance_raw,cell_flags");
    p->name[p->series++] = "stp_dashboard.emergency_bed_days";
    for (size_t s = 0; s < p->nation->systems; s++)
        dashboard_row(p, s);
}
