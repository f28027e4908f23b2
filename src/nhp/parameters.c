/*
 * The parameters: JSON, checked key by key. A path such as expat/ip/elective/100
 * names an input; what is not there is a factor of 1.
 */
#include "nhp_i.h"

bool fpti_nhp_enough(fpt_nhp *n, const void *made)
{
    n->no_memory = n->no_memory || made == NULL;
    return made != NULL;
}

static void fault(fpt_nhp *n, const char *code, const char *text, fpt_str where)
{
    if (fpt_report_add(n->report, FPT_FAULT, code, FPT_STR("parameters"), 0, 0,
                       "%.*s: %s", FPT_STR_ARG(where), text) != FPT_OK)
        n->no_memory = true;
}

static fpt_str joined(fpt_nhp *n, size_t depth, const fpt_str *path)
{
    fpt_strbuf text = fpt_strbuf_make(n->arena);
    for (size_t i = 0; i < depth; i++) {
        if (i > 0) fpt_strbuf_add_char(&text, '/');
        fpt_strbuf_add(&text, path[i]);
    }
    if (text.failed) n->no_memory = true;
    return fpt_strbuf_view(&text);
}

json_t *fpti_nhp_at(const fpt_nhp *n, size_t depth, const fpt_str *path)
{
    json_t *at = n->root;
    for (size_t i = 0; i < depth && at != NULL; i++)
        at = json_object_getn(at, path[i].data, path[i].len);
    return at;
}

uint32_t fpti_nhp_named(fpt_nhp *n, fpt_str name, const fpti_input *input)
{
    const size_t before = n->input.names.count;
    const uint32_t id = fpt_intern_add(&n->input.names, name);
    if (id == FPT_INTERN_NONE ||
        !FPT_RESERVE(n->arena, n->input.at, before, n->input.capacity)) {
        n->no_memory = true;
        return FPT_INTERN_NONE;
    }
    if (n->input.names.count > before) {
        n->input.at[id] = *input;
        n->input.at[id].stream = fpt_stream("nhp", name);
    }
    return id;
}

/* Limits by what the path begins with, and the power of yearly growth. */
static void limits_of(const fpt_nhp *n, fpt_str kind, fpti_input *input)
{
    const bool share = fpt_str_equal(kind, FPT_STR("expat")) ||
                       fpt_str_equal(kind, FPT_STR("activity_avoidance")) ||
                       fpt_str_equal(kind, FPT_STR("efficiencies"));
    const bool repat = fpt_str_starts(kind, FPT_STR("repat"));
    input->least = repat ? 1.0 : 0.0;
    input->most = share ? 1.0 : 5.0;
    input->power = fpt_str_equal(kind, FPT_STR("non-demographic_adjustment"))
                       ? n->facts.end_year - n->facts.start_year
                       : 1.0;
}

static bool read_interval(json_t *value, fpti_input *input)
{
    json_t *inside = json_object_get(value, "interval");
    if (inside != NULL) value = inside;
    if (json_is_number(value)) {
        input->kind = FPTI_CONSTANT;
        input->value = input->low = input->high = json_number_value(value);
        return true;
    }
    if (!json_is_array(value) || json_array_size(value) != 2 ||
        !json_is_number(json_array_get(value, 0)) ||
        !json_is_number(json_array_get(value, 1)))
        return false;
    input->kind = FPTI_INTERVAL;
    input->low = json_number_value(json_array_get(value, 0));
    input->high = json_number_value(json_array_get(value, 1));
    return true;
}

uint32_t fpti_nhp_input(fpt_nhp *n, size_t depth, const fpt_str *path)
{
    json_t *value = fpti_nhp_at(n, depth, path);
    if (value == NULL || json_is_null(value)) return FPT_INTERN_NONE;
    const fpt_str name = joined(n, depth, path);
    const uint32_t known = fpt_intern_find(&n->input.names, name);
    if (known != FPT_INTERN_NONE) return known;
    fpti_input input = {.kind = FPTI_CONSTANT, .value = 1.0};
    limits_of(n, path[0], &input);
    if (!read_interval(value, &input))
        fault(n, "bad-interval", "expected a number or an interval [low, high]",
              name);
    else if (input.low > input.high)
        fault(n, "interval-turned",
              "the interval's first number must not be above its second; if "
              "it was meant so, swap them",
              name);
    else if (!(input.low >= input.least && input.high <= input.most))
        fault(n, "interval-outside", "outside what the model allows", name);
    if (input.kind == FPTI_CONSTANT)
        input.value = pow(input.value, input.power);
    return fpti_nhp_named(n, name, &input);
}

/* ---- what must be there ---- */

static fpt_str text_of(fpt_nhp *n, const char *key)
{
    json_t *value = json_object_get(n->root, key);
    if (!json_is_string(value)) {
        fault(n, "missing-value", "expected text", fpt_str_from(key));
        return FPT_STR("");
    }
    const fpt_str text = {json_string_value(value), json_string_length(value)};
    const fpt_str kept = fpt_str_keep(n->arena, text);
    return fpti_nhp_enough(n, kept.data) ? kept : FPT_STR("");
}

