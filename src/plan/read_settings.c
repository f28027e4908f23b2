/*
 * plan.yaml: what the plan is called, which years it covers, and the policies
 * that hold for all of it.
 */
#include <stdlib.h>

#include "read_i.h"

void fpti_yaml_finding(fpti_reader *r, const fpt_error *err)
{
    if (err->code == FPT_ERR_MEMORY) {
        r->no_memory = true;
        return;
    }
    /* "plan.yaml:12: text" or "plan.yaml:12:3: text" */
    fpt_str rest = fpt_str_from(err->text);
    const fpt_str whole = rest;
    fpt_str_cut(&rest, ':');
    fpt_str number = rest.data != NULL ? fpt_str_cut(&rest, ':') : FPT_STR("");
    int64_t line = 0;
    if (rest.data == NULL || !fpt_parse_int64(number, &line)) {
        rest = whole;
        line = 0;
    }
    fpti_find(r, FPT_FAULT, "bad-setting", FPT_STR("plan.yaml"), line, 0,
              "%.*s", FPT_STR_ARG(fpt_str_trim(rest)));
}

/* Note the failure of one getter and go on with the next. */
#define TAKE(expression)                                                       \
    do {                                                                       \
        fpt_error take_ = {0};                                                 \
        if ((expression) != FPT_OK) fpti_yaml_finding(r, &take_);              \
    } while (0)

static void fault_at(fpti_reader *r, const fpt_yaml *node, const char *code,
                     const char *text)
{
    fpti_find(r, FPT_FAULT, code, FPT_STR("plan.yaml"), node->line, 0, "%s",
              text);
}

static fpt_str keep(fpti_reader *r, fpt_str text)
{
    const fpt_str kept = fpt_str_keep(r->arena, text);
    return fpti_enough_memory(r, kept.data) ? kept : FPT_STR("");
}

static void text_of(fpti_reader *r, fpt_yaml *map, const char *key,
                    bool required, fpt_str *out)
{
    fpt_str text = FPT_STR("");
    TAKE(fpt_yaml_text(map, key, required, &text, &take_));
    *out = keep(r, text);
}

void fpti_read_settings(fpti_reader *r, fpt_yaml *root)
{
    fpti_settings *set = &r->plan->set;
    *set = (fpti_settings){.first_year = 2016,
                           .years = 1,
                           .seed = 1,
                           .day_offset = 1,
                           .service_alpha = 0.02,
                           .programme_correlation = 0.3,
                           .pay_index = FPTI_NONE,
                           .deflator = FPTI_NO_ROW,
                           .health_from = 55.0,
                           .health_to = 90.0};
    int64_t version = 0, years = 1, seed = 1;
    TAKE(fpt_yaml_int64(root, "footprint-plan", true, &version, &take_));
    if (version != 1)
        fault_at(r, root, "unknown-version",
                 "\"footprint-plan\" must be 1: the form of plan that this "
                 "version reads");
    text_of(r, root, "name", true, &set->name);
    text_of(r, root, "title", true, &set->title);
    text_of(r, root, "author", true, &set->author);
    text_of(r, root, "source", true, &set->source);
    fpt_str baseline = FPT_STR("");
    TAKE(fpt_yaml_text(root, "baseline", true, &baseline, &take_));
    fpt_period period;
    int month, day;
    if (fpt_fy_parse(baseline, &period))
        fpt_date_split(period.from, &set->first_year, &month, &day);
    else if (baseline.len > 0)
        fault_at(r, root, "bad-year",
                 "\"baseline\" must be a financial year such as 2016/17");
    TAKE(fpt_yaml_int64(root, "years", true, &years, &take_));
    if (years < 0 || years > FPT_PLAN_YEARS_MOST)
        fault_at(r, root, "bad-years", "\"years\" must be from 0 to 10");
    else
        set->years = (int)years;
    TAKE(fpt_yaml_int64(root, "seed", true, &seed, &take_));
    set->seed = (uint64_t)seed;

    static const char *const days[] = {"midnights", "spells-plus-one"};
    TAKE(fpt_yaml_choice(root, "bed-days", true, days, 2, &set->day_offset,
                         &take_));
    TAKE(fpt_yaml_double(root, "service-level", false, &set->service_alpha,
                         &take_));
    if (!(set->service_alpha > 0.0 && set->service_alpha < 0.5))
        fault_at(r, root, "bad-setting",
                 "\"service-level\" is the chance that beds run out, between "
                 "0 and 0.5");
    TAKE(fpt_yaml_double(root, "programme-correlation", false,
                         &set->programme_correlation, &take_));
    if (!(set->programme_correlation >= 0.0 &&
          set->programme_correlation < 1.0))
        fault_at(r, root, "bad-setting",
                 "\"programme-correlation\" must be from 0 to below 1");
    TAKE(fpt_yaml_double(root, "copula-degrees", false, &set->copula_df,
                         &take_));
    if (!(set->copula_df == 0.0 ||
          (set->copula_df >= 1.0 && set->copula_df <= 1000.0)))
        fault_at(r, root, "bad-setting",
                 "\"copula-degrees\" must be 0 (Gaussian) or from 1 to 1000");
    TAKE(fpt_yaml_bool(root, "nearest-correlation", false,
                       &set->nearest_correlation, &take_));
    TAKE(fpt_yaml_bool(root, "allow-far-correlation", false,
                       &set->allow_far_correlation, &take_));
    TAKE(fpt_yaml_double(root, "dividend-rate", false, &set->dividend_rate,
                         &take_));
    TAKE(fpt_yaml_bool(root, "capped-expenditure", false,
                       &set->capped_expenditure, &take_));
}

