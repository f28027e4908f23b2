/*
 * A pack carries cases whose results are known, and does not load when they do
 * not come out.
 *
 *     expected/inputs.csv   case,place,item,what,number
 *                           what: value, score (published), flag, category
 *                           (published, of a group); or weights, where the item
 *                           is "equal": the case is of equal weights
 *     expected/results.csv  case,place,item,what,number,tolerance
 *                           what: score, category, rank; an empty number: none
 */
#include "rate_i.h"

enum { MOST_PLACES = 1024 };

struct row {
    fpt_str place, item, what;
    double number, tolerance;
    int64_t line;
    size_t of_case;
};

struct table {
    const char *path;
    size_t count, capacity;
    struct row *row;
};

struct work {
    fpti_draft *d;
    fpt_intern cases;
    struct table inputs, results;
};

/* One case as arrays. */
struct one {
    fpt_intern places;
    bool equal;
    double *value, *published, *flag;
    int *given;
};

static fpt_status wrong(const struct table *t, const struct row *row,
                        fpt_error *err, const char *what)
{
    return fpt_fail(err, FPT_ERR_INPUT, "%s:%lld: %s", t->path,
                    (long long)row->line, what);
}

static fpt_status read_row(struct work *w, struct table *t, const fpt_csv *csv,
                           size_t columns, fpt_error *err)
{
    fpt_arena *arena = w->d->arena;
    struct row row = {.number = (double)NAN, .line = csv->line};
    if (csv->count == 1 && csv->field[0].len == 0) return FPT_OK;
    if (csv->fault != NULL || csv->count != columns)
        return wrong(t, &row, err, "not as many cells as the header has");
    row.of_case = fpt_intern_add(&w->cases, csv->field[0]);
    row.place = fpt_str_keep(arena, csv->field[1]);
    row.item = fpt_str_keep(arena, csv->field[2]);
    row.what = fpt_str_keep(arena, csv->field[3]);
    if (row.of_case == FPT_INTERN_NONE || row.place.data == NULL ||
        row.item.data == NULL || row.what.data == NULL ||
        !FPT_RESERVE(arena, t->row, t->count, t->capacity))
        return fpti_no_memory(err);
    if (csv->field[4].len > 0 && !fpt_parse_double(csv->field[4], &row.number))
        return wrong(t, &row, err, "the number is none");
    if (columns > 5 && (!fpt_parse_double(csv->field[5], &row.tolerance) ||
                        !(row.tolerance >= 0.0)))
        return wrong(t, &row, err, "the tolerance is no number");
    t->row[t->count++] = row;
    return FPT_OK;
}

static fpt_status read_table(struct work *w, const char *name, size_t columns,
                             struct table *t, fpt_error *err)
{
    fpt_arena *arena = w->d->arena;
    fpt_input *input = NULL;
    fpt_csv csv;
    char *path = fpt_path_join(arena, w->d->framework.folder, name);
    if (path == NULL) return fpti_no_memory(err);
    t->path = path;
    FPT_TRY(fpt_input_open(arena, path, &input, err));
    const fpt_csv_options options = fpt_csv_options_default();
    fpt_status status = fpt_csv_open(arena, input, &options, &csv, err);
    bool first = true;
    while (status == FPT_OK && fpt_csv_next(&csv)) {
        if (!first) status = read_row(w, t, &csv, columns, err);
        first = false;
    }
    if (status == FPT_OK) status = fpt_csv_status(&csv, err);
    fpt_input_close(input);
    return status;
}

static bool make_case(fpti_draft *d, struct one *o)
{
    const fpt_framework *f = &d->framework;
    const size_t places = o->places.count;
    o->value = FPT_NEW(d->arena, double, f->items *places);
    o->published = FPT_NEW(d->arena, double, f->items *places);
    o->flag = FPT_NEW(d->arena, double, f->flags *places);
    o->given = FPT_NEW(d->arena, int, f->nodes *places);
    if (o->value == NULL || o->published == NULL || o->flag == NULL ||
        o->given == NULL)
        return false;
    for (size_t i = 0; i < f->items * places; i++)
        o->value[i] = o->published[i] = (double)NAN;
    for (size_t i = 0; i < f->flags * places; i++)
        o->flag[i] = (double)NAN;
    return true;
}

static fpt_status take_input(struct work *w, struct one *o,
                             const struct row *row, fpt_error *err)
{
    const fpt_framework *f = &w->d->framework;
    const size_t places = o->places.count;
    if (fpt_str_equal(row->what, FPT_STR("weights"))) return FPT_OK;
    const size_t p = fpt_intern_find(&o->places, row->place);
    size_t at = SIZE_MAX;
    double *to = NULL;
    if (fpt_str_equal(row->what, FPT_STR("value"))) {
        at = fpt_framework_item_find(f, row->item);
        to = o->value;
    } else if (fpt_str_equal(row->what, FPT_STR("score"))) {
        at = fpt_framework_item_find(f, row->item);
        to = o->published;
    } else if (fpt_str_equal(row->what, FPT_STR("flag"))) {
        for (size_t i = 0; i < f->flags; i++)
            if (fpt_str_equal(f->flag[i].id, row->item)) at = i;
        to = o->flag;
    } else if (fpt_str_equal(row->what, FPT_STR("category"))) {
        at = fpt_framework_node_find(f, row->item);
        if (at != SIZE_MAX && row->number >= 1.0 &&
            row->number <= (double)f->categories)
            o->given[at * places + p] = (int)row->number;
        return at != SIZE_MAX ? FPT_OK
                              : wrong(&w->inputs, row, err, "no such group");
    }
    if (at == SIZE_MAX)
        return wrong(&w->inputs, row, err, "no such item or flag");
    to[at * places + p] = row->number;
    return FPT_OK;
}

