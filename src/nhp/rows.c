/*
 * Spells, attendances and arrivals: each row's growth, what strategies do to it
 * and where it is counted.
 */
#include <stdio.h>

#include "nhp_i.h"

#define TEXT(literal) FPT_STR(literal)

/* ---- strategies by spell ---- */

static void take_strategy(fpti_reader *r, void *context)
{
    fpti_strategies *s = context;
    fpt_nhp *n = r->n;
    double rate = 1.0;
    /* The strategy is the second column, whatever its name. */
    if (r->all_count < 2) return;
    if (r->cell[1].len > 0 && !fpti_nhp_number(r, 1, 0.0, 1.0, &rate)) return;
    if (rate == 0.0) return;
    if (!FPT_RESERVE(n->arena, s->at, s->count, s->capacity)) {
        n->no_memory = true;
        return;
    }
    const uint32_t spell = fpt_intern_add(&s->spells, r->cell[0]);
    const uint32_t name = fpt_intern_add(&s->names, r->all[1]);
    if (spell == FPT_INTERN_NONE || name == FPT_INTERN_NONE) {
        n->no_memory = true;
        return;
    }
    s->at[s->count++] = (fpti_strategy){
        spell, name,
        rate >= 1.0 ? UINT32_MAX : (uint32_t)(rate * 4294967296.0)};
}

/* By spell, in the order of the table. */
static void sort_strategies(fpt_nhp *n, fpti_strategies *s)
{
    fpti_strategy *sorted = FPT_NEW(n->arena, fpti_strategy, s->count + 1);
    s->first = FPT_NEW(n->arena, size_t, s->spells.count + 2);
    if (!fpti_nhp_enough(n, sorted) || !fpti_nhp_enough(n, s->first)) return;
    for (size_t i = 0; i < s->count; i++)
        s->first[s->at[i].row + 2]++;
    for (size_t i = 2; i < s->spells.count + 2; i++)
        s->first[i] += s->first[i - 1];
    for (size_t i = 0; i < s->count; i++)
        sorted[s->first[s->at[i].row + 1]++] = s->at[i];
    s->at = sorted;
}

static fpt_status read_strategies(fpt_nhp *n, const char *table,
                                  fpti_strategies *s, fpt_error *err)
{
    static const char *const columns[] = {"rn", "sample_rate"};
    s->spells = fpt_intern_make(n->arena);
    s->names = fpt_intern_make(n->arena);
    fpti_reader r = {.n = n,
                     .table = table,
                     .column = columns,
                     .columns = 2,
                     .row = take_strategy,
                     .context = s};
    bool there;
    FPT_TRY(fpti_nhp_table(&r, 1, &there, err));
    sort_strategies(n, s);
    return n->no_memory ? FPT_ERR_MEMORY : FPT_OK;
}

static size_t strategies_of(const fpti_strategies *s, fpt_str spell,
                            const fpti_strategy **out)
{
    const uint32_t id = fpt_intern_find(&s->spells, spell);
    if (id == FPT_INTERN_NONE) return 0;
    *out = s->at + s->first[id];
    return s->first[id + 1] - s->first[id];
}

/* ---- people: levels by projection, age and sex ---- */

typedef struct people {
    const char *kind; /* demographics, births */
    size_t start, end;
} people;

