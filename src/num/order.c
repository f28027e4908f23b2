/*
 * Merge sort from the bottom up: stable, no recursion, and its time does not
 * depend on what an adversary puts into a file. Runs of 16 are first put in
 * order by insertion, and two runs that are in order already are not merged.
 */
#include "fpt/order.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "fpt/base.h"

enum { SHORT_RUN = 16 };

static bool after(double a, double b)
{
    return a > b || (isnan(a) && !isnan(b));
}

static void sort_runs(size_t count, const double *key, size_t *order)
{
    for (size_t from = 0; from < count; from += SHORT_RUN) {
        const size_t to = count - from < SHORT_RUN ? count : from + SHORT_RUN;
        for (size_t i = from + 1; i < to; i++) {
            const size_t moved = order[i];
            size_t at = i;
            while (at > from && after(key[order[at - 1]], key[moved])) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
    }
}

/* order[0 .. width) and order[width .. count) are sorted: make them one. */
static void merge(size_t width, size_t count, const double *key, size_t *order,
                  size_t *work)
{
    if (!after(key[order[width - 1]], key[order[width]])) return;
    memcpy(work, order, width * sizeof *order);
    size_t left = 0, right = width, at = 0;
    while (left < width && right < count)
        order[at++] = after(key[work[left]], key[order[right]]) ? order[right++]
                                                                : work[left++];
    memcpy(order + at, work + left, (width - left) * sizeof *order);
}

void fpt_order_by(size_t count, const double *key, size_t *order, size_t *work)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    sort_runs(count, key, order);
    for (size_t width = SHORT_RUN; width < count; width *= 2) {
        for (size_t from = 0; count - from > width;) {
            const size_t both =
                count - from < 2 * width ? count - from : 2 * width;
            merge(width, both, key, order + from, work);
            from += both;
        }
    }
}

void fpt_rank(size_t count, const double *key, const size_t *order,
              fpt_ties ties, double *rank)
{
    for (size_t from = 0; from < count;) {
        const double x = key[order[from]];
        size_t to = from + 1;
        if (isnan(x)) {
            rank[order[from]] = x;
        } else {
            while (to < count && key[order[to]] == x)
                to++;
            /* Ranks from + 1 .. to, of which this is the mean. */
            const double given = ties == FPT_TIES_LOWEST
                                     ? (double)(from + 1)
                                     : 0.5 * (double)(from + 1 + to);
            for (size_t i = from; i < to; i++)
                rank[order[i]] = given;
        }
        from = to;
    }
}

double fpt_sample_quantile(size_t count, const double *sorted, double p)
{
    if (count == 0 || !(p >= 0.0 && p <= 1.0)) return (double)NAN;
    const double at = (double)(count - 1) * p;
    const size_t below = (size_t)at;
    const double part = at - (double)below;
    if (part == 0.0 || below + 1 >= count) return sorted[below];
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double fpt_sample_median(size_t count, const double *sorted)
{
    if (count == 0) return (double)NAN;
    const size_t half = count / 2;
    if (count % 2 == 1) return sorted[half];
    return 0.5 * sorted[half - 1] + 0.5 * sorted[half];
}

static void swap(double *a, double *b)
{
    const double kept = *a;
    *a = *b;
    *b = kept;
}

/* Hoare's selection with the middle of three as the pivot. */
double fpt_select(size_t count, double *x, size_t k)
{
    FPT_REQUIRE(k < count);
    size_t low = 0, high = count - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (x[middle] < x[low]) swap(&x[middle], &x[low]);
        if (x[high] < x[low]) swap(&x[high], &x[low]);
        if (x[high] < x[middle]) swap(&x[high], &x[middle]);
        const double pivot = x[middle];
        size_t i = low, j = high;
        for (;;) {
            while (x[i] < pivot)
                i++;
            while (x[j] > pivot)
                j--;
            if (i >= j) break;
            swap(&x[i], &x[j]);
            i++;
            j--;
        }
        /* [low, j] <= pivot <= [j + 1, high] */
        if (k <= j)
            high = j;
        else
            low = j + 1;
    }
    return x[k];
}
