/* Job packs: which files they want, and how these are found below a folder. */
#include "loading.h"

static void put_job(struct loading *l, const char *rest)
{
    const fpt_str yaml =
        fpt_str_print(&l->place->arena, "title: T\nabout: A.\n%s", rest);
    put_pack(l->place, "packs", "jobs", "work", yaml.data);
}

/* The same but for blanks and line ends between the parts. */
static void json_equal(fpt_str found, const char *expected)
{
    size_t at = 0;
    for (size_t i = 0; i < found.len; i++) {
        if (found.data[i] == ' ' || found.data[i] == '\n') continue;
        if (found.data[i] != expected[at])
            fail_msg("found %.*s", FPT_STR_ARG(found));
        at++;
    }
    assert_int_equal(expected[at], '\0');
}

static fpt_status find(struct loading *l, size_t *count, fpt_load_file **files)
{
    fpt_job job;
    l->err = (fpt_error){0};
    FPT_TRY(fpt_job_open(&l->place->arena, &l->packs, FPT_STR("work"), &job,
                         &l->err));
    return fpt_job_find(&l->place->arena, &l->packs, &job, in(l->place, "data"),
                        count, files, &l->err);
}

static void put_two_sources(struct loading *l)
{
    assert_ok(fpt_folder_make(in(l->place, "data/geo/deep"), NULL));
    put_source(l, "lookup",
               "recognise: {header: ['CCG##CD', 'STP##CD']}\n"
               "vintage: {from: header, day: '04-01'}\n"
               "columns:\n"
               "  org: {type: code, names: ['CCG{yy}CD']}\n"
               "  stp: {type: code, names: ['STP{yy}CD']}\n"
               "facts:\n  - {fact: relation, subject: org, kind: stp, object: "
               "stp, from: vintage}\n");
    put_source(l, "people",
               "recognise: {header: [area, people]}\n"
               "vintage: {from: file-name}\n"
               "columns:\n"
               "  area: {type: code, names: [area]}\n"
               "  people: {type: int, names: [people]}\n"
               "facts:\n  - {fact: datum, series: t.people, unit: people, "
               "about: x, place: area, period: vintage, value: people}\n");
    put(l->place, "data/geo/a.csv", FPT_STR("CCG17CD,STP17CD\nC1,S1\n"));
    put(l->place, "data/geo/deep/b.csv", FPT_STR("CCG18CD,STP18CD\nC1,S2\n"));
    put(l->place, "data/people_2017.csv", FPT_STR("area,people\nC1,5\n"));
    put(l->place, "data/README.md", FPT_STR("no table\n"));
}

static void test_everything_that_a_job_says(void **state)
{
    struct loading *l = *state;
    fpt_job job;
    put_job(l, "files:\n"
               "  - {source: lookup, vintage: '2017-04-01', path: 'geo/*.csv', "
               "published: 2017-05-06}\n"
               "  - {source: people, optional: yes}\n"
               "measures: [ae_4h, beds]\n"
               "frameworks: dashboard\n"
               "attribution: providers-2016\n"
               "views: [then, '2022-07-01']\n"
               "period: 2016/17\n"
               "tier: system\n"
               "headline: beds\n");
    assert_ok_or(fpt_job_open(&l->place->arena, &l->packs, FPT_STR("work"),
                              &job, &l->err),
                 l->err);
    assert_str(job.name, "work");
    assert_int_equal(job.wants, 2);
    assert_str(job.want[0].published, "2017-05-06");
    assert_true(job.want[1].optional && !job.want[0].optional);
    assert_int_equal(job.measures, 2);
    assert_int_equal(job.frameworks, 1);
    assert_int_equal(job.views, 2);
    assert_str(job.view[1], "2022-07-01");
    assert_str(job.headline, "beds");
    static const struct {
        const char *yaml, *says;
    } wrong[] = {{"", "files"},
                 {"files: [{path: x}]\n", "source"},
                 {"files: []\ncolour: red\n", "colour"},
                 {"files: [{source: x, size: 5}]\n", "size"},
                 {"files: {a: 1}\n", "files"},
                 {"files: []\nmeasures: [a, b]\nheadline: c\n",
                  "pack.yaml:5:11: \"c\" is none of the job's own measures"},
                 {"files: []\nheadline: [a]\n", "headline"}};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        put_job(l, wrong[i].yaml);
        assert_refused(fpt_job_open(&l->place->arena, &l->packs,
                                    FPT_STR("work"), &job, &l->err),
                       FPT_ERR_INPUT, l->err, wrong[i].says);
    }
    assert_refused(fpt_job_open(&l->place->arena, &l->packs, FPT_STR("works"),
                                &job, &l->err),
                   FPT_ERR_NOT_FOUND, l->err, "did you mean work?");
}

static void test_found_by_hint_and_by_looking(void **state)
{
    struct loading *l = *state;
    size_t count;
    fpt_load_file *files;
    put_two_sources(l);
    put_job(l, "files:\n"
               "  - {source: lookup, vintage: '2017-04-01', path: geo/a.csv}\n"
               "  - {source: lookup, vintage: '2018-04-01'}\n"
               "  - {source: people, vintage: '2017', path: 'people_*.csv'}\n"
               "  - {source: people, vintage: '2030', optional: yes}\n");
    assert_ok_or(find(l, &count, &files), l->err);
    assert_int_equal(count, 3);
    assert_string_equal(files[0].path, in(l->place, "data/geo/a.csv"));
    assert_string_equal(files[1].path, in(l->place, "data/geo/deep/b.csv"));
    assert_string_equal(files[2].path, in(l->place, "data/people_2017.csv"));
    assert_str(files[2].vintage, "2017");
    assert_ok_or(load_files(l, count, files), l->err);
    assert_warehouse(l, "SELECT load, source, vintage FROM load ORDER BY load",
                     "1 lookup 2017-04-01; 2 lookup 2018-04-01; 3 people 2017");
    /* a hint may stand below any folder */
    put_job(l, "files:\n  - {source: lookup, path: b.csv}\n");
    assert_ok_or(find(l, &count, &files), l->err);
    assert_string_equal(files[0].path, in(l->place, "data/geo/deep/b.csv"));
}

