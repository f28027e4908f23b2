/*
 * Options of a filter: each takes a value (--name value, --name=value) or is a
 * switch; a method takes only those that its row of methods.def names, and those
 * that all take.
 */
#include <math.h>

#include "filter_i.h"

struct option {
    const char *name, *argument;
};

#define OPTION(id, name, argument, help) {name, argument},
static const struct option options[] = {
#include "options.def"
};
#undef OPTION

const char *fpti_option_name(fpti_option_id id)
{
    return options[id].name;
}

static bool takes(const fpti_method *method, const char *name)
{
    static const char everywhere[] =
        "columns help keep-going prefix quiet scattered threads verbose";
    const char *const lists[] = {everywhere, method->options};
    for (size_t i = 0; i < 2; i++) {
        fpt_str rest = fpt_str_from(lists[i]);
        while (rest.data != NULL)
            if (fpt_str_equal(fpt_str_cut(&rest, ' '), fpt_str_from(name)))
                return true;
    }
    return false;
}

static int find(fpt_str name)
{
    for (int i = 0; i < FPTI_OPTIONS; i++)
        if (fpt_str_equal(fpt_str_from(options[i].name), name)) return i;
    return FPTI_NONE;
}

static fpt_status take(const fpti_method *method, size_t count,
                       const char *const *argument, size_t *at,
                       const char **value, fpt_error *err)
{
    const char *text = argument[*at];
    if (strcmp(text, "-h") == 0) text = "--help";
    if (strcmp(text, "-q") == 0) text = "--quiet";
    if (text[0] != '-' || text[1] != '-')
        return fpt_fail(err, FPT_ERR_USAGE,
                        "%s reads standard input; \"%s\" is no option",
                        method->name, text);
    fpt_str rest = fpt_str_from(text + 2);
    const fpt_str name = fpt_str_cut(&rest, '=');
    const int id = find(name);
    if (id == FPTI_NONE || !takes(method, options[id].name))
        return fpt_fail(err, FPT_ERR_USAGE, "%s has no option --" FPT_STR_FMT,
                        method->name, FPT_STR_ARG(name));
    if (value[id] != NULL)
        return fpt_fail(err, FPT_ERR_USAGE, "--%s is given twice",
                        options[id].name);
    if (options[id].argument == NULL) {
        if (rest.data != NULL)
            return fpt_fail(err, FPT_ERR_USAGE, "--%s takes no value",
                            options[id].name);
        value[id] = "";
        return FPT_OK;
    }
    if (rest.data == NULL && *at + 1 >= count)
        return fpt_fail(err, FPT_ERR_USAGE, "--%s needs a %s", options[id].name,
                        options[id].argument);
    /* The arguments are NUL-terminated, so what is left of one is too. */
    value[id] = rest.data != NULL ? rest.data : argument[++*at];
    return FPT_OK;
}

fpt_status fpti_options_parse(const fpti_method *method, size_t count,
                              const char *const *argument, const char **value,
                              fpt_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(argument[i], "--") == 0 && i + 1 == count) return FPT_OK;
        FPT_TRY(take(method, count, argument, &i, value, err));
    }
    return FPT_OK;
}

fpt_status fpti_option_number(const fpti_run *run, fpti_option_id id,
                              double low, double high, double *out,
                              fpt_error *err)
{
    const char *text = run->option[id];
    if (text == NULL) return FPT_OK;
    double value;
    if (!fpt_parse_double(fpt_str_from(text), &value))
        return fpt_fail(err, FPT_ERR_USAGE, "--%s is a number, not \"%s\"",
                        options[id].name, text);
    if (!(value >= low && value <= high))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--%s is a number from %g to %g, not %s",
                        options[id].name, low, high, text);
    *out = value;
    return FPT_OK;
}

fpt_status fpti_option_whole(const fpti_run *run, fpti_option_id id,
                             int64_t low, int64_t high, int64_t *out,
                             fpt_error *err)
{
    const char *text = run->option[id];
    if (text == NULL) return FPT_OK;
    int64_t value;
    if (!fpt_parse_int64(fpt_str_from(text), &value) || value < low ||
        value > high)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--%s is a whole number from %lld to %lld, not \"%s\"",
                        options[id].name, (long long)low, (long long)high,
                        text);
    *out = value;
    return FPT_OK;
}

fpt_status fpti_option_choice(const fpti_run *run, fpti_option_id id,
                              const char *const *words, int *out,
                              fpt_error *err)
{
    const char *text = run->option[id];
    if (text == NULL) return FPT_OK;
    char list[256];
    size_t used = 0;
    list[0] = '\0';
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = i;
            return FPT_OK;
        }
        const size_t len = strlen(words[i]);
        if (used + len + 6 >= sizeof list) continue;
        const char *between = i == 0                 ? ""
                              : words[i + 1] == NULL ? " or "
                                                     : ", ";
        memcpy(list + used, between, strlen(between));
        used += strlen(between);
        memcpy(list + used, words[i], len);
        used += len;
        list[used] = '\0';
    }
    return fpt_fail(err, FPT_ERR_USAGE, "--%s is %s, not \"%s\"",
                    options[id].name, list, text);
}

