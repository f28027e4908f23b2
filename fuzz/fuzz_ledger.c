/*
 * Any bytes as the body of a ledger's entry of a load: refused, or a file below
 * sources/ and nowhere else.
 */
#include "fuzz.h"

#include "load_i.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpt_arena arena = fuzz_arena();
    struct replay replay = {0};
    fpt_error err = {0};
    const fpt_ledger_entry entry = {.seq = 1,
                                    .kind = FPT_STR("load"),
                                    .body = fuzz_text(data, size),
                                    .on = {17257}};
    const fpt_status status =
        fpti_replay_read(&arena, &entry, "sources", &replay, &err);
    if (status == FPT_OK) {
        FPT_REQUIRE(strlen(replay.file.path) == strlen("sources/") + 64);
        FPT_REQUIRE(strchr(replay.file.path + strlen("sources/"), '/') == NULL);
        FPT_REQUIRE(replay.file.source.len > 0 && replay.version.len > 0);
    } else {
        FPT_REQUIRE(status == FPT_ERR_STORE && err.text[0] != '\0');
    }
    fpt_arena_clear(&arena);
    return 0;
}
