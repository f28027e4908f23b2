/*
 * The oddities of published files that loading must survive, one test each, on
 * files made up in the published forms: by the project's own packs where one is
 * of that form, else by a pack that the test writes. In the order of the list
 * that the team keeps of them; test/real meets the same in the files themselves.
 */
#include "check.h"
#include "measure/country.h"

#define PACK_FACT "  - {fact: datum, series: t.n, unit: u, about: x, place: "

/* 1: three partnerships became one under a new code: no series by code alone. */
static void test_area_codes_change_by_year(void **state)
{
    struct country *c = *state;
    size_t count;
    fpt_change *change;
    fpt_error err = {0};
    fpt_strbuf text = fpt_strbuf_make(&c->l->place->arena);
    load_footprints(c);
    start_measuring(c, "2024-06-01");
    assert_ok_or(fpt_reg_diff(c->registry, &c->l->place->arena, FPT_STR("stp"),
                              day("2017-04-01"), FPT_STR("stp"),
                              day("2018-04-01"), &count, &change, &err),
                 err);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "%d " FPT_STR_FMT ">" FPT_STR_FMT " %lld; ",
                         change[i].kind,
                         FPT_STR_ARG(fpt_reg_code(c->registry, change[i].from)),
                         FPT_STR_ARG(fpt_reg_code(c->registry, change[i].to)),
                         (long long)change[i].people);
    assert_str(fpt_strbuf_view(&text),
               "0 >E54000004 0; 3 E54000001>E54000004 30; 1 E54000002> 20; 5 "
               "E54000002>E54000004 20; 1 E54000003> 11; 5 "
               "E54000003>E54000004 11; ");
}

/* 2: one place is found by GSS code, by NHS code and by either of its names. */
static void test_one_place_three_keys(void **state)
{
    static const char *const keys[] = {"E54000007", "QOP", "Greater Manchester",
                                       "GREATER  MANCHESTER STP"};
    struct country *c = *state;
    put_source(
        c->l, "names",
        "recognise: {header: [code, nhs, name]}\n"
        "vintage: {from: fixed, is: '2020-04-01'}\n"
        "columns:\n"
        "  code: {type: code, names: [code]}\n"
        "  nhs: {type: code, names: [nhs]}\n"
        "  name: {type: text, names: [name]}\n"
        "  other: {type: text, names: [other]}\n"
        "facts:\n"
        "  - {fact: name, code: code, name: name, kind: stp}\n"
        "  - {fact: alias, code: code, system: ods, other: nhs, kind: "
        "stp}\n"
        "  - {fact: alias, code: code, system: name, other: other, kind: "
        "stp}\n");
    load_text(c->l, "n.csv",
              "code,nhs,name,other\n"
              "E54000007,QOP,Greater Manchester,GREATER  MANCHESTER STP \n");
    start_measuring(c, "2024-06-01");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        fpt_body body[2];
        size_t count;
        fpt_reg_resolve(c->registry, fpt_str_from(keys[i]), FPT_STR("stp"),
                        day("2021-01-01"), 2, body, &count);
        if (count != 1) fail_msg("%s: %zu answers", keys[i], count);
        assert_str(fpt_reg_code(c->registry, body[0]), "E54000007");
    }
}

/* 3: merged boards that no lookup has: kept, and told of. */
static void test_unknown_codes_are_kept_and_reported(void **state)
{
    struct country *c = *state;
    const fpt_load_result r = load_text(
        c->l, "icb.csv",
        "icb22_code,total_attendances,attendances_over_4hours,"
        "total_emergency_admissions,date\nE54000099,5,1,1,April 2022\n");
    assert_int_equal(r.rows_taken, 1);
    assert_warehouse(c->l, "SELECT code, used_as, records FROM unknown_code",
                     "E54000099 place 3");
    assert_warehouse(c->l, "SELECT sum(value)::BIGINT FROM datum", "7");
}

/* 4: a code that has since merged is placed by who came after it. */
static void test_trusts_merge(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    load_text(c->l, "ae.csv", AE_HEADER "2016-04-01,RC1,1,9,0,0\n");
    start_measuring(c, "2024-06-01");
    const fpt_indicator in = project_indicator(c, "ae_4h");
    const fpt_measure_ask ask = ask_for(&in, "system", "2016-04");
    assert_str(
        figures(c, &ask),
        "E54000001 -/0 MISSING; E54000002 -/0 MISSING; E54000003 9/9 OK");
}

