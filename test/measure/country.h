/* A country small enough to add up by hand, in files of the published forms, read
 * by the project's own packs:
 *
 *     small area     L1  L2  L3  L4  L5  L6
 *     people         50  30   7  13  10   1     (111)
 *     aged 70, 90+    5   3   1   0   2   1     (12)
 *     in 2017        A   A   B   B   C   C      A 80, B 20, C 11
 *     in 2018        A   D   D   D   D   D      A 50, D 61
 *
 * A, B, C are E54000001 to 3, D is E54000004; commissioners 01A, 01B, 01C are as
 * A, B, C were in 2017.
 */
#ifndef FPT_TEST_COUNTRY_H
#define FPT_TEST_COUNTRY_H

#include "ingest/loading.h"

#include "fpt/measure.h"

struct country {
    struct loading *l;
    fpt_tiers tiers;
    fpt_registry *registry;
    fpt_measure *measure;
};

static inline int set_up_country(void **state)
{
    void *loading = NULL;
    if (set_up_loading(&loading) != 0) return -1;
    struct country *c = calloc(1, sizeof *c);
    *state = c;
    if (c == NULL) return -1;
    c->l = loading;
    /* The test's own packs, then the project's. */
    const char **folder = FPT_NEW(&c->l->place->arena, const char *, 2);
    assert_non_null(folder);
    folder[0] = in(c->l->place, "packs");
    folder[1] = "packs";
    c->l->packs = (fpt_pack_path){2, folder};
    return 0;
}

static inline void stop_measuring(struct country *c)
{
    if (c->measure != NULL) fpt_measure_close(c->measure);
    if (c->registry != NULL) fpt_reg_close(c->registry);
    c->measure = NULL;
    c->registry = NULL;
}

static inline int tear_down_country(void **state)
{
    struct country *c = *state;
    stop_measuring(c);
    void *loading = c->l;
    free(c);
    return tear_down_loading(&loading);
}

/* Registry and measure over what is loaded, as known on a day. */
static inline void start_measuring(struct country *c, const char *as_of)
{
    fpt_error err = {0};
    struct loading *l = c->l;
    stop_measuring(c);
    const fpt_pack_path own = project_packs();
    assert_ok_or(fpt_tiers_open(&l->place->arena, &own, FPT_STR("england"),
                                &c->tiers, &err),
                 err);
    assert_ok_or(
        fpt_reg_open(l->w.warehouse, &c->tiers, day(as_of), &c->registry, &err),
        err);
    assert_ok_or(fpt_measure_open(l->w.warehouse, c->registry, &c->tiers,
                                  &l->packs, &c->measure, &err),
                 err);
}

#define LOOKUP_ROW(lsoa, ccg, stp, name)                                       \
    "E0100000" lsoa ",L" lsoa ",E3800000" ccg ",01" name ",NHS " name          \
    " CCG,E5400000" stp "," name " STP,E06000001,Town," lsoa "\n"

static inline void load_footprints(struct country *c)
{
    load_text(c->l, "lsoa17.csv",
              "LSOA11CD,LSOA11NM,CCG17CD,CCG17CDH,CCG17NM,STP17CD,STP17NM,"
              "LAD17CD,LAD17NM,FID\n" LOOKUP_ROW("1", "1", "1", "A")
                  LOOKUP_ROW("2", "1", "1", "A") LOOKUP_ROW("3", "2", "2", "B")
                      LOOKUP_ROW("4", "2", "2", "B")
                          LOOKUP_ROW("5", "3", "3", "C")
                              LOOKUP_ROW("6", "3", "3", "C"));
    load_text(
        c->l, "lsoa18.csv",
        "LSOA11CD,LSOA11NM,CCG18CD,CCG18CDH,CCG18NM,STP18CD,STP18NM,LAD18CD,"
        "LAD18NM,FID\n"
        "E01000001,L1,E38000001,01A,NHS A CCG,E54000001,A STP,E06000001,Town,1"
        "\nE01000002,L2,E38000001,01A,NHS A CCG,E54000004,D STP,E06000001,Town,"
        "2\nE01000003,L3,E38000002,01B,NHS B CCG,E54000004,D STP,E06000001,"
        "Town,3\nE01000004,L4,E38000002,01B,NHS B CCG,E54000004,D STP,"
        "E06000001,Town,4\nE01000005,L5,E38000003,01C,NHS C CCG,E54000004,D "
        "STP,E06000001,Town,5\nE01000006,L6,E38000003,01C,NHS C CCG,E54000004,"
        "D STP,E06000001,Town,6\n");
    load_text(c->l, "population2017.csv",
              "lsoa11_code,lsoa11_name,total_population,0,70,90+\n"
              "E01000001,L1,50,45,4,1\nE01000002,L2,30,27,3,0\n"
              "E01000003,L3,7,6,0,1\nE01000004,L4,13,13,0,0\n"
              "E01000005,L5,10,8,1,1\nE01000006,L6,1,0,1,0\n");
}

