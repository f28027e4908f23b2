/*
 * Registers of later years: trusts and commissioners with the board that they
 * were in, practices with their network, and the lists of 2021.
 */
#include <stdio.h>

#include "synth_i.h"

static void blanks(fpti_paper *p, int count)
{
    for (int i = 0; i < count; i++)
        fpti_paper_put_text(p, "");
}

/* 27 columns, no header: trusts and commissioners alike. */
static void register_row(fpti_paper *p, const char *code, const char *name,
                         const char *system, const char *opened,
                         const char *closed)
{
    p->quoted = true;
    fpti_paper_put_text(p, code);
    fpti_paper_put_text(p, name);
    fpti_paper_put_text(p, "");
    fpti_paper_put_text(p, system);
    fpti_paper_put_text(p, "Made-up Street");
    blanks(p, 4);
    fpti_paper_put_text(p, "ZZ99 9ZZ");
    fpti_paper_put_text(p, opened);
    fpti_paper_put_text(p, closed);
    blanks(p, 9);
    fpti_paper_put_text(p, closed[0] != '\0' ? "1" : "0");
    blanks(p, 5);
    fpti_paper_put_end(p);
    p->records++;
}

void fpti_paper_trusts_2022(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    for (size_t t = 0; t < n->trusts; t++) {
        const struct fpti_trust *it = &n->trust[t];
        const size_t s = fpti_synth_system_of(n, it->commissioner, FPTI_2021);
        const bool after = it->trouble == FPTI_SUCCESSOR;
        register_row(p, it->code, it->name, n->board[n->system[s].board].ods,
                     after ? "20171001" : "20010401",
                     it->trouble == FPTI_MERGED ? "20170930" : "");
    }
}

void fpti_paper_commissioners_2022(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    for (size_t c = 0; c < n->commissioners; c++) {
        const struct fpti_commissioner *it = &n->commissioner[c];
        const size_t s = fpti_synth_system_of(n, c, FPTI_2021);
        const bool new = c + 1 == n->commissioners;
        register_row(p, it->ods, it->name, n->board[n->system[s].board].ods,
                     new ? "20210401" : "20130401",
                     it->from_2021 != c ? "20210331" : "");
    }
}

/* ---- practices ---- */

static bool open_in_2021(const struct fpti_practice *it)
{
    return !it->walk_in && !it->closed;
}

/* Three networks a commissioner, as near as may be of the same number. */
static size_t network_of(const fpti_nation *n, size_t practice)
{
    const size_t c = n->practice[practice].commissioner;
    return 3 * c + practice % 3;
}

void fpti_paper_practice_map(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(
        p, "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,"
           "PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ONS_CCG_CODE,CCG_CODE,CCG_NAME,"
           "ONS_STP_CODE,STP_CODE,STP_NAME,ONS_COMM_REGION_CODE,"
           "COMM_REGION_CODE,COMM_REGION_NAME");
    for (size_t i = 0; i < n->practices; i++) {
        const struct fpti_practice *it = &n->practice[i];
        if (!open_in_2021(it)) continue;
        const size_t c = n->commissioner[it->commissioner].from_2021,
                     s = fpti_synth_system_of(n, c, FPTI_2021),
                     network = network_of(n, i);
        char code[32], name[128];
        snprintf(code, sizeof code, "U98%03zu", network + 1);
        snprintf(name, sizeof name, "%s %s %zu PCN",
                 fpti_synth_colour(n->commissioner[it->commissioner].system),
                 fpti_synth_landscape(network / 3), network % 3 + 1);
        fpti_paper_put_text(p, "GP_PRAC_PAT_LIST");
        fpti_paper_put_text(p, "01Jan2022");
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, it->name);
        fpti_paper_put_text(p, "ZZ99 9ZZ");
        fpti_paper_put_text(p, code);
        fpti_paper_put_text(p, name);
        fpti_paper_put_text(p, n->commissioner[c].code);
        fpti_paper_put_text(p, n->commissioner[c].ods);
        fpti_paper_put_text(p, n->commissioner[c].name);
        fpti_paper_put_text(p, n->system[s].code);
        fpti_paper_put_text(p, n->system[s].ods);
        fpti_paper_put_text(p, fpti_synth_system_name(n, s, FPTI_2021));
        blanks(p, 3);
        fpti_paper_put_end(p);
        p->records++;
    }
}

void fpti_paper_patients(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,"
                           "ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,"
                           "NUMBER_OF_PATIENTS");
    p->name[p->series++] = "practice.registered_patients";
    for (size_t i = 0; i < n->practices; i++) {
        const struct fpti_practice *it = &n->practice[i];
        const struct fpti_commissioner *c = &n->commissioner[it->commissioner];
        if (!open_in_2021(it)) continue;
        fpt_rng rng = fpti_synth_rng(n, i, 2, FPTI_FOR_PRACTICE);
        const int64_t patients =
            (int64_t)((double)it->list * fpti_synth_between(&rng, 0.98, 1.08));
        fpti_paper_put_text(p, "GP_PRAC_PAT_LIST");
        fpti_paper_put_text(p, "01JAN2021");
        fpti_paper_put_text(p, "GP");
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, c->code);
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, "ZZ99 9ZZ");
        fpti_paper_put_text(p, "ALL");
        fpti_paper_put_text(p, "ALL");
        fpti_paper_put_number(p, patients);
        fpti_paper_put_end(p);
        p->records++;
        p->total[0] += patients;
    }
}
