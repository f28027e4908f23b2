/*
 * Any bytes as outlines of areas: shapes for the store, or a sentence that names
 * the feature.
 */
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const fpti_source source = {.geojson = true,
                                       .code_property = {"code", 4},
                                       .name_property = {"name", 4},
                                       .area_kind = {"icb", 3}};
    fuzz_read(&source, fuzz_file(data, size));
    return 0;
}