static void take_people(fpti_reader *r, void *context)
{
    people *p = context;
    fpt_nhp *n = r->n;
    if (p->start == SIZE_MAX) {
        for (size_t i = 0; i < r->all_count; i++) {
            int64_t year;
            if (!fpt_parse_int64(r->header[i], &year)) continue;
            if (year == n->facts.start_year) p->start = i;
            if (year == n->facts.end_year) p->end = i;
        }
        if (p->start == SIZE_MAX || p->end == SIZE_MAX) {
            fpti_nhp_fault(r, "missing-column", "no column for the years",
                           TEXT("start_year and end_year"));
            return;
        }
    }
    int variant = -1;
    for (int v = 0; v < n->variants; v++)
        if (fpt_str_equal(n->variant_name[v], r->cell[0])) variant = v;
    if (variant < 0 || p->end == SIZE_MAX) return;
    double from, to;
    if (!fpt_parse_double(r->all[p->start], &from) ||
        !fpt_parse_double(r->all[p->end], &to) || !(from > 0.0) ||
        !(to >= 0.0)) {
        fpti_nhp_fault(r, "bad-number", "people of both years",
                       r->all[p->start]);
        return;
    }
    const fpt_str name =
        fpt_str_print(n->arena, "%s/%.*s/%.*s", p->kind,
                      FPT_STR_ARG(r->cell[1]), FPT_STR_ARG(r->cell[2]));
    if (!fpti_nhp_enough(n, name.data)) return;
    fpti_input input = {.kind = FPTI_BY_VARIANT};
    for (int v = 0; v < FPTI_VARIANTS; v++)
        input.of_variant[v] = (double)NAN;
    const uint32_t id = fpti_nhp_named(n, name, &input);
    if (id != FPT_INTERN_NONE) n->input.at[id].of_variant[variant] = to / from;
}

static fpt_status read_people(fpt_nhp *n, const char *table, const char *kind,
                              fpt_error *err)
{
    static const char *const columns[] = {"variant", "age", "sex"};
    people p = {kind, SIZE_MAX, SIZE_MAX};
    fpti_reader r = {.n = n,
                     .table = table,
                     .column = columns,
                     .columns = 3,
                     .row = take_people,
                     .context = &p};
    bool there;
    return fpti_nhp_table(&r, 3, &there, err);
}

/* ---- inequalities ---- */

static void take_level(fpti_reader *r, void *context)
{
    (void)context;
    fpt_nhp *n = r->n;
    for (size_t k = 0; k < 3; k++) { /* up, zero-sum, down: the last columns */
        double value;
        if (fpt_intern_find(&n->level[k], r->cell[1]) == FPT_INTERN_NONE)
            continue;
        if (!fpti_nhp_number(r, 3 + k, 0.0, 1000.0, &value)) return;
        const fpt_str name = fpt_str_print(
            n->arena, "inequalities/%.*s/%.*s/%.*s", FPT_STR_ARG(r->cell[0]),
            FPT_STR_ARG(r->cell[1]), FPT_STR_ARG(r->cell[2]));
        if (!fpti_nhp_enough(n, name.data)) return;
        (void)fpti_nhp_named(
            n, name, &(fpti_input){.kind = FPTI_CONSTANT, .value = value});
        return;
    }
}

static fpt_status read_levels(fpt_nhp *n, fpt_error *err)
{
    static const char *const columns[] = {"icb",          "sushrg_trimmed",
                                          "imd_quintile", "level_up",
                                          "zero_sum",     "level_down"};
    fpti_reader r = {.n = n,
                     .table = "inequalities.csv",
                     .column = columns,
                     .columns = 6,
                     .row = take_level};
    bool there;
    FPT_TRY(fpti_nhp_table(&r, 6, &there, err));
    const bool asked =
        n->level[0].count + n->level[1].count + n->level[2].count > 0;
    if (!there && asked &&
        fpt_report_add(n->report, FPT_WARNING, "inequalities-left-out",
                       TEXT("inequalities.csv"), 0, 0,
                       "the parameters name HRGs to level, but the table is "
                       "not there: nothing is levelled") != FPT_OK)
        return FPT_ERR_MEMORY;
    return FPT_OK;
}

/* ---- what all three tables have ---- */

enum {
    C_ROW,
    C_AGE,
    C_SEX,
    C_SITE,
    C_SPECIALTY,
    C_MAIN_ICB,
    C_ICB,
    C_QUINTILE,
    C_GROUP,
    C_POD,
    C_DEMOGRAPHY,
    C_COMMON
};