static void test_what_is_missing_is_named(void **state)
{
    struct loading *l = *state;
    size_t count;
    fpt_load_file *files;
    put_two_sources(l);
    put_job(l, "files:\n  - {source: lookup, vintage: '2019-04-01'}\n");
    assert_refused(
        find(l, &count, &files), FPT_ERR_INPUT, l->err,
        "the job wants a file of lookup of 2019-04-01, and there is none; ");
    assert_says(l->err, "b.csv is of 2018-04-01");
    put_job(l, "files:\n  - {source: people, vintage: '2019'}\n");
    assert_refused(find(l, &count, &files), FPT_ERR_INPUT, l->err,
                   "people_2017.csv is of 2017");
    put_job(l, "files:\n  - {source: lookup, vintage: '2018-04-01', path: "
               "geo/a.csv}\n");
    assert_refused(
        find(l, &count, &files), FPT_ERR_INPUT, l->err,
        "a.csv: is of 2017-04-01, and the job wants lookup of 2018-04-01");
    unlink(in(l->place, "data/people_2017.csv"));
    put_job(l, "files:\n  - {source: people}\n");
    assert_refused(find(l, &count, &files), FPT_ERR_NOT_FOUND, l->err,
                   "the job wants a file of people, and there is none");
    put_job(l, "files:\n  - {source: nosuch}\n");
    assert_refused(find(l, &count, &files), FPT_ERR_NOT_FOUND, l->err,
                   "packs/sources/nosuch");
    fpt_job job;
    assert_ok(fpt_job_open(&l->place->arena, &l->packs, FPT_STR("work"), &job,
                           &l->err));
    assert_refused(fpt_job_find(&l->place->arena, &l->packs, &job,
                                in(l->place, "none"), &count, &files, &l->err),
                   FPT_ERR_NOT_FOUND, l->err, "is not a folder");
}

/* A hint that several files fit, of which one would be taken by chance. */
static void test_a_hint_that_fits_several(void **state)
{
    struct loading *l = *state;
    size_t count;
    fpt_load_file *files;
    put_two_sources(l);
    put_job(
        l,
        "files:\n  - {source: lookup, vintage: '2018-04-01', path: '*.csv'}\n");
    assert_refused(find(l, &count, &files), FPT_ERR_AMBIGUOUS, l->err,
                   "\"*.csv\" fits ");
    assert_says(l->err, "geo/a.csv");
    assert_says(l->err, "geo/deep/b.csv");
}

/* What a job read is in the ledger, once for each time that it says something
 * new, and stays there when the warehouse is made again. */
static void test_an_entry_in_the_ledger(void **state)
{
    struct loading *l = *state;
    fpt_arena *arena = &l->place->arena;
    fpt_job job;
    fpt_load_options options = load_options(l);
    size_t count;
    fpt_load_file *files;
    fpt_load_result *results;
    fpt_ledger_entry *entry;
    put_two_sources(l);
    put_job(l, "files:\n"
               "  - {source: lookup, vintage: '2017-04-01', path: geo/a.csv}\n"
               "  - {source: people}\n"
               "headline: anything\n");
    assert_ok_or(find(l, &count, &files), l->err);
    assert_ok_or(fpt_job_open(arena, &l->packs, FPT_STR("work"), &job, &l->err),
                 l->err);
    assert_str(job.headline, "anything");
    /* One of its files had been read before, without it. */
    assert_ok_or(load_files(l, 1, &files[1]), l->err);
    assert_ok(fpt_ledger_read(l->w.ledger, arena, "job", &count, &entry, NULL));
    assert_int_equal(count, 0);
    options.job = &job;
    options.job_folder = FPT_STR("data");
    for (int dry = 1; dry >= 0; dry--)
        for (int again = 0; again < 2; again++) {
            options.dry_run = dry != 0;
            assert_ok_or(
                fpt_load(&l->w, arena, &options, 2, files, &results, &l->err),
                l->err);
            assert_ok(fpt_ledger_read(l->w.ledger, arena, "job", &count, &entry,
                                      NULL));
            assert_int_equal(count, dry ? 0 : 1);
        }
    static const char body[] =
        "{\"job\":\"work\",\"version\":\"1\",\"folder\":\"data\","
        "\"loads\":[2,1]}";
    json_equal(entry[0].body, body);
    options.job_folder = FPT_STR("elsewhere");
    assert_ok_or(fpt_load(&l->w, arena, &options, 2, files, &results, &l->err),
                 l->err);
    assert_ok_or(fpt_rebuild(&l->w, arena, &options, &count, &results, &l->err),
                 l->err);
    assert_int_equal(count, 2);
    assert_ok(fpt_ledger_read(l->w.ledger, arena, "job", &count, &entry, NULL));
    assert_int_equal(count, 2);
    reopen(l);
    assert_false(l->w.stale);
}

int main(void)
{
#define TEST(t)                                                                \
    cmocka_unit_test_setup_teardown(t, set_up_loading, tear_down_loading)
    const struct CMUnitTest tests[] = {
        TEST(test_everything_that_a_job_says),
        TEST(test_found_by_hint_and_by_looking),
        TEST(test_what_is_missing_is_named),
        TEST(test_a_hint_that_fits_several),
        TEST(test_an_entry_in_the_ledger),
    };
    return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