/* RA1, RB1, RC9 in A, B, C. RC1 became RC5 became RC9; RW1 became RB1, and later
 * RA1; RZ1 became two on one day; RX1 succeeds itself, RY1 and RY2 each other.
 * Y00001 is commissioned by 01B; RT1 is only known to be in D. */
static inline void load_providers(struct country *c)
{
    load_text(c->l, "trusts.csv",
              "NHS England Region,Trust,code,STP,STP_code\n"
              "N,Trust A,RA1,A STP,E54000001\nN,Trust B,RB1,B STP,E54000002\n"
              "N,Trust C,RC9,C STP,E54000003\n");
    load_text(c->l, "successors.csv",
              "old_code,new_code,date\nRC1,RC5,2018-01-01\n"
              "RC5,RC9,2019-01-01\nRW1,RA1,2018-06-01\nRW1,RB1,2018-01-01\n"
              "RZ1,RA1,2018-01-01\nRZ1,RB1,2018-01-01\nRX1,RX1,2018-01-01\n"
              "RY1,RY2,2018-01-01\nRY2,RY1,2018-01-01\n");
    load_text(c->l, "trust_stp21.csv",
              "nhs_trust22_name,nhs_trust22_code,stp21_name,stp21_code\n"
              "Trust T,RT1,D STP,E54000004\n");
    load_text(c->l, "epraccur_2017_03.csv",
              "\"Y00001\",\"WALK-IN\",\"Y54\",\"Q74\",\"\",\"\",\"\",\"\","
              "\"\",\"\",\"20130401\",\"\",\"A\",\"B\",\"01B\",\"20130401\","
              "\"\",\"\",\"\",\"\",\"\",\"0\",\"\",\"01B\",\"\",\"4\",\"\"\n");
}

/* A month of A&E: a line a provider, "CODE,TYPE,ATTENDANCES,OVER,ADMISSIONS". */
#define AE_HEADER "period,org_code,type,attendances,breaches,admissions\n"

static inline fpt_indicator project_indicator(struct country *c, const char *id)
{
    fpt_indicator indicator;
    fpt_error err = {0};
    assert_ok_or(fpt_indicator_open(&c->l->place->arena, &c->l->packs,
                                    fpt_str_from(id), &indicator, &err),
                 err);
    return indicator;
}

/* "CODE NUMERATOR/DENOMINATOR STATUS; ..." of what is asked. */
static inline fpt_str figures(struct country *c, const fpt_measure_ask *ask)
{
    size_t count;
    fpt_figure *f;
    fpt_error err = {0};
    fpt_strbuf text = fpt_strbuf_make(&c->l->place->arena);
    assert_ok_or(fpt_measure_figures(c->measure, &c->l->place->arena, ask,
                                     &count, &f, &err),
                 err);
    for (size_t i = 0; i < count; i++) {
        fpt_strbuf_print(&text, "%s" FPT_STR_FMT " ", i > 0 ? "; " : "",
                         FPT_STR_ARG(f[i].code));
        if (f[i].has_numerator)
            fpt_strbuf_print(&text, "%lld", (long long)f[i].numerator);
        else
            fpt_strbuf_add_char(&text, '-');
        if (f[i].has_denominator)
            fpt_strbuf_print(&text, "/%lld", (long long)f[i].denominator);
        fpt_strbuf_print(&text, " " FPT_STR_FMT, FPT_STR_ARG(f[i].status));
    }
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

static inline fpt_measure_ask ask_for(const fpt_indicator *indicator,
                                      const char *tier, const char *period)
{
    fpt_measure_ask ask = {.indicator = indicator,
                           .tier = fpt_str_from(tier),
                           .then = true,
                           .any_grain = true,
                           .has_period = true};
    assert_true(fpt_period_parse(fpt_str_from(period), &ask.period));
    return ask;
}

#endif /* FPT_TEST_COUNTRY_H */
