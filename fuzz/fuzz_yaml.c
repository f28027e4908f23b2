/*
 * Any bytes as YAML: a tree whose places lie in the text, or a message that
 * names file, line and column. Every typed getter is asked for every key.
 */
#include "fuzz.h"

#include <stdio.h>

#include "fpt/yaml.h"

static void require_message(const fpt_error *err)
{
    int line, column;
    FPT_REQUIRE(err->code == FPT_ERR_INPUT);
    FPT_REQUIRE(sscanf(err->text, "fuzz.yaml:%d:%d: ", &line, &column) == 2);
    FPT_REQUIRE(line >= 1 && column >= 1);
}

static void require_outcome(fpt_status status, const fpt_error *err)
{
    if (status != FPT_OK) require_message(err);
}

static void ask_everything(fpt_arena *arena, fpt_yaml *map, const char *key)
{
    static const char *const words[] = {"red", "amber", "green"};
    fpt_str text = {0}, *texts;
    int64_t whole;
    double real;
    bool truth;
    fpt_date date;
    int choice = 0;
    size_t count;
    fpt_yaml *node;
    for (int required = 0; required < 2; required++) {
        const bool r = required == 1;
        fpt_error e = {0};
        require_outcome(fpt_yaml_text(map, key, r, &text, &e), &e);
        require_outcome(fpt_yaml_int64(map, key, r, &whole, &e), &e);
        require_outcome(fpt_yaml_double(map, key, r, &real, &e), &e);
        require_outcome(fpt_yaml_bool(map, key, r, &truth, &e), &e);
        require_outcome(fpt_yaml_date(map, key, r, &date, &e), &e);
        require_outcome(fpt_yaml_choice(map, key, r, words, 3, &choice, &e),
                        &e);
        FPT_REQUIRE(choice >= 0 && choice < 3);
        require_outcome(fpt_yaml_map(map, key, r, &node, &e), &e);
        require_outcome(fpt_yaml_list(map, key, r, &node, &e), &e);
        require_outcome(fpt_yaml_texts(arena, map, key, r, &count, &texts, &e),
                        &e);
    }
}

static void walk(fpt_arena *arena, fpt_yaml *node, int depth)
{
    FPT_REQUIRE(node->line >= 1 && node->column >= 1 && depth <= 65);
    FPT_REQUIRE(node->kind != FPT_YAML_SCALAR || node->count == 0);
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == FPT_YAML_MAP) {
            FPT_REQUIRE(node->item[i].key_line >= 1 &&
                        node->item[i].key_line <= node->item[i].line);
            /* The text is NUL-terminated; a key with a NUL in it is another. */
            if (strlen(node->key[i].data) == node->key[i].len)
                ask_everything(arena, node, node->key[i].data);
        }
        walk(arena, &node->item[i], depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpt_arena arena = fuzz_arena();
    fpt_yaml tree;
    fpt_error err = {0};
    const fpt_status status =
        fpt_yaml_parse(&arena, "fuzz.yaml", fuzz_text(data, size), &tree, &err);
    if (status != FPT_OK) {
        require_message(&err);
    } else {
        FPT_REQUIRE(err.text[0] == '\0');
        require_outcome(fpt_yaml_all_taken(&tree, &err), &err);
        walk(&arena, &tree, 0);
        fpt_yaml_take_all(&tree);
        FPT_REQUIRE(fpt_yaml_all_taken(&tree, NULL) == FPT_OK);
    }
    fpt_arena_clear(&arena);
    return 0;
}
