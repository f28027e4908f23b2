/*
 * A plan from its folder: every table in turn, then what no single table can
 * show, and, when nothing is at fault, the compiled form.
 */
#include <stdio.h>

#include "read_i.h"

fpt_plan_options fpt_plan_options_default(void)
{
    return (fpt_plan_options){.struct_size = sizeof(fpt_plan_options)};
}

enum { SETTINGS_MOST = 1 << 20 };

static fpt_status read_yaml(fpt_arena *arena, const fpt_plan_files *files,
                            fpt_yaml *out, fpt_error *err)
{
    if (files->folder == NULL) {
        for (size_t i = 0; i < files->count; i++)
            if (fpt_str_equal(files->name[i], FPT_STR("plan.yaml")))
                return fpt_yaml_parse(arena, "plan.yaml", files->bytes[i], out,
                                      err);
        return fpt_fail(err, FPT_ERR_NOT_FOUND, "there is no plan.yaml");
    }
    char *path = fpt_path_join(arena, files->folder, "plan.yaml");
    if (path == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the plan");
    fpt_str text;
    const fpt_status status =
        fpt_file_read(arena, path, SETTINGS_MOST, &text, err);
    if (status == FPT_ERR_NOT_FOUND)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "%s: there is no plan.yaml, so this is no plan; "
                        "footprint plan new DIR makes one",
                        files->folder);
    FPT_TRY(status);
    return fpt_yaml_parse(arena, "plan.yaml", text, out, err);
}

static const char *const known_tables[] = {
    "plan.yaml",          "organisations.csv",  "pods.csv",
    "baseline.csv",       "variants.csv",       "population.csv",
    "births.csv",         "growth.csv",         "waiting.csv",
    "life.csv",           "rates.csv",          "assumptions.csv",
    "history.csv",        "references.csv",     "correlations.csv",
    "schemes.csv",        "overlaps.csv",       "claims.csv",
    "flows.csv",          "projects.csv",       "capital.csv",
    "capital_limits.csv", "workforce.csv",      "staffing.csv",
    "recruitment.csv",    "beds.csv",           "bed_changes.csv",
    "delays.csv",         "indices.csv",        "prices.csv",
    "contracts.csv",      "capitation.csv",     "pools.csv",
    "costs.csv",          "incomes.csv",        "savings.csv",
    "allocations.csv",    "control_totals.csv", "control_moves.csv",
    "sustainability.csv", "access.csv",         "agreements.csv",
    "layers.csv",         "caps.csv",           "actuals.csv"};

/* A table with a name that nobody reads is most likely misspelt. */
static void check_name(fpti_reader *r, fpt_str name)
{
    if (!fpt_str_ends(name, FPT_STR(".csv"))) return;
    for (size_t i = 0; i < FPTI_COUNT_OF(known_tables); i++)
        if (fpt_str_equal(name, fpt_str_from(known_tables[i]))) return;
    fpti_find(r, FPT_FAULT, "unknown-table", name, 0, 0,
              "nobody reads a table of this name");
}

/* Names and digests of the plan's own files, one a line, and theirs. */
static fpt_status digest_files(fpti_reader *r, size_t count,
                               const fpt_str *names, fpt_error *err)
{
    fpt_strbuf text = fpt_strbuf_make(r->arena);
    for (size_t i = 0; i < count; i++) {
        if (!fpt_str_ends(names[i], FPT_STR(".csv")) &&
            !fpt_str_ends(names[i], FPT_STR(".yaml")))
            continue;
        char sha256[65];
        if (r->files->folder == NULL) {
            fpt_bytes_digest(r->files->bytes[i], sha256);
        } else {
            char *path =
                fpt_path_join(r->arena, r->files->folder, names[i].data);
            if (!fpti_enough_memory(r, path)) return FPT_OK;
            FPT_TRY(fpt_file_digest(path, sha256, NULL, err));
        }
        fpt_strbuf_add(&text, names[i]);
        fpt_strbuf_print(&text, " %s\n", sha256);
    }
    if (text.failed) r->no_memory = true;
    fpt_bytes_digest(fpt_strbuf_view(&text), r->plan->digest);
    return FPT_OK;
}

