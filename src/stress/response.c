/*
 * A plan's target as a function of its random inputs. Chance within a future is
 * left out, so that the same scores always give the same margin. Inputs that
 * nothing reads are left out too, unless they stand in one block of dependence
 * with others that are read.
 */
#include "runner_i.h"

struct fpt_stress_response {
    const fpt_plan *plan;
    size_t metric, inputs, count, groups;
    bool depend; /* put the plan's dependence on */
    bool misses;
    uint64_t seed;
    size_t *input;   /* [count] */
    uint32_t *group; /* [count] */
    fpt_str *name;   /* [groups] */
    double *correlation;
    double *z, *values;
    fpt_plan_work *work;
    fpt_error error;
};

static fpt_status run_response(void *context, uint32_t row, const double *z,
                               double *out)
{
    fpt_stress_response *s = context;
    const double *metrics;
    memset(s->z, 0, s->inputs * FPT_LANES * sizeof *s->z);
    for (size_t i = 0; i < s->count; i++)
        memcpy(s->z + s->input[i] * FPT_LANES, z + i * FPT_LANES,
               FPT_LANES * sizeof *z);
    if (s->depend) fpt_plan_depend(s->plan, s->z);
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.noise = FPT_PLAN_NOISE_NONE;
    FPT_TRY(fpt_plan_run(s->plan, &scenario, s->seed, row, s->z, s->work,
                         &metrics, &s->error));
    const double *margin = metrics + s->metric * FPT_LANES;
    FPTI_LANES(k)
    out[k] = s->misses ? (margin[k] < 0.0 ? 1.0 : 0.0) : margin[k];
    return FPT_OK;
}

/* ---- which inputs, in which groups ---- */

/* The first assumption of each one's block of dependence: a block is what is
 * joined by correlations, or all of them together under a common scale. */
static void find_blocks(const fpt_plan *plan, size_t assumptions, bool one,
                        size_t *block, bool *joined)
{
    for (size_t i = 0; i < assumptions; i++) {
        block[i] = i;
        joined[i] = false;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < assumptions; i++)
            for (size_t j = 0; j < i; j++) {
                if (fpt_plan_correlation(plan, i, j) == 0.0) continue;
                joined[i] = joined[j] = true;
                if (block[i] == block[j]) continue;
                const size_t low = block[i] < block[j] ? block[i] : block[j];
                block[i] = block[j] = low;
                changed = true;
            }
    }
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < assumptions && one; i++) {
        if (!joined[i]) continue;
        if (first == SIZE_MAX) first = i;
        block[i] = first;
    }
}

static const char *kind_name(fpt_plan_input_kind kind)
{
    switch (kind) {
    case FPT_PLAN_INPUT_OPTIMISM:
        return "common optimism";
    case FPT_PLAN_INPUT_VARIANT:
        return "population projection";
    case FPT_PLAN_INPUT_SHOCK:
        return "growth from year to year";
    case FPT_PLAN_INPUT_BREAK:
        return "the pay cap's end";
    case FPT_PLAN_INPUT_FUNDING:
        return "capital funding";
    case FPT_PLAN_INPUT_ACCESS:
        return "measures of access";
    case FPT_PLAN_INPUT_COPULA:
        return "the scale of dependence";
    case FPT_PLAN_INPUT_ASSUMPTION:
        break;
    }
    return "assumption";
}

typedef struct chooser {
    fpt_stress_response *s;
    size_t assumptions;
    size_t *block;      /* [assumptions] */
    bool *joined;       /* [assumptions] */
    uint32_t *group_of; /* [inputs]: of an assumption's block, or a kind */
} chooser;

static bool block_is_used(const chooser *c, size_t block)
{
    for (size_t i = 0; i < c->assumptions; i++)
        if (c->block[i] == block && fpt_plan_input_at(c->s->plan, i).used)
            return true;
    return false;
}

static void add_input(chooser *c, size_t input, uint32_t *group, fpt_str name)
{
    fpt_stress_response *s = c->s;
    if (*group == UINT32_MAX) {
        *group = (uint32_t)s->groups;
        s->name[s->groups++] = name;
    }
    s->input[s->count] = input;
    s->group[s->count++] = *group;
}

static void choose_inputs(chooser *c)
{
    fpt_stress_response *s = c->s;
    uint32_t of_kind[FPT_PLAN_INPUT_COPULA + 1];
    memset(of_kind, 0xff, sizeof of_kind);
    memset(c->group_of, 0xff, s->inputs * sizeof *c->group_of);
    size_t common = SIZE_MAX; /* the block under a common scale */
    for (size_t i = 0; i < s->inputs; i++) {
        const fpt_plan_input input = fpt_plan_input_at(s->plan, i);
        if (input.kind == FPT_PLAN_INPUT_ASSUMPTION) {
            /* Each for itself, or with its block. */
            const size_t block = s->depend ? c->block[i] : i;
            if (!(input.used || (s->depend && block_is_used(c, block))))
                continue;
            if (c->joined[i]) common = block;
            add_input(c, i, &c->group_of[block],
                      fpt_plan_input_at(s->plan, block).name);
        } else if (input.kind == FPT_PLAN_INPUT_COPULA && common != SIZE_MAX) {
            add_input(c, i, &c->group_of[common], input.name);
        } else if (input.used) {
            add_input(c, i, &of_kind[input.kind],
                      fpt_str_from(kind_name(input.kind)));
        }
    }
}

