/*
 * Files of areas: who lies in what, in each year; where people live; how many
 * they are, and how deprived.
 */
#include <stdio.h>

#include "synth_i.h"

/* ---- lookups ---- */

static fpti_when when_of(int year)
{
    return year == 2016   ? FPTI_2016
           : year == 2017 ? FPTI_2017
           : year == 2018 ? FPTI_2018
                          : FPTI_2021;
}

/* As ONS issues them. That of 2016 knows no partnership yet. */
void fpti_paper_lookup_year(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    const int year = p->argument, yy = year % 100;
    char line[160];
    if (year == 2016)
        snprintf(line, sizeof line,
                 "LSOA11CD,LSOA11NM,CCG%dCD,CCG%dCDH,CCG%dNM,LAD%dCD,LAD%dNM,"
                 "FID",
                 yy, yy, yy, yy, yy);
    else
        snprintf(line, sizeof line,
                 "LSOA11CD,LSOA11NM,CCG%dCD,CCG%dCDH,CCG%dNM,STP%dCD,STP%dNM,"
                 "LAD%dCD,LAD%dNM,FID",
                 yy, yy, yy, yy, yy, yy, yy);
    fpti_paper_put_line(p, line);
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        const struct fpti_commissioner *c =
            &n->commissioner[area->commissioner];
        const size_t s =
            fpti_synth_system_of(n, area->commissioner, when_of(year));
        fpti_paper_put_text(p, area->code);
        fpti_paper_put_text(p, area->name);
        fpti_paper_put_text(p, c->code);
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, c->name);
        if (year > 2016) {
            fpti_paper_put_text(p, n->system[s].code);
            fpti_paper_put_text(p, fpti_synth_system_name(n, s, when_of(year)));
        }
        fpti_paper_put_text(p, n->district[area->district].code);
        fpti_paper_put_text(p, n->district[area->district].name);
        fpti_paper_put_number(p, (int64_t)a + 1);
        fpti_paper_put_end(p);
        p->records++;
    }
}

void fpti_paper_ccg_stp(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    const int yy = p->argument % 100;
    char line[80];
    snprintf(line, sizeof line, "CCG%dCD,CCG%dCDH,CCG%dNM,STP%dCD,STP%dNM,FID",
             yy, yy, yy, yy, yy);
    fpti_paper_put_line(p, line);
    for (size_t c = 0; c + 1 < n->commissioners; c++) {
        const fpti_when when = when_of(p->argument);
        const size_t s = fpti_synth_system_of(n, c, when);
        fpti_paper_put_text(p, n->commissioner[c].code);
        fpti_paper_put_text(p, n->commissioner[c].ods);
        fpti_paper_put_text(p, n->commissioner[c].name);
        fpti_paper_put_text(p, n->system[s].code);
        fpti_paper_put_text(p, fpti_synth_system_name(n, s, when));
        fpti_paper_put_number(p, (int64_t)c + 1);
        fpti_paper_put_end(p);
        p->records++;
    }
}

/* As the R package geographr writes them: names before codes, all quoted. */
void fpti_paper_lookup_2021(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "\"lsoa11_name\",\"lsoa11_code\",\"ccg21_name\","
                           "\"ccg21_code\",\"stp21_name\",\"stp21_code\","
                           "\"ltla21_name\",\"ltla21_code\"");
    p->quoted = true;
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        const size_t c = n->commissioner[area->commissioner].from_2021;
        const size_t s = fpti_synth_system_of(n, c, FPTI_2021);
        fpti_paper_put_text(p, area->name);
        fpti_paper_put_text(p, area->code);
        fpti_paper_put_text(p, n->commissioner[c].name);
        fpti_paper_put_text(p, n->commissioner[c].code);
        fpti_paper_put_text(p, fpti_synth_system_name(n, s, FPTI_2021));
        fpti_paper_put_text(p, n->system[s].code);
        fpti_paper_put_text(p, n->district[area->district].name);
        fpti_paper_put_text(p, n->district[area->district].code);
        fpti_paper_put_end(p);
        p->records++;
    }
}

void fpti_paper_lookup_2022(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "\"lsoa11_name\",\"lsoa11_code\",\"sicbl22_name\","
                           "\"sicbl22_code\",\"sicbl22_code_h\",\"icb22_name\","
                           "\"icb22_code\",\"icb22_code_h\",\"ltla22_name\","
                           "\"ltla22_code\"");
    p->quoted = true;
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        const struct fpti_commissioner *c =
            &n->commissioner[n->commissioner[area->commissioner].from_2021];
        const struct fpti_board *board =
            &n->board[n->system[c->system_2018].board];
        char place[120];
        snprintf(place, sizeof place, "%.80s - %s", board->name, c->ods);
        fpti_paper_put_text(p, area->name);
        fpti_paper_put_text(p, area->code);
        fpti_paper_put_text(p, place);
        fpti_paper_put_text(p, c->code);
        fpti_paper_put_text(p, c->ods);
        fpti_paper_put_text(p, board->name);
        fpti_paper_put_text(p, board->code);
        fpti_paper_put_text(p, board->ods);
        fpti_paper_put_text(p, n->district[area->district].name);
        fpti_paper_put_text(p, n->district[area->district].code);
        fpti_paper_put_end(p);
        p->records++;
    }
}

/* ---- what is there ---- */

/* Begins with a byte order mark, as ONS's does. */
void fpti_paper_centroids(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "\xEF\xBB\xBFX,Y,objectid,lsoa11cd,lsoa11nm");
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        fpti_paper_put_fraction(p, area->x_mm, 3);
        fpti_paper_put_fraction(p, area->y_mm, 3);
        fpti_paper_put_number(p, (int64_t)a + 1);
        fpti_paper_put_text(p, area->code);
        fpti_paper_put_text(p, area->name);
        fpti_paper_put_end(p);
        p->records++;
    }
}

void fpti_paper_population(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    p->quoted = true;
    fpti_paper_put_text(p, "lsoa11_code");
    fpti_paper_put_text(p, "lsoa11_name");
    fpti_paper_put_text(p, "total_population");
    for (int age = 0; age < FPTI_AGES; age++) {
        char name[8];
        snprintf(name, sizeof name, "%d%s", age,
                 age + 1 == FPTI_AGES ? "+" : "");
        fpti_paper_put_text(p, name);
    }
    fpti_paper_put_end(p);
    p->name[p->series++] = "population.residents";
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        fpti_paper_put_text(p, area->code);
        fpti_paper_put_text(p, area->name);
        fpti_paper_put_number(p, area->people);
        for (int age = 0; age < FPTI_AGES; age++)
            fpti_paper_put_number(p, area->age[age]);
        fpti_paper_put_end(p);
        p->records++;
        p->total[0] += area->people;
    }
}

void fpti_paper_deprivation(fpti_paper *p)
{
    const fpti_nation *n = p->nation;
    fpti_paper_put_line(p, "LSOA11CD,LSOA11NM,LAD19CD,LAD19NM,IMD19,FID");
    p->name[p->series++] = "deprivation.imd2019_rank";
    for (size_t a = 0; a < n->areas; a++) {
        const struct fpti_area *area = &n->area[a];
        fpti_paper_put_text(p, area->code);
        fpti_paper_put_text(p, area->name);
        fpti_paper_put_text(p, n->district[area->district].code);
        fpti_paper_put_text(p, n->district[area->district].name);
        fpti_paper_put_number(p, area->rank);
        fpti_paper_put_number(p, (int64_t)a + 1);
        fpti_paper_put_end(p);
        p->records++;
        p->total[0] += area->rank;
    }
}
