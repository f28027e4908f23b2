/*
 * Shapley's effects: the fair share of each input in the variance of the
 * result, also where inputs depend on one another. The worth of a set is what
 * would be left of the variance, on average, if all inputs outside it were
 * known.
 */
#include "fpt/sample.h"
#include "stress_i.h"

enum { EXACT_MOST = 15, DIFFERENT_LEAST = 10 };

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

/*
 * One permutation: a future x, and then one group after the other drawn anew,
 * given those that are still as in x. What a group adds to the worth of those
 * before it is  E (z_before - z_after) (x - (z_before + z_after) / 2)  in values
 * of the response: an input that does little adds little noise.
 */
typedef struct walker {
    const fpt_response *response;
    uint64_t seed;
    size_t tied;                 /* inputs that depend on any other */
    size_t *tied_at;             /* which */
    double *correlation, *whole; /* of the tied; its factor */
    double *b, *factor, *work;
    bool *known;
    double *known_part;
    /* Points wait until a row of lanes is full. */
    size_t waiting;
    double *z, *out;
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

static size_t find_tied(const fpt_response *r, size_t *at)
{
    const size_t n = r->count;
    size_t tied = 0;
    for (size_t i = 0; i < n && r->correlation != NULL; i++) {
        bool alone = true;
        for (size_t j = 0; j < n; j++)
            alone = alone && (i == j || r->correlation[i * n + j] == 0.0);
        if (!alone) at[tied++] = i;
    }
    return tied;
}

static fpt_status tie(walker *w)
{
    const size_t n = w->response->count, m = w->tied;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            w->correlation[i * m + j] =
                w->response->correlation[w->tied_at[i] * n + w->tied_at[j]];
    return m > 0 ? fpt_cholesky(m, w->correlation, w->whole, NULL) : FPT_OK;
}

/* Scores of all inputs: those that stand alone are their own noise. */
static void draw_all(const walker *w, const double *noise, double *x)
{
    memcpy(x, noise, w->response->count * sizeof *x);
    for (size_t i = 0; i < w->tied; i++) {
        double sum = 0.0;
        for (size_t k = 0; k <= i; k++)
            sum += w->whole[i * w->tied + k] * noise[w->tied_at[k]];
        x[w->tied_at[i]] = sum;
    }
}

/* The point that is x where `fresh` is not set, and elsewhere drawn anew with
 * this noise, given what is left of x. */
static fpt_status draw_given(walker *w, const double *x, const bool *fresh,
                             const double *noise, double *z)
{
    const size_t n = w->response->count;
    size_t unknown[512], m = 0, g = 0;
    for (size_t i = 0; i < n; i++)
        z[i] = fresh[i] ? noise[i] : x[i];
    for (size_t i = 0; i < w->tied; i++) {
        w->known[i] = !fresh[w->tied_at[i]];
        if (w->known[i])
            w->known_part[g++] = x[w->tied_at[i]];
        else
            unknown[m++] = w->tied_at[i];
    }
    if (m == 0) return FPT_OK;
    FPT_TRY(fpt_normal_conditional(w->tied, w->correlation, w->known, w->b,
                                   w->factor, w->work));
    for (size_t i = 0; i < m; i++) {
        double sum = 0.0;
        for (size_t j = 0; j < g; j++)
            sum += w->b[i * g + j] * w->known_part[j];
        for (size_t j = 0; j <= i; j++)
            sum += w->factor[i * m + j] * noise[unknown[j]];
        z[unknown[i]] = sum;
    }
    return FPT_OK;
}

static fpt_status walk(walker *w, size_t groups, const uint32_t *group,
                       size_t permutations, uint32_t *order)
{
    const size_t n = w->response->count;
    double first[512], noise[512], x[512], z[512];
    for (size_t p = 0; p < permutations; p++) {
        fpt_rng rng = fpt_rng_make(w->seed, (uint32_t)p, 0, 0x73686170);
        uint32_t *mine = order + p * groups;
        bool fresh[512] = {false};
        for (size_t g = 0; g < groups; g++)
            mine[g] = (uint32_t)g;
        fpt_sample_shuffle(&rng, groups, mine);
        for (size_t i = 0; i < n; i++)
            first[i] = fpt_sample_normal(&rng);
        for (size_t i = 0; i < n; i++)
            noise[i] = fpt_sample_normal(&rng);
        draw_all(w, first, x);
        FPT_TRY(add_point(w, x));
        for (size_t k = 0; k < groups; k++) {
            for (size_t i = 0; i < n; i++)
                fresh[i] = fresh[i] || group[i] == mine[k];
            FPT_TRY(draw_given(w, x, fresh, noise, z));
            FPT_TRY(add_point(w, z));
        }
    }
    return flush(w);
}

/* What the group at place k of a permutation adds. */
static double added(const double *point, size_t k)
{
    const double before = point[k], after = point[k + 1];
    return (before - after) * (point[0] - 0.5 * (before + after));
}

/* Means over permutations, as shares of their sum: a ratio, whose error is that
 * of what is left when the share of the sum is taken away. */
static fpt_status shares_of(size_t groups, size_t permutations,
                            const uint32_t *order, const double *result,
                            fpt_shapley_effect *effect)
{
    const double m = (double)permutations;
    fpt_sum sum = {0};
    size_t different = 0;
    for (size_t p = 0; p < permutations; p++) {
        const double *point = result + p * (groups + 1);
        const double d = point[0] - point[groups];
        fpt_sum_add(&sum, 0.5 * d * d);
        different += d != 0.0;
    }
    const double whole = fpt_sum_value(sum) / m;
    if (different < DIFFERENT_LEAST || !(whole > 0.0)) return FPT_ERR_RANGE;
    for (size_t g = 0; g < groups; g++) {
        fpt_sum adds = {0}, square = {0};
        for (int pass = 0; pass < 2; pass++) {
            const double share = fpt_sum_value(adds) / m / whole;
            for (size_t p = 0; p < permutations; p++) {
                const double *point = result + p * (groups + 1);
                const double d = point[0] - point[groups];
                size_t k = 0;
                while (order[p * groups + k] != g)
                    k++;
                const double a = added(point, k),
                             rest = a - share * 0.5 * d * d;
                if (pass == 0)
                    fpt_sum_add(&adds, a);
                else
                    fpt_sum_add(&square, rest * rest);
            }
            effect[g].share = share;
        }
        effect[g].standard_error =
            sqrt(fpt_sum_value(square) / (m - 1.0) / m) / whole;
    }
    return FPT_OK;
}

fpt_status fpt_shapley_effects(fpt_arena scratch, const fpt_response *response,
                               size_t groups, const uint32_t *group,
                               size_t permutations, uint64_t seed,
                               fpt_shapley_effect *effect)
{
    const size_t n = response->count;
    if (n == 0 || n > 512 || groups == 0 || groups > n ||
        permutations < DIFFERENT_LEAST || permutations > UINT32_MAX)
        return FPT_ERR_RANGE;
    for (size_t i = 0; i < n; i++)
        if (group[i] >= groups) return FPT_ERR_RANGE;
    walker w = {.response = response,
                .seed = seed,
                .tied_at = FPT_NEW(&scratch, size_t, n)};
    if (w.tied_at == NULL) return FPT_ERR_MEMORY;
    const size_t m = w.tied = find_tied(response, w.tied_at);
    uint32_t *order = FPT_NEW(&scratch, uint32_t, permutations * groups);
    w.correlation = FPT_NEW(&scratch, double, m *m + 1);
    w.whole = FPT_NEW(&scratch, double, m *m + 1);
    w.b = FPT_NEW(&scratch, double, m *m + 1);
    w.factor = FPT_NEW(&scratch, double, m *m + 1);
    w.work = FPT_NEW(&scratch, double, fpt_normal_conditional_work(m) + 1);
    w.known = FPT_NEW(&scratch, bool, m + 1);
    w.known_part = FPT_NEW(&scratch, double, m + 1);
    w.z = FPT_NEW(&scratch, double, n *FPT_LANES);
    w.out = FPT_NEW(&scratch, double, FPT_LANES);
    w.result = FPT_NEW(&scratch, double, permutations *(groups + 1));
    if (order == NULL || w.correlation == NULL || w.whole == NULL ||
        w.b == NULL || w.factor == NULL || w.work == NULL || w.known == NULL ||
        w.known_part == NULL || w.z == NULL || w.out == NULL ||
        w.result == NULL)
        return FPT_ERR_MEMORY;
    FPT_TRY(tie(&w));
    FPT_TRY(walk(&w, groups, group, permutations, order));
    return shares_of(groups, permutations, order, w.result, effect);
}
