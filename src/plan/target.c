/*
 * Targets: which cells a scheme, a flow, a contract or a cost reads.
 *
 *     pod=emergency|maternity age>=75 los_days>=21 tags=falls
 *
 * Terms are separated by blanks and must all hold; values are separated by
 * bars and any of them will do. An empty target, or *, is every cell.
 */
#include "plan_i.h"

static const char *const field_words[] = {
#define WORD(name, word) word,
    FPTI_FIELD_LIST(WORD)
#undef WORD
};

double fpti_age_from(fpt_str label)
{
    size_t digits = 0;
    while (digits < label.len && label.data[digits] >= '0' &&
           label.data[digits] <= '9')
        digits++;
    int64_t age;
    if (digits == 0 || !fpt_parse_int64(fpt_str_slice(label, 0, digits), &age))
        return -1.0;
    return (double)age;
}

static bool field_of(fpt_str word, fpti_field *out)
{
    for (int i = 0; i < FPTI_FIELDS; i++) {
        if (!fpt_str_equal(word, fpt_str_from(field_words[i]))) continue;
        *out = (fpti_field)i;
        return true;
    }
    return false;
}

/* Where the comparison stands in a term, and which it is. */
static size_t comparison_at(fpt_str term, int *comparison, size_t *width)
{
    for (size_t i = 0; i < term.len; i++) {
        const bool two = i + 1 < term.len && term.data[i + 1] == '=';
        if ((term.data[i] == '>' || term.data[i] == '<') && two) {
            *comparison = term.data[i] == '>' ? FPTI_AT_LEAST : FPTI_AT_MOST;
            *width = 2;
            return i;
        }
        if (term.data[i] == '=') {
            *comparison = FPTI_IS;
            *width = 1;
            return i;
        }
    }
    return SIZE_MAX;
}

static bool read_values(fpti_table *t, fpt_str text, fpti_term *out)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == '|';
    fpt_str *any = FPT_NEW(t->reader->arena, fpt_str, count);
    if (!fpti_enough_memory(t->reader, any)) return false;
    for (size_t i = 0; i < count; i++) {
        any[i] = fpt_str_keep(t->reader->arena, fpt_str_cut(&text, '|'));
        if (!fpti_enough_memory(t->reader, any[i].data)) return false;
    }
    out->count = count;
    out->any = any;
    return true;
}

static bool read_term(fpti_table *t, size_t column, fpt_str text,
                      fpti_term *out)
{
    int comparison = FPTI_IS;
    size_t width = 0;
    const size_t at = comparison_at(text, &comparison, &width);
    const fpt_str word = fpt_str_slice(text, 0, at == SIZE_MAX ? 0 : at);
    if (at == SIZE_MAX || !field_of(word, &out->field)) {
        fpti_fault(t, column, "bad-target",
                   "\"%.*s\" is no term of a target: expected a field (org, "
                   "site, place, age, sex, segment, pod, service, funder, "
                   "tags, los_days), then =, >= or <=, then a value",
                   FPT_STR_ARG(text));
        return false;
    }
    const fpt_str value = fpt_str_slice(text, at + width, text.len);
    out->comparison = comparison;
    const bool ordered = out->field == FPTI_AGE || out->field == FPTI_LOS;
    if (comparison == FPTI_IS && out->field != FPTI_LOS)
        return read_values(t, value, out);
    if (!ordered || !fpt_parse_double(value, &out->bound)) {
        fpti_fault(t, column, "bad-target",
                   "\"%.*s\": only age and los_days have an order, and their "
                   "bound is a number",
                   FPT_STR_ARG(text));
        return false;
    }
    return true;
}

bool fpti_target_read(fpti_table *t, size_t column, fpti_target *out)
{
    *out = (fpti_target){.text = fpti_keep(t, column)};
    fpt_str rest = out->text;
    bool fine = true;
    while (rest.data != NULL) {
        const fpt_str term = fpt_str_cut(&rest, ' ');
        if (term.len == 0 || fpt_str_equal(term, FPT_STR("*"))) continue;
        if (out->count == FPTI_TERMS_MOST) {
            fpti_fault(t, column, "bad-target", "more than %d terms",
                       FPTI_TERMS_MOST);
            return false;
        }
        fine = read_term(t, column, term, &out->term[out->count]) && fine;
        if (fine) out->count++;
    }
    return fine;
}

/* Tags are words separated by blanks; any of the values may be among them. */
static bool has_tag(fpt_str tags, fpt_str wanted)
{
    while (tags.data != NULL)
        if (fpt_str_equal(fpt_str_cut(&tags, ' '), wanted)) return true;
    return false;
}

