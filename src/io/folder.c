/*
 * Folders, listed in the order of bytes: what readdir gives is nobody's order.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fpt/file.h"

enum { MOST_DEPTH = 16 };

fpt_status fpt_folder_make(const char *path, fpt_error *err)
{
    char part[4096];
    const size_t len = strlen(path);
    if (len >= sizeof part)
        return fpt_fail(err, FPT_ERR_IO, "%s: the name is too long", path);
    memcpy(part, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0') continue;
        const char kept = part[i];
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return fpt_fail(err, FPT_ERR_IO, "%s: cannot make the folder: %s",
                            part, strerror(errno));
        part[i] = kept;
    }
    if (fpt_file_kind_of(path) != FPT_FILE_FOLDER)
        return fpt_fail(err, FPT_ERR_IO, "%s: is not a folder", path);
    return FPT_OK;
}

static int by_bytes(const void *a, const void *b)
{
    return fpt_str_compare(*(const fpt_str *)a, *(const fpt_str *)b);
}

fpt_status fpt_folder_list(fpt_arena *arena, const char *path, size_t *count,
                           fpt_str **names, fpt_error *err)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return fpt_fail(err, errno == ENOENT ? FPT_ERR_NOT_FOUND : FPT_ERR_IO,
                        "%s: cannot read the folder: %s", path,
                        strerror(errno));
    fpt_str *list = NULL;
    size_t used = 0, capacity = 0;
    fpt_status status = FPT_OK;
    for (;;) {
        errno = 0; /* the only way to tell the end from a failure */
        const struct dirent *entry = readdir(folder);
        if (entry == NULL && errno != 0)
            status = fpt_fail(err, FPT_ERR_IO, "%s: cannot read the folder: %s",
                              path, strerror(errno));
        if (entry == NULL) break;
        if (entry->d_name[0] == '.') continue;
        const fpt_str name = fpt_str_keep(arena, fpt_str_from(entry->d_name));
        if (name.data == NULL || !FPT_RESERVE(arena, list, used, capacity)) {
            status =
                fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory to list it", path);
            break;
        }
        list[used++] = name;
    }
    closedir(folder);
    if (status != FPT_OK) return status;
    if (used > 0) qsort(list, used, sizeof *list, by_bytes);
    *count = used;
    *names = list;
    return FPT_OK;
}

struct walk {
    fpt_arena *arena;
    fpt_str *paths;
    size_t count, capacity;
};

static fpt_status walk_into(struct walk *walk, const char *root,
                            const char *below, int depth, fpt_error *err)
{
    if (depth > MOST_DEPTH)
        return fpt_fail(err, FPT_ERR_IO, "%s: folders nested too deep", root);
    size_t count;
    fpt_str *names;
    FPT_TRY(fpt_folder_list(walk->arena, root, &count, &names, err));
    for (size_t i = 0; i < count; i++) {
        char *full = fpt_path_join(walk->arena, root, names[i].data);
        char *relative = below[0] == '\0'
                             ? fpt_str_copy(walk->arena, names[i])
                             : fpt_path_join(walk->arena, below, names[i].data);
        if (full == NULL || relative == NULL) return FPT_ERR_MEMORY;
        const fpt_file_kind kind = fpt_file_kind_of(full);
        if (kind == FPT_FILE_FOLDER) {
            FPT_TRY(walk_into(walk, full, relative, depth + 1, err));
        } else if (kind == FPT_FILE_REGULAR) {
            if (!FPT_RESERVE(walk->arena, walk->paths, walk->count,
                             walk->capacity))
                return FPT_ERR_MEMORY;
            walk->paths[walk->count++] = fpt_str_from(relative);
        }
    }
    return FPT_OK;
}

fpt_status fpt_folder_walk(fpt_arena *arena, const char *path, size_t *count,
                           fpt_str **paths, fpt_error *err)
{
    struct walk walk = {.arena = arena};
    FPT_TRY(walk_into(&walk, path, "", 0, err));
    *count = walk.count;
    *paths = walk.paths;
    return FPT_OK;
}

/* ---- removing ---- */

static int remove_below(int folder, const char *name, int depth)
{
    if (unlinkat(folder, name, 0) == 0) return 0;
    if (errno != EISDIR && errno != EPERM) return -1;
    if (depth == MOST_DEPTH) {
        errno = ELOOP;
        return -1;
    }
    const int self =
        openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (self < 0) return -1;
    DIR *list = fdopendir(self);
    if (list == NULL) {
        close(self);
        return -1;
    }
    int result = 0;
    for (const struct dirent *entry = NULL; result == 0;) {
        errno = 0;
        entry = readdir(list);
        if (entry == NULL) {
            result = errno == 0 ? 0 : -1;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        result = remove_below(self, entry->d_name, depth + 1);
    }
    const int failure = errno;
    closedir(list);
    errno = failure;
    return result != 0 ? result : unlinkat(folder, name, AT_REMOVEDIR);
}

fpt_status fpt_folder_remove(const char *path, fpt_error *err)
{
    if (remove_below(AT_FDCWD, path, 0) == 0 || errno == ENOENT) return FPT_OK;
    return fpt_fail(err, FPT_ERR_IO, "%s: cannot be removed: %s", path,
                    strerror(errno));
}
