/*
 * Properties of registries made at random: parts sum to the whole, the order of
 * loading decides nothing, what was known earlier stays as it was, and direct
 * memberships are those that a few plain loops over the facts find.
 */
#include "facts.h"

enum { ATOMS = 10, COMMISSIONERS = 4, SYSTEMS = 3, LOADS = 4, FACTS = 60 };

static const char *const days[] = {"2016-04-01", "2017-04-01", "2017-10-01",
                                   "2018-04-01", "2020-04-01", "2022-07-01"};
static const char *const known[LOADS] = {"2016-05-01", "2017-05-01",
                                         "2018-05-01", "2021-05-01"};

/* A relation, drawn once; tests write it under whatever number its load has. */
struct drawn {
    char subject[4], object[4];
    const char *kind;
    int from, to; /* indexes of days; to COUNT_OF(days): open */
    int load;     /* index of known */
};

struct nation {
    struct drawn fact[FACTS];
};

static struct nation draw(uint64_t *seed)
{
    struct nation n;
    for (int i = 0; i < FACTS; i++) {
        struct drawn *d = &n.fact[i];
        const unsigned sort = (unsigned)(next_random(seed) % 10);
        memset(d, 0, sizeof *d);
        if (sort < 6) {
            snprintf(d->subject, sizeof d->subject, "L%u",
                     (unsigned)(next_random(seed) % ATOMS));
            snprintf(d->object, sizeof d->object, "C%u",
                     (unsigned)(next_random(seed) % COMMISSIONERS));
            d->kind = "ccg";
        } else {
            snprintf(d->subject, sizeof d->subject, sort < 8 ? "L%u" : "C%u",
                     (unsigned)(next_random(seed) %
                                (sort < 8 ? ATOMS : COMMISSIONERS)));
            snprintf(d->object, sizeof d->object, "S%u",
                     (unsigned)(next_random(seed) % SYSTEMS));
            d->kind = "stp";
        }
        d->from = (int)(next_random(seed) % COUNT_OF(days));
        d->to = d->from + 1 + (int)(next_random(seed) % COUNT_OF(days));
        if (d->to > (int)COUNT_OF(days)) d->to = COUNT_OF(days);
        d->load = (int)(next_random(seed) % LOADS);
    }
    return n;
}

/* Systems, and areas with 10 + 7 i people each: a statement a table, since
 * statements are what takes the time. */
static void write_atoms(struct facts *f)
{
    static const struct {
        const char *sql;
        int rows;
    } table[] = {
        {"INSERT INTO name SELECT 'S' || i, 'stp', 'S' || i, NULL, NULL, 9, i "
         "+ 1 FROM range(%d) t(i)",
         SYSTEMS},
        {"INSERT INTO name SELECT 'L' || i, 'lsoa11', 'L' || i, NULL, NULL, "
         "9, i + 100 FROM range(%d) t(i)",
         ATOMS},
        {"INSERT INTO place SELECT i, 'L' || i FROM range(%d) t(i)", ATOMS},
        {"INSERT INTO datum SELECT 10, 2 * i + part, 0, i, DATE '2017-06-30', "
         "DATE '2017-07-01', part, CASE part WHEN 1 THEN (10 + 7 * i) // 3 "
         "ELSE 10 + 7 * i - (10 + 7 * i) // 3 END, NULL FROM range(%d) t(i), "
         "range(1, 3) u(part)",
         ATOMS},
    };
    run(f->store, "INSERT INTO series VALUES (0, 'population.residents', "
                  "'people', 0, 'x')");
    run(f->store, "INSERT INTO coverage VALUES (10, 0, DATE '2017-06-30', "
                  "DATE '2017-07-01', 1)");
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char sql[512], rows[16];
        const char *at = strstr(table[i].sql, "%d");
        snprintf(rows, sizeof rows, "%d", table[i].rows);
        snprintf(sql, sizeof sql, "%.*s%s%s", (int)(at - table[i].sql),
                 table[i].sql, rows, at + 2);
        run(f->store, sql);
    }
}

/* Write the nation; number[i] is the number of the load known on known[i], and
 * only loads before `loads` are written at all. */
