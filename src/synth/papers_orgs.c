/*
 * Files of organisations: the practice file, successions, and the maps that say
 * in which system a trust is.
 */
#include <stdio.h>

#include "synth_i.h"

static void blanks(fpti_paper *p, int count)
{
    for (int i = 0; i < count; i++)
        fpti_paper_put_text(p, "");
}

/* 27 columns, no header, dates without signs between. */
void fpti_paper_epraccur(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    p->quoted = true;
    for (size_t i = 0; i < n->practices; i++) {
        const struct fpti_practice *it = &n->practice[i];
        const struct fpti_commissioner *c = &n->commissioner[it->commissioner];
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, it->name);
        fpti_paper_put_text(p, "");
        fpti_paper_put_text(p, "");
        fpti_paper_put_text(p, "Made-up Street");
        blanks(p, 4);
        fpti_paper_put_text(p, "ZZ99 9ZZ"); /* no postcode of a place */
        fpti_paper_put_text(p, "19740401");
        fpti_paper_put_text(p, it->closed ? "20161231" : "");
        fpti_paper_put_text(p, it->closed ? "C" : "A");
        fpti_paper_put_text(p, "B");
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, "20130401");
        fpti_paper_put_text(p, it->closed ? "20161231" : "");
        blanks(p, 4);
        fpti_paper_put_text(p, "0");
        fpti_paper_put_text(p, "");
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, "");
        fpti_paper_put_text(p, it->walk_in ? "1" : "4");
        fpti_paper_put_text(p, "");
        fpti_paper_put_end(p);
        p->records++;
    }
}

static void succession(fpti_paper *p, const char *old, const char *new,
                       const char *on)
{
    p->quoted = true;
    fpti_paper_put_text(p, old);
    fpti_paper_put_text(p, new);
    p->quoted = false;
    fpti_paper_put_text(p, on);
    fpti_paper_put_end(p);
    p->records++;
}

void fpti_paper_successors(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "\"old_code\",\"new_code\",\"date\"");
    for (size_t c = 0; c + 1 < n->commissioners; c++)
        if (n->commissioner[c].from_2021 != c)
            succession(p, n->commissioner[c].ods,
                       n->commissioner[n->commissioner[c].from_2021].ods,
                       "2021-04-01");
    for (size_t t = 0; t < n->trusts; t++)
        if (n->trust[t].trouble == FPTI_MERGED)
            succession(p, n->trust[t].code, n->trust[n->trusts - 1].code,
                       "2017-10-01");
}

/* Made by hand in 2017/18: acute trusts, none that had merged by then. */
void fpti_paper_trust_map(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(
        p, "\xEF\xBB\xBFNHS England Region,Trust,code,STP,STP_code");
    for (size_t t = 0; t < n->trusts; t++) {
        const struct fpti_trust *it = &n->trust[t];
        if (!it->acute || it->trouble == FPTI_MERGED ||
            it->trouble == FPTI_UNMAPPED)
            continue;
        fpti_paper_put_text(p, "Made-up Region");
        fpti_paper_put_text(p, it->name);
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, n->system[it->system].name);
        fpti_paper_put_text(p, n->system[it->system].code);
        fpti_paper_put_end(p);
        p->records++;
    }
}

static bool lives_in_2021(const struct fpti_trust *t)
{
    return t->trouble != FPTI_MERGED;
}

void fpti_paper_trust_2021(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(
        p, "\"nhs_trust22_name\",\"nhs_trust22_code\",\"stp21_name\","
           "\"stp21_code\"");
    p->quoted = true;
    for (size_t t = 0; t < n->trusts; t++) {
        const struct fpti_trust *it = &n->trust[t];
        if (!lives_in_2021(it) || it->trouble == FPTI_UNMAPPED) continue;
        const size_t s = fpti_synth_system_of(n, it->commissioner, FPTI_2021);
        fpti_paper_put_text(p, it->name);
        fpti_paper_put_text(p, it->code);
        fpti_paper_put_text(p, fpti_synth_system_name(n, s, FPTI_2021));
        fpti_paper_put_text(p, n->system[s].code);
        fpti_paper_put_end(p);
        p->records++;
    }
}

/* Some patients cross a border: 4 to 12 in a hundred, to the next board. */
void fpti_paper_catchment(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "\"nhs_trust22_code\",\"icb22_code\","
                           "\"proportion_trust_came_from_icb\"");
    for (size_t t = 0; t < n->trusts; t++) {
        const struct fpti_trust *it = &n->trust[t];
        if (!lives_in_2021(it)) continue;
        fpt_rng rng = fpti_synth_rng(n, t, 1, FPTI_FOR_TRUST);
        const int64_t whole = 1000000000000,
                      away = (int64_t)(fpti_synth_between(&rng, 0.04, 0.12) *
                                       1000000.0) *
                             1000000;
        const size_t s = fpti_synth_system_of(n, it->commissioner, FPTI_2021),
                     home = n->system[s].board, next = (home + 1) % n->boards;
        for (int i = 0; i < 2; i++) {
            p->quoted = true;
            fpti_paper_put_text(p, it->code);
            fpti_paper_put_text(p, n->board[i == 0 ? home : next].code);
            p->quoted = false;
            fpti_paper_put_fraction(p, i == 0 ? whole - away : away, 12);
            fpti_paper_put_end(p);
            p->records++;
        }
    }
}
