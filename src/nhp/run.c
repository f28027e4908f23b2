/*
 * Reading it all, and running it: FPT_LANES runs at a time, each thread its own
 * rows of lanes. A run's variant and intervals are drawn by name.
 */
#include "nhp_i.h"

static const double z80 = 1.2815515655446004; /* of a middle of 80 % */

static fpt_status read_by(fpt_nhp *n, const char *by, fpt_error *err)
{
    static const char *const known[] = {
        "age",      "age_group",          "sex",
        "tretspef", "tretspef_grouped",   "maternity_delivery_in_spell",
        "acuity",   "attendance_category"};
    fpt_str rest = fpt_str_from(by != NULL ? by : "");
    while (rest.data != NULL && rest.len > 0) {
        const fpt_str name = fpt_str_cut(&rest, '+');
        const char *found = NULL;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (fpt_str_equal(name, fpt_str_from(known[k]))) found = known[k];
        if (found == NULL || n->by_count == FPTI_BY_MOST)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "results are broken down by at most three of age, "
                            "age_group, sex, tretspef, tretspef_grouped, "
                            "maternity_delivery_in_spell, acuity and "
                            "attendance_category, joined by +; not by "
                            "\"%.*s\"",
                            FPT_STR_ARG(name));
        n->by[n->by_count++] = found;
    }
    return FPT_OK;
}

