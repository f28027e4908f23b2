/*
 * The site of a small country whose names are hostile: nothing of them becomes
 * markup, script or formula; the same bytes come out twice and by any number of
 * threads; and a write that fails leaves the old site as it was.
 */
#include "publish_i.h"

#include "measure/country.h"

#include <signal.h>
#include <sys/resource.h>

/* In CSV: <script>alert("1")</script> & 'co' */
#define SCRIPT "\"<script>alert(\"\"1\"\")</script> & 'co'\""
#define FORMULA "\"=HYPERLINK(\"\"http://x\"\")\""
#define TURNED                                                                 \
    "Bad\xe2\x80\xae"                                                          \
    "kcab"

static void load_hostile(struct country *c)
{
#define ROW(lsoa, stp, name, lad)                                              \
    "E0100000" lsoa ",L" lsoa ",E38000001,01A,@SUM(A1)," stp "," name          \
    ",E0600000" lad ",Town " lad "," lsoa "\n"
    load_text(c->l, "lsoa17.csv",
              "LSOA11CD,LSOA11NM,CCG17CD,CCG17CDH,CCG17NM,STP17CD,STP17NM,"
              "LAD17CD,LAD17NM,FID\n" ROW("1", "E54000001", SCRIPT, "1")
                  ROW("2", "E54000001", SCRIPT, "1")
                      ROW("3", "E54000002", FORMULA, "2")
                          ROW("4", "E54000002", FORMULA, "2")
                              ROW("5", "E54000003", TURNED, "3")
                                  ROW("6", "E54000003", TURNED, "3"));
#undef ROW
    load_text(c->l, "population2017.csv",
              "lsoa11_code,lsoa11_name,total_population,0,70,90+\n"
              "E01000001,L1,50,45,4,1\nE01000002,L2,30,27,3,0\n"
              "E01000003,L3,7,6,0,1\nE01000004,L4,13,13,0,0\n"
              "E01000005,L5,10,8,1,1\nE01000006,L6,1,0,1,0\n");
    load_text(c->l, "trusts.csv",
              "NHS England Region,Trust,code,STP,STP_code\n"
              "N,\"\"\" onload=\"\"x()\",RA1,A,E54000001\n"
              "N,-2+3,RB1,B,E54000002\nN,Trust C,RC9,C,E54000003\n");
    load_text(c->l, "ae.csv",
              AE_HEADER "2017-04-01,RA1,1,1000,100,70\n"
                        "2017-04-01,RB1,1,500,50,30\n"
                        "2017-04-01,RC9,1,300,30,10\n"
                        "2017-05-01,RA1,1,1000,110,70\n"
                        "2017-05-01,RB1,1,500,40,30\n"
                        "2017-05-01,RC9,1,300,20,10\n");
}

static void measure_all(struct country *c)
{
    static const char *const ids[] = {"residents", "aged_65_over", "ae_4h"};
    fpt_error err = {0};
    start_measuring(c, "2024-06-01");
    assert_ok_or(fpt_store_begin(c->l->w.warehouse, &err), err);
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        const fpt_indicator in = project_indicator(c, ids[i]);
        int64_t stored;
        assert_ok_or(fpt_measure_store(c->measure, &in, 0, NULL, &stored, &err),
                     err);
        assert_true(stored > 0);
    }
    assert_ok_or(fpt_store_commit(c->l->w.warehouse, &err), err);
}

/* Style sheets and scripts are bytes to copy: one file of them will do. */
static const char *assets(struct country *c)
{
    struct place *place = c->l->place;
    const char *folder = in(place, "web");
    assert_ok(fpt_folder_make(folder, NULL));
    fpt_strbuf text = fpt_strbuf_make(&place->arena);
    for (int i = 0; i < 40; i++)
        fpt_strbuf_add(&text, FPT_STR("/* a style sheet of some length */\n"));
    put(place, "web/footprint.css", fpt_strbuf_view(&text));
    return folder;
}

static fpt_status write_site(struct country *c, const char *out,
                             fpt_publish_result *result, fpt_error *err)
{
    const fpt_publish_options options = {.struct_size = sizeof options,
                                         .packs = &c->l->packs,
                                         .assets = assets(c),
                                         .out = out,
                                         .today = day("2024-06-01")};
    return fpt_publish(&c->l->w, c->registry, &c->tiers, &options, result, err);
}

