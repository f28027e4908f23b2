/*
 * Shared inside synth only: the nation in memory, and how its files are written.
 *
 * All draws are sums of uniform numbers, and all arithmetic on them is + - * /:
 * no function of the mathematical library, whose last digit differs between
 * machines.
 */
#ifndef FPT_SYNTH_I_H
#define FPT_SYNTH_I_H

#include "fpt/synth.h"

enum {
    FPTI_AGES = 91, /* 0 to 89, and 90 and over */
    FPTI_MONTHS = 36,
    FPTI_QUARTERS = 12,
    FPTI_FIRST_YEAR = 2016, /* April 2016 is month 0 */
    FPTI_MERGER_MONTH = 18, /* October 2017 */
    FPTI_IMPROVED_MONTH = 18,
    FPTI_WORSE_MONTH = 26,   /* June 2018 */
    FPTI_SUSPECT_MONTH = 22, /* February 2018 */
    FPTI_RANKS = 32844       /* of the index of deprivation, in all England */
};

/* Which use a stream of random numbers is for. */
enum fpti_purpose {
    FPTI_FOR_SYSTEM = 6100,
    FPTI_FOR_COMMISSIONER,
    FPTI_FOR_AREA_PLACE,
    FPTI_FOR_AREA_NEED,
    FPTI_FOR_AREA_AGES,
    FPTI_FOR_TRUST,
    FPTI_FOR_ATTENDANCES,
    FPTI_FOR_BEDS,
    FPTI_FOR_PRACTICE,
    FPTI_FOR_PAYMENTS,
    FPTI_FOR_DASHBOARD,
    FPTI_FOR_WAITS
};

typedef enum fpti_when { FPTI_2016, FPTI_2017, FPTI_2018, FPTI_2021 } fpti_when;

struct fpti_system {
    char code[32], ods[4];
    const char *name;
    double x, y; /* metres */
    size_t board;
};

/* An integrated care board of July 2022: a system, or two that became one. */
struct fpti_board {
    char code[32], ods[4], name[160];
};

struct fpti_commissioner {
    char code[32], ods[4], name[96];
    size_t system, system_2018;
    size_t from_2021; /* itself, or the one that it became part of */
    double x, y;
};

struct fpti_district {
    char code[32], name[48];
};

struct fpti_area {
    char code[32], name[80];
    size_t commissioner, district;
    int64_t x_mm, y_mm;
    double need;  /* higher is more deprived */
    int64_t rank; /* 1 is the most deprived */
    int32_t age[FPTI_AGES];
    int32_t people;
};

/* What became of it, told in the files as it would be. */
typedef enum fpti_trouble {
    FPTI_NO_TROUBLE,
    FPTI_MERGED,     /* gone into another in October 2017 */
    FPTI_SUCCESSOR,  /* the other */
    FPTI_IMPROVES,   /* really, after a day */
    FPTI_WORSENS,    /* in one step */
    FPTI_LOST_DIGIT, /* in all figures of one month */
    FPTI_UNMAPPED    /* in no map of trusts; only its catchment is known */
} fpti_trouble;

struct fpti_trust {
    char code[4], name[160];
    size_t system, commissioner;
    bool acute;
    double size;     /* attendances in a month */
    double breach;   /* fraction that takes over four hours */
    double admitted; /* fraction that is admitted */
    int64_t beds;
    int from_month, to_month; /* half open */
    fpti_trouble trouble;
};

struct fpti_practice {
    char code[32], name[128];
    size_t commissioner;
    int64_t list;
    bool walk_in; /* a centre without a list, in A&E's figures */
    bool closed;  /* at the end of 2016 */
};

/* Squares of a kilometre: the number of a board from 1, or 0 for the sea. */
typedef struct fpti_grid {
    double left, bottom; /* metres */
    size_t wide, high;
    uint16_t *board;
} fpti_grid;

typedef struct fpti_half {
    int32_t x, y; /* half squares */
} fpti_half;

typedef struct fpti_ring {
    size_t board, first, count;
    int64_t area; /* twice; below nought for a hole */
} fpti_ring;

typedef struct fpti_outline {
    size_t rings, ring_capacity, points, point_capacity;
    fpti_ring *ring;
    fpti_half *point;
} fpti_outline;

typedef struct fpti_nation {
    const fpt_synth_scale *scale;
    uint64_t seed;
    size_t systems, boards, commissioners, districts, areas, trusts, practices;
    struct fpti_system *system;
    struct fpti_board *board;
    struct fpti_commissioner *commissioner; /* the last one is new in 2021 */
    struct fpti_district *district;
    struct fpti_area *area;
    struct fpti_trust *trust;
    struct fpti_practice *practice;
    size_t mover; /* the commissioner that changes its system in 2018 */
    double side;  /* of a system, in metres */
    fpti_grid grid;
    fpti_outline outline; /* of the boards */
} fpti_nation;

