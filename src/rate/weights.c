/*
 * Weights of the user's in the place of a pack's: what was never published can
 * be tried out, and the result says whose weights they were.
 */
#include "rate_i.h"

fpt_status fpt_weights_equal(fpt_arena *arena, const fpt_framework *framework,
                             fpt_weights *out, fpt_error *err)
{
    double *item = FPT_NEW(arena, double, framework->items);
    if (item == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < framework->items; i++)
        item[i] = framework->item[i].counted ? 1.0 : 0.0;
    *out = (fpt_weights){
        .label = FPT_STR("equal"), .items = framework->items, .item = item};
    return FPT_OK;
}

struct reader {
    fpt_arena *arena;
    const char *path;
    const fpt_framework *framework;
    fpt_weights *weights;
    bool *seen;
    size_t capacity;
};

static fpt_status read_cut(struct reader *r, const fpt_csv *csv, double number,
                           fpt_error *err)
{
    int64_t place;
    const fpt_str name = csv->field[0];
    const fpt_scale scale = r->framework->scale;
    fpt_weights *w = r->weights;
    if (!fpt_parse_int64(fpt_str_slice(name, 4, name.len), &place) ||
        place != (int64_t)w->cuts + 1)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s:%lld: thresholds are cut:1, cut:2 and so on, in "
                        "this order; found \"" FPT_STR_FMT "\"",
                        r->path, (long long)csv->line, FPT_STR_ARG(name));
    if (w->cuts > 0 &&
        (scale.best < scale.worst ? number <= w->cut[w->cuts - 1]
                                  : number >= w->cut[w->cuts - 1]))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s:%lld: thresholds go from the best end of the scale "
                        "to the worst",
                        r->path, (long long)csv->line);
    if (!FPT_RESERVE(r->arena, w->cut, w->cuts, r->capacity))
        return fpti_no_memory(err);
    w->cut[w->cuts++] = number;
    return FPT_OK;
}

static fpt_status read_row(struct reader *r, const fpt_csv *csv, fpt_error *err)
{
    double number;
    if (csv->count == 1 && csv->field[0].len == 0) return FPT_OK;
    if (csv->fault != NULL || csv->count != 2)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s:%lld: expected an item and its weight", r->path,
                        (long long)csv->line);
    if (!fpt_parse_double(fpt_str_trim(csv->field[1]), &number))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s:%lld: \"" FPT_STR_FMT "\" is no number", r->path,
                        (long long)csv->line, FPT_STR_ARG(csv->field[1]));
    if (fpt_str_starts(csv->field[0], FPT_STR("cut:")))
        return read_cut(r, csv, number, err);
    const size_t i =
        fpt_framework_item_find(r->framework, fpt_str_trim(csv->field[0]));
    if (i == SIZE_MAX || r->seen[i] || !r->framework->item[i].counted)
        return fpt_fail(
            err, FPT_ERR_INPUT, "%s:%lld: \"" FPT_STR_FMT "\" %s", r->path,
            (long long)csv->line, FPT_STR_ARG(csv->field[0]),
            i == SIZE_MAX ? "is no item of the framework"
            : r->seen[i]  ? "stands twice"
                          : "does not count, by the framework's own rule");
    if (!(number >= 0.0 && number <= 1e6))
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s:%lld: a weight is 0 or more, not %g", r->path,
                        (long long)csv->line, number);
    r->seen[i] = true;
    r->weights->item[i] = number;
    return FPT_OK;
}

static fpt_status check_header(const char *path, const fpt_csv *csv,
                               fpt_error *err)
{
    if (csv->count == 2 &&
        fpt_str_equal(fpt_str_trim(csv->field[0]), FPT_STR("item")) &&
        fpt_str_equal(fpt_str_trim(csv->field[1]), FPT_STR("weight")))
        return FPT_OK;
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s:1: expected the columns item,weight", path);
}

static fpt_status check_whole(const struct reader *r, fpt_error *err)
{
    const fpt_weights *w = r->weights;
    double sum = 0.0;
    for (size_t i = 0; i < w->items; i++)
        sum += w->item[i];
    if (!(sum > 0.0))
        return fpt_fail(err, FPT_ERR_INPUT, "%s: no weight is above 0",
                        r->path);
    if (w->cuts > 0 && w->cuts + 1 != r->framework->categories)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: %zu categories have %zu thresholds between them, "
                        "and the file has %zu",
                        r->path, r->framework->categories,
                        r->framework->categories - 1, w->cuts);
    return FPT_OK;
}

fpt_status fpt_weights_read(fpt_arena *arena, const char *path,
                            const fpt_framework *framework, fpt_weights *out,
                            fpt_error *err)
{
    char digest[65];
    fpt_input *input = NULL;
    fpt_csv csv;
    fpt_weights weights = {.items = framework->items,
                           .item = FPT_NEW(arena, double, framework->items)};
    struct reader r = {.arena = arena,
                       .path = path,
                       .framework = framework,
                       .weights = &weights,
                       .seen = FPT_NEW(arena, bool, framework->items)};
    if (weights.item == NULL || r.seen == NULL) return fpti_no_memory(err);
    FPT_TRY(fpt_file_digest(path, digest, NULL, err));
    weights.label = fpt_str_print(arena, "user: %s (sha256 %.12s)",
                                  fpt_path_name(path), digest);
    if (weights.label.data == NULL) return fpti_no_memory(err);
    FPT_TRY(fpt_input_open(arena, path, &input, err));
    const fpt_csv_options options = fpt_csv_options_default();
    fpt_status status = fpt_csv_open(arena, input, &options, &csv, err);
    bool first = true;
    while (status == FPT_OK && fpt_csv_next(&csv)) {
        status =
            first ? check_header(path, &csv, err) : read_row(&r, &csv, err);
        first = false;
    }
    if (status == FPT_OK) status = fpt_csv_status(&csv, err);
    fpt_input_close(input);
    if (status == FPT_OK && first)
        status = fpt_fail(err, FPT_ERR_INPUT, "%s: the file is empty", path);
    if (status == FPT_OK) status = check_whole(&r, err);
    if (status == FPT_OK) *out = weights;
    return status;
}
