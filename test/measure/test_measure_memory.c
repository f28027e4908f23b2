/* Measuring that runs out of memory, at whatever place, says so and leaks
 * nothing. */
#include "measure/country.h"

#include "ration.h"

static fpt_status figures_of(fpt_measure *measure, const fpt_pack_path *packs,
                             fpt_arena *arena)
{
    static const char *const ids[] = {"ae_4h", "aged_65_over"};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        fpt_indicator in;
        size_t figures, count;
        fpt_figure *figure;
        fpt_contribution *part;
        fpt_placed *placed;
        int64_t *load;
        fpt_str formula;
        FPT_TRY(
            fpt_indicator_open(arena, packs, fpt_str_from(ids[i]), &in, NULL));
        fpt_measure_ask ask = {.indicator = &in,
                               .tier = FPT_STR("system"),
                               .then = i == 0,
                               .on = {17622}, /* 2018-04-01 */
                               .any_grain = true};
        FPT_TRY(
            fpt_measure_figures(measure, arena, &ask, &count, &figure, NULL));
        FPT_TRY(fpt_figure_formula(arena, &in, &figure[0], &formula));
        ask.has_period = true;
        ask.period = figure[0].period;
        FPT_TRY(fpt_measure_parts(measure, arena, &ask, 2, &figures, &figure,
                                  &count, &part, NULL));
        FPT_TRY(fpt_measure_place(measure, arena, FPT_STR("RC1"), ask.period,
                                  &count, &placed, NULL));
        FPT_TRY(fpt_measure_loads(measure, arena, &in, &count, &load, NULL));
    }
    return FPT_OK;
}

static fpt_status use_measure(void *context)
{
    struct country *c = context;
    struct loading *l = c->l;
    const fpt_pack_path own = project_packs();
    fpt_arena arena;
    fpt_tiers tiers;
    fpt_registry *registry = NULL;
    fpt_measure *measure = NULL;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status =
        fpt_tiers_open(&arena, &own, FPT_STR("england"), &tiers, NULL);
    if (status == FPT_OK)
        status = fpt_reg_open(l->w.warehouse, &tiers, (fpt_date){19875},
                              &registry, NULL);
    if (status == FPT_OK)
        status = fpt_measure_open(l->w.warehouse, registry, &tiers, &own,
                                  &measure, NULL);
    if (status == FPT_OK) status = figures_of(measure, &own, &arena);
    if (measure != NULL) fpt_measure_close(measure);
    if (registry != NULL) fpt_reg_close(registry);
    fpt_arena_clear(&arena);
    return status;
}

static void test_running_out_anywhere(void **state)
{
    struct country *c = *state;
    load_footprints(c);
    load_providers(c);
    load_text(c->l, "ae.csv",
              AE_HEADER "2016-04-01,RA1,1,100,10,7\n2016-04-01,RC1,1,30,3,1\n"
                        "2016-04-01,RT1,1,100,61,2\n"
                        "2016-04-01,Q9999,1,19,2,0\n");
    const size_t asked = assert_each_may_run_out(use_measure, c, 20, 29);
    assert_true(asked > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_running_out_anywhere,
                                        set_up_country, tear_down_country),
    };
    return cmocka_run_group_tests_name("measure memory", tests, NULL, NULL);
}