/* 5: what no map has is a line of its own. */
static void test_codes_outside_the_map(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    load_text(c->l, "ae.csv",
              AE_HEADER "2016-04-01,RA1,1,9,0,0\n2016-04-01,8J094,1,4,0,0\n");
    start_measuring(c, "2024-06-01");
    const fpt_indicator in = project_indicator(c, "ae_4h");
    const fpt_measure_ask ask = ask_for(&in, "system", "2016-04");
    assert_str(
        figures(c, &ask),
        "E54000001 9/9 OK; E54000002 -/0 MISSING; E54000003 -/0 MISSING; "
        "UNASSIGNED 4/4 OK");
}

/* 6: no header, 27 columns or 24 unquoted, CRLF, compact dates, closed ones. */
static void test_ods_files(void **state)
{
    struct country *c = *state;
    load_text(c->l, "etr_2025.csv",
              "\"R0A\",\"MANCHESTER\",\"Y62\",\"QOP\",\"\",\"\",\"\",\"\",\"\","
              "\"\",\"20171001\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\","
              "\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n"
              "\"RW3\",\"CENTRAL\",\"Y62\",\"QOP\",\"\",\"\",\"\",\"\",\"\","
              "\"\",\"20010401\",\"20170930\",\"\",\"\",\"\",\"\",\"\",\"\","
              "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
    load_text(c->l, "etr_2020_03.csv",
              "R0C,NIGHTINGALE,Y56,Q71,,,,,,E16 "
              "1XL,20200301,20200326,,,,,,,,,,0,,H\r\n");
    assert_warehouse(c->l,
                     "SELECT code, valid_from, valid_to FROM name ORDER BY "
                     "code",
                     "R0A 2017-10-01 -; R0C 2020-03-01 2020-03-27; RW3 "
                     "2001-04-01 2017-10-01");
    const fpt_load_file cut = {
        .path = put(c->l->place, "etr_2021.csv",
                    FPT_STR("R0C,NIGHTINGALE,Y56,Q71,,,,,,E16,20200301\r\n")),
        .source = FPT_STR("ods-etr")};
    assert_refused(load_files(c->l, 1, &cut), FPT_ERR_INPUT, c->l->err,
                   "has 11 columns");
}

#define AE_RAW                                                                 \
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E "          \
    "attendances Type 2,A&E attendances Other A&E Department,A&E attendances " \
    "Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,"   \
    "A&E attendances Booked Appointments Other Department,Attendances over "   \
    "4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other "    \
    "Department,Attendances over 4hrs Booked Appointments Type 1,Attendances " \
    "over 4hrs Booked Appointments Type 2,Attendances over 4hrs Booked "       \
    "Appointments Other Department,Patients who have waited 4-12 hs from DTA " \
    "to admission,Patients who have waited 12+ hrs from DTA to admission,"     \
    "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - "    \
    "Type 2,Emergency admissions via A&E - Other A&E department,Other "        \
    "emergency admissions"

/* 7: totals of three spellings among the rows are checked, and not counted. */
static void test_totals_mixed_with_data(void **state)
{
    static const char *const totals[] = {"TOTAL,TOTAL", "Total,Total ",
                                         "Total,Total"};
    struct country *c = *state;
    for (size_t i = 0; i < COUNT_OF(totals); i++) {
        const fpt_str text = fpt_str_print(
            &c->l->place->arena,
            AE_RAW "\r\nMSitAE-JUNE-2024,RA%zu,X,A "
                   "TRUST,10,2,3,4,5,6,1,1,1,1,1,1,0,0,1,1,1,0\r\n%s,Total,"
                   "Total,10,2,3,4,5,6,1,1,1,1,1,1,0,0,1,1,1,0\r\n",
            i, totals[i]);
        char name[] = "0.csv";
        name[0] = (char)('0' + i);
        const fpt_load_result r = load_text(c->l, name, text.data);
        assert_int_equal(r.rows_taken, 1);
        assert_int_equal(r.rows_skipped, 1);
        assert_int_equal(r.checks_failed, 0);
    }
    /* The last file speaks of the month again, and takes the place of all. */
    assert_warehouse(c->l, "SELECT count(*) FROM quality WHERE status = 'pass'",
                     "54");
}

/* 8: 28 columns, five without a name and one called "a". */
static void test_columns_drift(void **state)
{
    struct country *c = *state;
    const fpt_load_result r = load_text(
        c->l, "september.csv",
        AE_RAW ",,,,,,a\nMSitAE-SEPTEMBER-2024,RAS,X,A "
               "TRUST,10,2,3,4,5,6,1,1,1,1,1,1,0,0,1,1,1,0,,,,,,\nTotal,Total ,"
               "Total,Total,10,2,3,4,5,6,1,1,1,1,1,1,0,0,1,1,1,0,,,,,,\n");
    assert_int_equal(r.rows_taken, 1);
    assert_int_equal(r.checks_failed, 0);
    assert_warehouse(c->l,
                     "SELECT sum(value)::BIGINT FROM datum d JOIN series s ON "
                     "s.series = d.series WHERE s.name = 'ae.attendances'",
                     "30");
}

/* 9: numbers as text: blanks, hyphens, signs, pounds, serial days, float noise. */
static void test_numbers_as_text(void **state)
{
    struct country *c = *state;
    put_source(c->l, "text",
               "recognise: {header: [org, beds, staff, share, money, day, "
               "cost]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  beds: {type: int, names: [beds], zero: ['-']}\n"
               "  staff: {type: int, names: [staff], missing: ['-', 'N/A']}\n"
               "  share: {type: percent, names: [share], decimals: 4}\n"
               "  money: {type: money, names: [money]}\n"
               "  day: {type: date, names: [day], style: excel-serial}\n"
               "  cost: {type: decimal, names: [cost], decimals: 2, round: "
               "yes}\n"
               "facts:\n" PACK_FACT "org, period: '=2017', value: beds}\n"
               "  - {fact: datum, series: t.s, unit: u, about: x, place: org, "
               "period: '=2017', value: staff}\n"
               "  - {fact: datum, series: t.p, unit: u, about: x, place: org, "
               "period: '=2017', value: share}\n"
               "  - {fact: datum, series: t.m, unit: pence, about: x, place: "
               "org, period: '=2017', value: money}\n"
               "  - {fact: datum, series: t.c, unit: u, about: x, place: org, "
               "period: '=2017', value: cost}\n"
               "  - {fact: name, code: org, kind: trust, from: day}\n");
    const fpt_load_result r =
        load_text(c->l, "t.csv",
                  "org,beds,staff,share,money,day,cost\n"
                  "R1,\" 2,147 \",-,94.9%,\"£24,200,000.00\",36251,"
                  "1.1000000000000001\nR2,\" -   \",N/A,100%,£0.05,61,0.005\n");
    assert_int_equal(r.rows_rejected, 0);
    assert_warehouse(
        c->l,
        "SELECT p.code, s.name, d.value, d.status FROM datum d JOIN series s "
        "ON s.series = d.series JOIN place p ON p.place = d.place ORDER BY 1, "
        "2",
        "R1 t.c 110 -; R1 t.m 2420000000 -; R1 t.n 2147 -; R1 t.p 9490 -; R1 "
        "t.s - 1; R2 t.c 1 -; R2 t.m 5 -; R2 t.n 0 -; R2 t.p 10000 -; R2 t.s "
        "- 1");
    assert_warehouse(c->l, "SELECT valid_from FROM name ORDER BY code",
                     "1999-04-01; 1900-03-01");
}

/* 10: every way of writing a month that the files have. */
static void test_dates(void **state)
{
    struct country *c = *state;
    put_source(c->l, "months",
               "recognise: {header: [org, month, n]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  month: {type: period, names: [month]}\n"
               "  n: {type: int, names: [n]}\n"
               "facts:\n" PACK_FACT "org, period: month, value: n}\n");
    put_source(c->l, "marked",
               "recognise: {header: [org, marked, n]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  month: {type: period, names: [marked], prefix: 'MSitAE-'}\n"
               "  n: {type: int, names: [n]}\n"
               "facts:\n" PACK_FACT "org, period: month, value: n}\n");
    load_text(c->l, "marked.csv", "org,marked,n\nA3,MSitAE-JUNE-2024,1\n");
    load_text(c->l, "m.csv",
              "org,month,n\nA1,April 2022,1\nA2,MAR2019,1\n"
              "A4,Apr-25,1\nA5,Sep-09,1\n"
              "A6,2017-03,1\nA7,2016/17,1\n");
    assert_warehouse(c->l,
                     "SELECT p.code, d.period_from, d.period_to FROM datum d "
                     "JOIN place p ON p.place = d.place ORDER BY 1",
                     "A1 2022-04-01 2022-05-01; A2 2019-03-01 2019-04-01; A3 "
                     "2024-06-01 2024-07-01; A4 2025-04-01 2025-05-01; A5 "
                     "2009-09-01 2009-10-01; A6 2017-03-01 2017-04-01; A7 "
                     "2016-04-01 2017-04-01");
}

/* 11: a mark of order or none, either line end, Latin-1 and its own separator. */
static void test_encodings(void **state)
{
    struct country *c = *state;
    put_source(c->l, "latin",
               "recognise: {header: [Code, Name]}\n"
               "format: {encoding: latin-1, delimiter: 0xAC, quoting: no}\n"
               "columns:\n"
               "  code: {type: code, names: [Code]}\n"
               "  name: {type: text, names: [Name]}\n"
               "facts:\n"
               "  - {fact: name, code: code, name: name, kind: site}\n");
    put_source(c->l, "utf",
               "recognise: {header: [\"Practice Code\", Town]}\n"
               "columns:\n"
               "  code: {type: code, names: [\"Practice Code\"]}\n"
               "  name: {type: text, names: [Town]}\n"
               "facts:\n"
               "  - {fact: name, code: code, name: name, kind: practice}\n");
    load_text(c->l, "latin.csv", "Code\xACName\nX1\xAC\"Caf\xE9\" St\n");
    load_text(c->l, "bom.csv",
              "\xEF\xBB\xBF\"Practice\nCode \",Town \r\nX2,Ça\r\n");
    load_text(c->l, "bare.csv", "\"Practice\nCode\",Town\nX3,b\n");
    assert_warehouse(c->l, "SELECT code, name FROM name ORDER BY code",
                     "X1 \"Café\" St; X2 Ça; X3 b");
}

#define WIDE ",,,,,,,,,,,,,,,,,,,,,,\n"
#define KH03                                                                   \
    WIDE ",Title:,Average,,,,,,,,,,,,,,,,,,,,\n,Period:,\"January\nto "        \
         "March\",,,,,,,,,,,,,,,,,,,,\n" WIDE WIDE WIDE                        \
         ",,,,,,Available,,,,,,Occupied,,,,,,% Occupied,,,,\n"                 \
         ",Year,Period End,Region Code,Org Code,Org Name,Total ,General & "    \
         "Acute,Learning Disabilities,Maternity,Mental Illness,,Total ,"       \
         "General & Acute,Learning Disabilities,Maternity,Mental Illness,,"    \
         "Total ,General & Acute,Learning Disabilities,Maternity,Mental "      \
         "Illness\n"

/* 12: a preamble, two levels of header with names that repeat, blank rows. */
static void test_preambles(void **state)
{
    struct country *c = *state;
    const fpt_load_result r = load_text(
        c->l, "kh03.csv",
        KH03 ",2024-25,March,,, England ,\" 2,000 \",\" 1,900 \", -   , 100 , "
             "-   ,,\" 1,500 \",\" 1,450 \", -   , 50 , -   ,,,,,,\n" WIDE
             ",2024-25,March,Y56, R1H , BARTS ,\" 2,000 \",\" 1,900 \", -   , "
             "100 , -   ,,\" 1,500 \",\" 1,450 \", -   , 50 , -   ,,,,,,\n" WIDE
                 WIDE);
    assert_int_equal(r.rows_taken, 1);
    assert_int_equal(r.checks_failed, 0);
    assert_warehouse(c->l,
                     "SELECT s.name, d.value, d.period_from, d.period_to FROM "
                     "datum d JOIN series s ON s.series = d.series WHERE "
                     "d.stratum = 0 ORDER BY 1",
                     "beds.available 2000 2025-01-01 2025-04-01; beds.occupied "
                     "1500 2025-01-01 2025-04-01");
}

/* 13: a printed total that the rows do not sum to: within a stated tolerance it
 * is noted, beyond it the check fails; the rows count either way. */
static void test_totals_that_do_not_add(void **state)
{
    static const struct {
        const char *total;
        size_t failed;
        const char *status;
    } cases[] = {{"2,005", 0, "pass-with-failures"}, {"2,006", 1, "fail"}};
    struct country *c = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fpt_strbuf text = fpt_strbuf_make(&c->l->place->arena);
        fpt_strbuf_add(&text, FPT_STR(KH03));
        fpt_strbuf_print(&text,
                         ",2024-25,March,,, England ,\"%s\",0,0,0,0,,0,0,0,0,0,"
                         ",,,,,\n,2024-25,March,Y56,R1H,BARTS,\"2,000\",0,0,0,"
                         "0,,0,0,0,0,0,,,,,,\n",
                         cases[i].total);
        char name[] = "0.csv";
        name[0] = (char)('0' + i);
        const fpt_load_result r =
            load_text(c->l, name, fpt_strbuf_view(&text).data);
        assert_int_equal(r.checks_failed, cases[i].failed);
        const fpt_str sql = fpt_str_print(
            &c->l->place->arena,
            "SELECT status FROM quality WHERE load = %zu AND check_id = "
            "'trusts-sum-to-england/available_whole'",
            i + 1);
        assert_str(answer(c->l->w.warehouse, &c->l->place->arena, sql.data),
                   cases[i].status);
    }
}

