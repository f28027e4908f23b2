/*
 * The nation as files: the same bytes each time, recognised by the packs of the
 * real files, loaded to the totals that its manifest has; and all or nothing.
 */
#include <signal.h>
#include <sys/resource.h>

#include "warehouse.h"

#include "fpt/geo.h"
#include "fpt/ingest.h"
#include "synth_i.h"

/* Digest of the names and digests of the files of seed 1. */
#define GOLDEN                                                                 \
    "56be29165c47149c66a08f9b2e2292154e4e5670c2abb0e44bde76a890db9dc9"

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_up_place, tear_down_place)

static fpt_status write_nation(struct place *place, const char *folder,
                               uint64_t seed, size_t *count,
                               fpt_synth_entry **entry, fpt_error *err)
{
    const fpt_synth_options options = {
        .struct_size = sizeof options, .scale = FPT_STR("small"), .seed = seed};
    return fpt_synth_write(&place->arena, in(place, folder), &options, count,
                           entry, err);
}

static void must_write(struct place *place, const char *folder, uint64_t seed,
                       size_t *count, fpt_synth_entry **entry)
{
    fpt_error err = {0};
    assert_ok_or(write_nation(place, folder, seed, count, entry, &err), err);
}

/* Names and digests of all files of a folder, as one digest. */
static fpt_str digest_of(struct place *place, const char *folder)
{
    size_t count;
    fpt_str *paths;
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    char *digest = FPT_NEW(&place->arena, char, 65);
    assert_non_null(digest);
    assert_ok(fpt_folder_walk(&place->arena, in(place, folder), &count, &paths,
                              NULL));
    for (size_t i = 0; i < count; i++) {
        char one[65];
        const fpt_str path = fpt_str_print(&place->arena, "%s/%.*s", folder,
                                           FPT_STR_ARG(paths[i]));
        assert_ok(fpt_file_digest(in(place, path.data), one, NULL, NULL));
        fpt_strbuf_print(&text, FPT_STR_FMT " %s\n", FPT_STR_ARG(paths[i]),
                         one);
    }
    fpt_bytes_digest(fpt_strbuf_view(&text), digest);
    return fpt_str_from(digest);
}

static void test_same_seed_same_bytes(void **state)
{
    struct place *place = *state;
    size_t count;
    fpt_synth_entry *entry;
    must_write(place, "a", 1, &count, &entry);
    must_write(place, "b", 1, &count, &entry);
    must_write(place, "c", 2, &count, &entry);
    const fpt_str a = digest_of(place, "a");
    assert_true(fpt_str_equal(a, digest_of(place, "b")));
    assert_false(fpt_str_equal(a, digest_of(place, "c")));
    /* Promised within a major version, on any machine. */
    assert_str(a, GOLDEN);
}

static void test_each_file_is_known_as_its_source(void **state)
{
    struct place *place = *state;
    const fpt_pack_path packs = project_packs();
    size_t count;
    fpt_synth_entry *entry;
    must_write(place, "n", 3, &count, &entry);
    for (size_t i = 0; i < count; i++) {
        fpt_sniffed found;
        fpt_error err = {0};
        /* Of each source the first file: the others are written alike. */
        if (i > 0 && fpt_str_equal(entry[i].source, entry[i - 1].source))
            continue;
        const fpt_str path =
            fpt_str_print(&place->arena, "n/%.*s", FPT_STR_ARG(entry[i].path));
        assert_ok_or(fpt_sniff(&place->arena, &packs, in(place, path.data),
                               &found, &err),
                     err);
        if (!fpt_str_equal(found.source, entry[i].source))
            fail_msg("%s is taken for %.*s", path.data,
                     FPT_STR_ARG(found.source));
    }
}

/* ---- from end to end ---- */

static void check_entry(struct place *place, fpt_workspace *w,
                        const fpt_synth_entry *e)
{
    const char *name = fpt_path_name(fpt_str_copy(&place->arena, e->path));
    fpt_str sql = fpt_str_print(
        &place->arena, "SELECT rows_taken FROM load WHERE name LIKE '%%%s'",
        name);
    const int64_t taken = ask(w->warehouse, sql.data);
    if (taken != e->records)
        fail_msg("%s: %lld records taken, %lld are in it", name,
                 (long long)taken, (long long)e->records);
    if (e->series.len == 0) return;
    sql = fpt_str_print(
        &place->arena,
        "SELECT CAST(coalesce(sum(d.value), 0) AS BIGINT) FROM datum d JOIN "
        "series s ON s.series = d.series JOIN load l ON l.load = d.load WHERE "
        "l.name LIKE '%%%s' AND s.name = '%.*s'",
        name, FPT_STR_ARG(e->series));
    const int64_t sum = ask(w->warehouse, sql.data);
    if (sum != e->total)
        fail_msg("%s: %.*s sums to %lld, written %lld", name,
                 FPT_STR_ARG(e->series), (long long)sum, (long long)e->total);
}

