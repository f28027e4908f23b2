/* Any bytes as a framework pack: it loads, or it is refused in words that name the
 * file; and what loads can be turned into rules and judged. */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fpt/framework.h"

static char root[64];

static void clean_up(void)
{
    fpt_error ignored;
    if (fpt_folder_remove(root, &ignored) != FPT_OK)
        fprintf(stderr, "%s\n", ignored.text);
}

static const char *make_root(void)
{
    if (root[0] != '\0') return root;
    snprintf(root, sizeof root, "/dev/shm/fuzz-framework-XXXXXX");
    if (mkdtemp(root) == NULL) {
        snprintf(root, sizeof root, "/tmp/fuzz-framework-XXXXXX");
        FPT_REQUIRE(mkdtemp(root) != NULL);
    }
    FPT_REQUIRE(atexit(clean_up) == 0);
    return root;
}

/* The file stays open: only its bytes change. */
static void write_pack(fpt_arena *arena, const uint8_t *data, size_t size)
{
    static int file = -1;
    if (file < 0) {
        char *folder = fpt_path_join(arena, make_root(), "frameworks/made/1");
        FPT_REQUIRE(folder != NULL && fpt_folder_make(folder, NULL) == FPT_OK);
        char *path = fpt_path_join(arena, folder, "pack.yaml");
        file = path != NULL ? open(path, O_RDWR | O_CREAT, 0600) : -1;
    }
    FPT_REQUIRE(file >= 0 && ftruncate(file, 0) == 0 &&
                pwrite(file, data, size, 0) == (ssize_t)size);
}

static void judge(fpt_arena *arena, const fpt_framework *f)
{
    enum { PLACES = 2 };
    fpt_league rules;
    fpt_league_work work;
    FPT_REQUIRE(fpt_framework_rules(arena, f, NULL, &rules, NULL) == FPT_OK);
    const size_t items = f->items * PLACES, nodes = f->nodes * PLACES;
    double *value = FPT_NEW(arena, double, items);
    double *flag = FPT_NEW(arena, double, f->flags *PLACES);
    double *score = FPT_NEW(arena, double, items);
    double *node_score = FPT_NEW(arena, double, nodes);
    int *ungated = FPT_NEW(arena, int, nodes);
    int *category = FPT_NEW(arena, int, nodes);
    double *rank = FPT_NEW(arena, double, nodes);
    FPT_REQUIRE(value != NULL && flag != NULL && score != NULL &&
                node_score != NULL && ungated != NULL && category != NULL &&
                rank != NULL &&
                fpt_league_work_make(arena, &rules, PLACES, &work));
    for (size_t i = 0; i < items; i++)
        value[i] = (double)(i % 5);
    const fpt_league_input in = {
        .places = PLACES, .value = value, .published = value, .flag = flag};
    fpt_league_output out = {.score = score,
                             .node_score = node_score,
                             .ungated = ungated,
                             .category = category,
                             .rank = rank};
    fpt_league_judge(&rules, &in, &work, &out);
    for (size_t i = 0; i < nodes; i++)
        FPT_REQUIRE(category[i] >= 0 && (size_t)category[i] <= f->categories);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 8192) return 0;
    fpt_arena arena = fuzz_arena();
    fpt_framework f;
    fpt_error err = {0};
    const char *folder[] = {make_root()};
    const fpt_pack_path path = {1, folder};
    write_pack(&arena, data, size);
    const fpt_status status = fpt_framework_open(&arena, &path, FPT_STR("made"),
                                                 (fpt_str){0}, &f, &err);
    if (status == FPT_OK)
        judge(&arena, &f);
    else
        FPT_REQUIRE(err.text[0] != '\0');
    fpt_arena_clear(&arena);
    return 0;
}
