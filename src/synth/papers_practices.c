/*
 * Files of general practice: lists and points, and what each was paid.
 */
#include <stdio.h>

#include "synth_i.h"

enum {
    WITHHELD = 6,    /* the practice whose list is not told */
    DOES_NOT_ADD = 9 /* and the one whose payments do not sum to their total */
};

static bool has_list(const struct fpti_practice *it)
{
    return !it->walk_in && !it->closed;
}

void fpti_paper_qof(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(
        p, "\xEF\xBB\xBFRegion code,Region geography code,Region name,"
           "Sub-region code,Sub-region geography code,Sub-region name,"
           "STP code,STP name,CCG code,CCG geography code,CCG name,"
           "Practice code,Practice name,All ages,"
           "Achievement score (max. 559),"
           "QOF points total/559 available (per cent),"
           "Max. QOF points available (total points for indicators where "
           "register exists),Points achieved/max. QOF points available "
           "(per cent)");
    p->name[p->series++] = "practice.list_size";
    for (size_t i = 0; i < n->practices; i++) {
        const struct fpti_practice *it = &n->practice[i];
        const struct fpti_commissioner *c = &n->commissioner[it->commissioner];
        if (!has_list(it)) continue;
        fpt_rng rng = fpti_synth_rng(n, i, 1, FPTI_FOR_PRACTICE);
        const int64_t points = (int64_t)fpti_synth_between(&rng, 480.0, 560.0);
        char name[96];
        snprintf(name, sizeof name, "%s STP", n->system[c->system].name);
        for (int k = 0; k < 6; k++)
            fpti_paper_put_text(p, k == 2 || k == 5 ? "MADE-UP REGION" : "");
        fpti_paper_put_text(p, n->system[c->system].code);
        fpti_paper_put_text(p, name);
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, c->code);
        fpti_paper_put_text(p, c->name);
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, it->name);
        if (i == WITHHELD) {
            fpti_paper_put_text(p, "*");
        } else {
            fpti_paper_put_number(p, it->list);
            p->total[0] += it->list;
        }
        fpti_paper_put_number(p, points > 559 ? 559 : points);
        fpti_paper_put_text(p, "");
        fpti_paper_put_number(p, 559);
        fpti_paper_put_text(p, "");
        fpti_paper_put_end(p);
        p->records++;
    }
}

/* ---- payments ---- */

/* Pounds for each weighted patient in a year, near those of 2017/18. */
static const struct part {
    const char *name;
    double pounds;
} parts[] = {
    {"Global Sum", 85.0},
    {"MPIG Correction factor", 0.6},
    {"Premises Payments", 11.5},
    {"Seniority", 0.9},
    {"Doctors Retainer Scheme Payments", 0.0},
    {"Total Locum Allowances", 0.7},
    {"Prolonged Study Leave", 0.0},
    {"Appraisal Costs ", 0.2},
    {"PCO Admin Other", 0.9},
    {"Total QOF Payments", 11.8},
    {"Childhood Vaccination and Immunisation Scheme", 1.0},
    {"Extended Hours Access", 1.2},
    {"Facilitating Timely Diagnosis and Support for People with Dementia", 0.0},
    {"Influenza and Pneumococcal Immunisations", 1.6},
    {"Learning Disabilities", 0.3},
    {"Minor Surgery", 0.9},
    {"Rotavirus and Shingles Immunisation", 0.2},
    {"Services for Violent Patients", 0.0},
    {"Unplanned Admissions", 0.0},
    {"Out Of Area in Hours Urgent Care", 0.0},
    {"Meningitis", 0.2},
    {"Pertussis", 0.1},
    {"Total Local Enhanced Services", 5.2},
    {"General Practice Forward View", 0.5},
    {"Information Management and Technology", 0.3},
    {"Balance of PMS Expenditure", 8.6},
    {"Non DES Item Pneumococcal Vaccine, Childhood Immunisation Main "
     "Programme",
     0.1},
    {"Prescribing Fee Payments", 1.9},
    {"Dispensing Fee Payments", 2.6},
    {"Reimbursement of Drugs", 9.4},
    {"Other Payments1", 3.0},
};
enum { PARTS = sizeof parts / sizeof *parts };