/* Correlations among the chosen inputs; chance is independent of all else. */
static void fill_correlations(fpt_stress_response *s)
{
    const size_t assumptions = fpt_plan_facts_of(s->plan).assumptions;
    for (size_t i = 0; i < s->count; i++)
        for (size_t j = 0; j < s->count; j++) {
            const size_t a = s->input[i], b = s->input[j];
            s->correlation[i * s->count + j] =
                i == j ? 1.0
                : a < assumptions && b < assumptions
                    ? fpt_plan_correlation(s->plan, a, b)
                    : 0.0;
        }
}

fpt_status fpt_stress_response_make(fpt_arena *arena,
                                    const fpt_stress_question *question,
                                    const fpt_stress_response_options *options,
                                    fpt_stress_response **out,
                                    fpt_response *response, fpt_error *err)
{
    const fpt_plan *plan = question->plan;
    const fpt_plan_facts facts = fpt_plan_facts_of(plan);
    if (options->dependent && !facts.gaussian)
        return fpt_fail(err, FPT_ERR_REFUSED,
                        "fair shares need a plan whose dependence is Gaussian; "
                        "this one has a common scale");
    fpt_stress_response *s = FPT_NEW(arena, fpt_stress_response, 1);
    chooser c = {.s = s,
                 .assumptions = facts.assumptions,
                 .block = FPT_NEW(arena, size_t, facts.assumptions + 1),
                 .joined = FPT_NEW(arena, bool, facts.assumptions + 1),
                 .group_of = FPT_NEW(arena, uint32_t, facts.inputs + 1)};
    if (s == NULL || c.block == NULL || c.joined == NULL || c.group_of == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a response");
    *s = (fpt_stress_response){
        .plan = plan,
        .inputs = facts.inputs,
        .depend = !options->dependent,
        .misses = options->misses,
        .seed = question->seed,
        .input = FPT_NEW(arena, size_t, facts.inputs + 1),
        .group = FPT_NEW(arena, uint32_t, facts.inputs + 1),
        .name = FPT_NEW(arena, fpt_str, facts.inputs + 1),
        .z = FPT_NEW(arena, double, (facts.inputs + 1) * FPT_LANES),
        .values = FPT_NEW(arena, double, FPT_LANES)};
    FPT_TRY(fpti_target_metric(question, &s->metric, err));
    if (s->input == NULL || s->group == NULL || s->name == NULL ||
        s->z == NULL || s->values == NULL ||
        fpt_plan_work_make(arena, plan, &s->work) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a response");
    find_blocks(plan, facts.assumptions, !facts.gaussian, c.block, c.joined);
    choose_inputs(&c);
    if (options->dependent) {
        s->correlation = FPT_NEW(arena, double, s->count * s->count + 1);
        if (s->correlation == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a response");
        fill_correlations(s);
    }
    *out = s;
    *response = (fpt_response){.count = s->count,
                               .correlation = s->correlation,
                               .run = run_response,
                               .context = s};
    return FPT_OK;
}

/* ---- asking ---- */

size_t fpt_stress_groups(const fpt_stress_response *s, const uint32_t **group,
                         const fpt_str **name)
{
    *group = s->group;
    *name = s->name;
    return s->groups;
}

const size_t *fpt_stress_response_inputs(const fpt_stress_response *s)
{
    return s->input;
}

void fpt_stress_point_values(const fpt_stress_response *s, const double *z,
                             double *value)
{
    const size_t assumptions = fpt_plan_facts_of(s->plan).assumptions;
    memset(s->z, 0, s->inputs * FPT_LANES * sizeof *s->z);
    for (size_t i = 0; i < s->count; i++)
        FPTI_LANES(k) s->z[s->input[i] * FPT_LANES + (size_t)k] = z[i];
    if (s->depend) fpt_plan_depend(s->plan, s->z);
    for (size_t i = 0; i < assumptions; i++)
        value[i] = (double)NAN;
    for (size_t i = 0; i < s->count; i++) {
        const size_t input = s->input[i];
        if (input >= assumptions) continue;
        fpt_plan_assumption_lanes(s->plan, input, s->z + input * FPT_LANES,
                                  s->values);
        value[input] = s->values[0];
    }
}

fpt_error fpt_stress_response_error(const fpt_stress_response *s)
{
    return s->error;
}
