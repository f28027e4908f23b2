/*
 * Random groups of places as the site writes them, each with what the engine
 * makes of it: one line of JSON a case, for whatif.mjs to compare with.
 */
#include "check.h"
#include "publish_i.h"
#include "rate/league_random.h"

static void add_row(fpt_json *json, size_t count, const double *x)
{
    fpt_json_open_array(json);
    for (size_t i = 0; i < count; i++)
        fpt_json_double(json, x[i]);
    fpt_json_close_array(json);
}

static int one_case(uint32_t number)
{
    fpt_arena arena;
    struct random_league l;
    fpt_league_work work;
    if (fpt_arena_init(&arena, NULL) != FPT_OK) return 1;
    make_random_league(&arena, number, &l);
    const size_t places = l.in.places, nodes = l.rules.nodes;
    fpt_league_output out = {
        .score = FPT_NEW(&arena, double, l.rules.items *places),
        .node_score = FPT_NEW(&arena, double, nodes *places),
        .category = FPT_NEW(&arena, int, nodes *places),
        .ungated = FPT_NEW(&arena, int, nodes *places)};
    if (!fpt_league_work_make(&arena, &l.rules, places, &work)) return 1;
    fpt_league_judge(&l.rules, &l.in, &work, &out);

    fpt_output text = fpt_output_memory(&arena);
    fpt_json json = fpt_json_make(&text, true);
    fpt_json_open_object(&json);
    fpt_json_key(&json, "league");
    fpti_league_json(&json, &l.rules, &l.in);
    fpt_json_key(&json, "item");
    fpt_json_open_array(&json);
    for (size_t i = 0; i < l.rules.items; i++)
        add_row(&json, places, out.score + i * places);
    fpt_json_close_array(&json);
    fpt_json_key(&json, "node");
    fpt_json_open_array(&json);
    for (size_t n = 0; n < nodes; n++)
        add_row(&json, places, out.node_score + n * places);
    fpt_json_close_array(&json);
    fpt_json_key(&json, "category");
    fpt_json_open_array(&json);
    for (size_t n = 0; n < nodes; n++) {
        fpt_json_open_array(&json);
        for (size_t p = 0; p < places; p++)
            fpt_json_int64(&json, out.category[n * places + p]);
        fpt_json_close_array(&json);
    }
    fpt_json_close_array(&json);
    fpt_json_close_object(&json);
    const fpt_str line = fpt_strbuf_view(&text.text);
    const bool good = !text.failed &&
                      fwrite(line.data, 1, line.len, stdout) == line.len &&
                      putchar('\n') != EOF;
    fpt_arena_clear(&arena);
    return good ? 0 : 1;
}

int main(void)
{
    int wrong = 0;
    for (uint32_t number = 0; number < 400; number++)
        wrong |= one_case(number);
    return wrong;
}
