/*
 * Shapley's effects: the fair share of each input in the variance of the
 * result, also where inputs depend on one another. The worth of a set is what
 * would be left of the variance, on average, if all inputs outside it were
 * known.
 */
#include "fpt/sample.h"
#include "stress_i.h"

enum { EXACT_MOST = 15, INNER = 3 };

/* ---- exactly, for a linear function of normals ---- */

/* b_J' Cov(J | rest) b_J */
static fpt_status worth(size_t n, const double *b, const double *covariance,
                        uint32_t set, double *factor, double *work, double *out)
{
    bool known[EXACT_MOST];
    double left[EXACT_MOST];
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        known[i] = (set >> i & 1) == 0;
        if (!known[i]) left[m++] = b[i];
    }
    *out = 0.0;
    if (m == 0) return FPT_OK;
    FPT_TRY(fpt_normal_conditional(n, covariance, known, NULL, factor, work));
    for (size_t j = 0; j < m; j++) {
        double sum = 0.0;
        for (size_t i = j; i < m; i++)
            sum += left[i] * factor[i * m + j];
        *out += sum * sum;
    }
    return FPT_OK;
}

fpt_status fpt_shapley_gaussian(fpt_arena scratch, size_t n, const double *b,
                                const double *covariance, double *effect)
{
    if (n == 0 || n > EXACT_MOST) return FPT_ERR_RANGE;
    const uint32_t sets = UINT32_C(1) << n;
    double *c = FPT_NEW(&scratch, double, sets);
    double *factor = FPT_NEW(&scratch, double, n *n);
    double *work = FPT_NEW(&scratch, double, fpt_normal_conditional_work(n));
    if (c == NULL || factor == NULL || work == NULL) return FPT_ERR_MEMORY;
    for (uint32_t set = 0; set < sets; set++)
        FPT_TRY(worth(n, b, covariance, set, factor, work, &c[set]));
    const double whole = c[sets - 1];
    if (!(whole > 0.0)) return FPT_ERR_RANGE;
    for (size_t i = 0; i < n; i++) {
        fpt_sum sum = {0};
        for (uint32_t set = 0; set < sets; set++) {
            if ((set >> i & 1) != 0) continue;
            /* size! (n - size - 1)! / n! */
            size_t size = 0;
            for (uint32_t rest = set; rest != 0; rest &= rest - 1)
                size++;
            double weight = 1.0 / (double)n;
            for (size_t k = 1; k <= size; k++)
                weight *= (double)k / (double)(n - size - 1 + k);
            fpt_sum_add(&sum, weight * (c[set | UINT32_C(1) << i] - c[set]));
        }
        effect[i] = fpt_sum_value(sum) / whole;
    }
    return FPT_OK;
}

/* ---- by permutations, for anything ---- */

typedef struct walker {
    const fpt_response *response;
    const double *correlation; /* never NULL */
    uint64_t seed;
    double *z, *known_part, *b, *factor, *work;
    bool *known;
    size_t *unknown;
    /* Points wait until a row of lanes is full. */
    size_t waiting;
    double *out;
    double *result; /* of all points, in order */
    size_t done;
    uint32_t row;
} walker;

static fpt_status flush(walker *w)
{
    if (w->waiting == 0) return FPT_OK;
    const size_t n = w->response->count;
    for (size_t i = 0; i < n; i++)
        for (size_t k = w->waiting; k < FPT_LANES; k++)
            w->z[i * FPT_LANES + k] = w->z[i * FPT_LANES];
    FPT_TRY(w->response->run(w->response->context, w->row++, w->z, w->out));
    memcpy(w->result + w->done, w->out, w->waiting * sizeof *w->out);
    w->done += w->waiting;
    w->waiting = 0;
    return FPT_OK;
}

static fpt_status add_point(walker *w, const double *x)
{
    for (size_t i = 0; i < w->response->count; i++)
        w->z[i * FPT_LANES + w->waiting] = x[i];
    return ++w->waiting == FPT_LANES ? flush(w) : FPT_OK;
}

/* A whole draw of all inputs. */
static void draw_all(const walker *w, const double *factor, fpt_rng *rng,
                     double *x, double *eps)
{
    const size_t n = w->response->count;
    for (size_t i = 0; i < n; i++)
        eps[i] = fpt_sample_normal(rng);
    for (size_t i = 0; i < n; i++) {
        x[i] = 0.0;
        for (size_t k = 0; k <= i; k++)
            x[i] += factor[i * n + k] * eps[k];
    }
}

/* Inner points: the inputs in `known` as given, the others drawn given them. */
static fpt_status inner_points(walker *w, const double *given, fpt_rng *rng,
                               double *x)
{
    const size_t n = w->response->count;
    size_t m = 0, g = 0;
    for (size_t i = 0; i < n; i++) {
        if (w->known[i])
            w->known_part[g++] = given[i];
        else
            w->unknown[m++] = i;
    }
    FPT_TRY(fpt_normal_conditional(n, w->correlation, w->known, w->b, w->factor,
                                   w->work));
    for (int k = 0; k < INNER; k++) {
        double eps[512];
        for (size_t i = 0; i < m; i++)
            eps[i] = fpt_sample_normal(rng);
        for (size_t i = 0; i < n; i++)
            x[i] = given[i];
        for (size_t i = 0; i < m; i++) {
            double sum = 0.0;
            for (size_t j = 0; j < g; j++)
                sum += w->b[i * g + j] * w->known_part[j];
            for (size_t j = 0; j <= i; j++)
                sum += w->factor[i * m + j] * eps[j];
            x[w->unknown[i]] = sum;
        }
        FPT_TRY(add_point(w, x));
    }
    return FPT_OK;
}

