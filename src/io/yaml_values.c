/*
 * Typed values out of a tree, and the question which keys nobody took.
 */
#include <stdarg.h>
#include <stdio.h>

#include "fpt/yaml.h"

fpt_status fpt_yaml_fail(const fpt_yaml *node, fpt_error *err,
                         const char *format, ...)
{
    char text[FPT_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return fpt_fail(err, FPT_ERR_INPUT, "%s:%d:%d: %s", node->file, node->line,
                    node->column, text);
}

static bool is_null(const fpt_yaml *node)
{
    return node->kind == FPT_YAML_SCALAR && !node->quoted &&
           (node->text.len == 0 || fpt_str_equal(node->text, FPT_STR("null")) ||
            fpt_str_equal(node->text, FPT_STR("~")));
}

fpt_yaml *fpt_yaml_find(fpt_yaml *map, const char *key)
{
    if (map->kind != FPT_YAML_MAP) return NULL;
    const fpt_str wanted = fpt_str_from(key);
    for (size_t i = 0; i < map->count; i++) {
        if (!fpt_str_equal(map->key[i], wanted)) continue;
        map->item[i].taken = true;
        return is_null(&map->item[i]) ? NULL : &map->item[i];
    }
    return NULL;
}

static fpt_status need(fpt_yaml *map, const char *key, bool required,
                       fpt_yaml **out, fpt_error *err)
{
    *out = NULL;
    if (map->kind != FPT_YAML_MAP)
        return fpt_yaml_fail(map, err,
                             "expected keys and values, to find \"%s\"", key);
    *out = fpt_yaml_find(map, key);
    if (*out != NULL || !required) return FPT_OK;
    return fpt_yaml_fail(map, err, "the key \"%s\" is missing", key);
}

static fpt_status need_scalar(fpt_yaml *map, const char *key, bool required,
                              fpt_yaml **out, fpt_error *err)
{
    FPT_TRY(need(map, key, required, out, err));
    if (*out == NULL || (*out)->kind == FPT_YAML_SCALAR) return FPT_OK;
    return fpt_yaml_fail(*out, err, "\"%s\" must be one value", key);
}

fpt_status fpt_yaml_text(fpt_yaml *map, const char *key, bool required,
                         fpt_str *out, fpt_error *err)
{
    fpt_yaml *node = NULL;
    FPT_TRY(need_scalar(map, key, required, &node, err));
    if (node != NULL) *out = node->text;
    return FPT_OK;
}

fpt_status fpt_yaml_int64(fpt_yaml *map, const char *key, bool required,
                          int64_t *out, fpt_error *err)
{
    fpt_yaml *node = NULL;
    FPT_TRY(need_scalar(map, key, required, &node, err));
    if (node == NULL || fpt_parse_int64(node->text, out)) return FPT_OK;
    return fpt_yaml_fail(node, err,
                         "\"%s\" is \"%.*s\", expected a whole number", key,
                         FPT_STR_ARG(node->text));
}

fpt_status fpt_yaml_double(fpt_yaml *map, const char *key, bool required,
                           double *out, fpt_error *err)
{
    fpt_yaml *node = NULL;
    FPT_TRY(need_scalar(map, key, required, &node, err));
    if (node == NULL || fpt_parse_double(node->text, out)) return FPT_OK;
    return fpt_yaml_fail(node, err, "\"%s\" is \"%.*s\", expected a number",
                         key, FPT_STR_ARG(node->text));
}

fpt_status fpt_yaml_bool(fpt_yaml *map, const char *key, bool required,
                         bool *out, fpt_error *err)
{
    static const char *const words[] = {"no", "yes", "false", "true"};
    int index = -1;
    FPT_TRY(fpt_yaml_choice(map, key, required, words, 4, &index, err));
    if (index >= 0) *out = index % 2 == 1;
    return FPT_OK;
}

fpt_status fpt_yaml_date(fpt_yaml *map, const char *key, bool required,
                         fpt_date *out, fpt_error *err)
{
    fpt_yaml *node = NULL;
    FPT_TRY(need_scalar(map, key, required, &node, err));
    if (node == NULL || fpt_date_parse(node->text, FPT_DATE_ISO, out))
        return FPT_OK;
    return fpt_yaml_fail(
        node, err, "\"%s\" is \"%.*s\", expected a date such as 2017-04-01",
        key, FPT_STR_ARG(node->text));
}

fpt_status fpt_yaml_choice(fpt_yaml *map, const char *key, bool required,
                           const char *const *words, size_t count, int *out,
                           fpt_error *err)
{
    fpt_yaml *node = NULL;
    FPT_TRY(need_scalar(map, key, required, &node, err));
    if (node == NULL) return FPT_OK;
    for (size_t i = 0; i < count; i++) {
        if (!fpt_str_equal(node->text, fpt_str_from(words[i]))) continue;
        *out = (int)i;
        return FPT_OK;
    }
    char list[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < count && used < sizeof list; i++) {
        const int wrote = snprintf(list + used, sizeof list - used, "%s%s",
                                   i == 0 ? "" : ", ", words[i]);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    return fpt_yaml_fail(node, err, "\"%s\" is \"%.*s\", expected one of %s",
                         key, FPT_STR_ARG(node->text), list);
}

fpt_status fpt_yaml_map(fpt_yaml *map, const char *key, bool required,
                        fpt_yaml **out, fpt_error *err)
{
    fpt_yaml *node;
    FPT_TRY(need(map, key, required, &node, err));
    if (node != NULL && node->kind != FPT_YAML_MAP)
        return fpt_yaml_fail(node, err, "\"%s\" must hold keys and values",
                             key);
    *out = node;
    return FPT_OK;
}

fpt_status fpt_yaml_list(fpt_yaml *map, const char *key, bool required,
                         fpt_yaml **out, fpt_error *err)
{
    fpt_yaml *node;
    FPT_TRY(need(map, key, required, &node, err));
    if (node != NULL && node->kind != FPT_YAML_LIST)
        return fpt_yaml_fail(node, err, "\"%s\" must be a list", key);
    *out = node;
    return FPT_OK;
}

fpt_status fpt_yaml_texts(fpt_arena *arena, fpt_yaml *map, const char *key,
                          bool required, size_t *count, fpt_str **out,
                          fpt_error *err)
{
    fpt_yaml *node = NULL;
    FPT_TRY(need(map, key, required, &node, err));
    if (node == NULL) {
        *count = 0;
        *out = NULL;
        return FPT_OK;
    }
    const bool one = node->kind == FPT_YAML_SCALAR;
    if (node->kind == FPT_YAML_MAP)
        return fpt_yaml_fail(node, err, "\"%s\" must be a list of texts", key);
    const size_t n = one ? 1 : node->count;
    fpt_str *texts = FPT_NEW(arena, fpt_str, n);
    if (texts == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory", node->file);
    for (size_t i = 0; i < n; i++) {
        fpt_yaml *item = one ? node : &node->item[i];
        item->taken = true;
        if (item->kind != FPT_YAML_SCALAR)
            return fpt_yaml_fail(item, err, "\"%s\" must be a list of texts",
                                 key);
        texts[i] = item->text;
    }
    *count = n;
    *out = texts;
    return FPT_OK;
}

void fpt_yaml_take_all(fpt_yaml *node)
{
    node->taken = true;
    for (size_t i = 0; i < node->count; i++)
        fpt_yaml_take_all(&node->item[i]);
}

fpt_status fpt_yaml_all_taken(const fpt_yaml *node, fpt_error *err)
{
    for (size_t i = 0; i < node->count; i++) {
        const fpt_yaml *item = &node->item[i];
        if (node->kind == FPT_YAML_MAP && !item->taken)
            return fpt_fail(err, FPT_ERR_INPUT,
                            "%s:%d:%d: nobody knows the key \"%.*s\"",
                            item->file, item->key_line, item->key_column,
                            FPT_STR_ARG(node->key[i]));
        FPT_TRY(fpt_yaml_all_taken(item, err));
    }
    return FPT_OK;
}
