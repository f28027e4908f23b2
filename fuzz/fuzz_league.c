/* Ratings and their doubt, opportunity, trajectories, cost of an outcome: scores
 * within their scale, ranks within their number, chances that are chances, limits
 * in order; refusals leave results alone. */
#include "numbers.h"

#include "fpt/doubt.h"
#include "fpt/num.h"
#include "fpt/opportunity.h"
#include "fpt/trajectory.h"
#include "fpt/worth.h"

enum {
    ITEMS = 3,
    PLACES = 5,
    CELLS = ITEMS * PLACES,
    DRAWS = 100,
    FEW_DRAWS = 20
};

/* A figure as a workspace has it: NaN or finite. */
static double figure(struct fuzz_source *source)
{
    const double x = fuzz_double(source);
    return fabs(x) < 1e100 ? x : (double)NAN;
}

static void check_node(const fpt_league_output *out, const fpt_league *rules,
                       size_t n)
{
    for (size_t p = 0; p < PLACES; p++) {
        const size_t at = n * PLACES + p;
        const double rank = out->rank[at];
        FPT_REQUIRE(isnan(rank) || (rank >= 1.0 && rank <= PLACES));
        FPT_REQUIRE(out->category[at] >= 0 &&
                    (size_t)out->category[at] <= fpt_league_most(rules));
        FPT_REQUIRE(!isnan(out->node_score[at]) || out->ungated[at] == 0);
    }
}

static void check_items(const fpt_league_output *out, const fpt_league *rules)
{
    for (size_t i = 0; i < ITEMS; i++) {
        if (rules->item[i].method != FPT_SCORE_RANK) continue;
        for (size_t p = 0; p < PLACES; p++) {
            const double s = out->score[i * PLACES + p];
            FPT_REQUIRE(isnan(s) || (s >= 1.0 && s <= 4.0));
        }
    }
}

static void check_doubt(fpt_arena *arena, const fpt_league *rules,
                        const fpt_league_input *in, struct fuzz_source *source,
                        unsigned kind)
{
    double lower[CELLS], upper[CELLS], least[ITEMS], most[ITEMS];
    fpt_doubt a, b;
    for (size_t i = 0; i < CELLS; i++) {
        const double wide = fabs(figure(source));
        lower[i] = in->value[i] - wide;
        upper[i] = in->value[i] + 2.0 * wide;
    }
    for (size_t i = 0; i < ITEMS; i++) {
        least[i] = kind % 3 == 0 ? 0.0 : -HUGE_VAL;
        most[i] = HUGE_VAL;
    }
    const fpt_doubt_input input = {in, lower, upper, 0.95, least, most};
    fpt_doubt_options options = {.kind = kind % 2 == 0 ? FPT_DOUBT_SAMPLING
                                                       : FPT_DOUBT_METRICS,
                                 .draws = FEW_DRAWS,
                                 .seed = kind,
                                 .confidence = fuzz_confidence(source),
                                 .threads = 1};
    if (fpt_doubt_run(arena, rules, &input, &options, &a) != FPT_OK) return;
    /* Threads are slow to start: one input in 32 is enough. */
    if (kind % 32 != 3) return;
    options.threads = 2;
    FPT_REQUIRE(fpt_doubt_run(arena, rules, &input, &options, &b) == FPT_OK);
    for (size_t at = 0; at < rules->nodes * PLACES; at++) {
        double sum = 0.0;
        for (size_t k = 0; k < a.categories; k++)
            sum += a.chance[at * a.categories + k];
        FPT_REQUIRE(isnan(sum) || (sum >= 0.0 && sum <= 1.0 + 1e-9));
        FPT_REQUIRE(!(a.score_lower[at] > a.score_upper[at]));
        FPT_REQUIRE(!(a.rank_lower[at] > a.rank_upper[at]));
        FPT_REQUIRE(memcmp(&a.score_lower[at], &b.score_lower[at],
                           sizeof(double)) == 0);
        FPT_REQUIRE(a.scored[at] == b.scored[at]);
    }
}

static void fuzz_league(struct fuzz_source *source, unsigned kind)
{
    static const fpt_score_method methods[] = {
        FPT_SCORE_VALUE, FPT_SCORE_RANK,       FPT_SCORE_Z,
        FPT_SCORE_RANK,  FPT_SCORE_PERCENTILE, FPT_SCORE_PUBLISHED};
    fpt_arena arena = fuzz_arena();
    double value[CELLS], published[CELLS], flag[PLACES], at[] = {2.0, 3.0};
    const int64_t counts[] = {1, 2, 1};
    fpt_league_item item[ITEMS];
    fpt_league_part part[ITEMS];
    for (size_t i = 0; i < ITEMS; i++) {
        item[i] =
            (fpt_league_item){.method = methods[fuzz_bits(source, 1) % 6],
                              .better = fuzz_bits(source, 1) % 2 == 0 ? 1 : -1};
        part[i] = (fpt_league_part){false, i,
                                    (double)(1 + fuzz_bits(source, 1)) / 16.0};
    }
    for (size_t i = 0; i < CELLS; i++) {
        value[i] = figure(source);
        published[i] = figure(source);
    }
    for (size_t p = 0; p < PLACES; p++)
        flag[p] = kind % 5 == 0 ? (double)NAN : (double)(p % 2);
    const fpt_league_part whole[] = {{true, 0, 0.5}, {false, 2, 0.5}};
    const fpt_league_node node[] = {
        {.computed = true,
         .parts = ITEMS,
         .part = part,
         .least = 1,
         .missing = (fpt_missing_rule)(kind / 4 % 3),
         .cut = (fpt_cut_method)(2 + kind / 16 % 3),
         .categories = 3,
         .at = at,
         .counts = counts,
         .least_places = 2},
        {.computed = true,
         .parts = 2,
         .part = whole,
         .least = 1,
         .cut = FPT_CUT_QUANTILE,
         .categories = 3,
         .least_places = 2,
         .by_category = true}};
    const fpt_league_gate gate = {.node = 1,
                                  .on_category = true,
                                  .when = FPT_GATE_FLAG,
                                  .is = 1.0,
                                  .then = FPT_GATE_AT_LEAST,
                                  .value = 2.0};
    const fpt_league rules = {{1, 4}, ITEMS, 2, 1, 1, item, node, &gate};
    const fpt_league_input in = {
        .places = PLACES, .value = value, .published = published, .flag = flag};
    double score[CELLS], node_score[2 * PLACES], rank[2 * PLACES];
    int ungated[2 * PLACES], category[2 * PLACES];
    fpt_league_output out = {.score = score,
                             .node_score = node_score,
                             .rank = rank,
                             .ungated = ungated,
                             .category = category};
    fpt_league_work work;
    FPT_REQUIRE(fpt_league_work_make(&arena, &rules, PLACES, &work));
    fpt_league_judge(&rules, &in, &work, &out);
    check_items(&out, &rules);
    for (size_t n = 0; n < 2; n++)
        check_node(&out, &rules, n);
    check_doubt(&arena, &rules, &in, source, kind);
    fpt_arena_clear(&arena);
}