/* 14: registered is not resident: indicators say which they count, a rank is no
 * score, and a column that is blank throughout is missing, not nought. */
static void test_registered_is_not_resident(void **state)
{
    struct country *c = *state;
    assert_str(project_indicator(c, "list_size").basis, "registered");
    assert_str(project_indicator(c, "residents").basis, "resident");
    assert_str(project_indicator(c, "registered_resident_ratio").basis,
               "registered over resident");
    put_source(c->l, "weighted",
               "recognise: {header: [practice, Patients, Final WP]}\n"
               "columns:\n"
               "  practice: {type: code, names: [practice]}\n"
               "  patients: {type: int, names: [Patients]}\n"
               "facts:\n" PACK_FACT
               "practice, period: '=2025/26', value: patients}\n");
    load_text(c->l, "w.csv",
              "practice,Patients,Final WP\nA81001,,4000.5\nA81002,,3000\n");
    assert_warehouse(c->l, "SELECT value, status FROM datum", "- 1; - 1");
}

/* 15: percentile 10 above percentile 90: each is kept under the name it bears. */
static void test_percentiles_the_other_way(void **state)
{
    struct country *c = *state;
    put_source(c->l, "elicited",
               "recognise: {header: [code, percentile10, percentile90]}\n"
               "columns:\n"
               "  code: {type: code, names: [code]}\n"
               "  p: {type: decimal, match: ['percentile##'], decimals: 3}\n"
               "facts:\n" PACK_FACT "code, period: '=2023', value: p, strata: "
               "[{dimension: percentile, value: each}]}\n");
    load_text(c->l, "e.csv", "code,percentile10,percentile90\nM1,0.95,0.7\n");
    assert_warehouse(c->l,
                     "SELECT st.value, d.value FROM datum d JOIN stratum st ON "
                     "st.stratum = d.stratum ORDER BY 1",
                     "percentile10 950; percentile90 700");
}

