/*
 * First-order reliability. From each start the point is moved to where the
 * tangent of the response is zero and nearest to the middle; steps are halved
 * until they pay, so that a bend does not throw the search about. Gradients are
 * central differences with the same chance in every run.
 */
#include "fpt/sample.h"
#include "stress_i.h"

enum { STEPS_MOST = 60, HALVINGS = 8, STARTS = 10 };
#define DIFFERENCE 0.05
#define FARTHEST 6.0

typedef struct search {
    const fpt_response *response;
    const double *factor; /* or NULL */
    double *z, *out, *u, *gradient, *step, *trial;
    double **rows;
} search;

/* Response at up to FPT_LANES points given as columns of z. */
static fpt_status run_points(search *s)
{
    const size_t n = s->response->count;
    for (size_t i = 0; i < n; i++)
        s->rows[i] = s->z + i * FPT_LANES;
    if (s->factor != NULL) fpt_copula_normal(n, s->factor, s->rows);
    return s->response->run(s->response->context, 0, s->z, s->out);
}

static void set_lane(search *s, int lane, const double *u)
{
    for (size_t i = 0; i < s->response->count; i++)
        s->z[i * FPT_LANES + (size_t)lane] = u[i];
}

/* g and its gradient at u, FPT_LANES / 2 inputs at a time. */
static fpt_status differentiate(search *s, const double *u, double *g)
{
    const size_t n = s->response->count;
    enum { AT_ONCE = FPT_LANES / 2 - 1 };
    for (size_t first = 0; first < n || first == 0; first += AT_ONCE) {
        for (int lane = 0; lane < FPT_LANES; lane++)
            set_lane(s, lane, u);
        for (size_t k = 0; k < AT_ONCE && first + k < n; k++) {
            s->z[(first + k) * FPT_LANES + 2 * k + 1] += DIFFERENCE;
            s->z[(first + k) * FPT_LANES + 2 * k + 2] -= DIFFERENCE;
        }
        FPT_TRY(run_points(s));
        *g = s->out[0];
        for (size_t k = 0; k < AT_ONCE && first + k < n; k++)
            s->gradient[first + k] =
                (s->out[2 * k + 1] - s->out[2 * k + 2]) / (2.0 * DIFFERENCE);
    }
    return FPT_OK;
}

static double length(size_t n, const double *x)
{
    fpt_sum sum = {0};
    for (size_t i = 0; i < n; i++)
        fpt_sum_add(&sum, x[i] * x[i]);
    return sqrt(fpt_sum_value(sum));
}

/* The longest of the halved steps that lowers |u|^2 / 2 + c |g|. */
static fpt_status take_step(search *s, double g, double size, double slope,
                            bool *moved)
{
    const size_t n = s->response->count;
    const double c = fmax(2.0 * size, 10.0) / slope;
    const double merit = 0.5 * size * size + c * fabs(g);
    for (int lane = 0; lane < FPT_LANES; lane++) {
        const double scale = ldexp(1.0, -(lane < HALVINGS ? lane : 0));
        for (size_t i = 0; i < n; i++)
            s->trial[i] = s->u[i] + scale * s->step[i];
        set_lane(s, lane, s->trial);
    }
    FPT_TRY(run_points(s));
    *moved = false;
    for (int k = 0; k < HALVINGS && !*moved; k++) {
        const double scale = ldexp(1.0, -k);
        for (size_t i = 0; i < n; i++)
            s->trial[i] = s->u[i] + scale * s->step[i];
        const double far = length(n, s->trial);
        if (0.5 * far * far + c * fabs(s->out[k]) >= merit) continue;
        memcpy(s->u, s->trial, n * sizeof *s->u);
        *moved = true;
    }
    return FPT_OK;
}

/* Walk from s->u; *found when it ends on the border. */
static fpt_status walk(search *s, bool *found, int *steps)
{
    const size_t n = s->response->count;
    *found = false;
    for (*steps = 0; *steps < STEPS_MOST; ++*steps) {
        double g, dot = 0.0;
        FPT_TRY(differentiate(s, s->u, &g));
        const double slope = length(n, s->gradient), size = length(n, s->u);
        if (!(slope > 0.0) || !isfinite(slope) || size > 2.0 * FARTHEST)
            return FPT_OK;
        for (size_t i = 0; i < n; i++)
            dot += s->gradient[i] * s->u[i];
        const double scale = (dot - g) / (slope * slope);
        for (size_t i = 0; i < n; i++)
            s->step[i] = scale * s->gradient[i] - s->u[i];
        if (fabs(g) <= 1e-5 * slope && length(n, s->step) <= 1e-3) {
            *found = size <= FARTHEST;
            return FPT_OK;
        }
        bool moved;
        FPT_TRY(take_step(s, g, size, slope, &moved));
        if (!moved) {
            /* No step pays: on the border already, or stuck beside it. */
            *found = fabs(g) <= 1e-2 * slope && size <= FARTHEST;
            return FPT_OK;
        }
    }
    return FPT_OK;
}

