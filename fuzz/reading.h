/* What the targets share that read files: a file in memory, and a session whose
 * rows go nowhere but are looked at. It takes the place of batch.c, so that no
 * store is in the loop. */
#ifndef FPT_FUZZ_READING_H
#define FPT_FUZZ_READING_H

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

#include "fpt/geo.h"
#include "ingest_i.h"

fpt_status fpti_batch_open(fpti_session *session, fpt_error *err)
{
    (void)session;
    (void)err;
    return FPT_OK;
}

void fpti_batch_close(fpti_session *session)
{
    (void)session;
}

fpt_status fpti_batch_flush(fpti_session *session, fpt_error *err)
{
    (void)session;
    (void)err;
    return FPT_OK;
}

/* Text in the store is UTF-8 without NUL, and every number is one. */
fpt_status fpti_batch_row(fpti_session *session, fpti_table table,
                          size_t numbers, const int64_t *number, size_t texts,
                          const fpt_str *text, fpt_error *err)
{
    (void)session;
    (void)err;
    FPT_REQUIRE(table < FPTI_T_COUNT && numbers <= 24 && texts <= 24);
    uint64_t sum = 0;
    for (size_t i = 0; i < numbers; i++)
        sum += (uint64_t)number[i];
    for (size_t i = 0; i < texts; i++) {
        FPT_REQUIRE(text[i].data != NULL || text[i].len == 0);
        for (size_t k = 0; k < text[i].len; k++)
            sum += (unsigned char)text[i].data[k];
    }
    /* Reading them all is what the sanitizers are for. */
    FPT_REQUIRE(sum + 1 != 0 || numbers > 0);
    return FPT_OK;
}

/* The projection is the same for every file, and slow to make. */
static inline struct fpt_geo *fuzz_geo(void)
{
    static fpt_arena arena;
    static struct fpt_geo *geo;
    if (geo == NULL)
        FPT_REQUIRE(fpt_arena_init(&arena, NULL) == FPT_OK &&
                    fpt_geo_open(&arena, &geo, NULL) == FPT_OK);
    return geo;
}

static inline fpti_session fuzz_session(fpt_arena *arena, bool geo)
{
    fpti_session session = {
        .arena = fuzz_arena(), .next_load = 1, .geo = geo ? fuzz_geo() : NULL};
    session.places = fpt_intern_make(arena);
    session.series = fpt_intern_make(arena);
    session.strata = fpt_intern_make(arena);
    session.ranges = fpt_intern_make(arena);
    FPT_REQUIRE(fpt_intern_add(&session.strata, FPT_STR("")) == 0);
    return session;
}

/* A file of these bytes that lies in memory; the same name each time. */
static inline const char *fuzz_file(const void *data, size_t size)
{
    static char path[40];
    static int file = -1;
    if (file < 0) {
        file = memfd_create("fuzz", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    FPT_REQUIRE(file >= 0 && ftruncate(file, 0) == 0);
    FPT_REQUIRE(pwrite(file, data, size, 0) == (ssize_t)size);
    return path;
}

static inline void require_told(fpt_status status, const fpt_error *err)
{
    FPT_REQUIRE(status == FPT_OK || (err->code == status && err->text[0]));
}

/* Read a file as a pack says, to its end. */
static inline void fuzz_read(const fpti_source *source, const char *path)
{
    fpt_arena arena = fuzz_arena();
    fpti_session session = fuzz_session(&arena, source->geojson);
    fpt_load_result result = {0};
    fpti_load load = {.session = &session,
                      .source = source,
                      .path = path,
                      .number = 1,
                      .result = &result,
                      .vintage = FPT_STR("2017-04-01"),
                      .vintage_day = {17257},
                      .vintage_period = {{17257}, {17258}},
                      .known_from = {17257}};
    fpt_error err = {0};
    fpt_status status = FPT_OK;
    fpti_binding binding = {0};
    if (source->geojson) {
        status = fpti_read_geojson(&load, path, &err);
    } else {
        fpti_head head;
        status = fpti_head_read(&arena, path, source, &head, &err);
        if (status == FPT_OK)
            status = fpti_bind(&arena, source, path, &head, &binding, &err);
        fpt_str vintage;
        fpt_error ignored = {0};
        if (status == FPT_OK)
            require_told(fpti_vintage_of(&arena, source, path, &binding,
                                         (fpt_str){0}, &vintage, &ignored),
                         &ignored);
        if (status == FPT_OK)
            status = fpti_read_csv(&load, path, &binding, &err);
    }
    require_told(status, &err);
    FPT_REQUIRE(result.rows_taken >= 0 && result.rows_rejected >= 0);
    FPT_REQUIRE(status != FPT_OK ||
                result.rows_read == result.rows_taken + result.rows_skipped +
                                        result.rows_rejected);
    fpt_arena_clear(&session.arena);
    fpt_arena_clear(&arena);
}

#endif /* FPT_FUZZ_READING_H */
