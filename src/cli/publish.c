/*
 * publish: the static site.
 */
#include "fpt/publish.h"
#include "cli.h"

static fpt_status publish(cli_call *call, cli_place *place, fpt_error *err)
{
    fpt_publish_options options = {.struct_size = sizeof options,
                                   .today = call->today};
    fpt_publish_result result;
    fpt_pack_path packs;
    const char *share;
    const fpt_log log = cli_log(call);
    FPT_TRY(cli_packs(call, &packs, err));
    FPT_TRY(cli_share(call, &share, err));
    options.packs = &packs;
    options.log = &log;
    options.assets = fpt_path_join(call->arena, share, "web");
    options.out = cli_option(call, "out");
    if (options.out == NULL)
        options.out =
            fpt_path_join(call->arena, place->workspace.folder, "site");
    if (options.assets == NULL || options.out == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(fpt_publish(&place->workspace, place->registry, &place->tiers,
                        &options, &result, err));
    cli_say(call, "%lld pages, %lld files, %lld bytes: open %s/index.html",
            (long long)result.pages, (long long)result.files,
            (long long)result.bytes, options.out);
    return FPT_OK;
}

fpt_status run_publish(cli_call *call, fpt_error *err)
{
    cli_place place;
    FPT_TRY(cli_place_open(call, true, &place, err));
    const fpt_status status = publish(call, &place, err);
    cli_place_close(&place);
    return status;
}