static void must_write(struct country *c, const char *out)
{
    fpt_publish_result result;
    fpt_error err = {0};
    assert_ok_or(write_site(c, out, &result, &err), err);
    assert_true(result.pages > 15);
    assert_true(result.files > result.pages);
}

/* ---- all files of a folder, by path ---- */

struct tree {
    fpt_arena *arena;
    fpt_strbuf paths,
        bytes; /* "PATH LENGTH\n", and contents one after another */
    size_t files;
    bool pages; /* no downloads, in which names are as they are */
};

static void read_tree(struct tree *t, const char *folder, const char *below)
{
    size_t count;
    fpt_str *name;
    fpt_error err = {0};
    assert_ok_or(fpt_folder_list(t->arena, folder, &count, &name, &err), err);
    for (size_t i = 0; i < count; i++) {
        const char *path = fpt_path_join(t->arena, folder, name[i].data);
        const fpt_str shown = fpt_str_print(t->arena, "%s/" FPT_STR_FMT, below,
                                            FPT_STR_ARG(name[i]));
        assert_non_null(path);
        if (t->pages && fpt_str_equal(name[i], FPT_STR("data"))) continue;
        if (fpt_file_kind_of(path) == FPT_FILE_FOLDER) {
            read_tree(t, path, shown.data);
            continue;
        }
        fpt_str bytes;
        assert_ok_or(fpt_file_read(t->arena, path, 1 << 24, &bytes, &err), err);
        fpt_strbuf_print(&t->paths, FPT_STR_FMT " %zu\n", FPT_STR_ARG(shown),
                         bytes.len);
        fpt_strbuf_add(&t->bytes, bytes);
        t->files++;
    }
}

static struct tree tree_of(struct country *c, const char *folder)
{
    struct tree t = {.arena = &c->l->place->arena,
                     .paths = fpt_strbuf_make(&c->l->place->arena),
                     .bytes = fpt_strbuf_make(&c->l->place->arena)};
    read_tree(&t, folder, "");
    assert_false(t.paths.failed || t.bytes.failed);
    return t;
}

static void assert_same_tree(const struct tree *a, const struct tree *b)
{
    assert_true(
        fpt_str_equal(fpt_strbuf_view(&a->paths), fpt_strbuf_view(&b->paths)));
    assert_true(
        fpt_str_equal(fpt_strbuf_view(&a->bytes), fpt_strbuf_view(&b->bytes)));
}

static bool holds(fpt_str text, const char *part)
{
    const size_t len = strlen(part);
    for (size_t i = 0; i + len <= text.len; i++)
        if (memcmp(text.data + i, part, len) == 0) return true;
    return false;
}

static fpt_str page_of(struct country *c, const char *path)
{
    fpt_str bytes;
    fpt_error err = {0};
    assert_ok_or(fpt_file_read(&c->l->place->arena, in(c->l->place, path),
                               1 << 24, &bytes, &err),
                 err);
    return bytes;
}

/* ---- tests ---- */

static void test_no_name_becomes_markup(void **state)
{
    struct country *c = *state;
    must_write(c, in(c->l->place, "site"));
    struct tree t = {.arena = &c->l->place->arena,
                     .paths = fpt_strbuf_make(&c->l->place->arena),
                     .bytes = fpt_strbuf_make(&c->l->place->arena),
                     .pages = true};
    read_tree(&t, in(c->l->place, "site"), "");
    const fpt_str all = fpt_strbuf_view(&t.bytes);
    assert_true(t.files > 20);
    assert_false(holds(all, "<script>alert"));
    assert_false(holds(all, "onload=\"x()"));
    const fpt_str area = page_of(c, "site/area/E54000001.html");
    assert_true(holds(area, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; "
                            "&amp; &#39;co&#39;"));
    assert_true(
        holds(page_of(c, "site/organisation/RA1.html"), "&quot; onload="));
    /* What turns the text around is not let through. */
    const fpt_str turned = page_of(c, "site/area/E54000003.html");
    assert_true(holds(turned, "Bad\xef\xbf\xbdkcab"));
    assert_false(holds(turned, "\xe2\x80\xae"));
}

