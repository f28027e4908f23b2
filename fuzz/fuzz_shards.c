/*
 * Shards of a stress test as outside bytes. The first byte says how: the rest as
 * it stands; or as the text of a shard with some of its bytes changed, lines
 * taken out, repeated or cut off, with its own digest or with a new one so that
 * what is behind it is reached. Either an error that says what is wrong, or
 * counts that are whole, in order, and come back from their own text.
 */
#include "fuzz.h"

#include <math.h>

#include "fpt/file.h"
#include "fpt/stress.h"

enum { SHARDS = 3, DRAWS = 130, MOST = 1 << 16, TABLES = 6 };

/* Two organisations, one year: few numbers, so that much is tried. */
static const char *const tables[TABLES][2] = {
    {"plan.yaml", "footprint-plan: 1\nname: money\ntitle: money\nauthor: test\n"
                  "source: invented\nbaseline: 2016/17\nyears: 1\nseed: 7\n"
                  "bed-days: midnights\n"},
    {"organisations.csv", "org,name,kind\nA,a,acute\nB,b,acute\n"},
    {"incomes.csv", "org,year,source,pounds\nA,,x,101500\nB,,x,50600\n"},
    {"indices.csv", "index,year,growth_fraction\ni,,growth\n"},
    {"costs.csv", "org,cost,driver,target,fixed_pounds,index\n"
                  "A,all,none,,100000,i\nB,all,none,,50000,i\n"},
    {"assumptions.csv",
     "assumption,distribution,value,p10,p90,author,source,evidence\n"
     "growth,normal,0.005,0,0.02,me,none,assumed\n"}};

/* Made once: a plan and the text of each of its shards. */
static fpt_arena made;
static fpt_plan *plan;
static fpt_str text[SHARDS];

static fpt_str text_of(fpt_arena *arena, const fpt_stress *stress)
{
    fpt_output out = fpt_output_memory(arena);
    fpt_stress_write(stress, &out);
    return fpt_strbuf_view(&out.text);
}

static void make_once(void)
{
    fpt_str name[TABLES], bytes[TABLES];
    fpt_error err = {0};
    if (plan != NULL) return;
    made = fuzz_arena();
    for (size_t i = 0; i < TABLES; i++) {
        name[i] = fpt_str_from(tables[i][0]);
        bytes[i] = fpt_str_from(tables[i][1]);
    }
    const fpt_plan_files files = {
        .count = TABLES, .name = name, .bytes = bytes};
    fpt_report report = fpt_report_make(&made);
    FPT_REQUIRE(fpt_plan_read(&made, &files, NULL, &report, &plan, &err) ==
                    FPT_OK &&
                fpt_plan_is_runnable(plan));
    for (uint32_t k = 0; k < SHARDS; k++) {
        fpt_stress_options o = fpt_stress_options_default();
        fpt_stress *stress;
        o.draws = DRAWS;
        o.threads = 1;
        o.shard = k + 1;
        o.shards = SHARDS;
        FPT_REQUIRE(fpt_stress_run(&made, plan, &o, &stress, &err) == FPT_OK);
        text[k] = text_of(&made, stress);
    }
}

/* Bytes changed at places that the input gives; then perhaps cut. */
static size_t change(const uint8_t **data, size_t *size, fpt_str from,
                     char *copy)
{
    size_t len = from.len;
    memcpy(copy, from.data, len);
    while (*size >= 5 && len > 0) {
        const unsigned what = fuzz_take_byte(data, size);
        const size_t at =
            (fuzz_take_byte(data, size) << 16 |
             fuzz_take_byte(data, size) << 8 | fuzz_take_byte(data, size)) %
            len;
        const unsigned byte = fuzz_take_byte(data, size);
        char *newline = memchr(copy + at, '\n', len - at);
        const size_t line =
            newline == NULL ? len - at : (size_t)(newline - copy) + 1 - at;
        if (what % 4 == 0) {
            copy[at] = (char)byte;
        } else if (what % 4 == 1) {
            copy[at] = (char)('0' + byte % 10);
        } else if (what % 4 == 2) { /* up to the end of the line taken out */
            memmove(copy + at, copy + at + line, len - at - line);
            len -= line;
        } else if (len + line <= MOST) { /* or there twice */
            memmove(copy + at + line, copy + at, len - at);
            len += line;
        }
    }
    return len;
}

/* The digest of the lines as they are now. */
static size_t seal(char *copy, size_t len)
{
    char digest[65];
    size_t end = len > 0 ? len - 1 : 0;
    while (end > 0 && copy[end - 1] != '\n')
        end--;
    fpt_bytes_digest((fpt_str){copy, end}, digest);
    memcpy(copy + end, "end ", 4);
    memcpy(copy + end + 4, digest, 64);
    copy[end + 68] = '\n';
    return end + 69;
}

static void require_sound(fpt_arena *arena, fpt_stress *stress)
{
    const fpt_str again = text_of(arena, stress);
    fpt_stress *back;
    fpt_error err = {0};
    FPT_REQUIRE(fpt_stress_draws(stress) <= fpt_stress_draws_of_all(stress));
    for (size_t k = 0; k < fpt_stress_metric_count(stress); k++) {
        const fpt_tally_summary s = fpt_stress_summary(stress, k);
        FPT_REQUIRE(s.count == fpt_stress_draws(stress) &&
                    s.negative <= s.count);
        if (s.count > 0)
            FPT_REQUIRE(s.p5 <= s.p50 && s.p50 <= s.p95 && s.sd >= 0.0);
    }
    FPT_REQUIRE(fpt_stress_read(arena, plan, "again", again, &back, &err) ==
                FPT_OK);
    FPT_REQUIRE(fpt_str_equal(again, text_of(arena, back)));
    for (uint32_t k = 0; k < SHARDS; k++) {
        fpt_stress *other;
        FPT_REQUIRE(fpt_stress_read(arena, plan, "other", text[k], &other,
                                    &err) == FPT_OK);
        const fpt_status status = fpt_stress_join(stress, other, &err);
        FPT_REQUIRE(status == FPT_OK ||
                    (status == FPT_ERR_REFUSED && err.text[0] != '\0'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char copy[MOST + 128];
    make_once();
    const unsigned how = fuzz_take_byte(&data, &size);
    size_t len;
    if (how % 4 == 0) {
        len = size < MOST ? size : MOST;
        memcpy(copy, data, len);
    } else {
        len = change(&data, &size, text[how / 4 % SHARDS], copy);
        if (how % 4 != 1) len = seal(copy, len);
    }
    fpt_arena arena = fuzz_arena();
    fpt_stress *stress = NULL;
    fpt_error err = {0};
    const fpt_status status = fpt_stress_read(
        &arena, plan, "shard", (fpt_str){copy, len}, &stress, &err);
    if (status == FPT_OK)
        require_sound(&arena, stress);
    else
        FPT_REQUIRE((status == FPT_ERR_INPUT || status == FPT_ERR_REFUSED) &&
                    err.text[0] != '\0');
    fpt_arena_clear(&arena);
    return 0;
}