static fpti_product growth_of(fpti_reader *r, const char *activity,
                              bool waiting, fpt_str hrg)
{
    fpt_nhp *n = r->n;
    const fpt_str act = fpt_str_from(activity);
    const bool ip = fpt_str_equal(act, TEXT("ip"));
    const bool aae = fpt_str_equal(act, TEXT("aae"));
    const fpt_str group = r->cell[C_GROUP], spec = r->cell[C_SPECIALTY];
    fpti_product p = {0};
    const fpt_str who = fpt_str_print(
        n->arena, "%.*s/%.*s/%.*s", FPT_STR_ARG(r->cell[C_DEMOGRAPHY]),
        FPT_STR_ARG(r->cell[C_AGE]), FPT_STR_ARG(r->cell[C_SEX]));
    if (!fpti_nhp_enough(n, who.data)) return p;
    const uint32_t residents = fpt_intern_find(&n->input.names, who);
    if (residents == FPT_INTERN_NONE)
        fpti_nhp_fault(r, "no-people", "no people for this age and sex", who);
    fpti_nhp_part(&p, residents);
    const char *home =
        fpti_nhp_yes(r, C_MAIN_ICB) ? "repat_local" : "repat_nonlocal";
    const char *const moves[] = {"expat", home, "baseline_adjustment"};
    for (size_t k = 0; k < 3; k++) {
        const bool by_both = ip || (k == 2 && !aae);
        const fpt_str path[4] = {fpt_str_from(moves[k]), act,
                                 aae || by_both ? group : spec, spec};
        fpti_nhp_part(&p, fpti_nhp_input(n, by_both ? 4 : 3, path));
    }
    if (waiting) {
        const fpt_str path[3] = {TEXT("waiting_list_adjustment"), act, spec};
        fpti_nhp_part(&p, fpti_nhp_input(n, 3, path));
    }
    const fpt_str other[4] = {TEXT("non-demographic_adjustment"),
                              TEXT("values"), act, group};
    fpti_nhp_part(&p, fpti_nhp_input(n, 4, other));
    if (hrg.len > 0) {
        const fpt_str name =
            fpt_str_print(n->arena, "inequalities/%.*s/%.*s/%.*s",
                          FPT_STR_ARG(r->cell[C_ICB]), FPT_STR_ARG(hrg),
                          FPT_STR_ARG(r->cell[C_QUINTILE]));
        if (!fpti_nhp_enough(n, name.data)) return p;
        fpti_nhp_part(&p, fpt_intern_find(&n->input.names, name));
    }
    return p;
}

/* The share that a strategy keeps, or NONE when the parameters lack it. */
static uint32_t share_of(fpt_nhp *n, const char *kind, const char *activity,
                         fpt_str strategy)
{
    const fpt_str path[3] = {fpt_str_from(kind), fpt_str_from(activity),
                             strategy};
    fpti_product p = {0};
    fpti_nhp_part(&p, fpti_nhp_input(n, 3, path));
    return fpti_nhp_factor(n, &p);
}

/* What a row is broken down by: the last columns that were asked for. Same-day
 * care in A&E is of no specialty but "Other". */
static fpt_str key_of(fpti_reader *r, fpt_str pod)
{
    fpt_nhp *n = r->n;
    fpt_strbuf text = fpt_strbuf_make(n->arena);
    if (n->by_count == 0) return FPT_STR("");
    const bool same_day = fpt_str_equal(pod, TEXT("aae_type-05"));
    for (size_t k = 0; k < n->by_count; k++) {
        const bool specialty = strncmp(n->by[k], "tretspef", 8) == 0;
        if (k > 0) fpt_strbuf_add_char(&text, '/');
        fpt_strbuf_add(&text, same_day && specialty
                                  ? TEXT("Other")
                                  : r->cell[r->columns - n->by_count + k]);
    }
    if (text.failed) n->no_memory = true;
    return text.failed ? FPT_STR("") : fpt_strbuf_view(&text);
}