static void test_no_name_becomes_a_formula(void **state)
{
    struct country *c = *state;
    const fpt_str figures = page_of(c, "site/data/figures.csv");
    assert_true(holds(figures, ",\"'=HYPERLINK(\"\"http://x\"\")\","));
    assert_false(holds(figures, ",\"=HYPERLINK"));
    assert_true(holds(figures, ",'-2+3,"));
    /* And quotes of a name stay those of a name. */
    assert_true(holds(figures, "\"<script>alert(\"\"1\"\")</script>"));
    /* Numbers are numbers: none has an apostrophe before it. */
    for (size_t i = 0; i + 1 < figures.len; i++)
        if (figures.data[i] == '\'')
            assert_true(strchr("=+-@c", figures.data[i + 1]) != NULL ||
                        figures.data[i + 1] == '"' ||
                        figures.data[i + 1] == ',');
}

static void test_cells_of_downloads(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cell;
    } cases[] = {
        {"Leeds", "Leeds"}, {"", ""},       {"=1+1", "'=1+1"},
        {"+44", "'+44"},    {"-5", "'-5"},  {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},    {"a=b", "a=b"}, {"=a,\"b\"", "\"'=a,\"\"b\"\"\""}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fpt_arena arena;
        assert_ok(fpt_arena_init(&arena, NULL));
        fpt_output out = fpt_output_memory(&arena);
        fpti_csv_text(&out, true, fpt_str_from(cases[i].text));
        assert_false(out.failed);
        assert_str(fpt_strbuf_view(&out.text), cases[i].cell);
        fpt_arena_clear(&arena);
    }
}

/* A page in memory takes one text. */
static fpt_str escaped(fpt_arena *arena, fpt_str text)
{
    fpti_page page = {.arena = arena, .out = fpt_output_memory(arena)};
    PUT(&page, "{}", S(text));
    assert_false(page.out.failed);
    return fpt_strbuf_view(&page.out.text);
}

static void test_every_byte_and_mark(void **state)
{
    (void)state;
    static const struct {
        const char *text, *html;
    } cases[] = {{"a&b", "a&amp;b"},
                 {"<>\"'", "&lt;&gt;&quot;&#39;"},
                 {"a\x01z\x7f", "a\xef\xbf\xbdz\xef\xbf\xbd"},
                 {"\xc2\x85", "\xef\xbf\xbd"}, /* next line, a C1 control */
                 {"\xc2\xa3"
                  "5",
                  "\xc2\xa3"
                  "5"}, /* a pound sign stays */
                 {"\xe2\x80\xaa", "\xef\xbf\xbd"},
                 {"\xe2\x81\xa6", "\xef\xbf\xbd"},
                 {"\xe2\x80\x93", "\xe2\x80\x93"}, /* a dash stays */
                 {"\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c"},
                 {"tab\tand\nline", "tab\tand\nline"},
                 {"\xe2", "\xe2"},
                 {"{}", "{}"}};
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_str(escaped(&arena, fpt_str_from(cases[i].text)), cases[i].html);
    for (int c = 0; c < 256; c++) {
        const char byte = (char)c;
        const fpt_str out = escaped(&arena, (fpt_str){&byte, 1});
        assert_true(out.len > 0);
        for (size_t i = 0; i < out.len; i++)
            assert_true(strchr("<>\"'", out.data[i]) == NULL ||
                        out.data[i] == '\0');
    }
    fpt_arena_clear(&arena);
}

static void test_json_in_a_page_ends_no_element(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpti_page page = {.arena = &arena, .out = fpt_output_memory(&arena)};
    fpt_output words = fpt_output_memory(&arena);
    fpt_json json = fpt_json_make(&words, true);
    fpt_json_str(&json, FPT_STR("</script><b>\"\x01"));
    fpti_put_json(&page, &words);
    const fpt_str out = fpt_strbuf_view(&page.out.text);
    assert_false(holds(out, "<"));
    assert_true(holds(out, "\\u003c\\/script>"));
    assert_true(holds(out, "\\\""));
    assert_false(holds(out, "\x01"));
    fpt_arena_clear(&arena);
}