/* NaN where there is none. */
static fpt_status result_of(struct work *w, const struct row *row, size_t p,
                            size_t places, const fpt_league_output *out,
                            double *result, fpt_error *err)
{
    const fpt_framework *f = &w->d->framework;
    const size_t node = fpt_framework_node_find(f, row->item);
    const size_t item = fpt_framework_item_find(f, row->item);
    const bool is_node = node != SIZE_MAX;
    if (!is_node && item == SIZE_MAX)
        return wrong(&w->results, row, err, "no such item or group");
    const size_t at = (is_node ? node : item) * places + p;
    if (fpt_str_equal(row->what, FPT_STR("score"))) {
        *result = is_node ? out->node_score[at] : out->score[at];
    } else if (fpt_str_equal(row->what, FPT_STR("rank"))) {
        *result = is_node ? out->rank[at] : out->item_rank[at];
    } else if (fpt_str_equal(row->what, FPT_STR("category")) && is_node) {
        *result =
            out->category[at] > 0 ? (double)out->category[at] : (double)NAN;
    } else {
        return wrong(&w->results, row, err,
                     "a result is a score or a rank, or the category of a "
                     "group");
    }
    return FPT_OK;
}

static fpt_status compare(struct work *w, struct one *o, size_t number,
                          const fpt_league_output *out, fpt_error *err)
{
    for (size_t i = 0; i < w->results.count; i++) {
        const struct row *row = &w->results.row[i];
        double got = (double)NAN;
        if (row->of_case != number) continue;
        const uint32_t p = fpt_intern_find(&o->places, row->place);
        if (p == FPT_INTERN_NONE)
            return wrong(&w->results, row, err, "no such place in the inputs");
        FPT_TRY(result_of(w, row, p, o->places.count, out, &got, err));
        const bool same = isnan(row->number)
                              ? isnan(got)
                              : fabs(got - row->number) <= row->tolerance;
        if (same) continue;
        char found[FPT_NUMBER_BYTES], wanted[FPT_NUMBER_BYTES];
        fpt_print_double(got, found);
        fpt_print_double(row->number, wanted);
        return fpt_fail(
            err, FPT_ERR_INPUT,
            "%s:%lld: the " FPT_STR_FMT " of " FPT_STR_FMT " for " FPT_STR_FMT
            " comes out as %s, and %s was expected",
            w->results.path, (long long)row->line, FPT_STR_ARG(row->what),
            FPT_STR_ARG(row->item), FPT_STR_ARG(row->place),
            found[0] != '\0' ? found : "nothing",
            wanted[0] != '\0' ? wanted : "nothing");
    }
    return FPT_OK;
}

static fpt_status run_case(struct work *w, size_t number, fpt_error *err)
{
    fpti_draft *d = w->d;
    struct one o = {.places = fpt_intern_make(d->arena)};
    fpt_weights weights;
    fpt_league rules;
    fpt_league_work work;
    fpt_league_output out;
    for (size_t i = 0; i < w->inputs.count; i++) {
        const struct row *row = &w->inputs.row[i];
        if (row->of_case != number) continue;
        if (fpt_str_equal(row->what, FPT_STR("weights")))
            o.equal = true;
        else if (fpt_intern_add(&o.places, row->place) == FPT_INTERN_NONE)
            return fpti_no_memory(err);
    }
    if (o.places.count > MOST_PLACES)
        return fpt_fail(err, FPT_ERR_INPUT, "%s: more than %d places in a case",
                        w->inputs.path, MOST_PLACES);
    if (!make_case(d, &o)) return fpti_no_memory(err);
    for (size_t i = 0; i < w->inputs.count; i++)
        if (w->inputs.row[i].of_case == number)
            FPT_TRY(take_input(w, &o, &w->inputs.row[i], err));
    FPT_TRY(fpt_weights_equal(d->arena, &d->framework, &weights, err));
    FPT_TRY(fpt_framework_rules(d->arena, &d->framework,
                                o.equal ? &weights : NULL, &rules, err));
    if (!fpt_league_work_make(d->arena, &rules, o.places.count, &work) ||
        !fpti_output_make(d->arena, &rules, o.places.count, &out))
        return fpti_no_memory(err);
    const fpt_league_input in = {.places = o.places.count,
                                 .value = o.value,
                                 .published = o.published,
                                 .flag = o.flag,
                                 .given = o.given};
    fpt_league_judge(&rules, &in, &work, &out);
    return compare(w, &o, number, &out, err);
}

fpt_status fpti_check_expected(fpti_draft *d, fpt_error *err)
{
    struct work w = {.d = d, .cases = fpt_intern_make(d->arena)};
    char *folder = fpt_path_join(d->arena, d->framework.folder, "expected");
    if (folder == NULL) return fpti_no_memory(err);
    if (fpt_file_kind_of(folder) != FPT_FILE_FOLDER) return FPT_OK;
    FPT_TRY(read_table(&w, "expected/inputs.csv", 5, &w.inputs, err));
    FPT_TRY(read_table(&w, "expected/results.csv", 6, &w.results, err));
    for (size_t i = 0; i < w.cases.count; i++)
        FPT_TRY(run_case(&w, i, err));
    return FPT_OK;
}