static void write_nation(struct facts *f, const struct nation *n,
                         const int64_t number[LOADS], int loads)
{
    fpt_reg_close(f->registry);
    f->registry = NULL;
    fpt_store_close(f->store);
    f->store = store_in_memory(FPT_WAREHOUSE);
    f->line = 0;
    fpt_strbuf sql = fpt_strbuf_make(&f->arena);
    for (int l = 0; l < loads; l++)
        put_load(f, number[l], "lookup", known[l]);
    put_load(f, 9, "names", "2016-01-01");
    fpt_strbuf_add(&sql, FPT_STR("INSERT INTO relation VALUES "));
    bool first = true;
    for (int i = 0; i < FACTS; i++) {
        const struct drawn *d = &n->fact[i];
        if (d->load >= loads) continue;
        fpt_strbuf_print(&sql, "%s('%s', '%s', '%s', NULL, DATE '%s', ",
                         first ? "" : ", ", d->subject, d->kind, d->object,
                         days[d->from]);
        if (d->to == COUNT_OF(days))
            fpt_strbuf_add(&sql, FPT_STR("NULL"));
        else
            fpt_strbuf_print(&sql, "DATE '%s'", days[d->to]);
        fpt_strbuf_print(&sql, ", %lld, %d)", (long long)number[d->load], i);
        first = false;
    }
    if (!first) run(f->store, sql.data);
    put_load(f, 10, "population", "2016-01-01");
    write_atoms(f);
}

