/*
 * variants.csv, population.csv, births.csv: how many people there will be, by
 * projection.
 */
#include "read_i.h"

static void read_variants(fpti_reader *r)
{
    static const fpti_column columns[] = {{"variant", FPTI_NAME, true},
                                          {"probability", FPTI_NUMBER, true}};
    fpt_plan *plan = r->plan;
    fpti_table t;
    double sum = 0.0, probability[64];
    int64_t line = 0;
    if (fpti_table_open(r, "variants.csv", columns, FPTI_COUNT_OF(columns),
                        &t)) {
        while (fpti_table_next(&t)) {
            if (plan->variant.count == 64) {
                fpti_fault(&t, 0, "too-many", "at most 64 variants");
                continue;
            }
            const double p = fpti_fraction(&t, 1, 0.0);
            fpt_str *name = FPTI_ADD(r->arena, plan->variant);
            if (!fpti_enough_memory(r, name)) return;
            *name = fpti_keep(&t, 0);
            probability[plan->variant.count - 1] = p;
            sum += p;
            line = t.line;
        }
        if (fabs(sum - 1.0) > 1e-9)
            fpti_find(r, FPT_FAULT, "probabilities-sum",
                      FPT_STR("variants.csv"), line, 2,
                      "the probabilities of the variants sum to %.9g, not 1",
                      sum);
    }
    if (plan->variant.count == 0) {
        fpt_str *name = FPTI_ADD(r->arena, plan->variant);
        if (!fpti_enough_memory(r, name)) return;
        *name = FPT_STR("");
        probability[0] = 1.0;
    }
    plan->variant_probability = FPT_NEW(r->arena, double, plan->variant.count);
    if (!fpti_enough_memory(r, plan->variant_probability)) return;
    for (size_t i = 0; i < plan->variant.count; i++)
        plan->variant_probability[i] = probability[i];
}

static fpti_people *people_of(fpti_reader *r, bool births, uint32_t place,
                              uint32_t age, uint32_t sex, int64_t line)
{
    fpt_plan *plan = r->plan;
    /* Rows of one group follow one another: look from the end. */
    for (size_t i = plan->people.count; i-- > 0;) {
        fpti_people *p = &plan->people.at[i];
        if (p->births == births && p->place == place && p->age == age &&
            p->sex == sex)
            return p;
    }
    fpti_people *made = FPTI_ADD(r->arena, plan->people);
    if (!fpti_enough_memory(r, made)) return NULL;
    const size_t cells = plan->variant.count * FPTI_YEARS;
    *made = (fpti_people){.place = place,
                          .age = age,
                          .sex = sex,
                          .births = births,
                          .at = FPT_NEW(r->arena, double, cells),
                          .line = line};
    if (!fpti_enough_memory(r, made->at)) return NULL;
    for (size_t i = 0; i < cells; i++)
        made->at[i] = (double)NAN;
    return made;
}

enum { P_VARIANT, P_PLACE, P_AGE, P_SEX, P_YEAR, P_PEOPLE };

static void read_people(fpti_reader *r, const char *name, bool births)
{
    static const fpti_column columns[] = {
        {"variant", FPTI_TEXT, false}, {"place", FPTI_TEXT, false},
        {"age", FPTI_TEXT, false},     {"sex", FPTI_TEXT, false},
        {"year", FPTI_YEAR, true},     {"people", FPTI_NUMBER, true}};
    fpt_plan *plan = r->plan;
    fpti_table t;
    if (!fpti_table_open(r, name, columns, FPTI_COUNT_OF(columns), &t)) return;
    while (fpti_table_next(&t)) {
        size_t variant = 0;
        const fpt_str word = fpti_text(&t, P_VARIANT);
        while (variant < plan->variant.count &&
               !fpt_str_equal(plan->variant.at[variant], word))
            variant++;
        const bool every = word.len == 0;
        if (variant == plan->variant.count && !every) {
            fpti_fault(&t, P_VARIANT, "unknown-variant",
                       "\"%.*s\" is not in variants.csv", FPT_STR_ARG(word));
            continue;
        }
        const int year = fpti_year(&t, P_YEAR, 0);
        const double people = fpti_number(&t, P_PEOPLE, (double)NAN);
        if (!(people >= 0.0)) {
            fpti_fault(&t, P_PEOPLE, "bad-count",
                       "people are a number from 0 on");
            continue;
        }
        fpti_people *p =
            people_of(r, births, fpti_field_cell(&t, P_PLACE, FPTI_PLACE),
                      fpti_field_cell(&t, P_AGE, FPTI_AGE),
                      fpti_field_cell(&t, P_SEX, FPTI_SEX), t.line);
        if (p == NULL) return;
        for (size_t v = 0; v < plan->variant.count; v++) {
            if (!every && v != variant) continue;
            double *at = &p->at[v * FPTI_YEARS + (size_t)year];
            if (!isnan(*at))
                fpti_fault(&t, P_YEAR, "twice",
                           "these people in this year are there twice");
            *at = people;
        }
    }
}

/* From fine to coarse: an empty value in the table stands for all. */
const fpti_people *fpti_people_of(const fpt_plan *plan, const fpti_key *key,
                                  bool births)
{
    for (int coarser = 0; coarser < 8; coarser++) {
        const uint32_t place = (coarser & 4) != 0 ? 0 : key->id[FPTI_PLACE];
        const uint32_t sex = (coarser & 1) != 0 ? 0 : key->id[FPTI_SEX];
        const uint32_t age = (coarser & 2) != 0 ? 0 : key->id[FPTI_AGE];
        for (size_t i = 0; i < plan->people.count; i++) {
            const fpti_people *p = &plan->people.at[i];
            if (p->births == births && p->place == place && p->age == age &&
                p->sex == sex)
                return p;
        }
    }
    return NULL;
}

/* Every variant must have every year. */
static void check_people(fpti_reader *r)
{
    const fpt_plan *plan = r->plan;
    for (size_t i = 0; i < plan->people.count; i++) {
        const fpti_people *p = &plan->people.at[i];
        bool told = false;
        for (size_t v = 0; v < plan->variant.count; v++) {
            for (int year = 0; year <= plan->set.years && !told; year++) {
                if (!isnan(p->at[v * FPTI_YEARS + (size_t)year])) continue;
                char text[16];
                fpti_find(r, FPT_FAULT, "people-missing",
                          p->births ? FPT_STR("births.csv")
                                    : FPT_STR("population.csv"),
                          p->line, 0,
                          "place \"%.*s\", age \"%.*s\", sex \"%.*s\" has no "
                          "people for %.*s%s%.*s",
                          FPT_STR_ARG(plan->field[FPTI_PLACE].text[p->place]),
                          FPT_STR_ARG(plan->field[FPTI_AGE].text[p->age]),
                          FPT_STR_ARG(plan->field[FPTI_SEX].text[p->sex]),
                          FPT_STR_ARG(fpt_plan_year(plan, year, text)),
                          plan->variant.at[v].len > 0 ? " in variant " : "",
                          FPT_STR_ARG(plan->variant.at[v]));
                told = true;
            }
        }
    }
}

void fpti_read_population(fpti_reader *r)
{
    read_variants(r);
    if (r->no_memory) return;
    read_people(r, "population.csv", false);
    read_people(r, "births.csv", true);
    if (!r->no_memory) check_people(r);
}
