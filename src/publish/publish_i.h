/* Shared inside publish only. */
#ifndef FPT_PUBLISH_I_H
#define FPT_PUBLISH_I_H

#include "fpt/gains.h"
#include "fpt/geo.h"
#include "fpt/publish.h"
#include "fpt/rating.h"

/* Seed and draws of what is drawn for pages: those of the command when nothing
 * else is asked for. */
enum { FPTI_SEED = 1, FPTI_GAIN_DRAWS = 10000 };

/* ---- html.c: words and numbers into a page, always escaped ---- */

typedef struct fpti_arg {
    enum { FPTI_TEXT, FPTI_COUNT, FPTI_REAL } kind;
    fpt_str text;
    int64_t whole;
    double real;
    int decimals;
} fpti_arg;

/* Arguments of PUT: a view, a literal, a count with separators, a number with
 * so many decimals. NaN prints as nothing. */
#define S(value) ((fpti_arg){.kind = FPTI_TEXT, .text = (value)})
#define W(value) ((fpti_arg){.kind = FPTI_TEXT, .text = fpt_str_from(value)})
#define I(value) ((fpti_arg){.kind = FPTI_COUNT, .whole = (int64_t)(value)})
#define R(value, places)                                                       \
    ((fpti_arg){.kind = FPTI_REAL, .real = (value), .decimals = (places)})

/* A whole number with separators where no decimals are shown. */
static inline fpti_arg fpti_real(double value, int decimals)
{
    if (decimals > 0 || isnan(value)) return R(value, decimals);
    return I(llround(value));
}

typedef struct fpti_page {
    struct fpti_site *site;
    fpt_arena *arena;
    fpt_output out;
    const char *root; /* "" or "../": from this page to the site's folder */
    fpt_str path;     /* of the page, below the site's folder */
} fpti_page;

/* Text as it stands, which must be literal. */
void fpti_put_text(fpti_page *page, const char *html);
/* Each {} of the format takes one argument. */
void fpti_put(fpti_page *page, const char *format, size_t count,
              const fpti_arg *args);
#define PUT(page, format, ...)                                                 \
    fpti_put((page), (format),                                                 \
             sizeof((fpti_arg[]){__VA_ARGS__}) / sizeof(fpti_arg),             \
             (const fpti_arg[]){__VA_ARGS__})

/* JSON as the inside of an element: no < in it, so that no text in it can end
 * the element. It fails as the page does. */
void fpti_put_json(fpti_page *page, const fpt_output *json);

/* 1 April 2017; March 2017, 2016/17 or 30 June 2017; and for names of files. */
fpt_str fpti_day(fpt_arena *arena, fpt_date date);
fpt_str fpti_when(fpt_arena *arena, fpt_period period);
fpt_str fpti_slug(fpt_arena *arena, fpt_period period);
/* From the first day to the last: "1 April 2016 to 30 June 2022", "since ...". */
fpt_str fpti_span(fpt_arena *arena, fpt_period period);

/* ---- what is published ---- */

/* The footprints on which figures are shown. */
typedef struct fpti_view {
    fpt_str key; /* "then" or a date, as stored */
    bool then;
    fpt_date on;
    fpt_str suffix; /* of names of files: "" or "-on-2022-07-01" */
    fpt_str title;
} fpti_view;

enum { FPTI_NO_VIEW = 255 };

typedef struct fpti_figure {
    uint16_t indicator;
    uint8_t view, tier; /* tier: index into site.tier */
    fpt_figure f;
} fpti_figure;

typedef struct fpti_periods {
    size_t count;
    const fpt_period *period; /* in order */
} fpti_periods;

/* Outlines of the areas of one kind and day, in kilometres. */
typedef struct fpti_map {
    fpt_arena arena; /* of what is below: it is drawn behind our back */
    const fpt_partition *partition;
    fpt_str kind; /* of the areas */
    bool approximate;
    double left, top, width, height; /* of the drawing */
    size_t areas;                    /* 0: there are no outlines */
    fpt_str *code, *path;
    struct fpti_map *next;
} fpti_map;

/* Small areas in the order of their rank, the most deprived first. */
typedef struct fpti_ranks {
    size_t by; /* the indicator of deprivation; SIZE_MAX: there is none */
    fpt_intern codes;
    int64_t *rank; /* of each code */
} fpti_ranks;