static void fuzz_opportunity(struct fuzz_source *source, unsigned kind)
{
    double x[4], n[4], se[4], work[DRAWS];
    fpt_opportunity o = {.mean = 77};
    for (size_t i = 0; i < 4; i++) {
        x[i] = fuzz_double(source);
        n[i] = fuzz_double(source);
        se[i] = fuzz_double(source);
    }
    const fpt_opportunity_options options = {
        .kind = (fpt_opportunity_kind)(kind % 3),
        .better = kind % 2 == 0 ? 1 : -1,
        .best = 1 + kind / 8 % 3,
        .draws = DRAWS,
        .seed = 1,
        .confidence = fuzz_confidence(source)};
    if (fpt_opportunity_find(3, x, n, se, &options, work, &o) != FPT_OK) {
        FPT_REQUIRE(o.mean == 77.0);
        return;
    }
    FPT_REQUIRE(o.lower <= o.upper && o.published >= 0.0);
    FPT_REQUIRE(o.chance >= 0.0 && o.chance <= 1.0);
    FPT_REQUIRE(isnan(o.noise) || (o.noise >= 0.0 && o.noise <= 1.0));
}

static void fuzz_trajectory(struct fuzz_source *source, unsigned kind)
{
    enum { BASE = 4 };
    const double year[BASE] = {2010, 2011, 2012, 2013};
    double x[2][BASE], n[2][BASE], people[3], work[2 * DRAWS];
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < BASE; i++) {
            x[s][i] = fuzz_double(source);
            n[s][i] = fuzz_double(source);
        }
    for (size_t i = 0; i < 3; i++)
        people[i] = fuzz_double(source);
    const fpt_past local = {BASE, year, x[0], n[0]};
    const fpt_past nation = {BASE, year, x[1], n[1]};
    const fpt_trajectory_options options = {
        .log_scale = kind % 2 == 0,
        .better = kind / 2 % 2 == 0 ? 1 : -1,
        .course = (fpt_course)(kind / 4 % 3),
        .draws = DRAWS,
        .seed = 1,
        .confidence = fuzz_confidence(source)};
    fpt_trajectory t = {.chance = 77};
    if (fpt_trajectory_find(&local, &nation, 3, people, &options, work, &t) !=
        FPT_OK) {
        FPT_REQUIRE(t.chance == 77.0);
        return;
    }
    FPT_REQUIRE(t.final_year.lower <= t.final_year.upper);
    FPT_REQUIRE(t.cumulative.lower <= t.cumulative.upper);
    FPT_REQUIRE(t.chance >= 0.0 && t.chance <= 1.0);
}

static void fuzz_worth(struct fuzz_source *source)
{
    fpt_worth w = {.cost = figure(source),
                   .effect = figure(source),
                   .cost_variance = fabs(figure(source)),
                   .effect_variance = fabs(figure(source))};
    const double r = (double)fuzz_bits(source, 1) / 127.5 - 1.0;
    w.covariance = r * sqrt(w.cost_variance) * sqrt(w.effect_variance);
    const fpt_worth_ratio ratio = fpt_worth_fieller(&w, 1.96);
    FPT_REQUIRE(!(ratio.lower > ratio.value) && !(ratio.value > ratio.upper));
    const double chance = fpt_worth_accepted(&w, fabs(figure(source)));
    FPT_REQUIRE(isnan(chance) || (chance >= 0.0 && chance <= 1.0));
    if (isnan(w.cost + w.effect + w.cost_variance + w.effect_variance)) return;
    const fpt_worth_plane p = fpt_worth_quarters(&w);
    const double sum =
        p.better_cheaper + p.better_dearer + p.worse_cheaper + p.worse_dearer;
    FPT_REQUIRE(fabs(sum - 1.0) < 1e-9);
    FPT_REQUIRE(fmin(fmin(p.better_cheaper, p.better_dearer),
                     fmin(p.worse_cheaper, p.worse_dearer)) >= 0.0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const unsigned what = fuzz_take_byte(&data, &size);
    const unsigned kind = fuzz_take_byte(&data, &size);
    struct fuzz_source source = {data, size};
    switch (what % 4) {
    case 0:
        fuzz_league(&source, kind);
        break;
    case 1:
        fuzz_opportunity(&source, kind);
        break;
    case 2:
        fuzz_trajectory(&source, kind);
        break;
    default:
        fuzz_worth(&source);
    }
    return 0;
}
