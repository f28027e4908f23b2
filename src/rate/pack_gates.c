/*
 * Rules of a framework that stand above its arithmetic: flags (a trust is in
 * deficit), floors and ceilings that they trigger, and indicators that are found
 * in the data by the names of their series.
 */
#include "rate_i.h"

static fpt_status read_flags(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(d->yaml, "flags", false, &list, err));
    if (list == NULL) return FPT_OK;
    f->flag = FPT_NEW(d->arena, fpt_framework_flag, list->count);
    if (f->flag == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        fpt_framework_flag *flag = &f->flag[i];
        fpt_yaml *yaml = &list->item[i];
        FPT_TRY(fpt_yaml_text(yaml, "id", true, &flag->id, err));
        FPT_TRY(fpt_yaml_text(yaml, "title", true, &flag->title, err));
        FPT_TRY(
            fpti_read_from(d, yaml, "from", &flag->froms, &flag->from, err));
        if (flag->froms == 0)
            return fpt_yaml_fail(yaml, err,
                                 "the flag \"" FPT_STR_FMT "\" does not say "
                                 "where it comes from",
                                 FPT_STR_ARG(flag->id));
        for (size_t k = 0; k < i; k++)
            if (fpt_str_equal(f->flag[k].id, flag->id))
                return fpt_yaml_fail(yaml, err,
                                     "the flag \"" FPT_STR_FMT "\" stands "
                                     "twice",
                                     FPT_STR_ARG(flag->id));
        f->flags++;
    }
    return FPT_OK;
}

static fpt_status find_flag(const fpt_framework *f, const fpt_yaml *yaml,
                            fpt_str id, size_t *out, fpt_error *err)
{
    for (size_t i = 0; i < f->flags; i++)
        if (fpt_str_equal(f->flag[i].id, id)) {
            *out = i;
            return FPT_OK;
        }
    return fpt_yaml_fail(yaml, err, "there is no flag \"" FPT_STR_FMT "\"",
                         FPT_STR_ARG(id));
}

static fpt_status find_node(const fpt_framework *f, const fpt_yaml *yaml,
                            fpt_str id, size_t *out, fpt_error *err)
{
    *out = fpt_framework_node_find(f, id);
    return *out != SIZE_MAX
               ? FPT_OK
               : fpt_yaml_fail(yaml, err,
                               "there is no group \"" FPT_STR_FMT "\"",
                               FPT_STR_ARG(id));
}

/* {flag: in_deficit}, {any_item_of: finance, at: 4}, {item: staff, at: 4}. */
static fpt_status read_when(const fpt_framework *f, fpt_yaml *yaml,
                            fpt_league_gate *gate, fpt_error *err)
{
    fpt_yaml *map = NULL;
    fpt_str flag = {0}, group = {0}, item = {0};
    FPT_TRY(fpt_yaml_map(yaml, "when", true, &map, err));
    FPT_TRY(fpt_yaml_text(map, "flag", false, &flag, err));
    FPT_TRY(fpt_yaml_text(map, "any_item_of", false, &group, err));
    FPT_TRY(fpt_yaml_text(map, "item", false, &item, err));
    if ((flag.len > 0) + (group.len > 0) + (item.len > 0) != 1)
        return fpt_yaml_fail(map, err,
                             "a rule holds when a \"flag\" is set, or when "
                             "\"any_item_of\" a group or an \"item\" is \"at\" "
                             "a score or worse");
    if (flag.len > 0) {
        gate->when = FPT_GATE_FLAG;
        gate->is = 1.0;
        static const char *const unknowns[] = {"refuse", "no"};
        int unknown = 0;
        FPT_TRY(find_flag(f, map, flag, &gate->index, err));
        FPT_TRY(
            fpt_yaml_choice(map, "unknown", false, unknowns, 2, &unknown, err));
        gate->unknown_is_no = unknown == 1;
        return fpt_yaml_double(map, "is", false, &gate->is, err);
    }
    FPT_TRY(fpt_yaml_double(map, "at", true, &gate->is, err));
    if (group.len > 0) {
        gate->when = FPT_GATE_ANY_MEMBER;
        return find_node(f, map, group, &gate->index, err);
    }
    gate->when = FPT_GATE_ITEM;
    gate->index = fpt_framework_item_find(f, item);
    return gate->index != SIZE_MAX
               ? FPT_OK
               : fpt_yaml_fail(map, err, "there is no item \"" FPT_STR_FMT "\"",
                               FPT_STR_ARG(item));
}

