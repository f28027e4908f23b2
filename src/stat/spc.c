/* Options, phases, icons: a series from its rows to its chart. */
#include "fpt/spc.h"

#include <math.h>

#include "spc_i.h"

#define FPT_SPC_WORD(name, word) word,
static const char *const charts[] = {FPT_SPC_CHART_LIST(FPT_SPC_WORD)};
static const char *const causes[] = {FPT_SPC_CAUSE_LIST(FPT_SPC_WORD)};
static const char *const variations[] = {FPT_SPC_VARIATION_LIST(FPT_SPC_WORD)};
static const char *const assurances[] = {FPT_SPC_ASSURANCE_LIST(FPT_SPC_WORD)};
#undef FPT_SPC_WORD

struct rule_set {
    const char *word;
    bool screen;
    size_t length;
    bool near_with_outside;
    size_t least_points;
    bool improvement_first;
};

#define FPT_SPC_SET(name, word, screen, length, near, least, first)            \
    {word, screen, length, near, least, first},
static const struct rule_set sets[] = {FPT_SPC_SET_LIST(FPT_SPC_SET)};
#undef FPT_SPC_SET

enum {
    CAUSES = sizeof causes / sizeof *causes,
    VARIATIONS = sizeof variations / sizeof *variations,
    ASSURANCES = sizeof assurances / sizeof *assurances
};

const char *fpt_spc_chart_word(fpt_spc_chart chart)
{
    FPT_REQUIRE((size_t)chart < FPT_SPC_CHARTS);
    return charts[chart];
}

const char *fpt_spc_set_word(fpt_spc_set set)
{
    FPT_REQUIRE((size_t)set < FPT_SPC_SETS);
    return sets[set].word;
}

const char *fpt_spc_cause_word(fpt_spc_cause cause)
{
    FPT_REQUIRE((size_t)cause < CAUSES);
    return causes[cause];
}

const char *fpt_spc_variation_word(fpt_spc_variation variation)
{
    FPT_REQUIRE((size_t)variation < VARIATIONS);
    return variations[variation];
}

const char *fpt_spc_assurance_word(fpt_spc_assurance assurance)
{
    FPT_REQUIRE((size_t)assurance < ASSURANCES);
    return assurances[assurance];
}

bool fpt_spc_chart_find(fpt_str word, fpt_spc_chart *out)
{
    for (int i = 0; i < FPT_SPC_CHARTS; i++) {
        if (!fpt_str_equal(word, fpt_str_from(charts[i]))) continue;
        *out = (fpt_spc_chart)i;
        return true;
    }
    return false;
}

bool fpt_spc_set_find(fpt_str word, fpt_spc_set *out)
{
    for (int i = 0; i < FPT_SPC_SETS; i++) {
        if (!fpt_str_equal(word, fpt_str_from(sets[i].word))) continue;
        *out = (fpt_spc_set)i;
        return true;
    }
    return false;
}

bool fpt_spc_needs_n(fpt_spc_chart chart)
{
    return chart == FPT_SPC_P || chart == FPT_SPC_P_PRIME ||
           chart == FPT_SPC_U || chart == FPT_SPC_U_PRIME;
}

fpt_spc_options fpt_spc_options_default(void)
{
    fpt_spc_options options = {.struct_size = sizeof(fpt_spc_options),
                               .sigma = 3.0,
                               .centre = (double)NAN};
    fpt_spc_options_use(&options, FPT_SPC_SET_MDC_2023);
    return options;
}

void fpt_spc_options_use(fpt_spc_options *options, fpt_spc_set set)
{
    FPT_REQUIRE((size_t)set < FPT_SPC_SETS);
    const struct rule_set *rules = &sets[set];
    options->screen = rules->screen;
    options->run_length = options->trend_length = rules->length;
    options->near_with_outside = rules->near_with_outside;
    options->least_points = rules->least_points;
    options->improvement_first = rules->improvement_first;
    options->use_outside = options->use_run = true;
    options->use_trend = options->use_two_in_three = rules->length > 0;
}

fpt_status fpt_spc_options_check(const fpt_spc_options *options, fpt_error *err)
{
    if ((size_t)options->chart >= FPT_SPC_CHARTS)
        return fpt_fail(err, FPT_ERR_RANGE, "there is no such chart");
    if (!(options->sigma > 0.0 && options->sigma <= 100.0))
        return fpt_fail(err, FPT_ERR_RANGE, "sigma %g is not between 0 and 100",
                        options->sigma);
    if (options->constant != 0.0 && options->constant != 2.66 &&
        options->constant != 1.128)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the constant is 2.66 or 1.128, not %g",
                        options->constant);
    if (isinf(options->centre) || fabs(options->centre) > 1e15)
        return fpt_fail(err, FPT_ERR_RANGE, "the centre %g is too large",
                        options->centre);
    const bool counts = options->chart != FPT_SPC_XMR &&
                        options->chart != FPT_SPC_I &&
                        options->chart != FPT_SPC_RUN;
    const bool shares =
        options->chart == FPT_SPC_P || options->chart == FPT_SPC_P_PRIME;
    if ((counts && options->centre < 0.0) || (shares && options->centre > 1.0))
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the centre %g is none that a chart of this kind can "
                        "have",
                        options->centre);
    if (options->chart == FPT_SPC_MR && !isnan(options->centre))
        return fpt_fail(err, FPT_ERR_RANGE,
                        "the centre of moving ranges cannot be given");
    if (options->run_length == 1 || options->trend_length == 1 ||
        options->baseline == 1)
        return fpt_fail(err, FPT_ERR_RANGE,
                        "one point makes no run, trend or baseline");
    return FPT_OK;
}

