/*
 * Any bytes as a pack.yaml: of a source, an indicator, an attribution, of tiers or
 * of a job, by the first byte. It loads, or is refused with file, line and column.
 * A source that loads reads a small file.
 */
#include "reading.h"

#include <fcntl.h>

#include "fpt/measure.h"
#include "measure_i.h"

static const char *const kinds[] = {"sources", "indicators", "attribution",
                                    "tiers", "jobs"};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *folder[1];
static char file[KINDS][96];

int LLVMFuzzerInitialize(int *argc, char ***argv);

static void clean_up(void)
{
    fpt_error ignored;
    if (fpt_folder_remove(folder[0], &ignored) != FPT_OK)
        fprintf(stderr, "%s\n", ignored.text);
}

/* One pack of each kind, in memory where the machine has such a place. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    static char memory[] = "/dev/shm/fuzz-pack-XXXXXX",
                disk[] = "/tmp/fuzz-pack-XXXXXX";
    folder[0] = mkdtemp(memory);
    if (folder[0] == NULL) folder[0] = mkdtemp(disk);
    FPT_REQUIRE(folder[0] != NULL && atexit(clean_up) == 0);
    for (size_t k = 0; k < KINDS; k++) {
        char path[96];
        snprintf(path, sizeof path, "%s/%s/x/1", folder[0], kinds[k]);
        FPT_REQUIRE(fpt_folder_make(path, NULL) == FPT_OK);
        snprintf(file[k], sizeof file[k], "%s/pack.yaml", path);
    }
    return 0;
}

/* The file stays open: only its bytes change. */
static void put(unsigned kind, const uint8_t *data, size_t size)
{
    static int open_file[KINDS];
    if (open_file[kind] == 0)
        open_file[kind] = open(file[kind], O_RDWR | O_CREAT, 0600);
    FPT_REQUIRE(open_file[kind] > 0 && ftruncate(open_file[kind], 0) == 0 &&
                pwrite(open_file[kind], data, size, 0) == (ssize_t)size);
}

static fpt_status open_source(fpt_arena *arena, const fpt_pack_path *packs,
                              fpt_error *err)
{
    static const char small[] = "a,b,c\n1,2017-04,x\n\"2\n\",,y\n,TOTAL,-\n";
    fpti_source source;
    FPT_TRY(fpti_source_open(arena, packs, FPT_STR("x"), (fpt_str){0}, &source,
                             err));
    if (!source.geojson) fuzz_read(&source, fuzz_file(small, sizeof small - 1));
    return FPT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const unsigned kind = fuzz_take_byte(&data, &size) % KINDS;
    const fpt_pack_path packs = {1, folder};
    fpt_arena arena = fuzz_arena();
    fpt_error err = {0};
    fpt_status status = FPT_OK;
    put(kind, data, size);
    if (kind == 0) {
        status = open_source(&arena, &packs, &err);
    } else if (kind == 1) {
        fpt_indicator indicator;
        status =
            fpt_indicator_open(&arena, &packs, FPT_STR("x"), &indicator, &err);
    } else if (kind == 2) {
        size_t count;
        fpti_attribution *list;
        status = fpti_attribution_list(&arena, &packs, &count, &list, &err);
    } else if (kind == 3) {
        fpt_tiers tiers;
        status = fpt_tiers_open(&arena, &packs, FPT_STR("x"), &tiers, &err);
    } else {
        fpt_job job;
        status = fpt_job_open(&arena, &packs, FPT_STR("x"), &job, &err);
    }
    require_told(status, &err);
    fpt_arena_clear(&arena);
    return 0;
}
