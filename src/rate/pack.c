/*
 * Framework packs: the frame. Items, groups and rules are read by their own
 * files; what can only be seen when all is read is checked last.
 */
#include "rate_i.h"

static const char *const grade_words[] = {
#define FPT_GRADE_WORD(name, word, text) word,
    FPT_GRADE_LIST(FPT_GRADE_WORD)
#undef FPT_GRADE_WORD
};

const char *fpt_grade_word(fpt_grade grade)
{
    return (size_t)grade < FPT_GRADES ? grade_words[grade] : "unknown";
}

fpt_status fpti_read_grade(fpt_yaml *yaml, const char *key, fpt_grade otherwise,
                           fpt_grade *out, fpt_error *err)
{
    int grade = (int)otherwise;
    FPT_TRY(fpt_yaml_choice(yaml, key, false, grade_words, FPT_GRADES, &grade,
                            err));
    *out = (fpt_grade)grade;
    return FPT_OK;
}

static fpt_status read_words(fpti_draft *d, fpt_error *err)
{
    static const char *const grains[] = {"month", "quarter", "financial-year",
                                         "year", "as-published"};
    static const fpt_grain grain_of[] = {FPT_GRAIN_MONTH, FPT_GRAIN_QUARTER,
                                         FPT_GRAIN_FY, FPT_GRAIN_YEAR,
                                         FPT_GRAIN_OTHER};
    fpt_framework *f = &d->framework;
    int grain = 0;
    FPT_TRY(fpt_yaml_text(d->yaml, "title", true, &f->title, err));
    FPT_TRY(fpt_yaml_text(d->yaml, "short", true, &f->shorter, err));
    FPT_TRY(fpt_yaml_text(d->yaml, "about", true, &f->about, err));
    FPT_TRY(fpt_yaml_text(d->yaml, "source", true, &f->source, err));
    FPT_TRY(fpt_yaml_text(d->yaml, "licence", true, &f->licence, err));
    FPT_TRY(fpt_yaml_text(d->yaml, "tier", true, &f->tier, err));
    FPT_TRY(fpt_yaml_text(d->yaml, "within", false, &f->within, err));
    FPT_TRY(fpt_yaml_choice(d->yaml, "grain", true, grains, 5, &grain, err));
    f->grain = grain_of[grain];
    FPT_TRY(fpt_yaml_texts(d->arena, d->yaml, "caveats", false, &f->caveats,
                           &f->caveat, err));
    return fpt_yaml_texts(d->arena, d->yaml, "not_measured", false,
                          &f->not_measured, &f->missing_from_it, err);
}

static fpt_status read_frame(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_yaml *scale = NULL, *rules = NULL;
    f->from = fpt_date_start();
    f->until = fpt_date_open();
    f->scale = (fpt_scale){1.0, 4.0};
    FPT_TRY(fpt_yaml_map(d->yaml, "rules_of", false, &rules, err));
    if (rules != NULL) {
        FPT_TRY(fpt_yaml_date(rules, "from", true, &f->from, err));
        FPT_TRY(fpt_yaml_date(rules, "until", false, &f->until, err));
        if (f->until.days <= f->from.days)
            return fpt_yaml_fail(rules, err, "the rules end before they begin");
    }
    FPT_TRY(fpt_yaml_map(d->yaml, "scale", true, &scale, err));
    FPT_TRY(fpt_yaml_double(scale, "best", true, &f->scale.best, err));
    FPT_TRY(fpt_yaml_double(scale, "worst", true, &f->scale.worst, err));
    if (f->scale.best == f->scale.worst)
        return fpt_yaml_fail(scale, err,
                             "the best and the worst end of the scale are the "
                             "same");
    static const char *const kinds[] = {"none", "sampling", "metrics"};
    static const fpt_str bootstraps[] = {
        {"", 0}, {"sampling", 8}, {"metrics", 7}};
    int kind = 0;
    FPT_TRY(fpt_yaml_choice(d->yaml, "bootstrap", false, kinds, 3, &kind, err));
    f->bootstrap = bootstraps[kind];
    return FPT_OK;
}

