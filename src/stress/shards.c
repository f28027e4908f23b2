/*
 * Counts of a shard as text, and back. A line is a word and whole numbers; 128
 * bits are written as two halves; the last line holds the digest of all before
 * it. What is read is checked as any input is.
 */
#include <inttypes.h>

#include "fpt/file.h"
#include "odds_i.h"

/* ---- writing ---- */

static void write_numbers(fpt_output *out, const char *word, size_t count,
                          const uint64_t *number)
{
    fpt_output_add(out, fpt_str_from(word));
    for (size_t i = 0; i < count; i++) {
        fpt_output_add_char(out, ' ');
        fpt_output_add_int64(out, (int64_t)number[i]);
    }
    fpt_output_add_char(out, '\n');
}

/* Sizes below FPTI_EXACT are written as octave 0. */
static void write_bins(const fpt_tally *t, fpt_output *out)
{
    for (uint64_t side = 0; side < 2; side++)
        for (size_t bin = 0; bin < FPTI_BINS; bin++) {
            if (bin % FPTI_PAGE == 0 &&
                t->page[side * FPTI_PAGES + bin / FPTI_PAGE] == NULL) {
                bin += FPTI_PAGE - 1;
                continue;
            }
            const uint64_t many = fpti_tally_at(t, (int)side, bin);
            const uint64_t octave = bin < FPTI_EXACT ? 0 : bin / FPTI_PAGE - 1;
            const uint64_t number[4] = {
                side, octave, octave == 0 ? bin : bin % FPTI_PAGE, many};
            if (many > 0) write_numbers(out, "bin", 4, number);
        }
}

static void write_tally(const fpt_tally *t, size_t index, fpt_output *out)
{
    const fpti_uint128 sum = (fpti_uint128)t->sum;
    fpt_output_print(out,
                     "metric %zu %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
                     " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
                     " %" PRId64 " %" PRId64 "\n",
                     index, t->count, t->negative, (uint64_t)(sum >> 64),
                     (uint64_t)sum, (uint64_t)(t->lack >> 64),
                     (uint64_t)t->lack, t->square[2], t->square[1],
                     t->square[0], t->least, t->most);
    write_bins(t, out);
}

/* A test that is whole is written as one shard, however it was split. */
static void write_counts(const fpt_stress *s, fpt_output *out)
{
    const bool whole = fpt_stress_is_whole(s);
    const uint32_t shards = whole ? 1 : s->shards;
    fpt_output_print(
        out,
        "footprint-stress 2\nplan %s\ntest %" PRIu64 " %" PRIu64 " %d %u %zu\n",
        s->digest, s->draws, s->seed, (int)s->noise, shards, s->count);
    for (uint32_t k = 0; k < shards; k++)
        if (whole || s->in[k]) fpt_output_print(out, "shard %u\n", k + 1);
    fpt_output_print(out, "drawn %" PRIu64 "\n", s->drawn);
    for (int year = 0; year <= s->years; year++)
        fpt_output_print(out, "met %d %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
                         year, s->met[year].system, s->met[year].all,
                         s->met[year].system_not_all);
    for (int year = 1; year <= s->years + 1; year++)
        fpt_output_print(out, "first %d %" PRIu64 "\n", year,
                         s->first_miss[year]);
    for (size_t k = 0; k < s->count; k++)
        write_tally(s->tally[k], k, out);
}

void fpt_stress_write(const fpt_stress *s, fpt_output *out)
{
    char digest[65];
    fpt_arena scratch = *s->arena;
    fpt_output text = fpt_output_memory(&scratch);
    write_counts(s, &text);
    if (text.text.failed) out->failed = true;
    fpt_bytes_digest(fpt_strbuf_view(&text.text), digest);
    fpt_output_add(out, fpt_strbuf_view(&text.text));
    fpt_output_print(out, "end %s\n", digest);
}

/* ---- reading ---- */

enum { NUMBERS_MOST = 12 };

typedef struct lines {
    const char *name;
    fpt_str rest;
    const char *start; /* of this line */
    int64_t line;
    fpt_str word;
    size_t count;
    uint64_t number[NUMBERS_MOST];
    fpt_str text; /* the rest of the line, for the digest */
} lines;

