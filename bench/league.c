/*
 * A league table with its uncertainty: 200 organisations, 30 metrics scored by
 * rank, quartiles and ranks of the whole, 10,000 draws; beside it one judgement.
 */
#include "bench.h"

#include <math.h>

#include "fpt/doubt.h"

enum { PLACES = 200, METRICS = 30, CELLS = PLACES * METRICS, DRAWS = 10000 };

struct league {
    fpt_league rules;
    fpt_league_input in;
    fpt_doubt_input input;
    fpt_doubt_options options;
};

static struct league make(fpt_arena *arena)
{
    double *value = bench_doubles(arena, CELLS);
    double *lower = bench_doubles(arena, CELLS);
    double *upper = bench_doubles(arena, CELLS);
    double *none = bench_doubles(arena, CELLS);
    double *least = bench_doubles(arena, METRICS);
    double *most = bench_doubles(arena, METRICS);
    fpt_league_item *item = FPT_NEW(arena, fpt_league_item, METRICS);
    fpt_league_part *part = FPT_NEW(arena, fpt_league_part, METRICS);
    fpt_league_node *node = FPT_NEW(arena, fpt_league_node, 1);
    fpt_league_input *in = FPT_NEW(arena, fpt_league_input, 1);
    bench_need(item != NULL && part != NULL && node != NULL && in != NULL,
               "not enough memory");
    fpt_rng rng = fpt_rng_make(1, 0, 0, 0);
    for (size_t i = 0; i < METRICS; i++) {
        item[i] = (fpt_league_item){.method = FPT_SCORE_RANK, .better = 1};
        part[i] = (fpt_league_part){false, i, 1.0};
        least[i] = 0.0;
        most[i] = 1.0;
    }
    for (size_t i = 0; i < CELLS; i++) {
        value[i] = 0.3 + 0.4 * fpt_rng_uniform(&rng);
        lower[i] = value[i] - 0.05;
        upper[i] = value[i] + 0.06;
        none[i] = (double)NAN;
    }
    *node = (fpt_league_node){.computed = true,
                              .parts = METRICS,
                              .part = part,
                              .least = 1,
                              .cut = FPT_CUT_QUANTILE,
                              .categories = 4,
                              .least_places = 2};
    *in =
        (fpt_league_input){.places = PLACES, .value = value, .published = none};
    return (struct league){
        .rules = {{1.0, 4.0}, METRICS, 1, 0, 0, item, node, NULL},
        .in = *in,
        .input = {in, lower, upper, 0.95, least, most},
        .options = {FPT_DOUBT_SAMPLING, DRAWS, 1, 0, 0.95, 0}};
}

static void draw(void *context)
{
    struct league *l = context;
    fpt_arena arena;
    fpt_doubt out;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK &&
                   fpt_doubt_run(&arena, &l->rules, &l->input, &l->options,
                                 &out) == FPT_OK,
               "the draws failed");
    fpt_arena_clear(&arena);
}

int main(void)
{
    fpt_arena arena;
    bench_need(fpt_arena_init(&arena, NULL) == FPT_OK, "not enough memory");
    struct league l = make(&arena);
    for (unsigned threads = 1; threads <= 2; threads++) {
        l.options.threads = threads;
        const clock_t before = clock();
        const double took = bench_best(3, draw, &l);
        const double each =
            (double)(clock() - before) / (double)CLOCKS_PER_SEC / 3.0;
        bench_figure(
            threads == 1 ? "league, one thread" : "league, two threads", took,
            "s", "200 places, 30 metrics, 10,000 draws; limit 2 s on two");
        /* What it takes where others use the machine too. */
        bench_figure("  processor time of all threads", each, "s", "");
        bench_figure("  a value drawn, ranked and added",
                     1e9 * each / (double)CELLS / DRAWS, "ns", "");
    }
    fpt_arena_clear(&arena);
    return 0;
}
