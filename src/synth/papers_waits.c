/*
 * Waiting times, the full extract of a month: incomplete pathways by provider,
 * treatment function and weeks waited.
 */
#include <stdio.h>

#include "synth_i.h"

enum { WEEKS = 104 };

static const struct {
    const char *code, *name;
    double part; /* of all who wait */
} treatments[] = {{"C_100", "General Surgery Service", 0.30},
                  {"C_110", "Trauma and Orthopaedic Service", 0.42},
                  {"C_130", "Ophthalmology Service", 0.28}};

static void put_header(fpti_paper *p)
{
    static const char *const before[] = {"Period",
                                         "Provider Parent Org Code",
                                         "Provider Parent Name",
                                         "Provider Org Code",
                                         "Provider Org Name",
                                         "Commissioner Parent Org Code",
                                         "Commissioner Parent Name",
                                         "Commissioner Org Code",
                                         "Commissioner Org Name",
                                         "RTT Part Type",
                                         "RTT Part Description",
                                         "Treatment Function Code",
                                         "Treatment Function Name"};
    char name[48];
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        fpti_paper_put_text(p, before[i]);
    for (int week = 0; week < WEEKS; week++) {
        snprintf(name, sizeof name, "Gt %02d To %02d Weeks SUM 1", week,
                 week + 1);
        fpti_paper_put_text(p, name);
    }
    fpti_paper_put_text(p, "Gt 104 Weeks SUM 1");
    fpti_paper_put_text(p, "Total");
    fpti_paper_put_text(p, "Patients with unknown clock start date");
    fpti_paper_put_text(p, "Total All");
    fpti_paper_put_end(p);
}

/* Each week the same fraction of those who wait is treated: of those waiting at
 * a moment, the parts by week are a geometric series. */
static void put_weeks(fpti_paper *p, fpt_rng *rng, double waiting, double stay)
{
    int64_t total = 0;
    double left = waiting;
    for (int week = 0; week <= WEEKS; week++) {
        const double expected = week < WEEKS ? left * (1.0 - stay) : left;
        const int64_t many = fpti_synth_whole(
            rng, expected * (1.0 + 0.08 * fpti_synth_normal(rng)));
        left *= stay;
        fpti_paper_put_number(p, many);
        total += many;
    }
    fpti_paper_put_number(p, total);
    fpti_paper_put_number(p, 0);
    fpti_paper_put_number(p, total);
    p->total[0] += total;
}

static void put_provider(fpti_paper *p, size_t t)
{
    static const char *const months[] = {
        "April",   "May",      "June",     "July",    "August",   "September",
        "October", "November", "December", "January", "February", "March"};
    const fpti_nation *n = p->nation;
    const struct fpti_trust *it = &n->trust[t];
    const struct fpti_commissioner *c = &n->commissioner[it->commissioner];
    const struct fpti_system *s =
        &n->system[fpti_synth_system_of(n, it->commissioner, FPTI_2018)];
    const int month = p->argument;
    char period[32];
    snprintf(period, sizeof period, "RTT-%s-%d", months[month % 12],
             FPTI_FIRST_YEAR + (month + 3) / 12);
    fpt_rng own = fpti_synth_rng(n, t, 1000, FPTI_FOR_WAITS);
    /* Eight to sixteen in a hundred wait longer than 18 weeks, slowly more. */
    const double stay =
        fpti_synth_between(&own, 0.870, 0.902) + 0.0004 * (double)(month - 24);
    for (size_t k = 0; k < sizeof treatments / sizeof *treatments; k++) {
        fpt_rng rng =
            fpti_synth_rng(n, t * 8 + k, (size_t)month, FPTI_FOR_WAITS);
        fpti_paper_put_text(p, period);
        fpti_paper_put_text(p, s->ods);
        fpti_paper_put_text(p, s->name);
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, it->name);
        fpti_paper_put_text(p, s->ods);
        fpti_paper_put_text(p, s->name);
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, c->name);
        fpti_paper_put_text(p, "Part_2");
        fpti_paper_put_text(p, "Incomplete Pathways");
        fpti_paper_put_text(p, treatments[k].code);
        fpti_paper_put_text(p, treatments[k].name);
        put_weeks(p, &rng, 2.1 * it->size * treatments[k].part, stay);
        fpti_paper_put_end(p);
        p->records++;
    }
}

void fpti_paper_waits(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    p->name[p->series++] = "rtt.pathways";
    put_header(p);
    for (size_t t = 0; t < n->trusts; t++)
        if (n->trust[t].acute && p->argument < n->trust[t].to_month)
            put_provider(p, t);
}
