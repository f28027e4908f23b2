/*
 * Sorting, ranks and quantiles of small samples, and independent scores.
 */
#include "stress_i.h"

/* Heap sort of an order by value, ties by index: no work space, the same
 * result for any input. */
static bool after(const double *x, uint32_t a, uint32_t b)
{
    return x[a] > x[b] || (x[a] == x[b] && a > b);
}

static void sift(const double *x, uint32_t *order, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count) return;
        if (child + 1 < count && after(x, order[child + 1], order[child]))
            child++;
        if (!after(x, order[child], order[root])) return;
        const uint32_t held = order[root];
        order[root] = order[child];
        order[child] = held;
        root = child;
    }
}

static void order_by(size_t count, const double *x, uint32_t *order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t i = count / 2; i-- > 0;)
        sift(x, order, i, count);
    for (size_t i = count; i-- > 1;) {
        const uint32_t held = order[0];
        order[0] = order[i];
        order[i] = held;
        sift(x, order, 0, i);
    }
}

void fpt_average_ranks(size_t count, const double *x, double *rank,
                       uint32_t *order)
{
    order_by(count, x, order);
    for (size_t i = 0; i < count;) {
        size_t j = i;
        while (j + 1 < count && x[order[j + 1]] == x[order[i]])
            j++;
        for (size_t k = i; k <= j; k++)
            rank[order[k]] = 0.5 * (double)(i + j) + 1.0;
        i = j + 1;
    }
}

static void sift_value(double *x, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count) return;
        if (child + 1 < count && x[child + 1] > x[child]) child++;
        if (!(x[child] > x[root])) return;
        const double held = x[root];
        x[root] = x[child];
        x[child] = held;
        root = child;
    }
}

void fpti_sort(size_t count, double *x)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_value(x, i, count);
    for (size_t i = count; i-- > 1;) {
        const double held = x[0];
        x[0] = x[i];
        x[i] = held;
        sift_value(x, 0, i);
    }
}

double fpti_sorted_quantile(size_t count, const double *sorted, double p)
{
    const double at = p * (double)(count - 1);
    const size_t i = (size_t)at;
    if (i + 1 >= count) return sorted[count - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

void fpti_scores(uint64_t seed, uint64_t purpose, size_t count, uint32_t row,
                 double *z)
{
    const fpt_lanes_level level = fpt_lanes_best();
    for (size_t i = 0; i < count; i++)
        fpt_lanes_normal(level, seed, fpt_stream_join(purpose, i), 0, row,
                         z + i * FPT_LANES);
}
