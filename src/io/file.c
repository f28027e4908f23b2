/*
 * Files and folders. Whatever is written is first written beside its place,
 * flushed, and renamed into it, so that a crash leaves the old or the new.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "fpt/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPY_BYTES = 1 << 17 };

static fpt_status fail_errno(fpt_error *err, const char *doing,
                             const char *path)
{
    const int code = errno;
    const fpt_status status = code == ENOENT   ? FPT_ERR_NOT_FOUND
                              : code == ENOMEM ? FPT_ERR_MEMORY
                                               : FPT_ERR_IO;
    return fpt_fail(err, status, "%s: cannot %s: %s", path, doing,
                    strerror(code));
}

fpt_file_kind fpt_file_kind_of(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) return FPT_FILE_NONE;
    if (S_ISREG(about.st_mode)) return FPT_FILE_REGULAR;
    return S_ISDIR(about.st_mode) ? FPT_FILE_FOLDER : FPT_FILE_OTHER;
}

static fpt_status open_to_read(const char *path, int *out, fpt_error *err)
{
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail_errno(err, "open it", path);
    struct stat about;
    if (fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
        close(descriptor);
        return fpt_fail(err, FPT_ERR_IO, "%s: is a folder; expected a file",
                        path);
    }
    *out = descriptor;
    return FPT_OK;
}

/* read() that is not disturbed by signals. */
static ssize_t read_some(int descriptor, void *buffer, size_t bytes)
{
    ssize_t got;
    do {
        got = read(descriptor, buffer, bytes);
    } while (got < 0 && errno == EINTR);
    return got;
}

static bool write_all(int descriptor, const char *bytes, size_t len)
{
    while (len > 0) {
        const ssize_t wrote = write(descriptor, bytes, len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        bytes += wrote;
        len -= (size_t)wrote;
    }
    return true;
}

fpt_status fpt_file_read(fpt_arena *arena, const char *path, size_t most,
                         fpt_str *out, fpt_error *err)
{
    int descriptor;
    FPT_TRY(open_to_read(path, &descriptor, err));
    fpt_status status = FPT_OK;
    char *data = NULL;
    size_t len = 0, capacity = 0;
    for (;;) {
        if (capacity - len < 2) {
            const size_t larger = capacity == 0 ? 1 << 14 : capacity * 2;
            char *grown = fpt_arena_grow(arena, data, capacity, larger, 1);
            if (grown == NULL) {
                status = fpt_fail(err, FPT_ERR_MEMORY,
                                  "%s: no memory to read it", path);
                break;
            }
            data = grown;
            capacity = larger;
        }
        const ssize_t got =
            read_some(descriptor, data + len, capacity - len - 1);
        if (got < 0) {
            status = fail_errno(err, "read it", path);
            break;
        }
        if (got == 0) break;
        len += (size_t)got;
        if (len > most) {
            status = fpt_fail(err, FPT_ERR_INPUT,
                              "%s: is longer than %zu bytes", path, most);
            break;
        }
    }
    close(descriptor);
    if (status != FPT_OK) return status;
    data[len] = '\0';
    *out = (fpt_str){data, len};
    return FPT_OK;
}

/* A neighbour's name: unique to this process, gone after the rename. */
static bool beside(const char *path, char *out, size_t size)
{
    const int written =
        snprintf(out, size, "%s.%ld.part", path, (long)getpid());
    return written > 0 && (size_t)written < size;
}

/* Renaming would put a file in the place of a device such as /dev/null, or of
 * a link to a file elsewhere: refuse the one and follow the other. */
static fpt_status find_target(const char *path, char target[PATH_MAX],
                              fpt_error *err)
{
    struct stat about;
    if (lstat(path, &about) == 0 && S_ISLNK(about.st_mode)) {
        if (realpath(path, target) == NULL)
            return fpt_fail(err, FPT_ERR_IO, "%s: cannot follow the link: %s",
                            path, strerror(errno));
    } else if (snprintf(target, PATH_MAX, "%s", path) >= PATH_MAX) {
        return fpt_fail(err, FPT_ERR_IO, "%s: the name is too long", path);
    }
    const fpt_file_kind kind = fpt_file_kind_of(target);
    if (kind == FPT_FILE_FOLDER || kind == FPT_FILE_OTHER)
        return fpt_fail(err, FPT_ERR_IO, "%s: is a %s; expected a file", path,
                        kind == FPT_FILE_FOLDER ? "folder" : "device or pipe");
    return FPT_OK;
}

/* The file that will be renamed, and where to. */
struct part {
    char target[PATH_MAX], name[PATH_MAX];
    int descriptor;
};

static fpt_status fail_write(fpt_error *err, const char *path, int code)
{
    return fpt_fail(err, FPT_ERR_IO, "%s: cannot write it: %s", path,
                    strerror(code));
}

static fpt_status make_part(const char *path, struct part *part, fpt_error *err)
{
    FPT_TRY(find_target(path, part->target, err));
    if (!beside(part->target, part->name, sizeof part->name))
        return fpt_fail(err, FPT_ERR_IO, "%s: the name is too long", path);
    part->descriptor =
        open(part->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return part->descriptor >= 0 ? FPT_OK : fail_write(err, path, errno);
}

/* `code` is 0 or what went wrong with writing the part. */
static fpt_status put_in_place(const struct part *part, const char *path,
                               int code, fpt_error *err)
{
    /* fsync before close: a full disk may show itself only here. */
    if (code == 0 && fsync(part->descriptor) != 0) code = errno;
    if (close(part->descriptor) != 0 && code == 0) code = errno;
    if (code == 0 && rename(part->name, part->target) != 0) code = errno;
    if (code == 0) return FPT_OK;
    unlink(part->name);
    return fail_write(err, path, code);
}

fpt_status fpt_file_write(const char *path, fpt_str bytes, fpt_error *err)
{
    struct part part;
    FPT_TRY(make_part(path, &part, err));
    const bool good = write_all(part.descriptor, bytes.data, bytes.len);
    return put_in_place(&part, path, good ? 0 : errno, err);
}

static void hexadecimal(const unsigned char *digest, char out[65])
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < 32; i++) {
        out[2 * i] = digit[digest[i] >> 4];
        out[2 * i + 1] = digit[digest[i] & 15];
    }
    out[64] = '\0';
}