/* Whole numbers; a minus sign keeps its two's complement. */
static bool read_number(fpt_str text, uint64_t *out)
{
    int64_t value;
    if (text.len > 0 && text.data[0] == '-') {
        if (!fpt_parse_int64(text, &value)) return false;
        *out = (uint64_t)value;
        return true;
    }
    if (text.len == 0 || text.len > 20) return false;
    uint64_t sum = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];
        if (c < '0' || c > '9' || sum > UINT64_MAX / 10) return false;
        const uint64_t next = sum * 10 + (uint64_t)(c - '0');
        if (next < sum * 10) return false;
        sum = next;
    }
    *out = sum;
    return true;
}

static bool next_line(lines *l)
{
    if (l->rest.data == NULL || l->rest.len == 0) return false;
    l->start = l->rest.data;
    fpt_str line = fpt_str_cut(&l->rest, '\n');
    l->line++;
    l->word = fpt_str_cut(&line, ' ');
    l->text = line.data != NULL ? line : FPT_STR("");
    l->count = 0;
    while (line.data != NULL && l->count < NUMBERS_MOST) {
        const fpt_str text = fpt_str_cut(&line, ' ');
        if (!read_number(text, &l->number[l->count])) break;
        l->count++;
    }
    return true;
}

static fpt_status bad(const lines *l, fpt_error *err, const char *expected)
{
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s:%" PRId64 ": expected %s: this is no shard of a "
                    "stress test, or it is cut off",
                    l->name, l->line, expected);
}

static bool is(const lines *l, const char *word, size_t count)
{
    return fpt_str_equal(l->word, fpt_str_from(word)) && l->count == count;
}

static fpt_status read_head(lines *l, fpt_stress *s, fpt_error *err)
{
    if (!next_line(l) || !is(l, "footprint-stress", 1) || l->number[0] != 2)
        return bad(l, err, "\"footprint-stress 2\"");
    if (!next_line(l) || !fpt_str_equal(l->word, FPT_STR("plan")))
        return bad(l, err, "the digest of the plan");
    if (!fpt_str_equal(l->text, fpt_str_from(s->digest)))
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "%s was drawn from another plan, or the plan has "
                        "changed since",
                        l->name);
    if (!next_line(l) || !is(l, "test", 5) || l->number[0] > FPTI_DRAWS_MOST ||
        l->number[2] > 2 || l->number[3] < 1 ||
        l->number[3] > FPTI_SHARDS_MOST || l->number[4] != s->count)
        return bad(l, err, "draws, seed, chance, shards and metrics");
    s->draws = l->number[0];
    s->seed = l->number[1];
    s->noise = (fpt_plan_noise)l->number[2];
    s->shards = (uint32_t)l->number[3];
    return FPT_OK;
}

static fpt_status read_metric(const lines *l, fpt_stress *s, fpt_tally **tally,
                              fpt_error *err)
{
    if (l->number[0] >= s->count) return bad(l, err, "a metric of the plan");
    fpt_tally *t = s->tally[l->number[0]];
    if (t->count != 0) return bad(l, err, "each metric once");
    t->count = l->number[1];
    t->negative = l->number[2];
    t->sum = (fpti_int128)((fpti_uint128)l->number[3] << 64 | l->number[4]);
    t->lack = (fpti_uint128)l->number[5] << 64 | l->number[6];
    t->square[2] = l->number[7];
    t->square[1] = l->number[8];
    t->square[0] = l->number[9];
    t->least = (int64_t)l->number[10];
    t->most = (int64_t)l->number[11];
    *tally = t;
    return FPT_OK;
}

static fpt_status read_bin(const lines *l, fpt_tally *t, fpt_error *err)
{
    if (t == NULL || l->number[0] > 1 || l->number[1] >= FPTI_OCTAVES ||
        l->number[2] >=
            (l->number[1] == 0 ? (uint64_t)FPTI_EXACT : (uint64_t)FPTI_PAGE))
        return bad(l, err, "a bin of a metric");
    const size_t octave = (size_t)l->number[1];
    const size_t first = octave == 0 ? 0 : (octave + 1) * FPTI_PAGE;
    if (!fpti_tally_bin(t, (int)l->number[0], first + (size_t)l->number[2],
                        l->number[3]))
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the stress test");
    return FPT_OK;
}

