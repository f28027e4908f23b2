/* What the tests of io share: a folder of their own, gzip, and a descriptor
 * that hands over few bytes at a time. */
#ifndef FPT_TEST_OUTSIDE_H
#define FPT_TEST_OUTSIDE_H

#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "fpt/io.h"

/* ---- an arena and a folder for each test ---- */

struct place {
    fpt_arena arena;
    char folder[256];
};

static inline int set_up_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    const char *temporary = getenv("TMPDIR");
    if (place == NULL || fpt_arena_init(&place->arena, NULL) != FPT_OK)
        return -1;
    snprintf(place->folder, sizeof place->folder, "%s/footprint-test-XXXXXX",
             temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp");
    *state = place;
    return mkdtemp(place->folder) != NULL ? 0 : -1;
}

static inline void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char below[4096];
        struct stat about;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (lstat(below, &about) == 0 && S_ISDIR(about.st_mode))
            remove_tree(below);
        else
            unlink(below);
    }
    if (folder != NULL) closedir(folder);
    rmdir(path);
}

static inline int tear_down_place(void **state)
{
    struct place *place = *state;
    remove_tree(place->folder);
    fpt_arena_clear(&place->arena);
    free(place);
    return 0;
}

/* The path of something in the test's folder. */
static inline char *in(struct place *place, const char *name)
{
    char *path = fpt_path_join(&place->arena, place->folder, name);
    assert_non_null(path);
    return path;
}

/* Write a file without the code under test. */
static inline char *put(struct place *place, const char *name, fpt_str bytes)
{
    char *path = in(place, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* ---- gzip ---- */

static inline fpt_str gzip(fpt_arena *arena, fpt_str text)
{
    z_stream z = {0};
    assert_int_equal(
        deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    const size_t most = deflateBound(&z, (uLong)text.len);
    unsigned char *out = fpt_arena_allocate_raw(arena, most, 1);
    assert_non_null(out);
    z.next_in = (Bytef *)fpt_str_copy(arena, text); /* wants it not const */
    assert_non_null(z.next_in);
    z.avail_in = (uInt)text.len;
    z.next_out = out;
    z.avail_out = (uInt)most;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    const fpt_str packed = {(char *)out, most - z.avail_out};
    deflateEnd(&z);
    return packed;
}

static inline fpt_str joined(fpt_arena *arena, fpt_str a, fpt_str b)
{
    char *both = fpt_arena_allocate_raw(arena, a.len + b.len + 1, 1);
    assert_non_null(both);
    if (a.len > 0) memcpy(both, a.data, a.len);
    if (b.len > 0) memcpy(both + a.len, b.data, b.len);
    return (fpt_str){both, a.len + b.len};
}

/* ---- few bytes at a time ---- */

/*
 * A socket that keeps the borders of what is sent: each read gets one piece,
 * however large its buffer, as a pipe may do whenever it likes.
 */
struct feeder {
    fpt_str bytes;
    size_t most_step; /* pieces of 1 to this many bytes */
    int ends[2];
    pthread_t thread;
};

static inline void *feed(void *argument)
{
    struct feeder *feeder = argument;
    uint64_t seed = feeder->bytes.len;
    for (size_t at = 0; at < feeder->bytes.len;) {
        size_t step = 1 + next_random(&seed) % feeder->most_step;
        if (step > feeder->bytes.len - at) step = feeder->bytes.len - at;
        if (send(feeder->ends[1], feeder->bytes.data + at, step, MSG_NOSIGNAL) <
            0)
            break; /* the reader has had enough */
        at += step;
    }
    close(feeder->ends[1]);
    return NULL;
}

/* Returns the descriptor to read from; end with feeder_end(). */
static inline int feeder_begin(struct feeder *feeder, fpt_str bytes,
                               size_t most_step)
{
    *feeder = (struct feeder){.bytes = bytes, .most_step = most_step};
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, feeder->ends), 0);
    assert_int_equal(pthread_create(&feeder->thread, NULL, feed, feeder), 0);
    return feeder->ends[0];
}

static inline void feeder_end(struct feeder *feeder)
{
    close(feeder->ends[0]);
    pthread_join(feeder->thread, NULL);
}

#endif /* FPT_TEST_OUTSIDE_H */
