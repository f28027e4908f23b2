/*
 * Where a figure came from: the figure with its parts, and the files behind it.
 */
#include "measure_i.h"

fpt_status fpt_measure_explain(fpt_measure *measure, fpt_arena *arena,
                               const fpt_measure_ask *ask, fpt_str code,
                               fpt_figure *figure, size_t *count,
                               fpt_contribution **out, fpt_error *err)
{
    size_t figures = 0;
    fpt_figure *list = NULL;
    FPT_TRY(fpti_parts(measure, arena, ask, code, SIZE_MAX, &figures, &list,
                       count, out, err));
    for (size_t i = 0; i < figures; i++)
        if (fpt_str_equal(list[i].code, code)) {
            *figure = list[i];
            return FPT_OK;
        }
    if (fpt_str_equal(ask->tier, FPT_STR("organisation")))
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "\"" FPT_STR_FMT "\" has no figure of " FPT_STR_FMT
                        " there; it is no area of that day, and no "
                        "organisation with numbers",
                        FPT_STR_ARG(code), FPT_STR_ARG(ask->indicator->id));
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "\"" FPT_STR_FMT "\" has no figure of " FPT_STR_FMT
                    " there; it is not one of the " FPT_STR_FMT
                    " areas of that day",
                    FPT_STR_ARG(code), FPT_STR_ARG(ask->indicator->id),
                    FPT_STR_ARG(ask->tier));
}

fpt_status fpt_measure_loads(fpt_measure *measure, fpt_arena *arena,
                             const fpt_indicator *indicator, size_t *count,
                             int64_t **out, fpt_error *err)
{
    size_t used = 0, capacity = 0;
    int64_t *loads = NULL;
    const size_t terms = indicator->numerators + indicator->denominators;
    for (size_t t = 0; t < terms; t++) {
        const fpt_term *term =
            t < indicator->numerators
                ? &indicator->numerator[t]
                : &indicator->denominator[t - indicator->numerators];
        const fpti_loaded *n;
        FPT_TRY(fpti_loaded_get(measure, term->series, &n, err));
        for (size_t i = 0; i < n->loads; i++) {
            bool known = false;
            for (size_t k = 0; k < used && !known; k++)
                known = loads[k] == n->load[i];
            if (known) continue;
            if (!FPT_RESERVE(arena, loads, used, capacity))
                return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
            size_t at = used++;
            while (at > 0 && loads[at - 1] > n->load[i]) {
                loads[at] = loads[at - 1];
                at--;
            }
            loads[at] = n->load[i];
        }
    }
    *count = used;
    *out = loads;
    return FPT_OK;
}

fpt_status fpt_figure_formula(fpt_arena *arena, const fpt_indicator *in,
                              const fpt_figure *f, fpt_str *out)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    if (!f->has_numerator)
        fpt_strbuf_add(&text, FPT_STR("no numerator was published"));
    else
        fpt_strbuf_print(&text, "%lld", (long long)f->numerator);
    if (f->has_denominator)
        fpt_strbuf_print(&text, " / %lld", (long long)f->denominator);
    double factor = in->multiplier;
    for (int i = 0; i < in->scale; i++)
        factor /= 10.0;
    if (factor != 1.0) fpt_strbuf_print(&text, " x %g", factor);
    if (in->wilson)
        fpt_strbuf_add(&text, FPT_STR(", with Wilson's interval"));
    else if (in->byar)
        fpt_strbuf_add(&text,
                       FPT_STR(", with the interval of a Poisson count (exact "
                               "below 10 events, else Byar's)"));
    else
        fpt_strbuf_print(&text, "; no interval: " FPT_STR_FMT,
                         FPT_STR_ARG(in->interval_why));
    *out = fpt_strbuf_view(&text);
    return text.failed ? FPT_ERR_MEMORY : FPT_OK;
}