/* Keys of one kind of care at one place. */
static uint32_t keys_of(fpti_reader *r, fpt_str pod, const char *measure,
                        const char *second, const char *days,
                        const uint32_t *converted)
{
    fpt_nhp *n = r->n;
    const fpt_str site = r->cell[C_SITE], key = key_of(r, pod);
    const fpt_str name = fpt_str_print(
        n->arena, "%.*s/%.*s/%s/%s/%s%s%s%.*s", FPT_STR_ARG(pod),
        FPT_STR_ARG(site), measure, second != NULL ? second : "",
        days != NULL ? days : "", converted != NULL ? "/moves" : "",
        key.len > 0 ? "\t" : "", FPT_STR_ARG(key));
    if (!fpti_nhp_enough(n, name.data)) return 0;
    uint32_t output[3];
    size_t events = 0, day = 0;
    output[events++] = fpti_nhp_output(n, pod, site, measure, key, 0);
    if (second != NULL)
        output[events++] = fpti_nhp_output(n, pod, site, second, key, 0);
    if (days != NULL)
        output[events + day++] = fpti_nhp_output(n, pod, site, days, key, 0);
    return fpti_nhp_keys(n, name, events, day, output, converted);
}

static void count_base(fpti_reader *r, const char *measure, double count)
{
    (void)fpti_nhp_output(r->n, r->cell[C_POD], r->cell[C_SITE], measure,
                          key_of(r, r->cell[C_POD]), (int64_t)count);
}

/* ---- inpatients ---- */

enum { I_STAY = C_COMMON, I_CLASS, I_METHOD, I_WAITING, I_PROCEDURE, I_HRG };

static bool choice_of(fpti_reader *r, fpt_str strategy,
                      fpt_activity_choice *out)
{
    static const struct {
        const char *type;
        fpt_activity_rule rule;
        uint16_t place;
    } types[] = {{"all", FPT_ACTIVITY_DAYS_KEPT, 0},
                 {"pre-op", FPT_ACTIVITY_DAYS_LESS, 0},
                 {"sdec", FPT_ACTIVITY_CONVERTED, 0},
                 {"day_procedures_daycase", FPT_ACTIVITY_CONVERTED, 1},
                 {"day_procedures_outpatients", FPT_ACTIVITY_CONVERTED, 2}};
    const fpt_str path[3] = {TEXT("efficiencies"), TEXT("ip"), strategy};
    json_t *at = fpti_nhp_at(r->n, 3, path);
    if (at == NULL) return false;
    const char *type = json_string_value(json_object_get(at, "type"));
    for (size_t k = 0; type != NULL && k < sizeof types / sizeof *types; k++) {
        if (strcmp(types[k].type, type) != 0) continue;
        const json_int_t days =
            json_integer_value(json_object_get(at, "pre-op_days"));
        if (types[k].rule == FPT_ACTIVITY_DAYS_LESS && days != 1 && days != 2)
            break;
        *out = (fpt_activity_choice){
            .rule = types[k].rule,
            .factor = share_of(r->n, "efficiencies", "ip", strategy),
            .tally = FPT_ACTIVITY_NONE,
            .days = (uint16_t)days,
            .place = types[k].place};
        return out->factor != FPT_ACTIVITY_NONE;
    }
    fpti_nhp_fault(r, "bad-efficiency", "an efficiency's type or days",
                   strategy);
    return false;
}