static fpt_status read_then(const fpt_framework *f, fpt_yaml *yaml,
                            fpt_league_gate *gate, fpt_error *err)
{
    static const char *const words[] = {"at_least", "at_most", "set"};
    fpt_yaml *map = NULL;
    int found = 0;
    FPT_TRY(fpt_yaml_map(yaml, "then", true, &map, err));
    for (int i = 0; i < 3; i++) {
        if (fpt_yaml_find(map, words[i]) == NULL) continue;
        FPT_TRY(fpt_yaml_double(map, words[i], true, &gate->value, err));
        gate->then = (fpt_gate_then)i;
        found++;
    }
    if (found != 1)
        return fpt_yaml_fail(map, err,
                             "\"then\" has one of \"at_least\", \"at_most\" "
                             "and \"set\"");
    if (gate->on_category &&
        !(gate->value >= 1.0 && gate->value <= (double)f->categories &&
          gate->value == (double)(int)gate->value))
        return fpt_yaml_fail(map, err,
                             "the rule gives category %g, and there are %zu",
                             gate->value, f->categories);
    return FPT_OK;
}

fpt_status fpti_read_gates(fpti_draft *d, fpt_error *err)
{
    static const char *const whats[] = {"score", "category"};
    fpt_framework *f = &d->framework;
    fpt_yaml *list = NULL;
    FPT_TRY(read_flags(d, err));
    FPT_TRY(fpt_yaml_list(d->yaml, "gates", false, &list, err));
    if (list == NULL) return FPT_OK;
    if (list->count > 32) return fpt_yaml_fail(list, err, "more than 32 rules");
    f->gate = FPT_NEW(d->arena, fpt_framework_gate, list->count);
    if (f->gate == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        fpt_framework_gate *gate = &f->gate[i];
        fpt_yaml *yaml = &list->item[i];
        fpt_str on = {0};
        int what = 0;
        FPT_TRY(fpt_yaml_text(yaml, "id", true, &gate->id, err));
        FPT_TRY(fpt_yaml_text(yaml, "title", true, &gate->title, err));
        FPT_TRY(fpt_yaml_text(yaml, "source", false, &gate->source, err));
        FPT_TRY(fpti_read_grade(yaml, "grade", FPT_GRADE_SOURCED, &gate->grade,
                                err));
        FPT_TRY(fpt_yaml_text(yaml, "on", true, &on, err));
        FPT_TRY(find_node(f, yaml, on, &gate->rule.node, err));
        FPT_TRY(fpt_yaml_choice(yaml, "what", true, whats, 2, &what, err));
        gate->rule.on_category = what == 1;
        FPT_TRY(read_when(f, yaml, &gate->rule, err));
        FPT_TRY(read_then(f, yaml, &gate->rule, err));
        f->gates++;
    }
    return FPT_OK;
}

/* ---- indicators found by the names of their series ---- */

/* Where the digits of a pattern stand: one run of #, nothing else. */
static bool has_one_run(fpt_str pattern, size_t *at, size_t *len)
{
    *at = fpt_str_find(pattern, '#', 0);
    if (*at == SIZE_MAX) return false;
    *len = 0;
    while (*at + *len < pattern.len && pattern.data[*at + *len] == '#')
        (*len)++;
    return fpt_str_find(pattern, '#', *at + *len) == SIZE_MAX;
}

fpt_status fpti_read_pattern(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_framework_pattern *p = &f->pattern;
    fpt_yaml *map = NULL, *groups = NULL;
    size_t at, len, at_value, len_value;
    FPT_TRY(fpt_yaml_map(d->yaml, "items_like", false, &map, err));
    if (map == NULL) return FPT_OK;
    p->given = true;
    FPT_TRY(fpt_yaml_text(map, "scores", true, &p->scores, err));
    FPT_TRY(fpt_yaml_text(map, "values", true, &p->values, err));
    FPT_TRY(fpt_yaml_text(map, "dimension", true, &p->dimension, err));
    FPT_TRY(fpti_read_grade(map, "grade", FPT_GRADE_SOURCED, &p->grade, err));
    if (!has_one_run(p->scores, &at, &len) ||
        !has_one_run(p->values, &at_value, &len_value) || len != len_value)
        return fpt_yaml_fail(map, err,
                             "\"scores\" and \"values\" each have one run of "
                             "#, of the same length, for the digits that they "
                             "share");
    FPT_TRY(fpt_yaml_map(map, "groups", true, &groups, err));
    p->group_value = FPT_NEW(d->arena, fpt_str, groups->count);
    p->group_node = FPT_NEW(d->arena, size_t, groups->count);
    if (p->group_value == NULL || p->group_node == NULL)
        return fpti_no_memory(err);
    fpt_yaml_take_all(groups);
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->item[i].kind != FPT_YAML_SCALAR)
            return fpt_yaml_fail(&groups->item[i], err,
                                 "each of \"groups\" names a group");
        p->group_value[i] = groups->key[i];
        FPT_TRY(find_node(f, &groups->item[i], groups->item[i].text,
                          &p->group_node[i], err));
    }
    p->groups = groups->count;
    return FPT_OK;
}