static bool term_matches(const fpt_plan *plan, const fpti_term *term,
                         const fpti_key *key)
{
    const uint32_t id = key->id[term->field];
    if (term->field == FPTI_LOS) {
        const double days = (double)id;
        return term->comparison == FPTI_AT_LEAST  ? days >= term->bound
               : term->comparison == FPTI_AT_MOST ? days <= term->bound
                                                  : days == term->bound;
    }
    const fpt_str value = plan->field[term->field].text[id];
    if (term->comparison != FPTI_IS) {
        const double age = fpti_age_from(value);
        return age >= 0.0 &&
               (term->comparison == FPTI_AT_LEAST ? age >= term->bound
                                                  : age <= term->bound);
    }
    for (size_t i = 0; i < term->count; i++)
        if (term->field == FPTI_TAGS ? has_tag(value, term->any[i])
                                     : fpt_str_equal(value, term->any[i]))
            return true;
    return false;
}

bool fpti_target_matches(const fpt_plan *plan, const fpti_target *target,
                         const fpti_key *key)
{
    for (size_t i = 0; i < target->count; i++)
        if (!term_matches(plan, &target->term[i], key)) return false;
    return true;
}

void fpti_target_fields(const fpti_target *target, bool *read)
{
    for (size_t i = 0; i < target->count; i++)
        read[target->term[i].field] = true;
}

/* ---- ramps ---- */

/* "step", "linear 3", "logistic 3 1.5 4" (years, middle, slope), "table 0.2
 * 0.7 1" (after 0, 1, 2 years). */
bool fpti_ramp_read(fpti_table *t, size_t column, fpti_ramp *out)
{
    *out = (fpti_ramp){.kind = FPTI_STEP};
    fpt_str rest = fpti_text(t, column);
    if (rest.len == 0) return true;
    const fpt_str word = fpt_str_cut(&rest, ' ');
    double number[FPTI_RAMP_MOST];
    size_t count = 0;
    bool fine = true;
    while (rest.data != NULL && fine) {
        const fpt_str next = fpt_str_cut(&rest, ' ');
        if (next.len == 0) continue;
        fine = count < FPTI_RAMP_MOST && fpt_parse_double(next, &number[count]);
        count++;
    }
    if (fpt_str_equal(word, FPT_STR("step"))) {
        fine = fine && count == 0;
    } else if (fpt_str_equal(word, FPT_STR("linear"))) {
        out->kind = FPTI_LINEAR;
        fine = fine && count == 1 && number[0] > 0.0;
        if (fine) out->years = number[0];
    } else if (fpt_str_equal(word, FPT_STR("logistic"))) {
        out->kind = FPTI_LOGISTIC;
        fine = fine && count == 3 && number[0] > 0.0 && number[2] > 0.0;
        if (fine)
            out->years = number[0], out->middle = number[1],
            out->slope = number[2];
    } else if (fpt_str_equal(word, FPT_STR("table"))) {
        out->kind = FPTI_TABLE;
        fine = fine && count > 0;
        for (size_t i = 0; i < count && fine; i++) {
            fine = number[i] >= 0.0 && number[i] <= 1.0 &&
                   (i == 0 || number[i] >= number[i - 1]);
            out->at[i] = number[i];
        }
        out->count = count;
    } else {
        fine = false;
    }
    if (!fine) {
        *out = (fpti_ramp){.kind = FPTI_STEP};
        fpti_fault(t, column, "bad-ramp",
                   "\"%.*s\" is no ramp: expected step, linear YEARS, logistic "
                   "YEARS MIDDLE SLOPE, or table with shares that rise within "
                   "0 and 1",
                   FPT_STR_ARG(fpti_text(t, column)));
    }
    return fine;
}

double fpti_ramp_at(const fpti_ramp *ramp, double years)
{
    if (!(years >= 0.0)) return 0.0;
    switch (ramp->kind) {
    case FPTI_STEP:
        return 1.0;
    case FPTI_LINEAR:
        return fmin(1.0, years / ramp->years);
    case FPTI_LOGISTIC: {
        if (years >= ramp->years) return 1.0;
        const double here =
            1.0 / (1.0 + fpt_lane_exp(-ramp->slope * (years - ramp->middle)));
        const double first =
            1.0 / (1.0 + fpt_lane_exp(ramp->slope * ramp->middle));
        const double last =
            1.0 /
            (1.0 + fpt_lane_exp(-ramp->slope * (ramp->years - ramp->middle)));
        return fmin(1.0, fmax(0.0, (here - first) / (last - first)));
    }
    case FPTI_TABLE: {
        const double last = (double)(ramp->count - 1);
        if (years >= last) return ramp->at[ramp->count - 1];
        const size_t i = (size_t)years;
        const double part = years - (double)i;
        return ramp->at[i] + part * (ramp->at[i + 1] - ramp->at[i]);
    }
    }
    return 0.0;
}