static size_t count_of(size_t count, const fpt_data_check *list,
                       fpt_data_state state, const char *rule)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].state == state &&
            (rule == NULL || fpt_str_equal(list[i].rule, fpt_str_from(rule))))
            found++;
    return found;
}

/* What was planted is found, and nothing else. */
static void check_findings(struct place *place, fpt_workspace *w)
{
    size_t count;
    fpt_data_check *list;
    fpt_error err = {0};
    assert_ok_or(
        fpt_data_checks(w->warehouse, &place->arena, &count, &list, &err), err);
    assert_int_equal(count_of(count, list, FPT_DATA_FAULT, NULL), 1);
    assert_int_equal(
        count_of(count, list, FPT_DATA_FAULT, "parts-sum-to-total"), 1);
    assert_int_equal(count_of(count, list, FPT_DATA_WARNING, NULL), 4);
    assert_int_equal(
        count_of(count, list, FPT_DATA_WARNING, "rejected/bad-number"), 1);
    assert_int_equal(
        count_of(count, list, FPT_DATA_WARNING, "unknown-codes/place"), 1);
    assert_int_equal(count_of(count, list, FPT_DATA_WARNING, "cells-sum"), 1);
    assert_int_equal(count_of(count, list, FPT_DATA_WARNING,
                              "suspect/stp_dashboard.c_difficile"),
                     1);
    assert_int_equal(count_of(count, list, FPT_DATA_NOTE, NULL), 2);
    assert_int_equal(count_of(count, list, FPT_DATA_PASS, NULL), 2);
    for (size_t i = 1; i < count; i++)
        assert_true(list[i - 1].state <= list[i].state);
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(list[i].rule, FPT_STR("trusts-sum-to-england")))
            assert_int_equal(list[i].of, 12 * 10);
}

static void test_loads_to_the_totals_of_its_manifest(void **state)
{
    struct place *place = *state;
    const fpt_load_options options = {.struct_size = sizeof options,
                                      .packs = project_packs(),
                                      .today = day("2024-01-02")};
    size_t count, files, loads;
    fpt_synth_entry *entry;
    fpt_job job;
    fpt_load_file *file;
    fpt_load_result *result;
    fpt_error err = {0};
    must_write(place, "n", 5, &count, &entry);
    make_workspace(place, "w");
    fpt_workspace w = open_workspace(place, "w");
    assert_ok_or(fpt_job_open(&place->arena, &options.packs, FPT_STR("demo"),
                              &job, &err),
                 err);
    assert_ok_or(fpt_job_find(&place->arena, &options.packs, &job,
                              in(place, "n"), &files, &file, &err),
                 err);
    assert_ok_or(
        fpt_load(&w, &place->arena, &options, files, file, &result, &err), err);
    for (size_t i = 0; i < count; i++)
        check_entry(place, &w, &entry[i]);
    assert_int_equal(ask(w.warehouse, "SELECT count(*) FROM load"), files);
    assert_int_equal(
        ask(w.warehouse, "SELECT count(*) FROM load WHERE synthetic = 1"),
        files);
    check_findings(place, &w);
    /* A warehouse that is made again knows still that its data are made up. */
    assert_ok_or(
        fpt_rebuild(&w, &place->arena, &options, &loads, &result, &err), err);
    assert_int_equal(loads, files);
    check_findings(place, &w);
    fpt_workspace_close(&w);
}

/* The polynomial in the place of PROJ, over all that a nation may cover. */
static void test_degrees_are_those_of_proj(void **state)
{
    struct place *place = *state;
    fpt_geo *geo;
    fpt_error err = {0};
    assert_ok_or(fpt_geo_open(&place->arena, &geo, &err), err);
    for (double x = 325000.0; x <= 575000.0; x += 6250.0)
        for (double y = 180000.0; y <= 390000.0; y += 7000.0) {
            fpt_point point = {x, y};
            double lon, lat;
            assert_ok(fpt_geo_from_grid(geo, 1, &point));
            fpti_synth_degrees(x, y, &lon, &lat);
            assert_close(lon, point.x, 5e-7);
            assert_close(lat, point.y, 1e-7);
        }
    fpt_geo_close(geo);
}