/* What went into the figures of one indicator, view, tier and period. */
typedef struct fpti_parts {
    size_t indicator, view, most;
    fpt_str tier;
    fpt_period period;
    size_t count;
    fpt_contribution *part;
    fpt_intern codes; /* of areas, in order; first: where their parts begin */
    size_t *first;
    struct fpti_parts *next;
} fpti_parts;

typedef struct fpti_part_slice {
    size_t count;
    const fpt_contribution *part;
} fpti_part_slice;

typedef struct fpti_load {
    int64_t load;
    fpt_str source, version, title, publisher, licence, vintage, name, sha256;
    int64_t bytes, read, taken, skipped, rejected;
    fpt_date known_from, loaded_on;
    bool synthetic;
} fpti_load;

/* The kept ratings of one framework, version, weights and view. */
typedef struct fpti_run {
    fpt_str framework, version, weights, view, title, path;
    const fpt_framework *rules; /* NULL: the pack is gone */
    bool whole;                 /* is there an overall rating? */
    size_t first, count;        /* rows of site.rating */
    size_t periods;
    fpt_period *period;
    fpt_rating_changes *change; /* [periods - 1]; NULL: no categories */
} fpti_run;

/* A group of places that can be judged anew, and the file it is in. */
typedef struct fpti_rule {
    size_t run, overall; /* overall: the node */
    fpt_rate_group group;
    fpt_str id, path;
} fpti_rule;

/* Peers and opportunity of all systems, of one indicator and view. */
typedef struct fpti_gains {
    size_t indicator, view;
    fpt_period period;
    const fpt_alike *alike;
    size_t count, peers;
    fpt_gain *gain;
    fpt_peer *peer;
} fpti_gains;

typedef struct fpti_site {
    fpt_arena *arena; /* lives as long as the site is made */
    const fpt_workspace *workspace;
    fpt_store *warehouse;
    fpt_registry *registry;
    const fpt_tiers *tiers;
    const fpt_publish_options *options;
    const char *folder; /* that is being written */
    fpt_behind *behind; /* draws maps, then writes files */
    struct fpti_files *files;
    fpt_measure *measure;
    fpt_rate *rate;

    bool synthetic;
    size_t loads;
    fpti_load *load;
    size_t indicators; /* with figures */
    fpt_indicator *indicator;
    fpti_periods *main; /* of each: the periods that have pages */
    size_t headline;    /* index of the indicator of the first page */
    size_t tiers_named;
    fpt_str *tier; /* names of tiers, the nation's and organisations' too */
    size_t views;
    fpti_view *view;
    size_t figures;
    fpti_figure *figure; /* by indicator, view, tier, code, then period */
    size_t ratings;
    fpt_rating *rating; /* of all frameworks that were run */
    size_t runs, runs_room;
    fpti_run *run;
    size_t rules, rules_room;
    fpti_rule *rule;
    fpt_arena scratch; /* by value: what is taken of it is given back */
    const fpt_peers_pack *peers; /* NULL: no pack of peers */
    fpt_str no_peers;            /* why there are none; empty */
    size_t gains, gains_room;
    fpti_gains *gain;
    fpti_ranks ranks;
    fpti_map *maps;
    struct fpti_drawing *drawing; /* NULL: all maps are drawn */
    fpt_arena parts_arena;        /* of the parts at hand */
    fpti_parts *parts;

    fpt_publish_result result;
} fpti_site;

/* ---- gather.c: out of the warehouse ---- */

fpt_status fpti_gather(fpti_site *site, fpt_error *err);

/* The figures of one indicator, view, tier and code (empty: all codes). */
typedef struct fpti_slice {
    size_t count;
    const fpti_figure *figure;
} fpti_slice;
fpti_slice fpti_figures(const fpti_site *site, size_t indicator, size_t view,
                        fpt_str tier, fpt_str code);
/* One figure, or NULL. */
const fpt_figure *fpti_site_figure(const fpti_site *site, size_t indicator,
                                   size_t view, fpt_str tier, fpt_str code,
                                   fpt_period period);
