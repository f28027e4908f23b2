/*
 * growth.csv, waiting.csv, life.csv, rates.csv: need beyond the number of
 * people. Growth of a kind of care, lists to be cleared, and health at an age.
 */
#include "read_i.h"

static void read_growth(fpti_reader *r)
{
    static const fpti_column columns[] = {{"pod", FPTI_NAME, true},
                                          {"service", FPTI_TEXT, false},
                                          {"growth_fraction", FPTI_VALUE, true},
                                          {"sigma", FPTI_VALUE, false},
                                          {"persistence", FPTI_NUMBER, false}};
    fpti_table t;
    if (!fpti_table_open(r, "growth.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_growth g = {.pod = fpti_known_cell(&t, 0, FPTI_POD),
                         .service = fpti_known_cell(&t, 1, FPTI_SERVICE),
                         .rate = fpti_value(&t, 2, 0.0),
                         .sigma = fpti_value(&t, 3, 0.0),
                         .persistence = fpti_number(&t, 4, 0.0),
                         .line = t.line};
        if (!(g.persistence > -1.0 && g.persistence < 1.0))
            fpti_fault(&t, 4, "bad-number",
                       "persistence lies between -1 and 1");
        for (size_t i = 0; i < r->plan->growth.count; i++)
            if (r->plan->growth.at[i].pod == g.pod &&
                r->plan->growth.at[i].service == g.service)
                fpti_fault(&t, 0, "twice",
                           "the growth of this kind of care is there twice");
        fpti_growth *made = FPTI_ADD(r->arena, r->plan->growth);
        if (!fpti_enough_memory(r, made)) return;
        *made = g;
    }
}

enum {
    W_SERVICE,
    W_PODS,
    W_WAITING,
    W_REFERRALS,
    W_COMPLETED,
    W_GROWTH,
    W_REMOVAL,
    W_TARGET,
    W_YEAR
};

static void read_waiting(fpti_reader *r)
{
    static const fpti_column columns[] = {
        {"service", FPTI_NAME, true},
        {"pods", FPTI_NAME, true},
        {"waiting", FPTI_NUMBER, true},
        {"referrals", FPTI_NUMBER, true},
        {"completed", FPTI_NUMBER, true},
        {"referral_growth_fraction", FPTI_VALUE, false},
        {"removal_fraction", FPTI_NUMBER, false},
        {"target_waiting", FPTI_NUMBER, false},
        {"target_year", FPTI_YEAR, false}};
    fpti_table t;
    if (!fpti_table_open(r, "waiting.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        fpti_waiting w = {.service =
                              fpti_known_cell(&t, W_SERVICE, FPTI_SERVICE),
                          .pods = fpti_keep(&t, W_PODS),
                          .waiting = fpti_number(&t, W_WAITING, 0.0),
                          .referrals = fpti_number(&t, W_REFERRALS, 0.0),
                          .completed = fpti_number(&t, W_COMPLETED, 0.0),
                          .growth = fpti_value(&t, W_GROWTH, 0.0),
                          .removal = fpti_fraction(&t, W_REMOVAL, 0.0),
                          .target = fpti_number(&t, W_TARGET, (double)NAN),
                          .target_year = fpti_year(&t, W_YEAR, FPTI_NONE),
                          .line = t.line};
        if (!(w.waiting >= 0.0 && w.referrals >= 0.0 && w.completed > 0.0))
            fpti_fault(
                &t, W_COMPLETED, "bad-count",
                "waiting and referrals are from 0 on, completed above 0");
        if (!isnan(w.target) && (w.target < 0.0 || w.target_year <= 0))
            fpti_fault(&t, W_TARGET, "bad-target-year",
                       "a target is a list from 0 on and a year after the "
                       "baseline");
        for (fpt_str rest = w.pods; rest.data != NULL;) {
            const fpt_str pod = fpt_str_cut(&rest, '|');
            if (fpt_intern_find(&r->plan->field[FPTI_POD], pod) ==
                FPT_INTERN_NONE)
                fpti_fault(&t, W_PODS, "unknown-value",
                           "\"%.*s\" is not in pods.csv", FPT_STR_ARG(pod));
        }
        fpti_waiting *made = FPTI_ADD(r->arena, r->plan->waiting);
        if (!fpti_enough_memory(r, made)) return;
        *made = w;
    }
}

static void read_life(fpti_reader *r)
{
    static const fpti_column columns[] = {{"year", FPTI_NUMBER, true},
                                          {"sex", FPTI_NAME, true},
                                          {"age", FPTI_NUMBER, true},
                                          {"years_left", FPTI_NUMBER, true}};
    fpti_table t;
    if (!fpti_table_open(r, "life.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const fpti_life life = {.year = (int)fpti_number(&t, 0, 0.0),
                                .sex = fpti_field_cell(&t, 1, FPTI_SEX),
                                .age = fpti_number(&t, 2, 0.0),
                                .left = fpti_number(&t, 3, 0.0)};
        fpti_life *made = FPTI_ADD(r->arena, r->plan->life);
        if (!fpti_enough_memory(r, made)) return;
        *made = life;
    }
}

static void read_rates(fpti_reader *r)
{
    static const fpti_column columns[] = {{"pod", FPTI_NAME, true},
                                          {"sex", FPTI_NAME, true},
                                          {"age", FPTI_NUMBER, true},
                                          {"rate", FPTI_NUMBER, true}};
    fpti_table t;
    if (!fpti_table_open(r, "rates.csv", columns, FPTI_COUNT_OF(columns), &t))
        return;
    while (fpti_table_next(&t)) {
        const fpti_health_rate rate = {.pod = fpti_known_cell(&t, 0, FPTI_POD),
                                       .sex = fpti_field_cell(&t, 1, FPTI_SEX),
                                       .age = fpti_number(&t, 2, 0.0),
                                       .rate = fpti_number(&t, 3, 0.0),
                                       .line = t.line};
        if (!(rate.rate >= 0.0) || !(rate.age >= 0.0 && rate.age <= 120.0))
            fpti_fault(&t, 3, "bad-number",
                       "a rate is from 0 on, at an age from 0 to 120");
        fpti_health_rate *made = FPTI_ADD(r->arena, r->plan->rate);
        if (!fpti_enough_memory(r, made)) return;
        *made = rate;
    }
}

void fpti_read_growth(fpti_reader *r)
{
    read_growth(r);
    read_waiting(r);
    read_life(r);
    read_rates(r);
}
