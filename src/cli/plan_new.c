/*
 * plan new: the worked example, or a plan begun from what the workspace holds of
 * a place.
 */
#include "fpt/outset.h"
#include "plan.h"

static fpt_status gather(cli_call *call, cli_place *place, fpt_outset *out,
                         fpt_error *err)
{
    fpt_pack_path packs;
    fpt_outset_pack *pack = FPT_NEW(call->arena, fpt_outset_pack, 1);
    fpt_measure *measure;
    fpt_period year;
    if (pack == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    const char *period = cli_option(call, "period");
    if (period == NULL)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--place wants --period: the financial year that the "
                        "plan starts from, as 2017/18");
    if (!fpt_fy_parse(fpt_str_from(period), &year))
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--period is a financial year, as 2017/18, not \"%s\"",
                        period);
    FPT_TRY(cli_packs(call, &packs, err));
    FPT_TRY(fpt_outset_pack_open(call->arena, &packs, FPT_STR("published"),
                                 pack, err));
    FPT_TRY(fpt_measure_open(place->workspace.warehouse, place->registry,
                             &place->tiers, &packs, &measure, err));
    const fpt_status status = fpt_outset_gather(
        measure, call->arena, pack, fpt_str_from(cli_option(call, "place")),
        year, out, err);
    fpt_measure_close(measure);
    return status;
}

static fpt_status from_place(cli_call *call, fpt_error *err)
{
    cli_place place;
    fpt_outset outset;
    size_t unknown = 0;
    FPT_TRY(cli_place_open(call, true, &place, err));
    fpt_status status = gather(call, &place, &outset, err);
    if (status == FPT_OK)
        status = fpt_outset_write(*call->arena, &outset, call->argument[0],
                                  &unknown, err);
    cli_place_close(&place);
    FPT_TRY(status);
    cli_say(
        call,
        "Began a plan of %.*s in %s. %zu figures and the people of years to "
        "come are unknown; footprint plan check %s lists them",
        FPT_STR_ARG(outset.name), call->argument[0], unknown,
        call->argument[0]);
    return FPT_OK;
}

fpt_status run_plan_new(cli_call *call, fpt_error *err)
{
    if (cli_option(call, "place") != NULL) return from_place(call, err);
    FPT_TRY(fpt_plan_new(*call->arena, call->argument[0], err));
    cli_say(call,
            "Made the worked example in %s. Change it, then: footprint plan "
            "check %s",
            call->argument[0], call->argument[0]);
    return FPT_OK;
}