/* Is it of the grain for which the indicator has pages? */
bool fpti_is_main(const fpt_indicator *indicator, fpt_period period);
/* Is it of the finest grain, which is charted over time? */
bool fpti_is_series(const fpt_indicator *indicator, fpt_period period);
bool fpti_has_tier(const fpt_indicator *indicator, const char *tier);

/* ---- files.c ---- */

fpt_status fpti_files_open(fpti_site *site, fpt_error *err);
void fpti_files_close(fpti_site *site);
/* Bytes, which are copied, into a file of the site. What went wrong with a file is
 * told with a later one, or when site.behind is settled. */
fpt_status fpti_write(fpti_site *site, fpt_str path, fpt_str bytes,
                      fpt_error *err);

/* ---- frame.c: what every page has ---- */

fpt_status fpti_page_open(fpti_site *site, fpt_arena *arena, fpt_str path,
                          const char *section, fpt_str title, fpti_page *out,
                          fpt_error *err);
/* Write the page to its file. */
fpt_status fpti_page_close(fpti_page *page, fpt_error *err);
void fpti_crumbs(fpti_page *page, size_t count, const fpt_str *name,
                 const fpt_str *path);

/* ---- names of pages ---- */

fpt_str fpti_path_indicator(fpt_arena *arena, const fpti_site *site,
                            size_t indicator, size_t view, fpt_period period);
fpt_str fpti_path_area(fpt_arena *arena, const fpti_site *site, fpt_str code,
                       size_t view);
fpt_str fpti_path_organisation(fpt_arena *arena, fpt_str code);
/* With the period's anchor. */
fpt_str fpti_path_where(fpt_arena *arena, const fpti_site *site,
                        size_t indicator, size_t view, fpt_str tier,
                        fpt_str code, fpt_period period);
/* Is there such a page? */
bool fpti_has_area(const fpti_site *site, fpt_str code, size_t view);
bool fpti_has_organisation(const fpti_site *site, fpt_str code);

/* ---- cells.c: figures in tables ---- */

/* The value as a link to where it comes from; a dash and the reason if none. */
void fpti_put_value(fpti_page *page, size_t indicator, size_t view,
                    fpt_str tier, const fpt_figure *figure);
void fpti_put_interval(fpti_page *page, const fpt_indicator *in,
                       const fpt_figure *figure);
/* "89.1 per cent" */
void fpti_put_with_unit(fpti_page *page, const fpt_indicator *in, double value);
/* Better, worse, higher, lower or similar, by a figure's own limits. */
const char *fpti_judgement(const fpt_indicator *in, const fpt_figure *figure,
                           double benchmark);
/* The numerator in its unit: pence as pounds. */
void fpti_put_numerator(fpti_page *page, const fpt_indicator *in,
                        const fpt_figure *figure);

/* The name of a body on a day, as a link where it has a page. */
void fpti_put_body(fpti_page *page, fpt_body body, fpt_date on);

/* ---- charts: figures with their tables ---- */

fpt_status fpti_put_map(fpti_page *page, size_t indicator, size_t view,
                        fpt_period period, fpt_error *err);
/* The ranking, the funnel and their table. */
fpt_status fpti_put_compared(fpti_page *page, size_t indicator, size_t view,
                             fpt_period period, fpt_error *err);
fpt_status fpti_put_spc(fpti_page *page, size_t indicator, size_t view,
                        fpt_str tier, fpt_str code, fpt_str name,
                        fpt_error *err);

/* By deprivation: groups, the line through them, its indices. */
fpt_status fpti_put_gradient(fpti_page *page, size_t indicator, size_t view,
                             fpt_period period, fpt_error *err);

/* The change between two periods, split into boundary and real part, of one area
 * (code) or all. */
fpt_status fpti_put_change(fpti_page *page, size_t indicator, size_t view,
                           fpt_str code, fpt_period first, fpt_period last,
                           fpt_error *err);

/* ---- ratings.c: what frameworks said, and what of it changed ---- */

fpt_status fpti_gather_ratings(fpti_site *site, fpt_error *err);
bool fpti_is_whole(const fpt_rating *rating);
const fpt_rating *fpti_whole_of(const fpti_site *site, const fpti_run *run,
                                fpt_period period, fpt_str place);
/* From period p to the next, or NULL. */
const fpt_rating_change *fpti_change_of(const fpti_run *run, size_t p,
                                        fpt_str place);