/* The draws that the shards named in it have between them. */
static uint64_t draws_due(const fpt_stress *s)
{
    const uint64_t rows = s->draws / FPT_LANES + (s->draws % FPT_LANES != 0);
    uint64_t due = 0;
    for (uint64_t k = 0; k < s->shards; k++) {
        const uint64_t from = rows * k / s->shards * FPT_LANES;
        const uint64_t to = rows * (k + 1) / s->shards * FPT_LANES;
        if (s->in[k]) due += (to < s->draws ? to : s->draws) - from;
    }
    return due;
}

/* What is met cannot be more than was drawn, and some year is the first to
 * miss, or none. */
static bool met_agree(const fpt_stress *s)
{
    fpti_uint128 first = 0;
    for (int year = 0; year <= s->years; year++) {
        const fpti_met *m = &s->met[year];
        if (m->system > s->drawn || m->all > s->drawn ||
            m->system_not_all > m->system)
            return false;
    }
    for (int year = 1; year <= s->years + 1; year++)
        first += s->first_miss[year];
    return first == s->drawn;
}

/* Bins must hold as many values as the metric says that it has. */
static bool counts_agree(const fpt_stress *s)
{
    for (size_t k = 0; k < s->count; k++) {
        const fpt_tally *t = s->tally[k];
        fpti_uint128 sum = 0, negative = 0;
        for (size_t p = 0; p < 2 * (size_t)FPTI_PAGES; p++)
            for (size_t b = 0; t->page[p] != NULL && b < FPTI_PAGE; b++) {
                sum += t->page[p][b];
                negative += p < FPTI_PAGES ? t->page[p][b] : 0;
            }
        if (sum != t->count || t->count != s->drawn || negative != t->negative)
            return false;
    }
    return s->drawn == draws_due(s) && met_agree(s);
}

static fpt_status check_end(const lines *l, fpt_str text, fpt_error *err)
{
    char digest[65];
    fpt_bytes_digest((fpt_str){text.data, (size_t)(l->start - text.data)},
                     digest);
    if (l->text.len != 64 || l->rest.len != 0)
        return bad(l, err, "\"end\" with the digest of the lines before it");
    if (!fpt_str_equal(l->text, fpt_str_from(digest)))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s has been changed since it was written: the digest "
                        "of its lines is not the one in its last line",
                        l->name);
    return FPT_OK;
}

fpt_status fpt_stress_read(fpt_arena *arena, const fpt_plan *plan,
                           const char *name, fpt_str text, fpt_stress **out,
                           fpt_error *err)
{
    fpt_stress *s = NULL;
    if (fpti_stress_make(arena, plan, &s) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the stress test");
    lines l = {.name = name, .rest = text};
    FPT_TRY(read_head(&l, s, err));
    fpt_tally *tally = NULL;
    bool ended = false;
    while (!ended && next_line(&l)) {
        const uint64_t *n = l.number;
        const uint64_t years = (uint64_t)s->years;
        if (is(&l, "shard", 1) && n[0] >= 1 && n[0] <= s->shards) {
            s->in[n[0] - 1] = true;
        } else if (is(&l, "drawn", 1)) {
            s->drawn = n[0];
        } else if (is(&l, "met", 4) && n[0] <= years) {
            s->met[n[0]] = (fpti_met){n[1], n[2], n[3]};
        } else if (is(&l, "first", 2) && n[0] >= 1 && n[0] <= years + 1) {
            s->first_miss[n[0]] = n[1];
        } else if (is(&l, "metric", 12)) {
            FPT_TRY(read_metric(&l, s, &tally, err));
        } else if (is(&l, "bin", 4)) {
            FPT_TRY(read_bin(&l, tally, err));
        } else if (fpt_str_equal(l.word, FPT_STR("end"))) {
            FPT_TRY(check_end(&l, text, err));
            ended = true;
        } else {
            return bad(&l, err, "shard, drawn, met, first, metric, bin or end");
        }
    }
    if (!ended) return bad(&l, err, "\"end\"");
    if (!counts_agree(s)) return bad(&l, err, "counts that agree");
    *out = s;
    return FPT_OK;
}
