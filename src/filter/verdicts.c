/* Words for how surely a figure stands apart: high_99_8, high_95,
 * not_significant, low_95, low_99_8. */
#include "filter_i.h"

fpt_status fpti_verdicts_read(fpti_run *run, fpti_verdicts *out, fpt_error *err)
{
    static const double usual[] = {0.95, 0.998};
    static const char *const usual_names[] = {"95", "99_8"};
    const bool given = fpti_is_set(run, FPTI_OPTION_CONFIDENCE);
    out->count = given ? run->level_count : 2;
    for (size_t k = 0; k < out->count; k++) {
        fpt_str name;
        if (given) {
            out->level[k] = run->level[k];
            name = run->level_name[k];
        } else {
            FPT_TRY(fpt_level_make(usual[k], &out->level[k]));
            name = fpt_str_from(usual_names[k]);
        }
        const fpt_str high =
            fpt_str_print(run->arena, "high_" FPT_STR_FMT, FPT_STR_ARG(name));
        const fpt_str low =
            fpt_str_print(run->arena, "low_" FPT_STR_FMT, FPT_STR_ARG(name));
        if (high.data == NULL || low.data == NULL) return fpti_no_memory(err);
        out->high[k] = high.data;
        out->low[k] = low.data;
    }
    return FPT_OK;
}

const char *fpti_verdict_word(const fpti_verdicts *v, const int *side)
{
    const char *word = "not_significant";
    double best = 0.0;
    for (size_t k = 0; k < v->count; k++) {
        if (side[k] == 0 || v->level[k].confidence < best) continue;
        best = v->level[k].confidence;
        word = side[k] > 0 ? v->high[k] : v->low[k];
    }
    return word;
}
