/*
 * Files of activity: A&E by month, beds by quarter.
 */
#include <stdio.h>

#include "synth_i.h"

/* ---- A&E ---- */

enum { UNREADABLE_MONTH = 7 }; /* of the first walk-in centre */

static void attendance(fpti_paper *p, int month, const char *code, int type,
                       const struct fpti_attendances *a, bool readable)
{
    static const char *const types[] = {"1", "2", "other"};
    char date[24];
    snprintf(date, sizeof date, "%04d-%02d-01",
             FPTI_FIRST_YEAR + (month + 3) / 12, (month + 3) % 12 + 1);
    p->quoted = false;
    fpti_paper_put_text(p, date);
    p->quoted = true;
    fpti_paper_put_text(p, code);
    fpti_paper_put_text(p, types[type]);
    p->quoted = false;
    fpti_paper_put_number(p, a->attendances);
    /* The letter O in the place of nought: the record is set aside. */
    if (readable)
        fpti_paper_put_number(p, a->breaches);
    else
        fpti_paper_put_text(p, "1O");
    fpti_paper_put_number(p, a->admissions);
    fpti_paper_put_end(p);
    if (!readable) return;
    p->records++;
    p->total[0] += a->attendances;
    p->total[1] += a->breaches;
    p->total[2] += a->admissions;
}

static void month_of(fpti_paper *p, int month)
{
    const fpti_nation *n = p->nation;
    struct fpti_attendances a = {0};
    bool first = true;
    for (size_t t = 0; t < n->trusts; t++)
        for (int type = 0; type < 3; type++)
            if (fpti_synth_attendances(n, t, month, type, &a))
                attendance(p, month, n->trust[t].code, type, &a, true);
    for (size_t i = 0; i < n->practices; i++) {
        if (!fpti_synth_walk_in(n, i, month, &a)) continue;
        attendance(p, month, n->practice[i].code, 2, &a,
                   !first || month != UNREADABLE_MONTH);
        first = false;
    }
    /* A unit that is in no register at all: its figures are kept, unassigned. */
    fpt_rng rng =
        fpti_synth_rng(n, n->trusts * 3, (size_t)month, FPTI_FOR_ATTENDANCES);
    a = (struct fpti_attendances){.attendances =
                                      180 + (int64_t)fpt_rng_below(&rng, 60)};
    attendance(p, month, "T99999", 2, &a, true);
}

void fpti_paper_attendances(fpti_paper *p)
{
    p->name[p->series++] = "ae.attendances";
    p->name[p->series++] = "ae.over_4h";
    p->name[p->series++] = "ae.emergency_admissions";
    fpti_paper_put_line(p, "\"period\",\"org_code\",\"type\",\"attendances\","
                           "\"breaches\",\"admissions\"");
    for (int month = 0; month < FPTI_MONTHS; month++)
        month_of(p, month);
}

/* ---- beds ---- */

/* As the sheet has them: " 1,828 ", and " -   " for nought. */
static void bed_cell(fpti_paper *p, int64_t beds)
{
    char number[FPT_NUMBER_BYTES], cell[FPT_NUMBER_BYTES + 4];
    fpt_print_grouped(beds, number);
    if (beds == 0)
        snprintf(cell, sizeof cell, " -   ");
    else
        snprintf(cell, sizeof cell, " %s ", number);
    fpti_paper_put_text(p, cell);
}

static void bed_row(fpti_paper *p, const char *code, const char *name,
                    const int64_t available[2], const int64_t occupied[2])
{
    static const char *const ends[] = {"June", "September", "December",
                                       "March"};
    const int year = FPTI_FIRST_YEAR + p->argument / 4;
    char text[96];
    fpti_paper_put_text(p, "");
    snprintf(text, sizeof text, "%d-%02d", year, (year + 1) % 100);
    fpti_paper_put_text(p, text);
    fpti_paper_put_text(p, ends[p->argument % 4]);
    fpti_paper_put_text(p, "");
    fpti_paper_put_text(p, code);
    fpti_paper_put_text(p, name);
    for (int k = 0; k < 2; k++) {
        const int64_t *beds = k == 0 ? available : occupied;
        bed_cell(p, beds[0] + beds[1]);
        bed_cell(p, beds[0]);
        bed_cell(p, 0);
        bed_cell(p, beds[1]);
        bed_cell(p, 0);
        fpti_paper_put_text(p, "");
    }
    for (int k = 0; k < 5; k++)
        fpti_paper_put_text(p, "-");
    fpti_paper_put_end(p);
}

static void bed_preamble(fpti_paper *p)
{
    static const char *const published[] = {"18th August ", "17th November ",
                                            "23rd February ", "25th May "};
    const int quarter = p->argument % 4,
              year = FPTI_FIRST_YEAR + p->argument / 4 + (quarter >= 2);
    char line[160];
    fpti_paper_put_line(p, ",,,,,,,,,,,,,,,,,,,,,,");
    fpti_paper_put_line(
        p, ",Title:,Average daily number of available and occupied "
           "beds open overnight by sector,,,,,,,,,,,,,,,,,,,,");
    fpti_paper_put_line(p, ",Source:,Made up,,,,,,,,,,,,,,,,,,,,");
    snprintf(line, sizeof line, ",Published:,%s%d,,,,,,,,,,,,,,,,,,,,",
             published[quarter], year);
    fpti_paper_put_line(p, line);
    fpti_paper_put_line(p, ",,,,,,,,,,,,,,,,,,,,,,");
    fpti_paper_put_line(p, ",,,,,,Available,,,,,,Occupied,,,,,,% Occupied,,,,");
    fpti_paper_put_line(
        p, ",Year,Period End,Region Code,Org Code,Org Name,Total ,"
           "General & Acute,Learning Disabilities,Maternity,Mental "
           "Illness,,Total ,General & Acute,Learning Disabilities,"
           "Maternity,Mental Illness,,Total ,General & Acute,"
           "Learning Disabilities,Maternity,Mental Illness");
}

void fpti_paper_beds(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    int64_t all[2][2] = {{0}}, available[2], occupied[2];
    p->name[p->series++] = "beds.available";
    p->name[p->series++] = "beds.occupied";
    bed_preamble(p);
    for (size_t t = 0; t < n->trusts; t++) {
        if (!fpti_synth_beds(n, t, p->argument, available, occupied)) continue;
        for (int k = 0; k < 2; k++) {
            all[0][k] += available[k];
            all[1][k] += occupied[k];
        }
    }
    bed_row(p, "", "England", all[0], all[1]);
    fpti_paper_put_line(p, ",,,,,,,,,,,,,,,,,,,,,,");
    for (size_t t = 0; t < n->trusts; t++) {
        char code[8];
        if (!fpti_synth_beds(n, t, p->argument, available, occupied)) continue;
        snprintf(code, sizeof code, " %s ", n->trust[t].code);
        bed_row(p, code, n->trust[t].name, available, occupied);
        p->records++;
    }
    /* A whole and its sectors: the warehouse keeps both. */
    p->total[0] = 2 * (all[0][0] + all[0][1]);
    p->total[1] = 2 * (all[1][0] + all[1][1]);
}