/* ---- policies: they may name assumptions ---- */

static fpti_row value_of(fpti_reader *r, fpt_yaml *map, const char *key,
                         double missing)
{
    fpt_str text = FPT_STR("");
    TAKE(fpt_yaml_text(map, key, isnan(missing), &text, &take_));
    if (text.len == 0)
        return isnan(missing) ? FPTI_NO_ROW : fpti_constant(r, missing);
    double number;
    if (fpt_parse_double(text, &number)) return fpti_constant(r, number);
    for (size_t i = 0; i < r->plan->assumption.count; i++) {
        if (!fpt_str_equal(r->plan->assumption.at[i].name, text)) continue;
        r->plan->assumption.at[i].used = true;
        return (fpti_row)i;
    }
    fpti_find(r, FPT_FAULT, "unknown-assumption", FPT_STR("plan.yaml"),
              map->line, 0,
              "\"%s\" is \"%.*s\": neither a number nor an assumption", key,
              FPT_STR_ARG(text));
    return FPTI_NO_ROW;
}

static int64_t ppm_of(fpti_reader *r, fpt_yaml *map, const char *key,
                      bool required, int64_t missing)
{
    fpt_str text = FPT_STR("");
    TAKE(fpt_yaml_text(map, key, required, &text, &take_));
    int64_t ppm;
    if (text.len == 0) return missing;
    if (fpt_parse_decimal(text, 6, &ppm)) return ppm;
    fpti_find(r, FPT_FAULT, "bad-number", FPT_STR("plan.yaml"), map->line, 0,
              "\"%s\" is \"%.*s\", expected a fraction with at most six "
              "decimals",
              key, FPT_STR_ARG(text));
    return missing;
}

static void profile_of(fpti_reader *r, fpt_yaml *map, const char *key,
                       double *out)
{
    fpt_str *texts = NULL;
    size_t count = 0;
    for (int q = 0; q < FPT_QUARTERS; q++)
        out[q] = (q + 1) / (double)FPT_QUARTERS;
    TAKE(fpt_yaml_texts(r->arena, map, key, false, &count, &texts, &take_));
    if (count == 0) return;
    bool fine = count == FPT_QUARTERS;
    double sum = 0.0;
    for (size_t q = 0; q < count && fine; q++) {
        double share;
        fine = fpt_parse_double(texts[q], &share);
        sum += fine ? share : 0.0;
        out[q] = sum;
    }
    if (!fine || fabs(sum - 1.0) > 1e-9)
        fpti_find(r, FPT_FAULT, "bad-profile", FPT_STR("plan.yaml"), map->line,
                  0, "\"%s\" must be four numbers that sum to 1", key);
    out[FPT_QUARTERS - 1] = 1.0;
}

static void read_fund(fpti_reader *r, fpt_yaml *map)
{
    fpti_settings *set = &r->plan->set;
    fpt_sustainability_rule *rule = &set->fund;
    rule->finance_ppm = ppm_of(r, map, "finance", true, FPT_PPM);
    rule->system_ppm = ppm_of(r, map, "system-share", false, 0);
    rule->bonus_ppm = ppm_of(r, map, "bonus", false, 0);
    rule->bonus_most_pence = INT64_MAX;
    static const char *const catch_up[] = {"none", "finance", "all"};
    int chosen = 0;
    TAKE(fpt_yaml_choice(map, "catch-up", false, catch_up, 3, &chosen, &take_));
    rule->catch_up = (fpt_catch_up)chosen;
    fpt_yaml *measures = NULL;
    TAKE(fpt_yaml_map(map, "measures", false, &measures, &take_));
    for (size_t i = 0; measures != NULL && i < measures->count; i++) {
        measures->item[i].taken = true;
        if (i >= FPT_SUSTAINABILITY_MEASURES) break;
        set->measure[i] = keep(r, measures->key[i]);
        rule->measure_ppm[i] =
            ppm_of(r, measures, set->measure[i].data, true, 0);
        rule->measure_count = i + 1;
    }
    fpt_str *texts = NULL;
    size_t count = 0;
    TAKE(fpt_yaml_texts(r->arena, map, "quarters", true, &count, &texts,
                        &take_));
    for (size_t q = 0; q < count && q < FPT_QUARTERS; q++)
        if (!fpt_parse_decimal(texts[q], 6, &rule->quarter_ppm[q]))
            rule->quarter_ppm[q] = -1;
    profile_of(r, map, "position-profile", set->position_profile);
    profile_of(r, map, "total-profile", set->total_profile);
    fpt_error err = {0};
    if (count != FPT_QUARTERS)
        fault_at(r, map, "bad-setting", "\"quarters\" must be four weights");
    else if (fpt_sustainability_check(rule, &err) != FPT_OK)
        fault_at(r, map, "bad-setting", err.text);
}