static fpt_status read_categories(fpti_draft *d, fpt_error *err)
{
    fpt_framework *f = &d->framework;
    fpt_yaml *list = NULL;
    FPT_TRY(fpt_yaml_list(d->yaml, "categories", false, &list, err));
    if (list == NULL) return FPT_OK;
    f->category = FPT_NEW(d->arena, fpt_category, list->count);
    if (f->category == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        FPT_TRY(fpt_yaml_text(&list->item[i], "word", true,
                              &f->category[i].word, err));
        FPT_TRY(fpt_yaml_text(&list->item[i], "about", false,
                              &f->category[i].about, err));
        for (size_t k = 0; k < i; k++)
            if (fpt_str_equal(f->category[k].word, f->category[i].word))
                return fpt_yaml_fail(&list->item[i], err,
                                     "the category \"" FPT_STR_FMT
                                     "\" stands twice",
                                     FPT_STR_ARG(f->category[i].word));
    }
    f->categories = list->count;
    return FPT_OK;
}

static fpt_status read_what_if(fpti_draft *d, fpt_error *err)
{
    static const char *const methods[] = {"rank", "z", "percentile", "value"};
    static const fpt_score_method method_of[] = {
        FPT_SCORE_RANK, FPT_SCORE_Z, FPT_SCORE_PERCENTILE, FPT_SCORE_VALUE};
    static const char *const cuts[] = {"none", "quantile", "as-published"};
    int method = 0, cut = 0;
    fpt_yaml *map = NULL;
    d->framework.what_if = (fpt_what_if){.method = FPT_SCORE_RANK};
    FPT_TRY(fpt_yaml_map(d->yaml, "what_if", false, &map, err));
    if (map == NULL) return FPT_OK;
    FPT_TRY(fpt_yaml_choice(map, "score", true, methods, 4, &method, err));
    FPT_TRY(fpt_yaml_choice(map, "cut", true, cuts, 3, &cut, err));
    d->framework.what_if = (fpt_what_if){.method = method_of[method],
                                         .cut = cut == 0   ? FPT_CUT_NONE
                                                : cut == 1 ? FPT_CUT_QUANTILE
                                                           : FPT_CUT_COUNTS,
                                         .as_published = cut == 2};
    return FPT_OK;
}

fpt_status fpt_framework_open(fpt_arena *arena, const fpt_pack_path *packs,
                              fpt_str name, fpt_str version, fpt_framework *out,
                              fpt_error *err)
{
    fpt_pack pack;
    FPT_TRY(
        fpt_pack_open(arena, packs, "frameworks", name, version, &pack, err));
    fpti_draft d = {.arena = arena, .packs = packs, .yaml = &pack.yaml};
    d.framework.name = pack.name;
    d.framework.version = pack.version;
    d.framework.folder = pack.folder;
    FPT_TRY(read_words(&d, err));
    FPT_TRY(read_frame(&d, err));
    FPT_TRY(read_categories(&d, err));
    FPT_TRY(read_what_if(&d, err));
    FPT_TRY(fpti_read_nodes(&d, err));
    FPT_TRY(fpti_read_items(&d, err));
    FPT_TRY(fpti_read_gates(&d, err));
    FPT_TRY(fpti_read_pattern(&d, err));
    FPT_TRY(fpt_yaml_all_taken(&pack.yaml, err));
    FPT_TRY(fpti_check_framework(&d, err));
    FPT_TRY(fpti_check_expected(&d, err));
    *out = d.framework;
    return FPT_OK;
}

fpt_status fpt_framework_list(fpt_arena *arena, const fpt_pack_path *packs,
                              size_t *count, fpt_framework **out,
                              fpt_error *err)
{
    size_t n;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(arena, packs, "frameworks", &n, &names, err));
    fpt_framework *list = FPT_NEW(arena, fpt_framework, n);
    if (list == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < n; i++)
        FPT_TRY(fpt_framework_open(arena, packs, names[i], (fpt_str){0},
                                   &list[i], err));
    *count = n;
    *out = list;
    return FPT_OK;
}

size_t fpt_framework_item_find(const fpt_framework *framework, fpt_str id)
{
    for (size_t i = 0; i < framework->items; i++)
        if (fpt_str_equal(framework->item[i].id, id)) return i;
    return SIZE_MAX;
}

size_t fpt_framework_node_find(const fpt_framework *framework, fpt_str id)
{
    for (size_t i = 0; i < framework->nodes; i++)
        if (fpt_str_equal(framework->node[i].id, id)) return i;
    return SIZE_MAX;
}

bool fpti_is_below(const fpt_framework *f, size_t node, size_t ancestor)
{
    while (node != SIZE_MAX && node != ancestor)
        node = f->node[node].parent;
    return node == ancestor;
}
