/*
 * Tests for the ledger: entries are kept in order, sealed by the one before, and
 * neither changed nor removed without being found out.
 */
#include "warehouse.h"

#include <sqlite3.h>

static const struct {
    const char *kind, *body, *on;
} written[] = {{"load", "{\"name\":\"a.csv\"}", "2024-01-01"},
               {"footprint", "{\"code\":\"X\\n\"}", "2024-01-02"},
               {"load", "{\"name\":\"caf\xC3\xA9\"}", "2024-01-02"},
               {"judgement", "", "2024-02-29"},
               {"load", "{}", "2023-12-31"}};

static void write_all(fpt_store *ledger)
{
    fpt_error err = {0};
    assert_ok_or(fpt_store_begin(ledger, &err), err);
    for (size_t i = 0; i < COUNT_OF(written); i++) {
        int64_t seq = 0;
        char seal[65] = "";
        assert_ok_or(fpt_ledger_add(ledger, written[i].kind,
                                    fpt_str_from(written[i].body),
                                    day(written[i].on), &seq, seal, &err),
                     err);
        assert_int_equal(seq, i + 1);
        assert_int_equal(strlen(seal), 64);
    }
    assert_ok_or(fpt_store_commit(ledger, &err), err);
}

static fpt_store *open_ledger(const char *path)
{
    fpt_store_options options = fpt_store_options_default(FPT_LEDGER);
    fpt_store *ledger;
    fpt_error err = {0};
    assert_ok_or(fpt_store_open(path, &options, &ledger, &err), err);
    return ledger;
}

static void test_entries_come_back_in_order(void **state)
{
    struct place *place = *state;
    fpt_store *ledger = store_in_memory(FPT_LEDGER);
    fpt_ledger_entry *entry;
    size_t count;
    assert_ok(
        fpt_ledger_read(ledger, &place->arena, NULL, &count, &entry, NULL));
    assert_int_equal(count, 0);
    assert_ok(fpt_ledger_verify(ledger, NULL));
    write_all(ledger);
    assert_ok(
        fpt_ledger_read(ledger, &place->arena, NULL, &count, &entry, NULL));
    assert_int_equal(count, COUNT_OF(written));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(entry[i].seq, i + 1);
        assert_str(entry[i].kind, written[i].kind);
        assert_str(entry[i].body, written[i].body);
        assert_int_equal(entry[i].on.days, day(written[i].on).days);
    }
    assert_ok(
        fpt_ledger_read(ledger, &place->arena, "load", &count, &entry, NULL));
    assert_int_equal(count, 3);
    assert_int_equal(entry[2].seq, 5);
    assert_ok(
        fpt_ledger_read(ledger, &place->arena, "nosuch", &count, &entry, NULL));
    assert_int_equal(count, 0);
    assert_ok(fpt_ledger_verify(ledger, NULL));
    fpt_store_close(ledger);
}

/* The seal of the first two entries, computed with sha256sum of
 * "\nload\n2024-01-01\n{\"name\":\"a.csv\"}" and so on. */
static void test_a_seal_is_the_digest_that_is_promised(void **state)
{
    (void)state;
    fpt_store *ledger = store_in_memory(FPT_LEDGER);
    char first[65], second[65], text[400], expected[65];
    fpt_error err = {0};
    assert_ok(fpt_store_begin(ledger, NULL));
    assert_ok_or(fpt_ledger_add(ledger, "load", FPT_STR("{\"name\":\"a.csv\"}"),
                                day("2024-01-01"), NULL, first, &err),
                 err);
    assert_ok_or(fpt_ledger_add(ledger, "note", FPT_STR("b"), day("2024-01-02"),
                                NULL, second, &err),
                 err);
    assert_ok(fpt_store_commit(ledger, NULL));
    assert_string_equal(
        first,
        "b752e205093d15315d4e1a116fcc4bc55748cfff0ec41840eec72fb0273ab33b");
    snprintf(text, sizeof text, "%s\nnote\n2024-01-02\nb", first);
    fpt_bytes_digest(fpt_str_from(text), expected);
    assert_string_equal(second, expected);
    fpt_store_close(ledger);
}

static void test_update_and_delete_are_refused(void **state)
{
    (void)state;
    fpt_store *ledger = store_in_memory(FPT_LEDGER);
    static const char *const statements[] = {
        "UPDATE entry SET body = 'x' WHERE seq = 1",
        "UPDATE entry SET sha256 = sha256",
        "DELETE FROM entry WHERE seq = 5",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry VALUES (1, 'load', '', 0, '')",
        "REPLACE INTO entry VALUES (2, 'load', '', 0, '')",
        "INSERT INTO entry VALUES (3, 'load', '', 0, '')",
        "INSERT INTO entry VALUES (7, 'load', '', 0, '')",
        "INSERT INTO entry VALUES (NULL, 'load', '', 0, '')"};
    write_all(ledger);
    for (size_t i = 0; i < COUNT_OF(statements); i++) {
        fpt_error err = {0};
        if (fpt_store_run(ledger, statements[i], 0, NULL, &err) !=
            FPT_ERR_REFUSED)
            fail_msg("%s was not refused: %s", statements[i], err.text);
    }
    assert_int_equal(ask(ledger, "SELECT count(*) FROM entry"),
                     COUNT_OF(written));
    assert_ok(fpt_ledger_verify(ledger, NULL));
    fpt_store_close(ledger);
}