static void test_same_bytes_twice_and_by_any_threads(void **state)
{
    struct country *c = *state;
    static const char *const threads[] = {"SET threads = 1", "SET threads = 2",
                                          "SET threads = 8"};
    const struct tree first = tree_of(c, in(c->l->place, "site"));
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        run(c->l->w.warehouse, threads[i]);
        must_write(c, in(c->l->place, "again"));
        const struct tree again = tree_of(c, in(c->l->place, "again"));
        assert_same_tree(&first, &again);
    }
}

/* A disk that takes so many bytes of a file and no more. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_a_full_disk_leaves_the_old_site(void **state)
{
    struct country *c = *state;
    const char *site = in(c->l->place, "site");
    const struct tree before = tree_of(c, site);
    static const rlim_t most[] = {1, 1000, 3000};
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    for (size_t i = 0; i < COUNT_OF(most); i++) {
        fpt_publish_result result;
        fpt_error err = {0};
        const char *folder = assets(c);
        assert_non_null(folder);
        limit_files(most[i]);
        const fpt_publish_options options = {.struct_size = sizeof options,
                                             .packs = &c->l->packs,
                                             .assets = folder,
                                             .out = site,
                                             .today = day("2024-06-01")};
        const fpt_status status = fpt_publish(&c->l->w, c->registry, &c->tiers,
                                              &options, &result, &err);
        limit_files(RLIM_INFINITY);
        assert_int_equal(status, FPT_ERR_IO);
        assert_says(err, "cannot write");
        const struct tree after = tree_of(c, site);
        assert_same_tree(&before, &after);
        assert_int_equal(fpt_file_kind_of(in(c->l->place, "site.part")),
                         FPT_FILE_NONE);
        assert_int_equal(fpt_file_kind_of(in(c->l->place, "site.old")),
                         FPT_FILE_NONE);
    }
    /* And when there is room again, all is well. */
    must_write(c, site);
    const struct tree later = tree_of(c, site);
    assert_same_tree(&before, &later);
}

static void test_where_nothing_can_be_written(void **state)
{
    struct country *c = *state;
    fpt_publish_result result;
    fpt_error err = {0};
    put(c->l->place, "file", FPT_STR("of somebody's\n"));
    assert_int_equal(write_site(c, in(c->l->place, "file/site"), &result, &err),
                     FPT_ERR_IO);
    assert_refused(write_site(c, in(c->l->place, "file"), &result, &err),
                   FPT_ERR_USAGE, err, "is not a folder");
    assert_ok(fpt_folder_make(in(c->l->place, "mine"), NULL));
    put(c->l->place, "mine/letter.txt", FPT_STR("Dear all\n"));
    assert_refused(write_site(c, in(c->l->place, "mine"), &result, &err),
                   FPT_ERR_USAGE, err, "not a site of ours");
    assert_true(
        fpt_str_equal(page_of(c, "mine/letter.txt"), FPT_STR("Dear all\n")));
    assert_true(fpt_str_equal(page_of(c, "file"), FPT_STR("of somebody's\n")));
    assert_int_equal(fpt_file_kind_of("/proc/footprint-site.part"),
                     FPT_FILE_NONE);
    assert_int_equal(write_site(c, "/proc/footprint-site", &result, &err),
                     FPT_ERR_IO);
}

/* One country and one site for all: the first test writes it. */
static int set_up_site(void **state)
{
    if (set_up_country(state) != 0) return -1;
    struct country *c = *state;
    load_hostile(c);
    measure_all(c);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_name_becomes_markup),
        cmocka_unit_test(test_no_name_becomes_a_formula),
        cmocka_unit_test(test_same_bytes_twice_and_by_any_threads),
        cmocka_unit_test(test_a_full_disk_leaves_the_old_site),
        cmocka_unit_test(test_where_nothing_can_be_written),
        cmocka_unit_test(test_cells_of_downloads),
        cmocka_unit_test(test_every_byte_and_mark),
        cmocka_unit_test(test_json_in_a_page_ends_no_element),
    };
    return cmocka_run_group_tests_name("pages", tests, set_up_site,
                                       tear_down_country);
}
