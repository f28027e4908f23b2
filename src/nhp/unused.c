/*
 * What was given and changes nothing: parameters that no row has, and columns
 * that are carried past. Each is told once, in a note, so that a name spelled
 * in another way is seen.
 */
#include "nhp_i.h"

static void note(fpt_nhp *n, const char *source, const char *code,
                 const char *text, fpt_strbuf *names, size_t count)
{
    if (count == 0 || n->no_memory) return;
    if (names->failed ||
        fpt_report_add(n->report, FPT_NOTE, code, fpt_str_from(source), 0, 0,
                       "%s: %.*s", text,
                       FPT_STR_ARG(fpt_strbuf_view(names))) != FPT_OK)
        n->no_memory = true;
}

static void add_name(fpt_strbuf *names, size_t *count, fpt_str name)
{
    if ((*count)++ > 0) fpt_strbuf_add(names, FPT_STR(", "));
    fpt_strbuf_add(names, name);
}

void fpti_nhp_unused_columns(fpti_reader *r)
{
    fpt_strbuf names = fpt_strbuf_make(r->n->arena);
    size_t count = 0;
    for (size_t i = 0; i < r->all_count; i++) {
        bool asked = false;
        for (size_t c = 0; c < r->columns; c++)
            asked = asked ||
                    fpt_str_equal(r->header[i], fpt_str_from(r->column[c]));
        if (!asked) add_name(&names, &count, r->header[i]);
    }
    note(r->n, r->table, "columns-not-used", "columns that change nothing",
         &names, count);
}

/* ---- parameters ---- */

typedef struct walk {
    fpt_nhp *n;
    fpt_strbuf names;
    size_t count;
} walk;

enum { DEPTH = 5 };

/* A value is a number, an interval, or an object that holds an interval. */
static bool is_value(json_t *at)
{
    return json_is_number(at) || json_is_array(at) || json_is_null(at) ||
           json_object_get(at, "interval") != NULL;
}

static void visit(walk *w, json_t *at, fpt_str path, int depth)
{
    const char *key;
    json_t *value;
    if (is_value(at)) {
        if (fpt_intern_find(&w->n->input.names, path) == FPT_INTERN_NONE)
            add_name(&w->names, &w->count, path);
        return;
    }
    json_object_foreach(at, key, value)
    {
        const fpt_str next =
            fpt_str_print(w->n->arena, "%.*s/%s", FPT_STR_ARG(path), key);
        if (!fpti_nhp_enough(w->n, next.data)) return;
        if (depth < DEPTH) visit(w, value, next, depth + 1);
    }
}

static bool is_known(const char *key)
{
    static const char *const known[] = {
        "scenario", "dataset", "seed", "model_runs", "start_year", "end_year",
        "app_version", "demographic_factors", "health_status_adjustment",
        "expat", "repat_local", "repat_nonlocal", "inequalities",
        "baseline_adjustment", "waiting_list_adjustment",
        "non-demographic_adjustment", "activity_avoidance", "efficiencies",
        /* Said of the scenario, and no part of its figures. */
        "id", "create_datetime", "reasons"};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(known[k], key) == 0) return true;
    return false;
}

void fpti_nhp_unused_parameters(fpt_nhp *n)
{
    static const char *const sections[] = {"expat",
                                           "repat_local",
                                           "repat_nonlocal",
                                           "baseline_adjustment",
                                           "waiting_list_adjustment",
                                           "activity_avoidance",
                                           "efficiencies"};
    const char *key;
    json_t *value;
    walk unknown = {.n = n, .names = fpt_strbuf_make(n->arena)};
    json_object_foreach(n->root, key, value)
    {
        if (!is_known(key))
            add_name(&unknown.names, &unknown.count, fpt_str_from(key));
    }
    note(n, "parameters", "unknown-parameters",
         "keys that the model does not have", &unknown.names, unknown.count);
    walk w = {.n = n, .names = fpt_strbuf_make(n->arena)};
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
        visit(&w, json_object_get(n->root, sections[s]),
              fpt_str_from(sections[s]), 0);
    visit(&w,
          json_object_get(
              json_object_get(n->root, "non-demographic_adjustment"), "values"),
          FPT_STR("non-demographic_adjustment/values"), 0);
    note(n, "parameters", "parameters-not-used",
         "what is stated for rows or strategies that the tables lack", &w.names,
         w.count);
}
