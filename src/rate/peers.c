/*
 * Who is like whom: standardised variables, and the nearest by them.
 */
#include "fpt/num.h"
#include "fpt/opportunity.h"

#include <math.h>

void fpt_peers_standardise(size_t variables, size_t places, const double *x,
                           double *z)
{
    for (size_t v = 0; v < variables; v++) {
        fpt_moments m = {0};
        for (size_t p = 0; p < places; p++)
            if (!isnan(x[v * places + p]))
                fpt_moments_add(&m, x[v * places + p]);
        const double mean = fpt_moments_mean(&m);
        const double deviation = sqrt(fpt_moments_variance(&m));
        for (size_t p = 0; p < places; p++) {
            const double value = x[v * places + p];
            z[v * places + p] = isnan(value)      ? value
                                : deviation > 0.0 ? (value - mean) / deviation
                                                  : 0.0;
        }
    }
}

static double distance_of(size_t variables, size_t places, const double *z,
                          const double *weight, size_t a, size_t b)
{
    fpt_sum sum = {0}, all = {0};
    for (size_t v = 0; v < variables; v++) {
        const double w = weight == NULL ? 1.0 : weight[v];
        if (!(w > 0.0)) continue;
        const double d = z[v * places + a] - z[v * places + b];
        fpt_sum_add(&sum, w * d * d);
        fpt_sum_add(&all, w);
    }
    return sqrt(fpt_sum_value(sum) / fpt_sum_value(all));
}

size_t fpt_peers_find(size_t variables, size_t places, const double *z,
                      const double *weight, size_t place, size_t most,
                      size_t *peer, double *distance, size_t *order)
{
    size_t count = 0;
    for (size_t p = 0; p < places; p++)
        distance[p] = p == place
                          ? (double)NAN
                          : distance_of(variables, places, z, weight, place, p);
    fpt_order_by(places, distance, order, order + places);
    while (count < most && count < places && !isnan(distance[order[count]])) {
        peer[count] = order[count];
        count++;
    }
    return count;
}
