/*
 * Packs are found by their folders. What stands nearer to the front of the path
 * wins, so that a workspace can carry a version of its own.
 */
#include "fpt/pack.h"

#include <stdlib.h>

static int by_bytes(const void *a, const void *b)
{
    return fpt_str_compare(*(const fpt_str *)a, *(const fpt_str *)b);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The run of digits at text[*at] without leading zeros; *at moves behind it. */
static fpt_str digit_run(fpt_str text, size_t *at)
{
    while (*at < text.len && text.data[*at] == '0')
        ++*at;
    const size_t from = *at;
    while (*at < text.len && is_digit(text.data[*at]))
        ++*at;
    return fpt_str_slice(text, from, *at - from);
}

/* Runs of digits are compared as numbers: 2 before 10. Of two that are equal so
 * (1 and 01) the order of bytes decides, so that there is always one. */
static int by_nature(const void *left, const void *right)
{
    const fpt_str a = *(const fpt_str *)left, b = *(const fpt_str *)right;
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        if (is_digit(a.data[i]) && is_digit(b.data[j])) {
            const fpt_str m = digit_run(a, &i), n = digit_run(b, &j);
            if (m.len != n.len) return m.len < n.len ? -1 : 1;
            const int order = fpt_str_compare(m, n);
            if (order != 0) return order;
        } else {
            const unsigned char c = (unsigned char)a.data[i++];
            const unsigned char d = (unsigned char)b.data[j++];
            if (c != d) return c < d ? -1 : 1;
        }
    }
    if (i < a.len || j < b.len) return i < a.len ? 1 : -1;
    return fpt_str_compare(a, b);
}

/* Is FOLDER/name a folder, with a file `holding` in it unless that is NULL? */
static fpt_status is_wanted(fpt_arena *arena, const char *folder,
                            const char *name, const char *holding, bool *out)
{
    const char *full = fpt_path_join(arena, folder, name);
    if (full == NULL) return FPT_ERR_MEMORY;
    *out = fpt_file_kind_of(full) == FPT_FILE_FOLDER;
    if (!*out || holding == NULL) return FPT_OK;
    const char *file = fpt_path_join(arena, full, holding);
    if (file == NULL) return FPT_ERR_MEMORY;
    *out = fpt_file_kind_of(file) == FPT_FILE_REGULAR;
    return FPT_OK;
}

/* The folders in FOLDER/below of every part of the path, each name once; only
 * those with a file `holding` in them, unless it is NULL. */
static fpt_status list_folders(fpt_arena *arena, const fpt_pack_path *path,
                               const char *below, const char *holding,
                               int (*order)(const void *, const void *),
                               size_t *count, fpt_str **names, fpt_error *err)
{
    fpt_str *all = NULL;
    size_t used = 0, capacity = 0;
    for (size_t p = 0; p < path->count; p++) {
        char *folder = fpt_path_join(arena, path->folder[p], below);
        if (folder == NULL) return FPT_ERR_MEMORY;
        if (fpt_file_kind_of(folder) != FPT_FILE_FOLDER) continue;
        size_t n;
        fpt_str *here;
        FPT_TRY(fpt_folder_list(arena, folder, &n, &here, err));
        for (size_t i = 0; i < n; i++) {
            bool wanted;
            FPT_TRY(is_wanted(arena, folder, here[i].data, holding, &wanted));
            if (!wanted) continue;
            if (!FPT_RESERVE(arena, all, used, capacity)) return FPT_ERR_MEMORY;
            all[used++] = here[i];
        }
    }
    if (used > 0) qsort(all, used, sizeof *all, order);
    size_t unique = 0;
    for (size_t i = 0; i < used; i++)
        if (unique == 0 || !fpt_str_equal(all[unique - 1], all[i]))
            all[unique++] = all[i];
    *count = unique;
    *names = all;
    return FPT_OK;
}

fpt_status fpt_pack_list(fpt_arena *arena, const fpt_pack_path *path,
                         const char *kind, size_t *count, fpt_str **names,
                         fpt_error *err)
{
    return list_folders(arena, path, kind, NULL, by_bytes, count, names, err);
}