fpt_str fpti_run_weights(const fpti_run *run);
/* "making progress", "2 (chance 83%)", or a dash. */
void fpti_put_category(fpti_page *page, const fpt_rating *rating);
/* How many changed from period p to the next, and how much of it is noise. */
void fpti_put_noise(fpti_page *page, const fpti_run *run, size_t p);

/* ---- rating_card.c, rating_trend.c: a place's ratings opened ---- */

fpt_status fpti_put_trend(fpti_page *page, const fpti_run *run, fpt_str place,
                          fpt_error *err);
/* Is there anything to put? */
bool fpti_is_judged(const fpti_site *site, fpt_str place, fpt_str view);
fpt_status fpti_put_ratings(fpti_page *page, fpt_str place, fpt_str view,
                            fpt_error *err);

/* ---- whatif.c, whatif_card.c: what would change a rating ---- */

void fpti_league_json(fpt_json *json, const fpt_league *rules,
                      const fpt_league_input *in);
/* The files of groups, before the pages that name them. */
fpt_status fpti_write_whatif(fpti_site *site, fpt_error *err);
fpt_status fpti_put_whatif(fpti_page *page, const fpti_run *run, fpt_str code,
                           fpt_error *err);

/* A cell of a download that a spreadsheet takes for text, whatever it begins
 * with. */
void fpti_csv_text(fpt_output *out, bool first, fpt_str text);

/* ---- gains.c: peers and opportunity of a system ---- */

fpt_status fpti_gather_gains(fpti_site *site, fpt_error *err);
bool fpti_has_gains(const fpti_site *site, size_t view, fpt_str code);
fpt_status fpti_put_gains(fpti_page *page, size_t view, fpt_str code,
                          fpt_str name, fpt_error *err);

/* ---- parts.c ---- */

/* most: as fpt_measure_parts() has it. */
fpt_status fpti_parts_of(fpti_site *site, size_t indicator, size_t view,
                         fpt_str tier, fpt_period period, size_t most,
                         const fpti_parts **out, fpt_error *err);
fpti_part_slice fpti_parts_for(const fpti_parts *parts, fpt_str code);

/* ---- ranks.c ---- */

fpt_status fpti_gather_ranks(fpti_site *site, fpt_error *err);

/* ---- outline.c ---- */

/* Have every map drawn that the pages will ask for, and wait until they are. */
fpt_status fpti_gather_maps(fpti_site *site, fpt_error *err);
fpt_status fpti_await_maps(fpti_site *site, fpt_error *err);
void fpti_close_maps(fpti_site *site);
/* The map of a tier on a day, or NULL where there are no outlines. */
fpt_status fpti_map_of(const fpti_site *site, fpt_str tier, fpt_date on,
                       const fpti_map **out, fpt_error *err);

/* ---- pages ---- */

fpt_status fpti_write_home(fpti_site *site, fpt_error *err);
fpt_status fpti_write_indicators(fpti_site *site, fpt_error *err);
/* An area on one set of footprints, whose page is written. */
typedef struct fpti_area {
    fpti_site *site;
    fpt_body body;
    fpt_str code, name;
    const fpt_tier *tier;
    size_t view;
    fpt_date on; /* a day on which its figures stand */
} fpti_area;

/* Facts that a later publication took the place of are left to the terminal's
 * `footprint area show`. */
bool fpti_fact_holds(const fpt_reg_fact *fact);
fpt_status fpti_put_members(fpti_page *page, const fpti_area *a,
                            fpt_error *err);
fpt_status fpti_put_other_views(fpti_page *page, const fpti_area *a,
                                fpt_error *err);
fpt_status fpti_write_areas(fpti_site *site, fpt_error *err);
fpt_status fpti_write_organisations(fpti_site *site, fpt_error *err);
fpt_status fpti_write_unassigned(fpti_site *site, fpt_error *err);
fpt_status fpti_write_ratings(fpti_site *site, fpt_error *err);
fpt_status fpti_write_where(fpti_site *site, fpt_error *err);
fpt_status fpti_write_data(fpti_site *site, fpt_error *err);
fpt_status fpti_write_about(fpti_site *site, fpt_error *err);
fpt_status fpti_write_package(fpti_site *site, fpt_error *err);

#endif /* FPT_PUBLISH_I_H */