size_t fpt_spc_work(size_t rows)
{
    return 4 * rows;
}

size_t fpt_spc_order(size_t rows)
{
    return 2 * rows;
}

/* ---- one series ---- */

static void number_phases(const struct fpti_series *s)
{
    int32_t phase = 1;
    for (size_t i = s->from; i < s->to; i++) {
        if (i > s->from && s->in->rebase != NULL && s->in->rebase[i]) phase++;
        s->out->phase[i] = phase;
    }
}

/* The last point with a value, or the end of the series. */
static size_t last_point(const struct fpti_series *s)
{
    for (size_t i = s->to; i-- > s->from;)
        if (fpti_has_value(s, i)) return i;
    return s->to;
}

/* The target as seen from the good side: 1 beyond reach, -1 always met. */
static fpt_spc_assurance assure(const struct fpti_series *s, size_t i)
{
    const fpt_spc_columns *out = s->out;
    const bool up = s->o->improve == FPT_IMPROVE_UP;
    if (s->o->improve == FPT_IMPROVE_NONE || s->in->target == NULL)
        return FPT_ASSURANCE_UNKNOWN;
    const double target = s->in->target[i], value = out->value[i];
    if (isnan(target)) return FPT_ASSURANCE_UNKNOWN;
    if (out->state[i] == FPT_STATE_NO_VARIATION)
        return (up ? value >= target : value <= target) ? FPT_ASSURANCE_PASS
                                                        : FPT_ASSURANCE_FAIL;
    const double lower = out->lower[i], upper = out->upper[i];
    if (isnan(lower) || isnan(upper)) return FPT_ASSURANCE_UNKNOWN;
    const bool on = s->o->target_on_limit_decides;
    const bool above = target > upper || (on && target == upper);
    const bool below = target < lower || (on && target == lower);
    if (above) return up ? FPT_ASSURANCE_FAIL : FPT_ASSURANCE_PASS;
    if (below) return up ? FPT_ASSURANCE_PASS : FPT_ASSURANCE_FAIL;
    return FPT_ASSURANCE_INCONSISTENT;
}

static void give_icons(const struct fpti_series *s)
{
    const size_t last = last_point(s);
    fpt_spc_variation variation = FPT_VARIATION_UNKNOWN;
    fpt_spc_assurance assurance = FPT_ASSURANCE_UNKNOWN;
    /* With too few points there are no icons. */
    if (last < s->to && s->out->state[last] != FPT_STATE_TOO_FEW_POINTS) {
        variation = s->out->variation[last];
        assurance = assure(s, last);
    }
    for (size_t i = s->from; i < s->to; i++) {
        s->out->variation_icon[i] = variation;
        s->out->assurance_icon[i] = assurance;
    }
}

static void do_series(const struct fpti_series *s)
{
    number_phases(s);
    fpti_spc_values(s);
    for (size_t from = s->from; from < s->to;) {
        size_t to = from + 1;
        while (to < s->to && s->out->phase[to] == s->out->phase[from])
            to++;
        fpt_state why;
        const bool has_limits = fpti_spc_lines(s, from, to, &why);
        fpti_spc_rules(s, from, to, has_limits, why);
        from = to;
    }
    give_icons(s);
}

/* ---- many ---- */

enum { SERIES_A_TASK = 64 };

struct job {
    size_t series;
    const size_t *start;
    const fpt_spc_input *input;
    const fpt_spc_options *options;
    const fpt_spc_columns *out;
    double *work;
    size_t *order;
};

static fpt_status do_block(size_t block, void *context)
{
    const struct job *job = context;
    const size_t first = block * SERIES_A_TASK;
    const size_t last = job->series - first < SERIES_A_TASK
                            ? job->series
                            : first + SERIES_A_TASK;
    for (size_t g = first; g < last; g++) {
        const size_t from = job->start[g];
        if (job->start[g + 1] == from) continue; /* and there may be no room */
        const struct fpti_series s = {.from = from,
                                      .to = job->start[g + 1],
                                      .in = job->input,
                                      .o = job->options,
                                      .out = job->out,
                                      .work = job->work + fpt_spc_work(from),
                                      .order =
                                          job->order + fpt_spc_order(from)};
        do_series(&s);
    }
    return FPT_OK;
}

fpt_status fpt_spc_column(size_t series, const size_t *start,
                          const fpt_spc_input *input,
                          const fpt_spc_options *options,
                          const fpt_spc_columns *out, unsigned threads,
                          double *work, size_t *order)
{
    FPT_TRY(fpt_spc_options_check(options, NULL));
    if (fpt_spc_needs_n(options->chart) && input->n == NULL)
        return FPT_ERR_NULL;
    struct job job = {series, start, input, options, out, work, order};
    return fpt_parallel((series + SERIES_A_TASK - 1) / SERIES_A_TASK, threads,
                        do_block, &job);
}