/* ---- refusals ---- */

static void test_what_is_refused(void **state)
{
    struct place *place = *state;
    fpt_synth_options options = {.struct_size = sizeof options,
                                 .scale = FPT_STR("galaxy")};
    size_t count = 77;
    fpt_synth_entry *entry = NULL;
    fpt_error err = {0};
    assert_refused(fpt_synth_write(&place->arena, in(place, "n"), &options,
                                   &count, &entry, &err),
                   FPT_ERR_USAGE, err, "it is small, region or england");
    assert_refused(write_nation(place, ".", 1, &count, &entry, &err),
                   FPT_ERR_USAGE, err, "by its own name");
    assert_refused(write_nation(place, "x/..", 1, &count, &entry, &err),
                   FPT_ERR_USAGE, err, "by its own name");
    put(place, "file", FPT_STR("x"));
    assert_refused(write_nation(place, "file", 1, &count, &entry, &err),
                   FPT_ERR_EXISTS, err, "is there, and is no folder");
    assert_refused(write_nation(place, "file/n", 1, &count, &entry, &err),
                   FPT_ERR_IO, err, "file");
    assert_ok(fpt_folder_make(in(place, "full"), NULL));
    put(place, "full/mine.txt", FPT_STR("x"));
    assert_refused(write_nation(place, "full", 1, &count, &entry, &err),
                   FPT_ERR_EXISTS, err, "is not empty");
    /* What cannot be seen is there all the same. */
    assert_ok(fpt_folder_make(in(place, "hidden"), NULL));
    put(place, "hidden/.mine", FPT_STR("x"));
    assert_refused(write_nation(place, "hidden", 1, &count, &entry, &err),
                   FPT_ERR_EXISTS, err, "is not empty");
    assert_ok(fpt_folder_make(in(place, "cut.part"), NULL));
    assert_refused(write_nation(place, "cut", 1, &count, &entry, &err),
                   FPT_ERR_EXISTS, err, "is left from a call");
    assert_int_equal(count, 77);
    assert_null(entry);
    size_t names;
    fpt_str *name;
    assert_ok(
        fpt_folder_list(&place->arena, place->folder, &names, &name, NULL));
    assert_int_equal(names, 4); /* cut.part file full hidden */
}

static void test_an_empty_folder_is_taken(void **state)
{
    struct place *place = *state;
    size_t count;
    fpt_synth_entry *entry;
    assert_ok(fpt_folder_make(in(place, "n"), NULL));
    must_write(place, "n///", 1, &count, &entry);
    assert_int_equal(fpt_file_kind_of(in(place, "n/SYNTHETIC.txt")),
                     FPT_FILE_REGULAR);
    assert_int_equal(fpt_file_kind_of(in(place, "n/geo/SYNTHETIC.txt")),
                     FPT_FILE_REGULAR);
    assert_int_equal(fpt_file_kind_of(in(place, "n/MANIFEST.csv")),
                     FPT_FILE_REGULAR);
    assert_int_equal(fpt_file_kind_of(in(place, "n.part")), FPT_FILE_NONE);
}

/* No file may grow beyond some kilobytes: as a disk that fills up half way. */
static void test_a_full_disk_leaves_nothing(void **state)
{
    struct place *place = *state;
    struct rlimit before, little;
    size_t count;
    fpt_synth_entry *entry;
    fpt_error err = {0};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = before;
    little.rlim_cur = 40000; /* the lookups are smaller, the people are not */
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    const fpt_status status = write_nation(place, "n", 1, &count, &entry, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, FPT_ERR_IO);
    assert_says(err, "cannot write it");
    assert_int_equal(fpt_file_kind_of(in(place, "n")), FPT_FILE_NONE);
    assert_int_equal(fpt_file_kind_of(in(place, "n.part")), FPT_FILE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_same_seed_same_bytes),
        TEST(test_each_file_is_known_as_its_source),
        TEST(test_loads_to_the_totals_of_its_manifest),
        TEST(test_degrees_are_those_of_proj),
        TEST(test_what_is_refused),
        TEST(test_an_empty_folder_is_taken),
        TEST(test_a_full_disk_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