/* Every answer there is, as one text. */
static fpt_str all_homes(struct facts *f)
{
    static const char *const kinds[] = {"ccg", "stp"};
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    for (size_t d = 0; d < COUNT_OF(days); d++)
        for (size_t k = 0; k < 2; k++)
            for (int i = 0; i < ATOMS + COMMISSIONERS; i++) {
                char code[8];
                snprintf(code, sizeof code, i < ATOMS ? "L%d" : "C%d",
                         i < ATOMS ? i : i - ATOMS);
                fpt_strbuf_add(&text, home_text(f, code, kinds[k], days[d]));
                fpt_strbuf_add_char(&text, '\n');
            }
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

/* What plain loops over the drawn facts say. */
static void check_against_loops(struct facts *f, const struct nation *n,
                                int loads)
{
    for (size_t d = 0; d < COUNT_OF(days); d++)
        for (int i = 0; i < ATOMS; i++) {
            char code[8];
            const struct drawn *best = NULL;
            snprintf(code, sizeof code, "L%d", i);
            for (int k = 0; k < FACTS; k++) {
                const struct drawn *x = &n->fact[k];
                if (x->load >= loads || strcmp(x->subject, code) != 0 ||
                    strcmp(x->kind, "ccg") != 0 || x->from > (int)d)
                    continue;
                if (best == NULL || x->from > best->from ||
                    (x->from == best->from && x->load > best->load))
                    best = x;
            }
            /* all of that day and that file which have not ended */
            char objects[COMMISSIONERS + 1] = "";
            int holding = 0;
            for (int k = 0; k < FACTS && best != NULL; k++) {
                const struct drawn *x = &n->fact[k];
                if (strcmp(x->subject, code) != 0 ||
                    strcmp(x->kind, "ccg") != 0 || x->from != best->from ||
                    x->load != best->load || x->to <= (int)d)
                    continue;
                holding++;
                if (strchr(objects, x->object[1]) == NULL)
                    objects[strlen(objects)] = x->object[1];
            }
            fpt_home home[16];
            size_t count;
            bool ambiguous;
            const fpt_body body = body_of_code(f->registry, code);
            fpt_reg_home(f->registry, body, FPT_STR("ccg"), day(days[d]), 16,
                         home, &count, &ambiguous);
            assert_int_equal(count, strlen(objects));
            assert_int_equal(ambiguous, count > 1);
            for (size_t h = 0; h < count; h++)
                assert_non_null(
                    strchr(objects,
                           fpt_reg_code(f->registry, home[h].object).data[1]));
        }
}

static void check_sums(struct facts *f)
{
    int64_t nation = 0;
    for (int i = 0; i < ATOMS; i++)
        nation += 10 + 7 * i;
    for (size_t d = 0; d < COUNT_OF(days); d++)
        for (size_t e = 0; e < COUNT_OF(days); e++) {
            const fpt_crossing *x;
            const fpt_partition *p;
            const int64_t *people;
            fpt_period of;
            size_t count;
            assert_ok(fpt_reg_crosswalk(f->registry, FPT_STR("ccg"),
                                        day(days[d]), FPT_STR("stp"),
                                        day(days[e]), &count, &x, NULL));
            assert_ok(fpt_reg_partition(f->registry, FPT_STR("ccg"),
                                        day(days[d]), &p, NULL));
            assert_ok(
                fpt_reg_people(f->registry, day(days[d]), &people, &of, NULL));
            int64_t crossing = 0, assigned = 0, all = 0;
            for (size_t i = 0; i < count; i++) {
                crossing += x[i].people;
                /* in order of the two codes, nobody last */
                if (i > 0 && x[i - 1].from.id == x[i].from.id)
                    assert_true(!fpt_body_is(x[i].to) ||
                                fpt_str_compare(
                                    fpt_reg_code(f->registry, x[i - 1].to),
                                    fpt_reg_code(f->registry, x[i].to)) < 0);
            }
            for (size_t i = 0; i < p->atoms; i++) {
                all += people[i];
                if (fpt_body_is(p->object[i])) assigned += people[i];
            }
            assert_int_equal(all, nation);
            assert_int_equal(crossing, assigned);

            /* what opened and what closed make one day's areas the other's */
            const fpt_partition *q;
            fpt_change *change;
            size_t changes, opened = 0, closed = 0;
            int64_t left = 0, taken = 0;
            assert_ok(fpt_reg_partition(f->registry, FPT_STR("ccg"),
                                        day(days[e]), &q, NULL));
            assert_ok(fpt_reg_diff(f->registry, &f->arena, FPT_STR("ccg"),
                                   day(days[d]), FPT_STR("ccg"), day(days[e]),
                                   &changes, &change, NULL));
            for (size_t i = 0; i < changes; i++) {
                opened += change[i].kind == FPT_CHANGE_OPENED;
                closed += change[i].kind == FPT_CHANGE_CLOSED;
                if (change[i].kind == FPT_CHANGE_CLOSED)
                    left += change[i].people;
                if (change[i].kind == FPT_CHANGE_SPLIT ||
                    change[i].kind == FPT_CHANGE_MERGED)
                    taken += change[i].people;
            }
            assert_int_equal(p->objects + opened - closed, q->objects);
            assert_true(taken <= left);
        }
}

static void test_registries_at_random(void **state)
{
    struct facts *f = *state;
    static const int64_t in_order[LOADS] = {1, 2, 3, 4},
                         shuffled[LOADS] = {3, 1, 4, 2};
    uint64_t seed = 207;
    for (int round = 0; round < 6; round++) {
        const struct nation n = draw(&seed);
        write_nation(f, &n, in_order, LOADS);
        open_as_of(f, NULL);
        const fpt_str whole = all_homes(f);
        check_against_loops(f, &n, LOADS);
        check_sums(f);
        fpt_str early[LOADS];
        for (int l = 0; l < LOADS; l++) {
            open_as_of(f, known[l]);
            early[l] = all_homes(f);
            check_against_loops(f, &n, l + 1);
        }
        assert_true(fpt_str_equal(early[LOADS - 1], whole));

        /* the same files under other numbers */
        write_nation(f, &n, shuffled, LOADS);
        open_as_of(f, NULL);
        assert_true(fpt_str_equal(all_homes(f), whole));

        /* what was known earlier is what was there before the later files */
        const int earlier = 1 + round % (LOADS - 1);
        write_nation(f, &n, in_order, earlier);
        open_as_of(f, NULL);
        assert_true(fpt_str_equal(all_homes(f), early[earlier - 1]));
    }
}

/* ---- one body alone ---- */

static const char *const bodies[] = {"L0", "L3", "L7",  "C0",     "C1", "C2",
                                     "C3", "S0", "S1",  "S2",     "X0", "X1",
                                     "X2", "X3", "RO1", "nothing"};

/* Other codes and successors, in circles too, each under a load of its own day. */
static void write_more(struct facts *f, uint64_t *seed)
{
    for (int i = 0; i < 12; i++) {
        char sql[256];
        const int load = 1 + (int)(next_random(seed) % LOADS);
        const unsigned from = (unsigned)(next_random(seed) % 14);
        const unsigned to = (unsigned)(next_random(seed) % 14);
        const char *on = days[next_random(seed) % COUNT_OF(days)];
        static const char *const format[] = {
            "INSERT INTO alias VALUES ('%s', 'ods', '%s', 'x', '%s', %d, %d)",
            "INSERT INTO succession VALUES ('%s', '%s', '%s', %d, %d)",
            ("INSERT INTO relation VALUES ('%s', 'stp', '%s', NULL, '%s', "
             "NULL, "
             "%d, %d)")};
        const char *f_ = format[i % 3];
        const char *parts[] = {bodies[from], bodies[to], on};
        size_t at = 0;
        int part = 0;
        for (const char *c = f_; *c != '\0'; c++) {
            if (c[0] != '%') {
                sql[at++] = *c;
                continue;
            }
            at +=
                (size_t)(c[1] == 's' ? snprintf(sql + at, sizeof sql - at, "%s",
                                                parts[part])
                                     : snprintf(sql + at, sizeof sql - at, "%d",
                                                part == 3 ? load : i + 500));
            part++;
            c++;
        }
        sql[at] = '\0';
        run(f->store, sql);
    }
    run(f->store, "INSERT INTO role VALUES ('C1', 'RO1', DATE '2016-04-01', "
                  "NULL, NULL, NULL, 1, 1), ('C1', 'RO2', NULL, NULL, NULL, "
                  "NULL, 2, 1), ('C2', 'RO1', NULL, NULL, NULL, NULL, 3, 1)");
}

/* All that may be asked of it. */
static fpt_str told(struct facts *f, const fpt_registry *r, const char *code,
                    bool members)
{
    static const char *const kinds[] = {"ccg", "stp"};
    fpt_strbuf text = fpt_strbuf_make(&f->arena);
    const fpt_body body = fpt_reg_find(r, fpt_str_from(code));
    fpt_body found[4];
    size_t count;
    fpt_reg_resolve(r, fpt_str_from(code), (fpt_str){0}, day("2018-05-01"), 4,
                    found, &count);
    fpt_strbuf_print(&text, "%zu\n", count);
    if (!fpt_body_is(body)) return fpt_strbuf_view(&text);
    for (int sort = FPT_REG_NAMES; sort <= FPT_REG_PREDECESSORS; sort++) {
        fpt_reg_fact *fact;
        if (sort == FPT_REG_MEMBERS && !members) continue;
        assert_ok(fpt_reg_facts_of(r, &f->arena, body, (fpt_reg_facts)sort,
                                   &count, &fact, NULL));
        for (size_t i = 0; i < count; i++)
            fpt_strbuf_print(
                &text, "%d %s %s %s %s %d %d %d %d %d %d\n", sort,
                fact[i].what.data, fact[i].text.data,
                fpt_reg_code(r, fact[i].object).data,
                fpt_reg_name(r, fact[i].object, day("2018-05-01")).data,
                (int)fact[i].valid.from.days, (int)fact[i].valid.to.days,
                (int)fact[i].known.from.days, (int)fact[i].known.to.days,
                (int)fact[i].load, (int)fact[i].line);
    }
    for (size_t d = 0; d < COUNT_OF(days); d++)
        for (size_t k = 0; k < 2; k++) {
            fpt_home home[16];
            bool ambiguous;
            fpt_reg_home(r, body, fpt_str_from(kinds[k]), day(days[d]), 16,
                         home, &count, &ambiguous);
            for (size_t i = 0; i < count; i++)
                fpt_strbuf_print(
                    &text, "in %s %s %lld %d %d\n",
                    fpt_reg_code(r, home[i].object).data,
                    fpt_reg_name(r, home[i].object, day(days[d])).data,
                    (long long)home[i].share, (int)home[i].since.days,
                    ambiguous);
        }
    fpt_succession *after;
    assert_ok(fpt_reg_successors(r, &f->arena, body, &count, &after, NULL));
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(&text, "then %s %s %d %d%d%d\n",
                         fpt_reg_code(r, after[i].successor).data,
                         fpt_reg_name(r, after[i].successor, after[i].on).data,
                         (int)after[i].on.days, after[i].depth, after[i].cycle,
                         after[i].split);
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

/* Read alone it is told of as out of the whole registry, on any day of record. */
static void test_one_body_alone(void **state)
{
    struct facts *f = *state;
    static const int64_t number[LOADS] = {1, 2, 3, 4};
    uint64_t seed = 208;
    size_t told_of = 0;
    for (int round = 0; round < 2; round++) {
        const struct nation n = draw(&seed);
        write_nation(f, &n, number, LOADS);
        write_more(f, &seed);
        open_as_of(f, known[2 + round]);
        for (size_t i = 0; i < COUNT_OF(bodies); i++) {
            fpt_registry *alone = NULL;
            fpt_error err = {0};
            const bool members = (i + (size_t)round) % 2 == 0;
            assert_ok_or(fpt_reg_open_about(
                             f->store, test_tiers(), day(known[2 + round]),
                             fpt_str_from(bodies[i]), members, &alone, &err),
                         err);
            const fpt_str whole = told(f, f->registry, bodies[i], members);
            const fpt_str one = told(f, alone, bodies[i], members);
            if (!fpt_str_equal(one, whole))
                fail_msg("%s: alone:\n%swhole:\n%s", bodies[i], one.data,
                         whole.data);
            told_of += whole.len;
            fpt_reg_close(alone);
        }
    }
    assert_true(told_of > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_registries_at_random, set_up_facts,
                                        tear_down_facts),
        cmocka_unit_test_setup_teardown(test_one_body_alone, set_up_facts,
                                        tear_down_facts),
    };
    return cmocka_run_group_tests_name("random registry", tests, NULL, NULL);
}