/* Read `from` to its end, digesting, and writing to `to` unless it is -1.
 * *code gets 0 or what went wrong with writing. */
static fpt_status pump(int from, const char *name, int to, int *code,
                       char sha256[65], int64_t *bytes, fpt_error *err)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    unsigned char buffer[COPY_BYTES];
    *bytes = 0;
    *code = 0;
    for (;;) {
        const ssize_t got = read_some(from, buffer, sizeof buffer);
        if (got < 0) return fail_errno(err, "read it", name);
        if (got == 0) break;
        crypto_hash_sha256_update(&state, buffer, (unsigned long long)got);
        *bytes += got;
        if (to >= 0 && !write_all(to, (const char *)buffer, (size_t)got)) {
            *code = errno;
            return FPT_OK;
        }
    }
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&state, digest);
    hexadecimal(digest, sha256);
    return FPT_OK;
}

static void hand_over(const char digest[65], int64_t total, char sha256[65],
                      int64_t *bytes)
{
    if (sha256 != NULL) memcpy(sha256, digest, 65);
    if (bytes != NULL) *bytes = total;
}

fpt_status fpt_file_copy(const char *from, const char *to, char sha256[65],
                         int64_t *bytes, fpt_error *err)
{
    int source, code;
    struct part part;
    char digest[65];
    int64_t total;
    FPT_TRY(open_to_read(from, &source, err));
    fpt_status status = make_part(to, &part, err);
    if (status != FPT_OK) {
        close(source);
        return status;
    }
    status = pump(source, from, part.descriptor, &code, digest, &total, err);
    close(source);
    if (status != FPT_OK) {
        close(part.descriptor);
        unlink(part.name);
        return status;
    }
    FPT_TRY(put_in_place(&part, to, code, err));
    hand_over(digest, total, sha256, bytes);
    return FPT_OK;
}

fpt_status fpt_file_digest(const char *path, char sha256[65], int64_t *bytes,
                           fpt_error *err)
{
    int descriptor, code;
    char digest[65];
    int64_t total;
    FPT_TRY(open_to_read(path, &descriptor, err));
    const fpt_status status =
        pump(descriptor, path, -1, &code, digest, &total, err);
    close(descriptor);
    if (status == FPT_OK) hand_over(digest, total, sha256, bytes);
    return status;
}

void fpt_bytes_digest(fpt_str bytes, char sha256[65])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)bytes.data, bytes.len);
    hexadecimal(digest, sha256);
}

fpt_status fpt_file_remove(const char *path, fpt_error *err)
{
    if (unlink(path) == 0 || errno == ENOENT) return FPT_OK;
    return fail_errno(err, "remove it", path);
}

const char *fpt_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *fpt_path_join(fpt_arena *arena, const char *folder, const char *name)
{
    const size_t before = strlen(folder), after = strlen(name);
    char *path = fpt_arena_allocate_raw(arena, before + after + 2, 1);
    if (path == NULL) return NULL;
    memcpy(path, folder, before);
    path[before] = '/';
    memcpy(path + before + 1, name, after);
    path[before + 1 + after] = '\0';
    return path;
}