static double variance_of(size_t count, const double *x)
{
    fpt_sum sum = {0}, square = {0};
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&sum, x[i]);
    const double mean = fpt_sum_value(sum) / (double)count;
    for (size_t i = 0; i < count; i++)
        fpt_sum_add(&square, (x[i] - mean) * (x[i] - mean));
    return fpt_sum_value(square) / ((double)count - 1.0);
}

/* The runs of all permutations: for each, sets that grow by one group. */
static fpt_status walk(walker *w, size_t groups, const uint32_t *group,
                       size_t permutations, const double *factor,
                       uint32_t *order)
{
    const size_t n = w->response->count;
    double given[512], x[512], eps[512];
    for (size_t p = 0; p < permutations; p++) {
        fpt_rng rng = fpt_rng_make(w->seed, (uint32_t)p, 0, 0x73686170);
        uint32_t *mine = order + p * groups;
        for (size_t g = 0; g < groups; g++)
            mine[g] = (uint32_t)g;
        fpt_sample_shuffle(&rng, groups, mine);
        for (size_t size = 1; size < groups; size++) {
            draw_all(w, factor, &rng, given, eps);
            for (size_t i = 0; i < n; i++) {
                w->known[i] = true;
                for (size_t k = 0; k < size; k++)
                    if (group[i] == mine[k]) w->known[i] = false;
            }
            FPT_TRY(inner_points(w, given, &rng, x));
        }
    }
    return flush(w);
}

/* Telescoping sums of each permutation, and their mean and spread. */
static void shares_of(size_t groups, size_t permutations, double whole,
                      const uint32_t *order, const double *result,
                      fpt_shapley_effect *effect)
{
    for (size_t g = 0; g < groups; g++) {
        fpt_sum sum = {0}, square = {0};
        for (size_t p = 0; p < permutations; p++) {
            const uint32_t *mine = order + p * groups;
            const double *at = result + p * (groups - 1) * INNER;
            double before = 0.0;
            for (size_t k = 0; k < groups; k++) {
                const double here = k + 1 == groups
                                        ? whole
                                        : variance_of(INNER, at + k * INNER);
                if (mine[k] == g) {
                    fpt_sum_add(&sum, here - before);
                    fpt_sum_add(&square, (here - before) * (here - before));
                }
                before = here;
            }
        }
        const double m = (double)permutations;
        const double mean = fpt_sum_value(sum) / m;
        const double spread =
            fmax(0.0, fpt_sum_value(square) / m - mean * mean);
        effect[g] =
            (fpt_shapley_effect){mean / whole, sqrt(spread / m) / whole};
    }
}

fpt_status fpt_shapley_effects(fpt_arena scratch, const fpt_response *response,
                               size_t groups, const uint32_t *group,
                               size_t permutations, size_t points,
                               uint64_t seed, fpt_shapley_effect *effect)
{
    const size_t n = response->count;
    if (n == 0 || n > 512 || groups == 0 || permutations < 2 || points < 2)
        return FPT_ERR_RANGE;
    const size_t inner = permutations * (groups - 1) * INNER;
    double *identity = FPT_NEW(&scratch, double, n *n);
    double *factor = FPT_NEW(&scratch, double, n *n);
    uint32_t *order = FPT_NEW(&scratch, uint32_t, permutations * groups);
    walker w = {
        .response = response,
        .seed = seed,
        .z = FPT_NEW(&scratch, double, n *FPT_LANES),
        .known_part = FPT_NEW(&scratch, double, n),
        .b = FPT_NEW(&scratch, double, n *n),
        .factor = FPT_NEW(&scratch, double, n *n),
        .work = FPT_NEW(&scratch, double, fpt_normal_conditional_work(n)),
        .known = FPT_NEW(&scratch, bool, n),
        .unknown = FPT_NEW(&scratch, size_t, n),
        .out = FPT_NEW(&scratch, double, FPT_LANES),
        .result = FPT_NEW(&scratch, double, inner + points + FPT_LANES)};
    if (identity == NULL || factor == NULL || order == NULL || w.z == NULL ||
        w.known_part == NULL || w.b == NULL || w.factor == NULL ||
        w.work == NULL || w.known == NULL || w.unknown == NULL ||
        w.out == NULL || w.result == NULL)
        return FPT_ERR_MEMORY;
    for (size_t i = 0; i < n; i++)
        identity[i * n + i] = 1.0;
    w.correlation =
        response->correlation != NULL ? response->correlation : identity;
    FPT_TRY(fpt_cholesky(n, w.correlation, factor, NULL));

    /* The whole variance first. */
    double x[512], eps[512];
    for (size_t p = 0; p < points; p++) {
        fpt_rng rng = fpt_rng_make(seed, (uint32_t)p, 1, 0x73686170);
        draw_all(&w, factor, &rng, x, eps);
        FPT_TRY(add_point(&w, x));
    }
    FPT_TRY(flush(&w));
    const double whole = variance_of(points, w.result);
    if (!(whole > 0.0)) return FPT_ERR_RANGE;
    w.done = 0;
    FPT_TRY(walk(&w, groups, group, permutations, factor, order));
    shares_of(groups, permutations, whole, order, w.result, effect);
    return FPT_OK;
}