FPT_MUST_CHECK fpt_status fpti_synth_make(fpt_arena *arena,
                                          const fpt_synth_scale *scale,
                                          uint64_t seed, fpti_nation *out);
FPT_MUST_CHECK fpt_status fpti_synth_places(fpt_arena *arena, fpti_nation *n);
FPT_MUST_CHECK fpt_status fpti_synth_people(fpt_arena *arena, fpti_nation *n);
void fpti_synth_providers(fpti_nation *n);
/* Land is what is within reach, in metres, of where somebody lives. */
FPT_MUST_CHECK fpt_status fpti_synth_outline(fpt_arena *arena, fpti_nation *n,
                                             double reach);
/* Only in the middle of England. */
void fpti_synth_degrees(double easting, double northing, double *lon,
                        double *lat);

/* ---- draws ---- */

fpt_rng fpti_synth_rng(const fpti_nation *n, size_t entity, size_t trial,
                       enum fpti_purpose purpose);
/* Nearly normal: mean 0, standard deviation 1, within -6 and 6. */
double fpti_synth_normal(fpt_rng *rng);
double fpti_synth_between(fpt_rng *rng, double low, double high);
/* A whole number with the mean x, for x >= 0. */
int64_t fpti_synth_whole(fpt_rng *rng, double x);

/* ---- names ---- */

const char *fpti_synth_colour(size_t system);
const char *fpti_synth_landscape(size_t commissioner_of_system);
const char *fpti_synth_system_name(const fpti_nation *n, size_t system,
                                   fpti_when when);
size_t fpti_synth_system_of(const fpti_nation *n, size_t commissioner,
                            fpti_when when);
/* Three characters: a stem of codes that were never issued, and one more. */
void fpti_synth_code3(char out[4], const char *const *stems, size_t index);

/* ---- activity ---- */

struct fpti_attendances {
    int64_t attendances, breaches, admissions;
};

/* Types of department: "1", "2", "other". False: it has none, or is not there. */
bool fpti_synth_attendances(const fpti_nation *n, size_t trust, int month,
                            int type, struct fpti_attendances *out);
bool fpti_synth_walk_in(const fpti_nation *n, size_t practice, int month,
                        struct fpti_attendances *out);
/* General and acute, maternity: beds available and occupied in a quarter. */
bool fpti_synth_beds(const fpti_nation *n, size_t trust, int quarter,
                     int64_t available[2], int64_t occupied[2]);

/* ---- files ---- */

enum { FPTI_MOST_SERIES = 3 };

/* A file as it is written, and what a reader must find in it. */
typedef struct fpti_paper {
    const fpti_nation *nation;
    int argument; /* which of several alike: a quarter, a year */
    fpt_output *out;
    bool quoted;  /* every text in quotation marks, as R writes it */
    bool started; /* a cell of this row is there */
    int64_t records;
    size_t series;
    const char *name[FPTI_MOST_SERIES];
    int64_t total[FPTI_MOST_SERIES];
} fpti_paper;

typedef struct fpti_file {
    const char *path, *source, *vintage;
    void (*write)(fpti_paper *paper);
    int argument;
} fpti_file;

const fpti_file *fpti_synth_files(size_t *count);

void fpti_paper_put_text(fpti_paper *p, const char *text);
void fpti_paper_put_number(fpti_paper *p, int64_t value);
void fpti_paper_put_pounds(fpti_paper *p, int64_t pence);
void fpti_paper_put_fraction(fpti_paper *p, int64_t units, int decimals);
void fpti_paper_put_end(fpti_paper *p);
void fpti_paper_put_line(fpti_paper *p, const char *line); /* as it stands */

void fpti_paper_lookup_year(fpti_paper *p);
void fpti_paper_ccg_stp(fpti_paper *p);
void fpti_paper_lookup_2021(fpti_paper *p);
void fpti_paper_lookup_2022(fpti_paper *p);
void fpti_paper_centroids(fpti_paper *p);
void fpti_paper_outlines(fpti_paper *p);
void fpti_paper_population(fpti_paper *p);
void fpti_paper_deprivation(fpti_paper *p);
void fpti_paper_epraccur(fpti_paper *p);
void fpti_paper_successors(fpti_paper *p);
void fpti_paper_trust_map(fpti_paper *p);
void fpti_paper_trust_2021(fpti_paper *p);
void fpti_paper_catchment(fpti_paper *p);
void fpti_paper_qof(fpti_paper *p);
void fpti_paper_payments(fpti_paper *p);
void fpti_paper_attendances(fpti_paper *p);
void fpti_paper_beds(fpti_paper *p);
void fpti_paper_waits(fpti_paper *p);
void fpti_paper_trusts_2022(fpti_paper *p);
void fpti_paper_commissioners_2022(fpti_paper *p);
void fpti_paper_practice_map(fpti_paper *p);
void fpti_paper_patients(fpti_paper *p);
void fpti_paper_ratings(fpti_paper *p);
void fpti_paper_dashboard(fpti_paper *p);

#endif /* FPT_SYNTH_I_H */
