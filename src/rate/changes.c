/*
 * Two periods judged alike, and which changes of category are more than noise.
 */
#include "rate_i.h"

const char *fpt_rating_move_word(fpt_rating_move kind)
{
    static const char *const words[FPT_MOVE_KINDS + 1] = {
        "none",         "by rule",   "within noise",
        "beyond noise", "not known", "unknown"};
    return words[(size_t)kind < FPT_MOVE_KINDS ? (size_t)kind : FPT_MOVE_KINDS];
}

/* The chances of each category of the whole of one place; false: none. */
static bool chances_of(const fpt_ratings *ratings, const fpt_rating *row,
                       size_t categories, double *out)
{
    bool any = false;
    for (size_t k = 0; k < categories; k++)
        out[k] = 0.0;
    for (size_t i = 0; i < ratings->chances; i++) {
        const fpt_rating_chance *c = &ratings->chance[i];
        if (!fpt_str_equal(c->place, row->place) ||
            !fpt_str_equal(c->item, row->item) || c->category_number < 1 ||
            (size_t)c->category_number > categories)
            continue;
        out[c->category_number - 1] = c->chance;
        any = true;
    }
    return any;
}

static const fpt_rating *find_whole(const fpt_ratings *ratings, fpt_str place)
{
    for (size_t i = 0; i < ratings->count; i++)
        if (fpt_str_equal(ratings->rating[i].item, FPT_STR(FPT_OVERALL)) &&
            fpt_str_equal(ratings->rating[i].place, place))
            return &ratings->rating[i];
    return NULL;
}

static fpt_rating_change compare(const fpt_rating *a, const fpt_rating *b,
                                 bool chances, size_t categories,
                                 const double *before, const double *after,
                                 double confidence)
{
    fpt_rating_change change = {.place = b->place,
                                .name = b->name,
                                .before = a->category,
                                .after = b->category,
                                .before_number = a->category_number,
                                .after_number = b->category_number,
                                .score_before = a->score,
                                .score_after = b->score,
                                .this_way = (double)NAN,
                                .by_noise = (double)NAN};
    fpt_category_move move = {0};
    if (chances) {
        move = fpt_category_compare(categories, before, after,
                                    (int)a->category_number,
                                    (int)b->category_number, confidence);
        change.this_way = move.this_way;
        change.by_noise = move.by_noise;
    }
    if (a->category_number == b->category_number)
        change.kind = FPT_MOVE_NONE;
    else if (!fpt_str_equal(a->rules, b->rules))
        change.kind = FPT_MOVE_BY_RULE;
    else if (isnan(change.this_way))
        change.kind = FPT_MOVE_NOT_KNOWN;
    else
        change.kind =
            move.beyond_noise ? FPT_MOVE_BEYOND_NOISE : FPT_MOVE_WITHIN_NOISE;
    return change;
}

static fpt_status run_one(fpt_rate *rate, fpt_arena *arena,
                          const fpt_rate_ask *ask, fpt_period period,
                          fpt_ratings *out, fpt_error *err)
{
    fpt_rate_ask one = *ask;
    one.has_period = true;
    one.period = period;
    return fpt_rate_run(rate, arena, &one, out, err);
}

fpt_status fpt_rate_compare(fpt_arena *arena, const fpt_ratings *before,
                            const fpt_ratings *after, size_t categories,
                            double confidence, fpt_rating_changes *out,
                            fpt_error *err)
{
    size_t capacity = 0;
    fpt_rating_changes made = {0};
    fpt_sum expected = {0};
    double *was = FPT_NEW(arena, double, categories);
    double *is = FPT_NEW(arena, double, categories);
    if (was == NULL || is == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < after->count; i++) {
        const fpt_rating *b = &after->rating[i];
        if (!fpt_str_equal(b->item, FPT_STR(FPT_OVERALL))) continue;
        const fpt_rating *a = find_whole(before, b->place);
        if (a == NULL || a->category_number == 0 || b->category_number == 0)
            continue;
        const bool known = chances_of(before, a, categories, was) &&
                           chances_of(after, b, categories, is);
        const fpt_rating_change change =
            compare(a, b, known, categories, was, is, confidence);
        if (!FPT_RESERVE(arena, made.change, made.count, capacity))
            return fpti_no_memory(err);
        made.change[made.count++] = change;
        made.kinds[change.kind]++;
        if (!isnan(change.by_noise)) fpt_sum_add(&expected, change.by_noise);
    }
    const double within = (double)made.kinds[FPT_MOVE_WITHIN_NOISE];
    const double both = within + (double)made.kinds[FPT_MOVE_BEYOND_NOISE];
    made.expected_by_noise = fpt_sum_value(expected);
    made.share_noise = both > 0.0 ? within / both : (double)NAN;
    *out = made;
    return FPT_OK;
}

fpt_status fpt_rate_changes(fpt_rate *rate, fpt_arena *arena,
                            const fpt_rate_ask *ask, fpt_period before,
                            fpt_period after, fpt_rating_changes *out,
                            fpt_error *err)
{
    const size_t categories = ask->framework->categories;
    const double confidence = ask->confidence > 0.0 ? ask->confidence : 0.95;
    fpt_ratings old, new;
    if (fpt_framework_node_find(ask->framework, FPT_STR(FPT_OVERALL)) ==
            SIZE_MAX ||
        categories == 0)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "the framework " FPT_STR_FMT
                        " gives the whole no category",
                        FPT_STR_ARG(ask->framework->name));
    FPT_TRY(run_one(rate, arena, ask, before, &old, err));
    FPT_TRY(run_one(rate, arena, ask, after, &new, err));
    return fpt_rate_compare(arena, &old, &new, categories, confidence, out,
                            err);
}
