/*
 * Any bytes as a published file, by each of the project's source packs in turn:
 * the first byte chooses the pack. The header is bound, and every record is read
 * to facts, rejects and checks, or the file is refused with a sentence.
 */
#include "reading.h"

static fpti_source *sources;
static size_t source_count;

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    static fpt_arena arena;
    static const char *const folder[] = {"packs"};
    const fpt_pack_path packs = {1, folder};
    fpt_str *names;
    fpt_error err = {0};
    FPT_REQUIRE(fpt_arena_init(&arena, NULL) == FPT_OK);
    FPT_REQUIRE(fpt_pack_list(&arena, &packs, "sources", &source_count, &names,
                              &err) == FPT_OK);
    sources = FPT_NEW(&arena, fpti_source, source_count);
    FPT_REQUIRE(sources != NULL && source_count > 0);
    size_t used = 0;
    for (size_t i = 0; i < source_count; i++) {
        FPT_REQUIRE(fpti_source_open(&arena, &packs, names[i], (fpt_str){0},
                                     &sources[used], &err) == FPT_OK);
        if (!sources[used].geojson) used++; /* fuzz_geojson reads those */
    }
    source_count = used;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const unsigned which = fuzz_take_byte(&data, &size);
    fuzz_read(&sources[which % source_count], fuzz_file(data, size));
    return 0;
}