static fpt_status keep_point(search *s, bool meets, int steps,
                             fpt_design_point *point, size_t *found)
{
    const size_t n = s->response->count;
    double g;
    FPT_TRY(differentiate(s, s->u, &g));
    const double slope = length(n, s->gradient), size = length(n, s->u);
    /* Known already? Compare where they are, in independent scores. */
    for (size_t k = 0; k < *found; k++) {
        for (size_t i = 0; i < n; i++)
            s->trial[i] = point[k].z[i] - s->u[i];
        if (length(n, s->trial) < 0.2) return FPT_OK;
    }
    /* Every place has arrays of its own: those of the next free one. */
    fpt_design_point p = point[*found];
    p.beta = meets ? size : -size;
    p.chance = fpt_normal_cdf(-p.beta);
    p.steps = steps;
    memcpy(p.z, s->u, n * sizeof *p.z);
    for (size_t i = 0; i < n; i++) {
        const double alpha = -s->gradient[i] / slope;
        p.weight[i] = alpha * alpha;
    }
    size_t at = (*found)++;
    for (; at > 0 && fabs(point[at - 1].beta) > fabs(p.beta); at--)
        point[at] = point[at - 1];
    point[at] = p;
    return FPT_OK;
}

fpt_status fpt_form(fpt_arena *arena, const fpt_response *response,
                    uint64_t seed, fpt_design_point *point, size_t *found)
{
    const size_t n = response->count;
    if (n == 0) return FPT_ERR_RANGE;
    for (int k = 0; k < FPT_FORM_POINTS; k++) {
        point[k] = (fpt_design_point){.z = FPT_NEW(arena, double, n),
                                      .weight = FPT_NEW(arena, double, n)};
        if (point[k].z == NULL || point[k].weight == NULL)
            return FPT_ERR_MEMORY;
    }
    fpt_arena scratch = *arena;
    search s = {.response = response,
                .z = FPT_NEW(&scratch, double, n *FPT_LANES),
                .out = FPT_NEW(&scratch, double, FPT_LANES),
                .u = FPT_NEW(&scratch, double, n),
                .gradient = FPT_NEW(&scratch, double, n),
                .step = FPT_NEW(&scratch, double, n),
                .trial = FPT_NEW(&scratch, double, n),
                .rows = FPT_NEW(&scratch, double *, n)};
    double *factor = FPT_NEW(&scratch, double, n *n);
    if (s.z == NULL || s.out == NULL || s.u == NULL || s.gradient == NULL ||
        s.step == NULL || s.trial == NULL || s.rows == NULL || factor == NULL)
        return FPT_ERR_MEMORY;
    if (response->correlation != NULL) {
        FPT_TRY(fpt_cholesky(n, response->correlation, factor, NULL));
        s.factor = factor;
    }
    *found = 0;
    bool meets = true;
    for (uint32_t start = 0; start < STARTS; start++) {
        fpt_rng rng = fpt_rng_make(seed, start, 0, 0x666f726d); /* "form" */
        for (size_t i = 0; i < n; i++)
            s.u[i] = start == 0 ? 0.0 : fpt_sample_normal(&rng);
        const double size = length(n, s.u);
        for (size_t i = 0; i < n && start > 0; i++)
            s.u[i] *= 2.0 / size;
        if (start == 0) {
            double g;
            FPT_TRY(differentiate(&s, s.u, &g));
            meets = g >= 0.0;
        }
        bool ends;
        int steps;
        FPT_TRY(walk(&s, &ends, &steps));
        if (ends) FPT_TRY(keep_point(&s, meets, steps, point, found));
    }
    /* Told in the scores that the model sees. */
    for (size_t k = 0; k < *found && s.factor != NULL; k++)
        for (size_t i = n; i-- > 0;) {
            double sum = 0.0;
            for (size_t j = 0; j <= i; j++)
                sum += factor[i * n + j] * point[k].z[j];
            point[k].z[i] = sum;
        }
    return FPT_OK;
}