/* Somebody with another program and no manners. */
static void tamper(const char *path, const char *sql)
{
    sqlite3 *database;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "DROP TRIGGER entry_is_kept; DROP TRIGGER "
                                  "entry_stays; DROP TRIGGER entry_is_next; "
                                  "DROP INDEX entry_seq;",
                                  NULL, NULL, &message),
                     SQLITE_OK);
    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static void test_a_changed_ledger_is_found_out(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *sql;
        int entry; /* that is named; 0: cannot be seen from the seals alone */
    } cases[] = {
        {"UPDATE entry SET body = '{}' WHERE seq = 1", 1},
        {"UPDATE entry SET body = body || ' ' WHERE seq = 5", 5},
        {"UPDATE entry SET kind = 'loads' WHERE seq = 3", 3},
        {"UPDATE entry SET on_date = on_date + 1 WHERE seq = 2", 2},
        {"UPDATE entry SET sha256 = upper(sha256) WHERE seq = 4", 4},
        {"UPDATE entry SET seq = 6 WHERE seq = 5", 6},
        {"DELETE FROM entry WHERE seq = 1", 2},
        {"DELETE FROM entry WHERE seq = 3", 4},
        {"UPDATE entry SET seq = seq + 1", 2},
        {"UPDATE entry SET seq = 9 WHERE seq = 2; UPDATE entry SET seq = 2 "
         "WHERE seq = 3; UPDATE entry SET seq = 3 WHERE seq = 9",
         2},
        {"INSERT INTO entry SELECT 6, kind, body, on_date, sha256 FROM entry "
         "WHERE seq = 5",
         6},
        {"INSERT INTO entry SELECT * FROM entry WHERE seq = 2", 2},
        {"DELETE FROM entry WHERE seq = 5", 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char name[32], words[64];
        fpt_error err = {0};
        snprintf(name, sizeof name, "%zu.sqlite", i);
        fpt_store *ledger = open_ledger(in(place, name));
        write_all(ledger);
        fpt_store_close(ledger);
        tamper(in(place, name), cases[i].sql);
        fpt_store_options options = fpt_store_options_default(FPT_LEDGER);
        options.read_only = true;
        assert_ok_or(fpt_store_open(in(place, name), &options, &ledger, &err),
                     err);
        const fpt_status status = fpt_ledger_verify(ledger, &err);
        if (cases[i].entry == 0) {
            assert_int_equal(status, FPT_OK);
        } else {
            snprintf(words, sizeof words, "entry %d is not as it was",
                     cases[i].entry);
            if (status != FPT_ERR_STORE) fail_msg("unseen: %s", cases[i].sql);
            assert_says(err, words);
        }
        fpt_store_close(ledger);
    }
}

/* Entries that a rollback took back leave no gap. */
static void test_a_rollback_gives_the_number_back(void **state)
{
    (void)state;
    fpt_store *ledger = store_in_memory(FPT_LEDGER);
    int64_t seq;
    for (int i = 0; i < 3; i++) {
        assert_ok(fpt_store_begin(ledger, NULL));
        assert_ok(fpt_ledger_add(ledger, "load", FPT_STR("{}"),
                                 day("2024-01-01"), &seq, NULL, NULL));
        assert_int_equal(seq, 1);
        fpt_store_rollback(ledger);
    }
    write_all(ledger);
    assert_ok(fpt_ledger_verify(ledger, NULL));
    fpt_store_close(ledger);
}

/* Random entries: any single changed byte of any entry is seen. */
static void test_any_changed_byte_is_seen(void **state)
{
    struct place *place = *state;
    uint64_t seed = 20170401;
    for (int round = 0; round < 40; round++) {
        char name[32], sql[200];
        fpt_error err = {0};
        snprintf(name, sizeof name, "r%d.sqlite", round);
        fpt_store *ledger = open_ledger(in(place, name));
        const int entries = 1 + (int)(next_random(&seed) % 6);
        assert_ok(fpt_store_begin(ledger, NULL));
        for (int e = 0; e < entries; e++) {
            char body[64];
            const size_t len = 1 + next_random(&seed) % 60;
            for (size_t i = 0; i < len; i++)
                body[i] = (char)('a' + next_random(&seed) % 26);
            assert_ok(fpt_ledger_add(ledger, "load", (fpt_str){body, len},
                                     (fpt_date){19000 + e}, NULL, NULL, NULL));
        }
        assert_ok(fpt_store_commit(ledger, NULL));
        fpt_store_close(ledger);
        const int victim = 1 + (int)(next_random(&seed) % (uint64_t)entries);
        const int at = (int)(next_random(&seed) % 60);
        snprintf(
            sql, sizeof sql,
            "UPDATE entry SET body = substr(body, 1, %d %% length(body)) "
            "|| '#' || substr(body, 2 + %d %% length(body)) WHERE seq = %d",
            at, at, victim);
        tamper(in(place, name), sql);
        ledger = open_ledger(in(place, name));
        assert_int_equal(fpt_ledger_verify(ledger, &err), FPT_ERR_STORE);
        fpt_store_close(ledger);
    }
}

static fpt_status read_ledger(fpt_arena *arena, void *context)
{
    size_t count;
    fpt_ledger_entry *entry;
    return fpt_ledger_read(context, arena, "load", &count, &entry, NULL);
}

static void test_running_out_of_memory(void **state)
{
    (void)state;
    fpt_store *ledger = store_in_memory(FPT_LEDGER);
    write_all(ledger);
    assert_every_allocation_may_fail(read_ledger, ledger);
    fpt_store_close(ledger);
}

int main(void)
{
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_entries_come_back_in_order),
        TEST(test_a_seal_is_the_digest_that_is_promised),
        TEST(test_update_and_delete_are_refused),
        TEST(test_a_changed_ledger_is_found_out),
        TEST(test_a_rollback_gives_the_number_back),
        TEST(test_any_changed_byte_is_seen),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
