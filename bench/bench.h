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

static inline double bench_processor(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/** Seconds of several runs after one to warm up: by the clock on the wall the
 *  median, the least and the most; and of all threads' processor time the
 *  least, which other work on the machine disturbs least. */
typedef struct bench_spent {
    double median, least, most, processor;
} bench_spent;

enum { BENCH_RUNS_MOST = 16 };

static inline bench_spent bench_spend(int runs, void (*work)(void *),
                                      void *context)
{
    double wall[BENCH_RUNS_MOST], processor = 1e300;
    if (runs > BENCH_RUNS_MOST) runs = BENCH_RUNS_MOST;
    work(context);
    for (int i = 0; i < runs; i++) {
        const double began = bench_now(), used = bench_processor();
        work(context);
        const double took = bench_now() - began;
        const double spent = bench_processor() - used;
        if (spent < processor) processor = spent;
        int at = i;
        for (; at > 0 && wall[at - 1] > took; at--)
            wall[at] = wall[at - 1];
        wall[at] = took;
    }
    return (bench_spent){wall[runs / 2], wall[0], wall[runs - 1], processor};
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