/* A value as the plan states it. */
static double stated_of(const fpti_reader *r, fpti_row row)
{
    const size_t a = r->plan->assumption.count;
    if (row == FPTI_NO_ROW) return 0.0;
    return row < a ? r->plan->assumption.at[row].stated
                   : r->plan->constant.at[row - a];
}

static void read_pay(fpti_reader *r, fpt_yaml *map)
{
    fpti_settings *set = &r->plan->set;
    set->pay_given = true;
    text_of(r, map, "index", true, &set->pay_index_name);
    set->pay_cap = value_of(r, map, "cap", (double)NAN);
    set->pay_market = value_of(r, map, "market", (double)NAN);
    set->pay_break = value_of(r, map, "break", 0.0);
    const fpt_yaml *where = fpt_yaml_find(map, "break");
    const double chance = stated_of(r, set->pay_break);
    if (where != NULL && !(chance >= 0.0 && chance <= 1.0))
        fault_at(r, where, "bad-probability",
                 "\"break\" is the chance in a year that the cap gives way: a "
                 "probability lies between 0 and 1");
    set->pay_catch_up = value_of(r, map, "catch-up", 0.0);
}

static void read_allocation(fpti_reader *r, fpt_yaml *map)
{
    fpti_settings *set = &r->plan->set;
    set->allocation_given = true;
    set->minimum_growth_ppm = ppm_of(r, map, "minimum-growth", true, 0);
    for (int t = 0; t < FPTI_YEARS; t++)
        set->pot[t] = -1;
    fpt_yaml *pots = NULL;
    TAKE(fpt_yaml_map(map, "pot", true, &pots, &take_));
    for (size_t i = 0; pots != NULL && i < pots->count; i++) {
        pots->item[i].taken = true;
        fpt_period period;
        fpt_money money;
        int year = 0, month, day;
        if (fpt_fy_parse(pots->key[i], &period))
            fpt_date_split(period.from, &year, &month, &day);
        year -= set->first_year;
        if (year < 0 || year > set->years ||
            pots->item[i].kind != FPT_YAML_SCALAR ||
            fpt_money_parse(pots->item[i].text, false, &money) != FPT_OK ||
            money.pence < 0 || money.pence >= INT64_C(1) << 50)
            fault_at(r, &pots->item[i], "bad-setting",
                     "a pot is a year of the plan and an amount in pounds");
        else
            set->pot[year] = money.pence;
    }
}

static void read_health(fpti_reader *r, fpt_yaml *map)
{
    fpti_settings *set = &r->plan->set;
    set->health_given = true;
    set->health_share = value_of(r, map, "share", (double)NAN);
    TAKE(fpt_yaml_double(map, "from-age", false, &set->health_from, &take_));
    TAKE(fpt_yaml_double(map, "to-age", false, &set->health_to, &take_));
    int64_t year = set->first_year;
    TAKE(fpt_yaml_int64(map, "life-table-year", false, &year, &take_));
    set->life_from = (int)year;
}

void fpti_read_policies(fpti_reader *r, fpt_yaml *root)
{
    static const struct {
        const char *key;
        void (*read)(fpti_reader *r, fpt_yaml *map);
    } parts[] = {{"sustainability", read_fund},
                 {"pay", read_pay},
                 {"allocation", read_allocation},
                 {"health", read_health}};
    for (size_t i = 0; i < FPTI_COUNT_OF(parts); i++) {
        fpt_yaml *map = NULL;
        TAKE(fpt_yaml_map(root, parts[i].key, false, &map, &take_));
        if (map != NULL) parts[i].read(r, map);
    }
    if (fpt_yaml_find(root, "deflator") != NULL)
        r->plan->set.deflator = value_of(r, root, "deflator", (double)NAN);
    fpt_error err = {0};
    if (fpt_yaml_all_taken(root, &err) != FPT_OK) fpti_yaml_finding(r, &err);
}