fpt_status fpti_option_list(const fpti_run *run, fpti_option_id id,
                            size_t *count, double **out, fpt_error *err)
{
    *count = 0;
    *out = NULL;
    if (run->option[id] == NULL) return FPT_OK;
    fpt_str rest = fpt_str_from(run->option[id]);
    size_t capacity = 0;
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_trim(fpt_str_cut(&rest, ','));
        double value;
        if (!fpt_parse_double(word, &value) || !(fabs(value) <= 1e15))
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--%s is a list of numbers separated by commas; "
                            "\"" FPT_STR_FMT "\" is none",
                            options[id].name, FPT_STR_ARG(word));
        if (!FPT_RESERVE(run->arena, *out, *count, capacity))
            return fpti_no_memory(err);
        (*out)[(*count)++] = value;
    }
    return FPT_OK;
}

fpt_status fpti_option_multiplier(const fpti_run *run, double usual,
                                  bool negative, double *out, fpt_error *err)
{
    *out = usual;
    const char *text = run->option[FPTI_OPTION_MULTIPLIER];
    if (text == NULL) return FPT_OK;
    double value;
    const bool number = fpt_parse_double(fpt_str_from(text), &value);
    if (!number || !(negative ? fpt_multiplier_size_is_valid(value)
                              : fpt_multiplier_is_valid(value)))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--multiplier is a number %sfrom 1e-15 to 1e15, not "
                        "\"%s\"",
                        negative ? "of a size " : "", text);
    *out = value;
    return FPT_OK;
}

/* ---- levels of confidence ---- */

/* Digits without the point, and how many stand before it. */
struct plain {
    char digits[24];
    int count, whole;
};

static bool take_plain(fpt_str text, struct plain *out)
{
    bool point = false;
    out->count = 0;
    out->whole = 0;
    size_t seen = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || out->count == (int)sizeof out->digits)
            return false;
        seen++;
        if (c == '0' && out->count == 0 && !point) continue; /* leading */
        out->digits[out->count++] = c;
        if (!point) out->whole++;
    }
    return seen > 0;
}

/* The plain number with its point moved by `shift`, as text. */
static void print_plain(const struct plain *n, int shift, fpt_strbuf *out)
{
    const int whole = n->whole + shift;
    int last = n->count;
    while (last > 0 && last > whole && n->digits[last - 1] == '0')
        last--;
    bool any = false;
    for (int i = 0; i < whole; i++) {
        const char c = i < n->count ? n->digits[i] : '0';
        if (c == '0' && !any) continue;
        any = true;
        fpt_strbuf_add_char(out, c);
    }
    if (!any) fpt_strbuf_add_char(out, '0');
    if (last <= whole) return;
    fpt_strbuf_add_char(out, '.');
    for (int i = whole; i < last; i++)
        fpt_strbuf_add_char(out, i < 0 ? '0' : n->digits[i]);
}

/*
 * The point is moved in the text, so that 99.8 and 0.998 become the same double
 * and the same name.
 */
bool fpti_confidence_parse(fpt_arena *arena, fpt_str text, double *fraction,
                           fpt_str *name)
{
    struct plain n;
    double value;
    if (!take_plain(text, &n) || !fpt_parse_double(text, &value)) return false;
    const bool per_cent = value >= 50.0 && value < 100.0;
    if (!per_cent && !(value > 0.0 && value < 1.0)) return false;
    fpt_strbuf shifted = fpt_strbuf_make(arena);
    fpt_strbuf label = fpt_strbuf_make(arena);
    print_plain(&n, per_cent ? -2 : 0, &shifted);
    print_plain(&n, per_cent ? 0 : 2, &label);
    if (shifted.failed || label.failed) return false;
    for (size_t i = 0; i < label.len; i++)
        if (label.data[i] == '.') label.data[i] = '_';
    *name = fpt_strbuf_view(&label);
    return fpt_parse_double(fpt_strbuf_view(&shifted), fraction);
}

fpt_status fpti_levels_read(fpti_run *run, const char *usual, fpt_error *err)
{
    const char *text = run->option[FPTI_OPTION_CONFIDENCE];
    fpt_str rest = fpt_str_from(text != NULL ? text : usual);
    run->level_count = 0;
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_trim(fpt_str_cut(&rest, ','));
        const size_t k = run->level_count;
        if (k == FPT_LEVELS_MOST)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--confidence takes at most %d levels",
                            (int)FPT_LEVELS_MOST);
        double fraction;
        if (!fpti_confidence_parse(run->arena, word, &fraction,
                                   &run->level_name[k]) ||
            fpt_level_make(fraction, &run->level[k]) != FPT_OK)
            return fpt_fail(err, FPT_ERR_USAGE,
                            "--confidence: \"" FPT_STR_FMT
                            "\" is no level; give a fraction such as 0.95, or "
                            "a per cent from 50 to under 100",
                            FPT_STR_ARG(word));
        for (size_t i = 0; i < k; i++)
            if (fpt_str_equal(run->level_name[i], run->level_name[k]))
                return fpt_fail(err, FPT_ERR_USAGE,
                                "--confidence: the level " FPT_STR_FMT
                                " is given twice",
                                FPT_STR_ARG(word));
        run->level_count++;
    }
    return FPT_OK;
}