static uint32_t ip_effect(fpti_reader *r, uint16_t stay)
{
    fpt_nhp *n = r->n;
    fpt_activity_switch on[FPT_ACTIVITY_CHOICES];
    fpt_activity_choice choice[FPT_ACTIVITY_CHOICES];
    fpt_activity_effect e = {.keep = FPT_ACTIVITY_NONE,
                             .tally = FPT_ACTIVITY_NONE,
                             .picks = true,
                             .on = on,
                             .choice = choice};
    const fpti_strategy *list = NULL;
    size_t count = strategies_of(&n->avoidance, r->cell[C_ROW], &list);
    for (size_t i = 0; i < count; i++) {
        const uint32_t factor =
            share_of(n, "activity_avoidance", "ip",
                     n->avoidance.names.text[list[i].strategy]);
        if (factor == FPT_ACTIVITY_NONE) continue;
        if (e.switch_count == FPT_ACTIVITY_CHOICES) {
            fpti_nhp_fault(r, "too-many", "strategies of one spell",
                           r->cell[C_ROW]);
            break;
        }
        on[e.switch_count++] = (fpt_activity_switch){factor, list[i].rate};
    }
    count = strategies_of(&n->efficiency, r->cell[C_ROW], &list);
    for (size_t i = 0; i < count && e.choice_count < FPT_ACTIVITY_CHOICES; i++)
        if (choice_of(r, n->efficiency.names.text[list[i].strategy],
                      &choice[e.choice_count]))
            e.choice_count++;
    if (e.choice_count == 0 && stay > 0 &&
        fpt_str_equal(r->cell[I_CLASS], TEXT("1")) && r->cell[I_METHOD].len) {
        const char method = r->cell[I_METHOD].data[0];
        const fpt_str general =
            method == '1'   ? TEXT("general_los_reduction_elective")
            : method == '2' ? TEXT("general_los_reduction_emergency")
                            : TEXT("");
        if (general.len > 0 && choice_of(r, general, &choice[0]))
            e.choice_count = 1;
    }
    /* A row for which nothing is picked may be merged with others. */
    bool always = true;
    for (size_t k = 0; k < e.switch_count; k++)
        always = always && on[k].rate == UINT32_MAX;
    if (always && e.choice_count <= 1) {
        fpti_product keep = {0};
        for (size_t k = 0; k < e.switch_count && keep.count < FPTI_PARTS; k++)
            fpti_nhp_part(&keep, n->factor.at[on[k].factor].input[0]);
        if (keep.count == e.switch_count) {
            e.keep = fpti_nhp_factor(n, &keep);
            e.switch_count = 0;
            e.picks = false;
        }
    }
    return fpti_nhp_effect(n, &e);
}

static void take_ip(fpti_reader *r, void *context)
{
    (void)context;
    fpt_nhp *n = r->n;
    double stay;
    if (!fpti_nhp_number(r, I_STAY, 0.0, FPT_ACTIVITY_STAY_MOST, &stay)) return;
    if (stay != floor(stay)) {
        fpti_nhp_fault(r, "bad-number", "speldur", r->cell[I_STAY]);
        return;
    }
    const bool procedure = fpti_nhp_yes(r, I_PROCEDURE);
    const char *second = procedure ? "procedures" : NULL;
    const bool elective = fpt_str_equal(r->cell[C_GROUP], TEXT("elective"));
    fpt_str spec = r->cell[C_SPECIALTY];
    if (fpt_str_equal(r->cell[C_GROUP], TEXT("maternity")))
        r->cell[C_SPECIALTY] = TEXT("Other (Medical)");
    const fpti_product growth = growth_of(r, "ip", fpti_nhp_yes(r, I_WAITING),
                                          elective ? r->cell[I_HRG] : TEXT(""));
    r->cell[C_SPECIALTY] = spec;
    const uint32_t converted[FPT_ACTIVITY_PLACES] = {
        keys_of(r, TEXT("aae_type-05"), "walk-in", NULL, NULL, NULL),
        keys_of(r, TEXT("ip_elective_daycase"), "admissions", second, "beddays",
                NULL),
        keys_of(r, TEXT("op_procedure"), "attendances", NULL, NULL, NULL)};
    const uint32_t keys =
        keys_of(r, r->cell[C_POD], "admissions", second, "beddays", converted);
    count_base(r, "admissions", 1.0);
    count_base(r, "beddays", stay + 1.0);
    if (procedure) count_base(r, "procedures", 1.0);
    fpti_nhp_row(n, fpti_nhp_growth(n, &growth), keys,
                 ip_effect(r, (uint16_t)stay), 1.0, (uint16_t)stay);
}

/* ---- outpatients ---- */

enum {
    O_WAITING = C_COMMON,
    O_TYPE,
    O_FIRST,
    O_PROCEDURES,
    O_CONSULTANT,
    O_GP,
    O_ATTENDANCES,
    O_TELE,
    O_HRG
};

static void keep_if(fpti_reader *r, bool applies, const char *activity,
                    const char *stem, fpt_str rest, fpti_product *keep)
{
    if (!applies) return;
    const fpt_str name =
        fpt_str_print(r->n->arena, "%s_%.*s", stem, FPT_STR_ARG(rest));
    if (!fpti_nhp_enough(r->n, name.data)) return;
    const fpt_str path[3] = {TEXT("activity_avoidance"), fpt_str_from(activity),
                             name};
    fpti_nhp_part(keep, fpti_nhp_input(r->n, 3, path));
}

