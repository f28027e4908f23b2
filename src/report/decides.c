/*
 * What decides a plan. Each part runs the plan anew by its own design; the
 * response is wrapped so that long work can be watched. A method that cannot
 * answer leaves a sentence in its part, and the others go on.
 */
#include "decides_i.h"

#define PART(field, word, about) {word, offsetof(fpt_report_parts, field)},
static const struct {
    const char *word;
    size_t offset;
} part_of[] = {FPT_REPORT_PART_LIST(PART)};
#undef PART

enum { PARTS = sizeof part_of / sizeof *part_of };

fpt_report_parts fpt_report_all_parts(void)
{
    fpt_report_parts parts = {0};
    for (int i = 0; i < PARTS; i++)
        *(bool *)((char *)&parts + part_of[i].offset) = true;
    return parts;
}

bool fpt_report_add_part(fpt_report_parts *parts, fpt_str word)
{
    for (int i = 0; i < PARTS; i++) {
        if (!fpt_str_equal(word, fpt_str_from(part_of[i].word))) continue;
        *(bool *)((char *)parts + part_of[i].offset) = true;
        return true;
    }
    return false;
}

/* ---- a response that is watched ---- */

static fpt_status run_watched(void *context, uint32_t row, const double *z,
                              double *out)
{
    fpti_watched *w = context;
    if (w->log != NULL && w->done % 16 == 0)
        fpt_log_progress(w->log, w->what, w->done, w->total);
    w->done++;
    return w->inner.run(w->inner.context, row, z, out);
}

fpt_status fpti_watch(fpti_decider *d, bool dependent, bool misses,
                      const char *what, fpti_watched *out, fpt_error *err)
{
    fpt_stress_response_options options = {.dependent = dependent,
                                           .misses = misses};
    *out = (fpti_watched){.log = d->log, .what = what};
    FPT_TRY(fpt_stress_response_make(d->arena, d->question, &options,
                                     &out->stress, &out->inner, err));
    out->response = out->inner;
    out->response.run = run_watched;
    out->response.context = out;
    out->groups = fpt_stress_groups(out->stress, &out->group, &out->name);
    return FPT_OK;
}

void fpti_watch_end(const fpti_watched *w)
{
    if (w->log != NULL) fpt_log_progress(w->log, w->what, w->done, w->done);
}

/* Failures of the model end the command; of the method, only the part. */
fpt_status fpti_answer(fpti_watched *w, fpt_status status,
                       fpt_report_answer *answer, const char *refused,
                       fpt_error *err)
{
    fpti_watch_end(w);
    answer->known = status == FPT_OK;
    if (status == FPT_OK) return FPT_OK;
    const fpt_error inside = fpt_stress_response_error(w->stress);
    if (inside.text[0] != '\0') {
        if (err != NULL) *err = inside;
        return status;
    }
    if (status == FPT_ERR_MEMORY)
        return fpt_fail(err, status, "no memory to find what decides the plan");
    (void)fpt_fail(&answer->why_not, FPT_ERR_REFUSED, "%s", refused);
    return FPT_OK;
}

fpt_str fpti_share_name(fpti_decider *d, const fpti_watched *w, size_t group)
{
    const size_t *input = fpt_stress_response_inputs(w->stress);
    fpt_strbuf text = fpt_strbuf_make(d->arena);
    size_t members = 0;
    for (size_t i = 0; i < w->response.count; i++) {
        const fpt_plan_input in =
            fpt_plan_input_at(d->question->plan, input[i]);
        if (w->group[i] != group) continue;
        if (in.kind != FPT_PLAN_INPUT_ASSUMPTION) continue;
        if (members++ > 0) fpt_strbuf_add(&text, FPT_STR(" + "));
        fpt_strbuf_add(&text, in.name);
    }
    return members < 2 || text.failed ? w->name[group] : fpt_strbuf_view(&text);
}

fpt_status fpt_report_decides_make(fpt_arena *arena,
                                   const fpt_stress_question *question,
                                   const fpt_report_parts *parts,
                                   const fpt_log *log, fpt_report_decides *out,
                                   fpt_error *err)
{
    fpti_decider d = {
        .arena = arena, .question = question, .log = log, .out = out};
    *out = (fpt_report_decides){0};
    if (parts->sobol) FPT_TRY(fpti_decide_sobol(&d, err));
    if (parts->shapley) FPT_TRY(fpti_decide_shapley(&d, err));
    if (parts->linear || parts->knowing || parts->miss || parts->tree)
        FPT_TRY(fpti_decide_sample(&d, parts, err));
    if (parts->miss) FPT_TRY(fpti_decide_ways(&d, err));
    if (parts->hindcast) FPT_TRY(fpti_decide_hindcast(&d, err));
    return FPT_OK;
}