static fpt_status check_names(fpti_reader *r, fpt_error *err)
{
    size_t count = r->files->count;
    const fpt_str *names = r->files->name;
    if (r->files->folder != NULL) {
        fpt_str *listed;
        FPT_TRY(
            fpt_folder_list(r->arena, r->files->folder, &count, &listed, err));
        names = listed;
    }
    for (size_t i = 0; i < count; i++)
        check_name(r, names[i]);
    return digest_files(r, count, names, err);
}

static void read_tables(fpti_reader *r, fpt_yaml *root)
{
    fpti_read_settings(r, root);
    fpti_read_assumptions(r);
    fpti_read_places(r);
    fpti_read_baseline(r);
    fpti_read_population(r);
    fpti_read_policies(r, root);
    fpti_read_growth(r);
    fpti_read_prices(r);
    fpti_read_capital(r);
    fpti_read_staff(r);
    fpti_read_schemes(r);
    for (size_t i = 0; i < r->plan->project.count; i++) {
        fpti_project *p = &r->plan->project.at[i];
        fpti_gates_resolve(r, FPT_STR("projects.csv"), p->line, p->after_text,
                           &p->after);
    }
    for (size_t i = 0; i < r->plan->line.count; i++) {
        fpti_line *l = &r->plan->line.at[i];
        fpti_gates_resolve(r, FPT_STR("recruitment.csv"), l->line,
                           l->after_text, &l->after);
    }
    fpti_read_flows(r);
    fpti_read_beds(r);
    fpti_read_contracts(r);
    fpti_read_costs(r);
    fpti_read_totals(r);
    fpti_read_agreements(r);
    fpti_read_actuals(r);
}

fpt_status fpt_plan_read(fpt_arena *arena, const fpt_plan_files *files,
                         const fpt_plan_options *options, fpt_report *report,
                         fpt_plan **out, fpt_error *err)
{
    fpt_plan *plan = FPT_NEW(arena, fpt_plan, 1);
    if (plan == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the plan");
    plan->arena = arena;
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpti_reader reader = {.plan = plan,
                          .files = files,
                          .report = report,
                          .arena = arena,
                          .scratch = scratch};
    if (options != NULL) reader.contracts = options->contracts;
    fpt_yaml root;
    fpt_error yaml_error = {0};
    fpt_status status = read_yaml(arena, files, &root, &yaml_error);
    if (status == FPT_ERR_INPUT) {
        /* Broken YAML is a fault of the plan like any other. */
        fpti_yaml_finding(&reader, &yaml_error);
        status = FPT_OK;
    } else if (status != FPT_OK) {
        if (err != NULL) *err = yaml_error;
    } else {
        status = check_names(&reader, err);
        if (status == FPT_OK) read_tables(&reader, &root);
        if (status == FPT_OK && !reader.no_memory && !reader.stop)
            fpti_check_plan(&reader);
        if (status == FPT_OK && !reader.no_memory && !reader.stop &&
            report->of_severity[FPT_FAULT] == 0)
            status =
                fpti_compile(&reader, options != NULL && options->keep_rows);
        plan->runnable = status == FPT_OK && !reader.no_memory &&
                         !reader.stop && report->of_severity[FPT_FAULT] == 0;
    }
    fpt_arena_clear(&scratch);
    if (status == FPT_OK && reader.stop) {
        status = reader.status;
        if (err != NULL) *err = reader.error;
    }
    if (reader.no_memory || status == FPT_ERR_MEMORY)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the plan");
    if (status == FPT_OK) *out = plan;
    return status;
}

bool fpt_plan_is_runnable(const fpt_plan *plan)
{
    return plan->runnable;
}

fpt_str fpt_plan_year(const fpt_plan *plan, int year, char buffer[16])
{
    const int first = plan->set.first_year + year;
    const int wrote = snprintf(buffer, 16, "%d/%02d", first, (first + 1) % 100);
    return (fpt_str){buffer, wrote > 0 ? (size_t)wrote : 0};
}