static void take_op(fpti_reader *r, void *context)
{
    (void)context;
    fpt_nhp *n = r->n;
    double attended, tele;
    if (!fpti_nhp_number(r, O_ATTENDANCES, 0.0, 1e9, &attended) ||
        !fpti_nhp_number(r, O_TELE, 0.0, 1e9, &tele))
        return;
    const bool first = fpti_nhp_yes(r, O_FIRST);
    const bool procedure = fpti_nhp_yes(r, O_PROCEDURES);
    const bool group_procedure =
        fpt_str_equal(r->cell[C_GROUP], TEXT("procedure"));
    const fpti_product growth =
        growth_of(r, "op", fpti_nhp_yes(r, O_WAITING),
                  group_procedure ? r->cell[O_HRG] : TEXT(""));
    fpti_product keep = {0};
    const fpt_str type = r->cell[O_TYPE];
    keep_if(r, !first && !procedure, "op", "followup_reduction", type, &keep);
    keep_if(r, fpti_nhp_yes(r, O_CONSULTANT), "op",
            "consultant_to_consultant_reduction", type, &keep);
    keep_if(r, first && fpti_nhp_yes(r, O_GP), "op",
            "gp_referred_first_attendance_reduction", type, &keep);
    fpt_activity_effect e = {.keep = fpti_nhp_factor(n, &keep),
                             .tally = FPT_ACTIVITY_NONE};
    const uint32_t growth_id = fpti_nhp_growth(n, &growth);
    const uint32_t by_phone =
        keys_of(r, r->cell[C_POD], "tele_attendances", NULL, NULL, NULL);
    const uint32_t plain = fpti_nhp_effect(n, &e);
    fpti_nhp_row(n, growth_id, by_phone, plain, floor(tele), 0);
    const uint32_t converted[FPT_ACTIVITY_PLACES] = {
        by_phone, FPT_ACTIVITY_NONE, FPT_ACTIVITY_NONE};
    fpt_activity_choice choice = {.rule = FPT_ACTIVITY_CONVERTED,
                                  .tally = FPT_ACTIVITY_NONE};
    const fpt_str phone =
        fpt_str_print(n->arena, "convert_to_tele_%.*s", FPT_STR_ARG(type));
    if (!fpti_nhp_enough(n, phone.data)) return;
    choice.factor = procedure ? FPT_ACTIVITY_NONE
                              : share_of(n, "efficiencies", "op", phone);
    if (choice.factor != FPT_ACTIVITY_NONE) {
        e.choice_count = 1;
        e.choice = &choice;
    }
    const uint32_t keys =
        keys_of(r, r->cell[C_POD], "attendances", NULL, NULL, converted);
    fpti_nhp_row(n, growth_id, keys, fpti_nhp_effect(n, &e), floor(attended),
                 0);
    count_base(r, "attendances", attended);
    count_base(r, "tele_attendances", tele);
}

/* ---- A&E ---- */

enum {
    A_FREQUENT = C_COMMON,
    A_LEFT,
    A_LOW_COST,
    A_DISCHARGED,
    A_ARRIVALS,
    A_KIND
};