static void payments_header(fpti_paper *p)
{
    static const char *const before[] = {
        "NHS England (Region, local office) Code",
        "NHS England (Region, local office) Name",
        "CCG Code",
        "CCG Name",
        "Practice Code",
        "Practice Name",
        "Practice Address",
        "Practice Postcode",
        "Practice Open Date",
        "Practice Close Date",
        "Contract Type",
        "Dispensing Practice",
        "Practice Type",
        "Practice Rurality",
        "Atypical Characteristics",
        "Quarter used for patient data",
        "Number of Registered Patients (Last Known Figure)",
        "Number of Weighted Patients (Last Known Figure)",
        "Average payments per registered patient",
        "Average payments per weighted patient"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        fpti_paper_put_text(p, before[i]);
    for (size_t i = 0; i < PARTS; i++)
        fpti_paper_put_text(p, parts[i].name);
    fpti_paper_put_text(p, "Total NHS Payments to General Practice");
    fpti_paper_put_text(
        p, "Deductions for Pensions, Levies and Prescription Charge Income");
    fpti_paper_put_text(
        p, "Total NHS Payments to General Practice Minus Deductions");
    fpti_paper_put_end(p);
}

static void who_is_paid(fpti_paper *p, const struct fpti_practice *it,
                        const struct fpti_commissioner *c)
{
    fpti_paper_put_text(p, "");
    fpti_paper_put_text(p, "MADE-UP REGION");
    fpti_paper_put_text(p, c->ods);
    fpti_paper_put_text(p, c->name);
    fpti_paper_put_text(p, it->code);
    fpti_paper_put_text(p, it->name);
    fpti_paper_put_text(p, "Made-up Street");
    fpti_paper_put_text(p, "ZZ99 9ZZ");
    fpti_paper_put_text(p, "27120"); /* 1 April 1974, as a spreadsheet counts */
    fpti_paper_put_text(p, "");
    fpti_paper_put_text(p, "GMS");
    fpti_paper_put_text(p, "No");
    fpti_paper_put_text(p, "GP practice");
    fpti_paper_put_text(p, "Urban");
    fpti_paper_put_text(p, "");
    fpti_paper_put_text(p, "Q4");
}

static void payments_of(fpti_paper *p, size_t i)
{
    const fpti_nation *n = p->nation;
    const struct fpti_practice *it = &n->practice[i];
    fpt_rng rng = fpti_synth_rng(n, i, 0, FPTI_FOR_PAYMENTS);
    const int64_t weighted = (int64_t)(100.0 * (double)it->list *
                                       fpti_synth_between(&rng, 0.85, 1.2));
    int64_t pence[PARTS], total = 0;
    for (size_t k = 0; k < PARTS; k++) {
        pence[k] = (int64_t)((double)weighted * parts[k].pounds *
                             fpti_synth_between(&rng, 0.8, 1.2));
        total += pence[k];
    }
    if (i == DOES_NOT_ADD) total += 125000;
    const int64_t deducted = -total / 11;
    who_is_paid(p, it, &n->commissioner[it->commissioner]);
    fpti_paper_put_number(p, it->list);
    fpti_paper_put_fraction(p, weighted, 2);
    fpti_paper_put_pounds(p, it->list > 0 ? total / it->list : 0);
    fpti_paper_put_pounds(p, weighted > 0 ? total * 100 / weighted : 0);
    for (size_t k = 0; k < PARTS; k++)
        fpti_paper_put_pounds(p, pence[k]);
    fpti_paper_put_pounds(p, total);
    fpti_paper_put_pounds(p, deducted);
    fpti_paper_put_pounds(p, total + deducted);
    fpti_paper_put_end(p);
    p->records++;
    p->total[0] += it->list;
    p->total[1] += total;
    p->total[2] += deducted;
}

void fpti_paper_payments(fpti_paper *p)
{
    p->name[p->series++] = "practice.payments_patients";
    p->name[p->series++] = "practice.payments";
    p->name[p->series++] = "practice.deductions";
    payments_header(p);
    for (size_t i = 0; i < p->nation->practices; i++)
        if (has_list(&p->nation->practice[i])) payments_of(p, i);
}
