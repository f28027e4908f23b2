/**
 * @file bench.h
 * @brief What every benchmark uses: a clock, the best of several runs, one
 * figure a line.
 *
 * A line is: name, figure, unit, then what it was taken of and what stands
 * beside it. The best run is given: on a machine that others use the slower
 * ones measure the others.
 */
#ifndef FPT_BENCH_H
#define FPT_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fpt/base.h"

static inline double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/** Seconds of the best of `runs` calls. */
static inline double bench_best(int runs, void (*work)(void *), void *context)
{
    double best = 1e300;
    for (int i = 0; i < runs; i++) {
        const double began = bench_now();
        work(context);
        const double took = bench_now() - began;
        if (took < best) best = took;
    }
    return best;
}

static inline void bench_figure(const char *name, double figure,
                                const char *unit, const char *beside)
{
    printf("%-34s %12.4g %-8s %s\n", name, figure, unit, beside);
    fflush(stdout);
}

/** A benchmark has nothing to go on with after a failure. */
static inline void bench_need(bool condition, const char *what)
{
    if (condition) return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static inline double *bench_doubles(fpt_arena *arena, size_t count)
{
    double *p = FPT_NEW(arena, double, count);
    bench_need(p != NULL, "not enough memory");
    return p;
}

#endif /* FPT_BENCH_H */