fpt_status fpt_nhp_read(fpt_arena *arena, const char *name, fpt_str parameters,
                        const fpt_nhp_files *files, fpt_report *report,
                        fpt_nhp **out, fpt_error *err)
{
    json_error_t json_error;
    fpt_nhp *n = FPT_NEW(arena, fpt_nhp, 1);
    if (n == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the model");
    n->arena = arena;
    n->report = report;
    n->files = files;
    n->input.names = n->growth.names = n->factor.names = n->effect.names =
        n->keys.names = n->output.names = fpt_intern_make(arena);
    FPT_TRY(read_by(n, files->by, err));
    n->root = json_loadb(parameters.data, parameters.len,
                         JSON_REJECT_DUPLICATES, &json_error);
    if (!json_is_object(n->root)) {
        json_decref(n->root);
        return fpt_fail(err, FPT_ERR_INPUT, "%s:%d: %s", name, json_error.line,
                        n->root == NULL ? json_error.text
                                        : "expected an object of parameters");
    }
    fpti_nhp_parameters(n);
    fpt_status status = n->no_memory ? FPT_ERR_MEMORY : FPT_OK;
    if (status == FPT_OK && report->of_severity[FPT_FAULT] == 0)
        status = fpti_nhp_rows(n, err);
    if (status == FPT_OK && report->of_severity[FPT_FAULT] == 0)
        fpti_nhp_unused_parameters(n);
    json_decref(n->root);
    n->root = NULL;
    if (n->no_memory || status == FPT_ERR_MEMORY)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the model");
    FPT_TRY(status);
    /* A projection that says nothing of an age would make nonsense. */
    for (size_t i = 0; i < n->input.names.count; i++)
        for (int v = 0;
             v < n->variants && n->input.at[i].kind == FPTI_BY_VARIANT; v++)
            if (isnan(n->input.at[i].of_variant[v]) &&
                fpt_report_add(report, FPT_FAULT, "no-people",
                               FPT_STR("demographic_factors.csv"), 0, 0,
                               "%.*s is missing in the projection %.*s",
                               FPT_STR_ARG(n->input.names.text[i]),
                               FPT_STR_ARG(n->variant_name[v])) != FPT_OK)
                return FPT_ERR_MEMORY;
    if (report->of_severity[FPT_FAULT] == 0) {
        FPT_TRY(fpti_nhp_model(n, err));
        n->runnable = true;
    }
    *out = n;
    return FPT_OK;
}

bool fpt_nhp_is_runnable(const fpt_nhp *n)
{
    return n->runnable;
}

fpt_nhp_facts fpt_nhp_facts_of(const fpt_nhp *n)
{
    return n->facts;
}

fpt_nhp_options fpt_nhp_options_default(void)
{
    return (fpt_nhp_options){.struct_size = sizeof(fpt_nhp_options)};
}

/* ---- one row of lanes ---- */

typedef struct work {
    double *input, *growth, *factor, *sample;
    int32_t *output;
} work;

typedef struct running {
    const fpt_nhp *n;
    uint64_t seed;
    uint32_t runs, rows;
    unsigned threads;
    work *work;
    int32_t *all; /* [output][runs] */
} running;

static void draw_inputs(const fpt_nhp *n, uint64_t seed, uint32_t row,
                        double *out)
{
    const fpt_lanes_level level = fpt_lanes_best();
    double u[FPT_LANES];
    int variant[FPT_LANES];
    fpt_lanes_uniform(level, seed, fpt_stream("nhp", FPT_STR("variant")), 0,
                      row, u);
    for (int i = 0; i < FPT_LANES; i++) {
        double below = n->variant_share[0];
        int v = 0;
        while (v + 1 < n->variants && u[i] >= below)
            below += n->variant_share[++v];
        variant[i] = v;
    }
    for (size_t k = 0; k < n->input.names.count; k++) {
        const fpti_input *in = &n->input.at[k];
        double *x = out + k * FPT_LANES;
        if (in->kind == FPTI_INTERVAL)
            fpt_lanes_normal(level, seed, in->stream, 0, row, x);
        for (int i = 0; i < FPT_LANES; i++) {
            if (in->kind == FPTI_CONSTANT)
                x[i] = in->value;
            else if (in->kind == FPTI_BY_VARIANT)
                x[i] = in->of_variant[variant[i]];
            else
                x[i] = pow(fmin(in->most, fmax(in->least,
                                               0.5 * (in->low + in->high) +
                                                   x[i] * (in->high - in->low) /
                                                       (2.0 * z80))),
                           in->power);
        }
    }
}

static void products(size_t count, const fpti_product *product,
                     const double *input, double *out)
{
    for (size_t p = 0; p < count; p++) {
        double *x = out + p * FPT_LANES;
        for (int i = 0; i < FPT_LANES; i++)
            x[i] = 1.0;
        for (uint32_t k = 0; k < product[p].count; k++) {
            const double *in = input + product[p].input[k] * (size_t)FPT_LANES;
            for (int i = 0; i < FPT_LANES; i++)
                x[i] *= in[i];
        }
    }
}

static fpt_status run_rows(size_t thread, void *context)
{
    running *r = context;
    const fpt_nhp *n = r->n;
    work *w = &r->work[thread];
    const fpt_activity_rates rates = {w->growth, w->factor};
    const fpt_activity_counts counts = {w->output, NULL};
    for (uint32_t row = (uint32_t)thread; row < r->rows; row += r->threads) {
        draw_inputs(n, r->seed, row, w->input);
        products(n->growth.names.count, n->growth.at, w->input, w->growth);
        products(n->factor.names.count, n->factor.at, w->input, w->factor);
        FPT_TRY(fpt_activity_sample(fpt_lanes_best(), &n->model, &rates,
                                    r->seed, 0, row, &counts, w->sample));
        for (size_t o = 0; o < n->model.output_count; o++)
            for (uint32_t i = 0; i < FPT_LANES && row * FPT_LANES + i < r->runs;
                 i++)
                r->all[o * r->runs + row * FPT_LANES + i] =
                    w->output[o * FPT_LANES + i];
    }
    return FPT_OK;
}

/* ---- all runs ---- */

static fpt_status summarise(fpt_arena *arena, const running *r,
                            fpt_nhp_result *out)
{
    double *value = FPT_NEW(arena, double, r->runs);
    double *sorted = FPT_NEW(arena, double, r->runs);
    size_t *order = FPT_NEW(arena, size_t, r->runs);
    size_t *spare = FPT_NEW(arena, size_t, r->runs);
    if (value == NULL || sorted == NULL || order == NULL || spare == NULL)
        return FPT_ERR_MEMORY;
    const double runs = r->runs;
    for (size_t o = 0; o < r->n->model.output_count; o++) {
        const fpti_output *from = &r->n->output.at[o];
        const int32_t *run = r->all + o * r->runs;
        fpt_sum sum = {0}, square = {0};
        for (uint32_t i = 0; i < r->runs; i++) {
            value[i] = run[i];
            fpt_sum_add(&sum, value[i]);
        }
        const double mean = fpt_sum_value(sum) / runs;
        for (uint32_t i = 0; i < r->runs; i++)
            fpt_sum_add(&square, (value[i] - mean) * (value[i] - mean));
        fpt_order_by(r->runs, value, order, spare);
        for (uint32_t i = 0; i < r->runs; i++)
            sorted[i] = value[order[i]];
        out[o] = (fpt_nhp_result){
            .pod = from->pod,
            .site = from->site,
            .measure = from->measure,
            .key = from->key,
            .baseline = from->baseline,
            .mean = mean,
            .sd = r->runs > 1 ? sqrt(fpt_sum_value(square) / (runs - 1.0)) : 0,
            .p10 = fpt_sample_quantile(r->runs, sorted, 0.1),
            .p50 = fpt_sample_quantile(r->runs, sorted, 0.5),
            .p90 = fpt_sample_quantile(r->runs, sorted, 0.9),
            .run = run};
    }
    return FPT_OK;
}

static int by_name(const fpt_nhp_result *a, const fpt_nhp_result *b)
{
    int order = fpt_str_compare(a->pod, b->pod);
    if (order == 0) order = fpt_str_compare(a->site, b->site);
    if (order == 0) order = fpt_str_compare(a->measure, b->measure);
    return order != 0 ? order : fpt_str_compare(a->key, b->key);
}

/* Shell's sort: no two results have one name. */
static void sort_results(size_t count, fpt_nhp_result *x)
{
    for (size_t gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (size_t i = gap; i < count; i++) {
            const fpt_nhp_result held = x[i];
            size_t k = i;
            for (; k >= gap && by_name(&held, &x[k - gap]) < 0; k -= gap)
                x[k] = x[k - gap];
            x[k] = held;
        }
}

static bool make_work(fpt_arena *arena, const fpt_nhp *n, work *w)
{
    w->input = FPT_NEW(arena, double, (n->input.names.count + 1) * FPT_LANES);
    w->growth = FPT_NEW(arena, double, (n->growth.names.count + 1) * FPT_LANES);
    w->factor = FPT_NEW(arena, double, (n->factor.names.count + 1) * FPT_LANES);
    w->sample = FPT_NEW(arena, double, fpt_activity_sample_work(&n->model) + 1);
    w->output = FPT_NEW(arena, int32_t, n->model.output_count * FPT_LANES + 1);
    return w->input != NULL && w->growth != NULL && w->factor != NULL &&
           w->sample != NULL && w->output != NULL;
}

fpt_status fpt_nhp_run(fpt_arena *arena, const fpt_nhp *n,
                       const fpt_nhp_options *options, fpt_nhp_result **out,
                       size_t *count, fpt_error *err)
{
    running r = {.n = n,
                 .seed = options->seed != 0 ? options->seed : n->facts.seed,
                 .runs = options->runs != 0 ? options->runs : n->facts.runs,
                 .threads = options->threads != 0 ? options->threads
                                                  : fpt_parallel_processors()};
    if (!n->runnable || r.runs > 1u << 20)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "a model without faults, and at most 2^20 runs");
    r.rows = (r.runs + FPT_LANES - 1) / FPT_LANES;
    if (r.threads > 64) r.threads = 64;
    if (r.threads > r.rows) r.threads = r.rows;
    const size_t outputs = n->model.output_count;
    r.work = FPT_NEW(arena, work, r.threads);
    r.all = FPT_NEW(arena, int32_t, outputs * r.runs + 1);
    fpt_nhp_result *made = FPT_NEW(arena, fpt_nhp_result, outputs + 1);
    bool enough = r.work != NULL && r.all != NULL && made != NULL;
    for (unsigned t = 0; t < r.threads && enough; t++)
        enough = make_work(arena, n, &r.work[t]);
    if (!enough) return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the runs");
    const fpt_status status = fpt_parallel(r.threads, r.threads, run_rows, &r);
    if (status != FPT_OK)
        return fpt_fail(err, status, "a run holds more than can be counted");
    FPT_TRY(summarise(arena, &r, made));
    sort_results(outputs, made);
    *out = made;
    *count = outputs;
    return FPT_OK;
}