static int64_t whole_of(fpt_nhp *n, const char *key, int64_t least,
                        int64_t most)
{
    json_t *value = json_object_get(n->root, key);
    const int64_t whole =
        json_is_integer(value) ? json_integer_value(value) : least;
    if (!json_is_integer(value) || whole < least || whole > most) {
        fault(n, "bad-number", "expected a whole number in its range",
              fpt_str_from(key));
        return least;
    }
    return whole;
}

static void read_variants(fpt_nhp *n)
{
    static const char *const known[FPTI_VARIANTS] = {
        "migration_category",          "var_proj_5_year_migration",
        "var_proj_10_year_migration",  "var_proj_high_intl_migration",
        "var_proj_low_intl_migration", "var_proj_zero_net_migration"};
    json_t *shares =
        json_object_get(json_object_get(n->root, "demographic_factors"),
                        "variant_probabilities");
    double sum = 0.0;
    const char *key;
    json_t *value;
    json_object_foreach(shares, key, value)
    {
        bool is_known = false;
        for (int k = 0; k < FPTI_VARIANTS; k++)
            is_known = is_known || strcmp(known[k], key) == 0;
        const double share = json_number_value(value);
        if (!is_known || !json_is_number(value) || !(share >= 0.0) ||
            share > 1.0)
            fault(n, "bad-variant",
                  "a known projection with a probability between 0 and 1",
                  fpt_str_from(key));
    }
    for (int k = 0; k < FPTI_VARIANTS; k++) {
        value = json_object_get(shares, known[k]);
        if (!(json_number_value(value) > 0.0)) continue;
        n->variant_name[n->variants] = fpt_str_from(known[k]);
        n->variant_share[n->variants++] = json_number_value(value);
        sum += json_number_value(value);
    }
    for (int k = 0; k < n->variants; k++)
        n->variant_share[k] /= sum;
    if (n->variants == 0)
        fault(n, "no-variant", "no projection has a probability",
              FPT_STR("demographic_factors/variant_probabilities"));
}

static void read_levels(fpt_nhp *n)
{
    static const char *const names[3] = {"level_up", "zero_sum", "level_down"};
    for (int k = 0; k < 3; k++) {
        n->level[k] = fpt_intern_make(n->arena);
        json_t *list =
            json_object_get(json_object_get(n->root, "inequalities"), names[k]);
        for (size_t i = 0; i < json_array_size(list); i++) {
            json_t *item = json_array_get(list, i);
            if (!json_is_string(item)) continue;
            const fpt_str hrg = {json_string_value(item),
                                 json_string_length(item)};
            if (fpt_intern_add(&n->level[k], hrg) == FPT_INTERN_NONE)
                n->no_memory = true;
        }
    }
}

void fpti_nhp_parameters(fpt_nhp *n)
{
    static const char *const objects[] = {"expat",
                                          "repat_local",
                                          "repat_nonlocal",
                                          "inequalities",
                                          "baseline_adjustment",
                                          "waiting_list_adjustment",
                                          "non-demographic_adjustment",
                                          "activity_avoidance",
                                          "efficiencies",
                                          "demographic_factors"};
    n->facts.scenario = text_of(n, "scenario");
    n->facts.dataset = text_of(n, "dataset");
    n->facts.app_version = text_of(n, "app_version");
    n->facts.seed = (uint64_t)whole_of(n, "seed", 0, INT64_MAX);
    n->facts.runs = (uint32_t)whole_of(n, "model_runs", 1, 1 << 20);
    n->facts.start_year = (int)whole_of(n, "start_year", 2023, 2024);
    n->facts.end_year = (int)whole_of(n, "end_year", 2025, 2047);
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        if (!json_is_object(json_object_get(n->root, objects[i])))
            fault(n, "missing-value", "expected an object",
                  fpt_str_from(objects[i]));
    const char *type = json_string_value(json_object_get(
        json_object_get(n->root, "non-demographic_adjustment"), "value-type"));
    if (type == NULL || strcmp(type, "year-on-year-growth") != 0)
        fault(n, "bad-value-type", "must be year-on-year-growth",
              FPT_STR("non-demographic_adjustment/value-type"));
    json_t *health = json_object_get(n->root, "health_status_adjustment");
    if (!json_is_boolean(health))
        fault(n, "missing-value", "expected true or false",
              FPT_STR("health_status_adjustment"));
    if (json_is_true(health) &&
        fpt_report_add(n->report, FPT_WARNING, "health-left-out",
                       FPT_STR("parameters"), 0, 0,
                       "health status is left out: the coefficients of its "
                       "distribution are not published") != FPT_OK)
        n->no_memory = true;
    read_variants(n);
    read_levels(n);
}