/* 16: each sign of suppression is a status, never a number. */
static void test_suppression(void **state)
{
    struct country *c = *state;
    put_source(c->l, "small",
               "recognise: {header: [org, n]}\n"
               "columns:\n"
               "  org: {type: code, names: [org]}\n"
               "  n: {type: int, names: [n], suppressed: ['*', '<5', c]}\n"
               "facts:\n" PACK_FACT "org, period: '=2017', value: n}\n");
    const fpt_load_result r = load_text(
        c->l, "s.csv", "org,n\nR1,*\nR2,<5\nR3,c\nR4,5\nR5,\nR6,<10\n");
    assert_int_equal(r.rows_rejected, 1); /* a sign that the pack has not */
    assert_warehouse(c->l,
                     "SELECT p.code, d.value, d.status FROM datum d JOIN place "
                     "p ON p.place = d.place ORDER BY 1",
                     "R1 - 2; R2 - 2; R3 - 2; R4 5 -; R5 - 1");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_country, tear_down_country)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_area_codes_change_by_year),
        TEST(test_one_place_three_keys),
        TEST(test_unknown_codes_are_kept_and_reported),
        TEST(test_trusts_merge),
        TEST(test_codes_outside_the_map),
        TEST(test_ods_files),
        TEST(test_totals_mixed_with_data),
        TEST(test_columns_drift),
        TEST(test_numbers_as_text),
        TEST(test_dates),
        TEST(test_encodings),
        TEST(test_preambles),
        TEST(test_totals_that_do_not_add),
        TEST(test_registered_is_not_resident),
        TEST(test_percentiles_the_other_way),
        TEST(test_suppression),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
