/*
 * Any bytes as parameters and tables of the imported model, cut at the byte
 * 0x1e: the parameters first, then tables by the names in their first lines.
 * Either faults with their table, or a few runs that count nothing negative.
 */
#include "fuzz.h"

#include "fpt/nhp.h"

enum { PARTS = 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpt_str name[PARTS], bytes[PARTS];
    size_t count = 0;
    if (size > 20000) return 0;
    fpt_arena arena = fuzz_arena();
    fpt_str rest = {(const char *)data, size};
    const fpt_str parameters = fpt_str_cut(&rest, 0x1e);
    while (rest.data != NULL && count < PARTS) {
        fpt_str part = fpt_str_cut(&rest, 0x1e);
        name[count] = fpt_str_cut(&part, '\n');
        bytes[count++] = part.data != NULL ? part : FPT_STR("");
    }
    const fpt_nhp_files files = {.count = count, .name = name, .bytes = bytes};
    fpt_report report = fpt_report_make(&arena);
    fpt_nhp *nhp = NULL;
    fpt_error err = {0};
    if (fpt_nhp_read(&arena, "fuzz.json", parameters, &files, &report, &nhp,
                     &err) != FPT_OK) {
        FPT_REQUIRE(err.text[0] != '\0');
    } else if (!fpt_nhp_is_runnable(nhp)) {
        FPT_REQUIRE(report.of_severity[FPT_FAULT] > 0);
    } else {
        fpt_nhp_options o = fpt_nhp_options_default();
        fpt_nhp_result *result;
        size_t results;
        o.runs = 8;
        o.threads = 1;
        if (fpt_nhp_run(&arena, nhp, &o, &result, &results, &err) == FPT_OK)
            for (size_t i = 0; i < results; i++)
                for (uint32_t k = 0; k < o.runs; k++)
                    FPT_REQUIRE(result[i].run[k] >= 0);
    }
    fpt_arena_clear(&arena);
    return 0;
}