/* A name is a folder's, and must not lead anywhere else. */
static bool name_is_plain(fpt_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.data[i] == '/' || name.data[i] == '\0') return false;
    return name.len > 0 && name.data[0] != '.';
}

static fpt_status fail_name(fpt_str name, const char *what, fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "\"" FPT_STR_FMT "\" is not the %s of a pack",
                    FPT_STR_ARG(name), what);
}

fpt_status fpt_pack_versions(fpt_arena *arena, const fpt_pack_path *path,
                             const char *kind, fpt_str name, size_t *count,
                             fpt_str **versions, fpt_error *err)
{
    if (!name_is_plain(name)) return fail_name(name, "name", err);
    const fpt_str below =
        fpt_str_print(arena, "%s/" FPT_STR_FMT, kind, FPT_STR_ARG(name));
    if (below.data == NULL) return FPT_ERR_MEMORY;
    return list_folders(arena, path, below.data, "pack.yaml", by_nature, count,
                        versions, err);
}

/* How many letters must change to make one of the other (Levenshtein), for
 * "did you mean"; texts longer than 63 are never near. */
static size_t distance(fpt_str a, fpt_str b)
{
    size_t row[64];
    if (a.len > 63 || b.len > 63) return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            const size_t change = diagonal + (a.data[i - 1] != b.data[j - 1]);
            const size_t remove = row[j] + 1, insert = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = change < remove ? change : remove;
            if (insert < row[j]) row[j] = insert;
        }
    }
    return row[b.len];
}

static fpt_status fail_unknown(fpt_arena *arena, const fpt_pack_path *path,
                               const char *kind, fpt_str name, fpt_error *err)
{
    size_t count;
    fpt_str *names;
    FPT_TRY(fpt_pack_list(arena, path, kind, &count, &names, err));
    size_t best = SIZE_MAX, nearest = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t d = distance(name, names[i]);
        if (d < best) best = d, nearest = i;
    }
    if (best <= 4)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "there is no pack packs/%s/" FPT_STR_FMT
                        "; did you mean " FPT_STR_FMT "?",
                        kind, FPT_STR_ARG(name), FPT_STR_ARG(names[nearest]));
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "there is no pack packs/%s/" FPT_STR_FMT
                    " (%zu of this kind are known)",
                    kind, FPT_STR_ARG(name), count);
}

fpt_status fpt_pack_open(fpt_arena *arena, const fpt_pack_path *path,
                         const char *kind, fpt_str name, fpt_str version,
                         fpt_pack *out, fpt_error *err)
{
    if (version.len > 0 && !name_is_plain(version))
        return fail_name(version, "version", err);
    size_t count;
    fpt_str *versions;
    FPT_TRY(fpt_pack_versions(arena, path, kind, name, &count, &versions, err));
    if (count == 0) return fail_unknown(arena, path, kind, name, err);
    if (version.len == 0) version = versions[count - 1];

    for (size_t p = 0; p < path->count; p++) {
        const fpt_str folder = fpt_str_print(
            arena, "%s/%s/" FPT_STR_FMT "/" FPT_STR_FMT, path->folder[p], kind,
            FPT_STR_ARG(name), FPT_STR_ARG(version));
        if (folder.data == NULL) return FPT_ERR_MEMORY;
        char *file = fpt_path_join(arena, folder.data, "pack.yaml");
        if (file == NULL) return FPT_ERR_MEMORY;
        if (fpt_file_kind_of(file) != FPT_FILE_REGULAR) continue;
        fpt_pack pack = {.kind = fpt_str_from(kind)};
        pack.name = fpt_str_keep(arena, name);
        pack.version = fpt_str_keep(arena, version);
        pack.folder = fpt_str_copy(arena, folder);
        if (pack.name.data == NULL || pack.version.data == NULL ||
            pack.folder == NULL)
            return FPT_ERR_MEMORY;
        FPT_TRY(fpt_file_digest(file, pack.sha256, NULL, err));
        FPT_TRY(fpt_yaml_read(arena, file, &pack.yaml, err));
        *out = pack;
        return FPT_OK;
    }
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "packs/%s/" FPT_STR_FMT " has no version \"" FPT_STR_FMT
                    "\"",
                    kind, FPT_STR_ARG(name), FPT_STR_ARG(version));
}
