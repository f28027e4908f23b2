/*
 * Shapley's value of the product game. The share of player i is
 *   x_i * integral over u from 0 to 1 of prod over j != i of (1 - x_j u),
 * and the integrand is a polynomial of degree count - 1, so Gauss's rule with
 * half as many points gives the integral exactly, without the cancellation of
 * expanded coefficients. The product without one factor is that before it times
 * that behind it: nothing is divided, so x = 1 is no special case.
 */
#include <math.h>

#include "activity_i.h"

enum { PLAYERS_MOST = 64 };

/* Points and weights on [0, 1]: roots of Legendre's polynomial by Newton. */
static void gauss(size_t n, double *point, double *weight)
{
    for (size_t i = 0; i < n; i++) {
        double x = cos(3.14159265358979323846 * ((double)i + 0.75) /
                       ((double)n + 0.5));
        double slope = 1.0;
        for (int step = 0; step < 100; step++) {
            double p = 1.0, before = 0.0;
            for (size_t k = 1; k <= n; k++) {
                const double next = ((2.0 * (double)k - 1.0) * x * p -
                                     ((double)k - 1.0) * before) /
                                    (double)k;
                before = p;
                p = next;
            }
            slope = (double)n * (x * p - before) / (x * x - 1.0);
            const double move = p / slope;
            x -= move;
            if (fabs(move) < 1e-15) break;
        }
        point[i] = 0.5 * (1.0 + x);
        weight[i] = 1.0 / ((1.0 - x * x) * slope * slope);
    }
}

void fpt_shapley_product(size_t count, const double *const *x,
                         double *const *share, double *work)
{
    FPT_REQUIRE(count <= PLAYERS_MOST);
    double point[PLAYERS_MOST / 2], weight[PLAYERS_MOST / 2];
    const size_t points = (count + 1) / 2;
    gauss(points, point, weight);
    for (size_t j = 0; j < count; j++)
        memset(share[j], 0, FPT_LANES * sizeof *share[j]);
    for (size_t g = 0; g < points; g++) {
        const double u = point[g];
        /* work row j: the product of the factors before j. */
        for (int i = 0; i < FPT_LANES; i++)
            work[i] = weight[g];
        for (size_t j = 0; j + 1 < count; j++) {
            const double *from = work + j * FPT_LANES;
            double *to = work + (j + 1) * FPT_LANES;
            for (int i = 0; i < FPT_LANES; i++)
                to[i] = from[i] * (1.0 - x[j][i] * u);
        }
        double *behind = work + count * FPT_LANES;
        for (int i = 0; i < FPT_LANES; i++)
            behind[i] = 1.0;
        for (size_t j = count; j-- > 0;) {
            const double *before = work + j * FPT_LANES;
            for (int i = 0; i < FPT_LANES; i++) {
                share[j][i] += x[j][i] * (before[i] * behind[i]);
                behind[i] *= 1.0 - x[j][i] * u;
            }
        }
    }
}