static void take_aae(fpti_reader *r, void *context)
{
    (void)context;
    fpt_nhp *n = r->n;
    double arrivals;
    if (!fpti_nhp_number(r, A_ARRIVALS, 0.0, 1e9, &arrivals)) return;
    const fpti_product growth = growth_of(r, "aae", false, TEXT(""));
    fpt_str who = r->cell[A_KIND]; /* aae_adult_ambulance */
    if (fpt_str_starts(who, TEXT("aae_"))) who = fpt_str_slice(who, 4, who.len);
    char kind[64];
    snprintf(kind, sizeof kind, "%.*s", FPT_STR_ARG(who));
    for (char *c = kind; *c != '\0'; c++)
        if (strcmp(c, "walkin") == 0) snprintf(c, 8, "walk-in");
    fpti_product keep = {0};
    const fpt_str rest = fpt_str_from(kind);
    keep_if(r, fpti_nhp_yes(r, A_FREQUENT), "aae", "frequent_attenders", rest,
            &keep);
    keep_if(r, fpti_nhp_yes(r, A_LEFT), "aae", "left_before_seen", rest, &keep);
    keep_if(r, fpti_nhp_yes(r, A_LOW_COST), "aae", "low_cost_discharged", rest,
            &keep);
    keep_if(r, fpti_nhp_yes(r, A_DISCHARGED), "aae", "discharged_no_treatment",
            rest, &keep);
    const fpt_activity_effect e = {.keep = fpti_nhp_factor(n, &keep),
                                   .tally = FPT_ACTIVITY_NONE};
    const char *measure = fpt_str_equal(r->cell[C_GROUP], TEXT("ambulance"))
                              ? "ambulance"
                              : "walk-in";
    const uint32_t keys = keys_of(r, r->cell[C_POD], measure, NULL, NULL, NULL);
    count_base(r, measure, floor(arrivals));
    fpti_nhp_row(n, fpti_nhp_growth(n, &growth), keys, fpti_nhp_effect(n, &e),
                 floor(arrivals), 0);
}

/* ---- all of it ---- */

#define COMMON(row)                                                            \
    row, "age", "sex", "sitetret", "tretspef_grouped", "is_main_icb", "icb",   \
        "imd_quintile", "group", "pod", "demog_type"

fpt_status fpti_nhp_rows(fpt_nhp *n, fpt_error *err)
{
    static const char *const ip[] = {
        COMMON("rn"), "speldur",       "classpat",      "admimeth",
        "is_wla",     "has_procedure", "sushrg_trimmed"};
    static const char *const op[] = {
        COMMON("index"),    "is_wla",           "type",      "is_first",
        "has_procedures",   "is_cons_cons_ref", "is_gp_ref", "attendances",
        "tele_attendances", "sushrg_trimmed"};
    static const char *const aae[] = {COMMON("index"),
                                      "is_frequent_attender",
                                      "is_left_before_treatment",
                                      "is_low_cost_referred_or_discharged",
                                      "is_discharged_no_treatment",
                                      "arrivals",
                                      "hsagrp"};
    FPT_TRY(read_people(n, "demographic_factors.csv", "demographics", err));
    FPT_TRY(read_people(n, "birth_factors.csv", "births", err));
    FPT_TRY(read_levels(n, err));
    FPT_TRY(read_strategies(n, "ip_activity_avoidance_strategies.csv",
                            &n->avoidance, err));
    FPT_TRY(read_strategies(n, "ip_efficiencies_strategies.csv", &n->efficiency,
                            err));
    fpti_reader tables[3] = {{.table = "ip.csv",
                              .column = ip,
                              .columns = C_COMMON + 6,
                              .row = take_ip},
                             {.table = "op.csv",
                              .column = op,
                              .columns = C_COMMON + 9,
                              .row = take_op},
                             {.table = "aae.csv",
                              .column = aae,
                              .columns = C_COMMON + 6,
                              .row = take_aae}};
    bool any = false;
    for (size_t k = 0; k < 3; k++) {
        const char *column[C_COMMON + 12 + FPTI_BY_MOST];
        const size_t required = tables[k].columns;
        bool there;
        memcpy(column, tables[k].column, required * sizeof *column);
        for (size_t b = 0; b < n->by_count; b++)
            column[required + b] = n->by[b];
        tables[k].n = n;
        tables[k].column = column;
        tables[k].columns = required + n->by_count;
        tables[k].list_unused = true;
        FPT_TRY(fpti_nhp_table(&tables[k], required, &there, err));
        any = any || there;
    }
    if (!any &&
        fpt_report_add(n->report, FPT_FAULT, "no-rows", TEXT("ip.csv"), 0, 0,
                       "there is neither ip, op nor aae") != FPT_OK)
        return FPT_ERR_MEMORY;
    return FPT_OK;
}
